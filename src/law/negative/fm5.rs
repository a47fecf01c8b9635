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

/// Whether so many differing students of so many in the national system are over the line. In whole numbers: 2.00 %
/// exactly is not more than 2 %.
pub fn is_over(differing: u64, of: u64) -> bool {
    differing.saturating_mul(100) > of.saturating_mul(PERCENT)
}

/// How many more may differ without passing the line; below 0 how many must be cured to be back at it.
pub fn left_to_line(differing: u64, of: u64) -> i64 {
    let most = i64::try_from(of.saturating_mul(PERCENT) / 100).unwrap_or(i64::MAX);
    most.saturating_sub(i64::try_from(differing).unwrap_or(i64::MAX))
}

/// Per cent with three decimals, rounded to the nearest; whether the line is passed is not read off it.
pub fn thousandths(differing: u64, of: u64) -> String {
    let rounded = differing.saturating_mul(100_000).saturating_add(of / 2).checked_div(of).unwrap_or(0);
    format!("{}.{:03}", rounded / 1000, rounded % 1000)
}

pub(super) fn find(facts: &Watched) -> Option<Found> {
    let seen = facts.difference?;
    let (n, of) = (seen.differing, seen.total);
    let key = format!("roster:{}", seen.on);
    let because = format!("{} 比对：{of}人中{n}人不一致（{}）", seen.on, percent(n, of));
    if is_over(n, of) {
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
