//! Forms that are begun, lost with the desk, and taken up again: a new application, the reasons of a return.

use crate::county::{County, ENTER};
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
