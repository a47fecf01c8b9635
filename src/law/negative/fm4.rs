//! FM4 学籍空挂: a full-time student away without leave for more than three calendar months in a row, or found away
//! without leave at several inspections (reading AMB-19: the second is a hint, the third an alert).
//! Leave, 休学, 退学 and 非全日制 are no absence. A pupil of compulsory education is the junior school's to look for
//! (Art. 12), and the three months do not run against that pupil.

use super::Found;
use super::dates::after_three_months;
use crate::law::rules::{FM4_1, FM4_2, IN_FORCE};
use crate::model::{Absence, Check, Day, Presence, Status, WatchedStudent};

/// Inspections that found the student away: the hint, and the alert.
const HINT: usize = 2;
const ALERT: usize = 3;

/// Whether the item looks at this student at all.
fn concerned(student: &WatchedStudent, today: Day) -> bool {
    matches!(student.status, Status::Registered | Status::Enrolled)
        && !student.part_time
        && student.compulsory_until.is_none_or(|until| until < today)
}

/// The first day from which the count can run: what lies before the regulation, or before the student studied, is not
/// judged.
fn earliest(student: &WatchedStudent) -> Day {
    let in_force = IN_FORCE.parse().unwrap_or(Day::MIN);
    student.studying_since.map_or(in_force, |since| since.max(in_force))
}

/// The day after which the absence without leave has been running, if it runs today.
pub fn runs_from(student: &WatchedStudent, absence: &Absence, today: Day) -> Option<Day> {
    if today <= absence.left || absence.returned.is_some_and(|returned| returned <= today) {
        return None;
    }
    let begun = absence.leave.iter().filter(|leave| leave.from <= today);
    let last_leave = begun.map(|leave| leave.until).max();
    if last_leave.is_some_and(|until| until >= today) {
        return None;
    }
    let from = absence.left.max(earliest(student));
    Some(last_leave.map_or(from, |until| until.max(from)))
}

fn absences(student: &WatchedStudent) -> impl Iterator<Item = &Absence> {
    student.attendance.iter().flat_map(|attendance| &attendance.absences)
}

/// Days on which an inspection found the student away without leave, each once.
fn found_away(student: &WatchedStudent, today: Day) -> Vec<Day> {
    let earliest = earliest(student);
    let excused = |on: Day| {
        absences(student).any(|absence| absence.leave.iter().any(|leave| leave.from <= on && on <= leave.until))
    };
    let checks = student.attendance.iter().flat_map(|attendance| &attendance.checks);
    let counts = |check: &&Check| {
        check.found == Presence::Away && earliest <= check.on && check.on <= today && !excused(check.on)
    };
    let mut days: Vec<Day> = checks.filter(counts).map(|check| check.on).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// Whether the student is not at school today, as far as anybody has entered it.
pub(super) fn away(student: &WatchedStudent, today: Day) -> bool {
    let last_check = student.attendance.iter().flat_map(|of| &of.checks).filter(|check| check.on <= today);
    let seen = last_check.max_by_key(|check| check.on).map(|check| check.found);
    absences(student).any(|absence| runs_from(student, absence, today).is_some()) || seen == Some(Presence::Away)
}

pub(super) fn find(student: &WatchedStudent, today: Day) -> Vec<Found> {
    let mut found = Vec::new();
    if !concerned(student, today) || student.attendance.is_none() {
        return found;
    }
    for absence in absences(student) {
        let Some(from) = runs_from(student, absence, today) else { continue };
        let (key, days) = (format!("left:{from}"), (today - from).num_days());
        let over = after_three_months(from);
        let because = format!("{from} 起未请假离校，至今{days}天");
        found.push(if today >= over {
            Found::met(&FM4_1, key, format!("{because}，自 {over} 起超过三个月"))
        } else {
            let left = (over - today).num_days();
            Found::near(&FM4_1, key, because, format!("自 {over} 起超过三个月，还有{left}天"))
        });
    }
    let days = found_away(student, today);
    if days.len() >= HINT
        && let Some(last) = days.last()
    {
        let listed = days.iter().map(Day::to_string).collect::<Vec<_>>().join("、");
        let (key, because) = (format!("checks:{last}"), format!("{}次检查未请假不在校：{listed}", days.len()));
        found.push(if days.len() >= ALERT {
            Found::met(&FM4_2, key, because)
        } else {
            Found::near(&FM4_2, key, because, format!("第{ALERT}次即触发，还差{}次", ALERT - days.len()))
        });
    }
    found
}
