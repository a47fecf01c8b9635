//! Which students have an application, in which state it stands, and its number.
//!
//! The list is the one thing that is held whole: a few dozen bytes for each application, so that numbers follow the
//! order of starting while students and applications themselves are made one after the other.

use super::coming::{self, COMING};
use super::errands::{ABROAD, Errand, JOURNEYS, TOGETHER, TRIPS};
use super::rng::{For, Rng};
use super::script::Script;
use super::{DemoError, Group, LEAST_STUDENTS, Times};
use crate::model::{ApplicationId, BatchId, Kind, Stamp};
use chrono::Datelike;
use std::collections::BTreeMap;

/// In which state an application is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// 填报: started, not submitted.
    Preparing,
    /// Submitted; 审核 has not looked yet.
    Submitted,
    /// 审核 sent it back to 录入.
    SchoolSentBack,
    /// 退回补正: at the school.
    Returned,
    /// Submitted again after a return; 审核 has not looked yet.
    Resubmitted,
    /// At the authority, waiting for 经办.
    Waiting,
    /// At the authority, waiting for 复核.
    Proposed,
    /// 复核 sent it back to 经办.
    SentBack,
    /// 办结
    Granted,
    /// 不予办理
    Refused,
    /// 撤销
    Cancelled,
}

impl Case {
    /// Whether it is behind all hands.
    pub(super) fn is_finished(self) -> bool {
        matches!(self, Case::Granted | Case::Refused | Case::Cancelled)
    }
}

/// One application to be made.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) id: ApplicationId,
    /// Index of the student.
    pub(super) student: u32,
    pub(super) case: Case,
    pub(super) group: Group,
    /// What it asks for.
    pub(super) errand: Errand,
    /// Working days its clock has left today, for one that lies at a hand behind the school.
    pub(super) left: i8,
    /// Returns it has behind it.
    pub(super) returns: u8,
    /// Finished long ago, on the file of a student who has another one open.
    pub(super) earlier: bool,
}

impl Slot {
    /// An application without a past.
    fn new(student: u32, case: Case, group: Group, errand: Errand) -> Slot {
        let id = ApplicationId::new(0, 0);
        Slot { id, student, case, group, errand, left: 0, returns: 0, earlier: false }
    }

    /// What its chance is drawn from.
    pub(super) fn key(&self) -> u64 {
        match self.errand.batch {
            // Who moves together has one story.
            Some(batch) => u64::MAX - u64::from(batch),
            None => u64::from(self.student) * 2 + u64::from(self.earlier),
        }
    }
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Slots {
    /// In order of starting.
    pub(super) list: Vec<Slot>,
    /// Student and place in the list, by student.
    by_student: Vec<(u32, u32)>,
    /// Batches in order of starting: place among [`TOGETHER`], identity, places of the members in the list.
    pub(super) batches: Vec<(u8, BatchId, Vec<u32>)>,
}

/// A block of students shares one plan. The first holds what the desk's tabs need; the others, of great counties, hold
/// mostly what is finished, as years of work would leave it: a million students then have 300,000 applications.
const BLOCK: u32 = 2_000;

/// State, group, how many in the first block, how many in each later one.
const PLAN: [(Case, Group, u32, u32); 30] = [
    (Case::Waiting, Group::County1, 144, 6),
    (Case::Proposed, Group::County1, 44, 2),
    (Case::SentBack, Group::County1, 14, 1),
    (Case::Waiting, Group::County2, 15, 3),
    (Case::Proposed, Group::County2, 8, 1),
    (Case::SentBack, Group::County2, 2, 0),
    (Case::Waiting, Group::City, 12, 1),
    (Case::Proposed, Group::City, 6, 0),
    (Case::SentBack, Group::City, 1, 0),
    (Case::Waiting, Group::Direct, 6, 1),
    (Case::Proposed, Group::Direct, 2, 0),
    (Case::Waiting, Group::Province, 16, 1),
    (Case::Proposed, Group::Province, 6, 0),
    (Case::SentBack, Group::Province, 1, 0),
    (Case::Returned, Group::County1, 14, 1),
    (Case::Returned, Group::County2, 4, 0),
    (Case::Returned, Group::Province, 2, 0),
    (Case::Resubmitted, Group::County1, 4, 0),
    (Case::Preparing, Group::County1, 8, 1),
    (Case::Preparing, Group::City, 3, 0),
    (Case::Preparing, Group::Province, 2, 0),
    (Case::Submitted, Group::County1, 8, 2),
    (Case::Submitted, Group::County2, 4, 0),
    (Case::SchoolSentBack, Group::County1, 3, 0),
    (Case::Granted, Group::County1, 45, 250),
    (Case::Granted, Group::Anywhere, 25, 150),
    (Case::Refused, Group::County1, 12, 60),
    (Case::Refused, Group::Anywhere, 8, 40),
    (Case::Cancelled, Group::County1, 16, 50),
    (Case::Cancelled, Group::Anywhere, 9, 30),
];

impl Slots {
    /// Deals the applications out among the students.
    pub(super) fn deal(seed: u64, students: u32, times: &Times) -> Result<Slots, DemoError> {
        if students < LEAST_STUDENTS {
            return Err(DemoError::TooFew { students });
        }
        let mut dealt: Vec<(Stamp, Slot)> = Vec::new();
        let mut first = 0;
        while first < students {
            let length = BLOCK.min(students - first);
            let mut shuffled: Vec<u32> = (first..first + length).collect();
            let mut rng = Rng::new(seed, For::Shuffle, u64::from(first));
            for at in (1..shuffled.len()).rev() {
                shuffled.swap(at, rng.below(at as u64 + 1) as usize);
            }
            let mut students = shuffled.into_iter();
            for (case, group, in_first, in_later) in PLAN {
                let count = if first == 0 { in_first } else { in_later * length / BLOCK };
                // Later blocks go on with the kinds where the one before left off.
                let before = first / BLOCK * in_later;
                for (nth, student) in students.by_ref().take(count as usize).enumerate() {
                    for slot in slots_of_one(student, case, group, before + nth as u32) {
                        let started = Script::write(seed, &slot, times).started();
                        dealt.push((started, slot));
                    }
                }
            }
            for (row, (case, trip, hops, count)) in JOURNEYS.into_iter().enumerate().filter(|_| first == 0) {
                let trip = &TRIPS[trip];
                let errand = Errand { kind: Kind::Transfer, trip: Some(trip), hops, batch: None };
                for (nth, student) in students.by_ref().take(count as usize).enumerate() {
                    let returns = u8::from(case == Case::Returned);
                    let left = all_lights(nth as u32 + row as u32, nth as u32 * 11 + row as u32);
                    let id = ApplicationId::new(0, 0);
                    let slot = Slot { id, student, case, group: trip.from, errand, left, returns, earlier: false };
                    dealt.push((Script::write(seed, &slot, times).started(), slot));
                }
            }
            for (row, (case, kind, hops, count)) in ABROAD.into_iter().enumerate().filter(|_| first == 0) {
                let errand = Errand { kind, hops, ..Errand::SUSPENSION };
                for (nth, student) in students.by_ref().take(count as usize).enumerate() {
                    let left = all_lights(nth as u32, nth as u32 * 7 + row as u32);
                    dealt.push(told(seed, times, Slot { left, ..Slot::new(student, case, Group::County1, errand) }));
                }
            }
            for (n, of) in TOGETHER.into_iter().enumerate().filter(|_| first == 0) {
                let (trip, batch) = (&TRIPS[of.trip], u8::try_from(n).ok());
                let errand = Errand { kind: Kind::Transfer, trip: Some(trip), hops: 1, batch };
                for student in students.by_ref().take(of.size as usize) {
                    let slot = Slot::new(student, of.case, trip.from, errand);
                    dealt.push(told(seed, times, Slot { left: of.left, ..slot }));
                }
            }
            let back = times.before_semester();
            for (case, count) in COMING.into_iter().filter(|_| first == 0) {
                let errand = Errand { kind: Kind::ComingOver, ..Errand::SUSPENSION };
                let case = if back > coming::LONGEST { Case::Granted } else { case };
                for (nth, student) in students.by_ref().take(count as usize).enumerate() {
                    let left = coming::left(back + nth as u32);
                    dealt.push(told(seed, times, Slot { left, ..Slot::new(student, case, Group::Anywhere, errand) }));
                }
            }
            first += length;
        }
        dealt.sort_by_key(|(started, slot)| (*started, slot.student));
        let mut numbers: BTreeMap<u16, u32> = BTreeMap::new();
        let mut slots = Slots::default();
        for (started, mut slot) in dealt {
            let year = started.day().year().clamp(0, 9999) as u16;
            let number = numbers.entry(year).or_default();
            *number += 1;
            slot.id = ApplicationId::new(year, *number);
            let place = slots.list.len() as u32;
            if let Some(batch) = slot.errand.batch {
                let made = slots.batches.iter().filter(|(_, id, _)| id.year() == year).count() as u32;
                match slots.batches.iter_mut().find(|(other, ..)| *other == batch) {
                    Some((.., members)) => members.push(place),
                    None => slots.batches.push((batch, BatchId::new(year, made + 1), vec![place])),
                }
            }
            slots.by_student.push((slot.student, place));
            slots.list.push(slot);
        }
        slots.by_student.sort_unstable();
        Ok(slots)
    }

    /// The batch that moves by this list.
    pub(super) fn batch(&self, of: u8) -> Option<BatchId> {
        self.batches.iter().find(|(batch, ..)| *batch == of).map(|(_, id, _)| *id)
    }

    /// Those of one student, oldest first.
    pub(super) fn of(&self, student: u32) -> impl Iterator<Item = &Slot> {
        let from = self.by_student.partition_point(|(other, _)| *other < student);
        let own = self.by_student[from..].iter().take_while(move |(other, _)| *other == student);
        own.filter_map(|(_, at)| self.list.get(*at as usize))
    }
}

/// A slot with the moment its story begins.
fn told(seed: u64, times: &Times, slot: Slot) -> (Stamp, Slot) {
    (Script::write(seed, &slot, times).started(), slot)
}

/// The application of a student, and for a few an older one that came to nothing.
fn slots_of_one(student: u32, case: Case, group: Group, nth: u32) -> Vec<Slot> {
    let returns = match case {
        Case::Returned | Case::Resubmitted => 1 + u8::from(nth % 7 == 3),
        Case::Waiting | Case::Proposed if nth % 12 == 5 => 1 + u8::from(nth % 24 == 17),
        Case::Granted | Case::Refused if nth % 6 == 1 => 1,
        _ => 0,
    };
    let errand = if case.is_finished() { Errand::SUSPENSION } else { Errand::nth(nth) };
    let left = match Errand::rank_of_suspension(nth) {
        Some(rank) if errand.kind == Kind::Suspension => left(rank),
        _ => all_lights(nth / 20 + nth % 5, nth),
    };
    let id = ApplicationId::new(0, 0);
    let slot = Slot { id, student, case, group, errand, left, returns, earlier: false };
    let mut slots = Vec::new();
    if case == Case::Waiting && nth % 20 == 7 {
        let case = if nth % 40 == 7 { Case::Cancelled } else { Case::Refused };
        slots.push(Slot { case, errand: Errand::SUSPENSION, returns: 0, earlier: true, ..slot.clone() });
    }
    slots.push(slot);
    slots
}

/// Working days left: any eight in a row have every light, and so have the first seven. `turn` chooses among the days of a light; overdue are 1 to 15.
fn all_lights(nth: u32, turn: u32) -> i8 {
    match nth % 8 {
        0 | 7 => -1 - ((turn * 7 + turn / 20) % 15) as i8,
        4 => 0,
        2 | 5 => 1 + (turn % 3) as i8,
        _ => 4 + (turn % 6) as i8,
    }
}

/// Working days left for the `nth` 休学 of a state: every light turns up early, and overdue runs through 1 to 15 days.
fn left(nth: u32) -> i8 {
    const PATTERN: [i8; 36] = [
        -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 8, 9, 9,
        9,
    ];
    let place = nth * 11 % 36;
    match PATTERN[place as usize] {
        -1 => -1 - ((nth / 36 * 7 + place) % 15) as i8,
        days => days,
    }
}
