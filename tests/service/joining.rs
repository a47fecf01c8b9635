//! Who is registered twice, who comes from other kinds of schools, the first three years of longer programmes, from
//! `tests/law/joining.toml`: what is granted and what that leaves behind, what is refused and by which rule.

use super::world::{Case, World, agree, approve, attach, on, refuse, submit};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use xueji::law::identity::check_digit;

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
    with: BTreeMap<String, Value>,
    #[serde(default)]
    person: BTreeMap<String, Value>,
    student: Option<Value>,
    twin: Option<Value>,
    twin_after: Option<String>,
    class: Option<Value>,
    given: String,
    does: String,
    refused: Option<String>,
    /// The rule the refusal names, where it is not the one the scenario shows.
    named: Option<String>,
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
    registered: Option<String>,
    lines: Option<Vec<String>>,
    waits: Option<String>,
}

fn table() -> Table {
    toml::from_str(include_str!("../law/joining.toml")).unwrap()
}

/// Details of these kinds with every field their forms ask for.
pub fn whole(kind: &str) -> Option<Value> {
    table().details.into_values().filter_map(|details| details.get(kind).cloned()).max_by_key(|of| of.to_string().len())
}

struct Play<'a> {
    w: &'a mut World,
    stages: &'a BTreeMap<String, String>,
    details: Value,
    case: Case,
    today: String,
}

/// A number nobody else has.
fn number(n: usize) -> String {
    let body = format!("41078220080229{n:03}");
    format!("{body}{}", check_digit(body.as_bytes()).unwrap())
}

impl Play<'_> {
    fn words(&mut self, words: &str) {
        for word in words.split_whitespace() {
            if let Some(stage) = self.stages.get(word) {
                self.words(stage);
            } else if let Some(day) = word.strip_prefix("today=") {
                self.w.today(day);
                self.today = day.to_owned();
            } else if let Some(day) = word.strip_prefix("semester=") {
                semester(self.w, day);
            } else {
                self.word(word);
            }
        }
    }

    fn request(&mut self, word: &str) -> (String, Value) {
        let (what, account) = word.split_once('@').unwrap_or_else(|| panic!("no stage {word}"));
        let (verb, value) = what.split_once('=').unwrap_or((what, ""));
        let case = &self.case.clone();
        let request = match verb {
            "complete" | "complete-bare" => {
                let revision = self.w.record(&case.student)["student"]["revision"].clone();
                let document = if verb == "complete" { "演练义教证〔2025〕1号" } else { " " };
                json!({"do": "students.complete_compulsory", "student": case.student, "revision": revision,
                    "on": value, "document": document})
            }
            "start" => {
                let mut start = json!({"do": "applications.start", "details": self.details});
                if !case.student.is_empty() {
                    start["student"] = case.student.as_str().into();
                }
                start
            }
            "admit" => {
                let mut admit = self.details["初中转入"].clone();
                admit["do"] = "junior.admit".into();
                admit
            }
            "attach" | "attach-bare" => {
                let mut paper = attach(&case.id, value.as_bytes());
                paper["kind"] = value.into();
                if verb == "attach-bare" {
                    paper["original_place"] = Value::Null;
                }
                paper
            }
            "submit" => on(case, submit()),
            "agree" => on(case, agree()),
            "approve" => on(case, approve()),
            "refuse" => on(case, refuse()),
            "return" => {
                let reasons = json!([{"material": "证明", "text": "看不清"}]);
                on(case, json!({"do": "applications.propose", "outcome": "return", "reasons": reasons}))
            }
            "dispute" => on(case, json!({"do": "duplicates.dispute"})),
            "file" => on(
                case,
                json!({"do": "applications.file", "province": value, "on": self.today, "document": "演教备〔2025〕1号"}),
            ),
            "end-stage" => json!({"do": "students.end_stage", "students": [case.student]}),
            other => panic!("no verb {other}"),
        };
        (account.to_owned(), request)
    }

    fn word(&mut self, word: &str) -> Value {
        let (account, request) = self.request(word);
        let starts = matches!(request["do"].as_str(), Some("applications.start" | "junior.admit"));
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

/// The province sets the first day of the autumn semester of 2025.
fn semester(w: &mut World, day: &str) {
    let start = json!([{"year": 2025, "season": "秋", "day": day}]);
    w.keeper.ok(json!({"do": "calendar.put", "semester_start": start, "document": "演教〔2025〕1号"}));
}

fn play(w: &mut World, table: &Table, n: usize, scenario: &Scenario) {
    let told = format!("{} {}: {} → {}", scenario.rule, scenario.why, scenario.given, scenario.does);
    w.today(super::world::DAY);
    semester(w, "2025-09-01");
    let number = number(n);
    let mut details = table.details[&scenario.asks].clone();
    let inner = details.as_object_mut().unwrap().values_mut().next().unwrap();
    for (field, value) in &scenario.with {
        // TOML has no null.
        inner[field] = if value == "" && field == "other_school" { Value::Null } else { value.clone() };
    }
    if let Some(person) = inner.get_mut("person") {
        person["id_no"] = number.as_str().into();
        person["name"] = format!("演练甲{n}").into();
        for (field, value) in &scenario.person {
            person[field] = value.clone();
        }
    }
    let same = |w: &mut World, fields: &Value| {
        let mut fields = fields.clone();
        fields["id_no"] = number.as_str().into();
        w.student_with(&fields)
    };
    let twin = scenario.twin.as_ref().map(|fields| same(w, fields));
    let classmate = scenario.class.as_ref().map(|fields| w.student_with(fields));
    let student = scenario.student.as_ref().map(|fields| same(w, fields)).unwrap_or_default();
    let seen = if student.is_empty() { w.student("3641000002") } else { student.clone() };
    let case = Case { student, id: "2025-999999".into(), revision: 0 };
    let mut p = Play { w, stages: &table.stages, details, case, today: super::world::DAY.to_owned() };
    p.words(&scenario.given);

    match &scenario.refused {
        // Not even told that there is such a case.
        Some(article) if article == "-" => {
            let (account, request) = p.request(&scenario.does);
            let before = p.w.dump(&seen);
            assert_eq!(p.w.error(&account, request)["kind"], "not_found", "{told}");
            assert_eq!(p.w.dump(&seen), before, "{told}: a refusal wrote something");
        }
        Some(article) => {
            let (account, request) = p.request(&scenario.does);
            let before = p.w.dump(&seen);
            let finding = p.w.refused(&account, request);
            assert_eq!(p.w.dump(&seen), before, "{told}: a refusal wrote something");
            let rule = scenario.named.as_ref().unwrap_or(&scenario.rule);
            assert_eq!((&finding["rule"], &finding["article"]), (&json!(rule), &json!(article)), "{told}: {finding}");
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
            left_behind(&mut p, &account, scenario, &told);
        }
    }
    if let (Some(twin), Some(status)) = (&twin, &scenario.twin_after) {
        assert_eq!(p.w.record(twin)["student"]["status"], **status, "{told}: the other file");
    }
    if let Some(classmate) = classmate {
        p.w.set(&classmate, "status", "注销");
    }
}

fn left_behind(p: &mut Play<'_>, account: &str, scenario: &Scenario, told: &str) {
    let record = p.w.record(&p.case.student)["student"].clone();
    for (field, value) in &scenario.record {
        assert_eq!(record[field], *value, "{told}: {field}");
    }
    if let Some(on) = &scenario.registered {
        assert_eq!(record["entry_facts"]["registered_on"], **on, "{told}");
    }
    if let Some(lines) = &scenario.lines {
        let history = record["history"].as_array().unwrap();
        let said: Vec<String> = history
            .iter()
            .map(|line| {
                let word = |key: &str| line[key].as_str().unwrap().to_owned();
                format!("{}→{} {}", word("from"), word("to"), word("article"))
            })
            .collect();
        assert_eq!(said, *lines, "{told}");
    }
    if p.case.id == "2025-999999" {
        return;
    }
    let view = p.w.show(account, &p.case);
    if !scenario.hands.is_empty() {
        let hands: Vec<String> = view["steps"].as_array().unwrap().iter().map(hand).collect();
        assert_eq!(hands, scenario.hands, "{told}");
    }
    let found: Vec<&str> = view["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["severity"] == "notice")
        .map(|finding| finding["rule"].as_str().unwrap())
        .collect();
    for rule in &scenario.notices {
        assert!(found.contains(&rule.as_str()), "{told}: no {rule} in {found:?}");
    }
    for rule in &scenario.silent {
        assert!(!found.contains(&rule.as_str()), "{told}: {rule} in {found:?}");
    }
    if let Some(milestone) = &scenario.waits {
        assert_eq!(view["beyond"]["waiting"]["milestone"], **milestone, "{told}");
        let page = p.w.ok(account, json!({"do": "queue.page", "tab": "unsynced", "count": 500}));
        let row = page["items"].as_array().unwrap().iter().find(|row| row["id"] == p.case.id);
        assert_eq!(row.expect("listed")["waiting"]["milestone"], **milestone, "{told}");
        let todo = p.w.ok("x1-lr", json!({"do": "entry.todo"}));
        let open = todo["junior_filings"].as_array().unwrap().iter().any(|row| row["application"] == p.case.id);
        assert_eq!(open, milestone == "filing", "{told}: {todo}");
    }
}

/// A hand with the last day of its clock.
fn hand(step: &Value) -> String {
    let mut said = step["hand"]["office"].as_str().unwrap().to_owned();
    if let Some(due) = step["clock"]["due"].as_str() {
        said = format!("{said} {due}");
    }
    // The superior has no figure in the text, whether its turn has come or not.
    if step["clock"]["reference"] == true || step["clock"].is_null() && said == "410700" {
        said = format!("{said} 参考");
    }
    said
}

#[test]
fn every_scenario_is_granted_with_its_effect_or_refused_by_its_rule() {
    let mut w = World::new();
    for (id, post) in [("shi-jb2", "handler"), ("shi-fh2", "reviewer")] {
        let account = json!({"id": id, "revision": 0, "person": format!("p-{id}"), "name": format!("名{id}"),
            "office": "410700", "posts": [post], "os_user": null, "active": true});
        w.keeper.ok(json!({"do": "accounts.put", "account": account}));
    }
    let table = table();
    for (n, scenario) in table.scenario.iter().enumerate() {
        play(&mut w, &table, n, scenario);
    }
}

#[test]
fn a_student_in_dispute_is_not_filed_and_others_are() {
    let mut w = World::new();
    let table = table();
    let number = number(900);
    let registered = json!({"status": "已注册未备案", "id_no": number});
    let (student, other) = (w.student_with(&registered), w.student_with(&json!({"status": "已注册未备案"})));
    let lines = json!([{"school": "3641000001", "year": 2024, "season": "秋", "major": "610101", "campus": "本部",
        "form": "全日制", "half_years": 6, "plan": 50}]);
    w.keeper.ok(json!({"do": "qualifications.publish", "document": "演教〔2024〕1号", "lines": lines}));
    w.today("2024-11-25");
    let case = Case { student: student.clone(), id: String::new(), revision: 0 };
    let details = table.details["known"].clone();
    let mut p = Play { w: &mut w, stages: &table.stages, details, case, today: "2024-11-25".into() };
    p.words("sent");
    let filed = w.ok("x1-lr", json!({"do": "filing.submit", "students": [student, other]}));
    let row = |id: &str| filed["items"].as_array().unwrap().iter().find(|row| row["student"] == *id).unwrap().clone();
    assert_eq!(row(&other)["filed"], true, "{filed}");
    let held = row(&student);
    assert_eq!((&held["filed"], &held["class"]), (&json!(false), &json!("信息重复")), "{held}");
    assert_eq!(held["problems"][0]["rule"], "R8.5", "{held}");
}

#[test]
fn the_other_school_sees_the_duplicate_of_its_file_and_nobody_else_does() {
    let mut w = World::new();
    let table = table();
    let student = w.student_with(&json!({"id_no": number(901)}));
    let case = Case { student, id: String::new(), revision: 0 };
    let details = table.details["known"].clone();
    let mut p = Play { w: &mut w, stages: &table.stages, details, case, today: super::world::DAY.into() };
    p.words("sent");
    let case = p.case.clone();
    let view = w.show("x3-lr", &case);
    assert_eq!(view["beyond"]["dispute"]["state"], "open", "{}", view["beyond"]);
    let under_way = w.ok("x3-lr", json!({"do": "queue.page", "tab": "under_way", "count": 50}));
    assert!(under_way["items"].as_array().unwrap().iter().any(|row| row["id"] == case.id), "{under_way}");
    let unknown = w.error("x2-lr", json!({"do": "applications.show", "application": case.id}));
    assert_eq!(unknown["kind"], "not_found");
    // The city sees both schools, and the case once.
    let city = w.ok("shi-jb", json!({"do": "queue.page", "tab": "under_way", "count": 50}));
    assert_eq!(city["items"].as_array().unwrap().iter().filter(|row| row["id"] == case.id).count(), 1, "{city}");
}

#[test]
fn semesters_are_the_provinces_to_set() {
    let mut w = World::new();
    let put = |day: &str, year: i32| json!({"do": "calendar.put", "semester_start": [{"year": year, "season": "秋", "day": day}]});
    for account in ["xian1-xt", "x1-lr", "sheng-jb"] {
        assert_eq!(w.refused(account, put("2026-08-31", 2026))["rule"], "R4.2", "{account}");
    }
    for (day, year) in [("2026-06-01", 2026), ("2025-09-01", 2026), ("2026-10-01", 2026)] {
        assert_eq!(w.error("keeper", put(day, year))["kind"], "input", "{day} {year}");
    }
    w.keeper.ok(put("2026-08-31", 2026));
    let year = w.ok("x1-lr", json!({"do": "calendar.show", "year": 2026}));
    let window = |name: &str| {
        let all = year["windows"].as_array().unwrap();
        all.iter().find(|one| one["name"] == *name).unwrap_or_else(|| panic!("no {name}: {year}")).clone()
    };
    assert_eq!(window("普高、技工转入")["until"], "2026-08-30");
    assert_eq!(window("秋季学期开始")["from"], "2026-08-31");
    let shown = |year: &Value, season: &str| {
        let all = year["semester_start"].as_array().unwrap();
        all.iter().find(|one| one["season"] == *season).unwrap().clone()
    };
    assert_eq!(shown(&year, "秋"), json!({"season": "秋", "day": "2026-08-31", "set": true}));
    let other = w.ok("x1-lr", json!({"do": "calendar.show", "year": 2027}));
    assert_eq!(shown(&other, "秋"), json!({"season": "秋", "day": "2027-09-01", "set": false}));
}
