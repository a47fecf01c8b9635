//! The end of compulsory education of a pupil who came from junior high (Art. 12): until when it lasts the record says
//! ahead, that it was completed the school writes down with the document that says so.

use super::{Day, Signature, Stamp, StudentId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// That a pupil has completed compulsory education.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CompulsoryDone {
    /// Whose.
    pub student: StudentId,
    /// Counts the changes of this record.
    pub revision: u64,
    /// The day it was completed.
    pub on: Day,
    /// Number of the document that says so, 义务教育证书 or the junior school's certificate.
    pub document: String,
    /// Until when it was to last before this was written down.
    pub until: Option<Day>,
    /// Who wrote it down.
    pub by: Signature,
    /// When.
    pub at: Stamp,
}

/// The school writes down that a pupil of its own has completed compulsory education: what holds until then ends (Art.
/// 12¶2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompleteCompulsory {
    /// Whose.
    pub student: StudentId,
    /// As seen.
    pub revision: u64,
    /// The day it was completed; not one to come.
    pub on: Day,
    /// Number of the document that says so.
    pub document: String,
}
