//! One row of a file by the names of its columns, and what is noted about it while it is read.

use crate::model::{CELL_END, OWN_COLUMNS, Rewritten, RowOutcome, RowProblem, RowReport, Severity, Sheet};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Longest text of one cell that is kept, in characters.
const LONGEST_CELL: usize = 200;

/// A column: our name for it, whether it must be there, and what others call it.
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) needed: bool,
    pub(super) others: &'static [&'static str],
}

/// A column that must be there.
impl Column {
    /// What people call it: its Chinese name.
    pub(super) fn said(&self) -> &'static str {
        let mut names = [self.name].into_iter().chain(self.others.iter().copied());
        names.find(|name| !name.is_ascii()).unwrap_or(self.name)
    }
}

pub(super) const fn needed(name: &'static str, others: &'static [&'static str]) -> Column {
    Column { name, needed: true, others }
}

/// A column that may be there.
pub(super) const fn optional(name: &'static str, others: &'static [&'static str]) -> Column {
    Column { name, needed: false, others }
}

/// Which cell of a row holds which column.
pub(super) struct Layout {
    at: BTreeMap<&'static str, usize>,
    width: usize,
    /// Columns that our own lists of bad rows have.
    own: Vec<usize>,
    /// Header cells that mean nothing here, as they came.
    pub(super) unknown: Vec<String>,
}

impl Layout {
    /// Columns by name, in any order. `given` need not be there: its value comes with the request. What is wrong
    /// with the header is said as a report on row 1.
    pub(super) fn of(header: &[String], spec: &[Column], given: Option<&str>) -> Result<Layout, RowReport> {
        let mut layout = Layout { at: BTreeMap::new(), width: header.len(), own: Vec::new(), unknown: Vec::new() };
        let mut problems = Vec::new();
        for (at, cell) in header.iter().enumerate() {
            // Spreadsheets break and space header cells for the eye.
            let name: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
            let known = spec.iter().find(|column| column.name == name || column.others.contains(&name.as_str()));
            match known {
                None if name.is_empty() => {}
                None if OWN_COLUMNS.contains(&name.as_str()) => layout.own.push(at),
                None => layout.unknown.push(name),
                Some(column) => {
                    if layout.at.insert(column.name, at).is_some() {
                        let message = format!("“{}”一列出现两次；请删去一列", column.said());
                        problems.push(problem(column.name, "duplicate_column", Severity::Block, message, cell));
                    }
                }
            }
        }
        for column in spec.iter().filter(|column| column.needed && given != Some(column.name)) {
            if !layout.at.contains_key(column.name) {
                let message = format!("缺少“{}”一列；请在首行补上列名并填写", column.said());
                problems.push(problem(column.name, "missing_column", Severity::Block, message, ""));
            }
        }
        if problems.is_empty() {
            return Ok(layout);
        }
        Err(RowReport { row: 1, outcome: RowOutcome::Rejected, problems, normalised: Vec::new() })
    }
}

impl Layout {
    /// Which cell of a row holds the column.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.at.get(name).copied()
    }
}

pub(super) fn problem(
    column: &'static str,
    kind: impl Into<Cow<'static, str>>,
    severity: Severity,
    message: impl Into<String>,
    value: &str,
) -> RowProblem {
    RowProblem {
        column: Cow::Borrowed(column),
        kind: kind.into(),
        severity,
        rule: None,
        message: message.into(),
        value: value.to_owned(),
    }
}

/// A row while it is read.
pub(super) struct Row<'a> {
    number: u32,
    layout: &'a Layout,
    cells: Vec<&'a str>,
    problems: Vec<RowProblem>,
    normalised: Vec<Rewritten>,
    empty: bool,
}

impl<'a> Row<'a> {
    /// The row at this place of the sheet.
    pub(super) fn of(layout: &'a Layout, sheet: &'a Sheet, at: usize) -> Self {
        let mut cells = Vec::with_capacity(layout.width);
        cells.extend(sheet.rows.get(at).into_iter().flat_map(|row| row.split(CELL_END)));
        let empty = cells.iter().enumerate().all(|(at, cell)| layout.own.contains(&at) || cell.trim().is_empty());
        let index = u32::try_from(at).unwrap_or(u32::MAX - 2);
        let mut row = Row { number: index + 2, layout, cells, problems: Vec::new(), normalised: Vec::new(), empty };
        if !empty && row.cells.len() != layout.width {
            let message = format!("本行有{}格，首行有{}格；请检查逗号和引号", row.cells.len(), layout.width);
            row.problems.push(problem("", "cell_count", Severity::Block, message, ""));
        }
        // Only cells that were touched are looked at: there are few.
        for (name, &cell) in layout.at.iter().filter(|_| !sheet.stripped.is_empty()) {
            if sheet.stripped.contains(&(index, u32::try_from(cell).unwrap_or(u32::MAX))) {
                let value = row.cells.get(cell).copied().unwrap_or_default();
                row.normalise(name, value.trim());
                let message = "单元格里有看不见的控制字符，已去除；请核对余下的文字";
                row.problems.push(problem(name, "stripped", Severity::Hint, message, value));
            }
        }
        row
    }

    /// Refuses the row when an escape sequence stood in one of its cells: whoever put it there wanted more than to fill
    /// in a form. Says whether it did.
    pub(super) fn refuse_steering(&mut self, sheet: &Sheet) -> bool {
        if sheet.steering.is_empty() {
            return false;
        }
        let index = self.number - 2;
        let here = self
            .layout
            .at
            .iter()
            .filter(|(_, cell)| sheet.steering.contains(&(index, u32::try_from(**cell).unwrap_or(u32::MAX))));
        let names: Vec<&'static str> = here.map(|(name, _)| *name).collect();
        for name in &names {
            let message = "单元格里有操纵终端的控制序列，这一行没有登记；请重新填写这一格再导入";
            self.reject(name, "control_sequence", message);
        }
        !names.is_empty()
    }

    /// Whether there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        self.empty
    }

    /// Its cell at this place, as it came.
    pub(super) fn cell(&self, at: usize) -> &'a str {
        self.cells.get(at).copied().unwrap_or_default()
    }

    /// Its cell as it came; empty where the file has no such column.
    pub(super) fn raw(&self, name: &str) -> &'a str {
        self.layout.at.get(name).and_then(|&at| self.cells.get(at)).copied().unwrap_or_default()
    }

    /// Its cell without spaces around it.
    pub(super) fn text(&mut self, name: &'static str) -> &'a str {
        let raw = self.raw(name);
        let text = raw.trim();
        if text.len() != raw.len() {
            self.normalise(name, text);
        }
        if text.chars().count() > LONGEST_CELL {
            self.reject(name, "too_long", format!("文字超过{LONGEST_CELL}字；请缩短"));
        }
        text
    }

    /// Its cell, which must not be empty.
    pub(super) fn needed(&mut self, name: &'static str) -> Option<&'a str> {
        let text = self.text(name);
        if text.is_empty() {
            self.reject(name, "missing_required", "必填项没有填写");
        }
        Some(text).filter(|text| !text.is_empty())
    }

    /// What its cell means; refused when it means nothing. An empty cell is refused only when it is needed.
    pub(super) fn parse<T>(
        &mut self,
        name: &'static str,
        kind: &'static str,
        wanted: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        let value = read(text);
        if value.is_none() {
            self.reject(name, kind, format!("看不懂；应为{wanted}"));
        }
        value
    }

    /// The same where there must be a value.
    pub(super) fn parse_needed<T>(
        &mut self,
        name: &'static str,
        kind: &'static str,
        wanted: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        self.needed(name)?;
        self.parse(name, kind, wanted, read)
    }

    /// Takes over what was said about its cells elsewhere.
    pub(super) fn take(&mut self, problems: Vec<RowProblem>, normalised: Vec<Rewritten>) {
        self.problems.extend(problems);
        normalised.into_iter().for_each(|(header, text)| self.rewritten(header, text));
    }

    /// Its number; the header is row 1.
    pub(super) fn number(&self) -> u32 {
        self.number
    }

    /// Notes that a cell is stored otherwise than it came.
    pub(super) fn normalise(&mut self, name: &'static str, to: &str) {
        self.rewritten(Cow::Borrowed(name), to.to_owned());
    }

    fn rewritten(&mut self, header: Cow<'static, str>, text: String) {
        match self.normalised.iter_mut().find(|(before, _)| *before == header) {
            Some((_, before)) => *before = text,
            None => self.normalised.push((header, text)),
        }
    }

    /// Notes a fault that keeps the file out.
    pub(super) fn reject(&mut self, column: &'static str, kind: &'static str, message: impl Into<String>) {
        self.note(column, kind, Severity::Block, message);
    }

    /// Notes a fault.
    pub(super) fn note(
        &mut self,
        column: &'static str,
        kind: &'static str,
        severity: Severity,
        message: impl Into<String>,
    ) {
        let value = self.raw(column);
        self.problems.push(problem(column, kind, severity, message, value));
    }

    /// Notes a fault that rests on a rule.
    pub(super) fn reject_by(&mut self, column: &'static str, kind: &'static str, rule: &'static str, message: String) {
        let value = self.raw(column);
        let rule = Some(Cow::Borrowed(rule));
        self.problems.push(RowProblem { rule, ..problem(column, kind, Severity::Block, message, value) });
    }

    /// Whether it is refused already.
    pub(super) fn is_rejected(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Block)
    }

    /// What is said about it.
    pub(super) fn report(self) -> RowReport {
        let hardest = self.problems.iter().map(|problem| problem.severity).max();
        let outcome = match hardest {
            _ if self.empty => RowOutcome::Empty,
            Some(Severity::Block) => RowOutcome::Rejected,
            Some(Severity::Notice) => RowOutcome::Warning,
            _ if !self.normalised.is_empty() => RowOutcome::AcceptedNormalised,
            _ => RowOutcome::Accepted,
        };
        let mut problems = self.problems;
        // Kept for every row of the file until somebody has read it.
        problems.shrink_to_fit();
        let mut normalised = self.normalised;
        normalised.sort_unstable();
        normalised.shrink_to_fit();
        RowReport { row: self.number, outcome, problems, normalised }
    }
}
