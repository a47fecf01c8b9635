//! The way to the terminal. It never blocks the desk: what the terminal does not take stays here, at most one frame of
//! it, and no other frame is begun before.

use super::Event;
use super::backend::Sink;
use super::pace::{LinkMode, Pace, QUESTION};
use rustix::event::Timespec;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::{Mode, OFlags, open};
use rustix::io::Errno;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread::Builder;
use std::time::{Duration, Instant};

/// The terminal.
pub(super) struct Tty {
    /// The terminal opened for us alone: made non-blocking, it would be so for the shell too if it were shared.
    own: Option<Arc<OwnedFd>>,
    /// Of a frame, what the terminal has not taken yet.
    rest: Vec<u8>,
    pub(super) pace: Pace,
    /// Wakes the desk when the terminal takes bytes again.
    waker: Option<Sender<()>>,
    waking: bool,
}

impl Tty {
    pub(super) fn new(mode: LinkMode, events: Option<&Sender<Event>>) -> Tty {
        let own = own_terminal().map(Arc::new);
        let waker = own.clone().zip(events).and_then(|(own, events)| waker(own, events.clone()));
        Tty { own: own.filter(|_| waker.is_some()), rest: Vec::new(), pace: Pace::new(mode), waker, waking: false }
    }

    /// Writes what comes before the first frame; at its end there may be a question.
    pub(super) fn begin(&mut self, bytes: &[u8], asks: bool) -> io::Result<()> {
        self.rest.extend_from_slice(bytes);
        self.pace.sent(bytes.len(), asks, Instant::now());
        self.push()
    }

    /// The terminal takes bytes again.
    pub(super) fn woken(&mut self) {
        self.waking = false;
    }

    /// Writes what the terminal takes of the rest.
    fn push(&mut self) -> io::Result<()> {
        while !self.rest.is_empty() {
            let written = match &self.own {
                Some(own) => rustix::io::write(own, &self.rest),
                None => write_waiting(&self.rest, None),
            };
            match written {
                Ok(written) => drop(self.rest.drain(..written)),
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => {
                    if !self.waking
                        && let Some(waker) = &self.waker
                    {
                        self.waking = waker.send(()).is_ok();
                    }
                    return Ok(());
                }
                Err(e) => return Err(e.into()),
            }
        }
        Ok(())
    }
}

impl Sink for Tty {
    fn ready(&mut self) -> io::Result<bool> {
        self.push()?;
        Ok(self.rest.is_empty() && self.pace.ready(Instant::now()))
    }

    fn send(&mut self, frame: &[u8]) -> io::Result<()> {
        let asks = self.pace.asks(frame.len());
        self.rest.extend_from_slice(frame);
        if asks {
            self.rest.extend_from_slice(QUESTION);
        }
        self.pace.sent(frame.len(), asks, Instant::now());
        self.push()
    }
}

/// Standard output's terminal, opened anew, so that it can be written to without blocking.
fn own_terminal() -> Option<OwnedFd> {
    let name = rustix::termios::ttyname(rustix::stdio::stdout(), Vec::new()).ok()?;
    open(name, OFlags::WRONLY | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC, Mode::empty()).ok()
}

/// A thread that, each time it is asked, waits until the terminal takes bytes and says so.
fn waker(own: Arc<OwnedFd>, events: Sender<Event>) -> Option<Sender<()>> {
    let (asked, asks) = channel::<()>();
    let wait = move || {
        for () in asks {
            let _ = poll(&mut [PollFd::new(&own, PollFlags::OUT)], None);
            if events.send(Event::Writable).is_err() {
                return;
            }
        }
    };
    Builder::new().name("screen".into()).spawn(wait).ok().map(|_| asked)
}

/// One write to standard output, waited for, for so long at most.
fn write_waiting(bytes: &[u8], most: Option<&Timespec>) -> rustix::io::Result<usize> {
    let out = rustix::stdio::stdout();
    loop {
        match rustix::io::write(out, bytes) {
            // Another program of the same terminal may have made it non-blocking.
            Err(Errno::AGAIN) => match poll(&mut [PollFd::new(&out, PollFlags::OUT)], most) {
                Ok(0) => return Err(Errno::AGAIN),
                Ok(_) | Err(Errno::INTR) => {}
                Err(e) => return Err(e),
            },
            Err(Errno::INTR) => {}
            done => return done,
        }
    }
}

/// Writes all of it to standard output, but waits no longer than this for a terminal that takes nothing: the program is
/// about to end, and must.
pub(super) fn last_words(bytes: &[u8], most: Duration) {
    let until = Instant::now() + most;
    let out = rustix::stdio::stdout();
    let mut left = bytes;
    while !left.is_empty() {
        let wait = until.saturating_duration_since(Instant::now());
        let most = Timespec { tv_sec: wait.as_secs() as i64, tv_nsec: i64::from(wait.subsec_nanos()) };
        match poll(&mut [PollFd::new(&out.as_fd(), PollFlags::OUT)], Some(&most)) {
            Ok(1..) | Err(Errno::INTR) if Instant::now() < until => {}
            _ => return,
        }
        match write_waiting(left, Some(&most)) {
            Ok(written) => left = &left[written..],
            Err(_) => return,
        }
    }
}
