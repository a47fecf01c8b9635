//! Offices and applications made up by chance, put into a store as commands would put them.

use std::collections::BTreeMap;
use xueji::data;
use xueji::law::calendar::Calendar;
use xueji::law::clock;
use xueji::model::*;
use xueji::store::{MemoryStore, Store};

/// Code, name, level, parent. 411002 has nobody here.
pub const OFFICES: [(&str, Level, Option<&str>); 12] = [
    ("410000", Level::Province, None),
    ("410700", Level::City, Some("410000")),
    ("411000", Level::City, Some("410000")),
    ("410782", Level::County, Some("410700")),
    ("410721", Level::County, Some("410700")),
    ("411002", Level::County, Some("411000")),
    ("3641990001", Level::School, Some("410782")),
    ("3641990002", Level::School, Some("410782")),
    ("3641990003", Level::School, Some("410721")),
    ("3641990004", Level::School, Some("410700")),
    ("3641990005", Level::School, Some("411002")),
    ("3641990006", Level::School, Some("410000")),
];

/// Numbers that repeat themselves (xorshift).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance(seed | 1)
    }
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % n
    }
    pub fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
    fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn calendar() -> Calendar {
    Calendar::new(data::CALENDAR_EDITION, data::calendar_days().unwrap()).unwrap()
}

/// A store with the offices, and what was put into it, by application.
pub struct County {
    pub store: MemoryStore,
    pub calendar: Calendar,
    pub applications: BTreeMap<ApplicationId, Application>,
    pub students: BTreeMap<StudentId, Student>,
    pub reminders: BTreeMap<ApplicationId, Reminders>,
}

fn write(record: Record) -> Write {
    let based_on = record.revision() - 1;
    Write { record, based_on }
}

impl County {
    pub fn new() -> County {
        let store = MemoryStore::new();
        let mut writes: Vec<Write> = Vec::new();
        for (id, level, parent) in OFFICES {
            let name = format!("演练{id}");
            let parent = parent.map(Into::into);
            let school = (level == Level::School).then(|| SchoolFacts {
                region_code: "410782".into(),
                sponsor: Sponsor::County,
                competent_office: None,
                credit_system: false,
                campuses: vec!["本部".into()],
            });
            writes.push(write(Record::Office(Office { id: id.into(), revision: 1, name, level, parent, school })));
        }
        commit(&store, writes);
        let none = BTreeMap::new();
        County {
            store,
            calendar: calendar(),
            applications: none,
            students: BTreeMap::new(),
            reminders: BTreeMap::new(),
        }
    }

    /// Puts a new application in, or another state of an old one; now and then a reminder, now and then a student.
    pub fn turn(&mut self, chance: &mut Chance, today: Day) {
        let number = if chance.one_in(3) { 1 + chance.below(40) } else { self.applications.len() as u64 + 1 };
        let id = ApplicationId::new(2025, number as u32);
        let revision = self.applications.get(&id).map_or(1, |old| old.revision + 1);
        let application = self.application(chance, id, revision, today);
        let mut writes = vec![write(Record::Application(Box::new(application.clone())))];
        self.applications.insert(id, application.clone());
        if chance.one_in(4) {
            let (step, round) = application.turn();
            let old = self.reminders.get(&id).cloned();
            let mut all = old.unwrap_or(Reminders { application: id, revision: 0, list: vec![] });
            let what = if chance.one_in(4) { Urging::Note } else { Urging::Remind };
            let by = sign(chance, "410782", Post::Supervisor);
            all.list.push(Urge { what, text: "请办".into(), by, at: Stamp::at(today, 9, 0), step, round });
            all.revision += 1;
            writes.push(write(Record::Reminders(all.clone())));
            self.reminders.insert(id, all);
        }
        if chance.one_in(3) {
            let student = self.student(chance);
            writes.push(write(Record::Student(Box::new(student.clone()))));
            self.students.insert(student.id, student);
        }
        commit(&self.store, writes);
    }

    fn application(&self, chance: &mut Chance, id: ApplicationId, revision: u64, today: Day) -> Application {
        let schools: Vec<&str> = OFFICES.iter().map(|(id, ..)| *id).filter(|id| id.len() == 10).collect();
        let offices: Vec<&str> = OFFICES.iter().map(|(id, ..)| *id).filter(|id| id.len() == 6).collect();
        let school = chance.pick(&schools);
        let phase = chance.pick(&[
            Phase::Preparing,
            Phase::Open,
            Phase::Open,
            Phase::Open,
            Phase::Returned,
            Phase::Granted,
            Phase::Granted,
            Phase::Refused,
            Phase::Cancelled,
        ]);
        let hands: Vec<&str> = (0..1 + chance.below(3)).map(|_| chance.pick(&offices)).collect();
        let current = match phase {
            Phase::Preparing | Phase::Returned => 0,
            _ => chance.below(hands.len() as u64 + 1) as usize,
        };
        let mut steps = vec![Step {
            hand: school.into(),
            role: StepRole::StartingSchool,
            time: None,
            rounds: vec![],
            outside: None,
        }];
        for hand in &hands {
            steps.push(Step {
                hand: (*hand).into(),
                role: StepRole::Authority,
                time: None,
                rounds: vec![],
                outside: None,
            });
        }
        let reached = if phase == Phase::Returned { 1 } else { current };
        for (at, step) in steps.iter_mut().enumerate().take(reached + 1) {
            for nth in 0..=chance.below(3) {
                let last = at == current && nth == 2;
                let round = self.round(chance, step.hand.as_str(), at > 0, last, today);
                step.rounds.push(round);
                if last {
                    break;
                }
            }
        }
        // The turn that runs, where one does.
        if phase.is_open() {
            let hand = steps[current].hand.clone();
            let running = self.round(chance, hand.as_str(), current > 0, true, today);
            steps[current].rounds.push(running);
            let from = steps[current].rounds.len() - 1;
            for round in &mut steps[current].rounds[..from] {
                *round = self.round(chance, hand.as_str(), current > 0, false, today);
            }
        }
        let kind = chance.below(3);
        let ground = "因故".to_owned();
        Application {
            id,
            revision,
            details: match kind {
                0 => Details::Withdrawal { ground },
                1 => Details::Repetition { years: 1, ground },
                _ => Details::Other { title: "补录".into(), ground },
            },
            phase,
            student: StudentId(1 + u64::from(id.number()) % 30),
            school: school.into(),
            started_at: Stamp::at(today, 8, 0),
            started_by: sign(chance, school, Post::Entry),
            steps,
            current,
            returning: (phase == Phase::Returned).then_some(1),
            evidence: vec![],
            batch: None,
            asides: vec![],
            parked: None,
            assigned: None,
            filings: Vec::new(),
            sync: Default::default(),
            cancelled: None,
        }
    }

    fn round(&self, chance: &mut Chance, hand: &str, clocked: bool, running: bool, today: Day) -> Round {
        let back = chance.below(70) as i64;
        let started = today - chrono::Duration::days(back);
        let clock = (clocked && !chance.one_in(8)).then(|| Clock {
            rule: "R13.2".into(),
            article: "13".into(),
            budget: chance.pick(&[10, 10, 20, 5]),
            started,
            reference: chance.one_in(4),
        });
        let mut round = Round::begun(Stamp::at(started, 10, 0), clock);
        let school = hand.len() == 10;
        let outcome = chance.pick(&[Outcome::Approve, Outcome::Approve, Outcome::Return, Outcome::Refuse]);
        if running && chance.one_in(2) {
            return round;
        }
        let on = started + chrono::Duration::days(chance.below(back.max(1) as u64 + 1) as i64);
        let external = chance.one_in(6).then(|| External { on, document: "演练〔2025〕1号".into() });
        let by = sign(chance, hand, Post::first(school));
        round.proposal = Some(Proposal { outcome, reasons: vec![], by, at: Stamp::at(on, 9, 0), external });
        if running {
            return round;
        }
        let frozen = round.clock.as_ref().map(|clock| clock::freeze(clock, &self.calendar, on));
        round.ending = Some(Ending {
            outcome,
            by: sign(chance, hand, Post::second(school)),
            // What was decided elsewhere is recorded later.
            at: Stamp::at(if round.proposal.as_ref().unwrap().external.is_some() { today } else { on }, 11, 0),
            due: frozen.as_ref().map(|frozen| frozen.due),
            calendar: "演练".into(),
            provisional: false,
            used: frozen.as_ref().map_or(0, |frozen| frozen.used),
            late: frozen.as_ref().map_or(0, |frozen| frozen.late),
        });
        round
    }

    fn student(&self, chance: &mut Chance) -> Student {
        let id = StudentId(1 + chance.below(30));
        let status = chance.pick(&[Status::Registered, Status::Registered, Status::Enrolled]);
        let entry = chance.pick(&["2025-09-01", "2025-03-01", "2024-09-01", "2025-05-31", "2025-06-01"]);
        let school = chance.pick(&["3641990001", "3641990003", "3641990006"]);
        let base = plain_student();
        let revision = self.students.get(&id).map_or(1, |old| old.revision + 1);
        Student { id, revision, status, entry: day(entry), school: school.into(), ..base }
    }
}

fn sign(chance: &mut Chance, office: &str, post: Post) -> Signature {
    let n = chance.below(3);
    let person = format!("p-{office}-{n}");
    Signature {
        account: person.as_str().into(),
        person: person.as_str().into(),
        name: format!("演练{n}"),
        office: office.into(),
        post,
        on_behalf: None,
    }
}

fn commit(store: &MemoryStore, writes: Vec<Write>) {
    let at = Stamp::at(day("2025-10-15"), 9, 0);
    let command = r#"{"do":"test"}"#.into();
    store.commit(&[Change { writes, actor: None, at, command_id: None, command }]).unwrap();
}

fn plain_student() -> Student {
    Student {
        id: StudentId(1),
        revision: 1,
        student_no: "演练0001".into(),
        name: "演练甲".into(),
        sex: Sex::Female,
        birth: day("2008-03-04"),
        id_kind: "1".into(),
        id_no: "410782200803040019".into(),
        ethnic: "汉族".into(),
        school: "3641990001".into(),
        campus: String::new(),
        class_name: String::new(),
        major: "710205".into(),
        study_form: StudyForm::FullTime,
        half_years: 6,
        entry: day("2025-09-01"),
        planned_grad: day("2028-07-01"),
        status: Status::Registered,
        status_since: day("2025-09-01"),
        suspension: None,
        repeated: 0,
        compulsory_until: None,
        former: Vec::new(),
        joint: None,
        history: vec![],
        entry_facts: EntryFacts::default(),
    }
}
