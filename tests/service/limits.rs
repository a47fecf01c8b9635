//! No local configuration adds a level, a document, a condition or an item of the negative list (Art. 25): every door that
//! could be tried is tried.

use super::world::{World, approve, on};
use crate::support::store::temp_store;
use serde_json::{Value, json};
use std::fs;

#[test]
fn no_item_and_no_threshold_is_defined_by_anybody() {
    let mut w = World::new();
    for account in ["keeper", "sheng-jb", "xian1-jb", "x1-lr"] {
        let before = w.journal_length();
        for item in ["FM8", "FM9"] {
            let refused = w.refused(account, json!({"do": "alerts.define", "item": item, "text": "新生不足100人"}));
            assert_eq!((&refused["rule"], &refused["article"]), (&json!("R25.2"), &json!("25")), "{account}");
        }
        assert_eq!(w.journal_length(), before);
    }
    let record = json!({"do": "alerts.record", "item": "FM9", "school": "3641000001",
        "ground": {"未备案场所": {"kind": "教学点", "name": "演练"}}, "document": "照片"});
    assert_eq!(w.refused("sheng-jb", record)["rule"], "R25.2");
}

/// There is no request that would write one: who tries is told Art. 25. None of those that exist takes one.
#[test]
fn no_request_writes_a_route_a_paper_a_condition_or_a_window() {
    let mut w = World::new();
    let before = w.journal_length();
    let nouns =
        ["rules", "routes", "levels", "steps", "materials", "conditions", "thresholds", "items", "windows", "kinds"];
    for name in nouns {
        for verb in ["put", "define", "publish", "save"] {
            let refused = w.refused("keeper", json!({"do": format!("{name}.{verb}"), "text": "演练"}));
            assert_eq!((&refused["rule"], &refused["article"]), (&json!("R25.2"), &json!("25")), "{name}.{verb}");
            assert!(refused["remedy"].as_str().is_some_and(|text| text.contains("省教育厅")), "{refused}");
        }
    }
    // What there is none of otherwise is no request at all.
    assert_eq!(w.error("keeper", json!({"do": "holidays.put", "text": "演练"}))["kind"], "malformed");
    // A fifth level, and a hand of one's own in a route.
    let office = json!({"id": "410799", "revision": 0, "name": "演练片区", "level": "district", "parent": "410782", "school": null});
    assert_eq!(w.refused("keeper", json!({"do": "offices.put", "office": office}))["rule"], "R25.2");
    assert_eq!(w.journal_length(), before);
    let student = w.student("3641000001");
    let mut start = json!({"do": "applications.start", "student": student, "details": {"退学": {"ground": "演练"}}});
    start["hands"] = json!(["410700"]);
    assert_eq!(w.error("x1-lr", start)["kind"], "malformed");
    let custom = json!({"do": "applications.start", "student": student, "details": {"校内审批": {"ground": "演练"}}});
    assert_eq!(w.error("x1-lr", custom)["kind"], "malformed");
}

/// An office that wants more than the regulation asks for is told so, at the return that would ask for it.
#[test]
fn no_office_asks_for_a_paper_of_its_own() {
    let mut w = World::new();
    let case = w.at_county();
    let more = json!({"do": "applications.propose", "outcome": "return",
        "reasons": [{"material": "居委会盖章的证明", "text": "本县另外要求"}]});
    let refused = w.refused("xian1-jb", on(&case, more));
    assert_eq!(refused["rule"], "R13.3", "{refused}");
    let steps = w.show("xian1-jb", &case)["steps"].as_array().unwrap().len();
    assert_eq!(steps, 2, "school and authority, and nobody between");
    let mut case = case;
    w.act("xian1-jb", &mut case, approve());
}

#[test]
fn a_setting_that_is_no_key_is_told_the_article() {
    let store = temp_store();
    let folder = store.home().join("config/xueji");
    fs::create_dir_all(&folder).unwrap();
    for text in
        ["thresholds = 1\n", "keymap = \"vim\"\nmaterials = [\"户口簿\"]\n", "[negative_list]\nFM9 = \"晚报\"\n"]
    {
        fs::write(folder.join("config.toml"), text).unwrap();
        let out = store.run(&["keys"]);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(2), "{text}: {said}");
        assert!(said.contains("第25条"), "{text}: {said}");
    }
    // Files that would carry one are of no kind that is taken in.
    for kind in ["rules", "routes", "materials", "thresholds", "windows"] {
        let file = store.home().join("in.csv");
        fs::write(&file, "a,b\n1,2\n").unwrap();
        let out = store.run(&["import", kind, file.to_str().unwrap()]);
        assert_eq!(out.status.code(), Some(2), "{kind}");
    }
    let _: Value = serde_json::from_str(&store.run_ok(&["rules", "--json"])).unwrap();
}
