//! The national system's list on screen 7 (载入名单): chosen from the upload folder, checked, and taken in when confirmed,
//! the same way as files of the province on screen 0.

use super::App;
use super::files::Uploads;
use super::input::Effect;
use super::load::{LoadSeen, LoadWish};
use super::note::{Note, Tone};
use super::pick::moved;
use super::screen::Screen;
use super::words;
use crate::catalogue::{LoadText, NationalText as Text};
use crate::keymap::Action;
use crate::model::{ImportKind, Level, Post};

/// Files of the upload folder, of which one is to be loaded.
#[derive(Debug, Clone, Default)]
pub(crate) struct FilePick {
    /// None while they are looked for.
    pub(crate) uploads: Option<Uploads>,
    pub(crate) picked: usize,
    /// The file that was chosen.
    chosen: Option<String>,
}

impl FilePick {
    /// What is wanted of the file that was chosen.
    pub(super) fn wish(&self) -> Option<LoadWish> {
        let path = self.chosen.clone()?;
        Some(LoadWish { kind: ImportKind::National, path, document: None, digest: None, moves: None })
    }
}

impl App {
    /// Whether a list can be loaded by the asker; the server judges it once more.
    pub(crate) fn loads_national(&self) -> bool {
        self.me.as_ref().is_some_and(|me| me.posts().contains(&Post::Keeper) && me.office.level != Level::School)
    }

    /// Opens the upload folder, for who may load a list; others are told who may.
    pub(super) fn open_national(&mut self) {
        self.dirty = true;
        if self.needs_link() {
            return;
        }
        if !self.loads_national() {
            let lang = self.look.lang;
            let posts = self.me.as_ref().map(|me| me.posts()).unwrap_or_default();
            let said = if posts.contains(&Post::Keeper) {
                Text::LoadNotOffice.text(lang).to_owned()
            } else {
                Text::LoadNotKeeper.fill(lang, &[("post", &words::posts(&posts, lang))])
            };
            self.note = Some(Note::new(Tone::Refusal, said));
            return;
        }
        self.stack.push(Screen::Files(FilePick::default()));
        self.out.push(Effect::ListUploads { tables: true });
    }

    /// A command key among the files.
    pub(super) fn files_action(&mut self, action: Action) {
        let page = usize::try_from(self.list_height()).unwrap_or(1);
        let Some(Screen::Files(pick)) = self.stack.last_mut() else { return };
        self.dirty = true;
        match action {
            Action::Back => self.close_top(),
            Action::Open => {
                let Some(file) = pick.uploads.as_ref().and_then(|all| all.files.get(pick.picked)) else {
                    return self.out.push(Effect::ListUploads { tables: true });
                };
                pick.chosen = Some(file.path.clone());
                if let Some(wish) = pick.wish() {
                    self.load_file(wish);
                }
            }
            action => {
                let files = pick.uploads.as_ref().map_or(0, |all| all.files.len());
                pick.picked = moved(pick.picked, files, action, page);
            }
        }
    }

    /// Lists were taken in: screen 7 shows them, and what they came to is said.
    pub(super) fn national_loaded(&mut self, seen: &LoadSeen) {
        if matches!(self.stack.last(), Some(Screen::Files(_))) {
            self.stack.pop();
        }
        let lang = self.look.lang;
        let n = |word: &str| seen.count(word).to_string();
        let told = seen.national.clone();
        let mut lines = Vec::new();
        if let Some(told) = &told {
            let [schools, differing, over] = [told.schools, told.differing, told.over].map(|n| n.to_string());
            let written = n("written");
            let values = [("schools", &*schools), ("written", &*written), ("differing", &*differing), ("over", &*over)];
            lines.push(LoadText::NationalLoaded.fill(lang, &values));
        } else {
            // It is taken in; what it came to could not be asked any more, and screen 7 shows it.
            let (written, unchanged) = (n("written"), n("unchanged"));
            let values = [("what", LoadText::National.text(lang)), ("written", &written), ("unchanged", &unchanged)];
            lines.push(LoadText::Loaded.fill(lang, &values));
        }
        if let Some(told) = told.filter(|told| told.again > 0) {
            let [again, cured, new] = [told.again, told.cured, told.new].map(|n| n.to_string());
            lines.push(LoadText::NationalAgain.fill(lang, &[("again", &again), ("cured", &cured), ("new", &new)]));
        }
        if seen.count("unchanged") > 0 {
            lines.push(LoadText::NationalAsBefore.fill(lang, &[("unchanged", &n("unchanged"))]));
        }
        let out = seen.count("lists_out");
        if out > 0 {
            lines.push(LoadText::NationalOut.fill(lang, &[("out", &out.to_string())]));
        }
        self.note = Some(Note { tone: if out > 0 { Tone::Warn } else { Tone::Info }, lines });
        self.reload_reconcile(None);
    }
}
