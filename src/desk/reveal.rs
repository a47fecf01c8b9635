//! Showing a masked number whole (查看完整证件号): nothing changes, the reading is journalled (Art. 4, 20).

use super::{Asked, Refused, State, Writes, scope};
use crate::model::StudentId;
use serde_json::{Value, json};

/// Journals that the actor is shown this student's numbers. The answer does not hold them: answers are stored.
pub(super) fn reveal(state: &State<'_>, asked: &Asked<'_>, id: StudentId) -> Result<(Writes, Value), Refused> {
    let unknown = || Refused::NotFound(format!("没有学生 {id}，或者不在您的管辖范围"));
    let student = state.student(id)?.ok_or_else(unknown)?;
    let within = scope(asked.actor, state)?;
    let mut seen = within.sees_student(&student);
    for (application, _) in state.others(id, None) {
        seen = seen || state.application(application)?.is_some_and(|one| within.sees_application(&one));
    }
    if !seen {
        return Err(unknown());
    }
    Ok((Vec::new(), json!({ "student": id, "at": asked.now })))
}
