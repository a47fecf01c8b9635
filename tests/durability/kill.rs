//! The server is killed at random moments while many write. Whatever was acknowledged must be found by the next
//! server; whatever was not is there whole or not at all.

use super::ground::{ALL_SEEING, Chance, Seed, call, pages, say, verified};
use super::small::{Small, people};
use super::writer::{Gate, Writer};
use crate::support::TempStore;
use crate::support::store::temp_exercise;
use serde_json::json;
use std::collections::BTreeMap;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;
use uuid::Uuid;

/// Kills that count: with at least eight connections writing.
const KILLS: u32 = 200;
/// In so many of them a command must have been on its way.
const OUTSTANDING: u32 = 150;
/// Kills after which a fresh store begins, so that stores stay small.
const PER_STORE: u32 = 50;
/// Connections that see cases through; two more fight for one student's record.
const CLERKS: usize = 8;

#[derive(Default)]
struct Tally {
    kills: u32,
    with_outstanding: u32,
    outstanding: usize,
    acknowledged: usize,
    refused: usize,
    unanswered_done: usize,
    unanswered_absent: usize,
    opening: u32,
    verbs: BTreeMap<String, usize>,
}

#[test]
fn what_was_acknowledged_survives_a_kill_at_any_moment() {
    let seed = Seed::choose();
    let mut chance = Chance::new(seed.0);
    let mut tally = Tally::default();
    while tally.kills < KILLS {
        one_store(&mut chance, &mut tally);
    }
    say(&format!(
        "kills {}, with a command outstanding {}, acknowledged {} (outstanding {}: done {}, absent {}; refused {}; \
         killed while opening {})\nacknowledged by verb {:?}",
        tally.kills,
        tally.with_outstanding,
        tally.acknowledged,
        tally.outstanding,
        tally.unanswered_done,
        tally.unanswered_absent,
        tally.refused,
        tally.opening,
        tally.verbs,
    ));
    assert!(tally.kills >= KILLS);
    assert!(tally.with_outstanding >= OUTSTANDING, "{} of {}", tally.with_outstanding, tally.kills);
    let verbs = ["applications.start", "applications.submit", "applications.propose", "applications.decide"];
    let more =
        ["applications.withdraw", "applications.cancel", "applications.amend", "evidence.attach", "students.put"];
    for verb in verbs.into_iter().chain(more) {
        assert!(tally.verbs.get(verb).is_some_and(|count| *count >= 10), "{verb} is not in the mixture");
    }
}

fn one_store(chance: &mut Chance, tally: &mut Tally) {
    let store = temp_exercise("410000");
    let server = store.serve();
    let Small { templates, student: hot, last: mut journalled } = people(&store);
    server.stop();
    let mut writers: Vec<Writer> = (0..CLERKS + 2)
        .map(|at| {
            let school = if at % 2 == 0 { "x1" } else { "x2" };
            let hot = (at >= CLERKS).then(|| hot.clone());
            Writer::new(Chance::new(chance.next()), school, &templates[at % 2], hot)
        })
        .collect();
    for _ in 0..PER_STORE {
        kill_while_writing(&store, chance, &mut writers, tally);
        if chance.one_in(5) {
            kill_while_opening(&store, chance);
            tally.opening += 1;
        }
        let server = store.serve();
        check(&store, &mut writers, &hot, &mut journalled, tally);
        // Half of the time the next writing begins after a clean stop.
        if chance.one_in(2) {
            server.kill9();
        } else {
            server.stop();
        }
    }
    let _server = store.serve();
    check_records(&store, &mut writers, true);
    let cases: usize = writers.iter().map(Writer::cases).sum();
    assert!(cases > CLERKS, "only {cases} cases were begun");
}

fn kill_while_writing(store: &TempStore, chance: &mut Chance, writers: &mut [Writer], tally: &mut Tally) {
    let server = store.serve();
    let gate = Arc::new(Gate::default());
    let enough = chance.below(60);
    let then = Duration::from_micros(chance.below(3000));
    let lines: Vec<_> = writers.iter().map(|writer| writer.connect(store.data())).collect();
    thread::scope(|scope| {
        for (writer, line) in writers.iter_mut().zip(lines) {
            let gate = Arc::clone(&gate);
            scope.spawn(move || writer.write(line, &gate));
        }
        gate.wait(enough);
        // Not a wait for anything: the moment is meant to be random.
        thread::park_timeout(then);
        gate.falling.store(true, Ordering::SeqCst);
        server.kill9();
    });
    let outstanding = writers.iter().filter(|writer| writer.outstanding).count();
    tally.kills += 1;
    tally.with_outstanding += u32::from(outstanding > 0);
    tally.outstanding += outstanding;
}

/// A server that is killed before, while or just after it opens the store.
fn kill_while_opening(store: &TempStore, chance: &mut Chance) {
    let mut command = store.command(&["serve"]);
    let mut server = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    thread::park_timeout(Duration::from_micros(chance.below(60_000)));
    server.kill().unwrap();
    server.wait().unwrap();
}

fn check(store: &TempStore, writers: &mut [Writer], hot: &str, journalled: &mut u64, tally: &mut Tally) {
    let mut questions = Vec::new();
    let mut parts = Vec::new();
    for writer in writers.iter() {
        tally.acknowledged += writer.done.len();
        tally.refused += writer.refused.len();
        let mine = writer.questions();
        parts.push(mine.len());
        questions.extend(mine);
    }
    let mut answers = call(store, ALL_SEEING, &questions);
    let mut present: BTreeMap<u64, Uuid> = BTreeMap::new();
    for (writer, part) in writers.iter_mut().zip(parts) {
        let rest = answers.split_off(part);
        let acknowledged = writer.done.len();
        let unanswered = writer.pending.is_some();
        let found = writer.compare(&answers);
        if unanswered && found.len() > acknowledged {
            tally.unanswered_done += 1;
        } else if unanswered {
            tally.unanswered_absent += 1;
        }
        for (id, seq) in found {
            assert!(present.insert(seq, id).is_none(), "two commands at entry {seq}");
        }
        answers = rest;
    }
    // Whole or absent: what has an answer has its one entry in the journal, and nothing else is there.
    let entries = pages(store, "journal.page", 200, (*journalled).into());
    for entry in &entries {
        let seq = entry["seq"].as_u64().unwrap();
        assert_eq!(seq, *journalled + 1, "entries follow each other");
        *journalled = seq;
        let id = entry["command_id"].as_str().unwrap();
        assert_eq!(present.remove(&seq).map(|id| id.to_string()).as_deref(), Some(id), "entry {entry}");
        let verb = entry["command"]["do"].as_str().unwrap().replace("evidence.record", "evidence.attach");
        *tally.verbs.entry(verb).or_default() += 1;
    }
    present.retain(|seq, _| *seq > *journalled);
    assert!(present.is_empty(), "answers without an entry: {present:?}");
    check_records(store, writers, false);
    let newest = writers.iter().filter_map(Writer::hot).max_by_key(|(revision, _)| *revision);
    if let Some((_, pupil)) = newest {
        let shown = call(store, ALL_SEEING, &[json!({ "do": "students.show", "student": hot })]);
        pupil.check(&shown[0]["ok"]["student"]);
    }
    assert_eq!(verified(store)["entries"], *journalled);
}

fn check_records(store: &TempStore, writers: &mut [Writer], all: bool) {
    let mut questions = Vec::new();
    let mut parts = Vec::new();
    for writer in writers.iter_mut() {
        let (students, mine) = writer.record_questions(all);
        questions.extend(mine);
        parts.push(students);
    }
    let mut answers = call(store, "xian1-gl", &questions);
    for (writer, students) in writers.iter().zip(parts) {
        let rest = answers.split_off(students.len() * 2);
        writer.check_records(&students, &answers);
        answers = rest;
    }
}
