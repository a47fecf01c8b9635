//! Something of every student, in pages of ids that follow on one another: ids are given out in a row, so a page is full
//! and costs nothing beside its rows, where a tree of a million grown from one end stands half empty.

use crate::model::StudentId;
use std::collections::BTreeMap;

/// Ids of a page.
const PAGE: u64 = 512;

/// Rows by student.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Rows<T>(BTreeMap<u64, Vec<Option<T>>>);

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Rows(BTreeMap::new())
    }
}

impl<T> Rows<T> {
    /// The student's row.
    pub(super) fn get(&self, id: &StudentId) -> Option<&T> {
        self.0.get(&(id.0 / PAGE))?.get((id.0 % PAGE) as usize)?.as_ref()
    }

    /// Puts a row in, or another in its place.
    pub(super) fn insert(&mut self, id: StudentId, row: T) {
        let page = self.0.entry(id.0 / PAGE).or_insert_with(|| Vec::with_capacity(PAGE as usize));
        let at = (id.0 % PAGE) as usize;
        if page.len() <= at {
            page.resize_with(at + 1, || None);
        }
        if let Some(place) = page.get_mut(at) {
            *place = Some(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_where_they_were_put_in_whatever_order() {
        let ids = [1, 511, 512, 513, 40_000, 7, u64::MAX, 0];
        let (mut one, mut other) = (Rows::default(), Rows::default());
        for id in ids {
            one.insert(StudentId(id), id);
        }
        for id in ids.into_iter().rev() {
            other.insert(StudentId(id), 0);
            other.insert(StudentId(id), id);
        }
        for id in ids {
            assert_eq!(one.get(&StudentId(id)), Some(&id));
        }
        assert_eq!((one.get(&StudentId(2)), one.get(&StudentId(514)), one.get(&StudentId(90_000))), (None, None, None));
        assert_eq!(one, other);
        other.insert(StudentId(7), 8);
        assert_ne!(one, other);
    }
}
