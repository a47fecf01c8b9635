//! What all threads of the server share.

use super::hub::Hub;
use super::trail::Trail;
use crate::desk::alerts::Board;
use crate::desk::import::in_force;
use crate::desk::{Scope, State, scope};
use crate::law::calendar::{Calendar, CalendarError};
use crate::model::{Actor, CalendarYear, Day, Stamp};
use crate::store::{DraftFolder, EvidenceFolder, Store, StoreError};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

/// Bounds that keep one asker from hurting the others.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at once.
    pub connections: usize,
    /// Of these, kept for the folder's owner and root: nobody else can shut them out.
    pub reserve: usize,
    /// Connections at once of one user other than these two: several windows of one clerk, and no more than a sixth
    /// of the hall. The owner has no such bound: on a machine with one login all desks are his.
    pub per_user: usize,
    /// Lines waiting to be taken by one slow desk before its connection ends.
    pub backlog: usize,
    /// Commands waiting for the writer.
    pub commands: usize,
    /// Commands decided and synced as one group.
    pub group: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { connections: 400, reserve: 16, per_user: 64, backlog: 512, commands: 256, group: 64 }
    }
}

/// Master data the server was started with.
#[derive(Debug, Clone)]
pub struct Master {
    /// The calendar the program ships with.
    pub calendar: Arc<Calendar>,
}

/// The hall.
pub struct Hall {
    store: Arc<dyn Store>,
    evidence: Arc<EvidenceFolder>,
    drafts: DraftFolder,
    built_in: Arc<Calendar>,
    calendar: RwLock<Arc<Calendar>>,
    hub: Mutex<Hub>,
    /// What the negative list says of every school, as far as anybody has asked.
    board: Mutex<Board>,
    /// Where in the journal what is, as far as anybody has asked.
    trail: Mutex<Trail>,
    limits: Limits,
    owner: u32,
    /// Rises when offices or accounts change: cached scopes and actors are then looked up again.
    generation: AtomicU64,
    seats: Mutex<HashMap<u32, usize>>,
    /// Held while a PIN is looked at: attempts come one after the other, and each is counted before the next.
    pins: Mutex<()>,
    /// Bytes of rows staged for import on all connections.
    pub(super) staged: AtomicUsize,
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
            drafts: DraftFolder::at(evidence.root().with_file_name("drafts")),
            evidence,
            built_in: Arc::clone(&master.calendar),
            calendar: RwLock::new(master.calendar),
            hub: Mutex::new(Hub::default()),
            board: Mutex::default(),
            trail: Mutex::default(),
            limits,
            owner,
            generation: AtomicU64::new(1),
            seats: Mutex::default(),
            pins: Mutex::default(),
            staged: AtomicUsize::new(0),
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

    /// The drafts.
    pub fn drafts(&self) -> &DraftFolder {
        &self.drafts
    }

    /// The calendar in force.
    pub fn calendar(&self) -> Arc<Calendar> {
        Arc::clone(&self.calendar.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts the loaded years over the built-in calendar: at the beginning, and whenever one was loaded. Every clock that
    /// is read from then on is read by it.
    pub fn load_calendar(&self) -> Result<(), CalendarError> {
        let calendar = Arc::new(in_force(&self.built_in, &self.store.calendar_years(), &self.store.semester_starts())?);
        *self.calendar.write().unwrap_or_else(PoisonError::into_inner) = calendar;
        Ok(())
    }

    /// The calendar as it would be with these years taken in.
    pub(super) fn calendar_with(&self, years: &[CalendarYear]) -> Result<Calendar, CalendarError> {
        let mut loaded = self.store.calendar_years();
        loaded.retain(|of| !years.iter().any(|new| new.year == of.year));
        loaded.extend(years.iter().cloned().map(Arc::new));
        loaded.sort_by_key(|of| of.year);
        in_force(&self.built_in, &loaded, &self.store.semester_starts())
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

    /// What the negative list says. What it guards can always be judged anew.
    pub(super) fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where in the journal what is. What it guards is added to entry by entry, and can always be read anew.
    pub(super) fn trail(&self) -> MutexGuard<'_, Trail> {
        self.trail.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Taken by whoever looks at a PIN.
    pub(super) fn pins(&self) -> MutexGuard<'_, ()> {
        self.pins.lock().unwrap_or_else(PoisonError::into_inner)
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

    fn seats(&self) -> MutexGuard<'_, HashMap<u32, usize>> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One more connection of this user, if there is room; else why not.
    pub(super) fn enter(&self, uid: u32) -> Result<(), &'static str> {
        let mut seats = self.seats();
        let taken: usize = seats.values().sum();
        let at_home = uid == self.owner || uid == 0;
        let room = if at_home { self.limits.connections } else { self.limits.connections - self.limits.reserve };
        if taken >= room {
            return Err("连接数已满，请稍后再试");
        }
        let own = seats.entry(uid).or_default();
        if !at_home && *own >= self.limits.per_user {
            return Err("您的连接数已到上限，请先关闭不用的桌面");
        }
        *own += 1;
        Ok(())
    }

    pub(super) fn leave(&self, uid: u32) {
        let mut seats = self.seats();
        if let Some(own) = seats.get_mut(&uid) {
            *own -= 1;
            if *own == 0 {
                seats.remove(&uid);
            }
        }
    }

    /// Connections at this moment.
    pub fn connected(&self) -> usize {
        self.seats().values().sum()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::{CalendarDay, CalendarKind};
    use crate::store::MemoryStore;

    /// A hall over an empty store in memory; the folder's owner is user 1000.
    pub(in crate::server) fn hall(limits: Limits) -> (tempfile::TempDir, Arc<Hall>) {
        let folder = tempfile::tempdir().unwrap();
        let evidence = Arc::new(EvidenceFolder::open(folder.path()).unwrap());
        let new_year = Day::from_ymd_opt(2026, 1, 1).unwrap();
        let day = CalendarDay { date: new_year, kind: CalendarKind::Holiday, name: "元旦".to_owned() };
        let calendar = Arc::new(Calendar::new("test", [day]).unwrap());
        (folder, Hall::new(Arc::new(MemoryStore::new()), evidence, Master { calendar }, limits, 1000))
    }

    #[test]
    fn one_user_cannot_take_all_seats_and_nobody_the_owners() {
        let limits = Limits { connections: 10, reserve: 2, per_user: 3, ..Limits::default() };
        let (_folder, hall) = hall(limits);
        for uid in [7, 7, 7, 8, 8, 9, 9] {
            hall.enter(uid).unwrap();
        }
        assert!(hall.enter(7).unwrap_err().contains("关闭不用的桌面"));
        hall.enter(8).unwrap();
        assert!(hall.enter(9).unwrap_err().contains("已满"), "eight of ten: the rest is the owner's");
        hall.enter(1000).unwrap();
        hall.enter(0).unwrap();
        assert!(hall.enter(1000).is_err());
        assert_eq!(hall.connected(), 10);
        hall.leave(7);
        assert!(hall.enter(7).is_err(), "a free seat of the reserve is not for him");
        for uid in [1000, 0, 8] {
            hall.leave(uid);
        }
        hall.enter(7).unwrap();
        hall.leave(4711);
        assert_eq!(hall.connected(), 7);
    }

    #[test]
    fn the_owner_opens_as_many_as_there_are() {
        let (_folder, hall) = hall(Limits { connections: 100, ..Limits::default() });
        (0..100).for_each(|_| hall.enter(1000).unwrap());
        assert!(hall.enter(1000).is_err());
    }
}
