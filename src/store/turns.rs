//! Every turn (环节的一轮) of every hand in compact rows: what the supervisor's board counts. Kept up by each commit and
//! rebuilt at every opening, like all columns; a figure is one pass over them.

use crate::model::{
    Application, ApplicationId, Day, Kind, OfficeId, Outcome, PersonId, Phase, Post, Reminders, Round, Signature,
    Status, StepRole, Student, StudentId, Urged,
};
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

/// Nobody, or no office.
const NONE: u32 = u32::MAX;

/// Dead rows kept before the rows are moved together: below that it is not worth it.
const DEAD_KEPT: usize = 4096;

/// One round of one hand: running, or ended with a decision. What ended otherwise (撤销) has no row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// Of which application.
    pub application: ApplicationId,
    /// Its kind.
    pub kind: Kind,
    /// Whose turn, as a place in [`Turns::offices`].
    pub office: u32,
    /// Index of the step.
    pub step: u16,
    /// Index of the round within the step.
    pub round: u16,
    /// The day it reached the hand.
    pub arrived: Day,
    /// The day its clock started with; none where no clock runs.
    pub started: Option<Day>,
    /// Working days given.
    pub budget: u32,
    /// A reference clock (参考).
    pub reference: bool,
    /// Recorded for a hand that had no accounts here.
    pub external: bool,
    /// A proposal waits for the second post.
    pub proposed: bool,
    /// The application lies at its school: not submitted yet, or returned.
    pub at_school: bool,
    /// The day it ended; none while it runs.
    pub ended: Option<Day>,
    /// With what.
    pub outcome: Option<Outcome>,
    /// Last day of the clock as frozen at the end.
    pub due: Option<Day>,
    /// Working days used, frozen.
    pub used: u32,
    /// Working days late, frozen.
    pub late: u32,
    first: u32,
    second: u32,
}

impl Turn {
    /// Whether it counts in rates: it ended with the regulation's clock at a hand of its own.
    pub fn counts(&self) -> bool {
        self.ended.is_some() && self.due.is_some() && !self.reference && !self.external
    }
}

/// A person in a post of an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clerk {
    /// Who.
    pub person: PersonId,
    /// Where.
    pub office: OfficeId,
    /// In which post.
    pub post: Post,
    /// The name last signed with.
    pub name: String,
}

/// Numbers for things that occur often.
#[derive(Debug)]
struct Numbers<K>(HashMap<K, u32>);

impl<K: Hash + Eq> Numbers<K> {
    fn of(&mut self, key: K, new: impl FnOnce()) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(NONE);
        *self.0.entry(key).or_insert_with(|| {
            new();
            next
        })
    }
}

/// A new student who is not filed yet (已注册未备案).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unfiled {
    /// The school, as a place in [`Turns::offices`].
    pub school: u32,
    /// Day of entry.
    pub entry: Day,
}

/// All turns, and the two things beside them that the board shows.
#[derive(Debug)]
pub struct Turns {
    rows: Vec<Option<Turn>>,
    /// Where the rows of an application stand, and how many.
    places: HashMap<ApplicationId, (u32, u16)>,
    dead: usize,
    offices: Vec<OfficeId>,
    office_numbers: Numbers<OfficeId>,
    clerks: Vec<Clerk>,
    /// Places in `clerks`, by person.
    clerk_numbers: HashMap<PersonId, Vec<u32>>,
    reminders: BTreeMap<ApplicationId, Reminders>,
    unfiled: HashMap<StudentId, Unfiled>,
}

impl Default for Turns {
    fn default() -> Self {
        Turns {
            rows: Vec::new(),
            places: HashMap::new(),
            dead: 0,
            offices: Vec::new(),
            office_numbers: Numbers(HashMap::new()),
            clerks: Vec::new(),
            clerk_numbers: HashMap::new(),
            reminders: BTreeMap::new(),
            unfiled: HashMap::new(),
        }
    }
}

impl Turns {
    /// All turns, in no particular order.
    pub fn all(&self) -> impl Iterator<Item = &Turn> {
        self.rows.iter().flatten()
    }

    /// The turns of one application, in the order of steps and rounds.
    pub fn of(&self, id: ApplicationId) -> impl Iterator<Item = &Turn> {
        let (from, count) = self.places.get(&id).copied().unwrap_or_default();
        self.rows[from as usize..from as usize + usize::from(count)].iter().flatten()
    }

    /// The offices that occur, by number.
    pub fn offices(&self) -> &[OfficeId] {
        &self.offices
    }

    /// Who prepared the word that ended the turn, and who agreed to it.
    pub fn clerks(&self, turn: &Turn) -> [Option<&Clerk>; 2] {
        [turn.first, turn.second].map(|at| self.clerks.get(at as usize))
    }

    /// The new students not filed yet.
    pub fn unfiled(&self) -> impl Iterator<Item = &Unfiled> {
        self.unfiled.values()
    }

    /// Reminders and notes on an application.
    pub fn reminders(&self, id: ApplicationId) -> Option<&Reminders> {
        self.reminders.get(&id)
    }

    /// How often the hand of this turn was reminded, and the case in all.
    pub fn urged(&self, turn: &Turn) -> Urged {
        let of = |all: &Reminders| all.urged((turn.step.into(), turn.round.into()));
        self.reminders.get(&turn.application).map(of).unwrap_or_default()
    }

    pub(crate) fn put_reminders(&mut self, of: &Reminders) {
        self.reminders.insert(of.application, of.clone());
    }

    pub(crate) fn put_student(&mut self, student: &Student) {
        if student.status == Status::Registered {
            let school = self.office(&student.school);
            self.unfiled.insert(student.id, Unfiled { school, entry: student.entry });
        } else {
            self.unfiled.remove(&student.id);
        }
    }

    /// Takes an application in, or anew.
    pub(crate) fn put(&mut self, application: &Application) {
        let mut rows = Vec::new();
        let turn = running(application);
        for (at, step) in application.steps.iter().enumerate() {
            if step.rounds.is_empty() {
                continue;
            }
            let office = self.office(&step.hand);
            for (nth, round) in step.rounds.iter().enumerate() {
                let runs = turn == Some((at, nth));
                if !runs && round.ending.is_none() {
                    continue;
                }
                let at_school = runs && application.phase != Phase::Open;
                rows.push(Some(self.row(application, (at, nth), office, round, at_school)));
            }
        }
        self.lay(application.id, rows);
    }

    fn row(&mut self, of: &Application, place: (usize, usize), office: u32, round: &Round, at_school: bool) -> Turn {
        let short = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let clock = round.clock.as_ref();
        let ending = round.ending.as_ref();
        let external = round.proposal.as_ref().and_then(|proposal| proposal.external.as_ref());
        let first = ending.and(round.proposal.as_ref()).map(|proposal| &proposal.by);
        Turn {
            application: of.id,
            kind: of.kind(),
            office,
            step: short(place.0),
            round: short(place.1),
            arrived: round.arrived.day(),
            started: clock.map(|clock| clock.started),
            budget: clock.map_or(0, |clock| clock.budget),
            reference: clock.is_some_and(|clock| clock.reference),
            external: external.is_some(),
            proposed: ending.is_none() && round.proposal.is_some(),
            at_school,
            ended: ending.map(|ending| external.map_or(ending.at.day(), |external| external.on)),
            outcome: ending.map(|ending| ending.outcome),
            due: ending.and_then(|ending| ending.due),
            used: ending.map_or(0, |ending| ending.used),
            late: ending.map_or(0, |ending| ending.late),
            first: first.map_or(NONE, |by| self.clerk(by)),
            second: ending.map_or(NONE, |ending| self.clerk(&ending.by)),
        }
    }

    fn office(&mut self, id: &OfficeId) -> u32 {
        if let Some(number) = self.office_numbers.0.get(id) {
            return *number;
        }
        let offices = &mut self.offices;
        self.office_numbers.of(id.clone(), || offices.push(id.clone()))
    }

    fn clerk(&mut self, by: &Signature) -> u32 {
        // Nearly always known, and then nothing is copied.
        let of_person = self.clerk_numbers.get(&by.person).map_or(&[][..], Vec::as_slice);
        let is = |clerk: &Clerk| clerk.office == by.office && clerk.post == by.post;
        let known = of_person.iter().copied().find(|at| self.clerks.get(*at as usize).is_some_and(is));
        let number = known.unwrap_or_else(|| {
            let next = u32::try_from(self.clerks.len()).unwrap_or(NONE);
            let (person, office, post) = (by.person.clone(), by.office.clone(), by.post);
            self.clerk_numbers.entry(person.clone()).or_default().push(next);
            self.clerks.push(Clerk { person, office, post, name: by.name.clone() });
            next
        });
        if let Some(clerk) = self.clerks.get_mut(number as usize)
            && clerk.name != by.name
        {
            clerk.name.clone_from(&by.name);
        }
        number
    }

    /// Puts an application's rows where its old ones stand, or at the end.
    fn lay(&mut self, id: ApplicationId, rows: Vec<Option<Turn>>) {
        let new = rows.len();
        let count = u16::try_from(new).unwrap_or(u16::MAX);
        let (from, old) = self.places.get(&id).copied().unwrap_or_default();
        let (from, old) = (from as usize, usize::from(old));
        if new <= old {
            self.rows[from..from + new].copy_from_slice(&rows);
            self.rows[from + new..from + old].fill(None);
            self.dead += old - new;
            self.places.insert(id, (u32::try_from(from).unwrap_or(NONE), count));
        } else {
            self.rows[from..from + old].fill(None);
            self.dead += old;
            self.places.insert(id, (u32::try_from(self.rows.len()).unwrap_or(NONE), count));
            self.rows.extend(rows);
        }
        if self.dead > DEAD_KEPT && self.dead > self.rows.len() / 2 {
            self.move_together();
        }
    }

    fn move_together(&mut self) {
        let mut rows = Vec::with_capacity(self.rows.len() - self.dead);
        for (from, count) in self.places.values_mut() {
            let old = *from as usize;
            *from = u32::try_from(rows.len()).unwrap_or(NONE);
            rows.extend_from_slice(&self.rows[old..old + usize::from(*count)]);
        }
        self.rows = rows;
        self.dead = 0;
    }

    /// An application whose turns, or reminders, differ from those of other columns.
    pub(crate) fn difference(&self, other: &Turns) -> Option<ApplicationId> {
        let ids = self.places.keys().chain(other.places.keys());
        let turns = ids.copied().find(|id| self.resolved(*id) != other.resolved(*id));
        let urged = self.reminders.keys().chain(other.reminders.keys()).copied();
        turns.or_else(|| urged.into_iter().find(|id| self.reminders.get(id) != other.reminders.get(id)))
    }

    /// A student held here as unfiled, and not there, or otherwise.
    pub(crate) fn unfiled_difference(&self, other: &Turns) -> Option<StudentId> {
        let plain = |of: &Turns, id: &StudentId| {
            of.unfiled.get(id).map(|one| (of.offices.get(one.school as usize).cloned(), one.entry))
        };
        self.unfiled.keys().chain(other.unfiled.keys()).copied().find(|id| plain(self, id) != plain(other, id))
    }

    /// The turns of an application without the numbers, which depend on the order things were taken in.
    fn resolved(&self, id: ApplicationId) -> Vec<Resolved<'_>> {
        self.of(id)
            .map(|turn| {
                let clerks = self.clerks(turn).map(|clerk| clerk.map(|clerk| (&clerk.person, clerk.post)));
                let plain = Turn { office: 0, first: 0, second: 0, ..*turn };
                (plain, self.offices.get(turn.office as usize), clerks)
            })
            .collect()
    }
}

/// A turn with its office and its two persons by their own names.
type Resolved<'a> = (Turn, Option<&'a OfficeId>, [Option<(&'a PersonId, Post)>; 2]);

/// Step and round whose turn it is; none when nothing can happen any more.
fn running(application: &Application) -> Option<(usize, usize)> {
    if !application.phase.is_open() {
        return None;
    }
    // Before submission and after a return the school has it, whatever step is next.
    let starting = || application.steps.iter().position(|step| step.role == StepRole::StartingSchool);
    let at = match application.phase {
        Phase::Preparing | Phase::Returned => starting().unwrap_or(application.current),
        _ => application.current,
    };
    let step = application.steps.get(at)?;
    let nth = step.rounds.len().checked_sub(1)?;
    step.rounds[nth].ending.is_none().then_some((at, nth))
}
