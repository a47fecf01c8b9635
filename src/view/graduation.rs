//! Screen 8: the schools of a year, or one school's graduates with everything about the one under the cursor.

use super::lines::Flow;
use super::palette::Role;
use super::{forms, put, put_lines, style};
use crate::app::graduation::{GraduationScreen, Part, why};
use crate::app::graduation_form::GradForm;
use crate::app::{App, words};
use crate::catalogue::{GradMsg, Lang, Msg};
use crate::keymap::{Action, Scope};
use crate::model::{Severity, StudyForm};
use crate::text;
use crate::wire::{CertificateLine, GraduateRow, GraduatesPage, GraduationSchool};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Cells of the columns of graduates: name, planned, form, status, paper.
const NAME: usize = 11;
const GRAD: usize = 8;
const FORM: usize = 9;
const STATUS: usize = 13;
const STAGE: usize = 7;

/// The schools, or the one that is open.
pub(super) fn draw(app: &App, screen: &GraduationScreen, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    match (&screen.school, &screen.page, &screen.schools) {
        (Some(_), Some(page), _) => graduates(app, screen, page, area, buf),
        (None, _, Some(schools)) => {
            let values = [("year", &*screen.year.to_string()), ("n", &*schools.total.to_string())];
            let title = GradMsg::SchoolsTitle.fill(lang, &values);
            put(buf, area.x, area.y, area.width, &title, style(app, Role::Heading));
            let below = Rect { y: area.y + 1, height: area.height - 1, ..area };
            school_rows(app, screen, &schools.items, below, buf);
        }
        _ => put(buf, area.x, area.y, area.width, Msg::Loading.text(lang), style(app, Role::Dim)),
    }
}

/// The first of `len` rows that is shown in `height` lines with this one in sight.
fn top(at: usize, len: usize, height: usize) -> usize {
    at.saturating_sub(height / 2).min(len.saturating_sub(height))
}

fn school_rows(app: &App, screen: &GraduationScreen, all: &[GraduationSchool], area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    if all.is_empty() {
        put(buf, area.x, area.y, area.width, GradMsg::NoSchools.text(lang), style(app, Role::Dim));
        return;
    }
    let name = usize::from(area.width).saturating_sub(1 + 9 + 13 + 13);
    let line = |mark: char, cells: [&str; 4]| {
        let [school, students, checked, archived] = cells;
        let rest = format!("{}{}{archived}", text::pad(students, 9), text::pad(checked, 13));
        format!("{mark}{}{rest}", text::pad(school, name))
    };
    let heads = [GradMsg::ColSchool, GradMsg::ColStudents, GradMsg::ColChecked, GradMsg::ColArchived];
    put(buf, area.x, area.y, area.width, &line(' ', heads.map(|head| head.text(lang))), style(app, Role::Dim));
    let height = usize::from(area.height - 1).max(1);
    let from = top(screen.picked, all.len(), height);
    for (y, (n, one)) in (area.y + 1..area.bottom()).zip(all.iter().enumerate().skip(from)) {
        let here = n == screen.picked;
        let not_yet = GradMsg::NotYet.text(lang).to_owned();
        let checked = match one.checked {
            0 => not_yet.clone(),
            n => GradMsg::Times.fill(lang, &[("n", &n.to_string())]),
        };
        let archived = one.archived.map_or(not_yet, |day| day.to_string());
        let cells = [one.name.as_str(), &one.students.to_string(), &checked, &archived];
        let role = if here { Role::Selected } else { Role::Text };
        put(buf, area.x, y, area.width, &line(if here { '>' } else { ' ' }, cells), style(app, role));
    }
}

fn graduates(app: &App, screen: &GraduationScreen, page: &GraduatesPage, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let values = [("school", &*page.name), ("year", &*page.year.to_string()), ("n", &*page.total.to_string())];
    put(buf, area.x, area.y, area.width, &GradMsg::Title.fill(lang, &values), style(app, Role::Heading));
    put(buf, area.x, area.y + 1, area.width, &standing(page, lang), style(app, Role::Dim));
    parts(app, screen, Rect { y: area.y + 2, height: 1, ..area }, buf);
    let rows: Vec<&GraduateRow> = screen.rows().collect();
    let table = Rect { y: area.y + 3, height: area.height.saturating_sub(3), ..area };
    if rows.is_empty() {
        let key = |action: Action| app.keymap.key_for(Scope::Graduation, action).unwrap_or_default();
        let keys = [("prev", &*key(Action::PrevYear)), ("next", &*key(Action::NextYear))];
        let none = if page.total == 0 { GradMsg::NoRows.fill(lang, &keys) } else { GradMsg::NoPart.text(lang).into() };
        put(buf, table.x, table.y, table.width, &none, style(app, Role::Dim));
        return;
    }
    let heads = [GradMsg::ColName, GradMsg::ColGrad, GradMsg::ColForm, GradMsg::ColStatus, GradMsg::ColStage];
    let [name, grad, form, status, stage] = heads.map(|head| head.text(lang).to_owned());
    let head = format!("  {}{}", cells([name, grad, form, status, stage]), GradMsg::ColWhy.text(lang));
    put(buf, table.x, table.y, table.width, &head, style(app, Role::Dim));
    // What is under the cursor has the lower part.
    let below = 10.min(table.height / 2);
    let height = usize::from(table.height.saturating_sub(1 + below)).max(1);
    let from = top(screen.row, rows.len(), height);
    let mut y = table.y + 1;
    for (n, row) in rows.iter().enumerate().skip(from).take(height) {
        line(app, row, n == screen.row, screen.marked.contains(&row.student), Rect { y, height: 1, ..table }, buf);
        y += 1;
    }
    if let Some(row) = rows.get(screen.row) {
        let place = Rect { y: y + 1, height: table.bottom().saturating_sub(y + 1), ..table };
        put_lines(buf, place, &of_graduate(app, page, row, place.width).lines, 0);
    }
}

/// The columns but for the last.
fn cells(texts: [String; 5]) -> String {
    let widths = [NAME, GRAD, FORM, STATUS, STAGE];
    texts.iter().zip(widths).map(|(text, width)| format!("{} ", text::pad(text, width - 1))).collect()
}

fn line(app: &App, row: &GraduateRow, here: bool, marked: bool, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let form = match row.study_form {
        StudyForm::FullTime => Msg::FormFullTime,
        StudyForm::PartTime => Msg::FormPartTime,
    };
    let stage = match Part::of(row) {
        Part::All | Part::Held => GradMsg::Nothing.text(lang),
        part => part.text(lang),
    };
    let texts = [
        row.name.clone(),
        row.planned_grad.format("%Y-%m").to_string(),
        form.text(lang).to_owned(),
        words::status(row.status, lang).to_owned(),
        stage.to_owned(),
    ];
    let (first, more) = why(row);
    let mut open = first.unwrap_or_default();
    let left = usize::from(area.width).saturating_sub(2 + NAME + GRAD + FORM + STATUS + STAGE);
    if more > 0 {
        let rest = GradMsg::More.fill(lang, &[("n", &more.to_string())]);
        open = format!("{}{rest}", text::truncate(&open, left.saturating_sub(text::width(&rest))));
    }
    let marks = [if here { '>' } else { ' ' }, if marked { '*' } else { ' ' }];
    let content = format!("{}{}{}{open}", marks[0], marks[1], cells(texts));
    let role = match Part::of(row) {
        _ if here => Role::Selected,
        Part::Held => Role::Warn,
        _ => Role::Text,
    };
    put(buf, area.x, area.y, area.width, &content, style(app, role));
}

/// Where the list and the year's certificates stand.
fn standing(page: &GraduatesPage, lang: Lang) -> String {
    let mut said = String::new();
    if let Some((from, until)) = page.check {
        let day = |day: crate::model::Day| day.format("%m-%d").to_string();
        let values = [("from", &*day(from)), ("until", &*day(until)), ("n", &*page.checked.to_string())];
        said += &GradMsg::CheckWindow.fill(lang, &values);
    }
    if let Some(from) = page.issued_from {
        said += &GradMsg::IssuedFrom.fill(lang, &[("day", &from.to_string())]);
    }
    said += &match &page.archived {
        Some(kept) => GradMsg::KeptOn.fill(lang, &[("day", &kept.on.to_string()), ("place", &kept.place)]),
        None => GradMsg::NotKept.text(lang).to_owned(),
    };
    said
}

/// The parts of the list with their counts.
fn parts(app: &App, screen: &GraduationScreen, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let mut x = area.x;
    for part in Part::ALL {
        let on = part == screen.part;
        let name = format!("{} {}", part.text(lang), screen.count(part));
        let content = if on { format!("[{name}]") } else { format!(" {name} ") };
        let width = (text::width(&content) as u16).min(area.right().saturating_sub(x));
        put(buf, x, area.y, width, &content, style(app, if on { Role::TabOn } else { Role::Text }));
        x += width;
    }
}

/// Everything about one graduate.
fn of_graduate(app: &App, page: &GraduatesPage, row: &GraduateRow, columns: u16) -> Flow {
    const HEAD: usize = 8;
    let lang = app.look.lang;
    let (head, plain) = (style(app, Role::Heading), style(app, Role::Text));
    let mut flow = Flow::new(columns);
    let stated = row.statement.clone().unwrap_or_default();
    let sign = |set: bool| if set { GradMsg::Yes } else { GradMsg::No }.text(lang);
    let or_none = |text: &str| if text.is_empty() { GradMsg::Nothing.text(lang).to_owned() } else { text.to_owned() };
    let plan = match row.study_form {
        StudyForm::PartTime => GradMsg::Plan.fill(lang, &[("plan", &or_none(&stated.plan))]),
        StudyForm::FullTime => String::new(),
    };
    let photo = if stated.photo.is_some() { GradMsg::Is } else { GradMsg::Nothing };
    let values = [
        ("hours", sign(stated.hours_done)),
        ("exam", sign(stated.exam_passed)),
        ("file", &or_none(&stated.study_file)),
        ("photo", photo.text(lang)),
        ("plan", &plan),
    ];
    flow.item(GradMsg::HeadStated.text(lang), HEAD, head, &GradMsg::Stated.fill(lang, &values), plain);
    let paper = row.certificate.as_ref().map_or(GradMsg::NoPaper.text(lang).to_owned(), |one| paper(one, lang));
    flow.item(GradMsg::HeadPaper.text(lang), HEAD, head, &paper, plain);
    for (n, finding) in row.findings.iter().enumerate() {
        let label = if n == 0 { GradMsg::HeadOpen.text(lang) } else { "" };
        let role = if finding.severity == Severity::Block { Role::Danger } else { Role::Warn };
        let article = words::article(&finding.article, lang);
        let said = format!("{article} {}：{}。{}", finding.rule, finding.because, finding.remedy);
        flow.item(label, HEAD, head, &said, style(app, role));
    }
    match Part::of(row) {
        Part::Delivered => {
            flow.item(GradMsg::HeadNext.text(lang), HEAD, head, GradMsg::NextNational.text(lang), plain);
        }
        Part::Awarded => flow.item(GradMsg::HeadLost.text(lang), HEAD, head, &page.lost, plain),
        _ => {}
    }
    flow
}

fn paper(one: &CertificateLine, lang: Lang) -> String {
    let day = |msg: GradMsg, day: Option<crate::model::Day>| {
        day.map(|day| msg.fill(lang, &[("day", &day.to_string())])).unwrap_or_default()
    };
    let values = [
        ("leave", one.leave.name()),
        ("number", one.number.as_deref().unwrap_or("")),
        ("who", &one.proposed_by),
        ("printed", &day(GradMsg::PaperPrinted, one.printed_on)),
        ("delivered", &day(GradMsg::PaperDelivered, one.delivered_on)),
        ("awarded", &day(GradMsg::PaperAwarded, one.awarded_on)),
    ];
    GradMsg::Paper.fill(lang, &values)
}

/// One of the short forms. Where the caret stands.
pub(super) fn form(app: &App, form: &GradForm, area: Rect, buf: &mut Buffer) -> Position {
    let lang = app.look.lang;
    put(buf, area.x, area.y, area.width, &form.title(lang), style(app, Role::Heading));
    let rows = form.rows(lang);
    let caret = forms::fields(app, &rows, form.at, forms::below(area, 2), buf);
    if let Some(hint) = form.hint() {
        let y = area.y + 3 + rows.len() as u16;
        if y < area.bottom() {
            put(buf, area.x, y, area.width, hint.text(lang), style(app, Role::Dim));
        }
    }
    caret
}
