//! Screen 7 (对账): how the schools stand against the national system, who of one school differs in the order in which it
//! is keyed in, and one student with both sides. Everything shown is the server's word; it is asked for again whenever a
//! list, a mark or a student changes.

use super::App;
use super::note::{Note, Tone};
use super::outbox::Purpose;
use super::pick::moved;
use super::screen::{RulesScreen, Screen};
use crate::catalogue::{Lang, NationalText as Text};
use crate::keymap::{Action, Scope};
use crate::model::{Level, NationalWho, OfficeId};
use crate::wire::{
    CuredRow, NationalAsked, NationalDiff, NationalItem, NationalKind, NationalSchool, NationalSchools, NationalSides,
    Query, Request,
};

/// Rows asked for at once.
const PAGE: u32 = 300;
/// Rows of one school that the screen holds.
pub(crate) const MOST: usize = 2400;

/// The tabs of a school.
pub(crate) const TABS: [Text; 7] =
    [Text::TabAll, Text::TabFields, Text::TabThere, Text::TabHere, Text::TabPerhaps, Text::TabNew, Text::TabCured];

/// What is on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// The schools; whether keys wait for them.
    Schools(bool),
    /// One school from this row on; whether keys wait for it.
    School(OfficeId, u32, bool),
    /// One student; whether keys wait for him.
    Sides(NationalWho, bool),
}

impl Part {
    /// Whether keys wait for it.
    pub(super) fn blocks(&self) -> bool {
        match self {
            Part::Schools(wait) | Part::School(_, _, wait) | Part::Sides(_, wait) => *wait,
        }
    }
}

/// The screen: the schools, over them one school, over that one student.
#[derive(Debug, Clone, Default)]
pub(crate) struct ReconcileScreen {
    pub(crate) schools: Option<Box<NationalSchools>>,
    pub(crate) picked: usize,
    /// The school that was opened.
    pub(crate) school: Option<OfficeId>,
    pub(crate) diff: Option<Box<NationalDiff>>,
    pub(crate) tab: usize,
    pub(crate) row: usize,
    /// The student that was opened.
    pub(crate) who: Option<NationalWho>,
    pub(crate) sides: Option<Box<NationalSides>>,
    /// A pair somebody is asked about once more, and what would be said of it.
    pub(super) asking: Option<(NationalWho, bool)>,
    /// Something changed while an answer was under way.
    again: bool,
}

impl ReconcileScreen {
    /// The school under the cursor of the list.
    pub(crate) fn picked_school(&self) -> Option<&NationalSchool> {
        self.schools.as_ref()?.items.get(self.picked)
    }

    /// The rows of a tab.
    pub(crate) fn rows(&self, tab: usize) -> Vec<&NationalItem> {
        let Some(diff) = &self.diff else { return Vec::new() };
        let of_kind = |kind: NationalKind| diff.items.iter().filter(move |item| item.kind == kind).collect();
        match TABS.get(tab) {
            Some(Text::TabFields) => of_kind(NationalKind::FieldsDiffer),
            Some(Text::TabThere) => of_kind(NationalKind::MissingHere),
            Some(Text::TabHere) => of_kind(NationalKind::MissingThere),
            Some(Text::TabPerhaps) => diff.items.iter().filter(|item| item.perhaps.is_some()).collect(),
            Some(Text::TabNew) => diff.items.iter().filter(|item| item.new).collect(),
            Some(Text::TabCured) => Vec::new(),
            _ => diff.items.iter().collect(),
        }
    }

    /// Those who are cured, on their tab.
    pub(crate) fn cured(&self) -> &[CuredRow] {
        let on = TABS.get(self.tab) == Some(&Text::TabCured);
        self.diff.as_ref().filter(|_| on).map_or(&[], |diff| diff.cured_items.as_slice())
    }

    /// How many rows a tab has.
    pub(crate) fn count(&self, tab: usize) -> u32 {
        match (TABS.get(tab), &self.diff) {
            (_, None) => 0,
            (Some(Text::TabCured), Some(diff)) => diff.cured,
            (Some(Text::TabAll), Some(diff)) => diff.total,
            (Some(Text::TabNew), Some(diff)) => diff.new,
            (Some(Text::TabFields), Some(diff)) => diff.school.fields_differ,
            (Some(Text::TabThere), Some(diff)) => diff.school.missing_here,
            (Some(Text::TabHere), Some(diff)) => diff.school.missing_there,
            _ => u32::try_from(self.rows(tab).len()).unwrap_or(u32::MAX),
        }
    }

    /// The student the keys mean.
    pub(crate) fn item(&self) -> Option<&NationalItem> {
        match (&self.who, &self.sides) {
            // The row of the list knows more than the two sides alone.
            (Some(who), sides) => {
                let listed = self.diff.as_ref().and_then(|diff| diff.items.iter().find(|item| item.who == *who));
                listed.or(sides.as_ref().map(|sides| &sides.item))
            }
            (None, _) => self.rows(self.tab).get(self.row).copied(),
        }
    }

    fn len(&self) -> usize {
        match TABS.get(self.tab) {
            Some(Text::TabCured) => self.cured().len(),
            _ => self.rows(self.tab).len(),
        }
    }
}

/// A field's name as the desk writes it.
pub(crate) fn field(word: &str, lang: Lang) -> &str {
    let text = match word {
        "name" => Text::FieldName,
        "sex" => Text::FieldSex,
        "birth_date" => Text::FieldBirth,
        "entry_month" => Text::FieldEntry,
        "major_code" => Text::FieldMajor,
        "study_form" => Text::FieldForm,
        "duration_years" => Text::FieldYears,
        "status" => Text::FieldStatus,
        "id_no" => Text::FieldIdNo,
        "student_no" => Text::FieldStudentNo,
        "id_kind" => Text::FieldIdKind,
        "class_name" => Text::FieldClass,
        other => return other,
    };
    text.text(lang)
}

impl App {
    /// Opens the screen; a school's own desk comes to its own school at once.
    pub(super) fn open_reconcile(&mut self) {
        if self.needs_link() {
            return;
        }
        self.close_all();
        let own = self.me.as_ref().filter(|me| me.office.level == Level::School).map(|me| me.office.id.clone());
        self.stack.push(Screen::Reconcile(Box::new(ReconcileScreen { school: own, ..ReconcileScreen::default() })));
        self.dirty = true;
        self.ask_reconcile(true);
    }

    pub(super) fn reconcile_screen(&mut self) -> Option<&mut ReconcileScreen> {
        self.stack.iter_mut().find_map(|screen| match screen {
            Screen::Reconcile(screen) => Some(&mut **screen),
            _ => None,
        })
    }

    /// Asks for what the screen shows.
    pub(super) fn ask_reconcile(&mut self, wait: bool) {
        let Some(screen) = self.reconcile_screen() else { return };
        let (school, who) = (screen.school.clone(), screen.who);
        match school {
            None => {
                let asked = NationalAsked { count: PAGE, ..NationalAsked::default() };
                self.send(Request::Query(Query::NationalDiff(asked)), Purpose::Reconcile(Part::Schools(wait)));
            }
            Some(school) => {
                self.ask_school(school.clone(), 0, wait);
                if let Some(who) = who {
                    self.ask_sides(school, who, wait);
                }
            }
        }
    }

    fn ask_school(&mut self, school: OfficeId, from: u32, wait: bool) {
        let asked = NationalAsked { school: Some(school.clone()), from, count: PAGE, ..NationalAsked::default() };
        let purpose = Purpose::Reconcile(Part::School(school, from, wait));
        self.send(Request::Query(Query::NationalDiff(asked)), purpose);
    }

    fn ask_sides(&mut self, school: OfficeId, who: NationalWho, wait: bool) {
        let asked = NationalAsked { school: Some(school), who: Some(who), ..NationalAsked::default() };
        self.send(Request::Query(Query::NationalDiff(asked)), Purpose::Reconcile(Part::Sides(who, wait)));
    }

    /// Two sides have changed: what is shown is asked for again, one question at a time.
    pub(super) fn reload_reconcile(&mut self, school: Option<&OfficeId>) {
        let busy = self.outbox.any(|purpose| matches!(purpose, Purpose::Reconcile(_)));
        let up = self.link == super::Link::Up;
        let Some(screen) = self.reconcile_screen() else { return };
        let concerns = match (&screen.school, school) {
            (Some(open), Some(changed)) => open == changed,
            _ => true,
        };
        if !up || !concerns {
            return;
        }
        if busy {
            screen.again = true;
            return;
        }
        self.ask_reconcile(false);
    }

    /// It came.
    pub(super) fn got_reconcile(&mut self, part: Part, value: serde_json::Value) -> Result<(), String> {
        fn read<T: serde::de::DeserializeOwned>(value: serde_json::Value) -> Result<Box<T>, String> {
            serde_json::from_value(value).map(Box::new).map_err(|e| e.to_string())
        }
        self.dirty = true;
        let mut more = None;
        let Some(screen) = self.reconcile_screen() else { return Ok(()) };
        match part {
            Part::Schools(_) => {
                let page: Box<NationalSchools> = read(value)?;
                let on = screen.picked_school().map(|one| one.school.clone());
                // The cursor stays on its school.
                screen.picked = page.items.iter().position(|one| Some(&one.school) == on.as_ref()).unwrap_or(0);
                screen.schools = Some(page);
            }
            Part::School(school, from, wait) if screen.school.as_ref() == Some(&school) => {
                let mut page: Box<NationalDiff> = read(value)?;
                let on = screen.rows(screen.tab).get(screen.row).map(|item| item.who);
                let held = screen.diff.take().filter(|diff| from > 0 && diff.school.load == page.school.load);
                if let Some(mut held) = held {
                    held.items.truncate(from as usize);
                    held.items.append(&mut page.items);
                    page.items = held.items;
                }
                let next = page.next.filter(|next| *next > from && page.items.len() < MOST);
                more = next.map(|next| (school, next, wait));
                screen.diff = Some(page);
                // And on its student; where he was, when he is cured.
                let rows = screen.rows(screen.tab);
                let at = on.and_then(|who| rows.iter().position(|item| item.who == who));
                screen.row = at.unwrap_or(screen.row).min(screen.len().saturating_sub(1));
            }
            Part::Sides(who, _) if screen.who == Some(who) => screen.sides = Some(read(value)?),
            Part::School(..) | Part::Sides(..) => {}
        }
        let again = std::mem::take(&mut screen.again);
        if let Some((school, next, wait)) = more {
            screen.again = again;
            self.ask_school(school, next, wait);
        } else if again {
            self.reload_reconcile(None);
        }
        Ok(())
    }

    /// What was asked for is not there: the student is cured, or the school has no list.
    pub(super) fn reconcile_failed(&mut self, part: &Part) {
        let own = self.me.as_ref().is_some_and(|me| me.office.level == Level::School);
        let Some(screen) = self.reconcile_screen() else { return };
        match part {
            Part::Sides(who, _) if screen.who == Some(*who) => (screen.who, screen.sides) = (None, None),
            Part::School(school, ..) if screen.school.as_ref() == Some(school) && screen.diff.is_none() && !own => {
                screen.school = None;
                if screen.schools.is_none() {
                    self.ask_reconcile(false);
                }
            }
            _ => {}
        }
        self.dirty = true;
    }

    /// A command key on the screen.
    pub(super) fn reconcile_action(&mut self, action: Action) {
        let page = usize::try_from(self.list_height()).unwrap_or(1).saturating_sub(6).max(1);
        let own = self.me.as_ref().filter(|me| me.office.level == Level::School).map(|me| me.office.id.clone());
        let Some(Screen::Reconcile(screen)) = self.stack.last_mut() else { return };
        if !matches!(action, Action::Same | Action::Apart) {
            screen.asking = None;
        }
        self.dirty = true;
        match action {
            Action::Back if screen.who.is_some() => (screen.who, screen.sides) = (None, None),
            Action::Back if screen.school.is_some() && screen.school != own => {
                (screen.school, screen.diff, screen.row, screen.tab) = (None, None, 0, 0);
                self.ask_reconcile(screen_is_empty(&self.stack));
            }
            Action::Back | Action::Queue => self.close_all(),
            Action::Students => self.open_students(),
            Action::Alerts => self.open_alerts(Some(crate::model::Item::Differing)),
            Action::Board => self.open_board(),
            Action::Calendar => self.open_calendar(),
            Action::Down | Action::Up | Action::PageDown | Action::PageUp | Action::First | Action::Last => {
                if screen.who.is_some() {
                    // One student fills the screen: up and down go to the one before and after.
                    let row = moved(screen.row, screen.len(), action, 1);
                    self.go_to_row(row);
                } else if screen.school.is_some() {
                    screen.row = moved(screen.row, screen.len(), action, page);
                } else {
                    let len = screen.schools.as_ref().map_or(0, |page| page.items.len());
                    screen.picked = moved(screen.picked, len, action, page);
                }
            }
            Action::NextTab | Action::PrevTab if screen.school.is_some() => {
                let step = if action == Action::NextTab { 1 } else { TABS.len() - 1 };
                screen.tab = (screen.tab + step) % TABS.len();
                (screen.row, screen.who, screen.sides) = (0, None, None);
            }
            Action::Open => self.open_deeper(),
            Action::LoadNational => self.open_national(),
            Action::Refresh => {
                if !self.needs_link() {
                    self.ask_reconcile(true);
                }
            }
            Action::Basis => {
                if !self.needs_link() {
                    let asked = "FM5.1".to_owned();
                    self.send(Request::Query(Query::Rules { rule: asked.clone() }), Purpose::Rules(asked.clone()));
                    self.stack.push(Screen::Rules(RulesScreen { asked, rules: None, scroll: 0 }));
                }
            }
            action => self.reconcile_errand(action),
        }
    }

    /// What is said where no list was loaded: to a keeper what to do, to others whom to ask.
    pub(crate) fn no_list(&self) -> String {
        let text = if self.loads_national() { Text::NoListKeeper } else { Text::NoListHint };
        let key = self.keymap.key_for(Scope::Reconcile, Action::LoadNational).unwrap_or_default();
        text.fill(self.look.lang, &[("key", &key)])
    }

    /// To another row while a student is open.
    fn go_to_row(&mut self, row: usize) {
        let Some(screen) = self.reconcile_screen() else { return };
        let who = screen.rows(screen.tab).get(row).map(|item| item.who);
        let (Some(who), Some(school)) = (who, screen.school.clone()) else { return };
        if screen.row == row || self.needs_link() {
            return;
        }
        if let Some(screen) = self.reconcile_screen() {
            (screen.row, screen.who, screen.sides) = (row, Some(who), None);
        }
        self.ask_sides(school, who, true);
    }

    /// Enter: into a school, to a student with both sides, into his record.
    fn open_deeper(&mut self) {
        if self.needs_link() {
            return;
        }
        let Some(screen) = self.reconcile_screen() else { return };
        if let Some(who) = screen.who {
            if let Some(id) = who.student {
                self.open_student(id, None);
            }
            return;
        }
        if let Some(school) = screen.school.clone() {
            if let Some(who) = screen.item().map(|item| item.who) {
                (screen.who, screen.sides) = (Some(who), None);
                self.ask_sides(school, who, true);
            }
            return;
        }
        let Some(picked) = screen.picked_school().cloned() else { return };
        if picked.loaded.is_none() {
            let said = self.no_list();
            self.note = Some(Note::new(Tone::Warn, said));
            return;
        }
        (screen.school, screen.diff, screen.row, screen.tab) = (Some(picked.school.clone()), None, 0, 0);
        self.ask_school(picked.school, 0, true);
    }
}

/// Whether the screen has no schools to go back to.
fn screen_is_empty(stack: &[Screen]) -> bool {
    stack.iter().any(|screen| matches!(screen, Screen::Reconcile(screen) if screen.schools.is_none()))
}
