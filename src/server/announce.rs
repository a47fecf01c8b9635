//! What has been written is announced: to every desk whose scope sees it.

use super::hall::Hall;
use crate::model::{Application, Change, Record, Signature};
use crate::wire::Notice;

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
                Record::Account(account) => hub.account_changed(account),
                Record::Office(_)
                | Record::Major(_)
                | Record::Student(_)
                | Record::Answer(_)
                | Record::CalendarYear(_)
                | Record::Qualification(_)
                | Record::Batch(_) => {}
            }
        }
    }
}

/// Who did it, in which post, as the acts have it.
fn last_signature(application: &Application, change: &Change) -> Option<Signature> {
    application
        .steps
        .iter()
        .flat_map(|step| step.acts())
        .filter(|act| act.at == change.at)
        .filter(|act| change.actor.as_ref().is_some_and(|actor| actor.account == act.by.account))
        .last()
        .map(|act| act.by.clone())
}
