//! 批量转学. A batch is a list given once and an application for each student; what is done with it is done with every
//! member who still moves with it, by the verbs of a single application, each judged by itself.
//!
//! ```text
//! start   the list, whole or not at all: one student who may not move is named, and the registrar takes him off it
//! submit  whole or not at all too: how many are submitted fixes the route of all (R12.5)
//! others  member by member: who is refused stays where he was and is reported
//! ```
//!
//! Whoever is acted on alone, or left out of an act, runs alone from there. The route stays.

mod list;

pub(super) use list::start;
pub use list::{BatchPreview, preview};

use super::bulk::{Done, written};
use super::{Asked, CaseFacts, Refused, State, Writes, cancel, scope, start as single, submit, verdict, withdraw};
use crate::law::case::{Action, why_not};
use crate::law::rules;
use crate::model::{
    Application, ApplicationId, Batch, BatchAct, BatchId, External, Finding, Membership, Phase, Record, Write,
};
use serde_json::{Value, json};

/// Most students named in one sentence.
const NAMED: usize = 5;

/// A member of a batch that is not submitted yet is not submitted by itself: how many go together decides the route.
pub(super) fn alone(state: &State<'_>, asked: &Asked<'_>, id: ApplicationId, submitting: bool) -> Result<(), Refused> {
    // Only then is it worth being read.
    let application = if submitting { state.application(id)? } else { None };
    let Some(application) = application else { return Ok(()) };
    match application.moves_with() {
        Some(batch) if application.phase == Phase::Preparing && application.school == asked.actor.office => {
            Err(rules::R12_5
                .refuse(
                    format!("申请 {id} 属于批量转学 {batch}，人数以整批提交时为准，不能单独提交"),
                    "请打开整批提交；这名学生另办的，请在整批提交时除外，或者撤销这一件后另行申请转学",
                    &[("batch", batch.to_string())],
                )
                .into())
        }
        _ => Ok(()),
    }
}

/// An act on one application alone takes it out of its batch.
pub(super) fn leave(writes: &mut Writes, id: ApplicationId) {
    if let Some(of) = written(writes, id).and_then(|application| application.batch.as_mut()) {
        of.apart = true;
    }
}

/// The batch with its members as they stand, if the actor may see any of it.
pub fn with_members(state: &State<'_>, asked: &Asked<'_>, id: BatchId) -> Result<(Batch, Vec<Application>), Refused> {
    let unknown = || Refused::NotFound(format!("没有批量转学 {id}，或者不在您的管辖范围"));
    let batch = state.batch(id)?.ok_or_else(unknown)?;
    let scope = scope(asked.actor, state)?;
    let mut members = Vec::with_capacity(batch.members.len());
    for member in &batch.members {
        members.extend(state.application(*member)?.filter(|member| scope.sees_application(member)));
    }
    if members.is_empty() {
        return Err(unknown());
    }
    Ok((batch, members))
}

/// The revision a desk names: it rises whenever the batch or one of its members changes.
pub fn revision(batch: &Batch, members: &[Application]) -> u64 {
    members.iter().map(|member| member.revision).sum::<u64>() + batch.revision
}

/// Of those who move with the batch, the ones whom this act is about: whose turn is the actor's and whose proposal
/// stands, or does not, as the act needs. When it fits nobody, all: they will say why.
fn meant<'a>(
    state: &State<'_>,
    asked: &Asked<'_>,
    members: &'a [Application],
    act: &BatchAct,
) -> Result<Vec<&'a Application>, Refused> {
    let moving: Vec<_> =
        members.iter().filter(|member| member.phase.is_open() && member.moves_with().is_some()).collect();
    let mut fitting = Vec::new();
    for member in &moving {
        let facts = CaseFacts::of(state, member)?;
        let case = facts.case(Some(member), state.calendar());
        let stands = member.round().is_some_and(|round| round.proposal.is_some());
        let fits = match act {
            BatchAct::Withdraw {} => why_not(&case, asked.actor, &Action::Withdraw, asked.now.day()).is_none(),
            BatchAct::Cancel { .. } => true,
            BatchAct::Decide { .. } => case.acting().id == asked.actor.office && stands,
            _ => case.acting().id == asked.actor.office && !stands,
        };
        if fits {
            fitting.push(*member);
        }
    }
    Ok(if fitting.is_empty() { moving } else { fitting })
}

/// Acts on the batch.
pub(super) fn act(
    state: &State<'_>,
    asked: &Asked<'_>,
    (id, seen): (BatchId, u64),
    act: &BatchAct,
    except: &[ApplicationId],
) -> Result<(Writes, Value), Refused> {
    let (batch, members) = with_members(state, asked, id)?;
    let now = revision(&batch, &members);
    if now != seen {
        return Err(Refused::Input(format!(
            "批量转学 {id} 在您查看之后已有变动（现为第{now}版），本次办理没有生效；请重新打开再办"
        )));
    }
    let meant = meant(state, asked, &members, act)?;
    if let Some(stranger) = except.iter().find(|id| !meant.iter().any(|member| member.id == **id)) {
        return Err(Refused::Input(format!("除外的申请 {stranger} 不在本次整批办理的学生之中")));
    }
    let (out, these): (Vec<&Application>, Vec<&Application>) =
        meant.into_iter().partition(|member| except.contains(&member.id));
    if these.is_empty() {
        return Err(Refused::NotFound(format!("批量转学 {id} 没有随批办理的学生")));
    }
    let first = matches!(act, BatchAct::Submit {}) && these.iter().all(|member| member.phase == Phase::Preparing);
    let mut done = Done::on(state);
    if first {
        fix_routes(&mut done, asked, &batch, &these, &out)?;
    } else {
        for member in &out {
            let mut apart = Application::clone(member);
            apart.revision += 1;
            apart.batch = apart.batch.map(|of| Membership { apart: true, ..of });
            let record = Record::Application(Box::new(apart));
            done.lay(vec![Write { record, based_on: member.revision }]);
        }
    }
    for member in &these {
        done.item(member.id, |state| one(state, asked, member.id, act))?;
    }
    if done.count == 0 || first && done.count < these.len() {
        return Err(none_done(done, &these));
    }
    let (_, after) = with_members(done.state(), asked, id)?;
    let batch = done.state().batch(id)?.unwrap_or(batch);
    let answer = json!({
        "batch": id, "revision": revision(&batch, &after), "size": batch.size, "done": done.count,
        "refused": these.len() - done.count, "items": done.report,
    });
    Ok((merged(done.writes), answer))
}

/// The verb of a single application, on what it has become within this act.
fn one(state: &State<'_>, asked: &Asked<'_>, id: ApplicationId, act: &BatchAct) -> Result<(Writes, Value), Refused> {
    let revision = state.application(id)?.map_or(0, |application| application.revision);
    match act {
        BatchAct::Submit {} => submit::submit(state, asked, id, revision),
        BatchAct::Propose { outcome, reasons } => verdict::propose(state, asked, id, revision, *outcome, reasons),
        BatchAct::StepExternal { outcome, decided_on, document, reasons } => {
            let external = External { on: *decided_on, document: document.clone() };
            verdict::record(state, asked, id, revision, (*outcome, reasons), external)
        }
        BatchAct::Decide { agree, remark } => verdict::decide(state, asked, id, revision, *agree, remark),
        BatchAct::Withdraw {} => withdraw::withdraw(state, asked, id, revision),
        BatchAct::Cancel { reason } => cancel::cancel(state, asked, id, revision, reason),
    }
}

/// The first submission: how many go together fixes the route of each. Who is left out is no member any more, and
/// goes the ordinary way.
fn fix_routes(
    done: &mut Done<'_>,
    asked: &Asked<'_>,
    batch: &Batch,
    these: &[&Application],
    out: &[&Application],
) -> Result<(), Refused> {
    let size = u32::try_from(these.len()).unwrap_or(u32::MAX);
    for (member, size) in these.iter().map(|member| (*member, size)).chain(out.iter().map(|member| (*member, 1))) {
        let facts = CaseFacts::of(done.state(), member)?;
        let (steps, _) = single::route(done.state(), &facts, &member.details, asked.now, size)?;
        let mut fixed = Application::clone(member);
        // The school's own turn runs on as it began.
        fixed.steps.truncate(1);
        fixed.steps.extend(steps.into_iter().skip(1));
        if size == 1 {
            fixed.batch = None;
        }
        if fixed != *member {
            fixed.revision += 1;
            done.lay(vec![Write { record: Record::Application(Box::new(fixed)), based_on: member.revision }]);
        }
    }
    let mut fixed = Batch::clone(batch);
    fixed.revision += 1;
    fixed.size = size;
    fixed.submitted_at = Some(asked.now);
    fixed.members.retain(|id| !out.iter().any(|member| member.id == *id));
    done.lay(vec![Write { record: Record::Batch(Box::new(fixed)), based_on: batch.revision }]);
    Ok(())
}

/// Why nothing of it was done: the first reason, and how many there are.
fn none_done(done: Done<'_>, these: &[&Application]) -> Refused {
    let not = these.len() - done.count;
    match done.first {
        Some(Refused::Rule(finding)) if not > 1 || done.count > 0 => {
            let who = done.report.iter().filter(|line| line.get("done") == Some(&Value::Bool(false)));
            let names: Vec<&str> = who.filter_map(|line| line.get("student")?.as_str()).take(NAMED).collect();
            let more = if not > names.len() { format!("等{not}人") } else { String::new() };
            let whole = if done.count > 0 { "，整批没有提交" } else { "" };
            Refused::Rule(Box::new(Finding {
                because: format!("{}（{}{more}{whole}）", finding.because, names.join("、")),
                ..*finding
            }))
        }
        Some(why) => why,
        None => Refused::Input("没有可以办理的学生".to_owned()),
    }
}

/// One write for each record: what was laid first and then changed again within the same act is written once.
fn merged(writes: Writes) -> Writes {
    let mut out: Writes = Vec::with_capacity(writes.len());
    for write in writes {
        match out.iter_mut().find(|before| before.record.key() == write.record.key()) {
            Some(before) => before.record = write.record,
            None => out.push(write),
        }
    }
    out
}
