//! The forms of the kinds, and what their coded fields are looked up in.

use super::hall::Hall;
use super::joining;
use super::refusal::Refusal;
use super::session::Asker;
use crate::law::kinds;
use crate::model::{HENAN, Kind, Level, PROVINCES, PersonalField, TRANSFER_MAJOR};
use crate::wire::{Choice, Choices, FieldForm, FormField, KindForm};

/// The kinds with their forms, in the order of menus.
pub(super) fn kinds() -> Vec<KindForm> {
    Kind::ALL
        .into_iter()
        .map(|kind| {
            let row = kinds::row(kind);
            KindForm {
                kind,
                article: row.article.to_owned(),
                from: row.from.iter().map(|status| status.name().to_owned()).collect(),
                fields: fields(kind),
                materials: row.materials.iter().map(|material| material.name.to_owned()).collect(),
            }
        })
        .collect()
}

pub(super) fn field(path: &str, label: &str, label_en: &str, form: FieldForm) -> FormField {
    FormField {
        path: path.into(),
        label: label.into(),
        label_en: label_en.into(),
        form,
        initial: None,
        optional: false,
        becomes: None,
    }
}

pub(super) fn may_be_empty(field: FormField) -> FormField {
    FormField { optional: true, ..field }
}

pub(super) fn starting(initial: &str, field: FormField) -> FormField {
    FormField { initial: Some(initial.to_owned()), ..field }
}

fn fields(kind: Kind) -> Vec<FormField> {
    let handed_in = |what: &str| starting("today", field("handed_in_on", what, "Handed in on", FieldForm::Day));
    let mut fields = match kind {
        Kind::Suspension => vec![
            starting("today", field("period.from", "休学起", "From", FieldForm::Day)),
            field("period.until", "休学止", "Until", FieldForm::Day),
        ],
        Kind::Resumption => vec![
            starting("today", field("on", "复学日", "Back on", FieldForm::Day)),
            starting("0", field("years", "推迟毕业(年)", "Years later", FieldForm::Number { least: 0, most: 10 })),
        ],
        Kind::Repetition => {
            vec![starting("1", field("years", "留级(年)", "Years", FieldForm::Number { least: 1, most: 3 }))]
        }
        Kind::MajorChange => vec![field("to", "转入专业", "New major", FieldForm::Major)],
        Kind::Transfer => {
            vec![field("to", "转入学校", "New school", FieldForm::School), handed_in("交来申请")]
        }
        Kind::MoveOut => vec![
            field("to_province", "转入省份", "To province", FieldForm::Province),
            field("to_school", "转入学校", "New school", FieldForm::Text),
            may_be_empty(field("to_office", "对方主管部门", "Its authority", FieldForm::Text)),
            handed_in("交来申请"),
        ],
        Kind::MoveIn => newcomer(),
        Kind::Duplicate => joining::duplicate(),
        Kind::ComingOver => joining::coming_over(),
        Kind::Junior => joining::junior(),
        Kind::Correction => {
            let names = [
                PersonalField::Name,
                PersonalField::Sex,
                PersonalField::Birth,
                PersonalField::IdNumber,
                PersonalField::Ethnic,
            ];
            let values = names.iter().map(|field| field.name().to_owned()).collect();
            vec![
                field("field", "变更项", "Field", FieldForm::Choice { values }),
                field("to", "改为", "New value", FieldForm::Text),
                handed_in("交来材料"),
            ]
        }
        Kind::Death => vec![starting("today", field("on", "死亡日期", "Died on", FieldForm::Day))],
        Kind::Other => vec![field("title", "业务名称", "What", FieldForm::Text)],
        Kind::FormChange => vec![
            field("to", "转为", "New form", FieldForm::Choice { values: vec!["全日制".into(), "非全日制".into()] }),
            may_be_empty(field("plan", "培养方案编号", "Training plan", FieldForm::Text)),
        ],
        Kind::EarlyGraduation => vec![
            starting(
                "2",
                field("half_years", "提前(半年数)", "Half years earlier", FieldForm::Number { least: 1, most: 2 }),
            ),
            field("credits_required", "要求学分", "Credits required", FieldForm::Number { least: 1, most: 999 }),
            field("credits_earned", "已修学分", "Credits earned", FieldForm::Number { least: 0, most: 999 }),
        ],
        Kind::Graduation => vec![
            field("leave", "毕(结)业", "Outcome", FieldForm::Choice { values: vec!["毕业".into(), "结业".into()] }),
            starting("today", field("received_on", "收到证书", "Received on", FieldForm::Day)),
        ],
        Kind::GradeSkip | Kind::Withdrawal | Kind::Restoration | Kind::Annulment => Vec::new(),
    };
    let ground = field("ground", "事由", "Ground", FieldForm::Text);
    fields.push(if kind == Kind::Graduation { may_be_empty(ground) } else { ground });
    if kind == Kind::Transfer {
        // Last: who changes the school alone never comes to it.
        let new_major = may_be_empty(field("new_major", "同时转专业", "New major", FieldForm::Major));
        fields.push(FormField { becomes: Some(TRANSFER_MAJOR.to_owned()), ..new_major });
    }
    fields
}

/// A student of another province: what the national system says of him.
fn newcomer() -> Vec<FormField> {
    let choice =
        |values: &[&str]| FieldForm::Choice { values: values.iter().map(|value| (*value).to_owned()).collect() };
    let text = FieldForm::Text;
    vec![
        field("person.name", "姓名", "Name", text.clone()),
        field("person.id_no", "身份证件号", "Document number", text.clone()),
        field("person.student_no", "学籍号", "Student number", text.clone()),
        starting("汉族", field("person.ethnic", "民族", "Ethnic group", text.clone())),
        field("from_province", "转出省份", "From province", FieldForm::Province),
        field("from_school", "转出学校", "Old school", text.clone()),
        may_be_empty(field("from_office", "对方主管部门", "Its authority", text.clone())),
        field("reference", "全国系统业务号", "National reference", text.clone()),
        starting("today", field("reached_on", "到达本校", "Reached us on", FieldForm::Day)),
        field("person.major", "转入专业", "Major", FieldForm::Major),
        may_be_empty(field("person.class_name", "班级", "Class", text)),
        starting("全日制", field("person.study_form", "学习形式", "Form of study", choice(&["全日制", "非全日制"]))),
        starting("6", field("person.half_years", "学制(半年)", "Half years", FieldForm::Number { least: 2, most: 12 })),
        field("person.entry", "入学日期", "Entry", FieldForm::Day),
        field("person.planned_grad", "预计毕业", "Graduation", FieldForm::Day),
    ]
}

/// Schools, majors or provinces whose code begins with the text or whose name contains it, by code.
pub(super) fn choices(
    hall: &Hall,
    _asker: &Asker,
    what: Choices,
    text: &str,
    count: u32,
) -> Result<Vec<Choice>, Refusal> {
    let text = text.trim();
    let count = count.clamp(1, 50) as usize;
    let fits = |code: &str, name: &str| code.starts_with(text) || name.contains(text);
    let mut found: Vec<Choice> = match what {
        Choices::School => hall
            .store()
            .offices()
            .iter()
            .filter(|office| office.level == Level::School && fits(office.id.as_str(), &office.name))
            .map(|office| Choice { code: office.id.to_string(), name: office.name.clone() })
            .collect(),
        Choices::Province => PROVINCES
            .iter()
            .filter(|(code, name)| *code != HENAN && fits(code, name))
            .map(|(code, name)| Choice { code: (*code).to_owned(), name: (*name).to_owned() })
            .collect(),
        Choices::Major => hall
            .store()
            .majors()
            .iter()
            .filter(|major| fits(major.code.as_str(), &major.name))
            .map(|major| Choice { code: major.code.to_string(), name: major.name.clone() })
            .collect(),
    };
    found.sort_by(|a, b| a.code.cmp(&b.code));
    found.truncate(count);
    Ok(found)
}
