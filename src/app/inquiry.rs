//! The two queries of Art. 20 as forms: the counter's look-up for a student or guardian, and the verification of a
//! graduation. Both are journalled with who asks and why; what is refused the server refuses.

use super::App;
use super::field::Field;
use super::note::{Note, Tone};
use super::outbox::Purpose;
use super::screen::Screen;
use super::words;
use crate::catalogue::{Lang, Msg, NationalText as Text};
use crate::keymap::{Action, KeyPress};
use crate::model::{Command, Inquire, Status, StudentId, VerifyCertificate};
use crate::text;
use crate::wire::{Query, Request, StudentBrief};
use serde_json::Value;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InquiryKind {
    /// 查询: the own registration.
    Counter,
    /// 验证: yes or no.
    Verify,
}

/// A form, and the answer once it is there.
#[derive(Debug, Clone)]
pub(crate) struct InquiryForm {
    pub(crate) kind: InquiryKind,
    pub(crate) fields: Vec<Field>,
    pub(crate) at: usize,
    /// The sentence that answers, then label and value of what is told.
    pub(crate) answer: Option<(String, Vec<(&'static str, String)>)>,
}

const COUNTER: [Text; 6] =
    [Text::AskName, Text::AskNumber, Text::AskRequester, Text::AskRelation, Text::AskProof, Text::AskPurpose];
const VERIFY: [Text; 3] = [Text::AskName, Text::AskCertificate, Text::AskVerifyPurpose];

impl InquiryForm {
    fn new(kind: InquiryKind) -> InquiryForm {
        let fields = labels(kind).iter().map(|_| Field::line("")).collect();
        InquiryForm { kind, fields, at: 0, answer: None }
    }

    /// The heading and what is said below it.
    pub(crate) fn title(&self, lang: Lang) -> (&'static str, &'static str) {
        let (title, hint) = match self.kind {
            InquiryKind::Counter => (Text::InquireTitle, Text::InquireHint),
            InquiryKind::Verify => (Text::VerifyTitle, Text::VerifyHint),
        };
        (title.text(lang), hint.text(lang))
    }

    /// Labels and fields.
    pub(crate) fn rows(&self, lang: Lang) -> Vec<(&'static str, &Field)> {
        labels(self.kind).iter().map(|label| label.text(lang)).zip(&self.fields).collect()
    }

    pub(super) fn has_typed(&self) -> bool {
        self.answer.is_none() && self.fields.iter().any(|field| !field.is_empty())
    }

    fn text(&self, at: usize) -> String {
        self.fields.get(at).map(Field::text).unwrap_or_default()
    }
}

fn labels(kind: InquiryKind) -> &'static [Text] {
    match kind {
        InquiryKind::Counter => &COUNTER,
        InquiryKind::Verify => &VERIFY,
    }
}

impl App {
    /// Opens one of the forms on whatever lies there.
    pub(super) fn open_inquiry(&mut self, kind: InquiryKind) {
        if self.needs_link() {
            return;
        }
        self.stack.push(Screen::Inquiry(Box::new(InquiryForm::new(kind))));
        self.dirty = true;
    }

    fn inquiry(&mut self) -> Option<&mut InquiryForm> {
        match self.stack.last_mut() {
            Some(Screen::Inquiry(form)) => Some(form),
            _ => None,
        }
    }

    /// A command key in one of these forms.
    pub(super) fn inquiry_action(&mut self, action: Action) {
        self.dirty = true;
        let Some(form) = self.inquiry() else { return };
        let last = form.fields.len().saturating_sub(1);
        match action {
            Action::Accept if form.at < last => form.at += 1,
            Action::NextField => form.at = if form.at == last { 0 } else { form.at + 1 },
            Action::PrevField => form.at = form.at.checked_sub(1).unwrap_or(last),
            Action::Accept | Action::Done => self.ask_inquiry(),
            Action::Keep => self.close_top(),
            _ => {}
        }
    }

    fn ask_inquiry(&mut self) {
        let lang = self.look.lang;
        if self.needs_link() {
            return;
        }
        let Some(form) = self.inquiry() else { return };
        form.answer = None;
        match form.kind {
            InquiryKind::Verify => {
                let (name, number, purpose) = (form.text(0), form.text(1), form.text(2));
                let command = Command::VerifyCertificate(VerifyCertificate { number, name, purpose });
                self.send(Request::Write(command), Purpose::Verified);
            }
            InquiryKind::Counter => {
                // His own record and no other: nothing is looked for by a part of a name or number.
                let lacking =
                    [(0, Text::AskName), (1, Text::AskNumber)].into_iter().find(|(at, _)| form.text(*at).is_empty());
                if let Some((at, label)) = lacking {
                    form.at = at;
                    let values = [("field", label.text(lang))];
                    self.note = Some(Note::new(Tone::Warn, Text::InquireWhole.fill(lang, &values)));
                    return;
                }
                let text = number(&form.text(1));
                self.send(Request::Query(Query::FindStudents { text, count: 20 }), Purpose::InquireFind);
            }
        }
    }

    /// Those with the number came: the one whose name and whole number fit is asked for.
    pub(super) fn got_inquired(&mut self, found: &[StudentBrief]) {
        let lang = self.look.lang;
        let Some(form) = self.inquiry() else { return };
        let (name, number) = (form.text(0), number(&form.text(1)));
        let fits = |one: &&StudentBrief| one.name == name && one.id_no == text::mask_id(&number);
        let fitting: Vec<StudentId> = found.iter().filter(fits).map(|one| one.id).collect();
        let Some(student) = fitting.last().copied() else {
            self.note = Some(Note::new(Tone::Refusal, Text::InquireNone.text(lang)));
            return;
        };
        let asked = Inquire {
            student,
            requester: form.text(2),
            relation: form.text(3),
            proof: form.text(4),
            purpose: form.text(5),
        };
        self.send(Request::Write(Command::Inquire(asked)), Purpose::Inquired(number));
    }

    /// The own registration came. A number that fitted by its ends only is nobody's: nothing is shown then.
    pub(super) fn got_inquiry(&mut self, typed: &str, value: &Value) {
        let lang = self.look.lang;
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        if text("id_no") != typed {
            self.note = Some(Note::new(Tone::Refusal, Text::InquireNone.text(lang)));
            return;
        }
        let status =
            serde_json::from_value::<Status>(value["status"].clone()).map(|status| words::status(status, lang));
        let since = [("status", status.unwrap_or_default()), ("day", &text("status_since"))];
        let rows = vec![
            (Msg::LabelName.text(lang), text("name")),
            (Msg::LabelIdNo.text(lang), text("id_no")),
            (Msg::LabelStudentNo.text(lang), text("student_no")),
            (Text::AnswerSchool.text(lang), text("school")),
            (Msg::LabelMajor.text(lang), text("major")),
            (Msg::LabelForm.text(lang), text("study_form")),
            (Msg::LabelEntry.text(lang), text("entry")),
            (Msg::LabelGrad.text(lang), text("planned_grad")),
            (Msg::LabelStatus.text(lang), Text::AnswerSince.fill(lang, &since)),
        ];
        let said = Text::InquireFound.fill(lang, &[("name", &text("name"))]);
        if let Some(form) = self.inquiry() {
            form.answer = Some((said, rows));
        }
    }

    /// Yes or no.
    pub(super) fn got_verified(&mut self, value: &Value) {
        let lang = self.look.lang;
        let msg = if value["match"] == true { Text::VerifyYes } else { Text::VerifyNo };
        if let Some(form) = self.inquiry() {
            form.answer = Some((msg.text(lang).to_owned(), Vec::new()));
        }
    }
}

/// A number as records have it.
fn number(typed: &str) -> String {
    text::fold_full_width(typed).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}

/// A key that is no command. What was answered belongs to what was asked: it goes when something else is typed.
pub(super) fn key(form: &mut InquiryForm, key: KeyPress) -> bool {
    let meant = form.fields.get_mut(form.at).is_some_and(|field| field.key(key));
    if meant {
        form.answer = None;
    }
    meant
}
