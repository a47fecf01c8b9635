//! Absences with their leave, and inspections: facts that FM3 and FM4 rest on. The school enters its own absences; what
//! an authority has entered only an authority changes.

use crate::desk::{Asked, Refused, State, Writes, bounded};
use crate::law::rules::{FM4_2, R4_1};
use crate::model::{
    Absence, AbsenceEntry, Attendance, Check, Day, Level, Office, OfficeId, Post, Record, Seen, Student, StudentId,
    Write,
};
use serde_json::{Value, json};

/// Most absences or inspections of one student.
const MOST_LINES: usize = 200;
/// Most students of one inspection's list.
const MOST_SEEN: usize = 500;

fn student_of(state: &State<'_>, asked: &Asked<'_>, id: StudentId) -> Result<(Student, Office), Refused> {
    let unknown = || Refused::NotFound(format!("没有学生 {id}，或者不在您的管辖范围"));
    let student = state.student(id)?.ok_or_else(unknown)?;
    let school = super::school(state, asked, &student.school).map_err(|_| unknown())?;
    Ok((student, school))
}

/// The post in which the asker enters facts about this school: 录入 of the school, 经办 of an authority above it.
fn entering(asked: &Asked<'_>, school: &Office) -> Result<Post, Refused> {
    let post = if asked.actor.office == school.id { Post::Entry } else { Post::Handler };
    if asked.actor.holds(post) {
        return Ok(post);
    }
    let because = format!("离校和检查情况由{}岗登记，您没有这个岗位", post.name());
    Err(R4_1.refuse(because, format!("请由{}岗的同事登记", post.name()), &[("needed", post.name().to_owned())]).into())
}

/// Puts one absence; the same day of leaving names the same absence.
pub(in crate::desk) fn absence(
    state: &State<'_>,
    asked: &Asked<'_>,
    of: &AbsenceEntry,
) -> Result<(Writes, Value), Refused> {
    let AbsenceEntry { student: id, left, returned, leave, document } = of;
    let (id, left, returned) = (*id, *left, *returned);
    let (student, school) = student_of(state, asked, id)?;
    let post = entering(asked, &school)?;
    let today = asked.now.day();
    if left > today || left < student.entry || returned.is_some_and(|day| day <= left || day > today) {
        return Err(Refused::Input(format!(
            "离校日须在入学（{}）之后、今天（{today}）或以前；返校日须在离校日之后、今天或以前",
            student.entry
        )));
    }
    if leave.len() > 20 || leave.iter().any(|period| period.from > period.until || period.until < left) {
        return Err(Refused::Input("请假起止颠倒，或者在离校之前就结束；最多20段".to_owned()));
    }
    let document = bounded("依据", document)?;
    if document.is_empty() {
        return Err(Refused::Input("请写明依据：考勤记录、假条或检查记录".to_owned()));
    }
    let mut of = state.attendance(id)?.unwrap_or_else(|| Attendance::new(id));
    let same = |absence: &Absence| absence.left == left && absence.school == school.id;
    if let Some(known) = of.absences.iter().find(|absence| same(absence))
        && known.by.office != school.id
        && post == Post::Entry
    {
        let facts = [("by", known.by.office.to_string()), ("left", left.to_string())];
        let because = format!("{left} 离校是{}（{}）登记的，学校不能改", known.by.name, known.by.office);
        return Err(R4_1.refuse(because, "学生已返校或有假条的，请把材料交登记的部门改正", &facts).into());
    }
    of.absences.retain(|absence| !same(absence));
    let (by, at) = (asked.actor.sign(post), asked.now);
    of.absences.push(Absence { school: school.id, left, returned, leave: leave.clone(), document, by, at });
    of.absences.sort_by_key(|absence| absence.left);
    put(of)
}

fn put(of: Attendance) -> Result<(Writes, Value), Refused> {
    if of.absences.len().max(of.checks.len()) > MOST_LINES {
        return Err(Refused::Input(format!("{} 的离校和检查记录已达{MOST_LINES}条", of.student)));
    }
    let based_on = of.revision;
    let of = Attendance { revision: based_on + 1, ..of };
    let answer = json!({ "student": of.student, "absences": of.absences.len(), "checks": of.checks.len() });
    Ok((vec![Write { record: Record::Attendance(Box::new(of)), based_on }], answer))
}

/// Puts what an inspection of the school found.
pub(in crate::desk) fn inspection(
    state: &State<'_>,
    asked: &Asked<'_>,
    id: &OfficeId,
    on: Day,
    document: &str,
    seen: &[Seen],
) -> Result<(Writes, Value), Refused> {
    let school = super::school(state, asked, id)?;
    let office = state.office(&asked.actor.office)?;
    if office.is_none_or(|office| office.level == Level::School) {
        let because = "检查由上级学籍主管部门进行，学校不能登记对自己的检查".to_owned();
        return Err(FM4_2.refuse(because, "学生离校请登记离校和请假", &[("school", id.to_string())]).into());
    }
    entering(asked, &school)?;
    let document = bounded("检查记录", document)?;
    if on > asked.now.day() || document.is_empty() || seen.is_empty() || seen.len() > MOST_SEEN {
        return Err(Refused::Input(format!("检查日不能晚于今天，须写明检查记录的编号，列出1至{MOST_SEEN}名学生")));
    }
    let mut writes = Vec::new();
    for line in seen {
        let student = state.student(line.student)?.filter(|student| student.school == *id);
        let Some(student) = student else {
            return Err(Refused::NotFound(format!("{}没有学生 {}；检查没有登记", school.name, line.student)));
        };
        let mut of = state.attendance(student.id)?.unwrap_or_else(|| Attendance::new(student.id));
        if writes.iter().any(|write: &Write| write.record.key() == Record::Attendance(Box::new(of.clone())).key()) {
            return Err(Refused::Input(format!("学生 {} 列了两次", line.student)));
        }
        // The same office's word of the same day is corrected, not added.
        of.checks.retain(|check| !(check.on == on && check.by.office == asked.actor.office && check.school == *id));
        let (by, at) = (asked.actor.sign(Post::Handler), asked.now);
        of.checks.push(Check { school: id.clone(), on, found: line.found, document: document.clone(), by, at });
        of.checks.sort_by_key(|check| check.on);
        writes.extend(put(of)?.0);
    }
    let answer = json!({ "school": id, "on": on, "students": writes.len() });
    Ok((writes, answer))
}
