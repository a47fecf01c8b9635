//! Names and numbers of all students, packed, for searching by any part of them.

use crate::model::{OfficeId, Student, StudentId};
use std::collections::HashMap;

/// The shortest part of a number that is searched for.
const SHORTEST_NUMBER: usize = 3;

struct Entry {
    id: StudentId,
    school: u32,
    /// Bytes of the name and of the student number within `text`; the document number is the rest.
    name: u32,
    student_no: u32,
    text: Box<str>,
}

impl Entry {
    fn parts(&self) -> (&str, &str, &str) {
        let (name, rest) = self.text.split_at_checked(self.name as usize).unwrap_or((&self.text, ""));
        let (student_no, id_no) = rest.split_at_checked(self.student_no as usize).unwrap_or((rest, ""));
        (name, student_no, id_no)
    }
}

/// The search columns.
#[derive(Default)]
pub(crate) struct Search {
    /// By id, ascending.
    entries: Vec<Entry>,
    schools: Vec<OfficeId>,
    numbers: HashMap<OfficeId, u32>,
}

impl Search {
    /// Takes a student in, or anew.
    pub(crate) fn put(&mut self, student: &Student) {
        let school = match self.numbers.get(&student.school) {
            Some(&number) => number,
            None => {
                let number = self.schools.len() as u32;
                self.schools.push(student.school.clone());
                self.numbers.insert(student.school.clone(), number);
                number
            }
        };
        let entry = Entry {
            id: student.id,
            school,
            name: student.name.len() as u32,
            student_no: student.student_no.len() as u32,
            text: [student.name.as_str(), &student.student_no, &student.id_no].concat().into(),
        };
        // New students have the highest id, so this is nearly always a push.
        match self.entries.binary_search_by_key(&student.id, |entry| entry.id) {
            Ok(at) => self.entries[at] = entry,
            Err(at) => self.entries.insert(at, entry),
        }
    }

    /// See [`super::Store::find_students`].
    pub(crate) fn find(&self, text: &str, count: usize, visible: &dyn Fn(&OfficeId) -> bool) -> Vec<StudentId> {
        let text = text.trim();
        let number = text.to_ascii_uppercase();
        let by_number = text.len() >= SHORTEST_NUMBER && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let mut judged: Vec<Option<bool>> = vec![None; self.schools.len()];
        let mut seen = |school: u32| {
            let Some(known) = judged.get_mut(school as usize) else { return false };
            *known.get_or_insert_with(|| self.schools.get(school as usize).is_some_and(visible))
        };
        let has = |part: &str| contains_ignoring_case(part, &number);
        self.entries
            .iter()
            .filter(|entry| {
                let (name, student_no, id_no) = entry.parts();
                name.contains(text) || (by_number && (has(student_no) || has(id_no)))
            })
            .filter(|entry| seen(entry.school))
            .take(count)
            .map(|entry| entry.id)
            .collect()
    }

    /// See [`super::Store::each_student_number`].
    pub(crate) fn each_number(&self, visit: &mut dyn FnMut(StudentId, &str, &str)) {
        for entry in &self.entries {
            let (_, student_no, id_no) = entry.parts();
            visit(entry.id, student_no, id_no);
        }
    }

    /// The highest id.
    pub(crate) fn last(&self) -> Option<StudentId> {
        self.entries.last().map(|entry| entry.id)
    }

    /// The first student in whom the two differ.
    pub(crate) fn difference(&self, other: &Search) -> Option<StudentId> {
        let pairs = self.entries.iter().zip(&other.entries);
        let differ = |a: &Entry, b: &Entry| {
            let school = |search: &Search, number: u32| search.schools.get(number as usize).cloned();
            a.id != b.id || a.parts() != b.parts() || school(self, a.school) != school(other, b.school)
        };
        let within = pairs.into_iter().find(|(a, b)| differ(a, b)).map(|(a, b)| a.id.min(b.id));
        let common = self.entries.len().min(other.entries.len());
        within.or_else(|| self.entries.get(common).or_else(|| other.entries.get(common)).map(|entry| entry.id))
    }
}

/// `needle` is upper-case ASCII; a document number may end in a small `x`.
fn contains_ignoring_case(part: &str, needle: &str) -> bool {
    part.as_bytes().windows(needle.len().max(1)).any(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
}
