//! A client that speaks the wire to the server of a data folder, line by line.

use super::{LONG, log_of, until};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

/// One connection.
pub struct Call {
    reader: BufReader<UnixStream>,
    data: PathBuf,
    next: u64,
    notices: VecDeque<Value>,
    /// What the server said to the hello: the content of its `ok`.
    pub welcome: Value,
}

/// The first line of this program's version of the protocol.
pub fn hello(as_account: Option<&str>) -> Value {
    let account = as_account.map(|name| serde_json::from_value(json!(name)).expect("an account's short name"));
    serde_json::to_value(xueji::wire::Hello::new(account)).unwrap()
}

/// A bare connection, without hello; waits until the server is there.
pub fn connect(data: &Path) -> UnixStream {
    let socket = data.join("desk.sock");
    let stream = until("the server's socket", || UnixStream::connect(&socket).ok());
    stream.set_read_timeout(Some(LONG)).unwrap();
    stream
}

impl Call {
    /// Connects as whoever the operating system says, waiting until the server is there.
    pub fn connect(data: &Path) -> Call {
        Call::greet(data, &hello(None)).unwrap_or_else(|refused| panic!("hello was refused: {refused}"))
    }

    /// Connects and speaks as this account.
    pub fn connect_as(data: &Path, account: &str) -> Call {
        Call::greet(data, &hello(Some(account))).unwrap_or_else(|refused| panic!("hello was refused: {refused}"))
    }

    /// A connection that has said nothing yet.
    pub fn bare(data: &Path) -> Call {
        let reader = BufReader::new(connect(data));
        Call { reader, data: data.to_owned(), next: 1, notices: VecDeque::new(), welcome: Value::Null }
    }

    /// Connects with this hello; the server's line when it refuses.
    pub fn greet(data: &Path, hello: &Value) -> Result<Call, Value> {
        let mut call = Call::bare(data);
        call.send_line(&hello.to_string());
        let mut answer = call.read().expect("the server closed at the hello");
        if answer.get("ok").is_none() {
            return Err(answer);
        }
        call.welcome = answer["ok"].take();
        Ok(call)
    }

    /// Sends anything, with a line break behind it.
    pub fn send_line(&mut self, line: &str) {
        self.try_send(line).unwrap();
    }

    /// Sends, where the server may be dying.
    pub fn try_send(&mut self, line: &str) -> io::Result<()> {
        self.reader.get_mut().write_all(format!("{line}\n").as_bytes())
    }

    /// Sends bytes as they are, for half lines and garbage; an error is the server hanging up.
    pub fn send_bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.reader.get_mut().write_all(bytes)
    }

    /// The next line, whatever it is; none when the server closed.
    pub fn read(&mut self) -> Option<Value> {
        match self.try_read() {
            Ok(line) => Some(line),
            Err(e) if matches!(e.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                panic!("the server said nothing for {LONG:?}\n{}", log_of(&self.data))
            }
            Err(_) => None,
        }
    }

    /// The next line. An end in the middle of one counts as an end.
    pub fn try_read(&mut self) -> io::Result<Value> {
        let mut line = String::new();
        self.reader.read_line(&mut line)?;
        if !line.ends_with('\n') {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(serde_json::from_str(&line).unwrap_or_else(|e| panic!("no JSON from the server: {e}: {line}")))
    }

    /// Asks, and waits for the answer with the same id. Notices on the way are kept for
    /// [`Call::notice`]. The id is chosen here unless the request has one.
    pub fn ask(&mut self, request: Value) -> Value {
        self.try_ask(request).unwrap_or_else(|e| panic!("no answer: {e}\n{}", log_of(&self.data)))
    }

    /// Asks, where the server may be dying.
    pub fn try_ask(&mut self, mut request: Value) -> io::Result<Value> {
        if request.get("id").is_none() {
            request["id"] = self.next.into();
            self.next += 1;
        }
        self.try_send(&request.to_string())?;
        loop {
            let line = self.try_read()?;
            if line.get("notice").is_some() {
                self.notices.push_back(line);
            } else if line["id"] == request["id"] {
                return Ok(line);
            } else {
                panic!("an answer to nothing that was asked: {line}");
            }
        }
    }

    /// Asks, and takes the `ok` out of the answer; there must be one.
    pub fn ok(&mut self, request: Value) -> Value {
        self.part(request, "ok")
    }

    /// Asks, and takes the finding that refuses out of the answer; there must be one.
    pub fn refused(&mut self, request: Value) -> Value {
        self.part(request, "refused")
    }

    /// Asks, and takes the `error` out of the answer; there must be one.
    pub fn error(&mut self, request: Value) -> Value {
        self.part(request, "error")
    }

    fn part(&mut self, request: Value, part: &str) -> Value {
        let mut answer = self.ask(request.clone());
        match answer.get_mut(part) {
            Some(value) => value.take(),
            None => panic!("expected {part:?}\n→ {request}\n← {answer}"),
        }
    }

    /// The next notice: the content of its `notice`.
    pub fn notice(&mut self) -> Value {
        let mut line = match self.notices.pop_front() {
            Some(line) => line,
            None => self.read().expect("the server closed instead of a notice"),
        };
        match line.get_mut("notice") {
            Some(notice) => notice.take(),
            None => panic!("expected a notice: {line}"),
        }
    }

    /// The next notice of this kind; others are dropped.
    pub fn notice_of(&mut self, kind: &str) -> Value {
        loop {
            let notice = self.notice();
            if notice["kind"] == kind {
                return notice;
            }
        }
    }

    /// Waits until the server has closed this connection.
    pub fn wait_closed(&mut self) {
        while let Some(line) = self.read() {
            assert!(line.get("ok").is_none(), "the server went on talking: {line}");
        }
    }
}
