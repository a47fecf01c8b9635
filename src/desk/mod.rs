//! The use cases: what a command does, if the law and the actor's scope let it. Nothing here writes; `decide`
//! answers with a [`Change`] that the store commits whole, or says why not.
//!
//! ```text
//! decide(state, actor, command, …)
//!    ├ the same command id before?        → its first answer
//!    ├ scope: may the actor see this?     → not found
//!    ├ revision as stored?                → stale, with what changed
//!    ├ law::why_not                       → refusal
//!    └ the verb's own file                → Change { records, journal entry } + answer
//! ```
//!
//! | file | verb |
//! |---|---|
//! | `state` | what is stored, with the decided but not yet committed changes of the same group laid over it |
//! | `scope` | jurisdiction, in one place |
//! | `start`, `submit`, `verdict`, `withdraw`, `cancel`, `evidence` | the life of an application |
//! | `outside` | the file of who comes from another province, and filings with two provinces |
//! | `sync` | how far a granted change has come in the other systems |
//! | `batch` | 批量转学: the same acts on all who move together |
//! | `bulk` | approvals of several items at once, each judged by itself |
//! | `effect` | what a granted application changes in the student's record |
//! | `board` | the supervisor's figures, computed from the turns |
//! | `remind` | reminders and notes of supervisors |
//! | `aside` | remarks, parking, handing over |
//! | `substitute` | what belongs to an account: for whom it stands in, saved limits |
//! | `qualification` | publishing recruitment qualifications |
//! | `entry` | new students: checking, registering, correcting, filing |
//! | `joining` | who gets a file with an application: from high, technical and junior schools |
//! | `duplicates` | who is registered twice: the dispute, and who keeps him |
//! | `stage`, `semester` | the end of the first three years; when semesters begin |
//! | `reveal`, `inquiry` | showing a masked number whole; queries at the counter |
//! | `graduation`, `succession` | certificates; schools that are no more |
//! | `mapping` | what the columns of other people's files mean |
//! | `export` | lists that leave the house as files |
//! | `upkeep` | paper files, demands from above, problems of a semester's check |
//! | `master` | accounts, offices, the exercise clock, founding |
//! | `alerts` | the negative list: cases, presence, ratings |
//! | `moves` | deadlines that another calendar moves |
//! | `import` | files of others, taken in whole or, of new students, the good rows |
//! | `national` | reconciliation: who differs between the two systems |
//! | `facts` | a case's facts for `law`, and the staff warning |

pub mod alerts;
mod aside;
pub mod batch;
pub mod board;
mod bulk;
mod cancel;
mod changed;
mod duplicates;
mod effect;
pub mod entry;
mod evidence;
pub mod export;
mod facts;
mod graduation;
pub mod import;
mod inquiry;
mod joining;
mod mapping;
mod master;
pub mod moves;
pub mod national;
mod outside;
mod qualification;
mod remind;
mod reveal;
mod scope;
mod semester;
mod stage;
mod start;
mod state;
mod submit;
mod substitute;
mod succession;
mod sync;
pub mod upkeep;
mod verdict;
mod withdraw;

pub use effect::{Before, asked, before_after};
pub use export::is_whole;
pub use facts::{CaseFacts, is_here, staff_warning};
pub use graduation::LeavingFacts;
pub use remind::{reads_only, reads_only_files};
pub use scope::{Scope, scope};
pub use start::{Preview, preview};
pub use state::State;

use crate::law::outside::NewFiling;
use crate::law::sync::NewSync;
use crate::model::{
    Actor, Answer, Application, ApplicationId, Change, Command, CommandId, External, Finding, Record, Ruling, Stage,
    Stamp, Urging, Write,
};
use crate::store::StoreError;
use serde_json::{Value, json};

/// Longest text a person may type into one field, in characters.
pub const LONGEST_TEXT: usize = 500;
/// Most items of a return or refusal.
pub const MOST_REASONS: usize = 20;
/// Most characters of all reasons of one proposal together.
pub const MOST_REASON_TEXT: usize = 2000;
/// An application that has grown to so many bytes takes no further acts but its decision or cancellation: back and
/// forth without end is no way to handle a case, and a record has its limits.
const LONGEST_CASE: usize = 96 * 1024;
/// How far the machine's clock may stand behind the newest entry without a word: time services correct by less.
const CLOCK_TOLERANCE_MS: i64 = 120_000;

/// Why a command was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// A rule refuses.
    #[error("{}", .0.because)]
    Rule(Box<Finding>),
    /// The record has changed since the desk saw it.
    #[error("{what} has changed since it was seen")]
    Stale {
        /// Which application.
        what: ApplicationId,
        /// The revision now.
        revision: u64,
        /// What changed, line by line, in Chinese.
        changes: Vec<String>,
    },
    /// Nothing under that id within the actor's scope.
    #[error("{0}")]
    NotFound(String),
    /// The input has errors.
    #[error("{0}")]
    Input(String),
    /// The command id was used for another request.
    #[error("命令编号 {0} 已用于另一请求")]
    CommandReused(CommandId),
    /// The clock went back.
    #[error("本机时间 {now} 早于最近一条日志的时间 {newest}")]
    Clock {
        /// The machine's time.
        now: Stamp,
        /// The newest entry's.
        newest: Stamp,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Finding> for Refused {
    fn from(finding: Finding) -> Self {
        Refused::Rule(Box::new(finding))
    }
}

/// What a command comes to.
#[allow(clippy::large_enum_variant, reason = "it lives as long as one command is judged")]
#[derive(Debug)]
pub enum Decided {
    /// To be committed, then answered.
    Do {
        /// What changes.
        change: Change,
        /// The answer, once it is on disk.
        answer: Value,
    },
    /// Nothing to be written: done before under the same id, and this was the answer; or nothing of it could be done.
    Again(Value),
}

/// A command with who, when and under which id.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Who asks.
    pub actor: &'a Actor,
    /// When; on an exercise store the moment its clock stands at.
    pub now: Stamp,
    /// The desk's own id of the command.
    pub command_id: Option<CommandId>,
}

/// Judges one command on the state as it stands, the earlier commands of its group included.
pub fn decide(state: &State<'_>, asked: &Asked<'_>, command: &Command) -> Result<Decided, Refused> {
    let text = command_text(command)?;
    if let Some(id) = asked.command_id
        && let Some(first) = state.answer(id)?
    {
        if first.request != fingerprint(asked, &text) {
            return Err(Refused::CommandReused(id));
        }
        let answer = serde_json::from_str(&first.answer).unwrap_or(Value::Null);
        return Ok(Decided::Again(answer));
    }
    if let Some(why) = reads_only(asked.actor, command) {
        return Err(why.into());
    }
    let confirming = matches!(command, Command::ConfirmClock {} | Command::Found(_));
    clock_went_back(state, asked, confirming)?;
    let (writes, answer) = act(state, asked, command)?;
    if writes.is_empty() && matches!(command, Command::Bulk { .. }) {
        return Ok(Decided::Again(answer));
    }
    Ok(seal(asked, text, writes, answer))
}

/// The journal's text of a command.
fn command_text(command: &Command) -> Result<String, Refused> {
    match command {
        Command::Seed(seed) => Ok(json!({
            "do": "demo.seed", "offices": seed.offices.len(), "majors": seed.majors.len(),
            "accounts": seed.accounts.len(), "students": seed.students.len(),
            "applications": seed.applications.len(),
        })
        .to_string()),
        Command::Found(founding) => {
            Ok(json!({ "do": "store.found", "office": founding.office, "exercise": founding.exercise }).to_string())
        }
        Command::Read { application, digest } => {
            Ok(json!({ "do": "evidence.get", "application": application, "digest": digest }).to_string())
        }
        // What the cells said lies in the record; the journal's text says that it was done, not the person's data.
        Command::SaveEntry { school, cells } => {
            Ok(json!({ "do": "entry.save", "school": school, "digest": digest_of(cells)? }).to_string())
        }
        Command::AmendEntry { student, revision, cells } => {
            let fields: Vec<&String> = cells.keys().collect();
            let digest = digest_of(cells)?;
            Ok(json!({
                "do": "entry.amend", "student": student, "revision": revision, "fields": fields, "digest": digest,
            })
            .to_string())
        }
        // Nor of a pupil's: whose it is stands in the record.
        Command::AdmitJunior(of) => {
            let digest = digest_of(of)?;
            Ok(json!({ "do": "junior.admit", "digest": digest }).to_string())
        }
        Command::PublishQualifications { document, lines } => {
            let digest = digest_of(lines)?;
            Ok(json!({ "do": "qualifications.publish", "document": document, "digest": digest }).to_string())
        }
        command => serde_json::to_string(command).map_err(|e| Refused::Input(e.to_string())),
    }
}

/// What stands for the content of a request in the journal's text.
fn digest_of(content: &impl serde::Serialize) -> Result<String, Refused> {
    let bytes = serde_json::to_vec(content).map_err(|e| Refused::Input(e.to_string()))?;
    Ok(blake3::hash(&bytes).to_hex().to_string())
}

/// What makes a request the same one: who asks, and what.
fn fingerprint(asked: &Asked<'_>, text: &str) -> [u8; 16] {
    let whole = format!("{}\n{text}", asked.actor.account);
    let mut short = [0; 16];
    short.copy_from_slice(&blake3::hash(whole.as_bytes()).as_bytes()[..16]);
    short
}

/// A real store's clock must not go back behind what is journalled: deadlines would come out wrong without a word.
fn clock_went_back(state: &State<'_>, asked: &Asked<'_>, confirming: bool) -> Result<(), Refused> {
    if state.exercise()?.is_some() || confirming {
        return Ok(());
    }
    match state.newest() {
        Some(newest) if asked.now.0 + CLOCK_TOLERANCE_MS < newest.0 => Err(Refused::Clock { now: asked.now, newest }),
        _ => Ok(()),
    }
}

type Writes = Vec<Write>;

fn act(state: &State<'_>, asked: &Asked<'_>, command: &Command) -> Result<(Writes, Value), Refused> {
    if let Some((id, first)) = alone(command) {
        batch::alone(state, asked, id, first)?;
        let (mut writes, answer) = one(state, asked, command)?;
        batch::leave(&mut writes, id);
        return Ok((writes, answer));
    }
    one(state, asked, command)
}

/// The application a command acts on by itself, and whether it submits it: such an act takes a member of a batch out
/// of it.
fn alone(command: &Command) -> Option<(ApplicationId, bool)> {
    match command {
        Command::Submit { application, .. } => Some((*application, true)),
        Command::Propose { application, .. }
        | Command::StepExternal(crate::model::ExternalCommand { application, .. })
        | Command::Decide { application, .. }
        | Command::Withdraw { application, .. }
        | Command::Cancel { application, .. } => Some((*application, false)),
        _ => None,
    }
}

fn one(state: &State<'_>, asked: &Asked<'_>, command: &Command) -> Result<(Writes, Value), Refused> {
    match command {
        Command::Start { student, details } => start::start(state, asked, *student, details),
        Command::Amend { application, revision, details } => {
            start::amend(state, asked, *application, *revision, details)
        }
        Command::Submit { application, revision } => submit::submit(state, asked, *application, *revision),
        Command::Propose { application, revision, outcome, reasons } => {
            verdict::propose(state, asked, *application, *revision, *outcome, reasons)
        }
        Command::StepExternal(of) => {
            let external = External { on: of.decided_on, document: of.document.clone() };
            verdict::record(state, asked, of.application, of.revision, (of.outcome, &of.reasons), external)
        }
        Command::Decide { application, revision, agree, remark } => {
            verdict::decide(state, asked, *application, *revision, *agree, remark)
        }
        Command::Withdraw { application, revision } => withdraw::withdraw(state, asked, *application, *revision),
        Command::Cancel { application, revision, reason } => {
            cancel::cancel(state, asked, *application, *revision, reason)
        }
        Command::File(crate::model::FileCommand { application, revision, province, on, document }) => {
            outside::file(state, asked, *application, *revision, NewFiling { province, on: *on, document })
        }
        Command::Sync(crate::model::SyncCommand { application, revision, national_on, module_on }) => {
            let what = NewSync { national_on: *national_on, module_on: *module_on };
            sync::sync(state, asked, *application, *revision, what)
        }
        Command::Unsync(crate::model::UnsyncCommand { application, revision, milestone, reason }) => {
            sync::unsync(state, asked, *application, *revision, *milestone, reason)
        }
        Command::StartBatch { list } => batch::start(state, asked, list),
        Command::ActOnBatch { batch, revision, act, except } => {
            batch::act(state, asked, (*batch, *revision), act, except)
        }
        Command::Bulk { items, act } => bulk::bulk(state, asked, items, *act),
        Command::Attach { application, evidence } => evidence::attach(state, asked, *application, evidence),
        Command::Read { application, .. } => {
            fresh(state, asked, *application, None)?;
            Ok((Vec::new(), Value::Null))
        }
        Command::Remind { application, text } => remind::write(state, asked, *application, Urging::Remind, text),
        Command::Note { application, text } => remind::write(state, asked, *application, Urging::Note, text),
        Command::PutAccount { account } => master::put_account(state, asked, account),
        Command::DisableAccount { account } => master::disable_account(state, asked, account),
        Command::PutOffice { office } => master::put_office(state, asked, office),
        Command::ConfirmClock {} => master::confirm_clock(state, asked),
        Command::ExerciseToday { at } => master::exercise_today(state, *at),
        Command::Reveal { student } => reveal::reveal(state, asked, *student),
        Command::SaveEntry { school, cells } => entry::save(state, asked, school.as_ref(), cells),
        Command::AmendEntry { student, revision, cells } => entry::amend(state, asked, *student, *revision, cells),
        Command::SubmitFiling { students } => entry::submit(state, asked, students),
        Command::AdmitJunior(of) => {
            let nobody = crate::model::StudentId(0);
            start::start(state, asked, nobody, &crate::model::Details::Junior(of.clone()))
        }
        Command::Dispute(of) => duplicates::dispute(state, asked, of.application, of.revision),
        Command::EndStage(of) => stage::end(state, asked, of),
        Command::PutCalendar(of) => semester::put(state, asked, of),
        Command::PutPaperFile(of) => upkeep::put_paper_file(state, asked, of),
        Command::CheckPaperFile(of) => upkeep::check_paper_file(state, asked, of),
        Command::DemandPapers(of) => upkeep::demand(state, asked, of),
        Command::MeetDemand(of) => upkeep::meet(state, asked, of),
        Command::OpenProblem(of) => upkeep::open_problem(state, asked, of),
        Command::ClearProblem(of) => upkeep::clear_problem(state, asked, of),
        Command::StateLeaving(of) => graduation::state_leaving(state, asked, of),
        Command::IssueCertificates(of) => graduation::issue(state, asked, of),
        Command::PrintCertificates(of) => graduation::print(state, asked, of),
        Command::VoidCertificate(of) => graduation::void(state, asked, of),
        Command::DeliverCertificates(of) => graduation::deliver(state, asked, of),
        Command::AwardCertificate(of) => graduation::award(state, asked, of),
        Command::CheckGraduates(of) => graduation::check(state, asked, of),
        Command::ArchiveGraduates(of) => graduation::archive(state, asked, of),
        Command::VerifyCertificate(of) => inquiry::verify(state, asked, of),
        Command::Inquire(of) => inquiry::inquire(state, asked, of),
        Command::MarkKeyed(of) => national::mark(state, asked, of),
        Command::ConfirmPair(of) => national::confirm(state, asked, of),
        Command::ExportReconcile(of) => national::export(state, asked, of),
        Command::MergeSchool(of) => succession::merge(state, asked, of),
        Command::CloseSchool(of) => succession::close(state, asked, of),
        Command::Remark { application, text } => aside::remark(state, asked, *application, text),
        Command::Park(crate::model::ParkCommand { application, revision, until, remark }) => {
            aside::park(state, asked, (*application, *revision), *until, remark)
        }
        Command::Resume { application, revision } => aside::resume(state, asked, *application, *revision),
        Command::HandOver { application, revision, to, remark } => {
            aside::hand_over(state, asked, (*application, *revision), to, remark)
        }
        Command::Substitute(of) => substitute::substitute(state, asked, of),
        Command::DropSubstitute(of) => substitute::drop_substitute(state, asked, of),
        Command::SaveView { name, limit } => substitute::save_view(state, asked, name, limit),
        Command::DropView { name } => substitute::drop_view(state, asked, name),
        Command::SaveMapping(of) => mapping::save(state, asked, of),
        Command::DropMapping(of) => mapping::drop(state, asked, of),
        Command::Export(of) => export::begin(state, asked, of),
        Command::PublishQualifications { document, lines } => qualification::publish(state, asked, document, lines),
        Command::PutStudent { student } => master::put_student(state, asked, student),
        Command::RecordAlert { item, school, student, ground, document } => {
            let student = *student;
            alerts::record(state, asked, &alerts::Entered { item, school, student, ground, document })
        }
        Command::DefineItem { item, .. } => Err(alerts::define(item)),
        Command::RemindAlert { alert, revision, channel, content } => {
            alerts::remind(state, asked, (*alert, *revision), channel, content)
        }
        Command::ExplainAlert { alert, revision, text } => alerts::explain(state, asked, (*alert, *revision), text),
        Command::ConfirmAlert { alert, revision, text, document } => {
            alerts::judge(state, asked, (*alert, *revision), Stage::Confirmed, text, document)
        }
        Command::DismissAlert { alert, revision, text, document } => {
            alerts::judge(state, asked, (*alert, *revision), Stage::Dismissed, text, document)
        }
        Command::DecideAlert { alert, revision, agree, remark } => {
            alerts::decide(state, asked, (*alert, *revision), *agree, remark)
        }
        Command::PutAbsence(of) => alerts::absence(state, asked, of),
        Command::PutInspection(of) => alerts::inspection(state, asked, &of.school, of.on, &of.document, &of.seen),
        Command::PutRuling { school, revision, ruling, document } => {
            alerts::prepare(state, asked, (school, *revision), ruling, document)
        }
        Command::PutCustody(order) => {
            let ruling = Ruling::Custody { operator: order.operator.clone(), filing: order.filing.clone() };
            alerts::prepare(state, asked, (&order.school, order.revision), &ruling, &order.document)
        }
        Command::DecideRuling(of) => {
            alerts::decide_ruling(state, asked, (&of.school, of.revision), of.agree, &of.remark)
        }
        Command::Seed(seed) => master::seed(state, seed),
        Command::Found(founding) => master::found(state, asked, founding),
    }
}

fn seal(asked: &Asked<'_>, text: String, mut writes: Writes, answer: Value) -> Decided {
    if let Some(command) = asked.command_id {
        // The position is the store's to fill in: it is known only when the entry is written.
        let first = Answer { command, request: fingerprint(asked, &text), seq: 0, answer: answer.to_string() };
        writes.push(Write { record: Record::Answer(first), based_on: 0 });
    }
    let actor = (!asked.actor.account.0.is_empty()).then(|| asked.actor.clone());
    let change = Change { writes, actor, at: asked.now, command_id: asked.command_id, command: text };
    Decided::Do { change, answer }
}

/// The write of an application on which somebody acted: what was parked or handed over is so no more.
fn changed(before: u64, mut application: Application) -> (Write, Value) {
    application.parked = None;
    application.assigned = None;
    kept(before, application)
}

/// The write of an application's next revision, and the answer that names it.
fn kept(before: u64, mut application: Application) -> (Write, Value) {
    application.revision = before + 1;
    let answer = json!({
        "application": application.id,
        "revision": application.revision,
        "status": application.phase,
    });
    (Write { record: Record::Application(Box::new(application)), based_on: before }, answer)
}

/// Refuses acts on an application that has grown out of all measure.
fn roomy(application: &Application) -> Result<(), Refused> {
    let size = serde_json::to_vec(application).map_or(0, |bytes| bytes.len());
    if size <= LONGEST_CASE {
        return Ok(());
    }
    Err(Refused::Input(format!(
        "申请 {} 往返次数过多，记录已满；请直接作出决定，或由学校撤销后另行申请",
        application.id
    )))
}

/// The application, if the actor may see it and saw its newest revision.
fn fresh(
    state: &State<'_>,
    asked: &Asked<'_>,
    id: ApplicationId,
    revision: Option<u64>,
) -> Result<Application, Refused> {
    let unknown = || Refused::NotFound(format!("没有申请 {id}，或者不在您的管辖范围"));
    let application = state.application(id)?.ok_or_else(unknown)?;
    if !scope(asked.actor, state)?.sees_application(&application) {
        return Err(unknown());
    }
    match revision {
        Some(seen) if seen != application.revision => Err(Refused::Stale {
            what: id,
            revision: application.revision,
            changes: changed::what_changed(&application, seen),
        }),
        _ => Ok(application),
    }
}

/// A typed text within bounds.
fn bounded(field: &str, text: &str) -> Result<String, Refused> {
    let text = text.trim();
    if text.chars().count() > LONGEST_TEXT {
        return Err(Refused::Input(format!("{field}不得超过{LONGEST_TEXT}字，现在是{}字", text.chars().count())));
    }
    Ok(text.to_owned())
}
