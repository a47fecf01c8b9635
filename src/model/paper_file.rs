//! The paper file (纸质学籍档案) beside the electronic one (Art. 3), and what is asked to be written down of it.

use super::{Day, Signature, Stamp, StudentId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A student's paper file: its number, where it lies, and each comparison with the electronic one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaperFile {
    /// Whose.
    pub student: StudentId,
    /// Counts the changes of this record.
    pub revision: u64,
    /// Its number (档案号).
    pub number: String,
    /// Where it lies: room, shelf.
    pub place: String,
    /// The day it was made.
    pub built_on: Day,
    /// Comparisons with the electronic file, oldest first.
    pub checks: Vec<PaperCheck>,
    /// Who entered it last.
    pub by: Signature,
    /// When.
    pub at: Stamp,
}

/// One comparison of the two files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaperCheck {
    /// The day of the comparison.
    pub on: Day,
    /// What differs, in words; empty when the two agree.
    pub difference: String,
    /// Who compared.
    pub by: Signature,
    /// When it was recorded.
    pub at: Stamp,
}

/// The school enters a paper file, or enters it anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutPaperFile {
    /// Whose.
    pub student: StudentId,
    /// Its number.
    pub number: String,
    /// Where it lies.
    pub place: String,
    /// The day it was made.
    pub built_on: Day,
}

/// The school has compared the two files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckPaperFile {
    /// Whose.
    pub student: StudentId,
    /// The day of the comparison.
    pub on: Day,
    /// What differs; empty when the two agree.
    #[serde(default)]
    pub difference: String,
}
