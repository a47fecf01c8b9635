use super::{calendar, day};
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;
use xueji::cli::rules::{self as rules_command, RulesError};
use xueji::cli::workdays::{self, Target, WorkdaysError};

fn count(from: &str, to: &str, as_json: bool) -> String {
    let mut out = Vec::new();
    workdays::run(&mut out, &calendar(), day(from), to.parse().unwrap(), as_json).unwrap();
    String::from_utf8(out).unwrap()
}

fn rules(filter: Option<&str>, as_json: bool) -> String {
    let mut out = Vec::new();
    rules_command::run(&mut out, filter, as_json).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_count_over_national_day_is_written_as_promised() {
    let text = count("2025-09-26", "+10", true);
    assert!(text.starts_with(
        r#"{"from":"2025-09-26","budget":10,"due":"2025-10-16","provisional":false,"days":[{"n":1,"date":"2025-09-28","note":"调休"},{"n":2,"date":"2025-09-29"}"#
    ));
    assert!(text.ends_with("}\n") && text.lines().count() == 1);
    let found: Value = serde_json::from_str(&text).unwrap();
    let holiday = |date: &str| json!({"date": date, "reason": "国庆节、中秋节"});
    let expected = json!({
        "from": "2025-09-26", "budget": 10, "due": "2025-10-16", "provisional": false,
        "days": [
            {"n": 1, "date": "2025-09-28", "note": "调休"}, {"n": 2, "date": "2025-09-29"},
            {"n": 3, "date": "2025-09-30"}, {"n": 4, "date": "2025-10-09"}, {"n": 5, "date": "2025-10-10"},
            {"n": 6, "date": "2025-10-11", "note": "调休"}, {"n": 7, "date": "2025-10-13"},
            {"n": 8, "date": "2025-10-14"}, {"n": 9, "date": "2025-10-15"}, {"n": 10, "date": "2025-10-16"},
        ],
        "skipped": [
            {"date": "2025-09-27", "reason": "周六"}, holiday("2025-10-01"), holiday("2025-10-02"),
            holiday("2025-10-03"), holiday("2025-10-04"), holiday("2025-10-05"), holiday("2025-10-06"),
            holiday("2025-10-07"), holiday("2025-10-08"), {"date": "2025-10-12", "reason": "周日"},
        ],
    });
    assert_eq!(found, expected);
}

#[test]
fn a_count_beyond_the_calendar_says_so() {
    let beyond: Value = serde_json::from_str(&count("2026-12-18", "+10", true)).unwrap();
    assert_eq!((&beyond["due"], &beyond["provisional"]), (&json!("2027-01-04"), &json!(true)));
    assert_eq!(beyond["days"][9], json!({"n": 10, "date": "2027-01-04", "note": "暂定"}));
    let within: Value = serde_json::from_str(&count("2026-12-17", "+10", true)).unwrap();
    assert_eq!((&within["due"], &within["provisional"]), (&json!("2026-12-31"), &json!(false)));
    assert!(count("2026-12-18", "+10", false).contains("暂定"));
    assert!(!count("2026-12-17", "+10", false).contains("暂定"));
    assert!(count("2019-12-30", "+1", false).contains("未载"));
}

#[test]
fn between_two_days_the_same_shape_is_written() {
    let found: Value = serde_json::from_str(&count("2025-09-26", "2025-10-16", true)).unwrap();
    let by_budget: Value = serde_json::from_str(&count("2025-09-26", "+10", true)).unwrap();
    assert_eq!(found, by_budget);
}

#[test]
fn people_get_every_day_named_and_lined_up() {
    let text = count("2025-09-26", "+10", false);
    assert!(text.contains("到期日：2025-10-16 周四"), "{text}");
    assert!(text.contains("调休上班（国庆节、中秋节）") && text.contains("不计：国庆节"));
    // Each of the twenty days after the event has its line, in order.
    let dates: Vec<&str> =
        text.lines().skip(2).filter_map(|line| line.get(5..15)).filter(|word| word.starts_with("2025-")).collect();
    assert_eq!(dates.len(), 20, "{text}");
    assert!(dates.is_sorted());
    assert!(text.lines().all(|line| line.trim_end() == line && line.width() <= 120));
    assert!(count("2025-10-20", "2025-10-16", false).contains("有 2 个工作日"));
}

#[test]
fn targets_are_read_strictly() {
    assert_eq!("+10".parse(), Ok(Target::Budget(10)));
    assert_eq!("+0".parse(), Ok(Target::Budget(0)));
    assert_eq!("2025-10-16".parse(), Ok(Target::Day(day("2025-10-16"))));
    for bad in ["", "+", "10", "-10", "++10", "+-1", "+99999999999", "2025-13-01", "2025-02-30", "明天"] {
        assert!(bad.parse::<Target>().is_err(), "{bad}");
    }
}

#[test]
fn counts_longer_than_anyone_reads_are_refused() {
    let run = |to: Target| workdays::run(&mut Vec::new(), &calendar(), day("2025-09-26"), to, true);
    assert!(run(Target::Budget(10_000)).is_ok());
    assert!(matches!(run(Target::Budget(10_001)), Err(WorkdaysError::TooLong)));
    let last = calendar().due(day("2025-09-26"), 10_000).date;
    assert!(run(Target::Day(last)).is_ok());
    let after = calendar().due(day("2025-09-26"), 10_001).date;
    assert!(matches!(run(Target::Day(after)), Err(WorkdaysError::TooLong)));
    assert!(matches!(run(Target::Day(xueji::model::Day::MIN)), Err(WorkdaysError::TooLong)));
}

#[test]
fn rules_are_written_as_promised() {
    let all: Value = serde_json::from_str(&rules(None, true)).unwrap();
    assert_eq!(all.as_array().unwrap().len(), xueji::law::rules::ALL.len());
    for row in all.as_array().unwrap() {
        for field in ["id", "article", "kind", "source", "severity", "summary", "acts", "nothing_to_compute"] {
            assert!(row.get(field).is_some(), "{field} of {row}");
        }
    }
    let one: Value = serde_json::from_str(&rules(Some("R5.12"), true)).unwrap();
    assert_eq!(one.as_array().unwrap().len(), 1);
    let expected = [("article", "5"), ("kind", "BLOCK"), ("source", "derived"), ("severity", "block")];
    for (field, value) in expected {
        assert_eq!(one[0][field], value);
    }
    assert_eq!(one[0]["nothing_to_compute"], Value::Null);
}

#[test]
fn rules_can_be_asked_for_by_article() {
    for asked in ["13", "第13条", " 13 "] {
        let found: Value = serde_json::from_str(&rules(Some(asked), true)).unwrap();
        assert_eq!(found.as_array().unwrap().len(), 10, "{asked}");
    }
    let general: Value = serde_json::from_str(&rules(Some("-"), true)).unwrap();
    assert_eq!(general.as_array().unwrap().len(), 7);
    let alone = rules(Some("R17.6"), false);
    assert!(alone.contains("R17.6") && alone.contains("学制不变"), "{alone}");
}

#[test]
fn an_unknown_rule_is_answered_with_those_there_are() {
    let refused = rules_command::run(&mut Vec::new(), Some("R12.99"), false).unwrap_err();
    assert!(matches!(refused, RulesError::Unknown { .. }));
    let text = refused.to_string();
    assert!(text.contains("R12.99") && text.contains("R13.7") && text.contains("25"), "{text}");
}

#[test]
fn the_list_of_rules_lines_up() {
    let text = rules(None, false);
    let column = |line: &str, mark: &str| line.find(mark).map(|at| line[..at].width());
    let titles: Vec<_> = xueji::law::rules::ALL
        .iter()
        .map(|rule| text.lines().find_map(|line| column(line, rule.title)).expect(rule.id))
        .collect();
    assert!(titles.windows(2).all(|pair| pair[0] == pair[1]), "{titles:?}");
    for rule in xueji::law::rules::ALL {
        assert!(rules(Some(rule.id), false).lines().all(|line| line.width() <= 80), "{}", rule.id);
    }
}
