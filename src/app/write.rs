//! Writing reasons, a remark, or why an application is cancelled. Esc leaves and keeps the text for the next time.

use super::deed::{Confirm, Deed, What};
use super::drafts::Plain;
use super::field::Field;
use super::note::{Note, Tone};
use super::screen::Screen;
use super::{App, words};
use crate::catalogue::{AsideMsg, Lang, Msg};
use crate::keymap::Action;
use crate::model::{ApplicationId, Outcome, Reason};
use crate::wire::CaseView;

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum WriteKind {
    /// Reasons of a return.
    Return,
    /// Reasons of a refusal.
    Refuse,
    /// The second post's remark.
    SendBack,
    /// Why the school cancels.
    Cancel,
    /// A remark for all who see the case.
    Remark,
}

/// The text being written, and for what.
#[derive(Debug, Clone)]
pub(crate) struct Write {
    pub(crate) kind: WriteKind,
    pub(crate) text: Field,
    /// The decision it is for; its revision is the one the reader saw when beginning.
    deed: Deed,
}

impl Write {
    pub(super) fn new(kind: WriteKind, case: &CaseView, text: &str) -> Write {
        Write { kind, text: Field::lines(text), deed: Deed::on_case(What::Submit, case) }
    }

    /// The same of the whole batch, if it is one.
    pub(super) fn of(self, batch: Option<super::batch::Called>) -> Write {
        Write { deed: self.deed.of(batch), ..self }
    }

    /// The heading.
    pub(crate) fn title(&self, lang: Lang) -> String {
        let msg = match self.kind {
            WriteKind::Return => Msg::WriteReturn,
            WriteKind::Refuse => Msg::WriteRefuse,
            WriteKind::SendBack => Msg::WriteSendBack,
            WriteKind::Cancel => Msg::WriteCancel,
            WriteKind::Remark => {
                let kind = words::kind(self.deed.kind, lang);
                return AsideMsg::WriteRemark.fill(lang, &[("student", &self.deed.student), ("kind", kind)]);
            }
        };
        let kind = words::kind(self.deed.kind, lang);
        msg.fill(lang, &[("student", &self.deed.student), ("kind", kind), ("post", self.deed.first_post(lang))])
    }

    /// What to write.
    pub(crate) fn hint(&self, lang: Lang) -> &'static str {
        match self.kind {
            WriteKind::Return | WriteKind::Refuse => Msg::WriteHintReasons.text(lang),
            WriteKind::SendBack => Msg::WriteHintRemark.text(lang),
            WriteKind::Cancel => Msg::WriteHintCancel.text(lang),
            WriteKind::Remark => AsideMsg::HintRemark.text(lang),
        }
    }

    /// Slot of its draft, and what was written.
    pub(super) fn draft(&self) -> Option<(String, Option<String>)> {
        let (id, _) = self.deed.on?;
        let kind = match self.kind {
            WriteKind::Return => "return",
            WriteKind::Refuse => "refuse",
            WriteKind::SendBack => "send-back",
            WriteKind::Cancel => "cancel",
            WriteKind::Remark => "remark",
        };
        let plain = Plain { at: 0, texts: vec![self.text.text()] };
        Some((format!("write:{id}:{kind}"), plain.text(!self.text.is_empty())))
    }

    /// Takes a draft up.
    pub(super) fn take_plain(&mut self, plain: &Plain) -> bool {
        let text = plain.texts.first();
        self.text = Field::lines(text.map_or("", String::as_str));
        text.is_some()
    }

    fn finished(&self) -> Deed {
        let text = self.text.text();
        let what = match self.kind {
            WriteKind::Return => What::Propose(Outcome::Return, reasons(&text)),
            WriteKind::Refuse => What::Propose(Outcome::Refuse, reasons(&text)),
            WriteKind::SendBack => What::SendBack(one_line(&text)),
            WriteKind::Cancel => What::Cancel(one_line(&text)),
            WriteKind::Remark => What::Remark(one_line(&text)),
        };
        Deed { what, ..self.deed.clone() }
    }
}

fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// One reason a line; a number at its beginning is the article.
pub(super) fn reasons(text: &str) -> Vec<Reason> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            let (article, text) = split_article(line);
            Reason { article, material: None, text: text.to_owned() }
        })
        .collect()
}

fn split_article(line: &str) -> (Option<String>, &str) {
    let folded: String = line.chars().map(crate::text::fold_key).collect();
    let bare = folded.strip_prefix('第').unwrap_or(&folded);
    let digits: String = bare.chars().take_while(char::is_ascii_digit).collect();
    let named = folded.starts_with('第');
    let skip = usize::from(named) + digits.chars().count();
    let rest: String = line.chars().skip(skip).collect();
    let after =
        rest.strip_prefix('条').or_else(|| rest.strip_prefix([' ', '\u{3000}', ':', '：', ',', '，', '、', '.']));
    match after {
        Some(after) if (1..=2).contains(&digits.len()) && !after.trim().is_empty() => {
            let text = after.trim_start_matches([' ', '\u{3000}', ':', '：', ',', '，', '、', '.']);
            (Some(digits), &line[line.len() - text.len()..])
        }
        _ => (None, line),
    }
}

impl App {
    /// A command key while writing.
    pub(super) fn write_action(&mut self, action: Action) {
        let Some(Screen::Write(write)) = self.stack.last_mut() else { return };
        self.dirty = true;
        match action {
            Action::NewLine => write.text.new_line(),
            Action::Done if write.text.is_empty() => {
                self.note = Some(Note::new(Tone::Warn, Msg::WriteEmpty.text(self.look.lang)));
            }
            Action::Done => self.confirm = Some(Confirm::Deed(Box::new(write.finished()))),
            Action::Keep => {
                self.flush_draft();
                if let Some(Screen::Write(write)) = self.stack.pop() {
                    self.put_aside(&write);
                    if !write.text.is_empty() {
                        self.note = Some(Note::new(Tone::Info, Msg::Kept.text(self.look.lang)));
                    }
                }
            }
            _ => {}
        }
    }

    /// Keeps what is written as a draft.
    pub(super) fn put_aside(&mut self, write: &Write) {
        if let Some((id, _)) = write.deed.on {
            self.keep_draft(id, write.kind, write.text.text());
        }
    }

    fn draft_key(&self, id: ApplicationId, kind: WriteKind) -> (String, ApplicationId, WriteKind) {
        (self.me.as_ref().map(|me| me.account.id.to_string()).unwrap_or_default(), id, kind)
    }

    pub(super) fn draft(&self, id: ApplicationId, kind: WriteKind) -> String {
        self.drafts.get(&self.draft_key(id, kind)).cloned().unwrap_or_default()
    }

    fn keep_draft(&mut self, id: ApplicationId, kind: WriteKind, text: String) {
        let key = self.draft_key(id, kind);
        if text.is_empty() {
            self.drafts.remove(&key);
        } else {
            self.drafts.insert(key, text);
        }
    }

    pub(super) fn drop_drafts(&mut self, id: ApplicationId) {
        self.drafts.retain(|(_, of, _), _| *of != id);
        self.forget_drafts_of(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_at_the_beginning_is_the_article() {
        for (line, article, text) in [
            ("13 缺证明", Some("13"), "缺证明"),
            ("第13条 缺证明", Some("13"), "缺证明"),
            ("第13条：缺证明", Some("13"), "缺证明"),
            ("１３　缺证明", Some("13"), "缺证明"),
            ("13、缺证明", Some("13"), "缺证明"),
            ("缺证明", None, "缺证明"),
            ("2025 年的证明", None, "2025 年的证明"),
            ("3月的证明无效", None, "3月的证明无效"),
            ("13", None, "13"),
            ("13 ", None, "13"),
        ] {
            let got = &reasons(line)[0];
            assert_eq!((got.article.as_deref(), got.text.as_str()), (article, text), "{line}");
        }
        assert_eq!(reasons("\n 13 甲 \n\n乙\n").len(), 2);
    }
}
