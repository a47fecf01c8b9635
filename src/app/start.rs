//! A new 休学: find the student, write from when until when and why; the server says what the rules would say before
//! anything is asked to be confirmed.

use super::App;
use super::deed::{Confirm, Deed, What};
use super::field::Field;
use super::note::{Note, Tone};
use super::outbox::{CaseWhy, Purpose};
use super::pick::moved;
use super::screen::{CaseScreen, Screen};
use crate::catalogue::Msg;
use crate::keymap::{Action, KeyCode, KeyPress};
use crate::model::{Day, Details, Kind, Period};
use crate::wire::{PreviewView, Query, Request, StudentBrief};

/// The form. Its fields in order: search, from, until, ground.
#[derive(Debug, Clone)]
pub(crate) struct StartForm {
    pub(crate) fields: [Field; 4],
    pub(crate) at: usize,
    /// Who was found; none before the first search.
    pub(crate) found: Option<Vec<StudentBrief>>,
    pub(crate) picked: usize,
    pub(crate) chosen: Option<StudentBrief>,
    /// What the server said of it as it stands now.
    pub(crate) preview: Option<Box<PreviewView>>,
}

/// Labels of the fields, in their order.
pub(crate) const LABELS: [Msg; 4] = [Msg::FieldStudent, Msg::FieldFrom, Msg::FieldUntil, Msg::FieldGround];

impl StartForm {
    fn new(today: Option<Day>) -> StartForm {
        let from = today.map(|day| day.to_string()).unwrap_or_default();
        StartForm {
            fields: [Field::line(""), Field::line(&from), Field::line(""), Field::line("")],
            at: 0,
            found: None,
            picked: 0,
            chosen: None,
            preview: None,
        }
    }

    pub(super) fn has_typed(&self) -> bool {
        self.chosen.is_some() || [0, 2, 3].into_iter().any(|at: usize| !self.fields[at].is_empty())
    }

    /// Whether the arrows choose among the students found.
    fn choosing(&self) -> bool {
        self.at == 0 && self.chosen.is_none() && self.found.as_ref().is_some_and(|found| !found.is_empty())
    }

    /// What was typed, or which field is wrong and why.
    fn read(&self) -> Result<(StudentBrief, Details), (usize, Msg)> {
        let student = self.chosen.clone().ok_or((0, Msg::StartNoStudent))?;
        let day = |at: usize| parse_day(&self.fields[at].text()).ok_or((at, Msg::StartBadDate));
        let period = Period { from: day(1)?, until: day(2)? };
        let ground = self.fields[3].text();
        if ground.is_empty() {
            return Err((3, Msg::StartNoGround));
        }
        Ok((student, Details::Suspension { period, ground }))
    }
}

/// `2025-10-20` or `20251020`, in whatever width the digits were typed.
pub(super) fn parse_day(text: &str) -> Option<Day> {
    let text: String = text.chars().map(crate::text::fold_key).collect();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    text.parse().ok().or_else(|| {
        let plain = digits.len() == 8 && digits == text;
        plain.then(|| Day::parse_from_str(&text, "%Y%m%d").ok()).flatten()
    })
}

impl App {
    /// Opens the form, with what was typed when it was last left.
    pub(super) fn open_start(&mut self) {
        self.dirty = true;
        let today = self.me.as_ref().map(|me| me.now.day());
        let form = self.left_start.take().unwrap_or_else(|| Box::new(StartForm::new(today)));
        self.stack.push(Screen::Start(form));
    }

    /// A command key in the form.
    pub(super) fn start_action(&mut self, action: Action, key: KeyPress) {
        self.dirty = true;
        let page = self.list_height() as usize;
        let Some(Screen::Start(form)) = self.stack.last_mut() else { return };
        let last = form.fields.len() - 1;
        match action {
            Action::NextField | Action::PrevField if form.choosing() && key.code != KeyCode::Tab => {
                let step = if action == Action::NextField { Action::Down } else { Action::Up };
                form.picked = moved(form.picked, form.found.as_ref().map_or(0, Vec::len), step, page);
            }
            Action::Accept if form.choosing() => {
                form.chosen = form.found.as_ref().and_then(|found| found.get(form.picked)).cloned();
                form.at = 1;
            }
            Action::Accept if form.at == 0 && form.chosen.is_none() => self.find_students(),
            Action::Accept if form.at < last => form.at += 1,
            Action::NextField => form.at = (form.at + 1) % form.fields.len(),
            Action::PrevField => form.at = (form.at + last) % form.fields.len(),
            Action::Accept | Action::Done => self.start_preview(),
            Action::Keep => {
                if let Some(Screen::Start(form)) = self.stack.pop()
                    && form.has_typed()
                {
                    self.left_start = Some(form);
                    self.note = Some(Note::new(Tone::Info, Msg::Kept.text(self.look.lang)));
                }
            }
            _ => {}
        }
    }

    fn find_students(&mut self) {
        let Some(Screen::Start(form)) = self.stack.last() else { return };
        let text = form.fields[0].text();
        if text.is_empty() {
            self.note = Some(Note::new(Tone::Info, Msg::StartFindHint.text(self.look.lang)));
        } else if !self.needs_link() {
            self.send(Request::Query(Query::FindStudents { text, count: 20 }), Purpose::Find);
        }
    }

    /// Students came.
    pub(super) fn got_students(&mut self, found: Vec<StudentBrief>) {
        let Some(Screen::Start(form)) = self.stack.last_mut() else { return };
        if found.is_empty() {
            self.note = Some(Note::new(Tone::Warn, Msg::StartNone.text(self.look.lang)));
        }
        form.picked = 0;
        form.found = Some(found);
    }

    fn start_preview(&mut self) {
        let lang = self.look.lang;
        let Some(Screen::Start(form)) = self.stack.last_mut() else { return };
        match form.read() {
            Err((at, msg)) => {
                form.at = at;
                let text = msg.fill(lang, &[("field", LABELS[at].text(lang))]);
                self.note = Some(Note::new(Tone::Warn, text));
            }
            Ok((student, details)) => {
                if !self.needs_link() {
                    let query = Query::Preview { student: student.id, details };
                    self.send(Request::Query(query), Purpose::Preview);
                }
            }
        }
    }

    /// What the rules would say came: refused, or to be confirmed.
    pub(super) fn got_preview(&mut self, preview: PreviewView) {
        let lang = self.look.lang;
        let Some(Screen::Start(form)) = self.stack.last_mut() else { return };
        let read = form.read();
        let refused = preview.refused.clone();
        form.preview = Some(Box::new(preview));
        match (refused, read) {
            (Some(finding), _) => self.note = Some(Note::refusal(&finding, lang)),
            (None, Ok((student, details))) => {
                let what = What::Start(student.id, details);
                let deed = Deed { what, on: None, student: student.name, kind: Kind::Suspension, school: true };
                self.confirm = Some(Confirm::Deed(Box::new(deed)));
            }
            (None, Err(_)) => {}
        }
    }

    /// The application was made: it opens.
    pub(super) fn started(&mut self, value: &serde_json::Value) {
        let lang = self.look.lang;
        if matches!(self.stack.last(), Some(Screen::Start(_))) {
            self.stack.pop();
        }
        self.left_start = None;
        let id = value.get("id").or_else(|| value.get("application")).and_then(|id| id.as_str());
        if let Some(id) = id.and_then(|id| id.parse().ok()) {
            let id: crate::model::ApplicationId = id;
            self.note = Some(Note::new(Tone::Info, Msg::DoneStart.fill(lang, &[("id", &id.to_string())])));
            self.stack.push(Screen::Case(CaseScreen { id, case: None, scroll: 0, claimed: false }));
            self.ask_case(id, CaseWhy::Open(None));
        }
        self.refresh();
    }

    /// A key that is no command.
    pub(super) fn start_key(&mut self, key: KeyPress) -> bool {
        let Some(Screen::Start(form)) = self.stack.last_mut() else { return false };
        let at = form.at;
        let before = form.fields[at].text();
        let meant = form.fields[at].key(key);
        if form.fields[at].text() != before {
            form.changed(at);
        }
        meant
    }
}

impl StartForm {
    /// What was said of the form holds no longer; another search means another student.
    pub(super) fn changed(&mut self, at: usize) {
        self.preview = None;
        if at == 0 {
            self.found = None;
            self.chosen = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parse_day;

    #[test]
    fn days_are_read_in_both_forms_and_widths() {
        for text in ["2025-10-20", "20251020", "２０２５１０２０", "２０２５－１０－２０"] {
            assert_eq!(parse_day(text).map(|day| day.to_string()).as_deref(), Some("2025-10-20"), "{text}");
        }
        for text in ["", "2025-02-30", "251020", "10-20", "2025102", "a20251020"] {
            assert_eq!(parse_day(text), None, "{text}");
        }
    }
}
