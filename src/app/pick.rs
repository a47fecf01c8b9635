//! Choosing from a short list: the account of an exercise, the piece of evidence to fetch.

use super::App;
use super::input::{Effect, FileJob};
use super::note::{Note, Tone};
use super::outbox::Purpose;
use super::screen::{CaseScreen, Screen};
use crate::catalogue::Msg;
use crate::keymap::{Action, KeyCode, KeyPress};
use crate::model::{ApplicationId, Attachment};
use crate::wire::{AccountRow, CaseView, ListPage, Query, Request};

/// The accounts.
#[derive(Debug, Clone, Default)]
pub(crate) struct AccountPick {
    /// None while they are on their way.
    pub(crate) rows: Option<Vec<AccountRow>>,
    /// Pages that came before the last one.
    coming: Vec<AccountRow>,
    pub(crate) selected: usize,
}

/// The pieces of evidence of a case.
#[derive(Debug, Clone)]
pub(crate) struct EvidencePick {
    pub(crate) application: ApplicationId,
    pub(crate) rows: Vec<Attachment>,
    pub(crate) selected: usize,
}

/// Where a move among `len` rows ends.
pub(super) fn moved(selected: usize, len: usize, action: Action, page: usize) -> usize {
    let last = len.saturating_sub(1);
    match action {
        Action::Down => (selected + 1).min(last),
        Action::Up => selected.saturating_sub(1),
        Action::PageDown => (selected + page).min(last),
        Action::PageUp => selected.saturating_sub(page),
        Action::First => 0,
        Action::Last => last,
        _ => selected,
    }
}

/// Whether this key always leaves the field; the others that go to the next one choose where something can be chosen.
pub(super) fn turns(key: KeyPress) -> bool {
    matches!(key.code, KeyCode::Tab | KeyCode::BackTab)
}

impl App {
    /// Opens the list of accounts.
    pub(super) fn open_accounts(&mut self) {
        self.dirty = true;
        if self.stack.iter().any(|screen| matches!(screen, Screen::Accounts(_))) {
            return;
        }
        self.flush_draft();
        if self.needs_link() {
            return;
        }
        if !self.me.as_ref().is_some_and(|me| me.exercise) {
            self.note = Some(Note::new(Tone::Warn, Msg::NotExercise.text(self.look.lang)));
            return;
        }
        self.stack.push(Screen::Accounts(AccountPick::default()));
        self.send(Request::Query(Query::Accounts(ListPage::default())), Purpose::Accounts);
    }

    /// A page of the accounts came; they are shown when all have.
    pub(super) fn got_accounts(&mut self, page: Vec<AccountRow>, next: Option<String>) {
        let Some(Screen::Accounts(pick)) = self.stack.last_mut() else { return };
        pick.coming.extend(page);
        if next.is_some() {
            let rest = ListPage { after: next, count: None };
            return self.send(Request::Query(Query::Accounts(rest)), Purpose::Accounts);
        }
        let mut rows = std::mem::take(&mut pick.coming);
        rows.retain(|row| row.active);
        rows.sort_by(|a, b| (a.level, &a.office, &a.posts, &a.id).cmp(&(b.level, &b.office, &b.posts, &b.id)));
        // Asked for again after the link broke, some come twice.
        rows.dedup_by(|a, b| a.id == b.id);
        let mine = self.me.as_ref().map(|me| me.account.id.clone());
        if let Some(Screen::Accounts(pick)) = self.stack.last_mut() {
            pick.selected = rows.iter().position(|row| Some(&row.id) == mine.as_ref()).unwrap_or(0);
            pick.rows = Some(rows);
        }
    }

    /// Fetches the one piece of evidence, or asks which.
    pub(super) fn fetch(&mut self, case: &CaseView) {
        self.dirty = true;
        match case.evidence.as_slice() {
            [] => self.note = Some(Note::new(Tone::Warn, Msg::NoEvidence.text(self.look.lang))),
            [one] => {
                let effect =
                    Effect::FetchEvidence { application: case.id, digest: one.digest.clone(), name: one.name.clone() };
                self.start_errand(FileJob::Fetch, effect);
            }
            several => self.stack.push(Screen::Evidence(EvidencePick {
                application: case.id,
                rows: several.to_vec(),
                selected: 0,
            })),
        }
    }

    /// Hands an errand with a file out and says so.
    pub(super) fn start_errand(&mut self, job: FileJob, effect: Effect) {
        self.note = Some(Note::new(Tone::Info, job.doing(self.look.lang)));
        self.out.push(effect);
    }

    /// A command key in a list to choose from.
    pub(super) fn pick_action(&mut self, action: Action) {
        let page = self.list_height() as usize;
        let of_limits = matches!(action, Action::SaveLimit | Action::DropSaved);
        if matches!(self.stack.last(), Some(Screen::Periods(_))) && action != Action::Back {
            return self.period_action(action);
        }
        if of_limits && !matches!(self.stack.last(), Some(Screen::Limits(_))) {
            return self.inform(Msg::NoKey);
        }
        let Some(top) = self.stack.last_mut() else { return };
        self.dirty = true;
        match (top, action) {
            (_, Action::Back) => drop(self.stack.pop()),
            (Screen::Limits(_), Action::SaveLimit) => self.open_save_limit(),
            (Screen::Limits(_), action) => self.limit_action(action),
            (Screen::Accounts(pick), Action::Open) => {
                let Some(row) = pick.rows.as_ref().and_then(|rows| rows.get(pick.selected)) else { return };
                let account = row.id.clone();
                if self.needs_link() {
                    return;
                }
                self.send(Request::Query(Query::SwitchAccount { account }), Purpose::Switch);
            }
            (Screen::Evidence(pick), Action::Open) => {
                let Some(row) = pick.rows.get(pick.selected).cloned() else { return };
                let effect =
                    Effect::FetchEvidence { application: pick.application, digest: row.digest, name: row.name };
                if self.needs_link() {
                    return;
                }
                self.stack.pop();
                self.start_errand(FileJob::Fetch, effect);
            }
            (Screen::Accounts(pick), action) => {
                let len = pick.rows.as_ref().map_or(0, Vec::len);
                pick.selected = moved(pick.selected, len, action, page);
            }
            (Screen::Evidence(pick), action) => {
                pick.selected = moved(pick.selected, pick.rows.len(), action, page);
            }
            _ => {}
        }
    }

    /// The case that is open.
    pub(super) fn open_case(&self) -> Option<&CaseView> {
        match self.stack.last() {
            Some(Screen::Case(CaseScreen { case: Some(case), .. })) => Some(case),
            _ => None,
        }
    }
}
