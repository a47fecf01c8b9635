//! What both engines share: deciding whether a group may be written, writing it, and reading.

use super::codec::{self, CodecError};
use super::columns::Columns;
use super::engine::{Engine, EngineFault, Pair};
use super::late::{self, Late};
use super::log::{Block, Log};
use super::tally::{TALLY_KEY, Tally, pair};
use super::{StoreError, lock, lock_read, lock_write};
use crate::model::{Change, JournalEntry, Record, RecordKey, Stamp, Write};
use std::collections::HashMap;
use std::io;
use std::sync::{Mutex, RwLock};

/// One store without its folder.
pub(crate) struct Core {
    pub(crate) log: Box<dyn Log>,
    pub(crate) engine: RwLock<Engine>,
    pub(crate) columns: RwLock<Columns>,
    /// Held by whoever writes, and by `verify`.
    pub(crate) writer: Mutex<Tally>,
    pub(crate) newest: RwLock<Option<Stamp>>,
    /// What has not been read yet.
    pub(crate) late: Late,
}

/// A group that has been found writable.
struct Prepared {
    block: Block,
    tally: Tally,
    /// The last bytes under each key.
    writes: Vec<Pair>,
    /// Of those that may not have been read yet: the digest of what lies there.
    before: Vec<(Vec<u8>, Option<u128>)>,
    /// All records, in order.
    records: Vec<Record>,
    seqs: Vec<u64>,
    newest: Stamp,
}

impl Core {
    pub(crate) fn new(
        log: Box<dyn Log>,
        engine: Engine,
        columns: Columns,
        tally: Tally,
        newest: Option<Stamp>,
    ) -> Self {
        Core {
            log,
            engine: RwLock::new(engine),
            columns: RwLock::new(columns),
            writer: Mutex::new(tally),
            newest: RwLock::new(newest),
            late: Late::default(),
        }
    }

    /// The same with something left to be read.
    pub(crate) fn with_late(self, late: Late) -> Self {
        Core { late, ..self }
    }

    /// See [`super::Store::get`].
    pub(crate) fn get(&self, key: &RecordKey) -> Result<Option<Record>, StoreError> {
        if let Some(held) = lock_read(&self.columns).held(key) {
            return Ok(held);
        }
        match self.bytes(&key.to_bytes())? {
            Some(bytes) => decode_checked(key, &bytes).map(Some),
            None => Ok(None),
        }
    }

    fn bytes(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let first = lock_read(&self.engine).get(key);
        match first {
            Ok(bytes) => Ok(bytes),
            Err(fault) => {
                self.take_over(&fault)?;
                Ok(lock_read(&self.engine).get(key)?)
            }
        }
    }

    /// sled has failed while running (a full disk can do that): everything is read from the journal into memory, and
    /// work goes on. sled gets its chance at the next opening.
    pub(crate) fn take_over(&self, fault: &EngineFault) -> Result<(), StoreError> {
        let mut engine = lock_write(&self.engine);
        if matches!(*engine, Engine::Map(_)) {
            return Ok(());
        }
        tracing::error!(%fault, "the view has failed; records are held in memory until restart");
        let mut map = std::collections::BTreeMap::new();
        let head = self.log.head();
        let walked = self.log.walk(Some(head.seq), &mut |frame| {
            map.extend(frame.entry.writes);
            Ok(())
        })?;
        if let Some((place, what)) = walked.damage {
            return Err(StoreError::Damaged { place, what });
        }
        let mut tally = Tally { head, ..Tally::default() };
        map.iter().for_each(|(key, value)| tally.add(key, value));
        map.insert(TALLY_KEY.to_vec(), tally.to_bytes());
        let failed = std::mem::replace(&mut *engine, Engine::Map(map));
        // Closing it may take its time, or panic once more: nobody waits for that.
        let closer = std::thread::Builder::new().name("failed view".into());
        if let Err(error) = closer.spawn(move || failed.drop_quietly()) {
            tracing::warn!(%error, "the failed view is closed only now");
        }
        Ok(())
    }

    /// See [`super::Store::commit`].
    pub(crate) fn commit(&self, group: &[Change]) -> Result<Vec<u64>, StoreError> {
        let mut tally = lock(&self.writer);
        let Some(last) = group.last() else { return Ok(Vec::new()) };
        let prepared = self.prepare(*tally, group, last.at)?;
        self.log.append(&prepared.block)?;
        // From here on it is done, whatever becomes of the view.
        *tally = prepared.tally;
        self.late.touch(prepared.before);
        self.apply(prepared.writes, &prepared.tally);
        let mut columns = lock_write(&self.columns);
        prepared.records.iter().for_each(|record| columns.put(record));
        drop(columns);
        *lock_write(&self.newest) = Some(prepared.newest);
        Ok(prepared.seqs)
    }

    fn apply(&self, writes: Vec<Pair>, tally: &Tally) {
        let applied = lock_write(&self.engine).apply(writes, tally);
        if let Err(fault) = applied
            && let Err(error) = self.take_over(&fault)
        {
            tracing::error!(%error, "the view could not be replaced either: read-only until restart");
            self.log.stop("the records cannot be kept up with the journal");
        }
    }

    fn prepare(&self, mut tally: Tally, group: &[Change], newest: Stamp) -> Result<Prepared, StoreError> {
        let mut block = Block::after(tally.head);
        let mut latest: HashMap<Vec<u8>, (u64, Vec<u8>)> = HashMap::new();
        let mut untouched = Vec::new();
        let mut records = Vec::new();
        let mut seqs = Vec::new();
        for change in group {
            let seq = block.head.seq + 1;
            let mut writes = Vec::with_capacity(change.writes.len());
            for write in &change.writes {
                let record = with_seq(write, seq);
                let key = record.key();
                let key_bytes = key.to_bytes();
                let before = match latest.get(&key_bytes) {
                    Some((revision, bytes)) => Some((*revision, bytes.clone())),
                    None => {
                        let bytes = self.bytes(&key_bytes)?;
                        if late::may_be_late(&key_bytes) {
                            let unread = bytes.as_ref().filter(|bytes| late::is_late(&key_bytes, bytes));
                            untouched.push((key_bytes.clone(), unread.map(|bytes| pair(&key_bytes, bytes))));
                        }
                        match bytes {
                            Some(bytes) => Some((decode_checked(&key, &bytes)?.revision(), bytes)),
                            None => None,
                        }
                    }
                };
                let stored = before.as_ref().map_or(0, |(revision, _)| *revision);
                if stored != write.based_on || record.revision() <= stored {
                    return Err(StoreError::Conflict { key, stored, based_on: write.based_on });
                }
                if let Some((_, bytes)) = &before {
                    tally.subtract(&key_bytes, bytes);
                }
                let bytes = codec::encode(&record).map_err(|error| unwritable(&key.to_string(), &error))?;
                tally.add(&key_bytes, &bytes);
                latest.insert(key_bytes.clone(), (record.revision(), bytes.clone()));
                writes.push((key_bytes, bytes));
                records.push(record);
            }
            let entry = JournalEntry {
                seq,
                at: change.at,
                actor: change.actor.clone(),
                command_id: change.command_id,
                command: change.command.clone(),
                writes,
                previous: [0; 32],
            };
            block.push(entry).map_err(|error| unwritable(&format!("entry {seq}"), &error))?;
            seqs.push(seq);
        }
        tally.head = block.head;
        let writes = latest.into_iter().map(|(key, (_, bytes))| (key, bytes)).collect();
        Ok(Prepared { block, tally, writes, before: untouched, records, seqs, newest })
    }

    /// Every key with its bytes, the tally included; for comparing engines.
    pub(crate) fn dump(&self) -> Result<Vec<Pair>, StoreError> {
        let engine = lock_read(&self.engine);
        let mut pairs: Vec<Pair> =
            engine.get(&TALLY_KEY)?.map(|tally| (TALLY_KEY.to_vec(), tally)).into_iter().collect();
        engine.each::<EngineFault>(&mut |key, value| {
            pairs.push((key.to_vec(), value.to_vec()));
            Ok(())
        })?;
        Ok(pairs)
    }
}

/// An answer carries the position of its own entry, which nobody knows before it is written.
fn with_seq(write: &Write, seq: u64) -> Record {
    let mut record = write.record.clone();
    if let Record::Answer(answer) = &mut record {
        answer.seq = seq;
    }
    record
}

fn unwritable(what: &str, error: &CodecError) -> StoreError {
    StoreError::Io(io::Error::new(io::ErrorKind::InvalidInput, format!("{what} cannot be stored: {error}")))
}

/// The record these bytes hold, which must belong under this key.
pub(crate) fn decode_checked(key: &RecordKey, bytes: &[u8]) -> Result<Record, StoreError> {
    let damaged = |what: String| StoreError::Damaged { place: key.to_string(), what };
    let record = codec::decode(key.kind(), bytes).map_err(|error| damaged(format!("it cannot be read: {error}")))?;
    if record.key() != *key {
        return Err(damaged(format!("{} lies under its key", record.key())));
    }
    Ok(record)
}

/// The same from key bytes.
pub(crate) fn decode_pair(key: &[u8], bytes: &[u8]) -> Result<Record, StoreError> {
    let damaged =
        || StoreError::Damaged { place: format!("key {key:02x?}"), what: "this is no key of a record".into() };
    decode_checked(&RecordKey::from_bytes(key).ok_or_else(damaged)?, bytes)
}

impl From<EngineFault> for StoreError {
    fn from(fault: EngineFault) -> Self {
        StoreError::Damaged { place: "view".into(), what: fault.0 }
    }
}
