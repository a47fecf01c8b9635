//! What is read only after a great store is open: students, applications that have ended, and the answers to commands.
//! Until they are there, lists and searches of students say so; what was put in meanwhile is never overwritten by what
//! lay there before.
//!
//! ```text
//! opening: clean stop, position and count as marked ──► everything else is read, the queue can be shown
//!     │
//!     ▼ a thread of the server
//! some records ──► decoded ──► columns (those written since the opening are passed over)
//!     ▼ at the end
//! digest over all records as they lay at the opening ── not the one marked ──► the view is no longer trusted
//! ```

use super::ahead::{self, Ready};
use super::codec;
use super::core::Core;
use super::engine::{EngineFault, Pair};
use super::tally::Tally;
use super::{StoreError, lock, lock_read, lock_write};
use crate::model::RecordKind;
use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

/// The kinds that are read late, in the order of their keys; of applications those that have ended.
const LATE: [RecordKind; 3] = [RecordKind::Student, RecordKind::Application, RecordKind::Answer];

/// Records taken into the columns under one lock: readers wait no longer than for these.
const AT_ONCE: usize = 128;

/// Pieces of so many waiting to be taken in.
const WAITING: usize = 4;

/// How far the reading of students is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Records read.
    pub done: u64,
    /// Of so many.
    pub total: u64,
}

/// The state of reading late.
#[derive(Debug, Default)]
pub(crate) struct Late {
    /// None when there is nothing left to read.
    left: Mutex<Option<Left>>,
    reading: AtomicBool,
    done: AtomicU64,
    total: AtomicU64,
    /// The view was found not to be what the journal says.
    wrong: AtomicBool,
}

#[derive(Debug)]
struct Left {
    /// All records, as the view was left by the last process.
    marked: Tally,
    /// Those that have been read, as they were then.
    read: Tally,
    /// The last key that was taken in: kinds and ids are gone through in the order of their keys.
    taken: Vec<u8>,
    /// What was written before it was taken in, with the digest of what was to be.
    touched: HashMap<Vec<u8>, Option<u128>>,
}

impl Late {
    /// There is something left: `read` is what has been read of a view that held `marked`.
    pub(crate) fn of(marked: Tally, read: Tally) -> Late {
        let left = Left { marked, read, taken: Vec::new(), touched: HashMap::new() };
        Late {
            left: Mutex::new(Some(left)),
            reading: AtomicBool::new(true),
            done: AtomicU64::new(read.count),
            total: AtomicU64::new(marked.count),
            wrong: AtomicBool::new(false),
        }
    }

    /// How far it is; none when all has been read.
    pub(crate) fn reading(&self) -> Option<Reading> {
        let count = |of: &AtomicU64| of.load(Ordering::Relaxed);
        let going = self.reading.load(Ordering::Acquire);
        going.then(|| Reading { done: count(&self.done), total: count(&self.total) })
    }

    /// Whether the view was found not to be what the journal says.
    pub(crate) fn is_wrong(&self) -> bool {
        self.wrong.load(Ordering::Acquire)
    }

    /// Something is about to be put into the view: key, and what lies there now.
    pub(crate) fn touch(&self, before: impl IntoIterator<Item = (Vec<u8>, Option<u128>)>) {
        if !self.reading.load(Ordering::Acquire) {
            return;
        }
        if let Some(left) = &mut *lock(&self.left) {
            // What was taken in is counted as it was.
            for (key, before) in before.into_iter().filter(|(key, _)| *key > left.taken) {
                left.touched.entry(key).or_insert(before);
            }
        }
    }

    /// Nothing more is to be read: all is there, or the store is closed.
    pub(crate) fn end(&self) {
        *lock(&self.left) = None;
        self.reading.store(false, Ordering::Release);
    }
}

/// Whether records under this key may be read late.
pub(crate) fn may_be_late(key: &[u8]) -> bool {
    key.first().is_some_and(|kind| LATE.iter().any(|late| *late as u8 == *kind))
}

/// Whether this record is read late. What cannot be told is not: it is then found out to be damaged at once.
pub(crate) fn is_late(key: &[u8], value: &[u8]) -> bool {
    may_be_late(key) && (key.first() != Some(&(RecordKind::Application as u8)) || has_ended(value))
}

fn has_ended(application: &[u8]) -> bool {
    codec::phase(application).is_ok_and(|phase| !phase.is_open())
}

impl Core {
    /// See [`super::Store::read_late`].
    pub(crate) fn read_late(&self, progress: &mut dyn FnMut(Reading)) -> Result<(), StoreError> {
        if self.late.reading().is_none() {
            return Ok(());
        }
        let read = self.read_all_late(progress);
        if let Err(error) = &read {
            tracing::error!(%error, "the view is not what the journal says: it is rebuilt at the next start");
            self.late.wrong.store(true, Ordering::Release);
            self.log.stop("the records are not what the journal says");
        }
        self.late.end();
        read
    }

    fn read_all_late(&self, progress: &mut dyn FnMut(Reading)) -> Result<(), StoreError> {
        thread::scope(|scope| {
            let (pieces, ready) = sync_channel(WAITING);
            scope.spawn(move || {
                if let Err(error) = self.decode_late(&pieces) {
                    let _ = pieces.send(Err(error));
                }
            });
            for piece in ready {
                if !self.take_late(piece?) {
                    break;
                }
                self.late.reading().into_iter().for_each(&mut *progress);
            }
            Ok::<_, StoreError>(())
        })?;
        let left = lock(&self.late.left);
        match &*left {
            Some(left) if !left.agrees() => Err(StoreError::Damaged {
                place: "view".into(),
                what: format!(
                    "it held {} records where {} were put in, or others",
                    left.read.count + left.before().count() as u64,
                    left.marked.count
                ),
            }),
            _ => Ok(()),
        }
    }

    /// Reads and decodes, until there is no more or nobody takes it.
    fn decode_late(&self, pieces: &SyncSender<Result<Vec<Ready>, StoreError>>) -> Result<(), StoreError> {
        for kind in LATE {
            let mut from = vec![kind as u8];
            loop {
                let pairs = match self.pairs(kind, &from) {
                    Ok(pairs) => pairs,
                    Err(fault) => {
                        self.take_over(&fault)?;
                        self.pairs(kind, &from)?
                    }
                };
                let Some((last, _)) = pairs.last() else { break };
                from.clone_from(last);
                from.push(0);
                // The others were read at the opening, or written since.
                let pairs = pairs.into_iter().filter(|(key, value)| is_late(key, value)).collect();
                // Answers are looked up by their id; the columns hold nothing of them.
                let piece = ahead::ready(pairs, kind != RecordKind::Answer)?;
                if pieces.send(Ok(piece)).is_err() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// The next records of a kind from this key on.
    fn pairs(&self, kind: RecordKind, from: &[u8]) -> Result<Vec<Pair>, EngineFault> {
        let mut pairs = Vec::with_capacity(AT_ONCE);
        lock_read(&self.engine).between::<EngineFault>(from, kind as u8, AT_ONCE, &mut |key, value| {
            pairs.push((key.to_vec(), value.to_vec()));
            Ok(())
        })?;
        Ok(pairs)
    }

    /// Takes some records in; false when the store has been closed meanwhile.
    fn take_late(&self, piece: Vec<Ready>) -> bool {
        // From here on whatever is put in is put in afterwards, or is known to have been.
        let mut guard = lock(&self.late.left);
        let Some(left) = &mut *guard else { return false };
        let mut columns = lock_write(&self.columns);
        for of in piece.iter().filter(|of| !left.touched.contains_key(&of.key)) {
            left.read.count += 1;
            left.read.set = left.read.set.wrapping_add(of.digest);
            of.record.iter().for_each(|record| columns.put(record));
        }
        if let Some(last) = piece.last() {
            left.taken.clone_from(&last.key);
        }
        self.late.done.fetch_add(piece.len() as u64, Ordering::Relaxed);
        true
    }
}

impl Left {
    /// Digests of what lay under the keys that were written since.
    fn before(&self) -> impl Iterator<Item = u128> + '_ {
        self.touched.values().filter_map(|before| *before)
    }

    /// Whether all that lay there at the opening is what was marked.
    fn agrees(&self) -> bool {
        let mut all = self.read;
        for digest in self.before() {
            all.count += 1;
            all.set = all.set.wrapping_add(digest);
        }
        all.count == self.marked.count && all.set == self.marked.set
    }
}
