//! A notice (通知书) of a return or refusal, or the report of the board: read here, written to the download folder with the same key.

use super::App;
use super::input::{Effect, FileJob};
use super::note::{Note, Tone};
use super::outbox::Purpose;
use super::screen::Screen;
use crate::catalogue::AsideMsg;
use crate::model::ApplicationId;
use crate::wire::{NoticeText, Query, ReportAsked, Request};

/// The text on screen.
#[derive(Debug, Clone)]
pub(crate) struct NoticeScreen {
    /// Of which case; none for the report of the board.
    pub(crate) application: Option<ApplicationId>,
    /// None while it is on its way.
    pub(crate) notice: Option<NoticeText>,
    pub(crate) scroll: u16,
}

impl App {
    /// Asks for the notice of a case.
    pub(super) fn open_notice(&mut self, application: ApplicationId) {
        if self.needs_link() {
            return;
        }
        self.dirty = true;
        self.stack.push(Screen::Notice(NoticeScreen { application: Some(application), notice: None, scroll: 0 }));
        self.send(Request::Query(Query::Notice { application }), Purpose::NoticeText(Some(application)));
    }

    /// Asks for the report of the board.
    pub(super) fn open_report(&mut self, asked: ReportAsked) {
        if self.needs_link() {
            return;
        }
        self.dirty = true;
        self.stack.push(Screen::Notice(NoticeScreen { application: None, notice: None, scroll: 0 }));
        self.send(Request::Query(Query::BoardReport(asked)), Purpose::NoticeText(None));
    }

    /// It came.
    pub(super) fn got_notice(&mut self, application: Option<ApplicationId>, notice: NoticeText) {
        if let Some(Screen::Notice(screen)) = self.stack.last_mut()
            && screen.application == application
        {
            screen.notice = Some(notice);
        }
    }

    /// Writes what is read to the download folder, if it is a notice.
    pub(super) fn write_notice(&mut self) {
        let notice = match self.stack.last() {
            Some(Screen::Notice(screen)) => screen.notice.clone(),
            _ => None,
        };
        self.dirty = true;
        match notice {
            Some(NoticeText { name, text }) => {
                self.start_errand(FileJob::Notice, Effect::WriteText { name, text });
            }
            None => self.note = Some(Note::new(Tone::Info, AsideMsg::PrintNothing.text(self.look.lang))),
        }
    }
}
