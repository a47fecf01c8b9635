//! Starting, previewing and amending an application.

use super::{Asked, CaseFacts, Refused, State, Writes, bounded, changed, fresh, roomy, scope};
use crate::law::case::{Action, why_not};
use crate::law::{authority, kinds};
use crate::model::{
    Act, Application, ApplicationId, Details, Finding, Office, Phase, Post, Record, Round, Stamp, Step, StepRole,
    Student, StudentId, Verb, Write,
};
use chrono::Datelike;
use serde_json::{Value, json};

/// Starts an application: it lies with the school, to be completed and submitted.
pub(super) fn start(
    state: &State<'_>,
    asked: &Asked<'_>,
    student: StudentId,
    details: &Details,
) -> Result<(Writes, Value), Refused> {
    let facts = facts_before(state, asked, student)?;
    let details = checked(&facts.student, details)?;
    if let Some(why) = why_not(&facts.case(None), asked.actor, &Action::Start(&details), asked.now.day()) {
        return Err(why.into());
    }
    let (steps, _) = route(state, &facts, asked.now)?;
    let year = u16::try_from(asked.now.day().year()).unwrap_or_default();
    let application = Application {
        id: state.next_application(year),
        revision: 1,
        phase: Phase::Preparing,
        student: facts.student.id,
        school: facts.school.id.clone(),
        started_at: asked.now,
        started_by: asked.actor.sign(Post::Entry),
        steps,
        current: 0,
        returning: None,
        evidence: Vec::new(),
        cancelled: None,
        details,
    };
    let answer = json!({
        "application": application.id, "revision": application.revision, "status": application.phase,
        "missing": crate::law::case::missing(&application),
    });
    Ok((vec![Write { record: Record::Application(Box::new(application)), based_on: 0 }], answer))
}

/// Changes what a prepared or returned application asks for.
pub(super) fn amend(
    state: &State<'_>,
    asked: &Asked<'_>,
    id: ApplicationId,
    revision: u64,
    details: &Details,
) -> Result<(Writes, Value), Refused> {
    let mut application = fresh(state, asked, id, Some(revision))?;
    let facts = CaseFacts::of(state, &application)?;
    if let Some(why) = why_not(&facts.case(Some(&application)), asked.actor, &Action::Amend, asked.now.day()) {
        return Err(why.into());
    }
    roomy(&application)?;
    if details.kind() != application.kind() {
        return Err(Refused::Input(format!(
            "申请 {id} 是{}，不能改成另一种业务；请撤销后另行申请",
            application.kind().name()
        )));
    }
    application.details = checked(&facts.student, details)?;
    if let Some(round) = application.round_mut() {
        round.acts.push(Act { verb: Verb::Amended, by: asked.actor.sign(Post::Entry), at: asked.now });
    }
    let (write, answer) = changed(revision, application);
    Ok((vec![write], answer))
}

/// What an application would meet, were it started and submitted now.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The facts it rests on.
    pub facts: CaseFacts,
    /// The details, cleaned.
    pub details: Details,
    /// Why it may not be started, if it may not.
    pub refused: Option<Finding>,
    /// What the rules find.
    pub findings: Vec<Finding>,
    /// The hands in order, with the working days each has.
    pub route: Vec<(Office, Option<u32>)>,
    /// The materials needed.
    pub materials: Vec<String>,
}

/// Looks ahead; writes nothing.
pub fn preview(
    state: &State<'_>,
    asked: &Asked<'_>,
    student: StudentId,
    details: &Details,
) -> Result<Preview, Refused> {
    let facts = facts_before(state, asked, student)?;
    let details = checked(&facts.student, details)?;
    let today = asked.now.day();
    let refused = why_not(&facts.case(None), asked.actor, &Action::Start(&details), today);
    let findings = crate::law::case::findings(&facts.case(None), &details, today);
    let row = kinds::row(details.kind());
    let (_, offices) = route(state, &facts, asked.now)?;
    let route = offices
        .into_iter()
        .enumerate()
        .map(|(at, office)| {
            let time = if at == 0 { row.school_time } else { row.authority_time };
            (office, time.map(|time| time.budget))
        })
        .collect();
    let materials = row.materials.iter().map(|material| material.name.to_owned()).collect();
    Ok(Preview { facts, details, refused, findings, route, materials })
}

fn facts_before(state: &State<'_>, asked: &Asked<'_>, student: StudentId) -> Result<CaseFacts, Refused> {
    let unknown = || Refused::NotFound(format!("没有学生 {student}，或者不在您的管辖范围"));
    let student = state.student(student)?.ok_or_else(unknown)?;
    if !scope(asked.actor, state)?.sees_student(&student) {
        return Err(unknown());
    }
    CaseFacts::before(state, student)
}

/// Details within sane bounds. What is checked here is sense, not law: the text limits neither number nor length
/// of suspensions.
fn checked(student: &Student, details: &Details) -> Result<Details, Refused> {
    match details {
        Details::Suspension { period, ground } => {
            let ground = bounded("事由", ground)?;
            if ground.is_empty() {
                return Err(Refused::Input("请填写休学事由".to_owned()));
            }
            if period.until < period.from {
                return Err(Refused::Input(format!("休学止日 {} 早于起日 {}", period.until, period.from)));
            }
            if period.from < student.entry {
                return Err(Refused::Input(format!("休学起日 {} 早于入学日 {}", period.from, student.entry)));
            }
            Ok(Details::Suspension { period: *period, ground })
        }
    }
}

/// The route, fixed at the start: the school, then the competent authority (one authority step, Art. 13).
fn route(state: &State<'_>, facts: &CaseFacts, now: Stamp) -> Result<(Vec<Step>, Vec<Office>), Refused> {
    let majors: Vec<_> = facts.major.iter().collect();
    let competent = authority::competent(&facts.school, &majors)?;
    let office = state.office(&competent.office)?.ok_or_else(|| {
        Refused::NotFound(format!("学籍主管部门 {} 不在机构名录中，请系统管理岗先载入机构", competent.office))
    })?;
    let school =
        Step { hand: facts.school.id.clone(), role: StepRole::StartingSchool, rounds: vec![Round::begun(now, None)] };
    let authority = Step { hand: office.id.clone(), role: StepRole::Authority, rounds: Vec::new() };
    Ok((vec![school, authority], vec![facts.school.clone(), office]))
}
