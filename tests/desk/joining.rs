//! Who is registered twice, and who has no file here yet, by keyboard: the duplicate the other school disputes, the
//! transfer from a general high school that comes too late, the pupil of junior high whose papers are filed.

use crate::county::{CTRL_S, Clerk, County, ENTER, ESC};
use crate::school::free_student;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

const DOWN: &str = "\x1b[B";

/// A resident number of an invented person.
const NUMBER: &str = "410782201105181152";

/// Goes to a kind in the list of kinds and takes it.
fn take_kind(desk: &mut Clerk, name: &str) {
    for _ in 0..25 {
        let at = |row: &str| row.strip_prefix('>').is_some_and(|row| row.starts_with(&format!("{name} ")));
        if desk.screen().lines().any(at) {
            break;
        }
        desk.press(DOWN);
    }
    desk.wait_text(&format!(">{name} "));
    desk.press(ENTER);
}

/// Fills fields in by their labels, one after the other; a coded one by what it is looked up with.
fn fill(desk: &mut Clerk, values: &[(&str, &str)]) {
    for (label, value) in values {
        let at = |screen: &str| screen.lines().any(|row| row.starts_with(&format!(">{label}")));
        for _ in 0..20 {
            if at(&desk.screen()) {
                break;
            }
            desk.press("\t");
        }
        desk.wait_for(at, label);
        match value.strip_prefix('?') {
            Some(searched) => {
                desk.send(searched);
                desk.press(ENTER);
                desk.wait_text("上下键选");
                desk.press(ENTER);
            }
            None => drop(desk.press(value)),
        }
    }
}

fn number_of(screen: &str) -> String {
    let year = |part: &&str| part.starts_with("2025-") && part.len() >= 11;
    let word = |word: &str| word.trim_matches(|c: char| !c.is_ascii_digit() && c != '-').to_owned();
    let found = screen.split_whitespace().map(word).find(|part| year(&part.as_str()));
    found.unwrap_or_else(|| panic!("no number:\n{screen}"))
}

/// Papers, both posts of the school: what is the same for every kind goes through the door.
fn sent(county: &County, id: &str, papers: &[&str]) {
    let revision = || county.case(id)["revision"].clone();
    let (mut entry, mut review) = (county.call("x1-lr"), county.call("x1-sh"));
    for paper in papers {
        let bytes = paper.as_bytes();
        entry.ok(json!({"do": "evidence.attach", "application": id, "digest": blake3::hash(bytes).to_hex().as_str(),
            "size": bytes.len(), "kind": paper, "name": format!("{paper}.txt"), "original_place": "学校档案室",
            "offset": 0, "data": STANDARD.encode(bytes)}));
    }
    entry.ok(json!({"do": "applications.submit", "application": id, "revision": revision()}));
    review.ok(json!({"do": "applications.decide", "application": id, "revision": revision(), "agree": true}));
}

/// The row of a case in a tab of this desk, opened.
fn open(desk: &mut Clerk, county: &County, (account, tab, name): (&str, &str, &str), id: &str) -> String {
    desk.go_to_tab(name);
    let rows = county.rows(account, tab);
    let position = rows.iter().position(|row| row.id == id).unwrap_or_else(|| panic!("{id} is not in {tab}"));
    desk.send(&format!("g{}", "j".repeat(position)));
    desk.wait_counter(u32::try_from(position).unwrap() + 1, u32::try_from(rows.len()).unwrap());
    desk.open(id)
}

#[test]
fn a_duplicate_is_started_from_the_form_and_the_other_school_disputes_it() {
    let county = County::new();
    let student = free_student(&county, "x1-lr");
    let other = county.call("x4-lr").welcome["me"]["office"].clone();
    let mut desk = county.desk_on("x1-lr");
    desk.press("n");
    desk.wait_text("新办业务");
    desk.send(&format!("{}{ENTER}", student.name));
    desk.wait_text("Enter 选定");
    desk.press(ENTER);
    desk.wait_text(">休学");
    take_kind(&mut desk, "重复学籍");
    let form = desk.wait_text("对方学校");
    assert!(!form.contains("身份证件号"), "who has a file is not described again:\n{form}");
    fill(&mut desk, &[("对方学校", "?第四"), ("事由", "全国系统查重")]);
    desk.send(CTRL_S);
    desk.wait_confirm(&[&student.name, "重复学籍", "新办申请"]);
    for seen in ["实际就读证明", "演练一县教育局  10 个工作日"] {
        desk.wait_text(seen);
    }
    desk.send(ENTER);
    let id = number_of(&desk.wait_text("已建立申请"));
    assert_eq!(county.case(&id)["kind"], "重复学籍");
    sent(&county, &id, &["实际就读证明"]);

    // The other school finds it among what is under way, and says that he studies with it.
    let mut there = county.desk_on("x4-lr");
    open(&mut there, &county, ("x4-lr", "under_way", "在途"), &id);
    there.rest();
    there.send("D");
    there.wait_confirm(&[&student.name, "重复学籍", "提出争议"]);
    there.send(ENTER);
    there.wait_gone("Enter 确认");
    there.wait_for(|_| county.case(&id)["steps"].as_array().unwrap().len() > 3, "more hands");
    let steps = county.case(&id)["steps"].clone();
    let hands: Vec<&Value> = steps.as_array().unwrap().iter().map(|step| &step["hand"]["office"]).collect();
    assert_eq!(hands[2], &other["id"], "{hands:?}");
    // The authority reads that it is disputed.
    let mut handler = county.desk_on("xian1-jb");
    let case = open(&mut handler, &county, ("xian1-jb", "mine", "我的待办"), &id);
    assert!(case.contains("R8.3"), "{case}");
}

#[test]
fn a_pupil_of_junior_high_joins_from_the_form_and_waits_for_the_filing() {
    let county = County::new();
    let mut desk = county.desk_on("x1-lr");
    desk.press("N");
    desk.wait_text(">跨省转入");
    take_kind(&mut desk, "初中转入");
    desk.wait_text("原就读初中");
    fill(
        &mut desk,
        &[
            ("原就读初中", "演练初中"),
            ("法定监护人", "演练监护人"),
            ("与学生关系", "母亲"),
            ("姓名", "演练初中生"),
            ("身份证件号", NUMBER),
            ("专业", "?73"),
            ("班级", "25初职班"),
            ("事由", "学业困难"),
        ],
    );
    desk.send(CTRL_S);
    // No office stands on its way: the school is the only hand.
    let preview = desk.wait_for(|screen| screen.contains("Enter 确认") || screen.contains("办法："), "the verdict");
    assert!(preview.contains("演练初中生") && preview.contains("初中转入：新办申请"), "{preview}");
    assert!(!preview.contains("教育局  10 个工作日"), "{preview}");
    desk.send(ENTER);
    let id = number_of(&desk.wait_text("已建立申请"));
    sent(&county, &id, &["法定监护人申请", "初中学校同意意见"]);
    let case = county.case(&id);
    assert_eq!((&case["status"], case["steps"].as_array().unwrap().len()), (&json!("granted"), 1), "{case}");
    assert_eq!(case["students"][0]["status"], "已注册未备案");

    // It waits in the school's own list, whose footer names the keys that work there; the filing is recorded on it.
    let mut desk = county.desk_on("x1-lr");
    let opened = open(&mut desk, &county, ("x1-lr", "unsynced", "待同步"), &id);
    assert!(opened.contains("演练初中生"), "{opened}");
    desk.rest();
    desk.press(ESC);
    desk.wait_for(|screen| screen.lines().last().is_some_and(|row| row.contains("i 备案")), "the footer");
    desk.send("i");
    desk.wait_text("备案机关");
    fill(&mut desk, &[("文号", "演教备〔2025〕1号")]);
    desk.send(CTRL_S);
    desk.wait_confirm(&["演练初中生", "初中转入", "登记向演练一县教育局备案"]);
    desk.send(ENTER);
    desk.wait_gone("Enter 确认");
    crate::support::until("the filing", || {
        (county.case(&id)["beyond"]["waiting"]["milestone"] == "national").then_some(())
    });

    // Compulsory education is completed: typed on the record, with the number of its certificate.
    desk.send(":s 演练初中生\r");
    desk.wait_text("[基本信息]");
    desk.wait_text("2026-08-31");
    desk.send("c");
    desk.wait_text("演练初中生 完成义务教育");
    desk.send(ENTER);
    desk.send("演练义教证〔2025〕1号");
    desk.wait_text("演练义教证〔2025〕1号");
    desk.send(CTRL_S);
    desk.wait_for(
        |screen| screen.lines().any(|row| row.contains("登记 演练初中生 完成义务教育") && row.contains("回车确定")),
        "the one line that asks",
    );
    desk.rest();
    desk.send(ENTER);
    desk.wait_text("[基本信息]");
    desk.wait_gone("2026-08-31");
    desk.send("\t");
    let timeline = desk.wait_text("完成义务教育");
    assert!(timeline.contains("2025-10-15"), "{timeline}");
    let student = case["students"][0]["id"].clone();
    let record = county.call("x1-lr").ok(json!({"do": "students.show", "student": student}))["student"].clone();
    assert_eq!(record["compulsory_until"], "2025-10-15");
}

#[test]
fn after_the_semester_has_begun_nobody_comes_over_from_a_general_high_school() {
    let county = County::new();
    let mut desk = county.desk_on("x1-lr");
    desk.press("N");
    desk.wait_text(">跨省转入");
    take_kind(&mut desk, "普高/技工转入");
    desk.wait_text("原就读学校");
    fill(
        &mut desk,
        &[
            ("原就读学校", "演练高中"),
            ("姓名", "演练转入"),
            ("身份证件号", NUMBER),
            ("专业", "?73"),
            ("原入学日期", "20240901"),
            ("事由", "转入中职"),
        ],
    );
    desk.send(CTRL_S);
    let said = desk.wait_text("办法：");
    assert!(said.contains("R12.18") && said.contains("2025-09-01"), "{said}");
    desk.press(ESC);
    assert!(county.rows("x1-lr", "mine").iter().all(|row| row.name != "演练转入"));
}
