//! What replies carry: records as people need them, with verdicts, lights and days left already read off
//! by the server, so that a desk needs no law of its own.

use crate::model::{
    AccountId, Act, ApplicationId, Aside, Attachment, ClockReading, Day, Details, Ending, Finding, Kind, Level,
    OfficeId, Outcome, PersonId, Phase, PinState, Post, Proposal, Signature, Stamp, Status, StepRole, StudentId,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A window of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Page {
    /// Rows in the whole list.
    pub total: u32,
    /// Position of the first item in the list, from 0.
    pub offset: u32,
    /// Position of the anchor in the list (or of the place where it would be).
    pub anchor: u32,
    /// The rows.
    pub items: Vec<QueueRow>,
    /// The first row after these, to be named as the next anchor; none at the end.
    pub next: Option<ApplicationId>,
}

/// Whose word a step waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The first post (录入 / 经办).
    First,
    /// The first post, after the second sent it back.
    SentBack,
    /// The second post (审核 / 复核).
    Second,
    /// Nobody: ended.
    Ended,
}

/// Who has an item in hand, since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    /// Whose account.
    pub account: AccountId,
    /// The person's name.
    pub name: String,
    /// Since when.
    pub since: Stamp,
}

/// One row of the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QueueRow {
    /// Which application.
    pub id: ApplicationId,
    /// Its revision.
    pub revision: u64,
    /// Kind.
    pub kind: Kind,
    /// Phase.
    pub phase: Phase,
    /// Student.
    pub student: StudentId,
    /// Student's name.
    pub student_name: String,
    /// Name of the starting school.
    pub school: String,
    /// Name of the hand whose turn it is.
    pub hand: String,
    /// Level of that hand.
    pub hand_level: Level,
    /// Whose word it waits for.
    pub standing: Standing,
    /// What the first post proposes, while the second's word is awaited.
    pub proposed: Option<Outcome>,
    /// When it reached the hand.
    pub arrived: Stamp,
    /// The running clock.
    pub clock: Option<ClockReading>,
    /// Who has it in hand.
    pub claim: Option<Claim>,
    /// Hardest finding, if there is one.
    pub finding: Option<crate::model::Severity>,
    /// What a granted change still waits for in the other systems.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<super::WaitingView>,
    /// How often the hand was reminded of it in its present round (催办).
    #[serde(default)]
    pub urged: u32,
    /// 搁置, as it was set; it may have come back since.
    #[serde(default)]
    pub parked: Option<super::ParkedView>,
    /// 转交: to whom.
    #[serde(default)]
    pub assigned: Option<String>,
    /// Set when the row stands for several students of a batch; the student named is the first of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<super::BatchRow>,
    /// Items of the negative list that the student's facts meet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alerts: Vec<crate::model::Item>,
}

/// Rows per tab, and overdue rows among them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// 我的待办
    pub mine: u32,
    /// 复核退回
    pub sent_back: u32,
    /// 本机构
    pub office: u32,
    /// 在途
    pub under_way: u32,
    /// 将到期
    #[serde(default)]
    pub due_soon: u32,
    /// 已逾期
    #[serde(default)]
    pub late: u32,
    /// 退回补正
    #[serde(default)]
    pub returned: u32,
    /// 待同步
    #[serde(default)]
    pub unsynced: u32,
    /// 我办过的
    #[serde(default)]
    pub acted: u32,
    /// 搁置
    #[serde(default)]
    pub parked: u32,
    /// Of 我的待办: past due.
    pub overdue: u32,
    /// Of 我的待办: due today.
    pub today: u32,
    /// Of 我的待办: three working days or fewer.
    pub near: u32,
    /// In this office's hands, reminded by a supervisor in the present round (催办).
    #[serde(default)]
    pub urged: u32,
    /// Of a supervisor: schools in sight of which the negative list says anything (预警).
    #[serde(default)]
    pub alerts: u32,
}

/// A student as lists and cases show one; the document number masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StudentBrief {
    /// Identity.
    pub id: StudentId,
    /// Revision of the record.
    pub revision: u64,
    /// Name.
    pub name: String,
    /// 学籍号, masked as the document number is.
    pub student_no: String,
    /// Document number, masked: `410782********803X`.
    pub id_no: String,
    /// School's name.
    pub school: String,
    /// Major's name.
    pub major: String,
    /// Whether the major is under provincial care (省管).
    pub provincial: bool,
    /// Class.
    pub class_name: String,
    /// Status in force.
    pub status: Status,
    /// Entry.
    pub entry: Day,
    /// Planned graduation.
    pub planned_grad: Day,
    /// 学制 in half years.
    pub half_years: u8,
}

/// One line of what is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AskedRow {
    /// What.
    pub field: String,
    /// As asked for.
    pub value: String,
}

/// One line of before → after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeRow {
    /// What.
    pub field: String,
    /// As it is.
    pub before: String,
    /// As it will be.
    pub after: String,
}

/// What the asker may do with a case now: open, or the refusal that says why not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "state", content = "why")]
pub enum Doable {
    /// It may be done.
    #[default]
    Open,
    /// It may not; this is why.
    Closed(Finding),
}

/// One round of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RoundView {
    /// When it reached the hand.
    pub arrived: Stamp,
    /// The clock: read now while it runs, at the ending when ended.
    pub clock: Option<ClockReading>,
    /// What is proposed just now.
    pub proposal: Option<Proposal>,
    /// What was done.
    pub acts: Vec<Act>,
    /// How it ended.
    pub ending: Option<Ending>,
}

/// One hand of the path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StepView {
    /// The hand.
    pub hand: Hand,
    /// `done`, `current` or `ahead`.
    pub state: StepState,
    /// What it is in the route.
    pub role: StepRole,
    /// When it last arrived.
    pub arrived: Option<Stamp>,
    /// The last round's clock.
    pub clock: Option<ClockReading>,
    /// Who proposed in the last round.
    pub proposed_by: Option<Signature>,
    /// Who decided in the last round.
    pub decided_by: Option<Signature>,
    /// The last round's outcome.
    pub outcome: Option<Outcome>,
    /// When it was decided.
    pub at: Option<Stamp>,
    /// All rounds, oldest first.
    pub rounds: Vec<RoundView>,
}

/// A hand by office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hand {
    /// Code.
    pub office: OfficeId,
    /// Name.
    pub name: String,
    /// Level.
    pub level: Level,
    /// Has accounts here.
    pub here: bool,
}

/// Where a step of the path stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StepState {
    /// Behind.
    Done,
    /// Now.
    Current,
    /// Ahead.
    Ahead,
}

/// An application with everything a clerk needs to decide it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CaseView {
    /// Identity.
    pub id: ApplicationId,
    /// Revision to name in a decision.
    pub revision: u64,
    /// Kind.
    pub kind: Kind,
    /// Phase; in JSON also called status.
    pub status: Phase,
    /// What is asked for.
    pub details: Details,
    /// The same, as rows to be read.
    pub asked: Vec<AskedRow>,
    /// The student (a list, for kinds that concern several).
    pub students: Vec<StudentBrief>,
    /// The batch it belongs to.
    pub batch: Option<String>,
    /// Before → after.
    pub changes: Vec<ChangeRow>,
    /// The path.
    pub steps: Vec<StepView>,
    /// Index of the step whose turn it is.
    pub current: u32,
    /// Whose word it waits for.
    pub standing: Standing,
    /// What the rules found.
    pub findings: Vec<Finding>,
    /// Evidence brought.
    pub evidence: Vec<Attachment>,
    /// Materials that are still missing.
    pub missing: Vec<String>,
    /// Who has it in hand.
    pub claim: Option<Claim>,
    /// Started when.
    pub started_at: Stamp,
    /// Started by whom.
    pub started_by: Signature,
    /// Why the school cancelled, if it did.
    pub cancelled: Option<crate::model::Cancellation>,
    /// May I submit?
    pub submit: Doable,
    /// May I propose?
    pub propose: Doable,
    /// May I decide?
    pub decide: Doable,
    /// May I take my act back?
    pub withdraw: Doable,
    /// May I cancel?
    pub cancel: Doable,
    /// Hands outside, filings, the other systems.
    #[serde(default)]
    pub beyond: Option<Box<super::Beyond>>,
    /// What was set beside it: remarks, parkings, handings over.
    #[serde(default)]
    pub asides: Vec<Aside>,
    /// 搁置, while it is out of the way.
    #[serde(default)]
    pub parked: Option<super::ParkedView>,
    /// 转交: to whom.
    #[serde(default)]
    pub assigned: Option<String>,
    /// May I remark?
    #[serde(default)]
    pub remark: Doable,
    /// May I park it, take it up again, hand it over?
    #[serde(default)]
    pub aside: Doable,
}

/// What an application would meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PreviewView {
    /// The first refusal, if the rules refuse.
    pub refused: Option<Finding>,
    /// What the rules found.
    pub findings: Vec<Finding>,
    /// Before → after.
    pub changes: Vec<ChangeRow>,
    /// The hands in order, with the working days each has.
    pub route: Vec<(Hand, Option<u32>)>,
    /// Materials needed.
    pub evidence: Vec<String>,
}

/// One day of the count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DayRow {
    /// The day.
    pub date: Day,
    /// Its number in the count; none when it does not count.
    pub n: Option<u32>,
    /// Why it does not count, or what is special about it (调休, 暂定).
    pub note: String,
}

/// 依据 of the current step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BasisView {
    /// The application.
    pub application: ApplicationId,
    /// The clock read now.
    pub clock: Option<ClockReading>,
    /// The count, day by day.
    pub days: Vec<DayRow>,
    /// Edition of the calendar.
    pub calendar: String,
    /// The rules that act here: findings with our summary in `because`.
    pub rules: Vec<RuleText>,
}

/// A rule in our own plain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RuleText {
    /// Id.
    pub id: String,
    /// Article.
    pub article: String,
    /// Heading.
    pub title: String,
    /// Summary.
    pub summary: String,
    /// Our reading, not the text.
    pub derived: bool,
    /// How we read what the text leaves open, each with its number and day.
    #[serde(default)]
    pub readings: Vec<String>,
}

/// One account in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AccountRow {
    /// Short name.
    pub id: AccountId,
    /// Person.
    pub person: PersonId,
    /// Person's name.
    pub name: String,
    /// Office code.
    pub office: OfficeId,
    /// Office name.
    pub office_name: String,
    /// Level of the office.
    pub level: Level,
    /// Posts.
    pub posts: Vec<Post>,
    /// Operating-system user, for keepers.
    pub os_user: Option<String>,
    /// Whether several persons share that user, for keepers.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shared: bool,
    /// How its PIN stands, for keepers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<PinState>,
    /// Active.
    pub active: bool,
    /// Revision.
    pub revision: u64,
}

/// One office in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfficeRow {
    /// The office.
    #[serde(flatten)]
    pub office: crate::model::Office,
    /// Has accounts here.
    pub here: bool,
}

/// What `verify` found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VerifyView {
    /// Entries of the journal read.
    pub entries: u64,
    /// Records compared.
    pub records: u64,
    /// Pieces of evidence compared.
    pub evidence: u64,
    /// What is wrong, each naming its place; empty when all is well.
    pub damage: Vec<String>,
}
