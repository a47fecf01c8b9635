//! The command line in a terminal: where the caret stands, what it reaches, what is pasted into it; other key maps.

use crate::county::{County, ENTER, ESC};

#[test]
fn it_reaches_tabs_rules_cases_days_accounts_and_the_way_out() {
    let county = County::new();
    let case = county.row("xian1-jb", "mine", 7);
    let mut desk = county.desk("xian1-jb");
    let mut other = county.desk("xian1-fh");
    desk.send("：");
    // On the line above the footer, right behind the colon.
    desk.wait_cursor(22, 1);
    desk.send("在途");
    desk.wait_cursor(22, 5);
    desk.wait_text("under-way");
    desk.send(ENTER);
    desk.wait_text("[在途");
    desk.send(":dcl\r");
    desk.wait_counter(1, 204);
    desk.send(":r13.7\r");
    desk.wait_text("第13条 R13.7");
    desk.send(ESC);
    desk.wait_counter(1, 204);
    desk.send(&format!(":a {}\r", case.id));
    desk.wait_text(&case.id);
    desk.send(":wddb\r");
    desk.wait_counter(1, 204);
    // A student by number: the one who fits is opened; several are searched for.
    let number = county.call("xian1-jb").ok(serde_json::json!({"do": "students.reveal", "student": case.student}));
    desk.send(&format!(":s {}\r", number["id_no"].as_str().unwrap()));
    desk.wait_text("[基本信息]");
    desk.wait_text(&case.name);
    desk.send(":wddb\r");
    desk.wait_counter(1, 204);
    desk.send(":a 2025-999999\r");
    desk.wait_text("没有申请 2025-999999");
    desk.wait_counter(1, 204);
    desk.send(":today 2025-10-16\r");
    desk.wait_text("演练 2025-10-16");
    other.wait_text("演练 2025-10-16");
    other.send(":today 2025-10-14\r");
    desk.wait_text("演练 2025-10-14");
    desk.send(":as x1-lr\r");
    desk.wait_text("演练第一中专  ");
    desk.wait_text("录入  演练 2025-10-14");
    desk.send(":q\r");
    assert!(desk.wait_exit().success());
}

#[test]
fn what_is_pasted_into_it_is_cleaned_and_runs_nothing() {
    let county = County::new();
    let mut journal = county.journal();
    let mut desk = county.desk("xian1-jb");
    desk.send(":");
    desk.wait_cursor(22, 1);
    desk.paste("t\u{1b}]0;x\u{7}y\r\nty\n");
    desk.wait_text(":ty ty");
    desk.rest();
    desk.wait_text(":ty ty");
    desk.send(ESC);
    desk.wait_gone(":ty");
    assert_eq!(journal.verbs(), [""; 0]);
}

#[test]
fn limits_narrow_the_queue_and_are_seen_in_the_tab_line() {
    let county = County::new();
    let mut desk = county.desk("xian1-jb");
    desk.send("f");
    desk.wait_text("限定：选一项");
    desk.send(ENTER);
    let screen = desk.wait_text("限：逾");
    assert!(screen.contains("[我的待办 204]") && !screen.contains("剩 "), "{screen}");
    desk.send("F");
    desk.wait_counter(1, 204);
    desk.wait_gone("限：");
}

#[test]
fn saved_views_are_walked_through_and_found_again() {
    let county = County::new();
    let mut desk = county.desk("xian1-jb");
    let counts = |limit: serde_json::Value| {
        let asked = serde_json::json!({"do": "queue.page", "tab": "mine", "count": 1, "limit": limit});
        u32::try_from(county.call("xian1-jb").ok(asked)["total"].as_u64().unwrap()).unwrap()
    };
    let (all, overdue) = (counts(serde_json::json!({})), counts(serde_json::json!({"light": "overdue"})));
    let suspended = counts(serde_json::json!({"kind": "休学"}));
    let both = counts(serde_json::json!({"light": "overdue", "kind": "休学"}));
    assert!(0 < both && both < overdue.min(suspended) && overdue.max(suspended) < all);
    let choose = |desk: &mut crate::county::Clerk, group: &str, name: &str| {
        desk.send("f");
        desk.wait_text("限定：选一项");
        let at = |row: &str| row.starts_with('>') && row.contains(group) && row.contains(name);
        for _ in 0..60 {
            if desk.screen().lines().any(at) {
                break;
            }
            desk.press("j");
        }
        desk.wait_for(|screen| screen.lines().any(at), name);
    };
    let save = |desk: &mut crate::county::Clerk, name: &str| {
        desk.send("f");
        desk.wait_text("限定：选一项");
        desk.send("W");
        desk.wait_text("名称");
        desk.send(name);
        desk.wait_text(name);
        desk.send(ENTER);
        desk.wait_text(&format!("限定已存为 {name}"));
        while !desk.screen().contains("[我的待办") {
            desk.press(ESC);
        }
    };
    // Two views, saved as they are in force.
    choose(&mut desk, "时限", "逾");
    desk.send(ENTER);
    desk.wait_counter(1, overdue);
    save(&mut desk, "逾期的");
    choose(&mut desk, "业务", "休学");
    desk.send(ENTER);
    desk.wait_counter(1, both);
    save(&mut desk, "逾期休学");
    desk.send("F");
    desk.wait_counter(1, all);

    // Another desk of the same account finds both, and walks from one to the other; each takes the other's place.
    desk.kill9();
    let mut again = county.desk("xian1-jb");
    choose(&mut again, "已存", "逾期休学");
    again.send(ENTER);
    again.wait_counter(1, both);
    again.wait_text("限：逾 休学");
    choose(&mut again, "已存", "逾期的");
    again.send(ENTER);
    again.wait_counter(1, overdue);
    again.wait_gone("限：逾 休学");
    // It stays from tab to tab, and comes off whole.
    again.go_to_tab("本机构");
    again.wait_text("限：逾");
    again.go_to_tab("我的待办");
    again.send("F");
    again.wait_counter(1, all);
    // One that is forgotten is gone for good; a colleague never had it.
    choose(&mut again, "已存", "逾期的");
    again.send("D");
    again.wait_for(|screen| !screen.lines().any(|row| row.contains("已存     逾期的")), "it gone");
    let views = |account: &str| county.call(account).ok(serde_json::json!({"do": "views.list"}))["items"].clone();
    let names: Vec<_> = views("xian1-jb").as_array().unwrap().iter().map(|view| view["name"].clone()).collect();
    assert_eq!(names, ["逾期休学"]);
    assert_eq!(views("xian1-jb2"), serde_json::json!([]));
}

#[test]
fn the_numeric_pad_has_a_key_map_of_its_own() {
    let county = County::new();
    let case = county.row("xian1-jb", "mine", 0);
    let mut desk = county.desk_with("xian1-jb", &["--keymap", "numpad"], &[], 80, 24);
    desk.wait_text("+ 同意");
    desk.send("+");
    desk.wait_confirm(&[&case.name, "提出同意"]);
    desk.send(".");
    desk.wait_gone("Enter 确认");
    desk.send("4");
    desk.wait_counter(1, 204);
}
