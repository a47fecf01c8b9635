//! Asking for recruitment qualifications (招生资质).

use crate::model::{OfficeId, Qualification, Season};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which qualifications are asked for; what is left out narrows nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QualificationFilter {
    /// Only this school's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<OfficeId>,
    /// Only of this year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Only of this season.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub season: Option<Season>,
    /// So many are known already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<u32>,
    /// How many at most, up to 500; 50 when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

/// One school's qualification in a year and season.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QualificationRow {
    /// Name of the school.
    pub school_name: String,
    /// What was published.
    #[serde(flatten)]
    pub qualification: Qualification,
}
