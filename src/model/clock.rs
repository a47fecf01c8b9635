//! A deadline as a ledger: what was given, from when, resting on what. Due date, days left and
//! light are computed on reading (`law::clock`) and frozen when the step ends.

use super::Day;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A clock (时限) that was started and has not necessarily ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Clock {
    /// The rule that gives the time, `R13.2`.
    pub rule: Cow<'static, str>,
    /// The article, `13`.
    pub article: Cow<'static, str>,
    /// Working days given.
    pub budget: u32,
    /// The day of the event, which does not count itself.
    pub started: Day,
    /// A reference clock (参考): the text gives no figure; never overdue in rates.
    pub reference: bool,
}

/// The word that carries a deadline's urgency; colour only repeats it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Light {
    /// 逾: past due.
    Overdue,
    /// 今: due today.
    Today,
    /// 近: three working days or fewer.
    Near,
    /// 绿: more than that.
    Green,
    /// No clock runs.
    None,
}

/// A clock read on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClockReading {
    /// Article, as on the clock.
    pub article: Cow<'static, str>,
    /// Rule, as on the clock.
    pub rule: Cow<'static, str>,
    /// Working days given.
    pub budget: u32,
    /// Day of the event.
    pub started: Day,
    /// Last day; it ends at 24:00 Beijing time.
    pub due: Day,
    /// Rests on a year whose calendar is not loaded (暂定).
    pub provisional: bool,
    /// Reference clock (参考).
    pub reference: bool,
    /// Working days left; 0 on the last day, negative when overdue.
    pub left: i32,
    /// The light.
    pub light: Light,
}
