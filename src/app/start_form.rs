//! The form of a new application, as it stands: the student, the kind, and the fields the server gave for that kind.
//! Nothing here knows any kind: what is typed is laid under each field's path and read as the kind's details.

use super::drafts::{ARRIVAL_SLOT, BATCH_SLOT, START_SLOT};
use super::field::Field;
use super::pick::moved;
use super::start_entry::{Entry, looked_up};
use crate::catalogue::Msg;
use crate::keymap::{Action, KeyPress};
use crate::model::{Day, Details, Kind, Status, StudentId};
use crate::wire::{Choice, Choices, FieldForm, FormField, KindForm, PreviewView, StudentBrief};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Place of the student's line.
pub(crate) const STUDENT: usize = 0;
/// Place of the kind's line; the kind's own fields follow.
pub(crate) const KIND: usize = 1;
/// Place of the first field of the kind.
pub(crate) const FIRST: usize = 2;

/// What is wrong with what was typed, and where.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wrong {
    pub(super) at: usize,
    pub(super) msg: Msg,
    pub(super) values: Vec<(&'static str, String)>,
}

impl Wrong {
    fn new(at: usize, msg: Msg) -> Wrong {
        Wrong { at, msg, values: Vec::new() }
    }
}

/// A kind that does not fit the student's status, being asked of the server why: its coded fields need codes first.
#[derive(Debug, Clone)]
pub(super) struct Probe {
    pub(super) kind: usize,
    pub(super) codes: BTreeMap<String, String>,
}

/// What was typed into one field: its path, the text, and what was picked for it.
type Typed = (String, String, Option<Choice>);

/// The form as a draft keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct StartDraft {
    at: usize,
    search: String,
    chosen: Option<StudentBrief>,
    group: Vec<StudentBrief>,
    kind: Option<Kind>,
    entries: Vec<(Kind, Vec<Typed>)>,
}

/// The form.
#[derive(Debug, Clone)]
pub(crate) struct StartForm {
    pub(crate) search: Field,
    /// Who was found; none before the first search.
    pub(crate) found: Option<Vec<StudentBrief>>,
    pub(crate) picked: usize,
    pub(crate) chosen: Option<StudentBrief>,
    /// The students who are to transfer together, the chosen one first; empty for an ordinary application.
    pub(crate) group: Vec<StudentBrief>,
    /// Whether it is the form of a batch, whose students may yet come from a draft.
    batch: bool,
    /// Those of them whom the rules do not let go: filling in once more takes them off.
    pub(super) in_the_way: Vec<StudentId>,
    /// The kinds, those open to the chosen student first; none while they are on their way.
    pub(crate) kinds: Option<Vec<KindForm>>,
    pub(crate) kind_at: usize,
    pub(crate) kind: Option<KindForm>,
    /// What was typed for each kind that was looked at: going back to a kind finds it again.
    entries: BTreeMap<Kind, Vec<Entry>>,
    pub(crate) at: usize,
    /// What the server said of it as it stands now.
    pub(crate) preview: Option<Box<PreviewView>>,
    pub(super) probe: Option<Probe>,
    /// A draft that waits for the kinds.
    drafted: Option<Box<StartDraft>>,
    today: String,
}

impl StartForm {
    pub(super) fn new(today: Option<Day>) -> StartForm {
        StartForm {
            search: Field::line(""),
            found: None,
            picked: 0,
            chosen: None,
            group: Vec::new(),
            batch: false,
            in_the_way: Vec::new(),
            kinds: None,
            kind_at: 0,
            kind: None,
            entries: BTreeMap::new(),
            at: STUDENT,
            preview: None,
            probe: None,
            drafted: None,
            today: today.map(|day| day.to_string()).unwrap_or_default(),
        }
    }

    /// The form of a batch.
    pub(super) fn together(today: Option<Day>, group: Vec<StudentBrief>) -> StartForm {
        StartForm { chosen: group.first().cloned(), group, batch: true, at: KIND, ..StartForm::new(today) }
    }

    /// Whether it is the form of a batch.
    pub(super) fn is_batch(&self) -> bool {
        self.batch
    }

    /// Other students, what was typed stays.
    pub(super) fn regroup(&mut self, group: Vec<StudentBrief>) {
        (self.chosen, self.group, self.preview) = (group.first().cloned(), group, None);
        self.in_the_way.clear();
    }

    /// Takes those off who are in the way; who they were.
    pub(super) fn clear_the_way(&mut self) -> Vec<StudentId> {
        let off = std::mem::take(&mut self.in_the_way);
        if !off.is_empty() {
            let mut left = std::mem::take(&mut self.group);
            left.retain(|student| !off.contains(&student.id));
            self.regroup(left);
        }
        off
    }

    /// The form for who has no file here yet: nobody is looked for.
    pub(super) fn arrival(today: Option<Day>, name: &str, school: &str) -> StartForm {
        let day = today.unwrap_or_default();
        let nobody = StudentBrief {
            id: StudentId(0),
            revision: 0,
            name: name.to_owned(),
            student_no: String::new(),
            id_no: String::new(),
            school: school.to_owned(),
            major: String::new(),
            provincial: false,
            class_name: String::new(),
            status: Status::Unregistered,
            entry: day,
            planned_grad: day,
            half_years: 0,
        };
        StartForm { chosen: Some(nobody), at: KIND, ..StartForm::new(today) }
    }

    /// Whether it is for who has no file here yet.
    pub(super) fn is_arrival(&self) -> bool {
        self.chosen.as_ref().is_some_and(|chosen| chosen.id == StudentId(0))
    }

    pub(super) fn has_typed(&self) -> bool {
        self.chosen.is_some() || !self.search.is_empty()
    }

    /// The fields of the kind.
    pub(crate) fn entries(&self) -> &[Entry] {
        self.kind.as_ref().and_then(|kind| self.entries.get(&kind.kind)).map_or(&[], Vec::as_slice)
    }

    /// The field the caret is in, if it is one of the kind's.
    pub(crate) fn entry(&self) -> Option<&Entry> {
        self.entries().get(self.at.checked_sub(FIRST)?)
    }

    pub(super) fn entry_mut(&mut self) -> Option<&mut Entry> {
        let at = self.at.checked_sub(FIRST)?;
        self.entries.get_mut(&self.kind.as_ref()?.kind)?.get_mut(at)
    }

    /// Fills a field of this kind in, if nothing stands in it. Says whether it did.
    pub(super) fn fill_in(&mut self, kind: Kind, path: &str, text: &str) -> bool {
        let entries = self.entries.get_mut(&kind).into_iter().flatten();
        let mut empty = entries.filter(|entry| entry.ask.path == path && entry.field.is_empty());
        empty.next().map(|entry| entry.field = Field::line(text)).is_some()
    }

    /// The last line that can be gone to: fields come with a kind, kinds with a student.
    pub(super) fn last(&self) -> usize {
        match (&self.chosen, &self.kind) {
            (None, _) => STUDENT,
            (Some(_), None) => KIND,
            (Some(_), Some(_)) => KIND + self.entries().len(),
        }
    }

    /// Whether this kind can start from the chosen student's status.
    pub(crate) fn fits(&self, kind: &KindForm) -> bool {
        self.chosen.as_ref().is_some_and(|student| kind.from.iter().any(|word| word == student.status.name()))
    }

    /// Whether the arrows choose among something shown below.
    pub(super) fn choosing(&self) -> bool {
        match self.at {
            STUDENT => self.chosen.is_none() && self.found.as_ref().is_some_and(|found| !found.is_empty()),
            KIND => self.kinds.is_some(),
            _ => self.entry().is_some_and(Entry::choosing),
        }
    }

    /// Moves among what is shown below.
    pub(super) fn choose(&mut self, action: Action, page: usize) {
        match self.at {
            STUDENT => self.picked = moved(self.picked, self.found.as_ref().map_or(0, Vec::len), action, page),
            KIND => self.kind_at = moved(self.kind_at, self.kinds.as_ref().map_or(0, Vec::len), action, page),
            _ => {
                let Some(entry) = self.entry_mut() else { return };
                let values = entry.values().len();
                let many = if values > 0 { values } else { entry.found.as_ref().map_or(0, Vec::len) };
                let next = entry.at.map_or(0, |at| moved(at, many, action, page));
                if values > 0 {
                    entry.select(next);
                    self.preview = None;
                } else {
                    entry.at = Some(next);
                }
            }
        }
    }

    /// Slot of its draft, and what was typed.
    pub(super) fn draft(&self) -> Option<(String, Option<String>)> {
        let entries = self.entries.iter().map(|(kind, entries)| {
            let typed = entries.iter().map(|of| (of.ask.path.clone(), of.field.text(), of.picked.clone()));
            (*kind, typed.collect())
        });
        let draft = StartDraft {
            at: self.at,
            search: self.search.text(),
            chosen: self.chosen.clone(),
            group: self.group.clone(),
            kind: self.kind.as_ref().map(|kind| kind.kind),
            entries: entries.collect(),
        };
        // Who comes from outside, or is on a list, is there from the beginning: only the fields say if anything was typed.
        let fields =
            || self.entries().iter().any(|of| of.field.text() != Entry::new(&of.ask, &self.today).field.text());
        let (slot, typed) = match (self.batch, self.is_arrival()) {
            (true, _) => (BATCH_SLOT, fields()),
            (false, true) => (ARRIVAL_SLOT, fields()),
            (false, false) => (START_SLOT, self.has_typed()),
        };
        Some((slot.to_owned(), if typed { serde_json::to_string(&draft).ok() } else { None }))
    }

    /// Takes a draft up, or keeps it until the kinds are there. Whether it could be read.
    pub(super) fn take_up_draft(&mut self, text: &str) -> bool {
        let Ok(draft) = serde_json::from_str::<StartDraft>(text) else { return false };
        self.search = Field::line(&draft.search);
        match (self.batch, self.group.is_empty()) {
            // Students who have just been marked take the place of those who were on the list.
            (true, false) => {}
            (true, true) => self.regroup(draft.group.clone()),
            (false, _) => self.chosen.clone_from(&draft.chosen),
        }
        self.at = draft.at.min(KIND);
        self.drafted = Some(Box::new(draft));
        if let Some(kinds) = self.kinds.take() {
            self.take_kinds(kinds);
        }
        true
    }

    fn take_draft(&mut self) {
        let Some(draft) = self.drafted.take() else { return };
        let known = |kind: Kind| self.kinds.as_ref()?.iter().position(|of| of.kind == kind);
        for (kind, typed) in &draft.entries {
            let Some(form) = known(*kind).and_then(|at| self.kinds.as_ref()?.get(at)) else { continue };
            let entries = form.fields.iter().map(|ask| {
                let mut entry = Entry::new(ask, &self.today);
                if let Some((_, text, picked)) = typed.iter().find(|(path, ..)| *path == ask.path) {
                    entry.put(text);
                    entry.picked.clone_from(picked);
                }
                entry
            });
            self.entries.insert(*kind, entries.collect());
        }
        if let Some(at) = draft.kind.and_then(known) {
            self.kind_at = at;
            self.take_kind(at);
        }
        self.at = draft.at.min(self.last());
    }

    /// The kinds, in the server's order but those that fit the student first.
    pub(super) fn take_kinds(&mut self, mut kinds: Vec<KindForm>) {
        if self.batch {
            kinds.retain(|kind| kind.kind == Kind::Transfer);
            // A list moves as it is: who changes the major as well goes alone.
            kinds.iter_mut().for_each(|kind| kind.fields.retain(|ask| ask.becomes.is_none()));
            self.kinds = Some(kinds);
            if self.kind.is_none() {
                self.take_kind(0);
            }
            return self.take_draft();
        }
        let (mut first, others): (Vec<_>, Vec<_>) = kinds.into_iter().partition(|kind| self.fits(kind));
        // Whoever has no file here yet can start nothing but what brings him one.
        if !self.is_arrival() {
            first.extend(others);
        }
        let open = self.kind.as_ref().and_then(|open| first.iter().position(|kind| kind.kind == open.kind));
        self.kind_at = open.unwrap_or(0);
        self.kinds = Some(first);
        self.take_draft();
    }

    /// The student selected is the one.
    pub(super) fn take_student(&mut self) {
        self.chosen = self.found.as_ref().and_then(|found| found.get(self.picked)).cloned();
        self.at = KIND;
        if let Some(kinds) = self.kinds.take() {
            self.take_kinds(kinds);
        }
    }

    /// The kind selected is the one: its fields appear.
    pub(super) fn take_kind(&mut self, at: usize) {
        let Some(kind) = self.kinds.as_ref().and_then(|kinds| kinds.get(at)).cloned() else { return };
        // Who has a file is not described again.
        let known = !self.is_arrival() && self.fits(&kind);
        let asks = kind.fields.iter().filter(|ask| !known || !ask.path.starts_with("person."));
        let fresh = || asks.map(|ask| Entry::new(ask, &self.today)).collect();
        self.entries.entry(kind.kind).or_insert_with(fresh);
        self.kind = Some(kind);
        self.preview = None;
        self.at = FIRST;
    }

    /// The thing selected for a coded field is the one. Whether there was one.
    pub(super) fn take_choice(&mut self) -> bool {
        let Some(entry) = self.entry_mut() else { return false };
        let choice = entry.at.and_then(|at| entry.found.as_ref()?.get(at)).cloned();
        let Some(choice) = choice else { return false };
        entry.field = Field::line(&format!("{}  {}", choice.code, choice.name));
        (entry.picked, entry.found, entry.at) = (Some(choice), None, None);
        self.preview = None;
        true
    }

    /// What was said of the form holds no longer; another search means another student.
    fn edit(&mut self, change: impl FnOnce(&mut Field) -> bool) -> bool {
        let at = self.at;
        if at == STUDENT {
            let before = self.search.text();
            let meant = change(&mut self.search);
            if self.search.text() != before {
                (self.preview, self.found, self.chosen, self.kind) = (None, None, None, None);
                if std::mem::take(&mut self.batch) {
                    // Another student: an application of his alone, of whatever kind.
                    self.group.clear();
                    self.kinds = None;
                }
            }
            return meant;
        }
        let Some(entry) = self.entry_mut() else { return false };
        if !entry.values().is_empty() {
            return false;
        }
        if entry.picked.is_some() {
            entry.forget();
        }
        entry.found = None;
        let meant = change(&mut entry.field);
        self.preview = None;
        meant
    }

    /// A pasted text. Whether it could be put anywhere.
    pub(super) fn paste(&mut self, text: &str) -> bool {
        self.edit(|field| field.paste(text))
    }

    /// A key that is no command. Whether it meant anything.
    pub(super) fn key(&mut self, key: KeyPress) -> bool {
        if self.at == STUDENT {
            return self.edit(|field| field.key(key));
        }
        let Some(entry) = self.entry_mut() else { return false };
        let before = (entry.field.text(), entry.picked.clone());
        let meant = entry.key(key);
        let now = (entry.field.text(), entry.picked.clone());
        if now != before {
            self.preview = None;
        }
        meant
    }

    /// What was typed, or what is wrong with it and where.
    pub(super) fn read(&self) -> Result<(StudentBrief, Details), Wrong> {
        let mut student = self.chosen.clone().ok_or(Wrong::new(STUDENT, Msg::StartNoStudent))?;
        let kind = self.kind.as_ref().ok_or(Wrong::new(KIND, Msg::StartNoKind))?;
        let (mut name, mut values) = (kind.kind.name(), Vec::new());
        for (n, entry) in self.entries().iter().enumerate() {
            let value = entry.value().map_err(|msg| {
                let mut wrong = Wrong::new(FIRST + n, msg);
                if let FieldForm::Number { least, most } = &entry.ask.form {
                    wrong.values = vec![("least", least.to_string()), ("most", most.to_string())];
                }
                wrong
            })?;
            if let Some(becomes) = entry.ask.becomes.as_deref().filter(|_| !value.is_null()) {
                name = becomes;
            }
            values.push((entry.ask.path.as_str(), value));
        }
        let details = details(name, values).map_err(|why| {
            // The reader names a field by the last part of its path.
            let named =
                |entry: &Entry| entry.ask.path.rsplit('.').next().is_some_and(|at| why.contains(&format!("`{at}`")));
            let at = self.entries().iter().position(named).map_or(self.at.max(FIRST), |n| FIRST + n);
            Wrong { at, msg: Msg::StartUnread, values: vec![("why", why)] }
        })?;
        // Who comes from another province is named by what was typed.
        if let Details::MoveIn { person, .. } = &details {
            student.name.clone_from(&person.name);
        }
        Ok((student, details))
    }

    /// Which coded field of the kind being probed still lacks a code, by path.
    pub(super) fn probe_lacks(&self) -> Option<(String, Choices)> {
        let probe = self.probe.as_ref()?;
        let kind = self.kinds.as_ref()?.get(probe.kind)?;
        kind.fields
            .iter()
            .filter(|ask| ask.becomes.is_none() && !probe.codes.contains_key(&ask.path))
            .find_map(|ask| Some((ask.path.clone(), looked_up(&ask.form)?)))
    }

    /// Details of the kind being probed, with something harmless in every field.
    pub(super) fn probe_details(&self) -> Option<Details> {
        let probe = self.probe.as_ref()?;
        let kind = self.kinds.as_ref()?.get(probe.kind)?;
        let value = |ask: &FormField| match &ask.form {
            FieldForm::Text => "-".into(),
            FieldForm::Day => self.today.as_str().into(),
            FieldForm::Number { least, .. } => (*least).into(),
            FieldForm::Choice { values } => values.first().cloned().into(),
            FieldForm::School | FieldForm::Major | FieldForm::Province => probe.codes.get(&ask.path).cloned().into(),
        };
        let asked = kind.fields.iter().filter(|ask| ask.becomes.is_none());
        details(kind.kind.name(), asked.map(|ask| (ask.path.as_str(), value(ask))).collect()).ok()
    }
}

/// Values laid under their paths, read as the details of this name.
fn details(name: &str, values: Vec<(&str, Value)>) -> Result<Details, String> {
    let mut all = Map::new();
    // What may be left empty and is, is not said at all.
    for (path, value) in values.into_iter().filter(|(_, value)| !value.is_null()) {
        put(&mut all, path, value);
    }
    let mut outer = Map::new();
    outer.insert(name.to_owned(), Value::Object(all));
    serde_json::from_value(Value::Object(outer)).map_err(|e| e.to_string())
}

/// Puts a value at `a.b` of nested objects.
fn put(into: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => drop(into.insert(path.to_owned(), value)),
        Some((head, rest)) => {
            let inner = into.entry(head).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_laid_under_their_paths() {
        let values = |until: &str| {
            vec![("period.from", "2025-10-15".into()), ("period.until", until.into()), ("ground", "因病".into())]
        };
        let read = details(Kind::Suspension.name(), values("2026-08-31")).unwrap();
        let Details::Suspension { period, ground } = read else { panic!("{read:?}") };
        assert_eq!((period.until.to_string().as_str(), ground.as_str()), ("2026-08-31", "因病"));
        assert!(details(Kind::Suspension.name(), values("31")).is_err());
        let unknown = details(Kind::Transfer.name(), vec![("nowhere", "x".into())]).unwrap_err();
        assert!(unknown.contains("`nowhere`"), "{unknown}");
    }
}
