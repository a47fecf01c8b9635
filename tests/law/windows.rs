//! The windows of a year, typed by hand.

use super::{calendar, table};
use serde::Deserialize;
use xueji::law::windows::{WindowKind, WindowState, binding, last_working_day, of_year};
use xueji::model::Day;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    window: Vec<Row>,
    binding: Vec<Binding>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    year: i32,
    name: String,
    rule: String,
    from: Day,
    until: Day,
    last_working_day: Day,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Binding {
    day: Day,
    names: Vec<String>,
}

#[test]
fn dates_stand_where_the_text_puts_them() {
    let table: Table = table("windows");
    let calendar = calendar();
    assert!(table.window.len() >= 10);
    for row in table.window {
        let year = of_year(row.year, &calendar);
        let found = year.iter().find(|window| window.name == row.name && window.from == row.from);
        let window = found.unwrap_or_else(|| panic!("{} {}", row.year, row.name));
        assert_eq!((window.rule, window.until), (&*row.rule, row.until), "{} {}", row.year, row.name);
        assert_eq!(last_working_day(window, &calendar), row.last_working_day, "{} {}", row.year, row.name);
        let before = row.from.pred_opt().unwrap();
        let after = row.until.succ_opt().unwrap();
        assert_eq!(window.state(before), WindowState::Ahead, "{}", row.name);
        assert_eq!(window.state(row.until), WindowState::Now, "{}", row.name);
        let then = if window.kind == WindowKind::Opens { WindowState::Now } else { WindowState::Past };
        assert_eq!(window.state(after), then, "{}", row.name);
        assert_eq!((window.days_left(before) > 0, window.days_left(after)), (true, -1), "{}", row.name);
    }
}

#[test]
fn what_binds_on_a_day() {
    let table: Table = table("windows");
    for row in table.binding {
        let names: Vec<_> = binding(row.day, &calendar()).iter().map(|window| window.name).collect();
        assert_eq!(names, row.names, "{}", row.day);
    }
}
