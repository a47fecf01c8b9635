//! Every rule of these articles that blocks is shown by a scenario of `tests/law/*.toml`, refusing and satisfied.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

/// Rules named by a row or scenario of any file of `tests/law`: refusing, and granted.
fn shown() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut refusing, mut granted) = (BTreeSet::new(), BTreeSet::new());
    for file in fs::read_dir(format!("{}/tests/law", env!("CARGO_MANIFEST_DIR"))).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|end| end != "toml") {
            continue;
        }
        let table: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap();
        // A row of a table of refusals names a rule only where it refuses.
        for row in table.get("row").and_then(toml::Value::as_array).into_iter().flatten() {
            refusing.extend(row.get("rule").and_then(toml::Value::as_str).map(str::to_owned));
        }
        // A case of the lengths of study names the rule by which each length is refused, and those it satisfies.
        for case in table.get("case").and_then(toml::Value::as_array).into_iter().flatten() {
            let refused = case.get("refused").and_then(toml::Value::as_table).into_iter().flatten();
            refusing.extend(refused.filter_map(|(_, rule)| rule.as_str().map(str::to_owned)));
            let satisfied = case.get("satisfied").and_then(toml::Value::as_array).into_iter().flatten();
            granted.extend(satisfied.filter_map(|rule| rule.as_str().map(str::to_owned)));
        }
        for example in table.get("example").and_then(toml::Value::as_array).into_iter().flatten() {
            let into = if example.get("refused").is_some() { &mut refusing } else { &mut granted };
            into.extend(example.get("rule").and_then(toml::Value::as_str).map(str::to_owned));
        }
        for scenario in table.get("scenario").and_then(toml::Value::as_array).into_iter().flatten() {
            let rule = scenario["rule"].as_str().unwrap().to_owned();
            if scenario.get("refused").is_some() {
                refusing.insert(rule);
            } else if scenario.get("error").is_none() {
                granted.insert(rule);
            }
        }
    }
    (refusing, granted)
}

#[test]
fn every_blocking_rule_of_these_articles_has_a_scenario_that_is_refused_and_one_that_is_granted() {
    let store = crate::support::store::temp_exercise("410000");
    let rules: Value = serde_json::from_str(&store.run_ok(&["rules", "--json"])).unwrap();
    let articles = ["5", "11", "12", "13", "14", "15", "16"];
    let mut blocking: BTreeSet<&str> = BTreeSet::from(["R13.1", "R13.7", "R17.7"]);
    for rule in rules.as_array().unwrap() {
        // R5.8 acts when a new student is entered, where tests/import/entry.rs shows both sides of it.
        if rule["kind"] == "BLOCK" && rule["id"] != "R5.8" && articles.contains(&rule["article"].as_str().unwrap()) {
            blocking.insert(rule["id"].as_str().unwrap());
        }
    }
    for known in ["R5.12", "R12.1", "R12.2", "R12.13", "R12.21", "R14.3"] {
        assert!(blocking.contains(known), "{known} is no longer listed as blocking");
    }
    let (refusing, granted) = shown();
    for rule in blocking {
        assert!(refusing.contains(rule), "{rule} has no scenario in which it refuses");
        assert!(granted.contains(rule), "{rule} has no scenario in which it is satisfied");
    }
}
