//! The facts that the negative list rests on, as the columns in memory hold them: small, and enough to judge a school
//! without reading its students' records.

use super::{
    Alert, Attendance, Day, MajorCode, OfficeId, Qualification, Season, Standing, Status, Student, StudentId, StudyForm,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The majors a school may recruit for, by year and season. A season stands here when the province's list of it was
/// loaded, with nothing in it for a school that the list does not have.
pub type Offers = BTreeMap<(i32, Season), BTreeSet<MajorCode>>;

/// What the loaded lists have for this school.
pub fn offers<'a>(lists: impl Iterator<Item = &'a Qualification>, school: &OfficeId) -> Offers {
    let mut offers = Offers::new();
    for list in lists {
        let majors = offers.entry((i32::from(list.year), list.season)).or_default();
        if list.school == *school {
            majors.extend(list.offers.iter().map(|offer| offer.major.clone()));
        }
    }
    offers
}

/// What of one student's file the negative list looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedStudent {
    /// Who.
    pub id: StudentId,
    /// Status in force.
    pub status: Status,
    /// 非全日制
    pub part_time: bool,
    /// Day of entry.
    pub entry: Day,
    /// First registered (注册) in the national system.
    pub registered: Option<Day>,
    /// First filed (备案).
    pub filed: Option<Day>,
    /// Since when the file counts as studying without a break.
    pub studying_since: Option<Day>,
    /// Until when compulsory education lasts.
    pub compulsory_until: Option<Day>,
    /// Major.
    pub major: MajorCode,
    /// What the school may recruit for.
    pub offers: Arc<Offers>,
    /// A campus the school has not filed.
    pub unfiled_campus: Option<String>,
    /// Other live files of the same document number.
    pub doubles: Vec<StudentId>,
    /// A disputed duplicate is under way (Art. 8).
    pub in_dispute: bool,
    /// Times away and inspections.
    pub attendance: Option<Arc<Attendance>>,
}

impl WatchedStudent {
    /// What the record itself says; campus, doubles, dispute and attendance are somebody else's to know.
    pub fn of(student: &Student) -> Self {
        let first = |to: Status| student.history.iter().find(|change| change.to == to).map(|change| change.on);
        let studies = |status: Status| matches!(status, Status::Registered | Status::Enrolled);
        let began = student.history.iter().rev().take_while(|change| studies(change.to)).last().map(|one| one.on);
        WatchedStudent {
            id: student.id,
            status: student.status,
            part_time: student.study_form == StudyForm::PartTime,
            entry: student.entry,
            registered: first(Status::Registered),
            // A file put in 在读 without a timeline was filed when that status began.
            filed: first(Status::Enrolled)
                .or_else(|| (student.status == Status::Enrolled).then_some(student.status_since)),
            studying_since: studies(student.status).then(|| began.unwrap_or(student.status_since)),
            compulsory_until: student.compulsory_until,
            major: student.major.clone(),
            offers: Arc::default(),
            unfiled_campus: None,
            doubles: Vec::new(),
            in_dispute: false,
            attendance: None,
        }
    }
}

/// How a school's roster differs from the national system's (FM5), as of the day the national list was loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Difference {
    /// When the list was loaded.
    pub on: Day,
    /// Students that differ, each counted once.
    pub differing: u64,
    /// Students of the school in the national system.
    pub total: u64,
    /// Students of the school here.
    pub here: u64,
    /// Of those that differ: on both sides, with other fields.
    pub unequal: u64,
    /// Here only.
    pub only_here: u64,
    /// In the national system only.
    pub only_there: u64,
}

/// Everything known of one school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// Which.
    pub school: OfficeId,
    /// Those of its students of whom anything is to be said: unfiled, away, double, at an unfiled campus, inspected.
    pub students: Vec<WatchedStudent>,
    /// First filings at this school, by calendar year.
    pub filed: BTreeMap<i32, u32>,
    /// Students in school at the end of 30 December, by year, and today's.
    pub in_school: BTreeMap<i32, u32>,
    /// Students in school now.
    pub now: u32,
    /// What the school may recruit for.
    pub offers: Arc<Offers>,
    /// The last comparison with the national system, if one was made.
    pub difference: Option<Difference>,
    /// Cases on the school.
    pub alerts: Vec<Arc<Alert>>,
    /// Ratings and what they brought.
    pub standing: Option<Arc<Standing>>,
}
