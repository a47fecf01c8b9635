//! The grid: rows pasted from a spreadsheet, judged by the very code that judges a file and a form. What is right goes
//! in, what is wrong stays until it is put right.
//!
//! ```text
//! paste ──► stage (pieces) ──► dry run ──► report ──► verdict on every row
//!                                 ▲ a cell is corrected
//! Ctrl-S ──► commit the very rows that were judged ──► good ones leave the grid
//! ```

use super::deed::Confirm;
use super::entry_paste;
use super::field::Field;
use super::note::{Note, Tone};
use super::outbox::Purpose;
use super::screen::Screen;
use super::{App, Link};
use crate::catalogue::EntryMsg;
use crate::keymap::{Action, KeyPress};
use crate::model::{Digest, ImportKind, RowOutcome, RowProblem, RowReport};
use crate::wire::{Cells, EntryField, ImportCommit, ImportRows, Query, Request};
use serde_json::Value;

/// Slot of its draft.
pub(super) const SLOT: &str = "grid";
/// Most rows: what is longer is a file, and imported as one.
pub(super) const MOST: usize = 1000;
/// Bytes of cells that go in one line to the server.
const PIECE: usize = 120 << 10;
/// Rows of a report asked for at once.
const PAGE: u32 = 500;
/// Names that must be known for a first row to be a header.
const NAMES: usize = 3;

/// One row.
#[derive(Debug, Clone, Default)]
pub(crate) struct GridRow {
    /// Its number as the clerk counts: the spreadsheet's line within what was pasted.
    pub(crate) number: u32,
    pub(crate) cells: Vec<String>,
    /// What becomes of it; none while it is not judged.
    pub(crate) outcome: Option<RowOutcome>,
    pub(crate) problems: Vec<RowProblem>,
}

/// The grid.
#[derive(Debug, Clone, Default)]
pub(crate) struct GridScreen {
    pub(crate) columns: Vec<String>,
    /// Whether the columns were named by the first row.
    pub(crate) by_header: bool,
    pub(crate) unknown: Vec<String>,
    pub(crate) rows: Vec<GridRow>,
    pub(crate) at: usize,
    pub(crate) column: usize,
    /// The cell being corrected.
    pub(crate) edit: Option<Field>,
    /// Digest of the rows as they were judged; none while they are not, or have changed since.
    digest: Option<Digest>,
    /// Counts judgings: answers to an older one say nothing.
    turn: u64,
    /// Rows sent of those being judged; none when none are.
    pub(crate) sent: Option<usize>,
    /// Numbers written and found here already, of a commit whose report is on its way.
    written: Option<(u64, u64)>,
}

/// Rows to be saved, as they are confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ToSave {
    pub(crate) good: usize,
    pub(crate) bad: usize,
}

impl GridScreen {
    /// The row the cursor is on.
    pub(crate) fn row(&self) -> Option<&GridRow> {
        self.rows.get(self.at)
    }

    /// How many rows are good, of these to be looked at, wrong, empty.
    pub(crate) fn counts(&self) -> [usize; 4] {
        let of = |wanted: &[RowOutcome]| {
            self.rows.iter().filter(|row| row.outcome.is_some_and(|outcome| wanted.contains(&outcome))).count()
        };
        use RowOutcome::{Accepted, AcceptedNormalised, Empty, Rejected, Warning};
        [of(&[Accepted, AcceptedNormalised, Warning]), of(&[Warning]), of(&[Rejected]), of(&[Empty])]
    }

    /// How bad a cell is, by the name of its column.
    pub(crate) fn worst(&self, row: &GridRow, column: &str) -> Option<crate::model::Severity> {
        row.problems.iter().filter(|problem| problem.column == column).map(|problem| problem.severity).max()
    }

    /// Takes pasted rows in, below those that are there. How many there was no room for.
    fn take(&mut self, mut pasted: Vec<Vec<String>>, fields: &[EntryField]) -> usize {
        let known = |cell: &String| {
            let bare = bare(cell);
            fields.iter().any(|field| field.name == bare || field.id == bare)
        };
        let header = pasted.first().is_some_and(|row| row.iter().filter(|cell| known(cell)).count() >= NAMES);
        let mut number = 1;
        if header {
            let names = pasted.remove(0);
            number = 2;
            if self.rows.is_empty() {
                self.columns = names.iter().map(|name| bare(name)).collect();
                self.by_header = true;
            }
        } else if self.rows.is_empty() {
            let widest = pasted.iter().map(Vec::len).max().unwrap_or_default();
            self.columns = fields.iter().take(widest).map(|field| field.name.clone()).collect();
            self.by_header = false;
        } else {
            number = self.rows.last().map_or(1, |row| row.number + 1);
        }
        let over = (self.rows.len() + pasted.len()).saturating_sub(MOST);
        pasted.truncate(MOST.saturating_sub(self.rows.len()));
        let columns = self.columns.len();
        for (n, mut cells) in (number..).zip(pasted) {
            cells.resize(columns, String::new());
            self.rows.push(GridRow { number: n, cells, ..GridRow::default() });
        }
        over
    }

    /// Rows as they are sent: in pieces that fit a line.
    fn pieces(&self) -> Vec<ImportRows> {
        let mut pieces = Vec::new();
        let mut rows: Vec<Cells> = Vec::new();
        let (mut from, mut bytes) = (0, 0);
        let piece = |from: u32, rows: Vec<Cells>| ImportRows {
            kind: ImportKind::NewStudents,
            columns: if from == 0 { self.columns.clone() } else { Vec::new() },
            from,
            rows,
            check: None,
        };
        for row in &self.rows {
            let length: usize = row.cells.iter().map(|cell| cell.len() + 4).sum();
            if bytes + length > PIECE && !rows.is_empty() {
                let full = std::mem::take(&mut rows);
                let next = from + u32::try_from(full.len()).unwrap_or_default();
                pieces.push(piece(from, full));
                (from, bytes) = (next, 0);
            }
            bytes += length;
            rows.push(row.cells.iter().collect());
        }
        pieces.push(piece(from, rows));
        pieces
    }
}

/// A name without the blanks and breaks that spreadsheets put into header cells.
fn bare(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{FEFF}' | '\u{200B}' | '*')).collect()
}

impl App {
    /// Opens the grid, with what was left in it.
    pub(super) fn open_grid(&mut self) {
        self.dirty = true;
        if self.stack.iter().any(|screen| matches!(screen, Screen::Grid(_))) {
            return;
        }
        self.flush_draft();
        let left = self.left_grid.take();
        let fresh = left.is_none();
        self.stack.push(Screen::Grid(left.unwrap_or_default()));
        if fresh && self.link == Link::Up {
            self.send(Request::Query(Query::LoadDraft { slot: SLOT.to_owned() }), Purpose::Draft(SLOT.to_owned()));
        } else {
            self.grid_judge();
        }
    }

    pub(super) fn grid(&mut self) -> Option<&mut GridScreen> {
        self.stack.iter_mut().find_map(|screen| match screen {
            Screen::Grid(screen) => Some(&mut **screen),
            _ => None,
        })
    }

    /// Rows pasted into the grid.
    pub(super) fn grid_paste(&mut self, text: &str) -> bool {
        let lang = self.look.lang;
        let fields = self.entry_fields.clone();
        let Some(screen) = self.grid() else { return false };
        if let Some(field) = &mut screen.edit {
            return field.paste(text);
        }
        let pasted = entry_paste::rows(text);
        if pasted.is_empty() {
            return false;
        }
        let before = screen.rows.len();
        let over = screen.take(pasted, &fields);
        screen.at = before.min(screen.rows.len().saturating_sub(1));
        let n = (screen.rows.len() - before).to_string();
        let said = match over {
            0 => Note::new(Tone::Info, EntryMsg::GridPasted.fill(lang, &[("rows", &n)])),
            over => {
                let values = [("most", &*MOST.to_string()), ("over", &*over.to_string())];
                Note::new(Tone::Warn, EntryMsg::GridFull.fill(lang, &values))
            }
        };
        self.grid_judge();
        self.note = Some(said);
        true
    }

    /// Has all rows judged as they stand.
    pub(super) fn grid_judge(&mut self) {
        if self.link != Link::Up {
            return;
        }
        let Some(screen) = self.grid() else { return };
        if screen.rows.is_empty() {
            return;
        }
        screen.turn += 1;
        (screen.digest, screen.sent) = (None, Some(0));
        let turn = screen.turn;
        let pieces = screen.pieces();
        let last = pieces.len();
        for (n, piece) in pieces.into_iter().enumerate() {
            let purpose = Purpose::GridStage { turn, last: n + 1 == last };
            self.send(Request::Query(Query::Stage(piece)), purpose);
        }
        self.dirty = true;
    }

    /// A piece has arrived there; after the last one all is judged.
    pub(super) fn grid_staged(&mut self, turn: u64, last: bool, answer: &Value) {
        let Some(screen) = self.grid().filter(|screen| screen.turn == turn) else { return };
        screen.sent = answer["rows"].as_u64().and_then(|rows| usize::try_from(rows).ok());
        if last {
            let digest = Digest(answer["digest"].as_str().unwrap_or_default().to_owned());
            screen.digest = Some(digest.clone());
            self.grid_commit(turn, digest, true);
        }
    }

    fn grid_commit(&mut self, turn: u64, digest: Digest, dry_run: bool) {
        let commit = ImportCommit {
            kind: ImportKind::NewStudents,
            digest,
            dry_run,
            count: None,
            school: None,
            document: None,
            moves: None,
        };
        self.send(Request::Query(Query::Commit(commit)), Purpose::GridCommit { turn, dry_run });
    }

    /// The rows were judged, or taken in: what is said about each is fetched.
    pub(super) fn grid_committed(&mut self, turn: u64, dry_run: bool, answer: &Value) {
        let Some(screen) = self.grid().filter(|screen| screen.turn == turn) else { return };
        let count = |name: &str| answer["counts"][name].as_u64().unwrap_or_default();
        screen.written = (!dry_run).then(|| (count("written"), count("unchanged")));
        screen.unknown = answer["unknown_columns"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect();
        for row in &mut screen.rows {
            (row.outcome, row.problems) = (None, Vec::new());
        }
        let query = Query::ImportReport { after: 0, count: PAGE, worth: None };
        self.send(Request::Query(query), Purpose::GridReport(turn));
    }

    /// A page of what is said about the rows.
    pub(super) fn grid_reported(&mut self, turn: u64, rows: Vec<RowReport>, next: Option<u32>) {
        let Some(screen) = self.grid().filter(|screen| screen.turn == turn) else { return };
        for report in rows {
            // Row 1 is the header of what was sent.
            let at = report.row.checked_sub(2).and_then(|at| usize::try_from(at).ok());
            match at.and_then(|at| screen.rows.get_mut(at)) {
                Some(row) => (row.outcome, row.problems) = (Some(report.outcome), report.problems),
                // Of the header itself: it is said of every row.
                None => {
                    for row in &mut screen.rows {
                        row.outcome = Some(report.outcome);
                        row.problems.clone_from(&report.problems);
                    }
                }
            }
        }
        if let Some(after) = next {
            let query = Query::ImportReport { after, count: PAGE, worth: None };
            self.send(Request::Query(query), Purpose::GridReport(turn));
            return;
        }
        screen.sent = None;
        self.dirty = true;
        if let Some((written, unchanged)) = self.grid().and_then(|screen| screen.written.take()) {
            self.grid_saved(written, unchanged);
        }
    }

    /// The good rows are in: they leave the grid.
    fn grid_saved(&mut self, written: u64, unchanged: u64) {
        let lang = self.look.lang;
        let Some(screen) = self.grid() else { return };
        screen.rows.retain(|row| row.outcome == Some(RowOutcome::Rejected));
        screen.digest = None;
        screen.at = screen.at.min(screen.rows.len().saturating_sub(1));
        let left = screen.rows.len();
        let values = [("n", &*written.to_string()), ("left", &*left.to_string())];
        let mut lines = vec![EntryMsg::GridSaved.fill(lang, &values)];
        if unchanged > 0 {
            lines.push(EntryMsg::GridChanged.fill(lang, &[("n", &unchanged.to_string())]));
        }
        if left == 0 {
            self.forget_draft(SLOT);
        } else {
            self.grid_judge();
        }
        self.note = Some(Note { tone: Tone::Info, lines });
    }

    /// The server could not judge them.
    pub(super) fn grid_failed(&mut self) {
        if let Some(screen) = self.grid() {
            (screen.sent, screen.digest, screen.written) = (None, None, None);
        }
    }

    /// A command key in the grid.
    pub(super) fn grid_action(&mut self, action: Action) {
        let lang = self.look.lang;
        // Title, counts and headings stand above the rows, what is said about one below.
        let area = usize::from(self.size.1).saturating_sub(3);
        let page = area.saturating_sub(3 + area.min(18) / 3).max(1);
        self.dirty = true;
        let Some(Screen::Grid(screen)) = self.stack.last_mut() else { return };
        let last = screen.columns.len().saturating_sub(1);
        match action {
            Action::Back => {
                self.flush_draft();
                if let Some(Screen::Grid(screen)) = self.stack.pop()
                    && !screen.rows.is_empty()
                {
                    self.left_grid = Some(screen);
                    self.note = Some(Note::new(Tone::Info, crate::catalogue::Msg::Kept.text(lang)));
                }
            }
            Action::Left => screen.column = screen.column.saturating_sub(1),
            Action::Right => screen.column = (screen.column + 1).min(last),
            Action::Open => {
                if let Some(cell) = screen.row().and_then(|row| row.cells.get(screen.column)) {
                    screen.edit = Some(Field::line(&cell.replace('\n', " ")));
                }
            }
            Action::DropRow => {
                if screen.at < screen.rows.len() {
                    screen.rows.remove(screen.at);
                    screen.at = screen.at.min(screen.rows.len().saturating_sub(1));
                    if screen.rows.is_empty() {
                        screen.digest = None;
                        self.forget_draft(SLOT);
                    }
                    self.grid_judge();
                }
            }
            Action::NextProblem => {
                let bad = |row: &GridRow| row.outcome == Some(RowOutcome::Rejected);
                let after = screen.rows.iter().skip(screen.at + 1).position(bad).map(|n| screen.at + 1 + n);
                match after.or_else(|| screen.rows.iter().position(bad)) {
                    Some(at) => {
                        screen.at = at;
                        let blocks = screen.rows[at].problems.iter().max_by_key(|problem| problem.severity);
                        let name = blocks.map(|problem| problem.column.clone());
                        if let Some(column) = name.and_then(|name| screen.columns.iter().position(|of| *of == name)) {
                            screen.column = column;
                        }
                    }
                    None => self.note = Some(Note::new(Tone::Info, EntryMsg::GridNoBad.text(lang))),
                }
            }
            Action::Save => self.grid_save(),
            action => screen.at = super::pick::moved(screen.at, screen.rows.len(), action, page),
        }
    }

    fn grid_save(&mut self) {
        let lang = self.look.lang;
        if self.needs_link() {
            return;
        }
        let Some(screen) = self.grid() else { return };
        if screen.sent.is_some() {
            self.note = Some(Note::new(Tone::Info, EntryMsg::Waiting.text(lang)));
            return;
        }
        if screen.digest.is_none() && !screen.rows.is_empty() {
            return self.grid_judge();
        }
        let [good, _, bad, _] = screen.counts();
        if good == 0 {
            self.note = Some(Note::new(Tone::Warn, EntryMsg::GridNothing.text(lang)));
            return;
        }
        self.confirm = Some(Confirm::GridSave(ToSave { good, bad }));
    }

    /// Saves the good rows: those that were judged, and no others.
    pub(super) fn grid_commit_now(&mut self) {
        let Some(screen) = self.grid() else { return };
        let turn = screen.turn;
        if let Some(digest) = screen.digest.clone() {
            screen.sent = Some(screen.rows.len());
            self.grid_commit(turn, digest, false);
        }
    }

    /// A command key while a cell is corrected.
    pub(super) fn grid_edit_action(&mut self, action: Action) {
        self.dirty = true;
        let Some(Screen::Grid(screen)) = self.stack.last_mut() else { return };
        let Some(field) = screen.edit.take() else { return };
        if action == Action::Keep {
            return;
        }
        let last = screen.columns.len().saturating_sub(1);
        let (at, column) = (screen.at, screen.column);
        match action {
            Action::NextField => screen.column = (column + 1).min(last),
            Action::PrevField => screen.column = column.saturating_sub(1),
            _ => {}
        }
        let cell = screen.rows.get_mut(at).and_then(|row| row.cells.get_mut(column));
        if let Some(cell) = cell
            && *cell != field.text()
        {
            *cell = field.text();
            if self.needs_link() {
                return;
            }
            self.grid_judge();
        }
    }

    /// A key into the cell that is corrected.
    pub(super) fn grid_key(&mut self, key: KeyPress) -> bool {
        match self.stack.last_mut() {
            Some(Screen::Grid(screen)) => screen.edit.as_mut().is_some_and(|field| field.key(key)),
            _ => false,
        }
    }
}
