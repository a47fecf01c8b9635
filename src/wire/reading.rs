//! Students that are still being read after the server's start: how far that is, and which requests wait for them.

use super::page::{PageRequest, Tab};
use super::request::{Query, Request};
use crate::model::Command;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far the server is with reading its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reading {
    /// Records read.
    pub done: u64,
    /// Of so many.
    pub total: u64,
}

impl Reading {
    /// In hundredths, rounded down: what is not all there is never called 100.
    pub fn percent(self) -> u64 {
        (self.done.saturating_mul(100) / self.total.max(1)).min(99)
    }
}

impl Request {
    /// Whether this cannot be answered rightly before all students are read: it searches, lists, counts or compares them.
    /// A request added later does, until it is known not to.
    pub fn needs_students(&self) -> bool {
        match self {
            Request::Query(query) => !matches!(
                query,
                Query::Hello { .. }
                    | Query::WhoAmI { .. }
                    | Query::Subscribe { .. }
                    | Query::SwitchAccount { .. }
                    | Query::Accounts { .. }
                    | Query::Offices { .. }
                    | Query::Page(PageRequest {
                        tab: Tab::Mine
                            | Tab::SentBack
                            | Tab::Office
                            | Tab::DueSoon
                            | Tab::Late
                            | Tab::Returned
                            | Tab::UnderWay
                            | Tab::Parked,
                        ..
                    })
                    | Query::Limits { .. }
                    | Query::Counts { .. }
                    | Query::Case { .. }
                    | Query::Batch { .. }
                    | Query::Basis { .. }
                    | Query::Rules { .. }
                    | Query::Kinds { .. }
                    | Query::Claim { .. }
                    | Query::Release { .. }
                    | Query::Evidence { .. }
                    | Query::EvidencePiece { .. }
                    | Query::Notice { .. }
                    | Query::Views { .. }
                    | Query::Colleagues { .. }
                    | Query::Substitutes { .. }
                    | Query::Calendar { .. }
                    | Query::Windows { .. }
                    | Query::Journal { .. }
                    | Query::CommandAnswer { .. }
            ),
            Request::Write(command) => !matches!(
                command,
                Command::Remark { .. }
                    | Command::Park { .. }
                    | Command::Resume { .. }
                    | Command::HandOver { .. }
                    | Command::Substitute(_)
                    | Command::DropSubstitute(_)
                    | Command::SaveView { .. }
                    | Command::DropView { .. }
                    | Command::ExerciseToday { .. }
                    | Command::ConfirmClock { .. }
            ),
        }
    }
}
