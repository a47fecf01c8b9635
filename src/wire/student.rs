//! What replies carry of one student (screen 2).

use super::{QueueRow, StudentBrief};
use crate::model::{
    ApplicationId, Attachment, Certificate, Finding, FormerValue, Kind, Phase, SchoolStatement, Stamp, Student,
    StudentId,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One student's record, its numbers masked, with the applications on it that the asker may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StudentView {
    /// The record.
    pub student: Box<Student>,
    /// The same as lists show it, codes made names.
    pub brief: StudentBrief,
    /// Applications, oldest first.
    pub applications: Vec<StudentCase>,
    /// What the negative list says of the student.
    #[serde(default)]
    pub alerts: Vec<super::AlertRow>,
    /// Absences and inspections.
    #[serde(default)]
    pub attendance: Option<crate::model::Attendance>,
    /// What was brought with them, oldest application first.
    #[serde(default)]
    pub papers: Vec<StudentPaper>,
    /// How study ends or ended; none for who sees the record only through an application.
    #[serde(default)]
    pub end: Option<EndOfStudy>,
}

/// How a student's study ends (Art. 17–20): what his school stated, the certificates, what is still in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EndOfStudy {
    /// The year of the planned graduation.
    pub year: i32,
    /// What the school stated, once it has.
    pub statement: Option<SchoolStatement>,
    /// Certificates, oldest first; at most one of them lives.
    pub certificates: Vec<Certificate>,
    /// What holds the certificate back; nothing for who has one.
    pub findings: Vec<Finding>,
    /// Where a proof for a lost certificate is asked for; nothing is issued again (Art. 19).
    pub lost: String,
}

/// A piece of evidence of one of a student's applications.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StudentPaper {
    /// Of which application.
    pub application: ApplicationId,
    /// Its kind.
    pub kind: Kind,
    /// The piece.
    pub piece: Attachment,
}

/// An application on a student's record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StudentCase {
    /// Which.
    pub id: ApplicationId,
    /// Kind.
    pub kind: Kind,
    /// Phase.
    pub status: Phase,
    /// Started when.
    pub started: Stamp,
    /// Where it stands, while it is open.
    pub row: Option<QueueRow>,
}

/// Numbers shown whole, once, to who asked; the journal knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Revealed {
    /// Whose.
    pub student: StudentId,
    /// Document number.
    pub id_no: String,
    /// 学籍号.
    pub student_no: String,
    /// Values the file had before, numbers among them whole.
    #[serde(default)]
    pub former: Vec<FormerValue>,
    /// When this was journalled.
    pub at: Stamp,
}
