//! What a granted application changes in the student's record, and the before → after a clerk sees ahead of it.
//! Both come from here, so that what is shown is what will happen.

use crate::law::kinds;
use crate::model::{Application, Day, Details, Record, StatusChange, Student, Write};

/// One line of before → after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// What.
    pub field: &'static str,
    /// As it is.
    pub before: String,
    /// As it will be.
    pub after: String,
}

/// What would change.
pub fn before_after(student: &Student, details: &Details) -> Vec<Before> {
    let row = kinds::row(details.kind());
    let mut rows = Vec::new();
    if let Some(to) = row.to {
        rows.push(Before {
            field: "学籍状态", before: student.status.name().to_owned(), after: to.name().to_owned()
        });
    }
    match details {
        Details::Suspension { period, .. } => {
            rows.push(Before {
                field: "休学起止",
                before: "无".to_owned(),
                after: format!("{} 至 {}", period.from, period.until),
            });
            rows.push(Before {
                field: "预计毕业",
                before: student.planned_grad.format("%Y-%m").to_string(),
                after: "复学时按休学时间顺延（第十七条）".to_owned(),
            });
        }
    }
    rows
}

/// The student's record as the granted application leaves it.
pub(super) fn apply(application: &Application, student: &Student, today: Day) -> Write {
    let row = kinds::row(application.kind());
    let mut after = student.clone();
    after.revision += 1;
    if let Some(to) = row.to {
        after.history.push(StatusChange {
            from: Some(student.status),
            to,
            on: today,
            application: Some(application.id),
            article: row.article.to_owned(),
        });
        after.status = to;
        after.status_since = today;
    }
    match &application.details {
        Details::Suspension { period, .. } => after.suspension = Some(*period),
    }
    Write { record: Record::Student(Box::new(after)), based_on: student.revision }
}
