//! Importing new students at the desk (导入): a file is chosen from the upload folder and checked, its rows that stay out
//! are put right cell by cell, and the good ones are registered. The file itself is never changed; what was put right is
//! laid over it whenever it is read.

use super::App;
use super::deed::Confirm;
use super::field::Field;
use super::files::{ImportSeen, ImportWish, SeenRow, Uploads};
use super::input::{Effect, FileJob};
use super::note::{Note, Tone};
use super::pick::moved;
use super::screen::Screen;
use super::words;
use crate::catalogue::ImportText;
use crate::keymap::{Action, KeyPress};
use crate::model::{ExportKind, Post, RowOutcome, Severity};
use std::collections::BTreeMap;

/// Files of the upload folder, then one of them with what is said about its rows.
#[derive(Debug, Clone, Default)]
pub(crate) struct ImportScreen {
    /// None while they are looked for.
    pub(crate) uploads: Option<Uploads>,
    pub(crate) picked: usize,
    /// The file that was chosen, and what it came to; none while it is checked.
    pub(crate) chosen: Option<String>,
    pub(crate) seen: Option<Box<ImportSeen>>,
    /// The selected line: to register, to check again, to take out what is wrong, then the rows.
    pub(crate) at: usize,
    /// Cells put right, by row and column of the file.
    pub(crate) fixes: BTreeMap<(u32, u32), String>,
    /// The file they belong to.
    fixed_file: String,
}

/// Lines before the rows.
pub(crate) const BEFORE: usize = 3;

impl ImportScreen {
    /// Rows that are registered when it is committed.
    pub(crate) fn good(&self) -> u32 {
        self.seen.as_ref().filter(|seen| !seen.committed).map_or(0, |seen| seen.count("written"))
    }

    /// Rows that stay out.
    pub(crate) fn wrong(&self) -> u32 {
        self.seen.as_ref().map_or(0, |seen| seen.count("rejected"))
    }

    /// Whether something was put right that nobody has registered yet.
    pub(super) fn has_typed(&self) -> bool {
        !self.fixes.is_empty() && self.seen.as_ref().is_none_or(|seen| !seen.committed)
    }

    /// Cells of a row that were put right.
    pub(crate) fn fixed(&self, row: u32) -> usize {
        self.fixes.keys().filter(|(at, _)| *at == row).count()
    }

    fn row(&self) -> Option<&SeenRow> {
        self.seen.as_ref()?.rows.get(self.at.checked_sub(BEFORE)?)
    }
}

/// Cells of one row to be put right: those something is said about.
#[derive(Debug, Clone)]
pub(crate) struct ImportFix {
    pub(crate) row: u32,
    pub(crate) name: String,
    /// Column of the file, its header, what stands there, and what is the matter.
    pub(crate) cells: Vec<(u32, String, Field, Vec<String>)>,
    pub(crate) at: usize,
    before: Vec<String>,
}

impl ImportFix {
    fn of(seen: &ImportSeen, row: &SeenRow) -> ImportFix {
        let mut cells: Vec<(u32, String, Field, Vec<String>)> = Vec::new();
        for problem in row.problems.iter().filter(|problem| problem.severity != Severity::Hint) {
            let Some(at) = problem.at else { continue };
            let said = problem.message.clone();
            match cells.iter_mut().find(|(column, ..)| *column == at) {
                Some((.., all)) => all.push(said),
                None => {
                    let column = at as usize;
                    let text = row.cells.get(column).map_or("", String::as_str);
                    let header = seen.columns.get(column).cloned().unwrap_or_default();
                    cells.push((at, header, Field::line(text), vec![said]));
                }
            }
        }
        let before = cells.iter().map(|(_, _, field, _)| field.text()).collect();
        ImportFix { row: row.row, name: row.name.clone(), cells, at: 0, before }
    }

    /// Whether something was typed.
    pub(crate) fn has_typed(&self) -> bool {
        self.cells.iter().zip(&self.before).any(|((_, _, field, _), before)| field.text() != *before)
    }

    /// The field that keys go to.
    pub(crate) fn field(&mut self) -> Option<&mut Field> {
        self.cells.get_mut(self.at).map(|(_, _, field, _)| field)
    }
}

impl App {
    /// Opens the upload folder.
    pub(super) fn open_import(&mut self) {
        self.dirty = true;
        if self.needs_link() {
            return;
        }
        let lang = self.look.lang;
        let posts = self.me.as_ref().map(|me| me.posts().to_vec()).unwrap_or_default();
        if !posts.contains(&Post::Entry) {
            let post = words::posts(&posts, lang);
            self.note = Some(Note::new(Tone::Warn, ImportText::NotSchool.fill(lang, &[("post", &post)])));
            return;
        }
        self.close_all();
        self.stack.push(Screen::Import(Box::default()));
        self.out.push(Effect::ListUploads { tables: true });
    }

    fn import_screen(&mut self) -> Option<&mut ImportScreen> {
        self.stack.iter_mut().rev().find_map(|screen| match screen {
            Screen::Import(screen) => Some(&mut **screen),
            _ => None,
        })
    }

    /// The files of the upload folder came: for the import, for a list to be loaded, or for a piece of evidence.
    pub(super) fn got_uploads(&mut self, uploads: Uploads) {
        self.dirty = true;
        for screen in self.stack.iter_mut().rev() {
            match screen {
                Screen::Attach(form) => return form.uploads = Some(uploads),
                Screen::Import(screen) => {
                    screen.picked = screen.picked.min(uploads.files.len().saturating_sub(1));
                    return screen.uploads = Some(uploads);
                }
                Screen::Files(pick) => {
                    pick.picked = pick.picked.min(uploads.files.len().saturating_sub(1));
                    return pick.uploads = Some(uploads);
                }
                _ => {}
            }
        }
    }

    /// A file was checked, or its good rows were registered.
    pub(super) fn got_import(&mut self, seen: ImportSeen) {
        self.dirty = true;
        let lang = self.look.lang;
        let note = seen.committed.then(|| {
            let [written, unchanged, rejected] =
                ["written", "unchanged", "rejected"].map(|word| seen.count(word).to_string());
            let text = match (written.as_str(), rejected.as_str()) {
                ("0", "0") => ImportText::DoneNothing,
                (_, "0") => ImportText::DoneAll,
                _ => ImportText::Done,
            };
            text.fill(lang, &[("written", &written), ("unchanged", &unchanged), ("rejected", &rejected)])
        });
        if let Some(screen) = self.import_screen() {
            screen.at = screen.at.min(BEFORE + seen.rows.len() - 1);
            screen.seen = Some(Box::new(seen));
        }
        self.note = note.map(|text| Note::new(Tone::Info, text));
    }

    /// What could not be read is said, and the folder is shown again.
    pub(super) fn import_failed(&mut self) {
        if let Some(screen) = self.import_screen()
            && screen.seen.is_none()
        {
            screen.chosen = None;
        }
    }

    /// What is wanted of the chosen file.
    fn import_wish(&mut self, commit: bool) -> Option<Box<ImportWish>> {
        let screen = self.import_screen()?;
        let path = screen.chosen.clone()?;
        let digest = screen.seen.as_ref().map(|seen| seen.digest.clone()).filter(|_| commit);
        let fixes = screen.fixes.iter().map(|((row, column), text)| (*row, *column, text.clone())).collect();
        Some(Box::new(ImportWish { path, fixes, digest }))
    }

    /// Has the rows that stay out written, as they are now, to be put right in a spreadsheet.
    fn save_wrong_rows(&mut self) {
        if !self.needs_link()
            && let Some(wish) = self.import_wish(false)
        {
            self.start_errand(FileJob::Errors, Effect::WriteErrors(wish));
        }
    }

    /// Has the file checked, with what was put right laid over it; or its good rows registered.
    fn check_import(&mut self, commit: bool) {
        let lang = self.look.lang;
        let Some(wish) = self.import_wish(commit) else { return };
        let text = if commit { ImportText::Taking } else { ImportText::Checking };
        self.note = Some(Note::new(Tone::Info, text.text(lang)));
        self.out.push(Effect::ImportFile(wish));
        self.dirty = true;
    }

    /// A command key on this screen.
    pub(super) fn import_action(&mut self, action: Action) {
        let (page, lang) = (self.list_height() as usize, self.look.lang);
        let Some(Screen::Import(screen)) = self.stack.last_mut() else { return };
        self.dirty = true;
        let chosen = screen.chosen.is_some();
        match action {
            Action::Back if chosen => {
                // What was put right is kept until another file is chosen.
                (screen.chosen, screen.seen) = (None, None);
            }
            Action::Back => drop(self.stack.pop()),
            Action::Open if !chosen => {
                let Some(file) = screen.uploads.as_ref().and_then(|all| all.files.get(screen.picked)) else {
                    return self.out.push(Effect::ListUploads { tables: true });
                };
                let path = file.path.clone();
                if screen.fixed_file != path {
                    screen.fixes.clear();
                    screen.fixed_file.clone_from(&path);
                }
                (screen.chosen, screen.at) = (Some(path), 0);
                self.check_import(false);
            }
            Action::Open => match (screen.at, screen.good()) {
                (0, 0) => self.note = Some(Note::new(Tone::Warn, ImportText::CommitNone.text(lang))),
                (0, _) => self.confirm = Some(Confirm::Import),
                (1, _) => self.check_import(false),
                (2, _) if screen.wrong() == 0 => {
                    self.note = Some(Note::new(Tone::Info, ImportText::ErrorsNone.text(lang)));
                }
                (2, _) => self.save_wrong_rows(),
                _ => self.open_fix(),
            },
            action if chosen => {
                let rows = screen.seen.as_ref().map_or(0, |seen| seen.rows.len());
                screen.at = moved(screen.at, BEFORE + rows, action, page);
            }
            action => {
                let files = screen.uploads.as_ref().map_or(0, |all| all.files.len());
                screen.picked = moved(screen.picked, files, action, page);
            }
        }
    }

    fn open_fix(&mut self) {
        let Some(Screen::Import(screen)) = self.stack.last() else { return };
        let (Some(seen), Some(row)) = (&screen.seen, screen.row()) else { return };
        let fix = ImportFix::of(seen, row);
        if fix.cells.is_empty() {
            self.note = Some(Note::new(Tone::Warn, ImportText::NothingToFix.text(self.look.lang)));
            return;
        }
        self.stack.push(Screen::ImportFix(Box::new(fix)));
    }

    /// A command key among the cells of a row.
    pub(super) fn import_fix_action(&mut self, action: Action) {
        self.dirty = true;
        let Some(Screen::ImportFix(fix)) = self.stack.last_mut() else { return };
        let last = fix.cells.len().saturating_sub(1);
        match action {
            Action::Accept if fix.at < last => fix.at += 1,
            Action::NextField => fix.at = if fix.at == last { 0 } else { fix.at + 1 },
            Action::PrevField => fix.at = fix.at.checked_sub(1).unwrap_or(last),
            Action::Accept | Action::Done | Action::Keep => {
                let Some(Screen::ImportFix(fix)) = self.stack.pop() else { return };
                if let Some(screen) = self.import_screen() {
                    for ((column, _, field, _), before) in fix.cells.iter().zip(&fix.before) {
                        if field.text() != *before {
                            screen.fixes.insert((fix.row, *column), field.text());
                        }
                    }
                }
                // What was typed is kept either way; left with Esc it is checked when the file is read again.
                if action != Action::Keep {
                    self.check_import(false);
                }
            }
            _ => {}
        }
    }

    /// What is asked before rows are registered.
    pub(super) fn import_words(&self) -> String {
        let found = self.stack.iter().rev().find_map(|screen| match screen {
            Screen::Import(screen) => Some(screen),
            _ => None,
        });
        let (name, n) = found.map_or((String::new(), 0), |screen| {
            (screen.seen.as_ref().map(|seen| seen.name.clone()).unwrap_or_default(), screen.good())
        });
        ImportText::ConfirmCommit.fill(self.look.lang, &[("name", &name), ("n", &n.to_string())])
    }

    /// It was confirmed.
    pub(super) fn take_import(&mut self) {
        self.guard.arm();
        self.check_import(true);
    }
}

/// A key that is no command, among the cells of a row.
pub(super) fn key(fix: &mut ImportFix, key: KeyPress) -> bool {
    fix.field().is_some_and(|field| field.key(key))
}

/// How a row is marked.
pub(crate) fn mark(outcome: RowOutcome) -> ImportText {
    if outcome == RowOutcome::Rejected { ImportText::MarkRejected } else { ImportText::MarkWarning }
}

impl App {
    /// Has the list before the eyes taken out to the download folder (导出).
    pub(super) fn export(&mut self, what: ExportKind) {
        self.dirty = true;
        if self.needs_link() {
            return;
        }
        self.start_errand(FileJob::Export, Effect::ExportList { what, tab: self.queue.tab });
    }
}
