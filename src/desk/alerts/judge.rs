//! 查实, 排除, 整改: the first post proposes, the second agrees or sends back. What is found true brings the school's
//! rating to D in the same act (Art. 23).

use super::{allowed, changed, fresh};
use crate::desk::{Asked, Refused, State, Writes, bounded};
use crate::law::authority::PROVINCE;
use crate::law::negative::cases::AlertAct;
use crate::model::{
    Alert, AlertId, Basis, Grade, Judged, Judgement, Post, Rating, Record, Signature, Stage, Standing, Write,
};
use serde_json::Value;

/// The first post proposes what to find. Dismissing what was found true is its putting right (整改).
pub(in crate::desk) fn judge(
    state: &State<'_>,
    asked: &Asked<'_>,
    (id, revision): (AlertId, u64),
    to: Stage,
    text: &str,
    document: &str,
) -> Result<(Writes, Value), Refused> {
    let mut alert = fresh(state, asked, id, revision)?;
    let to = if to == Stage::Dismissed && alert.stage == Stage::Confirmed { Stage::Remedied } else { to };
    let (text, document) = (bounded("核查情况", text)?, bounded("核查记录", document)?);
    allowed(state, asked, &alert, &AlertAct::Judge { to, grounds: Some((&text, &document)) })?;
    alert.proposal = Some(Judgement { to, text, document, by: asked.actor.sign(Post::Handler), at: asked.now });
    let (write, answer) = changed(alert);
    Ok((vec![write], answer))
}

/// The second post speaks.
pub(in crate::desk) fn decide(
    state: &State<'_>,
    asked: &Asked<'_>,
    (id, revision): (AlertId, u64),
    agree: bool,
    remark: &str,
) -> Result<(Writes, Value), Refused> {
    let mut alert = fresh(state, asked, id, revision)?;
    let remark = bounded("意见", remark)?;
    allowed(state, asked, &alert, &AlertAct::Decide((!agree).then_some(remark.as_str())))?;
    let Some(judgement) = alert.proposal.take() else {
        return Err(Refused::Input(format!("{id} 没有待复核的结论")));
    };
    let by = asked.actor.sign(Post::Reviewer);
    let mut writes = Vec::new();
    if agree {
        alert.stage = judgement.to;
        if judgement.to == Stage::Confirmed {
            writes.push(drop_to_d(state, asked, &alert, &judgement, &by)?);
        }
    }
    alert.judged.push(Judged { judgement, agreed: agree, remark, by, at: asked.now });
    let (write, answer) = changed(alert);
    writes.push(write);
    Ok((writes, answer))
}

/// D at once. The province records it with its own document, unless it has found so itself.
fn drop_to_d(
    state: &State<'_>,
    asked: &Asked<'_>,
    alert: &Alert,
    judgement: &Judgement,
    by: &Signature,
) -> Result<Write, Refused> {
    let mut standing = state.standing(&alert.school)?.unwrap_or_else(|| Standing::new(alert.school.clone()));
    let based_on = standing.revision;
    standing.revision += 1;
    let document = if by.office.as_str() == PROVINCE { judgement.document.clone() } else { String::new() };
    standing.ratings.push(Rating {
        grade: Grade::D,
        on: asked.now.day(),
        basis: Basis::Found { alert: alert.id, item: alert.item },
        document,
        by: (judgement.by.clone(), by.clone()),
    });
    Ok(Write { record: Record::Standing(Box::new(standing)), based_on })
}
