//! Screen 3: the fields of a new student on the left, and beside them what is said about the one the caret is in.

use super::lines::Flow;
use super::palette::Role;
use super::{divide, forms, put, put_lines, style};
use crate::app::App;
use crate::app::entry::{EntryScreen, LABELS, listed};
use crate::app::entry_form::{EntryForm, Origin};
use crate::app::entry_prompt::Prompt;
use crate::app::words;
use crate::catalogue::{EntryMsg, Lang, Msg};
use crate::keymap::{Action, Scope};
use crate::model::Severity;
use crate::text;
use crate::wire::EntryField;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Cells of a field's label.
const LABEL: u16 = 18;

/// The screen; where the caret stands.
pub(super) fn draw(app: &App, screen: &EntryScreen, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let lang = app.look.lang;
    let Some(form) = screen.form.as_deref() else {
        put(buf, area.x, area.y, area.width, Msg::Loading.text(lang), style(app, Role::Dim));
        return None;
    };
    let title = match &form.correcting {
        Some(of) => EntryMsg::TitleCorrect.fill(lang, &[("name", &of.name), ("id", &of.student.to_string())]),
        None if screen.saved > 0 => EntryMsg::TitleSaved.fill(lang, &[("n", &screen.saved.to_string())]),
        None => EntryMsg::Title.text(lang).to_owned(),
    };
    let left = area.width * 11 / 20;
    put(buf, area.x, area.y, left, &title, style(app, Role::Heading));
    let folded = form.folded();
    if folded > 0 {
        let said = EntryMsg::Folded.fill(lang, &[("n", &folded.to_string())]);
        let cells = (text::width(&said) as u16).min(area.width - left - 3);
        put(buf, area.x + left + 3, area.y, cells, &said, style(app, Role::Dim));
    }
    let body = forms::below(area, 1);
    divide(app, Rect { x: body.x + left + 1, width: 1, ..body }, buf);
    let caret = fields(app, form, Rect { width: left, ..body }, buf);
    let right = Rect { x: body.x + left + 3, width: body.width - left - 3, ..body };
    if let Some(prompt) = &screen.prompt {
        return Some(choices(app, form, prompt, right, buf));
    }
    let flow = if screen.listing { errors(app, form, right.width) } else { beside(app, form, right.width) };
    put_lines(buf, right, &flow.lines, 0);
    Some(caret)
}

/// The fields, those around the caret's; where the caret stands.
fn fields(app: &App, form: &EntryForm, area: Rect, buf: &mut Buffer) -> Position {
    let lang = app.look.lang;
    let shown = form.shown();
    let here = shown.iter().position(|at| *at == form.at).unwrap_or(0);
    let height = usize::from(area.height).max(1);
    // A page of fields stays where it is until the caret leaves it: what is typed into moves nothing else.
    let top = (here / height * height).min(shown.len().saturating_sub(height));
    let mut caret = Position { x: area.x, y: area.y };
    for (y, at) in (area.y..area.bottom()).zip(shown.iter().skip(top)) {
        let Some((ask, cell)) = form.asks.get(*at).zip(form.cells.get(*at)) else { continue };
        let on = *at == form.at;
        let (mark, role) = if on { (">", Role::Heading) } else { (" ", Role::Text) };
        let worst = form.worst(&ask.name).filter(|severity| *severity != Severity::Hint);
        let (sign, sign_role) = match (worst, cell.origin) {
            (Some(Severity::Block), _) => ("!", Role::Danger),
            (Some(_), _) => ("?", Role::Warn),
            (None, Origin::Carried) => ("=", Role::Dim),
            (None, Origin::Filled) => ("<", Role::Dim),
            (None, Origin::Empty) if ask.need == "always" => ("-", Role::Dim),
            _ => (" ", Role::Text),
        };
        put(buf, area.x, y, LABEL, &format!("{mark}{}", label(ask, lang)), style(app, role));
        put(buf, area.x + LABEL, y, 1, sign, style(app, sign_role));
        let place = Rect { x: area.x + LABEL + 2, y, width: area.width.saturating_sub(LABEL + 3), height: 1 };
        if on {
            caret = forms::field(app, &cell.field, place, buf);
        } else {
            let dim = matches!(cell.origin, Origin::Carried | Origin::Filled);
            let role = if dim { Role::Dim } else { Role::Text };
            put(buf, place.x, y, place.width, &shown_text(&cell.field.text()), style(app, role));
        }
    }
    caret
}

/// A field's name.
fn label(ask: &EntryField, lang: Lang) -> &str {
    if lang == Lang::Zh { &ask.name } else { &ask.english }
}

/// Whether no terminal can draw it: it takes no cell, or means something in one font only.
fn undrawable(c: char) -> bool {
    let private = matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}');
    private || c.is_control() || text::width(c.encode_utf8(&mut [0; 4])) == 0
}

/// A text as it is shown: what no terminal can draw is shown by its code point.
fn shown_text(text: &str) -> String {
    text.chars().map(|c| if undrawable(c) { format!("<U+{:04X}>", u32::from(c)) } else { c.to_string() }).collect()
}

/// The characters many a font lacks (生僻字), each with its code point: whoever sees an empty box can compare it with
/// the document. They are those of the first extension (扩展A) and of the planes beyond the first, and what no terminal
/// draws.
fn rare(text: &str) -> String {
    let beyond = |c: char| matches!(c, '\u{3400}'..='\u{4DBF}') || c > '\u{FFFF}';
    let mut shown: Vec<String> = Vec::new();
    for c in text.chars().filter(|c| beyond(*c) || undrawable(*c)) {
        let sign = if undrawable(c) { String::new() } else { format!("{c} ") };
        let one = format!("{sign}U+{:04X}", u32::from(c));
        if !shown.contains(&one) {
            shown.push(one);
        }
    }
    shown.join("  ")
}

/// What the caret's field takes.
fn hint(ask: &EntryField, lang: Lang) -> &'static str {
    match ask.form.as_str() {
        "set" => EntryMsg::HintSet.text(lang),
        "date" => EntryMsg::HintDate.text(lang),
        "month" => EntryMsg::HintMonth.text(lang),
        "region" => EntryMsg::HintRegion.text(lang),
        "major" => EntryMsg::HintMajor.text(lang),
        "years" => EntryMsg::HintYears.text(lang),
        "name" => EntryMsg::HintName.text(lang),
        "document" => EntryMsg::HintDocument.text(lang),
        "phone" => EntryMsg::HintPhone.text(lang),
        "season" => EntryMsg::HintSeason.text(lang),
        "pinyin" => EntryMsg::HintPinyin.text(lang),
        _ => "",
    }
}

fn severity_role(severity: Severity) -> Role {
    match severity {
        Severity::Block => Role::Danger,
        Severity::Notice => Role::Warn,
        Severity::Hint => Role::Dim,
    }
}

/// What is said about the caret's field, about others, and what follows from all of it.
fn beside(app: &App, form: &EntryForm, columns: u16) -> Flow {
    let lang = app.look.lang;
    let mut flow = Flow::new(columns);
    let Some(ask) = form.ask() else { return flow };
    let need = if ask.need == "always" { EntryMsg::NeedAlways } else { EntryMsg::NeedOptional };
    flow.text(0, &format!("{}  {}", label(ask, lang), need.text(lang)), style(app, Role::Heading));
    match form.cells.get(form.at).map(|cell| cell.origin) {
        Some(Origin::Carried) => flow.text(0, EntryMsg::Carried.text(lang), style(app, Role::Dim)),
        Some(Origin::Filled) => flow.text(0, EntryMsg::Filled.text(lang), style(app, Role::Dim)),
        _ if hint(ask, lang).is_empty() => {}
        _ => flow.text(0, hint(ask, lang), style(app, Role::Dim)),
    }
    // Of what the server has seen: a line that changes with every key would cost more bytes than the key.
    let rare = rare(form.judged.get(&ask.id).map_or("", String::as_str));
    if !rare.is_empty() {
        flow.text(0, &EntryMsg::Rare.fill(lang, &[("chars", &rare)]), style(app, Role::Dim));
    }
    let rule = |rule: &Option<std::borrow::Cow<'_, str>>| {
        rule.as_deref().map(|rule| format!("（{rule}）")).unwrap_or_default()
    };
    for problem in form.problems().filter(|problem| problem.column == ask.name) {
        let line = format!("{}{}", problem.message, rule(&problem.rule));
        let role = severity_role(problem.severity);
        flow.item(words::severity(problem.severity, lang), 5, style(app, role), &line, style(app, role));
    }
    let Some(check) = &form.check else { return flow };
    flow.gap();
    let others: Vec<_> =
        form.problems().filter(|problem| problem.column != ask.name && problem.severity != Severity::Hint).collect();
    if !others.is_empty() {
        flow.text(0, EntryMsg::Others.text(lang), style(app, Role::Heading));
    }
    for problem in others {
        let line = format!("{}：{}{}", problem.column, problem.message, rule(&problem.rule));
        flow.text(0, &line, style(app, severity_role(problem.severity)));
    }
    let missing = form.missing().len();
    let key = app.keymap.key_for(Scope::Entry, Action::Save).unwrap_or_default();
    match (check.savable, missing) {
        (true, _) => flow.text(0, &EntryMsg::Ready.fill(lang, &[("key", &key)]), style(app, Role::Heading)),
        (false, 0) => {}
        (false, n) => {
            flow.text(0, &EntryMsg::StillMissing.fill(lang, &[("n", &n.to_string())]), style(app, Role::Dim));
        }
    }
    follows(app, form, &mut flow);
    flow
}

/// What follows from what was typed: place, length of study with its way, and until when what is due.
fn follows(app: &App, form: &EntryForm, flow: &mut Flow) {
    let lang = app.look.lang;
    let Some(check) = &form.check else { return };
    let head = if lang == Lang::Zh { 7 } else { 9 };
    let mut item = |label: EntryMsg, line: &str, role: Role| {
        flow.item(label.text(lang), head, style(app, Role::Heading), line, style(app, role));
    };
    if let Some((code, name)) = &check.region {
        item(EntryMsg::RegionHead, &format!("{name} {code}"), Role::Text);
    }
    if let Some((code, name)) = &check.major {
        item(EntryMsg::MajorHead, &format!("{name} {code}"), Role::Text);
    }
    let study = &check.study;
    if study.allowed.is_empty() && !study.missing.is_empty() {
        let fields = study.missing.iter().take(3).map(|name| named(form, name, lang)).collect::<Vec<_>>().join("、");
        item(EntryMsg::LengthHead, &EntryMsg::LengthMissing.fill(lang, &[("fields", &fields)]), Role::Dim);
    } else if !study.allowed.is_empty() {
        let rule = study.rule.as_deref().unwrap_or_default();
        let values = [("words", study.words.as_str()), ("rule", rule)];
        item(EntryMsg::LengthHead, &EntryMsg::LengthAllowed.fill(lang, &values), Role::Text);
    }
    // At the length itself the whole way to it is shown.
    if form.ask().is_some_and(|ask| ask.id == "duration") {
        for row in &study.trace {
            let (sign, role) = match row.applies {
                Some(true) => ("+", Role::Text),
                Some(false) => ("-", Role::Dim),
                None => ("?", Role::Dim),
            };
            flow.item(&format!(" {sign}{}", row.rule), 9, style(app, role), &row.says, style(app, role));
        }
    }
    let mut item = |label: EntryMsg, line: &str| {
        flow.item(label.text(lang), head, style(app, Role::Heading), line, Style::new());
    };
    if let (Some(due), Some(cutoff)) = (check.due, check.cutoff) {
        let (due, cutoff) = (due.to_string(), cutoff.to_string());
        let line = match check.twenty_working_days {
            Some(twenty) => {
                let values = [("due", &*due), ("twenty", &*twenty.to_string()), ("cutoff", &*cutoff)];
                EntryMsg::DueTwenty.fill(lang, &values)
            }
            None => EntryMsg::DueCutoff.fill(lang, &[("cutoff", &cutoff)]),
        };
        item(EntryMsg::DueHead, &line);
    }
    if let Some(until) = check.filing_until {
        item(EntryMsg::FilingHead, &EntryMsg::FilingUntil.fill(lang, &[("date", &until.to_string())]));
    }
    if let Some(month) = check.planned_grad {
        item(EntryMsg::GradHead, &month.format("%Y-%m").to_string());
    }
}

/// A field's name by its name for programs.
fn named(form: &EntryForm, id: &str, lang: Lang) -> String {
    let ask = form.asks.iter().find(|ask| ask.id == id);
    ask.map_or_else(|| id.to_owned(), |ask| label(ask, lang).to_owned())
}

/// Everything that is wrong, each under its letter.
fn errors(app: &App, form: &EntryForm, columns: u16) -> Flow {
    let lang = app.look.lang;
    let mut flow = Flow::new(columns);
    let all = listed(form);
    let title = if all.is_empty() { EntryMsg::ErrorsNone } else { EntryMsg::ErrorsTitle };
    flow.text(0, title.text(lang), style(app, Role::Heading));
    let mut empty = Vec::new();
    for (letter, (at, severity, message)) in LABELS.chars().zip(&all) {
        let name = form.asks.get(*at).map_or("", |ask| label(ask, lang));
        let role = severity_role(*severity);
        if message.is_empty() {
            empty.push(format!("{letter} {name}"));
            continue;
        }
        flow.item(&format!("{letter}"), 2, style(app, Role::Key), &format!("{name}：{message}"), style(app, role));
    }
    if !empty.is_empty() {
        flow.text(0, EntryMsg::ErrorsEmpty.text(lang), style(app, Role::Heading));
    }
    // As many beside each other as fit: all of them must be seen at once.
    let mut line = String::new();
    for one in empty {
        if !line.is_empty() && text::width(&line) + 2 + text::width(&one) > usize::from(columns) {
            flow.text(0, &std::mem::take(&mut line), style(app, Role::Text));
        }
        if !line.is_empty() {
            line.push_str("  ");
        }
        line.push_str(&one);
    }
    if !line.is_empty() {
        flow.text(0, &line, style(app, Role::Text));
    }
    flow
}

/// The values of a coded field; the caret stands in what narrows them.
fn choices(app: &App, form: &EntryForm, prompt: &Prompt, area: Rect, buf: &mut Buffer) -> Position {
    let lang = app.look.lang;
    let field = form.ask().map_or("", |ask| label(ask, lang));
    let title = text::wrap(&EntryMsg::PromptTitle.fill(lang, &[("field", field)]), usize::from(area.width));
    for (y, line) in (area.y..area.bottom()).zip(&title) {
        put(buf, area.x, y, area.width, line, style(app, Role::Heading));
    }
    let below = forms::below(area, title.len() as u16);
    let caret = forms::field(app, &prompt.filter, Rect { height: 1, ..below }, buf);
    let rows: Vec<(String, Role)> = prompt
        .fits
        .iter()
        .map(|(code, name)| if code.is_empty() { name.clone() } else { format!("{code} {name}") })
        .map(|line| (line, Role::Text))
        .collect();
    let list = forms::below(below, 1);
    if rows.is_empty() {
        put(buf, list.x, list.y, list.width, EntryMsg::PromptNone.text(lang), style(app, Role::Dim));
    } else {
        super::picks::rows(app, ("", Role::Dim), &rows, Some(prompt.picked), list, buf);
    }
    caret
}
