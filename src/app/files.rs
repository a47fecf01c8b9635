//! What errands with files bring back: the files of the upload folder, and what is said about one that is imported.

use crate::model::{RowOutcome, Severity};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A file of the upload folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Its name, fit to be shown.
    pub name: String,
    /// Where it lies.
    pub path: String,
    /// Its length in bytes.
    pub size: u64,
    /// When it was changed last, Beijing time.
    pub modified: String,
}

/// The upload folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uploads {
    /// Where it is, as people write it.
    pub folder: String,
    /// Its files, the newest first.
    pub files: Vec<Upload>,
}

/// What is wanted of a file that is imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportWish {
    /// Where it lies.
    pub path: String,
    /// Cells put right: row as a spreadsheet counts, column from 0, text.
    pub fixes: Vec<(u32, u32, String)>,
    /// Register its good rows, if it is still the file with this digest; only check it when absent.
    pub digest: Option<String>,
}

/// What is the matter with a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenProblem {
    /// Column of the file, from 0; none where the file has no such column.
    pub at: Option<u32>,
    /// Our name for it.
    pub column: String,
    /// How hard it is.
    pub severity: Severity,
    /// What is the matter and what to do.
    pub message: String,
    /// The cell as it came.
    pub value: String,
}

/// A row that something is said about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenRow {
    /// Its number; the header is row 1.
    pub row: u32,
    /// What becomes of it.
    pub outcome: RowOutcome,
    /// The name in it.
    pub name: String,
    /// What is the matter.
    pub problems: Vec<SeenProblem>,
    /// Its cells, with what was put right.
    pub cells: Vec<String>,
}

/// A file that was checked, or whose good rows were registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSeen {
    /// Where it lies.
    pub path: String,
    /// Its name, fit to be shown.
    pub name: String,
    /// What it is: xlsx, xls, csv.
    pub form: String,
    /// Its encoding, where one was detected.
    pub encoding: Option<String>,
    /// What a commit is bound to.
    pub digest: String,
    /// Whether the good rows were registered.
    pub committed: bool,
    /// Rows by outcome; `written` and `unchanged` count records.
    pub counts: BTreeMap<String, u32>,
    /// Header cells that mean nothing here.
    pub unknown: Vec<String>,
    /// The header.
    pub columns: Vec<String>,
    /// The first rows that something is said about.
    pub rows: Vec<SeenRow>,
    /// Rows that stay out beyond these.
    pub more: u32,
}

impl ImportSeen {
    /// How many there are of an outcome.
    pub fn count(&self, word: &str) -> u32 {
        self.counts.get(word).copied().unwrap_or_default()
    }
}
