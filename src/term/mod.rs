//! The terminal and the line to the server: all that comes in is one stream of [`Event`]s, all that
//! goes out is a frame or a line.
//!
//! Keys, signals and the server each have a thread that feeds one channel. The desk blocks on it
//! ([`next_batch`]), drains it, draws once: a burst of keys costs one frame, and idleness costs nothing.

mod backend;
mod colour;
mod decode;
mod grid;
mod keys;
mod kind;
mod link;
mod moves;
mod out;
mod pace;
mod paint;
mod pen;
mod probe;
mod screen;
mod scroll;

pub use backend::{Lean, Sink, Surface};
pub use colour::{ColourDepth, NoScreen};
pub use decode::Answer;
pub use keys::listen;
pub use kind::Kind;
pub use link::{Connect, Link};
pub use pace::LinkMode;
pub use probe::Truth;
pub use screen::{Options, Screen, chain_panic_hook};

use crate::wire::{Failure, FromServer, Welcome};
use crossterm::event::KeyEvent;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Instant;

/// Whatever reaches the desk.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A key was pressed, and read at this moment; it may be handled later.
    Key(KeyEvent, Instant),
    /// Text was pasted as one piece. It is not cleaned yet.
    Paste(String),
    /// The terminal answered a question; read at this moment.
    Answer(Answer, Instant),
    /// The terminal takes bytes again.
    Writable,
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// The terminal is gone, or somebody asks the program to end.
    Hangup,
    /// The server welcomed this desk; whatever was asked on an earlier line is to be asked again.
    LinkUp(Box<Welcome>),
    /// The server says something.
    Server(FromServer),
    /// The line is down, for this reason. The link goes on trying.
    LinkDown(String),
    /// Another thread of this program did what it was sent for, or did not.
    Errand {
        /// Which errand; the sender's own number.
        number: u32,
        /// What came of it, or why not.
        outcome: Result<String, String>,
    },
    /// The server will not have this desk. The link has stopped.
    LinkRefused(Failure),
}

/// Most events in one batch, so that a flood still lets the screen be drawn.
const BATCH: usize = 4096;

/// Waits for an event or the deadline, then takes everything that is there. Empty when the deadline
/// passed. A hangup when nobody can send any more, for then no event would ever come.
pub fn next_batch(events: &Receiver<Event>, deadline: Option<Instant>) -> Vec<Event> {
    let first = match deadline {
        None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
        Some(at) => events.recv_timeout(at.saturating_duration_since(Instant::now())),
    };
    match first {
        Ok(first) => std::iter::once(first).chain(events.try_iter()).take(BATCH).collect(),
        Err(RecvTimeoutError::Timeout) => Vec::new(),
        Err(RecvTimeoutError::Disconnected) => vec![Event::Hangup],
    }
}

/// Writes a number in decimal digits.
fn push_number(out: &mut Vec<u8>, n: u32) {
    let mut digits = [0; 10];
    let mut at = digits.len();
    let mut left = n;
    loop {
        at -= 1;
        digits[at] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    #[test]
    fn a_batch_is_everything_that_is_there() {
        let (tx, rx) = channel();
        for n in 0..3 {
            tx.send(Event::Resize(n, n)).unwrap();
        }
        let batch = next_batch(&rx, None);
        assert_eq!(batch, (0..3).map(|n| Event::Resize(n, n)).collect::<Vec<_>>());
        assert_eq!(next_batch(&rx, Some(Instant::now())), []);
        assert_eq!(next_batch(&rx, Some(Instant::now() + Duration::from_millis(5))), []);
    }

    #[test]
    fn a_flood_is_cut_and_continues() {
        let (tx, rx) = channel();
        for _ in 0..=BATCH {
            tx.send(Event::Hangup).unwrap();
        }
        assert_eq!(next_batch(&rx, None).len(), BATCH);
        assert_eq!(next_batch(&rx, None).len(), 1);
    }

    #[test]
    fn nobody_left_is_a_hangup() {
        let (tx, rx) = channel();
        drop(tx);
        assert_eq!(next_batch(&rx, None), [Event::Hangup]);
        assert_eq!(next_batch(&rx, Some(Instant::now())), [Event::Hangup]);
    }
}
