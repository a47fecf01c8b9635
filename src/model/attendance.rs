//! Whether a student is where the file says: absences, leave, and what inspectors found (FM3, FM4, Art. 13).

use super::{Day, OfficeId, Period, Signature, Stamp, StudentId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What an inspector found (检查).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Presence {
    /// 在校
    #[serde(rename = "在校")]
    Present,
    /// 请假: away with leave
    #[serde(rename = "请假")]
    OnLeave,
    /// 不在校: away without leave
    #[serde(rename = "不在校")]
    Away,
}

impl Presence {
    /// The field's own word for it.
    pub fn name(self) -> &'static str {
        match self {
            Presence::Present => "在校",
            Presence::OnLeave => "请假",
            Presence::Away => "不在校",
        }
    }
}

/// One time away from school (离校).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Absence {
    /// At which school.
    pub school: OfficeId,
    /// The day of leaving; the count begins with the day after.
    pub left: Day,
    /// The first day back; none while away.
    pub returned: Option<Day>,
    /// Leave granted meanwhile (请假), both ends included.
    pub leave: Vec<Period>,
    /// What shows it.
    pub document: String,
    /// Who entered it.
    pub by: Signature,
    /// When.
    pub at: Stamp,
}

/// What was found at one inspection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// At which school.
    pub school: OfficeId,
    /// On which day.
    pub on: Day,
    /// What was found.
    pub found: Presence,
    /// The record of the inspection.
    pub document: String,
    /// Who entered it.
    pub by: Signature,
    /// When.
    pub at: Stamp,
}

/// One line of an inspection as it is entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Whom.
    pub student: StudentId,
    /// What was found.
    pub found: Presence,
}

/// All that is known of one student's presence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attendance {
    /// Whose.
    pub student: StudentId,
    /// Counts the changes of this record.
    pub revision: u64,
    /// Times away, by the day of leaving.
    pub absences: Vec<Absence>,
    /// Inspections, by day.
    pub checks: Vec<Check>,
}

impl Attendance {
    /// Nothing known yet.
    pub fn new(student: StudentId) -> Self {
        Attendance { student, revision: 0, absences: Vec::new(), checks: Vec::new() }
    }
}

/// What an inspection of a school found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inspection {
    /// Where.
    pub school: OfficeId,
    /// When.
    pub on: Day,
    /// The record of the inspection.
    pub document: String,
    /// Whom, and what was found.
    pub seen: Vec<Seen>,
}
