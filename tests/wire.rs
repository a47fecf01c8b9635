//! What goes over the line to the terminal: that the screen is right, and that it takes few bytes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "wire/property.rs"]
mod property;
