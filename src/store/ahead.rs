//! Reading ahead: one thread reads and decodes records while another takes them into the columns, so that two
//! processors open a great store in half the time.

use super::Pair;
use super::StoreError;
use super::core::decode_pair;
use super::engine::{Engine, EngineFault};
use super::late::is_late;
use super::tally::Tally;
use crate::model::{Record, RecordKind};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

/// Records handed over together.
const PIECE: usize = 64;
/// Pieces waiting to be taken.
const WAITING: usize = 8;

/// Some records, and what they add to the tally.
#[derive(Default)]
struct Piece {
    records: Vec<Record>,
    /// Count and digest of these.
    tally: Tally,
}

/// Reads all records, or all but those that are read `late`, and gives each to `take` in their order; what they come to.
pub(super) fn each(engine: &Engine, late: bool, take: &mut dyn FnMut(&Record, u64)) -> Result<Tally, StoreError> {
    thread::scope(|scope| {
        let (pieces, ready) = sync_channel::<Result<Piece, StoreError>>(WAITING);
        scope.spawn(move || {
            if let Err(error) = read(engine, late, &pieces) {
                // Who no longer takes has an error of his own.
                let _ = pieces.send(Err(error));
            }
        });
        let mut all = Tally::default();
        for piece in ready {
            let piece = piece?;
            all.count = all.count.wrapping_add(piece.tally.count);
            all.set = all.set.wrapping_add(piece.tally.set);
            piece.records.iter().for_each(|record| take(record, all.count));
        }
        Ok(all)
    })
}

fn read(engine: &Engine, late: bool, pieces: &SyncSender<Result<Piece, StoreError>>) -> Result<(), StoreError> {
    let mut piece = Piece::default();
    let mut one = |key: &[u8], value: &[u8]| {
        if late && is_late(key, value) {
            return Ok(());
        }
        piece.tally.add(key, value);
        piece.records.push(decode_pair(key, value)?);
        if piece.records.len() == PIECE {
            pieces.send(Ok(std::mem::take(&mut piece))).map_err(|_| gone())?;
        }
        Ok::<_, StoreError>(())
    };
    if late {
        // Whole kinds of which nothing is wanted are not even gone through.
        let some = |kind: &&RecordKind| !matches!(kind, RecordKind::Student | RecordKind::Answer);
        let mut kinds = RecordKind::ALL.iter().filter(some);
        kinds.try_for_each(|kind| engine.between(&[*kind as u8], *kind as u8, usize::MAX, &mut one))?;
    } else {
        engine.each(&mut one)?;
    }
    pieces.send(Ok(piece)).map_err(|_| gone())
}

/// Nobody takes any more: the error is not heard by anybody either.
fn gone() -> StoreError {
    EngineFault("the reading was given up".into()).into()
}

/// Pairs with their digests, and their records where they are wanted.
pub(super) struct Ready {
    /// The key.
    pub(super) key: Vec<u8>,
    /// Digest of key and value.
    pub(super) digest: u128,
    /// None for kinds of which the columns hold nothing.
    pub(super) record: Option<Record>,
}

/// Decodes pairs.
pub(super) fn ready(pairs: Vec<Pair>, decoded: bool) -> Result<Vec<Ready>, StoreError> {
    let one = |(key, value): Pair| {
        let record = decoded.then(|| decode_pair(&key, &value)).transpose()?;
        Ok(Ready { digest: super::tally::pair(&key, &value), record, key })
    };
    pairs.into_iter().map(one).collect()
}
