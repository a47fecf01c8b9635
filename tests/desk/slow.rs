//! A line of 9,600 bit/s and 200 ms: what a key held down leaves on the screen, and that nothing typed is lost.

use crate::county::County;
use crate::support::{LONG, environment, program};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use std::collections::VecDeque;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// Bytes that the line carries at once, and how long that takes: 960 a second.
const PIECE: usize = 24;
const TAKES: Duration = Duration::from_millis(25);
/// There and back.
const AWAY: Duration = Duration::from_millis(200);
const KEYS: u32 = 60;

/// Notes what the program asks its terminal, as the terminal answers it.
#[derive(Default)]
pub(crate) struct Asked(pub(crate) Vec<String>);

impl vt100::Callbacks for Asked {
    fn unhandled_csi(
        &mut self,
        screen: &mut vt100::Screen,
        first: Option<u8>,
        _: Option<u8>,
        params: &[&[u16]],
        c: char,
    ) {
        let (row, col) = screen.cursor_position();
        match (first, params.first().and_then(|p| p.first()), c) {
            (None, Some(5), 'n') => self.0.push("\x1b[0n".into()),
            (None, Some(6), 'n') => self.0.push(format!("\x1b[{};{}R", row + 1, col + 1)),
            (Some(b'?'), Some(2026), 'p') => self.0.push("\x1b[?2026;2$y".into()),
            _ => {}
        }
    }
}

struct State {
    terminal: vt100::Parser<Asked>,
    /// The numbers of the selected row as they were shown, one after the other.
    shown: Vec<u32>,
    answers: VecDeque<(Instant, String)>,
    /// What the terminal was asked so far.
    questions: usize,
    over: bool,
}

/// A terminal at the far end of a slow line.
struct Far {
    shared: Arc<(Mutex<State>, Condvar)>,
    writer: Arc<Mutex<Box<dyn Write + Send>>>,
    child: Box<dyn portable_pty::Child + Send + Sync>,
    _master: Box<dyn portable_pty::MasterPty + Send>,
    _home: tempfile::TempDir,
}

fn selected(screen: &vt100::Screen) -> Option<u32> {
    let row = screen.rows(0, 80).nth(1)?;
    row.trim_end().rsplit(' ').next()?.split_once('/')?.0.parse().ok()
}

impl Far {
    fn open(county: &County, args: &[&str], answers: bool) -> Far {
        let home = tempfile::tempdir().unwrap();
        let mut builder = CommandBuilder::new(program());
        builder.args(["--data", county.store.data_arg(), "--as", "xian1-jb"]);
        builder.args(args);
        builder.env_clear();
        for (name, value) in environment(home.path()) {
            builder.env(name, value);
        }
        builder.cwd(home.path());
        let pty = native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
        let child = pty.slave.spawn_command(builder).unwrap();
        drop(pty.slave);
        let size = |n| NonZeroU16::new(n).unwrap();
        let state = State {
            terminal: vt100::Parser::new_with_callbacks(size(24), size(80), 0, Asked::default()),
            shown: Vec::new(),
            answers: VecDeque::new(),
            questions: 0,
            over: false,
        };
        let shared = Arc::new((Mutex::new(state), Condvar::new()));
        let writer = Arc::new(Mutex::new(pty.master.take_writer().unwrap()));
        let mut reader = pty.master.try_clone_reader().unwrap();
        let theirs = Arc::clone(&shared);
        std::thread::spawn(move || {
            let mut piece = [0; PIECE];
            while let Ok(read @ 1..) = reader.read(&mut piece) {
                // The line's speed; there is nothing to wait for but time.
                std::thread::park_timeout(TAKES);
                let (state, changed) = &*theirs;
                let mut state = state.lock().unwrap();
                state.terminal.process(&piece[..read]);
                let asked = std::mem::take(&mut state.terminal.callbacks_mut().0);
                state.questions += asked.len();
                let due = Instant::now() + AWAY;
                state.answers.extend(asked.into_iter().filter(|_| answers).map(|answer| (due, answer)));
                let now = selected(state.terminal.screen());
                if let Some(now) = now.filter(|now| state.shown.last() != Some(now)) {
                    state.shown.push(now);
                }
                changed.notify_all();
            }
            theirs.0.lock().unwrap().over = true;
            theirs.1.notify_all();
        });
        let (theirs, out) = (Arc::clone(&shared), Arc::clone(&writer));
        std::thread::spawn(move || {
            let (state, changed) = &*theirs;
            let mut state = state.lock().unwrap();
            while !state.over {
                let now = Instant::now();
                match state.answers.front().map(|(due, _)| *due) {
                    Some(due) if due <= now => {
                        let (_, answer) = state.answers.pop_front().unwrap();
                        let _ = out.lock().unwrap().write_all(answer.as_bytes());
                    }
                    Some(due) => (state, _) = changed.wait_timeout(state, due - now).unwrap(),
                    None => state = changed.wait(state).unwrap(),
                }
            }
        });
        Far { shared, writer, child, _master: pty.master, _home: home }
    }

    fn type_key(&self, key: &str) {
        self.writer.lock().unwrap().write_all(key.as_bytes()).unwrap();
    }

    fn screen(&self) -> String {
        self.shared.0.lock().unwrap().terminal.screen().rows(0, 80).collect::<Vec<_>>().join("\n")
    }

    fn wait(&self, what: &str, mut done: impl FnMut(&State) -> bool) {
        let deadline = Instant::now() + 2 * LONG;
        let (state, changed) = &*self.shared;
        let mut state = state.lock().unwrap();
        while !done(&state) {
            let left = deadline.saturating_duration_since(Instant::now());
            let screen = state.terminal.screen().rows(0, 80).collect::<Vec<_>>().join("\n");
            assert!(!left.is_zero() && !state.over, "never saw {what}\nshown {:?}\n{screen}", state.shown);
            (state, _) = changed.wait_timeout(state, left).unwrap();
        }
    }

    /// Holds the key, releases it, and gives what was shown from then on until all keys were.
    fn hold(&self) -> Vec<u32> {
        for _ in 0..KEYS {
            self.type_key("j");
            std::thread::park_timeout(Duration::from_millis(33));
        }
        let before = self.shared.0.lock().unwrap().shown.len();
        self.wait("all keys applied", |state| state.shown.last() == Some(&(KEYS + 1)));
        self.shared.0.lock().unwrap().shown[before..].to_vec()
    }
}

impl Drop for Far {
    fn drop(&mut self) {
        if let Some(pid) = self.child.process_id().and_then(|pid| Pid::from_raw(pid as i32)) {
            let _ = kill_process(pid, Signal::KILL);
        }
        let _ = self.child.wait();
    }
}

/// At the release, one frame is on the line at most; behind it comes the newest.
fn at_most_one_behind(after: &[u32], far: &Far) {
    assert!((1..=2).contains(&after.len()), "frames queued: {after:?}\n{}", far.screen());
    let state = far.shared.0.lock().unwrap();
    let frames = state.shown.len();
    assert!(frames >= 4, "the screen stood still while the key was held: {:?}", state.shown);
    assert!(frames < KEYS as usize, "every frame was sent: {:?}", state.shown);
}

#[test]
fn a_key_held_over_a_modem_leaves_the_screen_one_frame_behind_at_most() {
    let county = County::new();
    let far = Far::open(&county, &[], true);
    far.wait("the whole screen", |state| state.terminal.screen().contents().contains("退出"));
    // The first screen's answer tells that the line is slow: the bar shrinks to one field.
    far.wait("the short bar", |state| {
        let cell = |col| state.terminal.screen().cell(3, col).is_some_and(vt100::Cell::inverse);
        cell(14) && !cell(19)
    });
    let after = far.hold();
    at_most_one_behind(&after, &far);
}

#[test]
fn where_the_terminal_says_nothing_the_clock_paces_a_line_that_is_said_to_be_slow() {
    let county = County::new();
    let far = Far::open(&county, &["--link", "slow"], false);
    far.wait("the whole screen", |state| state.terminal.screen().contents().contains("退出"));
    let after = far.hold();
    at_most_one_behind(&after, &far);
    // It was asked at the start and with the first screen, and never again.
    assert!(far.shared.0.lock().unwrap().questions <= 6);
}
