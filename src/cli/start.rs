//! Finding the server of a data folder, and starting one where the caller may: the folder's owner.

use super::failure::{CliError, Exit};
use super::folder;
use crate::catalogue::ReadingText;
use crate::server::{Place, Stranger, user_name};
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Seconds a server started by a desk outlives the last one.
const LINGER: &str = "60";
/// How long to wait for a server that another desk is starting: after a crash a great store is compared record by record.
const PATIENCE: Duration = Duration::from_secs(120);

/// A connection to the folder's server, which is started when there is none and the caller owns the folder.
pub(super) fn connect(data: &Path) -> Result<UnixStream, CliError> {
    let place = Place::of(data);
    match place.connect() {
        Ok(stream) => return Ok(stream),
        Err(e) if e.kind() == io::ErrorKind::PermissionDenied => return Err(no_entry(data)),
        Err(e) => {
            if let Some(who) = Stranger::of(&e) {
                return Err(stranger(data, who));
            }
        }
    }
    if !mine(data) {
        return Err(no_server(data));
    }
    if !folder::holds_store(data) {
        return Err(empty(data));
    }
    start(data)?;
    place.connect().map_err(|e| CliError::new(Exit::NoServer, format!("服务已启动但连接不上：{e}")))
}

/// Whether the caller owns the folder (a folder that is not there yet is the caller's to make).
pub(super) fn mine(data: &Path) -> bool {
    match std::fs::metadata(data) {
        Ok(meta) => meta.uid() == rustix::process::geteuid().as_raw(),
        Err(e) => e.kind() == io::ErrorKind::NotFound,
    }
}

fn owner(data: &Path) -> String {
    std::fs::metadata(data).map_or_else(|_| "?".to_owned(), |meta| user_name(meta.uid()))
}

fn no_server(data: &Path) -> CliError {
    let owner = owner(data);
    CliError::new(
        Exit::NoServer,
        format!(
            "连接不上学籍服务：数据目录 {} 属于用户 {owner}，服务没有运行，而您不能替他启动。请联系 {owner} 或系统管理岗启动服务（xueji serve）",
            data.display()
        ),
    )
}

fn stranger(data: &Path, who: Stranger) -> CliError {
    let (server, owner) = (user_name(who.server), user_name(who.owner));
    CliError::new(
        Exit::NoServer,
        format!(
            "数据目录 {} 属于用户 {owner}，而应答的服务由用户 {server} 运行，不可信任，没有连接。请联系系统管理岗查明后，由 {owner} 启动服务（xueji serve）",
            data.display()
        ),
    )
}

fn no_entry(data: &Path) -> CliError {
    let owner = owner(data);
    CliError::new(
        Exit::NoServer,
        format!(
            "没有进入数据目录 {} 的权限。请联系系统管理岗（目录属于用户 {owner}）把您加入学籍用户组",
            data.display()
        ),
    )
}

fn empty(data: &Path) -> CliError {
    CliError::new(
        Exit::NoServer,
        format!(
            "数据目录 {} 里还没有数据库。\n  练习：xueji demo\n  建库：xueji init --office 机构代码",
            data.display()
        ),
    )
}

/// Hears a starting server out; whether it is ready. What it is busy with meanwhile is shown where somebody waits for it.
fn hear_out(said: impl BufRead) -> io::Result<bool> {
    let mut shown = false;
    let mut ready = false;
    // It says that it is ready and closes its output, or ends without a word.
    for line in said.lines() {
        let line = line?;
        if line.trim() == super::serve::READY {
            ready = true;
            break;
        }
        if let Some(text) = opening(&line).filter(|_| io::stderr().is_terminal()) {
            shown = true;
            let _ = write!(io::stderr(), "\r{text}\x1b[K");
        }
    }
    if shown {
        let _ = write!(io::stderr(), "\r\x1b[K");
    }
    Ok(ready)
}

/// A line of a starting server in words.
fn opening(line: &str) -> Option<String> {
    let mut words = line.split(' ');
    let stage = words.next()?;
    let (done, total): (u64, u64) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    let text = match stage {
        "journal" => ReadingText::Journal,
        "records" => ReadingText::Records,
        "replay" => ReadingText::Replay,
        _ => return None,
    };
    let percent = done.saturating_mul(100) / total.max(1);
    let lang = super::desk::locale();
    Some(text.fill(lang, &[("n", &percent.to_string()), ("done", &done.to_string())]))
}

/// Starts a server of its own session and waits until it says that it is ready.
fn start(data: &Path) -> Result<(), CliError> {
    let program = std::env::current_exe().map_err(CliError::io)?;
    let failed = |what: String| CliError::new(Exit::NoServer, format!("服务启动失败：{what}"));
    let mut child = Command::new(program)
        .arg("--data")
        .arg(data)
        .args(["serve", "--detached", "--linger", LINGER])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| failed(e.to_string()))?;
    if let Some(said) = child.stdout.take()
        && hear_out(BufReader::new(said)).map_err(|e| failed(e.to_string()))?
    {
        return Ok(());
    }
    let mut why = String::new();
    if let Some(mut complaint) = child.stderr.take() {
        let _ = complaint.read_to_string(&mut why);
    }
    let status = child.wait().map_err(|e| failed(e.to_string()))?;
    if status.code() == Some(Exit::NoServer as i32) {
        // Another desk was quicker: its server is about to listen.
        let begun = Instant::now();
        let said = io::stderr().is_terminal();
        if said {
            let _ = write!(io::stderr(), "\r{}\x1b[K", ReadingText::Elsewhere.text(super::desk::locale()));
        }
        let there = || {
            std::thread::sleep(Duration::from_millis(20));
            Place::of(data).connect().is_ok()
        };
        let found = std::iter::repeat_with(there).take_while(|_| begun.elapsed() < PATIENCE).any(|there| there);
        if said {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
        if found {
            return Ok(());
        }
    }
    let exit = if status.code() == Some(Exit::Damaged as i32) { Exit::Damaged } else { Exit::NoServer };
    Err(CliError::new(exit, why.trim().to_owned()))
}
