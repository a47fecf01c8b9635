//! Initials of names (姓名拼音首字母), for finding people by a few letters. A surname is often read otherwise than the
//! same character elsewhere (单 shàn, not dān), so the first one or two characters go through a table of surnames
//! first; where two readings are alive the name has two sets of initials.

use pinyin::ToPinyin;
use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

const SURNAMES: &str = include_str!("../data/surname_pinyin.csv");

/// Stands between two readings of one name.
pub const OR: char = '|';

/// Stands for a character whose reading nobody knows here; no letter finds it.
const UNREAD: char = '?';

/// Surnames with the initials of each living reading.
static TABLE: LazyLock<HashMap<&'static str, Vec<String>>> = LazyLock::new(|| {
    let rows = SURNAMES.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        let surname = cells.next().filter(|surname| !surname.is_empty())?;
        let mut readings: Vec<String> = cells.filter(|cell| !cell.is_empty()).map(letters).collect();
        readings.dedup();
        Some((surname, readings))
    });
    rows.collect()
});

/// First letters of the syllables of a reading: `yù chí` is `yc`.
fn letters(reading: &str) -> String {
    reading.split_whitespace().filter_map(|syllable| syllable.nfd().next()).collect()
}

/// The initials of a name in small letters, one for each character that is read; of several living readings of the
/// surname each, with [`OR`] between them. `乐强` is `yq|lq`.
pub fn initials(name: &str) -> String {
    let mut starts = name.char_indices().skip(1).map(|(at, _)| at).chain([name.len()]);
    let (one, two) = (starts.next().unwrap_or(0), starts.next().unwrap_or(0));
    // Two characters first: 尉迟 is no 尉.
    let surname = [two, one].into_iter().find_map(|end| Some((end, TABLE.get(name.get(..end)?)?)));
    let Some((end, readings)) = surname else { return rest(name) };
    let given = rest(name.get(end..).unwrap_or_default());
    let mut all = String::new();
    for reading in readings {
        if !all.is_empty() {
            all.push(OR);
        }
        all.push_str(reading);
        all.push_str(&given);
    }
    all
}

/// A name spelled in capitals as the national template has it: surname, blank, given name. `单雄信` is `SHAN XIONGXIN`.
/// The first reading stands where several are alive; empty when a character has none.
pub fn spelled(name: &str) -> String {
    let mut starts = name.char_indices().skip(1).map(|(at, _)| at).chain([name.len()]);
    let (one, two) = (starts.next().unwrap_or(0), starts.next().unwrap_or(0));
    let known = [two, one].into_iter().find_map(|end| Some((end, reading_of(name.get(..end)?)?)));
    let (end, surname) = known.unwrap_or_else(|| {
        let end = name.find(['·', ' ']).unwrap_or(one);
        (end, syllables(name.get(..end).unwrap_or_default()))
    });
    let given = syllables(name.get(end..).unwrap_or_default());
    if name.chars().any(|c| c.is_alphanumeric() && !c.is_ascii() && c.to_pinyin().is_none()) {
        return String::new();
    }
    format!("{surname} {given}").trim().to_owned()
}

/// The first reading of a surname in the table, in capitals.
fn reading_of(surname: &str) -> Option<String> {
    let row = SURNAMES.lines().skip(1).find(|line| line.split(',').next() == Some(surname))?;
    let reading = row.split(',').nth(1).filter(|reading| !reading.is_empty())?;
    Some(plain(reading))
}

fn syllables(text: &str) -> String {
    text.chars()
        .filter_map(|c| {
            if c.is_ascii_alphabetic() {
                return Some(c.to_ascii_uppercase().to_string());
            }
            c.to_pinyin().map(|pinyin| plain(pinyin.plain()))
        })
        .collect()
}

/// Without marks and in capitals; ü is YU, as in passports.
fn plain(reading: &str) -> String {
    let composed: String = reading.nfc().collect();
    let without_umlaut: String = composed
        .chars()
        .map(|c| match c {
            'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => "yu".to_owned(),
            other => other.to_string(),
        })
        .collect();
    without_umlaut.nfd().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase()).collect()
}

/// Character by character, each by its everyday reading.
fn rest(text: &str) -> String {
    text.chars().filter_map(initial).collect()
}

fn initial(c: char) -> Option<char> {
    if c.is_ascii_alphanumeric() {
        return Some(c.to_ascii_lowercase());
    }
    if c.is_ascii() || !c.is_alphanumeric() {
        return None;
    }
    Some(c.to_pinyin().and_then(|pinyin| pinyin.plain().chars().next()).unwrap_or(UNREAD))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_surname_first() {
        for (name, wanted) in [
            ("单雄信", "SHAN XIONGXIN"),
            ("曾一", "ZENG YI"),
            ("尉迟恭", "YUCHI GONG"),
            ("张三", "ZHANG SAN"),
            ("吕布", "LYU BU"),
            ("阿米娜·艾合买提", "AMINA AIHEMAITI"),
            ("", ""),
        ] {
            assert_eq!(spelled(name), wanted, "{name}");
        }
    }

    #[test]
    fn surnames_are_read_as_surnames() {
        for (name, wanted) in [
            ("张三", "zs"),
            ("单雄信", "sxx"),
            ("曾国藩", "zgf"),
            ("仇英", "qy"),
            ("解缙", "xj"),
            ("区大相", "odx"),
            ("尉迟恭", "ycg"),
            ("万俟卨", "mqx"),
            ("长孙无忌", "zswj"),
            ("欧阳修", "oyx"),
            ("单", "s"),
            ("尉迟", "yc"),
            // The same characters elsewhere have their everyday reading.
            ("王单", "wd"),
            ("张解", "zj"),
        ] {
            assert_eq!(initials(name), wanted, "{name}");
        }
    }

    #[test]
    fn where_two_readings_are_alive_both_count() {
        for (name, wanted) in [
            ("乐强", "yq|lq"),
            ("翟明", "zm|dm"),
            ("覃丽", "ql|tl"),
            ("隗嚣", "wx|kx"),
            // Both readings of these begin with the same letter.
            ("宁静", "nj"),
            ("缪斯", "ms"),
        ] {
            assert_eq!(initials(name), wanted, "{name}");
        }
    }

    #[test]
    fn dots_letters_and_rare_characters() {
        assert_eq!(initials("阿依古丽·买买提"), "ayglmmt");
        assert_eq!(initials("王𬭎"), "wh");
        assert_eq!(initials("𠮷野"), "?y");
        assert_eq!(initials("王A"), "wa");
        assert_eq!(initials(""), "");
        assert_eq!(initials("王\u{3106C}"), "w?");
    }

    #[test]
    fn every_row_of_the_table_reads() {
        assert!(TABLE.len() >= 99);
        for (surname, readings) in TABLE.iter() {
            for reading in readings {
                assert_eq!(reading.chars().count(), surname.chars().count(), "{surname} {reading}");
                assert!(reading.bytes().all(|letter| letter.is_ascii_lowercase()), "{surname} {reading}");
            }
        }
    }
}
