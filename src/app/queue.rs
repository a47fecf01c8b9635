//! The queue as this desk holds it: a window of rows around the reader, who owns the cursor. The selected row is
//! held by its id and stays on its line of the screen whatever arrives or leaves around it.

use super::limit::Narrow;
use super::marks::Mark;
use crate::model::{ApplicationId, Signature};
use crate::wire::{Claim, Counts, Page, PageRequest, QueueRow, Tab};
use std::collections::{BTreeMap, BTreeSet};

/// The queue.
#[derive(Debug, Clone)]
pub(crate) struct Queue {
    pub(crate) tab: Tab,
    /// What narrows it.
    pub(crate) narrow: Narrow,
    pub(crate) counts: Counts,
    /// The loaded rows, of which the first stands at `offset` in the whole list of `total`.
    pub(crate) rows: Vec<QueueRow>,
    pub(crate) offset: u32,
    pub(crate) total: u32,
    /// Positions in the whole list: the cursor, and the first line on screen.
    pub(crate) selected: u32,
    pub(crate) top: u32,
    /// Whether anything of this tab was loaded yet.
    pub(crate) loaded: bool,
    /// Arrived since the tab was entered or the cursor was at the top.
    fresh: BTreeSet<ApplicationId>,
    /// Arrived too, somewhere outside of what is loaded.
    fresh_elsewhere: u32,
    /// Heard of since the last window came, and not in it then.
    heard: BTreeSet<ApplicationId>,
    /// Who last changed what.
    doers: BTreeMap<ApplicationId, Signature>,
    /// Something changed while a refresh was under way.
    pub(super) again: bool,
    /// Marked rows, as they were seen; they fall when the tab is left.
    pub(super) marks: BTreeMap<ApplicationId, Mark>,
}

/// What a refresh did to the selected row.
#[derive(Debug, PartialEq)]
pub(super) enum Merged {
    /// It is where it was, or the list was and is empty.
    Kept,
    /// It left the list; the row now at its place is selected.
    Left(Box<QueueRow>, Option<Signature>),
    /// The window does not reach the cursor, which moved on meanwhile: ask again.
    Missed,
}

impl Queue {
    pub(super) fn new() -> Queue {
        Queue {
            tab: Tab::Mine,
            narrow: Narrow::default(),
            counts: Counts::default(),
            rows: Vec::new(),
            offset: 0,
            total: 0,
            selected: 0,
            top: 0,
            loaded: false,
            fresh: BTreeSet::new(),
            fresh_elsewhere: 0,
            heard: BTreeSet::new(),
            doers: BTreeMap::new(),
            again: false,
            marks: BTreeMap::new(),
        }
    }

    /// The row at a position of the whole list, if it is loaded.
    pub(crate) fn row(&self, position: u32) -> Option<&QueueRow> {
        self.rows.get(position.checked_sub(self.offset)? as usize)
    }

    /// The selected row.
    pub(crate) fn selected_row(&self) -> Option<&QueueRow> {
        self.row(self.selected)
    }

    /// The selected application.
    pub(crate) fn selected_id(&self) -> Option<ApplicationId> {
        self.selected_row().map(|row| row.id)
    }

    /// How many arrived since the reader last looked from the top.
    pub(crate) fn fresh(&self) -> u32 {
        self.fresh.len() as u32 + self.fresh_elsewhere
    }

    /// Rows of a tab.
    pub(crate) fn count(&self, tab: Tab) -> u32 {
        match tab {
            Tab::Mine => self.counts.mine,
            Tab::SentBack => self.counts.sent_back,
            Tab::Office => self.counts.office,
            Tab::DueSoon => self.counts.due_soon,
            Tab::Late => self.counts.late,
            Tab::Returned => self.counts.returned,
            Tab::UnderWay => self.counts.under_way,
            Tab::Unsynced => self.counts.unsynced,
            Tab::Acted => self.counts.acted,
            Tab::Parked => self.counts.parked,
        }
    }

    /// Goes to a tab under the same limit; its rows are to be asked for.
    pub(super) fn enter(&mut self, tab: Tab) {
        let (counts, narrow) = (std::mem::take(&mut self.counts), std::mem::take(&mut self.narrow));
        *self = Queue { tab, counts, narrow, ..Queue::new() };
    }

    /// The first window of a tab.
    pub(super) fn first_window(&self, height: u32) -> PageRequest {
        let limit = self.narrow.limit.clone();
        PageRequest { tab: self.tab, anchor: None, before: 0, count: window(height), end: false, limit }
    }

    /// The last window.
    pub(super) fn last_window(&self, height: u32) -> PageRequest {
        let limit = self.narrow.limit.clone();
        PageRequest { tab: self.tab, anchor: None, before: 0, count: window(height), end: true, limit }
    }

    /// A window around the cursor.
    pub(super) fn window_here(&self, height: u32) -> PageRequest {
        let Some(anchor) = self.selected_id() else { return self.first_window(height) };
        self.window_around(anchor, height)
    }

    /// A window around an item.
    pub(super) fn window_around(&self, anchor: ApplicationId, height: u32) -> PageRequest {
        let limit = self.narrow.limit.clone();
        let before = self.selected.saturating_sub(self.top) + height;
        PageRequest { tab: self.tab, anchor: Some(anchor), before, count: window(height), end: false, limit }
    }

    /// Whether the window's edge is near and there is more beyond it.
    pub(super) fn wants_more(&self, height: u32) -> bool {
        let end = self.offset + self.rows.len() as u32;
        let near_end = end < self.total && self.top + height + height / 2 > end;
        let near_start = self.offset > 0 && self.top < self.offset + height / 2;
        self.loaded && (near_end || near_start)
    }

    /// Moves the cursor to a position, if that row is loaded.
    pub(super) fn go(&mut self, position: u32, height: u32) -> bool {
        if self.row(position).is_none() {
            return false;
        }
        self.selected = position;
        self.keep_in_sight(height);
        if position == 0 {
            self.seen_all();
        }
        true
    }

    /// A loaded row to anchor a window at that shall reach `position`: its id, and the way from it to there.
    pub(super) fn way_to(&self, position: u32) -> Option<(ApplicationId, i64)> {
        let last = self.offset + (self.rows.len() as u32).checked_sub(1)?;
        let from = position.clamp(self.offset, last);
        Some((self.row(from)?.id, i64::from(position) - i64::from(from)))
    }

    pub(super) fn keep_in_sight(&mut self, height: u32) {
        let height = height.max(1);
        if self.selected < self.top {
            self.top = self.selected;
        } else if self.selected >= self.top + height {
            self.top = self.selected + 1 - height;
        }
        self.top = self.top.min(self.total.saturating_sub(1));
    }

    /// Takes a window in with the cursor at a position of the whole list, on line `line` of the screen.
    pub(super) fn place(&mut self, page: Page, position: u32, line: u32, height: u32) {
        self.take(page);
        let last = (self.offset + self.rows.len() as u32).saturating_sub(1);
        self.selected = position.clamp(self.offset.min(last), last);
        self.top = self.selected.saturating_sub(line.min(height.saturating_sub(1)));
        // A list that became shorter does not leave blank lines at the end of the screen.
        self.top = self.top.min(self.total.saturating_sub(height));
        self.keep_in_sight(height);
    }

    /// Takes a refreshed window in that was laid around `asked`: the selected row stays selected, on its line.
    pub(super) fn merge(&mut self, page: Page, asked: Option<ApplicationId>, height: u32) -> Merged {
        let line = self.selected.saturating_sub(self.top);
        let Some(old) = self.selected_row().cloned() else {
            let at = page.anchor;
            let was_loaded = self.loaded;
            self.place(page, at, 0, height);
            if was_loaded {
                self.announce();
            }
            return Merged::Kept;
        };
        let found = page.items.iter().position(|row| row.id == old.id);
        let outcome = match found {
            Some(index) => {
                let at = page.offset + index as u32;
                let grown = self.announce_growth(&page);
                self.place(page, at, line, height);
                self.fresh_elsewhere += grown;
                Merged::Kept
            }
            None if asked != Some(old.id) => return Merged::Missed,
            None => {
                let by = self.doers.get(&old.id).cloned();
                let at = page.anchor;
                self.place(page, at, line, height);
                Merged::Left(Box::new(old), by)
            }
        };
        self.announce();
        self.doers.retain(|id, _| self.rows.iter().any(|row| row.id == *id));
        outcome
    }

    /// Arrivals outside of the window show only as a longer list.
    fn announce_growth(&self, page: &Page) -> u32 {
        let inside = self.heard.iter().filter(|id| page.items.iter().any(|row| row.id == **id)).count() as u32;
        let heard_outside = (self.heard.len() as u32).saturating_sub(inside);
        page.total.saturating_sub(self.total).saturating_sub(inside).min(heard_outside)
    }

    fn announce(&mut self) {
        let heard = std::mem::take(&mut self.heard);
        let here = heard.into_iter().filter(|id| self.rows.iter().any(|row| row.id == *id));
        self.fresh.extend(here.collect::<Vec<_>>());
        // What was decided meanwhile is no longer new.
        self.fresh.retain(|id| self.rows.iter().any(|row| row.id == *id));
    }

    pub(super) fn seen_all(&mut self) {
        self.fresh.clear();
        self.fresh_elsewhere = 0;
    }

    fn take(&mut self, page: Page) {
        self.rows = page.items;
        self.offset = page.offset;
        self.total = page.total;
        self.loaded = true;
        for row in &self.rows {
            if let Some(mark) = self.marks.get_mut(&row.id) {
                mark.see(row);
            }
        }
    }

    /// How many rows are marked.
    pub(crate) fn marked(&self) -> usize {
        self.marks.len()
    }

    /// An item changed somewhere.
    pub(super) fn heard_of(&mut self, id: ApplicationId, by: Option<&Signature>) {
        if let Some(by) = by {
            self.doers.insert(id, by.clone());
        }
        if !self.rows.iter().any(|row| row.id == id) {
            self.heard.insert(id);
        }
    }

    /// An item was taken in hand or left. Says whether a loaded row shows it.
    pub(super) fn claimed(&mut self, id: ApplicationId, claim: Option<&Claim>) -> bool {
        let Some(row) = self.rows.iter_mut().find(|row| row.id == id) else { return false };
        let changed = row.claim.as_ref() != claim;
        row.claim = claim.cloned();
        changed
    }
}

/// Rows to hold: the screen, one before and one after it.
fn window(height: u32) -> u32 {
    (3 * height).clamp(30, 500)
}
