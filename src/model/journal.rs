//! The accepted command with what it wrote: the unit of commit.

use super::{Actor, CommandId, Record, RecordKey, Stamp};
use serde::{Deserialize, Serialize};

/// One record written by a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    /// The record with its new revision.
    pub record: Record,
    /// The revision it was based on; 0 for a new record.
    pub based_on: u64,
}

/// What a command changes: decided by `desk`, written by `store` whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Every record it touches.
    pub writes: Vec<Write>,
    /// Who.
    pub actor: Option<Actor>,
    /// When.
    pub at: Stamp,
    /// The desk's own id of the command.
    pub command_id: Option<CommandId>,
    /// The command as JSON text, for people and for audits.
    pub command: String,
}

impl Change {
    /// The keys it writes.
    pub fn keys(&self) -> impl Iterator<Item = RecordKey> + '_ {
        self.writes.iter().map(|write| write.record.key())
    }
}

/// An entry of the journal (操作日志): enough to rebuild every record from nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// Position, from 1, without gaps.
    pub seq: u64,
    /// When.
    pub at: Stamp,
    /// Who; none for the store's own founding.
    pub actor: Option<Actor>,
    /// The desk's own id.
    pub command_id: Option<CommandId>,
    /// The command as JSON text.
    pub command: String,
    /// Key and exact stored bytes of every record written.
    #[serde(with = "whole_bytes")]
    pub writes: Vec<(Vec<u8>, Vec<u8>)>,
    /// Chain digest of the entry before, 32 bytes; zeros for the first.
    pub previous: [u8; 32],
}

/// Keys and bytes as runs of bytes. Serde takes a `Vec<u8>` for a list of numbers and reads one at a time; what is stored
/// is the same either way.
mod whole_bytes {
    use serde::{Deserialize, Deserializer, Serializer};
    use serde_bytes::{ByteBuf, Bytes};

    type Pairs = Vec<(Vec<u8>, Vec<u8>)>;

    pub(super) fn serialize<S: Serializer>(writes: &[(Vec<u8>, Vec<u8>)], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(writes.iter().map(|(key, bytes)| (Bytes::new(key), Bytes::new(bytes))))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Pairs, D::Error> {
        let writes = Vec::<(ByteBuf, ByteBuf)>::deserialize(from)?;
        Ok(writes.into_iter().map(|(key, bytes)| (key.into_vec(), bytes.into_vec())).collect())
    }
}
