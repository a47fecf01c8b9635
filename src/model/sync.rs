//! Bringing a granted change into the other systems (同步, Art. 16): two milestones, and what was taken back.

use super::{Day, Signature, Stamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Milestone {
    /// 全国系统办结: done in the national system.
    National,
    /// 模块更新: the provincial module updated.
    Module,
    /// 报批准机关备案: the junior school's papers filed (R12.11). It stands among the application's filings.
    Filing,
}

impl Milestone {
    /// The field's own word for it.
    pub fn name(self) -> &'static str {
        match self {
            Milestone::National => "全国系统办结",
            Milestone::Module => "模块更新",
            Milestone::Filing => "报批准机关备案",
        }
    }
}

/// A milestone that was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reached {
    /// On which day.
    pub on: Day,
    /// Recorded by whom.
    pub by: Signature,
    /// Recorded when.
    pub at: Stamp,
}

/// A milestone that had been recorded wrongly and was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TakenBack {
    /// Which.
    pub milestone: Milestone,
    /// As it had been recorded.
    pub was: Reached,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: Signature,
    /// When.
    pub at: Stamp,
}

/// How far a granted change has come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sync {
    /// Done in the national system.
    pub national: Option<Reached>,
    /// The module updated.
    pub module: Option<Reached>,
    /// Taken back, oldest first.
    pub taken_back: Vec<TakenBack>,
}

impl Sync {
    /// Whether nothing is left to do.
    pub fn is_done(&self) -> bool {
        self.national.is_some() && self.module.is_some()
    }

    /// The milestone, if it was reached.
    pub fn reached(&self, milestone: Milestone) -> Option<&Reached> {
        match milestone {
            Milestone::National => self.national.as_ref(),
            Milestone::Module => self.module.as_ref(),
            Milestone::Filing => None,
        }
    }
}
