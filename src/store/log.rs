//! What the two journals, on disk and in memory, have in common.

use super::StoreError;
use super::codec::CodecError;
use super::frame::{self, Frame, Frames};
use super::tally::Head;
use super::{lock_read, lock_write};
use crate::model::JournalEntry;
use std::sync::RwLock;

/// The frames of one group, to be written as one.
#[derive(Debug, Default)]
pub(crate) struct Block {
    /// The frames.
    pub(crate) bytes: Vec<u8>,
    /// Entry and where it begins in `bytes`.
    pub(crate) starts: Vec<(u64, u64)>,
    /// The last of them.
    pub(crate) head: Head,
}

impl Block {
    /// A block that will follow on `head`.
    pub(crate) fn after(head: Head) -> Self {
        Block { bytes: Vec::new(), starts: Vec::new(), head }
    }

    /// Adds an entry, whose number and predecessor are set here.
    pub(crate) fn push(&mut self, mut entry: JournalEntry) -> Result<(), CodecError> {
        entry.seq = self.head.seq + 1;
        entry.previous = self.head.chain;
        let begin = self.bytes.len() as u64;
        let chain = frame::encode(&mut self.bytes, &entry, self.starts.is_empty())?;
        self.starts.push((entry.seq, begin));
        self.head = Head { seq: entry.seq, chain };
        Ok(())
    }
}

/// How a walk through the whole journal ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Walked {
    /// The last good entry.
    pub(crate) head: Head,
    /// What stopped the walk before the end, with its place.
    pub(crate) damage: Option<(String, String)>,
}

/// A journal.
pub(crate) trait Log: Send + Sync {
    /// Writes a group for good. Only the one writer calls this.
    fn append(&self, block: &Block) -> Result<(), StoreError>;
    /// Entries after a position.
    fn after(&self, after: u64, count: usize) -> Result<Vec<JournalEntry>, StoreError>;
    /// Reads everything afresh, up to `until` or to the very end.
    fn walk(
        &self,
        until: Option<u64>,
        visit: &mut dyn FnMut(Frame) -> Result<(), StoreError>,
    ) -> Result<Walked, StoreError>;
    /// The last entry written.
    fn head(&self) -> Head;
    /// Refuses writing from now on.
    fn stop(&self, why: &str);
}

/// The journal of the in-memory engine: the same frames, one after the other.
#[derive(Debug, Default)]
pub(crate) struct MemoryLog(RwLock<Inner>);

#[derive(Debug, Default)]
struct Inner {
    bytes: Vec<u8>,
    head: Head,
}

impl Log for MemoryLog {
    fn append(&self, block: &Block) -> Result<(), StoreError> {
        let mut inner = lock_write(&self.0);
        inner.bytes.extend_from_slice(&block.bytes);
        inner.head = block.head;
        Ok(())
    }

    fn after(&self, after: u64, count: usize) -> Result<Vec<JournalEntry>, StoreError> {
        let mut entries = Vec::new();
        if count == 0 {
            return Ok(entries);
        }
        self.walk(None, &mut |frame| {
            if frame.entry.seq > after && entries.len() < count {
                entries.push(frame.entry);
            }
            Ok(())
        })?;
        Ok(entries)
    }

    fn walk(
        &self,
        until: Option<u64>,
        visit: &mut dyn FnMut(Frame) -> Result<(), StoreError>,
    ) -> Result<Walked, StoreError> {
        let inner = lock_read(&self.0);
        let mut frames = Frames::new(inner.bytes.as_slice(), 0, inner.bytes.len() as u64);
        let mut walked = Walked::default();
        while until.is_none_or(|until| walked.head.seq < until) {
            match frames.next(&walked.head)? {
                None => break,
                Some(Ok(frame)) => {
                    walked.head = Head { seq: frame.entry.seq, chain: frame.digest };
                    visit(frame)?;
                }
                Some(Err(what)) => {
                    walked.damage = Some((format!("journal in memory, entry {}", walked.head.seq + 1), what));
                    break;
                }
            }
        }
        Ok(walked)
    }

    fn head(&self) -> Head {
        lock_read(&self.0).head
    }

    fn stop(&self, _why: &str) {}
}
