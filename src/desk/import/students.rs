//! A roster (学生名册) that is taken over when a store begins: each file with the status it has, and the beginning of its
//! timeline. Whoever is here already stays as he is: from the day a file is here its status changes only through an
//! application (R2.2).

use super::cells::{Column, Row, needed, optional};
use super::here::{Here, Seen, differences, has_ended};
use super::words::{Dates, day, document, half_years, month, name, sex, status, study_form};
use super::{Judged, State};
use crate::desk::{Asked, Refused, Scope, scope};
use crate::law::identity::{self, RESIDENT};
use crate::model::{
    Day, EntryFacts, Level, MajorCode, Office, OfficeId, Record, Severity, Sex, Status, Student, StudentId, Write,
};
use std::collections::HashMap;

/// The columns of a roster.
pub(super) const COLUMNS: &[Column] = &[
    needed("school_code", &["学校代码", "学校标识码"]),
    needed("student_no", &["学籍号"]),
    needed("name", &["姓名"]),
    needed("sex", &["性别"]),
    needed("birth_date", &["出生日期"]),
    needed("id_kind", &["身份证件类型"]),
    needed("id_no", &["身份证件号"]),
    needed("nation", &["民族"]),
    needed("entry_month", &["入学年月"]),
    optional("entry_kind", &["学生来源"]),
    needed("major_code", &["专业代码"]),
    optional("major_name", &["专业名称", "专业简称"]),
    needed("study_form", &["学习形式"]),
    needed("duration_years", &["学制"]),
    needed("planned_grad", &["预计毕业年月"]),
    optional("campus", &["校区"]),
    optional("class_name", &["班级名称"]),
    needed("status", &["学生当前状态", "学籍状态"]),
    optional("status_since", &["状态起始日期"]),
    optional("compulsory_until", &["义务教育截止日期"]),
    optional("registered_on", &["注册日期"]),
    optional("filed_on", &["备案日期"]),
];

/// Judges all rows; keeps what would be written only when it will be.
pub(super) fn judge<'a>(
    state: &State<'_>,
    asked: &Asked<'_>,
    school: Option<&OfficeId>,
    rows: impl Iterator<Item = Row<'a>> + Clone,
    keep: bool,
) -> Result<Judged, Refused> {
    let mut roster = Roster {
        state,
        today: asked.now.day(),
        scope: scope(asked.actor, state)?,
        given: school,
        schools: HashMap::new(),
        majors: HashMap::new(),
    };
    let here = Here::of(state, rows.clone());
    let mut seen = Seen::default();
    let mut judged = Judged::default();
    let mut next = state.next_student().0;
    for mut row in rows {
        let student = if row.is_empty() { None } else { roster.student(&mut row)? };
        if let Some(mut student) = student {
            seen.note(&mut row, &student);
            let known = roster.is_here(&here, &mut row, &student)?;
            if !row.is_rejected() && known {
                judged.unchanged += 1;
            } else if !row.is_rejected() {
                if !matches!(student.status, Status::Registered | Status::Enrolled)
                    && row.text("status_since").is_empty()
                {
                    let (now, word) = (roster.today, student.status.name());
                    let message = format!("没有写明自何日起{word}；按接收名册的日期 {now} 登记");
                    row.note("status", "status_since_unknown", Severity::Hint, message);
                }
                student.id = StudentId(next);
                next += 1;
                judged.written += 1;
                if keep {
                    judged.writes.push(Write { record: Record::Student(Box::new(student)), based_on: 0 });
                }
            }
        }
        judged.rows.push(row.report());
    }
    Ok(judged)
}

struct Roster<'s, 'a> {
    state: &'s State<'a>,
    today: Day,
    scope: Scope,
    given: Option<&'s OfficeId>,
    schools: HashMap<OfficeId, Option<Office>>,
    majors: HashMap<MajorCode, Option<String>>,
}

impl Roster<'_, '_> {
    /// The student a row describes; none when it describes none that could be taken in.
    fn student(&mut self, row: &mut Row<'_>) -> Result<Option<Student>, Refused> {
        let school = self.school(row)?;
        let student_no = self.number(row, "student_no");
        let name = name(row);
        let sex = row.parse_needed("sex", "not_in_code_set", "男或女", sex);
        let birth = self.past(row, "birth_date", true);
        let id_kind = row.parse_needed("id_kind", "not_in_code_set", "身份证件类型的名称或代码", document);
        let id_no = self.number(row, "id_no");
        if id_kind == Some(RESIDENT)
            && let Some(number) = &id_no
        {
            self.resident(row, number, birth, sex);
        }
        let ethnic = row.needed("nation").map(str::to_owned);
        let entry = row.parse_needed("entry_month", "date", "年月，如 202409", month);
        let major = self.major(row)?;
        let study_form = row.parse_needed("study_form", "not_in_code_set", "全日制或非全日制", study_form);
        let half_years = row.parse_needed("duration_years", "study_length", "年数，如 3", half_years);
        let planned_grad = row.parse_needed("planned_grad", "date", "年月，如 2027-07", month);
        let campus = row.text("campus").to_owned();
        if let Some(school) = &school {
            let filed = school.school.as_ref().map(|facts| facts.campuses.as_slice()).unwrap_or_default();
            if !campus.is_empty() && !filed.is_empty() && !filed.contains(&campus) {
                row.note("campus", "campus_unknown", Severity::Notice, format!("{}没有备案这个校区", school.name));
            }
        }
        let class_name = row.text("class_name").to_owned();
        let status = row.parse_needed("status", "not_in_code_set", "学籍状态，如 在读、休学、毕业", status);
        let compulsory_until = row.parse("compulsory_until", "date", "日期，如 2025-07-10", day);
        let registered = self.past(row, "registered_on", false);
        let filed = self.past(row, "filed_on", false);
        let since = self.past(row, "status_since", false);
        for (earlier, later, column) in [
            (birth, entry, "entry_month"),
            (entry, planned_grad, "planned_grad"),
            (registered, filed, "filed_on"),
            (entry, since, "status_since"),
        ] {
            if let (Some(earlier), Some(later)) = (earlier, later)
                && later < earlier
            {
                row.reject(column, "date_order", format!("早于 {earlier}，先后不合；请核对日期"));
            }
        }
        if entry.is_some_and(|entry| entry > self.today) {
            row.reject("entry_month", "date", format!("晚于今天（{}）；尚未入学的学生不在名册接收之列", self.today));
        }
        let dates = Dates { entry: entry.unwrap_or(self.today), registered, filed, since, today: self.today };
        let history = status.map(|status| dates.history(status)).unwrap_or_default();
        if row.is_rejected() {
            return Ok(None);
        }
        let whole = || {
            Some(Student {
                id: StudentId(0),
                revision: 1,
                student_no: student_no?,
                name: name?,
                sex: sex?,
                birth: birth?,
                id_kind: id_kind?.to_owned(),
                id_no: id_no?,
                ethnic: ethnic?,
                school: school?.id,
                campus,
                class_name,
                major: major?,
                study_form: study_form?,
                half_years: half_years?,
                entry: entry?,
                planned_grad: planned_grad?,
                status: status?,
                status_since: history.last()?.on,
                suspension: None,
                repeated: 0,
                compulsory_until,
                history,
                former: Vec::new(),
                joint: None,
                entry_facts: EntryFacts::default(),
            })
        };
        Ok(whole())
    }

    fn school(&mut self, row: &mut Row<'_>) -> Result<Option<Office>, Refused> {
        let written = row.text("school_code");
        let id = match (written.is_empty(), self.given) {
            (false, Some(given)) if given.as_str() != written => {
                row.reject("school_code", "school", format!("与 --school 指定的 {given} 不是同一所学校"));
                return Ok(None);
            }
            (false, _) => OfficeId::from(written),
            (true, Some(given)) => given.clone(),
            (true, None) => {
                row.reject(
                    "school_code",
                    "missing_required",
                    "没有写明学校代码；请在表中填写，整个文件只有一所学校的也可用命令行的 --school 指定",
                );
                return Ok(None);
            }
        };
        if !self.schools.contains_key(&id) {
            let school = self.state.office(&id)?.filter(|office| office.level == Level::School);
            self.schools.insert(id.clone(), school.filter(|school| self.scope.covers(&school.id)));
        }
        let school = self.schools.get(&id).cloned().flatten();
        if school.is_none() {
            let message = format!("没有学校 {id}，或者不在您的管辖范围；请先导入学校（xueji import schools）");
            row.reject_by("school_code", "school_unknown", "R4.1", message);
        }
        Ok(school)
    }

    fn major(&mut self, row: &mut Row<'_>) -> Result<Option<MajorCode>, Refused> {
        let code = row.parse_needed("major_code", "major_unknown", "专业代码，如 610202", |text| {
            let fits = text.len() <= 10 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
            fits.then(|| MajorCode::from(text))
        });
        let Some(code) = code else { return Ok(None) };
        if !self.majors.contains_key(&code) {
            self.majors.insert(code.clone(), self.state.major(&code)?.map(|major| major.name));
        }
        let named = row.text("major_name");
        match self.majors.get(&code).and_then(Option::as_deref) {
            None => {
                let message = "专业目录里没有这个代码；请核对，旧目录的专业请先导入专业（xueji import majors）";
                row.note("major_code", "major_unknown", Severity::Hint, message);
            }
            Some(known) if !named.is_empty() && named != known => {
                row.note("major_name", "major_name", Severity::Hint, format!("目录里这个代码是{known}；按代码登记"));
            }
            Some(_) => {}
        }
        Ok(Some(code))
    }

    /// A number of up to 32 letters and digits, half-width and without spaces.
    fn number(&self, row: &mut Row<'_>, name: &'static str) -> Option<String> {
        let text = row.needed(name)?;
        let number = identity::normalise(text);
        if number != text {
            row.normalise(name, &number);
        }
        // What a spreadsheet made of a document number is named as such later.
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || (name == "id_no" && b"()-/.+".contains(&byte));
        if number.len() > 32 || !number.bytes().all(fits) {
            row.reject(name, "number", "应为32个以内的字母和数字");
            return None;
        }
        Some(number)
    }

    fn resident(&self, row: &mut Row<'_>, number: &str, birth: Option<Day>, sex: Option<Sex>) {
        match identity::resident(number, self.today) {
            Err(fault) => row.reject("id_no", fault.code(), fault.message()),
            Ok(read) => {
                if let Some(birth) = birth.filter(|birth| *birth != read.birth) {
                    let message = format!("出生日期 {birth} 与身份证号中的 {} 不符；请按身份证核对", read.birth);
                    row.reject("birth_date", "birth_mismatch", message);
                }
                if sex.is_some_and(|sex| sex != read.sex) {
                    row.reject("sex", "sex_mismatch", "性别与身份证号第17位不符；请按身份证核对");
                }
            }
        }
    }

    /// A day that is not yet to come.
    fn past(&self, row: &mut Row<'_>, name: &'static str, needed: bool) -> Option<Day> {
        let wanted = "日期，如 2024-09-18 或 20240918";
        let read =
            if needed { row.parse_needed(name, "date", wanted, day) } else { row.parse(name, "date", wanted, day) };
        let day = read?;
        if day > self.today {
            row.reject(name, "date", format!("晚于今天（{}）；请核对日期", self.today));
            return None;
        }
        Some(day)
    }

    /// Whether the student is here already; the row says so. Another person's number is refused.
    fn is_here(&self, here: &Here, row: &mut Row<'_>, student: &Student) -> Result<bool, Refused> {
        let of_person = here.by_id_no.get(&student.id_no).map(Vec::as_slice).unwrap_or_default();
        if let Some(id) = here.by_student_no.get(&student.student_no)
            && let Some(stored) = self.state.student(*id)?
        {
            if stored.id_no != student.id_no || !self.scope.covers(&stored.school) {
                let message = "这个学籍号已由本库的另一份学籍使用；请在全国系统核对学籍号";
                row.reject("student_no", "student_no_taken", message);
                return Ok(false);
            }
            let differing = differences(&stored, student);
            if differing.is_empty() {
                row.note("student_no", "already_here", Severity::Hint, format!("学生 {id} 已在库中，没有改动"));
            } else {
                let message = format!(
                    "学生 {id} 已在库中，没有改动；文件与库中的{}不同。需要改的，请由学校发起相应业务",
                    differing.join("、")
                );
                row.note("student_no", "already_here_differs", Severity::Notice, message);
            }
            return Ok(true);
        }
        for id in of_person {
            let Some(stored) = self.state.student(*id)? else { continue };
            if stored.id_kind == student.id_kind && !has_ended(stored.status) && !has_ended(student.status) {
                let at = if self.scope.covers(&stored.school) {
                    format!("（学生 {id}，学校 {}）", stored.school)
                } else {
                    String::new()
                };
                let message = format!("这个证件号在本库已有学籍{at}；请先完成学籍查重");
                row.reject_by("id_no", "id_already_registered", "R8.5", message);
                break;
            }
        }
        Ok(false)
    }
}
