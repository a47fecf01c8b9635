//! Plain data: what a student, an office, an application *is*. No behaviour beyond invariants,
//! no law, no storage, no screen.
//!
//! | file | holds |
//! |---|---|
//! | `ids` | stable identities and their written forms |
//! | `time` | days and moments of Beijing |
//! | `office` | offices (机构): education offices and schools; majors (专业) |
//! | `login` | logins that several persons share, and their PINs |
//! | `account` | accounts, persons, posts (岗位), and the signature an act carries |
//! | `student` | a person's electronic file (学籍) |
//! | `application` | one application with its steps, rounds, clocks and acts |
//! | `outside` | hands, filings and newcomers of other provinces |
//! | `sync` | bringing a granted change into the other systems (同步) |
//! | `former` | values a file had before, and joint schooling |
//! | `batch` | students who transfer in one operation, and what is done with several at once |
//! | `joining` | who comes otherwise than as a new student, or is there twice: what those kinds ask |
//! | `compulsory` | the end of a pupil's compulsory education |
//! | `semester` | when a semester begins |
//! | `kind` | the kinds of application, and what each asks for |
//! | `leaving` | the end of study: certificates, lists of graduates, schools that are no more |
//! | `paper_file` | the paper file beside the electronic one |
//! | `demand` | paper materials or a check on the spot, asked for from above |
//! | `semester_check` | problems found by the province's check of a semester |
//! | `clock` | a deadline as a ledger, and its reading on a day |
//! | `finding` | a rule's verdict: finding or refusal |
//! | `command` | what a desk can ask to be *changed* |
//! | `record`, `record_key` | what is stored under which key |
//! | `journal` | the accepted command with the bytes it wrote |
//! | `alert` | cases of the negative list (负面清单) |
//! | `attendance` | absences, leave, inspections |
//! | `standing` | a school's rating, sanctions, custody |
//! | `watch` | the facts the negative list rests on |
//! | `import` | files of other programs on their way in, and what is said about their rows |
//! | `codes` | code sets of the national template |
//! | `aside` | what is set beside a case without deciding it: remark, parking, handing over |
//! | `substitute` | what belongs to one account: for whom it stands in, its saved limits |
//! | `limit` | what narrows a list |
//! | `mapping` | what the columns of other people's files mean |
//! | `export` | a list that leaves the house as a file |
//! | `entry` | how a student entered, and what the filing said |
//! | `qualification` | what a school may recruit for (招生资质) |
//! | `region` | a region code for as long as it meant one place
//! | `calendar` | a day of the State Council's calendar, and a year of them |
//! | `brought` | a piece of evidence on its way |
//! | `board` | what the supervisor's board asks and is answered |
//! | `reminder` | reminders and notes of supervisors |
//! | `period` | periods saved for the board |

mod account;
mod alert;
mod application;
mod aside;
mod attendance;
mod batch;
mod board;
mod brought;
mod calendar;
mod clock;
mod codes;
mod command;
mod compulsory;
mod demand;
mod entry;
mod export;
mod finding;
mod former;
mod ids;
mod import;
mod joining;
mod journal;
mod kind;
mod leaving;
mod leaving_commands;
mod limit;
mod login;
mod mapping;
mod national;
mod national_line;
mod office;
mod outside;
mod paper_file;
mod period;
mod qualification;
mod record;
mod record_key;
mod recorded;
mod region;
mod reminder;
mod seed;
mod semester;
mod semester_check;
mod standing;
mod student;
mod substitute;
mod sync;
mod time;
mod watch;

pub use account::{Account, Actor, Post, Signature};
pub use alert::{
    Alert, DefineItem, Explanation, Ground, Item, Judged, Judgement, NoItem, OtherKind, Paper, PaperKind, PlaceKind,
    Reminder, Stage,
};
pub use application::{
    Act, Application, Attachment, Cancellation, Ending, External, GivenTime, Outcome, Phase, Proposal, Reason, Round,
    Step, StepRole, Stopped, Verb,
};
pub use aside::{Aside, Assigned, Beside, Parked};
pub use attendance::{Absence, AbsenceEntry, Attendance, Check, Inspection, Presence, Seen};
pub use batch::{Batch, BatchAct, BatchList, BulkAct, BulkItem, FEWEST_MEMBERS, MOST_BULK, MOST_MEMBERS, Membership};
pub use board::{
    BoardCase, BoardCases, BoardKind, BoardOffice, BoardSummary, ClerkRate, DueDay, Ended, Forecast, InHand, Left,
    Lights, OfficeRate, Rate, Rates, Reminded, Unfiled,
};
pub use brought::NewEvidence;
pub use calendar::{CalendarDay, CalendarKind, CalendarYear};
pub use clock::{Clock, ClockReading, Light};
pub use codes::{CodeSets, CodeValue};
pub use command::Command;
pub use compulsory::{CompleteCompulsory, CompulsoryDone};
pub use demand::{Demand, DemandPapers, Demanded, Demands, MeetDemand};
pub use entry::{Entrant, EntryFacts, FilingFailure, FilingFault, Programme, TemplateCells, masked_cell, spelled_name};
pub use export::{Export, ExportKind};
pub use finding::{Finding, RuleId, Severity};
pub use former::{FormerValue, Joint};
pub use ids::{
    AccountId, AlertId, ApplicationId, BadId, BatchId, CommandId, Digest, MajorCode, OfficeId, PersonId, StudentId,
};
pub use import::{
    CELL_END, Import, ImportKind, ImportReport, ORIGINAL_ROW, OWN_COLUMNS, REASON, Rewritten, RowOutcome, RowProblem,
    RowReport, Sheet,
};
pub use joining::{ComingOver, DisputeCommand, DuplicateAsk, DuplicateWith, EndStage, FormerKind, Joiner, JuniorAsk};
pub use journal::{Change, JournalEntry, Write};
pub use kind::{Details, Kind, PersonalField, TRANSFER_MAJOR};
pub use leaving::{Certificate, Done, GraduateList, Leave, Leaving, SchoolStatement, Succession};
pub use leaving_commands::{
    ArchiveGraduates, AwardCertificate, CheckGraduates, CloseSchool, DeliverCertificates, Inquire, IssueCertificates,
    MergeSchool, PrintCertificates, StateLeaving, VerifyCertificate, VoidCertificate,
};
pub use limit::{Arrived, Limit};
pub use login::{Login, MOST_WRONG, Pin, PinState, PinTried, Secret, SetPin, ShareLogin};
pub use mapping::{DropMapping, Mapping, Mappings, SaveMapping};
pub use national::{
    ConfirmPair, DifferedThen, ExportReconcile, KeySystem, Keyed, MarkKeyed, NationalBefore, NationalList,
    NationalMark, NationalPair, NationalPast, NationalWho,
};
pub use national_line::{
    Differing, NATIONAL_PAGE, NationalField, NationalLine, NationalPage, PackedLine, compared_here, compared_there,
    fields_differ, perhaps_the_same, there_as,
};
pub use office::{Level, Major, Office, SchoolFacts, Sponsor};
pub use outside::{HENAN, Newcomer, Outside, PROVINCES, ProvinceFiling, province_name};
pub use paper_file::{CheckPaperFile, PaperCheck, PaperFile, PutPaperFile};
pub use period::{BoardPeriods, DropPeriod, SavedPeriod};
pub use qualification::{Offer, OfferLine, Qualification, Season};
pub use record::{Answer, Record, RecordKind, StoreFacts};
pub use record_key::RecordKey;
pub use recorded::{ExternalCommand, FileCommand, ParkCommand, SyncCommand, UnsyncCommand};
pub use region::RegionSpan;
pub use reminder::{Reminders, Urge, Urged, Urging};
pub use seed::{Founding, Seed};
pub use semester::{PutCalendar, SemesterDay, SemesterStart};
pub use semester_check::{ClearProblem, OpenProblem, Problem, SemesterCheck};
pub use standing::{Basis, CustodyOrder, Grade, Measure, Prepared, Rating, Ruled, Ruling, RulingDecision, Standing};
pub use student::{Period, Sex, Status, StatusChange, Student, StudyForm};
pub use substitute::{DeskRecord, DropSubstitute, OnBehalf, SavedView, StandIn, Substitute, Substitution};
pub use sync::{Milestone, Reached, Sync, TakenBack};
pub use time::{BadStamp, Day, Stamp};
pub use watch::{Difference, Offers, Watched, WatchedStudent, offers};
