//! What has been written is announced: to every desk whose scope sees it.

use super::aside::actor_on;
use super::board;
use super::hall::Hall;
use crate::model::{Account, Application, Change, OfficeId, Record, Signature, Stamp, StandIn};
use crate::wire::Notice;
use std::collections::BTreeSet;

/// Applications of one change that are told one by one; more are told together.
const FEW: usize = 4;

/// Tells every desk what it sees of these changes.
pub(super) fn announce(hall: &Hall, changes: &[Change]) {
    let mut hub = hall.hub();
    for change in changes {
        let together: Vec<&Application> = change
            .writes
            .iter()
            .filter_map(|write| match &write.record {
                Record::Application(application) => Some(&**application),
                _ => None,
            })
            .collect();
        if together.len() > FEW {
            let by = together.first().and_then(|application| last_signature(application, change));
            hub.changed_together(&together, by.as_ref());
        }
        for write in &change.writes {
            match &write.record {
                Record::Application(_) if together.len() > FEW => {}
                Record::Application(application) => {
                    let notice = Notice::Changed {
                        application: application.id,
                        revision: application.revision,
                        by: last_signature(application, change),
                    };
                    hub.changed(application, &notice);
                }
                Record::Facts(facts) => {
                    if let Some(now) = facts.exercise {
                        hub.tell_all(&Notice::Day { now });
                    }
                }
                Record::Account(account) => {
                    hub.account_changed(account, standing_in(hall, account, change.at));
                }
                Record::Desk(of) => {
                    // A saved limit is nobody else's business; only a substitution changes what may be done.
                    let account = hall.store().account(&of.account).ok().flatten();
                    if let Some(account) = account.filter(|_| change.command.contains("\"substitutes.")) {
                        hub.account_changed(&account, standing_in(hall, &account, change.at));
                    }
                }
                Record::Reminders(of) => board::announce(hall, &mut hub, of),
                Record::Office(_)
                | Record::Major(_)
                | Record::Student(_)
                | Record::Answer(_)
                | Record::CalendarYear(_)
                | Record::Leaving(_)
                | Record::GraduateList(_)
                | Record::Succession(_)
                | Record::Mappings(_)
                | Record::PaperFile(_)
                | Record::Demands(_)
                | Record::SemesterCheck(_)
                | Record::Qualification(_)
                | Record::Batch(_)
                | Record::Alert(_)
                | Record::Attendance(_)
                | Record::Standing(_)
                | Record::NationalPage(_)
                | Record::NationalList(_)
                | Record::NationalMark(_)
                | Record::NationalBefore(_)
                | Record::SemesterStart(_) => {}
            }
        }
        for school in reconciled(hall, change) {
            hub.tell_covering(&school, &Notice::Reconciled { school: school.clone() });
        }
    }
}

/// The schools whose two sides a change has touched; a student's school counts only when it has a list.
fn reconciled(hall: &Hall, change: &Change) -> BTreeSet<OfficeId> {
    let has_list = |school: &OfficeId| hall.store().national_list(school).is_ok_and(|list| list.is_some());
    let mut schools = BTreeSet::new();
    for write in &change.writes {
        match &write.record {
            Record::NationalList(of) => drop(schools.insert(of.school.clone())),
            Record::NationalMark(of) => drop(schools.insert(of.school.clone())),
            Record::Student(of) if !schools.contains(&of.school) && has_list(&of.school) => {
                schools.insert(of.school.clone());
            }
            _ => {}
        }
    }
    schools
}

/// Who did it, in which post, as the acts have it.
fn last_signature(application: &Application, change: &Change) -> Option<Signature> {
    let acts = application.steps.iter().flat_map(|step| step.acts()).map(|act| (act.at, &act.by));
    let asides = application.asides.iter().map(|aside| (aside.at, &aside.by));
    acts.chain(asides)
        .filter(|(at, _)| *at == change.at)
        .filter(|(_, by)| change.actor.as_ref().is_some_and(|actor| actor.account == by.account))
        .last()
        .map(|(_, by)| by.clone())
}

/// For whom this account stands in; nobody, when that cannot be read just now.
fn standing_in(hall: &Hall, account: &Account, at: Stamp) -> Vec<StandIn> {
    actor_on(hall, account, at.day()).map(|actor| actor.standing_in).unwrap_or_default()
}
