//! Who comes over from a general high or technical school (普高/技工转入): submitted before the autumn semester began, to the
//! city or the province; some lie there still, long past the time for reference, some were let in.

use super::County;
use super::offices::{CITY, CITY_2, COUNTY_1, COUNTY_2, COUNTY_3};
use super::script::Script;
use super::slots::{Case, Slot};
use crate::model::{
    ComingOver, Day, Details, Entrant, EntryFacts, FormerKind, Joiner, OfficeId, Season, Status, StatusChange, Student,
};
use chrono::Datelike;

/// State and how many; only the first block has them.
pub(super) const COMING: [(Case, u32); 3] = [(Case::Waiting, 2), (Case::Proposed, 1), (Case::Granted, 3)];

/// Past so many working days after the semester began nothing of last summer lies undecided any more.
pub(super) const LONGEST: u32 = 60;

/// The office that examines (Art. 12¶4): the city's, not the county's; where the province is competent, the province.
pub(super) fn examiner(authority: &str) -> OfficeId {
    match authority {
        COUNTY_1 | COUNTY_2 => CITY.into(),
        COUNTY_3 => CITY_2.into(),
        // 省直管 counties stand at city level themselves.
        other => other.into(),
    }
}

/// What the school asks for, and about whom.
pub(super) fn details(student: Student, ground: String) -> Details {
    let technical = student.id.0.is_multiple_of(3);
    let (from, former_school) = if technical {
        (FormerKind::Technical, "演练技工学校")
    } else {
        (FormerKind::GeneralHigh, "演练高级中学")
    };
    Details::ComingOver(ComingOver {
        from,
        former_school: former_school.to_owned(),
        lower_years: 0,
        person: Box::new(Joiner {
            name: student.name,
            sex: Some(student.sex),
            birth: Some(student.birth),
            id_kind: student.id_kind,
            id_no: student.id_no,
            ethnic: student.ethnic,
            student_no: student.student_no,
            campus: student.campus,
            class_name: student.class_name,
            major: student.major,
            study_form: student.study_form,
            half_years: student.half_years,
            entry: student.entry,
            admission: String::new(),
        }),
        ground,
    })
}

impl County<'_> {
    /// The file as it began with the application, or as its grant left it.
    pub(super) fn came_over(&self, student: &mut Student, slot: &Slot) {
        let script = Script::write(self.plan.seed, slot, &self.times);
        let year = u16::try_from(student.entry.year()).unwrap_or_default();
        student.status = Status::Unregistered;
        student.status_since = script.started().day();
        student.entry_facts = EntryFacts {
            cohort: Some((year, Season::Autumn)),
            enrolled_on: Some(student.entry),
            entrant: Some(if student.id.0.is_multiple_of(3) { Entrant::Technical } else { Entrant::GeneralHigh }),
            ..EntryFacts::default()
        };
        if slot.case != Case::Granted {
            return;
        }
        let on = script.ended().day();
        let (from, to, application) = (Some(Status::Unregistered), Status::Enrolled, Some(slot.id));
        student.history.push(StatusChange { from, to, on, application, article: "12".to_owned() });
        (student.status, student.status_since, student.revision) = (to, on, 2);
        student.entry_facts.registered_on = script.submitted().map(|at| at.day());
    }
}

/// Working days left of ten at the examiner's for one that arrived so many working days ago.
pub(super) fn left(back: u32) -> i8 {
    i8::try_from(i64::from(super::script::BUDGET) - i64::from(back)).unwrap_or(i8::MIN)
}

/// The day before which all of them were submitted.
pub(super) fn semester_start(today: Day) -> Day {
    let this = super::date(today.year(), 9, 1);
    if today >= this { this } else { super::date(today.year() - 1, 9, 1) }
}
