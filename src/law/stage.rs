//! 第二条: of 3+2 and five-year programmes only the first three years are this regulation's (中职段, R2.3).

use super::entry::dates;
use super::rules::R2_3;
use crate::model::{Day, Finding, Kind, Programme, Status, Student};
use chrono::Datelike;

/// Half years of the part that is this regulation's.
const STAGE: u8 = 6;

/// The month in which the first three years end, as its first day: what 休学 and 留级 put off is put off here, too.
/// None for an ordinary programme.
pub fn ends(student: &Student) -> Option<Day> {
    if !matches!(student.entry_facts.programme, Programme::ThreePlusTwo | Programme::FiveYears) {
        return None;
    }
    let (three, whole) =
        (dates::graduation(student.entry, STAGE)?, dates::graduation(student.entry, student.half_years)?);
    let months = |day: Day| day.year() * 12 + i32::try_from(day.month()).unwrap_or_default();
    let late = u32::try_from((months(student.planned_grad) - months(whole)).max(0)).unwrap_or_default();
    three.checked_add_months(chrono::Months::new(late))
}

/// Why the stage of a student cannot be ended today; none when it can.
pub fn not_over(student: &Student, today: Day) -> Option<Finding> {
    let facts = |more: (&'static str, String)| [("student", student.name.clone()), more];
    let Some(ends) = ends(student) else {
        return Some(R2_3.refuse(
            format!("{}不是3+2分段或五年一贯制学生，没有中职段期满", student.name),
            "请按毕业办理",
            &facts(("programme", "普通".to_owned())),
        ));
    };
    if student.status != Status::Enrolled {
        return Some(R2_3.refuse(
            format!("{}的学籍状态为“{}”，只有在读学生可以转为中职段期满", student.name, student.status.name()),
            "休学的先复学；其他状态请核对",
            &facts(("status", student.status.name().to_owned())),
        ));
    }
    (today < ends).then(|| {
        R2_3.refuse(
            format!("{}的中职段到 {} 才满三年", student.name, ends.format("%Y-%m")),
            "请到期后再办理；休学、留级的相应顺延",
            &facts(("ends", ends.to_string())),
        )
    })
}

/// The stage is over, whether somebody has recorded it or not: nothing is started any more but what puts the record
/// right.
pub(super) fn over(student: &Student, kind: Kind, today: Day) -> Option<Finding> {
    let curing = matches!(kind, Kind::Correction | Kind::Death | Kind::Duplicate);
    let ends = ends(student).filter(|ends| !curing && today >= *ends && student.status.is_live())?;
    Some(R2_3.refuse(
        format!("{}已满三年中职段管理期（{}），不再适用本规程", student.name, ends.format("%Y-%m")),
        "请按高等教育阶段的学籍规定办理；中职段记录由学校转为期满",
        &[("ends", ends.to_string())],
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn the_first_three_years_end_three_years_after_entry_and_later_by_what_was_put_off() {
        let json = serde_json::json!({
            "id": "S0000001", "revision": 1, "student_no": "G1", "name": "演练生", "sex": "M", "birth": "2010-01-01",
            "id_kind": "1", "id_no": "1", "ethnic": "汉族", "school": "3641000001", "campus": "", "class_name": "",
            "major": "610101", "study_form": "全日制", "half_years": 10, "entry": "2025-09-01",
            "planned_grad": "2030-07-01", "status": "在读", "status_since": "2025-09-01", "suspension": null,
            "compulsory_until": null, "history": [],
        });
        let mut student: Student = serde_json::from_value(json).unwrap();
        assert_eq!(ends(&student), None, "an ordinary programme has no stage");
        student.entry_facts.programme = Programme::ThreePlusTwo;
        assert_eq!(ends(&student), Some(day("2028-07-01")));
        student.planned_grad = day("2031-07-01");
        assert_eq!(ends(&student), Some(day("2029-07-01")), "a year repeated puts it off");
        assert!(not_over(&student, day("2029-06-30")).is_some());
        assert!(not_over(&student, day("2029-07-01")).is_none());
        student.status = Status::Suspended;
        assert_eq!(not_over(&student, day("2029-07-01")).unwrap().rule, "R2.3");
    }
}
