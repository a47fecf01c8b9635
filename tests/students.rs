//! Finding students and reading their records, through the program: initials with the readings of surnames, tails of
//! numbers, jurisdiction, numbers that are masked until somebody asks for them and the journal has it.

// Helpers of tests may fail as tests do; the lint's own exception knows only functions marked as tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;
#[allow(dead_code, unreachable_pub, reason = "shared with the tests of the service")]
#[path = "service/world.rs"]
mod world;

use serde_json::{Value, json};
use support::pty::Desk;
use world::{World, X1, X2, X3};

/// Puts somebody into a school's files.
fn put(w: &mut World, school: &str, name: &str, id_no: &str) -> String {
    let student = json!({"id": "S0000000", "revision": 0, "student_no": format!("G{id_no}"), "name": name, "sex": "M",
        "birth": "2008-01-01", "id_kind": "1", "id_no": id_no, "ethnic": "汉族", "school": school, "campus": "本部",
        "class_name": "1班", "major": world::ORDINARY, "study_form": "全日制", "half_years": 6, "entry": "2024-09-01",
        "planned_grad": "2027-07-01", "status": "在读", "status_since": "2024-11-20", "suspension": null,
        "compulsory_until": null, "history": [
            {"from": null, "to": "已注册未备案", "on": "2024-09-01", "application": null, "article": "8"},
            {"from": "已注册未备案", "to": "在读", "on": "2024-11-20", "application": null, "article": "10"}]});
    w.keeper.ok(json!({"do": "students.put", "student": student}))["student"].as_str().unwrap().to_owned()
}

/// Names found, in order.
fn find(w: &mut World, account: &str, text: &str) -> Vec<String> {
    let list = w.ok(account, json!({"do": "students.find", "text": text, "count": 100}));
    assert_eq!(list["total"], list["items"].as_array().unwrap().len(), "{list}");
    list["items"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

fn number(n: u32) -> String {
    format!("41078220080101{n:04}")
}

#[test]
fn surnames_are_found_by_every_living_reading() {
    let mut w = World::new();
    // Name, initials that find it, initials of a reading that the surname does not have.
    let people: [(&str, &[&str], &str); 14] = [
        ("单小雨", &["sxy"], "dxy"),
        ("曾国华", &["zgh"], "cgh"),
        ("仇小英", &["qxy"], "cxy"),
        ("解小缙", &["xxj"], "jxj"),
        ("尉迟小恭", &["ycxg"], "wcxg"),
        ("万俟小明", &["mqxm"], "wsxm"),
        ("区小海", &["oxh"], "qxh"),
        ("查小良", &["zxl"], "cxl"),
        ("朴小宇", &["pxy"], "bxy"),
        ("翟小天", &["zxt", "dxt"], "jxt"),
        ("乐小云", &["yxy", "lxy"], "nxy"),
        ("盖小军", &["gxj"], "kxj"),
        ("隗小龙", &["wxl", "kxl"], "gxl"),
        ("长孙小无", &["zsxw"], "csxw"),
    ];
    for (n, (name, ..)) in (0..).zip(&people) {
        put(&mut w, X1, name, &number(n));
    }
    for (name, found_by, not_by) in people {
        for letters in found_by {
            assert!(find(&mut w, "x1-lr", letters).contains(&name.to_owned()), "{name} by {letters}");
        }
        assert!(!find(&mut w, "x1-lr", not_by).contains(&name.to_owned()), "{name} by {not_by}");
    }
}

/// First letters of a reading as the table prints it.
fn letters(reading: &str) -> String {
    let first = |syllable: &str| match syllable.chars().next().unwrap() {
        'ā' | 'á' | 'ǎ' | 'à' => 'a',
        'ē' | 'é' | 'ě' | 'è' => 'e',
        'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
        other => other,
    };
    reading.split(' ').map(first).collect()
}

/// Everybody in the table, each with a number of his own, by initials and tail.
#[test]
fn every_surname_of_the_table_is_found_by_its_reading() {
    let table = include_str!("../src/data/surname_pinyin.csv");
    let rows: Vec<Vec<&str>> = table.lines().skip(1).map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 99);
    let mut w = World::new();
    for (n, row) in (0..).zip(&rows) {
        put(&mut w, X1, &format!("{}小雨", row[0]), &number(n));
    }
    for (n, row) in (0..).zip(&rows) {
        for reading in row[1..].iter().filter(|reading| !reading.is_empty()) {
            let text = format!("{}xy {n:04}", letters(reading));
            assert_eq!(find(&mut w, "x1-lr", &text), [format!("{}小雨", row[0])], "{text}");
        }
    }
}

#[test]
fn initials_and_the_tail_of_the_number() {
    let mut w = World::new();
    put(&mut w, X1, "张三", "41078220080101803X");
    put(&mut w, X1, "赵四", "41078220080202803X");
    put(&mut w, X1, "李四", "41078220080303803X");
    put(&mut w, X1, "张三", "410782200804048031");
    for text in ["zs 803X", "zs 803x", "ＺＳ　８０３Ｘ", " zs  803Ｘ "] {
        assert_eq!(find(&mut w, "x1-lr", text), ["张三", "赵四"], "{text}");
    }
    assert_eq!(find(&mut w, "x1-lr", "张 803x"), ["张三"]);
    assert_eq!(find(&mut w, "x1-lr", "zs 8031"), ["张三"]);
    assert_eq!(find(&mut w, "x1-lr", "zs 0404"), [] as [&str; 0], "with initials it is the tail that counts");
    assert_eq!(find(&mut w, "x1-lr", "20080303"), ["李四"], "any part of the number");
    assert_eq!(find(&mut w, "x1-lr", "G41078220080404"), ["张三"], "the student number too");
    assert_eq!(find(&mut w, "x1-lr", "03X").len(), 3);
    assert_eq!(find(&mut w, "x1-lr", "3X"), [] as [&str; 0], "two characters of a number are too few");
    assert_eq!(find(&mut w, "x1-lr", "四"), ["赵四", "李四"]);
    // Whole names first, then beginnings, then the rest.
    put(&mut w, X1, "小张三", &number(1));
    put(&mut w, X1, "张三丰", &number(2));
    assert_eq!(find(&mut w, "x1-lr", "张三"), ["张三", "张三", "张三丰", "小张三"]);
    assert_eq!(find(&mut w, "x1-lr", "zs"), ["张三", "赵四", "张三", "张三丰", "小张三"]);
}

#[test]
fn nobody_is_found_outside_of_the_jurisdiction() {
    let mut w = World::new();
    for (n, school) in (1..).zip([X1, X2, X3]) {
        put(&mut w, school, &format!("张三{}", ["甲", "乙", "丙"][n as usize - 1]), &number(n));
    }
    for text in ["张三", "zs", "41078220080101", "zs 0001", "zs 0003"] {
        for (account, seen) in [
            ("x1-lr", "甲"),
            ("x3-lr", "丙"),
            ("xian1-jb", "甲乙"),
            ("xian2-jb", "丙"),
            ("shi-jb", "甲乙丙"),
            ("zhi-jb", ""),
        ] {
            let found = find(&mut w, account, text).concat();
            let wanted: String = ["甲", "乙", "丙"]
                .iter()
                .zip(["0001", "0002", "0003"])
                .filter(|(sign, tail)| seen.contains(**sign) && (!text.contains(' ') || text.ends_with(tail)))
                .map(|(sign, _)| format!("张三{sign}"))
                .collect();
            assert_eq!(found, wanted, "{account} {text}");
        }
    }
}

#[test]
fn a_whole_number_is_shown_once_the_journal_has_it() {
    let mut w = World::new();
    let id_no = number(7);
    let student = put(&mut w, X1, "张三", &id_no);
    let reveal = json!({"do": "students.reveal", "student": student});
    let before = w.journal_length();
    let shown = w.ok("xian1-jb", reveal.clone());
    assert_eq!((&shown["id_no"], &shown["student_no"]), (&json!(id_no), &json!(format!("G{id_no}"))));
    assert!(shown["at"].as_str().is_some_and(|at| at.starts_with("2025-09-26")), "{shown}");
    let page = w.ok("keeper", json!({"do": "journal.page", "after": before}));
    let entries = page["items"].as_array().unwrap();
    assert_eq!(entries.len(), 1, "{page}");
    assert_eq!(entries[0]["command"], json!({"do": "students.reveal", "student": student}));
    assert_eq!(entries[0]["by"]["account"], "xian1-jb");
    assert_eq!(entries[0]["at"], shown["at"]);
    assert!(!page.to_string().contains(&id_no), "the journal's page does not show it: {page}");
    // Everything else stays masked, for the same clerk too.
    for request in [
        json!({"do": "students.show", "student": student}),
        json!({"do": "students.find", "text": "zs"}),
        json!({"do": "students.find", "text": id_no}),
    ] {
        let answer = w.ask("xian1-jb", request.clone()).to_string();
        assert!(!answer.contains(&id_no) && answer.contains("410782********0007"), "{request}: {answer}");
    }
    // Who may not see the record is told what he would be told of nobody, and nothing is journalled.
    let before = w.journal_length();
    let error = w.error("xian2-jb", reveal.clone());
    let nobody = w.error("xian2-jb", json!({"do": "students.reveal", "student": "S9999999"}));
    assert_eq!((&error["kind"], &nobody["kind"]), (&json!("not_found"), &json!("not_found")));
    assert_eq!(error["message"].as_str().unwrap().replace(&student, "S9999999"), nobody["message"].as_str().unwrap());
    assert_eq!(w.journal_length(), before);
}

#[test]
fn a_command_sent_twice_shows_it_again_and_is_journalled_once() {
    let mut w = World::new();
    let student = put(&mut w, X1, "张三", &number(7));
    let reveal =
        json!({"do": "students.reveal", "student": student, "command": "6f6d2f2e-95a6-4b3f-9d0e-6a1f6d1b7c01"});
    let before = w.journal_length();
    let first = w.ok("xian1-jb", reveal.clone());
    assert_eq!(w.ok("xian1-jb", reveal.clone()), first);
    assert_eq!(w.journal_length(), before + 1);
    // What was answered is kept; the number is not in it.
    let kept = w.ok("xian1-jb", json!({"do": "commands.show", "command_id": reveal["command"]})).to_string();
    assert!(!kept.contains(&number(7)), "{kept}");
    // Gone to another county, the record is shown to nobody here, by the old command neither.
    let mut record = w.record(&student)["student"].clone();
    record["school"] = X3.into();
    record["id_no"] = number(7).into();
    w.keeper.ok(json!({"do": "students.put", "student": record}));
    assert_eq!(w.error("xian1-jb", reveal)["kind"], "not_found");
}

#[test]
fn a_hand_of_an_open_application_sees_and_reveals_that_record() {
    let mut w = World::new();
    let case = w.at_county();
    let shown = w.ok("xian1-jb", json!({"do": "students.show", "student": case.student}));
    let row = &shown["applications"][0];
    assert_eq!((&row["id"], &row["kind"], &row["status"]), (&json!(case.id), &json!("休学"), &json!("open")), "{row}");
    assert_eq!((&row["row"]["hand"], &row["row"]["clock"]["light"]), (&json!("一县教育局"), &json!("green")), "{row}");
    // The school moves away on paper: the county keeps what it has in hand, as long as it has it.
    w.set(&case.student, "school", X3);
    w.ok("xian1-jb", json!({"do": "students.reveal", "student": case.student}));
    w.error("xian1-jb", json!({"do": "students.reveal", "student": "S0000099"}));
}

const ESC: &str = "\x1b";
const ENTER: &str = "\r";

/// The screen itself: two records side by side at 120×40, one after the other at 80×24.
#[test]
fn at_the_desk() {
    let mut w = World::new();
    put(&mut w, X1, "单小雨", "41078220080101803X");
    put(&mut w, X2, "单小宇", "410782200801018048");
    put(&mut w, X3, "单小雪", "410782200801018055");
    let case = w.at_county();
    let before = w.journal_length();
    let args = ["--data", w.store.data_arg(), "--as", "xian1-jb"];
    let mut desk = Desk::start(&args, &[], 80, 24);
    desk.wait_text("我的待办 1");
    desk.send("2");
    desk.wait_text("可以输入");
    desk.send("sxy");
    let screen = desk.wait_text("2 人");
    assert!(
        screen.contains("单小雨") && screen.contains("410782********803X") && !screen.contains("单小雪"),
        "{screen}"
    );
    let (row, col) = desk.cursor().expect("a caret where the input method composes");
    assert_eq!((row, col), (1, 10 + 3), "{screen}");
    // The input method's full-width letters are letters.
    desk.send("\x15ｓｘｙ ８０３ｘ");
    let screen = desk.wait_text("1 人");
    assert!(screen.contains("单小雨"), "{screen}");
    desk.send(ENTER);
    let screen = desk.wait_text("[基本信息]");
    assert!(screen.contains("410782********803X") && !screen.contains("41078220080101803X"), "{screen}");
    assert!(screen.contains("毕业  日志"), "{screen}");
    desk.send("r");
    desk.wait_text("41078220080101803X");
    assert_eq!(w.journal_length(), before + 1);
    desk.send("\t");
    desk.wait_text("已注册未备案 -> 在读");
    // Another beside it: in turn here, side by side on a wide screen. The number is hidden again.
    desk.send("v");
    desk.wait_text("已留住 单小雨");
    desk.send("\x15单小宇");
    desk.wait_for(|screen| screen.contains("单小宇") && screen.contains("1 人"), "the other alone");
    desk.send(ENTER);
    desk.wait_text("并排对照 2/2，另一人：单小雨");
    desk.send("h");
    let screen = desk.wait_text("并排对照 1/2，另一人：单小宇");
    assert!(!screen.contains("41078220080101803X"), "{screen}");
    desk.resize(120, 40);
    let screen = desk.wait_for(|screen| screen.contains("410782********8048"), "both");
    assert!(screen.contains("410782********803X"), "{screen}");
    // A case is opened from the record, and left back to it.
    desk.resize(80, 24);
    desk.send("2");
    desk.wait_text("查找学生");
    desk.send("\x15学生1");
    desk.wait_text("1 人");
    desk.send(ENTER);
    desk.wait_text("在办业务 1");
    desk.send("\t\t");
    desk.wait_text(&case.id);
    desk.send(ENTER);
    desk.wait_text(&format!("休学 {}", case.id));
    desk.send(ESC);
    desk.wait_text("[在办业务 1]");
    desk.send("1");
    desk.wait_text("[我的待办 1]");
    assert_eq!(w.journal_length(), before + 1, "reading what is masked is not journalled");
}

/// The value of a field that a list shows.
#[test]
fn what_is_found_shows_name_number_school_major_class_and_status() {
    let mut w = World::new();
    put(&mut w, X1, "阿依古丽·买买提", "41078220080101803X");
    let list = w.ok("x1-lr", json!({"do": "students.find", "text": "aygl"}));
    let one = &list["items"][0];
    for (field, wanted) in [
        ("name", "阿依古丽·买买提"),
        ("id_no", "410782********803X"),
        ("school", "一校"),
        ("class_name", "1班"),
        ("status", "在读"),
    ] {
        assert_eq!(one[field], wanted, "{one}");
    }
    assert!(one["major"].as_str().is_some_and(|major| !major.is_empty() && major != world::ORDINARY), "{one}");
    assert_eq!(list.get("next"), Some(&Value::Null));
    for text in ["阿依古丽买买提", "买买提", "阿依古丽.买", "ayglmmt"] {
        assert_eq!(find(&mut w, "x1-lr", text), ["阿依古丽·买买提"], "{text}");
    }
}

/// Screen 5: from the facts to a finding, by the two posts, at their desks; the student's record shows the same.
/// What is typed within a quarter of a second of a new list decides nothing: the screen stands first.
const STILL: std::time::Duration = std::time::Duration::from_millis(400);

#[test]
fn the_negative_list_at_the_desk() {
    let mut w = World::new();
    let student = put(&mut w, X1, "单小雨", "41078220080101803X");
    w.ok("x1-lr", json!({"do": "absences.put", "student": student, "left": "2025-06-15", "document": "考勤簿"}));
    let mut desk = Desk::start(&["--data", w.store.data_arg(), "--as", "xian1-jb"], &[], 80, 24);
    desk.wait_text("我的待办");
    desk.send("5");
    let screen = desk.wait_text("2 所学校，查实 0 疑似 1 临近 0");
    assert!(screen.contains("FM4 疑似 学籍空挂"), "{screen}");
    desk.settle(STILL);
    desk.send(ENTER);
    let screen = desk.wait_text("自 2025-09-16 起超过三个月");
    assert!(screen.contains("单小雨") && screen.contains("尚未立案"), "{screen}");
    // What is not open says why: without a case nothing is found true.
    desk.settle(STILL);
    desk.send("y");
    desk.wait_text("尚未立案，不能查实");
    desk.send(ESC);
    desk.settle(STILL);
    desk.send("n");
    desk.wait_text("立案 FM4 单小雨");
    desk.send("检查记录一\r");
    desk.wait_text("立案 FM4 单小雨？回车确定");
    desk.settle(STILL);
    desk.send(ENTER);
    desk.wait_text("已办：立案 FM4 单小雨");
    desk.wait_text("W0000001");
    desk.settle(STILL);
    desk.send("y");
    desk.wait_text("提出查实 FM4 单小雨");
    desk.send("走访证实\r核查一号\r");
    desk.wait_text("提出查实 FM4 单小雨？回车确定");
    desk.settle(STILL);
    desk.send(ENTER);
    desk.wait_text("提出查实：走访证实（核查一号），待复核");
    // The first post cannot agree with itself.
    desk.settle(STILL);
    desk.send("a");
    desk.wait_text("R4.1");
    let mut other = Desk::start(&["--data", w.store.data_arg(), "--as", "xian1-fh"], &[], 80, 24);
    other.wait_text("我的待办");
    other.send(":fm4\r");
    other.wait_text("只列FM4 学籍空挂");
    other.settle(STILL);
    other.send(ENTER);
    other.wait_text("待复核");
    // A deciding key is dropped until the case has been on screen for a moment: pressed until it asks.
    other.settle(STILL);
    other.send("a");
    other.wait_text("同意查实 FM4 单小雨？回车确定");
    other.settle(STILL);
    other.send(ENTER);
    other.wait_text("同意查实：走访证实");
    other.send(ESC);
    other.wait_text("评级 D 不合格");
    // From the matter to the record, whose tab says the same; and back.
    other.settle(STILL);
    other.send(ENTER);
    other.wait_text("立案");
    other.settle(STILL);
    other.send(ENTER);
    let screen = other.wait_text("[预警 1]");
    assert!(screen.contains("FM4 查实") && screen.contains("2025-06-15 离校，未返校；考勤簿"), "{screen}");
    other.send(ESC);
    other.wait_text("W0000001");
}
