//! A rule's verdict as data. Screens, JSON and the journal render it; nobody parses it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The id of a rule as the project's list of rules has it: `R13.7`.
pub type RuleId = Cow<'static, str>;

/// How hard a verdict is. There is no severity for a pass: no finding is a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; may rest on practice rather than on the text.
    Hint,
    /// To be looked at before deciding.
    Notice,
    /// Refused.
    Block,
}

/// What a rule found (核查结果). With `severity` Block it is a refusal (拒绝).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// The rule.
    pub rule: RuleId,
    /// Its article, `13` or `13¶1`; `-` for rules that rest on general law.
    pub article: Cow<'static, str>,
    /// How hard it is.
    pub severity: Severity,
    /// Whether the rule is our reading rather than the text (derived, 推导).
    pub derived: bool,
    /// What is the matter, with the facts, in Chinese.
    pub because: String,
    /// What to do about it, in Chinese.
    pub remedy: String,
    /// The facts by name, for programs.
    pub facts: BTreeMap<String, String>,
}
