//! What the stand-in for the server says of new students.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use xueji::law::entry::fields::{FIELDS, Form, Need};
use xueji::wire::{DraftSave, EntryField};

/// The fields, as the server gives them.
pub(crate) fn fields() -> Value {
    let codes = xueji::data::code_sets().unwrap();
    let items: Vec<EntryField> = FIELDS
        .iter()
        .map(|row| {
            let (form, values) = match row.form {
                Form::Set(set) => {
                    let values = codes.values(set).iter().map(|value| (value.code.clone(), value.name.clone()));
                    ("set", values.collect())
                }
                Form::Name => ("name", vec![]),
                Form::Pinyin => ("pinyin", vec![]),
                Form::Date => ("date", vec![]),
                Form::Month => ("month", vec![]),
                Form::Document => ("document", vec![]),
                Form::Region => ("region", vec![]),
                Form::Phone => ("phone", vec![]),
                Form::Major => ("major", vec![]),
                Form::Years => ("years", vec![]),
                Form::Number => ("number", vec![]),
                Form::Postcode => ("postcode", vec![]),
                Form::Season => ("season", vec![]),
                Form::Text => ("text", vec![]),
            };
            let need = match row.need {
                Need::Always => "always",
                Need::Optional => "optional",
                Need::Joint => "joint",
            };
            EntryField {
                place: row.place,
                name: row.name.to_owned(),
                id: row.id.to_owned(),
                english: row.english.to_owned(),
                need: need.to_owned(),
                form: form.to_owned(),
                carry: row.carry,
                values,
            }
        })
        .collect();
    json!({"total": items.len(), "items": items, "next": null})
}

fn problem(column: &str, kind: &str, severity: &str, rule: Option<&str>, message: &str) -> Value {
    json!({"column": column, "kind": kind, "severity": severity, "rule": rule, "message": message, "value": ""})
}

/// What is said of these cells: whatever lacks is missing, one number is known, another is twins'.
pub(crate) fn check(cells: &BTreeMap<String, String>) -> Value {
    let mut problems = Vec::new();
    let mut normalised = BTreeMap::new();
    let number = cells.get("id_no").map(String::as_str).unwrap_or_default();
    let whole = number.len() == 18;
    for row in FIELDS.iter().filter(|row| row.need == Need::Always && row.form != Form::Pinyin) {
        let follows = whole && matches!(row.id, "sex" | "birth_date");
        if !cells.contains_key(row.id) && !follows {
            problems.push(problem(row.name, "missing_required", "block", None, "必填项没有填写"));
        }
    }
    if !number.is_empty() && !whole {
        problems.push(problem("身份证件号", "id_length", "block", None, "身份证件号应为18位"));
    }
    if number == "41078220100305100X" {
        let message = "本校已有这个证件号的学籍（学生 S0000042），状态为已注册未备案；请核对证件号，不要重复登记";
        problems.push(problem("身份证件号", "id_already_registered", "block", Some("R8.5"), message));
    }
    if cells.get("nation").is_some_and(|nation| nation == "汗族") {
        problems.push(problem(
            "民族",
            "not_in_code_set",
            "block",
            None,
            "不在代码表中；应为汉族、蒙古族、回族、藏族、维吾尔族、苗族等",
        ));
    }
    if whole {
        normalised.insert("性别", "男".to_owned());
        normalised.insert("出生日期", "20100305".to_owned());
    }
    if cells.contains_key("name") {
        normalised.insert("姓名拼音", "YAN LIAN XIN SHENG".to_owned());
    }
    let savable = problems.is_empty();
    let study = json!({"allowed": [6], "words": "三年", "rule": "R10.2", "missing": [], "trace": [
        {"rule": "R10.1", "applies": false, "says": "不是小学毕业起点"},
        {"rule": "R10.2", "applies": true, "says": "应届初中毕业生、全日制：三年"}]});
    json!({
        "savable": savable, "problems": problems, "normalised": normalised,
        "region": whole.then_some(("410782", "河南省新乡市辉县市")), "major": ["660301", "机电技术应用"], "study": study,
        "cohort": [2025, "秋"], "twenty_working_days": "2025-10-11", "cutoff": "2025-11-20", "due": "2025-10-11",
        "filing_until": "2025-12-20", "planned_grad": null,
    })
}

/// Who is registered and not filed.
pub(crate) fn todo() -> Value {
    let row = |n: u32, name: &str, left: i64, failure: Value| {
        let todo = if left < 0 { "withdraw" } else { "file" };
        let until = if left < 0 { "2025-05-20" } else { "2025-12-20" };
        let cohort = if left < 0 { json!([2025, "春"]) } else { json!([2025, "秋"]) };
        json!({"student": format!("S{n:07}"), "name": name, "class_name": "25机电1班", "cohort": cohort,
            "filing_until": until, "days_left": left, "todo": todo, "rule": if left < 0 { "R7.6" } else { "R7.7" },
            "failure": failure})
    };
    let failed = json!({"on": "2025-10-14", "fault": "信息错误",
        "reasons": "校区：东校区没有公布这个专业；公布的校区为本部；学制：应为三年"});
    json!({"total": 3, "to_withdraw": 1, "next": null, "items": [
        row(41, "演练新甲", 66, Value::Null), row(42, "演练新乙", 66, failed), row(12, "演练春", -148, Value::Null)]})
}

/// A draft that is kept, as it is listed.
pub(crate) fn draft_row(save: &DraftSave) -> Value {
    json!({"slot": save.slot, "title": save.title, "field": save.field, "saved": "2025-10-15T09:20:00+08:00",
        "until": "2025-12-14", "expired": false, "bytes": save.content.len()})
}

/// Drafts of the account: one open, one that has expired.
pub(crate) fn drafts() -> Value {
    let row = |slot: &str, title: &str, until: &str, expired: bool| {
        json!({"slot": slot, "title": title, "field": "身份证件号", "saved": "2025-10-15T09:20:00+08:00", "until": until,
            "expired": expired, "bytes": 300})
    };
    json!({"total": 2, "next": null, "items": [
        row("entry", "登记新生 演练新甲", "2025-12-14", false), row("start", "新办 休学 演练二", "2025-10-01", true)]})
}
