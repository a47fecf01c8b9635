//! Fields and texts to type into. Each function gives back where the caret stands.

use super::lines::Flow;
use super::palette::Role;
use super::{picks, put, read, style};
use crate::app::attach::{self, AttachForm};
use crate::app::batch::several;
use crate::app::fact::FactForm;
use crate::app::field::Field;
use crate::app::start_form::{FIRST, KIND, STUDENT, StartForm};
use crate::app::write::Write;
use crate::app::{App, PreviewView, words};
use crate::catalogue::{ImportText, KindText, Lang, Msg};
use crate::text;
use crate::wire::{Choice, FieldForm, KindForm, StudentBrief};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::Widget;

/// Draws a field; where its caret stands.
pub(super) fn field(app: &App, field: &Field, area: Rect, buf: &mut Buffer) -> Position {
    buf.set_style(area, style(app, Role::Field));
    (&field.area).render(area, buf);
    let cursor = field.area.screen_cursor();
    let (top, left) = field.area.scroll_offset();
    let x = (cursor.col as u16).saturating_sub(left).min(area.width.saturating_sub(1));
    let y = (cursor.row as u16).saturating_sub(top).min(area.height.saturating_sub(1));
    Position { x: area.x + x, y: area.y + y }
}

/// A column of labelled fields; where the caret of field `at` stands. Of more than fit, those around it are shown.
pub(super) fn fields(app: &App, all: &[(&str, &Field)], at: usize, area: Rect, buf: &mut Buffer) -> Position {
    let head = all.iter().map(|(label, _)| text::width(label)).max().unwrap_or(0) as u16 + 3;
    let mut caret = Position { x: area.x, y: area.y };
    let room = usize::from(shown(all.len(), area));
    let top = at.saturating_sub(room / 2).min(all.len().saturating_sub(room));
    for (n, (label, one)) in all.iter().enumerate().skip(top).take(room) {
        let y = area.y + (n - top) as u16;
        let (mark, role) = if n == at { (">", Role::Heading) } else { (" ", Role::Text) };
        put(buf, area.x, y, head, &format!("{mark}{label}"), style(app, role));
        let place = Rect { x: area.x + head, y, width: area.width.saturating_sub(head + 1), height: 1 };
        let position = field(app, one, place, buf);
        if n == at {
            caret = position;
        }
    }
    let hidden = |text: KindText, many: usize, y: u16, buf: &mut Buffer| {
        if many > 0 {
            let said = text.fill(app.look.lang, &[("n", &many.to_string())]);
            put(buf, area.x + 1, y, area.width.saturating_sub(1), &said, style(app, Role::Dim));
        }
    };
    hidden(KindText::FieldsAbove, top, area.y.saturating_sub(1), buf);
    hidden(KindText::FieldsBelow, all.len().saturating_sub(top + room), area.y + room as u16, buf);
    caret
}

/// Lines a form needs below its fields: what a field takes, and a few things to choose from.
const BELOW: u16 = 7;

/// How many of so many fields are shown at once.
fn shown(many: usize, area: Rect) -> u16 {
    (many as u16).min(area.height.saturating_sub(BELOW).max(4))
}

/// Recording what happened elsewhere.
pub(super) fn fact(app: &App, form: &FactForm, area: Rect, buf: &mut Buffer) -> Position {
    let lang = app.look.lang;
    put(buf, area.x, area.y, area.width, &form.title(lang), style(app, Role::Heading));
    let all: Vec<_> = form.entries.iter().map(|entry| (words::label(&entry.ask, lang), &entry.field)).collect();
    let caret = fields(app, &all, form.at, below(area, 2), buf);
    let rest = below(area, 3 + all.len() as u16);
    if let (Some(hint), Some(entry)) = (form.hint(), form.entries.get(form.at)) {
        let rows: Vec<_> = entry.values().iter().map(|value| (value.clone(), Role::Text)).collect();
        let hints = text::wrap(hint.text(lang), usize::from(rest.width));
        for (y, line) in (rest.y..rest.bottom()).zip(&hints) {
            put(buf, rest.x, y, rest.width, line, style(app, Role::Dim));
        }
        if !rows.is_empty() {
            picks::rows(app, (hint.text(lang), Role::Dim), &rows, entry.at, rest, buf);
        }
    }
    caret
}

/// Reasons or a remark.
pub(super) fn write(app: &App, write: &Write, area: Rect, buf: &mut Buffer) -> Position {
    let lang = app.look.lang;
    put(buf, area.x, area.y, area.width, &write.title(lang), style(app, Role::Heading));
    let hint = text::wrap(write.hint(lang), usize::from(area.width));
    for (y, line) in (area.y + 1..).zip(&hint) {
        put(buf, area.x, y, area.width, line, style(app, Role::Dim));
    }
    let above = 2 + hint.len() as u16;
    let place = Rect {
        x: area.x + 1,
        y: area.y + above,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(above + 1),
    };
    field(app, &write.text, place, buf)
}

/// Bringing evidence, with the materials that are still missing below.
pub(super) fn attach(app: &App, form: &AttachForm, area: Rect, buf: &mut Buffer) -> Position {
    let lang = app.look.lang;
    let title = Msg::AttachTitle.fill(lang, &[("student", &form.student), ("kind", words::kind(form.kind, lang))]);
    put(buf, area.x, area.y, area.width, &title, style(app, Role::Heading));
    let all: Vec<_> = attach::LABELS.iter().zip(&form.fields).map(|(label, one)| (label.text(lang), one)).collect();
    let caret = fields(app, &all, form.at, below(area, 2), buf);
    if let (0, Some(uploads)) = (form.at, &form.uploads) {
        let text = if uploads.files.is_empty() { ImportText::NoUploads } else { ImportText::PickUpload };
        let title = text.fill(lang, &[("folder", &uploads.folder)]);
        let rows = uploads
            .files
            .iter()
            .map(|file| (format!("{}  {}  {}", file.name, super::case::size(file.size), file.modified), Role::Text));
        let rows = rows.collect::<Vec<_>>();
        picks::rows(app, (&title, Role::Dim), &rows, form.uploaded(), below(area, 3 + all.len() as u16), buf);
    } else if !form.offers.is_empty() {
        let (msg, selected) = match form.at {
            attach::MATERIAL => (Msg::AttachPick, form.offered()),
            _ => (Msg::AttachMissing, None),
        };
        let rows = form.offers.iter().map(|name| (name.clone(), Role::Text)).collect::<Vec<_>>();
        picks::rows(app, (msg.text(lang), Role::Dim), &rows, selected, below(area, 3 + all.len() as u16), buf);
    }
    caret
}

/// What is left of an area below its first lines.
pub(super) fn below(area: Rect, lines: u16) -> Rect {
    let lines = lines.min(area.height);
    Rect { y: area.y + lines, height: area.height - lines, ..area }
}

/// A new application: student, kind and the kind's fields; below them what the current line can be chosen from, or
/// what the rules would say.
pub(super) fn start(app: &App, form: &StartForm, area: Rect, buf: &mut Buffer) -> Position {
    let lang = app.look.lang;
    put(buf, area.x, area.y, area.width, Msg::StartTitle.text(lang), style(app, Role::Heading));
    let chosen = form.chosen.as_ref().map(|student| {
        let status = words::status(student.status, lang);
        if form.group.is_empty() {
            Field::line(&format!("{}  {}  {}  {status}", student.name, student.student_no, student.class_name))
        } else {
            let many = u32::try_from(form.group.len()).unwrap_or(u32::MAX);
            Field::line(&several(&student.name, many, lang))
        }
    });
    let kind = Field::line(form.kind.as_ref().map_or("", |kind| words::kind(kind.kind, lang)));
    let mut all = vec![(Msg::FieldStudent.text(lang), chosen.as_ref().unwrap_or(&form.search))];
    if form.chosen.is_some() {
        all.push((Msg::FieldAsked.text(lang), &kind));
        all.extend(form.entries().iter().map(|entry| (words::label(&entry.ask, lang), &entry.field)));
    }
    let mut place = below(area, 2);
    if let Some(preview) = form.preview.as_ref().filter(|_| app.confirm.is_some()) {
        // Before it is confirmed, what the rules say of it is to be read whole, every hand of the route included.
        let lines =
            outlook_lines(app, form, preview, area.width, place.height.saturating_sub(BELOW)).lines.len() as u16;
        place.height = place.height.min(place.height.saturating_sub(lines + 1) + BELOW);
    }
    let caret = fields(app, &all, form.at, place, buf);
    let rest = below(area, 3 + shown(all.len(), place));
    let said = form.preview.as_ref().filter(|_| app.confirm.is_some() || form.at >= FIRST && !listed(form));
    match said {
        Some(preview) => outlook(app, form, preview, rest, buf),
        None => start_choices(app, form, rest, buf),
    }
    caret
}

/// Whether the current field of the kind has a list to choose from.
fn listed(form: &StartForm) -> bool {
    form.entry().is_some_and(|entry| !entry.values().is_empty() || entry.found.is_some() && entry.picked.is_none())
}

/// What the current line is chosen from, or how it is written.
fn start_choices(app: &App, form: &StartForm, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let hint = |msg: Msg| (msg.text(lang), Role::Dim);
    match (form.at, &form.found, &form.kinds) {
        (STUDENT, Some(found), _) if form.chosen.is_none() => {
            let rows: Vec<_> = found.iter().map(|student| (student_row(student, lang), Role::Text)).collect();
            picks::rows(app, hint(Msg::StartPick), &rows, Some(form.picked), area, buf);
        }
        (STUDENT, ..) => picks::rows(app, hint(Msg::StartFindHint), &[], None, area, buf),
        (KIND, _, Some(kinds)) => {
            let rows: Vec<_> = kinds.iter().map(|kind| kind_row(form, kind, lang)).collect();
            picks::rows(app, hint(Msg::StartPickKind), &rows, Some(form.kind_at), area, buf);
        }
        (KIND, _, None) => picks::rows(app, hint(Msg::Loading), &[], None, area, buf),
        _ => {
            let Some(entry) = form.entry() else { return };
            match (&entry.ask.form, &entry.found) {
                (FieldForm::Choice { values }, _) => {
                    let rows: Vec<_> = values.iter().map(|value| (value.clone(), Role::Text)).collect();
                    picks::rows(app, hint(Msg::StartPickValue), &rows, entry.at, area, buf);
                }
                (FieldForm::School | FieldForm::Major | FieldForm::Province, Some(found)) if entry.picked.is_none() => {
                    let row =
                        |choice: &Choice| (format!("{} {}", text::pad(&choice.code, 11), choice.name), Role::Text);
                    let rows: Vec<_> = found.iter().map(row).collect();
                    picks::rows(app, hint(Msg::StartPick), &rows, entry.at, area, buf);
                }
                (FieldForm::School | FieldForm::Major | FieldForm::Province, _) => {
                    picks::rows(app, hint(Msg::StartLookHint), &[], None, area, buf);
                }
                (FieldForm::Day, _) => picks::rows(app, hint(Msg::StartDate), &[], None, area, buf),
                (FieldForm::Number { least, most }, _) => {
                    let values = [("least", &*least.to_string()), ("most", &*most.to_string())];
                    let text = Msg::StartNumberHint.fill(lang, &values);
                    picks::rows(app, (&text, Role::Dim), &[], None, area, buf);
                }
                (FieldForm::Text, _) => {}
            }
        }
    }
}

fn student_row(student: &StudentBrief, lang: Lang) -> String {
    format!(
        "{} {} {} {} {}",
        text::pad(&student.name, 10),
        text::pad(&student.id_no, 18),
        text::pad(&student.class_name, 12),
        words::status(student.status, lang),
        student.school,
    )
}

/// A kind, its article, and from which statuses it starts where the student's is not among them.
fn kind_row(form: &StartForm, kind: &KindForm, lang: Lang) -> (String, Role) {
    let widest = form.kinds.iter().flatten().map(|kind| text::width(words::kind(kind.kind, lang))).max();
    let head = widest.unwrap_or(0).max(if lang == Lang::Zh { 10 } else { 24 });
    let row = format!("{} {}", text::pad(words::kind(kind.kind, lang), head), words::article(&kind.article, lang));
    if form.fits(kind) {
        return (row, Role::Text);
    }
    let from: Vec<_> = kind.from.iter().map(|word| words::status_word(word, lang)).collect();
    let from = from.join(if lang == Lang::Zh { "、" } else { ", " });
    (format!("{row}  {}", Msg::StartNotOpen.fill(lang, &[("from", &from)])), Role::Dim)
}

/// What the rules would say. A long route is set in a paragraph where a line for each hand would not fit.
fn outlook(app: &App, form: &StartForm, preview: &PreviewView, area: Rect, buf: &mut Buffer) {
    read(app, &outlook_lines(app, form, preview, area.width, area.height).lines, 0, area, buf);
}

fn outlook_lines(app: &App, form: &StartForm, preview: &PreviewView, columns: u16, rows: u16) -> Flow {
    let flow = preview_lines(app, form, preview, columns, false);
    if flow.lines.len() > usize::from(rows) { preview_lines(app, form, preview, columns, true) } else { flow }
}

fn preview_lines(app: &App, form: &StartForm, preview: &PreviewView, columns: u16, close: bool) -> Flow {
    let lang = app.look.lang;
    let role = |role| style(app, role);
    let mut flow = Flow::new(columns);
    let head = if lang == Lang::Zh { 10 } else { 17 };
    if let Some(chosen) = form.chosen.as_ref().filter(|_| !close && form.group.is_empty()) {
        let name = format!("{}  {}", chosen.name, chosen.student_no);
        flow.item(Msg::HeadStudent.text(lang), head, role(Role::Heading), &name, Style::new());
    }
    if preview.refused.is_some() {
        flow.text(0, Msg::StartRefused.text(lang), role(Role::Danger));
    }
    let findings = preview.findings.iter().filter(|finding| preview.refused.as_ref() != Some(finding));
    for finding in preview.refused.iter().chain(findings) {
        for (n, line) in words::finding(finding, lang).iter().enumerate() {
            let label = if n == 0 { words::severity(finding.severity, lang) } else { "" };
            flow.item(label, head, role(Role::Heading), line, Style::new());
        }
    }
    for (n, change) in preview.changes.iter().enumerate() {
        let label = if n == 0 { Msg::HeadChanges.text(lang) } else { "" };
        let line = format!("{}: {} -> {}", change.field, change.before, change.after);
        flow.item(label, head, role(Role::Heading), &line, Style::new());
    }
    let hands: Vec<_> = preview
        .route
        .iter()
        .enumerate()
        .map(|(n, (hand, days))| {
            let days = match days {
                Some(days) => Msg::StartDays.fill(lang, &[("n", &days.to_string())]),
                None => Msg::StartNoDays.text(lang).to_owned(),
            };
            format!("{} {}  {days}", n + 1, hand.name)
        })
        .collect();
    let route = if close { vec![hands.join(" -> ")] } else { hands };
    for (n, hands) in route.iter().enumerate() {
        let label = if n == 0 { Msg::StartRoute.text(lang) } else { "" };
        flow.item(label, head, role(Role::Heading), hands, Style::new());
    }
    let needs = preview.evidence.join("、");
    if !needs.is_empty() {
        flow.item(Msg::StartNeeds.text(lang), head, role(Role::Heading), &needs, Style::new());
    }
    flow
}
