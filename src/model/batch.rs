//! 批量转学: students who leave one school for another in one operation (Art. 12). The batch itself is one small
//! record, the list of students given once; every student has an application of his own, with his own papers, steps
//! and verdicts.

use super::{ApplicationId, BatchId, Day, OfficeId, Outcome, Reason, Signature, Stamp, StudentId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Fewest students of a batch; one alone is an ordinary transfer.
pub const FEWEST_MEMBERS: usize = 2;
/// Most students of one batch.
pub const MOST_MEMBERS: usize = 300;
/// Most items of one bulk act.
pub const MOST_BULK: usize = 250;

/// One batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Batch {
    /// Identity.
    pub id: BatchId,
    /// Counts the changes of this record.
    pub revision: u64,
    /// The school they leave.
    pub school: OfficeId,
    /// The school they go to.
    pub to: OfficeId,
    /// The day the students handed in their papers: the old school's clock runs from it (Art. 12).
    pub handed_in_on: Day,
    /// The applications, one a student, in the order of the list.
    pub members: Vec<ApplicationId>,
    /// How many students the route was fixed for: those of the list, and from the submission on those submitted. Who
    /// drops out after that changes nothing (R12.5).
    pub size: u32,
    /// When it was submitted last; none while it is being prepared.
    pub submitted_at: Option<Stamp>,
    /// When the list was handed in.
    pub started_at: Stamp,
    /// By whom.
    pub started_by: Signature,
}

impl Batch {
    /// The day it counts as made: of its submission, before that of its list.
    pub fn day(&self) -> Day {
        self.submitted_at.unwrap_or(self.started_at).day()
    }
}

/// An application's place in a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Membership {
    /// Which batch.
    pub batch: BatchId,
    /// It was acted on by itself, as an exception, and runs alone from there; its route stays that of the batch.
    pub apart: bool,
}

/// The list a batch begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchList {
    /// The students, in order.
    pub students: Vec<StudentId>,
    /// The receiving school.
    pub to: OfficeId,
    /// The day the students handed in their papers.
    pub handed_in_on: Day,
    /// The ground they share.
    pub ground: String,
}

/// What is done with several applications at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum BatchAct {
    /// The school's first post submits, or resubmits after a return.
    Submit {},
    /// The hand's first post proposes an outcome.
    Propose {
        /// What is proposed.
        outcome: Outcome,
        /// Itemised; at least one for a return or refusal.
        #[serde(default)]
        reasons: Vec<Reason>,
    },
    /// Record what a hand without accounts here decided.
    StepExternal {
        /// What the hand decided.
        outcome: Outcome,
        /// The day it decided.
        decided_on: Day,
        /// Number of its document.
        document: String,
        /// Itemised; at least one for a return or refusal.
        #[serde(default)]
        reasons: Vec<Reason>,
    },
    /// The hand's second post agrees, or sends the proposals back.
    Decide {
        /// Agree, or send back.
        agree: bool,
        /// Why they are sent back.
        #[serde(default)]
        remark: String,
    },
    /// Take the own last act back.
    Withdraw {},
    /// The school takes the applications back for good.
    Cancel {
        /// Why.
        reason: String,
    },
}

/// What may be done in bulk with items that have nothing to do with each other: approvals only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BulkAct {
    /// The first post proposes approval.
    Propose,
    /// The second post agrees to proposals of approval.
    Decide,
}

/// One item of a bulk act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkItem {
    /// Which.
    pub application: ApplicationId,
    /// As seen.
    pub revision: u64,
}
