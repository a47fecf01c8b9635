//! A line between desks and server that the test holds in its hand.

use crate::support::{TempStore, until};
use std::io::{BufRead, BufReader, Write};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex};

/// Stands where the server's socket stood; desks connect to it and notice nothing.
pub struct Proxy {
    shared: Arc<Shared>,
}

struct Shared {
    server: PathBuf,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// Lines of desks with this word in them are noted.
    watched: String,
    /// The next such line is the last that its desk's connection carries: its answer is lost.
    cut: bool,
    noted: Vec<serde_json::Value>,
}

impl Proxy {
    /// Puts itself before the server that runs on this store.
    pub fn before(store: &TempStore) -> Proxy {
        let (door, server) = (store.data().join("desk.sock"), store.data().join("behind.sock"));
        until("the server's socket", || door.exists().then_some(()));
        std::fs::rename(&door, &server).unwrap();
        let listener = UnixListener::bind(&door).unwrap();
        let shared = Arc::new(Shared { server, state: Mutex::default(), changed: Condvar::new() });
        let theirs = Arc::clone(&shared);
        std::thread::spawn(move || {
            for desk in listener.incoming() {
                let (Ok(desk), Ok(server)) = (desk, UnixStream::connect(&theirs.server)) else { return };
                carry(desk, server, &theirs);
            }
        });
        Proxy { shared }
    }

    /// The next line with this word reaches the server, and its answer nobody.
    pub fn lose_the_answer_to(&self, word: &str) {
        let mut state = self.shared.state.lock().unwrap();
        (state.watched, state.cut) = (word.to_owned(), true);
    }

    /// Waits until so many lines with the word were sent, and gives them.
    pub fn wait_noted(&self, count: usize) -> Vec<serde_json::Value> {
        let state = self.shared.state.lock().unwrap();
        let waited = self.shared.changed.wait_timeout_while(state, crate::support::LONG, |s| s.noted.len() < count);
        let (state, _) = waited.unwrap();
        assert!(state.noted.len() >= count, "only {:?}", state.noted);
        state.noted.clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // The store finds only who listens at the door.
        let server = UnixStream::connect(&self.shared.server).ok();
        if let Some(peer) = server.and_then(|server| rustix::net::sockopt::socket_peercred(&server).ok()) {
            let _ = rustix::process::kill_process(peer.pid, rustix::process::Signal::KILL);
        }
    }
}

fn carry(desk: UnixStream, server: UnixStream, shared: &Arc<Shared>) {
    let (from_desk, mut to_desk) = (desk.try_clone().unwrap(), desk);
    let (from_server, mut to_server) = (server.try_clone().unwrap(), server);
    let muted = Arc::new(Mutex::new(false));
    let (theirs, quiet) = (Arc::clone(shared), Arc::clone(&muted));
    std::thread::spawn(move || {
        for line in BufReader::new(&from_desk).lines() {
            let Ok(line) = line else { break };
            let cut = note(&theirs, &line);
            if cut {
                *quiet.lock().unwrap() = true;
            }
            if to_server.write_all(format!("{line}\n").as_bytes()).is_err() {
                break;
            }
            if cut {
                // The answer is on its way when the server has read on: give it the end, and wait for its own.
                let _ = to_server.shutdown(Shutdown::Write);
                return;
            }
        }
        let _ = to_server.shutdown(Shutdown::Both);
    });
    std::thread::spawn(move || {
        for line in BufReader::new(&from_server).lines() {
            let Ok(line) = line else { break };
            let quiet = muted.lock().unwrap();
            if !*quiet && to_desk.write_all(format!("{line}\n").as_bytes()).is_err() {
                break;
            }
        }
        let _ = to_desk.shutdown(Shutdown::Both);
    });
}

/// Notes a line if it is watched; whether it is the one whose answer is lost.
fn note(shared: &Shared, line: &str) -> bool {
    let mut state = shared.state.lock().unwrap();
    if state.watched.is_empty() || !line.contains(&state.watched) {
        return false;
    }
    state.noted.push(serde_json::from_str(line).unwrap());
    shared.changed.notify_all();
    std::mem::take(&mut state.cut)
}
