//! 批量转学 and bulk acts as desks and scripts see them.

use super::{CaseView, Hand, Standing};
use crate::model::{
    ApplicationId, BatchId, ClockReading, Day, Finding, Level, Outcome, Phase, Severity, Stamp, StudentId,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A row of the queue that stands for several students of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BatchRow {
    /// Which batch.
    pub id: BatchId,
    /// How many students the row stands for.
    pub students: u32,
}

/// A member of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BatchMember {
    /// The application.
    pub application: ApplicationId,
    /// Its revision.
    pub revision: u64,
    /// The student.
    pub student: StudentId,
    /// The student's name.
    pub name: String,
    /// Document number, masked.
    pub id_no: String,
    /// Class.
    pub class_name: String,
    /// Phase.
    pub status: Phase,
    /// Runs alone since it was acted on by itself.
    pub apart: bool,
    /// The hand whose turn it is.
    pub hand: String,
    /// Level of that hand.
    pub hand_level: Level,
    /// Whose word it waits for.
    pub standing: Standing,
    /// What the first post proposes.
    pub proposed: Option<Outcome>,
    /// The running clock.
    pub clock: Option<ClockReading>,
    /// Hardest finding.
    pub finding: Option<Severity>,
    /// Materials that are still missing.
    pub missing: Vec<String>,
}

/// A batch with its members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BatchView {
    /// Which.
    pub id: BatchId,
    /// To be named in an act: it rises whenever the batch or a member changes.
    pub revision: u64,
    /// Students the route was fixed for.
    pub size: u32,
    /// Name of the school they leave.
    pub school: String,
    /// Name of the school they go to.
    pub to: String,
    /// The day the papers were handed in.
    pub handed_in_on: Day,
    /// When it was submitted last.
    pub submitted_at: Option<Stamp>,
    /// The members, in the order of the list.
    pub members: Vec<BatchMember>,
    /// How many of them I would act on now with the batch.
    pub together: u32,
    /// One of these in full (else the first member): path, verdicts, and what I may do.
    pub case: Box<CaseView>,
}

/// What a list would meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BatchPreviewView {
    /// Students on it.
    pub size: u32,
    /// Who may not move: id, name, why.
    pub refused: Vec<(StudentId, String, String)>,
    /// What the rules find.
    pub findings: Vec<Finding>,
    /// The hands in order, with the working days each has.
    pub route: Vec<(Hand, Option<u32>)>,
    /// Students whose hands are others (majors under provincial care).
    pub otherwise: u32,
    /// Materials needed of each student.
    pub evidence: Vec<String>,
}

/// What came of a bulk act or of an act on a batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BulkReport {
    /// How many were done.
    pub done: u32,
    /// How many were not.
    pub refused: u32,
    /// Item by item.
    pub items: Vec<BulkLine>,
}

/// One item of the report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BulkLine {
    /// Which application.
    pub application: ApplicationId,
    /// The student's name.
    pub student: Option<String>,
    /// Done, or not.
    pub done: bool,
    /// The rule that refuses.
    #[serde(default)]
    pub refused: Option<Finding>,
    /// What else is wrong.
    #[serde(default)]
    pub error: Option<super::Failure>,
}
