//! The store: one story on both engines, frozen bytes, and every kind of damage.

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
#[path = "store/story.rs"]
mod story;
#[path = "store/support.rs"]
mod support;
#[path = "store/view.rs"]
mod view;
