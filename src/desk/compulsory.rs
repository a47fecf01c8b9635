//! The end of compulsory education (Art. 12¶2): the school writes it down, and what held until then holds no longer. No
//! office decides, and the file goes on as it is.

use super::{Asked, Refused, State, Writes, bounded, scope};
use crate::law::{compulsory, rules};
use crate::model::{CompleteCompulsory, CompulsoryDone, Post, Record, StatusChange, Student, Write};
use serde_json::{Value, json};

/// Writes it down.
pub(super) fn complete(
    state: &State<'_>,
    asked: &Asked<'_>,
    of: &CompleteCompulsory,
) -> Result<(Writes, Value), Refused> {
    let unknown = || Refused::NotFound(format!("没有学生 {}，或者不在您的管辖范围", of.student));
    let student = state.student(of.student)?.ok_or_else(unknown)?;
    if !scope(asked.actor, state)?.sees_student(&student) {
        return Err(unknown());
    }
    let facts = [("school", student.school.to_string()), ("office", asked.actor.office.to_string())];
    if asked.actor.office != student.school {
        let because = "完成义务教育由学生所在学校登记，主管部门不能代办";
        return Err(rules::R5_7.refuse(because, "请由该校的录入岗登记", &facts).into());
    }
    if !asked.actor.holds(Post::Entry) && !asked.actor.holds(Post::Review) {
        let because = "完成义务教育由录入岗或审核岗登记，您没有这些岗位";
        return Err(rules::R4_1.refuse(because, "请由录入岗的同事登记", &facts).into());
    }
    let document = bounded("证书编号", &of.document)?;
    let known = state.compulsory_done(student.id)?;
    if let Some(why) = compulsory::why_not(&student, known.as_ref(), (of.on, &document), asked.now.day()) {
        return Err(why.into());
    }
    if student.revision != of.revision {
        return Err(Refused::Input(format!("{}的记录已有改动，请重新取回再登记", student.name)));
    }
    let post = if asked.actor.holds(Post::Entry) { Post::Entry } else { Post::Review };
    let done = CompulsoryDone {
        student: student.id,
        revision: 1,
        on: of.on,
        document,
        until: student.compulsory_until,
        by: asked.actor.sign(post),
        at: asked.now,
    };
    let answer = json!({ "student": student.id, "revision": student.revision + 1, "completed_on": of.on });
    let record = Write { record: Record::CompulsoryDone(Box::new(done)), based_on: 0 };
    Ok((vec![record, over(&student, of)], answer))
}

/// The file from then on: the day it was completed stands for the day it was to last, with a line of the timeline.
fn over(student: &Student, of: &CompleteCompulsory) -> Write {
    let mut after = Student { revision: student.revision + 1, ..student.clone() };
    after.compulsory_until = Some(of.on);
    after.history.push(StatusChange {
        from: Some(student.status),
        to: student.status,
        on: of.on,
        application: None,
        article: "12".to_owned(),
    });
    Write { record: Record::Student(Box::new(after)), based_on: student.revision }
}
