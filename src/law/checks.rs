//! The questions that several verbs ask: whose turn, which post, two persons (双岗), status, papers, reasons.

use super::case::{Case, findings};
use super::kinds::{self, KindRow, Material};
use super::rules;
use crate::model::{Actor, Application, Day, Finding, Kind, Phase, Post, Reason, Round, Severity, Step, StepRole};

/// The text demands some materials by name; where it names none, one proof of any form is enough (R13.3).
pub(super) fn lacking(application: &Application, row: &'static KindRow) -> Vec<&'static Material> {
    let brought = |name: &str| application.evidence.iter().any(|piece| piece.kind == name);
    let lacks = |material: &&Material| {
        if material.exact { !brought(material.name) } else { application.evidence.is_empty() }
    };
    row.materials.iter().filter(lacks).collect()
}

pub(super) fn ended(application: &Application) -> Option<Finding> {
    let what = match application.phase {
        Phase::Granted => "已经办结",
        Phase::Refused => "已决定不予办理",
        Phase::Cancelled => "已由学校撤销",
        Phase::Preparing | Phase::Open | Phase::Returned => return None,
    };
    Some(rules::R13_7.refuse(
        format!("申请 {} {what}，不能再办理", application.id),
        "需要时请由学校另行申请",
        &[("application", application.id.to_string())],
    ))
}

pub(super) fn not_my_turn(case: &Case<'_>, application: &Application, actor: &Actor) -> Option<Finding> {
    let step = application.step()?;
    if let Some(recorder) = case.recorder {
        return (recorder.id != actor.office).then(|| {
            rules::R4_1.refuse(
                format!("{}在本系统没有账号，其意见由{}登记", case.hand.name, recorder.name),
                "可以查看进度；需要时请与登记机构联系",
                &[("hand", step.hand.to_string()), ("recorder", recorder.id.to_string())],
            )
        });
    }
    (step.hand != actor.office).then(|| {
        rules::R4_1.refuse(
            format!("申请现在由{}办理，不在您的机构手中", case.hand.name),
            "可以查看进度；需要时请与该机构联系",
            &[("hand", step.hand.to_string()), ("office", actor.office.to_string())],
        )
    })
}

pub(super) fn not_at_school(case: &Case<'_>, application: &Application) -> Option<Finding> {
    (!matches!(application.step()?.role, StepRole::StartingSchool | StepRole::ClaimingSchool)).then(|| {
        rules::R5_7.refuse(
            "提交和改动申请是发起学校的事".to_owned(),
            "材料不全或内容有误的，请退回补正",
            &[("hand", case.hand.id.to_string())],
        )
    })
}

pub(in crate::law) fn wrong_post(actor: &Actor, needed: Post) -> Finding {
    let held: Vec<&str> = actor.all_posts().iter().map(|post| post.name()).collect();
    rules::R4_1.refuse(
        format!("这一步由{}岗办理，您的岗位是{}", needed.name(), held.join("、")),
        format!("请由{}岗的同事办理", needed.name()),
        &[("needed", needed.name().to_owned()), ("held", held.join("、"))],
    )
}

pub(super) fn post_missing(actor: &Actor, needed: Post) -> Option<Finding> {
    (!actor.holds(needed)).then(|| wrong_post(actor, needed))
}

/// The first post acts: it must be held, nothing may stand already, and its person may not have checked this step.
pub(super) fn first_post(application: &Application, actor: &Actor, post: Post) -> Option<Finding> {
    let step = application.step()?;
    post_missing(actor, post)
        .or_else(|| {
            standing(step).map(|proposal_by| {
                rules::R5_12.refuse(
                    format!("{proposal_by}已经提出意见，正待{}", Post::second(post == Post::Entry).name()),
                    "提出人可以先撤回再改",
                    &[("by", proposal_by)],
                )
            })
        })
        .or_else(|| {
            let checked = application.checked(application.current);
            let by = checked.into_iter().find(|by| by.is_of(&actor.person))?;
            Some(same_person(actor, by.post))
        })
}

/// The second post acts: it must be held, a proposal must stand, and its person may not have proposed on this step.
pub(super) fn second_post(application: &Application, actor: &Actor, school: bool) -> Option<Finding> {
    let step = application.step()?;
    let (first, second) = (Post::first(school), Post::second(school));
    post_missing(actor, second)
        .or_else(|| {
            standing(step).is_none().then(|| {
                rules::R5_12.refuse(
                    format!("{}岗尚未提出意见，{}岗还不能办理", first.name(), second.name()),
                    format!("请等待{}岗办理", first.name()),
                    &[("awaited", first.name().to_owned())],
                )
            })
        })
        .or_else(|| {
            let prepared = application.prepared(application.current);
            let by = prepared.into_iter().find(|by| by.is_of(&actor.person))?;
            Some(same_person(actor, by.post))
        })
}

pub(in crate::law) fn same_person(actor: &Actor, acted_as: Post) -> Finding {
    rules::R5_12.refuse(
        format!("{}已在本环节以{}岗办理过，同一人不得兼办两岗", actor.name, acted_as.name()),
        "请由本机构另一位同事办理；同一人换账号也不可以",
        &[("person", actor.person.to_string()), ("post", acted_as.name().to_owned())],
    )
}

fn standing(step: &Step) -> Option<String> {
    step.last().and_then(|round: &Round| round.proposal.as_ref()).map(|proposal| proposal.by.name.clone())
}

pub(super) fn status_forbids(case: &Case<'_>, row: &KindRow) -> Option<Finding> {
    let status = case.student.status;
    (!row.from.contains(&status)).then(|| {
        let allowed = row.from_words();
        rules::R13_7.refuse(
            format!(
                "{}当前学籍状态为“{}”，只有“{}”的学生可以{}",
                case.student.name,
                status.name(),
                allowed,
                row.name_zh
            ),
            "请核对学籍状态；状态有误的先按相应业务更正",
            &[("status", status.name().to_owned()), ("allowed", allowed.clone())],
        )
    })
}

pub(super) fn another_open(case: &Case<'_>, row: &KindRow) -> Option<Finding> {
    // 死亡 may start beside anything but another 死亡. Once it is open nothing new starts beside it, but what was
    // open before goes on until the death is granted.
    let starting = case.application.is_none();
    let clash = |other: Kind| kinds::clash(row.kind, other) || (starting && other == Kind::Death);
    let (id, kind) = case.others.iter().find(|(_, kind)| row.kind != Kind::Correction && clash(*kind))?;
    Some(rules::R13_7.refuse(
        format!("{}已有在办的{}（{id}），一名学生同时只能办理一项学籍异动", case.student.name, kind.name()),
        "请等在办业务办结，或者由学校先撤销",
        &[("application", id.to_string()), ("kind", kind.name().to_owned())],
    ))
}

pub(super) fn evidence_missing(application: &Application, row: &'static KindRow) -> Option<Finding> {
    let lacking = lacking(application, row);
    let first = lacking.first()?;
    let names = lacking.iter().map(|material| material.name).collect::<Vec<_>>().join("、");
    let remedy = if first.exact {
        format!("请以所列名称上传：{names}；不要求更多")
    } else {
        "请上传一份能够证明事由的材料，任何形式均可；不要求更多".to_owned()
    };
    Some(first.basis.refuse(format!("{}申请缺少材料：{names}", row.name_zh), remedy, &[("missing", names.clone())]))
}

/// The first blocking finding.
pub(super) fn blocking(case: &Case<'_>, application: &Application, _row: &KindRow, today: Day) -> Option<Finding> {
    findings(case, &application.details, today).into_iter().find(|finding| finding.severity == Severity::Block)
}

pub(super) fn reasons_for_return(reasons: &[Reason]) -> Option<Finding> {
    if reasons.is_empty() {
        return Some(rules::R13_3.refuse(
            "退回补正须逐条写明理由".to_owned(),
            "请逐条写明依据的条款，或者所缺、有误的材料",
            &[("items", "0".to_owned())],
        ));
    }
    let vague = reasons
        .iter()
        .position(|reason| reason.text.trim().is_empty() || (blank(&reason.article) && blank(&reason.material)))?;
    Some(rules::R13_3.refuse(
        format!("退回理由第{}条没有指明条款或材料", vague + 1),
        "每条理由须指明所依据的条款或者所涉及的材料；不得要求规程以外的材料",
        &[("item", (vague + 1).to_string())],
    ))
}

/// A return for a material that the kind does not ask for and nobody brought is a demand of the office's own (R13.3).
pub(super) fn asks_for_more(application: &Application, row: &KindRow, reasons: &[Reason]) -> Option<Finding> {
    let listed = |asked: &str| row.materials.iter().any(|one| one.name.contains(asked) || asked.contains(one.name));
    let brought = |asked: &str| application.evidence.iter().any(|piece| piece.kind.contains(asked));
    let named = reasons.iter().filter_map(|reason| reason.material.as_deref()).map(str::trim);
    let more = named.filter(|asked| !asked.is_empty()).find(|asked| !listed(asked) && !brought(asked))?;
    let names = row.materials.iter().map(|one| one.name).collect::<Vec<_>>().join("、");
    Some(rules::R13_3.refuse(
        format!("“{more}”不是{}的材料，也没有随申请提交", row.name_zh),
        format!("请只就所列材料（{names}）和已提交的材料说明哪里不足；不得另外要求材料（第13条、第25条）"),
        &[("material", more.to_owned())],
    ))
}

pub(super) fn reasons_for_refusal(reasons: &[Reason]) -> Option<Finding> {
    let vague = reasons.iter().position(|reason| reason.text.trim().is_empty() || blank(&reason.article));
    if !reasons.is_empty() && vague.is_none() {
        return None;
    }
    Some(rules::R12_7.refuse(
        "不予办理须写明理由和所依据的条款".to_owned(),
        "请逐条写明条款和理由；材料问题请用退回补正",
        &[("item", vague.map_or(0, |at| at + 1).to_string())],
    ))
}

fn blank(text: &Option<String>) -> bool {
    text.as_deref().is_none_or(|text| text.trim().is_empty())
}
