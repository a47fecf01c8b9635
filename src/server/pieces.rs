//! Evidence in pieces: what is brought is checked against its digest and synced before anything refers to it; what
//! is fetched is journalled as a reading.

use super::reads::{not_found, visible};
use super::session::{Asker, Refusal, Session};
use crate::desk::{CaseFacts, State};
use crate::law::case::{Action, why_not};
use crate::model::{ApplicationId, Command, CommandId, Digest, NewEvidence};
use crate::store::{EvidenceError, Received};
use crate::wire::{ErrorKind, EvidenceChunk, Failure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// Bytes of one fetched piece.
const PIECE: usize = 48 * 1024;

/// Takes one piece; the last one records the evidence on its application.
pub(super) fn bring(
    session: &Session<'_>,
    asker: &Asker,
    command_id: Option<CommandId>,
    chunk: &EvidenceChunk,
) -> Result<Value, Refusal> {
    let hall = session.hall;
    let evidence = || NewEvidence {
        digest: chunk.digest.clone(),
        kind: chunk.kind.clone(),
        name: chunk.name.clone(),
        size: chunk.size,
        original_place: chunk.original_place.clone(),
    };
    if let Some(id) = command_id
        && hall.store().answer(id)?.is_some()
    {
        // Said before: it gets the first answer, however far the case has gone since.
        return session.write(
            asker,
            command_id,
            Command::Attach { application: chunk.application, evidence: evidence() },
        );
    }
    // Asked before any byte is taken: nobody fills the disk with papers that could not be attached.
    let application = visible(hall, asker, chunk.application)?;
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let facts = CaseFacts::of(&state, &application)?;
    if let Some(why) = why_not(&facts.case(Some(&application)), &asker.actor, &Action::Attach, asker.now.day()) {
        return Err(why.into());
    }
    let bytes = STANDARD
        .decode(chunk.data.as_bytes())
        .map_err(|e| Failure::new(ErrorKind::Input, format!("data 不是 base64：{e}")))?;
    let folder = hall.evidence();
    let arrived = match folder.begin(&chunk.digest, chunk.size)? {
        Received::Whole if !folder.has(&chunk.digest, chunk.size) => return Err(EvidenceError::Mismatch.into()),
        Received::Whole => chunk.size,
        Received::Part(_) => folder.append(&chunk.digest, chunk.size, chunk.offset, &bytes)?,
    };
    if arrived < chunk.size {
        return Ok(json!({ "received": arrived, "of": chunk.size }));
    }
    folder.finish(&chunk.digest, chunk.size)?;
    session.write(asker, command_id, Command::Attach { application: chunk.application, evidence: evidence() })
}

/// Gives one piece of a file of this application.
pub(super) fn fetch(
    session: &Session<'_>,
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
        return Err(Failure::new(ErrorKind::Input, format!("offset 超出材料大小（{} 字节）", piece.size)).into());
    }
    let bytes = session.hall.evidence().read_piece(digest, offset, PIECE)?;
    if offset == 0 {
        session.write(asker, None, Command::Read { application: id, digest: digest.clone() })?;
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
            other => format!("材料不能接收：{other}"),
        };
        Failure::new(kind, what).into()
    }
}
