//! What stands in each place of the screen, in a form that can be compared: two squares that are equal look the same
//! on every terminal, so a difference always means bytes that are owed.

use super::pen::Pen;
use crate::text;
use ratatui::buffer::Cell;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What a square holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Glyph {
    /// One character.
    Char(char),
    /// A base with what combines with it.
    Cluster(Box<str>),
    /// The second half of the wide character before it.
    Tail,
}

/// One place of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Square {
    pub(super) glyph: Glyph,
    pub(super) pen: Pen,
    /// Whether it takes its neighbour's place too.
    pub(super) wide: bool,
}

impl Square {
    /// Nothing, in no colour.
    pub(super) const BLANK: Square = Square { glyph: Glyph::Char(' '), pen: Pen::PLAIN, wide: false };

    /// What ratatui wants in a place that has `room` cells up to the edge.
    pub(super) fn of(cell: &Cell, room: u16) -> Square {
        let symbol = cell.symbol();
        let mut chars = symbol.chars();
        let glyph = match (chars.next(), chars.next()) {
            (Some(c), None) => Glyph::Char(c),
            (Some(_), Some(_)) => Glyph::Cluster(symbol.into()),
            (None, _) => Glyph::Char(' '),
        };
        let width = glyph.width();
        // What has no width, steers, or would hang over the edge is not sent: no terminal agrees with another on it.
        if width == 0 || width > usize::from(room.min(2)) || symbol.contains(char::is_control) {
            return Square::blank(Pen::of(cell));
        }
        if glyph == Glyph::Char(' ') {
            return Square::blank(Pen::of(cell));
        }
        Square { glyph, pen: Pen::of(cell), wide: width == 2 }
    }

    /// A blank; of its pen only what can be seen on a blank is kept.
    fn blank(pen: Pen) -> Square {
        Square { pen: pen.on_blank(), ..Square::BLANK }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.glyph == Glyph::Char(' ')
    }

    /// Bytes it is sent as.
    pub(super) fn len(&self) -> usize {
        match &self.glyph {
            Glyph::Char(c) => c.len_utf8(),
            Glyph::Cluster(text) => text.len(),
            Glyph::Tail => 0,
        }
    }
}

impl Glyph {
    fn width(&self) -> usize {
        match self {
            Glyph::Char(c) => text::plain_cells(*c).or_else(|| c.width()).unwrap_or(0),
            Glyph::Cluster(text) => text.width(),
            Glyph::Tail => 0,
        }
    }
}

impl Square {
    /// Whether every terminal that knows Chinese takes two cells for this wide character. After others the cursor is
    /// placed anew.
    pub(super) fn is_steady(&self) -> bool {
        matches!(
            self.glyph,
            Glyph::Char(
                '\u{2E80}'..='\u{303E}'
                | '\u{3041}'..='\u{9FFF}'
                | '\u{A000}'..='\u{A4CF}'
                | '\u{AC00}'..='\u{D7A3}'
                | '\u{F900}'..='\u{FAFF}'
                | '\u{FE30}'..='\u{FE6F}'
                | '\u{FF01}'..='\u{FF60}'
                | '\u{FFE0}'..='\u{FFE6}',
            )
        )
    }

    /// Whether it is one cell wide in every terminal there is.
    pub(super) fn is_ascii(&self) -> bool {
        matches!(self.glyph, Glyph::Char(c) if c.is_ascii())
    }
}

/// A screen of squares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grid {
    pub(super) cols: u16,
    pub(super) rows: u16,
    squares: Vec<Square>,
}

impl Grid {
    /// An empty screen.
    pub(super) fn new(cols: u16, rows: u16) -> Grid {
        Grid { cols, rows, squares: vec![Square::BLANK; usize::from(cols) * usize::from(rows)] }
    }

    /// Empties it.
    pub(super) fn clear(&mut self) {
        self.squares.fill(Square::BLANK);
    }

    pub(super) fn row(&self, y: u16) -> &[Square] {
        let cols = usize::from(self.cols);
        let from = usize::from(y) * cols;
        self.squares.get(from..from + cols).unwrap_or_default()
    }

    fn row_mut(&mut self, y: u16) -> &mut [Square] {
        let cols = usize::from(self.cols);
        let from = usize::from(y) * cols;
        self.squares.get_mut(from..from + cols).unwrap_or_default()
    }

    /// Puts a cell in its place; half a wide character left beside it becomes a blank, as on a terminal.
    pub(super) fn put(&mut self, x: u16, y: u16, cell: &Cell) {
        if x >= self.cols || y >= self.rows {
            return;
        }
        let square = Square::of(cell, self.cols - x);
        let x = usize::from(x);
        let row = self.row_mut(y);
        let end = x + if square.wide { 2 } else { 1 };
        if row[x].glyph == Glyph::Tail && x > 0 {
            row[x - 1] = Square::BLANK;
        }
        if let Some(next) = row.get_mut(end)
            && next.glyph == Glyph::Tail
        {
            *next = Square::BLANK;
        }
        if square.wide {
            row[x + 1] = Square { glyph: Glyph::Tail, pen: square.pen, wide: false };
        }
        row[x] = square;
    }

    /// Sets a place in a screen that was empty from there on, and says how many places that took.
    pub(super) fn set(&mut self, x: u16, y: u16, cell: &Cell) -> usize {
        if x >= self.cols || y >= self.rows {
            return 1;
        }
        let square = Square::of(cell, self.cols - x);
        let (x, wide) = (usize::from(x), square.wide);
        let row = self.row_mut(y);
        if wide {
            row[x + 1] = Square { glyph: Glyph::Tail, pen: square.pen, wide: false };
        }
        row[x] = square;
        if wide { 2 } else { 1 }
    }

    /// Takes over another screen's content of the same size.
    pub(super) fn copy(&mut self, other: &Grid) {
        self.squares.clone_from_slice(&other.squares);
    }

    /// Moves the rows from `top` up to before `bottom` by `by` lines, upwards if positive; blanks come in.
    pub(super) fn shift(&mut self, top: u16, bottom: u16, by: i32) {
        let cols = usize::from(self.cols);
        let band = &mut self.squares[usize::from(top) * cols..usize::from(bottom) * cols];
        let moved = (by.unsigned_abs() as usize * cols).min(band.len());
        if by > 0 {
            band.rotate_left(moved);
            let from = band.len() - moved;
            band[from..].fill(Square::BLANK);
        } else {
            band.rotate_right(moved);
            band[..moved].fill(Square::BLANK);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::{Color, Modifier};

    fn cell(symbol: &'static str) -> Cell {
        Cell::new(symbol)
    }

    #[test]
    fn a_wide_character_takes_two_places_and_gives_both_back() {
        let mut grid = Grid::new(4, 1);
        grid.put(0, 0, &cell("休"));
        assert!(grid.row(0)[0].wide && grid.row(0)[1].glyph == Glyph::Tail);
        grid.put(1, 0, &cell("学"));
        assert!(grid.row(0)[0].is_blank());
        assert_eq!(grid.row(0)[2].glyph, Glyph::Tail);
        grid.put(1, 0, &cell("a"));
        assert!(grid.row(0)[2].is_blank());
    }

    #[test]
    fn what_cannot_be_drawn_is_a_blank() {
        let mut grid = Grid::new(3, 1);
        for symbol in ["\u{301}", "\u{200B}", "\x1b", "a\x07", ""] {
            grid.put(0, 0, &cell(symbol));
            assert!(grid.row(0)[0].is_blank(), "{symbol:?}");
        }
        grid.put(2, 0, &cell("休"));
        assert!(grid.row(0)[2].is_blank(), "a wide character over the edge");
        grid.put(7, 0, &cell("a"));
        grid.put(0, 7, &cell("a"));
    }

    #[test]
    fn blanks_that_look_the_same_are_the_same() {
        let mut red = cell(" ");
        red.set_fg(Color::Red).modifier = Modifier::BOLD;
        assert_eq!(Square::of(&red, 1), Square::BLANK);
        red.set_bg(Color::Blue);
        assert_ne!(Square::of(&red, 1), Square::BLANK);
        let mut reversed = cell(" ");
        reversed.modifier = Modifier::REVERSED;
        assert_ne!(Square::of(&reversed, 1), Square::BLANK);
    }

    #[test]
    fn rows_shift_and_blanks_come_in() {
        let mut grid = Grid::new(1, 4);
        for (y, symbol) in ["a", "b", "c", "d"].into_iter().enumerate() {
            grid.put(0, y as u16, &cell(symbol));
        }
        let text = |grid: &Grid| -> String {
            (0..4).map(|y| if let Glyph::Char(c) = grid.row(y)[0].glyph { c } else { '?' }).collect()
        };
        let mut up = grid.clone();
        up.shift(0, 3, 1);
        assert_eq!(text(&up), "bc d");
        grid.shift(1, 4, -2);
        assert_eq!(text(&grid), "a  b");
    }
}
