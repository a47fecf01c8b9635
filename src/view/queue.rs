//! The rows of the queue. Columns are fixed for a width, so that an eye going down a column never has to search.

use super::palette::{self, Role};
use super::{bars, put, style};
use crate::app::{App, Link, QueueRow, Tab, words};
use crate::catalogue::{AsideMsg, Lang, Msg};
use crate::keymap::{Action, Scope};
use crate::text;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Columns of the list when something stands beside it.
pub(super) fn width_beside(columns: u16) -> u16 {
    (columns * 58 / 100).clamp(70, 100)
}

/// Widths of the columns that give and take.
struct Widths {
    student: u16,
    school: u16,
    step: u16,
    arrived: u16,
    claim: u16,
}

const MARK: u16 = 1;
const LIGHT: u16 = 2;
const LEFT: u16 = 9;
const KIND: u16 = 4;
/// Which column tells who has it in hand.
const CLAIM: usize = 6;

impl Widths {
    /// Everything beyond the narrowest goes to the school first, then to the step, then to the name.
    fn of(columns: u16) -> Widths {
        let arrived = if columns < 76 { 0 } else { 6 };
        let claim = 14;
        let fixed = MARK + LIGHT + 1 + LEFT + 1 + KIND + 1 + 1 + 1 + 1 + arrived + claim;
        // Room for `某某等30人`, where there is any.
        let (mut student, mut school, mut step) = (if arrived == 0 { 8 } else { 10 }, 12, 14);
        let mut spare = columns.saturating_sub(fixed + student + school + step);
        for (width, most) in [(&mut school, 28), (&mut step, 20), (&mut student, 16)] {
            let more = spare.min(most - *width);
            *width += more;
            spare -= more;
        }
        Widths { student, school, step, arrived, claim: claim + spare }
    }

    /// Where the selection bar begins, counted from the row's left, and how many cells it takes: from the business to
    /// the day it arrived.
    fn bar(&self) -> (u16, u16) {
        let from = MARK + LIGHT + 1 + LEFT + 1;
        (from, KIND + 1 + self.student + 1 + self.school + 1 + self.step + self.arrived)
    }
}

/// Tabs, headings, rows.
pub(super) fn draw(app: &App, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    bars::tabs(app, Rect { height: 1, ..area }, buf);
    let widths = Widths::of(area.width);
    let parked = app.queue.tab == Tab::Parked;
    let headings = [
        Msg::ColLeft.text(lang),
        Msg::ColKind.text(lang),
        Msg::ColStudent.text(lang),
        Msg::ColSchool.text(lang),
        Msg::ColStep.text(lang),
        Msg::ColArrived.text(lang),
        if parked { AsideMsg::ColParked.text(lang) } else { Msg::ColClaim.text(lang) },
    ];
    let dim = style(app, Role::Dim);
    cells(&widths, area, area.y + 1, |n, x, y, columns| put(buf, x, y, columns, headings[n], dim));
    let queue = &app.queue;
    let rows = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    if queue.total == 0 {
        let msg = match (app.link, queue.loaded) {
            (Link::Up, true) => Msg::Empty,
            (Link::Up, false) => Msg::Loading,
            _ => Msg::Connecting,
        };
        let said = match msg {
            Msg::Empty if queue.narrow.is_on() => {
                let key = app.keymap.key_for(Scope::List, Action::Unlimit).unwrap_or_default();
                Msg::EmptyLimited.fill(lang, &[("key", &key)])
            }
            msg => msg.text(lang).to_owned(),
        };
        put(buf, rows.x + MARK + LIGHT + 1, rows.y + 1, rows.width - 4, &said, dim);
        return;
    }
    for line in 0..rows.height {
        let position = queue.top + u32::from(line);
        if let Some(row) = queue.row(position) {
            draw_row(app, row, position == queue.selected, &widths, Rect { y: rows.y + line, height: 1, ..rows }, buf);
        }
    }
}

/// Calls with number, x, y and width of each column from the time left on.
fn cells(widths: &Widths, area: Rect, y: u16, mut each: impl FnMut(usize, u16, u16, u16)) {
    let mut x = area.x + MARK + LIGHT + 1;
    let columns =
        [LEFT, KIND, widths.student, widths.school, widths.step, widths.arrived.saturating_sub(1), widths.claim];
    for (n, columns) in columns.into_iter().enumerate() {
        if columns > 0 {
            each(n, x, y, columns.min(area.right().saturating_sub(x)));
            x += columns + 1;
        }
    }
}

/// Time left, or how long a granted change has waited for another system.
fn time_words(row: &QueueRow, lang: Lang) -> String {
    let waited = row.waiting.as_ref().map(|waiting| words::waited(waiting, lang));
    waited.or_else(|| row.clock.as_ref().map(|clock| words::left(clock, lang))).unwrap_or_default()
}

fn draw_row(app: &App, row: &QueueRow, selected: bool, widths: &Widths, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let light = row.clock.as_ref().map_or(crate::model::Light::None, |clock| clock.light);
    let base = match selected {
        true if app.look.slow => palette::slow(),
        true if app.stack.is_empty() => style(app, Role::Selected),
        true => style(app, Role::Resting),
        false => style(app, Role::Text),
    };
    let late = row.waiting.as_ref().is_some_and(|waiting| waiting.late);
    // The light keeps its colour under the bar, and who has it in hand stands outside: both say something of their own,
    // and a bar of half the row is half the bytes on a slow line.
    let lit = style(app, if late { Role::Warn } else { palette::light(light) });
    let word = if late { Msg::LightChase.text(lang) } else { words::light(light, lang) };
    let plain = style(app, Role::Text);
    put(buf, area.x, area.y, MARK, if selected { ">" } else { "" }, plain);
    put(buf, area.x + MARK, area.y, LIGHT, word, lit);
    let bar = widths.bar();
    put(buf, area.x + bar.0, area.y, bar.1, "", if app.look.slow { plain } else { base });
    put(buf, area.x + MARK + LIGHT, area.y, 1, if app.marked(row.id) { "*" } else { "" }, plain);
    let alert = alert_mark(row);
    let mark = text::width(&alert) as u16;
    // The hour stays whole; a long name gives way.
    let room = usize::from(widths.claim.saturating_sub(6 + mark));
    let claim = row
        .claim
        .as_ref()
        .map(|claim| format!("{} {}", text::truncate(&claim.name, room), claim.since.hour_minute()))
        .or_else(|| row.assigned.as_ref().map(|name| AsideMsg::AssignedRow.fill(lang, &[("name", name)])))
        // Who was reminded of it wants to know; who has it open has seen that already.
        .or_else(|| (row.urged > 0).then(|| Msg::UrgedRow.fill(lang, &[("n", &row.urged.to_string())])))
        .unwrap_or_default();
    let last = match &row.parked {
        Some(parked) if app.queue.tab == Tab::Parked => {
            format!("{alert}{} {}", parked.until.format("%m-%d"), parked.remark)
        }
        _ => format!("{alert}{claim}"),
    };
    let texts = [
        time_words(row, lang),
        words::kind_short(row.kind, lang).to_owned(),
        words::students(row, usize::from(widths.student), lang),
        row.school.clone(),
        words::step(row, lang),
        row.arrived.beijing().format("%m-%d").to_string(),
        last,
    ];
    let lit_alert = style(app, Role::Danger);
    cells(widths, area, area.y, |n, x, y, columns| {
        let style = match n {
            0 => lit,
            CLAIM => plain,
            // Over a slow line the bar is the business alone: it is as short as it can be, and always as long.
            2.. if app.look.slow => plain,
            _ => base,
        };
        put(buf, x, y, columns, &texts[n], style);
        if n == CLAIM && mark > 0 {
            put(buf, x, y, mark.min(columns), &alert, lit_alert);
        }
    });
}

/// What of the negative list the student's facts meet: the item's number before who has it in hand, `+` for more of them.
fn alert_mark(row: &QueueRow) -> String {
    match row.alerts.as_slice() {
        [] => String::new(),
        [one] => format!("{} ", one.code()),
        [one, ..] => format!("{}+ ", one.code()),
    }
}
