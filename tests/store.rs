//! The store: one story on both engines, frozen bytes, and every kind of damage.

// The helpers are test code too, though the lint looks only at the test functions themselves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "store/damage.rs"]
mod damage;
#[path = "store/engines.rs"]
mod engines;
#[path = "store/evidence.rs"]
mod evidence;
#[path = "store/faults.rs"]
mod faults;
#[path = "store/golden.rs"]
mod golden;
#[path = "store/national.rs"]
mod national;
#[path = "store/negative.rs"]
mod negative;
#[path = "store/story.rs"]
mod story;
#[path = "store/support.rs"]
mod support;
#[path = "store/upkeep.rs"]
mod upkeep;
#[path = "store/view.rs"]
mod view;
