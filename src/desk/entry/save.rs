//! Registering a new student (注册, Art. 6¶1), and correcting one who is not filed yet.

use super::{NamedCells, at_own_school, judged, refused, registered, school_of};
use crate::desk::{Asked, Refused, State, Writes};
use crate::law::entry::filing;
use crate::law::rules;
use crate::model::{EntryFacts, OfficeId, Post, Record, Severity, Student, StudentId, Write};
use serde_json::{Value, json};

/// Registers: the record begins, 已注册未备案.
pub(in crate::desk) fn save(
    state: &State<'_>,
    asked: &Asked<'_>,
    school: Option<&OfficeId>,
    cells: &NamedCells,
) -> Result<(Writes, Value), Refused> {
    let school = school_of(state, asked, school)?;
    at_own_school(asked, &school.id, &[Post::Entry])?;
    let checked = judged(state, asked, &school, None, cells)?;
    let Some(student) = &checked.student else { return Err(refused(&checked)) };
    let student = Student { id: state.next_student(), ..Student::clone(student) };
    let notices: Vec<_> = checked.problems.iter().filter(|of| of.severity == Severity::Notice).collect();
    let answer = json!({
        "student": student.id, "revision": student.revision, "student_no": crate::model::masked_cell("学籍号", &student.student_no),
        "status": student.status, "planned_grad": student.planned_grad, "due": checked.due, "notices": notices,
        "filing_until": crate::law::entry::dates::filing_closes(filing::cohort(&student)),
    });
    Ok((vec![Write { record: Record::Student(Box::new(student)), based_on: 0 }], answer))
}

/// Corrects what the module or the school found wrong, as often as it takes, until the filing closes (R7.3).
pub(in crate::desk) fn amend(
    state: &State<'_>,
    asked: &Asked<'_>,
    id: StudentId,
    revision: u64,
    cells: &NamedCells,
) -> Result<(Writes, Value), Refused> {
    let stored = registered(state, asked, id)?;
    at_own_school(asked, &stored.school, &[Post::Entry])?;
    if stored.revision != revision {
        return Err(Refused::Input(format!(
            "学生 {id} 现为第{}版，您改的是第{revision}版，没有改动；请重新取出再改",
            stored.revision
        )));
    }
    if let Some(closed) = filing::closed(&stored, asked.now.day()) {
        return Err(closed.into());
    }
    let school = school_of(state, asked, Some(&stored.school))?;
    let checked = judged(state, asked, &school, Some(&stored), cells)?;
    let Some(student) = &checked.student else { return Err(refused(&checked)) };
    let mut student = Student {
        id,
        revision: stored.revision + 1,
        status: stored.status,
        status_since: stored.status_since,
        history: stored.history.clone(),
        suspension: stored.suspension,
        repeated: stored.repeated,
        compulsory_until: stored.compulsory_until,
        former: stored.former.clone(),
        joint: stored.joint.clone(),
        ..Student::clone(student)
    };
    student.entry_facts = EntryFacts {
        registered_on: stored.entry_facts.registered_on,
        failures: stored.entry_facts.failures.clone(),
        ..student.entry_facts
    };
    // The length was judged anew with the facts it rests on (R10.8): a change of it is said.
    let moved =
        (stored.half_years, &stored.entry_facts.length_rule) != (student.half_years, &student.entry_facts.length_rule);
    let study = moved.then(|| {
        rules::R10_8.finding(
            "学制或其依据随更正改变，预计毕业时间已重新计算",
            "请核对学制和预计毕业时间",
            &[("planned_grad", student.planned_grad.to_string())],
        )
    });
    let answer = json!({ "student": id, "revision": student.revision, "study": study });
    Ok((vec![Write { record: Record::Student(Box::new(student)), based_on: stored.revision }], answer))
}
