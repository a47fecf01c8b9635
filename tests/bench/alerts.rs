//! `cargo bench --bench alerts`: all alerts of a store with a hundred thousand students, cold and after one change
//! (`XUEJI_BENCH_STUDENTS` says otherwise). Times are printed beside the budget; nothing is asserted.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a bench talks and dies"
)]

#[path = "../support/mod.rs"]
mod support;

use serde_json::{Value, json};
use std::time::{Duration, Instant};
use support::call::Call;
use support::temp_store;

/// Changes that are made one by one, each followed by the whole list.
const CHANGES: usize = 50;

fn main() {
    let students = std::env::var("XUEJI_BENCH_STUDENTS").unwrap_or_else(|_| "100000".into());
    let profile = if cfg!(debug_assertions) { "debug" } else { "release" };
    println!("alerts, {profile}, exercise county of {students} students");
    let store = temp_store();
    store.run(&["demo", "--students", &students]);
    if store.server_pid().is_some() {
        store.run_ok(&["stop"]);
    }
    let server = store.serve();
    let mut province = server.call_as("sheng-jb");
    let list = json!({"do": "alerts.list", "near": true, "count": 200});
    // Students of a great store are read behind the opening: what waits for them is not what is measured.
    let mut desk = server.call_as("xian1-jb");
    all_read(&mut desk);
    let (first, all) = timed(&mut province, &list);
    println!("{} schools, {} of them with something to say", all["total"], all["items"].as_array().unwrap().len());
    report("all alerts, cold", &[first], "1 s");
    let warm: Vec<Duration> = (0..20).map(|_| timed(&mut province, &list).0).collect();
    report("all alerts, nothing changed", &warm, "-");
    let mut school = server.call_as("x1-lr");
    let mut after = Vec::new();
    for text in ["王", "李", "张", "刘", "陈", "杨", "赵"] {
        let found = school.ok(json!({"do": "students.find", "text": text, "count": 60}));
        for student in found["items"].as_array().unwrap() {
            // Who is away already, or not in school, is no change.
            let put =
                json!({"do": "absences.put", "student": student["id"], "left": "2025-06-20", "document": "考勤簿"});
            if after.len() < CHANGES && school.ask(put).get("ok").is_some() {
                after.push(timed(&mut province, &list).0);
            }
        }
    }
    report("all alerts, after one change", &after, "20 ms");
}

/// Returns when nothing is left to be read.
fn all_read(desk: &mut Call) {
    let find = json!({"do": "students.find", "text": "王", "count": 1});
    while desk.ask(find.clone()).get("ok").is_none() {
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn timed(call: &mut Call, request: &Value) -> (Duration, Value) {
    let begun = Instant::now();
    let answer = call.ok(request.clone());
    (begun.elapsed(), answer)
}

fn report(name: &str, times: &[Duration], budget: &str) {
    let mut times = times.to_vec();
    times.sort_unstable();
    let ms = |at: usize| times[at.min(times.len() - 1)].as_secs_f64() * 1000.0;
    let (median, late) = (ms(times.len() / 2), ms(times.len() * 99 / 100));
    println!("{name:<44} {median:>8.2} ms     (99th {late:.2} ms of {}; budget {budget})", times.len());
}
