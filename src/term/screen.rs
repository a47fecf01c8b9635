//! Taking the terminal, drawing on it, and giving it back as it was, whatever happens.

use super::backend::{Lean, Surface};
use super::kind::Kind;
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste};
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, queue, terminal};
use ratatui::Frame;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, ThreadId};

/// Whether the terminal is ours just now; whoever gives it back turns this off first.
static ENTERED: AtomicBool = AtomicBool::new(false);
/// The thread that draws.
static DRAWING: Mutex<Option<ThreadId>> = Mutex::new(None);

/// How the terminal is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Ask for pasted text as one piece, so that a pasted line never acts as keys.
    pub bracketed_paste: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { bracketed_paste: true }
    }
}

/// The terminal, ours until this is dropped or left.
pub struct Screen {
    terminal: Surface<RawStdout>,
}

impl Screen {
    /// Takes the terminal: raw mode, alternate screen, bracketed paste on, mouse off, cursor hidden.
    pub fn enter(options: Options) -> io::Result<Screen> {
        let terminal = Surface::new(Lean::new(RawStdout, Kind::named(&std::env::var("TERM").unwrap_or_default())))?;
        terminal::enable_raw_mode()?;
        *DRAWING.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread::current().id());
        ENTERED.store(true, Ordering::SeqCst);
        let mut screen = Screen { terminal };
        match RawStdout.write_all(&entering(options)?) {
            Ok(()) => Ok(screen),
            Err(e) => {
                screen.leave();
                Err(e)
            }
        }
    }

    /// Draws one frame. Only what changed is sent, in one write; nothing when nothing changed.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.terminal.draw(render)
    }

    /// Forgets what the terminal shows: the next frame is sent whole, over whatever has got onto it.
    pub fn redraw(&mut self) -> io::Result<()> {
        self.terminal.redraw()
    }

    /// Columns and rows.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        self.terminal.size()
    }

    /// Gives the terminal back. Doing it twice is harmless.
    pub fn leave(&mut self) {
        restore();
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.leave();
    }
}

/// What is sent to take the terminal.
fn entering(options: Options) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    queue!(bytes, EnterAlternateScreen, DisableMouseCapture)?;
    if options.bracketed_paste {
        queue!(bytes, EnableBracketedPaste)?;
    }
    // The Linux console has no alternate screen, and the first frame skips blank cells.
    queue!(bytes, SetAttribute(Attribute::Reset), Clear(ClearType::All), cursor::Hide)?;
    Ok(bytes)
}

/// What is sent to give it back.
fn leaving() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    queue!(
        bytes,
        DisableBracketedPaste,
        SetAttribute(Attribute::Reset),
        Clear(ClearType::All),
        cursor::MoveTo(0, 0),
        LeaveAlternateScreen,
        cursor::Show
    )?;
    Ok(bytes)
}

/// Gives the terminal back if it is ours. What fails here fails because the terminal is gone.
fn restore() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    if let Ok(bytes) = leaving() {
        let _ = RawStdout.write_all(&bytes);
    }
    let _ = terminal::disable_raw_mode();
}

/// Puts the terminal's restoration before the panic hook there is: call it after `color_eyre::install`,
/// so that its report is printed on a sane screen. A panic of another thread than the drawing one ends
/// the program, for a desk without its keys or its line is worse than none.
pub fn chain_panic_hook() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let was_ours = ENTERED.load(Ordering::SeqCst);
        restore();
        report(info);
        let drawing = *DRAWING.lock().unwrap_or_else(PoisonError::into_inner);
        if was_ours && drawing != Some(thread::current().id()) {
            std::process::exit(101);
        }
    }));
}

/// Standard output without the line buffer of the standard library, which would cut a frame in two.
struct RawStdout;

impl Write for RawStdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let out = rustix::stdio::stdout();
        loop {
            match rustix::io::write(out, bytes) {
                Ok(written) => return Ok(written),
                Err(Errno::INTR) => {}
                // Another program of the same terminal may have made it non-blocking.
                Err(Errno::AGAIN) => match poll(&mut [PollFd::new(&out, PollFlags::OUT)], None) {
                    Ok(_) | Err(Errno::INTR) => {}
                    Err(e) => return Err(e.into()),
                },
                Err(e) => return Err(e.into()),
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;
    use ratatui::widgets::Paragraph;

    /// Counts writes, as a terminal's other end could.
    #[derive(Default)]
    struct Wire {
        bytes: Vec<u8>,
        writes: usize,
    }

    impl Write for Wire {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.writes += 1;
            self.bytes.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    struct Desk {
        terminal: Surface<Wire>,
        seen: vt100::Parser,
    }

    impl Desk {
        fn new() -> Self {
            let terminal = Surface::new(Lean::of_size(Wire::default(), Kind::named("xterm"), 20, 4)).unwrap();
            let size = |n: u16| n.try_into().unwrap();
            Desk { terminal, seen: vt100::Parser::new(size(4), size(20), 0) }
        }

        /// Draws, and gives bytes and writes it took.
        fn draw(&mut self, text: &str, cursor: Option<(u16, u16)>) -> (usize, usize) {
            self.terminal
                .draw(|frame| {
                    frame.render_widget(Paragraph::new(text), frame.area());
                    if let Some(at) = cursor {
                        frame.set_cursor_position(at);
                    }
                })
                .unwrap();
            let wire = std::mem::take(self.terminal.lean().out());
            self.seen.process(&wire.bytes);
            (wire.bytes.len(), wire.writes)
        }
    }

    #[test]
    fn a_frame_that_changes_nothing_sends_nothing() {
        let mut desk = Desk::new();
        for cursor in [None, Some((4, 1))] {
            let (bytes, writes) = desk.draw("休学\n复学", cursor);
            assert!(bytes > 0);
            assert_eq!(writes, 1, "one frame, one write");
            assert_eq!(desk.draw("休学\n复学", cursor), (0, 0));
            assert_eq!(desk.draw("休学\n复学", cursor), (0, 0));
        }
    }

    #[test]
    fn the_cursor_follows_though_nothing_else_changes() {
        let mut desk = Desk::new();
        desk.draw("休学", Some((4, 0)));
        assert_eq!(desk.seen.screen().cursor_position(), (0, 4));
        assert!(!desk.seen.screen().hide_cursor());
        let (bytes, _) = desk.draw("休学", Some((2, 0)));
        assert!((1..=8).contains(&bytes), "{bytes}");
        assert_eq!(desk.seen.screen().cursor_position(), (0, 2));
        desk.draw("休学", None);
        assert!(desk.seen.screen().hide_cursor());
        assert_eq!(desk.draw("休学", None), (0, 0));
    }

    #[test]
    fn the_cursor_is_put_back_after_cells_were_drawn() {
        let mut desk = Desk::new();
        desk.draw("休学\n一", Some((4, 0)));
        let (_, writes) = desk.draw("休学\n二", Some((4, 0)));
        assert_eq!(writes, 1);
        assert_eq!(desk.seen.screen().cursor_position(), (0, 4));
        assert_eq!(desk.seen.screen().contents(), "休学\n二");
    }

    #[test]
    fn a_redraw_sends_the_whole_frame_again() {
        let mut desk = Desk::new();
        let (first, _) = desk.draw("休学", Some((4, 0)));
        desk.seen.process(b"\x1b[Hwall message");
        desk.terminal.redraw().unwrap();
        let (again, _) = desk.draw("休学", Some((4, 0)));
        assert!(again >= first, "{again} < {first}");
        assert_eq!(desk.seen.screen().contents(), "休学");
        assert_eq!(desk.seen.screen().cursor_position(), (0, 4));
    }

    #[test]
    fn another_size_is_drawn_whole() {
        let mut desk = Desk::new();
        desk.draw("休学", None);
        desk.terminal.lean().resize(30, 2);
        desk.terminal.draw(|frame| assert_eq!(frame.area(), Rect::new(0, 0, 30, 2))).unwrap();
        desk.draw("复学", None);
        assert_eq!(desk.seen.screen().contents(), "复学");
    }

    #[test]
    fn reverse_video_survives_no_color() {
        // As crossterm sets itself when it finds NO_COLOR.
        crossterm::style::force_color_output(false);
        let mut desk = Desk::new();
        let style = Style::new().red().reversed();
        desk.terminal
            .draw(|frame| frame.render_widget(Paragraph::new("ab").style(style), Rect::new(0, 0, 2, 1)))
            .unwrap();
        let wire = std::mem::take(desk.terminal.lean().out());
        desk.seen.process(&wire.bytes);
        assert!(desk.seen.screen().cell(0, 1).unwrap().inverse());
    }

    #[test]
    fn what_was_turned_on_is_turned_off() {
        let mut seen = vt100::Parser::default();
        seen.process(&entering(Options::default()).unwrap());
        let screen = seen.screen();
        assert!(screen.alternate_screen() && screen.bracketed_paste() && screen.hide_cursor());
        seen.process(&leaving().unwrap());
        let screen = seen.screen();
        assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
    }

    #[test]
    fn paste_is_left_alone_where_asked() {
        let mut seen = vt100::Parser::default();
        seen.process(&entering(Options { bracketed_paste: false }).unwrap());
        assert!(!seen.screen().bracketed_paste());
    }
}
