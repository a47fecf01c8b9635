use super::{calendar, day, table};
use serde::Deserialize;
use xueji::law::clock::{freeze, read, started};
use xueji::law::rules::R13_2;
use xueji::model::{Day, Light};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    clock: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    why: String,
    started: Day,
    budget: u32,
    due: Day,
    #[serde(default)]
    provisional: bool,
    readings: Vec<Reading>,
    endings: Vec<End>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reading {
    today: Day,
    left: i32,
    light: Light,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct End {
    on: Day,
    used: u32,
    late: u32,
}

#[test]
fn clocks_read_and_freeze_as_counted_by_hand() {
    let calendar = calendar();
    for row in table::<Table>("clock").clock {
        let clock = started(&R13_2, row.budget, row.started);
        for reading in row.readings {
            let read = read(&clock, &calendar, reading.today);
            assert_eq!((read.due, read.provisional), (row.due, row.provisional), "{}", row.why);
            assert_eq!((read.left, read.light), (reading.left, reading.light), "{}: {}", row.why, reading.today);
        }
        for end in row.endings {
            let frozen = freeze(&clock, &calendar, end.on);
            assert_eq!((frozen.due, frozen.provisional), (row.due, row.provisional), "{}", row.why);
            assert_eq!((frozen.used, frozen.late), (end.used, end.late), "{}: {}", row.why, end.on);
            assert_eq!(frozen.calendar, calendar.edition());
        }
    }
}

#[test]
fn a_clock_names_its_rule_and_article() {
    let clock = started(&R13_2, 10, day("2025-09-26"));
    let reading = read(&clock, &calendar(), day("2025-09-26"));
    assert_eq!((reading.rule.as_ref(), reading.article.as_ref()), ("R13.2", "13"));
    assert_eq!((reading.budget, reading.started, reading.reference), (10, day("2025-09-26"), false));
}

#[test]
fn a_reference_clock_stays_one() {
    let mut clock = started(&R13_2, 10, day("2025-09-26"));
    clock.reference = true;
    let reading = read(&clock, &calendar(), day("2025-10-17"));
    assert!(reading.reference);
    assert_eq!(reading.light, Light::Overdue);
}
