//! Screen 0 (系统): what is asked of master data, the journal and the store itself, and what comes back.

use crate::model::{
    AccountId, ApplicationId, Day, Grade, Level, Major, MajorCode, Office, OfficeId, Post, Season, Stamp, Standing,
    StudentId,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Which schools; with `offices` the education offices, too.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SchoolsAsked {
    /// Beginning of the code, or part of the name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Education offices, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub offices: bool,
    /// After this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<OfficeId>,
    /// How many at most, up to 500; 100 when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

/// A school or office with what stands around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SchoolRow {
    /// The record.
    #[serde(flatten)]
    pub office: Office,
    /// Name of the office above it.
    pub above: String,
    /// Name of the office the register names as competent, if it names one.
    #[serde(default)]
    pub competent: Option<String>,
    /// Whether it has accounts that act here.
    pub here: bool,
    /// Active accounts.
    pub accounts: u32,
    /// Rating in force, where the asker may see it.
    #[serde(default)]
    pub grade: Option<Grade>,
    /// Who has it in custody (代管).
    #[serde(default)]
    pub custody: Option<String>,
}

/// One school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SchoolView {
    /// As in the list.
    pub school: SchoolRow,
    /// Its ratings and what they brought, where the asker may see them.
    #[serde(default)]
    pub standing: Option<Standing>,
    /// Majors it may recruit for, by year and season.
    pub offers: Vec<(u16, Season, u32)>,
}

/// Which majors.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MajorsAsked {
    /// Beginning of the code, or part of the name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// After this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<MajorCode>,
    /// How many at most, up to 500; 100 when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

/// A page of majors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MajorsPage {
    /// How many there are.
    pub total: u32,
    /// This page.
    pub items: Vec<Major>,
    /// What to ask the next page after.
    pub next: Option<MajorCode>,
}

/// Which entries of the journal; what is left out narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JournalAsked {
    /// By whom: an account, or a person's whole name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// By somebody who held this post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<Post>,
    /// About this student, or an application on the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub student: Option<StudentId>,
    /// About this application.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<ApplicationId>,
    /// Beginning of the request's name: `applications.`, `accounts.put`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// On this day or later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// On this day or earlier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Older than this entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<u64>,
    /// How many at most, up to 200; 50 when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

/// Who made an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EntryBy {
    /// The account.
    pub account: AccountId,
    /// The person's name.
    pub name: String,
    /// The office.
    pub office: OfficeId,
    /// In whose place (代办).
    #[serde(default)]
    pub on_behalf: Vec<String>,
}

/// An entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EntryView {
    /// Its number.
    pub seq: u64,
    /// When.
    pub at: Stamp,
    /// By whom; none for what the program itself did.
    pub by: Option<EntryBy>,
    /// The command, document numbers masked; of a long one only its name and length.
    pub command: Value,
    /// The records it wrote, at most twenty.
    pub records: Vec<String>,
    /// How many it wrote.
    pub written: u64,
}

impl EntryView {
    /// The request's name.
    pub fn kind(&self) -> &str {
        self.command.get("do").and_then(Value::as_str).unwrap_or("-")
    }
}

/// Entries found, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct JournalFound {
    /// All entries there are, found or not.
    pub total: u64,
    /// Those found.
    pub items: Vec<EntryView>,
    /// Older than what to ask on; null when the beginning was reached. A page may hold few or none and still go on: only
    /// so many entries are read for one answer.
    pub next: Option<u64>,
}

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BackupMark {
    /// When.
    pub at: Stamp,
    /// Up to which entry of the journal.
    pub entries: u64,
    /// Name of its file.
    pub file: String,
    /// BLAKE3 of its content.
    pub digest: String,
}

/// How the store is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SystemState {
    /// The moment the server works with.
    pub now: Stamp,
    /// Entries of the journal.
    pub entries: u64,
    /// Applications.
    pub applications: u64,
    /// Offices by level, schools last.
    pub offices: Vec<(Level, u32)>,
    /// Majors.
    pub majors: u32,
    /// Active accounts.
    pub accounts: u32,
    /// Desks and scripts connected.
    pub connected: u32,
    /// Last day of the calendar in force.
    pub calendar_until: Day,
    /// From which notices it was made.
    pub calendar: String,
    /// Bytes free where the data lie; none where the system does not say.
    pub free: Option<u64>,
    /// The last backup, if one was made.
    pub backup: Option<BackupMark>,
}
