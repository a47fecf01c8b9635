//! The rows of a file that stay out, with their own columns and why: to be put right in a spreadsheet and brought again.

use super::pieces::bare;
use super::source::{Source, TableError, Taker};
use super::write::{Cell, Column, EXERCISE, Form, TableWriter, WriteError};
use crate::model::{ORIGINAL_ROW, REASON, RowOutcome, RowReport, Severity};
use csv::StringRecord;
use std::collections::BTreeMap;
use std::io::Write;

/// Why the list could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ErrorListError {
    /// The file that was imported does not read any more.
    #[error(transparent)]
    Read(#[from] TableError),
    /// The list cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// What was said about the rows did not arrive.
    #[error("{0}")]
    Reports(String),
}

/// What kind of list is wanted.
#[derive(Debug, Clone, Copy)]
pub struct ErrorList<'f> {
    /// What the list is written as.
    pub form: Form,
    /// Whether it comes out of an exercise store.
    pub exercise: bool,
    /// Whether the file is taken in whole or not at all: then all rows are written.
    pub whole: bool,
    /// Cells that were put right at the desk, by row and column of the file: written instead of what stands there.
    pub fixes: &'f BTreeMap<(u32, u32), &'f str>,
}

/// Writes the rows of `source` that stay out, in its own columns, then the row's number in it and the reason. `next`
/// gives what was said about the rows, in their order; a row about which nothing was said may be left out. The number of rows written.
pub fn write_errors<W: Write + Send>(
    source: &Source,
    what: ErrorList<'_>,
    next: impl FnMut() -> Result<Option<RowReport>, String>,
    out: W,
) -> Result<u32, ErrorListError> {
    let mut list = List { out: Some(out), what, next, ahead: None, row: 1, kept: Vec::new(), table: None, first: None };
    source.read(&mut list)?;
    let List { table, .. } = list;
    let Some(table) = table else { return Ok(0) };
    let rows = table.len();
    table.finish()?;
    Ok(rows)
}

struct List<'f, W: Write + Send, N> {
    out: Option<W>,
    what: ErrorList<'f>,
    next: N,
    /// The report of a row that has not been read yet.
    ahead: Option<RowReport>,
    /// The row last read; the header is row 1.
    row: u32,
    /// Columns that are copied: not those of an earlier list.
    kept: Vec<usize>,
    table: Option<TableWriter<W>>,
    /// What was said about the header, until a row takes it on.
    first: Option<String>,
}

impl<W: Write + Send, N: FnMut() -> Result<Option<RowReport>, String>> List<'_, W, N> {
    /// What was said about a row; reports come in the order of rows, and not every row need have one.
    fn said(&mut self) -> Result<Option<RowReport>, ErrorListError> {
        loop {
            let report = match self.ahead.take() {
                Some(report) => Some(report),
                None => (self.next)().map_err(ErrorListError::Reports)?,
            };
            match report {
                Some(report) if report.row < self.row => {
                    // The header is wrong: no row was looked at.
                    self.first = Some(reason(&report));
                    self.what.whole = true;
                }
                Some(report) if report.row > self.row => {
                    self.ahead = Some(report);
                    return Ok(None);
                }
                other => return Ok(other),
            }
        }
    }
}

impl<W: Write + Send, N: FnMut() -> Result<Option<RowReport>, String>> Taker for List<'_, W, N> {
    type Error = ErrorListError;

    fn header(&mut self, columns: &[String]) -> Result<(), ErrorListError> {
        let own = |name: &str| [ORIGINAL_ROW, REASON, EXERCISE].contains(&bare(name).as_str());
        self.kept = (0..columns.len()).filter(|at| !own(&columns[*at])).collect();
        let names = self.kept.iter().map(|at| columns[*at].as_str()).chain([ORIGINAL_ROW, REASON]);
        let names: Vec<Column<'_>> = names.map(Column::from).collect();
        if let Some(out) = self.out.take() {
            self.table = Some(TableWriter::begin(self.what.form, "不符的行", &names, self.what.exercise, out)?);
        }
        Ok(())
    }

    fn row(&mut self, row: &StringRecord, _: f64) -> Result<(), ErrorListError> {
        self.row += 1;
        let said = self.said()?;
        let out = said.as_ref().is_some_and(|said| said.outcome == RowOutcome::Rejected);
        let empty = row.iter().all(|cell| cell.trim().is_empty());
        if !out && (!self.what.whole || empty) {
            return Ok(());
        }
        let reasons: Vec<String> =
            self.first.take().into_iter().chain(said.filter(|_| out).as_ref().map(reason)).collect();
        let (number, reasons) = (self.row.to_string(), reasons.join("；"));
        let cells = self.kept.iter().map(|at| {
            let fixed = u32::try_from(*at).ok().and_then(|column| self.what.fixes.get(&(self.row, column)));
            Cell::from(fixed.copied().unwrap_or_else(|| row.get(*at).unwrap_or_default()))
        });
        // What stands beyond the header is kept in sight: it is mostly what is wrong.
        let cells: Vec<Cell<'_>> = cells.chain([Cell::Text(&number), Cell::from(reasons.as_str())]).collect();
        if let Some(table) = &mut self.table {
            table.row(&cells)?;
        }
        Ok(())
    }
}

/// Everything that is the matter with a row, the hardest first.
fn reason(report: &RowReport) -> String {
    let mut worth: Vec<_> = report.problems.iter().filter(|problem| problem.severity != Severity::Hint).collect();
    worth.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
    let told = worth.iter().map(|problem| {
        let rule = problem.rule.as_deref().map(|rule| format!("（{rule}）")).unwrap_or_default();
        match &*problem.column {
            "" => format!("{}{rule}", problem.message),
            column => format!("{column}：{}{rule}", problem.message),
        }
    });
    told.collect::<Vec<_>>().join("；")
}
