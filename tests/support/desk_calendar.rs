//! An invented year for the desk's tests.

use super::desk_county::{day, id};
use xueji::model::Light;
use xueji::wire::{CalendarView, DueDay, SpecialDay, WindowRow, WindowSort, WindowStanding};

fn window(name: &str, rule: &str, kind: WindowSort, from: &str, until: &str, left: i64) -> WindowRow {
    let state = if left < 0 { WindowStanding::Past } else { WindowStanding::Ahead };
    WindowRow {
        name: name.into(),
        rule: rule.into(),
        article: "6".into(),
        kind,
        from: day(from),
        until: day(until),
        state,
        days_left: left,
        last_working_day: if until == "2025-12-20" { day("2025-12-19") } else { day(until) },
    }
}

/// The year as the server would tell it on 15 October 2025.
pub(crate) fn year(year: i32) -> CalendarView {
    let special = |date: &str, working: bool, name: &str| SpecialDay { date: day(date), working, name: name.into() };
    let due =
        |date: &str, count: u32, light: Light, first: u32| DueDay { date: day(date), count, light, first: id(first) };
    let near = window("秋季新生注册", "R6.2", WindowSort::Closes, "2025-11-20", "2025-11-20", 36);
    let far = window("秋季新生备案", "R6.6", WindowSort::Closes, "2025-12-20", "2025-12-20", 66);
    let this = year == 2025;
    CalendarView {
        year,
        today: day("2025-10-15"),
        edition: "2024-2026".into(),
        first_known: day("2024-01-01"),
        last_known: day("2026-12-31"),
        days: if this {
            vec![
                special("2025-09-28", true, "国庆节"),
                special("2025-10-01", false, "国庆节"),
                special("2025-10-08", false, "国庆节"),
                special("2025-10-11", true, "国庆节"),
            ]
        } else {
            Vec::new()
        },
        windows: if this {
            vec![
                window("省厅核查春季学期异动", "R16.4", WindowSort::Between, "2025-05-20", "2025-05-30", -138),
                near.clone(),
                far.clone(),
            ]
        } else {
            Vec::new()
        },
        binding: vec![near, far],
        semester_start: Vec::new(),
        due: if this {
            vec![
                due("2025-10-13", 3, Light::Overdue, 1),
                due("2025-10-15", 4, Light::Today, 4),
                due("2025-10-17", 12, Light::Near, 8),
                due("2025-10-31", 1, Light::Green, 20),
            ]
        } else {
            Vec::new()
        },
    }
}
