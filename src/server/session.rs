//! One connection: the hello, the account, then requests in order. A reader thread takes lines, a writer thread
//! gives them; a line that is too long, unfinished or unreadable ends this connection and no other.

use super::hall::Hall;
use super::hub::Line;
use super::peer::Peer;
use super::pieces;
use super::reads;
use super::writer::Job;
use crate::desk::{Refused, Scope, State, staff_warning};
use crate::model::{Account, AccountId, Actor, Command, Post, Stamp};
use crate::store::StoreError;
use crate::wire::{
    Envelope, ErrorKind, Failure, FrameError, Hello, LineReader, Notice, PROTOCOL, Query, Reply, ReplyBody, Request,
    Welcome, WhoAmI, write_line,
};
use serde_json::{Value, json};
use std::io::BufReader;
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

/// How long a connection may take to say hello.
const HELLO_WITHIN: Duration = Duration::from_secs(10);
/// How long one line may take to be accepted by the other end.
const TAKE_WITHIN: Duration = Duration::from_secs(30);

/// Accepts connections for ever.
pub(super) fn receive(hall: &Arc<Hall>, listener: &UnixListener, jobs: &SyncSender<Job>) {
    for stream in listener.incoming() {
        let Ok(stream) = stream else {
            // Out of file descriptors, most likely: give the others time to leave.
            thread::sleep(Duration::from_millis(50));
            continue;
        };
        let (hall, jobs) = (Arc::clone(hall), jobs.clone());
        let spawned = thread::Builder::new().name("desk".into()).spawn(move || {
            if hall.enter() {
                let _ = jobs.send(Job::Traffic);
                if let Err(error) = attend(&hall, &stream, &jobs) {
                    tracing::info!(%error, "connection ended");
                }
                hall.leave();
                let _ = jobs.send(Job::Traffic);
            } else {
                turn_away(&stream, ErrorKind::Busy, "连接数已满，请稍后再试");
            }
            let _ = stream.shutdown(Shutdown::Both);
        });
        if let Err(error) = spawned {
            tracing::error!(%error, "no thread for a connection");
        }
    }
}

fn turn_away(stream: &UnixStream, kind: ErrorKind, message: &str) {
    let reply = Reply { id: 0.into(), body: ReplyBody::Error(Failure::new(kind, message)), stripped: Vec::new() };
    if let Ok(line) = serde_json::to_string(&reply) {
        let mut to = stream;
        // It is being sent away: if it no longer listens, so be it.
        let _ = write_line(&mut to, &line);
    }
}

/// One connection's own state.
pub(super) struct Session<'a> {
    /// What all share.
    pub(super) hall: &'a Hall,
    /// Its number.
    pub(super) desk: u64,
    /// Who is at the other end.
    pub(super) peer: Peer,
    /// The account it speaks as.
    pub(super) account: Account,
    /// That account as an actor.
    pub(super) actor: Actor,
    /// What it may see.
    pub(super) scope: Scope,
    generation: u64,
    lines: SyncSender<Line>,
    stream: &'a UnixStream,
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

fn attend(hall: &Arc<Hall>, stream: &UnixStream, jobs: &SyncSender<Job>) -> Result<(), FrameError> {
    let peer = Peer::of(stream)?;
    stream.set_read_timeout(Some(HELLO_WITHIN))?;
    stream.set_write_timeout(Some(TAKE_WITHIN))?;
    let mut reader = LineReader::new(BufReader::new(stream.try_clone()?));
    let hello: Hello = match Hello::parse(reader.next_line()?) {
        Ok(hello) => hello,
        Err(e) => {
            turn_away(stream, ErrorKind::Malformed, &format!("第一行须为 hello：{e}"));
            return Ok(());
        }
    };
    if hello.verb != "hello" || hello.protocol != PROTOCOL {
        let message = format!(
            "客户端版本 {}（协议 {}）与服务端版本 {}（协议 {PROTOCOL}）不符，请更新{}",
            hello.version,
            hello.protocol,
            env!("CARGO_PKG_VERSION"),
            if hello.protocol < PROTOCOL { "客户端" } else { "服务端" },
        );
        turn_away(stream, ErrorKind::Version, &message);
        return Ok(());
    }
    let account = match account_for(hall, &peer, hello.as_account.as_ref()) {
        Ok(account) => account,
        Err(failure) => {
            tracing::warn!(user = %peer.name, "turned away");
            turn_away(stream, failure.kind, &failure.message);
            return Ok(());
        }
    };
    stream.set_read_timeout(None)?;

    let (lines, to_write) = sync_channel::<Line>(hall.limits().backlog);
    let out = stream.try_clone()?;
    let giver = thread::Builder::new().name("desk-out".into()).spawn(move || give(&out, &to_write))?;
    let desk = hall.hub().number();
    let actor = Actor::from(&account);
    let scope = match hall.scope(&actor) {
        Ok(scope) => scope,
        Err(error) => {
            turn_away(stream, ErrorKind::Damaged, &error.to_string());
            return Ok(());
        }
    };
    let mut session =
        Session { hall, desk, peer, actor, scope, generation: hall.generation(), account, lines, stream, jobs };
    let welcome = session.welcome();
    session.reply(hello.id, welcome, Vec::new());
    let ended = session.serve(&mut reader);
    session.leave();
    drop(session);
    // Whatever was answered is still given, as far as the other end takes it.
    let _ = giver.join();
    match ended {
        Err(FrameError::Closed) => Ok(()),
        other => other,
    }
}

/// Gives lines until there are no more or the other end does not take them.
fn give(mut out: &UnixStream, lines: &Receiver<Line>) {
    for line in lines {
        if write_line(&mut out, &line).is_err() {
            let _ = out.shutdown(Shutdown::Both);
            break;
        }
    }
}

/// The account a user speaks as: the one named, if it is his or this is his exercise store; else his first.
fn account_for(hall: &Hall, peer: &Peer, named: Option<&AccountId>) -> Result<Account, Failure> {
    let failed = |e: StoreError| Failure::new(ErrorKind::Damaged, e.to_string());
    let facts = hall.store().facts().map_err(failed)?;
    let exercise = facts.as_ref().is_some_and(|facts| facts.exercise.is_some());
    let plays_all = exercise && (peer.uid == hall.owner() || peer.uid == 0);
    let mut accounts = hall.store().accounts();
    accounts.retain(|account| account.active);
    accounts.sort_by(|a, b| a.id.cmp(&b.id));
    let mine = |account: &Account| account.os_user.as_deref() == Some(peer.name.as_str());
    let found = match named {
        Some(id) => accounts.iter().find(|account| account.id == *id && (plays_all || mine(account))),
        None => accounts.iter().find(|account| mine(account)).or_else(|| {
            let office = facts.as_ref().map(|facts| &facts.office);
            let at_home =
                |account: &&Arc<Account>| Some(&account.office) == office && account.posts.contains(&Post::Handler);
            if plays_all { accounts.iter().find(at_home).or_else(|| accounts.first()) } else { None }
        }),
    };
    found.map(|account| Account::clone(account)).ok_or_else(|| {
        let message = match named {
            Some(id) => format!("操作系统用户 {} 不能使用账号 {id}；请联系本机构系统管理岗", peer.name),
            None => format!("操作系统用户 {} 在本库没有账号；请联系本机构系统管理岗增设", peer.name),
        };
        Failure::new(ErrorKind::NoAccess, message)
    })
}

impl Session<'_> {
    fn serve(&mut self, reader: &mut LineReader<BufReader<UnixStream>>) -> Result<(), FrameError> {
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
                    let failure = Failure::new(ErrorKind::Malformed, bad.message);
                    self.reply(bad.id, Err(Refusal::Failure(failure)), Vec::new());
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
        if let Ok(line) = serde_json::to_string(&Reply { id, body, stripped }) {
            // A full queue waits here: replies are never dropped, and a desk that does not read holds up itself only.
            let _ = self.lines.send(line.into());
        }
    }

    fn answer(&mut self, envelope: Envelope) -> Result<Value, Refusal> {
        self.refresh()?;
        let asker = self.asker(&envelope)?;
        match envelope.request {
            Request::Write(command) => self.write(&asker, envelope.command_id, command),
            Request::Query(query) => match query {
                Query::WhoAmI {} => self.who_am_i(&asker).and_then(|me| Ok(serde_json::to_value(me)?)),
                Query::Subscribe {} => self.subscribe(),
                Query::SwitchAccount { account } => self.switch(&account),
                Query::Claim { application } => self.claim(&asker, application),
                Query::Release { application } => Ok(self.release(application)),
                Query::Hello {} => self.welcome(),
                Query::EvidencePiece { application, digest, offset } => {
                    pieces::fetch(self, &asker, application, &digest, offset)
                }
                Query::AttachChunk(chunk) => pieces::bring(self, &asker, envelope.command_id, &chunk),
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
            None => (self.actor.clone(), self.scope.clone()),
            Some(id) => {
                let actor = Actor::from(&account_for(self.hall, &self.peer, Some(id))?);
                let scope = self.hall.scope(&actor)?;
                (actor, scope)
            }
        };
        Ok(Asker { actor, scope, now, today: envelope.today, owner: self.is_owner() })
    }

    /// Looks the account and its scope up again when master data have changed.
    fn refresh(&mut self) -> Result<(), Refusal> {
        let generation = self.hall.generation();
        if generation == self.generation {
            return Ok(());
        }
        self.generation = generation;
        let account = account_for(self.hall, &self.peer, Some(&self.account.id))?;
        self.become_account(account)
    }

    fn become_account(&mut self, account: Account) -> Result<(), Refusal> {
        self.actor = Actor::from(&account);
        self.scope = self.hall.scope(&self.actor)?;
        self.account = account;
        if self.hall.hub().listens(self.desk) {
            self.subscribe()?;
        }
        Ok(())
    }

    fn switch(&mut self, id: &AccountId) -> Result<Value, Refusal> {
        let account = account_for(self.hall, &self.peer, Some(id))?;
        self.drop_claims();
        self.become_account(account)?;
        self.welcome()
    }

    fn welcome(&self) -> Result<Value, Refusal> {
        let asker = Asker {
            actor: self.actor.clone(),
            scope: self.scope.clone(),
            now: self.hall.now()?,
            today: None,
            owner: self.is_owner(),
        };
        let me = self.who_am_i(&asker)?;
        Ok(serde_json::to_value(Welcome { protocol: PROTOCOL, version: env!("CARGO_PKG_VERSION").into(), me })?)
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
        })
    }

    fn subscribe(&mut self) -> Result<Value, Refusal> {
        let stream = self.stream.try_clone().map_err(StoreError::from)?;
        self.hall.hub().listen(self.desk, &self.account.id, self.lines.clone(), self.scope.clone(), stream);
        Ok(json!({ "subscribed": true }))
    }

    /// Hands a command to the writer and waits for its word.
    pub(super) fn write(
        &self,
        asker: &Asker,
        command_id: Option<crate::model::CommandId>,
        command: Command,
    ) -> Result<Value, Refusal> {
        let (answer, word) = sync_channel(1);
        let job = Job::Command {
            actor: asker.actor.clone(),
            today: asker.today,
            command_id,
            command: Box::new(command),
            answer,
        };
        let closing = || Refusal::from(Failure::new(ErrorKind::Busy, "服务正在关闭，请稍候，桌面会自动重连"));
        self.jobs.send(job).map_err(|_| closing())?;
        Ok(word.recv().map_err(|_| closing())??)
    }

    fn claim(&self, asker: &Asker, id: crate::model::ApplicationId) -> Result<Value, Refusal> {
        let application = reads::visible(self.hall, asker, id)?;
        if let Some(why) = reads::cannot_act(self.hall, asker, &application)? {
            return Err(why.into());
        }
        let claim = self.hall.hub().take(self.desk, id, &asker.actor.account, &asker.actor.name, asker.now);
        self.hall.hub().tell_of(&application, &Notice::Claimed { application: id, claim: Some(claim.clone()) });
        Ok(serde_json::to_value(claim)?)
    }

    fn release(&self, id: crate::model::ApplicationId) -> Value {
        let released = self.hall.hub().release(self.desk, id);
        if released {
            self.tell_released(id);
        }
        json!({ "released": released })
    }

    fn tell_released(&self, id: crate::model::ApplicationId) {
        if let Ok(Some(application)) = self.hall.store().application(id) {
            self.hall.hub().tell_of(&application, &Notice::Claimed { application: id, claim: None });
        }
    }

    fn drop_claims(&self) {
        let listening = self.hall.hub().listens(self.desk);
        let held = self.hall.hub().gone(self.desk);
        for id in held {
            self.tell_released(id);
        }
        if listening && let Ok(stream) = self.stream.try_clone() {
            self.hall.hub().listen(self.desk, &self.account.id, self.lines.clone(), self.scope.clone(), stream);
        }
    }

    fn leave(&self) {
        let held = self.hall.hub().gone(self.desk);
        for id in held {
            self.tell_released(id);
        }
    }
}

/// Why a request is not answered with what was asked for.
pub(super) enum Refusal {
    /// A rule.
    Rule(Box<crate::model::Finding>),
    /// Something else.
    Failure(Failure),
}

impl From<crate::model::Finding> for Refusal {
    fn from(finding: crate::model::Finding) -> Self {
        Refusal::Rule(Box::new(finding))
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Refusal::Failure(failure)
    }
}

impl From<serde_json::Error> for Refusal {
    fn from(error: serde_json::Error) -> Self {
        Failure::new(ErrorKind::Damaged, error.to_string()).into()
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        let (kind, message) = match &error {
            StoreError::Write(e) => (
                ErrorKind::ReadOnly,
                format!("日志无法写入（{e}），本次办理没有生效；可以继续查看。请系统管理岗清理磁盘后再办"),
            ),
            StoreError::ReadOnly { why, .. } => (
                ErrorKind::ReadOnly,
                format!("写盘失败（{why}），为保数据安全已转为只读；可以继续查看。请系统管理岗检查磁盘后重启服务"),
            ),
            StoreError::Damaged { place, what } => {
                (ErrorKind::Damaged, format!("数据损坏：{place}：{what}。请系统管理岗运行 xueji verify"))
            }
            other => (ErrorKind::Busy, format!("数据库出错：{other}")),
        };
        Failure::new(kind, message).into()
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Rule(finding) => Refusal::Rule(finding),
            Refused::Stale { what, revision, changes } => Refusal::Failure(Failure {
                kind: ErrorKind::Stale,
                message: format!("申请 {what} 在您查看之后已有变动（现为第{revision}版），本次办理没有生效；请看过变动再办"),
                details: changes,
            }),
            Refused::NotFound(message) => Failure::new(ErrorKind::NotFound, message).into(),
            Refused::Input(message) => Failure::new(ErrorKind::Input, message).into(),
            Refused::CommandReused(id) => Failure::new(
                ErrorKind::CommandReused,
                format!("命令编号 {id} 已用于另一请求，本次没有生效；请换一个编号"),
            )
            .into(),
            Refused::Clock { now, newest } => Failure::new(
                ErrorKind::Clock,
                format!(
                    "本机时间 {now} 早于最近一条日志的时间 {newest}，本次办理没有生效；请校准时钟，确属时钟曾经走快的，由系统管理岗确认（clock.confirm）"
                ),
            )
            .into(),
            Refused::Store(error) => error.into(),
        }
    }
}
