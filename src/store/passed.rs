//! Which applications an office may see: those its schools started, and those of others that had a turn at its own
//! hands. Compact columns, so that a list can say how many there are without reading them.

use crate::model::{Application, ApplicationId, OfficeId};
use std::collections::HashMap;

/// Applications by the office that sees them.
#[derive(Debug, Default)]
pub(crate) struct Passed {
    /// By the school that started them, in order.
    started: HashMap<OfficeId, Vec<ApplicationId>>,
    /// By a hand that has or had its turn: which, and the place of the starting school in `schools`.
    hands: HashMap<OfficeId, Vec<(ApplicationId, u32)>>,
    schools: Vec<OfficeId>,
    numbers: HashMap<OfficeId, u32>,
}

impl Passed {
    /// Takes an application in as it stands. It keeps its school, and a hand that had its turn has had it for good.
    pub(crate) fn put(&mut self, application: &Application) {
        let id = application.id;
        let started = self.started.entry(application.school.clone()).or_default();
        if let Err(at) = started.binary_search(&id) {
            started.insert(at, id);
        }
        let next = u32::try_from(self.schools.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(application.school.clone()).or_insert_with(|| {
            self.schools.push(application.school.clone());
            next
        });
        let turns = application.steps.iter().filter(|step| !step.rounds.is_empty() && step.outside.is_none());
        for step in turns.filter(|step| step.hand != application.school) {
            let passed = self.hands.entry(step.hand.clone()).or_default();
            if let Err(at) = passed.binary_search_by_key(&id, |(other, _)| *other) {
                passed.insert(at, (id, number));
            }
        }
    }

    /// How many applications an office sees: what is started within its scope, and what passed through its own hands.
    pub(crate) fn seen(&self, office: &OfficeId, covers: &dyn Fn(&OfficeId) -> bool) -> usize {
        let below = self.started.iter().filter(|(school, _)| covers(school)).map(|(_, ids)| ids.len());
        let covered: Vec<bool> = self.schools.iter().map(covers).collect();
        let from_elsewhere = |(_, school): &&(ApplicationId, u32)| covered.get(*school as usize) == Some(&false);
        let passed = self.hands.get(office).map_or(0, |ids| ids.iter().filter(from_elsewhere).count());
        below.sum::<usize>() + passed
    }
}
