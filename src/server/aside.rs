//! What is set beside a case (搁置, 转交), as it bears on lists, and who stands in for whom today (代办).

use super::hall::Hall;
use super::reads::{value, visible};
use super::refusal::Refusal;
use super::session::Asker;
use crate::desk::{CaseFacts, State};
use crate::law::aside::is_parked;
use crate::law::case::{Action, why_not};
use crate::model::{Account, Actor, Application, ApplicationId, Day, DeskRecord, Light, Post, StandIn};
use crate::store::{OpenRow, StoreError, Waits};
use crate::wire::{Colleague, ParkedView, SubstituteRow};
use serde_json::Value;

/// Whether a row is out of the asker's way: parked and not come back yet, or handed to somebody else who can act.
pub(super) fn out_of_the_way(hall: &Hall, actor: &Actor, row: &OpenRow, light: Light, today: Day) -> bool {
    in_parking(row, light, today) || elsewhere(hall, actor, row)
}

/// Whether a row is parked and has not come back yet.
pub(super) fn in_parking(row: &OpenRow, light: Light, today: Day) -> bool {
    row.parked.is_some_and(|until| is_parked(until, light, today))
}

/// Handed over to somebody else, who is still there and still holds the post: else it is everybody's again.
fn elsewhere(hall: &Hall, actor: &Actor, row: &OpenRow) -> bool {
    let Some((account, person)) = row.assigned.as_ref().filter(|(_, person)| !actor.is_or_stands_in_for(person)) else {
        return false;
    };
    let posts = match row.waits {
        Waits::First | Waits::SentBack => [Post::Handler, Post::Entry],
        Waits::Second => [Post::Reviewer, Post::Review],
    };
    let holds = |account: &Account| posts.iter().any(|post| account.posts.contains(post));
    let there = hall.store().account(account).ok().flatten();
    there.is_some_and(|there| there.active && there.person == *person && holds(&there))
}

/// The parking in force, as a row or a case shows it.
pub(super) fn parked(application: &Application) -> Option<ParkedView> {
    application.parked.as_ref().map(|parked| ParkedView {
        until: parked.until,
        remark: parked.remark.clone(),
        name: parked.by.name.clone(),
    })
}

/// An account as an actor on a day, with those it stands in for.
pub(super) fn actor_on(hall: &Hall, account: &Account, day: Day) -> Result<Actor, StoreError> {
    let mut actor = Actor::from(account);
    let store = hall.store();
    for one in store.desk(&account.id)?.iter().flat_map(|desk| &desk.substitutions).filter(|one| one.covers(day)) {
        // Whoever has left, or the office, is not stood in for any more.
        let away = store.account(&one.on_behalf)?.filter(|away| away.active && away.office == account.office);
        let Some(away) = away else { continue };
        let posts: Vec<Post> = away.posts.iter().copied().filter(|post| post.acts()).collect();
        let (account, person, name) = (away.id, away.person, away.name);
        actor.standing_in.push(StandIn { account, person, name, posts, until: one.until });
    }
    Ok(actor)
}

/// Colleagues to whom the asker may hand this case, or, without one, who may stand in for him.
pub(super) fn colleagues(hall: &Hall, asker: &Asker, id: Option<ApplicationId>) -> Result<Value, Refusal> {
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let application = id.map(|id| visible(hall, asker, id)).transpose()?;
    let facts = application.as_ref().map(|application| CaseFacts::of(&state, application)).transpose()?;
    let mut items: Vec<Colleague> = Vec::new();
    for account in hall.store().accounts() {
        if account.office != asker.actor.office || account.person == asker.actor.person || !account.acts() {
            continue;
        }
        if let (Some(application), Some(facts)) = (&application, &facts) {
            let case = facts.case(Some(application), &calendar);
            if why_not(&case, &Actor::from(&*account), &Action::Aside, asker.now.day()).is_some() {
                continue;
            }
        }
        items.push(Colleague { id: account.id.clone(), name: account.name.clone(), posts: account.posts.clone() });
    }
    Ok(super::lists::list(items))
}

/// Substitutions of the asker's office that are in force or to come; a keeper sees those of all offices below.
pub(super) fn substitutes(hall: &Hall, asker: &Asker) -> Result<Value, Refusal> {
    let store = hall.store();
    let keeper = asker.actor.holds(Post::Keeper);
    let today = asker.now.day();
    let mut items = Vec::new();
    for desk in store.desks() {
        let desk: &DeskRecord = &desk;
        let Some(who) = store.account(&desk.account)? else { continue };
        if who.office != asker.actor.office && !(keeper && asker.scope.covers(&who.office)) {
            continue;
        }
        for one in desk.substitutions.iter().filter(|one| one.until >= today) {
            let away = store.account(&one.on_behalf)?;
            items.push(SubstituteRow {
                who: who.id.clone(),
                name: who.name.clone(),
                on_behalf: one.on_behalf.clone(),
                on_behalf_name: away.map_or_else(|| one.on_behalf.to_string(), |away| away.name),
                from: one.from,
                until: one.until,
                in_force: one.covers(today),
            });
        }
    }
    value(super::lists::list(items))
}
