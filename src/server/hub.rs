//! Desks to be told of changes, and claims. Both live in memory only: a claim falls with its line.

use super::outbox::Outbox;
use crate::desk::Scope;
use crate::model::{Account, AccountId, Actor, Application, ApplicationId, OfficeId, Signature, Stamp, StandIn};
use crate::wire::{Claim, FromServer, Notice};
use std::collections::HashMap;
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::Arc;

/// One line on its way to a desk; shared, because a notice goes to many.
pub(super) type Line = Arc<str>;

/// A connection.
struct Guest {
    lines: Arc<Outbox>,
    account: AccountId,
    scope: Scope,
    /// It asked for notices.
    listening: bool,
    /// To end it.
    stream: Arc<UnixStream>,
}

struct Held {
    desk: u64,
    claim: Claim,
    /// Whose turn it was when it was taken.
    hand: Option<OfficeId>,
}

/// Whose turn it is; none when it has ended.
fn hand_of(application: &Application) -> Option<&OfficeId> {
    application.step().filter(|_| application.phase.is_open()).map(|step| &step.hand)
}

/// Desks and claims.
#[derive(Default)]
pub(super) struct Hub {
    guests: HashMap<u64, Guest>,
    claims: HashMap<ApplicationId, Held>,
    next: u64,
}

impl Hub {
    /// A new connection, with its account from the start: who is disabled is not heard any more, listening or not.
    pub(super) fn enter(
        &mut self,
        account: &AccountId,
        scope: Scope,
        lines: Arc<Outbox>,
        stream: Arc<UnixStream>,
    ) -> u64 {
        self.next += 1;
        self.guests.insert(self.next, Guest { lines, account: account.clone(), scope, listening: false, stream });
        self.next
    }

    /// The connection speaks as this account from now on, or sees otherwise.
    pub(super) fn settle(&mut self, desk: u64, account: &AccountId, scope: Scope) {
        if let Some(guest) = self.guests.get_mut(&desk) {
            guest.account = account.clone();
            guest.scope = scope;
        }
    }

    /// This connection wants notices from now on.
    pub(super) fn listen(&mut self, desk: u64) {
        if let Some(guest) = self.guests.get_mut(&desk) {
            guest.listening = true;
        }
    }

    /// An account was changed, or for whom it stands in: its desks are told, or their lines end when it was disabled.
    pub(super) fn account_changed(&mut self, account: &Account, standing_in: Vec<StandIn>) {
        if account.active {
            let notice = Notice::Account { posts: account.posts.clone(), standing_in };
            self.tell(&notice, |guest| guest.account == account.id);
            return;
        }
        for guest in self.guests.values_mut().filter(|guest| guest.account == account.id) {
            guest.listening = false;
            // What was answered before still arrives; its session ends with the line, and its claims fall.
            let _ = guest.stream.shutdown(Shutdown::Read);
        }
    }

    /// The connection is gone: its claims fall. Returns what it had in hand.
    pub(super) fn gone(&mut self, desk: u64) -> Vec<ApplicationId> {
        self.guests.remove(&desk);
        self.drop_claims(desk)
    }

    /// Leaves everything this connection has in hand. Returns what it was.
    pub(super) fn drop_claims(&mut self, desk: u64) -> Vec<ApplicationId> {
        let held: Vec<ApplicationId> =
            self.claims.iter().filter(|(_, held)| held.desk == desk).map(|(id, _)| *id).collect();
        for id in &held {
            self.claims.remove(id);
        }
        held
    }

    /// Who has this in hand.
    pub(super) fn claim(&self, id: ApplicationId) -> Option<&Claim> {
        self.claims.get(&id).map(|held| &held.claim)
    }

    /// Takes it in hand, also from somebody else (接手). Returns the claim that stands now.
    pub(super) fn take(&mut self, desk: u64, application: &Application, actor: &Actor, since: Stamp) -> Claim {
        let since = match self.claims.get(&application.id) {
            // Taking again what is held already does not make it newer.
            Some(held) if held.desk == desk => held.claim.since,
            _ => since,
        };
        let claim = Claim { account: actor.account.clone(), name: actor.name.clone(), since };
        let held = Held { desk, claim: claim.clone(), hand: hand_of(application).cloned() };
        self.claims.insert(application.id, held);
        claim
    }

    /// An application has changed: everybody who sees it is told, and who had it in hand has it no more when its turn
    /// has passed to another office or it has ended.
    pub(super) fn changed(&mut self, application: &Application, notice: &Notice) {
        self.tell_of(application, notice);
        self.drop_if_moved(application);
    }

    /// Many have changed at once: everybody is told once of those he sees. A notice for each would fill the queues of
    /// desks that read as fast as they can.
    pub(super) fn changed_together(&mut self, applications: &[&Application], by: Option<&Signature>) {
        for guest in self.guests.values_mut().filter(|guest| guest.listening) {
            let seen = applications.iter().filter(|application| guest.scope.sees_application(application));
            let applications: Vec<ApplicationId> = seen.map(|application| application.id).collect();
            if applications.is_empty() {
                continue;
            }
            let notice = Notice::Several { applications, by: by.cloned() };
            let Ok(text) = serde_json::to_string(&FromServer::Notice { notice }) else { continue };
            if !guest.lines.tell(text.into()) {
                guest.listening = false;
                let _ = guest.stream.shutdown(Shutdown::Both);
            }
        }
        applications.iter().for_each(|application| self.drop_if_moved(application));
    }

    fn drop_if_moved(&mut self, application: &Application) {
        let moved = |held: &Held| held.hand.as_ref() != hand_of(application);
        if self.claims.get(&application.id).is_some_and(moved) {
            self.claims.remove(&application.id);
            self.tell_of(application, &Notice::Claimed { application: application.id, claim: None });
        }
    }

    /// Leaves it, if this connection holds it.
    pub(super) fn release(&mut self, desk: u64, id: ApplicationId) -> bool {
        let mine = self.claims.get(&id).is_some_and(|held| held.desk == desk);
        if mine {
            self.claims.remove(&id);
        }
        mine
    }

    /// Tells every listening desk whose scope sees this application.
    pub(super) fn tell_of(&mut self, application: &Application, notice: &Notice) {
        self.tell(notice, |guest| guest.scope.sees_application(application));
    }

    /// Tells every listening desk of this office.
    pub(super) fn tell_office(&mut self, office: &OfficeId, notice: &Notice) {
        self.tell(notice, |guest| guest.scope.office() == office);
    }

    /// Tells every listening desk in whose scope this office lies.
    pub(super) fn tell_covering(&mut self, office: &OfficeId, notice: &Notice) {
        self.tell(notice, |guest| guest.scope.covers(office));
    }

    /// Tells every listening desk.
    pub(super) fn tell_all(&mut self, notice: &Notice) {
        self.tell(notice, |_| true);
    }

    fn tell(&mut self, notice: &Notice, meant: impl Fn(&Guest) -> bool) {
        let Ok(text) = serde_json::to_string(&FromServer::Notice { notice: notice.clone() }) else { return };
        let line: Line = text.into();
        for guest in self.guests.values_mut() {
            if guest.listening && meant(guest) && !guest.lines.tell(Arc::clone(&line)) {
                // A desk that does not read must not hold the others up: it reconnects and starts afresh.
                guest.listening = false;
                let _ = guest.stream.shutdown(Shutdown::Both);
            }
        }
    }
}
