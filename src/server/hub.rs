//! Desks to be told of changes, and claims. Both live in memory only: a claim falls with its line.

use crate::desk::Scope;
use crate::model::{Account, AccountId, Application, ApplicationId, Stamp};
use crate::wire::{Claim, FromServer, Notice};
use std::collections::HashMap;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, TrySendError};

/// One line on its way to a desk; shared, because a notice goes to many.
pub(super) type Line = Arc<str>;

/// A connection that asked for notices.
struct Listener {
    lines: SyncSender<Line>,
    account: AccountId,
    scope: Scope,
    /// To end a connection that does not take its lines.
    stream: UnixStream,
}

struct Held {
    desk: u64,
    claim: Claim,
}

/// Desks and claims.
#[derive(Default)]
pub(super) struct Hub {
    listeners: HashMap<u64, Listener>,
    claims: HashMap<ApplicationId, Held>,
    next: u64,
}

impl Hub {
    /// A number for a new connection.
    pub(super) fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// This connection wants notices from now on (again, after its scope changed).
    pub(super) fn listen(
        &mut self,
        desk: u64,
        account: &AccountId,
        lines: SyncSender<Line>,
        scope: Scope,
        stream: UnixStream,
    ) {
        self.listeners.insert(desk, Listener { lines, account: account.clone(), scope, stream });
    }

    /// An account was changed: its desks are told, or their lines end when it was disabled.
    pub(super) fn account_changed(&mut self, account: &Account) {
        if account.active {
            let notice = Notice::Account { posts: account.posts.clone() };
            self.tell(&notice, |listener| listener.account == account.id);
            return;
        }
        for listener in self.listeners.values().filter(|listener| listener.account == account.id) {
            // Its session ends with the line, and its claims fall.
            let _ = listener.stream.shutdown(std::net::Shutdown::Both);
        }
    }

    /// Whether it asked for notices.
    pub(super) fn listens(&self, desk: u64) -> bool {
        self.listeners.contains_key(&desk)
    }

    /// The connection is gone: its claims fall. Returns what it had in hand.
    pub(super) fn gone(&mut self, desk: u64) -> Vec<ApplicationId> {
        self.listeners.remove(&desk);
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
    pub(super) fn take(
        &mut self,
        desk: u64,
        id: ApplicationId,
        account: &AccountId,
        name: &str,
        since: Stamp,
    ) -> Claim {
        let since = match self.claims.get(&id) {
            // Taking again what is held already does not make it newer.
            Some(held) if held.desk == desk => held.claim.since,
            _ => since,
        };
        let claim = Claim { account: account.clone(), name: name.to_owned(), since };
        self.claims.insert(id, Held { desk, claim: claim.clone() });
        claim
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
        self.tell(notice, |listener| listener.scope.sees_application(application));
    }

    /// Tells every listening desk.
    pub(super) fn tell_all(&mut self, notice: &Notice) {
        self.tell(notice, |_| true);
    }

    fn tell(&mut self, notice: &Notice, meant: impl Fn(&Listener) -> bool) {
        let Ok(text) = serde_json::to_string(&FromServer::Notice { notice: notice.clone() }) else { return };
        let line: Line = text.into();
        self.listeners.retain(|_, listener| {
            if !meant(listener) {
                return true;
            }
            match listener.lines.try_send(Arc::clone(&line)) {
                Ok(()) => true,
                Err(TrySendError::Full(_)) => {
                    // A desk that does not read must not hold the others up: it reconnects and starts afresh.
                    let _ = listener.stream.shutdown(std::net::Shutdown::Both);
                    false
                }
                Err(TrySendError::Disconnected(_)) => false,
            }
        });
    }
}
