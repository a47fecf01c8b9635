//! Chance that repeats itself: splitmix64, seeded by what it is drawn for. The generator never has to be carried
//! from one record to the next, so any record can be made again without the ones before it.

/// A source of numbers.
#[derive(Debug, Clone)]
pub(super) struct Rng(u64);

/// What numbers are drawn for; keeps the streams of one index apart.
#[derive(Debug, Clone, Copy)]
pub(super) enum For {
    School = 1,
    Shuffle,
    Student,
    Slot,
    Script,
    Story,
}

impl Rng {
    /// The stream of `what` for the `index`th thing of the county grown from `seed`.
    pub(super) fn new(seed: u64, what: For, index: u64) -> Self {
        let mut rng = Rng(seed ^ (what as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93));
        let first = rng.next();
        Rng(first ^ index.wrapping_mul(0xA076_1D64_78BD_642F))
    }

    /// The next number.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`; 0 when the bound is 0. The bias of the remainder is far below what anyone can see here.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 { 0 } else { self.next() % bound }
    }

    /// A number from `low` through `high`.
    pub(super) fn range(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(u64::from(high.saturating_sub(low)) + 1) as u32
    }

    /// True `n` times in a thousand.
    pub(super) fn per_mille(&mut self, n: u64) -> bool {
        self.below(1000) < n
    }

    /// One of a list that is not empty.
    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len() as u64) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_repeat_and_differ() {
        let draw = |seed, what, index| {
            let mut rng = Rng::new(seed, what, index);
            [rng.next(), rng.next()]
        };
        assert_eq!(draw(1, For::Student, 7), draw(1, For::Student, 7));
        assert_ne!(draw(1, For::Student, 7), draw(2, For::Student, 7));
        assert_ne!(draw(1, For::Student, 7), draw(1, For::Script, 7));
        assert_ne!(draw(1, For::Student, 7), draw(1, For::Student, 8));
    }

    #[test]
    fn ranges_reach_both_ends_and_no_further() {
        let mut rng = Rng::new(3, For::Shuffle, 0);
        let drawn: Vec<u32> = (0..500).map(|_| rng.range(2, 5)).collect();
        assert_eq!((drawn.iter().min(), drawn.iter().max()), (Some(&2), Some(&5)));
        assert_eq!(rng.below(0), 0);
        assert_eq!(rng.range(4, 4), 4);
    }
}
