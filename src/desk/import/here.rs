//! Who is here already, and who stands in a file twice.

use super::State;
use super::cells::Row;
use crate::law::identity::normalise;
use crate::model::{Status, Student, StudentId};
use std::collections::{HashMap, HashSet};

/// Students here who share a number with somebody in the file.
#[derive(Default)]
pub(super) struct Here {
    pub(super) by_student_no: HashMap<String, StudentId>,
    pub(super) by_id_no: HashMap<String, Vec<StudentId>>,
}

impl Here {
    /// Looked for ahead of judging, by the numbers as the file will be read: so rows need not be kept.
    pub(super) fn of<'a>(state: &State<'_>, rows: impl Iterator<Item = Row<'a>>) -> Self {
        let (mut numbers, mut documents) = (HashSet::new(), HashSet::new());
        for row in rows {
            numbers.insert(normalise(row.raw("student_no")));
            documents.insert(normalise(row.raw("id_no")));
        }
        let mut here = Here::default();
        state.each_student_number(&mut |id, student_no, id_no| {
            if numbers.contains(student_no) {
                here.by_student_no.insert(student_no.to_owned(), id);
            }
            if documents.contains(id_no) {
                here.by_id_no.entry(id_no.to_owned()).or_default().push(id);
            }
        });
        here
    }
}

/// Numbers of the rows before.
#[derive(Default)]
pub(super) struct Seen {
    student_nos: HashSet<String>,
    id_nos: HashMap<(String, String), bool>,
}

impl Seen {
    /// Notes a row's numbers; refuses it when a row before had them.
    pub(super) fn note(&mut self, row: &mut Row<'_>, student: &Student) {
        if !self.student_nos.insert(student.student_no.clone()) {
            row.reject("student_no", "duplicate_in_file", "文件中另有一行是同一学籍号；请删去一行");
        }
        // One person may have ended files beside the one that lives.
        let lives = !has_ended(student.status);
        let document = (student.id_kind.clone(), student.id_no.clone());
        let before = self.id_nos.entry(document).or_default();
        if *before && lives {
            row.reject("id_no", "id_duplicate_in_file", "文件中另有一行是同一证件号；请核对，重复的学籍先完成查重");
        }
        *before |= lives;
    }
}

pub(super) fn has_ended(status: Status) -> bool {
    !matches!(status, Status::Registered | Status::Enrolled | Status::Suspended)
}

/// In what a file that is here differs from its row.
pub(super) fn differences(stored: &Student, row: &Student) -> Vec<&'static str> {
    let all = [
        ("姓名", stored.name == row.name),
        ("性别", stored.sex == row.sex),
        ("出生日期", stored.birth == row.birth),
        ("证件类型", stored.id_kind == row.id_kind),
        ("民族", stored.ethnic == row.ethnic),
        ("学校", stored.school == row.school),
        ("校区", stored.campus == row.campus),
        ("班级", stored.class_name == row.class_name),
        ("专业", stored.major == row.major),
        ("学习形式", stored.study_form == row.study_form),
        ("学制", stored.half_years == row.half_years),
        ("入学年月", stored.entry == row.entry),
        ("预计毕业", stored.planned_grad == row.planned_grad),
        ("学籍状态", stored.status == row.status),
        ("义务教育截止日期", stored.compulsory_until == row.compulsory_until),
    ];
    all.into_iter().filter(|(_, same)| !same).map(|(what, _)| what).collect()
}
