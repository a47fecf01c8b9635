//! One journal entry in its frame.
//!
//! ```text
//! magic 4 │ seq 8 │ payload length 4 │ crc32 of these 16 bytes 4 │ payload │ chain digest 32
//! ```
//!
//! Integers little-endian. The chain digest is BLAKE3 over the digest before, the header and the payload. The magic of the first
//! entry of a group differs from that of the others: a group is synced as one, so a valid group after a bad
//! entry proves that the bad one had once been on the disk whole, while entries of the same group prove nothing
//! (a power cut may have kept the later page and lost the earlier one).

use super::codec::{self, CodecError};
use super::tally::Head;
use crate::model::JournalEntry;
use std::io::{self, Read};

const STARTS: [u8; 4] = *b"XJE1";
const FOLLOWS: [u8; 4] = *b"XJE+";
const HEADER: usize = 20;
const DIGEST: usize = 32;

/// An entry read from its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frame {
    /// Where it begins in its file.
    pub(crate) offset: u64,
    /// Where it ends.
    pub(crate) end: u64,
    /// What it holds.
    pub(crate) entry: JournalEntry,
    /// Its chain digest.
    pub(crate) digest: [u8; 32],
}

/// The same with its content as it lies there: what the chain says of it is checked, and nothing is made of it yet.
#[derive(Debug)]
pub(crate) struct Raw {
    /// Where it begins in its file.
    pub(crate) offset: u64,
    /// Where it ends.
    pub(crate) end: u64,
    /// The entry's number.
    pub(crate) seq: u64,
    /// Its chain digest.
    pub(crate) digest: [u8; 32],
    previous: [u8; 32],
    payload: Vec<u8>,
}

impl Raw {
    /// The entry it holds; an error says why there is none.
    pub(crate) fn entry(&self) -> Result<JournalEntry, String> {
        let entry = content(&self.payload, self.seq)?;
        if entry.previous != self.previous {
            return Err("the entry does not follow on the entry before".into());
        }
        Ok(entry)
    }

    /// The same in a frame.
    pub(crate) fn frame(self) -> Result<Frame, String> {
        let entry = self.entry()?;
        Ok(Frame { offset: self.offset, end: self.end, entry, digest: self.digest })
    }
}

/// What was read of a frame.
struct Parts {
    header: Header,
    head: [u8; HEADER],
    payload: Vec<u8>,
    digest: [u8; DIGEST],
    whole: u64,
}

struct Header {
    starts: bool,
    seq: u64,
    length: usize,
}

fn header(bytes: &[u8; HEADER]) -> Result<Header, String> {
    let starts = match &bytes[..4] {
        magic if magic == STARTS => true,
        magic if magic == FOLLOWS => false,
        _ => return Err("no entry begins here".into()),
    };
    let (body, crc) = bytes.split_at(16);
    if crc32fast::hash(body).to_le_bytes() != *crc {
        return Err("the header does not match its checksum".into());
    }
    let mut seq = [0; 8];
    seq.copy_from_slice(&bytes[4..12]);
    let mut length = [0; 4];
    length.copy_from_slice(&bytes[12..16]);
    let length = u32::from_le_bytes(length);
    if u64::from(length) > codec::ENTRY_LIMIT + 1 {
        return Err(format!("a payload of {length} bytes is longer than any entry"));
    }
    Ok(Header { starts, seq: u64::from_le_bytes(seq), length: length as usize })
}

fn chain(previous: &[u8; 32], header: &[u8], payload: &[u8]) -> [u8; 32] {
    *blake3::Hasher::new().update(previous).update(header).update(payload).finalize().as_bytes()
}

/// Appends the frame of an entry to `out`; returns its chain digest.
pub(crate) fn encode(out: &mut Vec<u8>, entry: &JournalEntry, starts: bool) -> Result<[u8; 32], CodecError> {
    let payload = codec::encode_entry(entry)?;
    let length = u32::try_from(payload.len()).map_err(|_| CodecError::Content("the entry is too long".into()))?;
    let begin = out.len();
    out.extend_from_slice(if starts { &STARTS } else { &FOLLOWS });
    out.extend_from_slice(&entry.seq.to_le_bytes());
    out.extend_from_slice(&length.to_le_bytes());
    let crc = crc32fast::hash(&out[begin..]);
    out.extend_from_slice(&crc.to_le_bytes());
    let digest = chain(&entry.previous, &out[begin..], &payload);
    out.extend_from_slice(&payload);
    out.extend_from_slice(&digest);
    Ok(digest)
}

/// Reads frames one after the other.
pub(crate) struct Frames<R> {
    input: R,
    offset: u64,
    length: u64,
}

impl<R: Read> Frames<R> {
    /// `input` stands at `offset` of something `length` bytes long.
    pub(crate) fn new(input: R, offset: u64, length: u64) -> Self {
        Frames { input, offset, length }
    }

    /// Where the next frame begins.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// The next frame, which must follow on `before`; none at the end. The inner error says why there is no
    /// such frame; after it the reader is of no further use.
    pub(crate) fn next(&mut self, before: &Head) -> io::Result<Option<Result<Frame, String>>> {
        self.next_loose(before.seq + 1, Some(before.chain))
    }

    /// The same for reading that begins in the middle: without `chain` the entry's own word for the digest before
    /// it is taken.
    pub(crate) fn next_loose(
        &mut self,
        seq: u64,
        chain: Option<[u8; 32]>,
    ) -> io::Result<Option<Result<Frame, String>>> {
        let parts = match self.parts()? {
            None => return Ok(None),
            Some(Err(what)) => return Ok(Some(Err(what))),
            Some(Ok(parts)) => parts,
        };
        let Parts { header, head, payload, digest, whole } = parts;
        let offset = self.offset;
        let checked = check(&header, &head, &payload, digest, seq, chain.as_ref());
        Ok(Some(checked.map(|entry| {
            self.offset += whole;
            Frame { offset, end: offset + whole, entry, digest }
        })))
    }

    /// The next frame as it lies there, which must follow on `before`.
    pub(crate) fn next_raw(&mut self, before: &Head) -> io::Result<Option<Result<Raw, String>>> {
        let parts = match self.parts()? {
            None => return Ok(None),
            Some(Err(what)) => return Ok(Some(Err(what))),
            Some(Ok(parts)) => parts,
        };
        let seq = before.seq + 1;
        if parts.header.seq != seq {
            return Ok(Some(Err(unexpected(&parts.header, seq))));
        }
        if chain(&before.chain, &parts.head, &parts.payload) != parts.digest {
            return Ok(Some(Err(UNCHAINED.into())));
        }
        let offset = self.offset;
        self.offset += parts.whole;
        let Parts { payload, digest, whole, .. } = parts;
        Ok(Some(Ok(Raw { offset, end: offset + whole, seq, digest, previous: before.chain, payload })))
    }

    /// Reads a frame; nothing is made of its content.
    fn parts(&mut self) -> io::Result<Option<Result<Parts, String>>> {
        let left = self.length.saturating_sub(self.offset);
        if left == 0 {
            return Ok(None);
        }
        if left < (HEADER + DIGEST) as u64 {
            return Ok(Some(Err(format!("only {left} bytes are left, less than any entry"))));
        }
        let mut head = [0; HEADER];
        self.input.read_exact(&mut head)?;
        let parsed = match header(&head) {
            Ok(parsed) => parsed,
            Err(what) => return Ok(Some(Err(what))),
        };
        let whole = (HEADER + parsed.length + DIGEST) as u64;
        if whole > left {
            return Ok(Some(Err(format!("the entry is {whole} bytes long, but only {left} are left"))));
        }
        let mut payload = vec![0; parsed.length];
        self.input.read_exact(&mut payload)?;
        let mut digest = [0; DIGEST];
        self.input.read_exact(&mut digest)?;
        Ok(Some(Ok(Parts { header: parsed, head, payload, digest, whole })))
    }
}

const UNCHAINED: &str = "the entry does not match its digest, or does not follow on the entry before";

fn unexpected(header: &Header, seq: u64) -> String {
    format!("entry {} where entry {seq} was expected", header.seq)
}

fn content(payload: &[u8], seq: u64) -> Result<JournalEntry, String> {
    let entry = codec::decode_entry(payload).map_err(|error| format!("the entry cannot be read: {error}"))?;
    if entry.seq != seq {
        return Err(format!("the header says entry {seq}, the content entry {}", entry.seq));
    }
    Ok(entry)
}

fn check(
    parsed: &Header,
    head: &[u8],
    payload: &[u8],
    digest: [u8; 32],
    seq: u64,
    before: Option<&[u8; 32]>,
) -> Result<JournalEntry, String> {
    if parsed.seq != seq {
        return Err(unexpected(parsed, seq));
    }
    if before.is_some_and(|before| chain(before, head, payload) != digest) {
        return Err(UNCHAINED.into());
    }
    let entry = content(payload, parsed.seq)?;
    if before.is_some_and(|before| entry.previous != *before) || chain(&entry.previous, head, payload) != digest {
        return Err("the entry does not follow on the entry before".into());
    }
    Ok(entry)
}

/// Whether anywhere in these bytes a whole entry lies that begins a group.
pub(crate) fn group_within(bytes: &[u8]) -> bool {
    (0..bytes.len().saturating_sub(HEADER + DIGEST - 1)).any(|at| {
        let rest = &bytes[at..];
        let Some(head) = rest.first_chunk::<HEADER>() else { return false };
        let Ok(parsed) = header(head) else { return false };
        if !parsed.starts {
            return false;
        }
        let Some(payload) = rest.get(HEADER..HEADER + parsed.length) else { return false };
        let Some(digest) = rest.get(HEADER + parsed.length..).and_then(<[u8]>::first_chunk::<DIGEST>) else {
            return false;
        };
        check(&parsed, head, payload, *digest, parsed.seq, None).is_ok()
    })
}
