//! Screen 0 under a terminal: the keeper adds a supervisor, whose desk then opens; the journal knows, the store holds.

use super::county::{CTRL_S, County, ENTER, ESC, TAB};
use serde_json::json;

#[test]
fn a_keeper_adds_an_account_at_the_terminal_and_its_desk_opens() {
    let county = County::new();
    let mut desk = county.desk_on("sheng-gl");
    desk.send("0");
    desk.wait_text("[机构学校]");
    desk.wait_text("410000");
    for tab in ["[招生资质]", "[专业]", "[账号]"] {
        desk.send(TAB);
        desk.wait_text(tab);
    }
    desk.wait_text("sheng-gl");
    desk.send("n");
    desk.wait_text("添加账号");
    // The office is filled in beforehand: the keeper's own.
    desk.send(&format!("sheng-db9{ENTER}p-db9{ENTER}演练督办九{ENTER}{ENTER}督办"));
    desk.wait_text("督办");
    desk.send(CTRL_S);
    desk.wait_text("回车确定");
    assert!(county.call("sheng-gl").ok(json!({"do": "journal.find", "who": "sheng-gl"}))["items"] == json!([]));
    desk.send(ENTER);
    desk.wait_text("已办");
    desk.wait_text("sheng-db9");

    let opened = county.desk_on("sheng-db9");
    opened.wait_text("演练督办九");

    // The journal's tab, narrowed to what was just done, and the entry in full.
    desk.send(&format!("{TAB}{TAB}"));
    desk.wait_text("[日志]");
    desk.wait_text("accounts.put");
    desk.send(ENTER);
    desk.wait_text("p-db9");
    desk.send(ESC);
    desk.wait_text("[日志]");
    desk.send("v");
    desk.wait_text("核验无误");
    desk.send("Q");
}
