//! A list that leaves the house as a file (导出). Nothing changes; the journal keeps who took what (Art. 4, 20).

use super::{OfficeId, Status};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ExportKind {
    /// 待办
    Queue,
    /// 学生, in the columns of the national template.
    Students,
    /// 毕业证书
    Certificates,
    /// 负面清单预警
    Alerts,
    /// 督办
    Board,
}

impl ExportKind {
    /// All of them.
    pub const ALL: [ExportKind; 5] =
        [ExportKind::Queue, ExportKind::Students, ExportKind::Certificates, ExportKind::Alerts, ExportKind::Board];

    /// Its name in requests and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            ExportKind::Queue => "queue",
            ExportKind::Students => "students",
            ExportKind::Certificates => "certificates",
            ExportKind::Alerts => "alerts",
            ExportKind::Board => "board",
        }
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            ExportKind::Queue => "待办",
            ExportKind::Students => "学生",
            ExportKind::Certificates => "毕业证书",
            ExportKind::Alerts => "负面清单预警",
            ExportKind::Board => "督办",
        }
    }
}

/// Takes a list out. It is journalled before the first row is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Export {
    /// What.
    pub what: ExportKind,
    /// Only this school; all that the asker may see when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<OfficeId>,
    /// Only students of this status; those with a living file when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Document numbers whole, for one who does not get them so by his post.
    #[serde(default)]
    pub reveal: bool,
}
