//! The examples of `tests/law/examples.toml`, each played on the real server: the nearest case in which a rule speaks, and
//! the nearest in which it does not. After a refusal the journal is as long as before.

use super::world::{ORDINARY, World, X1, agree, approve, attach, submit};
use crate::support::cells::cells;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    example: Vec<Example>,
    /// Read by `tests/law/list.rs`.
    #[serde(rename = "shown")]
    _shown: Vec<toml::Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    rule: String,
    why: String,
    /// Whether the rule speaks at the end.
    speaks: bool,
    /// What is done, line by line; the last line is judged.
    play: String,
    /// The rule that refuses it.
    refused: Option<String>,
    /// The kind of failure where no rule speaks.
    error: Option<String>,
    /// What the answer has, by path.
    #[serde(default)]
    gives: BTreeMap<String, toml::Value>,
    /// The severity with which the rule is found in the answer.
    found: Option<String>,
}

/// One example being played.
struct Play<'a> {
    w: &'a mut World,
    told: String,
    names: BTreeMap<String, Value>,
    counted: &'a mut u32,
}

fn at<'a>(value: &'a Value, path: &str) -> &'a Value {
    path.split('.').filter(|part| !part.is_empty()).fold(value, |value, part| match part.parse::<usize>() {
        Ok(index) if value.is_array() => &value[index],
        _ => &value[part],
    })
}

/// The severities with which a rule is named anywhere in an answer.
fn named(value: &Value, rule: &str, into: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if fields.get("rule").is_some_and(|of| of == rule) {
                into.push(fields.get("severity").and_then(Value::as_str).unwrap_or("named").to_owned());
            }
            fields.values().for_each(|field| named(field, rule, into));
        }
        Value::Array(items) => items.iter().for_each(|item| named(item, rule, into)),
        _ => {}
    }
}

impl Play<'_> {
    fn filled(&self, value: Value) -> Value {
        match value {
            Value::String(text) if text.starts_with('$') => {
                let (name, path) = text[1..].split_once('.').unwrap_or((&text[1..], ""));
                let known = self.names.get(name).unwrap_or_else(|| panic!("{}: no {text}", self.told));
                at(known, path).clone()
            }
            Value::Array(items) => items.into_iter().map(|item| self.filled(item)).collect(),
            Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, self.filled(value))).collect(),
            other => other,
        }
    }

    fn parsed(&self, text: &str) -> Value {
        let text = if text.trim().is_empty() { "{}" } else { text };
        self.filled(serde_json::from_str(text).unwrap_or_else(|why| panic!("{}: {why}: {text}", self.told)))
    }

    /// The newest revision of a case that stands under a name.
    fn revision(&mut self, name: &str) -> (Value, Value) {
        let application = self.names[name]["application"].clone();
        let shown = self.w.keeper.ok(json!({"do": "applications.show", "application": application}));
        (application, shown["revision"].clone())
    }

    /// `account verb {json}`; `verb@NAME` acts on the case under that name.
    fn ask(&mut self, line: &str) -> Value {
        let mut words = line.splitn(3, ' ');
        let (account, verb) = (words.next().unwrap(), words.next().unwrap_or_default());
        let mut request = self.parsed(words.next().unwrap_or_default());
        let verb = match verb.split_once('@') {
            Some((verb, name)) => {
                let (application, revision) = self.revision(name);
                request["application"] = application;
                if !matches!(
                    verb,
                    "applications.show" | "applications.demand" | "applications.meet" | "applications.basis"
                ) {
                    request["revision"] = revision;
                }
                verb
            }
            None => verb,
        };
        request["do"] = verb.into();
        self.w.ask(account, request)
    }

    /// A case of school 1, brought to the county (`county`) or to its end (`granted`).
    fn case(&mut self, how: &str, words: &str) -> Value {
        let (student, details) = words.split_once(' ').unwrap();
        let (student, details) = (self.filled(student.into()), self.parsed(details));
        let start = json!({"do": "applications.start", "student": student, "details": details});
        let started = self.w.ok("x1-lr", start);
        self.names.insert("_".into(), started.clone());
        if how == "started" {
            return started;
        }
        let mut paper = attach(started["application"].as_str().unwrap(), b"proof of the ground");
        paper["kind"] = "事由证明".into();
        self.w.ok("x1-lr", paper);
        let mut acts = vec![("x1-lr", submit()), ("x1-sh", agree())];
        if how == "granted" {
            acts.extend([("xian1-jb", approve()), ("xian1-fh", agree())]);
        }
        for (account, mut act) in acts {
            let (application, revision) = self.revision("_");
            act["application"] = application;
            act["revision"] = revision;
            self.w.ok(account, act);
        }
        started
    }

    fn line(&mut self, line: &str) -> Value {
        if let Some(day) = line.strip_prefix("today ") {
            self.w.today(day);
            return Value::Null;
        }
        if let Some(name) = line.strip_prefix("bare ") {
            // A paper without a place of its original.
            let mut paper = attach(self.names[name]["application"].as_str().unwrap(), b"proof of the ground");
            paper["original_place"] = Value::Null;
            return self.w.ask("x1-lr", paper);
        }
        if let Some(words) = line.strip_prefix("run ") {
            let words: Vec<&str> = words.split(' ').collect();
            return json!({"ok": serde_json::from_str::<Value>(&self.w.store.run_ok(&words)).unwrap()});
        }
        let Some((name, does)) = line.split_once(" = ").filter(|(name, _)| !name.contains(' ')) else {
            return self.ask(line);
        };
        let (what, words) = does.split_once(' ').unwrap_or((does, ""));
        let value = match what {
            "student" => json!(self.w.student_with(&self.parsed(words))),
            "cells" => {
                *self.counted += 1;
                let mut of = cells(*self.counted);
                let wanted = [("专业简称", ORDINARY), ("录取依据", "演练录取〔2025〕1号"), ("校区", "本部")];
                of.extend(wanted.map(|(name, text)| (name.to_owned(), text.to_owned())));
                for (name, text) in self.parsed(words).as_object().unwrap() {
                    of.insert(name.clone(), text.as_str().unwrap().to_owned());
                }
                json!(of)
            }
            "county" | "granted" | "started" => self.case(what, words),
            _ => {
                let answer = self.ask(does);
                let ok = answer.get("ok").unwrap_or_else(|| panic!("{}: {does}: {answer}", self.told));
                ok.clone()
            }
        };
        self.names.insert(name.to_owned(), value);
        Value::Null
    }
}

/// What school 1 may recruit for, in every season of these years.
fn published(w: &mut World) {
    let mut lines = Vec::new();
    for year in [2024, 2025, 2026] {
        for season in ["春", "秋"] {
            for (form, half_years) in [("全日制", 6), ("全日制", 4), ("非全日制", 6)] {
                lines.push(json!({"school": X1, "year": year, "season": season, "major": ORDINARY, "campus": "本部",
                    "form": form, "half_years": half_years, "plan": 100}));
            }
        }
    }
    w.keeper.ok(json!({"do": "qualifications.publish", "lines": lines}));
}

#[test]
fn every_rule_speaks_where_it_should_and_nowhere_else() {
    let table: Table = toml::from_str(include_str!("../law/examples.toml")).unwrap();
    let mut w = World::new();
    published(&mut w);
    let (mut wrong, mut counted) = (Vec::new(), 0);
    for example in &table.example {
        let told = format!("{} {}", example.rule, example.why);
        w.today("2025-09-26");
        let mut play = Play { w: &mut w, told: told.clone(), names: BTreeMap::new(), counted: &mut counted };
        let mut lines: Vec<&str> = example.play.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let last = lines.pop().unwrap();
        for line in lines {
            let answer = play.line(line);
            assert!(answer.is_null() || answer.get("ok").is_some(), "{told}: {line}: {answer}");
        }
        let before = play.w.journal_length();
        let answer = play.line(last);
        let mut said = |what: String| wrong.push(format!("{told}: {what}\n  ← {answer}"));
        if answer["refused"]["rule"].as_str() != example.refused.as_deref() {
            said(format!("refused by {:?}", example.refused));
        }
        if answer["error"]["kind"].as_str() != example.error.as_deref() {
            said(format!("error {:?}", example.error));
        }
        for (path, wanted) in &example.gives {
            let root = if example.refused.is_some() { &answer["refused"] } else { &answer["ok"] };
            if *at(root, path) != serde_json::to_value(wanted).unwrap() {
                said(format!("{path} is {}, not {wanted:?}", at(root, path)));
            }
        }
        let mut severities = Vec::new();
        named(&answer, &example.rule, &mut severities);
        if let Some(found) = &example.found
            && !severities.contains(found)
        {
            said(format!("found with {found}: {severities:?}"));
        }
        if !example.speaks && severities.iter().any(|of| of == "block") {
            said(format!("silent: {severities:?}"));
        }
        let (refused, spoken) = (example.refused.is_some(), example.found.is_some() || !example.gives.is_empty());
        assert!(example.speaks || !refused || example.refused.as_deref() != Some(&example.rule), "{told}");
        assert!(refused || example.error.is_some() || spoken || !example.speaks, "{told}: nothing is expected");
        if answer.get("ok").is_none() {
            assert_eq!(w.journal_length(), before, "{told}: a refusal leaves the store as it was");
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
