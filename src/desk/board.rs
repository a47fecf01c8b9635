//! The supervisor's figures (督办), computed from the turns (环节) that the store keeps in memory. Pure functions of turns,
//! offices, calendar and day: no figure is kept, each is counted when it is asked for, so none can be out of date.
//!
//! How things are counted, in one place:
//!
//! - *in hand*: the turn of a hand runs. What lies at its school, unsubmitted or returned, is in the school's hands and
//!   has no clock.
//! - *overdue*: from the day after the last day of the regulation's clock on. A reference clock (参考) is never overdue;
//!   past its end it is counted by itself.
//! - *ended in a period*: the turn ended with a decision on a day of the period, by return and refusal as well as by
//!   approval; a turn that is taken up again has not ended. Each round counts for itself.
//! - *rates*: over turns that ended with the regulation's clock at a hand that is here. Days late and used are those
//!   frozen when the turn ended. Both persons of a turn, who prepared and who agreed, have it in their figures: one
//!   clock covers both.

use crate::law::calendar::Calendar;
use crate::law::clock;
use crate::model::{
    BoardKind, BoardOffice, BoardSummary, ClerkRate, Clock, ClockReading, Day, DueDay, Ended, Forecast, InHand, Kind,
    Left, Light, Lights, Office, OfficeId, OfficeRate, PersonId, Post, Rate, Rates, Unfiled,
};
use crate::store::{Turn, Turns};
use chrono::Datelike;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Working days a forecast looks ahead.
pub const AHEAD: usize = 20;

/// Most persons in one answer.
pub const MOST_CLERKS: usize = 200;

/// What the figures rest on besides the turns.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The calendar in force.
    pub calendar: &'a Calendar,
    /// The day.
    pub today: Day,
    /// All offices.
    pub offices: &'a [Arc<Office>],
    /// Those that have accounts here.
    pub here: &'a HashSet<OfficeId>,
}

/// The lines of a board: an office alone, then each directly below it with all that lies under it.
struct Lines<'a> {
    offices: Vec<&'a Office>,
    /// On which line an office is counted.
    line: HashMap<&'a OfficeId, usize>,
    below: Vec<bool>,
}

impl<'a> Lines<'a> {
    fn of(ground: &Ground<'a>, root: &OfficeId) -> Lines<'a> {
        let mut children: HashMap<&OfficeId, Vec<&'a Office>> = HashMap::new();
        for office in ground.offices {
            if let Some(parent) = &office.parent {
                children.entry(parent).or_default().push(office);
            }
        }
        let mut lines = Lines { offices: Vec::new(), line: HashMap::new(), below: Vec::new() };
        let Some(top) = ground.offices.iter().find(|office| office.id == *root) else { return lines };
        let mut put = |office: &'a Office, deep: bool| {
            let at = lines.offices.len();
            lines.offices.push(office);
            let mut next = vec![office];
            let mut seen = 0;
            while let Some(one) = next.pop() {
                // Whoever was counted already is not counted again, should two offices name each other as parent.
                if lines.line.contains_key(&one.id) {
                    continue;
                }
                lines.line.insert(&one.id, at);
                seen += 1;
                if deep {
                    next.extend(children.get(&one.id).into_iter().flatten());
                }
            }
            lines.below.push(seen > 1);
        };
        put(top, false);
        let mut under: Vec<&'a Office> = children.get(root).cloned().unwrap_or_default();
        under.sort_by(|a, b| (Reverse(a.level), &a.id).cmp(&(Reverse(b.level), &b.id)));
        under.into_iter().for_each(|office| put(office, true));
        lines
    }

    /// The line of each office that occurs in the turns, by its number.
    fn by_number(&self, turns: &Turns) -> Vec<Option<usize>> {
        turns.offices().iter().map(|id| self.line.get(id).copied()).collect()
    }
}

/// Clocks read on one day. Most turns share theirs with others.
struct Clocks<'a> {
    ground: Ground<'a>,
    read: HashMap<(Day, u32), (Day, Light, i32)>,
}

impl<'a> Clocks<'a> {
    fn new(ground: &Ground<'a>) -> Self {
        Clocks { ground: *ground, read: HashMap::new() }
    }

    /// Last day, light and working days left of a running turn; no day where no clock runs.
    fn of(&mut self, turn: &Turn) -> (Option<Day>, Light, i32) {
        let Some(started) = turn.started.filter(|_| turn.ended.is_none()) else { return (None, Light::None, 0) };
        let ground = self.ground;
        let (due, light, left) = *self.read.entry((started, turn.budget)).or_insert_with(|| {
            let reading = reading(&ground, started, turn.budget);
            (reading.due, reading.light, reading.left)
        });
        (Some(due), light, left)
    }
}

fn reading(ground: &Ground<'_>, started: Day, budget: u32) -> ClockReading {
    let clock = Clock { rule: "".into(), article: "".into(), budget, started, reference: false };
    clock::read(&clock, ground.calendar, ground.today)
}

/// What is in hand at an office and below it. Empty where there is no such office.
pub fn summary(ground: &Ground<'_>, turns: &Turns, root: &OfficeId) -> BoardSummary {
    let lines = Lines::of(ground, root);
    let line_of = lines.by_number(turns);
    let mut offices: Vec<BoardOffice> = lines
        .offices
        .iter()
        .zip(&lines.below)
        .map(|(office, below)| BoardOffice {
            office: office.id.clone(),
            name: office.name.clone(),
            level: office.level,
            here: ground.here.contains(&office.id),
            below: *below,
            lights: Lights::default(),
            longest: 0,
            reminded: 0,
            unfiled: 0,
        })
        .collect();
    let mut kinds: BTreeMap<Kind, [u32; 9]> = BTreeMap::new();
    let mut total = Lights::default();
    let mut reminded = 0;
    let mut clocks = Clocks::new(ground);
    for turn in turns.all().filter(|turn| turn.ended.is_none()) {
        let Some(line) = line_of[turn.office as usize].and_then(|line| offices.get_mut(line)) else { continue };
        let (_, light, left) = clocks.of(turn);
        line.lights.add(light, turn.reference);
        total.add(light, turn.reference);
        if light == Light::Overdue && !turn.reference {
            line.longest = line.longest.max(days_late(left));
        }
        let urged = u32::from(turns.urged(turn).now > 0);
        line.reminded += urged;
        reminded += urged;
        kinds.entry(turn.kind).or_default()[column(Left::of(light, left))] += 1;
    }
    for student in turns.unfiled() {
        if let Some(line) = line_of[student.school as usize].and_then(|line| offices.get_mut(line)) {
            line.unfiled += 1;
        }
    }
    let name = offices.first().map(|office| office.name.clone()).unwrap_or_default();
    BoardSummary {
        office: root.clone(),
        name,
        above: None,
        day: ground.today,
        total,
        reminded,
        offices,
        kinds: kinds.into_iter().map(|(kind, left)| BoardKind { kind, left }).collect(),
    }
}

/// Working days late, of so many left; at least one, as when a turn is frozen (X.6).
fn days_late(left: i32) -> u32 {
    left.min(-1).unsigned_abs()
}

fn column(left: Left) -> usize {
    Left::ALL.iter().position(|one| *one == left).unwrap_or_default()
}

/// A case in hand with its clock.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    /// Its turn.
    pub turn: Turn,
    /// Last day of the clock.
    pub due: Option<Day>,
    /// Light.
    pub light: Light,
    /// Working days left.
    pub left: i32,
}

/// The cases in hand that are meant, by due date, then by arrival. `root` stands for the office that is not named.
pub fn in_hand(ground: &Ground<'_>, turns: &Turns, meant: &InHand, root: &OfficeId) -> Vec<Held> {
    let member = members(ground, turns, meant.office.as_ref().unwrap_or(root), meant.alone);
    let mut clocks = Clocks::new(ground);
    let mut found: Vec<Held> = turns
        .all()
        .filter(|turn| turn.ended.is_none() && member[turn.office as usize])
        .filter(|turn| meant.kind.is_none_or(|kind| kind == turn.kind))
        .filter(|turn| !meant.reminded || turns.urged(turn).now > 0)
        .map(|turn| {
            let (due, light, left) = clocks.of(turn);
            Held { turn: *turn, due, light, left }
        })
        .filter(|held| {
            // By light 逾 the regulation's clocks alone are meant, as in every count; by days left, all.
            meant.light.is_none_or(|light| light == held.light && !(light == Light::Overdue && held.turn.reference))
                && meant.left.is_none_or(|left| left == Left::of(held.light, held.left))
                && meant.due.is_none_or(|due| held.due == Some(due))
        })
        .collect();
    found.sort_by_key(|held| (held.due.unwrap_or(Day::MAX), held.turn.arrived, held.turn.application));
    found
}

/// Which offices, by number, are this one or lie below it.
fn members(ground: &Ground<'_>, turns: &Turns, office: &OfficeId, alone: bool) -> Vec<bool> {
    if alone {
        return turns.offices().iter().map(|id| id == office).collect();
    }
    let lines = Lines::of(ground, office);
    turns.offices().iter().map(|id| lines.line.contains_key(id)).collect()
}

/// What falls due on each of the next working days.
pub fn forecast(ground: &Ground<'_>, turns: &Turns, root: &OfficeId) -> Forecast {
    let member = members(ground, turns, root, false);
    let mut days = ahead(ground);
    let mut later = 0;
    let mut clocks = Clocks::new(ground);
    for turn in turns.all().filter(|turn| turn.ended.is_none() && member[turn.office as usize]) {
        let (due, light, _) = clocks.of(turn);
        let Some(due) = due.filter(|_| light != Light::Overdue) else { continue };
        // A last day that is not worked, of a calendar loaded since, is met by the working day after it.
        let at = days.partition_point(|day| day.date < due);
        match days.get_mut(at) {
            Some(day) if turn.reference => day.reference += 1,
            Some(day) => day.due += 1,
            None => later += 1,
        }
    }
    let mut unfiled: BTreeMap<Day, u32> = BTreeMap::new();
    for student in turns.unfiled().filter(|student| member[student.school as usize]) {
        *unfiled.entry(filing_ends(student.entry)).or_default() += 1;
    }
    let unfiled = unfiled.into_iter().map(|(cutoff, students)| {
        let left = i32::try_from((cutoff - ground.today).num_days()).unwrap_or(i32::MAX);
        Unfiled { cutoff, students, left }
    });
    Forecast { days, later, unfiled: unfiled.collect() }
}

/// The next working days, today first if it is one.
fn ahead(ground: &Ground<'_>) -> Vec<DueDay> {
    let mut days: Vec<DueDay> = Vec::with_capacity(AHEAD);
    let mut date = ground.today;
    loop {
        let kind = ground.calendar.day(date);
        if kind.working {
            if days.len() == AHEAD {
                return days;
            }
            days.push(DueDay { date, due: 0, reference: 0, off_after: 0, provisional: !kind.known });
        } else if let Some(last) = days.last_mut() {
            last.off_after += 1;
        }
        match date.succ_opt() {
            Some(next) => date = next,
            None => return days,
        }
    }
}

/// The last day on which a student who entered then can be filed (Art. 6): 20 May for who entered in spring, through
/// May, else 20 December.
pub fn filing_ends(entry: Day) -> Day {
    let month = if entry.month() <= 5 { 5 } else { 12 };
    Day::from_ymd_opt(entry.year(), month, 20).unwrap_or(entry)
}

fn add(rate: &mut Rate, turn: &Turn) {
    if !turn.counts() {
        rate.left_out += 1;
        return;
    }
    rate.ended += 1;
    rate.in_time += u32::from(turn.late == 0);
    rate.used += turn.used;
    rate.late_days += turn.late;
    rate.returned += u32::from(turn.outcome == Some(crate::model::Outcome::Return));
}

/// How turns ended from one day through another. `all` persons are named, or only this one.
pub fn rates(
    ground: &Ground<'_>,
    turns: &Turns,
    (from, until): (Day, Day),
    root: &OfficeId,
    only: Option<&PersonId>,
) -> Rates {
    let lines = Lines::of(ground, root);
    let line_of = lines.by_number(turns);
    let mut by_line = vec![(Rate::default(), 0_u32); lines.offices.len()];
    let mut total = Rate::default();
    // Places of clerks in memory are numbers, so that a person is looked up once and not for every turn.
    let mut by_clerk: HashMap<(&PersonId, &OfficeId, Post), (&str, Rate)> = HashMap::new();
    let mut clocks = Clocks::new(ground);
    for turn in turns.all() {
        let Some(line) = line_of[turn.office as usize].and_then(|line| by_line.get_mut(line)) else { continue };
        let Some(ended) = turn.ended else {
            line.1 += u32::from(!turn.reference && clocks.of(turn).1 == Light::Overdue);
            continue;
        };
        if ended < from || ended > until {
            continue;
        }
        add(&mut line.0, turn);
        add(&mut total, turn);
        if !turn.counts() {
            continue;
        }
        for clerk in turns.clerks(turn).into_iter().flatten().filter(|clerk| only.is_none_or(|me| clerk.person == *me))
        {
            let (_, rate) =
                by_clerk.entry((&clerk.person, &clerk.office, clerk.post)).or_insert((&clerk.name, Rate::default()));
            add(rate, turn);
        }
    }
    let offices = lines.offices.iter().zip(&lines.below).zip(by_line);
    let offices = offices.map(|((office, below), (rate, overdue_now))| OfficeRate {
        office: office.id.clone(),
        name: office.name.clone(),
        level: office.level,
        below: *below,
        rate,
        overdue_now,
    });
    let names: HashMap<&OfficeId, &str> = ground.offices.iter().map(|one| (&one.id, one.name.as_str())).collect();
    let mut clerks: Vec<ClerkRate> = by_clerk
        .into_iter()
        .map(|((person, office, post), (name, rate))| ClerkRate {
            person: person.clone(),
            name: name.to_owned(),
            office: office.clone(),
            office_name: names.get(office).map_or_else(|| office.to_string(), |name| (*name).to_owned()),
            post,
            rate,
        })
        .collect();
    clerks.sort_by(|a, b| {
        (Reverse(a.rate.ended), &a.office, a.post, &a.person).cmp(&(
            Reverse(b.rate.ended),
            &b.office,
            b.post,
            &b.person,
        ))
    });
    let clerks_total = u32::try_from(clerks.len()).unwrap_or(u32::MAX);
    clerks.truncate(MOST_CLERKS);
    Rates { from, until, total, offices: offices.collect(), clerks, clerks_total }
}

/// The ended turns that are meant, the latest first, then the newest. Those that count in no rate are left out.
pub fn ended(ground: &Ground<'_>, turns: &Turns, meant: &Ended, root: &OfficeId) -> Vec<Turn> {
    let member = members(ground, turns, meant.office.as_ref().unwrap_or(root), meant.alone);
    let by = |turn: &Turn| {
        (meant.person.is_none() && meant.post.is_none())
            || turns.clerks(turn).into_iter().flatten().any(|clerk| {
                meant.person.as_ref().is_none_or(|person| *person == clerk.person)
                    && meant.post.is_none_or(|post| post == clerk.post)
            })
    };
    let mut found: Vec<Turn> = turns
        .all()
        .filter(|turn| turn.counts() && member[turn.office as usize])
        .filter(|turn| turn.ended.is_some_and(|ended| (meant.from..=meant.until).contains(&ended)))
        .filter(|turn| (!meant.late || turn.late > 0) && by(turn))
        .copied()
        .collect();
    found.sort_by_key(|turn| (Reverse(turn.late), Reverse(turn.ended), turn.application, turn.step, turn.round));
    found
}
