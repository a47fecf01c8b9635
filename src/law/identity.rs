//! What a resident identity number (居民身份号码, GB 11643) says, and whether it holds. Other documents have no check
//! digit, and nobody is refused for having one of those (Art. 24).

use crate::model::{Day, Sex};

/// Code of the resident identity card (居民身份证) among the kinds of document.
pub const RESIDENT: &str = "1";

/// The kinds of document by their codes (JY/T 1001).
pub const DOCUMENTS: [(&str, &str); 12] = [
    (RESIDENT, "居民身份证"),
    ("2", "军官证"),
    ("3", "士兵证"),
    ("4", "文职干部证"),
    ("5", "部队离退休证"),
    ("6", "香港特区护照/身份证明"),
    ("7", "澳门特区护照/身份证明"),
    ("8", "台湾居民来往大陆通行证"),
    ("9", "境外永久居住证"),
    ("A", "护照"),
    ("B", "户口簿"),
    ("Z", "其他"),
];

/// What the number says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resident {
    /// Region of the first registration.
    pub region: String,
    /// Day of birth.
    pub birth: Day,
    /// Sex.
    pub sex: Sex,
}

/// Why a number does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Written as `4.1E+17` by a spreadsheet.
    Scientific,
    /// Fifteen digits: the old form, which holds no longer.
    Fifteen,
    /// Neither.
    Length,
    /// Something else than digits and a last `X`.
    Characters,
    /// No day of the calendar, or one yet to come.
    Birth,
    /// The last three digits became zeros in a spreadsheet's number cell.
    TailZeroed,
    /// The last character does not fit the others.
    CheckDigit,
}

impl Fault {
    /// Its name, for programs.
    pub fn code(self) -> &'static str {
        match self {
            Fault::Scientific => "id_scientific",
            Fault::Fifteen => "id_15_digits",
            Fault::Length => "id_length",
            Fault::Characters => "id_characters",
            Fault::Birth => "impossible_date",
            Fault::TailZeroed => "id_tail_zeroed",
            Fault::CheckDigit => "id_check_digit",
        }
    }

    /// What is the matter, and what to do.
    pub fn message(self) -> &'static str {
        match self {
            Fault::Scientific => "身份证号被表格软件改成了科学计数法，后几位已丢失；请把该列设为文本后重新填写",
            Fault::Fifteen => "15位身份证号已停用；请按现行身份证填写18位号码",
            Fault::Length => "身份证号应为18位；请按身份证核对",
            Fault::Characters => "身份证号前17位应为数字，末位为数字或X；请按身份证核对",
            Fault::Birth => "身份证号中的出生日期不存在或尚未到来；请按身份证核对",
            Fault::TailZeroed => "身份证号末三位被表格软件改成了000；请把该列设为文本后重新填写",
            Fault::CheckDigit => "身份证号校验位不符，号码有误；请按身份证核对",
        }
    }
}

/// The number as it is stored: half-width, without spaces, a capital `X`. The apostrophe with which spreadsheets mark
/// a text goes, and so do characters that are only drawn like an X.
pub fn normalise(text: &str) -> String {
    text.trim_start_matches(['\'', '’', '‘', ' '])
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '×' | 'Х' | 'х' | 'Χ' | 'χ' | '✕' => 'X',
            other => other,
        })
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// Reads a normalised number on a day; the first fault where it has one.
pub fn resident(number: &str, today: Day) -> Result<Resident, Fault> {
    match faults(number, today).first() {
        Some(fault) => Err(*fault),
        None => parts(number, today).ok_or(Fault::Length),
    }
}

/// Everything that is wrong with a normalised number. What makes the rest unreadable stands alone.
pub fn faults(number: &str, today: Day) -> Vec<Fault> {
    let bytes = number.as_bytes();
    let digits = bytes.iter().all(u8::is_ascii_digit);
    if scientific(number) {
        return vec![Fault::Scientific];
    }
    if bytes.len() == 15 && digits {
        return vec![Fault::Fifteen];
    }
    if number.chars().count() != 18 {
        return vec![Fault::Length];
    }
    let Some((body, last)) = body(number) else { return vec![Fault::Characters] };
    let mut faults = Vec::new();
    if birth(number, today).is_none() {
        faults.push(Fault::Birth);
    }
    if check_digit(body) != Some(last) {
        faults.push(if number.ends_with("000") { Fault::TailZeroed } else { Fault::CheckDigit });
    }
    faults
}

/// What a normalised number says, whether or not its last character fits; none when it has no readable birth.
pub fn parts(number: &str, today: Day) -> Option<Resident> {
    let (body, _) = body(number)?;
    let sex = if body[16] % 2 == 1 { Sex::Male } else { Sex::Female };
    Some(Resident { region: number[..6].to_owned(), birth: birth(number, today)?, sex })
}

/// The seventeen digits and the last character; none when it is not made of these.
fn body(number: &str) -> Option<(&[u8], char)> {
    let bytes = number.as_bytes();
    let (body, last) = (bytes.get(..17)?, *bytes.get(17)?);
    let fits = bytes.len() == 18 && body.iter().all(u8::is_ascii_digit) && (last.is_ascii_digit() || last == b'X');
    fits.then_some((body, char::from(last)))
}

/// The day of birth in a number, when it has been.
fn birth(number: &str, today: Day) -> Option<Day> {
    Day::parse_from_str(number.get(6..14)?, "%Y%m%d").ok().filter(|birth| *birth <= today)
}

/// `4.1E+17`, as a spreadsheet shows a number cell.
pub fn scientific(number: &str) -> bool {
    let Some((mantissa, exponent)) = number.split_once('E') else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(exponent.trim_start_matches('+')) && exponent.starts_with('+') && digits(&mantissa.replacen('.', "", 1))
}

/// ISO 7064 MOD 11-2 of seventeen digits; none when they are not.
pub fn check_digit(body: &[u8]) -> Option<char> {
    if body.len() != 17 || !body.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let rest = body.iter().fold(0, |rest, digit| (rest + u32::from(digit - b'0')) * 2 % 11);
    match (12 - rest) % 11 {
        10 => Some('X'),
        digit => char::from_digit(digit, 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    /// The number printed in the standard itself, and one that ends in X.
    #[test]
    fn good_numbers_say_who_was_born_when() {
        let today = day("2025-10-15");
        let read = resident("11010519491231002X", today).unwrap();
        assert_eq!((read.region.as_str(), read.birth, read.sex), ("110105", day("1949-12-31"), Sex::Female));
        assert_eq!(resident("440524188001010014", today).unwrap().sex, Sex::Male);
    }

    #[test]
    fn each_fault_is_named() {
        let today = day("2025-10-15");
        for (number, fault) in [
            ("", Fault::Length),
            ("1101051949123100", Fault::Length),
            ("11010519491231002XX", Fault::Length),
            ("110105491231002", Fault::Fifteen),
            ("1.10105E+17", Fault::Scientific),
            ("1101051949123100X2", Fault::Characters),
            ("11010519491231002Y", Fault::Characters),
            ("一一〇一〇五一九四九一二三一〇〇二", Fault::Length),
            ("一一〇一〇五一九四九一二三一〇〇二号", Fault::Characters),
            ("110105194902300024", Fault::Birth),
            ("110105202510160022", Fault::Birth),
            ("110105194912310021", Fault::CheckDigit),
            ("110105194912310000", Fault::TailZeroed),
        ] {
            assert_eq!(resident(number, today), Err(fault), "{number}");
        }
    }

    #[test]
    fn one_is_born_today_but_not_tomorrow() {
        // Found by trying the eleven check digits.
        let number = |today| {
            let ends = "0123456789X".chars();
            ends.map(|end| format!("41078220251015001{end}")).find(|number| resident(number, day(today)).is_ok())
        };
        assert!(number("2025-10-15").is_some());
        assert!(number("2025-10-14").is_none());
    }

    #[test]
    fn numbers_are_stored_in_one_form() {
        assert_eq!(normalise(" １１０１０５19491231 002ｘ "), "11010519491231002X");
        assert_eq!(normalise("'11010519491231002×"), "11010519491231002X");
    }
}
