//! Fields and texts to type into. Each function gives back where the caret stands.

use super::lines::Flow;
use super::palette::Role;
use super::{put, put_lines, style};
use crate::app::attach::{self, AttachForm};
use crate::app::field::Field;
use crate::app::start::{self, StartForm};
use crate::app::write::Write;
use crate::app::{App, PreviewView, words};
use crate::catalogue::Msg;
use crate::text;
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

/// A column of labelled fields from line `y` on; where the caret of field `at` stands.
fn fields(app: &App, labels: &[Msg], all: &[Field], at: usize, area: Rect, buf: &mut Buffer) -> Position {
    let head = labels.iter().map(|label| text::width(label.text(app.look.lang))).max().unwrap_or(0) as u16 + 3;
    let mut caret = Position { x: area.x, y: area.y };
    for (n, (label, one)) in labels.iter().zip(all).enumerate() {
        let y = area.y + n as u16;
        let (mark, role) = if n == at { (">", Role::Heading) } else { (" ", Role::Text) };
        put(buf, area.x, y, head, &format!("{mark}{}", label.text(app.look.lang)), style(app, role));
        let place = Rect { x: area.x + head, y, width: area.width.saturating_sub(head + 1), height: 1 };
        let position = field(app, one, place, buf);
        if n == at {
            caret = position;
        }
    }
    caret
}

/// Reasons or a remark.
pub(super) fn write(app: &App, write: &Write, area: Rect, buf: &mut Buffer) -> Position {
    let lang = app.look.lang;
    put(buf, area.x, area.y, area.width, &write.title(lang), style(app, Role::Heading));
    let hint = text::wrap(write.hint().text(lang), usize::from(area.width));
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

/// Bringing evidence.
pub(super) fn attach(app: &App, form: &AttachForm, area: Rect, buf: &mut Buffer) -> Position {
    let lang = app.look.lang;
    let title = Msg::AttachTitle.fill(lang, &[("student", &form.student), ("kind", words::kind(form.kind, lang))]);
    put(buf, area.x, area.y, area.width, &title, style(app, Role::Heading));
    let place = Rect { y: area.y + 2, height: area.height - 2, ..area };
    fields(app, &attach::LABELS, &form.fields, form.at, place, buf)
}

/// A new application: fields, and below them who was found or what the rules would say.
pub(super) fn start(app: &App, form: &StartForm, area: Rect, buf: &mut Buffer) -> Position {
    let lang = app.look.lang;
    put(buf, area.x, area.y, area.width, Msg::StartTitle.text(lang), style(app, Role::Heading));
    let place = Rect { y: area.y + 2, height: area.height - 2, ..area };
    let caret = fields(app, &start::LABELS, &form.fields, form.at, place, buf);
    let below = Rect { y: area.y + 7, height: area.height.saturating_sub(7), ..area };
    if let Some(preview) = &form.preview {
        put_lines(buf, below, &preview_lines(app, form, preview, area.width).lines, 0);
    } else if let Some(chosen) = &form.chosen {
        let values =
            [("name", chosen.name.as_str()), ("no", chosen.student_no.as_str()), ("class", &chosen.class_name)];
        put(buf, below.x, below.y, below.width, &Msg::StartChosen.fill(lang, &values), Style::new());
        put(buf, below.x, below.y + 1, below.width, Msg::StartDate.text(lang), style(app, Role::Dim));
    } else if let Some(found) = &form.found {
        put(buf, below.x, below.y, below.width, Msg::StartPick.text(lang), style(app, Role::Dim));
        let height = usize::from(below.height.saturating_sub(1)).max(1);
        let top = form.picked.saturating_sub(height / 2).min(found.len().saturating_sub(height));
        for (line, (n, student)) in found.iter().enumerate().skip(top).take(height).enumerate() {
            let (mark, role) = if n == form.picked { (">", Role::Selected) } else { (" ", Role::Text) };
            let content = format!(
                "{mark}{} {} {} {} {}",
                text::pad(&student.name, 10),
                text::pad(&student.id_no, 18),
                text::pad(&student.class_name, 12),
                words::status(student.status, lang),
                student.school,
            );
            put(buf, below.x, below.y + 1 + line as u16, below.width, &content, style(app, role));
        }
    } else {
        put(buf, below.x, below.y, below.width, Msg::StartFindHint.text(lang), style(app, Role::Dim));
    }
    caret
}

fn preview_lines(app: &App, form: &StartForm, preview: &PreviewView, columns: u16) -> Flow {
    let lang = app.look.lang;
    let role = |role| style(app, role);
    let mut flow = Flow::new(columns);
    let head = 10;
    if let Some(chosen) = &form.chosen {
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
    for (n, (hand, days)) in preview.route.iter().enumerate() {
        let label = if n == 0 { Msg::StartRoute.text(lang) } else { "" };
        let days = match days {
            Some(days) => Msg::StartDays.fill(lang, &[("n", &days.to_string())]),
            None => Msg::StartNoDays.text(lang).to_owned(),
        };
        flow.item(label, head, role(Role::Heading), &format!("{} {}  {days}", n + 1, hand.name), Style::new());
    }
    let needs = preview.evidence.join("、");
    if !needs.is_empty() {
        flow.item(Msg::StartNeeds.text(lang), head, role(Role::Heading), &needs, Style::new());
    }
    flow
}
