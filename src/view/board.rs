//! Screen 6 (督办): a table of cells, the one under the cursor marked; what needs saying below it.

use super::palette::{self, Role};
use super::{put, style};
use crate::app::App;
use crate::app::board::{BoardScreen, CasesScreen, TABS};
use crate::app::board_table::Table;
use crate::catalogue::{BoardText as Text, Msg};
use crate::text;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells of every column but the first.
const COLUMN: u16 = 7;

/// The board: its tabs, then the table of the one that is open.
pub(super) fn draw(app: &App, screen: &BoardScreen, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let mut x = area.x;
    for (n, tab) in TABS.iter().enumerate() {
        let on = n == screen.tab;
        let name = if on { format!("[{}]", tab.text(lang)) } else { format!(" {} ", tab.text(lang)) };
        let cells = text::width(&name) as u16;
        put(buf, x, area.y, cells, &name, style(app, if on { Role::TabOn } else { Role::Text }));
        x += cells + 1;
    }
    let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    table(app, &screen.table(lang), screen.at[screen.tab], below, buf);
}

/// The cases behind a cell.
pub(super) fn cases(app: &App, screen: &CasesScreen, area: Rect, buf: &mut Buffer) {
    let shown = screen.table(app.look.lang);
    put(buf, area.x, area.y, area.width, &shown.title, style(app, Role::Heading));
    table(app, &shown, screen.at, Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }, buf);
}

fn table(app: &App, table: &Table, (row, column): (usize, usize), area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let others = table.head.len().saturating_sub(1) as u16;
    let wide = area.width.saturating_sub(1 + others * COLUMN).max(8);
    let place = |n: usize| match n {
        0 => (area.x + 1, wide),
        n => (area.x + 1 + wide + (n as u16 - 1) * COLUMN, COLUMN),
    };
    let cell = |content: &str, n: usize, columns: u16| match n {
        0 => text::pad(content, usize::from(columns)),
        _ => text::pad_left(content, usize::from(columns)),
    };
    for (n, head) in table.head.iter().enumerate() {
        let (x, columns) = place(n);
        put(buf, x, area.y, columns, &cell(head, n, columns), style(app, Role::Dim));
    }
    if table.rows.is_empty() {
        let said = if table.loading { Msg::Loading.text(lang) } else { Text::Empty.text(lang) };
        put(buf, area.x + 1, area.y + 2, area.width.saturating_sub(2), said, style(app, Role::Dim));
    }
    let below: Vec<String> =
        table.below.iter().flat_map(|line| text::wrap(line, usize::from(area.width.saturating_sub(2)))).collect();
    let height = usize::from(area.height.saturating_sub(1)).saturating_sub(below.len()).max(1);
    let top = (row + 1).saturating_sub(height);
    for (line, (cells, light)) in table.rows.iter().enumerate().skip(top).take(height) {
        let y = area.y + 1 + (line - top) as u16;
        let on = line == row;
        let base = match (on, table.cells) {
            (true, true) => style(app, Role::Resting),
            (true, false) => style(app, Role::Selected),
            (false, _) => style(app, palette::light(*light)),
        };
        put(buf, area.x, y, 1, if on { ">" } else { "" }, base);
        for (n, content) in cells.iter().enumerate() {
            let (x, columns) = place(n);
            let pointed = on && table.cells && n == column;
            // Without colour the cell under the cursor is told by its brackets.
            let content = if pointed && n > 0 { format!("[{content}]") } else { content.clone() };
            let role = if pointed { style(app, Role::Selected) } else { base };
            put(buf, x, y, columns, &cell(&content, n, columns), role);
        }
    }
    let from = area.bottom().saturating_sub(below.len() as u16);
    for (y, line) in (from..area.bottom()).zip(&below) {
        put(buf, area.x + 1, y, area.width.saturating_sub(1), line, style(app, Role::Dim));
    }
}
