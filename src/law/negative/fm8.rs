//! FM8 规模不足: fewer than 60 new students, or fewer than 240 in school, in two consecutive calendar years in which the
//! school was qualified (reading AMB-24: spring and autumn filings of the calendar year; in school on 30 December, 休学
//! included). A year is judged when it cannot change any more: new students from 21 December, when filing has closed;
//! those in school from 31 December.

use super::Found;
use crate::law::rules::{FM8_1, FM8_2, IN_FORCE, Rule};
use crate::model::{Day, Watched};
use chrono::Datelike;
use std::collections::BTreeMap;

/// One of the two conditions.
struct Line {
    rule: &'static Rule,
    /// Fewer than this is too few; this itself is enough.
    least: u32,
    /// The last day of the year on which its figure can still change.
    closes: (u32, u32),
    key: &'static str,
    what: &'static str,
}

const LINES: [Line; 2] = [
    Line { rule: &FM8_1, least: 60, closes: (12, 20), key: "recruits", what: "备案新生" },
    Line { rule: &FM8_2, least: 240, closes: (12, 30), key: "in-school", what: "在校生" },
];

impl Line {
    /// The newest year whose figure stands.
    fn last_year(&self, today: Day) -> i32 {
        let closed = (today.month(), today.day()) > self.closes;
        today.year() - i32::from(!closed)
    }

    fn figures<'a>(&self, facts: &'a Watched) -> &'a BTreeMap<i32, u32> {
        if self.key == "recruits" { &facts.filed } else { &facts.in_school }
    }

    /// This year's figure so far.
    fn so_far(&self, facts: &Watched, year: i32) -> u32 {
        if self.key == "recruits" { facts.filed.get(&year).copied().unwrap_or(0) } else { facts.now }
    }

    /// The figure of a year, if it is judged and too small.
    fn low(&self, facts: &Watched, year: i32) -> Option<u32> {
        let figure = self.figures(facts).get(&year).copied().unwrap_or(0);
        (judged(facts, year) && figure < self.least).then_some(figure)
    }

    fn find(&self, facts: &Watched, today: Day) -> Option<Found> {
        let last = self.last_year(today);
        let low = self.low(facts, last)?;
        let Line { rule, least, key, what, .. } = self;
        if let Some(before) = self.low(facts, last - 1) {
            let key = format!("{key}:{}-{last}", last - 1);
            let because = format!("{what}{}年{before}人、{last}年{low}人，连续两年不足{least}人", last - 1);
            return Some(Found::met(rule, key, because));
        }
        let this = last + 1;
        let so_far = self.so_far(facts, this);
        if so_far >= *least {
            return None;
        }
        let because = format!("{what}{last}年{low}人，不足{least}人");
        let (month, day) = self.closes;
        let distance = format!("{this}年目前{so_far}人，到{month}月{day}日还差{}人即连续两年不足", least - so_far);
        Some(Found::near(rule, format!("{key}:{last}-{this}"), because, distance))
    }
}

/// Only years since the regulation in which the school was qualified. Where the province's list of a year was not
/// loaded, a year with new students filed counts as one.
fn judged(facts: &Watched, year: i32) -> bool {
    let first = IN_FORCE.get(..4).and_then(|year| year.parse().ok()).unwrap_or(i32::MAX);
    let recruited = facts.filed.get(&year).is_some_and(|filed| *filed > 0);
    let mut lists = facts.offers.iter().filter(|((of, _), _)| *of == year).peekable();
    let qualified = match lists.peek() {
        None => recruited,
        Some(_) => lists.any(|(_, majors)| !majors.is_empty()),
    };
    year >= first && qualified
}

pub(super) fn find(facts: &Watched, today: Day) -> Vec<Found> {
    LINES.iter().filter_map(|line| line.find(facts, today)).collect()
}

pub(super) fn clear_words(facts: &Watched, today: Day) -> String {
    let figures = LINES.iter().map(|line| {
        let year = line.last_year(today);
        let figure = line.figures(facts).get(&year).copied().unwrap_or(0);
        format!("{year}年{}{figure}人（不足{}人为少）", line.what, line.least)
    });
    figures.collect::<Vec<_>>().join("，")
}
