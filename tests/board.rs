//! The supervisor's board (督办): its figures against counts of their own, who may write and see what, and its files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a panic is the test's verdict")]
#![allow(unreachable_pub, reason = "the modules are private to this binary, their items are not")]

#[path = "support/mod.rs"]
mod support;

#[path = "board/county.rs"]
mod county;
#[path = "board/figures.rs"]
mod figures;
