//! Taking items in hand, and who is told what.

use super::world::{World, X3, agree, approve, on, submit};
use crate::support::call::Call;
use crate::support::{TempStore, until};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

fn claim(id: &str) -> Value {
    json!({"do": "applications.claim", "application": id})
}

/// The claim on this row as a desk's queue shows it.
fn in_queue(desk: &mut Call, id: &str) -> Value {
    let page = desk.ok(json!({"do": "queue.page", "tab": "office", "count": 50}));
    page["items"].as_array().unwrap().iter().find(|row| row["id"] == id).expect("the row")["claim"].clone()
}

fn subscribed(w: &World, account: &str) -> Call {
    let mut desk = w.server.call_as(account);
    desk.ok(json!({"do": "notices.subscribe"}));
    desk
}

/// A real `xueji call`, line by line.
struct Program {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Program {
    fn start(store: &TempStore, account: &str) -> Program {
        let mut command = store.command(&["--as", account, "call"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (to, from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Program { child, to, from }
    }
    fn ask(&mut self, request: &Value) -> Value {
        writeln!(self.to, "{request}").unwrap();
        let mut line = String::new();
        self.from.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_claim_is_seen_taken_over_and_left() {
    let mut w = World::new();
    let case = w.at_county();
    let mut first = w.server.call_as("xian1-jb");
    let mut other = subscribed(&w, "xian1-jbb");
    let mut school = subscribed(&w, "x1-lr");

    let taken = first.ok(claim(&case.id));
    assert_eq!(taken["account"], "xian1-jb");
    for desk in [&mut other, &mut school] {
        let notice = desk.notice_of("claimed");
        assert_eq!((&notice["kind"], &notice["application"]), (&json!("claimed"), &json!(case.id)));
        assert_eq!(notice["claim"], taken);
    }
    assert_eq!(in_queue(&mut other, &case.id), taken);
    assert_eq!(other.ok(json!({"do": "applications.show", "application": case.id}))["claim"], taken);

    // It blocks nobody, and 接手 takes it over.
    let over = other.ok(claim(&case.id));
    assert_eq!(over["account"], "xian1-jbb");
    assert_eq!(school.notice_of("claimed")["claim"], over);
    assert_eq!(in_queue(&mut first, &case.id), over);
    assert_eq!(first.ok(json!({"do": "applications.release", "application": case.id}))["released"], false);
    drop(first);
    // The end of the former holder's line does not touch the new holder's claim.
    let mut third = w.server.call_as("xian1-fh");
    assert_eq!(in_queue(&mut third, &case.id), over);
    let mut acting = w.server.call_as("xian1-jb");
    acting.ok(on(&case, approve()));
    assert_eq!(school.notice_of("changed")["application"], case.id);

    assert_eq!(other.ok(json!({"do": "applications.release", "application": case.id}))["released"], true);
    assert_eq!(school.notice_of("claimed")["claim"], Value::Null);
    assert_eq!(in_queue(&mut third, &case.id), Value::Null);
    // Nothing of this is a command.
    let journal = w.ok("keeper", json!({"do": "journal.page", "after": 40, "count": 200})).to_string();
    assert!(!journal.contains("claim"), "{journal}");
}

#[test]
fn a_claim_falls_when_its_program_is_killed_and_when_its_line_ends() {
    let mut w = World::new();
    let case = w.at_county();
    let mut other = subscribed(&w, "xian1-jbb");
    let mut holder = Program::start(&w.store, "xian1-jb");
    assert_eq!(holder.ask(&claim(&case.id))["ok"]["account"], "xian1-jb");
    assert_eq!(other.notice_of("claimed")["claim"]["account"], "xian1-jb");
    // As `kill -9` does it: the program can do nothing about it.
    holder.child.kill().unwrap();
    let fallen = other.notice_of("claimed");
    assert_eq!((&fallen["kind"], &fallen["claim"]), (&json!("claimed"), &Value::Null));
    assert_eq!(in_queue(&mut other, &case.id), Value::Null);

    let mut line = w.server.call_as("xian1-jb");
    line.ok(claim(&case.id));
    assert_eq!(other.notice_of("claimed")["claim"]["account"], "xian1-jb");
    drop(line);
    assert_eq!(other.notice_of("claimed")["claim"], Value::Null);

    // Changing the account leaves what was in hand as the former.
    let mut line = w.server.call_as("xian1-jb");
    line.ok(claim(&case.id));
    assert_eq!(other.notice_of("claimed")["claim"]["account"], "xian1-jb");
    assert_eq!(line.ok(json!({"do": "session.as", "account": "xian1-fh"}))["me"]["account"]["id"], "xian1-fh");
    assert_eq!(other.notice_of("claimed")["claim"], Value::Null);
}

#[test]
fn changes_are_told_to_desks_in_scope_and_to_no_other() {
    let mut w = World::new();
    let mut inside: Vec<Call> =
        ["x1-lr", "x1-sh", "xian1-fh", "shi-jb", "sheng-fh"].iter().map(|who| subscribed(&w, who)).collect();
    let mut outside: Vec<Call> =
        ["x2-lr", "x3-lr", "xian2-jb", "zhi-jb"].iter().map(|who| subscribed(&w, who)).collect();
    let mut silent = w.server.call_as("xian1-jb");
    let mut case = w.submitted();
    w.act("x1-sh", &mut case, agree());
    w.ok("xian1-jb", claim(&case.id));
    for desk in &mut inside {
        // A change is answered before it is told, so the claim may come in between.
        let (mut told, mut claimed) = (Vec::new(), false);
        while !claimed || (told.len() as u64) < case.revision {
            let notice = desk.notice();
            match notice["kind"].as_str() {
                Some("claimed") => claimed = true,
                Some("changed") => told.push(notice),
                // What is due and the like is told to everybody whenever it is counted.
                _ => {}
            }
        }
        for (revision, notice) in (1..).zip(told) {
            assert_eq!((&notice["kind"], &notice["revision"]), (&json!("changed"), &json!(revision)), "{notice}");
            assert_eq!(notice["application"], case.id);
            if revision == case.revision {
                assert_eq!((&notice["by"]["account"], &notice["by"]["post"]), (&json!("x1-sh"), &json!("review")));
            }
        }
    }
    // The next that is for everybody: whoever is outside has heard nothing before it.
    w.today("2025-09-28");
    for desk in outside.iter_mut().chain(&mut inside) {
        let notice = desk.notice();
        assert_eq!(notice["kind"], "day", "{notice}");
        assert_eq!(notice["now"], "2025-09-28T09:00:00+08:00");
    }
    // Who did not ask for notices gets none: the next line is the answer.
    silent.send_line(r#"{"id":77,"do":"queue.counts"}"#);
    assert_eq!(silent.read().unwrap()["id"], 77);

    let mut theirs = w.start("x3-lr", X3);
    w.attach("x3-lr", &mut theirs);
    w.act("x3-lr", &mut theirs, submit());
    let mut county = outside.remove(2);
    assert_eq!(county.notice_of("changed")["application"], theirs.id);
}

#[test]
fn a_moved_clock_changes_lights_for_all_desks() {
    let mut w = World::new();
    let case = w.at_county();
    let mut desk = subscribed(&w, "xian1-jb");
    // The lights of a clock of ten working days from 26 September 2025, due on 16 October; backwards too.
    for (day, light, left) in [
        ("2025-10-10", "green", 5),
        ("2025-10-11", "green", 4),
        ("2025-10-13", "near", 3),
        ("2025-10-15", "near", 1),
        ("2025-10-16", "today", 0),
        ("2025-10-17", "overdue", -1),
        ("2025-10-09", "green", 6),
    ] {
        w.today(day);
        assert_eq!(desk.notice_of("day")["now"], format!("{day}T09:00:00+08:00"));
        let row = desk.ok(json!({"do": "queue.page", "tab": "mine", "count": 5}))["items"][0].clone();
        assert_eq!(row["id"], case.id);
        assert_eq!((&row["clock"]["light"], &row["clock"]["left"]), (&json!(light), &json!(left)), "{day}");
        let counts = desk.ok(json!({"do": "queue.counts"}));
        let of = |light: &str| counts[light].as_u64().unwrap();
        assert_eq!((of("overdue"), of("today"), of("near")), {
            let is = |word: &str| u64::from(light == word);
            (is("overdue"), is("today"), is("near"))
        });
    }
    // One line's own day moves nobody else's.
    let mut row = desk.ok(json!({"do": "queue.page", "tab": "mine", "count": 5, "today": "2025-10-20"}));
    assert_eq!(row["items"][0]["clock"]["light"], "overdue");
    row = desk.ok(json!({"do": "queue.page", "tab": "mine", "count": 5}));
    assert_eq!(row["items"][0]["clock"]["light"], "green");
    let whoami = w.ok("x1-lr", json!({"do": "whoami"}));
    assert_eq!(whoami["now"], "2025-10-09T09:00:00+08:00");
}

#[test]
fn who_leaves_leaves_no_connection_behind() {
    let w = World::new();
    let threads = || {
        let status = std::fs::read_to_string(format!("/proc/{}/status", w.server.pid())).unwrap();
        let line = status.lines().find(|line| line.starts_with("Threads:")).unwrap().to_owned();
        line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap()
    };
    let before = threads();
    let desks: Vec<Call> = (0..20).map(|_| subscribed(&w, "xian1-jb")).collect();
    assert!(threads() >= before + 20);
    drop(desks);
    until("their threads to end", || (threads() <= before).then_some(()));
}
