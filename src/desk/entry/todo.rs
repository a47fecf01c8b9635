//! A school's own list: who is registered and not filed, until when it is possible, and who can no longer be (R7.6, R7.7).

use super::school_of;
use crate::desk::{Asked, Refused, State};
use crate::law::entry::{dates, filing};
use crate::model::{Day, FilingFailure, OfficeId, Season, StudentId};
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
}

/// Most rows of a page.
const LONGEST_PAGE: usize = 200;

/// The list of a school within the scope, the own one when none is named.
pub fn todo(
    state: &State<'_>,
    asked: &Asked<'_>,
    school: Option<&OfficeId>,
    after: Option<StudentId>,
    count: usize,
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
    Ok(Todo { total: ids.len(), to_withdraw, items: rows, next })
}
