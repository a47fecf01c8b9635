//! Attaching evidence (证明材料) whose bytes already lie, whole and synced, in the evidence folder.

use super::{Asked, CaseFacts, Refused, State, Writes, bounded, changed, fresh, roomy};
use crate::law::case::{Action, why_not};
use crate::model::{ApplicationId, Attachment, Level, NewEvidence, Post};
use serde_json::{Value, json};

/// Most pieces of evidence on one application.
const MOST_PIECES: usize = 20;

/// Records a piece of evidence on an application.
pub(super) fn attach(
    state: &State<'_>,
    asked: &Asked<'_>,
    id: ApplicationId,
    evidence: &NewEvidence,
) -> Result<(Writes, Value), Refused> {
    let mut application = fresh(state, asked, id, None)?;
    let facts = CaseFacts::of(state, &application)?;
    let case = facts.case(Some(&application), state.calendar());
    if let Some(why) = why_not(&case, asked.actor, &Action::Attach, asked.now.day()) {
        return Err(why.into());
    }
    let by = asked.actor.sign(Post::first(case.acting().level == Level::School));
    roomy(&application)?;
    if application.evidence.iter().any(|piece| piece.digest == evidence.digest) {
        return Err(Refused::Input(format!("材料《{}》已经附在申请 {id} 上", evidence.name)));
    }
    if application.evidence.len() >= MOST_PIECES {
        return Err(Refused::Input(format!("一件申请最多附{MOST_PIECES}份材料")));
    }
    let kind = bounded("材料名称", &evidence.kind)?;
    let name = bounded("文件名", &evidence.name)?;
    if kind.is_empty() || name.is_empty() {
        return Err(Refused::Input("请写明材料名称和文件名".to_owned()));
    }
    let place = bounded("原件存放处", evidence.original_place.as_deref().unwrap_or_default())?;
    application.evidence.push(Attachment {
        digest: evidence.digest.clone(),
        kind,
        name,
        size: evidence.size,
        original_place: (!place.is_empty()).then_some(place),
        by,
        at: asked.now,
    });
    let missing = crate::law::case::missing(&application);
    let revision = application.revision;
    let (write, mut answer) = changed(revision, application);
    if let Value::Object(fields) = &mut answer {
        fields.insert("digest".into(), json!(evidence.digest));
        fields.insert("missing".into(), json!(missing));
    }
    Ok((vec![write], answer))
}
