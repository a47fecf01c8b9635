//! The application a script leads to, made act by act as the desk makes it.

use super::errands::{self, Asked, Errand};
use super::offices::Pair;
use super::rng::{For, Rng};
use super::script::{BUDGET, Event, Script};
use super::slots::Slot;
use super::students::Profile;
use super::texts::{self, Paper, REQUEST};
use super::{County, Workdays};
use crate::model::{
    Act, Application, Attachment, Batch, Cancellation, Details, Ending, External, HENAN, Kind, Membership, OfficeId,
    Outcome, PersonId, Phase, Post, Proposal, ProvinceFiling, Reached, Reason, Round, Seed, Signature, Stamp, Stopped,
    StudentId, Sync, Verb,
};
use chrono::Months;

/// An application under way, with who acts on it.
struct Story<'a> {
    application: Application,
    /// Who acts at each step.
    pairs: Vec<Pair>,
    /// What the starting school brings: the request first.
    papers: Vec<Paper>,
    /// Working days back of the running clock's start.
    arrived_back: u32,
    /// Hands it passes behind the starting school.
    hops: u8,
    workdays: &'a dyn Workdays,
}

impl County<'_> {
    /// The application of a slot.
    pub(super) fn application(&self, slot: &Slot) -> Application {
        let (profile, _) = self.profile(slot.student);
        let script = Script::write(self.plan.seed, slot, &self.times);
        let mut rng = Rng::new(self.plan.seed, For::Story, slot.key());
        let (started, started_back) = script.start();
        let errand = self.errand(slot, &profile);
        // Where the school has a clock it runs from the day the papers came.
        let handed_in_back = started_back + rng.range(0, 3);
        let asked = if errand.kind == Kind::Suspension {
            let of_age = profile.birth.checked_add_months(Months::new(18 * 12)).is_some_and(|day| day <= started.day());
            let (ground, proof) = texts::ground(&mut rng, of_age);
            let period = self.period(slot, started.day());
            let details = Details::Suspension { period, ground: ground.to_owned() };
            Asked { details, papers: vec![REQUEST, proof], steps: errands::steps(errand, &profile, None) }
        } else {
            let days = (started.day(), self.times.day(handed_in_back));
            self.ask(errand, (&profile, slot.student), days, &mut rng)
        };
        let mut pairs: Vec<Pair> = Vec::new();
        for step in &asked.steps {
            // The word of a hand outside is recorded by the one before it.
            let recorder = pairs.last().filter(|_| step.outside.is_some()).cloned();
            let pair = recorder.unwrap_or_else(|| self.pair(&step.hand, &mut rng));
            pairs.push(pair);
        }
        let mut steps = asked.steps;
        if let Some(school) = steps.first_mut() {
            let clock = school.time.as_ref().map(|time| time.from_day(self.times.day(handed_in_back)));
            school.rounds.push(Round::begun(started, clock));
        }
        let mut story = Story {
            application: Application {
                id: slot.id,
                revision: 1,
                details: asked.details,
                phase: Phase::Preparing,
                student: StudentId(u64::from(slot.student) + 1),
                school: profile.school.id.clone(),
                started_at: started,
                started_by: pairs.first().map_or_else(|| nobody(&profile.school.id), |pair| pair.first.clone()),
                steps,
                current: 0,
                returning: None,
                evidence: Vec::new(),
                cancelled: None,
                filings: Vec::new(),
                sync: Sync::default(),
                asides: Vec::new(),
                parked: None,
                assigned: None,
                batch: errand.batch.and_then(|of| self.slots.batch(of)).map(|batch| Membership { batch, apart: false }),
            },
            pairs,
            papers: asked.papers,
            arrived_back: handed_in_back,
            hops: errand.hops,
            workdays: self.workdays,
        };
        for (event, at, back) in script.events {
            story.happen(event, at, back, &mut rng);
        }
        story.application
    }

    /// The batches whose members stand in the pieces before.
    pub(super) fn batches(&self) -> Seed {
        let batches = self.slots.batches.iter().filter_map(|(_, id, members)| {
            let slots = members.iter().filter_map(|place| self.slots.list.get(*place as usize));
            let ids: Vec<_> = slots.clone().map(|slot| slot.id).collect();
            let first = self.application(slots.clone().next()?);
            let submitted = first.steps.first()?.acts().next()?;
            Some(Batch {
                id: *id,
                revision: 2,
                school: first.school.clone(),
                to: first.details.receiving()?.clone(),
                handed_in_on: first.details.handed_in_on()?,
                size: u32::try_from(ids.len()).ok()?,
                members: ids,
                submitted_at: Some(submitted.at),
                started_at: first.started_at,
                started_by: first.started_by.clone(),
            })
        });
        Seed { batches: batches.collect(), ..Seed::default() }
    }

    /// What a slot asks for: in the graduating year, or into the province's care, nobody changes the major; in the last grade nobody skips one.
    fn errand(&self, slot: &Slot, profile: &Profile<'_>) -> Errand {
        match slot.errand.kind {
            Kind::MajorChange if !profile.may_change_major(self.times.today) => {
                Errand { kind: Kind::Repetition, ..slot.errand }
            }
            Kind::GradeSkip if !profile.may_skip(self.times.today) => Errand { kind: Kind::Repetition, ..slot.errand },
            _ => slot.errand,
        }
    }

    /// Who acts on a case at an office. Every office of the county has two persons, so the fallback is never used.
    fn pair(&self, office: &OfficeId, rng: &mut Rng) -> Pair {
        let choice = rng.next();
        self.places.pair(office, choice).unwrap_or_else(|| Pair { first: nobody(office), second: nobody(office) })
    }
}

fn nobody(office: &OfficeId) -> Signature {
    let person = PersonId(String::new());
    Signature {
        account: "".into(),
        person,
        name: String::new(),
        office: office.clone(),
        post: Post::Entry,
        on_behalf: None,
    }
}

impl Story<'_> {
    fn happen(&mut self, event: Event, at: Stamp, back: u32, rng: &mut Rng) {
        match event {
            Event::Start => {}
            Event::AttachRequest => {
                if let Some(request) = self.papers.first().copied() {
                    self.attach(&request, at);
                }
            }
            Event::AttachProof => {
                for (paper, minute) in self.papers.clone().iter().skip(1).zip(0..) {
                    self.attach(paper, Stamp(at.0 + minute * 60_000));
                }
            }
            Event::Submit => {
                if self.application.phase == Phase::Preparing {
                    self.application.phase = Phase::Open;
                }
                self.propose(Outcome::Approve, Vec::new(), at);
            }
            Event::Propose(outcome) => {
                let (kind, article) = (self.application.kind(), self.article());
                let reasons = match outcome {
                    Outcome::Approve => Vec::new(),
                    Outcome::Return => texts::return_reasons(rng, kind, article, &self.papers),
                    Outcome::Refuse => texts::refusal_reasons(rng, kind, article),
                };
                self.propose(outcome, reasons, at);
            }
            Event::SendBack => {
                let by = self.pair().second.clone();
                let remark = texts::remark(rng, self.application.kind());
                if let Some(round) = self.application.round_mut() {
                    round.acts.push(Act { verb: Verb::SentBack(remark), by, at });
                    round.proposal = None;
                    self.application.revision += 1;
                }
            }
            Event::Check | Event::Decide => self.agree(at, back),
            Event::Cancel => {
                let clock = self.stopped(back);
                self.application.phase = Phase::Cancelled;
                self.application.revision += 1;
                let by = self.application.started_by.clone();
                let reason = texts::cancel_reason(rng);
                self.application.cancelled = Some(Cancellation { reason, by, at, clock });
            }
        }
    }

    /// Who acts at the hand whose turn it is.
    fn pair(&self) -> Pair {
        let pair = self.pairs.get(self.application.current).or(self.pairs.first());
        pair.cloned().unwrap_or_else(|| Pair {
            first: nobody(&self.application.school),
            second: nobody(&self.application.school),
        })
    }

    /// The article that what is asked for rests on.
    fn article(&self) -> &'static str {
        match self.application.kind() {
            Kind::Transfer | Kind::MoveOut | Kind::MoveIn | Kind::ComingOver => "12",
            Kind::Correction => "14",
            Kind::Duplicate => "8",
            _ => "13",
        }
    }

    fn attach(&mut self, paper: &Paper, at: Stamp) {
        self.application.evidence.push(Attachment {
            digest: paper.digest(),
            kind: paper.kind.into(),
            name: paper.name.into(),
            size: paper.text.len() as u64,
            original_place: Some(paper.place.into()),
            by: self.application.started_by.clone(),
            at,
        });
        self.application.revision += 1;
    }

    fn propose(&mut self, outcome: Outcome, reasons: Vec<Reason>, at: Stamp) {
        let by = self.pair().first.clone();
        let number = self.application.id.number();
        let outside = self.application.step().is_some_and(|step| step.outside.is_some());
        let external =
            outside.then(|| External { on: at.day(), document: format!("外省转学函（演练）第{number}号") });
        if let Some(round) = self.application.round_mut() {
            round.acts.push(Act { verb: Verb::Proposed(outcome, reasons.clone()), by: by.clone(), at });
            round.proposal = Some(Proposal { outcome, reasons, by, at, external });
            self.application.revision += 1;
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
        self.application.revision += 1;
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
            Outcome::Approve => {
                if self.application.current == 0 {
                    self.file(at);
                }
                self.move_on(at, back);
            }
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

    /// Across provinces the school files with its own province as it hands the case on. The other province's filing is
    /// still awaited by some of those who leave; it must stand before the last hand.
    fn file(&mut self, at: Stamp) {
        let (of, waits) = match &self.application.details {
            Details::MoveOut { to_province, .. } => {
                (to_province.clone(), self.hops < 2 && self.application.id.number().is_multiple_of(2))
            }
            Details::MoveIn { from_province, .. } => (from_province.clone(), false),
            _ => return,
        };
        let provinces = [Some(HENAN.to_owned()), (!waits).then_some(of)];
        for (province, n) in provinces.into_iter().flatten().zip(1..) {
            let (on, by) = (at.day(), self.application.started_by.clone());
            let document = format!("备案（演练）{}-{n}号", self.application.id.number());
            self.application.filings.push(ProvinceFiling { province, on, document, by, at });
            self.application.revision += 1;
        }
    }

    fn move_on(&mut self, at: Stamp, back: u32) {
        let next = self.application.returning.take().unwrap_or(self.application.current + 1);
        match self.application.steps.get_mut(next) {
            Some(step) => {
                let clock = step.time.as_ref().map(|time| time.from_day(at.day()));
                step.rounds.push(Round::begun(at, clock));
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
        let by = self.pairs.first().map_or(&self.application.started_by, |school| &school.first);
        let reached = || Some(Reached { on: at.day(), by: by.clone(), at });
        let number = self.application.id.number();
        let waits = back <= STILL_WAITING && number.is_multiple_of(2);
        let (national, module) = match number % 4 {
            _ if !waits => (reached(), reached()),
            0 => (reached(), None),
            _ => (None, None),
        };
        self.application.sync = Sync { national, module, taken_back: Vec::new() };
    }
}

/// Working days within which a granted change may still wait for the other systems.
const STILL_WAITING: u32 = 40;
