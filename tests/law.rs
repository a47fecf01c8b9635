//! The regulation as tables: what goes in and what comes out, typed by hand, in `tests/law/*.toml`.
//!
//! Scenarios of whole cases (`law::case`) belong here as a further module with its own table.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "law/authority.rs"]
mod authority;
#[path = "law/calendar.rs"]
mod calendar;
#[path = "law/clock.rs"]
mod clock;
#[path = "law/commands.rs"]
mod commands;
#[path = "law/document.rs"]
mod document;
#[path = "law/list.rs"]
mod list;
#[path = "law/negative.rs"]
mod negative;
#[path = "law/properties.rs"]
mod properties;
#[path = "law/rules.rs"]
mod rules;
#[path = "law/study_length.rs"]
mod study_length;
#[path = "law/windows.rs"]
mod windows;

use serde::de::DeserializeOwned;
use xueji::data;
use xueji::law::calendar::Calendar;
use xueji::model::Day;

/// The calendar the program ships with.
fn calendar() -> Calendar {
    Calendar::new(data::CALENDAR_EDITION, data::calendar_days().unwrap()).unwrap()
}

/// A day.
fn day(text: &str) -> Day {
    text.parse().unwrap_or_else(|_| panic!("{text} is no day"))
}

/// A table of `tests/law`.
fn table<T: DeserializeOwned>(name: &str) -> T {
    let path = format!("{}/tests/law/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{path}: {why}"));
    toml::from_str(&text).unwrap_or_else(|why| panic!("{path}: {why}"))
}
