//! Problems of the province's check of a semester: entered by the province while the check goes on, cleared by their
//! owners. Clearing says how it was done and changes no file: what is to be changed goes its ordinary way, and a filing
//! that is closed stays closed (R6.7).

use super::needed;
use crate::desk::{Asked, Refused, State, Writes, scope};
use crate::law::{rules, upkeep};
use crate::model::{ClearProblem, Level, Office, OfficeId, OpenProblem, Post, Problem, Record, SemesterCheck, Write};
use serde_json::{Value, json};

/// Most problems of a school and semester.
const MOST: usize = 1000;

fn school_of(state: &State<'_>, asked: &Asked<'_>, id: &OfficeId) -> Result<Office, Refused> {
    let known = state.office(id)?.filter(|office| office.level == Level::School);
    let covered = scope(asked.actor, state)?.covers(id);
    known.filter(|_| covered).ok_or_else(|| Refused::NotFound(format!("没有学校 {id}，或者不在您的管辖范围")))
}

fn put(check: SemesterCheck, number: usize) -> (Writes, Value) {
    let based_on = check.revision;
    let check = SemesterCheck { revision: based_on + 1, ..check };
    let open = check.problems.iter().filter(|problem| problem.cleared.is_none()).count();
    let answer = json!({
        "school": check.school, "year": check.year, "season": check.season, "number": number, "open": open,
    });
    (vec![Write { record: Record::SemesterCheck(Box::new(check)), based_on }], answer)
}

/// The province enters a problem.
pub(in crate::desk) fn open_problem(
    state: &State<'_>,
    asked: &Asked<'_>,
    of: &OpenProblem,
) -> Result<(Writes, Value), Refused> {
    let school = school_of(state, asked, &of.school)?;
    let own = state.office(&asked.actor.office)?;
    let own = own.ok_or_else(|| Refused::NotFound(format!("没有机构 {}", asked.actor.office)))?;
    let today = asked.now.day();
    if let Some(why) = upkeep::why_not_open(&own, today, state.calendar()) {
        return Err(why.into());
    }
    let Some((year, season)) = upkeep::check_of(today, state.calendar()) else { return Ok((Vec::new(), Value::Null)) };
    if !asked.actor.holds(Post::Handler) {
        let facts = [("needed", Post::Handler.name().to_owned())];
        return Err(rules::R4_1.refuse("核查问题由经办岗登记，您没有这个岗位", "请由经办岗登记", &facts).into());
    }
    if let Some(id) = of.student
        && state.student(id)?.is_none_or(|student| student.school != school.id)
    {
        return Err(Refused::NotFound(format!("{}没有学生 {id}", school.name)));
    }
    let above = crate::desk::alerts::entitled(state, &school, None)?;
    if of.owner != school.id && !above.contains(&of.owner) {
        let message = format!("{} 不是{}，也不是其主管部门或上级；请核对负责清理的机构", of.owner, school.name);
        return Err(Refused::Input(message));
    }
    let text = needed("问题", &of.text)?;
    let blank = || SemesterCheck { school: school.id.clone(), year, season, revision: 0, problems: Vec::new() };
    let mut check = state.semester_check(&school.id, year, season)?.unwrap_or_else(blank);
    if check.problems.len() >= MOST {
        return Err(Refused::Input(format!("{}本次核查的问题已达{MOST}项", school.name)));
    }
    let (by, at) = (asked.actor.sign(Post::Handler), asked.now);
    check.problems.push(Problem { student: of.student, text, owner: of.owner.clone(), by, at, cleared: None });
    let number = check.problems.len();
    Ok(put(check, number))
}

/// The owner says how a problem was cleared.
pub(in crate::desk) fn clear_problem(
    state: &State<'_>,
    asked: &Asked<'_>,
    of: &ClearProblem,
) -> Result<(Writes, Value), Refused> {
    let school = school_of(state, asked, &of.school)?;
    let unknown =
        || Refused::NotFound(format!("{}{}年{}核查没有第{}项问题", school.name, of.year, of.season.name(), of.number));
    let mut check = state.semester_check(&school.id, of.year, of.season)?.ok_or_else(unknown)?;
    let at = usize::try_from(of.number).ok().and_then(|number| number.checked_sub(1)).ok_or_else(unknown)?;
    let problem = check.problems.get_mut(at).ok_or_else(unknown)?;
    if problem.owner != asked.actor.office {
        return Err(rules::R16_5
            .refuse(
                format!("第{}项问题由 {} 负责清理", of.number, problem.owner),
                "请由该机构登记处理结果",
                &[("owner", problem.owner.to_string())],
            )
            .into());
    }
    let post = if asked.actor.office == school.id { Post::Entry } else { Post::Handler };
    if !asked.actor.holds(post) {
        let because = format!("处理结果由{}岗登记，您没有这个岗位", post.name());
        let facts = [("needed", post.name().to_owned())];
        return Err(rules::R4_1.refuse(because, "请由该岗人员登记", &facts).into());
    }
    if let Some((on, ..)) = &problem.cleared {
        return Err(Refused::Input(format!("第{}项问题已于 {on} 清理", of.number)));
    }
    let text = needed("处理结果", &of.text)?;
    problem.cleared = Some((asked.now.day(), text, asked.actor.sign(post), asked.now));
    Ok(put(check, at + 1))
}
