//! The calendar of a year (screen 9): days, windows, and what falls due in the asker's office.

use super::external::acted_on;
use super::hall::Hall;
use super::refusal::Refusal;
use super::session::Asker;
use crate::law::calendar::{Calendar, DayNote};
use crate::law::clock;
use crate::law::windows::{self, Window, WindowKind, WindowState};
use crate::model::{ApplicationId, Day, Light, Season, Stamp};
use crate::wire::{
    CalendarView, DueDay, ErrorKind, Failure, SemesterRow, SpecialDay, WindowRow, WindowSort, WindowStanding,
};
use chrono::Datelike;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Years that can be asked for: windows rest on a regulation of 2021, and nobody plans a century ahead.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

fn asked_year(asker: &Asker, year: Option<i32>) -> Result<i32, Refusal> {
    let year = year.unwrap_or_else(|| asker.now.day().year());
    if YEARS.contains(&year) {
        return Ok(year);
    }
    let message = format!("年份 {year} 超出范围；可查 {} 至 {} 年", YEARS.start(), YEARS.end());
    Err(Failure::new(ErrorKind::Input, message).into())
}

/// A year.
pub(super) fn show(hall: &Hall, asker: &Asker, year: Option<i32>) -> Result<CalendarView, Refusal> {
    let year = asked_year(asker, year)?;
    let calendar = hall.calendar();
    let today = asker.now.day();
    let rows = |windows: Vec<Window>| windows.iter().map(|window| row(window, &calendar, today)).collect();
    Ok(CalendarView {
        year,
        today,
        edition: calendar.edition().to_owned(),
        first_known: calendar.first_known(),
        last_known: calendar.last_known(),
        days: departures(&calendar, year),
        windows: rows(windows::of_year(year, &calendar)),
        binding: rows(windows::binding(today, &calendar)),
        semester_start: Season::ALL
            .into_iter()
            .map(|season| {
                let (day, set) = calendar.semester_start(year, season);
                SemesterRow { season, day, set }
            })
            .collect(),
        due: due(hall, asker, &calendar, year),
    })
}

/// The windows alone, as a list.
pub(super) fn windows(hall: &Hall, asker: &Asker, year: Option<i32>) -> Result<Value, Refusal> {
    let year = asked_year(asker, year)?;
    let calendar = hall.calendar();
    let today = asker.now.day();
    let rows = |windows: Vec<Window>| windows.iter().map(|one| row(one, &calendar, today)).collect::<Vec<_>>();
    let items = rows(windows::of_year(year, &calendar));
    let binding = rows(windows::binding(today, &calendar));
    Ok(json!({ "total": items.len(), "items": items, "next": null, "binding": binding }))
}

fn row(window: &Window, calendar: &Calendar, today: Day) -> WindowRow {
    WindowRow {
        name: window.name.to_owned(),
        rule: window.rule.to_owned(),
        article: window.article.to_owned(),
        kind: match window.kind {
            WindowKind::Closes => WindowSort::Closes,
            WindowKind::Between => WindowSort::Between,
            WindowKind::Opens => WindowSort::Opens,
            WindowKind::Reference => WindowSort::Reference,
        },
        from: window.from,
        until: window.until,
        state: match window.state(today) {
            WindowState::Ahead => WindowStanding::Ahead,
            WindowState::Now => WindowStanding::Now,
            WindowState::Past => WindowStanding::Past,
        },
        days_left: window.days_left(today),
        last_working_day: windows::last_working_day(window, calendar),
    }
}

/// Holidays and make-up days, as the calendar counts them; of an unknown year those it counts provisionally.
fn departures(calendar: &Calendar, year: i32) -> Vec<SpecialDay> {
    let first = Day::from_ymd_opt(year, 1, 1);
    let days = first.into_iter().flat_map(|first| first.iter_days().take_while(|day| day.year() == year));
    days.filter_map(|date| {
        let kind = calendar.day(date);
        match kind.note {
            DayNote::Holiday(name) | DayNote::MakeUp(name) => {
                Some(SpecialDay { date, working: kind.working, name: name.to_owned() })
            }
            _ => None,
        }
    })
    .collect()
}

/// What falls due in the asker's office, by day.
fn due(hall: &Hall, asker: &Asker, calendar: &Calendar, year: i32) -> Vec<DueDay> {
    let today = asker.now.day();
    type Rank = (Stamp, ApplicationId);
    let mut days: BTreeMap<Day, (u32, Light, Rank)> = BTreeMap::new();
    for row in acted_on(hall, &asker.actor.office) {
        let Some(running) = &row.clock else { continue };
        let reading = clock::read(running, calendar, today);
        if reading.due.year() != year {
            continue;
        }
        let rank = (row.arrived, row.id);
        let (count, _, first) = days.entry(reading.due).or_insert((0, reading.light, rank));
        *count += 1;
        *first = rank.min(*first);
    }
    days.into_iter().map(|(date, (count, light, (_, first)))| DueDay { date, count, light, first }).collect()
}
