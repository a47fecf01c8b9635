//! A field to type into: the text area with the few keys that mean something there. The caret is drawn by placing
//! the terminal's own cursor, because that is where an input method composes.

use crate::keymap::{KeyCode, KeyPress};
use crate::text;
use ratatui::style::Style;
use tui_textarea::{CursorMove, TextArea};

/// Longest text of one field, in characters; more is not typed by hand and would not fit a line to the server.
const LONGEST: usize = 4000;

/// A field of one line or several.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) area: TextArea<'static>,
    several: bool,
}

impl Field {
    /// One line.
    pub(crate) fn line(text: &str) -> Field {
        Field::with(vec![text.to_owned()], false)
    }

    /// Several lines.
    pub(crate) fn lines(text: &str) -> Field {
        Field::with(text.split('\n').map(str::to_owned).collect(), true)
    }

    fn with(lines: Vec<String>, several: bool) -> Field {
        let mut area = TextArea::new(lines);
        area.set_cursor_line_style(Style::default());
        area.set_cursor_style(Style::default());
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Field { area, several }
    }

    /// Shows stars from now on.
    pub(crate) fn hide(&mut self) {
        self.area.set_mask_char('*');
    }

    /// What stands in it, without blanks around it.
    pub(crate) fn text(&self) -> String {
        self.area.lines().join("\n").trim().to_owned()
    }

    /// Whether nothing stands in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.area.lines().iter().all(|line| line.trim().is_empty())
    }

    /// Puts a pasted text in. Control characters and escape sequences stay out; line breaks become blanks in a field of one line.
    pub(crate) fn paste(&mut self, text: &str) -> bool {
        let clean: String = text::clean_multiline(&pasted_lines(text))
            .0
            .chars()
            .map(|c| if c == '\n' && !self.several { ' ' } else { c })
            .take(self.room())
            .collect();
        self.area.insert_str(clean)
    }

    fn room(&self) -> usize {
        LONGEST.saturating_sub(self.area.lines().iter().map(|line| line.chars().count() + 1).sum())
    }

    /// A new line, in a field of several.
    pub(crate) fn new_line(&mut self) {
        if self.several && self.room() > 0 {
            self.area.insert_newline();
        }
    }

    /// A key that is no command. Says whether it meant anything.
    pub(crate) fn key(&mut self, key: KeyPress) -> bool {
        let area = &mut self.area;
        match (key.code, key.ctrl) {
            (KeyCode::Char(c), false) if !key.alt && !c.is_control() => {
                if self.room() == 0 {
                    return false;
                }
                self.area.insert_char(c);
            }
            (KeyCode::Char('u'), true) => drop(area.delete_line_by_head()),
            (KeyCode::Char('k'), true) => drop(area.delete_line_by_end()),
            (KeyCode::Char('w'), true) => drop(area.delete_word()),
            (KeyCode::Char('a'), true) | (KeyCode::Home, _) => area.move_cursor(CursorMove::Head),
            (KeyCode::Char('e'), true) | (KeyCode::End, _) => area.move_cursor(CursorMove::End),
            (KeyCode::Char('h'), true) | (KeyCode::Backspace, _) => drop(area.delete_char()),
            (KeyCode::Delete, _) => drop(area.delete_next_char()),
            (KeyCode::Left, _) => area.move_cursor(CursorMove::Back),
            (KeyCode::Right, _) => area.move_cursor(CursorMove::Forward),
            (KeyCode::Up, _) if self.several => area.move_cursor(CursorMove::Up),
            (KeyCode::Down, _) if self.several => area.move_cursor(CursorMove::Down),
            _ => return false,
        }
        true
    }
}

/// A pasted text with its line breaks and tabs as a field has them.
pub(super) fn pasted_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_a_line() {
        let mut field = Field::line("");
        assert!(field.paste("一\r\n二\u{1b}[31m\t三"));
        assert_eq!(field.text(), "一 二 三");
        field.new_line();
        assert_eq!(field.area.lines().len(), 1);
        assert!(!field.key(KeyPress::plain(KeyCode::F(3))));
    }

    #[test]
    fn several_lines_are_kept_and_bounded() {
        let mut field = Field::lines("甲\n乙");
        field.new_line();
        assert!(field.key(KeyPress::char('丙')));
        assert_eq!(field.text(), "甲\n乙\n丙");
        field.paste(&"长".repeat(2 * LONGEST));
        assert!(field.text().chars().count() <= LONGEST);
        assert!(!field.key(KeyPress::char('x')));
    }
}
