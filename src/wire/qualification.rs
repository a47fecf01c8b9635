//! Asking for recruitment qualifications (招生资质).

use crate::model::{Digest, MajorCode, OfficeId, Qualification, Season, StudyForm};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which qualifications are asked for; what is left out narrows nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QualificationFilter {
    /// Only this school's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<OfficeId>,
    /// Only of this year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Only of this season.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub season: Option<Season>,
    /// So many are known already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<u32>,
    /// How many at most, up to 500; 50 when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

/// One school's qualification in a year and season.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QualificationRow {
    /// Name of the school.
    pub school_name: String,
    /// What was published.
    #[serde(flatten)]
    pub qualification: Qualification,
}

/// In what do the qualifications staged on this connection differ from the last publication?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompareOffers {
    /// The digest that staging answered with.
    pub digest: Digest,
    /// How many rows to leave out from the top.
    #[serde(default)]
    pub after: u32,
    /// How many at most, up to 500; 100 when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

/// What becomes of a line of the publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OfferChange {
    /// It is gone.
    Withdrawn,
    /// Another number is planned.
    Changed,
    /// It is new.
    Added,
}

/// A line that is not as it was last published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfferChanged {
    /// What becomes of it.
    pub change: OfferChange,
    /// School.
    pub school: OfficeId,
    /// Its name.
    pub school_name: String,
    /// Year of recruitment.
    pub year: u16,
    /// Season of recruitment.
    pub season: Season,
    /// Major.
    pub major: MajorCode,
    /// Its name; empty where the catalogue has none.
    pub major_name: String,
    /// Campus, as filed.
    pub campus: String,
    /// Form of study.
    pub form: StudyForm,
    /// 学制 in half years.
    pub half_years: u8,
    /// New students planned before; none where the line is new.
    pub before: Option<u32>,
    /// New students planned now; none where the line is gone.
    pub after: Option<u32>,
}

/// A window of these lines, by school, year, season and major.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QualificationChanges {
    /// How many lines differ.
    pub total: u32,
    /// New ones.
    pub added: u32,
    /// Gone ones.
    pub withdrawn: u32,
    /// Those with another number planned.
    pub changed: u32,
    /// Lines that stay as they are.
    pub unchanged: u32,
    /// Schools that had something and have nothing any more, counted by year and season.
    pub schools_withdrawn: u32,
    /// The window.
    pub items: Vec<OfferChanged>,
    /// How many to leave out to get what follows; none at the end.
    pub next: Option<u32>,
}
