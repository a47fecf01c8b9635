//! 第八条: a student who is registered twice (重复学籍). The school where he actually studies starts, its own authority
//! approves. Where the other school says that he studies with it, the case goes on: that school, its authority, and the
//! common superior of both, which settles it.
//!
//! ```text
//! 无争议   实际就读学校 → 本方主管部门
//! 有争议   实际就读学校 → 本方主管部门 → 对方学校 → 对方主管部门 → 共同上级
//! 同一主管 实际就读学校 → 主管部门 → 对方学校 → 主管部门（择一）
//! 技工、高校、省外   学校登记，凭对方注销证明处理完毕（R8.6）
//! ```

use super::authority::{self, PROVINCE};
use super::case::Case;
use super::checks::{ended, wrong_post};
use super::entry::dates;
use super::joining::{self, submitted};
use super::kinds::{KindRow, Material, Time};
use super::route::{Ground, Hand, city_of, given, reference};
use super::rules::{
    R2_2, R5_3, R5_7, R5_8, R5_12, R6_2, R6_3, R7_4, R8_1, R8_2, R8_3, R8_4, R8_5, R8_6, R11_3, R12_7, R13_3, R13_7,
    R23_2, R25_2, X_1, X_2, X_3, X_4, X_6, X_7,
};
use crate::model::{
    Actor, Application, Day, Details, DuplicateAsk, DuplicateWith, Finding, Kind, Office, OfficeId, Outcome, Phase,
    Post, Severity, Status, StepRole,
};

/// What proves that the file elsewhere is gone (R8.6).
pub const GONE: &str = "对方学籍注销证明";

/// 重复学籍. No change of status by itself: one school keeps the student, the other's file is cancelled.
pub(super) static DUPLICATE: KindRow = KindRow {
    kind: Kind::Duplicate,
    name_zh: "重复学籍",
    name_en: "Duplicate registration",
    article: "8",
    rules: &[
        &R2_2, &R5_3, &R5_7, &R5_8, &R5_12, &R6_2, &R6_3, &R7_4, &R8_1, &R8_2, &R8_3, &R8_4, &R8_5, &R8_6, &R11_3,
        &R12_7, &R13_3, &R13_7, &R23_2, &R25_2, &X_1, &X_2, &X_3, &X_4, &X_6, &X_7,
    ],
    from: &[Status::Unregistered, Status::Registered, Status::Enrolled, Status::Suspended],
    to: None,
    school_time: None,
    authority_time: Some(Time { rule: &R8_4, budget: 10 }),
    materials: &[Material { name: "实际就读证明", exact: false, basis: &R8_2 }],
    counter: None,
    beside_others: true,
};

/// The hands after the starting school: its authority, or nobody where the other file is none of Art. 8.
pub(super) fn hands(asked: &DuplicateAsk, own: Hand) -> Vec<Hand> {
    if asked.with == DuplicateWith::Secondary { vec![own] } else { Vec::new() }
}

/// The hands after the other school once it disputes: its authority and the common superior; where one office is the
/// authority of both, that office alone (reading AMB-7).
pub fn further(other: &Office, ground: &Ground<'_>) -> Result<Vec<Hand>, Finding> {
    let own = authority::competent(ground.from, ground.majors)?.office;
    let theirs = authority::competent(other, ground.majors)?.office;
    let hand = |office: OfficeId, time| Hand { office, role: StepRole::Authority, time: Some(time), outside: None };
    let approves = given(Time { rule: &R8_4, budget: 10 });
    if own == theirs {
        return Ok(vec![hand(own, approves)]);
    }
    let superior = common_superior(&own, &theirs, ground)?;
    Ok(vec![hand(theirs, approves), hand(superior, reference(&R8_3))])
}

/// The lowest office above both authorities; one of the two may be it.
fn common_superior(one: &OfficeId, other: &OfficeId, ground: &Ground<'_>) -> Result<OfficeId, Finding> {
    let province = OfficeId::from(PROVINCE);
    if *one == province || *other == province {
        return Ok(province);
    }
    let (one, other) = (city_of(one, ground)?, city_of(other, ground)?);
    Ok(if one == other { one } else { province })
}

/// What the rules find about a duplicate.
pub(super) fn of(case: &Case<'_>, asked: &DuplicateAsk, today: Day) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(second_one(case));
    if asked.person.is_some() {
        found.extend(registered_in_time(case, today));
        found.extend(no_admission(asked));
        found.extend(joining::qualified(case));
        found.extend(case.joining.limited.clone());
    }
    if asked.with == DuplicateWith::Secondary {
        found.extend(nobody_there(case, asked));
        found.extend(disputed(case));
        found.extend(taking_long(case, today));
    } else {
        found.extend(not_gone(case, asked));
    }
    found
}

/// One duplicate of a student is settled at a time.
fn second_one(case: &Case<'_>) -> Option<Finding> {
    let (id, _) = case.others.iter().find(|(_, kind)| *kind == Kind::Duplicate)?;
    Some(R13_7.refuse(
        format!("{}已有在办的重复学籍（{id}）", case.student.name),
        "请等在办的一件办结，或者由学校先撤销",
        &[("application", id.to_string())],
    ))
}

/// R8.5 with AMB-14: registration counts by the day of submission, so the submission must lie within its season.
fn registered_in_time(case: &Case<'_>, today: Day) -> Option<Finding> {
    let cohort = dates::cohort(case.student.entry);
    let closes = dates::registration_closes(cohort).filter(|closes| submitted(case, today) > *closes)?;
    let rule = dates::registration_rule(cohort.1);
    Some(rule.refuse(
        format!("{}年{}新生的注册已于 {closes} 24时截止，没有在截止前提交重复学籍", cohort.0, cohort.1.name()),
        rule.remedy.trim_end_matches('。'),
        &[("cutoff", closes.to_string())],
    ))
}

fn no_admission(asked: &DuplicateAsk) -> Option<Finding> {
    let told = asked.person.as_ref().is_some_and(|person| !person.admission.trim().is_empty());
    (!told).then(|| {
        R5_8.refuse("该生在本校还没有学籍，也没有填写录取依据", "请填写录取名册或录取通知书的编号，不要求上传", &[])
    })
}

/// The other file may be in the national system only; whoever decides should know that it is not here.
fn nobody_there(case: &Case<'_>, asked: &DuplicateAsk) -> Option<Finding> {
    let other = case.joining.other.as_ref()?;
    case.joining.other_file.is_none().then(|| {
        R8_2.finding_as(
            Severity::Hint,
            format!("本系统中没有查到{}有相同证件号的有效学籍，可能只在全国学生系统中", other.name),
            "请凭全国学生系统的查重结果办理",
            &[("other_school", asked.other_school.as_ref().map(ToString::to_string).unwrap_or_default())],
        )
    })
}

/// How it goes on if the other school disputes, or that it does.
fn disputed(case: &Case<'_>) -> Option<Finding> {
    let joining = case.joining;
    let other = joining.other.as_ref()?;
    let hands = joining.further.iter().map(|office| office.id.to_string()).collect::<Vec<_>>();
    let names = joining.further.iter().map(|office| office.name.as_str()).collect::<Vec<_>>().join("、");
    let one = joining.further.len() == 1;
    let facts = [("if_both_approve", if one { String::new() } else { hands.join(" ") })];
    let way = if one { format!("由{names}听取双方后择一核定") } else { format!("依次经{names}核定") };
    if case.application.is_some_and(|application| application.disputed_at().is_some()) {
        return Some(R8_3.finding(
            format!("{}也主张该生在其处就读，存在争议，{way}；审定之前暂不注册、备案", other.name),
            "请按路径办理；最后一手同意的由发起学校保留，不予的由对方学校保留",
            &facts,
        ));
    }
    Some(R8_3.finding_as(
        Severity::Hint,
        format!("目前没有争议；{}也主张就读的，{way}", other.name),
        "核准通过又无争议的，由发起学校保留学籍，对方学籍注销；对方学校可在本件提出争议",
        &facts,
    ))
}

/// R8.4 read strictly: all of it within ten working days of reaching the first authority.
fn taking_long(case: &Case<'_>, today: Day) -> Option<Finding> {
    let application = case.application.filter(|application| application.current > 1)?;
    let arrived = application.steps.get(1)?.rounds.first()?.arrived.day();
    let due = case.calendar.due(arrived, 10).date;
    (today > due).then(|| {
        R8_4.finding(
            format!("申请 {arrived} 到达主管部门，从严理解全案应在 {due} 前核定"),
            "请尽快审定；此提示不影响办理",
            &[("arrived", arrived.to_string()), ("due", due.to_string())],
        )
    })
}

/// R8.6: open until the file elsewhere is gone; a word ahead of it while nothing is begun.
fn not_gone(case: &Case<'_>, asked: &DuplicateAsk) -> Option<Finding> {
    let brought = |application: &Application| application.evidence.iter().any(|piece| piece.kind == GONE);
    if case.application.is_some_and(brought) {
        return None;
    }
    let severity = if case.application.is_some() { Severity::Block } else { Severity::Hint };
    let where_ = if asked.other_name.is_empty() { asked.with.name() } else { &asked.other_name };
    Some(R8_6.finding_as(
        severity,
        format!("与{where_}的学籍重复不在本条核准程序之内，还没有对方注销学籍的证明"),
        format!("请与对方核实；取得证明后以“{GONE}”上传，即由本校两岗办结"),
        &[("with", asked.with.name().to_owned())],
    ))
}

/// The other school says that the student studies with it; where it has no accounts here, whoever has the case records
/// that it does.
pub(super) fn dispute(case: &Case<'_>, actor: &Actor) -> Option<Finding> {
    let application = case.application?;
    let facts = [("application", application.id.to_string())];
    let Details::Duplicate(asked) = &application.details else {
        return Some(R8_3.refuse("只有重复学籍可以提出争议", "其他业务请联系发起学校或主管部门", &facts));
    };
    ended(application)
        .or_else(|| {
            let what = if asked.with != DuplicateWith::Secondary {
                "与技工学校、高校、省外的重复只作登记，没有争议程序"
            } else if application.disputed_at().is_some() {
                "对方学校已经提出争议"
            } else if application.phase == Phase::Preparing {
                "发起学校还没有提交"
            } else {
                return None;
            };
            Some(R8_3.refuse(what, "请查看路径和进度", &facts))
        })
        .or_else(|| {
            let other = case.joining.other.as_ref();
            if other.is_some_and(|other| other.id == actor.office) {
                let holds = actor.holds(Post::Entry) || actor.holds(Post::Review);
                return (!holds).then(|| wrong_post(actor, Post::Entry));
            }
            if !case.joining.other_here && actor.office == case.acting().id {
                let first = Post::first(case.acting().level == crate::model::Level::School);
                return (!actor.holds(first)).then(|| wrong_post(actor, first));
            }
            let name = other.map_or("对方学校", |other| other.name.as_str());
            Some(R8_3.refuse(
                format!("争议由{name}提出"),
                "请通知该校；该校在本系统没有账号的，由当前经手机构登记",
                &facts,
            ))
        })
}

/// What only holds once a duplicate is disputed: who of the superior may act (reading AMB-7), and what may be proposed.
pub(super) fn settles(application: &Application, actor: &Actor, outcome: Option<Outcome>) -> Option<Finding> {
    let disputed = application.disputed_at()?;
    let at = application.current;
    let last = at + 1 == application.steps.len();
    if outcome == Some(Outcome::Return) && (at == disputed || at == disputed + 1 && !last) {
        return Some(R8_3.refuse(
            "对方学校的主张不能退回发起学校补正",
            "材料不足以证明的，请不予核准该主张并写明理由；本环节不予的，案件按无争议办结",
            &[("application", application.id.to_string())],
        ));
    }
    if at <= disputed + 1 {
        return None;
    }
    let hand = &application.steps.get(at)?.hand;
    let before = application.steps[..at].iter().enumerate().filter(|(_, step)| step.hand == *hand);
    let acted = before.flat_map(|(at, _)| [application.prepared(at), application.checked(at)].concat());
    let by = acted.into_iter().find(|by| by.is_of(&actor.person))?;
    Some(R8_3.refuse(
        format!("{}已在前面的环节以{}岗办理过本案，共同上级的审定须由其他人员办理", actor.name, by.post.name()),
        "请由本机构没有办理过本案的同事审定",
        &[("person", actor.person.to_string())],
    ))
}

/// Who keeps the student when a hand's word ends a disputed case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// The school that started keeps him.
    Kept,
    /// The other school keeps him.
    Lost,
}

/// What a refusal at the current step comes to; none where it is an ordinary refusal.
pub fn refused(application: &Application) -> Option<Settled> {
    let disputed = application.disputed_at()?;
    let at = application.current;
    let last = at + 1 == application.steps.len();
    if last {
        return Some(Settled::Lost);
    }
    // The other school lets go, or its own authority does not approve what it says: then nobody disputes any more.
    (at >= disputed).then_some(Settled::Kept)
}
