//! A login that several persons share, at a real terminal: who it is is asked before the first screen, the PIN is not
//! shown, and a line that comes back asks nobody again.

use super::county::{County, ENTER};
use crate::support::pty::Desk;
use serde_json::{Value, json};

const PIN: &str = "802613";

fn account(id: &str, person: &str, posts: &[&str], user: &str) -> Value {
    json!({"do": "accounts.put", "account": {"id": id, "revision": 0, "person": person, "name": format!("演练{id}"),
        "office": "410000", "posts": posts, "os_user": user, "active": true}})
}

/// A county with two accounts at one login, which asks for their PINs.
fn shared() -> County {
    let county = County::new();
    let mut keeper = county.call("sheng-gl");
    let user = keeper.ok(json!({"do": "whoami"}))["os_user"].as_str().unwrap().to_owned();
    keeper.ok(account("dk1", "p-dk1", &["keeper"], &user));
    keeper.ok(account("dk2", "p-dk1", &["handler"], &user));
    for id in ["dk1", "dk2"] {
        keeper.ok(json!({"do": "accounts.pin", "account": id, "pin": PIN}));
    }
    keeper.ok(json!({"do": "accounts.share", "os_user": user, "shared": true}));
    county
}

#[test]
fn a_clerk_at_a_shared_login_gives_account_and_pin_and_the_line_comes_back_by_itself() {
    let county = shared();

    let mut desk = Desk::start(&["--data", county.store.data_arg()], &[], 80, 24);
    desk.wait_text("由数人共用");
    desk.wait_text("dk2 演练dk2");
    desk.wait_text("账号：");
    desk.send(&format!("dk2{ENTER}"));
    desk.wait_text("PIN");
    desk.send(&format!("000111{ENTER}"));
    desk.wait_text("还可以试 4 次");
    assert!(!desk.screen().contains("000111"), "{}", desk.screen());
    desk.send(&format!("{PIN}{ENTER}"));
    desk.wait_text("[我的待办");
    desk.wait_text("演练dk2");

    // The server dies; the desk starts it again and is in without a question.
    let before = county.store.server_pid();
    county.store.kill_server();
    crate::support::until("another server", || county.store.server_pid().filter(|pid| Some(*pid) != before));
    desk.wait_gone("断线");
    desk.send("0");
    desk.wait_text("[机构学校]");
    desk.send("Q");
}

#[test]
fn the_questions_are_asked_in_english_where_english_is_wanted() {
    let county = shared();
    let mut desk = Desk::start(&["--data", county.store.data_arg(), "--lang", "en"], &[], 80, 24);
    desk.wait_text("Several persons share this login");
    desk.wait_text("Account:");
    desk.send(&format!("nobody{ENTER}"));
    desk.wait_text("PIN (not shown while you type)");
    desk.send(&format!("{PIN}{ENTER}"));
    desk.wait_text("This login has no account nobody");
    desk.send(&format!("dk2{ENTER}"));
    desk.send(&format!("000111{ENTER}"));
    desk.wait_text("Wrong PIN; 4 more tries");
    desk.send(&format!("{PIN}{ENTER}"));
    desk.wait_text("[To do");
    desk.send("Q");
    desk.wait_exit();
}
