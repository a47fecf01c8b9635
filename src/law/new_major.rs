//! What a change of major demands, whether it is asked for by itself or inside a transfer (Art. 12¶4, 13): not in the
//! graduating year, and only into what the school may teach.

use super::calendar::Calendar;
use super::case::Case;
use super::rules;
use crate::model::{Day, Finding, MajorCode, Offer, Season, Severity, StudyForm};
use chrono::Datelike;

/// What the school of a new major may teach (招生资质), as far as it was published since the student entered: an older
/// class has no place for him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taught {
    /// The new major.
    pub code: MajorCode,
    /// Its code and name, for people.
    pub major: String,
    /// Name of the school.
    pub school: String,
    /// Where the student is there; empty when that is not settled yet.
    pub campus: String,
    /// The lines; none when nothing was published for the school.
    pub published: Option<Vec<Offer>>,
}

/// Findings where another major is asked for.
pub(super) fn of(case: &Case<'_>, today: Day) -> Vec<Finding> {
    let Some(taught) = case.taught else { return Vec::new() };
    graduating_year(case, today).into_iter().chain(not_taught(case, taught)).collect()
}

/// The first day of the graduating year: the autumn start (by default 1 September) of the academic year in which the
/// planned graduation falls (reading AMB-20).
pub(super) fn graduating_from(planned: Day, calendar: &Calendar) -> Day {
    let start = |year: i32| calendar.semester_start(year, Season::Autumn).0;
    let same = start(planned.year());
    if planned >= same { same } else { start(planned.year() - 1) }
}

fn graduating_year(case: &Case<'_>, today: Day) -> Option<Finding> {
    let student = case.student;
    let from = graduating_from(student.planned_grad, case.calendar);
    // A one-year student is in the graduating year from the first day, spring entrants too.
    let one_year = student.half_years <= 2;
    (one_year || today >= from).then(|| {
        let why = if one_year {
            "学制一年，始终属于毕业年级".to_owned()
        } else {
            format!("自 {from} 起属于毕业年级")
        };
        rules::R12_21.refuse(
            format!("{}预计 {} 毕业，{why}，不能转专业", student.name, student.planned_grad.format("%Y-%m")),
            "没有例外；请学生按原专业完成学业",
            &[("planned_grad", student.planned_grad.to_string()), ("graduating_from", from.to_string())],
        )
    })
}

/// R13.9: the major, at the student's campus, in his form of study. What was never published cannot be judged, and says
/// so; another length of study is the authority's to settle.
fn not_taught(case: &Case<'_>, taught: &Taught) -> Option<Finding> {
    let (student, Taught { school, major, campus, .. }) = (case.student, taught);
    let facts = |more: &[(&'static str, String)]| {
        let mut facts = vec![("major", taught.code.to_string()), ("school", school.clone())];
        facts.extend(more.iter().cloned());
        facts
    };
    let Some(published) = &taught.published else {
        return Some(rules::R13_9.finding_as(
            Severity::Notice,
            format!("本库没有{school}{}年以来的招生资质，无法核对{major}", student.entry.year()),
            "请核对省教育厅公布的招生资质；资质由系统管理岗按公布文件载入",
            &facts(&[]),
        ));
    };
    let lines: Vec<&Offer> = published.iter().filter(|offer| offer.major == taught.code).collect();
    if lines.is_empty() {
        return Some(rules::R13_9.refuse(
            format!("{school}{}年以来公布的招生资质中没有{major}", student.entry.year()),
            "请另选该校有招生资质的专业；公布有遗漏的，请报省教育厅更正后载入",
            &facts(&[]),
        ));
    }
    let here: Vec<&Offer> =
        lines.iter().copied().filter(|offer| campus.is_empty() || offer.campus == *campus).collect();
    if here.is_empty() {
        let at = listed(lines.iter().map(|offer| offer.campus.clone()));
        return Some(rules::R13_9.refuse(
            format!("{major}在{school}只有{at}有招生资质，{}在{campus}", student.name),
            "请另选本校区有资质的专业；学生已换校区的，请先更正学籍中的校区",
            &facts(&[("campus", campus.clone()), ("published", at.clone())]),
        ));
    }
    let form = |form: StudyForm| if form == StudyForm::FullTime { "全日制" } else { "非全日制" };
    let fitting: Vec<&Offer> = here.into_iter().filter(|offer| offer.form == student.study_form).collect();
    if fitting.is_empty() {
        let own = form(student.study_form);
        return Some(rules::R13_9.refuse(
            format!("{major}在{school}没有{own}的招生资质，{}是{own}学生", student.name),
            "请另选专业，或者先办理转学习形式",
            &facts(&[("form", own.to_owned())]),
        ));
    }
    let years = |half_years: u8| format!("{}年", f32::from(half_years) / 2.0);
    (!fitting.iter().any(|offer| offer.half_years == student.half_years)).then(|| {
        let lengths = listed(fitting.iter().map(|offer| years(offer.half_years)));
        rules::R13_9.finding_as(
            Severity::Notice,
            format!("{major}在{school}公布的学制是{lengths}，{}的学制是{}", student.name, years(student.half_years)),
            "请主管部门核定学制后再决定",
            &facts(&[("years", years(student.half_years)), ("published", lengths.clone())]),
        )
    })
}

/// Each once, in order.
fn listed(values: impl Iterator<Item = String>) -> String {
    let mut all: Vec<String> = values.collect();
    all.sort();
    all.dedup();
    all.join("、")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CalendarDay, CalendarKind};

    #[test]
    fn the_graduating_year_begins_in_the_autumn_before_the_planned_month() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let line = CalendarDay { date: day("2026-01-01"), kind: CalendarKind::Holiday, name: "元旦".into() };
        let plain = Calendar::new("", [line]).unwrap();
        assert_eq!(graduating_from(day("2026-07-01"), &plain), day("2025-09-01"));
        assert_eq!(graduating_from(day("2026-08-01"), &plain), day("2025-09-01"));
        assert_eq!(graduating_from(day("2026-09-01"), &plain), day("2026-09-01"));
        assert_eq!(graduating_from(day("2026-01-01"), &plain), day("2025-09-01"));
        let set = plain.with_semesters([((2025, Season::Autumn), day("2025-08-25"))]);
        assert_eq!(graduating_from(day("2026-07-01"), &set), day("2025-08-25"), "as the province set it");
    }
}
