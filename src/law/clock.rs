//! Reading a clock (时限) on a day, and freezing it when its step ends.
//!
//! The light goes by dates: from the day after the due day on a clock is overdue, whether that day is worked or not,
//! because the due day ends at 24:00. What is left goes by working days, so on the Saturday after a Friday due day the
//! light is overdue and nothing is left, and the Monday is one working day late.

use super::calendar::Calendar;
use super::rules::Rule;
use crate::model::{Clock, ClockReading, Day, Light};
use std::borrow::Cow;

/// Working days left up to which a clock is near its end (近).
pub const NEAR: i32 = 3;

/// A clock as it stood when its step ended; written into the ending and never computed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// Last day.
    pub due: Day,
    /// Edition of the calendar used.
    pub calendar: String,
    /// Rested on a year that was not loaded (暂定).
    pub provisional: bool,
    /// Working days used.
    pub used: u32,
    /// Working days late; 0 in time, at least 1 once the due day is over (X.6).
    pub late: u32,
}

/// A clock that `rule` starts with the event of `on`.
pub fn started(rule: &'static Rule, budget: u32, on: Day) -> Clock {
    Clock { rule: Cow::Borrowed(rule.id), article: Cow::Borrowed(rule.article), budget, started: on, reference: false }
}

/// Reads a running clock on `today`.
pub fn read(clock: &Clock, calendar: &Calendar, today: Day) -> ClockReading {
    let due = calendar.due(clock.started, clock.budget);
    // Working days after today through the due day; once it is over, minus those since.
    let left = calendar.count(today, due.date);
    ClockReading {
        article: clock.article.clone(),
        rule: clock.rule.clone(),
        budget: clock.budget,
        started: clock.started,
        due: due.date,
        provisional: due.provisional,
        reference: clock.reference,
        left,
        light: light(today, due.date, left),
    }
}

/// The light of a clock due on `due`, with `left` working days left on `today`.
fn light(today: Day, due: Day, left: i32) -> Light {
    if today > due {
        Light::Overdue
    } else if today == due {
        Light::Today
    } else if left <= NEAR {
        Light::Near
    } else {
        Light::Green
    }
}

/// Freezes a clock whose step ends on `on`.
pub fn freeze(clock: &Clock, calendar: &Calendar, on: Day) -> Frozen {
    let due = calendar.due(clock.started, clock.budget);
    let late = if on > due.date { calendar.count(due.date, on).max(1) } else { 0 };
    Frozen {
        due: due.date,
        calendar: calendar.edition().to_owned(),
        provisional: due.provisional,
        used: calendar.count(clock.started, on).max(0).unsigned_abs(),
        late: late.unsigned_abs(),
    }
}
