//! Every rule as data, in the order of the regulation, one file per chapter. A rule stands under a heading with its
//! article; its texts are our own plain words. What the regulation says is `Source::Text`, what had to be derived
//! so that it can work is `Source::Derived` (推导), and screens say which.
//!
//! The table holds what acts in this program: a rule whose facts are not kept yet is not listed as built.
//!
//! | file | holds |
//! |---|---|
//! | `chapter1` | 通知 and 第一章 总则: Articles 1–4 |
//! | `article5` | 第五条, its longest: who is competent, two posts |
//! | `article6`, `article9`, `article10` | 第六条 to 第十条: registration, filing, form and length of study |
//! | `article8` | 第八条: who is registered twice |
//! | `joining` | 第十二、十五条: from junior high, general high and technical schools; joint schooling |
//! | `article12length` | what 第十二条 says of length of study |
//! | `article12`, `article14` | 第十二条, 第十四条: transfers, changes of major, of personal information |
//! | `chapter3` | 第三章 在校生电子学籍维护管理: Articles 11–16 |
//! | `study` | 第九条 full-time and part-time; how long one studies: parts of Articles 12 and 13 |
//! | `chapter4`, `graduation` | 第四章 学生毕业信息管理: Articles 17–20 |
//! | `upkeep` | 第一、三、九、十三、十六条: paper files, head counts, absences, demands from above, the check of a semester |
//! | `chapter6`, `negative_list` | Articles 21–23 and the negative list |
//! | `chapter7` | 第七章 附则: Articles 24–26 |
//! | `outside` | 第十二、十五、十六条: across provinces, joint schooling, the other systems |
//! | `windows` | the dates of a year: Articles 16 and 17 |
//! | `readings` | how we read what can be read in more than one way, by date |
//! | `general` | rules of time that rest on general law, not on the regulation |

mod article10;
mod article12;
mod article12length;
mod article14;
mod article5;
mod article6;
mod article8;
mod article9;
mod chapter1;
mod chapter3;
mod chapter4;
mod chapter6;
mod chapter7;
mod general;
mod graduation;
mod joining;
mod negative_list;
mod outside;
pub mod readings;
mod study;
mod upkeep;
mod windows;

pub use article5::*;
pub use article6::*;
pub use article8::*;
pub use article9::*;
pub use article10::*;
pub use article12::*;
pub use article12length::*;
pub use article14::*;
pub use chapter1::*;
pub use chapter3::*;
pub use chapter4::*;
pub use chapter6::*;
pub use chapter7::*;
pub use general::*;
pub use graduation::*;
pub use joining::*;
pub use negative_list::*;
pub use outside::*;
pub use study::*;
pub use upkeep::*;
pub use windows::*;

use crate::model::{Finding, Severity};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The regulation's number, as refusals cite it (R1.1).
pub const REGULATION: &str = "教职成〔2021〕115号";

/// The day the regulation came into force (Art. 26).
pub const IN_FORCE: &str = "2021-04-12";

/// What a rule does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum RuleKind {
    /// Refuses.
    Block,
    /// A duty with a countdown.
    Deadline,
    /// From one date to another.
    Window,
    /// Who decides.
    Route,
    /// A figure or a date.
    Compute,
    /// Raises a finding when facts do not fit.
    Check,
    /// Warns.
    Warn,
    /// Raises an alert of the negative list from single facts.
    Detect,
    /// Raises an alert of the negative list from a number.
    Count,
    /// A change of status.
    State,
    /// Must be kept.
    Record,
    /// Must be shown.
    Display,
    /// Who may see or do.
    Access,
    /// What the program itself must not do.
    Limit,
}

/// Where a rule comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// The regulation says so.
    Text,
    /// Our reading (推导), so that what it says can work.
    Derived,
}

/// One rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Its id, `R13.7`.
    pub id: &'static str,
    /// Its article: `13`; `通知` for the covering notice; `-` for general law.
    pub article: &'static str,
    /// What it does.
    pub kind: RuleKind,
    /// Text or derived.
    pub source: Source,
    /// How hard its findings are unless the case says otherwise.
    pub severity: Severity,
    /// Heading.
    pub title: &'static str,
    /// What it says, in our words.
    pub summary: &'static str,
    /// What is the matter when it is not met, without the facts of a case.
    #[serde(skip)]
    pub because: &'static str,
    /// What to do then.
    pub remedy: &'static str,
    /// Commands and screens where it acts.
    pub acts: &'static [&'static str],
    /// Why there is nothing to compute, where what it asks for is carried by a field, a screen or an absence.
    pub nothing_to_compute: Option<&'static str>,
    /// The day from which it is in force.
    pub in_force: &'static str,
}

impl Rule {
    /// What the rule found, as hard as the rule is.
    pub fn finding(&self, because: impl Into<String>, remedy: impl Into<String>, facts: &[(&str, String)]) -> Finding {
        self.finding_as(self.severity, because, remedy, facts)
    }

    /// What the rule found, as a refusal (拒绝).
    pub fn refuse(&self, because: impl Into<String>, remedy: impl Into<String>, facts: &[(&str, String)]) -> Finding {
        self.finding_as(Severity::Block, because, remedy, facts)
    }

    /// What the rule found, with a severity that the case calls for.
    pub fn finding_as(
        &self,
        severity: Severity,
        because: impl Into<String>,
        remedy: impl Into<String>,
        facts: &[(&str, String)],
    ) -> Finding {
        Finding {
            rule: Cow::Borrowed(self.id),
            article: Cow::Borrowed(self.article),
            severity,
            derived: self.source == Source::Derived,
            because: because.into(),
            remedy: remedy.into(),
            facts: facts.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect::<BTreeMap<_, _>>(),
        }
    }

    /// Its article as people cite it: `第13条`, `通知`, `一般法律`.
    pub fn cited(&self) -> String {
        match self.article {
            "-" => "一般法律".to_owned(),
            "通知" => "通知".to_owned(),
            item if item.starts_with("FM") => format!("负面清单{item}"),
            article => format!("第{article}条"),
        }
    }
}

/// All rules, in the order of the regulation; those resting on general law last.
pub static ALL: &[&Rule] = &[
    &R0_1, &R1_1, &R1_2, &R1_3, &R2_1, &R2_2, &R2_3, &R3_1, &R3_2, &R3_3, &R3_4, &R4_1, &R4_2, &R4_3, &R5_1, &R5_2,
    &R5_3, &R5_4, &R5_5, &R5_6, &R5_7, &R5_8, &R5_9, &R5_10, &R5_11, &R5_12, &R6_1, &R6_2, &R6_3, &R6_4, &R6_5, &R6_6,
    &R6_7, &R6_8, &R6_9, &R7_1, &R7_2, &R7_3, &R7_4, &R7_5, &R7_6, &R7_7, &R8_1, &R8_2, &R8_3, &R8_4, &R8_5, &R8_6,
    &R9_1, &R9_2, &R9_3, &R9_4, &R9_5, &R10_1, &R10_2, &R10_3, &R10_4, &R10_5, &R10_6, &R10_7, &R10_8, &R11_1, &R11_2,
    &R11_3, &R12_1, &R12_2, &R12_3, &R12_4, &R12_5, &R12_6, &R12_7, &R12_8, &R12_9, &R12_10, &R12_11, &R12_12, &R12_13,
    &R12_14, &R12_15, &R12_16, &R12_17, &R12_18, &R12_19, &R12_20, &R12_21, &R12_22, &R13_1, &R13_2, &R13_3, &R13_4,
    &R13_5, &R13_6, &R13_7, &R13_8, &R13_9, &R13_10, &R14_1, &R14_2, &R14_3, &R14_4, &R14_5, &R15_1, &R15_2, &R15_3,
    &R16_1, &R16_2, &R16_3, &R16_4, &R16_5, &R16_6, &R17_1, &R17_2, &R17_3, &R17_4, &R17_5, &R17_6, &R17_7, &R17_8,
    &R17_9, &R18_1, &R18_2, &R18_3, &R18_4, &R18_5, &R19_1, &R19_2, &R20_1, &R20_2, &R20_3, &R20_4, &R20_5, &R21_1,
    &R21_2, &R21_3, &R22_1, &R22_2, &R22_3, &R23_1, &R23_2, &R23_3, &R23_4, &FM1_1, &FM2_1, &FM2_2, &FM3_1, &FM3_2,
    &FM4_1, &FM4_2, &FM5_1, &FM6_1, &FM7_1, &FM8_1, &FM8_2, &R24_1, &R25_1, &R25_2, &R26_1, &X_1, &X_2, &X_3, &X_4,
    &X_5, &X_6, &X_7,
];

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.id.eq_ignore_ascii_case(id))
}

/// The rules of an article, `13`.
pub fn by_article(article: &str) -> impl Iterator<Item = &'static Rule> {
    ALL.iter().copied().filter(move |rule| rule.article == article)
}
