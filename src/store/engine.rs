//! Where the bytes of records lie: in sled, or in a map.
//!
//! sled may answer with an error or a panic; both become an [`EngineFault`], and what happens then is decided in
//! `core`.

use super::tally::{TALLY_KEY, Tally};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

/// An engine that does not work, in its own words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct EngineFault(pub(crate) String);

impl EngineFault {
    /// Somebody else has sled's file open: nothing is wrong with it.
    pub(crate) fn is_held(&self) -> bool {
        self.0.contains("could not acquire lock")
    }
}

/// How long to wait for somebody who still has sled's file open.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(10);

/// Key and value bytes of a record.
pub type Pair = (Vec<u8>, Vec<u8>);

/// What is done with every pair.
pub(crate) type Visit<'a, E> = dyn FnMut(&[u8], &[u8]) -> Result<(), E> + 'a;

/// Where records lie.
pub(crate) enum Engine {
    /// sled, one tree.
    Sled {
        /// The database; kept for flushing.
        db: sled::Db,
        /// All records and the tally.
        tree: sled::Tree,
    },
    /// A map: the engine of tests, and what takes over when sled fails while running.
    Map(BTreeMap<Vec<u8>, Vec<u8>>),
}

/// Runs what may panic.
pub(crate) fn guarded<T, E: ToString>(what: impl FnOnce() -> Result<T, E>) -> Result<T, EngineFault> {
    match catch_unwind(AssertUnwindSafe(what)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(EngineFault(error.to_string())),
        Err(panic) => {
            let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
            let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
            Err(EngineFault(format!("sled panicked: {text}")))
        }
    }
}

impl Engine {
    /// Opens sled in this folder.
    pub(crate) fn sled(folder: &Path, cache_bytes: u64) -> Result<Self, EngineFault> {
        let until = Instant::now() + PATIENCE;
        loop {
            let opened = guarded(|| {
                let db = sled::Config::new().path(folder).cache_capacity(cache_bytes).open()?;
                let tree = db.open_tree("records")?;
                Ok::<_, sled::Error>(Engine::Sled { db, tree })
            });
            match opened {
                // A process that is being killed lets go of its files one after the other.
                Err(fault) if fault.is_held() && Instant::now() < until => std::thread::sleep(PAUSE),
                other => return other,
            }
        }
    }

    /// The value under a key.
    pub(crate) fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineFault> {
        match self {
            Engine::Sled { tree, .. } => guarded(|| tree.get(key).map(|value| value.map(|value| value.to_vec()))),
            Engine::Map(map) => Ok(map.get(key).cloned()),
        }
    }

    /// The tally; an outer none when there is none, an inner none when it does not read back.
    pub(crate) fn tally(&self) -> Result<Option<Option<Tally>>, EngineFault> {
        Ok(self.get(&TALLY_KEY)?.map(|bytes| Tally::from_bytes(&bytes)))
    }

    /// Puts records and the tally in, at once.
    pub(crate) fn apply(&mut self, writes: Vec<Pair>, tally: &Tally) -> Result<(), EngineFault> {
        match self {
            Engine::Sled { tree, .. } => {
                let mut batch = sled::Batch::default();
                for (key, value) in writes {
                    batch.insert(key, value);
                }
                batch.insert(&TALLY_KEY, tally.to_bytes());
                guarded(|| tree.apply_batch(batch))
            }
            Engine::Map(map) => {
                map.extend(writes);
                map.insert(TALLY_KEY.to_vec(), tally.to_bytes());
                Ok(())
            }
        }
    }

    /// Everything, in key order, the tally left out.
    pub(crate) fn each<E: From<EngineFault>>(&self, visit: &mut Visit<'_, E>) -> Result<(), E> {
        match self {
            Engine::Sled { tree, .. } => {
                let mut iter = guarded(|| Ok::<_, sled::Error>(tree.iter()))?;
                while let Some((key, value)) = guarded(|| iter.next().transpose())? {
                    if *key != TALLY_KEY {
                        visit(&key, &value)?;
                    }
                }
            }
            Engine::Map(map) => {
                for (key, value) in map.iter().filter(|(key, _)| **key != TALLY_KEY) {
                    visit(key, value)?;
                }
            }
        }
        Ok(())
    }

    /// From a key on, in key order, only keys that begin with this byte, and at most `count` of them.
    pub(crate) fn between<E: From<EngineFault>>(
        &self,
        from: &[u8],
        kind: u8,
        count: usize,
        visit: &mut Visit<'_, E>,
    ) -> Result<(), E> {
        match self {
            Engine::Sled { tree, .. } => {
                let mut iter = guarded(|| Ok::<_, sled::Error>(tree.range(from..)))?.take(count);
                while let Some((key, value)) = guarded(|| iter.next().transpose())? {
                    if key.first() != Some(&kind) {
                        break;
                    }
                    visit(&key, &value)?;
                }
            }
            Engine::Map(map) => {
                let of_kind = |(key, _): &(&Vec<u8>, &Vec<u8>)| key.first() == Some(&kind);
                for (key, value) in map.range(from.to_vec()..).take_while(of_kind).take(count) {
                    visit(key, value)?;
                }
            }
        }
        Ok(())
    }

    /// Hands everything to the operating system.
    pub(crate) fn flush(&self) -> Result<(), EngineFault> {
        match self {
            Engine::Sled { db, .. } => guarded(|| db.flush()).map(|_| ()),
            Engine::Map(_) => Ok(()),
        }
    }

    /// Whether this is the engine the store was opened with, and not what took over from it.
    pub(crate) fn is_sled(&self) -> bool {
        matches!(self, Engine::Sled { .. })
    }

    /// Changes a value without the tally: for tests of `verify`.
    pub(crate) fn tamper(&self, key: &[u8], value: Option<&[u8]>) -> Result<(), EngineFault> {
        match (self, value) {
            (Engine::Sled { tree, .. }, Some(value)) => guarded(|| tree.insert(key, value)).map(|_| ()),
            (Engine::Sled { tree, .. }, None) => guarded(|| tree.remove(key)).map(|_| ()),
            (Engine::Map(_), _) => Ok(()),
        }
    }

    /// Lets go of the files; an engine that has failed may panic in doing so.
    pub(crate) fn drop_quietly(self) {
        let _ = guarded(|| {
            drop(self);
            Ok::<_, EngineFault>(())
        });
    }
}
