//! 第十二条第一款, across provinces: four hands, of which two are outside and only recorded, and two filings (备案).
//!
//! Out: old school → [outside school] → own authority → [outside authority]. In from outside the old school has acted
//! first, in the national system, and its reference stands in the details; here the receiving school starts, then
//! [outside authority] → own authority. No level above is asked (reading AMB-37).

use super::case::Case;
use super::checks::{ended, wrong_post};
use super::kinds::{KindRow, Material, Time};
use super::route::Hand;
use super::rules::{self, *};
use crate::model::{
    Actor, Application, Day, Details, Finding, GivenTime, HENAN, Kind, Newcomer, OfficeId, Outside, Post, Severity,
    Status, StepRole, province_name,
};

/// 跨省转出. The file leaves: a status of its own, after which nothing but a new file follows.
pub(super) static MOVE_OUT: KindRow = KindRow {
    kind: Kind::MoveOut,
    name_zh: "跨省转出",
    name_en: "Transfer out of the province",
    article: "12",
    rules: &[
        &R1_2, &R2_2, &R2_3, &R5_3, &R5_12, &R11_1, &R11_2, &R11_3, &R12_1, &R12_2, &R12_3, &R12_6, &R12_7, &R13_3,
        &R13_7, &R16_2, &R25_2, &X_1, &X_2, &X_3, &X_4, &X_6, &X_7,
    ],
    from: &[Status::Enrolled, Status::Suspended],
    to: Some(Status::Departed),
    school_time: Some(Time { rule: &R12_3, budget: 10 }),
    authority_time: Some(Time { rule: &R12_3, budget: 10 }),
    materials: &[Material { name: "转学申请（本人书写）", exact: true, basis: &R12_2 }],
    counter: Some("跨省转入"),
    beside_others: false,
};

/// 跨省转入. The student's own application lies with the old school; what proves the matter here is any one paper.
pub(super) static MOVE_IN: KindRow = KindRow {
    kind: Kind::MoveIn,
    name_zh: "跨省转入",
    name_en: "Transfer into the province",
    article: "12",
    rules: &[
        &R1_2, &R2_2, &R2_3, &R5_3, &R5_12, &R8_5, &R11_1, &R11_2, &R11_3, &R12_1, &R12_3, &R12_6, &R12_7, &R12_14,
        &R13_3, &R13_7, &R15_1, &R16_2, &R25_2, &X_1, &X_2, &X_3, &X_4, &X_6, &X_7,
    ],
    from: &[Status::Unregistered],
    to: Some(Status::Enrolled),
    school_time: Some(Time { rule: &R12_3, budget: 10 }),
    authority_time: Some(Time { rule: &R12_3, budget: 10 }),
    materials: &[Material { name: "全国系统转学办理凭据", exact: false, basis: &R12_1 }],
    counter: Some("跨省转出"),
    beside_others: false,
};

/// The other province of a transfer across provinces.
pub fn other_province(details: &Details) -> Option<&str> {
    match details {
        Details::MoveOut { to_province: province, .. } | Details::MoveIn { from_province: province, .. } => {
            Some(province)
        }
        _ => None,
    }
}

/// The provinces a transfer across them is filed with: Henan and the other; none for other kinds.
pub fn filed_with(details: &Details) -> Vec<&str> {
    other_province(details).map_or(Vec::new(), |other| vec![HENAN, other])
}

/// The hands after the starting school, where a transfer leads across provinces. `own` is the authority here.
pub(super) fn hands(details: &Details, own: Hand, time: Option<GivenTime>) -> Option<Vec<Hand>> {
    // Henan's regulation gives a hand of another province no figure that could bind it: a reference clock.
    let reference = time.map(|time| GivenTime { reference: true, ..time });
    let hand = |province: &str, name: &str, school: bool| {
        let role = if school { StepRole::ReceivingSchool } else { StepRole::Authority };
        let place = province_name(province).unwrap_or(province);
        let name = if name.trim().is_empty() { format!("{place}学籍主管部门") } else { name.to_owned() };
        let outside = Outside { name, province: province.to_owned(), school };
        Hand { office: outside.hand(), role, time: reference.clone(), outside: Some(outside) }
    };
    match details {
        Details::MoveOut { to_province, to_school, to_office, .. } => {
            Some(vec![hand(to_province, to_school, true), own, hand(to_province, to_office, false)])
        }
        Details::MoveIn { from_province, from_office, .. } => Some(vec![hand(from_province, from_office, false), own]),
        _ => None,
    }
}

/// R12.6: at the last hand both filings must stand; before it the lack of one is told.
pub(super) fn filings_lacking(case: &Case<'_>, details: &Details) -> Option<Finding> {
    let filed = case.application.map(|application| application.filings.as_slice()).unwrap_or_default();
    let lacking: Vec<&str> =
        filed_with(details).into_iter().filter(|of| filed.iter().all(|filing| filing.province != *of)).collect();
    let names = lacking.iter().map(|of| province_name(of).unwrap_or(of)).collect::<Vec<_>>().join("、");
    let last = case.application.is_some_and(|application| application.current + 1 == application.steps.len());
    (!lacking.is_empty()).then(|| {
        rules::R12_6.finding_as(
            if last { Severity::Block } else { Severity::Hint },
            format!("跨省转学尚未登记向{names}的备案"),
            "备案由双方学校分别报本省；请登记备案日期和文号，两省齐全后才能办结",
            &[("lacking", lacking.join(" "))],
        )
    })
}

/// R12.1: without a number in the national system nobody can say that the old school started it.
pub(super) fn no_reference(details: &Details) -> Option<Finding> {
    let Details::MoveIn { reference, from_school, .. } = details else { return None };
    reference.trim().is_empty().then(|| {
        rules::R12_1.refuse(
            format!("没有全国系统的转学业务号，不能认定{from_school}已经发起转学"),
            "请转出学校先在全国系统发起，再凭业务号登记",
            &[("from_school", from_school.clone())],
        )
    })
}

/// R8.5: a live file under the same number stands in the way of a second one.
pub(super) fn registered_already(case: &Case<'_>) -> Option<Finding> {
    let other = case.same_number_lives?;
    Some(rules::R8_5.refuse(
        format!("证件号与另一份有效学籍（{other}）相同，不能再登记一份"),
        "请先与该生学籍所在学校核实；确属重复的，处理完毕后再办理转入",
        &[("other", other.to_string())],
    ))
}

/// R15.1: a joint student is registered at the school where he studies.
pub(super) fn registered_elsewhere(case: &Case<'_>, person: &Newcomer) -> Option<Finding> {
    let joint = person.joint.as_ref().filter(|joint| joint.study_school != case.school.id)?;
    Some(rules::R15_1.refuse(
        format!("{}在{}就读，{}只是联办学校，不能为其登记学籍", person.name, joint.study_school, case.school.name),
        "请由就读学校登记；确到本校学习的，请更正就读学校",
        &[("study_school", joint.study_school.to_string())],
    ))
}

/// The partner school of joint schooling wants to start something on the student's file: R15.1, or R15.2 for his coming
/// to it.
pub fn of_partner(actor: &Actor, student: &crate::model::Student, kind: Kind) -> Option<Finding> {
    let joint = student.joint.as_ref().filter(|joint| joint.partner_school == actor.office)?;
    let (rule, because, remedy) = match kind {
        Kind::Transfer => (&rules::R15_2, "该生进入联办学校须按转学程序，由就读学校发起", rules::R15_2.remedy),
        _ => (&rules::R15_1, "该生的学籍在就读学校，联办学校不能办理其业务", rules::R15_1.remedy),
    };
    Some(rule.refuse(because, remedy, &[("study_school", joint.study_school.to_string())]))
}

/// A filing, as it is to be recorded.
#[derive(Debug, Clone, Copy)]
pub struct NewFiling<'a> {
    /// Code of the province.
    pub province: &'a str,
    /// The day.
    pub on: Day,
    /// The document.
    pub document: &'a str,
}

/// Recording a filing: the school here, or whoever has the case in hand, while it is open.
pub(super) fn file(case: &Case<'_>, actor: &Actor, what: Option<NewFiling<'_>>, today: Day) -> Option<Finding> {
    let application = case.application?;
    let provinces = filed_with(&application.details);
    if provinces.is_empty() {
        return Some(rules::R12_6.refuse(
            "只有跨省转学须向两省备案".to_owned(),
            "省内业务不登记备案",
            &[("kind", application.kind().name().to_owned())],
        ));
    }
    ended(application).or_else(|| who_files(case, application, actor)).or_else(|| {
        let filing = what?;
        let earliest = application.details.handed_in_on().unwrap_or(application.started_at.day());
        let wrong = if !provinces.contains(&filing.province) {
            let names: Vec<_> = provinces.iter().map(|of| format!("{of}（{}）", name_of(of))).collect();
            format!("备案须是两省之一：{}", names.join("、"))
        } else if filing.document.trim().is_empty() {
            "备案没有文号".to_owned()
        } else if filing.on < earliest || filing.on > today {
            format!("备案日期 {} 不在 {earliest} 至 {today} 之间", filing.on)
        } else {
            return None;
        };
        let facts = [("province", filing.province.to_owned()), ("on", filing.on.to_string())];
        Some(rules::R12_6.refuse(wrong, "请按备案文书填写省份、日期和文号", &facts))
    })
}

fn name_of(province: &str) -> &str {
    province_name(province).unwrap_or(province)
}

fn who_files(case: &Case<'_>, application: &Application, actor: &Actor) -> Option<Finding> {
    let posts = [Post::Entry, Post::Review, Post::Handler, Post::Reviewer];
    let office: &OfficeId = &actor.office;
    if *office != application.school && *office != case.acting().id {
        return Some(rules::R12_6.refuse(
            format!("备案由{}或者当前经手机构登记", case.school.name),
            "请通知该机构登记",
            &[("school", application.school.to_string())],
        ));
    }
    let school = *office == application.school;
    (!posts.iter().any(|post| actor.holds(*post)))
        .then(|| wrong_post(actor, if school { Post::Entry } else { Post::Handler }))
}
