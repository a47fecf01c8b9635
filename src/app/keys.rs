//! From a key to what it does here. Keys that come while an answer is awaited are queued and applied in order.

use super::deed::Confirm;
use super::field::pasted_lines;
use super::input::Effect;
use super::note::{Note, Tone};
use super::outbox::{CaseWhy, PageWhy, Purpose};
use super::screen::{BasisScreen, CaseScreen, Preview, Screen};
use super::{App, Link};
use crate::catalogue::Msg;
use crate::keymap::{Action, KeyCode, KeyPress, Scope};
use crate::model::{ExportKind, Post};
use crate::text;
use crate::wire::{Query, Request, Tab};
use std::time::Duration;

/// Keys that may wait for an answer; beyond that somebody leans on the keyboard.
const TYPED_AHEAD: usize = 4096;

/// Something typed.
#[derive(Debug, Clone)]
pub(super) enum Typed {
    Key(KeyPress),
    Paste(String),
}

impl App {
    /// Where keys are looked up now.
    pub(crate) fn scope(&self) -> Scope {
        match &self.confirm {
            Some(_) => Scope::Confirm,
            None if self.commands.line.is_some() => Scope::Command,
            None => self.under(),
        }
    }

    /// Where keys are looked up when no line asks for any.
    pub(crate) fn under(&self) -> Scope {
        self.stack.last().map_or(Scope::List, Screen::scope)
    }

    /// Something was typed.
    pub(super) fn typed(&mut self, at: Duration, typed: Typed) {
        if !self.waiting() {
            self.apply(at, typed);
        } else if let Typed::Key(key) = typed
            && key.ctrl
            && self.keymap.action(self.scope(), key) == Some(Action::Quit)
        {
            // Leaving is possible whatever the server does.
            self.act(Action::Quit, key);
        } else if self.ahead.len() < TYPED_AHEAD {
            self.ahead.push_back((at, typed));
        }
    }

    /// Applies what was typed ahead, as far as nothing has to be waited for.
    pub(super) fn catch_up(&mut self) {
        while !self.waiting() {
            let Some((at, typed)) = self.ahead.pop_front() else { return };
            self.apply(at, typed);
        }
    }

    fn apply(&mut self, at: Duration, typed: Typed) {
        match typed {
            Typed::Key(key) => self.key(at, key),
            Typed::Paste(text) => self.paste(&text),
        }
    }

    fn key(&mut self, at: Duration, key: KeyPress) {
        let scope = self.scope();
        let action = self.keymap.action(scope, key);
        if self.guard.drops(at, key, action) {
            self.say_dropped();
            return;
        }
        if let Some(note) = self.note.take() {
            self.dirty = true;
            // A refusal is put aside with Esc, without leaving what lies under it.
            if note.tone == Tone::Refusal && key.code == KeyCode::Esc {
                return;
            }
        }
        match action {
            Some(Action::Run) => self.run_command(at, key),
            Some(action) => self.act(action, key),
            None if scope == Scope::Command => self.dirty |= self.command_key(key),
            None if scope.takes_text() => {
                let meant = match self.stack.last_mut() {
                    Some(Screen::Write(write)) => write.text.key(key),
                    Some(Screen::Attach(_)) => self.attach_key(key),
                    Some(Screen::Fact(_)) => self.fact_key(key),
                    Some(Screen::Aside(_)) => self.aside_key(key),
                    Some(Screen::AlertForm(form)) => super::alert_form::key(form, key),
                    Some(Screen::ImportFix(fix)) => super::import::key(fix, key),
                    Some(Screen::Inquiry(form)) => super::inquiry::key(form, key),
                    Some(Screen::GradForm(form)) => super::graduation_form::key(form, key, self.look.lang),
                    Some(Screen::SystemForm(form)) => form.fields.get_mut(form.at).is_some_and(|field| field.key(key)),
                    Some(Screen::Students(_)) => self.search_key(key),
                    Some(Screen::Entry(_)) => self.entry_key(key),
                    Some(Screen::Grid(_)) => self.grid_key(key),
                    _ => self.start_key(key),
                };
                self.dirty |= meant;
            }
            None if scope == Scope::Confirm => {}
            None if key.is_text() => {
                self.note = Some(Note::new(Tone::Info, Msg::NoKey.text(self.look.lang)));
                self.dirty = true;
            }
            None => {}
        }
    }

    pub(super) fn say_dropped(&mut self) {
        let line = Msg::DroppedEarly.text(self.look.lang).to_owned();
        let note = self.note.get_or_insert(Note { tone: Tone::Info, lines: Vec::new() });
        if note.lines.last() != Some(&line) {
            note.lines.push(line);
            self.dirty = true;
        }
    }

    fn paste(&mut self, text: &str) {
        let pasted = self.confirm.is_none()
            && match self.stack.last_mut() {
                _ if self.commands.line.is_some() => self.command_paste(text),
                Some(Screen::Write(write)) => write.text.paste(text),
                Some(Screen::Attach(form)) => form.fields[form.at].paste(text),
                Some(Screen::Fact(_)) => self.fact_paste(text),
                Some(Screen::Start(form)) => form.paste(text),
                Some(Screen::Aside(_)) => self.aside_paste(text),
                Some(Screen::AlertForm(form)) => form.fields.get_mut(form.at).is_some_and(|field| field.paste(text)),
                Some(Screen::Inquiry(form)) => form.fields.get_mut(form.at).is_some_and(|field| field.paste(text)),
                Some(Screen::GradForm(form)) => form.fields.get_mut(form.at).is_some_and(|field| field.paste(text)),
                Some(Screen::SystemForm(form)) => form.fields.get_mut(form.at).is_some_and(|field| field.paste(text)),
                Some(Screen::Students(search)) => search.field.paste(text),
                Some(Screen::Entry(_)) => return self.rows_pasted(text),
                Some(Screen::Grid(_)) => return self.rows_pasted(text),
                Some(Screen::ImportFix(fix)) => fix.field().is_some_and(|field| field.paste(text)),
                _ => false,
            };
        if !pasted {
            self.note = Some(Note::new(Tone::Info, Msg::Pasted.text(self.look.lang)));
        } else if text::clean_multiline(&pasted_lines(text)).1 {
            self.note = Some(Note::new(Tone::Warn, Msg::PasteStripped.text(self.look.lang)));
        }
        self.dirty = true;
    }

    /// Rows from a spreadsheet, where rows are taken: what they hold goes to the server as it is, which cleans and tells.
    fn rows_pasted(&mut self, text: &str) {
        let note = self.note.take();
        let taken = match self.stack.last() {
            Some(Screen::Entry(_)) => self.entry_paste(text),
            _ => self.grid_paste(text),
        };
        if !taken {
            self.note = Some(Note::new(Tone::Info, Msg::Pasted.text(self.look.lang)));
        } else if self.note.is_none() {
            self.note = note;
        }
        self.dirty = true;
    }

    pub(super) fn act(&mut self, action: Action, key: KeyPress) {
        match action {
            Action::Quit => return self.quit(),
            // A confirmation is answered first.
            Action::Accounts | Action::Help if self.confirm.is_some() => return,
            Action::Command => return self.open_command(),
            Action::Accounts => {
                self.close_command();
                return self.open_accounts();
            }
            Action::Help => {
                self.close_command();
                // What lies under it is not saved while it is read.
                self.flush_draft();
                if !matches!(self.stack.last(), Some(Screen::Help(_))) {
                    self.stack.push(Screen::Help(0));
                    self.dirty = true;
                }
                return;
            }
            _ => {}
        }
        match self.scope() {
            Scope::Confirm => self.confirm_action(action),
            Scope::Command => self.command_action(action),
            Scope::Write => self.write_action(action),
            Scope::Form if matches!(self.stack.last(), Some(Screen::Attach(_))) => self.attach_action(action, key),
            Scope::Form if matches!(self.stack.last(), Some(Screen::Fact(_))) => self.fact_action(action, key),
            Scope::Form if matches!(self.stack.last(), Some(Screen::Aside(_))) => self.aside_action(action, key),
            Scope::Form if matches!(self.stack.last(), Some(Screen::AlertForm(_))) => self.alert_form_action(action),
            Scope::Form if matches!(self.stack.last(), Some(Screen::ImportFix(_))) => self.import_fix_action(action),
            Scope::Form if matches!(self.stack.last(), Some(Screen::Inquiry(_))) => self.inquiry_action(action),
            Scope::Form if matches!(self.stack.last(), Some(Screen::GradForm(_))) => self.grad_form_action(action),
            Scope::Form if matches!(self.stack.last(), Some(Screen::SystemForm(_))) => self.system_form_action(action),
            Scope::Form if matches!(self.stack.last(), Some(Screen::Grid(_))) => self.grid_edit_action(action),
            Scope::Form => self.start_action(action, key),
            Scope::Pick if matches!(self.stack.last(), Some(Screen::Drafts(_))) && action != Action::Back => {
                self.dirty = true;
                self.drafts_action(action);
            }
            Scope::Pick if matches!(self.stack.last(), Some(Screen::Import(_))) => self.import_action(action),
            Scope::Pick if matches!(self.stack.last(), Some(Screen::Files(_))) => self.files_action(action),
            Scope::Pick => self.pick_action(action),
            Scope::Entry => self.entry_action(action),
            Scope::Grid => self.grid_action(action),
            Scope::Unfiled => self.todo_action(action),
            Scope::Pane if action == Action::Print => self.write_notice(),
            Scope::Pane if action == Action::Open => self.open_on_page(),
            Scope::Pane => self.reading(action),
            Scope::Case => self.case_action(action),
            Scope::Batch => self.batch_action(action),
            Scope::Search => self.search_action(action),
            Scope::Record if action == Action::Export => self.export(ExportKind::Students),
            Scope::Record => self.record_action(action),
            Scope::Calendar => self.calendar_action(action),
            Scope::Board if action == Action::Export => self.export(ExportKind::Board),
            Scope::Board => self.board_action(action),
            Scope::Alerts if action == Action::Export => self.export(ExportKind::Alerts),
            Scope::System => self.system_action(action),
            Scope::Alerts => self.alerts_action(action),
            Scope::Reconcile => self.reconcile_action(action),
            Scope::Graduation => self.graduation_action(action),
            Scope::List | Scope::Any => self.list_action(action),
        }
    }

    fn quit(&mut self) {
        self.flush_draft();
        let typed = !self.drafts.is_empty()
            || self.left_attach.is_some()
            || self.left_aside.is_some()
            || self.left_start.is_some()
            || self.left_fact.is_some()
            || !self.left_short.is_empty()
            || self.stack.iter().any(Screen::has_typed);
        if typed && self.confirm != Some(Confirm::Quit) {
            self.confirm = Some(Confirm::Quit);
            self.dirty = true;
        } else {
            self.out.push(Effect::Quit);
        }
    }

    fn confirm_action(&mut self, action: Action) {
        match (action, &self.confirm) {
            (Action::Confirm, Some(Confirm::Quit)) => self.out.push(Effect::Quit),
            (Action::Confirm, _) => self.take_confirmation(),
            (Action::Leave, _) => {
                self.confirm = None;
                self.dirty = true;
            }
            _ => {}
        }
    }

    /// Scrolling and leaving something that is read.
    pub(super) fn reading(&mut self, action: Action) {
        let page = self.list_height().saturating_sub(1).max(1) as u16;
        if action == Action::Back {
            self.close_top();
            return;
        }
        let Some(scroll) = self.stack.last_mut().and_then(Screen::scroll) else { return };
        let before = *scroll;
        // The end is known to the drawing only; it is told after each one.
        *scroll = match action {
            Action::Down => before.saturating_add(1).min(self.scroll_max),
            Action::Up => before.saturating_sub(1),
            Action::PageDown => before.saturating_add(page).min(self.scroll_max),
            Action::PageUp => before.saturating_sub(page),
            Action::First => 0,
            Action::Last => self.scroll_max,
            _ => before,
        };
        self.dirty |= *scroll != before;
    }

    /// Closes the topmost screen; a case that was in hand is left.
    pub(super) fn close_top(&mut self) {
        self.dirty = true;
        let top = self.stack.pop();
        if let Some(Screen::Batch(screen)) = &top
            && let Some(id) = screen.claimed
        {
            self.release(id);
        }
        if let Some(Screen::Case(screen)) = top {
            if screen.claimed {
                self.release(screen.id);
            }
            // Beside the list it stays in sight as the preview.
            if self.wide() && self.queue.selected_id() == Some(screen.id) {
                self.preview = Some(Preview { id: screen.id, case: screen.case, due: None });
            }
        }
    }

    fn case_action(&mut self, action: Action) {
        let id = match self.stack.last() {
            Some(Screen::Case(screen)) => screen.id,
            _ => return,
        };
        match action {
            Action::Basis => self.open_basis(id),
            Action::Print => self.open_notice(id),
            Action::Refresh => {
                if !self.needs_link() {
                    self.ask_case(id, CaseWhy::Open(None));
                    self.refresh();
                }
            }
            Action::Attach | Action::Fetch => match self.open_case().cloned() {
                Some(case) if action == Action::Attach => self.open_attach(&case),
                Some(case) if !self.needs_link() => self.fetch(&case),
                _ => {}
            },
            action if action.decides() => {
                if !self.needs_link() {
                    self.begin(action);
                }
            }
            action => self.reading(action),
        }
    }

    pub(super) fn open_basis(&mut self, id: crate::model::ApplicationId) {
        if self.needs_link() {
            return;
        }
        self.dirty = true;
        self.stack.push(Screen::Basis(BasisScreen { id, basis: None, scroll: 0 }));
        self.send(Request::Query(Query::Basis { application: id }), Purpose::Basis(id));
    }

    pub(super) fn list_action(&mut self, action: Action) {
        let page = self.list_height().saturating_sub(1).max(1);
        let selected = self.queue.selected;
        match action {
            Action::Down => self.go(selected.saturating_add(1)),
            Action::Up => self.go(selected.saturating_sub(1)),
            Action::PageDown => self.go(selected.saturating_add(page)),
            Action::PageUp => self.go(selected.saturating_sub(page)),
            Action::First => self.go(0),
            Action::Last => self.go(u32::MAX),
            Action::NextTab | Action::PrevTab => self.turn_tab(action == Action::NextTab),
            Action::New | Action::Arrival if self.me.as_ref().is_some_and(|me| !me.posts().contains(&Post::Entry)) => {
                self.note = Some(Note::new(Tone::Warn, Msg::NotEntry.text(self.look.lang)));
                self.dirty = true;
            }
            Action::New => self.open_start(),
            Action::Import => self.open_import(),
            Action::Export => self.export(ExportKind::Queue),
            Action::Mark => self.mark(),
            Action::MarkAll => self.mark_all(),
            Action::Approve | Action::Submit if self.queue.marked() > 0 => self.begin_bulk(),
            Action::Arrival => self.open_arrival(),
            Action::Substitute => self.open_substitute(),
            Action::Limit => self.open_limits(),
            Action::Unlimit => self.unlimit(),
            Action::Students => self.open_students(),
            Action::Calendar => self.open_calendar(),
            Action::Entry => self.open_entry(),
            Action::Board => self.open_board(),
            Action::System => self.open_system(),
            Action::Alerts => self.open_alerts(None),
            Action::Reconcile => self.open_reconcile(),
            Action::Graduation => self.open_graduation(),
            Action::Queue => self.inform(Msg::QueueHere),
            Action::Refresh => {
                if !self.needs_link() {
                    self.queue.seen_all();
                    self.refresh();
                    self.dirty = true;
                }
            }
            Action::Open | Action::Basis => self.open_selected(None, action == Action::Basis),
            action => self.open_selected(Some(action), false),
        }
    }

    /// Moves the cursor, loading rows where none are loaded.
    fn go(&mut self, position: u32) {
        let height = self.list_height();
        let queue = &mut self.queue;
        if queue.total == 0 {
            return;
        }
        let target = position.min(queue.total - 1);
        let before = (queue.selected, queue.top, queue.fresh());
        if queue.go(target, height) {
            self.dirty |= (queue.selected, queue.top, queue.fresh()) != before;
            self.load_ahead();
            return;
        }
        if self.needs_link() {
            return;
        }
        let queue = &self.queue;
        let (request, way) = if target == 0 {
            (queue.first_window(height), 0)
        } else if position == u32::MAX {
            (queue.last_window(height), 0)
        } else if let Some((anchor, way)) = queue.way_to(target) {
            (queue.window_around(anchor, height), way)
        } else {
            return;
        };
        let tab = queue.tab;
        self.send(Request::Query(Query::Page(request)), Purpose::Page(tab, PageWhy::Move(way)));
    }

    fn turn_tab(&mut self, forward: bool) {
        if self.needs_link() {
            return;
        }
        let n = Tab::ALL.len();
        let here = Tab::ALL.iter().position(|tab| *tab == self.queue.tab).unwrap_or(0);
        self.enter_tab(Tab::ALL[(here + if forward { 1 } else { n - 1 }) % n]);
    }

    /// Opens the selected item; `then` is what to do with it, or 依据 is what to see of it.
    fn open_selected(&mut self, then: Option<Action>, basis: bool) {
        if self.needs_link() {
            return;
        }
        self.dirty = true;
        let Some(id) = self.queue.selected_id() else {
            self.note = Some(Note::new(Tone::Info, Msg::NoRow.text(self.look.lang)));
            return;
        };
        if basis {
            self.open_basis(id);
            return;
        }
        if let Some(batch) = self.queue.selected_row().and_then(|row| row.batch) {
            return self.open_batch(batch.id, then);
        }
        let known = self.preview.take().filter(|preview| preview.id == id).and_then(|preview| preview.case);
        self.stack.push(Screen::Case(CaseScreen { id, case: known, scroll: 0, claimed: false }));
        self.ask_case(id, CaseWhy::Open(then));
    }

    /// Says so, if the link is down and a key needs it.
    pub(super) fn needs_link(&mut self) -> bool {
        if self.link == Link::Up {
            return false;
        }
        self.note = Some(Note::new(Tone::Refusal, Msg::LinkNeeded.text(self.look.lang)));
        self.dirty = true;
        true
    }
}
