//! 休学 from the first key to the student's record, and the other ways it can end.

use super::world::{World, X1, agree, amend, approve, cancel, on, refuse, send_back, start, submit};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

#[test]
fn a_suspension_goes_from_the_school_to_the_record() {
    let mut w = World::new();
    let student = w.student(X1);

    // Looking ahead writes nothing and tells the route, the times and the materials.
    let before = w.dump(&student);
    let mut look = start(&student);
    look["do"] = "applications.preview".into();
    let ahead = w.ok("x1-lr", look);
    assert_eq!(ahead["refused"], Value::Null);
    let route: Vec<_> = ahead["route"].as_array().unwrap().iter().map(|hop| (&hop[0]["office"], &hop[1])).collect();
    assert_eq!(route, [(&json!(X1), &Value::Null), (&json!("410782"), &json!(10))]);
    assert_eq!(ahead["evidence"].as_array().unwrap().len(), 1);
    assert_eq!(ahead["changes"][0], json!({"field": "学籍状态", "before": "在读", "after": "休学"}));
    assert_eq!(w.dump(&student), before);

    let started = w.ok("x1-lr", start(&student));
    assert_eq!((&started["status"], &started["revision"]), (&json!("preparing"), &json!(1)));
    assert_eq!(started["missing"].as_array().unwrap().len(), 1);
    let mut case = super::world::Case {
        student: student.clone(),
        id: started["application"].as_str().unwrap().to_owned(),
        revision: 1,
    };
    assert!(case.id.starts_with("2025-"));

    // The proof comes in pieces, in order; the last one attaches it.
    let proof: Vec<u8> = (0..100_000u32).map(|n| (n % 251) as u8).collect();
    let digest = blake3::hash(&proof).to_hex().to_string();
    let mut at = 0;
    for piece in proof.chunks(48 * 1024) {
        let done = w.ok(
            "x1-lr",
            json!({"do": "evidence.attach", "application": case.id, "digest": digest, "size": proof.len(),
                "kind": "诊断证明", "name": "诊断.pdf", "original_place": "学校档案室", "offset": at,
                "data": STANDARD.encode(piece)}),
        );
        at += piece.len();
        if at < proof.len() {
            assert_eq!(done["received"], at);
            assert_eq!(w.show("x1-lr", &case)["evidence"], json!([]));
        } else {
            case.revision = done["revision"].as_u64().unwrap();
            assert_eq!(done["missing"], json!([]));
        }
    }
    let mut back = Vec::new();
    while back.len() < proof.len() {
        let get = json!({"do": "evidence.get", "application": case.id, "digest": digest, "offset": back.len()});
        let piece = w.ok("x1-sh", get);
        back.extend(STANDARD.decode(piece["data"].as_str().unwrap()).unwrap());
    }
    assert_eq!(back, proof);

    w.act("x1-lr", &mut case, submit());
    assert_eq!(w.show("x1-sh", &case)["standing"], "second");
    w.act("x1-sh", &mut case, agree());

    // The county's ten working days begin with the school's agreed decision; National Day lies between.
    let view = w.show("xian1-jb", &case);
    assert_eq!((&view["status"], &view["current"]), (&json!("open"), &json!(1)));
    let clock = &view["steps"][1]["clock"];
    let expected = json!({"article": "13", "rule": "R13.2", "budget": 10, "started": "2025-09-26", "due": "2025-10-16",
        "provisional": false, "reference": false, "left": 10, "light": "green"});
    assert_eq!(*clock, expected);
    assert_eq!(view["steps"][0]["clock"], Value::Null, "the text gives the school no time");
    assert_eq!((&view["steps"][0]["state"], &view["steps"][1]["state"]), (&json!("done"), &json!("current")));
    assert_eq!(view["steps"][0]["proposed_by"]["account"], "x1-lr");
    assert_eq!(view["steps"][0]["rounds"][0]["acts"][0]["by"]["account"], "x1-lr");
    assert_eq!(view["steps"][0]["decided_by"]["account"], "x1-sh");
    assert_eq!(view["changes"][0], json!({"field": "学籍状态", "before": "在读", "after": "休学"}));
    assert_eq!(view["students"][0]["status"], "在读");

    w.today("2025-10-14");
    w.act("xian1-jb", &mut case, approve());
    let view = w.show("xian1-fh", &case);
    assert_eq!(view["steps"][1]["proposed_by"]["post"], "handler");
    assert_eq!((&view["steps"][1]["clock"]["left"], &view["steps"][1]["clock"]["light"]), (&json!(2), &json!("near")));
    assert_eq!(w.record(&student)["student"]["status"], "在读", "only an agreed proposal changes anything");

    w.today("2025-10-16T23:59");
    w.act("xian1-fh", &mut case, agree());
    let view = w.show("xian1-fh", &case);
    assert_eq!((&view["status"], &view["standing"]), (&json!("granted"), &json!("ended")));
    let ending = &view["steps"][1]["rounds"][0]["ending"];
    assert_eq!((&ending["due"], &ending["used"], &ending["late"]), (&json!("2025-10-16"), &json!(10), &json!(0)));
    assert!(ending["calendar"].as_str().is_some_and(|edition| !edition.is_empty()));
    assert_eq!(view["steps"][1]["decided_by"]["person"], "p-fh");

    let record = &w.record(&student)["student"];
    assert_eq!((&record["status"], &record["status_since"]), (&json!("休学"), &json!("2025-10-16")));
    assert_eq!(record["suspension"], json!({"from": "2025-10-20", "until": "2026-08-31"}));
    let entry = record["history"].as_array().unwrap().last().unwrap().clone();
    let expected = json!({"from": "在读", "to": "休学", "on": "2025-10-16", "application": case.id, "article": "13"});
    assert_eq!(entry, expected);
}

#[test]
fn lateness_forbids_nothing_and_is_kept_for_good() {
    let mut w = World::new();
    let mut case = w.at_county();
    w.today("2025-10-17");
    let clock = w.show("xian1-jb", &case)["steps"][1]["clock"].clone();
    assert_eq!((&clock["left"], &clock["light"]), (&json!(-1), &json!("overdue")));
    w.act("xian1-jb", &mut case, approve());
    w.act("xian1-fh", &mut case, agree());
    let ending = |w: &mut World| w.show("xian1-jb", &case)["steps"][1]["rounds"][0]["ending"].clone();
    assert_eq!(ending(&mut w)["late"], 1);
    w.today("2025-12-01");
    assert_eq!(ending(&mut w)["late"], 1);
}

#[test]
fn a_refused_application_leaves_the_status_and_another_may_be_started() {
    let mut w = World::new();
    let mut case = w.at_county();
    w.act("xian1-jb", &mut case, refuse());
    assert_eq!(w.show("x1-lr", &case)["status"], "open", "a proposal alone refuses nothing");
    w.act("xian1-fh", &mut case, agree());
    let view = w.show("x1-lr", &case);
    assert_eq!(view["status"], "refused");
    let acts = view["steps"][1]["rounds"][0]["acts"].as_array().unwrap().clone();
    assert_eq!(acts[0]["verb"]["Proposed"][1][0], json!({"article": "13", "material": null, "text": "事由不成立"}));
    assert_eq!(w.record(&case.student)["student"]["status"], "在读");
    let again = w.start_for("x1-lr", &case.student);
    assert_ne!(again.id, case.id);
}

#[test]
fn the_school_cancels_at_any_time_before_the_decision() {
    let mut w = World::new();
    let stages: [fn(&mut World) -> super::world::Case; 3] =
        [|w| w.start("x1-lr", X1), World::submitted, World::at_county];
    for stage in stages {
        let mut case = stage(&mut w);
        w.act("x1-sh", &mut case, cancel());
        let view = w.show("xian1-jb", &case);
        assert_eq!(view["status"], "cancelled");
        assert_eq!(view["cancelled"]["reason"], "学生不再申请");
        assert_eq!(view["cancelled"]["by"]["account"], "x1-sh");
        // Whatever clock ran stands still from here.
        w.today("2025-12-01");
        assert_eq!(w.show("xian1-jb", &case)["steps"], view["steps"]);
        w.today("2025-09-26");
        assert_eq!(w.record(&case.student)["student"]["status"], "在读");
        w.start_for("x1-lr", &case.student);
    }
}

#[test]
fn what_is_asked_for_may_be_amended_while_it_lies_with_the_first_post() {
    let mut w = World::new();
    let mut case = w.start("x1-lr", X1);
    w.act("x1-lrb", &mut case, amend());
    let view = w.show("x1-sh", &case);
    assert_eq!(view["details"]["休学"]["ground"], "改为三个月");
    assert_eq!(view["changes"][1]["after"], "2025-11-01 至 2026-01-31");
    w.attach("x1-lr", &mut case);
    w.act("x1-lr", &mut case, submit());
    w.act("x1-sh", &mut case, send_back("起止日期再核对"));
    let view = w.show("x1-lr", &case);
    assert_eq!(view["standing"], "sent_back");
    assert_eq!(w.ok("x1-lr", json!({"do": "queue.page", "tab": "sent_back", "count": 9}))["items"][0]["id"], case.id);
    w.act("x1-lr", &mut case, amend());
    w.act("x1-lr", &mut case, submit());
    w.act("x1-sh", &mut case, agree());
    assert_eq!(w.show("xian1-jb", &case)["current"], 1);
}

#[test]
fn what_makes_no_sense_is_an_input_error_and_writes_nothing() {
    let mut w = World::new();
    let student = w.student(X1);
    let before = w.dump(&student);
    let with = |from: &str, until: &str, ground: &str| {
        let mut request = start(&student);
        request["details"] = super::world::suspension(from, until, ground);
        request
    };
    let long = "长".repeat(501);
    for (from, until, ground) in [
        ("2025-10-20", "2025-10-19", "因病"),
        ("2024-08-31", "2025-10-19", "因病"),
        ("2025-10-20", "2026-08-31", " "),
        ("2025-10-20", "2026-08-31", &long),
    ] {
        let error = w.error("x1-lr", with(from, until, ground));
        assert_eq!(error["kind"], "input", "{from} {until}: {error}");
    }
    assert_eq!(w.error("x1-lr", with("2025-02-30", "2026-08-31", "因病"))["kind"], "malformed");
    assert_eq!(w.dump(&student), before);
    // The nearest that do: one day, from the day of entry, with the longest ground.
    w.ok("x1-lr", with("2024-09-01", "2024-09-01", &"长".repeat(500)));

    let mut county = w.at_county();
    let mut request = approve();
    request["reasons"] = json!([{"article": "13", "text": "无"}]);
    assert_eq!(w.error("xian1-jb", on(&county, request))["kind"], "input");
    w.act("xian1-jb", &mut county, approve());
}
