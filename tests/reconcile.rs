//! Reconciliation with the national system: the sample files of one area against a key that was not made by this
//! program, random lists against brute force, and the desk itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a panic is the test's verdict")]
#![allow(unreachable_pub, reason = "the modules are private to this binary, their items are not")]

#[path = "reconcile/desk.rs"]
mod desk;
#[path = "reconcile/key.rs"]
mod key;
#[path = "reconcile/lists.rs"]
mod lists;
#[path = "reconcile/random.rs"]
mod random;
#[path = "support/mod.rs"]
mod support;
#[path = "reconcile/world.rs"]
mod world;
