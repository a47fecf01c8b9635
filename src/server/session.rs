//! One connection: the hello, the account, then requests in order. A reader thread takes lines, a writer thread
//! gives them; a line that is too long, unfinished or unreadable ends this connection and no other.

use super::aside::actor_on;
use super::door::{self, Lines, account_for};
use super::drafts;
use super::hall::Hall;
use super::hub::Hub;
use super::imports::{self, Imports};
use super::login;
use super::outbox::Outbox;
use super::peer::Peer;
use super::pieces::{self, Papers};
use super::reading;
use super::reads;
use super::refusal::Refusal;
use super::writer::Job;
use super::{exports, graduates, national, students};
use crate::desk::{self, Refused, Scope, State, staff_warning};
use crate::model::{Account, AccountId, Actor, ApplicationId, Command, CommandId, Finding, OfficeId, Stamp};
use crate::store::StoreError;
use crate::wire::{
    Access, Envelope, ErrorKind, Failure, FrameError, LoginAsked, MAX_LINE, Notice, PROTOCOL, Query, Reply, ReplyBody,
    Request, Welcome, WhoAmI,
};
use serde_json::{Value, json};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// One connection's own state.
pub(super) struct Session<'a> {
    /// What all share.
    pub(super) hall: &'a Hall,
    /// Its number.
    pub(super) desk: u64,
    /// Papers on their way, in and out.
    pub(super) papers: Papers,
    /// Rows on their way in.
    pub(super) imports: Imports<'a>,
    /// A list on its way out.
    pub(super) exported: Option<exports::Taken>,
    /// Who is at the other end.
    pub(super) peer: Peer,
    /// The account it speaks as.
    pub(super) account: Account,
    /// That account as an actor.
    pub(super) actor: Actor,
    /// What it may see.
    pub(super) scope: Scope,
    /// To which account whole numbers of a comparison may be given out, and of which school; of all without one.
    whole: Option<(AccountId, Option<OfficeId>)>,
    generation: u64,
    /// It asked for notices.
    listening: bool,
    lines: Arc<Outbox>,
    out: Arc<UnixStream>,
    jobs: &'a SyncSender<Job>,
}

/// Who one line is asked by, and when.
pub(super) struct Asker {
    /// The actor: the session's, or the one named in the line.
    pub(super) actor: Actor,
    /// What that actor may see.
    pub(super) scope: Scope,
    /// The moment: the store's, or the one named in the line.
    pub(super) now: Stamp,
    /// The moment named in the line.
    pub(super) today: Option<Stamp>,
    /// The user the data folder belongs to, or root: may have the store verified whatever the account.
    pub(super) owner: bool,
}

impl<'a> Session<'a> {
    /// A connection whose account has been looked up when the hall counted `generation`.
    pub(super) fn begin(
        hall: &'a Hall,
        peer: Peer,
        account: Account,
        generation: u64,
        (lines, stream): (&Arc<Outbox>, &Arc<UnixStream>),
        jobs: &'a SyncSender<Job>,
    ) -> Result<Self, StoreError> {
        let actor = Actor::from(&account);
        let scope = hall.scope(&actor)?;
        let desk = hall.hub().enter(&account.id, scope.clone(), Arc::clone(lines), Arc::clone(stream));
        let (papers, imports) = (Papers::default(), Imports::of(hall));
        let (lines, out) = (Arc::clone(lines), Arc::clone(stream));
        Ok(Session {
            hall,
            desk,
            papers,
            imports,
            exported: None,
            peer,
            account,
            actor,
            scope,
            whole: None,
            generation,
            listening: false,
            lines,
            out,
            jobs,
        })
    }

    /// Greets, then answers request after request until the other end has no more.
    pub(super) fn serve(&mut self, hello: Value, reader: &mut Lines) -> Result<(), FrameError> {
        let begun = self.refresh();
        let refused = begun.is_err();
        self.reply(hello, begun.and_then(|()| self.welcome()), Vec::new());
        if refused {
            return Ok(());
        }
        loop {
            let line = match reader.next_line() {
                Ok(line) => line,
                Err(FrameError::TooLong) => {
                    let failure = Failure::new(ErrorKind::Malformed, "一行太长，连接已断开");
                    self.reply(Value::Null, Err(Refusal::Failure(failure)), Vec::new());
                    return Err(FrameError::TooLong);
                }
                Err(e) => return Err(e),
            };
            match Envelope::parse(line) {
                Ok(envelope) => {
                    let id = envelope.id.clone();
                    let stripped = envelope.stripped.clone();
                    if let Err(refusal) = self.refresh() {
                        // The account has no more say: that is said once, and the line ends.
                        self.reply(id, Err(refusal), stripped);
                        return Ok(());
                    }
                    let answer = self.answer(envelope);
                    self.reply(id, answer, stripped);
                }
                Err(bad) if bad.id == Value::Null && !bad.readable => {
                    // Garbage: whoever this is does not speak our language.
                    let failure = Failure::new(ErrorKind::Malformed, bad.message);
                    self.reply(Value::Null, Err(Refusal::Failure(failure)), Vec::new());
                    return Ok(());
                }
                Err(bad) => {
                    let refusal = match bad.local {
                        // No such request exists, because none may: that is said with the article.
                        Some(what) => desk::alerts::define_locally(&what).into(),
                        None => Refusal::Failure(Failure::new(ErrorKind::Malformed, bad.message)),
                    };
                    self.reply(bad.id, Err(refusal), Vec::new());
                }
            }
        }
    }

    fn reply(&self, id: Value, answer: Result<Value, Refusal>, stripped: Vec<String>) {
        let body = match answer {
            Ok(value) => ReplyBody::Ok(value),
            Err(Refusal::Rule(finding)) => ReplyBody::Refused(*finding),
            Err(Refusal::Failure(failure)) => ReplyBody::Error(failure),
        };
        // A full queue waits here: replies are never dropped, and a desk that does not read holds up itself only.
        door::reply(&self.out, &self.lines, line_of(Reply { id, body, stripped }).into());
    }

    fn answer(&mut self, envelope: Envelope) -> Result<Value, Refusal> {
        let asker = self.asker(&envelope)?;
        if let Some(why) = reads_only(&asker, &envelope.request) {
            return Err(why.into());
        }
        reading::pass(self.hall, &envelope.request, self.listening)?;
        match envelope.request {
            Request::Write(Command::Reveal { student }) => students::reveal(self, &asker, envelope.command_id, student),
            Request::Write(Command::Inquire(asked)) => graduates::inquire(self, &asker, envelope.command_id, asked),
            Request::Write(Command::Export(export)) => exports::begin(self, &asker, envelope.command_id, export),
            Request::Write(Command::ExportReconcile(asked)) => {
                national::export(self, &asker, envelope.command_id, asked)
            }
            Request::Write(Command::SetPin(of)) => {
                let command = login::hashed(&asker, of)?;
                self.write(&asker, envelope.command_id, command)
            }
            Request::Write(command) => self.write(&asker, envelope.command_id, command),
            Request::Query(query) => match query {
                Query::WhoAmI {} => self.who_am_i(&asker).and_then(|me| Ok(serde_json::to_value(me)?)),
                Query::Subscribe {} => {
                    self.listening = true;
                    let mut hub = self.hall.hub();
                    hub.listen(self.desk);
                    // Asked for under the lock: the word that all is read comes after this one.
                    if let Some(reading) = reading::reading(self.hall) {
                        hub.tell_one(self.desk, &Notice::Reading { reading: Some(reading) });
                    }
                    Ok(json!({ "subscribed": true }))
                }
                Query::SwitchAccount { account } => self.switch(&account),
                Query::Login(asked) => self.log_in(&asked),
                Query::Claim { application } => self.claim(&asker, application),
                Query::Release { application } => Ok(self.release(application)),
                Query::Hello {} => self.welcome(),
                Query::EvidencePiece { application, digest, offset } => {
                    pieces::fetch(self, &asker, application, &digest, offset)
                }
                Query::AttachChunk(chunk) => pieces::bring(self, &asker, envelope.command_id, &chunk),
                Query::Stage(rows) => imports::stage(self, &asker, rows, (&envelope.stripped, &envelope.steering)),
                Query::SaveDraft(of) => drafts::save(self.hall, &asker, of),
                Query::DropDraft { slot } => drafts::drop_draft(self.hall, &asker, &slot),
                Query::Commit(commit) => imports::commit(self, &asker, envelope.command_id, commit),
                Query::ExportedStudents { after, count } => exports::students(self, &asker, after, count),
                Query::NationalLoad(load) => imports::commit(self, &asker, envelope.command_id, load.into()),
                Query::NationalDiff(asked) => national::diff(self, &asker, &asked),
                Query::CalendarMoves(wanted) => imports::moves(self, &asker, &wanted),
                Query::QualificationChanges(wanted) => imports::compare(self, &asker, &wanted),
                Query::ImportReport { after, count, worth } => self.imports.report(after, count, worth),
                query => reads::read(self.hall, &asker, &query),
            },
        }
    }

    /// Who asks this line. `as` and `today` are for exercise stores.
    fn asker(&self, envelope: &Envelope) -> Result<Asker, Refusal> {
        let exercise = self.hall.store().facts()?.is_some_and(|facts| facts.exercise.is_some());
        if !exercise && (envelope.as_account.is_some() || envelope.today.is_some()) {
            let message = "这是正式库：不能以他人账号或在别的日期办理（as、today 只用于演练库）";
            return Err(Failure::new(ErrorKind::NoAccess, message).into());
        }
        let now = match envelope.today {
            Some(today) => today,
            None => self.hall.now()?,
        };
        let (actor, scope) = match &envelope.as_account {
            None => (actor_on(self.hall, &self.account, now.day())?, self.scope.clone()),
            Some(id) => {
                let account = account_for(self.hall, &self.peer, Some(id))?;
                let actor = actor_on(self.hall, &account, now.day())?;
                let scope = self.hall.scope(&actor)?;
                (actor, scope)
            }
        };
        Ok(Asker { actor, scope, now, today: envelope.today, owner: self.is_owner() })
    }

    /// Looks the account and its scope up again when master data have changed. What failed is tried again the next
    /// time: only what has been found good counts as seen.
    fn refresh(&mut self) -> Result<(), Refusal> {
        loop {
            let generation = self.hall.generation();
            if generation == self.generation {
                return Ok(());
            }
            let account = account_for(self.hall, &self.peer, Some(&self.account.id))?;
            self.become_account(account)?;
            self.generation = generation;
        }
    }

    fn become_account(&mut self, account: Account) -> Result<(), Refusal> {
        self.actor = Actor::from(&account);
        self.scope = self.hall.scope(&self.actor)?;
        self.hall.hub().settle(self.desk, &account.id, self.scope.clone());
        self.account = account;
        Ok(())
    }

    fn switch(&mut self, id: &AccountId) -> Result<Value, Refusal> {
        let account = account_for(self.hall, &self.peer, Some(id))?;
        self.turn_into(account)
    }

    /// Another person at a shared login takes the connection over.
    fn log_in(&mut self, asked: &LoginAsked) -> Result<Value, Refusal> {
        let account = login::enter(self.hall, &mut self.peer, asked, self.jobs)?;
        self.turn_into(account)
    }

    fn turn_into(&mut self, account: Account) -> Result<Value, Refusal> {
        let mut hub = self.hall.hub();
        let held = hub.drop_claims(self.desk);
        self.tell_released(&mut hub, &held);
        drop(hub);
        self.become_account(account)?;
        // It may have been disabled since it was looked up.
        self.refresh()?;
        self.welcome()
    }

    fn welcome(&self) -> Result<Value, Refusal> {
        let now = self.hall.now()?;
        let asker = Asker {
            actor: actor_on(self.hall, &self.account, now.day())?,
            scope: self.scope.clone(),
            now,
            today: None,
            owner: self.is_owner(),
        };
        let me = self.who_am_i(&asker)?;
        Ok(serde_json::to_value(Welcome { protocol: PROTOCOL, version: env!("CARGO_PKG_VERSION").into(), me })?)
    }

    /// This account has asked for whole numbers, and the journal has it.
    pub(super) fn give_whole(&mut self, account: AccountId, school: Option<OfficeId>) {
        self.whole = Some((account, school));
    }

    /// Whether whole numbers of this school, or of all, may be given to this account here.
    pub(super) fn gives_whole(&self, account: &AccountId, school: Option<&OfficeId>) -> bool {
        let fits =
            |(to, of): &(AccountId, Option<OfficeId>)| to == account && of.as_ref().is_none_or(|of| Some(of) == school);
        self.whole.as_ref().is_some_and(fits)
    }

    fn is_owner(&self) -> bool {
        self.peer.uid == self.hall.owner() || self.peer.uid == 0
    }

    fn who_am_i(&self, asker: &Asker) -> Result<WhoAmI, Refusal> {
        let store = self.hall.store();
        let account = store.account(&asker.actor.account)?.unwrap_or_else(|| self.account.clone());
        let office = store.office(&account.office)?.ok_or_else(|| {
            Failure::new(ErrorKind::NotFound, format!("账号所在机构 {} 不在机构名录中", account.office))
        })?;
        let calendar = self.hall.calendar();
        let state = State::new(store, &calendar);
        let warnings = staff_warning(&state, &office);
        Ok(WhoAmI {
            account,
            office,
            os_user: self.peer.name.clone(),
            exercise: store.facts()?.is_some_and(|facts| facts.exercise.is_some()),
            now: asker.now,
            calendar_until: calendar.last_known(),
            warnings: warnings.into_iter().collect(),
            standing_in: asker.actor.standing_in.clone(),
        })
    }

    /// Hands a command to the writer and waits for its word.
    pub(super) fn write(
        &self,
        asker: &Asker,
        command_id: Option<CommandId>,
        command: Command,
    ) -> Result<Value, Refusal> {
        let (answer, word) = sync_channel(1);
        let (actor, command) = (asker.actor.clone(), Box::new(command));
        self.hand_over(Job::Command { actor, today: asker.today, command_id, command, answer }, &word)
    }

    /// Hands a job to the writer and waits for its word.
    pub(super) fn hand_over<T>(&self, job: Job, word: &Receiver<Result<T, Refused>>) -> Result<T, Refusal> {
        let closing = || Refusal::from(Failure::new(ErrorKind::Busy, "服务正在关闭，请稍候，桌面会自动重连"));
        self.jobs.send(job).map_err(|_| closing())?;
        Ok(word.recv().map_err(|_| closing())??)
    }

    /// Looked at, taken and told under one lock: two who take it at once are told in the order in which they got it,
    /// and whoever changes it meanwhile finds the claim that he has to end.
    fn claim(&self, asker: &Asker, id: ApplicationId) -> Result<Value, Refusal> {
        let mut hub = self.hall.hub();
        let application = reads::visible(self.hall, asker, id)?;
        if let Some(why) = reads::cannot_act(self.hall, asker, &application)? {
            return Err(why.into());
        }
        let claim = hub.take(self.desk, &application, &asker.actor, asker.now);
        hub.tell_of(&application, &Notice::Claimed { application: id, claim: Some(claim.clone()) });
        drop(hub);
        Ok(serde_json::to_value(claim)?)
    }

    fn release(&self, id: ApplicationId) -> Value {
        let mut hub = self.hall.hub();
        let released = hub.release(self.desk, id);
        if released {
            self.tell_released(&mut hub, &[id]);
        }
        json!({ "released": released })
    }

    fn tell_released(&self, hub: &mut Hub, ids: &[ApplicationId]) {
        for &id in ids {
            if let Ok(Some(application)) = self.hall.store().application(id) {
                hub.tell_of(&application, &Notice::Claimed { application: id, claim: None });
            }
        }
    }
}

/// Whatever was on its way falls with the line: claims, and papers half brought.
impl Drop for Session<'_> {
    fn drop(&mut self) {
        let mut hub = self.hall.hub();
        let held = hub.gone(self.desk);
        self.tell_released(&mut hub, &held);
        drop(hub);
        self.papers.drop_all(self.hall);
    }
}

/// Why a supervisor may not send this: whatever is marked as writing is closed to an account that only supervises, but
/// for reminders and notes. A request added later is closed by its mark alone.
fn reads_only(asker: &Asker, request: &Request) -> Option<Finding> {
    match request {
        Request::Write(command) => crate::desk::reads_only(&asker.actor, command),
        Request::Query(query) => crate::desk::reads_only_files(&asker.actor, query.access() == Access::Write),
    }
}

/// A reply as a line that the other end takes: one that is too long is replaced by an error that says so.
fn line_of(reply: Reply) -> String {
    let written = |reply: &Reply| serde_json::to_string(reply).ok().filter(|line| line.len() <= MAX_LINE);
    if let Some(line) = written(&reply) {
        return line;
    }
    let message = "答复超过一行的上限（256 KiB），没有送出；请减少 count 或缩小查询范围，分次取回";
    let body = ReplyBody::Error(Failure::new(ErrorKind::Input, message));
    let short = Reply { id: reply.id, body, stripped: Vec::new() };
    // An id of such a length is the asker's own fault: it is answered without.
    written(&short).or_else(|| written(&Reply { id: Value::Null, ..short })).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: usize, id: Value) -> String {
        line_of(Reply { id, body: ReplyBody::Ok("x".repeat(text).into()), stripped: Vec::new() })
    }

    #[test]
    fn no_line_is_longer_than_the_other_end_takes() {
        let around = line(0, 7.into()).len();
        let longest = line(MAX_LINE - around, 7.into());
        assert_eq!((longest.len(), longest.contains("xxx")), (MAX_LINE, true));
        let over: Reply = serde_json::from_str(&line(MAX_LINE - around + 1, 7.into())).unwrap();
        assert_eq!(over.id, 7);
        assert!(matches!(over.body, ReplyBody::Error(failure) if failure.kind == ErrorKind::Input));
        let nameless: Reply = serde_json::from_str(&line(1, "i".repeat(MAX_LINE).into())).unwrap();
        assert_eq!(nameless.id, Value::Null);
    }
}
