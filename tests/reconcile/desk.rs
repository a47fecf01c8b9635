//! Screen 7 and the two queries at the desk: the real program in a pseudo-terminal.

use crate::support::pty::Desk;
use crate::world::*;
use serde_json::json;

const ESC: &str = "\x1b";
const ENTER: &str = "\r";
const TAB: &str = "\t";

fn desk(w: &World, account: &str, cols: u16, rows: u16, more: &[&str]) -> Desk {
    let args = [&["--data", w.store.data_arg(), "--as", account], more].concat();
    let desk = Desk::start(&args, &[], cols, rows);
    desk.wait_for(|screen| screen.contains("[我的待办"), "the queue");
    desk
}

/// A hundred and fifty here and there; three differ.
fn loaded() -> (World, Vec<Person>) {
    let mut w = World::new();
    let mut there: Vec<Person> = (0..150).map(person).collect();
    for one in &there {
        w.student(ONE, one);
    }
    there[0].status = "休学".into();
    there[1].major = "720301".into();
    there[2].id_no = person(700).id_no;
    w.load_ok(&national(&[(ONE, &there)]));
    (w, there)
}

#[test]
fn a_school_works_its_list_off_and_the_next_one_says_what_is_cured() {
    let (w, mut there) = loaded();
    let mut desk = desk(&w, "x1-lr", 80, 24, &[]);
    desk.send("7");
    let screen = desk.wait_text("[录入清单 4]");
    assert!(screen.contains("2.667%") && screen.contains("超 1 人"), "{screen}");
    assert!(screen.contains("仅全国系统有") && screen.contains("仅本库有"), "{screen}");
    assert!(!screen.contains(&person(0).id_no), "numbers are masked: {screen}");
    // By kind, then the student with both sides.
    desk.send(TAB);
    let screen = desk.wait_text("[字段不同 2]");
    assert!(screen.contains("本库在读 全国休学") || screen.contains("本库610101 全国720301"), "{screen}");
    desk.send(ENTER);
    let screen = desk.wait_text("项目");
    assert!(screen.contains("*") && screen.contains("学习形式"), "{screen}");
    desk.send("m");
    desk.wait_text("已标记");
    desk.wait_text("录入全国");
    desk.send("j");
    desk.wait_gone("已标记");
    desk.send("m");
    desk.wait_text("已标记");
    desk.send(ESC);
    desk.wait_text("已录 2，录后仍不符 0");
    // The pair of the same name and birth date is a person's to decide, in two presses.
    desk.send(&TAB.repeat(3));
    desk.wait_text("[待认定 2]");
    desk.send("y");
    desk.wait_text("再按一次");
    desk.send("y");
    desk.wait_text("是同一名学生");
    desk.wait_text("[待认定 0]");
    desk.wait_text("不一致 3 2.000%");
    // A second list: one cured, one keyed in vain, one new.
    there[0].status = "在读".into();
    there[9].form = "非全日制".into();
    w.load_ok(&national(&[(ONE, &there)]));
    desk.wait_text("录后仍不符 1");
    desk.send(TAB);
    let screen = desk.wait_text("[新出现 1]");
    assert!(screen.contains(&person(9).name), "{screen}");
    desk.send(TAB);
    let screen = desk.wait_text("已一致");
    assert!(screen.contains(&person(0).name), "{screen}");
    // The list goes to the download folder, numbers whole, and the journal has it.
    desk.send("o");
    desk.wait_text("录入清单已存到");
    let file = walk(w.store.home()).into_iter().find(|path| path.ends_with(".xlsx")).expect("the list");
    assert!(file.contains(ONE), "{file}");
    let journal = w.store.call_as("keeper").ok(json!({"do": "journal.page", "count": 200, "after": 150}));
    assert!(journal.to_string().contains("national.export"));
    desk.send("Q");
    desk.wait_exit();
}

fn walk(folder: &std::path::Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        match entry.path() {
            path if path.is_dir() => found.extend(walk(&path)),
            path => found.push(path.display().to_string()),
        }
    }
    found
}

#[test]
fn a_county_sees_its_schools_and_no_others() {
    let (w, _) = loaded();
    let mut desk = desk(&w, "xian1-jb", 120, 40, &[]);
    desk.send("7");
    let screen = desk.wait_text("对账（FM5）：2 所学校，已载入名单 1，超过2% 1");
    assert!(screen.contains("演练一校") && screen.contains("未载入") && !screen.contains("演练三校"), "{screen}");
    desk.send("j");
    desk.wait_text("xueji import national");
    desk.send("k");
    desk.send(ENTER);
    desk.wait_text("[录入清单 4]");
    // What a colleague changes arrives by itself.
    let mut keeper = w.store.call_as("keeper");
    let found = keeper.ok(json!({"do": "students.find", "text": person(1).name}));
    let id =
        found["items"].as_array().unwrap().iter().find(|row| row["name"] == person(1).name.as_str()).unwrap()["id"]
            .clone();
    let mut other = w;
    other.set(id.as_str().unwrap(), "major", json!("720301"));
    desk.wait_text("[录入清单 3]");
    desk.send(ESC);
    desk.wait_text("对账（FM5）");
    desk.send(":");
    desk.send("fm5\r");
    desk.wait_text("FM5 两系统不符");
    desk.send("Q");
    desk.wait_exit();
}

#[test]
fn in_english_and_without_colour_the_screen_says_the_same() {
    let (w, _) = loaded();
    let args = ["--data", w.store.data_arg(), "--as", "x1-lr", "--lang", "en"];
    let mut desk = Desk::start(&args, &[("NO_COLOR", "1")], 80, 24);
    desk.wait_text("[To do");
    desk.send("7");
    let screen = desk.wait_text("[To key in 4]");
    assert!(screen.contains("over by 1") && screen.contains("national only"), "{screen}");
    desk.send("Q");
    desk.wait_exit();
}

#[test]
fn the_counter_answers_only_who_asks_for_himself() {
    let (w, _) = loaded();
    let mut desk = desk(&w, "x1-lr", 80, 24, &[]);
    desk.send(":");
    desk.send("查询\r");
    desk.wait_text("柜台查询");
    let fields = |desk: &mut Desk, number: &str| {
        for text in [person(5).name.as_str(), number, "演练家长", "监护人"] {
            desk.send(text);
            desk.send(TAB);
        }
    };
    // A part of a number is nobody's.
    fields(&mut desk, &person(5).id_no[..14]);
    desk.send("户口簿\t升学\x13");
    desk.wait_text("只能查询本人");
    desk.send(ESC);
    desk.wait_text("柜台查询");
    desk.send(ESC);
    desk.wait_gone("柜台查询");
    desk.send(":");
    desk.send("cx\r");
    desk.wait_text("柜台查询");
    fields(&mut desk, &person(5).id_no);
    // Without the proof and the purpose the server refuses, by Art. 20.
    desk.send("\x13");
    let screen = desk.wait_text("R20.2");
    assert!(screen.contains("第20条") && screen.contains("身份或监护证明"), "{screen}");
    desk.send(ESC);
    desk.send("户口簿\t升学\x13");
    let screen = desk.wait_text("已查询并记入日志");
    assert!(screen.contains(&person(5).id_no) && screen.contains("演练一校"), "{screen}");
    desk.send(ESC);
    desk.wait_gone("柜台查询");
    // Yes or no, never more.
    desk.send(":");
    desk.send("验证\r");
    desk.wait_text("验证毕业信息");
    desk.send("演练某\t20254107823641000001000001\t\x13");
    desk.wait_text("R20.3");
    desk.send(ESC);
    desk.send("用人单位核实\x13");
    desk.wait_text("不相符");
    desk.send(ESC);
    desk.wait_gone("验证毕业信息");
    let journal = w.store.call_as("keeper").ok(json!({"do": "journal.page", "count": 200, "after": 160}));
    let text = journal.to_string();
    assert!(
        text.contains("students.inquire") && text.contains("升学") && text.contains("certificates.verify"),
        "{text}"
    );
    desk.send("Q");
    desk.wait_exit();
}
