//! Several desks at once.

use crate::county::{County, ENTER, ESC, Row, student_of};
use serde_json::json;
use std::time::Duration;

#[test]
fn a_case_goes_from_post_to_post_and_every_cursor_stays_on_its_row() {
    let county = County::new();
    let (mut first, mut second) = (county.desk("xian1-jb"), county.desk("xian1-fh"));
    // A 休学 of the first school, wherever it stands.
    let rows = county.rows("xian1-jb", "mine");
    let suits = |row: &Row| {
        let case = county.case(&row.id);
        case["kind"] == "休学" && case["steps"][0]["hand"]["office"] == "3641910001"
    };
    let at = rows.iter().position(suits).unwrap();
    let (case, next) = (&rows[at], &rows[at + 1]);
    first.send(&"j".repeat(at));
    let at = county.place("xian1-jb", "mine", &case.id);
    first.wait_counter(at, 204);
    let mut school = county.desk("x1-lr");
    school.go_to_tab("在途");
    school.send(&down(county.place("x1-lr", "under_way", &case.id) - 1));
    school.wait_for(|screen| screen.lines().any(|row| row.contains(&case.name) && row.contains("县 经办")), "县 经办");

    second.send("G");
    second.wait_counter(49, 49);
    let place = second.selected();

    first.send("a");
    first.wait_confirm(&[&case.name, "提出同意"]);
    assert_eq!(county.case(&case.id)["standing"], "first", "the key alone must not decide");
    first.send(ENTER);
    // After a decision the next item opens.
    first.wait_for(|screen| screen.contains(&next.id) && screen.contains("下一件"), "the next case");

    // It is announced, not slid under the cursor.
    second.wait_text("新到 1");
    second.wait_counter(50, 50);
    assert_eq!(second.selected(), place);
    second.wait_text("[我的待办 50]");
    school.wait_for(
        |screen| screen.lines().any(|row| row.contains(&case.name) && row.contains("县 复核 拟同意")),
        "县 复核 拟同意",
    );

    // The first desk looks on, at another row of 本机构.
    first.send(ESC);
    first.wait_counter(at, 203);
    first.go_to_tab("本机构");
    first.wait_counter(1, 253);
    let left = county.place("xian1-jb", "office", &case.id);
    first.send(&down(left));
    first.wait_counter(left + 1, 253);
    first.wait_for(
        |screen| screen.lines().any(|row| row.contains(&case.name) && row.contains("县 复核 拟同意")),
        "the step at 复核",
    );
    let place = first.selected();
    assert_ne!(place.1, case.name);

    second.send("g");
    second.wait_gone("新到");
    let there = county.place("xian1-fh", "mine", &case.id);
    second.send(&down(there - 1));
    second.wait_counter(there, 50);
    assert_eq!(second.selected().1, case.name);
    second.send("a");
    second.wait_confirm(&[&case.name, "休学", "同意经办意见", "结果为同意"]);
    second.send(ENTER);
    second.wait_for(|screen| screen.contains("下一件"), "the next case");

    first.wait_counter(left, 252);
    first.wait_gone(&case.name);
    assert_eq!(first.selected().1, place.1);
    // The school's cursor stood on that very row: who took it away is said.
    school.wait_text(&format!("{} 已由复核 孙复核办理", case.name));
    school.wait_for(|screen| !screen.lines().any(|row| student_of(row) == Some(&case.name)), "the row gone");
    let done = county.case(&case.id);
    assert_eq!((&done["status"], &done["students"][0]["status"]), (&json!("granted"), &json!("休学")), "{done}");
}

/// So many lines down.
fn down(lines: u32) -> String {
    "j".repeat(lines as usize)
}

#[test]
fn the_tabs_say_how_much_lies_in_each() {
    let county = County::new();
    let mut desk = county.desk("xian1-jb");
    let counts = county.call("xian1-jb").ok(json!({"do": "queue.counts"}));
    for (name, tab) in TABS {
        let count = counts[tab].as_u64().unwrap() as u32;
        assert!(count > 0, "{name}: the exercise has something in every tab of this post");
        desk.go_to_tab(name);
        desk.wait_counter(1, count);
        // Where not all tabs have room, those that are shown tell the truth.
        let true_counts = |screen: &str| {
            let line = screen.lines().nth(1).unwrap_or_default();
            TABS.iter().all(|(name, tab)| !line.contains(name) || line.contains(&format!("{name} {}", counts[tab])))
        };
        desk.wait_for(true_counts, "the count of every tab");
        assert_eq!(desk.selected().1, county.row("xian1-jb", tab, 0).name);
    }
    desk.wait_text(&format!("今日到期 {}  已逾期 {}", counts["today"], counts["overdue"]));
}

/// The tabs in their order, and what they are called on the wire, as tabs and as counts.
const TABS: [(&str, &str); 8] = [
    ("我的待办", "mine"),
    ("复核退回", "sent_back"),
    ("本机构", "office"),
    ("将到期", "due_soon"),
    ("已逾期", "late"),
    ("退回补正", "returned"),
    ("在途", "under_way"),
    ("我办过的", "acted"),
];

#[test]
fn a_claim_is_seen_elsewhere_with_name_and_time_and_falls_with_the_terminal() {
    let county = County::new();
    let at = county.here("xian1-jb", 1, 1);
    let case = county.row("xian1-jb", "mine", at);
    let holder = county.call("xian1-jb").welcome["me"]["account"]["name"].as_str().unwrap().to_owned();
    let claim = format!("{holder} 09:00");
    let has_claim =
        |screen: &str| screen.lines().any(|row| student_of(row) == Some(case.name.as_str()) && row.ends_with(&claim));
    let mut colleague = county.desk("xian1-jb2");
    colleague.wait_text(&case.name);

    let mut holding = county.desk("xian1-jb");
    holding.select(at, &case.name);
    assert!(!has_claim(&colleague.screen()), "looking at a row takes nothing in hand");
    holding.open(&case.id);
    colleague.wait_for(has_claim, "the claim in the list");
    // Who may not act on the step reads it, sees the claim, and takes nothing away.
    let mut reader = county.desk("xian1-fh");
    reader.go_to_tab("本机构");
    reader.wait_for(has_claim, "the claim in the list of the other post");
    let seen_at = county.rows("xian1-fh", "office").iter().position(|row| row.id == case.id).unwrap();
    reader.select(seen_at, &case.name);
    reader.open(&case.id);
    reader.wait_text(&format!("在手  {holder} 09:00 起"));
    assert_eq!(county.case(&case.id)["claim"]["account"], "xian1-jb");

    // It falls when the item is left …
    holding.send(ESC);
    colleague.wait_for(|screen| !has_claim(screen), "the claim to fall with the item");
    holding.open(&case.id);
    colleague.wait_for(has_claim, "the claim again");
    // … and when the terminal's program is killed.
    holding.kill9();
    colleague.wait_for(|screen| !has_claim(screen), "the claim to fall with the program");
    reader.wait_gone("在手  ");

    // It blocks nobody: whoever opens the item later has it.
    let mut holding = county.desk("xian1-jb");
    holding.select(at, &case.name);
    holding.open(&case.id);
    colleague.wait_for(has_claim, "the claim once more");
    colleague.select(county.place("xian1-jb2", "mine", &case.id) as usize - 1, &case.name);
    colleague.send("a");
    colleague.wait_confirm(&[&case.name, "提出同意"]);
    colleague.send(ENTER);
    colleague.wait_text("下一件");
    assert_eq!(county.case(&case.id)["standing"], "second");
    // The other reads what has become of it, without a key.
    holding.wait_text("提出同意");
}

#[test]
fn a_claim_is_taken_over_by_opening_and_the_first_holder_reads_on() {
    let county = County::new();
    let at = county.here("xian1-jb", 0, 1);
    let case = county.row("xian1-jb", "mine", at);
    let name = |account: &str| county.call(account).welcome["me"]["account"]["name"].as_str().unwrap().to_owned();
    let (first, second) = (name("xian1-jb"), name("xian1-jb2"));
    let in_hand = |who: &str| format!("在手  {who} 09:00 起");
    let mut holding = county.desk("xian1-jb");
    holding.select(at, &case.name);
    holding.open(&case.id);
    let mut colleague = county.desk("xian1-jb2");
    let place = county.place("xian1-jb2", "mine", &case.id) as usize - 1;
    colleague.select(place, &case.name);
    colleague.wait_for(|screen| screen.contains(&format!("{first} 09:00")), "the claim in the list");
    // Opening is taking over: it blocks nobody, and both see whose it is now.
    colleague.open(&case.id);
    colleague.wait_text(&in_hand(&second));
    holding.wait_text(&in_hand(&second));
    assert_eq!(county.case(&case.id)["claim"]["account"], "xian1-jb2");
    // Leaving what another has taken over takes nothing from her.
    holding.send(ESC);
    holding.wait_for(|screen| screen.contains(&format!("{second} 09:00")), "her claim in the list");
    assert_eq!(county.case(&case.id)["claim"]["account"], "xian1-jb2");
    // Who comes back takes it back.
    holding.open(&case.id);
    holding.wait_text(&in_hand(&first));
    colleague.wait_text(&in_hand(&first));
    assert_eq!(county.case(&case.id)["claim"]["account"], "xian1-jb");
}

#[test]
fn arrivals_are_announced_above_and_below_and_the_cursor_stays_on_its_row() {
    let county = County::new();
    let mut desk = county.desk("xian1-fh");
    let rows = county.rows("xian1-fh", "mine");
    let total = rows.len() as u32;
    let at = rows.len() / 2;
    desk.send(&"j".repeat(at));
    desk.wait_counter(at as u32 + 1, total);
    let (line, who) = desk.selected();
    assert_eq!(who, rows[at].name);

    // Three of the county's first post arrive at its second: the most urgent, the least urgent, one between.
    let waiting = county.rows("xian1-jb", "mine");
    let here = |row: &&Row| {
        let case = county.case(&row.id);
        case["steps"].as_array().unwrap().len() == 2 && case["batch"].is_null()
    };
    let able: Vec<&Row> = waiting.iter().filter(here).collect();
    let sent = [able[0], able[able.len() / 2], able[able.len() - 1]];
    for (n, row) in sent.iter().enumerate() {
        let revision = county.case(&row.id)["revision"].clone();
        let propose = json!({"do": "applications.propose", "application": row.id, "revision": revision,
            "outcome": "return", "reasons": [{"article": "13", "text": "演练退回"}]});
        county.call("xian1-jb").ok(propose);
        desk.wait_text(&format!("新到 {}", n + 1));
        // The row under the cursor is the same, on the same line of the screen, wherever the new one went.
        assert_eq!(desk.selected(), (line, who.clone()), "after arrival {}", n + 1);
    }
    let now = county.rows("xian1-fh", "mine");
    let place = now.iter().position(|row| row.id == rows[at].id).unwrap();
    desk.wait_counter(place as u32 + 1, total + 3);
    // Looking from the top is having seen them.
    desk.send("g");
    desk.wait_gone("新到");
    desk.wait_counter(1, total + 3);
}

#[test]
fn an_idle_desk_sends_not_one_byte() {
    let county = County::new();
    let desk = county.desk_with("xian1-fh", &[], &[], 120, 40);
    desk.wait_text("经手");
    desk.settle(Duration::from_secs(1));
    let mut elsewhere = county.call("xian2-jb");
    let case = county.row("xian2-jb", "mine", 0);
    let wakes = wakes(desk.pid());
    std::thread::scope(|scope| {
        // Another county works meanwhile, outside of this desk's scope.
        scope.spawn(|| {
            for act in ["applications.claim", "applications.release", "applications.claim"] {
                elsewhere.ok(json!({"do": act, "application": case.id}));
            }
            let revision = county.case(&case.id)["revision"].clone();
            let propose = json!({"do": "applications.propose", "application": case.id, "revision": revision,
                "outcome": "approve"});
            elsewhere.ok(propose);
        });
        desk.quiet_for(Duration::from_secs(20));
    });
    assert_eq!(county.case(&case.id)["standing"], "second", "the other county did nothing");
    assert_eq!(self::wakes(desk.pid()), wakes, "an idle desk was woken");
    // It was idle, not deaf.
    let case = county.row("xian1-jb", "mine", 0);
    let revision = county.case(&case.id)["revision"].clone();
    let propose =
        json!({"do": "applications.propose", "application": case.id, "revision": revision, "outcome": "approve"});
    county.call("xian1-jb").ok(propose);
    desk.wait_text("新到 1");
}

/// How often the threads of a process went to sleep so far.
fn wakes(pid: i32) -> u64 {
    let of_thread = |task: std::fs::DirEntry| {
        let status = std::fs::read_to_string(task.path().join("status")).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:")).unwrap();
        line.trim().parse::<u64>().unwrap()
    };
    std::fs::read_dir(format!("/proc/{pid}/task")).unwrap().map(|task| of_thread(task.unwrap())).sum()
}
