//! The national system's lists in memory: of each line its document number and what it is compared by, sixteen bytes in
//! all, in the order in which the lines are stored. Two sides are laid together without reading a record; only those
//! who differ are read, by whoever wants to see them.

use super::watch::hash;
use crate::model::{
    NationalLine, NationalList, NationalMark, NationalPage, OfficeId, PersonalField, Student, StudentId, compared_there,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// A file here, as it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct File {
    /// Whose.
    pub(super) id: StudentId,
    /// Of the document number; 0 for none.
    pub(super) document: u64,
    /// Of what it says.
    pub(super) compared: u32,
    /// Whether it lives.
    pub(super) live: bool,
}

/// A line there, as it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Line {
    document: u64,
    compared: u32,
    live: bool,
}

impl Line {
    fn of(line: &NationalLine) -> Line {
        Line { document: hash(&line.id_no), compared: compared_there(line), live: line.status.is_live() }
    }
}

/// By what a file and a line were laid together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MatchedBy {
    /// The document number.
    Number,
    /// A number the file had before.
    Former,
    /// A person's word.
    Person,
}

/// A file and a line of one student that do not say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unequal {
    /// The file here.
    pub student: StudentId,
    /// Place of the line in the list.
    pub line: u32,
    /// By what they were laid together.
    pub by: MatchedBy,
}

/// A school's two sides laid together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Files here; 未注册 and 转出省外 are none of the school's.
    pub here: u32,
    /// Lines there: what the percentage is of (AMB-23).
    pub there: u32,
    /// The same student, something else said; by line.
    pub unequal: Vec<Unequal>,
    /// Live files without a line. Whoever has left and is not in the list either is no difference.
    pub only_here: Vec<StudentId>,
    /// Lines without a file.
    pub only_there: Vec<u32>,
}

impl Comparison {
    /// Students that differ; each counts once, whatever the number of fields.
    pub fn differing(&self) -> u32 {
        u32::try_from(self.unequal.len() + self.only_here.len() + self.only_there.len()).unwrap_or(u32::MAX)
    }
}

/// Lays two sides together: by document number, then by numbers a file had before, then by what persons said.
fn compare(files: &[File], lines: &[Line], former: &[(StudentId, u64)], said: &[(StudentId, u64)]) -> Comparison {
    let mut comparison = Comparison {
        here: u32::try_from(files.len()).unwrap_or(u32::MAX),
        there: u32::try_from(lines.len()).unwrap_or(u32::MAX),
        ..Comparison::default()
    };
    // One person may have ended files beside the one that lives: the living are laid together first.
    let mut here: Vec<&File> = files.iter().collect();
    here.sort_unstable_by_key(|file| (file.document, !file.live, file.id));
    let mut there: Vec<u32> = (0..comparison.there).collect();
    let line = |at: u32| lines.get(at as usize).copied().unwrap_or(Line { document: 0, compared: 0, live: false });
    there.sort_unstable_by_key(|at| (line(*at).document, !line(*at).live, *at));
    let (mut rest, mut left): (Vec<&File>, Vec<u32>) = (Vec::new(), Vec::new());
    let (mut h, mut t) = (here.into_iter().peekable(), there.into_iter().peekable());
    loop {
        match (h.peek(), t.peek()) {
            (Some(file), Some(at)) if file.document == line(*at).document => {
                if file.compared != line(*at).compared {
                    comparison.unequal.push(Unequal { student: file.id, line: *at, by: MatchedBy::Number });
                }
                (h.next(), t.next());
            }
            (Some(file), at) if at.is_none_or(|at| file.document < line(*at).document) => rest.extend(h.next()),
            (_, Some(_)) => left.extend(t.next()),
            (_, None) => break,
        }
    }
    // What is left is little: the same again by other numbers.
    let mut free: HashMap<u64, u32> = left.iter().map(|at| (line(*at).document, *at)).collect();
    let mut found: BTreeSet<StudentId> = BTreeSet::new();
    let waiting: BTreeSet<StudentId> = rest.iter().map(|file| file.id).collect();
    for (numbers, by) in [(former, MatchedBy::Former), (said, MatchedBy::Person)] {
        for (student, number) in numbers.iter().filter(|(student, _)| waiting.contains(student)) {
            if !found.contains(student)
                && let Some(at) = free.remove(number)
            {
                found.insert(*student);
                comparison.unequal.push(Unequal { student: *student, line: at, by });
            }
        }
    }
    let laid: BTreeSet<u32> = comparison.unequal.iter().map(|one| one.line).collect();
    comparison.only_there = left.into_iter().filter(|at| !laid.contains(at)).collect();
    comparison.only_here =
        rest.into_iter().filter(|file| file.live && !found.contains(&file.id)).map(|file| file.id).collect();
    comparison.unequal.sort_unstable_by_key(|one| one.line);
    comparison.only_here.sort_unstable();
    comparison.only_there.sort_unstable();
    comparison
}

/// The list of one school.
#[derive(Debug, Default, PartialEq, Eq)]
struct List {
    head: Option<Arc<NationalList>>,
    pages: BTreeMap<u32, Box<[Line]>>,
    marks: BTreeMap<String, Arc<NationalMark>>,
}

/// All lists.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Lists {
    schools: BTreeMap<OfficeId, List>,
    /// Document numbers that files had before; few have.
    former: BTreeMap<StudentId, Box<[u64]>>,
}

impl Lists {
    fn list(&mut self, school: &OfficeId) -> &mut List {
        self.schools.entry(school.clone()).or_default()
    }

    pub(crate) fn put_student(&mut self, student: &Student) {
        let numbers: Box<[u64]> = (student.former.iter())
            .filter(|one| one.field == PersonalField::IdNumber && !one.value.is_empty())
            .map(|one| hash(&one.value))
            .collect();
        if numbers.is_empty() {
            self.former.remove(&student.id);
        } else {
            self.former.insert(student.id, numbers);
        }
    }

    pub(crate) fn put_page(&mut self, page: &NationalPage) {
        let pages = &mut self.list(&page.school).pages;
        if page.is_empty() {
            pages.remove(&page.page);
        } else {
            pages.insert(page.page, page.lines().map(|line| Line::of(&line)).collect());
        }
    }

    pub(crate) fn put_list(&mut self, list: &NationalList) {
        self.list(&list.school).head = Some(Arc::new(list.clone()));
    }

    pub(crate) fn put_mark(&mut self, mark: &NationalMark) {
        self.list(&mark.school).marks.insert(mark.number.clone(), Arc::new(mark.clone()));
    }

    pub(crate) fn head(&self, school: &OfficeId) -> Option<Arc<NationalList>> {
        self.schools.get(school).and_then(|list| list.head.clone())
    }

    pub(crate) fn mark(&self, school: &OfficeId, number: &str) -> Option<Arc<NationalMark>> {
        self.schools.get(school).and_then(|list| list.marks.get(number).cloned())
    }

    /// Lays the school's list beside its files; none without a list.
    pub(crate) fn compare(&self, school: &OfficeId, files: &[File]) -> Option<Comparison> {
        let list = self.schools.get(school)?;
        let said = list.head.as_ref()?.pairs.iter();
        let lines: Vec<Line> = list.pages.values().flat_map(|page| page.iter().copied()).collect();
        // What was said last of a pair holds.
        let mut pairs: BTreeMap<(StudentId, u64), bool> = BTreeMap::new();
        pairs.extend(said.map(|pair| ((pair.student, hash(&pair.number)), pair.same)));
        let said: Vec<_> = pairs.into_iter().filter(|(_, same)| *same).map(|(pair, _)| pair).collect();
        Some(compare(files, &lines, &self.former_of(files), &said))
    }

    /// The same with lines that are not stored yet.
    pub(crate) fn would_be(&self, school: &OfficeId, files: &[File], lines: &[NationalLine]) -> Comparison {
        let said = self.head(school);
        let pairs = said.iter().flat_map(|list| &list.pairs).filter(|pair| {
            pair.same && said.as_ref().and_then(|list| list.said_of(pair.student, &pair.number)) == Some(pair)
        });
        let said: Vec<_> = pairs.map(|pair| (pair.student, hash(&pair.number))).collect();
        let lines: Vec<Line> = lines.iter().map(Line::of).collect();
        compare(files, &lines, &self.former_of(files), &said)
    }

    fn former_of(&self, files: &[File]) -> Vec<(StudentId, u64)> {
        if self.former.is_empty() {
            return Vec::new();
        }
        let of = |file: &File| self.former.get(&file.id).map(|numbers| (file.id, numbers));
        files.iter().filter_map(of).flat_map(|(id, numbers)| numbers.iter().map(move |number| (id, *number))).collect()
    }

    /// Which of these document numbers stand in the lists of which schools.
    pub(crate) fn schools_with(&self, numbers: &[String]) -> HashMap<String, Vec<OfficeId>> {
        let wanted: HashMap<u64, &String> = numbers.iter().map(|number| (hash(number), number)).collect();
        let mut found: HashMap<String, Vec<OfficeId>> = HashMap::new();
        for (school, list) in self.schools.iter().filter(|_| !wanted.is_empty()) {
            for line in list.pages.values().flat_map(|page| page.iter()) {
                if let Some(number) = wanted.get(&line.document) {
                    found.entry((*number).clone()).or_default().push(school.clone());
                }
            }
        }
        found
    }
}
