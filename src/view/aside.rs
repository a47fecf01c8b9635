//! The short forms beside the decisions, and a notice as it is read.

use super::lines::Flow;
use super::palette::Role;
use super::{forms, picks, put, read, style};
use crate::app::App;
use crate::app::aside_form::{AsideForm, AsideKind};
use crate::app::notice_text::NoticeScreen;
use crate::catalogue::{AsideMsg, Msg};
use crate::keymap::{Action, Scope};
use crate::text;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// One of the forms; where the caret stands.
pub(super) fn form(app: &App, form: &AsideForm, area: Rect, buf: &mut Buffer) -> Position {
    let lang = app.look.lang;
    put(buf, area.x, area.y, area.width, &form.title(app), style(app, Role::Heading));
    let hint = form.hint().map(|hint| text::wrap(hint.text(lang), usize::from(area.width))).unwrap_or_default();
    for (y, line) in (area.y + 1..area.bottom()).zip(&hint) {
        put(buf, area.x, y, area.width, line, style(app, Role::Dim));
    }
    let above = 2 + hint.len() as u16;
    let rows = form.rows(lang);
    let caret = forms::fields(app, &rows, form.at, forms::below(area, above), buf);
    let mut rest = forms::below(area, above + 1 + rows.len() as u16);
    if form.kind.chooses() {
        let lines: Vec<_> = match &form.colleagues {
            None => vec![(Msg::Loading.text(lang).to_owned(), Role::Dim)],
            Some(all) => all
                .iter()
                .map(|one| {
                    let posts = crate::app::words::posts(&one.posts, lang);
                    (format!("{}  {posts}  {}", one.name, one.id), Role::Text)
                })
                .collect(),
        };
        let picked = form.colleagues.as_ref().filter(|_| form.at == 0).map(|_| form.picked);
        let taken = (lines.len() as u16 + 2).min(rest.height);
        picks::rows(
            app,
            (AsideMsg::HintPick.text(lang), Role::Dim),
            &lines,
            picked,
            Rect { height: taken, ..rest },
            buf,
        );
        rest = forms::below(rest, taken);
    }
    if form.kind == AsideKind::Substitute && !form.arranged.is_empty() {
        let lines: Vec<_> = form
            .arranged
            .iter()
            .map(|one| {
                let (from, until) = (one.from.to_string(), one.until.to_string());
                let values =
                    [("name", one.name.as_str()), ("away", &one.on_behalf_name), ("from", &from), ("until", &until)];
                (AsideMsg::SubstituteRow.fill(lang, &values), Role::Text)
            })
            .collect();
        picks::rows(app, (AsideMsg::SubstituteNow.text(lang), Role::Dim), &lines, None, rest, buf);
    }
    caret
}

/// A notice; how far it can be scrolled.
pub(super) fn notice(app: &App, screen: &NoticeScreen, area: Rect, buf: &mut Buffer) -> u16 {
    let lang = app.look.lang;
    let Some(notice) = &screen.notice else {
        put(buf, area.x, area.y, area.width, Msg::Loading.text(lang), style(app, Role::Dim));
        return 0;
    };
    let key = app.keymap.key_for(Scope::Pane, Action::Print).unwrap_or_default();
    let hint = AsideMsg::NoticeHint.fill(lang, &[("key", &key)]);
    put(buf, area.x, area.y, area.width, &hint, style(app, Role::Dim));
    let mut flow = Flow::new(area.width);
    for line in notice.text.lines() {
        match line {
            "" => flow.gap(),
            line => flow.text(0, line, style(app, Role::Text)),
        }
    }
    read(app, &flow.lines, screen.scroll, forms::below(area, 1), buf)
}
