//! What all threads of the server share.

use super::hub::Hub;
use crate::desk::{Scope, State, scope};
use crate::law::calendar::Calendar;
use crate::model::{Actor, Day, Stamp};
use crate::store::{EvidenceFolder, Store, StoreError};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

/// Bounds that keep one asker from hurting the others.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at once.
    pub connections: usize,
    /// Lines waiting to be taken by one slow desk before its connection ends.
    pub backlog: usize,
    /// Commands waiting for the writer.
    pub commands: usize,
    /// Commands decided and synced as one group.
    pub group: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { connections: 400, backlog: 512, commands: 256, group: 64 }
    }
}

/// Master data the server was started with.
#[derive(Debug, Clone)]
pub struct Master {
    /// The calendar in force.
    pub calendar: Arc<Calendar>,
}

/// The hall.
pub struct Hall {
    store: Arc<dyn Store>,
    evidence: Arc<EvidenceFolder>,
    calendar: RwLock<Arc<Calendar>>,
    hub: Mutex<Hub>,
    limits: Limits,
    owner: u32,
    /// Rises when offices or accounts change: cached scopes and actors are then looked up again.
    generation: AtomicU64,
    connections: AtomicUsize,
}

impl Hall {
    /// A hall over an open store whose folder belongs to the user `owner`.
    pub fn new(
        store: Arc<dyn Store>,
        evidence: Arc<EvidenceFolder>,
        master: Master,
        limits: Limits,
        owner: u32,
    ) -> Arc<Self> {
        Arc::new(Hall {
            store,
            evidence,
            calendar: RwLock::new(master.calendar),
            hub: Mutex::new(Hub::default()),
            limits,
            owner,
            generation: AtomicU64::new(1),
            connections: AtomicUsize::new(0),
        })
    }

    /// The store.
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// The evidence folder.
    pub fn evidence(&self) -> &EvidenceFolder {
        &self.evidence
    }

    /// The calendar in force.
    pub fn calendar(&self) -> Arc<Calendar> {
        Arc::clone(&self.calendar.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The bounds.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// The user the data folder belongs to.
    pub fn owner(&self) -> u32 {
        self.owner
    }

    /// Desks and claims. What it guards stays whole even if a thread died holding it: every change is one insert
    /// or one removal.
    pub(super) fn hub(&self) -> MutexGuard<'_, Hub> {
        self.hub.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The moment the server works with: the exercise clock's, or the machine's.
    pub fn now(&self) -> Result<Stamp, StoreError> {
        Ok(self.store.facts()?.and_then(|facts| facts.exercise).unwrap_or_else(Stamp::now))
    }

    /// Today in Beijing.
    pub fn today(&self) -> Result<Day, StoreError> {
        Ok(self.now()?.day())
    }

    /// Counts changes of offices and accounts.
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    pub(super) fn master_changed(&self) {
        self.generation.fetch_add(1, Ordering::AcqRel);
    }

    /// What this actor may see.
    pub fn scope(&self, actor: &Actor) -> Result<Scope, StoreError> {
        let calendar = self.calendar();
        scope(actor, &State::new(self.store(), &calendar))
    }

    /// One more connection, if there is room.
    pub(super) fn enter(&self) -> bool {
        let before = self.connections.fetch_add(1, Ordering::AcqRel);
        if before < self.limits.connections {
            return true;
        }
        self.connections.fetch_sub(1, Ordering::AcqRel);
        false
    }

    pub(super) fn leave(&self) {
        self.connections.fetch_sub(1, Ordering::AcqRel);
    }

    /// Connections at this moment.
    pub fn connected(&self) -> usize {
        self.connections.load(Ordering::Acquire)
    }
}
