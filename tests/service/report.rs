//! The board's report as a file: every figure with the cases behind it, and how it is counted.

use super::world::*;
use calamine::{Data, Reader, Xlsx};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::PathBuf;

/// Sheets by name, each as rows of texts.
type Sheets = BTreeMap<String, Vec<Vec<String>>>;

/// A county with one case overdue in its hands and one that it decided.
fn county() -> World {
    let mut world = World::new();
    world.at_county();
    let mut decided = world.at_county();
    world.act("xian1-jb", &mut decided, approve());
    world.act("xian1-fh", &mut decided, agree());
    world.today("2025-11-30T09:00");
    world
}

fn written(world: &World, name: &str) -> PathBuf {
    let path = world.store.home().join(name);
    let args =
        ["--as", "xian1-db", "report", "-o", path.to_str().unwrap(), "--from", "2025-09-01", "--until", "2025-11-30"];
    world.store.run_ok(&args);
    path
}

fn sheets(world: &World) -> Sheets {
    let bytes = std::fs::read(written(world, "report.xlsx")).unwrap();
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let texts = |row: &[Data]| row.iter().map(ToString::to_string).collect::<Vec<_>>();
    let names = book.sheet_names();
    names
        .into_iter()
        .map(|name| (name.clone(), book.worksheet_range(&name).unwrap().rows().map(texts).collect()))
        .collect()
}

/// The cell of a row that begins so, by the name of its column.
fn cell<'s>(sheet: &'s [Vec<String>], row: &str, column: &str) -> &'s str {
    let at = sheet[0].iter().position(|name| name == column).unwrap_or_else(|| panic!("no {column}: {:?}", sheet[0]));
    let found = sheet.iter().find(|cells| cells[0] == row).unwrap_or_else(|| panic!("no {row}: {sheet:?}"));
    &found[at]
}

#[test]
fn a_spreadsheet_holds_the_figures_of_the_board_and_the_cases_behind_each() {
    let mut world = county();
    let sheets = sheets(&world);
    assert!(sheets.keys().all(|name| name.starts_with("演练")), "{:?}", sheets.keys());
    let sheet = |name: &str| &sheets[&format!("演练 {name}")];
    let summary = world.ok("xian1-db", json!({"do": "board.summary"}));
    let lights = &summary["offices"][0]["lights"];
    let held = sheet("在手");
    for (column, field) in
        [("逾期", "overdue"), ("今日", "today"), ("将到", "near"), ("余", "green"), ("无时限", "none")]
    {
        assert_eq!(cell(held, "410782", column), lights[field].to_string(), "{column}");
    }
    assert_eq!(cell(held, "410782", "逾期"), "1");
    // The cases behind it are as many as the figure says, and they are those of the screen.
    let cases = sheet("在手各件");
    let overdue: Vec<&Vec<String>> = cases.iter().filter(|cells| cells[8] == "逾").collect();
    let shown = world.ok("xian1-db", json!({"do": "board.overdue"}));
    assert_eq!(
        (overdue.len() as u64, &overdue[0][0]),
        (shown["total"].as_u64().unwrap(), &text(&shown["items"][0]["id"]))
    );
    assert_eq!(overdue[0][7], text(&shown["items"][0]["due"]));
    // Rates, and the ended turns they rest on.
    let rates = world.ok("xian1-db", json!({"do": "board.rates", "from": "2025-09-01", "until": "2025-11-30"}));
    let by_office = sheet("办结率（机构）");
    assert_eq!(cell(by_office, "410782", "办结"), rates["offices"][0]["rate"]["ended"].to_string());
    let ended = sheet("办结各件");
    let counted = ended.iter().skip(1).filter(|cells| cells[4] == "一县教育局").count();
    assert_eq!(cell(by_office, "410782", "办结"), counted.to_string());
    // Every figure says how it is counted, and by which clock.
    let defined: Vec<&str> = sheet("各数的算法").iter().map(|cells| cells[0].as_str()).collect();
    for figure in ["在手", "逾期", "按时率", "均用", "未备案"] {
        assert!(defined.contains(&figure), "{figure}: {defined:?}");
    }
    assert_eq!(cell(sheet("说明"), "时段", "内容"), "2025-09-01 至 2025-11-30（办结、按时率、均用）");
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

#[test]
fn csv_and_text_say_the_same_and_another_ending_writes_nothing() {
    let world = county();
    let csv = std::fs::read(written(&world, "report.csv")).unwrap();
    assert!(csv.starts_with(b"\xEF\xBB\xBF"));
    let csv = String::from_utf8(csv).unwrap();
    assert!(csv.contains("演练 一县教育局学籍业务督办报告\r\n"), "{csv}");
    assert!(csv.contains("\r\n在手各件\r\n申请,业务,学生,") && csv.contains("\r\n各数的算法\r\n"), "{csv}");
    let page = std::fs::read_to_string(written(&world, "report.txt")).unwrap();
    assert!(page.contains("督办报告") && page.contains("各数的算法"), "{page}");
    let wrong = world.store.home().join("report.pdf");
    let out = world.store.run(&["--as", "xian1-db", "report", "-o", wrong.to_str().unwrap()]);
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains(".xlsx") && !wrong.exists());
    // Another county's board is nobody's report.
    let other = world.store.home().join("other.xlsx");
    let args = ["--as", "xian2-jb", "report", "-o", other.to_str().unwrap(), "--office", "410782"];
    assert_eq!(world.store.run(&args).status.code(), Some(4));
    assert!(!other.exists());
}

#[test]
fn a_supervisor_keeps_periods_of_his_own() {
    let mut world = World::new();
    let save = |name: &str, from: &str, until: &str| json!({"do": "board.save_period", "name": name, "from": from, "until": until});
    let list = json!({"do": "board.periods"});
    assert_eq!(world.ok("xian1-db", list.clone())["total"], 0);
    world.ok("xian1-db", save("秋季", "2025-09-01", "2025-12-31"));
    world.ok("xian1-db", save("国庆前", "2025-09-26", "2025-09-30"));
    // The same name again is the same period, changed.
    world.ok("xian1-db", save("秋季", "2025-09-01", "2026-01-31"));
    let kept = world.ok("xian1-db", list.clone());
    assert_eq!(kept["total"], 2);
    let autumn = kept["items"].as_array().unwrap().iter().find(|one| one["name"] == "秋季").unwrap();
    assert_eq!(autumn["until"], "2026-01-31");
    assert_eq!(world.ok("xian1-jb", list.clone())["total"], 0, "they are nobody else's");
    for (name, from, until) in [
        ("倒", "2025-02-01", "2025-01-31"),
        ("长", "2015-01-01", "2025-12-31"),
        ("", "2025-01-01", "2025-01-31"),
        ("有 空", "2025-01-01", "2025-01-31"),
    ] {
        assert_eq!(world.error("xian1-db", save(name, from, until))["kind"], "input", "{name}");
    }
    // One day is a period, too.
    world.ok("xian1-db", save("一日", "2025-09-26", "2025-09-26"));
    assert_eq!(world.error("xian1-db", json!({"do": "board.drop_period", "name": "春季"}))["kind"], "not_found");
    world.ok("xian1-db", json!({"do": "board.drop_period", "name": "国庆前"}));
    let names: Vec<String> =
        world.ok("xian1-db", list)["items"].as_array().unwrap().iter().map(|one| text(&one["name"])).collect();
    assert_eq!(names.len(), 2);
}
