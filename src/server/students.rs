//! Students (screen 2): finding them, one record, and a number shown whole.

use super::case::brief;
use super::hall::Hall;
use super::lists::list;
use super::queue;
use super::reads::{not_found, value};
use super::refusal::Refusal;
use super::session::{Asker, Session};
use crate::desk::{LeavingFacts, State};
use crate::law::{graduation, rules};
use crate::model::{Command, CommandId, Day, Leave, Leaving, Office, PersonalField, Stamp, Status, Student, StudentId};
use crate::text::mask_id;
use crate::wire::{AlertRequest, EndOfStudy, Revealed, StudentCase, StudentPaper, StudentView};
use serde_json::Value;

/// Most students of one answer.
const MOST_FOUND: u32 = 100;

fn school_of(hall: &Hall, student: &Student) -> Result<Office, Refusal> {
    hall.store()
        .office(&student.school)?
        .ok_or_else(|| not_found(format!("学校 {} 不在机构名录中", student.school)).into())
}

/// The student, if the asker may see the record, with the applications on it that he may see.
pub(super) fn visible(hall: &Hall, asker: &Asker, id: StudentId) -> Result<(Student, Vec<StudentCase>), Refusal> {
    let unknown = || not_found(format!("没有学生 {id}，或者不在您的管辖范围"));
    let student = hall.store().student(id)?.ok_or_else(unknown)?;
    let open = hall.store().open_of_student(id);
    let mut applications = Vec::new();
    for id in hall.store().applications_of(id) {
        if let Some(application) = hall.store().application(id)?
            && asker.scope.sees_application(&application)
        {
            let row = open.iter().find(|row| row.id == id);
            applications.push(StudentCase {
                id,
                kind: application.kind(),
                status: application.phase,
                started: application.started_at,
                row: row.map(|row| queue::view(hall, row, &hall.calendar(), asker.now.day())).transpose()?,
            });
        }
    }
    let through_application = applications.iter().any(|one| one.status.is_open());
    if !asker.scope.sees_student(&student) && !through_application {
        return Err(unknown().into());
    }
    Ok((student, applications))
}

/// One student: the whole record, its numbers masked, with the applications on it.
pub(super) fn show(hall: &Hall, asker: &Asker, id: StudentId) -> Result<Value, Refusal> {
    let (mut student, applications) = visible(hall, asker, id)?;
    let brief = brief(hall, &student, &school_of(hall, &student)?)?;
    student.student_no = mask_id(&student.student_no);
    student.id_no = mask_id(&student.id_no);
    student.entry_facts = student.entry_facts.masked();
    let numbers = student.former.iter_mut().filter(|former| former.field == PersonalField::IdNumber);
    numbers.for_each(|former| former.value = mask_id(&former.value));
    let mut papers = Vec::new();
    for one in &applications {
        let evidence = hall.store().application(one.id)?.map(|application| application.evidence).unwrap_or_default();
        let with = |piece| StudentPaper { application: one.id, kind: one.kind, piece };
        papers.extend(evidence.into_iter().map(with));
    }
    let listed = if asker.scope.sees_student(&student) {
        let request = AlertRequest { student: Some(id), ..AlertRequest::default() };
        let view = super::alerts::show(hall, asker, &request)?;
        (view.rows, view.attendance)
    } else {
        // Who sees the record through an application sees what it stops there, and no more.
        (Vec::new(), None)
    };
    let (alerts, attendance) = listed;
    let end = if asker.scope.sees_student(&student) { end_of_study(hall, id, asker.now.day())? } else { None };
    value(StudentView { student: Box::new(student), brief, applications, alerts, attendance, papers, end })
}

/// How study ends: what the school stated, the certificates, and what is in the way of one.
fn end_of_study(hall: &Hall, id: StudentId, today: Day) -> Result<Option<EndOfStudy>, Refusal> {
    let calendar = hall.calendar();
    let Some(facts) = LeavingFacts::of(&State::new(hall.store(), &calendar), id, today)? else { return Ok(None) };
    let year = graduation::year_of(&facts.student);
    let lives = facts.leaving.as_ref().and_then(Leaving::certificate).is_some();
    let findings = if lives { Vec::new() } else { facts.holds(Leave::Graduation) };
    let (statement, certificates) =
        facts.leaving.map_or((None, Vec::new()), |papers| (Some(papers.statement), papers.certificates));
    // The way out is in the summary already.
    let lost = format!("{}{}", rules::R19_2.summary, rules::R19_2.because);
    Ok(Some(EndOfStudy { year, statement, certificates, findings, lost }))
}

/// Students by part of a name or number, or by initials.
pub(super) fn find(hall: &Hall, asker: &Asker, text: &str, count: u32) -> Result<Value, Refusal> {
    let count = count.clamp(1, MOST_FOUND) as usize;
    let found = hall.store().find_students(text, count, &|school| asker.scope.covers(school));
    let mut items = Vec::with_capacity(found.len());
    for id in found {
        // Who was to come from another province and did not is no student here.
        let came = |student: &Student| {
            student.status != Status::Unregistered || !hall.store().open_of_student(student.id).is_empty()
        };
        if let Some(student) = hall.store().student(id)?.filter(came) {
            let school = school_of(hall, &student)?;
            items.push(brief(hall, &student, &school)?);
        }
    }
    Ok(list(items))
}

/// The numbers whole, after the journal has it on disk that they were shown. They are looked up here and not kept in
/// the command's answer; so a repeated command is held to the scope again.
pub(super) fn reveal(
    session: &Session<'_>,
    asker: &Asker,
    command_id: Option<CommandId>,
    id: StudentId,
) -> Result<Value, Refusal> {
    let answer = session.write(asker, command_id, Command::Reveal { student: id })?;
    let at: Stamp = answer.get("at").cloned().map(serde_json::from_value).transpose()?.unwrap_or(asker.now);
    let (student, _) = visible(session.hall, asker, id)?;
    value(Revealed { student: id, id_no: student.id_no, student_no: student.student_no, former: student.former, at })
}
