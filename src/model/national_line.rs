//! A line of the national system's list, how it is laid beside a file here, and the pages in which lines are stored. What
//! two sides are compared by is a number of 32 bits, so that a school can be judged without reading a single record.

use super::{Day, OfficeId, Sex, Status, Student, StudyForm};
use chrono::Datelike;
use serde::{Deserialize, Serialize};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Most lines of a page: its record stays under 4 KB.
pub const NATIONAL_PAGE: usize = 80;

/// A field that is compared. The order is that of the national form; the number is a bit of a [`Differing`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NationalField {
    /// 姓名
    Name,
    /// 性别
    Sex,
    /// 出生日期
    BirthDate,
    /// 入学年月
    EntryMonth,
    /// 专业代码
    MajorCode,
    /// 学习形式
    StudyForm,
    /// 学制
    DurationYears,
    /// 学生当前状态
    Status,
    /// 身份证件号: one side has a former number, or another that a person found to be the same student's.
    IdNo,
}

impl NationalField {
    /// All, in order.
    pub const ALL: [NationalField; 9] = [
        NationalField::Name,
        NationalField::Sex,
        NationalField::BirthDate,
        NationalField::EntryMonth,
        NationalField::MajorCode,
        NationalField::StudyForm,
        NationalField::DurationYears,
        NationalField::Status,
        NationalField::IdNo,
    ];

    /// Its name in replies and exports, as in a roster's own headers.
    pub fn word(self) -> &'static str {
        match self {
            NationalField::Name => "name",
            NationalField::Sex => "sex",
            NationalField::BirthDate => "birth_date",
            NationalField::EntryMonth => "entry_month",
            NationalField::MajorCode => "major_code",
            NationalField::StudyForm => "study_form",
            NationalField::DurationYears => "duration_years",
            NationalField::Status => "status",
            NationalField::IdNo => "id_no",
        }
    }
}

/// In what a student differs: fields, or that he stands on one side only. Bits, in the order of [`NationalField::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Differing(pub u16);

impl Differing {
    /// 仅本库有
    pub const ONLY_HERE: Differing = Differing(1 << 14);
    /// 仅全国系统有
    pub const ONLY_THERE: Differing = Differing(1 << 15);

    /// These fields.
    pub fn fields(fields: &[NationalField]) -> Differing {
        Differing(fields.iter().fold(0, |bits, field| bits | 1 << *field as u16))
    }

    /// Whether anything in it is not in the other.
    pub fn beyond(self, other: Differing) -> bool {
        self.0 & !other.0 != 0
    }
}

/// What both sides say of a student, cleaned: blanks, the case of letters and the sort of middle dot are no difference.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Said<'a> {
    name: String,
    sex: Option<Sex>,
    birth: Option<Day>,
    entry: Option<(i32, u32)>,
    major: &'a str,
    form: StudyForm,
    half_years: Option<u8>,
    status: Status,
}

impl<'a> Said<'a> {
    fn here(student: &'a Student) -> Said<'a> {
        Said {
            name: folded(&student.name),
            sex: Some(student.sex),
            birth: Some(student.birth),
            entry: Some((student.entry.year(), student.entry.month())),
            major: student.major.as_str(),
            form: student.study_form,
            half_years: Some(student.half_years),
            status: there_as(student.status),
        }
    }

    fn there(line: &'a NationalLine) -> Said<'a> {
        Said {
            name: folded(&line.name),
            sex: line.sex,
            birth: line.birth,
            entry: line.entry.map(|entry| (entry.year(), entry.month())),
            major: &line.major,
            form: line.study_form,
            half_years: line.half_years,
            status: there_as(line.status),
        }
    }

    fn short(&self) -> u32 {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        hasher.finish() as u32
    }
}

/// 备案 is an act of the module: the national system knows a registered student as 在读.
pub fn there_as(status: Status) -> Status {
    if status == Status::Registered { Status::Enrolled } else { status }
}

/// A name as it is compared.
fn folded(name: &str) -> String {
    let dot = |c: char| if "·•‧∙⋅・･．".contains(c) { '·' } else { c };
    let seen = name.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !"\u{200B}\u{FEFF}".contains(*c));
    seen.flat_map(|c| dot(c).to_uppercase()).collect()
}

/// What a file here is compared by.
pub fn compared_here(student: &Student) -> u32 {
    Said::here(student).short()
}

/// What a line of the national list is compared by.
pub fn compared_there(line: &NationalLine) -> u32 {
    Said::there(line).short()
}

/// The fields in which a file here and a line there differ; the document number is whoever laid them together's to know.
pub fn fields_differ(student: &Student, line: &NationalLine) -> Vec<NationalField> {
    let (here, there) = (Said::here(student), Said::there(line));
    let all = [
        (NationalField::Name, here.name == there.name),
        (NationalField::Sex, here.sex == there.sex),
        (NationalField::BirthDate, here.birth == there.birth),
        (NationalField::EntryMonth, here.entry == there.entry),
        (NationalField::MajorCode, here.major == there.major),
        (NationalField::StudyForm, here.form == there.form),
        (NationalField::DurationYears, here.half_years == there.half_years),
        (NationalField::Status, here.status == there.status),
    ];
    all.into_iter().filter(|(_, same)| !same).map(|(field, _)| field).collect()
}

/// Whether name and birth date are the same: enough to ask a person, never enough to take two for one.
pub fn perhaps_the_same(student: &Student, line: &NationalLine) -> bool {
    line.birth == Some(student.birth) && folded(&student.name) == folded(&line.name)
}

/// One line of the national list, cleaned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NationalLine {
    /// Number of the identity document.
    pub id_no: String,
    /// Kind of the document by its code; empty when the list does not say.
    pub id_kind: String,
    /// 学籍号
    pub student_no: String,
    /// Name.
    pub name: String,
    /// Sex; none when the cell is empty.
    pub sex: Option<Sex>,
    /// Birth date; none when the cell is empty.
    pub birth: Option<Day>,
    /// First day of the month of entry; none when the cell is empty.
    pub entry: Option<Day>,
    /// Major code, as it came.
    pub major: String,
    /// Form of study.
    pub study_form: StudyForm,
    /// 学制 in half years; none when the cell is empty.
    pub half_years: Option<u8>,
    /// Status.
    pub status: Status,
    /// Class.
    pub class_name: String,
}

/// The same as it is stored: what repeats is a place in the page's texts, days and months are numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedLine {
    id_no: String,
    /// Empty for `G` and the document number.
    student_no: String,
    name: String,
    /// Places in the page's texts: kind of document, major, class.
    texts: [u16; 3],
    sex: Option<Sex>,
    /// Days since 1899-12-31; 0 for none.
    birth: u32,
    /// Months since the year 0; 0 for none.
    entry: u32,
    study_form: StudyForm,
    half_years: Option<u8>,
    status: Status,
}

/// Lines of a school's list, one after the other (`xueji import national`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NationalPage {
    /// Whose list.
    pub school: OfficeId,
    /// Which page, from 0.
    pub page: u32,
    /// Counts the changes of this record.
    pub revision: u64,
    texts: Vec<String>,
    lines: Vec<PackedLine>,
}

/// The day from which days are counted.
fn first_day() -> Day {
    Day::from_ymd_opt(1899, 12, 31).unwrap_or(Day::MIN)
}

impl NationalPage {
    /// A page of these lines; a page of none is what a longer list before left behind.
    pub fn of(school: OfficeId, page: u32, revision: u64, lines: &[NationalLine]) -> NationalPage {
        let mut texts: Vec<String> = Vec::new();
        let mut place = |text: &str| -> u16 {
            let at = texts.iter().position(|known| known == text).unwrap_or_else(|| {
                texts.push(text.to_owned());
                texts.len() - 1
            });
            u16::try_from(at).unwrap_or(u16::MAX)
        };
        let lines = lines
            .iter()
            .map(|line| PackedLine {
                student_no: if is_plain(&line.student_no, &line.id_no) { "" } else { &line.student_no }.to_owned(),
                texts: [place(&line.id_kind), place(&line.major), place(&line.class_name)],
                id_no: line.id_no.clone(),
                name: line.name.clone(),
                sex: line.sex,
                birth: line.birth.map_or(0, |day| u32::try_from((day - first_day()).num_days()).unwrap_or(0)),
                entry: line.entry.map_or(0, |day| u32::try_from(day.year()).unwrap_or(0) * 12 + day.month0()),
                study_form: line.study_form,
                half_years: line.half_years,
                status: line.status,
            })
            .collect();
        NationalPage { school, page, revision, texts, lines }
    }

    /// How many lines it has.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// A line of it.
    pub fn line(&self, at: usize) -> Option<NationalLine> {
        let line = self.lines.get(at)?;
        let text = |place: u16| self.texts.get(usize::from(place)).cloned().unwrap_or_default();
        let month = || Day::from_ymd_opt(i32::try_from(line.entry / 12).ok()?, line.entry % 12 + 1, 1);
        Some(NationalLine {
            id_no: line.id_no.clone(),
            id_kind: text(line.texts[0]),
            student_no: if line.student_no.is_empty() { format!("G{}", line.id_no) } else { line.student_no.clone() },
            name: line.name.clone(),
            sex: line.sex,
            birth: (line.birth > 0).then(|| first_day() + chrono::TimeDelta::days(i64::from(line.birth))),
            entry: if line.entry > 0 { month() } else { None },
            major: text(line.texts[1]),
            study_form: line.study_form,
            half_years: line.half_years,
            status: line.status,
            class_name: text(line.texts[2]),
        })
    }

    /// All lines of it.
    pub fn lines(&self) -> impl Iterator<Item = NationalLine> + '_ {
        (0..self.lines.len()).filter_map(|at| self.line(at))
    }
}

/// A student number that need not be kept: `G` and the document number.
fn is_plain(student_no: &str, id_no: &str) -> bool {
    student_no.strip_prefix('G') == Some(id_no)
}
