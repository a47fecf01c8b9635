//! Every refusal in the life of 休学, and the nearest granted case, from `tests/law/suspension.toml`: each comes with
//! rule, article, facts and remedy, leaves the store as it was, and is what the greyed key had said before.

use super::world::{
    Case, World, X1, agree, amend, approve, attach, cancel, give_back, on, refuse, send_back, start, submit, withdraw,
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    stages: BTreeMap<String, String>,
    row: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    why: String,
    given: String,
    does: String,
    rule: Option<String>,
    article: Option<String>,
    error: Option<String>,
    #[serde(default)]
    facts: Vec<String>,
}

fn table() -> Table {
    toml::from_str(include_str!("../law/suspension.toml")).unwrap()
}

/// The request of a verb.
fn request(verb: &str, case: &Case) -> Value {
    let propose =
        |outcome: &str, reasons: Value| json!({"do": "applications.propose", "outcome": outcome, "reasons": reasons});
    let request = match verb {
        "start" => return start(&case.student),
        "attach" => return attach(&case.id, b"proof of the ground"),
        "attach2" => return attach(&case.id, b"a better proof"),
        "attach-placeless" => {
            let mut request = attach(&case.id, b"proof of the ground");
            request.as_object_mut().unwrap().remove("original_place");
            return request;
        }
        "claim" => return json!({"do": "applications.claim", "application": case.id}),
        "amend" => amend(),
        "submit" => submit(),
        "agree" => agree(),
        "sendback" => send_back("请补充说明"),
        "sendback-blank" => send_back("  "),
        "approve" => approve(),
        "return" => give_back(),
        "return-empty" => propose("return", json!([])),
        "return-vague" => propose("return", json!([{"article": "13", "text": "甲"}, {"text": "不合要求"}])),
        "return-wordless" => propose("return", json!([{"article": "13", "text": " "}])),
        "return-article" => propose("return", json!([{"article": "13", "text": "甲"}])),
        "return-material" => propose("return", json!([{"material": "证明", "text": "甲"}])),
        "refuse" => refuse(),
        "refuse-empty" => propose("refuse", json!([])),
        "refuse-material" => propose("refuse", json!([{"material": "证明", "text": "甲"}])),
        "withdraw" => withdraw(),
        "cancel" => cancel(),
        "cancel-blank" => {
            let mut request = cancel();
            request["reason"] = " ".into();
            request
        }
        other => panic!("no verb {other}"),
    };
    on(case, request)
}

/// Plays words and the stages they name.
fn play(w: &mut World, table: &Table, words: &str, case: &mut Case) {
    for word in words.split_whitespace() {
        if let Some(stage) = table.stages.get(word) {
            play(w, table, stage, case);
        } else if let Some(status) = word.strip_prefix("status=") {
            w.set(&case.student, "status", status);
        } else if word == "compulsory" {
            w.set(&case.student, "compulsory_until", "2026-06-30");
        } else {
            let (verb, account) = word.split_once('@').unwrap_or_else(|| panic!("no stage {word}"));
            let done = w.ok(account, request(verb, case));
            case.revision = done["revision"].as_u64().unwrap();
            if verb == "start" {
                case.id = done["application"].as_str().unwrap().to_owned();
            }
        }
    }
}

/// What the shown case says about this verb beforehand, where it says anything.
fn greyed<'a>(verb: &str, view: &'a Value) -> Option<&'a Value> {
    match verb {
        "submit" | "withdraw" | "cancel" => Some(&view[verb]),
        "agree" => Some(&view["decide"]),
        _ => None,
    }
}

#[test]
fn every_refusal_names_its_rule_and_leaves_everything_as_it_was() {
    let mut w = World::new();
    let table = table();
    for row in &table.row {
        let told = format!("{} ({} → {})", row.why, row.given, row.does);
        let mut case = Case { student: w.student(X1), id: "2025-999999".into(), revision: 0 };
        play(&mut w, &table, &row.given, &mut case);
        let (verb, account) = row.does.split_once('@').unwrap();
        let before = w.dump(&case.student);
        let shown = w.ask(account, json!({"do": "applications.show", "application": case.id}));
        let answer = w.ask(account, request(verb, &case));
        let after = w.dump(&case.student);
        let said = greyed(verb, &shown["ok"]).filter(|_| shown.get("ok").is_some());
        match (&row.rule, &row.error) {
            (None, None) => {
                assert!(answer.get("ok").is_some(), "{told}: {answer}");
                assert!(verb == "claim" || after != before, "{told}: nothing was done");
                assert!(said.is_none_or(|said| *said == json!({"state": "open"})), "{told}: greyed {said:?}");
            }
            (Some(rule), None) => {
                let finding = &answer["refused"];
                assert_eq!(finding["rule"], **rule, "{told}: {answer}");
                assert_eq!(finding["article"], **row.article.as_ref().expect("an article"), "{told}");
                assert_eq!(finding["severity"], "block", "{told}");
                for text in ["because", "remedy"] {
                    assert!(finding[text].as_str().is_some_and(|text| !text.trim().is_empty()), "{told}: {finding}");
                }
                let facts = finding["facts"].as_object().unwrap();
                assert!(!facts.is_empty(), "{told}: a refusal without facts: {finding}");
                for fact in &row.facts {
                    assert!(facts.get(fact).is_some_and(|fact| fact != ""), "{told}: no fact {fact}: {finding}");
                }
                assert!(said.is_none_or(|said| said["why"] == *finding), "{told}: greyed with {said:?}");
                assert_eq!(after, before, "{told}: a refusal wrote something");
            }
            (None, Some(kind)) => {
                assert_eq!(answer["error"]["kind"], **kind, "{told}: {answer}");
                assert_eq!(shown["error"]["kind"], "not_found", "{told}");
                assert_eq!(after, before, "{told}: a refusal wrote something");
            }
            (Some(_), Some(_)) => panic!("{told}: a rule or an error"),
        }
    }
}

#[test]
fn each_refusing_rule_has_a_granted_case_of_the_same_act_beside_it() {
    let table = table();
    let verb = |row: &Row| row.does.split(['@', '-']).next().unwrap().to_owned();
    let granted: BTreeSet<String> =
        table.row.iter().filter(|row| row.rule.is_none() && row.error.is_none()).map(verb).collect();
    for row in table.row.iter().filter(|row| row.rule.is_some()) {
        assert!(granted.contains(&verb(row)), "no granted case beside {}", row.does);
    }
    let rules: BTreeSet<&str> = table.row.iter().filter_map(|row| row.rule.as_deref()).collect();
    let expected = ["R12.7", "R13.1", "R13.3", "R13.7", "R4.1", "R4.3", "R5.12", "R5.7"];
    assert_eq!(rules, BTreeSet::from(expected));
}
