//! What another calendar does to deadlines that run: they are listed before a year is taken in, and move the moment it is.
//! What has ended keeps the day that was frozen into it.

use crate::law::calendar::Calendar;
use crate::model::Day;
use crate::store::{Turn, Turns};
use std::collections::HashMap;

/// A deadline that moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// The turn whose clock runs.
    pub turn: Turn,
    /// Last day by the calendar in force.
    pub before: Day,
    /// Last day by the other one.
    pub after: Day,
}

/// The running deadlines that end on another day, those that come closest first.
pub fn moved(turns: &Turns, before: &Calendar, after: &Calendar) -> Vec<Moved> {
    // Most clocks share their beginning and their length with others.
    let mut counted: HashMap<(Day, u32), (Day, Day)> = HashMap::new();
    let mut found = Vec::new();
    for turn in turns.all().filter(|turn| turn.ended.is_none()) {
        let Some(started) = turn.started else { continue };
        let (old, new) = *counted
            .entry((started, turn.budget))
            .or_insert_with(|| (before.due(started, turn.budget).date, after.due(started, turn.budget).date));
        if old != new {
            found.push(Moved { turn: *turn, before: old, after: new });
        }
    }
    found.sort_by_key(|moved| (moved.after, moved.turn.application, moved.turn.step));
    found
}
