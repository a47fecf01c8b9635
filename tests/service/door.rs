//! Jurisdiction (管辖) at the door: what lies outside does not exist, whatever is asked; numbers are masked for all.

use super::world::{
    Case, PROVINCIAL, World, X1, X2, X3, agree, amend, approve, attach, cancel, give_back, on, start, submit, withdraw,
};
use serde_json::{Value, json};

const NOBODY: [&str; 7] = ["xian2-jb", "xian2-fh", "xian2-xt", "zhi-jb", "x2-lr", "x3-lr", "x4-lr"];

/// Every request that names an application.
fn of_case(case: &Case, digest: &str) -> Vec<Value> {
    let id = &case.id;
    let mut all = vec![
        json!({"do": "applications.show", "application": id}),
        json!({"do": "applications.basis", "application": id}),
        json!({"do": "applications.claim", "application": id}),
        json!({"do": "evidence.list", "application": id}),
        json!({"do": "evidence.get", "application": id, "digest": digest}),
        json!({"do": "evidence.get", "application": id, "digest": digest, "offset": 1}),
        attach(id, b"a foreign paper"),
    ];
    all.extend([amend(), submit(), approve(), agree(), withdraw(), cancel()].map(|request| on(case, request)));
    // Not even a stale revision is told apart from a fresh one.
    let mut stale = on(case, approve());
    stale["revision"] = 1.into();
    all.push(stale);
    all
}

#[test]
fn what_lies_outside_is_not_found_by_any_request() {
    let mut w = World::new();
    let mut case = w.at_county();
    w.act("xian1-jb", &mut case, approve());
    let digest = blake3::hash(b"proof of the ground").to_hex().to_string();
    let command = "6f1c2a4e-0000-4000-8000-000000000001";
    let named = w.start("x1-lr", X1);
    let mut request = on(&named, amend());
    request["command"] = command.into();
    w.ok("x1-lr", request);

    let before = w.dump(&case.student);
    for desk in NOBODY {
        for request in of_case(&case, &digest) {
            let error = w.error(desk, request.clone());
            assert_eq!(error["kind"], "not_found", "{desk}: {request}");
            assert!(!error.to_string().contains("学生"), "{desk} learns of a student: {error}");
        }
        let mut look = start(&case.student);
        look["do"] = "applications.preview".into();
        for request in [start(&case.student), look, json!({"do": "students.show", "student": case.student})] {
            assert_eq!(w.error(desk, request.clone())["kind"], "not_found", "{desk}: {request}");
        }
        let error = w.error(desk, json!({"do": "commands.show", "command_id": command}));
        assert_eq!(error["kind"], "not_found", "{desk} sees another office's answer");
        // What does not exist is answered in the same words, but for the id.
        let gone = w.error(desk, json!({"do": "applications.show", "application": "2025-888888"}));
        let hidden = w.error(desk, json!({"do": "applications.show", "application": case.id}));
        let word = |error: &Value, id: &str| error["message"].as_str().unwrap().replace(id, "…");
        assert_eq!(word(&gone, "2025-888888"), word(&hidden, &case.id), "{desk}");

        for (request, list) in [
            (json!({"do": "applications.list", "count": 500}), "items"),
            (json!({"do": "applications.list", "student": case.student}), "items"),
            (json!({"do": "students.find", "text": "学生1"}), "items"),
            (json!({"do": "queue.page", "tab": "mine", "count": 500}), "items"),
            (json!({"do": "queue.page", "tab": "office", "count": 500}), "items"),
            (json!({"do": "queue.page", "tab": "under_way", "count": 500}), "items"),
            (json!({"do": "queue.page", "tab": "mine", "count": 500, "anchor": case.id}), "items"),
        ] {
            assert_eq!(w.ok(desk, request.clone())[list], json!([]), "{desk}: {request}");
        }
        let counts = w.ok(desk, json!({"do": "queue.counts"}));
        assert!(counts.as_object().unwrap().values().all(|count| count == 0), "{desk}: {counts}");
        let journal = w.ok(desk, json!({"do": "journal.page", "count": 200})).to_string();
        assert!(!journal.contains(&case.id) && !journal.contains("x1-lr"), "{desk}: {journal}");
    }
    assert_eq!(w.dump(&case.student), before, "somebody left a trace");
}

#[test]
fn who_is_above_sees_what_is_below() {
    let mut w = World::new();
    let case = w.at_county();
    for desk in ["x1-lr", "x1-sh", "xian1-jb", "xian1-db", "shi-jb", "sheng-jb"] {
        assert_eq!(w.show(desk, &case)["id"], case.id, "{desk}");
        assert_eq!(w.ok(desk, json!({"do": "students.show", "student": case.student}))["brief"]["status"], "在读");
        let under_way = w.ok(desk, json!({"do": "queue.page", "tab": "under_way", "count": 9}));
        assert_eq!(under_way["total"], u32::from(!desk.starts_with("xian1")), "{desk}");
    }
}

/// 省管: the county is not a hand, and yet above the school; the other way round a hand sees only its record.
#[test]
fn a_hand_reads_the_record_that_passed_it_and_no_other() {
    let mut w = World::new();
    // A university under the province names the city as competent: not above it, but a hand.
    let school = json!({"region_code": "410711", "sponsor": "高校", "competent_office": "410700",
        "credit_system": false, "campuses": ["本部"]});
    let office = json!({"id": "3641000008", "revision": 0, "name": "二大", "level": "school", "parent": "410000",
        "school": school});
    w.ok("keeper", json!({"do": "offices.put", "office": office}));
    for (id, post) in [("x8-lr", "entry"), ("x8-sh", "review")] {
        let account = json!({"id": id, "revision": 0, "person": id, "name": "甲", "office": "3641000008",
            "posts": [post], "os_user": null, "active": true});
        w.ok("keeper", json!({"do": "accounts.put", "account": account}));
    }
    let mut case = w.start("x8-lr", "3641000008");
    w.attach("x8-lr", &mut case);
    w.act("x8-lr", &mut case, submit());
    let show = json!({"do": "applications.show", "application": case.id});
    assert_eq!(w.error("shi-jb", show.clone())["kind"], "not_found", "its turn has not come");
    w.act("x8-sh", &mut case, agree());
    assert_eq!(w.show("shi-jb", &case)["current"], 1);
    assert_eq!(w.ok("shi-jb", json!({"do": "students.show", "student": case.student}))["brief"]["status"], "在读");
    let other = w.student("3641000008");
    assert_eq!(w.error("shi-jb", json!({"do": "students.show", "student": other}))["kind"], "not_found");

    w.act("shi-jb", &mut case, give_back());
    w.act("shi-fh", &mut case, agree());
    assert_eq!(w.show("shi-jb", &case)["status"], "returned", "it has had a step");
    let digest = blake3::hash(b"proof of the ground").to_hex().to_string();
    w.ok("shi-jb", json!({"do": "evidence.get", "application": case.id, "digest": digest}));
    assert_eq!(w.refused("shi-jb", on(&case, amend()))["rule"], "R4.1", "read-only");

    let provincial = w.student_as(X1, PROVINCIAL, "在读");
    let case = w.start_for("x1-lr", &provincial);
    assert_eq!(w.show("xian1-jb", &case)["steps"][1]["hand"]["office"], "410000");
}

#[test]
fn document_numbers_are_masked_in_every_reply() {
    let mut w = World::new();
    let mut case = w.at_county();
    w.act("xian1-jb", &mut case, approve());
    let number = 1;
    let (id_no, student_no) = (format!("41078220080101{number:04}"), format!("2024410782{number:06}"));
    let digest = blake3::hash(b"proof of the ground").to_hex().to_string();
    for desk in ["keeper", "x1-lr", "xian1-fh", "xian1-xt", "shi-jb", "sheng-jb"] {
        let mut requests = vec![
            json!({"do": "students.show", "student": case.student}),
            json!({"do": "students.find", "text": id_no}),
            json!({"do": "students.find", "text": "学生"}),
            json!({"do": "applications.list"}),
            json!({"do": "journal.page", "count": 200}),
            json!({"do": "queue.page", "tab": "office", "count": 9}),
        ];
        requests.extend(of_case(&case, &digest).into_iter().take(2));
        for request in requests {
            let answer = w.ask(desk, request.clone()).to_string();
            assert!(!answer.contains(&id_no) && !answer.contains(&student_no), "{desk} {request}: {answer}");
        }
    }
    let brief = w.ok("x1-lr", json!({"do": "students.find", "text": id_no}))["items"][0].clone();
    assert_eq!(brief["id_no"], "410782********0001");
    let shown = w.ok("x1-lr", json!({"do": "students.show", "student": case.student}));
    assert_eq!(shown["student"]["id_no"], "410782********0001");
}

#[test]
fn a_reading_of_evidence_is_journalled_and_a_keeper_manages_what_is_below() {
    let mut w = World::new();
    let case = w.submitted();
    let digest = blake3::hash(b"proof of the ground").to_hex().to_string();
    let length = w.journal_length();
    w.ok("x1-sh", json!({"do": "evidence.get", "application": case.id, "digest": digest}));
    assert_eq!(w.journal_length(), length + 1);
    let newest = w.ok("keeper", json!({"do": "journal.page", "after": length}));
    assert_eq!(newest["items"][0]["command"]["do"], "evidence.get");
    assert_eq!(newest["items"][0]["by"]["account"], "x1-sh");
    w.ok("x1-sh", json!({"do": "evidence.list", "application": case.id}));
    assert_eq!(w.journal_length(), length + 1);

    let account = |id: &str, office: &str, post: &str| {
        json!({"do": "accounts.put", "account": {"id": id, "revision": 0, "person": id, "name": "乙", "office": office,
            "posts": [post], "os_user": null, "active": true}})
    };
    w.ok("xian1-xt", account("neu-1", X2, "entry"));
    for (who, request) in [
        ("xian1-xt", account("neu-2", X3, "entry")),
        ("xian1-xt", account("neu-3", "410700", "handler")),
        ("xian1-jb", account("neu-4", X2, "entry")),
    ] {
        let finding = w.refused(who, request.clone());
        assert_eq!((&finding["rule"], &finding["article"]), (&json!("R4.1"), &json!("4")), "{who}: {request}");
    }
    assert_eq!(w.error("xian1-xt", account("neu-5", X2, "handler"))["kind"], "input", "no such post at a school");
    let accounts = w.ok("keeper", json!({"do": "accounts.list"})).to_string();
    assert!(accounts.contains("neu-1") && !(2..6).any(|n| accounts.contains(&format!("neu-{n}"))));
    // Who is disabled has no more say, on an open line too.
    let mut line = w.server.call_as("neu-1");
    line.ok(json!({"do": "queue.counts"}));
    w.ok("xian1-xt", json!({"do": "accounts.disable", "account": "neu-1"}));
    line.wait_closed();
}

#[test]
fn every_list_tells_its_total_and_what_comes_next() {
    let mut w = World::new();
    let case = w.at_county();
    for request in [
        json!({"do": "accounts.list"}),
        json!({"do": "offices.list"}),
        json!({"do": "students.find", "text": "学生"}),
        json!({"do": "queue.page", "tab": "office", "count": 9}),
        json!({"do": "evidence.list", "application": case.id}),
    ] {
        let list = w.ok("xian1-jb", request.clone());
        assert!(list["items"].as_array().is_some_and(|items| !items.is_empty()), "{request}: {list}");
        assert_eq!(list["total"], list["items"].as_array().unwrap().len(), "{request}: {list}");
        assert_eq!(list.get("next"), Some(&Value::Null), "{request}: {list}");
    }
}
