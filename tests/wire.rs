//! What goes over the line to the terminal: that the screen is right, and that it takes few bytes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "wire/budgets.rs"]
mod budgets;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "support/desk_alerts.rs"]
mod desk_alerts;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "support/desk_aside.rs"]
mod desk_aside;
#[path = "support/desk_batches.rs"]
mod desk_batches;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "support/desk_board.rs"]
mod desk_board;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "support/desk_calendar.rs"]
mod desk_calendar;
#[path = "support/desk_county.rs"]
mod desk_county;
#[path = "support/desk_kinds.rs"]
mod desk_kinds;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "support/desk_sim.rs"]
mod desk_sim;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "support/desk_students.rs"]
mod desk_students;
#[path = "support/desk_system.rs"]
mod desk_system;
#[path = "wire/line.rs"]
mod line;
#[path = "wire/property.rs"]
mod property;
