//! Recording a fact from elsewhere: the word of a hand that is not here, a filing with a province, how far a granted
//! change has come in the other systems. A few fields each, then the one-line confirmation.

use super::App;
use super::deed::{Confirm, Deed, What};
use super::drafts::Plain;
use super::note::{Note, Tone};
use super::pick::turns;
use super::screen::Screen;
use super::start_entry::Entry;
use super::write::reasons;
use crate::catalogue::{Lang, Msg};
use crate::keymap::{Action, KeyPress};
use crate::model::{Day, Milestone, Outcome};
use crate::wire::{CaseView, FieldForm, FormField, StepState};
use serde_json::Value;

/// What is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FactKind {
    /// 外部经手: what a hand without accounts here decided.
    External,
    /// 备案: a filing with a province.
    File,
    /// 同步: milestones reached.
    Sync,
    /// 同步: a milestone taken back.
    Unsync,
}

/// The form.
#[derive(Debug, Clone)]
pub(crate) struct FactForm {
    pub(crate) kind: FactKind,
    pub(crate) entries: Vec<Entry>,
    pub(crate) at: usize,
    /// Whose word it is: the hand, or the student's name.
    pub(crate) about: String,
    typed: bool,
    deed: Deed,
}

fn ask(path: &str, label: &str, label_en: &str, form: FieldForm, initial: Option<String>, optional: bool) -> FormField {
    FormField {
        path: path.into(),
        label: label.into(),
        label_en: label_en.into(),
        form,
        initial,
        optional,
        becomes: None,
    }
}

fn values(all: &[String]) -> FieldForm {
    FieldForm::Choice { values: all.to_vec() }
}

const OUTCOMES: [Outcome; 3] = [Outcome::Approve, Outcome::Return, Outcome::Refuse];

impl FactForm {
    pub(super) fn new(kind: FactKind, case: &CaseView, today: Option<Day>) -> FactForm {
        let today = today.map(|day| day.to_string()).unwrap_or_default();
        let now = || Some("today".to_owned());
        let beyond = case.beyond.as_deref();
        let asks = match kind {
            FactKind::External => {
                let words: Vec<String> = OUTCOMES.iter().map(|outcome| outcome.name().to_owned()).collect();
                let first = words.first().cloned();
                vec![
                    ask("outcome", "结果", "Outcome", values(&words), first, false),
                    ask("on", "决定日期", "Decided on", FieldForm::Day, now(), false),
                    ask("document", "文号", "Document", FieldForm::Text, None, false),
                    ask("reasons", "理由", "Reasons", FieldForm::Text, None, true),
                ]
            }
            FactKind::File => {
                let filings = beyond.map(|beyond| beyond.filings.as_slice()).unwrap_or_default();
                let words: Vec<String> =
                    filings.iter().map(|filing| format!("{} {}", filing.province, filing.name)).collect();
                let open = filings.iter().position(|filing| filing.on.is_none()).unwrap_or(0);
                vec![
                    ask("province", "备案机关", "Filed with", values(&words), words.get(open).cloned(), false),
                    ask("on", "备案日期", "Filed on", FieldForm::Day, now(), false),
                    ask("document", "文号", "Document", FieldForm::Text, None, false),
                ]
            }
            FactKind::Sync => {
                let mut asks = Vec::new();
                if beyond.is_none_or(|beyond| beyond.national.is_none()) {
                    asks.push(ask("national_on", "全国系统办结日", "National system", FieldForm::Day, now(), true));
                }
                asks.push(ask("module_on", "模块更新日", "Module updated", FieldForm::Day, now(), true));
                asks
            }
            FactKind::Unsync => {
                let reached = |milestone: Milestone| match milestone {
                    Milestone::National => beyond.is_some_and(|beyond| beyond.national.is_some()),
                    Milestone::Module => beyond.is_some_and(|beyond| beyond.module.is_some()),
                    Milestone::Filing => false,
                };
                // The later one first: it is the one that can be taken back alone.
                let both = [Milestone::Module, Milestone::National];
                let words: Vec<String> =
                    both.into_iter().filter(|one| reached(*one)).map(|one| one.name().to_owned()).collect();
                vec![
                    ask("milestone", "撤回哪一项", "Which", values(&words), words.first().cloned(), false),
                    ask("reason", "原因", "Reason", FieldForm::Text, None, false),
                ]
            }
        };
        let deed = Deed::on_case(What::Submit, case);
        let hand = case.steps.iter().find(|step| step.state == StepState::Current).map(|step| step.hand.name.clone());
        let about = match kind {
            FactKind::External => hand.unwrap_or_default(),
            _ => deed.student.clone(),
        };
        let entries = asks.iter().map(|ask| Entry::new(ask, &today)).collect();
        FactForm { kind, entries, at: 0, about, typed: false, deed }
    }

    /// Slot of its draft, and what was typed.
    pub(super) fn draft(&self) -> Option<(String, Option<String>)> {
        let (id, _) = self.deed.on?;
        let kind = match self.kind {
            FactKind::External => "external",
            FactKind::File => "file",
            FactKind::Sync => "sync",
            FactKind::Unsync => "unsync",
        };
        let texts = self.entries.iter().map(|entry| entry.field.text()).collect();
        Some((format!("fact:{id}:{kind}"), Plain { at: self.at, texts }.text(self.has_typed())))
    }

    /// Takes a draft up.
    pub(super) fn take_plain(&mut self, plain: &Plain) -> bool {
        if plain.texts.len() != self.entries.len() {
            return false;
        }
        for (entry, text) in self.entries.iter_mut().zip(&plain.texts) {
            entry.put(text);
        }
        (self.at, self.typed) = (plain.at.min(self.entries.len().saturating_sub(1)), true);
        true
    }

    pub(super) fn has_typed(&self) -> bool {
        self.typed
    }

    /// The heading.
    pub(crate) fn title(&self, lang: Lang) -> String {
        let msg = match self.kind {
            FactKind::External => Msg::FactExternal,
            FactKind::File => Msg::FactFile,
            FactKind::Sync => Msg::FactSync,
            FactKind::Unsync => Msg::FactUnsync,
        };
        msg.fill(lang, &[("about", &self.about), ("student", &self.deed.student)])
    }

    /// What the current field takes.
    pub(crate) fn hint(&self) -> Option<Msg> {
        let entry = self.entries.get(self.at)?;
        match (&entry.ask.form, entry.ask.path.as_str()) {
            (FieldForm::Choice { .. }, _) => Some(Msg::StartPickValue),
            (FieldForm::Day, _) => Some(Msg::StartDate),
            (_, "reasons") => Some(Msg::FactReasons),
            _ => None,
        }
    }

    fn text(&self, path: &str) -> Result<Option<String>, (usize, Msg)> {
        let Some(at) = self.entries.iter().position(|entry| entry.ask.path == path) else { return Ok(None) };
        match self.entries[at].value() {
            Ok(Value::String(text)) => Ok(Some(text)),
            Ok(_) => Ok(None),
            Err(msg) => Err((at, msg)),
        }
    }

    fn day(&self, path: &str) -> Result<Option<Day>, (usize, Msg)> {
        Ok(self.text(path)?.and_then(|text| text.parse().ok()))
    }

    /// What is to be recorded, or what is wrong with it and where.
    fn what(&self) -> Result<What, (usize, Msg)> {
        let lacking = |at: usize| (at, Msg::StartNoValue);
        Ok(match self.kind {
            FactKind::External => {
                let word = self.text("outcome")?.ok_or(lacking(0))?;
                let outcome = OUTCOMES.into_iter().find(|one| one.name() == word).ok_or(lacking(0))?;
                let reasons = reasons(&self.text("reasons")?.unwrap_or_default().replace(['；', ';'], "\n"));
                if outcome != Outcome::Approve && reasons.is_empty() {
                    return Err((3, Msg::FactReasons));
                }
                let (on, document) = (self.day("on")?.ok_or(lacking(1))?, self.text("document")?.ok_or(lacking(2))?);
                What::External { outcome, on, document, reasons }
            }
            FactKind::File => {
                let province = self.text("province")?.ok_or(lacking(0))?;
                let (code, name) = province.split_once(' ').unwrap_or((&province, &province));
                let (province, name) = (code.to_owned(), name.to_owned());
                let (on, document) = (self.day("on")?.ok_or(lacking(1))?, self.text("document")?.ok_or(lacking(2))?);
                What::File { province, name, on, document }
            }
            FactKind::Sync => {
                let (national, module) = (self.day("national_on")?, self.day("module_on")?);
                if national.is_none() && module.is_none() {
                    return Err(lacking(0));
                }
                What::Sync { national, module }
            }
            FactKind::Unsync => {
                let word = self.text("milestone")?.ok_or(lacking(0))?;
                let milestone =
                    if word == Milestone::National.name() { Milestone::National } else { Milestone::Module };
                What::Unsync { milestone, reason: self.text("reason")?.ok_or(lacking(1))? }
            }
        })
    }
}

impl App {
    /// Opens the form, with what was typed the last time it was left for this case.
    pub(super) fn open_fact(&mut self, kind: FactKind, case: &CaseView) {
        self.dirty = true;
        let form = match self.left_fact.take() {
            // Another revision is another case: a form filled in for the old one is not sent for the new.
            Some(form) if form.kind == kind && form.deed.on == Some((case.id, case.revision)) => form,
            _ => Box::new(FactForm::new(kind, case, self.me.as_ref().map(|me| me.now.day()))),
        };
        self.stack.push(Screen::Fact(form));
    }

    /// A command key in the form.
    pub(super) fn fact_action(&mut self, action: Action, key: KeyPress) {
        self.dirty = true;
        let Some(Screen::Fact(form)) = self.stack.last_mut() else { return };
        let last = form.entries.len().saturating_sub(1);
        let choosing = form.entries.get(form.at).is_some_and(|entry| !entry.values().is_empty());
        match action {
            Action::NextField | Action::PrevField if choosing && !turns(key) => {
                let entry = &mut form.entries[form.at];
                let many = entry.values().len();
                let at = entry.at.unwrap_or(0);
                let next = if action == Action::NextField { (at + 1).min(many - 1) } else { at.saturating_sub(1) };
                entry.select(next);
                form.typed = true;
            }
            Action::NextField => form.at = if form.at >= last { 0 } else { form.at + 1 },
            Action::PrevField => form.at = if form.at == 0 { last } else { form.at - 1 },
            Action::Accept if form.at < last => form.at += 1,
            Action::Accept | Action::Done => self.fact_done(),
            Action::Keep => {
                self.flush_draft();
                if let Some(Screen::Fact(form)) = self.stack.pop()
                    && form.has_typed()
                {
                    self.left_fact = Some(form);
                    self.note = Some(Note::new(Tone::Info, Msg::Kept.text(self.look.lang)));
                }
            }
            _ => {}
        }
    }

    fn fact_done(&mut self) {
        let lang = self.look.lang;
        let Some(Screen::Fact(form)) = self.stack.last_mut() else { return };
        match form.what() {
            Ok(what) => {
                let deed = Deed { what, ..form.deed.clone() };
                self.confirm = Some(Confirm::Deed(Box::new(deed)));
            }
            Err((at, msg)) => {
                form.at = at;
                let label = form.entries.get(at).map_or("", |entry| super::words::label(&entry.ask, lang));
                self.note = Some(Note::new(Tone::Warn, msg.fill(lang, &[("field", label)])));
            }
        }
    }

    /// A key that is no command.
    pub(super) fn fact_key(&mut self, key: KeyPress) -> bool {
        let Some(Screen::Fact(form)) = self.stack.last_mut() else { return false };
        let at = form.at;
        let meant = form.entries.get_mut(at).is_some_and(|entry| entry.key(key));
        form.typed |= meant && key.is_text();
        meant
    }

    /// A pasted text.
    pub(super) fn fact_paste(&mut self, text: &str) -> bool {
        let Some(Screen::Fact(form)) = self.stack.last_mut() else { return false };
        let at = form.at;
        let put = form.entries.get_mut(at).is_some_and(|entry| entry.values().is_empty() && entry.field.paste(text));
        form.typed |= put;
        put
    }
}
