//! Appending to the journal's segment files: one write and one fdatasync for a group.
//!
//! | what fails | what follows |
//! |---|---|
//! | the write (disk full) | cut back to the last good end, [`StoreError::Write`], later groups are tried again |
//! | cutting back | read-only until restart |
//! | fdatasync, or syncing the folder | cut back, read-only until restart: the kernel may have thrown the pages away and would call the next sync a success |

use super::frame::{Frame, Frames};
use super::log::{Block, Log, Walked};
use super::scan::{self, Scan, Segment};
use super::tally::Head;
use super::{StoreError, lock, lock_read, lock_write};
use crate::model::{JournalEntry, Stamp};
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Seek, SeekFrom};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, RwLock};

/// A journal file open for writing. Tests put one in its place that fails.
pub trait JournalFile: Send {
    /// Writes some of the bytes at an offset; how many.
    fn write_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<usize>;
    /// Cuts or lengthens the file.
    fn set_len(&mut self, length: u64) -> io::Result<()>;
    /// Returns when all written lies on the disk.
    fn sync_data(&mut self) -> io::Result<()>;
}

/// Where journal files come from. Tests put in one that fails.
pub trait JournalFiles: Send {
    /// Opens a file for writing; `new` when it must not exist yet.
    fn open(&mut self, path: &Path, new: bool) -> io::Result<Box<dyn JournalFile>>;
    /// Returns when the names in a folder lie on the disk.
    fn sync_folder(&mut self, folder: &Path) -> io::Result<()>;
}

/// The real ones.
#[derive(Debug, Clone, Copy, Default)]
pub struct DiskFiles;

impl JournalFiles for DiskFiles {
    fn open(&mut self, path: &Path, new: bool) -> io::Result<Box<dyn JournalFile>> {
        let file = OpenOptions::new().write(true).create_new(new).mode(0o600).open(path)?;
        Ok(Box::new(file))
    }
    fn sync_folder(&mut self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }
}

impl JournalFile for File {
    fn write_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<usize> {
        FileExt::write_at(self, bytes, offset)
    }
    fn set_len(&mut self, length: u64) -> io::Result<()> {
        File::set_len(self, length)
    }
    fn sync_data(&mut self) -> io::Result<()> {
        File::sync_data(self)
    }
}

/// The journal on disk.
pub(crate) struct Journal {
    folder: PathBuf,
    index: RwLock<Index>,
    writer: Mutex<Writer>,
}

struct Index {
    segments: Vec<Segment>,
    head: Head,
}

struct Writer {
    files: Box<dyn JournalFiles>,
    file: Box<dyn JournalFile>,
    end: u64,
    roll_at: u64,
    stopped: Option<(Stamp, String)>,
}

impl Journal {
    /// Continues a journal that has been read through. What lies beyond its good end is cut.
    pub(crate) fn resume(
        folder: &Path,
        scan: Scan,
        mut files: Box<dyn JournalFiles>,
        roll_at: u64,
    ) -> Result<Self, StoreError> {
        let last = scan.segments.last().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        let mut file = files.open(&last.path, false)?;
        // What the last process wrote and did not get to sync is about to be believed: sync it first.
        file.set_len(scan.end).and_then(|()| file.sync_data()).map_err(StoreError::Write)?;
        files.sync_folder(folder).map_err(StoreError::Write)?;
        Ok(Journal {
            folder: folder.to_owned(),
            index: RwLock::new(Index { segments: scan.segments, head: scan.head }),
            writer: Mutex::new(Writer { files, file, end: scan.end, roll_at, stopped: None }),
        })
    }

    /// Reads entries after a position, at most `count`; how many there were. The first one is taken at its own word
    /// for what went before: verify and opening judge the whole chain.
    pub(crate) fn frames_after(
        &self,
        after: u64,
        count: u64,
        visit: &mut dyn FnMut(Frame) -> Result<(), StoreError>,
    ) -> Result<u64, StoreError> {
        let (segments, head) = {
            let index = lock_read(&self.index);
            let skipped = index.segments.partition_point(|segment| segment.first <= after + 1).saturating_sub(1);
            (index.segments.get(skipped..).unwrap_or_default().to_vec(), index.head)
        };
        let last = head.seq.min(after.saturating_add(count));
        let mut done = 0;
        for segment in segments.iter().take_while(|segment| segment.first <= last) {
            let (mut seq, offset) = segment.before(after + 1);
            let mut file = File::open(&segment.path)?;
            let length = file.metadata()?.len();
            file.seek(SeekFrom::Start(offset))?;
            let mut frames = Frames::new(BufReader::with_capacity(1 << 16, file), offset, length);
            let mut chain = None;
            while seq <= last {
                let frame = match frames.next_loose(seq, chain)? {
                    None => break,
                    Some(Ok(frame)) => frame,
                    Some(Err(what)) => {
                        return Err(StoreError::Damaged { place: segment.place(frames.offset(), seq), what });
                    }
                };
                chain = Some(frame.digest);
                seq += 1;
                if frame.entry.seq > after {
                    done += 1;
                    visit(frame)?;
                }
            }
        }
        Ok(done)
    }

    /// Begins the next segment file.
    fn roll(&self, writer: &mut Writer) -> Result<(), StoreError> {
        let segment = Segment::new(&self.folder, lock_read(&self.index).head.seq + 1);
        let opened = writer.files.open(&segment.path, true);
        let file = opened.map_err(StoreError::Write)?;
        if let Err(error) = writer.files.sync_folder(&self.folder) {
            // An empty last file is harmless at the next opening.
            return Err(writer.stop(error, "the journal's folder could not be synced"));
        }
        writer.file = file;
        writer.end = 0;
        lock_write(&self.index).segments.push(segment);
        Ok(())
    }
}

impl Writer {
    fn stop(&mut self, error: io::Error, what: &str) -> StoreError {
        tracing::error!(%error, "{what}: read-only until restart");
        self.stopped.get_or_insert((Stamp::now(), format!("{what}: {error}")));
        StoreError::Write(error)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut done = 0;
        while let Some(rest) = bytes.get(done..).filter(|rest| !rest.is_empty()) {
            match self.file.write_at(rest, self.end + done as u64) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => done += written,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

impl Log for Journal {
    fn append(&self, block: &Block) -> Result<(), StoreError> {
        let writer = &mut *lock(&self.writer);
        if let Some((since, why)) = &writer.stopped {
            return Err(StoreError::ReadOnly { since: *since, why: why.clone() });
        }
        if writer.end >= writer.roll_at {
            self.roll(writer)?;
        }
        if let Err(error) = writer.write(&block.bytes) {
            return Err(match writer.file.set_len(writer.end) {
                Ok(()) => {
                    tracing::warn!(%error, "the journal could not be written; nothing of the group was kept");
                    StoreError::Write(error)
                }
                Err(_) => writer.stop(error, "the journal could neither be written nor cut back"),
            });
        }
        if let Err(error) = writer.file.sync_data() {
            // Pages that were not synced must not be read as good by the next process of this boot.
            if let Err(error) = writer.file.set_len(writer.end) {
                tracing::error!(%error, "what could not be synced could not be cut off either");
            }
            return Err(writer.stop(error, "the journal could not be synced"));
        }
        let begin = writer.end;
        writer.end += block.bytes.len() as u64;
        let mut index = lock_write(&self.index);
        if let Some(segment) = index.segments.last_mut() {
            block.starts.iter().for_each(|&(seq, start)| segment.mark(seq, begin + start));
        }
        index.head = block.head;
        Ok(())
    }

    fn after(&self, after: u64, count: usize) -> Result<Vec<JournalEntry>, StoreError> {
        let mut entries = Vec::new();
        self.frames_after(after, count as u64, &mut |frame| {
            entries.push(frame.entry);
            Ok(())
        })?;
        Ok(entries)
    }

    fn walk(
        &self,
        until: Option<u64>,
        visit: &mut dyn FnMut(Frame) -> Result<(), StoreError>,
    ) -> Result<Walked, StoreError> {
        let scan = scan::scan(&self.folder, 0, until, visit)?;
        Ok(Walked { head: scan.head, damage: scan.bad.map(|bad| (bad.place, bad.what)) })
    }

    fn head(&self) -> Head {
        lock_read(&self.index).head
    }

    fn stop(&self, why: &str) {
        lock(&self.writer).stopped.get_or_insert((Stamp::now(), why.to_owned()));
    }
}
