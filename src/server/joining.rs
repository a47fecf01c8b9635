//! The forms of who gets a file with an application, or is registered twice.

use super::forms::{field, may_be_empty, starting};
use crate::model::{DuplicateWith, FormerKind};
use crate::wire::{FieldForm, FormField};

fn choice(values: &[&str]) -> FieldForm {
    FieldForm::Choice { values: values.iter().map(|value| (*value).to_owned()).collect() }
}

/// Who has no file here yet. `entry` is what the day of entry is called.
fn person(entry: &str, entry_en: &str, initial: Option<&str>) -> Vec<FormField> {
    let text = FieldForm::Text;
    let day = field("person.entry", entry, entry_en, FieldForm::Day);
    vec![
        field("person.name", "姓名", "Name", text.clone()),
        field("person.id_no", "身份证件号", "Document number", text.clone()),
        starting("汉族", field("person.ethnic", "民族", "Ethnic group", text.clone())),
        field("person.major", "专业", "Major", FieldForm::Major),
        match initial {
            Some(initial) => starting(initial, day),
            None => day,
        },
        may_be_empty(field("person.class_name", "班级", "Class", text.clone())),
        may_be_empty(field("person.campus", "校区", "Campus", text)),
        starting("全日制", field("person.study_form", "学习形式", "Form of study", choice(&["全日制", "非全日制"]))),
    ]
}

fn length(initial: &str) -> FormField {
    starting(initial, field("person.half_years", "学制(半年)", "Half years", FieldForm::Number { least: 2, most: 12 }))
}

/// 重复学籍. What begins with `person.` is for who has no file here yet.
pub(super) fn duplicate() -> Vec<FormField> {
    let all = [DuplicateWith::Secondary, DuplicateWith::Technical, DuplicateWith::University, DuplicateWith::Elsewhere];
    let with = choice(&all.map(DuplicateWith::name));
    let mut fields = vec![
        starting(DuplicateWith::Secondary.name(), field("with", "对方类别", "Other is a", with)),
        may_be_empty(field("other_school", "对方学校", "Other school", FieldForm::School)),
        may_be_empty(field("other_name", "对方校名", "Its name", FieldForm::Text)),
    ];
    fields.extend(person("入学日期", "Entry", Some("today")));
    fields.push(length("6"));
    fields.push(may_be_empty(field("person.admission", "录取依据", "Proof of admission", FieldForm::Text)));
    fields
}

/// 普高/技工转入.
pub(super) fn coming_over() -> Vec<FormField> {
    let from = choice(&[FormerKind::GeneralHigh.name(), FormerKind::Technical.name()]);
    let mut fields = vec![
        starting(FormerKind::GeneralHigh.name(), field("from", "来自", "From a", from)),
        field("former_school", "原就读学校", "Former school", FieldForm::Text),
    ];
    fields.extend(person("原入学日期", "Entry there", None));
    fields.push(length("6"));
    let lower = field("lower_years", "编入低年级", "Placed lower by", FieldForm::Number { least: 0, most: 2 });
    fields.push(starting("0", lower));
    fields
}

/// 初中转入.
pub(super) fn junior() -> Vec<FormField> {
    let mut fields = vec![
        field("junior_school", "原就读初中", "Junior school", FieldForm::Text),
        starting("5", field("semester", "初中学期", "Semester", FieldForm::Number { least: 1, most: 6 })),
        field("guardian", "法定监护人", "Guardian", FieldForm::Text),
        field("relation", "与学生关系", "Relation", FieldForm::Text),
    ];
    fields.extend(person("入学日期", "Entry", Some("today")));
    fields.push(length("8"));
    fields.push(may_be_empty(field("teacher", "专门教师", "Teacher", FieldForm::Text)));
    fields.push(may_be_empty(field("compulsory_until", "义务教育至", "Compulsory until", FieldForm::Day)));
    fields
}
