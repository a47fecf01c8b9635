//! Exit statuses, and failures as sentences: what happened, why, what to do next.

use crate::wire::{ErrorKind, Failure};
use clap::error::ErrorKind as Clap;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;

/// Exit status of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// 0: done.
    Done = 0,
    /// 1: refused by a rule.
    Refused = 1,
    /// 2: wrong usage.
    Usage = 2,
    /// 3: no access.
    NoAccess = 3,
    /// 4: the input has errors.
    Input = 4,
    /// 5: the store is damaged.
    Damaged = 5,
    /// 6: no server can be reached.
    NoServer = 6,
}

/// A failure of a command.
#[derive(Debug)]
pub struct CliError {
    /// The exit status.
    pub exit: Exit,
    message: String,
}

impl CliError {
    /// With this status and sentence.
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        CliError { exit, message: message.into() }
    }
    /// A file that cannot be written, and why in words where there are any.
    pub(super) fn unwritable(path: &Path, error: &io::Error) -> Self {
        let why = match error.kind() {
            io::ErrorKind::NotFound => "没有这个文件夹".to_owned(),
            io::ErrorKind::PermissionDenied => "您没有写入的权限".to_owned(),
            io::ErrorKind::IsADirectory => "这是一个文件夹".to_owned(),
            io::ErrorKind::StorageFull => "磁盘已满".to_owned(),
            _ => error.to_string(),
        };
        CliError::new(Exit::Input, format!("文件 {} 写不出：{why}；请换一个位置", path.display()))
    }
    /// Wrong usage.
    pub fn usage(message: impl Into<String>) -> Self {
        CliError::new(Exit::Usage, message)
    }
    /// Wrong usage, from an error.
    pub fn wrong(error: impl fmt::Display) -> Self {
        CliError::usage(error.to_string())
    }
    /// The program's own tables do not read: it was built wrong.
    pub fn broken(error: impl fmt::Display) -> Self {
        CliError::new(Exit::Damaged, format!("程序内置数据有误：{error}"))
    }
    /// Reading or writing failed.
    pub fn io(error: io::Error) -> Self {
        CliError::new(Exit::Input, format!("读写失败：{error}"))
    }
    /// A report of the printing commands: a broken pipe is no failure of ours.
    pub fn from_report(error: impl fmt::Display) -> Self {
        CliError::usage(error.to_string())
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for CliError {}

impl From<crate::store::StoreError> for CliError {
    fn from(error: crate::store::StoreError) -> Self {
        use crate::store::StoreError;
        match &error {
            StoreError::Damaged { place, what } => CliError::new(
                Exit::Damaged,
                format!(
                    "数据损坏，不予打开：{place}：{what}\n请先复制保存数据目录，再运行 xueji verify 查看全部损坏之处，或从备份恢复"
                ),
            ),
            StoreError::Locked => CliError::new(Exit::NoServer, "数据目录正由另一个进程使用"),
            other => CliError::new(Exit::NoServer, format!("数据库打不开：{other}；请检查磁盘空间和目录权限后再试")),
        }
    }
}

/// The status and sentence of a failure that a server named.
pub(super) fn named(failure: &Failure) -> CliError {
    let exit = match failure.kind {
        ErrorKind::NoAccess | ErrorKind::Pin => Exit::NoAccess,
        ErrorKind::Damaged => Exit::Damaged,
        ErrorKind::Version | ErrorKind::Busy => Exit::NoServer,
        _ => Exit::Input,
    };
    CliError::new(exit, failure.message.clone())
}

/// What the argument parser says, in our words for the common mistakes.
pub(super) fn usage(error: &clap::Error) -> Exit {
    let exit = match error.kind() {
        Clap::DisplayHelp | Clap::DisplayVersion => Exit::Done,
        _ => Exit::Usage,
    };
    let ours = match error.kind() {
        Clap::UnknownArgument => Some("没有这个选项"),
        Clap::InvalidSubcommand => Some("没有这个命令"),
        Clap::MissingRequiredArgument => Some("缺少参数"),
        Clap::InvalidValue | Clap::ValueValidation => Some("参数的值不对"),
        Clap::ArgumentConflict => Some("参数不能同时使用"),
        _ => None,
    };
    if let Some(ours) = ours {
        let _ = writeln!(io::stderr(), "xueji：{ours}");
    }
    let _ = error.print();
    exit
}
