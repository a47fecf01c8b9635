//! Answers of the server, each by what it was asked for.

use super::App;
use super::note::{Note, Tone};
use super::outbox::{CaseWhy, PageWhy, Purpose};
use super::queue::Merged;
use super::screen::{CaseScreen, Preview, Screen};
use crate::catalogue::Msg;
use crate::model::ApplicationId;
use crate::wire::{
    AccountRow, CaseView, Choice, Colleague, Counts, Doable, DraftRow, EntryField, ErrorKind, Failure, KindForm, Page,
    Query, Reply, ReplyBody, Request, RuleText, StudentBrief, SubstituteRow, ViewRow, WhoAmI,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The body of an answer, or what could not be read.
fn read<T: DeserializeOwned>(value: Value) -> Result<T, String> {
    serde_json::from_value(value).map_err(|e| e.to_string())
}

/// The rows of an answer that is a list, bare or under `items`.
fn items<T: DeserializeOwned>(mut value: Value) -> Result<Vec<T>, String> {
    match value.get_mut("items") {
        Some(items) => read(items.take()),
        None => read(value),
    }
}

impl App {
    /// An answer came.
    pub(super) fn reply(&mut self, reply: Reply) {
        let Some(purpose) = reply.id.as_u64().and_then(|token| self.outbox.answered(token)) else { return };
        // What shows nothing is not drawn.
        let silent = matches!(purpose, Purpose::Draft(_) | Purpose::DraftSaved(_) | Purpose::DraftsAtStart);
        self.dirty |= !silent && !matches!(purpose, Purpose::Nothing | Purpose::Claim(_) | Purpose::Counts);
        let unread = match reply.body {
            ReplyBody::Ok(value) => self.good(purpose, value).err(),
            ReplyBody::Refused(finding) => {
                // That there is nothing to draft is no news.
                let quiet = matches!(purpose, Purpose::Nothing | Purpose::Claim(_) | Purpose::AbsenceDraft(_));
                if let Purpose::DraftSaved(slot) = &purpose {
                    self.draft_not_saved(slot, &finding.because);
                } else if !quiet {
                    self.undo_opening(&purpose);
                    self.note = Some(Note::refusal(&finding, self.look.lang));
                }
                None
            }
            ReplyBody::Error(failure) => {
                self.failed(&purpose, failure);
                None
            }
        };
        if let Some(what) = unread {
            self.note = Some(Note::new(Tone::Refusal, Msg::Unreadable.fill(self.look.lang, &[("what", &what)])));
        }
        if !reply.stripped.is_empty() {
            let text = Msg::Stripped.fill(self.look.lang, &[("fields", &reply.stripped.join(", "))]);
            let note = self.note.get_or_insert(Note { tone: Tone::Warn, lines: Vec::new() });
            note.lines.push(text);
        }
        self.refresh_again();
    }

    fn good(&mut self, purpose: Purpose, value: Value) -> Result<(), String> {
        match purpose {
            Purpose::Nothing => {}
            Purpose::Counts => {
                let counts = read::<Counts>(value)?;
                self.dirty |= self.queue.counts != counts;
                self.queue.counts = counts;
            }
            Purpose::Page(tab, why) => {
                let page = read::<Page>(value)?;
                if tab == self.queue.tab {
                    self.got_page(page, why);
                }
            }
            Purpose::Case(id, why) => self.got_case(id, why, read(value)?),
            Purpose::Basis(id) => {
                let basis = Box::new(read(value)?);
                if let Some(Screen::Basis(screen)) = self.stack.last_mut()
                    && screen.id == id
                {
                    screen.basis = Some(basis);
                }
            }
            Purpose::Calendar => self.got_calendar(read(value)?),
            Purpose::Board(part) => self.got_board(part, value)?,
            Purpose::Periods => self.got_periods(value)?,
            Purpose::PeriodKept(words) => self.period_kept(&words),
            Purpose::System(part) => self.got_system(part, value)?,
            Purpose::SystemDeed(words) => self.system_done(&words),
            Purpose::Remind(student, hand) => self.was_reminded(&student, &hand, &value),
            Purpose::Alerts => self.got_alerts(read(value)?),
            Purpose::Alert => self.got_alert(read(value)?),
            Purpose::AlertDeed(words) => self.alert_done(&words),
            Purpose::Reconcile(part) => self.got_reconcile(part, value)?,
            Purpose::Reconciled(said) => self.reconciled(said),
            Purpose::InquireFind => self.got_inquired(&items::<StudentBrief>(value)?),
            Purpose::Inquired(typed) => self.got_inquiry(&typed, &value),
            Purpose::Verified => self.got_verified(&value),
            Purpose::GraduationSchools(more) => self.got_graduation_schools(read(value)?, more),
            Purpose::Graduates(more) => self.got_graduates(read(value)?, more),
            Purpose::AbsenceDraft(student) => self.got_absence_draft(student, &value),
            Purpose::GradDeed(words) => self.graduation_done(&words, &value),
            Purpose::Claim(id) => {
                if let Some(Screen::Case(screen)) = self.stack.last_mut()
                    && screen.id == id
                {
                    screen.claimed = true;
                } else if let Some(Screen::Batch(screen)) = self.stack.last_mut()
                    && screen.view.as_ref().is_some_and(|view| view.case.id == id)
                {
                    screen.claimed = Some(id);
                } else {
                    self.release(id);
                }
            }
            Purpose::Rules(asked) => {
                let rules = items::<RuleText>(value)?;
                if let Some(Screen::Rules(screen)) = self.stack.last_mut()
                    && screen.asked == asked
                {
                    screen.rules = Some(rules);
                }
            }
            Purpose::Limits(tab) => self.got_limits(tab, read(value)?),
            Purpose::Views => self.got_views(items::<ViewRow>(value)?),
            Purpose::Colleagues => self.got_colleagues(items::<Colleague>(value)?),
            Purpose::Substitutes => self.got_substitutes(items::<SubstituteRow>(value)?),
            Purpose::Arranged(said) => self.arranged(said),
            Purpose::NoticeText(id) => self.got_notice(id, read(value)?),
            // The notice of the new day comes to every desk, this one included.
            Purpose::Today => {}
            Purpose::Search(number, open) => self.got_found(number, open, items::<StudentBrief>(value)?),
            Purpose::Student(id, _) => self.got_student(id, &read(value)?),
            Purpose::StudentLog(id, before) => self.got_log(id, before, &read(value)?),
            Purpose::Reveal(_) => self.got_revealed(&read(value)?),
            Purpose::Find => self.got_students(items::<StudentBrief>(value)?),
            Purpose::Preview => self.got_preview(read(value)?),
            Purpose::Batch(id, open, then) => self.got_batch(id, open, then, read(value)?),
            Purpose::PreviewBatch => self.got_batch_preview(read(value)?),
            Purpose::MarkAll(tab, second) if tab == self.queue.tab => self.got_all(read(value)?, second),
            Purpose::MarkAll(..) => {}
            Purpose::Bulk => self.got_bulk(read(value)?),
            Purpose::Kinds => self.got_kinds(items::<KindForm>(value)?),
            Purpose::Choices(path) => self.got_choices(&path, items::<Choice>(value)?),
            Purpose::ProbeCode(path) => self.got_probe_code(path, items::<Choice>(value)?),
            Purpose::Probe => self.probe_ended(Some(read(value)?)),
            Purpose::Accounts => {
                let next = value.get("next").and_then(Value::as_str).map(str::to_owned);
                self.got_accounts(items::<AccountRow>(value)?, next);
            }
            Purpose::EntryFields => self.got_entry_fields(items::<EntryField>(value)?),
            Purpose::EntryStored => self.got_entry_stored(read(value)?),
            Purpose::EntryCheck { edits, save } => self.got_entry_check(read(value)?, edits, save),
            Purpose::EntrySaved(name) => self.entry_saved(&name, &value),
            Purpose::EntryChoices(filter) => self.got_entry_choices(&filter, items::<Choice>(value)?),
            Purpose::Unfiled => self.got_unfiled(read(value)?),
            Purpose::Filed => self.got_filed(&value),
            Purpose::GridStage { turn, last } => self.grid_staged(turn, last, &value),
            Purpose::GridCommit { turn, dry_run } => self.grid_committed(turn, dry_run, &value),
            Purpose::GridReport(turn) => {
                let next = value["next"].as_u64().and_then(|next| u32::try_from(next).ok());
                self.grid_reported(turn, items(value)?, next);
            }
            // A draft that cannot be read is none for this desk; it stays where it is.
            Purpose::Draft(slot) => self.got_draft(&slot, read(value).ok()),
            Purpose::DraftSaved(slot) => self.draft_saved(&slot),
            Purpose::Drafts => self.got_drafts(items(value)?),
            Purpose::DraftsAtStart => self.got_drafts_at_start(&items::<DraftRow>(value).unwrap_or_default()),
            Purpose::Switch => {
                let me = value.get("me").cloned().unwrap_or(value);
                match read::<WhoAmI>(me) {
                    Ok(me) => self.became(me),
                    Err(_) => self.send(Request::Query(Query::WhoAmI {}), Purpose::WhoAmI),
                }
            }
            Purpose::WhoAmI => {
                let me = read::<WhoAmI>(value)?;
                self.became(me);
            }
            Purpose::Deed(deed) => self.deed_done(&deed, &value),
        }
        Ok(())
    }

    fn failed(&mut self, purpose: &Purpose, failure: Failure) {
        let lang = self.look.lang;
        match (purpose, failure.kind) {
            (Purpose::Nothing | Purpose::Claim(_) | Purpose::AbsenceDraft(_) | Purpose::DraftsAtStart, _) => {}
            (Purpose::Draft(slot), _) => self.got_draft(slot, None),
            (Purpose::DraftSaved(slot), _) => self.draft_not_saved(slot, &failure.message),
            // Something else than the status was in the way of asking; the form itself will tell.
            (Purpose::Probe | Purpose::ProbeCode(_), _) => self.probe_ended(None),
            (Purpose::Deed(deed), ErrorKind::Stale) => {
                let mut lines = vec![Msg::Stale.text(lang).to_owned()];
                if failure.details.is_empty() {
                    lines.push(failure.message);
                }
                lines.extend(failure.details);
                self.note = Some(Note { tone: Tone::Refusal, lines });
                self.guard.arm();
                // What was written stays a draft; the case is shown as it is now.
                if let (Some(Screen::Write(_) | Screen::Aside(_)), Some((id, _))) = (self.stack.last(), deed.on) {
                    if let Some(Screen::Aside(form)) = self.stack.pop() {
                        self.left_aside = Some(form);
                    }
                    self.reload(id);
                } else if let Some((id, _)) = deed.on {
                    self.reload(id);
                }
                self.refresh();
            }
            // A case that changed away under a background question is no news.
            (Purpose::Case(_, CaseWhy::Preview | CaseWhy::Reload), ErrorKind::NotFound) => {}
            _ => {
                self.undo_opening(purpose);
                let mut lines = vec![Msg::Failed.fill(lang, &[("why", &failure.message)])];
                lines.extend(failure.details);
                self.note = Some(Note { tone: Tone::Refusal, lines });
            }
        }
    }

    /// A screen that was opened for an answer that did not come does not stay open and empty.
    fn undo_opening(&mut self, purpose: &Purpose) {
        match purpose {
            Purpose::EntrySaved(_) | Purpose::EntryCheck { .. } => return self.entry_refused(),
            Purpose::GridStage { .. } | Purpose::GridCommit { .. } | Purpose::GridReport(_) => {
                return self.grid_failed();
            }
            _ => {}
        }
        if let Purpose::Student(id, true) = purpose {
            return self.record_failed(*id);
        }
        if let Purpose::Reconcile(part) = purpose {
            return self.reconcile_failed(part);
        }
        let empty = match (purpose, self.stack.last()) {
            (Purpose::Case(id, CaseWhy::Open(_)), Some(Screen::Case(screen))) => screen.id == *id,
            (Purpose::Basis(id), Some(Screen::Basis(screen))) => screen.id == *id && screen.basis.is_none(),
            (Purpose::Batch(id, true, _), Some(Screen::Batch(screen))) => screen.id == *id && screen.view.is_none(),
            (Purpose::Rules(_), Some(Screen::Rules(screen))) => screen.rules.is_none(),
            (Purpose::Limits(_), Some(Screen::Limits(_))) => true,
            (Purpose::System(super::system::Part::School), Some(Screen::SystemPage(_))) => true,
            (Purpose::NoticeText(_), Some(Screen::Notice(screen))) => screen.notice.is_none(),
            (Purpose::Colleagues, Some(Screen::Aside(form))) => form.colleagues.is_none(),
            (Purpose::Accounts, Some(Screen::Accounts(pick))) => pick.rows.is_none(),
            (Purpose::EntryFields | Purpose::EntryStored, Some(Screen::Entry(screen))) => screen.form.is_none(),
            (Purpose::Unfiled, Some(Screen::Unfiled(screen))) => screen.view.is_none(),
            (Purpose::Drafts, Some(Screen::Drafts(pick))) => pick.rows.is_none(),
            _ => false,
        };
        if empty {
            self.close_top();
        }
    }

    /// The case is asked for again wherever it is shown.
    pub(super) fn reload(&mut self, id: ApplicationId) {
        if self.stack.iter().any(|screen| matches!(screen, Screen::Case(screen) if screen.id == id)) {
            self.ask_case(id, CaseWhy::Reload);
        }
        if self.preview.as_ref().is_some_and(|preview| preview.id == id) {
            self.preview = None;
        }
    }

    fn got_page(&mut self, page: Page, why: PageWhy) {
        let height = self.list_height();
        match why {
            PageWhy::Enter => self.queue.place(page, 0, 0, height),
            PageWhy::Move(way) => {
                let target = u32::try_from(i64::from(page.anchor) + way).unwrap_or(0);
                let down = target >= self.queue.selected;
                let line = if down { height.saturating_sub(1) } else { 0 };
                self.queue.place(page, target, line, height);
                if self.queue.selected == 0 {
                    self.queue.seen_all();
                }
                self.load_ahead();
            }
            PageWhy::Refresh(asked) => match self.queue.merge(page, asked, height) {
                Merged::Kept => {}
                Merged::Missed => self.refresh(),
                Merged::Left(old, by) => {
                    let lang = self.look.lang;
                    // The row now under the cursor is not the one the reader chose.
                    self.guard.arm();
                    let text = match by {
                        Some(by) => {
                            let who = super::words::signature(&by, lang);
                            Msg::GoneBy.fill(lang, &[("student", &old.student_name), ("who", &who)])
                        }
                        None => Msg::Gone.fill(lang, &[("student", &old.student_name)]),
                    };
                    // What this desk did itself with several at once is reported already.
                    if self.note.is_none() && !matches!(self.stack.last(), Some(Screen::Report(_))) {
                        self.note = Some(Note::new(Tone::Info, text));
                    }
                }
            },
            PageWhy::Decided(id, said) => self.next_case(page, id, said),
        }
    }

    /// The list after a decision: the next item by deadline opens.
    fn next_case(&mut self, page: Page, decided: ApplicationId, said: String) {
        let lang = self.look.lang;
        let height = self.list_height();
        let line = self.queue.selected.saturating_sub(self.queue.top);
        let anchor = page.anchor;
        let still_there =
            page.items.get(anchor.saturating_sub(page.offset) as usize).map(|row| row.id) == Some(decided);
        let position = anchor + u32::from(still_there);
        let total = page.total;
        self.queue.place(page, position, line, height);
        let open = matches!(self.stack.last(), Some(Screen::Case(screen)) if screen.id == decided);
        // One that was opened from a record leads back to it.
        let of_record = self.stack.iter().any(|screen| matches!(screen, Screen::Record(_) | Screen::Batch(_)));
        let next = self.queue.selected_row().filter(|row| position < total && row.id != decided).cloned();
        if open {
            self.close_top();
        }
        self.note = Some(match &next {
            Some(row) if open && !of_record => {
                match row.batch {
                    Some(batch) => self.open_batch(batch.id, None),
                    None => {
                        self.stack.push(Screen::Case(CaseScreen { id: row.id, case: None, scroll: 0, claimed: false }));
                        self.ask_case(row.id, CaseWhy::Open(None));
                    }
                }
                Note::new(Tone::Info, Msg::DoneNext.fill(lang, &[("what", &said), ("student", &row.student_name)]))
            }
            Some(_) => Note::new(Tone::Info, said),
            None => Note::new(Tone::Info, Msg::DoneLast.fill(lang, &[("what", &said)])),
        });
        self.record_changed(decided);
        self.ask_counts();
        self.load_ahead();
    }

    fn got_case(&mut self, id: ApplicationId, why: CaseWhy, case: CaseView) {
        if why == CaseWhy::Preview {
            if let Some(Preview { id: shown, case: slot, .. }) = &mut self.preview
                && *shown == id
            {
                *slot = Some(Box::new(case));
            }
            return;
        }
        let recording = case.beyond.as_ref().is_some_and(|beyond| beyond.external == Doable::Open);
        let mine = recording || [&case.submit, &case.propose, &case.decide].contains(&&Doable::Open);
        let (mut claim, mut moved) = (false, false);
        for screen in &mut self.stack {
            if let Screen::Case(screen) = screen
                && screen.id == id
            {
                claim |= mine && !screen.claimed && matches!(why, CaseWhy::Open(_));
                moved |=
                    why == CaseWhy::Reload && screen.case.as_ref().is_some_and(|shown| shown.revision != case.revision);
                screen.case = Some(Box::new(case.clone()));
            }
        }
        if claim {
            self.send(Request::Query(Query::Claim { application: id }), Purpose::Claim(id));
        }
        if let CaseWhy::Open(Some(action)) = why {
            // The row that was on screen when the key was pressed stood for an older revision.
            let row = self.queue.rows.iter().find(|row| row.id == id);
            moved |= action.decides() && row.is_some_and(|row| row.revision != case.revision);
        }
        if moved {
            self.case_moved(id);
            return;
        }
        if let CaseWhy::Open(Some(action)) = why {
            match action {
                crate::keymap::Action::Attach => self.open_attach(&case),
                crate::keymap::Action::Fetch => self.fetch(&case),
                crate::keymap::Action::Print => self.open_notice(id),
                action => self.begin(action),
            }
        }
    }

    /// The case on screen is not the one the reader saw: nothing pressed for that one decides this one.
    pub(super) fn case_moved(&mut self, id: ApplicationId) {
        self.guard.arm();
        if matches!(&self.confirm, Some(super::deed::Confirm::Deed(deed)) if deed.is_on(id)) {
            self.confirm = None;
        }
        if self.note.is_none() {
            self.note = Some(Note::new(Tone::Warn, Msg::CaseChanged.text(self.look.lang)));
        }
        self.dirty = true;
    }
}
