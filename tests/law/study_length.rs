//! The matrix of lengths of study, case by case, and what holds for all of it.

use serde::Deserialize;
use std::collections::BTreeMap;
use xueji::law::study_length::{self, LONGEST, StudyFacts, StudyLength, eighteen, words, years};
use xueji::model::{Entrant, Severity, StudyForm};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Lengths {
    Some(Vec<String>),
    Run(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    from: Option<Entrant>,
    born: Option<String>,
    #[serde(default = "this_year")]
    year: i32,
    #[serde(default = "full_time")]
    form: StudyForm,
    #[serde(default)]
    bridging: bool,
    #[serde(default)]
    approval: String,
    approved: Option<String>,
    arts: Option<bool>,
    original: Option<String>,
    semesters_left: Option<u8>,
    #[serde(default)]
    reason: String,
    allowed: Lengths,
    with_reason: Option<Lengths>,
    rule: Option<String>,
    /// Rules that would refuse it if they could: read by tests/service/shown.rs.
    #[serde(default)]
    satisfied: Vec<String>,
    #[serde(default)]
    missing: Vec<String>,
    #[serde(default)]
    refused: BTreeMap<String, String>,
    #[serde(default)]
    noticed: Vec<String>,
    #[serde(default)]
    granted: Vec<String>,
}

fn this_year() -> i32 {
    2025
}

fn full_time() -> StudyForm {
    StudyForm::FullTime
}

fn half_years(text: &str) -> u8 {
    let years: f32 = text.parse().unwrap();
    (years * 2.0) as u8
}

fn lengths(of: &Lengths) -> Vec<u8> {
    match of {
        Lengths::Some(each) => each.iter().map(|text| half_years(text)).collect(),
        Lengths::Run(text) => match text.split_once("..") {
            Some((from, until)) => (half_years(from)..=half_years(until)).collect(),
            None => vec![half_years(text)],
        },
    }
}

fn judge(case: &Case, asked: Option<u8>) -> StudyLength {
    study_length::judge(&StudyFacts {
        entrant: case.from,
        birth: case.born.as_deref().map(crate::day),
        entry_year: Some(case.year),
        form: Some(case.form),
        bridging: case.bridging,
        approval: &case.approval,
        approved: case.approved.as_deref().map(half_years),
        arts: case.arts,
        original: case.original.as_deref().map(half_years),
        semesters_left: case.semesters_left,
        reason: &case.reason,
        half_years: asked,
    })
}

#[test]
fn the_matrix_is_as_it_was_typed() {
    let table: Table = crate::table("study_length");
    for case in &table.case {
        let why = &case.why;
        let open = judge(case, None);
        let allowed = lengths(&case.allowed);
        assert_eq!(open.allowed, allowed, "{why}: {:?}", open.trace);
        assert_eq!(open.with_reason, case.with_reason.as_ref().map(lengths).unwrap_or_default(), "{why}");
        assert_eq!(open.rule, case.rule.as_deref(), "{why}");
        assert_eq!(open.missing, case.missing, "{why}");
        // The trace ends with the rule that decided.
        if let (Some(rule), false) = (open.rule, allowed.is_empty()) {
            assert_eq!(open.trace.last().map(|line| (line.rule, line.applies)), Some((rule, Some(true))), "{why}");
        }
        for length in &allowed {
            let found = judge(case, Some(*length)).findings;
            let refuses =
                |rule: &&String| found.iter().any(|of| of.rule == rule.as_str() && of.severity == Severity::Block);
            assert_eq!(case.satisfied.iter().find(refuses), None, "{why}: {found:?}");
        }
        for (length, rule) in &case.refused {
            let found = judge(case, Some(half_years(length))).findings;
            let blocks: Vec<_> = found.iter().filter(|of| of.severity == Severity::Block).collect();
            assert!(blocks.iter().any(|of| of.rule == rule.as_str()), "{why}, {length}: {found:?}");
        }
        let still_free = |length: &u8| !case.refused.keys().any(|text| half_years(text) == *length);
        let granted = case.granted.iter().map(|text| half_years(text));
        for length in granted.chain(allowed.into_iter().filter(still_free)) {
            let found = judge(case, Some(length)).findings;
            let noticed = case.noticed.iter().any(|text| half_years(text) == length);
            if noticed {
                assert_eq!(found.iter().map(|of| of.severity).collect::<Vec<_>>(), [Severity::Notice], "{why}");
            } else if !open.with_reason.contains(&length) {
                assert_eq!(found, [], "{why}, {length}");
            }
        }
    }
}

/// Never zero; full time over three years and part time over six only on the special lines.
#[test]
fn no_ordinary_length_is_outside_the_bounds() {
    let births = ["2007-08-31", "2007-09-01", "2007-09-02", "2010-01-01"];
    for entrant in [Entrant::JuniorGraduate, Entrant::EarlierJunior, Entrant::Other] {
        for birth in births {
            for form in [StudyForm::FullTime, StudyForm::PartTime] {
                let facts = StudyFacts {
                    entrant: Some(entrant),
                    birth: Some(crate::day(birth)),
                    entry_year: Some(2025),
                    form: Some(form),
                    ..StudyFacts::default()
                };
                let allowed = study_length::judge(&facts).allowed;
                let most = if form == StudyForm::FullTime { 6 } else { LONGEST };
                assert!(allowed.contains(&6) && allowed.iter().all(|of| (2..=most).contains(of)), "{allowed:?}");
                for length in 0..=20 {
                    let asked = StudyFacts { half_years: Some(length), ..facts };
                    let found = study_length::judge(&asked).findings;
                    assert_eq!(found.iter().any(|of| of.severity == Severity::Block), {
                        let reason = entrant == Entrant::JuniorGraduate && allowed[0] == 2 && most == 6 && length < 6;
                        !allowed.contains(&length) || reason
                    });
                }
            }
        }
    }
}

#[test]
fn eighteen_is_counted_to_the_day() {
    for (birth, year, adult) in [
        ("2007-08-31", 2025, true),
        ("2007-09-01", 2025, true),
        ("2007-09-02", 2025, false),
        ("2007-12-31", 2025, false),
        ("2007-12-31", 2026, true),
        ("2008-02-29", 2026, true),
        ("2008-02-29", 2025, false),
    ] {
        assert_eq!(eighteen(crate::day(birth), year), adult, "{birth} {year}");
    }
}

#[test]
fn lengths_are_written_as_people_say_them() {
    assert_eq!([1, 2, 4, 5, 6, 7, 12].map(years), ["半年", "一年", "两年", "两年半", "三年", "三年半", "六年"]);
    assert_eq!(words(&[6]), "三年");
    assert_eq!(words(&[10, 12]), "五年或六年");
    assert_eq!(words(&[2, 3, 4, 5, 6]), "一年至三年");
    assert_eq!(words(&[]), "待定");
}
