//! ratatui's back end that knows what the terminal shows. ratatui says what is wanted; when a frame is complete, the
//! difference goes out in one write, in the fewest bytes found. While the terminal takes nothing, nothing is sent:
//! what is wanted then is only noted, so a later frame replaces an earlier one instead of queueing behind it.

use super::grid::Grid;
use super::kind::Kind;
use super::moves::At;
use super::paint::{self, Brush};
use super::pen::Pen;
use super::scroll;
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Size};
use ratatui::{Frame, Terminal};
use std::io::{self, Write};

/// A frame of more bytes than this is bracketed, where the terminal can hold it back until it is whole.
const TOGETHER_FROM: usize = 512;
/// A frame of fewer bytes is not worth looking for what moved.
const SCROLL_FROM: usize = 64;

/// Where frames go.
pub trait Sink {
    /// Whether a frame would be taken now.
    fn ready(&mut self) -> io::Result<bool>;
    /// Takes a frame, whole.
    fn send(&mut self, frame: &[u8]) -> io::Result<()>;
}

/// What can be written to is always ready.
impl<W: Write> Sink for W {
    fn ready(&mut self) -> io::Result<bool> {
        Ok(true)
    }

    fn send(&mut self, frame: &[u8]) -> io::Result<()> {
        self.write_all(frame)?;
        self.flush()
    }
}

/// A terminal that frames are drawn on. ratatui's own terminal hands its back end only what it finds changed, and that
/// leaves out the places under halves of wide characters, whose colours it cannot know; so the whole picture is taken.
pub struct Surface<S: Sink> {
    terminal: Terminal<Lean<S>>,
}

impl<S: Sink> Surface<S> {
    /// Frames for this back end.
    pub fn new(lean: Lean<S>) -> io::Result<Self> {
        Ok(Surface { terminal: Terminal::new(Lean { whole: true, ..lean })? })
    }

    /// Draws one frame. Only what changed is sent, in one write; nothing when nothing changed, and nothing for now
    /// while the terminal takes nothing.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        let picture = self.terminal.draw(render)?.buffer.clone();
        let lean = self.terminal.backend_mut();
        lean.show(&picture);
        lean.present()
    }

    /// Forgets what the terminal shows: the next frame is sent whole, over whatever has got onto it.
    pub fn redraw(&mut self) {
        self.terminal.backend_mut().forget();
    }

    /// The back end.
    pub fn lean(&mut self) -> &mut Lean<S> {
        self.terminal.backend_mut()
    }

    /// Columns and rows.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        self.terminal.size().map(|size| (size.width, size.height))
    }
}

/// The back end.
pub struct Lean<S: Sink> {
    out: S,
    kind: Kind,
    /// What the terminal shows, unless `lost`.
    have: Grid,
    /// What it is to show.
    want: Grid,
    /// Nothing is known of what the terminal shows: the next frame is sent whole.
    lost: bool,
    at: At,
    pen: Option<Pen>,
    shown: Option<bool>,
    want_shown: bool,
    want_cursor: Position,
    /// A frame is owed that the terminal would not take.
    held: bool,
    /// Whole pictures are handed in, so ratatui's differences and its flush are not needed.
    whole: bool,
    /// A size for tests and benches; else the terminal is asked.
    fixed: Option<Size>,
}

impl<S: Sink> Lean<S> {
    /// For the terminal at the other end of this sink, which shows nobody knows what.
    pub fn new(out: S, kind: Kind) -> Self {
        Lean {
            out,
            kind,
            have: Grid::new(0, 0),
            want: Grid::new(0, 0),
            lost: true,
            at: At::Unknown,
            pen: None,
            shown: None,
            want_shown: false,
            want_cursor: Position::ORIGIN,
            held: false,
            whole: false,
            fixed: None,
        }
    }

    /// The same of a fixed size, empty, with its cursor hidden and in the upper left corner: as taken over.
    pub fn of_size(out: S, kind: Kind, cols: u16, rows: u16) -> Self {
        let mut lean = Lean { fixed: Some(Size::new(cols, rows)), ..Lean::new(out, kind) };
        lean.fit();
        lean.emptied();
        lean
    }

    /// Another fixed size.
    pub fn resize(&mut self, cols: u16, rows: u16) {
        self.fixed = Some(Size::new(cols, rows));
    }

    /// Where frames go.
    pub fn out(&mut self) -> &mut S {
        &mut self.out
    }

    /// What the terminal can do; it may turn out to be more or less than was thought.
    pub fn set_kind(&mut self, kind: Kind) {
        self.kind = kind;
    }

    /// What the terminal can do, as known so far.
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// Whether a frame is owed that the terminal would not take.
    pub fn held(&self) -> bool {
        self.held
    }

    /// What the terminal shows is no longer known.
    pub fn forget(&mut self) {
        self.lost = true;
        (self.at, self.pen, self.shown) = (At::Unknown, None, None);
    }

    /// The terminal was emptied just now, and its cursor hidden.
    pub(super) fn emptied(&mut self) {
        self.fit();
        self.have.clear();
        self.lost = false;
        (self.at, self.pen, self.shown) = (At::Known(0, 0), Some(Pen::PLAIN), Some(false));
    }

    /// Takes a whole picture as what is wanted.
    fn show(&mut self, picture: &Buffer) {
        self.fit();
        let cols = usize::from(picture.area.width);
        self.want.clear();
        for (y, row) in picture.content.chunks(cols.max(1)).enumerate() {
            let mut x = 0;
            while let Some(cell) = row.get(x) {
                x += self.want.set(x as u16, y as u16, cell);
            }
        }
    }

    /// Takes the terminal's size over; of another size nothing is known.
    fn fit(&mut self) {
        let Ok(size) = self.size() else { return };
        if (self.want.cols, self.want.rows) != (size.width, size.height) {
            self.want = Grid::new(size.width, size.height);
            self.have = self.want.clone();
            self.forget();
        }
    }

    /// Sends what is owed, if the terminal takes it now.
    pub fn present(&mut self) -> io::Result<()> {
        if !self.lost && self.have == self.want && self.cursor_stands() {
            self.held = false;
            return Ok(());
        }
        self.held = !self.out.ready()?;
        if self.held {
            return Ok(());
        }
        let frame = self.frame();
        if frame.is_empty() { Ok(()) } else { self.out.send(&frame) }
    }

    fn cursor_stands(&self) -> bool {
        let hidden = self.shown == Some(false) && !self.want_shown;
        let there = At::Known(self.want_cursor.x, self.want_cursor.y) == self.at;
        hidden || (self.shown == Some(true) && self.want_shown && there)
    }

    /// The bytes from what is shown to what is wanted; from then on it counts as shown.
    fn frame(&mut self) -> Vec<u8> {
        let mut brush = Brush { kind: &self.kind, at: self.at, pen: self.pen, out: Vec::new() };
        if self.lost {
            brush.out.extend_from_slice(b"\x1b[m\x1b[H\x1b[J");
            (brush.at, brush.pen) = (At::Known(0, 0), Some(Pen::PLAIN));
            self.have.clear();
            self.lost = false;
        }
        let start = brush.clone();
        paint::screen(&mut brush, &self.have, &self.want);
        if brush.out.len() - start.out.len() >= SCROLL_FROM {
            for shift in scroll::likely(&self.have, &self.want) {
                let mut other = start.clone();
                let mut moved = self.have.clone();
                other.scroll(shift, self.want.rows);
                moved.shift(shift.top, shift.bottom, shift.by);
                paint::screen(&mut other, &moved, &self.want);
                if other.out.len() < brush.out.len() {
                    brush = other;
                }
            }
        }
        self.have.copy(&self.want);
        if self.want_shown {
            brush.go(self.want_cursor.x, self.want_cursor.y);
        }
        let mut out = std::mem::take(&mut brush.out);
        (self.at, self.pen) = (brush.at, brush.pen);
        if self.shown != Some(self.want_shown) {
            out.extend_from_slice(if self.want_shown { b"\x1b[?25h" } else { b"\x1b[?25l" });
            self.shown = Some(self.want_shown);
        }
        if self.kind.together && out.len() > TOGETHER_FROM {
            out = [b"\x1b[?2026h", &out[..], b"\x1b[?2026l"].concat();
        }
        out
    }
}

impl<S: Sink> Backend for Lean<S> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.fit();
        if !self.whole {
            for (x, y, cell) in content {
                self.want.put(x, y, cell);
            }
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.want_shown = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.want_shown = true;
        Ok(())
    }

    /// Never asks the terminal: the answer may not come, and ratatui wants it on every clear.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.want_cursor)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        let inside = |at: u16, size: u16| at.min(size.saturating_sub(1));
        self.want_cursor = Position::new(inside(position.x, self.want.cols), inside(position.y, self.want.rows));
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.fit();
        self.want.clear();
        Ok(())
    }

    /// Parts are cleared only for viewports that the desk does not have.
    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        match region {
            ClearType::All => self.clear(),
            _ => Err(io::Error::from(io::ErrorKind::Unsupported)),
        }
    }

    fn size(&self) -> io::Result<Size> {
        match self.fixed {
            Some(size) => Ok(size),
            None => crossterm::terminal::size().map(|(cols, rows)| Size::new(cols, rows)),
        }
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.whole { Ok(()) } else { self.present() }
    }
}
