//! Who comes in: how many at once, how long they may take to say hello, and which account they speak as.

use super::hall::Hall;
use super::hub::Line;
use super::login;
use super::outbox::Outbox;
use super::peer::{Peer, uid_of};
use super::session::Session;
use super::writer::Job;
use crate::model::{Account, AccountId, Post};
use crate::store::StoreError;
use crate::wire::{
    Envelope, ErrorKind, Failure, FrameError, Hello, LineReader, PROTOCOL, Query, Reply, ReplyBody, Request, write_line,
};
use serde_json::Value;
use std::io::{self, BufReader, Read};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::Arc;
use std::sync::mpsc::SyncSender;
use std::thread;
use std::time::{Duration, Instant};

/// How long a connection may take to say hello, from its first byte to its last.
const HELLO_WITHIN: Duration = Duration::from_secs(10);
/// How long somebody may take to say who he is at a shared login.
const LOGIN_WITHIN: Duration = Duration::from_secs(180);
/// How long one line may take to be accepted by the other end.
const TAKE_WITHIN: Duration = Duration::from_secs(30);

/// Lines of a connection.
pub(super) type Lines = LineReader<BufReader<Patience>>;

/// The reading end of a connection; as long as there is a deadline, all reads together end by it.
pub(super) struct Patience {
    stream: Arc<UnixStream>,
    until: Option<Instant>,
}

impl Patience {
    fn new(stream: Arc<UnixStream>, within: Duration) -> Self {
        Patience { stream, until: Some(Instant::now() + within) }
    }

    /// From now on all reads together end within this time.
    fn until(&mut self, within: Duration) {
        self.until = Some(Instant::now() + within);
    }

    /// From now on any time is right.
    fn without_end(&mut self) -> io::Result<()> {
        self.until = None;
        self.stream.set_read_timeout(None)
    }
}

impl Read for Patience {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(until) = self.until {
            // A timeout counts from each read anew: who sends a byte now and then would never be late.
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(io::ErrorKind::TimedOut.into());
            }
            self.stream.set_read_timeout(Some(left))?;
        }
        (&*self.stream).read(buffer)
    }
}

/// Accepts connections for ever.
pub(super) fn receive(hall: &Arc<Hall>, listener: &UnixListener, jobs: &SyncSender<Job>) {
    for stream in listener.incoming() {
        let Ok(stream) = stream else {
            // Out of file descriptors, most likely: give the others time to leave.
            thread::sleep(Duration::from_millis(50));
            continue;
        };
        let Ok(uid) = uid_of(&stream) else { continue };
        // Counted before there is a thread: who is not let in costs nothing.
        let seat = match Seat::take(hall, uid) {
            Ok(seat) => seat,
            Err(why) => {
                // A line fits into the buffer of a new connection; if not, it is not waited for.
                let _ = stream.set_nonblocking(true);
                turn_away(&stream, ErrorKind::Busy, why);
                continue;
            }
        };
        let (hall, jobs) = (Arc::clone(hall), jobs.clone());
        let spawned = thread::Builder::new().name("desk".into()).spawn(move || {
            let _ = jobs.send(Job::Traffic);
            let stream = Arc::new(stream);
            if let Err(error) = attend(&hall, &stream, &jobs) {
                tracing::info!(%error, "connection ended");
            }
            let _ = stream.shutdown(Shutdown::Both);
            drop(seat);
            let _ = jobs.send(Job::Traffic);
        });
        if let Err(error) = spawned {
            tracing::error!(%error, "no thread for a connection");
        }
    }
}

/// A place among the connections, free again when it is dropped.
struct Seat {
    hall: Arc<Hall>,
    uid: u32,
}

impl Seat {
    fn take(hall: &Arc<Hall>, uid: u32) -> Result<Self, &'static str> {
        hall.enter(uid)?;
        Ok(Seat { hall: Arc::clone(hall), uid })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.hall.leave(self.uid);
    }
}

fn turn_away(stream: &UnixStream, kind: ErrorKind, message: &str) {
    say(stream, &0.into(), Failure::new(kind, message));
}

fn say(mut stream: &UnixStream, id: &Value, failure: Failure) {
    let reply = Reply { id: id.clone(), body: ReplyBody::Error(failure), stripped: Vec::new() };
    if let Ok(line) = serde_json::to_string(&reply) {
        // It is being sent away: if it no longer listens, so be it.
        let _ = write_line(&mut stream, &line);
    }
}

fn attend(hall: &Arc<Hall>, stream: &Arc<UnixStream>, jobs: &SyncSender<Job>) -> Result<(), FrameError> {
    let mut peer = Peer::of(stream)?;
    stream.set_write_timeout(Some(TAKE_WITHIN))?;
    let mut reader = LineReader::new(BufReader::new(Patience::new(Arc::clone(stream), HELLO_WITHIN)));
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
    // Before the account is looked up: a change from here on is seen at the first request.
    let generation = hall.generation();
    let named = hello.as_account.as_ref();
    let shared = login::of(hall, &peer.name).is_ok_and(|login| login.shared);
    let mut greeted = hello.id.clone();
    let entered = if shared {
        identify(hall, (&mut peer, stream), (&mut greeted, named), &mut reader, jobs)?
    } else {
        account_for(hall, &peer, named)
    };
    let account = match entered {
        Ok(account) => account,
        Err(failure) => {
            tracing::warn!(user = %peer.name, "turned away");
            say(stream, &greeted, failure);
            return Ok(());
        }
    };
    reader.source().get_mut().without_end()?;

    let lines = Arc::new(Outbox::new(hall.limits().backlog));
    let (out, to_give) = (Arc::clone(stream), Arc::clone(&lines));
    let mut session = match Session::begin(hall, peer, account, generation, (&lines, stream), jobs) {
        Ok(session) => session,
        Err(error) => {
            turn_away(stream, ErrorKind::Damaged, &error.to_string());
            return Ok(());
        }
    };
    let giver = thread::Builder::new().name("desk-out".into()).spawn(move || give(&out, &to_give))?;
    let ended = session.serve(greeted, &mut reader);
    drop(session);
    // Whatever was answered is still given, as far as the other end takes it.
    lines.end();
    let _ = giver.join();
    match ended {
        Err(FrameError::Closed) => Ok(()),
        other => other,
    }
}

/// Asks who it is that comes over a shared login, until a PIN is right, or no further one is let in. `greeted` becomes
/// the id of the line that is answered with the welcome.
fn identify(
    hall: &Hall,
    (peer, stream): (&mut Peer, &UnixStream),
    (greeted, named): (&mut Value, Option<&AccountId>),
    reader: &mut Lines,
    jobs: &SyncSender<Job>,
) -> Result<Result<Account, Failure>, FrameError> {
    let failed = |e: StoreError| Failure::new(ErrorKind::Damaged, e.to_string());
    reader.source().get_mut().until(LOGIN_WITHIN);
    let mut why = match login::needed(hall, peer, named, "") {
        Ok(why) => why,
        Err(error) => return Ok(Err(failed(error))),
    };
    loop {
        let again = why.kind == ErrorKind::Pin;
        say(stream, greeted, why);
        if !again {
            return Err(FrameError::Closed);
        }
        let envelope = match Envelope::parse(reader.next_line()?) {
            Ok(envelope) => envelope,
            Err(bad) => return Ok(Err(Failure::new(ErrorKind::Malformed, bad.message))),
        };
        *greeted = envelope.id;
        why = match envelope.request {
            Request::Query(Query::Login(asked)) => match login::enter(hall, peer, &asked, jobs) {
                Ok(account) => return Ok(Ok(account)),
                Err(failure) => failure,
            },
            _ => match login::needed(hall, peer, named, "") {
                Ok(failure) => return Ok(Err(Failure { kind: ErrorKind::NoAccess, ..failure })),
                Err(error) => return Ok(Err(failed(error))),
            },
        };
    }
}

/// Gives lines until there are no more or the other end does not take them.
fn give(mut out: &UnixStream, lines: &Outbox) {
    while let Some(line) = lines.next() {
        if write_line(&mut out, &line).is_err() {
            let _ = out.shutdown(Shutdown::Both);
            lines.broken();
        }
        lines.given();
    }
}

/// Gives a reply: at once where nothing waits before it, else behind what waits.
pub(super) fn reply(mut out: &UnixStream, lines: &Outbox, line: Line) {
    if !lines.may_give() {
        return lines.reply(line);
    }
    if write_line(&mut out, &line).is_err() {
        let _ = out.shutdown(Shutdown::Both);
        lines.broken();
    }
    lines.given();
}

/// The account a user speaks as: the one named, if it is his or this is his exercise store; else his first.
pub(super) fn account_for(hall: &Hall, peer: &Peer, named: Option<&AccountId>) -> Result<Account, Failure> {
    let failed = |e: StoreError| Failure::new(ErrorKind::Damaged, e.to_string());
    let facts = hall.store().facts().map_err(failed)?;
    let exercise = facts.as_ref().is_some_and(|facts| facts.exercise.is_some());
    // A shared login is one person at a time, in an exercise too.
    let shared = login::of(hall, &peer.name).map_err(failed)?.shared;
    let plays_all = exercise && !shared && (peer.uid == hall.owner() || peer.uid == 0);
    let mut accounts = hall.store().accounts();
    accounts.retain(|account| account.active);
    accounts.sort_by(|a, b| a.id.cmp(&b.id));
    let mine = |account: &Account| {
        account.os_user.as_deref() == Some(peer.name.as_str())
            && (!shared || peer.person.as_ref() == Some(&account.person))
    };
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
            Some(id) if shared => {
                format!(
                    "操作系统用户 {} 由数人共用，账号 {id} 须凭本人的 PIN 进入（session.login）；请退出后重新进入",
                    peer.name
                )
            }
            Some(id) => format!("操作系统用户 {} 不能使用账号 {id}；请联系本机构系统管理岗", peer.name),
            None => format!("操作系统用户 {} 在本库没有账号；请联系本机构系统管理岗增设", peer.name),
        };
        Failure::new(ErrorKind::NoAccess, message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_hello_in_drops_is_late_all_the_same() {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        let drops = thread::spawn(move || {
            // Ends when the other end has gone, or long after it should have.
            for _ in 0..2000 {
                if theirs.write_all(b"x").is_err() {
                    return;
                }
                thread::park_timeout(Duration::from_millis(5));
            }
        });
        let begun = Instant::now();
        let patience = Patience::new(Arc::new(ours), Duration::from_millis(200));
        let mut lines: Lines = LineReader::new(BufReader::new(patience));
        let error = lines.next_line().unwrap_err();
        assert!(
            matches!(&error, FrameError::Io(e) if matches!(e.kind(), io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock)),
            "{error}"
        );
        assert!(begun.elapsed() >= Duration::from_millis(200) && begun.elapsed() < Duration::from_secs(10));
        drop(lines);
        drops.join().unwrap();
    }

    #[test]
    fn after_the_hello_silence_is_no_fault() {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        let mut lines: Lines = LineReader::new(BufReader::new(Patience::new(Arc::new(ours), Duration::from_secs(20))));
        theirs.write_all(b"hello\n").unwrap();
        assert_eq!(lines.next_line().unwrap(), b"hello");
        lines.source().get_mut().without_end().unwrap();
        assert_eq!(lines.source().get_mut().stream.read_timeout().unwrap(), None);
    }
}
