//! The kinds of application as a table. The kinds of Art. 13 differ in statuses, materials and counter-application
//! only: a new one is a row.

use super::kinds_of_study as study;
use super::rules::{
    R2_2, R2_3, R5_3, R5_7, R5_12, R11_1, R11_2, R11_3, R12_1, R12_2, R12_3, R12_4, R12_5, R12_7, R12_13, R12_14,
    R12_21, R13_1, R13_2, R13_3, R13_7, R13_9, R13_10, R14_1, R14_2, R14_3, R14_4, R14_5, R17_6, R17_7, R25_2, Rule,
    X_1, X_2, X_3, X_4, X_6, X_7,
};
use super::{duplicates, joining, outside};
use crate::model::{Kind, Status};

/// A material (证明材料) a kind asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Material {
    /// Its name.
    pub name: &'static str,
    /// Demanded under this very name by the text; otherwise one proof of any form is enough (R13.3).
    pub exact: bool,
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
    /// The statuses it can start from, for people: `在读`.
    pub fn from_words(&self) -> String {
        self.from.iter().map(|status| status.name()).collect::<Vec<_>>().join("、")
    }
}

/// Ten working days for the authority: every kind of Art. 13 has the same.
pub(super) const ARTICLE_13: Option<Time> = Some(Time { rule: &R13_2, budget: 10 });

/// 休学. The regulation limits neither its length nor how often it is granted.
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
    materials: &[Material { name: "休学事由证明材料", exact: false, basis: &R13_1 }],
    counter: Some("复学"),
    beside_others: false,
};

/// 复学. Only from 休学.
static RESUMPTION: KindRow = KindRow {
    kind: Kind::Resumption,
    name_zh: "复学",
    name_en: "Resumption",
    article: "13",
    rules: &[
        &R2_2, &R2_3, &R5_7, &R5_12, &R11_1, &R11_2, &R11_3, &R12_7, &R13_1, &R13_2, &R13_3, &R13_7, &R13_10, &R17_6,
        &R25_2, &X_1, &X_2, &X_3, &X_4, &X_6, &X_7,
    ],
    from: &[Status::Suspended],
    to: Some(Status::Enrolled),
    school_time: None,
    authority_time: ARTICLE_13,
    materials: &[Material { name: "复学证明材料", exact: false, basis: &R13_1 }],
    counter: Some("休学"),
    beside_others: false,
};

/// 留级. Three years in all (Art. 17).
static REPETITION: KindRow = KindRow {
    kind: Kind::Repetition,
    name_zh: "留级",
    name_en: "Repeating a year",
    article: "13",
    rules: &[
        &R2_2, &R2_3, &R5_7, &R5_12, &R11_1, &R11_2, &R11_3, &R12_7, &R13_1, &R13_2, &R13_3, &R13_7, &R13_10, &R17_6,
        &R17_7, &R25_2, &X_1, &X_2, &X_3, &X_4, &X_6, &X_7,
    ],
    from: &[Status::Enrolled],
    to: None,
    school_time: None,
    authority_time: ARTICLE_13,
    materials: &[Material { name: "留级事由证明材料", exact: false, basis: &R13_1 }],
    counter: None,
    beside_others: false,
};

/// 转专业. Never in the graduating year.
static MAJOR_CHANGE: KindRow = KindRow {
    kind: Kind::MajorChange,
    name_zh: "转专业",
    name_en: "Change of major",
    article: "13",
    rules: &[
        &R2_2, &R2_3, &R5_3, &R5_7, &R5_12, &R11_1, &R11_2, &R11_3, &R12_7, &R12_21, &R13_1, &R13_2, &R13_3, &R13_7,
        &R13_9, &R25_2, &X_1, &X_2, &X_3, &X_4, &X_6, &X_7,
    ],
    from: &[Status::Enrolled],
    to: None,
    school_time: None,
    authority_time: ARTICLE_13,
    materials: &[Material { name: "转专业申请", exact: false, basis: &R13_1 }],
    counter: Some("转专业"),
    beside_others: false,
};

/// 退学. Never while compulsory education lasts (Art. 12).
static WITHDRAWAL: KindRow = KindRow {
    kind: Kind::Withdrawal,
    name_zh: "退学",
    name_en: "Withdrawal",
    article: "13",
    rules: &[
        &R2_2, &R2_3, &R5_7, &R5_12, &R11_1, &R11_2, &R11_3, &R12_7, &R12_13, &R13_1, &R13_2, &R13_3, &R13_7, &R25_2,
        &X_1, &X_2, &X_3, &X_4, &X_6, &X_7,
    ],
    from: &[Status::Enrolled, Status::Suspended],
    to: Some(Status::Withdrawn),
    school_time: None,
    authority_time: ARTICLE_13,
    materials: &[Material { name: "退学事由证明材料", exact: false, basis: &R13_1 }],
    counter: Some("恢复学籍"),
    beside_others: false,
};

/// 恢复学籍. Back to 在读, and only for one who was filed.
static RESTORATION: KindRow = KindRow {
    kind: Kind::Restoration,
    name_zh: "恢复学籍",
    name_en: "Restoration",
    article: "13",
    rules: &[
        &R2_2, &R2_3, &R5_7, &R5_12, &R11_1, &R11_2, &R11_3, &R12_7, &R13_1, &R13_2, &R13_3, &R13_7, &R25_2, &X_1,
        &X_2, &X_3, &X_4, &X_6, &X_7,
    ],
    from: &[Status::Withdrawn, Status::Cancelled],
    to: Some(Status::Enrolled),
    school_time: None,
    authority_time: ARTICLE_13,
    materials: &[Material { name: "恢复学籍事由证明材料", exact: false, basis: &R13_1 }],
    counter: Some("退学"),
    beside_others: false,
};

/// 注销. After a failed filing it is one act with 退学.
static ANNULMENT: KindRow = KindRow {
    kind: Kind::Annulment,
    name_zh: "注销",
    name_en: "Annulment",
    article: "13",
    rules: &[
        &R2_2, &R2_3, &R5_7, &R5_12, &R11_1, &R11_2, &R11_3, &R12_7, &R12_13, &R13_1, &R13_2, &R13_3, &R13_7, &R25_2,
        &X_1, &X_2, &X_3, &X_4, &X_6, &X_7,
    ],
    from: &[Status::Enrolled, Status::Registered, Status::Withdrawn],
    to: Some(Status::Cancelled),
    school_time: None,
    authority_time: ARTICLE_13,
    materials: &[Material { name: "注销事由证明材料", exact: false, basis: &R13_1 }],
    counter: Some("恢复学籍"),
    beside_others: false,
};

/// 死亡. From any live status; it ends the others.
static DEATH: KindRow = KindRow {
    kind: Kind::Death,
    name_zh: "死亡",
    name_en: "Death",
    article: "13",
    rules: &[
        &R2_2, &R2_3, &R5_7, &R5_12, &R11_1, &R11_2, &R11_3, &R12_7, &R13_1, &R13_2, &R13_3, &R13_7, &R25_2, &X_1,
        &X_2, &X_3, &X_4, &X_6, &X_7,
    ],
    from: &[Status::Registered, Status::Enrolled, Status::Suspended],
    to: Some(Status::Deceased),
    school_time: None,
    authority_time: ARTICLE_13,
    materials: &[Material { name: "死亡证明", exact: false, basis: &R13_1 }],
    counter: None,
    beside_others: true,
};

/// 其他. The list of Art. 11 is open; nothing in the record changes by itself.
static OTHER: KindRow = KindRow {
    kind: Kind::Other,
    name_zh: "其他",
    name_en: "Other",
    article: "13",
    rules: &[
        &R2_2, &R2_3, &R5_7, &R5_12, &R11_1, &R11_2, &R11_3, &R12_7, &R13_1, &R13_2, &R13_3, &R13_7, &R25_2, &X_1,
        &X_2, &X_3, &X_4, &X_6, &X_7,
    ],
    from: &[Status::Registered, Status::Enrolled, Status::Suspended, Status::Withdrawn, Status::Cancelled],
    to: None,
    school_time: None,
    authority_time: ARTICLE_13,
    materials: &[Material { name: "事由证明材料", exact: false, basis: &R13_1 }],
    counter: Some("其他"),
    beside_others: false,
};

/// 信息变更 (Art. 14): two clocks, three papers, and it may run beside a change of status.
static CORRECTION: KindRow = KindRow {
    kind: Kind::Correction,
    name_zh: "信息变更",
    name_en: "Change of information",
    article: "14",
    rules: &[
        &R2_2, &R5_7, &R5_12, &R11_1, &R11_2, &R11_3, &R12_7, &R13_3, &R14_1, &R14_2, &R14_3, &R14_4, &R14_5, &R25_2,
        &X_1, &X_2, &X_3, &X_4, &X_6, &X_7,
    ],
    from: &[
        Status::Registered,
        Status::Enrolled,
        Status::Suspended,
        Status::Withdrawn,
        Status::Cancelled,
        // After 死亡 and at the end of study nothing but what is wrong in the record is put right (R13.7).
        Status::Deceased,
        Status::Graduated,
        Status::Completed,
        Status::StageEnded,
    ],
    to: None,
    school_time: Some(Time { rule: &R14_1, budget: 10 }),
    authority_time: Some(Time { rule: &R14_2, budget: 10 }),
    materials: &[
        Material { name: "派出所户籍单", exact: true, basis: &R14_3 },
        Material { name: "户口簿户主页", exact: true, basis: &R14_3 },
        Material { name: "户口簿本人页", exact: true, basis: &R14_3 },
    ],
    counter: Some("信息变更"),
    beside_others: true,
};

/// 转学 (Art. 12): ten working days for each party, the student's own handwriting, and nothing more.
static TRANSFER: KindRow = KindRow {
    kind: Kind::Transfer,
    name_zh: "转学",
    name_en: "Transfer",
    article: "12",
    rules: &[
        &R2_2, &R2_3, &R5_3, &R5_12, &R11_1, &R11_2, &R11_3, &R12_1, &R12_2, &R12_3, &R12_4, &R12_5, &R12_7, &R12_14,
        &R12_21, &R13_3, &R13_7, &R13_9, &R25_2, &X_1, &X_2, &X_3, &X_4, &X_6, &X_7,
    ],
    // Reading AMB-38: a ban while 休学 stands in other rules only; it is a hint at most.
    from: &[Status::Enrolled, Status::Suspended],
    to: None,
    school_time: Some(Time { rule: &R12_3, budget: 10 }),
    authority_time: Some(Time { rule: &R12_3, budget: 10 }),
    materials: &[Material { name: "转学申请（本人书写）", exact: true, basis: &R12_2 }],
    counter: Some("转学"),
    beside_others: false,
};

/// All rows, in the order of [`Kind::ALL`].
pub static ALL: &[&KindRow] = &[
    &SUSPENSION,
    &RESUMPTION,
    &TRANSFER,
    &outside::MOVE_OUT,
    &outside::MOVE_IN,
    &joining::COMING_OVER,
    &joining::JUNIOR,
    &MAJOR_CHANGE,
    &study::FORM_CHANGE,
    &REPETITION,
    &study::GRADE_SKIP,
    &WITHDRAWAL,
    &RESTORATION,
    &ANNULMENT,
    &DEATH,
    &CORRECTION,
    &duplicates::DUPLICATE,
    &study::EARLY_GRADUATION,
    &study::GRADUATION,
    &OTHER,
];

/// The row of a kind.
pub fn row(kind: Kind) -> &'static KindRow {
    match kind {
        Kind::Suspension => &SUSPENSION,
        Kind::Resumption => &RESUMPTION,
        Kind::Repetition => &REPETITION,
        Kind::MajorChange => &MAJOR_CHANGE,
        Kind::Withdrawal => &WITHDRAWAL,
        Kind::Restoration => &RESTORATION,
        Kind::Annulment => &ANNULMENT,
        Kind::Death => &DEATH,
        Kind::Other => &OTHER,
        Kind::Correction => &CORRECTION,
        Kind::Transfer => &TRANSFER,
        Kind::MoveOut => &outside::MOVE_OUT,
        Kind::MoveIn => &outside::MOVE_IN,
        Kind::FormChange => &study::FORM_CHANGE,
        Kind::GradeSkip => &study::GRADE_SKIP,
        Kind::EarlyGraduation => &study::EARLY_GRADUATION,
        Kind::Graduation => &study::GRADUATION,
        Kind::Duplicate => &duplicates::DUPLICATE,
        Kind::ComingOver => &joining::COMING_OVER,
        Kind::Junior => &joining::JUNIOR,
    }
}

/// Whether two open applications of one student stand in each other's way: one change of status at a time (R13.7).
pub fn clash(one: Kind, other: Kind) -> bool {
    !row(one).beside_others && !row(other).beside_others
}
