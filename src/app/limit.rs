//! Limits (限定): what narrows a tab. They stay from tab to tab until they are taken off, and are always shown.

use super::note::{Note, Tone};
use super::outbox::Purpose;
use super::pick::moved;
use super::screen::Screen;
use super::{App, Tab, words};
use crate::catalogue::{AsideMsg, Lang, Msg};
use crate::keymap::Action;
use crate::model::{Command, Kind, Light, OfficeId, Severity};
use crate::wire::{Arrived, Limit, LimitsView, Query, Request, ViewRow};

/// The limit in force, with the school's name for the screen.
#[derive(Debug, Clone, Default)]
pub(crate) struct Narrow {
    pub(super) limit: Limit,
    school: String,
}

/// One thing to narrow by.
#[derive(Debug, Clone, PartialEq, Eq)]
enum By {
    Light(Light),
    Kind(Kind),
    Finding(Severity),
    Arrived(Arrived),
    School(OfficeId, String),
    Saved(Box<ViewRow>),
}

/// What the tab can be narrowed by.
#[derive(Debug, Clone)]
pub(crate) struct LimitPick {
    tab: Tab,
    /// None while it is on its way.
    rows: Option<Vec<(By, Option<u32>)>>,
    /// Saved limits.
    saved: Vec<ViewRow>,
    pub(crate) selected: usize,
}

impl Narrow {
    /// Whether anything is narrowed.
    pub(crate) fn is_on(&self) -> bool {
        !self.limit.is_none()
    }

    fn has(&self, by: &By) -> bool {
        match by {
            By::Light(light) => self.limit.light == Some(*light),
            By::Kind(kind) => self.limit.kind == Some(*kind),
            By::Finding(severity) => self.limit.finding == Some(*severity),
            By::Arrived(when) => self.limit.arrived == Some(*when),
            By::School(id, _) => self.limit.school.as_ref() == Some(id),
            By::Saved(view) => self.limit == view.limit,
        }
    }

    /// Puts one in the place of its like, or takes it off if it is there already.
    fn toggle(&mut self, by: By) {
        let on = !self.has(&by);
        let limit = &mut self.limit;
        match by {
            By::Light(light) => limit.light = on.then_some(light),
            By::Kind(kind) => limit.kind = on.then_some(kind),
            By::Finding(severity) => limit.finding = on.then_some(severity),
            By::Arrived(when) => limit.arrived = on.then_some(when),
            By::School(id, name) => {
                limit.school = on.then_some(id);
                self.school = name;
            }
            By::Saved(view) => {
                *limit = if on { view.limit } else { Limit::default() };
                self.school = view.school.unwrap_or_default();
            }
        }
    }

    /// What is in force, in words.
    pub(crate) fn words(&self, lang: Lang) -> Option<String> {
        let Limit { light, school, kind, finding, arrived } = &self.limit;
        let parts: Vec<&str> = [
            light.map(|light| words::light(light, lang)),
            kind.map(|kind| words::kind(kind, lang)),
            finding.map(|severity| words::severity(severity, lang)),
            arrived.map(|when| arrival(when, lang)),
            school.as_ref().map(|_| self.school.as_str()),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!parts.is_empty()).then(|| Msg::LimitShown.fill(lang, &[("what", &parts.join(" "))]))
    }
}

fn arrival(when: Arrived, lang: Lang) -> &'static str {
    match when {
        Arrived::Today => Msg::ArrivedToday,
        Arrived::Week => Msg::ArrivedWeek,
    }
    .text(lang)
}

/// One line of the choice: whether it is in force, what kind of limit, which, how many rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) on: bool,
    pub(crate) group: &'static str,
    pub(crate) name: String,
    /// None where nobody counted them.
    pub(crate) rows: Option<u32>,
}

impl App {
    /// Asks what the tab can be narrowed by.
    pub(super) fn open_limits(&mut self) {
        if self.needs_link() {
            return;
        }
        let tab = self.queue.tab;
        self.stack.push(Screen::Limits(LimitPick { tab, rows: None, saved: Vec::new(), selected: 0 }));
        self.dirty = true;
        self.send(Request::Query(Query::Views {}), Purpose::Views);
        self.ask_limits(tab);
    }

    fn ask_limits(&mut self, tab: Tab) {
        self.send(Request::Query(Query::Limits { tab }), Purpose::Limits(tab));
    }

    /// Saved limits came, before what the tab itself can be narrowed by.
    pub(super) fn got_views(&mut self, views: Vec<ViewRow>) {
        if let Some(Screen::Limits(pick)) = self.stack.last_mut() {
            pick.saved = views;
        }
    }

    /// Forgets the chosen saved limit.
    fn drop_view(&mut self) {
        let lang = self.look.lang;
        let Some(Screen::Limits(pick)) = self.stack.last() else { return };
        let chosen = pick.rows.as_ref().and_then(|rows| rows.get(pick.selected)).map(|(by, _)| by.clone());
        let Some(By::Saved(view)) = chosen else {
            self.note = Some(Note::new(Tone::Info, AsideMsg::LimitNotSaved.text(lang)));
            return;
        };
        if !self.needs_link() {
            let said = AsideMsg::LimitDropped.fill(lang, &[("name", &view.name)]);
            self.send(Request::Write(Command::DropView { name: view.name }), Purpose::Arranged(said));
        }
    }

    /// It came.
    pub(super) fn got_limits(&mut self, tab: Tab, view: LimitsView) {
        let Some(Screen::Limits(pick)) = self.stack.last_mut() else { return };
        if pick.tab != tab {
            return;
        }
        let lights = view.lights.into_iter().map(|(light, n)| (By::Light(light), n));
        let kinds = view.kinds.into_iter().map(|(kind, n)| (By::Kind(kind), n));
        let findings = view.findings.into_iter().map(|(severity, n)| (By::Finding(severity), n));
        let arrived = view.arrived.into_iter().map(|(when, n)| (By::Arrived(when), n));
        let schools = view.schools.into_iter().map(|(id, name, n)| (By::School(id, name), n));
        let found = lights.chain(kinds).chain(findings).chain(arrived).chain(schools);
        let saved = pick.saved.iter().map(|view| (By::Saved(Box::new(view.clone())), None));
        let rows: Vec<_> = saved.chain(found.map(|(by, n)| (by, Some(n)))).collect();
        if rows.is_empty() {
            self.stack.pop();
            self.note = Some(Note::new(Tone::Info, Msg::LimitNothing.text(self.look.lang)));
            return;
        }
        pick.rows = Some(rows);
    }

    /// The lines of the choice; none while it is on its way.
    pub(crate) fn limit_choices(&self, pick: &LimitPick) -> Option<Vec<Choice>> {
        let lang = self.look.lang;
        let line = |(by, rows): &(By, Option<u32>)| {
            let (group, name) = match by {
                By::Saved(view) => {
                    let (on, group) = (self.queue.narrow.has(by), AsideMsg::LimitSaved.text(lang));
                    return Choice { on, group, name: view.name.clone(), rows: *rows };
                }
                By::Light(light) => (Msg::LimitLight, words::light(*light, lang).to_owned()),
                By::Kind(kind) => (Msg::LimitKind, words::kind(*kind, lang).to_owned()),
                By::Finding(severity) => (Msg::LimitFinding, words::severity(*severity, lang).to_owned()),
                By::Arrived(when) => (Msg::LimitArrived, arrival(*when, lang).to_owned()),
                By::School(_, name) => (Msg::LimitSchool, name.clone()),
            };
            Choice { on: self.queue.narrow.has(by), group: group.text(lang), name, rows: *rows }
        };
        Some(pick.rows.as_ref()?.iter().map(line).collect())
    }

    /// A command key on the choice.
    pub(super) fn limit_action(&mut self, action: Action) {
        let page = self.list_height() as usize;
        let Some(Screen::Limits(pick)) = self.stack.last_mut() else { return };
        self.dirty = true;
        if action == Action::DropSaved {
            return self.drop_view();
        }
        let rows = pick.rows.as_deref().unwrap_or_default();
        if action != Action::Open {
            pick.selected = moved(pick.selected, rows.len(), action, page);
            return;
        }
        let Some((by, _)) = rows.get(pick.selected).cloned() else { return };
        if !self.needs_link() {
            self.stack.pop();
            self.queue.narrow.toggle(by);
            self.enter_tab(self.queue.tab);
        }
    }

    /// Takes all limits off.
    pub(super) fn unlimit(&mut self) {
        if !self.queue.narrow.is_on() {
            self.note = Some(Note::new(Tone::Info, Msg::LimitNone.text(self.look.lang)));
            self.dirty = true;
        } else if !self.needs_link() {
            self.queue.narrow = Narrow::default();
            self.enter_tab(self.queue.tab);
        }
    }
}
