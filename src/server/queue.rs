//! The queue (screen 1): which rows a tab has for an asker, in which order, a window at a time.

use super::hall::Hall;
use super::lists::{PAGE_BYTES, length};
use super::refusal::Refusal;
use super::session::Asker;
use crate::law::{calendar::Calendar, clock};
use crate::model::{Actor, ApplicationId, ClockReading, Day, Level, Light, Phase, Post, Severity};
use crate::store::{OpenRow, Waits};
use crate::wire::{Counts, Page, PageRequest, QueueRow, Standing, Tab};
use std::collections::{HashMap, VecDeque};

/// Most rows of one page.
const MOST_ROWS: u32 = 500;

/// A window of a tab.
pub(super) fn page(hall: &Hall, asker: &Asker, request: &PageRequest) -> Result<Page, Refusal> {
    let calendar = hall.calendar();
    let today = asker.now.day();
    let rows = sorted(hall, asker, request.tab, &calendar, today);
    let total = rows.len();
    let count = request.count.min(MOST_ROWS) as usize;
    let anchor = match request.anchor {
        _ if request.end => total.saturating_sub(1),
        None => 0,
        Some(id) => match rows.iter().position(|(_, row)| row.id == id) {
            Some(at) => at,
            None => place_of_the_gone(hall, id, &rows, &calendar)?,
        },
    };
    let before = if request.end { count.saturating_sub(1) } else { request.before as usize };
    let mut offset = anchor.saturating_sub(before).min(total);
    let mut end = (offset + count).min(total);
    let mut items = VecDeque::with_capacity(end - offset);
    for (_, row) in &rows[offset..end] {
        items.push_back(view(hall, row, &calendar, today)?);
    }
    // What does not fit on a line is left off at the far end, then before the anchor, which itself stays.
    let mut bytes: usize = items.iter().map(length).sum();
    while bytes > PAGE_BYTES && items.len() > 1 {
        let left_off = if end > anchor + 1 {
            end -= 1;
            items.pop_back()
        } else {
            offset += 1;
            items.pop_front()
        };
        bytes -= left_off.as_ref().map_or(0, length);
    }
    let items = Vec::from(items);
    let next = rows.get(end).map(|(_, row)| row.id);
    Ok(Page { total: number(total), offset: number(offset), anchor: number(anchor), items, next })
}

/// Rows per tab.
pub(super) fn counts(hall: &Hall, asker: &Asker) -> Result<Counts, Refusal> {
    let calendar = hall.calendar();
    let today = asker.now.day();
    let here = hall.store().open_at(&asker.actor.office);
    let mut counts = Counts { office: number(here.len()), ..Counts::default() };
    counts.under_way = number(select(hall, asker, Tab::UnderWay).len());
    let mut lights: HashMap<(Day, u32), Light> = HashMap::new();
    for row in &here {
        if sent_back_to_me(&asker.actor, row) {
            counts.sent_back += 1;
        }
        if !mine(&asker.actor, row) {
            continue;
        }
        counts.mine += 1;
        let light = row.clock.as_ref().map_or(Light::None, |running| {
            *lights
                .entry((running.started, running.budget))
                .or_insert_with(|| clock::read(running, &calendar, today).light)
        });
        match light {
            Light::Overdue => counts.overdue += 1,
            Light::Today => counts.today += 1,
            Light::Near => counts.near += 1,
            Light::Green | Light::None => {}
        }
    }
    Ok(counts)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The rows of a tab, unsorted.
fn select(hall: &Hall, asker: &Asker, tab: Tab) -> Vec<OpenRow> {
    let store = hall.store();
    let actor = &asker.actor;
    match tab {
        Tab::Mine => store.open_at(&actor.office).into_iter().filter(|row| mine(actor, row)).collect(),
        Tab::SentBack => store.open_at(&actor.office).into_iter().filter(|row| sent_back_to_me(actor, row)).collect(),
        Tab::Office => store.open_at(&actor.office),
        Tab::UnderWay => store
            .offices()
            .iter()
            .filter(|office| office.level == Level::School && asker.scope.covers(&office.id))
            .flat_map(|school| store.open_of_school(&school.id))
            .filter(|row| row.hand != actor.office)
            .collect(),
    }
}

/// What my posts may do now: the first post where its word is awaited, the second where a proposal stands; never
/// both on one step (R5.12).
fn mine(actor: &Actor, row: &OpenRow) -> bool {
    let first = actor.holds(Post::Handler) || actor.holds(Post::Entry);
    let second = actor.holds(Post::Reviewer) || actor.holds(Post::Review);
    match row.waits {
        Waits::First | Waits::SentBack => first && !row.deciders.contains(&actor.person),
        Waits::Second => second && !row.proposers.contains(&actor.person),
    }
}

fn sent_back_to_me(actor: &Actor, row: &OpenRow) -> bool {
    row.waits == Waits::SentBack && (actor.holds(Post::Handler) || actor.holds(Post::Entry))
}

/// Where rows stand: by due date; what has no clock comes last, oldest first.
type Rank = (Day, crate::model::Stamp, ApplicationId);

fn rank(row: &OpenRow, due: Option<Day>) -> Rank {
    (due.unwrap_or(Day::MAX), row.arrived, row.id)
}

fn sorted(hall: &Hall, asker: &Asker, tab: Tab, calendar: &Calendar, today: Day) -> Vec<(Rank, OpenRow)> {
    let mut dues: HashMap<(Day, u32), Day> = HashMap::new();
    let mut rows: Vec<(Rank, OpenRow)> = select(hall, asker, tab)
        .into_iter()
        .map(|row| {
            let due = row.clock.as_ref().map(|running| {
                *dues
                    .entry((running.started, running.budget))
                    .or_insert_with(|| clock::read(running, calendar, today).due)
            });
            (rank(&row, due), row)
        })
        .collect();
    rows.sort_by_key(|(rank, _)| *rank);
    rows
}

/// Where a row that has left the list would stand, so that the reader's place is kept.
fn place_of_the_gone(
    hall: &Hall,
    id: ApplicationId,
    rows: &[(Rank, OpenRow)],
    calendar: &Calendar,
) -> Result<usize, Refusal> {
    let Some(application) = hall.store().application(id)? else { return Ok(0) };
    // The clock it was listed under: that of the step it stood at last.
    let round = application.steps.iter().rev().find_map(|step| step.last().filter(|round| round.clock.is_some()));
    let Some(round) = round else { return Ok(rows.len()) };
    let due = round.clock.as_ref().map_or(Day::MAX, |running| calendar.due(running.started, running.budget).date);
    let gone: Rank = (due, round.arrived, id);
    Ok(rows.partition_point(|(rank, _)| *rank < gone))
}

/// One row as desks see it.
pub(super) fn view(hall: &Hall, row: &OpenRow, calendar: &Calendar, today: Day) -> Result<QueueRow, Refusal> {
    let store = hall.store();
    let name =
        |id| -> Result<String, Refusal> { Ok(store.office(id)?.map_or_else(|| id.to_string(), |office| office.name)) };
    let hand = store.office(&row.hand)?;
    let student = store.student(row.student)?;
    Ok(QueueRow {
        id: row.id,
        revision: row.revision,
        kind: row.kind,
        phase: row.phase,
        student: row.student,
        student_name: student.map_or_else(|| row.student.to_string(), |student| student.name),
        school: name(&row.school)?,
        hand: hand.as_ref().map_or_else(|| row.hand.to_string(), |office| office.name.clone()),
        hand_level: hand.as_ref().map_or(Level::School, |office| office.level),
        standing: standing(row),
        proposed: row.proposed.as_ref().map(|(outcome, _)| *outcome),
        arrived: row.arrived,
        clock: row.clock.as_ref().map(|running| clock::read(running, calendar, today)),
        claim: hall.hub().claim(row.id).cloned(),
        finding: finding(hall, row),
    })
}

fn standing(row: &OpenRow) -> Standing {
    match row.waits {
        Waits::First => Standing::First,
        Waits::SentBack => Standing::SentBack,
        Waits::Second => Standing::Second,
    }
}

/// The one finding the columns know without the record: another open application of the student.
fn finding(hall: &Hall, row: &OpenRow) -> Option<Severity> {
    let others = hall.store().open_of_student(row.student).len();
    (row.phase != Phase::Cancelled && others > 1).then_some(Severity::Block)
}

/// A reading for views that have a clock of their own.
pub(super) fn reading(running: &crate::model::Clock, calendar: &Calendar, on: Day) -> ClockReading {
    clock::read(running, calendar, on)
}
