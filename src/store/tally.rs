//! How far the view has come and a digest of all it holds, small enough to be kept up with every commit.
//!
//! The digest of the set is the wrapping sum of one 128-bit digest per record, so that a changed record costs one
//! subtraction and one addition, and the order does not matter.

/// The key the tally is stored under in the view, before all records (their first byte is never 0).
pub(crate) const TALLY_KEY: [u8; 1] = [0];

const VERSION: u8 = 1;
const BODY: usize = 1 + 8 + 32 + 8 + 16;
const CHECK: usize = 16;

/// A position of the journal with its chain digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Head {
    /// The last entry; 0 before the first.
    pub(crate) seq: u64,
    /// Its chain digest.
    pub(crate) chain: [u8; 32],
}

/// The view in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Tally {
    /// Applied up to here.
    pub(crate) head: Head,
    /// Records held.
    pub(crate) count: u64,
    /// Digest of the set of records.
    pub(crate) set: u128,
}

impl Tally {
    /// Counts a record in.
    pub(crate) fn add(&mut self, key: &[u8], value: &[u8]) {
        self.count = self.count.wrapping_add(1);
        self.set = self.set.wrapping_add(pair(key, value));
    }

    /// Counts a record out.
    pub(crate) fn subtract(&mut self, key: &[u8], value: &[u8]) {
        self.count = self.count.wrapping_sub(1);
        self.set = self.set.wrapping_sub(pair(key, value));
    }

    /// With a checksum of its own: a tally that reads back is to be believed.
    pub(crate) fn to_bytes(self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(BODY + CHECK);
        bytes.push(VERSION);
        bytes.extend_from_slice(&self.head.seq.to_le_bytes());
        bytes.extend_from_slice(&self.head.chain);
        bytes.extend_from_slice(&self.count.to_le_bytes());
        bytes.extend_from_slice(&self.set.to_le_bytes());
        let check = short(&bytes);
        bytes.extend_from_slice(&check.to_le_bytes());
        bytes
    }

    /// None when these are not the bytes of a tally.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (body, check) = bytes.split_at_checked(BODY)?;
        if u128::from_le_bytes(check.try_into().ok()?) != short(body) || body[0] != VERSION {
            return None;
        }
        Some(Tally {
            head: Head { seq: u64::from_le_bytes(body[1..9].try_into().ok()?), chain: body[9..41].try_into().ok()? },
            count: u64::from_le_bytes(body[41..49].try_into().ok()?),
            set: u128::from_le_bytes(body[49..65].try_into().ok()?),
        })
    }
}

/// First half of a BLAKE3 digest.
pub(crate) fn short(bytes: &[u8]) -> u128 {
    halve(&blake3::hash(bytes))
}

fn halve(digest: &blake3::Hash) -> u128 {
    let mut half = [0; 16];
    half.copy_from_slice(&digest.as_bytes()[..16]);
    u128::from_le_bytes(half)
}

/// The digest of one record.
pub(crate) fn pair(key: &[u8], value: &[u8]) -> u128 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&(key.len() as u64).to_le_bytes()).update(key).update(value);
    halve(&hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_in_and_out_again_leaves_nothing() {
        let mut tally = Tally::default();
        tally.add(b"a", b"1");
        let one = tally;
        tally.add(b"b", b"2");
        tally.subtract(b"b", b"2");
        assert_eq!(tally, one);
        tally.subtract(b"a", b"1");
        assert_eq!(tally, Tally::default());
        tally.add(b"ab", b"c");
        let joined = tally.set;
        tally.subtract(b"ab", b"c");
        tally.add(b"a", b"bc");
        assert_ne!(tally.set, joined, "where the key ends matters");
    }

    #[test]
    fn a_flipped_byte_is_no_tally() {
        let tally = Tally { head: Head { seq: 7, chain: [9; 32] }, count: 3, set: 5 };
        let bytes = tally.to_bytes();
        assert_eq!(Tally::from_bytes(&bytes), Some(tally));
        for place in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[place] ^= 1;
            assert_eq!(Tally::from_bytes(&flipped), None, "{place}");
            assert_eq!(Tally::from_bytes(&bytes[..place]), None, "{place}");
        }
    }
}
