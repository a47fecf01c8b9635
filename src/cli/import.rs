//! `xueji import`: the file is read here, row by row, and judged and taken in by the server. Neither end ever holds more
//! of it than it must: a hundred thousand rows are nothing special.

use super::args::ImportOptions;
use super::failure::{CliError, Exit};
use super::files::Line;
use super::import_told::Told;
use super::progress::Progress;
use super::{Args, folder, import_calendar as calendar, load, mappings, reconcile};
use crate::exchange::{
    ErrorList, ErrorListError, Form, Source, TableError, is_new_students, mapped, pieces, write_errors,
};
use crate::model::{Digest, ImportKind, RowReport, Severity, Stamp};
use crate::wire::{ImportCommit, ImportRows, Query, Request};
use serde::Deserialize;
use serde_json::Value;
use signal_hook::consts::SIGINT;
use std::collections::{BTreeMap, VecDeque};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Rows of a report asked for at once.
const PAGE: u32 = 2000;
/// Rows that are judged between two words about how far it has come.
const STEP: u32 = 2000;

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
    let staged = stage(&mut line, &source, kind, (&mapping, &BTreeMap::new()), watch).map_err(|stop| match stop {
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
        school: options.school.as_deref().map(Into::into),
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

/// Why no more rows are brought.
pub(super) enum Stop {
    /// The file.
    Table(TableError),
    /// The line, or the server's word.
    Line(CliError),
}

impl From<TableError> for Stop {
    fn from(error: TableError) -> Self {
        Stop::Table(error)
    }
}

impl From<Stop> for CliError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Table(error) => CliError::new(Exit::Input, error.to_string()),
            Stop::Line(error) => error,
        }
    }
}

/// What lies at the server now.
pub(super) struct Staged {
    pub(super) kind: ImportKind,
    pub(super) digest: Digest,
}

/// How an import is watched: on which day it is asked, what stops it, and whether its progress is told.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Watch<'a> {
    pub(super) today: Option<Stamp>,
    pub(super) stop: Option<&'a AtomicBool>,
    pub(super) told: bool,
}

/// What is laid over a file: names of columns, theirs to ours; and cells put right, by row and column.
type Laid<'a> = (&'a BTreeMap<String, String>, &'a BTreeMap<(u32, u32), &'a str>);

type Piece = Result<(ImportRows, f64), Stop>;

/// Brings all rows; the digest they have there. The next rows are read while the server takes the last ones on.
pub(super) fn stage(
    line: &mut Line,
    source: &Source,
    kind: ImportKind,
    laid: Laid<'_>,
    watch: Watch<'_>,
) -> Result<Staged, Stop> {
    thread::scope(|scope| {
        let (give, take) = sync_channel(2);
        scope.spawn(move || read(source, kind, laid, &give));
        // Dropped with what it answers: who reads on is told that nobody takes any more.
        send(line, take, kind, watch)
    })
}

fn read(source: &Source, kind: ImportKind, (mapping, fixes): Laid<'_>, give: &SyncSender<Piece>) {
    let heading = |columns: &[String]| {
        let (columns, missing) = mapped(columns, mapping);
        if !missing.is_empty() {
            let message = format!("文件里没有这些列：{}；请核对 --map 左边的列名", missing.join("、"));
            return Err(Stop::Line(CliError::new(Exit::Input, message)));
        }
        let new = kind == ImportKind::Students && is_new_students(&columns);
        Ok((if new { ImportKind::NewStudents } else { kind }, columns))
    };
    // Who takes no more has a reason of his own.
    let gone = |_| Stop::Line(CliError::new(Exit::Input, "没有读完"));
    let hand_on = |mut piece: ImportRows, read| {
        for ((row, column), text) in fixes {
            let at = row.checked_sub(piece.from + 2).and_then(|at| piece.rows.get_mut(at as usize));
            if let Some(cell) = at.and_then(|cells| cells.get_mut(*column as usize)) {
                (*text).clone_into(cell);
            }
        }
        give.send(Ok((piece, read))).map_err(gone)
    };
    if let Err(stop) = pieces(source, heading, hand_on) {
        let _ = give.send(Err(stop));
    }
}

fn send(line: &mut Line, pieces: Receiver<Piece>, mut kind: ImportKind, watch: Watch<'_>) -> Result<Staged, Stop> {
    let mut progress = Progress::of("送出", watch.told);
    let mut staged = Staged { kind, digest: Digest(String::new()) };
    // While the server takes some rows on the next are written already.
    let mut sent = None;
    let mut taken = |line: &mut Line, sent: Option<(usize, f64)>| {
        let Some((rows, read)) = sent else { return Ok(()) };
        let answer = line.answer().map_err(Stop::Line)?;
        staged.digest = Digest(answer["digest"].as_str().unwrap_or_default().to_owned());
        progress.tell(rows, read);
        Ok::<(), Stop>(())
    };
    for piece in pieces {
        let (piece, read) = piece?;
        kind = piece.kind;
        let rows = piece.from as usize + piece.rows.len();
        let text = line.written(Request::Query(Query::Stage(piece)), watch.today).map_err(Stop::Line)?;
        taken(line, sent.take())?;
        line.send(&text).map_err(Stop::Line)?;
        sent = Some((rows, read));
    }
    taken(line, sent)?;
    Ok(Staged { kind, ..staged })
}

/// Has all rows judged and, unless it is a dry run, taken in; the short answer. What an interruption leaves is said.
pub(super) fn commit_all(line: &mut Line, commit: &ImportCommit, watch: Watch<'_>) -> Result<Value, CliError> {
    let mut progress = Progress::of(if commit.dry_run { "核对" } else { "登记" }, watch.told);
    let mut so_far: Option<(u64, u64)> = None;
    loop {
        let asked = line.ask_on(Request::Query(Query::Commit(commit.clone())), watch.today);
        let answer = match (asked, so_far) {
            (Ok(answer), _) => answer,
            (Err(error), Some((done, written))) if !commit.dry_run => {
                return Err(cut(&error.to_string(), done, written));
            }
            (Err(error), _) => return Err(error),
        };
        let (Some(done), Some(of)) = (answer["done"].as_u64(), answer["of"].as_u64()) else { return Ok(answer) };
        let written = answer["counts"]["written"].as_u64().unwrap_or_default();
        progress.tell(usize::try_from(done).unwrap_or(usize::MAX), done as f64 / of.max(1) as f64);
        if watch.stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
            return Err(match commit.dry_run {
                true => CliError::new(Exit::Input, "已中断，没有写入"),
                false => cut("已中断", done, written),
            });
        }
        so_far = Some((done, written));
    }
}

/// What is there after an import that did not come to its end.
fn cut(why: &str, done: u64, written: u64) -> CliError {
    let message =
        format!("{why}。前 {done} 行已经办完，其中登记的 {written} 名都在库中；再次导入同一文件会接着办，不会重复登记");
    CliError::new(Exit::Input, message)
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
