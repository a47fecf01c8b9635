//! What the columns of other people's files mean (列的对应), saved by a school or office under a name.

use super::OfficeId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Header cells of a kind of file, each with the column of ours that it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mapping {
    /// Its name.
    pub name: String,
    /// Theirs, without blanks, and ours.
    pub columns: BTreeMap<String, String>,
}

/// The mappings of a school or office. Whoever imports there uses them: the files come from the same hands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mappings {
    /// Whose.
    pub office: OfficeId,
    /// Counts the changes of this record.
    pub revision: u64,
    /// By name.
    pub mappings: Vec<Mapping>,
}

/// Saves a mapping for the asker's school or office, or anew under the same name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveMapping {
    /// Its name.
    pub name: String,
    /// Their header cells, each with our column.
    pub columns: BTreeMap<String, String>,
}

/// Forgets a saved mapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DropMapping {
    /// Its name.
    pub name: String,
}
