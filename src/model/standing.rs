//! A school's rating (评级) with its history, and what a D brings (Art. 22, 23).

use super::{AlertId, Day, Item, OfficeId, Signature, Stamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// 评级; A is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Grade {
    /// 优秀
    A,
    /// 正常
    B,
    /// 重点监管对象
    C,
    /// 不合格
    D,
}

impl Grade {
    /// The field's own word for it.
    pub fn name(self) -> &'static str {
        match self {
            Grade::A => "A 优秀",
            Grade::B => "B 正常",
            Grade::C => "C 重点监管",
            Grade::D => "D 不合格",
        }
    }
}

/// Why a school has a rating.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Basis {
    /// The province's rating of a year.
    #[serde(rename = "年度评级")]
    Yearly {
        /// Of which year.
        year: i32,
        /// On what it rests, in the province's words.
        text: String,
    },
    /// 一票否决
    #[serde(rename = "一票否决")]
    Veto {
        /// For what.
        reason: String,
    },
    /// A case of the negative list was found true: D at once.
    #[serde(rename = "负面清单查实")]
    Found {
        /// Which case.
        alert: AlertId,
        /// Under which item.
        item: Item,
    },
}

/// One rating.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rating {
    /// What.
    pub grade: Grade,
    /// From which day.
    pub on: Day,
    /// Why.
    pub basis: Basis,
    /// The province's document; empty until the province has recorded a drop.
    pub document: String,
    /// First and second post.
    pub by: (Signature, Signature),
}

/// What the province decides for the year after (Art. 23).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Measure {
    /// 重点监管
    #[serde(rename = "重点监管")]
    Watch,
    /// 减少 new registrations to a number
    #[serde(rename = "减少")]
    Reduce,
    /// 停止 new registrations
    #[serde(rename = "停止")]
    Stop,
}

impl Measure {
    /// The field's own word for it.
    pub fn name(self) -> &'static str {
        match self {
            Measure::Watch => "重点监管",
            Measure::Reduce => "减少新生注册",
            Measure::Stop => "停止新生注册",
        }
    }
}

/// What can be laid down about a school, by two posts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Ruling {
    /// The rating of a year.
    #[serde(rename = "评级")]
    Rate {
        /// Of which year.
        year: i32,
        /// What.
        grade: Grade,
        /// On what it rests.
        text: String,
    },
    /// 一票否决: D.
    #[serde(rename = "一票否决")]
    Veto {
        /// For what.
        reason: String,
    },
    /// The province records the drop that a finding brought.
    #[serde(rename = "降级备案")]
    Record {
        /// Of which case.
        alert: AlertId,
    },
    /// A sanction of one calendar year.
    #[serde(rename = "处理")]
    Sanction {
        /// Of which year.
        year: i32,
        /// What.
        measure: Measure,
        /// How many may be registered, for 减少.
        #[serde(default)]
        quota: Option<u32>,
    },
    /// 代管: another office or school runs both systems for it.
    #[serde(rename = "代管")]
    Custody {
        /// Who.
        operator: OfficeId,
        /// Number under which the province has it on file.
        filing: String,
    },
    /// 通告: the authority is told to hold persons responsible.
    #[serde(rename = "通告追责")]
    Notify {
        /// Whom.
        to: OfficeId,
        /// What for.
        text: String,
    },
}

impl Ruling {
    /// A name for it.
    pub fn name(&self) -> &'static str {
        match self {
            Ruling::Rate { .. } => "年度评级",
            Ruling::Veto { .. } => "一票否决",
            Ruling::Record { .. } => "降级备案",
            Ruling::Sanction { .. } => "下一年处理",
            Ruling::Custody { .. } => "代管",
            Ruling::Notify { .. } => "通告追责",
        }
    }
}

/// Custody as the first post asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CustodyOrder {
    /// Of which school.
    pub school: OfficeId,
    /// Of its standing, as seen.
    pub revision: u64,
    /// Who runs both systems for it.
    pub operator: OfficeId,
    /// Number under which the province has it on file.
    pub filing: String,
    /// Its document.
    pub document: String,
}

/// The second post's word on what was prepared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RulingDecision {
    /// Of which school.
    pub school: OfficeId,
    /// Of its standing, as seen.
    pub revision: u64,
    /// Agree, or send back.
    pub agree: bool,
    /// Why it is sent back.
    #[serde(default)]
    pub remark: String,
}

/// A ruling that the first post has prepared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Prepared {
    /// What.
    pub ruling: Ruling,
    /// Its document.
    pub document: String,
    /// Who.
    pub by: Signature,
    /// When.
    pub at: Stamp,
}

/// A ruling in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ruled {
    /// What was prepared.
    pub prepared: Prepared,
    /// Who agreed.
    pub by: Signature,
    /// When.
    pub at: Stamp,
}

/// One school's standing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Standing {
    /// Whose.
    pub school: OfficeId,
    /// Counts the changes of this record.
    pub revision: u64,
    /// Ratings, oldest first; the last is in force.
    pub ratings: Vec<Rating>,
    /// Sanctions, custody and notices, oldest first.
    pub rulings: Vec<Ruled>,
    /// What the second post is to speak on.
    pub prepared: Option<Prepared>,
    /// What the second post sent back: what, its remark and name, when.
    pub sent_back: Vec<(Prepared, String, Signature, Stamp)>,
}

impl Standing {
    /// Nothing laid down yet.
    pub fn new(school: OfficeId) -> Self {
        Standing {
            school,
            revision: 0,
            ratings: Vec::new(),
            rulings: Vec::new(),
            prepared: None,
            sent_back: Vec::new(),
        }
    }

    /// The rating in force.
    pub fn rating(&self) -> Option<&Rating> {
        self.ratings.last()
    }

    /// The custody in force: begun, and the school not rated C or better since.
    pub fn custody(&self) -> Option<&Ruled> {
        let last = self.rulings.iter().rev().find(|ruled| matches!(ruled.prepared.ruling, Ruling::Custody { .. }))?;
        let since = last.at.day();
        // The ratings are in order of decision: one of the same day that came before the custody is not a way out.
        let better = self.ratings.iter().any(|rating| rating.grade <= Grade::C && rating.on >= since);
        let still_d = self.rating().is_some_and(|rating| rating.grade == Grade::D);
        (still_d && !better).then_some(last)
    }

    /// The sanction of a year: the province's last word on it.
    pub fn sanction(&self, year: i32) -> Option<(Measure, Option<u32>)> {
        match self.sanctioned(year)?.prepared.ruling {
            Ruling::Sanction { measure, quota, .. } => Some((measure, quota)),
            _ => None,
        }
    }

    /// The decision behind the sanction of a year: who laid it down, and when.
    pub fn sanctioned(&self, year: i32) -> Option<&Ruled> {
        let of_year = |ruled: &&Ruled| matches!(ruled.prepared.ruling, Ruling::Sanction { year: of, .. } if of == year);
        self.rulings.iter().rev().find(of_year)
    }
}
