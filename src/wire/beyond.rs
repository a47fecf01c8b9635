//! What replies carry of a case beyond this province and this program: hands outside, filings with two provinces, and
//! how far a granted change has come in the other systems.

use super::Doable;
use crate::model::{Day, Milestone, Reached, TakenBack};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A change that is granted and not yet in the other systems (待同步).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WaitingView {
    /// What it waits for.
    pub milestone: Milestone,
    /// Since which day.
    pub since: Day,
    /// Calendar days since; 0 on the day itself.
    pub days: u32,
    /// The module is behind the national system, and the next working day has come (R16.2).
    pub late: bool,
}

/// A province a case must be filed with, and whether it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FilingView {
    /// Code of the province.
    pub province: String,
    /// Its name.
    pub name: String,
    /// Filed on; none while it is not.
    pub on: Option<Day>,
    /// Number of the document.
    pub document: Option<String>,
}

/// What reaches beyond.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Beyond {
    /// May I record the word of the hand whose turn it is?
    pub external: Doable,
    /// May I record a filing with a province?
    pub file: Doable,
    /// May I record a milestone?
    pub sync: Doable,
    /// May I take one back?
    pub unsync: Doable,
    /// May I say that the student studies at my school as well (重复学籍)?
    pub dispute: Doable,
    /// The provinces it must be filed with, or the office a pupil's papers are filed with; empty for all others.
    pub filings: Vec<FilingView>,
    /// What a granted change still waits for.
    pub waiting: Option<WaitingView>,
    /// Done in the national system.
    pub national: Option<Reached>,
    /// The module updated.
    pub module: Option<Reached>,
    /// Milestones taken back, oldest first.
    pub taken_back: Vec<TakenBack>,
}
