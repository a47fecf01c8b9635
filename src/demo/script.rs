//! The story of one application as a list of events with their moments. It is told backwards from where the
//! application is to be found on the exercise's day, so that every light comes out as wanted, then turned round.

use super::Times;
use super::rng::{For, Rng};
use super::slots::{Case, Slot};
use crate::model::{Kind, Outcome, Stamp};

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// 录入 starts.
    Start,
    /// 录入 brings the request in writing.
    AttachRequest,
    /// 录入 brings whatever else proves the ground.
    AttachProof,
    /// 录入 submits.
    Submit,
    /// 审核 agrees: on to the authority.
    Check,
    /// 经办 proposes.
    Propose(Outcome),
    /// 审核 or 复核 sends the proposal back.
    SendBack,
    /// 复核 agrees.
    Decide,
    /// 录入 takes the application back.
    Cancel,
}

/// Events with their moments, oldest first.
#[derive(Debug)]
pub(super) struct Script {
    /// What happens when, and how many working days before today.
    pub(super) events: Vec<(Event, Stamp, u32)>,
}

/// Working days the authority has (R13.2).
pub(super) const BUDGET: u32 = 10;

/// Tells backwards.
struct Teller {
    rng: Rng,
    /// Working days back from today.
    back: u32,
    events: Vec<(Event, u32)>,
}

impl Script {
    /// The story that ends as the slot says.
    pub(super) fn write(seed: u64, slot: &Slot, times: &Times) -> Script {
        let mut teller = Teller { rng: Rng::new(seed, For::Script, slot.key()), back: 0, events: Vec::new() };
        teller.tell(slot, times);
        let mut script = Script { events: Vec::new() };
        let mut rng = teller.rng;
        let mut minute = 0;
        let mut day = u32::MAX;
        for (event, back) in teller.events.into_iter().rev() {
            minute = if back == day { minute + rng.range(4, 26) } else { rng.range(0, 140) };
            day = back;
            script.events.push((event, times.moment(back, minute), back));
        }
        script
    }

    /// When it begins.
    pub(super) fn started(&self) -> Stamp {
        self.start().0
    }

    /// When it begins, and how many working days ago that is.
    pub(super) fn start(&self) -> (Stamp, u32) {
        self.events.first().map_or((Stamp(0), 0), |(_, at, back)| (*at, *back))
    }

    /// When it was submitted first.
    pub(super) fn submitted(&self) -> Option<Stamp> {
        self.events.iter().find(|(event, ..)| *event == Event::Submit).map(|(_, at, _)| *at)
    }

    /// When the last thing happened.
    pub(super) fn ended(&self) -> Stamp {
        self.events.last().map_or(Stamp(0), |(_, at, _)| *at)
    }
}

impl Teller {
    fn tell(&mut self, slot: &Slot, times: &Times) {
        match slot.case {
            Case::Preparing => {
                self.back = self.rng.range(1, 6);
                if self.rng.per_mille(600) {
                    self.before(0, 0, Event::AttachRequest);
                }
                self.before(0, 2, Event::Start);
            }
            Case::Submitted => {
                self.back = self.rng.range(1, 4);
                self.school(slot);
            }
            Case::SchoolSentBack => {
                self.back = self.rng.range(1, 3);
                self.before(0, 0, Event::SendBack);
                self.before(0, 2, Event::Submit);
                self.beginning();
            }
            Case::Resubmitted => {
                self.back = self.rng.range(1, 3);
                self.school(slot);
            }
            Case::Returned => {
                self.back = self.rng.range(1, 9);
                self.returned(slot.returns, slot.errand.hops);
            }
            Case::Waiting | Case::Proposed | Case::SentBack => self.at_authority(slot, times),
            Case::Granted => self.finished(slot, Outcome::Approve, times),
            Case::Refused => self.finished(slot, Outcome::Refuse, times),
            Case::Cancelled => self.cancelled(slot),
        }
    }

    /// Puts an event some working days before the one told last.
    fn before(&mut self, least: u32, most: u32, event: Event) {
        self.back += self.rng.range(least, most);
        self.events.push((event, self.back));
    }

    /// Lies at a hand behind the school today, with as many days left as the slot says.
    fn at_authority(&mut self, slot: &Slot, times: &Times) {
        let arrival = times.back_to_start(slot.left);
        match slot.case {
            Case::Proposed => {
                self.back = self.rng.range(1, arrival.min(4));
                let outcome = self.proposal();
                self.before(0, 0, Event::Propose(outcome));
            }
            Case::SentBack => {
                self.back = self.rng.range(1, arrival.min(3));
                self.before(0, 0, Event::SendBack);
                self.back = self.rng.range(self.back, arrival);
                let outcome = self.proposal();
                self.before(0, 0, Event::Propose(outcome));
            }
            _ => {}
        }
        self.back = arrival;
        if slot.returns == 0 {
            self.passed(slot.errand.hops);
        } else {
            // After a return it went straight back to the hand that returned it.
            self.before(0, 0, Event::Check);
        }
        self.school(slot);
    }

    /// Most proposals are for the student.
    fn proposal(&mut self) -> Outcome {
        match self.rng.below(10) {
            0..8 => Outcome::Approve,
            8 => Outcome::Return,
            _ => Outcome::Refuse,
        }
    }

    /// Came from the hand before: the school's second post when there is none between.
    fn passed(&mut self, hops: u8) {
        for _ in 0..hops {
            self.before(0, 0, Event::Decide);
            self.before(0, 1, Event::Propose(Outcome::Approve));
            self.back += self.rng.range(0, 3);
        }
        self.before(0, 0, Event::Check);
    }

    /// What the school did before its second post looked: the first time, or after as many returns.
    fn school(&mut self, slot: &Slot) {
        self.school_after(slot.returns, slot.errand.hops);
    }

    fn school_after(&mut self, returns: u8, hops: u8) {
        self.before(0, 2, Event::Submit);
        if returns == 0 {
            self.beginning();
        } else {
            self.back += self.rng.range(1, 6);
            self.returned(returns, hops);
        }
    }

    fn beginning(&mut self) {
        self.before(0, 1, Event::AttachProof);
        self.before(0, 0, Event::AttachRequest);
        self.before(0, 2, Event::Start);
    }

    /// A hand behind so many others returned it; `returns` counts this return too.
    fn returned(&mut self, returns: u8, hops: u8) {
        self.before(0, 0, Event::Decide);
        self.before(0, 2, Event::Propose(Outcome::Return));
        self.back += self.rng.range(1, 7);
        self.passed(if returns > 1 { 0 } else { hops });
        self.school_after(returns.saturating_sub(1), hops);
    }

    fn days_ago(&mut self, slot: &Slot) {
        self.back = if slot.earlier { self.rng.range(100, 160) } else { self.rng.range(3, 205) };
    }

    fn finished(&mut self, slot: &Slot, outcome: Outcome, times: &Times) {
        if slot.errand.kind == Kind::ComingOver {
            self.back = times.before_semester() + self.rng.range(0, 8);
        } else {
            self.days_ago(slot);
        }
        self.before(0, 0, Event::Decide);
        self.before(0, 2, Event::Propose(outcome));
        if self.rng.per_mille(120) {
            self.before(0, 1, Event::SendBack);
            self.before(0, 1, Event::Propose(outcome));
        }
        // One in twelve was late, and stays so in the books.
        if self.rng.per_mille(80) {
            self.before(BUDGET + 1, BUDGET + 6, Event::Check);
        } else {
            self.before(1, 6, Event::Check);
        }
        self.school(slot);
    }

    fn cancelled(&mut self, slot: &Slot) {
        self.days_ago(slot);
        self.before(0, 0, Event::Cancel);
        match self.rng.below(3) {
            0 => {
                self.before(1, 5, Event::AttachRequest);
                self.before(0, 1, Event::Start);
            }
            1 => {
                self.before(1, 7, Event::Check);
                self.school_after(0, 0);
            }
            _ => {
                self.back += self.rng.range(1, 6);
                self.returned(1, 0);
            }
        }
    }
}
