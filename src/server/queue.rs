//! The queue (screen 1): which rows a tab has for an asker, in which order, a window at a time.

use super::alerts;
use super::beyond::{self, unsynced};
use super::board;
use super::external::acted_on;
use super::hall::Hall;
use super::lists::{PAGE_BYTES, length};
use super::refusal::Refusal;
use super::session::Asker;
use super::{acted, aside};
use crate::law::{calendar::Calendar, clock, kinds::clash};
use crate::model::{
    Actor, ApplicationId, BatchId, ClockReading, Day, Kind, Level, Light, OfficeId, Outcome, Outside, Phase, Post,
    Severity,
};
use crate::store::{OpenRow, Waits};
use crate::wire::{Arrived, BatchRow, Counts, Limit, LimitsView, Page, PageRequest, QueueRow, Standing, Tab};
use chrono::Weekday;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

/// Most rows of one page.
const MOST_ROWS: u32 = 500;

/// A window of a tab.
pub(super) fn page(hall: &Hall, asker: &Asker, request: &PageRequest) -> Result<Page, Refusal> {
    let calendar = hall.calendar();
    let today = asker.now.day();
    if request.tab == Tab::Acted {
        return acted::page(hall, asker, request, MOST_ROWS);
    }
    let rows = sorted(hall, asker, request, &mut Clocks::new(&calendar, today));
    let total = rows.len();
    let count = request.count.min(MOST_ROWS) as usize;
    let anchor = match request.anchor {
        _ if request.end => total.saturating_sub(1),
        None => 0,
        Some(id) => match rows.iter().position(|line| line.stands_for(id)) {
            Some(at) => at,
            None => place_of_the_gone(hall, request.tab, id, &rows, &calendar)?,
        },
    };
    let before = if request.end { count.saturating_sub(1) } else { request.before as usize };
    let offset = anchor.saturating_sub(before).min(total);
    let end = (offset + count).min(total);
    let mut items = VecDeque::with_capacity(end - offset);
    for line in &rows[offset..end] {
        let mut row = view(hall, &line.row, &calendar, today)?;
        row.batch = line
            .row
            .batch
            .filter(|_| !line.others.is_empty())
            .map(|id| BatchRow { id, students: number(line.others.len() + 1) });
        row.finding = line_finding(hall, line);
        items.push_back(row);
    }
    Ok(page_of(items, (offset, end, total), anchor, |at| rows.get(at).map(|line| line.row.id)))
}

/// A window as it is sent: what does not fit on a line is left off at the far end, then before the anchor, which itself
/// stays.
pub(super) fn page_of(
    mut items: VecDeque<QueueRow>,
    (mut offset, mut end, total): (usize, usize, usize),
    anchor: usize,
    id_at: impl Fn(usize) -> Option<ApplicationId>,
) -> Page {
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
    Page { total: number(total), offset: number(offset), anchor: number(anchor), items, next: id_at(end) }
}

/// Rows per tab; no limit changes them.
pub(super) fn counts(hall: &Hall, asker: &Asker) -> Result<Counts, Refusal> {
    let calendar = hall.calendar();
    let mut clocks = Clocks::new(&calendar, asker.now.day());
    let here = acted_on(hall, &asker.actor.office);
    let mut counts = Counts {
        unsynced: number(unsynced(hall, asker).len()),
        acted: number(acted::count(hall, asker)),
        ..Counts::default()
    };
    for tab in [Tab::UnderWay, Tab::Returned] {
        let mut rows = of_schools(hall, asker);
        rows.retain(|row| belongs(&asker.actor, tab, row, &mut clocks));
        let many = number(together(rows, &mut clocks).len());
        *(if tab == Tab::UnderWay { &mut counts.under_way } else { &mut counts.returned }) = many;
    }
    let mut counted = HashSet::new();
    // Every student of a batch counts in the one row that stands for all who are at the same place.
    let mut first = |tab: Tab, row: &OpenRow| place(row).is_none_or(|place| counted.insert((tab, place)));
    for row in &here {
        counts.office += u32::from(first(Tab::Office, row));
        let light = clocks.light(row);
        counts.due_soon += u32::from(due_soon(light) && first(Tab::DueSoon, row));
        counts.late += u32::from(light == Light::Overdue && first(Tab::Late, row));
        counts.parked += u32::from(aside::in_parking(row, light, clocks.today) && first(Tab::Parked, row));
        if aside::out_of_the_way(hall, &asker.actor, row, light, clocks.today) {
            continue;
        }
        counts.sent_back += u32::from(sent_back_to_me(&asker.actor, row) && first(Tab::SentBack, row));
        if !mine(&asker.actor, row) || !first(Tab::Mine, row) {
            continue;
        }
        counts.mine += 1;
        match light {
            Light::Overdue => counts.overdue += 1,
            Light::Today => counts.today += 1,
            Light::Near => counts.near += 1,
            Light::Green | Light::None => {}
        }
    }
    let ids: Vec<ApplicationId> = here.iter().map(|row| row.id).collect();
    counts.urged = number(board::urged(hall, &ids).into_iter().filter(|times| *times > 0).count());
    if asker.actor.only_supervises() {
        // Nothing waits for a supervisor's own word: what his header says is about all that he supervises.
        let lights = board::lights(hall, asker);
        (counts.overdue, counts.today, counts.near) = (lights.overdue, lights.today, lights.near);
        let visible = |school: &OfficeId| asker.scope.covers(school);
        let schools = hall.board().all(hall.store(), asker.now.day(), &visible);
        counts.alerts = number(schools.iter().filter(|of| !of.readings.is_empty()).count());
    }
    Ok(counts)
}

/// What a tab can be narrowed by.
pub(super) fn limits(hall: &Hall, asker: &Asker, tab: Tab) -> Result<LimitsView, Refusal> {
    let calendar = hall.calendar();
    let today = asker.now.day();
    let mut clocks = Clocks::new(&calendar, today);
    let mut lights: BTreeMap<Light, u32> = BTreeMap::new();
    let mut kinds: BTreeMap<Kind, u32> = BTreeMap::new();
    let mut findings: BTreeMap<Reverse<Severity>, u32> = BTreeMap::new();
    let mut arrivals: BTreeMap<Arrived, u32> = BTreeMap::new();
    let mut schools: BTreeMap<OfficeId, u32> = BTreeMap::new();
    let rows = select(hall, asker, tab, &mut clocks);
    // What was acted on is listed student by student.
    let lines = match tab {
        Tab::Acted => rows.into_iter().map(|row| alone(row, &mut clocks)).collect(),
        _ => together(rows, &mut clocks),
    };
    for line in lines {
        let severity = line_finding(hall, &line);
        let row = line.row;
        let light = clocks.light(&row);
        if matches!(light, Light::Overdue | Light::Today | Light::Near) {
            *lights.entry(light).or_default() += 1;
        }
        *kinds.entry(row.kind).or_default() += 1;
        if let Some(severity) = severity {
            *findings.entry(Reverse(severity)).or_default() += 1;
        }
        for when in [Arrived::Today, Arrived::Week] {
            if arrived(&row, when, today) {
                *arrivals.entry(when).or_default() += 1;
            }
        }
        *schools.entry(row.school).or_default() += 1;
    }
    let named = schools.into_iter().map(|(id, n)| Ok((id.clone(), name(hall, &id)?, n)));
    Ok(LimitsView {
        lights: lights.into_iter().collect(),
        kinds: kinds.into_iter().collect(),
        findings: findings.into_iter().map(|(Reverse(severity), n)| (severity, n)).collect(),
        arrived: arrivals.into_iter().collect(),
        schools: named.collect::<Result<_, Refusal>>()?,
    })
}

/// Clocks read on one day. Most rows share theirs with others.
struct Clocks<'a> {
    calendar: &'a Calendar,
    today: Day,
    read: HashMap<(Day, u32), (Day, Light)>,
}

impl<'a> Clocks<'a> {
    fn new(calendar: &'a Calendar, today: Day) -> Self {
        Clocks { calendar, today, read: HashMap::new() }
    }

    /// When a row is due, and its light; none where no clock runs.
    fn of(&mut self, row: &OpenRow) -> Option<(Day, Light)> {
        let running = row.clock.as_ref()?;
        Some(*self.read.entry((running.started, running.budget)).or_insert_with(|| {
            let reading = clock::read(running, self.calendar, self.today);
            (reading.due, reading.light)
        }))
    }

    fn light(&mut self, row: &OpenRow) -> Light {
        self.of(row).map_or(Light::None, |(_, light)| light)
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The rows of a tab, unsorted.
fn select(hall: &Hall, asker: &Asker, tab: Tab, clocks: &mut Clocks<'_>) -> Vec<OpenRow> {
    let actor = &asker.actor;
    let mut rows = match tab {
        Tab::Mine | Tab::SentBack | Tab::Office | Tab::DueSoon | Tab::Late | Tab::Parked => {
            acted_on(hall, &actor.office)
        }
        Tab::Returned | Tab::UnderWay => of_schools(hall, asker),
        Tab::Unsynced => unsynced(hall, asker),
        // In an order of its own.
        Tab::Acted => acted::ids(hall, asker).into_iter().filter_map(|id| acted::row(hall, asker, id).ok()?).collect(),
    };
    if matches!(tab, Tab::Mine | Tab::SentBack) {
        rows.retain(|row| !aside::out_of_the_way(hall, actor, row, clocks.light(row), clocks.today));
    }
    rows.retain(|row| belongs(actor, tab, row, clocks));
    rows
}

/// Whether a row of the asker's office, or of the schools, belongs to this tab.
fn belongs(actor: &Actor, tab: Tab, row: &OpenRow, clocks: &mut Clocks<'_>) -> bool {
    match tab {
        Tab::Mine => mine(actor, row),
        Tab::SentBack => sent_back_to_me(actor, row),
        Tab::Office | Tab::Unsynced => true,
        Tab::DueSoon => due_soon(clocks.light(row)),
        Tab::Late => clocks.light(row) == Light::Overdue,
        Tab::Returned => row.phase == Phase::Returned,
        Tab::UnderWay => elsewhere(actor, row),
        Tab::Parked => aside::in_parking(row, clocks.light(row), clocks.today),
        Tab::Acted => true,
    }
}

/// Where a student of a batch stands: all at one place are one row.
type Place = (BatchId, OfficeId, Phase, Waits, Option<Outcome>);

fn place(row: &OpenRow) -> Option<Place> {
    let proposed = row.proposed.as_ref().map(|(outcome, _)| *outcome);
    Some((row.batch?, row.hand.clone(), row.phase, row.waits, proposed))
}

/// One row of a list, with the other students it stands for.
struct Line {
    rank: Rank,
    row: OpenRow,
    others: Vec<OpenRow>,
}

impl Line {
    fn stands_for(&self, id: ApplicationId) -> bool {
        self.row.id == id || self.others.iter().any(|other| other.id == id)
    }
}

/// A row that stands for itself.
fn alone(row: OpenRow, clocks: &mut Clocks<'_>) -> Line {
    let rank = rank(&row, clocks.of(&row).map(|(due, _)| due));
    Line { rank, row, others: Vec::new() }
}

/// Students of a batch who are at the same place, laid together under the first of those due first.
fn together(rows: Vec<OpenRow>, clocks: &mut Clocks<'_>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::with_capacity(rows.len());
    let mut places: HashMap<Place, usize> = HashMap::new();
    for row in rows {
        let rank = rank(&row, clocks.of(&row).map(|(due, _)| due));
        let place = place(&row);
        if let Some(line) = place.as_ref().and_then(|place| lines.get_mut(*places.get(place)?)) {
            let mut row = row;
            if rank < line.rank {
                std::mem::swap(&mut row, &mut line.row);
                line.rank = rank;
            }
            line.others.push(row);
            continue;
        }
        if let Some(place) = place {
            places.insert(place, lines.len());
        }
        lines.push(Line { rank, row, others: Vec::new() });
    }
    lines
}

/// What the schools of the asker's scope have started, in whosever hands it is.
fn of_schools(hall: &Hall, asker: &Asker) -> Vec<OpenRow> {
    let store = hall.store();
    let schools = store.offices().into_iter().filter(|office| office.level == Level::School);
    let rows =
        schools.filter(|school| asker.scope.covers(&school.id)).flat_map(|school| store.open_of_school(&school.id));
    // A duplicate stands under both schools.
    rows.map(|row| (row.id, row)).collect::<BTreeMap<_, _>>().into_values().collect()
}

fn elsewhere(actor: &Actor, row: &OpenRow) -> bool {
    row.hand != actor.office
}

fn due_soon(light: Light) -> bool {
    matches!(light, Light::Today | Light::Near)
}

/// Whether a row reached its hand so lately.
fn arrived(row: &OpenRow, when: Arrived, today: Day) -> bool {
    let since = match when {
        Arrived::Today => today,
        Arrived::Week => today.week(Weekday::Mon).first_day(),
    };
    (since..=today).contains(&row.arrived.day())
}

/// Whether a limit lets this one row through.
pub(super) fn passes(hall: &Hall, asker: &Asker, limit: &Limit, row: &OpenRow) -> bool {
    let calendar = hall.calendar();
    let mut clocks = Clocks::new(&calendar, asker.now.day());
    lets_through(hall, limit, &alone(row.clone(), &mut clocks), &mut clocks)
}

/// Whether a limit lets a row through.
fn lets_through(hall: &Hall, limit: &Limit, line: &Line, clocks: &mut Clocks<'_>) -> bool {
    let row = &line.row;
    limit.light.is_none_or(|light| clocks.light(row) == light)
        && limit.school.as_ref().is_none_or(|school| row.school == *school)
        && limit.kind.is_none_or(|kind| row.kind == kind)
        && limit.arrived.is_none_or(|when| arrived(row, when, clocks.today))
        && limit.finding.is_none_or(|severity| line_finding(hall, line) == Some(severity))
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

/// Where rows stand: by due date, and what waits for other systems by when that began; what has no clock comes last, oldest first.
type Rank = (Day, crate::model::Stamp, ApplicationId);

fn rank(row: &OpenRow, due: Option<Day>) -> Rank {
    (due.or(beyond::since(row)).unwrap_or(Day::MAX), row.arrived, row.id)
}

fn sorted(hall: &Hall, asker: &Asker, request: &PageRequest, clocks: &mut Clocks<'_>) -> Vec<Line> {
    let mut lines = together(select(hall, asker, request.tab, clocks), clocks);
    if !request.limit.is_none() {
        lines.retain(|line| lets_through(hall, &request.limit, line, clocks));
    }
    lines.sort_by_key(|line| line.rank);
    lines
}

/// Where a row that has left the list would stand, so that the reader's place is kept.
fn place_of_the_gone(
    hall: &Hall,
    tab: Tab,
    id: ApplicationId,
    rows: &[Line],
    calendar: &Calendar,
) -> Result<usize, Refusal> {
    let Some(application) = hall.store().application(id)? else { return Ok(0) };
    if let (Tab::Unsynced, Some(granted)) = (tab, application.granted_on()) {
        let ended = application.round().and_then(|round| round.ending.as_ref());
        let gone: Rank = (granted, ended.map_or(application.started_at, |ending| ending.at), id);
        return Ok(rows.partition_point(|line| line.rank < gone));
    }
    // The clock it was listed under: that of the step it stood at last.
    let round = application.steps.iter().rev().find_map(|step| step.last().filter(|round| round.clock.is_some()));
    let Some(round) = round else { return Ok(rows.len()) };
    let due = round.clock.as_ref().map_or(Day::MAX, |running| calendar.due(running.started, running.budget).date);
    let gone: Rank = (due, round.arrived, id);
    Ok(rows.partition_point(|line| line.rank < gone))
}

fn name(hall: &Hall, id: &OfficeId) -> Result<String, Refusal> {
    Ok(hall.store().office(id)?.map_or_else(|| id.to_string(), |office| office.name))
}

/// One row as desks see it.
pub(super) fn view(hall: &Hall, row: &OpenRow, calendar: &Calendar, today: Day) -> Result<QueueRow, Refusal> {
    let store = hall.store();
    let outside = row.outside.as_ref().map(Outside::office);
    let hand = outside.map_or_else(|| store.office(&row.hand), |office| Ok(Some(office)))?;
    let student = store.student(row.student)?;
    // Few rows are parked or handed over: their records are looked into for the words.
    let application = match (&row.parked, &row.assigned) {
        (None, None) => None,
        _ => store.application(row.id)?,
    };
    let at = student.as_ref().map_or(&row.school, |student| &student.school);
    let alerts = alerts::items_of(hall, at, row.student, today);
    Ok(QueueRow {
        id: row.id,
        revision: row.revision,
        kind: row.kind,
        phase: row.phase,
        student: row.student,
        student_name: student.map_or_else(|| row.student.to_string(), |student| student.name),
        school: name(hall, &row.school)?,
        hand: hand.as_ref().map_or_else(|| row.hand.to_string(), |office| office.name.clone()),
        hand_level: hand.as_ref().map_or(Level::School, |office| office.level),
        standing: standing(row),
        proposed: row.proposed.as_ref().map(|(outcome, _)| *outcome),
        arrived: row.arrived,
        clock: row.clock.as_ref().map(|running| clock::read(running, calendar, today)),
        claim: hall.hub().claim(row.id).cloned(),
        finding: finding(hall, row),
        waiting: beyond::waiting(row, calendar, today),
        urged: board::urged(hall, &[row.id]).first().copied().unwrap_or_default(),
        parked: application.as_ref().and_then(aside::parked),
        assigned: application.and_then(|one| one.assigned).map(|to| to.name),
        batch: None,
        alerts,
    })
}

fn standing(row: &OpenRow) -> Standing {
    match row.waits {
        _ if !row.phase.is_open() => Standing::Ended,
        Waits::First => Standing::First,
        Waits::SentBack => Standing::SentBack,
        Waits::Second => Standing::Second,
    }
}

/// The one finding the columns know without the record: another open application of the student that stands in its way.
fn finding(hall: &Hall, row: &OpenRow) -> Option<Severity> {
    let others = hall.store().open_of_student(row.student);
    let clash = others.iter().any(|other| other.id != row.id && clash(row.kind, other.kind));
    (row.phase.is_open() && clash).then_some(Severity::Block)
}

/// The hardest of all whom the row stands for.
fn line_finding(hall: &Hall, line: &Line) -> Option<Severity> {
    line.others.iter().chain([&line.row]).filter_map(|row| finding(hall, row)).max()
}

/// A reading for views that have a clock of their own.
pub(super) fn reading(running: &crate::model::Clock, calendar: &Calendar, on: Day) -> ClockReading {
    clock::read(running, calendar, on)
}
