//! `why_not`: may this person do this to this case today? One function greys the key, explains the refusal and
//! guards the commit, so that the three can never disagree.
//!
//! The order of the questions is the order in which a clerk would want to hear the answers: is the case still
//! open, is it this office's turn, does this person hold the post, have two different persons acted (双岗), and only
//! then what the kind of application itself demands.

use super::calendar::Calendar;
use super::checks::{another_open, evidence_missing, lacking, status_forbids};
use super::joining::{self, JoiningFacts};
use super::new_major::Taught;
use super::outside::{self, NewFiling};
use super::sync::{self, NewSync};
use super::{aside, conditions, duplicates, kinds, rules, stage, verbs};
use crate::model::{
    Actor, Alert, Application, ApplicationId, BatchId, Day, Details, External, Finding, Kind, Leaving, Milestone,
    Office, Outcome, Reason, Student, StudentId, WatchedStudent,
};
use std::sync::Arc;

pub use super::verbs::{previous, withdrawable};

/// The facts a verdict rests on.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// The application; none before it was started.
    pub application: Option<&'a Application>,
    /// The student as the record stands now.
    pub student: &'a Student,
    /// The starting school.
    pub school: &'a Office,
    /// The office whose turn it is.
    pub hand: &'a Office,
    /// Who acts for the hand when it has no accounts here: the last hand here that acted, or the starting school.
    pub recorder: Option<&'a Office>,
    /// The student's other open applications.
    pub others: &'a [(ApplicationId, Kind)],
    /// What the negative list looks at in the student's file, and the cases on it.
    pub watched: (&'a WatchedStudent, &'a [Arc<Alert>]),
    /// Another student who has the number that this application would give.
    pub same_number: Option<StudentId>,
    /// The same, if that student's file lives.
    pub same_number_lives: Option<StudentId>,
    /// The student's papers for the end of study.
    pub leaving: Option<&'a Leaving>,
    /// What the kinds of Art. 8 and 12 rest on whose file may begin with them.
    pub joining: &'a JoiningFacts,
    /// What the school of a new major may teach, where another major is asked for.
    pub taught: Option<&'a Taught>,
    /// The batch a transfer belongs to.
    pub batch: Option<&'a BatchFacts>,
    /// The calendar in force.
    pub calendar: &'a Calendar,
}

/// What the batch of a transfer means to its verdicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchFacts {
    /// Which.
    pub id: BatchId,
    /// Students its route is fixed for.
    pub size: u32,
    /// The day it counts as made.
    pub day: Day,
    /// Other batches between the same two schools: which, when, how many students.
    pub others: Vec<(BatchId, Day, u32)>,
}

impl Case<'_> {
    /// The office that acts: the hand itself, or who records for it.
    pub fn acting(&self) -> &Office {
        self.recorder.unwrap_or(self.hand)
    }
}

/// What somebody wants to do.
#[derive(Debug, Clone, Copy)]
pub enum Action<'a> {
    /// Start it.
    Start(&'a Details),
    /// Change what it asks for.
    Amend,
    /// Add a piece of evidence.
    Attach,
    /// Submit or resubmit it.
    Submit,
    /// Propose something; `None` asks whether anything may be proposed at all.
    Propose(Option<(Outcome, &'a [Reason])>),
    /// Record the word of a hand without accounts here.
    External(Outcome, &'a [Reason], &'a External),
    /// Ask whether the word of a hand without accounts here may be recorded at all.
    MayRecord,
    /// Record a filing with a province; `None` asks whether one may be recorded at all.
    File(Option<NewFiling<'a>>),
    /// Record how far a granted change has come; `None` asks whether anything may be recorded.
    Sync(Option<NewSync>),
    /// Take such a record back; `None` asks whether there is one.
    Unsync(Option<(Milestone, &'a str)>),
    /// Agree (`None`) or send back with a remark.
    Decide(Option<&'a str>),
    /// Take the own last act back.
    Withdraw,
    /// Take the application back for good; `None` asks whether it may be done at all.
    Cancel(Option<&'a str>),
    /// Say that the student studies at the own school as well (重复学籍).
    Dispute,
    /// Say something by the way (批注).
    Remark,
    /// Park it, take it up again, or hand it over: what only who has its turn may do.
    Aside,
}

/// Why this person may not do this today; none when it may be done.
pub fn why_not(case: &Case<'_>, actor: &Actor, action: &Action<'_>, today: Day) -> Option<Finding> {
    match action {
        Action::Start(details) => verbs::start(case, actor, details, today),
        Action::Amend => verbs::amend(case, actor),
        Action::Attach => verbs::attach(case, actor),
        Action::Submit => verbs::submit(case, actor, today),
        Action::Propose(what) => verbs::propose(case, actor, *what, today),
        Action::External(outcome, reasons, external) => verbs::record(case, actor, *outcome, reasons, external, today),
        Action::MayRecord => verbs::may_record(case, actor),
        Action::File(what) => match case.application.map(Application::kind) {
            Some(Kind::Junior) => joining::file(case, actor, *what, today),
            _ => outside::file(case, actor, *what, today),
        },
        Action::Dispute => duplicates::dispute(case, actor),
        Action::Sync(what) => sync::record(case, actor, *what, today),
        Action::Unsync(what) => sync::take_back(case, actor, *what),
        Action::Decide(remark) => verbs::decide(case, actor, *remark, today),
        Action::Remark => aside::remark(case, actor),
        Action::Aside => aside::aside(case, actor),
        Action::Withdraw => verbs::withdraw(case, actor),
        Action::Cancel(reason) => verbs::cancel(case, actor, *reason),
    }
}

/// What the rules find about the case itself, whoever looks at it. Blocks stop an approval, never a return or refusal.
pub fn findings(case: &Case<'_>, details: &Details, today: Day) -> Vec<Finding> {
    let row = kinds::row(details.kind());
    let mut found = Vec::new();
    found.extend(status_forbids(case, row));
    found.extend(another_open(case, row));
    if let Some(application) = case.application {
        found.extend(evidence_missing(application, row));
        for attachment in application.evidence.iter().filter(|piece| piece.original_place.is_none()) {
            found.push(originals(details.kind()).finding(
                format!("材料《{}》未登记原件存放处", attachment.name),
                "请学校登记原件存放处，办结后随卷归档",
                &[("material", attachment.name.clone())],
            ));
        }
    }
    found.extend(stage::over(case.student, row.kind, today));
    found.extend(conditions::of(case, details, today));
    found
}

/// The rule by which the original of a paper is kept: Article 14 has one of its own.
fn originals(kind: Kind) -> &'static rules::Rule {
    match kinds::row(kind).article {
        // These two articles have their own word for it.
        "12" => &rules::R12_22,
        _ if kind == Kind::Correction => &rules::R14_4,
        _ => &rules::R11_3,
    }
}

/// The materials an application still lacks.
pub fn missing(application: &Application) -> Vec<String> {
    lacking(application, kinds::row(application.kind())).into_iter().map(|material| material.name.to_owned()).collect()
}
