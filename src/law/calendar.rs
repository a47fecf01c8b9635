//! Working days (工作日): Monday to Friday less the holidays of the State Council's notices, plus the Saturdays and
//! Sundays those notices turn into working days (调休). Years the calendar does not know are counted provisionally
//! (暂定, X.3). Everything here costs the logarithm of the calendar's length, so a clock that is years late costs no
//! more than one that is due tomorrow.

use crate::model::{CalendarDay, CalendarKind, Day, Season};
use chrono::{Datelike, Weekday};
use serde::Serialize;
use std::collections::BTreeMap;

/// The fixed holidays a year without a notice is counted with: month, day, name (X.3).
const FIXED: [(u32, u32, &str); 6] =
    [(1, 1, "元旦"), (5, 1, "劳动节"), (5, 2, "劳动节"), (10, 1, "国庆节"), (10, 2, "国庆节"), (10, 3, "国庆节")];

/// Weekdays repeat after this many years of the Gregorian calendar.
const CYCLE: i32 = 400;

/// A table of days that cannot be a calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// No line at all.
    #[error("日历中没有一行；请载入国务院办公厅公布的放假安排")]
    Empty,
    /// The same day twice.
    #[error("{0} 在日历中出现两次；请删去一行")]
    Duplicate(Day),
    /// A make-up day that is a working day anyway.
    #[error("{0} 不是周六或周日，不能列为调休工作日；请核对放假安排")]
    NotAWeekend(Day),
    /// A year in the middle without a line.
    #[error("日历缺 {0} 年；各年须相连，请补载该年的放假安排")]
    MissingYear(i32),
}

/// Why a day is or is not worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayNote<'a> {
    /// Monday to Friday, nothing special.
    Ordinary,
    /// 周六
    Saturday,
    /// 周日
    Sunday,
    /// A holiday, by its name.
    Holiday(&'a str),
    /// 调休: a Saturday or Sunday to be worked, by the holiday it makes up for.
    MakeUp(&'a str),
    /// 暂定: Monday to Friday of a year that is not loaded yet.
    Provisional,
    /// 未载: Monday to Friday of a year before the calendar begins.
    BeforeCalendar,
}

impl<'a> DayNote<'a> {
    /// The word people see; none for an ordinary weekday.
    pub fn word(self) -> Option<&'a str> {
        match self {
            DayNote::Ordinary => None,
            DayNote::Saturday => Some("周六"),
            DayNote::Sunday => Some("周日"),
            DayNote::Holiday(name) => Some(name),
            DayNote::MakeUp(_) => Some("调休"),
            DayNote::Provisional => Some("暂定"),
            DayNote::BeforeCalendar => Some("未载"),
        }
    }
}

/// What a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DayKind<'a> {
    /// Worked.
    pub working: bool,
    /// Why.
    pub note: DayNote<'a>,
    /// Lies in a year whose notice is loaded.
    pub known: bool,
}

/// The last day of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Due {
    /// The day; it ends at 24:00 Beijing time.
    pub date: Day,
    /// Rests on a year that is not loaded yet (暂定).
    pub provisional: bool,
}

/// A day that departs from the week, with what all departures up to and including it add to the count.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Departure {
    date: Day,
    kind: CalendarKind,
    name: String,
    through: i64,
}

/// The working-day calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    edition: String,
    departures: Vec<Departure>,
    first_year: i32,
    last_year: i32,
    last_known: Day,
    /// `fixed[k]`: fixed holidays falling on Monday to Friday in the `k` years after the last one known.
    fixed: Vec<i64>,
    /// First days of semesters that the province has set.
    semesters: BTreeMap<(i32, Season), Day>,
}

impl Calendar {
    /// A calendar from the lines of the notices, in any order. The years it knows are those that occur in it.
    pub fn new(edition: impl Into<String>, days: impl IntoIterator<Item = CalendarDay>) -> Result<Self, CalendarError> {
        let mut days: Vec<CalendarDay> = days.into_iter().collect();
        days.sort_by_key(|day| day.date);
        let (Some(first), Some(last)) = (days.first(), days.last()) else { return Err(CalendarError::Empty) };
        let (first_year, last_year) = (first.date.year(), last.date.year());
        let last_known = last_day_of(last_year);

        let mut departures: Vec<Departure> = Vec::with_capacity(days.len());
        let mut through = 0;
        for CalendarDay { date, kind, name } in days {
            if let Some(before) = departures.last() {
                if before.date == date {
                    return Err(CalendarError::Duplicate(date));
                }
                if date.year() > before.date.year() + 1 {
                    return Err(CalendarError::MissingYear(before.date.year() + 1));
                }
            }
            through += match (kind, on_a_weekday(date)) {
                (CalendarKind::Workday, true) => return Err(CalendarError::NotAWeekend(date)),
                (CalendarKind::Workday, false) => 1,
                (CalendarKind::Holiday, true) => -1,
                (CalendarKind::Holiday, false) => 0,
            };
            departures.push(Departure { date, kind, name, through });
        }

        let mut fixed = vec![0];
        let mut sum = 0;
        for year in 1..=CYCLE {
            sum += fixed_weekdays(last_year.saturating_add(year)).count() as i64;
            fixed.push(sum);
        }
        let (edition, semesters) = (edition.into(), BTreeMap::new());
        Ok(Calendar { edition, departures, first_year, last_year, last_known, fixed, semesters })
    }

    /// The lines it was made from, in order.
    pub fn lines(&self) -> impl Iterator<Item = CalendarDay> + '_ {
        self.departures.iter().map(|of| CalendarDay { date: of.date, kind: of.kind, name: of.name.clone() })
    }

    /// The same with first days of semesters that the province has set.
    pub fn with_semesters(mut self, set: impl IntoIterator<Item = ((i32, Season), Day)>) -> Self {
        self.semesters = set.into_iter().collect();
        self
    }

    /// The first day of a semester; whether the province has set it. Until it does the autumn's is 1 September (reading
    /// AMB-15), and the spring's, on which nothing but a hint rests, 1 March.
    pub fn semester_start(&self, year: i32, season: Season) -> (Day, bool) {
        let month = if season == Season::Autumn { 9 } else { 3 };
        match self.semesters.get(&(year, season)) {
            Some(day) => (*day, true),
            None => (Day::from_ymd_opt(year, month, 1).unwrap_or(Day::MIN), false),
        }
    }

    /// Which notices it was made from; written into every ending.
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// First day of the first year it knows.
    pub fn first_known(&self) -> Day {
        Day::from_yo_opt(self.first_year, 1).unwrap_or(Day::MIN)
    }

    /// Last day of the last year it knows.
    pub fn last_known(&self) -> Day {
        self.last_known
    }

    /// What this day is.
    pub fn day(&self, day: Day) -> DayKind<'_> {
        let known = day.year() >= self.first_year && day <= self.last_known;
        let by_week = match day.weekday() {
            Weekday::Sat => DayNote::Saturday,
            Weekday::Sun => DayNote::Sunday,
            _ if known => DayNote::Ordinary,
            _ if day > self.last_known => DayNote::Provisional,
            _ => DayNote::BeforeCalendar,
        };
        let note = if known {
            match self.departures.binary_search_by_key(&day, |departure| departure.date) {
                Ok(at) => {
                    let Departure { kind, name, .. } = &self.departures[at];
                    match kind {
                        CalendarKind::Holiday => DayNote::Holiday(name),
                        CalendarKind::Workday => DayNote::MakeUp(name),
                    }
                }
                Err(_) => by_week,
            }
        } else if by_week == DayNote::Provisional {
            FIXED
                .iter()
                .find(|(month, date, _)| (day.month(), day.day()) == (*month, *date))
                .map_or(by_week, |(_, _, name)| DayNote::Holiday(name))
        } else {
            by_week
        };
        let working =
            matches!(note, DayNote::Ordinary | DayNote::MakeUp(_) | DayNote::Provisional | DayNote::BeforeCalendar);
        DayKind { working, note, known }
    }

    /// The last day of a period of `budget` working days after the event on `from`, which does not count itself; the
    /// first working day after it is day 1. With no budget it is the day of the event. What would lie beyond the last
    /// day chrono can name is due on that day.
    pub fn due(&self, from: Day, budget: u32) -> Due {
        let mut date = from;
        if budget > 0 {
            let wanted = self.rank(from) + i64::from(budget);
            // The answer is the first day whose rank is `wanted`; it lies in (low, high].
            let (mut low, mut high) = (from.num_days_from_ce(), Day::MAX.num_days_from_ce());
            // A guess that holds for every real calendar saves most of the halving.
            let near = i64::from(low) + i64::from(budget) * 2 + 60;
            if let Some(day) = i32::try_from(near).ok().and_then(Day::from_num_days_from_ce_opt)
                && self.rank(day) >= wanted
            {
                high = day.num_days_from_ce();
            }
            while high.saturating_sub(low) > 1 {
                let middle = low + (high - low) / 2;
                match Day::from_num_days_from_ce_opt(middle) {
                    Some(day) if self.rank(day) >= wanted => high = middle,
                    _ => low = middle,
                }
            }
            date = Day::from_num_days_from_ce_opt(high).unwrap_or(Day::MAX);
        }
        Due { date, provisional: date > self.last_known }
    }

    /// Working days after `from` through `to`; negative when `to` lies before `from`.
    pub fn count(&self, from: Day, to: Day) -> i32 {
        // chrono's whole range is below 2^28 days, so the difference always fits.
        i32::try_from(self.rank(to) - self.rank(from)).unwrap_or_default()
    }

    /// Working days from the beginning of our era through `day`: the plain week, and what departs from it.
    fn rank(&self, day: Day) -> i64 {
        let days = i64::from(day.num_days_from_ce());
        // Day 1 of the era is a Monday.
        let week = days.div_euclid(7) * 5 + days.rem_euclid(7).min(5);
        let at = self.departures.partition_point(|departure| departure.date <= day);
        let departed = at.checked_sub(1).map_or(0, |last| self.departures[last].through);
        week + departed - self.fixed_through(day)
    }

    /// Fixed holidays on weekdays after the last day known, through `day`.
    fn fixed_through(&self, day: Day) -> i64 {
        if day <= self.last_known {
            return 0;
        }
        let whole = day.year() - self.last_year - 1;
        let cycles = i64::from(whole / CYCLE) * self.fixed[CYCLE as usize];
        let rest = self.fixed[(whole % CYCLE) as usize];
        let this_year = fixed_weekdays(day.year()).filter(|holiday| *holiday <= day).count() as i64;
        cycles + rest + this_year
    }
}

/// A day that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountedDay {
    /// Its number in the count; negative when the count runs backwards.
    pub n: i32,
    /// The day.
    pub date: Day,
    /// What is special about it: 调休, 暂定, 未载.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'static str>,
    /// The holiday a 调休 day makes up for; for people.
    #[serde(skip)]
    pub makes_up: Option<String>,
}

/// A day that does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SkippedDay {
    /// The day.
    pub date: Day,
    /// 周六, 周日 or the holiday's name.
    pub reason: String,
}

/// A count of working days, day by day: every day after the event is either counted or skipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// Day of the event.
    pub from: Day,
    /// Working days given, or found between two days.
    pub budget: i32,
    /// Last day.
    pub due: Day,
    /// Rests on a year that is not loaded yet (暂定).
    pub provisional: bool,
    /// The days that count, in order.
    pub days: Vec<CountedDay>,
    /// The days that do not, in order.
    pub skipped: Vec<SkippedDay>,
}

impl Calendar {
    /// How [`Calendar::due`] comes about. As long as the period is; whoever takes the budget from outside bounds it.
    pub fn explain(&self, from: Day, budget: u32) -> Explanation {
        let due = self.due(from, budget);
        self.listed(from, due.date, i32::try_from(budget).unwrap_or(i32::MAX), due)
    }

    /// How [`Calendar::count`] comes about; `to` stands for the due day. Backwards, the days after `to` through `from`
    /// are numbered from below zero up to -1.
    pub fn explain_between(&self, from: Day, to: Day) -> Explanation {
        let provisional = from.max(to) > self.last_known;
        self.listed(from, to, self.count(from, to), Due { date: to, provisional })
    }

    fn listed(&self, from: Day, to: Day, budget: i32, due: Due) -> Explanation {
        let (after, through) = (from.min(to), from.max(to));
        let mut n = if to < from { budget } else { 1 };
        let (mut days, mut skipped) = (Vec::new(), Vec::new());
        let dates = after.iter_days().skip(1).take_while(|day| *day <= through);
        for date in dates {
            let kind = self.day(date);
            if kind.working {
                let (note, makes_up) = match kind.note {
                    DayNote::MakeUp(name) => (Some("调休"), Some(name.to_owned())),
                    DayNote::Provisional => (Some("暂定"), None),
                    DayNote::BeforeCalendar => (Some("未载"), None),
                    _ => (None, None),
                };
                days.push(CountedDay { n, date, note, makes_up });
                n += 1;
            } else {
                skipped.push(SkippedDay { date, reason: kind.note.word().unwrap_or_default().to_owned() });
            }
        }
        Explanation { from, budget, due: due.date, provisional: due.provisional, days, skipped }
    }
}

fn on_a_weekday(day: Day) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

fn last_day_of(year: i32) -> Day {
    Day::from_ymd_opt(year, 12, 31).unwrap_or(Day::MAX)
}

/// The fixed holidays of a year that fall on Monday to Friday.
fn fixed_weekdays(year: i32) -> impl Iterator<Item = Day> {
    FIXED
        .iter()
        .filter_map(move |(month, day, _)| Day::from_ymd_opt(year, *month, *day))
        .filter(|day| on_a_weekday(*day))
}
