//! Schools that are no more (Art. 20): merged into another, whose files they become, or closed with a keeper of the
//! archive. Neither is a transfer.

use super::{Asked, Refused, State, Writes, bounded, scope};
use crate::law::rules;
use crate::model::{CloseSchool, Day, Level, MergeSchool, OfficeId, Post, Record, Student, Succession, Write};
use serde_json::{Value, json};

/// What was decided.
struct Decision<'a> {
    number: &'a str,
    on: Day,
}

/// Checks who records it, and that the school still stands.
fn recorded(
    state: &State<'_>,
    asked: &Asked<'_>,
    school: &OfficeId,
    keeper: &OfficeId,
    merged: bool,
    decision: &Decision<'_>,
) -> Result<Succession, Refused> {
    let rule = if merged { &rules::R20_4 } else { &rules::R20_5 };
    let known = state.office(school)?.is_some_and(|office| office.level == Level::School);
    if !known || asked.actor.office == *school || !scope(asked.actor, state)?.covers(school) {
        return Err(Refused::NotFound(format!("没有学校 {school}，或者不在您的管辖范围")));
    }
    let refuse = |because: String| {
        let facts = [("school", school.to_string()), ("keeper", keeper.to_string())];
        Err(rule.refuse(because, rule.remedy, &facts).into())
    };
    if !asked.actor.holds(Post::Reviewer) {
        return refuse("学校合并、撤销由主管部门复核岗登记，您没有这个岗位".to_owned());
    }
    let number = bounded("决定文号", decision.number)?;
    if number.is_empty() {
        return refuse("没有登记合并（撤销）决定的文号".to_owned());
    }
    if decision.on > asked.now.day() {
        return refuse(format!("决定日期 {} 还没有到", decision.on));
    }
    if let Some(gone) = state.succession(school)? {
        return refuse(format!("该校已于 {} {}", gone.on, if gone.merged { "合并" } else { "撤销" }));
    }
    match state.office(keeper)? {
        Some(office) if keeper != school && (!merged || office.level == Level::School) => {}
        _ => return refuse(format!("{keeper} 不能接收该校的学籍档案")),
    }
    if state.succession(keeper)?.is_some() {
        return refuse(format!("{keeper} 自身已合并或撤销"));
    }
    if let Some(id) = state.students_of(school).into_iter().find(|id| !state.others(*id, None).is_empty()) {
        return refuse(format!("该校还有在办业务（学生 {id}），办结或撤销后才能登记"));
    }
    Ok(Succession {
        school: school.clone(),
        revision: 1,
        merged,
        keeper: keeper.clone(),
        decision: number,
        on: decision.on,
        by: asked.actor.sign(Post::Reviewer),
        at: asked.now,
    })
}

/// A merger: every file goes over, graduates' too, and its history says nothing of a transfer.
pub(super) fn merge(state: &State<'_>, asked: &Asked<'_>, of: &MergeSchool) -> Result<(Writes, Value), Refused> {
    let (school, into) = (&of.school, &of.into);
    let decision = Decision { number: &of.decision, on: of.on };
    let succession = recorded(state, asked, school, into, true, &decision)?;
    let mut writes = Vec::new();
    for id in state.students_of(school) {
        let Some(student) = state.student(id)? else { continue };
        let based_on = student.revision;
        let after = Student { school: into.clone(), revision: based_on + 1, ..student };
        writes.push(Write { record: Record::Student(Box::new(after)), based_on });
    }
    let moved = writes.len();
    writes.push(Write { record: Record::Succession(succession), based_on: 0 });
    Ok((writes, json!({ "school": school, "into": into, "students": moved })))
}

/// A closure: the files stay where they are, and somebody answers for them.
pub(super) fn close(state: &State<'_>, asked: &Asked<'_>, of: &CloseSchool) -> Result<(Writes, Value), Refused> {
    let (school, custodian) = (&of.school, &of.custodian);
    let decision = Decision { number: &of.decision, on: of.on };
    let succession = recorded(state, asked, school, custodian, false, &decision)?;
    let answer = json!({ "school": school, "custodian": custodian });
    Ok((vec![Write { record: Record::Succession(succession), based_on: 0 }], answer))
}
