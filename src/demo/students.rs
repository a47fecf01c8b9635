//! One student by index: the same index always gives the same person, whoever was made before.

use super::offices::School;
use super::people::People;
use super::rng::{For, Rng};
use super::script::{Event, Script};
use super::slots::{Case, Slot};
use super::{County, Group, date, school_year};
use crate::model::{Day, Kind, MajorCode, Period, Sex, Status, StatusChange, Student, StudentId, StudyForm};
use chrono::{Datelike, Days};

/// What an application needs to know of its student.
#[derive(Debug)]
pub(super) struct Profile<'a> {
    pub(super) school: &'a School,
    /// Where its applications go.
    pub(super) authority: &'a str,
    pub(super) birth: Day,
    major: &'a (MajorCode, String),
    sex: Sex,
    entry: Day,
    half_years: u8,
}

impl Profile<'_> {
    /// Whether the graduating year has not begun and neither major is the province's: Art. 12 lets it, and the route
    /// stays the school's own.
    pub(super) fn may_change_major(&self, today: Day) -> bool {
        let graduating = date(self.entry.year() + i32::from(self.half_years / 2) - 1, 9, 1);
        let ordinary = self.school.ordinary.iter().any(|(code, _)| *code == self.major.0);
        self.half_years > 2 && today < graduating && ordinary && self.school.ordinary.len() > 1
    }

    /// Whether a grade is left to be skipped.
    pub(super) fn may_skip(&self, today: Day) -> bool {
        self.half_years > 2 && date(self.entry.year() + i32::from(self.half_years / 2) - 1, 7, 1) > today
    }

    /// Another major the school teaches.
    pub(super) fn another_major(&self) -> MajorCode {
        let others = self.school.ordinary.iter().map(|(code, _)| code);
        others.clone().find(|code| **code != self.major.0).unwrap_or(&self.major.0).clone()
    }
}

impl County<'_> {
    /// School, major and age of a student.
    pub(super) fn profile(&self, index: u32) -> (Profile<'_>, Rng) {
        let mut rng = Rng::new(self.plan.seed, For::Student, u64::from(index));
        let slot = self.slots.of(index).last();
        let group = slot.map_or(Group::Anywhere, |slot| slot.group);
        let schools = self.places.schools_for(group);
        // The lesser of two draws: the first schools are the great ones.
        let drawn = rng.below(schools.len() as u64).min(rng.below(schools.len() as u64)) as usize;
        // Who moves together is of one school.
        let at = slot.and_then(|slot| slot.errand.batch).map_or(drawn, |batch| usize::from(batch) % schools.len());
        let school = &self.places.schools[schools[at]];
        let at_province = school.authority.as_str() == super::offices::PROVINCE;
        let provincial = match group {
            Group::Province => !at_province || rng.per_mille(300),
            Group::Anywhere => rng.per_mille(80),
            _ => false,
        };
        let taught = if provincial { &school.provincial } else { &school.ordinary };
        let major = &taught[rng.below(taught.len() as u64) as usize];
        let (entry_year, half_years) = self.course(slot, &mut rng);
        // Those of a one-year course come of age: three years older than the others.
        let born = entry_year - if half_years == 2 { 19 } else { 16 };
        let authority = if provincial { super::offices::PROVINCE } else { school.authority.as_str() };
        let sex = if rng.per_mille(530) { Sex::Male } else { Sex::Female };
        let profile = Profile {
            school,
            authority,
            birth: People::birth(u64::from(index), born),
            major,
            sex,
            entry: date(entry_year, 9, 1),
            half_years,
        };
        (profile, rng)
    }

    /// Year of entry and length in half years. One with an application entered early enough for all of its story to
    /// have happened after filing, and late enough to be at school still.
    fn course(&self, slot: Option<&Slot>, rng: &mut Rng) -> (i32, u8) {
        let this_year = school_year(self.times.today);
        let Some(slot) = slot else {
            let half_years = if rng.per_mille(30) { 2 } else { 6 };
            return (this_year - rng.below(3) as i32, half_years);
        };
        if slot.errand.kind == Kind::ComingOver {
            // He entered the other school a year before the semester he comes in.
            return (super::coming::semester_start(self.times.today).year() - 1, 6);
        }
        let third_year_stays = self.times.today < date(this_year + 1, 6, 1);
        let years = match third_year_stays {
            true if slot.case.is_finished() => 2,
            // The graduating year of a later entry has not begun; a grade is left to be skipped.
            true if matches!(slot.errand.kind, Kind::MajorChange | Kind::GradeSkip) => 1,
            true => 1 + rng.below(2) as i32,
            false => 1,
        };
        (this_year - years, 6)
    }

    /// The student with this index.
    pub(super) fn student(&self, index: u32) -> Student {
        let (profile, mut rng) = self.profile(index);
        let (name, ethnic) = self.people.name(&mut rng, profile.sex);
        let id_no = self.people.id_no(&mut rng, u64::from(index), profile.birth, profile.sex);
        let short: String = profile.major.1.chars().take(2).collect();
        let class_name = format!("{:02}{short}{}班", profile.entry.year() % 100, rng.range(1, 3));
        let campus = rng.pick(&profile.school.campuses).cloned().unwrap_or_default();
        let mut student = Student {
            id: StudentId(u64::from(index) + 1),
            revision: 1,
            student_no: format!("G{id_no}"),
            name,
            sex: profile.sex,
            birth: profile.birth,
            id_kind: "1".into(),
            id_no,
            ethnic,
            school: profile.school.id.clone(),
            campus,
            class_name,
            major: profile.major.0.clone(),
            study_form: StudyForm::FullTime,
            half_years: profile.half_years,
            entry: profile.entry,
            planned_grad: date(profile.entry.year() + i32::from(profile.half_years / 2), 7, 1),
            status: Status::Registered,
            status_since: profile.entry,
            suspension: None,
            repeated: 0,
            compulsory_until: None,
            entry_facts: Default::default(),
            history: Vec::new(),
            former: Vec::new(),
            joint: None,
        };
        match self.slots.of(index).last() {
            // He comes with his application, and has no file here before it.
            Some(slot) if slot.errand.kind == Kind::MoveIn => {
                student.campus = String::new();
                student.status = Status::Unregistered;
                student.status_since = Script::write(self.plan.seed, slot, &self.times).started().day();
            }
            Some(slot) if slot.errand.kind == Kind::ComingOver => self.came_over(&mut student, slot),
            _ => self.live(&mut student, &mut rng),
        }
        student
    }

    /// What has happened to the student until today.
    fn live(&self, student: &mut Student, rng: &mut Rng) {
        let today = self.times.today;
        let registered = student.entry + Days::new(rng.below(17) + 2);
        turn(student, Status::Registered, registered, None, "6");
        // Filing (备案) goes on into November.
        let filed = registered.max(student.entry + Days::new(21 + rng.below(46)));
        if filed >= today {
            return;
        }
        turn(student, Status::Enrolled, filed, None, "7");
        if let Some(slot) = self.slots.of(student.id.0 as u32 - 1).find(|slot| slot.case == Case::Granted) {
            return self.suspended(student, slot, rng);
        }
        if let Some(slot) = self.slots.of(student.id.0 as u32 - 1).last() {
            return self.before_errand(student, slot, rng);
        }
        if student.planned_grad <= today {
            turn(student, Status::Graduated, student.planned_grad, None, "18");
            return;
        }
        let back = rng.range(20, 160);
        let day = self.times.day(back);
        match rng.below(1000) {
            0..14 if day > filed => turn(student, Status::Withdrawn, day, None, "13"),
            14..24 if day > filed => {
                // Granted before this store was begun.
                let period = Period { from: day, until: semester_end(day + Days::new(170)) };
                turn(student, Status::Suspended, day, None, "13");
                student.suspension = Some(period);
                self.return_when_over(student, rng);
            }
            _ => {}
        }
    }

    /// What must have happened before an application of this kind can be started.
    fn before_errand(&self, student: &mut Student, slot: &Slot, rng: &mut Rng) {
        let started = Script::write(self.plan.seed, slot, &self.times).started().day();
        let ago = |days: u32| started - Days::new(u64::from(days));
        match slot.errand.kind {
            Kind::Resumption => {
                let period = Period { from: ago(rng.range(130, 170)), until: started + Days::new(5) };
                turn(student, Status::Suspended, period.from, None, "13");
                student.suspension = Some(period);
            }
            Kind::Restoration => turn(student, Status::Withdrawn, ago(rng.range(30, 90)), None, "13"),
            _ => {}
        }
    }

    /// The effect of a granted application.
    fn suspended(&self, student: &mut Student, slot: &Slot, rng: &mut Rng) {
        let script = Script::write(self.plan.seed, slot, &self.times);
        let decided = script.ended().day();
        debug_assert!(matches!(script.events.last(), Some((Event::Decide, ..))));
        turn(student, Status::Suspended, decided, Some(slot), "13");
        student.suspension = Some(self.period(slot, script.started().day()));
        self.return_when_over(student, rng);
    }

    /// 复学 soon after the suspension has run out, a year lower.
    fn return_when_over(&self, student: &mut Student, rng: &mut Rng) {
        let Some(period) = student.suspension else { return };
        let back = self.workdays.due(period.until, rng.range(1, 5));
        if back < self.times.today {
            turn(student, Status::Enrolled, back, None, "13");
            student.suspension = None;
            student.planned_grad = date(student.planned_grad.year() + 1, 7, 1);
        }
    }

    /// The time a suspension is asked for: from some days after the start to the end of a half year.
    pub(super) fn period(&self, slot: &Slot, started: Day) -> Period {
        let mut rng = Rng::new(self.plan.seed, For::Slot, slot.key());
        let from = started + Days::new(rng.below(15) + 5);
        let mut until = semester_end(from + Days::new(80));
        if rng.per_mille(250) {
            until = semester_end(until + Days::new(180));
        }
        Period { from, until }
    }
}

/// One line of the timeline.
fn turn(student: &mut Student, to: Status, on: Day, slot: Option<&Slot>, article: &str) {
    let from = student.history.last().map(|change| change.to);
    student.history.push(StatusChange { from, to, on, application: slot.map(|slot| slot.id), article: article.into() });
    student.status = to;
    student.status_since = on;
    student.revision = student.history.len() as u64;
}

/// The end of the half year `day` lies in: the last of February or the end of August.
fn semester_end(day: Day) -> Day {
    let year = day.year();
    let february = |year| date(year, 3, 1).pred_opt().unwrap_or(day);
    let august = date(year, 8, 31);
    if day <= february(year) {
        february(year)
    } else if day <= august {
        august
    } else {
        february(year + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_years_end_with_february_and_august() {
        let end = |y, m, d| semester_end(date(y, m, d)).to_string();
        assert_eq!(end(2024, 2, 29), "2024-02-29");
        assert_eq!(end(2024, 3, 1), "2024-08-31");
        assert_eq!(end(2024, 8, 31), "2024-08-31");
        assert_eq!(end(2024, 9, 1), "2025-02-28");
        assert_eq!(end(2025, 12, 31), "2026-02-28");
    }
}
