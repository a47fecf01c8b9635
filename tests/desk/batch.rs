//! A batch from the list of students to the county's desk, by keyboard alone; and a queue approved in one go.

use crate::county::{County, ENTER, ESC, TAB};
use serde_json::{Value, json};

const SPACE: &str = " ";
const CTRL_T: &str = "\x14";

/// Names of students of school 1 in this search who are free to move.
fn free(county: &County, text: &str) -> Vec<Value> {
    let mut call = county.call("x1-lr");
    let found = call.ok(json!({"do": "students.find", "text": text, "count": 60}));
    found["items"].as_array().unwrap().clone()
}

#[test]
fn a_list_is_marked_handed_in_submitted_and_agreed_as_one() {
    let county = County::new();
    let mut desk = county.desk_on("x1-lr");
    desk.send("2");
    desk.wait_text("查找学生");
    desk.send("w");
    desk.wait_text("人");
    let first = free(&county, "w");
    assert!(first.len() > 5);
    for n in 1..=4 {
        desk.send(TAB);
        desk.wait_text(&format!("已标记 {n} 人"));
    }
    desk.send(CTRL_T);
    desk.wait_text("等4人");
    desk.wait_text("转入学校");
    desk.send("演练第二");
    desk.send(ENTER);
    desk.wait_text(">3641910002");
    desk.send(ENTER);
    desk.send(ENTER);
    desk.send("合作办学");
    desk.wait_text("合作办学");
    desk.send(ENTER);
    // Whoever is in the way is named and taken off by the same key.
    let screen = desk.wait_for(|screen| screen.contains("Enter 确认") || screen.contains("从名单去掉"), "the rules");
    if screen.contains("从名单去掉") {
        desk.send("\x13");
    }
    desk.wait_text("转学：新办申请。Enter 确认");
    desk.send(ENTER);
    let screen = desk.wait_text("批量转学 B2025-");
    desk.wait_text("尚未提交");
    let batch = screen.split("批量转学 ").nth(1).unwrap().split(' ').next().unwrap().to_owned();

    // The papers come by script; the submission by keyboard.
    let mut call = county.call("x1-lr");
    let view = call.ok(json!({"do": "batches.show", "batch": batch}));
    let members = view["members"].as_array().unwrap().clone();
    for member in &members {
        call.ok(crate::batch::paper(member["application"].as_str().unwrap()));
    }
    desk.wait_for(|screen| screen.matches("材料齐").count() == members.len(), "all papers there");
    // What has just changed on screen is not yet decided on: the screen stands still for a moment first.
    desk.settle(std::time::Duration::from_millis(300));
    desk.send("s");
    desk.wait_confirm(&[&format!("等{}人", members.len()), "提交"]);
    desk.send(ENTER);
    desk.wait_text("已提交");

    // The school's second post finds one row.
    let mut second = county.desk_on("x1-sh");
    second.wait_text(&format!("等{}人", members.len()));
    let rows = county.rows("x1-sh", "mine");
    let at = rows.iter().position(|row| row.id == members[0]["application"]).unwrap();
    for _ in 0..at {
        second.send("j");
    }
    second
        .wait_for(|screen| screen.lines().any(|line| line.starts_with('>') && line.contains("等")), "the batch's row");
    second.settle(std::time::Duration::from_millis(300));
    second.send("a");
    second.wait_confirm(&[&format!("等{}人", members.len())]);
    second.send(ENTER);
    second.wait_text("已同意");
    let view = call.ok(json!({"do": "batches.show", "batch": batch}));
    assert!(view["members"].as_array().unwrap().iter().all(|member| member["hand"] == "演练第二中专"), "{view}");
}

/// A student's own paper.
pub fn paper(application: &str) -> Value {
    use base64::Engine;
    let bytes = application.as_bytes();
    let data = base64::engine::general_purpose::STANDARD.encode(bytes);
    json!({"do": "evidence.attach", "application": application, "digest": blake3::hash(bytes).to_hex().as_str(),
        "size": bytes.len(), "kind": "转学申请（本人书写）", "name": "申请.txt", "original_place": "学校档案室",
        "offset": 0, "data": data})
}

#[test]
fn a_queue_is_proposed_in_one_go_and_what_is_refused_stays_marked() {
    let county = County::new();
    let rows = county.rows("xian1-jb", "mine");
    let mut desk = county.desk("xian1-jb");
    let all = u32::try_from(rows.len()).unwrap();
    desk.wait_counter(1, all);
    let from = county.here("xian1-jb", 0, 3);
    desk.send(&"j".repeat(from));
    desk.wait_counter(from as u32 + 1, all);
    let rows = &rows[from..];
    for n in 1..=3 {
        desk.send(SPACE);
        desk.wait_text(&format!("标记 {n}"));
    }
    // A colleague is quicker with the second one: this desk decides on what it saw.
    let seen = county.case(&rows[1].id)["revision"].clone();
    let propose = json!({"do": "applications.propose", "application": rows[1].id, "revision": seen,
        "outcome": "return", "reasons": [{"article": "13", "text": "演练退回"}]});
    county.call("xian1-jb2").ok(propose);
    desk.send("a");
    desk.wait_confirm(&["标记的 3 件"]);
    desk.send(ENTER);
    let screen = desk.wait_text("办妥 2 件，未办 1 件");
    assert!(screen.contains(&rows[1].id), "{screen}");
    desk.press(ESC);
    desk.wait_text("标记 1");
    for (n, standing) in [(0, "second"), (1, "second"), (2, "second")] {
        let case = county.case(&rows[n].id);
        assert_eq!(case["standing"], standing);
        let step = case["current"].as_u64().unwrap() as usize;
        let outcome = &case["steps"][step]["rounds"].as_array().unwrap().last().unwrap()["proposal"]["outcome"];
        assert_eq!(outcome, if n == 1 { "return" } else { "approve" }, "{case}");
    }
}
