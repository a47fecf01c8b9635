//! Paper files, problems of the province's checks, head counts, the withdrawal to propose for an absence.

use super::hall::Hall;
use super::lists::fitting;
use super::reads::not_found;
use super::refusal::Refusal;
use super::session::Asker;
use crate::desk::State;
use crate::desk::alerts::watched_student;
use crate::law::entry::dates::cohort;
use crate::law::{rules, upkeep};
use crate::model::{Application, Finding, Level, Office, OfficeId, Season, StudentId};
use crate::wire::{HeadcountsAsked, PaperFilesAsked, ProblemsAsked};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Most rows or schools of one answer.
const MOST: u32 = 200;

/// The school of the scope that is named, or the own office when it is one.
fn school(hall: &Hall, asker: &Asker, named: Option<&OfficeId>) -> Result<Office, Refusal> {
    let id = named.unwrap_or(&asker.actor.office);
    let known = hall.store().office(id)?.filter(|office| office.level == Level::School);
    let unknown = || not_found(format!("没有学校 {id}，或者不在您的管辖范围；请用 school 指明学校"));
    Ok(known.filter(|office| asker.scope.covers(&office.id)).ok_or_else(unknown)?)
}

/// A school's students whose paper file is missing, differs, or stands behind the electronic one (R3.1, R3.4).
pub(super) fn paper_files(hall: &Hall, asker: &Asker, asked: &PaperFilesAsked) -> Result<Value, Refusal> {
    let school = school(hall, asker, asked.school.as_ref())?;
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let count = asked.count.clamp(1, MOST) as usize;
    let (mut students, mut missing, mut total, mut rows) = (0, 0, 0, Vec::new());
    for id in hall.store().students_of(&school.id) {
        let Some(student) = hall.store().student(id)?.filter(|student| student.status.is_live()) else { continue };
        let paper = state.paper_file(id)?;
        students += 1;
        missing += u32::from(paper.is_none());
        let findings = upkeep::of_paper_file(&student, paper.as_ref());
        if findings.is_empty() {
            continue;
        }
        total += 1;
        if asked.after.is_none_or(|after| id > after) && rows.len() <= count {
            rows.push(json!({
                "student": id, "name": student.name, "number": paper.as_ref().map(|paper| &paper.number),
                "place": paper.as_ref().map(|paper| &paper.place),
                "checked_on": paper.as_ref().and_then(|paper| paper.checks.last()).map(|check| check.on),
                "findings": findings,
            }));
        }
    }
    let more = rows.len() > count;
    rows.truncate(count);
    let items = fitting(&rows)?;
    let next = if more || items.len() < rows.len() { items.last().map(|row| row["student"].clone()) } else { None };
    Ok(json!({
        "school": school.id, "students": students, "missing": missing, "total": total, "items": items, "next": next,
    }))
}

/// What the province's check of a semester found, school by school.
pub(super) fn problems(hall: &Hall, asker: &Asker, asked: &ProblemsAsked) -> Result<Value, Refusal> {
    let schools: Vec<OfficeId> = match &asked.school {
        Some(id) => vec![school(hall, asker, Some(id))?.id],
        None => schools(hall, asker, &asker.actor.office).into_iter().map(|school| school.id.clone()).collect(),
    };
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let (mut rows, mut open) = (Vec::new(), 0);
    for school in schools {
        let Some(check) = state.semester_check(&school, asked.year, asked.season)? else { continue };
        for (at, problem) in check.problems.iter().enumerate() {
            open += u32::from(problem.cleared.is_none());
            rows.push(json!({
                "school": school, "number": at + 1, "student": problem.student, "text": problem.text,
                "owner": problem.owner, "by": problem.by.name, "at": problem.at,
                "cleared": problem.cleared.as_ref().map(|(on, text, by, _)| json!({
                    "on": on, "text": text, "by": by.name,
                })),
            }));
        }
    }
    let items = fitting(&rows)?;
    let truncated = items.len() < rows.len();
    Ok(json!({ "total": rows.len(), "open": open, "items": items, "truncated": truncated, "next": null }))
}

/// Schools of an office within the scope, by code.
fn schools(hall: &Hall, asker: &Asker, office: &OfficeId) -> Vec<std::sync::Arc<Office>> {
    let offices = hall.store().offices();
    let parent = |id: &OfficeId| offices.iter().find(|one| one.id == *id).and_then(|one| one.parent.clone());
    let below = |id: &OfficeId| {
        // Four levels at most.
        let mut at = Some(id.clone());
        for _ in 0..4 {
            match at {
                Some(one) if one == *office => return true,
                Some(one) => at = parent(&one),
                None => return false,
            }
        }
        false
    };
    let mut found: Vec<_> = offices
        .iter()
        .filter(|one| one.level == Level::School && asker.scope.covers(&one.id) && below(&one.id))
        .cloned()
        .collect();
    found.sort_by(|one, other| one.id.cmp(&other.id));
    found
}

/// Students with a file in force, by school, cohort and form of study (R9.5). No ratio of the subsidy is given by the
/// text, so none is applied.
pub(super) fn headcounts(hall: &Hall, asker: &Asker, asked: &HeadcountsAsked) -> Result<Value, Refusal> {
    let office = asked.office.clone().unwrap_or_else(|| asker.actor.office.clone());
    if hall.store().office(&office)?.is_none() || !asker.scope.covers(&office) {
        return Err(not_found(format!("没有机构 {office}，或者不在您的管辖范围")).into());
    }
    let all = schools(hall, asker, &office);
    let total = all.len();
    let count = asked.count.clamp(1, MOST) as usize;
    let rest: Vec<_> =
        all.into_iter().filter(|school| asked.after.as_ref().is_none_or(|after| school.id > *after)).collect();
    let mut rows = Vec::new();
    for school in rest.iter().take(count) {
        let mut counts: BTreeMap<(u16, Season, bool), u32> = BTreeMap::new();
        for ((entry, part_time), students) in hall.store().headcounts(&school.id) {
            let (year, season) = cohort(entry);
            *counts.entry((year, season, part_time)).or_default() += students;
        }
        let lines: Vec<Value> = counts
            .iter()
            .map(|((year, season, part_time), students)| {
                let form = if *part_time { "非全日制" } else { "全日制" };
                json!({ "year": year, "season": season, "study_form": form, "students": students })
            })
            .collect();
        let of = |wanted: bool| counts.iter().filter(|((.., part), _)| *part == wanted).map(|(_, n)| n).sum::<u32>();
        rows.push(json!({
            "school": school.id, "name": school.name, "full_time": of(false), "part_time": of(true), "counts": lines,
        }));
    }
    let items = fitting(&rows)?;
    let next = if items.len() < rest.len() { items.last().map(|row| row["school"].clone()) } else { None };
    Ok(json!({ "total": total, "items": items, "next": next, "rule": rules::R9_5.id, "ratio": null }))
}

/// The withdrawal to propose for an absence, or the refusal that says why there is none.
pub(super) fn absence_draft(hall: &Hall, asker: &Asker, id: StudentId) -> Result<Value, Refusal> {
    let unknown = || not_found(format!("没有学生 {id}，或者不在您的管辖范围"));
    let student = hall.store().student(id)?.filter(|student| asker.scope.sees_student(student)).ok_or_else(unknown)?;
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let watched = watched_student(&state, &student)?;
    match upkeep::absence_draft(&student, &watched, asker.now.day()) {
        Ok(draft) => Ok(json!({ "student": id, "details": draft.details, "finding": draft.finding })),
        Err(why) => Err((*why).into()),
    }
}

/// What is demanded from above on a case and not met yet (R13.4).
pub(super) fn demanded(state: &State<'_>, application: &Application) -> Result<Vec<Finding>, Refusal> {
    Ok(state.demands(application.id)?.as_ref().map(upkeep::of_demands).unwrap_or_default())
}
