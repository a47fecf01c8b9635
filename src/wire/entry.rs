//! A new student (新生) half filled in: what is asked, and what is said about it. The form (screen 3), the grid and scripts
//! use these; files go through `import.*` and come to the same verdicts.

use crate::model::{ApplicationId, Day, FilingFailure, OfficeId, RowProblem, Season, StudentId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is filled in so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryAsked {
    /// The school; the own one when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<OfficeId>,
    /// The registered student who is to be corrected; the cells are then those that change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub student: Option<StudentId>,
    /// Cells by header of the national template, or by the field's name for programs.
    #[serde(default)]
    pub cells: BTreeMap<String, String>,
}

/// Which part of the school's list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryTodoAsked {
    /// The school; the own one when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<OfficeId>,
    /// After this student.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<StudentId>,
    /// How many at most, up to 200; 50 when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// Whether those are looked for whose first three years (中职段期满) or compulsory education are over: every file of
    /// the school is read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stage: bool,
}

/// A student who is registered and not filed, as he would be typed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EntryStored {
    /// Which.
    pub student: StudentId,
    /// Revision of the record: a correction is based on it.
    pub revision: u64,
    /// Name.
    pub name: String,
    /// Cells that are filled in, by the fields' names for programs.
    pub cells: BTreeMap<String, String>,
    /// The season's last day of filing.
    pub filing_until: Option<Day>,
    /// Failed filings, oldest first.
    pub failures: Vec<FilingFailure>,
}

/// One student of the list of those not filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EntryTodoRow {
    /// Which.
    pub student: StudentId,
    /// Name.
    pub name: String,
    /// Class.
    pub class_name: String,
    /// Year and season of recruitment.
    pub cohort: (u16, Season),
    /// Last day of filing.
    pub filing_until: Option<Day>,
    /// Calendar days left; negative when it is over.
    pub days_left: Option<i64>,
    /// `file`, or `withdraw` when filing is over.
    pub todo: String,
    /// The rule behind it.
    pub rule: String,
    /// The newest failure.
    pub failure: Option<FilingFailure>,
}

/// A page of that list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EntryTodoView {
    /// How many there are.
    pub total: usize,
    /// Of these, who can no longer be filed.
    pub to_withdraw: usize,
    /// The page.
    pub items: Vec<EntryTodoRow>,
    /// The last of the page, when there are more.
    pub next: Option<StudentId>,
    /// Pupils of junior high whose papers are to be filed with the approving authority (R12.11).
    #[serde(default)]
    pub junior_filings: Vec<EntryTodoFiling>,
    /// Students whose first three years are over; only where `stage` asks.
    #[serde(default)]
    pub stage_over: Vec<EntryTodoOver>,
    /// Pupils whose compulsory education is over by the record and not written down as completed; only where `stage` asks.
    #[serde(default)]
    pub compulsory_over: Vec<EntryTodoOver>,
}

/// A pupil's admission whose papers are to be filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EntryTodoFiling {
    /// The admission.
    pub application: ApplicationId,
    /// Which student.
    pub student: StudentId,
    /// Name.
    pub name: String,
    /// Since when.
    pub since: Day,
    /// The rule behind it.
    pub rule: String,
}

/// A student for whom something is over and to be written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EntryTodoOver {
    /// Which.
    pub student: StudentId,
    /// Name.
    pub name: String,
    /// Since when.
    pub ended: Day,
    /// The rule behind it.
    pub rule: String,
}

/// One field of a new student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EntryField {
    /// Place in the national template; from 101 for fields it does not have.
    pub place: u8,
    /// Header.
    pub name: String,
    /// Name for programs.
    pub id: String,
    /// English name.
    pub english: String,
    /// `always`, `optional`, or `joint` (联合办学 only).
    pub need: String,
    /// What it holds: `name`, `text`, `set`, `date`, `month`, `document`, `region`, `phone`, `major`, `years`, `number`,
    /// `postcode`, `season`, `pinyin`.
    pub form: String,
    /// Whether it is usually the same from one new student to the next.
    pub carry: bool,
    /// Values of a coded field as code and word; the code is empty where there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<(String, String)>,
}

/// One line of the way to a length of study.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TraceRow {
    /// The rule.
    pub rule: String,
    /// Whether it applies; none while that is not known.
    pub applies: Option<bool>,
    /// Why.
    pub says: String,
}

/// What lengths of study are possible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LengthView {
    /// In half years; empty while it is not known.
    pub allowed: Vec<u8>,
    /// The same in words.
    pub words: String,
    /// The rule that decided.
    pub rule: Option<String>,
    /// Fields still missing to decide.
    pub missing: Vec<String>,
    /// How it was reached.
    pub trace: Vec<TraceRow>,
}

/// What is said about a half-filled new student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EntryCheckView {
    /// Whether it could be saved as it is.
    pub savable: bool,
    /// What is the matter, in the order of the fields.
    pub problems: Vec<RowProblem>,
    /// Cells that are stored otherwise than typed, and those filled in from others.
    pub normalised: BTreeMap<String, String>,
    /// Region of the document number, code and name.
    pub region: Option<(String, String)>,
    /// Code and name of the major that was meant.
    pub major: Option<(String, String)>,
    /// Length of study.
    pub study: LengthView,
    /// Year and season of recruitment.
    pub cohort: Option<(u16, Season)>,
    /// Twenty working days after 入学手续.
    pub twenty_working_days: Option<Day>,
    /// The season's last day of registration.
    pub cutoff: Option<Day>,
    /// The earlier of the two, by which to register.
    pub due: Option<Day>,
    /// The season's last day of filing.
    pub filing_until: Option<Day>,
    /// Month of the planned graduation, once it is known.
    pub planned_grad: Option<Day>,
}
