//! Keys, pastes, sizes and signals, each from its own thread into the one channel.

use super::Event;
use crossterm::event::{Event as Terminal, KeyEventKind};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use signal_hook::consts::{SIGHUP, SIGTERM};
use signal_hook::iterator::Signals;
use std::io::{self, IsTerminal};
use std::sync::mpsc::Sender;
use std::thread::Builder;
use std::time::Instant;

/// Starts the threads. They own crossterm's reader, which is one per process, and live as long as it:
/// a blocked read cannot be called back.
pub fn listen(events: &Sender<Event>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP])?;
    let tx = events.clone();
    Builder::new().name("signals".into()).spawn(move || {
        for _ in signals.forever() {
            if tx.send(Event::Hangup).is_err() {
                return;
            }
        }
    })?;
    if io::stdin().is_terminal() {
        let tx = events.clone();
        Builder::new().name("hangup".into()).spawn(move || watch_for_hangup(&tx))?;
    }
    let tx = events.clone();
    Builder::new().name("keys".into()).spawn(move || read_keys(&tx))?;
    Ok(())
}

fn read_keys(events: &Sender<Event>) {
    loop {
        let event = match crossterm::event::read() {
            Ok(event) => translate(event),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => None,
            Err(_) => {
                let _ = events.send(Event::Hangup);
                return;
            }
        };
        if let Some(event) = event
            && events.send(event).is_err()
        {
            return;
        }
    }
}

/// A terminal that vanishes sends no key, and crossterm does not report its end: it reads nothing for
/// ever. Where no signal comes either, only the file descriptor knows.
fn watch_for_hangup(events: &Sender<Event>) {
    let stdin = rustix::stdio::stdin();
    loop {
        // Nothing is asked for; a hangup is reported all the same, and keys do not wake this thread.
        let mut watched = [PollFd::new(&stdin, PollFlags::empty())];
        match poll(&mut watched, None) {
            Ok(_) | Err(Errno::INTR) if watched[0].revents().is_empty() => {}
            _ => {
                let _ = events.send(Event::Hangup);
                return;
            }
        }
    }
}

/// Our event for the terminal's, if it concerns the desk.
fn translate(event: Terminal) -> Option<Event> {
    match event {
        // A held key repeats as further presses; only its release is no key.
        Terminal::Key(key) if key.kind != KeyEventKind::Release => Some(Event::Key(key, Instant::now())),
        Terminal::Paste(text) => Some(Event::Paste(text)),
        Terminal::Resize(cols, rows) => Some(Event::Resize(cols, rows)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    #[test]
    fn releases_and_focus_are_no_events() {
        let key = |kind| Terminal::Key(KeyEvent::new_with_kind(KeyCode::Char('a'), KeyModifiers::NONE, kind));
        assert!(matches!(translate(key(KeyEventKind::Press)), Some(Event::Key(..))));
        assert!(matches!(translate(key(KeyEventKind::Repeat)), Some(Event::Key(..))));
        assert_eq!(translate(key(KeyEventKind::Release)), None);
        assert_eq!(translate(Terminal::FocusGained), None);
        assert_eq!(translate(Terminal::Paste("休".into())), Some(Event::Paste("休".into())));
        assert_eq!(translate(Terminal::Resize(80, 24)), Some(Event::Resize(80, 24)));
    }
}
