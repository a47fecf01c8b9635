//! Students packed for searching: for each kind of text one run of bytes, in pieces of a few thousand students, so
//! that a change touches one piece and a search goes over plain memory.

use crate::model::{PersonalField, Student, StudentId};
use crate::text::initials;

/// Most students of a piece.
pub(super) const PIECE: usize = 4096;

/// Stands between the student number and the document number.
pub(super) const BETWEEN: char = '\t';
/// Stands before each document number that the file had before.
const FORMER: char = '\u{1f}';

/// Texts one after the other, each with a line break behind it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Texts {
    pub(super) bytes: Vec<u8>,
    /// Behind the line break of each.
    ends: Vec<u32>,
}

impl Texts {
    fn start(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize)
    }

    /// A text, without its break.
    pub(super) fn get(&self, at: usize) -> &[u8] {
        let end = self.ends.get(at).map_or(0, |end| *end as usize);
        self.bytes.get(self.start(at)..end.saturating_sub(1)).unwrap_or_default()
    }

    /// Which text this byte belongs to.
    pub(super) fn at(&self, offset: usize) -> usize {
        self.ends.partition_point(|end| *end as usize <= offset)
    }

    /// Where the text ends, its break included.
    pub(super) fn end(&self, at: usize) -> usize {
        self.start(at + 1)
    }

    /// Puts a text at `at`, in the place of `instead` (0 or 1) texts.
    fn put(&mut self, at: usize, instead: usize, text: &str) {
        let (from, until) = (self.start(at), self.start(at + instead));
        self.bytes.splice(from..until, text.bytes().chain([b'\n']));
        let grown = from + text.len() + 1;
        self.ends.splice(at..at + instead, [grown as u32]);
        for end in self.ends.iter_mut().skip(at + 1) {
            *end = (*end as usize - until + grown) as u32;
        }
    }

    fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    fn split_off(&mut self, at: usize) -> Texts {
        let from = self.start(at);
        let ends = self.ends.split_off(at);
        Texts { bytes: self.bytes.split_off(from), ends: ends.into_iter().map(|end| end - from as u32).collect() }
    }
}

/// A few thousand students by id, ascending.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) ids: Vec<StudentId>,
    pub(super) schools: Vec<u32>,
    /// As searched: without dots and blanks.
    pub(super) names: Texts,
    /// Initials, all living readings.
    pub(super) initials: Texts,
    /// Student number, document number and those it had before, in capitals.
    pub(super) numbers: Texts,
}

impl Piece {
    /// Takes a student in, or anew; gives back the school he was at.
    pub(super) fn put(&mut self, student: &Student, school: u32) -> Option<u32> {
        let found = match self.ids.last() {
            Some(last) if *last < student.id => Err(self.ids.len()),
            _ => self.ids.binary_search(&student.id),
        };
        let (at, instead) = match found {
            Ok(at) => (at, 1),
            Err(at) => (at, 0),
        };
        let before = self.schools.get(at).copied().filter(|_| instead == 1);
        self.ids.splice(at..at + instead, [student.id]);
        self.schools.splice(at..at + instead, [school]);
        self.names.put(at, instead, &bare(&student.name));
        self.initials.put(at, instead, &initials(&student.name));
        self.numbers.put(at, instead, &numbers(student));
        before
    }

    /// Gives back what it does not need; it is full.
    pub(super) fn shrink(&mut self) {
        self.ids.shrink_to_fit();
        self.schools.shrink_to_fit();
        self.names.shrink();
        self.initials.shrink();
        self.numbers.shrink();
    }

    /// Takes the later half off.
    pub(super) fn split(&mut self) -> Piece {
        let at = self.ids.len() / 2;
        Piece {
            ids: self.ids.split_off(at),
            schools: self.schools.split_off(at),
            names: self.names.split_off(at),
            initials: self.initials.split_off(at),
            numbers: self.numbers.split_off(at),
        }
    }
}

/// A name without the dots and blanks that one writes and another leaves out.
pub(super) fn bare(name: &str) -> String {
    let sign = |c: char| c.is_ascii() || c.is_whitespace() || c.is_control() || "·・•‧∙。—".contains(c);
    name.chars().filter(|c| c.is_alphanumeric() || !sign(*c)).collect()
}

fn numbers(student: &Student) -> String {
    let mut text = String::with_capacity(student.student_no.len() + student.id_no.len() + 1);
    let plain =
        |text: &str| -> String { text.chars().filter(|c| !c.is_control()).map(|c| c.to_ascii_uppercase()).collect() };
    text.push_str(&plain(&student.student_no));
    text.push(BETWEEN);
    text.push_str(&plain(&student.id_no));
    for former in student.former.iter().filter(|former| former.field == PersonalField::IdNumber) {
        text.push(FORMER);
        text.push_str(&plain(&former.value));
    }
    text
}

/// The document number among these numbers, and after it those it had before.
pub(super) fn documents(numbers: &[u8]) -> impl Iterator<Item = &[u8]> {
    let between = numbers.iter().position(|byte| *byte == BETWEEN as u8);
    between.and_then(|at| numbers.get(at + 1..)).unwrap_or_default().split(|byte| *byte == FORMER as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_put_replaced_and_split() {
        let mut texts = Texts::default();
        for (at, text) in ["甲", "", "丙丙"].into_iter().enumerate() {
            texts.put(at, 0, text);
        }
        texts.put(1, 1, "乙乙乙");
        texts.put(0, 0, "零");
        let all = |texts: &Texts| -> Vec<String> {
            (0..texts.ends.len()).map(|at| String::from_utf8_lossy(texts.get(at)).into_owned()).collect()
        };
        assert_eq!(all(&texts), ["零", "甲", "乙乙乙", "丙丙"]);
        for at in 0..4 {
            assert_eq!(texts.at(texts.start(at)), at);
            assert_eq!(texts.at(texts.end(at) - 1), at);
        }
        let later = texts.split_off(2);
        assert_eq!((all(&texts), all(&later)), (vec!["零".into(), "甲".into()], vec!["乙乙乙".into(), "丙丙".into()]));
    }
}
