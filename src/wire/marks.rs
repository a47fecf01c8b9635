//! The requests of `call`, one row each: its form, its name, how it is marked, the type of its answer. A request
//! without a row does not compile; a row whose name is not the request's own fails the tests. `Value` stands for an
//! answer whose form is written down nowhere else.

use super::request::{Access, Query};
use super::{
    AccountRow, AlertView, AlertsPage, BasisView, BatchPreviewView, BatchView, BulkReport, CalendarView, CaseView,
    Claim, Colleague, Counts, DraftRow, DraftView, EntryCheckView, EntryField, EntryStored, EntryTodoView,
    GraduatesPage, GraduationSchools, KindForm, LimitsView, NationalAnswer, NoticeText, OfficeRow, Page, PreviewView,
    QualificationRow, Revealed, RuleText, StudentBrief, StudentLogPage, StudentView, SubstituteRow, VerifyView,
    ViewRow, Welcome, WhoAmI,
};
use crate::model::{
    Application, Attachment, BoardCases, BoardSummary, Command, Forecast, ImportReport, Mapping, Rates, RowReport, Urge,
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::Value;

/// What is known of a request besides its form.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    /// Its name.
    pub name: &'static str,
    /// Whether it reads or writes.
    pub access: Access,
    /// The schema of its answer; what a generator gives for `Value` accepts everything.
    pub reply: fn(&mut SchemaGenerator) -> Schema,
}

/// The form of every list.
#[derive(JsonSchema)]
struct List<T> {
    /// How many there are; null where only reading all of them would tell.
    #[expect(dead_code, reason = "a form, never a value")]
    total: Option<u64>,
    /// Those of this page.
    #[expect(dead_code, reason = "a form, never a value")]
    items: Vec<T>,
    /// What to ask the next page after; null at the end.
    #[expect(dead_code, reason = "a form, never a value")]
    next: Value,
}

macro_rules! queries {
    ($($form:pat => $name:literal, $access:ident, $reply:ty;)+) => {
        impl Query {
            /// How this request is marked.
            pub fn access(&self) -> Access {
                match self { $($form => Access::$access,)+ }
            }
        }

        /// The marks of the reading requests, in the order of their table.
        pub(super) const QUERIES: &[Mark] = &[
            $(Mark { name: $name, access: Access::$access, reply: SchemaGenerator::subschema_for::<$reply> },)+
        ];
    };
}

macro_rules! commands {
    (kept [$($hidden:pat),+] $($form:pat => $name:literal, $reply:ty;)+) => {
        /// The name of a command that can be asked for; none for those only the program itself makes.
        pub fn command_name(command: &Command) -> Option<&'static str> {
            match command { $($form => Some($name),)+ $($hidden => None,)+ }
        }

        /// Names of the writing commands; any other name is read as a query, whose error lists the queries.
        pub(super) const WRITING: &[&str] = &[$($name,)+];

        /// The marks of the writing requests, in the order of their table.
        pub(super) const COMMANDS: &[Mark] = &[
            $(Mark { name: $name, access: Access::Write, reply: SchemaGenerator::subschema_for::<$reply> },)+
        ];
    };
}

queries! {
    Query::Hello {} => "hello", Read, Welcome;
    Query::WhoAmI {} => "whoami", Read, WhoAmI;
    Query::Accounts(_) => "accounts.list", Read, List<AccountRow>;
    Query::Offices(_) => "offices.list", Read, List<OfficeRow>;
    Query::FindStudents { .. } => "students.find", Read, List<StudentBrief>;
    Query::Student { .. } => "students.show", Read, StudentView;
    Query::StudentLog(_) => "students.log", Read, StudentLogPage;
    Query::Applications { .. } => "applications.list", Read, List<Application>;
    Query::Case { .. } => "applications.show", Read, CaseView;
    Query::Kinds {} => "kinds.list", Read, List<KindForm>;
    Query::Choices { .. } => "choices.find", Read, List<super::Choice>;
    Query::Preview { .. } => "applications.preview", Read, PreviewView;
    Query::Batch { .. } => "batches.show", Read, BatchView;
    Query::PreviewBatch { .. } => "batches.preview", Read, BatchPreviewView;
    Query::Basis { .. } => "applications.basis", Read, BasisView;
    Query::Rules { .. } => "rules.show", Read, List<RuleText>;
    Query::Claim { .. } => "applications.claim", Session, Claim;
    Query::Release { .. } => "applications.release", Session, Value;
    Query::Page(_) => "queue.page", Read, Page;
    Query::Limits { .. } => "queue.limits", Read, LimitsView;
    Query::BoardSummary { .. } => "board.summary", Read, BoardSummary;
    Query::BoardCases(_) => "board.cases", Read, BoardCases;
    Query::BoardOverdue(_) => "board.overdue", Read, BoardCases;
    Query::BoardForecast { .. } => "board.forecast", Read, Forecast;
    Query::BoardRates { .. } => "board.rates", Read, Rates;
    Query::BoardReport(_) => "board.report", Read, NoticeText;
    Query::BoardEnded(_) => "board.ended", Read, BoardCases;
    Query::BoardReminders { .. } => "board.reminders", Read, List<Urge>;
    Query::Counts {} => "queue.counts", Read, Counts;
    Query::AttachChunk(_) => "evidence.attach", Write, Value;
    Query::Evidence { .. } => "evidence.list", Read, List<Attachment>;
    Query::EvidencePiece { .. } => "evidence.get", Read, Value;
    Query::Stage(_) => "import.stage", Session, Value;
    Query::Commit(_) => "import.commit", Write, Value;
    Query::ImportReport { .. } => "import.report", Session, List<RowReport>;
    Query::NationalLoad(_) => "national.load", Write, ImportReport;
    Query::NationalDiff(_) => "national.diff", Read, NationalAnswer;
    Query::EntryFields {} => "entry.fields", Read, List<EntryField>;
    Query::EntryCheck(_) => "entry.check", Read, EntryCheckView;
    Query::EntryLoad { .. } => "entry.load", Read, EntryStored;
    Query::SaveDraft(_) => "drafts.save", Write, DraftRow;
    Query::LoadDraft { .. } => "drafts.load", Read, DraftView;
    Query::Drafts {} => "drafts.list", Read, List<DraftRow>;
    Query::DropDraft { .. } => "drafts.drop", Write, Value;
    Query::EntryTodo(_) => "entry.todo", Read, EntryTodoView;
    Query::Qualifications(_) => "qualifications.list", Read, List<QualificationRow>;
    Query::Journal { .. } => "journal.page", Read, List<super::EntryView>;
    Query::FindJournal(_) => "journal.find", Read, super::JournalFound;
    Query::Schools(_) => "schools.list", Read, List<super::SchoolRow>;
    Query::School { .. } => "schools.show", Read, super::SchoolView;
    Query::Majors(_) => "majors.list", Read, super::MajorsPage;
    Query::SystemState {} => "system.state", Read, super::SystemState;
    Query::Calendar { .. } => "calendar.show", Read, CalendarView;
    Query::CalendarMoves(_) => "calendar.moves", Session, super::MovesView;
    Query::Windows { .. } => "windows.list", Read, List<super::WindowRow>;
    Query::Graduates { .. } => "graduation.list", Read, GraduatesPage;
    Query::GraduationSchools(_) => "graduation.schools", Read, GraduationSchools;
    Query::PaperFiles(_) => "papers.list", Read, Value;
    Query::Problems(_) => "checks.list", Read, List<Value>;
    Query::Headcounts(_) => "headcounts.show", Read, List<Value>;
    Query::AbsenceDraft { .. } => "absences.draft", Read, Value;
    Query::Verify {} => "verify", Read, VerifyView;
    Query::Alerts(_) => "alerts.list", Read, AlertsPage;
    Query::Alert(_) => "alerts.show", Read, AlertView;
    Query::CommandAnswer { .. } => "commands.show", Read, Value;
    Query::Subscribe {} => "notices.subscribe", Session, Value;
    Query::Colleagues { .. } => "applications.colleagues", Read, List<Colleague>;
    Query::Substitutes {} => "substitutes.list", Read, List<SubstituteRow>;
    Query::Notice { .. } => "applications.notice", Read, NoticeText;
    Query::Views {} => "views.list", Read, List<ViewRow>;
    Query::Mappings {} => "mappings.list", Read, List<Mapping>;
    Query::ExportedStudents { .. } => "lists.students", Read, Value;
    Query::SwitchAccount { .. } => "session.as", Session, Welcome;
}

commands! {
    // `evidence.attach` makes the first when the last piece is there, `evidence.get` the second, the command line the
    // others.
    kept [Command::Attach { .. }, Command::Read { .. }, Command::Seed(_), Command::Found(_)]
    Command::Start { .. } => "applications.start", Value;
    Command::Amend { .. } => "applications.amend", Value;
    Command::Submit { .. } => "applications.submit", Value;
    Command::Propose { .. } => "applications.propose", Value;
    Command::StepExternal(_) => "applications.step_external", Value;
    Command::Decide { .. } => "applications.decide", Value;
    Command::Withdraw { .. } => "applications.withdraw", Value;
    Command::Cancel { .. } => "applications.cancel", Value;
    Command::File(_) => "applications.file", Value;
    Command::Sync(_) => "applications.sync", Value;
    Command::Unsync(_) => "applications.unsync", Value;
    Command::StartBatch { .. } => "batches.start", Value;
    Command::ActOnBatch { .. } => "batches.act", BulkReport;
    Command::Bulk { .. } => "applications.bulk", BulkReport;
    Command::Remind { .. } => "board.remind", Value;
    Command::Note { .. } => "board.note", Value;
    Command::PutAccount { .. } => "accounts.put", Value;
    Command::DisableAccount { .. } => "accounts.disable", Value;
    Command::PutOffice { .. } => "offices.put", Value;
    Command::ConfirmClock {} => "clock.confirm", Value;
    Command::ExerciseToday { .. } => "exercise.today", Value;
    Command::PutStudent { .. } => "students.put", Value;
    Command::PublishQualifications { .. } => "qualifications.publish", Value;
    Command::SaveEntry { .. } => "entry.save", Value;
    Command::AmendEntry { .. } => "entry.amend", Value;
    Command::SubmitFiling { .. } => "filing.submit", Value;
    Command::AdmitJunior(_) => "junior.admit", Value;
    Command::Dispute(_) => "duplicates.dispute", Value;
    Command::EndStage(_) => "students.end_stage", Value;
    Command::PutCalendar(_) => "calendar.put", Value;
    Command::RecordAlert { .. } => "alerts.record", Value;
    Command::DefineItem { .. } => "alerts.define", Value;
    Command::RemindAlert { .. } => "alerts.remind", Value;
    Command::ExplainAlert { .. } => "alerts.explain", Value;
    Command::ConfirmAlert { .. } => "alerts.confirm", Value;
    Command::DismissAlert { .. } => "alerts.dismiss", Value;
    Command::DecideAlert { .. } => "alerts.decide", Value;
    Command::PutAbsence(_) => "absences.put", Value;
    Command::PutInspection { .. } => "inspections.put", Value;
    Command::PutRuling { .. } => "ratings.put", Value;
    Command::PutCustody(_) => "custody.put", Value;
    Command::DecideRuling { .. } => "ratings.decide", Value;
    Command::MarkKeyed(_) => "national.mark_keyed", Value;
    Command::ConfirmPair(_) => "national.confirm", Value;
    Command::ExportReconcile(_) => "national.export", Value;
    Command::Reveal { .. } => "students.reveal", Revealed;
    Command::PutPaperFile(_) => "papers.put", Value;
    Command::CheckPaperFile(_) => "papers.check", Value;
    Command::DemandPapers(_) => "applications.demand", Value;
    Command::MeetDemand(_) => "applications.meet", Value;
    Command::OpenProblem(_) => "checks.open", Value;
    Command::ClearProblem(_) => "checks.clear", Value;
    Command::StateLeaving(_) => "graduation.state", Value;
    Command::IssueCertificates(_) => "graduation.issue", Value;
    Command::PrintCertificates(_) => "graduation.print", Value;
    Command::VoidCertificate(_) => "graduation.void", Value;
    Command::DeliverCertificates(_) => "graduation.deliver", Value;
    Command::AwardCertificate(_) => "graduation.award", Value;
    Command::CheckGraduates(_) => "graduation.check", Value;
    Command::ArchiveGraduates(_) => "graduation.archive", Value;
    Command::VerifyCertificate(_) => "certificates.verify", Value;
    Command::Inquire(_) => "students.inquire", Value;
    Command::MergeSchool(_) => "schools.merge", Value;
    Command::CloseSchool(_) => "schools.close", Value;
    Command::Remark { .. } => "applications.remark", Value;
    Command::Park(_) => "applications.park", Value;
    Command::Resume { .. } => "applications.resume", Value;
    Command::HandOver { .. } => "applications.hand_over", Value;
    Command::Substitute(_) => "substitutes.put", Value;
    Command::DropSubstitute(_) => "substitutes.drop", Value;
    Command::SaveView { .. } => "views.save", Value;
    Command::DropView { .. } => "views.drop", Value;
    Command::SaveMapping(_) => "mappings.save", Value;
    Command::DropMapping(_) => "mappings.drop", Value;
    Command::Export(_) => "lists.export", Value;
}
