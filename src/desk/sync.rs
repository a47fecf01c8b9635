//! Recording how far a granted change has come in the national system and the module, and taking that back (Art. 16).

use super::{Asked, CaseFacts, Refused, State, Writes, bounded, changed, fresh};
use crate::law::case::{Action, why_not};
use crate::law::sync::NewSync;
use crate::model::{Actor, ApplicationId, Milestone, Post, Reached, Signature, TakenBack};
use serde_json::Value;

/// Records one milestone, or both.
pub(super) fn sync(
    state: &State<'_>,
    asked: &Asked<'_>,
    id: ApplicationId,
    revision: u64,
    what: NewSync,
) -> Result<(Writes, Value), Refused> {
    let mut application = fresh(state, asked, id, Some(revision))?;
    let facts = CaseFacts::of(state, &application)?;
    let case = facts.case(Some(&application), state.calendar());
    if let Some(why) = why_not(&case, asked.actor, &Action::Sync(Some(what)), asked.now.day()) {
        return Err(why.into());
    }
    let by = sign(asked.actor);
    let reached = |on| Reached { on, by: by.clone(), at: asked.now };
    if let Some(on) = what.national_on {
        application.sync.national = Some(reached(on));
    }
    if let Some(on) = what.module_on {
        application.sync.module = Some(reached(on));
    }
    let (write, answer) = changed(revision, application);
    Ok((vec![write], answer))
}

/// Takes a milestone back; with the national system's the module's falls too, which rests on it.
pub(super) fn unsync(
    state: &State<'_>,
    asked: &Asked<'_>,
    id: ApplicationId,
    revision: u64,
    milestone: Milestone,
    reason: &str,
) -> Result<(Writes, Value), Refused> {
    let mut application = fresh(state, asked, id, Some(revision))?;
    let facts = CaseFacts::of(state, &application)?;
    let reason = bounded("撤回原因", reason)?;
    let case = facts.case(Some(&application), state.calendar());
    let action = Action::Unsync(Some((milestone, &reason)));
    if let Some(why) = why_not(&case, asked.actor, &action, asked.now.day()) {
        return Err(why.into());
    }
    let falling = match milestone {
        Milestone::National => vec![Milestone::Module, Milestone::National],
        Milestone::Module => vec![Milestone::Module],
        Milestone::Filing => Vec::new(),
    };
    for milestone in falling {
        let was = match milestone {
            Milestone::National => application.sync.national.take(),
            Milestone::Module => application.sync.module.take(),
            Milestone::Filing => None,
        };
        if let Some(was) = was {
            let (reason, by) = (reason.clone(), sign(asked.actor));
            application.sync.taken_back.push(TakenBack { milestone, was, reason, by, at: asked.now });
        }
    }
    if application.sync.taken_back.len() > MOST_TAKEN_BACK {
        return Err(Refused::Input(format!("申请 {id} 的同步登记撤回次数过多，请联系系统管理岗核对")));
    }
    let (write, answer) = changed(revision, application);
    Ok((vec![write], answer))
}

/// Back and forth without end is no way to keep a record.
const MOST_TAKEN_BACK: usize = 50;

/// A school's own record, in whichever of its posts.
fn sign(actor: &Actor) -> Signature {
    actor.sign(if actor.holds(Post::Entry) { Post::Entry } else { Post::Review })
}
