//! The link against a server that a test plays by hand.

use super::*;
use crate::wire::Notice;
use serde_json::{Value, json};
use std::io::{BufRead, Write};
use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::sync::mpsc::channel;
use tempfile::TempDir;

/// Far above what any step takes; only a hanging test reaches it.
const LONG: Duration = Duration::from_secs(20);

struct Server {
    _dir: TempDir,
    path: PathBuf,
    listener: UnixListener,
}

struct Line {
    reader: BufReader<UnixStream>,
}

impl Server {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("desk.sock");
        let listener = UnixListener::bind(&path).unwrap();
        Server { _dir: dir, path, listener }
    }

    fn link(&self) -> (Link, Receiver<Event>) {
        let (tx, rx) = channel();
        let path = self.path.clone();
        (Link::open(Box::new(move || UnixStream::connect(&path)), Hello::new(None), None, tx), rx)
    }

    /// The next desk, which has said hello.
    fn accept(&self) -> Line {
        let (stream, _) = self.listener.accept().unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        let mut line = Line { reader: BufReader::new(stream) };
        let hello: Value = serde_json::from_str(&line.hear().unwrap()).unwrap();
        assert_eq!(hello["do"], "hello");
        assert_eq!(hello["protocol"], PROTOCOL);
        line
    }
}

impl Line {
    fn say(&mut self, line: &Value) {
        writeln!(self.reader.get_mut(), "{line}").unwrap();
    }

    fn hear(&mut self) -> Option<String> {
        let mut line = String::new();
        match self.reader.read_line(&mut line).unwrap() {
            0 => None,
            _ => Some(line.trim_end().to_owned()),
        }
    }
}

fn welcome(protocol: u32) -> Value {
    json!({"id": 0, "ok": {"protocol": protocol, "version": "9.9.9", "me": {
        "account": {"id": "jb1", "revision": 1, "person": "p1", "name": "演练甲", "office": "410799",
                    "posts": ["handler"], "os_user": null, "active": true},
        "office": {"id": "410799", "revision": 1, "name": "演练一县教育局", "level": "county", "parent": null,
                   "school": null},
        "os_user": "clerk", "exercise": true, "now": "2025-10-15T09:00:00+08:00",
        "calendar_until": "2026-12-31", "warnings": []}}})
}

fn next(events: &Receiver<Event>) -> Event {
    events.recv_timeout(LONG).expect("no event came")
}

fn up(events: &Receiver<Event>) {
    let event = next(events);
    assert!(matches!(event, Event::LinkUp(_)), "{event:?}");
}

fn down(events: &Receiver<Event>) -> String {
    match next(events) {
        Event::LinkDown(reason) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn hello_welcome_and_lines_both_ways() {
    let server = Server::new();
    let (link, events) = server.link();
    let mut line = server.accept();
    assert!(!link.send("too early".into()), "nothing is taken before the welcome");
    line.say(&welcome(PROTOCOL));
    let Event::LinkUp(welcome) = next(&events) else { panic!() };
    assert_eq!(welcome.me.account.name, "演练甲");
    assert!(link.send(r#"{"id":1,"do":"whoami"}"#.into()));
    assert_eq!(line.hear().unwrap(), r#"{"id":1,"do":"whoami"}"#);
    line.say(&json!({"id": 1, "ok": {"total": 3}}));
    let Event::Server(FromServer::Reply(reply)) = next(&events) else { panic!() };
    assert_eq!((reply.id, reply.body), (json!(1), ReplyBody::Ok(json!({"total": 3}))));
    line.say(&json!({"notice": {"kind": "closing"}}));
    assert_eq!(next(&events), Event::Server(FromServer::Notice { notice: Notice::Closing {} }));
}

#[test]
fn a_lost_line_is_told_and_opened_again() {
    let server = Server::new();
    let (link, events) = server.link();
    for _ in 0..3 {
        let mut line = server.accept();
        line.say(&welcome(PROTOCOL));
        up(&events);
        assert!(link.send("{}".into()));
        assert_eq!(line.hear().unwrap(), "{}");
        drop(line);
        down(&events);
        assert!(!link.send("{}".into()), "nothing is taken while the line is down");
    }
}

#[test]
fn an_absent_server_is_told_once_and_found_when_it_comes() {
    let server = Server::new();
    let (tx, events) = channel();
    let (path, absent) = (server.path.clone(), std::sync::atomic::AtomicU32::new(3));
    let connect = move || {
        let left = absent.load(std::sync::atomic::Ordering::SeqCst);
        absent.store(left.saturating_sub(1), std::sync::atomic::Ordering::SeqCst);
        if left > 0 { Err(io::Error::other("没有服务器")) } else { UnixStream::connect(&path) }
    };
    let _link = Link::open(Box::new(connect), Hello::new(None), None, tx);
    let mut line = server.accept();
    line.say(&welcome(PROTOCOL));
    assert_eq!(down(&events), "没有服务器");
    up(&events);
}

#[test]
fn a_refused_hello_stops_the_link() {
    for kind in ["no_access", "version"] {
        let server = Server::new();
        let (link, events) = server.link();
        server.accept().say(&json!({"id": 0, "error": {"kind": kind, "message": "不行"}}));
        let Event::LinkRefused(failure) = next(&events) else { panic!() };
        assert_eq!(failure.message, "不行");
        // The thread has ended: its sender is gone.
        assert!(events.recv_timeout(LONG).is_err_and(|e| e == std::sync::mpsc::RecvTimeoutError::Disconnected));
        assert!(!link.send("{}".into()));
    }
}

#[test]
fn a_busy_server_is_asked_again() {
    let server = Server::new();
    let (_link, events) = server.link();
    server.accept().say(&json!({"id": 0, "error": {"kind": "busy", "message": "稍后"}}));
    assert_eq!(down(&events), "稍后");
    server.accept().say(&welcome(PROTOCOL));
    up(&events);
}

#[test]
fn another_protocol_names_both_versions_and_what_to_update() {
    for (protocol, todo) in [(PROTOCOL + 1, "更新本机"), (PROTOCOL - 1, "重启服务器")] {
        let server = Server::new();
        let (_link, events) = server.link();
        server.accept().say(&welcome(protocol));
        let Event::LinkRefused(failure) = next(&events) else { panic!() };
        assert_eq!(failure.kind, ErrorKind::Version);
        for part in ["9.9.9", env!("CARGO_PKG_VERSION"), todo] {
            assert!(failure.message.contains(part), "{}", failure.message);
        }
    }
}

#[test]
fn garbage_and_endless_lines_close_the_line() {
    let endless = "x".repeat(MAX_LINE + 1);
    for noise in ["no json at all", r#"{"neither":"this"}"#, &endless] {
        let server = Server::new();
        let (_link, events) = server.link();
        let mut line = server.accept();
        line.say(&welcome(PROTOCOL));
        up(&events);
        // The link may hang up before all of it is written.
        let _ = writeln!(line.reader.get_mut(), "{noise}");
        down(&events);
        server.accept();
    }
}

#[test]
fn a_greeting_that_is_none_is_a_lost_line() {
    let server = Server::new();
    let (_link, events) = server.link();
    server.accept().say(&json!(["what"]));
    assert!(!down(&events).is_empty());
    drop(server.accept());
    assert!(!down(&events).is_empty());
}

#[test]
fn a_server_that_does_not_read_never_blocks_the_desk() {
    let server = Server::new();
    let (link, events) = server.link();
    let mut line = server.accept();
    line.say(&welcome(PROTOCOL));
    up(&events);
    let long = "x".repeat(MAX_LINE);
    let taken = (0..2 * QUEUE).take_while(|_| link.send(long.clone())).count();
    assert!((QUEUE..2 * QUEUE).contains(&taken), "{taken}");
    drop(line);
    down(&events);
}

#[test]
fn what_is_no_line_is_not_taken() {
    let server = Server::new();
    let (link, events) = server.link();
    let mut line = server.accept();
    line.say(&welcome(PROTOCOL));
    up(&events);
    assert!(!link.send("{}\n{}".into()));
    assert!(!link.send("x".repeat(MAX_LINE + 1)));
    assert!(link.send("{}".into()));
    assert_eq!(line.hear().unwrap(), "{}");
}

#[test]
fn a_dropped_link_writes_what_is_queued_and_closes() {
    let server = Server::new();
    let (link, events) = server.link();
    let mut line = server.accept();
    line.say(&welcome(PROTOCOL));
    up(&events);
    for n in 0..50 {
        assert!(link.send(n.to_string()));
    }
    drop(link);
    for n in 0..50 {
        assert_eq!(line.hear().unwrap(), n.to_string());
    }
    assert_eq!(line.hear(), None);
}

#[test]
fn a_desk_that_has_gone_ends_the_link() {
    let server = Server::new();
    let (_link, events) = server.link();
    let mut line = server.accept();
    drop(events);
    line.say(&welcome(PROTOCOL));
    assert_eq!(line.hear(), None);
}
