//! The list of rules, typed in: each has an entry, and each that computes something is shown from both sides by a table
//! of this folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use toml::{Table, Value};
use xueji::law::rules;

/// Every rule of the list, in its order: 136 of the text, 28 derived.
const LISTED: &str = "
    R0.1 R1.1 R1.2 R1.3 R2.1 R2.2 R2.3 R3.1 R3.2 R3.3 R3.4 R4.1 R4.2 R4.3 R5.1 R5.2 R5.3 R5.4 R5.5 R5.6 R5.7 R5.8 R5.9
    R5.12 R5.10 R5.11 R6.1 R6.2 R6.3 R6.4 R6.5 R6.6 R6.7 R6.8 R6.9 R7.1 R7.2 R7.3 R7.4 R7.5 R7.6 R7.7 R8.1 R8.2 R8.3
    R8.4 R8.5 R8.6 R9.1 R9.2 R9.3 R9.4 R9.5 R10.1 R10.2 R10.3 R10.4 R10.5 R10.6 R10.7 R10.8 R11.1 R11.2 R11.3 R12.1
    R12.2 R12.3 R12.4 R12.5 R12.6 R12.7 R12.8 R12.9 R12.10 R12.11 R12.12 R12.13 R12.14 R12.15 R12.16 R12.17 R12.18
    R12.19 R12.20 R12.21 R12.22 R13.1 R13.2 R13.3 R13.4 R13.5 R13.6 R13.7 R13.8 R13.9 R13.10 R14.1 R14.2 R14.3 R14.4
    R14.5 R15.1 R15.2 R15.3 R16.1 R16.2 R16.3 R16.4 R16.5 R16.6 R17.1 R17.2 R17.3 R17.4 R17.5 R17.6 R17.7 R17.8 R17.9
    R18.1 R18.2 R18.3 R18.4 R18.5 R19.1 R19.2 R20.1 R20.2 R20.3 R20.4 R20.5 R21.1 R21.2 R21.3 R22.1 R22.2 R22.3 R23.1
    R23.2 R23.3 R23.4 FM1.1 FM2.1 FM2.2 FM3.1 FM3.2 FM4.1 FM4.2 FM5.1 FM6.1 FM7.1 FM8.1 FM8.2 R24.1 R25.1 R25.2 R26.1
    X.1 X.2 X.3 X.4 X.5 X.6 X.7";

fn listed() -> Vec<&'static str> {
    LISTED.split_whitespace().collect()
}

#[test]
fn every_rule_of_the_list_has_an_entry_and_no_entry_is_without_one() {
    let listed = listed();
    assert_eq!(listed.len(), 164);
    let here: BTreeSet<&str> = rules::ALL.iter().map(|rule| rule.id).collect();
    for id in &listed {
        assert!(here.contains(id), "{id} has no entry");
    }
    let dangling: Vec<_> = here.iter().filter(|id| !listed.contains(id)).collect();
    assert!(dangling.is_empty(), "not on the list: {dangling:?}");
}

/// Rules shown by the tables of this folder: speaking, and letting be.
#[derive(Default)]
struct Shown {
    speaks: BTreeSet<String>,
    silent: BTreeSet<String>,
}

fn text<'a>(row: &'a Value, key: &str) -> Option<&'a str> {
    row.get(key).and_then(Value::as_str)
}

fn flag(row: &Value, key: &str) -> bool {
    row.get(key).and_then(Value::as_bool).unwrap_or(false)
}

impl Shown {
    fn put(&mut self, rule: Option<&str>, speaks: bool) {
        let into = if speaks { &mut self.speaks } else { &mut self.silent };
        into.extend(rule.map(str::to_owned));
    }

    fn table(&mut self, name: &str, table: &Table) {
        let rows = |key: &str| table.get(key).and_then(Value::as_array).into_iter().flatten();
        for row in rows("row") {
            let rule = text(row, "rule");
            match name {
                "negative" => self.put(rule, flag(row, "met") || row.get("near").is_some()),
                // One rule names the authority; for the same facts the others do not.
                "authority" => {
                    let named = rule.or(text(row, "refused"));
                    self.put(named, true);
                    let all = rows("row").flat_map(|row| [text(row, "rule"), text(row, "refused")]).flatten();
                    all.filter(|other| Some(*other) != named).for_each(|other| self.put(Some(other), false));
                }
                _ => self.put(rule, true),
            }
        }
        for row in rows("ground") {
            self.put(text(row, "rule"), flag(row, "refused"));
        }
        for case in rows("case") {
            let refused = case.get("refused").and_then(Value::as_table).into_iter().flatten();
            refused.for_each(|(_, rule)| self.put(rule.as_str(), true));
            let satisfied = case.get("satisfied").and_then(Value::as_array).into_iter().flatten();
            satisfied.for_each(|rule| self.put(rule.as_str(), false));
            self.put(text(case, "rule"), false);
        }
        for scenario in rows("scenario") {
            let (rule, refused) = (text(scenario, "rule"), text(scenario, "refused"));
            if refused.is_some() {
                self.put(rule, true);
                self.put(refused.filter(|refused| refused.contains('.')), true);
            } else if scenario.get("error").is_none() {
                self.put(rule, false);
            }
            for (key, speaks) in [("notices", true), ("silent", false)] {
                for shown in scenario.get(key).and_then(Value::as_array).into_iter().flatten() {
                    self.put(shown.as_str(), speaks);
                }
            }
        }
        for example in rows("example") {
            self.put(text(example, "rule"), flag(example, "speaks"));
        }
    }
}

#[test]
fn every_rule_that_computes_is_shown_from_both_sides() {
    let folder = format!("{}/tests/law", env!("CARGO_MANIFEST_DIR"));
    let mut shown = Shown::default();
    let mut elsewhere: Vec<Value> = Vec::new();
    for file in fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|end| end == "toml") {
            let table: Table = fs::read_to_string(&path).unwrap().parse().unwrap();
            shown.table(path.file_stem().unwrap().to_str().unwrap(), &table);
            elsewhere.extend(table.get("shown").and_then(Value::as_array).into_iter().flatten().cloned());
        }
    }
    // Both sides of these stand in a table that does not name the rule: the text that is pointed to must be there.
    for row in &elsewhere {
        for (side, speaks) in [("speaks", true), ("silent", false)] {
            let (file, wanted) = (row[side][0].as_str().unwrap(), row[side][1].as_str().unwrap());
            let content = fs::read_to_string(format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
            assert!(content.contains(wanted), "{}: {file} has no {wanted:?}", text(row, "rule").unwrap_or_default());
            shown.put(text(row, "rule"), speaks);
        }
    }
    let mut lacking = BTreeMap::new();
    for rule in rules::ALL.iter().filter(|rule| rule.nothing_to_compute.is_none()) {
        let sides = [(&shown.speaks, "speaks"), (&shown.silent, "is silent")];
        let gone: Vec<&str> = sides.iter().filter(|(of, _)| !of.contains(rule.id)).map(|(_, side)| *side).collect();
        if !gone.is_empty() {
            lacking.insert(rule.id, gone);
        }
    }
    assert!(lacking.is_empty(), "no case in which the rule …: {lacking:#?}");
    let unknown: Vec<_> = shown.speaks.union(&shown.silent).filter(|id| rules::find(id).is_none()).collect();
    assert!(unknown.is_empty(), "tables name rules there are not: {unknown:?}");
}
