//! The grid of pasted rows, and the list of students not filed.

use super::lines::Flow;
use super::palette::Role;
use super::{forms, put, put_lines, style};
use crate::app::App;
use crate::app::drafts::DraftPick;
use crate::app::entry_grid::{GridRow, GridScreen};
use crate::app::entry_todo::TodoScreen;
use crate::app::words;
use crate::catalogue::{EntryMsg, Lang, Msg};
use crate::keymap::{Action, Scope};
use crate::model::{RowOutcome, Severity};
use crate::text;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::borrow::Cow;

/// Cells of a column of the grid.
const COLUMN: u16 = 14;
/// Cells of the row's number and verdict.
const HEAD: u16 = 13;
/// Lines kept for what is said about the row.
const SAID: u16 = 6;

fn outcome(row: &GridRow, lang: Lang) -> (&'static str, Role) {
    let (msg, role) = match row.outcome {
        None => (EntryMsg::GridNew, Role::Dim),
        Some(RowOutcome::Accepted) => (EntryMsg::GridAccepted, Role::Text),
        Some(RowOutcome::AcceptedNormalised) => (EntryMsg::GridNormalised, Role::Text),
        Some(RowOutcome::Warning) => (EntryMsg::GridWarning, Role::Warn),
        Some(RowOutcome::Rejected) => (EntryMsg::GridRejected, Role::Danger),
        Some(RowOutcome::Empty) => (EntryMsg::GridBlank, Role::Dim),
    };
    (msg.text(lang), role)
}

/// A cell as it is shown on one line, without what could steer a terminal.
fn cell_text(cell: &str) -> Cow<'_, str> {
    if cell.chars().any(char::is_control) {
        cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
    } else {
        Cow::Borrowed(cell)
    }
}

/// The grid; where the caret stands while a cell is corrected.
pub(super) fn draw(app: &App, screen: &GridScreen, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let lang = app.look.lang;
    let values = [("rows", &*screen.rows.len().to_string()), ("columns", &*screen.columns.len().to_string())];
    let matched = if screen.by_header { EntryMsg::GridByHeader } else { EntryMsg::GridByPlace };
    let mut title = EntryMsg::GridTitle.fill(lang, &values);
    if !screen.rows.is_empty() {
        title = format!("{title}  {}", matched.text(lang));
    }
    put(buf, area.x, area.y, area.width, &title, style(app, Role::Heading));
    if screen.rows.is_empty() {
        for (y, line) in (area.y + 2..area.bottom()).zip(text::wrap(EntryMsg::GridEmpty.text(lang), area.width.into()))
        {
            put(buf, area.x, y, area.width, &line, style(app, Role::Dim));
        }
        return None;
    }
    let [good, warn, bad, empty] = screen.counts().map(|n| n.to_string());
    let counts = match screen.sent {
        Some(done) => {
            let values = [("done", &*done.to_string()), ("rows", &*screen.rows.len().to_string())];
            EntryMsg::GridSending.fill(lang, &values)
        }
        None => EntryMsg::GridCounts.fill(lang, &[("good", &good), ("warn", &warn), ("bad", &bad), ("empty", &empty)]),
    };
    put(buf, area.x, area.y + 1, area.width, &counts, style(app, Role::Text));
    let said = SAID.min(area.height / 3);
    let table = Rect { y: area.y + 2, height: area.height.saturating_sub(2 + said), ..area };
    let room = usize::from(table.width.saturating_sub(HEAD) / COLUMN).max(1);
    let left = (screen.column / room * room).min(screen.columns.len().saturating_sub(room));
    let columns: Vec<(usize, &String)> = screen.columns.iter().enumerate().skip(left).take(room).collect();
    let x_of = |n: usize| table.x + HEAD + u16::try_from(n - left).unwrap_or_default() * COLUMN;
    for (n, name) in &columns {
        let role = if *n == screen.column { Role::Heading } else { Role::Dim };
        put(buf, x_of(*n), table.y, COLUMN - 1, name, style(app, role));
    }
    let height = usize::from(table.height.saturating_sub(1)).max(1);
    let top = screen.at.saturating_sub(height / 2).min(screen.rows.len().saturating_sub(height));
    let mut caret = None;
    for (y, (n, row)) in (table.y + 1..table.bottom()).zip(screen.rows.iter().enumerate().skip(top)) {
        let (word, role) = outcome(row, lang);
        let mark = if n == screen.at { ">" } else { " " };
        put(
            buf,
            table.x,
            y,
            6,
            &format!("{mark}{}", text::pad_left(&row.number.to_string(), 4)),
            style(app, Role::Text),
        );
        put(buf, table.x + 6, y, HEAD - 7, word, style(app, role));
        for (column, name) in &columns {
            let cell = row.cells.get(*column).map(String::as_str).unwrap_or_default();
            let here = n == screen.at && *column == screen.column;
            let role = match screen.worst(row, name) {
                _ if here => Role::Selected,
                Some(Severity::Block) => Role::Danger,
                Some(Severity::Notice) => Role::Warn,
                _ => Role::Text,
            };
            let place = Rect { x: x_of(*column), y, width: COLUMN - 1, height: 1 };
            match (&screen.edit, here) {
                (Some(field), true) => caret = Some(forms::field(app, field, place, buf)),
                _ => put(buf, place.x, y, place.width, &cell_text(cell), style(app, role)),
            }
        }
    }
    let below = Rect { y: table.bottom(), height: area.bottom().saturating_sub(table.bottom()), ..area };
    put_lines(buf, below, &said_of(app, screen, below.width).lines, 0);
    caret
}

/// What is said about the row: the cell in full, then what is wrong, the cell's own first.
fn said_of(app: &App, screen: &GridScreen, columns: u16) -> Flow {
    let lang = app.look.lang;
    let mut flow = Flow::new(columns);
    let Some(row) = screen.row() else { return flow };
    let column = screen.columns.get(screen.column).map(String::as_str).unwrap_or_default();
    let cell = row.cells.get(screen.column).map(String::as_str).unwrap_or_default();
    let head = match &screen.edit {
        Some(_) => EntryMsg::GridEdit.fill(lang, &[("column", column)]),
        None => EntryMsg::GridCell.fill(lang, &[("column", column), ("value", &cell_text(cell))]),
    };
    flow.text(0, &head, style(app, Role::Heading));
    let mut problems: Vec<_> = row.problems.iter().collect();
    problems.sort_by_key(|problem| (problem.column != column, std::cmp::Reverse(problem.severity)));
    for problem in problems {
        let role = match problem.severity {
            Severity::Block => Role::Danger,
            Severity::Notice => Role::Warn,
            Severity::Hint => Role::Dim,
        };
        let rule = problem.rule.as_deref().map(|rule| format!("（{rule}）")).unwrap_or_default();
        let line = format!("{}：{}{rule}", problem.column, problem.message);
        flow.item(words::severity(problem.severity, lang), 5, style(app, role), &line, style(app, role));
    }
    if row.problems.is_empty() && !screen.unknown.is_empty() {
        let names = screen.unknown.join("、");
        flow.text(0, &EntryMsg::GridUnknown.fill(lang, &[("columns", &names)]), style(app, Role::Warn));
    }
    flow
}

/// Students registered and not filed; below them why the selected one's filing failed.
pub(super) fn unfiled(app: &App, screen: &TodoScreen, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let Some(view) = &screen.view else {
        put(buf, area.x, area.y, area.width, Msg::Loading.text(lang), style(app, Role::Dim));
        return;
    };
    let values = [("n", &*view.total.to_string()), ("over", &*view.to_withdraw.to_string())];
    put(buf, area.x, area.y, area.width, &EntryMsg::TodoTitle.fill(lang, &values), style(app, Role::Heading));
    if view.items.is_empty() {
        put(buf, area.x, area.y + 2, area.width, EntryMsg::TodoEmpty.text(lang), style(app, Role::Dim));
        return;
    }
    let widths = [10, 14, 8, 10, 6];
    let line = |cells: [&str; 6]| {
        let mut line = String::new();
        for (cell, columns) in cells.iter().zip(widths) {
            line.push_str(&text::pad(cell, columns));
            line.push(' ');
        }
        line + cells[5]
    };
    let headings = [
        EntryMsg::TodoColName,
        EntryMsg::TodoColClass,
        EntryMsg::TodoColSeason,
        EntryMsg::TodoColUntil,
        EntryMsg::TodoColLeft,
        EntryMsg::TodoColState,
    ];
    let headings = line(headings.map(|heading| heading.text(lang)));
    put(buf, area.x, area.y + 1, area.width, &format!("  {headings}"), style(app, Role::Dim));
    let said = SAID.min(area.height / 3);
    let table = Rect { y: area.y + 2, height: area.height.saturating_sub(2 + said), ..area };
    let height = usize::from(table.height).max(1);
    let top = screen.picked.saturating_sub(height / 2).min(view.items.len().saturating_sub(height));
    for (y, (n, row)) in (table.y..table.bottom()).zip(view.items.iter().enumerate().skip(top)) {
        let (year, season) = row.cohort;
        let until = row.filing_until.map(|until| until.to_string()).unwrap_or_default();
        let over = row.todo != "file";
        let left = match row.days_left {
            _ if over => EntryMsg::TodoOver.text(lang).to_owned(),
            Some(days) => EntryMsg::TodoLeft.fill(lang, &[("n", &days.to_string())]),
            None => String::new(),
        };
        let state = match (&row.failure, over) {
            (_, true) => EntryMsg::TodoWithdraw.fill(lang, &[("rule", &row.rule)]),
            (Some(failure), _) => EntryMsg::TodoFailed.fill(lang, &[("fault", failure.fault.name())]),
            (None, false) => EntryMsg::TodoWaits.text(lang).to_owned(),
        };
        let cohort = format!("{year}{}", season.name());
        let cells = line([&row.name, &row.class_name, &cohort, &until, &left, &state]);
        let mark = if n == screen.picked { ">" } else { " " };
        let star = if screen.marked.contains(&row.student) { "*" } else { " " };
        let role = match (n == screen.picked, over, &row.failure) {
            (true, ..) => Role::Selected,
            (_, true, _) => Role::Danger,
            (_, _, Some(_)) => Role::Warn,
            _ => Role::Text,
        };
        put(buf, area.x, y, area.width, &format!("{mark}{star}{cells}"), style(app, role));
    }
    let below = Rect { y: table.bottom(), height: area.bottom().saturating_sub(table.bottom()), ..area };
    let mut flow = Flow::new(below.width);
    if let Some(failure) = screen.row().and_then(|row| row.failure.as_ref()) {
        let values = [("on", &*failure.on.to_string()), ("fault", failure.fault.name())];
        flow.text(0, &EntryMsg::TodoReasons.fill(lang, &values), style(app, Role::Heading));
        for reason in failure.reasons.split('；') {
            flow.text(2, reason, style(app, Role::Warn));
        }
        flow.text(0, EntryMsg::TodoOpenHint.text(lang), style(app, Role::Dim));
    }
    put_lines(buf, below, &flow.lines, 0);
}

/// The drafts of the account.
pub(super) fn drafts(app: &App, pick: &DraftPick, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let key = app.keymap.key_for(Scope::Pick, Action::DropSaved).unwrap_or_default();
    let said = EntryMsg::DraftsTitle.fill(lang, &[("key", &key)]);
    let title = (said.as_str(), Role::Heading);
    let Some(rows) = &pick.rows else {
        return super::picks::rows(app, title, &[(Msg::Loading.text(lang).to_owned(), Role::Text)], None, area, buf);
    };
    if rows.is_empty() {
        let none = [(EntryMsg::DraftsEmpty.text(lang).to_owned(), Role::Dim)];
        return super::picks::rows(app, title, &none, None, area, buf);
    }
    let name = usize::from(area.width).saturating_sub(42).clamp(20, 60);
    let lines: Vec<_> = rows
        .iter()
        .map(|row| {
            let until = row.until.to_string();
            if row.expired {
                let said = EntryMsg::DraftExpired.fill(lang, &[("until", &until)]);
                return (format!("{} {said}", text::pad(&row.title, name)), Role::Warn);
            }
            let saved = words::moment(row.saved);
            let said = EntryMsg::DraftRow.fill(lang, &[("saved", &saved), ("until", &until)]);
            (format!("{} {said}", text::pad(&row.title, name)), Role::Text)
        })
        .collect();
    super::picks::rows(app, title, &lines, Some(pick.selected), area, buf);
}
