//! Hands without accounts here: their word is recorded from their document by the last hand here that acted, in both
//! posts by two persons; their items stand in that office's queue.

use super::transfers::{begun, hand, pass, school, wide};
use super::world::{Case, World, agree, approve, attach, on, send_back, submit, withdraw};
use serde_json::{Value, json};

/// A school, its county and its city that have no accounts.
const SCHOOL: &str = "3641000021";
const COUNTY: &str = "411302";
const CITY: &str = "411300";

fn far() -> World {
    let mut w = wide();
    for (id, name, level, parent) in [(CITY, "丙市教育局", "city", "410000"), (COUNTY, "四县教育局", "county", CITY)]
    {
        w.ok(
            "keeper",
            json!({"do": "offices.put", "office":
            {"id": id, "revision": 0, "name": name, "level": level, "parent": parent, "school": null}}),
        );
    }
    school(&mut w, SCHOOL, "县四校", "县属", COUNTY);
    w
}

/// A transfer to the far school that the old school has agreed to on 14 October.
fn away(w: &mut World) -> Case {
    let mut case = begun(w, "3641000001", SCHOOL, "610101");
    pass(w, &mut case, "3641000001", "2025-10-14");
    case
}

fn record(outcome: &str, decided_on: &str, document: &str) -> Value {
    let reasons = match outcome {
        "approve" => json!([]),
        _ => json!([{"article": "12", "material": null, "text": "申请不是本人书写"}]),
    };
    json!({"do": "applications.step_external", "outcome": outcome, "decided_on": decided_on, "document": document,
        "reasons": reasons})
}

/// Whether a tab of this account has the case, and what the counts say of the tab.
fn listed(w: &mut World, account: &str, tab: &str, case: &Case) -> bool {
    let page = w.ok(account, json!({"do": "queue.page", "tab": tab, "count": 500}));
    let items = page["items"].as_array().unwrap();
    let counts = w.ok(account, json!({"do": "queue.counts"}));
    assert_eq!(counts[tab], page["total"], "{account}: {tab}: {counts}");
    items.iter().any(|row| row["id"] == case.id)
}

#[test]
fn each_hand_that_is_not_here_is_recorded_by_the_last_one_here_in_both_posts() {
    let mut w = far();
    let mut case = away(&mut w);
    let view = w.show("x1-lr", &case);
    let hands: Vec<_> = view["steps"].as_array().unwrap().iter().map(|step| step["hand"].clone()).collect();
    let told: Vec<_> = hands.iter().map(|hand| (hand["office"].as_str().unwrap(), hand["here"] == true)).collect();
    let expected = [
        ("3641000001", true),
        (SCHOOL, false),
        ("410782", true),
        ("410700", true),
        (COUNTY, false),
        (CITY, false),
        ("410000", true),
    ];
    assert_eq!(told, expected);
    // Its clock is shown all the same: 15 October is the first day.
    let clock = &view["steps"][1]["clock"];
    assert_eq!((&clock["started"], &clock["due"]), (&json!("2025-10-14"), &json!("2025-10-28")));

    // The receiving school is not here: the old school records it.
    for (account, tab, there) in [
        ("x1-lr", "mine", true),
        ("x1-lr", "office", true),
        ("x1-sh", "mine", false),
        ("x1-sh", "office", true),
        ("xian1-jb", "office", false),
        ("x2-lr", "office", false),
        ("sheng-jb", "mine", false),
    ] {
        assert_eq!(listed(&mut w, account, tab, &case), there, "{account}: {tab}");
    }
    w.today("2025-10-16");
    w.act("x1-lr", &mut case, record("approve", "2025-10-15", "县四校函〔2025〕7号"));
    for (account, there) in [("x1-lr", false), ("x1-sh", true)] {
        assert_eq!(listed(&mut w, account, "mine", &case), there, "{account}: recorded, to be checked");
    }
    assert_eq!(hand(&w.show("x1-lr", &case)), SCHOOL, "one post's word ends nothing");
    w.act("x1-sh", &mut case, agree());
    assert!(!listed(&mut w, "x1-sh", "office", &case));
    assert!(listed(&mut w, "xian1-jb", "mine", &case));
    let view = w.show("xian1-jb", &case);
    let round = &view["steps"][1]["rounds"][0];
    assert_eq!(round["proposal"]["external"], json!({"on": "2025-10-15", "document": "县四校函〔2025〕7号"}));
    assert_eq!(round["ending"]["outcome"], "approve");
    assert_eq!((&round["ending"]["used"], &round["ending"]["late"]), (&json!(1), &json!(0)), "of its own ten days");
    assert_eq!(view["steps"][1]["proposed_by"]["account"], "x1-lr");
    assert_eq!(view["steps"][1]["decided_by"]["account"], "x1-sh");

    pass(&mut w, &mut case, "410782", "2025-10-17");
    pass(&mut w, &mut case, "410700", "2025-10-20");
    // The far county and city: the last hand here that acted is the city of the old school.
    for (office, document) in [(COUNTY, "四县教函〔2025〕1号"), (CITY, "丙市教函〔2025〕2号")] {
        assert_eq!(hand(&w.show("shi-jb", &case)), office);
        for (account, there) in [("shi-jb", true), ("x1-lr", false), ("xian1-jb", false), ("sheng-jb", false)] {
            assert_eq!(listed(&mut w, account, "mine", &case), there, "{office}: {account}");
        }
        let kept = w.dump(&case.student);
        for stranger in ["xian1-jb", "x1-lr"] {
            let finding = w.refused(stranger, on(&case, record("approve", "2025-10-20", document)));
            assert_eq!(finding["rule"], "R4.1", "{office}: {stranger}: {finding}");
        }
        assert_eq!(w.dump(&case.student), kept);
        w.act("shi-jb", &mut case, record("approve", "2025-10-20", document));
        w.act("shi-fh", &mut case, agree());
    }
    assert!(listed(&mut w, "sheng-jb", "mine", &case));
    pass(&mut w, &mut case, "410000", "2025-10-21");
    assert_eq!(w.record(&case.student)["student"]["school"], SCHOOL);
}

#[test]
fn a_record_needs_a_document_a_day_between_arrival_and_today_and_a_hand_that_is_not_here() {
    let mut w = far();
    let mut case = away(&mut w);
    w.today("2025-10-16");
    let number = "县四校函〔2025〕7号";
    for (why, account, request, rule) in [
        ("no document number", "x1-lr", record("approve", "2025-10-15", "  "), "R4.3"),
        ("the day before it arrived", "x1-lr", record("approve", "2025-10-13", number), "R4.3"),
        ("tomorrow", "x1-lr", record("approve", "2025-10-17", number), "R4.3"),
        ("the second post", "x1-sh", record("approve", "2025-10-15", number), "R4.1"),
        ("as if it were one's own turn", "x1-lr", approve(), "R4.1"),
        (
            "a return without a word",
            "x1-lr",
            {
                let mut request = record("return", "2025-10-15", number);
                request["reasons"] = json!([]);
                request
            },
            "R13.3",
        ),
    ] {
        let kept = w.dump(&case.student);
        let finding = w.refused(account, on(&case, request));
        assert_eq!(finding["rule"], rule, "{why}: {finding}");
        assert_eq!(w.dump(&case.student), kept, "{why}: a refusal wrote something");
    }
    // Both ends of the time are open: the day it arrived, and today.
    for (day, again) in [("2025-10-14", true), ("2025-10-16", false)] {
        w.act("x1-lr", &mut case, record("approve", day, number));
        let kept = w.dump(&case.student);
        let finding = w.refused("x1-sh2", on(&case, agree()));
        assert_eq!(finding["rule"], "R5.12", "{day}: who recorded it checks it from a second account: {finding}");
        assert_eq!(w.dump(&case.student), kept);
        if again {
            w.act("x1-lr", &mut case, withdraw());
        }
    }
    w.act("x1-sh", &mut case, agree());

    // Now the county's turn, which is here and speaks for itself.
    for account in ["xian1-jb", "x1-lr"] {
        let kept = w.dump(&case.student);
        let finding = w.refused(account, on(&case, record("approve", "2025-10-16", number)));
        assert_eq!(finding["rule"], "R4.1", "{account}: {finding}");
        assert_eq!(w.dump(&case.student), kept);
    }
    w.act("xian1-jb", &mut case, approve());
}

#[test]
fn a_record_sent_back_by_the_second_post_waits_for_another_word() {
    let mut w = far();
    let mut case = away(&mut w);
    w.act("x1-lr", &mut case, record("approve", "2025-10-14", "县四校函〔2025〕7号"));
    w.act("x1-sh", &mut case, send_back("文号写错了"));
    assert_eq!(hand(&w.show("x1-lr", &case)), SCHOOL);
    assert!(listed(&mut w, "x1-lr", "sent_back", &case));
    assert!(!listed(&mut w, "xian1-jb", "office", &case));
    w.act("x1-lr", &mut case, record("approve", "2025-10-14", "县四校函〔2025〕17号"));
    w.act("x1-sh", &mut case, agree());
    assert_eq!(hand(&w.show("xian1-jb", &case)), "410782");
}

#[test]
fn a_far_hand_returns_it_and_gets_it_straight_back() {
    let mut w = far();
    let mut case = away(&mut w);
    w.today("2025-10-15");
    w.act("x1-lr", &mut case, record("return", "2025-10-15", "县四校函〔2025〕7号"));
    w.act("x1-sh", &mut case, agree());
    let view = w.show("x1-lr", &case);
    assert_eq!((&view["status"], hand(&view)), (&json!("returned"), "3641000001"));
    w.today("2025-10-17");
    w.act("x1-lr", &mut case, submit());
    w.act("x1-sh", &mut case, agree());
    let view = w.show("x1-lr", &case);
    assert_eq!(hand(&view), SCHOOL);
    let rounds = view["steps"][1]["rounds"].as_array().unwrap();
    assert_eq!((rounds.len(), &rounds[1]["clock"]["started"]), (2, &json!("2025-10-17")));
    // The document of the first round is too old for the second.
    let finding = w.refused("x1-lr", on(&case, record("approve", "2025-10-16", "县四校函〔2025〕8号")));
    assert_eq!(finding["rule"], "R4.3");
    w.act("x1-lr", &mut case, record("approve", "2025-10-17", "县四校函〔2025〕8号"));
    w.act("x1-sh", &mut case, agree());
    assert_eq!(hand(&w.show("xian1-jb", &case)), "410782");
}

#[test]
fn what_a_far_hand_refuses_is_refused() {
    let mut w = far();
    let mut case = away(&mut w);
    w.act("x1-lr", &mut case, record("refuse", "2025-10-14", "县四校函〔2025〕7号"));
    w.act("x1-sh", &mut case, agree());
    assert_eq!(w.show("x1-lr", &case)["status"], "refused");
    assert_eq!(w.record(&case.student)["student"]["school"], "3641000001");
    for account in ["x1-lr", "xian1-jb"] {
        assert!(!listed(&mut w, account, "office", &case), "{account}");
    }
}

#[test]
fn an_agreed_record_is_taken_back_while_the_next_hand_has_done_nothing() {
    let mut w = far();
    let mut case = away(&mut w);
    let clock = w.show("x1-lr", &case)["steps"][1]["clock"].clone();
    w.act("x1-lr", &mut case, record("approve", "2025-10-14", "县四校函〔2025〕7号"));
    w.act("x1-sh", &mut case, agree());
    w.today("2025-10-15");
    w.act("x1-sh", &mut case, withdraw());
    let view = w.show("x1-lr", &case);
    assert_eq!(hand(&view), SCHOOL);
    let again = &view["steps"][1]["clock"];
    assert_eq!((&again["started"], &again["due"]), (&clock["started"], &clock["due"]));
    assert!(listed(&mut w, "x1-lr", "office", &case));
    assert!(!listed(&mut w, "xian1-jb", "office", &case));
    if view["standing"] != "second" {
        w.act("x1-lr", &mut case, record("approve", "2025-10-15", "县四校函〔2025〕9号"));
    }
    w.act("x1-sh", &mut case, agree());
    w.act("xian1-jb", &mut case, approve());
    let finding = w.refused("x1-sh", on(&case, withdraw()));
    assert_eq!(finding["rule"], "R4.3");
}

#[test]
fn the_document_of_a_far_hand_is_brought_by_whoever_records_it() {
    let mut w = far();
    let mut case = away(&mut w);
    let mut document = attach(&case.id, b"the far school's document");
    document["kind"] = "县四校函".into();
    for (account, rule) in [("x1-sh", "R4.1"), ("xian1-jb", "")] {
        let kept = w.dump(&case.student);
        let answer = w.ask(account, document.clone());
        assert!(answer.get("ok").is_none(), "{account}: {answer}");
        assert!(rule.is_empty() || answer["refused"]["rule"] == rule, "{account}: {answer}");
        assert_eq!(w.dump(&case.student), kept, "{account}: a refusal wrote something");
    }
    case.revision = w.ok("x1-lr", document)["revision"].as_u64().unwrap();
    w.act("x1-lr", &mut case, record("approve", "2025-10-14", "县四校函〔2025〕7号"));
    let mut late = attach(&case.id, b"another document");
    late["kind"] = "县四校函".into();
    assert_eq!(w.refused("x1-lr", late)["rule"], "R5.12", "nothing is added under the eyes of the second post");
    w.act("x1-sh", &mut case, agree());
    let view = w.show("xian1-jb", &case);
    let kinds: Vec<_> = view["evidence"].as_array().unwrap().iter().map(|piece| piece["kind"].clone()).collect();
    assert_eq!(kinds, ["转学申请（本人书写）", "县四校函"]);

    // Higher up it is the city's first post that records, and brings.
    pass(&mut w, &mut case, "410782", "2025-10-15");
    pass(&mut w, &mut case, "410700", "2025-10-16");
    let mut document = attach(&case.id, b"the far county's document");
    document["kind"] = "四县教函".into();
    assert_eq!(w.refused("x1-lr", document.clone())["rule"], "R4.1");
    w.ok("shi-jb", document);
    let piece = w.show("shi-jb", &case)["evidence"][2].clone();
    assert_eq!((&piece["by"]["account"], &piece["by"]["post"]), (&json!("shi-jb"), &json!("handler")));
}
