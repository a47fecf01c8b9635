//! Filing (备案): each student is decided at once, by the published list and nothing else. What failed is said field by
//! field and kept with its class; it can be corrected and submitted again until the cutoff.

use super::{Looker, at_own_school};
use crate::desk::{Asked, Refused, State, Writes, scope};
use crate::law::entry::filing::{self, Filing, FilingFacts};
use crate::model::{
    ApplicationId, FilingFailure, Kind, Post, Record, RowProblem, Status, StatusChange, Student, StudentId, Write,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Most students of one request.
const MOST: usize = 500;
/// Failures that are kept with a student, the newest.
const KEPT_FAILURES: usize = 5;
/// Longest text of reasons that is kept, in characters.
const LONGEST_REASONS: usize = 300;

/// Submits students of the own school. What is refused for one stops no other; a request for one alone is refused as
/// such.
pub(in crate::desk) fn submit(
    state: &State<'_>,
    asked: &Asked<'_>,
    students: &[StudentId],
) -> Result<(Writes, Value), Refused> {
    let once: BTreeSet<StudentId> = students.iter().copied().collect();
    if once.is_empty() || students.len() > MOST {
        return Err(Refused::Input(format!("一次备案1至{MOST}名学生，现在是{}名", students.len())));
    }
    let within = scope(asked.actor, state)?;
    let mut looker = Looker::new(state, within.clone());
    let (mut writes, mut items, mut filed) = (Writes::new(), Vec::new(), 0);
    for id in once {
        let unknown = || Refused::NotFound(format!("没有学生 {id}，或者不在您的管辖范围"));
        let student = state.student(id)?.filter(|student| within.covers(&student.school)).ok_or_else(unknown)?;
        at_own_school(asked, &student.school, &[Post::Entry, Post::Review])?;
        let outcome = decide(state, asked, &mut looker, &student)?;
        let item = match outcome {
            Filing::Refused(finding) if students.len() == 1 => return Err((*finding).into()),
            Filing::Refused(finding) => json!({ "student": id, "filed": false, "refused": finding }),
            Filing::Already => json!({ "student": id, "filed": true, "already": true }),
            Filing::Filed => {
                filed += 1;
                writes.push(filed_record(asked, &student));
                json!({ "student": id, "filed": true, "status": Status::Enrolled })
            }
            Filing::Failed(fault, problems) => {
                let failure = FilingFailure { on: asked.now.day(), fault, reasons: reasons(&problems) };
                writes.push(failed_record(&student, failure));
                json!({ "student": id, "filed": false, "class": fault, "problems": problems })
            }
        };
        items.push(item);
    }
    let answer = json!({ "filed": filed, "total": items.len(), "items": items });
    Ok((writes, answer))
}

fn decide(
    state: &State<'_>,
    asked: &Asked<'_>,
    looker: &mut Looker<'_, '_>,
    student: &Student,
) -> Result<Filing, Refused> {
    let school =
        state.office(&student.school)?.ok_or_else(|| Refused::NotFound(format!("没有学校 {}", student.school)))?;
    let published = looker.published(&student.school, filing::cohort(student))?;
    let same = looker.same_number(Some(&student.id_no), Some(student.id))?;
    let major = state.major(&student.major)?;
    let limited = looker.unfileable(student)?;
    Ok(filing::file(
        student,
        &FilingFacts {
            today: asked.now.day(),
            school: &school,
            major: major.as_ref(),
            published: published.as_deref(),
            duplicate: duplicate_of(state, student)?,
            same_number: &same,
            limited: limited.as_ref(),
        },
    ))
}

/// The open duplicate this student is part of: his own, or that of somebody with the same number.
fn duplicate_of(state: &State<'_>, student: &Student) -> Result<Option<ApplicationId>, Refused> {
    let own = std::iter::once(student.id);
    let same = if student.id_no.is_empty() { Vec::new() } else { state.having_number(&student.id_no)? };
    let all = own.chain(same.into_iter().map(|other| other.id));
    let mut open = all.flat_map(|id| state.others(id, None));
    Ok(open.find(|(_, kind)| *kind == Kind::Duplicate).map(|(id, _)| id))
}

fn filed_record(asked: &Asked<'_>, student: &Student) -> Write {
    let mut filed = Student { revision: student.revision + 1, ..student.clone() };
    let on = asked.now.day();
    filed.status = Status::Enrolled;
    filed.status_since = on;
    filed.entry_facts.filed_on = Some(on);
    filed.history.push(StatusChange {
        from: Some(student.status),
        to: Status::Enrolled,
        on,
        application: None,
        article: "7".to_owned(),
    });
    Write { record: Record::Student(Box::new(filed)), based_on: student.revision }
}

fn failed_record(student: &Student, failure: FilingFailure) -> Write {
    let mut failed = Student { revision: student.revision + 1, ..student.clone() };
    let failures = &mut failed.entry_facts.failures;
    failures.push(failure);
    if failures.len() > KEPT_FAILURES {
        failures.remove(0);
    }
    Write { record: Record::Student(Box::new(failed)), based_on: student.revision }
}

/// What was wrong, in one text of bounded length.
fn reasons(problems: &[RowProblem]) -> String {
    let all: Vec<String> = problems.iter().map(|of| format!("{}：{}", of.column, of.message)).collect();
    all.join("；").chars().take(LONGEST_REASONS).collect()
}
