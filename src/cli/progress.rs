//! How far a long errand has come: one line on the error stream, when that is a terminal, with what is done and how long
//! the rest will take.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// What is over sooner is not worth a line.
const SOON: Duration = Duration::from_millis(300);
/// The line is written anew this often at most.
const OFTEN: Duration = Duration::from_millis(200);

/// A line that is written over and over.
pub(super) struct Progress {
    shown: bool,
    what: &'static str,
    begun: Instant,
    last: Option<Instant>,
}

impl Progress {
    /// Nothing done yet. A short errand stays silent, and so does one that nobody is `told` about.
    pub(super) fn of(what: &'static str, told: bool) -> Progress {
        Progress { shown: told && io::stderr().is_terminal(), what, begun: Instant::now(), last: None }
    }

    /// So many rows are done, which is this share of all, from 0 to 1.
    pub(super) fn tell(&mut self, rows: usize, share: f64) {
        let now = Instant::now();
        let due = match self.last {
            None => now - self.begun >= SOON,
            Some(last) => now - last >= OFTEN,
        };
        if !self.shown || !due {
            return;
        }
        self.last = Some(now);
        let line = line(self.what, rows, share, now - self.begun);
        // Nobody is left to be told when the terminal is gone.
        let _ = write!(io::stderr(), "\r{line}\x1b[K");
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.last.is_some() {
            let _ = writeln!(io::stderr());
        }
    }
}

fn line(what: &str, rows: usize, share: f64, spent: Duration) -> String {
    let share = share.clamp(0.0, 1.0);
    let percent = (share * 100.0).floor();
    if share <= 0.0 {
        return format!("{what} {rows} 行");
    }
    let left = (spent.as_secs_f64() * (1.0 - share) / share).ceil();
    format!("{what} {rows} 行，{percent}%，约余 {left} 秒")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_follows_from_what_is_done() {
        let spent = Duration::from_secs(3);
        assert_eq!(line("核对", 5000, 0.25, spent), "核对 5000 行，25%，约余 9 秒");
        assert_eq!(line("核对", 0, 0.0, spent), "核对 0 行");
        assert_eq!(line("核对", 9, 1.5, spent), "核对 9 行，100%，约余 0 秒");
    }
}
