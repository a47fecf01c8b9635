//! A list that leaves the house as a file (导出): nothing changes, the taking is journalled (Art. 4, 20).

use super::{Asked, Refused, State, Writes, scope};
use crate::model::{Actor, Export, ExportKind, Level, OfficeId, Post};
use serde_json::{Value, json};

/// Whether the numbers of documents stand whole in a list of students that this actor takes out. The school's own posts
/// need them so, for what was typed here is to be typed nowhere else again, and so does the keeper; everybody else asks
/// for it in so many words. Either way the journal says which it was.
pub fn is_whole(actor: &Actor, export: &Export) -> bool {
    let own = actor.holds(Post::Entry) || actor.holds(Post::Review) || actor.holds(Post::Keeper);
    export.what == ExportKind::Students && (own || export.reveal)
}

/// Journals that the actor takes a list out, and says how it will be given. The answer holds no row.
pub(super) fn begin(state: &State<'_>, asked: &Asked<'_>, export: &Export) -> Result<(Writes, Value), Refused> {
    let within = scope(asked.actor, state)?;
    if let Some(school) = &export.school {
        let known = state.office(school)?.filter(|office| office.level == Level::School);
        if known.is_none_or(|office| !within.covers(&office.id)) {
            let message = format!("没有学校 {school}，或者不在您的管辖范围；请核对学校代码");
            return Err(Refused::NotFound(message));
        }
    }
    let mut rows = 0;
    if export.what == ExportKind::Students {
        rows = schools(state, asked.actor, export)?.iter().map(|school| state.students_of(school).len()).sum();
    }
    let exercise = state.exercise()?.is_some();
    let whole = is_whole(asked.actor, export);
    Ok((Vec::new(), json!({ "what": export.what, "students": rows, "whole": whole, "exercise": exercise })))
}

/// The schools whose students are in a list, by code.
pub fn schools(state: &State<'_>, actor: &Actor, export: &Export) -> Result<Vec<OfficeId>, Refused> {
    let within = scope(actor, state)?;
    let wanted = |id: &OfficeId| export.school.as_ref().is_none_or(|school| school == id) && within.covers(id);
    let all = state.offices().into_iter().filter(|office| office.level == Level::School && wanted(&office.id));
    let mut schools: Vec<OfficeId> = all.map(|office| office.id.clone()).collect();
    schools.sort();
    Ok(schools)
}
