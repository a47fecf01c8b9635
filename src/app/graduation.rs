//! Screen 8: a school's graduates of a year, who is due and why not, where the certificates are; for offices above it the
//! schools first.

use super::App;
use super::deed::Confirm;
use super::graduation_form::{GradErrand, GradForm};
use super::note::{Note, Tone};
use super::outbox::Purpose;
use super::pick::moved;
use super::screen::{RulesScreen, Screen};
use crate::catalogue::{GradMsg, Lang};
use crate::keymap::Action;
use crate::model::{
    CheckGraduates, Command, IssueCertificates, Leave, Level, OfficeId, PrintCertificates, Severity, StudentId,
};
use crate::wire::{GraduateRow, GraduatesPage, GraduationSchools, GraduationSchoolsAsked, Query, Request};
use chrono::Datelike;
use serde_json::Value;
use std::collections::BTreeSet;

/// Most students that are loaded of one school and year.
const MOST: usize = 5000;

/// A part of the list, by where the certificate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Part {
    #[default]
    All,
    Held,
    Ready,
    Proposed,
    Printed,
    Delivered,
    Awarded,
}

impl Part {
    /// All parts, in the order of the work.
    pub(crate) const ALL: [Part; 7] =
        [Part::All, Part::Held, Part::Ready, Part::Proposed, Part::Printed, Part::Delivered, Part::Awarded];

    /// What it is called.
    pub(crate) fn text(self, lang: Lang) -> &'static str {
        match self {
            Part::All => GradMsg::PartAll,
            Part::Held => GradMsg::PartHeld,
            Part::Ready => GradMsg::PartReady,
            Part::Proposed => GradMsg::PartProposed,
            Part::Printed => GradMsg::PartPrinted,
            Part::Delivered => GradMsg::PartDelivered,
            Part::Awarded => GradMsg::PartAwarded,
        }
        .text(lang)
    }

    /// The part in which this graduate stands.
    pub(crate) fn of(row: &GraduateRow) -> Part {
        match &row.certificate {
            Some(one) if one.awarded_on.is_some() => Part::Awarded,
            Some(one) if one.delivered_on.is_some() => Part::Delivered,
            Some(one) if one.printed_on.is_some() => Part::Printed,
            Some(_) => Part::Proposed,
            None if row.ready => Part::Ready,
            None => Part::Held,
        }
    }
}

/// The screen.
#[derive(Debug, Clone, Default)]
pub(crate) struct GraduationScreen {
    pub(crate) year: i32,
    pub(crate) schools: Option<Box<GraduationSchools>>,
    pub(crate) picked: usize,
    /// The school that is open.
    pub(crate) school: Option<OfficeId>,
    /// Whether there is a list of schools behind it.
    pub(crate) many: bool,
    pub(crate) page: Option<Box<GraduatesPage>>,
    pub(crate) part: Part,
    pub(crate) row: usize,
    pub(crate) marked: BTreeSet<StudentId>,
}

impl GraduationScreen {
    /// The rows of the part that is open.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &GraduateRow> {
        let all = self.page.iter().flat_map(|page| &page.items);
        all.filter(|row| self.part == Part::All || Part::of(row) == self.part)
    }

    /// The graduate under the cursor.
    pub(crate) fn chosen(&self) -> Option<&GraduateRow> {
        self.rows().nth(self.row)
    }

    /// How many stand in a part.
    pub(crate) fn count(&self, part: Part) -> usize {
        let all = self.page.iter().flat_map(|page| &page.items);
        all.filter(|row| part == Part::All || Part::of(row) == part).count()
    }

    /// The marked ones, or the one under the cursor; with what to call them.
    pub(super) fn meant(&self, lang: Lang) -> Option<(Vec<StudentId>, String)> {
        let all = self.page.iter().flat_map(|page| &page.items);
        let marked: Vec<&GraduateRow> = all.filter(|row| self.marked.contains(&row.student)).collect();
        let rows = if marked.is_empty() { vec![self.chosen()?] } else { marked };
        let name = rows.first()?.name.clone();
        let who = match rows.len() {
            1 => name,
            n => GradMsg::Several.fill(lang, &[("name", &name), ("n", &n.to_string())]),
        };
        Some((rows.iter().map(|row| row.student).collect(), who))
    }
}

/// Something to be done, confirmed and sent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct GradDeed {
    /// In words, for the line that asks.
    pub(crate) words: String,
    /// The command.
    pub(super) command: Command,
}

impl App {
    /// Opens the screen: on the own school, or on the list of schools.
    pub(super) fn open_graduation(&mut self) {
        if self.needs_link() {
            return;
        }
        self.close_all();
        let Some(me) = &self.me else { return };
        let today = me.now.day();
        // After the summer it is the next June's list that is worked at.
        let year = if today.month() > 8 { today.year() + 1 } else { today.year() };
        let many = me.office.level != Level::School;
        let school = (!many).then(|| me.office.id.clone());
        let screen = GraduationScreen { year, many, school, ..GraduationScreen::default() };
        self.stack.push(Screen::Graduation(Box::new(screen)));
        self.dirty = true;
        self.ask_graduation();
    }

    pub(super) fn graduation_screen(&mut self) -> Option<&mut GraduationScreen> {
        self.stack.iter_mut().find_map(|screen| match screen {
            Screen::Graduation(screen) => Some(&mut **screen),
            _ => None,
        })
    }

    /// Asks for the school that is open, or for the schools.
    pub(super) fn ask_graduation(&mut self) {
        let Some(screen) = self.graduation_screen() else { return };
        let year = screen.year;
        match screen.school.clone() {
            Some(school) => self.ask_graduates(school, year, None),
            None => {
                let asked = GraduationSchoolsAsked { year, after: None, count: 500 };
                self.send(Request::Query(Query::GraduationSchools(asked)), Purpose::GraduationSchools(false));
            }
        }
    }

    fn ask_graduates(&mut self, school: OfficeId, year: i32, after: Option<StudentId>) {
        let query = Query::Graduates { school, year: Some(year), after, count: 500 };
        self.send(Request::Query(query), Purpose::Graduates(after.is_some()));
    }

    /// Schools came; `more` says that they follow those that are here.
    pub(super) fn got_graduation_schools(&mut self, page: GraduationSchools, more: bool) {
        let (next, year) = (page.next.clone(), page.year);
        let Some(screen) = self.graduation_screen().filter(|screen| screen.year == year) else { return };
        match &mut screen.schools {
            Some(known) if more => known.items.extend(page.items),
            slot => *slot = Some(Box::new(page)),
        }
        let last = screen.schools.as_ref().map_or(0, |schools| schools.items.len().saturating_sub(1));
        screen.picked = screen.picked.min(last);
        if next.is_some() {
            let asked = GraduationSchoolsAsked { year, after: next, count: 500 };
            self.send(Request::Query(Query::GraduationSchools(asked)), Purpose::GraduationSchools(true));
        }
    }

    /// Graduates came; `more` says that they follow those that are here.
    pub(super) fn got_graduates(&mut self, page: GraduatesPage, more: bool) {
        let (next, year, school) = (page.next, page.year, page.school.clone());
        let Some(screen) = self.graduation_screen() else { return };
        if screen.school.as_ref() != Some(&school) || screen.year != year {
            return;
        }
        let chosen = screen.chosen().map(|row| row.student);
        match &mut screen.page {
            Some(known) if more => known.items.extend(page.items),
            slot => *slot = Some(Box::new(page)),
        }
        // The cursor stays on its student.
        let at = screen.rows().position(|row| Some(row.student) == chosen);
        let len = screen.rows().count();
        screen.row = at.unwrap_or(screen.row).min(len.saturating_sub(1));
        let known: BTreeSet<StudentId> =
            screen.page.iter().flat_map(|page| &page.items).map(|row| row.student).collect();
        screen.marked.retain(|student| known.contains(student));
        let stands = screen.page.iter().flat_map(|page| &page.items);
        let stands: Vec<_> = stands.map(|row| (row.student, row.statement.clone().unwrap_or_default())).collect();
        if let Some(Screen::GradForm(form)) = self.stack.last_mut() {
            stands.iter().for_each(|(student, now)| form.stands(*student, now));
        }
        if next.is_some() && known.len() < MOST {
            self.ask_graduates(school, year, next);
        }
    }

    /// A command key on the screen.
    pub(super) fn graduation_action(&mut self, action: Action) {
        let height = usize::try_from(self.list_height()).unwrap_or(1).saturating_sub(1).max(1);
        let Some(Screen::Graduation(screen)) = self.stack.last_mut() else { return };
        let inside = screen.school.is_some();
        match action {
            Action::Back if inside && screen.many => {
                (screen.school, screen.page, screen.row, screen.part) = (None, None, 0, Part::All);
                screen.marked.clear();
                self.dirty = true;
                if screen.schools.is_none() {
                    self.ask_graduation();
                }
            }
            Action::Back | Action::Queue => self.close_all(),
            Action::Students => self.open_students(),
            Action::Alerts => self.open_alerts(None),
            Action::Calendar => self.open_calendar(),
            Action::Down | Action::Up | Action::PageDown | Action::PageUp | Action::First | Action::Last => {
                if inside {
                    screen.row = moved(screen.row, screen.rows().count(), action, height / 2);
                } else {
                    let len = screen.schools.as_ref().map_or(0, |schools| schools.items.len());
                    screen.picked = moved(screen.picked, len, action, height);
                }
                self.dirty = true;
            }
            Action::NextTab | Action::PrevTab if inside => {
                let at = Part::ALL.iter().position(|part| *part == screen.part).unwrap_or(0);
                let step = if action == Action::NextTab { 1 } else { Part::ALL.len() - 1 };
                screen.part = Part::ALL[(at + step) % Part::ALL.len()];
                screen.row = 0;
                self.dirty = true;
            }
            Action::NextYear | Action::PrevYear => self.turn_year(if action == Action::NextYear { 1 } else { -1 }),
            Action::Mark => {
                if let Some(student) = screen.chosen().map(|row| row.student) {
                    if !screen.marked.remove(&student) {
                        screen.marked.insert(student);
                    }
                    screen.row = moved(screen.row, screen.rows().count(), Action::Down, 1);
                    self.dirty = true;
                }
            }
            Action::MarkAll => {
                let shown: Vec<StudentId> = screen.rows().map(|row| row.student).collect();
                if screen.marked.is_empty() {
                    screen.marked.extend(shown);
                } else {
                    screen.marked.clear();
                }
                self.dirty = true;
            }
            Action::Open => self.open_graduate(),
            Action::Refresh => {
                if !self.needs_link() {
                    self.ask_graduation();
                }
            }
            Action::Basis => self.graduation_basis(),
            action => self.graduation_errand(action),
        }
    }

    fn turn_year(&mut self, by: i32) {
        if self.needs_link() {
            return;
        }
        let Some(screen) = self.graduation_screen() else { return };
        screen.year += by;
        (screen.page, screen.schools, screen.row) = (None, None, 0);
        screen.marked.clear();
        self.dirty = true;
        self.ask_graduation();
    }

    /// The school under the cursor, or the record of the graduate under it.
    fn open_graduate(&mut self) {
        if self.needs_link() {
            return;
        }
        let Some(Screen::Graduation(screen)) = self.stack.last_mut() else { return };
        if screen.school.is_some() {
            if let Some(student) = screen.chosen().map(|row| row.student) {
                self.open_student(student, None);
            }
            return;
        }
        let school = screen.schools.as_ref().and_then(|schools| schools.items.get(screen.picked));
        let Some(school) = school.map(|one| one.school.clone()) else { return };
        (screen.school, screen.page, screen.row) = (Some(school), None, 0);
        self.dirty = true;
        self.ask_graduation();
    }

    /// The rule of what holds the graduate back, or the articles of the end of study.
    fn graduation_basis(&mut self) {
        if self.needs_link() {
            return;
        }
        let Some(Screen::Graduation(screen)) = self.stack.last() else { return };
        let rule = screen.chosen().and_then(|row| row.findings.first()).map(|finding| finding.rule.to_string());
        let asked = rule.unwrap_or_else(|| "17".to_owned());
        self.send(Request::Query(Query::Rules { rule: asked.clone() }), Purpose::Rules(asked.clone()));
        self.stack.push(Screen::Rules(RulesScreen { asked, rules: None, scroll: 0 }));
        self.dirty = true;
    }

    /// A key that does something.
    fn graduation_errand(&mut self, action: Action) {
        let lang = self.look.lang;
        let today = self.me.as_ref().map(|me| me.now.day());
        let Some(Screen::Graduation(screen)) = self.stack.last() else { return };
        self.dirty = true;
        if action == Action::Verify {
            return self.push_short(Screen::GradForm(Box::new(GradForm::new(GradErrand::Verify, "", None, lang))));
        }
        let (Some(school), Some(page)) = (&screen.school, &screen.page) else {
            self.note = Some(Note::new(Tone::Info, GradMsg::ChooseSchool.text(lang)));
            return;
        };
        let year = screen.year;
        let list = format!("{} {year}", page.name);
        match action {
            Action::CheckList => {
                let command = Command::CheckGraduates(CheckGraduates { school: school.clone(), year });
                return self.confirm_graduation(GradMsg::ActsCheck.fill(lang, &[("who", &list)]), command);
            }
            Action::Archive => {
                let errand = GradErrand::Archive { school: school.clone(), year };
                return self.push_short(Screen::GradForm(Box::new(GradForm::new(errand, &list, today, lang))));
            }
            _ => {}
        }
        let Some((students, who)) = screen.meant(lang) else {
            self.note = Some(Note::new(Tone::Info, GradMsg::ChooseStudent.text(lang)));
            return;
        };
        // What is done for one at a time is done for the one under the cursor, whatever is marked.
        let one = screen.chosen().map(|row| (row.student, row.name.clone(), row.statement.clone()));
        let form = match (action, one) {
            (Action::Issue, _) => {
                let command = Command::IssueCertificates(IssueCertificates { students, leave: Leave::Graduation });
                return self.confirm_graduation(GradMsg::ActsIssue.fill(lang, &[("who", &who)]), command);
            }
            (Action::Approve, _) => {
                let command = Command::PrintCertificates(PrintCertificates { students });
                return self.confirm_graduation(GradMsg::ActsPrint.fill(lang, &[("who", &who)]), command);
            }
            (Action::Deliver, _) => GradForm::new(GradErrand::Deliver { students }, &who, today, lang),
            (Action::State, Some((student, name, statement))) => {
                let errand = GradErrand::State { student, statement: statement.unwrap_or_default() };
                GradForm::new(errand, &name, today, lang)
            }
            (Action::Award, Some((student, name, _))) => {
                GradForm::new(GradErrand::Award { student }, &name, today, lang)
            }
            (Action::Void, Some((student, name, _))) => GradForm::new(GradErrand::Void { student }, &name, today, lang),
            _ => return,
        };
        self.push_short(Screen::GradForm(Box::new(form)));
    }

    /// Asks once more, in one line.
    pub(super) fn confirm_graduation(&mut self, words: String, command: Command) {
        self.confirm = Some(Confirm::Grad(Box::new(GradDeed { words, command })));
        self.dirty = true;
    }

    /// It was done, for all or for some: said, and the list is asked for again.
    pub(super) fn graduation_done(&mut self, words: &str, value: &Value) {
        let lang = self.look.lang;
        self.short_done(|screen| matches!(screen, Screen::GradForm(_)));
        if let Some(matched) = value.get("match").and_then(Value::as_bool) {
            let msg = if matched { GradMsg::Match } else { GradMsg::NoMatch };
            self.note = Some(Note::new(Tone::Info, msg.text(lang)));
            return;
        }
        let items = value.get("items").and_then(Value::as_array);
        let not: Vec<&Value> = items.into_iter().flatten().filter(|item| item["done"] == false).collect();
        self.note = Some(match not.first() {
            None => Note::new(Tone::Info, GradMsg::Done.fill(lang, &[("what", words)])),
            Some(first) => {
                let done = value.get("done").and_then(Value::as_u64).unwrap_or(0).to_string();
                let why = first["refused"]["because"].as_str().or(first["because"].as_str()).unwrap_or_default();
                let values = [("n", done.as_str()), ("m", &not.len().to_string()), ("why", why)];
                Note::new(Tone::Warn, GradMsg::DoneSome.fill(lang, &values))
            }
        });
        if let Some(screen) = self.graduation_screen() {
            screen.marked.clear();
        }
        self.reload_records(|_| true);
        self.ask_graduation();
    }
}

/// What holds a graduate back, the refusing first, without the name that stands beside it.
pub(crate) fn why(row: &GraduateRow) -> (Option<String>, usize) {
    let blocks = row.findings.iter().filter(|finding| finding.severity == Severity::Block);
    let rest = row.findings.iter().filter(|finding| finding.severity != Severity::Block);
    let mut all = blocks.chain(rest);
    let first = all.next().map(|finding| {
        let text = finding.because.strip_prefix(row.name.as_str()).unwrap_or(&finding.because);
        text.strip_prefix('的').unwrap_or(text).to_owned()
    });
    (first, all.count())
}
