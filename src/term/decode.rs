//! From the bytes a terminal sends to keys, pastes and answers. A reader of our own, because the answers are for us:
//! they come between keys, whenever the line brings them, and nobody waits for them.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What a terminal says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Everything sent before the question has been dealt with (DSR 5).
    Ready,
    /// Where its cursor is: row and column, counted from 1 (CPR).
    Cursor(u16, u16),
    /// How it stands with a private mode (DECRPM): 1 on, 2 off, 0 unknown, 3 and 4 for ever so.
    Mode(u16, u16),
}

/// Something that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Read {
    Key(KeyEvent),
    Paste(String),
    Answer(Answer),
}

/// Most bytes of one paste; what is longer was no paste of a clerk's.
const MOST_PASTED: usize = 1 << 20;
/// Most bytes of one sequence.
const MOST_SEQUENCE: usize = 64;

const PASTE_END: &[u8] = b"\x1b[201~";

/// What has been read and is not complete yet.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    waiting: Vec<u8>,
    /// A paste that has begun.
    pasted: Option<Vec<u8>>,
}

/// What stands at the front of what was read.
enum Front {
    /// So many bytes make this, or nothing that concerns us.
    Whole(usize, Option<Read>),
    /// More bytes must come.
    Part,
    /// A paste begins after so many bytes.
    Paste(usize),
}

impl Decoder {
    /// Takes bytes in, and gives what they complete.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Vec<Read> {
        self.waiting.extend_from_slice(bytes);
        self.take(false)
    }

    /// Whether the beginning of something is waiting for its end.
    pub(super) fn is_waiting(&self) -> bool {
        !self.waiting.is_empty() && self.pasted.is_none()
    }

    /// Nothing more came: what waits is taken for what it is, an Esc above all.
    pub(super) fn give_up(&mut self) -> Vec<Read> {
        self.take(true)
    }

    fn take(&mut self, last: bool) -> Vec<Read> {
        let mut read = Vec::new();
        loop {
            if let Some(pasted) = &mut self.pasted {
                // Only what cannot be the beginning of its end.
                let end = self.waiting.windows(PASTE_END.len()).position(|part| part == PASTE_END);
                let upto = end.unwrap_or(self.waiting.len().saturating_sub(PASTE_END.len() - 1));
                let room = MOST_PASTED.saturating_sub(pasted.len());
                pasted.extend(self.waiting.drain(..upto).take(room));
                if end.is_none() {
                    return read;
                }
                self.waiting.drain(..PASTE_END.len());
                let text = String::from_utf8_lossy(pasted).into_owned();
                self.pasted = None;
                read.push(Read::Paste(text));
                continue;
            }
            if self.waiting.is_empty() {
                return read;
            }
            let (bytes, what) = match front(&self.waiting) {
                Front::Whole(bytes, what) => (bytes, what),
                Front::Paste(bytes) => {
                    self.pasted = Some(Vec::new());
                    (bytes, None)
                }
                Front::Part if last && self.waiting[0] == 0x1b => (1, Some(key(KeyCode::Esc))),
                Front::Part if last => (1, None),
                Front::Part => return read,
            };
            self.waiting.drain(..bytes.min(self.waiting.len()));
            read.extend(what);
        }
    }
}

fn key(code: KeyCode) -> Read {
    Read::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

fn with(code: KeyCode, modifiers: KeyModifiers) -> Read {
    Read::Key(KeyEvent::new(code, modifiers))
}

fn front(bytes: &[u8]) -> Front {
    match bytes {
        [] => Front::Part,
        [0x1b] => Front::Part,
        [0x1b, b'[', rest @ ..] => control(rest),
        [0x1b, b'O'] => Front::Part,
        [0x1b, b'O', letter, ..] => match keypad(*letter) {
            Some(code) => Front::Whole(3, Some(key(code))),
            // Esc and an O that was meant.
            None => Front::Whole(1, Some(key(KeyCode::Esc))),
        },
        [0x1b, 0x1b, ..] => Front::Whole(1, Some(key(KeyCode::Esc))),
        [0x1b, rest @ ..] => match front(rest) {
            Front::Whole(bytes, Some(Read::Key(key))) => {
                Front::Whole(bytes + 1, Some(with(key.code, key.modifiers | KeyModifiers::ALT)))
            }
            Front::Whole(bytes, what) => Front::Whole(bytes + 1, what),
            other => other,
        },
        [b'\r', ..] => Front::Whole(1, Some(key(KeyCode::Enter))),
        [b'\t', ..] => Front::Whole(1, Some(key(KeyCode::Tab))),
        [0x7f, ..] => Front::Whole(1, Some(key(KeyCode::Backspace))),
        [0, ..] => Front::Whole(1, Some(with(KeyCode::Char(' '), KeyModifiers::CONTROL))),
        [c @ 0x01..=0x1a, ..] => {
            Front::Whole(1, Some(with(KeyCode::Char(char::from(c - 1 + b'a')), KeyModifiers::CONTROL)))
        }
        [c @ 0x1c..=0x1f, ..] => {
            Front::Whole(1, Some(with(KeyCode::Char(char::from(c - 0x1c + b'4')), KeyModifiers::CONTROL)))
        }
        _ => character(bytes),
    }
}

/// One character of UTF-8; bytes that are none are dropped.
fn character(bytes: &[u8]) -> Front {
    let whole = match bytes[0] {
        0x00..=0x7f => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Front::Whole(1, None),
    };
    let have = &bytes[..bytes.len().min(whole)];
    match std::str::from_utf8(have) {
        Ok(text) => {
            let Some(c) = text.chars().next() else { return Front::Whole(1, None) };
            let modifiers = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
            Front::Whole(whole, Some(with(KeyCode::Char(c), modifiers)))
        }
        Err(e) if e.error_len().is_none() => Front::Part,
        Err(_) => Front::Whole(1, None),
    }
}

/// What `ESC O` and a letter stand for: function keys, and the keypad where it sends its own codes.
fn keypad(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'P'..=b'S' => KeyCode::F(1 + letter - b'P'),
        b'M' => KeyCode::Enter,
        b'j'..=b'o' => KeyCode::Char(char::from(letter - b'j' + b'*')),
        b'p'..=b'y' => KeyCode::Char(char::from(letter - b'p' + b'0')),
        _ => return None,
    })
}

/// A control sequence, from behind its `ESC [`.
fn control(rest: &[u8]) -> Front {
    // The Linux console's F1 to F5.
    if let [b'[', after @ ..] = rest {
        return match after {
            [] => Front::Part,
            [letter @ b'A'..=b'E', ..] => Front::Whole(4, Some(key(KeyCode::F(1 + letter - b'A')))),
            _ => Front::Whole(4, None),
        };
    }
    let Some(end) = rest.iter().position(|byte| !(0x20..=0x3f).contains(byte)) else {
        return if rest.len() > MOST_SEQUENCE { Front::Whole(rest.len() + 2, None) } else { Front::Part };
    };
    let (inside, last) = (&rest[..end], rest[end]);
    let bytes = 2 + end + 1;
    if !(0x40..=0x7e).contains(&last) {
        // Broken off by something else, which is read for itself.
        return Front::Whole(2 + end, None);
    }
    let text = String::from_utf8_lossy(inside);
    let numbers: Vec<u16> = text
        .trim_start_matches('?')
        .trim_end_matches('$')
        .split(';')
        .map(|part| part.split(':').next().unwrap_or_default().parse().unwrap_or(0))
        .collect();
    let number = |at: usize| numbers.get(at).copied().unwrap_or(0);
    let private = text.starts_with('?');
    let what = match (last, private) {
        (b'y', true) if text.ends_with('$') => Some(Read::Answer(Answer::Mode(number(0), number(1)))),
        (b'n', false) if number(0) == 0 => Some(Read::Answer(Answer::Ready)),
        // F3 with a modifier looks like an answer from the first row, which is never asked about.
        (b'R', false) if number(0) > 1 => Some(Read::Answer(Answer::Cursor(number(0), number(1)))),
        (b'~', false) if number(0) == 200 => return Front::Paste(bytes),
        (_, true) => None,
        (b'~', false) => function(number(0)).map(|code| with(code, modifiers(number(1)))),
        (b'Z', false) => Some(with(KeyCode::BackTab, KeyModifiers::SHIFT)),
        (letter @ (b'A'..=b'D' | b'F' | b'H' | b'P'..=b'S'), false) => {
            keypad(letter).map(|code| with(code, modifiers(number(1))))
        }
        _ => None,
    };
    Front::Whole(bytes, what)
}

/// The keys that are told by a number.
fn function(number: u16) -> Option<KeyCode> {
    let f = |from: u16, first: u8| KeyCode::F((number - from) as u8 + first);
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => f(11, 1),
        17..=21 => f(17, 6),
        23..=26 => f(23, 11),
        28..=29 => f(28, 15),
        31..=34 => f(31, 17),
        _ => return None,
    })
}

fn modifiers(number: u16) -> KeyModifiers {
    let mask = number.saturating_sub(1);
    let mut modifiers = KeyModifiers::NONE;
    for (bit, modifier) in [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)] {
        if mask & bit != 0 {
            modifiers |= modifier;
        }
    }
    modifiers
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
