//! 负面清单 (Art. 21–23 and the list's eight items): facts and a day in, readings out. Thresholds stand in the item's
//! own file and nowhere else; nothing that is stored can move them (Art. 25).
//!
//! | file | holds |
//! |---|---|
//! | `dates` | months as the civil code counts them, cutoffs of registration and filing |
//! | `fm2` … `fm8` | what each item finds in the facts |
//! | `entered` | what inspectors entered: FM1, FM2, FM6, and the grounds of the others |
//! | `blocks` | which matters a reading stops, and which cure it |
//! | `cases` | may this person enter, remind, explain, judge? |
//! | `school` | ratings, sanctions, custody |
//!
//! What is computed is a suspicion (疑似). Only two posts of an authority make it true (查实) or not (排除), and only
//! what is true has the consequences of Art. 23.

mod blocks;
pub mod cases;
mod dates;
mod entered;
mod fm2;
mod fm3;
mod fm4;
pub mod fm5;
mod fm6;
mod fm7;
mod fm8;
pub mod school;

pub use blocks::{blocked_words, findings, refusal, stops};
pub use dates::{after_three_months, filing_cutoff, registration_cutoff, season_of};
pub use entered::{judge_ground, unusual_names};
pub use fm4::runs_from as absence_runs;

use super::rules::Rule;
use crate::model::{Alert, AlertId, Day, Item, Stage, StudentId, Watched, WatchedStudent};
use std::sync::Arc;

/// How near to an item a school or a student is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Nearness {
    /// 无
    Clear,
    /// 临近: below the threshold, with the distance to it.
    Near,
    /// 疑似: the threshold is met; to be checked.
    Met,
    /// 查实: found true.
    Found,
}

/// What an item finds in the facts.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Which item.
    pub item: Item,
    /// By which of its conditions.
    pub rule: &'static Rule,
    /// How near.
    pub nearness: Nearness,
    /// About whom; none for the school as a whole.
    pub student: Option<StudentId>,
    /// How many students it is about.
    pub count: u32,
    /// Names the facts: other facts are another matter.
    pub key: String,
    /// The facts, in words.
    pub because: String,
    /// How far it is to the threshold, in words; empty when it is met.
    pub distance: String,
    /// The case opened on it.
    pub alert: Option<AlertId>,
    /// Whether the facts stand now: a matter is stopped only by what is so (Art. 21).
    pub stands: bool,
}

impl PartialEq for Reading {
    fn eq(&self, other: &Self) -> bool {
        (self.item, self.rule.id, self.nearness, self.student, self.count, self.alert, self.stands)
            == (other.item, other.rule.id, other.nearness, other.student, other.count, other.alert, other.stands)
            && (&self.key, &self.because, &self.distance) == (&other.key, &other.because, &other.distance)
    }
}

/// What a file of an item says before the cases are laid over it.
struct Found {
    rule: &'static Rule,
    nearness: Nearness,
    count: u32,
    key: String,
    because: String,
    distance: String,
}

impl Found {
    fn met(rule: &'static Rule, key: String, because: String) -> Found {
        Found { rule, nearness: Nearness::Met, count: 1, key, because, distance: String::new() }
    }

    fn near(rule: &'static Rule, key: String, because: String, distance: String) -> Found {
        Found { rule, nearness: Nearness::Near, count: 1, key, because, distance }
    }
}

/// The cases on one subject, asked by item and key.
struct Cases<'a> {
    student: Option<StudentId>,
    alerts: &'a [Arc<Alert>],
}

impl Cases<'_> {
    fn all(&self) -> impl Iterator<Item = &Alert> {
        self.alerts.iter().map(Arc::as_ref).filter(|alert| alert.student == self.student)
    }

    /// The newest case opened on these facts.
    fn on(&self, item: Item, key: &str) -> Option<&Alert> {
        self.all().filter(|alert| alert.item == item && alert.key() == Some(key)).max_by_key(|alert| alert.id)
    }

    /// Lays the case over what the facts say.
    fn reading(&self, item: Item, found: Found) -> Option<Reading> {
        let case = self.on(item, &found.key);
        let nearness = match case.map(|case| case.stage) {
            // Found not to be so, or put right: the same facts are not held against the school again.
            Some(Stage::Dismissed | Stage::Remedied) => return None,
            Some(Stage::Confirmed) => Nearness::Found,
            Some(Stage::Suspected) | None => found.nearness,
        };
        Some(Reading {
            item,
            rule: found.rule,
            nearness,
            student: self.student,
            count: found.count,
            key: found.key,
            because: found.because,
            distance: found.distance,
            alert: case.map(|case| case.id),
            stands: true,
        })
    }

    /// Cases whose facts have gone, and what was entered by hand.
    fn rest(&self, readings: &mut Vec<Reading>, away: bool) {
        for case in self.all().filter(|case| case.stage.stands()) {
            if readings.iter().any(|reading| reading.alert == Some(case.id)) {
                continue;
            }
            readings.extend(entered::reading(case, away));
        }
    }
}

/// What the list finds about one student.
pub fn of_student(student: &WatchedStudent, alerts: &[Arc<Alert>], today: Day) -> Vec<Reading> {
    let cases = Cases { student: Some(student.id), alerts };
    let mut readings = Vec::new();
    let away = fm4::away(student, today);
    readings.extend(fm3::find(student, &cases, away).and_then(|found| cases.reading(Item::Duplicate, found)));
    readings.extend(fm2::find(student).and_then(|found| cases.reading(Item::Unqualified, found)));
    let absent = fm4::find(student, today);
    readings.extend(absent.into_iter().filter_map(|found| cases.reading(Item::Absent, found)));
    readings.extend(fm7::find(student, today).and_then(|found| cases.reading(Item::Unfiled, found)));
    cases.rest(&mut readings, away);
    readings
}

/// What the list finds about a school: its own figures, and each of its students.
pub fn of_school(facts: &Watched, today: Day) -> Vec<Reading> {
    let mut readings = Vec::new();
    let school = Cases { student: None, alerts: &facts.alerts };
    readings.extend(fm5::find(facts).and_then(|found| school.reading(Item::Differing, found)));
    let campuses = fm6::find(facts);
    readings.extend(campuses.into_iter().filter_map(|found| school.reading(Item::UnfiledPlace, found)));
    readings.extend(fm8::find(facts, today).into_iter().filter_map(|found| school.reading(Item::TooSmall, found)));
    school.rest(&mut readings, false);
    // Cases are few; students are many. Those without a case of their own need none looked through.
    let mut by_student: std::collections::BTreeMap<StudentId, Vec<Arc<Alert>>> = std::collections::BTreeMap::new();
    for alert in &facts.alerts {
        if let Some(student) = alert.student {
            by_student.entry(student).or_default().push(Arc::clone(alert));
        }
    }
    for student in &facts.students {
        let own = by_student.remove(&student.id).unwrap_or_default();
        readings.extend(of_student(student, &own, today));
    }
    // Cases on students who are not at the school any more.
    for (student, own) in by_student {
        Cases { student: Some(student), alerts: &own }.rest(&mut readings, false);
    }
    readings.sort_by_key(|reading| (reading.item, std::cmp::Reverse(reading.nearness), reading.student));
    readings
}

/// One item of one school in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Which item.
    pub item: Item,
    /// The nearest of its readings.
    pub nearness: Nearness,
    /// How many students or matters are that near.
    pub count: u32,
    /// What is so, or how far it is to the threshold.
    pub text: String,
}

/// The eight items of a school.
pub fn summaries(facts: &Watched, readings: &[Reading], today: Day) -> Vec<Summary> {
    let one = |item: Item| {
        let of_item = || readings.iter().filter(move |reading| reading.item == item);
        let nearness = of_item().map(|reading| reading.nearness).max().unwrap_or(Nearness::Clear);
        let nearest: Vec<&Reading> = of_item().filter(|reading| reading.nearness == nearness).collect();
        let count = nearest.iter().map(|reading| reading.count).sum();
        let text = match nearest.as_slice() {
            [] => clear_words(item, facts, today),
            [one] if one.distance.is_empty() => one.because.clone(),
            [one] => format!("{}；{}", one.because, one.distance),
            [first, ..] => match item {
                Item::TooSmall | Item::Differing => first.because.clone(),
                _ => format!("{count}人/项，其中：{}", first.because),
            },
        };
        Summary { item, nearness, count, text }
    };
    Item::ALL.into_iter().map(one).collect()
}

/// What is to be said of an item that finds nothing.
fn clear_words(item: Item, facts: &Watched, today: Day) -> String {
    match item {
        Item::FalseData | Item::Unqualified => "无人工登记的事项".to_owned(),
        Item::Duplicate => "未发现重复学籍".to_owned(),
        Item::Absent => "没有未请假离校或检查不在校的学生".to_owned(),
        Item::Differing => fm5::clear_words(facts),
        Item::UnfiledPlace => "在籍学生都在已备案的校区".to_owned(),
        Item::Unfiled => "没有临近或超过截止日仍未备案的学生".to_owned(),
        Item::TooSmall => fm8::clear_words(facts, today),
    }
}
