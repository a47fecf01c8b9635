//! `cargo bench --bench service`: how quickly the service answers, tells, opens, and how much memory it takes. Times are
//! printed beside the budget and beside what the machine itself needs; nothing is asserted.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench that cannot measure has nothing better to do"
)]

#[path = "bulk.rs"]
mod bulk;
#[path = "../support/mod.rs"]
mod support;

use serde_json::{Value, json};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};
use support::call::Call;
use support::{Server, TempStore, temp_store};

/// Desks at once, and how they work.
const DESKS: usize = 50;
const COMMANDS_PER_SECOND: u32 = 5;
const SECONDS: u32 = 5;

fn say(name: &str, figure: &str, budget: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{name:<44}  {figure:<44}  (budget {budget})");
}

fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

/// Median and 99th percentile.
fn spread(times: &mut [Duration]) -> (Duration, Duration) {
    times.sort();
    let at = |percent: usize| times.get((times.len() * percent / 100).min(times.len().saturating_sub(1)));
    (at(50).copied().unwrap_or_default(), at(99).copied().unwrap_or_default())
}

fn county(students: u32) -> TempStore {
    let store = temp_store();
    let begun = Instant::now();
    store.run(&["demo", "--students", &students.to_string()]);
    assert!(store.data().join("journal").is_dir(), "the county could not be made");
    if store.server_pid().is_some() {
        store.run_ok(&["stop"]);
    }
    say(&format!("county of {students} made"), &ms(begun.elapsed()), "none");
    store
}

/// What the machine itself takes to have a small append on the disk.
struct Probe {
    path: PathBuf,
    file: File,
}

impl Probe {
    fn new(folder: &Path) -> Probe {
        let path = folder.join("fdatasync.probe");
        Probe { file: File::create(&path).unwrap(), path }
    }

    fn once(&mut self) -> Duration {
        let begun = Instant::now();
        self.file.write_all(&[7; 2048]).unwrap();
        self.file.sync_data().unwrap();
        begun.elapsed()
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Applications that the first post of the county may act on.
fn waiting(desk: &mut Call) -> Vec<(Value, u64)> {
    let mut found = Vec::new();
    let mut request = json!({ "do": "queue.page", "tab": "mine", "count": 100 });
    loop {
        let page = desk.ok(request.clone());
        for row in page["items"].as_array().unwrap() {
            let case = desk.ok(json!({ "do": "applications.show", "application": row["id"] }));
            let one = (row["id"].clone(), row["revision"].as_u64().unwrap());
            if case["propose"]["state"] == "open" && case["missing"] == json!([]) && !found.contains(&one) {
                found.push(one);
            }
        }
        if page["next"].is_null() {
            return found;
        }
        request["anchor"] = page["next"].clone();
    }
}

fn propose(id: &Value, revision: u64) -> Value {
    json!({ "do": "applications.propose", "application": id, "revision": revision, "outcome": "approve",
            "command": uuid::Uuid::new_v4().to_string() })
}

/// One desk at a time: proposals told to another desk, and decisions.
fn decisions(server: &Server, data: &Path, cases: &[(Value, u64)]) {
    let mut probe = Probe::new(data);
    let (alone, alone_99) = spread(&mut (0..300).map(|_| probe.once()).collect::<Vec<_>>());
    let name = "fdatasync of 2 KB, one after the other: median, p99";
    say(name, &format!("{}, {}", ms(alone), ms(alone_99)), "the machine's own");
    let mut handler = server.call_as("xian1-jb");
    let mut reviewer = server.call_as("xian1-fh");
    let mut watcher = server.call_as("xian1-fh");
    watcher.ok(json!({ "do": "notices.subscribe" }));
    let (seen, told) = channel();
    let ear = thread::spawn(move || {
        while let Some(line) = watcher.read() {
            let notice = &line["notice"];
            if notice["kind"] == "changed" && seen.send((notice.clone(), Instant::now())).is_err() {
                return;
            }
        }
    });
    let (mut decided, mut delays, mut synced) = (Vec::new(), Vec::new(), Vec::new());
    for (id, revision) in cases {
        handler.ok(propose(id, *revision));
        let acknowledged = Instant::now();
        let at = loop {
            let (notice, at) = told.recv().unwrap();
            if notice["application"] == *id && notice["revision"] == revision + 1 {
                break at;
            }
        };
        delays.push(at.saturating_duration_since(acknowledged));
        let command = json!({ "do": "applications.decide", "application": id, "revision": revision + 1, "agree": true,
                              "command": uuid::Uuid::new_v4().to_string() });
        // In turn with the decisions: a disk that has rested a moment answers later than one that is kept busy.
        synced.push(probe.once());
        let begun = Instant::now();
        accepted(&reviewer.ask(command));
        decided.push(begun.elapsed());
    }
    let (machine, machine_99) = spread(&mut synced);
    let name = "fdatasync of 2 KB, between decisions: median, p99";
    say(name, &format!("{}, {}", ms(machine), ms(machine_99)), "the machine's own");
    let (median, p99) = spread(&mut decided);
    let count = decided.len();
    say(&format!("decision acknowledged ({count}): median, p99"), &format!("{}, {}", ms(median), ms(p99)), "below");
    let ratio = median.as_secs_f64() / machine.as_secs_f64();
    say("decision / fdatasync, medians", &format!("{ratio:.2}"), "1.5");
    let (median, p99) = spread(&mut delays);
    say("proposal acknowledged -> other desk told", &format!("median {}, p99 {}", ms(median), ms(p99)), "200 ms");
    // The listener's thread ends with the server.
    drop(ear);
}

fn accepted(answer: &Value) {
    assert!(answer.get("ok").is_some(), "{answer}");
}

/// Many desks, each proposing and taking back on a case of its own, on time whatever the answers take.
fn many_desks(server: &Server, cases: &[(Value, u64)]) {
    let period = Duration::from_secs(1) / COMMANDS_PER_SECOND;
    let begin = Instant::now() + Duration::from_millis(300);
    let mut times: Vec<Duration> = thread::scope(|scope| {
        let desks: Vec<_> = cases
            .iter()
            .enumerate()
            .map(|(at, (id, revision))| {
                let mut desk = server.call_as("xian1-jb");
                #[allow(clippy::explicit_counter_loop, reason = "the revision is the record's, not the loop's")]
                scope.spawn(move || {
                    let mut times = Vec::new();
                    for n in 0..COMMANDS_PER_SECOND * SECONDS {
                        let revision = revision + u64::from(n);
                        let due = begin + period * n + period * at as u32 / DESKS as u32;
                        while let Some(left) = due.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())
                        {
                            thread::park_timeout(left);
                        }
                        let command = if n.is_multiple_of(2) {
                            propose(id, revision)
                        } else {
                            json!({ "do": "applications.withdraw", "application": id, "revision": revision,
                                    "command": uuid::Uuid::new_v4().to_string() })
                        };
                        accepted(&desk.ask(command));
                        // From when it was due: a late answer must not hide the wait of the next command.
                        times.push(due.elapsed());
                    }
                    times
                })
            })
            .collect();
        desks.into_iter().flat_map(|desk| desk.join().unwrap()).collect()
    });
    let count = times.len();
    let (median, p99) = spread(&mut times);
    let longest = times.last().copied().unwrap_or_default();
    say(
        &format!("{} desks x {COMMANDS_PER_SECOND}/s x {SECONDS} s ({count}): p50, p99, max", cases.len()),
        &format!("{}, {}, {}", ms(median), ms(p99), ms(longest)),
        "p99 100 ms",
    );
}

/// From nothing running to the first page of the queue.
fn open(store: &TempStore) -> (Server, Duration) {
    let begun = Instant::now();
    let server = store.serve();
    let mut desk = server.call_as("xian1-jb");
    desk.ok(json!({ "do": "queue.page", "tab": "mine", "count": 24 }));
    (server, begun.elapsed())
}

fn openings(store: &TempStore, students: u32, budget: &str) {
    let (mut clean, mut killed) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        let (server, time) = open(store);
        clean.push(time);
        let mut desk = server.call_as("sheng-gl");
        // Something that only the journal has for certain.
        let mut student = desk.ok(json!({ "do": "students.show", "student": "S0000009" }))["student"].take();
        student["class_name"] = "开机班".into();
        desk.ok(json!({ "do": "students.put", "student": student }));
        server.kill9();
        let (server, time) = open(store);
        killed.push(time);
        server.stop();
    }
    for (what, mut times) in [("clean", clean), ("after a kill", killed)] {
        let (median, _) = spread(&mut times);
        let all: Vec<String> = times.iter().map(|time| ms(*time)).collect();
        say(&format!("open, {students} students, {what}"), &format!("{} ({})", ms(median), all.join(", ")), budget);
    }
}

fn memory(store: &TempStore, students: u32, budget: &str) {
    let (server, _) = open(store);
    let mut desk = server.call_as("sheng-gl");
    desk.ok(json!({ "do": "students.find", "text": "王", "count": 100 }));
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.pid())).unwrap();
    let of = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        let kilobytes = line.split_whitespace().nth(1).and_then(|text| text.parse::<f64>().ok()).unwrap_or_default();
        format!("{:.1} MB", kilobytes / 1024.0)
    };
    let figure = format!("VmRSS {}, RssAnon {}", of("VmRSS:"), of("RssAnon:"));
    say(&format!("server memory, {students} students"), &figure, budget);
    server.stop();
}

fn main() {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    say("load of the machine before", load.trim(), "read the times with it");
    let small = county(2_000);
    let server = small.serve();
    // `-- bulk` measures that alone.
    if std::env::args().any(|arg| arg == "bulk") {
        return bulk::bulk(&server, small.data());
    }
    let cases = waiting(&mut server.call_as("xian1-jb"));
    assert!(cases.len() > DESKS, "only {} cases to work on", cases.len());
    let (desks, single) = cases.split_at(DESKS);
    decisions(&server, small.data(), single);
    many_desks(&server, desks);
    bulk::bulk(&server, small.data());
    server.stop();
    openings(&small, 2_000, "none");
    memory(&small, 2_000, "none");
    drop(small);
    let great = county(100_000);
    openings(&great, 100_000, "400 ms");
    memory(&great, 100_000, "100 MB");
    student_log(&great);
}

/// 日志 of one student: the first asker has the journal read through, the others find it.
fn student_log(store: &TempStore) {
    let (server, _) = open(store);
    let mut desk = server.call_as("sheng-gl");
    let mut times: Vec<String> = Vec::new();
    // Waits until all students are read, which is not what is measured here.
    desk.ok(json!({ "do": "students.find", "text": "王", "count": 1 }));
    for _ in 0..3 {
        let begun = Instant::now();
        desk.ok(json!({ "do": "students.log", "student": "S0000009" }));
        times.push(ms(begun.elapsed()));
    }
    let entries = desk.ok(json!({ "do": "journal.page", "count": 1 }))["total"].clone();
    say(&format!("a student's journal among {entries} entries: 1st, 2nd, 3rd"), &times.join(", "), "none");
    server.stop();
}
