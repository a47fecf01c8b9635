//! The real program in a pseudo-terminal whose other end is a terminal model.

use super::{LONG, environment, log_of, program};
use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A screen counts as seen when nothing has come for this long: a frame is one write, but the kernel
/// hands it over in pieces, and half a frame must not be judged.
const STILL: Duration = Duration::from_millis(10);

/// A desk as a clerk has it: keys in, a screen out.
pub struct Desk {
    shared: Arc<Shared>,
    /// Both are none after [`Desk::hang_up`].
    writer: Option<Box<dyn Write + Send>>,
    master: Option<Box<dyn MasterPty + Send>>,
    pid: Pid,
    data: Option<PathBuf>,
    _home: TempDir,
}

struct Shared {
    seen: Mutex<Seen>,
    changed: Condvar,
}

struct Seen {
    terminal: vt100::Parser,
    sent: Vec<u8>,
    last: Instant,
    /// The program's end of the line is closed: nothing more will come.
    closed: bool,
    exit: Option<ExitStatus>,
}

fn size(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).expect("a terminal has rows and columns")
}

fn pty_size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// The rows as text, without the blanks at their ends.
fn text_of(screen: &vt100::Screen) -> String {
    let (_, cols) = screen.size();
    let rows: Vec<String> = screen.rows(0, cols.get()).map(|row| row.trim_end().to_owned()).collect();
    rows.join("\n")
}

impl Desk {
    /// Starts `xueji` with these arguments. `env` goes over the tests' environment.
    pub fn start(args: &[&str], env: &[(&str, &str)], cols: u16, rows: u16) -> Desk {
        let mut command = vec![program().to_str().unwrap()];
        command.extend(args);
        Desk::start_program(&command, env, cols, rows)
    }

    /// Starts any program.
    pub fn start_program(command: &[&str], env: &[(&str, &str)], cols: u16, rows: u16) -> Desk {
        let home = tempfile::tempdir().unwrap();
        let data = command.windows(2).find(|pair| pair[0] == "--data").map(|pair| PathBuf::from(pair[1]));
        let mut builder = CommandBuilder::new(command[0]);
        builder.args(&command[1..]);
        builder.env_clear();
        for (name, value) in environment(home.path()) {
            builder.env(name, value);
        }
        for (name, value) in env {
            builder.env(name, value);
        }
        builder.cwd(home.path());

        let pty = native_pty_system().openpty(pty_size(cols, rows)).unwrap();
        let mut child = pty.slave.spawn_command(builder).unwrap();
        // While this end is open, the end of the program would never be seen.
        drop(pty.slave);
        let pid = Pid::from_raw(child.process_id().unwrap() as i32).unwrap();
        let mut reader = pty.master.try_clone_reader().unwrap();
        let shared = Arc::new(Shared {
            seen: Mutex::new(Seen {
                terminal: vt100::Parser::new(size(rows), size(cols), 0),
                sent: Vec::new(),
                last: Instant::now(),
                closed: false,
                exit: None,
            }),
            changed: Condvar::new(),
        });

        let theirs = Arc::clone(&shared);
        std::thread::spawn(move || {
            let mut buffer = [0; 65536];
            loop {
                let read = reader.read(&mut buffer).unwrap_or(0);
                let mut seen = theirs.seen.lock().unwrap();
                if read == 0 {
                    seen.closed = true;
                } else {
                    seen.terminal.process(&buffer[..read]);
                    seen.sent.extend_from_slice(&buffer[..read]);
                    seen.last = Instant::now();
                }
                theirs.changed.notify_all();
                if read == 0 {
                    return;
                }
            }
        });
        let theirs = Arc::clone(&shared);
        std::thread::spawn(move || {
            let exit = child.wait().unwrap();
            theirs.seen.lock().unwrap().exit = Some(exit);
            theirs.changed.notify_all();
        });
        let writer = Some(pty.master.take_writer().unwrap());
        Desk { shared, writer, master: Some(pty.master), pid, data, _home: home }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.shared.seen.lock().unwrap()
    }

    /// Waits until `done` gives a value; on time-out the last screen is printed.
    fn wait<T>(&self, what: &str, mut done: impl FnMut(&Seen) -> Option<T>) -> T {
        let deadline = Instant::now() + LONG;
        let mut seen = self.seen();
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if let Some(value) = done(&seen) {
                let rest = STILL.saturating_sub(seen.last.elapsed());
                if rest.is_zero() || left.is_zero() || seen.closed {
                    return value;
                }
                (seen, _) = self.shared.changed.wait_timeout(seen, rest).unwrap();
                continue;
            }
            let over = seen.closed && seen.exit.is_some();
            if left.is_zero() || over {
                let why = match &seen.exit {
                    Some(exit) => format!("the program ended ({exit})"),
                    None => format!("waited {LONG:?}"),
                };
                let screen = text_of(seen.terminal.screen());
                let cursor = cursor_of(seen.terminal.screen());
                drop(seen);
                let log = self.data.as_deref().map(log_of).unwrap_or_default();
                panic!("{why}, but never saw: {what}\n┌── last screen, cursor {cursor:?}\n{screen}\n└──\n{log}");
            }
            (seen, _) = self.shared.changed.wait_timeout(seen, left).unwrap();
        }
    }

    /// Types.
    pub fn send(&mut self, keys: &str) {
        self.send_bytes(keys.as_bytes());
    }

    /// Sends bytes in one write, as a burst.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let writer = self.writer.as_mut().expect("the terminal was hung up");
        writer.write_all(bytes).unwrap();
        writer.flush().unwrap();
    }

    /// Pastes as a terminal does that was asked for bracketed paste.
    pub fn paste(&mut self, text: &str) {
        self.send(&format!("\x1b[200~{text}\x1b[201~"));
    }

    /// The screen as rows of text.
    pub fn screen(&self) -> String {
        text_of(self.seen().terminal.screen())
    }

    /// Looks at the terminal model: styles of cells, modes.
    pub fn look<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        look(self.seen().terminal.screen())
    }

    /// Waits for a screen that fulfils the condition, and gives it.
    pub fn wait_for(&self, mut done: impl FnMut(&str) -> bool, what: &str) -> String {
        self.wait(what, |seen| Some(text_of(seen.terminal.screen())).filter(|screen| done(screen)))
    }

    /// Waits until the text stands on the screen.
    pub fn wait_text(&self, text: &str) -> String {
        self.wait_for(|screen| screen.contains(text), &format!("{text:?}"))
    }

    /// Waits until the text has left the screen.
    pub fn wait_gone(&self, text: &str) -> String {
        self.wait_for(|screen| !screen.contains(text), &format!("a screen without {text:?}"))
    }

    /// Waits until the terminal model fulfils the condition.
    pub fn wait_look(&self, mut done: impl FnMut(&vt100::Screen) -> bool, what: &str) {
        self.wait(what, |seen| done(seen.terminal.screen()).then_some(()));
    }

    /// The number of the first row that has the text.
    pub fn find_row(&self, text: &str) -> Option<usize> {
        self.screen().lines().position(|row| row.contains(text))
    }

    /// The first row that has the text; there must be one.
    pub fn row_with(&self, text: &str) -> String {
        let screen = self.screen();
        match screen.lines().find(|row| row.contains(text)) {
            Some(row) => row.to_owned(),
            None => panic!("no row has {text:?}:\n{screen}"),
        }
    }

    /// Row and column of the cursor, counted from 0; none while it is hidden.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        cursor_of(self.seen().terminal.screen())
    }

    /// Waits until the cursor is shown there.
    pub fn wait_cursor(&self, row: u16, col: u16) {
        self.wait_look(|screen| cursor_of(screen) == Some((row, col)), &format!("the cursor at {row},{col}"));
    }

    /// Bytes the program has sent so far.
    pub fn bytes_received(&self) -> usize {
        self.seen().sent.len()
    }

    /// Everything the program has sent so far, as it came.
    pub fn sent(&self) -> Vec<u8> {
        self.seen().sent.clone()
    }

    /// Waits until nothing has come for this long: the screen stands.
    pub fn settle(&self, still: Duration) {
        let deadline = Instant::now() + LONG + still;
        let mut seen = self.seen();
        while !seen.closed && seen.last.elapsed() < still {
            assert!(Instant::now() < deadline, "the screen never stood still for {still:?}");
            let left = still.saturating_sub(seen.last.elapsed());
            (seen, _) = self.shared.changed.wait_timeout(seen, left).unwrap();
        }
    }

    /// Not one byte may come for this long from now on.
    pub fn quiet_for(&self, still: Duration) {
        let deadline = Instant::now() + still;
        let mut seen = self.seen();
        let before = seen.sent.len();
        loop {
            let screen = seen.terminal.screen();
            assert_eq!(seen.sent.len(), before, "the program sent something while idle:\n{}", text_of(screen));
            assert!(!seen.closed, "the program ended while it should idle:\n{}", text_of(screen));
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            (seen, _) = self.shared.changed.wait_timeout(seen, left).unwrap();
        }
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, cols: u16, rows: u16) {
        // The model first: what the program draws for the new size must not meet the old one.
        self.seen().terminal.set_size(size(rows), size(cols));
        self.master.as_ref().expect("the terminal was hung up").resize(pty_size(cols, rows)).unwrap();
    }

    /// Process id of the program.
    pub fn pid(&self) -> i32 {
        self.pid.as_raw_nonzero().get()
    }

    /// Sends a signal, unless the program has ended.
    pub fn signal(&self, signal: Signal) {
        // Under the lock the waiting thread cannot have reaped it, so the id is still its own.
        let seen = self.seen();
        if seen.exit.is_none() {
            let _ = kill_process(self.pid, signal);
        }
    }

    /// Kills the program so that it can do nothing about it, and waits for its end.
    pub fn kill9(&self) -> ExitStatus {
        self.signal(Signal::KILL);
        self.wait_exit()
    }

    /// Closes the terminal, as when the window is closed or the line drops.
    pub fn hang_up(&mut self) {
        self.writer = None;
        self.master = None;
        self.signal(Signal::HUP);
    }

    /// Waits for the program to end.
    pub fn wait_exit(&self) -> ExitStatus {
        let deadline = Instant::now() + LONG;
        let mut seen = self.seen();
        loop {
            if let Some(exit) = &seen.exit {
                return exit.clone();
            }
            let left = deadline.saturating_duration_since(Instant::now());
            let screen = seen.terminal.screen();
            assert!(!left.is_zero(), "the program did not end:\n{}", text_of(screen));
            (seen, _) = self.shared.changed.wait_timeout(seen, left).unwrap();
        }
    }

    /// Waits for the end of the program and of its output, and gives the last screen: what stands
    /// there after a screen was given back.
    pub fn wait_last_words(&self) -> (ExitStatus, String) {
        let exit = self.wait_exit();
        let words = self.wait("the end of the output", |seen| {
            (seen.closed || self.master.is_none()).then(|| text_of(seen.terminal.screen()))
        });
        (exit, words)
    }
}

fn cursor_of(screen: &vt100::Screen) -> Option<(u16, u16)> {
    (!screen.hide_cursor()).then(|| screen.cursor_position())
}

impl Drop for Desk {
    fn drop(&mut self) {
        let Ok(mut seen) = self.shared.seen.lock() else { return };
        if seen.exit.is_none() {
            let _ = kill_process(self.pid, Signal::KILL);
        }
        let deadline = Instant::now() + LONG;
        while seen.exit.is_none() && Instant::now() < deadline {
            match self.shared.changed.wait_timeout(seen, LONG) {
                Ok((again, _)) => seen = again,
                Err(_) => return,
            }
        }
    }
}
