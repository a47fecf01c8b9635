//! The import at the desk: the files of the upload folder, what is said about the rows of one, and the cells of a row.

use super::palette::Role;
use super::{forms, picks, put, style};
use crate::app::import::{BEFORE, ImportFix, ImportScreen, mark};
use crate::app::{App, Uploads};
use crate::catalogue::{ImportText, Msg};
use crate::model::{RowOutcome, Severity};
use crate::text;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Lines for what is the matter with the selected row.
const SAID: u16 = 6;

/// Draws the screen.
pub(super) fn draw(app: &App, screen: &ImportScreen, area: Rect, buf: &mut Buffer) {
    match (&screen.chosen, &screen.seen) {
        (Some(_), Some(_)) => rows(app, screen, area, buf),
        (Some(_), None) => {
            let loading = ImportText::Checking.text(app.look.lang);
            put(buf, area.x, area.y, area.width, loading, style(app, Role::Dim));
        }
        (None, _) => files(app, screen.uploads.as_ref(), screen.picked, area, buf),
    }
}

/// The files of the upload folder; none while they are looked for.
pub(super) fn files(app: &App, uploads: Option<&Uploads>, picked: usize, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let Some(uploads) = uploads else {
        put(buf, area.x, area.y, area.width, Msg::Loading.text(lang), style(app, Role::Dim));
        return;
    };
    let title = ImportText::Folder.fill(lang, &[("folder", &uploads.folder)]);
    if uploads.files.is_empty() {
        put(buf, area.x, area.y, area.width, &title, style(app, Role::Heading));
        for (y, line) in
            (area.y + 2..area.bottom()).zip(text::wrap(ImportText::NoFiles.text(lang), usize::from(area.width)))
        {
            put(buf, area.x, y, area.width, &line, style(app, Role::Warn));
        }
        return;
    }
    let name = usize::from(area.width).saturating_sub(34).clamp(16, 60);
    let lines: Vec<_> = uploads
        .files
        .iter()
        .map(|file| {
            let size = super::case::size(file.size);
            (format!("{}  {}  {}", text::pad(&file.name, name), text::pad_left(&size, 10), file.modified), Role::Text)
        })
        .collect();
    picks::rows(app, (&title, Role::Heading), &lines, Some(picked), area, buf);
}

fn rows(app: &App, screen: &ImportScreen, area: Rect, buf: &mut Buffer) {
    let (lang, Some(seen)) = (app.look.lang, &screen.seen) else { return };
    let n = |word: &str| seen.count(word).to_string();
    let form = seen.encoding.clone().unwrap_or_else(|| seen.form.clone());
    let values = [
        ("name", seen.name.clone()),
        ("form", form),
        ("written", n("written")),
        ("unchanged", n("unchanged")),
        ("rejected", n("rejected")),
        ("empty", n("empty")),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let title = if seen.committed { ImportText::TitleDone } else { ImportText::Title }.fill(lang, &values);
    put(buf, area.x, area.y, area.width, &title, style(app, Role::Heading));
    let mut top = 1;
    if !seen.unknown.is_empty() {
        let unknown = ImportText::Unknown.fill(lang, &[("columns", &seen.unknown.join("、"))]);
        put(buf, area.x, area.y + top, area.width, &unknown, style(app, Role::Warn));
        top += 1;
    }
    let commit = match screen.good() {
        0 => (ImportText::CommitNone.text(lang).to_owned(), Role::Dim),
        good => (ImportText::Commit.fill(lang, &[("n", &good.to_string())]), Role::Key),
    };
    let again = ImportText::Again.fill(lang, &[("n", &screen.fixes.len().to_string())]);
    let errors = match screen.wrong() {
        0 => (ImportText::ErrorsNone.text(lang).to_owned(), Role::Dim),
        wrong => (ImportText::Errors.fill(lang, &[("n", &wrong.to_string())]), Role::Key),
    };
    let mut lines = vec![commit, (again, Role::Key), errors];
    for row in &seen.rows {
        let what = row.problems.iter().find(|problem| problem.severity != Severity::Hint);
        let what = what.map_or("", |problem| problem.column.as_str());
        let values = [
            ("row", &*row.row.to_string()),
            ("mark", mark(row.outcome).text(lang)),
            ("name", &row.name),
            ("what", what),
        ];
        let mut line = ImportText::Row.fill(lang, &values);
        let fixed = screen.fixed(row.row);
        if fixed > 0 {
            line += &ImportText::Fixed.fill(lang, &[("n", &fixed.to_string())]);
        }
        lines.push((line, if row.outcome == RowOutcome::Rejected { Role::Text } else { Role::Dim }));
    }
    if seen.more > 0 {
        lines.push((ImportText::MoreRows.fill(lang, &[("n", &seen.more.to_string())]), Role::Dim));
    }
    let said = SAID.min(area.height.saturating_sub(top + 4));
    let list = Rect { y: area.y + top, height: area.height - top - said, ..area };
    picks::rows(app, (ImportText::RowNumbers.text(lang), Role::Dim), &lines, Some(screen.at), list, buf);
    let selected = screen.at.checked_sub(BEFORE).and_then(|at| seen.rows.get(at));
    let below = (list.bottom()..area.bottom()).zip(selected.into_iter().flat_map(|row| {
        let shown = row.problems.iter().filter(|problem| problem.severity != Severity::Hint);
        shown.flat_map(|problem| {
            let value = if problem.value.is_empty() { String::new() } else { format!(" 「{}」", problem.value) };
            let role = if problem.severity == Severity::Block { Role::Warn } else { Role::Text };
            let said = format!("{}{value}：{}", problem.column, problem.message);
            text::wrap(&said, usize::from(area.width)).into_iter().map(move |line| (line, role))
        })
    }));
    for (y, (line, role)) in below {
        put(buf, area.x, y, area.width, &line, style(app, role));
    }
}

/// The cells of a row, each with what is the matter below the fields; where the caret stands.
pub(super) fn fix(app: &App, fix: &ImportFix, area: Rect, buf: &mut Buffer) -> Position {
    let lang = app.look.lang;
    let title = ImportText::FixTitle.fill(lang, &[("row", &fix.row.to_string()), ("name", &fix.name)]);
    put(buf, area.x, area.y, area.width, &title, style(app, Role::Heading));
    let all: Vec<_> = fix.cells.iter().map(|(_, label, field, _)| (label.as_str(), field)).collect();
    let caret = forms::fields(app, &all, fix.at, forms::below(area, 2), buf);
    let top = area.y + 3 + u16::try_from(all.len()).unwrap_or(u16::MAX).min(area.height.saturating_sub(4));
    let said = fix.cells.get(fix.at).into_iter().flat_map(|(.., said)| said);
    let said = said.flat_map(|said| text::wrap(said, usize::from(area.width)));
    for (y, line) in (top..area.bottom().saturating_sub(1)).zip(said) {
        put(buf, area.x, y, area.width, &line, style(app, Role::Warn));
    }
    put(buf, area.x, area.bottom() - 1, area.width, ImportText::FixHint.text(lang), style(app, Role::Dim));
    caret
}
