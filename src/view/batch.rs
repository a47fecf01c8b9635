//! A batch with its members, and what came of an act on several at once.

use super::lines::Flow;
use super::palette::Role;
use super::{put, put_lines, read, style};
use crate::app::batch::{BatchScreen, several};
use crate::app::marks::ReportScreen;
use crate::app::{App, BatchMember, BatchView, StepState, words};
use crate::catalogue::{BatchText, Msg};
use crate::text;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Cells of the columns: name, document number, class, where it stands, papers.
fn widths(columns: u16) -> [u16; 5] {
    let mut widths = [10, 18, 10, 16, 14];
    let mut spare = columns.saturating_sub(widths.iter().sum::<u16>() + 7);
    for (column, most) in [(4, 24), (0, 16), (2, 16)] {
        let more = spare.min(most - widths[column]);
        widths[column] += more;
        spare -= more;
    }
    widths
}

fn line(widths: [u16; 5], mark: &str, cells: [&str; 5]) -> String {
    let cells = cells.iter().zip(widths).map(|(cell, columns)| text::pad(cell, usize::from(columns)));
    std::iter::once(text::pad(mark, 2)).chain(cells).collect::<Vec<_>>().join(" ")
}

/// The batch: who, from where to where, the path, what the rules found, and the members below.
pub(super) fn draw(app: &App, screen: &BatchScreen, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let Some(view) = &screen.view else {
        put(buf, area.x + 1, area.y, area.width - 1, Msg::Loading.text(lang), style(app, Role::Dim));
        return;
    };
    // At least half of the screen is the members'.
    let head = head(app, view, area.width.saturating_sub(1));
    let most = area.height / 2;
    let above = (head.lines.len() as u16).min(most);
    put_lines(buf, Rect { x: area.x + 1, width: area.width - 1, height: above, ..area }, &head.lines, 0);
    let widths = widths(area.width);
    let [name, number, class, step] =
        [Msg::ColStudent, Msg::ColIdNo, Msg::ColClass, Msg::ColStep].map(|msg| msg.text(lang));
    let headings = [name, number, class, step, BatchText::ColMissing.text(lang)];
    let y = area.y + above;
    put(buf, area.x, y, area.width, &line(widths, "", headings), style(app, Role::Dim));
    let rows = Rect { y: y + 1, height: area.bottom().saturating_sub(y + 1), ..area };
    let height = usize::from(rows.height).max(1);
    let top = screen.picked.saturating_sub(height / 2).min(view.members.len().saturating_sub(height));
    for (y, (n, member)) in (rows.y..rows.bottom()).zip(view.members.iter().enumerate().skip(top)) {
        let (mark, role) = match n == screen.picked {
            true => (">", Role::Selected),
            false if member.finding == Some(crate::model::Severity::Block) => ("!", Role::Danger),
            false => (" ", Role::Text),
        };
        let place = place(app, member);
        let papers = papers(app, member);
        let cells = [&*member.name, &*member.id_no, &*member.class_name, &*place, &*papers];
        put(buf, area.x, y, area.width, &line(widths, mark, cells), style(app, role));
    }
}

fn head(app: &App, view: &BatchView, columns: u16) -> Flow {
    let lang = app.look.lang;
    let mut flow = Flow::new(columns);
    let many = u32::try_from(view.members.len()).unwrap_or(u32::MAX);
    let first = view.members.first().map_or("", |member| member.name.as_str());
    let who = several(first, many, lang);
    let values = [("id", &*view.id.to_string()), ("who", &*who), ("from", &*view.school), ("to", &*view.to)];
    flow.text(0, &BatchText::BatchTitle.fill(lang, &values), style(app, Role::Heading));
    let submitted = match view.submitted_at {
        Some(at) => BatchText::BatchSubmitted.fill(lang, &[("day", &at.day().to_string())]),
        None => BatchText::BatchNotSubmitted.text(lang).to_owned(),
    };
    let values = [
        ("size", &*view.size.to_string()),
        ("handed", &*view.handed_in_on.to_string()),
        ("submitted", &*submitted),
        ("together", &*view.together.to_string()),
    ];
    flow.text(0, &BatchText::BatchFacts.fill(lang, &values), Style::new());
    let path: Vec<String> = view
        .case
        .steps
        .iter()
        .map(|step| match step.state {
            StepState::Current => format!("[{}]", step.hand.name),
            StepState::Done | StepState::Ahead => step.hand.name.clone(),
        })
        .collect();
    let label = format!("{} ", Msg::HeadPath.text(lang));
    flow.item(&label, text::width(&label), style(app, Role::Heading), &path.join(" > "), Style::new());
    for finding in &view.case.findings {
        // What concerns one student alone stands with him.
        if finding.rule == "R12.5" {
            for line in words::finding(finding, lang) {
                flow.text(0, &line, style(app, Role::Warn));
            }
        }
    }
    flow.gap();
    flow
}

/// Where a member stands, and whether he runs alone.
fn place(app: &App, member: &BatchMember) -> String {
    let lang = app.look.lang;
    let place = words::place(member.status, member.standing, member.hand_level, member.proposed, lang);
    match member.apart && member.status.is_open() {
        true => format!("{} {place}", BatchText::BatchApart.text(lang)),
        false => place,
    }
}

fn papers(app: &App, member: &BatchMember) -> String {
    let lang = app.look.lang;
    match member.missing.as_slice() {
        [] if member.status.is_open() => BatchText::BatchReady.text(lang).to_owned(),
        [] => String::new(),
        missing => format!("{} {}", Msg::EvidenceMissing.text(lang), missing.join("、")),
    }
}

/// The report: what was not done first, each with its reason.
pub(super) fn report(app: &App, screen: &ReportScreen, area: Rect, buf: &mut Buffer) -> u16 {
    let lang = app.look.lang;
    let report = &screen.report;
    let mut flow = Flow::new(area.width.saturating_sub(2));
    let values = [("done", &*report.done.to_string()), ("refused", &*report.refused.to_string())];
    flow.text(0, &BatchText::ReportTitle.fill(lang, &values), style(app, Role::Heading));
    if report.refused > 0 && screen.marked {
        flow.text(0, BatchText::ReportMarked.text(lang), style(app, Role::Dim));
    }
    flow.gap();
    let (done, not): (Vec<_>, Vec<_>) = report.items.iter().partition(|line| line.done);
    for one in not {
        let name = one.student.clone().unwrap_or_default();
        let label = format!("{}  {}  {name}", BatchText::ReportNot.text(lang), one.application);
        flow.text(0, &label, style(app, Role::Danger));
        if let Some(finding) = &one.refused {
            for line in words::finding(finding, lang) {
                flow.text(4, &line, Style::new());
            }
        }
        if let Some(error) = &one.error {
            flow.text(4, &error.message, Style::new());
            for line in &error.details {
                flow.text(4, line, style(app, Role::Dim));
            }
        }
    }
    for one in done {
        let name = one.student.as_deref().unwrap_or_default();
        flow.text(0, &format!("{}  {}  {name}", BatchText::ReportDone.text(lang), one.application), Style::new());
    }
    read(app, &flow.lines, screen.scroll, Rect { x: area.x + 1, width: area.width - 1, ..area }, buf)
}
