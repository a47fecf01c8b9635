//! Decisions on stale copies, and commands that arrive twice.

use super::world::{Case, World, X1, agree, amend, approve, attach, cancel, on, send_back, start, submit, withdraw};
use serde_json::{Value, json};
use std::sync::Barrier;

const FIRST: &str = "0b9e4d0c-1111-4111-8111-000000000001";
const SECOND: &str = "0b9e4d0c-1111-4111-8111-000000000002";

fn with_id(mut request: Value, id: &str) -> Value {
    request["command"] = id.into();
    request
}

#[test]
fn a_decision_on_a_stale_copy_is_refused_and_told_what_changed() {
    let mut w = World::new();
    let mut case = w.at_county();
    let stale = case.clone();
    w.act("xian1-jb", &mut case, approve());
    w.act("xian1-fh", &mut case, send_back("起止再核"));
    let before = w.dump(&case.student);
    for (who, request) in [
        ("xian1-jb", approve()),
        ("xian1-fh", agree()),
        ("x1-sh", withdraw()),
        ("x1-lr", submit()),
        ("x1-lr", amend()),
        ("x1-lr", cancel()),
    ] {
        let error = w.error(who, on(&stale, request.clone()));
        assert_eq!(error["kind"], "stale", "{request}");
        let said: Vec<&str> = error["details"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
        assert_eq!(said.len(), 2, "as many as revisions have passed: {said:?}");
        assert!(said[0].contains("名p-jb") && said[0].contains("同意"), "{said:?}");
        assert!(said[1].contains("名p-fh") && said[1].contains("起止再核"), "{said:?}");
        assert!(error["message"].as_str().unwrap().contains(&case.id), "{error}");
    }
    // A revision that was never given out is no better.
    let ahead = Case { revision: case.revision + 1, ..case.clone() };
    assert_eq!(w.error("xian1-jb", on(&ahead, approve()))["kind"], "stale");
    assert_eq!(w.dump(&case.student), before);
    w.act("xian1-jb", &mut case, approve());
}

#[test]
fn a_repeated_command_is_done_once_and_answered_the_same_across_a_restart() {
    let mut w = World::new();
    let student = w.student(X1);
    let request = with_id(start(&student), FIRST);
    let first = w.ok("x1-lr", request.clone());
    let before = w.dump(&student);
    assert_eq!(w.ok("x1-lr", request.clone()), first);
    assert_eq!(w.dump(&student), before);

    // The case goes on; the answer stays the first one.
    let mut case = Case { student: student.clone(), id: first["application"].as_str().unwrap().into(), revision: 1 };
    w.attach("x1-lr", &mut case);
    let submitting = with_id(on(&case, submit()), SECOND);
    let submitted = w.ok("x1-lr", submitting.clone());
    w.restart();
    assert_eq!(w.ok("x1-lr", request.clone()), first);
    assert_eq!(w.ok("x1-lr", submitting.clone()), submitted, "no stale copy: it was done already");
    let found = w.ok("x1-lr", json!({"do": "commands.show", "command_id": SECOND}));
    assert_eq!(found["answer"], submitted);

    // Another request under the same id, and the same request from somebody else, are told so.
    let before = w.dump(&student);
    let other = w.student(X1);
    let journal = w.journal_length();
    assert_eq!(w.error("x1-lr", with_id(start(&other), FIRST))["kind"], "command_reused");
    assert_eq!(w.error("x1-lrb", submitting)["kind"], "command_reused");
    assert_eq!(w.journal_length(), journal);
    assert_eq!(w.dump(&student)["applications"], before["applications"]);

    // A refused command has used up nothing.
    let id = "0b9e4d0c-1111-4111-8111-000000000003";
    case.revision = submitted["revision"].as_u64().unwrap();
    w.refused("x1-lr", with_id(on(&case, agree()), id));
    w.ok("x1-sh", with_id(on(&case, agree()), id));
}

#[test]
fn evidence_brought_twice_is_attached_once() {
    let mut w = World::new();
    let mut case = w.start("x1-lr", X1);
    let request = with_id(attach(&case.id, b"paper"), FIRST);
    let first = w.ok("x1-lr", request.clone());
    case.revision = first["revision"].as_u64().unwrap();
    assert_eq!(w.ok("x1-lr", request.clone()), first);
    w.act("x1-lr", &mut case, submit());
    // By now nothing could be attached any more, but this was.
    assert_eq!(w.ok("x1-lr", request), first);
    assert_eq!(w.show("x1-lr", &case)["evidence"].as_array().unwrap().len(), 1);
    w.act("x1-lr", &mut case, withdraw());
    assert_eq!(w.error("x1-lr", attach(&case.id, b"paper"))["kind"], "input", "the same paper twice");

    // What does not match its digest or size is not kept, nor what the store has under another size.
    let mut wrong = attach(&case.id, b"another paper");
    wrong["digest"] = blake3::hash(b"yet another").to_hex().as_str().into();
    assert_eq!(w.error("x1-lr", wrong)["kind"], "input");
    let mut other = w.start("x1-lr", X1);
    let mut wrong = attach(&other.id, b"paper");
    wrong["size"] = 4.into();
    assert_eq!(w.error("x1-lr", wrong)["kind"], "input");
    for digest in ["../../../../etc/passwd", "", &"A".repeat(64)] {
        let mut wrong = attach(&other.id, b"paper");
        wrong["digest"] = digest.into();
        assert_eq!(w.error("x1-lr", wrong)["kind"], "input", "{digest}");
    }
    let beyond = json!({"do": "evidence.get", "application": case.id,
        "digest": blake3::hash(b"paper").to_hex().as_str(), "offset": u64::MAX});
    assert_eq!(w.error("x1-lr", beyond)["kind"], "input");
    let done = w.ok("x1-lr", attach(&other.id, b"paper"));
    other.revision = done["revision"].as_u64().unwrap();
    assert_eq!(w.show("x1-lr", &other)["evidence"][0]["size"], 5);
    assert!(w.ok("keeper", json!({"do": "verify"}))["damage"].as_array().unwrap().is_empty());
}

#[test]
fn two_lines_with_one_command_id_do_it_once() {
    let mut w = World::new();
    for round in 0..10 {
        let student = w.student(X1);
        let request = with_id(start(&student), &format!("0b9e4d0c-1111-4111-8111-0000000001{round:02}"));
        let together = Barrier::new(2);
        let mut desks = [w.server.call_as("x1-lr"), w.server.call_as("x1-lr")];
        let answers: Vec<Value> = std::thread::scope(|scope| {
            let asking: Vec<_> = desks
                .iter_mut()
                .map(|desk| {
                    let (request, together) = (request.clone(), &together);
                    scope.spawn(move || {
                        together.wait();
                        desk.ok(request)
                    })
                })
                .collect();
            asking.into_iter().map(|asker| asker.join().unwrap()).collect()
        });
        assert_eq!(answers[0], answers[1]);
        let list = w.ok("x1-lr", json!({"do": "applications.list", "student": student}));
        assert_eq!(list["items"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn of_two_who_decide_at_once_one_is_stale() {
    let mut w = World::new();
    for _ in 0..10 {
        let case = w.at_county();
        let together = Barrier::new(2);
        let mut desks = [w.server.call_as("xian1-jb"), w.server.call_as("xian1-jbb")];
        let answers: Vec<Value> = std::thread::scope(|scope| {
            let asking: Vec<_> = desks
                .iter_mut()
                .map(|desk| {
                    let (request, together) = (on(&case, approve()), &together);
                    scope.spawn(move || {
                        together.wait();
                        desk.ask(request)
                    })
                })
                .collect();
            asking.into_iter().map(|asker| asker.join().unwrap()).collect()
        });
        let done = answers.iter().filter(|answer| answer.get("ok").is_some()).count();
        let stale = answers.iter().filter(|answer| answer["error"]["kind"] == "stale").count();
        assert_eq!((done, stale), (1, 1), "{answers:?}");
    }
}
