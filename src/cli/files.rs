//! Evidence between the clerk's files and the server. The service's user cannot read a clerk's home, so the client
//! reads and writes, on a connection of its own.

use super::call::greet;
use super::failure::{CliError, Exit, named};
use super::{Args, desk_import, load, reconcile, report, start};
use crate::app::{ImportWish, LoadWish};
use crate::exchange::Form;
use crate::model::{AccountId, ApplicationId, Command, Digest, ExportKind, OfficeId, Stamp};
use crate::store::EVIDENCE_LIMIT;
use crate::wire::{
    Envelope, EvidenceChunk, LineReader, Query, Reply, ReplyBody, ReportAsked, Request, Tab, write_line,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use directories::{BaseDirs, UserDirs};
use serde_json::Value;
use std::fs;
use std::io::{BufReader, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

/// Bytes of one piece.
const PIECE: usize = 48 * 1024;

/// An errand with a file.
pub(super) enum Errand {
    /// Bring this file as evidence.
    Attach {
        /// For which application.
        application: ApplicationId,
        /// Path as typed.
        path: String,
        /// Material.
        kind: String,
        /// Where the original is kept.
        original_place: Option<String>,
    },
    /// Copy this evidence to the download folder.
    Fetch {
        /// Of which application.
        application: ApplicationId,
        /// Which.
        digest: Digest,
        /// Name it was brought under.
        name: String,
    },
    /// Look into the upload folder.
    Uploads {
        /// Only spreadsheets and CSV.
        tables: bool,
    },
    /// Check a file that is imported, or register its good rows.
    Import(Box<ImportWish>),
    /// Check it and write its rows that stay out to the download folder.
    Errors(Box<ImportWish>),
    /// Take a list out to the download folder.
    Export {
        /// What.
        what: ExportKind,
        /// Which tab of the queue.
        tab: Tab,
    },
    /// Read this file for the digest of its content.
    Digest {
        /// Path as typed.
        path: String,
    },
    /// Write this text to the download folder.
    Write {
        /// Name of the file.
        name: String,
        /// What it holds.
        text: String,
    },
    /// Check a file of the province, or take it in.
    Load(Box<LoadWish>),
    /// Write the report of the board there, as a spreadsheet.
    Report(ReportAsked),
    /// Write a school's key-in list of the reconciliation there.
    KeyIn {
        /// Which school.
        school: OfficeId,
    },
}

/// Runs an errand; says what to tell the clerk: the file's name, or the path it was copied to.
pub(super) fn run(data: &Path, account: Option<AccountId>, errand: &Errand) -> Result<String, CliError> {
    if let Errand::Write { name, text } = errand {
        return download(name, text.as_bytes());
    }
    if let Errand::Uploads { tables } = errand {
        let found = desk_import::uploads(*tables)?;
        return serde_json::to_string(&found).map_err(CliError::broken);
    }
    if let Errand::Digest { path } = errand {
        return digest_of(path);
    }
    let mut line = Line::open(data, account)?;
    match errand {
        Errand::Write { name, text } => download(name, text.as_bytes()),
        Errand::Uploads { .. } => Ok(String::new()),
        Errand::Import(wish) => {
            let seen = desk_import::check(&mut line, wish)?;
            serde_json::to_string(&seen).map_err(CliError::broken)
        }
        Errand::Errors(wish) => desk_import::errors(&mut line, wish),
        Errand::Export { what, tab } => desk_import::export(&mut line, *what, *tab),
        Errand::KeyIn { school } => {
            let (bytes, _) = reconcile::bytes(&mut line, Some(school.clone()), Form::Xlsx, None)?;
            download(&format!("对账录入清单-{school}.xlsx"), &bytes)
        }
        Errand::Digest { path } => digest_of(path),
        Errand::Load(wish) => load::run(&mut line, wish),
        Errand::Report(asked) => {
            let (name, bytes) = report::bytes(&mut line, asked, Form::Xlsx, None)?;
            download(&name, &bytes)
        }
        Errand::Attach { application, path, kind, original_place } => {
            attach(&mut line, *application, path, kind, original_place.as_deref())
        }
        Errand::Fetch { application, digest, name } => fetch(&mut line, *application, digest, name),
    }
}

/// Moves an exercise store's clock.
pub(super) fn set_today(data: &Path, args: &Args, account: Option<&str>, at: Stamp) -> Result<(), CliError> {
    let account = args.as_account.as_deref().or(account).map(Into::into);
    Line::open(data, account)?.ask(Request::Write(Command::ExerciseToday { at })).map(drop)
}

/// A connection of its own, for one errand.
pub(super) struct Line {
    stream: UnixStream,
    reader: LineReader<BufReader<UnixStream>>,
    asked: u64,
}

impl Line {
    /// Connects and says hello.
    pub(super) fn open(data: &Path, account: Option<AccountId>) -> Result<Self, CliError> {
        let stream = start::connect(data)?;
        let (reader, welcome) = greet(&stream, account.as_ref().map(AccountId::as_str))?;
        let mut line = Line { stream, reader, asked: 0 };
        // At a shared login the PIN let in the account it was given for; the desk may speak as another one of the person.
        if let Some(account) = account.filter(|account| welcome["me"]["account"]["id"] != account.as_str()) {
            line.ask(Request::Query(Query::SwitchAccount { account }))?;
        }
        Ok(line)
    }

    /// Asks and waits for the answer; a refusal is a failure.
    pub(super) fn ask(&mut self, request: Request) -> Result<Value, CliError> {
        self.ask_on(request, None)
    }

    /// The same on another day, on an exercise store.
    pub(super) fn ask_on(&mut self, request: Request, today: Option<Stamp>) -> Result<Value, CliError> {
        let text = self.written(request, today)?;
        self.send(&text)?;
        self.answer()
    }

    /// A request as it goes over the line.
    pub(super) fn written(&mut self, request: Request, today: Option<Stamp>) -> Result<String, CliError> {
        self.asked += 1;
        let envelope = Envelope { today, ..Envelope::new(self.asked, request) };
        envelope.to_line().map_err(CliError::broken)
    }

    /// Sends what was written, without waiting.
    pub(super) fn send(&mut self, text: &str) -> Result<(), CliError> {
        write_line(&mut self.stream, text).map_err(CliError::io)
    }

    /// The answer to what was sent.
    pub(super) fn answer(&mut self) -> Result<Value, CliError> {
        let lost = |e: String| CliError::new(Exit::NoServer, format!("连接中断：{e}"));
        let line = self.reader.next_line().map_err(|e| lost(e.to_string()))?;
        let reply: Reply = serde_json::from_slice(line).map_err(|e| lost(e.to_string()))?;
        match reply.body {
            ReplyBody::Ok(value) => Ok(value),
            ReplyBody::Refused(finding) => {
                Err(CliError::new(Exit::Refused, format!("{}。{}", finding.because, finding.remedy)))
            }
            ReplyBody::Error(failure) => Err(named(&failure)),
        }
    }
}

/// A file of the clerk's, whole.
fn content(path: &str) -> Result<(PathBuf, Vec<u8>), CliError> {
    let path = expand(path);
    let unreadable = |e: std::io::Error| CliError::new(Exit::Input, format!("文件 {} 读不出：{e}", path.display()));
    let meta = fs::metadata(&path).map_err(unreadable)?;
    if !meta.is_file() {
        return Err(CliError::new(Exit::Input, format!("{} 不是文件", path.display())));
    }
    if meta.len() > EVIDENCE_LIMIT || meta.len() == 0 {
        let message = format!(
            "文件 {} 有 {} 字节；材料须在 1 字节至 {} MiB 之间",
            path.display(),
            meta.len(),
            EVIDENCE_LIMIT >> 20
        );
        return Err(CliError::new(Exit::Input, message));
    }
    let mut bytes = Vec::new();
    // Bounded once more: the file may grow while it is read.
    fs::File::open(&path).and_then(|file| file.take(EVIDENCE_LIMIT).read_to_end(&mut bytes)).map_err(unreadable)?;
    Ok((path, bytes))
}

/// What the content of a file is known by.
fn digest_of(path: &str) -> Result<String, CliError> {
    let (_, bytes) = content(path)?;
    Ok(blake3::hash(&bytes).to_hex().to_string())
}

fn attach(
    line: &mut Line,
    application: ApplicationId,
    path: &str,
    kind: &str,
    original_place: Option<&str>,
) -> Result<String, CliError> {
    let (path, bytes) = content(path)?;
    let digest = Digest(blake3::hash(&bytes).to_hex().to_string());
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let size = bytes.len();
    let mut offset = 0;
    loop {
        let piece = &bytes[offset..size.min(offset + PIECE)];
        let chunk = EvidenceChunk {
            application,
            digest: digest.clone(),
            size: size as u64,
            kind: kind.to_owned(),
            name: name.clone(),
            original_place: original_place.map(str::to_owned),
            offset: offset as u64,
            data: STANDARD.encode(piece),
        };
        let answer = line.ask(Request::Query(Query::AttachChunk(chunk)))?;
        // No more to bring: it is attached, perhaps with the first piece, when the content was known.
        let Some(received) = answer.get("received").and_then(Value::as_u64) else { break };
        offset = next_offset(received, offset, size)?;
    }
    Ok(name)
}

/// Where to go on, by the server's word; it must lead on, or this would never end.
fn next_offset(received: u64, offset: usize, size: usize) -> Result<usize, CliError> {
    match usize::try_from(received) {
        Ok(next) if offset < next && next < size => Ok(next),
        _ => Err(CliError::new(
            Exit::Input,
            format!("服务端称已收到 {received} 字节，与所传不符（第 {offset} 字节起，共 {size} 字节）；请重新上传"),
        )),
    }
}

pub(super) fn expand(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), BaseDirs::new()) {
        (Some(rest), Some(dirs)) => dirs.home_dir().join(rest),
        _ => PathBuf::from(path),
    }
}

fn fetch(line: &mut Line, application: ApplicationId, digest: &Digest, name: &str) -> Result<String, CliError> {
    let mut bytes = Vec::new();
    let mut offset = Some(0);
    while let Some(from) = offset {
        let query = Query::EvidencePiece { application, digest: digest.clone(), offset: from };
        let answer = line.ask(Request::Query(query))?;
        let data = answer.get("data").and_then(Value::as_str).unwrap_or_default();
        let piece = STANDARD.decode(data).map_err(|e| CliError::new(Exit::Damaged, format!("材料内容不完整：{e}")))?;
        offset = answer.get("next").and_then(Value::as_u64).filter(|_| !piece.is_empty());
        bytes.extend_from_slice(&piece);
    }
    if blake3::hash(&bytes).to_hex().as_str() != digest.as_str() {
        return Err(CliError::new(Exit::Damaged, "取回的材料与登记的摘要不符，请系统管理岗运行 xueji verify"));
    }
    download(name, &bytes)
}

/// Writes a new file into the download folder; its path.
pub(super) fn download(name: &str, bytes: &[u8]) -> Result<String, CliError> {
    let folder = downloads()?;
    fs::create_dir_all(&folder).map_err(CliError::io)?;
    let path = write_new(&folder, name, bytes).map_err(CliError::io)?;
    Ok(path.display().to_string())
}

/// The download folder: the desktop's, else one in the home folder.
fn downloads() -> Result<PathBuf, CliError> {
    let desktop = UserDirs::new().and_then(|dirs| dirs.download_dir().map(Path::to_owned));
    desktop
        .or_else(|| BaseDirs::new().map(|dirs| dirs.home_dir().join("xueji-download")))
        .ok_or_else(|| CliError::usage("找不到用户目录（HOME 未设）"))
}

/// Writes a file that was not there, readable by its owner only; a taken name gets a number.
fn write_new(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<PathBuf> {
    // The name came from somebody else's computer: its last part only, and no hidden file.
    let name = Path::new(name).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name = name.trim_start_matches('.');
    let name = if name.is_empty() { "material" } else { name };
    let mut number = 1;
    loop {
        let path = if number == 1 { folder.join(name) } else { folder.join(format!("{number}-{name}")) };
        match fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
            Ok(mut file) => return file.write_all(bytes).map(|()| path),
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists && number < 1000 => number += 1,
            Err(e) => return Err(e),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_goes_on_where_the_server_says_and_never_round_in_circles() {
        assert_eq!(next_offset(PIECE as u64, 0, PIECE + 1).unwrap(), PIECE);
        assert_eq!(next_offset(1, 0, PIECE + 1).unwrap(), 1);
        for (received, offset) in [(0, 0), (5, 5), (4, 5), (PIECE as u64 + 1, 5), (u64::MAX, 5)] {
            assert!(next_offset(received, offset, PIECE + 1).is_err(), "{received} after {offset}");
        }
    }

    #[test]
    fn a_copied_file_never_leaves_the_folder_nor_replaces_another() {
        let folder = tempfile::tempdir().unwrap();
        let first = write_new(folder.path(), "../../证明.txt", b"1").unwrap();
        let second = write_new(folder.path(), "证明.txt", b"2").unwrap();
        let hidden = write_new(folder.path(), "..", b"3").unwrap();
        assert_eq!(first, folder.path().join("证明.txt"));
        assert_eq!(second, folder.path().join("2-证明.txt"));
        assert_eq!(hidden, folder.path().join("material"));
        assert_eq!(fs::read(first).unwrap(), b"1");
    }
}
