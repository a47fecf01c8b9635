//! Screen 0 (系统): master data, accounts, the journal and the store, tab by tab. Who is no keeper reads.

use super::App;
use super::deed::Confirm;
use super::load::{LoadSeen, LoadWish};
use super::note::{Note, Tone};
use super::outbox::Purpose;
use super::pick::moved;
use super::screen::Screen;
use super::system_form::{SystemErrand, SystemForm};
use crate::catalogue::SystemText as Text;
use crate::keymap::Action;
use crate::model::{Command, Major, Post};
use crate::wire::{
    AccountRow, EntryView, JournalAsked, JournalFound, ListPage, MajorsAsked, MajorsPage, QualificationFilter,
    QualificationRow, Query, Request, SchoolRow, SchoolView, SchoolsAsked, SubstituteRow, SystemState, VerifyView,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Rows asked for at once.
const PAGE: u32 = 100;

/// Its tabs, in their order.
pub(crate) const TABS: [Text; 7] = [
    Text::TabOffices,
    Text::TabOffers,
    Text::TabMajors,
    Text::TabAccounts,
    Text::TabSubstitutes,
    Text::TabJournal,
    Text::TabState,
];

/// Their places.
pub(crate) const OFFICES: usize = 0;
pub(crate) const OFFERS: usize = 1;
pub(crate) const MAJORS: usize = 2;
pub(crate) const ACCOUNTS: usize = 3;
pub(crate) const SUBSTITUTES: usize = 4;
pub(crate) const JOURNAL: usize = 5;
pub(crate) const STATE: usize = 6;

/// What an answer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A tab; whether the rows follow on those that are there.
    Tab(usize, bool),
    /// One school.
    School,
    /// The result of verifying.
    Verified,
}

/// Rows of a tab, as far as they have come.
#[derive(Debug, Clone)]
pub(crate) struct Rows<T> {
    pub(crate) rows: Vec<T>,
    pub(crate) total: u64,
    /// Whether any answer has come, and whether there is more to be asked for.
    pub(crate) loaded: bool,
    pub(crate) more: bool,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Rows { rows: Vec::new(), total: 0, loaded: false, more: false }
    }
}

impl<T: DeserializeOwned> Rows<T> {
    fn take(&mut self, mut answer: Value, follows: bool) -> Result<(), String> {
        let rows: Vec<T> = serde_json::from_value(answer["items"].take()).map_err(|e| e.to_string())?;
        if !follows {
            self.rows.clear();
        }
        self.rows.extend(rows);
        self.total = answer["total"].as_u64().unwrap_or(self.rows.len() as u64);
        self.more = !answer["next"].is_null();
        self.loaded = true;
        Ok(())
    }
}

/// The screen.
#[derive(Debug, Clone)]
pub(crate) struct SystemScreen {
    pub(crate) tab: usize,
    /// The row of each tab.
    pub(crate) at: [usize; 7],
    pub(crate) offices: Rows<SchoolRow>,
    pub(crate) offers: Rows<QualificationRow>,
    pub(crate) majors: Rows<Major>,
    pub(crate) accounts: Rows<AccountRow>,
    pub(crate) substitutes: Rows<SubstituteRow>,
    pub(crate) journal: Rows<EntryView>,
    /// What narrows offices and majors, and the journal.
    pub(crate) find: [String; 2],
    pub(crate) narrowed: JournalAsked,
    before: Option<u64>,
    pub(crate) state: Option<Box<SystemState>>,
    pub(crate) verified: Option<VerifyView>,
}

/// One thing of it in full, to be read.
#[derive(Debug, Clone)]
pub(crate) struct SystemPage {
    pub(crate) what: PageOf,
    pub(crate) scroll: u16,
}

/// What it is.
#[derive(Debug, Clone)]
pub(crate) enum PageOf {
    /// A school, when it has come.
    School(Option<Box<SchoolView>>),
    /// An entry of the journal.
    Entry(Box<EntryView>),
    /// A file that was checked.
    Load(Box<LoadSeen>),
}

/// Something done here, confirmed before it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SystemDeed {
    /// In words, for the line that asks.
    pub(crate) words: String,
    /// What.
    pub(super) errand: SystemErrandOf,
}

/// What is done.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SystemErrandOf {
    /// A command.
    Write(Command),
    /// A file that is taken in.
    Load(Box<LoadWish>),
}

impl SystemScreen {
    fn new() -> SystemScreen {
        SystemScreen {
            tab: 0,
            at: [0; 7],
            offices: Rows::default(),
            offers: Rows::default(),
            majors: Rows::default(),
            accounts: Rows::default(),
            substitutes: Rows::default(),
            journal: Rows::default(),
            find: [String::new(), String::new()],
            narrowed: JournalAsked::default(),
            before: None,
            state: None,
            verified: None,
        }
    }

    /// Rows of the open tab, whether more can be asked for.
    fn extent(&self) -> (usize, bool) {
        match self.tab {
            OFFICES => (self.offices.rows.len(), self.offices.more),
            OFFERS => (self.offers.rows.len(), self.offers.more),
            MAJORS => (self.majors.rows.len(), self.majors.more),
            ACCOUNTS => (self.accounts.rows.len(), self.accounts.more),
            SUBSTITUTES => (self.substitutes.rows.len(), false),
            JOURNAL => (self.journal.rows.len(), self.journal.more),
            _ => (0, false),
        }
    }

    fn question(&self, follows: bool) -> Query {
        let after = |rows: usize| follows.then(|| u32::try_from(rows).unwrap_or(u32::MAX));
        match self.tab {
            OFFICES => Query::Schools(SchoolsAsked {
                text: self.find[0].clone(),
                offices: true,
                after: self.offices.rows.last().filter(|_| follows).map(|row| row.office.id.clone()),
                count: Some(PAGE),
            }),
            OFFERS => Query::Qualifications(QualificationFilter {
                after: after(self.offers.rows.len()),
                count: Some(PAGE),
                ..QualificationFilter::default()
            }),
            MAJORS => Query::Majors(MajorsAsked {
                text: self.find[1].clone(),
                after: self.majors.rows.last().filter(|_| follows).map(|row| row.code.clone()),
                count: Some(PAGE),
            }),
            ACCOUNTS => Query::Accounts(ListPage {
                after: self.accounts.rows.last().filter(|_| follows).map(|row| row.id.to_string()),
                count: Some(PAGE),
            }),
            SUBSTITUTES => Query::Substitutes {},
            JOURNAL => Query::FindJournal(JournalAsked {
                before: self.before.filter(|_| follows),
                count: Some(PAGE),
                ..self.narrowed.clone()
            }),
            _ => Query::SystemState {},
        }
    }

    pub(super) fn account(&self) -> Option<&AccountRow> {
        self.accounts.rows.get(self.at[ACCOUNTS]).filter(|_| self.tab == ACCOUNTS)
    }
}

impl App {
    /// Opens it. What lies on the list is left.
    pub(super) fn open_system(&mut self) {
        if self.needs_link() {
            return;
        }
        self.close_all();
        self.stack.push(Screen::System(Box::new(SystemScreen::new())));
        self.dirty = true;
        self.ask_system(false);
    }

    /// The same with the tab that a form belongs to.
    pub(super) fn open_system_for(&mut self, errand: &SystemErrand) {
        self.open_system();
        let tab = if *errand == SystemErrand::Substitute { SUBSTITUTES } else { ACCOUNTS };
        if let Some(screen) = self.system_screen().filter(|screen| screen.tab != tab) {
            screen.tab = tab;
            self.ask_system(false);
        }
    }

    fn system_screen(&mut self) -> Option<&mut SystemScreen> {
        self.stack.iter_mut().find_map(|screen| match screen {
            Screen::System(screen) => Some(&mut **screen),
            _ => None,
        })
    }

    /// Asks for what the tab shows, anew or what follows on it.
    pub(super) fn ask_system(&mut self, follows: bool) {
        let Some(screen) = self.system_screen() else { return };
        let (query, part) = (screen.question(follows), Part::Tab(screen.tab, follows));
        self.send(Request::Query(query), Purpose::System(part));
    }

    /// An answer came.
    pub(super) fn got_system(&mut self, part: Part, value: Value) -> Result<(), String> {
        fn read<T: DeserializeOwned>(value: Value) -> Result<T, String> {
            serde_json::from_value(value).map_err(|e| e.to_string())
        }
        if part == Part::School {
            let view: SchoolView = read(value)?;
            if let Some(Screen::SystemPage(page)) = self.stack.last_mut() {
                page.what = PageOf::School(Some(Box::new(view)));
            }
            return Ok(());
        }
        let Some(screen) = self.system_screen() else { return Ok(()) };
        match part {
            Part::Tab(OFFICES, follows) => screen.offices.take(value, follows)?,
            Part::Tab(OFFERS, follows) => screen.offers.take(value, follows)?,
            Part::Tab(MAJORS, follows) => {
                let page: MajorsPage = read(value.clone())?;
                screen.majors.take(value, follows)?;
                screen.majors.total = page.total.into();
            }
            Part::Tab(ACCOUNTS, follows) => screen.accounts.take(value, follows)?,
            Part::Tab(SUBSTITUTES, follows) => screen.substitutes.take(value, follows)?,
            Part::Tab(JOURNAL, follows) => {
                let found: JournalFound = read(value.clone())?;
                screen.before = found.next;
                screen.journal.take(value, follows)?;
            }
            Part::Tab(..) => screen.state = Some(Box::new(read(value)?)),
            Part::Verified => {
                screen.verified = Some(read(value)?);
                self.note = None;
                return Ok(());
            }
            Part::School => {}
        }
        let (rows, _) = screen.extent();
        let at = &mut screen.at[screen.tab];
        *at = (*at).min(rows.saturating_sub(1));
        Ok(())
    }

    /// A command key on the screen.
    pub(super) fn system_action(&mut self, action: Action) {
        self.dirty = true;
        let page = (self.list_height() as usize).saturating_sub(2).max(1);
        match action {
            Action::Queue => return self.close_all(),
            Action::Students => return self.open_students(),
            Action::Board => return self.open_board(),
            Action::Calendar => return self.open_calendar(),
            Action::AddAccount if self.on_substitutes() => return self.open_stand_in(),
            Action::Disable if self.on_substitutes() => return self.end_substitute(),
            Action::AddAccount => return self.open_account(true),
            Action::Change => return self.open_account(false),
            Action::Disable => return self.disable_account(),
            Action::CheckStore => return self.check_store(),
            Action::SetPin => return self.open_pin(),
            Action::ShareLogin => return self.share_login(),
            Action::LoadFile => return self.open_load(),
            Action::Limit => return self.open_narrowing(),
            Action::Open => return self.open_system_row(),
            Action::Back => return self.close_top(),
            _ => {}
        }
        let linked = self.link == super::Link::Up;
        let Some(Screen::System(screen)) = self.stack.last_mut() else { return };
        let (tabs, tab) = (TABS.len(), screen.tab);
        let (rows, more) = screen.extent();
        match action {
            Action::NextTab => screen.tab = (tab + 1) % tabs,
            Action::PrevTab => screen.tab = (tab + tabs - 1) % tabs,
            Action::Unlimit => match tab {
                OFFICES => screen.find[0].clear(),
                MAJORS => screen.find[1].clear(),
                JOURNAL => screen.narrowed = JournalAsked::default(),
                _ => return,
            },
            Action::Refresh => {}
            Action::Last if more && linked && screen.at[tab] + 1 == rows => return self.ask_system(true),
            action => {
                screen.at[tab] = moved(screen.at[tab], rows, action, page);
                return;
            }
        }
        if !self.needs_link() {
            self.ask_system(false);
        }
    }

    fn open_system_row(&mut self) {
        if self.needs_link() {
            return;
        }
        let Some(Screen::System(screen)) = self.stack.last() else { return };
        let row = screen.at[screen.tab];
        let (page, query) = match screen.tab {
            OFFICES => {
                let Some(one) = screen.offices.rows.get(row) else { return };
                (PageOf::School(None), Some(Query::School { school: one.office.id.clone() }))
            }
            OFFERS => {
                let Some(one) = screen.offers.rows.get(row) else { return };
                (PageOf::School(None), Some(Query::School { school: one.qualification.school.clone() }))
            }
            JOURNAL => {
                let Some(entry) = screen.journal.rows.get(row) else { return };
                (PageOf::Entry(Box::new(entry.clone())), None)
            }
            ACCOUNTS => return self.open_account(false),
            _ => return,
        };
        self.stack.push(Screen::SystemPage(Box::new(SystemPage { what: page, scroll: 0 })));
        if let Some(query) = query {
            self.send(Request::Query(query), Purpose::System(Part::School));
        }
    }

    pub(super) fn say_system(&mut self, text: Text) {
        self.note = Some(Note::new(Tone::Info, text.text(self.look.lang)));
    }

    /// Whether the asker keeps accounts; says so when not.
    pub(super) fn keeps(&mut self) -> bool {
        let keeper = self.me.as_ref().is_some_and(|me| me.account.posts.contains(&Post::Keeper));
        if !keeper {
            self.say_system(Text::NotKeeper);
        }
        keeper
    }

    /// The form for a new account, or for the one under the cursor.
    fn open_account(&mut self, new: bool) {
        let Some(Screen::System(screen)) = self.stack.last() else { return };
        if screen.tab != ACCOUNTS {
            return self.say_system(Text::OnlyAccounts);
        }
        let lang = self.look.lang;
        let row = if new { None } else { screen.account().cloned() };
        if !self.keeps() || !new && row.is_none() {
            return;
        }
        let own = self.me.as_ref().map(|me| me.office.id.to_string()).unwrap_or_default();
        self.push_short(Screen::SystemForm(Box::new(SystemForm::account(row, &own, lang))));
    }

    fn open_narrowing(&mut self) {
        let Some(Screen::System(screen)) = self.stack.last() else { return };
        let form = match screen.tab {
            OFFICES => SystemForm::find(0, &screen.find[0]),
            MAJORS => SystemForm::find(1, &screen.find[1]),
            JOURNAL => SystemForm::journal(&screen.narrowed, self.look.lang),
            _ => return self.say_system(Text::OnlyJournal),
        };
        self.stack.push(Screen::SystemForm(Box::new(form)));
    }

    /// What narrows is another: the rows are asked for anew.
    pub(super) fn narrowed_to(&mut self, find: Option<(usize, String)>, journal: Option<JournalAsked>) {
        self.stack.pop();
        if let Some(screen) = self.system_screen() {
            if let Some((at, text)) = find {
                screen.find[at] = text;
            }
            if let Some(asked) = journal {
                screen.narrowed = asked;
            }
            screen.at[screen.tab] = 0;
        }
        if !self.needs_link() {
            self.ask_system(false);
        }
    }

    fn disable_account(&mut self) {
        let Some(Screen::System(screen)) = self.stack.last() else { return };
        if screen.tab != ACCOUNTS {
            return self.say_system(Text::OnlyAccounts);
        }
        let Some(row) = screen.account().cloned() else { return };
        if self.keeps() {
            let values = [("id", row.id.as_str()), ("name", row.name.as_str())];
            let words = Text::AskDisable.fill(self.look.lang, &values);
            self.ask_about_account(words, Command::DisableAccount { account: row.id });
        }
    }

    /// Asks once more, in one line.
    pub(super) fn ask_about_account(&mut self, words: String, command: Command) {
        self.ask_about(SystemDeed { words, errand: SystemErrandOf::Write(command) });
    }

    pub(super) fn ask_about(&mut self, deed: SystemDeed) {
        self.confirm = Some(Confirm::System(Box::new(deed)));
        self.dirty = true;
    }

    /// It was done.
    pub(super) fn system_done(&mut self, words: &str) {
        self.short_done(|screen| matches!(screen, Screen::SystemForm(_)));
        self.note = Some(Note::new(Tone::Info, Text::Done.fill(self.look.lang, &[("what", words)])));
        self.ask_system(false);
    }

    fn check_store(&mut self) {
        if self.needs_link() {
            return;
        }
        if let Some(Screen::System(screen)) = self.stack.last_mut() {
            screen.tab = STATE;
            screen.verified = None;
        }
        self.say_system(Text::Verifying);
        self.ask_system(false);
        self.send(Request::Query(Query::Verify {}), Purpose::System(Part::Verified));
    }
}
