//! 标记: several rows of the list, to be approved at once. The server judges each by itself; what it refuses stays
//! marked and is reported with its reason.

use super::App;
use super::deed::Confirm;
use super::note::{Note, Tone};
use super::outbox::Purpose;
use super::screen::Screen;
use super::words;
use crate::catalogue::{BatchText, Lang, Msg};
use crate::keymap::Action;
use crate::model::{ApplicationId, BulkAct, BulkItem, Command, Kind, MOST_BULK, Outcome, Severity};
use crate::wire::{BulkReport, ErrorKind, Limit, Page, PageRequest, Query, QueueRow, Request, Standing};

/// A marked row as it was seen.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mark {
    /// The revision that was on screen; none when the next one that is shown counts.
    revision: Option<u64>,
    kind: Kind,
    name: String,
    second: bool,
}

impl Mark {
    fn of(row: &QueueRow) -> Mark {
        let second = row.standing == Standing::Second;
        Mark { revision: Some(row.revision), kind: row.kind, name: row.student_name.clone(), second }
    }

    /// The row came anew.
    pub(super) fn see(&mut self, row: &QueueRow) {
        if self.revision.is_none() {
            *self = Mark::of(row);
        }
    }
}

/// A bulk act, to be confirmed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bulk {
    pub(super) act: BulkAct,
    pub(super) items: Vec<BulkItem>,
    /// The kind, when all are of one.
    kind: Option<Kind>,
    /// The first of them.
    first: String,
}

impl Bulk {
    /// The line that asks.
    pub(crate) fn words(&self, lang: Lang) -> String {
        let kind = self.kind.map_or("", |kind| words::kind(kind, lang));
        let n = self.items.len().to_string();
        let msg = match self.act {
            BulkAct::Propose => BatchText::ConfirmBulkPropose,
            BulkAct::Decide => BatchText::ConfirmBulkDecide,
        };
        msg.fill(lang, &[("n", &n), ("kind", kind), ("student", &self.first)])
    }
}

/// What came of it, item by item.
#[derive(Debug, Clone)]
pub(crate) struct ReportScreen {
    pub(crate) report: BulkReport,
    /// The refused ones are marked still.
    pub(crate) marked: bool,
    pub(crate) scroll: u16,
}

impl App {
    fn say_mark(&mut self, msg: BatchText) {
        let n = MOST_BULK.to_string();
        self.note = Some(Note::new(Tone::Info, msg.fill(self.look.lang, &[("n", &n)])));
    }

    /// Marks the row under the cursor, or takes its mark off, and goes on to the next.
    pub(super) fn mark(&mut self) {
        self.dirty = true;
        let Some(row) = self.queue.selected_row().cloned() else { return self.inform(Msg::NoRow) };
        if row.batch.is_some() {
            return self.say_mark(BatchText::MarkBatch);
        }
        if self.queue.marks.remove(&row.id).is_none() {
            if self.queue.marks.len() >= MOST_BULK {
                return self.say_mark(BatchText::MarkMost);
            }
            self.queue.marks.insert(row.id, Mark::of(&row));
        }
        self.list_action(Action::Down);
    }

    /// Marks all rows of the tab that are of the kind under the cursor and wait for the same word; with marks already
    /// there, takes them all off.
    pub(super) fn mark_all(&mut self) {
        self.dirty = true;
        if !self.queue.marks.is_empty() {
            self.queue.marks.clear();
            return;
        }
        let Some(row) = self.queue.selected_row() else { return self.inform(Msg::NoRow) };
        if row.batch.is_some() {
            return self.say_mark(BatchText::MarkBatch);
        }
        let (kind, second, tab) = (row.kind, row.standing == Standing::Second, self.queue.tab);
        if self.needs_link() {
            return;
        }
        let limit = Limit { kind: Some(kind), ..self.queue.narrow.limit.clone() };
        let count = 500;
        let page = PageRequest { tab, anchor: None, before: 0, count, end: false, limit };
        self.send(Request::Query(Query::Page(page)), Purpose::MarkAll(tab, second));
    }

    /// The rows to be marked came. What is blocked, and what is not to be approved, is not marked.
    pub(super) fn got_all(&mut self, page: Page, second: bool) {
        for row in &page.items {
            let same = (row.standing == Standing::Second) == second && row.batch.is_none();
            let good = row.finding != Some(Severity::Block) && row.proposed.is_none_or(|of| of == Outcome::Approve);
            if same && good && self.queue.marks.len() < MOST_BULK {
                self.queue.marks.insert(row.id, Mark::of(row));
            }
        }
        if self.queue.marks.len() == MOST_BULK && page.total as usize > MOST_BULK {
            self.say_mark(BatchText::MarkMost);
        }
    }

    /// The approving key while rows are marked.
    pub(super) fn begin_bulk(&mut self) {
        self.dirty = true;
        if self.needs_link() {
            return;
        }
        let marks = &self.queue.marks;
        let second = marks.values().next().is_some_and(|mark| mark.second);
        if marks.values().any(|mark| mark.second != second) {
            return self.say_mark(BatchText::MarkMixed);
        }
        let kind = marks.values().next().map(|mark| mark.kind);
        let kind = kind.filter(|kind| marks.values().all(|mark| mark.kind == *kind));
        let items = marks.iter().filter_map(|(id, mark)| {
            let row = self.queue.rows.iter().find(|row| row.id == *id);
            let revision = mark.revision.or(row.map(|row| row.revision))?;
            Some(BulkItem { application: *id, revision })
        });
        let first = marks.values().next().map(|mark| mark.name.clone()).unwrap_or_default();
        let act = if second { BulkAct::Decide } else { BulkAct::Propose };
        self.confirm = Some(Confirm::Bulk(Box::new(Bulk { act, items: items.collect(), kind, first })));
    }

    /// Enter on it.
    pub(super) fn take_bulk(&mut self, bulk: Bulk) {
        self.guard.arm();
        let command = Command::Bulk { items: bulk.items, act: bulk.act };
        self.send(Request::Write(command), Purpose::Bulk);
    }

    /// The report came.
    pub(super) fn got_bulk(&mut self, report: BulkReport) {
        for line in &report.items {
            if line.done {
                self.queue.marks.remove(&line.application);
            } else if line.error.as_ref().is_some_and(|error| error.kind == ErrorKind::Stale)
                && let Some(mark) = self.queue.marks.get_mut(&line.application)
            {
                // It was told that it has changed: as it is shown from now on it may be decided.
                mark.revision = None;
            }
        }
        self.show_report(report, true);
        self.refresh();
    }

    pub(super) fn show_report(&mut self, report: BulkReport, marked: bool) {
        self.stack.push(Screen::Report(ReportScreen { report, marked, scroll: 0 }));
        self.dirty = true;
    }

    /// Whether a row is marked.
    pub(crate) fn marked(&self, id: ApplicationId) -> bool {
        self.queue.marks.contains_key(&id)
    }
}
