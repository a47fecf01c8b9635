//! Drafts of the asker's own account. They decide nothing, so no rule and no scope is asked: whose they are is enough.

use super::hall::Hall;
use super::lists::list;
use super::reads::{not_found, value};
use super::refusal::Refusal;
use super::session::Asker;
use crate::store::{Draft, DraftError};
use crate::wire::{DraftRow, DraftSave, DraftView, ErrorKind, Failure};
use serde_json::{Value, json};

/// Longest slot and longest words of a draft, in characters.
const LONGEST_NAME: usize = 100;

fn row(draft: &Draft) -> DraftRow {
    DraftRow {
        slot: draft.slot.clone(),
        title: draft.title.clone(),
        field: draft.field.clone(),
        saved: draft.saved,
        until: draft.until(),
        expired: draft.expired,
        bytes: u32::try_from(draft.content.len()).unwrap_or(u32::MAX),
    }
}

fn failed(error: DraftError) -> Refusal {
    match error {
        DraftError::Bounds(message) => Failure::new(ErrorKind::Input, message).into(),
        DraftError::Io(error) => crate::store::StoreError::Write(error).into(),
    }
}

/// Keeps a draft, on the disk before it is answered.
pub(super) fn save(hall: &Hall, asker: &Asker, of: DraftSave) -> Result<Value, Refusal> {
    let too_long = [&of.slot, &of.title, &of.field].iter().any(|text| text.chars().count() > LONGEST_NAME);
    if of.slot.is_empty() || too_long {
        let message = format!("草稿的 slot 须写明，slot、title、field 各不超过{LONGEST_NAME}字");
        return Err(Failure::new(ErrorKind::Input, message).into());
    }
    let draft = Draft {
        account: asker.actor.account.clone(),
        slot: of.slot,
        title: of.title,
        field: of.field,
        saved: asker.now,
        content: of.content,
        expired: false,
    };
    hall.drafts().save(&draft).map_err(failed)?;
    value(row(&draft))
}

/// One draft.
pub(super) fn load(hall: &Hall, asker: &Asker, slot: &str) -> Result<Value, Refusal> {
    let draft = hall.drafts().load(&asker.actor.account, slot).map_err(DraftError::Io).map_err(failed)?;
    let draft = draft.filter(|draft| !draft.expired && draft.until() >= asker.now.day());
    let draft = draft.ok_or_else(|| not_found(format!("没有草稿 {slot}")))?;
    value(DraftView { draft: row(&draft), content: draft.content })
}

/// All drafts, expired ones as such.
pub(super) fn drafts(hall: &Hall, asker: &Asker) -> Result<Value, Refusal> {
    let drafts = hall.drafts().list(&asker.actor.account, asker.now.day()).map_err(DraftError::Io).map_err(failed)?;
    Ok(list(drafts.iter().map(row).collect::<Vec<_>>()))
}

/// Forgets one.
pub(super) fn drop_draft(hall: &Hall, asker: &Asker, slot: &str) -> Result<Value, Refusal> {
    let dropped = hall.drafts().drop_draft(&asker.actor.account, slot).map_err(DraftError::Io).map_err(failed)?;
    Ok(json!({ "slot": slot, "dropped": dropped }))
}
