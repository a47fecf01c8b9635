//! The withdrawal (退学) that Art. 13 asks for when a student has been away too long, filled in for the school that begins
//! one: the server drafts it, the school checks and submits it like any other.

use super::App;
use super::note::{Note, Tone};
use super::outbox::Purpose;
use super::screen::Screen;
use crate::model::{Details, Finding, Kind, StudentId};
use crate::wire::{Query, Request};
use serde_json::Value;

impl App {
    /// Asks for the draft when a withdrawal of one student is begun.
    pub(super) fn ask_absence_draft(&mut self) {
        let Some(Screen::Start(form)) = self.stack.last() else { return };
        let withdraws = form.kind.as_ref().is_some_and(|kind| kind.kind == Kind::Withdrawal);
        let student = form.chosen.as_ref().filter(|_| withdraws && form.group.is_empty()).map(|student| student.id);
        if let Some(student) = student {
            self.send(Request::Query(Query::AbsenceDraft { student }), Purpose::AbsenceDraft(student));
        }
    }

    /// The draft came: it goes into an empty field, never over what was typed.
    pub(super) fn got_absence_draft(&mut self, student: StudentId, value: &Value) {
        let part = |name: &str| value.get(name).cloned();
        let details = part("details").and_then(|of| serde_json::from_value::<Details>(of).ok());
        let finding = part("finding").and_then(|of| serde_json::from_value::<Finding>(of).ok());
        let (Some(Details::Withdrawal { ground }), Some(finding)) = (details, finding) else { return };
        let Some(Screen::Start(form)) = self.stack.last_mut() else { return };
        if form.chosen.as_ref().map(|chosen| chosen.id) == Some(student)
            && form.fill_in(Kind::Withdrawal, "ground", &ground)
        {
            let said = format!("{}（{}）。{}", finding.because, finding.rule, finding.remedy);
            self.note = Some(Note::new(Tone::Info, said));
        }
    }
}
