//! 中职段期满 (R2.3): the school records that the first three years of a longer programme are over. After it the file is
//! only read, and corrected where something in it is wrong.

use super::{Asked, Refused, State, Writes, scope};
use crate::law::{rules, stage};
use crate::model::{EndStage, Finding, Post, Record, Status, StatusChange, Student, Write};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Most students of one request.
const MOST: usize = 500;

/// Ends the stage of each; what is refused for one stops no other, a request for one alone is refused as such.
pub(super) fn end(state: &State<'_>, asked: &Asked<'_>, of: &EndStage) -> Result<(Writes, Value), Refused> {
    let once: BTreeSet<_> = of.students.iter().copied().collect();
    if once.is_empty() || of.students.len() > MOST {
        return Err(Refused::Input(format!("一次办理1至{MOST}名学生，现在是{}名", of.students.len())));
    }
    let within = scope(asked.actor, state)?;
    let (mut writes, mut items, mut ended) = (Writes::new(), Vec::new(), 0);
    for id in &once {
        let unknown = || Refused::NotFound(format!("没有学生 {id}，或者不在您的管辖范围"));
        let student = state.student(*id)?.filter(|student| within.covers(&student.school)).ok_or_else(unknown)?;
        let refused = not_mine(asked, &student)
            .or_else(|| stage::not_over(&student, asked.now.day()))
            .or_else(|| still_open(state, &student));
        match refused {
            Some(finding) if once.len() == 1 => return Err(finding.into()),
            Some(finding) => items.push(json!({ "student": id, "ended": false, "refused": finding })),
            None => {
                ended += 1;
                writes.push(record(asked, &student));
                items.push(json!({ "student": id, "ended": true, "status": Status::StageEnded }));
            }
        }
    }
    Ok((writes, json!({ "ended": ended, "total": items.len(), "items": items })))
}

fn not_mine(asked: &Asked<'_>, student: &Student) -> Option<Finding> {
    if asked.actor.office != student.school {
        let facts = [("school", student.school.to_string())];
        return Some(rules::R5_7.refuse("中职段期满由学生所在学校办理", "请由该校办理", &facts));
    }
    let holds = asked.actor.holds(Post::Entry) || asked.actor.holds(Post::Review);
    (!holds).then(|| rules::R4_1.refuse("这一步由录入岗或审核岗办理", "请由学校的录入岗或审核岗办理", &[]))
}

fn still_open(state: &State<'_>, student: &Student) -> Option<Finding> {
    let (id, kind) = state.others(student.id, None).into_iter().next()?;
    Some(rules::R13_7.refuse(
        format!("{}还有在办的{}（{id}）", student.name, kind.name()),
        "请先办结或撤销在办的业务",
        &[("application", id.to_string())],
    ))
}

fn record(asked: &Asked<'_>, student: &Student) -> Write {
    let on = asked.now.day();
    let mut after = Student { revision: student.revision + 1, ..student.clone() };
    (after.status, after.status_since) = (Status::StageEnded, on);
    after.history.push(StatusChange {
        from: Some(student.status),
        to: Status::StageEnded,
        on,
        application: None,
        article: "2".to_owned(),
    });
    Write { record: Record::Student(Box::new(after)), based_on: student.revision }
}
