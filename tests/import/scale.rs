//! Long files: some rows at a time, with a word about how far it has come, and nothing lost when it is cut short.

use crate::newcomer::*;
use crate::support::pty::Desk;
use serde_json::{Value, json};

/// So many rows of different persons.
fn many(rows: u32) -> String {
    let born = |n: u32| format!("2010-{:02}-{:02}", 1 + n / 900 % 12, 1 + n / 10_800 % 28);
    let wanted = (0..rows).map(|n| {
        let born = born(n);
        let number = number(&born, n % 900);
        let sex = if number.as_bytes()[16] % 2 == 1 { "男" } else { "女" };
        with_cells(n, &[("身份证件号", &number), ("出生日期", &born.replace('-', "")), ("性别", sex)])
    });
    csv(&wanted.collect::<Vec<_>>())
}

/// The lines that bring this file.
fn staged(text: &str) -> Value {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<Vec<String>> = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    json!({"do": "import.stage", "kind": "newstudents", "columns": columns, "from": 0, "rows": rows})
}

#[test]
fn what_was_taken_in_before_the_line_broke_stays_and_the_rest_follows() {
    let world = world();
    let text = many(9);
    let entries = world.entries().len();
    let mut call = world.store.call_as(LR);
    let digest = call.ok(staged(&text))["digest"].clone();
    let ask = json!({"do": "import.commit", "kind": "newstudents", "digest": digest, "count": 2});
    for done in [2, 4] {
        let so_far = call.ok(ask.clone());
        assert_eq!((&so_far["done"], &so_far["of"]), (&json!(done), &json!(9)), "{so_far}");
        assert_eq!((&so_far["counts"]["written"], &so_far["committed"]), (&json!(done), &json!(false)));
    }
    drop(call);
    assert_eq!(world.found("演练新").len(), 4, "two steps are there");
    let path = world.file("in.csv", text.as_bytes());
    let run = || world.store.run_ok(&["import", "students", path.to_str().unwrap(), "--as", LR]);
    let said = run();
    assert!(said.contains("写入 5 条，已在库中未改动 4 条"), "{said}");
    assert_eq!((world.found("演练新").len(), world.entries().len()), (9, entries + 3));
    let said = run();
    assert!(said.contains("没有新增：9 条都已在库中"), "{said}");
    assert_eq!(world.entries().len(), entries + 3, "nothing is journalled where nothing was done");
    world.store.run_ok(&["verify"]);
}

#[test]
fn a_dry_run_goes_the_same_way_and_writes_nothing() {
    let world = world();
    let text = many(5);
    let mut call = world.store.call_as(LR);
    let digest = call.ok(staged(&text))["digest"].clone();
    let ask =
        |dry: bool| json!({"do": "import.commit", "kind": "newstudents", "digest": digest, "count": 3, "dry_run": dry});
    assert_eq!(call.ok(ask(true))["done"], 3);
    // Another mind: what was judged begins anew, for this time it is written.
    assert_eq!(call.ok(ask(false))["done"], 3);
    let whole = call.ok(ask(false));
    assert_eq!((&whole["counts"]["written"], &whole["committed"]), (&json!(5), &json!(true)), "{whole}");
    let report = call.ok(json!({"do": "import.report", "count": 100}));
    let rows: Vec<u64> = report["items"].as_array().unwrap().iter().map(|row| row["row"].as_u64().unwrap()).collect();
    assert_eq!(rows, [2, 3, 4, 5, 6]);
    // A double further down than one step is still one.
    let twice = format!("{text}{}\n", text.lines().nth(1).unwrap());
    let digest = call.ok(staged(&twice))["digest"].clone();
    let ask = json!({"do": "import.commit", "kind": "newstudents", "digest": digest, "count": 2, "dry_run": true});
    let mut answer = call.ok(ask.clone());
    while answer["done"].is_number() {
        answer = call.ok(ask.clone());
    }
    assert_eq!((&answer["counts"]["rejected"], &answer["counts"]["unchanged"]), (&json!(1), &json!(5)), "{answer}");
}

/// The lines that bring the rows of this one in pieces of so many, judged as they arrive if that is wanted.
fn in_pieces(line: &Value, pieces: &[usize], check: bool) -> Vec<Value> {
    let rows = line["rows"].as_array().unwrap();
    let mut from = 0;
    let mut lines = Vec::new();
    for many in pieces {
        let mut piece = line.clone();
        (piece["from"], piece["rows"]) = (json!(from), json!(rows[from..from + many]));
        if from > 0 {
            piece.as_object_mut().unwrap().remove("columns");
        } else if check {
            piece["check"] = json!({});
        }
        from += many;
        lines.push(piece);
    }
    assert_eq!(from, rows.len());
    lines
}

#[test]
fn rows_that_are_judged_as_they_arrive_are_judged_the_same() {
    let world = world();
    // A double of the first row and one with a wrong digit, both beyond the first step.
    let text = many(2100);
    let first = text.lines().nth(1).unwrap();
    let wrong = first.replacen("演练新", "演练误", 1).replacen("0101", "0102", 1);
    assert_ne!(wrong, first);
    let line = staged(&format!("{text}{first}\n{wrong}\n"));
    let pieces = [&[200; 9][..], &[199, 1, 102]].concat();
    let mut call = world.store.call_as(LR);
    let mut judged = |check: bool| {
        let staged: Vec<Value> = in_pieces(&line, &pieces, check).into_iter().map(|line| call.ok(line)).collect();
        let checked: Vec<Value> = staged.iter().map(|answer| answer["checked"].clone()).collect();
        let ask =
            json!({"do": "import.commit", "kind": "newstudents", "digest": staged[11]["digest"], "dry_run": true});
        let told = call.ok(ask.clone());
        assert_eq!(told["digest"], staged[11]["digest"]);
        let report = call.ok(json!({"do": "import.report", "count": 5000}));
        assert_eq!(call.ok(ask), told, "once more, from the beginning");
        (checked, told, report)
    };
    let (checked, told, report) = judged(true);
    assert!(checked[..10].iter().all(|done| *done == 0), "one row is lacking: {checked:?}");
    assert_eq!(checked[10..], [json!(2000), json!(2000)]);
    assert_eq!((&told["counts"]["rejected"], &told["counts"]["written"]), (&json!(2), &json!(2100)), "{told}");
    let (checked, plain, plainly) = judged(false);
    assert!(checked.iter().all(Value::is_null));
    assert_eq!((&told, &report), (&plain, &plainly));
    // What is written is judged by itself.
    let ask = json!({"do": "import.commit", "kind": "newstudents", "digest": told["digest"]});
    assert_eq!(call.ok(ask)["counts"]["written"], 2100);
}

#[test]
fn what_was_judged_on_one_day_is_no_answer_on_another() {
    let world = world();
    let line = staged(&many(2000));
    let mut call = world.store.call_as(LR);
    let staged = in_pieces(&line, &[200; 10], true).into_iter().map(|line| call.ok(line)).last().unwrap();
    assert_eq!(staged["checked"], 2000);
    let ask = |today: Value| {
        let digest = staged["digest"].clone();
        json!({"do": "import.commit", "kind": "newstudents", "digest": digest, "dry_run": true, "today": today})
    };
    // In the next summer the registration of autumn is long over.
    let late = call.ok(ask(json!("2026-06-01T09:00:00+08:00")));
    assert_eq!((&late["counts"]["rejected"], &late["counts"]["written"]), (&json!(2000), &json!(0)), "{late}");
}

#[test]
fn a_header_that_is_wrong_is_told_by_the_dry_run_and_once() {
    let world = world();
    let mut line = staged(&many(2000));
    line["columns"][0] = json!("别的");
    let mut call = world.store.call_as(LR);
    let staged = in_pieces(&line, &[200; 10], true).into_iter().map(|line| call.ok(line)).last().unwrap();
    assert_eq!(staged["checked"], 0);
    let ask = json!({"do": "import.commit", "kind": "newstudents", "digest": staged["digest"], "dry_run": true});
    assert_eq!(call.ok(ask)["counts"]["rejected"], 1);
    let report = call.ok(json!({"do": "import.report", "count": 10}));
    assert_eq!((&report["total"], &report["items"][0]["row"]), (&json!(1), &json!(1)), "{report}");
}

#[test]
fn the_same_command_is_answered_the_same_and_done_once() {
    let world = world();
    let text = many(4);
    let id = "6f0c5be0-7a3e-4f2b-9a55-1c2d3e4f5a6b";
    let run = || {
        let mut call = world.store.call_as(LR);
        let digest = call.ok(staged(&text))["digest"].clone();
        let ask = json!({"do": "import.commit", "command": id, "kind": "newstudents", "digest": digest, "count": 2});
        let mut answer = call.ok(ask.clone());
        while answer["done"].is_number() {
            answer = call.ok(ask.clone());
        }
        answer
    };
    let first = run();
    assert_eq!(first["counts"]["written"], 4);
    assert_eq!(run(), first);
}

#[test]
fn a_terminal_is_told_how_far_it_has_come_and_how_long_it_will_take() {
    let world = world();
    let path = world.file("in.csv", many(2500).as_bytes());
    let args = ["import", "students", path.to_str().unwrap(), "--as", LR, "--data", world.store.data_arg()];
    let home = world.store.home().to_str().unwrap();
    let desk = Desk::start(&args, &[("HOME", home)], 100, 30);
    desk.wait_text("约余");
    desk.wait_text("写入 2500 条");
}
