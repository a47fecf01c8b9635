//! Screen 3: new students typed in one after the other. What is said about a half-filled one the server says, beside the
//! typing and never in its way.

use super::entry_form::EntryForm;
use super::entry_prompt::{Prompt, meaning};
use super::input::Effect;
use super::note::{Note, Tone};
use super::outbox::Purpose;
use super::screen::Screen;
use super::{App, Link, words};
use crate::catalogue::EntryMsg;
use crate::keymap::{Action, KeyCode, KeyPress, Scope};
use crate::model::{Command, Post, Severity, Status, StudentId};
use crate::wire::{EntryAsked, EntryCheckView, EntryField, EntryStored, Query, Request};
use std::collections::BTreeMap;
use std::time::Duration;

/// How long typing rests before the server is asked what is wrong.
const REST: Duration = Duration::from_millis(250);

/// Letters by which listed errors are reached, in their order.
pub(crate) const LABELS: &str = "123456789abcdefghijklmnopqrstuvwxyz";

/// Slot of the draft of a new student.
pub(super) const SLOT: &str = "entry";

/// The screen.
#[derive(Debug, Clone, Default)]
pub(crate) struct EntryScreen {
    /// None while fields and draft are on their way.
    pub(crate) form: Option<Box<EntryForm>>,
    pub(crate) prompt: Option<Prompt>,
    /// Whether everything that is wrong is listed.
    pub(crate) listing: bool,
    /// How many were saved since the screen was opened.
    pub(crate) saved: u32,
    /// Who is to be corrected; none for a new student.
    pub(super) student: Option<StudentId>,
    /// The field a failed filing names first.
    unsettled: String,
    /// The change that was seen last, and when it is to be looked at.
    seen: u64,
    due: Option<Duration>,
}

impl EntryScreen {
    /// The form, if it is there.
    fn form_mut(&mut self) -> Option<&mut EntryForm> {
        self.form.as_deref_mut()
    }

    /// Slot of its draft.
    pub(super) fn slot(&self) -> String {
        match self.student {
            Some(student) => format!("{SLOT}:{student}"),
            None => SLOT.to_owned(),
        }
    }
}

impl App {
    /// Opens the screen with a new student, or with the draft of one.
    pub(super) fn open_entry(&mut self) {
        if let Some(at) = self.stack.iter().position(|screen| matches!(screen, Screen::Entry(_))) {
            self.stack.truncate(at + 1);
            self.dirty = true;
            return;
        }
        self.open_entry_on(EntryScreen::default());
    }

    /// Opens the screen to correct a student; `unsettled` is what a failed filing said.
    pub(super) fn open_correction(&mut self, student: StudentId, unsettled: String) {
        self.open_entry_on(EntryScreen { student: Some(student), unsettled, ..EntryScreen::default() });
    }

    fn open_entry_on(&mut self, screen: EntryScreen) {
        self.dirty = true;
        if !self
            .me
            .as_ref()
            .is_some_and(|me| me.posts().contains(&Post::Entry) && me.office.level == crate::model::Level::School)
        {
            self.note = Some(Note::new(Tone::Warn, EntryMsg::NotEntry.text(self.look.lang)));
            return;
        }
        if self.needs_link() {
            return;
        }
        let left = self.left_entry.take_if(|left| left.slot() == screen.slot());
        self.stack.push(Screen::Entry(left.unwrap_or_else(|| Box::new(screen))));
        if self.entry_fields.is_empty() {
            self.send(Request::Query(Query::EntryFields {}), Purpose::EntryFields);
        } else {
            self.entry_begin();
        }
    }

    pub(super) fn entry_screen(&mut self) -> Option<&mut EntryScreen> {
        self.stack.iter_mut().find_map(|screen| match screen {
            Screen::Entry(screen) => Some(&mut **screen),
            _ => None,
        })
    }

    /// The fields came.
    pub(super) fn got_entry_fields(&mut self, fields: Vec<EntryField>) {
        self.entry_fields = fields;
        self.entry_begin();
    }

    /// The fields are there: the draft is looked for.
    fn entry_begin(&mut self) {
        let Some(screen) = self.entry_screen() else { return };
        if screen.form.is_none() {
            let slot = screen.slot();
            self.send(Request::Query(Query::LoadDraft { slot: slot.clone() }), Purpose::Draft(slot));
        }
    }

    /// The link is back, or the day is another: what was on its way is asked for again.
    pub(super) fn entry_again(&mut self) {
        let unknown = self.entry_fields.is_empty();
        let Some(screen) = self.entry_screen() else { return self.ask_unfiled() };
        match &mut screen.form {
            Some(form) => {
                form.touched();
                form.hurry = true;
            }
            None if unknown => {
                self.send(Request::Query(Query::EntryFields {}), Purpose::EntryFields);
            }
            None => self.entry_begin(),
        }
        self.ask_unfiled();
        self.grid_judge();
    }

    /// No draft is there, or it cannot be read: an empty form, or the student as he is stored.
    pub(super) fn entry_fresh(&mut self) {
        let fields = self.entry_fields.clone();
        let Some(screen) = self.entry_screen() else { return };
        if screen.form.is_some() {
            return;
        }
        match screen.student {
            Some(student) => self.send(Request::Query(Query::EntryLoad { student }), Purpose::EntryStored),
            None => {
                screen.form = Some(Box::new(EntryForm::new(fields, BTreeMap::new())));
                self.dirty = true;
            }
        }
    }

    /// The draft came.
    pub(super) fn entry_from_draft(&mut self, content: &str) -> bool {
        let fields = self.entry_fields.clone();
        let Some(screen) = self.entry_screen() else { return false };
        match serde_json::from_str(content) {
            Ok(draft) => {
                screen.form = Some(Box::new(EntryForm::from_draft(fields, draft)));
                self.dirty = true;
                true
            }
            Err(_) => {
                self.entry_fresh();
                false
            }
        }
    }

    /// The student to be corrected came.
    pub(super) fn got_entry_stored(&mut self, stored: EntryStored) {
        let fields = self.entry_fields.clone();
        let lang = self.look.lang;
        let Some(screen) = self.entry_screen() else { return };
        if screen.student != Some(stored.student) {
            return;
        }
        let failure = stored.failures.last().cloned();
        screen.form = Some(Box::new(EntryForm::correcting(fields, stored, &screen.unsettled)));
        if let Some(failure) = failure {
            let on = failure.on.to_string();
            let head = EntryMsg::TodoReasons.fill(lang, &[("on", &on), ("fault", failure.fault.name())]);
            let mut lines = vec![head];
            lines.extend(failure.reasons.split('；').map(str::to_owned));
            self.note = Some(Note { tone: Tone::Warn, lines });
        }
        self.dirty = true;
    }

    /// A command key in the form.
    pub(super) fn entry_action(&mut self, action: Action) {
        self.dirty = true;
        let page = self.list_height() as usize;
        let lang = self.look.lang;
        let Some(Screen::Entry(screen)) = self.stack.last_mut() else { return };
        if action == Action::Keep {
            return self.entry_escape();
        }
        screen.listing = false;
        let Some(form) = screen.form.as_deref_mut() else { return };
        if let Some(prompt) = &mut screen.prompt {
            match action {
                Action::Accept => {
                    if let Some(text) = prompt.taken() {
                        let at = form.at;
                        form.put(at, &text);
                        screen.prompt = None;
                        self.entry_go(true);
                    }
                }
                Action::Down | Action::Up | Action::PageDown | Action::PageUp => prompt.choose(action, page),
                Action::Prompt => screen.prompt = None,
                _ => {}
            }
            return;
        }
        match action {
            Action::Accept | Action::NextField => self.entry_leave(true),
            Action::PrevField => self.entry_leave(false),
            Action::Down => form.at = form.line(1),
            Action::Up => form.at = form.line(-1),
            Action::PageDown => form.at = form.line(10),
            Action::PageUp => form.at = form.line(-10),
            Action::Unfold => form.unfolded = !form.unfolded,
            Action::Repeat => {
                let id = form.ask().map(|ask| ask.id.clone()).unwrap_or_default();
                match form.last.get(&id).cloned() {
                    Some(text) => {
                        let at = form.at;
                        form.put(at, &text);
                        self.entry_go(true);
                    }
                    None => self.note = Some(Note::new(Tone::Info, EntryMsg::RepeatNone.text(lang))),
                }
            }
            Action::Prompt => self.entry_prompt(),
            Action::NextProblem => match form.next_wrong() {
                Some(at) => form.at = at,
                None => self.note = Some(Note::new(Tone::Info, EntryMsg::ErrorsNone.text(lang))),
            },
            Action::Problems => screen.listing = true,
            Action::Save => self.entry_save(),
            Action::Grid => self.open_grid(),
            Action::Unfiled => self.open_unfiled(),
            Action::Drafts => {
                self.flush_draft();
                self.open_drafts();
            }
            _ => {}
        }
    }

    /// Esc: closes what lies over the form, then leaves; what was typed is kept.
    fn entry_escape(&mut self) {
        let lang = self.look.lang;
        let Some(Screen::Entry(screen)) = self.stack.last_mut() else { return };
        if std::mem::take(&mut screen.listing) || screen.prompt.take().is_some() {
            return;
        }
        self.flush_draft();
        if let Some(Screen::Entry(screen)) = self.stack.pop()
            && screen.form.as_ref().is_some_and(|form| form.has_typed() || !form.last.is_empty())
        {
            if screen.form.as_ref().is_some_and(|form| form.has_typed()) {
                self.note = Some(Note::new(Tone::Info, crate::catalogue::Msg::Kept.text(lang)));
            }
            self.left_entry = Some(screen);
        }
    }

    /// Leaves the field: what stands in a coded one must mean one value, or it is to be chosen.
    fn entry_leave(&mut self, forward: bool) {
        let lang = self.look.lang;
        let Some(Screen::Entry(screen)) = self.stack.last_mut() else { return };
        let Some(form) = screen.form.as_deref_mut() else { return };
        let typed = form.cells.get(form.at).is_some_and(|cell| cell.origin == super::entry_form::Origin::Typed);
        let Some(ask) = form.ask().filter(|_| typed).cloned() else { return self.entry_go(forward) };
        let text = form.text(&ask.id);
        if ask.form == "set" {
            let meant = meaning(&ask, &text);
            match meant.as_slice() {
                [(_, name)] => {
                    let at = form.at;
                    form.put(at, name);
                }
                [] => {}
                several => {
                    let n = several.len().to_string();
                    self.note =
                        Some(Note::new(Tone::Info, EntryMsg::PromptMany.fill(lang, &[("text", &text), ("n", &n)])));
                    return self.entry_prompt();
                }
            }
        } else if ask.form == "region" && forward && text.chars().any(|c| !c.is_ascii_digit()) {
            return self.entry_prompt();
        }
        self.entry_go(forward);
    }

    /// To the next field that is to be filled in.
    fn entry_go(&mut self, forward: bool) {
        let lang = self.look.lang;
        let key = self.keymap.key_for(Scope::Entry, Action::Save).unwrap_or_default();
        let Some(Screen::Entry(screen)) = self.stack.last_mut() else { return };
        let Some(form) = screen.form_mut() else { return };
        form.hurry = true;
        match form.next(forward) {
            Some(at) => form.at = at,
            None if forward => {
                self.note = Some(Note::new(Tone::Info, EntryMsg::Ready.fill(lang, &[("key", &key)])));
            }
            None => {}
        }
    }

    /// A key that is no command.
    pub(super) fn entry_key(&mut self, key: KeyPress) -> bool {
        let Some(Screen::Entry(screen)) = self.stack.last_mut() else { return false };
        if let Some(prompt) = &mut screen.prompt {
            let meant = prompt.key(key);
            self.entry_ask_choices();
            return meant;
        }
        let Some(form) = screen.form.as_deref_mut() else { return false };
        if screen.listing {
            if let KeyCode::Char(c) = key.code
                && let Some(n) = LABELS.find(crate::text::fold_key(c).to_ascii_lowercase())
            {
                let places = listed(form);
                if let Some((at, ..)) = places.get(n) {
                    form.at = *at;
                    screen.listing = false;
                }
            }
            return true;
        }
        form.key(key)
    }

    /// A pasted text: into the field, or, when it is rows, into the grid.
    pub(super) fn entry_paste(&mut self, text: &str) -> bool {
        let rows = super::entry_paste::rows(text);
        if rows.len() > 1 || rows.first().is_some_and(|row| row.len() > 1) {
            self.open_grid();
            return self.grid_paste(text);
        }
        let Some(Screen::Entry(screen)) = self.stack.last_mut() else { return false };
        if let Some(prompt) = &mut screen.prompt {
            return prompt.paste(text);
        }
        screen.form.as_deref_mut().is_some_and(|form| form.paste(text))
    }

    /// Asks what is wrong when something changed and the typing rests, or at once when a field was left.
    pub(super) fn tend_entry(&mut self, at: Duration) {
        let busy = self.outbox.any(|purpose| matches!(purpose, Purpose::EntryCheck { .. } | Purpose::EntrySaved(_)));
        let up = self.link == Link::Up;
        let Some(Screen::Entry(screen)) = self.stack.last_mut() else { return };
        let Some(form) = screen.form.as_deref_mut() else { return };
        if form.edits == form.checked || busy || !up {
            return;
        }
        if screen.seen != form.edits {
            screen.seen = form.edits;
            screen.due = Some(at + REST);
            if !form.hurry {
                self.out.push(Effect::WakeAt(at + REST));
                return;
            }
        }
        if form.hurry || screen.due.is_none_or(|due| at >= due) {
            form.hurry = false;
            screen.due = None;
            self.ask_entry_check(false);
        }
    }

    /// Asks what is wrong with the form as it stands; `save` whether it is to be saved if nothing is.
    fn ask_entry_check(&mut self, save: bool) {
        let Some(Screen::Entry(screen)) = self.stack.last_mut() else { return };
        let student = screen.student;
        let Some(form) = screen.form.as_deref_mut() else { return };
        form.saving |= save;
        let (cells, edits) = (form.sent(), form.edits);
        let query = Query::EntryCheck(EntryAsked { school: None, student, cells });
        self.send(Request::Query(query), Purpose::EntryCheck { edits, save });
    }

    /// What is wrong came.
    pub(super) fn got_entry_check(&mut self, check: EntryCheckView, edits: u64, save: bool) {
        let Some(screen) = self.entry_screen() else { return };
        let Some(form) = screen.form.as_deref_mut() else { return };
        form.take_check(check, edits);
        // An answer before this one may have filled in what follows from the number: that is looked at first.
        match (save && form.saving, form.edits == edits) {
            (true, false) => self.ask_entry_check(true),
            (true, true) => self.entry_save(),
            (false, _) => {}
        }
    }

    /// Saves, unless something is known to be wrong: then all of it is listed.
    fn entry_save(&mut self) {
        let lang = self.look.lang;
        if self.needs_link() {
            return;
        }
        let Some(Screen::Entry(screen)) = self.stack.last_mut() else { return };
        let Some(form) = screen.form.as_deref_mut() else { return };
        if !form.has_typed() {
            self.note = Some(Note::new(Tone::Info, EntryMsg::NothingTyped.text(lang)));
            return;
        }
        if form.edits != form.checked {
            return self.ask_entry_check(true);
        }
        form.saving = false;
        if !form.check.as_ref().is_some_and(|check| check.savable) {
            let blocks = form.all_wrong().iter().filter(|(_, severity, _)| *severity == Severity::Block).count();
            screen.listing = true;
            self.note = Some(Note::new(Tone::Warn, EntryMsg::NotSaved.fill(lang, &[("n", &blocks.to_string())])));
            return;
        }
        let cells = form.sent();
        let name = form.text("name");
        let command = match &form.correcting {
            Some(of) => Command::AmendEntry { student: of.student, revision: of.revision, cells },
            None => Command::SaveEntry { school: None, cells },
        };
        self.send(Request::Write(command), Purpose::EntrySaved(name));
    }

    /// It is saved: what was saved, until when it is to be done what comes next, and the next form.
    pub(super) fn entry_saved(&mut self, name: &str, answer: &serde_json::Value) {
        let lang = self.look.lang;
        let fields = self.entry_fields.clone();
        let id = answer["student"].as_str().unwrap_or_default().to_owned();
        let Some(screen) = self.entry_screen() else { return };
        let Some(form) = screen.form.as_deref() else { return };
        let slot = screen.slot();
        if form.correcting.is_some() {
            let said = EntryMsg::Corrected.fill(lang, &[("name", name), ("id", &id)]);
            self.stack.retain(|screen| !matches!(screen, Screen::Entry(_)));
            self.forget_draft(&slot);
            self.note = Some(Note::new(Tone::Info, said));
            self.ask_unfiled();
            return;
        }
        let mut next = EntryForm::new(fields, form.texts());
        next.unfolded = form.unfolded;
        screen.form = Some(Box::new(next));
        screen.saved += 1;
        (screen.prompt, screen.listing) = (None, false);
        self.forget_draft(&slot);
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let status = words::status(Status::Registered, lang);
        let mut lines = vec![EntryMsg::Saved.fill(lang, &[("name", name), ("id", &id), ("status", status)])];
        let due = &answer["due"];
        if due["due"].is_string() {
            let values = [("due", &*text(&due["due"])), ("cutoff", &*text(&due["cutoff"]))];
            lines.push(EntryMsg::SavedDue.fill(lang, &values));
        }
        if answer["filing_until"].is_string() {
            lines.push(EntryMsg::SavedFiling.fill(lang, &[("date", &text(&answer["filing_until"]))]));
        }
        for notice in answer["notices"].as_array().into_iter().flatten() {
            let values = [("column", &*text(&notice["column"])), ("message", &*text(&notice["message"]))];
            lines.push(EntryMsg::SavedNotice.fill(lang, &values));
        }
        self.note = Some(Note { tone: Tone::Info, lines });
    }

    /// It was refused although nothing was known to be wrong: somebody was quicker, or a day has passed.
    pub(super) fn entry_refused(&mut self) {
        if let Some(form) = self.entry_screen().and_then(EntryScreen::form_mut) {
            form.touched();
            form.hurry = true;
        }
    }
}

/// What is wrong, as it is listed: place, severity, words.
pub(crate) fn listed(form: &EntryForm) -> Vec<(usize, Severity, String)> {
    let mut all = form.all_wrong();
    all.truncate(LABELS.len());
    all
}
