//! Identity documents of every kind by the form of their numbers: which one it is, whether it holds, and what it says.
//! Only numbers with a check digit can be found wrong; every other document is taken as it is, with a word that its
//! number could not be checked (Art. 24: nobody is refused for having another document).

use super::identity::{self, Fault, Resident};
use super::regions::{RegionRead, Regions, Standing};
use crate::model::{Day, Severity, Sex};
use chrono::Datelike;

/// What kind of document a number belongs to, by its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// 居民身份号码
    Resident18,
    /// The resident number of fifteen digits, which holds no longer.
    Resident15,
    /// 港澳台居民居住证, by where its holder comes from: 81, 82, 83.
    ResidencePermit(Home),
    /// 外国人永久居留身份证 since December 2023: eighteen digits, the first a 9.
    ForeignerCard,
    /// 外国人永久居留证 before: three letters and twelve digits.
    ForeignerCardOld,
    /// 港澳居民来往内地通行证
    PassHongKongMacao,
    /// 台湾居民来往大陆通行证
    PassTaiwan,
    /// 香港居民身份证: letters, six digits, one more in brackets.
    CardHongKong,
    /// 澳门居民身份证: seven digits, one more in brackets.
    CardMacao,
    /// 护照
    Passport,
    /// Nothing that we know.
    Unknown,
}

/// Where the holder of a residence permit comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Home {
    /// 香港
    HongKong,
    /// 澳门
    Macao,
    /// 台湾
    Taiwan,
}

impl DocumentKind {
    /// Its name for programs.
    pub fn word(self) -> &'static str {
        match self {
            DocumentKind::Resident18 => "resident-id-18",
            DocumentKind::Resident15 => "resident-id-15",
            DocumentKind::ResidencePermit(Home::HongKong) => "residence-permit-HK",
            DocumentKind::ResidencePermit(Home::Macao) => "residence-permit-MO",
            DocumentKind::ResidencePermit(Home::Taiwan) => "residence-permit-TW",
            DocumentKind::ForeignerCard => "foreigner-permanent-residence",
            DocumentKind::ForeignerCardOld => "foreigner-permanent-residence-old",
            DocumentKind::PassHongKongMacao => "travel-permit-HK-MO",
            DocumentKind::PassTaiwan => "travel-permit-TW",
            DocumentKind::CardHongKong => "identity-card-HK",
            DocumentKind::CardMacao => "identity-card-MO",
            DocumentKind::Passport => "passport",
            DocumentKind::Unknown => "unknown",
        }
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            DocumentKind::Resident18 => "居民身份证",
            DocumentKind::Resident15 => "居民身份证（15位旧号）",
            DocumentKind::ResidencePermit(Home::HongKong) => "港澳台居民居住证（香港）",
            DocumentKind::ResidencePermit(Home::Macao) => "港澳台居民居住证（澳门）",
            DocumentKind::ResidencePermit(Home::Taiwan) => "港澳台居民居住证（台湾）",
            DocumentKind::ForeignerCard => "外国人永久居留身份证",
            DocumentKind::ForeignerCardOld => "外国人永久居留证（旧版）",
            DocumentKind::PassHongKongMacao => "港澳居民来往内地通行证",
            DocumentKind::PassTaiwan => "台湾居民来往大陆通行证",
            DocumentKind::CardHongKong => "香港居民身份证",
            DocumentKind::CardMacao => "澳门居民身份证",
            DocumentKind::Passport => "护照",
            DocumentKind::Unknown => "未知证件",
        }
    }
}

/// What is to be said about a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentProblem {
    /// Its name, for programs.
    pub code: &'static str,
    /// How hard it is.
    pub severity: Severity,
    /// What is the matter and what to do, in Chinese.
    pub message: String,
}

/// A number read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRead {
    /// As it is stored.
    pub number: String,
    /// By its form.
    pub kind: DocumentKind,
    /// What is to be said about it.
    pub problems: Vec<DocumentProblem>,
    /// Day of birth, where the number has one.
    pub birth: Option<Day>,
    /// Sex, where the number has one.
    pub sex: Option<Sex>,
    /// Region of the first registration, or the province where a foreigner's card was asked for.
    pub region: Option<RegionRead>,
    /// The number of eighteen digits that an old one of fifteen became, most likely. Never taken by itself.
    pub suggestion: Option<String>,
}

impl DocumentRead {
    /// Whether nothing is wrong with it.
    pub fn valid(&self) -> bool {
        self.problems.iter().all(|problem| problem.severity != Severity::Block)
    }
}

/// Reads a number whose kind nobody named.
pub fn read(text: &str, today: Day, regions: &Regions) -> DocumentRead {
    let number = identity::normalise(text);
    let kind = kind_of(&number);
    read_kind(number, kind, today, regions)
}

/// Reads a number that was given as one of a resident identity card: whatever has another form is a fault of it.
pub fn read_resident(text: &str, today: Day, regions: &Regions) -> DocumentRead {
    let number = identity::normalise(text);
    let kind = match kind_of(&number) {
        kind @ (DocumentKind::ResidencePermit(_) | DocumentKind::ForeignerCard | DocumentKind::Resident15) => kind,
        _ => DocumentKind::Resident18,
    };
    read_kind(number, kind, today, regions)
}

/// The kind a normalised number has by its form.
fn kind_of(number: &str) -> DocumentKind {
    let bytes = number.as_bytes();
    let digits = |part: Option<&[u8]>| part.is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    let letters = |part: Option<&[u8]>| part.is_some_and(|part| part.iter().all(u8::is_ascii_uppercase));
    match bytes.len() {
        18 if digits(bytes.get(..17)) => match (&bytes[..1], &bytes[..6]) {
            (b"9", _) => DocumentKind::ForeignerCard,
            (_, b"810000") => DocumentKind::ResidencePermit(Home::HongKong),
            (_, b"820000") => DocumentKind::ResidencePermit(Home::Macao),
            (_, b"830000") => DocumentKind::ResidencePermit(Home::Taiwan),
            _ => DocumentKind::Resident18,
        },
        15 if digits(Some(bytes)) => DocumentKind::Resident15,
        15 if letters(bytes.get(..3)) && digits(bytes.get(3..)) => DocumentKind::ForeignerCardOld,
        9 | 11 if matches!(bytes[0], b'H' | b'M') && digits(bytes.get(1..)) => DocumentKind::PassHongKongMacao,
        8 if digits(Some(bytes)) => DocumentKind::PassTaiwan,
        11 if digits(bytes.get(..10)) && letters(bytes.get(10..)) => DocumentKind::PassTaiwan,
        13 if digits(bytes.get(..10)) && bytes[10] == b'(' && letters(bytes.get(11..12)) && bytes[12] == b')' => {
            DocumentKind::PassTaiwan
        }
        9..=11 if bracketed(number).is_some_and(card_of_hong_kong) => DocumentKind::CardHongKong,
        10 if bracketed(number).is_some_and(|front| digits(Some(front.as_bytes()))) => DocumentKind::CardMacao,
        // A resident number that lost or gained a digit, or that a spreadsheet spoiled, is no passport.
        _ if number.contains("E+") || digits(bytes.get(..bytes.len().saturating_sub(1))) && bytes.len() > 11 => {
            DocumentKind::Resident18
        }
        5..=17 if bytes.iter().all(u8::is_ascii_alphanumeric) && bytes.iter().any(u8::is_ascii_digit) => {
            DocumentKind::Passport
        }
        _ => DocumentKind::Unknown,
    }
}

/// What stands before one character in brackets at the end.
fn bracketed(number: &str) -> Option<&str> {
    let (front, last) = number.strip_suffix(')')?.split_once('(')?;
    (last.len() == 1 && last.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(front)
}

/// One or two letters and six digits.
fn card_of_hong_kong(front: &str) -> bool {
    let digits = front.trim_start_matches(|c: char| c.is_ascii_uppercase());
    digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit()) && (1..=2).contains(&(front.len() - 6))
}

fn read_kind(number: String, kind: DocumentKind, today: Day, regions: &Regions) -> DocumentRead {
    let empty =
        DocumentRead { number, kind, problems: Vec::new(), birth: None, sex: None, region: None, suggestion: None };
    match kind {
        DocumentKind::Resident18 | DocumentKind::ResidencePermit(_) | DocumentKind::ForeignerCard => {
            checked(empty, today, regions)
        }
        DocumentKind::Resident15 => fifteen(empty, today, regions),
        DocumentKind::Unknown => {
            let message = "看不出是哪种证件的号码；请核对号码，或按证件选择证件类型";
            said(empty, "unknown_form", Severity::Block, message)
        }
        _ => {
            let message = format!("按形式判断为{}；这种号码没有校验位，无法核验，请对照证件原件", kind.name());
            said(empty, "no_check_digit", Severity::Hint, message)
        }
    }
}

fn said(mut read: DocumentRead, code: &'static str, severity: Severity, message: impl Into<String>) -> DocumentRead {
    read.problems.push(DocumentProblem { code, severity, message: message.into() });
    read
}

/// Numbers of eighteen with a check digit.
fn checked(mut read: DocumentRead, today: Day, regions: &Regions) -> DocumentRead {
    let faults = identity::faults(&read.number, today);
    if let Some(Resident { region, birth, sex }) = identity::parts(&read.number, today) {
        (read.birth, read.sex) = (Some(birth), Some(sex));
        // A foreigner's card names the province where it was asked for, and then a country.
        let code = match read.kind {
            DocumentKind::ForeignerCard => format!("{}0000", &region[1..3]),
            _ => region,
        };
        read.region = regions.read(&code, birth).filter(|_| of_numbers(read.kind, &code));
    }
    let spoiled = faults.contains(&Fault::TailZeroed);
    for fault in faults {
        read = said(read, fault.code(), Severity::Block, fault.message());
    }
    match &read.region {
        // With digits that are wrong anyway nobody wants to hear of the region as well.
        None if read.birth.is_some() && !spoiled && read.valid() => {
            let code = read.number[..6].to_owned();
            let message = format!("号码开头的行政区划代码 {code} 从未有过；请按证件核对前六位");
            said(read, "unknown_region", Severity::Block, message)
        }
        Some(region) if region.standing == Standing::BeforeBirth => {
            let year = region.until.map_or_else(String::new, |year| format!("{year}年后"));
            let message = format!(
                "行政区划代码 {}（{}）{year}已不再使用，早于出生年份；请对照证件原件",
                region.code, region.name
            );
            said(read, "region_abolished_before_birth", Severity::Notice, message)
        }
        Some(region) if region.standing == Standing::Abolished => {
            let message = format!("行政区划代码 {}（{}）现已撤销，号码仍然有效", region.code, region.name);
            said(read, "region_abolished", Severity::Hint, message)
        }
        _ => read,
    }
}

/// Whether numbers of this kind begin with such a code: a resident number with that of a county, a district or a city
/// without districts, never with that of a province.
fn of_numbers(kind: DocumentKind, code: &str) -> bool {
    kind != DocumentKind::Resident18 || !code.ends_with("0000")
}

/// The old form: what it most likely became is suggested, when the whole of it holds.
fn fifteen(mut read: DocumentRead, today: Day, regions: &Regions) -> DocumentRead {
    let body = format!("{}19{}", &read.number[..6], &read.number[6..]);
    let suggestion = identity::check_digit(body.as_bytes()).map(|digit| format!("{body}{digit}"));
    let whole = suggestion.filter(|number| {
        let then = read_kind(number.clone(), DocumentKind::Resident18, today, regions);
        // The old form was given until 1999; who would be over a hundred has a number that was cut.
        then.valid() && then.birth.is_some_and(|birth| today.year() - birth.year() <= 100)
    });
    if let Some(number) = &whole
        && let Some(Resident { region, birth, sex }) = identity::parts(number, today)
    {
        (read.birth, read.sex, read.region) = (Some(birth), Some(sex), regions.read(&region, birth));
    }
    let message = match &whole {
        Some(number) => {
            format!("15位号码已停用，只能作为曾用号登记；现行号码可能是 {number}，请按现行身份证核对后填写18位号码")
        }
        None => "15位号码已停用，也推不出对应的18位号码；请按现行身份证填写18位号码".to_owned(),
    };
    read.suggestion = whole;
    said(read, Fault::Fifteen.code(), Severity::Block, message)
}
