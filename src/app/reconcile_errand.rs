//! What is done on screen 7: marks for what was keyed over, a person's word on a pair, the list as a file.

use super::App;
use super::input::{Effect, FileJob};
use super::note::{Note, Tone};
use super::outbox::Purpose;
use crate::catalogue::{Lang, NationalText as Text};
use crate::keymap::{Action, Scope};
use crate::model::{Command, ConfirmPair, KeySystem, MarkKeyed, OfficeId, StudentId};
use crate::wire::{Doable, NationalItem, Request};

/// A system's short name.
pub(crate) fn system(system: KeySystem, lang: Lang) -> &'static str {
    match system {
        KeySystem::National => Text::Nation.text(lang),
        KeySystem::Module => Text::Module.text(lang),
    }
}

impl App {
    /// A key that does something about the student under the cursor.
    pub(super) fn reconcile_errand(&mut self, action: Action) {
        let lang = self.look.lang;
        if action == Action::SaveList {
            return self.save_list();
        }
        let Some(screen) = self.reconcile_screen() else { return };
        let (Some(diff), Some(item)) = (&screen.diff, screen.item().cloned()) else {
            let msg = if screen.school.is_some() { Text::AllCured } else { Text::PickSchool };
            self.note = Some(Note::new(Tone::Info, msg.text(lang)));
            return;
        };
        let (school, load) = (diff.school.school.clone(), diff.school.load);
        if let Doable::Closed(finding) = diff.mark.clone() {
            self.note = Some(Note::refusal(&finding, lang));
            return;
        }
        if self.needs_link() {
            return;
        }
        match action {
            Action::Keyed | Action::KeyedOther => {
                let other = match item.system {
                    KeySystem::National => KeySystem::Module,
                    KeySystem::Module => KeySystem::National,
                };
                let into = if action == Action::Keyed { item.system } else { other };
                self.mark_keyed(school, load, &item, Some(into));
            }
            Action::Unkeyed if item.keyed.is_none() => {
                self.note = Some(Note::new(Tone::Info, Text::NoMark.fill(lang, &[("name", &item.name)])));
            }
            Action::Unkeyed => self.mark_keyed(school, load, &item, None),
            Action::Same | Action::Apart => self.say_of_pair(school, load, &item, action),
            _ => {}
        }
    }

    fn mark_keyed(&mut self, school: OfficeId, load: u32, item: &NationalItem, into: Option<KeySystem>) {
        let lang = self.look.lang;
        let said = match into {
            Some(into) => {
                let values = [("name", item.name.as_str()), ("system", system(into, lang))];
                Text::Marked.fill(lang, &values)
            }
            None => Text::Unmarked.fill(lang, &[("name", &item.name)]),
        };
        let command = MarkKeyed { school, load, students: vec![item.who], system: into };
        self.send(Request::Write(Command::MarkKeyed(command)), Purpose::Reconciled(said));
    }

    /// 同一人 or not, on the second press: the first says of whom.
    fn say_of_pair(&mut self, school: OfficeId, load: u32, item: &NationalItem, action: Action) {
        let lang = self.look.lang;
        let same = action == Action::Same;
        let Some((student, line)) = self.pair_of(item) else {
            self.note = Some(Note::new(Tone::Info, Text::NotPerhaps.text(lang)));
            return;
        };
        let name = [("name", item.name.as_str())];
        let asked = (item.who, same);
        let Some(screen) = self.reconcile_screen() else { return };
        if screen.asking == Some(asked) {
            screen.asking = None;
            let said = if same { Text::SaidSame } else { Text::SaidApart }.fill(lang, &name);
            let command = ConfirmPair { school, load, student, line, same };
            self.send(Request::Write(Command::ConfirmPair(command)), Purpose::Reconciled(said));
            return;
        }
        screen.asking = Some(asked);
        let key = self.keymap.key_for(Scope::Reconcile, action).unwrap_or_default();
        let msg = if same { Text::AskSame } else { Text::AskApart };
        self.note = Some(Note::new(Tone::Warn, msg.fill(lang, &[("key", key.as_str()), name[0]])));
    }

    /// The file here and the line there that are perhaps the same student's.
    fn pair_of(&mut self, item: &NationalItem) -> Option<(StudentId, u32)> {
        // What a person said once can be taken back: then both sides are on one row.
        if item.by.as_deref() == Some("person") {
            return item.who.student.zip(item.who.line);
        }
        let line = item.perhaps?;
        let student = match item.who.student {
            Some(student) => Some(student),
            None => {
                let all = &self.reconcile_screen()?.diff.as_ref()?.items;
                let other = all.iter().find(|other| other.perhaps == Some(line) && other.who.student.is_some());
                other.and_then(|other| other.who.student)
            }
        };
        student.zip(Some(line))
    }

    /// The school's key-in list into the download folder.
    fn save_list(&mut self) {
        let lang = self.look.lang;
        let Some(screen) = self.reconcile_screen() else { return };
        let school = screen.school.clone().or_else(|| screen.picked_school().map(|one| one.school.clone()));
        let Some(school) = school else {
            self.note = Some(Note::new(Tone::Info, Text::PickSchool.text(lang)));
            return;
        };
        if !self.needs_link() {
            self.start_errand(FileJob::KeyIn, Effect::WriteKeyIn { school });
        }
    }

    /// It was done: everything shown is asked for again.
    pub(super) fn reconciled(&mut self, said: String) {
        self.note = Some(Note::new(Tone::Info, said));
        self.reload_reconcile(None);
    }
}
