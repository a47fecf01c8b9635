//! Bringing a piece of evidence: which file, which material, where the original is kept. The materials still missing
//! are offered by name, because some must be attached under exactly that.

use super::App;
use super::drafts::Plain;
use super::field::Field;
use super::files::Uploads;
use super::input::{Effect, FileJob};
use super::note::{Note, Tone};
use super::pick::{moved, turns};
use super::screen::Screen;
use crate::catalogue::Msg;
use crate::keymap::{Action, KeyPress};
use crate::model::{ApplicationId, Kind};
use crate::wire::CaseView;

/// The form. Its fields in order: path, material, place.
#[derive(Debug, Clone)]
pub(crate) struct AttachForm {
    pub(crate) application: ApplicationId,
    pub(crate) student: String,
    pub(crate) kind: Kind,
    pub(crate) fields: [Field; 3],
    pub(crate) at: usize,
    /// Materials still missing, by name.
    pub(crate) offers: Vec<String>,
    /// Files of the upload folder; none while they are looked for.
    pub(crate) uploads: Option<Uploads>,
}

/// Place of the material among the fields.
pub(crate) const MATERIAL: usize = 1;

/// Labels of the fields, in their order.
pub(crate) const LABELS: [Msg; 3] = [Msg::FieldPath, Msg::FieldKind, Msg::FieldPlace];

impl AttachForm {
    fn new(case: &CaseView) -> AttachForm {
        let material = case.missing.first().map_or("", String::as_str);
        AttachForm {
            application: case.id,
            student: case.students.first().map(|s| s.name.clone()).unwrap_or_default(),
            kind: case.kind,
            fields: [Field::line(""), Field::line(material), Field::line("")],
            at: 0,
            offers: case.missing.clone(),
            uploads: None,
        }
    }

    /// Which of the uploaded files stands in the field.
    pub(crate) fn uploaded(&self) -> Option<usize> {
        let path = self.fields[0].text();
        self.uploads.as_ref()?.files.iter().position(|file| file.path == path)
    }

    /// Puts another of the uploaded files into the field.
    fn choose_file(&mut self, action: Action) {
        let Some(uploads) = &self.uploads else { return };
        let next = self.uploaded().map_or(0, |at| moved(at, uploads.files.len(), action, 1));
        if let Some(file) = uploads.files.get(next) {
            self.fields[0] = Field::line(&file.path);
        }
    }

    /// Which of the missing materials stands in the field.
    pub(crate) fn offered(&self) -> Option<usize> {
        let material = self.fields[MATERIAL].text();
        self.offers.iter().position(|name| *name == material)
    }

    /// Puts another of the missing materials into the field.
    fn choose(&mut self, action: Action) {
        let next = self.offered().map_or(0, |at| moved(at, self.offers.len(), action, 1));
        if let Some(name) = self.offers.get(next) {
            self.fields[MATERIAL] = Field::line(name);
        }
    }

    /// As a draft keeps it.
    pub(super) fn plain(&self) -> Plain {
        Plain::of(&self.fields, self.at)
    }

    /// Takes a draft up.
    pub(super) fn take_plain(&mut self, plain: &Plain) -> bool {
        plain.fill(&mut self.fields, &mut self.at)
    }

    fn has_uploads(&self) -> bool {
        self.uploads.as_ref().is_some_and(|uploads| !uploads.files.is_empty())
    }

    pub(super) fn has_typed(&self) -> bool {
        !self.fields[0].is_empty() || !self.fields[2].is_empty()
    }
}

impl App {
    /// Opens the form, with what was typed the last time it was left for this case.
    pub(super) fn open_attach(&mut self, case: &CaseView) {
        self.dirty = true;
        let form = match self.left_attach.take() {
            Some(mut form) if form.application == case.id => {
                form.offers = case.missing.clone();
                form
            }
            other => {
                self.left_attach = other;
                Box::new(AttachForm::new(case))
            }
        };
        self.stack.push(Screen::Attach(form));
        self.out.push(Effect::ListUploads { tables: false });
    }

    /// A command key in the form.
    pub(super) fn attach_action(&mut self, action: Action, key: KeyPress) {
        self.dirty = true;
        let Some(Screen::Attach(form)) = self.stack.last_mut() else { return };
        let last = form.fields.len() - 1;
        match action {
            Action::NextField | Action::PrevField if form.at == MATERIAL && !form.offers.is_empty() && !turns(key) => {
                form.choose(if action == Action::NextField { Action::Down } else { Action::Up });
            }
            Action::NextField | Action::PrevField if form.at == 0 && form.has_uploads() && !turns(key) => {
                form.choose_file(if action == Action::NextField { Action::Down } else { Action::Up });
            }
            Action::Accept if form.at < last => form.at += 1,
            Action::NextField => form.at = (form.at + 1) % form.fields.len(),
            Action::PrevField => form.at = (form.at + last) % form.fields.len(),
            Action::Accept | Action::Done => self.attach_done(),
            Action::Keep => {
                self.flush_draft();
                if let Some(Screen::Attach(form)) = self.stack.pop()
                    && form.has_typed()
                {
                    self.left_attach = Some(form);
                    self.note = Some(Note::new(Tone::Info, Msg::Kept.text(self.look.lang)));
                }
            }
            _ => {}
        }
    }

    fn attach_done(&mut self) {
        let Some(Screen::Attach(form)) = self.stack.last_mut() else { return };
        let [path, kind, place] = form.fields.each_ref().map(Field::text);
        let lacking = [(path.is_empty(), 0, Msg::NeedPath), (kind.is_empty(), 1, Msg::NeedKind)];
        if let Some((_, at, msg)) = lacking.into_iter().find(|(empty, ..)| *empty) {
            form.at = at;
            self.note = Some(Note::new(Tone::Warn, msg.text(self.look.lang)));
            return;
        }
        let application = form.application;
        let original_place = (!place.is_empty()).then_some(place);
        if self.needs_link() {
            return;
        }
        // Kept until the errand went well: a wrong path is corrected, not typed again.
        if let Some(Screen::Attach(form)) = self.stack.pop() {
            self.left_attach = Some(form);
        }
        self.start_errand(FileJob::Attach, Effect::AttachFile { application, path, kind, original_place });
    }

    /// A key that is no command.
    pub(super) fn attach_key(&mut self, key: KeyPress) -> bool {
        let Some(Screen::Attach(form)) = self.stack.last_mut() else { return false };
        form.fields[form.at].key(key)
    }
}
