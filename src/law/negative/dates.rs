//! Months as the civil code counts them (Art. 202: the corresponding day, or the month's last), and the cutoffs of a
//! cohort (Art. 6; readings AMB-12: no shift for weekends, AMB-13: who comes after 20 November belongs to the spring).

use crate::model::Day;
use chrono::{Datelike, Months};

/// The first day on which more than three calendar months (三个日历月) have passed since `event`, vacations included
/// (reading AMB-18). On the corresponding day itself it is exactly three months, which is not more.
pub fn after_three_months(event: Day) -> Day {
    event.checked_add_months(Months::new(3)).and_then(|last| last.succ_opt()).unwrap_or(Day::MAX)
}

/// The cohort a day of entry belongs to: its year, and whether it is the spring's.
pub fn season_of(entry: Day) -> (i32, bool) {
    let (year, place) = (entry.year(), (entry.month(), entry.day()));
    if place <= (4, 20) {
        (year, true)
    } else if place <= (11, 20) {
        (year, false)
    } else {
        (year + 1, true)
    }
}

fn date(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd_opt(year, month, day).unwrap_or(Day::MAX)
}

/// The last day of registration (注册) for one who entered on that day: 20 November or 20 April.
pub fn registration_cutoff(entry: Day) -> Day {
    match season_of(entry) {
        (year, true) => date(year, 4, 20),
        (year, false) => date(year, 11, 20),
    }
}

/// The last day of filing (备案): 20 December or 20 May.
pub fn filing_cutoff(entry: Day) -> Day {
    match season_of(entry) {
        (year, true) => date(year, 5, 20),
        (year, false) => date(year, 12, 20),
    }
}
