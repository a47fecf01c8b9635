//! A key that is not open says why, and changes nothing. 依据 shows how a figure was reached. Accounts are switched.

use crate::county::{Clerk, County, ENTER, ESC, F12, TAB};
use crate::support::pty::Desk;
use crate::support::temp_store;
use serde_json::json;

/// Presses a key that is not open: the answer has article, rule and a way out, and all of these words.
fn closed(desk: &mut Clerk, key: &str, words: &[&str]) {
    desk.press(key);
    let screen = desk.wait_text("办法：");
    let said: Vec<&str> = screen.lines().skip_while(|row| !row.starts_with("──")).collect();
    let said = said[1..said.len() - 1].join("");
    assert!(said.starts_with('第') && said.contains("条 R") && said.contains('：'), "no article and rule: {said}");
    assert!(words.iter().all(|word| said.contains(word)), "{key:?} without {words:?}: {said}");
    // Enter behind it takes nothing.
    desk.send(ENTER);
    desk.wait_gone("办法：");
}

#[test]
fn the_first_post_is_told_why_a_key_is_not_open() {
    let county = County::new();
    let mut journal = county.journal();
    let case = county.row("xian1-jb", "mine", 0);
    let mut desk = county.desk("xian1-jb");
    desk.open(&case.id);
    closed(&mut desk, "b", &["第4条", "复核"]);
    closed(&mut desk, "s", &["第5条", "学校"]);
    closed(&mut desk, "C", &["学校"]);
    closed(&mut desk, "u", &["第4条"]);
    assert_eq!(county.case(&case.id)["revision"], revision_of(&county, &case.id));
    assert_eq!(journal.verbs(), [""; 0]);
    // From the list too; its own proposal lies with the other post.
    desk.send("a");
    desk.wait_confirm(&[&case.name]);
    desk.send(ENTER);
    desk.wait_text("下一件");
    desk.press(ESC);
    desk.wait_counter(1, 203);
    desk.go_to_tab("本机构");
    desk.rest();
    closed(&mut desk, "a", &["复核"]);
    assert_eq!(journal.verbs(), ["applications.propose"]);
}

fn revision_of(county: &County, id: &str) -> serde_json::Value {
    county.call("xian1-gl").ok(json!({"do": "applications.show", "application": id}))["revision"].clone()
}

#[test]
fn the_last_hands_agreement_cannot_be_taken_back_and_the_way_out_is_named() {
    let county = County::new();
    let rows = county.rows("xian1-fh", "office");
    // A suspension: its counter-application has a name.
    let of_kind = |row: &crate::county::Row| county.case(&row.id)["kind"] == "休学";
    let mine = county.rows("xian1-fh", "mine").into_iter().find(of_kind).unwrap();
    let position = rows.iter().position(|row| *row == mine).unwrap();
    let mut desk = county.desk("xian1-fh");
    desk.go_to_tab("本机构");
    desk.select(position, &mine.name);
    desk.open(&mine.id);
    desk.send("a");
    desk.wait_confirm(&[&mine.name, "结果为同意"]);
    desk.send(ENTER);
    desk.wait_text("办结");
    desk.rest();
    let mut journal = county.journal();
    closed(&mut desk, "u", &["第13条", "不能撤回", "复学"]);
    closed(&mut desk, "a", &["已经办结"]);
    assert_eq!(journal.verbs(), [""; 0]);
    assert_eq!(county.case(&mine.id)["status"], "granted");
}

#[test]
fn other_posts_and_the_same_person_twice_are_told_why() {
    let county = County::new();
    let mut journal = county.journal();
    // Who prepared a case in one account may not decide it in another.
    let case = county.row("xian1-jb2", "mine", 0);
    let revision = county.case(&case.id)["revision"].clone();
    county
        .call("xian1-jb2")
        .ok(json!({"do": "applications.propose", "application": case.id, "revision": revision, "outcome": "approve"}));
    assert_eq!(journal.verbs(), ["applications.propose"]);
    let mut same = county.desk("xian1-fh2");
    same.go_to_tab("本机构");
    let position = county.rows("xian1-fh2", "office").iter().position(|row| row.id == case.id).unwrap();
    same.select(position, &case.name);
    closed(&mut same, "a", &["第5条", "同一"]);
    // A supervisor reads, and decides nothing.
    let mut reader = county.desk_on("xian1-db");
    reader.go_to_tab("本机构");
    closed(&mut reader, "a", &["督办"]);
    reader.press(ESC);
    closed(&mut reader, "t", &["督办"]);
    // An office above reads what lies below it.
    let mut above = county.desk("shi-jb");
    above.go_to_tab("在途");
    closed(&mut above, "a", &["办理"]);
    assert_eq!(journal.verbs(), [""; 0]);
}

#[test]
fn the_basis_counts_day_by_day_and_names_the_holiday() {
    let county = County::new();
    let page = county.call("xian1-jb").ok(json!({"do": "queue.page", "tab": "mine", "count": 500}));
    let rows = page["items"].as_array().unwrap();
    // Started on the Friday before National Day.
    let position = rows.iter().position(|row| row["clock"]["started"] == "2025-09-26").unwrap();
    let row = &rows[position];
    assert_eq!(row["clock"]["due"], "2025-10-16");
    let mut desk = county.desk_with("xian1-jb", &[], &[], 80, 40);
    desk.select(position, row["student_name"].as_str().unwrap());
    desk.press("L");
    let screen = desk.wait_text("到期日");
    let day =
        |date: &str| screen.lines().find(|line| line.starts_with(date)).unwrap_or_else(|| panic!("{date}\n{screen}"));
    let counts = |date: &str, n: Option<u32>, words: &[&str]| {
        let line = day(date);
        let said = match n {
            Some(n) => line.contains(&format!("第 {n} 日")),
            None => line.contains("不计") && !line.contains("第 "),
        };
        assert!(said && words.iter().all(|word| line.contains(word)), "{line}\n{screen}");
    };
    counts("2025-09-26", None, &["周五", "起算日"]);
    counts("2025-09-27", None, &["周六"]);
    counts("2025-09-28", Some(1), &["周日", "调休"]);
    counts("2025-09-29", Some(2), &["周一"]);
    counts("2025-09-30", Some(3), &["周二"]);
    for date in 1..=8 {
        counts(&format!("2025-10-0{date}"), None, &["国庆"]);
    }
    counts("2025-10-09", Some(4), &["周四"]);
    counts("2025-10-10", Some(5), &[]);
    counts("2025-10-11", Some(6), &["周六", "调休"]);
    counts("2025-10-12", None, &["周日"]);
    counts("2025-10-13", Some(7), &[]);
    counts("2025-10-14", Some(8), &[]);
    counts("2025-10-15", Some(9), &["今天"]);
    counts("2025-10-16", Some(10), &["到期日"]);
    assert!(screen.contains("第13条 R13.2") && screen.contains("到期 2025-10-16"), "{screen}");
    // The figure in the list is the same count.
    assert!(screen.contains("剩 1 日"), "{screen}");
    // Our words for the rule stand below.
    desk.send("G");
    desk.wait_text("条款摘要");
    desk.wait_text("R13.2");
    desk.press(ESC);
    desk.wait_text("剩 1 日");
}

#[test]
fn the_header_says_who_where_and_that_it_is_an_exercise_and_f12_changes_who() {
    let county = County::new();
    let mut desk = county.desk("xian1-jb");
    let header = |screen: &str| screen.lines().next().unwrap().to_owned();
    let first = header(&desk.screen());
    for word in ["演练一县教育局", "徐经办", "经办", "演练 2025-10-15"] {
        assert!(first.contains(word), "{first}");
    }
    let accounts = desk.press(F12);
    let listed = if accounts.contains("xian1-fh") { accounts } else { desk.wait_text("xian1-fh") };
    assert!(
        listed.lines().any(|row| row.starts_with('>') && row.contains("xian1-jb") && row.contains("当前")),
        "{listed}"
    );
    let down =
        listed.lines().skip_while(|row| !row.starts_with('>')).position(|row| row.ends_with("xian1-fh")).unwrap();
    desk.send(&"j".repeat(down));
    desk.wait_for(|screen| screen.lines().any(|row| row.starts_with('>') && row.ends_with("xian1-fh")), "the row");
    desk.send(ENTER);
    let screen = desk.wait_counter(1, 49);
    assert!(header(&screen).contains("孙复核 复核  演练 2025-10-15"), "{screen}");
    desk.wait_text("现在是 孙复核");
    // Keys do what that account may do.
    let case = county.row("xian1-fh", "mine", 0);
    desk.send("a");
    desk.wait_confirm(&[&case.name, "同意经办意见"]);
    desk.send(ENTER);
    desk.wait_text("下一件");
    let case = county.case(&case.id);
    assert!(case["steps"].as_array().unwrap().iter().any(|step| step["decided_by"]["account"] == "xian1-fh"), "{case}");

    // A real store knows nothing of it, and does not say 演练.
    let store = temp_store();
    store.run_ok(&["init", "--office", "410782"]);
    let mut desk = Clerk { desk: Desk::start(&["--data", store.data_arg()], &[], 80, 24) };
    desk.wait_text("这里没有待办的业务");
    assert!(!header(&desk.screen()).contains("演练"), "{}", desk.screen());
    assert!(header(&desk.screen()).contains("系统管理"), "{}", desk.screen());
    desk.press(F12);
    desk.wait_text("只用于演练库");
}

#[test]
fn the_exercise_day_moves_for_all_desks() {
    let county = County::new();
    let desk = county.desk("xian1-jb");
    let before = desk.wait_text("演练 2025-10-15");
    county.call("xian1-gl").ok(json!({"do": "exercise.today", "at": "2025-10-16T09:00:00+08:00"}));
    let after = desk.wait_text("演练 2025-10-16");
    desk.wait_text("逾期16日");
    assert!(before.contains("逾期15日") && !before.contains("逾期16日") && after != before);
}

#[test]
fn help_lists_what_the_footer_promises() {
    let county = County::new();
    let mut desk = county.desk_with("xian1-jb", &[], &[], 80, 60);
    let footer = desk.screen().lines().last().unwrap().to_owned();
    desk.send("?");
    let help = desk.wait_for(|screen| screen.lines().nth(1).is_some_and(|title| title.contains("按键")), "the help");
    for pair in footer.split("  ").filter(|pair| !pair.trim().is_empty()) {
        let key = pair.split_whitespace().next().unwrap();
        assert!(help.lines().any(|row| row.split_whitespace().next() == Some(key)), "{key} is not in help:\n{help}");
    }
    desk.send(ESC);
    desk.wait_counter(1, 204);
    // A key that means nothing says where to look.
    desk.press("m");
    desk.wait_text("? 看按键说明");
    desk.press(TAB);
    desk.wait_text("[复核退回");
}
