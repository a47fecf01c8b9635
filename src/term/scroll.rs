//! A list that moved by some lines is moved by the terminal, not sent again. What moved is found by looking at the two
//! screens; whether it pays is told by the bytes.

use super::grid::{Glyph, Grid, Square};
use super::moves::{At, one};
use super::paint::Brush;
use super::pen::Pen;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};

/// Rows from `top` to before `bottom` go up by `by` lines, down if it is negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shift {
    pub(super) top: u16,
    pub(super) bottom: u16,
    pub(super) by: i32,
}

/// Equal rows that count as evidence; more of the same text say nothing about where it went.
const MOST_ALIKE: usize = 4;

/// Fewer rows than these have not moved: a list that did has changed at least in its first row, its last, and the two
/// that the bar left and came to.
const FEWEST: usize = 4;

/// Sums rows up. Two that come out alike and are not cost a look at a shift that does not pay, and nothing else.
struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u32(u32::from(*byte)));
    }

    fn write_u32(&mut self, of: u32) {
        self.0 = (self.0.rotate_left(5) ^ u64::from(of)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

/// What a row says, in whatever colours.
fn said(row: &[Square]) -> Option<u64> {
    if row.iter().all(Square::is_blank) {
        return None;
    }
    let mut hasher = Quick(0);
    for square in row {
        match &square.glyph {
            Glyph::Char(c) => c.hash(&mut hasher),
            Glyph::Cluster(text) => text.hash(&mut hasher),
            Glyph::Tail => {}
        }
    }
    Some(hasher.finish())
}

/// The likeliest shifts that lead from one screen to the other, the best supported first.
pub(super) fn likely(have: &Grid, want: &Grid) -> Vec<Shift> {
    if (0..want.rows).filter(|y| have.row(*y) != want.row(*y)).nth(FEWEST - 1).is_none() {
        return Vec::new();
    }
    let old: Vec<_> = (0..have.rows).map(|y| said(have.row(y))).collect();
    let new: Vec<_> = (0..want.rows).map(|y| said(want.row(y))).collect();
    let mut places: HashMap<u64, Vec<u16>> = HashMap::new();
    for (y, row) in old.iter().enumerate() {
        if let Some(row) = row {
            places.entry(*row).or_default().push(y as u16);
        }
    }
    // By distance: how many rows moved so far, and the highest and lowest of them.
    let mut moved: HashMap<i32, (u32, u16, u16)> = HashMap::new();
    for (y, row) in new.iter().enumerate() {
        if old.get(y) == Some(row) {
            continue;
        }
        let Some(from) = row.and_then(|row| places.get(&row)).filter(|from| from.len() <= MOST_ALIKE) else { continue };
        for from in from {
            let y = y as u16;
            let entry = moved.entry(i32::from(*from) - i32::from(y)).or_insert((0, u16::MAX, 0));
            *entry = (entry.0 + 1, entry.1.min(y).min(*from), entry.2.max(y).max(*from));
        }
    }
    let mut moved: Vec<_> = moved.into_iter().collect();
    // Where two are as good, the same one every time: what is sent must not depend on chance.
    moved.sort_unstable_by_key(|(by, (rows, ..))| (std::cmp::Reverse(*rows), by.abs(), *by));
    let shift = |(by, (_, top, last)): (i32, (u32, u16, u16))| Shift { top, bottom: last + 1, by };
    moved.into_iter().filter(|(by, _)| *by != 0).take(2).map(shift).collect()
}

impl Brush<'_> {
    /// Has the terminal move the rows. What it shows then is [`Grid::shift`]'s.
    pub(super) fn scroll(&mut self, shift: Shift, rows: u16) {
        // Some fill the new lines with the background they write with.
        if self.pen.is_none_or(Pen::has_background) {
            self.take(Pen::PLAIN);
        }
        let Shift { top, bottom, by } = shift;
        let lines = by.unsigned_abs() as u16;
        let part = top > 0 || bottom < rows;
        if part {
            self.out.extend_from_slice(format!("\x1b[{};{}r", top + 1, bottom).as_bytes());
            self.at = At::Known(0, 0);
        }
        match (self.kind.scroll, by > 0) {
            (true, up) => one(if up { b'S' } else { b'T' }, lines, &mut self.out),
            (false, true) => {
                // Absolutely: between the margins a line feed on the way might be one at the margin.
                self.at = At::Unknown;
                self.go(0, bottom - 1);
                self.out.extend(std::iter::repeat_n(b'\n', usize::from(lines)));
            }
            (false, false) => {
                self.at = At::Unknown;
                self.go(0, top);
                self.out.extend(std::iter::repeat_n(b"\x1bM", usize::from(lines)).flatten());
            }
        }
        if part {
            self.out.extend_from_slice(b"\x1b[r");
            self.at = At::Known(0, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::buffer::Cell;

    fn grid(rows: &[&str]) -> Grid {
        let mut grid = Grid::new(4, rows.len() as u16);
        for (y, row) in rows.iter().enumerate() {
            for (x, c) in row.chars().enumerate() {
                let mut cell = Cell::default();
                cell.set_char(c);
                grid.put(x as u16, y as u16, &cell);
            }
        }
        grid
    }

    #[test]
    fn a_list_that_moved_is_found_between_what_stayed() {
        let have = grid(&["head", "aaa", "bbb", "ccc", "ddd", "foot"]);
        let up = grid(&["head", "bbb", "ccc", "ddd", "eee", "foot"]);
        assert_eq!(likely(&have, &up)[0], Shift { top: 1, bottom: 5, by: 1 });
        assert_eq!(likely(&up, &have)[0], Shift { top: 1, bottom: 5, by: -1 });
        assert_eq!(likely(&have, &have), []);
        assert_eq!(likely(&have, &grid(&["head", "zzz", "yyy", "", "", "foot"])), []);
    }

    #[test]
    fn many_equal_rows_are_no_evidence() {
        let have = grid(&["a", "x", "x", "x", "x", "x", "b"]);
        let want = grid(&["x", "x", "x", "x", "x", "x", "b"]);
        assert_eq!(likely(&have, &want), []);
    }
}
