//! The school's own to-do: students registered and not filed. Filing (备案) is the school's act and the published list
//! decides; what failed is read field by field and opened to be put right.

use super::App;
use super::deed::Confirm;
use super::note::{Note, Tone};
use super::outbox::Purpose;
use super::pick::moved;
use super::screen::Screen;
use crate::catalogue::EntryMsg;
use crate::keymap::Action;
use crate::model::{Command, StudentId};
use crate::wire::{EntryTodoAsked, EntryTodoRow, EntryTodoView, Query, Request};
use serde_json::Value;
use std::collections::BTreeSet;

/// Rows asked for at once.
const PAGE: u32 = 200;

/// The list.
#[derive(Debug, Clone, Default)]
pub(crate) struct TodoScreen {
    /// None while it is on its way.
    pub(crate) view: Option<EntryTodoView>,
    pub(crate) picked: usize,
    pub(crate) marked: BTreeSet<StudentId>,
}

/// Students to be filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ToFile {
    pub(crate) students: Vec<StudentId>,
    /// Name of the one, where it is one.
    pub(crate) name: String,
}

impl TodoScreen {
    /// The row the cursor is on.
    pub(crate) fn row(&self) -> Option<&EntryTodoRow> {
        self.view.as_ref()?.items.get(self.picked)
    }
}

impl App {
    /// Opens the list.
    pub(super) fn open_unfiled(&mut self) {
        if self.needs_link() {
            return;
        }
        self.flush_draft();
        self.dirty = true;
        self.stack.push(Screen::Unfiled(Box::default()));
        self.ask_unfiled();
    }

    /// Asks for the list again, where it is open.
    pub(super) fn ask_unfiled(&mut self) {
        if self.stack.iter().any(|screen| matches!(screen, Screen::Unfiled(_))) {
            let asked = EntryTodoAsked { school: None, after: None, count: Some(PAGE), stage: false };
            self.send(Request::Query(Query::EntryTodo(asked)), Purpose::Unfiled);
        }
    }

    fn todo_screen(&mut self) -> Option<&mut TodoScreen> {
        self.stack.iter_mut().find_map(|screen| match screen {
            Screen::Unfiled(screen) => Some(&mut **screen),
            _ => None,
        })
    }

    /// The list came, or its next page.
    pub(super) fn got_unfiled(&mut self, mut view: EntryTodoView) {
        let Some(screen) = self.todo_screen() else { return };
        let next = view.next;
        let follows = screen.view.as_ref().and_then(|old| old.next);
        let first = view.items.first().map(|row| row.student);
        if let (Some(old), Some(after), Some(first)) = (screen.view.take(), follows, first)
            && first > after
        {
            let rows = std::mem::replace(&mut view.items, old.items);
            view.items.extend(rows);
        }
        let there: BTreeSet<StudentId> = view.items.iter().map(|row| row.student).collect();
        screen.marked.retain(|id| there.contains(id));
        screen.picked = screen.picked.min(view.items.len().saturating_sub(1));
        screen.view = Some(view);
        if let Some(after) = next {
            let asked = EntryTodoAsked { school: None, after: Some(after), count: Some(PAGE), stage: false };
            self.send(Request::Query(Query::EntryTodo(asked)), Purpose::Unfiled);
        }
    }

    /// A command key in the list.
    pub(super) fn todo_action(&mut self, action: Action) {
        // Title and headings stand above the rows, the reasons of a failure below.
        let area = usize::from(self.size.1).saturating_sub(3);
        let page = area.saturating_sub(2 + area.min(18) / 3).max(1);
        let Some(Screen::Unfiled(screen)) = self.stack.last_mut() else { return };
        self.dirty = true;
        let row = screen.row().cloned();
        let len = screen.view.as_ref().map_or(0, |view| view.items.len());
        match action {
            Action::Back => drop(self.stack.pop()),
            Action::Refresh => {
                if !self.needs_link() {
                    self.ask_unfiled();
                }
            }
            Action::Entry => {
                self.stack.pop();
                self.open_entry();
            }
            Action::Mark => {
                if let Some(row) = row {
                    if !screen.marked.remove(&row.student) {
                        screen.marked.insert(row.student);
                    }
                    screen.picked = moved(screen.picked, len, Action::Down, page);
                }
            }
            Action::MarkAll if !screen.marked.is_empty() => screen.marked.clear(),
            Action::MarkAll => {
                let open = screen.view.iter().flat_map(|view| &view.items).filter(|row| row.todo == "file");
                screen.marked = open.map(|row| row.student).collect();
            }
            Action::Open => {
                if let Some(row) = row
                    && !self.needs_link()
                {
                    let unsettled = row.failure.map(|failure| failure.reasons).unwrap_or_default();
                    self.open_correction(row.student, unsettled);
                }
            }
            Action::FileNow => {
                let students: Vec<StudentId> = if screen.marked.is_empty() {
                    row.iter().map(|row| row.student).collect()
                } else {
                    screen.marked.iter().copied().collect()
                };
                let name = match students.as_slice() {
                    [one] => screen.view.iter().flat_map(|view| &view.items).find(|row| row.student == *one),
                    _ => None,
                };
                let name = name.map(|row| row.name.clone()).unwrap_or_default();
                if !students.is_empty() && !self.needs_link() {
                    self.confirm = Some(Confirm::ToFile(ToFile { students, name }));
                }
            }
            action => screen.picked = moved(screen.picked, len, action, page),
        }
    }

    /// Files the students the clerk has confirmed.
    pub(super) fn file_students(&mut self, of: ToFile) {
        self.send(Request::Write(Command::SubmitFiling { students: of.students }), Purpose::Filed);
    }

    /// What filing came to: how many are filed, and of the first who is not why.
    pub(super) fn got_filed(&mut self, answer: &Value) {
        let lang = self.look.lang;
        let filed = answer["filed"].as_u64().unwrap_or_default().to_string();
        let items = answer["items"].as_array().cloned().unwrap_or_default();
        let bad: Vec<&Value> = items.iter().filter(|item| item["filed"] != true).collect();
        let names = |id: &Value| {
            let view = self.stack.iter().find_map(|screen| match screen {
                Screen::Unfiled(screen) => screen.view.as_ref(),
                _ => None,
            });
            let id = id.as_str().and_then(|id| id.parse::<StudentId>().ok());
            let row = view.and_then(|view| view.items.iter().find(|row| Some(row.student) == id));
            row.map(|row| row.name.clone()).unwrap_or_default()
        };
        self.note = Some(match bad.first() {
            None => Note::new(Tone::Info, EntryMsg::TodoAllFiled.fill(lang, &[("n", &filed)])),
            Some(first) => {
                let name = names(&first["student"]);
                let n = bad.len().to_string();
                let values = [("n", &*filed), ("bad", &*n), ("first", &*name)];
                let mut lines = vec![EntryMsg::TodoSomeFailed.fill(lang, &values)];
                for problem in first["problems"].as_array().into_iter().flatten() {
                    let text = |name: &str| problem[name].as_str().unwrap_or_default().to_owned();
                    lines.push(format!("{}：{}（{}）", text("column"), text("message"), text("rule")));
                }
                if let Some(because) = first["refused"]["because"].as_str() {
                    lines.push(format!("{because}；{}", first["refused"]["remedy"].as_str().unwrap_or_default()));
                }
                Note { tone: Tone::Refusal, lines }
            }
        });
        if let Some(screen) = self.todo_screen() {
            screen.marked.clear();
        }
        self.ask_unfiled();
    }
}
