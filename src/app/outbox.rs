//! What was asked and not answered yet. A command keeps its envelope, so that it can be sent again under the same
//! command id after the link broke; questions are simply asked anew.

use super::deed::Deed;
use crate::keymap::Action;
use crate::model::{ApplicationId, BatchId, CommandId, StudentId};
use crate::wire::{Envelope, Request, Tab};
use std::collections::BTreeMap;

/// Why a window of the queue was asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum PageWhy {
    /// The tab was entered.
    Enter,
    /// The reader moved beyond what is loaded: rows from the window's anchor.
    Move(i64),
    /// Something changed, or the reader comes near the edge of what is loaded. Laid
    /// around this item.
    Refresh(Option<ApplicationId>),
    /// This item was decided; the next one opens. With what to say of it.
    Decided(ApplicationId, String),
}

/// Why a case was asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum CaseWhy {
    /// To be read, and then perhaps something to be done with it.
    Open(Option<Action>),
    /// It changed while it is on screen.
    Reload,
    /// For the preview pane.
    Preview,
}

/// Why something was asked.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Purpose {
    Page(Tab, PageWhy),
    Counts,
    Case(ApplicationId, CaseWhy),
    Basis(ApplicationId),
    Claim(ApplicationId),
    Find,
    Kinds,
    /// What was found for the field of this path.
    Choices(String),
    /// Live search: the number of the question, and whether the one who is found is to be opened.
    Search(u64, bool),
    /// A record, and whether it is being opened.
    Student(StudentId, bool),
    /// A page of what was done about a student: before which entry.
    StudentLog(StudentId, Option<u64>),
    Reveal(StudentId),
    /// A year of the calendar.
    Calendar,
    Board(super::board::Part),
    /// Saved periods of it.
    Periods,
    /// One was saved or forgotten; in words.
    PeriodKept(String),
    System(super::system::Part),
    /// Something was done to an account; in words.
    SystemDeed(String),
    /// Of which student, at whose hands.
    Remind(String, String),
    /// The schools of the negative list.
    Alerts,
    /// One school of it.
    Alert,
    /// Something was done about a matter; in words.
    AlertDeed(String),
    /// Screen 7.
    Reconcile(super::reconcile::Part),
    /// Something was done on it; in words.
    Reconciled(String),
    /// Those who have the number that was typed at the counter.
    InquireFind,
    /// The own registration, with the number that was typed.
    Inquired(String),
    /// Whether a graduation is true.
    Verified,
    /// The withdrawal to propose for this student, if there is one.
    AbsenceDraft(StudentId),
    /// Schools of a year's graduates; whether they follow others.
    GraduationSchools(bool),
    /// One school's graduates; whether they follow others.
    Graduates(bool),
    /// Something was done about graduates; in words.
    GradDeed(String),
    Preview,
    /// A batch, whether it is being opened, and what to do with it then.
    Batch(BatchId, bool, Option<Action>),
    PreviewBatch,
    /// All rows of a kind, to be marked: of which tab, whether those that wait for the second post's word.
    MarkAll(Tab, bool),
    Bulk,
    /// A code for the field of this path, to ask why a kind is not open.
    ProbeCode(String),
    Probe,
    /// Fields of a new student.
    EntryFields,
    /// A student to be corrected.
    EntryStored,
    /// What is wrong with the form after so many changes, and whether it is to be saved.
    EntryCheck {
        edits: u64,
        save: bool,
    },
    /// The student of this name.
    EntrySaved(String),
    /// Majors or regions that fit this.
    EntryChoices(String),
    /// Who is not filed.
    Unfiled,
    Filed,
    /// Rows of the grid on their way; whether the last ones.
    GridStage {
        turn: u64,
        last: bool,
    },
    GridCommit {
        turn: u64,
        dry_run: bool,
    },
    GridReport(u64),
    /// The draft of this slot.
    Draft(String),
    DraftSaved(String),
    Drafts,
    DraftsAtStart,
    Accounts,
    Switch,
    Rules(String),
    Today,
    Limits(Tab),
    Colleagues,
    Substitutes,
    /// Saved limits.
    Views,
    /// Something arranged for the account; with what to say of it.
    Arranged(String),
    /// The notice of a case, or the report of the board.
    NoticeText(Option<ApplicationId>),
    WhoAmI,
    Deed(Box<Deed>),
    /// The answer says nothing.
    Nothing,
}

impl Purpose {
    /// Whether keys wait for the answer.
    fn blocks(&self) -> bool {
        match self {
            Purpose::Page(_, why) => !matches!(why, PageWhy::Refresh(_)),
            Purpose::Case(_, why) => matches!(why, CaseWhy::Open(_)),
            Purpose::Basis(_) | Purpose::Find | Purpose::Preview | Purpose::Accounts | Purpose::Switch => true,
            Purpose::Deed(_) | Purpose::Rules(_) | Purpose::Today | Purpose::Limits(_) => true,
            Purpose::Kinds | Purpose::Choices(_) | Purpose::ProbeCode(_) | Purpose::Probe => true,
            Purpose::Reveal(_) | Purpose::Colleagues | Purpose::Views | Purpose::NoticeText(_) => true,
            Purpose::Board(part) => *part == super::board::Part::Cases(true),
            Purpose::Remind(..) | Purpose::SystemDeed(_) => true,
            Purpose::Periods | Purpose::PeriodKept(_) => true,
            Purpose::System(part) => *part != super::system::Part::Verified,
            Purpose::Arranged(_) | Purpose::Calendar => true,
            Purpose::Alerts | Purpose::Alert | Purpose::AlertDeed(_) => true,
            Purpose::Reconcile(part) => part.blocks(),
            Purpose::Reconciled(_) | Purpose::InquireFind | Purpose::Inquired(_) | Purpose::Verified => true,
            Purpose::GraduationSchools(more) | Purpose::Graduates(more) => !*more,
            Purpose::GradDeed(_) => true,
            Purpose::Substitutes | Purpose::AbsenceDraft(_) | Purpose::StudentLog(..) => false,
            Purpose::EntryFields | Purpose::EntryStored | Purpose::EntrySaved(_) | Purpose::Filed => true,
            Purpose::EntryCheck { save, .. } => *save,
            Purpose::Draft(slot) => slot.starts_with(super::entry::SLOT) || super::short_draft::is_short(slot),
            Purpose::GridCommit { dry_run, .. } => !*dry_run,
            Purpose::EntryChoices(_) | Purpose::Unfiled | Purpose::GridStage { .. } => false,
            Purpose::GridReport(_) | Purpose::DraftSaved(_) | Purpose::DraftsAtStart => false,
            Purpose::Drafts => true,
            Purpose::PreviewBatch | Purpose::MarkAll(..) | Purpose::Bulk => true,
            Purpose::Batch(_, open, _) => *open,
            Purpose::Search(_, open) | Purpose::Student(_, open) => *open,
            Purpose::Counts | Purpose::Claim(_) | Purpose::WhoAmI | Purpose::Nothing => false,
        }
    }
}

#[derive(Debug, Clone)]
struct Pending {
    purpose: Purpose,
    /// Kept for commands only.
    envelope: Option<Box<Envelope>>,
}

/// What is under way.
#[derive(Debug, Clone)]
pub(super) struct Outbox {
    seed: u128,
    commands: u64,
    next: u64,
    pending: BTreeMap<u64, Pending>,
}

impl Outbox {
    /// `seed` is random and this desk's alone: its command ids are made from it.
    pub(super) fn new(seed: u128) -> Outbox {
        Outbox { seed, commands: 0, next: 1, pending: BTreeMap::new() }
    }

    /// The line for a request.
    pub(super) fn line(&mut self, request: Request, purpose: Purpose) -> Box<Envelope> {
        let token = self.next;
        self.next += 1;
        let writes = matches!(request, Request::Write(_));
        let mut envelope = Box::new(Envelope::new(token, request));
        if writes {
            self.commands += 1;
            envelope.command_id = Some(CommandId::from_u128(self.seed.wrapping_add(u128::from(self.commands))));
        }
        self.pending.insert(token, Pending { purpose, envelope: writes.then(|| envelope.clone()) });
        envelope
    }

    /// An answer came: what it was asked for.
    pub(super) fn answered(&mut self, token: u64) -> Option<Purpose> {
        self.pending.remove(&token).map(|pending| pending.purpose)
    }

    /// Whether keys wait for an answer.
    pub(super) fn blocks(&self) -> bool {
        self.pending.values().any(|pending| pending.purpose.blocks())
    }

    /// Whether something of that kind is under way.
    pub(super) fn any(&self, wanted: impl Fn(&Purpose) -> bool) -> bool {
        self.pending.values().any(|pending| wanted(&pending.purpose))
    }

    /// The link broke: questions are forgotten, commands kept. How many commands are unanswered?
    pub(super) fn link_lost(&mut self) -> usize {
        self.pending.retain(|_, pending| pending.envelope.is_some());
        self.pending.len()
    }

    /// The unanswered commands, to be sent again as they were.
    pub(super) fn unanswered(&self) -> impl Iterator<Item = Box<Envelope>> + use<'_> {
        self.pending.values().filter_map(|pending| pending.envelope.clone())
    }
}
