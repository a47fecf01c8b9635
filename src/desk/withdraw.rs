//! Taking the own last act back, while the next hand has not acted. The step runs on with its original arrival and
//! clock; what was done stays in its acts for good.

use super::{Asked, CaseFacts, Refused, State, Writes, changed, fresh, roomy};
use crate::law::case::{Action, previous, why_not, withdrawable};
use crate::model::{Act, Application, ApplicationId, Phase, Verb};
use serde_json::Value;

/// Withdraws.
pub(super) fn withdraw(
    state: &State<'_>,
    asked: &Asked<'_>,
    id: ApplicationId,
    revision: u64,
) -> Result<(Writes, Value), Refused> {
    let mut application = fresh(state, asked, id, Some(revision))?;
    let facts = CaseFacts::of(state, &application)?;
    if let Some(why) =
        why_not(&facts.case(Some(&application), state.calendar()), asked.actor, &Action::Withdraw, asked.now.day())
    {
        return Err(why.into());
    }
    roomy(&application)?;
    let Some(taken) = withdrawable(&application).cloned() else {
        return Err(Refused::NotFound(format!("申请 {id} 没有可以撤回的办理动作")));
    };
    let verb = match taken.verb {
        Verb::Proposed(..) => {
            take_proposal(&mut application);
            Verb::ProposalWithdrawn
        }
        Verb::SentBack(_) => {
            restore_proposal(&mut application);
            Verb::SentBackWithdrawn
        }
        _ => {
            reopen(&mut application);
            Verb::AgreementWithdrawn
        }
    };
    if let Some(round) = application.round_mut() {
        round.acts.push(Act { verb, by: asked.actor.sign(taken.by.post), at: asked.now });
    }
    let (write, answer) = changed(revision, application);
    Ok((vec![write], answer))
}

fn take_proposal(application: &mut Application) {
    let first_time = application.steps.first().is_some_and(|school| school.rounds.len() == 1);
    if let Some(round) = application.round_mut() {
        round.proposal = None;
    }
    if application.current == 0 && first_time {
        application.phase = Phase::Preparing;
    }
}

fn restore_proposal(application: &mut Application) {
    if let Some(round) = application.round_mut() {
        round.proposal = round.sent.take();
    }
}

/// The hand before takes the case back from a hand that has done nothing with it yet.
fn reopen(application: &mut Application) {
    let Some(before) = previous(application) else { return };
    let left = application.current;
    // What the school had amended meanwhile stays in the record, in the round that goes on.
    let amended = application.steps.get_mut(left).and_then(|step| step.rounds.pop()).map(|round| round.acts);
    let resubmitted = before == 0 && application.steps.get(left).is_some_and(|step| !step.rounds.is_empty());
    application.current = before;
    if let Some(round) = application.round_mut() {
        round.ending = None;
        round.acts.extend(amended.unwrap_or_default());
    }
    if resubmitted {
        application.returning = Some(left);
        application.phase = Phase::Returned;
    } else {
        application.returning = None;
        application.phase = Phase::Open;
    }
}
