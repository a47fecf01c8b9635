//! Screen 0's questions through the door: the journal by who, what and when; schools; how the store is; accounts on the
//! command line.

use super::world::*;
use serde_json::{Value, json};

fn found(world: &mut World, account: &str, asked: Value) -> Vec<Value> {
    let mut request = asked;
    request["do"] = "journal.find".into();
    world.ok(account, request)["items"].as_array().unwrap().clone()
}

fn kinds(entries: &[Value]) -> Vec<&str> {
    entries.iter().map(|entry| entry["command"]["do"].as_str().unwrap()).collect()
}

#[test]
fn the_journal_is_found_by_who_what_and_when_the_newest_first() {
    let mut world = World::new();
    let mut case = world.at_county();
    let other = world.at_county();
    world.today("2025-09-29T09:00");
    world.act("xian1-jb", &mut case, approve());
    let about = found(&mut world, "keeper", json!({"application": case.id}));
    let expected =
        ["applications.propose", "applications.decide", "applications.submit", "evidence.record", "applications.start"];
    assert_eq!(kinds(&about), expected);
    let of_student = found(&mut world, "keeper", json!({"student": case.student}));
    assert_eq!(kinds(&of_student), [&expected[..], &["students.put"]].concat());
    assert!(of_student.iter().all(|entry| !entry.to_string().contains(&other.id)));
    assert_eq!(kinds(&found(&mut world, "keeper", json!({"who": "xian1-jb"}))), ["applications.propose"]);
    assert_eq!(kinds(&found(&mut world, "keeper", json!({"who": "名p-jb"}))), ["applications.propose"]);
    assert_eq!(kinds(&found(&mut world, "keeper", json!({"post": "handler"}))), ["applications.propose"]);
    let submits = found(&mut world, "keeper", json!({"kind": "applications.sub"}));
    assert_eq!(kinds(&submits), ["applications.submit", "applications.submit"]);
    let later = found(&mut world, "keeper", json!({"from": "2025-09-29"}));
    assert_eq!(kinds(&later)[0], "applications.propose");
    assert!(later.iter().all(|entry| entry["at"].as_str().unwrap() >= "2025-09-29"));
    let earlier = found(&mut world, "keeper", json!({"until": DAY, "kind": "applications.", "count": 200}));
    assert!(earlier.len() == 6 && !kinds(&earlier).contains(&"applications.propose"), "{:?}", kinds(&earlier));

    // Page after page comes to the same as at once.
    let whole = found(&mut world, "keeper", json!({"count": 200}));
    let (mut pages, mut before) = (Vec::new(), Value::Null);
    loop {
        let page = world.ok("keeper", json!({"do": "journal.find", "count": 7, "before": before}));
        pages.extend(page["items"].as_array().unwrap().clone());
        before = page["next"].clone();
        if before.is_null() {
            break;
        }
    }
    assert_eq!(pages, whole);
    assert_eq!(pages.last().unwrap()["seq"], 1);

    // Who keeps nothing reads what the own office did, and nobody a number whole.
    let own = found(&mut world, "xian1-jb", json!({"student": case.student}));
    assert_eq!(kinds(&own), ["applications.propose"]);
    assert_eq!(found(&mut world, "xian2-xt", json!({"student": case.student})), Vec::<Value>::new());
    assert!(!Value::from(whole).to_string().contains("410782200801010001"));
}

#[test]
fn schools_come_page_by_page_with_what_the_asker_may_see_of_them() {
    let mut world = World::new();
    let mut ids = Vec::new();
    let mut after = Value::Null;
    loop {
        let page = world.ok("xian1-jb", json!({"do": "schools.list", "count": 2, "after": after}));
        assert_eq!(page["total"], 7);
        ids.extend(page["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()));
        after = page["next"].clone();
        if after.is_null() {
            break;
        }
    }
    assert_eq!(ids, [X1, X2, X3, CITY_SCHOOL, PROVINCE_SCHOOL, UNIVERSITY, DIRECT_SCHOOL]);
    let named = world.ok("xian1-jb", json!({"do": "schools.list", "text": "二"}));
    assert_eq!((&named["total"], &named["items"][0]["above"]), (&json!(1), &json!("一县教育局")));
    let with = world.ok("xian1-jb", json!({"do": "schools.list", "text": "4107", "offices": true}));
    assert_eq!(with["total"], 4);
    let shown = world.ok("xian1-jb", json!({"do": "schools.show", "school": X1}));
    assert_eq!((&shown["school"]["school"]["sponsor"], &shown["school"]["accounts"]), (&json!("县属"), &json!(8)));
    assert_eq!(world.error("xian1-jb", json!({"do": "schools.show", "school": "9"}))["kind"], "not_found");
}

#[test]
fn accounts_are_kept_on_the_command_line_as_through_the_door() {
    let world = World::new();
    let run = |args: &[&str], exit: i32| {
        let output = world.store.run(&[&["account"], args].concat());
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert_eq!(output.status.code(), Some(exit), "{args:?}: {said}");
        said
    };
    let new = ["put", "xian2-db", "--person", "p-new", "--name", "演练新", "--office", "410721", "--posts", "督办"];
    run(&[&new[..], &["--as", "xian2-xt"]].concat(), 0);
    assert!(run(&["list"], 0).contains("xian2-db"));
    // What is not given stays as it is.
    run(&["put", "xian2-db", "--name", "演练更名", "--as", "xian2-xt"], 0);
    let listed = run(&["list", "--json"], 0);
    let all: Value = serde_json::from_str(&listed).unwrap();
    let row = all["items"].as_array().unwrap().iter().find(|row| row["id"] == "xian2-db").cloned().unwrap();
    assert_eq!(
        (&row["name"], &row["posts"], &row["revision"]),
        (&json!("演练更名"), &json!(["supervisor"]), &json!(2))
    );
    // Another county's keeper does not, nor a clerk.
    run(&["disable", "xian2-db", "--as", "xian1-xt"], 1);
    run(&["disable", "xian2-db", "--as", "xian2-jb"], 1);
    run(&["put", "xian3", "--as", "xian2-xt"], 2);
    run(&["disable", "xian2-db", "--as", "xian2-xt"], 0);
    let journal = world.store.run_ok(&["journal", "--kind", "accounts.", "--who", "xian2-xt"]);
    assert_eq!(journal.lines().count(), 4, "{journal}");
}

#[test]
fn the_report_names_its_figures_and_the_cases_behind_them() {
    let mut world = World::new();
    let case = world.at_county();
    world.today("2025-11-30T09:00");
    let page = world.ok("xian1-db", json!({"do": "board.report"}));
    let text = page["text"].as_str().unwrap();
    assert!(text.contains("演练") && page["name"].as_str().unwrap().starts_with("演练-410782"), "{page}");
    for needed in [&*case.id, "逾期各件（1 件）", "各数的算法", "参考时限不算逾期", "12月20日", "一县教育局"]
    {
        assert!(text.contains(needed), "no {needed:?} in\n{text}");
    }
    let wide = text.lines().find(|line| xueji::text::width(line) > 72);
    assert_eq!(wide, None);
    // Beyond the own jurisdiction there is no report.
    let error = world.error("xian2-jb", json!({"do": "board.report", "office": "410782"}));
    assert_eq!(error["kind"], "not_found");
    let printed = world.store.run_ok(&["board", "--report", "--as", "xian1-db"]);
    assert!(printed.contains(&case.id) && printed.contains("督办报告"), "{printed}");
    let table = world.store.run_ok(&["board", "--as", "xian1-db"]);
    assert!(table.lines().any(|line| line.starts_with("一县教育局")), "{table}");
}
