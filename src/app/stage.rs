//! What ends for one student on a day, written down by the school from the record: compulsory education of a pupil who came
//! from junior high (完成义务教育), the first three years of a longer programme (中职段期满).

use super::App;
use super::graduation_form::{GradErrand, GradForm};
use super::screen::Screen;
use crate::catalogue::GradMsg;
use crate::model::{Command, EndStage};

impl App {
    /// Asks for the day and the document, or only whether; whose stage it is the record says, and the server whether it
    /// has ended.
    pub(super) fn open_stage(&mut self) {
        let Some(Screen::Record(screen)) = self.stack.last() else { return };
        let Some(student) = screen.record().and_then(|one| one.view.as_ref()).map(|view| &view.student) else { return };
        let (id, revision, name) = (student.id, student.revision, student.name.clone());
        let pupil = student.compulsory_until.is_some();
        if self.needs_link() {
            return;
        }
        self.dirty = true;
        let lang = self.look.lang;
        if pupil {
            let today = self.me.as_ref().map(|me| me.now.day());
            let errand = GradErrand::Compulsory { student: id, revision };
            return self.push_short(Screen::GradForm(Box::new(GradForm::new(errand, &name, today, lang))));
        }
        let words = GradMsg::ActsStageEnd.fill(lang, &[("who", &name)]);
        self.confirm_graduation(words, Command::EndStage(EndStage { students: vec![id] }));
    }
}
