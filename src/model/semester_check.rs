//! The province's check of a semester's changes (Art. 16): the problems it found at a school, each with who is to clear
//! it and how that was done.

use super::{Day, OfficeId, Season, Signature, Stamp, StudentId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the check of one semester found at one school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SemesterCheck {
    /// At which school.
    pub school: OfficeId,
    /// Year of the check.
    pub year: i32,
    /// The spring semester's, in May, or the autumn's, in December.
    pub season: Season,
    /// Counts the changes of this record.
    pub revision: u64,
    /// Problems, in the order they were found.
    pub problems: Vec<Problem>,
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// Whose file; none where it is not about one student.
    pub student: Option<StudentId>,
    /// What is wrong.
    pub text: String,
    /// Who is to clear it.
    pub owner: OfficeId,
    /// Who found it.
    pub by: Signature,
    /// When.
    pub at: Stamp,
    /// Cleared: the day, how, who wrote it down, when.
    pub cleared: Option<(Day, String, Signature, Stamp)>,
}

/// The province enters a problem of the check that is going on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenProblem {
    /// At which school.
    pub school: OfficeId,
    /// Whose file.
    #[serde(default)]
    pub student: Option<StudentId>,
    /// What is wrong.
    pub text: String,
    /// Who is to clear it: the school, or an office above it.
    pub owner: OfficeId,
}

/// Its owner says how a problem was cleared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClearProblem {
    /// At which school.
    pub school: OfficeId,
    /// Year of the check.
    pub year: i32,
    /// Of which semester.
    pub season: Season,
    /// Which problem, from 1.
    pub number: u32,
    /// How, with the number of the application that put it right, where there was one.
    pub text: String,
}
