//! The calendar of a year: days, windows, and what falls due in the own office.

use super::world::World;
use serde_json::json;

#[test]
fn a_year_with_its_windows_and_what_is_due() {
    let mut w = World::new();
    let case = w.at_county();
    let year = w.ok("xian1-jb", json!({"do": "calendar.show"}));
    assert_eq!((&year["year"], &year["last_known"]), (&json!(2025), &json!("2026-12-31")));
    let days = year["days"].as_array().unwrap();
    assert!(days.iter().any(|day| day["date"] == "2025-10-08" && day["working"] == false), "{days:?}");
    assert!(days.iter().any(|day| day["date"] == "2025-10-11" && day["working"] == true));
    // What has just reached the county is due ten working days on, and it is the day's only item.
    let shown = w.show("xian1-jb", &case);
    let due = shown["steps"][1]["clock"]["due"].clone();
    let rows: Vec<_> = year["due"].as_array().unwrap().iter().filter(|day| day["date"] == due).collect();
    assert_eq!((rows.len(), &rows[0]["count"], &rows[0]["first"]), (1, &json!(1), &json!(case.id)));
    // The school has nothing due; its calendar says so.
    assert_eq!(w.ok("x1-lr", json!({"do": "calendar.show"}))["due"], json!([]));
    // A year without a notice is shown as far as it is known.
    let far = w.ok("xian1-jb", json!({"do": "calendar.show", "year": 2031}));
    assert_eq!(far["days"].as_array().unwrap().len(), 6);

    let windows = w.ok("x1-lr", json!({"do": "windows.list", "year": 2026}));
    let items = windows["items"].as_array().unwrap();
    assert_eq!(windows["total"], json!(items.len()));
    let filing = items.iter().find(|row| row["rule"] == "R6.6" && row["until"] == "2026-12-20").unwrap();
    assert_eq!((&filing["kind"], &filing["last_working_day"]), (&json!("closes"), &json!("2026-12-18")));
    let refused = w.error("x1-lr", json!({"do": "windows.list", "year": 1999}));
    assert_eq!(refused["kind"], "input");
}
