//! Where in the journal something is: entries by the student they touched, and by the office that made them. Kept in
//! memory and read up to the journal's end whenever somebody asks, so that no list walks the whole journal but once, and
//! no commit pays for it.

use crate::model::{ApplicationId, JournalEntry, OfficeId, Record, RecordKey, StudentId};
use crate::store::codec;
use crate::store::{Store, StoreError};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// Entries read at once: an import's are large.
const AT_ONCE: usize = 32;

/// An entry that touched more students than this is kept as one sorted list, not under each of them.
const MANY: usize = 64;

/// The index.
#[derive(Debug, Default)]
pub(super) struct Trail {
    /// The last entry taken in.
    until: u64,
    students: HashMap<StudentId, Vec<u64>>,
    /// Entries that touched many, with whom.
    many: Vec<(u64, Box<[StudentId]>)>,
    offices: HashMap<OfficeId, Vec<u64>>,
    /// Entries of nobody: the founding.
    nobody: Vec<u64>,
}

impl Trail {
    /// Takes in what was journalled since the last time.
    pub(super) fn catch_up(&mut self, store: &dyn Store) -> Result<(), StoreError> {
        while self.until < store.journal_length() {
            let entries = store.journal_after(self.until, AT_ONCE)?;
            if entries.is_empty() {
                break;
            }
            for entry in &entries {
                self.take(store, entry)?;
            }
        }
        Ok(())
    }

    fn take(&mut self, store: &dyn Store, entry: &JournalEntry) -> Result<(), StoreError> {
        match &entry.actor {
            Some(actor) => self.offices.entry(actor.office.clone()).or_default().push(entry.seq),
            None => self.nobody.push(entry.seq),
        }
        let touched = touched(store, entry)?;
        if touched.len() > MANY {
            self.many.push((entry.seq, touched.into_iter().collect()));
        } else {
            for student in touched {
                self.students.entry(student).or_default().push(entry.seq);
            }
        }
        self.until = entry.seq;
        Ok(())
    }

    /// Entries that touched a student, oldest first.
    pub(super) fn of_student(&self, student: StudentId) -> Vec<u64> {
        let many = self.many.iter().filter(|(_, whom)| whom.binary_search(&student).is_ok()).map(|(seq, _)| *seq);
        let mut all: Vec<u64> = self.students.get(&student).into_iter().flatten().copied().chain(many).collect();
        all.sort_unstable();
        all
    }

    /// Entries of the offices that `reads` lets pass (`None` stands for nobody's), after one and oldest first; at most
    /// `count`, and how many there are in all.
    pub(super) fn of_offices(
        &self,
        reads: &dyn Fn(Option<&OfficeId>) -> bool,
        after: u64,
        count: usize,
    ) -> (Vec<u64>, usize) {
        let own = self.offices.iter().filter(|(office, _)| reads(Some(office))).map(|(_, list)| list);
        let lists: Vec<&Vec<u64>> = own.chain(reads(None).then_some(&self.nobody)).collect();
        let total = lists.iter().map(|list| list.len()).sum();
        // The first `count` of all are among the first `count` of each.
        let mut page: Vec<u64> = Vec::new();
        for list in lists {
            let from = list.partition_point(|seq| *seq <= after);
            page.extend(list.iter().skip(from).take(count));
        }
        page.sort_unstable();
        page.truncate(count);
        (page, total)
    }
}

/// The students an entry touched: whose records it wrote, whose applications, and whose data it showed to somebody.
fn touched(store: &dyn Store, entry: &JournalEntry) -> Result<BTreeSet<StudentId>, StoreError> {
    let of_application = |id: ApplicationId| Ok::<_, StoreError>(store.application(id)?.map(|one| one.student));
    let mut touched = BTreeSet::new();
    for (key, bytes) in &entry.writes {
        let Some(key) = RecordKey::from_bytes(key) else { continue };
        match key {
            RecordKey::Student(id) | RecordKey::Leaving(id) | RecordKey::Attendance(id) => drop(touched.insert(id)),
            RecordKey::Application(id) | RecordKey::Reminders(id) => touched.extend(of_application(id)?),
            RecordKey::Alert(_) | RecordKey::GraduateList(..) => match codec::decode(key.kind(), bytes) {
                Ok(Record::Alert(alert)) => touched.extend(alert.student),
                Ok(Record::GraduateList(list)) => touched.extend(list.names.iter().map(|(id, ..)| *id)),
                _ => {}
            },
            _ => {}
        }
    }
    if touched.is_empty() {
        // Nothing was written: it was read.
        let command: Value = serde_json::from_str(&entry.command).unwrap_or(Value::Null);
        touched.extend(id_in::<StudentId>(&command, "student"));
        if let Some(id) = id_in::<ApplicationId>(&command, "application") {
            touched.extend(of_application(id)?);
        }
    }
    Ok(touched)
}

/// An id that a command names.
pub(super) fn id_in<T: serde::de::DeserializeOwned>(command: &Value, field: &str) -> Option<T> {
    serde_json::from_value(command.get(field)?.clone()).ok()
}
