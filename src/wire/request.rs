//! What can be asked. Every request has a row in `marks`, which says whether it reads or writes; one that has none does
//! not compile.

use super::evidence::EvidenceChunk;
use super::import::{ImportCommit, ImportRows};
use super::page::{ListPage, PageRequest, Tab};
use crate::model::{
    AccountId, ApplicationId, BatchId, BatchList, Command, CommandId, Day, Details, Digest, Ended, InHand, OfficeId,
    Severity, StudentId,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Requests that read, or that touch only the server's memory (claims).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "do", deny_unknown_fields)]
pub enum Query {
    /// The server's hello again, for scripts that want to see it.
    #[serde(rename = "hello")]
    Hello {},
    /// Who am I here, and what may I do.
    #[serde(rename = "whoami")]
    WhoAmI {},
    /// The accounts: all for the keeper and on an exercise store, else those of my office.
    #[serde(rename = "accounts.list")]
    Accounts(ListPage),
    /// Offices and schools, by code.
    #[serde(rename = "offices.list")]
    Offices(ListPage),
    /// Students by part of the name, by initials, by part of a number, or by one of the first two with the tail of the
    /// document number; at most `count`.
    #[serde(rename = "students.find")]
    FindStudents {
        /// What is typed.
        text: String,
        /// How many at most, up to 100.
        #[serde(default = "twenty")]
        count: u32,
    },
    /// One student.
    #[serde(rename = "students.show")]
    Student {
        /// Which.
        student: StudentId,
    },
    /// What was done about one student, the newest first: every entry of the journal that touched him or one of his
    /// applications, readings of his numbers included.
    #[serde(rename = "students.log")]
    StudentLog(super::StudentLogRequest),
    /// Applications by id order, whatever their phase; for scripts and full dumps.
    #[serde(rename = "applications.list")]
    Applications {
        /// After this one.
        #[serde(default)]
        after: Option<ApplicationId>,
        /// How many at most, up to 500.
        #[serde(default = "twenty")]
        count: u32,
        /// Only of this student.
        #[serde(default)]
        student: Option<StudentId>,
    },
    /// One application with path, verdicts, evidence and what may be done.
    #[serde(rename = "applications.show")]
    Case {
        /// Which.
        application: ApplicationId,
    },
    /// The kinds of application with the forms they need.
    #[serde(rename = "kinds.list")]
    Kinds {},
    /// Schools or majors by part of a code or name.
    #[serde(rename = "choices.find")]
    Choices {
        /// Which.
        what: super::Choices,
        /// What is typed.
        text: String,
        /// How many at most, up to 50.
        #[serde(default = "twenty")]
        count: u32,
    },
    /// What an application would meet: findings, route, clocks, evidence needed. Nothing is written.
    #[serde(rename = "applications.preview")]
    Preview {
        /// Whose file.
        student: StudentId,
        /// What is asked for.
        details: Details,
    },
    /// A batch with its members, as far as I may see them.
    #[serde(rename = "batches.show")]
    Batch {
        /// Which.
        batch: BatchId,
    },
    /// What a list would meet as a batch. Nothing is written.
    #[serde(rename = "batches.preview")]
    PreviewBatch {
        /// The list.
        list: BatchList,
    },
    /// 依据: the rules behind the current step, and its clock day by day.
    #[serde(rename = "applications.basis")]
    Basis {
        /// Which.
        application: ApplicationId,
    },
    /// Rules in our own words: one by its id (`R13.7`), or those of an article (`13`).
    #[serde(rename = "rules.show")]
    Rules {
        /// Id or article.
        rule: String,
    },
    /// Take an item in hand, visibly for all.
    #[serde(rename = "applications.claim")]
    Claim {
        /// Which.
        application: ApplicationId,
    },
    /// Leave it.
    #[serde(rename = "applications.release")]
    Release {
        /// Which.
        application: ApplicationId,
    },
    /// A window of a tab of the queue.
    #[serde(rename = "queue.page")]
    Page(PageRequest),
    /// What a tab can be narrowed by.
    #[serde(rename = "queue.limits")]
    Limits {
        /// Which list.
        tab: Tab,
    },
    /// The supervisor's board (督办): what is in hand, by office and light and by kind and days left.
    #[serde(rename = "board.summary")]
    BoardSummary {
        /// Whose board; the asker's own office when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        office: Option<OfficeId>,
    },
    /// Cases in hand behind a figure of the board, the most urgent first.
    #[serde(rename = "board.cases")]
    BoardCases(InHand),
    /// Cases in hand that are past due by the regulation's clocks, the latest first.
    #[serde(rename = "board.overdue")]
    BoardOverdue(InHand),
    /// What falls due on each of the next twenty working days, and new students not filed yet.
    #[serde(rename = "board.forecast")]
    BoardForecast {
        /// Of this office and all below it; the asker's own when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        office: Option<OfficeId>,
    },
    /// How turns ended in a period, by office and by clerk.
    #[serde(rename = "board.rates")]
    BoardRates {
        /// First day of the period.
        from: Day,
        /// Its last day.
        until: Day,
        /// Of this office and all below it; the asker's own when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        office: Option<OfficeId>,
    },
    /// The board as a plain page: figures, how each is counted, and the overdue cases behind them.
    #[serde(rename = "board.report")]
    BoardReport(super::ReportAsked),
    /// Ended turns behind a rate.
    #[serde(rename = "board.ended")]
    BoardEnded(Ended),
    /// Reminders and notes of supervisors on a case.
    #[serde(rename = "board.reminders")]
    BoardReminders {
        /// Which.
        application: ApplicationId,
    },
    /// My saved periods.
    #[serde(rename = "board.periods")]
    BoardPeriods {},
    /// How many rows each tab has.
    #[serde(rename = "queue.counts")]
    Counts {},
    /// A piece of a file; the last one attaches it.
    #[serde(rename = "evidence.attach")]
    AttachChunk(EvidenceChunk),
    /// Evidence of an application.
    #[serde(rename = "evidence.list")]
    Evidence {
        /// Of which application.
        application: ApplicationId,
    },
    /// A piece of a file back.
    #[serde(rename = "evidence.get")]
    EvidencePiece {
        /// Of which application.
        application: ApplicationId,
        /// Which file.
        digest: Digest,
        /// From where.
        #[serde(default)]
        offset: u64,
    },
    /// Some rows of a file that is to be imported.
    #[serde(rename = "import.stage")]
    Stage(ImportRows),
    /// Take the staged rows in, or only judge them.
    #[serde(rename = "import.commit")]
    Commit(ImportCommit),
    /// What was said about the rows of the last import of this connection.
    #[serde(rename = "import.report")]
    ImportReport {
        /// After this row.
        #[serde(default)]
        after: u32,
        /// How many at most, up to 5000.
        count: u32,
        /// Only rows of which something at least so hard is said; all when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        worth: Option<Severity>,
    },
    /// Take in the staged rows of the national system's list, or only judge them.
    #[serde(rename = "national.load")]
    NationalLoad(super::NationalLoad),
    /// How the schools stand against the national system (对账), or one school down to the students.
    #[serde(rename = "national.diff")]
    NationalDiff(super::NationalAsked),
    /// The fields of a new student, in the order of the national template, with the values of the coded ones.
    #[serde(rename = "entry.fields")]
    EntryFields {},
    /// What is wrong with a half-filled new student, field by field, and what the rules say. Nothing is written.
    #[serde(rename = "entry.check")]
    EntryCheck(super::EntryAsked),
    /// A student of the own school who is registered and not filed, cell by cell, to be corrected.
    #[serde(rename = "entry.load")]
    EntryLoad {
        /// Which.
        student: StudentId,
    },
    /// Keep a draft of the own account.
    #[serde(rename = "drafts.save")]
    SaveDraft(super::DraftSave),
    /// A draft of the own account.
    #[serde(rename = "drafts.load")]
    LoadDraft {
        /// Which.
        slot: String,
    },
    /// The drafts of the own account, expired ones as such.
    #[serde(rename = "drafts.list")]
    Drafts {},
    /// Forget a draft of the own account.
    #[serde(rename = "drafts.drop")]
    DropDraft {
        /// Which.
        slot: String,
    },
    /// The school's own list: who is registered and not filed yet, or can no longer be.
    #[serde(rename = "entry.todo")]
    EntryTodo(super::EntryTodoAsked),
    /// What schools may recruit for (招生资质), as last published; all narrowings are optional.
    #[serde(rename = "qualifications.list")]
    Qualifications(super::QualificationFilter),
    /// In what the qualifications staged on this connection differ from the last publication, line by line. Nothing is
    /// written.
    #[serde(rename = "qualifications.compare")]
    QualificationChanges(super::CompareOffers),
    /// The journal, newest last.
    #[serde(rename = "journal.page")]
    Journal {
        /// After this entry.
        #[serde(default)]
        after: u64,
        /// How many at most, up to 200.
        #[serde(default = "twenty")]
        count: u32,
    },
    /// The journal backwards from its end, by who, what and when.
    #[serde(rename = "journal.find")]
    FindJournal(super::JournalAsked),
    /// Schools, and offices if they are wanted, with rating and custody.
    #[serde(rename = "schools.list")]
    Schools(super::SchoolsAsked),
    /// One school or office, with its ratings and qualifications.
    #[serde(rename = "schools.show")]
    School {
        /// Which.
        school: OfficeId,
    },
    /// Majors by part of a code or name.
    #[serde(rename = "majors.list")]
    Majors(super::MajorsAsked),
    /// How the store is: size, calendar, backup, free disk.
    #[serde(rename = "system.state")]
    SystemState {},
    /// A year of the calendar: holidays, make-up days, windows, and what falls due in the own office.
    #[serde(rename = "calendar.show")]
    Calendar {
        /// Which year; the one asked in when it is missing.
        #[serde(default)]
        year: Option<i32>,
    },
    /// The windows of a year, and what binds today.
    #[serde(rename = "windows.list")]
    Windows {
        /// Which year; the one asked in when it is missing.
        #[serde(default)]
        year: Option<i32>,
    },
    /// Schools with where their lists of graduates of a year stand.
    #[serde(rename = "graduation.schools")]
    GraduationSchools(super::GraduationSchoolsAsked),
    /// A school's paper files: those that are missing, differ, or stand behind the electronic file.
    #[serde(rename = "papers.list")]
    PaperFiles(super::PaperFilesAsked),
    /// What the province's check of a semester found.
    #[serde(rename = "checks.list")]
    Problems(super::ProblemsAsked),
    /// Students by school, year and season of entry, and form of study (Art. 9).
    #[serde(rename = "headcounts.show")]
    Headcounts(super::HeadcountsAsked),
    /// The withdrawal to propose for a student who is away too long, or why there is none (Art. 13).
    #[serde(rename = "absences.draft")]
    AbsenceDraft {
        /// Whose.
        student: StudentId,
    },
    /// The running deadlines that the calendar staged on this connection would move. Nothing is written.
    #[serde(rename = "calendar.moves")]
    CalendarMoves(super::CalendarMoves),
    /// A school's graduates of a year: who is due, where the certificate stands, and what holds it back.
    #[serde(rename = "graduation.list")]
    Graduates {
        /// Of which school.
        school: OfficeId,
        /// Of which year; the one asked in when it is missing.
        #[serde(default)]
        year: Option<i32>,
        /// After this student.
        #[serde(default)]
        after: Option<StudentId>,
        /// How many at most, up to 500.
        #[serde(default = "twenty")]
        count: u32,
    },
    /// Check journal, records and columns against each other.
    #[serde(rename = "verify")]
    Verify {},
    /// Schools with the eight items of the negative list, the nearest first.
    #[serde(rename = "alerts.list")]
    Alerts(super::AlertsRequest),
    /// One item of a school, or what concerns one student, down to the facts and the cases.
    #[serde(rename = "alerts.show")]
    Alert(super::AlertRequest),
    /// Whether an application can be found for a command id: what was it answered?
    #[serde(rename = "commands.show")]
    CommandAnswer {
        /// The id given with the command.
        command_id: CommandId,
    },
    /// Receive notices from now on.
    #[serde(rename = "notices.subscribe")]
    Subscribe {},
    /// Colleagues to whom a case may be handed; without one, those who may stand in for me.
    #[serde(rename = "applications.colleagues")]
    Colleagues {
        /// Which case.
        #[serde(default)]
        application: Option<ApplicationId>,
    },
    /// Who stands in for whom at my office, now or later.
    #[serde(rename = "substitutes.list")]
    Substitutes {},
    /// The notice of a case's last return or refusal, as plain text (打印).
    #[serde(rename = "applications.notice")]
    Notice {
        /// Of which application.
        application: ApplicationId,
    },
    /// My saved limits.
    #[serde(rename = "views.list")]
    Views {},
    /// What my school or office has saved of other people's columns.
    #[serde(rename = "mappings.list")]
    Mappings {},
    /// Students of the list that this connection takes out (`lists.export`), in the columns of the national template.
    #[serde(rename = "lists.students")]
    ExportedStudents {
        /// After this one.
        #[serde(default)]
        after: Option<StudentId>,
        /// How many at most, up to 500.
        count: u32,
    },
    /// Change the account of this connection; exercise stores only, or another account of the same system user.
    #[serde(rename = "session.as")]
    SwitchAccount {
        /// To which.
        account: AccountId,
    },
    /// At a login that several persons share: who I am, with my PIN. The first line after the hello, and again to change
    /// the account of this connection. Every attempt is journalled.
    #[serde(rename = "session.login")]
    Login(super::LoginAsked),
}

fn twenty() -> u32 {
    20
}

/// Whether a request changes the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// It reads.
    Read,
    /// It writes: records with an entry of the journal, evidence and drafts as files beside it.
    Write,
    /// It changes the server's memory only (claims, the connection itself).
    Session,
}

/// Any request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Change something.
    Write(Command),
    /// Read something, or touch the session.
    Query(Query),
}

impl Request {
    /// How it is marked.
    pub fn access(&self) -> Access {
        match self {
            Request::Write(_) => Access::Write,
            Request::Query(query) => query.access(),
        }
    }
}
