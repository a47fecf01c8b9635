//! Who acted on which applications, and when last: 16 bytes each, for 我办过的.

use crate::model::{Application, ApplicationId, OfficeId, PersonId, Signature, Stamp};
use std::collections::BTreeMap;

/// Applications by person and by the office acted for. Whoever changes office leaves what was done there behind.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Acted(BTreeMap<(PersonId, OfficeId), Vec<(ApplicationId, Stamp)>>);

impl Acted {
    /// Takes an application in, or anew: acts are only ever added to one.
    pub(super) fn put(&mut self, application: &Application) {
        for (by, at) in signatures(application) {
            let all = self.0.entry((by.person.clone(), by.office.clone())).or_default();
            // Applications mostly come in the order of their ids.
            match all.binary_search_by_key(&application.id, |(id, _)| *id) {
                Ok(found) => {
                    if let Some((_, last)) = all.get_mut(found) {
                        *last = at.max(*last);
                    }
                }
                Err(place) => all.insert(place, (application.id, at)),
            }
        }
    }

    /// What this person acted on for this office, by id, with the moment of the last act.
    pub(super) fn of(&self, person: &PersonId, office: &OfficeId) -> &[(ApplicationId, Stamp)] {
        self.0.get(&(person.clone(), office.clone())).map_or(&[], Vec::as_slice)
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
