//! 重复学籍 (Art. 8): the other school's word, and what the end of a case does to the two files.

use super::{Asked, CaseFacts, Refused, State, Writes, changed, fresh};
use crate::law::case::{Action, why_not};
use crate::law::duplicates::further;
use crate::law::route::Ground;
use crate::model::{
    Application, ApplicationId, Aside, Beside, Cancellation, Day, Details, Office, OfficeId, Outside, Post, Record,
    Status, StatusChange, Step, StepRole, Student, Write,
};
use serde_json::Value;

/// The other school disputes: it has a turn, and after it its authority and the common superior.
pub(super) fn dispute(
    state: &State<'_>,
    asked: &Asked<'_>,
    id: ApplicationId,
    revision: u64,
) -> Result<(Writes, Value), Refused> {
    let mut application = fresh(state, asked, id, Some(revision))?;
    let facts = CaseFacts::of(state, &application)?;
    let case = facts.case(Some(&application), state.calendar());
    if let Some(why) = why_not(&case, asked.actor, &Action::Dispute, asked.now.day()) {
        return Err(why.into());
    }
    let Some(other) = &facts.joining.other else {
        return Err(Refused::NotFound(format!("申请 {id} 没有写明对方学校")));
    };
    let offices = state.offices();
    let register = |id: &OfficeId| offices.iter().find(|office| office.id == *id).map(|office| Office::clone(office));
    let majors: Vec<_> = facts.major.iter().collect();
    let ground = Ground { from: &facts.school, to: None, majors: &majors, batch: 1, office: &register };
    let step =
        |hand: OfficeId, role, time, outside: Option<Outside>| Step { hand, role, time, rounds: Vec::new(), outside };
    application.steps.push(step(other.id.clone(), StepRole::ClaimingSchool, None, None));
    for hand in further(other, &ground)? {
        application.steps.push(step(hand.office, hand.role, hand.time, hand.outside));
    }
    let at_school = asked.actor.office == other.id;
    let posts = [Post::Entry, Post::Review, Post::Handler];
    let post = posts.into_iter().find(|post| asked.actor.holds(*post)).unwrap_or(Post::Entry);
    let text = if at_school {
        "本校主张该生在本校就读，提出争议".to_owned()
    } else {
        format!("登记{}提出的争议", other.name)
    };
    let on = u32::try_from(application.current).unwrap_or_default();
    let by = asked.actor.sign(post);
    application.asides.push(Aside { step: on, what: Beside::Remarked(text), by, at: asked.now });
    let (write, answer) = changed(revision, application);
    Ok((vec![write], answer))
}

/// A line of the timeline that this case brings.
fn line(asked: &Asked<'_>, application: &Application, from: Status, to: Status) -> StatusChange {
    StatusChange {
        from: Some(from),
        to,
        on: asked.now.day(),
        application: Some(application.id),
        article: "8".to_owned(),
    }
}

/// The school that started keeps the student: who could not be registered is, credited to the day of submission
/// (reading AMB-14); the other school's file is cancelled.
pub(super) fn kept(
    state: &State<'_>,
    asked: &Asked<'_>,
    application: &Application,
    student: &Student,
) -> Result<Writes, Refused> {
    let mut after = Student { revision: student.revision + 1, ..student.clone() };
    if student.status == Status::Unregistered {
        after.status = Status::Registered;
        after.status_since = asked.now.day();
        after.entry_facts.registered_on = Some(credited(application));
    }
    after.history.push(line(asked, application, student.status, after.status));
    let mut writes = vec![Write { record: Record::Student(Box::new(after)), based_on: student.revision }];
    let Details::Duplicate(details) = &application.details else { return Ok(writes) };
    for other in state.having_number(&student.id_no)? {
        let theirs = details.other_school.as_ref() == Some(&other.school);
        if theirs && other.id != student.id && other.status.is_live() {
            writes.extend(cancelled(state, asked, application, &other)?);
        }
    }
    Ok(writes)
}

/// The day registration is credited to: of submission; where nobody decides, of the start.
fn credited(application: &Application) -> Day {
    let started = application.started_at.day();
    if application.steps.len() > 1 { application.submitted_on().unwrap_or(started) } else { started }
}

/// The other school keeps the student: what the school that started has registered is cancelled.
pub(super) fn lost(
    state: &State<'_>,
    asked: &Asked<'_>,
    application: &Application,
    student: &Student,
) -> Result<Writes, Refused> {
    if student.status.is_live() { cancelled(state, asked, application, student) } else { Ok(Vec::new()) }
}

/// A file is cancelled as the loser of a duplicate, and what was open on it ends.
fn cancelled(
    state: &State<'_>,
    asked: &Asked<'_>,
    application: &Application,
    student: &Student,
) -> Result<Writes, Refused> {
    let mut after = Student { revision: student.revision + 1, ..student.clone() };
    after.history.push(line(asked, application, student.status, Status::Cancelled));
    (after.status, after.status_since, after.suspension) = (Status::Cancelled, asked.now.day(), None);
    let mut writes = vec![Write { record: Record::Student(Box::new(after)), based_on: student.revision }];
    for (id, _) in state.others(student.id, Some(application.id)) {
        let Some(mut other) = state.application(id)? else { continue };
        let based_on = other.revision;
        other.revision += 1;
        let clock = super::cancel::stopped(state, asked, &other);
        other.phase = crate::model::Phase::Cancelled;
        other.cancelled = Some(Cancellation {
            reason: format!("重复学籍核定后该学籍注销（{}），本申请终止", application.id),
            by: asked.actor.sign(Post::Reviewer),
            at: asked.now,
            clock,
        });
        writes.push(Write { record: Record::Application(Box::new(other)), based_on });
    }
    Ok(writes)
}
