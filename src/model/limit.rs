//! What narrows a list of applications (限定).

use super::{Kind, Light, OfficeId, Severity};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What narrows a tab (限定). A row must have all that is named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Its light.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub light: Option<Light>,
    /// Its starting school.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<OfficeId>,
    /// Its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Its hardest finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<Severity>,
    /// When it reached the hand whose turn it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrived: Option<Arrived>,
}

impl Limit {
    /// Whether it lets everything through.
    pub fn is_none(&self) -> bool {
        *self == Limit::default()
    }
}

/// How long ago, in calendar days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Arrived {
    /// Today.
    Today,
    /// Since this week's Monday.
    Week,
}
