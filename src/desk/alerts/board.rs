//! Every school's readings. A school is judged anew only when its facts have changed or the day has: the store counts
//! the changes, so that nothing has to be announced and nothing can be missed.

use crate::law::negative::{self, Reading, Summary};
use crate::model::{Day, Difference, Level, OfficeId, Standing, StudentId};
use crate::store::Store;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the list says of one school on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct SchoolReading {
    /// Which.
    pub school: OfficeId,
    /// Everything that is not clear, by item, the nearest first.
    pub readings: Vec<Reading>,
    /// The eight items in a line each.
    pub summaries: Vec<Summary>,
    /// First filings by calendar year.
    pub filed: BTreeMap<i32, u32>,
    /// In school at the end of 30 December, by year.
    pub in_school: BTreeMap<i32, u32>,
    /// In school now.
    pub now: u32,
    /// Ratings and what they brought.
    pub standing: Option<Arc<Standing>>,
    /// How it stands against the national system's list, if that was loaded.
    pub difference: Option<Difference>,
}

impl SchoolReading {
    /// Judges a school by what the store has of it; none for what is no school of the register.
    pub fn judge(store: &dyn Store, school: &OfficeId, today: Day) -> Option<SchoolReading> {
        let facts = store.watched(school, today)?;
        let readings = negative::of_school(&facts, today);
        let summaries = negative::summaries(&facts, &readings, today);
        let (filed, in_school, now, standing) = (facts.filed, facts.in_school, facts.now, facts.standing);
        let difference = facts.difference;
        Some(SchoolReading { school: facts.school, readings, summaries, filed, in_school, now, standing, difference })
    }

    /// What is said of one student.
    pub fn of_student(&self, student: StudentId) -> impl Iterator<Item = &Reading> {
        self.readings.iter().filter(move |reading| reading.student == Some(student))
    }
}

/// The readings of all schools, as far as anybody has asked.
#[derive(Debug, Default)]
pub struct Board {
    day: Option<Day>,
    schools: BTreeMap<OfficeId, (u64, Arc<SchoolReading>)>,
    judged: u64,
}

impl Board {
    /// One school today.
    pub fn school(&mut self, store: &dyn Store, school: &OfficeId, today: Day) -> Option<Arc<SchoolReading>> {
        if self.day != Some(today) {
            self.schools.clear();
            self.day = Some(today);
        }
        // Counted before it is judged: what changes meanwhile is judged again the next time.
        let version = store.watch_version(school);
        if let Some((of, reading)) = self.schools.get(school)
            && *of == version
        {
            return Some(Arc::clone(reading));
        }
        self.judged += 1;
        let reading = Arc::new(SchoolReading::judge(store, school, today)?);
        self.schools.insert(school.clone(), (version, Arc::clone(&reading)));
        Some(reading)
    }

    /// All schools of the register that `visible` lets pass, by code.
    pub fn all(
        &mut self,
        store: &dyn Store,
        today: Day,
        visible: &dyn Fn(&OfficeId) -> bool,
    ) -> Vec<Arc<SchoolReading>> {
        let schools = store.offices().into_iter().filter(|office| office.level == Level::School);
        schools
            .filter(|office| visible(&office.id))
            .filter_map(|office| self.school(store, &office.id, today))
            .collect()
    }

    /// How many times a school was judged: what did not change is not judged again.
    pub fn judged(&self) -> u64 {
        self.judged
    }
}
