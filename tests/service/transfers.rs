//! 转学 through all its hands, from `tests/law/transfers.toml`: who, in which order, each with its own clock; returns
//! and withdrawals in the middle of seven hands.

use super::world::{Case, World, agree, approve, attach, on, submit, withdraw};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    schools: BTreeMap<String, String>,
    route: Vec<Route>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Route {
    why: String,
    from: String,
    to: String,
    major: Option<String>,
    hands: Vec<String>,
}

/// The day on which each hand agrees, in order; the next one's time runs from it.
const DAYS: [&str; 7] =
    ["2025-10-14", "2025-10-15", "2025-10-16", "2025-10-17", "2025-10-20", "2025-10-21", "2025-10-22"];

/// Accounts of a hand's two posts.
const POSTS: &[(&str, &str, &str)] = &[
    ("3641000001", "x1-lr", "x1-sh"),
    ("3641000002", "x2-lr", "x2-sh"),
    ("3641000003", "x3-lr", "x3-sh"),
    ("3641000004", "x4-lr", "x4-sh"),
    ("3641000005", "x5-lr", "x5-sh"),
    ("3641000006", "x6-lr", "x6-sh"),
    ("3641000007", "x7-lr", "x7-sh"),
    ("3641000011", "z1-lr", "z1-sh"),
    ("3641000012", "z2-lr", "z2-sh"),
    ("3641000013", "jy-lr", "jy-sh"),
    ("3641000014", "x4b-lr", "x4b-sh"),
    ("410782", "xian1-jb", "xian1-fh"),
    ("410721", "xian2-jb", "xian2-fh"),
    ("411002", "xian3-jb", "xian3-fh"),
    ("410700", "shi-jb", "shi-fh"),
    ("411000", "shi2-jb", "shi2-fh"),
    ("410783", "zhi-jb", "zhi-fh"),
    ("419001", "jiyuan-jb", "jiyuan-fh"),
    ("410000", "sheng-jb", "sheng-fh"),
];

pub fn posts(office: &str) -> (&'static str, &'static str) {
    let (_, first, second) =
        POSTS.iter().find(|(id, ..)| *id == office).unwrap_or_else(|| panic!("nobody at {office}"));
    (first, second)
}

/// The small province with more of it: a second city with a county, 济源, and their schools.
pub fn wide() -> World {
    let mut w = World::new();
    for (id, name, level, parent) in [
        ("411000", "乙市教育局", "city", "410000"),
        ("411002", "三县教育局", "county", "411000"),
        ("419001", "济源示范区教育局", "city", "410000"),
    ] {
        w.ok(
            "keeper",
            json!({"do": "offices.put", "office":
            {"id": id, "revision": 0, "name": name, "level": level, "parent": parent, "school": null}}),
        );
    }
    for (id, name, sponsor, parent) in [
        ("3641000011", "县三校", "县属", "411002"),
        ("3641000012", "乙市校", "市属", "411000"),
        ("3641000013", "济源校", "市属", "419001"),
        ("3641000014", "市二校", "市属", "410700"),
    ] {
        school(&mut w, id, name, sponsor, parent);
    }
    let new = ["3641000011", "3641000012", "3641000013", "3641000014", "411002", "411000", "419001"];
    for (office, first, second) in POSTS.iter().filter(|(office, ..)| new.contains(office)) {
        let (one, two) = if office.len() == 10 { ("entry", "review") } else { ("handler", "reviewer") };
        for (id, post) in [(first, one), (second, two)] {
            w.ok(
                "keeper",
                json!({"do": "accounts.put", "account": {"id": id, "revision": 0, "person": format!("p-{id}"),
                "name": format!("名{id}"), "office": office, "posts": [post], "os_user": null, "active": true}}),
            );
        }
    }
    w
}

/// Another school, with no accounts yet.
pub fn school(w: &mut World, id: &str, name: &str, sponsor: &str, parent: &str) {
    let school = json!({"region_code": "410782", "sponsor": sponsor, "competent_office": null, "credit_system": false,
        "campuses": ["本部"]});
    w.ok(
        "keeper",
        json!({"do": "offices.put", "office":
        {"id": id, "revision": 0, "name": name, "level": "school", "parent": parent, "school": school}}),
    );
}

pub fn details(to: &str, handed_in_on: &str) -> Value {
    json!({"转学": {"handed_in_on": handed_in_on, "to": to, "ground": "随父母迁居"}})
}

/// Starts and submits a transfer of a new student; it waits for the first school's second post.
pub fn begun(w: &mut World, from: &str, to: &str, major: &str) -> Case {
    let student = w.student_with(&json!({"school": from, "major": major}));
    let (first, _) = posts(from);
    w.today("2025-10-13");
    let done =
        w.ok(first, json!({"do": "applications.start", "student": student, "details": details(to, "2025-10-10")}));
    let mut case = Case { student, id: done["application"].as_str().unwrap().to_owned(), revision: 0 };
    let mut paper = attach(&case.id, b"written by the student");
    paper["kind"] = "转学申请（本人书写）".into();
    case.revision = w.ok(first, paper)["revision"].as_u64().unwrap();
    w.act(first, &mut case, submit());
    case
}

/// Both posts of this hand agree, on this day.
pub fn pass(w: &mut World, case: &mut Case, office: &str, day: &str) {
    let (first, second) = posts(office);
    w.today(day);
    let view = w.show(first, case);
    if view["current"] != 0 {
        w.act(first, case, approve());
    } else if view["standing"] != "second" {
        w.act(first, case, submit());
    }
    w.act(second, case, agree());
}

pub fn hand(view: &Value) -> &str {
    let current = usize::try_from(view["current"].as_u64().unwrap()).unwrap();
    view["steps"][current]["hand"]["office"].as_str().unwrap()
}

#[test]
fn each_hand_has_its_turn_in_order_and_its_own_clock() {
    let mut w = wide();
    let table: Table = toml::from_str(include_str!("../law/transfers.toml")).unwrap();
    for route in &table.route {
        let why = &route.why;
        let (from, to) = (&table.schools[&route.from], &table.schools[&route.to]);
        let mut case = begun(&mut w, from, to, route.major.as_deref().unwrap_or("610101"));
        let hands: Vec<Vec<&str>> = route.hands.iter().map(|hand| hand.split(' ').collect()).collect();
        let view = w.show(posts(from).0, &case);
        let offices: Vec<&str> =
            view["steps"].as_array().unwrap().iter().map(|step| step["hand"]["office"].as_str().unwrap()).collect();
        assert_eq!(offices, hands.iter().map(|hand| hand[0]).collect::<Vec<_>>(), "{why}");

        for (at, hand) in hands.iter().enumerate() {
            let told = format!("{why}: hand {at} {hand:?}");
            let view = w.show(posts(hand[0]).0, &case);
            assert_eq!(view["current"], at, "{told}");
            let clock = &view["steps"][at]["clock"];
            assert_eq!((&clock["due"], &clock["budget"]), (&json!(hand[1]), &json!(10)), "{told}: {clock}");
            let started = if at == 0 { "2025-10-10" } else { DAYS[at - 1] };
            assert_eq!(clock["started"], started, "{told}");
            assert_eq!(clock["article"], "12", "{told}: {clock}");
            assert_eq!(clock["reference"], hand.get(2) == Some(&"参考"), "{told}: {clock}");
            assert_eq!(w.record(&case.student)["student"]["school"], **from, "{told}: moved before the end");
            // It is nobody else's turn: whoever comes later is told so, or does not see the case yet.
            for next in &hands[at + 1..] {
                let answer = w.ask(posts(next[0]).0, on(&case, approve()));
                let said = (&answer["refused"]["rule"], &answer["error"]["kind"]);
                assert!(said.0 == "R4.1" || said.1 == "not_found", "{told}: {}: {answer}", next[0]);
            }
            pass(&mut w, &mut case, hand[0], DAYS[at]);
        }
        let view = w.show(posts(from).0, &case);
        assert_eq!(view["status"], "granted", "{why}");
        for (at, hand) in hands.iter().enumerate() {
            let ending = &view["steps"][at]["rounds"][0]["ending"];
            assert_eq!((&ending["due"], &ending["late"]), (&json!(hand[1]), &json!(0)), "{why}: hand {at}");
        }
        let record = w.record(&case.student)["student"].clone();
        assert_eq!((&record["school"], &record["planned_grad"]), (&json!(to), &json!("2027-07-01")), "{why}");
        let line = record["history"].as_array().unwrap().last().unwrap().clone();
        let last = DAYS[hands.len() - 1];
        assert_eq!(
            (&line["article"], &line["on"], &line["application"]),
            (&json!("12"), &json!(last), &json!(case.id))
        );
    }
}

#[test]
fn a_return_from_the_fifth_of_seven_hands_goes_straight_back_to_it() {
    let mut w = wide();
    let mut case = begun(&mut w, "3641000001", "3641000011", "610101");
    for (at, office) in ["3641000001", "3641000011", "410782", "410700"].into_iter().enumerate() {
        pass(&mut w, &mut case, office, DAYS[at]);
    }
    w.today("2025-10-20");
    let reason = json!({"material": "转学申请（本人书写）", "text": "没有签字，请签字后重新拍照"});
    let returned = json!({"do": "applications.propose", "outcome": "return", "reasons": [reason]});
    w.act("xian3-jb", &mut case, returned);
    w.act("xian3-fh", &mut case, agree());
    let view = w.show("x1-lr", &case);
    assert_eq!((&view["status"], hand(&view)), (&json!("returned"), "3641000001"));
    assert_eq!(view["steps"][0]["clock"], Value::Null, "no legal clock runs at the school after a return");
    let before = view["steps"].clone();

    // What decides the route stays as it is; the ground may be put in order.
    w.today("2025-10-23");
    let amend = |details: Value| json!({"do": "applications.amend", "details": details});
    for elsewhere in [details("3641000002", "2025-10-10"), details("3641000011", "2025-10-09")] {
        let kept = w.dump(&case.student);
        let answer = w.ask("x1-lr", on(&case, amend(elsewhere)));
        assert!(answer.get("ok").is_none(), "{answer}");
        assert_eq!(w.dump(&case.student), kept, "a refusal wrote something");
    }
    let mut better = details("3641000011", "2025-10-10");
    better["转学"]["ground"] = "随父母迁居乙市".into();
    w.act("x1-lr", &mut case, amend(better));
    pass(&mut w, &mut case, "3641000001", "2025-10-23");

    let view = w.show("xian3-jb", &case);
    assert_eq!((&view["status"], hand(&view)), (&json!("open"), "411002"));
    let rounds = view["steps"][4]["rounds"].as_array().unwrap();
    assert_eq!(rounds.len(), 2);
    assert_eq!(rounds[0], before[4]["rounds"][0], "the first round stays as it ended");
    assert_eq!(rounds[0]["ending"]["outcome"], "return");
    // 24 October is the first day, 6 November the tenth.
    let clock = &rounds[1]["clock"];
    assert_eq!((&clock["started"], &clock["due"]), (&json!("2025-10-23"), &json!("2025-11-06")));
    for at in 1..4 {
        assert_eq!(view["steps"][at]["rounds"], before[at]["rounds"], "hand {at} is not asked again");
        assert_eq!(view["steps"][at]["outcome"], "approve", "hand {at}");
    }
    assert_eq!(view["steps"][0]["rounds"].as_array().unwrap().len(), 2);
    for (office, day) in [("411002", "2025-10-24"), ("411000", "2025-10-27"), ("410000", "2025-10-28")] {
        pass(&mut w, &mut case, office, day);
    }
    assert_eq!(w.record(&case.student)["student"]["school"], "3641000011");
}

#[test]
fn a_withdrawn_agreement_restores_the_clock_of_its_own_hand() {
    let mut w = wide();
    let mut case = begun(&mut w, "3641000001", "3641000011", "610101");
    for (at, office) in ["3641000001", "3641000011", "410782"].into_iter().enumerate() {
        pass(&mut w, &mut case, office, DAYS[at]);
    }
    let clock = w.show("shi-jb", &case)["steps"][3]["clock"].clone();
    assert_eq!((&clock["started"], &clock["due"]), (&json!("2025-10-16"), &json!("2025-10-30")));
    pass(&mut w, &mut case, "410700", "2025-10-17");
    w.today("2025-10-20");
    w.act("shi-fh", &mut case, withdraw());
    let view = w.show("shi-jb", &case);
    assert_eq!(hand(&view), "410700");
    let again = &view["steps"][3]["clock"];
    assert_eq!((&again["started"], &again["due"]), (&clock["started"], &clock["due"]));
    assert_eq!(view["steps"][4]["state"], "ahead");
    assert_eq!(view["steps"][4]["clock"], Value::Null, "the hand after it waits again");

    // Agreed once more, the next hand's time runs from the new day, and once it has acted nothing is taken back.
    pass_again(&mut w, &mut case);
    let view = w.show("xian3-jb", &case);
    let next = &view["steps"][4]["clock"];
    assert_eq!((&next["started"], &next["due"]), (&json!("2025-10-21"), &json!("2025-11-04")));
    w.act("xian3-jb", &mut case, approve());
    let kept = w.dump(&case.student);
    let finding = w.refused("shi-fh", on(&case, withdraw()));
    assert_eq!(finding["rule"], "R4.3");
    assert_eq!(w.dump(&case.student), kept);
}

/// The city's second post agrees again, on 21 October; its first post's word stands or is given anew.
fn pass_again(w: &mut World, case: &mut Case) {
    w.today("2025-10-21");
    if w.show("shi-jb", case)["standing"] != "second" {
        w.act("shi-jb", case, approve());
    }
    w.act("shi-fh", case, agree());
}

#[test]
fn the_new_major_of_a_change_is_not_amended_either() {
    let mut w = World::new();
    let student = w.student_with(&json!({}));
    let change = |to: &str, ground: &str| json!({"转专业": {"to": to, "ground": ground}});
    let done =
        w.ok("x1-lr", json!({"do": "applications.start", "student": student, "details": change("710201", "兴趣")}));
    let mut case = Case { student, id: done["application"].as_str().unwrap().to_owned(), revision: 1 };
    let kept = w.dump(&case.student);
    let answer = w.ask("x1-lr", on(&case, json!({"do": "applications.amend", "details": change("720201", "兴趣")})));
    assert!(answer.get("ok").is_none(), "{answer}");
    assert_eq!(w.dump(&case.student), kept, "a refusal wrote something");
    w.act("x1-lr", &mut case, json!({"do": "applications.amend", "details": change("710201", "特长")}));
}

#[test]
fn a_receiving_school_is_told_who_starts_and_not_who_there_is() {
    let mut w = wide();
    let student = w.student_with(&json!({"school": "3641000001"}));
    let mut said = Vec::new();
    for of in [student.as_str(), "S0999999"] {
        for verb in ["applications.start", "applications.preview"] {
            let details = details("3641000002", "2025-09-25");
            let refused = w.refused("x2-lr", json!({"do": verb, "student": of, "details": details}));
            assert_eq!((&refused["rule"], &refused["severity"]), (&json!("R12.1"), &json!("block")), "{of} {verb}");
            said.push(refused);
        }
    }
    assert!(
        said.windows(2).all(|pair| pair[0] == pair[1]),
        "a student that is there is answered for otherwise: {said:?}"
    );
    // A third school has no business with it either way.
    let asked = json!({"do": "applications.start", "student": student, "details": details("3641000002", "2025-09-25")});
    assert_eq!(w.error("x3-lr", asked)["kind"], "not_found");
}
