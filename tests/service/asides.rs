//! 批注, 搁置, 转交: what is set beside a case while its clock runs on.

use super::world::{Case, World, X2, agree, approve, on, send_back, submit, withdraw};
use serde_json::{Value, json};

fn remark(text: &str) -> Value {
    json!({"do": "applications.remark", "text": text})
}

fn park(until: &str) -> Value {
    json!({"do": "applications.park", "until": until, "remark": "等学校寄原件"})
}

fn resume() -> Value {
    json!({"do": "applications.resume"})
}

fn hand_over(to: &str) -> Value {
    json!({"do": "applications.hand_over", "to": to, "remark": "你熟悉该校"})
}

fn remark_on(w: &mut World, account: &str, case: &mut Case, text: &str) {
    let mut request = remark(text);
    request["application"] = case.id.as_str().into();
    case.revision = w.ok(account, request)["revision"].as_u64().unwrap();
}

/// Whether a tab of this account holds the case; the count must agree with the list.
fn holds(w: &mut World, account: &str, tab: &str, case: &Case) -> bool {
    let page = w.ok(account, json!({"do": "queue.page", "tab": tab, "count": 50}));
    let items = page["items"].as_array().unwrap();
    let counts = w.ok(account, json!({"do": "queue.counts"}));
    assert_eq!(counts[tab].as_u64().unwrap() as usize, items.len(), "{account} {tab}: {counts}");
    items.iter().any(|row| row["id"] == case.id.as_str())
}

#[test]
fn a_remark_is_read_by_all_and_decides_nothing() {
    let mut w = World::new();
    let mut case = w.at_county();
    let before = w.show("xian1-jb", &case);
    let seen = case.clone();
    remark_on(&mut w, "xian1-fh", &mut case, "  已电话联系学校  ");
    remark_on(&mut w, "x1-lr", &mut case, "原件明日寄出");
    for account in ["xian1-jb", "x1-sh", "sheng-jb"] {
        let shown = w.show(account, &case);
        let said: Vec<&str> =
            shown["asides"].as_array().unwrap().iter().map(|one| one["what"]["Remarked"].as_str().unwrap()).collect();
        assert_eq!(said, ["已电话联系学校", "原件明日寄出"], "{account}");
        assert_eq!(shown["steps"][1]["clock"], before["steps"][1]["clock"]);
        assert_eq!(shown["standing"], "first");
    }
    // Who decides on what he saw before is told of it.
    let stale = w.error("xian1-jb", on(&seen, approve()));
    assert_eq!(stale["kind"], "stale");
    let details = stale["details"].to_string();
    assert!(details.contains("批注：已电话联系学校") && details.contains("批注：原件明日寄出"), "{stale}");
    // It is no act of the next hand: the school may still take its agreement back, and the remarks stay.
    w.act("x1-sh", &mut case, withdraw());
    assert_eq!(w.show("x1-lr", &case)["asides"].as_array().unwrap().len(), 2);
}

#[test]
fn who_may_remark() {
    let mut w = World::new();
    let case = w.at_county();
    let on_case = |text: &str| {
        let mut request = remark(text);
        request["application"] = case.id.as_str().into();
        request
    };
    assert_eq!(w.refused("sheng-jb", on_case("省里看过"))["rule"], "R4.1", "no hand of this case");
    assert_eq!(w.refused("xian1-db", on_case("请抓紧"))["rule"], "R4.1", "a supervisor decides nothing");
    assert_eq!(w.error("xian2-jb", on_case("看看"))["kind"], "not_found", "not within the scope");
    assert_eq!(w.error("xian1-jb", on_case("  "))["kind"], "input");
    assert_eq!(w.error("xian1-jb", on_case(&"长".repeat(501)))["kind"], "input");
    w.ok("xian1-jb", on_case(&"长".repeat(500)));
    let mut ended = w.at_county();
    w.act("xian1-jb", &mut ended, approve());
    w.act("xian1-fh", &mut ended, agree());
    let mut late = remark("事后");
    late["application"] = ended.id.as_str().into();
    assert_eq!(w.refused("xian1-jb", late)["rule"], "R13.7");
}

#[test]
fn a_parked_case_is_out_of_the_way_while_its_clock_runs_on() {
    let mut w = World::new();
    let mut case = w.at_county();
    let clock = w.show("xian1-jb", &case)["steps"][1]["clock"].clone();
    w.act("xian1-jb", &mut case, park("2025-10-11"));
    for account in ["xian1-jb", "xian1-jbb"] {
        assert!(!holds(&mut w, account, "mine", &case), "{account}");
        assert!(holds(&mut w, account, "parked", &case), "{account}");
        assert!(holds(&mut w, account, "office", &case), "{account}: still in the office's hands");
    }
    let shown = w.show("xian1-fh", &case);
    assert_eq!(shown["steps"][1]["clock"], clock, "the clock is the same");
    assert_eq!(shown["parked"], json!({"until": "2025-10-11", "remark": "等学校寄原件", "name": "名p-jb"}));
    // It comes back on its day: 2025-10-11, a made-up working day with four left.
    w.today("2025-10-10");
    assert!(!holds(&mut w, "xian1-jb", "mine", &case));
    w.today("2025-10-11");
    assert!(holds(&mut w, "xian1-jb", "mine", &case));
    assert!(!holds(&mut w, "xian1-jb", "parked", &case));
    assert_eq!(w.show("xian1-jb", &case)["parked"], Value::Null);
}

#[test]
fn a_parked_case_comes_back_early_when_its_light_turns_near() {
    let mut w = World::new();
    let mut case = w.at_county();
    w.act("xian1-jb", &mut case, park("2025-10-16"));
    w.today("2025-10-11");
    assert!(holds(&mut w, "xian1-jb", "parked", &case), "four working days are left");
    w.today("2025-10-13");
    assert!(holds(&mut w, "xian1-jb", "mine", &case), "three are");
    assert!(!holds(&mut w, "xian1-jb", "parked", &case));
    // And then it is not parked again.
    let refused = w.refused("xian1-jb", on(&case, park("2025-10-15")));
    assert_eq!((&refused["rule"], &refused["facts"]["left"]), (&json!("X.1"), &json!("3")));
}

#[test]
fn parking_asks_for_a_day_to_come_and_a_reason() {
    let mut w = World::new();
    let mut case = w.at_county();
    for until in ["2025-09-26", "2025-09-25", "2026-09-28"] {
        assert_eq!(w.error("xian1-jb", on(&case, park(until)))["kind"], "input", "{until}");
    }
    let mut silent = park("2025-10-09");
    silent["remark"] = " ".into();
    assert_eq!(w.error("xian1-jb", on(&case, silent))["kind"], "input");
    assert_eq!(w.error("xian1-jb", on(&case, resume()))["kind"], "input", "nothing is parked");
    // Who has no turn parks nothing: the second post before a proposal, the school, who checked already.
    assert_eq!(w.refused("xian1-fh", on(&case, park("2025-10-09")))["rule"], "R4.1");
    assert_eq!(w.refused("x1-lr", on(&case, park("2025-10-09")))["rule"], "R4.1");
    w.act("xian1-jb", &mut case, approve());
    assert_eq!(w.refused("xian1-jb", on(&case, park("2025-10-09")))["rule"], "R4.1");
    assert_eq!(w.refused("xian1-fh2", on(&case, park("2025-10-09")))["rule"], "R5.12", "he proposed it himself");
    w.act("xian1-fh", &mut case, park("2025-10-09"));
    assert!(!holds(&mut w, "xian1-fh", "mine", &case));
    // Whatever is done on it ends the parking.
    w.act("xian1-fhb", &mut case, send_back("再核"));
    assert!(holds(&mut w, "xian1-jb", "mine", &case) && holds(&mut w, "xian1-jb", "sent_back", &case));
    w.act("xian1-jb", &mut case, park("2026-09-26"));
    assert!(!holds(&mut w, "xian1-jb", "sent_back", &case));
    w.act("xian1-jb", &mut case, resume());
    assert!(holds(&mut w, "xian1-jb", "sent_back", &case));
    let stale = Case { revision: case.revision - 1, ..case.clone() };
    assert_eq!(w.error("xian1-jb", on(&stale, park("2025-10-09")))["kind"], "stale");
}

#[test]
fn a_case_is_handed_to_a_colleague_of_the_same_post() {
    let mut w = World::new();
    let mut case = w.at_county();
    let offered = w.ok("xian1-jb", json!({"do": "applications.colleagues", "application": case.id}));
    let names: Vec<&str> = offered["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(names, ["xian1-both", "xian1-jb2", "xian1-jbb"]);
    for (to, rule) in [("xian1-fh", "R4.1"), ("xian1-db", "R4.1")] {
        let refused = w.refused("xian1-jb", on(&case, hand_over(to)));
        assert_eq!(refused["rule"], rule, "{to}");
        assert!(refused["because"].as_str().unwrap().starts_with("不能转交给"), "{refused}");
    }
    for to in ["xian2-jb", "shi-jb", "nobody"] {
        assert_eq!(w.error("xian1-jb", on(&case, hand_over(to)))["kind"], "not_found", "{to}");
    }
    assert_eq!(w.error("xian1-jb", on(&case, hand_over("xian1-jb3")))["kind"], "input", "an account of his own");
    w.act("xian1-jb", &mut case, hand_over("xian1-jbb"));
    assert!(holds(&mut w, "xian1-jbb", "mine", &case));
    assert!(!holds(&mut w, "xian1-jb", "mine", &case) && !holds(&mut w, "xian1-both", "mine", &case));
    assert!(holds(&mut w, "xian1-jb", "office", &case));
    assert_eq!(w.show("xian1-jb", &case)["assigned"], "名p-jbb");
    // It blocks nobody: the first to act does.
    w.act("xian1-both", &mut case, approve());
    assert_eq!(w.show("xian1-fh", &case)["assigned"], Value::Null);
    assert!(holds(&mut w, "xian1-fh", "mine", &case));
    // On this step he who proposed is nobody to check it.
    let refused = w.refused("xian1-fh", on(&case, hand_over("xian1-both")));
    assert_eq!(refused["rule"], "R5.12");
}

#[test]
fn what_was_handed_to_somebody_who_left_is_everybodys_again() {
    let mut w = World::new();
    let mut case = w.at_county();
    w.act("xian1-jb", &mut case, hand_over("xian1-jbb"));
    assert!(!holds(&mut w, "xian1-jb", "mine", &case));
    w.ok("keeper", json!({"do": "accounts.disable", "account": "xian1-jbb"}));
    assert!(holds(&mut w, "xian1-jb", "mine", &case));
}

#[test]
fn what_somebody_did_is_on_his_list_newest_first_whatever_became_of_it() {
    let mut w = World::new();
    let mut first = w.at_county();
    let mut second = w.at_county();
    let other = w.start("x2-lr", X2);
    w.today("2025-09-27");
    w.act("xian1-jb", &mut second, approve());
    w.today("2025-09-28");
    w.act("xian1-jb", &mut first, approve());
    w.act("xian1-fh", &mut first, agree());
    let ids = |w: &mut World, account: &str, limit: Value| -> Vec<String> {
        let page = w.ok(account, json!({"do": "queue.page", "tab": "acted", "count": 50, "limit": limit}));
        let ids: Vec<String> =
            page["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(page["total"], ids.len());
        ids
    };
    assert_eq!(ids(&mut w, "xian1-jb", json!({})), [first.id.clone(), second.id.clone()]);
    assert_eq!(ids(&mut w, "xian1-jb3", json!({})), [first.id.clone(), second.id.clone()], "the person counts");
    assert_eq!(ids(&mut w, "xian1-fh", json!({})), [first.id.clone()]);
    assert_eq!(ids(&mut w, "x1-lr", json!({})), [second.id.clone(), first.id.clone()], "of one moment the newer case");
    assert_eq!(ids(&mut w, "x2-lr", json!({})), std::slice::from_ref(&other.id));
    assert!(ids(&mut w, "xian1-jbb", json!({})).is_empty());
    assert_eq!(ids(&mut w, "xian1-jb", json!({"kind": "复学"})), Vec::<String>::new());
    assert_eq!(ids(&mut w, "xian1-jb", json!({"kind": "休学"})).len(), 2);
    let counts = w.ok("xian1-jb", json!({"do": "queue.counts"}));
    assert_eq!(counts["acted"], 2);
    let page = w.ok("xian1-jb", json!({"do": "queue.page", "tab": "acted", "count": 1}));
    assert_eq!((&page["items"][0]["phase"], &page["items"][0]["standing"]), (&json!("granted"), &json!("ended")));
    assert_eq!((&page["items"][0]["clock"], &page["next"]), (&Value::Null, &json!(second.id)));
    let last = w.ok("xian1-jb", json!({"do": "queue.page", "tab": "acted", "count": 1, "end": true}));
    assert_eq!((&last["items"][0]["id"], &last["offset"]), (&json!(second.id), &json!(1)));
    // It is found again after a restart, when nothing of it was stored.
    w.restart();
    assert_eq!(ids(&mut w, "xian1-jb", json!({})), [first.id.clone(), second.id.clone()]);
}

#[test]
fn lists_say_how_many_there_are() {
    let mut w = World::new();
    let case = w.at_county();
    w.start("x2-lr", X2);
    let one = w.ok("xian1-jb", json!({"do": "applications.list", "student": case.student, "count": 1}));
    assert_eq!((&one["total"], one["items"].as_array().unwrap().len()), (&json!(1), 1));
    let hidden = w.ok("xian2-jb", json!({"do": "applications.list", "student": case.student}));
    assert_eq!(hidden["total"], 0, "of those the asker may see: {hidden}");
    let all = w.ok("sheng-jb", json!({"do": "applications.list", "count": 1}));
    assert_eq!((&all["total"], &all["next"]), (&json!(2), &json!(case.id)));
    let length = w.journal_length();
    assert_eq!(w.ok("keeper", json!({"do": "journal.page", "count": 1}))["total"], length);
}

#[test]
fn a_case_at_the_school_can_be_set_aside_too() {
    let mut w = World::new();
    let mut case = w.start("x1-lr", super::world::X1);
    w.act("x1-lr", &mut case, park("2025-10-20"));
    assert!(!holds(&mut w, "x1-lrb", "mine", &case) && holds(&mut w, "x1-lrb", "parked", &case));
    w.act("x1-lr", &mut case, hand_over("x1-lrb"));
    assert!(holds(&mut w, "x1-lrb", "mine", &case), "who gets it finds it on the list");
    w.attach("x1-lrb", &mut case);
    w.act("x1-lrb", &mut case, submit());
    assert!(holds(&mut w, "x1-sh", "mine", &case));
}
