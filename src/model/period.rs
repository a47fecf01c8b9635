//! Periods a clerk has saved for the board (督办), each under a name.

use super::{AccountId, Day};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A period of the board under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SavedPeriod {
    /// Its name.
    pub name: String,
    /// First day.
    pub from: Day,
    /// Last day, which belongs to it.
    pub until: Day,
}

/// A saved period that is to be forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DropPeriod {
    /// Its name.
    pub name: String,
}

/// The saved periods of one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardPeriods {
    /// Whose.
    pub account: AccountId,
    /// Counts the changes of this record.
    pub revision: u64,
    /// By name.
    pub periods: Vec<SavedPeriod>,
}
