use super::{calendar, day, table};
use chrono::Datelike;
use serde::Deserialize;
use std::collections::BTreeMap;
use xueji::law::calendar::{Calendar, CalendarError};
use xueji::model::{CalendarDay, CalendarKind, Day};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    due: Vec<DueRow>,
    count: Vec<CountRow>,
    totals: BTreeMap<String, i32>,
    day: Vec<OneDay>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DueRow {
    why: String,
    from: Day,
    budget: u32,
    due: Day,
    #[serde(default)]
    provisional: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountRow {
    from: Day,
    to: Day,
    days: i32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OneDay {
    date: Day,
    working: bool,
    #[serde(default = "yes")]
    known: bool,
    word: Option<String>,
}

fn yes() -> bool {
    true
}

#[test]
fn periods_end_on_the_day_counted_by_hand() {
    let calendar = calendar();
    let rows = table::<Table>("calendar").due;
    assert!(rows.len() > 40);
    for row in rows {
        let due = calendar.due(row.from, row.budget);
        assert_eq!(
            (due.date, due.provisional),
            (row.due, row.provisional),
            "{} +{}: {}",
            row.from,
            row.budget,
            row.why
        );
        let explained = calendar.explain(row.from, row.budget);
        assert_eq!((explained.due, explained.provisional), (row.due, row.provisional), "explained: {}", row.why);
    }
}

#[test]
fn counts_between_days() {
    let calendar = calendar();
    for row in table::<Table>("calendar").count {
        assert_eq!(calendar.count(row.from, row.to), row.days, "{} to {}", row.from, row.to);
        let explained = calendar.explain_between(row.from, row.to);
        assert_eq!(explained.budget, row.days);
        assert_eq!(explained.days.len(), row.days.unsigned_abs() as usize);
    }
}

#[test]
fn a_count_backwards_is_numbered_towards_the_event() {
    let explained = calendar().explain_between(day("2025-10-20"), day("2025-10-16"));
    let numbered: Vec<_> = explained.days.iter().map(|day| (day.n, day.date.to_string())).collect();
    assert_eq!(numbered, [(-2, "2025-10-17".to_owned()), (-1, "2025-10-20".to_owned())]);
}

#[test]
fn years_have_as_many_working_days_as_their_notices_make() {
    let calendar = calendar();
    let totals = table::<Table>("calendar").totals;
    assert_eq!(totals.len(), 7);
    for (year, total) in totals {
        let year: i32 = year.parse().unwrap();
        let end = |year| Day::from_ymd_opt(year, 12, 31).unwrap();
        assert_eq!(calendar.count(end(year - 1), end(year)), total, "{year}");
        let worked = end(year - 1).iter_days().skip(1).take_while(|day| day.year() == year);
        assert_eq!(worked.filter(|day| calendar.day(*day).working).count(), total.unsigned_abs() as usize, "{year}");
    }
}

#[test]
fn single_days() {
    let calendar = calendar();
    for row in table::<Table>("calendar").day {
        let kind = calendar.day(row.date);
        assert_eq!((kind.working, kind.known), (row.working, row.known), "{}", row.date);
        assert_eq!(kind.note.word(), row.word.as_deref(), "{}", row.date);
    }
}

#[test]
fn the_calendar_says_what_it_knows() {
    let calendar = calendar();
    assert_eq!(calendar.first_known(), day("2020-01-01"));
    assert_eq!(calendar.last_known(), day("2026-12-31"));
    assert!(calendar.edition().contains("2026"));
}

#[test]
fn a_loaded_year_replaces_what_was_provisional() {
    let mut days = xueji::data::calendar_days().unwrap();
    days.push(CalendarDay { date: day("2027-01-01"), kind: CalendarKind::Holiday, name: "元旦".into() });
    days.push(CalendarDay { date: day("2027-01-03"), kind: CalendarKind::Workday, name: "元旦".into() });
    let loaded = Calendar::new("with 2027", days).unwrap();
    let due = loaded.due(day("2026-12-18"), 10);
    assert_eq!((due.date, due.provisional), (day("2027-01-03"), false));
    assert_eq!(loaded.last_known(), day("2027-12-31"));
}

fn line(date: &str, kind: CalendarKind) -> CalendarDay {
    CalendarDay { date: day(date), kind, name: "节".into() }
}

#[test]
fn what_is_no_calendar_is_refused() {
    use CalendarKind::{Holiday, Workday};
    let made = |days: &[CalendarDay]| Calendar::new("test", days.to_vec()).map(|_| ());
    assert_eq!(made(&[]), Err(CalendarError::Empty));
    assert_eq!(
        made(&[line("2025-01-01", Holiday), line("2025-01-01", Holiday)]),
        Err(CalendarError::Duplicate(day("2025-01-01")))
    );
    assert_eq!(
        made(&[line("2025-09-28", Workday), line("2025-09-28", Holiday)]),
        Err(CalendarError::Duplicate(day("2025-09-28")))
    );
    assert_eq!(made(&[line("2025-09-26", Workday)]), Err(CalendarError::NotAWeekend(day("2025-09-26"))));
    assert_eq!(made(&[line("2025-09-27", Workday), line("2025-09-28", Workday)]), Ok(()));
    assert_eq!(
        made(&[line("2024-01-01", Holiday), line("2026-01-01", Holiday)]),
        Err(CalendarError::MissingYear(2025))
    );
    assert_eq!(made(&[line("2026-01-01", Holiday), line("2025-01-01", Holiday)]), Ok(()));
}

#[test]
fn the_ends_of_time_do_no_harm() {
    let calendar = calendar();
    for day in [Day::MIN, Day::MAX] {
        let _ = calendar.day(day);
        for budget in [0, 1, 10_000, u32::MAX] {
            assert!(calendar.due(day, budget).date >= day);
        }
        assert!(calendar.explain(day, 3).due >= day);
    }
    assert_eq!(calendar.due(Day::MAX, 10).date, Day::MAX);
    assert_eq!(calendar.due(day("2025-01-01"), u32::MAX).date, Day::MAX);
    assert_eq!(calendar.count(Day::MIN, Day::MAX), -calendar.count(Day::MAX, Day::MIN));
    assert!(calendar.count(Day::MIN, Day::MAX) > 100_000_000);
    let last = Calendar::new("end", [CalendarDay { date: Day::MAX, kind: CalendarKind::Holiday, name: "末".into() }]);
    assert!(!last.unwrap().day(Day::MAX).working);
}

#[test]
fn years_far_beyond_are_counted_as_they_are_worked() {
    let calendar = calendar();
    let from = day("2026-06-30");
    let mut worked = 0;
    // Past two rounds of the 400 years after which weekdays repeat.
    for date in from.iter_days().skip(1).take_while(|day| day.year() < 2900) {
        worked += i32::from(calendar.day(date).working);
        if date.day() == 3 {
            assert_eq!(calendar.count(from, date), worked, "{date}");
        }
    }
}
