//! Lists a window at a time: the tabs of the queue, and what narrows them.

use crate::model::{ApplicationId, Arrived, Kind, Light, Limit, OfficeId, Severity};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Tabs of the queue (screen 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tab {
    /// 我的待办: what my posts may do now.
    Mine,
    /// 复核退回: sent back to the first post.
    SentBack,
    /// 本机构: in this office's hands.
    Office,
    /// 将到期: in this office's hands, due today or in three working days or fewer.
    DueSoon,
    /// 已逾期: in this office's hands, past due.
    Late,
    /// 退回补正: of my scope, returned to its school and not submitted again.
    Returned,
    /// 在途: open, of my scope, in other hands.
    UnderWay,
    /// 待同步: granted, of my scope or coming to it, and not yet in the other systems (Art. 16).
    Unsynced,
    /// 我办过的: what I acted on for this office, the newest act first, ended ones too.
    Acted,
    /// 搁置: in this office's hands, parked and not come back yet.
    Parked,
}

impl Tab {
    /// All tabs, in their order on screen.
    pub const ALL: [Tab; 10] = [
        Tab::Mine,
        Tab::SentBack,
        Tab::Office,
        Tab::DueSoon,
        Tab::Late,
        Tab::Returned,
        Tab::UnderWay,
        Tab::Acted,
        Tab::Parked,
        Tab::Unsynced,
    ];
}

/// A window of a list around a row. Nothing ever sends all rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageRequest {
    /// Which list.
    pub tab: Tab,
    /// The row the window is laid around; the first row when absent. A row that has left the list
    /// stands for the place where it would be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<ApplicationId>,
    /// How many rows before the anchor are wanted.
    #[serde(default)]
    pub before: u32,
    /// How many rows in all, at most 500.
    pub count: u32,
    /// The window is the last rows of the list, and its last row stands for the anchor; `anchor` and `before` are
    /// not looked at.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub end: bool,
    /// Only rows that it lets through; they are what `total` and all positions count.
    #[serde(default, skip_serializing_if = "Limit::is_none")]
    pub limit: Limit,
}

/// A page of a list whose rows have codes: offices, accounts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListPage {
    /// After the row with this code; from the first on when it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// How many rows at most, up to 500, which is also what is given when it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

/// What a tab can be narrowed by, each with the rows that would be left.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LimitsView {
    /// Lights, the most urgent first.
    pub lights: Vec<(Light, u32)>,
    /// Kinds.
    pub kinds: Vec<(Kind, u32)>,
    /// Findings, the hardest first.
    pub findings: Vec<(Severity, u32)>,
    /// Arrivals.
    pub arrived: Vec<(Arrived, u32)>,
    /// Schools with their names, by code.
    pub schools: Vec<(OfficeId, String, u32)>,
}
