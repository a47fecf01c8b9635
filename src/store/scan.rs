//! Reading the journal's segment files, and judging what is found at their end.

use super::StoreError;
use super::frame::{self, Frame, Frames, Raw};
use super::tally::Head;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// An offset is remembered for every so many entries.
const MARK_EVERY: u64 = 64;

/// Ending of a segment's file name.
const ENDING: &str = ".xj";

/// One segment file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Segment {
    /// The first entry it holds or will hold.
    pub(crate) first: u64,
    /// Where it lies.
    pub(crate) path: PathBuf,
    /// Entries and where they begin, ascending, not all of them.
    pub(crate) marks: Vec<(u64, u64)>,
}

impl Segment {
    /// A segment beginning with entry `first`.
    pub(crate) fn new(folder: &Path, first: u64) -> Self {
        Segment { first, path: folder.join(format!("{first:020}{ENDING}")), marks: Vec::new() }
    }

    /// Remembers where an entry begins, if it is time for a mark.
    pub(crate) fn mark(&mut self, seq: u64, offset: u64) {
        if self.marks.last().is_none_or(|&(last, _)| seq >= last + MARK_EVERY) {
            self.marks.push((seq, offset));
        }
    }

    /// The nearest known beginning of an entry not after `seq`.
    pub(crate) fn before(&self, seq: u64) -> (u64, u64) {
        let after = self.marks.partition_point(|&(mark, _)| mark <= seq);
        after.checked_sub(1).and_then(|at| self.marks.get(at)).copied().unwrap_or((self.first, 0))
    }

    /// `journal/00000000000000000001.xj, offset 120, entry 3`: the same on every machine.
    pub(crate) fn place(&self, offset: u64, seq: u64) -> String {
        format!("journal/{:020}{ENDING}, offset {offset}, entry {seq}", self.first)
    }
}

/// A place where no good entry could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bad {
    /// File, offset, entry.
    pub(crate) place: String,
    /// Where in the file.
    pub(crate) offset: u64,
    /// The entry expected there.
    pub(crate) seq: u64,
    /// What is wrong.
    pub(crate) what: String,
    /// It can be a write that a crash cut short: in the last file, and nothing of a later group after it.
    pub(crate) can_be_torn: bool,
}

/// What reading found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scan {
    /// All segment files.
    pub(crate) segments: Vec<Segment>,
    /// The last good entry.
    pub(crate) head: Head,
    /// Where the good part of the last file read ends.
    pub(crate) end: u64,
    /// Where reading stopped early.
    pub(crate) bad: Option<Bad>,
}

/// All segment files of a journal, in order.
pub(crate) fn segments(folder: &Path) -> std::io::Result<Vec<Segment>> {
    let mut found = Vec::new();
    for item in std::fs::read_dir(folder)? {
        let name = item?.file_name();
        let first = name
            .to_str()
            .and_then(|name| name.strip_suffix(ENDING))
            .filter(|digits| digits.len() == 20 && digits.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|digits| digits.parse().ok());
        if let Some(first) = first {
            found.push(Segment::new(folder, first));
        }
    }
    found.sort_by_key(|segment| segment.first);
    Ok(found)
}

/// What is done with every frame; the inner error says why its content is none.
type Take<'a> = dyn FnMut(Raw) -> Result<Result<(), String>, StoreError> + 'a;

/// Reads from the segment that holds entry `from` (0 or 1: from the beginning) to the end, or through entry `until`.
pub(crate) fn scan(
    folder: &Path,
    from: u64,
    until: Option<u64>,
    visit: &mut dyn FnMut(Frame) -> Result<(), StoreError>,
) -> Result<Scan, StoreError> {
    through(folder, from, until, &mut |raw| match raw.frame() {
        Ok(frame) => visit(frame).map(Ok),
        Err(what) => Ok(Err(what)),
    })
}

/// The same to the end, looking at the chain only: what each entry holds is as it was written, but not read. A great
/// journal is gone through many times faster.
pub(crate) fn skim(folder: &Path, from: u64, visit: &mut dyn FnMut(Raw)) -> Result<Scan, StoreError> {
    through(folder, from, None, &mut |raw| {
        visit(raw);
        Ok(Ok(()))
    })
}

fn through(folder: &Path, from: u64, until: Option<u64>, take: &mut Take<'_>) -> Result<Scan, StoreError> {
    let mut scan = Scan { segments: segments(folder)?, ..Scan::default() };
    let skipped = scan.segments.partition_point(|segment| segment.first <= from.max(1)).saturating_sub(1);
    if let Some(before) = skipped.checked_sub(1).and_then(|at| scan.segments.get(at)) {
        let first = scan.segments.get(skipped).map_or(1, |segment| segment.first);
        scan.head = Head { seq: first - 1, chain: last_digest(&before.path)? };
    }
    let count = scan.segments.len();
    if count == 0 {
        scan.bad = Some(missing("journal/".into(), 1, "there is no journal file".into()));
    }
    for at in skipped..count {
        if until.is_some_and(|until| scan.head.seq >= until) {
            break;
        }
        let Some(segment) = scan.segments.get_mut(at) else { break };
        if segment.first != scan.head.seq + 1 {
            let what = format!("the file begins with entry {}; entries are missing before it", segment.first);
            scan.bad = Some(missing(segment.place(0, scan.head.seq + 1), scan.head.seq + 1, what));
            break;
        }
        scan.end = 0;
        scan.bad = read(segment, &mut scan.head, &mut scan.end, until, at + 1 == count, take)?;
        if scan.bad.is_some() {
            break;
        }
    }
    Ok(scan)
}

fn missing(place: String, seq: u64, what: String) -> Bad {
    Bad { place, offset: 0, seq, what, can_be_torn: false }
}

fn read(
    segment: &mut Segment,
    head: &mut Head,
    end: &mut u64,
    until: Option<u64>,
    is_last: bool,
    take: &mut Take<'_>,
) -> Result<Option<Bad>, StoreError> {
    let file = File::open(&segment.path)?;
    let length = file.metadata()?.len();
    let mut frames = Frames::new(BufReader::with_capacity(1 << 16, file), 0, length);
    while until.is_none_or(|until| head.seq < until) {
        let Some(read) = frames.next_raw(head)? else { break };
        let taken = match read {
            Ok(raw) => {
                let (seq, offset, next) = (raw.seq, raw.offset, (raw.digest, raw.end));
                take(raw)?.map(|()| (seq, offset, next))
            }
            Err(what) => Err(what),
        };
        match taken {
            Ok((seq, offset, (chain, behind))) => {
                *head = Head { seq, chain };
                *end = behind;
                segment.mark(seq, offset);
            }
            Err(what) => {
                let seq = head.seq + 1;
                let can_be_torn = is_last && !followed(&segment.path, *end)?;
                return Ok(Some(Bad { place: segment.place(*end, seq), offset: *end, seq, what, can_be_torn }));
            }
        }
    }
    Ok(None)
}

/// Whether a valid group lies somewhere after the beginning of a bad entry.
fn followed(path: &Path, bad: u64) -> std::io::Result<bool> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(bad + 1))?;
    let mut rest = Vec::new();
    file.read_to_end(&mut rest)?;
    Ok(frame::group_within(&rest))
}

fn last_digest(path: &Path) -> std::io::Result<[u8; 32]> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::End(-32))?;
    let mut digest = [0; 32];
    file.read_exact(&mut digest)?;
    Ok(digest)
}
