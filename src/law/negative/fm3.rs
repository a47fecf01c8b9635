//! FM3 学籍重复: the third reminder without an answer; or a double file, the student not at school, and no explanation.
//! What is being settled under Art. 8 is no matter of the list yet; a retained junior file is none at all.

use super::{Cases, Found};
use crate::law::rules::{FM3_1, FM3_2};
use crate::model::{Alert, Item, WatchedStudent};

/// Reminders without an answer that meet the item.
pub(super) const REMINDERS: u32 = 3;

pub(super) fn find(student: &WatchedStudent, cases: &Cases<'_>, away: bool) -> Option<Found> {
    let other = student.doubles.first()?;
    if !student.status.is_live() || student.in_dispute {
        return None;
    }
    let key = format!("double:{other}");
    let more = match student.doubles.len() {
        1 => String::new(),
        n => format!("等{n}份"),
    };
    let what = format!("证件号与另一份在籍学籍 {other}{more}相同");
    Some(judge(cases.on(Item::Duplicate, &key), key, &what, away))
}

/// A double file as it stands with the reminders and explanations of its case.
pub(super) fn judge(case: Option<&Alert>, key: String, what: &str, away: bool) -> Found {
    let unanswered = case.map_or(0, Alert::unanswered);
    let explained = case.is_some_and(|case| !case.explanations.is_empty());
    if unanswered >= REMINDERS {
        let because = format!("{what}；已提醒{unanswered}次，学校未申报也未删除");
        return Found::met(&FM3_2, key, because);
    }
    if away && !explained {
        return Found::met(&FM3_1, key, format!("{what}；学生不在校，学校没有说明原因"));
    }
    let distance = format!("未答复的提醒{unanswered}次，到{REMINDERS}次即触发，还差{}次", REMINDERS - unanswered);
    Found::near(&FM3_2, key, what.to_owned(), distance)
}
