//! What a clerk waits for, measured from outside: the real program in pseudo-terminals, on the exercise county.
//!
//! `cargo bench --bench desk` prints one line for each figure, with its budget. Nothing is asserted: times on a busy
//! machine are read, not believed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a bench talks and dies"
)]

#[path = "../support/mod.rs"]
mod support;

use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};
use support::call::Call;
use support::{LONG, TempStore, environment, log_of, program, temp_store};

/// Nothing for this long: the answer to a key is complete.
const QUIET: Duration = Duration::from_millis(60);

fn main() {
    let profile = if cfg!(debug_assertions) { "debug" } else { "release" };
    let sizes = std::env::var("XUEJI_BENCH_STUDENTS").unwrap_or_else(|_| "2000,100000,1000000".into());
    for (nth, students) in sizes.split(',').enumerate() {
        println!("desk, {profile}, 80x24, exercise county of {students} students");
        let store = county(students);
        // A million are read for a minute each time.
        starts(&store, if students == "1000000" { 1 } else { 3 });
        let keep = Term::open(&store, "xian1-gl");
        report("xueji to a usable queue, server running", &samples(20, || opened(&store).1), "60 ms");
        drop(keep);
        one_desk(&store);
        if nth == 0 {
            report("Enter at one desk to the change on another", &from_desk_to_desk(&store, 20), "200 ms");
        }
        if let Some(pid) = store.server_pid() {
            memory(pid.as_raw_nonzero().get(), "server", if students == "1000000" { "600 MB" } else { "100 MB" });
        }
    }
}

fn county(students: &str) -> TempStore {
    let store = temp_store();
    let begun = Instant::now();
    assert_eq!(store.run(&["demo", "--students", students]).status.code(), Some(2), "no county");
    println!("{:<52} {:>8.1} s", "made in", begun.elapsed().as_secs_f64());
    store
}

/// From nothing running to the queue, and to the last record read: after a clean stop, and after a kill.
fn starts(store: &TempStore, rounds: u32) {
    let stop = || {
        if store.server_pid().is_some() {
            store.run_ok(&["stop"]);
        }
    };
    stop();
    let (mut clean, mut whole, mut killed) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        let begun = Instant::now();
        let (mut desk, taken) = opened(store);
        clean.push(taken);
        whole.push(desk.wait_within(LONG * 5, |screen| !screen.contains("读入记录")) - begun);
        drop(desk);
        store.kill_server();
        killed.push(opened(store).1);
        stop();
    }
    report("xueji to a usable queue, server not running", &clean, "100,000: 400 ms; 1,000,000: 3 s");
    report("  and to the last record read", &whole, "-");
    report("the same after a kill -9 of the server", &killed, "-");
}

/// What one desk costs: bytes, time and processor of its keys, memory, and nothing while nothing happens.
fn one_desk(store: &TempStore) {
    let (mut desk, _) = opened(store);
    desk.drain();
    println!("{:<52} {:>8} B      (budget 2500 B)", "first paint, with the counts behind it", desk.bytes);
    keys(&mut desk, "j", "one row down");
    keys(&mut desk, "\x1b[6~", "page down");
    processor(&mut desk);
    memory(desk.pid, "client", "8 MB");
    let before = cpu(desk.pid);
    desk.drain();
    std::thread::park_timeout(Duration::from_secs(5));
    let (_, bytes) = desk.drain();
    let used = cpu(desk.pid) - before;
    println!("{:<52} {bytes:>8} B, {:.3} ms of processor", "idle for 5 s", used.as_secs_f64() * 1000.0);
}

/// Processor time of the desk for each row the bar goes down, every key drawn before the next is pressed.
fn processor(desk: &mut Term) {
    const ROWS: u32 = 100;
    desk.send("g");
    desk.drain();
    let before = cpu(desk.pid);
    for at in 2..=ROWS + 1 {
        desk.send("j");
        desk.wait(|screen| screen.lines().nth(1).is_some_and(|tabs| tabs.contains(&format!(" {at}/"))));
    }
    let each = (cpu(desk.pid) - before) / ROWS;
    println!("{:<52} {:>8.3} ms     (budget 0.2 ms)", "one row down, processor", each.as_secs_f64() * 1000.0);
}

fn memory(pid: i32, whose: &str, budget: &str) {
    for line in std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap().lines() {
        if let Some(kib) = line.strip_prefix("VmHWM:").or_else(|| line.strip_prefix("RssAnon:")) {
            let name = &line[..line.len() - kib.len() - 1];
            println!("{:<52} {:>8}        (budget {budget})", format!("{whose} memory, {name}"), kib.trim());
        }
    }
}

/// A desk with its queue drawn, and how long that took.
fn opened(store: &TempStore) -> (Term, Duration) {
    let begun = Instant::now();
    let mut desk = Term::open(store, "xian1-jb");
    let drawn = desk.wait_within(LONG * 5, |screen| screen.lines().any(|row| row.starts_with('>')));
    (desk, drawn - begun)
}

/// The delay of a key to the last byte of its answer, and the bytes.
fn keys(desk: &mut Term, key: &str, name: &str) {
    desk.send("g");
    desk.drain();
    desk.send("jjjjj");
    desk.drain();
    let mut bytes = Vec::new();
    let count = if key.len() == 1 { 100 } else { 7 };
    let delays = samples(count, || {
        let pressed = Instant::now();
        desk.send(key);
        let (last, sent) = desk.drain();
        bytes.push(sent);
        last.unwrap_or(pressed) - pressed
    });
    report(&format!("{name}, key to last byte"), &delays, "3 ms / 16 ms");
    bytes.sort_unstable();
    let (least, median, most) = (bytes[0], bytes[bytes.len() / 2], bytes[bytes.len() - 1]);
    println!("{:<52} {median:>8} B      (least {least}, most {most})", format!("{name}, bytes"));
}

/// Cases that the handling clerk can propose on: a hand without accounts is nobody's to propose for.
fn proposable(store: &TempStore, many: usize) -> Vec<String> {
    let mut call = Call::connect_as(store.data(), "xian1-jb");
    let page = call.ok(json!({"do": "queue.page", "tab": "mine", "count": 100}));
    let ids: Vec<String> =
        page["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().into()).collect();
    let open =
        |id: &String| call.ok(json!({"do": "applications.show", "application": id}))["propose"]["state"] == "open";
    ids.into_iter().filter(open).take(many).collect()
}

fn from_desk_to_desk(store: &TempStore, count: usize) -> Vec<Duration> {
    let cases = proposable(store, count);
    assert_eq!(cases.len(), count, "too few cases to propose on");
    let mut first = opened(store).0;
    let mut second = Term::open(store, "xian1-fh");
    second.wait(|screen| waiting(screen).is_some());
    let mut at = waiting(&second.screen()).unwrap();
    let one = |id: String| {
        first.send(&format!(":a {id}\r"));
        first.wait(|screen| screen.contains(&id) && !screen.contains("[我的待办"));
        // The quarter second in which deciding keys do nothing has to pass.
        std::thread::park_timeout(Duration::from_millis(300));
        first.send("a");
        first.wait(|screen| screen.contains("Enter 确认"));
        second.drain();
        at += 1;
        let pressed = Instant::now();
        first.send("\r");
        let seen = second.wait(|screen| screen.contains(&format!("[我的待办 {at}]")));
        first.drain();
        first.send("\x1b\x1b");
        first.drain();
        seen - pressed
    };
    cases.into_iter().map(one).collect()
}

/// What the first tab counts, once it does.
fn waiting(screen: &str) -> Option<u32> {
    screen.split_once("[我的待办 ")?.1.split_once(']')?.0.parse().ok()
}

fn samples(count: u32, mut one: impl FnMut() -> Duration) -> Vec<Duration> {
    (0..count).map(|_| one()).collect()
}

fn report(name: &str, times: &[Duration], budget: &str) {
    let mut times = times.to_vec();
    times.sort_unstable();
    let ms = |at: usize| times[at.min(times.len() - 1)].as_secs_f64() * 1000.0;
    let (median, late) = (ms(times.len() / 2), ms(times.len() * 99 / 100));
    println!("{name:<52} {median:>8.2} ms     (99th {late:.2} ms of {}; budget {budget})", times.len());
}

/// Processor time that all threads of a process have used: counted by the scheduler in nanoseconds.
fn cpu(pid: i32) -> Duration {
    let of = |thread: std::io::Result<std::fs::DirEntry>| {
        let used = std::fs::read_to_string(thread.unwrap().path().join("schedstat")).unwrap_or_default();
        used.split(' ').next().and_then(|ns| ns.parse().ok()).unwrap_or(0)
    };
    Duration::from_nanos(std::fs::read_dir(format!("/proc/{pid}/task")).unwrap().map(of).sum())
}

/// A terminal that notes when each byte came; [`support::pty::Desk`] waits too politely to be a clock.
struct Term {
    pieces: Receiver<(Instant, Vec<u8>)>,
    terminal: vt100::Parser,
    bytes: usize,
    writer: Box<dyn Write + Send>,
    _master: Box<dyn MasterPty + Send>,
    child: Box<dyn portable_pty::Child + Send + Sync>,
    pid: i32,
    log: String,
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
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size).unwrap();
        let child = pty.slave.spawn_command(builder).unwrap();
        drop(pty.slave);
        let mut reader = pty.master.try_clone_reader().unwrap();
        let (tx, pieces) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 65536];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if tx.send((Instant::now(), buffer[..read].to_vec())).is_err() {
                    return;
                }
            }
        });
        let (rows, cols) = (NonZeroU16::new(24).unwrap(), NonZeroU16::new(80).unwrap());
        Term {
            pieces,
            terminal: vt100::Parser::new(rows, cols, 0),
            bytes: 0,
            writer: pty.master.take_writer().unwrap(),
            _master: pty.master,
            pid: child.process_id().unwrap() as i32,
            child,
            log: log_of(store.data()),
            _home: home,
        }
    }

    fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    fn screen(&self) -> String {
        self.terminal.screen().rows(0, 80).collect::<Vec<_>>().join("\n")
    }

    /// Waits for a screen, and says when its last byte came.
    fn wait(&mut self, done: impl Fn(&str) -> bool) -> Instant {
        self.wait_within(LONG, done)
    }

    /// The same with other patience.
    fn wait_within(&mut self, patience: Duration, done: impl Fn(&str) -> bool) -> Instant {
        let mut at = Instant::now();
        let deadline = at + patience;
        while !done(&self.screen()) {
            match self.pieces.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok((when, piece)) => {
                    at = when;
                    self.bytes += piece.len();
                    self.terminal.process(&piece);
                }
                Err(why) => panic!("{why}\n{}\n{}", self.screen(), self.log),
            }
        }
        at
    }

    /// Takes everything until nothing comes: when the last byte came, and how many came.
    fn drain(&mut self) -> (Option<Instant>, usize) {
        let (mut last, mut bytes) = (None, 0);
        loop {
            match self.pieces.recv_timeout(QUIET) {
                Ok((when, piece)) => {
                    last = Some(when);
                    bytes += piece.len();
                    self.bytes += piece.len();
                    self.terminal.process(&piece);
                }
                Err(RecvTimeoutError::Timeout) => return (last, bytes),
                Err(RecvTimeoutError::Disconnected) => panic!("the desk ended\n{}", self.screen()),
            }
        }
    }
}

impl Drop for Term {
    fn drop(&mut self) {
        if let Some(pid) = Pid::from_raw(self.pid) {
            let _ = kill_process(pid, Signal::KILL);
        }
        let _ = self.child.wait();
    }
}
