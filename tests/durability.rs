//! Nothing acknowledged is ever lost, nothing is ever half done: the real server is killed, starved of disk, robbed
//! of its view and given damaged files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "the exemption for tests does not reach helper functions; here a panic is the test's verdict"
)]

#[path = "durability/damage.rs"]
mod damage;
#[path = "durability/disk.rs"]
mod disk;
#[path = "durability/folder.rs"]
mod folder;
#[path = "durability/ground.rs"]
mod ground;
#[path = "durability/kill.rs"]
mod kill;
#[path = "durability/life.rs"]
mod life;
#[path = "durability/small.rs"]
mod small;
#[path = "durability/view.rs"]
mod view;
#[path = "durability/writer.rs"]
mod writer;

#[path = "support/mod.rs"]
mod support;
