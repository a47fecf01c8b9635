//! The application a script leads to, made act by act as the desk makes it.

use super::offices::Pair;
use super::rng::{For, Rng};
use super::script::{BUDGET, Event, Script};
use super::slots::Slot;
use super::students::Profile;
use super::texts::{self, Paper, REQUEST};
use super::{County, Workdays};
use crate::model::{
    Act, Application, Attachment, Cancellation, Clock, Day, Details, Ending, GivenTime, Kind, OfficeId, Outcome,
    PersonId, Phase, Post, Proposal, Reached, Reason, Round, Signature, Stamp, Step, StepRole, Stopped, StudentId,
    Sync, Verb,
};
use chrono::Months;

/// An application under way, with who acts on it.
struct Story<'a> {
    application: Application,
    school: Pair,
    authority: Pair,
    /// Working days back of the running clock's start.
    arrived_back: u32,
    workdays: &'a dyn Workdays,
}

impl County<'_> {
    /// The application of a slot.
    pub(super) fn application(&self, slot: &Slot) -> Application {
        let (profile, _) = self.profile(slot.student);
        let script = Script::write(self.plan.seed, slot, &self.times);
        let mut rng = Rng::new(self.plan.seed, For::Story, slot.key());
        let started = script.started();
        let of_age = profile.birth.checked_add_months(Months::new(18 * 12)).is_some_and(|day| day <= started.day());
        let (details, request, proof) = match self.other_kind(slot, &profile) {
            None => {
                let (ground, proof) = texts::ground(&mut rng, of_age);
                let period = self.period(slot, started.day());
                (Details::Suspension { period, ground: ground.to_owned() }, REQUEST, proof)
            }
            Some(kind) => {
                let (ground, request, proof) = texts::other(kind, &mut rng);
                let ground = ground.to_owned();
                let details = match kind {
                    Kind::Repetition => Details::Repetition { years: 1, ground },
                    Kind::Withdrawal => Details::Withdrawal { ground },
                    Kind::MajorChange => Details::MajorChange { to: profile.another_major(), ground },
                    _ => Details::Other { title: "学籍备注".to_owned(), ground },
                };
                (details, request, proof)
            }
        };
        let authority = profile.authority.into();
        let (school_pair, authority_pair) = (self.pair(&profile.school.id, &mut rng), self.pair(&authority, &mut rng));
        let given = || GivenTime { rule: "R13.2".into(), article: "13".into(), budget: BUDGET, reference: false };
        let step = |hand: &OfficeId, role, rounds| {
            // The kinds of Art. 13 give the school no time, the authority ten working days.
            let time = (role == StepRole::Authority).then(given);
            Step { hand: hand.clone(), role, time, rounds, outside: None }
        };
        let mut story = Story {
            application: Application {
                id: slot.id,
                revision: 1,
                details,
                phase: Phase::Preparing,
                student: StudentId(u64::from(slot.student) + 1),
                school: profile.school.id.clone(),
                started_at: started,
                started_by: school_pair.first.clone(),
                steps: vec![
                    step(&profile.school.id, StepRole::StartingSchool, vec![Round::begun(started, None)]),
                    step(&authority, StepRole::Authority, Vec::new()),
                ],
                current: 0,
                returning: None,
                evidence: Vec::new(),
                cancelled: None,
                filings: Vec::new(),
                sync: Sync::default(),
                batch: None,
            },
            school: school_pair,
            authority: authority_pair,
            arrived_back: 0,
            workdays: self.workdays,
        };
        for (event, at, back) in script.events {
            story.happen(event, at, back, (&request, &proof), &mut rng);
        }
        story.application
    }

    /// Nearly half of what is open is not 休学. What is finished is: the records of its students are made to fit.
    fn other_kind(&self, slot: &Slot, profile: &Profile<'_>) -> Option<Kind> {
        if slot.case.is_finished() {
            return None;
        }
        // A chance of its own, so that the other chances of the story stay what they are.
        match Rng::new(self.plan.seed, For::Kind, slot.key()).below(100) {
            0..56 => None,
            56..70 => Some(Kind::Repetition),
            70..82 => Some(Kind::Withdrawal),
            82..95 if profile.may_change_major(self.times.today) => Some(Kind::MajorChange),
            82..95 => Some(Kind::Repetition),
            _ => Some(Kind::Other),
        }
    }

    /// Who acts on a case at an office. Every office of the county has two persons, so the fallback is never used.
    fn pair(&self, office: &OfficeId, rng: &mut Rng) -> Pair {
        let choice = rng.next();
        self.places.pair(office, choice).unwrap_or_else(|| {
            let nobody = Signature {
                account: "".into(),
                person: PersonId(String::new()),
                name: String::new(),
                office: office.clone(),
                post: Post::Entry,
            };
            Pair { first: nobody.clone(), second: nobody }
        })
    }
}

impl Story<'_> {
    fn happen(&mut self, event: Event, at: Stamp, back: u32, (request, proof): (&Paper, &Paper), rng: &mut Rng) {
        if event != Event::Start {
            self.application.revision += 1;
        }
        match event {
            Event::Start => {}
            Event::AttachRequest => self.attach(request, at),
            Event::AttachProof => self.attach(proof, at),
            Event::Submit => {
                if self.application.phase == Phase::Preparing {
                    self.application.phase = Phase::Open;
                }
                self.propose(Outcome::Approve, Vec::new(), at);
            }
            Event::Propose(outcome) => {
                let reasons = match outcome {
                    Outcome::Approve => Vec::new(),
                    Outcome::Return => texts::return_reasons(rng, proof),
                    Outcome::Refuse => texts::refusal_reasons(rng),
                };
                self.propose(outcome, reasons, at);
            }
            Event::SendBack => {
                let by = self.pair().second.clone();
                if let Some(round) = self.application.round_mut() {
                    round.acts.push(Act { verb: Verb::SentBack(texts::remark(rng)), by, at });
                    round.proposal = None;
                }
            }
            Event::Check | Event::Decide => self.agree(at, back),
            Event::Cancel => {
                let clock = self.stopped(back);
                self.application.phase = Phase::Cancelled;
                let by = self.school.first.clone();
                let reason = texts::cancel_reason(rng);
                self.application.cancelled = Some(Cancellation { reason, by, at, clock });
            }
        }
    }

    /// Who acts at the hand whose turn it is.
    fn pair(&self) -> &Pair {
        if self.application.current == 0 { &self.school } else { &self.authority }
    }

    fn attach(&mut self, paper: &Paper, at: Stamp) {
        self.application.evidence.push(Attachment {
            digest: paper.digest(),
            kind: paper.kind.into(),
            name: paper.name.into(),
            size: paper.text.len() as u64,
            original_place: Some(paper.place.into()),
            by: self.school.first.clone(),
            at,
        });
    }

    fn propose(&mut self, outcome: Outcome, reasons: Vec<Reason>, at: Stamp) {
        let by = self.pair().first.clone();
        if let Some(round) = self.application.round_mut() {
            round.acts.push(Act { verb: Verb::Proposed(outcome, reasons.clone()), by: by.clone(), at });
            round.proposal = Some(Proposal { outcome, reasons, by, at, external: None });
        }
    }

    /// The running clock, frozen `back` working days before the county's day.
    fn stopped(&self, back: u32) -> Option<Stopped> {
        let running = self.application.round().and_then(|round| round.clock.as_ref())?;
        let due = self.workdays.due(running.started, running.budget);
        let used = self.arrived_back.saturating_sub(back);
        let (calendar, provisional) = (self.workdays.edition(), self.workdays.provisional(due));
        Some(Stopped { due, calendar, provisional, used, late: used.saturating_sub(BUDGET) })
    }

    /// The second post agrees: the round ends, its clock frozen, and the application moves.
    fn agree(&mut self, at: Stamp, back: u32) {
        let by = self.pair().second.clone();
        let stopped = self.stopped(back);
        let edition = self.workdays.edition();
        let Some(outcome) = self.application.round_mut().and_then(|round| {
            let outcome = round.proposal.as_ref()?.outcome;
            round.acts.push(Act { verb: Verb::Agreed(outcome), by: by.clone(), at });
            round.ending = Some(Ending {
                outcome,
                by,
                at,
                due: stopped.as_ref().map(|stopped| stopped.due),
                calendar: edition,
                provisional: stopped.as_ref().is_some_and(|stopped| stopped.provisional),
                used: stopped.as_ref().map_or(0, |stopped| stopped.used),
                late: stopped.as_ref().map_or(0, |stopped| stopped.late),
            });
            Some(outcome)
        }) else {
            return;
        };
        match outcome {
            Outcome::Approve => self.move_on(at, back),
            Outcome::Return => {
                let application = &mut self.application;
                application.returning = Some(application.current);
                application.current = 0;
                application.phase = Phase::Returned;
                if let Some(school) = application.steps.first_mut() {
                    school.rounds.push(Round::begun(at, None));
                }
            }
            Outcome::Refuse => self.application.phase = Phase::Refused,
        }
    }

    fn move_on(&mut self, at: Stamp, back: u32) {
        let next = self.application.returning.take().unwrap_or(self.application.current + 1);
        match self.application.steps.get_mut(next) {
            Some(step) => {
                step.rounds.push(Round::begun(at, Some(clock(at.day()))));
                self.application.current = next;
                self.application.phase = Phase::Open;
                self.arrived_back = back;
            }
            None => {
                self.application.phase = Phase::Granted;
                self.bring_over(at, back);
            }
        }
    }

    /// The school brings the change into the other systems the same day; of the latest, some still wait.
    fn bring_over(&mut self, at: Stamp, back: u32) {
        let reached = || Some(Reached { on: at.day(), by: self.school.first.clone(), at });
        let waits = back <= STILL_WAITING && self.application.id.number().is_multiple_of(4);
        let (national, module) = match self.application.id.number() % 8 {
            _ if !waits => (reached(), reached()),
            0 => (reached(), None),
            _ => (None, None),
        };
        self.application.sync = Sync { national, module, taken_back: Vec::new() };
    }
}

/// Working days within which a granted change may still wait for the other systems.
const STILL_WAITING: u32 = 12;

/// The authority's clock (R13.2), from the day of the school's agreed decision.
fn clock(started: Day) -> Clock {
    Clock { rule: "R13.2".into(), article: "13".into(), budget: BUDGET, started, reference: false }
}
