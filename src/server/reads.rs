//! Answering the reading requests. Every one passes the asker's scope first.

use super::hall::Hall;
use super::refusal::Refusal;
use super::session::Asker;
use super::{
    alerts, aside, batch, board, calendar, case, drafts, entry, exports, forms, graduates, lists, notice, queue,
    report, student_log, students, system, upkeep, views,
};
use crate::desk::{Asked, CaseFacts, State, preview};
use crate::law::case::{Action, why_not};
use crate::law::rules;
use crate::model::{Application, ApplicationId, CommandId, Day, Finding, Post, StudentId};
use crate::wire::{ErrorKind, Failure, Query, VerifyView};
use serde::Serialize;
use serde_json::{Value, json};

/// Answers one reading request.
pub(super) fn read(hall: &Hall, asker: &Asker, query: &Query) -> Result<Value, Refusal> {
    match query {
        Query::Page(page) => value(queue::page(hall, asker, page)?),
        Query::Limits { tab } => value(queue::limits(hall, asker, *tab)?),
        Query::Counts {} => value(queue::counts(hall, asker)?),
        Query::Case { application } => value(case::show(hall, asker, &visible(hall, asker, *application)?)?),
        Query::Batch { batch } => value(batch::show(hall, asker, *batch)?),
        Query::PreviewBatch { list } => value(batch::preview(hall, asker, list)?),
        Query::Basis { application } => value(case::basis(hall, asker, &visible(hall, asker, *application)?)?),
        Query::Kinds {} => {
            let items = forms::kinds();
            Ok(json!({ "total": items.len(), "items": items, "next": null }))
        }
        Query::Choices { what, text, count } => {
            let items = forms::choices(hall, asker, *what, text, *count)?;
            Ok(json!({ "total": items.len(), "items": items, "next": null }))
        }
        Query::Rules { rule } => rule_texts(rule, asker.now.day()),
        Query::Preview { student, details } => preview_of(hall, asker, *student, details),
        Query::Applications { after, count, student } => lists::applications(hall, asker, *after, *count, *student),
        Query::Student { student } => students::show(hall, asker, *student),
        Query::StudentLog(asked) => student_log::page(hall, asker, asked),
        Query::FindStudents { text, count } => students::find(hall, asker, text, *count),
        Query::Accounts(page) => lists::accounts(hall, asker, page),
        Query::Offices(page) => lists::offices(hall, page),
        Query::EntryFields {} => entry::fields(),
        Query::EntryCheck(asked) => entry::check(hall, asker, asked),
        Query::EntryLoad { student } => entry::load(hall, asker, *student),
        Query::LoadDraft { slot } => drafts::load(hall, asker, slot),
        Query::Drafts {} => drafts::drafts(hall, asker),
        Query::EntryTodo(asked) => entry::todo(hall, asker, asked),
        Query::Qualifications(filter) => lists::qualifications(hall, filter),
        Query::Journal { after, count } => lists::journal(hall, asker, *after, *count),
        Query::FindJournal(asked) => system::journal(hall, asker, asked),
        Query::Schools(asked) => system::schools(hall, asker, asked),
        Query::School { school } => system::school(hall, asker, school),
        Query::Majors(asked) => system::majors(hall, asked),
        Query::SystemState {} => system::state(hall, asker),
        Query::Calendar { year } => value(calendar::show(hall, asker, *year)?),
        Query::Windows { year } => calendar::windows(hall, asker, *year),
        Query::Graduates { school, year, after, count } => graduates::list(hall, asker, school, *year, *after, *count),
        Query::GraduationSchools(asked) => graduates::schools(hall, asker, asked),
        Query::PaperFiles(asked) => upkeep::paper_files(hall, asker, asked),
        Query::Problems(asked) => upkeep::problems(hall, asker, asked),
        Query::Headcounts(asked) => upkeep::headcounts(hall, asker, asked),
        Query::AbsenceDraft { student } => upkeep::absence_draft(hall, asker, *student),
        Query::Evidence { application } => Ok(lists::list(visible(hall, asker, *application)?.evidence)),
        Query::CommandAnswer { command_id } => answered(hall, asker, *command_id),
        Query::Verify {} => verify(hall, asker),
        Query::BoardReport(asked) => report::page(hall, asker, asked),
        Query::BoardSummary { .. }
        | Query::BoardCases(_)
        | Query::BoardOverdue(_)
        | Query::BoardForecast { .. }
        | Query::BoardRates { .. }
        | Query::BoardEnded(_)
        | Query::BoardReminders { .. } => board::read(hall, asker, query),
        Query::Colleagues { application } => aside::colleagues(hall, asker, *application),
        Query::Substitutes {} => aside::substitutes(hall, asker),
        Query::Views {} => views::views(hall, asker),
        Query::Mappings {} => exports::mappings(hall, asker),
        Query::Notice { application } => notice::notice(hall, asker, &visible(hall, asker, *application)?),
        Query::Alerts(request) => value(alerts::list(hall, asker, request)?),
        Query::Alert(request) => value(alerts::show(hall, asker, request)?),
        // Answered by the session itself.
        Query::Hello {}
        | Query::WhoAmI {}
        | Query::EvidencePiece { .. }
        | Query::Claim { .. }
        | Query::Release { .. }
        | Query::Subscribe {}
        | Query::SwitchAccount { .. }
        | Query::AttachChunk(_)
        | Query::Stage(_)
        | Query::CalendarMoves(_)
        | Query::SaveDraft(_)
        | Query::DropDraft { .. }
        | Query::Commit(_)
        | Query::ExportedStudents { .. }
        | Query::NationalLoad(_)
        | Query::NationalDiff(_)
        | Query::ImportReport { .. } => Err(Failure::new(ErrorKind::Malformed, "此请求不在这里办理").into()),
    }
}

pub(super) fn value(of: impl Serialize) -> Result<Value, Refusal> {
    Ok(serde_json::to_value(of)?)
}

pub(super) fn not_found(message: impl Into<String>) -> Failure {
    Failure::new(ErrorKind::NotFound, message)
}

/// The application, if the asker may see it.
pub(super) fn visible(hall: &Hall, asker: &Asker, id: ApplicationId) -> Result<Application, Refusal> {
    hall.store()
        .application(id)?
        .filter(|application| asker.scope.sees_application(application))
        .ok_or_else(|| not_found(format!("没有申请 {id}，或者不在您的管辖范围")).into())
}

/// Why the asker may not act on this step at all; none when one of the acts is open.
pub(super) fn cannot_act(hall: &Hall, asker: &Asker, application: &Application) -> Result<Option<Finding>, Refusal> {
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let facts = CaseFacts::of(&state, application)?;
    let case = facts.case(Some(application), &calendar);
    let ask = |action: Action<'_>| why_not(&case, &asker.actor, &action, asker.now.day());
    // Amending is open to who may prepare: a claim is not refused for a paper that is still missing.
    for action in [Action::Propose(None), Action::Amend, Action::Submit] {
        if ask(action).is_none() {
            return Ok(None);
        }
    }
    Ok(ask(Action::Decide(None)))
}

/// The rules that an id or an article names; law everybody may read.
fn rule_texts(asked: &str, today: Day) -> Result<Value, Refusal> {
    let word = asked.trim();
    let article = word.strip_prefix('第').and_then(|rest| rest.strip_suffix('条')).unwrap_or(word);
    let mut found: Vec<_> = rules::find(word).into_iter().collect();
    if found.is_empty() {
        // `12¶2,13` stands under both articles.
        let under =
            |rule: &rules::Rule| rule.article.split(',').any(|part| part.trim().split('¶').next() == Some(article));
        found.extend(rules::ALL.iter().copied().filter(|rule| under(rule)));
    }
    if found.is_empty() {
        let mut articles: Vec<&str> = rules::ALL.iter().map(|rule| rule.article).collect();
        articles.dedup();
        let message = format!("没有规则或条款 {asked:?}；可查的条款：{}", articles.join(" "));
        return Err(not_found(message).into());
    }
    Ok(lists::list(found.into_iter().map(|rule| case::rule_text(rule, today)).collect::<Vec<_>>()))
}

fn preview_of(
    hall: &Hall,
    asker: &Asker,
    student: StudentId,
    details: &crate::model::Details,
) -> Result<Value, Refusal> {
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let asked = Asked { actor: &asker.actor, now: asker.now, command_id: None };
    value(case::preview_view(hall, preview(&state, &asked, student, details)?))
}

/// The first answer to a command of the own office; keepers may see those of the offices below.
fn answered(hall: &Hall, asker: &Asker, id: CommandId) -> Result<Value, Refusal> {
    let unknown = || not_found(format!("没有编号为 {id} 的命令，或者不是本机构的命令"));
    let answer = hall.store().answer(id)?.ok_or_else(unknown)?;
    let entries = hall.store().journal_after(answer.seq.saturating_sub(1), 1)?;
    if !entries.iter().any(|entry| entry.seq == answer.seq && lists::may_read(asker, entry)) {
        return Err(unknown().into());
    }
    let first: Value = serde_json::from_str(&answer.answer).unwrap_or(Value::Null);
    Ok(json!({ "seq": answer.seq, "answer": first }))
}

fn verify(hall: &Hall, asker: &Asker) -> Result<Value, Refusal> {
    if !asker.owner && !asker.actor.holds(Post::Keeper) && !asker.actor.holds(Post::Supervisor) {
        let finding = crate::law::rules::R4_1.refuse(
            "数据核验由系统管理岗或督办岗进行，您没有这些岗位",
            "请联系本机构的系统管理岗",
            &[("needed", Post::Keeper.name().to_owned())],
        );
        return Err(finding.into());
    }
    let report = hall.store().verify()?;
    value(VerifyView {
        entries: report.entries,
        records: report.records,
        evidence: report.evidence,
        damage: report.damage,
    })
}
