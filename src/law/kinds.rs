//! The kinds of application as a table. The kinds of Art. 13 differ in statuses, materials and counter-application
//! only: a new one is a row.

use super::rules::{
    R2_2, R2_3, R5_7, R5_12, R11_1, R11_2, R11_3, R12_7, R12_13, R13_1, R13_2, R13_3, R13_7, R13_10, R17_6, R25_2,
    Rule, X_1, X_2, X_3, X_4, X_6, X_7,
};
use crate::model::{Kind, Status};

/// A material (证明材料) a kind asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Material {
    /// Its name.
    pub name: &'static str,
    /// Without it the application cannot be submitted.
    pub required: bool,
    /// What the demand rests on.
    pub basis: &'static Rule,
}

/// The time a hand is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    /// The rule that gives it.
    pub rule: &'static Rule,
    /// Working days.
    pub budget: u32,
}

/// What is particular to a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindRow {
    /// The kind.
    pub kind: Kind,
    /// Chinese name.
    pub name_zh: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// Its article.
    pub article: &'static str,
    /// The rules that act on it, in the order of the regulation.
    pub rules: &'static [&'static Rule],
    /// Statuses it can start from.
    pub from: &'static [Status],
    /// Status once granted; none when the status stays.
    pub to: Option<Status>,
    /// What the starting school is given; the text gives none for the kinds of Art. 13.
    pub school_time: Option<Time>,
    /// What the competent authority is given.
    pub authority_time: Option<Time>,
    /// Materials.
    pub materials: &'static [Material],
    /// The application that undoes it once granted: an agreed decision of the last hand is not taken back.
    pub counter: Option<&'static str>,
    /// May run beside another open change of status.
    pub beside_others: bool,
}

impl KindRow {
    /// The materials without which it cannot be submitted.
    pub fn required(&self) -> impl Iterator<Item = &'static Material> {
        self.materials.iter().filter(|material| material.required)
    }

    /// The statuses it can start from, for people: `在读`.
    pub fn from_words(&self) -> String {
        self.from.iter().map(|status| status_word(*status)).collect::<Vec<_>>().join("、")
    }
}

/// Ten working days for the authority: every kind of Art. 13 has the same.
const ARTICLE_13: Option<Time> = Some(Time { rule: &R13_2, budget: 10 });

/// 休学. The regulation lists no materials for it and limits neither its length nor how often it is granted.
static SUSPENSION: KindRow = KindRow {
    kind: Kind::Suspension,
    name_zh: "休学",
    name_en: "Suspension",
    article: "13",
    rules: &[
        &R2_2, &R2_3, &R5_7, &R5_12, &R11_1, &R11_2, &R11_3, &R12_7, &R12_13, &R13_1, &R13_2, &R13_3, &R13_7, &R13_10,
        &R17_6, &R25_2, &X_1, &X_2, &X_3, &X_4, &X_6, &X_7,
    ],
    from: &[Status::Enrolled],
    to: Some(Status::Suspended),
    school_time: None,
    authority_time: ARTICLE_13,
    // No list in the text (R13.3): one proof of any form is enough.
    materials: &[Material { name: "休学事由证明材料", required: true, basis: &R13_1 }],
    counter: Some("复学"),
    beside_others: false,
};

/// All rows.
pub static ALL: &[&KindRow] = &[&SUSPENSION];

/// The row of a kind.
pub fn row(kind: Kind) -> &'static KindRow {
    match kind {
        Kind::Suspension => &SUSPENSION,
    }
}

/// A status as the screen and the JSON write it.
pub fn status_word(status: Status) -> &'static str {
    match status {
        Status::Registered => "已注册未备案",
        Status::Enrolled => "在读",
        Status::Suspended => "休学",
        Status::Withdrawn => "退学",
        Status::Cancelled => "注销",
        Status::Deceased => "死亡",
        Status::Graduated => "毕业",
        Status::Completed => "结业",
        Status::StageEnded => "中职段期满",
    }
}
