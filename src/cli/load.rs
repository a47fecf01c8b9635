//! A file of the province for screen 0, or lists of the national system for screen 7: checked, held against what is here,
//! and taken in when the desk says so. What is found goes back as JSON, for the desk to show.

use super::failure::CliError;
use super::files::Line;
use super::import::Reports;
use super::import_rows::{Bring, Watch, commit_all, stage};
use super::{import_calendar, reconcile};
use crate::app::{LoadProblem, LoadSeen, LoadWish};
use crate::desk::import;
use crate::exchange::{Source, TableError};
use crate::model::{Digest, ImportKind, Severity};
use crate::wire::{CompareOffers, ImportCommit, QualificationChanges, Query, Request};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Problems shown on a screen; `xueji import --errors` has all.
const PROBLEMS: usize = 200;
/// Digits of a digest that are said.
const DIGITS: usize = 12;
/// Lines of a comparison asked for at once.
const PAGE: u32 = 500;
/// Lines of a comparison shown on a screen.
const LINES: usize = 2000;

/// Checks a file, or takes in the one that was checked.
pub(super) fn run(line: &mut Line, wish: &LoadWish) -> Result<String, CliError> {
    let path: PathBuf = super::files::expand(&wish.path);
    let bad = |e: TableError| CliError::new(super::Exit::Input, format!("{}：{e}", path.display()));
    let source = Source::open(&path).map_err(bad)?;
    let digest = stage(line, &source, Bring::of(wish.kind, &BTreeMap::new()), Watch::default())?.digest;
    if let Some(seen) = wish.digest.as_ref().filter(|seen| **seen != digest) {
        let short = |digest: &Digest| digest.as_str().chars().take(DIGITS).collect::<String>();
        let (seen, now) = (short(seen), short(&digest));
        let message = format!("文件在核对之后改过（摘要由 {seen} 变为 {now}），没有载入；请退回去重新核对");
        return Err(CliError::new(super::Exit::Input, message));
    }
    let (mut moves, mut changes) = (None, None);
    if wish.digest.is_none() {
        match wish.kind {
            ImportKind::Calendar => moves = import_calendar::moves(line, &digest, None)?,
            ImportKind::Qualifications => changes = compared(line, &digest)?,
            _ => {}
        }
    }
    let commit = ImportCommit {
        kind: wish.kind,
        digest: digest.clone(),
        dry_run: wish.digest.is_none(),
        count: None,
        school: None,
        document: wish.document.clone(),
        moves: wish.moves,
    };
    // How schools stood before, so that what a list has changed can be told.
    let national = wish.kind == ImportKind::National && wish.digest.is_some();
    let before = if national { Some(reconcile::schools(line, None)?) } else { None };
    let short = commit_all(line, &commit, Watch::default())?;
    let counts: BTreeMap<String, u32> = serde_json::from_value(short["counts"].clone()).map_err(CliError::broken)?;
    let unknown = serde_json::from_value(short["unknown_columns"].clone()).unwrap_or_default();
    let committed = short["committed"].as_bool().unwrap_or_default();
    let count = |word: &str| counts.get(word).copied().unwrap_or_default();
    // Of lists of the national system, schools without a wrong row are taken in.
    let refused = count("rejected") > 0 && !(wish.kind.is_partial() && count("written") > 0);
    let mut problems: Vec<LoadProblem> = Vec::new();
    let mut reports = Reports::of(line);
    while let Some(row) = reports.next()? {
        problems.extend(row.problems.into_iter().map(|problem| LoadProblem {
            row: row.row,
            column: import::column_said(wish.kind, &problem.column).to_owned(),
            severity: problem.severity,
            message: problem.message,
        }));
    }
    problems.retain(|problem| problem.severity != Severity::Hint);
    // The hardest first: they are what must be mended.
    problems.sort_by_key(|problem| (std::cmp::Reverse(problem.severity), problem.row));
    let more = u32::try_from(problems.len().saturating_sub(PROBLEMS)).unwrap_or(u32::MAX);
    problems.truncate(PROBLEMS);
    // They are taken in, whatever becomes of this question.
    let national = before.filter(|_| committed).and_then(|before| reconcile::told(line, &before).ok());
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let seen = LoadSeen {
        kind: wish.kind,
        path: wish.path.clone(),
        form: source.content().encoding().unwrap_or_else(|| source.content().word()).to_owned(),
        name: crate::text::clean(&name).0,
        digest,
        committed,
        refused,
        counts,
        unknown,
        problems,
        more,
        moves,
        changes,
        national,
    };
    serde_json::to_string(&seen).map_err(CliError::broken)
}

/// The lines in which staged qualifications differ from the last publication; none when the file itself is wrong, which
/// the report says row by row.
pub(super) fn compared(line: &mut Line, digest: &Digest) -> Result<Option<QualificationChanges>, CliError> {
    let mut all: Option<QualificationChanges> = None;
    loop {
        let after = all.as_ref().map_or(0, |all| u32::try_from(all.items.len()).unwrap_or(u32::MAX));
        let wanted = CompareOffers { digest: digest.clone(), after, count: Some(PAGE) };
        let answer = match line.ask(Request::Query(Query::QualificationChanges(wanted))) {
            Ok(answer) => answer,
            Err(error) if error.exit == super::Exit::Input => return Ok(None),
            Err(error) => return Err(error),
        };
        let page: QualificationChanges = serde_json::from_value(answer).map_err(CliError::broken)?;
        let more = page.next.is_some();
        match &mut all {
            None => all = Some(page),
            Some(all) => all.items.extend(page.items),
        }
        if !more || all.as_ref().is_some_and(|all| all.items.len() >= LINES) {
            return Ok(all);
        }
    }
}

/// The comparison as the command line shows it.
pub(super) fn people(out: &mut dyn std::io::Write, changes: &QualificationChanges) -> std::io::Result<()> {
    use crate::wire::OfferChange;
    let QualificationChanges { added, withdrawn, changed, unchanged, schools_withdrawn, .. } = changes;
    writeln!(
        out,
        "与上次发布相比：新增 {added} 行，取消 {withdrawn} 行，计划数变 {changed} 行，不变 {unchanged} 行；不再有资质的学校 {schools_withdrawn} 所"
    )?;
    if changes.items.is_empty() {
        return Ok(());
    }
    let number = |plan: Option<u32>| plan.map_or_else(|| "-".to_owned(), |plan| plan.to_string());
    let head = ["变动", "学校", "年季", "专业", "校区", "学制", "原计划", "现计划"].map(str::to_owned);
    let rows = changes.items.iter().map(|row| {
        let word = match row.change {
            OfferChange::Added => "新增",
            OfferChange::Withdrawn => "取消",
            OfferChange::Changed => "计划",
        };
        let half = if row.half_years % 2 == 1 { ".5" } else { "" };
        [
            word.to_owned(),
            format!("{} {}", row.school, row.school_name),
            format!("{}{}", row.year, row.season.name()),
            format!("{} {}", row.major, row.major_name),
            row.campus.clone(),
            format!("{}{half}", row.half_years / 2),
            number(row.before),
            number(row.after),
        ]
    });
    let rows: Vec<[String; 8]> = [head].into_iter().chain(rows).collect();
    super::table::write(out, &rows)
}
