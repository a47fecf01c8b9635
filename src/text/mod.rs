//! Display width, truncation, padding, folding. (Interim: four functions.)
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Cells a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text in at most `cols` cells; a cut is marked with `~`.
pub fn truncate(text: &str, cols: usize) -> String {
    if width(text) <= cols {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let w = width(grapheme);
        if used + w + 1 > cols {
            break;
        }
        out.push_str(grapheme);
        used += w;
    }
    if cols > 0 {
        out.push('~');
    }
    out
}

/// The text in exactly `cols` cells.
pub fn pad(text: &str, cols: usize) -> String {
    let mut out = truncate(text, cols);
    let used = width(&out);
    out.extend(std::iter::repeat_n(' ', cols.saturating_sub(used)));
    out
}

/// A full-width letter, digit or sign as its ASCII one.
pub fn fold_key(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    }
}
