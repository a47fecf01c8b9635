//! A new application: find the student, pick the kind, fill in what that kind asks; the server says what the rules
//! would say before anything is asked to be confirmed.

use super::App;
use super::deed::{Confirm, Deed, What};
use super::drafts::{ARRIVAL_SLOT, BATCH_SLOT, START_SLOT};
use super::note::{Note, Tone};
use super::outbox::{CaseWhy, Purpose};
use super::pick::turns;
use super::screen::{CaseScreen, Screen};
use super::start_form::{FIRST, KIND, Probe, STUDENT, StartForm, Wrong};
use crate::catalogue::Msg;
use crate::keymap::{Action, KeyPress};
use crate::wire::{Choice, KindForm, PreviewView, Query, Request, StudentBrief};
use std::collections::BTreeMap;

/// Schools or majors asked for at once.
const CHOICES: u32 = 50;

impl App {
    /// Opens the form, with what was typed when it was last left.
    pub(super) fn open_start(&mut self) {
        self.dirty = true;
        let today = self.me.as_ref().map(|me| me.now.day());
        let left = self.left_start.take_if(|form| !form.is_arrival() && !form.is_batch());
        let form = left.unwrap_or_else(|| Box::new(StartForm::new(today)));
        let ask = form.kinds.is_none() && self.link == super::Link::Up;
        self.stack.push(Screen::Start(form));
        if ask {
            self.send(Request::Query(Query::Kinds {}), Purpose::Kinds);
        }
    }

    /// Opens the form for who has no file here yet, and so is not to be found.
    pub(super) fn open_arrival(&mut self) {
        self.dirty = true;
        if self.needs_link() {
            return;
        }
        let today = self.me.as_ref().map(|me| me.now.day());
        let school = self.me.as_ref().map(|me| me.office.name.clone()).unwrap_or_default();
        let kept = self.left_start.take_if(|form| form.is_arrival());
        let form = kept.unwrap_or_else(|| {
            let name = Msg::ArrivalName.text(self.look.lang);
            Box::new(StartForm::arrival(today, name, &school))
        });
        self.stack.push(Screen::Start(form));
        self.send(Request::Query(Query::Kinds {}), Purpose::Kinds);
    }

    /// A command key in the form.
    pub(super) fn start_action(&mut self, action: Action, key: KeyPress) {
        self.dirty = true;
        let page = self.list_height() as usize;
        let Some(Screen::Start(form)) = self.stack.last_mut() else { return };
        let last = form.last();
        match action {
            Action::NextField | Action::PrevField if form.choosing() && !turns(key) => {
                form.choose(if action == Action::NextField { Action::Down } else { Action::Up }, page);
            }
            Action::NextField => form.at = if form.at >= last { STUDENT } else { form.at + 1 },
            Action::PrevField => form.at = if form.at == STUDENT { last } else { form.at - 1 },
            Action::Accept => self.start_accept(),
            Action::Done => self.start_preview(),
            Action::Keep => {
                self.flush_draft();
                if let Some(Screen::Start(form)) = self.stack.pop()
                    && form.has_typed()
                {
                    self.left_start = Some(form);
                    self.note = Some(Note::new(Tone::Info, Msg::Kept.text(self.look.lang)));
                }
            }
            _ => {}
        }
    }

    /// Enter: search, choose, or go on.
    fn start_accept(&mut self) {
        let Some(Screen::Start(form)) = self.stack.last_mut() else { return };
        let last = form.last();
        match form.at {
            STUDENT if form.chosen.is_some() => form.at = KIND,
            STUDENT if form.choosing() => {
                form.take_student();
                // Not known yet if the form was opened while the link was down.
                if form.kinds.is_none() && !self.needs_link() {
                    self.send(Request::Query(Query::Kinds {}), Purpose::Kinds);
                }
            }
            STUDENT => self.find_students(),
            KIND => self.start_kind(),
            at => {
                let Some(entry) = form.entry() else { return };
                let lookup = entry.looked_up().filter(|_| entry.picked.is_none());
                match lookup {
                    Some(_) if form.choosing() => {
                        // The way on after a pick is the same as after any other field: the next Enter's.
                        if form.take_choice() && form.at < last {
                            form.at += 1;
                        }
                    }
                    Some(what) => {
                        let (text, path) = (entry.field.text(), entry.ask.path.clone());
                        if text.is_empty() {
                            self.note = Some(Note::new(Tone::Info, Msg::StartLookHint.text(self.look.lang)));
                        } else if !self.needs_link() {
                            let query = Query::Choices { what, text, count: CHOICES };
                            self.send(Request::Query(query), Purpose::Choices(path));
                        }
                    }
                    None if at < last => form.at += 1,
                    None => self.start_preview(),
                }
            }
        }
    }

    /// Enter on a kind: its fields, or why it is not open to this student.
    fn start_kind(&mut self) {
        let Some(Screen::Start(form)) = self.stack.last_mut() else { return };
        let at = form.kind_at;
        match form.kinds.as_ref().and_then(|kinds| kinds.get(at)) {
            Some(kind) if form.fits(kind) => {
                form.take_kind(at);
                self.ask_absence_draft();
            }
            Some(_) => {
                if !self.needs_link() {
                    if let Some(Screen::Start(form)) = self.stack.last_mut() {
                        form.probe = Some(Probe { kind: at, codes: BTreeMap::new() });
                    }
                    self.start_probe();
                }
            }
            None => {
                if !self.needs_link() {
                    self.send(Request::Query(Query::Kinds {}), Purpose::Kinds);
                }
            }
        }
    }

    /// Asks why a kind is not open. Only the server knows the rules; it is asked about an application with harmless
    /// contents, and the status is what it stumbles over.
    fn start_probe(&mut self) {
        let Some(Screen::Start(form)) = self.stack.last_mut() else { return };
        if let Some((path, what)) = form.probe_lacks() {
            let query = Query::Choices { what, text: String::new(), count: 2 };
            self.send(Request::Query(query), Purpose::ProbeCode(path));
            return;
        }
        let asked = form.chosen.as_ref().map(|student| student.id).zip(form.probe_details());
        match asked {
            Some((student, details)) => {
                self.send(Request::Query(Query::Preview { student, details }), Purpose::Probe);
            }
            None => self.probe_ended(None),
        }
    }

    /// What the rules say of the kind came. If they refuse, that is said; otherwise the desk does not stand in the way.
    pub(super) fn probe_ended(&mut self, preview: Option<PreviewView>) {
        let lang = self.look.lang;
        let Some(Screen::Start(form)) = self.stack.last_mut() else { return };
        let Some(probe) = form.probe.take() else { return };
        match preview.and_then(|preview| preview.refused) {
            Some(finding) => self.note = Some(Note::refusal(&finding, lang)),
            None => form.take_kind(probe.kind),
        }
    }

    /// A code to ask with came.
    pub(super) fn got_probe_code(&mut self, path: String, found: Vec<Choice>) {
        let Some(Screen::Start(form)) = self.stack.last_mut() else { return };
        let own = form.chosen.as_ref().map(|student| [student.school.clone(), student.major.clone()]);
        let other = found.into_iter().find(|choice| own.as_ref().is_none_or(|own| !own.contains(&choice.name)));
        match (other, &mut form.probe) {
            (Some(other), Some(probe)) => {
                probe.codes.insert(path, other.code);
                self.start_probe();
            }
            _ => self.probe_ended(None),
        }
    }

    fn find_students(&mut self) {
        let Some(Screen::Start(form)) = self.stack.last() else { return };
        let text = form.search.text();
        if text.is_empty() {
            self.note = Some(Note::new(Tone::Info, Msg::StartFindHint.text(self.look.lang)));
        } else if !self.needs_link() {
            self.send(Request::Query(Query::FindStudents { text, count: 20 }), Purpose::Find);
        }
    }

    /// Students came.
    pub(super) fn got_students(&mut self, found: Vec<StudentBrief>) {
        let Some(Screen::Start(form)) = self.stack.last_mut() else { return };
        if found.is_empty() {
            self.note = Some(Note::new(Tone::Warn, Msg::StartNone.text(self.look.lang)));
        }
        form.picked = 0;
        form.found = Some(found);
    }

    /// The kinds came.
    pub(super) fn got_kinds(&mut self, kinds: Vec<KindForm>) {
        if let Some(Screen::Start(form)) = self.stack.last_mut() {
            form.take_kinds(kinds);
        }
    }

    /// Schools or majors came.
    pub(super) fn got_choices(&mut self, path: &str, found: Vec<Choice>) {
        let Some(Screen::Start(form)) = self.stack.last_mut() else { return };
        let Some(entry) = form.entry_mut().filter(|entry| entry.ask.path == path) else { return };
        if found.is_empty() {
            self.note = Some(Note::new(Tone::Warn, Msg::StartNone.text(self.look.lang)));
        }
        entry.at = Some(0);
        entry.found = Some(found);
    }

    fn start_preview(&mut self) {
        if self.too_few_left() {
            return;
        }
        let Some(Screen::Start(form)) = self.stack.last_mut() else { return };
        match form.read() {
            Err(wrong) => {
                form.at = wrong.at;
                self.say_wrong(&wrong);
            }
            Ok((_, details)) if !form.group.is_empty() => {
                let list = super::batch::list(&form.group, &details);
                if let Some(list) = list.filter(|_| !self.needs_link()) {
                    self.send(Request::Query(Query::PreviewBatch { list }), Purpose::PreviewBatch);
                }
            }
            Ok((student, details)) => {
                if !self.needs_link() {
                    let query = Query::Preview { student: student.id, details };
                    self.send(Request::Query(query), Purpose::Preview);
                }
            }
        }
    }

    /// Says what is wrong, by the field's own name.
    fn say_wrong(&mut self, wrong: &Wrong) {
        let lang = self.look.lang;
        let Some(Screen::Start(form)) = self.stack.last() else { return };
        let label = wrong.at.checked_sub(FIRST).and_then(|n| form.entries().get(n));
        let label = label.map_or("", |entry| super::words::label(&entry.ask, lang));
        let mut values = vec![("field", label)];
        values.extend(wrong.values.iter().map(|(name, value)| (*name, value.as_str())));
        self.note = Some(Note::new(Tone::Warn, wrong.msg.fill(lang, &values)));
    }

    /// What the rules would say came: refused, or to be confirmed.
    pub(super) fn got_preview(&mut self, preview: PreviewView) {
        let lang = self.look.lang;
        let Some(Screen::Start(form)) = self.stack.last_mut() else { return };
        let read = form.read();
        let refused = preview.refused.clone();
        form.preview = Some(Box::new(preview));
        match (refused, read) {
            (Some(finding), _) => self.note = Some(Note::refusal(&finding, lang)),
            (None, Ok((student, details))) => {
                let kind = details.kind();
                // Who has no file yet is called as he will be.
                let named = details.newcomer_name().map_or(student.name, str::to_owned);
                let what = What::Start(student.id, details);
                self.confirm = Some(Confirm::Deed(Box::new(Deed {
                    what,
                    on: None,
                    batch: None,
                    student: named,
                    kind,
                    school: true,
                })));
            }
            (None, Err(_)) => {}
        }
    }

    /// The application was made: it opens.
    pub(super) fn started(&mut self, value: &serde_json::Value) {
        let lang = self.look.lang;
        if matches!(self.stack.last(), Some(Screen::Start(_))) {
            self.stack.pop();
        }
        self.left_start = None;
        [START_SLOT, ARRIVAL_SLOT, BATCH_SLOT].into_iter().for_each(|slot| self.forget_draft(slot));
        if let Some(batch) = value.get("batch").and_then(|id| id.as_str()).and_then(|id| id.parse().ok()) {
            return self.batch_started(batch);
        }
        let id = value.get("id").or_else(|| value.get("application")).and_then(|id| id.as_str());
        if let Some(id) = id.and_then(|id| id.parse().ok()) {
            let id: crate::model::ApplicationId = id;
            self.note = Some(Note::new(Tone::Info, Msg::DoneStart.fill(lang, &[("id", &id.to_string())])));
            self.stack.push(Screen::Case(CaseScreen { id, case: None, scroll: 0, claimed: false }));
            self.ask_case(id, CaseWhy::Open(None));
        }
        self.refresh();
    }

    /// A key that is no command.
    pub(super) fn start_key(&mut self, key: KeyPress) -> bool {
        let Some(Screen::Start(form)) = self.stack.last_mut() else { return false };
        if form.key(key) {
            return true;
        }
        // A list takes no characters; say what it takes.
        let lost = form.choosing() && key.is_text();
        if lost {
            self.note = Some(Note::new(Tone::Info, Msg::StartPick.text(self.look.lang)));
        }
        lost
    }
}
