//! Recruitment qualifications (招生资质): what the province published that a school may recruit for, in one year and
//! season. New students are filed against it without anybody's decision (Art. 7).

use super::{Day, MajorCode, OfficeId, StudyForm};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The two seasons of recruitment, each with its own cutoffs (Art. 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Season {
    /// 春季
    #[serde(rename = "春")]
    Spring,
    /// 秋季
    #[serde(rename = "秋")]
    Autumn,
}

impl Season {
    /// Both, in the order of the year.
    pub const ALL: [Season; 2] = [Season::Spring, Season::Autumn];

    /// The field's own word for it.
    pub fn name(self) -> &'static str {
        match self {
            Season::Spring => "春季",
            Season::Autumn => "秋季",
        }
    }

    /// What a file writes: `春`, `春季`.
    pub fn read(text: &str) -> Option<Season> {
        Season::ALL.into_iter().find(|season| text.trim_end_matches('季') == season.name().trim_end_matches('季'))
    }
}

/// One line of the publication: a major at a campus, in one form and length of study.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// Major.
    pub major: MajorCode,
    /// Campus (校区), as filed.
    pub campus: String,
    /// Form of study.
    pub form: StudyForm,
    /// 学制 in half years.
    pub half_years: u8,
    /// How many new students were planned.
    pub plan: u32,
}

/// A line of the publication with whom and when it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferLine {
    /// School.
    pub school: OfficeId,
    /// Year of recruitment.
    pub year: u16,
    /// Season of recruitment.
    pub season: Season,
    /// Major.
    pub major: MajorCode,
    /// Campus, as filed.
    pub campus: String,
    /// Form of study.
    pub form: StudyForm,
    /// 学制 in half years.
    pub half_years: u8,
    /// How many new students are planned.
    #[serde(default)]
    pub plan: u32,
}

/// What a school may recruit for in a year and season, as last published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Qualification {
    /// School.
    pub school: OfficeId,
    /// Year of recruitment.
    pub year: u16,
    /// Season of recruitment.
    pub season: Season,
    /// Counts the publications that changed it.
    pub revision: u64,
    /// Number of the document (文号) it was published with; empty on an exercise store.
    pub document: String,
    /// The day it was loaded.
    pub published: Day,
    /// Its lines, in order. None: the last publication has nothing for this school any more.
    pub offers: Vec<Offer>,
}
