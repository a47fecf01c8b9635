//! Rows that stay out, as a file that is put right and brought again; and files that cannot be read at all.

use crate::new_students::{import, outcomes, rows, xlsx};
use crate::newcomer::*;
use crate::world::*;
use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::Workbook;
use serde_json::json;
use std::fs::File;
use std::io::Cursor;
use std::path::Path;

/// The cells of the first sheet of a file.
pub fn sheet(path: &Path) -> Vec<Vec<Data>> {
    let mut book = Xlsx::new(Cursor::new(std::fs::read(path).unwrap())).unwrap();
    let name = book.sheet_names()[0].clone();
    assert!(book.worksheet_formula(&name).unwrap().cells().next().is_none(), "nothing is calculated");
    book.worksheet_range(&name).unwrap().rows().map(<[Data]>::to_vec).collect()
}

fn text(cell: &Data) -> String {
    match cell {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => panic!("{other:?} is no text"),
    }
}

/// A workbook of these texts.
fn book(rows: &[Vec<String>]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// What would set a terminal's title.
const STEERING: &str = "演练村\u{1b}]0;x\u{7}\n3号";

/// One row that is good, and two that are not: in one stands whatever does harm elsewhere.
fn harmful(household: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let harm = [
        ("民族", "汗族"),
        ("家庭现地址", "=HYPERLINK(\"http://x\",\"y\")"),
        ("户口所在地区县以下详细地址", household),
        ("成员1职务", "@SUM(A1)"),
    ];
    vec![cells(1), with_cells(2, &harm), with_cells(3, &[("学制", "二十年制")])]
}

#[test]
fn rows_that_stay_out_are_put_right_in_a_spreadsheet_and_brought_again() {
    let world = world();
    let list = world.store.home().join("不符.xlsx");
    let more = ["--errors", list.to_str().unwrap()];
    let ran = import(&world, "in.xlsx", &xlsx(&harmful(STEERING), None, &[]), &more);
    assert_eq!((ran.exit, outcomes(&ran.json())), (4, ["accepted", "rejected", "rejected"].map(Into::into).to_vec()));
    let cells = sheet(&list);
    let mut texts: Vec<Vec<String>> = cells.iter().map(|row| row.iter().map(text).collect()).collect();
    let at = |name: &str| texts[0].iter().position(|cell| cell == name).unwrap();
    let (number, reason, nation, years) = (at("原行号"), at("不符原因"), at("民族"), at("学制"));
    let (address, household) = (at("家庭现地址"), at("户口所在地区县以下详细地址"));
    assert_eq!(texts[0][..73], headers().map_to_owned());
    assert_eq!((texts.len(), texts[1][number].as_str(), texts[2][number].as_str()), (3, "3", "4"));
    assert!(texts[1][reason].contains("控制序列") && texts[2][reason].contains("学制："), "{texts:?}");
    assert_eq!(texts[1][address], "=HYPERLINK(\"http://x\",\"y\")", "a text, as it came");
    assert!(!texts[1][household].contains(|c: char| c.is_control() && c != '\n'), "{:?}", texts[1][household]);
    // The number of the document keeps all its digits.
    assert_eq!(cells[1][at("身份证件号")], Data::String(harmful(STEERING)[1]["身份证件号"].clone()));

    texts[1][nation] = "汉族".into();
    texts[2][years] = "三年制".into();
    let ran = import(&world, "again.xlsx", &book(&texts), &[]);
    let report = ran.json();
    assert_eq!((ran.exit, &report["counts"]["written"]), (0, &json!(2)), "{report}");
    assert_eq!(report["unknown_columns"], json!([]), "our own columns are known");
    assert_eq!(world.found("演练新").len(), 3);
    // What stands in the store is text as well.
    let out = world.store.home().join("out.json");
    world.store.run_ok(&["export", "students", "-o", out.to_str().unwrap()]);
    let kept = std::fs::read_to_string(out).unwrap();
    assert!(kept.contains("=HYPERLINK") && kept.contains("@SUM(A1)") && !kept.contains("\\u001b"), "{kept}");
}

trait Owned {
    fn map_to_owned(self) -> Vec<String>;
}

impl Owned for Vec<&str> {
    fn map_to_owned(self) -> Vec<String> {
        self.into_iter().map(str::to_owned).collect()
    }
}

#[test]
fn a_list_as_csv_says_the_same_when_it_is_brought_as_it_is() {
    let world = world();
    let list = world.store.home().join("list.csv");
    let more = ["--dry-run", "--errors", list.to_str().unwrap()];
    let first = import(&world, "in.csv", csv(&harmful("演练村\n3号")).as_bytes(), &more).json();
    let bytes = std::fs::read(&list).unwrap();
    assert!(bytes.starts_with(b"\xEF\xBB\xBF"));
    let written = String::from_utf8(bytes.clone()).unwrap();
    assert!(
        written.contains("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"") && written.contains("'@SUM(A1)"),
        "{written}"
    );
    let again = import(&world, "list.csv", &bytes, &["--dry-run"]).json();
    assert_eq!(outcomes(&again), ["rejected", "rejected"]);
    let blocks = |report: &serde_json::Value, at: usize| {
        let problems = row(report, at)["problems"].as_array().unwrap().clone();
        let hard = problems.into_iter().filter(|problem| problem["severity"] != "hint");
        hard.map(|problem| (problem["kind"].clone(), problem["value"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(blocks(&again, 2), blocks(&first, 3), "the marks of texts are gone again");
    assert_eq!(blocks(&again, 3), blocks(&first, 4));
}

#[test]
fn a_wrong_header_puts_its_reason_beside_the_first_row() {
    let world = world();
    let list = world.store.home().join("list.xlsx");
    let text = csv(&harmful("演练村\n3号")).replacen("民族", "别的", 1);
    let ran = import(&world, "in.csv", text.as_bytes(), &["--errors", list.to_str().unwrap()]);
    assert_eq!(ran.exit, 4);
    let cells = sheet(&list);
    assert_eq!(cells.len(), 4, "no row was looked at, so all of them are in the list");
    assert!(text_of_last(&cells[1]).contains("缺少“民族”一列"), "{cells:?}");
    let other = world.store.run(&["import", "students", "x.csv", "--errors", "list.pdf"]);
    assert_eq!(other.status.code(), Some(4), "the file is looked for first");
}

fn text_of_last(row: &[Data]) -> String {
    text(row.last().unwrap())
}

#[test]
fn what_a_spreadsheet_did_to_cells_is_named() {
    let world = world();
    let spoiled = [
        ("身份证件号", "4.10782E+17", "id_scientific"),
        ("身份证件号", "410782201003051000", "id_tail_zeroed"),
        ("身份证件号", "410782100305123", "id_15_digits"),
        ("出生日期", "40242", "excel_date_serial"),
        ("入学年月", "45901", "excel_date_serial"),
        ("联系电话", "1.39E+10", "phone"),
        ("家庭邮政编码", "53600", "postcode"),
        ("准考证号", "2.02541E+11", "excel_scientific"),
        ("家庭现地址", "=A1&B1", "formula_text"),
        ("户口所在地行政区划码", "4.10782E+11", "excel_scientific"),
        ("班级名称", "#N/A", "excel_error"),
        ("民族", "#NAME?", "excel_error"),
        ("姓名", "#REF!", "excel_error"),
    ];
    let rows: Vec<_> = (1..).zip(&spoiled).map(|(n, (column, value, _))| with_cells(n, &[(column, value)])).collect();
    let report = import(&world, "in.csv", csv(&rows).as_bytes(), &["--dry-run"]).json();
    for (at, (column, value, kind)) in spoiled.iter().enumerate() {
        let problems = row(&report, at + 2)["problems"].as_array().unwrap().clone();
        let named = problems.iter().any(|problem| problem["column"] == *column && problem["kind"] == *kind);
        assert!(named, "{column} {value}: {problems:?}");
    }
}

#[test]
fn cleaning_is_reported_cell_by_cell() {
    let world = world();
    let rows = [
        with_cells(1, &[("民族", " 汉族 ")]),
        with_cells(2, &[("民族", "汉族\u{A0}")]),
        with_cells(3, &[("姓名", "演\u{200B}练新丁")]),
    ];
    let report = import(&world, "in.csv", csv(&rows).as_bytes(), &["--dry-run"]).json();
    for (at, column, kind, to) in
        [(2, "民族", "spaces", "汉族"), (3, "民族", "nbsp", "汉族"), (4, "姓名", "stripped", "演练新丁")]
    {
        let said = row(&report, at);
        assert_eq!((&said["outcome"], &said["normalised"][column]), (&json!("accepted-normalised"), &json!(to)));
        let problems = said["problems"].as_array().unwrap();
        assert!(problems.iter().any(|problem| problem["column"] == column && problem["kind"] == kind), "{said}");
    }
}

#[test]
fn files_that_are_no_lists_are_refused_whole_and_change_nothing() {
    let world = world();
    let before = world.entries().len();
    let home = world.store.home().to_owned();
    let sparse = |name: &str, head: &[u8]| {
        let path = home.join(name);
        std::fs::write(&path, head).unwrap();
        File::options().write(true).open(&path).unwrap().set_len(1 << 30).unwrap();
        path
    };
    let two_rows =
        [["学生", "", "家庭", ""], ["姓名", "性别", "成员1姓名", "成员1关系"], ["演练", "男", "演练", "父亲"]];
    let merged = two_rows.map(|row| row.map(str::to_owned).to_vec());
    let cut = xlsx(&rows(), None, &[]);
    let write = |name: &str, content: &[u8]| world.file(name, content);
    for (path, word) in [
        (sparse("1g.csv", b"code\n"), "超过 256 MiB"),
        (sparse("1g.xlsx", b"PK\x03\x04"), "超过 256 MiB"),
        (sparse("1g.xls", b"\xD0\xCF\x11\xE0"), "超过 24 MiB"),
        (write("merged.xlsx", &book(&merged)), "首行第 B 列没有列名"),
        (write("merged.csv", "学生,,家庭\n姓名,性别,成员\n".as_bytes()), "首行第 B 列没有列名"),
        (write("utf16.csv", b"\xFF\xFEc\x00o\x00"), "既不是 UTF-8 也不是 GB18030"),
        (write("cut.xlsx", &cut[..cut.len() - 500]), "损坏或不完整"),
        (write("picture.xlsx", b"PK\x03\x04 and then nothing of a book"), "损坏或不完整"),
        (write("open.csv", format!("code,name\n1,\"甲{}", "x,y\n".repeat(20_000)).as_bytes()), "太长"),
        (home.clone(), "不是文件"),
        (home.join("none.csv"), "没有这个文件"),
    ] {
        let output = world.store.run(&["import", "students", path.to_str().unwrap(), "--school", SCHOOL]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(4), "{path:?}: {said}");
        assert!(said.contains(word), "{path:?}: {said}");
    }
    assert_eq!((world.entries().len(), world.found("演练新").len()), (before, 0));
}
