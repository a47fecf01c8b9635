//! What a desk can ask to be recorded of other systems and hands, and of a case put aside: contents of those commands.

use super::{ApplicationId, Day, Milestone, Outcome, Reason};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A filing (备案) with a province of a transfer across provinces; recorded again, it replaces the earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileCommand {
    /// Which.
    pub application: ApplicationId,
    /// As seen.
    pub revision: u64,
    /// Code of the province it was filed with.
    pub province: String,
    /// The day of filing.
    pub on: Day,
    /// Number of the document.
    pub document: String,
}

/// Record that a granted change has been brought into the national system, the module, or both (Art. 16).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SyncCommand {
    /// Which.
    pub application: ApplicationId,
    /// As seen.
    pub revision: u64,
    /// The day it was done in the national system.
    #[serde(default)]
    pub national_on: Option<Day>,
    /// The day the module was updated.
    #[serde(default)]
    pub module_on: Option<Day>,
}

/// A milestone was recorded wrongly: it is taken back, and the change stands in the chase list again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnsyncCommand {
    /// Which.
    pub application: ApplicationId,
    /// As seen.
    pub revision: u64,
    /// Which milestone; with the national system's the module's falls too.
    pub milestone: Milestone,
    /// Why.
    pub reason: String,
}

/// Record what a hand without accounts here decided; the second post of the recording office agrees as usual.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExternalCommand {
    /// Which.
    pub application: ApplicationId,
    /// As seen.
    pub revision: u64,
    /// What the hand decided.
    pub outcome: Outcome,
    /// The day it decided.
    pub decided_on: Day,
    /// Number of its document.
    pub document: String,
    /// Itemised; at least one for a return or refusal.
    #[serde(default)]
    pub reasons: Vec<Reason>,
}

/// 搁置: out of the way until a day; the clock runs on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParkCommand {
    /// Which.
    pub application: ApplicationId,
    /// As seen.
    pub revision: u64,
    /// The day on which it comes back.
    pub until: Day,
    /// Why.
    pub remark: String,
}
