//! The supervisor's board (督办): what is asked for, and the figures that come back. Every figure is a count, or a sum
//! with the count it is over, so that whoever adds up the cases behind it comes to the same.

use super::{ApplicationId, Day, Kind, Level, Light, OfficeId, PersonId, Phase, Post, Stamp, Urged};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many working days are left, in steps a supervisor plans by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Left {
    /// 逾期
    Overdue,
    /// 今日
    Today,
    /// One working day.
    One,
    /// Two.
    Two,
    /// Three: the last of 近.
    Three,
    /// Four or five.
    Five,
    /// Six to ten.
    Ten,
    /// More.
    More,
    /// No clock runs.
    None,
}

impl Left {
    /// All, in the order of columns.
    pub const ALL: [Left; 9] =
        [Left::Overdue, Left::Today, Left::One, Left::Two, Left::Three, Left::Five, Left::Ten, Left::More, Left::None];

    /// The step of a clock with this light and so many working days left. What is due on a later day that is not
    /// worked has no working day left and is near: it stands with those that have one.
    pub fn of(light: Light, left: i32) -> Left {
        match (light, left) {
            (Light::None, _) => Left::None,
            (Light::Overdue, _) => Left::Overdue,
            (Light::Today, _) => Left::Today,
            (_, ..=1) => Left::One,
            (_, 2) => Left::Two,
            (_, 3) => Left::Three,
            (_, 4..=5) => Left::Five,
            (_, 6..=10) => Left::Ten,
            _ => Left::More,
        }
    }
}

/// Which cases in hand are meant. What is absent lets everything through.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InHand {
    /// In the hands of this office and of all below it; the asker's own when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeId>,
    /// In the hands of that office itself only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub alone: bool,
    /// Of this kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// With this light.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub light: Option<Light>,
    /// With so many working days left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<Left>,
    /// Due on this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// Reminded in the present round, and still there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reminded: bool,
    /// How many rows to leave out from the top.
    #[serde(default)]
    pub after: u32,
    /// How many rows at most, up to 500.
    #[serde(default = "hundred")]
    pub count: u32,
}

/// Which ended turns are meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ended {
    /// First day of the period.
    pub from: Day,
    /// Its last day, which belongs to it.
    pub until: Day,
    /// Of this office and of all below it; the asker's own when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeId>,
    /// Of that office itself only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub alone: bool,
    /// Prepared or agreed by this person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// In this post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<Post>,
    /// Only late ones.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub late: bool,
    /// How many rows to leave out from the top.
    #[serde(default)]
    pub after: u32,
    /// How many rows at most, up to 500.
    #[serde(default = "hundred")]
    pub count: u32,
}

fn hundred() -> u32 {
    100
}

/// Cases in hand by light.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Lights {
    /// 逾, by the regulation's clocks.
    pub overdue: u32,
    /// Past the end of a reference clock (参考): shown, and never counted as 逾.
    pub reference: u32,
    /// 今
    pub today: u32,
    /// 近
    pub near: u32,
    /// 余
    pub green: u32,
    /// No clock runs: at the starting school, or where the text gives none.
    pub none: u32,
}

impl Lights {
    /// One more.
    pub fn add(&mut self, light: Light, reference: bool) {
        match light {
            Light::Overdue if reference => self.reference += 1,
            Light::Overdue => self.overdue += 1,
            Light::Today => self.today += 1,
            Light::Near => self.near += 1,
            Light::Green => self.green += 1,
            Light::None => self.none += 1,
        }
    }

    /// All of them.
    pub fn total(&self) -> u32 {
        self.overdue + self.reference + self.today + self.near + self.green + self.none
    }
}

/// One line of the board: an office, alone or with all below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BoardOffice {
    /// Which.
    pub office: OfficeId,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// Whether it has accounts here; the hands of one that has none are recorded by others.
    pub here: bool,
    /// Whether what lies below it is counted with it, and can be looked into.
    pub below: bool,
    /// Cases in hand.
    pub lights: Lights,
    /// Working days by which the latest is late; 0 where none is.
    pub longest: u32,
    /// Cases that were reminded in their present round.
    pub reminded: u32,
    /// New students who are not filed yet (已注册未备案); of schools.
    pub unfiled: u32,
}

/// One line of the grid of kinds and days left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BoardKind {
    /// Which.
    pub kind: Kind,
    /// Cases, by [`Left`] in its order. Reference clocks stand with the others here.
    pub left: [u32; 9],
}

/// What is in hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BoardSummary {
    /// Whose board.
    pub office: OfficeId,
    /// Its name.
    pub name: String,
    /// The office above it, within what the asker may see.
    pub above: Option<OfficeId>,
    /// The day it was counted on.
    pub day: Day,
    /// All lines together.
    pub total: Lights,
    /// Cases that were reminded in their present round.
    pub reminded: u32,
    /// The office itself, then each below it.
    pub offices: Vec<BoardOffice>,
    /// By kind, those that occur.
    pub kinds: Vec<BoardKind>,
}

/// One case on a list of the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BoardCase {
    /// Which.
    pub id: ApplicationId,
    /// Kind.
    pub kind: Kind,
    /// Where it stands.
    pub phase: Phase,
    /// The student's name; masked when the record lies outside of what the asker may see.
    pub student: String,
    /// Whether the case can be opened by the asker.
    pub open: bool,
    /// The starting school.
    pub school: String,
    /// In whose hands.
    pub office: OfficeId,
    /// Its name.
    pub hand: String,
    /// Its level.
    pub level: Level,
    /// The post whose word it waits for; of an ended turn, none.
    pub waits: Option<Post>,
    /// Who has it open just now.
    pub claimed: Option<String>,
    /// When it reached the hand.
    pub arrived: Day,
    /// Last day of the clock.
    pub due: Option<Day>,
    /// Light today; of an ended turn, on its last day.
    pub light: Light,
    /// Working days left, negative when overdue; of an ended turn, at its end.
    pub left: i32,
    /// Working days used, for an ended turn.
    pub used: Option<u32>,
    /// When it ended, for an ended turn.
    pub ended: Option<Day>,
    /// A reference clock (参考).
    pub reference: bool,
    /// Which round of this hand it is, from 1.
    pub round: u32,
    /// Reminders.
    pub urged: Urged,
}

/// A window of such a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BoardCases {
    /// How many there are in all.
    pub total: u32,
    /// The window.
    pub items: Vec<BoardCase>,
    /// How many to leave out to get what follows; none at the end.
    pub next: Option<u32>,
}

/// What falls due on one working day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DueDay {
    /// Which day.
    pub date: Day,
    /// By the regulation's clocks.
    pub due: u32,
    /// By reference clocks (参考).
    pub reference: u32,
    /// Days off that follow it directly: a peak before a holiday is seen in time.
    pub off_after: u32,
    /// In a year whose calendar is not loaded (暂定).
    pub provisional: bool,
}

/// New students who are not filed yet, of one intake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unfiled {
    /// Last day on which they can be filed (Art. 6): 20 December or 20 May.
    pub cutoff: Day,
    /// How many.
    pub students: u32,
    /// Calendar days left; negative when the day is over.
    pub left: i32,
}

/// What falls due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Forecast {
    /// The next twenty working days, today first if it is one.
    pub days: Vec<DueDay>,
    /// Due later than that.
    pub later: u32,
    /// Unfiled new students, by the day they must be filed.
    pub unfiled: Vec<Unfiled>,
}

/// How turns ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rate {
    /// Turns that ended with a decision and count: the regulation's clock, a hand of its own.
    pub ended: u32,
    /// Of these, ended on or before the last day.
    pub in_time: u32,
    /// Working days used, all together.
    pub used: u32,
    /// Working days late, all together.
    pub late_days: u32,
    /// Of these, returned for correction.
    pub returned: u32,
    /// Turns that ended in the period and count in no rate: no clock or a reference clock, or recorded for a hand that
    /// is not here.
    pub left_out: u32,
}

impl Rate {
    /// Late ones.
    pub fn late(&self) -> u32 {
        self.ended - self.in_time
    }

    /// In time of ended, in tenths of a per cent, rounded; none where nothing ended.
    pub fn per_mille(&self) -> Option<u32> {
        (self.ended > 0).then(|| (self.in_time * 2000 + self.ended) / (self.ended * 2))
    }

    /// Working days used by one, in tenths, rounded; none where nothing ended.
    pub fn mean_tenths(&self) -> Option<u32> {
        (self.ended > 0).then(|| (self.used * 20 + self.ended) / (self.ended * 2))
    }
}

/// The rate of an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfficeRate {
    /// Which.
    pub office: OfficeId,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// Whether what lies below it is counted with it.
    pub below: bool,
    /// The figures.
    pub rate: Rate,
    /// In hand and past due today, by the regulation's clocks: a rate says nothing of what has not ended.
    pub overdue_now: u32,
}

/// The rate of a person in a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClerkRate {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Where.
    pub office: OfficeId,
    /// The office's name.
    pub office_name: String,
    /// In which post: the first post prepared the word that ended the turn, the second agreed to it. One clock covers
    /// both.
    pub post: Post,
    /// The figures.
    pub rate: Rate,
}

/// Rates over a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rates {
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// All lines together.
    pub total: Rate,
    /// The office itself, then each below it.
    pub offices: Vec<OfficeRate>,
    /// Persons of the offices in sight, the most turns first; at most 200.
    pub clerks: Vec<ClerkRate>,
    /// How many persons there are in all.
    pub clerks_total: u32,
}

/// A reminder as the desks of the hand hear of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reminded {
    /// Which application.
    pub application: ApplicationId,
    /// Who.
    pub by: String,
    /// From which office.
    pub office: OfficeId,
    /// What was said.
    pub text: String,
    /// When.
    pub at: Stamp,
}
