//! Loading lists, what follows, who sees what: through the program and through `call`.

use crate::world::*;
use serde_json::{Value, json};

fn people(from: u32, until: u32) -> Vec<Person> {
    (from..until).map(person).collect()
}

fn kinds(diff: &Value) -> Vec<(String, String)> {
    let items = diff["items"].as_array().unwrap();
    items.iter().map(|item| (text(item, "name"), text(item, "kind"))).collect()
}

fn text(of: &Value, field: &str) -> String {
    of[field].as_str().unwrap_or_default().to_owned()
}

/// A school of a hundred and fifty, all equal but for the first few.
fn school(w: &mut World, code: &str, from: u32) -> Vec<Person> {
    let all = people(from, from + 150);
    for one in &all {
        w.student(code, one);
    }
    all
}

#[test]
fn a_list_is_loaded_differs_and_is_cured() {
    let mut w = World::new();
    let mut there = school(&mut w, ONE, 0);
    assert_eq!(w.fm5(ONE), "clear");
    let none = w.as_account("xian1-jb", json!({"do": "national.diff", "school": ONE}));
    assert!(text(&none["error"], "message").contains("xueji import national"), "{none}");

    // Three of a hundred and fifty are exactly two in a hundred.
    there[0].status = "休学".into();
    there[1].major = "720301".into();
    there[2].name = "演练别人".into();
    let out = w.load_ok(&national(&[(ONE, &there)]));
    assert!(out.contains("2.000%") && out.contains("还可有0人"), "{out}");
    let diff = w.diff(ONE);
    assert_eq!(
        (diff["fm5"].clone(), diff["left"].clone(), diff["differing_students"].clone()),
        (json!(false), json!(0), json!(3))
    );
    assert_eq!(w.fm5(ONE), "near");
    assert_eq!(diff["again"], false);

    // One more here passes the line at once, without another list; put right, it is clear again.
    let extra = person(900);
    let id = w.student(ONE, &extra);
    let diff = w.diff(ONE);
    assert_eq!((diff["fm5"].clone(), diff["left"].clone()), (json!(true), json!(-1)));
    assert_eq!((diff["by_kind"]["missing_there"].clone(), diff["new"].clone()), (json!(1), json!(1)));
    assert_eq!(w.fm5(ONE), "met");
    w.set(&id, "status", json!("注销"));
    assert_eq!(w.fm5(ONE), "near");
    assert_eq!(w.diff(ONE)["differing_students"], 3);

    // Marked as keyed over; the next list says which of it was true.
    let diff = w.diff(ONE);
    let who: Vec<Value> = diff["items"].as_array().unwrap().iter().map(|item| item["who"].clone()).collect();
    let mark = json!({"do": "national.mark_keyed", "school": ONE, "load": diff["load"], "students": who, "system": "national"});
    let refused = w.as_account("xian1-db", mark.clone());
    assert_eq!(refused["refused"]["rule"], "R4.1", "{refused}");
    let foreign = w.as_account("xian2-jb", mark.clone());
    assert_eq!(foreign["error"]["kind"], "not_found", "{foreign}");
    assert_eq!(w.ok("x1-lr", mark.clone())["marked"], 3);
    let diff = w.diff(ONE);
    assert_eq!((diff["keyed"].clone(), diff["in_vain"].clone()), (json!(3), json!(0)));
    there[0].status = "在读".into();
    there[1].major = "610101".into();
    there[9].form = "非全日制".into();
    w.load_ok(&national(&[(ONE, &there)]));
    let stale = w.as_account("x1-lr", mark);
    assert!(text(&stale["error"], "message").contains("重新载入"), "{stale}");
    let diff = w.diff(ONE);
    let found = (
        diff["again"].clone(),
        diff["cured"].clone(),
        diff["new"].clone(),
        diff["keyed"].clone(),
        diff["in_vain"].clone(),
    );
    assert_eq!(found, (json!(true), json!(2), json!(1), json!(1), json!(1)));
    let cured: Vec<(String, Value)> =
        diff["cured_items"].as_array().unwrap().iter().map(|row| (text(row, "name"), row["what"].clone())).collect();
    assert!(cured.contains(&(person(0).name, json!(["differs:status"]))), "{cured:?}");
    let new: Vec<String> = diff["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|item| item["new"] == true)
        .map(|item| text(item, "name"))
        .collect();
    assert_eq!(new, [person(9).name]);
    // A mark can be taken back.
    let vain = diff["items"].as_array().unwrap().iter().find(|item| item["keyed"]["in_vain"] == true).unwrap();
    w.ok("x1-lr", json!({"do": "national.mark_keyed", "school": ONE, "load": diff["load"], "students": [vain["who"]], "system": null}));
    assert_eq!(w.diff(ONE)["keyed"], 0);
    w.store.run_ok(&["verify"]);
}

#[test]
fn a_bad_row_keeps_its_school_out_and_no_other() {
    let mut w = World::new();
    let (one, two) = (people(0, 5), people(10, 15));
    for of in &one {
        w.student(ONE, of);
    }
    let mut text = national(&[(ONE, &one), (TWO, &two)]);
    // A number that a spreadsheet has destroyed.
    text = text.replace(&format!(",{},202509", two[2].id_no), ",4.10782E+17,202509");
    let ran = w.load("xian1-xt", &text, &[]);
    assert_eq!(ran.exit, 4, "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("2 所学校中有 1 所的名单有不符的行，整校没有载入"), "{}", ran.err);
    assert!(ran.out.contains("id_no") && ran.out.contains("科学计数法"), "{}", ran.out);
    assert_eq!(w.diff(ONE)["students_national"], 5);
    let none = w.as_account("xian1-jb", json!({"do": "national.diff", "school": TWO}));
    assert_eq!(none["error"]["kind"], "not_found");
    // The same number twice, both living: which of them is right nobody here can know.
    let mut twice = two.clone();
    twice.push(Person { name: "演练又".into(), ..two[0].clone() });
    let ran = w.load("xian1-xt", &national(&[(TWO, &twice)]), &[]);
    assert!(ran.exit == 4 && ran.out.contains("同一证件号"), "{}{}", ran.out, ran.err);
}

#[test]
fn wrong_and_foreign_files_change_nothing() {
    let w = World::new();
    let before =
        w.store.call_as("keeper").ok(json!({"do": "journal.page", "count": 200}))["items"].as_array().unwrap().len();
    let good = national(&[(ONE, &people(0, 3))]);
    for (text, said) in [
        ("code,name\n1,甲\n".to_owned(), "缺少"),
        (good.replace("学生当前状态", "备注"), "status"),
        (good.replace(ONE, OTHER), "不在您的管辖范围"),
        (good.replace("在读", "在校内"), "学籍状态"),
        (good.replace("202509", "去年九月"), "年月"),
    ] {
        let ran = w.load("xian1-xt", &text, &[]);
        assert!(ran.exit == 4 && (ran.out.contains(said) || ran.err.contains(said)), "{said}: {}{}", ran.out, ran.err);
    }
    let ran = w.load("xian1-xt", "\u{FEFF}", &[]);
    assert_eq!(ran.exit, 4, "{}", ran.err);
    // Not by a school, nor by whoever is no keeper.
    for account in ["x1-lr", "xian1-jb", "xian1-db"] {
        let ran = w.load(account, &good, &[]);
        assert_eq!(ran.exit, 1, "{account}: {}{}", ran.out, ran.err);
    }
    let ran = w.load("xian1-xt", &good, &["--dry-run"]);
    assert_eq!(ran.exit, 0, "{}{}", ran.out, ran.err);
    let after =
        w.store.call_as("keeper").ok(json!({"do": "journal.page", "count": 200}))["items"].as_array().unwrap().len();
    assert_eq!(before, after);
}

#[test]
fn former_numbers_match_and_names_only_ask() {
    let mut w = World::new();
    let all = people(0, 60);
    let ids: Vec<String> = all.iter().map(|one| w.student(ONE, one)).collect();
    let mut there = all.clone();
    // The first has another number here than there, and had that one before.
    let old = person(500);
    there[0].id_no = old.id_no.clone();
    w.set(
        &ids[0],
        "former",
        json!([{"field": "身份证件号", "value": old.id_no, "until": "2025-10-01", "application": null}]),
    );
    // The second has another number there: only a person can say that it is he.
    there[1].id_no = person(501).id_no;
    w.load_ok(&national(&[(ONE, &there)]));
    let diff = w.diff(ONE);
    assert_eq!(diff["differing_students"], 3, "{diff}");
    let items = diff["items"].as_array().unwrap();
    let former = items.iter().find(|item| item["by"] == "former").unwrap();
    assert_eq!((text(former, "name"), text(&former["fields"][0], "field")), (all[0].name.clone(), "id_no".into()));
    assert!(text(&former["fields"][0], "there").contains("****"), "numbers are masked: {former}");
    let here = items.iter().find(|item| item["kind"] == "missing_there").unwrap();
    let line = here["perhaps"].as_u64().unwrap();
    let confirm = |same: bool| json!({"do": "national.confirm", "school": ONE, "load": 1, "student": ids[1], "line": line, "same": same});
    // Whoever is told apart is not asked about again, and still differs.
    w.ok("x1-lr", confirm(false));
    let diff = w.diff(ONE);
    assert!(diff["items"].as_array().unwrap().iter().all(|item| item["perhaps"].is_null()), "{diff}");
    w.ok("x1-lr", confirm(true));
    let diff = w.diff(ONE);
    assert_eq!((diff["differing_students"].clone(), diff["missing_here"].clone()), (json!(2), json!(0)));
    let again = w.as_account("x1-lr", confirm(true));
    assert!(text(&again["error"], "message").contains("已经"), "{again}");
    // Remembered with the next list, and journalled.
    there[5].status = "休学".into();
    w.load_ok(&national(&[(ONE, &there)]));
    let diff = w.diff(ONE);
    let person_said = diff["items"].as_array().unwrap().iter().find(|item| item["by"] == "person").unwrap();
    assert_eq!(text(person_said, "name"), all[1].name);
    // Another than the proposed one is refused.
    let other =
        json!({"do": "national.confirm", "school": ONE, "load": 2, "student": ids[2], "line": line, "same": true});
    let refused = w.as_account("x1-lr", other);
    assert_eq!(refused["refused"]["rule"], "R8.1", "{refused}");
    let journal = w.keeper.ok(json!({"do": "journal.page", "count": 200, "after": 0}));
    let said: Vec<String> = journal["items"].as_array().unwrap().iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|entry| entry.contains("national.confirm")), "{said:?}");
    assert!(!said.iter().any(|entry| entry.contains(&person(501).id_no)), "no number stands in the journal's text");
}

#[test]
fn a_county_never_sees_another_countys_lines() {
    let mut w = World::new();
    let mine = people(0, 5);
    let theirs = people(20, 25);
    w.student(OTHER, &theirs[0]);
    // Somebody of the other county stands in this county's list.
    let mut there = mine.clone();
    there.push(theirs[0].clone());
    w.load_ok(&national(&[(ONE, &there)]));
    let ran = w.load("xian2-xt", &national(&[(OTHER, &theirs)]), &[]);
    assert_eq!(ran.exit, 0, "{}{}", ran.out, ran.err);
    let list = w.ok("xian2-jb", json!({"do": "national.diff"}));
    let schools: Vec<String> = list["items"].as_array().unwrap().iter().map(|of| text(of, "school")).collect();
    assert_eq!(schools, [OTHER]);
    let none = w.as_account("xian2-jb", json!({"do": "national.diff", "school": ONE}));
    assert_eq!(none["error"]["kind"], "not_found", "{none}");
    for request in [
        json!({"do": "national.diff", "school": ONE, "who": {"line": 0}}),
        json!({"do": "national.export", "school": ONE}),
        json!({"do": "national.confirm", "school": ONE, "load": 1, "student": "S0000001", "line": 0, "same": true}),
    ] {
        let answer = w.as_account("xian2-jb", request.clone());
        assert_eq!(answer["error"]["kind"], "not_found", "{request}: {answer}");
    }
    // Where else he stands is said to whom that is no secret.
    let note = |diff: Value| {
        let items = diff["items"].as_array().unwrap().clone();
        let of = items.iter().find(|item| item["name"] == theirs[0].name.as_str()).unwrap().clone();
        text(&of, "note")
    };
    let ask = json!({"do": "national.diff", "school": ONE, "count": 100});
    assert_eq!(note(w.ok("shi-jb", ask.clone())), format!("in the module at {OTHER}"));
    assert_eq!(note(w.ok("xian1-jb", ask)), "in the module at a school outside your jurisdiction");

    // Numbers whole only after the journal has it, and only what was asked for.
    let whole = |school: &str| json!({"do": "national.diff", "school": school, "whole": true});
    let refused = w.as_account("xian1-jb", whole(ONE));
    assert!(text(&refused["error"], "message").contains("national.export"), "{refused}");
    w.ok("xian1-jb", json!({"do": "national.export", "school": ONE}));
    let diff = w.ok("xian1-jb", whole(ONE));
    assert!(kinds(&diff).contains(&(theirs[0].name.clone(), "missing_here".into())), "{diff}");
    assert!(diff.to_string().contains(&theirs[0].id_no));
    let other = w.as_account("xian1-fh", whole(ONE));
    assert!(other.get("error").is_some(), "{other}");
    let masked = w.ok("xian1-jb", json!({"do": "national.diff", "school": ONE}));
    assert!(!masked.to_string().contains(&theirs[0].id_no), "{masked}");
    let sides = w.ok("xian1-jb", json!({"do": "national.diff", "school": ONE, "who": {"line": 5}}));
    assert!(!sides.to_string().contains(&theirs[0].id_no) && text(&sides["item"], "name") == theirs[0].name, "{sides}");
}
