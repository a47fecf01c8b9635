//! `xueji call`: lines of JSON to the server, its lines back, in order. Refusals are replies: the exit status says
//! only whether every line was answered.

use super::failure::{CliError, Exit, named};
use super::{Args, folder, login, start};
use crate::model::Stamp;
use crate::wire::{Failure, FrameError, FromServer, Hello, LineReader, Reply, ReplyBody, write_line};
use serde_json::Value;
use std::io::{self, BufRead, BufReader, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

/// How long the end of the input may take to be noticed after the last answer.
const GRACE: Duration = Duration::from_millis(500);

/// Pumps lines until the input ends and everything is answered, or until the server is gone.
pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let data = folder::store(args)?;
    let stream = start::connect(&data)?;
    let first = match say_hello(&stream, args.as_account.as_deref())? {
        Greeted::In(reader, _) => (reader, None),
        Greeted::Who(reader, failure) => identified(&stream, reader, &failure, args.as_account.as_deref())?,
    };
    let (reader, kept) = first;
    let today = args.today;
    let to = stream.try_clone().map_err(CliError::io)?;
    let (ended, asked) = channel();
    // Not joined: when the server goes while the input stays open, this thread would wait for ever.
    thread::spawn(move || ended.send(ask(&to, kept, today)));
    let answered = give(reader);
    let again = "没有答复的请重新送出（命令编号不变）";
    match asked.recv_timeout(GRACE) {
        Ok(asked) => {
            let asked = asked?;
            if answered >= asked {
                return Ok(());
            }
            let message = format!("连接中断：送出 {asked} 行，收到 {answered} 个答复；{again}");
            Err(CliError::new(Exit::NoServer, message))
        }
        Err(_) => {
            let message = format!("连接中断：收到 {answered} 个答复后服务已断开；{again}");
            Err(CliError::new(Exit::NoServer, message))
        }
    }
}

/// What the server says to a hello.
enum Greeted {
    /// Welcome.
    In(Reader, Value),
    /// Several persons share this login: who is it?
    Who(Reader, Failure),
}

type Reader = LineReader<BufReader<UnixStream>>;

/// Says hello, and who it is where that is asked; what the server says to it.
pub(super) fn greet(stream: &UnixStream, account: Option<&str>) -> Result<(Reader, Value), CliError> {
    match say_hello(stream, account)? {
        Greeted::In(reader, welcome) => Ok((reader, welcome)),
        Greeted::Who(reader, failure) => log_in(stream, reader, failure, account),
    }
}

/// Asks on the terminal until the server is content, or has nothing more to ask. What was right before in this process
/// is not asked again.
fn log_in(
    stream: &UnixStream,
    mut reader: Reader,
    mut failure: Failure,
    account: Option<&str>,
) -> Result<(Reader, Value), CliError> {
    let mut remembered = login::remembered();
    let fresh = remembered.is_none();
    let mut tried = None;
    loop {
        let asked = match remembered.take() {
            Some(asked) => asked,
            None if fresh => login::ask(&failure, account, tried.as_ref())?,
            None => return Err(named(&failure)),
        };
        write_line(&mut &*stream, &login::line(&asked)?).map_err(CliError::io)?;
        match answer(&mut reader)? {
            ReplyBody::Ok(welcome) => {
                login::remember(&asked);
                return Ok((reader, welcome));
            }
            ReplyBody::Error(again) if login::wanted(&again) => (failure, tried) = (again, Some(asked)),
            ReplyBody::Error(failure) => return Err(named(&failure)),
            ReplyBody::Refused(finding) => return Err(CliError::new(Exit::Refused, finding.because)),
        }
    }
}

/// For lines that come from elsewhere: the first of them may say who it is, else the terminal is asked and that line
/// kept for later.
fn identified(
    stream: &UnixStream,
    reader: Reader,
    failure: &Failure,
    account: Option<&str>,
) -> Result<(Reader, Option<String>), CliError> {
    let mut first = String::new();
    while first.trim().is_empty() {
        first.clear();
        if io::stdin().lock().read_line(&mut first).map_err(CliError::io)? == 0 {
            break;
        }
    }
    let says_who = |value: Value| value["do"] == "session.login";
    if serde_json::from_str(&first).is_ok_and(says_who) {
        return Ok((reader, Some(first)));
    }
    let (reader, _) = log_in(stream, reader, failure.clone(), account)?;
    Ok((reader, Some(first).filter(|line| !line.trim().is_empty())))
}

fn say_hello(stream: &UnixStream, account: Option<&str>) -> Result<Greeted, CliError> {
    let hello = Hello::new(account.map(Into::into));
    let line = serde_json::to_string(&hello).map_err(CliError::broken)?;
    let mut to = stream;
    // A server that turns us away may have closed already: what it said is still to be read.
    let said = write_line(&mut to, &line);
    let mut reader = LineReader::new(BufReader::new(stream.try_clone().map_err(CliError::io)?));
    let gone = |e: FrameError| match &said {
        Err(broken) => CliError::new(Exit::NoServer, format!("连接不上学籍服务：{broken}")),
        Ok(()) => CliError::new(Exit::NoServer, format!("服务没有应答：{e}")),
    };
    let reply: Reply = serde_json::from_slice(reader.next_line().map_err(gone)?).map_err(unclear)?;
    match reply.body {
        ReplyBody::Ok(welcome) => Ok(Greeted::In(reader, welcome)),
        ReplyBody::Error(failure) if login::wanted(&failure) => Ok(Greeted::Who(reader, failure)),
        ReplyBody::Error(failure) => Err(named(&failure)),
        ReplyBody::Refused(finding) => Err(CliError::new(Exit::Refused, finding.because)),
    }
}

fn unclear(error: serde_json::Error) -> CliError {
    CliError::new(Exit::NoServer, format!("服务的应答看不懂：{error}"))
}

fn answer(reader: &mut Reader) -> Result<ReplyBody, CliError> {
    let line = reader.next_line().map_err(|e| CliError::new(Exit::NoServer, format!("服务没有应答：{e}")))?;
    let reply: Reply = serde_json::from_slice(line).map_err(unclear)?;
    Ok(reply.body)
}

fn ask(mut to: &UnixStream, first: Option<String>, today: Option<Stamp>) -> Result<u64, CliError> {
    let mut asked = 0;
    for line in first.into_iter().map(Ok).chain(io::stdin().lock().lines()) {
        let line = line.map_err(CliError::io)?;
        let line = line.trim_end().to_owned();
        if line.trim().is_empty() {
            continue;
        }
        let line = with_today(line, today);
        asked += 1;
        if write_line(&mut to, &line).is_err() {
            break;
        }
    }
    // The server answers what it has, then closes.
    let _ = to.shutdown(Shutdown::Write);
    Ok(asked)
}

/// The common `--today` on a line that names none.
fn with_today(line: String, today: Option<Stamp>) -> String {
    let Some(today) = today else { return line };
    match serde_json::from_str(&line) {
        Ok(Value::Object(mut fields)) => {
            fields.entry("today").or_insert_with(|| Value::String(today.to_string()));
            Value::Object(fields).to_string()
        }
        _ => line,
    }
}

fn give(mut reader: LineReader<BufReader<UnixStream>>) -> u64 {
    let mut out = io::stdout().lock();
    let mut answered = 0;
    while let Ok(line) = reader.next_line() {
        if !matches!(serde_json::from_slice(line), Ok(FromServer::Notice { .. })) {
            answered += 1;
        }
        if out.write_all(line).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush()).is_err() {
            break;
        }
    }
    answered
}
