//! What an authority above the competent one asks a school to show: paper materials or a check on the spot (Art. 13). The
//! clock of the case runs on.

use super::{ApplicationId, Day, Signature, Stamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Demanded {
    /// 纸质材料
    #[serde(rename = "纸质材料")]
    Paper,
    /// 现场审验
    #[serde(rename = "现场审验")]
    OnSite,
}

impl Demanded {
    /// The field's own word for it.
    pub fn name(self) -> &'static str {
        match self {
            Demanded::Paper => "纸质材料",
            Demanded::OnSite => "现场审验",
        }
    }
}

/// Demands on one application, oldest first; one record beside the application's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Demands {
    /// On which.
    pub application: ApplicationId,
    /// Counts the changes of this record.
    pub revision: u64,
    /// Each of them.
    pub items: Vec<Demand>,
}

/// One demand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Demand {
    /// What is to be shown.
    pub what: Demanded,
    /// Why it is held to be necessary.
    pub reason: String,
    /// Who asks.
    pub by: Signature,
    /// Since when.
    pub at: Stamp,
    /// Shown: the day, what was handed over or found, who wrote it down, when.
    pub met: Option<(Day, String, Signature, Stamp)>,
}

/// An authority above the competent one asks for paper materials or a check on the spot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DemandPapers {
    /// On which application.
    pub application: ApplicationId,
    /// What.
    pub what: Demanded,
    /// Why it is held to be necessary.
    pub reason: String,
}

/// A demand has been met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetDemand {
    /// On which application.
    pub application: ApplicationId,
    /// Which of its demands, from 1.
    pub number: u32,
    /// The day it was met.
    pub on: Day,
    /// What was handed over, or found on the spot.
    pub text: String,
}
