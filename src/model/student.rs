//! A student's electronic file (电子学籍档案), as far as changes of status need it.

use super::{ApplicationId, Day, EntryFacts, FormerValue, Joint, MajorCode, OfficeId, StudentId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Sex as the record writes it (GB/T 2261.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Sex {
    /// 男
    #[serde(rename = "M", alias = "男")]
    Male,
    /// 女
    #[serde(rename = "F", alias = "女")]
    Female,
}

/// Status of the file (学籍状态). 办理中 is never stored: it is read off an open application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Status {
    /// 已注册未备案
    #[serde(rename = "已注册未备案")]
    Registered,
    /// 在读 (已备案)
    #[serde(rename = "在读")]
    Enrolled,
    /// 休学
    #[serde(rename = "休学")]
    Suspended,
    /// 退学
    #[serde(rename = "退学")]
    Withdrawn,
    /// 注销
    #[serde(rename = "注销")]
    Cancelled,
    /// 死亡
    #[serde(rename = "死亡")]
    Deceased,
    /// 毕业
    #[serde(rename = "毕业")]
    Graduated,
    /// 结业
    #[serde(rename = "结业")]
    Completed,
    /// 中职段期满 of a 3+2 or five-year programme (Art. 2)
    #[serde(rename = "中职段期满")]
    StageEnded,
    /// 未注册: his record was begun with a transfer from another province that is not granted yet (Art. 12).
    #[serde(rename = "未注册")]
    Unregistered,
    /// 转出省外: the file has left for another province (Art. 12).
    #[serde(rename = "转出省外")]
    Departed,
}

impl Status {
    /// The field's own word for it.
    pub fn name(self) -> &'static str {
        match self {
            Status::Registered => "已注册未备案",
            Status::Enrolled => "在读",
            Status::Suspended => "休学",
            Status::Withdrawn => "退学",
            Status::Cancelled => "注销",
            Status::Deceased => "死亡",
            Status::Graduated => "毕业",
            Status::Completed => "结业",
            Status::StageEnded => "中职段期满",
            Status::Unregistered => "未注册",
            Status::Departed => "转出省外",
        }
    }
}

/// Form of study (学习形式, Art. 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum StudyForm {
    /// 全日制
    #[serde(rename = "全日制")]
    FullTime,
    /// 非全日制
    #[serde(rename = "非全日制")]
    PartTime,
}

impl StudyForm {
    /// The field's own word for it.
    pub fn name(self) -> &'static str {
        match self {
            StudyForm::FullTime => "全日制",
            StudyForm::PartTime => "非全日制",
        }
    }
}

/// From one day through another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
}

/// One line of the timeline (学籍轨迹).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StatusChange {
    /// Before; none at the beginning of the file.
    pub from: Option<Status>,
    /// After.
    pub to: Status,
    /// The day it took effect.
    pub on: Day,
    /// The application that brought it, if one did.
    pub application: Option<ApplicationId>,
    /// The article it rests on.
    pub article: String,
}

impl Status {
    /// Whether the file lives: everything but 未注册, 退学, 注销, 死亡, 转出省外 and the ends of
    /// study.
    pub fn is_live(self) -> bool {
        matches!(self, Status::Registered | Status::Enrolled | Status::Suspended)
    }
}

/// One person's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Student {
    /// Identity within this store.
    pub id: StudentId,
    /// Counts the changes of this record.
    pub revision: u64,
    /// 学籍号 of the national system.
    pub student_no: String,
    /// Name, NFC, middle dot U+00B7.
    pub name: String,
    /// Sex.
    pub sex: Sex,
    /// Birth date; a field of its own, for documents without one (Art. 24).
    pub birth: Day,
    /// Kind of the identity document by its code (`1` resident identity card).
    pub id_kind: String,
    /// Number of the identity document.
    pub id_no: String,
    /// 民族, as text.
    pub ethnic: String,
    /// The school the file is at.
    pub school: OfficeId,
    /// Campus (校区), as filed.
    pub campus: String,
    /// Class (班级).
    pub class_name: String,
    /// Major.
    pub major: MajorCode,
    /// Form of study.
    pub study_form: StudyForm,
    /// 学制 in half years: 6 is three years.
    pub half_years: u8,
    /// Day of entry.
    pub entry: Day,
    /// Planned graduation as the first day of its month.
    pub planned_grad: Day,
    /// Status in force.
    pub status: Status,
    /// Since when.
    pub status_since: Day,
    /// Granted suspension (休学) with the return that was planned.
    pub suspension: Option<Period>,
    /// Years graduation was put off by 留级, in all (Art. 17: three at most).
    #[serde(default)]
    pub repeated: u8,
    /// For pupils who came from junior high: until when compulsory education lasts (Art. 12).
    pub compulsory_until: Option<Day>,
    /// The timeline, oldest first.
    pub history: Vec<StatusChange>,
    /// What 信息变更 has replaced, oldest first (R14.5).
    #[serde(default)]
    pub former: Vec<FormerValue>,
    /// Joint schooling with another school (Art. 15).
    #[serde(default)]
    pub joint: Option<Joint>,
    /// How the student entered.
    #[serde(default)]
    pub entry_facts: EntryFacts,
}

impl Student {
    /// Whether the file was ever 备案: it has been 在读.
    pub fn was_filed(&self) -> bool {
        self.status == Status::Enrolled || self.history.iter().any(|change| change.to == Status::Enrolled)
    }
}
