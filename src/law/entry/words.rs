//! What people write in cells, and what it means.

use crate::model::Day;
use chrono::Datelike;

/// A day in any of the ways people write one.
pub fn day(text: &str) -> Option<Day> {
    if let (8, Ok(digits)) = (text.len(), text.parse::<i32>())
        && text.bytes().all(|byte| byte.is_ascii_digit())
    {
        // The way the national template has it, and so nearly all cells.
        let (month, day) = (digits.unsigned_abs() / 100 % 100, digits.unsigned_abs() % 100);
        return Day::from_ymd_opt(digits / 10_000, month, day).filter(sensible);
    }
    let forms = ["%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"];
    forms.iter().find_map(|form| Day::parse_from_str(text, form).ok()).filter(sensible)
}

/// The first day of a month.
pub fn month(text: &str) -> Option<Day> {
    if let Some(day) = day(text) {
        return day.with_day(1);
    }
    let text = text.trim_end_matches('月');
    let (year, month) = match text.split_once(['-', '/', '.', '年']) {
        Some(parts) => parts,
        None if text.len() == 6 && text.is_ascii() => text.split_at(4),
        None => return None,
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || !digits(year) || !digits(month) {
        return None;
    }
    Day::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1).filter(sensible)
}

/// A year that can stand in a student's record.
fn sensible(day: &Day) -> bool {
    (1900..=2100).contains(&day.year())
}

/// The day that a spreadsheet's count of days stands for, `39877`: dates turned into numbers look like this. Only years
/// in which a student can have been born or have entered are meant.
pub(super) fn serial(text: &str) -> Option<Day> {
    let number: i64 = text.trim_end_matches(".0").parse().ok().filter(|_| text.len() >= 5)?;
    if !(14_000..=60_000).contains(&number) {
        return None;
    }
    Day::from_ymd_opt(1899, 12, 30)?.checked_add_signed(chrono::TimeDelta::days(number))
}

/// `3`, `2.5`, `三年制`, `两年半制`: half years, up to twenty of them; what the law makes of it is another question.
pub(super) fn half_years(text: &str) -> Option<u8> {
    let text = text.trim_end_matches('制').trim_end_matches('年');
    if let Some(whole) = text.strip_suffix("年半") {
        return Some(number(whole)? * 2 + 1);
    }
    if text == "半" {
        return Some(1);
    }
    match text.split_once('.') {
        None => Some(number(text)? * 2),
        Some((whole, half)) => {
            let whole = whole.parse::<u8>().ok().filter(|_| whole.len() == 1)? * 2;
            match half.trim_end_matches('0') {
                "" => Some(whole),
                "5" => Some(whole + 1),
                _ => None,
            }
        }
    }
}

/// A figure of one digit, in either script.
fn number(text: &str) -> Option<u8> {
    const WORDS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let text = if text == "两" { "二" } else { text };
    let digit = text.parse::<u8>().ok().filter(|_| text.len() == 1);
    digit.or_else(|| WORDS.iter().position(|word| *word == text).and_then(|at| u8::try_from(at).ok()))
}

/// A name as records have it: the middle dot of names in other languages is U+00B7, and Chinese names have no blanks.
pub(super) fn name(text: &str) -> String {
    let latin = text.chars().any(|c| c.is_ascii_alphabetic());
    let mut name = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '•' | '‧' | '∙' | '⋅' | '・' | '･' | '．' | '·' => name.push('·'),
            // A full stop between Chinese characters can only be that dot.
            '.' if !latin => name.push('·'),
            c if c.is_whitespace() && !latin => {}
            c => name.push(c),
        }
    }
    name
}

/// Whether a text can be a telephone number of the mainland, or one of another country with its `+`. It may be written
/// with hyphens, blanks and brackets.
pub(super) fn phone(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !"-－ （）()".contains(*c)).collect();
    if let Some(abroad) = bare.strip_prefix('+') {
        return (7..=16).contains(&abroad.len()) && abroad.bytes().all(|byte| byte.is_ascii_digit());
    }
    if !bare.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let local = |number: &str| matches!(number.len(), 7 | 8) && matches!(number.as_bytes()[0], b'2'..=b'8');
    match bare.as_bytes() {
        [b'1', second, ..] if bare.len() == 11 => *second >= b'3',
        [b'0', ..] => (3..=4).any(|area| bare.get(area..).is_some_and(local)),
        _ => local(&bare),
    }
}

/// What a spreadsheet shows where a formula came to nothing.
pub(super) fn spreadsheet_error(text: &str) -> bool {
    matches!(text, "#N/A" | "#NAME?" | "#REF!" | "#VALUE!" | "#DIV/0!" | "#NULL!" | "#NUM!")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_in_half_years() {
        for (text, read) in [
            ("三年制", Some(6)),
            ("两年制", Some(4)),
            ("二年", Some(4)),
            ("一年半制", Some(3)),
            ("两年半制", Some(5)),
            ("三年半制", Some(7)),
            ("七年制", Some(14)),
            ("半年", Some(1)),
            ("3", Some(6)),
            ("2.5", Some(5)),
            ("3.0", Some(6)),
            ("0", Some(0)),
            ("2.7", None),
            ("-3", None),
            ("33", None),
            ("三十", None),
            ("", None),
        ] {
            assert_eq!(half_years(text), read, "{text}");
        }
    }

    #[test]
    fn days_months_and_counts_of_days() {
        let wanted = Day::from_ymd_opt(2009, 3, 5);
        for text in ["2009-03-05", "20090305", "2009/3/5", "2009.03.05", "2009年3月5日"] {
            assert_eq!(day(text), wanted, "{text}");
        }
        for text in ["20090230", "090305", "", "18991231", "39877"] {
            assert_eq!(day(text), None, "{text}");
        }
        assert_eq!(serial("39877"), wanted);
        assert_eq!(serial("39877.0"), wanted);
        assert_eq!((serial("9877"), serial("20090305"), serial("3x877")), (None, None, None));
        let wanted = Day::from_ymd_opt(2025, 9, 1);
        for text in ["202509", "2025-09", "2025/9", "2025年9月", "20250915", "2025-09-15"] {
            assert_eq!(month(text), wanted, "{text}");
        }
        for text in ["202513", "2025", "20259", ""] {
            assert_eq!(month(text), None, "{text}");
        }
    }

    #[test]
    fn names_have_one_kind_of_dot_and_no_blanks() {
        for dot in ['·', '•', '‧', '・', '.', '．', '･'] {
            assert_eq!(name(&format!("阿米娜{dot}艾合买提")), "阿米娜·艾合买提", "{dot}");
        }
        assert_eq!(name("熊 和\u{3000}"), "熊和");
        assert_eq!(name("John R. Smith"), "John R. Smith");
        assert_eq!(name("𠮷田"), "𠮷田");
    }

    #[test]
    fn telephone_numbers_are_told_from_what_is_none() {
        for good in ["13900004843", "0373-6200000", "03736200000", "(0371) 65000000", "6200000", "+8210123456789"] {
            assert!(phone(good), "{good}");
        }
        for bad in ["1380000", "不详", "1390000484", "139000048433", "11900004843", "", "03731", "一三九", "+86"] {
            assert!(!phone(bad), "{bad}");
        }
    }
}
