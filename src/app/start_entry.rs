//! One field of a kind's form: what stands in it, and the value it makes.

use super::field::Field;
use crate::catalogue::Msg;
use crate::keymap::{KeyCode, KeyPress};
use crate::model::Day;
use crate::wire::{Choice, Choices, FieldForm, FormField};
use serde_json::Value;

/// What stands in one field of a kind.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) ask: FormField,
    pub(crate) field: Field,
    /// What was found for a coded field; none before a search.
    pub(crate) found: Option<Vec<Choice>>,
    /// Which of the found, or of a choice's values, is selected.
    pub(crate) at: Option<usize>,
    /// The thing chosen for a coded field.
    pub(crate) picked: Option<Choice>,
}

impl Entry {
    pub(super) fn new(ask: &FormField, today: &str) -> Entry {
        let initial = match ask.initial.as_deref() {
            Some("today") if ask.form == FieldForm::Day => today,
            other => other.unwrap_or_default(),
        };
        let at = match &ask.form {
            FieldForm::Choice { values } => values.iter().position(|value| value == initial),
            _ => None,
        };
        Entry { ask: ask.clone(), field: Field::line(initial), found: None, at, picked: None }
    }

    /// What a coded field is looked up in.
    pub(super) fn looked_up(&self) -> Option<Choices> {
        looked_up(&self.ask.form)
    }

    /// The values of a choice.
    pub(crate) fn values(&self) -> &[String] {
        match &self.ask.form {
            FieldForm::Choice { values } => values,
            _ => &[],
        }
    }

    /// Whether the arrows choose among something shown below.
    pub(super) fn choosing(&self) -> bool {
        !self.values().is_empty() || self.picked.is_none() && self.found.as_ref().is_some_and(|found| !found.is_empty())
    }

    fn empty(&self) -> bool {
        self.picked.is_none() && self.field.is_empty()
    }

    /// Selects a value of a choice.
    pub(super) fn select(&mut self, at: usize) {
        if let Some(value) = self.values().get(at).cloned() {
            self.at = Some(at);
            self.field = Field::line(&value);
        }
    }

    /// A key that is no command. Says whether it meant anything.
    pub(super) fn key(&mut self, key: KeyPress) -> bool {
        let many = self.values().len();
        if many > 0 {
            let next = match key.code {
                KeyCode::Char(' ') | KeyCode::Right => self.at.map_or(0, |at| (at + 1) % many),
                KeyCode::Left => self.at.map_or(many - 1, |at| (at + many - 1) % many),
                _ => return false,
            };
            self.select(next);
            return true;
        }
        // What was picked is one thing: the first key that changes it begins anew.
        if self.picked.is_some() {
            let edits = key.is_text() || matches!(key.code, KeyCode::Backspace | KeyCode::Delete) || key.ctrl;
            if !edits {
                return false;
            }
            self.forget();
            if !key.is_text() {
                return true;
            }
        }
        let before = self.field.text();
        let meant = self.field.key(key);
        if self.field.text() != before {
            self.found = None;
        }
        meant
    }

    pub(super) fn forget(&mut self) {
        (self.picked, self.found, self.at, self.field) = (None, None, None, Field::line(""));
    }

    /// The value for the details, or what is wrong with it.
    pub(super) fn value(&self) -> Result<Value, Msg> {
        let text = self.field.text();
        if self.empty() && self.ask.optional {
            return Ok(if self.ask.form == FieldForm::Text { "".into() } else { Value::Null });
        }
        if self.empty() {
            return Err(if self.choosing() || self.looked_up().is_some() {
                Msg::StartNotChosen
            } else {
                Msg::StartNoValue
            });
        }
        Ok(match &self.ask.form {
            FieldForm::Text | FieldForm::Choice { .. } => text.into(),
            FieldForm::Day => parse_day(&text).ok_or(Msg::StartBadDate)?.to_string().into(),
            FieldForm::Number { least, most } => {
                let digits: String = text.chars().map(crate::text::fold_key).collect();
                digits.parse().ok().filter(|n: &u32| (least..=most).contains(&n)).ok_or(Msg::StartBadNumber)?.into()
            }
            FieldForm::School | FieldForm::Major | FieldForm::Province => {
                self.picked.as_ref().ok_or(Msg::StartNotChosen)?.code.clone().into()
            }
        })
    }
}

/// What a coded field is looked up in.
pub(super) fn looked_up(form: &FieldForm) -> Option<Choices> {
    match form {
        FieldForm::School => Some(Choices::School),
        FieldForm::Major => Some(Choices::Major),
        FieldForm::Province => Some(Choices::Province),
        _ => None,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_both_forms_and_widths() {
        for text in ["2025-10-20", "20251020", "２０２５１０２０", "２０２５－１０－２０"] {
            assert_eq!(parse_day(text).map(|day| day.to_string()).as_deref(), Some("2025-10-20"), "{text}");
        }
        for text in ["", "2025-02-30", "251020", "10-20", "2025102", "a20251020"] {
            assert_eq!(parse_day(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_read_within_their_bounds() {
        let ask = |text: &str| {
            let form = FieldForm::Number { least: 1, most: 3 };
            let ask = FormField {
                path: "years".into(),
                label: "年".into(),
                label_en: "Years".into(),
                form,
                initial: None,
                optional: false,
                becomes: None,
            };
            let mut entry = Entry::new(&ask, "");
            entry.field = Field::line(text);
            entry.value()
        };
        for (text, n) in [("1", 1), ("3", 3), ("２", 2)] {
            assert_eq!(ask(text), Ok(n.into()), "{text}");
        }
        for text in ["0", "4", "-1", "1.5", "一"] {
            assert_eq!(ask(text), Err(Msg::StartBadNumber), "{text}");
        }
        assert_eq!(ask(" "), Err(Msg::StartNoValue));
    }
}
