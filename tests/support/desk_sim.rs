//! A desk with a stand-in for the server: it answers in order, and only when told to.

#[path = "desk_graduation.rs"]
mod desk_graduation;

use super::desk_batches;
use super::desk_county::{self as county, accounts, basis, case, id, row, welcome};
use super::desk_entry;
use super::desk_kinds;
use super::{desk_alerts, desk_aside, desk_calendar, desk_students};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;
use xueji::app::{App, Drawn, Effect, Input, Look, update};
use xueji::keymap::{KeyPress, Keymap};
use xueji::model::{ApplicationId, Command, Finding, Light, Post, Signature};
use xueji::wire::{
    Counts, DraftSave, Envelope, Failure, FromServer, Limit, LimitsView, Notice, Page, Query, QueueRow, Reply,
    ReplyBody, Request, Tab, WhoAmI,
};

/// A desk, its terminal, and what the server would hold.
pub(crate) struct Sim {
    pub(crate) app: App,
    pub(crate) at: Duration,
    pub(crate) rows: Vec<QueueRow>,
    pub(crate) me: WhoAmI,
    /// Lines sent and not answered yet.
    pub(crate) unanswered: VecDeque<Envelope>,
    /// Everything ever sent.
    pub(crate) sent: Vec<Envelope>,
    /// Effects other than sending and drawing.
    pub(crate) effects: Vec<Effect>,
    /// How often was drawn.
    pub(crate) drawings: usize,
    /// Answers to commands instead of success, each used once.
    pub(crate) instead: VecDeque<ReplyBody>,
    /// Answers to previews instead of the usual, each used once.
    pub(crate) asked_instead: VecDeque<ReplyBody>,
    /// Answers to searches instead of the usual, each used once.
    pub(crate) found_instead: VecDeque<ReplyBody>,
    /// How many pieces of evidence each case has.
    pub(crate) evidence: usize,
    /// What each case still lacks.
    pub(crate) missing: Vec<String>,
    /// Whether the hand whose turn it is is the receiving school.
    pub(crate) receiving: bool,
    /// Whether the cases go through seven hands.
    pub(crate) long: bool,
    /// What was set beside each case.
    pub(crate) asides: Vec<xueji::model::Aside>,
    /// Saved limits.
    pub(crate) views: Vec<xueji::wire::ViewRow>,
    /// Whether the account has drafts.
    pub(crate) drafts: bool,
    /// Drafts that are really kept, by slot; none where nothing is.
    pub(crate) kept: Option<BTreeMap<String, DraftSave>>,
    /// How many applications each student has.
    pub(crate) cases: u32,
    terminal: Terminal<TestBackend>,
    frame: Buffer,
    dirty: bool,
}

impl Sim {
    /// A connected desk that has drawn its queue of `n` rows.
    pub(crate) fn new(width: u16, height: u16, n: u32) -> Sim {
        Sim::with(
            Look::default(),
            width,
            height,
            county::me("xian-jb", "演练张三", &[Post::Handler], false),
            (1..=n).map(row).collect(),
        )
    }

    pub(crate) fn with(look: Look, width: u16, height: u16, me: WhoAmI, rows: Vec<QueueRow>) -> Sim {
        Sim::keyed("default", look, width, height, me, rows)
    }

    /// With a key map of this name.
    pub(crate) fn keyed(keys: &str, look: Look, width: u16, height: u16, me: WhoAmI, rows: Vec<QueueRow>) -> Sim {
        let app = App::new(look, Keymap::named(keys, &[]).unwrap(), width, height, 7 << 64);
        let mut sim = Sim {
            app,
            at: Duration::from_secs(1),
            rows,
            me,
            unanswered: VecDeque::new(),
            sent: Vec::new(),
            effects: Vec::new(),
            drawings: 0,
            instead: VecDeque::new(),
            asked_instead: VecDeque::new(),
            found_instead: VecDeque::new(),
            evidence: 1,
            missing: vec![],
            receiving: false,
            long: false,
            asides: vec![],
            views: vec![],
            drafts: false,
            kept: None,
            cases: 3,
            terminal: Terminal::new(TestBackend::new(width, height)).unwrap(),
            frame: Buffer::empty(ratatui::layout::Rect { x: 0, y: 0, width, height }),
            dirty: true,
        };
        sim.input(Input::LinkBack(welcome(sim.me.clone())));
        sim.settle();
        sim.rest();
        sim
    }

    /// Hands in one input. Nothing is answered and nothing drawn.
    pub(crate) fn input(&mut self, input: Input) {
        for effect in update(&mut self.app, self.at, input) {
            match effect {
                Effect::Send(envelope) => {
                    self.sent.push((*envelope).clone());
                    self.unanswered.push_back(*envelope);
                }
                Effect::Draw => self.dirty = true,
                other => self.effects.push(other),
            }
        }
    }

    /// Keys in one burst: named ones with blanks between, nothing answered and nothing drawn before the last.
    pub(crate) fn burst(&mut self, keys: &str) {
        for key in keys.split(' ') {
            let key: KeyPress = key.parse().unwrap();
            self.input(Input::Key(key));
        }
    }

    /// Keys one by one, each after everything before it was answered, drawn and looked at.
    pub(crate) fn keys(&mut self, keys: &str) {
        for key in keys.split(' ') {
            self.burst(key);
            self.settle();
            self.at += Duration::from_millis(300);
        }
    }

    /// Types a text in one burst.
    pub(crate) fn text(&mut self, text: &str) {
        for c in text.chars() {
            self.input(Input::Key(KeyPress::char(c)));
        }
    }

    /// Answers everything, drawing after each answer as a fast terminal would.
    pub(crate) fn settle(&mut self) {
        self.draw();
        while self.answer() {
            self.draw();
        }
    }

    /// Lets the cursor rest until the preview is there, and all guards end.
    pub(crate) fn rest(&mut self) {
        self.at += Duration::from_secs(1);
        self.input(Input::Tick);
        self.settle();
        self.at += Duration::from_secs(1);
    }

    /// Answers the oldest line.
    pub(crate) fn answer(&mut self) -> bool {
        let Some(envelope) = self.unanswered.pop_front() else { return false };
        let body = self.body(&envelope);
        let reply = Reply { id: envelope.id.clone(), body, stripped: vec![] };
        self.input(Input::Server(Box::new(FromServer::Reply(reply))));
        true
    }

    pub(crate) fn notice(&mut self, notice: Notice) {
        self.input(Input::Server(Box::new(FromServer::Notice { notice })));
    }

    /// Somebody else changes an application.
    pub(crate) fn changed(&mut self, application: ApplicationId, by: Signature) {
        self.notice(Notice::Changed { application, revision: 4, by: Some(by) });
    }

    pub(crate) fn draw(&mut self) {
        if !std::mem::take(&mut self.dirty) {
            return;
        }
        let mut drawn = Drawn::default();
        let app = &self.app;
        let frame = self.terminal.draw(|frame| drawn = xueji::view::draw(app, frame)).unwrap();
        // The finished frame, not the test back end's cells: those keep what lies under the second half of a wide
        // character, which no terminal does.
        self.frame = frame.buffer.clone();
        self.drawings += 1;
        self.input(Input::Drawn(drawn));
    }

    pub(crate) fn resize(&mut self, width: u16, height: u16) {
        self.terminal.backend_mut().resize(width, height);
        self.terminal.resize(ratatui::layout::Rect { x: 0, y: 0, width, height }).unwrap();
        self.input(Input::Resize { width, height });
        self.settle();
    }

    pub(crate) fn buffer(&self) -> &Buffer {
        &self.frame
    }

    /// Where the terminal's cursor is, if it is shown.
    pub(crate) fn caret(&self) -> Option<Position> {
        self.terminal.backend().cursor_visible().then(|| self.terminal.backend().cursor_position())
    }

    /// The screen as text, a line each, blanks at the ends cut.
    pub(crate) fn screen(&self) -> Vec<String> {
        lines(self.buffer())
    }

    pub(crate) fn shows(&self, text: &str) -> bool {
        self.screen().iter().any(|line| line.contains(text))
    }

    /// The row of the list the cursor is on.
    pub(crate) fn selected(&self) -> String {
        self.screen().into_iter().find(|line| line.starts_with('>')).unwrap_or_default()
    }

    /// The line of the screen the cursor is on.
    pub(crate) fn selected_line(&self) -> Option<usize> {
        self.screen().iter().position(|line| line.starts_with('>'))
    }

    /// Commands sent, oldest first.
    pub(crate) fn commands(&self) -> Vec<&Command> {
        self.sent
            .iter()
            .filter_map(|envelope| match &envelope.request {
                Request::Write(command) => Some(command),
                Request::Query(_) => None,
            })
            .collect()
    }

    fn body(&mut self, envelope: &Envelope) -> ReplyBody {
        let query = match &envelope.request {
            Request::Write(command) => return self.command(command.clone()),
            Request::Query(query) => query.clone(),
        };
        if matches!(query, Query::Preview { .. })
            && let Some(instead) = self.asked_instead.pop_front()
        {
            return instead;
        }
        if matches!(query, Query::FindStudents { .. })
            && let Some(instead) = self.found_instead.pop_front()
        {
            return instead;
        }
        let none = json!({});
        ReplyBody::Ok(match query {
            Query::Page(request) => self.page(&request),
            Query::Counts {} => {
                let n = self.rows.len() as u32;
                value(&Counts {
                    mine: n,
                    sent_back: 1,
                    office: n + 20,
                    under_way: 300,
                    overdue: 2,
                    today: 1,
                    near: 2,
                    due_soon: 3,
                    late: 2,
                    returned: 5,
                    unsynced: 4,
                    urged: 0,
                    alerts: 0,
                    acted: 12,
                    parked: 2,
                })
            }
            Query::Limits { tab } => value(&self.limits(tab)),
            Query::Views {} => json!({"total": self.views.len(), "items": self.views, "next": null}),
            Query::Qualifications(_) => json!({"total": 0, "items": [], "next": null}),
            Query::BoardPeriods {} => json!({"total": 1, "next": null, "items": [
                {"name": "秋季学期", "from": "2025-09-01", "until": "2026-01-31"}]}),
            Query::Colleagues { .. } => json!({"total": 2, "items": desk_aside::colleagues(), "next": null}),
            Query::Substitutes {} => json!({"total": 1, "items": desk_aside::arranged(), "next": null}),
            Query::Notice { .. } => value(&desk_aside::notice()),
            Query::Case { application } => {
                let row = self.rows.iter().find(|row| row.id == application).cloned();
                let mut case = case(&row.unwrap_or_else(|| row_of(application)));
                let piece = case.evidence[0].clone();
                case.evidence.resize(self.evidence, piece);
                case.missing = self.missing.clone();
                case.asides = self.asides.clone();
                if self.receiving {
                    case.steps[1].role = xueji::model::StepRole::ReceivingSchool;
                    case.steps[1].hand.level = xueji::model::Level::School;
                }
                if self.long {
                    county::lengthen(&mut case);
                }
                value(&case)
            }
            Query::BoardSummary { .. } => super::desk_board::summary(),
            Query::BoardReport(_) => value(&desk_aside::notice()),
            Query::Schools(_) => super::desk_system::schools(),
            Query::School { .. } => super::desk_system::school(),
            Query::FindJournal(asked) => super::desk_system::journal(&asked),
            Query::SystemState {} => super::desk_system::state(),
            Query::Verify {} => json!({"entries": 812, "records": 640, "evidence": 31, "damage": []}),
            Query::BoardCases(_) | Query::BoardOverdue(_) => super::desk_board::cases(),
            Query::BoardEnded(_) => super::desk_board::ended(),
            Query::BoardForecast { .. } => super::desk_board::forecast(),
            Query::BoardRates { from, until, .. } => super::desk_board::rates(from, until),
            Query::Batch { .. } => value(&desk_batches::view(&self.rows[0])),
            Query::Basis { .. } => value(&basis(&row(1))),
            Query::GraduationSchools(asked) => desk_graduation::schools(asked.year),
            Query::Graduates { school, year, .. } => desk_graduation::page(school.as_str(), year.unwrap_or(2027)),
            Query::NationalDiff(asked) => value(&super::desk_national::answer(&asked)),
            Query::Alerts(request) => value(&desk_alerts::page(&request)),
            Query::Alert(request) => value(&desk_alerts::view(&request)),
            Query::Calendar { year } => value(&desk_calendar::year(year.unwrap_or(2025))),
            Query::Rules { rule } if rule == "99" => {
                let message = "没有规则或条款 \"99\"";
                return ReplyBody::Error(Failure::new(xueji::wire::ErrorKind::NotFound, message));
            }
            Query::Rules { .. } => {
                let rules = basis(&row(1)).rules;
                json!({"total": rules.len(), "items": rules, "next": null})
            }
            Query::StudentLog(asked) => value(&desk_students::log(&asked)),
            Query::Accounts(_) => json!({"total": 4, "items": accounts(), "next": null}),
            Query::SwitchAccount { account } => {
                let row = accounts().into_iter().find(|row| row.id == account).unwrap();
                let school = row.level == xueji::model::Level::School;
                self.me = county::me(row.id.as_str(), &row.name, &row.posts, school);
                value(&self.me)
            }
            Query::FindStudents { text, count } if count > 20 => {
                let found = desk_students::found(&text);
                json!({"total": found.len(), "items": found, "next": null})
            }
            Query::Student { student } => value(&desk_students::view(student, self.cases)),
            Query::FindStudents { .. } => {
                json!({"total": 2, "items": [county::student(&row(1)), county::student(&row(2))], "next": null})
            }
            Query::EntryFields {} => desk_entry::fields(),
            Query::EntryCheck(asked) => desk_entry::check(&asked.cells),
            Query::EntryTodo(_) => desk_entry::todo(),
            Query::ImportReport { .. } => json!({"total": 0, "items": [], "next": null}),
            Query::Drafts {} if self.drafts => desk_entry::drafts(),
            Query::Drafts {} if self.kept.is_some() => {
                let rows: Vec<_> = self.kept.iter().flatten().map(|(_, save)| desk_entry::draft_row(save)).collect();
                json!({"total": rows.len(), "items": rows, "next": null})
            }
            Query::SaveDraft(save) => {
                self.kept.as_mut().and_then(|kept| kept.insert(save.slot.clone(), save));
                none
            }
            Query::DropDraft { slot } => {
                self.kept.as_mut().and_then(|kept| kept.remove(&slot));
                none
            }
            Query::LoadDraft { slot } => match self.kept.as_ref().and_then(|kept| kept.get(&slot)) {
                Some(save) => json!({"draft": desk_entry::draft_row(save), "content": save.content}),
                None => none,
            },
            Query::Kinds {} => json!({"total": 7, "items": desk_kinds::kinds(), "next": null}),
            Query::Choices { what, text, .. } => {
                json!({"total": 1, "items": desk_kinds::choices(what, &text), "next": null})
            }
            Query::Preview { details, .. } => value(&desk_kinds::preview(&details)),
            _ => none,
        })
    }

    fn tab(&self, tab: Tab) -> Vec<QueueRow> {
        match tab {
            Tab::Mine => self.rows.clone(),
            _ => self.rows.iter().filter(|row| row.id.number() % 2 == 0).cloned().collect(),
        }
    }

    /// Schools go by their names here.
    fn limits(&self, tab: Tab) -> LimitsView {
        let mut view = LimitsView::default();
        for row in self.tab(tab) {
            for light in [Light::Overdue, Light::Today, Light::Near] {
                let lit = row.clock.as_ref().is_some_and(|clock| clock.light == light);
                match view.lights.iter_mut().find(|(other, _)| *other == light) {
                    Some((_, n)) => *n += u32::from(lit),
                    None if lit => view.lights.push((light, 1)),
                    None => {}
                }
            }
            match view.schools.iter_mut().find(|(_, name, _)| *name == row.school) {
                Some((_, _, n)) => *n += 1,
                None => view.schools.push((row.school.as_str().into(), row.school.clone(), 1)),
            }
        }
        view
    }

    fn page(&self, request: &xueji::wire::PageRequest) -> Value {
        let mut rows = self.tab(request.tab);
        let Limit { light, school, .. } = &request.limit;
        rows.retain(|row| light.is_none_or(|light| row.clock.as_ref().is_some_and(|clock| clock.light == light)));
        rows.retain(|row| school.as_ref().is_none_or(|school| row.school == school.as_str()));
        let total = rows.len();
        // Rows are in the order of their ids here, so the place of one that left is known.
        let anchor = match (request.end, request.anchor) {
            (true, _) => total.saturating_sub(1),
            (false, Some(anchor)) => rows.iter().take_while(|row| row.id < anchor).count(),
            (false, None) => 0,
        };
        let count = request.count as usize;
        let from =
            if request.end { total.saturating_sub(count) } else { anchor.saturating_sub(request.before as usize) };
        let items: Vec<_> = rows.iter().skip(from).take(count).cloned().collect();
        let next = items.last().filter(|row| Some(row.id) != rows.last().map(|row| row.id)).map(|row| row.id);
        value(&Page { total: total as u32, offset: from as u32, anchor: anchor as u32, items, next })
    }

    fn command(&mut self, command: Command) -> ReplyBody {
        if let Some(instead) = self.instead.pop_front() {
            return instead;
        }
        match command {
            Command::Propose { application, .. }
            | Command::Decide { application, .. }
            | Command::Park(xueji::model::ParkCommand { application, .. })
            | Command::HandOver { application, .. }
            | Command::Submit { application, .. } => {
                self.rows.retain(|row| row.id != application);
                ReplyBody::Ok(json!({"id": application, "revision": 4}))
            }
            Command::Bulk { items, .. } => {
                let ids: Vec<_> = items.iter().map(|item| item.application).collect();
                ReplyBody::Ok(desk_batches::report(&ids))
            }
            Command::ActOnBatch { .. } => ReplyBody::Ok(desk_batches::report(&[id(101)])),
            Command::Reveal { student } => ReplyBody::Ok(value(&desk_students::revealed(student))),
            Command::SaveEntry { .. } => ReplyBody::Ok(json!({"student": "S0000901", "revision": 1,
                "due": {"due": "2025-10-11", "cutoff": "2025-11-20"}, "filing_until": "2025-12-20", "notices": []})),
            Command::SubmitFiling { students } => {
                ReplyBody::Ok(json!({"filed": students.len(), "total": students.len(),
                "items": students.iter().map(|id| json!({"student": id, "filed": true})).collect::<Vec<_>>()}))
            }
            Command::Start { .. } => ReplyBody::Ok(json!({"id": id(900), "revision": 1})),
            _ => ReplyBody::Ok(json!({})),
        }
    }
}

fn row_of(application: ApplicationId) -> QueueRow {
    QueueRow { id: application, ..row(1) }
}

fn value(of: &impl serde::Serialize) -> Value {
    serde_json::to_value(of).unwrap()
}

/// A refusal by a rule.
pub(crate) fn refused(finding: Finding) -> ReplyBody {
    ReplyBody::Refused(finding)
}

/// Another failure.
pub(crate) fn failed(failure: Failure) -> ReplyBody {
    ReplyBody::Error(failure)
}

/// A buffer as lines of text; the second cell of a wide character is no blank.
pub(crate) fn lines(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    (area.top()..area.bottom())
        .map(|y| {
            let mut line = String::new();
            let mut x = area.left();
            while x < area.right() {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += (xueji::text::width(symbol) as u16).max(1);
            }
            line.trim_end().to_owned()
        })
        .collect()
}
