//! `xueji schools`, `journal`, `account`, `board`: what the server answers, as a table or as JSON.

use super::args::{AccountCommand, BoardOptions, JournalOptions};
use super::failure::CliError;
use super::files::Line;
use super::{Args, folder, login, table};
use crate::model::{Account, BoardSummary, Command, Lights, PinState, Post, SetPin, ShareLogin};
use crate::wire::{AccountRow, EntryView, JournalAsked, ListPage, NoticeText, Query, Request, SchoolRow, SchoolsAsked};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::io::{self, Write};

/// Rows asked for at once.
const PAGE: u32 = 500;

fn line(args: &Args) -> Result<Line, CliError> {
    Line::open(&folder::store(args)?, args.as_account.as_deref().map(Into::into))
}

fn ask(line: &mut Line, args: &Args, query: Query) -> Result<Value, CliError> {
    line.ask_on(Request::Query(query), args.today)
}

fn read<T: DeserializeOwned>(value: Value) -> Result<T, CliError> {
    serde_json::from_value(value).map_err(CliError::broken)
}

/// The rows of an answer.
fn items<T: DeserializeOwned>(value: &mut Value) -> Result<Vec<T>, CliError> {
    read(value["items"].take())
}

fn print<const N: usize>(
    out: &mut dyn Write,
    head: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> io::Result<()> {
    let all: Vec<[String; N]> = [head.map(str::to_owned)].into_iter().chain(rows).collect();
    table::write(out, &all)
}

/// Schools, or offices, too.
pub(super) fn schools(args: &Args, text: Option<&str>, offices: bool, out: &mut dyn Write) -> Result<(), CliError> {
    let mut line = line(args)?;
    let mut rows: Vec<SchoolRow> = Vec::new();
    loop {
        let after = rows.last().map(|row| row.office.id.clone());
        let asked = SchoolsAsked { text: text.unwrap_or_default().to_owned(), offices, after, count: Some(PAGE) };
        let mut page = ask(&mut line, args, Query::Schools(asked))?;
        rows.extend(items::<SchoolRow>(&mut page)?);
        if page["next"].is_null() {
            break;
        }
    }
    if args.json {
        let all = serde_json::json!({ "total": rows.len(), "items": rows, "next": null });
        return writeln!(out, "{all}").map_err(CliError::io);
    }
    let row = |row: &SchoolRow| {
        let facts = row.office.school.as_ref();
        let sponsor = facts.and_then(|facts| serde_json::to_value(facts.sponsor).ok());
        [
            row.office.id.to_string(),
            row.office.name.clone(),
            sponsor.and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_else(|| "-".to_owned()),
            row.above.clone(),
            row.grade.map_or_else(|| "-".to_owned(), |grade| grade.name().to_owned()),
            row.custody.clone().unwrap_or_else(|| "-".to_owned()),
            row.accounts.to_string(),
        ]
    };
    print(out, ["代码", "名称", "举办", "上级", "评级", "代管", "账号"], rows.iter().map(row)).map_err(CliError::io)
}

/// Entries of the journal, the newest first.
pub(super) fn journal(args: &Args, options: &JournalOptions, out: &mut dyn Write) -> Result<(), CliError> {
    let mut line = line(args)?;
    let wanted = options.count.max(1) as usize;
    let post = options.post.as_deref().map(post).transpose()?;
    let mut rows: Vec<EntryView> = Vec::new();
    let mut before = None;
    while rows.len() < wanted {
        let asked = JournalAsked {
            who: options.who.clone(),
            post,
            student: options.student.as_deref().map(str::parse).transpose().map_err(CliError::wrong)?,
            application: options.application.as_deref().map(str::parse).transpose().map_err(CliError::wrong)?,
            kind: options.kind.clone(),
            from: options.from,
            until: options.until,
            before,
            count: Some(u32::try_from(wanted - rows.len()).unwrap_or(u32::MAX).min(200)),
        };
        let mut page = ask(&mut line, args, Query::FindJournal(asked))?;
        rows.extend(items::<EntryView>(&mut page)?);
        before = page["next"].as_u64();
        if before.is_none() {
            break;
        }
    }
    if args.json {
        for row in &rows {
            let text = serde_json::to_string(row).map_err(CliError::broken)?;
            writeln!(out, "{text}").map_err(CliError::io)?;
        }
        return Ok(());
    }
    let row = |row: &EntryView| {
        let by = row.by.as_ref();
        [
            row.seq.to_string(),
            row.at.beijing().format("%Y-%m-%d %H:%M").to_string(),
            by.map_or_else(|| "-".to_owned(), |by| format!("{}（{}）", by.name, by.account)),
            row.kind().to_owned(),
            row.records.join("、"),
        ]
    };
    print(out, ["序号", "时间", "何人", "办理", "写入"], rows.iter().map(row)).map_err(CliError::io)
}

fn post(word: &str) -> Result<Post, CliError> {
    const ALL: [Post; 6] = [Post::Entry, Post::Review, Post::Handler, Post::Reviewer, Post::Supervisor, Post::Keeper];
    if let Some(post) = ALL.into_iter().find(|post| post.name() == word) {
        return Ok(post);
    }
    serde_json::from_value(Value::String(word.to_owned())).map_err(|_| {
        let names = ALL.map(Post::name).join("、");
        CliError::usage(format!("没有岗位 {word:?}；岗位有{names}"))
    })
}

fn pin(state: Option<PinState>) -> &'static str {
    match state {
        None | Some(PinState::None) => "-",
        Some(PinState::Set) => "已设",
        Some(PinState::Closed) => "停用",
    }
}

/// All accounts the asker may see, page after page.
fn all_accounts(line: &mut Line, args: &Args) -> Result<Vec<AccountRow>, CliError> {
    let mut rows: Vec<AccountRow> = Vec::new();
    loop {
        let page = ListPage { after: rows.last().map(|row| row.id.to_string()), count: None };
        let mut answer = ask(line, args, Query::Accounts(page))?;
        rows.extend(items::<AccountRow>(&mut answer)?);
        if answer["next"].is_null() {
            return Ok(rows);
        }
    }
}

/// Accounts: listed, added or changed, disabled.
pub(super) fn account(args: &Args, command: &AccountCommand, out: &mut dyn Write) -> Result<(), CliError> {
    let mut line = line(args)?;
    let rows = all_accounts(&mut line, args)?;
    if args.json && matches!(command, AccountCommand::List) {
        let all = serde_json::json!({ "total": rows.len(), "items": rows, "next": null });
        return writeln!(out, "{all}").map_err(CliError::io);
    }
    let command = match command {
        AccountCommand::List => {
            let row = |row: &AccountRow| {
                [
                    row.id.to_string(),
                    row.name.clone(),
                    row.person.to_string(),
                    row.office_name.clone(),
                    row.posts.iter().map(|post| post.name()).collect::<Vec<_>>().join("、"),
                    row.os_user.clone().map_or_else(
                        || "-".to_owned(),
                        |user| if row.shared { format!("{user}（共用）") } else { user },
                    ),
                    pin(row.pin).to_owned(),
                    if row.active { "在用" } else { "停用" }.to_owned(),
                ]
            };
            let head = ["账号", "姓名", "人员", "机构", "岗位", "系统用户", "PIN", "状态"];
            return print(out, head, rows.iter().map(row)).map_err(CliError::io);
        }
        AccountCommand::Pin { id } => Command::SetPin(SetPin { account: id.as_str().into(), pin: login::new_pin()? }),
        AccountCommand::Share { user } => Command::ShareLogin(ShareLogin { os_user: user.clone(), shared: true }),
        AccountCommand::Unshare { user } => Command::ShareLogin(ShareLogin { os_user: user.clone(), shared: false }),
        AccountCommand::Disable { id } => Command::DisableAccount { account: id.as_str().into() },
        AccountCommand::Put { id, person, name, office, posts, user } => {
            let old = rows.iter().find(|row| row.id.as_str() == id);
            let kept = |given: &Option<String>, old: Option<String>, what: &str| {
                given.clone().or(old).ok_or_else(|| CliError::usage(format!("新账号 {id} 须写明 --{what}")))
            };
            let posts = match posts {
                Some(words) => {
                    words.split([',', '，', '、']).map(|word| post(word.trim())).collect::<Result<_, _>>()?
                }
                None => old.map(|old| old.posts.clone()).unwrap_or_default(),
            };
            let os_user = match user.as_deref() {
                Some("") => None,
                Some(user) => Some(user.to_owned()),
                None => old.and_then(|old| old.os_user.clone()),
            };
            Command::PutAccount {
                account: Account {
                    id: id.as_str().into(),
                    revision: old.map_or(0, |old| old.revision),
                    person: kept(person, old.map(|old| old.person.to_string()), "person")?.as_str().into(),
                    name: kept(name, old.map(|old| old.name.clone()), "name")?,
                    office: kept(office, old.map(|old| old.office.to_string()), "office")?.as_str().into(),
                    posts,
                    os_user,
                    active: true,
                },
            }
        }
    };
    let done = line.ask_on(Request::Write(command), args.today)?;
    if args.json {
        return writeln!(out, "{done}").map_err(CliError::io);
    }
    let word = |field: &str| done[field].as_str().unwrap_or_default().to_owned();
    let said = match (done["shared"].as_bool(), done["accounts"].as_u64()) {
        (Some(true), Some(n)) => format!("操作系统用户 {} 已设为共用，其 {n} 个账号凭 PIN 进入", word("os_user")),
        (Some(false), Some(_)) => format!("操作系统用户 {} 不再共用", word("os_user")),
        (Some(true), None) => format!("账号 {} 的 PIN 已设", word("account")),
        (Some(false), None) => {
            format!(
                "账号 {} 的 PIN 已设；用户 {} 设为共用（account share）之后才要用它",
                word("account"),
                word("os_user")
            )
        }
        _ => format!("账号 {} 已记入第 {} 版", word("account"), done["revision"]),
    };
    writeln!(out, "{said}").map_err(CliError::io)
}

/// The supervisor's board: what is in hand, or the report as a page.
pub(super) fn board(args: &Args, options: &BoardOptions, out: &mut dyn Write) -> Result<(), CliError> {
    let mut line = line(args)?;
    let office = options.office.as_deref().map(Into::into);
    if options.report {
        let query = Query::BoardReport(crate::wire::ReportAsked { office, from: options.from, until: options.until });
        let answer = ask(&mut line, args, query)?;
        if args.json {
            return writeln!(out, "{answer}").map_err(CliError::io);
        }
        let page: NoticeText = read(answer)?;
        return write!(out, "{}", page.text).map_err(CliError::io);
    }
    let answer = ask(&mut line, args, Query::BoardSummary { office })?;
    if args.json {
        return writeln!(out, "{answer}").map_err(CliError::io);
    }
    let summary: BoardSummary = read(answer)?;
    let row = |name: &str, of: &Lights, longest: u32, unfiled: u32| {
        [
            name.to_owned(),
            of.total().to_string(),
            of.overdue.to_string(),
            of.today.to_string(),
            of.near.to_string(),
            of.green.to_string(),
            of.none.to_string(),
            longest.to_string(),
            unfiled.to_string(),
        ]
    };
    let rows = summary.offices.iter().map(|one| row(&one.name, &one.lights, one.longest, one.unfiled));
    let longest = summary.offices.iter().map(|one| one.longest).max().unwrap_or(0);
    let unfiled = summary.offices.iter().map(|one| one.unfiled).sum();
    let all = [row("合计", &summary.total, longest, unfiled)];
    let head = ["经手方", "在手", "逾期", "今日", "将到", "余", "无时限", "最长逾", "未备案"];
    print(out, head, rows.chain(all)).map_err(CliError::io)
}
