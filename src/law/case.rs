//! `why_not`: may this person do this to this case today? One function greys the key, explains the refusal and
//! guards the commit, so that the three can never disagree.
//!
//! The order of the questions is the order in which a clerk would want to hear the answers: is the case still
//! open, is it this office's turn, does this person hold the post, have two different persons acted (双岗), and only
//! then what the kind of application itself demands.

use super::calendar::Calendar;
use super::conditions;
use super::kinds::{self, KindRow, Material};
use super::rules;
use crate::model::{
    Actor, Application, ApplicationId, Day, Details, Finding, Kind, Level, Office, Outcome, Phase, Post, Reason, Round,
    Severity, Step, StepRole, Student, StudentId, Verb,
};

/// The facts a verdict rests on.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// The application; none before it was started.
    pub application: Option<&'a Application>,
    /// The student as the record stands now.
    pub student: &'a Student,
    /// The starting school.
    pub school: &'a Office,
    /// The office whose turn it is.
    pub hand: &'a Office,
    /// The student's other open applications.
    pub others: &'a [(ApplicationId, Kind)],
    /// Another student who has the number that this application would give.
    pub same_number: Option<StudentId>,
    /// The calendar in force.
    pub calendar: &'a Calendar,
}

/// What somebody wants to do.
#[derive(Debug, Clone, Copy)]
pub enum Action<'a> {
    /// Start it.
    Start(&'a Details),
    /// Change what it asks for.
    Amend,
    /// Add a piece of evidence.
    Attach,
    /// Submit or resubmit it.
    Submit,
    /// Propose something; `None` asks whether anything may be proposed at all.
    Propose(Option<(Outcome, &'a [Reason])>),
    /// Agree (`None`) or send back with a remark.
    Decide(Option<&'a str>),
    /// Take the own last act back.
    Withdraw,
    /// Take the application back for good; `None` asks whether it may be done at all.
    Cancel(Option<&'a str>),
}

/// Why this person may not do this today; none when it may be done.
pub fn why_not(case: &Case<'_>, actor: &Actor, action: &Action<'_>, today: Day) -> Option<Finding> {
    match action {
        Action::Start(details) => start(case, actor, details, today),
        Action::Amend | Action::Attach => prepare(case, actor),
        Action::Submit => submit(case, actor, today),
        Action::Propose(what) => propose(case, actor, *what, today),
        Action::Decide(remark) => decide(case, actor, *remark, today),
        Action::Withdraw => withdraw(case, actor),
        Action::Cancel(reason) => cancel(case, actor, *reason),
    }
}

/// What the rules find about the case itself, whoever looks at it. Blocks stop an approval, never a return or refusal.
pub fn findings(case: &Case<'_>, details: &Details, today: Day) -> Vec<Finding> {
    let row = kinds::row(details.kind());
    let mut found = Vec::new();
    found.extend(status_forbids(case, row));
    found.extend(another_open(case, row));
    if let Some(application) = case.application {
        found.extend(evidence_missing(application, row));
        for attachment in application.evidence.iter().filter(|piece| piece.original_place.is_none()) {
            found.push(rules::R11_3.finding(
                format!("材料《{}》未登记原件存放处", attachment.name),
                "请学校登记原件存放处，办结后随卷归档",
                &[("material", attachment.name.clone())],
            ));
        }
    }
    found.extend(conditions::of(case, details, today));
    found
}

/// The materials an application still lacks.
pub fn missing(application: &Application) -> Vec<String> {
    lacking(application, kinds::row(application.kind())).into_iter().map(|material| material.name.to_owned()).collect()
}

/// The text demands some materials by name; where it names none, one proof of any form is enough (R13.3).
fn lacking(application: &Application, row: &'static KindRow) -> Vec<&'static Material> {
    let brought = |name: &str| application.evidence.iter().any(|piece| piece.kind == name);
    let lacks = |material: &&Material| {
        if material.exact { !brought(material.name) } else { application.evidence.is_empty() }
    };
    row.materials.iter().filter(lacks).collect()
}

fn start(case: &Case<'_>, actor: &Actor, details: &Details, today: Day) -> Option<Finding> {
    let row = kinds::row(details.kind());
    if actor.office != case.student.school {
        let rule = if details.kind() == Kind::Transfer { &rules::R12_1 } else { &rules::R5_7 };
        return Some(rule.refuse(
            format!("{}须由学生所在学校{}发起，您的机构不能发起", row.name_zh, case.school.name),
            "请通知该校录入岗办理",
            &[("school", case.school.id.to_string()), ("office", actor.office.to_string())],
        ));
    }
    post_missing(actor, Post::Entry).or_else(|| status_forbids(case, row)).or_else(|| another_open(case, row)).or_else(
        || {
            let found = conditions::of(case, details, today);
            found.into_iter().find(|finding| finding.severity == Severity::Block)
        },
    )
}

/// Amending and attaching: the starting school's first post, while the case lies with it.
fn prepare(case: &Case<'_>, actor: &Actor) -> Option<Finding> {
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
            let by = checked.into_iter().find(|by| by.person == actor.person)?;
            Some(same_person(actor, by.post))
        })
}

fn submit(case: &Case<'_>, actor: &Actor, today: Day) -> Option<Finding> {
    let application = case.application?;
    let row = kinds::row(application.kind());
    ended(application)
        .or_else(|| not_my_turn(case, application, actor))
        .or_else(|| not_at_school(case, application))
        .or_else(|| first_post(application, actor, Post::Entry))
        .or_else(|| blocking(case, application, row, today))
}

fn propose(case: &Case<'_>, actor: &Actor, what: Option<(Outcome, &[Reason])>, today: Day) -> Option<Finding> {
    let application = case.application?;
    let row = kinds::row(application.kind());
    let school = case.hand.level == Level::School;
    let before = ended(application).or_else(|| not_my_turn(case, application, actor)).or_else(|| {
        (school && application.step().is_some_and(|step| step.role == StepRole::StartingSchool)).then(|| {
            rules::R5_7.refuse(
                "申请在发起学校手中，学校以“提交”表明意见".to_owned(),
                "请录入岗提交（提交键），由审核岗审核",
                &[("office", case.hand.id.to_string())],
            )
        })
    });
    before.or_else(|| first_post(application, actor, Post::first(school))).or_else(|| {
        let (outcome, reasons) = what?;
        match outcome {
            Outcome::Approve => blocking(case, application, row, today),
            Outcome::Return => reasons_for_return(reasons),
            Outcome::Refuse => reasons_for_refusal(reasons),
        }
    })
}

fn decide(case: &Case<'_>, actor: &Actor, remark: Option<&str>, today: Day) -> Option<Finding> {
    let application = case.application?;
    let row = kinds::row(application.kind());
    let school = case.hand.level == Level::School;
    ended(application)
        .or_else(|| not_my_turn(case, application, actor))
        .or_else(|| second_post(application, actor, school))
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

fn withdraw(case: &Case<'_>, actor: &Actor) -> Option<Finding> {
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

fn cancel(case: &Case<'_>, actor: &Actor, reason: Option<&str>) -> Option<Finding> {
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

fn ended(application: &Application) -> Option<Finding> {
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

fn not_my_turn(case: &Case<'_>, application: &Application, actor: &Actor) -> Option<Finding> {
    let step = application.step()?;
    (step.hand != actor.office).then(|| {
        rules::R4_1.refuse(
            format!("申请现在由{}办理，不在您的机构手中", case.hand.name),
            "可以查看进度；需要时请与该机构联系",
            &[("hand", step.hand.to_string()), ("office", actor.office.to_string())],
        )
    })
}

fn not_at_school(case: &Case<'_>, application: &Application) -> Option<Finding> {
    (application.step()?.role != StepRole::StartingSchool).then(|| {
        rules::R5_7.refuse(
            "提交和改动申请是发起学校的事".to_owned(),
            "材料不全或内容有误的，请退回补正",
            &[("hand", case.hand.id.to_string())],
        )
    })
}

fn wrong_post(actor: &Actor, needed: Post) -> Finding {
    let held: Vec<&str> = actor.posts.iter().map(|post| post.name()).collect();
    rules::R4_1.refuse(
        format!("这一步由{}岗办理，您的岗位是{}", needed.name(), held.join("、")),
        format!("请由{}岗的同事办理", needed.name()),
        &[("needed", needed.name().to_owned()), ("held", held.join("、"))],
    )
}

fn post_missing(actor: &Actor, needed: Post) -> Option<Finding> {
    (!actor.holds(needed)).then(|| wrong_post(actor, needed))
}

/// The first post acts: it must be held, nothing may stand already, and its person may not have checked this step.
fn first_post(application: &Application, actor: &Actor, post: Post) -> Option<Finding> {
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
            let by = checked.into_iter().find(|by| by.person == actor.person)?;
            Some(same_person(actor, by.post))
        })
}

/// The second post acts: it must be held, a proposal must stand, and its person may not have proposed on this step.
fn second_post(application: &Application, actor: &Actor, school: bool) -> Option<Finding> {
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
            let by = prepared.into_iter().find(|by| by.person == actor.person)?;
            Some(same_person(actor, by.post))
        })
}

fn same_person(actor: &Actor, acted_as: Post) -> Finding {
    rules::R5_12.refuse(
        format!("{}已在本环节以{}岗办理过，同一人不得兼办两岗", actor.name, acted_as.name()),
        "请由本机构另一位同事办理；同一人换账号也不可以",
        &[("person", actor.person.to_string()), ("post", acted_as.name().to_owned())],
    )
}

fn standing(step: &Step) -> Option<String> {
    step.last().and_then(|round: &Round| round.proposal.as_ref()).map(|proposal| proposal.by.name.clone())
}

fn status_forbids(case: &Case<'_>, row: &KindRow) -> Option<Finding> {
    let status = case.student.status;
    (!row.from.contains(&status)).then(|| {
        let allowed: Vec<&str> = row.from.iter().map(|status| status.name()).collect();
        rules::R13_7.refuse(
            format!(
                "{}当前学籍状态为“{}”，只有“{}”的学生可以{}",
                case.student.name,
                status.name(),
                allowed.join("、"),
                row.name_zh
            ),
            "请核对学籍状态；状态有误的先按相应业务更正",
            &[("status", status.name().to_owned()), ("allowed", allowed.join("、"))],
        )
    })
}

fn another_open(case: &Case<'_>, row: &KindRow) -> Option<Finding> {
    if row.beside_others {
        return None;
    }
    let (id, kind) = case.others.iter().find(|(_, kind)| !kinds::row(*kind).beside_others)?;
    Some(rules::R13_7.refuse(
        format!("{}已有在办的{}（{id}），一名学生同时只能办理一项学籍异动", case.student.name, kind.name()),
        "请等在办业务办结，或者由学校先撤销",
        &[("application", id.to_string()), ("kind", kind.name().to_owned())],
    ))
}

fn evidence_missing(application: &Application, row: &'static KindRow) -> Option<Finding> {
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
fn blocking(case: &Case<'_>, application: &Application, _row: &KindRow, today: Day) -> Option<Finding> {
    findings(case, &application.details, today).into_iter().find(|finding| finding.severity == Severity::Block)
}

fn reasons_for_return(reasons: &[Reason]) -> Option<Finding> {
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

fn reasons_for_refusal(reasons: &[Reason]) -> Option<Finding> {
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
