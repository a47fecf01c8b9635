//! The line to the server. It is opened, greeted, watched and opened again by a thread of its own;
//! the desk only hears of it and drops lines into a queue that never blocks it.

use super::Event;
use crate::wire::{
    Envelope, ErrorKind, Failure, FrameError, FromServer, Hello, LineReader, LoginAsked, MAX_LINE, PROTOCOL, Query,
    Reply, ReplyBody, Request, Welcome, write_line,
};
use std::io::{self, BufReader};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{Receiver, Sender, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::Builder;
use std::time::{Duration, Instant};

/// How a line is opened; it may start the server first. Its error is shown to the clerk.
pub type Connect = Box<dyn Fn() -> io::Result<UnixStream> + Send>;

/// First pause before connecting again, doubled up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// A line that held this long was good: the pauses begin anew.
const GOOD_LINE: Duration = Duration::from_secs(5);
/// How long the server may take to greet.
const GREETING: Duration = Duration::from_secs(10);
/// Lines waiting to be written. A clerk types no more than a few per second; a full queue means that
/// the server no longer reads.
const QUEUE: usize = 256;

/// The line. Dropping it writes what is queued, then closes.
pub struct Link {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// Where lines go while the line is up.
    queue: Option<SyncSender<String>>,
    /// The desk wants no more of it.
    closed: bool,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits; false when the desk closed the link meanwhile.
    fn pause(&self, pause: Duration) -> bool {
        let state = self.lock();
        let (state, _) = self
            .changed
            .wait_timeout_while(state, pause, |state| !state.closed)
            .unwrap_or_else(PoisonError::into_inner);
        !state.closed
    }
}

/// How a session ended.
enum End {
    /// For this reason, to be tried again.
    Lost(String),
    /// The server will not have us.
    Refused(Failure),
    /// Nobody listens any more.
    Over,
}

impl Link {
    /// Opens the line in the background and keeps it open; what happens is sent to `events`.
    ///
    /// Where several persons share the login, `login` says who it is, on every connection anew.
    pub fn open(connect: Connect, hello: Hello, login: Option<LoginAsked>, events: Sender<Event>) -> Link {
        let shared = Arc::new(Shared::default());
        let (theirs, tx) = (Arc::clone(&shared), events.clone());
        let thread = Builder::new()
            .name("link".into())
            .spawn(move || keep_open(&connect, (&hello, login.as_ref()), &events, &theirs));
        if let Err(e) = thread {
            let _ = tx.send(Event::LinkDown(format!("无法启动通信线程：{e}")));
        }
        Link { shared }
    }

    /// Hands over one line, without its break. False when it was not taken: the line is down, the
    /// queue is full, or the text is no line the server would accept.
    pub fn send(&self, line: String) -> bool {
        if line.len() > MAX_LINE || line.contains('\n') {
            return false;
        }
        match &self.shared.lock().queue {
            Some(queue) => queue.try_send(line).is_ok(),
            None => false,
        }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        state.closed = true;
        // The writer ends when its queue is empty, and shuts the line; the reader ends with it.
        state.queue = None;
        self.shared.changed.notify_all();
    }
}

/// What is said at the beginning of a connection.
type Said<'a> = (&'a Hello, Option<&'a LoginAsked>);

/// The thread's life: connect, serve, and again.
fn keep_open(connect: &Connect, hello: Said<'_>, events: &Sender<Event>, shared: &Shared) {
    let mut pause = FIRST_PAUSE;
    // The reason last told, so that a server that stays away is reported once.
    let mut told: Option<String> = None;
    loop {
        let begun = Instant::now();
        let mut was_up = false;
        let end = match connect() {
            Ok(stream) => session(stream, hello, events, shared, &mut was_up),
            Err(e) => End::Lost(e.to_string()),
        };
        shared.lock().queue = None;
        match end {
            End::Lost(reason) => {
                if was_up || told.as_ref() != Some(&reason) {
                    if events.send(Event::LinkDown(reason.clone())).is_err() {
                        return;
                    }
                    told = Some(reason);
                }
            }
            End::Refused(failure) => {
                let _ = events.send(Event::LinkRefused(failure));
                return;
            }
            End::Over => return,
        }
        // A server that greets and dies at once must not be called in a tight circle.
        if was_up && begun.elapsed() >= GOOD_LINE {
            pause = FIRST_PAUSE;
        }
        if !shared.pause(pause) {
            return;
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// One connection, from hello to end.
fn session(stream: UnixStream, hello: Said<'_>, events: &Sender<Event>, shared: &Shared, was_up: &mut bool) -> End {
    let (mut reader, writer) = match greet(&stream, hello) {
        Ok((reader, welcome, writer)) => {
            let (queue, lines) = sync_channel(QUEUE);
            let writing = Builder::new().name("link-out".into()).spawn(move || write_lines(writer, &lines));
            let Ok(writing) = writing else { return End::Lost("无法启动通信线程".into()) };
            {
                let mut state = shared.lock();
                if state.closed {
                    return End::Over;
                }
                // Before the event: whoever hears of the line may use it.
                state.queue = Some(queue);
            }
            *was_up = true;
            if events.send(Event::LinkUp(Box::new(welcome))).is_err() {
                return End::Over;
            }
            (reader, writing)
        }
        Err(end) => return end,
    };
    let end = loop {
        match reader.next_line() {
            Ok(line) => match serde_json::from_slice::<FromServer>(line) {
                Ok(said) => {
                    if events.send(Event::Server(said)).is_err() {
                        break End::Over;
                    }
                }
                // Skipping it would leave a request waiting for ever; a new line asks again.
                Err(_) => break End::Lost("服务器发来的内容无法识别".into()),
            },
            Err(e) => break End::Lost(lost(&e)),
        }
    };
    shared.lock().queue = None;
    let _ = stream.shutdown(Shutdown::Both);
    let _ = writer.join();
    end
}

type Greeted = (LineReader<BufReader<UnixStream>>, Welcome, UnixStream);

/// Says hello and hears the answer.
fn greet(stream: &UnixStream, (hello, login): Said<'_>) -> Result<Greeted, End> {
    let failed = |e: io::Error| End::Lost(lost(&e.into()));
    stream.set_read_timeout(Some(GREETING)).map_err(failed)?;
    let mut writer = stream.try_clone().map_err(failed)?;
    let mut reader = LineReader::new(BufReader::new(stream.try_clone().map_err(failed)?));
    let line = serde_json::to_string(hello).map_err(|e| failed(e.into()))?;
    write_line(&mut writer, &line).map_err(failed)?;
    let mut welcome = match reader.next_line() {
        Ok(line) => read_welcome(line),
        Err(e) => return Err(End::Lost(lost(&e))),
    };
    if let (Err(End::Refused(failure)), Some(login)) = (&welcome, login)
        && failure.kind == ErrorKind::Pin
    {
        let said = Envelope::new(0, Request::Query(Query::Login(login.clone())));
        let line = said.to_line().map_err(|e| failed(e.into()))?;
        write_line(&mut writer, &line).map_err(failed)?;
        welcome = match reader.next_line() {
            Ok(line) => read_welcome(line),
            Err(e) => return Err(End::Lost(lost(&e))),
        };
    }
    let welcome = welcome?;
    stream.set_read_timeout(None).map_err(failed)?;
    Ok((reader, welcome, writer))
}

/// The first line from the server.
fn read_welcome(line: &[u8]) -> Result<Welcome, End> {
    let Ok(reply) = serde_json::from_slice::<Reply>(line) else {
        return Err(End::Lost("对方不是学籍服务器，或应答无法识别".into()));
    };
    match reply.body {
        ReplyBody::Ok(value) => {
            let theirs = value.get("protocol").and_then(serde_json::Value::as_u64);
            let version = value.get("version").and_then(serde_json::Value::as_str).unwrap_or("?").to_owned();
            if theirs != Some(u64::from(PROTOCOL)) {
                return Err(End::Refused(other_version(theirs, &version)));
            }
            serde_json::from_value(value).map_err(|_| End::Refused(other_version(theirs, &version)))
        }
        // It said itself that this passes.
        ReplyBody::Error(failure) if failure.kind == ErrorKind::Busy => Err(End::Lost(failure.message)),
        ReplyBody::Error(failure) => Err(End::Refused(failure)),
        ReplyBody::Refused(finding) => {
            Err(End::Refused(Failure::new(ErrorKind::NoAccess, format!("{}{}", finding.because, finding.remedy))))
        }
    }
}

/// The server speaks otherwise: both versions, and which to update.
fn other_version(protocol: Option<u64>, version: &str) -> Failure {
    let ours = env!("CARGO_PKG_VERSION");
    let todo = match protocol {
        Some(theirs) if theirs > u64::from(PROTOCOL) => "请更新本机的 xueji",
        _ => "请用新版程序重启服务器（xueji stop 后重新打开）",
    };
    let theirs = protocol.map_or_else(|| "?".to_owned(), |p| p.to_string());
    let text = format!("服务器版本 {version}（协议 {theirs}）与本程序 {ours}（协议 {PROTOCOL}）不符；{todo}。");
    Failure::new(ErrorKind::Version, text)
}

/// A lost line in the clerk's words.
fn lost(error: &FrameError) -> String {
    match error {
        FrameError::Closed => "服务器关闭了连接".into(),
        FrameError::TooLong => "服务器发来的一行过长，连接已断开".into(),
        FrameError::Io(e) if matches!(e.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
            "服务器没有应答".into()
        }
        FrameError::Io(e) => format!("与服务器的连接中断：{e}"),
    }
}

/// Writes what is queued until nobody can queue any more, then ends the line for the reader too.
fn write_lines(mut stream: UnixStream, lines: &Receiver<String>) {
    for line in lines {
        if write_line(&mut stream, &line).is_err() {
            break;
        }
    }
    let _ = stream.shutdown(Shutdown::Both);
}

#[cfg(test)]
#[path = "link_tests.rs"]
mod tests;
