//! New students: what is wrong so far, registering one, correcting one, filing. All three ways in (form, grid, import)
//! come through [`check`] or `Looker`, and so through the one function of the law.

mod filing;
mod look;
mod save;
mod todo;

pub(super) use filing::submit;
pub(super) use look::{Looker, new_students, tables};
pub(super) use save::{amend, save};
pub use todo::{JuniorFiling, StageOver, Todo, TodoRow, todo};

use super::{Asked, Refused, State, scope};
use crate::law::entry::fields::{self, FIELDS};
use crate::law::entry::{Cells, Checked, Reading, record};
use crate::law::rules;
use crate::model::{Level, Office, OfficeId, Post, Status, Student, StudentId};
use std::collections::BTreeMap;

/// Cells of a request, by header or by the field's name for programs.
pub type NamedCells = BTreeMap<String, String>;

/// What is wrong with a new student of a school so far. With `student` it is a correction of one who is registered.
pub fn check(
    state: &State<'_>,
    asked: &Asked<'_>,
    school: Option<&OfficeId>,
    student: Option<StudentId>,
    cells: &NamedCells,
) -> Result<Checked, Refused> {
    let stored = match student {
        Some(id) => Some(registered(state, asked, id)?),
        None => None,
    };
    let school = match &stored {
        Some(stored) => school_of(state, asked, Some(&stored.school))?,
        None => school_of(state, asked, school)?,
    };
    judged(state, asked, &school, stored.as_ref(), cells)
}

/// The cells of a student of the own school who is registered and not filed, by the fields' names for programs. They hold
/// the document number whole: whoever typed it in has to be able to put it right.
pub fn load(
    state: &State<'_>,
    asked: &Asked<'_>,
    student: StudentId,
) -> Result<(Student, BTreeMap<String, String>), Refused> {
    let stored = registered(state, asked, student)?;
    at_own_school(asked, &stored.school, &[Post::Entry, Post::Review])?;
    let major = state.major(&stored.major)?.map(|major| major.name).unwrap_or_default();
    let texts = record::texts(&stored, &major);
    let named = FIELDS.iter().zip(texts).filter(|(_, text)| !text.is_empty());
    let cells = named.map(|(row, text)| (row.id.to_owned(), text)).collect();
    Ok((stored, cells))
}

fn judged(
    state: &State<'_>,
    asked: &Asked<'_>,
    school: &Office,
    stored: Option<&Student>,
    cells: &NamedCells,
) -> Result<Checked, Refused> {
    let mut texts = match stored {
        Some(stored) => {
            let major = state.major(&stored.major)?.map(|major| major.name).unwrap_or_default();
            record::texts(stored, &major)
        }
        None => std::array::from_fn(|_| String::new()),
    };
    let mut unknown = Vec::new();
    for (name, text) in cells {
        match fields::index_of(name) {
            Some(index) => texts[index].clone_from(text),
            None => unknown.push(name.as_str()),
        }
    }
    if !unknown.is_empty() {
        let message = format!("没有这些栏目：{}；栏目名见 entry.fields", unknown.join("、"));
        return Err(Refused::Input(message));
    }
    let borrowed: [&str; fields::COUNT] = std::array::from_fn(|index| texts[index].as_str());
    let reading = Reading::of(Cells(borrowed), tables()?, asked.now.day());
    let mut looker = Looker::new(state, scope(asked.actor, state)?);
    looker.judge(reading, school, asked.now.day(), stored.map(|stored| stored.id))
}

/// The school that registers: the actor's own, or the one that is named when it lies within the scope.
fn school_of(state: &State<'_>, asked: &Asked<'_>, named: Option<&OfficeId>) -> Result<Office, Refused> {
    let id = named.unwrap_or(&asked.actor.office);
    let unknown = || Refused::NotFound(format!("没有学校 {id}，或者不在您的管辖范围；请用 school 指明学校"));
    let office = state.office(id)?.filter(|office| office.level == Level::School).ok_or_else(unknown)?;
    if !scope(asked.actor, state)?.covers(&office.id) {
        return Err(unknown());
    }
    Ok(office)
}

/// Registration, correction and filing are the school's own acts (R5.7).
fn at_own_school(asked: &Asked<'_>, school: &OfficeId, posts: &[Post]) -> Result<(), Refused> {
    if asked.actor.office != *school {
        return Err(rules::R5_7
            .refuse(
                "新生的注册和备案由学校自己办理，主管部门不能代办",
                "请由该校的录入岗办理",
                &[("school", school.to_string()), ("office", asked.actor.office.to_string())],
            )
            .into());
    }
    if posts.iter().any(|post| asked.actor.holds(*post)) {
        return Ok(());
    }
    let needed: Vec<&str> = posts.iter().map(|post| post.name()).collect();
    let needed = needed.join("或");
    Err(rules::R4_1
        .refuse(format!("这一步由{needed}岗办理"), format!("请由{needed}岗的同事办理"), &[("needed", needed.clone())])
        .into())
}

/// A student who is registered and not filed yet, within the scope.
fn registered(state: &State<'_>, asked: &Asked<'_>, id: StudentId) -> Result<Student, Refused> {
    let unknown = || Refused::NotFound(format!("没有学生 {id}，或者不在您的管辖范围"));
    let student = state.student(id)?.ok_or_else(unknown)?;
    if !scope(asked.actor, state)?.covers(&student.school) {
        return Err(unknown());
    }
    if student.status != Status::Registered {
        return Err(rules::R2_2
            .refuse(
                format!("{}的学籍状态为“{}”，不再按新生更正", student.name, student.status.name()),
                "备案以后的更正，请由学校发起信息变更等业务",
                &[("status", student.status.name().to_owned())],
            )
            .into());
    }
    Ok(student)
}

/// What blocks, as one refusal: by its rule where one is named, else as errors of the input, all of them.
fn refused(checked: &Checked) -> Refused {
    use crate::model::Severity;
    let blocks = checked.problems.iter().filter(|problem| problem.severity == Severity::Block);
    let all: Vec<String> = blocks.clone().map(|of| format!("{}：{}", of.column, of.message)).collect();
    let by_rule = blocks.clone().find_map(|of| Some((of, rules::find(of.rule.as_deref()?)?)));
    match by_rule {
        Some((of, rule)) => {
            let facts = [
                ("field", of.column.to_string()),
                ("kind", of.kind.to_string()),
                ("value", crate::model::masked_cell(&of.column, &of.value)),
                ("problems", all.len().to_string()),
            ];
            let mut because = format!("{}：{}", of.column, of.message);
            if all.len() > 1 {
                because += &format!("（共{}处不符，entry.check 逐项列出）", all.len());
            }
            rule.refuse(because, rule.remedy.trim_end_matches('。'), &facts).into()
        }
        None => Refused::Input(all.join("；")),
    }
}

/// Regions by the beginning of a code or by part of the name: code and name.
pub fn regions_like(text: &str, count: usize) -> Result<Vec<(String, String)>, Refused> {
    Ok(tables()?.regions.find(text, count))
}

/// The fields, for forms and scripts.
pub fn fields() -> &'static [fields::FieldRow] {
    &FIELDS
}

/// The values of a coded field, code and word.
pub fn values(set: &str) -> Result<Vec<(String, String)>, Refused> {
    Ok(tables()?.codes.values(set).iter().map(|value| (value.code.clone(), value.name.clone())).collect())
}
