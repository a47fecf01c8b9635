//! The command line, above the footer, with what can be meant by it on the lines above; and the rules it shows.

use super::basis::rule_lines;
use super::forms::field;
use super::lines::Flow;
use super::palette::Role;
use super::{put, read, style};
use crate::app::App;
use crate::app::command::{self, SHOWN};
use crate::app::screen::RulesScreen;
use crate::catalogue::{Lang, Msg, Name};
use crate::text;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// `area` is everything between header and footer; the line is its last. Where the caret stands.
pub(super) fn draw(app: &App, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let line = app.commands.line.as_ref()?;
    let y = area.bottom() - 1;
    put(buf, area.x, y, 1, ":", style(app, Role::Key));
    let caret = field(app, &line.field, Rect { x: area.x + 1, y, width: area.width - 1, height: 1 }, buf);
    // What was said stands there instead, until the next key.
    if app.note.is_none()
        && let Some(typed) = app.candidates()
    {
        let shown = typed.names.len().min(SHOWN);
        for (n, name) in typed.names.iter().take(shown).enumerate() {
            let y = y - (shown - n) as u16;
            candidate(app, *name, n == 0 && typed.clear, Rect { y, height: 1, ..area }, buf);
        }
    }
    Some(caret)
}

/// One candidate; the one that Enter runs is marked.
fn candidate(app: &App, name: Name, meant: bool, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let called = match command::wanted(name) {
        Some(what) => Msg::CmdArg.fill(lang, &[("name", name.text(lang)), ("what", what.text(lang))]),
        None => name.text(lang).to_owned(),
    };
    let initials = name.chinese().first().map_or("", |spelling| spelling.initials);
    let other = name.text(if lang == Lang::Zh { Lang::En } else { Lang::Zh });
    let key = command::action(name).and_then(|action| app.keymap.key_for(app.under(), action)).unwrap_or_default();
    let mark = if meant { '>' } else { ' ' };
    let line = format!("{mark}{} {} {} {key}", text::pad(&called, 40), text::pad(initials, 6), text::pad(other, 14));
    put(buf, area.x, area.y, area.width, &line, style(app, if meant { Role::Heading } else { Role::Text }));
}

/// Rules in our own words. How far they can be scrolled.
pub(super) fn rules(app: &App, screen: &RulesScreen, area: Rect, buf: &mut Buffer) -> u16 {
    let lang = app.look.lang;
    let title = Msg::RulesTitle.fill(lang, &[("asked", &screen.asked)]);
    put(buf, area.x, area.y, area.width, &title, style(app, Role::Heading));
    let inner = Rect { y: area.y + 1, height: area.height - 1, ..area };
    let mut flow = Flow::new(inner.width);
    match &screen.rules {
        Some(rules) => {
            flow.text(0, Msg::BasisRules.text(lang), style(app, Role::Dim));
            rule_lines(app, &mut flow, rules);
        }
        None => flow.text(0, Msg::Loading.text(lang), Style::new()),
    }
    read(app, &flow.lines, screen.scroll, inner, buf)
}
