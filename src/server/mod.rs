//! The one process that owns the store. Every desk is a connection on a Unix socket; the kernel says who is at the
//! other end, `desk::scope` says what that person may see, one thread writes.
//!
//! ```text
//! desk ──line──► reader thread (session) ──read──► views, beside the writer
//!                     │ write
//!                     ▼ bounded queue
//!                writer thread: decide each on top of the earlier, commit the group, answer all
//!                     │
//!                     ├──► replies to the askers
//!                     └──► hub: notices to every desk whose scope sees the change ──► bounded queue ──► desk
//! ```
//!
//! | file | holds |
//! |---|---|
//! | `socket` | where the socket lies, binding it, who may connect |
//! | `peer` | the operating-system user at the other end |
//! | `hall` | what all threads share |
//! | `door` | who comes in, how many, and as which account |
//! | `session` | one connection: requests in order |
//! | `refusal` | failures with their kinds, in the clerk's words |
//! | `reads` | answering the reading requests |
//! | `queue`, `case`, `students`, `lists` | records as desks see them |
//! | `acted`, `aside`, `views` | 我办过的; what is set beside cases, who stands in; saved limits |
//! | `report` | the board as a plain page |
//! | `notice` | notices of returns and refusals as text |
//! | `alerts` | the negative list, school by school |
//! | `student_log`, `trail` | what was done about a student; where in the journal what is |
//! | `system` | screen 0: schools, majors, the journal narrowed, how the store is |
//! | `writer` | the one thread that writes |
//! | `reading` | students read after the start; who asks for them meanwhile |
//! | `announce` | what was written, told to the desks |
//! | `hub` | desks to be told, and claims |
//! | `outbox` | the bounded queue of lines to one connection |
//! | `beyond` | filings with two provinces, granted changes the other systems lack |
//! | `external` | items of hands that are not here |
//! | `forms`, `joining` | the forms of the kinds, as data |
//! | `upkeep` | paper files, head counts, problems of a semester's check, absences that end a file |
//! | `forms` | the forms of the kinds, as data |
//! | `moves` | deadlines that a calendar on its way in moves |
//! | `entry` | new students half filled in, and who is not filed |
//! | `drafts` | what is typed and not handed in |
//! | `imports` | files of others: rows staged on a connection, then taken in |
//! | `national`, `national_sides` | reconciliation: how schools stand, who differs, one student with both sides |
//! | `batch` | batches as desks see them |
//! | `pieces` | files in pieces, in and out |

mod acted;
mod alerts;
mod announce;
mod aside;
mod batch;
mod beyond;
mod board;
mod calendar;
mod case;
mod door;
mod drafts;
mod entry;
mod exports;
mod external;
mod forms;
mod graduates;
mod hall;
mod hub;
mod imports;
mod joining;
mod lists;
mod moves;
mod national;
mod national_sides;
mod notice;
mod outbox;
mod peer;
mod pieces;
mod queue;
mod reading;
mod reads;
mod refusal;
mod report;
mod session;
mod socket;
mod student_log;
mod students;
mod system;
mod trail;
mod upkeep;
mod views;
mod writer;

pub use hall::{Hall, Limits, Master};
pub use peer::{Peer, user_name};
pub use socket::{Place, SocketError, Stranger};
pub use writer::{Job, found};

use std::io;
use std::os::unix::net::UnixListener;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender};
use std::thread;
use std::time::Duration;

/// Why the server ended or could not begin.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The store.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// The socket.
    #[error(transparent)]
    Socket(#[from] SocketError),
    /// Threads or files.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Serves until told to stop, or until nobody has been connected for `linger`. Returns after the store was closed.
pub fn serve(
    hall: &Arc<Hall>,
    listener: UnixListener,
    jobs: (SyncSender<Job>, Receiver<Job>),
    linger: Option<Duration>,
) -> Result<(), ServeError> {
    let (sender, receiver) = jobs;
    reading::begin(hall, &sender)?;
    let door = Arc::clone(hall);
    thread::Builder::new().name("door".into()).spawn(move || door::receive(&door, &listener, &sender))?;
    writer::run(hall, &receiver, linger)?;
    Ok(())
}
