//! The period of rates on screen 6: the usual ones, one of the clerk's own, and those saved under a name.

use super::App;
use super::note::{Note, Tone};
use super::outbox::Purpose;
use super::pick::moved;
use super::screen::Screen;
use super::system_form::SystemForm;
use crate::catalogue::{Lang, LoadText as Text};
use crate::keymap::Action;
use crate::model::{Command, Day, DropPeriod, SavedPeriod};
use crate::wire::{Query, Request};
use chrono::{Datelike, Months, TimeDelta};

/// A period: one that goes with the day, or one between two days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Span {
    ThisMonth,
    LastMonth,
    ThisYear,
    LastYear,
    Between(Day, Day),
}

impl Span {
    /// Those that go with the day.
    const USUAL: [(Span, Text); 4] = [
        (Span::ThisMonth, Text::ThisMonth),
        (Span::LastMonth, Text::LastMonth),
        (Span::ThisYear, Text::ThisYear),
        (Span::LastYear, Text::LastYear),
    ];

    /// First and last day.
    pub(super) fn days(self, today: Day) -> (Day, Day) {
        let month = today.with_day(1).unwrap_or(today);
        let year = Day::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
        match self {
            Span::ThisMonth => (month, today),
            Span::LastMonth => (month.checked_sub_months(Months::new(1)).unwrap_or(month), month - TimeDelta::days(1)),
            Span::ThisYear => (year, today),
            Span::LastYear => (year.checked_sub_months(Months::new(12)).unwrap_or(year), year - TimeDelta::days(1)),
            Span::Between(from, until) => (from, until),
        }
    }
}

/// Which period.
#[derive(Debug, Clone)]
pub(crate) struct PeriodPick {
    /// Saved ones; none while they are on their way.
    saved: Option<Vec<SavedPeriod>>,
    pub(crate) selected: usize,
    chosen: Span,
}

impl PeriodPick {
    /// Spans in the order of the list, each with its name; the last, without a span, is one's own.
    fn rows(&self, lang: Lang) -> Vec<(Option<Span>, String)> {
        let usual = Span::USUAL.iter().map(|(span, text)| (Some(*span), text.text(lang).to_owned()));
        let saved = self.saved.iter().flatten();
        let saved = saved.map(|one| (Some(Span::Between(one.from, one.until)), one.name.clone()));
        usual.chain(saved).chain([(None, Text::Own.text(lang).to_owned())]).collect()
    }

    /// Lines of the list: whether it is in force, its name, its days.
    pub(crate) fn lines(&self, today: Day, lang: Lang) -> Vec<(bool, String, String)> {
        let line = |(span, name): (Option<Span>, String)| {
            let days = span.map(|span| span.days(today));
            let days = days.map_or_else(String::new, |(from, until)| format!("{from}  {until}"));
            (span == Some(self.chosen), name, days)
        };
        self.rows(lang).into_iter().map(line).collect()
    }

    fn saved_here(&self) -> Option<&SavedPeriod> {
        self.saved.as_ref()?.get(self.selected.checked_sub(Span::USUAL.len())?)
    }
}

impl App {
    /// Opens the list of periods.
    pub(super) fn open_periods(&mut self) {
        let chosen = self.stack.iter().find_map(|screen| match screen {
            Screen::Board(screen) => Some(screen.period),
            _ => None,
        });
        let Some(chosen) = chosen.filter(|_| !self.needs_link()) else { return };
        let selected = Span::USUAL.iter().position(|(span, _)| *span == chosen).unwrap_or(0);
        self.stack.push(Screen::Periods(PeriodPick { saved: None, selected, chosen }));
        self.send(Request::Query(Query::BoardPeriods {}), Purpose::Periods);
    }

    /// Saved ones came.
    pub(super) fn got_periods(&mut self, mut value: serde_json::Value) -> Result<(), String> {
        let rows: Vec<SavedPeriod> = serde_json::from_value(value["items"].take()).map_err(|e| e.to_string())?;
        if let Some(Screen::Periods(pick)) = self.stack.last_mut() {
            pick.selected = pick.selected.min(Span::USUAL.len() + rows.len());
            pick.saved = Some(rows);
        }
        Ok(())
    }

    /// A command key on the list.
    pub(super) fn period_action(&mut self, action: Action) {
        let (lang, page) = (self.look.lang, self.list_height() as usize);
        let today = self.me.as_ref().map(|me| me.now.day()).unwrap_or_default();
        self.dirty = true;
        let Some(Screen::Periods(pick)) = self.stack.last_mut() else { return };
        let rows = pick.rows(lang);
        let here = rows.get(pick.selected).and_then(|(span, _)| *span);
        match action {
            Action::Open | Action::SaveLimit if here.is_none() || action == Action::SaveLimit => {
                let (from, until) = here.unwrap_or(pick.chosen).days(today);
                let form = SystemForm::period(from, until, action == Action::SaveLimit);
                self.stack.push(Screen::SystemForm(Box::new(form)));
            }
            Action::Open => {
                if let Some(span) = here.filter(|_| !self.needs_link()) {
                    self.stack.pop();
                    self.show_period(span);
                }
            }
            Action::DropSaved => match pick.saved_here().cloned() {
                None => self.note = Some(Note::new(Tone::Info, Text::NotSaved.text(lang))),
                Some(saved) if !self.needs_link() => {
                    let words = Text::PeriodDropped.fill(lang, &[("name", &saved.name)]);
                    let command = Command::DropPeriod(DropPeriod { name: saved.name });
                    self.send(Request::Write(command), Purpose::PeriodKept(words));
                }
                Some(_) => {}
            },
            action => pick.selected = moved(pick.selected, rows.len(), action, page),
        }
    }

    /// The form is filled in: the period is shown, and saved if it has a name.
    pub(super) fn period_given(&mut self, from: Day, until: Day, name: String) {
        if self.needs_link() {
            return;
        }
        let lang = self.look.lang;
        if !name.is_empty() {
            let words = Text::PeriodSaved.fill(lang, &[("name", &name)]);
            let command = Command::SavePeriod(SavedPeriod { name, from, until });
            return self.send(Request::Write(command), Purpose::PeriodKept(words));
        }
        self.leave_periods();
        self.show_period(Span::Between(from, until));
    }

    fn leave_periods(&mut self) {
        while matches!(self.stack.last(), Some(Screen::SystemForm(_) | Screen::Periods(_))) {
            self.stack.pop();
        }
    }

    /// One was saved or forgotten: a saved one is shown, of the others the list is asked for again.
    pub(super) fn period_kept(&mut self, words: &str) {
        self.note = Some(Note::new(Tone::Info, words.to_owned()));
        let given = match self.stack.last() {
            Some(Screen::SystemForm(form)) => form.period_days(),
            _ => None,
        };
        match given {
            Some((from, until)) => {
                self.leave_periods();
                self.show_period(Span::Between(from, until));
            }
            None => self.send(Request::Query(Query::BoardPeriods {}), Purpose::Periods),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_periods_end_today_or_with_their_month_or_year() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let today = day("2024-03-31");
        for (span, from, until) in [
            (Span::ThisMonth, "2024-03-01", "2024-03-31"),
            (Span::LastMonth, "2024-02-01", "2024-02-29"),
            (Span::ThisYear, "2024-01-01", "2024-03-31"),
            (Span::LastYear, "2023-01-01", "2023-12-31"),
            (Span::Between(day("2023-09-01"), day("2024-01-20")), "2023-09-01", "2024-01-20"),
        ] {
            assert_eq!(span.days(today), (day(from), day(until)), "{span:?}");
        }
        assert_eq!(Span::LastMonth.days(day("2025-01-01")), (day("2024-12-01"), day("2024-12-31")));
    }
}
