//! The command line: reaches what the desk has by name, by pinyin initials (首字母) or by jump code. What it runs is what
//! the keys run, through the same guard and the same confirmation.

use super::App;
use super::command_read::{Goal, argument, goal, listed, nearest, read, rule_named};
pub(crate) use super::command_read::{Typed, action, argument as wanted};
use super::field::Field;
use super::note::{Note, Tone};
use super::outbox::{CaseWhy, Purpose};
use super::screen::{CaseScreen, RulesScreen, Screen};
use super::start_entry::parse_day;
use crate::catalogue::{Msg, Name};
use crate::keymap::{Action, KeyCode, KeyPress, Scope};
use crate::model::{ApplicationId, Command, Stamp};
use crate::text;
use crate::wire::{Query, Request};
use std::time::Duration;

/// Lines of candidates.
pub(crate) const SHOWN: usize = 6;

/// Commands remembered.
const REMEMBERED: usize = 50;

/// The command line and what was typed on it before.
#[derive(Debug, Clone, Default)]
pub(crate) struct Commands {
    /// The line, while it is open.
    pub(crate) line: Option<Line>,
    /// Oldest first, none twice.
    history: Vec<String>,
}

/// The line.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) field: Field,
    /// What stood here before Tab completed it, and how often Tab was pressed.
    completing: Option<(String, usize)>,
    /// How far back in the history, 0 for what is being typed.
    back: usize,
    /// What was being typed before the history was looked at.
    typed: String,
}

impl Line {
    fn new() -> Line {
        Line { field: Field::line(""), completing: None, back: 0, typed: String::new() }
    }

    fn put(&mut self, text: &str) {
        self.field = Field::line(text);
    }

    /// What the candidates are for: what was typed, not what Tab made of it.
    fn asked(&self) -> String {
        self.completing.as_ref().map_or_else(|| self.field.text(), |(asked, _)| asked.clone())
    }
}

impl App {
    /// Opens the line.
    pub(super) fn open_command(&mut self) {
        self.commands.line = Some(Line::new());
        self.dirty = true;
    }

    /// Closes the line; what stands on it is remembered.
    pub(super) fn close_command(&mut self) {
        let Some(line) = self.commands.line.take() else { return };
        let text = line.field.text();
        if !text.is_empty() {
            let history = &mut self.commands.history;
            history.retain(|old| *old != text);
            history.push(text);
            let over = history.len().saturating_sub(REMEMBERED);
            history.drain(..over);
        }
        self.dirty = true;
    }

    /// What can be meant by what stands on the line.
    pub(crate) fn candidates(&self) -> Option<Typed> {
        Some(read(&self.commands.line.as_ref()?.asked()))
    }

    /// A key that is no command of the line itself.
    pub(super) fn command_key(&mut self, key: KeyPress) -> bool {
        let Some(line) = &mut self.commands.line else { return false };
        // Taking back the colon leaves the line.
        if key.code == KeyCode::Backspace && line.field.area.lines().iter().all(String::is_empty) {
            self.close_command();
            return true;
        }
        line.completing = None;
        line.field.key(key)
    }

    /// A pasted text.
    pub(super) fn command_paste(&mut self, text: &str) -> bool {
        let Some(line) = &mut self.commands.line else { return false };
        line.completing = None;
        line.field.paste(text);
        true
    }

    /// A command key of the line, other than running it.
    pub(super) fn command_action(&mut self, action: Action) {
        match action {
            Action::Keep => return self.close_command(),
            Action::Complete => return self.complete(),
            _ => {}
        }
        let history = &self.commands.history;
        let Some(line) = &mut self.commands.line else { return };
        let back = match action {
            Action::Older => (line.back + 1).min(history.len()),
            Action::Newer => line.back.saturating_sub(1),
            _ => return,
        };
        if back == line.back {
            return;
        }
        if line.back == 0 {
            line.typed = line.field.text();
        }
        line.back = back;
        line.completing = None;
        let text = match back {
            0 => line.typed.clone(),
            back => history.get(history.len() - back).cloned().unwrap_or_default(),
        };
        line.put(&text);
        self.dirty = true;
    }

    /// Tab: the first candidate, then the next.
    fn complete(&mut self) {
        let lang = self.look.lang;
        let Some(line) = &mut self.commands.line else { return };
        let (asked, turns) = line.completing.take().unwrap_or_else(|| (line.field.text(), 0));
        let typed = read(&asked);
        if typed.rest.is_empty()
            && let Some(name) = typed.names.get(turns % typed.names.len().max(1))
        {
            let blank = if argument(*name).is_some() { " " } else { "" };
            line.put(&format!("{}{blank}", name.text(lang)));
            line.completing = Some((asked, turns + 1));
            self.dirty = true;
        }
    }

    /// Enter: runs what is meant, or says what can be meant; the line stays open then.
    pub(super) fn run_command(&mut self, at: Duration, key: KeyPress) {
        let lang = self.look.lang;
        let Some(line) = &self.commands.line else { return };
        let text = line.field.text();
        if text.is_empty() {
            return self.close_command();
        }
        let typed = read(&text);
        let Some(name) = typed.names.first().copied().filter(|_| typed.clear) else {
            let word = text::fold_full_width(&text).to_lowercase();
            let (msg, near) = match typed.names.as_slice() {
                [] => (Msg::CmdUnknown, nearest(&word)),
                several => (Msg::CmdSeveral, several.to_vec()),
            };
            let near = listed(&near, lang);
            return self.say_of_command(Tone::Warn, msg.fill(lang, &[("typed", &text), ("near", &near)]));
        };
        match (goal(name), typed.rest.as_str()) {
            (Goal::Do(action), _) => self.run_action(at, name, action, key),
            (Goal::Tab(tab), _) => {
                if !self.needs_link() {
                    self.close_command();
                    self.leave_all();
                    self.enter_tab(tab);
                }
            }
            (Goal::Application, rest) => match rest.parse() {
                Ok(id) => self.jump_to(id),
                Err(_) => self.say_of_command(Tone::Warn, Msg::CmdNeedsId.text(lang)),
            },
            (Goal::Rules, "") => self.say_of_command(Tone::Warn, Msg::CmdNeedsRule.text(lang)),
            (Goal::Rules, rest) => {
                if !self.needs_link() {
                    self.close_command();
                    self.show_rules(rule_named(rest));
                }
            }
            (Goal::Students, "") => self.run_action(at, name, Action::Students, key),
            (Goal::Students, who) => {
                if !self.needs_link() {
                    self.close_command();
                    self.leave_all();
                    self.look_for(who);
                }
            }
            (Goal::Alerts, rest) => match rest.parse() {
                Err(_) if !rest.is_empty() => self.say_of_command(Tone::Warn, Msg::CmdArgItem.text(lang)),
                item => {
                    self.close_command();
                    self.leave_all();
                    self.open_alerts(item.ok());
                }
            },
            (Goal::Inquiry(kind), _) => {
                self.close_command();
                self.open_inquiry(kind);
            }
            (goal @ (Goal::Drafts | Goal::Unfiled), _) => {
                if !self.needs_link() {
                    self.close_command();
                    self.leave_all();
                    if goal == Goal::Drafts { self.open_drafts() } else { self.open_unfiled() }
                }
            }
            (Goal::Today, rest) => self.move_clock(name, rest),
            (Goal::Account, "") => {
                self.close_command();
                self.open_accounts();
            }
            (Goal::Account, account) => {
                if self.for_exercise(name) && !self.needs_link() {
                    self.close_command();
                    self.flush_draft();
                    let account = account.into();
                    self.send(Request::Query(Query::SwitchAccount { account }), Purpose::Switch);
                }
            }
        }
    }

    fn say_of_command(&mut self, tone: Tone, line: impl Into<String>) {
        self.note = Some(Note::new(tone, line));
        self.dirty = true;
    }

    /// What a key does, done by name where that key means something.
    fn run_action(&mut self, at: Duration, name: Name, action: Action, key: KeyPress) {
        let lang = self.look.lang;
        let under = self.under();
        if ![under, Scope::Any].iter().any(|scope| action.scopes().contains(scope)) {
            return self.say_of_command(Tone::Warn, Msg::CmdNotHere.fill(lang, &[("name", name.text(lang))]));
        }
        self.close_command();
        // By name as by key: nothing is decided on a case that was not seen.
        if self.guard.drops(at, key, Some(action)) {
            self.say_dropped();
        } else {
            self.act(action, key);
        }
    }

    /// Closes whatever lies on the list; what was typed there is kept.
    pub(super) fn leave_all(&mut self) {
        self.flush_draft();
        let claimed = self.stack.iter().filter_map(|screen| match screen {
            Screen::Case(screen) if screen.claimed => Some(screen.id),
            _ => None,
        });
        for id in claimed.collect::<Vec<_>>() {
            self.release(id);
        }
        self.put_forms_aside();
        self.dirty = true;
    }

    fn jump_to(&mut self, id: ApplicationId) {
        if self.needs_link() {
            return;
        }
        self.close_command();
        self.leave_all();
        self.stack.push(Screen::Case(CaseScreen { id, case: None, scroll: 0, claimed: false }));
        self.ask_case(id, CaseWhy::Open(None));
    }

    fn show_rules(&mut self, asked: String) {
        self.send(Request::Query(Query::Rules { rule: asked.clone() }), Purpose::Rules(asked.clone()));
        self.stack.push(Screen::Rules(RulesScreen { asked, rules: None, scroll: 0 }));
        self.dirty = true;
    }

    fn move_clock(&mut self, name: Name, rest: &str) {
        if !self.for_exercise(name) || self.needs_link() {
            return;
        }
        let day = parse_day(rest).map(|day| day.to_string());
        let Ok(at) = day.as_deref().unwrap_or(&rest.to_uppercase()).parse::<Stamp>() else {
            return self.say_of_command(Tone::Warn, Msg::CmdNeedsDay.text(self.look.lang));
        };
        self.close_command();
        self.send(Request::Write(Command::ExerciseToday { at }), Purpose::Today);
    }

    /// Whether this is an exercise store; says so if it is not.
    fn for_exercise(&mut self, name: Name) -> bool {
        let exercise = self.me.as_ref().is_some_and(|me| me.exercise);
        if !exercise {
            let lang = self.look.lang;
            self.say_of_command(Tone::Warn, Msg::CmdExercise.fill(lang, &[("name", name.text(lang))]));
        }
        exercise
    }
}
