//! Where records and the journal live. `trait Store` speaks in use cases, not in trees and iterators, so that
//! another engine can stand behind it; nothing outside this room knows which one does.
//!
//! ```text
//! commit(group of changes)
//!    │ encode records (codec)
//!    ▼
//! journal: append every entry ── one fdatasync for the group      ← from here on it is done
//!    ▼
//! view (sled or memory): all records + journal position, one transaction
//!    ▼
//! columns: the in-memory lists and indexes, behind one lock
//!    ▼
//! answered and announced by the server
//! ```
//!
//! | file | holds |
//! |---|---|
//! | `codec` | records to bytes and back, versioned |
//! | `frame` | one journal entry in its frame |
//! | `scan` | reading segment files, and judging what is at their end |
//! | `journal` | appending to segment files: one write, one fdatasync |
//! | `log` | what the journals on disk and in memory have in common |
//! | `tally` | position, count and digest of what the view holds |
//! | `engine` | where records lie: sled or a map |
//! | `acted` | who acted on which applications |
//! | `passed` | which applications an office may see |
//! | `columns` | what lists and counts are computed from |
//! | `turns` | every turn of every hand, for the supervisor's board |
//! | `search`, `packed`, `wanted` | finding students: the search, the bytes it goes over, what was typed |
//! | `watch` | what the negative list looks at |
//! | `national` | the national system's lists, laid beside the files here |
//! | `core` | what both engines share: checking, committing, reading |
//! | `memory` | the in-memory store for tests |
//! | `sled_store` | the store in a folder |
//! | `open` | opening, trusting, rebuilding |
//! | `verify` | comparing everything with everything |
//! | `evidence` | files by content hash |
//! | `backup` | journal and evidence as one file, and back |

mod acted;
mod backup;
pub mod codec;
mod columns;
mod core;
mod engine;
mod evidence;
mod frame;
mod journal;
mod log;
mod memory;
mod national;
mod open;
mod over_core;
mod packed;
mod passed;
mod scan;
mod search;
mod sled_store;
mod tally;
mod turns;
mod verify;
mod wanted;
mod watch;

pub use backup::{BackupError, Manifest, Piece, in_use, unpack_backup, write_backup};
pub use columns::{open_row, row_of};
pub use engine::Pair;
pub use evidence::{EVIDENCE_LIMIT, EvidenceError, EvidenceFolder, EvidenceState};
pub use journal::{DiskFiles, JournalFile, JournalFiles};
pub use memory::MemoryStore;
pub use national::{Comparison, MatchedBy, Unequal};
pub use open::{OpenReport, Options, Progress, Stage};
pub use sled_store::SledStore;
pub use turns::{Clerk, Turn, Turns, Unfiled};
pub use verify::verify_folder;

use crate::model::{
    Account, AccountId, Alert, AlertId, Answer, Application, ApplicationId, Batch, BatchId, CalendarYear, Change,
    Clock, CommandId, Day, DeskRecord, JournalEntry, Kind, Major, MajorCode, NationalLine, NationalList, Office,
    OfficeId, Outcome, Outside, PersonId, Phase, Qualification, Record, RecordKey, SemesterStart, Stamp, StoreFacts,
    Student, StudentId, Watched,
};
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Why the store could not do something.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The journal could not be written or synced (disk full, failed fdatasync). Nothing of the group is
    /// acknowledged. After a failed sync the store stays read-only until restart; after a full disk it writes again
    /// as soon as there is room.
    #[error("the journal cannot be written: {0}")]
    Write(std::io::Error),
    /// Read-only since an earlier failed sync.
    #[error("the store is read-only since {since}: {why}")]
    ReadOnly {
        /// When it became so.
        since: Stamp,
        /// Why.
        why: String,
    },
    /// Something stored is not what was stored.
    #[error("damage at {place}: {what}")]
    Damaged {
        /// File and offset, or record.
        place: String,
        /// What is wrong there.
        what: String,
    },
    /// A change was based on another revision than the stored one: an error of the program.
    #[error("{key} is at revision {stored}, the change was based on {based_on}")]
    Conflict {
        /// Which record.
        key: RecordKey,
        /// Stored.
        stored: u64,
        /// Based on.
        based_on: u64,
    },
    /// Another process has the folder.
    #[error("another process has this data folder open")]
    Locked,
    /// Reading or another file operation failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// Whose word an open application waits for at its hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Waits {
    /// The first post.
    First,
    /// The first post, after the second sent the proposal back.
    SentBack,
    /// The second post.
    Second,
}

/// What the columns hold of one *open* application: enough for every list, count and scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenRow {
    /// Identity.
    pub id: ApplicationId,
    /// Revision.
    pub revision: u64,
    /// Kind.
    pub kind: Kind,
    /// Phase.
    pub phase: Phase,
    /// Whose file.
    pub student: StudentId,
    /// Starting school.
    pub school: OfficeId,
    /// Whose turn.
    pub hand: OfficeId,
    /// Whose word.
    pub waits: Waits,
    /// The standing proposal, and the person who made it.
    pub proposed: Option<(Outcome, PersonId)>,
    /// Persons who have prepared the current step, in any round: they may not decide on it.
    pub proposers: Vec<PersonId>,
    /// Persons who have decided or sent back on the current step: they may not propose on it.
    pub deciders: Vec<PersonId>,
    /// Arrival at the hand.
    pub arrived: Stamp,
    /// The running clock.
    pub clock: Option<Clock>,
    /// Every hand that has or had its turn.
    pub hands: Vec<OfficeId>,
    /// 搁置: the day on which it comes back.
    pub parked: Option<Day>,
    /// 转交: whom it was handed to.
    pub assigned: Option<(AccountId, PersonId)>,
    /// The batch it moves with.
    pub batch: Option<BatchId>,
    /// Set where the hand is one of another province.
    pub outside: Option<Outside>,
    /// The other school of a duplicate: it sees the case among its own, for it may dispute it (Art. 8).
    pub counterpart: Option<OfficeId>,
    /// Set for what is granted and not yet brought into the other systems; nothing else can happen to it.
    pub unsynced: Option<Unsynced>,
}

/// How far a granted change has come that is not yet everywhere (Art. 16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsynced {
    /// The day it was granted.
    pub granted: Day,
    /// The day it was done in the national system, if it was.
    pub national: Option<Day>,
    /// The school the student has come to.
    pub to: Option<OfficeId>,
    /// Whether it waits, before anything else, for the filing of the junior school's papers (R12.11).
    pub to_file: bool,
}

/// What `verify` found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// Journal entries read.
    pub entries: u64,
    /// Records compared.
    pub records: u64,
    /// Pieces of evidence compared.
    pub evidence: u64,
    /// Each piece of damage, naming its place; empty when all is well.
    pub damage: Vec<String>,
}

/// The store, in use cases. Reads run beside the one writer; a read never sees half a group.
pub trait Store: Send + Sync {
    /// A record by its key. Facts, offices, majors and accounts come from memory.
    fn get(&self, key: &RecordKey) -> Result<Option<Record>, StoreError>;

    /// Journals, syncs, applies and indexes a group of changes, whole or not at all. Only one thread calls this.
    /// Returns the journal position of each.
    ///
    /// A change may rest on earlier ones of its group. Its `Record::Answer` is written by the caller, whose word for
    /// `Answer::seq` is not taken: the position is set here, to the one that is returned.
    fn commit(&self, group: &[Change]) -> Result<Vec<u64>, StoreError>;

    /// All offices and schools, by code.
    fn offices(&self) -> Vec<Arc<Office>>;
    /// All majors, by code.
    fn majors(&self) -> Vec<Arc<Major>>;
    /// All accounts, by name.
    fn accounts(&self) -> Vec<Arc<Account>>;
    /// The years of the calendar that were loaded, in order.
    fn calendar_years(&self) -> Vec<Arc<CalendarYear>>;
    /// First days of semesters that were set, in order.
    fn semester_starts(&self) -> Vec<SemesterStart>;
    /// What belongs to each account that has anything, by its name.
    fn desks(&self) -> Vec<Arc<DeskRecord>>;
    /// What this person acted on for this office, open or not, by id, with the moment of the last act.
    fn acted_by(&self, person: &PersonId, office: &OfficeId) -> Vec<(ApplicationId, Stamp)>;
    /// How many those are.
    fn acted_count(&self, person: &PersonId, office: &OfficeId) -> usize;
    /// What schools may recruit for, by year, season and school.
    fn qualifications(&self) -> Vec<Arc<Qualification>>;
    /// Open applications whose turn is at this office, by id.
    fn open_at(&self, office: &OfficeId) -> Vec<OpenRow>;
    /// Open applications started by this school, by id.
    fn open_of_school(&self, school: &OfficeId) -> Vec<OpenRow>;
    /// Open applications whose turn is at a hand of another province, by id.
    fn open_outside(&self) -> Vec<OpenRow>;
    /// Granted changes that are not in the other systems yet, started by this school or leading to it, by id.
    fn unsynced_of_school(&self, school: &OfficeId) -> Vec<OpenRow>;
    /// Open applications of a student, by id.
    fn open_of_student(&self, student: StudentId) -> Vec<OpenRow>;
    /// All applications of a student, open or not, by id.
    fn applications_of(&self, student: StudentId) -> Vec<ApplicationId>;
    /// Ids after this one, in order, at most `count`.
    fn applications_after(&self, after: Option<ApplicationId>, count: usize) -> Vec<ApplicationId>;
    /// Students by part of the name, by its initials, by part of the student number or document number (at least three
    /// characters), or by one of the first two with the tail of the document number. At most `count`, only of schools
    /// that `visible` lets pass: first those whose whole name or initials it is, then those with whom they begin, then
    /// the others, each in id order.
    fn find_students(&self, text: &str, count: usize, visible: &dyn Fn(&OfficeId) -> bool) -> Vec<StudentId>;
    /// Students of a school who are registered and not filed (已注册未备案), by id.
    fn unfiled(&self, school: &OfficeId) -> Vec<StudentId>;
    /// Id, student number and document number of every student, by id.
    fn each_student_number(&self, visit: &mut dyn FnMut(StudentId, &str, &str));
    /// The students whose file lies at this school, by id.
    fn students_of(&self, school: &OfficeId) -> Vec<StudentId>;
    /// Every turn of every hand, read under the lock: nothing slow and no other call of the store while it is held.
    fn read_turns(&self, read: &mut dyn FnMut(&Turns));
    /// The number the next application of this year takes.
    fn next_application(&self, year: u16) -> ApplicationId;
    /// The id the next student takes.
    fn next_student(&self) -> StudentId;
    /// Batches from one school to another, by id.
    fn batches_between(&self, from: &OfficeId, to: &OfficeId) -> Vec<Arc<Batch>>;
    /// The number the next batch of this year takes.
    fn next_batch(&self, year: u16) -> BatchId;
    /// Everything the negative list looks at in one school; none for what is no school of the register.
    fn watched(&self, school: &OfficeId, today: Day) -> Option<Watched>;
    /// Students with a file in force at a school, by day of entry and whether they study part-time.
    fn headcounts(&self, school: &OfficeId) -> BTreeMap<(Day, bool), u32>;
    /// Rises with every change of what [`Store::watched`] says of this school.
    fn watch_version(&self, school: &OfficeId) -> u64;
    /// The national system's list of this school laid beside its files; none without a list.
    fn national(&self, school: &OfficeId) -> Option<Comparison>;
    /// The same with a list that is not stored.
    fn national_would_be(&self, school: &OfficeId, lines: &[NationalLine]) -> Comparison;
    /// Which of these document numbers stand in the national system's lists of which schools.
    fn national_schools(&self, numbers: &[String]) -> HashMap<String, Vec<OfficeId>>;
    /// The schools of the live files with this document number.
    fn schools_with_document(&self, number: &str) -> Vec<OfficeId>;
    /// Cases of the negative list on this student, oldest first.
    fn alerts_of(&self, student: StudentId) -> Vec<Arc<Alert>>;
    /// Live files with this document number.
    fn with_document(&self, number: &str) -> Vec<StudentId>;
    /// The number the next case of the negative list takes.
    fn next_alert(&self) -> AlertId;
    /// Entries after a position, at most `count`.
    fn journal_after(&self, after: u64, count: usize) -> Result<Vec<JournalEntry>, StoreError>;
    /// Entries in the journal.
    fn journal_length(&self) -> u64;
    /// Applications there are, open or not.
    fn application_count(&self) -> usize;
    /// How many applications an office sees: those of the schools that `covers` lets pass, and those of others that had a
    /// turn at its own hands.
    fn applications_seen(&self, office: &OfficeId, covers: &dyn Fn(&OfficeId) -> bool) -> usize;
    /// The moment of the newest entry; the clock must not go back behind it.
    fn newest(&self) -> Option<Stamp>;
    /// Compares the journal with itself, records with the journal, columns with records, evidence with its digests.
    fn verify(&self) -> Result<VerifyReport, StoreError>;
    /// Writes the marker of a clean stop.
    fn close(&self) -> Result<(), StoreError>;
}

/// Typed reading on top of [`Store::get`].
impl dyn Store + '_ {
    /// Facts of the store; none before its founding.
    pub fn facts(&self) -> Result<Option<StoreFacts>, StoreError> {
        Ok(match self.get(&RecordKey::Facts)? {
            Some(Record::Facts(facts)) => Some(facts),
            _ => None,
        })
    }
    /// An office.
    pub fn office(&self, id: &OfficeId) -> Result<Option<Office>, StoreError> {
        Ok(match self.get(&RecordKey::Office(id.clone()))? {
            Some(Record::Office(office)) => Some(office),
            _ => None,
        })
    }
    /// A major.
    pub fn major(&self, code: &MajorCode) -> Result<Option<Major>, StoreError> {
        Ok(match self.get(&RecordKey::Major(code.clone()))? {
            Some(Record::Major(major)) => Some(major),
            _ => None,
        })
    }
    /// An account.
    pub fn account(&self, id: &AccountId) -> Result<Option<Account>, StoreError> {
        Ok(match self.get(&RecordKey::Account(id.clone()))? {
            Some(Record::Account(account)) => Some(account),
            _ => None,
        })
    }
    /// A student.
    pub fn student(&self, id: StudentId) -> Result<Option<Student>, StoreError> {
        Ok(match self.get(&RecordKey::Student(id))? {
            Some(Record::Student(student)) => Some(*student),
            _ => None,
        })
    }
    /// An application.
    pub fn application(&self, id: ApplicationId) -> Result<Option<Application>, StoreError> {
        Ok(match self.get(&RecordKey::Application(id))? {
            Some(Record::Application(application)) => Some(*application),
            _ => None,
        })
    }
    /// What belongs to an account; none while it is nothing.
    pub fn desk(&self, id: &AccountId) -> Result<Option<DeskRecord>, StoreError> {
        Ok(match self.get(&RecordKey::Desk(id.clone()))? {
            Some(Record::Desk(of)) => Some(of),
            _ => None,
        })
    }
    /// What is known of the national system's list of a school.
    pub fn national_list(&self, school: &OfficeId) -> Result<Option<NationalList>, StoreError> {
        Ok(match self.get(&RecordKey::NationalList(school.clone()))? {
            Some(Record::NationalList(of)) => Some(*of),
            _ => None,
        })
    }
    /// A batch.
    pub fn batch(&self, id: BatchId) -> Result<Option<Batch>, StoreError> {
        Ok(match self.get(&RecordKey::Batch(id))? {
            Some(Record::Batch(batch)) => Some(*batch),
            _ => None,
        })
    }
    /// The first answer to a command.
    pub fn answer(&self, id: CommandId) -> Result<Option<Answer>, StoreError> {
        Ok(match self.get(&RecordKey::Answer(id))? {
            Some(Record::Answer(answer)) => Some(answer),
            _ => None,
        })
    }
}

/// A panic while a lock was held leaves data that is whole: every holder changes them by calls that do not stop
/// half-way. Refusing to serve from then on would be worse.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// See [`lock`].
pub(crate) fn lock_read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

/// See [`lock`].
pub(crate) fn lock_write<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}
