//! The in-memory engine: no files, the same journal frames, the same checks. For tests.

use super::columns::Columns;
use super::core::Core;
use super::engine::{Engine, Pair};
use super::log::MemoryLog;
use super::tally::Tally;
use super::verify::{self, Evidence};
use super::{StoreError, VerifyReport};
use std::collections::BTreeMap;

/// A store that lives as long as the process.
pub struct MemoryStore {
    core: Core,
}

impl Default for MemoryStore {
    fn default() -> Self {
        MemoryStore::new()
    }
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        let log = Box::new(MemoryLog::default());
        MemoryStore { core: Core::new(log, Engine::Map(BTreeMap::new()), Columns::default(), Tally::default(), None) }
    }

    /// Key and value bytes of everything held, in key order.
    pub fn dump(&self) -> Result<Vec<Pair>, StoreError> {
        self.core.dump()
    }

    fn verify_all(&self) -> Result<VerifyReport, StoreError> {
        verify::verify(&self.core, Evidence::NotKept)
    }

    fn end(&self) -> Result<(), StoreError> {
        self.core.log.stop("the store has been closed");
        Ok(())
    }
}

super::over_core::store_over_core!(MemoryStore);
