//! The kinds that change how or how long somebody studies, and how it ends: rows of the table in [`super::kinds`].

use super::kinds::{ARTICLE_13, KindRow, Material};
use super::rules::{
    R2_2, R2_3, R5_3, R5_7, R5_12, R9_3, R11_1, R11_2, R11_3, R12_7, R12_17, R13_1, R13_2, R13_3, R13_7, R13_8, R13_10,
    R17_2, R17_9, R18_1, R18_3, R25_2, X_1, X_2, X_3, X_4, X_6, X_7,
};
use crate::model::{Kind, Status};

/// 转学习形式. Part-time study needs a plan, full-time study its length.
pub(super) static FORM_CHANGE: KindRow = KindRow {
    kind: Kind::FormChange,
    name_zh: "转学习形式",
    name_en: "Change of study form",
    article: "13",
    rules: &[
        &R2_2, &R2_3, &R5_7, &R5_12, &R9_3, &R11_1, &R11_2, &R11_3, &R12_7, &R13_1, &R13_2, &R13_3, &R13_7, &R13_8,
        &R25_2, &X_1, &X_2, &X_3, &X_4, &X_6, &X_7,
    ],
    from: &[Status::Enrolled],
    to: None,
    school_time: None,
    authority_time: ARTICLE_13,
    materials: &[Material { name: "转学习形式申请", exact: false, basis: &R13_1 }],
    counter: Some("转学习形式"),
    beside_others: false,
};

/// 跳级. Named by the text and not described: one grade, one year.
pub(super) static GRADE_SKIP: KindRow = KindRow {
    kind: Kind::GradeSkip,
    name_zh: "跳级",
    name_en: "Skipping a grade",
    article: "13",
    rules: &[
        &R2_2, &R2_3, &R5_7, &R5_12, &R11_1, &R11_2, &R11_3, &R12_7, &R13_1, &R13_2, &R13_3, &R13_7, &R13_10, &R25_2,
        &X_1, &X_2, &X_3, &X_4, &X_6, &X_7,
    ],
    from: &[Status::Enrolled],
    to: None,
    school_time: None,
    authority_time: ARTICLE_13,
    materials: &[Material { name: "成绩证明", exact: false, basis: &R13_1 }],
    counter: Some("留级"),
    beside_others: false,
};

/// 提前毕业. Credit system, all credits, a year at most. The text gives the authority no time.
pub(super) static EARLY_GRADUATION: KindRow = KindRow {
    kind: Kind::EarlyGraduation,
    name_zh: "提前毕业",
    name_en: "Early graduation",
    article: "12",
    rules: &[&R2_2, &R2_3, &R5_3, &R5_7, &R5_12, &R11_1, &R11_2, &R11_3, &R12_7, &R12_17, &R13_3, &R13_7, &R25_2, &X_4],
    from: &[Status::Enrolled],
    to: None,
    school_time: None,
    authority_time: None,
    materials: &[Material { name: "学分证明", exact: false, basis: &R12_17 }],
    counter: None,
    beside_others: false,
};

/// 毕业. The certificate first, then this; what it ends in stands on the certificate.
pub(super) static GRADUATION: KindRow = KindRow {
    kind: Kind::Graduation,
    name_zh: "毕业",
    name_en: "Graduation",
    article: "18",
    rules: &[
        &R2_2, &R2_3, &R5_3, &R5_7, &R5_12, &R11_2, &R11_3, &R12_7, &R13_3, &R13_7, &R17_2, &R17_9, &R18_1, &R18_3,
        &R25_2, &X_4,
    ],
    from: &[Status::Enrolled],
    to: None,
    school_time: None,
    authority_time: None,
    materials: &[Material { name: "毕业证书签收单", exact: false, basis: &R18_1 }],
    counter: None,
    beside_others: false,
};
