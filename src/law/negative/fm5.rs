//! FM5 两系统不符: more than two in a hundred of the students in the national system differ; each counts once, whatever
//! the number of fields, and so does one who is on one side only (reading AMB-23).

use super::Found;
use crate::law::rules::FM5_1;
use crate::model::Watched;

/// Differing students in a hundred that are still no matter of the list.
const PERCENT: u64 = 2;

/// Per cent with two decimals, rounded down: a figure on the line is never shown as if it were over it.
fn percent(n: u64, of: u64) -> String {
    let hundredths = n.saturating_mul(10_000).checked_div(of).unwrap_or(0);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

pub(super) fn find(facts: &Watched) -> Option<Found> {
    let seen = facts.difference?;
    let (n, of) = (seen.differing, seen.total);
    let key = format!("roster:{}", seen.on);
    let because = format!("{} 比对：{of}人中{n}人不一致（{}）", seen.on, percent(n, of));
    // In whole numbers: 2.00 % exactly is not more than 2 %.
    if n.saturating_mul(100) > of.saturating_mul(PERCENT) {
        return Some(Found { count: u32::try_from(n).unwrap_or(u32::MAX), ..Found::met(&FM5_1, key, because) });
    }
    // The nearer half of the way is worth a word.
    let most = of.saturating_mul(PERCENT) / 100;
    (n.saturating_mul(200) > of.saturating_mul(PERCENT)).then(|| {
        let near =
            Found::near(&FM5_1, key, because, format!("超过{PERCENT}%即触发，再有{}人不一致即超过", most - n + 1));
        Found { count: u32::try_from(n).unwrap_or(u32::MAX), ..near }
    })
}

pub(super) fn clear_words(facts: &Watched) -> String {
    match facts.difference {
        None => "未载入全国学生系统名单，尚不能计算".to_owned(),
        Some(seen) => {
            format!(
                "{} 比对：{}人中{}人不一致（{}）",
                seen.on,
                seen.total,
                seen.differing,
                percent(seen.differing, seen.total)
            )
        }
    }
}
