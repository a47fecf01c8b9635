//! What lists, counts and searches are computed from: kept in memory, rebuilt at every opening, never stored.

use super::acted::Acted;
use super::national::{Comparison, Lists};
use super::passed::Passed;
use super::search::Search;
use super::turns::Turns;
use super::watch::Watch;
use super::{OpenRow, Unsynced, Waits};
use crate::model::{
    Account, AccountId, Application, ApplicationId, Batch, BatchId, CalendarYear, Day, DeskRecord, Difference, Major,
    MajorCode, Office, OfficeId, PersonId, Phase, Qualification, Record, RecordKey, Season, SemesterStart, Signature,
    Stamp, Status, StepRole, StoreFacts, Student, StudentId, Watched, offers,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// All columns. Changed in one place ([`Columns::put`]), so that they cannot disagree with each other.
#[derive(Default)]
pub(crate) struct Columns {
    facts: Option<StoreFacts>,
    offices: BTreeMap<OfficeId, Arc<Office>>,
    majors: BTreeMap<MajorCode, Arc<Major>>,
    accounts: BTreeMap<AccountId, Arc<Account>>,
    calendar: BTreeMap<i32, Arc<CalendarYear>>,
    semesters: BTreeMap<(i32, Season), SemesterStart>,
    desks: BTreeMap<AccountId, Arc<DeskRecord>>,
    acted: Acted,
    passed: Passed,
    qualifications: BTreeMap<(u16, Season, OfficeId), Arc<Qualification>>,
    open: BTreeMap<ApplicationId, OpenRow>,
    by_hand: BTreeMap<OfficeId, BTreeSet<ApplicationId>>,
    by_school: BTreeMap<OfficeId, BTreeSet<ApplicationId>>,
    /// Granted, not yet everywhere.
    unsynced: BTreeMap<ApplicationId, OpenRow>,
    /// The same by the school that started it and the one it leads to.
    unsynced_by_school: BTreeMap<OfficeId, BTreeSet<ApplicationId>>,
    applications: BTreeSet<ApplicationId>,
    by_student: BTreeSet<(StudentId, ApplicationId)>,
    students: Search,
    /// Who is registered and not filed, at which school.
    unfiled: BTreeMap<OfficeId, BTreeSet<StudentId>>,
    unfiled_at: BTreeMap<StudentId, OfficeId>,
    turns: Turns,
    batches: BTreeMap<BatchId, Arc<Batch>>,
    watch: Watch,
    lists: Lists,
}

impl Columns {
    /// Takes a record in, or anew.
    pub(crate) fn put(&mut self, record: &Record) {
        match record {
            Record::Facts(facts) => self.facts = Some(facts.clone()),
            Record::Office(office) => {
                self.watch.put_office(office);
                drop(self.offices.insert(office.id.clone(), Arc::new(office.clone())));
            }
            Record::Major(major) => drop(self.majors.insert(major.code.clone(), Arc::new(major.clone()))),
            Record::Account(account) => drop(self.accounts.insert(account.id.clone(), Arc::new(account.clone()))),
            Record::Student(student) => self.put_student(student),
            Record::Application(application) => self.put_application(application),
            Record::CalendarYear(of) => drop(self.calendar.insert(of.year, Arc::new(of.clone()))),
            Record::Reminders(of) => self.turns.put_reminders(of),
            Record::Desk(of) => drop(self.desks.insert(of.account.clone(), Arc::new(of.clone()))),
            Record::Qualification(of) => {
                let key = (of.year, of.season, of.school.clone());
                self.watch.touch_all();
                drop(self.qualifications.insert(key, Arc::new(of.as_ref().clone())));
            }
            Record::Batch(batch) => drop(self.batches.insert(batch.id, Arc::new(Batch::clone(batch)))),
            Record::Answer(_) | Record::Leaving(_) | Record::GraduateList(_) | Record::Succession(_) => {}
            Record::Mappings(_) | Record::PaperFile(_) | Record::Demands(_) | Record::SemesterCheck(_) => {}
            Record::Alert(alert) => self.watch.put_alert(alert),
            Record::Attendance(of) => self.watch.put_attendance(of),
            Record::Standing(of) => self.watch.put_standing(of),
            Record::NationalPage(of) => {
                self.lists.put_page(of);
                self.watch.touch(of.school.as_str());
            }
            Record::NationalList(of) => {
                self.lists.put_list(of);
                self.watch.touch(of.school.as_str());
            }
            Record::NationalMark(of) => self.lists.put_mark(of),
            Record::NationalBefore(_) => {}
            Record::SemesterStart(of) => drop(self.semesters.insert((of.year, of.season), of.clone())),
        }
    }

    fn put_student(&mut self, student: &Student) {
        self.students.put(student);
        self.turns.put_student(student);
        self.watch.put_student(student);
        self.lists.put_student(student);
        if let Some(school) = self.unfiled_at.remove(&student.id)
            && let Some(ids) = self.unfiled.get_mut(&school)
        {
            ids.remove(&student.id);
            if ids.is_empty() {
                self.unfiled.remove(&school);
            }
        }
        if student.status == Status::Registered {
            self.unfiled.entry(student.school.clone()).or_default().insert(student.id);
            self.unfiled_at.insert(student.id, student.school.clone());
        }
    }

    fn put_application(&mut self, application: &Application) {
        let id = application.id;
        self.turns.put(application);
        self.watch.put_application(application);
        self.applications.insert(id);
        self.by_student.insert((application.student, id));
        self.acted.put(application);
        self.passed.put(application);
        if let Some(old) = self.open.remove(&id) {
            take_out(&mut self.by_hand, &old.hand, id);
            take_out(&mut self.by_school, &old.school, id);
            if let Some(other) = &old.counterpart {
                take_out(&mut self.by_school, other, id);
            }
        }
        if let Some(old) = self.unsynced.remove(&id) {
            schools_of(&old).for_each(|school| take_out(&mut self.unsynced_by_school, school, id));
        }
        if let Some(row) = unsynced_row(application) {
            for school in schools_of(&row) {
                self.unsynced_by_school.entry(school.clone()).or_default().insert(id);
            }
            self.unsynced.insert(id, row);
        }
        if let Some(row) = open_row(application) {
            self.by_hand.entry(row.hand.clone()).or_default().insert(id);
            self.by_school.entry(row.school.clone()).or_default().insert(id);
            if let Some(other) = &row.counterpart {
                self.by_school.entry(other.clone()).or_default().insert(id);
            }
            self.open.insert(id, row);
        }
    }

    /// Records that are held here whole. The outer none: this kind is not.
    pub(crate) fn held(&self, key: &RecordKey) -> Option<Option<Record>> {
        Some(match key {
            RecordKey::Facts => self.facts.clone().map(Record::Facts),
            RecordKey::Office(id) => self.offices.get(id).map(|office| Record::Office(office.as_ref().clone())),
            RecordKey::Major(code) => self.majors.get(code).map(|major| Record::Major(major.as_ref().clone())),
            RecordKey::Account(id) => self.accounts.get(id).map(|account| Record::Account(account.as_ref().clone())),
            RecordKey::CalendarYear(year) => {
                self.calendar.get(year).map(|of| Record::CalendarYear(of.as_ref().clone()))
            }
            RecordKey::Reminders(id) => self.turns.reminders(*id).cloned().map(Record::Reminders),
            RecordKey::Desk(id) => self.desks.get(id).map(|of| Record::Desk(of.as_ref().clone())),
            RecordKey::Qualification(school, year, season) => {
                let of = self.qualifications.get(&(*year, *season, school.clone()));
                of.map(|of| Record::Qualification(Box::new(of.as_ref().clone())))
            }
            RecordKey::Batch(id) => self.batches.get(id).map(|batch| Record::Batch(Box::new(Batch::clone(batch)))),
            RecordKey::Alert(id) => self.watch.alert(*id).map(|alert| Record::Alert(Box::new(alert.as_ref().clone()))),
            RecordKey::Attendance(id) => {
                self.watch.attendance(*id).map(|of| Record::Attendance(Box::new(of.as_ref().clone())))
            }
            RecordKey::Standing(id) => {
                self.watch.standing(id).map(|of| Record::Standing(Box::new(of.as_ref().clone())))
            }
            RecordKey::NationalList(school) => {
                self.lists.head(school).map(|of| Record::NationalList(Box::new(of.as_ref().clone())))
            }
            RecordKey::NationalMark(school, number) => {
                self.lists.mark(school, number).map(|of| Record::NationalMark(of.as_ref().clone()))
            }
            RecordKey::NationalPage(..) | RecordKey::NationalBefore(..) => return None,
            RecordKey::SemesterStart(year, season) => {
                self.semesters.get(&(*year, *season)).cloned().map(Record::SemesterStart)
            }
            RecordKey::Student(_) | RecordKey::Application(_) | RecordKey::Answer(_) => return None,
            RecordKey::Leaving(_) | RecordKey::GraduateList(..) | RecordKey::Succession(_) => return None,
            RecordKey::Mappings(_) | RecordKey::PaperFile(_) | RecordKey::Demands(_) | RecordKey::SemesterCheck(..) => {
                return None;
            }
        })
    }

    pub(crate) fn offices(&self) -> Vec<Arc<Office>> {
        self.offices.values().cloned().collect()
    }

    pub(crate) fn majors(&self) -> Vec<Arc<Major>> {
        self.majors.values().cloned().collect()
    }

    pub(crate) fn accounts(&self) -> Vec<Arc<Account>> {
        self.accounts.values().cloned().collect()
    }

    pub(crate) fn calendar_years(&self) -> Vec<Arc<CalendarYear>> {
        self.calendar.values().cloned().collect()
    }

    pub(crate) fn semester_starts(&self) -> Vec<SemesterStart> {
        self.semesters.values().cloned().collect()
    }

    pub(crate) fn desks(&self) -> Vec<Arc<DeskRecord>> {
        self.desks.values().cloned().collect()
    }

    pub(crate) fn acted_by(&self, person: &PersonId, office: &OfficeId) -> Vec<(ApplicationId, Stamp)> {
        self.acted.of(person, office).to_vec()
    }

    pub(crate) fn acted_count(&self, person: &PersonId, office: &OfficeId) -> usize {
        self.acted.of(person, office).len()
    }

    pub(crate) fn qualifications(&self) -> Vec<Arc<Qualification>> {
        self.qualifications.values().cloned().collect()
    }

    /// Batches from one school to another, by id.
    pub(crate) fn batches_between(&self, from: &OfficeId, to: &OfficeId) -> Vec<Arc<Batch>> {
        self.batches.values().filter(|batch| batch.school == *from && batch.to == *to).cloned().collect()
    }

    pub(crate) fn next_batch(&self, year: u16) -> BatchId {
        let all = BatchId::new(year, 0)..=BatchId::new(year, u32::MAX);
        let last = self.batches.range(all).next_back().map_or(0, |(id, _)| id.number());
        BatchId::new(year, last.saturating_add(1))
    }

    fn rows<'a>(&self, ids: impl IntoIterator<Item = &'a ApplicationId>) -> Vec<OpenRow> {
        ids.into_iter().filter_map(|id| self.open.get(id)).cloned().collect()
    }

    pub(crate) fn open_at(&self, office: &OfficeId) -> Vec<OpenRow> {
        self.rows(self.by_hand.get(office).into_iter().flatten())
    }

    pub(crate) fn open_of_school(&self, school: &OfficeId) -> Vec<OpenRow> {
        self.rows(self.by_school.get(school).into_iter().flatten())
    }

    pub(crate) fn open_outside(&self) -> Vec<OpenRow> {
        // The hands of another province are in no register: few, and found by that.
        let outside = self.by_hand.iter().filter(|(hand, _)| !self.offices.contains_key(*hand));
        self.rows(outside.flat_map(|(_, ids)| ids)).into_iter().filter(|row| row.outside.is_some()).collect()
    }

    pub(crate) fn unsynced_of_school(&self, school: &OfficeId) -> Vec<OpenRow> {
        let ids = self.unsynced_by_school.get(school).into_iter().flatten();
        ids.filter_map(|id| self.unsynced.get(id)).cloned().collect()
    }

    pub(crate) fn open_of_student(&self, student: StudentId) -> Vec<OpenRow> {
        self.rows(&self.applications_of(student))
    }

    pub(crate) fn applications_of(&self, student: StudentId) -> Vec<ApplicationId> {
        let all = (student, ApplicationId(0))..=(student, ApplicationId(u64::MAX));
        self.by_student.range(all).map(|&(_, id)| id).collect()
    }

    pub(crate) fn applications_after(&self, after: Option<ApplicationId>, count: usize) -> Vec<ApplicationId> {
        use std::ops::Bound::{Excluded, Unbounded};
        let from = after.map_or(Unbounded, Excluded);
        self.applications.range((from, Unbounded)).take(count).copied().collect()
    }

    pub(crate) fn application_count(&self) -> usize {
        self.applications.len()
    }

    /// Which applications an office may see.
    pub(crate) fn passed(&self) -> &Passed {
        &self.passed
    }

    /// What the negative list looks at.
    pub(crate) fn watch(&self) -> &Watch {
        &self.watch
    }

    /// Everything known of one school; none for what is no school of the register.
    pub(crate) fn watched(&self, school: &OfficeId, today: Day) -> Option<Watched> {
        let office = self.offices.get(school).filter(|office| office.school.is_some())?;
        let offers = offers(self.qualifications.values().map(Arc::as_ref), school);
        let mut watched = self.watch.watched(office, offers, today);
        if let (Some(list), Some(compared)) = (self.lists.head(school), self.compared(school)) {
            watched.difference = Some(Difference {
                on: list.at.day(),
                differing: u64::from(compared.differing()),
                total: u64::from(compared.there),
                here: u64::from(compared.here),
                unequal: compared.unequal.len() as u64,
                only_here: compared.only_here.len() as u64,
                only_there: compared.only_there.len() as u64,
            });
        }
        Some(watched)
    }

    /// The national system's lists.
    pub(crate) fn lists(&self) -> &Lists {
        &self.lists
    }

    /// A school's list laid beside its files; none without a list.
    pub(crate) fn compared(&self, school: &OfficeId) -> Option<Comparison> {
        self.lists.head(school)?;
        self.lists.compare(school, &self.watch.files(school))
    }

    /// What students are searched in, as it stands now.
    pub(crate) fn students(&self) -> Search {
        self.students.clone()
    }

    pub(crate) fn unfiled(&self, school: &OfficeId) -> Vec<StudentId> {
        self.unfiled.get(school).into_iter().flatten().copied().collect()
    }

    /// Every turn of every hand.
    pub(crate) fn turns(&self) -> &Turns {
        &self.turns
    }

    pub(crate) fn each_student_number(&self, visit: &mut dyn FnMut(StudentId, &str, &str)) {
        self.students.each_number(visit);
    }

    pub(crate) fn next_application(&self, year: u16) -> ApplicationId {
        let all = ApplicationId::new(year, 0)..=ApplicationId::new(year, u32::MAX);
        let last = self.applications.range(all).next_back().map_or(0, |id| id.number());
        ApplicationId::new(year, last.saturating_add(1))
    }

    pub(crate) fn next_student(&self) -> StudentId {
        StudentId(self.students.last().map_or(0, |id| id.0).saturating_add(1))
    }

    /// In what these columns differ from freshly built ones.
    pub(crate) fn differences(&self, fresh: &Columns) -> Vec<String> {
        let mut found = Vec::new();
        let mut compare = |name: &str, same: bool| {
            if !same {
                found.push(format!("the list of {name} in memory differs from the records"));
            }
        };
        compare("facts", self.facts == fresh.facts);
        compare("offices", self.offices == fresh.offices);
        compare("majors", self.majors == fresh.majors);
        compare("accounts", self.accounts == fresh.accounts);
        compare("calendar years", self.calendar == fresh.calendar);
        compare("semester starts", self.semesters == fresh.semesters);
        compare("students not filed", self.unfiled == fresh.unfiled);
        compare("desks", self.desks == fresh.desks);
        compare("applications by who acted", self.acted == fresh.acted);
        compare("qualifications", self.qualifications == fresh.qualifications);
        compare("batches", self.batches == fresh.batches);
        compare("open applications by hand", self.by_hand == fresh.by_hand);
        compare("open applications by school", self.by_school == fresh.by_school);
        compare("changes not in the other systems yet", self.unsynced == fresh.unsynced);
        compare("the same by school", self.unsynced_by_school == fresh.unsynced_by_school);
        compare("applications", self.applications == fresh.applications);
        compare("applications by student", self.by_student == fresh.by_student);
        let ids: BTreeSet<_> = self.open.keys().chain(fresh.open.keys()).collect();
        for id in ids.into_iter().filter(|id| self.open.get(id) != fresh.open.get(id)) {
            compare(&format!("open applications, application {id},"), false);
        }
        if let Some(id) = self.turns.difference(&fresh.turns) {
            compare(&format!("turns, application {id},"), false);
        }
        if let Some(id) = self.turns.unfiled_difference(&fresh.turns) {
            compare(&format!("unfiled students, student {id},"), false);
        }
        if let Some(part) = self.watch.difference(&fresh.watch) {
            compare(&format!("facts of the negative list, {part},"), false);
        }
        compare("the national system", self.lists == fresh.lists);
        if let Some(id) = self.students.difference(&fresh.students) {
            compare(&format!("students to search, student {id},"), false);
        }
        found
    }
}

fn take_out(index: &mut BTreeMap<OfficeId, BTreeSet<ApplicationId>>, office: &OfficeId, id: ApplicationId) {
    if let Some(ids) = index.get_mut(office) {
        ids.remove(&id);
        if ids.is_empty() {
            index.remove(office);
        }
    }
}

/// The school that started it, and the one it leads to.
fn schools_of(row: &OpenRow) -> impl Iterator<Item = &OfficeId> {
    [Some(&row.school), row.unsynced.as_ref().and_then(|unsynced| unsynced.to.as_ref())].into_iter().flatten()
}

/// The row of a granted change that is not in the other systems yet: the school that started it has it in hand (R16.3).
fn unsynced_row(application: &Application) -> Option<OpenRow> {
    let to_file = application.lacks_filing();
    let granted = application.granted_on().filter(|_| to_file || !application.sync.is_done())?;
    let to = application.details.receiving().cloned();
    let national = application.sync.national.as_ref().map(|reached| reached.on);
    let ended = application.steps.last().and_then(|step| step.last()).and_then(|round| round.ending.as_ref());
    Some(OpenRow {
        id: application.id,
        revision: application.revision,
        kind: application.kind(),
        phase: application.phase,
        student: application.student,
        school: application.school.clone(),
        hand: application.school.clone(),
        waits: Waits::First,
        proposed: None,
        proposers: Vec::new(),
        deciders: Vec::new(),
        arrived: ended.map_or(application.started_at, |ending| ending.at),
        clock: None,
        hands: Vec::new(),
        outside: None,
        // Each student's change is brought over by itself.
        batch: None,
        parked: None,
        assigned: None,
        counterpart: None,
        unsynced: Some(Unsynced { granted, national, to, to_file }),
    })
}

/// The row of an open application; none when nothing can happen to it any more, or when it has no steps.
pub fn open_row(application: &Application) -> Option<OpenRow> {
    application.phase.is_open().then(|| row_of(application)).flatten()
}

/// The row of any application; none when it has no steps.
pub fn row_of(application: &Application) -> Option<OpenRow> {
    // Before submission and after a return the school has it, whatever step is next.
    let starting = || application.steps.iter().find(|step| step.role == StepRole::StartingSchool);
    let step = match application.phase {
        Phase::Preparing | Phase::Returned => starting().or_else(|| application.step()),
        _ => application.step(),
    }?;
    let round = step.last();
    let proposal = round.and_then(|round| round.proposal.as_ref());
    let at = application.steps.iter().position(|other| std::ptr::eq(other, step)).unwrap_or_default();
    let persons = |by: Vec<&Signature>| -> Vec<PersonId> {
        // Whoever was away while somebody stood in is held to what was done in his place.
        let away = by.iter().filter_map(|by| by.on_behalf.as_ref()).map(|away| away.person.clone());
        let mut persons: Vec<PersonId> = by.iter().map(|by| by.person.clone()).chain(away).collect();
        persons.sort();
        persons.dedup();
        persons
    };
    let (proposers, deciders) = (persons(application.prepared(at)), persons(application.checked(at)));
    let mut hands: Vec<OfficeId> = Vec::new();
    for passed in application.steps.iter().filter(|passed| !passed.rounds.is_empty()).chain([step]) {
        if !hands.contains(&passed.hand) {
            hands.push(passed.hand.clone());
        }
    }
    Some(OpenRow {
        id: application.id,
        revision: application.revision,
        kind: application.kind(),
        phase: application.phase,
        student: application.student,
        school: application.school.clone(),
        hand: step.hand.clone(),
        waits: match round {
            Some(round) if round.proposal.is_some() => Waits::Second,
            Some(round) if round.sent_back().is_some() => Waits::SentBack,
            _ => Waits::First,
        },
        proposed: proposal.map(|proposal| (proposal.outcome, proposal.by.person.clone())),
        proposers,
        deciders,
        arrived: round.map_or(application.started_at, |round| round.arrived),
        clock: round
            .filter(|round| round.ending.is_none() && application.phase.is_open())
            .and_then(|round| round.clock.clone()),
        parked: application.parked.as_ref().map(|parked| parked.until),
        assigned: application.assigned.as_ref().map(|one| (one.account.clone(), one.person.clone())),
        hands,
        outside: step.outside.clone(),
        counterpart: application.details.counterpart().cloned(),
        unsynced: None,
        batch: application.moves_with(),
    })
}
