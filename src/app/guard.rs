//! Type-ahead is kept, but never onto an unseen case: after a decision, and whenever the case under the cursor
//! changes by no doing of the reader's, deciding keys that were pressed before the new screen stood there, or within
//! 250 ms of that, decide nothing.

use crate::keymap::{Action, KeyCode, KeyPress};
use std::time::Duration;

/// How long after its drawing a new case is not yet taken as seen.
const SETTLE: Duration = Duration::from_millis(250);

/// Until when deciding keys do nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Until {
    /// They may act.
    #[default]
    Clear,
    /// The new case is not on the screen yet.
    Drawn,
    /// It was drawn; until this moment.
    Moment(Duration),
}

/// What else of the burst belongs to a deciding key that was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Rest {
    /// Nothing.
    #[default]
    None,
    /// Up to its Enter (or Esc).
    UpToEnter,
    /// A text would have been typed: all of it.
    All,
}

/// The guard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Guard {
    until: Until,
    rest: Rest,
}

impl Guard {
    /// The case under the cursor is about to be another.
    pub(super) fn arm(&mut self) {
        self.until = Until::Drawn;
        self.rest = Rest::None;
    }

    /// The screen was drawn; `waiting` while the new case is not there yet.
    pub(super) fn drawn(&mut self, at: Duration, waiting: bool) {
        if self.until == Until::Drawn && !waiting {
            self.until = Until::Moment(at + SETTLE);
        }
    }

    /// Whether this key is to be dropped.
    pub(super) fn drops(&mut self, at: Duration, key: KeyPress, action: Option<Action>) -> bool {
        match self.until {
            Until::Clear => return false,
            Until::Moment(end) if at >= end => {
                *self = Guard::default();
                return false;
            }
            Until::Moment(_) | Until::Drawn => {}
        }
        if action == Some(Action::Quit) {
            return false;
        }
        match self.rest {
            Rest::All => true,
            Rest::UpToEnter => {
                if matches!(key.code, KeyCode::Enter | KeyCode::Esc) {
                    self.rest = Rest::None;
                }
                true
            }
            Rest::None => match action {
                Some(action) if action.decides() => {
                    self.rest = if action.asks_for_text() { Rest::All } else { Rest::UpToEnter };
                    true
                }
                // The Enter of a confirmation that is not open, or was not when it was pressed.
                Some(Action::Confirm) => true,
                None => key.code == KeyCode::Enter,
                Some(_) => false,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(n: u64) -> Duration {
        Duration::from_millis(n)
    }

    #[test]
    fn deciding_keys_wait_for_the_drawing_and_250_ms() {
        let mut guard = Guard::default();
        let a = KeyPress::char('a');
        assert!(!guard.drops(ms(0), a, Some(Action::Approve)));
        guard.arm();
        assert!(guard.drops(ms(1), a, Some(Action::Approve)));
        assert!(guard.drops(ms(1), KeyPress::plain(KeyCode::Enter), None));
        assert!(!guard.drops(ms(2), KeyPress::char('j'), Some(Action::Down)));
        guard.drawn(ms(5), true);
        assert!(guard.drops(ms(1000), a, Some(Action::Approve)), "not drawn yet");
        guard.drawn(ms(1000), false);
        assert!(guard.drops(ms(1249), a, Some(Action::Approve)));
        assert!(!guard.drops(ms(1250), a, Some(Action::Approve)));
    }

    #[test]
    fn the_text_of_a_dropped_return_is_dropped_with_it() {
        let mut guard = Guard::default();
        guard.arm();
        assert!(guard.drops(ms(1), KeyPress::char('t'), Some(Action::Return)));
        for key in [KeyPress::char('n'), KeyPress::plain(KeyCode::Enter), KeyPress::char('n')] {
            assert!(guard.drops(ms(2), key, Some(Action::New)));
        }
        assert!(!guard.drops(ms(3), KeyPress::char('Q'), Some(Action::Quit)), "leaving is always possible");
    }
}
