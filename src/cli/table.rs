//! Columns of text in which wide characters line up.

use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Writes rows in columns two spaces apart; the last column runs free, and no line ends in spaces.
pub(super) fn write<const N: usize>(out: &mut dyn Write, rows: &[[String; N]]) -> io::Result<()> {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    for row in rows {
        let mut line = String::new();
        for (width, cell) in widths.iter().zip(row) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width - cell.width() + 2));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Breaks a text into lines of at most `width` cells; a wide character is never cut.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for letter in text.chars() {
        let cells = unicode_width::UnicodeWidthChar::width(letter).unwrap_or(0);
        // Closing punctuation does not begin a line: it may hang over by its own width.
        let hangs = "，。；、：）」".contains(letter);
        if used + cells > width && !hangs {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push(letter);
        }
        used += cells;
    }
    lines
}

/// Sets words on lines of at most `width` cells; a word is never cut.
pub(super) fn wrap_words(words: &[&str], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push((*word).to_owned()),
        }
    }
    lines
}
