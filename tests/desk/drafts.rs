//! Forms that are begun, lost with the desk, and taken up again: a new application, the reasons of a return.

use crate::county::{CTRL_S, County, ENTER};
use crate::school::free_student;
use crate::support::until;
use serde_json::{Value, json};

fn drafts(county: &County, account: &str) -> Vec<Value> {
    county.call(account).ok(json!({"do": "drafts.list"}))["items"].as_array().unwrap().clone()
}

#[test]
fn a_new_application_is_found_again_in_the_same_field() {
    let county = County::new();
    let student = free_student(&county, "x1-lr");
    let mut desk = county.desk("x1-lr");
    desk.press("n");
    desk.send(&student.name);
    desk.wait_text(&format!("学生  {}", student.name));
    desk.press(ENTER);
    desk.wait_text("Enter 选定");
    desk.press(ENTER);
    desk.wait_text(">休学");
    desk.press(ENTER);
    desk.wait_text("休学止");
    desk.send(&format!("{ENTER}20260228{ENTER}因病"));
    desk.wait_text("因病");
    let kept = || drafts(&county, "x1-lr").into_iter().find(|draft| draft["slot"] == "start");
    let content = || county.call("x1-lr").ok(json!({"do": "drafts.load", "slot": "start"}))["content"].to_string();
    let draft = until("the draft", || kept().filter(|draft| draft["field"] == "事由" && content().contains("因病")));
    assert_eq!(draft["title"], format!("新办 休学 {}", student.name));
    desk.kill9();
    county.store.kill_server();
    let mut again = county.desk("x1-lr");
    again.wait_text("份未完成的草稿");
    again.send("n");
    let back = again.wait_text("已取回草稿");
    assert!(back.contains("20260228") && back.contains(&student.name), "{back}");
    again.wait_for(|screen| screen.lines().any(|row| row.starts_with(">事由") && row.contains("因病")), "the field");
    // The colleague at the same school finds nothing of it.
    assert_eq!(drafts(&county, "x1-sh"), [] as [Value; 0]);
}

#[test]
fn itemised_reasons_of_a_return_are_found_again_after_a_kill_and_forgotten_with_the_decision() {
    let county = County::new();
    let at = county.here("xian1-jb", 0, 1);
    let case = county.row("xian1-jb", "mine", at);
    let mut desk = county.desk("xian1-jb");
    desk.select(at, &case.name);
    desk.send("t");
    desk.wait_text(&format!("退回补正：{} ", case.name));
    desk.send(&format!("13 缺诊断证明{ENTER}第5条 申请书没有签字"));
    desk.wait_text(" 第5条 申请书没有签字");
    let slot = format!("write:{}:return", case.id);
    let content = || county.call("xian1-jb").ok(json!({"do": "drafts.load", "slot": slot}))["content"].to_string();
    until("the draft", || {
        let kept = drafts(&county, "xian1-jb").iter().any(|draft| draft["slot"] == *slot);
        (kept && content().contains("没有签字")).then_some(())
    });
    // The line drops, and the server with it.
    desk.kill9();
    county.store.kill_server();

    let mut again = county.desk("xian1-jb");
    again.wait_text("份未完成的草稿");
    again.send(":草稿\r");
    again.wait_for(|screen| screen.lines().any(|row| row.starts_with('>') && row.contains(&case.name)), "the draft");
    // The list leads to the case and into the form, both reasons as they were.
    again.send(ENTER);
    let back = again.wait_text("已取回草稿");
    assert!(back.contains(" 13 缺诊断证明") && back.contains(" 第5条 申请书没有签字"), "{back}");
    again.rest();
    again.send(CTRL_S);
    again.wait_confirm(&[&case.name, "提出退回补正", "2 条理由"]);
    again.send(ENTER);
    again.wait_gone("Enter 确认");
    let rounds = county.case(&case.id)["steps"][1]["rounds"].as_array().unwrap().clone();
    let reasons = json!([
        {"article": "13", "material": null, "text": "缺诊断证明"},
        {"article": "5", "material": null, "text": "申请书没有签字"},
    ]);
    assert_eq!(rounds.last().unwrap()["proposal"]["reasons"], reasons);
    until("the draft to be forgotten", || drafts(&county, "xian1-jb").is_empty().then_some(()));
}
