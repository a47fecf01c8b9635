//! Years of the calendar (工作日历), each whole: the notice for a year comes in one piece, and half of it would count days
//! wrong without a word.

use super::cells::{Column, Row, needed};
use super::{Judged, State};
use crate::desk::{Asked, Refused};
use crate::law::calendar::{Calendar, CalendarError};
use crate::model::{CalendarDay, CalendarKind, CalendarYear, Day, Record, SemesterStart, Write};
use chrono::{Datelike, Weekday};
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::sync::Arc;

/// The columns of a calendar file.
pub(super) const COLUMNS: &[Column] =
    &[needed("date", &["日期"]), needed("kind", &["类别"]), needed("name", &["名称"])];

/// Days off in every year, by law: a year without them is not whole.
const EVERY_YEAR: [(u32, u32, &str); 3] = [(1, 1, "元旦"), (5, 1, "劳动节"), (10, 1, "国庆节")];

/// The calendar in force: the built-in one, with every loaded year in place of what it had for that year, and the first
/// days of semesters that were set.
pub fn in_force(
    built_in: &Calendar,
    loaded: &[Arc<CalendarYear>],
    semesters: &[SemesterStart],
) -> Result<Calendar, CalendarError> {
    let set = semesters.iter().map(|of| ((of.year, of.season), of.day));
    if loaded.is_empty() {
        return Ok(built_in.clone().with_semesters(set));
    }
    let replaced = |date: Day| loaded.iter().any(|of| of.year == date.year());
    let mut days: Vec<CalendarDay> = built_in.lines().filter(|day| !replaced(day.date)).collect();
    let mut edition = built_in.edition().to_owned();
    for of in loaded {
        days.extend(of.days.iter().cloned());
        let document = if of.document.is_empty() { String::new() } else { format!("，{}", of.document) };
        // Writing to a String does not fail.
        let _ = write!(edition, "；{}年（载入 {}{document}）", of.year, of.loaded);
    }
    Ok(Calendar::new(edition, days)?.with_semesters(set))
}

/// Judges all rows.
pub(super) fn judge<'a>(
    state: &State<'_>,
    asked: &Asked<'_>,
    document: Option<&str>,
    rows: impl Iterator<Item = Row<'a>>,
) -> Result<Judged, Refused> {
    let mut seen = HashSet::new();
    let mut read: Vec<(Row<'a>, Option<CalendarDay>)> = Vec::new();
    for mut row in rows {
        let day = if row.is_empty() { None } else { one_day(&mut row, &mut seen) };
        read.push((row, day));
    }
    let mut years: BTreeMap<i32, Vec<CalendarDay>> = BTreeMap::new();
    for day in read.iter().filter_map(|(_, day)| day.as_ref()) {
        years.entry(day.date.year()).or_default().push(day.clone());
    }
    // What is the matter with a year is said on its first row.
    let known = (state.calendar().first_known().year(), state.calendar().last_known().year());
    for (year, days) in &years {
        let first = read.iter_mut().find(|(_, day)| day.as_ref().is_some_and(|day| day.date.year() == *year));
        if let Some((row, _)) = first {
            one_year(row, *year, days, known, &years);
        }
    }
    let mut judged = Judged::default();
    judged.rows.extend(read.into_iter().map(|(row, _)| row.report()));
    for (year, mut days) in years {
        days.sort_by_key(|day| day.date);
        let stored = state.calendar_year(year)?;
        if stored.as_ref().is_some_and(|stored| stored.days == days) {
            judged.unchanged += 1;
            continue;
        }
        let before = stored.map_or(0, |stored| stored.revision);
        let document = document.unwrap_or_default().trim().to_owned();
        let of = CalendarYear { year, revision: before + 1, document, loaded: asked.now.day(), days };
        judged.writes.push(Write { record: Record::CalendarYear(of), based_on: before });
    }
    judged.written = judged.writes.len();
    Ok(judged)
}

fn one_day(row: &mut Row<'_>, seen: &mut HashSet<Day>) -> Option<CalendarDay> {
    let date: Option<Day> = row.parse_needed("date", "date", "日期，如 2027-01-01", |text| text.parse().ok());
    let kind = row.parse_needed("kind", "not_in_code_set", "holiday（放假）或 workday（调休上班）", |text| {
        match text {
            "holiday" | "放假" => Some(CalendarKind::Holiday),
            "workday" | "上班" => Some(CalendarKind::Workday),
            _ => None,
        }
    });
    let name = row.needed("name");
    let (date, kind) = (date?, kind?);
    if !seen.insert(date) {
        row.reject("date", "duplicate_in_file", "文件中另有一行是同一天；请删去一行");
        return None;
    }
    if kind == CalendarKind::Workday && !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
        row.reject("date", "not_a_weekend", CalendarError::NotAWeekend(date).to_string());
    }
    Some(CalendarDay { date, kind, name: name?.to_owned() })
}

fn one_year(
    row: &mut Row<'_>,
    year: i32,
    days: &[CalendarDay],
    (first, last): (i32, i32),
    years: &BTreeMap<i32, Vec<CalendarDay>>,
) {
    let off = |month, date| {
        days.iter().any(|day| (day.date.month(), day.date.day()) == (month, date) && day.kind == CalendarKind::Holiday)
    };
    let missing: Vec<&str> =
        EVERY_YEAR.iter().filter(|(month, date, _)| !off(*month, *date)).map(|(.., name)| *name).collect();
    if !missing.is_empty() {
        let message = format!("{year} 年不完整，没有{}；一年的放假安排须整年载入", missing.join("、"));
        row.reject("date", "incomplete_year", message);
    }
    // Years must touch: within what is known, or right after it, the years between being in the file, too.
    if year < first || (last + 1..year).any(|between| !years.contains_key(&between)) {
        let message = format!("{year} 年与已载入的 {first} 至 {last} 年不相连；请先载入其间各年");
        row.reject("date", "missing_year", message);
    }
}
