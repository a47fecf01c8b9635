//! Keys, pastes, answers, sizes and signals, each from its own thread into the one channel.

use super::Event;
use super::decode::{Decoder, Read};
use rustix::event::Timespec;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::fs::{Mode, OFlags, open};
use rustix::io::Errno;
use signal_hook::consts::{SIGHUP, SIGTERM, SIGWINCH};
use signal_hook::iterator::Signals;
use std::io;
use std::sync::mpsc::Sender;
use std::thread::Builder;
use std::time::Instant;

/// How long the end of a sequence may lag behind its Esc. Over a slow line the pieces of one key come apart; a person
/// needs longer between two keys.
const LAG: Timespec = Timespec { tv_sec: 0, tv_nsec: 40_000_000 };

/// Starts the threads. They own standard input and live as long as the program: a blocked read cannot be called back.
pub fn listen(events: &Sender<Event>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGWINCH])?;
    let tx = events.clone();
    Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            let event = match signal {
                SIGWINCH => match crossterm::terminal::size() {
                    Ok((cols, rows)) => Event::Resize(cols, rows),
                    Err(_) => continue,
                },
                _ => Event::Hangup,
            };
            if tx.send(event).is_err() {
                return;
            }
        }
    })?;
    let tx = events.clone();
    let input = Input::open()?;
    Builder::new().name("keys".into()).spawn(move || {
        read_keys(&input, &tx);
        let _ = tx.send(Event::Hangup);
    })?;
    Ok(())
}

/// Where keys come from.
enum Input {
    Stdin,
    /// Standard input is something else.
    Terminal(OwnedFd),
}

impl Input {
    fn open() -> io::Result<Input> {
        if rustix::termios::isatty(rustix::stdio::stdin()) {
            return Ok(Input::Stdin);
        }
        Ok(Input::Terminal(open("/dev/tty", OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())?))
    }

    fn fd(&self) -> BorrowedFd<'_> {
        match self {
            Input::Stdin => rustix::stdio::stdin(),
            Input::Terminal(fd) => fd.as_fd(),
        }
    }
}

/// Reads until the terminal is gone or nobody listens any more.
fn read_keys(input: &Input, events: &Sender<Event>) {
    let fd = input.fd();
    let mut decoder = Decoder::default();
    let mut buffer = [0; 4096];
    loop {
        let lag = decoder.is_waiting().then_some(&LAG);
        let read = match poll(&mut [PollFd::new(&fd, PollFlags::IN)], lag) {
            Ok(0) => decoder.give_up(),
            Ok(_) => match rustix::io::read(fd, &mut buffer) {
                Ok(0) => return,
                Ok(read) => decoder.feed(&buffer[..read]),
                // Another program of the same terminal may have made it non-blocking.
                Err(Errno::INTR | Errno::AGAIN) => continue,
                Err(_) => return,
            },
            Err(Errno::INTR) => continue,
            Err(_) => return,
        };
        let now = Instant::now();
        for read in read {
            let event = match read {
                Read::Key(key) => Event::Key(key, now),
                Read::Paste(text) => Event::Paste(text),
                Read::Answer(answer) => Event::Answer(answer, now),
            };
            if events.send(event).is_err() {
                return;
            }
        }
    }
}
