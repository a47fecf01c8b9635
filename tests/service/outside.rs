//! Across provinces, joint schooling and the other systems, from `tests/law/outside.toml`: what is granted and what that
//! leaves behind, what is refused and by which rule; a refusal leaves the store as it was.

use super::world::{Case, World, agree, approve, attach, on, refuse, submit};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    stages: BTreeMap<String, String>,
    details: BTreeMap<String, Value>,
    scenario: Vec<Scenario>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    rule: String,
    why: String,
    asks: String,
    #[serde(default)]
    student: Value,
    twin: Option<Value>,
    person: Option<BTreeMap<String, Value>>,
    blank: Option<String>,
    given: String,
    does: String,
    refused: Option<String>,
    #[serde(default)]
    facts: BTreeMap<String, String>,
    #[serde(default)]
    hands: Vec<String>,
    #[serde(default)]
    record: BTreeMap<String, Value>,
    #[serde(default)]
    cleared: Vec<String>,
    lines: Option<Vec<String>>,
    waits: Option<[String; 4]>,
}

fn table() -> Table {
    toml::from_str(include_str!("../law/outside.toml")).unwrap()
}

/// What a 跨省转入 is asked with, every field of it.
pub fn arrival() -> Value {
    table().details["in"].clone()
}

const TOMORROW: &str = "2025-09-27";

struct Play<'a> {
    w: &'a mut World,
    stages: &'a BTreeMap<String, String>,
    details: Value,
    case: Case,
    today: String,
}

fn paper(case: &Case, kind: &str) -> Value {
    let mut request = attach(&case.id, kind.as_bytes());
    request["kind"] = kind.into();
    request
}

impl Play<'_> {
    fn words(&mut self, words: &str) {
        for word in words.split_whitespace() {
            if let Some(stage) = self.stages.get(word) {
                self.words(stage);
            } else if let Some(day) = word.strip_prefix("today=") {
                self.w.today(day);
                self.today = day.to_owned();
            } else {
                self.word(word);
            }
        }
    }

    /// Account and request of a word.
    fn request(&self, word: &str) -> (String, Value) {
        let (what, account) = word.split_once('@').unwrap_or_else(|| panic!("no stage {word}"));
        let (verb, value) = what.split_once('=').unwrap_or((what, ""));
        let case = &self.case;
        let filing = |on: &str, document: &str| {
            on_case(case, json!({"do": "applications.file", "province": value, "on": on, "document": document}))
        };
        let unsync =
            |reason: &str| on_case(case, json!({"do": "applications.unsync", "milestone": value, "reason": reason}));
        let request = match verb {
            "start" => {
                let mut start = json!({"do": "applications.start", "details": self.details});
                if !case.student.is_empty() {
                    start["student"] = case.student.as_str().into();
                }
                start
            }
            "submit" => on(case, submit()),
            "agree" => on(case, agree()),
            "approve" => on(case, approve()),
            "refuse" => on(case, refuse()),
            "look" => json!({"do": "applications.show", "application": case.id}),
            "external" => {
                let reasons = match value {
                    "approve" => json!([]),
                    _ => json!([{"article": "12", "material": null, "text": "对方学校没有这个专业"}]),
                };
                on(
                    case,
                    json!({"do": "applications.step_external", "outcome": value, "decided_on": self.today,
                        "document": "演教函〔2025〕1号", "reasons": reasons}),
                )
            }
            "file" => filing(&self.today, "演教备〔2025〕1号"),
            "file-blank" => filing(&self.today, " "),
            "file-tomorrow" => filing(TOMORROW, "演教备〔2025〕1号"),
            "sync" => {
                let (national, module) = value.split_once(',').unwrap();
                let day = |day: &str| if day == "-" { Value::Null } else { day.into() };
                on(case, json!({"do": "applications.sync", "national_on": day(national), "module_on": day(module)}))
            }
            "unsync" => unsync("日期看错"),
            "unsync-blank" => unsync(" "),
            other => panic!("no verb {other}"),
        };
        (account.to_owned(), request)
    }

    fn word(&mut self, word: &str) -> Value {
        if let Some(account) = word.strip_prefix("attach@") {
            let request = paper(&self.case, "转学申请（本人书写）");
            self.case.revision = self.w.ok(account, request)["revision"].as_u64().unwrap();
            return Value::Null;
        }
        let (account, request) = self.request(word);
        let starts = request["do"] == "applications.start";
        let done = self.w.ok(&account, request);
        if let Some(revision) = done["revision"].as_u64() {
            self.case.revision = revision;
        }
        if starts {
            self.case.id = done["application"].as_str().unwrap().to_owned();
            let view = self.w.show(&account, &self.case);
            self.case.student = view["students"][0]["id"].as_str().unwrap().to_owned();
        }
        done
    }
}

fn on_case(case: &Case, request: Value) -> Value {
    on(case, request)
}

fn play(w: &mut World, table: &Table, scenario: &Scenario) {
    let told = format!("{} {}: {} → {}", scenario.rule, scenario.why, scenario.given, scenario.does);
    w.today(super::world::DAY);
    let mut details = table.details[&scenario.asks].clone();
    let comes = scenario.asks == "in";
    for (field, value) in scenario.person.iter().flatten() {
        details["跨省转入"]["person"][field] = value.clone();
    }
    if let Some(field) = &scenario.blank {
        details["跨省转入"][field] = " ".into();
    }
    let mut twin = scenario.twin.as_ref().map(|fields| w.student_with(fields));
    let student = if comes { String::new() } else { w.student_with(&scenario.student) };
    let seen = if comes { w.student("3641000001") } else { student.clone() };
    let case = Case { student, id: "2025-999999".into(), revision: 0 };
    let mut p = Play { w, stages: &table.stages, details, case, today: super::world::DAY.to_owned() };
    p.words(&scenario.given);

    match &scenario.refused {
        Some(article) => {
            let (account, request) = p.request(&scenario.does);
            let before = p.w.dump(&seen);
            let finding = p.w.refused(&account, request);
            assert_eq!(p.w.dump(&seen), before, "{told}: a refusal wrote something");
            assert_eq!(
                (&finding["rule"], &finding["article"]),
                (&json!(scenario.rule), &json!(article)),
                "{told}: {finding}"
            );
            assert_eq!(finding["severity"], "block", "{told}: {finding}");
            for text in ["because", "remedy"] {
                assert!(finding[text].as_str().is_some_and(|text| !text.trim().is_empty()), "{told}: {finding}");
            }
            for (fact, value) in &scenario.facts {
                assert_eq!(finding["facts"][fact], **value, "{told}: {finding}");
            }
        }
        None => {
            let account = scenario.does.split_once('@').unwrap().1.to_owned();
            p.word(&scenario.does);
            granted(&mut p, &account, scenario, &told);
        }
    }
    // Numbers are used again by the next scenario: who has one here now is put out of its way.
    if comes && !p.case.student.is_empty() {
        twin = twin.or(Some(p.case.student.clone()));
    }
    let (mut left, w) = (vec![], p.w);
    left.extend(twin);
    if comes {
        let found = w.ok("keeper", json!({"do": "students.find", "text": "130102200903080018"}));
        left.extend(found["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()));
    }
    for id in left {
        w.set(&id, "status", "注销");
    }
}

fn granted(p: &mut Play<'_>, account: &str, scenario: &Scenario, told: &str) {
    let view = p.w.show(account, &p.case);
    if !scenario.hands.is_empty() {
        let hands: Vec<String> = view["steps"]
            .as_array()
            .unwrap()
            .iter()
            .map(|step| {
                let mut said = step["hand"]["office"].as_str().unwrap().to_owned();
                if let Some(due) = step["clock"]["due"].as_str() {
                    said = format!("{said} {due}");
                }
                let outside = said.contains('/');
                assert_eq!(step["hand"]["here"], !outside, "{told}: {step}");
                // A hand that is ahead has no clock yet; those outside never have another than a reference.
                if step["clock"]["reference"] == true || outside && step["clock"].is_null() {
                    said = format!("{said} 参考");
                }
                said
            })
            .collect();
        assert_eq!(hands, scenario.hands, "{told}");
    }
    let record = p.w.record(&p.case.student)["student"].clone();
    for (field, value) in &scenario.record {
        assert_eq!(record[field], *value, "{told}: {field}");
    }
    for field in &scenario.cleared {
        assert_eq!(record[field], Value::Null, "{told}: {field}");
    }
    if let Some(lines) = &scenario.lines {
        let said: Vec<String> = record["history"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| {
                assert_eq!(line["application"], p.case.id, "{told}");
                let word = |key: &str| line[key].as_str().unwrap().to_owned();
                format!("{}→{} {}", word("from"), word("to"), word("article"))
            })
            .collect();
        assert_eq!(said, *lines, "{told}");
    }
    if let Some([milestone, since, days, late]) = &scenario.waits {
        let waiting = &view["beyond"]["waiting"];
        let said = [
            waiting["milestone"].as_str().unwrap().to_owned(),
            waiting["since"].as_str().unwrap().to_owned(),
            waiting["days"].to_string(),
            waiting["late"].to_string(),
        ];
        assert_eq!(said, [milestone, since, days, late].map(Clone::clone), "{told}");
        let page = p.w.ok(account, json!({"do": "queue.page", "tab": "unsynced", "count": 500}));
        let row = page["items"].as_array().unwrap().iter().find(|row| row["id"] == p.case.id);
        assert_eq!(row.unwrap_or_else(|| panic!("{told}: not listed"))["waiting"], *waiting, "{told}");
    }
}

#[test]
fn every_scenario_is_granted_with_its_effect_or_refused_by_its_rule() {
    let mut w = World::new();
    let table = table();
    for scenario in &table.scenario {
        play(&mut w, &table, scenario);
    }
}
