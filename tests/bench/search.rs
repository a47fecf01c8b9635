//! `cargo bench --bench search`: how quickly students are found among a million (`XUEJI_BENCH_STUDENTS` says
//! otherwise). Times are printed beside the budget; nothing is asserted.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a bench talks and dies"
)]

#[path = "../support/mod.rs"]
mod support;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use serde_json::json;
use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};
use support::call::Call;
use support::{TempStore, environment, program, temp_store};

/// Nothing for this long: the answer to a key is complete.
const QUIET: Duration = Duration::from_millis(150);
const BUDGET: &str = "budget 30 ms";

/// What is looked for: common and rare, short and long, by name, initials, number, and two together.
const TEXTS: [&str; 14] =
    ["王", "王伟", "欧阳", "买买提", "z", "zs", "zsf", "oyx", "200", "2008", "410782", "803X", "zs 803X", "没有此人"];

fn main() {
    let students = std::env::var("XUEJI_BENCH_STUDENTS").unwrap_or_else(|_| "1000000".into());
    let profile = if cfg!(debug_assertions) { "debug" } else { "release" };
    println!("search, {profile}, exercise county of {students} students");
    let store = temp_store();
    let begun = Instant::now();
    store.run(&["demo", "--students", &students]);
    println!("made in {:.1} s", begun.elapsed().as_secs_f64());
    if store.server_pid().is_some() {
        store.run_ok(&["stop"]);
    }
    let begun = Instant::now();
    let server = store.serve();
    let mut province = server.call_as("sheng-jb");
    println!("{:<44} {:>8.2} ms", "server up", begun.elapsed().as_secs_f64() * 1000.0);
    // Students of a great store are read behind the opening: who asks for them waits, longer than a line is patient.
    let find = json!({"do": "students.find", "text": "王", "count": 1});
    while !server.call_as("xian1-jb").try_ask(find.clone()).is_ok_and(|answer| answer.get("ok").is_some()) {}
    println!("{:<44} {:>8.2} ms", "all students read", begun.elapsed().as_secs_f64() * 1000.0);
    for account in ["sheng-jb", "shi-jb", "xian1-jb", "x1-lr"] {
        let mut desk = server.call_as(account);
        for text in TEXTS {
            asked(&mut desk, account, text);
        }
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.pid())).unwrap();
    for line in status.lines().filter(|line| line.starts_with("VmHWM") || line.starts_with("RssAnon")) {
        println!("server memory, {line}");
    }
    for account in ["sheng-jb", "xian1-jb"] {
        shown(&store, account);
    }
    province.ok(json!({"do": "whoami"}));
}

/// Request to reply over the socket.
fn asked(desk: &mut Call, account: &str, text: &str) {
    let mut found = 0;
    let times = (0..20).map(|_| {
        let begun = Instant::now();
        let list = desk.ok(json!({"do": "students.find", "text": text, "count": 60}));
        found = list["items"].as_array().unwrap().len();
        begun.elapsed()
    });
    let times: Vec<Duration> = times.collect();
    report(&format!("{account}, {text:?}, asked to answered"), times, &format!("{found} found"));
}

/// Last key to the last byte on the terminal.
fn shown(store: &TempStore, account: &str) {
    let mut desk = Term::open(store, account);
    desk.drain();
    desk.send("2");
    desk.drain();
    for text in TEXTS {
        let last = text.chars().next_back().unwrap().to_string();
        let times = (0..10).map(|_| {
            desk.send(&format!("\x15{}", text.strip_suffix(&last).unwrap()));
            desk.drain();
            let pressed = Instant::now();
            desk.send(&last);
            desk.drain().unwrap_or(pressed) - pressed
        });
        let times: Vec<Duration> = times.collect();
        report(&format!("{account}, {text:?}, last key to shown"), times, BUDGET);
    }
}

fn report(name: &str, mut times: Vec<Duration>, what: &str) {
    times.sort_unstable();
    let ms = |at: usize| times[at.min(times.len() - 1)].as_secs_f64() * 1000.0;
    println!("{name:<44} {:>8.2} ms  (worst {:.2} ms; {what})", ms(times.len() / 2), ms(times.len()));
}

/// A terminal that notes when bytes came.
struct Term {
    pieces: Receiver<Instant>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn portable_pty::Child + Send + Sync>,
    _master: Box<dyn portable_pty::MasterPty + Send>,
    _home: tempfile::TempDir,
}

impl Term {
    fn open(store: &TempStore, account: &str) -> Term {
        let home = tempfile::tempdir().unwrap();
        let mut builder = CommandBuilder::new(program());
        builder.args(["--data", store.data_arg(), "--as", account]);
        builder.env_clear();
        for (name, value) in environment(home.path()) {
            builder.env(name, value);
        }
        builder.cwd(home.path());
        let pty = native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
        let child = pty.slave.spawn_command(builder).unwrap();
        drop(pty.slave);
        let mut reader = pty.master.try_clone_reader().unwrap();
        let (tx, pieces) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 65536];
            while let Ok(1..) = reader.read(&mut buffer) {
                if tx.send(Instant::now()).is_err() {
                    return;
                }
            }
        });
        Term { pieces, writer: pty.master.take_writer().unwrap(), child, _master: pty.master, _home: home }
    }

    fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Takes everything until nothing comes: when the last byte came.
    fn drain(&mut self) -> Option<Instant> {
        let mut last = None;
        loop {
            match self.pieces.recv_timeout(QUIET) {
                Ok(when) => last = Some(when),
                Err(RecvTimeoutError::Timeout) => return last,
                Err(RecvTimeoutError::Disconnected) => panic!("the desk ended"),
            }
        }
    }
}

impl Drop for Term {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
