//! The command line as scripts use it: fixed shapes, exit statuses, and nothing done that was not asked for.

use crate::support::store::temp_exercise;
use crate::support::{TempStore, temp_store};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

fn workdays(store: &TempStore, args: &[&str], env: &[(&str, &str)]) -> Value {
    let all = [&["workdays"], args, &["--json"]].concat();
    let out = store.command(&all).envs(env.iter().copied()).output().unwrap();
    assert!(out.status.success() && out.stderr.is_empty(), "{}", String::from_utf8_lossy(&out.stderr));
    assert_eq!(out.stdout.iter().filter(|byte| **byte == b'\n').count(), 1, "one line");
    serde_json::from_slice(&out.stdout).unwrap()
}

#[test]
fn working_days_are_written_exactly_as_promised_on_any_machine() {
    let store = temp_store();
    let off = |date: &str| json!({"date": date, "reason": "国庆节、中秋节"});
    let expected = json!({
        "from": "2025-09-26", "budget": 10, "due": "2025-10-16", "provisional": false,
        "days": [
            {"n": 1, "date": "2025-09-28", "note": "调休"}, {"n": 2, "date": "2025-09-29"},
            {"n": 3, "date": "2025-09-30"}, {"n": 4, "date": "2025-10-09"}, {"n": 5, "date": "2025-10-10"},
            {"n": 6, "date": "2025-10-11", "note": "调休"}, {"n": 7, "date": "2025-10-13"},
            {"n": 8, "date": "2025-10-14"}, {"n": 9, "date": "2025-10-15"}, {"n": 10, "date": "2025-10-16"},
        ],
        "skipped": [
            {"date": "2025-09-27", "reason": "周六"}, off("2025-10-01"), off("2025-10-02"), off("2025-10-03"),
            off("2025-10-04"), off("2025-10-05"), off("2025-10-06"), off("2025-10-07"), off("2025-10-08"),
            {"date": "2025-10-12", "reason": "周日"},
        ],
    });
    for zone in ["Asia/Shanghai", "America/New_York", "Pacific/Kiritimati", "UTC"] {
        assert_eq!(workdays(&store, &["2025-09-26", "+10"], &[("TZ", zone)]), expected, "{zone}");
    }
    let beyond = workdays(&store, &["2026-12-18", "+10"], &[]);
    assert_eq!(beyond["provisional"], true);
    let within = workdays(&store, &["2026-12-17", "+10"], &[]);
    assert_eq!((&within["due"], &within["provisional"]), (&json!("2026-12-31"), &json!(false)));
    let between = workdays(&store, &["2025-09-26", "2025-10-16"], &[]);
    assert_eq!((&between["budget"], &between["due"]), (&json!(10), &json!("2025-10-16")));
    assert!(!store.data().exists(), "counting days needs no store");
}

#[test]
fn rules_are_listed_as_promised() {
    let store = temp_store();
    let rules: Value = serde_json::from_str(&store.run_ok(&["rules", "--json"])).unwrap();
    let rows = rules.as_array().unwrap();
    assert!(rows.len() > 30);
    for row in rows {
        let text = |field: &str| row[field].as_str().is_some_and(|text| !text.is_empty());
        assert!(["id", "article", "kind", "summary"].into_iter().all(text), "{row}");
        assert!(["text", "derived"].contains(&row["source"].as_str().unwrap()), "{row}");
        assert!(["block", "notice", "hint"].contains(&row["severity"].as_str().unwrap()), "{row}");
        assert!(row["acts"].is_array(), "{row}");
        let nothing = row.get("nothing_to_compute").expect("the field is always there");
        assert!(nothing.is_null() || nothing.as_str().is_some_and(|why| !why.is_empty()), "{row}");
    }
    let of_article: Value = serde_json::from_str(&store.run_ok(&["rules", "13", "--json"])).unwrap();
    assert!(of_article.as_array().unwrap().iter().all(|row| row["article"] == "13"));
    let one: Value = serde_json::from_str(&store.run_ok(&["rules", "R5.12", "--json"])).unwrap();
    assert_eq!((&one[0]["id"], &one[0]["source"]), (&json!("R5.12"), &json!("derived")));
}

#[test]
fn wrong_usage_is_exit_2_and_says_what_was_wrong() {
    let store = temp_store();
    for args in [
        &["--no-such-option"][..],
        &["no-such-command"],
        &["workdays"],
        &["workdays", "2025-09-26"],
        &["workdays", "26.9.2025", "+10"],
        &["workdays", "2025-02-30", "+10"],
        &["workdays", "2025-09-26", "10"],
        &["workdays", "2025-09-26", "+10001"],
        &["rules", "R99.99"],
        &["init"],
        &["init", "--office", "999999"],
        &["init", "--office", "410782", "--today", "2025-10-15"],
        &["--today", "yesterday", "status"],
        &["--lang", "fr", "status"],
        &["completions", "cmd.exe"],
        &["serve", "--linger", "soon"],
    ] {
        let out = store.run(args);
        assert_eq!(out.status.code(), Some(2), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
        assert!(!out.stderr.is_empty(), "{args:?}");
        assert!(out.stdout.is_empty(), "{args:?}");
    }
    assert!(!store.data().exists(), "a mistake made a store");
}

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.to_str().unwrap().to_owned(), std::fs::read(&path).unwrap());
        }
    }
    found
}

#[test]
fn a_store_is_made_once() {
    let store = temp_exercise("410782");
    let before = files(store.data());
    for args in [&["init", "--office", "410782", "--exercise"][..], &["init", "--office", "410700"]] {
        let out = store.run(args);
        assert_eq!(out.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&out.stderr).contains("已有数据库"));
    }
    assert_eq!(files(store.data()), before);
    assert_eq!(std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(store.data()).unwrap()) & 0o777, 0o700);

    // What it begins with: the office and those above it, the caller as keeper, its own clock.
    let server = store.serve();
    let mut keeper = server.call();
    let me = &keeper.welcome["me"];
    assert_eq!((&me["exercise"], &me["now"]), (&json!(true), &json!("2025-10-15T09:00:00+08:00")));
    assert_eq!((&me["account"]["id"], &me["account"]["posts"]), (&json!("keeper"), &json!(["keeper"])));
    assert_eq!(me["account"]["os_user"], me["os_user"]);
    assert_eq!(me["warnings"][0]["rule"], "R5.9", "one person is no office");
    let offices = keeper.ok(json!({"do": "offices.list"}));
    let mut codes: Vec<&str> = offices["items"].as_array().unwrap().iter().map(|o| o["id"].as_str().unwrap()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["410000", "410700", "410782"]);
    let journal = keeper.ok(json!({"do": "journal.page"}));
    assert_eq!(journal["items"].as_array().unwrap().len(), 1);
    assert_eq!(journal["items"][0]["command"]["do"], "store.found");
}

#[test]
fn a_store_is_verified_with_and_without_a_server() {
    let store = temp_exercise("410782");
    assert!(store.run_ok(&["verify"]).contains("核验无误"));
    let server = store.serve();
    assert!(store.run_ok(&["verify"]).contains("核验无误"));
    let report: Value = serde_json::from_str(&store.run_ok(&["verify", "--json"])).unwrap();
    assert_eq!((&report["entries"], &report["damage"]), (&json!(1), &json!([])));
    assert!(server.stop().success());
    assert!(store.run_ok(&["verify"]).contains("日志 1 条"));
}

#[test]
fn completions_manual_and_version_are_printed() {
    let store = temp_store();
    for shell in ["bash", "zsh", "fish"] {
        let text = store.run_ok(&["completions", shell]);
        assert!(text.contains("xueji") && text.contains("workdays"), "{shell}");
    }
    let page = store.run_ok(&["man"]);
    assert!(page.contains(".TH xueji") && page.contains("workdays"), "{page}");
    assert!(store.run_ok(&["--version"]).contains(env!("CARGO_PKG_VERSION")));
    assert!(store.run_ok(&["--help"]).contains("workdays"));
    assert!(!store.data().exists());
}

#[test]
fn call_answers_every_line_in_order_and_refusals_are_no_failures() {
    let store = temp_exercise("410782");
    let _server = store.serve();
    let mut command = store.command(&["--today", "2025-11-01", "call"]);
    command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    let lines = [
        r#"{"id":"a","do":"whoami"}"#,
        r#"{"id":2,"do":"whoami","today":"2025-12-01"}"#,
        "",
        r#"{"id":3,"do":"applications.show","application":"2025-000001"}"#,
        r#"{"id":4,"do":"nothing"}"#,
        r#"{"do":"queue.counts"}"#,
    ];
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), lines.join("\n").as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    assert_eq!(out.status.code(), Some(0));
    let said: Vec<Value> =
        String::from_utf8(out.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: Vec<&Value> = said.iter().map(|answer| &answer["id"]).collect();
    assert_eq!(ids, [&json!("a"), &json!(2), &json!(3), &json!(4), &Value::Null]);
    assert_eq!(said[0]["ok"]["now"], "2025-11-01T09:00:00+08:00");
    assert_eq!(said[1]["ok"]["now"], "2025-12-01T09:00:00+08:00");
    assert_eq!((&said[2]["error"]["kind"], &said[3]["error"]["kind"]), (&json!("not_found"), &json!("malformed")));
    assert!(said[4].get("ok").is_some());
}
