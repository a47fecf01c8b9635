//! The desk as clerks have it: the real program in pseudo-terminals, on the exercise county.
//!
//! | file | shows |
//! |---|---|
//! | `county` | the county, its clerks, and what the store says of both |
//! | `together` | several desks at once: arrivals, claims, cursors, idleness |
//! | `typing` | type-ahead: bursts that decide, bursts that move |
//! | `kinds` | applications of other kinds: a transfer from one school's desk to another's |
//! | `joining` | duplicates and their dispute; who has no file here yet |
//! | `beyond` | hands that are not here, filings, the other systems, students of other provinces |
//! | `line` | the server dies under an open desk |
//! | `command` | the command line, limits, other key maps |
//! | `terminal` | taking and giving back the terminal, sizes, colours, languages |
//! | `drafts` | forms that are lost with the desk and taken up again |
//! | `school` | returns, reasons, resubmission: a school's day |
//! | `why` | keys that are not open say why; 依据; accounts |

// Helpers of tests may fail as tests do; the lint's own exception knows only functions marked as tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a panic is the test's verdict")]
#![allow(unreachable_pub, reason = "the modules are private to this binary")]

mod support;

#[path = "desk/answers.rs"]
mod answers;
#[path = "desk/batch.rs"]
mod batch;
#[path = "desk/beyond.rs"]
mod beyond;
#[path = "desk/command.rs"]
mod command;
#[path = "desk/county.rs"]
mod county;
#[path = "desk/drafts.rs"]
mod drafts;
#[path = "desk/joining.rs"]
mod joining;
#[path = "desk/kinds.rs"]
mod kinds;
#[path = "desk/line.rs"]
mod line;
#[path = "desk/login.rs"]
mod login;
#[path = "desk/proxy.rs"]
mod proxy;
#[path = "desk/school.rs"]
mod school;
#[path = "desk/slow.rs"]
mod slow;
#[path = "desk/system.rs"]
mod system;
#[path = "desk/terminal.rs"]
mod terminal;
#[path = "desk/together.rs"]
mod together;
#[path = "desk/typing.rs"]
mod typing;
#[path = "desk/why.rs"]
mod why;
