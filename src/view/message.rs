//! The message line and the confirmation, on the line above the footer. A message of several lines grows upwards over
//! what lies there, until the next key.

use super::palette::Role;
use super::{put, style};
use crate::app::App;
use crate::app::note::Tone;
use crate::catalogue::Msg;
use crate::text;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Most lines a message takes.
const MOST: usize = 10;

/// `area` is everything between header and footer.
pub(super) fn draw(app: &App, mut area: Rect, buf: &mut Buffer) {
    let columns = usize::from(area.width);
    if let Some(confirm) = &app.confirm {
        let said = app.confirm_words(confirm, columns);
        put(buf, area.x, area.bottom() - 1, area.width, &said, style(app, Role::Confirm));
        area.height -= 1;
    }
    if app.confirm.is_none() && app.commands.line.is_some() {
        area.height -= 1;
    }
    let Some(note) = &app.note else { return };
    let role = match note.tone {
        Tone::Info => Role::Heading,
        Tone::Warn => Role::Warn,
        Tone::Refusal => Role::Danger,
    };
    let mut lines: Vec<_> = note.lines.iter().flat_map(|line| text::wrap(line, columns)).collect();
    let most = MOST.min(usize::from(area.height).saturating_sub(2)).max(1);
    if lines.len() > most {
        let n = (lines.len() - most + 1).to_string();
        lines.truncate(most - 1);
        lines.push(Msg::More.fill(app.look.lang, &[("n", &n)]));
    }
    let mut top = area.bottom() - lines.len() as u16;
    if lines.len() > 1 {
        // A line between what is said and what it lies upon.
        let sign = if app.look.ascii { "-" } else { "─" };
        top -= 1;
        put(buf, area.x, top, area.width, "", style(app, Role::Text));
        buf.set_string(area.x, top, sign.repeat(columns), style(app, Role::Border));
        top += 1;
    }
    for (y, line) in (top..).zip(&lines) {
        put(buf, area.x, y, area.width, line, style(app, role));
    }
}
