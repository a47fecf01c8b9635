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
use std::thread;

/// Pumps lines until the input ends and everything is answered.
pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let data = folder::store(args)?;
    let stream = start::connect(&data)?;
    let (reader, _) = greet(&stream, args.as_account.as_deref())?;
    let today = args.today;
    let to = stream.try_clone().map_err(CliError::io)?;
    let asker = thread::spawn(move || ask(&to, today));
    let answered = give(reader);
    let asked = asker.join().map_err(|_| CliError::new(Exit::NoServer, "读取输入时出错"))??;
    if answered < asked {
        let message = format!("连接中断：送出 {asked} 行，收到 {answered} 个答复");
        return Err(CliError::new(Exit::NoServer, message));
    }
    Ok(())
}

/// Says hello; what the server says to it.
pub(super) fn greet(
    stream: &UnixStream,
    account: Option<&str>,
) -> Result<(LineReader<BufReader<UnixStream>>, Value), CliError> {
    let hello = Hello::new(account.map(Into::into));
    let line = serde_json::to_string(&hello).map_err(CliError::broken)?;
    let mut to = stream;
    write_line(&mut to, &line).map_err(CliError::io)?;
    let mut reader = LineReader::new(BufReader::new(stream.try_clone().map_err(CliError::io)?));
    let gone = |e: FrameError| CliError::new(Exit::NoServer, format!("服务没有应答：{e}"));
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
