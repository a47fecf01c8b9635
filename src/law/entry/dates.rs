//! Seasons and their dates (Art. 6): which season an entry belongs to, and until when it can be registered and filed.

use crate::law::calendar::Calendar;
use crate::law::rules::{self, Rule};
use crate::model::{Day, Season};
use chrono::Datelike;
use serde::Serialize;

/// Working days from the day after 入学手续 was completed (R6.1).
pub const REGISTRATION_DAYS: u32 = 20;

/// The season that an entry on this day belongs to (R6.9): after 20 November it is the next spring's, after 20 April
/// the autumn's of the year.
pub fn cohort(entry: Day) -> (u16, Season) {
    let year = u16::try_from(entry.year()).unwrap_or_default();
    match (entry.month(), entry.day()) {
        date if date <= (4, 20) => (year, Season::Spring),
        date if date <= (11, 20) => (year, Season::Autumn),
        _ => (year + 1, Season::Spring),
    }
}

/// The last day of registration of a season; it ends at 24:00 and no weekend moves it (reading AMB-12).
pub fn registration_closes((year, season): (u16, Season)) -> Option<Day> {
    let (month, day) = if season == Season::Autumn { (11, 20) } else { (4, 20) };
    Day::from_ymd_opt(i32::from(year), month, day)
}

/// The last day of filing of a season.
pub fn filing_closes((year, season): (u16, Season)) -> Option<Day> {
    let (month, day) = if season == Season::Autumn { (12, 20) } else { (5, 20) };
    Day::from_ymd_opt(i32::from(year), month, day)
}

/// The rule behind the last day of registration.
pub fn registration_rule(season: Season) -> &'static Rule {
    if season == Season::Autumn { &rules::R6_2 } else { &rules::R6_3 }
}

/// Until when a new student is to be registered: both limits, and the one that binds (R6.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RegistrationDue {
    /// Twenty working days after 入学手续; none while that day is not known.
    pub twenty_working_days: Option<Day>,
    /// Whether that figure rests on a year whose calendar is not loaded (暂定).
    pub provisional: bool,
    /// The season's last day.
    pub cutoff: Day,
    /// The earlier of the two.
    pub due: Day,
}

/// Both limits of a new student.
pub fn registration_due(
    cohort: (u16, Season),
    enrolled_on: Option<Day>,
    calendar: &Calendar,
) -> Option<RegistrationDue> {
    let cutoff = registration_closes(cohort)?;
    let twenty = enrolled_on.map(|day| calendar.due(day, REGISTRATION_DAYS));
    Some(RegistrationDue {
        twenty_working_days: twenty.as_ref().map(|due| due.date),
        provisional: twenty.as_ref().is_some_and(|due| due.provisional),
        cutoff,
        due: twenty.map_or(cutoff, |due| due.date.min(cutoff)),
    })
}

/// The month of the planned graduation: so many semesters after the beginning. Autumn semesters end in January, spring
/// semesters in July.
pub fn graduation(entry: Day, half_years: u8) -> Option<Day> {
    let (year, season) = cohort(entry);
    let (year, length) = (i32::from(year), i32::from(half_years));
    let (year, month) = match (season, length % 2) {
        (Season::Autumn, 0) => (year + length / 2, 7),
        (Season::Autumn, _) => (year + (length + 1) / 2, 1),
        (Season::Spring, 0) => (year + length / 2, 1),
        (Season::Spring, _) => (year + (length - 1) / 2, 7),
    };
    Day::from_ymd_opt(year, month, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn seasons_change_after_the_cutoffs() {
        for (entry, year, season) in [
            ("2025-04-20", 2025, Season::Spring),
            ("2025-04-21", 2025, Season::Autumn),
            ("2025-09-01", 2025, Season::Autumn),
            ("2025-11-20", 2025, Season::Autumn),
            ("2025-11-21", 2026, Season::Spring),
            ("2025-12-31", 2026, Season::Spring),
            ("2026-01-01", 2026, Season::Spring),
        ] {
            assert_eq!(cohort(day(entry)), (year, season), "{entry}");
        }
        assert_eq!(registration_closes((2025, Season::Autumn)), Some(day("2025-11-20")));
        assert_eq!(registration_closes((2025, Season::Spring)), Some(day("2025-04-20")), "a Sunday does not move it");
        assert_eq!(filing_closes((2025, Season::Autumn)), Some(day("2025-12-20")));
        assert_eq!(filing_closes((2025, Season::Spring)), Some(day("2025-05-20")));
    }

    #[test]
    fn studies_end_with_a_semester() {
        for (entry, half_years, wanted) in [
            ("2025-09-01", 6, "2028-07-01"),
            ("2025-09-01", 5, "2028-01-01"),
            ("2025-09-01", 2, "2026-07-01"),
            ("2025-09-08", 8, "2029-07-01"),
            ("2026-03-04", 7, "2029-07-01"),
            ("2026-03-04", 6, "2029-01-01"),
        ] {
            assert_eq!(graduation(day(entry), half_years), Some(day(wanted)), "{entry} {half_years}");
        }
    }
}
