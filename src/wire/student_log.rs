//! What was done about one student (日志): a page of the journal that is his alone.

use crate::model::{ApplicationId, Kind, OfficeId, Outcome, Post, Stamp, StudentId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A page of it, the newest entry first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StudentLogRequest {
    /// Whose.
    pub student: StudentId,
    /// Only entries before this one; from the newest on when it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<u64>,
    /// How many at most, up to 200.
    #[serde(default = "fifty")]
    pub count: u32,
}

fn fifty() -> u32 {
    50
}

/// One entry that touched the student or one of his applications, readings of his numbers and papers included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StudentLogRow {
    /// Position in the journal.
    pub seq: u64,
    /// When.
    pub at: Stamp,
    /// Who; none for the store's own founding.
    pub by: Option<StudentLogBy>,
    /// The command's name: `applications.propose`.
    pub what: String,
    /// The application it was about.
    pub application: Option<ApplicationId>,
    /// Its kind.
    pub kind: Option<Kind>,
    /// What was proposed or recorded.
    pub outcome: Option<Outcome>,
    /// Agreed (true) or sent back (false).
    pub agree: Option<bool>,
    /// Nothing changed: numbers or papers were shown to somebody.
    pub reading: bool,
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StudentLogBy {
    /// Name at that time.
    pub name: String,
    /// Office.
    pub office: OfficeId,
    /// Its name.
    pub office_name: String,
    /// The post acted in; where the entry does not say, all posts held then.
    pub posts: Vec<Post>,
    /// In whose place (代办).
    pub on_behalf: Option<String>,
}

/// A page of rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StudentLogPage {
    /// How many there are that the asker may read.
    pub total: u64,
    /// The rows, newest first.
    pub items: Vec<StudentLogRow>,
    /// What to ask for `before` to go on; none at the end.
    pub next: Option<u64>,
}
