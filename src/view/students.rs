//! Screen 2, the search: one field, and below it who fits; on a wide screen who is pointed at stands beside them.

use super::lines::Flow;
use super::palette::{self, Role};
use super::{divide, forms, put, put_lines, queue, style};
use crate::app::students::{MOST_FOUND, Search};
use crate::app::{App, words};
use crate::catalogue::{BatchText, Msg};
use crate::keymap::{Action, Scope};
use crate::text;
use crate::wire::StudentBrief;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Cells of the columns: name, document number, school, major, class, status; none for one that is left out.
struct Widths([u16; 6]);

impl Widths {
    /// What lies beyond the narrowest goes to the school, then to the name.
    fn of(columns: u16, beside: bool) -> Widths {
        let mut widths = if beside { [8, 18, 20, 0, 0, 12] } else { [8, 18, 14, 10, 11, 12] };
        let mut spare = columns.saturating_sub(widths.iter().sum::<u16>() + 7);
        for (column, most) in [(2, 32), (0, 20)] {
            let more = spare.min(most - widths[column]);
            widths[column] += more;
            spare -= more;
        }
        Widths(widths)
    }

    /// Cells of the columns before the status, without the blank that follows them.
    fn before_status(&self) -> u16 {
        let columns = self.0[..5].iter().filter(|columns| **columns > 0);
        columns.map(|columns| columns + 1).sum::<u16>().saturating_sub(1)
    }

    fn line(&self, mark: &str, cells: [&str; 6]) -> String {
        let mut line = mark.to_owned();
        for (cell, columns) in cells.iter().zip(self.0).filter(|(_, columns)| *columns > 0) {
            line.push_str(&text::pad(cell, usize::from(columns)));
            line.push(' ');
        }
        line
    }
}

/// The search; where its caret stands.
pub(super) fn draw(app: &App, search: &Search, area: Rect, buf: &mut Buffer) -> Position {
    let lang = app.look.lang;
    let label = format!(" {} ", Msg::SearchLabel.text(lang));
    let head = text::width(&label) as u16;
    put(buf, area.x, area.y, head, &label, style(app, Role::Heading));
    let n = search.found.len().to_string();
    let count = match search.found.len() {
        _ if search.shown.is_empty() => String::new(),
        found if found >= MOST_FOUND as usize => Msg::SearchMany.fill(lang, &[("n", &n)]),
        _ => Msg::SearchCount.fill(lang, &[("n", &n)]),
    };
    let tail = 12;
    let place = Rect { x: area.x + head, width: area.width.saturating_sub(head + tail), height: 1, ..area };
    let caret = forms::field(app, &search.field, place, buf);
    put(buf, place.right() + 1, area.y, tail - 1, &count, style(app, Role::Dim));
    let mut y = area.y + 1;
    if let Some((_, name)) = &search.beside {
        put(
            buf,
            area.x + 1,
            y,
            area.width - 1,
            &Msg::SearchBeside.fill(lang, &[("name", name)]),
            style(app, Role::Warn),
        );
        y += 1;
    }
    if !search.marked.is_empty() {
        let key = app.keymap.key_for(Scope::Search, Action::Together).unwrap_or_default();
        let said = BatchText::SearchMarked.fill(lang, &[("n", &search.marked.len().to_string()), ("key", &key)]);
        put(buf, area.x + 1, y, area.width - 1, &said, style(app, Role::Warn));
        y += 1;
    }
    let below = Rect { y: y + 1, height: area.bottom().saturating_sub(y + 1), ..area };
    if search.found.is_empty() {
        let msg = if search.shown.is_empty() { Msg::SearchHint } else { Msg::SearchNone };
        let lines = text::wrap(msg.text(lang), usize::from(area.width.saturating_sub(2)));
        for (y, line) in (below.y..below.bottom()).zip(lines) {
            put(buf, area.x + 1, y, area.width - 1, &line, style(app, Role::Dim));
        }
        return caret;
    }
    let whole = area;
    let area = if app.wide() { Rect { width: queue::width_beside(area.width), ..area } } else { area };
    let widths = Widths::of(area.width, app.wide());
    let headings = [Msg::ColStudent, Msg::ColIdNo, Msg::ColSchool, Msg::ColMajor, Msg::ColClass, Msg::ColStatus];
    put(buf, area.x, y, area.width, &widths.line(" ", headings.map(|msg| msg.text(lang))), style(app, Role::Dim));
    let height = usize::from(below.height).max(1);
    let top = search.picked.saturating_sub(height / 2).min(search.found.len().saturating_sub(height));
    for (y, (n, one)) in (below.y..below.bottom()).zip(search.found.iter().enumerate().skip(top)) {
        let (mark, role) = if n == search.picked { (">", Role::Selected) } else { (" ", Role::Text) };
        let status = words::status(one.status, lang);
        let marked = search.marked.iter().any(|other| other.id == one.id);
        let name = if marked { format!("*{}", one.name) } else { one.name.clone() };
        let line = widths.line(mark, [&name, &one.id_no, &one.school, &one.major, &one.class_name, status]);
        put(buf, area.x, y, area.width, &line, style(app, Role::Text));
        // Neither its mark nor the status, which is the same for most: fewer bytes for a step down.
        let (bar, base) = match app.look.slow {
            true if role == Role::Selected => (widths.0[0], palette::slow()),
            _ => (widths.before_status(), style(app, role)),
        };
        buf.set_style(Rect { x: area.x + 1, y, width: bar, height: 1 }, base);
    }
    if let Some(one) = search.found.get(search.picked).filter(|_| app.wide()) {
        divide(app, Rect { x: area.right() + 1, y, width: 1, height: whole.bottom() - y }, buf);
        let x = area.right() + 3;
        let right = Rect { x, y, width: whole.right().saturating_sub(x), height: whole.bottom() - y };
        put_lines(buf, right, &pointed_at(app, one, right.width).lines, 0);
    }
    caret
}

/// What the list has no room for.
fn pointed_at(app: &App, one: &StudentBrief, columns: u16) -> Flow {
    let lang = app.look.lang;
    let mut flow = Flow::new(columns);
    let provincial = if one.provincial { format!(" ({})", Msg::Provincial.text(lang)) } else { String::new() };
    let years = (f32::from(one.half_years) / 2.0).to_string();
    let facts = [
        (Msg::LabelName, one.name.clone()),
        (Msg::LabelIdNo, one.id_no.clone()),
        (Msg::LabelStudentNo, one.student_no.clone()),
        (Msg::LabelSchool, one.school.clone()),
        (Msg::LabelMajor, format!("{}{provincial}", one.major)),
        (Msg::LabelClass, one.class_name.clone()),
        (Msg::LabelYears, Msg::YearsOf.fill(lang, &[("years", &years)])),
        (Msg::LabelEntry, one.entry.to_string()),
        (Msg::LabelGrad, one.planned_grad.format("%Y-%m").to_string()),
        (Msg::LabelStatus, words::status(one.status, lang).to_owned()),
    ];
    let head = facts.iter().map(|(label, _)| text::width(label.text(lang))).max().unwrap_or(0) + 2;
    for (label, fact) in &facts {
        flow.item(label.text(lang), head, style(app, Role::Heading), fact, style(app, Role::Text));
    }
    flow
}
