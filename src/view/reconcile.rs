//! Screen 7: the schools and the line of FM5, who of one school differs, one student with both sides.

use super::lines::Flow;
use super::palette::Role;
use super::{put, put_lines, style};
use crate::app::App;
use crate::app::reconcile::{MOST, ReconcileScreen, TABS, field};
use crate::app::reconcile_errand::system;
use crate::app::screen::Screen;
use crate::catalogue::{Lang, Msg, NationalText as Text};
use crate::keymap::Action;
use crate::text;
use crate::wire::{CuredRow, NationalDiff, NationalItem, NationalKind, NationalSchool, NationalSides};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells of the figures' columns: here, there, differing, per cent, distance to the line, day of the list.
const FIGURES: [u16; 6] = [6, 7, 7, 9, 12, 11];
/// Lines below the rows of a school: what the cursor is on.
const BELOW: u16 = 5;

/// The schools, or the one that is open, or its student.
pub(super) fn draw(app: &App, screen: &ReconcileScreen, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    match (&screen.school, &screen.diff, &screen.who, &screen.sides) {
        (Some(_), Some(diff), Some(_), Some(of)) => sides(app, screen, diff, of, area, buf),
        (Some(_), Some(diff), None, _) => school(app, screen, diff, area, buf),
        (None, ..) if screen.schools.is_some() => schools(app, screen, area, buf),
        (Some(_), None, ..) if !app.waiting() => {
            for (y, line) in (area.y..area.bottom()).zip(text::wrap(&app.no_list(), usize::from(area.width))) {
                put(buf, area.x, y, area.width, &line, style(app, Role::Dim));
            }
        }
        _ => put(buf, area.x, area.y, area.width, Msg::Loading.text(lang), style(app, Role::Dim)),
    }
}

/// Whether an action of the footer means something where the reader is: among the schools, in one, or at a student.
pub(super) fn means(app: &App, action: Action) -> bool {
    let Some(Screen::Reconcile(screen)) = app.stack.last() else { return true };
    let of_student = matches!(action, Action::Keyed | Action::KeyedOther | Action::Same);
    match (&screen.school, &screen.who) {
        (None, _) => !of_student && action != Action::NextTab,
        (Some(_), Some(who)) => match action {
            Action::NextTab | Action::LoadNational => false,
            // Who is on the other side only has no record here.
            Action::Open => who.student.is_some(),
            Action::Same => screen.item().is_some_and(|item| item.perhaps.is_some()),
            _ => true,
        },
        (Some(_), None) if TABS.get(screen.tab) == Some(&Text::TabCured) => {
            !of_student && !matches!(action, Action::Open | Action::LoadNational)
        }
        (Some(_), None) => action != Action::LoadNational,
    }
}

fn to_line(of: &NationalSchool, lang: Lang) -> String {
    let (msg, n) = if of.fm5 { (Text::Over, -of.left) } else { (Text::Within, of.left) };
    msg.fill(lang, &[("n", &n.to_string())])
}

fn role(of: &NationalSchool) -> Role {
    match of.fm5 {
        _ if of.loaded.is_none() => Role::Dim,
        true => Role::Danger,
        // The nearer half of the way is worth a look.
        false if of.differing_students > 0 && of.left < i64::from(of.differing_students) => Role::Warn,
        false => Role::Text,
    }
}

fn schools(app: &App, screen: &ReconcileScreen, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let Some(page) = &screen.schools else { return };
    let n = |n: usize| n.to_string();
    let loaded = page.items.iter().filter(|of| of.loaded.is_some()).count();
    let over = page.items.iter().filter(|of| of.fm5).count();
    let values = [("n", &*n(page.items.len())), ("loaded", &n(loaded)), ("over", &n(over))];
    put(buf, area.x, area.y, area.width, &Text::Title.fill(lang, &values), style(app, Role::Heading));
    if page.items.is_empty() {
        put(buf, area.x, area.y + 2, area.width, Text::NoSchools.text(lang), style(app, Role::Dim));
        return;
    }
    let heads = [Text::ColHere, Text::ColThere, Text::ColDiffer, Text::ColPercent, Text::ColLine, Text::ColLoaded];
    let name = area.width.saturating_sub(1 + FIGURES.iter().sum::<u16>());
    let cells = |first: &str, rest: [String; 6]| {
        let figures = rest.iter().zip(FIGURES).map(|(cell, width)| text::pad_left(cell, usize::from(width)));
        format!("{}{}", text::pad(first, usize::from(name)), figures.collect::<String>())
    };
    let head = cells(Text::ColSchool.text(lang), heads.map(|head| head.text(lang).to_owned()));
    put(buf, area.x + 1, area.y + 1, area.width - 1, &head, style(app, Role::Dim));
    let height = usize::from(area.height.saturating_sub(5)).max(1);
    let top = (screen.picked + 1).saturating_sub(height);
    for (line, of) in page.items.iter().enumerate().skip(top).take(height) {
        let y = area.y + 2 + (line - top) as u16;
        let on = line == screen.picked;
        let look = style(app, if on { Role::Selected } else { role(of) });
        let row = match of.loaded {
            None => {
                let none = Text::NoList.text(lang).to_owned();
                cells(&of.name, [String::new(), String::new(), String::new(), String::new(), String::new(), none])
            }
            Some(at) => cells(
                &of.name,
                [
                    of.students_here.to_string(),
                    of.students_national.to_string(),
                    of.differing_students.to_string(),
                    format!("{}%", of.percent),
                    to_line(of, lang),
                    at.day().format("%Y-%m-%d").to_string(),
                ],
            ),
        };
        put(buf, area.x, y, 1, if on { ">" } else { "" }, look);
        put(buf, area.x + 1, y, area.width - 1, &row, look);
    }
    if let Some(of) = screen.picked_school() {
        let said = match of.loaded {
            None => format!("{}  {}", of.name, app.no_list()),
            Some(at) => split(of, &load_of(of, at, lang), lang),
        };
        below(app, &said, 2, area, buf);
    }
}

fn split(of: &NationalSchool, list: &str, lang: Lang) -> String {
    let [fields, there, here] = [of.fields_differ, of.missing_here, of.missing_there].map(|n| n.to_string());
    let values = [
        ("school", of.school.as_str()),
        ("name", &of.name),
        ("fields", &fields),
        ("there", &there),
        ("here", &here),
        ("list", list),
    ];
    Text::Split.fill(lang, &values)
}

fn load_of(of: &NationalSchool, at: crate::model::Stamp, lang: Lang) -> String {
    let (day, load) = (at.day().to_string(), of.load.to_string());
    Text::ListOf.fill(lang, &[("day", &day), ("name", &of.loaded_by), ("load", &load)])
}

/// A few lines at the end of the area.
fn below(app: &App, said: &str, most: u16, area: Rect, buf: &mut Buffer) {
    let lines = text::wrap(said, usize::from(area.width.saturating_sub(1)));
    let from = area.bottom().saturating_sub(most);
    for (y, line) in (from..area.bottom()).zip(&lines) {
        put(buf, area.x, y, area.width, line, style(app, Role::Dim));
    }
}

fn title(app: &App, of: &NationalSchool, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let figures = [of.students_here, of.students_national, of.differing_students].map(|n| n.to_string());
    let line = to_line(of, lang);
    let fill = |name: &str| {
        let values = [
            ("name", name),
            ("here", figures[0].as_str()),
            ("there", &figures[1]),
            ("n", &figures[2]),
            ("percent", &of.percent),
            ("line", &line),
        ];
        Text::SchoolLine.fill(lang, &values)
    };
    // The name gives way: the figures are always whole.
    let room = usize::from(area.width).saturating_sub(text::width(&fill("")));
    let head = style(app, if of.fm5 { Role::Danger } else { Role::Heading });
    put(buf, area.x, area.y, area.width, &fill(&text::truncate(&of.name, room)), head);
}

fn school(app: &App, screen: &ReconcileScreen, diff: &NationalDiff, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    title(app, &diff.school, area, buf);
    let mut x = area.x;
    for (n, tab) in TABS.iter().enumerate() {
        let on = n == screen.tab;
        let name = format!("{} {}", tab.text(lang), screen.count(n));
        let name = if on { format!("[{name}]") } else { format!(" {name} ") };
        let cells = (text::width(&name) as u16).min(area.right().saturating_sub(x));
        put(buf, x, area.y + 1, cells, &name, style(app, if on { Role::TabOn } else { Role::Text }));
        x += cells;
    }
    let rows = Rect { y: area.y + 2, height: area.height.saturating_sub(2 + BELOW), ..area };
    if TABS.get(screen.tab) == Some(&Text::TabCured) {
        cured(app, screen, rows, buf);
    } else {
        items(app, screen, rows, buf);
    }
    let mut flow = Flow::new(area.width);
    let cursor = screen.item().filter(|_| TABS.get(screen.tab) != Some(&Text::TabCured));
    if let Some(item) = cursor {
        let suggest = Text::Suggest.fill(lang, &[("system", system(item.system, lang))]);
        let note = note(item, lang).map(|note| format!("  {note}")).unwrap_or_default();
        let line = format!("{} {}: {}{note}", item.name, item.student_no, what(item, lang));
        flow.text(0, &line, style(app, Role::Text));
        let more: Vec<String> =
            [Some(suggest), matched(item, lang), application(item, lang)].into_iter().flatten().collect();
        flow.text(0, &more.join("  "), style(app, Role::Text));
    }
    let since = diff.since.map(|at| at.day().to_string()).unwrap_or_default();
    let [cured, new, keyed, vain] = [diff.cured, diff.new, diff.keyed, diff.in_vain].map(|n| n.to_string());
    let values = [("day", since.as_str()), ("cured", &cured), ("new", &new), ("keyed", &keyed), ("vain", &vain)];
    let progress = Text::SinceLoad.fill(lang, &values);
    let place = Rect { y: area.bottom() - BELOW + 1, height: BELOW - 2, ..area };
    put_lines(buf, place, &flow.lines, 0);
    let last = if diff.items.len() >= MOST && diff.next.is_some() {
        Text::More.fill(lang, &[("n", &diff.items.len().to_string())])
    } else {
        progress
    };
    put(buf, area.x, area.bottom() - 1, area.width, &last, style(app, Role::Dim));
}

/// Widths of system, class, name and mark; what differs takes the rest.
fn widths(area: Rect) -> [u16; 4] {
    if area.width >= 110 { [7, 18, 22, 16] } else { [7, 12, 11, 13] }
}

/// Cells of a row, a blank after each but the last: what was cut does not run into what follows.
fn columns<const N: usize>(cells: [&str; N], widths: [u16; N]) -> String {
    let one = |(n, (cell, width)): (usize, (&&str, u16))| {
        let (width, gap) = (usize::from(width), usize::from(n + 1 < N));
        text::pad(&text::truncate(cell, width.saturating_sub(gap)), width)
    };
    cells.iter().zip(widths).enumerate().map(one).collect()
}

fn items(app: &App, screen: &ReconcileScreen, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let [into, class, name, mark] = widths(area);
    let rest = area.width.saturating_sub(1 + into + class + name + mark);
    let row = |cells: [&str; 5]| columns(cells, [into, class, name, rest, mark]);
    let heads =
        [Text::ColSystem, Text::ColClass, Text::ColName, Text::ColWhat, Text::ColMark].map(|head| head.text(lang));
    put(buf, area.x + 1, area.y, area.width - 1, &row(heads), style(app, Role::Dim));
    let all = screen.rows(screen.tab);
    if all.is_empty() {
        put(buf, area.x + 1, area.y + 2, area.width - 1, Text::AllCured.text(lang), style(app, Role::Dim));
    }
    let height = usize::from(area.height.saturating_sub(1)).max(1);
    let top = (screen.row + 1).saturating_sub(height);
    for (line, item) in all.iter().enumerate().skip(top).take(height) {
        let y = area.y + 1 + (line - top) as u16;
        let on = line == screen.row;
        let look = match (&item.keyed, on) {
            (_, true) => Role::Selected,
            (Some(keyed), _) if keyed.in_vain => Role::Danger,
            (Some(_), _) => Role::Dim,
            (None, _) => Role::Text,
        };
        let content =
            row([system(item.system, lang), &item.class_name, &item.name, &what(item, lang), &mark_of(item, lang)]);
        put(buf, area.x, y, 1, if on { ">" } else { "" }, style(app, look));
        put(buf, area.x + 1, y, area.width - 1, &content, style(app, look));
    }
}

fn cured(app: &App, screen: &ReconcileScreen, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    // The mark as wide as everywhere, the document in full.
    let [_, _, name, mark] = widths(area);
    let rest = area.width.saturating_sub(1 + name + 20 + mark);
    let row = |cells: [&str; 4]| columns(cells, [name, 20, rest, mark]);
    let heads = [Text::ColName, Text::ColNumber, Text::ColWhat, Text::ColMark].map(|head| head.text(lang));
    put(buf, area.x + 1, area.y, area.width - 1, &row(heads), style(app, Role::Dim));
    if screen.cured().is_empty() {
        put(buf, area.x + 1, area.y + 2, area.width - 1, Text::NoneCured.text(lang), style(app, Role::Dim));
    }
    let height = usize::from(area.height.saturating_sub(1)).max(1);
    let top = (screen.row + 1).saturating_sub(height);
    for (line, one) in screen.cured().iter().enumerate().skip(top).take(height) {
        let y = area.y + 1 + (line - top) as u16;
        let on = line == screen.row;
        let look = style(app, if on { Role::Selected } else { Role::Text });
        let done = if one.whole { Text::CuredWhole } else { Text::CuredPart }.text(lang);
        put(buf, area.x, y, 1, if on { ">" } else { "" }, look);
        put(buf, area.x + 1, y, area.width - 1, &row([&one.name, &one.id_no, &cured_what(one, lang), done]), look);
    }
}

fn cured_what(one: &CuredRow, lang: Lang) -> String {
    let word = |word: &String| match word.as_str() {
        "missing_here" => Text::OnlyThere.text(lang).to_owned(),
        "missing_there" => Text::OnlyHere.text(lang).to_owned(),
        other => field(other.strip_prefix("differs:").unwrap_or(other), lang).to_owned(),
    };
    one.what.iter().map(word).collect::<Vec<_>>().join(if lang == Lang::Zh { "、" } else { ", " })
}

/// What differs, in a line.
fn what(item: &NationalItem, lang: Lang) -> String {
    match item.kind {
        NationalKind::MissingHere => Text::OnlyThere.text(lang).to_owned(),
        NationalKind::MissingThere => Text::OnlyHere.text(lang).to_owned(),
        NationalKind::FieldsDiffer => {
            let one = |of: &crate::wire::TwoSides| {
                let none = Text::NothingThere.text(lang);
                let side = |text: &str| if text.is_empty() { none.to_owned() } else { text.to_owned() };
                let (here, there) = (side(&of.here), side(&of.there));
                Text::FieldLine.fill(lang, &[("field", field(&of.field, lang)), ("here", &here), ("there", &there)])
            };
            item.fields.iter().map(one).collect::<Vec<_>>().join(if lang == Lang::Zh { "；" } else { "; " })
        }
    }
}

fn mark_of(item: &NationalItem, lang: Lang) -> String {
    match &item.keyed {
        Some(keyed) if keyed.in_vain => Text::KeyedInVain.text(lang).to_owned(),
        Some(keyed) => Text::Keyed.fill(lang, &[("day", &keyed.at.day().format("%m-%d").to_string())]),
        None if item.perhaps.is_some() => Text::Perhaps.text(lang).to_owned(),
        None if item.new => Text::New.text(lang).to_owned(),
        None => String::new(),
    }
}

/// Where else the student stands. The server says it in the words of the exported file.
fn note(item: &NationalItem, lang: Lang) -> Option<String> {
    let note = item.note.as_deref()?;
    let school = match note.rsplit_once(" at ") {
        Some((_, code)) if code.starts_with(|c: char| c.is_ascii_digit()) => code,
        _ => Text::NoteOutside.text(lang),
    };
    let msg = if note.starts_with("in the module") { Text::NoteHere } else { Text::NoteThere };
    Some(msg.fill(lang, &[("school", school)]))
}

fn matched(item: &NationalItem, lang: Lang) -> Option<String> {
    let msg = match item.by.as_deref() {
        Some("former") => Text::ByFormer,
        Some("person") => Text::ByPerson,
        _ if item.perhaps.is_some() => Text::ByName,
        _ => return None,
    };
    Some(msg.text(lang).to_owned())
}

fn application(item: &NationalItem, lang: Lang) -> Option<String> {
    item.application.map(|id| Text::FromApplication.fill(lang, &[("id", &id.to_string())]))
}

/// One student with both sides, what differs marked.
fn sides(app: &App, screen: &ReconcileScreen, diff: &NationalDiff, of: &NationalSides, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    title(app, &diff.school, area, buf);
    let item = screen.item().unwrap_or(&of.item);
    let line = format!("{}  {}  {}", item.name, item.class_name, mark_of(item, lang));
    put(buf, area.x, area.y + 1, area.width, &line, style(app, Role::Heading));
    let head: u16 = 13;
    let half = area.width.saturating_sub(head + 2) / 2;
    let row = |cells: [&str; 3]| columns(cells, [head, half, half]);
    let heads = [Text::HeadField, Text::ColHere, Text::ColThere].map(|text| text.text(lang));
    put(buf, area.x + 2, area.y + 2, area.width - 2, &row(heads), style(app, Role::Dim));
    let mut y = area.y + 3;
    for one in of.rows.iter().take(usize::from(area.height.saturating_sub(3))) {
        let none = Text::NothingThere.text(lang);
        let side =
            |text: &Option<String>| text.clone().filter(|text| !text.is_empty()).unwrap_or_else(|| none.to_owned());
        let look = style(app, if one.differs { Role::Danger } else { Role::Text });
        put(buf, area.x, y, 2, if one.differs { "*" } else { "" }, look);
        let content = row([field(&one.field, lang), &side(&one.here), &side(&one.there)]);
        put(buf, area.x + 2, y, area.width - 2, &content, look);
        y += 1;
    }
    let mut flow = Flow::new(area.width);
    let text_role = style(app, Role::Text);
    let suggest = Text::Suggest.fill(lang, &[("system", system(item.system, lang))]);
    let said = [Some(suggest), matched(item, lang), note(item, lang), application(item, lang)];
    flow.text(0, &said.into_iter().flatten().collect::<Vec<_>>().join("  "), text_role);
    for (into, at, name) in of.marks.iter().rev() {
        let day = at.day().to_string();
        let values = [("day", day.as_str()), ("name", name), ("system", into.map_or("", |into| system(into, lang)))];
        let msg = if into.is_some() { Text::MarkedInto } else { Text::MarkTaken };
        flow.text(0, &msg.fill(lang, &values), style(app, Role::Dim));
    }
    let place = Rect { y: y + 1, height: area.bottom().saturating_sub(y + 1), ..area };
    put_lines(buf, place, &flow.lines, 0);
}
