//! Every kind of Articles 12 to 14 from `tests/law/kinds.toml`: what is granted and what that changes in the record,
//! what is refused and by which rule; a refusal leaves the store as it was.

use super::world::{Case, World, agree, approve, attach, on, refuse, submit};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    stages: BTreeMap<String, String>,
    scenario: Vec<Scenario>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    rule: String,
    why: String,
    #[serde(default)]
    student: Value,
    today: Option<String>,
    details: Value,
    beside: Option<Value>,
    beside_after: Option<String>,
    papers: Option<Vec<String>>,
    given: String,
    does: String,
    refused: Option<String>,
    error: Option<String>,
    #[serde(default)]
    facts: BTreeMap<String, String>,
    #[serde(default)]
    hands: Vec<String>,
    due: Option<String>,
    #[serde(default)]
    notices: Vec<String>,
    #[serde(default)]
    silent: Vec<String>,
    #[serde(default)]
    record: BTreeMap<String, Value>,
    lines: Option<Vec<String>>,
}

impl Scenario {
    fn granted(&self) -> bool {
        self.refused.is_none() && self.error.is_none()
    }

    fn told(&self) -> String {
        format!("{} {}: {} ({} → {})", self.rule, self.why, self.details, self.given, self.does)
    }
}

fn table() -> Table {
    toml::from_str(include_str!("../law/kinds.toml")).unwrap()
}

/// One scenario being played.
struct Play<'a> {
    w: &'a mut World,
    stages: &'a BTreeMap<String, String>,
    scenario: &'a Scenario,
    case: Case,
    today: String,
}

fn started(student: &str, details: &Value) -> Value {
    json!({"do": "applications.start", "student": student, "details": details})
}

fn paper(case: &Case, kind: &str) -> Value {
    let mut request = attach(&case.id, kind.as_bytes());
    request["kind"] = kind.into();
    request
}

fn request(verb: &str, scenario: &Scenario, case: &Case) -> Value {
    match verb {
        "start" => started(&case.student, &scenario.details),
        "submit" => on(case, submit()),
        "agree" => on(case, agree()),
        "approve" => on(case, approve()),
        "refuse" => on(case, refuse()),
        other => panic!("no verb {other}"),
    }
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
                let (verb, account) = word.split_once('@').unwrap_or_else(|| panic!("no stage {word}"));
                self.word(verb, account);
            }
        }
    }

    fn word(&mut self, verb: &str, account: &str) {
        if verb == "attach" {
            let papers = self.scenario.papers.clone().unwrap_or_else(|| vec!["事由证明".to_owned()]);
            for kind in papers {
                let done = self.w.ok(account, paper(&self.case, &kind));
                self.case.revision = done["revision"].as_u64().unwrap();
            }
            return;
        }
        let done = self.w.ok(account, request(verb, self.scenario, &self.case));
        self.case.revision = done["revision"].as_u64().unwrap();
        if verb == "start" {
            self.case.id = done["application"].as_str().unwrap().to_owned();
        }
    }

    /// What was said before the act, where something is: the preview of a start, the greyed key of an act.
    fn foretold(&mut self, verb: &str, account: &str) -> Option<Value> {
        if verb == "start" {
            let mut look = started(&self.case.student, &self.scenario.details);
            look["do"] = "applications.preview".into();
            return Some(self.w.ask(account, look)["ok"]["refused"].clone());
        }
        let key = match verb {
            "submit" => "submit",
            "agree" => "decide",
            _ => return None,
        };
        Some(self.w.show(account, &self.case)[key]["why"].clone())
    }
}

/// Another application of the same student, with the county.
fn beside(w: &mut World, student: &str, details: &Value) -> Case {
    let done = w.ok("x1-lr", started(student, details));
    let id = done["application"].as_str().unwrap().to_owned();
    let mut case = Case { student: student.to_owned(), id, revision: 0 };
    for kind in ["派出所户籍单", "户口簿户主页", "户口簿本人页"] {
        case.revision = w.ok("x1-lr", paper(&case, kind))["revision"].as_u64().unwrap();
    }
    w.act("x1-lr", &mut case, submit());
    w.act("x1-sh", &mut case, agree());
    case
}

fn play(w: &mut World, stages: &BTreeMap<String, String>, scenario: &Scenario) {
    let told = scenario.told();
    let today = scenario.today.clone().unwrap_or_else(|| super::world::DAY.to_owned());
    w.today(&today);
    let student = w.student_with(&scenario.student);
    let other = scenario.beside.as_ref().map(|details| beside(w, &student, details));
    let before = w.record(&student)["student"].clone();
    let case = Case { student: student.clone(), id: "2025-999999".into(), revision: 0 };
    let mut p = Play { w, stages, scenario, case, today };
    p.words(&scenario.given);
    let (verb, account) = scenario.does.split_once('@').unwrap();

    if scenario.granted() {
        p.word(verb, account);
        granted(&mut p, account, &before, &told);
    } else {
        let said = p.foretold(verb, account);
        let before = p.w.dump(&student);
        let answer = p.w.ask(account, request(verb, scenario, &p.case));
        assert_eq!(p.w.dump(&student), before, "{told}: a refusal wrote something");
        if let Some(kind) = &scenario.error {
            assert_eq!(answer["error"]["kind"], **kind, "{told}: {answer}");
            return;
        }
        let finding = &answer["refused"];
        assert_eq!(finding["rule"], *scenario.rule, "{told}: {answer}");
        assert_eq!(finding["article"], **scenario.refused.as_ref().unwrap(), "{told}: {finding}");
        assert_eq!(finding["severity"], "block", "{told}: {finding}");
        for text in ["because", "remedy"] {
            assert!(finding[text].as_str().is_some_and(|text| !text.trim().is_empty()), "{told}: {finding}");
        }
        for (fact, value) in &scenario.facts {
            assert_eq!(finding["facts"][fact], **value, "{told}: {finding}");
        }
        assert!(said.is_none_or(|said| said == *finding), "{told}: something else was said before");
    }
    if let (Some(other), Some(phase)) = (other, &scenario.beside_after) {
        let view = w.show("x1-lr", &other);
        assert_eq!(view["status"], **phase, "{told}");
        if phase == "cancelled" {
            assert!(view["cancelled"]["reason"].as_str().unwrap().contains("死亡"), "{told}: {view}");
            let page = w.ok("xian1-jb", json!({"do": "queue.page", "tab": "office", "count": 500}));
            assert!(page["items"].as_array().unwrap().iter().all(|row| row["id"] != other.id), "{told}: still listed");
        }
    }
}

/// What the granted act left behind, against the scenario.
fn granted(p: &mut Play<'_>, account: &str, before: &Value, told: &str) {
    let scenario = p.scenario;
    let view = p.w.show(account, &p.case);
    let hands: Vec<&str> =
        view["steps"].as_array().unwrap().iter().map(|step| step["hand"]["office"].as_str().unwrap()).collect();
    if !scenario.hands.is_empty() {
        assert_eq!(hands, scenario.hands, "{told}");
    }
    if let Some(due) = &scenario.due {
        let current = usize::try_from(view["current"].as_u64().unwrap()).unwrap();
        let step = &view["steps"][current];
        // A school of Article 13 has no clock; the hand that has one is the next.
        let clock = if step["clock"].is_null() { &view["steps"][current + 1]["clock"] } else { &step["clock"] };
        assert_eq!((&clock["due"], &clock["budget"]), (&json!(due), &json!(10)), "{told}: {step}");
    }
    let found: Vec<&str> =
        view["findings"].as_array().unwrap().iter().map(|finding| finding["rule"].as_str().unwrap()).collect();
    for rule in &scenario.silent {
        assert!(!found.contains(&rule.as_str()), "{told}: {found:?}");
    }
    let record = p.w.record(&p.case.student)["student"].clone();
    for (field, value) in &scenario.record {
        assert_eq!(record[field], *value, "{told}: {field}");
    }
    if let Some(lines) = &scenario.lines {
        let history = record["history"].as_array().unwrap();
        let new = &history[before["history"].as_array().unwrap().len()..];
        let said: Vec<String> = new
            .iter()
            .map(|line| {
                assert_eq!((&line["on"], &line["application"]), (&json!(p.today), &json!(p.case.id)), "{told}");
                let word = |key: &str| line[key].as_str().unwrap().to_owned();
                format!("{}→{} {}", word("from"), word("to"), word("article"))
            })
            .collect();
        assert_eq!(said, *lines, "{told}");
    }
}

#[test]
fn every_kind_is_granted_with_its_effect_or_refused_by_its_rule() {
    let mut w = World::new();
    let table = table();
    for scenario in &table.scenario {
        play(&mut w, &table.stages, scenario);
    }
}

#[test]
fn what_is_noticed_is_shown_while_the_case_is_decided_and_stops_nobody() {
    let mut w = World::new();
    let table = table();
    for scenario in table.scenario.iter().filter(|scenario| !scenario.notices.is_empty()) {
        w.today(scenario.today.as_deref().unwrap_or(super::world::DAY));
        let case = Case { student: w.student_with(&scenario.student), id: String::new(), revision: 0 };
        let mut p = Play { w: &mut w, stages: &table.stages, scenario, case, today: String::new() };
        p.words("submitted");
        let view = p.w.show("x1-sh", &p.case);
        for rule in &scenario.notices {
            let findings = view["findings"].as_array().unwrap();
            let found = findings.iter().find(|finding| finding["rule"] == **rule);
            let found = found.unwrap_or_else(|| panic!("{}: {findings:?}", scenario.told()));
            assert_ne!(found["severity"], "block", "{}", scenario.told());
        }
        p.word("agree", "x1-sh");
    }
}

/// Rules named by a row or scenario of any file of `tests/law`: refusing, and granted.
fn shown() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut refusing, mut granted) = (BTreeSet::new(), BTreeSet::new());
    for file in fs::read_dir(format!("{}/tests/law", env!("CARGO_MANIFEST_DIR"))).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|end| end != "toml") {
            continue;
        }
        let table: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap();
        // A row of a table of refusals names a rule only where it refuses.
        for row in table.get("row").and_then(toml::Value::as_array).into_iter().flatten() {
            refusing.extend(row.get("rule").and_then(toml::Value::as_str).map(str::to_owned));
        }
        for scenario in table.get("scenario").and_then(toml::Value::as_array).into_iter().flatten() {
            let rule = scenario["rule"].as_str().unwrap().to_owned();
            if scenario.get("refused").is_some() {
                refusing.insert(rule);
            } else if scenario.get("error").is_none() {
                granted.insert(rule);
            }
        }
    }
    (refusing, granted)
}

#[test]
fn every_blocking_rule_of_these_articles_has_a_scenario_that_is_refused_and_one_that_is_granted() {
    let store = crate::support::store::temp_exercise("410000");
    let rules: Value = serde_json::from_str(&store.run_ok(&["rules", "--json"])).unwrap();
    let articles = ["5", "11", "12", "13", "14", "15", "16"];
    let mut blocking: BTreeSet<&str> = BTreeSet::from(["R13.1", "R13.7", "R17.7"]);
    for rule in rules.as_array().unwrap() {
        if rule["kind"] == "BLOCK" && articles.contains(&rule["article"].as_str().unwrap()) {
            blocking.insert(rule["id"].as_str().unwrap());
        }
    }
    for known in ["R5.12", "R12.1", "R12.2", "R12.13", "R12.21", "R14.3"] {
        assert!(blocking.contains(known), "{known} is no longer listed as blocking");
    }
    let (refusing, granted) = shown();
    for rule in blocking {
        assert!(refusing.contains(rule), "{rule} has no scenario in which it refuses");
        assert!(granted.contains(rule), "{rule} has no scenario in which it is satisfied");
    }
}
