//! What is set beside a case without deciding it: 批注, 搁置, 转交. Nothing here touches a clock or a proposal.

use super::{Asked, CaseFacts, Refused, State, Writes, bounded, fresh, kept, roomy};
use crate::law::aside::is_parked;
use crate::law::case::{Action, why_not};
use crate::law::{clock, rules};
use crate::model::{
    AccountId, Actor, Application, ApplicationId, Aside, Assigned, Beside, Day, Level, Light, Parked, Post, Signature,
};
use serde_json::Value;

/// Most things set beside one application.
const MOST_ASIDES: usize = 200;
/// Longest parking, in calendar days.
const LONGEST_PARKING: i64 = 366;

/// 批注: something said by the way. It asks for no revision: it decides nothing.
pub(super) fn remark(
    state: &State<'_>,
    asked: &Asked<'_>,
    id: ApplicationId,
    text: &str,
) -> Result<(Writes, Value), Refused> {
    let application = fresh(state, asked, id, None)?;
    let facts = CaseFacts::of(state, &application)?;
    judge(state, asked, &facts, &application, &Action::Remark)?;
    let text = bounded("批注", text)?;
    if text.is_empty() {
        return Err(Refused::Input("批注是空的；请写明要说的话".to_owned()));
    }
    let by = sign(asked, &facts, &application);
    set(asked, application, by, Beside::Remarked(text))
}

/// 搁置 until a day.
pub(super) fn park(
    state: &State<'_>,
    asked: &Asked<'_>,
    (id, revision): (ApplicationId, u64),
    until: Day,
    remark: &str,
) -> Result<(Writes, Value), Refused> {
    let mut application = fresh(state, asked, id, Some(revision))?;
    let facts = CaseFacts::of(state, &application)?;
    judge(state, asked, &facts, &application, &Action::Aside)?;
    let remark = bounded("搁置原因", remark)?;
    if remark.is_empty() {
        return Err(Refused::Input("搁置须写明原因：在等什么，到时谁来办".to_owned()));
    }
    let today = asked.now.day();
    if until <= today || (until - today).num_days() > LONGEST_PARKING {
        return Err(Refused::Input(format!(
            "搁置到 {until} 不行：须在今天（{today}）之后、{LONGEST_PARKING}天之内；请另选日期"
        )));
    }
    let running = application.round().and_then(|round| round.clock.as_ref());
    let reading = running.map(|running| clock::read(running, state.calendar(), today));
    let light = reading.as_ref().map_or(Light::None, |reading| reading.light);
    if let Some(reading) = reading.filter(|_| !is_parked(until, light, today)) {
        let stands = match reading.left {
            0 => "就是今天".to_owned(),
            left if left < 0 => format!("已逾期{}个工作日", left.unsigned_abs()),
            left => format!("只剩{left}个工作日"),
        };
        let facts = [("due", reading.due.to_string()), ("left", reading.left.to_string())];
        return Err(rules::X_1
            .refuse(
                format!("时限 {} 到期，{stands}；搁置不停时限，会立即回到待办", reading.due),
                "请直接办理；材料不全的，退回补正",
                &facts,
            )
            .into());
    }
    let by = sign(asked, &facts, &application);
    application.parked = Some(Parked { until, remark: remark.clone(), by: by.clone(), at: asked.now });
    set(asked, application, by, Beside::Parked { until, remark })
}

/// 取消搁置.
pub(super) fn resume(
    state: &State<'_>,
    asked: &Asked<'_>,
    id: ApplicationId,
    revision: u64,
) -> Result<(Writes, Value), Refused> {
    let mut application = fresh(state, asked, id, Some(revision))?;
    let facts = CaseFacts::of(state, &application)?;
    judge(state, asked, &facts, &application, &Action::Aside)?;
    if application.parked.take().is_none() {
        return Err(Refused::Input(format!("申请 {id} 没有搁置，已在待办中")));
    }
    let by = sign(asked, &facts, &application);
    set(asked, application, by, Beside::Resumed)
}

/// 转交 to a colleague, who must be able to do the next act.
pub(super) fn hand_over(
    state: &State<'_>,
    asked: &Asked<'_>,
    (id, revision): (ApplicationId, u64),
    to: &AccountId,
    remark: &str,
) -> Result<(Writes, Value), Refused> {
    let mut application = fresh(state, asked, id, Some(revision))?;
    let facts = CaseFacts::of(state, &application)?;
    judge(state, asked, &facts, &application, &Action::Aside)?;
    let remark = bounded("转交说明", remark)?;
    let colleague = state
        .account(to)?
        .filter(|account| account.active && account.office == asked.actor.office)
        .ok_or_else(|| Refused::NotFound(format!("本机构没有在用的账号 {to}；只能转交给本机构同岗的同事")))?;
    if colleague.person == asked.actor.person {
        return Err(Refused::Input("这是您本人，不必转交；请选另一位同事".to_owned()));
    }
    judge_colleague(state, asked, &facts, &application, &Actor::from(&colleague))?;
    let by = sign(asked, &facts, &application);
    let name = colleague.name.clone();
    application.assigned =
        Some(Assigned { account: colleague.id.clone(), person: colleague.person, name: name.clone() });
    // Whoever gets it finds it on the list, not in somebody's drawer.
    application.parked = None;
    set(asked, application, by, Beside::HandedOver { to: colleague.id, name, remark })
}

fn judge(
    state: &State<'_>,
    asked: &Asked<'_>,
    facts: &CaseFacts,
    application: &Application,
    action: &Action<'_>,
) -> Result<(), Refused> {
    roomy(application)?;
    let case = facts.case(Some(application), state.calendar());
    match why_not(&case, asked.actor, action, asked.now.day()) {
        Some(why) => Err(why.into()),
        None => Ok(()),
    }
}

/// What would stop the colleague is said of the colleague, not of the asker.
fn judge_colleague(
    state: &State<'_>,
    asked: &Asked<'_>,
    facts: &CaseFacts,
    application: &Application,
    colleague: &Actor,
) -> Result<(), Refused> {
    let case = facts.case(Some(application), state.calendar());
    match why_not(&case, colleague, &Action::Aside, asked.now.day()) {
        Some(mut why) => {
            why.because = format!("不能转交给{}：{}", colleague.name, why.because.replace("您的岗位", "该同事的岗位"));
            "请选另一位同岗、且未在本环节另一岗办理过的同事".clone_into(&mut why.remedy);
            Err(why.into())
        }
        None => Ok(()),
    }
}

/// The signature, in the post whose word is awaited when the actor holds it, else in one he holds.
fn sign(asked: &Asked<'_>, facts: &CaseFacts, application: &Application) -> Signature {
    let acting = facts.recorder.as_ref().unwrap_or(&facts.hand);
    let school = acting.level == Level::School;
    let stands = application.round().is_some_and(|round| round.proposal.is_some());
    let awaited = if stands { Post::second(school) } else { Post::first(school) };
    let held = asked.actor.all_posts().into_iter().find(|post| post.acts());
    let post = if asked.actor.holds(awaited) { awaited } else { held.unwrap_or(awaited) };
    asked.actor.sign(post)
}

fn set(
    asked: &Asked<'_>,
    mut application: Application,
    by: Signature,
    what: Beside,
) -> Result<(Writes, Value), Refused> {
    if application.asides.len() >= MOST_ASIDES {
        return Err(Refused::Input(format!(
            "申请 {} 的批注、搁置和转交已有{MOST_ASIDES}条，不能再加；请直接办理",
            application.id
        )));
    }
    let step = u32::try_from(application.current).unwrap_or_default();
    application.asides.push(Aside { step, what, by, at: asked.now });
    let revision = application.revision;
    let (write, answer) = kept(revision, application);
    Ok((vec![write], answer))
}
