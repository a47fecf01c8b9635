//! Reminders (催办) and notes of supervisors on a case. They lie beside the application, not in it: a reminder must not
//! make stale what a clerk is deciding at that very moment.

use super::{Application, ApplicationId, Signature, Stamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a supervisor wrote down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Urging {
    /// 催办: it lands on the desks of the hand whose turn it is.
    Remind,
    /// 督办记录: kept with the case, and sent to nobody.
    Note,
}

/// One reminder or note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Urge {
    /// Which of the two.
    pub what: Urging,
    /// In the supervisor's words; a reminder may do without any.
    pub text: String,
    /// By whom.
    pub by: Signature,
    /// When.
    pub at: Stamp,
    /// Index of the step it was meant for.
    pub step: u32,
    /// Index of that step's round: what was said of an earlier round does not press on a later one.
    pub round: u32,
}

/// All of them on one application, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reminders {
    /// Which application.
    pub application: ApplicationId,
    /// Counts the changes of this record.
    pub revision: u64,
    /// Oldest first.
    pub list: Vec<Urge>,
}

/// How often a case was urged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Urged {
    /// Reminders to the hand whose turn it is, in its present round.
    pub now: u32,
    /// Reminders in all.
    pub ever: u32,
}

impl Reminders {
    /// How often the round at these indices was reminded, and how often the case was in all.
    pub fn urged(&self, (step, round): (u32, u32)) -> Urged {
        let mut urged = Urged::default();
        for one in self.list.iter().filter(|one| one.what == Urging::Remind) {
            urged.ever += 1;
            urged.now += u32::from((one.step, one.round) == (step, round));
        }
        urged
    }
}

impl Application {
    /// Step and round whose turn it is, as [`Urge`] names them.
    pub fn turn(&self) -> (u32, u32) {
        let rounds = self.step().map_or(0, |step| step.rounds.len());
        let index = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        (index(self.current), index(rounds.saturating_sub(1)))
    }
}
