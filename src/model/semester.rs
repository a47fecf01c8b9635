//! When a semester begins: the province sets it (学期开始), by year and season.

use super::{Day, Season};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The first day of a semester, as the province set it (R12.18). Until it does the autumn's is 1 September.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SemesterStart {
    /// Calendar year it begins in.
    pub year: i32,
    /// Which semester.
    pub season: Season,
    /// Counts the changes of this record.
    pub revision: u64,
    /// Its first day.
    pub day: Day,
    /// Number of the document (文号) that sets it; may be empty on an exercise store.
    pub document: String,
    /// The day it was put.
    pub loaded: Day,
}

/// Set when a semester begins, or days of the calendar of whole years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutCalendar {
    /// First days of semesters.
    #[serde(default)]
    pub semester_start: Vec<SemesterDay>,
    /// Days that depart from the week, each year whole; it takes the place of what was known of that year.
    #[serde(default)]
    pub days: Vec<super::CalendarDay>,
    /// Number of the document (文号); may be left out on an exercise store.
    #[serde(default)]
    pub document: String,
}

/// The first day of one semester.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SemesterDay {
    /// Calendar year it begins in.
    pub year: i32,
    /// Which semester.
    pub season: Season,
    /// Its first day.
    pub day: Day,
}
