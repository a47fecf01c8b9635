//! What a keeper does about accounts and files on screen 0: PINs, shared logins, files of the province.

use super::App;
use super::note::{Note, Tone};
use super::outbox::Purpose;
use super::screen::Screen;
use super::system::{ACCOUNTS, MAJORS, OFFERS, OFFICES, PageOf, STATE, SUBSTITUTES, SystemDeed, SystemErrandOf};
use super::system_form::SystemForm;
use crate::catalogue::{LoadText as Text, Msg, SystemText};
use crate::keymap::{Action, Scope};
use crate::model::{Command, DropSubstitute, ImportKind, ShareLogin};
use crate::wire::{AccountRow, Request};

impl App {
    /// The account under the cursor, for a keeper; says so when there is none or the asker is no keeper.
    fn account_to_change(&mut self) -> Option<AccountRow> {
        let Some(Screen::System(screen)) = self.stack.last() else { return None };
        if screen.tab != ACCOUNTS {
            self.say_system(SystemText::OnlyAccounts);
            return None;
        }
        let row = screen.account().cloned()?;
        if !self.keeps() {
            return None;
        }
        if row.os_user.is_none() {
            let key = self.keymap.key_for(Scope::System, Action::Change).unwrap_or_default();
            let said = Text::NoUser.fill(self.look.lang, &[("id", row.id.as_str()), ("key", &key)]);
            self.note = Some(Note::new(Tone::Info, said));
            return None;
        }
        Some(row)
    }

    /// The form for a PIN.
    pub(super) fn open_pin(&mut self) {
        if let Some(row) = self.account_to_change() {
            self.stack.push(Screen::SystemForm(Box::new(SystemForm::pin(row))));
        }
    }

    /// Says that the login of an account is shared, or no longer, after one more question.
    pub(super) fn share_login(&mut self) {
        let Some(row) = self.account_to_change() else { return };
        let user = row.os_user.unwrap_or_default();
        let text = if row.shared { Text::AskUnshare } else { Text::AskShare };
        let words = text.fill(self.look.lang, &[("user", &user)]);
        let command = Command::ShareLogin(ShareLogin { os_user: user, shared: !row.shared });
        self.ask_about(SystemDeed { words, errand: SystemErrandOf::Write(command) });
    }

    /// Whether the tab of substitutes is open.
    pub(super) fn on_substitutes(&self) -> bool {
        matches!(self.stack.last(), Some(Screen::System(screen)) if screen.tab == SUBSTITUTES)
    }

    /// The form for who stands in for whom. Who may arrange it is judged when it is sent: everybody for himself, a keeper
    /// for others.
    pub(super) fn open_stand_in(&mut self) {
        let me = self.me.as_ref().map(|me| me.account.id.to_string()).unwrap_or_default();
        self.push_short(Screen::SystemForm(Box::new(SystemForm::substitute(&me))));
    }

    /// Ends the substitution under the cursor, after one more question.
    pub(super) fn end_substitute(&mut self) {
        let Some(Screen::System(screen)) = self.stack.last() else { return };
        let Some(row) = screen.substitutes.rows.get(screen.at[SUBSTITUTES]) else { return };
        let values = [("who", row.name.as_str()), ("away", &row.on_behalf_name)];
        let words = Text::AskEnd.fill(self.look.lang, &values);
        let (who, on_behalf) = (row.who.clone(), Some(row.on_behalf.clone()));
        self.ask_about_account(words, Command::DropSubstitute(DropSubstitute { who, on_behalf }));
    }

    /// The form for a file, of what the tab shows.
    pub(super) fn open_load(&mut self) {
        let Some(Screen::System(screen)) = self.stack.last() else { return };
        let kind = match screen.tab {
            OFFICES => ImportKind::Schools,
            OFFERS => ImportKind::Qualifications,
            MAJORS => ImportKind::Majors,
            STATE => ImportKind::Calendar,
            _ => ImportKind::Qualifications,
        };
        if self.keeps() && !self.needs_link() {
            self.stack.push(Screen::SystemForm(Box::new(SystemForm::file(kind, self.look.lang))));
        }
    }

    /// Enter on something to read: takes in the file that was checked.
    pub(super) fn open_on_page(&mut self) {
        match self.stack.last() {
            Some(Screen::SystemPage(page)) if matches!(page.what, PageOf::Load(_)) => self.confirm_load(),
            _ => self.inform(Msg::NoKey),
        }
    }

    /// What was confirmed.
    pub(super) fn do_system_deed(&mut self, deed: SystemDeed) {
        self.dirty = true;
        match deed.errand {
            SystemErrandOf::Write(command) => self.send(Request::Write(command), Purpose::SystemDeed(deed.words)),
            SystemErrandOf::Load(wish) => self.load_file(*wish),
        }
    }
}
