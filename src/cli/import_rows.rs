//! Bringing a file's rows to the server and having them judged or taken in: three things at once, since a row is read,
//! written on the line and judged by three threads, of which two are here.

use super::failure::{CliError, Exit};
use super::files::Line;
use super::progress::Progress;
use crate::exchange::{Source, TableError, is_new_students, mapped, pieces};
use crate::model::{Digest, ImportKind, Stamp};
use crate::wire::{ImportCheck, ImportCommit, ImportRows, Query, Request};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Rows that are judged between two words about how far it has come.
pub(super) const STEP: u32 = 2000;
/// Pieces that may be read before the server has taken them: what is read while it judges a step.
const AHEAD: usize = 32;

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

/// What is brought of a file, and what is laid over it.
#[derive(Debug, Clone)]
pub(super) struct Bring<'a> {
    /// What it holds.
    pub(super) kind: ImportKind,
    /// Names of columns, theirs to ours.
    pub(super) mapping: &'a BTreeMap<String, String>,
    /// Cells put right, by row and column.
    pub(super) fixes: &'a BTreeMap<(u32, u32), &'a str>,
    /// Have new students judged while they are brought.
    pub(super) check: Option<ImportCheck>,
}

impl<'a> Bring<'a> {
    /// A file with its columns under their own names.
    pub(super) fn of(kind: ImportKind, fixes: &'a BTreeMap<(u32, u32), &'a str>) -> Self {
        static OWN: BTreeMap<String, String> = BTreeMap::new();
        Bring { kind, mapping: &OWN, fixes, check: None }
    }
}

type Piece = Result<(ImportRows, f64), Stop>;

/// Brings all rows; the digest they have there. The next rows are read while the server takes the last ones on.
pub(super) fn stage(line: &mut Line, source: &Source, bring: Bring<'_>, watch: Watch<'_>) -> Result<Staged, Stop> {
    thread::scope(|scope| {
        let (give, take) = sync_channel(AHEAD);
        let kind = bring.kind;
        scope.spawn(move || read(source, &bring, &give));
        // Dropped with what it answers: who reads on is told that nobody takes any more.
        send(line, take, kind, watch)
    })
}

fn read(source: &Source, bring: &Bring<'_>, give: &SyncSender<Piece>) {
    let heading = |columns: &[String]| {
        let (columns, missing) = mapped(columns, bring.mapping);
        if !missing.is_empty() {
            let message = format!("文件里没有这些列：{}；请核对 --map 左边的列名", missing.join("、"));
            return Err(Stop::Line(CliError::new(Exit::Input, message)));
        }
        let new = bring.kind == ImportKind::Students && is_new_students(&columns);
        Ok((if new { ImportKind::NewStudents } else { bring.kind }, columns))
    };
    // Who takes no more has a reason of his own.
    let gone = |_| Stop::Line(CliError::new(Exit::Input, "没有读完"));
    let hand_on = |mut piece: ImportRows, read| {
        for ((row, column), text) in bring.fixes {
            let at = row.checked_sub(piece.from + 2).and_then(|at| piece.rows.get_mut(at as usize));
            if let Some(cells) = at {
                cells.set(*column as usize, text);
            }
        }
        if piece.from == 0 && piece.kind == ImportKind::NewStudents {
            piece.check.clone_from(&bring.check);
        }
        give.send(Ok((piece, read))).map_err(gone)
    };
    if let Err(stop) = pieces(source, heading, hand_on) {
        let _ = give.send(Err(stop));
    }
}

fn send(line: &mut Line, pieces: Receiver<Piece>, mut kind: ImportKind, watch: Watch<'_>) -> Result<Staged, Stop> {
    let mut pieces = pieces.into_iter().peekable();
    let judged = matches!(pieces.peek(), Some(Ok((piece, _))) if piece.check.is_some());
    let mut progress = Progress::of(if judged { "读取并核对" } else { "送出" }, watch.told);
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
