//! What an application asks for, by kind.

use super::{ComingOver, Day, DuplicateAsk, JuniorAsk, Leave, MajorCode, Newcomer, OfficeId, Period, StudyForm};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Kind of application. New kinds are added at the end: stored bytes hold the position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Kind {
    /// 休学 (Art. 11, 13)
    #[serde(rename = "休学")]
    Suspension,
    /// 复学 (Art. 11, 13)
    #[serde(rename = "复学")]
    Resumption,
    /// 留级 (Art. 11, 13, 17)
    #[serde(rename = "留级")]
    Repetition,
    /// 转专业 (Art. 11–13)
    #[serde(rename = "转专业")]
    MajorChange,
    /// 退学 (Art. 11, 13)
    #[serde(rename = "退学")]
    Withdrawal,
    /// 恢复学籍 (Art. 11, 13)
    #[serde(rename = "恢复学籍")]
    Restoration,
    /// 注销 (Art. 11, 13)
    #[serde(rename = "注销")]
    Annulment,
    /// 死亡 (Art. 11, 13)
    #[serde(rename = "死亡")]
    Death,
    /// 其他 (Art. 11: the list of kinds is open)
    #[serde(rename = "其他")]
    Other,
    /// 信息变更 (Art. 14)
    #[serde(rename = "信息变更")]
    Correction,
    /// 转学 within the province (Art. 12)
    #[serde(rename = "转学")]
    Transfer,
    /// 跨省转出: to a school of another province (Art. 12)
    #[serde(rename = "跨省转出")]
    MoveOut,
    /// 跨省转入: from a school of another province (Art. 12)
    #[serde(rename = "跨省转入")]
    MoveIn,
    /// 转学习形式 (Art. 9, 13)
    #[serde(rename = "转学习形式")]
    FormChange,
    /// 跳级 (Art. 11, 13)
    #[serde(rename = "跳级")]
    GradeSkip,
    /// 提前毕业 (Art. 12)
    #[serde(rename = "提前毕业")]
    EarlyGraduation,
    /// 毕业 (Art. 18)
    #[serde(rename = "毕业")]
    Graduation,
    /// 重复学籍 (问题学籍处理, Art. 8)
    #[serde(rename = "重复学籍")]
    Duplicate,
    /// 普高/技工转入 (Art. 12)
    #[serde(rename = "普高/技工转入")]
    ComingOver,
    /// 初中转入 (Art. 12): the school's own act
    #[serde(rename = "初中转入")]
    Junior,
}

impl Kind {
    /// All kinds, in the order menus show them.
    pub const ALL: [Kind; 20] = [
        Kind::Suspension,
        Kind::Resumption,
        Kind::Transfer,
        Kind::MoveOut,
        Kind::MoveIn,
        Kind::ComingOver,
        Kind::Junior,
        Kind::MajorChange,
        Kind::FormChange,
        Kind::Repetition,
        Kind::GradeSkip,
        Kind::Withdrawal,
        Kind::Restoration,
        Kind::Annulment,
        Kind::Death,
        Kind::Correction,
        Kind::Duplicate,
        Kind::EarlyGraduation,
        Kind::Graduation,
        Kind::Other,
    ];

    /// The field's own word for it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Suspension => "休学",
            Kind::Resumption => "复学",
            Kind::Repetition => "留级",
            Kind::MajorChange => "转专业",
            Kind::Withdrawal => "退学",
            Kind::Restoration => "恢复学籍",
            Kind::Annulment => "注销",
            Kind::Death => "死亡",
            Kind::Other => "其他",
            Kind::Correction => "信息变更",
            Kind::Transfer => "转学",
            Kind::MoveOut => "跨省转出",
            Kind::MoveIn => "跨省转入",
            Kind::FormChange => "转学习形式",
            Kind::GradeSkip => "跳级",
            Kind::EarlyGraduation => "提前毕业",
            Kind::Graduation => "毕业",
            Kind::Duplicate => "重复学籍",
            Kind::ComingOver => "普高/技工转入",
            Kind::Junior => "初中转入",
        }
    }
}

/// A field of a student's record that 信息变更 can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum PersonalField {
    /// 姓名
    #[serde(rename = "姓名")]
    Name,
    /// 性别: 男 or 女
    #[serde(rename = "性别")]
    Sex,
    /// 出生日期: YYYY-MM-DD
    #[serde(rename = "出生日期")]
    Birth,
    /// 身份证件号
    #[serde(rename = "身份证件号")]
    IdNumber,
    /// 民族
    #[serde(rename = "民族")]
    Ethnic,
}

impl PersonalField {
    /// The field's own word for it.
    pub fn name(self) -> &'static str {
        match self {
            PersonalField::Name => "姓名",
            PersonalField::Sex => "性别",
            PersonalField::Birth => "出生日期",
            PersonalField::IdNumber => "身份证件号",
            PersonalField::Ethnic => "民族",
        }
    }
}

/// What the application asks for, by kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Details {
    /// 休学: the time asked for and the ground.
    #[serde(rename = "休学")]
    Suspension {
        /// First and last day of the suspension asked for.
        period: Period,
        /// The ground, in the school's words.
        ground: String,
    },
    /// 复学
    #[serde(rename = "复学")]
    Resumption {
        /// The first day back.
        on: Day,
        /// Years by which graduation is put off, as the grade joined demands (Art. 17).
        years: u8,
        /// The ground.
        ground: String,
    },
    /// 留级
    #[serde(rename = "留级")]
    Repetition {
        /// Years repeated.
        years: u8,
        /// The ground.
        ground: String,
    },
    /// 转专业
    #[serde(rename = "转专业")]
    MajorChange {
        /// The new major.
        to: MajorCode,
        /// The ground.
        ground: String,
    },
    /// 退学
    #[serde(rename = "退学")]
    Withdrawal {
        /// The ground.
        ground: String,
    },
    /// 恢复学籍
    #[serde(rename = "恢复学籍")]
    Restoration {
        /// The ground.
        ground: String,
    },
    /// 注销
    #[serde(rename = "注销")]
    Annulment {
        /// The ground.
        ground: String,
    },
    /// 死亡
    #[serde(rename = "死亡")]
    Death {
        /// The day of death.
        on: Day,
        /// The circumstances, as far as the record needs them.
        ground: String,
    },
    /// 其他
    #[serde(rename = "其他")]
    Other {
        /// What it is.
        title: String,
        /// The ground.
        ground: String,
    },
    /// 信息变更
    #[serde(rename = "信息变更")]
    Correction {
        /// The day the student or guardian supplied the papers: the school's clock runs from it (Art. 14).
        handed_in_on: Day,
        /// What is changed.
        field: PersonalField,
        /// To what.
        to: String,
        /// The ground.
        ground: String,
    },
    /// 转学
    #[serde(rename = "转学")]
    Transfer {
        /// The day the student handed in the paper: the old school's clock runs from it (Art. 12).
        handed_in_on: Day,
        /// The receiving school.
        to: OfficeId,
        /// The ground.
        ground: String,
    },
    /// 跨省转出
    #[serde(rename = "跨省转出")]
    MoveOut {
        /// The day the student handed in the paper: the old school's clock runs from it (Art. 12).
        handed_in_on: Day,
        /// Code of the province he goes to.
        to_province: String,
        /// Name of the receiving school there.
        to_school: String,
        /// Name of its authority there, where it is known.
        #[serde(default)]
        to_office: String,
        /// The ground.
        ground: String,
    },
    /// 跨省转入: the old school has started it in the national system; here the receiving school records it.
    #[serde(rename = "跨省转入")]
    MoveIn {
        /// The day the case reached the receiving school in the national system: its clock runs from it (Art. 12).
        reached_on: Day,
        /// Its number in the national system.
        reference: String,
        /// Code of the province he comes from.
        from_province: String,
        /// Name of the old school there.
        from_school: String,
        /// Name of its authority there, where it is known.
        #[serde(default)]
        from_office: String,
        /// The student, who has no file here yet.
        person: Box<Newcomer>,
        /// The ground.
        ground: String,
    },
    /// 转学习形式
    #[serde(rename = "转学习形式")]
    FormChange {
        /// The new form.
        to: StudyForm,
        /// Reference of the training plan for part-time study (非全日制培养方案), where there is one.
        #[serde(default)]
        plan: String,
        /// The ground.
        ground: String,
    },
    /// 跳级: one grade up, graduation a year earlier.
    #[serde(rename = "跳级")]
    GradeSkip {
        /// The ground.
        ground: String,
    },
    /// 提前毕业
    #[serde(rename = "提前毕业")]
    EarlyGraduation {
        /// By how many half years: 2 is a year.
        half_years: u8,
        /// Credits the major demands.
        credits_required: u16,
        /// Credits earned.
        credits_earned: u16,
        /// The ground.
        ground: String,
    },
    /// 毕业
    #[serde(rename = "毕业")]
    Graduation {
        /// 毕业 or 结业, as on the certificate.
        leave: Leave,
        /// The day the school received the certificate; where this program keeps the certificate, its own record holds.
        #[serde(default)]
        received_on: Option<Day>,
        /// The ground.
        #[serde(default)]
        ground: String,
    },
    /// 重复学籍
    #[serde(rename = "重复学籍")]
    Duplicate(DuplicateAsk),
    /// 普高/技工转入
    #[serde(rename = "普高/技工转入")]
    ComingOver(ComingOver),
    /// 初中转入
    #[serde(rename = "初中转入")]
    Junior(JuniorAsk),
    /// 转学 into another major: what asks for both at once. A variant of its own, because the bytes of 转学 are stored.
    #[serde(rename = "转学并转专业")]
    TransferMajor {
        /// The day the student handed in the paper: the old school's clock runs from it (Art. 12).
        handed_in_on: Day,
        /// The receiving school.
        to: OfficeId,
        /// The major there.
        new_major: MajorCode,
        /// The ground.
        ground: String,
    },
}

/// What a 转学 is asked for under once its new major is filled in.
pub const TRANSFER_MAJOR: &str = "转学并转专业";

impl Details {
    /// The kind these details belong to.
    pub fn kind(&self) -> Kind {
        match self {
            Details::Suspension { .. } => Kind::Suspension,
            Details::Resumption { .. } => Kind::Resumption,
            Details::Repetition { .. } => Kind::Repetition,
            Details::MajorChange { .. } => Kind::MajorChange,
            Details::Withdrawal { .. } => Kind::Withdrawal,
            Details::Restoration { .. } => Kind::Restoration,
            Details::Annulment { .. } => Kind::Annulment,
            Details::Death { .. } => Kind::Death,
            Details::Other { .. } => Kind::Other,
            Details::Correction { .. } => Kind::Correction,
            Details::Transfer { .. } | Details::TransferMajor { .. } => Kind::Transfer,
            Details::MoveOut { .. } => Kind::MoveOut,
            Details::MoveIn { .. } => Kind::MoveIn,
            Details::FormChange { .. } => Kind::FormChange,
            Details::GradeSkip { .. } => Kind::GradeSkip,
            Details::EarlyGraduation { .. } => Kind::EarlyGraduation,
            Details::Graduation { .. } => Kind::Graduation,
            Details::Duplicate(_) => Kind::Duplicate,
            Details::ComingOver(_) => Kind::ComingOver,
            Details::Junior(_) => Kind::Junior,
        }
    }

    /// The day the papers were handed in, for the kinds whose first clock runs from it.
    pub fn handed_in_on(&self) -> Option<Day> {
        match self {
            Details::Correction { handed_in_on, .. }
            | Details::Transfer { handed_in_on, .. }
            | Details::TransferMajor { handed_in_on, .. }
            | Details::MoveOut { handed_in_on, .. }
            | Details::MoveIn { reached_on: handed_in_on, .. } => Some(*handed_in_on),
            _ => None,
        }
    }

    /// Who has no file here yet and gets one with the application; 跨省转入 has its own.
    pub fn joiner(&self) -> Option<&super::Joiner> {
        match self {
            Details::Duplicate(asked) => asked.person.as_deref(),
            Details::ComingOver(asked) => Some(&asked.person),
            Details::Junior(asked) => Some(&asked.person),
            _ => None,
        }
    }

    /// The receiving school of a transfer inside the province.
    pub fn receiving(&self) -> Option<&OfficeId> {
        match self {
            Details::Transfer { to, .. } | Details::TransferMajor { to, .. } => Some(to),
            _ => None,
        }
    }

    /// The name of who has no file here yet.
    pub fn newcomer_name(&self) -> Option<&str> {
        match self {
            Details::MoveIn { person, .. } => Some(&person.name),
            other => other.joiner().map(|person| person.name.as_str()),
        }
    }

    /// The other school of a duplicate, where it is in the register here.
    pub fn counterpart(&self) -> Option<&OfficeId> {
        match self {
            Details::Duplicate(asked) => asked.other_school.as_ref(),
            _ => None,
        }
    }

    /// The major that is asked for, where another one is.
    pub fn new_major(&self) -> Option<&MajorCode> {
        match self {
            Details::MajorChange { to, .. } | Details::TransferMajor { new_major: to, .. } => Some(to),
            _ => None,
        }
    }

    /// The ground, in the school's words.
    pub fn ground(&self) -> &str {
        match self {
            Details::Suspension { ground, .. }
            | Details::Resumption { ground, .. }
            | Details::Repetition { ground, .. }
            | Details::MajorChange { ground, .. }
            | Details::Withdrawal { ground }
            | Details::Restoration { ground }
            | Details::Annulment { ground }
            | Details::Death { ground, .. }
            | Details::Other { ground, .. }
            | Details::Correction { ground, .. }
            | Details::Transfer { ground, .. }
            | Details::TransferMajor { ground, .. }
            | Details::MoveOut { ground, .. }
            | Details::MoveIn { ground, .. } => ground,
            Details::FormChange { ground, .. }
            | Details::GradeSkip { ground }
            | Details::EarlyGraduation { ground, .. }
            | Details::Graduation { ground, .. }
            | Details::Duplicate(DuplicateAsk { ground, .. })
            | Details::ComingOver(ComingOver { ground, .. })
            | Details::Junior(JuniorAsk { ground, .. }) => ground,
        }
    }
}
