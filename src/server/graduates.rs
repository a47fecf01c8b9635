//! A school's graduates of a year (screen 8's list): due, certificate, and what holds it back; and the answer to a
//! student who asks for the own registration at the counter.

use super::hall::Hall;
use super::lists::fitting;
use super::reads::not_found;
use super::refusal::Refusal;
use super::session::{Asker, Session};
use crate::desk::{LeavingFacts, State};
use crate::law::{graduation as law, rules, windows};
use crate::model::{Command, CommandId, Inquire, Leave, Leaving, Level, OfficeId, Severity, Status, StudentId};
use crate::wire::{CertificateLine, GraduateRow, GraduationSchool, GraduationSchoolsAsked};
use chrono::Datelike;
use serde_json::{Value, json};

/// Most rows of one page.
const MOST: u32 = 500;

/// Who of a school is due in a year, by id.
pub(super) fn list(
    hall: &Hall,
    asker: &Asker,
    school: &OfficeId,
    year: Option<i32>,
    after: Option<StudentId>,
    count: u32,
) -> Result<Value, Refusal> {
    let office = hall.store().office(school)?.filter(|office| office.level == Level::School);
    let Some(name) = office.filter(|_| asker.scope.covers(school)).map(|office| office.name) else {
        return Err(not_found(format!("没有学校 {school}，或者不在您的管辖范围")).into());
    };
    let today = asker.now.day();
    let year = year.unwrap_or_else(|| today.year());
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let mut due = Vec::new();
    for id in hall.store().students_of(school) {
        let Some(facts) = LeavingFacts::of(&state, id, today)? else { continue };
        let living = facts.student.status.is_live() || facts.student.status == Status::Graduated;
        let has = facts.leaving.as_ref().and_then(Leaving::certificate).is_some_and(|one| one.year == year);
        if has || living && law::year_of(&facts.student) == year {
            due.push(facts);
        }
    }
    let total = due.len();
    let count = count.clamp(1, MOST) as usize;
    let page: Vec<&LeavingFacts> =
        due.iter().filter(|facts| after.is_none_or(|after| facts.student.id > after)).collect();
    let rows: Vec<GraduateRow> = page.iter().take(count).map(|facts| row(facts)).collect();
    let items = fitting(&rows)?;
    let next = if items.len() < page.len() {
        items.len().checked_sub(1).and_then(|at| page.get(at)).map(|facts| facts.student.id)
    } else {
        None
    };
    let kept = state.graduates(school, year)?;
    let check = windows::of_year(year, &hall.calendar()).into_iter().find(|window| window.rule == rules::R16_6.id);
    Ok(json!({
        "school": school, "name": name, "total": total, "items": items, "next": next, "year": year,
        "issued_from": law::issued_from(year), "check": check.map(|window| (window.from, window.until)),
        "checked": kept.as_ref().map_or(0, |list| list.checked.len()),
        "archived": kept.and_then(|list| list.kept).map(|(done, place)| json!({ "on": done.on, "place": place })),
        "lost": rules::R19_2.remedy,
    }))
}

fn row(facts: &LeavingFacts) -> GraduateRow {
    let student = &facts.student;
    let certificate = facts.leaving.as_ref().and_then(Leaving::certificate);
    let statement = facts.leaving.as_ref().map(|leaving| &leaving.statement);
    // Who has a certificate is held back by nothing any more; a study file is asked for all the same (R18.2).
    let mut holds = if certificate.is_some() { Vec::new() } else { facts.holds(Leave::Graduation) };
    if statement.is_none_or(|statement| statement.study_file.is_empty()) {
        holds.push(rules::R18_2.finding_as(Severity::Notice, rules::R18_2.because, rules::R18_2.remedy, &[]));
    }
    GraduateRow {
        student: student.id,
        name: student.name.clone(),
        status: student.status,
        planned_grad: student.planned_grad,
        study_form: student.study_form,
        statement: statement.cloned(),
        certificate: certificate.map(|one| CertificateLine {
            stage: one.stage().to_owned(),
            number: one.number.clone(),
            leave: one.leave,
            year: one.year,
            proposed_by: one.proposed.by.name.clone(),
            printed_on: one.printed.as_ref().map(|done| done.on),
            delivered_on: one.delivered.as_ref().map(|(done, _)| done.on),
            awarded_on: one.awarded.as_ref().map(|(done, _)| done.on),
        }),
        ready: certificate.is_none() && !holds.iter().any(|finding| finding.severity == Severity::Block),
        findings: holds,
    }
}

/// Schools of the scope, with where their lists of a year stand.
pub(super) fn schools(hall: &Hall, asker: &Asker, asked: &GraduationSchoolsAsked) -> Result<Value, Refusal> {
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let all: Vec<_> = hall
        .store()
        .offices()
        .into_iter()
        .filter(|office| office.level == Level::School && asker.scope.covers(&office.id))
        .collect();
    let total = all.len();
    let rest: Vec<_> =
        all.iter().filter(|school| asked.after.as_ref().is_none_or(|after| school.id > *after)).collect();
    let mut rows = Vec::new();
    for school in rest.iter().take(asked.count.clamp(1, MOST) as usize) {
        let list = state.graduates(&school.id, asked.year)?;
        rows.push(GraduationSchool {
            school: school.id.clone(),
            name: school.name.clone(),
            students: hall.store().headcounts(&school.id).values().sum(),
            checked: list.as_ref().map_or(0, |list| u32::try_from(list.checked.len()).unwrap_or(u32::MAX)),
            archived: list.and_then(|list| list.kept).map(|(done, _)| done.on),
        });
    }
    let items = fitting(&rows)?;
    let next = if items.len() < rest.len() { items.len().checked_sub(1).map(|at| &rows[at].school) } else { None };
    Ok(json!({ "year": asked.year, "total": total, "items": items, "next": next }))
}

/// The own registration, after the journal has it on disk that it was shown, and to whom. Looked up here and not kept
/// in the command's answer, as with a revealed number.
pub(super) fn inquire(
    session: &Session<'_>,
    asker: &Asker,
    command_id: Option<CommandId>,
    asked: Inquire,
) -> Result<Value, Refusal> {
    let id = asked.student;
    let answer = session.write(asker, command_id, Command::Inquire(asked))?;
    let (student, _) = super::students::visible(session.hall, asker, id)?;
    let school = session.hall.store().office(&student.school)?.map(|office| office.name);
    let major = session.hall.store().major(&student.major)?.map(|major| major.name);
    Ok(json!({
        "student": id, "at": answer.get("at"), "name": student.name, "sex": student.sex, "birth": student.birth,
        "id_no": student.id_no, "student_no": student.student_no, "school": school, "major": major,
        "study_form": student.study_form, "entry": student.entry, "planned_grad": student.planned_grad,
        "status": student.status, "status_since": student.status_since,
    }))
}
