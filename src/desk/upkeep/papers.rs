//! The paper file: the school writes down that there is one and where, and each comparison with the electronic file.

use super::{needed, not_ahead};
use crate::desk::{Asked, Refused, State, Writes, bounded, scope};
use crate::law::{rules, upkeep};
use crate::model::{CheckPaperFile, PaperCheck, PaperFile, Post, PutPaperFile, Record, Student, StudentId, Write};
use serde_json::{Value, json};

/// Comparisons that are kept, the newest.
const KEPT: usize = 50;

/// The student of the own school.
fn own(state: &State<'_>, asked: &Asked<'_>, id: StudentId) -> Result<Student, Refused> {
    let unknown = || Refused::NotFound(format!("没有学生 {id}，或者不在您的管辖范围"));
    let student = state.student(id)?.ok_or_else(unknown)?;
    if !scope(asked.actor, state)?.sees_student(&student) {
        return Err(unknown());
    }
    let facts = [("school", student.school.to_string()), ("office", asked.actor.office.to_string())];
    if asked.actor.office != student.school {
        let because = "纸质学籍档案由学生所在学校建立和核对，主管部门不能代办";
        return Err(rules::R5_7.refuse(because, "请由该校的录入岗登记", &facts).into());
    }
    if !asked.actor.holds(Post::Entry) && !asked.actor.holds(Post::Review) {
        let because = "纸质学籍档案由录入岗或审核岗登记，您没有这些岗位";
        return Err(rules::R4_1.refuse(because, "请由录入岗的同事登记", &facts).into());
    }
    Ok(student)
}

fn post(asked: &Asked<'_>) -> Post {
    if asked.actor.holds(Post::Entry) { Post::Entry } else { Post::Review }
}

fn put(student: &Student, paper: PaperFile) -> (Writes, Value) {
    let based_on = paper.revision;
    let paper = PaperFile { revision: based_on + 1, ..paper };
    let findings = upkeep::of_paper_file(student, Some(&paper));
    let answer = json!({ "student": student.id, "revision": paper.revision, "findings": findings });
    (vec![Write { record: Record::PaperFile(Box::new(paper)), based_on }], answer)
}

/// The school enters a paper file, or enters it anew; comparisons stay.
pub(in crate::desk) fn put_paper_file(
    state: &State<'_>,
    asked: &Asked<'_>,
    of: &PutPaperFile,
) -> Result<(Writes, Value), Refused> {
    let student = own(state, asked, of.student)?;
    let (number, place) = (needed("档案号", &of.number)?, needed("存放处", &of.place)?);
    not_ahead(asked, of.built_on)?;
    let known = state.paper_file(student.id)?;
    let (revision, checks) = known.map_or_else(|| (0, Vec::new()), |known| (known.revision, known.checks));
    let (by, at) = (asked.actor.sign(post(asked)), asked.now);
    let built_on = of.built_on;
    Ok(put(&student, PaperFile { student: student.id, revision, number, place, built_on, checks, by, at }))
}

/// The school has compared the two files.
pub(in crate::desk) fn check_paper_file(
    state: &State<'_>,
    asked: &Asked<'_>,
    of: &CheckPaperFile,
) -> Result<(Writes, Value), Refused> {
    let student = own(state, asked, of.student)?;
    not_ahead(asked, of.on)?;
    let difference = bounded("不一致之处", &of.difference)?;
    let Some(mut paper) = state.paper_file(student.id)? else {
        return Err(rules::R3_1
            .refuse(
                format!("{}没有登记纸质学籍档案，无从核对", student.name),
                "请先登记档案号和存放处",
                &[("student", student.id.to_string())],
            )
            .into());
    };
    if of.on < paper.built_on || paper.checks.last().is_some_and(|last| of.on < last.on) {
        return Err(Refused::Input(format!("核对日期 {} 早于建档或上一次核对的日期；请改正日期", of.on)));
    }
    paper.checks.push(PaperCheck { on: of.on, difference, by: asked.actor.sign(post(asked)), at: asked.now });
    if paper.checks.len() > KEPT {
        paper.checks.remove(0);
    }
    Ok(put(&student, paper))
}
