//! Hands without accounts here: their word is recorded by the last hand here that acted, so their items stand in that
//! office's queue.

use super::case::here;
use super::hall::Hall;
use crate::model::OfficeId;
use crate::store::OpenRow;

/// Open applications this office acts on: those whose turn is its own, and those it records for a hand not here.
pub(super) fn acted_on(hall: &Hall, office: &OfficeId) -> Vec<OpenRow> {
    let store = hall.store();
    let mut rows = store.open_at(office);
    for other in store.offices() {
        if other.id == *office || here(hall, &other.id) {
            continue;
        }
        rows.extend(store.open_at(&other.id).into_iter().filter(|row| recorder(hall, row) == *office));
    }
    rows.extend(store.open_outside().into_iter().filter(|row| recorder(hall, row) == *office));
    rows
}

/// Who records for the hand of this row: the last hand here that had its turn before, else the starting school.
pub(super) fn recorder(hall: &Hall, row: &OpenRow) -> OfficeId {
    let before = row.hands.iter().rev().filter(|hand| **hand != row.hand);
    before.clone().find(|hand| here(hall, hand)).unwrap_or(&row.school).clone()
}
