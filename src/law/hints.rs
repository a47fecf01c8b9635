//! What other rules than this regulation say of transfers: shown with its source, never in the way (R1.2, reading
//! AMB-38).

use super::calendar::Calendar;
use super::case::Case;
use super::new_major::graduating_from;
use super::rules;
use crate::model::{Day, Finding, Season, Severity, Status};
use chrono::Datelike;

/// Where these conditions are said to stand; the text itself was not consulted.
const SOURCE: &str = "本规程没有这项限制；教育部《中等职业学校学生学籍管理办法》另有要求";

/// The hints on a transfer: while 休学, in the first semester, in the graduating year.
pub(super) fn of_transfer(case: &Case<'_>, today: Day) -> Vec<Finding> {
    let student = case.student;
    let hint = |what: &str, severity: Severity, said: String, remedy: &str| {
        rules::R1_2.finding_as(
            severity,
            format!("{said}；{SOURCE}"),
            format!("{remedy}；此提示不影响办理"),
            &[("hint", what.to_owned())],
        )
    };
    let mut found = Vec::new();
    if student.status == Status::Suspended {
        found.push(hint(
            "suspended",
            Severity::Notice,
            format!("{}正在休学", student.name),
            "请双方学校确认学生复学安排",
        ));
    }
    let until = second_semester(student.entry, case.calendar);
    if today < until {
        let said = format!("{} {} 入学，{until} 以前还在第一学期", student.name, student.entry);
        found.push(hint("first-semester", Severity::Hint, said, "请学校确认转学的原因"));
    }
    if today >= graduating_from(student.planned_grad, case.calendar) {
        let said = format!("{}预计 {} 毕业，已在毕业年级", student.name, student.planned_grad.format("%Y-%m"));
        found.push(hint("graduating", Severity::Hint, said, "请双方学校确认能按时毕业"));
    }
    found
}

/// When the second semester begins: the next spring's for who entered in autumn, the autumn's for who entered in spring.
fn second_semester(entry: Day, calendar: &Calendar) -> Day {
    let (year, season) = match entry.month() {
        8..=12 => (entry.year() + 1, Season::Spring),
        // A late autumn entrant: January still belongs to it.
        1 => (entry.year(), Season::Spring),
        _ => (entry.year(), Season::Autumn),
    };
    calendar.semester_start(year, season).0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CalendarDay, CalendarKind};

    #[test]
    fn the_second_semester_follows_the_season_of_entry() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let line = CalendarDay { date: day("2026-01-01"), kind: CalendarKind::Holiday, name: "元旦".into() };
        let calendar = Calendar::new("", [line]).unwrap();
        for (entry, second) in [
            ("2025-09-01", "2026-03-01"),
            ("2025-08-25", "2026-03-01"),
            ("2026-01-05", "2026-03-01"),
            ("2025-03-02", "2025-09-01"),
            ("2025-07-31", "2025-09-01"),
        ] {
            assert_eq!(second_semester(day(entry), &calendar), day(second), "{entry}");
        }
    }
}
