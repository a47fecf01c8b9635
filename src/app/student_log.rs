//! 日志 of a record: asked for when its tab is opened, the newest page first, earlier ones as they are scrolled to.

use super::App;
use super::outbox::Purpose;
use super::screen::Screen;
use super::student::RecordTab;
use crate::keymap::Action;
use crate::model::StudentId;
use crate::wire::{Query, Request, StudentLogPage, StudentLogRequest};

/// Rows asked for at once.
const PAGE: u32 = 50;

impl App {
    /// Asks for the journal of the records shown, those that have none yet.
    pub(super) fn open_logs(&mut self) {
        let Some(Screen::Record(screen)) = self.stack.last() else { return };
        if screen.tab != RecordTab::Log {
            return;
        }
        let lack: Vec<StudentId> = screen.records.iter().filter(|one| one.log.is_none()).map(|one| one.id).collect();
        lack.into_iter().for_each(|id| self.ask_log(id, None));
    }

    fn ask_log(&mut self, student: StudentId, before: Option<u64>) {
        let asked = StudentLogRequest { student, before, count: PAGE };
        self.send(Request::Query(Query::StudentLog(asked)), Purpose::StudentLog(student, before));
    }

    /// The record changed: its journal has grown, if it is being read.
    pub(super) fn log_grew(&mut self, student: StudentId) {
        if self.records_of(student).any(|record| record.log.is_some()) {
            self.ask_log(student, None);
        }
    }

    /// Scrolls; at the end the next page is fetched.
    pub(super) fn read_log(&mut self, action: Action) {
        let further = matches!(action, Action::Down | Action::PageDown | Action::Last);
        let max = self.scroll_max;
        let next = match self.stack.last() {
            Some(Screen::Record(screen)) => screen.record().and_then(|one| {
                let next = one.log.as_ref()?.next.filter(|_| further && one.scroll >= max)?;
                Some((one.id, next))
            }),
            _ => None,
        };
        match next {
            Some((id, next)) if !self.outbox.any(|purpose| matches!(purpose, Purpose::StudentLog(..))) => {
                if !self.needs_link() {
                    self.ask_log(id, Some(next));
                }
            }
            Some(_) => {}
            None => self.reading(action),
        }
    }

    /// A page came.
    pub(super) fn got_log(&mut self, student: StudentId, before: Option<u64>, page: &StudentLogPage) {
        for record in self.records_of(student) {
            match (&mut record.log, before) {
                (Some(log), Some(before)) if log.next == Some(before) => {
                    log.items.extend(page.items.iter().cloned());
                    (log.total, log.next) = (page.total, page.next);
                }
                // An earlier page of a list that was begun anew meanwhile.
                (_, Some(_)) => {}
                (log, None) => *log = Some(page.clone()),
            }
        }
    }
}
