//! Why a request is not answered with what was asked for: every failure below, with its kind and in the clerk's
//! words.

use crate::desk::Refused;
use crate::store::StoreError;
use crate::wire::{ErrorKind, Failure};

/// Why a request is not answered with what was asked for.
pub(super) enum Refusal {
    /// A rule.
    Rule(Box<crate::model::Finding>),
    /// Something else.
    Failure(Failure),
}

impl From<crate::model::Finding> for Refusal {
    fn from(finding: crate::model::Finding) -> Self {
        Refusal::Rule(Box::new(finding))
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Refusal::Failure(failure)
    }
}

impl From<serde_json::Error> for Refusal {
    fn from(error: serde_json::Error) -> Self {
        Failure::new(ErrorKind::Damaged, error.to_string()).into()
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        let (kind, message) = match &error {
            StoreError::Write(e) => (
                ErrorKind::ReadOnly,
                format!("日志无法写入（{e}），本次办理没有生效；可以继续查看。请系统管理岗清理磁盘后再办"),
            ),
            StoreError::ReadOnly { why, .. } => (
                ErrorKind::ReadOnly,
                format!("写盘失败（{why}），为保数据安全已转为只读；可以继续查看。请系统管理岗检查磁盘后重启服务"),
            ),
            StoreError::Damaged { place, what } => {
                (ErrorKind::Damaged, format!("数据损坏：{place}：{what}。请系统管理岗运行 xueji verify"))
            }
            StoreError::Io(e) if e.kind() == std::io::ErrorKind::InvalidInput => (
                ErrorKind::Input,
                format!("内容超过一条记录所能保存的长度（{e}），本次办理没有生效；请缩短文字或减少项目后再办"),
            ),
            other => (ErrorKind::Busy, format!("数据库出错：{other}")),
        };
        Failure::new(kind, message).into()
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Rule(finding) => Refusal::Rule(finding),
            Refused::Stale { what, revision, changes } => Refusal::Failure(Failure {
                kind: ErrorKind::Stale,
                message: format!("申请 {what} 在您查看之后已有变动（现为第{revision}版），本次办理没有生效；请看过变动再办"),
                details: changes,
                left: None,
            }),
            Refused::NotFound(message) => Failure::new(ErrorKind::NotFound, message).into(),
            Refused::Input(message) => Failure::new(ErrorKind::Input, message).into(),
            Refused::CommandReused(id) => Failure::new(
                ErrorKind::CommandReused,
                format!("命令编号 {id} 已用于另一请求，本次没有生效；请换一个编号"),
            )
            .into(),
            Refused::Clock { now, newest } => Failure::new(
                ErrorKind::Clock,
                format!(
                    "本机时间 {now} 早于最近一条日志的时间 {newest}，本次办理没有生效；请校准时钟，确属时钟曾经走快的，由系统管理岗确认（clock.confirm）"
                ),
            )
            .into(),
            Refused::Store(error) => error.into(),
        }
    }
}
