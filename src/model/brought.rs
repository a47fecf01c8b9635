//! A piece of evidence on its way to an application, and the student who has no file yet.

use super::{Digest, StudentId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A piece of evidence whose bytes already lie in the evidence folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEvidence {
    /// Content.
    pub digest: Digest,
    /// Name of the material it is.
    pub kind: String,
    /// File name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Where the original is kept.
    #[serde(default)]
    pub original_place: Option<String>,
}

/// Stands for a student who has no file here yet.
pub(super) fn nobody() -> StudentId {
    StudentId(0)
}

pub(super) fn is_nobody(student: &StudentId) -> bool {
    *student == nobody()
}
