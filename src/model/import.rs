//! A file of another program on its way in: its rows as they came, and what is said about each.

use super::{Digest, OfficeId, Severity};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What stands between two cells of a row. No cell holds it: texts are cleaned of control characters at the door.
pub const CELL_END: char = '\u{1F}';

/// Header of the column in which a list of bad rows says where a row stood in its file.
pub const ORIGINAL_ROW: &str = "原行号";
/// Header of the column in which it says why a row stayed out.
pub const REASON: &str = "不符原因";
/// Columns that our own files have beside those of the file they came from: nothing is read out of them.
pub const OWN_COLUMNS: [&str; 3] = [ORIGINAL_ROW, REASON, "演练"];

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ImportKind {
    /// 机构: education offices.
    Offices,
    /// 学校
    Schools,
    /// 专业
    Majors,
    /// 工作日历: the State Council's notices, whole years
    Calendar,
    /// 学生: a roster that is taken over.
    Students,
    /// 招生资质: a publication of the province, whole.
    Qualifications,
    /// 新生: the national template. Good rows go in, bad ones stay out.
    NewStudents,
    /// 全国学生系统名单, for reconciliation: whole or not at all for each school.
    National,
}

impl ImportKind {
    /// Its name in requests, in the journal and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            ImportKind::Offices => "offices",
            ImportKind::Schools => "schools",
            ImportKind::Majors => "majors",
            ImportKind::Calendar => "calendar",
            ImportKind::Students => "students",
            ImportKind::Qualifications => "qualifications",
            ImportKind::NewStudents => "newstudents",
            ImportKind::National => "national",
        }
    }

    /// Whether good rows go in while bad ones stay out; of the national list, good schools. Everything else is taken in
    /// whole or not at all.
    pub fn is_partial(self) -> bool {
        matches!(self, ImportKind::NewStudents | ImportKind::National)
    }

    /// Whether it is data the province issues for all (全省基础数据, Art. 4).
    pub fn is_provincial(self) -> bool {
        !matches!(self, ImportKind::Students | ImportKind::NewStudents | ImportKind::National)
    }
}

/// The content of a file: a header and rows. Row 1 is the header, so the first of `rows` is row 2.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// Header cells.
    pub columns: Vec<String>,
    /// Rows, their cells joined with [`CELL_END`]: a roster is many short texts.
    pub rows: Vec<Box<str>>,
    /// Cells from which something was stripped at the door: index of the row in `rows`, index of the cell.
    pub stripped: BTreeSet<(u32, u32)>,
    /// Of these, the cells in which an escape sequence stood.
    pub steering: BTreeSet<(u32, u32)>,
}

/// An import as it is asked for and journalled; the rows travel beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Import {
    /// What the file holds.
    pub kind: ImportKind,
    /// Of kind, header and rows.
    pub digest: Digest,
    /// Rows without the header.
    pub rows: u32,
    /// The school of all rows, where the file names none.
    pub school: Option<OfficeId>,
    /// Number of the document (文号) the province issued the data with.
    pub document: Option<String>,
    /// For a calendar: how many running deadlines the asker knows it moves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moves: Option<u32>,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RowOutcome {
    /// Taken as it is.
    Accepted,
    /// Taken, written otherwise.
    AcceptedNormalised,
    /// Taken, to be looked at.
    Warning,
    /// Not taken, and the file with it.
    Rejected,
    /// Nothing in it.
    Empty,
}

impl RowOutcome {
    /// Its name in a report.
    pub fn word(self) -> &'static str {
        match self {
            RowOutcome::Accepted => "accepted",
            RowOutcome::AcceptedNormalised => "accepted-normalised",
            RowOutcome::Warning => "warning",
            RowOutcome::Rejected => "rejected",
            RowOutcome::Empty => "empty",
        }
    }
}

/// What is the matter with a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RowProblem {
    /// Column, by our name for it; empty when the whole row is meant.
    pub column: Cow<'static, str>,
    /// What kind of trouble, for programs.
    pub kind: Cow<'static, str>,
    /// How hard it is.
    pub severity: Severity,
    /// The rule it rests on; none for a matter of form.
    pub rule: Option<Cow<'static, str>>,
    /// What is the matter and what to do, in Chinese.
    pub message: String,
    /// The cell as it came.
    pub value: String,
}

/// What is said about one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RowReport {
    /// Its number; the header is row 1.
    pub row: u32,
    /// What becomes of it.
    pub outcome: RowOutcome,
    /// What is the matter.
    pub problems: Vec<RowProblem>,
    /// Cells that are stored otherwise than they came, by header. A list in memory, since a hundred thousand maps of one
    /// cell each would take more room than the file; an object where it is written.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "by_header")]
    #[schemars(with = "BTreeMap<String, String>")]
    pub normalised: Vec<Rewritten>,
}

/// A cell that is stored otherwise than it came: its header, and as what.
pub type Rewritten = (Cow<'static, str>, String);

/// Pairs, written as an object.
mod by_header {
    use super::Rewritten;
    use serde::{Deserialize, Deserializer, Serializer};
    use std::collections::BTreeMap;

    pub(super) fn serialize<S: Serializer>(pairs: &[Rewritten], to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(pairs.iter().map(|(header, cell)| (header, cell)))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Rewritten>, D::Error> {
        Ok(BTreeMap::deserialize(from)?.into_iter().collect())
    }
}

/// What an import came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImportReport {
    /// As in the request.
    pub digest: Digest,
    /// Whether the file was taken in. A file is taken in whole or not at all.
    pub committed: bool,
    /// Rows by outcome; `written` and `unchanged` count records.
    pub counts: BTreeMap<Cow<'static, str>, u32>,
    /// Header cells that mean nothing here.
    pub unknown_columns: Vec<String>,
    /// Row by row.
    pub rows: Vec<RowReport>,
}

impl ImportReport {
    /// Whether a row stays out, and with it the file where that is taken in whole.
    pub fn refuses(&self) -> bool {
        self.rows.iter().any(|row| row.outcome == RowOutcome::Rejected)
    }
}
