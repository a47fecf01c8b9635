//! Screen 3 as a school's registrar has it: the real program in a pseudo-terminal. Students typed one after the other,
//! the keys counted; a duplicate told at the eighteenth digit; drafts that outlive desk and server; the grid.

use crate::newcomer::*;
use crate::support::pty::Desk;
use crate::support::{TempStore, until};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

const ENTER: &str = "\r";
const CTRL_S: &str = "\x13";
const CTRL_U: &str = "\x15";
const F2: &str = "\x1bOQ";
const F4: &str = "\x1bOS";
const F6: &str = "\x1b[17~";
const F7: &str = "\x1b[18~";
const F8: &str = "\x1b[19~";

/// A desk on screen 3.
struct Registrar {
    desk: Desk,
    /// Keys pressed since the last look.
    keys: usize,
}

pub fn desk(store: &TempStore, account: &str, cols: u16, rows: u16) -> Desk {
    let desk = Desk::start(&["--data", store.data_arg(), "--as", account], &[], cols, rows);
    desk.wait_text("[我的待办");
    desk.wait_gone("正在取数");
    desk
}

impl Registrar {
    fn at(store: &TempStore) -> Registrar {
        let mut registrar = Registrar { desk: desk(store, LR, 100, 30), keys: 0 };
        registrar.desk.send("3");
        registrar.desk.wait_text(">姓名");
        registrar
    }

    /// Types a text and goes on.
    fn field(&mut self, text: &str) {
        self.send(text);
        self.send(ENTER);
    }

    fn send(&mut self, keys: &str) {
        self.keys += if keys.starts_with('\x1b') { 1 } else { keys.chars().count() };
        self.desk.send(keys);
    }

    /// Saves, and waits until it is told that this one is saved.
    fn save(&mut self, name: &str) -> String {
        self.send(CTRL_S);
        self.desk.wait_text(&format!("已登记 {name}"))
    }

    fn wait_at(&self, label: &str) -> String {
        self.desk.wait_for(|screen| screen.lines().any(|row| row.starts_with(&format!(">{label}"))), label)
    }
}

/// The cells an ordinary student needs beyond those that differ from one to the next, in the order of the form.
fn first(registrar: &mut Registrar, n: u32) {
    let cells = cells(n);
    for name in ["姓名", "身份证件号"] {
        registrar.field(&cells[name]);
    }
    // What follows from the number is there before anything else is asked for.
    registrar.desk.wait_text("410782000000");
    for name in ["班级名称", "学号", "学生类别"] {
        registrar.field(&cells[name]);
    }
    // Coded fields by word, by code or by initials.
    registrar.field("qrz");
    registrar.wait_at("入学方式");
    registrar.field(&cells["入学方式"]);
    for name in ["就读方式", "乘火车区间", "是否随迁子女", "户口所在地区县以下详细地址", "所属派出所"]
    {
        registrar.field(&cells[name]);
    }
    for name in
        ["户口性质", "学生居住地类型", "入学年月", "专业简称", "学制", "民族", "政治面貌", "健康状况", "学生来源"]
    {
        registrar.field(&cells[name]);
    }
    for name in ["招生对象", "联系电话", "是否建档立卡贫困户", "招生方式", "成员1姓名", "成员1关系", "成员1是否监护人"]
    {
        registrar.field(&cells[name]);
    }
    registrar.field(&cells["成员1联系电话"]);
    registrar.wait_at("录取依据");
    registrar.send("录取名册2025-1");
}

#[test]
fn ten_students_are_typed_with_a_dozen_keys_beyond_what_they_are() {
    let world = world();
    let mut registrar = Registrar::at(&world.store);
    first(&mut registrar, 0);
    let said = registrar.save("演练新甲");
    assert!(said.contains("注册期限 2025-11-20") && said.contains("2025-12-20"), "{said}");
    let mut counted = Vec::new();
    for n in 1..=10 {
        let name = format!("演练学{}", ["子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌"][n as usize]);
        let number = number("2010-03-05", 300 + n * 10 + n % 2);
        let (address, police, phone) = (format!("演练镇{n}号"), "演练派出所", "13900000000");
        let content = [name.as_str(), &number, &address, police, phone, "演练家长", "父亲", phone];
        registrar.keys = 0;
        for text in &content[..content.len() - 1] {
            registrar.field(text);
        }
        registrar.send(content[content.len() - 1]);
        registrar.save(&name);
        let chars: usize = content.iter().map(|text| text.chars().count()).sum();
        counted.push(registrar.keys - chars);
    }
    println!("keys beyond the content, each of ten students: {counted:?}");
    assert_eq!(counted, [8; 10], "an Enter after each field but the last, and Ctrl-S");
    assert!(registrar.desk.screen().contains("本次已存 11 名"));
    assert_eq!(world.found("演练学").len(), 10);
    // School numbers counted on, the class was carried over.
    let found = world.store.call_as(LR).ok(json!({"do": "entry.todo", "count": 200}));
    assert_eq!(found["total"], 11);
    let last = found["items"][10]["student"].clone();
    let cells = world.store.call_as(LR).ok(json!({"do": "entry.load", "student": last}))["cells"].clone();
    assert_eq!((&cells["school_no"], &cells["class_name"]), (&json!("20250010"), &json!("25机电1班")));
    assert_eq!((&cells["member1_relation"], &cells["household_region"]), (&json!("父亲"), &json!("410782000000")));
    world.store.run_ok(&["verify"]);
}

#[test]
fn a_duplicate_is_told_at_the_eighteenth_digit_and_all_errors_by_one_key_each() {
    let world = world();
    let here = world.store.call_as(LR).ok(json!({"do": "entry.save", "cells": with_cells(1, &[("录取依据", "名册")])}));
    let mut registrar = Registrar::at(&world.store);
    registrar.field("演练他人");
    registrar.wait_at("身份证件号");
    let number = cells(1)["身份证件号"].clone();
    // Full-width digits of an input method are the plain ones.
    let wide: String = number.chars().take(17).map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap()).collect();
    registrar.send(&wide);
    let half = registrar.desk.wait_text(&number[..17]);
    assert!(!half.contains("已有这个证件号"), "{half}");
    registrar.send(&number[17..]);
    let told = registrar.desk.wait_text("本校已有这个证件号的学籍");
    assert!(told.contains(here["student"].as_str().unwrap()), "{told}");
    assert!(told.contains("R8.5"), "{told}");
    // The caret has not moved, and the keys go on into the field.
    let row = told.lines().position(|row| row.starts_with(">身份证件号")).unwrap();
    registrar.desk.wait_cursor(row as u16, 20 + 18);
    // Another office's student is told without his file.
    let other = world.store.call_as("lr2");
    drop(other);
    registrar.send(CTRL_U);
    registrar.send("410782201003051999");
    registrar.desk.wait_text("校验");
    registrar.send(CTRL_S);
    registrar.desk.wait_text("没有保存");
    let listed = registrar.desk.wait_text("按编号到该栏");
    let beside = listed.lines().filter_map(|row| row.split('│').nth(1));
    let letter =
        beside.filter_map(|row| row.rsplit_once(" 班级名称")).find_map(|(before, _)| before.chars().next_back());
    let letter = letter.unwrap_or_else(|| panic!("{listed}"));
    registrar.desk.send(&letter.to_string());
    registrar.wait_at("班级名称");
    registrar.desk.send(F6);
    registrar.wait_at("学号");
    registrar.desk.send(F8);
    registrar.desk.wait_text("还没有上一名学生");
    // Optional fields unfold, and codes are prompted for.
    registrar.desk.send(F2);
    registrar.desk.wait_gone("已收起");
    registrar.desk.send(F2);
    registrar.desk.wait_text("已收起");
    registrar.desk.send("2025001\r\r");
    registrar.wait_at("学习形式");
    registrar.desk.send(F4);
    registrar.desk.wait_text("打字筛选");
    registrar.desk.send("fq");
    registrar.desk.wait_for(|screen| screen.contains(">2 非全日制") || screen.contains(">非全日制"), "the value");
    registrar.desk.send(ENTER);
    registrar.desk.wait_gone("打字筛选");
    registrar.desk.wait_text("非全日制");
}

pub fn drafts(store: &TempStore, account: &str) -> Vec<Value> {
    store.call_as(account).ok(json!({"do": "drafts.list"}))["items"].as_array().unwrap().clone()
}

#[test]
fn a_draft_outlives_desk_and_server_and_is_nobody_elses() {
    let world = world();
    let mut registrar = Registrar::at(&world.store);
    registrar.field("演练断线");
    registrar.wait_at("身份证件号");
    // Saved as the field is left …
    let kept = || drafts(&world.store, LR).into_iter().next();
    let draft = until("the draft", || kept().filter(|draft| draft["field"] == "身份证件号"));
    assert_eq!(draft["title"], "登记新生 演练断线");
    // … and while somebody types, after a while.
    registrar.send("4107822010");
    let content = |text: &str| {
        let draft = world.store.call_as(LR).ok(json!({"do": "drafts.load", "slot": "entry"}));
        draft["content"].as_str().is_some_and(|content| content.contains(text))
    };
    until("the digits", || content("4107822010").then_some(()));
    assert!(content("演练断线"));
    registrar.desk.kill9();
    world.store.kill_server();
    // Nobody else's.
    world.store.run_ok(&["--as", "sh", "call"]);
    assert_eq!(drafts(&world.store, "sh"), [] as [Value; 0]);
    assert_eq!(world.store.call_as("sh").error(json!({"do": "drafts.load", "slot": "entry"}))["kind"], "not_found");
    // The desk says so at the beginning, and the form is as it was, the caret in its field.
    let mut desk = desk(&world.store, LR, 80, 24);
    desk.wait_text("有 1 份未完成的草稿");
    desk.send("3");
    let back = desk.wait_text("已取回草稿");
    let row = back.lines().position(|row| row.starts_with(">身份证件号")).unwrap_or_else(|| panic!("{back}"));
    assert!(back.contains("演练断线"), "{back}");
    desk.wait_cursor(row as u16, 20 + 10);
    // It is listed, and dropped only when that is asked for twice.
    desk.send("\x1b");
    desk.wait_text("已填内容保留");
    desk.send(":草稿\r");
    desk.wait_text("草稿（本账号）");
    desk.wait_text("登记新生 演练断线");
    desk.send("D");
    desk.wait_text("再按一次 D 删去草稿");
    assert_eq!(drafts(&world.store, LR).len(), 1);
    desk.send("D");
    desk.wait_text("已删去草稿");
    desk.wait_text("没有草稿");
    assert_eq!(drafts(&world.store, LR), [] as [Value; 0]);
    // The journal knows nothing of any of it.
    assert!(!world.entries().iter().any(|entry| entry.to_string().contains("演练断线")));
    // Nothing is asked or saved while nothing changes.
    let before = desk.bytes_received();
    desk.quiet_for(Duration::from_secs(5));
    assert_eq!(desk.bytes_received(), before);
}

#[test]
fn drafts_expire_with_a_word() {
    let world = world();
    let mut call = world.store.call_as(LR);
    let save =
        json!({"do": "drafts.save", "slot": "entry", "title": "登记新生 演练旧稿", "field": "姓名", "content": "{}"});
    call.ok(save);
    let today = |day: &str| world.keeper().ok(json!({"do": "exercise.today", "at": day}));
    let until = call.ok(json!({"do": "drafts.list"}))["items"][0]["until"].as_str().unwrap().to_owned();
    today(&until);
    let desk_on_the_last_day = desk(&world.store, LR, 80, 24);
    desk_on_the_last_day.wait_text(&format!("保留到 {until}"));
    drop(desk_on_the_last_day);
    let after = until.parse::<chrono::NaiveDate>().unwrap().succ_opt().unwrap();
    today(&after.to_string());
    let desk_after = desk(&world.store, LR, 80, 24);
    desk_after.wait_text(&format!("已于 {until} 过期清除"));
    assert_eq!(call.error(json!({"do": "drafts.load", "slot": "entry"}))["kind"], "not_found");
    let left = call.ok(json!({"do": "drafts.list"}))["items"][0].clone();
    assert_eq!((&left["expired"], &left["bytes"]), (&json!(true), &json!(0)));
    call.ok(json!({"do": "drafts.drop", "slot": "entry"}));
    assert_eq!(call.ok(json!({"do": "drafts.list"}))["total"], 0);
    // Bounds are said.
    let long = json!({"do": "drafts.save", "slot": "entry", "title": "", "content": "x".repeat(170 << 10)});
    assert!(call.error(long)["message"].as_str().unwrap().contains("160 KiB"));
}

#[test]
fn the_school_files_from_its_list_reads_why_not_corrects_and_files_again() {
    let world = world();
    let mut call = world.store.call_as(LR);
    let good = call.ok(json!({"do": "entry.save", "cells": with_cells(1, &[("录取依据", "名册")])}));
    // Registered while the list said otherwise: the school may not recruit for a major of the other one's.
    let bad = call.ok(json!({"do": "entry.save", "cells": with_cells(2, &[("录取依据", "名册")])}));
    let less =
        OFFERS.replace("3641988001,2025,秋,660301,本部,全日制,3,50", "3641988001,2025,秋,660301,东校区,全日制,3,50");
    let ran = world.import("qualifications", less.as_bytes(), &[]);
    assert_eq!(ran.exit, 0, "{}{}", ran.out, ran.err);
    let mut desk = desk(&world.store, LR, 80, 24);
    desk.send(":待备案\r");
    desk.wait_text("已注册未备案 2 名");
    desk.send("i");
    desk.wait_text("为 演练新乙 备案？");
    desk.send(ENTER);
    let why = desk.wait_text("1 名没有通过");
    assert!(why.contains("校区") && why.contains("R7.3"), "{why}");
    desk.send("\x1b");
    let listed = desk.wait_text("未通过：信息错误");
    assert!(listed.contains("上次备案未通过的原因"), "{listed}");
    // Opened, corrected and filed again.
    desk.send(ENTER);
    desk.wait_text("更正 演练新乙");
    desk.wait_for(|screen| screen.lines().any(|row| row.starts_with(">校区")), "the caret where it failed");
    desk.send("东校区");
    desk.send(CTRL_S);
    desk.wait_text("已更正 演练新乙");
    desk.wait_text("已注册未备案 2 名");
    desk.send("i\r");
    desk.wait_text("已备案 1 名");
    desk.wait_text("已注册未备案 1 名");
    let status =
        |id: &Value| world.keeper().ok(json!({"do": "students.show", "student": id}))["student"]["status"].clone();
    assert_eq!((status(&good["student"]), status(&bad["student"])), (json!("在读"), json!("已注册未备案")));
    // From the form as well, where new students are typed.
    desk.send("3");
    desk.wait_text(">姓名");
    desk.send(F7);
    desk.wait_text("演练新丙");
}

#[test]
fn whoever_registers_nobody_is_told_so() {
    let world = world();
    let mut desk = desk(&world.store, "sh", 80, 24);
    desk.send("3");
    desk.wait_text("登记新生由学校录入岗办理");
}

#[test]
fn namesakes_and_twins_are_told_and_never_merged_names_are_kept_as_they_are() {
    let world = world();
    let mut call = world.store.call_as(LR);
    let save = |call: &mut crate::support::call::Call, cells: &BTreeMap<String, String>| {
        call.ok(json!({"do": "entry.save", "cells": cells}))["student"].as_str().unwrap().to_owned()
    };
    let check = |call: &mut crate::support::call::Call, cells: &BTreeMap<String, String>| {
        call.ok(json!({"do": "entry.check", "cells": cells}))
    };
    let said = |check: &Value, kind: &str| {
        let all = check["problems"].as_array().unwrap();
        all.iter().find(|problem| problem["kind"] == kind).map(|problem| problem["severity"].clone())
    };
    let of = |n: u32, sequence: u32, other: &[(&str, &str)]| {
        let number = number("2010-03-05", sequence);
        let sex = if sequence % 2 == 1 { "男" } else { "女" };
        let mut cells = with_cells(n, &[("录取依据", "名册"), ("身份证件号", &number), ("性别", sex)]);
        cells.extend(other.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
        cells
    };
    let first = save(&mut call, &of(1, 501, &[("姓名", "古丽・演练𠮷"), ("姓名拼音", "GULI YANLIANJI")]));
    // A neighbour within two, of either sex, is worth a look; one further off is nobody's twin.
    for (sequence, beside) in [(502, true), (503, true), (504, false), (499, true), (498, false)] {
        let checked = check(&mut call, &of(2, sequence, &[]));
        assert_eq!(said(&checked, "neighbouring_number"), beside.then(|| json!("hint")), "{sequence}: {checked}");
        assert_eq!(checked["savable"], true, "{checked}");
    }
    // The same name and birthday under another number: told, and taken in as another person.
    let namesake = of(3, 601, &[("姓名", "古丽·演练𠮷")]);
    assert_eq!(said(&check(&mut call, &namesake), "same_name_and_birth"), Some(json!("notice")));
    let second = save(&mut call, &namesake);
    assert_ne!(first, second);
    let stored = call.ok(json!({"do": "entry.load", "student": first}))["cells"].clone();
    assert_eq!((&stored["name"], &stored["pinyin"]), (&json!("古丽·演练𠮷"), &json!("GULI YANLIANJI")));
    // The spelling can be put right afterwards.
    let amend = json!({"do": "entry.amend", "student": first, "revision": 1, "cells": {"pinyin": "GULI YANLIANQI"}});
    call.ok(amend);
    let stored = call.ok(json!({"do": "entry.load", "student": first}))["cells"].clone();
    assert_eq!((&stored["name"], &stored["pinyin"]), (&json!("古丽·演练𠮷"), &json!("GULI YANLIANQI")));
    // Only the school itself looks into its own students before they are filed.
    assert_eq!(world.store.call_as("lr2").error(json!({"do": "entry.load", "student": first}))["kind"], "not_found");
    assert_eq!(world.keeper().refused(json!({"do": "entry.load", "student": first}))["rule"], "R5.7");
}
