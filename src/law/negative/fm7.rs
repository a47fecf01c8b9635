//! FM7 无学籍空挂: registered but not filed after the cutoff of the cohort. Before it, it is work to do and no fault.
//! Those in class without any file are seen by inspectors (`entered`).

use super::Found;
use super::dates::{filing_cutoff, season_of};
use crate::law::rules::{FM7_1, IN_FORCE};
use crate::model::{Day, Status, WatchedStudent};

/// Days before the cutoff from which it is said to be near; an earlier reminder is no added condition (Art. 25).
const NEAR: i64 = 30;

pub(super) fn find(student: &WatchedStudent, today: Day) -> Option<Found> {
    if student.status != Status::Registered || student.filed.is_some() {
        return None;
    }
    let cutoff = filing_cutoff(student.entry);
    let in_force: Day = IN_FORCE.parse().unwrap_or(Day::MIN);
    if cutoff < in_force {
        return None;
    }
    let (year, spring) = season_of(student.entry);
    let season = if spring { "春" } else { "秋" };
    let key = format!("cohort:{year}{season}");
    let because = format!("{year}年{season}季新生，已注册未备案");
    if today > cutoff {
        return Some(Found::met(&FM7_1, key, format!("{because}，备案已于 {cutoff} 截止")));
    }
    let left = (cutoff - today).num_days();
    (left <= NEAR).then(|| Found::near(&FM7_1, key, because, format!("备案 {cutoff} 截止，还有{left}天")))
}
