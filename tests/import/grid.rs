//! The grid as a school's registrar has it: the sample's four hundred rows copied from a spreadsheet.

use crate::desk::{desk, drafts};
use crate::newcomer::LR;
use crate::support::pty::Desk;
use crate::support::store::temp_exercise;
use crate::support::{TempStore, until};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

const ENTER: &str = "\r";
const CTRL_S: &str = "\x13";
const CTRL_U: &str = "\x15";

fn open(store: &TempStore) -> Desk {
    desk(store, LR, 120, 40)
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples")
}

/// The sample's rows as a spreadsheet copies them.
fn copied(rows: &[Vec<String>]) -> String {
    let cell = |cell: &String| {
        if cell.contains(['\t', '\n', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
    };
    rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("\t") + "\r\n").collect()
}

fn sample_rows() -> Vec<Vec<String>> {
    let bytes = std::fs::read(samples().join("new_students_2025.csv")).unwrap();
    let (text, ..) = encoding_rs::GB18030.decode(&bytes);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(|cell| cell.replace("\r\n", "\n")).collect()).collect()
}

/// Outcomes by row number as the screen shows them, page by page.
fn shown(desk: &mut Desk, last: u32) -> BTreeMap<u32, String> {
    let number = |line: &str| line.trim_start_matches('>').split_whitespace().next()?.parse::<u32>().ok();
    let top = move |screen: &str| screen.lines().skip(4).find_map(number);
    let mut outcomes = BTreeMap::new();
    desk.send("g");
    desk.wait_for(|now| top(now) == Some(2), "the first page");
    loop {
        desk.settle(Duration::from_millis(100));
        let screen = desk.screen();
        for line in screen.lines().skip(4) {
            let mut words = line.trim_start_matches('>').split_whitespace();
            let (Some(number), Some(word)) = (words.next(), words.next()) else { continue };
            if let Ok(number) = number.parse()
                && ["可存", "已整理", "请看", "有错", "空行", "未核对"].contains(&word)
            {
                outcomes.insert(number, word.to_owned());
            }
        }
        if outcomes.contains_key(&last) {
            return outcomes;
        }
        desk.send("\x1b[6~");
        desk.wait_for(|now| top(now) > top(&screen), "the next page");
    }
}

#[test]
fn four_hundred_rows_pasted_into_the_grid_give_the_verdicts_of_the_file() {
    let store = temp_exercise("410000");
    for (kind, file) in
        [("offices", "offices.csv"), ("schools", "schools.csv"), ("qualifications", "qualifications_2025.csv")]
    {
        store.run_ok(&["--as", "keeper", "import", kind, samples().join(file).to_str().unwrap()]);
    }
    let mut keeper = store.call_as("keeper");
    keeper.ok(json!({"do": "exercise.today", "at": "2025-09-20"}));
    // Those two of the district's roster whose numbers the file brings again.
    let roster = store.home().join("roster.csv");
    let head = "school_code,student_no,name,sex,birth_date,id_kind,id_no,nation,entry_month,entry_kind,major_code,major_name,\
        study_form,duration_years,planned_grad,campus,class_name,status,compulsory_until,registered_on,filed_on";
    let there = |school: &str, number: &str, name: &str, sex: &str, born: &str, major: &str| {
        format!(
            "{school},G{number},{name},{sex},{born},居民身份证,{number},汉族,202409,应届,{major},全日制,3,2027-07,本部,24级1班,在读,,2024-09-22,2024-11-12\n"
        )
    };
    let rows = there("3641901002", "41078120090529236X", "演练甲", "女", "20090529", "710202,计算机网络技术")
        + &there("3641901008", "410506200901021393", "演练乙", "男", "20090102", "730301,会计事务");
    std::fs::write(&roster, format!("{head}\n{rows}")).unwrap();
    store.run_ok(&["--as", "keeper", "import", "students", roster.to_str().unwrap()]);
    let account = json!({"id": LR, "revision": 0, "person": LR, "name": "演练录入", "office": "3641901001",
        "posts": ["entry"], "os_user": null, "active": true});
    keeper.ok(json!({"do": "accounts.put", "account": account}));

    let mut desk = open(&store);
    desk.send("3");
    desk.wait_text(">姓名");
    let all = sample_rows();
    desk.paste(&copied(&all));
    desk.wait_text("粘贴表 401 行 73 栏");
    let counted = desk.wait_for(|screen| screen.contains("空行 1"), "the verdicts");
    assert!(counted.contains("按栏目名对应"), "{counted}");
    let outcomes = shown(&mut desk, 402);
    let key: Value =
        serde_json::from_str(&std::fs::read_to_string(samples().join("expected_import.json")).unwrap()).unwrap();
    let word = |outcome: &str| match outcome {
        "accepted" => "可存",
        "accepted-normalised" => "已整理",
        "warning" => "请看",
        "rejected" => "有错",
        _ => "空行",
    };
    let mut wrong = Vec::new();
    for row in key["rows"].as_array().unwrap() {
        let number = u32::try_from(row["row"].as_u64().unwrap()).unwrap();
        let also = row["also_ok"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let allowed: Vec<&str> = also.chain(row["outcome"].as_str()).map(word).collect();
        if !outcomes.get(&number).is_some_and(|shown| allowed.contains(&shown.as_str())) {
            wrong.push(format!("{number}: {:?}, wanted {allowed:?}", outcomes.get(&number)));
        }
    }
    assert_eq!(outcomes.len(), 401);
    assert_eq!(wrong, [] as [String; 0]);
    // What was pasted cannot steer the terminal.
    assert!(!desk.screen().contains('\x07'));

    // The good rows go in, the wrong ones stay, numbered as they were.
    let bad = outcomes.values().filter(|word| *word == "有错").count();
    desk.send(CTRL_S);
    desk.wait_text(&format!("登记 {} 行可存的", 400 - bad));
    desk.send(ENTER);
    desk.wait_text(&format!("已登记 {} 名；表中还有 {bad} 行待改正", 400 - bad));
    let todo = store.call_as(LR).ok(json!({"do": "entry.todo", "count": 1}));
    assert_eq!(todo["total"], 400 - bad);

    // One is put right in its place: it is good at once, and goes in by itself.
    desk.send("g");
    let name = all[38][0].clone();
    let first = |row: &str| row.starts_with('>') && row.trim_start_matches('>').trim_start().starts_with("39 ");
    desk.wait_for(|screen| screen.lines().any(first), "the first of the wrong rows");
    // Wherever in the row the cursor stands: all wrong cells come in turn, this one as well.
    while !desk.screen().contains("民族：汗族") {
        let before = desk.screen();
        desk.send("n");
        desk.wait_for(|now| now != before, "the next wrong cell");
    }
    desk.send(ENTER);
    desk.wait_text("改 民族");
    desk.send(&format!("{CTRL_U}汉族{ENTER}"));
    // Rows that stand twice in the file hold now, too: they are registered, and nothing is added by them.
    let good = |screen: &str| screen.lines().any(|row| row.trim_start_matches('>').trim_start().starts_with("39 可存"));
    desk.wait_for(good, "it is good");
    desk.send(CTRL_S);
    desk.wait_text("行可存的");
    desk.send(ENTER);
    desk.wait_text("已登记 1 名");
    let found = store.call_as(LR).ok(json!({"do": "students.find", "text": name}));
    assert!(!found["items"].as_array().unwrap().is_empty(), "{name}");

    // What is left in the grid is a draft, too.
    desk.send("\x1b");
    until("the draft", || drafts(&store, LR).into_iter().find(|draft| draft["slot"] == "grid"));
    desk.kill9();
    let mut again = open(&store);
    again.wait_text("份未完成的草稿");
    again.send("3");
    again.wait_text(">姓名");
    again.send("\x1bOR");
    again.wait_for(|screen| screen.contains("粘贴表 3") && screen.contains("有错 3"), "the rows that are left");
}
