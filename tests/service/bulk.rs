//! Approvals of several items at once: each judged as by itself, one report, one entry in the journal.

use super::world::{Case, World, agree, approve, give_back, on};
use serde_json::{Value, json};

fn bulk(act: &str, cases: &[&Case]) -> Value {
    let items: Vec<Value> =
        cases.iter().map(|case| json!({"application": case.id, "revision": case.revision})).collect();
    json!({"do": "applications.bulk", "act": act, "items": items})
}

fn done(report: &Value) -> (u64, u64) {
    (report["done"].as_u64().unwrap(), report["refused"].as_u64().unwrap())
}

#[test]
fn many_are_proposed_and_agreed_each_by_two_persons() {
    let mut w = World::new();
    let mut cases: Vec<Case> = (0..5).map(|_| w.at_county()).collect();
    let before = w.journal_length();
    let report = w.ok("xian1-jb", bulk("propose", &cases.iter().collect::<Vec<_>>()));
    assert_eq!(done(&report), (5, 0), "{report}");
    assert_eq!(w.journal_length(), before + 1, "one entry for all");
    for (case, line) in cases.iter_mut().zip(report["items"].as_array().unwrap()) {
        assert_eq!((&line["application"], &line["done"]), (&json!(case.id), &json!(true)));
        case.revision = line["revision"].as_u64().unwrap();
    }
    // xian1-fh2 is the person who proposed, under another account: refused item by item.
    let report = w.ok("xian1-fh2", bulk("decide", &cases.iter().collect::<Vec<_>>()));
    assert_eq!(done(&report), (0, 5));
    assert!(report["items"].as_array().unwrap().iter().all(|line| line["refused"]["rule"] == "R5.12"), "{report}");
    let report = w.ok("xian1-fh", bulk("decide", &cases.iter().collect::<Vec<_>>()));
    assert_eq!(done(&report), (5, 0));
    for case in &cases {
        assert_eq!(w.record(&case.student)["student"]["status"], "休学");
        assert_eq!(w.show("x1-lr", case)["status"], "granted");
    }
    assert_eq!(w.ok("keeper", json!({"do": "verify"}))["damage"], json!([]));
}

#[test]
fn what_may_not_be_approved_is_reported_and_stays_as_it_was() {
    let mut w = World::new();
    let [good, blocked, mut stale, mut returned] = [(); 4].map(|()| w.at_county());
    w.set(&blocked.student, "status", "退学");
    let seen = stale.clone();
    w.act("xian1-jb", &mut stale, approve());
    w.act("xian1-jb", &mut stale, json!({"do": "applications.withdraw"}));
    w.act("xian1-jb", &mut returned, give_back());
    let nowhere = Case { student: String::new(), id: "2025-009999".into(), revision: 1 };
    let elsewhere = {
        let mut case = w.start("x3-lr", super::world::X3);
        w.attach("x3-lr", &mut case);
        case
    };
    let kept = w.dump(&blocked.student);
    let report = w.ok("xian1-jb", bulk("propose", &[&blocked, &seen, &returned, &nowhere, &elsewhere]));
    assert_eq!(done(&report), (0, 5));
    assert_eq!(w.dump(&blocked.student), kept, "nothing done, nothing written but the answer");
    let report = w.ok("xian1-jb", bulk("propose", &[&good, &blocked, &seen, &returned, &nowhere, &elsewhere]));
    assert_eq!(done(&report), (1, 5), "{report}");
    let lines = report["items"].as_array().unwrap();
    assert_eq!(lines[0]["done"], true);
    assert_eq!(lines[1]["refused"]["rule"], "R13.7");
    assert_eq!((&lines[2]["error"]["kind"], &lines[2]["error"]["details"].is_array()), (&json!("stale"), &true));
    assert_eq!(lines[3]["refused"]["rule"], "R5.12", "a proposal stands already");
    for hidden in &lines[4..] {
        assert_eq!((&hidden["error"]["kind"], &hidden["student"]), (&json!("not_found"), &Value::Null), "{hidden}");
    }
    assert_eq!(w.show("xian1-jb", &blocked)["standing"], "first");

    // The second post agrees to approvals in bulk; a return is read by itself.
    let good = Case { revision: lines[0]["revision"].as_u64().unwrap(), ..good };
    let report = w.ok("xian1-fh", bulk("decide", &[&good, &returned]));
    assert_eq!(done(&report), (1, 1));
    let why = report["items"][1]["error"]["message"].as_str().unwrap();
    assert!(why.contains("退回补正"), "{why}");
    w.act("xian1-fh", &mut returned, agree());
}

#[test]
fn two_items_of_one_student_are_judged_one_upon_the_other() {
    let mut w = World::new();
    let first = w.at_county();
    let correction =
        json!({"信息变更": {"handed_in_on": "2025-09-26", "field": "民族", "to": "回族", "ground": "登记有误"}});
    let started = w.ok("x1-lr", json!({"do": "applications.start", "student": first.student, "details": correction}));
    let mut second =
        Case { student: first.student.clone(), id: started["application"].as_str().unwrap().into(), revision: 1 };
    for name in ["派出所户籍单", "户口簿户主页", "户口簿本人页"] {
        let mut paper = super::world::attach(&second.id, name.as_bytes());
        paper["kind"] = name.into();
        second.revision = w.ok("x1-lr", paper)["revision"].as_u64().unwrap();
    }
    w.act("x1-lr", &mut second, super::world::submit());
    w.act("x1-sh", &mut second, agree());
    let report = w.ok("xian1-jb", bulk("propose", &[&first, &second]));
    assert_eq!(done(&report), (2, 0));
    let revised =
        |case: &Case, n: usize| Case { revision: report["items"][n]["revision"].as_u64().unwrap(), ..case.clone() };
    let (one, two) = (revised(&first, 0), revised(&second, 1));
    assert_eq!(done(&w.ok("xian1-fh", bulk("decide", &[&one, &two]))), (2, 0));
    let student = w.record(&first.student)["student"].clone();
    assert_eq!(
        (&student["status"], &student["ethnic"]),
        (&json!("休学"), &json!("回族")),
        "neither overwrote the other"
    );
    assert_eq!(w.ok("keeper", json!({"do": "verify"}))["damage"], json!([]));
}

#[test]
fn a_repeated_bulk_is_done_once_and_bounds_hold() {
    let mut w = World::new();
    let case = w.at_county();
    let mut request = bulk("propose", &[&case]);
    request["command"] = "0190b6a0-0000-7000-8000-000000000001".into();
    let first = w.ok("xian1-jb", request.clone());
    assert_eq!(w.ok("xian1-jb", request), first);
    for (items, what) in [(vec![], "1至250件"), (vec![&case; 2], "两次"), (vec![&case; 251], "1至250件")] {
        let message = w.error("xian1-jb", bulk("propose", &items))["message"].as_str().unwrap().to_owned();
        assert!(message.contains(what), "{message}");
    }
    let malformed = on(&case, json!({"do": "applications.bulk", "act": "return", "items": []}));
    assert_eq!(w.error("xian1-jb", malformed)["kind"], "malformed");
}
