//! The school takes its application back for good (撤销申请), before the final decision.

use super::{Asked, CaseFacts, Refused, State, Writes, bounded, changed, fresh};
use crate::law::case::{Action, why_not};
use crate::law::clock;
use crate::model::{Application, ApplicationId, Cancellation, Phase, Post, Stopped};
use serde_json::Value;

/// Cancels.
pub(super) fn cancel(
    state: &State<'_>,
    asked: &Asked<'_>,
    id: ApplicationId,
    revision: u64,
    reason: &str,
) -> Result<(Writes, Value), Refused> {
    let mut application = fresh(state, asked, id, Some(revision))?;
    let facts = CaseFacts::of(state, &application)?;
    let reason = bounded("撤销原因", reason)?;
    let action = Action::Cancel(Some(&reason));
    if let Some(why) = why_not(&facts.case(Some(&application), state.calendar()), asked.actor, &action, asked.now.day())
    {
        return Err(why.into());
    }
    let post = if asked.actor.holds(Post::Entry) { Post::Entry } else { Post::Review };
    let clock = stopped(state, asked, &application);
    application.phase = Phase::Cancelled;
    application.cancelled = Some(Cancellation { reason, by: asked.actor.sign(post), at: asked.now, clock });
    let (write, answer) = changed(revision, application);
    Ok((vec![write], answer))
}

/// The turn that was running ends here: its clock is frozen, as at any other ending.
pub(super) fn stopped(state: &State<'_>, asked: &Asked<'_>, application: &Application) -> Option<Stopped> {
    let running = application.round().and_then(|round| round.clock.as_ref())?;
    let frozen = clock::freeze(running, state.calendar(), asked.now.day());
    let (due, calendar, provisional) = (frozen.due, frozen.calendar, frozen.provisional);
    Some(Stopped { due, calendar, provisional, used: frozen.used, late: frozen.late })
}
