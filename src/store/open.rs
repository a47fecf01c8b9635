//! Opening a store: what is trusted, what is rebuilt, and what is refused.
//!
//! | found | done |
//! |---|---|
//! | the view stops before the journal | the rest is replayed |
//! | the view will not open, panics, is empty where it should not be, or its digest does not fit | moved aside, rebuilt from the journal |
//! | the last entry is cut short, and nobody has ever relied on it | cut |
//! | a bad entry that was relied on, or one in the middle | refused |
//! | the journal ends before a position it is known to have reached, or has another entry there | refused |
//!
//! A great store that was stopped cleanly is open before its students are read, if whoever opens it asks for that: see
//! `late`.

use super::ahead;
use super::columns::Columns;
use super::core::{Core, decode_pair};
use super::engine::{Engine, EngineFault, Pair};
use super::frame::Raw;
use super::journal::{DiskFiles, Journal, JournalFiles};
use super::late::Late;
use super::log::Log;
use super::scan::{self, Scan};
use super::sled_store::Place;
use super::tally::{Head, Tally, short};
use super::verify;
use super::{StoreError, evidence};
use crate::model::Stamp;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::Path;

/// Below this much free space opening warns.
const LITTLE_SPACE: u64 = 16 << 20;

/// Records put into the view at once while replaying.
const REPLAY_BATCH: usize = 2000;

/// After replaying so many entries sled is closed and opened once more, so that the next start is quick.
const REOPEN_AFTER: u64 = 50_000;

/// How a store is opened.
pub struct Options {
    /// sled's page cache.
    pub cache_bytes: u64,
    /// A journal file is followed by the next one when it has grown so long.
    pub segment_bytes: u64,
    /// Where journal files come from.
    pub files: Box<dyn JournalFiles>,
    /// A store of so many records or more that was stopped cleanly is open before its students are read; whoever opens
    /// it has [`super::Store::read_late`] to call. None: everything is read first.
    pub late_from: Option<u64>,
}

impl Default for Options {
    fn default() -> Self {
        Options { cache_bytes: 64 << 20, segment_bytes: 64 << 20, files: Box::new(DiskFiles), late_from: None }
    }
}

/// What opening is busy with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading the journal.
    Journal,
    /// Reading the records.
    Records,
    /// Replaying the journal into the view.
    Replay,
}

/// How far opening is. Called every few thousand steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Busy with.
    pub stage: Stage,
    /// Done.
    pub done: u64,
    /// Of so many; 0 when not known.
    pub total: u64,
}

/// What opening found and did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenReport {
    /// The last entry of the journal.
    pub entries: u64,
    /// Records held.
    pub records: u64,
    /// Entries the view lacked.
    pub replayed: u64,
    /// Why the view was rebuilt from nothing.
    pub rebuilt: Option<String>,
    /// What was cut off the end of the journal.
    pub cut: Option<String>,
}

/// The view with what has been read from it.
struct View {
    engine: Engine,
    tally: Tally,
    columns: Columns,
    /// What has not been read yet.
    late: Option<Late>,
}

/// Opens the store in a folder whose lock is held.
pub(crate) fn open(
    place: &Place,
    options: Options,
    progress: &mut dyn FnMut(Progress),
) -> Result<(Core, OpenReport), StoreError> {
    warn_of_little_space(place.folder());
    let (known, clean) = (place.known(), place.clean_stop());
    let mut report = OpenReport::default();
    let mut opened = open_view(&place.view(), options.cache_bytes);
    if opened.as_ref().is_err_and(EngineFault::is_held) {
        return Err(StoreError::Locked);
    }
    let stored = match &opened {
        Ok(engine) => engine.tally().ok().flatten().flatten(),
        Err(_) => None,
    };

    let relied = stored.into_iter().chain(known).map(|tally| tally.head).collect::<Vec<_>>();
    // After a clean stop the view is at the journal's end, and only the last file is read; verify reads all.
    let quick = clean.is_some() && stored == clean;
    let from = if quick { stored.map_or(0, |tally| tally.head.seq) } else { 0 };
    let (journal, newest) =
        open_journal(place, options.files, options.segment_bytes, from, &relied, progress, &mut report)?;
    report.entries = journal.head().seq;

    if let (Ok(_), None) = (&opened, stored)
        && (known.is_some_and(|known| known.head.seq > 0))
    {
        let empty = EngineFault("it is empty, or lacks its position".into());
        if let Ok(engine) = std::mem::replace(&mut opened, Err(empty)) {
            engine.drop_quietly();
        }
    }
    let great = |tally: &Tally| options.late_from.is_some_and(|from| tally.count >= from);
    let late = quick && stored.is_some_and(|stored| great(&stored) && stored.head == journal.head());
    let trusted = match opened {
        Ok(engine) => trust(engine, stored, late, &journal, progress),
        Err(fault) => Err(fault.0),
    };
    let mut view = match trusted {
        Ok(view) => view,
        Err(why) => {
            tracing::warn!(%why, "the view is moved aside and rebuilt from the journal");
            report.rebuilt = Some(why);
            move_aside(place)?;
            View {
                engine: open_view(&place.view(), options.cache_bytes)?,
                tally: Tally::default(),
                columns: Columns::default(),
                late: None,
            }
        }
    };
    report.replayed = replay(&mut view, &journal, progress)?;
    if report.replayed >= REOPEN_AFTER {
        view.engine.flush()?;
        view.engine.drop_quietly();
        view.engine = open_view(&place.view(), options.cache_bytes)?;
    }
    report.records = view.tally.count;
    tracing::info!(?report, "the store is open");
    let core = Core::new(Box::new(journal), view.engine, view.columns, view.tally, newest);
    Ok((core.with_late(view.late.unwrap_or_default()), report))
}

/// Reads the journal and judges its end. `relied` are positions somebody has relied on.
fn open_journal(
    place: &Place,
    files: Box<dyn JournalFiles>,
    segment_bytes: u64,
    from: u64,
    relied: &[Head],
    progress: &mut dyn FnMut(Progress),
    report: &mut OpenReport,
) -> Result<(Journal, Option<Stamp>), StoreError> {
    let folder = place.journal();
    let mut seen: HashMap<u64, [u8; 32]> = HashMap::new();
    let mut last: Option<Raw> = None;
    let found = scan::skim(&folder, from, &mut |raw| {
        let seq = raw.seq;
        if relied.iter().any(|head| head.seq == seq) {
            seen.insert(seq, raw.digest);
        }
        last = Some(raw);
        tick(progress, Stage::Journal, seq, 0);
    });
    let scan: Scan = match found {
        Err(StoreError::Io(error)) if error.kind() == io::ErrorKind::NotFound => {
            return Err(StoreError::Damaged { place: "journal/".into(), what: "the folder is missing".into() });
        }
        other => other?,
    };
    if let Some(bad) = &scan.bad {
        if !bad.can_be_torn || relied.iter().any(|head| head.seq >= bad.seq) {
            return Err(StoreError::Damaged { place: bad.place.clone(), what: bad.what.clone() });
        }
        tracing::warn!(place = %bad.place, what = %bad.what, "a write that was cut short is taken off the journal");
        report.cut = Some(format!("{}: {}", bad.place, bad.what));
    }
    for head in relied.iter().filter(|head| head.seq > 0) {
        let what = if head.seq > scan.head.seq {
            format!("it ends at entry {}, but it had reached entry {}: entries are missing", scan.head.seq, head.seq)
        } else if head.seq >= from.max(1) && seen.get(&head.seq) != Some(&head.chain) {
            format!("entry {} is not the one that was there", head.seq)
        } else {
            continue;
        };
        return Err(StoreError::Damaged { place: "journal".into(), what });
    }
    // The only one whose content is needed; the others are read when they are asked for, or by verify.
    let newest = match &last {
        Some(raw) => {
            let place = || format!("journal, entry {}", raw.seq);
            let entry = raw.entry().map_err(|what| StoreError::Damaged { place: place(), what })?;
            Some(entry.at)
        }
        None => None,
    };
    Ok((Journal::resume(&folder, scan, files, segment_bytes)?, newest))
}

/// Opens sled, after removing what makes it refuse: an unfinished snapshot of a full disk.
fn open_view(folder: &Path, cache_bytes: u64) -> Result<Engine, EngineFault> {
    let failed = |error: io::Error| EngineFault(format!("the folder of the view: {error}"));
    evidence::make_folder(folder).map_err(failed)?;
    for item in fs::read_dir(folder).map_err(failed)? {
        let item = item.map_err(failed)?;
        let name = item.file_name();
        let name = name.to_string_lossy();
        if name.starts_with("snap.") && name.ends_with(".generating") {
            tracing::warn!(%name, "an unfinished snapshot is removed");
            fs::remove_file(item.path()).map_err(failed)?;
        }
    }
    Engine::sled(folder, cache_bytes)
}

/// Reads every record, or all but those that can be read `late`; an error is the reason why the view cannot be trusted.
fn trust(
    engine: Engine,
    stored: Option<Tally>,
    late: bool,
    journal: &Journal,
    progress: &mut dyn FnMut(Progress),
) -> Result<View, String> {
    let stored = stored.unwrap_or_default();
    let mut columns = Columns::default();
    let mut shown = 0;
    let read = ahead::each(&engine, late, &mut |record, done| {
        columns.put(record);
        if done - shown >= 4096 || shown == 0 {
            shown = done;
            progress(Progress { stage: Stage::Records, done, total: stored.count });
        }
    });
    let why = match read {
        Ok(read) if late => {
            let late = Some(Late::of(stored, read));
            return Ok(View { engine, tally: stored, columns, late });
        }
        Ok(read) if (read.count, read.set) == (stored.count, stored.set) => {
            return Ok(View { engine, tally: stored, columns, late: None });
        }
        Ok(read) => culprits(&engine, stored.head.seq, journal).unwrap_or_else(|| {
            format!("it holds {} records where {} were put in, or others", read.count, stored.count)
        }),
        Err(error) => error.to_string(),
    };
    engine.drop_quietly();
    Err(why)
}

/// Which records are not what the journal wrote up to where the view has come.
fn culprits(engine: &Engine, applied: u64, journal: &Journal) -> Option<String> {
    const NAMED: usize = 5;
    let mut latest = HashMap::new();
    let walk = journal.walk(Some(applied), &mut |frame| {
        latest.extend(frame.entry.writes.into_iter().map(|(key, value)| (key, short(&value))));
        Ok(())
    });
    walk.ok()?;
    let mut wrong = Vec::new();
    let read = engine.each::<EngineFault>(&mut |key, value| {
        wrong.extend(verify::compare(&mut latest, key, value));
        Ok(())
    });
    read.ok()?;
    let missing: BTreeMap<_, _> = latest.into_iter().collect();
    wrong.extend(missing.keys().map(|key| format!("{} is missing from the view", verify::name(key))));
    let more = wrong.len().saturating_sub(NAMED);
    wrong.truncate(NAMED);
    let tail = if more > 0 { format!("; and {more} more") } else { String::new() };
    (!wrong.is_empty()).then(|| wrong.join("; ") + &tail)
}

/// Puts in what the view lacks; how many entries that was.
fn replay(view: &mut View, journal: &Journal, progress: &mut dyn FnMut(Progress)) -> Result<u64, StoreError> {
    let (from, head) = (view.tally.head.seq, journal.head());
    let mut latest: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
    let mut at = from;
    while at < head.seq {
        // In pieces, so that memory stays small whatever the journal's length.
        let piece = journal.frames_after(at, REPLAY_BATCH as u64, &mut |frame| {
            for (key, value) in frame.entry.writes {
                view.columns.put(&decode_pair(&key, &value)?);
                let before = match latest.get(&key) {
                    Some(before) => Some(before.clone()),
                    None => view.engine.get(&key)?,
                };
                if let Some(before) = before {
                    view.tally.subtract(&key, &before);
                }
                view.tally.add(&key, &value);
                latest.insert(key, value);
            }
            at = frame.entry.seq;
            view.tally.head = Head { seq: at, chain: frame.digest };
            if latest.len() >= REPLAY_BATCH {
                let writes: Vec<Pair> = std::mem::take(&mut latest).into_iter().collect();
                view.engine.apply(writes, &view.tally)?;
            }
            tick(progress, Stage::Replay, at - from, head.seq - from);
            Ok(())
        })?;
        if piece == 0 {
            break;
        }
    }
    if view.tally.head != head {
        let what = "it could not be read to its end a second time".into();
        return Err(StoreError::Damaged { place: "journal".into(), what });
    }
    if at > from {
        view.engine.apply(latest.into_iter().collect(), &view.tally)?;
    }
    Ok(at - from)
}

/// Keeps one broken view for whoever wants to look into it.
fn move_aside(place: &Place) -> io::Result<()> {
    let mut number = 0;
    for item in fs::read_dir(place.folder())? {
        let item = item?;
        if let Some(old) = item.file_name().to_str().and_then(|name| name.strip_prefix("view.broken-")) {
            number = number.max(old.parse().unwrap_or(0_u64));
            fs::remove_dir_all(item.path())?;
        }
    }
    if place.view().exists() {
        fs::rename(place.view(), place.folder().join(format!("view.broken-{}", number + 1)))?;
    }
    Ok(())
}

fn warn_of_little_space(folder: &Path) {
    if let Ok(found) = rustix::fs::statvfs(folder) {
        let free = found.f_bavail.saturating_mul(found.f_frsize);
        if free < LITTLE_SPACE {
            tracing::warn!(free, "there is little space left on the disk of the store");
        }
    }
}

/// Progress at the first step and then every 4096th.
fn tick(progress: &mut dyn FnMut(Progress), stage: Stage, done: u64, total: u64) {
    if done & 0xfff == 1 || done == total {
        progress(Progress { stage, done, total });
    }
}
