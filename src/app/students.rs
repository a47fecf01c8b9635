//! Screen 2: finding students while one types. Questions are numbered and paced; an answer to an older question than
//! the last one changes nothing.

use super::App;
use super::field::Field;
use super::input::Effect;
use super::outbox::Purpose;
use super::pick::moved;
use super::screen::Screen;
use crate::keymap::{Action, KeyPress};
use crate::model::StudentId;
use crate::wire::{Query, Request, StudentBrief};
use std::time::Duration;

/// The shortest time between two questions.
const PACE: Duration = Duration::from_millis(80);

/// How many are asked for.
pub(crate) const MOST_FOUND: u32 = 60;

/// The search.
#[derive(Debug, Clone)]
pub(crate) struct Search {
    pub(crate) field: Field,
    /// Who was found for `shown`.
    pub(crate) found: Vec<StudentBrief>,
    pub(crate) shown: String,
    pub(crate) picked: usize,
    /// Kept to be laid beside the one who is found.
    pub(crate) beside: Option<(StudentId, String)>,
    /// Marked, to transfer together; they stay marked whatever is searched for next.
    pub(crate) marked: Vec<StudentBrief>,
    /// What was asked last, under which number; none when that is to be asked again.
    asked: Option<String>,
    number: u64,
    last: Option<Duration>,
    due: Option<Duration>,
}

impl Search {
    fn new(text: &str) -> Search {
        Search {
            field: Field::line(text),
            found: Vec::new(),
            shown: String::new(),
            picked: 0,
            beside: None,
            marked: Vec::new(),
            asked: None,
            number: 0,
            last: None,
            due: None,
        }
    }

    /// Empty again, as if nothing had been searched for; marks stay.
    pub(super) fn clear(&mut self) {
        let (number, marked) = (self.number + 1, std::mem::take(&mut self.marked));
        *self = Search { number, marked, ..Search::new("") };
    }

    /// What was asked is not answered any more.
    pub(super) fn ask_again(&mut self) {
        self.asked = None;
        self.number += 1;
    }
}

impl App {
    /// Opens the search, with what stood in it when it was last left. What lies above it is left.
    pub(super) fn open_students(&mut self) {
        self.dirty = true;
        if self.stack.iter().any(|screen| matches!(screen, Screen::Students(_))) {
            while !matches!(self.stack.last(), Some(Screen::Students(_)) | None) {
                self.close_top();
            }
        } else {
            self.close_all();
            let search = Search::new(&std::mem::take(&mut self.left_search));
            self.stack.push(Screen::Students(Box::new(search)));
        }
    }

    /// Opens the search on this text, and the record of the one student who fits it.
    pub(super) fn look_for(&mut self, text: &str) {
        self.open_students();
        if let Some(Screen::Students(search)) = self.stack.last_mut() {
            search.field = Field::line(text);
            search.ask_again();
        }
        self.ask_students(true);
    }

    /// Leaves everything that lies on the queue.
    pub(super) fn close_all(&mut self) {
        while !self.stack.is_empty() {
            self.close_top();
        }
    }

    /// A command key in the search.
    pub(super) fn search_action(&mut self, action: Action) {
        let page = usize::try_from(self.list_height()).unwrap_or(1).saturating_sub(1).max(1);
        let Some(Screen::Students(search)) = self.stack.last_mut() else { return };
        match action {
            // Whoever was kept to be laid beside another is not lost with the search for that one.
            Action::Back if search.beside.is_some() => {
                if let Some((id, _)) = search.beside.take() {
                    self.open_student(id, None);
                }
            }
            Action::Back => {
                self.left_search = search.field.text();
                self.close_top();
            }
            Action::Mark => self.mark_student(),
            Action::Together => self.start_together(),
            Action::Open if search.shown == search.field.text() => self.open_picked(),
            Action::Open => self.ask_students(true),
            action => {
                let before = search.picked;
                search.picked = moved(before, search.found.len(), action, page);
                self.dirty |= search.picked != before;
            }
        }
    }

    fn open_picked(&mut self) {
        if self.needs_link() {
            return;
        }
        let Some(Screen::Students(search)) = self.stack.last_mut() else { return };
        let Some(picked) = search.found.get(search.picked) else { return };
        let (id, beside) = (picked.id, search.beside.take());
        self.open_student(id, beside.map(|(beside, _)| beside));
    }

    /// A key that is no command.
    pub(super) fn search_key(&mut self, key: KeyPress) -> bool {
        match self.stack.last_mut() {
            Some(Screen::Students(search)) => search.field.key(key),
            _ => false,
        }
    }

    /// Asks when something else stands in the field and the last question is long enough ago.
    pub(super) fn tend_search(&mut self, at: Duration) {
        let up = self.link == super::Link::Up;
        let Some(Screen::Students(search)) = self.stack.last_mut() else { return };
        let text = search.field.text();
        if search.asked.as_ref() == Some(&text) || !up {
            return;
        }
        if text.is_empty() {
            search.ask_again();
            search.asked = Some(text);
            (search.found, search.shown, search.picked) = (Vec::new(), String::new(), 0);
            return;
        }
        let due = search.last.map_or(at, |last| last + PACE);
        if at >= due {
            (search.last, search.due) = (Some(at), None);
            self.ask_students(false);
        } else if search.due != Some(due) {
            search.due = Some(due);
            self.out.push(Effect::WakeAt(due));
        }
    }

    /// Asks for what stands in the field; `open` is whether the one who is found is to be opened.
    fn ask_students(&mut self, open: bool) {
        if self.link != super::Link::Up {
            self.needs_link();
            return;
        }
        let Some(Screen::Students(search)) = self.stack.last_mut() else { return };
        let text = search.field.text();
        search.number += 1;
        search.asked = Some(text.clone());
        let purpose = Purpose::Search(search.number, open);
        self.send(Request::Query(Query::FindStudents { text, count: MOST_FOUND }), purpose);
    }

    /// Students came for question `number`.
    pub(super) fn got_found(&mut self, number: u64, open: bool, found: Vec<StudentBrief>) {
        let search = self.stack.iter_mut().find_map(|screen| match screen {
            Screen::Students(search) => Some(search),
            _ => None,
        });
        let Some(search) = search.filter(|search| search.number == number) else { return };
        // Whoever is pointed at stays pointed at as long as he is there.
        let picked = search.found.get(search.picked).map(|one| one.id).filter(|_| search.picked > 0);
        search.picked = found.iter().position(|one| Some(one.id) == picked).unwrap_or(0);
        search.found = found;
        search.shown = search.asked.clone().unwrap_or_default();
        let one = search.found.len() == 1;
        // Of several nobody is opened before they were seen.
        if open && one && matches!(self.stack.last(), Some(Screen::Students(_))) {
            self.open_picked();
        }
    }
}
