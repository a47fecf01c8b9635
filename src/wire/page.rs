//! Lists a window at a time: the tabs of the queue.

use crate::model::ApplicationId;
use serde::{Deserialize, Serialize};

/// Tabs of the queue (screen 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tab {
    /// 我的待办: what my posts may do now.
    Mine,
    /// 复核退回: sent back to the first post.
    SentBack,
    /// 本机构: in this office's hands.
    Office,
    /// 在途: open, of my scope, in other hands.
    UnderWay,
}

impl Tab {
    /// All tabs, in their order on screen.
    pub const ALL: [Tab; 4] = [Tab::Mine, Tab::SentBack, Tab::Office, Tab::UnderWay];
}

/// A window of a list around a row. Nothing ever sends all rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
}
