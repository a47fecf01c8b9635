//! Forms of some kinds, what their coded fields find, and what the rules would say, as a server has them.

use super::desk_county::{COUNTY, SCHOOL, finding};
use serde_json::{Value, json};
use xueji::model::{Details, Level, Severity};
use xueji::wire::{ChangeRow, Choice, Choices, Hand, KindForm, PreviewView};

fn field(path: &str, label: &str, english: &str, form: Value, initial: Option<&str>) -> Value {
    json!({"path": path, "label": label, "label_en": english, "form": form, "initial": initial})
}

/// The forms.
pub(crate) fn kinds() -> Vec<KindForm> {
    let (text, day) = (json!({"form": "text"}), json!({"form": "day"}));
    let ground = || field("ground", "事由", "Ground", text.clone(), None);
    let of = |kind: &str, article: &str, from: &[&str], fields: Vec<Value>, materials: &[&str]| json!({"kind": kind, "article": article, "from": from, "fields": fields, "materials": materials});
    let values = ["姓名", "性别", "出生日期", "身份证件号", "民族"];
    let forms = [
        of(
            "复学",
            "13",
            &["休学"],
            vec![
                field("on", "复学日", "Back on", day.clone(), Some("today")),
                field(
                    "years",
                    "推迟毕业(年)",
                    "Years later",
                    json!({"form": "number", "least": 0, "most": 10}),
                    Some("0"),
                ),
                ground(),
            ],
            &["复学证明材料"],
        ),
        of(
            "休学",
            "13",
            &["在读"],
            vec![
                field("period.from", "休学起", "From", day.clone(), Some("today")),
                field("period.until", "休学止", "Until", day.clone(), None),
                ground(),
            ],
            &["休学事由证明材料"],
        ),
        of(
            "转学",
            "12",
            &["在读", "休学"],
            vec![
                field("to", "转入学校", "New school", json!({"form": "school"}), None),
                field("handed_in_on", "交来申请", "Handed in on", day.clone(), Some("today")),
                ground(),
            ],
            &["转学申请（本人书写）"],
        ),
        of(
            "转专业",
            "12",
            &["在读"],
            vec![field("to", "转入专业", "New major", json!({"form": "major"}), None), ground()],
            &["转专业事由证明材料"],
        ),
        of(
            "留级",
            "13",
            &["在读"],
            vec![
                field("years", "留级(年)", "Years", json!({"form": "number", "least": 1, "most": 3}), Some("1")),
                ground(),
            ],
            &["留级事由证明材料"],
        ),
        of("恢复学籍", "13", &["退学", "注销"], vec![ground()], &["恢复学籍事由证明材料"]),
        of(
            "信息变更",
            "14",
            &["已注册未备案", "在读", "休学", "毕业"],
            vec![
                field("field", "变更项", "Field", json!({"form": "choice", "values": values}), None),
                field("to", "改为", "New value", text.clone(), None),
                field("handed_in_on", "交来材料", "Handed in on", day.clone(), Some("today")),
                ground(),
            ],
            &["派出所户籍单", "户口簿户主页", "户口簿本人页"],
        ),
    ];
    forms.into_iter().map(|form| serde_json::from_value(form).unwrap()).collect()
}

/// What is found.
pub(crate) fn choices(what: Choices, text: &str) -> Vec<Choice> {
    let rows = match what {
        Choices::School => [("3641000001", SCHOOL), ("3641000002", "演练职专"), ("3641000009", "演练省属中专")],
        Choices::Province => [("130000", "河北省"), ("140000", "山西省"), ("340000", "安徽省")],
        Choices::Region => {
            [("410702", "河南省新乡市红旗区"), ("410782", "河南省新乡市辉县市"), ("410781", "河南省新乡市卫辉市")]
        }
        Choices::Major | Choices::Offered => {
            [("710201", "计算机应用"), ("710202", "计算机网络技术"), ("730701", "学前教育")]
        }
    };
    rows.iter()
        .filter(|(code, name)| code.starts_with(text) || name.contains(text))
        .map(|(code, name)| Choice { code: (*code).into(), name: (*name).into() })
        .collect()
}

fn change(field: &str, before: &str, after: &str) -> ChangeRow {
    ChangeRow { field: field.into(), before: before.into(), after: after.into() }
}

fn hand(name: &str, level: Level, days: Option<u32>) -> (Hand, Option<u32>) {
    (Hand { office: "x".into(), name: name.into(), level, here: true }, days)
}

/// Seven hands: two schools, two counties, their cities, the province.
pub(crate) fn long_route() -> Vec<(Hand, Option<u32>)> {
    vec![
        hand(SCHOOL, Level::School, Some(10)),
        hand("演练二县现代农业与装备制造中等职业技术学校", Level::School, Some(10)),
        hand(COUNTY, Level::County, Some(10)),
        hand("演练市教育局", Level::City, Some(10)),
        hand("演练二县教育局", Level::County, Some(10)),
        hand("演练二市教育局", Level::City, Some(10)),
        hand("河南省教育厅（演练）", Level::Province, Some(10)),
    ]
}

/// What the rules would say.
pub(crate) fn preview(details: &Details) -> PreviewView {
    let short = vec![hand(SCHOOL, Level::School, None), hand(COUNTY, Level::County, Some(10))];
    let status = || finding("R13.7", Severity::Block, "演练甲现为在读，复学须为休学", "请先核对学籍状态");
    let (refused, changes, route, needs) = match details {
        Details::Suspension { .. } => (
            None,
            vec![change("学籍状态", "在读", "休学"), change("预计毕业", "2027-07", "2028-07")],
            short,
            vec!["休学证明材料"],
        ),
        Details::Resumption { .. } | Details::Restoration { .. } => (Some(status()), vec![], short, vec![]),
        Details::MajorChange { to, .. } => (
            Some(finding(
                "R12.21",
                Severity::Block,
                "演练甲预计 2026-07 毕业，自 2025-09-01 起属于毕业年级，不能转专业",
                "没有例外；请学生按原专业完成学业",
            )),
            vec![change("专业", "计算机应用", to.as_str())],
            short,
            vec!["转专业事由证明材料"],
        ),
        Details::Transfer { .. } => {
            (None, vec![change("学校", SCHOOL, "演练省属中专")], long_route(), vec!["转学申请（本人书写）"])
        }
        Details::Correction { field, to, .. } => {
            (None, vec![change(field.name(), "汉族", to)], short, vec!["派出所户籍单", "户口簿户主页", "户口簿本人页"])
        }
        _ => (None, vec![], short, vec![]),
    };
    let findings = refused.iter().cloned().collect();
    PreviewView { refused, findings, changes, route, evidence: needs.into_iter().map(str::to_owned).collect() }
}
