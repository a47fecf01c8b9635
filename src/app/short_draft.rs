//! Drafts of the short forms of screens 5, 8 and 0. Such a form is about something under the cursor: that goes into the
//! draft with what was typed, so that the list of drafts can open the form again.

use super::App;
use super::alert_form::{self, AlertForm};
use super::drafts::{Content, Plain};
use super::field::Field;
use super::graduation_form::{self, GradErrand, GradForm};
use super::note::{Note, Tone};
use super::outbox::Purpose;
use super::screen::Screen;
use super::system_form::{SystemErrand, SystemForm};
use crate::catalogue::{EntryMsg, Lang, Msg};
use crate::wire::{Query, Request};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// How slots of screen 5 begin.
pub(super) const MATTER: &str = "matter";
/// How slots of screen 8 begin.
pub(super) const LEAVING: &str = "leaving";
/// How slots of screen 0 begin.
pub(super) const KEEPER: &str = "keeper";

/// What was typed, and what it is about. The forms of a draft read only the first.
#[derive(Serialize, Deserialize)]
struct Short<T> {
    #[serde(flatten)]
    plain: Plain,
    about: T,
}

/// As it is stored.
fn stored<T: Serialize>(plain: Plain, about: &T, typed: bool) -> Option<String> {
    if typed { serde_json::to_string(&Short { plain, about }).ok() } else { None }
}

fn read<T: DeserializeOwned>(content: &str) -> Option<Short<T>> {
    serde_json::from_str(content).ok()
}

/// Slot and content of a short form; none of a screen that is none, or that nobody keeps.
pub(super) fn draft(screen: &Screen, lang: Lang) -> Option<(String, Content)> {
    let label = |rows: Vec<(&'static str, &Field)>, at: usize| rows.get(at).map_or("", |(label, _)| *label).to_owned();
    let (slot, title, field, text) = match screen {
        Screen::AlertForm(form) => {
            let text = stored(form.plain(), &form.about, form.has_typed());
            (form.slot(), form.title(lang), label(form.rows(lang), form.at), text)
        }
        Screen::GradForm(form) => {
            let text = stored(form.plain(), &form.about, form.has_typed());
            (form.slot()?, form.title(lang), label(form.rows(lang), form.at), text)
        }
        Screen::SystemForm(form) => {
            let text = stored(form.plain(), &form.errand, form.has_typed());
            (form.slot()?, form.title(lang), label(form.rows(lang), form.at), text)
        }
        _ => return None,
    };
    Some((slot, Content { title, field, text }))
}

fn slot_of(screen: &Screen, lang: Lang) -> Option<String> {
    draft(screen, lang).map(|(slot, _)| slot)
}

/// Lays a draft into the short form that is open.
pub(super) fn take_up(screen: &mut Screen, plain: &Plain, lang: Lang) -> bool {
    match screen {
        Screen::AlertForm(form) => form.take_plain(plain),
        Screen::GradForm(form) => form.take_plain(plain, lang),
        Screen::SystemForm(form) => form.take_plain(plain),
        _ => false,
    }
}

/// Whether a slot is one of these.
pub(super) fn is_short(slot: &str) -> bool {
    [MATTER, LEAVING, KEEPER].contains(&slot.split(':').next().unwrap_or_default())
}

/// As far as it is filled in.
fn plain(screen: &Screen) -> Option<Plain> {
    match screen {
        Screen::AlertForm(form) => Some(form.plain()),
        Screen::GradForm(form) => Some(form.plain()),
        Screen::SystemForm(form) => Some(form.plain()),
        _ => None,
    }
}

impl App {
    /// Opens a short form, with what was typed in it and left at this desk; else the server is asked for it.
    pub(super) fn push_short(&mut self, mut screen: Screen) {
        if let Some(slot) = slot_of(&screen, self.look.lang)
            && !self.lay_left(&mut screen, &slot)
        {
            self.drafts_kept.ask_anew(&slot);
        }
        self.stack.push(screen);
        self.dirty = true;
    }

    /// Lays into a form what this desk still holds of it; whether it held anything.
    fn lay_left(&mut self, screen: &mut Screen, slot: &str) -> bool {
        let lang = self.look.lang;
        let at = self.left_short.iter().position(|left| slot_of(left, lang).as_deref() == Some(slot));
        let left = at.and_then(|at| plain(&self.left_short.remove(at)));
        left.is_some_and(|plain| take_up(screen, &plain, lang))
    }

    /// Leaves a short form; what was typed stays, where it is a draft, and what was emptied is none any more.
    pub(super) fn leave_short(&mut self) {
        self.flush_draft();
        let Some(screen) = self.stack.pop() else { return };
        let Some(slot) = slot_of(&screen, self.look.lang) else { return };
        if screen.has_typed() {
            self.keep_short(screen);
            self.note = Some(Note::new(Tone::Info, Msg::Kept.text(self.look.lang)));
        } else {
            self.forget_draft(&slot);
        }
    }

    /// Keeps a short form at the desk, whatever the server has of it: the line may be down.
    pub(super) fn keep_short(&mut self, screen: Screen) {
        if let Some(slot) = slot_of(&screen, self.look.lang).filter(|_| screen.has_typed()) {
            self.drop_short(&slot);
            self.left_short.push(screen);
        }
    }

    /// Drops what this desk still holds of a short form.
    pub(super) fn drop_short(&mut self, slot: &str) {
        let lang = self.look.lang;
        self.left_short.retain(|left| slot_of(left, lang).as_deref() != Some(slot));
    }

    /// What a short form asked for was done: it closes, and its draft is forgotten.
    pub(super) fn short_done(&mut self, is_it: impl Fn(&Screen) -> bool) {
        let Some(screen) = self.stack.pop_if(|screen| is_it(screen)) else { return };
        if let Some(slot) = slot_of(&screen, self.look.lang) {
            self.drop_short(&slot);
            self.forget_draft(&slot);
        }
    }

    /// A draft of a short form was chosen in the list: what it is about comes with it.
    pub(super) fn reopen_short(&mut self, slot: &str) {
        self.drafts_kept.reopening = Some(slot.to_owned());
        self.send(Request::Query(Query::LoadDraft { slot: slot.to_owned() }), Purpose::Draft(slot.to_owned()));
    }

    /// It came: the screen it belongs to opens, and the form over it. Whether it could be read.
    pub(super) fn reopened_short(&mut self, slot: &str, content: &str) -> bool {
        let lang = self.look.lang;
        let Some(me) = &self.me else { return false };
        let (today, own, id) = (me.now.day(), me.office.id.to_string(), me.account.id.to_string());
        let (plain, mut screen) = match slot.split(':').next() {
            Some(MATTER) => {
                let Some(Short { plain, about }) = read::<alert_form::About>(content) else { return false };
                self.open_matters_of(about.matter.item, about.school.clone());
                (plain, Screen::AlertForm(Box::new(AlertForm::of(about))))
            }
            Some(LEAVING) => {
                let Some(Short { plain, about }) = read::<graduation_form::About>(content) else { return false };
                match about.errand {
                    GradErrand::Compulsory { student, .. } => self.open_student(student, None),
                    _ => self.open_graduation(),
                }
                (plain, Screen::GradForm(Box::new(GradForm::reopened(about, Some(today), lang))))
            }
            _ => {
                let Some(Short { plain, about }) = read::<SystemErrand>(content) else { return false };
                let Some(form) = SystemForm::of(about, &own, &id, lang) else { return false };
                self.open_system_for(&form.errand);
                (plain, Screen::SystemForm(Box::new(form)))
            }
        };
        let taken = take_up(&mut screen, &plain, lang);
        // What was left here while the line was down is newer.
        self.lay_left(&mut screen, slot);
        self.stack.push(screen);
        taken
    }

    /// What is said when a draft that was chosen is not there any more.
    pub(super) fn short_is_gone(&mut self) {
        self.note = Some(Note::new(Tone::Warn, EntryMsg::DraftGone.text(self.look.lang)));
        self.dirty = true;
    }
}
