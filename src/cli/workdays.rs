//! `xueji workdays DATE +N` and `xueji workdays DATE DATE`: a count of working days, day by day.

use super::table;
use crate::law::calendar::{Calendar, Explanation};
use crate::model::Day;
use chrono::{Datelike, Weekday};
use std::io::{self, Write};
use std::str::FromStr;

/// The longest period that is written out, in working days.
pub const LONGEST: u32 = 10_000;

/// Where the count goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// So many working days on: `+10`.
    Budget(u32),
    /// To a day: `2025-10-16`.
    Day(Day),
}

/// A text that is neither.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} 不是 +工作日数（如 +10），也不是日期（如 2025-10-16）")]
pub struct BadTarget(pub String);

impl FromStr for Target {
    type Err = BadTarget;

    fn from_str(text: &str) -> Result<Self, BadTarget> {
        let bad = || BadTarget(text.to_owned());
        match text.strip_prefix('+') {
            // `parse` would take a second sign.
            Some(number) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
                number.parse().map(Target::Budget).map_err(|_| bad())
            }
            Some(_) => Err(bad()),
            None => text.parse().map(Target::Day).map_err(|_| bad()),
        }
    }
}

/// Why there is no count.
#[derive(Debug, thiserror::Error)]
pub enum WorkdaysError {
    /// Longer than anyone can read.
    #[error("最多列出 {LONGEST} 个工作日；请缩短期限")]
    TooLong,
    /// The output is gone.
    #[error("写不出结果：{0}")]
    Write(#[from] io::Error),
    /// The same, while writing JSON.
    #[error("写不出结果：{0}")]
    Json(#[from] serde_json::Error),
}

/// Writes the count, for people or as JSON.
pub fn run(out: &mut dyn Write, calendar: &Calendar, from: Day, to: Target, json: bool) -> Result<(), WorkdaysError> {
    let explanation = match to {
        Target::Budget(budget) if budget > LONGEST => return Err(WorkdaysError::TooLong),
        Target::Budget(budget) => calendar.explain(from, budget),
        Target::Day(day) if calendar.count(from, day).unsigned_abs() > LONGEST => return Err(WorkdaysError::TooLong),
        Target::Day(day) => calendar.explain_between(from, day),
    };
    if json {
        serde_json::to_writer(&mut *out, &explanation)?;
        writeln!(out)?;
    } else {
        people(out, calendar, &explanation, to)?;
    }
    Ok(())
}

fn people(out: &mut dyn Write, calendar: &Calendar, count: &Explanation, to: Target) -> io::Result<()> {
    let mut days: Vec<(Day, [String; 4])> = Vec::with_capacity(count.days.len() + count.skipped.len());
    for day in &count.days {
        let note = match (&day.note, &day.makes_up) {
            (Some(note), Some(holiday)) => format!("{note}上班（{holiday}）"),
            (Some(note), None) => (*note).to_owned(),
            _ => String::new(),
        };
        days.push((day.date, [format!("{:>3}", day.n), day.date.to_string(), weekday(day.date).to_owned(), note]));
    }
    for day in &count.skipped {
        // A holiday is named; that a Saturday is a Saturday is said by the weekday already.
        let reason = if day.reason == weekday(day.date) { "不计" } else { &format!("不计：{}", day.reason) };
        let row = ["  -".to_owned(), day.date.to_string(), weekday(day.date).to_owned(), reason.to_owned()];
        days.push((day.date, row));
    }
    days.sort_by_key(|(date, _)| *date);

    let from = format!("{} {}", count.from, weekday(count.from));
    let due = format!("{} {}", count.due, weekday(count.due));
    let provisional = if count.provisional { "（暂定）" } else { "" };
    match to {
        Target::Budget(budget) => {
            writeln!(out, "{from} 起 {budget} 个工作日，当日不计，到期日：{due}{provisional}")?;
        }
        Target::Day(_) if count.due < count.from => {
            writeln!(out, "{due} 之后至 {from} 有 {} 个工作日{provisional}", count.budget.unsigned_abs())?;
        }
        Target::Day(_) => writeln!(out, "{from} 之后至 {due} 有 {} 个工作日{provisional}", count.budget)?,
    }
    if !days.is_empty() {
        writeln!(out)?;
        table::write(out, &days.into_iter().map(|(_, row)| row).collect::<Vec<_>>())?;
    }
    writeln!(out)?;
    if count.provisional {
        let last = calendar.last_known();
        writeln!(
            out,
            "暂定：{last} 以后的放假安排尚未载入，按周一至周五扣除 1 月 1 日、5 月 1–2 日、10 月 1–3 日计，载入后重算（X.3）"
        )?;
    }
    if count.from.min(count.due) < calendar.first_known() {
        writeln!(out, "未载：{} 以前没有放假安排，只按周一至周五计", calendar.first_known())?;
    }
    writeln!(out, "日历：{}", calendar.edition())?;
    writeln!(out, "依据：一般法律 X.1、X.2（推导，非规程条文）")
}

fn weekday(day: Day) -> &'static str {
    match day.weekday() {
        Weekday::Mon => "周一",
        Weekday::Tue => "周二",
        Weekday::Wed => "周三",
        Weekday::Thu => "周四",
        Weekday::Fri => "周五",
        Weekday::Sat => "周六",
        Weekday::Sun => "周日",
    }
}
