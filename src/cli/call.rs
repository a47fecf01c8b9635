//! `xueji call`: lines of JSON to the server, its lines back, in order. Refusals are replies: the exit status says
//! only whether every line was answered.

use super::failure::{CliError, Exit, named};
use super::{Args, folder, start};
use crate::model::Stamp;
use crate::wire::{FrameError, FromServer, Hello, LineReader, Reply, ReplyBody, write_line};
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
    let (reader, _) = greet(&stream, args.as_account.as_deref())?;
    let today = args.today;
    let to = stream.try_clone().map_err(CliError::io)?;
    let (ended, asked) = channel();
    // Not joined: when the server goes while the input stays open, this thread would wait for ever.
    thread::spawn(move || ended.send(ask(&to, today)));
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

/// Says hello; what the server says to it.
pub(super) fn greet(
    stream: &UnixStream,
    account: Option<&str>,
) -> Result<(LineReader<BufReader<UnixStream>>, Value), CliError> {
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
    let reply: Reply = serde_json::from_slice(reader.next_line().map_err(gone)?)
        .map_err(|e| CliError::new(Exit::NoServer, format!("服务的应答看不懂：{e}")))?;
    match reply.body {
        ReplyBody::Ok(welcome) => Ok((reader, welcome)),
        ReplyBody::Error(failure) => Err(named(&failure)),
        ReplyBody::Refused(finding) => Err(CliError::new(Exit::Refused, finding.because)),
    }
}

fn ask(mut to: &UnixStream, today: Option<Stamp>) -> Result<u64, CliError> {
    let mut asked = 0;
    for line in io::stdin().lock().lines() {
        let line = line.map_err(CliError::io)?;
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
