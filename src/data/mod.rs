//! The tables the program ships with. Facts only; every one can be replaced by what the province issues.
//!
//! | file | holds |
//! |---|---|
//! | `workdays.csv` | days on which the State Council's notices of 2020–2026 depart from the week |
//! | `majors_2021.csv` | the secondary catalogue of 2021 with one later major; which ones are under provincial care (省管) is inferred: all of 医药卫生 and the one of 教育类 |
//! | `regions_henan.csv` | region codes (行政区划代码) of Henan in force, with the education office each answers to |
//! | `codes.csv` | code sets (国标、行标代码) of student records, with other words people write |
//! | `regions_cn.csv` | all national region codes since 1980 with their years, for reading identity numbers |
//! | `names.csv` | parts from which names of invented people are put together |

mod codes;
mod names;
mod region_history;
mod regions;

pub use codes::code_sets;
pub use names::{NamePart, NamePartKind, name_parts};
pub use region_history::region_history;
pub use regions::{Region, RegionLevel, regions};

use crate::model::{CalendarDay, Major, MajorCode};
use serde::Deserialize;

/// Which notices the built-in calendar was made from.
pub const CALENDAR_EDITION: &str = "国务院办公厅通知 2020至2026（内置 2026-11-23）";

const WORKDAYS: &str = include_str!("workdays.csv");
const MAJORS: &str = include_str!("majors_2021.csv");

/// A built-in table that does not read.
#[derive(Debug, thiserror::Error)]
#[error("内置数据 {table} 读不出：{why}；请重新安装程序")]
pub struct DataError {
    /// The file.
    pub table: &'static str,
    /// Line and column.
    pub why: csv::Error,
}

/// One line of the majors file.
#[derive(Deserialize)]
struct MajorLine {
    code: String,
    name: String,
    category: String,
    provincial_managed: u8,
}

/// The days of the built-in calendar.
pub fn calendar_days() -> Result<Vec<CalendarDay>, DataError> {
    read("workdays.csv", WORKDAYS)
}

/// The built-in majors, not stored yet (revision 0).
pub fn majors() -> Result<Vec<Major>, DataError> {
    let lines: Vec<MajorLine> = read("majors_2021.csv", MAJORS)?;
    Ok(lines
        .into_iter()
        .map(|line| Major {
            code: MajorCode(line.code),
            revision: 0,
            name: line.name,
            category: line.category,
            provincial: line.provincial_managed == 1,
        })
        .collect())
}

fn read<T: for<'de> Deserialize<'de>>(table: &'static str, text: &str) -> Result<Vec<T>, DataError> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|why| DataError { table, why })
}
