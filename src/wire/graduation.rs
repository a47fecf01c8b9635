//! What replies carry of the end of study (screen 8).

use crate::model::{Day, Finding, Leave, OfficeId, SchoolStatement, Status, StudentId, StudyForm};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Schools with where their lists of a year stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GraduationSchoolsAsked {
    /// Which year.
    pub year: i32,
    /// Schools after this one.
    #[serde(default)]
    pub after: Option<OfficeId>,
    /// How many at most, up to 500.
    #[serde(default = "two_hundred")]
    pub count: u32,
}

fn two_hundred() -> u32 {
    200
}

/// These schools.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GraduationSchools {
    /// Which year.
    pub year: i32,
    /// How many there are.
    pub total: u32,
    /// A page of them, by code.
    pub items: Vec<GraduationSchool>,
    /// The last of the page, when there are more.
    pub next: Option<OfficeId>,
}

/// One school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GraduationSchool {
    /// Which.
    pub school: OfficeId,
    /// Its name.
    pub name: String,
    /// Students with a file in force.
    pub students: u32,
    /// How often the year's list was checked (Art. 16).
    pub checked: u32,
    /// When it was stamped and put away (Art. 18).
    pub archived: Option<Day>,
}

/// A page of a school's graduates of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GraduatesPage {
    /// Which school.
    pub school: OfficeId,
    /// Its name.
    pub name: String,
    /// Which year.
    pub year: i32,
    /// How many are due.
    pub total: u32,
    /// The page, by id.
    pub items: Vec<GraduateRow>,
    /// The last of the page, when there are more.
    pub next: Option<StudentId>,
    /// First day of the year's certificates (R17.1).
    pub issued_from: Option<Day>,
    /// First and last day on which the list is checked (R16.6).
    pub check: Option<(Day, Day)>,
    /// How often it was.
    pub checked: u32,
    /// When and where it was put away.
    pub archived: Option<Archived>,
    /// Where a graduate turns who has lost the certificate (R19.2).
    pub lost: String,
}

/// A list that was stamped and put away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Archived {
    /// When.
    pub on: Day,
    /// Where it lies.
    pub place: String,
}

/// One graduate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GraduateRow {
    /// Who.
    pub student: StudentId,
    /// Name.
    pub name: String,
    /// Status in force.
    pub status: Status,
    /// Planned graduation.
    pub planned_grad: Day,
    /// Form of study.
    pub study_form: StudyForm,
    /// What the school has stated.
    pub statement: Option<SchoolStatement>,
    /// The certificate that counts.
    pub certificate: Option<CertificateLine>,
    /// Nothing holds a certificate back.
    pub ready: bool,
    /// What does, and what is still to be done.
    pub findings: Vec<Finding>,
}

/// A certificate on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CertificateLine {
    /// Where it stands, in the field's words.
    pub stage: String,
    /// Its number, once drawn.
    pub number: Option<String>,
    /// 毕业 or 结业.
    pub leave: Leave,
    /// The year it belongs to.
    pub year: i32,
    /// Who proposed it.
    pub proposed_by: String,
    /// Printed.
    pub printed_on: Option<Day>,
    /// With the school.
    pub delivered_on: Option<Day>,
    /// With the graduate.
    pub awarded_on: Option<Day>,
}
