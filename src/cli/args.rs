//! The arguments, as one table that parser, help, completions and manual page share.

use crate::model::{Day, Stamp};
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::time::Duration;

/// 学籍: the clerks' desk for Henan's secondary vocational student records.
#[derive(Debug, Parser)]
#[command(name = "xueji", version, about = "学籍 - 中等职业学校学籍业务台（教职成〔2021〕115号）", long_about = None)]
#[command(disable_help_subcommand = true)]
pub struct Args {
    /// Data folder (数据目录); else XUEJI_DATA, else the configured one, else the user's own
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Language of the desk (界面语言)
    #[arg(long, global = true, value_name = "zh|en", value_parser = ["zh", "en"])]
    pub lang: Option<String>,
    /// Print JSON where a command can
    #[arg(long, global = true)]
    pub json: bool,
    /// Keys of the desk (按键方案): default, vim, or numpad for function keys and the numeric pad
    #[arg(long, global = true, value_name = "NAME", value_parser = crate::keymap::Keymap::NAMES)]
    pub keymap: Option<String>,
    /// Draw borders with ASCII characters (终端制表符不齐时)
    #[arg(long, global = true)]
    pub ascii: bool,
    /// The line to the terminal (线路): auto finds out; slow marks less and sends less; plain places the cursor after every wide character
    #[arg(long, global = true, value_name = "auto|slow|normal|plain", value_parser = ["auto", "slow", "normal", "plain"])]
    pub link: Option<String>,
    /// Exercise stores: act as this account (演练库：以此账号)
    #[arg(long = "as", global = true, value_name = "ACCOUNT")]
    pub as_account: Option<String>,
    /// Exercise stores: the day it is, 2025-10-15 or 2025-10-15T09:00 (演练库：当天日期)
    #[arg(long, global = true, value_name = "DATE")]
    pub today: Option<Stamp>,
    /// Write a log to this file
    #[arg(long, global = true, value_name = "FILE")]
    pub log: Option<PathBuf>,
    /// What to do; without one the desk opens
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make an exercise county (演练库) once, and open the desk on it
    Demo {
        /// Students in it
        #[arg(long, default_value_t = 2000)]
        students: u32,
        /// The same seed makes the same county
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Make a store; who makes it becomes its first keeper (系统管理)
    Init {
        /// Code of the office it is for, six digits
        #[arg(long, value_name = "CODE")]
        office: String,
        /// An empty exercise store (演练库) instead of a real one
        #[arg(long)]
        exercise: bool,
    },
    /// Run the server in the foreground (the desk starts one by itself)
    Serve(ServeOptions),
    /// Stop the server
    Stop,
    /// Whether a server runs, and how the store is
    Status,
    /// JSON lines in, JSON lines out, in order
    Call,
    /// JSON Schema of every request and reply of call, each marked read or write
    Schema,
    /// Take a spreadsheet or CSV file in (批量导入)
    Import(ImportOptions),
    /// Take a list out as a spreadsheet, CSV or JSON, by the file's ending (导出)
    Export(ExportOptions),
    /// What the columns of files mean, as saved with --save-mapping (列的对应)
    Mappings {
        /// Forget the one of this name
        #[arg(long, value_name = "NAME")]
        drop: Option<String>,
    },
    /// Schools with rating and custody, as a table
    Schools {
        /// Beginning of the code, or part of the name
        #[arg(value_name = "TEXT")]
        text: Option<String>,
        /// Education offices, too (机构)
        #[arg(long)]
        offices: bool,
    },
    /// The journal, the newest entry first, by who, what and when (日志)
    Journal(JournalOptions),
    /// Accounts: listed, added or changed, disabled (账号)
    Account {
        /// What to do
        #[command(subcommand)]
        command: AccountCommand,
    },
    /// The supervisor's board: what is in whose hands, or its report as a page (督办)
    Board(BoardOptions),
    /// Check journal, records and evidence against each other
    Verify,
    /// Write journal and evidence to one file (备份); beside a running server, too
    Backup {
        /// Where to, such as xueji-20251015.tar.zst
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Put a backup in the place of the data folder, after it was verified (恢复)
    Restore {
        /// The backup
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Only if it has this digest (备份时给出的摘要)
        #[arg(long, value_name = "D")]
        digest: Option<String>,
    },
    /// Count working days, day by day: xueji workdays 2025-09-26 +10
    Workdays {
        /// The day of the event, which does not count
        #[arg(value_name = "DATE")]
        from: String,
        /// +N working days, or another date
        #[arg(value_name = "+N|DATE", allow_hyphen_values = true)]
        target: String,
    },
    /// What the number of an identity document says, and whether it holds (证件号码)
    Id {
        /// The number, as written; quotes where it has brackets or spaces
        #[arg(value_name = "NUMBER", allow_hyphen_values = true)]
        number: String,
    },
    /// The rules as built: all, by id (R13.7) or by article (13)
    Rules {
        /// Id or article
        #[arg(value_name = "ID|ARTICLE")]
        filter: Option<String>,
    },
    /// The key table
    Keys,
    /// Completions for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// The manual page
    Man,
}

/// Which entries of the journal.
#[derive(Debug, Clone, clap::Args)]
pub struct JournalOptions {
    /// By this account, or the person of this name
    #[arg(long, value_name = "ACCOUNT|NAME")]
    pub who: Option<String>,
    /// By somebody who held this post
    #[arg(long, value_name = "POST")]
    pub post: Option<String>,
    /// About this student
    #[arg(long, value_name = "ID")]
    pub student: Option<String>,
    /// About this application
    #[arg(long, value_name = "ID")]
    pub application: Option<String>,
    /// Requests whose names begin so: applications, accounts.put
    #[arg(long, value_name = "REQUEST")]
    pub kind: Option<String>,
    /// On this day or later
    #[arg(long, value_name = "DATE")]
    pub from: Option<Day>,
    /// On this day or earlier
    #[arg(long, value_name = "DATE")]
    pub until: Option<Day>,
    /// How many
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub count: u32,
}

/// What to do with accounts.
#[derive(Debug, Clone, Subcommand)]
pub enum AccountCommand {
    /// All that may be seen
    List,
    /// Add one, or change what is given of one
    Put {
        /// Its short name
        #[arg(value_name = "ID")]
        id: String,
        /// Number of the person; all accounts of one person have the same
        #[arg(long, value_name = "ID")]
        person: Option<String>,
        /// The person's name
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// Code of the office
        #[arg(long, value_name = "CODE")]
        office: Option<String>,
        /// Posts with commas between (录入、审核、经办、复核、督办、系统管理)
        #[arg(long, value_name = "POSTS")]
        posts: Option<String>,
        /// Operating-system user; empty for none
        #[arg(long, value_name = "USER")]
        user: Option<String>,
    },
    /// Disable one; its history stays
    Disable {
        /// Its short name
        #[arg(value_name = "ID")]
        id: String,
    },
}

/// Which board.
#[derive(Debug, Clone, clap::Args)]
pub struct BoardOptions {
    /// Of this office and all below it; else the own one
    #[arg(long, value_name = "CODE")]
    pub office: Option<String>,
    /// The report as a page for printing
    #[arg(long)]
    pub report: bool,
    /// First day of the period of rates; else the first of the month
    #[arg(long, value_name = "DATE")]
    pub from: Option<Day>,
    /// Its last day; else today
    #[arg(long, value_name = "DATE")]
    pub until: Option<Day>,
}

/// What to take in, and how.
#[derive(Debug, Clone, clap::Args)]
pub struct ImportOptions {
    /// What the file holds (机构、学校、专业、工作日历、招生资质、学生名册、全国系统名单)
    #[arg(value_name = "offices|schools|majors|calendar|qualifications|students|national", value_parser = ["offices", "schools", "majors", "calendar", "qualifications", "students", "national"])]
    pub what: String,
    /// .xlsx, .xls or CSV (UTF-8 or GB18030); the first row names the columns
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Only judge the rows (只核对，不写入)
    #[arg(long)]
    pub dry_run: bool,
    /// Write the rows that stay out, with the reason, to this .xlsx or .csv: to be put right and imported (不符的行)
    #[arg(long, value_name = "OUT")]
    pub errors: Option<PathBuf>,
    /// Take it in only if it is still the file with this digest (试导时给出的摘要)
    #[arg(long, value_name = "D")]
    pub digest: Option<String>,
    /// The school, where the file names none (学校代码)
    #[arg(long, value_name = "CODE")]
    pub school: Option<String>,
    /// A column of the file and ours that it stands for, "他们的列=身份证件号"; may be given several times (列的对应)
    #[arg(long, value_name = "THEIRS=OURS")]
    pub map: Vec<String>,
    /// Apply the mapping saved under this name
    #[arg(long, value_name = "NAME")]
    pub mapping: Option<String>,
    /// Save the mapping under this name, for all who import at this school or office
    #[arg(long, value_name = "NAME")]
    pub save_mapping: Option<String>,
    /// Number of the province's document, for all but students on a real store (文号)
    #[arg(long, value_name = "NO")]
    pub document: Option<String>,
}

/// What to take out, and whereto.
#[derive(Debug, Clone, clap::Args)]
pub struct ExportOptions {
    /// What (待办、学生、毕业证书、负面清单预警、督办、对账)
    #[arg(value_name = "queue|students|certificates|alerts|board|reconcile", value_parser = ["queue", "students", "certificates", "alerts", "board", "reconcile"])]
    pub what: String,
    /// The file: .xlsx, .csv or .json
    #[arg(short, long, value_name = "FILE")]
    pub out: PathBuf,
    /// Only this school (学校代码)
    #[arg(long, value_name = "CODE")]
    pub school: Option<String>,
    /// Students: only of this status (学籍状态); without it all with a living file
    #[arg(long, value_name = "STATUS")]
    pub status: Option<String>,
    /// Students: only the columns of the national template (全国模板的列)
    #[arg(long)]
    pub national: bool,
    /// Students: document numbers whole, where the post does not have them so (journalled, 记入日志)
    #[arg(long)]
    pub reveal: bool,
    /// Queue: which tab
    #[arg(long, value_name = "TAB", default_value = "mine", value_parser = ["mine", "sent_back", "office", "due_soon", "late", "returned", "under_way", "acted", "parked", "unsynced"])]
    pub tab: String,
    /// Certificates: of which year; else this one
    #[arg(long, value_name = "YEAR")]
    pub year: Option<i32>,
}

/// How to serve.
#[derive(Debug, Clone, clap::Args)]
pub struct ServeOptions {
    /// Let this group in: the socket becomes 0660 and the folder 0710 for it
    #[arg(long, value_name = "GROUP")]
    pub group: Option<String>,
    /// End when nobody has been connected for so many seconds
    #[arg(long, value_name = "SECONDS")]
    pub linger: Option<u64>,
    /// Print a systemd unit for this folder and group, and do nothing else
    #[arg(long)]
    pub print_unit: bool,
    /// Leave the terminal: for the desk that starts a server by itself
    #[arg(long, hide = true)]
    pub detached: bool,
    /// MiB of page cache
    #[arg(long, value_name = "MIB", default_value_t = 64)]
    pub cache: u64,
}

impl ServeOptions {
    /// The linger as a duration.
    pub fn linger(&self) -> Option<Duration> {
        self.linger.map(Duration::from_secs)
    }
}
