//! Deciding: from a key to a one-line confirmation to a command. Whether something is open the server has said
//! already, with the case; a key whose action is closed says why.

use super::batch::{Called, Whole, batch_act, whom};
use super::fact::FactKind;
use super::marks::Bulk;
use super::note::{Note, Tone};
use super::outbox::Purpose;
use super::screen::{CaseScreen, Screen};
use super::write::{Write, WriteKind};
use super::{App, words};
use crate::catalogue::{AlertMsg, AsideMsg, BatchText, EntryMsg, GradMsg, Lang, Msg, SystemText};
use crate::keymap::Action;
use crate::model::{
    AccountId, ApplicationId, BatchList, Command, Day, Details, Kind, Level, Milestone, Outcome, Post, Reason,
    Severity, StudentId, province_name,
};
use crate::text;
use crate::wire::{CaseView, Doable, Request, Standing, StepState};

/// What shall be done.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum What {
    /// The first post's word.
    Propose(Outcome, Vec<Reason>),
    /// The second post agrees, with this outcome.
    Agree(Outcome),
    /// The second post sends the proposal back.
    SendBack(String),
    /// The school submits.
    Submit,
    /// My last act is taken back.
    Withdraw,
    /// The school cancels.
    Cancel(String),
    /// What a hand without accounts here decided, as it was told.
    External { outcome: Outcome, on: Day, document: String, reasons: Vec<Reason> },
    /// A filing with a province.
    File { province: String, on: Day, document: String },
    /// Milestones of a granted change.
    Sync { national: Option<Day>, module: Option<Day> },
    /// A milestone is taken back.
    Unsync { milestone: Milestone, reason: String },
    /// The student of a duplicate studies at the own school as well.
    Dispute,
    /// The school starts.
    Start(StudentId, Details),
    /// The school hands in the list of a batch.
    StartBatch(BatchList),
    /// A remark for all who see the case.
    Remark(String),
    /// Out of the way until a day, and why.
    Park(Day, String),
    /// Taken up again.
    Resume,
    /// To a colleague: account, name, why.
    HandOver(AccountId, String, String),
}

/// A decision, as confirmed and sent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Deed {
    pub(crate) what: What,
    /// Which application, and its revision as seen; none for a new one.
    pub(super) on: Option<(ApplicationId, u64)>,
    /// The batch it is done with, as seen; `on` is then one of its members.
    pub(super) batch: Option<Whole>,
    pub(crate) student: String,
    pub(crate) kind: Kind,
    /// Whether the hand whose step it is is a school.
    pub(crate) school: bool,
}

/// A confirmation that waits for Enter or Esc.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Confirm {
    /// To decide.
    Deed(Box<Deed>),
    /// To approve several at once.
    Bulk(Box<Bulk>),
    /// To leave although something typed would be lost.
    Quit,
    /// To file students.
    ToFile(super::entry_todo::ToFile),
    /// To save the good rows of the grid.
    GridSave(super::entry_grid::ToSave),
    /// To register the good rows of a file.
    Import,
    /// To do something about a matter of the negative list.
    Alert(Box<super::alerts::AlertDeed>),
    /// To do something about graduates.
    Grad(Box<super::graduation::GradDeed>),
    /// To change an account.
    System(Box<super::system::SystemDeed>),
}

impl Deed {
    pub(super) fn on_case(what: What, case: &CaseView) -> Deed {
        let student = case.students.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join("、");
        let school = case.steps.iter().any(|s| s.state == StepState::Current && s.hand.level == Level::School);
        Deed { what, on: Some((case.id, case.revision)), batch: None, student, kind: case.kind, school }
    }

    /// The same of the whole batch, if it is one.
    pub(super) fn of(self, batch: Option<Called>) -> Deed {
        match batch {
            Some((whole, student)) => Deed { batch: Some(whole), student, ..self },
            None => self,
        }
    }

    /// The first post of the hand, in words.
    pub(super) fn first_post(&self, lang: Lang) -> &'static str {
        words::post(Post::first(self.school), lang)
    }

    /// Whether it is a hand's word on its step, after which the next case opens.
    pub(super) fn ends_my_turn(&self) -> bool {
        let aside = matches!(self.what, What::Park(..) | What::HandOver(..) | What::External { .. });
        aside || matches!(self.what, What::Propose(..) | What::Agree(_) | What::SendBack(_) | What::Submit)
    }

    /// Whether it is about this application.
    pub(super) fn is_on(&self, id: ApplicationId) -> bool {
        self.on.is_some_and(|(on, _)| on == id)
    }

    fn command(&self) -> Option<Command> {
        if let What::Start(student, details) = &self.what {
            return Some(Command::Start { student: *student, details: details.clone() });
        }
        if let What::StartBatch(list) = &self.what {
            return Some(Command::StartBatch { list: list.clone() });
        }
        if let Some((batch, revision)) = self.batch {
            let act = batch_act(&self.what)?;
            return Some(Command::ActOnBatch { batch, revision, act, except: Vec::new() });
        }
        let (application, revision) = self.on?;
        Some(match self.what.clone() {
            What::Propose(outcome, reasons) => Command::Propose { application, revision, outcome, reasons },
            What::Agree(_) => Command::Decide { application, revision, agree: true, remark: String::new() },
            What::SendBack(remark) => Command::Decide { application, revision, agree: false, remark },
            What::Submit => Command::Submit { application, revision },
            What::Withdraw => Command::Withdraw { application, revision },
            What::Cancel(reason) => Command::Cancel { application, revision, reason },
            What::External { outcome, on, document, reasons } => Command::StepExternal(crate::model::ExternalCommand {
                application,
                revision,
                outcome,
                decided_on: on,
                document,
                reasons,
            }),
            What::File { province, on, document } => {
                Command::File(crate::model::FileCommand { application, revision, province, on, document })
            }
            What::Sync { national, module } => Command::Sync(crate::model::SyncCommand {
                application,
                revision,
                national_on: national,
                module_on: module,
            }),
            What::Unsync { milestone, reason } => {
                Command::Unsync(crate::model::UnsyncCommand { application, revision, milestone, reason })
            }
            What::Dispute => Command::Dispute(crate::model::DisputeCommand { application, revision }),
            What::Remark(text) => Command::Remark { application, text },
            What::Park(until, remark) => {
                Command::Park(crate::model::ParkCommand { application, revision, until, remark })
            }
            What::Resume => Command::Resume { application, revision },
            What::HandOver(to, _, remark) => Command::HandOver { application, revision, to, remark },
            What::Start(..) | What::StartBatch(_) => return None,
        })
    }
}

impl App {
    /// The outcome of a deed, in words.
    fn outcome_words(&self, deed: &Deed) -> String {
        let lang = self.look.lang;
        let post = deed.first_post(lang);
        let named = |msg: Msg, outcome: &Outcome| {
            msg.fill(lang, &[("outcome", words::outcome(*outcome, lang)), ("post", post)])
        };
        match &deed.what {
            What::Propose(outcome, reasons) if reasons.is_empty() => named(Msg::ConfirmPropose, outcome),
            What::Propose(outcome, reasons) => {
                let n = Msg::ConfirmReasons.fill(lang, &[("n", &reasons.len().to_string())]);
                named(Msg::ConfirmPropose, outcome) + &n
            }
            // A receiving school may also agree to a return or a refusal; then the outcome must be read.
            What::Agree(Outcome::Approve) if deed.school => Msg::ConfirmAgreeSchool.fill(lang, &[("post", post)]),
            What::Agree(outcome) => named(Msg::ConfirmAgree, outcome),
            What::SendBack(_) => Msg::ConfirmSendBack.fill(lang, &[("post", post)]),
            What::Submit => Msg::ConfirmSubmit.text(lang).to_owned(),
            What::Withdraw => Msg::ConfirmWithdraw.text(lang).to_owned(),
            What::Cancel(_) => Msg::ConfirmCancel.text(lang).to_owned(),
            What::External { outcome, on, document, .. } => {
                let values =
                    [("outcome", words::outcome(*outcome, lang)), ("on", &on.to_string()), ("document", document)];
                Msg::ConfirmExternal.fill(lang, &values)
            }
            What::File { province, on, document } => {
                let name = province_name(province).unwrap_or(province);
                let values = [("province", name), ("on", &on.to_string()), ("document", document)];
                Msg::ConfirmFile.fill(lang, &values)
            }
            What::Sync { national, module } => {
                let day = |day: &Option<Day>| day.map_or("-".to_owned(), |day| day.to_string());
                Msg::ConfirmSync.fill(lang, &[("national", &day(national)), ("module", &day(module))])
            }
            What::Unsync { milestone, .. } => {
                Msg::ConfirmUnsync.fill(lang, &[("what", words::milestone(*milestone, lang))])
            }
            What::Dispute => Msg::ConfirmDispute.text(lang).to_owned(),
            What::Start(..) | What::StartBatch(_) => Msg::ConfirmStart.text(lang).to_owned(),
            What::Remark(_) => AsideMsg::ConfirmRemark.text(lang).to_owned(),
            What::Park(until, _) => AsideMsg::ConfirmPark.fill(lang, &[("day", &until.to_string())]),
            What::Resume => AsideMsg::ConfirmResume.text(lang).to_owned(),
            What::HandOver(_, name, _) => AsideMsg::ConfirmHandOver.fill(lang, &[("name", name)]),
        }
    }

    /// The one line that asks, in at most so many columns: what is done to it must stay readable, so a long name is
    /// what is shortened.
    pub(crate) fn confirm_words(&self, confirm: &Confirm, columns: usize) -> String {
        match confirm {
            Confirm::Quit => Msg::ConfirmQuit.text(self.look.lang).to_owned(),
            Confirm::Bulk(bulk) => bulk.words(self.look.lang),
            Confirm::ToFile(of) => {
                let n = of.students.len().to_string();
                let msg = if of.name.is_empty() { EntryMsg::TodoConfirmMany } else { EntryMsg::TodoConfirm };
                msg.fill(self.look.lang, &[("name", &of.name), ("n", &n)])
            }
            Confirm::GridSave(of) => {
                let (good, bad) = (of.good.to_string(), of.bad.to_string());
                EntryMsg::GridSaveAsk.fill(self.look.lang, &[("good", &good), ("bad", &bad)])
            }
            Confirm::Import => text::truncate(&self.import_words(), columns),
            Confirm::Alert(deed) => {
                let asked = AlertMsg::ConfirmAct.fill(self.look.lang, &[("what", &deed.words)]);
                text::truncate(&asked, columns)
            }
            Confirm::Grad(deed) => {
                let asked = GradMsg::Confirm.fill(self.look.lang, &[("what", &deed.words)]);
                text::truncate(&asked, columns)
            }
            Confirm::System(deed) => {
                let asked = SystemText::ConfirmAct.fill(self.look.lang, &[("what", &deed.words)]);
                text::truncate(&asked, columns)
            }
            Confirm::Deed(deed) => {
                let whole = self.deed_words(Msg::ConfirmDeed, deed);
                let over = text::width(&whole).saturating_sub(columns);
                if over == 0 {
                    return whole;
                }
                let room = text::width(&deed.student).saturating_sub(over).max(4);
                let student = text::truncate(&deed.student, room);
                self.deed_words(Msg::ConfirmDeed, &Deed { student, ..(**deed).clone() })
            }
        }
    }

    pub(super) fn deed_words(&self, msg: Msg, deed: &Deed) -> String {
        let lang = self.look.lang;
        let outcome = self.outcome_words(deed);
        msg.fill(lang, &[("student", &deed.student), ("kind", words::kind(deed.kind, lang)), ("outcome", &outcome)])
    }

    /// What a deciding key is about: the case that is open, or one of a batch that stands for all of it.
    fn decided_on(&self, action: Action) -> Option<(Box<CaseView>, Option<Called>)> {
        match self.stack.last()? {
            Screen::Case(CaseScreen { case: Some(case), .. }) => Some((case.clone(), None)),
            Screen::Batch(screen) => {
                let view = screen.view.as_ref()?;
                let whom = whom(view, action, self.look.lang);
                Some((view.case.clone(), Some(((view.id, view.revision), whom))))
            }
            _ => None,
        }
    }

    /// A deciding key on the case or batch that is open.
    pub(super) fn begin(&mut self, action: Action) {
        let Some((case, batch)) = self.decided_on(action) else { return };
        if batch.is_some() && matches!(action, Action::Remark | Action::Park | Action::HandOver | Action::Print) {
            self.note = Some(Note::new(Tone::Info, BatchText::BatchAlone.text(self.look.lang)));
            self.dirty = true;
            return;
        }
        // While the second post's word is awaited, its holder decides; the same keys mean that then.
        if let Some((fact, verdict)) = recorded(action, &case) {
            self.dirty = true;
            match verdict {
                Doable::Open => self.open_fact(fact, &case),
                Doable::Closed(finding) => self.note = Some(Note::refusal(&finding, self.look.lang)),
            }
            return;
        }
        if action == Action::Dispute {
            return self.begin_dispute(&case);
        }
        let second = case.standing == Standing::Second;
        let decides = second && case.decide == Doable::Open;
        let (verdict, next) = match action {
            Action::Approve if second && case.propose != Doable::Open => {
                (&case.decide, Next::Ask(What::Agree(proposed(&case))))
            }
            Action::Approve => (&case.propose, Next::Ask(What::Propose(Outcome::Approve, Vec::new()))),
            Action::Return if decides => (&case.decide, Next::Write(WriteKind::SendBack)),
            Action::Return => (&case.propose, Next::Write(WriteKind::Return)),
            Action::Refuse => (&case.propose, Next::Write(WriteKind::Refuse)),
            Action::SendBack => (&case.decide, Next::Write(WriteKind::SendBack)),
            Action::Submit => (&case.submit, Next::Ask(What::Submit)),
            Action::Withdraw => (&case.withdraw, Next::Ask(What::Withdraw)),
            Action::Cancel => (&case.cancel, Next::Write(WriteKind::Cancel)),
            Action::Remark => (&case.remark, Next::Write(WriteKind::Remark)),
            Action::Park => (&case.aside, Next::Park),
            Action::HandOver => (&case.aside, Next::HandOver),
            _ => return,
        };
        self.dirty = true;
        if let Doable::Closed(finding) = verdict {
            self.note = Some(Note::refusal(finding, self.look.lang));
            return;
        }
        match next {
            Next::Ask(what) => {
                let block = case.findings.iter().find(|finding| finding.severity == Severity::Block);
                // Of a batch each member is judged by itself, and the report says of whom it did not hold.
                if let (What::Propose(..), Some(finding), None) = (&what, block, &batch) {
                    // A blocking finding stands on the case: the server refuses an approval, so say it before asking.
                    self.note = Some(Note::refusal(finding, self.look.lang));
                    return;
                }
                self.confirm = Some(Confirm::Deed(Box::new(Deed::on_case(what, &case).of(batch))));
            }
            Next::Park => self.open_park(&case),
            Next::HandOver => self.open_hand_over(&case),
            Next::Write(kind) => {
                let text = self.draft(case.id, kind);
                self.stack.push(Screen::Write(Box::new(Write::new(kind, &case, &text).of(batch))));
            }
        }
    }

    /// The other school of a duplicate says that the student studies with it.
    fn begin_dispute(&mut self, case: &CaseView) {
        self.dirty = true;
        match case.beyond.as_deref().map(|beyond| &beyond.dispute) {
            Some(Doable::Closed(finding)) => self.note = Some(Note::refusal(finding, self.look.lang)),
            Some(Doable::Open) => {
                self.confirm = Some(Confirm::Deed(Box::new(Deed::on_case(What::Dispute, case))));
            }
            None => {}
        }
    }

    /// Enter on the confirmation.
    pub(super) fn take_confirmation(&mut self) {
        if self.needs_link() {
            return;
        }
        let deed = match self.confirm.take() {
            Some(Confirm::Deed(deed)) => deed,
            Some(Confirm::Bulk(bulk)) => return self.take_bulk(*bulk),
            Some(Confirm::ToFile(of)) => return self.file_students(of),
            Some(Confirm::GridSave(_)) => return self.grid_commit_now(),
            Some(Confirm::Alert(deed)) => {
                self.dirty = true;
                self.guard.arm();
                return self.send(Request::Write(deed.command), Purpose::AlertDeed(deed.words));
            }
            Some(Confirm::Import) => return self.take_import(),
            Some(Confirm::Grad(deed)) => {
                self.dirty = true;
                self.guard.arm();
                return self.send(Request::Write(deed.command), Purpose::GradDeed(deed.words));
            }
            Some(Confirm::System(deed)) => {
                self.dirty = true;
                return self.send(Request::Write(deed.command), Purpose::SystemDeed(deed.words));
            }
            Some(Confirm::Quit) | None => return,
        };
        self.dirty = true;
        if let Some(command) = deed.command() {
            if let Some(Screen::Write(write)) = self.stack.last().cloned() {
                self.put_aside(&write);
            }
            self.guard.arm();
            self.send(Request::Write(command), Purpose::Deed(deed));
        }
    }

    /// A decision was accepted.
    pub(super) fn deed_done(&mut self, deed: &Deed, value: &serde_json::Value) {
        let said = self.deed_words(Msg::Done, deed);
        self.note = Some(Note::new(Tone::Info, said.clone()));
        if let Some(Screen::Fact(_)) = self.stack.last() {
            self.left_fact = None;
        }
        if matches!(self.stack.last(), Some(Screen::Write(_) | Screen::Aside(_) | Screen::Fact(_))) {
            self.stack.pop();
            self.left_aside = None;
        }
        let Some((id, _)) = deed.on else {
            self.started(value);
            return;
        };
        self.drop_drafts(id);
        if let Some((batch, _)) = deed.batch {
            match serde_json::from_value(value.clone()) {
                Ok(report) => self.batch_done(deed, batch, report),
                Err(_) => self.refresh(),
            }
            return;
        }
        self.reload_batch_of(id);
        let on_top = matches!(self.stack.last(), Some(Screen::Case(screen)) if screen.id == id);
        let in_order = matches!(self.queue.tab, crate::wire::Tab::Mine | crate::wire::Tab::SentBack)
            && self.queue.selected_id() == Some(id);
        if on_top && in_order && deed.ends_my_turn() {
            self.ask_next(id, said);
        } else {
            if on_top {
                self.ask_case(id, super::outbox::CaseWhy::Open(None));
            }
            self.refresh();
        }
    }
}

/// The form a key asks for that records something from elsewhere, and whether it may be recorded.
fn recorded(action: Action, case: &CaseView) -> Option<(FactKind, Doable)> {
    let beyond = case.beyond.as_deref()?;
    Some(match action {
        Action::External => (FactKind::External, beyond.external.clone()),
        Action::File => (FactKind::File, beyond.file.clone()),
        Action::Sync => (FactKind::Sync, beyond.sync.clone()),
        Action::Unsync => (FactKind::Unsync, beyond.unsync.clone()),
        _ => return None,
    })
}

enum Next {
    Ask(What),
    Write(WriteKind),
    Park,
    HandOver,
}

/// What the first post proposes just now.
fn proposed(case: &CaseView) -> Outcome {
    let current = case.steps.iter().find(|step| step.state == StepState::Current);
    let round = current.and_then(|step| step.rounds.last());
    round.and_then(|round| round.proposal.as_ref()).map_or(Outcome::Approve, |proposal| proposal.outcome)
}
