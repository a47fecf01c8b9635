//! Comparing everything with everything: the journal with itself, records with the journal, columns with records,
//! evidence with its digests. Finds and names; changes nothing.

use super::columns::Columns;
use super::core::{Core, decode_pair};
use super::engine::{Engine, EngineFault};
use super::evidence::{EvidenceFolder, EvidenceState, make_folder};
use super::log::Walked;
use super::scan;
use super::sled_store::{self, Place};
use super::tally::{Tally, short};
use super::{StoreError, VerifyReport, lock, lock_read};
use crate::model::{Digest, Record, RecordKey};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where evidence lies.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Evidence<'a> {
    /// Not in this engine.
    NotKept,
    /// In this folder.
    In(&'a Path),
}

/// Page cache for reading a copied view through once.
const COPY_CACHE: u64 = 16 << 20;

/// What the journal says each record is: the digest of its bytes.
type Latest = HashMap<Vec<u8>, u128>;

/// Verifies a running store. Writing waits meanwhile.
pub(crate) fn verify(core: &Core, evidence: Evidence<'_>) -> Result<VerifyReport, StoreError> {
    let tally = lock(&core.writer);
    let mut report = VerifyReport::default();
    let mut latest = Latest::new();
    let walked = core.log.walk(None, &mut |frame| {
        report.entries += 1;
        latest.extend(frame.entry.writes.into_iter().map(|(key, value)| (key, short(&value))));
        Ok(())
    })?;
    let whole = judge_walk(&walked, &tally, &mut report);

    let mut fresh = Columns::default();
    let mut counted = Tally { head: tally.head, ..Tally::default() };
    let mut digests = BTreeSet::new();
    let engine = lock_read(&core.engine);
    let read = engine.each::<StoreError>(&mut |key, value| {
        report.records += 1;
        counted.add(key, value);
        if whole {
            report.damage.extend(compare(&mut latest, key, value));
        }
        match decode_pair(key, value) {
            Ok(record) => {
                note_evidence(&record, &mut digests);
                fresh.put(&record);
            }
            Err(error) => report.damage.push(error.to_string()),
        }
        Ok(())
    });
    match read.and_then(|()| Ok(engine.tally()?)) {
        Err(error) => report.damage.push(format!("the view cannot be read through: {error}")),
        // Before the first commit there is none.
        Ok(None) if tally.head.seq == 0 => {}
        Ok(Some(Some(stored))) if stored == *tally => {}
        Ok(_) => report.damage.push("view: its own position or digest is not what it should be".into()),
    }
    drop(engine);
    if whole {
        let missing: BTreeMap<_, _> = latest.into_iter().collect();
        report.damage.extend(missing.keys().map(|key| format!("{} is missing from the view", name(key))));
    }
    if counted != *tally && report.damage.is_empty() {
        report.damage.push("view: the digest over all records is not what it should be".into());
    }
    report.damage.extend(lock_read(&core.columns).differences(&fresh));
    check_evidence(evidence, digests, &mut report)?;
    Ok(report)
}

/// Verifies a folder that nobody has open without changing anything in it: the journal, the position it should have
/// reached, every record of the view as far as it has come, and the evidence.
pub fn verify_folder(folder: &Path) -> Result<VerifyReport, StoreError> {
    let place = Place::new(folder);
    let _lock = sled_store::lock_existing(&place)?;
    let mut report = VerifyReport::default();
    let mut applications: HashMap<Vec<u8>, BTreeSet<Digest>> = HashMap::new();
    let mut damage = Vec::new();
    let known = place.known();
    let mut known_chain = None;
    // The view may stand behind the journal: it is measured by what it says it has.
    let copied = CopiedView::take(&place)?;
    let applied = copied.as_ref().and_then(CopiedView::applied);
    let mut latest = Latest::new();
    let scan = scan::scan(&place.journal(), 0, None, &mut |frame| {
        report.entries += 1;
        let in_view = applied.is_some_and(|applied| frame.entry.seq <= applied);
        if known.is_some_and(|known| known.head.seq == frame.entry.seq) {
            known_chain = Some(frame.digest);
        }
        for (key, value) in &frame.entry.writes {
            report.records += 1;
            let mut digests = BTreeSet::new();
            match decode_pair(key, value) {
                Ok(record) => note_evidence(&record, &mut digests),
                Err(error) => damage.push(format!("entry {}: {error}", frame.entry.seq)),
            }
            if !digests.is_empty() {
                applications.insert(key.clone(), digests);
            }
            if in_view {
                latest.insert(key.clone(), short(value));
            }
        }
        Ok(())
    })?;
    report.damage = damage;
    if let Some(bad) = &scan.bad {
        let torn = if bad.can_be_torn { " (a write cut short by a crash looks the same)" } else { "" };
        report.damage.push(format!("{}: {}{torn}", bad.place, bad.what));
    }
    if let Some(known) = known.filter(|known| known.head.seq > 0) {
        if scan.head.seq < known.head.seq {
            report.damage.push(format!(
                "journal: it ends at entry {}, but it had reached entry {}",
                scan.head.seq, known.head.seq
            ));
        } else if known_chain != Some(known.head.chain) {
            report.damage.push(format!("journal: entry {} is not the one that was there", known.head.seq));
        }
    }
    if let Some(copied) = copied
        && report.damage.is_empty()
    {
        copied.compare(latest, known.is_some_and(|known| known.head.seq > 0), &mut report);
    }
    let digests = applications.into_values().flatten().collect();
    check_evidence(Evidence::In(&place.evidence()), digests, &mut report)?;
    Ok(report)
}

/// The view of a closed store, opened as a copy: opening is writing for sled.
struct CopiedView {
    /// None: it does not open.
    engine: Result<Engine, EngineFault>,
    folder: PathBuf,
}

impl CopiedView {
    /// Copies the view and opens the copy; none when there is no view.
    fn take(place: &Place) -> Result<Option<Self>, StoreError> {
        if !place.view().is_dir() {
            return Ok(None);
        }
        let folder = place.folder().join("view.verify");
        let remove = || if folder.exists() { fs::remove_dir_all(&folder) } else { Ok(()) };
        // A verification that was killed may have left one.
        remove()?;
        let copied = copy(&place.view(), &folder);
        if let Err(error) = copied {
            remove()?;
            return Err(error.into());
        }
        let engine = Engine::sled(&folder, COPY_CACHE);
        Ok(Some(CopiedView { engine, folder }))
    }

    /// Up to which entry it says it has come.
    fn applied(&self) -> Option<u64> {
        let tally = self.engine.as_ref().ok()?.tally().ok()??;
        tally.map(|tally| tally.head.seq)
    }

    /// Compares every record with what the journal wrote up to where the view has come.
    fn compare(&self, mut latest: Latest, expected: bool, report: &mut VerifyReport) {
        let engine = match &self.engine {
            Ok(engine) if self.applied().is_some() => engine,
            Ok(_) if !expected => return,
            Ok(_) => return report.damage.push("view: it is empty, or lacks its position".into()),
            Err(error) => return report.damage.push(format!("view: it does not open: {error}")),
        };
        let mut wrong = Vec::new();
        let read = engine.each::<EngineFault>(&mut |key, value| {
            wrong.extend(compare(&mut latest, key, value));
            Ok(())
        });
        report.damage.extend(wrong);
        match read {
            Err(error) => report.damage.push(format!("the view cannot be read through: {error}")),
            Ok(()) => {
                let missing: BTreeMap<_, _> = latest.into_iter().collect();
                report.damage.extend(missing.keys().map(|key| format!("{} is missing from the view", name(key))));
            }
        }
    }
}

impl Drop for CopiedView {
    fn drop(&mut self) {
        let gone = EngineFault(String::new());
        if let Ok(engine) = std::mem::replace(&mut self.engine, Err(gone)) {
            engine.drop_quietly();
        }
        // What cannot be removed now is removed by the next verification.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    make_folder(to)?;
    for item in fs::read_dir(from)? {
        let item = item?;
        let to = to.join(item.file_name());
        if item.file_type()?.is_dir() {
            copy(&item.path(), &to)?;
        } else {
            fs::copy(item.path(), to)?;
        }
    }
    Ok(())
}

/// Whether the journal is whole, so that records can be measured by it.
fn judge_walk(walked: &Walked, tally: &Tally, report: &mut VerifyReport) -> bool {
    if let Some((place, what)) = &walked.damage {
        report.damage.push(format!("{place}: {what}"));
        return false;
    }
    if walked.head != tally.head {
        report.damage.push(format!(
            "journal: it ends at entry {}, but entry {} was the last one written",
            walked.head.seq, tally.head.seq
        ));
        return false;
    }
    true
}

/// What is wrong with a record of the view, by the journal.
pub(crate) fn compare(latest: &mut Latest, key: &[u8], value: &[u8]) -> Option<String> {
    match latest.remove(key) {
        None => Some(format!("{} is in the view, but the journal never wrote it", name(key))),
        Some(digest) if digest != short(value) => Some(format!("{} differs from what the journal wrote", name(key))),
        Some(_) => None,
    }
}

/// A key for people.
pub(crate) fn name(key: &[u8]) -> String {
    RecordKey::from_bytes(key).map_or_else(|| format!("key {key:02x?}"), |key| key.to_string())
}

fn note_evidence(record: &Record, digests: &mut BTreeSet<Digest>) {
    if let Record::Application(application) = record {
        digests.extend(application.evidence.iter().map(|attachment| attachment.digest.clone()));
    }
}

fn check_evidence(evidence: Evidence<'_>, digests: BTreeSet<Digest>, report: &mut VerifyReport) -> io::Result<()> {
    let Evidence::In(root) = evidence else { return Ok(()) };
    for digest in digests {
        report.evidence += 1;
        match EvidenceFolder::check_in(root, &digest)? {
            EvidenceState::Whole => {}
            EvidenceState::Missing => report.damage.push(format!("evidence {digest} is missing")),
            EvidenceState::Altered => report.damage.push(format!("evidence {digest} does not match its digest")),
        }
    }
    Ok(())
}
