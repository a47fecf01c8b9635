//! The short forms of screen 0: an account, and what narrows its lists.

use super::App;
use super::drafts::Plain;
use super::field::Field;
use super::load::{LoadWish, called, kind_named};
use super::note::{Note, Tone};
use super::screen::Screen;
use super::start_entry::parse_day;
use super::words;
use crate::catalogue::{Lang, LoadText, SystemText as Text};
use crate::keymap::Action;
use crate::model::{Account, AccountId, Command, Day, ImportKind, Post, Secret, SetPin, Substitute};
use crate::wire::{AccountRow, JournalAsked};
use serde::{Deserialize, Serialize};

/// All posts, in the order in which they are named.
const POSTS: [Post; 6] = [Post::Entry, Post::Review, Post::Handler, Post::Reviewer, Post::Supervisor, Post::Keeper];

/// What is filled in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum SystemErrand {
    /// An account; the one it was, if it is changed.
    Account(Option<Box<AccountRow>>),
    /// A text that narrows offices (0) or majors (1).
    Find(usize),
    /// What narrows the journal.
    Journal,
    /// The PIN of an account.
    Pin(Box<AccountRow>),
    /// A file of the province.
    File,
    /// A period of the board.
    Period,
    /// Who stands in for whom.
    Substitute,
}

/// One of these forms.
#[derive(Debug, Clone)]
pub(crate) struct SystemForm {
    pub(crate) errand: SystemErrand,
    pub(crate) fields: Vec<Field>,
    pub(crate) at: usize,
    /// What stood in the fields at the beginning.
    begun: Vec<String>,
}

impl SystemForm {
    fn new(errand: SystemErrand, texts: Vec<String>) -> SystemForm {
        let fields = texts.iter().map(|text| Field::line(text)).collect();
        SystemForm { errand, fields, at: 0, begun: texts }
    }

    /// For an account; a new one begins at the own office.
    pub(super) fn account(row: Option<AccountRow>, own: &str, lang: Lang) -> SystemForm {
        let texts = match &row {
            Some(row) => vec![
                row.person.to_string(),
                row.name.clone(),
                row.office.to_string(),
                row.posts.iter().map(|post| words::post(*post, lang)).collect::<Vec<_>>().join(" "),
                row.os_user.clone().unwrap_or_default(),
            ],
            None => ["", "", "", own, "", ""].map(str::to_owned).to_vec(),
        };
        SystemForm::new(SystemErrand::Account(row.map(Box::new)), texts)
    }

    /// For a text to look for.
    pub(super) fn find(which: usize, text: &str) -> SystemForm {
        SystemForm::new(SystemErrand::Find(which), vec![text.to_owned()])
    }

    /// For the journal.
    pub(super) fn journal(asked: &JournalAsked, lang: Lang) -> SystemForm {
        let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        let student = asked.student.map(|id| id.to_string());
        let texts = vec![
            asked.who.clone().unwrap_or_default(),
            asked.post.map(|post| words::post(post, lang).to_owned()).unwrap_or_default(),
            student.or(asked.application.map(|id| id.to_string())).unwrap_or_default(),
            asked.kind.clone().unwrap_or_default(),
            day(asked.from),
            day(asked.until),
        ];
        SystemForm::new(SystemErrand::Journal, texts)
    }

    /// For the PIN of an account: typed twice, shown never.
    pub(super) fn pin(row: AccountRow) -> SystemForm {
        let mut form = SystemForm::new(SystemErrand::Pin(Box::new(row)), vec![String::new(); 2]);
        form.fields.iter_mut().for_each(Field::hide);
        form
    }

    /// For a file of the province.
    pub(super) fn file(kind: ImportKind, lang: Lang) -> SystemForm {
        let texts = vec![called(kind, lang).to_owned(), String::new(), String::new()];
        SystemForm { at: 1, ..SystemForm::new(SystemErrand::File, texts) }
    }

    /// For a substitution; who is away is the asker, until another is named.
    pub(super) fn substitute(me: &str) -> SystemForm {
        let texts = vec![String::new(), me.to_owned(), String::new(), String::new()];
        SystemForm::new(SystemErrand::Substitute, texts)
    }

    /// For a period of the board; `named` puts the caret where its name is written.
    pub(super) fn period(from: Day, until: Day, named: bool) -> SystemForm {
        let texts = vec![from.to_string(), until.to_string(), String::new()];
        SystemForm { at: if named { 2 } else { 0 }, ..SystemForm::new(SystemErrand::Period, texts) }
    }

    /// The form that a draft is of; none where nobody keeps one.
    pub(super) fn of(errand: SystemErrand, own: &str, me: &str, lang: Lang) -> Option<SystemForm> {
        match errand {
            SystemErrand::Account(row) => Some(SystemForm::account(row.map(|row| *row), own, lang)),
            SystemErrand::Substitute => Some(SystemForm::substitute(me)),
            _ => None,
        }
    }

    /// Slot of its draft. What only narrows a list or a board, names a file or must not be seen has none.
    pub(super) fn slot(&self) -> Option<String> {
        let of = match &self.errand {
            SystemErrand::Account(row) => {
                format!("account:{}", row.as_ref().map_or("", |row| row.id.as_str()))
            }
            SystemErrand::Substitute => "substitute:".to_owned(),
            _ => return None,
        };
        Some(format!("{}:{of}", super::short_draft::KEEPER))
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
        match &self.errand {
            SystemErrand::Account(None) => Text::FormNew.text(lang).to_owned(),
            SystemErrand::Account(Some(row)) => Text::FormChange.fill(lang, &[("id", row.id.as_str())]),
            SystemErrand::Find(_) => Text::FormFind.text(lang).to_owned(),
            SystemErrand::Journal => Text::FormJournal.text(lang).to_owned(),
            SystemErrand::Pin(row) => LoadText::FormPin.fill(lang, &[("id", row.id.as_str()), ("name", &row.name)]),
            SystemErrand::File => LoadText::FormLoad.text(lang).to_owned(),
            SystemErrand::Period => LoadText::FormPeriod.text(lang).to_owned(),
            SystemErrand::Substitute => LoadText::FormSubstitute.text(lang).to_owned(),
        }
    }

    fn labels(&self) -> &'static [Text] {
        match self.errand {
            SystemErrand::Account(None) => &[
                Text::FieldId,
                Text::FieldPerson,
                Text::FieldName,
                Text::FieldOffice,
                Text::FieldPosts,
                Text::FieldUser,
            ],
            SystemErrand::Account(Some(_)) => {
                &[Text::FieldPerson, Text::FieldName, Text::FieldOffice, Text::FieldPosts, Text::FieldUser]
            }
            SystemErrand::Find(_) => &[Text::FieldText],
            SystemErrand::Pin(_) => &[Text::FieldPin, Text::FieldAgain],
            SystemErrand::File => &[Text::FieldHolds, Text::FieldFile, Text::FieldDocument],
            SystemErrand::Period => &[Text::FieldFrom, Text::FieldUntil, Text::FieldPeriod],
            SystemErrand::Substitute => &[Text::FieldStandsIn, Text::FieldAway, Text::FieldFrom, Text::FieldUntil],
            SystemErrand::Journal => {
                &[Text::FieldWho, Text::FieldPost, Text::FieldAbout, Text::FieldKind, Text::FieldFrom, Text::FieldUntil]
            }
        }
    }

    /// What the field with the caret takes.
    pub(crate) fn hint(&self) -> Option<Text> {
        Some(match self.labels().get(self.at)? {
            Text::FieldPosts | Text::FieldPost => Text::HintPosts,
            Text::FieldPerson => Text::HintPerson,
            Text::FieldUser => Text::HintUser,
            Text::FieldAbout => Text::HintAbout,
            Text::FieldKind => Text::HintKind,
            Text::FieldFrom | Text::FieldUntil => Text::HintDay,
            Text::FieldPin | Text::FieldAgain => Text::HintPin,
            Text::FieldHolds => Text::HintHolds,
            Text::FieldFile => Text::HintFile,
            Text::FieldDocument => Text::HintDocument,
            Text::FieldPeriod => Text::HintPeriod,
            Text::FieldStandsIn | Text::FieldAway => Text::HintStandsIn,
            _ => return None,
        })
    }

    /// Labels and fields.
    pub(crate) fn rows(&self, lang: Lang) -> Vec<(&'static str, &Field)> {
        self.labels().iter().map(|label| label.text(lang)).zip(&self.fields).collect()
    }

    pub(super) fn has_typed(&self) -> bool {
        self.fields.iter().zip(&self.begun).any(|(field, begun)| field.text() != *begun)
    }

    /// What stands in the field of this label.
    fn text(&self, label: Text) -> String {
        let at = self.labels().iter().position(|one| *one == label);
        at.and_then(|at| self.fields.get(at)).map(Field::text).unwrap_or_default()
    }

    /// The account as it is to be; else where the caret must go, and what to say.
    fn wanted(&self, lang: Lang) -> Result<Account, (Text, String)> {
        let needed = |label: Text| match self.text(label) {
            text if text.is_empty() => Err((label, Text::NeedField.fill(lang, &[("field", label.text(lang))]))),
            text => Ok(text),
        };
        let old = match &self.errand {
            SystemErrand::Account(old) => old.as_deref(),
            _ => None,
        };
        let id = match old {
            Some(old) => old.id.clone(),
            None => AccountId(needed(Text::FieldId)?),
        };
        let os_user = Some(self.text(Text::FieldUser)).filter(|user| !user.is_empty());
        Ok(Account {
            id,
            revision: old.map_or(0, |old| old.revision),
            person: needed(Text::FieldPerson)?.as_str().into(),
            name: needed(Text::FieldName)?,
            office: needed(Text::FieldOffice)?.as_str().into(),
            posts: posts(&needed(Text::FieldPosts)?, lang).map_err(|said| (Text::FieldPosts, said))?,
            os_user,
            active: true,
        })
    }

    /// The PIN, as it was typed twice.
    fn pin_typed(&self, lang: Lang) -> Result<String, (Text, String)> {
        let pin = self.text(Text::FieldPin);
        if pin.is_empty() {
            let field = Text::FieldPin.text(lang);
            return Err((Text::FieldPin, Text::NeedField.fill(lang, &[("field", field)])));
        }
        if pin != self.text(Text::FieldAgain) {
            return Err((Text::FieldAgain, LoadText::PinsDiffer.text(lang).to_owned()));
        }
        Ok(pin)
    }

    /// The file that is to be looked at.
    pub(super) fn load(&self, lang: Lang) -> Result<LoadWish, (Text, String)> {
        let word = self.text(Text::FieldHolds);
        let bad = || (Text::FieldHolds, LoadText::BadHolds.fill(lang, &[("word", &word)]));
        let kind = kind_named(&word).ok_or_else(bad)?;
        let path = self.text(Text::FieldFile);
        if path.is_empty() {
            let field = Text::FieldFile.text(lang);
            return Err((Text::FieldFile, Text::NeedField.fill(lang, &[("field", field)])));
        }
        let document = Some(self.text(Text::FieldDocument)).filter(|text| !text.is_empty());
        Ok(LoadWish { kind, path, document, digest: None, moves: None })
    }

    /// The period, if both days are days and in order.
    fn span(&self, lang: Lang) -> Result<(Day, Day), (Text, String)> {
        let day = |label: Text| {
            let text = self.text(label);
            parse_day(&text).ok_or_else(|| (label, Text::BadDay.fill(lang, &[("text", &text)])))
        };
        let (from, until) = (day(Text::FieldFrom)?, day(Text::FieldUntil)?);
        if until < from {
            let values = [("from", &*from.to_string()), ("until", &*until.to_string())];
            return Err((Text::FieldUntil, LoadText::BadPeriod.fill(lang, &values)));
        }
        Ok((from, until))
    }

    /// The substitution, in words and as it is sent.
    fn substitution(&self, lang: Lang) -> Result<(String, Command), (Text, String)> {
        let needed = |label: Text| match self.text(label) {
            text if text.is_empty() => Err((label, Text::NeedField.fill(lang, &[("field", label.text(lang))]))),
            text => Ok(text),
        };
        let (who, away) = (needed(Text::FieldStandsIn)?, needed(Text::FieldAway)?);
        let (from, until) = self.span(lang)?;
        let (first, last) = (from.to_string(), until.to_string());
        let values = [("who", &*who), ("away", &*away), ("from", &*first), ("until", &*last)];
        let words = LoadText::AskSubstitute.fill(lang, &values);
        let (who, on_behalf) = (AccountId(who), Some(AccountId(away)));
        Ok((words, Command::Substitute(Substitute { who, on_behalf, from, until })))
    }

    /// The same, of a form for a period.
    pub(super) fn period_days(&self) -> Option<(Day, Day)> {
        if self.errand == SystemErrand::Period { self.span(Lang::Zh).ok() } else { None }
    }

    /// What the journal is to be narrowed by.
    fn asked(&self, lang: Lang) -> Result<JournalAsked, (Text, String)> {
        let some = |label: Text| Some(self.text(label)).filter(|text| !text.is_empty());
        let day = |label: Text| match some(label) {
            None => Ok(None),
            Some(text) => match parse_day(&text) {
                Some(day) => Ok(Some(day)),
                None => Err((label, Text::BadDay.fill(lang, &[("text", &text)]))),
            },
        };
        let mut asked = JournalAsked {
            who: some(Text::FieldWho),
            kind: some(Text::FieldKind),
            from: day(Text::FieldFrom)?,
            until: day(Text::FieldUntil)?,
            ..JournalAsked::default()
        };
        if let Some(text) = some(Text::FieldPost) {
            asked.post = posts(&text, lang).map_err(|said| (Text::FieldPost, said))?.first().copied();
        }
        if let Some(text) = some(Text::FieldAbout) {
            match (text.parse(), text.parse()) {
                (Ok(student), _) => asked.student = Some(student),
                (_, Ok(application)) => asked.application = Some(application),
                _ => return Err((Text::FieldAbout, Text::BadAbout.fill(lang, &[("text", &text)]))),
            }
        }
        Ok(asked)
    }
}

/// Posts by their names in either language, with anything between them.
fn posts(text: &str, lang: Lang) -> Result<Vec<Post>, String> {
    let mut found: Vec<Post> = Vec::new();
    for word in text.split([' ', ',', '，', '、', '/', '／', '　']).filter(|word| !word.is_empty()) {
        let named = |post: &Post| {
            let english = words::post(*post, Lang::En);
            post.name() == word || english.eq_ignore_ascii_case(word)
        };
        match POSTS.into_iter().find(named) {
            Some(post) if found.contains(&post) => {}
            Some(post) => found.push(post),
            None => return Err(Text::BadPost.fill(lang, &[("word", word)])),
        }
    }
    Ok(found)
}

impl App {
    /// A command key in one of these forms.
    pub(super) fn system_form_action(&mut self, action: Action) {
        self.dirty = true;
        let Some(Screen::SystemForm(form)) = self.stack.last_mut() else { return };
        let last = form.fields.len().saturating_sub(1);
        match action {
            Action::Accept if form.at < last => form.at += 1,
            Action::NextField => form.at = if form.at == last { 0 } else { form.at + 1 },
            Action::PrevField => form.at = form.at.checked_sub(1).unwrap_or(last),
            Action::Accept | Action::Done => self.system_form_done(),
            Action::Keep => self.leave_short(),
            _ => {}
        }
    }

    fn system_form_done(&mut self) {
        let lang = self.look.lang;
        let Some(Screen::SystemForm(form)) = self.stack.last().cloned() else { return };
        let wrong = match &form.errand {
            SystemErrand::Find(at) => return self.narrowed_to(Some((*at, form.text(Text::FieldText))), None),
            SystemErrand::Journal => match form.asked(lang) {
                Ok(asked) => return self.narrowed_to(None, Some(asked)),
                Err(wrong) => wrong,
            },
            SystemErrand::Pin(row) => match form.pin_typed(lang) {
                Ok(pin) => {
                    let words = LoadText::AskPin.fill(lang, &[("id", row.id.as_str()), ("name", &row.name)]);
                    let (account, pin) = (row.id.clone(), Secret(pin));
                    return self.ask_about_account(words, Command::SetPin(SetPin { account, pin }));
                }
                Err(wrong) => wrong,
            },
            SystemErrand::File => match form.load(lang) {
                Ok(wish) => return self.load_file(wish),
                Err(wrong) => wrong,
            },
            SystemErrand::Period => match form.span(lang) {
                Ok((from, until)) => return self.period_given(from, until, form.text(Text::FieldPeriod)),
                Err(wrong) => wrong,
            },
            SystemErrand::Substitute => match form.substitution(lang) {
                Ok((words, command)) => return self.ask_about_account(words, command),
                Err(wrong) => wrong,
            },
            SystemErrand::Account(_) => match form.wanted(lang) {
                Ok(account) => {
                    let posts = words::posts(&account.posts, lang);
                    let values = [("id", account.id.as_str()), ("name", &account.name), ("posts", &posts)];
                    let said = Text::AskPut.fill(lang, &values);
                    return self.ask_about_account(said, Command::PutAccount { account });
                }
                Err(wrong) => wrong,
            },
        };
        if let Some(Screen::SystemForm(form)) = self.stack.last_mut() {
            form.at = form.labels().iter().position(|label| *label == wrong.0).unwrap_or(0);
        }
        self.note = Some(Note::new(Tone::Warn, wrong.1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_are_read_in_both_languages_whatever_stands_between() {
        assert_eq!(posts("录入、审核", Lang::Zh), Ok(vec![Post::Entry, Post::Review]));
        assert_eq!(
            posts(" 经办／复核　督办 经办", Lang::Zh),
            Ok(vec![Post::Handler, Post::Reviewer, Post::Supervisor])
        );
        assert_eq!(posts("", Lang::Zh), Ok(vec![]));
        assert!(posts("经办 局长", Lang::Zh).unwrap_err().contains("局长"));
        for post in POSTS {
            assert_eq!(posts(words::post(post, Lang::En), Lang::En), Ok(vec![post]));
        }
    }
}
