//! What is stored, with the decided but not yet committed changes of the same group laid over it: each command of a
//! group is judged on top of the earlier ones.

use super::Scope;
use crate::law::calendar::Calendar;
use crate::model::{
    Account, AccountId, Answer, Application, ApplicationId, Batch, BatchId, CalendarYear, Change, CommandId,
    CompulsoryDone, Day, Demands, DeskRecord, GraduateList, Kind, Leaving, Major, MajorCode, Mappings, Offer, Office,
    OfficeId, PaperFile, Qualification, Record, RecordKey, Season, SemesterCheck, Stamp, Student, StudentId,
    Succession, Write,
};
use crate::store::{Store, StoreError};
use chrono::Datelike;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The state a command is judged on.
pub struct State<'a> {
    store: &'a dyn Store,
    calendar: &'a Calendar,
    pending: BTreeMap<RecordKey, Record>,
    newest: Option<Stamp>,
    /// Scopes that have been asked for: a command on many items asks for the same one again and again.
    pub(super) scopes: RefCell<HashMap<OfficeId, Scope>>,
    /// Which stored applications count in their batch: each of its members asks for all of them.
    counting: RefCell<HashMap<ApplicationId, bool>>,
}

impl<'a> State<'a> {
    /// What is stored, nothing laid over it.
    pub fn new(store: &'a dyn Store, calendar: &'a Calendar) -> Self {
        State {
            store,
            calendar,
            pending: BTreeMap::new(),
            newest: None,
            scopes: RefCell::default(),
            counting: RefCell::default(),
        }
    }

    /// Lays a decided change over it.
    pub fn lay(&mut self, change: &Change) {
        self.lay_writes(&change.writes);
        self.newest = Some(change.at);
    }

    /// Lays part of a change over it, for what is judged after it in the same command.
    pub(super) fn lay_writes(&mut self, writes: &[Write]) {
        for write in writes {
            if matches!(write.record, Record::Office(_)) {
                self.scopes.borrow_mut().clear();
            }
            self.pending.insert(write.record.key(), write.record.clone());
        }
    }

    /// The same state once more, to lay on what is not decided yet.
    pub(super) fn fork(&self) -> State<'a> {
        State {
            store: self.store,
            calendar: self.calendar,
            pending: self.pending.clone(),
            newest: self.newest,
            scopes: RefCell::new(self.scopes.borrow().clone()),
            counting: RefCell::new(self.counting.borrow().clone()),
        }
    }

    /// The calendar in force.
    pub fn calendar(&self) -> &'a Calendar {
        self.calendar
    }

    /// What is stored, nothing laid over it.
    pub(super) fn store(&self) -> &'a dyn Store {
        self.store
    }

    /// What is laid over it.
    pub(super) fn pending(&self) -> &BTreeMap<RecordKey, Record> {
        &self.pending
    }

    pub(super) fn get(&self, key: &RecordKey) -> Result<Option<Record>, StoreError> {
        match self.pending.get(key) {
            Some(record) => Ok(Some(record.clone())),
            None => self.store.get(key),
        }
    }

    /// The store's facts.
    pub fn facts(&self) -> Result<Option<crate::model::StoreFacts>, StoreError> {
        Ok(match self.get(&RecordKey::Facts)? {
            Some(Record::Facts(facts)) => Some(facts),
            _ => None,
        })
    }

    /// Where an exercise store's clock stands; none for a real store.
    pub fn exercise(&self) -> Result<Option<Stamp>, StoreError> {
        Ok(self.facts()?.and_then(|facts| facts.exercise))
    }

    /// An office.
    pub fn office(&self, id: &OfficeId) -> Result<Option<Office>, StoreError> {
        Ok(match self.get(&RecordKey::Office(id.clone()))? {
            Some(Record::Office(office)) => Some(office),
            _ => None,
        })
    }

    /// A major.
    pub fn major(&self, code: &MajorCode) -> Result<Option<Major>, StoreError> {
        Ok(match self.get(&RecordKey::Major(code.clone()))? {
            Some(Record::Major(major)) => Some(major),
            _ => None,
        })
    }

    /// A year of the calendar that was loaded.
    pub fn calendar_year(&self, year: i32) -> Result<Option<CalendarYear>, StoreError> {
        Ok(match self.get(&RecordKey::CalendarYear(year))? {
            Some(Record::CalendarYear(of)) => Some(of),
            _ => None,
        })
    }

    /// Everything a school could recruit for since a day, whatever the season; none when nothing was published for it.
    pub fn offers_since(&self, school: &OfficeId, day: Day) -> Option<Vec<Offer>> {
        let mut all = self.store.qualifications();
        for record in self.pending.values() {
            if let Record::Qualification(of) = record {
                all.retain(|other| (&other.school, other.year, other.season) != (&of.school, of.year, of.season));
                all.push(Arc::new(of.as_ref().clone()));
            }
        }
        all.retain(|of| of.school == *school && i32::from(of.year) >= day.year());
        (!all.is_empty()).then(|| all.iter().flat_map(|of| of.offers.iter().cloned()).collect())
    }

    /// What a school may recruit for, as last published.
    pub fn qualification(
        &self,
        school: &OfficeId,
        year: u16,
        season: Season,
    ) -> Result<Option<Qualification>, StoreError> {
        Ok(match self.get(&RecordKey::Qualification(school.clone(), year, season))? {
            Some(Record::Qualification(of)) => Some(*of),
            _ => None,
        })
    }

    /// All majors.
    pub fn majors(&self) -> Vec<Arc<Major>> {
        let mut all = self.store.majors();
        for record in self.pending.values() {
            if let Record::Major(major) = record {
                all.retain(|other| other.code != major.code);
                all.push(Arc::new(major.clone()));
            }
        }
        all
    }

    /// What schools may recruit for in a year and season.
    pub fn qualifications(&self, year: u16, season: Season) -> Vec<Arc<Qualification>> {
        let mut all = self.store.qualifications();
        for record in self.pending.values() {
            if let Record::Qualification(of) = record {
                all.retain(|other| (&other.school, other.year, other.season) != (&of.school, of.year, of.season));
                all.push(Arc::new(of.as_ref().clone()));
            }
        }
        all.retain(|of| of.year == year && of.season == season);
        all
    }

    /// An account.
    pub fn account(&self, id: &AccountId) -> Result<Option<Account>, StoreError> {
        Ok(match self.get(&RecordKey::Account(id.clone()))? {
            Some(Record::Account(account)) => Some(account),
            _ => None,
        })
    }

    /// What belongs to an account; none while it is nothing.
    pub fn desk(&self, id: &AccountId) -> Result<Option<DeskRecord>, StoreError> {
        Ok(match self.get(&RecordKey::Desk(id.clone()))? {
            Some(Record::Desk(of)) => Some(of),
            _ => None,
        })
    }

    /// A student.
    pub fn student(&self, id: StudentId) -> Result<Option<Student>, StoreError> {
        Ok(match self.get(&RecordKey::Student(id))? {
            Some(Record::Student(student)) => Some(*student),
            _ => None,
        })
    }

    /// An application.
    pub fn application(&self, id: ApplicationId) -> Result<Option<Application>, StoreError> {
        Ok(match self.get(&RecordKey::Application(id))? {
            Some(Record::Application(application)) => Some(*application),
            _ => None,
        })
    }

    /// A batch.
    pub fn batch(&self, id: BatchId) -> Result<Option<Batch>, StoreError> {
        Ok(match self.get(&RecordKey::Batch(id))? {
            Some(Record::Batch(batch)) => Some(*batch),
            _ => None,
        })
    }

    /// Batches from one school to another.
    pub fn batches_between(&self, from: &OfficeId, to: &OfficeId) -> Vec<Arc<Batch>> {
        let mut all = self.store.batches_between(from, to);
        for record in self.pending.values() {
            if let Record::Batch(batch) = record
                && (&batch.school, &batch.to) == (from, to)
            {
                all.retain(|other| other.id != batch.id);
                all.push(Arc::new(Batch::clone(batch)));
            }
        }
        all
    }

    /// Whether an application counts in its batch: it is open, and the school has not taken it off the list.
    pub(super) fn counts_in_batch(&self, id: ApplicationId) -> Result<bool, StoreError> {
        let counts = |application: &Application| application.phase.is_open() && application.batch.is_some();
        if let Some(Record::Application(laid)) = self.pending.get(&RecordKey::Application(id)) {
            return Ok(counts(laid));
        }
        if let Some(known) = self.counting.borrow().get(&id) {
            return Ok(*known);
        }
        let stored = self.application(id)?.is_some_and(|application| counts(&application));
        self.counting.borrow_mut().insert(id, stored);
        Ok(stored)
    }

    /// The number the next batch of this year takes.
    pub fn next_batch(&self, year: u16) -> BatchId {
        let laid = self.pending.keys().filter_map(|key| match key {
            RecordKey::Batch(id) if id.year() == year => Some(BatchId::new(year, id.number() + 1)),
            _ => None,
        });
        laid.fold(self.store.next_batch(year), Ord::max)
    }

    /// The first answer to a command.
    pub fn answer(&self, id: CommandId) -> Result<Option<Answer>, StoreError> {
        Ok(match self.get(&RecordKey::Answer(id))? {
            Some(Record::Answer(answer)) => Some(answer),
            _ => None,
        })
    }

    fn pending_applications(&self) -> impl Iterator<Item = &Application> {
        self.pending.values().filter_map(|record| match record {
            Record::Application(application) => Some(&**application),
            _ => None,
        })
    }

    /// The student's open applications other than `except`.
    pub fn others(&self, student: StudentId, except: Option<ApplicationId>) -> Vec<(ApplicationId, Kind)> {
        let stored = self
            .store
            .open_of_student(student)
            .into_iter()
            .filter(|row| !self.pending.contains_key(&RecordKey::Application(row.id)))
            .map(|row| (row.id, row.kind));
        let laid = self
            .pending_applications()
            .filter(|application| application.student == student && application.phase.is_open())
            .map(|application| (application.id, application.kind()));
        stored.chain(laid).filter(|(id, _)| Some(*id) != except).collect()
    }

    /// Another student who has this document number; one whose file lives before any other.
    pub fn with_number(&self, number: &str, except: StudentId) -> Result<Option<StudentId>, StoreError> {
        let having = self.having_number(number)?;
        let mut others = having.iter().filter(|student| student.id != except);
        Ok(others.clone().find(|student| student.status.is_live()).or_else(|| others.next()).map(|student| student.id))
    }

    /// Everybody who has this document number now; who had it once does not count.
    pub fn having_number(&self, number: &str) -> Result<Vec<Student>, StoreError> {
        let laid = self.pending.values().filter_map(|record| match record {
            Record::Student(student) => Some(&**student),
            _ => None,
        });
        let mut found: Vec<Student> = laid.filter(|student| student.id_no == number).cloned().collect();
        for id in self.store.find_students(number, 20, &|_| true) {
            if found.iter().all(|student| student.id != id)
                && let Some(student) = self.student(id)?.filter(|student| student.id_no == number)
            {
                found.push(student);
            }
        }
        Ok(found)
    }

    /// Students of whose numbers or names this may be one, at most twenty.
    pub fn students_like(&self, text: &str) -> Vec<StudentId> {
        let mut found = self.store.find_students(text, 20, &|_| true);
        let laid = self.pending.values().filter_map(|record| match record {
            Record::Student(student) => Some(&**student),
            _ => None,
        });
        let laid = laid.filter(|student| student.id_no == text || student.name == text).map(|student| student.id);
        found.extend(laid);
        found.sort();
        found.dedup();
        found
    }

    /// Students of a school who are registered and not filed.
    pub fn unfiled(&self, school: &OfficeId) -> Vec<StudentId> {
        self.store.unfiled(school)
    }

    /// The number the next application of this year takes.
    pub fn next_application(&self, year: u16) -> ApplicationId {
        let stored = self.store.next_application(year);
        self.pending_applications()
            .filter(|application| application.id.year() == year)
            .map(|application| ApplicationId::new(year, application.id.number() + 1))
            .fold(stored, Ord::max)
    }

    /// The id the next student takes.
    pub fn next_student(&self) -> StudentId {
        let laid = self.pending.keys().filter_map(|key| match key {
            RecordKey::Student(id) => Some(StudentId(id.0 + 1)),
            _ => None,
        });
        laid.fold(self.store.next_student(), Ord::max)
    }

    /// Id, student number and document number of every stored student.
    pub fn each_student_number(&self, visit: &mut dyn FnMut(StudentId, &str, &str)) {
        self.store.each_student_number(visit);
    }

    /// A student's papers for the end of study.
    pub fn leaving(&self, id: StudentId) -> Result<Option<Leaving>, StoreError> {
        Ok(match self.get(&RecordKey::Leaving(id))? {
            Some(Record::Leaving(papers)) => Some(*papers),
            _ => None,
        })
    }

    /// A school's list of a year's graduates.
    pub fn graduates(&self, school: &OfficeId, year: i32) -> Result<Option<GraduateList>, StoreError> {
        Ok(match self.get(&RecordKey::GraduateList(school.clone(), year))? {
            Some(Record::GraduateList(list)) => Some(*list),
            _ => None,
        })
    }

    /// What a school or office has saved of other people's columns.
    pub fn mappings(&self, office: &OfficeId) -> Result<Option<Mappings>, StoreError> {
        Ok(match self.get(&RecordKey::Mappings(office.clone()))? {
            Some(Record::Mappings(of)) => Some(of),
            _ => None,
        })
    }

    /// What became of a school that is no more.
    pub fn succession(&self, school: &OfficeId) -> Result<Option<Succession>, StoreError> {
        Ok(match self.get(&RecordKey::Succession(school.clone()))? {
            Some(Record::Succession(of)) => Some(of),
            _ => None,
        })
    }

    /// The student's granted changes that the national system or the module lacks.
    pub fn unsynced(&self, id: StudentId) -> Result<Vec<(ApplicationId, Kind)>, StoreError> {
        let mut found = Vec::new();
        for id in self.store.applications_of(id) {
            let application = self.application(id)?;
            let waits = |of: &Application| of.granted_on().is_some() && !of.sync.is_done();
            found.extend(application.filter(waits).map(|of| (of.id, of.kind())));
        }
        Ok(found)
    }

    /// A student's paper file.
    pub fn paper_file(&self, id: StudentId) -> Result<Option<PaperFile>, StoreError> {
        Ok(match self.get(&RecordKey::PaperFile(id))? {
            Some(Record::PaperFile(of)) => Some(*of),
            _ => None,
        })
    }

    /// That a pupil has completed compulsory education, if it was written down.
    pub fn compulsory_done(&self, id: StudentId) -> Result<Option<CompulsoryDone>, StoreError> {
        Ok(match self.get(&RecordKey::CompulsoryDone(id))? {
            Some(Record::CompulsoryDone(of)) => Some(*of),
            _ => None,
        })
    }

    /// Demands from above on an application.
    pub fn demands(&self, id: ApplicationId) -> Result<Option<Demands>, StoreError> {
        Ok(match self.get(&RecordKey::Demands(id))? {
            Some(Record::Demands(of)) => Some(*of),
            _ => None,
        })
    }

    /// What the province's check of a semester found at a school.
    pub fn semester_check(
        &self,
        school: &OfficeId,
        year: i32,
        season: Season,
    ) -> Result<Option<SemesterCheck>, StoreError> {
        Ok(match self.get(&RecordKey::SemesterCheck(school.clone(), year, season))? {
            Some(Record::SemesterCheck(of)) => Some(*of),
            _ => None,
        })
    }

    /// The students whose file lies at this school.
    pub fn students_of(&self, school: &OfficeId) -> Vec<StudentId> {
        let laid = |id: &StudentId| match self.pending.get(&RecordKey::Student(*id)) {
            Some(Record::Student(student)) => Some(student.school == *school),
            _ => None,
        };
        let mut ids: Vec<StudentId> =
            self.store.students_of(school).into_iter().filter(|id| laid(id).unwrap_or(true)).collect();
        ids.extend(self.pending.values().filter_map(|record| match record {
            Record::Student(student) if student.school == *school => Some(student.id),
            _ => None,
        }));
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// All offices and schools.
    pub fn offices(&self) -> Vec<Arc<Office>> {
        let mut all = self.store.offices();
        for record in self.pending.values() {
            if let Record::Office(office) = record {
                all.retain(|other| other.id != office.id);
                all.push(Arc::new(office.clone()));
            }
        }
        all
    }

    /// All accounts.
    pub fn accounts(&self) -> Vec<Arc<Account>> {
        let mut all = self.store.accounts();
        for record in self.pending.values() {
            if let Record::Account(account) = record {
                all.retain(|other| other.id != account.id);
                all.push(Arc::new(account.clone()));
            }
        }
        all
    }

    /// The moment of the newest entry.
    pub fn newest(&self) -> Option<Stamp> {
        self.newest.or_else(|| self.store.newest())
    }
}
