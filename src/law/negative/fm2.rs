//! FM2 未备案招生: registered in a major that the province's list of the cohort does not have for the school. Who was filed
//! stays filed, whatever a later list says; where no list was loaded nothing is said. Advertising is the inspectors'
//! (`entered`).

use super::Found;
use super::dates::season_of;
use crate::law::rules::{FM2_1, IN_FORCE};
use crate::model::{Day, Season, Status, WatchedStudent};

pub(super) fn find(student: &WatchedStudent) -> Option<Found> {
    let in_force: Day = IN_FORCE.parse().unwrap_or(Day::MIN);
    if student.status != Status::Registered || student.filed.is_some() || student.entry < in_force {
        return None;
    }
    let (year, spring) = season_of(student.entry);
    let season = if spring { Season::Spring } else { Season::Autumn };
    let majors = student.offers.get(&(year, season))?;
    (!majors.contains(&student.major)).then(|| {
        let key = format!("major:{year}{}:{}", season.name(), student.major);
        Found::met(&FM2_1, key, format!("注册专业 {} 不在该校{year}年{}招生资质之内", student.major, season.name()))
    })
}
