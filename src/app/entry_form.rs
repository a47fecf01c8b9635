//! One new student as it is typed: the cells, what the clerk typed and what was carried over or follows from something
//! else, and where the caret goes next. What is right the server says.

use super::field::Field;
use crate::keymap::{KeyCode, KeyPress};
use crate::model::{RowProblem, Severity, StudentId};
use crate::text;
use crate::wire::{EntryCheckView, EntryField, EntryStored};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What most new students are, until somebody says otherwise: so that the first one costs no more than the next.
const USUAL: [(&str, &str); 5] = [
    ("id_kind", "居民身份证"),
    ("nationality", "中国"),
    ("hmt_foreign", "非港澳台侨"),
    ("marital", "未婚"),
    ("joint", "非联合办学"),
];

/// Fields the region of the document number is put into, as long as nobody typed another.
const REGIONS: [&str; 4] = ["origin_region", "birth_region", "native_region", "household_region"];

/// What follows the document number or the name on the server; it is not sent back as if it had been typed.
const FOLLOWING: [&str; 3] = ["sex", "birth_date", "pinyin"];

/// Characters of a document number after which it is looked at.
const WHOLE_NUMBER: usize = 18;

/// Where what stands in a cell comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Origin {
    /// Nothing stands there.
    Empty,
    /// The clerk typed it.
    Typed,
    /// From the last student, or usual: skipped, may be changed.
    Carried,
    /// It follows from something else: skipped, may be changed.
    Filled,
}

/// One cell.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) field: Field,
    pub(crate) origin: Origin,
}

impl Cell {
    fn new(text: &str, origin: Origin) -> Cell {
        Cell { field: Field::line(text), origin: if text.is_empty() { Origin::Empty } else { origin } }
    }
}

/// A student who is corrected.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Correcting {
    pub(crate) student: StudentId,
    pub(super) revision: u64,
    pub(crate) name: String,
    /// The cells as they are stored, by id.
    stored: BTreeMap<String, String>,
}

/// The form.
#[derive(Debug, Clone)]
pub(crate) struct EntryForm {
    /// The fields, in the template's order.
    pub(crate) asks: Vec<EntryField>,
    pub(crate) cells: Vec<Cell>,
    /// Place of the caret's field in `asks`.
    pub(crate) at: usize,
    pub(crate) unfolded: bool,
    /// The last student's cells, by id.
    pub(super) last: BTreeMap<String, String>,
    pub(crate) correcting: Option<Correcting>,
    /// What the server said of it last.
    pub(crate) check: Option<Box<EntryCheckView>>,
    /// The cells it was said of.
    pub(crate) judged: BTreeMap<String, String>,
    /// Counts changes; what the check and the draft are of is compared with it.
    pub(super) edits: u64,
    /// Saving is asked for and waits for what the server says; what is typed meanwhile takes it back.
    pub(super) saving: bool,
    /// Up to which change the server has looked.
    pub(super) checked: u64,
    /// Whether the field was left or its facts are whole: then it is looked at without waiting.
    pub(super) hurry: bool,
}

/// A form as a draft keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct FormDraft {
    at: String,
    #[serde(default)]
    unfolded: bool,
    cells: BTreeMap<String, (Origin, String)>,
    #[serde(default)]
    last: BTreeMap<String, String>,
    #[serde(default)]
    correcting: Option<Correcting>,
}

impl EntryForm {
    /// A form on which nothing was typed; `last` is the student before, by id.
    pub(super) fn new(asks: Vec<EntryField>, last: BTreeMap<String, String>) -> EntryForm {
        let cells = asks
            .iter()
            .map(|ask| {
                let usual = USUAL.iter().find(|(id, _)| *id == ask.id).map(|(_, text)| *text);
                let before = last.get(&ask.id).map(String::as_str);
                match before {
                    Some(text) if ask.carry => Cell::new(text, Origin::Carried),
                    Some(text) if ask.id == "school_no" => Cell::new(&next_number(text), Origin::Carried),
                    _ => Cell::new(if last.is_empty() { usual.unwrap_or_default() } else { "" }, Origin::Carried),
                }
            })
            .collect();
        let mut form = EntryForm {
            asks,
            cells,
            at: 0,
            unfolded: false,
            last,
            correcting: None,
            check: None,
            judged: BTreeMap::new(),
            edits: 0,
            saving: false,
            checked: 0,
            hurry: false,
        };
        form.at = form.shown().into_iter().find(|at| form.cells[*at].origin == Origin::Empty).unwrap_or(0);
        form
    }

    /// The form of a student who is corrected.
    pub(super) fn correcting(asks: Vec<EntryField>, stored: EntryStored, unsettled: &str) -> EntryForm {
        let mut form = EntryForm::new(asks, BTreeMap::new());
        for (ask, cell) in form.asks.iter().zip(&mut form.cells) {
            let text = stored.cells.get(&ask.id).map(String::as_str).unwrap_or_default();
            *cell = Cell::new(text, Origin::Carried);
        }
        form.at = form.asks.iter().position(|ask| unsettled.starts_with(&format!("{}：", ask.name))).unwrap_or(0);
        form.correcting = Some(Correcting {
            student: stored.student,
            revision: stored.revision,
            name: stored.name,
            stored: stored.cells,
        });
        form.touched();
        form.hurry = true;
        form
    }

    /// Something changed.
    pub(super) fn touched(&mut self) {
        self.edits += 1;
        self.saving = false;
    }

    /// The caret's field.
    pub(crate) fn ask(&self) -> Option<&EntryField> {
        self.asks.get(self.at)
    }

    /// What stands in a field.
    pub(crate) fn text(&self, id: &str) -> String {
        let at = self.asks.iter().position(|ask| ask.id == id);
        at.and_then(|at| self.cells.get(at)).map(|cell| cell.field.text()).unwrap_or_default()
    }

    /// Whether the clerk has typed anything.
    pub(super) fn has_typed(&self) -> bool {
        match &self.correcting {
            Some(_) => !self.sent().is_empty(),
            None => self.cells.iter().any(|cell| cell.origin == Origin::Typed),
        }
    }

    /// Whether a field is shown while the optional ones are folded away.
    fn is_shown(&self, at: usize) -> bool {
        let Some((ask, cell)) = self.asks.get(at).zip(self.cells.get(at)) else { return false };
        // What the length, the filing and the twenty working days rest on is asked for although the template does not.
        let beyond = matches!(ask.id.as_str(), "enrolled_on" | "admission");
        let joint = ask.need == "joint" && !matches!(self.text("joint").as_str(), "" | "非联合办学");
        let needed = ask.need == "always" || beyond || joint;
        self.unfolded || needed || at == self.at || cell.origin != Origin::Empty || self.worst(&ask.name).is_some()
    }

    /// The fields that are shown, by their places.
    pub(crate) fn shown(&self) -> Vec<usize> {
        (0..self.asks.len()).filter(|at| self.is_shown(*at)).collect()
    }

    /// How many fields are folded away.
    pub(crate) fn folded(&self) -> usize {
        self.asks.len() - self.shown().len()
    }

    /// What is the matter, but for what was simply not reached yet.
    pub(crate) fn problems(&self) -> impl Iterator<Item = &RowProblem> {
        let all = self.check.iter().flat_map(|check| &check.problems);
        all.filter(|problem| !matches!(&*problem.kind, "missing_required" | "admission_missing" | "filled_in"))
            .filter(|problem| !self.is_being_typed(problem))
    }

    /// A field that is half typed is not called wrong.
    fn is_being_typed(&self, problem: &RowProblem) -> bool {
        let Some((ask, cell)) = self.asks.get(self.at).zip(self.cells.get(self.at)) else { return false };
        if problem.column != ask.name || cell.origin != Origin::Typed {
            return false;
        }
        let length = cell.field.text().chars().count();
        match ask.form.as_str() {
            "document" => length < WHOLE_NUMBER && self.text("id_kind") == "居民身份证",
            "date" => length < 8,
            "month" | "postcode" => length < 6,
            "region" => !matches!(length, 6 | 12),
            "phone" => length < 11,
            "set" | "major" | "years" | "season" => true,
            _ => false,
        }
    }

    /// How bad a field is.
    pub(crate) fn worst(&self, name: &str) -> Option<Severity> {
        self.problems().filter(|problem| problem.column == name).map(|problem| problem.severity).max()
    }

    /// Required fields in which nothing stands.
    pub(crate) fn missing(&self) -> Vec<usize> {
        let all = self.check.iter().flat_map(|check| &check.problems);
        let names: Vec<&str> = all
            .filter(|problem| matches!(&*problem.kind, "missing_required" | "admission_missing"))
            .map(|problem| &*problem.column)
            .collect();
        (0..self.asks.len())
            .filter(|at| names.contains(&self.asks[*at].name.as_str()) && self.cells[*at].field.is_empty())
            .collect()
    }

    /// All that keeps it from being saved or should be looked at: place and words, the worst first; what is simply not
    /// filled in comes last, without words.
    pub(crate) fn all_wrong(&self) -> Vec<(usize, Severity, String)> {
        let mut wrong: Vec<(usize, Severity, String)> = Vec::new();
        for problem in self.check.iter().flat_map(|check| &check.problems) {
            if problem.severity == Severity::Hint {
                continue;
            }
            let Some(at) = self.asks.iter().position(|ask| ask.name == problem.column) else { continue };
            let rule = problem.rule.as_deref().map(|rule| format!("（{rule}）")).unwrap_or_default();
            let words = match &*problem.kind {
                "missing_required" => String::new(),
                _ => format!("{}{rule}", problem.message),
            };
            wrong.push((at, problem.severity, words));
        }
        wrong.sort_by_key(|(at, severity, words)| (words.is_empty(), std::cmp::Reverse(*severity), *at));
        wrong
    }

    /// The next place to be filled in: what is carried over or follows from something is passed by. None when nothing
    /// is left.
    pub(super) fn next(&self, forward: bool) -> Option<usize> {
        let shown = self.shown();
        // What will follow from the number is not asked for as long as it may still come.
        let coming = self.text("id_no").is_empty() || self.edits != self.checked;
        let follows = |at: &usize| {
            let id = self.asks[*at].id.as_str();
            FOLLOWING.contains(&id) || REGIONS.contains(&id)
        };
        let open = |at: &usize| match self.cells[*at].origin {
            Origin::Empty => !(coming && forward && follows(at)),
            Origin::Typed => true,
            Origin::Carried | Origin::Filled => false,
        };
        if !forward {
            return shown.into_iter().rev().find(|at| *at < self.at && open(at));
        }
        let needed = |at: &usize| self.asks[*at].need != "optional" || self.asks[*at].id == "admission";
        let after = shown.iter().copied().find(|at| *at > self.at && open(at) && (needed(at) || self.unfolded));
        after.or_else(|| shown.into_iter().find(|at| self.cells[*at].origin == Origin::Empty && needed(at)))
    }

    /// So many lines up or down, whatever stands there.
    pub(super) fn line(&self, by: isize) -> usize {
        let shown = self.shown();
        let here = shown.iter().position(|at| *at == self.at).unwrap_or(0);
        let there = here.saturating_add_signed(by).min(shown.len().saturating_sub(1));
        shown.get(there).copied().unwrap_or(self.at)
    }

    /// The place after this one at which something is wrong or missing, round the end.
    pub(super) fn next_wrong(&self) -> Option<usize> {
        let mut places: Vec<usize> = self.missing();
        places.extend(self.all_wrong().into_iter().map(|(at, ..)| at));
        places.sort_unstable();
        places.iter().copied().find(|at| *at > self.at).or_else(|| places.first().copied())
    }

    /// A key that is no command. Whether it meant anything.
    pub(super) fn key(&mut self, key: KeyPress) -> bool {
        let Some((ask, cell)) = self.asks.get(self.at).zip(self.cells.get_mut(self.at)) else { return false };
        let key = if key.ctrl || key.alt { key } else { KeyPress { code: folded(&ask.form, key.code), ..key } };
        let edits = key.is_text() || matches!(key.code, KeyCode::Backspace | KeyCode::Delete);
        // What somebody else put there is one thing: typing begins anew.
        if key.is_text() && matches!(cell.origin, Origin::Carried | Origin::Filled) {
            cell.field = Field::line("");
        }
        let before = cell.field.text();
        let meant = cell.field.key(key);
        if cell.field.text() != before || edits && meant {
            cell.origin = if cell.field.is_empty() { Origin::Empty } else { Origin::Typed };
            self.hurry |= ask.form == "document" && cell.field.text().chars().count() == WHOLE_NUMBER;
            self.touched();
        }
        meant
    }

    /// A pasted text, folded as if it had been typed.
    pub(super) fn paste(&mut self, pasted: &str) -> bool {
        let Some((ask, cell)) = self.asks.get(self.at).zip(self.cells.get_mut(self.at)) else { return false };
        if matches!(cell.origin, Origin::Carried | Origin::Filled) {
            cell.field = Field::line("");
        }
        let fold = |c: char| match folded(&ask.form, KeyCode::Char(c)) {
            KeyCode::Char(c) => c,
            _ => c,
        };
        let meant = cell.field.paste(&pasted.chars().map(fold).collect::<String>());
        cell.origin = if cell.field.is_empty() { Origin::Empty } else { Origin::Typed };
        self.hurry = true;
        self.touched();
        meant
    }

    /// Puts a chosen value in.
    pub(super) fn put(&mut self, at: usize, text: &str) {
        if let Some(cell) = self.cells.get_mut(at) {
            *cell = Cell::new(text, Origin::Typed);
            self.hurry = true;
            self.touched();
        }
    }

    /// What the server is to look at, by id.
    pub(super) fn sent(&self) -> BTreeMap<String, String> {
        let mut cells = BTreeMap::new();
        for (ask, cell) in self.asks.iter().zip(&self.cells) {
            let text = cell.field.text();
            if let Some(correcting) = &self.correcting {
                let stored = correcting.stored.get(&ask.id).map(String::as_str).unwrap_or_default();
                if text != stored {
                    cells.insert(ask.id.clone(), text);
                }
                continue;
            }
            let follows = cell.origin == Origin::Filled && FOLLOWING.contains(&ask.id.as_str());
            if !text.is_empty() && !follows {
                cells.insert(ask.id.clone(), text);
            }
        }
        cells
    }

    /// What stands in it now, by id.
    pub(super) fn texts(&self) -> BTreeMap<String, String> {
        let texts = self.asks.iter().zip(&self.cells).map(|(ask, cell)| (ask.id.clone(), cell.field.text()));
        texts.filter(|(_, text)| !text.is_empty()).collect()
    }

    /// What the server said: what follows is filled in, what is written otherwise is rewritten where the caret is not.
    pub(super) fn take_check(&mut self, check: EntryCheckView, edits: u64) {
        self.checked = edits;
        let mut anew = false;
        let region = check.region.as_ref().map(|(code, _)| format!("{code:0<12}"));
        for at in 0..self.asks.len() {
            let Some((ask, cell)) = self.asks.get(at).zip(self.cells.get_mut(at)) else { continue };
            let said = check.normalised.get(&ask.name);
            let follows = if self.correcting.is_some() {
                None
            } else if REGIONS.contains(&ask.id.as_str()) {
                region.as_ref()
            } else if FOLLOWING.contains(&ask.id.as_str()) {
                said
            } else {
                None
            };
            match (cell.origin, follows) {
                (Origin::Empty | Origin::Filled, Some(text)) => {
                    if cell.field.text() != *text {
                        anew |= REGIONS.contains(&ask.id.as_str());
                        *cell = Cell::new(text, Origin::Filled);
                    }
                }
                (Origin::Filled, None) => *cell = Cell::new("", Origin::Empty),
                (Origin::Typed | Origin::Carried, _) => {
                    if let Some(text) = said.filter(|text| at != self.at && cell.field.text() != **text) {
                        *cell = Cell::new(text, cell.origin);
                    }
                }
                (Origin::Empty, None) => {}
            }
        }
        self.check = Some(Box::new(check));
        self.judged = self.sent();
        if anew {
            // Nobody typed this: who waits for the saving still wants it.
            let saving = self.saving;
            self.touched();
            (self.hurry, self.saving) = (true, saving);
        }
    }

    /// As a draft keeps it.
    pub(super) fn to_draft(&self) -> FormDraft {
        let cells = self.asks.iter().zip(&self.cells).filter(|(_, cell)| cell.origin != Origin::Empty);
        FormDraft {
            at: self.ask().map(|ask| ask.id.clone()).unwrap_or_default(),
            unfolded: self.unfolded,
            cells: cells.map(|(ask, cell)| (ask.id.clone(), (cell.origin, cell.field.text()))).collect(),
            last: self.last.clone(),
            correcting: self.correcting.clone(),
        }
    }

    /// From a draft. A field that there is no more is passed by.
    pub(super) fn from_draft(asks: Vec<EntryField>, draft: FormDraft) -> EntryForm {
        let mut form = EntryForm::new(asks, draft.last);
        (form.unfolded, form.correcting) = (draft.unfolded, draft.correcting);
        for (ask, cell) in form.asks.iter().zip(&mut form.cells) {
            *cell = match draft.cells.get(&ask.id) {
                Some((origin, text)) => Cell::new(text, *origin),
                None => Cell::new("", Origin::Empty),
            };
        }
        form.at = form.asks.iter().position(|ask| ask.id == draft.at).unwrap_or(0);
        form.touched();
        form.hurry = true;
        form
    }
}

/// What a key means in a field of this form: digits and letters of a Chinese input method are the plain ones where no
/// Chinese is written.
fn folded(form: &str, code: KeyCode) -> KeyCode {
    match (form, code) {
        ("document", KeyCode::Char(c)) => KeyCode::Char(text::fold_key(c).to_ascii_uppercase()),
        (
            "date" | "month" | "region" | "phone" | "years" | "number" | "postcode" | "set" | "major",
            KeyCode::Char(c),
        ) => KeyCode::Char(text::fold_key(c)),
        (_, code) => code,
    }
}

/// The number after this one: what it ends in counts on, in as many places.
fn next_number(text: &str) -> String {
    let digits = text.chars().rev().take_while(char::is_ascii_digit).count().min(9);
    let (head, tail) = text.split_at(text.len() - digits);
    match tail.parse::<u64>() {
        Ok(n) => format!("{head}{:0digits$}", n + 1),
        Err(_) => String::new(),
    }
}

#[cfg(test)]
#[path = "entry_form_tests.rs"]
mod tests;
