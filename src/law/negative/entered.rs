//! What inspectors enter with their evidence: FM1, FM2, FM6 and the grounds of FM3 and FM7 that no record here shows.

use super::dates::registration_cutoff;
use super::{Nearness, Reading, fm3};
use crate::law::rules::{FM1_1, FM2_1, FM2_2, FM3_2, FM4_1, FM5_1, FM6_1, FM7_1, FM8_1, R21_3, Rule};
use crate::model::{Alert, Day, Finding, Ground, Item, OtherKind, Stage};

/// The rule that a ground rests on.
fn rule_of(item: Item, ground: &Ground) -> &'static Rule {
    match ground {
        Ground::Attached { .. } => &FM2_1,
        Ground::Advertised { .. } | Ground::Believed { .. } => &FM2_2,
        _ => match item {
            Item::FalseData => &FM1_1,
            Item::Unqualified => &FM2_1,
            Item::Duplicate => &FM3_2,
            Item::Absent => &FM4_1,
            Item::Differing => &FM5_1,
            Item::UnfiledPlace => &FM6_1,
            Item::Unfiled => &FM7_1,
            Item::TooSmall => &FM8_1,
        },
    }
}

/// The ground in words.
pub(super) fn words(ground: &Ground) -> String {
    match ground {
        Ground::Computed { because, .. } => because.clone(),
        Ground::Mismatch { field, filed, papers } => {
            let papers = papers.iter().map(|paper| format!("{}为“{}”", paper.kind.name(), paper.says));
            format!("{field}备案为“{filed}”，{}", papers.collect::<Vec<_>>().join("、"))
        }
        Ground::Advertised { place, names } => format!("{place}宣传使用专业名称“{}”", names.join("”“")),
        Ground::Believed { major } => format!("学生认为就读的是“{major}”，与注册专业不一致"),
        Ground::Attached { institution } => format!("{institution}没有招生资质，挂靠本校招生"),
        Ground::Double { with, place, .. } => {
            let with = match with {
                OtherKind::Secondary => "中职",
                OtherKind::Technical => "技工",
                OtherKind::University => "高校",
            };
            format!("与{place}（{with}）学籍重复")
        }
        Ground::Place { kind, name } => format!("在未备案的{}“{name}”招生或教学", kind.name()),
        Ground::InClass { seen, entered, who } => format!("{seen} 检查发现{who}无学籍在读（{entered} 入学）"),
    }
}

/// What an open case says by itself: one entered by hand stands until it is judged; one whose facts have gone waits for
/// its judgement and stops nothing.
pub(super) fn reading(case: &Alert, away: bool) -> Option<Reading> {
    let rule = rule_of(case.item, &case.ground);
    let whole = Reading {
        item: case.item,
        rule,
        nearness: if case.stage == Stage::Confirmed { Nearness::Found } else { Nearness::Met },
        student: case.student,
        count: 1,
        key: case.id.to_string(),
        because: words(&case.ground),
        distance: String::new(),
        alert: Some(case.id),
        stands: true,
    };
    match &case.ground {
        Ground::Computed { .. } if case.stage == Stage::Confirmed => Some(Reading { stands: false, ..whole }),
        Ground::Computed { .. } => Some(Reading {
            nearness: Nearness::Near,
            because: format!("立案时{}", whole.because),
            distance: "事实已有变化，待作出核查结论".to_owned(),
            stands: false,
            ..whole
        }),
        Ground::Double { at_school, .. } if case.stage == Stage::Suspected => {
            let away = at_school.map_or(away, |there| !there);
            let found = fm3::judge(Some(case), whole.key.clone(), &whole.because, away);
            Some(Reading {
                rule: found.rule,
                nearness: found.nearness,
                because: found.because,
                distance: found.distance,
                ..whole
            })
        }
        _ => Some(whole),
    }
}

/// Names used in advertising that are none of the published ones, letter for letter.
pub fn unusual_names<'a>(names: &'a [String], published: &[String]) -> Vec<&'a str> {
    let known = |name: &&String| published.iter().any(|known| known.trim() == name.trim());
    names.iter().filter(|name| !known(name)).map(|name| name.trim()).collect()
}

/// Why this ground is none; none when it may be entered. `published` are the names of the majors the school may teach.
pub fn judge_ground(ground: &Ground, published: &[String], today: Day) -> Option<Finding> {
    let blank = |text: &str| text.trim().is_empty();
    match ground {
        Ground::Mismatch { field, filed, papers } => {
            if blank(field) || blank(filed) || papers.is_empty() || papers.iter().any(|paper| blank(&paper.says)) {
                return Some(FM1_1.refuse(
                    "登记信息不符，须写明哪一项、备案内容和核对的证件内容",
                    "请逐一填写身份证、户口簿或居住证上的内容",
                    &[("papers", papers.len().to_string())],
                ));
            }
            let agreeing = papers.iter().find(|paper| paper.says.trim() == filed.trim())?;
            Some(FM1_1.refuse(
                format!("{field}与{}一致，有一种证件相符即可，不属于信息不符", agreeing.kind.name()),
                "无须登记；其他证件不同的，可请学校办理信息变更",
                &[("paper", agreeing.kind.name().to_owned())],
            ))
        }
        Ground::Advertised { place, names } => {
            if blank(place) || names.is_empty() {
                return Some(FM2_2.refuse(
                    "登记宣传不符，须写明在何处看到、用了哪些专业名称",
                    "请按所附截图填写",
                    &[("names", names.len().to_string())],
                ));
            }
            unusual_names(names, published).is_empty().then(|| {
                FM2_2.refuse(
                    "所列名称都是专业目录中的规范名称，宣传与公布一致",
                    "无须登记；学校没有该专业招生资质的，请写明",
                    &[("names", names.join("、"))],
                )
            })
        }
        Ground::Believed { major: text } | Ground::Attached { institution: text } => blank(text)
            .then(|| FM2_2.refuse("登记内容不能为空", "请写明专业或者机构名称", &[("missing", "name".to_owned())])),
        Ground::Double { place, .. } => blank(place).then(|| {
            FM3_2.refuse("登记重复学籍，须写明另一学籍所在学校", "请写明学校名称", &[("missing", "place".to_owned())])
        }),
        Ground::Place { name, .. } => blank(name)
            .then(|| FM6_1.refuse("须写明场所名称", "请写明校区、教学点或合作方", &[("missing", "name".to_owned())])),
        Ground::InClass { seen, entered, who } => {
            if blank(who) || seen > &today || entered > seen {
                return Some(FM7_1.refuse(
                    "须写明发现了谁；入学日不晚于检查日，检查日不晚于今天",
                    "请按检查记录填写",
                    &[("seen", seen.to_string()), ("entered", entered.to_string())],
                ));
            }
            let cutoff = registration_cutoff(*entered);
            (*seen <= cutoff).then(|| {
                FM7_1.refuse(
                    format!("{entered} 入学的新生注册到 {cutoff} 截止，{seen} 尚未截止，属待办，不是违规"),
                    format!("请督促学校在 {cutoff} 前完成注册"),
                    &[("cutoff", cutoff.to_string()), ("seen", seen.to_string())],
                )
            })
        }
        Ground::Computed { key, .. } => blank(key)
            .then(|| R21_3.refuse("没有指明系统推算的事项", "请从预警页选择该事项立案", &[("key", String::new())])),
    }
}
