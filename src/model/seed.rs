//! What a store begins with, and what an exercise county is made of.

use super::{Account, Application, Major, Office, Stamp, Student};
use serde::{Deserialize, Serialize};

/// A piece of an exercise county or of the master data a store begins with.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Seed {
    /// Offices and schools.
    pub offices: Vec<Office>,
    /// Majors.
    pub majors: Vec<Major>,
    /// Accounts.
    pub accounts: Vec<Account>,
    /// Students.
    pub students: Vec<Student>,
    /// Applications, as they would stand had they been handled here.
    pub applications: Vec<Application>,
    /// Batches of those applications.
    pub batches: Vec<super::Batch>,
    /// Cases of the negative list.
    pub alerts: Vec<super::Alert>,
    /// Absences and inspections.
    pub attendance: Vec<super::Attendance>,
    /// Ratings and what they brought.
    pub standings: Vec<super::Standing>,
    /// Recruitment qualifications.
    pub qualifications: Vec<super::Qualification>,
}

/// How a store begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Founding {
    /// Whether it is an exercise store (演练库), and where its clock stands.
    pub exercise: Option<Stamp>,
    /// The office it was made for.
    pub office: super::OfficeId,
    /// The offices, majors and the first keeper it begins with.
    pub master: Seed,
}
