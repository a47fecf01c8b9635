//! The supervisor's board through the door: what it shows, to whom, and what a supervisor can write.

use super::world::*;
use serde_json::json;

#[test]
fn a_supervisor_reads_and_reminds_and_writes_nothing_else() {
    let mut world = World::new();
    let case = world.at_county();
    let before = world.journal_length();
    for request in [
        on(&case, approve()),
        on(&case, agree()),
        on(&case, withdraw()),
        on(&case, cancel()),
        on(&case, submit()),
        start(&case.student),
        attach(&case.id, b"more"),
        json!({"do": "students.reveal", "student": case.student}),
        json!({"do": "exercise.today", "at": "2025-10-01"}),
        json!({"do": "clock.confirm"}),
        json!({"do": "accounts.disable", "account": "xian1-jb"}),
    ] {
        let refusal = world.refused("xian1-db", request.clone());
        assert_eq!(refusal["rule"], "R4.1", "{request}");
    }
    assert_eq!(world.journal_length(), before, "something was written");
    let reminded = world.ok("xian1-db", json!({"do": "board.remind", "application": case.id, "text": "请速办"}));
    assert_eq!(reminded["urged"], json!({"now": 1, "ever": 1}));
    world.ok("xian1-db", json!({"do": "board.note", "application": case.id, "text": "已电话询问"}));
    assert_eq!(world.journal_length(), before + 2);
    // Nobody but a supervisor reminds.
    let remind = json!({"do": "board.remind", "application": case.id});
    assert_eq!(world.refused("xian1-jb", remind.clone())["rule"], "R4.1");
    // The same person, the same turn, the same day: once.
    assert_eq!(world.error("xian1-db", remind)["kind"], "input");
}

#[test]
fn a_reminder_lands_on_the_desk_and_makes_no_case_stale() {
    let mut world = World::new();
    let mut case = world.at_county();
    let mut clerk = world.server.call_as("xian1-jb");
    clerk.ok(json!({"do": "notices.subscribe"}));
    let mut elsewhere = world.server.call_as("xian2-jb");
    elsewhere.ok(json!({"do": "notices.subscribe"}));
    world.ok("xian1-db", json!({"do": "board.remind", "application": case.id, "text": "请速办"}));
    let told = clerk.notice_of("reminded");
    assert_eq!((&told["reminded"]["application"], &told["reminded"]["text"]), (&json!(case.id), &json!("请速办")));
    let counts = clerk.ok(json!({"do": "queue.counts"}));
    assert_eq!(counts["urged"], 1);
    let page = clerk.ok(json!({"do": "queue.page", "tab": "mine", "count": 5}));
    assert_eq!(page["items"][0]["urged"], 1);
    // The revision seen before the reminder still holds.
    world.act("xian1-jb", &mut case, approve());
    world.act("xian1-fh", &mut case, agree());
    let error = world.error("xian1-db", json!({"do": "board.remind", "application": case.id}));
    assert!(error["message"].as_str().unwrap().contains("办结"), "{error}");
    let list = world.ok("xian1-db", json!({"do": "board.reminders", "application": case.id}));
    assert_eq!((&list["total"], &list["items"][0]["text"]), (&json!(1), &json!("请速办")));
}

#[test]
fn what_is_overdue_in_a_county_shows_on_the_boards_above_and_on_no_other() {
    let mut world = World::new();
    let case = world.at_county();
    world.today("2025-11-30T09:00");
    let summary = json!({"do": "board.summary"});
    let county = world.ok("xian1-db", summary.clone());
    assert_eq!((&county["total"]["overdue"], &county["office"]), (&json!(1), &json!("410782")));
    for account in ["shi-jb", "sheng-jb"] {
        assert_eq!(world.ok(account, summary.clone())["total"]["overdue"], 1, "{account}");
        let overdue = world.ok(account, json!({"do": "board.overdue"}));
        assert_eq!((&overdue["total"], &overdue["items"][0]["id"]), (&json!(1), &json!(case.id)), "{account}");
        assert_eq!(overdue["items"][0]["hand"], "一县教育局");
    }
    assert_eq!(world.ok("xian2-jb", summary)["total"]["overdue"], 0);
    for request in [
        json!({"do": "board.summary", "office": "410782"}),
        json!({"do": "board.cases", "office": "410782"}),
        json!({"do": "board.overdue", "office": "410782"}),
        json!({"do": "board.forecast", "office": "410782"}),
        json!({"do": "board.rates", "from": "2025-01-01", "until": "2025-12-31", "office": "410782"}),
        json!({"do": "board.ended", "from": "2025-01-01", "until": "2025-12-31", "office": "410782"}),
        json!({"do": "board.reminders", "application": case.id}),
    ] {
        assert_eq!(world.error("xian2-jb", request.clone())["kind"], "not_found", "{request}");
    }
    let backwards = json!({"do": "board.rates", "from": "2025-02-01", "until": "2025-01-31"});
    assert_eq!(world.error("xian1-db", backwards)["kind"], "input");
}

#[test]
fn rates_follow_a_decision_and_a_clerk_sees_his_own_only() {
    let mut world = World::new();
    let mut case = world.at_county();
    world.act("xian1-jb", &mut case, approve());
    world.act("xian1-fh", &mut case, agree());
    let rates = json!({"do": "board.rates", "from": DAY, "until": DAY});
    let seen = world.ok("xian1-db", rates.clone());
    assert_eq!((&seen["total"]["ended"], &seen["total"]["in_time"]), (&json!(1), &json!(1)));
    assert_eq!(seen["clerks"].as_array().unwrap().len(), 2);
    let own = world.ok("xian1-jb", rates);
    let people: Vec<_> = own["clerks"].as_array().unwrap().iter().map(|one| one["person"].clone()).collect();
    assert_eq!(people, ["p-jb"]);
    let ended = json!({"do": "board.ended", "from": DAY, "until": DAY, "person": "p-fh"});
    assert_eq!(world.refused("xian1-jb", ended.clone())["rule"], "R4.1");
    assert_eq!(world.ok("xian1-db", ended)["items"][0]["id"], json!(case.id));
}

#[test]
fn the_digest_of_a_supervisor_counts_what_is_due_overdue_and_on_the_negative_list() {
    let mut world = World::new();
    world.at_county();
    let counts = json!({"do": "queue.counts"});
    let now = world.ok("xian1-db", counts.clone());
    assert_eq!((&now["today"], &now["overdue"], &now["alerts"]), (&json!(0), &json!(0), &json!(0)));
    // A case of the negative list, entered by the county on one of its two schools.
    world.ok(
        "xian1-jb",
        json!({"do": "alerts.record", "item": "FM2", "school": X1, "ground": {"挂靠": {"institution": "演练机构"}},
        "document": "演练检查1号"}),
    );
    world.today("2025-11-30T09:00");
    let later = world.ok("xian1-db", counts.clone());
    assert_eq!((&later["overdue"], &later["alerts"]), (&json!(1), &json!(1)));
    // Nobody else pays for the count, and another county's supervisor would not see it.
    assert_eq!(world.ok("xian1-jb", counts)["alerts"], 0);
}
