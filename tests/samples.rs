//! Sample applications of one area, played one by one on their own days through the server's door, against an answer key
//! that was not made by this program. `samples/README.md` says what lies there.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "samples/area.rs"]
mod area;
#[path = "samples/entries.rs"]
mod entries;
#[path = "samples/play.rs"]
mod play;
#[path = "support/mod.rs"]
mod support;

use area::Area;
use play::Played;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const APPLICATIONS: &str = include_str!("samples/applications.jsonl");
const EXPECTED: &str = include_str!("samples/expected_applications.json");
const WAITING: &str = include_str!("samples/waiting.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Waiting {
    #[serde(default)]
    kind: Vec<WaitingKind>,
    #[serde(default)]
    application: Vec<WaitingApplication>,
}

/// A kind that is not built: neither is the form for it there, nor the request.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WaitingKind {
    name: String,
    kinds_list: Option<String>,
    request: Option<String>,
    /// The program has it, and this file is not played through it yet: why, and what shows it instead.
    unplayed: Option<String>,
}

/// One that does not come out as the key says, with the reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WaitingApplication {
    id: String,
    why: String,
}

fn waiting() -> Waiting {
    toml::from_str(WAITING).unwrap()
}

fn applications() -> Vec<Value> {
    APPLICATIONS.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn text<'a>(of: &'a Value, field: &str) -> &'a str {
    of[field].as_str().unwrap_or_else(|| panic!("no {field}: {of}"))
}

/// Where what was played differs from the key.
fn disagreements(expected: &Value, played: &Played) -> Vec<String> {
    let mut found = Vec::new();
    let verdict = text(expected, "verdict");
    let also = expected["also_ok"].as_array().cloned().unwrap_or_default();
    if played.verdict != verdict && !also.iter().any(|other| other == played.verdict) {
        found.push(format!("verdict {} instead of {verdict}", played.verdict));
    }
    if played.verdict == verdict {
        for finding in expected["findings"].as_array().unwrap() {
            let wanted = (text(finding, "rule").to_owned(), text(finding, "severity").to_owned());
            if !played.findings.contains(&wanted) {
                found.push(format!("no finding {wanted:?}"));
            }
        }
    }
    if verdict != "block" && played.verdict != "block" {
        for (field, value) in [("route", &played.route), ("first_due", &played.first_due)] {
            if expected[field] != *value {
                found.push(format!("{field} {value} instead of {}", expected[field]));
            }
        }
        if expected["final"] != played.route[played.route.as_array().map_or(0, |route| route.len() - 1)] {
            found.push(format!("decided by another than {}", expected["final"]));
        }
        let filings = expected.get("filings").cloned().unwrap_or(json!([]));
        let both = expected.get("if_both_approve").cloned().unwrap_or(Value::Null);
        if both != played.if_both {
            found.push(format!("if both approve {} instead of {both}", played.if_both));
        }
        if filings != played.filings {
            found.push(format!("filings {} instead of {filings}", played.filings));
        }
    }
    found
}

#[test]
fn every_application_comes_out_as_the_key_says() {
    let key: Value = serde_json::from_str(EXPECTED).unwrap();
    let waiting = waiting();
    let unplayed: BTreeSet<&str> = waiting.kind.iter().map(|kind| kind.name.as_str()).collect();
    let differing: BTreeMap<&str, &str> =
        waiting.application.iter().map(|each| (each.id.as_str(), each.why.as_str())).collect();
    let mut area = Area::found();
    let mut played_ids = BTreeSet::new();
    let mut wrong = Vec::new();
    for application in applications().iter().filter(|each| !unplayed.contains(text(each, "kind"))) {
        let id = text(application, "id");
        played_ids.insert(id.to_owned());
        let played = play::play(&mut area, application);
        let found = disagreements(&key["applications"][id], &played);
        match (found.is_empty(), differing.get(id)) {
            (true, None) | (false, Some(_)) => {}
            (true, Some(why)) => wrong.push(format!("{id} agrees now: take it out of waiting.toml ({why})")),
            (false, None) => wrong.push(format!("{id} {}: {found:?}\n    {played:?}", text(application, "kind"))),
        }
    }
    assert!(played_ids.len() == 147, "only {} were played", played_ids.len());
    assert!(
        differing.keys().all(|id| played_ids.contains(*id)),
        "waiting.toml names what is not played: {differing:?}"
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_waits_is_not_there_yet() {
    let mut area = Area::found();
    let kinds = area.keeper.ok(json!({"do": "kinds.list"}));
    let kinds: BTreeSet<&str> = kinds["items"].as_array().unwrap().iter().map(|kind| text(kind, "kind")).collect();
    assert!(kinds.contains("休学"), "{kinds:?}");
    let waiting = waiting();
    for kind in &waiting.kind {
        let waits = kind.kinds_list.is_some() || kind.request.is_some() || kind.unplayed.is_some();
        assert!(waits, "{} waits for nothing", kind.name);
        if let Some(name) = &kind.kinds_list {
            assert!(!kinds.contains(name.as_str()), "{name} can be started now: play it");
        }
        if let Some(request) = &kind.request {
            let said = area.keeper.error(json!({"do": request}))["message"].to_string();
            assert!(said.contains("unknown variant"), "{request} is there now: play {} ({said})", kind.name);
        }
    }
    // The list says no more and no less than there is in the file.
    let all: BTreeSet<String> = applications().iter().map(|each| text(each, "kind").to_owned()).collect();
    assert!(waiting.kind.iter().all(|kind| all.contains(&kind.name)), "{all:?}");
}
