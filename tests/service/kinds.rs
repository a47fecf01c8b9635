//! Every kind of Articles 12 to 14 from `tests/law/kinds.toml`: what is granted and what that changes in the record,
//! what is refused and by which rule; a refusal leaves the store as it was.

use super::world::{Case, World, agree, approve, attach, on, refuse, submit};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    stages: BTreeMap<String, String>,
    from: BTreeMap<String, Vec<String>>,
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
    #[serde(default)]
    cleared: Vec<String>,
    lines: Option<Vec<String>>,
    #[serde(default)]
    credit_system: bool,
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
            // Who may not see the student is refused the preview itself.
            let answer = self.w.ask(account, look);
            let refused = answer.get("refused").unwrap_or(&answer["ok"]["refused"]);
            return Some(refused.clone());
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
    for kind in ["派出所户籍单", "户口簿户主页", "户口簿本人页", "转学申请（本人书写）"] {
        case.revision = w.ok("x1-lr", paper(&case, kind))["revision"].as_u64().unwrap();
    }
    w.act("x1-lr", &mut case, submit());
    w.act("x1-sh", &mut case, agree());
    case
}

/// The row of an application in an office's list.
fn listed(w: &mut World, account: &str, id: &str) -> Option<Value> {
    let page = w.ok(account, json!({"do": "queue.page", "tab": "office", "count": 500}));
    page["items"].as_array().unwrap().iter().find(|row| row["id"] == id).cloned()
}

fn play(w: &mut World, stages: &BTreeMap<String, String>, scenario: &Scenario) {
    let told = scenario.told();
    let today = scenario.today.clone().unwrap_or_else(|| super::world::DAY.to_owned());
    w.today(&today);
    let student = w.student_with(&scenario.student);
    w.credit_system(scenario.credit_system);
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
            for account in ["xian1-jb", "x1-lr", "x2-lr"] {
                assert!(listed(w, account, &other.id).is_none(), "{told}: still listed for {account}");
            }
        } else {
            // Neither stands in the other's way: no block in the column of findings.
            let row = listed(w, "xian1-jb", &other.id).expect("the other at the county");
            assert_eq!(row["finding"], Value::Null, "{told}: {row}");
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
    for field in &scenario.cleared {
        assert_eq!(record[field], Value::Null, "{told}: {field}");
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

#[test]
fn what_was_open_before_a_death_was_reported_goes_on_until_that_is_granted() {
    let mut w = World::new();
    let student = w.student_with(&json!({}));
    let mut leaving = beside(&mut w, &student, &json!({"退学": {"ground": "就业"}}));
    let mut death = beside(&mut w, &student, &json!({"死亡": {"on": "2025-09-20", "ground": "意外"}}));
    w.act("xian1-jb", &mut leaving, approve());
    w.act("xian1-jb", &mut death, approve());
    w.act("xian1-fh", &mut death, agree());
    assert_eq!(w.record(&student)["student"]["status"], "死亡");
    let kept = w.dump(&student);
    leaving.revision = w.show("x1-lr", &leaving)["revision"].as_u64().unwrap();
    let finding = w.refused("xian1-fh", on(&leaving, agree()));
    assert_eq!((&finding["rule"], &finding["facts"]["application"]), (&json!("R13.7"), &json!(leaving.id)));
    assert_eq!(w.dump(&student), kept);
    // Of one day: nothing else may be started any more.
    let finding = w.refused("x1-lr", started(&student, &json!({"恢复学籍": {"ground": "误报"}})));
    assert_eq!(finding["rule"], "R13.7");
}

fn duplicate() -> Value {
    json!({"重复学籍": {"with": "中职", "other_school": "3641000003", "ground": "全国系统查重"}})
}

/// Every status of a file.
const STATUSES: [&str; 11] =
    ["已注册未备案", "在读", "休学", "退学", "注销", "死亡", "毕业", "结业", "中职段期满", "未注册", "转出省外"];

#[test]
fn each_kind_starts_from_its_statuses_and_from_no_other() {
    let mut w = World::new();
    let table = table();
    let kinds = w.ok("x1-lr", json!({"do": "kinds.list"}));
    let named: BTreeSet<&str> = kinds["items"]
        .as_array()
        .unwrap_or_else(|| kinds.as_array().unwrap())
        .iter()
        .map(|kind| kind["kind"].as_str().unwrap())
        .collect();
    assert_eq!(named, table.from.keys().map(String::as_str).collect::<BTreeSet<_>>());
    let filed = json!([{"to": "在读", "on": "2024-11-20", "article": "7"}]);
    w.credit_system(true);
    // These are asked for nobody: the file begins with them (`outside.rs`, `joining.rs`).
    const BEGIN: [&str; 3] = ["跨省转入", "普高/技工转入", "初中转入"];
    for (kind, from) in table.from.iter().filter(|(kind, _)| !BEGIN.contains(&kind.as_str())) {
        let scenarios =
            table.scenario.iter().filter(|scenario| scenario.granted() && scenario.details.get(kind).is_some());
        // A day of its own only where the kind is possible on no ordinary one.
        let scenario = scenarios.min_by_key(|scenario| scenario.today.is_some());
        let (details, today) = match scenario {
            Some(scenario) if kind != "转专业" => (scenario.details.clone(), scenario.today.clone()),
            _ if kind == "重复学籍" => (duplicate(), None),
            _ => (json!({"转专业": {"to": "710201", "ground": "兴趣"}}), None),
        };
        w.today(today.as_deref().unwrap_or(super::world::DAY));
        for status in STATUSES {
            let student = w.student_with(&json!({"status": status, "history": filed}));
            let look = json!({"do": "applications.preview", "student": student, "details": details});
            let refused = w.ok("x1-lr", look)["refused"]["rule"].clone();
            let expected = if from.iter().any(|one| one == status) { Value::Null } else { json!("R13.7") };
            assert_eq!(refused, expected, "{kind} from {status}");
        }
    }
}

#[test]
fn the_form_of_each_kind_asks_for_what_its_details_have_and_names_its_papers() {
    let mut w = World::new();
    let table = table();
    let answer = w.ok("x1-lr", json!({"do": "kinds.list"}));
    let kinds = answer["items"].as_array().unwrap_or_else(|| answer.as_array().unwrap());
    for kind in kinds {
        let name = kind["kind"].as_str().unwrap();
        let whole = super::outside::arrival();
        let details = table.scenario.iter().find_map(|scenario| scenario.details.get(name));
        let begins = super::joining::whole(name);
        let details = details.or_else(|| whole.get(name)).or(begins.as_ref()).unwrap();
        let mut has = BTreeSet::new();
        leaves("", details, &mut has);
        let fields = kind["fields"].as_array().unwrap();
        // What makes the details go by another name is shown by `new_major.rs`.
        let plain = fields.iter().filter(|field| field.get("becomes").is_none());
        let asks: BTreeSet<String> = plain.map(|field| field["path"].as_str().unwrap().to_owned()).collect();
        assert_eq!(asks, has, "{name}");
        let becomes: Vec<&Value> = fields.iter().filter_map(|field| field.get("becomes")).collect();
        assert_eq!(becomes, if name == "转学" { vec!["转学并转专业"] } else { vec![] }, "{name}");
        let papers: Vec<&str> = kind["materials"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
        match name {
            "信息变更" => assert_eq!(papers, ["派出所户籍单", "户口簿户主页", "户口簿本人页"]),
            "转学" | "跨省转出" => assert_eq!(papers, ["转学申请（本人书写）"]),
            "初中转入" => assert_eq!(papers, ["法定监护人申请", "初中学校同意意见", "初中学籍证明"]),
            _ => assert_eq!(papers.len(), 1, "{name}: {papers:?}"),
        }
        let article = match name {
            "转学" | "提前毕业" | "跨省转出" | "跨省转入" | "普高/技工转入" | "初中转入" => {
                "12"
            }
            "重复学籍" => "8",
            "信息变更" => "14",
            "毕业" => "18",
            _ => "13",
        };
        assert_eq!(kind["article"], article, "{name}");
    }
}

fn leaves(path: &str, value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                leaves(&if path.is_empty() { name.clone() } else { format!("{path}.{name}") }, value, into);
            }
        }
        _ => {
            into.insert(path.to_owned());
        }
    }
}

#[test]
fn a_number_that_another_file_has_is_noticed() {
    let mut w = World::new();
    let taken = "410702200801017777";
    let other = w.student_with(&json!({"id_no": taken}));
    let student = w.student_with(&json!({}));
    let look = |number: &str| {
        json!({"do": "applications.preview", "student": student, "details":
            {"信息变更": {"handed_in_on": "2025-09-26", "field": "身份证件号", "to": number, "ground": "登记有误"}}})
    };
    let view = w.ok("x1-lr", look(taken));
    assert_eq!(view["refused"], Value::Null);
    let finding = view["findings"].as_array().unwrap().iter().find(|finding| finding["rule"] == "R14.5").cloned();
    assert_eq!(finding.expect("a notice of the number")["facts"]["other"], *other);
    let view = w.ok("x1-lr", look("410702200801016666"));
    assert!(view["findings"].as_array().unwrap().iter().all(|finding| finding["rule"] != "R14.5"));
}
