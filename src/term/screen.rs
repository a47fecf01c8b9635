//! Taking the terminal, drawing on it, and giving it back as it was, whatever happens.

use super::Event;
use super::backend::{Lean, Surface};
use super::decode::Answer;
use super::kind::Kind;
use super::out::{Tty, last_words};
use super::pace::{LinkMode, QUESTION};
use super::probe::{self, Truth};
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste};
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, queue, terminal};
use ratatui::Frame;
use rustix::termios::{QueueSelector, tcflush};
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Mutex, PoisonError};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

/// Whether the terminal is ours just now; whoever gives it back turns this off first.
static ENTERED: AtomicBool = AtomicBool::new(false);
/// Whether its modes were set, which are then to be set back.
static MODES: AtomicBool = AtomicBool::new(false);
/// The thread that draws.
static DRAWING: Mutex<Option<ThreadId>> = Mutex::new(None);

/// Ends a sequence that was begun (CAN).
const CANCEL: u8 = 0x18;
/// How long a terminal that takes nothing is waited for when it is given back.
const LAST_WAIT: Duration = Duration::from_secs(2);

/// How the terminal is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Ask for pasted text as one piece, so that a pasted line never acts as keys.
    pub bracketed_paste: bool,
    /// What is said of the line to the terminal.
    pub link: LinkMode,
}

impl Default for Options {
    fn default() -> Self {
        Options { bracketed_paste: true, link: LinkMode::Auto }
    }
}

/// The terminal, ours until this is dropped or left.
pub struct Screen {
    surface: Surface<Tty>,
    truth: Truth,
    link: LinkMode,
}

impl Screen {
    /// Takes the terminal: raw mode, alternate screen, bracketed paste on, mouse off, cursor hidden. It is asked what
    /// it is; the answers come among `events`, and what they say is to be handed in with [`Screen::answered`].
    pub fn enter(options: Options, events: &Sender<Event>) -> io::Result<Screen> {
        let kind = Kind::named(&std::env::var("TERM").unwrap_or_default());
        let questions = probe::questions(&kind);
        let kind = if options.link == LinkMode::Plain { kind.careful() } else { kind };
        let mut surface = Surface::new(Lean::new(Tty::new(options.link, Some(events)), kind))?;
        terminal::enable_raw_mode()?;
        *DRAWING.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread::current().id());
        let modes = surface.lean().kind().modes;
        MODES.store(modes, Ordering::SeqCst);
        ENTERED.store(true, Ordering::SeqCst);
        let mut first = entering(options, modes)?;
        first.extend_from_slice(&questions);
        surface.lean().emptied();
        let mut screen = Screen { surface, truth: Truth::default(), link: options.link };
        match screen.begin(first) {
            Ok(()) => Ok(screen),
            Err(e) => {
                screen.leave();
                Err(e)
            }
        }
    }

    fn begin(&mut self, mut first: Vec<u8>) -> io::Result<()> {
        let answers = self.surface.lean().kind().answers;
        if answers {
            first.extend_from_slice(QUESTION);
        }
        self.surface.lean().out().begin(&first, answers)
    }

    /// Draws one frame. Only what changed is sent, in one write; nothing when nothing changed. False while the line
    /// cannot carry it: then the newest frame is sent by [`Screen::again`] when it can.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<bool> {
        self.surface.draw(render)?;
        Ok(!self.surface.lean().held())
    }

    /// Tries again to send a frame that was held back: whether none is any more.
    pub fn again(&mut self) -> io::Result<bool> {
        self.surface.lean().present()?;
        Ok(!self.surface.lean().held())
    }

    /// When to try again, if nothing is heard from the terminal before; none when nothing is held back.
    pub fn again_at(&mut self) -> Option<Instant> {
        let lean = self.surface.lean();
        if lean.held() { lean.out().pace.again_at() } else { None }
    }

    /// The terminal takes bytes again.
    pub fn writable(&mut self) {
        self.surface.lean().out().woken();
    }

    /// The terminal answered something.
    pub fn answered(&mut self, answer: Answer, at: Instant) {
        let lean = self.surface.lean();
        if answer == Answer::Ready {
            lean.out().pace.answered(at);
            return;
        }
        let (before, mut kind) = (self.truth, lean.kind().clone());
        probe::learn(answer, &mut kind, &mut self.truth);
        lean.set_kind(if self.link == LinkMode::Plain { kind.careful() } else { kind });
        // What was drawn in the wrong belief may stand anywhere.
        if self.truth != before {
            self.surface.redraw();
        }
    }

    /// What the terminal turned out to be.
    pub fn truth(&self) -> Truth {
        self.truth
    }

    /// Whether the line is slow.
    pub fn is_slow(&mut self) -> bool {
        self.surface.lean().out().pace.is_slow()
    }

    /// Whether the terminal still owes an answer, which would be typed into whatever comes after this program.
    pub fn awaits(&mut self) -> bool {
        self.surface.lean().out().pace.awaits(Instant::now())
    }

    /// Forgets what the terminal shows: the next frame is sent whole, over whatever has got onto it.
    pub fn redraw(&mut self) {
        self.surface.redraw();
    }

    /// Columns and rows.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        self.surface.size()
    }

    /// Gives the terminal back. Doing it twice is harmless.
    pub fn leave(&mut self) {
        if self.awaits() && ENTERED.load(Ordering::SeqCst) {
            // Whatever answer comes by then is ours and not the shell's.
            let _ = tcflush(rustix::stdio::stdin(), QueueSelector::IFlush);
        }
        restore();
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.leave();
    }
}

/// What is sent to take the terminal; `modes` where it has any.
fn entering(options: Options, modes: bool) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if modes {
        queue!(bytes, EnterAlternateScreen, DisableMouseCapture)?;
        if options.bracketed_paste {
            queue!(bytes, EnableBracketedPaste)?;
        }
    }
    // The Linux console has no alternate screen, and the first frame skips blank cells.
    queue!(bytes, SetAttribute(Attribute::Reset), Clear(ClearType::All), cursor::Hide)?;
    Ok(bytes)
}

/// What is sent to give it back.
fn leaving(modes: bool) -> io::Result<Vec<u8>> {
    // A frame may have been cut in the middle of a sequence: this ends it.
    let mut bytes = vec![CANCEL];
    if modes {
        queue!(bytes, DisableBracketedPaste)?;
    }
    queue!(bytes, SetAttribute(Attribute::Reset), Clear(ClearType::All), cursor::MoveTo(0, 0))?;
    if modes {
        queue!(bytes, LeaveAlternateScreen)?;
    }
    queue!(bytes, cursor::Show)?;
    Ok(bytes)
}

/// Gives the terminal back if it is ours. What fails here fails because the terminal is gone.
fn restore() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    if let Ok(bytes) = leaving(MODES.load(Ordering::SeqCst)) {
        last_words(&bytes, LAST_WAIT);
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

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;
    use ratatui::widgets::Paragraph;
    use std::io::Write;

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
        desk.terminal.redraw();
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
        seen.process(&entering(Options::default(), true).unwrap());
        let screen = seen.screen();
        assert!(screen.alternate_screen() && screen.bracketed_paste() && screen.hide_cursor());
        seen.process(&leaving(true).unwrap());
        let screen = seen.screen();
        assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
    }

    #[test]
    fn a_terminal_without_modes_is_sent_none() {
        for bytes in [entering(Options::default(), false).unwrap(), leaving(false).unwrap()] {
            let text = String::from_utf8(bytes).unwrap();
            let modes: Vec<&str> = text.split("\x1b[?").skip(1).map(|rest| &rest[..3]).collect();
            assert!(modes.iter().all(|mode| matches!(*mode, "25l" | "25h")), "{text:?}");
        }
    }

    #[test]
    fn paste_is_left_alone_where_asked() {
        let mut seen = vt100::Parser::default();
        seen.process(&entering(Options { bracketed_paste: false, ..Options::default() }, true).unwrap());
        assert!(!seen.screen().bracketed_paste());
    }
}
