//! ratatui's crossterm back end with a memory: what the terminal already has is not sent again, and a
//! frame goes out in one write. The stock back end shows, hides and moves the cursor on every frame,
//! which an idle desk on a slow line pays for.

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use std::io::{self, Write};

/// A back end that collects a frame and writes it whole.
pub(super) struct Quiet<W: Write> {
    out: W,
    pending: Vec<u8>,
    /// Where the terminal's cursor is, if that is known.
    at: Option<Position>,
    /// Whether it is shown, if that is known.
    shown: Option<bool>,
    /// A size for tests; else the terminal is asked.
    fixed: Option<Size>,
}

impl<W: Write> Quiet<W> {
    pub(super) fn new(out: W) -> Self {
        // Under NO_COLOR crossterm 0.29 writes an empty colour sequence, which resets reverse video; our
        // palette is what decides about colour, so the library must not.
        crossterm::style::force_color_output(true);
        Quiet { out, pending: Vec::new(), at: None, shown: None, fixed: None }
    }

    /// Writes whatever is pending and nothing else.
    fn send(&mut self) -> io::Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let sent = self.out.write_all(&self.pending).and_then(|()| self.out.flush());
        self.pending.clear();
        sent
    }

    /// The stock back end, which keeps no state of its own, over the pending bytes.
    fn stock(&mut self) -> CrosstermBackend<&mut Vec<u8>> {
        CrosstermBackend::new(&mut self.pending)
    }

    /// What the terminal has is no longer known.
    pub(super) fn forget(&mut self) {
        (self.at, self.shown) = (None, None);
    }
}

#[cfg(test)]
impl<W: Write> Quiet<W> {
    pub(super) fn of_size(out: W, cols: u16, rows: u16) -> Self {
        Quiet { fixed: Some(Size::new(cols, rows)), ..Quiet::new(out) }
    }

    pub(super) fn out(&mut self) -> &mut W {
        &mut self.out
    }

    pub(super) fn resize(&mut self, cols: u16, rows: u16) {
        self.fixed = Some(Size::new(cols, rows));
    }
}

impl<W: Write> Backend for Quiet<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        self.at = None;
        self.stock().draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.shown.replace(false) == Some(false) {
            return Ok(());
        }
        self.stock().hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.shown.replace(true) == Some(true) {
            return Ok(());
        }
        self.stock().show_cursor()
    }

    /// Never asks the terminal: the answer may not come, and ratatui wants it on every clear.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.at.unwrap_or(Position::ORIGIN))
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.at.replace(position) == Some(position) {
            return Ok(());
        }
        self.stock().set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.stock().clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.stock().clear_region(region)
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
        self.send()
    }
}
