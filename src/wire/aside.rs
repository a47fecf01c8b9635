//! What replies carry of remarks, parking, handing over, and of who stands in for whom.

use crate::model::{AccountId, Day, Limit, OfficeId, Post};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// 搁置 as rows and cases show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ParkedView {
    /// The day on which it comes back at the latest.
    pub until: Day,
    /// Why.
    pub remark: String,
    /// Who parked it.
    pub name: String,
}

/// Somebody to hand a case to, or to stand in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Colleague {
    /// Account.
    pub id: AccountId,
    /// Name.
    pub name: String,
    /// Posts.
    pub posts: Vec<Post>,
}

/// A substitution (代办).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SubstituteRow {
    /// Who stands in.
    pub who: AccountId,
    /// Name of who stands in.
    pub name: String,
    /// For whom.
    pub on_behalf: AccountId,
    /// Name of who is away.
    pub on_behalf_name: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// Whether today belongs to it.
    pub in_force: bool,
}

/// A saved limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ViewRow {
    /// Its name.
    pub name: String,
    /// What it narrows.
    pub limit: Limit,
    /// Name of the limit's school, if it has one.
    #[serde(default)]
    pub school: Option<String>,
}

/// A notice of a return or a refusal, as plain text (打印).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NoticeText {
    /// Name for a file of it.
    pub name: String,
    /// The text, lines of at most 72 columns.
    pub text: String,
}

/// Which report of the supervisor's board.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportAsked {
    /// Of this office and all below it; the asker's own when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeId>,
    /// First day of the period of rates; the first of the month when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Its last day; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}
