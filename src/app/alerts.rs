//! Screen 5: schools with the eight items of the negative list; one school's matters down to the students, with what may
//! be done about each.

use super::App;
use super::alert_form::{AlertForm, Errand};
use super::deed::Confirm;
use super::note::{Note, Tone};
use super::outbox::Purpose;
use super::pick::moved;
use super::screen::{RulesScreen, Screen};
use crate::catalogue::{AlertMsg, Lang};
use crate::keymap::Action;
use crate::model::{Command, Item, OfficeId, Stage};
use crate::wire::{AlertRequest, AlertRow, AlertView, AlertsPage, AlertsRequest, Doable, Nearness, Query, Request};

/// The screen: the schools, and over them one school's matters.
#[derive(Debug, Clone, Default)]
pub(crate) struct AlertsScreen {
    pub(crate) page: Option<Box<AlertsPage>>,
    pub(crate) picked: usize,
    /// The item whose column is looked at; none for all.
    pub(crate) item: Option<Item>,
    /// The school that was opened.
    pub(crate) school: Option<OfficeId>,
    pub(crate) view: Option<Box<AlertView>>,
    pub(crate) row: usize,
}

impl AlertsScreen {
    /// The matter the keys mean.
    pub(crate) fn matter(&self) -> Option<&AlertRow> {
        self.view.as_ref()?.rows.get(self.row)
    }
}

/// A state in a word.
pub(crate) fn state(state: Nearness, lang: Lang) -> &'static str {
    match state {
        Nearness::Clear => AlertMsg::Clear,
        Nearness::Near => AlertMsg::Near,
        Nearness::Met => AlertMsg::Met,
        Nearness::Found => AlertMsg::Found,
    }
    .text(lang)
}

impl App {
    /// Opens the list; with an item only the schools of which it has something to say.
    pub(super) fn open_alerts(&mut self, item: Option<Item>) {
        if self.needs_link() {
            return;
        }
        self.close_all();
        self.stack.push(Screen::Alerts(Box::new(AlertsScreen { item, ..AlertsScreen::default() })));
        self.dirty = true;
        self.ask_alerts();
    }

    /// Opens the matters of one school.
    pub(super) fn open_matters_of(&mut self, item: Item, school: OfficeId) {
        self.open_alerts(Some(item));
        if let Some(screen) = self.alerts_screen() {
            screen.school = Some(school);
            self.ask_alerts();
        }
    }

    fn alerts_screen(&mut self) -> Option<&mut AlertsScreen> {
        self.stack.iter_mut().find_map(|screen| match screen {
            Screen::Alerts(screen) => Some(&mut **screen),
            _ => None,
        })
    }

    /// Asks for the schools, and for the school that is open.
    pub(super) fn ask_alerts(&mut self) {
        let Some(screen) = self.alerts_screen() else { return };
        let request = AlertsRequest { item: screen.item, count: 200, ..AlertsRequest::default() };
        let open = screen.school.clone().map(|school| AlertRequest {
            school: Some(school),
            item: screen.item,
            ..AlertRequest::default()
        });
        self.send(Request::Query(Query::Alerts(request)), Purpose::Alerts);
        if let Some(request) = open {
            self.send(Request::Query(Query::Alert(request)), Purpose::Alert);
        }
    }

    /// The schools came.
    pub(super) fn got_alerts(&mut self, page: AlertsPage) {
        if let Some(screen) = self.alerts_screen() {
            // The cursor stays on its school.
            let school =
                screen.page.as_ref().and_then(|page| page.items.get(screen.picked)).map(|one| one.school.clone());
            let at = page.items.iter().position(|one| Some(&one.school) == school.as_ref());
            screen.picked = at.unwrap_or(0);
            screen.page = Some(Box::new(page));
        }
    }

    /// One school came.
    pub(super) fn got_alert(&mut self, view: AlertView) {
        if let Some(screen) = self.alerts_screen()
            && screen.school.as_ref() == Some(&view.school)
        {
            let at = screen.matter().map(|matter| (matter.key.clone(), matter.student.as_ref().map(|one| one.id)));
            let same = |row: &AlertRow| Some((row.key.clone(), row.student.as_ref().map(|one| one.id))) == at;
            screen.row = view.rows.iter().position(same).unwrap_or(0);
            screen.view = Some(Box::new(view));
        }
    }

    /// A command key on the screen.
    pub(super) fn alerts_action(&mut self, action: Action) {
        let page = usize::try_from(self.list_height()).unwrap_or(1).saturating_sub(1).max(1);
        let Some(Screen::Alerts(screen)) = self.stack.last_mut() else { return };
        let inside = screen.school.is_some();
        match action {
            Action::Back if inside => {
                (screen.school, screen.view, screen.row) = (None, None, 0);
                self.dirty = true;
            }
            Action::Back | Action::Queue => self.close_all(),
            Action::Students => self.open_students(),
            Action::Entry => self.open_entry(),
            Action::Calendar => self.open_calendar(),
            Action::Reconcile => self.open_reconcile(),
            Action::Graduation => self.open_graduation(),
            Action::Down | Action::Up | Action::PageDown | Action::PageUp | Action::First | Action::Last => {
                if inside {
                    let len = screen.view.as_ref().map_or(0, |view| view.rows.len());
                    screen.row = moved(screen.row, len, action, page);
                } else {
                    let len = screen.page.as_ref().map_or(0, |page| page.items.len());
                    screen.picked = moved(screen.picked, len, action, page);
                }
                self.dirty = true;
            }
            Action::NextTab | Action::PrevTab => self.turn_item(action == Action::NextTab),
            Action::Open if !inside => {
                let school = screen.page.as_ref().and_then(|page| page.items.get(screen.picked));
                let Some(school) = school.map(|one| one.school.clone()) else { return };
                if self.needs_link() {
                    return;
                }
                if let Some(screen) = self.alerts_screen() {
                    (screen.school, screen.view, screen.row) = (Some(school), None, 0);
                }
                self.dirty = true;
                self.ask_alerts();
            }
            Action::Open => {
                let student = screen.matter().and_then(|matter| matter.student.as_ref()).map(|one| one.id);
                if let Some(id) = student {
                    self.open_student(id, None);
                    if let Some(Screen::Record(record)) = self.stack.last_mut() {
                        record.tab = super::student::RecordTab::Alerts;
                    }
                }
            }
            Action::Refresh => {
                if !self.needs_link() {
                    self.ask_alerts();
                }
            }
            Action::Basis => {
                let rule = screen.matter().map(|matter| matter.rule.clone());
                let asked = rule.or(screen.item.map(|item| item.code().to_owned())).unwrap_or_else(|| "21".to_owned());
                if !self.needs_link() {
                    self.send(Request::Query(Query::Rules { rule: asked.clone() }), Purpose::Rules(asked.clone()));
                    self.stack.push(Screen::Rules(RulesScreen { asked, rules: None, scroll: 0 }));
                    self.dirty = true;
                }
            }
            action => self.alert_errand(action),
        }
    }

    /// The next column, through all of them and none.
    fn turn_item(&mut self, forward: bool) {
        if self.needs_link() {
            return;
        }
        let Some(screen) = self.alerts_screen() else { return };
        let here = screen.item.map_or(0, |item| item as usize + 1);
        let n = Item::ALL.len() + 1;
        let next = (here + if forward { 1 } else { n - 1 }) % n;
        screen.item = next.checked_sub(1).and_then(|at| Item::ALL.get(at)).copied();
        screen.row = 0;
        self.dirty = true;
        self.ask_alerts();
    }

    /// A key that does something about the matter under the cursor.
    fn alert_errand(&mut self, action: Action) {
        let lang = self.look.lang;
        let Some(Screen::Alerts(screen)) = self.stack.last() else { return };
        self.dirty = true;
        let (Some(view), Some(matter)) = (&screen.view, screen.matter()) else {
            self.note = Some(Note::new(Tone::Info, AlertMsg::NothingHere.text(lang)));
            return;
        };
        let (errand, verdict) = match action {
            Action::OpenCase => (Errand::Open, &matter.can.record),
            Action::RemindSchool => (Errand::Remind, &matter.can.remind),
            Action::Explain => (Errand::Explain, &matter.can.explain),
            Action::FindTrue => (Errand::Find, &matter.can.confirm),
            Action::Dismiss => (Errand::Dismiss, &matter.can.dismiss),
            Action::Approve => (Errand::Agree, &matter.can.decide),
            Action::SendBack => (Errand::SendBack, &matter.can.decide),
            _ => return,
        };
        if let Doable::Closed(finding) = verdict {
            self.note = Some(Note::refusal(finding, lang));
            return;
        }
        let form = AlertForm::new(errand, view, matter, lang);
        if errand == Errand::Agree {
            self.confirm_errand(&form);
        } else {
            self.push_short(Screen::AlertForm(Box::new(form)));
        }
    }

    /// Asks once more, in one line.
    pub(super) fn confirm_errand(&mut self, form: &AlertForm) {
        let Some(command) = form.command() else { return };
        self.confirm = Some(Confirm::Alert(Box::new(AlertDeed { words: form.words(self.look.lang), command })));
        self.dirty = true;
    }

    /// It was done: the schools are asked for again.
    pub(super) fn alert_done(&mut self, words: &str) {
        self.short_done(|screen| matches!(screen, Screen::AlertForm(_)));
        self.note = Some(Note::new(Tone::Info, AlertMsg::Done.fill(self.look.lang, &[("what", words)])));
        self.ask_alerts();
    }
}

/// What is to be done about a matter, confirmed and sent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AlertDeed {
    /// In words, for the line that asks.
    pub(crate) words: String,
    /// The command.
    pub(super) command: Command,
}

/// The stage a standing proposal leads to, in words.
pub(super) fn proposed(matter: &AlertRow) -> &'static str {
    let proposal = matter.case.as_ref().and_then(|case| case.proposal.as_ref());
    proposal.map_or(Stage::Confirmed, |proposal| proposal.to).name()
}
