//! From what a terminal shows to what it is to show, in few bytes: runs of squares without moves between them, erasing
//! instead of writing blanks, unchanged squares written again where that is shorter than stepping over them.

use super::grid::{Glyph, Grid, Square};
use super::kind::Kind;
use super::moves::{At, go, one};
use super::pen::Pen;

/// The terminal's writing hand, and what it was told.
#[derive(Debug, Clone)]
pub(super) struct Brush<'a> {
    pub(super) kind: &'a Kind,
    pub(super) at: At,
    /// None where it is not known.
    pub(super) pen: Option<Pen>,
    pub(super) out: Vec<u8>,
}

impl Brush<'_> {
    pub(super) fn go(&mut self, x: u16, y: u16) {
        go(self.kind, self.at, x, y, &mut self.out);
        self.at = At::Known(x, y);
    }

    pub(super) fn take(&mut self, pen: Pen) {
        pen.write(self.pen, &mut self.out);
        self.pen = Some(pen);
    }

    /// The same hand with nothing written yet.
    fn trial(&self) -> Self {
        Brush { out: Vec::new(), ..self.clone() }
    }

    /// Whether a square can be written without another pen.
    fn suits(&self, square: &Square) -> bool {
        match self.pen {
            Some(pen) if square.is_blank() => pen.blanks_like(square.pen),
            pen => pen == Some(square.pen),
        }
    }

    /// Writes one square where the cursor is.
    fn square(&mut self, square: &Square, cols: u16) {
        if !self.suits(square) {
            self.take(match self.pen {
                Some(from) if square.is_blank() => square.pen.for_blank(from),
                _ => square.pen,
            });
        }
        match &square.glyph {
            Glyph::Char(c) => self.out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            Glyph::Cluster(text) => self.out.extend_from_slice(text.as_bytes()),
            Glyph::Tail => return,
        }
        self.at = match self.at {
            At::Known(x, y) if self.trusts(square) => {
                let x = x + if square.wide { 2 } else { 1 };
                if x < cols { At::Known(x, y) } else { At::Edge(y) }
            }
            // So near the edge it may have gone on in the next row.
            At::Known(x, _) if x + 2 >= cols => At::Unknown,
            At::Known(_, y) => At::Somewhere(y),
            other => other,
        };
    }

    /// Whether the cursor is known to stand behind a square that was written.
    fn trusts(&self, square: &Square) -> bool {
        square.is_ascii()
            || match square.wide {
                true => self.kind.steady && square.is_steady(),
                false => self.kind.steady && self.kind.narrow,
            }
    }
}

/// Writes what one screen needs to become the other.
pub(super) fn screen(brush: &mut Brush<'_>, have: &Grid, want: &Grid) {
    for y in 0..want.rows {
        let (old, new) = (have.row(y), want.row(y));
        if old == new {
            continue;
        }
        let mut best = brush.trial();
        row(&mut best, y, old, new);
        for erased in erasures(old, new) {
            let mut other = brush.trial();
            // A background that the terminal may not erase with, or whatever is only seen on written blanks.
            if !erased.erases(brush.kind.erase_with_background) {
                continue;
            }
            let Some(first) = first_difference(old, new) else { continue };
            other.go(first as u16, y);
            if !other.pen.is_some_and(|pen| pen.blanks_like(erased)) {
                other.take(erased);
            }
            other.out.extend_from_slice(b"\x1b[K");
            let blank = Square { pen: erased, ..Square::BLANK };
            let rest = std::iter::repeat_n(blank, old.len() - first);
            let wiped: Vec<Square> = old[..first].iter().cloned().chain(rest).collect();
            row(&mut other, y, &wiped, new);
            if other.out.len() < best.out.len() {
                best = other;
            }
        }
        let written = std::mem::take(&mut best.out);
        (brush.at, brush.pen) = (best.at, best.pen);
        brush.out.extend_from_slice(&written);
    }
}

/// With what it may pay to erase the rest of a row before it is written: nothing, and the background of its blanks.
fn erasures(old: &[Square], new: &[Square]) -> impl Iterator<Item = Pen> + use<> {
    let changed = old.iter().zip(new).filter(|(old, new)| old != new && new.is_blank());
    let coloured = changed.map(|(_, new)| new.pen).find(|pen| *pen != Pen::PLAIN);
    std::iter::once(Pen::PLAIN).chain(coloured)
}

fn first_difference(old: &[Square], new: &[Square]) -> Option<usize> {
    old.iter().zip(new).position(|(old, new)| old != new)
}

/// One row from left to right.
fn row(brush: &mut Brush<'_>, y: u16, old: &[Square], new: &[Square]) {
    let cols = new.len();
    let differs = |x: usize| old[x] != new[x];
    let mut x = 0;
    while let Some(next) = (x..cols).find(|x| differs(*x)) {
        x = next;
        if new[x].glyph == Glyph::Tail {
            // Its first half stands already; only a grid that was never a screen comes here.
            x += 1;
            continue;
        }
        reach(brush, x, y, new);
        let pen = new[x].pen;
        let run = new[x..].iter().take_while(|square| **square == new[x]).count();
        // How far of the run is owed; what follows it may stay.
        let owed = (x..x + run).rev().find(|x| differs(*x)).map_or(1, |last| last + 1 - x);
        if new[x].is_blank() && owed > 3 {
            let may_erase = pen.erases(brush.kind.erase_with_background);
            if may_erase && x + run == cols {
                if !brush.suits(&new[x]) {
                    brush.take(pen);
                }
                brush.out.extend_from_slice(b"\x1b[K");
                return;
            }
            // What comes after has to be reached over the erased places: two sequences.
            let digits = if owed < 10 {
                1
            } else if owed < 100 {
                2
            } else {
                3
            };
            if may_erase && brush.kind.erase_some && owed > 6 + 2 * digits {
                if !brush.suits(&new[x]) {
                    brush.take(pen);
                }
                one(b'X', owed as u16, &mut brush.out);
                x += owed;
                continue;
            }
        }
        if brush.kind.repeat && !new[x].wide && owed > 1 && matches!(new[x].glyph, Glyph::Char(_)) {
            let digits = if owed < 11 {
                1
            } else if owed < 101 {
                2
            } else {
                3
            };
            if (owed - 1) * new[x].len() > 3 + digits && x + owed < cols {
                brush.square(&new[x], cols as u16);
                one(b'b', owed as u16 - 1, &mut brush.out);
                brush.at = At::Known((x + owed) as u16, y);
                x += owed;
                continue;
            }
        }
        brush.square(&new[x], cols as u16);
        x += if new[x].wide { 2 } else { 1 };
    }
}

/// Brings the cursor to a place of this row: by a move, or by writing again what stands between.
fn reach(brush: &mut Brush<'_>, x: usize, y: u16, new: &[Square]) {
    let target = x as u16;
    if let At::Known(from, row) = brush.at
        && row == y
        && from < target
    {
        let between = &new[usize::from(from)..x];
        let bytes: usize = between.iter().map(Square::len).sum();
        let whole = between.first().is_none_or(|square| square.glyph != Glyph::Tail);
        let plain =
            between.iter().all(|square| square.glyph == Glyph::Tail || (brush.suits(square) && brush.trusts(square)));
        let mut way = Vec::new();
        go(brush.kind, brush.at, target, y, &mut way);
        if whole && plain && bytes <= way.len() {
            for square in between {
                brush.square(square, new.len() as u16);
            }
            return;
        }
    }
    brush.go(target, y);
}
