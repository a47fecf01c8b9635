//! Messages between a desk (or `xueji call`) and the server: lines of JSON, one encoding for people,
//! scripts and screens. `frame` bounds the lines before anything is parsed; the first line in each
//! direction is the hello and never changes its form.
//!
//! ```text
//! → {"id":0,"do":"hello","protocol":1,"version":"0.1.0"}
//! ← {"id":0,"ok":{"protocol":1,"version":"0.1.0",…}}
//! → {"id":1,"do":"queue.page","tab":"mine","count":20}
//! ← {"id":1,"ok":{"total":151,"items":[…],"next":null}}
//! ← {"notice":{"kind":"changed",…}}                        (only to who asked for notices)
//! ```

mod alerts;
mod aside;
mod batch;
mod beyond;
mod calendar;
mod cells;
mod drafts;
mod entry;
mod envelope;
mod evidence;
mod forms;
mod frame;
mod graduation;
mod import;
mod login;
mod marks;
mod national;
mod page;
mod qualification;
mod reading;
mod reply;
mod request;
mod schema;
mod student;
mod student_log;
mod system;
mod upkeep;
mod view;

pub use crate::model::{Arrived, Limit};
pub use alerts::{
    AlertDoable, AlertRequest, AlertRow, AlertStudent, AlertView, AlertsPage, AlertsRequest, ItemLine, Nearness,
    SchoolAlerts,
};
pub use aside::{Colleague, NoticeText, ParkedView, ReportAsked, SubstituteRow, ViewRow};
pub use batch::{BatchMember, BatchPreviewView, BatchRow, BatchView, BulkLine, BulkReport};
pub use beyond::{Beyond, FilingView, WaitingView};
pub use calendar::{
    CalendarMoves, CalendarView, DueDay, MovedRow, MovesView, SemesterRow, SpecialDay, WindowRow, WindowSort,
    WindowStanding,
};
pub use cells::Cells;
pub use drafts::{DraftRow, DraftSave, DraftView};
pub use entry::{
    EntryAsked, EntryCheckView, EntryField, EntryStored, EntryTodoAsked, EntryTodoFiling, EntryTodoOver, EntryTodoRow,
    EntryTodoView, LengthView, TraceRow,
};
pub use envelope::{Envelope, MalformedRequest};
pub use evidence::EvidenceChunk;
pub use forms::{Choice, Choices, FieldForm, FormField, KindForm};
pub use frame::{FrameError, LineReader, MAX_LINE, write_line};
pub use graduation::{
    Archived, CertificateLine, GraduateRow, GraduatesPage, GraduationSchool, GraduationSchools, GraduationSchoolsAsked,
};
pub use import::{ImportCheck, ImportCommit, ImportRows};
pub use login::LoginAsked;
pub use marks::{Mark, command_name};
pub use national::{
    CuredRow, KeyedView, NationalAnswer, NationalAsked, NationalDiff, NationalItem, NationalKind, NationalLoad,
    NationalSchool, NationalSchools, NationalSides, SideRow, TwoSides,
};
pub use page::{LimitsView, ListPage, PageRequest, Tab};
pub use qualification::{
    CompareOffers, OfferChange, OfferChanged, QualificationChanges, QualificationFilter, QualificationRow,
};
pub use reading::Reading;
pub use reply::{ErrorKind, Failure, FromServer, Hello, Notice, Reply, ReplyBody, Welcome, WhoAmI};
pub use request::{Access, Query, Request};
pub use schema::schema;
pub use student::{EndOfStudy, Revealed, StudentCase, StudentPaper, StudentView};
pub use student_log::{StudentLogBy, StudentLogPage, StudentLogRequest, StudentLogRow};
pub use system::{
    BackupMark, EntryBy, EntryView, JournalAsked, JournalFound, MajorsAsked, MajorsPage, SchoolRow, SchoolView,
    SchoolsAsked, SystemState,
};
pub use upkeep::{HeadcountsAsked, PaperFilesAsked, ProblemsAsked};
pub use view::{
    AccountRow, AskedRow, BasisView, CaseView, ChangeRow, Claim, Counts, DayRow, Doable, Hand, OfficeRow, Page,
    PreviewView, QueueRow, RoundView, RuleText, Standing, StepState, StepView, StudentBrief, VerifyView,
};

/// Version of the protocol. It rises when an older program would misunderstand a newer one.
pub const PROTOCOL: u32 = 1;
