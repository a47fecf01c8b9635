//! 批量转学: the route of each student by how many go together (`tests/law/batches.toml`), one row in the queue, acts
//! on all at once, and exceptions that run alone from there.

use super::transfers::{pass, posts, wide};
use super::world::{Case, World, attach, on, submit};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    batch: Vec<Listed>,
    split: Vec<Split>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    why: String,
    from: String,
    to: String,
    major: Option<String>,
    students: usize,
    handed_in: String,
    due: String,
    hands: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Split {
    why: String,
    sizes: [usize; 2],
    days: i64,
    suspected: bool,
}

const X1: &str = "3641000001";
const X2: &str = "3641000002";

fn table() -> Table {
    toml::from_str(include_str!("../law/batches.toml")).unwrap()
}

fn schools() -> BTreeMap<String, String> {
    let transfers: toml::Value = toml::from_str(include_str!("../law/transfers.toml")).unwrap();
    transfers["schools"].clone().try_into().unwrap()
}

fn students(w: &mut World, school: &str, major: &str, many: usize) -> Vec<String> {
    (0..many).map(|_| w.student_with(&json!({"school": school, "major": major}))).collect()
}

fn list(students: &[String], to: &str, handed_in_on: &str) -> Value {
    json!({"do": "batches.start", "list":
        {"students": students, "to": to, "handed_in_on": handed_in_on, "ground": "专业合作办学调整"}})
}

/// A batch of so many students of school 1 to school 2, on 2025-10-13: its id and its members' applications.
fn listed(w: &mut World, many: usize) -> (String, Vec<String>) {
    let students = students(w, X1, "610101", many);
    w.today("2025-10-13");
    let done = w.ok("x1-lr", list(&students, X2, "2025-10-10"));
    (text(&done["batch"]), done["items"].as_array().unwrap().iter().map(|item| text(&item["application"])).collect())
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// Every student's own paper.
fn papers(w: &mut World, applications: &[String]) {
    for id in applications {
        let mut paper = attach(id, format!("written by the student of {id}").as_bytes());
        paper["kind"] = "转学申请（本人书写）".into();
        w.ok("x1-lr", paper);
    }
}

fn show(w: &mut World, account: &str, batch: &str) -> Value {
    w.ok(account, json!({"do": "batches.show", "batch": batch}))
}

fn acting(w: &mut World, account: &str, batch: &str, act: Value, except: &[String]) -> Value {
    let revision = show(w, account, batch)["revision"].clone();
    json!({"do": "batches.act", "batch": batch, "revision": revision, "act": act, "except": except})
}

fn act(w: &mut World, account: &str, batch: &str, act: Value) -> Value {
    let request = acting(w, account, batch, act, &[]);
    w.ok(account, request)
}

fn approve() -> Value {
    json!({"propose": {"outcome": "approve"}})
}

fn agree() -> Value {
    json!({"decide": {"agree": true}})
}

fn submitted(w: &mut World, many: usize) -> (String, Vec<String>) {
    let (batch, applications) = listed(w, many);
    papers(w, &applications);
    act(w, "x1-lr", &batch, json!({"submit": {}}));
    (batch, applications)
}

fn hands(w: &mut World, account: &str, application: &str) -> Vec<String> {
    let case = w.ok(account, json!({"do": "applications.show", "application": application}));
    case["steps"].as_array().unwrap().iter().map(|step| text(&step["hand"]["office"])).collect()
}

fn mine(w: &mut World, account: &str) -> Vec<Value> {
    let page = w.ok(account, json!({"do": "queue.page", "tab": "mine", "count": 100}));
    let counts = w.ok(account, json!({"do": "queue.counts"}));
    assert_eq!(page["total"], counts["mine"], "the count of the tab is that of its rows");
    page["items"].as_array().unwrap().clone()
}

/// Both posts of an office agree to the whole batch.
fn pass_all(w: &mut World, batch: &str, office: &str) -> Value {
    let (first, second) = posts(office);
    if office.len() == 6 || office != X1 {
        act(w, first, batch, approve());
    }
    act(w, second, batch, agree())
}

#[test]
fn how_many_go_together_decides_the_hands() {
    let mut w = wide();
    let schools = schools();
    for row in table().batch {
        let why = &row.why;
        let (from, to) = (&schools[&row.from], &schools[&row.to]);
        let all = students(&mut w, from, row.major.as_deref().unwrap_or("610101"), row.students);
        w.today(&row.handed_in);
        let (first, _) = posts(from);
        let request = list(&all, to, &row.handed_in);
        let looked = w.ok(first, json!({"do": "batches.preview", "list": request["list"]}));
        let done = w.ok(first, request);
        assert_eq!(done["items"].as_array().unwrap().len(), row.students, "{why}");
        let expected: Vec<&str> = row.hands.iter().map(|hand| hand.split(' ').next().unwrap()).collect();
        let seen: Vec<&str> =
            looked["route"].as_array().unwrap().iter().map(|hand| hand[0]["office"].as_str().unwrap()).collect();
        assert_eq!(seen, expected, "{why}: what was shown before");
        for item in [&done["items"][0], &done["items"][row.students - 1]] {
            let case = w.ok(first, json!({"do": "applications.show", "application": item["application"]}));
            let steps = case["steps"].as_array().unwrap();
            let found: Vec<&str> = steps.iter().map(|step| step["hand"]["office"].as_str().unwrap()).collect();
            assert_eq!(found, expected, "{why}");
            assert_eq!(steps[0]["clock"]["due"], *row.due, "{why}");
            assert_eq!(case["batch"], done["batch"], "{why}");
            let stored = w.ok(first, json!({"do": "applications.list", "student": item["student"]}));
            for (step, hand) in stored["items"][0]["steps"].as_array().unwrap().iter().zip(&row.hands) {
                assert_eq!(step["time"]["reference"], hand.ends_with("参考"), "{why}: {hand}");
                assert_eq!(step["time"]["budget"], 10, "{why}: {hand}");
            }
        }
    }
}

#[test]
fn batches_that_together_reach_thirty_are_noticed_and_keep_their_route() {
    let mut w = wide();
    let first_day: chrono::NaiveDate = "2025-10-24".parse().unwrap();
    for (n, row) in table().split.into_iter().enumerate() {
        let why = &row.why;
        // A pair of schools of its own for every row.
        let (from, to) = [("x1", "x2"), ("x2", "x1"), ("x3", "x1"), ("x1", "x3"), ("x2", "x3"), ("x3", "x2")][n];
        let (from, to) = (schools()[from].clone(), schools()[to].clone());
        let (account, _) = posts(&from);
        let mut last = Value::Null;
        for (size, day) in row.sizes.iter().zip([first_day, first_day + chrono::TimeDelta::days(row.days)]) {
            let day = day.to_string();
            w.today(&day);
            let all = students(&mut w, &from, "610101", *size);
            last = w.ok(account, list(&all, &to, &day));
        }
        let id = text(&last["items"][0]["application"]);
        let case = w.ok(account, json!({"do": "applications.show", "application": id}));
        let findings = case["findings"].as_array().unwrap();
        let split = findings.iter().find(|finding| finding["rule"] == "R12.5");
        assert_eq!(split.is_some(), row.suspected, "{why}: {findings:?}");
        if let Some(split) = split {
            assert_eq!(split["severity"], "notice", "{why}");
            let total: usize = row.sizes.iter().sum();
            assert_eq!(split["facts"]["total"], total.to_string(), "{why}");
            assert!(text(&split["because"]).contains("疑似拆分"), "{why}: {split}");
        }
        assert!(!hands(&mut w, account, &id).contains(&"410000".to_owned()), "{why}: the route stays the ordinary one");
    }
}

#[test]
fn a_batch_of_thirty_goes_to_the_province_as_one_row() {
    let mut w = wide();
    let (batch, applications) = submitted(&mut w, 30);
    let row = mine(&mut w, "x1-sh");
    assert_eq!(row.len(), 1, "one row: {row:?}");
    assert_eq!((&row[0]["batch"]["id"], &row[0]["batch"]["students"]), (&json!(batch), &json!(30)));
    for office in [X1, X2, "410782", "410700", "410000"] {
        let done = pass_all(&mut w, &batch, office);
        assert_eq!((&done["done"], &done["refused"]), (&json!(30), &json!(0)), "{office}: {done}");
        assert_eq!(done["items"].as_array().unwrap().len(), 30);
    }
    let view = show(&mut w, "x1-lr", &batch);
    assert_eq!(view["size"], 30);
    for (member, id) in view["members"].as_array().unwrap().iter().zip(&applications) {
        assert_eq!((&member["status"], &member["application"]), (&json!("granted"), &json!(id)));
        assert_eq!(w.record(member["student"].as_str().unwrap())["student"]["school"], X2);
    }
    for account in ["x1-sh", "x2-sh", "xian1-fh", "shi-fh", "sheng-fh"] {
        assert_eq!(mine(&mut w, account).len(), 0, "{account}");
    }
    assert_eq!(w.ok("keeper", json!({"do": "verify"}))["damage"], json!([]));
}

#[test]
fn who_is_returned_alone_runs_alone_from_there_and_the_route_stays() {
    let mut w = wide();
    let (batch, applications) = submitted(&mut w, 30);
    act(&mut w, "x1-sh", &batch, agree());
    pass_all(&mut w, &batch, X2);
    // One is returned by the county, one is cancelled by the school: 28 go on.
    let mut returned = case(&mut w, "xian1-jb", &applications[4]);
    let reasons = json!([{"material": "转学申请（本人书写）", "text": "不是本人笔迹"}]);
    w.act("xian1-jb", &mut returned, json!({"do": "applications.propose", "outcome": "return", "reasons": reasons}));
    w.act("xian1-fh", &mut returned, json!({"do": "applications.decide", "agree": true}));
    let mut cancelled = case(&mut w, "x1-lr", &applications[9]);
    w.act("x1-lr", &mut cancelled, json!({"do": "applications.cancel", "reason": "学生不再申请"}));

    let rows = mine(&mut w, "xian1-jb");
    assert_eq!((rows.len(), &rows[0]["batch"]["students"]), (1, &json!(28)));
    let alone = mine(&mut w, "x1-lr");
    assert_eq!((alone.len(), &alone[0]["id"], alone[0].get("batch")), (1, &json!(applications[4]), None));
    for office in ["410782", "410700"] {
        let done = pass_all(&mut w, &batch, office);
        assert_eq!(done["done"], 28, "{office}");
    }
    // The one resubmitted goes straight back to the county, by itself, on the route of thirty.
    w.act("x1-lr", &mut returned, submit());
    pass(&mut w, &mut returned, X1, "2025-10-14");
    let rows = mine(&mut w, "xian1-jb");
    assert_eq!((rows.len(), rows[0].get("batch")), (1, None), "not laid to those of the batch again");
    for office in ["410782", "410700", "410000"] {
        pass(&mut w, &mut returned, office, "2025-10-15");
    }
    assert_eq!(w.record(&returned.student)["student"]["school"], X2);
    let view = show(&mut w, "sheng-jb", &batch);
    let state = |n: usize| (text(&view["members"][n]["status"]), view["members"][n]["apart"] == true);
    assert_eq!(state(4), ("granted".into(), true));
    assert_eq!(state(9), ("cancelled".into(), true));
    assert_eq!(state(0), ("open".into(), false));
    assert_eq!(pass_all(&mut w, &batch, "410000")["done"], 28);
}

fn case(w: &mut World, account: &str, id: &str) -> Case {
    let view = w.ok(account, json!({"do": "applications.show", "application": id}));
    Case { student: text(&view["students"][0]["id"]), id: id.to_owned(), revision: view["revision"].as_u64().unwrap() }
}

#[test]
fn the_size_at_submission_fixes_the_route() {
    let mut w = wide();
    let (batch, applications) = listed(&mut w, 31);
    papers(&mut w, &applications);
    // Two are left out at the submission: they are ordinary transfers, and 29 go the ordinary way.
    let out = [applications[0].clone(), applications[30].clone()];
    let request = acting(&mut w, "x1-lr", &batch, json!({"submit": {}}), &out);
    let done = w.ok("x1-lr", request);
    assert_eq!((&done["done"], &done["size"]), (&json!(29), &json!(29)));
    assert_eq!(hands(&mut w, "x1-lr", &applications[5]), [X1, X2, "410782"]);
    let mut alone = case(&mut w, "x1-lr", &applications[0]);
    let view = w.show("x1-lr", &alone);
    assert_eq!((&view["status"], &view["batch"]), (&json!("preparing"), &Value::Null));
    assert_eq!(hands(&mut w, "x1-lr", &applications[0]), [X1, X2, "410782"]);
    w.act("x1-lr", &mut alone, submit());

    // Taken back before the first hand's second post has agreed, and put to it again with fewer: still 29.
    act(&mut w, "x1-lr", &batch, json!({"withdraw": {}}));
    let view = show(&mut w, "x1-lr", &batch);
    assert_eq!(view["members"][3]["status"], "preparing");
    assert_eq!(act(&mut w, "x1-lr", &batch, json!({"submit": {}}))["size"], 29);
}

#[test]
fn thirty_submitted_and_one_refused_later_is_still_a_matter_for_the_province() {
    let mut w = wide();
    let (batch, applications) = submitted(&mut w, 30);
    act(&mut w, "x1-sh", &batch, agree());
    let mut refused = case(&mut w, "x2-lr", &applications[0]);
    w.act("x2-lr", &mut refused, super::world::refuse());
    w.act("x2-sh", &mut refused, json!({"do": "applications.decide", "agree": true}));
    assert_eq!(w.record(&refused.student)["student"]["school"], X1);
    let (first, second) = posts(X2);
    assert_eq!(act(&mut w, first, &batch, approve())["done"], 29);
    act(&mut w, second, &batch, agree());
    assert_eq!(hands(&mut w, "x1-lr", &applications[1]), [X1, X2, "410782", "410700", "410000"]);
}

#[test]
fn a_list_is_taken_whole_or_not_at_all_and_says_who_is_in_the_way() {
    let mut w = wide();
    let mut all = students(&mut w, X1, "610101", 3);
    w.set(&all[1], "status", "退学");
    w.today("2025-10-13");
    let before = w.journal_length();
    let refusal = w.refused("x1-lr", list(&all, X2, "2025-10-10"));
    assert_eq!(refusal["rule"], "R13.7");
    assert!(text(&refusal["because"]).contains("3人中1人"), "{refusal}");
    assert!(refusal["facts"].get(&all[1]).is_some() && refusal["facts"].get(&all[0]).is_none(), "{refusal}");
    let looked = w.ok("x1-lr", json!({"do": "batches.preview", "list": list(&all, X2, "2025-10-10")["list"]}));
    assert_eq!((looked["refused"].as_array().unwrap().len(), &looked["refused"][0][0]), (1, &json!(all[1])));
    // Not one's own students, twice the same, one alone, too many, the own school.
    let strangers = students(&mut w, X2, "610101", 2);
    assert!(w.ask("x1-lr", list(&strangers, X2, "2025-10-10")).get("ok").is_none());
    assert_eq!(w.refused("keeper", list(&strangers, X1, "2025-10-10"))["rule"], "R12.1");
    all.remove(1);
    let twice = [all[0].clone(), all[0].clone()];
    for (list, what) in [
        (list(&twice, X2, "2025-10-10"), "两次"),
        (list(&all[..1], X2, "2025-10-10"), "2至300人"),
        (list(&vec![all[0].clone(); 301], X2, "2025-10-10"), "2至300人"),
        (list(&all, X1, "2025-10-10"), "现在的学校"),
        (list(&all, X2, "2025-10-14"), "还没有到"),
    ] {
        let error = w.error("x1-lr", list);
        assert!(text(&error["message"]).contains(what), "{what}: {error}");
    }
    assert_eq!(w.journal_length(), before + 2, "the two strangers were put; nothing else was written");
    w.ok("x1-lr", list(&all, X2, "2025-10-10"));
}

#[test]
fn without_every_students_own_paper_nothing_is_submitted() {
    let mut w = wide();
    let (batch, applications) = listed(&mut w, 4);
    papers(&mut w, &applications[..2]);
    let before = w.journal_length();
    let request = acting(&mut w, "x1-lr", &batch, json!({"submit": {}}), &[]);
    let refusal = w.refused("x1-lr", request);
    assert_eq!(refusal["rule"], "R12.2");
    assert!(text(&refusal["because"]).contains("学生3、学生4"), "{refusal}");
    // Not one by one either: how many go together decides the route.
    let one = case(&mut w, "x1-lr", &applications[0]);
    assert_eq!(w.refused("x1-lr", on(&one, submit()))["rule"], "R12.5");
    assert_eq!(w.journal_length(), before);
    papers(&mut w, &applications[2..]);
    assert_eq!(act(&mut w, "x1-lr", &batch, json!({"submit": {}}))["done"], 4);
}

#[test]
fn who_is_in_the_way_of_an_act_is_reported_and_stays() {
    let mut w = wide();
    let (batch, applications) = submitted(&mut w, 3);
    act(&mut w, "x1-sh", &batch, agree());
    // One student has left school meanwhile.
    let one = case(&mut w, "x2-lr", &applications[1]);
    w.set(&one.student, "status", "退学");
    let done = act(&mut w, "x2-lr", &batch, approve());
    assert_eq!((&done["done"], &done["refused"]), (&json!(2), &json!(1)));
    let line = &done["items"][1];
    assert_eq!(
        (&line["application"], &line["done"], &line["refused"]["rule"]),
        (&json!(one.id), &json!(false), &json!("R13.7"))
    );
    let rows = mine(&mut w, "x2-lr");
    assert_eq!((rows.len(), &rows[0]["id"]), (1, &json!(one.id)), "he waits by himself");
    assert_eq!(act(&mut w, "x2-sh", &batch, agree())["done"], 2);
    // Put in order, he follows, and the batch is one row again.
    w.set(&one.student, "status", "在读");
    act(&mut w, "x2-lr", &batch, approve());
    act(&mut w, "x2-sh", &batch, agree());
    let rows = mine(&mut w, "xian1-jb");
    assert_eq!((rows.len(), &rows[0]["batch"]["students"]), (1, &json!(3)));
}

#[test]
fn the_whole_is_returned_sent_back_taken_back_and_cancelled() {
    let mut w = wide();
    let (batch, _) = submitted(&mut w, 3);
    assert_eq!(act(&mut w, "x1-sh", &batch, json!({"decide": {"agree": false, "remark": "缺班主任意见"}}))["done"], 3);
    assert_eq!(mine(&mut w, "x1-lr")[0]["standing"], "sent_back");
    act(&mut w, "x1-lr", &batch, json!({"submit": {}}));
    // One person, one post: whoever submitted does not agree, for none of them.
    let request = acting(&mut w, "x1-lr", &batch, agree(), &[]);
    assert_eq!(w.refused("x1-lr", request)["rule"], "R4.1");
    act(&mut w, "x1-sh", &batch, agree());
    act(&mut w, "x1-sh", &batch, json!({"withdraw": {}}));
    act(&mut w, "x1-sh", &batch, agree());
    let reasons = json!([{"material": "转学申请（本人书写）", "text": "没有写明转入学校"}]);
    act(&mut w, "x2-lr", &batch, json!({"propose": {"outcome": "return", "reasons": reasons}}));
    act(&mut w, "x2-sh", &batch, agree());
    let rows = mine(&mut w, "x1-lr");
    assert_eq!((&rows[0]["phase"], &rows[0]["batch"]["students"]), (&json!("returned"), &json!(3)));
    // Without reasons nothing is returned; a stale view decides nothing.
    let stale = acting(&mut w, "x1-lr", &batch, json!({"submit": {}}), &[]);
    act(&mut w, "x1-lr", &batch, json!({"submit": {}}));
    assert!(text(&w.error("x1-lr", stale)["message"]).contains("变动"));
    act(&mut w, "x1-sh", &batch, agree());
    let request = acting(&mut w, "x2-lr", &batch, json!({"propose": {"outcome": "return"}}), &[]);
    assert_eq!(w.refused("x2-lr", request)["rule"], "R13.3");
    assert_eq!(act(&mut w, "x1-lr", &batch, json!({"cancel": {"reason": "合作停止"}}))["done"], 3);
    assert_eq!(mine(&mut w, "x2-lr").len(), 0);
}

#[test]
fn a_batch_is_seen_by_whom_it_concerns_only() {
    let mut w = wide();
    let (batch, _) = submitted(&mut w, 2);
    for stranger in ["x3-lr", "xian2-jb", "x2-lr"] {
        let error = w.error(stranger, json!({"do": "batches.show", "batch": batch}));
        assert_eq!(error["kind"], "not_found", "{stranger}");
    }
    act(&mut w, "x1-sh", &batch, agree());
    assert_eq!(show(&mut w, "x2-lr", &batch)["members"].as_array().unwrap().len(), 2);
    assert_eq!(w.error("x1-lr", json!({"do": "batches.show", "batch": "B2025-000099"}))["kind"], "not_found");
}

#[test]
fn batches_and_what_was_done_with_them_survive_a_restart() {
    let mut w = wide();
    let (batch, applications) = submitted(&mut w, 3);
    let before = show(&mut w, "x1-lr", &batch);
    w.restart();
    assert_eq!(show(&mut w, "x1-lr", &batch), before);
    assert_eq!(mine(&mut w, "x1-sh").len(), 1);
    assert_eq!(w.ok("keeper", json!({"do": "verify"}))["damage"], json!([]));
    let again = students(&mut w, X1, "610101", 2);
    let next = w.ok("x1-lr", list(&again, X2, "2025-10-10"));
    assert_ne!(next["batch"], json!(batch));
    assert!(!applications.contains(&text(&next["items"][0]["application"])));
}
