//! Screen 6 (督办): the supervisor's board as tables of cells, and the cases behind a cell. Counts come from the server and
//! are asked for again whenever something changes; the cursor stays on its line by what the line stands for.

use super::App;
use super::input::{Effect, FileJob};
use super::note::{Note, Tone};
use super::outbox::{CaseWhy, Purpose};
use super::period::Span;
use super::pick::moved;
use super::screen::{CaseScreen, Screen};
use super::words;
use crate::catalogue::{BoardText as Text, Lang};
use crate::keymap::{Action, Scope};
use crate::model::{
    ApplicationId, BoardCase, BoardCases, BoardSummary, ClerkRate, Command, Ended, Forecast, InHand, Left, Light,
    OfficeId, Post, Rates,
};
use crate::wire::{Query, ReportAsked, Request};

/// Cases asked for at once.
const CASES: u32 = 200;

/// Its tabs, in their order.
pub(crate) const TABS: [Text; 5] = [Text::TabOffices, Text::TabKinds, Text::TabOverdue, Text::TabAhead, Text::TabRates];

/// What a tab or list is filled from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Summary,
    Overdue,
    Ahead,
    Rates,
    /// The cases behind a cell; whether keys wait for them.
    Cases(bool),
}

/// The board.
#[derive(Debug, Clone)]
pub(crate) struct BoardScreen {
    pub(crate) tab: usize,
    /// Row and column of each tab.
    pub(crate) at: [(usize, usize); 5],
    office: Option<crate::model::OfficeId>,
    pub(super) summary: Option<Box<BoardSummary>>,
    pub(super) overdue: Option<Box<BoardCases>>,
    pub(super) ahead: Option<Box<Forecast>>,
    pub(super) rates: Option<Box<Rates>>,
    /// Which period rates are over.
    pub(super) period: Span,
    /// The case a reminder was asked for, once.
    urging: Option<ApplicationId>,
}

/// Which cases are meant by a cell.
#[derive(Debug, Clone)]
enum Meant {
    /// Those in hand.
    Held(InHand),
    /// Those whose turn ended in the period.
    Ended(Ended),
}

impl Meant {
    fn query(self) -> Query {
        match self {
            Meant::Held(meant) => Query::BoardCases(meant),
            Meant::Ended(meant) => Query::BoardEnded(meant),
        }
    }
}

/// Cases behind a cell.
#[derive(Debug, Clone)]
pub(crate) struct CasesScreen {
    pub(super) what: String,
    meant: Meant,
    pub(super) cases: Option<Box<BoardCases>>,
    pub(crate) at: (usize, usize),
    urging: Option<ApplicationId>,
}

impl BoardScreen {
    /// The cases behind the cell under the cursor, and what they are called.
    fn behind(&self, lang: Lang) -> Option<(Meant, String)> {
        let (row, column) = self.at[self.tab];
        let title = |name: &str, head: &str| format!("{name} {head}");
        let head = self.table(lang).head.get(column).copied().unwrap_or_default();
        match self.tab {
            0 => {
                let one = self.summary.as_ref()?.offices.get(row)?;
                let (office, alone) = (Some(one.office.clone()), !one.below);
                let mut meant = InHand { office, alone, count: CASES, ..InHand::default() };
                match column {
                    0 | 1 => {}
                    2 | 7 => meant.light = Some(Light::Overdue),
                    3 => meant.light = Some(Light::Today),
                    4 => meant.light = Some(Light::Near),
                    5 => meant.light = Some(Light::Green),
                    6 => meant.light = Some(Light::None),
                    8 => meant.reminded = true,
                    _ => return None,
                }
                Some((Meant::Held(meant), title(&one.name, if column == 0 { "" } else { head })))
            }
            1 => {
                let one = self.summary.as_ref()?.kinds.get(row)?;
                let left = column.checked_sub(1).and_then(|at| Left::ALL.get(at)).copied();
                let (office, kind) = (self.office.clone(), Some(one.kind));
                let meant = InHand { office, kind, left, count: CASES, ..InHand::default() };
                Some((Meant::Held(meant), title(words::kind(one.kind, lang), if column == 0 { "" } else { head })))
            }
            3 => {
                let one = self.ahead.as_ref()?.days.get(row)?;
                let (office, due) = (self.office.clone(), Some(one.date));
                let meant = InHand { office, due, count: CASES, ..InHand::default() };
                Some((Meant::Held(meant), title(&one.date.to_string(), Text::ColDue.text(lang))))
            }
            4 => {
                let rates = self.rates.as_ref()?;
                let of = |office: &OfficeId, alone: bool, clerk: Option<&ClerkRate>| Ended {
                    from: rates.from,
                    until: rates.until,
                    office: Some(office.clone()),
                    alone,
                    person: clerk.map(|clerk| clerk.person.clone()),
                    post: clerk.map(|clerk| clerk.post),
                    late: false,
                    after: 0,
                    count: CASES,
                };
                let (meant, name) = match rates.offices.get(row) {
                    Some(one) => (of(&one.office, !one.below, None), &one.name),
                    None => {
                        let one = rates.clerks.get(row - rates.offices.len())?;
                        (of(&one.office, true, Some(one)), &one.name)
                    }
                };
                Some((Meant::Ended(meant), title(name, Text::ColEnded.text(lang))))
            }
            _ => None,
        }
    }

    /// The office of the row, if what lies below it can be looked into.
    fn deeper(&self) -> Option<crate::model::OfficeId> {
        let (row, column) = self.at[0];
        let one = self.summary.as_ref()?.offices.get(row)?;
        (self.tab == 0 && column == 0 && one.below && row > 0).then(|| one.office.clone())
    }
}

impl App {
    /// Opens the board. What lies on the list is left.
    pub(super) fn open_board(&mut self) {
        if self.needs_link() {
            return;
        }
        self.close_all();
        self.stack.push(Screen::Board(Box::new(BoardScreen {
            tab: 0,
            at: [(0, 0); 5],
            office: None,
            summary: None,
            overdue: None,
            ahead: None,
            rates: None,
            period: Span::ThisMonth,
            urging: None,
        })));
        self.dirty = true;
        self.ask_board();
    }

    /// Asks for what the tab shows.
    fn ask_board(&mut self) {
        let today = self.me.as_ref().map(|me| me.now.day()).unwrap_or_default();
        let Some(screen) = self.stack.iter().find_map(|screen| match screen {
            Screen::Board(screen) => Some(screen),
            _ => None,
        }) else {
            return;
        };
        let office = screen.office.clone();
        let (query, part) = match screen.tab {
            0 | 1 => (Query::BoardSummary { office }, Part::Summary),
            2 => (Query::BoardOverdue(InHand { office, count: CASES, ..InHand::default() }), Part::Overdue),
            3 => (Query::BoardForecast { office }, Part::Ahead),
            _ => {
                let (from, until) = screen.period.days(today);
                (Query::BoardRates { from, until, office }, Part::Rates)
            }
        };
        self.send(Request::Query(query), Purpose::Board(part));
    }

    /// Something changed: what is shown is counted again, one question at a time.
    pub(super) fn reload_board(&mut self) {
        if self.link != super::Link::Up || self.outbox.any(|purpose| matches!(purpose, Purpose::Board(_))) {
            return;
        }
        self.ask_board();
        let meant = self.stack.iter().find_map(|screen| match screen {
            Screen::BoardCases(screen) => Some(screen.meant.clone()),
            _ => None,
        });
        if let Some(meant) = meant {
            self.send(Request::Query(meant.query()), Purpose::Board(Part::Cases(false)));
        }
    }

    /// It came.
    pub(super) fn got_board(&mut self, part: Part, value: serde_json::Value) -> Result<(), String> {
        fn read<T: serde::de::DeserializeOwned>(value: serde_json::Value) -> Result<Box<T>, String> {
            serde_json::from_value(value).map(Box::new).map_err(|e| e.to_string())
        }
        for screen in &mut self.stack {
            match (screen, part) {
                (Screen::Board(screen), Part::Summary) => screen.summary = Some(read(value.clone())?),
                (Screen::Board(screen), Part::Overdue) => {
                    let cases: Box<BoardCases> = read(value.clone())?;
                    screen.at[2].0 = kept(screen.overdue.as_deref(), &cases, screen.at[2].0);
                    screen.overdue = Some(cases);
                }
                (Screen::Board(screen), Part::Ahead) => screen.ahead = Some(read(value.clone())?),
                (Screen::Board(screen), Part::Rates) => screen.rates = Some(read(value.clone())?),
                (Screen::BoardCases(screen), Part::Cases(_)) => {
                    let cases: Box<BoardCases> = read(value.clone())?;
                    screen.at.0 = kept(screen.cases.as_deref(), &cases, screen.at.0);
                    screen.cases = Some(cases);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A command key on the board or on the cases behind a cell.
    pub(super) fn board_action(&mut self, action: Action) {
        self.dirty = true;
        let lang = self.look.lang;
        let page = (self.list_height() as usize).saturating_sub(2).max(1);
        match action {
            Action::Board => return self.open_board(),
            Action::Queue => return self.close_all(),
            Action::Students => return self.open_students(),
            Action::Remind => return self.remind(),
            Action::Open => return self.open_behind(),
            Action::Refresh => return self.reload_board(),
            Action::Print => return self.print_board(),
            Action::SaveTable => return self.save_board(),
            Action::Period => return self.open_periods(),
            _ => {}
        }
        match self.stack.last_mut() {
            Some(Screen::BoardCases(screen)) => {
                screen.urging = None;
                if action == Action::Back {
                    return self.close_top();
                }
                let rows = screen.cases.as_ref().map_or(0, |cases| cases.items.len());
                screen.at.0 = moved(screen.at.0, rows, action, page);
            }
            Some(Screen::Board(screen)) => {
                screen.urging = None;
                let table = screen.table(lang);
                let (tabs, tab) = (TABS.len(), screen.tab);
                let mut ask = false;
                match action {
                    Action::Back if screen.office.is_some() => {
                        let own = self.me.as_ref().map(|me| me.office.id.clone());
                        let above = screen.summary.as_ref().and_then(|summary| summary.above.clone());
                        screen.office = above.filter(|above| Some(above) != own.as_ref());
                        screen.at = [(0, 0); 5];
                        ask = true;
                    }
                    Action::Back => return self.close_top(),
                    Action::NextTab => (screen.tab, ask) = ((tab + 1) % tabs, true),
                    Action::PrevTab => (screen.tab, ask) = ((tab + tabs - 1) % tabs, true),
                    Action::Left => screen.at[tab].1 = screen.at[tab].1.saturating_sub(1),
                    Action::Right if table.cells => {
                        screen.at[tab].1 = (screen.at[tab].1 + 1).min(table.head.len().saturating_sub(1));
                    }
                    action => screen.at[tab].0 = moved(screen.at[tab].0, table.rows.len(), action, page),
                }
                if ask && !self.needs_link() {
                    self.ask_board();
                }
            }
            _ => {}
        }
    }

    /// The report of what is looked at: the office, and the period of the rates.
    fn print_board(&mut self) {
        if let Some(asked) = self.report_shown() {
            self.open_report(asked);
        }
    }

    /// The same as a spreadsheet, with the cases behind the figures.
    fn save_board(&mut self) {
        if let Some(asked) = self.report_shown().filter(|_| !self.needs_link()) {
            self.start_errand(FileJob::Report, Effect::WriteReport(asked));
        }
    }

    fn report_shown(&self) -> Option<ReportAsked> {
        let today = self.me.as_ref().map(|me| me.now.day()).unwrap_or_default();
        self.stack.iter().find_map(|screen| match screen {
            Screen::Board(screen) => {
                let (from, until) = screen.period.days(today);
                Some(ReportAsked { office: screen.office.clone(), from: Some(from), until: Some(until) })
            }
            _ => None,
        })
    }

    /// Another period was chosen: its rates are shown.
    pub(super) fn show_period(&mut self, period: Span) {
        let shown = self.stack.iter_mut().find_map(|screen| match screen {
            Screen::Board(screen) => Some(screen),
            _ => None,
        });
        if let Some(screen) = shown {
            (screen.period, screen.tab, screen.rates) = (period, 4, None);
            self.ask_board();
        }
    }

    /// Enter: into an office, to the cases behind a cell, or into the case.
    fn open_behind(&mut self) {
        let lang = self.look.lang;
        if self.needs_link() {
            return;
        }
        if let Some(case) = self.board_case().cloned() {
            if !case.open {
                self.note = Some(Note::new(Tone::Info, Text::NotOpen.text(lang)));
                return;
            }
            self.stack.push(Screen::Case(CaseScreen { id: case.id, case: None, scroll: 0, claimed: false }));
            return self.ask_case(case.id, CaseWhy::Open(None));
        }
        let Some(Screen::Board(screen)) = self.stack.last_mut() else { return };
        if let Some(office) = screen.deeper() {
            screen.office = Some(office);
            screen.at = [(0, 0); 5];
            return self.ask_board();
        }
        match screen.behind(lang) {
            Some((meant, what)) => {
                let urging = None;
                let list = CasesScreen { what, meant: meant.clone(), cases: None, at: (0, 0), urging };
                self.stack.push(Screen::BoardCases(Box::new(list)));
                self.send(Request::Query(meant.query()), Purpose::Board(Part::Cases(true)));
            }
            None => self.note = Some(Note::new(Tone::Info, Text::NoCases.text(lang))),
        }
    }

    /// The case under the cursor, on a list of cases.
    fn board_case(&self) -> Option<&BoardCase> {
        match self.stack.last()? {
            Screen::BoardCases(screen) => screen.cases.as_ref()?.items.get(screen.at.0),
            Screen::Board(screen) if screen.tab == 2 => screen.overdue.as_ref()?.items.get(screen.at[2].0),
            _ => None,
        }
    }

    /// 催办, on the second press: the first says of what.
    fn remind(&mut self) {
        let lang = self.look.lang;
        let holds = self.me.as_ref().is_some_and(|me| me.account.posts.contains(&Post::Supervisor));
        if !holds {
            self.note = Some(Note::new(Tone::Info, Text::OnlySupervisor.text(lang)));
            return;
        }
        let Some(case) = self.board_case().cloned() else {
            self.note = Some(Note::new(Tone::Info, Text::NoCases.text(lang)));
            return;
        };
        let urging = match self.stack.last_mut() {
            Some(Screen::BoardCases(screen)) => &mut screen.urging,
            Some(Screen::Board(screen)) => &mut screen.urging,
            _ => return,
        };
        if *urging == Some(case.id) {
            *urging = None;
            if !self.needs_link() {
                let command = Command::Remind { application: case.id, text: String::new() };
                let purpose = Purpose::Remind(case.student, case.hand);
                self.send(Request::Write(command), purpose);
            }
        } else {
            *urging = Some(case.id);
            let key = self.keymap.key_for(Scope::Board, Action::Remind).unwrap_or_default();
            let values = [("key", key.as_str()), ("student", &case.student), ("hand", &case.hand)];
            self.note = Some(Note::new(Tone::Warn, Text::AskRemind.fill(lang, &values)));
        }
    }

    /// The reminder is written.
    pub(super) fn was_reminded(&mut self, student: &str, hand: &str, answer: &serde_json::Value) {
        let n = answer["urged"]["now"].to_string();
        let values = [("student", student), ("hand", hand), ("n", n.as_str())];
        self.note = Some(Note::new(Tone::Info, Text::Reminded.fill(self.look.lang, &values)));
        self.reload_board();
    }
}

/// The row of the case the cursor was on; where it was, if the case is gone.
fn kept(old: Option<&BoardCases>, new: &BoardCases, row: usize) -> usize {
    let id = old.and_then(|old| old.items.get(row)).map(|case| case.id);
    let at = new.items.iter().position(|case| Some(case.id) == id);
    at.unwrap_or(row).min(new.items.len().saturating_sub(1))
}
