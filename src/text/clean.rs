//! What comes from outside is cleaned at the door: nothing that could steer a terminal, turn the
//! reading direction or hide from the eye gets into a record.

use unicode_normalization::{UnicodeNormalization, is_nfc};

const ESC: char = '\u{1B}';
const BEL: char = '\u{07}';
/// The one-character string terminator.
const ST: char = '\u{9C}';

/// One line of text without control characters, escape sequences, bidirectional overrides and
/// invisible characters, normalised to NFC; and whether anything was stripped. Line breaks go too.
pub fn clean(text: &str) -> (String, bool) {
    run(text, false)
}

/// As [`clean`], but `\n` stays, and `\r\n` becomes `\n` without being called a fault.
pub fn clean_multiline(text: &str) -> (String, bool) {
    run(text, true)
}

/// Whether [`clean`] would take nothing out. Most texts are so, and are found to be so without being copied.
pub fn is_clean(text: &str) -> bool {
    text.chars().all(|c| match c {
        ' '..='~' | '\u{4E00}'..='\u{9FFF}' => true,
        // What may stay in one place and not in another is looked at where it stands.
        '\u{200C}' | '\u{200D}' => false,
        c => !c.is_control() && !is_variation_selector(c) && !is_hidden(c),
    })
}

fn run(text: &str, multiline: bool) -> (String, bool) {
    let mut kept = String::with_capacity(text.len());
    let mut stripped = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        if let Some(tail) = skip_sequence(c, after) {
            stripped = true;
            rest = tail;
            continue;
        }
        rest = after;
        if multiline && c == '\r' && after.starts_with('\n') {
            continue;
        }
        let keep = match c {
            '\n' => multiline,
            c if c.is_control() => false,
            c if is_variation_selector(c) => kept.chars().next_back().is_some_and(is_ideograph),
            '\u{200C}' | '\u{200D}' => {
                kept.chars().next_back().is_some_and(is_joining) && after.chars().next().is_some_and(is_joining)
            }
            c => !is_hidden(c),
        };
        if keep {
            kept.push(c);
        } else {
            stripped = true;
        }
    }
    let kept = if is_nfc(&kept) { kept } else { kept.nfc().collect() };
    (kept, stripped)
}

/// What follows the escape sequence that `first` begins; none when it begins none.
fn skip_sequence(first: char, after: &str) -> Option<&str> {
    let mut chars = after.chars();
    match first {
        ESC => match chars.next() {
            Some('[') => Some(skip_csi(chars.as_str())),
            Some(']' | 'P' | 'X' | '^' | '_') => Some(skip_string(chars.as_str())),
            // A single shift takes one more character: that is how function keys arrive.
            Some('N' | 'O') => {
                let shifted = chars.as_str();
                Some(shifted.strip_prefix(|c: char| ('\u{20}'..='\u{7E}').contains(&c)).unwrap_or(shifted))
            }
            Some('\u{20}'..='\u{2F}') => {
                let tail = after.trim_start_matches(|c: char| ('\u{20}'..='\u{2F}').contains(&c));
                Some(tail.strip_prefix(|c: char| ('\u{30}'..='\u{7E}').contains(&c)).unwrap_or(tail))
            }
            Some('\u{30}'..='\u{7E}') => Some(chars.as_str()),
            _ => Some(after),
        },
        '\u{9B}' => Some(skip_csi(after)),
        '\u{90}' | '\u{98}' | '\u{9D}' | '\u{9E}' | '\u{9F}' => Some(skip_string(after)),
        _ => None,
    }
}

/// Behind the parameters and the final character of a control sequence.
fn skip_csi(text: &str) -> &str {
    let tail = text.trim_start_matches(|c: char| ('\u{20}'..='\u{3F}').contains(&c));
    match tail.strip_prefix(|c: char| ('\u{40}'..='\u{7E}').contains(&c)) {
        Some(tail) => tail,
        // No final character: not a sequence, so only its beginning is taken and the words stay.
        None => text,
    }
}

/// Behind the end of a control string. One that never ends on its line loses only its beginning:
/// without it the rest is harmless, and a clerk's words must not vanish.
fn skip_string(text: &str) -> &str {
    for (at, c) in text.char_indices() {
        match c {
            BEL | ST => return &text[at + c.len_utf8()..],
            ESC if text[at..].starts_with("\u{1B}\\") => return &text[at + 2..],
            ESC | '\n' => break,
            _ => {}
        }
    }
    text
}

/// Characters the eye cannot see or that turn the reading direction.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
        | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
        // Noncharacters: the last two of every plane and a block among the Arabic forms.
        || u32::from(c) & 0xFFFE == 0xFFFE
        || matches!(c, '\u{FDD0}'..='\u{FDEF}')
}

/// Selectors of a form. Names are registered with them (异体字), so they stay behind an ideograph.
fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Chinese characters, rare ones included.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{2FA1F}' | '\u{30000}'..='\u{3FFFD}')
}

/// Letters of scripts in which a joiner belongs to the spelling: Arabic (维吾尔文), the Indic ones, Mongolian.
fn is_joining(c: char) -> bool {
    matches!(c, '\u{0620}'..='\u{06D3}' | '\u{0750}'..='\u{077F}' | '\u{0900}'..='\u{0DFF}' | '\u{1820}'..='\u{18AA}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stripped(from: &str, to: &str) {
        assert_eq!(clean(from), (to.to_owned(), true), "{from:?}");
    }

    fn untouched(text: &str) {
        assert_eq!(clean(text), (text.to_owned(), false), "{text:?}");
        assert_eq!(clean_multiline(text), (text.to_owned(), false), "{text:?}");
    }

    #[test]
    fn what_people_write_stays() {
        for text in [
            "",
            "演练一县",
            "阿依古丽·买买提",
            "𬭎𠮷㛃",
            "葛\u{E0100}城",
            "é",
            "a [31m b ]0; c",
            "（病假）：三个月，附证明。",
            "\u{E000}", // a rare character of an old system, in the private use area
            "می\u{200C}خواهم",
        ] {
            untouched(text);
        }
    }

    #[test]
    fn control_characters_go() {
        stripped("a\0b\u{7}c\u{7F}d\u{85}", "abcd");
        stripped("a\tb\r\nc", "abc");
    }

    #[test]
    fn escape_sequences_go_whole() {
        stripped("a\u{1B}[31;1mb\u{1B}[0mc", "abc");
        stripped("a\u{1B}[?25lb", "ab");
        stripped("a\u{9B}2Jb", "ab");
        stripped("a\u{1B}]0;title\u{7}b", "ab");
        stripped("a\u{1B}]8;;http://x\u{1B}\\b", "ab");
        stripped("a\u{9D}0;title\u{9C}b", "ab");
        stripped("a\u{1B}Pq#0\u{1B}\\b", "ab");
        stripped("a\u{1B}(Bb", "ab");
        stripped("a\u{1B}cb", "ab");
        stripped("a\u{1B}OPb", "ab");
        stripped("a\u{1B}休", "a休");
        stripped("a\u{1B}", "a");
        stripped("\u{1B}\u{1B}[31m", "");
    }

    #[test]
    fn an_unfinished_sequence_swallows_no_words() {
        stripped("\u{1B}[12休学", "12休学");
        stripped("\u{1B}]0;休学", "0;休学");
        stripped("\u{1B}[", "");
        assert_eq!(clean_multiline("\u{1B}]0;一\n二\u{7}"), ("0;一\n二".into(), true));
    }

    #[test]
    fn hidden_and_turning_characters_go() {
        stripped("张\u{200B}三", "张三");
        stripped("张\u{202E}三\u{202C}", "张三");
        stripped("\u{FEFF}张三", "张三");
        stripped("张\u{2066}三\u{2069}", "张三");
        stripped("张\u{200D}三", "张三");
        stripped("a\u{3164}b\u{AD}", "ab");
        stripped("a\u{E0041}", "a");
        stripped("a\u{FFFE}\u{1FFFF}\u{FDD0}", "a");
        stripped("a\u{FE0F}", "a");
        stripped("\u{E0100}葛", "葛");
        stripped("葛\u{E0100}\u{E0101}", "葛\u{E0100}");
    }

    #[test]
    fn normalising_is_not_stripping() {
        assert_eq!(clean("e\u{301}"), ("é".into(), false));
        assert_eq!(clean("\u{F900}"), ("豈".into(), false));
    }

    #[test]
    fn line_breaks_stay_where_asked() {
        assert_eq!(clean_multiline("一\n二\r\n三"), ("一\n二\n三".into(), false));
        assert_eq!(clean_multiline("一\r二\t三"), ("一二三".into(), true));
        assert_eq!(clean("一\n二"), ("一二".into(), true));
    }

    proptest! {
        #[test]
        fn nothing_that_steers_remains(text in "(?s)[\u{1B}\u{9B}\u{9D}\\[\\]a;0m休\\n\u{200D}\u{202E}\u{7}]{0,24}") {
            let (once, _) = clean(&text);
            prop_assert!(!once.chars().any(|c| c.is_control() || is_hidden(c)));
            prop_assert_eq!(clean(&once), (once.clone(), false));
        }

        #[test]
        fn what_is_found_clean_loses_nothing(text in "(?s)[a休\u{FE00}\u{200D}\u{6A9}\u{200C}\u{AD}\u{7F}\u{FFFE}é]{0,6}") {
            let stripped = clean(&text).1;
            prop_assert!(!is_clean(&text) || !stripped, "{:?}", text);
            // Beside what may stay in its place, what is not found clean is what loses something.
            let placed = text.chars().any(|c| is_variation_selector(c) || matches!(c, '\u{200C}' | '\u{200D}'));
            prop_assert!(placed || is_clean(&text) != stripped, "{:?}", text);
        }

        #[test]
        fn cleaning_twice_is_cleaning_once(text in any::<String>()) {
            let (once, _) = clean_multiline(&text);
            prop_assert_eq!(clean_multiline(&once), (once.clone(), false));
        }
    }
}
