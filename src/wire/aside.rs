//! What replies carry of remarks, parking, handing over, and of who stands in for whom.

use crate::model::{AccountId, Day, Limit, Post};
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
