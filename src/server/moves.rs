//! The running deadlines that a calendar on its way in would move: listed for who brings it, and confirmed by number
//! before it is taken in.

use super::hall::Hall;
use super::lists::{PAGE_BYTES, length};
use super::reads::value;
use super::refusal::Refusal;
use super::session::Asker;
use crate::desk::Refused;
use crate::desk::moves::{Moved, moved};
use crate::law::calendar::Calendar;
use crate::model::{CalendarYear, Change, Import, ImportKind, Record};
use crate::text::mask_name;
use crate::wire::{CalendarMoves, MovedRow, MovesView};
use serde_json::Value;

/// Most rows of one page.
const MOST_ROWS: u32 = 500;

/// What these changes would move, and the calendar that does it.
fn of(hall: &Hall, changes: &[Change]) -> Result<(Vec<Moved>, Calendar), Refused> {
    let writes = changes.iter().flat_map(|change| &change.writes);
    let years: Vec<CalendarYear> = writes
        .filter_map(|write| match &write.record {
            Record::CalendarYear(year) => Some(year.clone()),
            _ => None,
        })
        .collect();
    let after = hall.calendar_with(&years).map_err(|error| Refused::Input(error.to_string()))?;
    let before = hall.calendar();
    let mut found = Vec::new();
    hall.store().read_turns(&mut |turns| found = moved(turns, &before, &after));
    Ok((found, after))
}

/// Holds a calendar back until its moves are known to who brings it, as many as there are now.
pub(super) fn confirmed(hall: &Hall, import: &Import, changes: &[Change]) -> Result<(), Refused> {
    if import.kind != ImportKind::Calendar || changes.is_empty() {
        return Ok(());
    }
    let many = of(hall, changes)?.0.len();
    if many == 0 || import.moves.is_some_and(|known| known as usize == many) {
        return Ok(());
    }
    let known = import.moves.map(|known| format!("（清单上是 {known} 件）")).unwrap_or_default();
    Err(Refused::Input(format!(
        "载入这份日历，会有 {many} 件在办业务的到期日变动{known}，没有载入；请先逐件看清单（calendar.moves，或加 --dry-run 试导），再按清单确认"
    )))
}

/// A page of them.
pub(super) fn page(hall: &Hall, asker: &Asker, changes: &[Change], asked: &CalendarMoves) -> Result<Value, Refusal> {
    let (all, after) = of(hall, changes)?;
    let total = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let (mut items, mut bytes) = (Vec::new(), 0);
    for one in all.iter().skip(asked.after as usize).take(asked.count.unwrap_or(100).clamp(1, MOST_ROWS) as usize) {
        let row = row(hall, asker, one)?;
        bytes += length(&row);
        if bytes > PAGE_BYTES && !items.is_empty() {
            break;
        }
        items.push(row);
    }
    let shown = asked.after.saturating_add(u32::try_from(items.len()).unwrap_or(u32::MAX));
    let next = (shown < total && !items.is_empty()).then_some(shown);
    value(MovesView { total, items, next, last_known: after.last_known() })
}

fn row(hall: &Hall, asker: &Asker, moved: &Moved) -> Result<MovedRow, Refusal> {
    let (store, turn) = (hall.store(), &moved.turn);
    let (mut student, mut hand) = (String::new(), String::new());
    if let Some(application) = store.application(turn.application)? {
        let name = store.student(application.student)?.map_or_else(String::new, |student| student.name);
        student = if asker.scope.sees_application(&application) { name } else { mask_name(&name) };
        if let Some(step) = application.steps.get(usize::from(turn.step)) {
            hand = store.office(&step.hand)?.map_or_else(|| step.hand.to_string(), |office| office.name);
        }
    }
    Ok(MovedRow {
        application: turn.application,
        kind: turn.kind,
        student,
        hand,
        reference: turn.reference,
        before: moved.before,
        after: moved.after,
    })
}
