//! The one thread that writes. Commands that wait are taken as a group: each is decided on top of the earlier ones,
//! the group is journalled with one sync, and only then is anybody answered or told.

use super::ServeError;
use super::hall::Hall;
use crate::desk::{Asked, Decided, Refused, State, decide};
use crate::model::{Actor, Application, Change, Command, CommandId, Record, Stamp};
use crate::store::{Store, StoreError};
use crate::wire::Notice;
use serde_json::Value;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::{Duration, Instant};

/// Work for the writer.
pub enum Job {
    /// A command.
    Command {
        /// Who asks.
        actor: Actor,
        /// The day named with the line, on an exercise store.
        today: Option<Stamp>,
        /// Its id.
        command_id: Option<CommandId>,
        /// What.
        command: Box<Command>,
        /// Where the answer goes.
        answer: SyncSender<Result<Value, Refused>>,
    },
    /// Somebody came or went; how long nobody is there is counted anew.
    Traffic,
    /// Stop.
    Stop,
}

/// Writes until told to stop or until nobody has been here for `linger`; then closes the store.
pub(super) fn run(hall: &Hall, jobs: &Receiver<Job>, linger: Option<Duration>) -> Result<(), ServeError> {
    let mut day = hall.today().ok();
    let mut empty_since = Instant::now();
    loop {
        let wait = until_midnight().min(linger.unwrap_or(Duration::MAX));
        let first = match jobs.recv_timeout(wait) {
            Ok(job) => Some(job),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => break,
        };
        let mut stop = false;
        let mut group = Vec::new();
        for job in first.into_iter().chain(jobs.try_iter()).take(hall.limits().group) {
            match job {
                Job::Stop => stop = true,
                Job::Traffic => empty_since = Instant::now(),
                command @ Job::Command { .. } => group.push(command),
            }
        }
        if !group.is_empty() {
            write(hall, group);
        }
        let today = hall.today().ok();
        if today != day {
            day = today;
            // Whoever moves an exercise clock has it announced with the command.
            let exercise = hall.store().facts().ok().flatten().is_some_and(|facts| facts.exercise.is_some());
            if !exercise && let Ok(now) = hall.now() {
                hall.hub().tell_all(&Notice::Day { now });
            }
        }
        let left = linger.is_some_and(|linger| hall.connected() == 0 && empty_since.elapsed() >= linger);
        if stop || left {
            break;
        }
    }
    hall.hub().tell_all(&Notice::Closing {});
    hall.store().close()?;
    Ok(())
}

/// How long until the day changes in Beijing; a little more, so that it has changed by then.
fn until_midnight() -> Duration {
    let now = Stamp::now();
    let left = Stamp::end_of(now.day()).0.saturating_sub(now.0).max(0);
    Duration::from_millis(left.unsigned_abs() + 50)
}

type Waiting = (SyncSender<Result<Value, Refused>>, Value);

fn write(hall: &Hall, group: Vec<Job>) {
    let calendar = hall.calendar();
    let mut state = State::new(hall.store(), &calendar);
    let mut changes: Vec<Change> = Vec::new();
    let mut waiting: Vec<Waiting> = Vec::new();
    for job in group {
        let Job::Command { actor, today, command_id, command, answer } = job else { continue };
        let decided = now(&state, today).map_err(Refused::from).and_then(|now| {
            let asked = Asked { actor: &actor, now, command_id };
            decide(&state, &asked, &command)
        });
        match decided {
            Ok(Decided::Do { change, answer: value }) => {
                state.lay(&change);
                changes.push(change);
                waiting.push((answer, value));
            }
            // It may repeat a command of this very group: answered when the group is on disk.
            Ok(Decided::Again(value)) => waiting.push((answer, value)),
            Err(refused) => {
                // The asker may be gone; then nobody is left to be told.
                let _ = answer.send(Err(refused));
            }
        }
    }
    drop(state);
    if changes.is_empty() {
        for (answer, value) in waiting {
            let _ = answer.send(Ok(value));
        }
        return;
    }
    match hall.store().commit(&changes) {
        Ok(_) => {
            for (answer, value) in waiting {
                let _ = answer.send(Ok(value));
            }
            announce(hall, &changes);
        }
        Err(error) => {
            tracing::error!(%error, commands = changes.len(), "commit failed");
            for (answer, _) in waiting {
                let _ = answer.send(Err(Refused::Store(again(&error))));
            }
        }
    }
}

/// The moment a command is judged at: the one named with it, the exercise clock's, or the machine's.
fn now(state: &State<'_>, today: Option<Stamp>) -> Result<Stamp, StoreError> {
    let exercise = state.exercise()?;
    Ok(today.or(exercise).unwrap_or_else(Stamp::now))
}

/// The same failure for each of a group.
fn again(error: &StoreError) -> StoreError {
    match error {
        StoreError::Write(e) => StoreError::Write(std::io::Error::new(e.kind(), e.to_string())),
        StoreError::ReadOnly { since, why } => StoreError::ReadOnly { since: *since, why: why.clone() },
        StoreError::Damaged { place, what } => StoreError::Damaged { place: place.clone(), what: what.clone() },
        other => StoreError::Io(std::io::Error::other(other.to_string())),
    }
}

fn announce(hall: &Hall, changes: &[Change]) {
    let of_master = |record: &Record| matches!(record, Record::Account(_) | Record::Office(_));
    if changes.iter().flat_map(|change| &change.writes).any(|write| of_master(&write.record)) {
        // Before anybody is told: whoever asks next is judged by the new accounts.
        hall.master_changed();
    }
    let mut hub = hall.hub();
    for change in changes {
        for write in &change.writes {
            match &write.record {
                Record::Application(application) => {
                    let notice = Notice::Changed {
                        application: application.id,
                        revision: application.revision,
                        by: last_signature(application, change),
                    };
                    hub.tell_of(application, &notice);
                }
                Record::Facts(facts) => {
                    if let Some(now) = facts.exercise {
                        hub.tell_all(&Notice::Day { now });
                    }
                }
                Record::Account(account) => hub.account_changed(account),
                Record::Office(_) | Record::Major(_) | Record::Student(_) | Record::Answer(_) => {}
            }
        }
    }
}

/// Who did it, in which post, as the acts have it.
fn last_signature(application: &Application, change: &Change) -> Option<crate::model::Signature> {
    application
        .steps
        .iter()
        .flat_map(|step| step.acts())
        .filter(|act| act.at == change.at)
        .filter(|act| change.actor.as_ref().is_some_and(|actor| actor.account == act.by.account))
        .last()
        .map(|act| act.by.clone())
}

/// Founds a store, or adds a piece of an exercise county, before anybody is connected.
pub fn found(
    store: &dyn Store,
    calendar: &crate::law::calendar::Calendar,
    now: Stamp,
    command: &Command,
) -> Result<(), Refused> {
    let nobody = Actor {
        account: "".into(),
        person: "".into(),
        name: String::new(),
        office: match command {
            Command::Found(founding) => founding.office.clone(),
            _ => "".into(),
        },
        posts: Vec::new(),
    };
    let state = State::new(store, calendar);
    let asked = Asked { actor: &nobody, now, command_id: None };
    if let Decided::Do { change, .. } = decide(&state, &asked, command)? {
        store.commit(&[change])?;
    }
    Ok(())
}
