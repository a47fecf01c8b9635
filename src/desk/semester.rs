//! The calendar as the province sets it: first days of semesters (R12.18), and days of whole years. Provincial data:
//! with the number of the document, and nobody below the province changes them (Art. 4, 25).

use super::{Asked, Refused, State, Writes, import, scope};
use crate::law::rules;
use crate::model::{ImportKind, Post, PutCalendar, Record, RecordKey, Season, SemesterDay, SemesterStart, Write};
use chrono::Datelike;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Most semesters of one request.
const MOST: usize = 20;

/// Sets what is given, all of it or nothing.
pub(super) fn put(state: &State<'_>, asked: &Asked<'_>, of: &PutCalendar) -> Result<(Writes, Value), Refused> {
    let province = scope(asked.actor, state)?.covers_all();
    if !province || !asked.actor.holds(Post::Keeper) {
        return Err(rules::R4_2
            .refuse(
                "工作日历和学期开始日期由省教育厅确定，本级不能改动",
                "请等待省里发布；由省的系统管理岗载入",
                &[("office", asked.actor.office.to_string())],
            )
            .into());
    }
    import::documented(state, ImportKind::Calendar, Some(&of.document))?;
    if of.semester_start.is_empty() && of.days.is_empty() || of.semester_start.len() > MOST {
        return Err(Refused::Input(format!("请给出学期开始日期（至多{MOST}个）或整年的放假安排")));
    }
    let mut seen = BTreeSet::new();
    let mut writes = Writes::new();
    for one in &of.semester_start {
        if !seen.insert((one.year, one.season)) {
            return Err(Refused::Input(format!("{}年{}给了两个开始日期", one.year, one.season.name())));
        }
        sensible(one)?;
        let key = RecordKey::SemesterStart(one.year, one.season);
        let stored = match state.get(&key)? {
            Some(Record::SemesterStart(stored)) => Some(stored),
            _ => None,
        };
        if stored.as_ref().is_some_and(|stored| stored.day == one.day) {
            continue;
        }
        let based_on = stored.map_or(0, |stored| stored.revision);
        writes.push(Write {
            record: Record::SemesterStart(SemesterStart {
                year: one.year,
                season: one.season,
                revision: based_on + 1,
                day: one.day,
                document: of.document.trim().to_owned(),
                loaded: asked.now.day(),
            }),
            based_on,
        });
    }
    if !of.days.is_empty() {
        writes.extend(import::calendar_days(state, asked, &of.document, &of.days)?);
    }
    let answer = json!({ "written": writes.len(), "semester_start": of.semester_start.len(), "days": of.days.len() });
    Ok((writes, answer))
}

/// An autumn begins in August or September, a spring in February or March: anything else is a slip of the pen.
fn sensible(one: &SemesterDay) -> Result<(), Refused> {
    let months = if one.season == Season::Autumn { 8..=9 } else { 2..=3 };
    if (2021..=2100).contains(&one.year) && one.day.year() == one.year && months.contains(&one.day.month()) {
        return Ok(());
    }
    Err(Refused::Input(format!(
        "{}年{}学期不会在 {} 开始；秋季学期在8、9月，春季学期在2、3月，年份须一致",
        one.year,
        one.season.name(),
        one.day
    )))
}
