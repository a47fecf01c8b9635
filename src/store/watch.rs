//! What the negative list looks at, in memory: a few bytes of every student, the cases, absences and ratings. A school
//! counts its changes, so that whoever judged it knows whether that still holds.

use super::national::File;
use super::rows::Rows;
use crate::model::{
    Alert, AlertId, Application, ApplicationId, Attendance, Day, Details, MajorCode, Offers, Office, OfficeId, Phase,
    Standing, Status, Student, StudentId, Watched, WatchedStudent, compared_here,
};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// Years behind today's whose figures are given.
const YEARS_BACK: i32 = 3;

/// One student.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    school: Arc<str>,
    campus: Arc<str>,
    major: Arc<str>,
    /// Of the document number; 0 for a file without one.
    document: u64,
    /// What the national system's line is held against.
    compared: u32,
    status: Status,
    part_time: bool,
    entry: Day,
    registered: Option<Day>,
    filed: Option<Day>,
    studying_since: Option<Day>,
    compulsory_until: Option<Day>,
    /// When the file began or ceased to be live, for those who left; none while it lives without a break.
    turns: Option<Box<[(Day, bool)]>>,
}

impl Row {
    fn of(student: &Student, [school, campus, major]: [Arc<str>; 3]) -> Row {
        let seen = WatchedStudent::of(student);
        let mut turns: Vec<(Day, bool)> = Vec::new();
        for change in &student.history {
            let live = change.to.is_live();
            if turns.last().is_none_or(|(_, was)| *was != live) {
                turns.push((change.on, live));
            }
        }
        let live = student.status.is_live();
        if turns.last().is_none_or(|(_, was)| *was != live) {
            turns.push((student.status_since, live));
        }
        Row {
            school,
            campus,
            major,
            document: if student.id_no.is_empty() { 0 } else { hash(&student.id_no) },
            compared: compared_here(student),
            status: seen.status,
            part_time: seen.part_time,
            entry: seen.entry,
            registered: seen.registered,
            filed: seen.filed,
            studying_since: seen.studying_since,
            compulsory_until: seen.compulsory_until,
            turns: (turns.len() > 1 || !live).then(|| turns.into_boxed_slice()),
        }
    }

    /// Of the document number of a live file; 0 for others, who are nobody's double.
    fn number(&self) -> u64 {
        if self.status.is_live() { self.document } else { 0 }
    }

    /// Whether the student was filed and the file live at the end of that day.
    fn in_school(&self, day: Day) -> bool {
        let live = match &self.turns {
            None => true,
            Some(turns) => turns.iter().rev().find(|(on, _)| *on <= day).is_some_and(|(_, live)| *live),
        };
        live && self.filed.is_some_and(|filed| filed <= day)
    }

    fn unfiled(&self) -> bool {
        self.status == Status::Registered && self.filed.is_none()
    }
}

/// Never 0, which stands for no number.
pub(super) fn hash(number: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    number.to_ascii_uppercase().hash(&mut hasher);
    hasher.finish().max(1)
}

/// All of it.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    texts: BTreeSet<Arc<str>>,
    students: Rows<Row>,
    by_school: BTreeMap<Arc<str>, BTreeSet<StudentId>>,
    by_number: BTreeSet<(u64, StudentId)>,
    /// Numbers that more than one live file has. They are few, and are asked for with every student.
    shared: BTreeSet<u64>,
    /// Where students were before they moved, with the day they left.
    moves: BTreeMap<StudentId, BTreeSet<(Day, Arc<str>)>>,
    moved_out: BTreeMap<Arc<str>, BTreeSet<StudentId>>,
    attendance: BTreeMap<StudentId, Arc<Attendance>>,
    alerts: BTreeMap<AlertId, Arc<Alert>>,
    alerts_by_school: BTreeMap<OfficeId, BTreeSet<AlertId>>,
    alerts_by_student: BTreeMap<StudentId, BTreeSet<AlertId>>,
    standings: BTreeMap<OfficeId, Arc<Standing>>,
    /// Open duplicates (重复学籍) by the student they are about.
    disputes: BTreeMap<StudentId, BTreeSet<ApplicationId>>,
    versions: BTreeMap<Arc<str>, u64>,
    /// Counts what changes for every school at once.
    all: u64,
}

impl Watch {
    fn text(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.texts.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = text.into();
        self.texts.insert(Arc::clone(&new));
        new
    }

    /// What was judged of this school holds no more.
    pub(super) fn touch(&mut self, school: &str) {
        match self.versions.get_mut(school) {
            Some(version) => *version += 1,
            None => {
                let school = self.text(school);
                self.versions.insert(school, 1);
            }
        }
    }

    /// Those who share a number look at each other.
    fn touch_number(&mut self, number: u64) {
        if number == 0 {
            return;
        }
        let schools: Vec<Arc<str>> =
            self.with_number(number).filter_map(|id| Some(Arc::clone(&self.students.get(&id)?.school))).collect();
        schools.iter().for_each(|school| self.touch(school));
    }

    fn with_number(&self, number: u64) -> impl Iterator<Item = StudentId> + '_ {
        let all = (number, StudentId(0))..=(number, StudentId(u64::MAX));
        self.by_number.range(all).map(|(_, id)| *id)
    }

    /// One file more or fewer has this number.
    fn count_number(&mut self, number: u64) {
        if number == 0 {
            return;
        }
        if self.with_number(number).nth(1).is_some() {
            self.shared.insert(number);
        } else {
            self.shared.remove(&number);
        }
    }

    pub(crate) fn put_student(&mut self, student: &Student) {
        let texts = [student.school.as_str(), student.campus.trim(), student.major.as_str()];
        let row = Row::of(student, texts.map(|text| self.text(text)));
        let before = self.students.get(&student.id).map(|before| (before.number(), Arc::clone(&before.school)));
        if let Some((number, school)) = &before {
            self.touch_number(*number);
            self.by_number.remove(&(*number, student.id));
            if *school != row.school {
                self.touch(school);
                if let Some(students) = self.by_school.get_mut(school) {
                    students.remove(&student.id);
                }
            }
        }
        let (number, school) = (row.number(), Arc::clone(&row.school));
        if number != 0 {
            self.by_number.insert((number, student.id));
        }
        let old = before.as_ref().map_or(0, |(old, _)| *old);
        if old != number {
            self.count_number(old);
            self.count_number(number);
        }
        self.by_school.entry(Arc::clone(&school)).or_default().insert(student.id);
        self.students.insert(student.id, row);
        self.touch(&school);
        // Before it there was nobody to look at. Nearly everybody has his number for himself.
        if old != number && self.shared.contains(&number) {
            self.touch_number(number);
        }
    }

    /// A granted transfer says where the student was before.
    pub(crate) fn put_application(&mut self, application: &Application) {
        if matches!(application.details, Details::Duplicate(_)) {
            return self.put_duplicate(application);
        }
        let granted = application.phase == Phase::Granted;
        let Some(to) = application.details.receiving() else { return };
        let last = application.steps.iter().rev().find_map(|step| step.last()).and_then(|round| round.ending.as_ref());
        if let Some(ending) = last.filter(|_| granted) {
            let (from, student) = (self.text(application.school.as_str()), application.student);
            self.moves.entry(student).or_default().insert((ending.at.day(), Arc::clone(&from)));
            self.moved_out.entry(Arc::clone(&from)).or_default().insert(student);
            self.touch(&from);
            self.touch(to.as_str());
        }
    }

    /// What is being settled under Art. 8 is no matter of FM3 meanwhile.
    fn put_duplicate(&mut self, application: &Application) {
        let open = self.disputes.entry(application.student).or_default();
        if application.phase.is_open() {
            open.insert(application.id);
        } else {
            open.remove(&application.id);
        }
        if open.is_empty() {
            self.disputes.remove(&application.student);
        }
        self.touch(application.school.as_str());
        if let Some(number) = self.students.get(&application.student).map(|row| row.number()) {
            self.touch_number(number);
        }
    }

    /// Whether a duplicate is open on this student or on somebody with the same number.
    fn in_dispute(&self, id: StudentId, number: u64) -> bool {
        let open = |id: &StudentId| self.disputes.contains_key(id);
        open(&id) || number != 0 && !self.disputes.is_empty() && self.with_number(number).any(|other| open(&other))
    }

    pub(crate) fn put_attendance(&mut self, of: &Attendance) {
        self.attendance.insert(of.student, Arc::new(of.clone()));
        if let Some(school) = self.students.get(&of.student).map(|row| Arc::clone(&row.school)) {
            self.touch(&school);
        }
    }

    pub(crate) fn put_alert(&mut self, alert: &Alert) {
        self.alerts_by_school.entry(alert.school.clone()).or_default().insert(alert.id);
        if let Some(student) = alert.student {
            self.alerts_by_student.entry(student).or_default().insert(alert.id);
            if let Some(school) = self.students.get(&student).map(|row| Arc::clone(&row.school)) {
                self.touch(&school);
            }
        }
        self.alerts.insert(alert.id, Arc::new(alert.clone()));
        self.touch(alert.school.as_str());
    }

    pub(crate) fn put_standing(&mut self, of: &Standing) {
        self.standings.insert(of.school.clone(), Arc::new(of.clone()));
        self.touch(of.school.as_str());
    }

    /// A school's register has changed: its campuses may be others.
    pub(crate) fn put_office(&mut self, office: &Office) {
        self.touch(office.id.as_str());
    }

    /// The province's lists have changed: who was judged without one is judged by it.
    pub(crate) fn touch_all(&mut self) {
        self.all += 1;
    }

    pub(crate) fn alert(&self, id: AlertId) -> Option<&Arc<Alert>> {
        self.alerts.get(&id)
    }

    pub(crate) fn attendance(&self, id: StudentId) -> Option<&Arc<Attendance>> {
        self.attendance.get(&id)
    }

    pub(crate) fn standing(&self, school: &OfficeId) -> Option<&Arc<Standing>> {
        self.standings.get(school)
    }

    pub(crate) fn alerts_of(&self, student: StudentId) -> Vec<Arc<Alert>> {
        let ids = self.alerts_by_student.get(&student).into_iter().flatten();
        ids.filter_map(|id| self.alerts.get(id)).cloned().collect()
    }

    pub(crate) fn next_alert(&self) -> AlertId {
        AlertId(self.alerts.keys().next_back().map_or(0, |id| id.0).saturating_add(1))
    }

    pub(crate) fn version(&self, school: &OfficeId) -> u64 {
        self.all + self.versions.get(school.as_str()).copied().unwrap_or(0)
    }

    /// Live files with this document number.
    pub(crate) fn with_document(&self, number: &str) -> Vec<StudentId> {
        if number.is_empty() { Vec::new() } else { self.with_number(hash(number)).collect() }
    }

    /// The files at this school, for comparing them with the national system's list.
    pub(crate) fn files(&self, school: &OfficeId) -> Vec<File> {
        let ids = self.by_school.get(school.as_str()).into_iter().flatten();
        let rows = ids.filter_map(|id| Some((id, self.students.get(id)?)));
        rows.filter(|(_, row)| !matches!(row.status, Status::Unregistered | Status::Departed))
            .map(|(id, row)| File {
                id: *id,
                document: row.document,
                compared: row.compared,
                live: row.status.is_live(),
            })
            .collect()
    }

    /// The schools of the live files with this document number.
    pub(crate) fn schools_with(&self, number: &str) -> Vec<OfficeId> {
        let ids = self.with_document(number);
        ids.iter().filter_map(|id| Some(OfficeId(self.students.get(id)?.school.to_string()))).collect()
    }

    /// Where the student was at the end of that day.
    fn school_on<'a>(&'a self, id: StudentId, row: &'a Row, day: Day) -> &'a str {
        let moves = self.moves.get(&id).into_iter().flatten();
        moves.into_iter().find(|(left, _)| *left > day).map_or(&row.school, |(_, from)| from)
    }

    /// Students with a file in force at a school, by day of entry and whether they study part-time.
    pub(crate) fn headcounts(&self, school: &OfficeId) -> BTreeMap<(Day, bool), u32> {
        let mut counts = BTreeMap::new();
        let here = self.by_school.get(school.as_str()).into_iter().flatten();
        for row in here.filter_map(|id| self.students.get(id)).filter(|row| row.status.is_live()) {
            *counts.entry((row.entry, row.part_time)).or_default() += 1;
        }
        counts
    }

    /// Everything known of one school. `office` is its row in the register.
    pub(crate) fn watched(&self, office: &Office, offers: Offers, today: Day) -> Watched {
        use chrono::Datelike;
        let school = office.id.as_str();
        let offers = Arc::new(offers);
        let mut of = Watched {
            school: office.id.clone(),
            students: Vec::new(),
            filed: BTreeMap::new(),
            in_school: BTreeMap::new(),
            now: 0,
            offers: Arc::clone(&offers),
            difference: None,
            alerts: Vec::new(),
            standing: self.standings.get(&office.id).cloned(),
        };
        let years: Vec<(i32, Day)> = (today.year() - YEARS_BACK..=today.year())
            .filter_map(|year| Some((year, Day::from_ymd_opt(year, 12, 30)?)))
            .collect();
        let campuses = office.school.as_ref().map_or(&[][..], |facts| &facts.campuses);
        let here = self.by_school.get(school).into_iter().flatten();
        let gone = self.moved_out.get(school).into_iter().flatten();
        let gone = gone.filter(|id| self.students.get(id).is_some_and(|row| &*row.school != school));
        for id in here.chain(gone) {
            let Some(row) = self.students.get(id) else { continue };
            let at_home = &*row.school == school;
            let moved = self.moves.contains_key(id);
            let was_here = |day: Day| if moved { self.school_on(*id, row, day) == school } else { at_home };
            if let Some(filed) = row.filed.filter(|filed| was_here(*filed)) {
                *of.filed.entry(filed.year()).or_default() += 1;
            }
            for &(year, day) in &years {
                if row.in_school(day) && was_here(day) {
                    *of.in_school.entry(year).or_default() += 1;
                }
            }
            if at_home {
                of.now += u32::from(row.filed.is_some() && row.status.is_live());
                of.students.extend(self.noticed(*id, row, campuses, &offers));
            }
        }
        let mut cases: BTreeSet<AlertId> = self.alerts_by_school.get(&office.id).cloned().unwrap_or_default();
        for student in &of.students {
            cases.extend(self.alerts_by_student.get(&student.id).into_iter().flatten());
        }
        of.alerts = cases.iter().filter_map(|id| self.alerts.get(id)).cloned().collect();
        of
    }

    /// The student, if anything is to be said of him.
    fn noticed(&self, id: StudentId, row: &Row, campuses: &[String], offers: &Arc<Offers>) -> Option<WatchedStudent> {
        let unfiled_campus = unfiled(campuses, &row.campus);
        let attendance = self.attendance.get(&id);
        let double = self.shared.contains(&row.number());
        let noticed = row.unfiled() || double || attendance.is_some() || unfiled_campus.is_some();
        (noticed || self.alerts_by_student.contains_key(&id)).then(|| WatchedStudent {
            id,
            status: row.status,
            part_time: row.part_time,
            entry: row.entry,
            registered: row.registered,
            filed: row.filed,
            studying_since: row.studying_since,
            compulsory_until: row.compulsory_until,
            major: MajorCode(row.major.to_string()),
            offers: Arc::clone(offers),
            unfiled_campus,
            doubles: if double {
                self.with_number(row.number()).filter(|other| *other != id).collect()
            } else {
                Vec::new()
            },
            in_dispute: self.in_dispute(id, row.number()),
            attendance: attendance.cloned(),
        })
    }

    /// The first part in which this differs from the same built anew.
    pub(crate) fn difference(&self, fresh: &Watch) -> Option<&'static str> {
        let parts = [
            (self.students == fresh.students, "students"),
            (self.by_number == fresh.by_number && self.shared == fresh.shared, "document numbers"),
            (self.moves == fresh.moves && self.moved_out == fresh.moved_out, "moves"),
            (self.attendance == fresh.attendance, "attendance"),
            (self.alerts == fresh.alerts, "cases"),
            (self.alerts_by_school == fresh.alerts_by_school, "cases by school"),
            (self.alerts_by_student == fresh.alerts_by_student, "cases by student"),
            (self.standings == fresh.standings, "standings"),
            (self.disputes == fresh.disputes, "duplicates"),
        ];
        parts.into_iter().find(|(same, _)| !same).map(|(_, part)| part)
    }
}

/// A campus the school has not filed. A school that has filed none, or a student without a campus, says nothing.
pub(crate) fn unfiled(campuses: &[String], campus: &str) -> Option<String> {
    let known = campuses.is_empty() || campus.is_empty() || campuses.iter().any(|one| one.trim() == campus);
    (!known).then(|| campus.to_owned())
}
