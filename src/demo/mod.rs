//! The exercise county (演练): offices, schools, people, students and a day's work on the desks, made from nothing but
//! a seed. The same plan gives the same bytes on every machine; a million students pass through without being held.
//!
//! Region codes and majors are real; offices, schools, names and identity numbers are invented. Applications look as
//! the desk would have left them: the two posts by two persons, clocks from the day of the school's agreement,
//! endings with their clocks frozen.
//!
//! | file | holds |
//! |---|---|
//! | `offices` | offices, schools, accounts, who acts in pairs |
//! | `people` | names and identity numbers |
//! | `students` | one student by index |
//! | `slots` | which students have an application, in which state |
//! | `errands` | what is asked for, and the hands it passes |
//! | `coming` | who comes over from general high and technical schools |
//! | `script` | the events of one application with their moments |
//! | `story` | the application those events lead to |
//! | `texts` | grounds, reasons, remarks, evidence files |
//! | `watched` | schools and students that the negative list looks at |
//! | `rng` | chance that repeats itself |

mod coming;
mod errands;
mod offices;
mod people;
mod rng;
mod script;
mod slots;
mod story;
mod students;
mod texts;
mod watched;

pub use texts::evidence;

use crate::data::DataError;
use crate::model::{Day, Major, Seed, Stamp};
use chrono::Datelike;
use offices::Places;
use people::{MOST_STUDENTS, People};
use slots::Slots;

/// The account `xueji demo` opens the desk as: 经办 of county 1.
pub const DESK: &str = "xian1-jb";
/// The office the exercise store belongs to: county 1.
pub const OFFICE: &str = offices::COUNTY_1;
/// The keeper (系统管理) of the province, who may set up everything.
pub const KEEPER: &str = "sheng-gl";
/// Most records in one piece.
pub const MOST_RECORDS: usize = 500;
/// Fewer students cannot carry the county's applications.
pub const LEAST_STUDENTS: u32 = 600;
/// Students of an ordinary exercise county.
pub const STUDENTS: u32 = 2_000;

/// What is to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// How many students.
    pub students: u32,
    /// Another seed, another county.
    pub seed: u64,
    /// The moment the exercise's clock stands at; nothing is made that happens later.
    pub today: Stamp,
}

/// The working days (工作日) the county's clocks go by.
pub trait Workdays {
    /// The last day of `budget` working days counted from the day after `from`.
    fn due(&self, from: Day, budget: u32) -> Day;
    /// The `n`th working day before `day`, which does not count itself; `day` when `n` is 0.
    fn before(&self, day: Day, n: u32) -> Day;
    /// Edition of the calendar, as endings record it.
    fn edition(&self) -> String;
    /// Whether a due date rests on a year whose calendar is not loaded (暂定).
    fn provisional(&self, due: Day) -> bool {
        let _ = due;
        false
    }
}

/// Why no county can be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Too few students for the applications.
    #[error("演练库至少需要 {LEAST_STUDENTS} 名学生，只要求了 {students} 名；请用 --students 指定更多")]
    TooFew {
        /// Asked for.
        students: u32,
    },
    /// More students than identity numbers can be laid out for.
    #[error("演练库最多 {MOST_STUDENTS} 名学生，要求了 {students} 名；请用 --students 指定更少")]
    TooMany {
        /// Asked for.
        students: u32,
    },
    /// The list of majors lacks one of the two sorts.
    #[error("专业目录中须同时有省管专业和其他专业，否则无法生成演练数据；请检查专业目录")]
    Majors,
    /// A built-in table does not read.
    #[error(transparent)]
    Data(#[from] DataError),
}

/// Under whose authority a student with an application is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    County1,
    County2,
    City,
    Direct,
    County3,
    Province,
    Anywhere,
}

/// Working days before the exercise's day, and hours of the office.
#[derive(Debug)]
struct Times {
    today: Day,
    /// Working days back from today; the first is today itself.
    back: Vec<Day>,
    works_today: bool,
}

impl Times {
    /// How far back stories reach: a finished one with its returns, begun most of a year ago.
    const REACH: u32 = 320;

    fn new(today: Day, workdays: &dyn Workdays) -> Times {
        let mut back = vec![today];
        for _ in 0..Times::REACH {
            let last = back.last().copied().unwrap_or(today);
            back.push(workdays.before(last, 1));
        }
        let works_today = workdays.due(workdays.before(today, 1), 1) == today;
        Times { today, back, works_today }
    }

    /// Working days to go back so that a clock of ten started there has `left` days left today.
    fn back_to_start(&self, left: i8) -> u32 {
        let used = i64::from(script::BUDGET) - i64::from(left);
        // On a day off the day itself is not among those used.
        (used + i64::from(!self.works_today)).clamp(1, i64::from(Times::REACH)) as u32
    }

    /// Working days back to the last one before the autumn semester that has begun.
    fn before_semester(&self) -> u32 {
        let start = coming::semester_start(self.today);
        self.back.iter().position(|day| *day < start).map_or(Times::REACH, |back| back as u32)
    }

    /// The day so many working days back.
    fn day(&self, back: u32) -> Day {
        self.back.get(back as usize).or(self.back.last()).copied().unwrap_or(self.today)
    }

    /// A moment of that day: office minutes are counted from 8:40 to 11:55 and from 14:30 on.
    fn moment(&self, back: u32, minute: u32) -> Stamp {
        let clock = if minute < 195 { 8 * 60 + 40 + minute } else { 14 * 60 + 30 + (minute - 195).min(200) };
        Stamp::at(self.day(back), clock / 60, clock % 60)
    }
}

/// Everything a record is made from.
struct County<'a> {
    plan: Plan,
    places: Places,
    people: People,
    slots: Slots,
    times: Times,
    workdays: &'a dyn Workdays,
}

/// The county in pieces of at most [`MOST_RECORDS`] records: offices, accounts and majors first, then students, then
/// applications in the order of their numbers. What a piece refers to has come before it.
pub fn county<'a>(
    plan: Plan,
    majors: &[Major],
    workdays: &'a dyn Workdays,
) -> Result<impl Iterator<Item = Seed> + use<'a>, DemoError> {
    if plan.students > MOST_STUDENTS {
        return Err(DemoError::TooMany { students: plan.students });
    }
    let times = Times::new(plan.today.day(), workdays);
    let slots = Slots::deal(plan.seed, plan.students, &times)?;
    let places = Places::found(plan.seed, plan.students, majors)?;
    let mut master: Vec<Seed> = Vec::new();
    for offices in places.offices.chunks(MOST_RECORDS) {
        master.push(Seed { offices: offices.to_vec(), ..Seed::default() });
    }
    for majors in majors.chunks(MOST_RECORDS) {
        let stored = |major: &Major| Major { revision: major.revision.max(1), ..major.clone() };
        master.push(Seed { majors: majors.iter().map(stored).collect(), ..Seed::default() });
    }
    for accounts in places.accounts.chunks(MOST_RECORDS) {
        master.push(Seed { accounts: accounts.to_vec(), ..Seed::default() });
    }
    let county = County { plan, places, people: People::load()?, slots, times, workdays };
    let (watched, batches) = (county.watched(), county.batches());
    let pieces = (0..).map_while(move |piece: usize| county.piece(piece));
    Ok(master.into_iter().chain(pieces).chain([batches, watched]))
}

impl County<'_> {
    /// The `piece`th piece of students and applications; none after the last.
    fn piece(&self, piece: usize) -> Option<Seed> {
        let students = self.plan.students as usize;
        let of_students = students.div_ceil(MOST_RECORDS);
        if piece < of_students {
            let from = piece * MOST_RECORDS;
            let until = students.min(from + MOST_RECORDS);
            let students = (from..until).map(|index| self.student(index as u32)).collect();
            return Some(Seed { students, ..Seed::default() });
        }
        let slots = self.slots.list.chunks(MOST_RECORDS).nth(piece - of_students)?;
        let applications = slots.iter().map(|slot| self.application(slot)).collect();
        Some(Seed { applications, ..Seed::default() })
    }
}

/// A day that exists; others become the first of the era, which no caller asks for.
fn date(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// The year in which the school year of `today` began; schools have registered their new pupils by the end of September.
fn school_year(today: Day) -> i32 {
    if (today.month(), today.day()) >= (9, 30) { today.year() } else { today.year() - 1 }
}
