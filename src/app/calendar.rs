//! Screen 9: the year with its holidays, windows and what falls due, one day of it under the cursor.

use super::App;
use super::outbox::Purpose;
use super::screen::{RulesScreen, Screen};
use crate::keymap::Action;
use crate::model::Day;
use crate::wire::{CalendarView, DueDay, Query, Request, WindowRow};
use chrono::{Datelike, Months, TimeDelta};

/// The calendar, open on a day.
#[derive(Debug, Clone)]
pub(crate) struct CalendarScreen {
    /// The year that was asked for last.
    pub(crate) year: i32,
    pub(crate) view: Option<Box<CalendarView>>,
    /// The day under the cursor; none until the first answer says which day it is.
    pub(crate) day: Option<Day>,
}

impl CalendarScreen {
    /// The windows in which the day under the cursor lies.
    pub(crate) fn windows_of(&self, day: Day) -> impl Iterator<Item = &WindowRow> {
        let windows = self.view.iter().flat_map(|view| &view.windows);
        windows.filter(move |window| window.from <= day && day <= window.until)
    }

    /// What falls due on a day.
    pub(crate) fn due_on(&self, day: Day) -> Option<&DueDay> {
        self.view.as_ref()?.due.iter().find(|due| due.date == day)
    }
}

impl App {
    /// Opens the calendar on today. What lies on the list is left.
    pub(super) fn open_calendar(&mut self) {
        if self.needs_link() {
            return;
        }
        self.close_all();
        let year = self.me.as_ref().map_or(0, |me| me.now.day().year());
        self.stack.push(Screen::Calendar(Box::new(CalendarScreen { year, view: None, day: None })));
        self.dirty = true;
        self.ask_calendar(None);
    }

    fn ask_calendar(&mut self, year: Option<i32>) {
        self.send(Request::Query(Query::Calendar { year }), Purpose::Calendar);
    }

    /// Asks again for what is shown: something was decided, or the day is another.
    pub(super) fn reload_calendar(&mut self) {
        let year = self.stack.iter().find_map(|screen| match screen {
            Screen::Calendar(screen) => Some(screen.year),
            _ => None,
        });
        if let Some(year) = year
            && self.link == super::Link::Up
            && !self.outbox.any(|purpose| *purpose == Purpose::Calendar)
        {
            self.ask_calendar(Some(year));
        }
    }

    /// A year came.
    pub(super) fn got_calendar(&mut self, view: CalendarView) {
        let screen = self.stack.iter_mut().find_map(|screen| match screen {
            Screen::Calendar(screen) => Some(screen),
            _ => None,
        });
        let Some(screen) = screen else { return };
        let (first, last) = (Day::from_yo_opt(view.year, 1), Day::from_ymd_opt(view.year, 12, 31));
        if let (Some(first), Some(last)) = (first, last) {
            screen.day = Some(screen.day.unwrap_or(view.today).clamp(first, last));
        }
        screen.year = view.year;
        screen.view = Some(Box::new(view));
    }

    /// A command key on the calendar.
    pub(super) fn calendar_action(&mut self, action: Action) {
        let Some(Screen::Calendar(screen)) = self.stack.last_mut() else { return };
        let Some((day, view)) = screen.day.zip(screen.view.as_deref()) else {
            if action == Action::Back || action == Action::Queue {
                self.close_top();
            }
            return;
        };
        let to = match action {
            Action::Down => day.checked_add_signed(TimeDelta::days(7)),
            Action::Up => day.checked_sub_signed(TimeDelta::days(7)),
            Action::NextDay => day.succ_opt(),
            Action::PrevDay => day.pred_opt(),
            Action::PageDown => day.checked_add_months(Months::new(1)),
            Action::PageUp => day.checked_sub_months(Months::new(1)),
            Action::First => Day::from_yo_opt(day.year(), 1),
            Action::Last => Day::from_ymd_opt(day.year(), 12, 31),
            Action::NextMark => next_marked(view, day),
            Action::PrevMark => marked_before(view, day),
            Action::ThisDay => Some(view.today),
            Action::Back | Action::Queue => return self.close_top(),
            Action::Students => return self.open_students(),
            Action::Alerts => return self.open_alerts(None),
            Action::Reconcile => return self.open_reconcile(),
            Action::Graduation => return self.open_graduation(),
            Action::Refresh => {
                let year = screen.year;
                if !self.needs_link() {
                    self.ask_calendar(Some(year));
                }
                return;
            }
            Action::Open => return self.open_due(day),
            Action::Basis => return self.rule_of(day),
            _ => return,
        };
        let Some(to) = to.filter(|to| *to != day) else { return };
        screen.day = Some(to);
        self.dirty = true;
        if to.year() != screen.year {
            screen.year = to.year();
            self.ask_calendar(Some(to.year()));
        }
    }

    /// Opens the office's list at what falls due on this day.
    fn open_due(&mut self, day: Day) {
        let Some(Screen::Calendar(screen)) = self.stack.last() else { return };
        let Some(first) = screen.due_on(day).map(|due| due.first) else {
            return self.inform(crate::catalogue::Msg::CalendarNothingDue);
        };
        if !self.needs_link() {
            self.close_top();
            self.enter_tab_at(super::Tab::Office, first);
        }
    }

    /// Shows the rule of the window that lies on this day.
    fn rule_of(&mut self, day: Day) {
        let Some(Screen::Calendar(screen)) = self.stack.last() else { return };
        let Some(rule) = screen.windows_of(day).next().map(|window| window.rule.clone()) else {
            return self.inform(crate::catalogue::Msg::CalendarNoWindow);
        };
        if !self.needs_link() {
            self.send(Request::Query(Query::Rules { rule: rule.clone() }), Purpose::Rules(rule.clone()));
            self.stack.push(Screen::Rules(RulesScreen { asked: rule, rules: None, scroll: 0 }));
            self.dirty = true;
        }
    }
}

/// Days of the year on which something opens, closes or falls due, in order.
fn marked(view: &CalendarView) -> Vec<Day> {
    let windows = view.windows.iter().flat_map(|window| [window.from, window.until]);
    let mut days: Vec<Day> = windows.chain(view.due.iter().map(|due| due.date)).collect();
    days.sort_unstable();
    days.dedup();
    days
}

fn next_marked(view: &CalendarView, day: Day) -> Option<Day> {
    marked(view).into_iter().find(|marked| *marked > day)
}

fn marked_before(view: &CalendarView, day: Day) -> Option<Day> {
    marked(view).into_iter().rev().find(|marked| *marked < day)
}
