//! Who acted on which applications, and when last: 16 bytes each, for 我办过的.

use crate::model::{Application, ApplicationId, OfficeId, PersonId, Signature, Stamp};
use std::collections::BTreeMap;

/// Applications by person and by the office acted for. Whoever changes office leaves what was done there behind.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Acted(BTreeMap<PersonId, BTreeMap<OfficeId, Acts>>);

/// Applications with the moment of the last act, by id.
type Acts = Vec<(ApplicationId, Stamp)>;

impl Acted {
    /// Takes an application in, or anew: acts are only ever added to one.
    pub(super) fn put(&mut self, application: &Application) {
        for (by, at) in signatures(application) {
            // Nearly always both are known: only who is not is copied.
            match self.0.get_mut(&by.person).and_then(|offices| offices.get_mut(&by.office)) {
                Some(all) => note(all, application.id, at),
                None => {
                    let offices = self.0.entry(by.person.clone()).or_default();
                    offices.insert(by.office.clone(), vec![(application.id, at)]);
                }
            }
        }
    }

    /// What this person acted on for this office, by id, with the moment of the last act.
    pub(super) fn of(&self, person: &PersonId, office: &OfficeId) -> &[(ApplicationId, Stamp)] {
        self.0.get(person).and_then(|offices| offices.get(office)).map_or(&[], Vec::as_slice)
    }
}

/// Applications mostly come in the order of their ids.
fn note(all: &mut Acts, id: ApplicationId, at: Stamp) {
    match all.binary_search_by_key(&id, |(id, _)| *id) {
        Ok(found) => {
            if let Some((_, last)) = all.get_mut(found) {
                *last = at.max(*last);
            }
        }
        Err(place) => all.insert(place, (id, at)),
    }
}

fn signatures(application: &Application) -> impl Iterator<Item = (&Signature, Stamp)> {
    let acts = application.steps.iter().flat_map(|step| step.acts()).map(|act| (&act.by, act.at));
    let papers = application.evidence.iter().map(|piece| (&piece.by, piece.at));
    let asides = application.asides.iter().map(|aside| (&aside.by, aside.at));
    let cancelled = application.cancelled.iter().map(|one| (&one.by, one.at));
    let started = [(&application.started_by, application.started_at)];
    started.into_iter().chain(acts).chain(papers).chain(asides).chain(cancelled)
}
