//! The store in a folder.
//!
//! ```text
//! lock        held (flock) by the one process that has the folder open
//! journal/    the truth
//! view/       sled: records by key, and how far it has come
//! evidence/   files by content hash
//! clean       where the journal ended at the last clean stop; gone while open
//! known       a position the journal is known to have reached: it must never be found shorter
//! ```

use super::core::Core;
use super::engine::Pair;
use super::evidence::{EvidenceFolder, make_folder};
use super::journal::{DiskFiles, JournalFiles};
use super::open::{self, OpenReport, Options, Progress};
use super::scan::Segment;
use super::tally::Tally;
use super::verify::{self, Evidence};
use super::{StoreError, VerifyReport, lock, lock_read};
use crate::model::RecordKey;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Names within the folder.
#[derive(Debug, Clone)]
pub(crate) struct Place(PathBuf);

impl Place {
    pub(crate) fn new(folder: &Path) -> Self {
        Place(folder.to_owned())
    }
    pub(crate) fn folder(&self) -> &Path {
        &self.0
    }
    pub(crate) fn lock(&self) -> PathBuf {
        self.0.join("lock")
    }
    pub(crate) fn journal(&self) -> PathBuf {
        self.0.join("journal")
    }
    pub(crate) fn view(&self) -> PathBuf {
        self.0.join("view")
    }
    pub(crate) fn evidence(&self) -> PathBuf {
        self.0.join("evidence")
    }
    fn clean(&self) -> PathBuf {
        self.0.join("clean")
    }

    fn read_tally(path: &Path) -> Option<Tally> {
        let bytes = fs::read(path).ok()?;
        let tally = Tally::from_bytes(&bytes);
        if tally.is_none() {
            tracing::warn!(path = %path.display(), "the marker does not read back; it is not used");
        }
        tally
    }

    /// The marker of a clean stop.
    pub(crate) fn clean_stop(&self) -> Option<Tally> {
        Place::read_tally(&self.clean())
    }

    /// The furthest position the journal is known to have reached.
    pub(crate) fn known(&self) -> Option<Tally> {
        let known = Place::read_tally(&self.0.join("known"));
        self.clean_stop().into_iter().chain(known).max_by_key(|tally| tally.head.seq)
    }

    /// Writes a marker; whole or not at all.
    fn mark(&self, name: &str, tally: &Tally) -> io::Result<()> {
        let tmp = self.0.join("marker.tmp");
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&tmp)?;
        file.write_all(&tally.to_bytes())?;
        file.sync_all()?;
        fs::rename(&tmp, self.0.join(name))?;
        File::open(&self.0)?.sync_all()
    }

    /// Open from now on: the position stays known, the clean stop is over.
    pub(crate) fn mark_open(&self, tally: &Tally) -> io::Result<()> {
        if Place::read_tally(&self.0.join("known")).as_ref() != Some(tally) {
            self.mark("known", tally)?;
        }
        match fs::remove_file(self.clean()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Takes the lock, making its file if `make`.
fn take_lock(place: &Place, make: bool) -> Result<File, StoreError> {
    let file = OpenOptions::new().read(true).append(true).create(make).mode(0o600).open(place.lock())?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::Locked),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// The same for somebody who only reads: a folder without the file is not locked by anybody.
pub(crate) fn lock_existing(place: &Place) -> Result<Option<File>, StoreError> {
    match take_lock(place, false) {
        Ok(file) => Ok(Some(file)),
        Err(StoreError::Io(error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The store in a folder, with sled as the view.
pub struct SledStore {
    core: Core,
    place: Place,
    evidence: Arc<EvidenceFolder>,
    /// Freed by the system when the process ends, however it ends.
    _lock: File,
}

impl SledStore {
    /// Whether this folder holds a store.
    pub fn is_store(folder: &Path) -> bool {
        let place = Place::new(folder);
        place.journal().exists() || place.view().exists() || place.known().is_some()
    }

    /// Makes the folder of a new, empty store, for its owner only. A folder that holds one is refused.
    pub fn create(folder: &Path) -> Result<(), StoreError> {
        let place = Place::new(folder);
        make_folder(folder)?;
        let _lock = take_lock(&place, true)?;
        if SledStore::is_store(folder) {
            let what = format!("{} already holds a store", folder.display());
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, what).into());
        }
        make_folder(&place.evidence())?;
        // The journal appears whole, with its first file: a stop half-way leaves no store rather than a damaged one.
        let unfinished = folder.join("journal.new");
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished)?;
        }
        make_folder(&unfinished)?;
        DiskFiles.open(&Segment::new(&unfinished, 1).path, true)?;
        DiskFiles.sync_folder(&unfinished)?;
        fs::rename(&unfinished, place.journal())?;
        DiskFiles.sync_folder(folder)?;
        Ok(())
    }

    /// Opens a store: reads the journal, compares the view with its own digests and with the journal, replays or rebuilds
    /// what it lacks. Refuses when the journal is damaged, or shorter than it is known to have been.
    ///
    /// sled may panic inside on damaged files; that is caught, but the process's panic hook is called.
    pub fn open(
        folder: &Path,
        options: Options,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(SledStore, OpenReport), StoreError> {
        let place = Place::new(folder);
        if !SledStore::is_store(folder) {
            let what = format!("{} holds no store", folder.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, what).into());
        }
        let lock = take_lock(&place, true)?;
        let (core, report) = open::open(&place, options, progress)?;
        let evidence = Arc::new(EvidenceFolder::open(&place.evidence())?);
        place.mark_open(&super::lock(&core.writer))?;
        Ok((SledStore { core, place, evidence, _lock: lock }, report))
    }

    /// The evidence.
    pub fn evidence(&self) -> &Arc<EvidenceFolder> {
        &self.evidence
    }

    /// Where the store lies.
    pub fn folder(&self) -> &Path {
        self.place.folder()
    }

    /// Key and value bytes of everything held, in key order.
    pub fn dump(&self) -> Result<Vec<Pair>, StoreError> {
        self.core.dump()
    }

    /// Puts bytes under a key behind everybody's back, so that tests can see `verify` find them. None: takes the record out.
    #[doc(hidden)]
    pub fn tamper(&self, key: &RecordKey, bytes: Option<&[u8]>) -> Result<(), StoreError> {
        lock_read(&self.core.engine).tamper(&key.to_bytes(), bytes)?;
        Ok(())
    }

    fn verify_all(&self) -> Result<VerifyReport, StoreError> {
        verify::verify(&self.core, Evidence::In(&self.place.evidence()))
    }

    fn end(&self) -> Result<(), StoreError> {
        let tally = lock(&self.core.writer);
        self.core.log.stop("the store has been closed");
        self.core.late.end();
        let engine = lock_read(&self.core.engine);
        engine.flush()?;
        if engine.is_sled() && !self.core.late.is_wrong() {
            self.place.mark("clean", &tally)?;
        }
        Ok(())
    }
}

super::over_core::store_over_core!(SledStore);
