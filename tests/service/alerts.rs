//! The negative list on the real server: every scenario of `tests/law/alerts.toml`, and the story of a finding with what
//! it brings.

use super::world::{World, X1, X2, attach};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use xueji::law::rules;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    steps: BTreeMap<String, Value>,
    stages: BTreeMap<String, String>,
    scenario: Vec<Scenario>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    rule: String,
    why: String,
    given: String,
    does: String,
    refused: Option<String>,
    error: Option<String>,
    #[serde(default)]
    facts: BTreeMap<String, String>,
    #[serde(default)]
    gives: BTreeMap<String, Value>,
}

fn table() -> Table {
    toml::from_str(include_str!("../law/alerts.toml")).unwrap()
}

/// One scenario being played: what the placeholders stand for now.
struct Play<'a> {
    w: &'a mut World,
    table: &'a Table,
    names: BTreeMap<&'static str, Value>,
}

impl Play<'_> {
    fn new<'a>(w: &'a mut World, table: &'a Table) -> Play<'a> {
        w.today("2025-09-15");
        let student = w.student(X1);
        let mut play = Play { w, table, names: BTreeMap::new() };
        play.names.insert("$S", student.into());
        play.standing();
        play
    }

    /// The school's standing as it is: scenarios share the school.
    fn standing(&mut self) {
        let shown = self.w.ok("sheng-jb", json!({"do": "alerts.show", "school": X1}));
        self.names.insert("$V", shown["standing"]["revision"].clone());
    }

    fn filled(&self, value: &Value) -> Value {
        match value {
            Value::String(text) if text.starts_with('$') => {
                self.names.get(text.as_str()).cloned().unwrap_or(Value::Null)
            }
            Value::Array(items) => items.iter().map(|item| self.filled(item)).collect(),
            Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), self.filled(value))).collect(),
            other => other.clone(),
        }
    }

    /// Does one step; its answer.
    fn ask(&mut self, step: &str) -> Value {
        if step == "attach" {
            let application = self.names["$A"].as_str().unwrap().to_owned();
            let mut request = attach(&application, b"proof");
            request["kind"] = "事由证明".into();
            return self.w.ask("x1-lr", request);
        }
        let step = self.table.steps.get(step).unwrap_or_else(|| panic!("no step {step}"));
        let mut request = self.filled(step);
        let account = request["as"].as_str().unwrap().to_owned();
        request.as_object_mut().unwrap().remove("as");
        self.w.ask(&account, request)
    }

    fn note(&mut self, ok: &Value) {
        if let Some(alert) = ok.get("alert").filter(|alert| alert.is_string()) {
            self.names.insert("$W", alert.clone());
            self.names.insert("$R", ok["revision"].clone());
        } else if ok.get("application").is_some() {
            self.names.insert("$A", ok["application"].clone());
            self.names.insert("$N", ok["revision"].clone());
        }
        self.standing();
    }

    fn given(&mut self, words: &str) {
        for word in words.split_whitespace() {
            if let Some(stage) = self.table.stages.get(word).cloned() {
                self.given(&stage);
                continue;
            }
            let answer = self.ask(word);
            let ok = answer.get("ok").unwrap_or_else(|| panic!("{word}: {answer}")).clone();
            self.note(&ok);
        }
    }
}

#[test]
fn every_scenario_of_articles_21_to_23() {
    let table = table();
    for scenario in &table.scenario {
        // A world of its own: a rating or a D would follow into the next.
        let mut w = World::new();
        let told = format!("{} {} ({} → {})", scenario.rule, scenario.why, scenario.given, scenario.does);
        let mut play = Play::new(&mut w, &table);
        play.given(&scenario.given);
        let before = play.w.journal_length();
        let answer = play.ask(&scenario.does);
        let refused = answer["refused"]["rule"].as_str();
        assert_eq!(refused, scenario.refused.as_deref(), "{told}: {answer}");
        assert_eq!(answer["error"]["kind"].as_str(), scenario.error.as_deref(), "{told}: {answer}");
        for (fact, value) in &scenario.facts {
            assert_eq!(answer["refused"]["facts"][fact], *value, "{told}: {answer}");
        }
        for (field, value) in &scenario.gives {
            assert_eq!(answer["ok"][field], *value, "{told}: {answer}");
        }
        if answer.get("ok").is_none() {
            assert_eq!(play.w.journal_length(), before, "{told}: a refusal leaves the store as it was");
        }
    }
}

#[test]
fn every_rule_of_articles_21_to_23_is_granted_and_refused() {
    let table = table();
    let mut granted: BTreeSet<&str> = BTreeSet::new();
    let mut refused: BTreeSet<&str> = BTreeSet::new();
    for scenario in &table.scenario {
        match &scenario.refused {
            Some(rule) => refused.extend([scenario.rule.as_str(), rule.as_str()]),
            None => drop(granted.insert(&scenario.rule)),
        }
    }
    let blocking = rules::ALL.iter().filter(|rule| ["21", "22", "23"].contains(&rule.article));
    for rule in blocking.filter(|rule| rule.nothing_to_compute.is_none()) {
        assert!(refused.contains(rule.id), "{} refuses nothing", rule.id);
        // R22.2 says on what a rating rests: what it grants is the rating.
        assert!(granted.contains(rule.id) || rule.id == "R22.2", "{} grants nothing", rule.id);
    }
}

/// From the facts to the end of custody: what each hand sees on the way.
#[test]
fn a_finding_and_what_it_brings() {
    let table = table();
    let mut w = World::new();
    let mut play = Play::new(&mut w, &table);
    play.given("today=09-16 left");
    let student = play.names["$S"].clone();
    // Suspected by the facts alone, on every screen that shows the student.
    let shown = play.w.ok("xian1-jb", json!({"do": "alerts.show", "school": X1, "item": "FM4"}));
    let row = &shown["rows"][0];
    assert_eq!((&row["rule"], &row["state"], &row["blocks"]), (&json!("FM4.1"), &json!("met"), &json!(true)), "{row}");
    assert_eq!((&row["student"]["id"], &row["case"]), (&student, &Value::Null));
    assert!(row["because"].as_str().unwrap().contains("自 2025-09-16 起超过三个月"), "{row}");
    assert_eq!((&row["can"]["record"]["state"], &row["can"]["confirm"]["state"]), (&json!("open"), &json!("closed")));
    let record = play.w.ok("x1-lr", json!({"do": "students.show", "student": student}));
    assert_eq!(
        (&record["alerts"][0]["rule"], &record["attendance"]["absences"][0]["left"]),
        (&json!("FM4.1"), &json!("2025-06-15"))
    );
    let list = play.w.ok("xian1-jb", json!({"do": "alerts.list"}));
    assert_eq!(
        (&list["items"][0]["school"], &list["items"][0]["items"][3]["state"]),
        (&json!(X1), &json!("met")),
        "{list}"
    );
    assert_eq!(list["items"][0]["items"].as_array().unwrap().len(), 8);
    assert_eq!(list["states"], json!([1, 0, 1, 0]));
    // Nobody outside the jurisdiction sees anything of it.
    assert_eq!(play.w.ok("xian2-jb", json!({"do": "alerts.list", "near": true}))["total"], 0);
    assert_eq!(play.w.error("xian2-jb", json!({"do": "alerts.show", "school": X1}))["kind"], "not_found");
    // Found true: D at once, in the same entry of the journal.
    play.given("open4 confirm");
    let before = play.w.journal_length();
    play.given("decide");
    assert_eq!(play.w.journal_length(), before + 1);
    let list = play.w.ok("xian1-jb", json!({"do": "alerts.list", "item": "FM4"}));
    assert_eq!((&list["items"][0]["rating"], &list["items"][0]["items"][3]["state"]), (&json!("D"), &json!("found")));
    let alert = play.names["$W"].clone();
    let shown = play.w.ok("sheng-jb", json!({"do": "alerts.show", "alert": alert}));
    let rating = &shown["standing"]["ratings"][0];
    assert_eq!(
        (&rating["grade"], &rating["on"], &rating["document"]),
        (&json!("D"), &json!("2025-09-16"), &json!("")),
        "{rating}"
    );
    assert_eq!(rating["basis"]["负面清单查实"], json!({"alert": alert, "item": "FM4"}));
    // The province records it, and decides on the year after; custody follows and ends with a C.
    play.given("note_drop rate_decide sanction rate_decide custody custody_decide");
    let list = play.w.ok("xian1-jb", json!({"do": "alerts.list", "school": X1}));
    assert_eq!((&list["items"][0]["custody"], &list["items"][0]["sanction"]), (&json!("二校"), &Value::Null));
    play.given("today=2026");
    let list = play.w.ok("xian1-jb", json!({"do": "alerts.list", "school": X1}));
    assert_eq!((&list["items"][0]["custody"], &list["items"][0]["sanction"]), (&json!("二校"), &json!(["减少", 100])));
    play.given("rate_c rate_decide");
    let list = play.w.ok("xian1-jb", json!({"do": "alerts.list", "school": X1}));
    assert_eq!((&list["items"][0]["rating"], &list["items"][0]["custody"]), (&json!("C"), &Value::Null));
    // All of it holds after a restart, from the journal and the records alone.
    let shown = play.w.ok("xian1-jb", json!({"do": "alerts.show", "school": X1}));
    play.w.restart();
    assert_eq!(play.w.ok("xian1-jb", json!({"do": "alerts.show", "school": X1})), shown);
    let report = play.w.keeper.ok(json!({"do": "verify"}));
    assert_eq!(report["damage"], json!([]));
}

/// Two live files of one number, at two schools: both are near, and the case of one reminds that one.
#[test]
fn a_double_file_is_seen_from_both_sides() {
    let mut w = World::new();
    let one = w.student(X1);
    let number = "410782200801018888";
    let other = w.student(X2);
    for (student, school) in [(&one, X1), (&other, X2)] {
        let mut record = w.record(student)["student"].clone();
        for (field, value) in [("id_no", number), ("student_no", "G410782200801018888"), ("school", school)] {
            record[field] = value.into();
        }
        w.keeper.ok(json!({"do": "students.put", "student": record}));
    }
    for (school, mine, theirs) in [(X1, &one, &other), (X2, &other, &one)] {
        let shown = w.ok("xian1-jb", json!({"do": "alerts.show", "school": school, "item": "FM3"}));
        let row = &shown["rows"][0];
        assert_eq!((&row["student"]["id"], &row["state"]), (&json!(mine), &json!("near")), "{row}");
        assert!(row["because"].as_str().unwrap().contains(theirs.as_str()), "{row}");
    }
    // One of them withdraws: neither is double any more.
    let mut record = w.record(&other)["student"].clone();
    for (field, value) in [("id_no", number), ("student_no", "G"), ("status", "退学")] {
        record[field] = value.into();
    }
    w.keeper.ok(json!({"do": "students.put", "student": record}));
    for school in [X1, X2] {
        assert_eq!(w.ok("xian1-jb", json!({"do": "alerts.show", "school": school, "item": "FM3"}))["total"], 0);
    }
}
