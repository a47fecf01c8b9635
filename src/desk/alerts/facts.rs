//! A student's and a school's facts for the negative list, with the decided but not yet committed changes laid over
//! them.

use super::OwnedCase;
use crate::desk::{Asked, Refused, State, is_here, scope};
use crate::law::authority;
use crate::law::negative::{self, Reading};
use crate::model::{
    Alert, AlertId, Attendance, Day, Item, Offers, Office, OfficeId, Record, RecordKey, Standing, Status, Student,
    StudentId, WatchedStudent, offers,
};
use crate::store::StoreError;
use std::collections::BTreeMap;
use std::sync::Arc;

impl State<'_> {
    /// A case of the negative list.
    pub fn alert(&self, id: AlertId) -> Result<Option<Alert>, StoreError> {
        Ok(match self.get(&RecordKey::Alert(id))? {
            Some(Record::Alert(alert)) => Some(*alert),
            _ => None,
        })
    }

    /// A student's absences and inspections.
    pub fn attendance(&self, id: StudentId) -> Result<Option<Attendance>, StoreError> {
        Ok(match self.get(&RecordKey::Attendance(id))? {
            Some(Record::Attendance(of)) => Some(*of),
            _ => None,
        })
    }

    /// A school's ratings and what they brought.
    pub fn standing(&self, school: &OfficeId) -> Result<Option<Standing>, StoreError> {
        Ok(match self.get(&RecordKey::Standing(school.clone()))? {
            Some(Record::Standing(of)) => Some(*of),
            _ => None,
        })
    }

    fn pending_alerts(&self) -> impl Iterator<Item = &Alert> {
        self.pending().values().filter_map(|record| match record {
            Record::Alert(alert) => Some(&**alert),
            _ => None,
        })
    }

    /// Cases on this student, oldest first.
    pub fn alerts_of(&self, student: StudentId) -> Vec<Arc<Alert>> {
        let stored = self.store().alerts_of(student).into_iter().map(|alert| (alert.id, alert));
        let mut all: BTreeMap<AlertId, Arc<Alert>> = stored.collect();
        let laid = self.pending_alerts().filter(|alert| alert.student == Some(student));
        all.extend(laid.map(|alert| (alert.id, Arc::new(alert.clone()))));
        all.into_values().collect()
    }

    /// Other live files with this student's document number.
    pub fn doubles(&self, student: &Student) -> Vec<StudentId> {
        if !student.status.is_live() {
            return Vec::new();
        }
        let changed = |id: &StudentId| self.pending().contains_key(&RecordKey::Student(*id));
        let mut ids: Vec<StudentId> = self.store().with_document(&student.id_no);
        ids.retain(|id| !changed(id));
        let laid = self.pending().values().filter_map(|record| match record {
            Record::Student(other) if other.status.is_live() => Some(&**other),
            _ => None,
        });
        let same = laid.filter(|other| !other.id_no.is_empty() && other.id_no.eq_ignore_ascii_case(&student.id_no));
        ids.extend(same.map(|other| other.id));
        ids.retain(|id| *id != student.id);
        ids.sort_unstable();
        ids
    }

    /// The number the next case takes.
    pub fn next_alert(&self) -> AlertId {
        self.pending_alerts().map(|alert| AlertId(alert.id.0 + 1)).fold(self.store().next_alert(), Ord::max)
    }
}

/// What the negative list looks at in one student's file.
pub fn watched_student(state: &State<'_>, student: &Student) -> Result<WatchedStudent, StoreError> {
    Ok(WatchedStudent {
        offers: Arc::new(offered(state, student)),
        doubles: state.doubles(student),
        attendance: state.attendance(student.id)?.map(Arc::new),
        ..WatchedStudent::of(student)
    })
}

/// What the student's school may recruit for; nobody asks once the student is filed.
fn offered(state: &State<'_>, student: &Student) -> Offers {
    if student.status != Status::Registered {
        return Offers::new();
    }
    let mut lists = state.store().qualifications();
    for record in state.pending().values() {
        if let Record::Qualification(of) = record {
            lists.retain(|one| (&one.school, one.year, one.season) != (&of.school, of.year, of.season));
            lists.push(Arc::new(of.as_ref().clone()));
        }
    }
    offers(lists.iter().map(Arc::as_ref), &student.school)
}

/// Names of the majors of the catalogue. A school's own list is the published qualifications'.
pub fn published(state: &State<'_>) -> Vec<String> {
    state.store().majors().iter().map(|major| major.name.clone()).collect()
}

/// The reading that the facts give today under this item and key.
pub fn reading_of(
    state: &State<'_>,
    school: &Office,
    student: Option<&Student>,
    item: Item,
    key: &str,
    today: Day,
) -> Result<Option<Reading>, Refused> {
    let readings = readings(state, school, student, today)?;
    Ok(readings.into_iter().find(|reading| reading.item == item && reading.key == key))
}

/// The reading that belongs to this case today.
pub(super) fn reading_on(
    state: &State<'_>,
    school: &Office,
    student: Option<&Student>,
    alert: &Alert,
    today: Day,
) -> Result<Option<Reading>, Refused> {
    let readings = readings(state, school, student, today)?;
    Ok(readings.into_iter().find(|reading| reading.alert == Some(alert.id)))
}

/// What the list finds about the student, or about the school as a whole.
fn readings(
    state: &State<'_>,
    school: &Office,
    student: Option<&Student>,
    today: Day,
) -> Result<Vec<Reading>, Refused> {
    if let Some(student) = student {
        return Ok(negative::of_student(&watched_student(state, student)?, &state.alerts_of(student.id), today));
    }
    // The school's own figures come from the columns: a change of the same group is seen by the next one.
    let facts = state.store().watched(&school.id, today);
    let mut readings = facts.map(|facts| negative::of_school(&facts, today)).unwrap_or_default();
    readings.retain(|reading| reading.student.is_none());
    Ok(readings)
}

/// The competent authority of the student, or of the school as a whole, and the offices above it, the nearest first.
pub fn entitled(state: &State<'_>, school: &Office, student: Option<&Student>) -> Result<Vec<OfficeId>, Refused> {
    let major = student.map(|student| state.major(&student.major)).transpose()?.flatten();
    let majors: Vec<_> = major.iter().collect();
    let mut chain = vec![authority::competent(school, &majors)?.office];
    while let Some(above) = chain.last().map(|office| state.office(office)).transpose()?.flatten()
        && let Some(parent) = above.parent.filter(|parent| !chain.contains(parent))
    {
        chain.push(parent);
    }
    Ok(chain)
}

/// The facts of a verdict on a case.
pub fn alert_case<'a>(
    state: &State<'_>,
    asked: &Asked<'_>,
    alert: Option<&'a Alert>,
    school: &'a Office,
    student: Option<&Student>,
    reading: Option<&'a Reading>,
) -> Result<OwnedCase<'a>, Refused> {
    let office = state.office(&asked.actor.office)?;
    let office = office.ok_or_else(|| Refused::NotFound(format!("没有机构 {}", asked.actor.office)))?;
    Ok(OwnedCase {
        alert,
        school,
        school_is_here: is_here(state, &school.id),
        covers: scope(asked.actor, state)?.covers(&school.id),
        office,
        entitled: entitled(state, school, student)?,
        reading,
    })
}
