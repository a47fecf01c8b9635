//! Under which key a record is stored, and its bytes.

use super::{
    AccountId, AlertId, ApplicationId, BatchId, CommandId, MajorCode, OfficeId, RecordKind, Season, StudentId,
};
use std::fmt;

/// The key of a record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordKey {
    /// The one record of store facts.
    Facts,
    /// An office.
    Office(OfficeId),
    /// A major.
    Major(MajorCode),
    /// An account.
    Account(AccountId),
    /// A student.
    Student(StudentId),
    /// An application.
    Application(ApplicationId),
    /// The first answer to a command.
    Answer(CommandId),
    /// A year of the calendar.
    CalendarYear(i32),
    /// A student's papers for the end of study.
    Leaving(StudentId),
    /// A school's graduates of a year.
    GraduateList(OfficeId, i32),
    /// A school that is no more.
    Succession(OfficeId),
    /// What a school or office has saved of other people's columns.
    Mappings(OfficeId),
    /// A student's paper file.
    PaperFile(StudentId),
    /// Demands from above on an application.
    Demands(ApplicationId),
    /// What the province's check of a semester found at a school.
    SemesterCheck(OfficeId, i32, Season),
    /// What belongs to one account.
    Desk(AccountId),
    /// What a school may recruit for in a year and season.
    Qualification(OfficeId, u16, Season),
    /// A batch.
    Batch(BatchId),
    /// Reminders and notes on an application.
    Reminders(ApplicationId),
    /// A case of the negative list.
    Alert(AlertId),
    /// A student's absences and inspections.
    Attendance(StudentId),
    /// A school's ratings.
    Standing(OfficeId),
    /// A page of the national list of a school.
    NationalPage(OfficeId, u32),
    /// The national list of a school.
    NationalList(OfficeId),
    /// Marks on a document number of a school's list.
    NationalMark(OfficeId, String),
    /// Who differed at a load: the place, and a page of it.
    NationalBefore(OfficeId, u8, u32),
    /// The first day of a semester.
    SemesterStart(i32, Season),
}

impl RecordKey {
    /// Its kind.
    pub fn kind(&self) -> RecordKind {
        match self {
            RecordKey::Facts => RecordKind::Facts,
            RecordKey::Office(_) => RecordKind::Office,
            RecordKey::Major(_) => RecordKind::Major,
            RecordKey::Account(_) => RecordKind::Account,
            RecordKey::Student(_) => RecordKind::Student,
            RecordKey::Application(_) => RecordKind::Application,
            RecordKey::Answer(_) => RecordKind::Answer,
            RecordKey::CalendarYear(_) => RecordKind::CalendarYear,
            RecordKey::Leaving(_) => RecordKind::Leaving,
            RecordKey::GraduateList(..) => RecordKind::GraduateList,
            RecordKey::Succession(_) => RecordKind::Succession,
            RecordKey::Mappings(_) => RecordKind::Mappings,
            RecordKey::PaperFile(_) => RecordKind::PaperFile,
            RecordKey::Demands(_) => RecordKind::Demands,
            RecordKey::SemesterCheck(..) => RecordKind::SemesterCheck,
            RecordKey::Desk(_) => RecordKind::Desk,
            RecordKey::Qualification(..) => RecordKind::Qualification,
            RecordKey::Batch(_) => RecordKind::Batch,
            RecordKey::Reminders(_) => RecordKind::Reminders,
            RecordKey::Alert(_) => RecordKind::Alert,
            RecordKey::Attendance(_) => RecordKind::Attendance,
            RecordKey::Standing(_) => RecordKind::Standing,
            RecordKey::NationalPage(..) => RecordKind::NationalPage,
            RecordKey::NationalList(_) => RecordKind::NationalList,
            RecordKey::NationalMark(..) => RecordKind::NationalMark,
            RecordKey::NationalBefore(..) => RecordKind::NationalBefore,
            RecordKey::SemesterStart(..) => RecordKind::SemesterStart,
        }
    }

    /// Key bytes: the kind, then the id; integers big-endian, so that keys sort as ids do.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![self.kind() as u8];
        match self {
            RecordKey::Facts => {}
            RecordKey::Office(id) => bytes.extend_from_slice(id.0.as_bytes()),
            RecordKey::Major(id) => bytes.extend_from_slice(id.0.as_bytes()),
            RecordKey::Account(id) => bytes.extend_from_slice(id.0.as_bytes()),
            RecordKey::Student(id) => bytes.extend_from_slice(&id.0.to_be_bytes()),
            RecordKey::Application(id) => bytes.extend_from_slice(&id.0.to_be_bytes()),
            RecordKey::Answer(id) => bytes.extend_from_slice(id.as_bytes()),
            RecordKey::CalendarYear(year) => bytes.extend_from_slice(&year.to_be_bytes()),
            RecordKey::Leaving(id) => bytes.extend_from_slice(&id.0.to_be_bytes()),
            RecordKey::GraduateList(school, year) => {
                bytes.extend_from_slice(&year.to_be_bytes());
                bytes.extend_from_slice(school.0.as_bytes());
            }
            RecordKey::Succession(id) => bytes.extend_from_slice(id.0.as_bytes()),
            RecordKey::Mappings(id) => bytes.extend_from_slice(id.0.as_bytes()),
            RecordKey::PaperFile(id) => bytes.extend_from_slice(&id.0.to_be_bytes()),
            RecordKey::Demands(id) => bytes.extend_from_slice(&id.0.to_be_bytes()),
            RecordKey::SemesterCheck(school, year, season) => {
                bytes.extend_from_slice(&year.to_be_bytes());
                bytes.push(u8::from(*season == Season::Autumn));
                bytes.extend_from_slice(school.0.as_bytes());
            }
            RecordKey::Desk(id) => bytes.extend_from_slice(id.0.as_bytes()),
            RecordKey::Qualification(school, year, season) => {
                bytes.extend_from_slice(&year.to_be_bytes());
                bytes.push(u8::from(*season == Season::Autumn));
                bytes.extend_from_slice(school.0.as_bytes());
            }
            RecordKey::Batch(id) => bytes.extend_from_slice(&id.0.to_be_bytes()),
            RecordKey::Reminders(id) => bytes.extend_from_slice(&id.0.to_be_bytes()),
            RecordKey::Alert(id) => bytes.extend_from_slice(&id.0.to_be_bytes()),
            RecordKey::Attendance(id) => bytes.extend_from_slice(&id.0.to_be_bytes()),
            RecordKey::Standing(id) | RecordKey::NationalList(id) => bytes.extend_from_slice(id.0.as_bytes()),
            // The school stands behind what has a fixed length, and the number behind a byte no code has.
            RecordKey::NationalPage(school, page) => {
                bytes.extend_from_slice(&page.to_be_bytes());
                bytes.extend_from_slice(school.0.as_bytes());
            }
            RecordKey::NationalMark(school, number) => {
                bytes.extend_from_slice(school.0.as_bytes());
                bytes.push(0);
                bytes.extend_from_slice(number.as_bytes());
            }
            RecordKey::NationalBefore(school, place, page) => {
                bytes.push(*place);
                bytes.extend_from_slice(&page.to_be_bytes());
                bytes.extend_from_slice(school.0.as_bytes());
            }
            RecordKey::SemesterStart(year, season) => {
                bytes.extend_from_slice(&year.to_be_bytes());
                bytes.push(u8::from(*season == Season::Autumn));
            }
        }
        bytes
    }

    /// Reads key bytes back; none when they are not a key.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (&kind, id) = bytes.split_first()?;
        let text = || std::str::from_utf8(id).ok().map(str::to_owned);
        let number = || id.try_into().ok().map(u64::from_be_bytes);
        Some(match RecordKind::from_byte(kind)? {
            RecordKind::Facts if id.is_empty() => RecordKey::Facts,
            RecordKind::Facts => return None,
            RecordKind::Office => RecordKey::Office(OfficeId(text()?)),
            RecordKind::Major => RecordKey::Major(MajorCode(text()?)),
            RecordKind::Account => RecordKey::Account(AccountId(text()?)),
            RecordKind::Student => RecordKey::Student(StudentId(number()?)),
            RecordKind::Application => RecordKey::Application(ApplicationId(number()?)),
            RecordKind::Answer => RecordKey::Answer(CommandId::from_slice(id).ok()?),
            RecordKind::CalendarYear => RecordKey::CalendarYear(id.try_into().ok().map(i32::from_be_bytes)?),
            RecordKind::Leaving => RecordKey::Leaving(StudentId(number()?)),
            RecordKind::GraduateList => {
                let (year, school) = id.split_first_chunk()?;
                let school = std::str::from_utf8(school).ok()?.to_owned();
                RecordKey::GraduateList(OfficeId(school), i32::from_be_bytes(*year))
            }
            RecordKind::Succession => RecordKey::Succession(OfficeId(text()?)),
            RecordKind::Mappings => RecordKey::Mappings(OfficeId(text()?)),
            RecordKind::PaperFile => RecordKey::PaperFile(StudentId(number()?)),
            RecordKind::Demands => RecordKey::Demands(ApplicationId(number()?)),
            RecordKind::SemesterCheck => {
                let (year, rest) = id.split_first_chunk()?;
                let (season, school) = rest.split_first()?;
                let season = *Season::ALL.get(usize::from(*season))?;
                let school = std::str::from_utf8(school).ok()?.into();
                RecordKey::SemesterCheck(school, i32::from_be_bytes(*year), season)
            }
            RecordKind::Desk => RecordKey::Desk(AccountId(text()?)),
            RecordKind::Qualification => {
                let (year, rest) = id.split_first_chunk::<2>()?;
                let (season, school) = rest.split_first()?;
                let season = *Season::ALL.get(usize::from(*season))?;
                let school = std::str::from_utf8(school).ok()?.into();
                RecordKey::Qualification(school, u16::from_be_bytes(*year), season)
            }
            RecordKind::Batch => RecordKey::Batch(BatchId(number()?)),
            RecordKind::Reminders => RecordKey::Reminders(ApplicationId(number()?)),
            RecordKind::Alert => RecordKey::Alert(AlertId(number()?)),
            RecordKind::Attendance => RecordKey::Attendance(StudentId(number()?)),
            RecordKind::Standing => RecordKey::Standing(OfficeId(text()?)),
            RecordKind::NationalPage => {
                let (page, school) = id.split_first_chunk()?;
                let school = std::str::from_utf8(school).ok()?.into();
                RecordKey::NationalPage(school, u32::from_be_bytes(*page))
            }
            RecordKind::NationalList => RecordKey::NationalList(OfficeId(text()?)),
            RecordKind::NationalMark => {
                let whole = text()?;
                let (school, number) = whole.split_once('\0')?;
                RecordKey::NationalMark(school.into(), number.to_owned())
            }
            RecordKind::NationalBefore => {
                let (place, rest) = id.split_first()?;
                let (page, school) = rest.split_first_chunk()?;
                let school = std::str::from_utf8(school).ok()?.into();
                RecordKey::NationalBefore(school, *place, u32::from_be_bytes(*page))
            }
            RecordKind::SemesterStart => {
                let (year, season) = id.split_first_chunk()?;
                let [season] = season else { return None };
                RecordKey::SemesterStart(i32::from_be_bytes(*year), *Season::ALL.get(usize::from(*season))?)
            }
        })
    }
}

impl fmt::Display for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RecordKey::Facts => write!(f, "facts"),
            RecordKey::Office(id) => write!(f, "office {id}"),
            RecordKey::Major(id) => write!(f, "major {id}"),
            RecordKey::Account(id) => write!(f, "account {id}"),
            RecordKey::Student(id) => write!(f, "student {id}"),
            RecordKey::Application(id) => write!(f, "application {id}"),
            RecordKey::Answer(id) => write!(f, "answer {id}"),
            RecordKey::CalendarYear(year) => write!(f, "calendar {year}"),
            RecordKey::Leaving(id) => write!(f, "leaving {id}"),
            RecordKey::GraduateList(school, year) => write!(f, "graduates {school} {year}"),
            RecordKey::Succession(id) => write!(f, "succession {id}"),
            RecordKey::Mappings(id) => write!(f, "mappings {id}"),
            RecordKey::PaperFile(id) => write!(f, "paper file {id}"),
            RecordKey::Demands(id) => write!(f, "demands {id}"),
            RecordKey::SemesterCheck(school, year, season) => {
                write!(f, "semester check {school} {year} {}", season.name())
            }
            RecordKey::Desk(id) => write!(f, "desk {id}"),
            RecordKey::Qualification(school, year, season) => {
                write!(f, "qualification {school} {year} {}", season.name())
            }
            RecordKey::Batch(id) => write!(f, "batch {id}"),
            RecordKey::Reminders(id) => write!(f, "reminders {id}"),
            RecordKey::Alert(id) => write!(f, "alert {id}"),
            RecordKey::Attendance(id) => write!(f, "attendance {id}"),
            RecordKey::Standing(id) => write!(f, "standing {id}"),
            RecordKey::NationalPage(school, page) => write!(f, "national {school} page {page}"),
            RecordKey::NationalList(school) => write!(f, "national {school}"),
            // Names in reports of damage are read by many: the number stays hidden.
            RecordKey::NationalMark(school, number) => {
                write!(f, "national mark {school} {}", crate::text::mask_id(number))
            }
            RecordKey::NationalBefore(school, place, page) => {
                write!(f, "national before {school} {place} page {page}")
            }
            RecordKey::SemesterStart(year, season) => write!(f, "semester {year} {}", season.name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back_and_sort_as_ids_do() {
        let keys = [
            RecordKey::Facts,
            RecordKey::Office("410782".into()),
            RecordKey::Student(StudentId(255)),
            RecordKey::Student(StudentId(256)),
            RecordKey::Application(ApplicationId::new(2025, 9)),
            RecordKey::Application(ApplicationId::new(2026, 1)),
            RecordKey::CalendarYear(2026),
            RecordKey::CalendarYear(2027),
            RecordKey::Qualification("3641988001".into(), 2025, Season::Spring),
            RecordKey::Qualification("3641988001".into(), 2025, Season::Autumn),
            RecordKey::Qualification("3641988001".into(), 2026, Season::Spring),
            RecordKey::Batch(BatchId::new(2026, 1)),
            RecordKey::Desk("jia".into()),
            RecordKey::Reminders(ApplicationId::new(2025, 9)),
            RecordKey::SemesterStart(2026, Season::Spring),
            RecordKey::SemesterStart(2026, Season::Autumn),
            RecordKey::SemesterStart(2027, Season::Spring),
        ];
        for pair in keys.windows(2) {
            assert!(pair[0].to_bytes() < pair[1].to_bytes(), "{} {}", pair[0], pair[1]);
        }
        for key in keys {
            assert_eq!(RecordKey::from_bytes(&key.to_bytes()), Some(key));
        }
        assert_eq!(RecordKey::from_bytes(&[9, 1]), None);
        assert_eq!(RecordKey::from_bytes(&[9, 7, 233, 2, 51]), None);
        assert_eq!(RecordKey::from_bytes(&[99, 1]), None);
        assert_eq!(RecordKey::from_bytes(&[8, 1]), None);
        assert_eq!(RecordKey::from_bytes(&[5, 1, 2]), None);
        assert_eq!(RecordKey::from_bytes(&[]), None);
    }
}
