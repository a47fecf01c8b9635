//! `xueji import`: the file is read here, judged and taken in by the server, whole or not at all.

use super::args::ImportOptions;
use super::failure::{CliError, Exit};
use super::files::Line;
use super::{Args, folder, import_calendar as calendar, load, reconcile};
use crate::exchange::{LONGEST_FILE, Table, write_errors};
use crate::model::{Digest, ImportKind, ImportReport, RowReport, Severity, Stamp};
use crate::wire::{ImportCommit, Query, Request};
use serde::Deserialize;
use serde_json::Value;
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;

/// Problems shown to people; `--errors` has all.
const SHOWN: usize = 40;
/// Of these, hints.
const HINTS: usize = 5;
/// Rows of a report asked for at once.
const PAGE: u32 = 2000;

/// Imports a file, or judges it.
pub(super) fn run(args: &Args, options: &ImportOptions, out: &mut dyn Write) -> Result<(), CliError> {
    let kind: ImportKind = serde_json::from_value(Value::String(options.what.clone())).map_err(CliError::wrong)?;
    let table = read(&options.file)?;
    let kind = if kind == ImportKind::Students && table.is_new_students() { ImportKind::NewStudents } else { kind };
    // Made first: a report that cannot be kept is a reason not to begin.
    let errors = match &options.errors {
        Some(path) => Some((path, File::create(path).map_err(|e| unusable(path, &e))?)),
        None => None,
    };
    let account = args.as_account.as_deref().map(Into::into);
    let mut line = Line::open(&folder::store(args)?, account)?;
    let told = table.len() >= 20_000 && io::stderr().is_terminal() && !args.json;
    let digest = stage(&mut line, &table, kind, args.today, told)?;
    if let Some(expected) = options.digest.as_ref().filter(|expected| **expected != digest.0) {
        let message =
            format!("文件摘要是 {digest}，不是 {expected}：文件在核对之后改过，没有导入；请重新试导（--dry-run）");
        return Err(CliError::new(Exit::Input, message));
    }
    let moves = if kind == ImportKind::Calendar { calendar::moves(&mut line, &digest, args.today)? } else { None };
    if let Some(moves) = moves.as_ref().filter(|moves| moves.total > 0 && !options.dry_run && options.digest.is_none())
    {
        calendar::people(out, moves).map_err(CliError::io)?;
        return Err(calendar::unconfirmed(moves, &digest));
    }
    let changes = if kind == ImportKind::Qualifications { load::compared(&mut line, &digest)? } else { None };
    let commit = ImportCommit {
        kind,
        digest,
        moves: moves.as_ref().map(|moves| moves.total),
        dry_run: options.dry_run,
        school: options.school.as_deref().map(Into::into),
        document: options.document.clone(),
    };
    let short = line.ask_on(Request::Query(Query::Commit(commit)), args.today)?;
    let report = whole(&mut line, short)?;
    if let Some((path, file)) = errors {
        write_errors(file, &report.rows).map_err(|e| unusable(path, &e))?;
    }
    if args.json {
        let mut whole = serde_json::to_value(&report).map_err(CliError::broken)?;
        if let Some(moves) = &moves {
            whole["moves"] = serde_json::to_value(&moves.items).map_err(CliError::broken)?;
        }
        if let Some(changes) = &changes {
            whole["changes"] = serde_json::to_value(changes).map_err(CliError::broken)?;
        }
        writeln!(out, "{whole}").map_err(CliError::io)?;
    } else {
        if let Some(moves) = &moves {
            calendar::people(out, moves).map_err(CliError::io)?;
        }
        if let Some(changes) = &changes {
            load::people(out, changes).map_err(CliError::io)?;
        }
        people(out, options, &report).map_err(CliError::io)?;
        if kind == ImportKind::National && report.committed {
            let schools = reconcile::schools(&mut line, args.today)?;
            reconcile::people(out, &schools).map_err(CliError::io)?;
        }
    }
    if report.refuses() && kind == ImportKind::National {
        let of = |word: &str| report.counts.get(word).copied().unwrap_or_default();
        let message = match (of("lists"), of("lists_out")) {
            (0, _) => "文件有误，没有载入；请在全国系统重新导出后再载入".to_owned(),
            (lists, out) => {
                let done = if report.committed {
                    "其余学校的名单已载入"
                } else {
                    "其余学校的名单没有改动"
                };
                format!("{lists} 所学校中有 {out} 所的名单有不符的行，整校没有载入；{done}；请更正后重新载入")
            }
        };
        return Err(CliError::new(Exit::Input, message));
    }
    if report.refuses() && kind.is_partial() {
        let stayed = report.counts.get("rejected").copied().unwrap_or_default();
        let done = if report.committed { "其余各行已登记" } else { "没有写入任何一行" };
        let message = format!("有 {stayed} 行不符，{done}；请改正这些行后重新导入，已登记的不会重复");
        return Err(CliError::new(Exit::Input, message));
    }
    if report.refuses() {
        return Err(CliError::new(Exit::Input, "文件有误，一行也没有导入；请改正后重新导入整个文件"));
    }
    Ok(())
}

fn unusable(path: &Path, error: &io::Error) -> CliError {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "没有这个文件，请核对路径".to_owned(),
        io::ErrorKind::PermissionDenied => "您没有读写它的权限".to_owned(),
        io::ErrorKind::IsADirectory => "这是一个文件夹，请写明其中的文件".to_owned(),
        _ => error.to_string(),
    };
    CliError::new(Exit::Input, format!("文件 {} 不能用：{why}", path.display()))
}

/// The rows of a file.
pub(super) fn read(path: &Path) -> Result<Table, CliError> {
    let mut bytes = Vec::new();
    let opened = File::open(path).and_then(|file| file.take(LONGEST_FILE + 1).read_to_end(&mut bytes));
    opened.map_err(|e| unusable(path, &e))?;
    if bytes.len() as u64 > LONGEST_FILE {
        let message = format!("文件 {} 超过 {} MiB；请分成几个文件", path.display(), LONGEST_FILE >> 20);
        return Err(CliError::new(Exit::Input, message));
    }
    Table::read(bytes).map_err(|e| CliError::new(Exit::Input, format!("{}：{e}", path.display())))
}

/// Brings all rows; the digest they have there.
pub(super) fn stage(
    line: &mut Line,
    table: &Table,
    kind: ImportKind,
    today: Option<Stamp>,
    told: bool,
) -> Result<Digest, CliError> {
    let mut digest = Digest(String::new());
    for piece in table.pieces(kind) {
        let done = piece.from as usize + piece.rows.len();
        let answer = line.ask_on(Request::Query(Query::Stage(piece)), today)?;
        digest = Digest(answer["digest"].as_str().unwrap_or_default().to_owned());
        if told {
            let _ = write!(io::stderr(), "\r送出 {done}/{} 行", table.len());
        }
    }
    if told {
        let _ = writeln!(io::stderr());
    }
    Ok(digest)
}

/// A page of what was said about the rows.
#[derive(Deserialize)]
struct Rows {
    items: Vec<RowReport>,
    next: Option<u32>,
}

/// The short answer with its rows, fetched page by page.
pub(super) fn whole(line: &mut Line, short: Value) -> Result<ImportReport, CliError> {
    let mut rows = Vec::new();
    let mut after = Some(0);
    while let Some(from) = after {
        let answer = line.ask(Request::Query(Query::ImportReport { after: from, count: PAGE }))?;
        let page: Rows = serde_json::from_value(answer).map_err(CliError::broken)?;
        after = page.next.filter(|next| *next > from);
        rows.extend(page.items);
    }
    let mut fields = short;
    fields["rows"] = Value::Array(Vec::new());
    let report: ImportReport = serde_json::from_value(fields).map_err(CliError::broken)?;
    Ok(ImportReport { rows, ..report })
}

fn people(out: &mut dyn Write, options: &ImportOptions, report: &ImportReport) -> io::Result<()> {
    let of = |word: &str| report.counts.get(word).copied().unwrap_or_default();
    let problems = report.rows.iter().flat_map(|row| row.problems.iter().map(move |problem| (row.row, problem)));
    let mut all: Vec<_> = problems.collect();
    // The hardest first: they are what must be mended.
    all.sort_by_key(|(row, problem)| (std::cmp::Reverse(problem.severity), *row));
    let worth = all.iter().filter(|(_, problem)| problem.severity != Severity::Hint).count();
    let shown = all.len().min(SHOWN.min(worth + HINTS));
    for (row, problem) in &all[..shown] {
        let word = match problem.severity {
            Severity::Block => "错误",
            Severity::Notice => "注意",
            Severity::Hint => "提示",
        };
        let rule = problem.rule.as_deref().map(|rule| format!("（{rule}）")).unwrap_or_default();
        let value = if problem.value.is_empty() { String::new() } else { format!("“{}”", problem.value) };
        writeln!(out, "第{row}行 {word} {} {value}：{}{rule}", problem.column, problem.message)?;
    }
    if all.len() > shown {
        let all_of_them = if options.errors.is_some() { "" } else { "；加 --errors 文件名 可取得全部" };
        writeln!(out, "……另有 {} 条{all_of_them}", all.len() - shown)?;
    }
    if !report.unknown_columns.is_empty() {
        writeln!(out, "没有用到的列：{}", report.unknown_columns.join("、"))?;
    }
    let (written, unchanged) = (of("written"), of("unchanged"));
    match (report.refuses() && !report.committed, report.committed) {
        (true, _) => writeln!(out, "有错误 {} 行", of("rejected"))?,
        (false, true) => {
            writeln!(out, "已导入：写入 {written} 条，已在库中未改动 {unchanged} 条，空行 {} 行", of("empty"))?
        }
        (false, false) => {
            writeln!(
                out,
                "核对无误：将写入 {written} 条，已在库中未改动 {unchanged} 条，空行 {} 行；没有写入",
                of("empty")
            )?;
        }
    }
    writeln!(out, "文件摘要 {}", report.digest)
}
