//! The two queries of Art. 20: the form, and below it the answer.

use super::lines::Flow;
use super::palette::Role;
use super::{forms, put, put_lines, style};
use crate::app::App;
use crate::app::inquiry::InquiryForm;
use crate::text;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// A form; where the caret stands.
pub(super) fn draw(app: &App, form: &InquiryForm, area: Rect, buf: &mut Buffer) -> Position {
    let lang = app.look.lang;
    let (title, hint) = form.title(lang);
    put(buf, area.x, area.y, area.width, title, style(app, Role::Heading));
    let hints = text::wrap(hint, usize::from(area.width));
    for (y, line) in (area.y + 1..area.bottom()).zip(&hints) {
        put(buf, area.x, y, area.width, line, style(app, Role::Dim));
    }
    let above = 2 + hints.len() as u16;
    let rows = form.rows(lang);
    let caret = forms::fields(app, &rows, form.at, forms::below(area, above), buf);
    if let Some((said, told)) = &form.answer {
        let mut flow = Flow::new(area.width);
        flow.text(0, said, style(app, Role::Heading));
        for (label, value) in told {
            flow.item(label, 14, style(app, Role::Dim), value, style(app, Role::Text));
        }
        put_lines(buf, forms::below(area, above + 1 + rows.len() as u16), &flow.lines, 0);
    }
    caret
}
