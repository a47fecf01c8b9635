//! Questions asked of the terminal at the start, in one piece and without waiting: what an answer says is used when it
//! comes, and a terminal that gives none is taken for what `TERM` says it is.
//!
//! Some characters are written where the screen will be, invisibly, and after each the terminal is asked where its
//! cursor is now; then the screen is emptied. An answer comes from a row of its own, so it is known which question it
//! belongs to, whatever became of the others.

use super::decode::Answer;
use super::kind::Kind;

/// Rows, counted from 1, of the questions. None is the first: an answer from there looks like a key.
const AMBIGUOUS: u16 = 2;
const WIDE: u16 = 3;
const REPEATED: u16 = 4;

/// Synchronized output.
const TOGETHER: u16 = 2026;

/// What the terminal turned out to be, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Truth {
    /// It draws characters of ambiguous width (`│`, `·`) two cells wide.
    pub ambiguous_wide: bool,
    /// It does not draw Chinese two cells wide.
    pub wide_otherwise: bool,
}

/// The questions. What is written for them is gone before the first frame.
pub(super) fn questions(kind: &Kind) -> Vec<u8> {
    let mut bytes = Vec::new();
    if !kind.answers {
        return bytes;
    }
    let mut ask = |row: u16, text: &str| {
        bytes.extend_from_slice(format!("\x1b[{row}H{text}\x1b[6n").as_bytes());
    };
    ask(AMBIGUOUS, "\x1b[8m│·");
    ask(WIDE, "学籍");
    if kind.scroll {
        ask(REPEATED, "-\x1b[3b");
    }
    if kind.answers_modes {
        bytes.extend_from_slice(format!("\x1b[?{TOGETHER}$p").as_bytes());
    }
    bytes.extend_from_slice(b"\x1b[m\x1b[H\x1b[J");
    bytes
}

/// Takes an answer in: what is to be sent from now on, and what the terminal is.
pub(super) fn learn(answer: Answer, kind: &mut Kind, truth: &mut Truth) {
    match answer {
        Answer::Cursor(AMBIGUOUS, column) => {
            truth.ambiguous_wide = column > 3;
            kind.narrow = column == 3;
        }
        Answer::Cursor(WIDE, column) => {
            truth.wide_otherwise = column != 5;
            if truth.wide_otherwise {
                *kind = kind.clone().careful();
            }
        }
        Answer::Cursor(REPEATED, column) => kind.repeat = column == 5 && kind.steady,
        Answer::Mode(TOGETHER, state) => kind.together = matches!(state, 1..=3),
        Answer::Cursor(..) | Answer::Mode(..) | Answer::Ready => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::num::NonZeroU16;

    fn after(term: &str, answers: &[Answer]) -> (Kind, Truth) {
        let (mut kind, mut truth) = (Kind::named(term), Truth::default());
        for answer in answers {
            learn(*answer, &mut kind, &mut truth);
        }
        (kind, truth)
    }

    #[test]
    fn nothing_of_the_questions_stays_on_the_screen() {
        for term in ["xterm", "linux", "vt100", "screen", "tmux"] {
            let size = |n| NonZeroU16::new(n).unwrap();
            let mut seen = vt100::Parser::new(size(24), size(80), 0);
            seen.process(b"\x1b[H");
            seen.process(&questions(&Kind::named(term)));
            assert_eq!(seen.screen().contents(), "", "{term}");
            assert_eq!(seen.screen().cursor_position(), (0, 0));
            assert!(!seen.screen().bold() && seen.screen().fgcolor() == vt100::Color::Default);
        }
    }

    #[test]
    fn only_what_might_be_understood_is_asked() {
        let asked = |term: &str| String::from_utf8(questions(&Kind::named(term))).unwrap();
        assert!(asked("xterm").contains("$p") && asked("xterm").contains("\x1b[3b"));
        assert!(!asked("linux").contains("$p") && !asked("vt220").contains("\x1b[3b"));
        assert!(!asked("vt100").contains("\x1b[1"), "the first row is never asked about");
    }

    #[test]
    fn an_answer_is_used_whenever_it_comes_and_in_any_order() {
        let (kind, truth) = after("xterm", &[]);
        assert!(!kind.repeat && !kind.together && kind.narrow && kind.steady && truth == Truth::default());
        let all = [Answer::Mode(2026, 2), Answer::Cursor(4, 5), Answer::Cursor(3, 5), Answer::Cursor(2, 3)];
        let (kind, truth) = after("xterm", &all);
        assert!(kind.repeat && kind.together && kind.narrow && kind.steady && truth == Truth::default());
    }

    #[test]
    fn a_terminal_that_differs_is_written_to_with_care() {
        let (kind, truth) = after("xterm", &[Answer::Cursor(2, 5), Answer::Cursor(3, 5)]);
        assert!(truth.ambiguous_wide && !truth.wide_otherwise && !kind.narrow && kind.steady);
        let (kind, truth) = after("xterm", &[Answer::Cursor(2, 3), Answer::Cursor(3, 3), Answer::Cursor(4, 5)]);
        assert!(truth.wide_otherwise && !kind.steady && !kind.repeat);
        let (kind, _) = after("xterm", &[Answer::Mode(2026, 0), Answer::Mode(2004, 1), Answer::Cursor(4, 2)]);
        assert!(!kind.together && !kind.repeat);
    }
}
