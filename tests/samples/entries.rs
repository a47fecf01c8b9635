//! New students of the key: registered through `entry.save`, filed through `filing.submit`, as a school does it.

use super::area::{Area, first};
use super::play::Played;
use super::text;
use serde_json::{Map, Value, json};

/// The rows of the new-student file the applications name, by their number in it (the header is row 1).
fn row(number: u64) -> Map<String, Value> {
    let mut reader = csv::Reader::from_reader(include_str!("new_students.csv").as_bytes());
    let header = reader.headers().unwrap().clone();
    let record = reader.records().nth(usize::try_from(number).unwrap() - 2).unwrap().unwrap();
    header.iter().zip(record.iter()).map(|(name, cell)| (name.to_owned(), cell.into())).collect()
}

/// The cells of an application: its row, or the person it brings laid over the form of an ordinary one.
fn cells(application: &Value) -> Map<String, Value> {
    let mut cells = row(application["new_row"].as_u64().unwrap_or(2));
    if let Some(person) = application["person"].as_object() {
        for (id, value) in person {
            let (name, value) = match id.as_str() {
                "entry_type" => ("entrant", "应届初中毕业生".into()),
                "major_code" => ("major", value.clone()),
                "duration_years" => ("duration", format!("{value}年制").into()),
                "birth_date" => ("birth_date", text(application.get("person").unwrap(), id).replace('-', "").into()),
                other => (other, value.clone()),
            };
            cells.insert(name.to_owned(), value);
        }
        // What the row says of somebody else goes.
        for header in
            ["姓名", "性别", "出生日期", "身份证件类型", "身份证件号", "招生对象", "专业简称", "学制", "学习形式"]
        {
            cells.remove(header);
        }
        let entered = application["enrolled_on"].as_str().unwrap_or_default();
        cells.insert("入学年月".into(), entered[..7].replace('-', "").into());
    }
    let brought = |name: &str| application["evidence"].as_array().unwrap().iter().any(|piece| piece == name);
    let enrolled = application["enrolled_on"].as_str().unwrap_or("2025-09-01");
    cells.insert("enrolled_on".into(), enrolled.replace('-', "").into());
    cells.insert("season".into(), application["season"].clone());
    let admission = if brought("录取名册") || text(application, "kind") == "学籍备案" {
        "演练录取名册2025"
    } else {
        ""
    };
    cells.insert("admission".into(), admission.into());
    cells
}

/// 新生注册: what is said of the whole, then the registration itself.
pub(crate) fn register(area: &mut Area, application: &Value) -> Played {
    let school = text(application, "school");
    let entry = first(school);
    area.today(text(application, "submitted_on"));
    let cells = cells(application);
    let checked = area.ok(&entry, json!({"do": "entry.check", "cells": cells}));
    let problems = checked["problems"].as_array().unwrap();
    let findings: Vec<(String, String)> = problems
        .iter()
        .filter_map(|of| Some((of["rule"].as_str()?.to_owned(), text(of, "severity").to_owned())))
        .collect();
    let saved = area.ask(&entry, json!({"do": "entry.save", "cells": cells}));
    if let Some(refused) = saved.get("refused") {
        let rule = (text(refused, "rule").to_owned(), text(refused, "severity").to_owned());
        assert!(findings.contains(&rule), "{application}: refused by what was not said: {refused} {findings:?}");
        return Played { findings, ..Played::blocked(refused) };
    }
    let Some(saved) = saved.get("ok") else { return Played::error(&saved) };
    let late = problems.iter().any(|of| of["severity"] == "notice");
    let due = &saved["due"];
    Played {
        verdict: if late { "notice" } else { "pass" },
        findings,
        route: json!([school]),
        first_due: json!({"party": school, "fixed": due["due"], "rule": "R6.4", "due": due["due"],
            "twenty_working_days": due["twenty_working_days"], "cutoff": due["cutoff"]}),
        filings: json!([]),
        if_both: Value::Null,
    }
}

/// 学籍备案: registered on its day, or not at all, then filed.
pub(crate) fn file(area: &mut Area, application: &Value) -> Played {
    let school = text(application, "school");
    let entry = first(school);
    let registered = text(application, "registered_on");
    area.today(if registered.is_empty() { "2025-09-20" } else { registered });
    let saved = area.ok(&entry, json!({"do": "entry.save", "cells": cells(application)}));
    let student = text(&saved, "student").to_owned();
    if registered.is_empty() {
        area.set(&student, "status", "未注册".into());
    }
    area.today(text(application, "submitted_on"));
    let filed = area.ask(&entry, json!({"do": "filing.submit", "students": [student]}));
    if let Some(refused) = filed.get("refused") {
        return Played::blocked(refused);
    }
    let Some(filed) = filed.get("ok") else { return Played::error(&filed) };
    assert_eq!(filed["items"][0]["filed"], true, "{filed}");
    let until = &saved["filing_until"];
    Played {
        verdict: "pass",
        findings: Vec::new(),
        route: json!([school]),
        first_due: json!({"party": school, "fixed": until, "rule": "R6.6", "due": until}),
        filings: json!([]),
        if_both: Value::Null,
    }
}
