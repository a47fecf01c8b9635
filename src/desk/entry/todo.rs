//! A school's own list: who is registered and not filed, until when it is possible, and who can no longer be (R7.6, R7.7);
//! pupils of junior high whose papers nobody was told of yet (R12.11), and on demand whose first three years are over (R2.3).

use super::school_of;
use crate::desk::{Asked, Refused, State};
use crate::law::entry::{dates, filing};
use crate::law::{compulsory, stage};
use crate::model::{ApplicationId, Day, FilingFailure, OfficeId, Season, Status, StudentId};
use serde::Serialize;

/// One student of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TodoRow {
    /// Which.
    pub student: StudentId,
    /// Name.
    pub name: String,
    /// Class.
    pub class_name: String,
    /// Year and season of recruitment.
    pub cohort: (u16, Season),
    /// Last day of filing.
    pub filing_until: Option<Day>,
    /// Calendar days left; negative when it is over.
    pub days_left: Option<i64>,
    /// What is to be done: `file`, or `withdraw` when filing is over.
    pub todo: &'static str,
    /// The rule behind it.
    pub rule: &'static str,
    /// The newest failure.
    pub failure: Option<FilingFailure>,
}

/// The list with its counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Todo {
    /// Students registered and not filed.
    pub total: usize,
    /// Of these, those who can no longer be filed.
    pub to_withdraw: usize,
    /// A page of them, by id.
    pub items: Vec<TodoRow>,
    /// The last of the page, when there are more.
    pub next: Option<StudentId>,
    /// Pupils of junior high whose papers are to be filed with the approving authority (报批准机关备案).
    pub junior_filings: Vec<JuniorFiling>,
    /// In-school students of 3+2 and five-year programmes whose first three years are over; only when asked for.
    pub stage_over: Vec<StageOver>,
    /// Pupils whose compulsory education is over by the record, and nobody wrote down that it was completed; only when
    /// asked for, too.
    pub compulsory_over: Vec<StageOver>,
}

/// A pupil's admission whose papers are to be filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JuniorFiling {
    /// The admission: `applications.file` records the filing on it.
    pub application: ApplicationId,
    /// Which student.
    pub student: StudentId,
    /// Name.
    pub name: String,
    /// Since when.
    pub since: Day,
    /// The rule behind it.
    pub rule: &'static str,
}

/// A student whose first three years are over, or whose compulsory education is: `students.end_stage` and
/// `students.complete_compulsory` record it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StageOver {
    /// Which.
    pub student: StudentId,
    /// Name.
    pub name: String,
    /// The month in which they ended, as its first day; the last day of compulsory education.
    pub ended: Day,
    /// The rule behind it.
    pub rule: &'static str,
}

/// Most rows of a page.
const LONGEST_PAGE: usize = 200;

/// The list of a school within the scope, the own one when none is named.
pub fn todo(
    state: &State<'_>,
    asked: &Asked<'_>,
    school: Option<&OfficeId>,
    after: Option<StudentId>,
    (count, stage): (usize, bool),
) -> Result<Todo, Refused> {
    let school = school_of(state, asked, school)?;
    let today = asked.now.day();
    let ids = state.unfiled(&school.id);
    let mut to_withdraw = 0;
    let mut rows = Vec::new();
    for id in &ids {
        let Some(student) = state.student(*id)? else { continue };
        let cohort = filing::cohort(&student);
        let until = dates::filing_closes(cohort);
        let over = until.is_some_and(|until| today > until);
        to_withdraw += usize::from(over);
        if after.is_none_or(|after| *id > after) && rows.len() <= count.clamp(1, LONGEST_PAGE) {
            rows.push(TodoRow {
                student: *id,
                name: student.name,
                class_name: student.class_name,
                cohort,
                filing_until: until,
                days_left: until.map(|until| (until - today).num_days()),
                todo: if over { "withdraw" } else { "file" },
                rule: if over { "R7.6" } else { "R7.7" },
                failure: student.entry_facts.failures.last().cloned(),
            });
        }
    }
    let more = rows.len() > count.clamp(1, LONGEST_PAGE);
    rows.truncate(count.clamp(1, LONGEST_PAGE));
    let next = rows.last().filter(|_| more).map(|row| row.student);
    let mut junior_filings = Vec::new();
    for row in state.store().unsynced_of_school(&school.id) {
        let Some(unsynced) = row.unsynced.filter(|unsynced| unsynced.to_file) else { continue };
        let name = state.student(row.student)?.map(|student| student.name).unwrap_or_default();
        let (application, student, since) = (row.id, row.student, unsynced.granted);
        junior_filings.push(JuniorFiling { application, student, name, since, rule: "R12.11" });
    }
    let (stage_over, compulsory_over) = if stage { over(state, &school.id, today)? } else { Default::default() };
    Ok(Todo { total: ids.len(), to_withdraw, items: rows, next, junior_filings, stage_over, compulsory_over })
}

/// Whose first three years are over, and whose compulsory education is.
fn over(state: &State<'_>, school: &OfficeId, today: Day) -> Result<(Vec<StageOver>, Vec<StageOver>), Refused> {
    let (mut stages, mut compulsory) = (Vec::new(), Vec::new());
    for id in state.students_of(school) {
        let Some(student) = state.student(id)? else { continue };
        let row = |ended, rule| StageOver { student: id, name: student.name.clone(), ended, rule };
        let ended = stage::ends(&student).filter(|ended| student.status == Status::Enrolled && today >= *ended);
        stages.extend(ended.map(|ended| row(ended, "R2.3")));
        if student.compulsory_until.is_some_and(|until| until < today) {
            let known = state.compulsory_done(id)?;
            let ended = compulsory::to_be_recorded(&student, known.as_ref(), today);
            compulsory.extend(ended.map(|ended| row(ended, "R12.9")));
        }
    }
    Ok((stages, compulsory))
}
