//! A piece of evidence on its way into a record.

use super::Digest;
use serde::{Deserialize, Serialize};

/// A piece of evidence whose bytes already lie in the evidence folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
