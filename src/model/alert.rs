//! 负面清单 (Art. 21): its eight items, and a record for each matter that falls under one of them or may do so.
//! What the facts say is computed and never stored; what people entered, reminded, explained and found is.

use super::{AlertId, Day, OfficeId, Signature, Stamp, StudentId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// An item of the negative list, edition 2021. There are eight; nobody here can add a ninth (Art. 25).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Item {
    /// 虚假信息注册
    #[serde(rename = "FM1")]
    FalseData,
    /// 未备案招生
    #[serde(rename = "FM2")]
    Unqualified,
    /// 学籍重复
    #[serde(rename = "FM3")]
    Duplicate,
    /// 学籍空挂
    #[serde(rename = "FM4")]
    Absent,
    /// 两系统不符
    #[serde(rename = "FM5")]
    Differing,
    /// 未备案校区
    #[serde(rename = "FM6")]
    UnfiledPlace,
    /// 无学籍空挂
    #[serde(rename = "FM7")]
    Unfiled,
    /// 规模不足
    #[serde(rename = "FM8")]
    TooSmall,
}

impl Item {
    /// All, in the list's order.
    pub const ALL: [Item; 8] = [
        Item::FalseData,
        Item::Unqualified,
        Item::Duplicate,
        Item::Absent,
        Item::Differing,
        Item::UnfiledPlace,
        Item::Unfiled,
        Item::TooSmall,
    ];

    /// Its number in the list: `FM4`.
    pub fn code(self) -> &'static str {
        ["FM1", "FM2", "FM3", "FM4", "FM5", "FM6", "FM7", "FM8"][self as usize]
    }

    /// A short name in our own words.
    pub fn name(self) -> &'static str {
        match self {
            Item::FalseData => "虚假信息注册",
            Item::Unqualified => "未备案招生",
            Item::Duplicate => "学籍重复",
            Item::Absent => "学籍空挂",
            Item::Differing => "两系统不符",
            Item::UnfiledPlace => "未备案校区",
            Item::Unfiled => "无学籍空挂",
            Item::TooSmall => "规模不足",
        }
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A text that names none of the eight items.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no item of the negative list: FM1 to FM8")]
pub struct NoItem(pub String);

impl FromStr for Item {
    type Err = NoItem;
    fn from_str(text: &str) -> Result<Self, NoItem> {
        let found = Item::ALL.into_iter().find(|item| item.code().eq_ignore_ascii_case(text.trim()));
        found.ok_or_else(|| NoItem(text.to_owned()))
    }
}

/// A paper that shows what is true of a person (FM1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum PaperKind {
    /// 身份证
    #[serde(rename = "身份证")]
    IdCard,
    /// 户口簿
    #[serde(rename = "户口簿")]
    Household,
    /// 居住证
    #[serde(rename = "居住证")]
    Residence,
    /// 毕业证书 of the school before
    #[serde(rename = "毕业证书")]
    Diploma,
}

impl PaperKind {
    /// The field's own word for it.
    pub fn name(self) -> &'static str {
        match self {
            PaperKind::IdCard => "身份证",
            PaperKind::Household => "户口簿",
            PaperKind::Residence => "居住证",
            PaperKind::Diploma => "毕业证书",
        }
    }
}

/// What one paper says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// Which.
    pub kind: PaperKind,
    /// What it says in that field.
    pub says: String,
}

/// With what kind of school a file is double (FM3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum OtherKind {
    /// 中职
    #[serde(rename = "中职")]
    Secondary,
    /// 技工
    #[serde(rename = "技工")]
    Technical,
    /// 高校
    #[serde(rename = "高校")]
    University,
}

/// A place of teaching that must be filed with the province (FM6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum PlaceKind {
    /// 校区
    #[serde(rename = "校区")]
    Campus,
    /// 校外教学点
    #[serde(rename = "教学点")]
    OffSite,
    /// 校校合作
    #[serde(rename = "校校合作")]
    Cooperation,
    /// 联合招生
    #[serde(rename = "联合招生")]
    Joint,
    /// 产业学院
    #[serde(rename = "产业学院")]
    Industrial,
}

impl PlaceKind {
    /// The field's own word for it.
    pub fn name(self) -> &'static str {
        match self {
            PlaceKind::Campus => "校区",
            PlaceKind::OffSite => "教学点",
            PlaceKind::Cooperation => "校校合作",
            PlaceKind::Joint => "联合招生",
            PlaceKind::Industrial => "产业学院校区",
        }
    }
}

/// What a case of the negative list is about. New grounds are added at the end: stored bytes hold the position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Ground {
    /// The facts kept here meet the threshold; `key` names them, so that other facts are another matter.
    #[serde(rename = "系统推算")]
    Computed {
        /// Which facts, as the reading named them.
        key: String,
        /// What they were when the case was opened.
        #[serde(default)]
        because: String,
    },
    /// FM1: a field of the file against the papers.
    #[serde(rename = "信息不符")]
    Mismatch {
        /// Which field: 住址, 学历 …
        field: String,
        /// As filed.
        filed: String,
        /// What the papers say; one that agrees is enough.
        papers: Vec<Paper>,
    },
    /// FM2: advertised majors against the published ones.
    #[serde(rename = "宣传不符")]
    Advertised {
        /// Where it was seen.
        place: String,
        /// The names used there.
        names: Vec<String>,
    },
    /// FM2: the student believes to study another major than the registered one.
    #[serde(rename = "专业误认")]
    Believed {
        /// What the student believes.
        major: String,
    },
    /// FM2: an institution without qualification recruits under this school's name (挂靠).
    #[serde(rename = "挂靠")]
    Attached {
        /// Which institution.
        institution: String,
    },
    /// FM3: another file of the same person.
    #[serde(rename = "学籍重复")]
    Double {
        /// At what kind of school.
        with: OtherKind,
        /// Which, in the entering office's words.
        place: String,
        /// Whether the student was found at this school; none when nobody has looked.
        #[serde(default)]
        at_school: Option<bool>,
    },
    /// FM6: taught or recruited at a place without filing.
    #[serde(rename = "未备案场所")]
    Place {
        /// What it is.
        kind: PlaceKind,
        /// Which.
        name: String,
    },
    /// FM7: in class without 学籍.
    #[serde(rename = "无学籍在读")]
    InClass {
        /// The day they were found.
        seen: Day,
        /// Since when they have been in class: the cutoff of registration follows from it.
        entered: Day,
        /// Who, in the inspector's words.
        who: String,
    },
}

impl Ground {
    /// The item it belongs to; none for what was computed, which any item can be.
    pub fn item(&self) -> Option<Item> {
        Some(match self {
            Ground::Computed { .. } => return None,
            Ground::Mismatch { .. } => Item::FalseData,
            Ground::Advertised { .. } | Ground::Believed { .. } | Ground::Attached { .. } => Item::Unqualified,
            Ground::Double { .. } => Item::Duplicate,
            Ground::Place { .. } => Item::UnfiledPlace,
            Ground::InClass { .. } => Item::Unfiled,
        })
    }
}

/// Where a case stands: 疑似 → 查实 or 排除; 查实 → 整改.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Stage {
    /// Entered; being checked.
    #[serde(rename = "疑似")]
    Suspected,
    /// Found true: Art. 23 follows.
    #[serde(rename = "查实")]
    Confirmed,
    /// Found not to be so.
    #[serde(rename = "排除")]
    Dismissed,
    /// Found true, and put right since. The rating it brought stays.
    #[serde(rename = "整改")]
    Remedied,
}

impl Stage {
    /// The field's own word for it.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Suspected => "疑似",
            Stage::Confirmed => "查实",
            Stage::Dismissed => "排除",
            Stage::Remedied => "整改",
        }
    }

    /// Whether the matter is still blocked by it.
    pub fn stands(self) -> bool {
        matches!(self, Stage::Suspected | Stage::Confirmed)
    }
}

/// 提醒: the authority told the school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reminder {
    /// When.
    pub at: Stamp,
    /// Who.
    pub by: Signature,
    /// By what way: 电话, 函 …
    pub channel: String,
    /// What was said.
    pub content: String,
}

/// 说明: the school's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Explanation {
    /// When.
    pub at: Stamp,
    /// Who.
    pub by: Signature,
    /// What it says.
    pub text: String,
}

/// What the first post proposes to find.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Judgement {
    /// To what stage.
    pub to: Stage,
    /// Why, in the office's words.
    pub text: String,
    /// The record of the check.
    pub document: String,
    /// Who.
    pub by: Signature,
    /// When.
    pub at: Stamp,
}

/// A judgement that the second post has spoken on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Judged {
    /// What was proposed, and by whom.
    pub judgement: Judgement,
    /// Whether the second post agreed.
    pub agreed: bool,
    /// Its remark.
    pub remark: String,
    /// Who.
    pub by: Signature,
    /// When.
    pub at: Stamp,
}

/// A case of the negative list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Alert {
    /// Identity.
    pub id: AlertId,
    /// Counts the changes of this record.
    pub revision: u64,
    /// Under which item.
    pub item: Item,
    /// Whose matter it is.
    pub school: OfficeId,
    /// The student, if it is about one.
    pub student: Option<StudentId>,
    /// What it is about.
    pub ground: Ground,
    /// What shows it: number of the inspection record, name of the picture.
    pub document: String,
    /// When it was entered.
    pub opened: Stamp,
    /// Who entered it.
    pub by: Signature,
    /// Where it stands.
    pub stage: Stage,
    /// Reminders, oldest first.
    pub reminders: Vec<Reminder>,
    /// The school's explanations, oldest first.
    pub explanations: Vec<Explanation>,
    /// What the first post proposes just now.
    pub proposal: Option<Judgement>,
    /// What the second post spoke on, oldest first.
    pub judged: Vec<Judged>,
}

impl Alert {
    /// Reminders that count: one a day, and only those since the last explanation (unanswered).
    pub fn unanswered(&self) -> u32 {
        let answered = self.explanations.last().map(|explanation| explanation.at);
        let open = self.reminders.iter().filter(|reminder| answered.is_none_or(|at| reminder.at > at));
        let mut days: Vec<Day> = open.map(|reminder| reminder.at.day()).collect();
        days.dedup();
        u32::try_from(days.len()).unwrap_or(u32::MAX)
    }

    /// The key of the computed facts it was opened on.
    pub fn key(&self) -> Option<&str> {
        match &self.ground {
            Ground::Computed { key, .. } => Some(key),
            _ => None,
        }
    }

    /// The day it was found true, if it was.
    pub fn confirmed_on(&self) -> Option<Day> {
        let found = self.judged.iter().find(|judged| judged.agreed && judged.judgement.to == Stage::Confirmed);
        found.map(|judged| judged.at.day())
    }
}

/// An item that is to be added, or a threshold that is to be moved: refused whoever asks (Art. 25).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DefineItem {
    /// Which.
    pub item: String,
    /// What it is to be.
    #[serde(default)]
    pub text: String,
}
