//! All lives, round by round, through the desk into the store; every change of a record is judged as it happens.

use super::allowed::Allowed;
use super::chance::Chance;
use super::clerk::{self, Deed};
use super::county::County;
use std::collections::BTreeMap;
use std::fmt;
use xueji::desk::alerts::{Board, SchoolReading};
use xueji::desk::{self, Asked, Decided, Refused, State};
use xueji::model::{
    Application, Change, Command, Day, Details, Kind, OfficeId, Phase, Record, Stamp, Status, Student, StudentId,
};
use xueji::store::Store;

/// Commands that are written as one group, each decided on top of the earlier ones.
const GROUP: usize = 64;
/// From one round to the next.
const PAUSE_MS: i64 = 13 * 86_400_000;

/// What came of it.
#[derive(Default)]
pub(crate) struct Lived {
    /// Granted applications by kind and status before.
    pub(crate) granted: BTreeMap<(String, String), u32>,
    done: u32,
    refused: BTreeMap<String, u32>,
    /// Starts that the table forbids, and the desk refused.
    forbidden: u32,
    /// Cases opened on what the negative list found.
    suspected: u32,
    /// Transfers granted to members of a batch, and to members of one of thirty or more.
    pub(crate) together: u32,
    pub(crate) crowd: u32,
}

impl Lived {
    /// The kinds that the table allows from this student's status, and nobody has had granted from it yet.
    fn wanted(&self, allowed: &Allowed, student: &Student) -> Vec<Kind> {
        let from = student.status.name();
        let lacks = |kind: &Kind| {
            allowed.starts_from(kind.name(), from)
                && !allowed.is_later(kind.name())
                && !self.granted.contains_key(&(kind.name().to_owned(), from.to_owned()))
        };
        Kind::ALL.into_iter().filter(lacks).collect()
    }
}

impl fmt::Display for Lived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} commands done, {} starts from a wrong status refused", self.done, self.forbidden)?;
        writeln!(f, "granted in batches: {}, in batches of thirty and more: {}", self.together, self.crowd)?;
        writeln!(f, "refused: {:?}", self.refused)?;
        write!(f, "granted: {:?}", self.granted)
    }
}

pub(crate) fn live(county: &mut County, allowed: &Allowed, seed: u64, rounds: u32) -> Lived {
    let mut chance = Chance::new(seed);
    let mut lived = Lived::default();
    let mut board = Board::default();
    for round in 0..rounds {
        // Those who came meanwhile live here too.
        let mut students: Vec<u64> = (1..=county.students()).collect();
        for group in students.chunks_mut(GROUP) {
            let changes = group_of(county, allowed, group, &mut chance, &mut lived);
            if !changes.is_empty() {
                county.store.commit(&changes).unwrap();
            }
            alerts_are_those_of_a_full_evaluation(&county.store, &county.schools, county.now.day(), &mut board);
        }
        if round % 10 == 9 {
            // The columns the alerts rest on are those built anew from the records.
            assert_eq!((&county.store as &dyn Store).verify().unwrap().damage, Vec::<String>::new());
        }
        county.now = Stamp(county.now.0 + PAUSE_MS);
    }
    let again = u64::try_from(county.schools.len()).unwrap() * u64::from(rounds) * 16;
    assert!(board.judged() < again, "everything was judged every time: {}", board.judged());
    assert!(lived.suspected > 0, "the negative list never had anything to say");
    assert!(lived.done > rounds * 300, "hardly anything was done: {lived}");
    assert!(lived.forbidden > 500, "hardly anything forbidden was tried: {lived}");
    lived
}

/// What was judged only where something had changed is what judging everything gives.
pub(crate) fn alerts_are_those_of_a_full_evaluation(
    store: &dyn Store,
    schools: &[OfficeId],
    today: Day,
    board: &mut Board,
) {
    for school in schools {
        let kept = board.school(store, school, today).unwrap();
        let whole = SchoolReading::judge(store, school, today).unwrap();
        assert_eq!(*kept, whole, "{school} on {today}");
    }
}

fn group_of(
    county: &mut County,
    allowed: &Allowed,
    students: &[u64],
    chance: &mut Chance,
    lived: &mut Lived,
) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut now = county.now;
    {
        let mut state = State::new(&county.store, &county.calendar);
        for deed in clerk::beside(county, chance) {
            now = Stamp(now.0 + 1_000);
            if let Some(change) = judged(&state, allowed, &deed, now, lived) {
                state.lay(&change);
                changes.push(change);
            }
        }
        for id in students {
            now = Stamp(now.0 + 1_000);
            let wanted = |student: &Student| lived.wanted(allowed, student);
            for deed in clerk::next(county, &state, StudentId(*id), &wanted, chance) {
                if let Some(change) = judged(&state, allowed, &deed, now, lived) {
                    state.lay(&change);
                    changes.push(change);
                    break;
                }
            }
        }
    }
    county.now = now;
    changes
}

/// What the desk makes of a deed, found to be allowed; none when it refuses.
fn judged(state: &State<'_>, allowed: &Allowed, deed: &Deed, now: Stamp, lived: &mut Lived) -> Option<Change> {
    let (actor, command) = deed;
    let forbidden = match command {
        Command::Start { student, details } if *student != StudentId(0) => {
            let status = state.student(*student).unwrap().unwrap().status;
            !allowed.starts_from(details.kind().name(), status.name())
        }
        _ => false,
    };
    match desk::decide(state, &Asked { actor, now, command_id: None }, command) {
        Ok(Decided::Do { change, .. }) => {
            assert!(!forbidden, "the desk let this start: {command:?}");
            changed_as_allowed(state, allowed, command, &change, lived);
            lived.done += 1;
            Some(change)
        }
        Ok(Decided::Again(_)) => unreachable!("no command has an id"),
        Err(refused) => {
            lived.forbidden += u32::from(forbidden);
            let why = match refused {
                Refused::Rule(finding) => finding.rule.to_string(),
                Refused::Input(_) => "input".to_owned(),
                Refused::NotFound(_) => "not found".to_owned(),
                other => panic!("{command:?}: {other}"),
            };
            *lived.refused.entry(why).or_default() += 1;
            None
        }
    }
}

/// Registration, filing, and a filing that failed: the school's own acts, by no application.
fn begins_as_allowed(
    state: &State<'_>,
    allowed: &Allowed,
    command: &Command,
    after: &Student,
    lived: &mut Lived,
) -> bool {
    let act = match command {
        Command::SaveEntry { .. } => "注册",
        Command::SubmitFiling { .. } => "备案",
        _ => return false,
    };
    let before = state.student(after.id).unwrap();
    let from = before.as_ref().map_or("", |before| before.status.name());
    match &before {
        None => {
            assert_eq!((act, after.status, after.history.len()), ("注册", Status::Registered, 1));
            assert!(allowed.has(act));
        }
        Some(before) if after.status == before.status => {
            // What failed is written down, and nothing else.
            let facts = after.entry_facts.clone();
            let same = Student { revision: before.revision, entry_facts: before.entry_facts.clone(), ..after.clone() };
            assert_eq!((&same, facts.failures.is_empty()), (before, false));
            return true;
        }
        Some(before) => allowed.judge(act, before, after).unwrap_or_else(|why| panic!("{}: {why}", after.id)),
    }
    *lived.granted.entry((act.to_owned(), from.to_owned())).or_default() += 1;
    true
}

/// A student's record changes only when an application is granted, and then as the table says.
fn changed_as_allowed(state: &State<'_>, allowed: &Allowed, command: &Command, change: &Change, lived: &mut Lived) {
    let mut granted: BTreeMap<StudentId, &Application> = BTreeMap::new();
    let whole_batch = matches!(command, Command::ActOnBatch { .. });
    for write in &change.writes {
        if let Record::Application(application) = &write.record
            && application.phase == Phase::Granted
        {
            let before = state.application(application.id).unwrap().unwrap();
            assert!(before.phase.is_open(), "{} was granted twice", application.id);
            assert!(granted.insert(application.student, application).is_none(), "two granted for one student");
            if let Some(of) = application.batch {
                lived.together += 1;
                lived.crowd += u32::from(state.batch(of.batch).unwrap().unwrap().size >= 30);
            }
        }
    }
    assert!(granted.len() < 2 || whole_batch, "{command:?} granted several");
    let mut students = 0;
    lived.suspected += u32::from(matches!(command, Command::RecordAlert { .. }));
    for write in &change.writes {
        let Record::Student(after) = &write.record else { continue };
        if begins_as_allowed(state, allowed, command, after, lived) || begins(command, after) {
            continue;
        }
        students += 1;
        let application =
            granted.get(&after.id).unwrap_or_else(|| panic!("{command:?} changed {} without a grant", after.id));
        assert_eq!((application.student, after.revision), (after.id, write.based_on + 1));
        let before = state.student(after.id).unwrap().unwrap();
        // One kind with two ends.
        let kind = match &application.details {
            Details::Graduation { leave, .. } => leave.name(),
            details => details.kind().name(),
        };
        allowed
            .judge(kind, &before, after)
            .unwrap_or_else(|why| panic!("{}: {why}\n{before:#?}\n{after:#?}", after.id));
        for line in &after.history[before.history.len()..] {
            assert_eq!(line.application, Some(application.id), "{line:?}");
        }
        *lived.granted.entry((kind.to_owned(), before.status.name().to_owned())).or_default() += 1;
    }
    assert_eq!(students, granted.len(), "{command:?}");
}

/// The file of who comes from another province begins with the application, and is written anew when that is amended.
fn begins(command: &Command, after: &Student) -> bool {
    let details = match command {
        Command::Start { details, .. } | Command::Amend { details, .. } => details,
        _ => return false,
    };
    let begins = details.kind() == Kind::MoveIn;
    assert!(!begins || after.history.is_empty() && after.status == xueji::model::Status::Unregistered, "{after:?}");
    begins
}
