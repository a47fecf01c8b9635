//! Files on their way in.

use crate::model::{ApplicationId, Digest};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A piece of a file on its way into the evidence folder. Pieces come in order, each at most 48 KiB.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceChunk {
    /// The application the file is for.
    pub application: ApplicationId,
    /// BLAKE3 of the whole file.
    pub digest: Digest,
    /// Bytes of the whole file.
    pub size: u64,
    /// Name of the material it is.
    pub kind: String,
    /// File name.
    pub name: String,
    /// Where the original is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original_place: Option<String>,
    /// Where this piece begins.
    pub offset: u64,
    /// The piece, base64.
    pub data: String,
}
