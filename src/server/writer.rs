//! The one thread that writes. Commands that wait are taken as a group: each is decided on top of the earlier ones,
//! the group is journalled with one sync, and only then is anybody answered or told.

use super::ServeError;
use super::announce::announce;
use super::hall::Hall;
use crate::desk::{Asked, Decided, Refused, State, decide, import};
use crate::model::{Actor, Change, Command, CommandId, Import, ImportKind, ImportReport, Record, Sheet, Stamp, Write};
use crate::store::{Store, StoreError};
use crate::wire::Notice;
use serde_json::Value;
use std::sync::Arc;
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
    /// A file to be taken in whole.
    Import {
        /// Who asks.
        actor: Actor,
        /// The day named with the line, on an exercise store.
        today: Option<Stamp>,
        /// The command's id.
        command_id: Option<CommandId>,
        /// What is asked for.
        import: Box<Import>,
        /// Its rows.
        sheet: Arc<Sheet>,
        /// Where the report goes.
        answer: SyncSender<Result<ImportReport, Refused>>,
    },
    /// Some rows more of a file of which the good ones are taken in.
    Rows {
        /// Who asks.
        actor: Actor,
        /// The day named with the line, on an exercise store.
        today: Option<Stamp>,
        /// The command's id.
        command_id: Option<CommandId>,
        /// What is asked for.
        import: Arc<Import>,
        /// All rows.
        sheet: Arc<Sheet>,
        /// How far it has come.
        run: Box<import::Run>,
        /// How many rows more.
        rows: usize,
        /// Where it goes when these are on disk.
        answer: SyncSender<Result<Box<import::Run>, Refused>>,
    },
    /// Somebody came or went; how long nobody is there is counted anew.
    Traffic,
    /// The view is not what the journal says: end without a mark of a clean stop, so that the next start rebuilds it.
    Broken(StoreError),
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
        let mut imports = Vec::new();
        for job in first.into_iter().chain(jobs.try_iter()).take(hall.limits().group) {
            match job {
                Job::Stop => stop = true,
                // Without a word of closing: desks connect again at once, and whoever may starts the server anew.
                Job::Broken(error) => return Err(error.into()),
                Job::Traffic => empty_since = Instant::now(),
                import @ (Job::Import { .. } | Job::Rows { .. }) => imports.push(import),
                command @ Job::Command { .. } => group.extend(Waiting::of(command)),
            }
        }
        if !group.is_empty() {
            write(hall, group);
        }
        for import in imports {
            match import {
                rows @ Job::Rows { .. } => take_rows(hall, rows),
                whole => take_in(hall, whole),
            }
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

/// A command that waits for its word.
struct Waiting {
    actor: Actor,
    today: Option<Stamp>,
    command_id: Option<CommandId>,
    command: Box<Command>,
    answer: SyncSender<Result<Value, Refused>>,
}

impl Waiting {
    fn of(job: Job) -> Option<Self> {
        match job {
            Job::Command { actor, today, command_id, command, answer } => {
                Some(Waiting { actor, today, command_id, command, answer })
            }
            Job::Traffic | Job::Stop | Job::Broken(_) | Job::Import { .. } | Job::Rows { .. } => None,
        }
    }

    fn decide(&self, state: &State<'_>) -> Result<Decided, Refused> {
        let now = now(state, self.today)?;
        decide(state, &Asked { actor: &self.actor, now, command_id: self.command_id }, &self.command)
    }

    fn tell(self, word: Result<Value, Refused>) {
        // The asker may be gone; then nobody is left to be told.
        let _ = self.answer.send(word);
    }
}

/// Decides a group, commits it and gives every word. A word rests on the earlier ones of its group, a refusal too:
/// none is given before the group is on disk.
fn write(hall: &Hall, group: Vec<Waiting>) {
    let calendar = hall.calendar();
    let mut state = State::new(hall.store(), &calendar);
    let mut changes: Vec<Change> = Vec::new();
    let mut words: Vec<Result<Value, Refused>> = Vec::new();
    for waiting in &group {
        words.push(waiting.decide(&state).map(|decided| match decided {
            Decided::Do { change, answer } => {
                state.lay(&change);
                changes.push(change);
                answer
            }
            // It may repeat a command of this very group.
            Decided::Again(answer) => answer,
        }));
    }
    drop(state);
    let committed = if changes.is_empty() { Ok(()) } else { hall.store().commit(&changes).map(drop) };
    match committed {
        Ok(()) => {
            if touches_master(&changes) {
                // Before anybody is answered: whoever asks next is judged by the new accounts.
                hall.master_changed();
            }
            if touches_calendar(&changes) {
                calendar_changed(hall, None);
            }
            for (waiting, word) in group.into_iter().zip(words) {
                waiting.tell(word);
            }
            announce(hall, &changes);
        }
        Err(error) if group.len() > 1 && !matches!(error, StoreError::Write(_) | StoreError::ReadOnly { .. }) => {
            // One of them cannot be stored. The others shall not suffer for it: each by itself, judged anew, because
            // it may have rested on the one that fails.
            tracing::error!(%error, commands = group.len(), "commit failed; each is tried by itself");
            for waiting in group {
                write(hall, vec![waiting]);
            }
        }
        Err(error) => {
            tracing::error!(%error, commands = group.len(), "commit failed");
            for waiting in group {
                waiting.tell(Err(Refused::Store(again(&error))));
            }
        }
    }
}

/// Takes a file in: judged once more on what is stored now, and written as one change.
fn take_in(hall: &Hall, job: Job) {
    let Job::Import { actor, today, command_id, import, sheet, answer } = job else { return };
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let judge = || {
        let asked = Asked { actor: &actor, now: now(&state, today)?, command_id };
        import::take_in(&state, &asked, &import, &sheet, true)
    };
    let word = judge().and_then(|taken| {
        let import::TakenIn { mut report, changes } = taken;
        // Here, where nothing is decided beside it: no deadline begins between the list and its confirmation.
        super::moves::confirmed(hall, &import, &changes)?;
        for change in &changes {
            let group = std::slice::from_ref(change);
            hall.store().commit(group).inspect_err(|error| tracing::error!(%error, "import failed"))?;
        }
        if touches_master(&changes) {
            hall.master_changed();
        }
        if touches_calendar(&changes) {
            calendar_changed(hall, today);
        }
        announce(hall, &changes);
        // Of a national list nothing may be left once the schools with bad rows stay out.
        let nothing = import.kind == ImportKind::National && changes.is_empty();
        report.committed = import.kind.is_partial() && !nothing || !report.refuses();
        Ok(report)
    });
    // The asker may be gone.
    let _ = answer.send(word);
}

/// Takes some rows in. Other commands have their turn before the next ones: a long list holds up nobody. What is on
/// disk when something fails stays there; the same file brought again goes on from it.
fn take_rows(hall: &Hall, job: Job) {
    let Job::Rows { actor, today, command_id, import, sheet, mut run, rows, answer } = job else { return };
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let judged = now(&state, today).map_err(Refused::from).and_then(|now| {
        let asked = Asked { actor: &actor, now, command_id };
        import::go_on(&state, &asked, &import, &sheet, &mut run, rows)
    });
    drop((state, sheet));
    let word = judged.and_then(|change| {
        if let Some(change) = change {
            let changes = [change];
            hall.store().commit(&changes).inspect_err(|error| tracing::error!(%error, "import failed"))?;
            announce(hall, &changes);
        }
        Ok(run)
    });
    // The asker may be gone.
    let _ = answer.send(word);
}

/// Whether days of the calendar or first days of semesters are among the changes.
fn touches_calendar(changes: &[Change]) -> bool {
    let of = |write: &Write| matches!(write.record, Record::CalendarYear(_) | Record::SemesterStart(_));
    changes.iter().flat_map(|change| &change.writes).any(of)
}

/// Every clock is read by the new calendar from now on.
fn calendar_changed(hall: &Hall, today: Option<Stamp>) {
    // It was judged to fit: an error here would be one of the program, and the next start says so.
    hall.load_calendar().unwrap_or_else(|error| tracing::error!(%error, "the calendar does not fit"));
    // Days left and lights are new, as at midnight.
    match now(&State::new(hall.store(), &hall.calendar()), today) {
        Ok(now) => hall.hub().tell_all(&Notice::Day { now }),
        Err(error) => tracing::error!(%error, "the day cannot be told"),
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
        StoreError::Io(e) => StoreError::Io(std::io::Error::new(e.kind(), e.to_string())),
        other => StoreError::Io(std::io::Error::other(other.to_string())),
    }
}

fn touches_master(changes: &[Change]) -> bool {
    let of_master = |record: &Record| matches!(record, Record::Account(_) | Record::Office(_));
    changes.iter().flat_map(|change| &change.writes).any(|write| of_master(&write.record))
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
        standing_in: Vec::new(),
    };
    let state = State::new(store, calendar);
    let asked = Asked { actor: &nobody, now, command_id: None };
    if let Decided::Do { change, .. } = decide(&state, &asked, command)? {
        store.commit(&[change])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Account, Founding, Level, Office, Post, Seed};
    use crate::server::Limits;
    use crate::server::hall::tests::hall;
    use crate::server::refusal::Refusal;
    use crate::wire::ErrorKind;
    use std::sync::Arc;
    use std::sync::mpsc::sync_channel;

    const DAY: Stamp = Stamp(1_760_000_000_000);

    fn office(id: &str, parent: Option<&str>, name: String) -> Office {
        let (parent, level) = (parent.map(Into::into), if parent.is_some() { Level::City } else { Level::Province });
        Office { id: id.into(), revision: 0, name, level, parent, school: None }
    }

    fn keeper() -> Account {
        Account {
            id: "keeper".into(),
            revision: 1,
            person: "p".into(),
            name: "甲".to_owned(),
            office: "41".into(),
            posts: vec![Post::Keeper],
            os_user: None,
            active: true,
        }
    }

    fn founded() -> (tempfile::TempDir, Arc<Hall>) {
        let (folder, hall) = hall(Limits::default());
        let province = Office { revision: 1, ..office("41", None, "省".to_owned()) };
        let master = Seed { offices: vec![province], accounts: vec![keeper()], ..Seed::default() };
        let founding = Founding { exercise: Some(DAY), office: "41".into(), master };
        found(hall.store(), &hall.calendar(), DAY, &Command::Found(Box::new(founding))).unwrap();
        (folder, hall)
    }

    type Word = Receiver<Result<Value, Refused>>;

    /// Room for no word: the writer waits until each is taken.
    fn waiting(office: Office) -> (Waiting, Word) {
        let (answer, word) = sync_channel(0);
        let command = Box::new(Command::PutOffice { office });
        (Waiting { actor: Actor::from(&keeper()), today: None, command_id: None, command, answer }, word)
    }

    #[test]
    fn what_cannot_be_stored_fails_alone() {
        let (_folder, hall) = founded();
        let (group, words): (Vec<Waiting>, Vec<Word>) = [
            office("4101", Some("41"), "一".to_owned()),
            office("4102", Some("41"), "长".repeat(1 << 19)),
            office("410101", Some("4101"), "在一之下".to_owned()),
            office("410201", Some("4102"), "在长之下".to_owned()),
        ]
        .into_iter()
        .map(waiting)
        .unzip();
        let of_writer = Arc::clone(&hall);
        let writer = std::thread::spawn(move || write(&of_writer, group));
        let words: Vec<_> = words.into_iter().map(|word| word.recv().unwrap()).collect();
        writer.join().unwrap();
        assert!(words[0].is_ok() && words[2].is_ok(), "{words:?}");
        let Err(Refused::Store(error)) = &words[1] else { panic!("{:?}", words[1]) };
        let Refusal::Failure(failure) = again(error).into() else { panic!("no failure") };
        assert_eq!(failure.kind, ErrorKind::Input);
        assert!(failure.message.contains("请缩短文字"), "{}", failure.message);
        assert!(matches!(&words[3], Err(Refused::NotFound(_))), "it rested on what was not stored: {:?}", words[3]);
        let there = |id: &str| hall.store().office(&id.into()).unwrap().is_some();
        assert_eq!(["4101", "4102", "410101", "410201"].map(there), [true, false, true, false]);
    }

    #[test]
    fn whoever_is_answered_finds_the_new_master_data_in_force() {
        let (_folder, hall) = founded();
        let before = hall.generation();
        let (first, first_word) = waiting(office("4101", Some("41"), "一".to_owned()));
        let (second, second_word) = waiting(office("4102", Some("41"), "二".to_owned()));
        let of_writer = Arc::clone(&hall);
        let writer = std::thread::spawn(move || write(&of_writer, vec![first, second]));
        first_word.recv().unwrap().unwrap();
        // The writer cannot have come further than the second word, which nobody has taken yet.
        assert!(hall.generation() > before);
        second_word.recv().unwrap().unwrap();
        writer.join().unwrap();
    }
}
