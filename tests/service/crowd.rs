//! More than fifty desks at once: everybody is answered, in order, and everybody hears of everything in scope.

use super::world::{World, X1, agree, approve, attach, start, submit};
use crate::support::call::Call;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Barrier;

const WRITERS: usize = 8;
const CASES_EACH: usize = 4;
const READERS: usize = 60;
const ASKED_EACH: u64 = 40;

/// One case from start to its county decision, on lines of its own.
fn whole_life(lines: &mut [Call; 4], student: &str) -> String {
    let [entry, review, handler, reviewer] = lines;
    let id = entry.ok(start(student))["application"].as_str().unwrap().to_owned();
    let mut revision = entry.ok(attach(&id, b"proof"))["revision"].as_u64().unwrap();
    for (desk, mut request) in [(entry, submit()), (review, agree()), (handler, approve()), (reviewer, agree())] {
        request["application"] = id.as_str().into();
        request["revision"] = revision.into();
        revision = desk.ok(request)["revision"].as_u64().unwrap();
    }
    id
}

/// Sends everything first, then takes the answers: they come in the order asked, notices between them.
fn asks_in_one_go(desk: &mut Call, heard: &mut BTreeSet<String>) {
    for n in 0..ASKED_EACH {
        let request = match n % 4 {
            0 => json!({"id": n, "do": "queue.page", "tab": "office", "count": 50}),
            1 => json!({"id": n, "do": "queue.counts"}),
            2 => json!({"id": n, "do": "students.find", "text": "学生"}),
            _ => json!({"id": n, "do": "applications.list", "count": 50}),
        };
        desk.send_line(&request.to_string());
    }
    let mut expected = 0;
    while expected < ASKED_EACH {
        let line = desk.read().expect("the server hung up");
        if !note(&line, heard) {
            assert_eq!(line["id"], expected);
            assert!(line.get("ok").is_some(), "{line}");
            expected += 1;
        }
    }
}

/// Keeps what a notice tells of; whether it was one.
fn note(line: &Value, heard: &mut BTreeSet<String>) -> bool {
    let Some(notice) = line.get("notice") else { return false };
    if notice["kind"] == "changed" {
        heard.insert(format!("{}/{}", notice["application"].as_str().unwrap(), notice["revision"]));
    }
    true
}

#[test]
fn sixty_desks_read_while_eight_pairs_write() {
    let mut w = World::new();
    let students: Vec<Vec<String>> = (0..WRITERS).map(|_| (0..CASES_EACH).map(|_| w.student(X1)).collect()).collect();
    let together = Barrier::new(WRITERS + READERS);
    let readers: Vec<Call> = (0..READERS)
        .map(|n| {
            let mut desk = w.server.call_as(["xian1-jb", "xian1-fh", "x1-lr", "shi-jb"][n % 4]);
            desk.ok(json!({"do": "notices.subscribe"}));
            desk
        })
        .collect();
    let (written, heard) = std::thread::scope(|scope| {
        let writing: Vec<_> = students
            .iter()
            .map(|students| {
                let mut lines = ["x1-lr", "x1-sh", "xian1-jb", "xian1-fh"].map(|who| w.server.call_as(who));
                let together = &together;
                scope.spawn(move || {
                    together.wait();
                    students.iter().map(|student| whole_life(&mut lines, student)).collect::<Vec<_>>()
                })
            })
            .collect();
        let reading: Vec<_> = readers
            .into_iter()
            .map(|mut desk| {
                let together = &together;
                scope.spawn(move || {
                    let mut heard = BTreeSet::new();
                    together.wait();
                    asks_in_one_go(&mut desk, &mut heard);
                    // Everything that will be written: six revisions of each case.
                    while heard.len() < WRITERS * CASES_EACH * 6 {
                        let line = desk.read().expect("the server hung up");
                        assert!(note(&line, &mut heard), "{line}");
                    }
                    heard
                })
            })
            .collect();
        let written: Vec<String> = writing.into_iter().flat_map(|writer| writer.join().unwrap()).collect();
        let heard: Vec<_> = reading.into_iter().map(|reader| reader.join().unwrap()).collect();
        (written, heard)
    });
    let different: BTreeSet<&String> = written.iter().collect();
    assert_eq!(different.len(), WRITERS * CASES_EACH);
    let expected: BTreeSet<String> =
        written.iter().flat_map(|id| (1..=6).map(move |revision| format!("{id}/{revision}"))).collect();
    for desk in heard {
        assert_eq!(desk, expected);
    }
    for id in &written {
        let view = w.ok("xian1-jb", json!({"do": "applications.show", "application": id}));
        assert_eq!((&view["status"], &view["revision"]), (&json!("granted"), &json!(6)));
    }
    assert_eq!(w.ok("keeper", json!({"do": "verify"}))["damage"], json!([]));
}

#[test]
fn a_desk_that_does_not_read_holds_up_nobody() {
    let mut w = World::new();
    let mut deaf = w.server.call_as("xian1-jb");
    deaf.ok(json!({"do": "notices.subscribe"}));
    let mut well = w.server.call_as("xian1-fh");
    well.ok(json!({"do": "notices.subscribe"}));
    // Far more than the socket and the server's queue for one desk take together.
    let mut days = 0;
    for n in 0..6000 {
        w.today(if n % 2 == 0 { "2025-10-01" } else { "2025-10-02" });
        assert_eq!(well.notice()["kind"], "day");
        days += 1;
        if n % 500 == 499 && w.server.call_as("xian1-jb").ask(json!({"do": "queue.counts"})).get("ok").is_none() {
            panic!("others are not answered any more");
        }
    }
    assert_eq!(days, 6000);
    assert_eq!(well.ask(json!({"do": "queue.counts"}))["ok"]["mine"], 0);
    // Its line was ended: behind what it had not read comes the end.
    let mut unread = 0;
    while deaf.try_read().is_ok() {
        unread += 1;
    }
    assert!(unread < 6000, "nobody keeps {unread} lines for who does not read");
}
