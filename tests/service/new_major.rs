//! Into another major, alone and inside a transfer, from `tests/law/new_major.toml`: granted with its effect, or refused
//! by its rule before anything is written.

use super::world::{Case, World, agree, approve, attach, on, submit};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    scenario: Vec<Scenario>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    rule: String,
    why: String,
    published: Vec<String>,
    today: Option<String>,
    #[serde(default)]
    student: Value,
    details: Value,
    refused: Option<String>,
    #[serde(default)]
    facts: BTreeMap<String, String>,
    #[serde(default)]
    hands: Vec<String>,
    #[serde(default)]
    notices: Vec<String>,
    #[serde(default)]
    silent: Vec<String>,
    #[serde(default)]
    record: BTreeMap<String, Value>,
}

/// `school major campus form half-years`.
fn line(text: &str) -> Value {
    let [school, major, campus, form, half_years] = text.split(' ').collect::<Vec<_>>()[..] else {
        panic!("{text}: five words")
    };
    let half_years: u8 = half_years.parse().unwrap();
    json!({"school": school, "year": 2025, "season": "秋", "major": major, "campus": campus, "form": form,
        "half_years": half_years, "plan": 40})
}

fn publish(w: &mut World, lines: &[String]) {
    if !lines.is_empty() {
        let lines: Vec<Value> = lines.iter().map(|text| line(text)).collect();
        w.ok("keeper", json!({"do": "qualifications.publish", "document": "演练〔2025〕1号", "lines": lines}));
    }
}

/// The two accounts of an office.
fn posts(office: &str) -> (&'static str, &'static str) {
    match office {
        "3641000001" => ("x1-lr", "x1-sh"),
        "3641000002" => ("x2-lr", "x2-sh"),
        "410782" => ("xian1-jb", "xian1-fh"),
        "410000" => ("sheng-jb", "sheng-fh"),
        other => panic!("nobody of {other} plays here"),
    }
}

fn found(view: &Value) -> Vec<&str> {
    view["findings"].as_array().unwrap().iter().map(|finding| finding["rule"].as_str().unwrap()).collect()
}

/// Started, its paper brought, submitted, and granted by every hand of the route.
fn granted(w: &mut World, scenario: &Scenario, student: &str, told: &str) {
    let done = w.ok("x1-lr", json!({"do": "applications.start", "student": student, "details": scenario.details}));
    let mut case =
        Case { student: student.to_owned(), id: done["application"].as_str().unwrap().to_owned(), revision: 0 };
    let mut paper = attach(&case.id, told.as_bytes());
    paper["kind"] = "转学申请（本人书写）".into();
    case.revision = w.ok("x1-lr", paper)["revision"].as_u64().unwrap();
    let view = w.show("x1-lr", &case);
    let rules = found(&view);
    assert!(scenario.notices.iter().all(|rule| rules.contains(&rule.as_str())), "{told}: {rules:?}");
    assert!(scenario.silent.iter().all(|rule| !rules.contains(&rule.as_str())), "{told}: {rules:?}");
    let hands: Vec<String> = view["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["hand"]["office"].as_str().unwrap().to_owned())
        .collect();
    if !scenario.hands.is_empty() {
        assert_eq!(hands, scenario.hands, "{told}");
    }
    for (n, hand) in hands.iter().enumerate() {
        let (first, second) = posts(hand);
        w.act(first, &mut case, if n == 0 { submit() } else { approve() });
        w.act(second, &mut case, agree());
    }
    let record = w.record(student)["student"].clone();
    assert_eq!(w.show("x1-lr", &case)["status"], "granted", "{told}");
    for (field, value) in &scenario.record {
        assert_eq!(record[field], *value, "{told}: {field}");
    }
}

#[test]
fn a_new_major_must_be_one_the_school_may_teach_and_never_in_the_last_year() {
    let mut w = World::new();
    let table: Table = toml::from_str(include_str!("../law/new_major.toml")).unwrap();
    for scenario in &table.scenario {
        let told = format!("{} {}", scenario.rule, scenario.why);
        w.today(scenario.today.as_deref().unwrap_or(super::world::DAY));
        publish(&mut w, &scenario.published);
        let student = w.student_with(&scenario.student);
        let Some(article) = &scenario.refused else {
            granted(&mut w, scenario, &student, &told);
            continue;
        };
        let look = json!({"do": "applications.preview", "student": student, "details": scenario.details});
        let said = w.ok("x1-lr", look)["refused"].clone();
        let before = w.dump(&student);
        let start = json!({"do": "applications.start", "student": student, "details": scenario.details});
        let finding = w.refused("x1-lr", start);
        assert_eq!(w.dump(&student), before, "{told}: a refusal wrote something");
        assert_eq!(
            (&finding["rule"], &finding["article"]),
            (&json!(scenario.rule), &json!(article)),
            "{told}: {finding}"
        );
        assert_eq!(said, finding, "{told}: something else was said before");
        for (fact, value) in &scenario.facts {
            assert_eq!(finding["facts"][fact], **value, "{told}: {finding}");
        }
        assert!(!finding["remedy"].as_str().unwrap().is_empty(), "{told}");
    }
}

#[test]
fn a_qualification_withdrawn_while_the_case_is_open_stops_its_approval_and_not_its_refusal() {
    let mut w = World::new();
    publish(&mut w, &["3641000001 710201 本部 全日制 6".to_owned()]);
    let student = w.student_with(&json!({}));
    let details = json!({"转专业": {"to": "710201", "ground": "兴趣"}});
    let done = w.ok("x1-lr", json!({"do": "applications.start", "student": student, "details": details}));
    let mut case = Case { student, id: done["application"].as_str().unwrap().to_owned(), revision: 0 };
    case.revision = w.ok("x1-lr", attach(&case.id, b"proof"))["revision"].as_u64().unwrap();
    w.act("x1-lr", &mut case, submit());
    w.act("x1-sh", &mut case, agree());
    publish(&mut w, &["3641000001 710202 本部 全日制 6".to_owned()]);
    assert_eq!(w.refused("xian1-jb", on(&case, approve()))["rule"], "R13.9");
    w.act("xian1-jb", &mut case, super::world::refuse());
}

#[test]
fn what_the_route_rests_on_is_not_amended() {
    let mut w = World::new();
    let student = w.student_with(&json!({}));
    let details = |major: &str, ground: &str| json!({"转学并转专业": {"handed_in_on": "2025-09-26", "to": "3641000002", "new_major": major, "ground": ground}});
    let start = json!({"do": "applications.start", "student": student, "details": details("710201", "搬家")});
    let done = w.ok("x1-lr", start);
    let id = done["application"].as_str().unwrap().to_owned();
    let mut case = Case { student: student.clone(), id, revision: done["revision"].as_u64().unwrap() };
    let amend = |details: Value| json!({"do": "applications.amend", "details": details});
    assert_eq!(w.error("x1-lr", on(&case, amend(details("720201", "搬家"))))["kind"], "input");
    let plain = json!({"转学": {"handed_in_on": "2025-09-26", "to": "3641000002", "ground": "搬家"}});
    assert_eq!(w.error("x1-lr", on(&case, amend(plain)))["kind"], "input");
    w.act("x1-lr", &mut case, amend(details("710201", "父母工作调动")));
    // The student's own major is no new one.
    let same = json!({"do": "applications.preview", "student": student, "details": details("610101", "搬家")});
    assert!(w.error("x1-lr", same)["message"].as_str().unwrap().contains("已在读专业"));
}
