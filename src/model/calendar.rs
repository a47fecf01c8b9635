//! A day on which the State Council's notice departs from the ordinary week.

use super::Day;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the day departs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CalendarKind {
    /// Off, whatever the weekday.
    Holiday,
    /// A Saturday or Sunday to be worked (调休).
    Workday,
}

/// One year of the calendar as it was loaded, whole; it takes the place of what the program ships with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CalendarYear {
    /// Which year.
    pub year: i32,
    /// Counts the changes of this record.
    pub revision: u64,
    /// Number of the document (文号) it was loaded with; empty on an exercise store.
    pub document: String,
    /// The day it was loaded.
    pub loaded: Day,
    /// Every day that departs from the week.
    pub days: Vec<CalendarDay>,
}

/// One line of the calendar file. A day not listed follows the week: Monday to Friday are worked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CalendarDay {
    /// The day.
    pub date: Day,
    /// Off or to be worked.
    pub kind: CalendarKind,
    /// The holiday it belongs to.
    pub name: String,
}
