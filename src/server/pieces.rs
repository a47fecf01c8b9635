//! Evidence in pieces: what is brought is checked against its digest and synced before anything refers to it; what
//! is fetched is journalled as a reading.

use super::hall::Hall;
use super::reads::{not_found, visible};
use super::refusal::Refusal;
use super::session::{Asker, Session};
use crate::desk::{CaseFacts, State};
use crate::law::case::{Action, why_not};
use crate::model::{AccountId, Application, ApplicationId, Command, CommandId, Digest, NewEvidence};
use crate::store::{EVIDENCE_LIMIT, EvidenceError};
use crate::wire::{ErrorKind, EvidenceChunk, Failure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::collections::HashSet;

/// Bytes of one fetched piece.
const PIECE: usize = 48 * 1024;
/// Papers that one connection may have half brought.
const MOST_OPEN: usize = 8;

/// Papers on their way on one connection.
#[derive(Default)]
pub(super) struct Papers {
    /// Half brought: under which name, and what.
    open: HashSet<(String, Digest)>,
    /// Whose first fetch of what has been journalled.
    fetched: HashSet<(AccountId, ApplicationId, Digest)>,
}

impl Papers {
    /// The line is gone: what was half brought is thrown away.
    pub(super) fn drop_all(&mut self, hall: &Hall) {
        for (by, digest) in self.open.drain() {
            if let Err(error) = hall.evidence().discard(&by, &digest) {
                tracing::warn!(%error, "half a paper stays until the next start");
            }
        }
    }
}

/// Takes one piece; the last one records the evidence on its application.
pub(super) fn bring(
    session: &mut Session<'_>,
    asker: &Asker,
    command_id: Option<CommandId>,
    chunk: &EvidenceChunk,
) -> Result<Value, Refusal> {
    let hall = session.hall;
    let evidence = NewEvidence {
        digest: chunk.digest.clone(),
        kind: chunk.kind.clone(),
        name: chunk.name.clone(),
        size: chunk.size,
        original_place: chunk.original_place.clone(),
    };
    let attach = Command::Attach { application: chunk.application, evidence };
    // Done already, and the answer was lost: it is given again, whatever has become of the application since.
    if let Some(id) = command_id
        && hall.store().answer(id)?.is_some()
    {
        return session.write(asker, command_id, attach);
    }
    // Asked before any byte is taken: nobody fills the disk with papers that could not be attached.
    let application = visible(hall, asker, chunk.application)?;
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let facts = CaseFacts::of(&state, &application)?;
    if let Some(why) =
        why_not(&facts.case(Some(&application), &calendar), &asker.actor, &Action::Attach, asker.now.day())
    {
        return Err(why.into());
    }
    let bytes = STANDARD
        .decode(chunk.data.as_bytes())
        .map_err(|e| Failure::new(ErrorKind::Input, format!("data 不是 base64：{e}")))?;
    let folder = hall.evidence();
    if !(known(hall, asker, &application, &chunk.digest)? && folder.has(&chunk.digest, chunk.size)) {
        // The connection is part of the name: two windows of one clerk do not meet in one file either.
        let by = format!("{} {}", session.desk, asker.actor.account);
        let this = (by.clone(), chunk.digest.clone());
        if session.papers.open.len() >= MOST_OPEN && !session.papers.open.contains(&this) {
            let message = format!("本连接已有 {MOST_OPEN} 份材料没有传完；请先传完其中一份，或断开重连后再传");
            return Err(Failure::new(ErrorKind::Busy, message).into());
        }
        let arrived = folder.append(&by, &chunk.digest, chunk.size, chunk.offset, &bytes);
        if matches!(arrived, Ok(_) | Err(EvidenceError::Io(_))) {
            session.papers.open.insert(this.clone());
        }
        let arrived = arrived?;
        if arrived < chunk.size {
            return Ok(json!({ "received": arrived, "of": chunk.size }));
        }
        let kept = folder.finish(&by, &chunk.digest, chunk.size);
        if matches!(kept, Ok(()) | Err(EvidenceError::Mismatch)) {
            session.papers.open.remove(&this);
        }
        kept?;
    }
    session.write(asker, command_id, attach)
}

/// Whether the asker can read this content already, on an application of the same student: then it need not be
/// brought again. A digest alone proves nothing.
fn known(hall: &Hall, asker: &Asker, application: &Application, digest: &Digest) -> Result<bool, Refusal> {
    for id in hall.store().applications_of(application.student) {
        if let Some(other) = hall.store().application(id)?
            && asker.scope.sees_application(&other)
            && other.evidence.iter().any(|piece| piece.digest == *digest)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Gives one piece of a file of this application.
pub(super) fn fetch(
    session: &mut Session<'_>,
    asker: &Asker,
    id: ApplicationId,
    digest: &Digest,
    offset: u64,
) -> Result<Value, Refusal> {
    let application = visible(session.hall, asker, id)?;
    let piece = application
        .evidence
        .iter()
        .find(|piece| piece.digest == *digest)
        .ok_or_else(|| not_found(format!("申请 {id} 没有这份材料")))?;
    if offset >= piece.size {
        let message = format!("offset {offset} 超出材料大小 {} 字节；请从 0 或上次的 next 取起", piece.size);
        return Err(Failure::new(ErrorKind::Input, message).into());
    }
    let bytes = session.hall.evidence().read_piece(digest, offset, PIECE)?;
    // Whoever begins in the middle reads it no less.
    let reading = (asker.actor.account.clone(), id, digest.clone());
    if offset == 0 || !session.papers.fetched.contains(&reading) {
        session.write(asker, None, Command::Read { application: id, digest: digest.clone() })?;
        session.papers.fetched.insert(reading);
    }
    let next = offset + bytes.len() as u64;
    Ok(json!({
        "name": piece.name, "size": piece.size, "offset": offset, "data": STANDARD.encode(&bytes),
        "next": if next < piece.size { Some(next) } else { None },
    }))
}

impl From<EvidenceError> for Refusal {
    fn from(error: EvidenceError) -> Self {
        let kind = match error {
            EvidenceError::Missing(_) => ErrorKind::Damaged,
            EvidenceError::Io(_) => ErrorKind::ReadOnly,
            _ => ErrorKind::Input,
        };
        let what = match &error {
            EvidenceError::BadDigest(_) => "摘要须为64位小写十六进制数".to_owned(),
            EvidenceError::Mismatch => "内容与摘要或大小不符，请重新上传".to_owned(),
            EvidenceError::Missing(digest) => format!("材料文件 {digest} 不在材料库中，请系统管理岗运行 xueji verify"),
            EvidenceError::Io(e) => format!("材料库读写失败（{e}），请系统管理岗检查磁盘"),
            EvidenceError::Size { size } => format!(
                "材料有 {size} 字节，与所报大小不符或超出 1 字节至 {} MiB 的范围；请核对文件，超限的请压缩或分成几份",
                EVIDENCE_LIMIT >> 20
            ),
            EvidenceError::Offset { expected, given } => {
                format!("这一段从 {given} 开始，而已收到 {expected} 字节；请从 {expected} 接着传，或从 0 重新开始")
            }
        };
        Failure::new(kind, what).into()
    }
}
