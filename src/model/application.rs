//! One application (业务 / 申请) and its way through the hands.
//!
//! ```text
//! Application ─ steps ─ Step (one hand's turn)
//!                        └ rounds ─ Round (from arrival to ending; a return begins another)
//!                                    ├ clock     what the law gives this hand
//!                                    ├ proposal  the first post's word, standing until decided
//!                                    ├ acts      everything done, in order, for good
//!                                    └ ending    the second post's word, with the frozen clock
//! ```

use super::{
    ApplicationId, Aside, Assigned, Clock, Day, Details, Digest, Kind, Membership, OfficeId, Outside, Parked,
    ProvinceFiling, Signature, Stamp, StudentId, Sync,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Where the application stands as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// 填报: being prepared, nothing submitted yet.
    Preparing,
    /// 在办: in the hands of somebody.
    Open,
    /// 退回补正: lies at the starting school for correction.
    Returned,
    /// 办结: granted, in force.
    Granted,
    /// 不予办理: refused by a hand.
    Refused,
    /// 撤销: cancelled by the school.
    Cancelled,
}

impl Phase {
    /// Whether anything can still happen.
    pub fn is_open(self) -> bool {
        matches!(self, Phase::Preparing | Phase::Open | Phase::Returned)
    }
}

/// What a hand can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// 同意
    Approve,
    /// 退回补正
    Return,
    /// 不予办理
    Refuse,
}

impl Outcome {
    /// The field's own word for it.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Approve => "同意",
            Outcome::Return => "退回补正",
            Outcome::Refuse => "不予办理",
        }
    }
}

/// One item of a return or refusal: an article, or a material that is missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// The article it rests on, `13`.
    #[serde(default)]
    pub article: Option<String>,
    /// The material it concerns.
    #[serde(default)]
    pub material: Option<String>,
    /// What is the matter.
    pub text: String,
}

/// What a hand without accounts here decided, as it was told (外部经手).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct External {
    /// The day it decided.
    pub on: Day,
    /// Number of its document.
    pub document: String,
}

/// The first post's word on a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Proposal {
    /// What is proposed.
    pub outcome: Outcome,
    /// Itemised reasons; at least one for a return or a refusal.
    pub reasons: Vec<Reason>,
    /// By whom.
    pub by: Signature,
    /// When.
    pub at: Stamp,
    /// Set when the hand has no accounts here and its word is recorded for it.
    pub external: Option<External>,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Verb {
    /// Proposed an outcome (at the starting school: submitted).
    Proposed(Outcome, Vec<Reason>),
    /// Agreed to the proposal: the step ended.
    Agreed(Outcome),
    /// Sent the proposal back to the first post.
    SentBack(String),
    /// Took the own proposal back.
    ProposalWithdrawn,
    /// Took the own agreement back: the step runs again with its original clock.
    AgreementWithdrawn,
    /// Took the own sending-back back: the proposal stands again.
    SentBackWithdrawn,
    /// Changed what is asked for, before submitting it (again).
    Amended,
}

/// One thing done on a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Act {
    /// What.
    pub verb: Verb,
    /// By whom.
    pub by: Signature,
    /// When.
    pub at: Stamp,
}

/// How a round ended, with its clock as it stood then; never recomputed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ending {
    /// The agreed outcome.
    pub outcome: Outcome,
    /// Who agreed.
    pub by: Signature,
    /// When.
    pub at: Stamp,
    /// The last day of the clock, if one ran.
    pub due: Option<Day>,
    /// Edition of the calendar the due date was computed with.
    pub calendar: String,
    /// Whether that calendar did not know the year of the due date.
    pub provisional: bool,
    /// Working days used.
    pub used: u32,
    /// Working days late; 0 in time (X.6: lateness is kept for good).
    pub late: u32,
}

/// One round of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Round {
    /// When the application reached the hand.
    pub arrived: Stamp,
    /// The hand's clock; none where the text gives none.
    pub clock: Option<Clock>,
    /// What the first post proposes just now.
    pub proposal: Option<Proposal>,
    /// The proposal the second post sent back last: it stands again when the sending-back is withdrawn.
    pub sent: Option<Proposal>,
    /// All acts, oldest first.
    pub acts: Vec<Act>,
    /// How it ended.
    pub ending: Option<Ending>,
}

impl Round {
    /// A round that has just begun.
    pub fn begun(arrived: Stamp, clock: Option<Clock>) -> Self {
        Round { arrived, clock, proposal: None, sent: None, acts: Vec::new(), ending: None }
    }

    /// The remark with which the second post sent the last proposal back, while nothing has been proposed since.
    pub fn sent_back(&self) -> Option<&str> {
        // Amending answers a sending-back only when it is followed by a proposal.
        match self.acts.iter().rev().map(|act| &act.verb).find(|verb| **verb != Verb::Amended) {
            Some(Verb::SentBack(remark)) => Some(remark),
            _ => None,
        }
    }
}

/// What a hand is in the route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StepRole {
    /// The school that starts.
    StartingSchool,
    /// The school a transfer leads to.
    ReceivingSchool,
    /// The competent authority (学籍主管部门).
    Authority,
    /// The other school of a disputed duplicate, which says that he studies with it (Art. 8).
    ClaimingSchool,
}

/// The time a hand is given, fixed with the route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GivenTime {
    /// The rule that gives it.
    pub rule: Cow<'static, str>,
    /// Its article.
    pub article: Cow<'static, str>,
    /// Working days.
    pub budget: u32,
    /// A reference clock (参考): the text gives no figure for this hand.
    pub reference: bool,
}

impl GivenTime {
    /// The clock that starts with this day, which does not count itself.
    pub fn from_day(&self, started: Day) -> Clock {
        let (rule, article) = (self.rule.clone(), self.article.clone());
        Clock { rule, article, budget: self.budget, started, reference: self.reference }
    }
}

/// One hand's turn (环节).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// Whose turn.
    pub hand: OfficeId,
    /// What it is in the route.
    pub role: StepRole,
    /// The time this hand is given; none where the text gives none.
    pub time: Option<GivenTime>,
    /// Its rounds, oldest first; empty while still ahead.
    pub rounds: Vec<Round>,
    /// Set for a hand of another province, which is in no register here.
    #[serde(default)]
    pub outside: Option<Outside>,
}

impl Step {
    /// The round that is running or ended last.
    pub fn last(&self) -> Option<&Round> {
        self.rounds.last()
    }
    /// Every act of every round.
    pub fn acts(&self) -> impl Iterator<Item = &Act> {
        self.rounds.iter().flat_map(|round| &round.acts)
    }
}

/// One piece of evidence (证明材料) of an application; the file lies under its digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attachment {
    /// Content.
    pub digest: Digest,
    /// What it proves, by the name of the material.
    pub kind: String,
    /// File name it was brought under.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Where the original is kept (Art. 12, 14).
    pub original_place: Option<String>,
    /// Who brought it.
    pub by: Signature,
    /// When.
    pub at: Stamp,
}

/// A clock as it stood when its turn ended otherwise than by a decision; never recomputed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stopped {
    /// Its last day.
    pub due: Day,
    /// Edition of the calendar the due date was computed with.
    pub calendar: String,
    /// Whether that calendar did not know the year of the due date.
    pub provisional: bool,
    /// Working days used.
    pub used: u32,
    /// Working days late.
    pub late: u32,
}

/// The school took the application back for good (撤销申请).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cancellation {
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: Signature,
    /// When.
    pub at: Stamp,
    /// The clock that was running.
    pub clock: Option<Stopped>,
}

/// One application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Application {
    /// Identity.
    pub id: ApplicationId,
    /// Counts the changes of this record; a decision names the one it was made on.
    pub revision: u64,
    /// What is asked for.
    pub details: Details,
    /// Where it stands.
    pub phase: Phase,
    /// Whose file it concerns.
    pub student: StudentId,
    /// The school that started it.
    pub school: OfficeId,
    /// When it was started, and by whom.
    pub started_at: Stamp,
    /// By whom.
    pub started_by: Signature,
    /// The route, fixed at the start.
    pub steps: Vec<Step>,
    /// Index of the step whose turn it is (or was last).
    pub current: usize,
    /// While returned: the step to which resubmission goes straight back.
    pub returning: Option<usize>,
    /// Evidence.
    pub evidence: Vec<Attachment>,
    /// Set when the school cancelled.
    pub cancelled: Option<Cancellation>,
    /// Filings (备案) with provinces, for a transfer across them.
    #[serde(default)]
    pub filings: Vec<ProvinceFiling>,
    /// How far a granted change has come in the other systems (Art. 16).
    #[serde(default)]
    pub sync: Sync,
    /// What was set beside it, oldest first: remarks, parkings, handings over.
    #[serde(default)]
    pub asides: Vec<Aside>,
    /// 搁置, while in force.
    #[serde(default)]
    pub parked: Option<Parked>,
    /// 转交, while in force.
    #[serde(default)]
    pub assigned: Option<Assigned>,
    /// The batch it was started with (批量转学).
    pub batch: Option<Membership>,
}

impl Application {
    /// The kind.
    pub fn kind(&self) -> Kind {
        self.details.kind()
    }
    /// The day the last hand granted it; none while it is not.
    pub fn granted_on(&self) -> Option<Day> {
        let last = self.steps.last().and_then(Step::last)?;
        (self.phase == Phase::Granted)
            .then(|| last.ending.as_ref().map_or(last.arrived.day(), |ending| ending.at.day()))
    }
    /// Whether it is granted and the junior school's papers are not filed with the approving authority yet (R12.11).
    pub fn lacks_filing(&self) -> bool {
        self.phase == Phase::Granted && self.kind() == Kind::Junior && self.filings.is_empty()
    }
    /// The batch it moves with: that of its list, unless it was acted on by itself since.
    pub fn moves_with(&self) -> Option<super::BatchId> {
        self.batch.filter(|of| !of.apart).map(|of| of.batch)
    }
    /// Index of the step of the other school that disputes a duplicate; none while it is not disputed.
    pub fn disputed_at(&self) -> Option<usize> {
        self.steps.iter().position(|step| step.role == StepRole::ClaimingSchool)
    }
    /// The day the starting school's second post let it go for the first time (提交); none while it has not.
    pub fn submitted_on(&self) -> Option<Day> {
        let first = self.steps.first()?.rounds.first()?;
        first.ending.as_ref().map(|ending| ending.at.day())
    }
    /// The step whose turn it is.
    pub fn step(&self) -> Option<&Step> {
        self.steps.get(self.current)
    }
    /// The round that runs, or ended last, at the current step.
    pub fn round(&self) -> Option<&Round> {
        self.step().and_then(Step::last)
    }
    /// The same, to be changed.
    pub fn round_mut(&mut self) -> Option<&mut Round> {
        self.steps.get_mut(self.current).and_then(|step| step.rounds.last_mut())
    }
    /// Who prepared the step at this index, in any round: whoever proposed; at the starting school also whoever
    /// started, amended or brought evidence. None of them may check it (双岗, Art. 5).
    pub fn prepared(&self, at: usize) -> Vec<&Signature> {
        let Some(step) = self.steps.get(at) else { return Vec::new() };
        let starts = step.role == StepRole::StartingSchool;
        let acted = step.acts().filter(|act| match act.verb {
            Verb::Proposed(..) => true,
            Verb::Amended => starts,
            _ => false,
        });
        let mut by: Vec<&Signature> = acted.map(|act| &act.by).collect();
        if starts {
            by.push(&self.started_by);
            by.extend(self.evidence.iter().map(|piece| &piece.by));
        }
        by
    }
    /// Who checked the step at this index, in any round: whoever agreed or sent back. None of them may prepare it.
    pub fn checked(&self, at: usize) -> Vec<&Signature> {
        let acts = self.steps.get(at).into_iter().flat_map(Step::acts);
        acts.filter(|act| matches!(act.verb, Verb::Agreed(_) | Verb::SentBack(_))).map(|act| &act.by).collect()
    }
    /// Who did what on it, and when, in no particular order.
    fn signatures(&self) -> impl Iterator<Item = (Stamp, &Signature)> {
        let acts = self.steps.iter().flat_map(Step::acts).map(|act| (act.at, &act.by));
        let asides = self.asides.iter().map(|aside| (aside.at, &aside.by));
        let papers = self.evidence.iter().map(|piece| (piece.at, &piece.by));
        let filings = self.filings.iter().map(|filed| (filed.at, &filed.by));
        let synced = [&self.sync.national, &self.sync.module].into_iter().flatten().map(|one| (one.at, &one.by));
        let cancelled = self.cancelled.iter().map(|one| (one.at, &one.by));
        let all = [(self.started_at, &self.started_by)].into_iter().chain(acts).chain(asides).chain(papers);
        all.chain(filings).chain(synced).chain(cancelled)
    }
    /// How this account signed what it did on it at this moment; none when it did nothing.
    pub fn signature_at(&self, at: Stamp, account: &super::AccountId) -> Option<&Signature> {
        self.signatures().find(|(when, by)| *when == at && by.account == *account).map(|(_, by)| by)
    }
    /// Whether this account did something on it at this moment in the place of somebody of this name (代办).
    pub fn signed_at(&self, at: Stamp, account: &super::AccountId, on_behalf: &str) -> bool {
        self.signatures().any(|(when, by)| {
            when == at && by.account == *account && by.on_behalf.as_ref().is_some_and(|away| away.name == on_behalf)
        })
    }
    /// Whether this office is a hand that has or had its turn.
    pub fn passed_through(&self, office: &OfficeId) -> bool {
        self.steps.iter().any(|step| step.hand == *office && !step.rounds.is_empty())
    }
}
