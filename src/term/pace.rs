//! How fast the line carries frames, and when the next one may go.
//!
//! Between this program and the terminal lie buffers that take whole minutes of a slow line without a word: the
//! kernel's, sshd's, TCP's. What is written into them can not be taken back, so a key held down would go on scrolling
//! long after it was released. Therefore a frame may carry a question (`DSR 5`) that every terminal answers when it has
//! dealt with what came before, and while the answer is out, no more is sent than the line is known to hold. On a fast
//! line hardly anything is asked; where a terminal does not answer, nothing is, and nothing is waited for.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// What the user says of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum LinkMode {
    /// It is found out.
    #[default]
    Auto,
    /// It is slow: less is marked on the screen, and frames wait for each other.
    Slow,
    /// It is not.
    Normal,
    /// It is not, and the terminal's idea of widths is another: the cursor is placed after every wide character.
    Plain,
}

/// The question that rides on a frame.
pub(super) const QUESTION: &[u8] = b"\x1b[5n";

/// Bytes per second below which a line counts as slow, and above which no longer.
const SLOW: f64 = 2_500.0;
const NO_LONGER_SLOW: f64 = 5_000.0;
/// From here on a line is so fast that asking is for its own sake.
const FAST: f64 = 64_000.0;
/// What a line carries that is said to be slow and does not answer: a modem of 9,600 bit/s.
const ASSUMED: f64 = 960.0;
/// Bytes between two questions on a fast line.
const SELDOM: usize = 4096;
/// Bytes from which an answer says something about speed, and not only about distance.
const TELLING: usize = 100;
/// Bytes from which it says enough to change the screen for it.
const DECIDING: usize = 400;
/// How long an answer is waited for at least, before the line counts as one that does not answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// After how long without any answer those that were given up count as lost.
const LOST: Duration = Duration::from_secs(30);

/// A question that is out.
#[derive(Debug, Clone, Copy)]
struct Out {
    at: Instant,
    /// Bytes since the question before.
    bytes: usize,
}

/// The line's state.
#[derive(Debug)]
pub(super) struct Pace {
    mode: LinkMode,
    /// Whether it answers; none while that is not known.
    answers: Option<bool>,
    out: VecDeque<Out>,
    /// Questions whose answers are no longer waited for, but may still come.
    given_up: usize,
    /// Bytes since the last question.
    since: usize,
    /// Shortest time an answer has taken.
    distance: Option<Duration>,
    /// Bytes per second.
    rate: Option<f64>,
    last_answer: Option<Instant>,
    slow: bool,
    /// When the line will have carried what was sent, where only the clock tells.
    free_at: Option<Instant>,
}

impl Pace {
    pub(super) fn new(mode: LinkMode) -> Pace {
        Pace {
            mode,
            answers: None,
            out: VecDeque::new(),
            given_up: 0,
            since: 0,
            distance: None,
            rate: None,
            last_answer: None,
            slow: mode == LinkMode::Slow,
            free_at: None,
        }
    }

    /// Whether the line is slow.
    pub(super) fn is_slow(&self) -> bool {
        self.slow
    }

    /// Whether answers may still come.
    pub(super) fn awaits(&self, now: Instant) -> bool {
        let young = |out: &Out| now.saturating_duration_since(out.at) < PATIENCE;
        self.out.front().is_some_and(|out| self.answers == Some(true) || young(out))
    }

    /// Whether a frame of so many bytes is to carry a question.
    pub(super) fn asks(&self, bytes: usize) -> bool {
        match self.answers {
            Some(false) => false,
            // Once, on the first frame that can tell something.
            None => self.out.len() < 2 && bytes >= DECIDING,
            Some(true) => match self.rate {
                Some(rate) if rate >= FAST => self.since + bytes >= SELDOM,
                _ => true,
            },
        }
    }

    /// So many bytes went out, a question at their end or not.
    pub(super) fn sent(&mut self, bytes: usize, asked: bool, now: Instant) {
        self.since += bytes;
        // After a long silence nothing is on its way any more.
        if self.out.is_empty() && self.last_answer.is_none_or(|last| now.saturating_duration_since(last) > LOST) {
            self.given_up = 0;
        }
        if asked {
            self.out.push_back(Out { at: now, bytes: self.since });
            self.since = 0;
        } else if let Some(rate) = self.clocked() {
            let from = self.free_at.filter(|at| *at > now).unwrap_or(now);
            self.free_at = Some(from + Duration::from_secs_f64(bytes as f64 / rate));
        }
    }

    /// The rate by which a line that does not answer is paced, if it is to be.
    fn clocked(&self) -> Option<f64> {
        if self.answers == Some(true) {
            return None;
        }
        match self.rate {
            Some(rate) if rate < FAST => Some(rate),
            None if self.mode == LinkMode::Slow => Some(ASSUMED),
            _ => None,
        }
    }

    /// The oldest question was answered. An answer is never too late: one that had been given up says that the line
    /// does answer.
    pub(super) fn answered(&mut self, now: Instant) {
        self.answers = Some(true);
        self.free_at = None;
        // Answers come in the order of the questions, those that were given up first.
        if self.given_up > 0 {
            self.given_up -= 1;
            return;
        }
        let Some(asked) = self.out.pop_front() else { return };
        let whole = now.saturating_duration_since(asked.at);
        // Behind another frame it waited for that one; on an empty line it travelled, and so did the quickest answer,
        // which therefore says little about a frame as short as its own.
        let (took, telling) = match (self.last_answer, self.distance) {
            (Some(last), _) if last > asked.at => (now.saturating_duration_since(last), TELLING),
            (_, Some(distance)) => (whole.saturating_sub(distance), DECIDING),
            (_, None) => (whole, DECIDING),
        };
        self.distance = Some(self.distance.map_or(whole, |least| least.min(whole)));
        self.last_answer = Some(now);
        if asked.bytes < telling {
            return;
        }
        let rate = asked.bytes as f64 / took.as_secs_f64().max(0.000_5);
        // One answer that came by luck must not open the gates.
        let rate = self.rate.map_or(rate, |known| 0.6 * known + 0.4 * rate.min(4.0 * known));
        self.rate = Some(rate);
        if self.mode == LinkMode::Auto && asked.bytes >= DECIDING {
            self.slow = if self.slow { rate < NO_LONGER_SLOW } else { rate < SLOW };
        }
    }

    /// Whether a frame may go now.
    pub(super) fn ready(&mut self, now: Instant) -> bool {
        if self.given_up_at().is_some_and(|at| now >= at) {
            self.answers = Some(false);
            self.given_up += self.out.len();
            self.out.clear();
        }
        if self.answers != Some(true) {
            return self.free_at.is_none_or(|at| now >= at);
        }
        let flying: usize = self.out.iter().map(|out| out.bytes).sum();
        match (self.rate, self.distance) {
            _ if flying == 0 => true,
            _ if self.slow => false,
            (Some(rate), _) if rate < SLOW => false,
            (Some(rate), _) if rate >= FAST => true,
            // As much as the line holds: more would only wait in it.
            (Some(rate), Some(distance)) => (flying as f64) <= rate * distance.as_secs_f64(),
            _ => self.out.len() < 3,
        }
    }

    /// When the answer to the oldest question is no longer waited for. Only a line known to answer is waited for.
    fn given_up_at(&self) -> Option<Instant> {
        let oldest = self.out.front().filter(|_| self.answers == Some(true))?;
        let carried = self.rate.map_or(0.0, |rate| 2.0 * oldest.bytes as f64 / rate).min(60.0);
        Some(oldest.at + PATIENCE + Duration::from_secs_f64(carried))
    }

    /// When to try again, if no answer comes before.
    pub(super) fn again_at(&self) -> Option<Instant> {
        self.given_up_at().or(self.free_at)
    }
}

#[cfg(test)]
#[path = "pace_tests.rs"]
mod tests;
