//! Lists as files, and what the columns of other people's files mean.

use crate::new_students::import;
use crate::newcomer::*;
use crate::spoiled::sheet;
use crate::world::*;
use calamine::Data;
use serde_json::{Value, json};
use std::path::PathBuf;
use xueji::law::entry::fields::{FIELDS, NATIONAL};

/// Takes a list out as this account; where it lies, and what was said.
fn export(world: &World, account: &str, name: &str, more: &[&str]) -> (PathBuf, String) {
    let path = world.store.home().join(name);
    let what = more.first().copied().unwrap();
    let fixed = ["export", what, "-o", path.to_str().unwrap(), "--as", account];
    let said = world.store.run_ok(&[&fixed, &more[1..]].concat());
    (path, said)
}

fn with_students() -> World {
    let world = world();
    let rows: Vec<_> = (1..=3).map(cells).collect();
    let path = world.file("in.csv", csv(&rows).as_bytes());
    world.store.run_ok(&["import", "students", path.to_str().unwrap(), "--as", LR]);
    world.account("jb", "410782", &["handler"]);
    world.account("dc", "410782", &["supervisor"]);
    world
}

fn json(path: &PathBuf) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn what_was_typed_here_is_taken_in_there_as_it_was() {
    let here = with_students();
    let (book, said) = export(&here, LR, "学生.xlsx", &["students"]);
    assert!(said.contains("已导出学生 3 行") && !said.contains("遮盖"), "{said}");
    let rows = sheet(&book);
    let names: Vec<Data> = FIELDS.iter().map(|field| Data::String(field.name.to_owned())).collect();
    assert_eq!(rows[0], names, "the national template's columns in its order, then ours");
    let number = cells(1)["身份证件号"].clone();
    assert_eq!(rows[1][4], Data::String(number), "a text with all its digits");
    let (short, _) = export(&here, LR, "全国.xlsx", &["students", "--national"]);
    assert_eq!(sheet(&short)[0].len(), NATIONAL);
    let (csv, said) = export(&here, LR, "学生.csv", &["students"]);
    assert!(said.contains(".xlsx"), "long numbers suffer in CSV, and that is said: {said}");
    assert!(std::fs::read(&csv).unwrap().starts_with(b"\xEF\xBB\xBF"));
    let (before, _) = export(&here, LR, "学生.json", &["students"]);
    for file in [&book, &csv] {
        let there = world();
        let taken = there.store.run(&["import", "students", file.to_str().unwrap(), "--as", LR, "--json"]);
        let report: Value = serde_json::from_slice(&taken.stdout).unwrap();
        assert_eq!((&report["counts"]["written"], &report["unknown_columns"]), (&json!(3), &json!([])), "{report}");
        let (after, _) = export(&there, LR, "学生.json", &["students"]);
        assert_eq!(json(&after)["items"], json(&before)["items"], "{file:?}");
    }
}

#[test]
fn numbers_are_masked_but_for_those_who_need_them_and_every_taking_is_journalled() {
    let world = with_students();
    let entries = world.entries().len();
    let number = cells(1)["身份证件号"].clone();
    let (path, said) = export(&world, "jb", "a.json", &["students"]);
    let first = &json(&path)["items"][0];
    assert!(said.contains("已遮盖") && !first.to_string().contains(&number), "{first}");
    assert!(
        first["身份证件号"].as_str().unwrap().contains('*') && first["学籍号"].as_str().unwrap().contains('*'),
        "{first}"
    );
    let (path, _) = export(&world, "jb", "b.json", &["students", "--reveal"]);
    assert_eq!(json(&path)["items"][0]["身份证件号"], json!(number));
    let journal = world.entries();
    let taken: Vec<String> = journal[entries..].iter().map(Value::to_string).collect();
    assert_eq!(taken.len(), 2);
    assert!(taken.iter().all(|entry| entry.contains("lists.export") && !entry.contains(&number)), "{taken:?}");
    assert!(taken[1].contains("reveal\\\":true") || taken[1].contains("\"reveal\":true"), "{}", taken[1]);
    // Another school's clerk has nobody to take out, and nobody else's school to name.
    let (path, said) = export(&world, "lr2", "c.json", &["students"]);
    assert!(said.contains("0 行") && json(&path)["items"] == json!([]), "{said}");
    let other = world.store.home().join("d.json");
    let ran =
        world.store.run(&["export", "students", "-o", other.to_str().unwrap(), "--as", "lr2", "--school", SCHOOL]);
    assert_eq!((ran.status.code(), other.exists()), (Some(4), false), "{}", String::from_utf8_lossy(&ran.stderr));
    // On the wire nothing is given before the taking is journalled.
    let mut call = world.store.call_as("jb");
    let refused = call.ask(json!({"do": "lists.students", "count": 10}));
    assert!(refused["error"]["message"].as_str().unwrap().contains("lists.export"), "{refused}");
}

#[test]
fn every_list_comes_in_every_form() {
    let world = with_students();
    for what in ["queue", "students", "certificates", "alerts", "board"] {
        for ending in ["xlsx", "csv", "json"] {
            let name = format!("{what}.{ending}");
            let account = if what == "board" { "dc" } else { "jb" };
            let (path, said) = export(&world, account, &name, &[what]);
            assert!(said.contains("已导出"), "{said}");
            let mode = std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(&path).unwrap());
            assert_eq!(mode & 0o777, 0o600, "{name}: nobody else reads it");
            if ending == "json" {
                assert_eq!(json(&path)["exercise"], json!(true), "{name} says that it is 演练");
            }
        }
    }
    let wrong = world.store.run(&["export", "queue", "-o", "x.pdf"]);
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn columns_of_others_are_named_saved_applied_listed_and_dropped() {
    let world = world();
    let text = csv(&[cells(1), cells(2)]).replacen("身份证件号", "证件 号", 1).replacen("民族", "族别", 1);
    let plain = import(&world, "in.csv", text.as_bytes(), &["--dry-run"]);
    assert_eq!(plain.exit, 4);
    let save = ["--dry-run", "--map", "证件号=身份证件号", "--map", "族别=民族", "--save-mapping", "招办表"];
    let ran = import(&world, "in.csv", text.as_bytes(), &save);
    assert_eq!((ran.exit, &ran.json()["counts"]["written"]), (0, &json!(2)), "{}{}", ran.out, ran.err);
    let listed = world.store.run_ok(&["mappings"]);
    assert!(listed.contains("招办表") && listed.contains("证件号=身份证件号"), "{listed}");
    let ran = import(&world, "in.csv", text.as_bytes(), &["--mapping", "招办表"]);
    assert_eq!((ran.exit, &ran.json()["counts"]["written"]), (0, &json!(2)), "{}{}", ran.out, ran.err);
    for (more, word) in [
        (["--map", "没有的列=民族"], "文件里没有这些列：没有的列"),
        (["--map", "民族"], "应写作"),
        (["--mapping", "别的"], "没有存过"),
    ] {
        let ran = import(&world, "in.csv", text.as_bytes(), &more);
        assert!(ran.exit != 0 && ran.err.contains(word), "{more:?}: {}", ran.err);
    }
    let mut keeper = world.keeper();
    let wrong = keeper.ask(json!({"do": "mappings.save", "name": "错", "columns": {"甲": "没有这一栏"}}));
    assert!(wrong["error"]["message"].as_str().unwrap().contains("没有这一栏"), "{wrong}");
    // They belong to the office that saved them.
    let mut school = world.store.call_as(LR);
    assert_eq!(school.ok(json!({"do": "mappings.list"}))["items"], json!([]));
    school.ok(json!({"do": "mappings.save", "name": "本校表", "columns": {"名 字": "姓名"}}));
    assert_eq!(school.ok(json!({"do": "mappings.list"}))["items"][0]["columns"], json!({"名字": "姓名"}));
    world.store.run_ok(&["mappings", "--drop", "招办表"]);
    assert!(world.store.run_ok(&["mappings"]).contains("没有存过"));
    world.store.run_ok(&["verify"]);
}
