//! What the desk does with files of the upload folder: which there are, what is said about one, its good rows registered;
//! and lists taken out to the download folder. The same code as on the command line.

use super::export::{Wanted, write};
use super::failure::{CliError, Exit};
use super::files::{self, Line};
use super::import::{Reports, is_exercise};
use super::import_rows::{Bring, STEP, Watch, commit_all, stage};
use crate::app::{ImportSeen, ImportWish, SeenProblem, SeenRow, Upload, Uploads};
use crate::exchange::{ErrorList, Form, Source, TableError, Taker, bare, write_errors};
use crate::law::entry::fields::index_of;
use crate::model::{Digest, Export, ExportKind, ImportKind, RowOutcome, RowReport, Severity, Stamp};
use crate::wire::{ImportCheck, ImportCommit, Tab};
use chrono::{DateTime, FixedOffset};
use csv::StringRecord;
use directories::BaseDirs;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Most files of the folder that are offered.
const MOST_FILES: usize = 200;
/// Most rows with something to be said that are shown at once.
const MOST_ROWS: usize = 300;

/// The upload folder: where SFTP brings what is to be imported or attached.
fn folder() -> Result<PathBuf, CliError> {
    let dirs = BaseDirs::new().ok_or_else(|| CliError::usage("找不到用户目录（HOME 未设）"))?;
    Ok(dirs.home_dir().join("xueji-upload"))
}

/// The files there, the newest first; only tables where these are wanted.
pub(super) fn uploads(tables: bool) -> Result<Uploads, CliError> {
    let folder = folder()?;
    fs::create_dir_all(&folder).map_err(CliError::io)?;
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder).map_err(CliError::io)?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        let wanted = !tables || matches!(ending.as_str(), "xlsx" | "xls" | "csv");
        let Ok(meta) = entry.metadata() else { continue };
        if !wanted || !meta.is_file() || name.starts_with('.') {
            continue;
        }
        let modified = meta.modified().ok().map(DateTime::<chrono::Utc>::from);
        found.push((modified, name, entry.path(), meta.len()));
    }
    found.sort_by(|a, b| (&b.0, &a.1).cmp(&(&a.0, &b.1)));
    found.truncate(MOST_FILES);
    let files = found.into_iter().map(|(modified, name, path, size)| {
        let beijing = FixedOffset::east_opt(8 * 3600).zip(modified).map(|(zone, at)| at.with_timezone(&zone));
        let modified = beijing.map(|at| at.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default();
        Upload { name: crate::text::clean(&name).0, path: path.display().to_string(), size, modified }
    });
    Ok(Uploads { folder: shown(&folder), files: files.collect() })
}

/// A folder in the home folder, as people write it.
fn shown(folder: &Path) -> String {
    let home = BaseDirs::new().and_then(|dirs| folder.strip_prefix(dirs.home_dir()).ok().map(Path::to_owned));
    home.map_or_else(|| folder.display().to_string(), |rest| format!("~/{}", rest.display()))
}

/// Checks a file with what was put right laid over it; with a digest its good rows are registered, if it is still what
/// was checked.
pub(super) fn check(line: &mut Line, wish: &ImportWish) -> Result<ImportSeen, CliError> {
    let path = Path::new(&wish.path);
    let source = Source::open(path).map_err(bad)?;
    let fixes = fixes(wish);
    let check = wish.digest.is_none().then(ImportCheck::default);
    let bring = Bring { check, ..Bring::of(ImportKind::NewStudents, &fixes) };
    let staged = stage(line, &source, bring, Watch::default())?;
    if wish.digest.as_ref().is_some_and(|digest| *digest != staged.digest.0) {
        let message = "文件在核对之后改过，没有登记；请选「重新读取文件并核对」";
        return Err(CliError::new(Exit::Input, message));
    }
    let commit = asked(staged.kind, staged.digest, wish.digest.is_none());
    let short = commit_all(line, &commit, Watch::default())?;
    let counts = serde_json::from_value(short["counts"].clone()).map_err(CliError::broken)?;
    let unknown = serde_json::from_value(short["unknown_columns"].clone()).unwrap_or_default();
    let mut reports = Reports::of(line);
    reports.worth(Severity::Notice);
    let (mut wanted, mut more) = (BTreeMap::new(), 0);
    while let Some(report) = reports.next()? {
        match report.outcome {
            RowOutcome::Rejected | RowOutcome::Warning if wanted.len() < MOST_ROWS => {
                wanted.insert(report.row, report);
            }
            RowOutcome::Rejected => more += 1,
            _ => {}
        }
    }
    let mut cells = Cells { columns: Vec::new(), row: 1, wanted, fixes, rows: Vec::new() };
    source.read(&mut cells).map_err(bad)?;
    if let Some(header) = cells.wanted.remove(&1) {
        cells.rows.insert(0, seen_row(header, &[], Vec::new()));
    }
    Ok(ImportSeen {
        path: wish.path.clone(),
        name: path.file_name().map(|name| crate::text::clean(&name.to_string_lossy()).0).unwrap_or_default(),
        form: source.content().word().to_owned(),
        encoding: source.content().encoding().map(str::to_owned),
        digest: commit.digest.0,
        committed: short["committed"].as_bool().unwrap_or_default(),
        counts,
        unknown,
        columns: cells.columns,
        rows: cells.rows,
        more,
    })
}

/// Checks a file with what was put right laid over it, and writes its rows that stay out, with the reasons, to the
/// download folder; where they are.
pub(super) fn errors(line: &mut Line, wish: &ImportWish) -> Result<String, CliError> {
    let path = Path::new(&wish.path);
    let source = Source::open(path).map_err(bad)?;
    let fixes = fixes(wish);
    let check = Some(ImportCheck::default());
    let bring = Bring { check, ..Bring::of(ImportKind::NewStudents, &fixes) };
    let staged = stage(line, &source, bring, Watch::default())?;
    commit_all(line, &asked(staged.kind, staged.digest, true), Watch::default())?;
    let what = ErrorList { form: Form::Xlsx, exercise: is_exercise(line)?, whole: false, fixes: &fixes };
    let mut reports = Reports::of(line);
    reports.worth(Severity::Block);
    let mut bytes = Vec::new();
    let next = || reports.next().map_err(|e| e.to_string());
    write_errors(&source, what, next, &mut bytes).map_err(|e| CliError::new(Exit::Input, e.to_string()))?;
    let stem = path.file_stem().map(|stem| crate::text::clean(&stem.to_string_lossy()).0).unwrap_or_default();
    files::download(&format!("{stem}-不符的行.{}", Form::Xlsx.ending()), &bytes)
}

fn bad(e: TableError) -> CliError {
    CliError::new(Exit::Input, e.to_string())
}

/// Cells that were put right, by row and column.
fn fixes(wish: &ImportWish) -> BTreeMap<(u32, u32), &str> {
    wish.fixes.iter().map(|(row, column, text)| ((*row, *column), text.as_str())).collect()
}

/// All rows of what was staged, to be judged or registered.
fn asked(kind: ImportKind, digest: Digest, dry_run: bool) -> ImportCommit {
    ImportCommit { kind, digest, moves: None, dry_run, count: Some(STEP), school: None, document: None }
}

/// The cells of the rows that something is said about.
struct Cells<'f> {
    columns: Vec<String>,
    row: u32,
    wanted: BTreeMap<u32, RowReport>,
    fixes: BTreeMap<(u32, u32), &'f str>,
    rows: Vec<SeenRow>,
}

impl Taker for Cells<'_> {
    type Error = TableError;

    fn header(&mut self, columns: &[String]) -> Result<(), Self::Error> {
        self.columns = columns.iter().map(|column| crate::text::clean(&bare(column)).0).collect();
        Ok(())
    }

    fn row(&mut self, row: &StringRecord, _: f64) -> Result<(), Self::Error> {
        self.row += 1;
        let Some(report) = self.wanted.remove(&self.row) else { return Ok(()) };
        let cells = (0..).zip(row).map(|(column, cell)| match self.fixes.get(&(self.row, column)) {
            Some(text) => (*text).to_owned(),
            None => crate::text::clean(cell).0,
        });
        self.rows.push(seen_row(report, &self.columns, cells.collect()));
        Ok(())
    }
}

fn seen_row(report: RowReport, columns: &[String], cells: Vec<String>) -> SeenRow {
    let same =
        |ours: &str, theirs: &str| theirs == ours || index_of(ours).is_some_and(|at| index_of(theirs) == Some(at));
    let place = |ours: &str| columns.iter().position(|theirs| !ours.is_empty() && same(ours, theirs));
    let name = place("姓名").and_then(|at| cells.get(at)).map(|name| name.trim().to_owned()).unwrap_or_default();
    let problems = report.problems.into_iter().map(|problem| SeenProblem {
        at: place(&problem.column).and_then(|at| u32::try_from(at).ok()),
        column: problem.column.into_owned(),
        severity: problem.severity,
        message: problem.message,
        value: problem.value,
    });
    SeenRow { row: report.row, outcome: report.outcome, name, problems: problems.collect(), cells }
}

/// Takes a list out to the download folder; its path.
pub(super) fn export(line: &mut Line, what: ExportKind, tab: Tab) -> Result<String, CliError> {
    let wanted =
        Wanted { export: Export { what, school: None, status: None, reveal: false }, tab, year: None, national: false };
    let name = format!("{}-{}.{}", what.name(), Stamp::now().day().format("%Y%m%d"), Form::Xlsx.ending());
    let mut bytes = Vec::new();
    write(line, &wanted, Form::Xlsx, &mut bytes)?;
    files::download(&name, &bytes)
}
