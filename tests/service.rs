//! The service as scripts and desks meet it: the real program, the real socket, lines of JSON. What is expected is
//! written from what was promised, rule ids typed by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a panic is the test's verdict")]
#![allow(unreachable_pub, reason = "the modules are private to this binary, their items are not")]

#[path = "support/mod.rs"]
mod support;

#[path = "service/alerts.rs"]
mod alerts;
#[path = "service/asides.rs"]
mod asides;
#[path = "service/backup.rs"]
mod backup;
#[path = "service/batches.rs"]
mod batches;
#[path = "service/board.rs"]
mod board;
#[path = "service/bulk.rs"]
mod bulk;
#[path = "service/calendar.rs"]
mod calendar;
#[path = "service/claims.rs"]
mod claims;
#[path = "service/clock.rs"]
mod clock;
#[path = "service/crowd.rs"]
mod crowd;
#[path = "service/door.rs"]
mod door;
#[path = "service/elsewhere.rs"]
mod elsewhere;
#[path = "service/examples.rs"]
mod examples;
#[path = "service/graduation.rs"]
mod graduation;
#[path = "service/hardening.rs"]
mod hardening;
#[path = "service/joining.rs"]
mod joining;
#[path = "service/keys.rs"]
mod keys;
#[path = "service/kinds.rs"]
mod kinds;
#[path = "service/life.rs"]
mod life;
#[path = "service/limits.rs"]
mod limits;
#[path = "service/line.rs"]
mod line;
#[path = "service/lists.rs"]
mod lists;
#[path = "service/logins.rs"]
mod logins;
#[path = "service/new_major.rs"]
mod new_major;
#[path = "service/notices.rs"]
mod notices;
#[path = "service/outside.rs"]
mod outside;
#[path = "service/program.rs"]
mod program;
#[path = "service/queue.rs"]
mod queue;
#[path = "service/refusals.rs"]
mod refusals;
#[path = "service/repeat.rs"]
mod repeat;
#[path = "service/report.rs"]
mod report;
#[path = "service/returns.rs"]
mod returns;
#[path = "service/routes.rs"]
mod routes;
#[path = "service/schema.rs"]
mod schema;
#[path = "service/shown.rs"]
mod shown;
#[path = "service/start.rs"]
mod start;
#[path = "service/student_log.rs"]
mod student_log;
#[path = "service/substitutes.rs"]
mod substitutes;
#[path = "service/sync.rs"]
mod sync;
#[path = "service/system.rs"]
mod system;
#[path = "service/transfers.rs"]
mod transfers;
#[path = "service/users.rs"]
mod users;
#[path = "service/world.rs"]
mod world;
#[path = "service/years.rs"]
mod years;
