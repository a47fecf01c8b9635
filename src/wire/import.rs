//! A file on its way in: rows in bounded lines, then the word that takes them in.

use super::cells::Cells;
use crate::model::{Digest, ImportKind, OfficeId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Rows of a file. The first line names the columns and begins at row 0; each further one goes on where the last ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportRows {
    /// What the file holds.
    pub kind: ImportKind,
    /// Header cells; only with `from` 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// Rows that have gone before, the header not counted. 0 begins anew.
    pub from: u32,
    /// Rows, cell by cell.
    #[schemars(with = "Vec<Vec<String>>")]
    pub rows: Vec<Cells>,
    /// Of new students: judge them as they arrive, as a dry run with the same words would; only with `from` 0. That dry
    /// run then goes on where this has come to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<ImportCheck>,
}

/// What a file of new students is judged with beside its rows: the words of the dry run that is to follow.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportCheck {
    /// The school of all rows, where the file names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<OfficeId>,
    /// Number of the document (文号).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
}

/// Takes in what was staged on this connection: whole or not at all, but of new students the good rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportCommit {
    /// What the file holds.
    pub kind: ImportKind,
    /// The digest that staging answered with: what is taken in is what was looked at.
    pub digest: Digest,
    /// Only judge.
    #[serde(default)]
    pub dry_run: bool,
    /// Of new students: go so many rows further, up to 5000, and answer with `done` and `of` while rows are left; the
    /// same request again goes on. Without it all rows at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// The school of all rows, where the file names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<OfficeId>,
    /// Number of the document (文号) provincial data were issued with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// For a calendar: how many running deadlines it moves, as `calendar.moves` listed them. Without it, or when it is
    /// another number by now, a calendar that moves any is not taken in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moves: Option<u32>,
}
