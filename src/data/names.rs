//! Parts from which names of invented people are put together. No line of the file is a person.

use super::DataError;
use serde::Deserialize;

/// The file, as shipped.
const FILE: &str = include_str!("names.csv");

/// What a part is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NamePartKind {
    /// A surname of one character; `note` is its weight.
    Surname,
    /// A surname of two characters (复姓); `note` is its weight.
    Compound,
    /// A character of given names.
    Given,
    /// First part of a name with a middle dot; `note` is the 民族.
    MinorityGiven,
    /// Second part of such a name; `note` is the 民族.
    MinorityFather,
    /// A rare character, some beyond the basic plane.
    Rare,
}

/// One line of the file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NamePart {
    /// What it is good for.
    pub kind: NamePartKind,
    /// The characters.
    pub text: String,
    /// `M`, `F`, or empty for both.
    pub sex: String,
    /// Weight or 民族, by kind.
    pub note: String,
}

/// All parts, in the order of the file.
pub fn name_parts() -> Result<Vec<NamePart>, DataError> {
    super::read("names.csv", FILE)
}
