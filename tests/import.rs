//! `xueji import` as a keeper uses it: the real program, its server and files of a small invented city.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a panic is the test's verdict")]
#![allow(unreachable_pub, reason = "the modules are private to this binary, their items are not")]

#[path = "import/at_desk.rs"]
mod at_desk;
#[path = "import/calendar.rs"]
mod calendar;
#[path = "import/desk.rs"]
mod desk;
#[path = "import/entry.rs"]
mod entry;
#[path = "import/export.rs"]
mod export;
#[path = "import/files.rs"]
mod files;
#[path = "import/grid.rs"]
mod grid;
#[path = "import/new_students.rs"]
mod new_students;
#[path = "import/newcomer.rs"]
mod newcomer;
#[path = "import/qualifications.rs"]
mod qualifications;
#[path = "import/rows.rs"]
mod rows;
#[path = "import/scale.rs"]
mod scale;
#[path = "import/spoiled.rs"]
mod spoiled;
mod support;
#[path = "import/world.rs"]
mod world;
