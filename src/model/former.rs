//! What a student's file keeps of its past, and of the school it is shared with.

use super::{ApplicationId, Day, OfficeId, PersonalField};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A value that 信息变更 has replaced: kept for good, and found by the search (R14.5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormerValue {
    /// Which field.
    pub field: PersonalField,
    /// What it held.
    pub value: String,
    /// The day it was replaced.
    pub until: Day,
    /// The application that replaced it.
    pub application: Option<ApplicationId>,
}

/// Joint schooling (联合招生合作办学, Art. 15): the file is at the school where he studies (就读学校); the other is the partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Joint {
    /// 就读学校: where he studies.
    pub study_school: OfficeId,
    /// 联办学校: the partner.
    pub partner_school: OfficeId,
}
