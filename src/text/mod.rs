//! Text as a terminal shows it: display width, cutting and filling, line breaking, folding of
//! full-width input, the cleaning of whatever comes from outside, and the initials of names.
//!
//! Widths are those of terminals that draw ambiguous characters one cell wide; [`ambiguous`] finds
//! the characters for which others differ. Everything is measured by grapheme, as the screen is drawn
//! by grapheme: a base with its combining marks or its variation selector is never taken apart.

mod clean;
mod pinyin;
mod wrap;

pub use clean::{clean, clean_multiline, is_clean};
pub use pinyin::{OR, initials, spelled};
pub use wrap::wrap;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The mark of a cut; one cell wide in every terminal, which `…` is not.
pub const CUT: char = '~';

/// Cells one grapheme takes. Control characters take none: the screen never draws them.
fn grapheme_width(grapheme: &str) -> usize {
    if grapheme.contains(char::is_control) { 0 } else { grapheme.width() }
}

/// Cells of a character that is known without a table: printable ASCII, and the Chinese characters and full-width signs
/// that nearly all texts here are made of. Beside one another they are graphemes of their own; before a combining mark,
/// which is none of these, they are not.
pub fn plain_cells(c: char) -> Option<usize> {
    match c {
        ' '..='~' => Some(1),
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{3000}'..='\u{3020}' | '\u{FF01}'..='\u{FF60}' => {
            Some(2)
        }
        _ => None,
    }
}

/// Cells of a text of such characters only; none when others are among them. Most of the time of a drawing would
/// otherwise go into looking for graphemes.
pub fn plain_width(text: &str) -> Option<usize> {
    text.chars().try_fold(0, |cells, c| Some(cells + plain_cells(c)?))
}

/// Cells `text` takes on one line.
pub fn width(text: &str) -> usize {
    plain_width(text).unwrap_or_else(|| text.graphemes(true).map(grapheme_width).sum())
}

/// `text` in at most `cols` cells; a cut is marked with [`CUT`] and never halves a wide character.
pub fn truncate(text: &str, cols: usize) -> String {
    if width(text) <= cols {
        return text.to_owned();
    }
    let Some(room) = cols.checked_sub(1) else { return String::new() };
    let mut cut = String::with_capacity(text.len());
    let mut used = 0;
    if plain_width(text).is_some() {
        for c in text.chars() {
            used += plain_cells(c).unwrap_or_default();
            if used > room {
                break;
            }
            cut.push(c);
        }
        cut.push(CUT);
        return cut;
    }
    for grapheme in text.graphemes(true) {
        let cells = grapheme_width(grapheme);
        if used + cells > room {
            break;
        }
        used += cells;
        cut.push_str(grapheme);
    }
    cut.push(CUT);
    cut
}

/// `text` in exactly `cols` cells: cut or filled with spaces on the right.
pub fn pad(text: &str, cols: usize) -> String {
    let mut padded = truncate(text, cols);
    let fill = cols.saturating_sub(width(&padded));
    padded.extend(std::iter::repeat_n(' ', fill));
    padded
}

/// `text` in exactly `cols` cells: cut, or filled with spaces on the left, as numbers stand.
pub fn pad_left(text: &str, cols: usize) -> String {
    let cut = truncate(text, cols);
    let mut padded = " ".repeat(cols.saturating_sub(width(&cut)));
    padded.push_str(&cut);
    padded
}

/// The key that was meant when a Chinese input method sent a full-width (全角) form of it.
pub fn fold_key(key: char) -> char {
    match key {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(key) - 0xFEE0).unwrap_or(key),
        _ => key,
    }
}

/// `text` with every full-width ASCII form (全角) made half-width, for numbers, codes and dates.
pub fn fold_full_width(text: &str) -> String {
    text.chars().map(fold_key).collect()
}

/// The first character that takes more cells in a terminal set up for East Asian ambiguous widths.
pub fn ambiguous(text: &str) -> Option<char> {
    text.chars().find(|c| c.width() != c.width_cjk())
}

/// A name as others see it who have no business with the record: its first character, and two stars.
pub fn mask_name(name: &str) -> String {
    name.chars().next().map(|first| format!("{first}**")).unwrap_or_default()
}

/// A document number as lists show it: `410782********803X`. Numbers of fifteen characters and more
/// keep six in front and four behind; shorter ones keep two and two, and what is too short for that
/// is hidden whole.
pub fn mask_id(number: &str) -> String {
    let len = number.chars().count();
    let (head, tail) = match len {
        15.. => (6, 4),
        5.. => (2, 2),
        _ => (0, 0),
    };
    number.chars().enumerate().map(|(at, c)| if at < head || at + tail >= len { c } else { '*' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn widths() {
        for (text, cells) in [
            ("", 0),
            ("a", 1),
            ("休学", 4),
            ("阿依古丽·买买提", 15),
            ("𬭎", 2),                  // U+2CB4E, beyond the BMP
            ("𠮷野", 4),                // U+20BB7
            ("葛\u{E0100}", 2),         // ideographic variation sequence
            ("e\u{301}", 1),            // combining acute
            ("\u{1B}\u{7}\n\t\r\n", 0), // control characters
            ("a\u{7}b", 2),
            ("（）", 4),
            ("──", 2),
        ] {
            assert_eq!(width(text), cells, "{text:?}");
        }
    }

    #[test]
    fn the_short_way_to_a_width_agrees_with_the_tables() {
        for c in ('\0'..='\u{20FFF}').filter(|c| plain_cells(*c).is_some()) {
            assert_eq!(plain_cells(c), c.width(), "{c:?}");
            // Two of them are two graphemes, whichever: none joins with what stands before or behind it.
            for pair in [format!("{c}学"), format!("a{c}"), format!("，{c}")] {
                assert_eq!(pair.graphemes(true).count(), 2, "{pair:?}");
            }
        }
        assert_eq!(plain_width("演练一县 2025-10-15（三）"), Some(25));
        for other in ["e\u{301}", "葛\u{E0100}", "·", "│", "\t", "𬭎", "\u{3099}"] {
            assert_eq!(plain_width(other), None, "{other:?}");
        }
    }

    #[test]
    fn a_cut_never_halves_a_wide_character() {
        for (text, cols, cut) in [
            ("演练第一中专", 12, "演练第一中专"),
            ("演练第一中专", 11, "演练第一中~"),
            ("演练第一中专", 10, "演练第一~"),
            ("演练第一中专", 2, "~"),
            ("演练第一中专", 1, "~"),
            ("演练第一中专", 0, ""),
            ("abc", 3, "abc"),
            ("abc", 2, "a~"),
            ("", 0, ""),
            ("re\u{301}sume\u{301}", 3, "re\u{301}~"),
            ("𬭎𬭎𬭎", 5, "𬭎𬭎~"),
            ("葛\u{E0100}城", 3, "葛\u{E0100}~"),
        ] {
            assert_eq!(truncate(text, cols), cut, "{text:?} in {cols}");
        }
    }

    #[test]
    fn padding_fills_to_the_cell() {
        assert_eq!(pad("休学", 6), "休学  ");
        assert_eq!(pad("休学", 4), "休学");
        assert_eq!(pad("休学", 3), "休~");
        assert_eq!(pad("休学吗", 4), "休~ ");
        assert_eq!(pad_left("12", 4), "  12");
        assert_eq!(pad_left("休学吗", 4), " 休~");
        assert_eq!(pad("x", 0), "");
    }

    #[test]
    fn full_width_forms_fold_and_their_neighbours_do_not() {
        assert_eq!(fold_key('ａ'), 'a');
        assert_eq!(fold_key('\u{FF01}'), '!');
        assert_eq!(fold_key('\u{FF5E}'), '~');
        assert_eq!(fold_key('\u{3000}'), ' ');
        for kept in ['\u{FF00}', '\u{FF5F}', '\u{2FFF}', '\u{3001}', '学', 'a'] {
            assert_eq!(fold_key(kept), kept);
        }
        assert_eq!(fold_full_width("４１０７８２　Ｘ休学"), "410782 X休学");
    }

    #[test]
    fn ambiguous_characters_are_found() {
        assert_eq!(ambiguous("休学abc，"), None);
        assert_eq!(ambiguous("阿依古丽·买买提"), Some('·'));
        assert_eq!(ambiguous("休学 — …"), Some('—'));
        assert_eq!(ambiguous("│─"), Some('│'));
    }

    #[test]
    fn numbers_are_masked() {
        for (number, masked) in [
            ("41078220080101803X", "410782********803X"),
            ("410782080101803", "410782*****1803"),
            ("12345678901234", "12**********34"),
            ("12345", "12*45"),
            ("1234", "****"),
            ("", ""),
            ("护照号码A12345", "护照******45"),
        ] {
            assert_eq!(mask_id(number), masked);
        }
    }

    proptest! {
        #[test]
        fn a_padded_text_has_its_width(text in "\\PC*", cols in 0usize..40) {
            prop_assert!(width(&truncate(&text, cols)) <= cols);
            prop_assert_eq!(width(&pad(&text, cols)), cols);
            prop_assert_eq!(width(&pad_left(&text, cols)), cols);
        }
    }
}
