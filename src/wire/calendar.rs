//! What replies carry of a year's calendar (screen 9).

use crate::model::{ApplicationId, Day, Digest, Kind, Light, Season};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a window of the year binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum WindowSort {
    /// 截止: possible through its day.
    Closes,
    /// 期间: from one day through another.
    Between,
    /// 起办: from its day on.
    Opens,
    /// 基准日
    Reference,
}

/// Where a window stands on the day asked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum WindowStanding {
    /// Still to come.
    Ahead,
    /// Binds today.
    Now,
    /// Over for its year.
    Past,
}

/// One window (办理窗口) of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WindowRow {
    /// What it is for.
    pub name: String,
    /// The rule it rests on.
    pub rule: String,
    /// Its article.
    pub article: String,
    /// How it binds.
    pub kind: WindowSort,
    /// First day.
    pub from: Day,
    /// Last day, to 24:00.
    pub until: Day,
    /// Where it stands.
    pub state: WindowStanding,
    /// Calendar days to its last day; negative after it.
    pub days_left: i64,
    /// The last working day on or before its last day: the date does not move (AMB-12), the work does.
    pub last_working_day: Day,
}

/// A day that departs from the week, or that is not known to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SpecialDay {
    /// The day.
    pub date: Day,
    /// Whether it is worked.
    pub working: bool,
    /// The holiday it belongs to, or makes up for.
    pub name: String,
}

/// What of the asker's office falls due on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DueDay {
    /// The day.
    pub date: Day,
    /// How many items.
    pub count: u32,
    /// The light they have.
    pub light: Light,
    /// The first of them in the order of the queue.
    pub first: ApplicationId,
}

/// The first day of a semester.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SemesterRow {
    /// Which.
    pub season: Season,
    /// Its first day.
    pub day: Day,
    /// Whether the province has set it; otherwise it is what holds until it does.
    pub set: bool,
}

/// A year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CalendarView {
    /// Which.
    pub year: i32,
    /// The day asked on.
    pub today: Day,
    /// Edition of the calendar.
    pub edition: String,
    /// First day it knows.
    pub first_known: Day,
    /// Last day it knows; what reaches past it is provisional (暂定).
    pub last_known: Day,
    /// Holidays and make-up days of the year.
    pub days: Vec<SpecialDay>,
    /// Windows of the year, in its order.
    pub windows: Vec<WindowRow>,
    /// What binds on `today`, of whichever year.
    pub binding: Vec<WindowRow>,
    /// First days of the year's semesters.
    #[serde(default)]
    pub semester_start: Vec<SemesterRow>,
    /// What falls due in the asker's office, in the year, by day; reference clocks included.
    pub due: Vec<DueDay>,
}

/// Which deadlines would the calendar move that is staged on this connection?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarMoves {
    /// The digest that staging answered with.
    pub digest: Digest,
    /// How many rows to leave out from the top.
    #[serde(default)]
    pub after: u32,
    /// How many at most, up to 500; 100 when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

/// A running deadline that would move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MovedRow {
    /// Of which application.
    pub application: ApplicationId,
    /// Kind.
    pub kind: Kind,
    /// The student's name; masked when the record lies outside of what the asker may see.
    pub student: String,
    /// In whose hands.
    pub hand: String,
    /// A reference clock (参考).
    pub reference: bool,
    /// Last day now.
    pub before: Day,
    /// Last day then.
    pub after: Day,
}

/// What a calendar that is staged would move. Nothing has changed yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MovesView {
    /// How many deadlines move; to be named with the commit (`moves`).
    pub total: u32,
    /// This page of them, those that come closest first.
    pub items: Vec<MovedRow>,
    /// How many to leave out to get what follows; none at the end.
    pub next: Option<u32>,
    /// Last day the calendar would know.
    pub last_known: Day,
}
