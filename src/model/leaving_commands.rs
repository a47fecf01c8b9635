//! What a desk can ask to be changed at the end of study (Art. 9, 16–20): the contents of those commands.

use super::{Day, Leave, OfficeId, SchoolStatement, StudentId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the school states about a student who is about to leave (Art. 9, 17, 18).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StateLeaving {
    /// Whose.
    pub student: StudentId,
    /// What is stated; it stands instead of what was stated before.
    pub statement: SchoolStatement,
}

/// The province's first post proposes certificates for printing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueCertificates {
    /// For whom.
    pub students: Vec<StudentId>,
    /// 毕业 or 结业.
    pub leave: Leave,
}

/// The province's second post agrees: numbers are drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintCertificates {
    /// For whom.
    pub students: Vec<StudentId>,
}

/// The province takes a certificate back before it reached the school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VoidCertificate {
    /// Whose.
    pub student: StudentId,
    /// Why.
    pub reason: String,
}

/// Certificates were handed to their school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliverCertificates {
    /// Whose.
    pub students: Vec<StudentId>,
    /// The day.
    pub on: Day,
    /// Who received them.
    pub receiver: String,
}

/// The school handed a certificate to the graduate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AwardCertificate {
    /// Whose.
    pub student: StudentId,
    /// The day.
    pub on: Day,
    /// Who signed for it.
    pub receiver: String,
    /// The photograph is pasted.
    pub photo_pasted: bool,
    /// The school's steel seal is set.
    pub sealed: bool,
}

/// A year's list of graduates was checked (Art. 16).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckGraduates {
    /// Of which school.
    pub school: OfficeId,
    /// Of which year.
    pub year: i32,
}

/// A year's list of graduates was printed, stamped and put away for ever (Art. 18).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArchiveGraduates {
    /// Of which school.
    pub school: OfficeId,
    /// Of which year.
    pub year: i32,
    /// The day it was stamped.
    pub on: Day,
    /// Where it lies.
    pub place: String,
}

/// Somebody outside asks whether a graduation is true (Art. 20): the answer is yes or no, and journalled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyCertificate {
    /// The number the graduate gave.
    pub number: String,
    /// The name the graduate gave.
    pub name: String,
    /// Who asks, and what for.
    pub purpose: String,
}

/// A student or guardian asks for the own registration at the counter (Art. 20); journalled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inquire {
    /// Whose file.
    pub student: StudentId,
    /// Who asks.
    pub requester: String,
    /// 本人 or the guardian's relation.
    pub relation: String,
    /// What identity or guardianship was shown by.
    pub proof: String,
    /// What for.
    pub purpose: String,
}

/// A school is merged into another: its files go over, and that is no transfer (Art. 20).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeSchool {
    /// The school that is no more.
    pub school: OfficeId,
    /// The school that takes the files.
    pub into: OfficeId,
    /// Number of the decision.
    pub decision: String,
    /// The day of the decision.
    pub on: Day,
}

/// A school is closed; one institution keeps its files (Art. 20).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseSchool {
    /// The school that is no more.
    pub school: OfficeId,
    /// Who keeps its files.
    pub custodian: OfficeId,
    /// Number of the decision.
    pub decision: String,
    /// The day of the decision.
    pub on: Day,
}
