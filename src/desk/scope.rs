//! Jurisdiction (管辖), in one place: asked at the server's door for every request and again for every command.
//!
//! An actor sees the own office and what lies below it (Art. 4, 5), and of other schools' students only those whose
//! open application has or had a step at the own office.

use super::State;
use crate::model::{Actor, Application, Level, OfficeId, Student};
use crate::store::StoreError;
use std::collections::HashSet;
use std::sync::Arc;

/// What an actor may see.
#[derive(Debug, Clone)]
pub struct Scope {
    office: OfficeId,
    below: Option<Arc<HashSet<OfficeId>>>,
}

/// The scope of this actor on the current state.
pub fn scope(actor: &Actor, state: &State<'_>) -> Result<Scope, StoreError> {
    if let Some(known) = state.scopes.borrow().get(&actor.office) {
        return Ok(known.clone());
    }
    let level = state.office(&actor.office)?.map(|office| office.level);
    let below = match level {
        Some(Level::Province) => None,
        _ => {
            let offices = state.offices();
            let mut below: HashSet<OfficeId> = HashSet::from([actor.office.clone()]);
            // Four levels at most: three passes reach everything, in whatever order the offices come.
            for _ in 0..3 {
                for office in &offices {
                    if office.parent.as_ref().is_some_and(|parent| below.contains(parent)) {
                        below.insert(office.id.clone());
                    }
                }
            }
            Some(Arc::new(below))
        }
    };
    let scope = Scope { office: actor.office.clone(), below };
    state.scopes.borrow_mut().insert(actor.office.clone(), scope.clone());
    Ok(scope)
}

impl Scope {
    /// Whether everything lies within the scope.
    pub fn covers_all(&self) -> bool {
        self.below.is_none()
    }

    /// Whether this office lies within the scope.
    pub fn covers(&self, office: &OfficeId) -> bool {
        self.below.as_ref().is_none_or(|below| below.contains(office))
    }

    /// Whether this application may be seen: started below, with a step here, or a duplicate of a file that lies below.
    pub fn sees_application(&self, application: &Application) -> bool {
        let theirs = || application.details.counterpart().is_some_and(|school| self.covers(school));
        self.covers(&application.school) || application.passed_through(&self.office) || theirs()
    }

    /// Whether this student's record may be seen without an application that leads to it.
    pub fn sees_student(&self, student: &Student) -> bool {
        self.covers(&student.school)
    }

    /// The actor's own office.
    pub fn office(&self) -> &OfficeId {
        &self.office
    }
}
