//! May this person do this to this case today? One function a verb; the checks they share are in `checks`.

use super::case::Case;
use super::checks::{
    another_open, asks_for_more, blocking, ended, first_post, not_at_school, not_my_turn, post_missing,
    reasons_for_refusal, reasons_for_return, same_person, second_post, status_forbids, wrong_post,
};
use super::kinds::{self, KindRow};
use super::{conditions, duplicates, rules, stage};
use crate::model::{
    Actor, Application, Day, Details, External, Finding, Kind, Level, Outcome, Phase, Post, Reason, Severity, StepRole,
    Verb,
};

pub(super) fn start(case: &Case<'_>, actor: &Actor, details: &Details, today: Day) -> Option<Finding> {
    let row = kinds::row(details.kind());
    if actor.office != case.student.school {
        let rule = match details.kind() {
            Kind::Transfer | Kind::MoveOut => &rules::R12_1,
            Kind::Duplicate => &rules::R8_2,
            _ => &rules::R5_7,
        };
        return Some(rule.refuse(
            format!("{}须由学生所在学校{}发起，您的机构不能发起", row.name_zh, case.school.name),
            "请通知该校录入岗办理",
            &[("school", case.school.id.to_string()), ("office", actor.office.to_string())],
        ));
    }
    post_missing(actor, Post::Entry).or_else(|| status_forbids(case, row)).or_else(|| another_open(case, row)).or_else(
        || {
            let found = conditions::of(case, details, today);
            let over = stage::over(case.student, row.kind, today);
            over.into_iter().chain(found).find(|finding| finding.severity == Severity::Block)
        },
    )
}

/// Attaching: the starting school's first post, or for a hand without accounts here the first post of the office that
/// records its word, which brings that hand's document.
pub(super) fn attach(case: &Case<'_>, actor: &Actor) -> Option<Finding> {
    let application = case.application?;
    if case.recorder.is_none() {
        return prepare(case, actor);
    }
    ended(application)
        .or_else(|| not_my_turn(case, application, actor))
        .or_else(|| first_post(application, actor, Post::first(case.acting().level == Level::School)))
}

/// Amending: the school that started, and nobody else who brings papers.
pub(super) fn amend(case: &Case<'_>, actor: &Actor) -> Option<Finding> {
    let application = case.application?;
    let claims = application.step().is_some_and(|step| step.role == StepRole::ClaimingSchool);
    claims
        .then(|| {
            rules::R5_7.refuse(
                format!("申请内容由{}填写，本校只上传证明、表明意见", case.school.name),
                "请上传该生在本校就读的证明后提交",
                &[("school", case.school.id.to_string())],
            )
        })
        .or_else(|| prepare(case, actor))
}

/// Amending and attaching: the starting school's first post, while the case lies with it.
pub(super) fn prepare(case: &Case<'_>, actor: &Actor) -> Option<Finding> {
    let application = case.application?;
    ended(application)
        .or_else(|| not_my_turn(case, application, actor))
        .or_else(|| not_at_school(case, application))
        .or_else(|| post_missing(actor, Post::Entry))
        .or_else(|| {
            application.round().and_then(|round| round.proposal.as_ref()).map(|proposal| {
                rules::R5_12.refuse(
                    format!("申请已由{}提交，正待本校审核岗审核，此时不能改动", proposal.by.name),
                    "请提交人先撤回（撤回键），再作改动",
                    &[("by", proposal.by.name.clone())],
                )
            })
        })
        .or_else(|| {
            let checked = application.checked(application.current);
            let by = checked.into_iter().find(|by| by.is_of(&actor.person))?;
            Some(same_person(actor, by.post))
        })
}

pub(super) fn submit(case: &Case<'_>, actor: &Actor, today: Day) -> Option<Finding> {
    let application = case.application?;
    let row = kinds::row(application.kind());
    ended(application)
        .or_else(|| not_my_turn(case, application, actor))
        .or_else(|| not_at_school(case, application))
        .or_else(|| first_post(application, actor, Post::Entry))
        .or_else(|| blocking(case, application, row, today))
}

pub(super) fn propose(
    case: &Case<'_>,
    actor: &Actor,
    what: Option<(Outcome, &[Reason])>,
    today: Day,
) -> Option<Finding> {
    let application = case.application?;
    let row = kinds::row(application.kind());
    let school = case.acting().level == Level::School;
    let before = ended(application).or_else(|| not_my_turn(case, application, actor)).or_else(|| {
        (school && application.step().is_some_and(|step| step.role == StepRole::StartingSchool)).then(|| {
            rules::R5_7.refuse(
                "申请在发起学校手中，学校以“提交”表明意见".to_owned(),
                "请录入岗提交（提交键），由审核岗审核",
                &[("office", case.hand.id.to_string())],
            )
        })
    });
    before
        .or_else(|| {
            case.recorder.is_some().then(|| {
                rules::R4_1.refuse(
                    format!("{}在本系统没有账号，不能代其提出意见", case.hand.name),
                    "请凭其文书登记外部经手意见（applications.step_external）：结果、日期和文号",
                    &[("hand", case.hand.id.to_string())],
                )
            })
        })
        .or_else(|| first_post(application, actor, Post::first(school)))
        .or_else(|| duplicates::settles(application, actor, what.map(|(outcome, _)| outcome)))
        .or_else(|| {
            let (outcome, reasons) = what?;
            let grounds = grounds(case, application, row, outcome, reasons, today);
            grounds.or_else(|| (outcome == Outcome::Return).then(|| asks_for_more(application, row, reasons)).flatten())
        })
}

/// What an outcome rests on: an approval on a case without blocks, a return or refusal on its reasons.
fn grounds(
    case: &Case<'_>,
    application: &Application,
    row: &KindRow,
    outcome: Outcome,
    reasons: &[Reason],
    today: Day,
) -> Option<Finding> {
    match outcome {
        Outcome::Approve => blocking(case, application, row, today),
        Outcome::Return => reasons_for_return(reasons),
        Outcome::Refuse => reasons_for_refusal(reasons),
    }
}

/// Records what a hand without accounts here decided: by the first post of the office that acts for it.
pub(super) fn record(
    case: &Case<'_>,
    actor: &Actor,
    outcome: Outcome,
    reasons: &[Reason],
    external: &External,
    today: Day,
) -> Option<Finding> {
    let application = case.application?;
    let row = kinds::row(application.kind());
    may_record(case, actor)
        .or_else(|| {
            let arrived = application.round().map_or(today, |round| round.arrived.day());
            let in_time = arrived <= external.on && external.on <= today;
            (!in_time || external.document.trim().is_empty()).then(|| {
                rules::R4_3.refuse(
                    format!("外部经手意见须有文号，日期须在 {arrived} 至 {today} 之间"),
                    "请按该机构的文书填写日期和文号",
                    &[("on", external.on.to_string()), ("arrived", arrived.to_string())],
                )
            })
        })
        .or_else(|| grounds(case, application, row, outcome, reasons, today))
}

/// Whether this person may record the word of the hand whose turn it is, whatever it is.
pub(super) fn may_record(case: &Case<'_>, actor: &Actor) -> Option<Finding> {
    let application = case.application?;
    let school = case.acting().level == Level::School;
    ended(application)
        .or_else(|| not_my_turn(case, application, actor))
        .or_else(|| {
            case.recorder.is_none().then(|| {
                rules::R4_1.refuse(
                    format!("现在由{}自己办理，不用登记外部经手意见", case.hand.name),
                    "请直接提交或提出意见；外部意见只为本系统没有账号的机构登记",
                    &[("hand", case.hand.id.to_string())],
                )
            })
        })
        .or_else(|| first_post(application, actor, Post::first(school)))
}

pub(super) fn decide(case: &Case<'_>, actor: &Actor, remark: Option<&str>, today: Day) -> Option<Finding> {
    let application = case.application?;
    let row = kinds::row(application.kind());
    let school = case.acting().level == Level::School;
    ended(application)
        .or_else(|| not_my_turn(case, application, actor))
        .or_else(|| second_post(application, actor, school))
        .or_else(|| duplicates::settles(application, actor, None))
        .or_else(|| match remark {
            Some(remark) if remark.trim().is_empty() => Some(rules::R5_12.refuse(
                format!("退回{}须写明意见", Post::first(school).name()),
                "请写明哪里不妥、要怎样改",
                &[("post", Post::first(school).name().to_owned())],
            )),
            Some(_) => None,
            None => {
                let approving = application
                    .round()
                    .and_then(|round| round.proposal.as_ref())
                    .is_some_and(|proposal| proposal.outcome == Outcome::Approve);
                if approving { blocking(case, application, row, today) } else { None }
            }
        })
}

pub(super) fn withdraw(case: &Case<'_>, actor: &Actor) -> Option<Finding> {
    let application = case.application?;
    let row = kinds::row(application.kind());
    match application.phase {
        Phase::Granted => {
            let counter = row.counter.unwrap_or("其他");
            return Some(rules::R13_7.refuse(
                format!("{}已经办结生效，最后一手的决定不能撤回", row.name_zh),
                format!("需要改变时，请由学校另行申请{counter}"),
                &[("counter", counter.to_owned())],
            ));
        }
        Phase::Refused => {
            return Some(rules::R13_7.refuse(
                "已决定不予办理并通知学校，不能撤回".to_owned(),
                "学校可以补足条件后重新申请",
                &[("application", application.id.to_string())],
            ));
        }
        Phase::Cancelled => return ended(application),
        Phase::Preparing | Phase::Open | Phase::Returned => {}
    }
    match withdrawable(application) {
        Some(act) if act.by.person == actor.person && act.by.office == actor.office => {
            // Who has lost the post since acts in it no more, not even to take back.
            post_missing(actor, act.by.post)
        }
        Some(act) => Some(rules::R4_3.refuse(
            format!("最近一步是{}（{}）办的，只能由本人撤回", act.by.name, act.by.post.name()),
            "请联系本人撤回，或由下一岗位退回",
            &[("by", act.by.name.clone())],
        )),
        None => Some(rules::R4_3.refuse(
            "没有可以撤回的办理动作：还没有人办理，或者下一手已经办理".to_owned(),
            "下一手已办理的，请与其联系退回",
            &[("application", application.id.to_string())],
        )),
    }
}

/// The act that may be taken back now: the standing proposal, the last sending-back, or the agreement of the hand
/// before while the current hand has done nothing.
pub fn withdrawable(application: &Application) -> Option<&crate::model::Act> {
    let current = application.round()?;
    // What the school has amended is not resubmitted yet: until it is, a return may be taken back.
    let returned = application.phase == Phase::Returned;
    if current.acts.iter().all(|act| returned && act.verb == Verb::Amended) {
        let before = application.steps.get(previous(application)?)?.last()?;
        return before.acts.last().filter(|act| matches!(act.verb, Verb::Agreed(_)));
    }
    if current.proposal.is_some() {
        return current.acts.iter().rev().find(|act| matches!(act.verb, Verb::Proposed(..)));
    }
    current.acts.last().filter(|act| matches!(act.verb, Verb::SentBack(_)))
}

/// Index of the step that handed the case to the current one.
pub fn previous(application: &Application) -> Option<usize> {
    match application.returning {
        // Returned, or resubmitted and now again at the returning hand.
        Some(returner) if returner != application.current => Some(returner),
        _ if application.current > 0 => {
            // A hand in a later round got the case from the starting school, not from the hand before it.
            let rounds = application.step().map_or(0, |step| step.rounds.len());
            Some(if rounds > 1 { 0 } else { application.current - 1 })
        }
        _ => None,
    }
}

pub(super) fn cancel(case: &Case<'_>, actor: &Actor, reason: Option<&str>) -> Option<Finding> {
    let application = case.application?;
    ended(application)
        .or_else(|| {
            (actor.office != application.school).then(|| {
                rules::R5_7.refuse(
                    format!("申请由{}发起，只有该校可以撤销", case.school.name),
                    "请通知学校撤销，或者按程序退回、不予办理",
                    &[("school", case.school.id.to_string())],
                )
            })
        })
        .or_else(|| (!actor.holds(Post::Entry) && !actor.holds(Post::Review)).then(|| wrong_post(actor, Post::Entry)))
        .or_else(|| match reason {
            Some(reason) if reason.trim().is_empty() => {
                let facts = [("application", application.id.to_string())];
                Some(rules::R4_3.refuse("撤销申请须写明原因".to_owned(), "请写明为什么撤销", &facts))
            }
            _ => None,
        })
}
