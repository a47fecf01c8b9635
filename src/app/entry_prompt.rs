//! The values of a field (`F4`): those that fit what is typed, by code, by part of the word or by its initials. Majors
//! and regions are too many for the desk to hold: the server is asked for them.

use super::field::Field;
use super::note::{Note, Tone};
use super::outbox::Purpose;
use super::pick::moved;
use super::screen::Screen;
use super::{App, Link};
use crate::catalogue::EntryMsg;
use crate::keymap::{Action, KeyPress};
use crate::text;
use crate::wire::{Choice, Choices, EntryField, LengthView, Query, Request};

/// Choices asked of the server at once.
const ASKED: u32 = 50;

/// What is chosen from.
#[derive(Debug, Clone)]
pub(crate) struct Prompt {
    /// What narrows it.
    pub(crate) filter: Field,
    /// All values, code and word; none where the server looks them up.
    all: Option<Vec<(String, String)>>,
    /// Those that fit.
    pub(crate) fits: Vec<(String, String)>,
    pub(crate) picked: usize,
    /// What the server was asked last.
    asked: Option<String>,
    what: Choices,
    /// Whether the code is what the field takes; else the word.
    by_code: bool,
}

impl Prompt {
    /// For a field; none when it has no values to choose from.
    pub(super) fn of(ask: &EntryField, typed: &str, length: Option<&LengthView>) -> Option<Prompt> {
        let (all, what, by_code) = match ask.form.as_str() {
            "set" => (Some(ask.values.clone()), Choices::Major, false),
            "major" => (None, Choices::Offered, false),
            "region" => (None, Choices::Region, true),
            "season" => {
                (Some(["秋", "春"].map(|season| (String::new(), season.to_owned())).to_vec()), Choices::Major, false)
            }
            "years" => {
                let allowed = length.map(|length| length.allowed.clone()).filter(|allowed| !allowed.is_empty());
                let allowed = allowed.unwrap_or_else(|| vec![6, 4, 2, 8, 10]);
                let words = allowed.iter().map(|half| (half_in_figures(*half), format!("{}制", years(*half))));
                (Some(words.collect()), Choices::Major, false)
            }
            _ => return None,
        };
        let mut prompt =
            Prompt { filter: Field::line(typed), all, fits: Vec::new(), picked: 0, asked: None, what, by_code };
        prompt.narrow();
        // A filter under which nothing is left is no help: everything is shown.
        if prompt.fits.is_empty() && prompt.all.is_some() {
            prompt.filter = Field::line("");
            prompt.narrow();
        }
        Some(prompt)
    }

    fn narrow(&mut self) {
        if let Some(all) = &self.all {
            self.fits = fitting(all, &self.filter.text());
        }
        self.picked = 0;
    }

    /// A key that is no command.
    pub(super) fn key(&mut self, key: KeyPress) -> bool {
        let before = self.filter.text();
        let meant = self.filter.key(key);
        if self.filter.text() != before {
            self.narrow();
        }
        meant
    }

    /// A pasted text.
    pub(super) fn paste(&mut self, text: &str) -> bool {
        let meant = self.filter.paste(text);
        self.narrow();
        meant
    }

    /// Moves among the values.
    pub(super) fn choose(&mut self, action: Action, page: usize) {
        self.picked = moved(self.picked, self.fits.len(), action, page);
    }

    /// What the server is still to be asked.
    pub(super) fn wanted(&self) -> Option<String> {
        let text = self.filter.text();
        (self.all.is_none() && self.asked.as_ref() != Some(&text)).then_some(text)
    }

    /// What the server found for a filter.
    pub(super) fn found(&mut self, filter: &str, found: Vec<Choice>) {
        if self.filter.text() == filter {
            self.fits = found.into_iter().map(|choice| (choice.code, choice.name)).collect();
            self.picked = 0;
        }
    }

    /// What the field takes of the chosen value.
    pub(super) fn taken(&self) -> Option<String> {
        let (code, name) = self.fits.get(self.picked)?;
        Some(if self.by_code { format!("{code:0<12}") } else { name.clone() })
    }
}

/// Values that a text can mean: by code, by part of the word, by the initials of its beginning.
fn fitting(all: &[(String, String)], typed: &str) -> Vec<(String, String)> {
    let typed = text::fold_full_width(typed).to_lowercase();
    let initials = |name: &str| text::initials(name).to_lowercase();
    let fits = |(code, name): &&(String, String)| {
        typed.is_empty() || code.starts_with(&typed) || name.contains(&typed) || initials(name).starts_with(&typed)
    };
    all.iter().filter(fits).cloned().collect()
}

/// What a text in a coded field means: the one value, or several to choose from.
pub(super) fn meaning(ask: &EntryField, typed: &str) -> Vec<(String, String)> {
    let folded = text::fold_full_width(typed);
    let exact = |(code, name): &&(String, String)| *name == folded || !code.is_empty() && *code == folded;
    match ask.values.iter().find(exact) {
        Some(value) => vec![value.clone()],
        None => fitting(&ask.values, typed),
    }
}

fn half_in_figures(half_years: u8) -> String {
    (f32::from(half_years) / 2.0).to_string()
}

/// A length in words, as the template writes it.
fn years(half_years: u8) -> String {
    let words = ["半", "一", "两", "三", "四", "五", "六", "七", "八", "九"];
    let whole = words.get(usize::from(half_years / 2)).copied().unwrap_or_default();
    match (half_years / 2, half_years % 2) {
        (0, _) => "半年".to_owned(),
        (_, 0) => format!("{whole}年"),
        _ => format!("{whole}年半"),
    }
}

impl App {
    /// Opens the values of the field.
    pub(super) fn entry_prompt(&mut self) {
        let lang = self.look.lang;
        let Some(Screen::Entry(screen)) = self.stack.last_mut() else { return };
        let Some(form) = screen.form.as_deref() else { return };
        let Some(ask) = form.ask() else { return };
        // What was carried over is one of the values; all of them are offered.
        let own = form.cells.get(form.at).is_some_and(|cell| cell.origin == super::entry_form::Origin::Typed);
        let typed = if own { form.text(&ask.id) } else { String::new() };
        let length = form.check.as_ref().map(|check| &check.study);
        match Prompt::of(ask, &typed, length) {
            Some(prompt) => screen.prompt = Some(prompt),
            None => self.note = Some(Note::new(Tone::Info, EntryMsg::PromptNot.text(lang))),
        }
        self.entry_ask_choices();
    }

    /// Asks the server for majors or regions, when the filter is another.
    pub(super) fn entry_ask_choices(&mut self) {
        if self.link != Link::Up {
            return;
        }
        let Some(Screen::Entry(screen)) = self.stack.last_mut() else { return };
        let Some(prompt) = &mut screen.prompt else { return };
        let Some(text) = prompt.wanted() else { return };
        prompt.asked = Some(text.clone());
        let query = Query::Choices { what: prompt.what, text: text.clone(), count: ASKED };
        self.send(Request::Query(query), Purpose::EntryChoices(text));
    }

    /// Majors or regions came.
    pub(super) fn got_entry_choices(&mut self, filter: &str, found: Vec<Choice>) {
        if let Some(prompt) = self.entry_screen().and_then(|screen| screen.prompt.as_mut()) {
            prompt.found(filter, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask() -> EntryField {
        let values = [("01", "汉族"), ("02", "蒙古族"), ("03", "回族"), ("11", "满族"), ("", "未识别")];
        EntryField {
            place: 29,
            name: "民族".into(),
            id: "nation".into(),
            english: "Ethnic group".into(),
            need: "always".into(),
            form: "set".into(),
            carry: true,
            values: values.map(|(code, name)| (code.to_owned(), name.to_owned())).to_vec(),
        }
    }

    fn words(of: &[(String, String)]) -> Vec<&str> {
        of.iter().map(|(_, name)| name.as_str()).collect()
    }

    #[test]
    fn a_value_is_meant_by_code_part_or_initials_in_whatever_width() {
        for (typed, meant) in [
            ("01", vec!["汉族"]),
            ("０２", vec!["蒙古族"]),
            ("蒙", vec!["蒙古族"]),
            ("hz", vec!["汉族", "回族"]),
            ("ｈｚ", vec!["汉族", "回族"]),
            ("1", vec!["满族"]),
            ("0", vec!["汉族", "蒙古族", "回族"]),
            ("汗族", vec![]),
        ] {
            assert_eq!(words(&meaning(&ask(), typed)), meant, "{typed}");
        }
        let mut prompt = Prompt::of(&ask(), "hz", None).unwrap();
        prompt.choose(Action::Down, 10);
        assert_eq!(prompt.taken().as_deref(), Some("回族"));
        let prompt = Prompt::of(&ask(), "汗族", None).unwrap();
        assert_eq!(prompt.fits.len(), 5, "a filter that leaves nothing is no help");
    }

    #[test]
    fn lengths_are_written_as_the_template_does() {
        for (half, words) in
            [(1, "半年"), (2, "一年"), (3, "一年半"), (4, "两年"), (6, "三年"), (7, "三年半"), (10, "五年")]
        {
            assert_eq!(years(half), words);
        }
    }
}
