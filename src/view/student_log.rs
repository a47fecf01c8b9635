//! The record's tabs 毕业 and 日志.

use super::lines::Flow;
use super::palette::Role;
use super::style;
use crate::app::student::Record;
use crate::app::{App, words};
use crate::catalogue::{Lang, RecordText};
use crate::model::{Certificate, Done, Severity, Status};
use crate::wire::{EndOfStudy, StudentLogRow, StudentView};

/// Cells of the labels.
const HEAD: usize = 13;

/// 毕业: what the school stated, the certificates, what is still in the way, and where a lost one is asked for.
pub(super) fn end(app: &App, view: &StudentView, columns: u16) -> Flow {
    let lang = app.look.lang;
    let mut flow = Flow::new(columns);
    let (head, text, dim) = (style(app, Role::Heading), style(app, Role::Text), style(app, Role::Dim));
    let label = |of: RecordText| format!(" {}", of.text(lang));
    let Some(end) = &view.end else {
        flow.text(1, RecordText::EndNotHere.text(lang), dim);
        return flow;
    };
    let student = &view.student;
    let month = student.planned_grad.format("%Y-%m").to_string();
    let due = student.status.is_live() || matches!(student.status, Status::Graduated | Status::Completed);
    let when = if due {
        RecordText::EndYearOf.fill(lang, &[("year", &end.year.to_string()), ("month", &month)])
    } else {
        let status = words::status(student.status, lang);
        RecordText::EndPlanned.fill(lang, &[("month", &month), ("status", status)])
    };
    flow.item(&label(RecordText::EndYear), HEAD, head, &when, text);
    flow.item(&label(RecordText::EndStatement), HEAD, head, &stated(end, lang), text);
    if end.certificates.is_empty() {
        flow.item(&label(RecordText::EndCertificate), HEAD, head, RecordText::EndCertificateNone.text(lang), text);
    }
    for (n, one) in end.certificates.iter().enumerate() {
        let label = if n == 0 { label(RecordText::EndCertificate) } else { String::new() };
        flow.item(&label, HEAD, head, &certificate(one, lang), if one.is_live() { text } else { dim });
        for line in course(one, lang) {
            flow.text(HEAD, &line, dim);
        }
    }
    if due {
        holds(app, end, &mut flow);
    }
    flow.item(&label(RecordText::EndLost), HEAD, head, &end.lost, text);
    flow
}

fn holds(app: &App, end: &EndOfStudy, flow: &mut Flow) {
    let lang = app.look.lang;
    let label = format!(" {}", RecordText::EndHolds.text(lang));
    let head = style(app, Role::Heading);
    if end.findings.is_empty() {
        flow.item(&label, HEAD, head, RecordText::EndHoldsNone.text(lang), style(app, Role::Text));
    }
    for (n, finding) in end.findings.iter().enumerate() {
        let label = if n == 0 { label.as_str() } else { "" };
        let said = format!("{}（{}）", finding.because, words::article(&finding.article, lang));
        let role = if finding.severity == Severity::Block { Role::Warn } else { Role::Text };
        flow.item(label, HEAD, head, &said, style(app, role));
        flow.text(HEAD, &finding.remedy, style(app, Role::Dim));
    }
}

/// What the school stated.
fn stated(end: &EndOfStudy, lang: Lang) -> String {
    let Some(of) = &end.statement else { return RecordText::EndStatementNone.text(lang).to_owned() };
    let is = |what: RecordText, holds: bool| {
        let sign = if holds { RecordText::EndYes } else { RecordText::EndNo };
        sign.fill(lang, &[("what", what.text(lang))])
    };
    let mut said = vec![
        is(RecordText::EndPhoto, of.photo.is_some()),
        is(RecordText::EndHours, of.hours_done),
        is(RecordText::EndExam, of.exam_passed),
    ];
    if !of.plan.is_empty() {
        said.push(RecordText::EndPlan.fill(lang, &[("text", &of.plan)]));
    }
    said.push(match of.study_file.as_str() {
        "" => is(RecordText::EndStudyFileNone, false),
        text => RecordText::EndStudyFile.fill(lang, &[("text", text)]),
    });
    said.join("  ")
}

fn certificate(one: &Certificate, lang: Lang) -> String {
    let stage = match one {
        Certificate { voided: Some(_), .. } => RecordText::StageVoided,
        Certificate { awarded: Some(_), .. } => RecordText::StageAwarded,
        Certificate { delivered: Some(_), .. } => RecordText::StageDelivered,
        Certificate { printed: Some(_), .. } => RecordText::StagePrinted,
        _ => RecordText::StageProposed,
    };
    let year = one.year.to_string();
    let values = [("leave", one.leave.name()), ("year", &*year), ("stage", stage.text(lang))];
    match &one.number {
        Some(number) => RecordText::EndNumber.fill(lang, &[values.as_slice(), &[("number", number)]].concat()),
        None => RecordText::EndNoNumber.fill(lang, &values),
    }
}

/// Its way, step by step: both posts of the province, the school, the graduate.
fn course(one: &Certificate, lang: Lang) -> Vec<String> {
    let said = |text: RecordText, done: &Done, with: &str| {
        let (day, post) = (done.on.to_string(), words::post(done.by.post, lang));
        text.fill(lang, &[("day", &day), ("who", &done.by.name), ("post", post), ("with", with)])
    };
    let with = |text: RecordText, of: &Option<(Done, String)>| of.as_ref().map(|(done, with)| said(text, done, with));
    let mut lines = vec![said(RecordText::DoneProposed, &one.proposed, "")];
    lines.extend(one.printed.as_ref().map(|done| said(RecordText::DonePrinted, done, "")));
    lines.extend(with(RecordText::DoneDelivered, &one.delivered));
    lines.extend(with(RecordText::DoneAwarded, &one.awarded));
    lines.extend(with(RecordText::DoneVoided, &one.voided));
    lines
}

/// 日志, newest first: what, on which application; below it who, at which office, in which post.
pub(super) fn log(app: &App, one: &Record, columns: u16) -> Flow {
    let lang = app.look.lang;
    let mut flow = Flow::new(columns);
    let dim = style(app, Role::Dim);
    let Some(log) = &one.log else {
        flow.text(1, crate::catalogue::Msg::Loading.text(lang), dim);
        return flow;
    };
    if log.items.is_empty() {
        flow.text(1, RecordText::LogNone.text(lang), dim);
        return flow;
    }
    for row in &log.items {
        let at = format!(" {}", row.at.beijing().format("%Y-%m-%d %H:%M"));
        let role = if row.reading { Role::Warn } else { Role::Text };
        flow.item(&at, 19, style(app, Role::Text), &deed(row, lang), style(app, role));
        flow.text(19, &by(row, lang), dim);
    }
    let (shown, total) = (log.items.len().to_string(), log.total.to_string());
    let end = if log.next.is_some() { RecordText::LogMore } else { RecordText::LogAll };
    flow.text(1, &end.fill(lang, &[("shown", &shown), ("total", &total)]), dim);
    flow
}

fn deed(row: &StudentLogRow, lang: Lang) -> String {
    let what = RecordText::deed(&row.what).map_or(row.what.as_str(), |what| what.text(lang));
    let outcome = match (row.outcome, row.agree) {
        (Some(outcome), _) => Some(words::outcome(outcome, lang)),
        (None, Some(true)) => Some(RecordText::Agreed.text(lang)),
        (None, Some(false)) => Some(RecordText::SentBack.text(lang)),
        (None, None) => None,
    };
    let what = match outcome {
        Some(outcome) => RecordText::LogOutcome.fill(lang, &[("what", what), ("outcome", outcome)]),
        None => what.to_owned(),
    };
    let about = row.application.map(|id| {
        let kind = row.kind.map(|kind| words::kind(kind, lang)).unwrap_or_default();
        format!("  {id} {kind}")
    });
    format!("{what}{}", about.unwrap_or_default()).trim_end().to_owned()
}

fn by(row: &StudentLogRow, lang: Lang) -> String {
    let Some(by) = &row.by else { return RecordText::LogFounding.text(lang).to_owned() };
    let posts = words::posts(&by.posts, lang);
    let said = RecordText::LogBy.fill(lang, &[("name", &by.name), ("office", &by.office_name), ("posts", &posts)]);
    match &by.on_behalf {
        Some(name) => RecordText::LogFor.fill(lang, &[("by", &said), ("name", name)]),
        None => said,
    }
}
