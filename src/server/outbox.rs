//! Lines on their way to one connection, bounded in number and in bytes. Replies wait for room, so that who does not
//! read holds up nobody else; notices do not wait: they are for the quick.

use super::hub::Line;
use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Most bytes that wait for one connection. Replies wait for room at half of it, so that a script that asks faster
/// than it reads still leaves room for notices.
const MOST_BYTES: usize = 1 << 20;

/// The queue.
pub(super) struct Outbox {
    state: Mutex<State>,
    changed: Condvar,
    most_lines: usize,
}

#[derive(Default)]
struct State {
    lines: VecDeque<Line>,
    bytes: usize,
    /// Somebody is giving a line to the other end at this moment.
    giving: bool,
    /// Nothing more is taken in.
    ended: bool,
}

impl Outbox {
    /// With room for so many lines.
    pub(super) fn new(most_lines: usize) -> Self {
        Outbox { state: Mutex::default(), changed: Condvar::new(), most_lines: most_lines.max(2) }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a reply, waiting for room; dropped when the connection is over.
    pub(super) fn reply(&self, line: Line) {
        let full = |state: &mut State| {
            !state.ended && (state.lines.len() >= self.most_lines / 2 || state.bytes >= MOST_BYTES / 2)
        };
        let mut state = self.changed.wait_while(self.lock(), full).unwrap_or_else(PoisonError::into_inner);
        self.push(&mut state, line);
    }

    /// Takes the turn of giving a line at once, if nothing waits before it: whoever answers then writes himself, and no other
    /// thread has to wake for it. To be followed by [`Outbox::given`].
    pub(super) fn may_give(&self) -> bool {
        let mut state = self.lock();
        let free = state.lines.is_empty() && !state.giving && !state.ended;
        state.giving |= free;
        free
    }

    /// The line has been given.
    pub(super) fn given(&self) {
        let mut state = self.lock();
        state.giving = false;
        // Nobody is woken for nothing.
        if !state.lines.is_empty() || state.ended {
            self.changed.notify_all();
        }
    }

    /// Queues a notice; false when there is no room, or nobody any more.
    pub(super) fn tell(&self, line: Line) -> bool {
        let mut state = self.lock();
        let room = state.lines.len() < self.most_lines && state.bytes + line.len() <= MOST_BYTES;
        room && self.push(&mut state, line)
    }

    fn push(&self, state: &mut State, line: Line) -> bool {
        if !state.ended {
            state.bytes += line.len();
            state.lines.push_back(line);
            self.changed.notify_all();
        }
        !state.ended
    }

    /// The next line, waiting for it; none when all is said.
    pub(super) fn next(&self) -> Option<Line> {
        // Whoever gives at this moment was first.
        let nothing = |state: &mut State| state.giving || (state.lines.is_empty() && !state.ended);
        let mut state = self.changed.wait_while(self.lock(), nothing).unwrap_or_else(PoisonError::into_inner);
        let line = state.lines.pop_front()?;
        state.bytes -= line.len();
        state.giving = true;
        self.changed.notify_all();
        Some(line)
    }

    /// All is said: what is queued is still given.
    pub(super) fn end(&self) {
        self.lock().ended = true;
        self.changed.notify_all();
    }

    /// The other end takes nothing any more: what is queued is dropped.
    pub(super) fn broken(&self) {
        let mut state = self.lock();
        *state = State { ended: true, giving: state.giving, ..State::default() };
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::mpsc::channel;
    use std::thread;
    use std::time::Duration;

    /// The next line's length; it is given at once.
    fn taken(outbox: &Outbox) -> usize {
        let length = outbox.next().unwrap().len();
        outbox.given();
        length
    }

    fn line(bytes: usize) -> Line {
        "x".repeat(bytes).into()
    }

    #[test]
    fn replies_wait_at_half_the_bytes_and_notices_have_the_rest() {
        let outbox = Arc::new(Outbox::new(512));
        outbox.reply(line(MOST_BYTES / 2 - 1));
        outbox.reply(line(1));
        let (done, waited) = channel();
        let asker = Arc::clone(&outbox);
        let thread = thread::spawn(move || {
            asker.reply(line(3));
            done.send(()).unwrap();
        });
        assert!(waited.recv_timeout(Duration::from_millis(100)).is_err(), "it did not wait for room");
        assert!(outbox.tell(line(MOST_BYTES / 2)));
        assert!(!outbox.tell(line(1)), "more than its bytes");
        assert_eq!(taken(&outbox), MOST_BYTES / 2 - 1);
        assert_eq!(taken(&outbox), 1);
        assert_eq!(taken(&outbox), MOST_BYTES / 2);
        waited.recv_timeout(Duration::from_secs(20)).unwrap();
        thread.join().unwrap();
        outbox.end();
        assert_eq!(taken(&outbox), 3);
        assert!(outbox.next().is_none());
    }

    #[test]
    fn a_reply_is_given_at_once_only_where_nothing_is_before_it() {
        let outbox = Arc::new(Outbox::new(512));
        assert!(outbox.may_give(), "nothing waits");
        assert!(!outbox.may_give(), "somebody gives");
        assert!(outbox.tell(line(1)));
        let giver = Arc::clone(&outbox);
        let (took, taking) = channel();
        let thread = thread::spawn(move || took.send(taken(&giver)).unwrap());
        assert!(taking.recv_timeout(Duration::from_millis(50)).is_err(), "two give at once");
        outbox.given();
        assert_eq!(taking.recv_timeout(Duration::from_secs(20)).unwrap(), 1);
        thread.join().unwrap();
        outbox.reply(line(2));
        assert!(!outbox.may_give(), "a line waits");
        assert_eq!(taken(&outbox), 2);
        outbox.end();
        assert!(!outbox.may_give(), "all is said");
    }

    #[test]
    fn lines_are_counted_too_and_who_waits_is_let_go_at_the_end() {
        let outbox = Arc::new(Outbox::new(4));
        outbox.reply(line(1));
        outbox.reply(line(1));
        let asker = Arc::clone(&outbox);
        let thread = thread::spawn(move || asker.reply(line(1)));
        assert!(outbox.tell(line(1)) && outbox.tell(line(1)));
        assert!(!outbox.tell(line(1)), "more than its lines");
        outbox.broken();
        thread.join().unwrap();
        assert!(outbox.next().is_none());
        assert!(!outbox.tell(line(1)));
    }
}
