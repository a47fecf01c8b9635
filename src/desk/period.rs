//! Periods that an account saves for the board: its own, seen by nobody else, and changing no figure.

use super::{Asked, Refused, State, Writes, bounded};
use crate::model::{AccountId, BoardPeriods, Record, RecordKey, SavedPeriod, Write};
use crate::store::StoreError;
use serde_json::{Value, json};

/// Most periods of one account.
const MOST: usize = 20;
/// Longest name, in characters.
const LONGEST_NAME: usize = 12;
/// Longest period, in days: ten years, as the board answers.
const LONGEST: i64 = 3_660;

/// The saved periods of an account.
pub fn periods(state: &State<'_>, account: &AccountId) -> Result<BoardPeriods, StoreError> {
    Ok(match state.get(&RecordKey::BoardPeriods(account.clone()))? {
        Some(Record::BoardPeriods(of)) => of,
        _ => BoardPeriods { account: account.clone(), revision: 0, periods: Vec::new() },
    })
}

/// Saves a period, or saves it anew under the same name.
pub(super) fn save(state: &State<'_>, asked: &Asked<'_>, of: &SavedPeriod) -> Result<(Writes, Value), Refused> {
    let name = bounded("名称", &of.name)?;
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_whitespace) {
        return Err(Refused::Input(format!("时段的名称须为1至{LONGEST_NAME}个字，中间没有空格")));
    }
    if of.from > of.until || (of.until - of.from).num_days() > LONGEST {
        return Err(Refused::Input(format!("时段 {} 至 {} 不成立：止日须不早于起日，最长十年", of.from, of.until)));
    }
    let mut all = periods(state, &asked.actor.account)?;
    all.periods.retain(|period| period.name != name);
    if all.periods.len() >= MOST {
        return Err(Refused::Input(format!("已存{MOST}个时段，请先删去不用的")));
    }
    all.periods.push(SavedPeriod { name: name.clone(), from: of.from, until: of.until });
    all.periods.sort_by(|a, b| a.name.cmp(&b.name));
    let total = all.periods.len();
    Ok((write(all), json!({ "name": name, "total": total })))
}

/// Forgets a saved period.
pub(super) fn drop_period(state: &State<'_>, asked: &Asked<'_>, name: &str) -> Result<(Writes, Value), Refused> {
    let (name, mut all) = (name.trim(), periods(state, &asked.actor.account)?);
    let before = all.periods.len();
    all.periods.retain(|period| period.name != name);
    if all.periods.len() == before {
        return Err(Refused::NotFound(format!("没有存过名为“{name}”的时段")));
    }
    let total = all.periods.len();
    Ok((write(all), json!({ "name": name, "total": total })))
}

fn write(mut all: BoardPeriods) -> Writes {
    let based_on = all.revision;
    all.revision += 1;
    vec![Write { record: Record::BoardPeriods(all), based_on }]
}
