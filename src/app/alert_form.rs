//! The short forms of screen 5: evidence, a reminder, an explanation, a finding.

use super::App;
use super::alerts::proposed;
use super::drafts::Plain;
use super::field::Field;
use super::note::{Note, Tone};
use super::screen::Screen;
use crate::catalogue::{AlertMsg, Lang};
use crate::keymap::{Action, KeyPress};
use crate::model::{Command, Ground, OfficeId, Stage};
use crate::wire::{AlertRow, AlertView};
use serde::{Deserialize, Serialize};

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Errand {
    /// 立案
    Open,
    /// 提醒
    Remind,
    /// 说明
    Explain,
    /// 查实
    Find,
    /// 排除, 整改
    Dismiss,
    /// 同意
    Agree,
    /// 退回经办
    SendBack,
}

/// What is to be done, about which matter as it was seen.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct About {
    errand: Errand,
    pub(super) matter: AlertRow,
    pub(super) school: OfficeId,
    who: String,
}

/// One of these forms.
#[derive(Debug, Clone)]
pub(crate) struct AlertForm {
    pub(super) about: About,
    pub(crate) fields: Vec<Field>,
    pub(crate) at: usize,
}

impl AlertForm {
    pub(super) fn new(errand: Errand, view: &AlertView, matter: &AlertRow, lang: Lang) -> AlertForm {
        let whole = || format!("{} {}", view.name, AlertMsg::Whole.text(lang));
        let who = matter.student.as_ref().map_or_else(whole, |student| student.name.clone());
        AlertForm::of(About { errand, matter: matter.clone(), school: view.school.clone(), who })
    }

    /// An empty form about this.
    pub(super) fn of(about: About) -> AlertForm {
        let fields = labels(about.errand).iter().map(|_| Field::line("")).collect();
        AlertForm { about, fields, at: 0 }
    }

    /// Slot of its draft: the same for the same errand about the same facts, however its case has moved on.
    pub(super) fn slot(&self) -> String {
        let About { errand, matter, school, .. } = &self.about;
        let student = matter.student.as_ref().map(|one| one.id.to_string()).unwrap_or_default();
        let facts: String = blake3::hash(matter.key.as_bytes()).to_hex().chars().take(8).collect();
        format!("{}:{errand:?}:{}:{school}:{student}:{facts}", super::short_draft::MATTER, matter.item.code())
    }

    /// As far as it is filled in.
    pub(super) fn plain(&self) -> Plain {
        Plain::of(&self.fields, self.at)
    }

    /// Takes a draft up.
    pub(super) fn take_plain(&mut self, plain: &Plain) -> bool {
        plain.fill(&mut self.fields, &mut self.at)
    }

    /// The heading.
    pub(crate) fn title(&self, lang: Lang) -> String {
        let msg = match self.about.errand {
            Errand::Open => AlertMsg::FormOpen,
            Errand::Remind => AlertMsg::FormRemind,
            Errand::Explain => AlertMsg::FormExplain,
            Errand::Find => AlertMsg::FormFind,
            Errand::Dismiss => AlertMsg::FormDismiss,
            Errand::Agree | Errand::SendBack => AlertMsg::FormSendBack,
        };
        msg.fill(lang, &[("item", self.about.matter.item.code()), ("who", &self.about.who)])
    }

    /// The facts it is about.
    pub(crate) fn facts(&self) -> &str {
        &self.about.matter.because
    }

    /// Labels and fields.
    pub(crate) fn rows(&self, lang: Lang) -> Vec<(&'static str, &Field)> {
        labels(self.about.errand).iter().map(|label| label.text(lang)).zip(&self.fields).collect()
    }

    pub(super) fn has_typed(&self) -> bool {
        self.fields.iter().any(|field| !field.is_empty())
    }

    /// What will be done, in words.
    pub(super) fn words(&self, lang: Lang) -> String {
        let remedied = self.about.matter.case.as_ref().is_some_and(|case| case.stage == Stage::Confirmed);
        let what = match self.about.errand {
            Errand::Open => AlertMsg::ActOpen.text(lang).to_owned(),
            Errand::Remind => AlertMsg::ActRemind.text(lang).to_owned(),
            Errand::Explain => AlertMsg::ActExplain.text(lang).to_owned(),
            Errand::Find => AlertMsg::ActFind.text(lang).to_owned(),
            Errand::Dismiss if remedied => AlertMsg::ActRemedied.text(lang).to_owned(),
            Errand::Dismiss => AlertMsg::ActDismiss.text(lang).to_owned(),
            Errand::Agree => AlertMsg::ActAgree.fill(lang, &[("stage", proposed(&self.about.matter))]),
            Errand::SendBack => AlertMsg::ActSendBack.text(lang).to_owned(),
        };
        format!("{what} {} {}", self.about.matter.item.code(), self.about.who)
    }

    /// The command; none when the matter has no case that it needs.
    pub(super) fn command(&self) -> Option<Command> {
        let text = |at: usize| self.fields.get(at).map(Field::text).unwrap_or_default();
        if self.about.errand == Errand::Open {
            return Some(Command::RecordAlert {
                item: self.about.matter.item.code().to_owned(),
                school: self.about.school.clone(),
                student: self.about.matter.student.as_ref().map(|student| student.id),
                ground: Ground::Computed { key: self.about.matter.key.clone(), because: String::new() },
                document: text(0),
            });
        }
        let case = self.about.matter.case.as_ref()?;
        let (alert, revision) = (case.id, case.revision);
        Some(match self.about.errand {
            Errand::Remind => Command::RemindAlert { alert, revision, channel: text(0), content: text(1) },
            Errand::Explain => Command::ExplainAlert { alert, revision, text: text(0) },
            Errand::Find => Command::ConfirmAlert { alert, revision, text: text(0), document: text(1) },
            Errand::Dismiss => Command::DismissAlert { alert, revision, text: text(0), document: text(1) },
            Errand::Agree => Command::DecideAlert { alert, revision, agree: true, remark: String::new() },
            Errand::SendBack => Command::DecideAlert { alert, revision, agree: false, remark: text(0) },
            Errand::Open => return None,
        })
    }
}

fn labels(errand: Errand) -> &'static [AlertMsg] {
    match errand {
        Errand::Open => &[AlertMsg::FieldDocument],
        Errand::Remind => &[AlertMsg::FieldChannel, AlertMsg::FieldContent],
        Errand::Explain => &[AlertMsg::FieldText],
        Errand::Find | Errand::Dismiss => &[AlertMsg::FieldText, AlertMsg::FieldDocument],
        Errand::SendBack => &[AlertMsg::FieldRemark],
        Errand::Agree => &[],
    }
}

impl App {
    /// A command key in one of these forms.
    pub(super) fn alert_form_action(&mut self, action: Action) {
        self.dirty = true;
        let Some(Screen::AlertForm(form)) = self.stack.last_mut() else { return };
        let last = form.fields.len().saturating_sub(1);
        match action {
            Action::Accept if form.at < last => form.at += 1,
            Action::NextField => form.at = if form.at == last { 0 } else { form.at + 1 },
            Action::PrevField => form.at = form.at.checked_sub(1).unwrap_or(last),
            Action::Accept | Action::Done => {
                let lang = self.look.lang;
                let lacking = form.rows(lang).iter().position(|(_, field)| field.is_empty());
                if let Some(at) = lacking {
                    form.at = at;
                    let field = form.rows(lang).get(at).map_or("", |(label, _)| *label);
                    self.note = Some(Note::new(Tone::Warn, AlertMsg::NeedAll.fill(lang, &[("field", field)])));
                    return;
                }
                let form = form.clone();
                self.confirm_errand(&form);
            }
            Action::Keep => self.leave_short(),
            _ => {}
        }
    }
}

/// A key that is no command.
pub(super) fn key(form: &mut AlertForm, key: KeyPress) -> bool {
    form.fields.get_mut(form.at).is_some_and(|field| field.key(key))
}
