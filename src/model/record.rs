//! What is stored, under which key. The store holds records by id and nothing else; every list, count and
//! search is computed from them in memory.

use super::{
    Account, Alert, Application, Attendance, Batch, BoardPeriods, CalendarYear, CommandId, CompulsoryDone, Demands,
    DeskRecord, GraduateList, Leaving, Login, Major, Mappings, NationalBefore, NationalList, NationalMark,
    NationalPage, Office, OfficeId, PaperFile, Qualification, RecordKey, Reminders, SemesterCheck, SemesterStart,
    Stamp, Standing, Student, Succession,
};
use serde::{Deserialize, Serialize};

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
    /// Logins that are shared, and PINs.
    Login = 86,
    /// Periods saved for the board, by account.
    BoardPeriods = 87,
    /// What the columns of other people's files mean, by school or office.
    Mappings = 85,
    /// Paper files, by student.
    PaperFile = 120,
    /// Demands from above, by application.
    Demands = 121,
    /// What the province's check found, by school and semester.
    SemesterCheck = 122,
    /// Compulsory education completed, by student.
    CompulsoryDone = 123,
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
        RecordKind::Login,
        RecordKind::BoardPeriods,
        RecordKind::Mappings,
        RecordKind::PaperFile,
        RecordKind::Demands,
        RecordKind::SemesterCheck,
        RecordKind::CompulsoryDone,
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
    /// What is known of an operating-system user.
    Login(Box<Login>),
    /// Periods an account saved for the board.
    BoardPeriods(BoardPeriods),
    /// What a school or office has saved of other people's columns.
    Mappings(Mappings),
    /// A student's paper file.
    PaperFile(Box<PaperFile>),
    /// Demands from above on an application.
    Demands(Box<Demands>),
    /// What the province's check of a semester found at a school.
    SemesterCheck(Box<SemesterCheck>),
    /// That a pupil has completed compulsory education.
    CompulsoryDone(Box<CompulsoryDone>),
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
            Record::Login(of) => RecordKey::Login(of.user.clone()),
            Record::BoardPeriods(of) => RecordKey::BoardPeriods(of.account.clone()),
            Record::Mappings(of) => RecordKey::Mappings(of.office.clone()),
            Record::PaperFile(of) => RecordKey::PaperFile(of.student),
            Record::Demands(of) => RecordKey::Demands(of.application),
            Record::SemesterCheck(of) => RecordKey::SemesterCheck(of.school.clone(), of.year, of.season),
            Record::CompulsoryDone(of) => RecordKey::CompulsoryDone(of.student),
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
            Record::Login(of) => of.revision,
            Record::BoardPeriods(of) => of.revision,
            Record::Mappings(of) => of.revision,
            Record::PaperFile(of) => of.revision,
            Record::Demands(of) => of.revision,
            Record::SemesterCheck(of) => of.revision,
            Record::CompulsoryDone(of) => of.revision,
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
