//! The national template as a file: CSV in three encodings, and spreadsheets made on the spot.

use crate::newcomer::*;
use crate::world::*;
use rust_xlsxwriter::{Format, Workbook};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Three good rows, then one of each sort that files bring.
pub fn rows() -> Vec<BTreeMap<String, String>> {
    let mut rows: Vec<_> = (1..=3).map(cells).collect();
    let low = (0..200).map(|n| number("2010-04-01", 700 + n)).find(|number| number.ends_with('X')).unwrap();
    let sex = if low.as_bytes()[16] % 2 == 1 { "男" } else { "女" };
    rows.push(with_cells(4, &[("身份证件号", &low.to_lowercase()), ("出生日期", "20100401"), ("性别", sex)]));
    rows.push(BTreeMap::new());
    rows.push(with_cells(5, &[("身份证件号", &number("2010-03-05", 111)), ("姓名", "演练他人")]));
    rows.push(with_cells(5, &[("民族", "汗族"), ("学制", "两年制")]));
    rows.push(with_cells(6, &[("姓名", "阿米娜・演练"), ("家庭现地址", "=1+1")]));
    rows
}

const OUTCOMES: [&str; 8] =
    ["accepted", "accepted", "accepted", "accepted-normalised", "empty", "rejected", "rejected", "warning"];

pub fn outcomes(report: &Value) -> Vec<String> {
    report["rows"].as_array().unwrap().iter().map(|row| row["outcome"].as_str().unwrap().to_owned()).collect()
}

pub fn import(world: &World, name: &str, content: &[u8], more: &[&str]) -> Ran {
    let path = world.file(name, content);
    let fixed = ["import", "students", path.to_str().unwrap(), "--json", "--school", SCHOOL];
    let output = world.store.run(&[&fixed, more].concat());
    Ran {
        exit: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A spreadsheet of these rows; document numbers of the rows named are number cells.
pub fn xlsx(rows: &[BTreeMap<String, String>], title: Option<&str>, numbers: &[(usize, f64, &str)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let top = u32::from(title.is_some());
    if let Some(title) = title {
        sheet.merge_range(0, 0, 0, 72, title, &Format::new()).unwrap();
    }
    for (column, name) in headers().iter().enumerate() {
        sheet.write(top, column as u16, *name).unwrap();
    }
    for (row, cells) in table(rows).iter().enumerate() {
        for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(top + row as u32 + 1, column as u16, text).unwrap();
        }
    }
    let column = headers().iter().position(|name| *name == "身份证件号").unwrap() as u16;
    for (row, number, format) in numbers {
        let format = Format::new().set_num_format(*format);
        sheet.write_number_with_format(*row as u32 - 1, column, *number, &format).unwrap();
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn every_form_of_a_file_says_the_same_and_a_dry_run_what_the_real_one_does() {
    let world = world();
    let text = csv(&rows());
    let (gb, ..) = encoding_rs::GB18030.encode(&text);
    let forms = [
        ("in.csv", text.clone().into_bytes()),
        ("bom.csv", [b"\xEF\xBB\xBF", text.as_bytes()].concat()),
        ("gb.csv", gb.into_owned()),
        ("in.xlsx", xlsx(&rows(), None, &[])),
    ];
    let mut digests = Vec::new();
    for (name, content) in &forms {
        let ran = import(&world, name, content, &["--dry-run"]);
        let report = ran.json();
        assert_eq!((ran.exit, outcomes(&report)), (4, OUTCOMES.map(str::to_owned).to_vec()), "{name}: {}", ran.out);
        assert_eq!((&report["committed"], &report["counts"]["written"]), (&json!(false), &json!(5)), "{name}");
        let kinds = |at: usize| row(&report, at)["problems"].to_string();
        assert!(kinds(5).contains("id_lower_x") && kinds(8).contains("R10.2") && kinds(8).contains("not_in_code_set"));
        assert!(kinds(7).contains("id_duplicate_in_file") && kinds(7).contains("第2行"), "{}", kinds(7));
        assert_eq!(row(&report, 9)["normalised"]["姓名"], "阿米娜·演练");
        digests.push(report["digest"].as_str().unwrap().to_owned());
    }
    assert!(digests.windows(2).all(|pair| pair[0] == pair[1]), "the content counts, not the form: {digests:?}");
    assert_eq!(world.found("演练新"), [""; 0]);
    // Another file than the one that was looked at does not go in.
    let other = import(&world, "in.csv", csv(&rows()[..2]).as_bytes(), &["--digest", &digests[0]]);
    assert_eq!((other.exit, world.found("演练新").len()), (4, 0), "{}", other.err);
    let ran = import(&world, "in.csv", forms[0].1.as_slice(), &["--digest", &digests[0]]);
    let report = ran.json();
    assert_eq!(
        (ran.exit, &report["committed"], outcomes(&report)),
        (4, &json!(true), OUTCOMES.map(str::to_owned).to_vec())
    );
    assert!(ran.err.contains("有 2 行不符，其余各行已登记"), "{}", ran.err);
    assert_eq!(world.found("演练新").len(), 4);
    // The same once more adds nothing and says so.
    let entries = world.entries().len();
    let again = import(&world, "in.xlsx", &forms[3].1, &[]).json();
    assert_eq!((&again["counts"]["written"], &again["counts"]["unchanged"]), (&json!(0), &json!(5)), "{again}");
    assert!(row(&again, 2)["problems"].to_string().contains("already_here"));
    assert_eq!(world.entries().len(), entries);
    world.store.run_ok(&["verify"]);
}

#[test]
fn columns_come_in_any_order_and_unknown_ones_are_named() {
    let world = world();
    let mut columns = headers();
    columns.reverse();
    let line = |row: &BTreeMap<String, String>| {
        let cells: Vec<_> = columns.iter().map(|name| row.get(*name).cloned().unwrap_or_default()).collect();
        cells.join(",") + ",王老师\n"
    };
    let spaced: Vec<String> = columns.iter().map(|name| format!("\"{}\n \"", name)).collect();
    let text = format!("{},班主任\n{}{}", spaced.join(","), line(&cells(1)), line(&cells(2)));
    let report = import(&world, "in.csv", text.as_bytes(), &["--dry-run"]).json();
    assert_eq!((outcomes(&report), &report["unknown_columns"]), (vec!["accepted".into(); 2], &json!(["班主任"])));
    let missing = text.replacen("\"民族\n \"", "\"别的\"", 1);
    let report = import(&world, "in.csv", missing.as_bytes(), &["--dry-run"]).json();
    assert_eq!(row(&report, 1)["problems"][0]["kind"], "missing_column", "{report}");
}

#[test]
fn what_spreadsheets_spoil_is_named() {
    let world = world();
    let mut rows: Vec<_> = (1..=3).map(cells).collect();
    rows[0].insert("出生日期".into(), "40242".into());
    let spoiled = xlsx(&rows, None, &[(3, 410_782_201_003_051_200.0, "0"), (4, 410_782_201_003_051_300.0, "General")]);
    let report = import(&world, "in.xlsx", &spoiled, &["--dry-run"]).json();
    let first = |at: usize| {
        let problems = row(&report, at)["problems"].as_array().unwrap().clone();
        problems.into_iter().find(|problem| problem["severity"] == "block").unwrap_or_else(|| panic!("{report}"))
    };
    assert_eq!(first(2)["kind"], "excel_date_serial");
    assert_eq!((&first(3)["kind"], &first(3)["value"]), (&json!("id_tail_zeroed"), &json!("410782201003051000")));
    assert_eq!((&first(4)["kind"], &first(4)["value"]), (&json!("id_scientific"), &json!("4.10782E+17")));
    assert!(!report.to_string().contains("\\u001b"), "nothing that steers a terminal comes back");
}

#[test]
fn files_that_cannot_be_read_are_named_and_change_nothing() {
    let world = world();
    let whole = xlsx(&rows(), None, &[]);
    let locked: Vec<u8> = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), vec![0; 600]].concat();
    let package: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, content, word) in [
        ("cut.xlsx", whole[..whole.len() / 2].to_vec(), "损坏或不完整"),
        ("empty.xlsx", xlsx_empty(), "文件是空的"),
        ("none.xlsx", Vec::new(), "文件是空的"),
        ("locked.xlsx", [locked.clone(), package].concat(), "文件有密码"),
        ("bad.xls", locked, "损坏或不完整"),
        ("title.xlsx", xlsx(&rows(), Some("2025年秋季新生名册（演练）"), &[]), "首行不是列名"),
    ] {
        let ran = import(&world, name, &content, &[]);
        assert_eq!(ran.exit, 4, "{name}: {}{}", ran.out, ran.err);
        assert!(ran.err.contains(word), "{name}: {}", ran.err);
    }
    assert_eq!(world.found("演练新"), [""; 0]);
}

fn xlsx_empty() -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet();
    book.save_to_buffer().unwrap()
}

#[test]
fn a_school_brings_its_own_file_and_nobody_elses() {
    let world = world();
    let path = world.file("in.csv", csv(&rows()[..2]).as_bytes());
    let run = |account: &str, more: &[&str]| {
        let fixed = ["import", "students", path.to_str().unwrap(), "--as", account];
        world.store.run(&[&fixed, more].concat()).status.code().unwrap()
    };
    assert_eq!(run("sh", &[]), 1, "the second post registers nobody");
    assert_eq!(run("lr2", &["--school", SCHOOL]), 4, "another school");
    assert_eq!(run("keeper", &[]), 4, "which school?");
    assert_eq!(run(LR, &[]), 0);
    assert_eq!(world.found("演练新").len(), 2);
}

/// More notices than are shown, over more than one page of the report, and what must be mended in the last row.
#[test]
fn a_wrong_row_behind_a_thousand_notices_is_told_first() {
    let world = world();
    let born = |n: u32| format!("2010-03-{:02}", 1 + n / 800);
    let one = |n: u32| {
        let number = number(&born(n), n % 800 + 50);
        let sex = if number.as_bytes()[16] % 2 == 1 { "男" } else { "女" };
        with_cells(n, &[("身份证件号", &number), ("出生日期", &born(n).replace('-', "")), ("性别", sex)])
    };
    let mut rows: Vec<_> = (0..2_100).map(one).collect();
    rows.last_mut().unwrap().insert("学制".to_owned(), "二十年制".to_owned());
    let path = world.file("many.csv", csv(&rows).as_bytes());
    let fixed = ["import", "students", path.to_str().unwrap(), "--school", SCHOOL, "--dry-run"];
    let output = world.store.run(&[&fixed[..], &["--json"]].concat());
    let all: Value = serde_json::from_slice(&output.stdout).unwrap();
    let said: usize = all["rows"].as_array().unwrap().iter().map(|row| row["problems"].as_array().unwrap().len()).sum();
    assert!(said > 2_000, "namesakes born on the same day: {said}");
    let told = String::from_utf8(world.store.run(&fixed).stdout).unwrap();
    let lines: Vec<&str> = told.lines().filter(|line| line.starts_with('第')).collect();
    assert!(lines[0].starts_with("第2101行 错误 学制"), "{told}");
    assert_eq!(lines.len(), 40, "{told}");
    assert!(told.contains(&format!("……另有 {} 条", said - 40)), "{told}");
}
