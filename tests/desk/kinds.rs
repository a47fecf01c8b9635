//! Applications of other kinds than 休学, by keyboard.

use crate::county::{CTRL_S, Clerk, County, ENTER, ESC};
use crate::school::free_student;
use serde_json::json;

/// The paper Art. 12 asks for, under exactly this name.
const PAPER: &str = "转学申请（本人书写）";

#[test]
fn a_transfer_is_started_with_its_paper_and_arrives_at_the_receiving_school() {
    let county = County::new();
    let student = free_student(&county, "x1-lr");
    let paper = county.store.home().join("申请.txt");
    std::fs::write(&paper, "本人申请转学").unwrap();
    let receiving = county.call("x4-lr").welcome["me"]["office"].clone();
    let before = county.rows("x4-lr", "mine").len();
    let mut entry = county.desk_on("x1-lr");
    let mut there = county.desk_on("x4-lr");

    // The student, the kind.
    entry.press("n");
    entry.wait_text("新办业务");
    entry.send(&format!("{}{ENTER}", student.name));
    entry.wait_text("Enter 选定");
    entry.press(ENTER);
    entry.wait_text(">休学");
    // What the status does not allow says why, by the server's rules.
    entry.send("\x1b[B".repeat(20).as_str());
    let list = entry
        .wait_for(|screen| screen.lines().any(|row| row.starts_with('>') && row.contains("须为")), "the last kind");
    assert!(list.find(" 转学 ") < list.find(" 复学 "), "those that are open come first:\n{list}");
    entry.press(ENTER);
    let refused = entry.wait_text("办法：");
    assert!(refused.contains("条 R"), "{refused}");
    entry.press(ESC);
    entry.send("\x1b[A".repeat(20).as_str());
    entry.wait_text(">休学");
    entry.press("\x1b[B");
    entry.wait_text(">转学");
    entry.press(ENTER);
    entry.wait_text("转入学校");

    // The school by part of its name, chosen from a list; the day is today's already.
    entry.send("第四");
    entry.wait_text("转入学校    第四");
    entry.press(ENTER);
    let code = receiving["id"].as_str().unwrap();
    entry.wait_text(&format!(">{code}"));
    entry.press(ENTER);
    entry.wait_text(&format!("转入学校    {code}  {}", receiving["name"].as_str().unwrap()));
    entry.send(&format!("{ENTER}随父母迁居"));
    entry.wait_text("随父母迁居");
    entry.send(CTRL_S);
    entry.wait_confirm(&[&student.name, "转学", "新办申请"]);
    for seen in ["演练第一中专  10 个工作日", "演练第四中专  10 个工作日", "演练一县教育局  10 个工作日", PAPER]
    {
        entry.wait_text(seen);
    }
    entry.send(ENTER);
    let started = entry.wait_text("已建立申请");
    let id = started.split("转学 ").find_map(|part| part.get(..11).filter(|id| id.starts_with("2025-")));
    let id = id.unwrap_or_else(|| panic!("no number:\n{started}")).to_owned();
    assert_eq!(county.case(&id)["missing"], json!([PAPER]));

    // Its paper is offered by name.
    entry.rest();
    entry.press("e");
    entry.wait_text(&format!("材料名称    {PAPER}"));
    entry.send(paper.to_str().unwrap());
    entry.wait_text("申请.txt");
    entry.send(CTRL_S);
    entry.wait_text("材料已上传：申请.txt");
    // The findings stand above the papers; those are read by paging.
    entry.wait_text("材料已上传");
    entry.press("\x1b[6~");
    entry.wait_text(&format!("1 {PAPER}"));
    assert_eq!(county.case(&id)["missing"], json!([]));
    entry.rest();
    entry.send("s");
    entry.wait_confirm(&[&student.name, "转学", "提交"]);
    entry.send(ENTER);
    entry.wait_gone("Enter 确认");
    assert_eq!(county.rows("x4-lr", "mine").len(), before, "not there before its own school has agreed");

    // 审核 agrees.
    let agree = |desk: &mut Clerk, account: &str, words: &str| {
        let rows = county.rows(account, "mine");
        let position = rows.iter().position(|row| row.id == id).unwrap();
        desk.send(&format!("g{}", "j".repeat(position)));
        desk.wait_counter(u32::try_from(position).unwrap() + 1, u32::try_from(rows.len()).unwrap());
        desk.open(&id);
        desk.rest();
        desk.send("a");
        desk.wait_confirm(&[&student.name, "转学", words]);
        desk.send(ENTER);
        desk.wait_gone("Enter 确认");
    };
    let mut review = county.desk_on("x1-sh");
    agree(&mut review, "x1-sh", "同意录入意见，报送主管部门");

    // It arrives at the receiving school, whose own ten days begin.
    there.wait_text(&format!("[我的待办 {}]", before + 1));
    there.wait_text(&student.name);
    let case = county.case(&id);
    let step = &case["steps"][1];
    assert_eq!((&step["hand"]["office"], &step["state"]), (&receiving["id"], &json!("current")));
    assert_eq!((&step["clock"]["budget"], &step["clock"]["left"]), (&json!(10), &json!(10)));

    // It decides with both its posts, and the first authority has it next; the current hand is named above the fold.
    agree(&mut there, "x4-lr", "提出同意意见");
    let mut second = county.desk_on("x4-sh");
    agree(&mut second, "x4-sh", "同意录入意见，报送主管部门");
    let mut handler = county.desk("xian1-jb");
    let rows = county.rows("xian1-jb", "mine");
    let position = rows.iter().position(|row| row.id == id).unwrap();
    handler.send(&format!("g{}", "j".repeat(position)));
    handler.wait_counter(u32::try_from(position).unwrap() + 1, u32::try_from(rows.len()).unwrap());
    let case = handler.open(&id);
    assert!(case.contains("第 3/4 手：演练一县教育局"), "{case}");
}

const DOWN: &str = "\x1b[B";
const UP: &str = "\x1b[A";
const SHIFT_TAB: &str = "\x1b[Z";

#[test]
fn every_kind_the_server_names_can_be_filled_in_or_says_why_not() {
    let county = County::new();
    let student = free_student(&county, "x1-lr");
    let listed = county.call("x1-lr").ok(json!({"do": "kinds.list"}))["items"].clone();
    let mut desk = county.desk_on("x1-lr");
    desk.press("n");
    desk.wait_text("新办业务");
    desk.send(&format!("{}{ENTER}", student.name));
    desk.wait_text("Enter 选定");
    desk.press(ENTER);
    desk.wait_text(">休学");
    let (mut open, mut closed) = (0, 0);
    for kind in listed.as_array().unwrap() {
        let name = kind["kind"].as_str().unwrap();
        // Across provinces has fields of its own, filled in by the tests of that form.
        if kind["fields"].as_array().unwrap().iter().any(|field| field["form"]["form"] == "province") {
            continue;
        }
        let fits = kind["from"].as_array().unwrap().contains(&json!("在读"));
        // To the kind's line, wherever the last kind left us, and to this kind in the list.
        for _ in 0..10 {
            let line = desk.screen().lines().find(|row| row.starts_with('>')).unwrap().to_owned();
            if line.starts_with(">业务") {
                break;
            }
            desk.press(SHIFT_TAB);
        }
        desk.send(&UP.repeat(20));
        desk.wait_text(">休学");
        for _ in 0..20 {
            if desk
                .screen()
                .lines()
                .any(|row| row.strip_prefix('>').is_some_and(|row| row.starts_with(&format!("{name} "))))
            {
                break;
            }
            desk.press(DOWN);
        }
        desk.wait_text(&format!(">{name} "));
        desk.press(ENTER);
        if !fits {
            let said = desk.wait_text("办法：");
            assert!(said.contains("条 R"), "{name}: {said}");
            desk.press(ESC);
            closed += 1;
            continue;
        }
        open += 1;
        // Who has a file is not described again.
        let new = |field: &&serde_json::Value| !field["path"].as_str().unwrap().starts_with("person.");
        // Another major beside a transfer has its own refusals (`tests/law/new_major.toml`).
        let fields: Vec<_> = kind["fields"]
            .as_array()
            .unwrap()
            .iter()
            .filter(new)
            .filter(|field| field["label"] != "同时转专业")
            .collect();
        for (n, field) in fields.iter().enumerate() {
            let label = field["label"].as_str().unwrap();
            desk.wait_for(|screen| screen.lines().any(|row| row.starts_with(&format!(">{label}"))), label);
            match field["form"]["form"].as_str().unwrap() {
                "choice" if field["initial"].is_null() => drop(desk.press(" ")),
                "school" | "major" => {
                    desk.send("演练市属");
                    if field["form"]["form"] == "major" {
                        desk.send("\x1573");
                    }
                    desk.press(ENTER);
                    desk.wait_text("上下键选");
                    desk.press(ENTER);
                    continue;
                }
                "day" if field["initial"].is_null() => drop(desk.press("20260228")),
                "number" if field["initial"].is_null() => drop(desk.press("170")),
                "text" => drop(desk.press("演练")),
                _ => {}
            }
            if n + 1 < fields.len() {
                desk.press(ENTER);
            }
        }
        desk.send(CTRL_S);
        let judged = |screen: &str| screen.contains("Enter 确认") || screen.contains("办法：");
        let said = desk.wait_for(judged, &format!("the verdict on {name}"));
        assert!(!said.contains("无法识别") && said.contains("所需材料"), "{name}: {said}");
        desk.press(ESC);
    }
    assert!((open, closed) == (14, 4), "{open} open, {closed} closed");
    assert_eq!(county.rows("x1-lr", "mine").iter().filter(|row| row.name == student.name).count(), 0);
}
