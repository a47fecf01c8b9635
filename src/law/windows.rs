//! The dates of a year (办理窗口) on which something opens, closes or is checked. They are dates, not periods counted in
//! working days: a weekend or holiday moves none of them (reading AMB-12), and both ends count whole (X.7).

use super::calendar::Calendar;
use super::rules::R12_18;
use crate::model::{Day, Season};
use chrono::{Datelike, TimeDelta};
use serde::Serialize;

/// How a window binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum WindowKind {
    /// 截止: possible through this day and not after it. No opening day is given by the text.
    Closes,
    /// 期间: from one day through another.
    Between,
    /// 起: from this day on; no end is given.
    Opens,
    /// 基准日: ages and grades are reckoned by it.
    Reference,
}

impl WindowKind {
    /// The word people see.
    pub fn name(self) -> &'static str {
        match self {
            WindowKind::Closes => "截止",
            WindowKind::Between => "期间",
            WindowKind::Opens => "起办",
            WindowKind::Reference => "基准日",
        }
    }
}

/// One window of one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Window {
    /// What it is for.
    pub name: &'static str,
    /// The rule it rests on.
    pub rule: &'static str,
    /// Its article.
    pub article: &'static str,
    /// How it binds.
    pub kind: WindowKind,
    /// First day; the only one but for [`WindowKind::Between`].
    pub from: Day,
    /// Last day.
    pub until: Day,
}

/// Where a window stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum WindowState {
    /// Still to come.
    Ahead,
    /// Binds today.
    Now,
    /// Over for this year.
    Past,
}

/// A window without its year.
struct Yearly {
    name: &'static str,
    rule: &'static str,
    article: &'static str,
    kind: WindowKind,
    from: (u32, u32),
    until: (u32, u32),
}

const fn on(
    name: &'static str,
    rule: &'static str,
    article: &'static str,
    kind: WindowKind,
    day: (u32, u32),
) -> Yearly {
    Yearly { name, rule, article, kind, from: day, until: day }
}

const fn between(
    name: &'static str,
    rule: &'static str,
    article: &'static str,
    from: (u32, u32),
    until: (u32, u32),
) -> Yearly {
    Yearly { name, rule, article, kind: WindowKind::Between, from, until }
}

/// In the order of the year. The first day of a semester is the province's to set; until it does, 1 September stands
/// for the autumn's (reading AMB-15).
const YEAR: [Yearly; 11] = [
    on("春季新生注册", "R6.3", "6", WindowKind::Closes, (4, 20)),
    on("春季新生备案", "R6.6", "6", WindowKind::Closes, (5, 20)),
    between("省厅核查春季学期异动", "R16.4", "16", (5, 20), (5, 30)),
    between("应届毕业生名单下载核对", "R16.6", "16", (6, 1), (6, 10)),
    on("毕业证书办理", "R17.1", "17", WindowKind::Opens, (6, 11)),
    on("普高、技工转入", "R12.18", "12", WindowKind::Closes, (8, 31)),
    on("年满18周岁认定", "R10.4", "10", WindowKind::Reference, (9, 1)),
    on("秋季学期开始", "R12.18", "12", WindowKind::Reference, (9, 1)),
    on("秋季新生注册", "R6.2", "6", WindowKind::Closes, (11, 20)),
    on("秋季新生备案", "R6.6", "6", WindowKind::Closes, (12, 20)),
    between("省厅核查秋季学期异动", "R16.4", "16", (12, 20), (12, 30)),
];

/// Days before a closing date from which it is counted down on the calendar screen.
pub const COUNTED_DOWN: i64 = 30;

/// The windows of a year, in its order; none for a year that no calendar holds.
pub fn of_year(year: i32, calendar: &Calendar) -> Vec<Window> {
    let day = |(month, day): (u32, u32)| Day::from_ymd_opt(year, month, day);
    let dated = |of: &Yearly| {
        let (mut from, mut until) = (day(of.from)?, day(of.until)?);
        if of.rule == R12_18.id {
            // Where the province has set the first day of the semester, it is that one, and the day before it.
            let start = calendar.semester_start(year, Season::Autumn).0;
            let on = if of.kind == WindowKind::Closes { start.pred_opt()? } else { start };
            (from, until) = (on, on);
        }
        Some(Window { name: of.name, rule: of.rule, article: of.article, kind: of.kind, from, until })
    };
    YEAR.iter().filter_map(dated).collect()
}

impl Window {
    /// Where it stands on this day. What only closes is ahead through its day.
    pub fn state(&self, today: Day) -> WindowState {
        match self.kind {
            WindowKind::Opens if today >= self.from => WindowState::Now,
            WindowKind::Closes if today == self.until => WindowState::Now,
            _ if today < self.from => WindowState::Ahead,
            _ if today <= self.until => WindowState::Now,
            _ => WindowState::Past,
        }
    }

    /// Whether this day lies within it; what only opens or closes lies on its day.
    pub fn holds(&self, day: Day) -> bool {
        self.from <= day && day <= self.until
    }

    /// Calendar days from `today` to its last day; 0 on that day, negative after it.
    pub fn days_left(&self, today: Day) -> i64 {
        (self.until - today).num_days()
    }
}

/// What binds on this day: windows that stand open, and closing dates within [`COUNTED_DOWN`] days, the nearest
/// end first. Windows of the year before that run no longer are left out, those of the next year are looked ahead to.
pub fn binding(today: Day, calendar: &Calendar) -> Vec<Window> {
    let ahead = today + TimeDelta::days(COUNTED_DOWN);
    let mut found: Vec<Window> = [today.year(), today.year() + 1]
        .into_iter()
        .flat_map(|year| of_year(year, calendar))
        .filter(|window| match window.kind {
            WindowKind::Closes => today <= window.until && window.until <= ahead,
            WindowKind::Between => window.state(today) == WindowState::Now,
            WindowKind::Opens => window.state(today) == WindowState::Now && window.from.year() == today.year(),
            WindowKind::Reference => window.from == today,
        })
        .collect();
    found.sort_by_key(|window| (window.kind == WindowKind::Opens, window.until));
    found
}

/// The last working day through which a closing date can still be met by those who work Monday to Friday: the date
/// itself, or the working day before it (AMB-12: the date does not move, the reminder does).
pub fn last_working_day(window: &Window, calendar: &Calendar) -> Day {
    let mut day = window.until;
    while !calendar.day(day).working {
        match day.pred_opt() {
            Some(before) => day = before,
            None => break,
        }
    }
    day
}
