//! Screen 7 and the two queries at the desk: the real program in a pseudo-terminal.

use crate::key::{area, sample};
use crate::support::pty::Desk;
use crate::support::store::TempStore;
use crate::world::*;
use serde_json::json;

const ESC: &str = "\x1b";
const ENTER: &str = "\r";
const TAB: &str = "\t";

fn desk(w: &World, account: &str, cols: u16, rows: u16, more: &[&str]) -> Desk {
    desk_on(&w.store, account, cols, rows, more)
}

fn desk_on(store: &TempStore, account: &str, cols: u16, rows: u16, more: &[&str]) -> Desk {
    let args = [&["--data", store.data_arg(), "--as", account], more].concat();
    // The upload and download folders are the test's own.
    let home = store.home().to_str().unwrap().to_owned();
    let desk = Desk::start(&args, &[("HOME", &home), ("XDG_CONFIG_HOME", &home)], cols, rows);
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
    desk.wait_text("请联系主管部门的系统管理岗，在对账屏按 I 载入");
    // Who is no keeper loads none, and is told who does.
    desk.send("I");
    desk.wait_text("全国系统名单由系统管理岗载入，您是经办");
    desk.send(ESC);
    desk.wait_gone("您是经办");
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

fn upload(store: &TempStore, name: &str, content: &[u8]) {
    let folder = store.home().join("xueji-upload");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), content).unwrap();
}

#[test]
fn a_keeper_loads_the_sample_area_at_the_desk_as_by_the_command_line() {
    let (store, _server) = area();
    upload(&store, "全国名单.csv", &std::fs::read(sample("reconcile/national_roster.csv")).unwrap());
    let mut desk = desk_on(&store, "keeper", 80, 24, &[]);
    desk.send("7");
    let screen = desk.wait_text("已载入名单 0");
    assert!(screen.contains("按 I 从上传目录载入") && screen.contains("I 载入名单"), "{screen}");
    desk.send("I");
    let screen = desk.wait_text("全国名单.csv");
    assert!(screen.contains("~/xueji-upload"), "{screen}");
    desk.send(ENTER);
    let screen = desk.wait_text("还没有写入");
    assert!(
        screen.contains("将写入 3404 条") && screen.contains("名单 14 所学校；有不符的行、整校不载入的 0 所"),
        "{screen}"
    );
    // Nothing is taken in before it is confirmed.
    let mut keeper = store.call_as("keeper");
    let mut loaded = || {
        let schools = keeper.ok(json!({"do": "national.diff", "count": 100}));
        schools["items"].as_array().unwrap().iter().filter(|school| !school["loaded"].is_null()).count()
    };
    assert_eq!(loaded(), 0);
    desk.send(ENTER);
    desk.wait_text("载入 14 所学校的全国系统名单 3404 人");
    desk.send(ENTER);
    let screen = desk.wait_text("已载入 14 所学校的全国系统名单 3404 人");
    assert!(screen.contains("超过2%的学校"), "{screen}");
    assert_eq!(loaded(), 14);
    desk.send("g");
    let screen = desk.wait_text("已载入名单 14");
    assert!(screen.contains("5.833%"), "{screen}");
    // What is exported is what the command line's loading comes to.
    let out = store.home().join("F.json");
    store.run_ok(&["--as", "keeper", "export", "reconcile", "-o", out.to_str().unwrap()]);
    let ours: serde_json::Value = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
    let key: serde_json::Value = serde_json::from_str(include_str!("expected_reconcile.json")).unwrap();
    for (school, wanted) in key["schools"].as_object().unwrap() {
        assert_eq!(ours["schools"][school]["items"], wanted["items"], "{school}");
    }
    // The same file once more is nothing new.
    desk.send("I");
    desk.wait_text("~/xueji-upload");
    desk.send(ENTER);
    desk.wait_text("完全相同，不用载入");
    desk.send("Q");
    desk.wait_exit();
}

#[test]
fn a_second_list_loaded_at_the_desk_says_what_it_cured() {
    let (mut w, mut there) = loaded();
    there[0].status = "在读".into();
    there[9].form = "非全日制".into();
    let second: Vec<Person> = (200..260).map(person).collect();
    for one in &second {
        w.student(TWO, one);
    }
    // Of the second school a row is wrong: it stays out whole, and the first goes in.
    let text = national(&[(ONE, &there), (TWO, &second)]);
    let wrong = text.replacen(&format!(",{},202509", second[4].id_no), ",4.10782E+17,202509", 1);
    assert_ne!(wrong, text);
    upload(&w.store, "全国名单.csv", wrong.as_bytes());
    let mut desk = desk(&w, "xian1-xt", 80, 24, &[]);
    desk.send("7");
    desk.wait_text("已载入名单 1");
    desk.send("I");
    desk.wait_text("全国名单.csv");
    desk.send(ENTER);
    let screen = desk.wait_text("还没有写入");
    assert!(
        screen.contains("名单 2 所学校；有不符的行、整校不载入的 1 所") && screen.contains("第 156 行"),
        "{screen}"
    );
    // A file that changed meanwhile is not the one that was read.
    upload(&w.store, "全国名单.csv", text.as_bytes());
    desk.send(ENTER);
    desk.wait_text("载入 1 所学校的全国系统名单 150 人");
    desk.send(ENTER);
    desk.wait_text("文件在核对之后改过");
    upload(&w.store, "全国名单.csv", wrong.as_bytes());
    desk.send(ESC);
    desk.wait_gone("文件在核对之后改过");
    desk.send(ENTER);
    desk.wait_text("载入 1 所学校的全国系统名单 150 人");
    desk.send(ENTER);
    let screen = desk.wait_text("已载入 1 所学校的全国系统名单 150 人");
    assert!(screen.contains("已消除 1，新出现 1") && screen.contains("1 所学校的名单有不符的行"), "{screen}");
    let diff = w.diff(ONE);
    assert_eq!((diff["load"].clone(), diff["cured"].clone(), diff["new"].clone()), (json!(2), json!(1), json!(1)));
    desk.send("Q");
    desk.wait_exit();
}

#[test]
fn a_wrong_or_foreign_file_is_refused_at_the_desk_and_nothing_is_changed() {
    let (w, there) = loaded();
    upload(&w.store, "a-图片.xlsx", b"\xFF\xD8\xFF\xE0\0\x10JFIF");
    upload(&w.store, "b-成绩.csv", "姓名,成绩\n演练甲,90\n".as_bytes());
    let entries = || w.store.call_as("keeper").ok(json!({"do": "system.state"}))["entries"].clone();
    let before = entries();
    let mut desk = desk(&w, "xian1-xt", 80, 24, &[]);
    desk.send("7");
    desk.wait_text("已载入名单 1");
    desk.send("I");
    let screen = desk.wait_text("b-成绩.csv");
    // The newest stand first; of the same moment, by name.
    let (up, down) = if screen.find("a-图片") < screen.find("b-成绩") { ("k", "j") } else { ("j", "k") };
    desk.send(up);
    desk.send(ENTER);
    desk.wait_text("没有载入：");
    desk.send(ESC);
    desk.send(down);
    desk.send(ENTER);
    let screen = desk.wait_text("一所学校的名单也不会载入");
    assert!(screen.contains("第 1 行") && screen.contains("学校代码"), "{screen}");
    desk.send(ENTER);
    desk.send("Q");
    desk.wait_exit();
    // A list of another county's school.
    upload(&w.store, "c-全国名单.csv", national(&[(ONE, &there)]).as_bytes());
    let mut desk = self::desk(&w, "xian2-xt", 80, 24, &[]);
    desk.send("7");
    desk.wait_text("已载入名单 0");
    desk.send("I");
    desk.wait_text("c-全国名单.csv");
    desk.send(ENTER);
    let screen = desk.wait_text("一所学校的名单也不会载入");
    assert!(screen.contains("不在您的管辖范围"), "{screen}");
    desk.send("Q");
    desk.wait_exit();
    assert_eq!(entries(), before);
}
