//! Type-ahead is kept, but decides nothing on a case nobody has seen.

use crate::county::{County, ENTER, ESC};

/// What a burst came to is known once the key behind it has opened help.
const HELP: &str = "?";

#[test]
fn the_deciding_key_three_times_decides_nothing() {
    let county = County::new();
    let mut journal = county.journal();
    let mut desk = county.desk("xian1-jb");
    let case = county.row("xian1-jb", "mine", 0);
    desk.send("aaa");
    desk.wait_confirm(&[&case.name, "提出同意"]);
    desk.rest();
    desk.wait_confirm(&[&case.name, "提出同意"]);
    assert_eq!(journal.verbs(), [""; 0], "from the list");
    desk.send(ESC);
    desk.wait_gone("Enter 确认");
    desk.send("aaa");
    desk.wait_confirm(&[&case.name, "提出同意"]);
    desk.rest();
    assert_eq!(journal.verbs(), [""; 0], "from the open case");
}

#[test]
fn three_pairs_in_one_burst_from_the_list_decide_one_case() {
    let county = County::new();
    let rows = county.rows("xian1-jb", "mine");
    let mut journal = county.journal();
    let mut desk = county.desk("xian1-jb");
    let from = county.here("xian1-jb", 0, 3);
    desk.select(from, &rows[from].name);
    desk.send_bytes(b"a\ra\ra\r");
    one_decision(&county, &mut journal, &mut desk, &rows[from..]);
}

#[test]
fn three_pairs_in_one_burst_from_the_open_case_decide_one_case() {
    let county = County::new();
    let rows = county.rows("xian1-jb", "mine");
    let mut journal = county.journal();
    let mut desk = county.desk("xian1-jb");
    let from = county.here("xian1-jb", 0, 3);
    desk.select(from, &rows[from].name);
    desk.open(&rows[from].id);
    desk.send_bytes(b"a\ra\ra\r");
    one_decision(&county, &mut journal, &mut desk, &rows[from..]);
}

/// Exactly the first of these was proposed; the next is open, and after a rest the pair decides it.
fn one_decision(
    county: &County,
    journal: &mut crate::county::Journal,
    desk: &mut crate::county::Clerk,
    rows: &[crate::county::Row],
) {
    desk.wait_for(
        |screen| screen.contains(&rows[1].id) && screen.contains("经手") && screen.contains("下一件"),
        "the next case, open",
    );
    // A note says that what was typed too early did nothing.
    desk.wait_text("未执行");
    desk.send(HELP);
    desk.wait_text("按键说明");
    assert_eq!(journal.verbs(), ["applications.propose"]);
    assert_eq!(county.case(&rows[0].id)["standing"], "second");
    assert_eq!(county.case(&rows[1].id)["standing"], "first");
    desk.send(ESC);
    desk.wait_text(&rows[1].id);
    desk.rest();
    desk.send_bytes(b"a\r");
    desk.wait_for(|screen| screen.contains(&rows[2].id) && screen.contains("下一件"), "the one after");
    assert_eq!(journal.verbs(), ["applications.propose"]);
    assert_eq!(county.case(&rows[1].id)["standing"], "second");
}

#[test]
fn moves_typed_in_a_burst_are_all_made() {
    let county = County::new();
    let rows = county.rows("xian1-jb", "mine");
    let total = rows.len() as u32;
    let mut desk = county.desk("xian1-jb");
    desk.send_bytes(b"jjj");
    desk.wait_counter(4, total);
    assert_eq!(desk.selected().1, rows[3].name);
    // Beyond what a desk has loaded at first, and back.
    desk.send_bytes(&[b'j'; 140]);
    desk.wait_counter(144, total);
    assert_eq!(desk.selected().1, rows[143].name);
    desk.send_bytes(b"Gkkgjj");
    desk.wait_counter(3, total);
    desk.send_bytes(b"\x1b[6~g\x1b[5~G");
    desk.wait_counter(total, total);
    assert_eq!(desk.selected().1, rows[rows.len() - 1].name);
    // Moves and the pair behind them: the reader chose the row, so it is the one that is decided.
    let mut journal = county.journal();
    desk.send_bytes(b"gjja\r");
    desk.wait_text("下一件");
    assert_eq!(journal.verbs(), ["applications.propose"]);
    assert_eq!(county.case(&rows[2].id)["standing"], "second");
}

#[test]
fn a_decision_needs_its_confirmation_and_escape_leaves_it() {
    let county = County::new();
    let mut journal = county.journal();
    let case = county.row("xian1-fh", "mine", 0);
    let mut desk = county.desk("xian1-fh");
    desk.send("a");
    desk.wait_confirm(&[&case.name, "同意"]);
    // No other key takes it.
    desk.send("yYjq \t");
    desk.rest();
    desk.wait_confirm(&[&case.name]);
    desk.send(ESC);
    desk.wait_gone("Enter 确认");
    desk.send(ENTER);
    desk.rest();
    assert_eq!(journal.verbs(), [""; 0]);
}
