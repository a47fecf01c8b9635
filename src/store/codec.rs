//! Records to bytes and back: `[version byte][bincode]`.
//!
//! The form is frozen: bincode 1.3.3 `DefaultOptions` (variable-length integers, little-endian, trailing bytes refused) with a
//! size limit. bincode has no field names, so **a struct that is stored may never change in place**. When one must
//! change: copy it here as it stood under the name `…V1` with `From<…V1>`, decode version 1 through it, and write
//! the new one with the next version byte. The golden bytes in `tests/store.rs` hold every version; they are
//! only ever added to. The structs of `model` as they stand are version 1.
//!
//! What is stored must not use serde attributes that need field names: no `skip_serializing_if`, `flatten`, `tag`
//! or `untagged`. (`rename` and `default` do no harm: positions are stored, and every position is present.)

use crate::model::{JournalEntry, Record, RecordKind};
use bincode::Options;
use serde::{Serialize, de::DeserializeOwned};

/// The version written by this program, of every kind of record and of journal entries.
pub const VERSION: u8 = 1;

/// The longest record. They are meant to stay under 4 KB; this only keeps nonsense out.
pub const RECORD_LIMIT: u64 = 1 << 20;

/// The longest journal entry.
pub const ENTRY_LIMIT: u64 = 64 << 20;

/// Bytes that cannot be read, or a record that cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodecError {
    /// Nothing there, not even the version.
    #[error("no bytes at all")]
    Empty,
    /// Written by a newer program.
    #[error("version {0} is not known to this program")]
    Version(u8),
    /// The content.
    #[error("{0}")]
    Content(String),
}

impl From<bincode::Error> for CodecError {
    fn from(error: bincode::Error) -> Self {
        CodecError::Content(error.to_string())
    }
}

fn pack<T: Serialize>(value: &T, limit: u64) -> Result<Vec<u8>, CodecError> {
    let mut bytes = vec![VERSION];
    bincode::DefaultOptions::new().with_limit(limit).serialize_into(&mut bytes, value)?;
    Ok(bytes)
}

fn unpack<T: DeserializeOwned>(bytes: &[u8], limit: u64) -> Result<T, CodecError> {
    match bytes.split_first() {
        None => Err(CodecError::Empty),
        Some((&VERSION, rest)) => Ok(bincode::DefaultOptions::new().with_limit(limit).deserialize(rest)?),
        Some((&other, _)) => Err(CodecError::Version(other)),
    }
}

/// The stored bytes of a record.
pub fn encode(record: &Record) -> Result<Vec<u8>, CodecError> {
    match record {
        Record::Facts(facts) => pack(facts, RECORD_LIMIT),
        Record::Office(office) => pack(office, RECORD_LIMIT),
        Record::Major(major) => pack(major, RECORD_LIMIT),
        Record::Account(account) => pack(account, RECORD_LIMIT),
        Record::Student(student) => pack(student, RECORD_LIMIT),
        Record::Application(application) => pack(application, RECORD_LIMIT),
        Record::Answer(answer) => pack(answer, RECORD_LIMIT),
        Record::CalendarYear(of) => pack(of, RECORD_LIMIT),
        Record::Leaving(of) => pack(of, RECORD_LIMIT),
        Record::GraduateList(of) => pack(of, RECORD_LIMIT),
        Record::Succession(of) => pack(of, RECORD_LIMIT),
        Record::Mappings(of) => pack(of, RECORD_LIMIT),
        Record::PaperFile(of) => pack(of, RECORD_LIMIT),
        Record::Demands(of) => pack(of, RECORD_LIMIT),
        Record::SemesterCheck(of) => pack(of, RECORD_LIMIT),
        Record::Reminders(of) => pack(of, RECORD_LIMIT),
        Record::Desk(of) => pack(of, RECORD_LIMIT),
        Record::Qualification(of) => pack(of, RECORD_LIMIT),
        Record::Batch(batch) => pack(batch, RECORD_LIMIT),
        Record::Alert(alert) => pack(alert, RECORD_LIMIT),
        Record::Attendance(of) => pack(of, RECORD_LIMIT),
        Record::Standing(of) => pack(of, RECORD_LIMIT),
        Record::NationalPage(of) => pack(of, RECORD_LIMIT),
        Record::NationalList(of) => pack(of, RECORD_LIMIT),
        Record::NationalMark(of) => pack(of, RECORD_LIMIT),
        Record::NationalBefore(of) => pack(of, RECORD_LIMIT),
        Record::SemesterStart(of) => pack(of, RECORD_LIMIT),
    }
}

/// The record of a kind that these bytes hold.
pub fn decode(kind: RecordKind, bytes: &[u8]) -> Result<Record, CodecError> {
    Ok(match kind {
        RecordKind::Facts => Record::Facts(unpack(bytes, RECORD_LIMIT)?),
        RecordKind::Office => Record::Office(unpack(bytes, RECORD_LIMIT)?),
        RecordKind::Major => Record::Major(unpack(bytes, RECORD_LIMIT)?),
        RecordKind::Account => Record::Account(unpack(bytes, RECORD_LIMIT)?),
        RecordKind::Student => Record::Student(unpack(bytes, RECORD_LIMIT)?),
        RecordKind::Application => Record::Application(unpack(bytes, RECORD_LIMIT)?),
        RecordKind::Answer => Record::Answer(unpack(bytes, RECORD_LIMIT)?),
        RecordKind::CalendarYear => Record::CalendarYear(unpack(bytes, RECORD_LIMIT)?),
        RecordKind::Leaving => Record::Leaving(unpack(bytes, RECORD_LIMIT)?),
        RecordKind::GraduateList => Record::GraduateList(unpack(bytes, RECORD_LIMIT)?),
        RecordKind::Succession => Record::Succession(unpack(bytes, RECORD_LIMIT)?),
        RecordKind::Mappings => Record::Mappings(unpack(bytes, RECORD_LIMIT)?),
        RecordKind::PaperFile => Record::PaperFile(Box::new(unpack(bytes, RECORD_LIMIT)?)),
        RecordKind::Demands => Record::Demands(Box::new(unpack(bytes, RECORD_LIMIT)?)),
        RecordKind::SemesterCheck => Record::SemesterCheck(Box::new(unpack(bytes, RECORD_LIMIT)?)),
        RecordKind::Reminders => Record::Reminders(unpack(bytes, RECORD_LIMIT)?),
        RecordKind::Desk => Record::Desk(unpack(bytes, RECORD_LIMIT)?),
        RecordKind::Qualification => Record::Qualification(unpack(bytes, RECORD_LIMIT)?),
        RecordKind::Batch => Record::Batch(unpack(bytes, RECORD_LIMIT)?),
        RecordKind::Alert => Record::Alert(Box::new(unpack(bytes, RECORD_LIMIT)?)),
        RecordKind::Attendance => Record::Attendance(Box::new(unpack(bytes, RECORD_LIMIT)?)),
        RecordKind::Standing => Record::Standing(Box::new(unpack(bytes, RECORD_LIMIT)?)),
        RecordKind::NationalPage => Record::NationalPage(Box::new(unpack(bytes, RECORD_LIMIT)?)),
        RecordKind::NationalList => Record::NationalList(Box::new(unpack(bytes, RECORD_LIMIT)?)),
        RecordKind::NationalMark => Record::NationalMark(unpack(bytes, RECORD_LIMIT)?),
        RecordKind::NationalBefore => Record::NationalBefore(unpack(bytes, RECORD_LIMIT)?),
        RecordKind::SemesterStart => Record::SemesterStart(unpack(bytes, RECORD_LIMIT)?),
    })
}

/// The first fields of an application, as they lie at its beginning. Golden bytes hold it to the whole.
#[derive(serde::Deserialize)]
struct Beginning {
    _id: crate::model::ApplicationId,
    _revision: u64,
    _details: crate::model::Details,
    phase: crate::model::Phase,
}

/// In which phase these bytes of an application are, read without the rest.
pub(crate) fn phase(bytes: &[u8]) -> Result<crate::model::Phase, CodecError> {
    match bytes.split_first() {
        None => Err(CodecError::Empty),
        Some((&VERSION, rest)) => {
            let options = bincode::DefaultOptions::new().with_limit(RECORD_LIMIT).allow_trailing_bytes();
            Ok(options.deserialize::<Beginning>(rest)?.phase)
        }
        Some((&other, _)) => Err(CodecError::Version(other)),
    }
}

/// The stored bytes of a journal entry.
pub fn encode_entry(entry: &JournalEntry) -> Result<Vec<u8>, CodecError> {
    pack(entry, ENTRY_LIMIT)
}

/// The journal entry these bytes hold.
pub fn decode_entry(bytes: &[u8]) -> Result<JournalEntry, CodecError> {
    unpack(bytes, ENTRY_LIMIT)
}
