//! The queue and the rules, as asked for over the line.

use super::world::World;
use serde_json::{Value, json};

fn ids(rules: &Value) -> Vec<&str> {
    rules["items"].as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect()
}

#[test]
fn rules_are_shown_by_id_and_by_article_to_everybody() {
    let mut w = World::new();
    for (asked, holds, lacks) in [
        ("R13.7", "R13.7", "R13.2"),
        ("r13.7", "R13.7", "R13.2"),
        ("13", "R13.2", "R5.12"),
        ("第13条", "R13.7", "R5.12"),
    ] {
        let rules = w.ok("x1-lr", json!({"do": "rules.show", "rule": asked}));
        assert!(ids(&rules).contains(&holds) && !ids(&rules).contains(&lacks), "{asked}: {rules}");
        for rule in rules["items"].as_array().unwrap() {
            assert!(!rule["summary"].as_str().unwrap().is_empty() && rule["derived"].is_boolean(), "{rule}");
        }
    }
    let error = w.error("x1-lr", json!({"do": "rules.show", "rule": "99"}));
    assert_eq!(error["kind"], "not_found");
    assert!(error["message"].as_str().unwrap().contains("13"), "what can be asked for is named: {error}");
}
