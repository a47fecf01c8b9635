//! Submitting: the school's first post says yes. The school's second post then agrees with the same verb as every
//! other hand's ([`super::verdict::decide`]).

use super::{Asked, CaseFacts, Refused, State, Writes, changed, fresh, roomy};
use crate::law::case::{Action, why_not};
use crate::model::{Act, ApplicationId, Outcome, Phase, Post, Proposal, Verb};
use serde_json::Value;

/// Submits a prepared application, or resubmits a returned one.
pub(super) fn submit(
    state: &State<'_>,
    asked: &Asked<'_>,
    id: ApplicationId,
    revision: u64,
) -> Result<(Writes, Value), Refused> {
    let mut application = fresh(state, asked, id, Some(revision))?;
    let facts = CaseFacts::of(state, &application)?;
    if let Some(why) =
        why_not(&facts.case(Some(&application), state.calendar()), asked.actor, &Action::Submit, asked.now.day())
    {
        return Err(why.into());
    }
    roomy(&application)?;
    let by = asked.actor.sign(Post::Entry);
    if let Some(round) = application.round_mut() {
        let verb = Verb::Proposed(Outcome::Approve, Vec::new());
        round.acts.push(Act { verb, by: by.clone(), at: asked.now });
        round.proposal =
            Some(Proposal { outcome: Outcome::Approve, reasons: Vec::new(), by, at: asked.now, external: None });
    }
    if application.phase == Phase::Preparing {
        application.phase = Phase::Open;
    }
    let (write, answer) = changed(revision, application);
    Ok((vec![write], answer))
}
