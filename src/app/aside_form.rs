//! Short forms beside the decisions: parking, handing over, who stands in for me, the name of a saved limit.

use super::deed::{Confirm, Deed, What};
use super::drafts::Plain;
use super::field::Field;
use super::note::{Note, Tone};
use super::outbox::Purpose;
use super::pick::{moved, turns};
use super::screen::Screen;
use super::start_entry::parse_day;
use super::{App, words};
use crate::catalogue::{AsideMsg, Lang, Msg};
use crate::keymap::{Action, KeyPress};
use crate::model::{ApplicationId, Command, Day, DropSubstitute, Substitute};
use crate::wire::{CaseView, Colleague, Query, Request, SubstituteRow};

/// What is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AsideKind {
    /// 搁置
    Park,
    /// 转交
    HandOver,
    /// 代办
    Substitute,
    /// The name of a limit to be saved.
    SaveLimit,
}

impl AsideKind {
    fn labels(self) -> &'static [AsideMsg] {
        match self {
            AsideKind::Park => &[AsideMsg::FieldUntil, AsideMsg::FieldWhy],
            AsideKind::HandOver => &[AsideMsg::FieldTo, AsideMsg::FieldNote],
            AsideKind::Substitute => &[AsideMsg::FieldWho, AsideMsg::FieldFrom, AsideMsg::FieldTill],
            AsideKind::SaveLimit => &[AsideMsg::FieldName],
        }
    }

    /// Whether the first field is chosen, not typed.
    pub(crate) fn chooses(self) -> bool {
        matches!(self, AsideKind::HandOver | AsideKind::Substitute)
    }
}

/// One of these forms.
#[derive(Debug, Clone)]
pub(crate) struct AsideForm {
    pub(crate) kind: AsideKind,
    /// The case it is about, with the revision the reader saw.
    deed: Option<Deed>,
    pub(crate) fields: Vec<Field>,
    pub(crate) at: usize,
    /// Whom the first field can be chosen from; none while they are on their way.
    pub(crate) colleagues: Option<Vec<Colleague>>,
    pub(crate) picked: usize,
    /// What is arranged already.
    pub(crate) arranged: Vec<SubstituteRow>,
}

impl AsideForm {
    fn new(kind: AsideKind, deed: Option<Deed>) -> AsideForm {
        let fields = kind.labels().iter().map(|_| Field::line("")).collect();
        AsideForm { kind, deed, fields, at: 0, colleagues: None, picked: 0, arranged: Vec::new() }
    }

    /// Slot of its draft, and what was typed; the name of a limit is no draft.
    pub(super) fn draft(&self) -> Option<(String, Option<String>)> {
        let (id, _) = self.deed.as_ref()?.on?;
        let kind = match self.kind {
            AsideKind::Park => "park",
            AsideKind::HandOver => "hand-over",
            AsideKind::Substitute | AsideKind::SaveLimit => return None,
        };
        let texts = self.fields.iter().map(Field::text).collect();
        Some((format!("aside:{id}:{kind}"), Plain { at: self.at, texts }.text(self.has_typed())))
    }

    /// Takes a draft up.
    pub(super) fn take_plain(&mut self, plain: &Plain) -> bool {
        let first = usize::from(self.kind.chooses());
        for (field, text) in self.fields.iter_mut().zip(&plain.texts).skip(first) {
            *field = Field::line(text);
        }
        self.at = plain.at.min(self.fields.len().saturating_sub(1));
        plain.texts.len() == self.fields.len()
    }

    /// The heading.
    pub(crate) fn title(&self, app: &App) -> String {
        let lang = app.look.lang;
        let msg = match self.kind {
            AsideKind::Park => AsideMsg::FormPark,
            AsideKind::HandOver => AsideMsg::FormHandOver,
            AsideKind::Substitute => AsideMsg::FormSubstitute,
            AsideKind::SaveLimit => {
                let what = app.queue.narrow.words(lang).unwrap_or_default();
                return AsideMsg::FormSaveLimit.fill(lang, &[("what", &what)]);
            }
        };
        let (student, kind) =
            self.deed.as_ref().map_or((String::new(), ""), |deed| (deed.student.clone(), words::kind(deed.kind, lang)));
        msg.fill(lang, &[("student", &student), ("kind", kind)])
    }

    /// What to know for it.
    pub(crate) fn hint(&self) -> Option<AsideMsg> {
        match self.kind {
            AsideKind::Park => Some(AsideMsg::HintPark),
            AsideKind::HandOver => None,
            AsideKind::Substitute => Some(AsideMsg::HintSubstitute),
            AsideKind::SaveLimit => Some(AsideMsg::HintName),
        }
    }

    /// Labels and fields, as far as they are typed.
    pub(crate) fn rows(&self, lang: Lang) -> Vec<(&'static str, &Field)> {
        self.kind.labels().iter().map(|label| label.text(lang)).zip(&self.fields).collect()
    }

    /// Whether this form is about a case.
    pub(crate) fn on_case(&self) -> bool {
        self.deed.is_some()
    }

    pub(super) fn has_typed(&self) -> bool {
        let typed = if self.kind.chooses() { &self.fields[1..] } else { &self.fields[..] };
        // The first day of a substitution is filled in beforehand.
        let typed = if self.kind == AsideKind::Substitute { &typed[1..] } else { typed };
        typed.iter().any(|field| !field.is_empty())
    }

    fn application(&self) -> Option<ApplicationId> {
        self.deed.as_ref().and_then(|deed| deed.on).map(|(id, _)| id)
    }

    fn text(&self, at: usize) -> String {
        self.fields.get(at).map(Field::text).unwrap_or_default()
    }

    fn colleague(&self) -> Option<&Colleague> {
        self.colleagues.as_ref()?.get(self.picked)
    }

    fn show_picked(&mut self) {
        let name = self.colleague().map(|one| one.name.clone()).unwrap_or_default();
        if let Some(field) = self.fields.first_mut() {
            *field = Field::line(&name);
        }
    }
}

impl App {
    /// Opens the form for parking, or asks whether a parked case is to be taken up again.
    pub(super) fn open_park(&mut self, case: &CaseView) {
        if case.parked.is_some() {
            self.confirm = Some(Confirm::Deed(Box::new(Deed::on_case(What::Resume, case))));
        } else {
            self.push_aside(AsideKind::Park, Some(Deed::on_case(What::Resume, case)));
        }
    }

    /// Opens the form for handing over; to whom is asked of the server.
    pub(super) fn open_hand_over(&mut self, case: &CaseView) {
        self.push_aside(AsideKind::HandOver, Some(Deed::on_case(What::Resume, case)));
        let query = Query::Colleagues { application: Some(case.id) };
        self.send(Request::Query(query), Purpose::Colleagues);
    }

    /// Opens the form for who stands in for me.
    pub(super) fn open_substitute(&mut self) {
        if self.needs_link() {
            return;
        }
        self.push_aside(AsideKind::Substitute, None);
        let today = self.me.as_ref().map(|me| me.now.day().to_string()).unwrap_or_default();
        if let Some(Screen::Aside(form)) = self.stack.last_mut()
            && form.text(1).is_empty()
            && form.text(2).is_empty()
        {
            form.fields[1] = Field::line(&today);
        }
        self.send(Request::Query(Query::Colleagues { application: None }), Purpose::Colleagues);
        self.send(Request::Query(Query::Substitutes {}), Purpose::Substitutes);
    }

    /// Opens the form for the name of the limit in force.
    pub(super) fn open_save_limit(&mut self) {
        self.dirty = true;
        if self.queue.narrow.is_on() {
            self.push_aside(AsideKind::SaveLimit, None);
        } else {
            let text = AsideMsg::LimitNoneToSave.text(self.look.lang);
            self.note = Some(Note::new(Tone::Info, text));
        }
    }

    /// Opens a form, with what was typed the last time it was left.
    fn push_aside(&mut self, kind: AsideKind, deed: Option<Deed>) {
        self.dirty = true;
        let mut form = AsideForm::new(kind, deed);
        match self.left_aside.take() {
            Some(left) if left.kind == kind && left.application() == form.application() => form.fields = left.fields,
            other => self.left_aside = other,
        }
        self.stack.push(Screen::Aside(Box::new(form)));
    }

    /// Colleagues came.
    pub(super) fn got_colleagues(&mut self, rows: Vec<Colleague>) {
        let Some(Screen::Aside(form)) = self.stack.last_mut() else { return };
        if rows.is_empty() {
            self.stack.pop();
            self.note = Some(Note::new(Tone::Warn, AsideMsg::NoColleague.text(self.look.lang)));
            return;
        }
        let before = form.text(0);
        form.picked = rows.iter().position(|one| one.name == before).unwrap_or(0);
        form.colleagues = Some(rows);
        form.show_picked();
    }

    /// What is arranged came.
    pub(super) fn got_substitutes(&mut self, rows: Vec<SubstituteRow>) {
        if let Some(Screen::Aside(form)) = self.stack.last_mut() {
            form.arranged = rows;
        }
    }

    /// A command key in one of these forms.
    pub(super) fn aside_action(&mut self, action: Action, key: KeyPress) {
        self.dirty = true;
        let Some(Screen::Aside(form)) = self.stack.last_mut() else { return };
        let last = form.fields.len() - 1;
        match action {
            Action::NextField | Action::PrevField if form.at == 0 && form.kind.chooses() && !turns(key) => {
                let way = if action == Action::NextField { Action::Down } else { Action::Up };
                let len = form.colleagues.as_ref().map_or(0, Vec::len);
                form.picked = moved(form.picked, len, way, 1);
                form.show_picked();
            }
            Action::Accept if form.at < last => form.at += 1,
            Action::NextField => form.at = (form.at + 1) % form.fields.len(),
            Action::PrevField => form.at = (form.at + last) % form.fields.len(),
            Action::Accept | Action::Done => self.aside_done(),
            Action::Keep => {
                self.flush_draft();
                if let Some(Screen::Aside(form)) = self.stack.pop()
                    && form.has_typed()
                {
                    self.left_aside = Some(form);
                    self.note = Some(Note::new(Tone::Info, Msg::Kept.text(self.look.lang)));
                }
            }
            _ => {}
        }
    }

    /// A key that is no command; what is chosen is not typed.
    pub(super) fn aside_key(&mut self, key: KeyPress) -> bool {
        let Some(Screen::Aside(form)) = self.stack.last_mut() else { return false };
        let chosen = form.at == 0 && form.kind.chooses();
        !chosen && form.fields.get_mut(form.at).is_some_and(|field| field.key(key))
    }

    /// A pasted text.
    pub(super) fn aside_paste(&mut self, text: &str) -> bool {
        let Some(Screen::Aside(form)) = self.stack.last_mut() else { return false };
        let chosen = form.at == 0 && form.kind.chooses();
        !chosen && form.fields.get_mut(form.at).is_some_and(|field| field.paste(text))
    }

    /// What is wrong with a field is said, with the caret in it.
    fn aside_lacks(&mut self, at: usize, msg: AsideMsg) {
        let lang = self.look.lang;
        let Some(Screen::Aside(form)) = self.stack.last_mut() else { return };
        form.at = at;
        let label = form.kind.labels().get(at).map_or("", |label| label.text(lang));
        self.note = Some(Note::new(Tone::Warn, msg.fill(lang, &[("field", label)])));
    }

    fn aside_done(&mut self) {
        let Some(Screen::Aside(form)) = self.stack.last().cloned() else { return };
        let day = |at: usize| -> Result<Day, (usize, AsideMsg)> {
            let text = form.text(at);
            let lacks = if text.is_empty() { AsideMsg::NeedText } else { AsideMsg::BadDay };
            parse_day(&text).ok_or((at, lacks))
        };
        let made = match form.kind {
            AsideKind::Park => day(0).and_then(|until| match form.text(1) {
                why if why.is_empty() => Err((1, AsideMsg::NeedText)),
                why => Ok(What::Park(until, why)),
            }),
            AsideKind::HandOver => match form.colleague() {
                Some(to) => Ok(What::HandOver(to.id.clone(), to.name.clone(), form.text(1))),
                None => Err((0, AsideMsg::NeedText)),
            },
            AsideKind::Substitute => return self.substitute_done(&form, day),
            AsideKind::SaveLimit => return self.save_limit_done(&form.text(0)),
        };
        match (made, &form.deed) {
            (Ok(what), Some(deed)) => self.confirm = Some(Confirm::Deed(Box::new(Deed { what, ..deed.clone() }))),
            (Ok(_), None) => {}
            (Err((at, msg)), _) => self.aside_lacks(at, msg),
        }
    }

    fn substitute_done(&mut self, form: &AsideForm, day: impl Fn(usize) -> Result<Day, (usize, AsideMsg)>) {
        let lang = self.look.lang;
        let Some(who) = form.colleague().cloned() else { return self.aside_lacks(0, AsideMsg::NeedText) };
        if self.needs_link() {
            return;
        }
        if form.text(1).is_empty() && form.text(2).is_empty() {
            let said = AsideMsg::SubstituteDropped.fill(lang, &[("name", &who.name)]);
            let command = Command::DropSubstitute(DropSubstitute { who: who.id, on_behalf: None });
            return self.send(Request::Write(command), Purpose::Arranged(said));
        }
        match day(1).and_then(|from| Ok((from, day(2)?))) {
            Err((at, msg)) => self.aside_lacks(at, msg),
            Ok((from, until)) => {
                let (first, last) = (from.to_string(), until.to_string());
                let values = [("name", who.name.as_str()), ("from", &first), ("until", &last)];
                let said = AsideMsg::SubstituteSet.fill(lang, &values);
                let command = Command::Substitute(Substitute { who: who.id, on_behalf: None, from, until });
                self.send(Request::Write(command), Purpose::Arranged(said));
            }
        }
    }

    fn save_limit_done(&mut self, name: &str) {
        if name.is_empty() {
            return self.aside_lacks(0, AsideMsg::NeedText);
        }
        if self.needs_link() {
            return;
        }
        let said = AsideMsg::LimitSavedAs.fill(self.look.lang, &[("name", name)]);
        let command = Command::SaveView { name: name.to_owned(), limit: self.queue.narrow.limit.clone() };
        self.send(Request::Write(command), Purpose::Arranged(said));
    }

    /// What was arranged is done: its form closes, and so does the choice of limits below it, which is old now.
    pub(super) fn arranged(&mut self, said: String) {
        if matches!(self.stack.last(), Some(Screen::Aside(_))) {
            self.stack.pop();
        }
        self.left_aside = None;
        self.note = Some(Note::new(Tone::Info, said));
        if matches!(self.stack.last(), Some(Screen::Limits(_))) {
            self.stack.pop();
            self.open_limits();
        }
    }
}
