//! What comes over the line: garbage ends that connection and no other, and nothing that could steer a terminal gets
//! into a record or back out.

use super::world::{World, X1, amend, approve, attach, cancel, on, send_back, start, submit, suspension};
use crate::support::call::{Call, connect, hello};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::Shutdown;

const LIMIT: usize = 256 * 1024;

/// A request of exactly so many bytes.
fn padded(bytes: usize) -> Vec<u8> {
    let (head, tail) = (r#"{"id":"long","do":"queue.counts""#, "}");
    let mut line = head.as_bytes().to_vec();
    line.resize(bytes - tail.len(), b' ');
    line.extend(tail.as_bytes());
    line
}

#[test]
fn what_is_no_line_ends_that_connection_only() {
    let mut w = World::new();
    let student = w.student(X1);
    let before = w.dump(&student);
    let mut bystander = w.server.call_as("xian1-jb");
    let mut noise: Vec<u8> = (0..4096u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    noise.push(b'\n');
    let mut half = start(&student).to_string().into_bytes();
    half.insert(1, b' ');
    let mut too_long = padded(LIMIT + 1);
    too_long.push(b'\n');
    let endless = vec![b'x'; 3 * LIMIT];
    let invalid = b"{\"id\":1,\"do\":\"queue.counts\xff\"}\n".to_vec();
    let deep = [vec![b'['; 100_000], b"\n".to_vec()].concat();
    for (what, bytes, told) in [
        ("noise", noise, true),
        ("a half line that would have been a request", half, false),
        ("one byte too many", too_long, true),
        ("no line break at all", endless, true),
        ("no UTF-8", invalid, true),
        ("too deep", deep, true),
        ("words", b"hello server\n".to_vec(), true),
    ] {
        let mut rude = w.server.call_as("x1-lr");
        // The server may hang up while it is being talked at.
        let _ = rude.send_bytes(&bytes);
        if told {
            rude.wait_closed();
        } else {
            drop(rude);
        }
        assert_eq!(bystander.ask(json!({"do": "queue.counts"}))["ok"]["mine"], 0, "after {what}");
        assert_eq!(w.dump(&student), before, "{what}");
    }
    // The longest line there may be is answered.
    let mut polite = w.server.call_as("x1-lr");
    polite.send_bytes(&padded(LIMIT)).unwrap();
    polite.send_bytes(b"\n").unwrap();
    assert_eq!(polite.read().unwrap()["id"], "long");
}

#[test]
fn before_the_hello_nothing_else_is_listened_to() {
    let mut w = World::new();
    let student = w.student(X1);
    let mut first = start(&student);
    first["as"] = "x1-lr".into();
    for line in [first.to_string(), "{}".into(), "[]".into(), "garbage".into(), "x".repeat(LIMIT + 1)] {
        let mut stream = connect(w.store.data());
        let _ = stream.write_all(format!("{line}\n{first}\n").as_bytes());
        let _ = stream.shutdown(Shutdown::Write);
        let mut said = String::new();
        let _ = stream.read_to_string(&mut said);
        assert!(!said.contains("\"ok\""), "{said}");
    }
    let list = w.ok("x1-lr", json!({"do": "applications.list", "student": student}));
    assert_eq!(list["items"], json!([]));
}

#[test]
fn another_protocol_is_told_both_versions_and_what_to_update() {
    let w = World::new();
    for (protocol, side) in [(0, "客户端"), (2, "服务端"), (99, "服务端")] {
        let mut greeting = hello(None);
        greeting["protocol"] = protocol.into();
        greeting["version"] = "7.7.7".into();
        let Err(answer) = Call::greet(w.store.data(), &greeting) else { panic!("protocol {protocol} was let in") };
        let error = &answer["error"];
        assert_eq!(error["kind"], "version");
        let message = error["message"].as_str().unwrap();
        for word in ["7.7.7", env!("CARGO_PKG_VERSION"), &format!("更新{side}")] {
            assert!(message.contains(word), "{word}: {message}");
        }
    }
    // Another version of the program with the same protocol is welcome.
    let mut greeting = hello(Some("x1-lr"));
    greeting["version"] = "7.7.7".into();
    let Ok(call) = Call::greet(w.store.data(), &greeting) else { panic!("the protocol decides, not the version") };
    assert_eq!(call.welcome["me"]["account"]["id"], "x1-lr");
}

/// Every text in a value.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(fields) => fields.iter().for_each(|(name, field)| {
            found.push(name.clone());
            texts(field, found);
        }),
        _ => {}
    }
}

fn assert_harmless(value: &Value) {
    let mut found = Vec::new();
    texts(value, &mut found);
    for text in found {
        let bad =
            text.chars().find(|c| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{200B}' | '\u{FEFF}'));
        assert_eq!(bad, None, "{text:?}");
    }
}

/// Colours, a title, a line break, a C1 sequence, an override of the reading direction, something invisible.
const NASTY: &str = "因\u{1b}[31m病\u{1b}]0;标题\u{7}\n\u{9b}2J\u{202e}\u{200b}";

#[test]
fn control_characters_are_stripped_everywhere_and_reported() {
    let mut w = World::new();
    let student = w.student(X1);
    let mut request = start(&student);
    request["details"] = suspension("2025-10-20", "2026-08-31", NASTY);
    let answer = w.ask("x1-lr", request);
    assert_eq!(answer["stripped"], json!(["details.休学.ground"]), "{answer}");
    let mut case = super::world::Case {
        student: student.clone(),
        id: answer["ok"]["application"].as_str().unwrap().into(),
        revision: 1,
    };
    assert_eq!(w.show("x1-lr", &case)["details"]["休学"]["ground"], "因病");

    let mut paper = attach(&case.id, b"paper");
    for field in ["name", "kind", "original_place"] {
        paper[field] = NASTY.into();
    }
    let mut answer = w.ask("x1-lr", paper);
    let stripped = answer["stripped"].as_array_mut().unwrap();
    stripped.sort_by_key(|field| field.as_str().unwrap().to_owned());
    assert_eq!(*stripped, ["kind", "name", "original_place"]);
    case.revision = answer["ok"]["revision"].as_u64().unwrap();
    let mut amended = amend();
    amended["details"] = suspension("2025-10-20", "2026-08-31", NASTY);
    w.act("x1-lr", &mut case, amended);
    w.act("x1-lr", &mut case, submit());
    w.act("x1-sh", &mut case, send_back(NASTY));
    w.act("x1-lr", &mut case, submit());
    w.act("x1-sh", &mut case, super::world::agree());
    let proposal = json!({"do": "applications.propose", "outcome": "return", "reasons": [
        {"article": format!("13{NASTY}"), "material": format!("休学事由证明材料{NASTY}"), "text": NASTY}]});
    let answer = w.ask("xian1-jb", on(&case, proposal));
    assert_eq!(answer["stripped"].as_array().unwrap().len(), 3);
    assert_eq!(answer["stripped"][0].as_str().unwrap().split('.').next(), Some("reasons[0]"));
    case.revision += 1;
    let mut cancelling = cancel();
    cancelling["reason"] = NASTY.into();
    w.act("x1-lr", &mut case, cancelling);

    for (request, field) in [
        (
            json!({"do": "accounts.put", "account": {"id": "neu", "revision": 0, "person": "neu", "name": NASTY,
            "office": X1, "posts": ["entry"], "os_user": format!("u{NASTY}"), "active": true}}),
            "account.name",
        ),
        (
            json!({"do": "offices.put", "office": {"id": "410702", "revision": 0, "name": NASTY, "level": "county",
            "parent": "410700", "school": null}}),
            "office.name",
        ),
        (json!({"do": "students.find", "text": NASTY}), "text"),
    ] {
        let answer = w.ask("keeper", request);
        assert!(answer.get("ok").is_some(), "{answer}");
        assert!(answer["stripped"].as_array().unwrap().contains(&json!(field)), "{answer}");
    }
    assert_eq!(w.ask("keeper", json!({"do": "queue.counts"})).get("stripped"), None);

    assert_harmless(&w.dump(&student));
    assert_harmless(&w.show("x1-lr", &case));
    for request in ["accounts.list", "offices.list"] {
        assert_harmless(&w.ask("keeper", json!({"do": request})));
    }
    assert_harmless(&w.ask("keeper", json!({"do": "journal.page", "after": 40, "count": 200})));
}

#[test]
fn nor_do_they_come_back_in_a_complaint() {
    let mut w = World::new();
    let case = w.at_county();
    for request in [
        json!({"do": NASTY}),
        json!({"do": "queue.counts", NASTY: NASTY}),
        json!({"do": "queue.page", "tab": NASTY, "count": 1}),
        json!({"do": "applications.show", "application": NASTY}),
        json!({"do": "applications.show", "application": case.id, "as": NASTY}),
        json!({"do": "accounts.disable", "account": NASTY}),
        json!({"do": "queue.counts", "today": NASTY}),
        json!({"do": "applications.submit", "application": case.id, "revision": 1, "command": NASTY}),
    ] {
        let mut line = w.server.call_as("xian1-jb");
        let answer = line.ask(request.clone());
        assert!(answer.get("error").is_some(), "{request}: {answer}");
        assert_harmless(&answer);
    }
    for (field, value) in [("version", json!(NASTY)), ("as", json!(NASTY)), ("id", json!(NASTY))] {
        let mut greeting = hello(None);
        greeting["protocol"] = if field == "as" { 1 } else { 99 }.into();
        greeting[field] = value;
        let Err(answer) = Call::greet(w.store.data(), &greeting) else { panic!("{field} was let in") };
        assert_harmless(&answer);
    }
}

#[test]
fn unknown_fields_and_names_are_refused_and_write_nothing() {
    let mut w = World::new();
    let case = w.at_county();
    let before = w.dump(&case.student);
    let mut misspelt = on(&case, approve());
    misspelt["resaons"] = json!([]);
    let mut inside = start(&case.student);
    inside["details"]["休学"]["until"] = "2026-01-01".into();
    let mut reason = on(&case, super::world::refuse());
    reason["reasons"][0]["aricle"] = "13".into();
    for request in [
        misspelt,
        inside,
        reason,
        json!({"do": "applications.park"}),
        json!({"do": "evidence.record", "application": case.id}),
        json!({"do": "queue.page", "tab": "mine", "count": 1, "cuont": 2}),
        json!({"nothing": 1}),
    ] {
        let error = w.error("xian1-jb", request.clone());
        assert_eq!(error["kind"], "malformed", "{request}: {error}");
    }
    assert_eq!(w.dump(&case.student), before);
}
