//! 疑似 → 核查 → 查实 / 排除 (R21.3): may this person enter, remind, explain, judge? Any authority above the school
//! enters and reminds; the competent authority or one above it judges (reading AMB-26), through two posts.

use super::{Nearness, Reading};
use crate::law::rules::{R4_1, R4_3, R5_12, R21_3};
use crate::model::{Actor, Alert, Finding, Level, Office, OfficeId, Post, Signature, Stage};

/// What a verdict rests on.
pub struct AlertCase<'a> {
    /// The case; none before it is entered.
    pub alert: Option<&'a Alert>,
    /// Whose matter it is.
    pub school: &'a Office,
    /// Whether somebody acts for the school here.
    pub school_is_here: bool,
    /// The office that asks.
    pub office: &'a Office,
    /// Whether the school lies below that office.
    pub covers: bool,
    /// The competent authority and those above it.
    pub entitled: &'a [OfficeId],
    /// What the facts say of it today.
    pub reading: Option<&'a Reading>,
}

/// What somebody wants to do.
#[derive(Debug, Clone, Copy)]
pub enum AlertAct<'a> {
    /// Enter it.
    Record {
        /// What shows it.
        document: &'a str,
    },
    /// Remind the school.
    Remind,
    /// Explain it.
    Explain,
    /// Propose a finding.
    Judge {
        /// To what stage.
        to: Stage,
        /// Why, and the record of the check; none asks whether it may be done at all.
        grounds: Option<(&'a str, &'a str)>,
    },
    /// Agree (`None`) or send back with a remark.
    Decide(Option<&'a str>),
}

/// Why this person may not do this; none when it may be done.
pub fn why_not(case: &AlertCase<'_>, actor: &Actor, act: &AlertAct<'_>) -> Option<Finding> {
    match act {
        AlertAct::Record { document } => inspector(case, actor).or_else(|| {
            document.trim().is_empty().then(|| {
                R21_3.refuse(
                    "登记负面清单事项须有证据",
                    "请写明检查记录编号、截图或其他证据的名称",
                    &[("missing", "document".to_owned())],
                )
            })
        }),
        AlertAct::Remind => inspector(case, actor).or_else(|| over(case)),
        AlertAct::Explain => explain(case, actor).or_else(|| over(case)),
        AlertAct::Judge { to, grounds } => judge(case, actor, *to, *grounds),
        AlertAct::Decide(remark) => decide(case, actor, *remark),
    }
}

/// An authority above the school, in its first post.
fn inspector(case: &AlertCase<'_>, actor: &Actor) -> Option<Finding> {
    if case.office.level == Level::School || !case.covers {
        return Some(R4_1.refuse(
            format!("{}的负面清单事项由其上级学籍主管部门登记和提醒", case.school.name),
            "学校可以对已登记的事项作出说明",
            &[("school", case.school.id.to_string()), ("office", case.office.id.to_string())],
        ));
    }
    post(actor, Post::Handler)
}

fn post(actor: &Actor, needed: Post) -> Option<Finding> {
    (!actor.holds(needed)).then(|| crate::law::checks::wrong_post(actor, needed))
}

/// What has been judged is reminded of and explained no more.
fn over(case: &AlertCase<'_>) -> Option<Finding> {
    let alert = case.alert.filter(|alert| alert.stage != Stage::Suspected)?;
    Some(R21_3.refuse(
        format!("{} {}已作出结论：{}", alert.item, alert.id, alert.stage.name()),
        "新的事实请另行登记",
        &[("stage", alert.stage.name().to_owned())],
    ))
}

fn explain(case: &AlertCase<'_>, actor: &Actor) -> Option<Finding> {
    if actor.office == case.school.id {
        let either = actor.holds(Post::Entry) || actor.holds(Post::Review);
        return (!either).then(|| crate::law::checks::wrong_post(actor, Post::Entry));
    }
    if case.school_is_here {
        return Some(R4_1.refuse(
            format!("说明由{}自己作出", case.school.name),
            "请提醒学校在预警页作出说明",
            &[("school", case.school.id.to_string())],
        ));
    }
    inspector(case, actor)
}

fn not_entitled(case: &AlertCase<'_>) -> Option<Finding> {
    (!case.entitled.contains(&case.office.id)).then(|| {
        let ca = case.entitled.first().map(OfficeId::to_string).unwrap_or_default();
        R21_3.refuse(
            format!("核查结论由学籍主管部门（{ca}）或其上级作出，{}不是", case.office.name),
            "可以登记、提醒；请把证据交主管部门",
            &[("competent", ca.clone()), ("office", case.office.id.to_string())],
        )
    })
}

fn judge(case: &AlertCase<'_>, actor: &Actor, to: Stage, grounds: Option<(&str, &str)>) -> Option<Finding> {
    let alert = case.alert?;
    let from = if to == Stage::Remedied { Stage::Confirmed } else { Stage::Suspected };
    if alert.stage != from {
        return Some(R21_3.refuse(
            format!("{} {}现为“{}”，不能再作“{}”结论", alert.item, alert.id, alert.stage.name(), to.name()),
            match alert.stage {
                Stage::Confirmed => "已查实的事项纠正后可以销号（整改）",
                _ => "新的事实请另行登记",
            },
            &[("stage", alert.stage.name().to_owned()), ("to", to.name().to_owned())],
        ));
    }
    not_entitled(case)
        .or_else(|| post(actor, Post::Handler))
        .or_else(|| {
            let standing = alert.proposal.as_ref()?;
            Some(R5_12.refuse(
                format!("{}已提出“{}”，正待复核", standing.by.name, standing.to.name()),
                "请复核岗办理；复核退回后可以另提",
                &[("by", standing.by.name.clone())],
            ))
        })
        .or_else(|| {
            let checked = alert.judged.iter().filter(|judged| !judged.agreed).map(|judged| &judged.by);
            same(actor, checked)
        })
        .or_else(|| {
            let below = case.reading.filter(|reading| reading.nearness < Nearness::Met && reading.stands)?;
            (to == Stage::Confirmed).then(|| {
                R21_3.refuse(
                    format!("{}尚未达到认定条件：{}；{}", alert.item, below.because, below.distance),
                    "未达到清单所列条件的，不能查实",
                    &[("fm", alert.item.code().to_owned()), ("rule", below.rule.id.to_owned())],
                )
            })
        })
        .or_else(|| {
            let (text, document) = grounds?;
            (text.trim().is_empty() || document.trim().is_empty()).then(|| {
                R21_3.refuse(
                    format!("作出“{}”结论须写明核查情况和核查记录", to.name()),
                    "请写明查到了什么，以及核查记录的编号",
                    &[("to", to.name().to_owned())],
                )
            })
        })
}

fn same<'a>(actor: &Actor, mut others: impl Iterator<Item = &'a Signature>) -> Option<Finding> {
    let by = others.find(|by| by.person == actor.person)?;
    Some(crate::law::checks::same_person(actor, by.post))
}

fn decide(case: &AlertCase<'_>, actor: &Actor, remark: Option<&str>) -> Option<Finding> {
    let alert = case.alert?;
    let Some(proposal) = &alert.proposal else {
        return Some(R5_12.refuse(
            format!("{} {}还没有经办岗提出的结论", alert.item, alert.id),
            "请经办岗先提出查实、排除或整改",
            &[("alert", alert.id.to_string())],
        ));
    };
    if proposal.by.office != actor.office {
        return Some(R4_1.refuse(
            format!("结论由 {} 提出，须由同一机构的复核岗复核", proposal.by.office),
            "请等待该机构复核",
            &[("office", proposal.by.office.to_string())],
        ));
    }
    post(actor, Post::Reviewer)
        // Who entered the evidence has prepared the matter just as who proposed the finding.
        .or_else(|| same(actor, [&proposal.by, &alert.by].into_iter()))
        .or_else(|| {
            remark.is_some_and(|remark| remark.trim().is_empty()).then(|| {
                R4_3.refuse("退回经办须写明意见", "请写明哪里不妥、要怎样改", &[("missing", "remark".to_owned())])
            })
        })
}
