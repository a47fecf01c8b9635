//! Screen 2, the search: one field, and below it who fits.

use super::palette::Role;
use super::{forms, put, style};
use crate::app::students::{MOST_FOUND, Search};
use crate::app::{App, words};
use crate::catalogue::Msg;
use crate::text;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Cells of the columns: mark, name, document number, school, major, class, status.
struct Widths([u16; 6]);

impl Widths {
    /// What lies beyond the narrowest goes to the school, the major, the class, the name.
    fn of(columns: u16) -> Widths {
        let mut widths = [8, 18, 14, 10, 11, 12];
        let mut spare = columns.saturating_sub(widths.iter().sum::<u16>() + 7);
        for (column, most) in [(2, 32), (3, 20), (4, 18), (0, 20)] {
            let more = spare.min(most - widths[column]);
            widths[column] += more;
            spare -= more;
        }
        Widths(widths)
    }

    fn line(&self, mark: &str, cells: [&str; 6]) -> String {
        let mut line = mark.to_owned();
        for (cell, columns) in cells.iter().zip(self.0) {
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
    let below = Rect { y: y + 1, height: area.bottom().saturating_sub(y + 1), ..area };
    if search.found.is_empty() {
        let msg = if search.shown.is_empty() { Msg::SearchHint } else { Msg::SearchNone };
        let lines = text::wrap(msg.text(lang), usize::from(area.width.saturating_sub(2)));
        for (y, line) in (below.y..below.bottom()).zip(lines) {
            put(buf, area.x + 1, y, area.width - 1, &line, style(app, Role::Dim));
        }
        return caret;
    }
    let widths = Widths::of(area.width);
    let headings = [Msg::ColStudent, Msg::ColIdNo, Msg::ColSchool, Msg::ColMajor, Msg::ColClass, Msg::ColStatus];
    put(buf, area.x, y, area.width, &widths.line(" ", headings.map(|msg| msg.text(lang))), style(app, Role::Dim));
    let height = usize::from(below.height).max(1);
    let top = search.picked.saturating_sub(height / 2).min(search.found.len().saturating_sub(height));
    for (y, (n, one)) in (below.y..below.bottom()).zip(search.found.iter().enumerate().skip(top)) {
        let (mark, role) = if n == search.picked { (">", Role::Selected) } else { (" ", Role::Text) };
        let status = words::status(one.status, lang);
        let line = widths.line(mark, [&one.name, &one.id_no, &one.school, &one.major, &one.class_name, status]);
        put(buf, area.x, y, area.width, &line, style(app, role));
    }
    caret
}
