//! The comparison with the national system on its way out: the fixed shape that programs read, or the key-in list as a
//! table for whoever works it off.

use super::write::{Cell, Column, Form, TableWriter, WriteError};
use crate::model::KeySystem;
use crate::wire::{NationalDiff, NationalItem, NationalKind};
use serde_json::{Map, Value, json};
use std::io::Write;

/// The columns of the key-in list.
const COLUMNS: [&str; 15] = [
    "学校代码",
    "学校",
    "本库人数",
    "全国系统人数",
    "不一致人数",
    "百分比",
    "超过2%",
    "录入到",
    "班级名称",
    "姓名",
    "学籍号",
    "差异",
    "本库",
    "全国系统",
    "办理情况",
];

/// A field's name as a person reads it.
pub fn field_name(word: &str) -> &str {
    match word {
        "name" => "姓名",
        "sex" => "性别",
        "birth_date" => "出生日期",
        "entry_month" => "入学年月",
        "major_code" => "专业代码",
        "study_form" => "学习形式",
        "duration_years" => "学制",
        "status" => "学籍状态",
        "id_no" => "身份证件号",
        "student_no" => "学籍号",
        "id_kind" => "证件类型",
        "class_name" => "班级",
        other => other,
    }
}

/// `{"schools":{CODE:{…}}}`: the figures of each school, and who differs, by kind and number.
pub fn fixed_shape(schools: &[NationalDiff]) -> Value {
    let one = |of: &NationalDiff| {
        let mut items: Vec<&NationalItem> = of.items.iter().collect();
        items.sort_by(|a, b| (a.kind, &a.student_no).cmp(&(b.kind, &b.student_no)));
        let items: Vec<Value> = items.into_iter().map(item).collect();
        let school = &of.school;
        let fields = json!({
            "students_here": school.students_here, "students_national": school.students_national,
            "differing_students": school.differing_students, "percent": school.percent, "fm5": school.fm5,
            "by_kind": of.by_kind, "items": items,
        });
        (school.school.to_string(), fields)
    };
    json!({ "schools": schools.iter().map(one).collect::<Map<String, Value>>() })
}

fn item(of: &NationalItem) -> Value {
    let mut fields = json!({ "kind": of.kind, "student_no": of.student_no, "name": of.name });
    if of.kind == NationalKind::FieldsDiffer {
        fields["fields"] = json!(of.fields);
    }
    if let Some(note) = &of.note {
        fields["note"] = json!(note);
    }
    fields
}

/// The key-in list in the order in which it is worked off: a row for each field.
pub fn key_in_list<W: Write + Send>(
    form: Form,
    schools: &[NationalDiff],
    exercise: bool,
    out: W,
) -> Result<W, WriteError> {
    let mut table = TableWriter::begin(form, "对账录入清单", &COLUMNS.map(Column::from), exercise, out)?;
    for of in schools {
        for item in &of.items {
            let done = done(item);
            let (here, there) = ("有", "有");
            let alone = match item.kind {
                NationalKind::FieldsDiffer => None,
                NationalKind::MissingHere => Some(("仅全国系统有", "无", there)),
                NationalKind::MissingThere => Some(("仅本库有", here, "无")),
            };
            let rows: Vec<(&str, &str, &str)> = match alone {
                Some(row) => vec![row],
                None => item.fields.iter().map(|one| (field_name(&one.field), &*one.here, &*one.there)).collect(),
            };
            for (what, here, there) in rows {
                let school = &of.school;
                table.row(&[
                    Cell::from(school.school.as_str()),
                    Cell::from(school.name.as_str()),
                    Cell::Number(f64::from(school.students_here)),
                    Cell::Number(f64::from(school.students_national)),
                    Cell::Number(f64::from(school.differing_students)),
                    Cell::from(school.percent.as_str()),
                    Cell::from(if school.fm5 { "是" } else { "否" }),
                    Cell::from(system(item.system)),
                    Cell::from(item.class_name.as_str()),
                    Cell::from(item.name.as_str()),
                    Cell::from(item.student_no.as_str()),
                    Cell::from(what),
                    Cell::from(here),
                    Cell::from(there),
                    Cell::from(done.as_str()),
                ])?;
            }
        }
    }
    table.finish()
}

/// A system's name.
fn system(system: KeySystem) -> &'static str {
    match system {
        KeySystem::National => "全国系统",
        KeySystem::Module => "学籍模块",
    }
}

fn done(item: &NationalItem) -> String {
    let Some(keyed) = &item.keyed else { return String::new() };
    let still = if keyed.in_vain { "，重新载入后仍不一致" } else { "" };
    format!("{} {} 已录入{}{still}", keyed.at.day(), keyed.by, system(keyed.system))
}
