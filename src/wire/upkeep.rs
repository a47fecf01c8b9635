//! Questions about what keeps files right between applications.

use crate::model::{OfficeId, Season, StudentId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A school's paper files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PaperFilesAsked {
    /// Of which school; the own one when absent.
    #[serde(default)]
    pub school: Option<OfficeId>,
    /// After this student.
    #[serde(default)]
    pub after: Option<StudentId>,
    /// How many at most, up to 200.
    #[serde(default = "twenty")]
    pub count: u32,
}

/// Problems of the province's checks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProblemsAsked {
    /// Of which school; every school of the own scope when absent.
    #[serde(default)]
    pub school: Option<OfficeId>,
    /// Year of the check.
    pub year: i32,
    /// Of which semester.
    pub season: Season,
}

/// Head counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeadcountsAsked {
    /// Of this school, or of the schools of this office; the own office when absent.
    #[serde(default)]
    pub office: Option<OfficeId>,
    /// Schools after this one.
    #[serde(default)]
    pub after: Option<OfficeId>,
    /// How many schools at most, up to 200.
    #[serde(default = "twenty")]
    pub count: u32,
}

fn twenty() -> u32 {
    20
}
