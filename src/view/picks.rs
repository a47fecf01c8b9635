//! Help, accounts, evidence.

use super::case::size;
use super::lines::Flow;
use super::palette::Role;
use super::{put, read, style};
use crate::app::limit::LimitPick;
use crate::app::period::PeriodPick;
use crate::app::pick::{AccountPick, EvidencePick};
use crate::app::{App, words};
use crate::catalogue::{AsideMsg, LoadText, Msg};
use crate::keymap::{self, Action, Scope};
use crate::text;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// What the keys do; the same table as footer and README.
pub(super) fn help(app: &App, scroll: u16, area: Rect, buf: &mut Buffer) -> u16 {
    let lang = app.look.lang;
    let mut flow = Flow::new(area.width);
    flow.text(0, Msg::HelpTitle.text(lang), style(app, Role::Heading));
    let rows = keymap::rows(&app.keymap, lang);
    let head = rows.iter().map(|row| text::width(&row.keys)).max().unwrap_or(0) + 4;
    let mut scope = None;
    for row in &rows {
        if scope != Some(row.scope) {
            scope = Some(row.scope);
            flow.text(0, row.scope.label().text(lang), style(app, Role::Heading));
        }
        flow.item(&format!("  {}", row.keys), head, style(app, Role::Key), row.help, Style::new());
    }
    read(app, &flow.lines, scroll, area, buf)
}

/// A list to choose from below its heading, with the selected row in sight.
pub(super) fn rows(
    app: &App,
    (title, title_role): (&str, Role),
    rows: &[(String, Role)],
    selected: Option<usize>,
    area: Rect,
    buf: &mut Buffer,
) {
    if area.height == 0 {
        return;
    }
    put(buf, area.x, area.y, area.width, title, style(app, title_role));
    let height = usize::from(area.height.saturating_sub(1)).max(1);
    let top = selected.unwrap_or(0).saturating_sub(height / 2).min(rows.len().saturating_sub(height));
    for (line, (n, (row, role))) in rows.iter().enumerate().skip(top).take(height).enumerate() {
        let (mark, role) = if Some(n) == selected { (">", Role::Selected) } else { (" ", *role) };
        put(buf, area.x, area.y + 1 + line as u16, area.width, &format!("{mark}{row}"), style(app, role));
    }
}

/// The accounts, by level, office and post.
pub(super) fn accounts(app: &App, pick: &AccountPick, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let title = (Msg::AccountsTitle.text(lang), Role::Heading);
    let Some(accounts) = &pick.rows else {
        rows(app, title, &[(Msg::Loading.text(lang).to_owned(), Role::Text)], None, area, buf);
        return;
    };
    let office = usize::from(area.width).saturating_sub(1 + 12 + 10 + 14 + 6).clamp(12, 36);
    let lines: Vec<_> = accounts
        .iter()
        .map(|row| {
            let me = if Some(&row.id) == app.account() { Msg::Me.text(lang) } else { "" };
            [
                text::pad(&row.office_name, office),
                text::pad(&words::posts(&row.posts, lang), 11),
                text::pad(&row.name, 10),
                text::pad(row.id.as_str(), 13),
                me.to_owned(),
            ]
            .join(" ")
        })
        .map(|line| (line, Role::Text))
        .collect();
    rows(app, title, &lines, Some(pick.selected), area, buf);
}

/// What the tab can be narrowed by; what is in force is marked.
pub(super) fn limits(app: &App, pick: &LimitPick, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let key = |action| app.keymap.key_for(Scope::Pick, action).unwrap_or_default();
    let (save, drop) = (key(Action::SaveLimit), key(Action::DropSaved));
    let keys = AsideMsg::LimitKeys.fill(lang, &[("save", &save), ("drop", &drop)]);
    let title = format!("{}    {keys}", Msg::LimitTitle.text(lang));
    let title = (title.as_str(), Role::Heading);
    let Some(choices) = app.limit_choices(pick) else {
        rows(app, title, &[(Msg::Loading.text(lang).to_owned(), Role::Text)], None, area, buf);
        return;
    };
    let name = usize::from(area.width).saturating_sub(1 + 2 + 9 + 8).clamp(20, 40);
    let lines: Vec<_> = choices
        .iter()
        .map(|choice| {
            let mark = if choice.on { "*" } else { " " };
            let (group, called) = (text::pad(choice.group, 8), text::pad(&choice.name, name));
            format!(
                "{mark} {group} {called} {}",
                text::pad_left(&choice.rows.map(|n| n.to_string()).unwrap_or_default(), 6)
            )
        })
        .map(|line| (line, Role::Text))
        .collect();
    rows(app, title, &lines, Some(pick.selected), area, buf);
}

/// Periods of rates, each with its days; the one in force is marked.
pub(super) fn periods(app: &App, pick: &PeriodPick, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let lines: Vec<_> = pick
        .lines(app.me.as_ref().map(|me| me.now.day()).unwrap_or_default(), lang)
        .into_iter()
        .map(|(on, name, days)| {
            let mark = if on { "*" } else { " " };
            (format!("{mark} {} {days}", text::pad(&name, 26)), Role::Text)
        })
        .collect();
    let key = |action| app.keymap.key_for(Scope::Pick, action).unwrap_or_default();
    let (save, drop) = (key(Action::SaveLimit), key(Action::DropSaved));
    let title = LoadText::Periods.fill(lang, &[("save", &save), ("drop", &drop)]);
    rows(app, (&title, Role::Heading), &lines, Some(pick.selected), area, buf);
}

/// The pieces of evidence.
pub(super) fn evidence(app: &App, pick: &EvidencePick, area: Rect, buf: &mut Buffer) {
    let lines: Vec<_> = pick
        .rows
        .iter()
        .map(|piece| (format!("{}  {}  {}", piece.kind, piece.name, size(piece.size)), Role::Text))
        .collect();
    let title = (Msg::EvidenceTitle.text(app.look.lang), Role::Heading);
    rows(app, title, &lines, Some(pick.selected), area, buf);
}
