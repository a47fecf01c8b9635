//! Gathering the facts a new student is judged on, for one or for a hundred thousand.

use crate::data;
use crate::desk::{Refused, Scope, State};
use crate::law::entry::filing::cohort;
use crate::law::entry::{self, Checked, Facts, Reading, Same, Tables};
use crate::law::negative::school;
use crate::law::regions::Regions;
use crate::model::{
    Day, Entrant, Finding, Major, MajorCode, Offer, Office, OfficeId, Season, Standing, Status, Student, StudentId,
};
use chrono::Datelike;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

/// Region codes and code sets, read once.
pub(in crate::desk) fn tables() -> Result<&'static Tables, Refused> {
    static TABLES: OnceLock<Result<Tables, String>> = OnceLock::new();
    let read = || -> Result<Tables, data::DataError> {
        Ok(Tables { regions: Regions::new(data::region_history()?), codes: data::code_sets()? })
    };
    TABLES.get_or_init(|| read().map_err(|e| e.to_string())).as_ref().map_err(|e| Refused::Input(e.clone()))
}

type Published = Option<Arc<[Offer]>>;

/// Looks facts up, and keeps what the next student will need again.
pub(in crate::desk) struct Looker<'s, 'a> {
    state: &'s State<'a>,
    scope: Scope,
    by_name: HashMap<String, Vec<Major>>,
    by_code: HashMap<MajorCode, Major>,
    published: HashMap<(OfficeId, u16, Season), Published>,
    /// Students by document number, looked up ahead for a whole file.
    ahead: Option<HashMap<String, Vec<StudentId>>>,
    schools: HashMap<OfficeId, String>,
    /// Schools the province has sanctioned, or not.
    standings: HashMap<OfficeId, Option<Standing>>,
    /// New students of a school and year; counted only where a sanction asks for it.
    registered: HashMap<(OfficeId, u16), u32>,
}

impl<'s, 'a> Looker<'s, 'a> {
    /// For single students.
    pub(in crate::desk) fn new(state: &'s State<'a>, scope: Scope) -> Self {
        let (mut by_name, mut by_code): (HashMap<String, Vec<Major>>, _) = (HashMap::new(), HashMap::new());
        for major in state.majors() {
            by_name.entry(major.name.clone()).or_default().push(Major::clone(&major));
            by_code.insert(major.code.clone(), Major::clone(&major));
        }
        let (published, schools) = (HashMap::new(), HashMap::new());
        let (standings, registered) = (HashMap::new(), HashMap::new());
        Looker { state, scope, by_name, by_code, published, ahead: None, schools, standings, registered }
    }

    /// For a file: everybody here with one of these numbers is looked up at once.
    pub(in crate::desk) fn ahead(mut self, numbers: &HashSet<String>) -> Self {
        let mut ahead: HashMap<String, Vec<StudentId>> = HashMap::new();
        self.state.each_student_number(&mut |id, _, id_no| {
            if numbers.contains(id_no) {
                ahead.entry(id_no.to_owned()).or_default().push(id);
            }
        });
        self.ahead = Some(ahead);
        self
    }

    /// Judges a student; `except` is the one who is corrected.
    pub(in crate::desk) fn judge(
        &mut self,
        reading: Reading<'_>,
        school: &Office,
        today: Day,
        except: Option<StudentId>,
    ) -> Result<Checked, Refused> {
        let same = self.same_number(reading.id_no(), except)?;
        let (person, next) = match self.ahead {
            Some(_) => (Vec::new(), Vec::new()),
            None => (self.same_person(&reading, except)?, self.neighbours(&reading, except)?),
        };
        self.judge_on(reading, school, today, [&same, &person, &next], except.is_none())
    }

    /// Judges with what is known of others.
    pub(in crate::desk) fn judge_with(
        &mut self,
        reading: Reading<'_>,
        school: &Office,
        today: Day,
        (same_number, same_person): (&[Same], &[Same]),
        registering: bool,
    ) -> Result<Checked, Refused> {
        self.judge_on(reading, school, today, [same_number, same_person, &[]], registering)
    }

    fn judge_on(
        &mut self,
        reading: Reading<'_>,
        school: &Office,
        today: Day,
        [same_number, same_person, neighbours]: [&[Same]; 3],
        registering: bool,
    ) -> Result<Checked, Refused> {
        let typed = reading.text("major").to_owned();
        let majors: Vec<Major> = match self.by_code.get(&MajorCode(typed.clone())) {
            Some(major) => vec![major.clone()],
            None => self.by_name.get(&typed).cloned().unwrap_or_default(),
        };
        let published = match entry::cohort(&reading) {
            Some(cohort) => self.published(&school.id, cohort)?,
            None => None,
        };
        let limited = match entry::cohort(&reading).filter(|_| registering) {
            Some((year, _)) => self.limited(&school.id, year)?,
            None => None,
        };
        let calendar = self.state.calendar();
        Ok(entry::judge(
            reading,
            &Facts {
                today,
                calendar,
                school: Some(school),
                majors: &majors,
                published: published.as_deref(),
                same_number,
                same_person,
                neighbours,
                registering,
                limited: limited.as_ref(),
            },
        ))
    }

    /// What the province laid down on a school, if anything.
    fn standing(&mut self, school: &OfficeId) -> Result<Option<&Standing>, Refused> {
        if !self.standings.contains_key(school) {
            let standing = self.state.standing(school)?;
            self.standings.insert(school.clone(), standing);
        }
        Ok(self.standings.get(school).and_then(Option::as_ref))
    }

    /// Why the school may not register one more of this year (R23.2).
    fn limited(&mut self, school: &OfficeId, year: u16) -> Result<Option<Finding>, Refused> {
        if self.standing(school)?.is_none_or(|standing| standing.sanction(i32::from(year)).is_none()) {
            return Ok(None);
        }
        let key = (school.clone(), year);
        let registered = match self.registered.get(&key) {
            Some(known) => *known,
            None => {
                let count = new_students(self.state, school, year)?;
                self.registered.insert(key, count);
                count
            }
        };
        Ok(self.standing(school)?.and_then(|standing| school::registration(standing, i32::from(year), registered)))
    }

    /// One more of a file is taken in: the next row finds one place fewer.
    pub(in crate::desk) fn took(&mut self, student: &Student) {
        if let Some(count) = self.registered.get_mut(&(student.school.clone(), cohort(student).0)) {
            *count += 1;
        }
    }

    /// Why a registered student is one too many to be filed (R23.2).
    pub(in crate::desk) fn unfileable(&mut self, student: &Student) -> Result<Option<Finding>, Refused> {
        let (year, _) = cohort(student);
        let of_year = i32::from(year);
        if self.standing(&student.school)?.is_none_or(|standing| standing.sanction(of_year).is_none()) {
            return Ok(None);
        }
        let place = |student: &Student| (student.entry_facts.registered_on, student.id);
        let mut before = 0;
        for id in self.state.students_of(&student.school) {
            let other = self.state.student(id)?.filter(|other| is_new_of(other, year));
            before += u32::from(other.is_some_and(|other| place(&other) < place(student)));
        }
        let on = student.entry_facts.registered_on;
        Ok(self.standing(&student.school)?.and_then(|standing| school::filing(standing, of_year, on, before)))
    }

    /// What a school may recruit for in a season; none when nothing was published for the season.
    pub(in crate::desk) fn published(
        &mut self,
        school: &OfficeId,
        (year, season): (u16, Season),
    ) -> Result<Published, Refused> {
        let key = (school.clone(), year, season);
        if let Some(known) = self.published.get(&key) {
            return Ok(known.clone());
        }
        let all = self.state.qualifications(year, season);
        let own = all.iter().find(|of| of.school == *school).map(|of| of.offers.clone()).unwrap_or_default();
        let published: Published = (!all.is_empty()).then(|| own.into());
        self.published.insert(key, published.clone());
        Ok(published)
    }

    /// Living files with this number.
    pub(in crate::desk) fn same_number(
        &mut self,
        number: Option<&str>,
        except: Option<StudentId>,
    ) -> Result<Vec<Same>, Refused> {
        let Some(number) = number else { return Ok(Vec::new()) };
        let ids = match &self.ahead {
            Some(ahead) => ahead.get(number).cloned().unwrap_or_default(),
            None => self.state.students_like(number),
        };
        self.living(ids, except, |student| student.id_no == number)
    }

    fn same_person(&mut self, reading: &Reading<'_>, except: Option<StudentId>) -> Result<Vec<Same>, Refused> {
        let (name, Some(birth)) = (reading.text("name").to_owned(), reading.birth()) else { return Ok(Vec::new()) };
        if name.chars().count() < 2 {
            return Ok(Vec::new());
        }
        let number = reading.id_no().unwrap_or_default().to_owned();
        let ids = self.state.students_like(&name);
        self.living(ids, except, |student| student.name == name && student.birth == birth && student.id_no != number)
    }

    /// Whose number lies beside this one: twins are registered one after the other, and a number typed for another is
    /// often its neighbour.
    fn neighbours(&mut self, reading: &Reading<'_>, except: Option<StudentId>) -> Result<Vec<Same>, Refused> {
        /// Where a number's sequence begins, and where it ends.
        const SEQUENCE: std::ops::Range<usize> = 14..17;
        let number = reading.id_no().unwrap_or_default().to_owned();
        let sequence = |number: &str| number.get(SEQUENCE).and_then(|part| part.parse::<u16>().ok());
        let (Some(front), Some(own)) = (number.get(..SEQUENCE.start), sequence(&number)) else {
            return Ok(Vec::new());
        };
        if number.len() != 18 {
            return Ok(Vec::new());
        }
        let ids = self.state.students_like(front);
        self.living(ids, except, |student| {
            let beside = sequence(&student.id_no).is_some_and(|other| other.abs_diff(own) <= 2);
            student.id_no != number && student.id_no.len() == 18 && student.id_no.starts_with(front) && beside
        })
    }

    fn living(
        &mut self,
        ids: Vec<StudentId>,
        except: Option<StudentId>,
        meant: impl Fn(&Student) -> bool,
    ) -> Result<Vec<Same>, Refused> {
        let mut found = Vec::new();
        for id in ids.into_iter().filter(|id| Some(*id) != except) {
            let Some(student) = self.state.student(id)? else { continue };
            if student.status.is_live() && meant(&student) {
                found.push(Same {
                    student: id,
                    school_name: self.school_name(&student.school)?,
                    visible: self.scope.covers(&student.school),
                    school: student.school,
                    status: student.status,
                });
            }
        }
        Ok(found)
    }

    fn school_name(&mut self, id: &OfficeId) -> Result<String, Refused> {
        if let Some(name) = self.schools.get(id) {
            return Ok(name.clone());
        }
        let name = self.state.office(id)?.map_or_else(|| id.to_string(), |office| office.name);
        self.schools.insert(id.clone(), name.clone());
        Ok(name)
    }
}

/// How many new students of a year a school has registered (R23.2).
pub(in crate::desk) fn new_students(state: &State<'_>, school: &OfficeId, year: u16) -> Result<u32, Refused> {
    let mut count = 0;
    for id in state.students_of(school) {
        count += u32::from(state.student(id)?.is_some_and(|student| is_new_of(&student, year)));
    }
    Ok(count)
}

/// Whether a file of the school takes a place among the new students of a year: one that was struck off, or is only
/// begun, does not. Who came over from a high or technical school is new in the year he came.
fn is_new_of(student: &Student, year: u16) -> bool {
    let facts = &student.entry_facts;
    let came = match facts.entrant {
        Some(Entrant::GeneralHigh | Entrant::Technical) => facts.registered_on.map(|on| on.year()),
        _ => Some(i32::from(cohort(student).0)),
    };
    came == Some(i32::from(year)) && !matches!(student.status, Status::Cancelled | Status::Unregistered)
}
