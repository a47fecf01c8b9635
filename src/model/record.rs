//! What is stored, under which key. The store holds records by id and nothing else; every list, count and
//! search is computed from them in memory.

use super::{
    Account, AccountId, Alert, AlertId, Application, ApplicationId, Attendance, Batch, BatchId, CalendarYear,
    CommandId, Demands, DeskRecord, GraduateList, Leaving, Major, MajorCode, Mappings, NationalBefore, NationalList,
    NationalMark, NationalPage, Office, OfficeId, PaperFile, Qualification, Reminders, Season, SemesterCheck,
    SemesterStart, Stamp, Standing, Student, StudentId, Succession,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The kinds of record, in the order they are read at opening. The number is the first byte of the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum RecordKind {
    /// Facts of the store itself.
    Facts = 1,
    /// Offices and schools.
    Office = 2,
    /// Majors.
    Major = 3,
    /// Accounts.
    Account = 4,
    /// Students.
    Student = 5,
    /// Applications.
    Application = 6,
    /// First answers to commands.
    Answer = 7,
    /// Years of the calendar.
    CalendarYear = 8,
    /// Papers for the end of study.
    Leaving = 60,
    /// Lists of graduates.
    GraduateList = 61,
    /// Schools that are no more.
    Succession = 62,
    /// What the columns of other people's files mean, by school or office.
    Mappings = 85,
    /// Paper files, by student.
    PaperFile = 120,
    /// Demands from above, by application.
    Demands = 121,
    /// What the province's check found, by school and semester.
    SemesterCheck = 122,
    /// Recruitment qualifications.
    Qualification = 9,
    /// Batches.
    Batch = 10,
    /// Reminders and notes on applications.
    Reminders = 50,
    /// What belongs to one account: substitutions, saved limits.
    Desk = 40,
    /// Cases of the negative list.
    Alert = 20,
    /// Absences and inspections, by student.
    Attendance = 21,
    /// Ratings and what they brought, by school.
    Standing = 22,
    /// Lines of the national system's list of a school.
    NationalPage = 90,
    /// What is known of such a list beside its lines.
    NationalList = 91,
    /// What was keyed over, by school and student.
    NationalMark = 92,
    /// Who differed when a list was loaded.
    NationalBefore = 93,
    /// First days of semesters.
    SemesterStart = 70,
}

impl RecordKind {
    /// All kinds, in order.
    pub const ALL: &[RecordKind] = &[
        RecordKind::Facts,
        RecordKind::Office,
        RecordKind::Major,
        RecordKind::Account,
        RecordKind::Student,
        RecordKind::Application,
        RecordKind::Answer,
        RecordKind::CalendarYear,
        RecordKind::Leaving,
        RecordKind::GraduateList,
        RecordKind::Succession,
        RecordKind::Mappings,
        RecordKind::PaperFile,
        RecordKind::Demands,
        RecordKind::SemesterCheck,
        RecordKind::Qualification,
        RecordKind::Batch,
        RecordKind::Reminders,
        RecordKind::Desk,
        RecordKind::Alert,
        RecordKind::Attendance,
        RecordKind::Standing,
        RecordKind::NationalPage,
        RecordKind::NationalList,
        RecordKind::NationalMark,
        RecordKind::NationalBefore,
        RecordKind::SemesterStart,
    ];

    /// The kind with this number.
    pub fn from_byte(byte: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| *kind as u8 == byte)
    }
}

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

/// Facts of the store itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreFacts {
    /// Counts the changes of this record.
    pub revision: u64,
    /// When the store was made.
    pub made: Stamp,
    /// The office it was made for.
    pub office: OfficeId,
    /// An exercise store (演练库) has its own clock, standing at this moment; a real one has none.
    pub exercise: Option<Stamp>,
}

/// What a command was answered, so that a repeated one is answered the same and done once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The command's id.
    pub command: CommandId,
    /// BLAKE3 of the request, first 16 bytes: another request under the same id is an error.
    pub request: [u8; 16],
    /// Position of its entry in the journal.
    pub seq: u64,
    /// The answer, as JSON text.
    pub answer: String,
}

/// Any record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// Facts of the store.
    Facts(StoreFacts),
    /// An office.
    Office(Office),
    /// A major.
    Major(Major),
    /// An account.
    Account(Account),
    /// A student.
    Student(Box<Student>),
    /// An application.
    Application(Box<Application>),
    /// An answer.
    Answer(Answer),
    /// A year of the calendar.
    CalendarYear(CalendarYear),
    /// A student's papers for the end of study.
    Leaving(Box<Leaving>),
    /// A school's graduates of a year.
    GraduateList(Box<GraduateList>),
    /// A school that is no more.
    Succession(Succession),
    /// What a school or office has saved of other people's columns.
    Mappings(Mappings),
    /// A student's paper file.
    PaperFile(Box<PaperFile>),
    /// Demands from above on an application.
    Demands(Box<Demands>),
    /// What the province's check of a semester found at a school.
    SemesterCheck(Box<SemesterCheck>),
    /// What belongs to one account.
    Desk(DeskRecord),
    /// What a school may recruit for.
    Qualification(Box<Qualification>),
    /// A batch.
    Batch(Box<Batch>),
    /// Reminders and notes on an application.
    Reminders(Reminders),
    /// A case of the negative list.
    Alert(Box<Alert>),
    /// A student's absences and inspections.
    Attendance(Box<Attendance>),
    /// A school's ratings.
    Standing(Box<Standing>),
    /// A page of the national list of a school.
    NationalPage(Box<NationalPage>),
    /// The national list of a school.
    NationalList(Box<NationalList>),
    /// Marks on a document number of a school's list.
    NationalMark(NationalMark),
    /// Who differed at a load.
    NationalBefore(NationalBefore),
    /// The first day of a semester.
    SemesterStart(SemesterStart),
}

impl Record {
    /// The key it is stored under.
    pub fn key(&self) -> RecordKey {
        match self {
            Record::Facts(_) => RecordKey::Facts,
            Record::Office(office) => RecordKey::Office(office.id.clone()),
            Record::Major(major) => RecordKey::Major(major.code.clone()),
            Record::Account(account) => RecordKey::Account(account.id.clone()),
            Record::Student(student) => RecordKey::Student(student.id),
            Record::Application(application) => RecordKey::Application(application.id),
            Record::Answer(answer) => RecordKey::Answer(answer.command),
            Record::CalendarYear(of) => RecordKey::CalendarYear(of.year),
            Record::Leaving(of) => RecordKey::Leaving(of.student),
            Record::GraduateList(of) => RecordKey::GraduateList(of.school.clone(), of.year),
            Record::Succession(of) => RecordKey::Succession(of.school.clone()),
            Record::Mappings(of) => RecordKey::Mappings(of.office.clone()),
            Record::PaperFile(of) => RecordKey::PaperFile(of.student),
            Record::Demands(of) => RecordKey::Demands(of.application),
            Record::SemesterCheck(of) => RecordKey::SemesterCheck(of.school.clone(), of.year, of.season),
            Record::Desk(of) => RecordKey::Desk(of.account.clone()),
            Record::Qualification(of) => RecordKey::Qualification(of.school.clone(), of.year, of.season),
            Record::Batch(batch) => RecordKey::Batch(batch.id),
            Record::Reminders(of) => RecordKey::Reminders(of.application),
            Record::Alert(alert) => RecordKey::Alert(alert.id),
            Record::Attendance(of) => RecordKey::Attendance(of.student),
            Record::Standing(of) => RecordKey::Standing(of.school.clone()),
            Record::NationalPage(of) => RecordKey::NationalPage(of.school.clone(), of.page),
            Record::NationalList(of) => RecordKey::NationalList(of.school.clone()),
            Record::NationalMark(of) => RecordKey::NationalMark(of.school.clone(), of.number.clone()),
            Record::NationalBefore(of) => RecordKey::NationalBefore(of.school.clone(), of.place, of.page),
            Record::SemesterStart(of) => RecordKey::SemesterStart(of.year, of.season),
        }
    }

    /// Its revision; answers are written once and have revision 1.
    pub fn revision(&self) -> u64 {
        match self {
            Record::Facts(facts) => facts.revision,
            Record::Office(office) => office.revision,
            Record::Major(major) => major.revision,
            Record::Account(account) => account.revision,
            Record::Student(student) => student.revision,
            Record::Application(application) => application.revision,
            Record::Answer(_) => 1,
            Record::CalendarYear(of) => of.revision,
            Record::Leaving(of) => of.revision,
            Record::GraduateList(of) => of.revision,
            Record::Succession(of) => of.revision,
            Record::Mappings(of) => of.revision,
            Record::PaperFile(of) => of.revision,
            Record::Demands(of) => of.revision,
            Record::SemesterCheck(of) => of.revision,
            Record::Qualification(of) => of.revision,
            Record::Batch(batch) => batch.revision,
            Record::Reminders(of) => of.revision,
            Record::Desk(of) => of.revision,
            Record::Alert(alert) => alert.revision,
            Record::Attendance(of) => of.revision,
            Record::Standing(of) => of.revision,
            Record::NationalPage(of) => of.revision,
            Record::NationalList(of) => of.revision,
            Record::NationalMark(of) => of.revision,
            Record::NationalBefore(of) => of.revision,
            Record::SemesterStart(of) => of.revision,
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
