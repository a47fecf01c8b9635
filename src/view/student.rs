//! Screen 2, the record: its tabs, and two records side by side.

use super::case::size;
use super::lines::Flow;
use super::palette::{self, Role};
use super::{divide, put, read, style};
use crate::app::student::{Record, RecordScreen, RecordTab};
use crate::app::{App, words};
use crate::catalogue::{AlertMsg, AsideMsg, Lang, Msg, RecordText};
use crate::model::{Light, Sex, StudyForm};
use crate::text;
use crate::wire::StudentView;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// One record or two. How far the one that keys mean can be scrolled.
pub(super) fn draw(app: &App, screen: &RecordScreen, area: Rect, buf: &mut Buffer) -> u16 {
    match &screen.records[..] {
        [left, right] if app.wide() => {
            let half = (area.width - 3) / 2;
            let places =
                [Rect { width: half, ..area }, Rect { x: area.x + half + 3, width: area.width - half - 3, ..area }];
            divide(app, Rect { x: area.x + half + 1, width: 1, ..area }, buf);
            let mut max = 0;
            for (n, (one, other)) in [(left, right), (right, left)].into_iter().enumerate() {
                let scrolled = record(app, screen, one, Some(other), places[n], buf);
                if n == screen.at {
                    max = scrolled;
                }
            }
            max
        }
        _ => {
            let other = screen.records.iter().enumerate().find(|(n, _)| *n != screen.at).map(|(_, other)| other);
            let mut place = area;
            if let Some(name) = other.and_then(|other| other.view.as_ref()).map(|view| view.brief.name.as_str()) {
                let said = Msg::BesideOf.fill(app.look.lang, &[("n", &(screen.at + 1).to_string()), ("name", name)]);
                put(buf, area.x, area.y, area.width, &said, style(app, Role::Warn));
                place = Rect { y: area.y + 1, height: area.height - 1, ..area };
            }
            screen.record().map_or(0, |one| record(app, screen, one, other, place, buf))
        }
    }
}

fn record(app: &App, screen: &RecordScreen, one: &Record, other: Option<&Record>, area: Rect, buf: &mut Buffer) -> u16 {
    let lang = app.look.lang;
    let meant = screen.record().is_some_and(|record| record.id == one.id);
    let Some(view) = &one.view else {
        put(buf, area.x, area.y, area.width, Msg::Loading.text(lang), style(app, Role::Dim));
        return 0;
    };
    let title = format!(
        "{}{}  {}  {}",
        if meant && screen.records.len() > 1 { ">" } else { "" },
        view.brief.name,
        id_no(one, view),
        words::status(view.brief.status, lang)
    );
    let role = if meant { Role::Heading } else { Role::Text };
    put(buf, area.x, area.y, area.width, &title, style(app, role));
    tabs(app, screen.tab, one, view, Rect { y: area.y + 1, height: 1, ..area }, buf);
    let inner = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    match screen.tab {
        RecordTab::Basic => {
            let flow = basic(app, one, view, other, inner.width);
            read(app, &flow.lines, one.scroll, inner, buf)
        }
        RecordTab::Alerts => {
            read(app, &super::alerts::of_student(app, view, inner.width).lines, one.scroll, inner, buf)
        }
        RecordTab::Timeline => read(app, &timeline(app, view, inner.width).lines, one.scroll, inner, buf),
        RecordTab::End => read(app, &super::student_log::end(app, view, inner.width).lines, one.scroll, inner, buf),
        RecordTab::Log => read(app, &super::student_log::log(app, one, inner.width).lines, one.scroll, inner, buf),
        RecordTab::Cases => {
            cases(app, one, meant, inner, buf);
            0
        }
        RecordTab::Papers => {
            papers(app, one, meant, inner, buf);
            0
        }
    }
}

fn tabs(app: &App, open: RecordTab, one: &Record, view: &StudentView, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let label = |tab: RecordTab| match tab {
        RecordTab::Basic => (Msg::TabBasic.text(lang), None),
        RecordTab::Alerts => (AlertMsg::TabOfRecord.text(lang), Some(view.alerts.len() as u64).filter(|n| *n > 0)),
        RecordTab::Timeline => (Msg::TabTimeline.text(lang), Some(view.student.history.len() as u64)),
        RecordTab::Cases => {
            let open = view.applications.iter().filter(|case| case.status.is_open()).count();
            (Msg::TabCases.text(lang), Some(open as u64))
        }
        RecordTab::Papers => (AsideMsg::TabPapers.text(lang), Some(view.papers.len() as u64)),
        RecordTab::End => (RecordText::TabEnd.text(lang), None),
        RecordTab::Log => (RecordText::TabLog.text(lang), one.log.as_ref().map(|log| log.total)),
    };
    let said = |tab: RecordTab, counted: bool| match label(tab) {
        (name, Some(n)) if counted => format!(" {name} {n} "),
        (name, _) => format!(" {name} "),
    };
    let cells = |counted: bool| -> usize { RecordTab::ALL.map(|tab| text::width(&said(tab, counted))).iter().sum() };
    // Beside another record there is no room for the counts.
    let counted = cells(true) <= usize::from(area.width);
    let at = RecordTab::ALL.iter().position(|tab| *tab == open).unwrap_or(0);
    let mut first = 0;
    let until = |first: usize| -> usize {
        RecordTab::ALL[first..=at].iter().map(|tab| text::width(&said(*tab, counted))).sum()
    };
    // The open one is always among those that are seen.
    while first < at && until(first) > usize::from(area.width) {
        first += 1;
    }
    let mut x = area.x;
    for tab in RecordTab::ALL.into_iter().skip(first) {
        let label = said(tab, counted);
        let (content, role) =
            if tab == open { (format!("[{}]", label.trim()), Role::TabOn) } else { (label, Role::Text) };
        let cells = (text::width(&content) as u16).min(area.right().saturating_sub(x));
        put(buf, x, area.y, cells, &content, style(app, role));
        x += cells;
    }
}

fn id_no<'a>(one: &'a Record, view: &'a StudentView) -> &'a str {
    one.revealed.as_ref().map_or(&view.student.id_no, |revealed| &revealed.id_no)
}

/// Labelled facts, the same ones in the same order for everybody.
fn facts(one: &Record, view: &StudentView, lang: Lang) -> Vec<(Msg, String)> {
    let student = &view.student;
    let brief = &view.brief;
    let mark = if one.revealed.is_some() { Msg::RevealMark.text(lang) } else { "" };
    let student_no = one.revealed.as_ref().map_or(&student.student_no, |revealed| &revealed.student_no);
    let sex = match student.sex {
        Sex::Male => Msg::SexMale,
        Sex::Female => Msg::SexFemale,
    };
    let form = match student.study_form {
        StudyForm::FullTime => Msg::FormFullTime,
        StudyForm::PartTime => Msg::FormPartTime,
    };
    let kind = match student.id_kind.as_str() {
        "1" => Msg::IdResident.text(lang).to_owned(),
        code => Msg::IdOther.fill(lang, &[("code", code)]),
    };
    let provincial = if brief.provincial { format!(" ({})", Msg::Provincial.text(lang)) } else { String::new() };
    let years = f32::from(student.half_years) / 2.0;
    let status = words::status(student.status, lang);
    let since = student.status_since.to_string();
    let mut facts = vec![
        (Msg::LabelName, student.name.clone()),
        (Msg::LabelSex, sex.text(lang).to_owned()),
        (Msg::LabelBirth, student.birth.to_string()),
        (Msg::LabelEthnic, student.ethnic.clone()),
        (Msg::LabelIdKind, kind),
        (Msg::LabelIdNo, format!("{}{mark}", id_no(one, view))),
        (Msg::LabelStudentNo, format!("{student_no}{mark}")),
        (Msg::LabelSchool, brief.school.clone()),
        (Msg::LabelCampus, student.campus.clone()),
        (Msg::LabelMajor, format!("{} {}{provincial}", student.major, brief.major)),
        (Msg::LabelClass, student.class_name.clone()),
        (Msg::LabelForm, form.text(lang).to_owned()),
        (Msg::LabelYears, Msg::YearsOf.fill(lang, &[("years", &years.to_string())])),
        (Msg::LabelEntry, student.entry.to_string()),
        (Msg::LabelGrad, student.planned_grad.format("%Y-%m").to_string()),
        (Msg::LabelStatus, Msg::StatusSince.fill(lang, &[("status", status), ("day", &since)])),
    ];
    let period = student.suspension.map(|period| {
        let (from, until) = (period.from.to_string(), period.until.to_string());
        Msg::FromUntil.fill(lang, &[("from", &from), ("until", &until)])
    });
    facts.push((Msg::LabelSuspension, period.unwrap_or_default()));
    let joint = student.joint.as_ref().map(|joint| {
        let values = [("study", joint.study_school.as_str()), ("partner", joint.partner_school.as_str())];
        Msg::JointOf.fill(lang, &values)
    });
    facts.push((Msg::LabelJoint, joint.unwrap_or_default()));
    facts.push((Msg::LabelFormer, former(one, view, lang)));
    facts.push((Msg::LabelCompulsory, student.compulsory_until.map(|day| day.to_string()).unwrap_or_default()));
    facts
}

/// What 信息变更 has replaced, newest first (R14.5).
fn former(one: &Record, view: &StudentView, lang: Lang) -> String {
    let shown = one.revealed.as_ref().map(|revealed| revealed.former.as_slice());
    let former = shown.unwrap_or(&view.student.former);
    let said = former.iter().rev().map(|former| {
        let (until, by) = (former.until.to_string(), former.application.map(|id| id.to_string()).unwrap_or_default());
        let values = [("field", former.field.name()), ("value", &*former.value), ("until", &until), ("by", &by)];
        Msg::FormerUntil.fill(lang, &values)
    });
    said.collect::<Vec<_>>().join("  ")
}

/// 基本信息. Beside another record, what differs is marked.
fn basic(app: &App, one: &Record, view: &StudentView, other: Option<&Record>, columns: u16) -> Flow {
    let lang = app.look.lang;
    let mut flow = Flow::new(columns);
    let ours = facts(one, view, lang);
    let theirs = other.and_then(|other| Some(facts(other, other.view.as_ref()?, lang)));
    let head = ours.iter().map(|(label, _)| text::width(label.text(lang))).max().unwrap_or(0) + 3;
    for (n, (label, fact)) in ours.iter().enumerate() {
        let beside = theirs.as_ref().and_then(|theirs| theirs.get(n)).map(|(_, fact)| fact);
        if fact.is_empty() && beside.is_none_or(String::is_empty) {
            continue;
        }
        let differs = beside.is_some_and(|beside| beside != fact);
        let (mark, role) = if differs { ("*", Role::Warn) } else { (" ", Role::Text) };
        let label = format!("{mark}{}", label.text(lang));
        flow.item(&label, head, style(app, Role::Heading), fact, style(app, role));
    }
    flow
}

/// 学籍轨迹, oldest first.
fn timeline(app: &App, view: &StudentView, columns: u16) -> Flow {
    let lang = app.look.lang;
    let mut flow = Flow::new(columns);
    if view.student.history.is_empty() {
        flow.text(1, Msg::TimelineNone.text(lang), style(app, Role::Dim));
    }
    for change in &view.student.history {
        let from = change.from.map_or(Msg::TimelineBegin.text(lang), |status| words::status(status, lang));
        // What changed no status and rests on no application but on Art. 12 is the end of compulsory education.
        let completed = change.from == Some(change.to) && change.application.is_none() && change.article == "12";
        let what = if completed {
            RecordText::CompulsoryDone.text(lang).to_owned()
        } else {
            format!("{from} -> {}", words::status(change.to, lang))
        };
        flow.item(&format!(" {}", change.on), 13, style(app, Role::Text), &what, style(app, Role::Heading));
        let mut why = Msg::TimelineBy.fill(lang, &[("article", &words::article(&change.article, lang))]);
        if let Some(id) = change.application {
            why = format!("{why}  {}", Msg::TimelineCase.fill(lang, &[("id", &id.to_string())]));
        }
        flow.text(13, &why, style(app, Role::Dim));
    }
    flow
}

/// 材料: what was brought with any of the applications, oldest first; Enter fetches one.
fn papers(app: &App, one: &Record, meant: bool, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let all = one.papers();
    if all.is_empty() {
        put(buf, area.x + 1, area.y, area.width - 1, AsideMsg::PapersNone.text(lang), style(app, Role::Dim));
    }
    let height = usize::from(area.height).max(1);
    let top = one.paper.saturating_sub(height / 2).min(all.len().saturating_sub(height));
    for (y, (n, paper)) in (area.y..area.bottom()).zip(all.iter().enumerate().skip(top)) {
        let picked = meant && n == one.paper;
        let piece = &paper.piece;
        let place = piece.original_place.as_ref().map(|place| Msg::EvidenceOriginal.fill(lang, &[("place", place)]));
        let line = format!(
            "{}{} {} {}  {}  {}  {}",
            if picked { ">" } else { " " },
            paper.application,
            text::pad(words::kind(paper.kind, lang), 8),
            piece.kind,
            piece.name,
            size(piece.size),
            place.unwrap_or_default(),
        );
        put(buf, area.x, y, area.width, line.trim_end(), style(app, if picked { Role::Selected } else { Role::Text }));
    }
}

/// 在办业务: open ones first; Enter opens one.
fn cases(app: &App, one: &Record, meant: bool, area: Rect, buf: &mut Buffer) {
    let lang = app.look.lang;
    let all = one.cases();
    if all.is_empty() {
        put(buf, area.x + 1, area.y, area.width - 1, Msg::CasesNone.text(lang), style(app, Role::Dim));
    }
    let height = usize::from(area.height).max(1);
    let top = one.picked.saturating_sub(height / 2).min(all.len().saturating_sub(height));
    for (y, (n, case)) in (area.y..area.bottom()).zip(all.iter().enumerate().skip(top)) {
        let picked = meant && n == one.picked;
        let light = case.row.as_ref().and_then(|row| row.clock.as_ref()).map_or(Light::None, |clock| clock.light);
        let role = match (picked, &case.row) {
            (true, _) => Role::Selected,
            (false, Some(_)) => palette::light(light),
            (false, None) => Role::Dim,
        };
        let stands = match &case.row {
            Some(row) => {
                let left = row.clock.as_ref().map(|clock| words::left(clock, lang)).unwrap_or_default();
                let light = text::pad(words::light(light, lang), 2);
                format!("{light} {} {}", text::pad(&left, 9), words::step(row, lang))
            }
            None => format!("   {} {}", text::pad("", 9), words::phase(case.status, lang)),
        };
        let line = format!(
            "{}{} {} {} {stands}",
            if picked { ">" } else { " " },
            case.id,
            text::pad(words::kind(case.kind, lang), 8),
            case.started.day(),
        );
        put(buf, area.x, y, area.width, &line, style(app, role));
    }
}
