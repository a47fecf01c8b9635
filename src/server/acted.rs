//! 我办过的: what the asker acted on for his office, the newest act first, whatever has become of it.

use super::hall::Hall;
use super::queue;
use super::refusal::Refusal;
use super::session::Asker;
use crate::model::{ApplicationId, Stamp};
use crate::store::{OpenRow, row_of};
use crate::wire::{Limit, Page, PageRequest};
use std::collections::VecDeque;

/// Ids in their order: newest act first, of one moment the newest application first.
pub(super) fn ids(hall: &Hall, asker: &Asker) -> Vec<ApplicationId> {
    let mut all: Vec<(ApplicationId, Stamp)> = hall.store().acted_by(&asker.actor.person, &asker.actor.office);
    all.sort_by_key(|(id, at)| std::cmp::Reverse((*at, *id)));
    all.into_iter().map(|(id, _)| id).collect()
}

/// The row of an application, open or not; none when it is gone or no longer within the asker's scope.
pub(super) fn row(hall: &Hall, asker: &Asker, id: ApplicationId) -> Result<Option<OpenRow>, Refusal> {
    let application = hall.store().application(id)?.filter(|one| asker.scope.sees_application(one));
    Ok(application.as_ref().and_then(row_of))
}

/// How many.
pub(super) fn count(hall: &Hall, asker: &Asker) -> usize {
    hall.store().acted_count(&asker.actor.person, &asker.actor.office)
}

/// Ids a limit lets through. Without one no record is looked into.
pub(super) fn limited(hall: &Hall, asker: &Asker, limit: &Limit) -> Result<Vec<ApplicationId>, Refusal> {
    let all = ids(hall, asker);
    if limit.is_none() {
        return Ok(all);
    }
    let mut left = Vec::new();
    for id in all {
        if let Some(row) = row(hall, asker, id)?
            && queue::passes(hall, asker, limit, &row)
        {
            left.push(id);
        }
    }
    Ok(left)
}

/// A window of them.
pub(super) fn page(hall: &Hall, asker: &Asker, request: &PageRequest, most: u32) -> Result<Page, Refusal> {
    let ids = limited(hall, asker, &request.limit)?;
    let total = ids.len();
    let count = request.count.min(most) as usize;
    let anchor = match request.anchor {
        _ if request.end => total.saturating_sub(1),
        None => 0,
        Some(id) => ids.iter().position(|one| *one == id).unwrap_or(0),
    };
    let before = if request.end { count.saturating_sub(1) } else { request.before as usize };
    let offset = anchor.saturating_sub(before).min(total);
    let end = (offset + count).min(total);
    let calendar = hall.calendar();
    let mut items = VecDeque::with_capacity(end - offset);
    for id in &ids[offset..end] {
        if let Some(row) = row(hall, asker, *id)? {
            items.push_back(queue::view(hall, &row, &calendar, asker.now.day())?);
        }
    }
    Ok(queue::page_of(items, (offset, end, total), anchor, |at| ids.get(at).copied()))
}
