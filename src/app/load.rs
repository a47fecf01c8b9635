//! Files of the province on screen 0, and the national system's list on screen 7: checked and compared first, read line
//! by line, and taken in when confirmed. The reading is done outside of this room, on a line of its own.

use super::App;
use super::input::{Effect, FileJob};
use super::note::{Note, Tone};
use super::screen::Screen;
use super::system::{PageOf, SystemDeed, SystemErrandOf, SystemPage};
use crate::catalogue::{Lang, LoadText as Text};
use crate::model::{Digest, ImportKind, Severity};
use crate::wire::{MovesView, QualificationChanges};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What can be loaded here, with what it is called.
const KINDS: [(ImportKind, Text); 5] = [
    (ImportKind::Offices, Text::Offices),
    (ImportKind::Schools, Text::Schools),
    (ImportKind::Majors, Text::Majors),
    (ImportKind::Calendar, Text::Calendar),
    (ImportKind::Qualifications, Text::Qualifications),
];

/// What is wanted of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadWish {
    /// What it holds.
    pub kind: ImportKind,
    /// Where it lies, as the keeper wrote it.
    pub path: String,
    /// Number of the document it was issued with.
    pub document: Option<String>,
    /// Take it in, if it is still the file with this digest; only check it when absent.
    pub digest: Option<Digest>,
    /// For a calendar that is taken in: how many deadlines it was seen to move.
    pub moves: Option<u32>,
}

/// Something said about a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadProblem {
    /// The row; the header is row 1.
    pub row: u32,
    /// The column.
    pub column: String,
    /// How hard it is.
    pub severity: Severity,
    /// What is the matter and what to do.
    pub message: String,
}

/// What lists of the national system came to when they were taken in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NationalTold {
    /// Schools whose list is another now.
    pub schools: u32,
    /// Students of these schools that differ.
    pub differing: u32,
    /// Of these schools, the ones over the line of FM5.
    pub over: u32,
    /// Of these schools, the ones that had a list before.
    pub again: u32,
    /// Since the list before: who is cured.
    pub cured: u32,
    /// And who differs that did not.
    pub new: u32,
}

/// A file that was checked, or taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadSeen {
    /// What it holds.
    pub kind: ImportKind,
    /// Where it lies, as it was asked for.
    pub path: String,
    /// Its name, fit to be shown.
    pub name: String,
    /// What it is: the encoding, where one was detected, else xlsx, xls or csv.
    pub form: String,
    /// What taking it in is bound to.
    pub digest: Digest,
    /// Whether it was taken in.
    pub committed: bool,
    /// Whether nothing of it can be taken in for rows that are wrong.
    pub refused: bool,
    /// Rows by outcome; `written` and `unchanged` count records.
    pub counts: BTreeMap<String, u32>,
    /// Header cells that mean nothing here.
    pub unknown: Vec<String>,
    /// What is said about its rows, the hardest first.
    pub problems: Vec<LoadProblem>,
    /// How much more is said.
    pub more: u32,
    /// Deadlines that a calendar moves.
    pub moves: Option<MovesView>,
    /// In what qualifications differ from the last publication.
    pub changes: Option<QualificationChanges>,
    /// What lists of the national system came to.
    pub national: Option<NationalTold>,
}

impl LoadSeen {
    /// How many there are of an outcome.
    pub fn count(&self, word: &str) -> u32 {
        self.counts.get(word).copied().unwrap_or_default()
    }
}

/// What a kind is called.
pub(crate) fn called(kind: ImportKind, lang: Lang) -> &'static str {
    if kind == ImportKind::National {
        return Text::National.text(lang);
    }
    KINDS.iter().find(|(one, _)| *one == kind).map_or("", |(_, text)| text.text(lang))
}

/// The kind of this name, in either language.
pub(super) fn kind_named(word: &str) -> Option<ImportKind> {
    let word = word.trim();
    let named = |text: &Text| text.text(Lang::Zh) == word || text.text(Lang::En).eq_ignore_ascii_case(word);
    KINDS.iter().find(|(_, text)| named(text)).map(|(kind, _)| *kind)
}

impl App {
    /// Hands a file out to be checked, or to be taken in.
    pub(super) fn load_file(&mut self, wish: LoadWish) {
        if !self.needs_link() {
            let taking = wish.digest.is_some();
            self.start_errand(FileJob::Load, Effect::LoadFile(Box::new(wish)));
            if taking {
                self.note = Some(Note::new(Tone::Info, Text::Taking.text(self.look.lang)));
            }
        }
        self.dirty = true;
    }

    /// What came of it.
    pub(super) fn file_loaded(&mut self, seen: &str) {
        let lang = self.look.lang;
        let seen: LoadSeen = match serde_json::from_str(seen) {
            Ok(seen) => seen,
            Err(error) => {
                self.note =
                    Some(Note::new(Tone::Refusal, Text::CheckFailed.fill(lang, &[("why", &error.to_string())])));
                return;
            }
        };
        self.note = None;
        let on_page =
            matches!(self.stack.last(), Some(Screen::SystemPage(page)) if matches!(page.what, PageOf::Load(_)));
        // Whoever has left the form meanwhile, or asks for another file now, is not pulled back to this one.
        let below = self.stack.iter().rev().nth(usize::from(on_page));
        let wish = below.and_then(|screen| asked_on(screen, lang));
        let asked = wish.is_some_and(|wish| (wish.kind, &wish.path) == (seen.kind, &seen.path));
        if !seen.committed && !asked {
            return;
        }
        if on_page {
            self.stack.pop();
        }
        if !seen.committed {
            self.stack.push(Screen::SystemPage(Box::new(SystemPage { what: PageOf::Load(Box::new(seen)), scroll: 0 })));
            return;
        }
        if seen.kind == ImportKind::National {
            return self.national_loaded(&seen);
        }
        let (written, unchanged) = (seen.count("written").to_string(), seen.count("unchanged").to_string());
        let values = [("what", called(seen.kind, lang)), ("written", &written), ("unchanged", &unchanged)];
        let said = Text::Loaded.fill(lang, &values);
        self.system_done(&said);
        self.note = Some(Note::new(Tone::Info, said));
    }

    /// Enter on what was checked: asks once more, in one line.
    pub(super) fn confirm_load(&mut self) {
        let lang = self.look.lang;
        self.dirty = true;
        let (Some(Screen::SystemPage(page)), Some(wish)) = (self.stack.last(), self.load_wish()) else { return };
        let PageOf::Load(seen) = &page.what else { return };
        if let Some(said) = closed(seen) {
            self.note = Some(Note::new(Tone::Warn, said.text(lang)));
            return;
        }
        let moves = seen.moves.as_ref().map(|moves| moves.total);
        let (written, many) = (seen.count("written").to_string(), moves.unwrap_or_default().to_string());
        let schools = seen.count("lists").saturating_sub(seen.count("lists_out")).to_string();
        let values =
            [("what", called(seen.kind, lang)), ("written", &*written), ("moves", &many), ("schools", &schools)];
        let text = match moves {
            _ if seen.kind == ImportKind::National => Text::AskNational,
            Some(1..) => Text::AskLoadMoves,
            _ => Text::AskLoad,
        };
        let (words, digest) = (text.fill(lang, &values), Some(seen.digest.clone()));
        let wish = LoadWish { digest, moves, ..wish };
        self.ask_about(SystemDeed { words, errand: SystemErrandOf::Load(Box::new(wish)) });
    }

    /// What the form below asks for.
    fn load_wish(&self) -> Option<LoadWish> {
        self.stack.iter().rev().find_map(|screen| asked_on(screen, self.look.lang))
    }
}

/// The file that a screen asks for.
fn asked_on(screen: &Screen, lang: Lang) -> Option<LoadWish> {
    match screen {
        Screen::SystemForm(form) => form.load(lang).ok(),
        Screen::Files(pick) => pick.wish(),
        _ => None,
    }
}

/// Why a file that was checked is not taken in.
pub(crate) fn closed(seen: &LoadSeen) -> Option<Text> {
    let national = seen.kind == ImportKind::National;
    match () {
        () if seen.refused => Some(if national { Text::NationalRefused } else { Text::Refused }),
        () if seen.count("written") == 0 => Some(if national { Text::NationalSame } else { Text::NothingNew }),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_holds_is_named_in_both_languages() {
        for (kind, text) in KINDS {
            assert_eq!(kind_named(text.text(Lang::Zh)), Some(kind));
            assert_eq!(kind_named(&format!(" {} ", text.text(Lang::En).to_uppercase())), Some(kind));
        }
        assert_eq!(kind_named("学生"), None);
    }
}
