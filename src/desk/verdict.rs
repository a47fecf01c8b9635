//! The two acts of every hand: the first post proposes, the second agrees or sends back. Only an agreed proposal
//! ends the step; one clock covers both.

use super::{
    Asked, CaseFacts, MOST_REASON_TEXT, MOST_REASONS, Refused, State, Writes, bounded, changed, duplicates, effect,
    fresh, roomy,
};
use crate::law::case::{Action, why_not};
use crate::law::clock;
use crate::law::duplicates::Settled;
use crate::model::{
    Act, Application, ApplicationId, Ending, External, Level, Outcome, Phase, Post, Proposal, Reason, Round, Verb,
};
use serde_json::Value;

/// The first post proposes an outcome.
pub(super) fn propose(
    state: &State<'_>,
    asked: &Asked<'_>,
    id: ApplicationId,
    revision: u64,
    outcome: Outcome,
    reasons: &[Reason],
) -> Result<(Writes, Value), Refused> {
    let mut application = fresh(state, asked, id, Some(revision))?;
    let facts = CaseFacts::of(state, &application)?;
    let reasons = checked(outcome, reasons)?;
    let action = Action::Propose(Some((outcome, &reasons)));
    if let Some(why) = why_not(&facts.case(Some(&application), state.calendar()), asked.actor, &action, asked.now.day())
    {
        return Err(why.into());
    }
    roomy(&application)?;
    let by = asked.actor.sign(Post::first(facts.hand.level == Level::School));
    stand(asked, &mut application, Proposal { outcome, reasons, by, at: asked.now, external: None });
    let (write, answer) = changed(revision, application);
    Ok((vec![write], answer))
}

/// Records what a hand without accounts here decided.
pub(super) fn record(
    state: &State<'_>,
    asked: &Asked<'_>,
    id: ApplicationId,
    revision: u64,
    (outcome, reasons): (Outcome, &[Reason]),
    external: External,
) -> Result<(Writes, Value), Refused> {
    let mut application = fresh(state, asked, id, Some(revision))?;
    let facts = CaseFacts::of(state, &application)?;
    let external = External { document: bounded("文号", &external.document)?, ..external };
    let reasons = checked(outcome, reasons)?;
    let case = facts.case(Some(&application), state.calendar());
    let action = Action::External(outcome, &reasons, &external);
    if let Some(why) = why_not(&case, asked.actor, &action, asked.now.day()) {
        return Err(why.into());
    }
    let by = asked.actor.sign(Post::first(case.acting().level == Level::School));
    roomy(&application)?;
    stand(asked, &mut application, Proposal { outcome, reasons, by, at: asked.now, external: Some(external) });
    let (write, answer) = changed(revision, application);
    Ok((vec![write], answer))
}

/// A proposal stands from now on.
fn stand(asked: &Asked<'_>, application: &mut Application, proposal: Proposal) {
    if let Some(round) = application.round_mut() {
        let verb = Verb::Proposed(proposal.outcome, proposal.reasons.clone());
        round.acts.push(Act { verb, by: proposal.by.clone(), at: asked.now });
        round.proposal = Some(proposal);
    }
}

/// The second post agrees, or sends the proposal back.
pub(super) fn decide(
    state: &State<'_>,
    asked: &Asked<'_>,
    id: ApplicationId,
    revision: u64,
    agree: bool,
    remark: &str,
) -> Result<(Writes, Value), Refused> {
    let mut application = fresh(state, asked, id, Some(revision))?;
    let facts = CaseFacts::of(state, &application)?;
    let remark = bounded("意见", remark)?;
    let action = Action::Decide(if agree { None } else { Some(&remark) });
    if let Some(why) = why_not(&facts.case(Some(&application), state.calendar()), asked.actor, &action, asked.now.day())
    {
        return Err(why.into());
    }
    let acting = facts.recorder.as_ref().unwrap_or(&facts.hand);
    let by = asked.actor.sign(Post::second(acting.level == Level::School));
    if !agree {
        roomy(&application)?;
    }
    let Some(proposal) = application.round_mut().and_then(|round| {
        let proposal = round.proposal.clone()?;
        let verb = if agree { Verb::Agreed(proposal.outcome) } else { Verb::SentBack(remark) };
        round.acts.push(Act { verb, by: by.clone(), at: asked.now });
        if !agree {
            round.sent = round.proposal.take();
        }
        Some(proposal)
    }) else {
        return Err(Refused::NotFound(format!("申请 {id} 没有待复核的意见")));
    };
    let mut writes = Vec::new();
    if agree {
        end_round(state, asked, &mut application, proposal.outcome, by);
        match proposal.outcome {
            Outcome::Approve => writes.extend(move_on(state, asked, &mut application, &facts)?),
            Outcome::Return => give_back(asked, &mut application),
            Outcome::Refuse => match crate::law::duplicates::refused(&application) {
                // A claim that is let go or not approved leaves the case undisputed.
                Some(Settled::Kept) => {
                    application.phase = Phase::Granted;
                    writes.extend(duplicates::kept(state, asked, &application, &facts.student)?);
                }
                settled => {
                    application.phase = Phase::Refused;
                    if settled == Some(Settled::Lost) {
                        writes.extend(duplicates::lost(state, asked, &application, &facts.student)?);
                    }
                }
            },
        }
    }
    let (write, answer) = changed(revision, application);
    writes.push(write);
    Ok((writes, answer))
}

/// Freezes the round's clock into its ending.
fn end_round(
    state: &State<'_>,
    asked: &Asked<'_>,
    application: &mut Application,
    outcome: Outcome,
    by: crate::model::Signature,
) {
    let calendar = state.calendar();
    if let Some(round) = application.round_mut() {
        // The word of a hand that is not here counts from the day it was given, not from the day it was recorded.
        let external = round.proposal.as_ref().and_then(|proposal| proposal.external.as_ref());
        let on = external.map_or(asked.now.day(), |external| external.on);
        let frozen = round.clock.as_ref().map(|running| clock::freeze(running, calendar, on));
        round.ending = Some(Ending {
            outcome,
            by,
            at: asked.now,
            due: frozen.as_ref().map(|frozen| frozen.due),
            calendar: calendar.edition().to_owned(),
            provisional: frozen.as_ref().is_some_and(|frozen| frozen.provisional),
            used: frozen.as_ref().map_or(0, |frozen| frozen.used),
            late: frozen.as_ref().map_or(0, |frozen| frozen.late),
        });
    }
}

/// The step is done: on to the next hand (after a return, straight back to the hand that returned it), or into force.
fn move_on(
    state: &State<'_>,
    asked: &Asked<'_>,
    application: &mut Application,
    facts: &CaseFacts,
) -> Result<Writes, Refused> {
    let next = application.returning.take().unwrap_or(application.current + 1);
    match application.steps.get_mut(next) {
        Some(step) => {
            // The next clock starts with the day the previous hand's agreed decision was made.
            let clock = step.time.as_ref().map(|time| time.from_day(asked.now.day()));
            step.rounds.push(Round::begun(asked.now, clock));
            application.current = next;
            application.phase = Phase::Open;
            Ok(Vec::new())
        }
        None => {
            application.phase = Phase::Granted;
            effect::apply(state, asked, application, &facts.student)
        }
    }
}

/// Back to the starting school for correction; no legal clock runs there.
fn give_back(asked: &Asked<'_>, application: &mut Application) {
    application.returning = Some(application.current);
    application.current = 0;
    application.phase = Phase::Returned;
    if let Some(school) = application.steps.first_mut() {
        school.rounds.push(Round::begun(asked.now, None));
    }
}

/// Reasons within bounds, trimmed, empty fields as none.
fn checked(outcome: Outcome, reasons: &[Reason]) -> Result<Vec<Reason>, Refused> {
    if reasons.len() > MOST_REASONS {
        return Err(Refused::Input(format!("理由不得超过{MOST_REASONS}条")));
    }
    if outcome == Outcome::Approve && !reasons.is_empty() {
        return Err(Refused::Input("同意不附退回理由；有问题请退回补正".to_owned()));
    }
    let text = |text: &Option<String>| text.as_ref().map_or(0, |text| text.chars().count());
    let total: usize =
        reasons.iter().map(|reason| text(&reason.article) + text(&reason.material) + reason.text.chars().count()).sum();
    if total > MOST_REASON_TEXT {
        return Err(Refused::Input(format!("全部理由合计不得超过{MOST_REASON_TEXT}字，现在是{total}字")));
    }
    let field = |name: &str, text: &Option<String>| -> Result<Option<String>, Refused> {
        let text = bounded(name, text.as_deref().unwrap_or_default())?;
        Ok((!text.is_empty()).then_some(text))
    };
    reasons
        .iter()
        .map(|reason| {
            Ok(Reason {
                article: field("条款", &reason.article)?,
                material: field("材料", &reason.material)?,
                text: bounded("理由", &reason.text)?,
            })
        })
        .collect()
}
