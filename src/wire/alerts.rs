//! What replies carry of the negative list (screen 5).

use super::{Doable, RuleText};
use crate::model::{Alert, Attendance, Grade, Item, Measure, OfficeId, Standing, Status, StudentId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How near something is to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Nearness {
    /// 无
    Clear,
    /// 临近
    Near,
    /// 疑似
    Met,
    /// 查实
    Found,
}

/// Which schools a page of them is to have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AlertsRequest {
    /// Only this school.
    pub school: Option<OfficeId>,
    /// Only schools of which this item has something to say.
    pub item: Option<Item>,
    /// Only schools of which any item has.
    pub near: bool,
    /// After this school, in the order of the list.
    pub after: Option<OfficeId>,
    /// How many at most, up to 200; 50 when it is left out.
    pub count: u32,
}

/// What one case, item or student is asked for by; school and item, or a student.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AlertRequest {
    /// Which school.
    pub school: Option<OfficeId>,
    /// Which item; all when it is left out.
    pub item: Option<Item>,
    /// Only what concerns this student.
    pub student: Option<StudentId>,
    /// The school and item of this case.
    pub alert: Option<crate::model::AlertId>,
}

/// One item of one school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ItemLine {
    /// Which.
    pub item: Item,
    /// How near.
    pub state: Nearness,
    /// How many students or matters are that near.
    pub count: u32,
    /// What is so, or how far it is to the threshold.
    pub text: String,
}

/// One school in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SchoolAlerts {
    /// Code.
    pub school: OfficeId,
    /// Name.
    pub name: String,
    /// Rating in force.
    pub rating: Option<Grade>,
    /// This year's sanction.
    pub sanction: Option<(Measure, Option<u32>)>,
    /// Who runs its systems for it.
    pub custody: Option<String>,
    /// The eight items.
    pub items: Vec<ItemLine>,
}

/// A page of schools, the nearest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AlertsPage {
    /// Schools in the whole list.
    pub total: u32,
    /// Schools by the nearest of their items: clear, near, met, found.
    pub states: [u32; 4],
    /// The schools.
    pub items: Vec<SchoolAlerts>,
    /// The last school of this page, to be named as `after`; none at the end.
    pub next: Option<OfficeId>,
}

/// A student as an alert names one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AlertStudent {
    /// Who.
    pub id: StudentId,
    /// Name.
    pub name: String,
    /// Class.
    pub class_name: String,
    /// Status in force.
    pub status: Status,
}

/// What the asker may do about it now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AlertDoable {
    /// Open a case on it.
    pub record: Doable,
    /// Remind the school.
    pub remind: Doable,
    /// Explain it.
    pub explain: Doable,
    /// Propose 查实.
    pub confirm: Doable,
    /// Propose 排除, or 整改 of what was found true.
    pub dismiss: Doable,
    /// Agree with what is proposed, or send it back.
    pub decide: Doable,
}

/// One matter: what the facts say, the case on it, and what may be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AlertRow {
    /// Which item.
    pub item: Item,
    /// By which condition.
    pub rule: String,
    /// How near; of a closed case none any more.
    pub state: Nearness,
    /// About whom.
    pub student: Option<AlertStudent>,
    /// The facts in words.
    pub because: String,
    /// How far to the threshold.
    pub distance: String,
    /// Names the facts, for opening a case.
    pub key: String,
    /// Whether it stops the matter now.
    pub blocks: bool,
    /// The case on it.
    pub case: Option<Box<Alert>>,
    /// Reminders that count and were not answered.
    pub unanswered: u32,
    /// What may be done.
    pub can: AlertDoable,
}

/// One item of a school with everything behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AlertView {
    /// Code.
    pub school: OfficeId,
    /// Name.
    pub name: String,
    /// The item, if one was asked for.
    pub item: Option<Item>,
    /// The lines of the items.
    pub lines: Vec<ItemLine>,
    /// What the item stops.
    pub blocked: String,
    /// Matters in all; at most 200 of them are in `rows`.
    pub total: u32,
    /// The matters, the nearest first.
    pub rows: Vec<AlertRow>,
    /// Cases that were judged and hold no more.
    pub closed: Vec<Alert>,
    /// The rules behind it.
    pub rules: Vec<RuleText>,
    /// First filings by year.
    pub filed: BTreeMap<i32, u32>,
    /// In school on 30 December by year, and how many now.
    pub in_school: BTreeMap<i32, u32>,
    /// In school now.
    pub now: u32,
    /// Ratings and what they brought.
    pub standing: Standing,
    /// Absences and inspections of the student, when one was asked for.
    pub attendance: Option<Attendance>,
}
