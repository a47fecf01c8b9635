//! Finding students by any part of a name or number, among a million, while somebody types.

use super::packed::{BETWEEN, PIECE, Piece, documents};
use super::wanted::{Fit, Wanted};
use crate::model::{OfficeId, Student, StudentId};
use std::collections::HashMap;
use std::sync::Arc;

/// When fewer than one student in so many may be seen, those are looked at one by one instead of all at once.
const FEW: usize = 8;

/// Schools by a number of this search's own.
#[derive(Debug, Clone, Default)]
struct Schools {
    ids: Vec<OfficeId>,
    numbers: HashMap<OfficeId, u32>,
    /// Students of each.
    sizes: Vec<usize>,
}

impl Schools {
    fn number(&mut self, id: &OfficeId) -> u32 {
        if let Some(&number) = self.numbers.get(id) {
            return number;
        }
        let number = self.ids.len() as u32;
        self.ids.push(id.clone());
        self.sizes.push(0);
        self.numbers.insert(id.clone(), number);
        number
    }
}

/// The search columns. A copy costs next to nothing and stays as it was: whoever searches holds up nobody who writes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Search {
    /// By id, ascending; none empty.
    pieces: Vec<Arc<Piece>>,
    schools: Arc<Schools>,
}

impl Search {
    /// Takes a student in, or anew.
    pub(crate) fn put(&mut self, student: &Student) {
        let schools = Arc::make_mut(&mut self.schools);
        let school = schools.number(&student.school);
        // The piece that holds the id, or the one before the place where it belongs.
        let first_after = self.pieces.partition_point(|piece| piece.ids.first().is_some_and(|id| *id <= student.id));
        let mut at = first_after.saturating_sub(1);
        if let Some(piece) = self.pieces.get_mut(at)
            && piece.ids.len() >= PIECE
            && piece.ids.binary_search(&student.id).is_err()
        {
            // New students have the highest id: full pieces stay full. In between a piece is halved.
            let behind = piece.ids.last().is_some_and(|last| *last < student.id);
            let full = Arc::make_mut(piece);
            let next = if behind {
                full.shrink();
                Piece::default()
            } else {
                full.split()
            };
            let into_next = behind || next.ids.first().is_some_and(|id| *id <= student.id);
            self.pieces.insert(at + 1, Arc::new(next));
            at += usize::from(into_next);
        }
        if self.pieces.is_empty() {
            self.pieces.push(Arc::default());
        }
        let Some(piece) = self.pieces.get_mut(at) else { return };
        let before = Arc::make_mut(piece).put(student, school);
        if let Some(size) = before.and_then(|before| schools.sizes.get_mut(before as usize)) {
            *size -= 1;
        }
        if let Some(size) = schools.sizes.get_mut(school as usize) {
            *size += 1;
        }
    }

    /// See [`super::Store::students_of`].
    pub(crate) fn of_school(&self, school: &OfficeId) -> Vec<StudentId> {
        let Some(number) = self.schools.numbers.get(school) else { return Vec::new() };
        let in_piece = |piece: &Arc<Piece>| {
            let here = piece.ids.iter().zip(&piece.schools).filter(|(_, school)| *school == number);
            here.map(|(id, _)| *id).collect::<Vec<_>>()
        };
        self.pieces.iter().flat_map(in_piece).collect()
    }

    /// See [`super::Store::find_students`].
    pub(crate) fn find(&self, text: &str, count: usize, visible: &dyn Fn(&OfficeId) -> bool) -> Vec<StudentId> {
        let Some(wanted) = Wanted::read(text).filter(|_| count > 0) else { return Vec::new() };
        let visible: Vec<bool> = self.schools.ids.iter().map(visible).collect();
        let seen = |school: u32| visible.get(school as usize).copied().unwrap_or_default();
        let all: usize = self.schools.sizes.iter().sum();
        let mine: usize =
            self.schools.sizes.iter().zip(&visible).filter(|(_, seen)| **seen).map(|(size, _)| size).sum();
        let few = mine.saturating_mul(FEW) < all;
        let mut found: [Vec<StudentId>; 3] = Default::default();
        for piece in &self.pieces {
            // Ids only grow from piece to piece: what would not be given back need not be found any more.
            let so_far = |fits: usize| found.iter().take(fits).map(Vec::len).sum::<usize>() >= count;
            let least = match (so_far(2), so_far(3)) {
                (true, _) => Fit::Whole,
                (false, true) => Fit::Beginning,
                (false, false) => Fit::Part,
            };
            // Somebody may come twice; who fits in two ways is taken once.
            let mut take = |at: usize| {
                if piece.schools.get(at).copied().is_some_and(seen)
                    && let (Some(fit), Some(&id)) = (wanted.fit(piece, at), piece.ids.get(at))
                    && let Some(list) = found.get_mut(fit as usize)
                    && (list.len() < count || list.last().is_some_and(|last| id < *last))
                {
                    let place = list.partition_point(|other| *other < id);
                    if list.get(place) != Some(&id) {
                        list.insert(place, id);
                        list.truncate(count);
                    }
                }
                let enough = if wanted.number_only() { Fit::Part } else { Fit::Whole };
                found.get(enough as usize).is_none_or(|list| list.len() < count)
            };
            if few {
                let going = |at: &usize| piece.schools.get(*at).copied().is_some_and(seen);
                (0..piece.ids.len()).filter(going).all(&mut take);
            } else {
                wanted.candidates(piece, least, &mut take);
            }
        }
        let [whole, beginning, part] = found;
        let mut ids = whole;
        ids.extend(beginning);
        ids.extend(part);
        ids.truncate(count);
        ids
    }

    /// See [`super::Store::each_student_number`].
    pub(crate) fn each_number(&self, visit: &mut dyn FnMut(StudentId, &str, &str)) {
        for piece in &self.pieces {
            for (at, id) in piece.ids.iter().enumerate() {
                let numbers = piece.numbers.get(at);
                // A number that was given up belongs to whoever has it now.
                let id_no = documents(numbers).next().unwrap_or_default();
                let student_no = numbers.split(|byte| *byte == BETWEEN as u8).next().unwrap_or_default();
                // What was put in as text comes out as text.
                let text = |bytes| std::str::from_utf8(bytes).unwrap_or_default();
                visit(*id, text(student_no), text(id_no));
            }
        }
    }

    /// The highest id.
    pub(crate) fn last(&self) -> Option<StudentId> {
        self.pieces.last().and_then(|piece| piece.ids.last()).copied()
    }

    /// Every student with all that is held of him.
    fn entries(&self) -> impl Iterator<Item = (StudentId, Option<&OfficeId>, [&[u8]; 3])> {
        self.pieces.iter().flat_map(|piece| {
            piece.ids.iter().enumerate().map(|(at, id)| {
                let school = piece.schools.get(at).and_then(|school| self.schools.ids.get(*school as usize));
                (*id, school, [piece.names.get(at), piece.initials.get(at), piece.numbers.get(at)])
            })
        })
    }

    /// The first student in whom the two differ.
    pub(crate) fn difference(&self, other: &Search) -> Option<StudentId> {
        let (mut ours, mut theirs) = (self.entries(), other.entries());
        loop {
            match (ours.next(), theirs.next()) {
                (None, None) => return None,
                (Some(a), Some(b)) if a == b => {}
                (Some(a), Some(b)) => return Some(a.0.min(b.0)),
                (Some(one), None) | (None, Some(one)) => return Some(one.0),
            }
        }
    }
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
