//! What happened elsewhere, and the link itself. Nothing here moves the cursor.

use super::input::{Effect, FileJob};
use super::note::{Note, Tone};
use super::outbox::{CaseWhy, PageWhy, Purpose};
use super::screen::{CaseScreen, RulesScreen, Screen};
use super::{App, Link, words};
use crate::catalogue::{AsideMsg, ImportText, LoadText, Msg, NationalText, ReadingText};
use crate::wire::{ListPage, Notice, Query, Reading, Request, Welcome, WhoAmI};

impl App {
    /// Something happened elsewhere.
    pub(super) fn notice(&mut self, notice: Notice) {
        let lang = self.look.lang;
        match notice {
            Notice::Changed { application, revision, by } => {
                let mine = by.as_ref().map(|by| &by.account) == self.me.as_ref().map(|me| &me.account.id);
                let in_order = |purpose: &Purpose| match purpose {
                    Purpose::Deed(deed) => deed.is_on(application),
                    Purpose::Page(_, PageWhy::Decided(id, _)) => *id == application,
                    _ => false,
                };
                // The echo of this desk's own decision, whose answer brings the list anyway.
                if mine && self.outbox.any(in_order) {
                    return;
                }
                self.queue.heard_of(application, by.as_ref());
                let newer = self.stack.iter().any(|screen| {
                    matches!(screen, Screen::Case(CaseScreen { id, case: Some(case), .. })
                        if *id == application && case.revision < revision)
                });
                let previewed = self.preview.as_ref().is_some_and(|preview| preview.id == application);
                if newer || previewed {
                    self.reload(application);
                }
                self.record_changed(application);
                self.reload_batch_of(application);
                self.reload_calendar();
                self.reload_board();
                self.refresh();
            }
            Notice::Several { applications, by } => {
                let mine = by.as_ref().map(|by| &by.account) == self.me.as_ref().map(|me| &me.account.id);
                if mine && self.outbox.any(|purpose| matches!(purpose, Purpose::Deed(_) | Purpose::Bulk)) {
                    return;
                }
                for id in applications {
                    self.queue.heard_of(id, by.as_ref());
                    self.reload(id);
                    self.reload_batch_of(id);
                    self.record_changed(id);
                }
                self.reload_calendar();
                self.refresh();
            }
            Notice::Claimed { application, claim } => {
                self.dirty |= self.queue.claimed(application, claim.as_ref());
                let preview = self.preview.iter_mut().filter_map(|preview| preview.case.as_mut());
                let stack = self.stack.iter_mut().filter_map(|screen| match screen {
                    Screen::Case(screen) => screen.case.as_mut(),
                    _ => None,
                });
                for case in preview.chain(stack).filter(|case| case.id == application) {
                    self.dirty |= case.claim != claim;
                    case.claim.clone_from(&claim);
                }
            }
            Notice::Day { now } => {
                if let Some(me) = &mut self.me {
                    me.now = now;
                }
                self.say(Tone::Info, Msg::DayChanged.fill(lang, &[("day", &now.day().to_string())]));
                self.ask_everything();
            }
            Notice::Reminded { reminded } => {
                let id = reminded.application.to_string();
                let text = if reminded.text.is_empty() { Msg::RemindedPlain.text(lang) } else { &reminded.text };
                self.reload_board();
                self.say(Tone::Warn, Msg::Reminded.fill(lang, &[("by", &reminded.by), ("id", &id), ("text", text)]));
                self.refresh();
            }
            Notice::Reading { reading } => self.heard_of_reading(reading),
            Notice::Reconciled { school } => self.reload_reconcile(Some(&school)),
            Notice::Closing {} => self.say(Tone::Warn, Msg::ClosingNote.text(lang)),
            Notice::Account { posts, standing_in } => {
                if let Some(me) = &mut self.me {
                    me.account.posts = posts;
                    me.standing_in = standing_in;
                }
                self.say(Tone::Warn, AsideMsg::AccountChanged.text(lang));
                self.ask_everything();
            }
        }
    }

    /// The server reads its records after a start. When it is through, what was asked for too early is asked again.
    fn heard_of_reading(&mut self, reading: Option<Reading>) {
        let percent = |reading: Option<Reading>| reading.map(Reading::percent);
        self.dirty |= percent(self.reading) != percent(reading);
        let begun = std::mem::replace(&mut self.reading, reading).is_some();
        if begun && reading.is_none() {
            self.say(Tone::Info, ReadingText::Done.text(self.look.lang));
            self.ask_everything();
        }
    }

    fn say(&mut self, tone: Tone, line: impl Into<String>) {
        self.note = Some(Note::new(tone, line));
        self.dirty = true;
    }

    /// The link ended.
    pub(super) fn link_lost(&mut self, why: &str) {
        let lang = self.look.lang;
        let unanswered = self.outbox.link_lost();
        self.drafts_link_lost();
        // Another try that failed covers nothing that the clerk was told about a key meanwhile.
        let told = self.link == Link::Lost && self.note.as_ref().is_some_and(|note| note.tone == Tone::Refusal);
        self.link = Link::Lost;
        // Command keys that waited for an answer would act on what nobody sees; text already typed is in its field.
        self.ahead.clear();
        let line = match unanswered {
            0 => Msg::LinkLost.fill(lang, &[("why", why)]),
            n => Msg::LinkLostPending.fill(lang, &[("n", &n.to_string())]),
        };
        if !told {
            self.say(Tone::Warn, line);
        }
    }

    /// The link stands, for the first time or again.
    pub(super) fn link_back(&mut self, welcome: Welcome) {
        let before = self.me.as_ref().map(|me| me.account.id.clone());
        let again = before.is_some();
        // Whatever was asked on an older link is not answered on this one.
        self.outbox.link_lost();
        // A server that is not through says so as soon as it is asked for notices.
        self.reading = None;
        self.link = Link::Up;
        self.dirty = true;
        // The desk was somebody else's when the link broke: become that account again before anything is sent.
        match before {
            Some(account) if account != welcome.me.account.id => {
                self.send(Request::Query(Query::SwitchAccount { account }), Purpose::Nothing);
                if let Some(me) = &mut self.me {
                    me.now = welcome.me.now;
                }
            }
            _ => self.me = Some(welcome.me),
        }
        self.send(Request::Query(Query::Subscribe {}), Purpose::Nothing);
        for envelope in self.outbox.unanswered() {
            self.out.push(Effect::Send(envelope));
        }
        for screen in &mut self.stack {
            match screen {
                Screen::Case(screen) => screen.claimed = false,
                Screen::Batch(screen) => screen.claimed = None,
                _ => {}
            }
        }
        if !again {
            self.drafts_begin();
        }
        if again {
            self.say(Tone::Info, Msg::LinkBack.text(self.look.lang));
        } else if let Some(warning) = self.me.as_ref().and_then(|me| me.warnings.first()) {
            self.note = Some(Note { tone: Tone::Warn, lines: words::finding(warning, self.look.lang) });
        }
        self.ask_everything();
    }

    /// Asks again for all that is shown.
    pub(super) fn ask_everything(&mut self) {
        if self.link != Link::Up {
            return;
        }
        if self.queue.loaded {
            self.refresh();
        } else {
            let request = self.queue.first_window(self.list_height());
            let tab = self.queue.tab;
            self.send(Request::Query(Query::Page(request)), Purpose::Page(tab, PageWhy::Enter));
            self.ask_counts();
        }
        self.preview = None;
        let mut asks = Vec::new();
        for screen in &self.stack {
            match screen {
                Screen::Case(screen) => {
                    let why = if screen.case.is_none() { CaseWhy::Open(None) } else { CaseWhy::Reload };
                    asks.push((Query::Case { application: screen.id }, Purpose::Case(screen.id, why)));
                }
                Screen::Batch(screen) => {
                    let open = screen.view.is_none();
                    asks.push((Query::Batch { batch: screen.id }, Purpose::Batch(screen.id, open, None)));
                }
                Screen::Basis(screen) => {
                    asks.push((Query::Basis { application: screen.id }, Purpose::Basis(screen.id)));
                }
                Screen::Rules(RulesScreen { asked, rules: None, .. }) => {
                    asks.push((Query::Rules { rule: asked.clone() }, Purpose::Rules(asked.clone())));
                }
                Screen::Limits(_) => {
                    let tab = self.queue.tab;
                    asks.push((Query::Limits { tab }, Purpose::Limits(tab)));
                }
                Screen::Accounts(_) => asks.push((Query::Accounts(ListPage::default()), Purpose::Accounts)),
                _ => {}
            }
        }
        for (query, purpose) in asks {
            self.send(Request::Query(query), purpose);
        }
        self.entry_again();
        for screen in &mut self.stack {
            if let Screen::Students(search) = screen {
                search.ask_again();
            }
        }
        self.reload_records(|_| true);
        self.reload_calendar();
        self.reload_board();
        self.ask_system(false);
    }

    /// This desk is somebody else's now.
    pub(super) fn became(&mut self, me: WhoAmI) {
        let lang = self.look.lang;
        let posts = words::posts(&me.posts(), lang);
        let values = [("name", me.account.name.as_str()), ("office", &me.office.name), ("post", &posts)];
        let said = Msg::Switched.fill(lang, &values);
        self.put_forms_aside();
        // What is left open belongs to the account that left it.
        (self.left_entry, self.left_grid) = (None, None);
        self.left_short.clear();
        self.me = Some(me);
        self.stack.clear();
        self.left_search.clear();
        self.confirm = None;
        self.preview = None;
        self.say(Tone::Info, said);
        self.queue.narrow = super::limit::Narrow::default();
        self.enter_tab(crate::wire::Tab::Mine);
        self.drafts_begin();
    }

    /// What is being typed is kept for when this account is taken up again.
    pub(super) fn put_forms_aside(&mut self) {
        for screen in std::mem::take(&mut self.stack) {
            match screen {
                Screen::Write(write) => self.put_aside(&write),
                Screen::Attach(form) if form.has_typed() => self.left_attach = Some(form),
                Screen::Fact(form) if form.has_typed() => self.left_fact = Some(form),
                Screen::Aside(form) if form.has_typed() => self.left_aside = Some(form),
                Screen::Start(form) if form.has_typed() => self.left_start = Some(form),
                Screen::Entry(screen) => self.left_entry = Some(screen),
                Screen::Grid(screen) => self.left_grid = Some(screen),
                screen => self.keep_short(screen),
            }
        }
    }

    /// An errand with a file ended.
    pub(super) fn file_done(&mut self, job: FileJob, outcome: Result<String, String>) {
        let lang = self.look.lang;
        match (job, outcome) {
            (FileJob::Attach, Ok(name)) => {
                let of = self.left_attach.take().map(|form| form.application);
                self.say(Tone::Info, Msg::FileSent.fill(lang, &[("name", &name)]));
                if let Some(id) = of {
                    self.forget_draft(&format!("attach:{id}"));
                    self.reload(id);
                }
            }
            (FileJob::Fetch, Ok(name)) => self.say(Tone::Info, Msg::FileGot.fill(lang, &[("name", &name)])),
            (FileJob::Notice, Ok(name)) => self.say(Tone::Info, AsideMsg::NoticeSaved.fill(lang, &[("name", &name)])),
            (FileJob::Export, Ok(name)) => self.say(Tone::Info, ImportText::Exported.fill(lang, &[("name", &name)])),
            (FileJob::Errors, Ok(name)) => self.say(Tone::Info, ImportText::ErrorsSaved.fill(lang, &[("name", &name)])),
            (FileJob::Uploads, Ok(found)) => match serde_json::from_str(&found) {
                Ok(uploads) => self.got_uploads(uploads),
                Err(error) => self.file_done(job, Err(error.to_string())),
            },
            (FileJob::Import, Ok(seen)) => match serde_json::from_str(&seen) {
                Ok(seen) => self.got_import(seen),
                Err(error) => self.file_done(job, Err(error.to_string())),
            },
            (FileJob::KeyIn, Ok(name)) => self.say(Tone::Info, NationalText::Exported.fill(lang, &[("name", &name)])),
            (FileJob::Report, Ok(name)) => self.say(Tone::Info, LoadText::TableSaved.fill(lang, &[("name", &name)])),
            (FileJob::Load, Ok(seen)) => {
                self.dirty = true;
                self.file_loaded(&seen);
            }
            (FileJob::Load, Err(why)) => {
                self.say(Tone::Refusal, LoadText::CheckFailed.fill(lang, &[("why", &why)]));
            }
            (FileJob::Photo, Ok(digest)) => {
                self.dirty = true;
                self.got_photo(digest);
            }
            (job, Err(why)) => {
                if job == FileJob::Import {
                    self.import_failed();
                }
                self.say(Tone::Refusal, Msg::FileFailed.fill(lang, &[("what", job.doing(lang)), ("why", &why)]));
            }
        }
    }
}
