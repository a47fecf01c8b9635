//! Saved limits of the asker's own account.

use super::hall::Hall;
use super::lists::list;
use super::refusal::Refusal;
use super::session::Asker;
use crate::model::Limit;
use crate::wire::ViewRow;
use serde_json::Value;

/// All of them, by name.
pub(super) fn views(hall: &Hall, asker: &Asker) -> Result<Value, Refusal> {
    let store = hall.store();
    let mut items = Vec::new();
    for view in store.desk(&asker.actor.account)?.iter().flat_map(|desk| &desk.views) {
        // Saved by a newer program, it may name what this one does not know; it is left where it is.
        let Ok(limit) = serde_json::from_str::<Limit>(&view.limit) else { continue };
        let school = limit.school.as_ref().map(|school| store.office(school)).transpose()?.flatten();
        items.push(ViewRow { name: view.name.clone(), limit, school: school.map(|school| school.name) });
    }
    Ok(list(items))
}
