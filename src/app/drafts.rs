//! What is typed and not handed in, kept on the server: saved when a field is left, and every few seconds while somebody
//! types; asked for when a form opens; forgotten when it is handed in. Nothing is sent while nothing changes.

use super::entry::EntryScreen;
use super::field::Field;
use super::input::Effect;
use super::note::{Note, Tone};
use super::outbox::Purpose;
use super::screen::Screen;
use super::{App, Link, words};
use crate::catalogue::{EntryMsg, Msg};
use crate::keymap::{Action, Scope};
use crate::wire::{DraftRow, DraftSave, DraftView, Query, Request};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// How long something typed may lie unsaved.
const PAUSE: Duration = Duration::from_secs(4);
/// Days before its last day from which a draft is told of.
const FORETOLD: i64 = 7;

/// Slot of the draft of an application.
pub(super) const START_SLOT: &str = "start";
/// Slot of the draft of who has no file here yet.
pub(super) const ARRIVAL_SLOT: &str = "arrival";
/// Slot of the draft of a batch.
pub(super) const BATCH_SLOT: &str = "batch";

/// What is known of the server's drafts.
#[derive(Debug, Clone, Default)]
pub(super) struct Drafts {
    /// What the server has, by slot.
    kept: BTreeMap<String, Content>,
    /// Slots it was asked for.
    asked: BTreeSet<String>,
    /// What is on its way to it.
    sending: Option<(String, Content)>,
    /// When what is typed is to be saved.
    due: Option<Duration>,
    /// Slot and field the caret was last seen in.
    seen: Option<(String, String)>,
    /// Whether it was said that a draft could not be saved.
    said: bool,
    /// The draft of a short form that was chosen in the list, while it is on its way.
    pub(super) reopening: Option<String>,
}

impl Drafts {
    /// Whatever is known of a slot is asked for once more when its form opens.
    pub(super) fn ask_anew(&mut self, slot: &str) {
        self.asked.remove(slot);
        self.kept.remove(slot);
    }
}

/// A form as a draft: where the caret is, and what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) title: String,
    pub(super) field: String,
    /// None while nothing was typed.
    pub(super) text: Option<String>,
}

/// A form of plain fields.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Plain {
    pub(super) at: usize,
    pub(super) texts: Vec<String>,
}

impl Plain {
    /// A form as far as it is filled in.
    pub(super) fn of(fields: &[Field], at: usize) -> Plain {
        Plain { at, texts: fields.iter().map(Field::text).collect() }
    }

    /// As it is stored; none when nothing was typed.
    pub(super) fn text(&self, typed: bool) -> Option<String> {
        if typed { serde_json::to_string(self).ok() } else { None }
    }

    /// Lays it into a form's fields and puts the caret where it was; whether it is of such a form.
    pub(super) fn fill(&self, fields: &mut [Field], at: &mut usize) -> bool {
        if self.texts.len() != fields.len() {
            return false;
        }
        for (field, text) in fields.iter_mut().zip(&self.texts) {
            *field = Field::line(text);
        }
        *at = self.at.min(fields.len().saturating_sub(1));
        true
    }
}

impl App {
    /// Slot and content of what is being filled in.
    fn top_draft(&self) -> Option<(String, Content)> {
        let lang = self.look.lang;
        match self.stack.last()? {
            Screen::Entry(screen) => self.entry_draft(screen),
            Screen::Grid(screen) => Some(self.grid_draft(screen)),
            Screen::Start(form) => {
                let (slot, text) = form.draft()?;
                let kind = form.kind.as_ref().map_or("", |kind| words::kind(kind.kind, lang));
                let student = form.chosen.as_ref().map_or("", |student| student.name.as_str());
                let many = u32::try_from(form.group.len()).unwrap_or(u32::MAX);
                let student = super::batch::several(student, many, lang);
                let title = EntryMsg::DraftStart.fill(lang, &[("kind", kind), ("student", &student)]);
                let field = match form.at {
                    super::start_form::STUDENT => Msg::FieldStudent.text(lang),
                    super::start_form::KIND => Msg::FieldAsked.text(lang),
                    _ => form.entry().map_or("", |entry| words::label(&entry.ask, lang)),
                };
                Some((slot, Content { title: title.trim().to_owned(), field: field.to_owned(), text }))
            }
            Screen::Write(write) => {
                let (slot, text) = write.draft()?;
                Some((slot, Content { title: write.title(lang), field: String::new(), text }))
            }
            Screen::Attach(form) => {
                let text = form.plain().text(form.has_typed());
                let title =
                    Msg::AttachTitle.fill(lang, &[("student", &form.student), ("kind", words::kind(form.kind, lang))]);
                let field = super::attach::LABELS.get(form.at).map_or("", |label| label.text(lang)).to_owned();
                Some((format!("attach:{}", form.application), Content { title, field, text }))
            }
            Screen::Fact(form) => {
                let (slot, text) = form.draft()?;
                let field = form.entries.get(form.at).map_or("", |entry| words::label(&entry.ask, lang)).to_owned();
                Some((slot, Content { title: form.title(lang), field, text }))
            }
            Screen::Aside(form) => {
                let (slot, text) = form.draft()?;
                let field = form.rows(lang).get(form.at).map_or("", |(label, _)| *label).to_owned();
                Some((slot, Content { title: form.title(self), field, text }))
            }
            screen => super::short_draft::draft(screen, lang),
        }
    }

    fn entry_draft(&self, screen: &EntryScreen) -> Option<(String, Content)> {
        let lang = self.look.lang;
        let form = screen.form.as_deref()?;
        let text = if form.has_typed() { serde_json::to_string(&form.to_draft()).ok() } else { None };
        let name = form.text("name");
        let title = match &form.correcting {
            Some(of) => EntryMsg::TitleCorrect.fill(lang, &[("name", &of.name), ("id", &of.student.to_string())]),
            None if name.is_empty() => EntryMsg::DraftEntry.text(lang).to_owned(),
            None => EntryMsg::DraftEntryOf.fill(lang, &[("name", &name)]),
        };
        let field = form.ask().map(|ask| ask.name.clone()).unwrap_or_default();
        Some((screen.slot(), Content { title, field, text }))
    }

    /// Asks for the draft of a form that has just opened, and saves what was typed.
    pub(super) fn tend_drafts(&mut self, at: Duration) {
        if self.link != Link::Up {
            return;
        }
        let Some((slot, now)) = self.top_draft() else {
            self.drafts_kept.due = None;
            return;
        };
        let own = matches!(self.stack.last(), Some(Screen::Entry(_) | Screen::Grid(_)));
        if !own && now.text.is_none() && self.drafts_kept.asked.insert(slot.clone()) {
            self.send(Request::Query(Query::LoadDraft { slot: slot.clone() }), Purpose::Draft(slot.clone()));
        }
        let state = &mut self.drafts_kept;
        if state.sending.is_some() {
            return;
        }
        let here = (slot.clone(), now.field.clone());
        let left = state.seen.as_ref().is_some_and(|seen| seen.0 == here.0 && seen.1 != here.1);
        state.seen = Some(here);
        let kept = state.kept.get(&slot);
        let same = match (kept, &now.text) {
            (None, None) => true,
            (Some(kept), Some(_)) => kept.text == now.text && kept.field == now.field,
            _ => false,
        };
        if same {
            state.due = None;
            return;
        }
        let due = *state.due.get_or_insert_with(|| {
            let due = at + PAUSE;
            self.out.push(Effect::WakeAt(due));
            due
        });
        if left || at >= due {
            self.send_draft(slot, now);
        }
    }

    /// Saves what is being filled in without waiting: the form is about to be left.
    pub(super) fn flush_draft(&mut self) {
        let Some((slot, now)) = self.top_draft().filter(|_| self.link == Link::Up) else { return };
        let known = self.drafts_kept.kept.get(&slot).is_some_and(|kept| *kept == now);
        if !known && now.text.is_some() {
            self.send_draft(slot, now);
        }
    }

    fn send_draft(&mut self, slot: String, now: Content) {
        self.drafts_kept.due = None;
        match now.text.clone() {
            Some(content) => {
                let cut = |text: &str| text.chars().take(100).collect::<String>();
                let save = DraftSave { slot: slot.clone(), title: cut(&now.title), field: cut(&now.field), content };
                self.drafts_kept.sending = Some((slot.clone(), now));
                self.send(Request::Query(Query::SaveDraft(save)), Purpose::DraftSaved(slot));
            }
            None => self.forget_draft(&slot),
        }
    }

    /// A draft is on the server's disk.
    pub(super) fn draft_saved(&mut self, slot: &str) {
        let state = &mut self.drafts_kept;
        state.said = false;
        if let Some((sent, content)) = state.sending.take_if(|(sent, _)| sent == slot) {
            state.kept.insert(sent, content);
        }
    }

    /// It is not: that is said once, and tried again with the next change.
    pub(super) fn draft_not_saved(&mut self, slot: &str, why: &str) {
        let state = &mut self.drafts_kept;
        if let Some((sent, content)) = state.sending.take_if(|(sent, _)| sent == slot) {
            // As far as trying goes it counts as kept: a server that refuses is not asked the same again and again.
            state.kept.insert(sent, content);
        }
        if !std::mem::replace(&mut state.said, true) {
            let text = EntryMsg::DraftNotKept.fill(self.look.lang, &[("why", why)]);
            self.note = Some(Note::new(Tone::Refusal, text));
            self.dirty = true;
        }
    }

    /// The link broke: what was on its way may not have come.
    pub(super) fn drafts_link_lost(&mut self) {
        self.drafts_kept.sending = None;
        self.drafts_kept.reopening = None;
    }

    /// Another account: nothing of the last one's is known to be kept.
    pub(super) fn drafts_begin(&mut self) {
        self.drafts_kept = Drafts::default();
        self.send(Request::Query(Query::Drafts {}), Purpose::DraftsAtStart);
    }

    /// What was typed was handed in, or is not wanted.
    pub(super) fn forget_draft(&mut self, slot: &str) {
        let state = &mut self.drafts_kept;
        state.due = None;
        let known = state.kept.remove(slot).is_some();
        let under_way = state.sending.take_if(|(sent, _)| sent == slot).is_some();
        if (known || under_way) && self.link == Link::Up {
            self.send(Request::Query(Query::DropDraft { slot: slot.to_owned() }), Purpose::Nothing);
        }
    }

    /// Forgets the drafts about an application, of which something was decided.
    pub(super) fn forget_drafts_of(&mut self, id: crate::model::ApplicationId) {
        let of = id.to_string();
        let slots: Vec<String> =
            self.drafts_kept.kept.keys().filter(|slot| slot.split(':').nth(1) == Some(&of)).cloned().collect();
        slots.iter().for_each(|slot| self.forget_draft(slot));
    }

    /// A draft came: it is taken up where the form it is of is open and nothing was typed in it.
    pub(super) fn got_draft(&mut self, slot: &str, view: Option<DraftView>) {
        let lang = self.look.lang;
        let entry = self.stack.iter().any(|screen| matches!(screen, Screen::Entry(of) if of.slot() == slot));
        let Some(DraftView { draft, content }) = view else {
            if entry {
                self.entry_fresh();
            }
            if self.drafts_kept.reopening.take_if(|of| of == slot).is_some() {
                self.short_is_gone();
            }
            return;
        };
        let taken = if self.drafts_kept.reopening.take_if(|of| of == slot).is_some() {
            self.reopened_short(slot, &content)
        } else if entry {
            self.entry_from_draft(&content)
        } else if slot == super::entry_grid::SLOT {
            self.grid_from_draft(&content)
        } else {
            let same = self.top_draft().is_some_and(|(top, now)| top == slot && now.text.is_none());
            if !same {
                return;
            }
            let plain = || serde_json::from_str::<Plain>(&content).ok();
            match self.stack.last_mut() {
                Some(Screen::Start(form)) => form.take_up_draft(&content),
                Some(Screen::Write(write)) => plain().is_some_and(|plain| write.take_plain(&plain)),
                Some(Screen::Attach(form)) => plain().is_some_and(|plain| form.take_plain(&plain)),
                Some(Screen::Fact(form)) => plain().is_some_and(|plain| form.take_plain(&plain)),
                Some(Screen::Aside(form)) => plain().is_some_and(|plain| form.take_plain(&plain)),
                Some(screen) => plain().is_some_and(|plain| super::short_draft::take_up(screen, &plain, lang)),
                None => return,
            }
        };
        let text = if taken {
            if let Some((slot, now)) = self.top_draft() {
                self.drafts_kept.kept.insert(slot, now);
            }
            EntryMsg::DraftBack.fill(lang, &[("saved", &words::moment(draft.saved))])
        } else {
            EntryMsg::DraftUnread.text(lang).to_owned()
        };
        self.note = Some(Note::new(if taken { Tone::Info } else { Tone::Warn }, text));
        self.dirty = true;
    }

    /// At the beginning: what was left unfinished is told, and what is about to be cleared, or was.
    pub(super) fn got_drafts_at_start(&mut self, rows: &[DraftRow]) {
        let lang = self.look.lang;
        let today = self.me.as_ref().map(|me| me.now.day());
        let mut lines = Vec::new();
        let open: Vec<&DraftRow> = rows.iter().filter(|row| !row.expired).collect();
        if let Some(first) = open.first() {
            let key = format!(":{}", crate::catalogue::Name::Drafts.text(lang));
            let values = [("n", &*open.len().to_string()), ("first", &*first.title), ("key", &*key)];
            lines.push(EntryMsg::DraftsFound.fill(lang, &values));
        }
        for row in rows {
            let values = [("title", &*row.title), ("until", &*row.until.to_string())];
            if row.expired {
                lines.push(EntryMsg::DraftsExpired.fill(lang, &values));
            } else if today.is_some_and(|today| (row.until - today).num_days() <= FORETOLD) {
                lines.push(EntryMsg::DraftsExpiring.fill(lang, &values));
            }
        }
        if lines.is_empty() {
            return;
        }
        let note = self.note.get_or_insert(Note { tone: Tone::Info, lines: Vec::new() });
        note.lines.extend(lines);
        self.dirty = true;
    }

    /// Opens the list.
    pub(super) fn open_drafts(&mut self) {
        if self.needs_link() {
            return;
        }
        self.dirty = true;
        self.stack.push(Screen::Drafts(DraftPick::default()));
        self.send(Request::Query(Query::Drafts {}), Purpose::Drafts);
    }

    /// The list came.
    pub(super) fn got_drafts(&mut self, rows: Vec<DraftRow>) {
        for screen in &mut self.stack {
            if let Screen::Drafts(pick) = screen {
                pick.selected = pick.selected.min(rows.len().saturating_sub(1));
                pick.rows = Some(rows.clone());
            }
        }
    }

    /// A command key in the list.
    pub(super) fn drafts_action(&mut self, action: Action) {
        let lang = self.look.lang;
        let page = self.list_height() as usize;
        let key = self.keymap.key_for(Scope::Pick, Action::DropSaved).unwrap_or_default();
        let Some(Screen::Drafts(pick)) = self.stack.last_mut() else { return };
        let len = pick.rows.as_ref().map_or(0, Vec::len);
        let row = pick.rows.as_ref().and_then(|rows| rows.get(pick.selected)).cloned();
        match (action, row) {
            (Action::Open, Some(row)) if row.expired => {
                let values = [("title", &*row.title), ("until", &*row.until.to_string())];
                self.note = Some(Note::new(Tone::Warn, EntryMsg::DraftsExpired.fill(lang, &values)));
            }
            (Action::Open, Some(row)) => self.take_up(&row.slot),
            (Action::DropSaved, Some(row)) if pick.sure.as_ref() == Some(&row.slot) => {
                pick.sure = None;
                self.drafts_kept.kept.remove(&row.slot);
                self.drop_left(&row.slot);
                let slot = row.slot.clone();
                self.send(Request::Query(Query::DropDraft { slot }), Purpose::Nothing);
                self.send(Request::Query(Query::Drafts {}), Purpose::Drafts);
                let said = EntryMsg::DraftDropped.fill(lang, &[("title", &row.title)]);
                self.note = Some(Note::new(Tone::Info, said));
            }
            (Action::DropSaved, Some(row)) => {
                let values = [("key", key.as_str()), ("title", row.title.as_str())];
                self.note = Some(Note::new(Tone::Warn, EntryMsg::DraftDropAsk.fill(lang, &values)));
                pick.sure = Some(row.slot);
            }
            (action, _) => {
                pick.sure = None;
                pick.selected = super::pick::moved(pick.selected, len, action, page);
            }
        }
    }

    /// What this desk still holds of a dropped draft.
    fn drop_left(&mut self, slot: &str) {
        self.left_entry.take_if(|left| left.slot() == slot);
        match slot {
            START_SLOT => drop(self.left_start.take_if(|form| !form.is_arrival() && !form.is_batch())),
            ARRIVAL_SLOT => drop(self.left_start.take_if(|form| form.is_arrival())),
            BATCH_SLOT => drop(self.left_start.take_if(|form| form.is_batch())),
            _ => {}
        }
        if slot == super::entry_grid::SLOT {
            self.left_grid = None;
        }
        self.drop_short(slot);
    }

    /// Opens the form a draft is of.
    fn take_up(&mut self, slot: &str) {
        self.stack.pop();
        // A form that was opened before, with other things in it, is to be asked for once more.
        self.drafts_kept.asked.remove(slot);
        let mut parts = slot.split(':');
        let (what, of, which) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        match (what, of) {
            (super::entry::SLOT, Some(student)) => {
                if let Ok(student) = student.parse() {
                    self.open_correction(student, String::new());
                }
            }
            (super::entry::SLOT, None) => self.open_entry(),
            (super::entry_grid::SLOT, _) => {
                self.open_entry();
                self.open_grid();
            }
            (START_SLOT, _) => self.open_start(),
            (ARRIVAL_SLOT, _) => self.open_arrival(),
            (BATCH_SLOT, _) => self.open_together_again(),
            _ if super::short_draft::is_short(slot) => self.reopen_short(slot),
            (_, Some(id)) => {
                let action = match which {
                    Some("refuse") => Action::Refuse,
                    Some("send-back") => Action::SendBack,
                    Some("cancel") => Action::Cancel,
                    Some("remark") => Action::Remark,
                    Some("external") => Action::External,
                    Some("file") => Action::File,
                    Some("sync") => Action::Sync,
                    Some("unsync") => Action::Unsync,
                    Some("park") => Action::Park,
                    Some("hand-over") => Action::HandOver,
                    _ if what == "attach" => Action::Attach,
                    _ => Action::Return,
                };
                if let Ok(id) = id.parse() {
                    let case = super::screen::CaseScreen { id, case: None, scroll: 0, claimed: false };
                    self.stack.push(Screen::Case(case));
                    self.ask_case(id, super::outbox::CaseWhy::Open(Some(action)));
                }
            }
            _ => {}
        }
    }
}

/// The list of drafts.
#[derive(Debug, Clone, Default)]
pub(crate) struct DraftPick {
    /// None while they are on their way.
    pub(crate) rows: Option<Vec<DraftRow>>,
    pub(crate) selected: usize,
    /// The one whose drop was asked for once.
    sure: Option<String>,
}
