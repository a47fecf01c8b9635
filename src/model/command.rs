//! What a desk can ask to be *changed*. The wire carries these as they are; `desk::decide` judges them;
//! the journal keeps them. Reading requests are the wire's own.

use super::brought::{is_nobody, nobody};
use super::{
    AbsenceEntry, Account, AccountId, AlertId, ApplicationId, ArchiveGraduates, AwardCertificate, BatchAct, BatchId,
    BatchList, BulkAct, BulkItem, CheckGraduates, CheckPaperFile, ClearProblem, CloseSchool, ConfirmPair, CustodyOrder,
    DeliverCertificates, DemandPapers, Details, Digest, ExportReconcile, ExternalCommand, FileCommand, Founding,
    Ground, Inquire, Inspection, IssueCertificates, Limit, MarkKeyed, MeetDemand, MergeSchool, NewEvidence, Office,
    OfficeId, OpenProblem, Outcome, ParkCommand, PrintCertificates, PutPaperFile, Reason, Ruling, RulingDecision, Seed,
    Stamp, StateLeaving, Student, StudentId, SyncCommand, UnsyncCommand, VerifyCertificate, VoidCertificate,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One writing request. `revision` is the one the desk saw: a stale one is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "do", deny_unknown_fields)]
pub enum Command {
    /// Start an application on a student's file.
    #[serde(rename = "applications.start")]
    Start {
        /// Whose file; none for a student of another province (跨省转入), who has none here yet.
        #[serde(default = "nobody", skip_serializing_if = "is_nobody")]
        student: StudentId,
        /// What is asked for.
        details: Details,
    },
    /// Change what a prepared or returned application asks for.
    #[serde(rename = "applications.amend")]
    Amend {
        /// Which.
        application: ApplicationId,
        /// As seen.
        revision: u64,
        /// What is asked for now; of the same kind.
        details: Details,
    },
    /// The school's first post submits, or resubmits after a return.
    #[serde(rename = "applications.submit")]
    Submit {
        /// Which.
        application: ApplicationId,
        /// As seen.
        revision: u64,
    },
    /// The hand's first post proposes an outcome.
    #[serde(rename = "applications.propose")]
    Propose {
        /// Which.
        application: ApplicationId,
        /// As seen.
        revision: u64,
        /// What is proposed.
        outcome: Outcome,
        /// Itemised; at least one for a return or refusal.
        #[serde(default)]
        reasons: Vec<Reason>,
    },
    /// Record what a hand without accounts here decided; the second post of the recording office agrees as usual.
    #[serde(rename = "applications.step_external")]
    StepExternal(ExternalCommand),
    /// The hand's second post agrees, or sends the proposal back.
    #[serde(rename = "applications.decide")]
    Decide {
        /// Which.
        application: ApplicationId,
        /// As seen.
        revision: u64,
        /// Agree, or send back.
        agree: bool,
        /// Why it is sent back.
        #[serde(default)]
        remark: String,
    },
    /// Take the own last act back, while the next hand has not acted.
    #[serde(rename = "applications.withdraw")]
    Withdraw {
        /// Which.
        application: ApplicationId,
        /// As seen.
        revision: u64,
    },
    /// The school takes its application back for good.
    #[serde(rename = "applications.cancel")]
    Cancel {
        /// Which.
        application: ApplicationId,
        /// As seen.
        revision: u64,
        /// Why.
        reason: String,
    },
    /// A filing (备案) with a province of a transfer across provinces; recorded again, it replaces the earlier one.
    #[serde(rename = "applications.file")]
    File(FileCommand),
    /// Record that a granted change has been brought into the national system, the module, or both (Art. 16).
    #[serde(rename = "applications.sync")]
    Sync(SyncCommand),
    /// A milestone was recorded wrongly: it is taken back, and the change stands in the chase list again.
    #[serde(rename = "applications.unsync")]
    Unsync(UnsyncCommand),
    /// Start a batch (批量转学): one transfer for each student of the list, whole or not at all.
    #[serde(rename = "batches.start")]
    StartBatch {
        /// The list.
        list: BatchList,
    },
    /// Do something with all students of a batch who still move with it.
    #[serde(rename = "batches.act")]
    ActOnBatch {
        /// Which.
        batch: BatchId,
        /// As seen: the batch's own revision and those of its members added up.
        revision: u64,
        /// What.
        act: BatchAct,
        /// Members left out; they run alone from now on.
        #[serde(default)]
        except: Vec<ApplicationId>,
    },
    /// Propose or agree to the approval of several items at once, each judged by itself.
    #[serde(rename = "applications.bulk")]
    Bulk {
        /// Which, as seen.
        items: Vec<BulkItem>,
        /// What.
        act: BulkAct,
    },
    /// Attach a piece of evidence that has been brought.
    #[serde(rename = "evidence.record")]
    Attach {
        /// To which application.
        application: ApplicationId,
        /// What.
        evidence: NewEvidence,
    },
    /// 催办: a supervisor reminds the hand whose turn it is.
    #[serde(rename = "board.remind")]
    Remind {
        /// Of which application.
        application: ApplicationId,
        /// In the supervisor's words; may be empty.
        #[serde(default)]
        text: String,
    },
    /// 督办记录: a supervisor's note on a case, sent to nobody.
    #[serde(rename = "board.note")]
    Note {
        /// On which application.
        application: ApplicationId,
        /// In the supervisor's words.
        text: String,
    },
    /// Add an account or change one.
    #[serde(rename = "accounts.put")]
    PutAccount {
        /// As it shall be; the revision as seen, 0 for a new one.
        account: Account,
    },
    /// Disable an account.
    #[serde(rename = "accounts.disable")]
    DisableAccount {
        /// Which.
        account: AccountId,
    },
    /// Add an office or school, or change one.
    #[serde(rename = "offices.put")]
    PutOffice {
        /// As it shall be; the revision as seen, 0 for a new one.
        office: Office,
    },
    /// The keeper confirms that the machine's clock is right although it stands behind the newest entry.
    #[serde(rename = "clock.confirm")]
    ConfirmClock {},
    /// Exercise stores only: move the exercise clock.
    #[serde(rename = "exercise.today")]
    ExerciseToday {
        /// The moment the clock stands at from now on.
        at: Stamp,
    },
    /// Exercise stores only: put a student in any state.
    #[serde(rename = "students.put")]
    PutStudent {
        /// As it shall be; id 0 takes the next free one.
        student: Box<Student>,
    },
    /// Publish recruitment qualifications (招生资质): whole for every year and season among the lines.
    #[serde(rename = "qualifications.publish")]
    PublishQualifications {
        /// Number of the province's document; may be empty on an exercise store only.
        #[serde(default)]
        document: String,
        /// All lines.
        lines: Vec<super::OfferLine>,
    },
    /// Register a new student (注册): the school's own act, 已注册未备案 from then on.
    #[serde(rename = "entry.save")]
    SaveEntry {
        /// The school; the own one when it is left out.
        #[serde(default)]
        school: Option<super::OfficeId>,
        /// Cells by header of the national template, or by the field's name for programs.
        cells: std::collections::BTreeMap<String, String>,
    },
    /// Correct a new student who is not filed yet.
    #[serde(rename = "entry.amend")]
    AmendEntry {
        /// Whom.
        student: StudentId,
        /// As seen.
        revision: u64,
        /// The cells that change.
        cells: std::collections::BTreeMap<String, String>,
    },
    /// File registered students (备案): decided at once, each for itself.
    #[serde(rename = "filing.submit")]
    SubmitFiling {
        /// Whom, up to 500.
        students: Vec<StudentId>,
    },
    /// Take in a pupil of junior high (初中转入): the school's own act, which no office decides. It is an application of
    /// that kind with the school as its only hand.
    #[serde(rename = "junior.admit")]
    AdmitJunior(super::JuniorAsk),
    /// The other school of a duplicate says that the student studies with it as well.
    #[serde(rename = "duplicates.dispute")]
    Dispute(super::DisputeCommand),
    /// The first three years of students of 3+2 and five-year programmes are over.
    #[serde(rename = "students.end_stage")]
    EndStage(super::EndStage),
    /// Set when a semester begins, or whole years of the calendar.
    #[serde(rename = "calendar.put")]
    PutCalendar(super::PutCalendar),
    /// Enter a case of the negative list with its evidence, or open one on what the facts show.
    #[serde(rename = "alerts.record")]
    RecordAlert {
        /// Under which item, `FM1` to `FM8`.
        item: String,
        /// Whose matter it is.
        school: OfficeId,
        /// About whom, if it is about one student.
        #[serde(default)]
        student: Option<StudentId>,
        /// What it is about.
        ground: Ground,
        /// What shows it: number of the inspection record, name of the picture.
        document: String,
    },
    /// Add an item or move a threshold: refused whoever asks (Art. 25).
    #[serde(rename = "alerts.define")]
    DefineItem {
        /// Which.
        item: String,
        /// What it is to be.
        #[serde(default)]
        text: String,
    },
    /// Remind the school of a case.
    #[serde(rename = "alerts.remind")]
    RemindAlert {
        /// Which.
        alert: AlertId,
        /// As seen.
        revision: u64,
        /// By what way: 电话, 函 …
        channel: String,
        /// What was said.
        content: String,
    },
    /// The school explains.
    #[serde(rename = "alerts.explain")]
    ExplainAlert {
        /// Which.
        alert: AlertId,
        /// As seen.
        revision: u64,
        /// Why, and what is done about it.
        text: String,
    },
    /// The first post proposes 查实.
    #[serde(rename = "alerts.confirm")]
    ConfirmAlert {
        /// Which.
        alert: AlertId,
        /// As seen.
        revision: u64,
        /// What was found.
        text: String,
        /// The record of the check.
        document: String,
    },
    /// The first post proposes 排除, or 整改 of what was found true.
    #[serde(rename = "alerts.dismiss")]
    DismissAlert {
        /// Which.
        alert: AlertId,
        /// As seen.
        revision: u64,
        /// What was found.
        text: String,
        /// The record of the check.
        document: String,
    },
    /// The second post agrees with the proposed finding, or sends it back.
    #[serde(rename = "alerts.decide")]
    DecideAlert {
        /// Which.
        alert: AlertId,
        /// As seen.
        revision: u64,
        /// Agree, or send back.
        agree: bool,
        /// Why it is sent back.
        #[serde(default)]
        remark: String,
    },
    /// A student's time away from school; the same day of leaving names the same one.
    #[serde(rename = "absences.put")]
    PutAbsence(AbsenceEntry),
    /// What an inspection of a school found.
    #[serde(rename = "inspections.put")]
    PutInspection(Inspection),
    /// The first post prepares a rating, a sanction, custody or a notice (Art. 22, 23).
    #[serde(rename = "ratings.put")]
    PutRuling {
        /// Of which school.
        school: OfficeId,
        /// Of its standing, as seen; 0 before the first.
        revision: u64,
        /// What.
        ruling: Ruling,
        /// Its document.
        document: String,
    },
    /// The same for custody (代管).
    #[serde(rename = "custody.put")]
    PutCustody(CustodyOrder),
    /// The second post agrees with what was prepared, or sends it back.
    #[serde(rename = "ratings.decide")]
    DecideRuling(RulingDecision),
    /// Mark what was keyed over after a comparison with the national system (对账).
    #[serde(rename = "national.mark_keyed")]
    MarkKeyed(MarkKeyed),
    /// Say whether a file here and a line there are the same student.
    #[serde(rename = "national.confirm")]
    ConfirmPair(ConfirmPair),
    /// The comparison with whole numbers, for a file: nothing changes, the reading is journalled (Art. 20).
    #[serde(rename = "national.export")]
    ExportReconcile(ExportReconcile),
    /// The school enters a student's paper file (Art. 3).
    #[serde(rename = "papers.put")]
    PutPaperFile(PutPaperFile),
    /// The school has compared paper file and electronic file (Art. 3).
    #[serde(rename = "papers.check")]
    CheckPaperFile(CheckPaperFile),
    /// An authority above the competent one asks for paper materials or a check on the spot (Art. 13).
    #[serde(rename = "applications.demand")]
    DemandPapers(DemandPapers),
    /// Such a demand has been met.
    #[serde(rename = "applications.meet")]
    MeetDemand(MeetDemand),
    /// The province enters a problem of its semester's check (Art. 16).
    #[serde(rename = "checks.open")]
    OpenProblem(OpenProblem),
    /// Its owner says how a problem was cleared.
    #[serde(rename = "checks.clear")]
    ClearProblem(ClearProblem),
    /// A student's masked numbers are shown whole: nothing changes, the reading is journalled (Art. 20).
    #[serde(rename = "students.reveal")]
    Reveal {
        /// Whose.
        student: StudentId,
    },
    /// What the school states about a student who is about to leave (Art. 9, 17, 18).
    #[serde(rename = "graduation.state")]
    StateLeaving(StateLeaving),
    /// The province's first post proposes certificates for printing.
    #[serde(rename = "graduation.issue")]
    IssueCertificates(IssueCertificates),
    /// The province's second post agrees: numbers are drawn.
    #[serde(rename = "graduation.print")]
    PrintCertificates(PrintCertificates),
    /// The province takes a certificate back before it reached the school.
    #[serde(rename = "graduation.void")]
    VoidCertificate(VoidCertificate),
    /// Certificates were handed to their school.
    #[serde(rename = "graduation.deliver")]
    DeliverCertificates(DeliverCertificates),
    /// The school handed a certificate to the graduate.
    #[serde(rename = "graduation.award")]
    AwardCertificate(AwardCertificate),
    /// A year's list of graduates was checked (Art. 16).
    #[serde(rename = "graduation.check")]
    CheckGraduates(CheckGraduates),
    /// A year's list of graduates was printed, stamped and put away for ever (Art. 18).
    #[serde(rename = "graduation.archive")]
    ArchiveGraduates(ArchiveGraduates),
    /// Somebody outside asks whether a graduation is true (Art. 20): the answer is yes or no, and journalled.
    #[serde(rename = "certificates.verify")]
    VerifyCertificate(VerifyCertificate),
    /// A student or guardian asks for the own registration at the counter (Art. 20); journalled.
    #[serde(rename = "students.inquire")]
    Inquire(Inquire),
    /// A school is merged into another: its files go over, and that is no transfer (Art. 20).
    #[serde(rename = "schools.merge")]
    MergeSchool(MergeSchool),
    /// A school is closed; one institution keeps its files (Art. 20).
    #[serde(rename = "schools.close")]
    CloseSchool(CloseSchool),
    /// 批注: say something by the way, for all who see the case.
    #[serde(rename = "applications.remark")]
    Remark {
        /// On which.
        application: ApplicationId,
        /// What is said.
        text: String,
    },
    /// 搁置: out of the way until a day; the clock runs on.
    #[serde(rename = "applications.park")]
    Park(ParkCommand),
    /// 取消搁置: take it up again.
    #[serde(rename = "applications.resume")]
    Resume {
        /// Which.
        application: ApplicationId,
        /// As seen.
        revision: u64,
    },
    /// 转交: hand it to a colleague of the same office and post.
    #[serde(rename = "applications.hand_over")]
    HandOver {
        /// Which.
        application: ApplicationId,
        /// As seen.
        revision: u64,
        /// To whom.
        to: AccountId,
        /// Why.
        #[serde(default)]
        remark: String,
    },
    /// 代办: somebody stands in for somebody from one day to another. Put again for the same two, it is replaced.
    #[serde(rename = "substitutes.put")]
    Substitute(super::Substitute),
    /// A substitution ends at once.
    #[serde(rename = "substitutes.drop")]
    DropSubstitute(super::DropSubstitute),
    /// Save a limit under a name, or anew.
    #[serde(rename = "views.save")]
    SaveView {
        /// Its name.
        name: String,
        /// What it narrows.
        limit: Limit,
    },
    /// Save what the columns of a file mean.
    #[serde(rename = "mappings.save")]
    SaveMapping(super::SaveMapping),
    /// Forget it.
    #[serde(rename = "mappings.drop")]
    DropMapping(super::DropMapping),
    /// Take a list out as a file.
    #[serde(rename = "lists.export")]
    Export(super::Export),
    /// Forget a saved limit.
    #[serde(rename = "views.drop")]
    DropView {
        /// Its name.
        name: String,
    },
    /// A piece of evidence was read: nothing changes, the reading is journalled (Art. 20).
    #[serde(skip)]
    Read {
        /// Of which application.
        application: ApplicationId,
        /// Which.
        digest: Digest,
    },
    /// Exercise stores only: the county made by `xueji demo`, in pieces of bounded size.
    #[serde(skip)]
    Seed(Box<Seed>),
    /// The first entry of a store: who it belongs to.
    #[serde(skip)]
    Found(Box<Founding>),
}
