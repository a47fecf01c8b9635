//! Screen 5: schools by items, and one school's matters with everything behind the one under the cursor.

use super::lines::Flow;
use super::palette::Role;
use super::{forms, put, put_lines, style};
use crate::app::alert_form::AlertForm;
use crate::app::alerts::{AlertsScreen, state};
use crate::app::{App, words};
use crate::catalogue::{AlertMsg, Lang, Msg};
use crate::model::{Alert, Grade, Item, Judged};
use crate::text;
use crate::wire::{AlertRow, AlertView, Nearness, SchoolAlerts, StudentView};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Cells of an item's column.
const ITEM: u16 = 6;
/// Cells of the rating's column.
const RATING: u16 = 5;

fn role(state: Nearness) -> Role {
    match state {
        Nearness::Clear => Role::Dim,
        Nearness::Near => Role::Warn,
        Nearness::Met | Nearness::Found => Role::Danger,
    }
}

/// The schools, or the one that is open.
pub(super) fn draw(app: &App, screen: &AlertsScreen, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    match (&screen.school, &screen.view, &screen.page) {
        (Some(_), Some(view), _) => matters(app, screen, view, area, buf),
        (None, _, Some(page)) => {
            let [_, near, met, found] = page.states.map(|n| n.to_string());
            let n = page.total.to_string();
            let values = [("n", n.as_str()), ("near", &near), ("met", &met), ("found", &found)];
            let mut title = AlertMsg::Title.fill(lang, &values);
            if let Some(item) = screen.item {
                let name = format!("{} {}", item.code(), item.name());
                title += &AlertMsg::OnlyItem.fill(lang, &[("item", &name)]);
            }
            put(buf, area.x, area.y, area.width, &title, style(app, Role::Heading));
            schools(app, screen, &page.items, Rect { y: area.y + 1, height: area.height - 1, ..area }, buf);
        }
        _ => put(buf, area.x, area.y, area.width, Msg::Loading.text(lang), style(app, Role::Dim)),
    }
}

fn schools(app: &App, screen: &AlertsScreen, all: &[SchoolAlerts], area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    if all.is_empty() {
        put(buf, area.x, area.y, area.width, AlertMsg::None.text(lang), style(app, Role::Dim));
        return;
    }
    let columns = Item::ALL.len() as u16;
    let name = area.width.saturating_sub(1 + RATING + columns * ITEM);
    let head = format!(
        " {}{}",
        text::pad(AlertMsg::ColSchool.text(lang), usize::from(name)),
        text::pad(AlertMsg::ColRating.text(lang), usize::from(RATING))
    );
    put(buf, area.x, area.y, area.width, &head, style(app, Role::Dim));
    for (n, item) in Item::ALL.into_iter().enumerate() {
        let x = area.x + 1 + name + RATING + n as u16 * ITEM;
        let looked = screen.item == Some(item);
        put(buf, x, area.y, ITEM, item.code(), style(app, if looked { Role::Heading } else { Role::Dim }));
    }
    // What is under the cursor has the lower part; a table of a few schools does not need more than it has.
    let below = 10.min(area.height / 2);
    let height = usize::from(area.height - 1 - below).max(1);
    let top = screen.picked.saturating_sub(height / 2).min(all.len().saturating_sub(height));
    let mut y = area.y + 1;
    for (n, one) in all.iter().enumerate().skip(top).take(height) {
        let here = n == screen.picked;
        let plain = if here { Role::Selected } else { Role::Text };
        let rating = one.rating.map_or("", |grade| grade.name());
        let line = format!(
            "{}{}{}",
            if here { '>' } else { ' ' },
            text::pad(&one.name, usize::from(name)),
            text::pad(rating.get(..1).unwrap_or(""), usize::from(RATING))
        );
        put(buf, area.x, y, area.width, &line, style(app, plain));
        for (at, line) in one.items.iter().enumerate() {
            let x = area.x + 1 + name + RATING + at as u16 * ITEM;
            let sign = state(line.state, lang);
            let cell = match line.count {
                _ if line.state == Nearness::Clear => sign.to_owned(),
                2..=9 => format!("{sign}{}", line.count),
                10.. => format!("{sign}+"),
                _ => sign.to_owned(),
            };
            put(buf, x, y, ITEM, &cell, style(app, if here { Role::Selected } else { role(line.state) }));
        }
        y += 1;
    }
    if let Some(one) = all.get(screen.picked) {
        let place = Rect { y: y + 1, height: area.bottom().saturating_sub(y + 1), ..area };
        put_lines(buf, place, &of_school(app, screen.item, one, place.width).lines, 0);
    }
}

fn standing(one: &SchoolAlerts, lang: Lang) -> String {
    let sanction = one.sanction.map(|(measure, quota)| {
        let quota = quota.map(|n| format!(" {n}")).unwrap_or_default();
        AlertMsg::Sanction.fill(lang, &[("what", &format!("{}{quota}", measure.name()))])
    });
    let custody = one.custody.as_ref().map(|who| AlertMsg::Custody.fill(lang, &[("who", who)]));
    let rating = one.rating.map_or(AlertMsg::Unrated.text(lang), Grade::name);
    let values = [
        ("rating", rating),
        ("sanction", sanction.as_deref().unwrap_or("")),
        ("custody", custody.as_deref().unwrap_or("")),
    ];
    AlertMsg::Standing.fill(lang, &values)
}

/// The items of a school in words: those that find something first.
fn of_school(app: &App, item: Option<Item>, one: &SchoolAlerts, columns: u16) -> Flow {
    let mut flow = Flow::new(columns);
    flow.text(0, &format!("{}  {}", one.name, standing(one, app.look.lang)), style(app, Role::Heading));
    let mut lines: Vec<_> = one.items.iter().filter(|line| item.is_none_or(|item| line.item == item)).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.state));
    for line in lines {
        let label = format!("{} {} {}", line.item.code(), state(line.state, app.look.lang), line.item.name());
        flow.item(&label, 22, style(app, role(line.state)), &line.text, style(app, Role::Text));
    }
    flow
}

fn matters(app: &App, screen: &AlertsScreen, view: &AlertView, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let item = view.item.map(|item| format!("  {} {}", item.code(), item.name())).unwrap_or_default();
    put(buf, area.x, area.y, area.width, &format!("{}{item}", view.name), style(app, Role::Heading));
    if view.rows.is_empty() {
        let mut flow = Flow::new(area.width);
        flow.text(0, AlertMsg::NoMatter.text(lang), style(app, Role::Dim));
        for line in &view.lines {
            flow.item(
                &format!("{} {}", line.item.code(), line.item.name()),
                22,
                style(app, Role::Dim),
                &line.text,
                style(app, Role::Text),
            );
        }
        put_lines(buf, Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area }, &flow.lines, 0);
        return;
    }
    let most = usize::from(area.height / 3).max(3);
    let height = view.rows.len().min(most);
    let top = screen.row.saturating_sub(height / 2).min(view.rows.len().saturating_sub(height));
    let mut y = area.y + 1;
    for (n, row) in view.rows.iter().enumerate().skip(top).take(height) {
        let here = n == screen.row;
        let who = row.student.as_ref().map_or(AlertMsg::Whole.text(lang), |student| &student.name);
        let case = row.case.as_ref().map(|case| case.id.to_string()).unwrap_or_default();
        let line = format!(
            "{}{} {} {} {} {}",
            if here { '>' } else { ' ' },
            row.item.code(),
            text::pad(state(row.state, lang), 5),
            text::pad(who, 10),
            text::pad(&case, 8),
            row.because
        );
        put(buf, area.x, y, area.width, &line, style(app, if here { Role::Selected } else { role(row.state) }));
        y += 1;
    }
    if let Some(row) = screen.matter() {
        let place = Rect { y: y + 1, height: area.bottom().saturating_sub(y + 1), ..area };
        put_lines(buf, place, &matter(app, row, view, place.width).lines, 0);
    }
}

/// Everything behind one matter.
fn matter(app: &App, row: &AlertRow, view: &AlertView, columns: u16) -> Flow {
    let lang = app.look.lang;
    let (head, text_role) = (style(app, Role::Heading), style(app, Role::Text));
    let width = 11;
    let mut flow = Flow::new(columns);
    if let Some(student) = &row.student {
        let status = words::status(student.status, lang);
        flow.text(0, &format!("{} {} {} {status}  {}", student.name, student.id, student.class_name, row.rule), head);
    } else {
        flow.text(0, &format!("{}  {}", view.name, row.rule), head);
    }
    flow.item(AlertMsg::HeadFacts.text(lang), width, head, &row.because, text_role);
    if !row.distance.is_empty() {
        flow.item(AlertMsg::HeadDistance.text(lang), width, head, &row.distance, style(app, Role::Warn));
    }
    if row.blocks && !view.blocked.is_empty() {
        flow.item(AlertMsg::Blocks.text(lang), width, head, &view.blocked, text_role);
    }
    case(app, &mut flow, row.case.as_deref(), row.unanswered, width);
    flow
}

/// The case on a matter: reminders, explanations, findings.
fn case(app: &App, flow: &mut Flow, case: Option<&Alert>, unanswered: u32, width: usize) {
    let lang = app.look.lang;
    let (head, text_role) = (style(app, Role::Heading), style(app, Role::Text));
    let Some(case) = case else {
        flow.item(AlertMsg::HeadCase.text(lang), width, head, AlertMsg::NoCase.text(lang), style(app, Role::Dim));
        return;
    };
    let (id, day) = (case.id.to_string(), case.opened.day().to_string());
    let values = [
        ("id", id.as_str()),
        ("day", &day),
        ("name", &case.by.name),
        ("document", &case.document),
        ("stage", case.stage.name()),
    ];
    flow.item(AlertMsg::HeadCase.text(lang), width, head, &AlertMsg::CaseOf.fill(lang, &values), text_role);
    let (n, open) = (case.reminders.len().to_string(), unanswered.to_string());
    let counted = AlertMsg::RemindedTimes.fill(lang, &[("n", &n), ("open", &open)]);
    flow.item(AlertMsg::HeadReminders.text(lang), width, head, &counted, text_role);
    let line = |at: crate::model::Stamp, name: &str, text: &str| {
        AlertMsg::Line.fill(lang, &[("day", &at.day().to_string()), ("name", name), ("text", text)])
    };
    for one in &case.reminders {
        flow.text(width, &line(one.at, &one.by.name, &format!("{} {}", one.channel, one.content)), text_role);
    }
    for (n, one) in case.explanations.iter().enumerate() {
        let label = if n == 0 { AlertMsg::HeadExplained.text(lang) } else { "" };
        flow.item(label, width, head, &line(one.at, &one.by.name, &one.text), text_role);
    }
    let mut label = AlertMsg::HeadJudged.text(lang);
    for one in &case.judged {
        flow.item(std::mem::take(&mut label), width, head, &judged(one, lang), text_role);
    }
    if let Some(one) = &case.proposal {
        let day = one.at.day().to_string();
        let values = [
            ("day", day.as_str()),
            ("name", &one.by.name),
            ("stage", one.to.name()),
            ("text", &one.text),
            ("document", &one.document),
        ];
        flow.item(label, width, head, &AlertMsg::Proposed.fill(lang, &values), style(app, Role::Warn));
    }
}

fn judged(one: &Judged, lang: Lang) -> String {
    let day = one.at.day().to_string();
    let of = &one.judgement;
    if one.agreed {
        let values = [
            ("day", day.as_str()),
            ("name", &one.by.name),
            ("stage", of.to.name()),
            ("text", &of.text),
            ("document", &of.document),
        ];
        return AlertMsg::Agreed.fill(lang, &values);
    }
    AlertMsg::SentBack.fill(lang, &[("day", &day), ("name", &one.by.name), ("text", &one.remark)])
}

/// One of the forms; where the caret stands.
pub(super) fn form(app: &App, form: &AlertForm, area: Rect, buf: &mut Buffer) -> Position {
    let lang = app.look.lang;
    put(buf, area.x, area.y, area.width, &form.title(lang), style(app, Role::Heading));
    let facts = text::wrap(form.facts(), usize::from(area.width));
    for (y, line) in (area.y + 1..area.bottom()).zip(&facts) {
        put(buf, area.x, y, area.width, line, style(app, Role::Dim));
    }
    forms::fields(app, &form.rows(lang), form.at, forms::below(area, 2 + facts.len() as u16), buf)
}

/// The 预警 tab of a student's record.
pub(super) fn of_student(app: &App, view: &StudentView, columns: u16) -> Flow {
    let lang = app.look.lang;
    let (head, text_role) = (style(app, Role::Heading), style(app, Role::Text));
    let mut flow = Flow::new(columns);
    if view.alerts.is_empty() {
        flow.text(0, AlertMsg::RecordClear.text(lang), style(app, Role::Dim));
    }
    for row in &view.alerts {
        let label = format!("{} {}", row.item.code(), state(row.state, lang));
        let distance = if row.distance.is_empty() { String::new() } else { format!("；{}", row.distance) };
        flow.item(
            &label,
            11,
            style(app, role(row.state)),
            &format!("{}{distance}（{}）", row.because, row.rule),
            text_role,
        );
        case(app, &mut flow, row.case.as_deref(), row.unanswered, 11);
        flow.gap();
    }
    let Some(known) = &view.attendance else { return flow };
    for (n, one) in known.absences.iter().enumerate() {
        let back = one.returned.map_or(AlertMsg::StillAway.text(lang).to_owned(), |day| {
            AlertMsg::BackOn.fill(lang, &[("day", &day.to_string())])
        });
        let values = [("from", &*one.left.to_string()), ("back", &back), ("document", &one.document)];
        let label = if n == 0 { AlertMsg::Absences.text(lang) } else { "" };
        flow.item(label, 11, head, &AlertMsg::AbsenceRow.fill(lang, &values), text_role);
    }
    for (n, one) in known.checks.iter().enumerate() {
        let label = if n == 0 { AlertMsg::Checks.text(lang) } else { "" };
        flow.item(label, 11, head, &format!("{} {} {}", one.on, one.found.name(), one.document), text_role);
    }
    flow
}
