//! One pressed key, apart from any terminal library, and its written form (`a`, `ctrl-c`, `F12`, `pgup`).

use crate::text;
use crossterm::event as ct;
use std::fmt;
use std::str::FromStr;

/// Which key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyCode {
    /// A letter, digit or sign.
    Char(char),
    /// Enter
    Enter,
    /// Esc
    Esc,
    /// Tab
    Tab,
    /// Shift-Tab
    BackTab,
    /// Backspace
    Backspace,
    /// Delete
    Delete,
    /// Up
    Up,
    /// Down
    Down,
    /// Left
    Left,
    /// Right
    Right,
    /// Home
    Home,
    /// End
    End,
    /// Page up
    PageUp,
    /// Page down
    PageDown,
    /// A function key.
    F(u8),
    /// Something no table can name.
    Other,
}

/// One pressed key. Shift is kept only where it says more than the character does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyPress {
    /// Which key.
    pub code: KeyCode,
    /// With Ctrl.
    pub ctrl: bool,
    /// With Alt.
    pub alt: bool,
    /// With Shift (never for characters: `G` is `Char('G')`).
    pub shift: bool,
}

impl KeyPress {
    /// A key without modifiers.
    pub const fn plain(code: KeyCode) -> Self {
        KeyPress { code, ctrl: false, alt: false, shift: false }
    }

    /// A character.
    pub const fn char(c: char) -> Self {
        KeyPress::plain(KeyCode::Char(c))
    }

    /// Whether typing it into a field would put a character there.
    pub fn is_text(self) -> bool {
        matches!(self.code, KeyCode::Char(_)) && !self.ctrl && !self.alt
    }

    /// Letters typed with a Chinese input method left on arrive full-width; as commands they mean the plain ones.
    pub fn folded(self) -> Self {
        match self.code {
            KeyCode::Char(c) => KeyPress { code: KeyCode::Char(text::fold_key(c)), ..self },
            _ => self,
        }
    }
}

const NAMES: [(&str, KeyCode); 15] = [
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Shift-Tab", KeyCode::BackTab),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PgUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
    ("Space", KeyCode::Char(' ')),
];

/// A text that names no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} names no key")]
pub struct BadKey(pub String);

impl FromStr for KeyPress {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        let bad = || BadKey(text.to_owned());
        let mut press = KeyPress::plain(KeyCode::Other);
        let mut rest = text;
        loop {
            let mut chars = rest.chars();
            if let (Some(c), None) = (chars.next(), chars.next()) {
                press.code = KeyCode::Char(c);
                break;
            }
            if let Some((_, code)) = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(rest)) {
                press.code = *code;
                break;
            }
            let number = rest.strip_prefix(['F', 'f']).and_then(|n| n.parse().ok());
            if let Some(n @ 1..=24) = number {
                press.code = KeyCode::F(n);
                break;
            }
            let (modifier, after) = rest.split_once('-').ok_or_else(bad)?;
            let flag = match modifier.to_ascii_lowercase().as_str() {
                "ctrl" => &mut press.ctrl,
                "alt" => &mut press.alt,
                "shift" => &mut press.shift,
                _ => return Err(bad()),
            };
            if std::mem::replace(flag, true) {
                return Err(bad());
            }
            rest = after;
        }
        if let (true, KeyCode::Char(c)) = (press.ctrl, press.code) {
            press.code = KeyCode::Char(c.to_ascii_lowercase());
        }
        if press.shift && matches!(press.code, KeyCode::Char(_)) {
            return Err(bad());
        }
        Ok(press)
    }
}

impl fmt::Display for KeyPress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (on, name) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")] {
            if on {
                f.write_str(name)?;
            }
        }
        if let Some((name, _)) = NAMES.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            KeyCode::Char(c) if self.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::F(n) => write!(f, "F{n}"),
            _ => f.write_str("?"),
        }
    }
}

impl From<ct::KeyEvent> for KeyPress {
    fn from(event: ct::KeyEvent) -> Self {
        let code = match event.code {
            ct::KeyCode::Char(c) => KeyCode::Char(c),
            ct::KeyCode::Enter => KeyCode::Enter,
            ct::KeyCode::Esc => KeyCode::Esc,
            ct::KeyCode::Tab => KeyCode::Tab,
            ct::KeyCode::BackTab => KeyCode::BackTab,
            ct::KeyCode::Backspace => KeyCode::Backspace,
            ct::KeyCode::Delete => KeyCode::Delete,
            ct::KeyCode::Up => KeyCode::Up,
            ct::KeyCode::Down => KeyCode::Down,
            ct::KeyCode::Left => KeyCode::Left,
            ct::KeyCode::Right => KeyCode::Right,
            ct::KeyCode::Home => KeyCode::Home,
            ct::KeyCode::End => KeyCode::End,
            ct::KeyCode::PageUp => KeyCode::PageUp,
            ct::KeyCode::PageDown => KeyCode::PageDown,
            ct::KeyCode::F(n) => KeyCode::F(n),
            _ => KeyCode::Other,
        };
        let has = |modifier| event.modifiers.contains(modifier);
        let shift = has(ct::KeyModifiers::SHIFT) && !matches!(code, KeyCode::Char(_) | KeyCode::BackTab);
        let press = KeyPress { code, ctrl: has(ct::KeyModifiers::CONTROL), alt: has(ct::KeyModifiers::ALT), shift };
        // A terminal may report Ctrl-Shift-C or a capital with Caps Lock on: Ctrl means the letter, whatever its case.
        match press.code {
            KeyCode::Char(c) if press.ctrl => KeyPress { code: KeyCode::Char(c.to_ascii_lowercase()), ..press },
            KeyCode::Tab if press.shift => KeyPress { code: KeyCode::BackTab, shift: false, ..press },
            _ => press,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back_as_written() {
        for text in
            ["a", "G", "?", "[", "-", "Enter", "Esc", "Shift-Tab", "Ctrl-C", "Alt-x", "F1", "F12", "PgDn", "Space"]
        {
            assert_eq!(text.parse::<KeyPress>().unwrap().to_string(), text);
        }
        for text in ["", "F0", "F25", "hyper-x", "ctrl-ctrl-x", "shift-a", "Retrun"] {
            assert!(text.parse::<KeyPress>().is_err(), "{text}");
        }
    }

    #[test]
    fn ctrl_names_the_letter_whatever_its_case() {
        let event = ct::KeyEvent::new(ct::KeyCode::Char('C'), ct::KeyModifiers::CONTROL | ct::KeyModifiers::SHIFT);
        assert_eq!(KeyPress::from(event), KeyPress { ctrl: true, ..KeyPress::char('c') });
        let tab = ct::KeyEvent::new(ct::KeyCode::BackTab, ct::KeyModifiers::SHIFT);
        assert_eq!(KeyPress::from(tab), KeyPress::plain(KeyCode::BackTab));
    }

    #[test]
    fn full_width_letters_mean_the_plain_ones() {
        assert_eq!(KeyPress::char('ａ').folded(), KeyPress::char('a'));
        assert_eq!(KeyPress::char('？').folded(), KeyPress::char('?'));
        assert_eq!(KeyPress::char('中').folded(), KeyPress::char('中'));
    }
}
