//! The negative list for desks (screen 5): schools with their eight items, and one item down to the students.

use super::case::rule_text;
use super::hall::Hall;
use super::lists::length;
use super::reads::not_found;
use super::refusal::Refusal;
use super::session::Asker;
use crate::desk::alerts::{SchoolReading, alert_case};
use crate::desk::{Asked, State};
use crate::law::negative::cases::{AlertAct, why_not};
use crate::law::negative::{self, Reading};
use crate::law::rules;
use crate::model::{Alert, Item, Office, OfficeId, Stage, Standing, Student, StudentId};
use crate::wire::{
    AlertDoable, AlertRequest, AlertRow, AlertStudent, AlertView, AlertsPage, AlertsRequest, Doable, ItemLine,
    MAX_LINE, Nearness, SchoolAlerts,
};
use chrono::Datelike;
use std::cmp::Reverse;

/// Most matters of one answer.
const MOST_ROWS: usize = 200;

fn near(nearness: negative::Nearness) -> Nearness {
    match nearness {
        negative::Nearness::Clear => Nearness::Clear,
        negative::Nearness::Near => Nearness::Near,
        negative::Nearness::Met => Nearness::Met,
        negative::Nearness::Found => Nearness::Found,
    }
}

fn lines(of: &SchoolReading) -> Vec<ItemLine> {
    let line = |one: &negative::Summary| ItemLine {
        item: one.item,
        state: near(one.nearness),
        count: one.count,
        text: one.text.clone(),
    };
    of.summaries.iter().map(line).collect()
}

/// A school's place in the list: the nearest first, then the one with more items that near.
fn rank(of: &SchoolReading, item: Option<Item>) -> (Reverse<negative::Nearness>, Reverse<usize>) {
    let states = || of.summaries.iter().filter(|one| item.is_none_or(|item| one.item == item));
    let worst = states().map(|one| one.nearness).max().unwrap_or(negative::Nearness::Clear);
    (Reverse(worst), Reverse(states().filter(|one| one.nearness == worst).count()))
}

fn name(hall: &Hall, id: &OfficeId) -> Result<String, Refusal> {
    Ok(hall.store().office(id)?.map_or_else(|| id.to_string(), |office| office.name))
}

/// Schools with their items.
pub(super) fn list(hall: &Hall, asker: &Asker, request: &AlertsRequest) -> Result<AlertsPage, Refusal> {
    let today = asker.now.day();
    let wanted = |id: &OfficeId| asker.scope.covers(id) && request.school.as_ref().is_none_or(|school| school == id);
    let mut all = hall.board().all(hall.store(), today, &wanted);
    let clear = |of: &SchoolReading| rank(of, request.item).0.0 == negative::Nearness::Clear;
    if request.near || request.item.is_some() {
        all.retain(|of| !clear(of));
    }
    all.sort_by_cached_key(|of| (rank(of, request.item), of.school.clone()));
    let mut page = AlertsPage { total: u32::try_from(all.len()).unwrap_or(u32::MAX), ..AlertsPage::default() };
    for of in &all {
        page.states[rank(of, request.item).0.0 as usize] += 1;
    }
    let from = request.after.as_ref().and_then(|after| all.iter().position(|of| of.school == *after));
    let count = if request.count == 0 { 50 } else { request.count.min(200) } as usize;
    let mut bytes = 0;
    let mut rest = all.iter().skip(from.map_or(0, |at| at + 1)).peekable();
    while let Some(of) = rest.peek() {
        let standing = of.standing.as_deref();
        let custody = standing.and_then(Standing::custody).map(|ruled| match &ruled.prepared.ruling {
            crate::model::Ruling::Custody { operator, .. } => name(hall, operator),
            _ => Ok(String::new()),
        });
        let row = SchoolAlerts {
            name: name(hall, &of.school)?,
            rating: standing.and_then(Standing::rating).map(|rating| rating.grade),
            sanction: standing.and_then(|standing| standing.sanction(today.year())),
            custody: custody.transpose()?,
            items: lines(of),
            school: of.school.clone(),
        };
        bytes += length(&row);
        if page.items.len() == count || bytes > MAX_LINE / 2 && !page.items.is_empty() {
            page.next = page.items.last().map(|last| last.school.clone());
            break;
        }
        page.items.push(row);
        rest.next();
    }
    Ok(page)
}

/// The student's readings that stop something, for lists.
pub(super) fn items_of(hall: &Hall, school: &OfficeId, student: StudentId, today: crate::model::Day) -> Vec<Item> {
    let Some(of) = hall.board().school(hall.store(), school, today) else { return Vec::new() };
    let met = of.of_student(student).filter(|one| one.stands && one.nearness >= negative::Nearness::Met);
    let mut items: Vec<Item> = met.map(|one| one.item).collect();
    items.dedup();
    items
}

/// What is asked for: the school, and what of it.
fn asked_for(hall: &Hall, asker: &Asker, request: &AlertRequest) -> Result<(Office, Option<Item>), Refusal> {
    let unknown = || not_found("没有这所学校、学生或事项，或者不在您的管辖范围");
    let store = hall.store();
    let mut item = request.item;
    let mut school = request.school.clone();
    if let Some(id) = request.alert {
        let Some(crate::model::Record::Alert(alert)) = store.get(&crate::model::RecordKey::Alert(id))? else {
            return Err(unknown().into());
        };
        item = Some(alert.item);
        school = Some(alert.school);
    }
    if let (Some(student), None) = (request.student, &school) {
        school = store.student(student)?.map(|student| student.school);
    }
    let office = school.map(|id| store.office(&id)).transpose()?.flatten();
    let office = office.filter(|office| office.school.is_some() && asker.scope.covers(&office.id));
    Ok((office.ok_or_else(unknown)?, item))
}

/// One item of a school, or what concerns one student.
pub(super) fn show(hall: &Hall, asker: &Asker, request: &AlertRequest) -> Result<AlertView, Refusal> {
    let (school, item) = asked_for(hall, asker, request)?;
    let today = asker.now.day();
    let of = hall.board().school(hall.store(), &school.id, today);
    let of = of.ok_or_else(|| not_found(format!("没有学校 {}", school.id)))?;
    let meant = |one: &&Reading| {
        item.is_none_or(|item| one.item == item)
            && request.student.is_none_or(|student| one.student == Some(student))
            && request.alert.is_none_or(|alert| one.alert == Some(alert))
    };
    let readings: Vec<&Reading> = of.readings.iter().filter(meant).collect();
    let (mut rows, mut bytes) = (Vec::new(), 0);
    for reading in readings.iter().take(MOST_ROWS) {
        let row = row(hall, asker, &school, reading)?;
        bytes += length(&row);
        if bytes > MAX_LINE / 2 && !rows.is_empty() {
            break;
        }
        rows.push(row);
    }
    let attendance = match request.student {
        Some(id) => {
            let calendar = hall.calendar();
            State::new(hall.store(), &calendar).attendance(id)?
        }
        None => None,
    };
    let mut articles: Vec<&rules::Rule> = match item {
        Some(item) => rules::ALL.iter().copied().filter(|rule| rule.article == item.code()).collect(),
        None => Vec::new(),
    };
    articles.extend([&rules::R21_1, &rules::R21_3, &rules::R23_1, &rules::R23_2, &rules::R23_4]);
    Ok(AlertView {
        name: school.name.clone(),
        item,
        lines: lines(&of).into_iter().filter(|line| item.is_none_or(|item| line.item == item)).collect(),
        blocked: item.map_or("", negative::blocked_words).to_owned(),
        total: u32::try_from(readings.len()).unwrap_or(u32::MAX),
        rows,
        closed: closed(hall, &school, item, request, bytes),
        rules: articles.into_iter().map(|rule| rule_text(rule, today)).collect(),
        filed: of.filed.clone(),
        in_school: of.in_school.clone(),
        now: of.now,
        standing: of.standing.as_deref().cloned().unwrap_or_else(|| Standing::new(school.id.clone())),
        attendance,
        school: school.id,
    })
}

/// Cases that hold no more, the newest first, as many as find room.
fn closed(hall: &Hall, school: &Office, item: Option<Item>, request: &AlertRequest, mut bytes: usize) -> Vec<Alert> {
    let Some(facts) = hall.store().watched(&school.id, crate::model::Day::MIN) else { return Vec::new() };
    let over = facts.alerts.iter().rev().filter(|alert| {
        matches!(alert.stage, Stage::Dismissed | Stage::Remedied)
            && item.is_none_or(|item| alert.item == item)
            && request.student.is_none_or(|student| alert.student == Some(student))
    });
    let mut closed = Vec::new();
    for alert in over.take(20) {
        bytes += length(alert.as_ref());
        if bytes > MAX_LINE / 2 {
            break;
        }
        closed.push(alert.as_ref().clone());
    }
    closed
}

fn row(hall: &Hall, asker: &Asker, school: &Office, reading: &Reading) -> Result<AlertRow, Refusal> {
    let store = hall.store();
    let student = reading.student.map(|id| store.student(id)).transpose()?.flatten();
    let case = match reading.alert {
        Some(id) => match store.get(&crate::model::RecordKey::Alert(id))? {
            Some(crate::model::Record::Alert(alert)) => Some(alert),
            _ => None,
        },
        None => None,
    };
    Ok(AlertRow {
        item: reading.item,
        rule: reading.rule.id.to_owned(),
        state: near(reading.nearness),
        because: reading.because.clone(),
        distance: reading.distance.clone(),
        key: reading.key.clone(),
        blocks: reading.student.is_some() && reading.stands && reading.nearness >= negative::Nearness::Met,
        unanswered: case.as_ref().map_or(0, |case| case.unanswered()),
        can: doable(hall, asker, school, student.as_ref(), case.as_deref(), reading)?,
        student: student.map(|student| AlertStudent {
            id: student.id,
            name: student.name,
            class_name: student.class_name,
            status: student.status,
        }),
        case,
    })
}

fn doable(
    hall: &Hall,
    asker: &Asker,
    school: &Office,
    student: Option<&Student>,
    alert: Option<&Alert>,
    reading: &Reading,
) -> Result<AlertDoable, Refusal> {
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let asked = Asked { actor: &asker.actor, now: asker.now, command_id: None };
    let case = alert_case(&state, &asked, alert, school, student, Some(reading))?;
    let case = case.lend();
    let ask = |act: AlertAct<'_>| why_not(&case, &asker.actor, &act).map_or(Doable::Open, Doable::Closed);
    let none = |what: &str| {
        let facts = [("key", reading.key.clone())];
        Doable::Closed(rules::R21_3.refuse(format!("尚未立案，不能{what}"), "请经办岗先立案", &facts))
    };
    let open = alert.is_some();
    let on_case = |what: &str, act: AlertAct<'_>| if open { ask(act) } else { none(what) };
    let closing = match alert.map(|alert| alert.stage) {
        Some(Stage::Confirmed) => Stage::Remedied,
        _ => Stage::Dismissed,
    };
    Ok(AlertDoable {
        record: match alert {
            None => ask(AlertAct::Record { document: "?" }),
            Some(alert) => Doable::Closed(rules::R21_3.refuse(
                format!("已经立案：{}", alert.id),
                "请在该事项上提醒、核查",
                &[("alert", alert.id.to_string())],
            )),
        },
        remind: on_case("提醒", AlertAct::Remind),
        explain: on_case("说明", AlertAct::Explain),
        confirm: on_case("查实", AlertAct::Judge { to: Stage::Confirmed, grounds: None }),
        dismiss: on_case("排除", AlertAct::Judge { to: closing, grounds: None }),
        decide: on_case("复核", AlertAct::Decide(None)),
    })
}
