//! `xueji import`: the file is read here, row by row, and judged and taken in by the server. Neither end ever holds more
//! of it than it must: a hundred thousand rows are nothing special.

use super::args::ImportOptions;
use super::failure::{CliError, Exit};
use super::files::Line;
use super::import_rows::{Bring, STEP, Stop, Watch, commit_all, stage};
use super::import_told::Told;
use super::{Args, folder, import_calendar as calendar, load, mappings, reconcile};
use crate::exchange::{ErrorList, ErrorListError, Form, Source, TableError, write_errors};
use crate::model::{ImportKind, OfficeId, RowReport, Severity};
use crate::wire::{ImportCheck, ImportCommit, Query, Request};
use serde::Deserialize;
use serde_json::Value;
use signal_hook::consts::SIGINT;
use std::collections::{BTreeMap, VecDeque};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Rows of a report asked for at once.
const PAGE: u32 = 2000;

/// Imports a file, or judges it.
pub(super) fn run(args: &Args, options: &ImportOptions, out: &mut dyn Write) -> Result<(), CliError> {
    let kind: ImportKind = serde_json::from_value(Value::String(options.what.clone())).map_err(CliError::wrong)?;
    let bad = |e: TableError| CliError::new(Exit::Input, format!("{}：{e}", options.file.display()));
    let source = Source::open(&options.file).map_err(bad)?;
    // Made first: a report that cannot be kept is a reason not to begin.
    let errors = match &options.errors {
        Some(path) => {
            let form = Form::of(path).filter(|form| *form != Form::Json);
            let wrong = || CliError::usage(format!("{} 应以 .xlsx 或 .csv 结尾", path.display()));
            let form = form.ok_or_else(wrong)?;
            Some((path, form, File::create(path).map_err(|e| unusable(path, &e))?))
        }
        None => None,
    };
    let account = args.as_account.as_deref().map(Into::into);
    let mut line = Line::open(&folder::store(args)?, account)?;
    let mapping = mappings::of(&mut line, options)?;
    // Interrupted once, it ends where it has come to and says so; when that is past, the signal ends the program again.
    let (stop, over) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(true)));
    signal_hook::flag::register_conditional_default(SIGINT, Arc::clone(&over)).map_err(CliError::io)?;
    signal_hook::flag::register(SIGINT, Arc::clone(&stop)).map_err(CliError::io)?;
    let watch = Watch { today: args.today, stop: Some(&stop), told: true };
    let (school, fixes) = (options.school.as_deref().map(OfficeId::from), BTreeMap::new());
    // What is only judged is judged while the file is still read.
    let check = options.dry_run.then(|| ImportCheck { school: school.clone(), document: options.document.clone() });
    let bring = Bring { mapping: &mapping, check, ..Bring::of(kind, &fixes) };
    let staged = stage(&mut line, &source, bring, watch).map_err(|stop| match stop {
        Stop::Table(e) => bad(e),
        Stop::Line(e) => e,
    })?;
    if let Some(expected) = options.digest.as_ref().filter(|expected| **expected != staged.digest.0) {
        let message = format!(
            "文件摘要是 {}，不是 {expected}：文件或列的对应在核对之后改过，没有导入；请重新试导（--dry-run）",
            staged.digest
        );
        return Err(CliError::new(Exit::Input, message));
    }
    let moves =
        if kind == ImportKind::Calendar { calendar::moves(&mut line, &staged.digest, args.today)? } else { None };
    if let Some(moves) = moves.as_ref().filter(|moves| moves.total > 0 && !options.dry_run && options.digest.is_none())
    {
        calendar::people(out, moves).map_err(CliError::io)?;
        return Err(calendar::unconfirmed(moves, &staged.digest));
    }
    let compares = kind == ImportKind::Qualifications;
    let changes = if compares { load::compared(&mut line, &staged.digest)? } else { None };
    let commit = ImportCommit {
        kind: staged.kind,
        digest: staged.digest.clone(),
        moves: moves.as_ref().map(|moves| moves.total),
        dry_run: options.dry_run,
        count: (staged.kind == ImportKind::NewStudents).then_some(STEP),
        school,
        document: options.document.clone(),
    };
    over.store(false, Ordering::Relaxed);
    let short = commit_all(&mut line, &commit, watch)?;
    over.store(true, Ordering::Relaxed);
    let told = Told::of(&short, source.content(), staged.kind)?;
    if args.json {
        let moves = moves.as_ref().map(|moves| serde_json::to_value(&moves.items)).transpose();
        let changes = changes.as_ref().map(serde_json::to_value).transpose();
        let beside = [("moves", moves.map_err(CliError::broken)?), ("changes", changes.map_err(CliError::broken)?)];
        told.json(out, &mut Reports::of(&mut line), beside)?;
    } else {
        if let Some(moves) = &moves {
            calendar::people(out, moves).map_err(CliError::io)?;
        }
        if let Some(changes) = &changes {
            load::people(out, changes).map_err(CliError::io)?;
        }
        told.people(out, options, &mut Reports::of(&mut line))?;
        if staged.kind == ImportKind::National && told.committed() {
            let schools = reconcile::schools(&mut line, args.today)?;
            reconcile::people(out, &schools).map_err(CliError::io)?;
        }
    }
    if let Some((path, form, file)) = errors {
        let exercise = is_exercise(&mut line)?;
        let mut reports = Reports::of(&mut line);
        reports.worth(Severity::Block);
        let next = || reports.next().map_err(|e| e.to_string());
        let what = ErrorList { form, exercise, whole: !staged.kind.is_partial(), fixes: &BTreeMap::new() };
        let written = write_errors(&source, what, next, BufWriter::new(file)).map_err(|e| match e {
            ErrorListError::Read(e) => bad(e),
            other => CliError::new(Exit::Input, format!("{}：{other}", path.display())),
        })?;
        if !args.json && told.rejected() > 0 {
            let message =
                format!("不符的行连同原因已写入 {}（{written} 行）；改正后可直接导入这个文件", path.display());
            writeln!(out, "{message}").map_err(CliError::io)?;
        }
    }
    mappings::keep(&mut line, options, &mapping)?;
    told.verdict()
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

pub(super) fn is_exercise(line: &mut Line) -> Result<bool, CliError> {
    let me = line.ask(Request::Query(Query::WhoAmI {}))?;
    Ok(me["exercise"].as_bool().unwrap_or_default())
}

/// A page of what was said about the rows.
#[derive(Deserialize)]
struct Rows {
    items: Vec<RowReport>,
    next: Option<u32>,
}

/// What was said about the rows, fetched page by page, in their order.
pub(super) struct Reports<'l> {
    line: &'l mut Line,
    page: VecDeque<RowReport>,
    after: Option<u32>,
    worth: Option<Severity>,
    said: usize,
}

impl<'l> Reports<'l> {
    pub(super) fn of(line: &'l mut Line) -> Self {
        Reports { line, page: VecDeque::new(), after: Some(0), worth: None, said: 0 }
    }

    /// From now on only rows of which something at least so hard is said.
    pub(super) fn worth(&mut self, least: Severity) {
        if self.worth.replace(least) == Some(least) {
            return;
        }
        self.page.retain(|row| row.problems.iter().any(|of| of.severity >= least));
    }

    /// How many things are said about all rows; known once a page has come.
    pub(super) fn said(&self) -> usize {
        self.said
    }

    /// The next row's; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<RowReport>, CliError> {
        while self.page.is_empty() {
            let Some(from) = self.after else { return Ok(None) };
            let answer =
                self.line.ask(Request::Query(Query::ImportReport { after: from, count: PAGE, worth: self.worth }))?;
            self.said = answer["said"].as_u64().and_then(|said| usize::try_from(said).ok()).unwrap_or_default();
            let page: Rows = serde_json::from_value(answer).map_err(CliError::broken)?;
            self.after = page.next.filter(|next| *next > from);
            self.page.extend(page.items);
        }
        Ok(self.page.pop_front())
    }
}
