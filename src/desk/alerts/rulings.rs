//! Ratings, sanctions, custody, notices: prepared by the first post, in force when the second agrees.

use super::{entitled, school};
use crate::desk::{Asked, Refused, State, Writes, bounded};
use crate::law::negative::school::{RulingCase, why_not_decide, why_not_prepare};
use crate::model::{
    Basis, Grade, Office, OfficeId, Post, Prepared, Rating, Record, Ruled, Ruling, Signature, Standing, Write,
};
use serde_json::{Value, json};

fn standing_of(state: &State<'_>, id: &OfficeId, revision: u64) -> Result<Standing, Refused> {
    let standing = state.standing(id)?.unwrap_or_else(|| Standing::new(id.clone()));
    if standing.revision != revision {
        return Err(Refused::Input(format!(
            "学校 {id} 的评级和处理现为第{}版，您看到的是第{revision}版，已有他人办理；请重新打开再办",
            standing.revision
        )));
    }
    Ok(standing)
}

fn own_office(state: &State<'_>, asked: &Asked<'_>) -> Result<Office, Refused> {
    let id = &asked.actor.office;
    state.office(id)?.ok_or_else(|| Refused::NotFound(format!("没有机构 {id}")))
}

fn put(standing: Standing) -> (Write, Value) {
    let based_on = standing.revision;
    let standing = Standing { revision: based_on + 1, ..standing };
    let answer = json!({
        "school": standing.school, "revision": standing.revision, "rating": standing.rating().map(|one| one.grade),
        "prepared": standing.prepared.as_ref().map(|one| one.ruling.name()),
    });
    (Write { record: Record::Standing(Box::new(standing)), based_on }, answer)
}

/// The first post prepares a ruling.
pub(in crate::desk) fn prepare(
    state: &State<'_>,
    asked: &Asked<'_>,
    (id, revision): (&OfficeId, u64),
    ruling: &Ruling,
    document: &str,
) -> Result<(Writes, Value), Refused> {
    let (school, office) = (school(state, asked, id)?, own_office(state, asked)?);
    let mut standing = standing_of(state, id, revision)?;
    let other = match ruling {
        Ruling::Custody { operator: other, .. } | Ruling::Notify { to: other, .. } => Some(other),
        _ => None,
    };
    let other_known = other.map(|id| state.office(id)).transpose()?.flatten().is_some();
    let entitled = entitled(state, &school, None)?;
    let case = RulingCase { standing: &standing, school: &school, office: &office, entitled: &entitled, other_known };
    let ruling = trimmed(ruling)?;
    let document = bounded("文号", document)?;
    if let Some(why) = why_not_prepare(&case, asked.actor, &ruling, &document, asked.now.day()) {
        return Err(why.into());
    }
    standing.prepared = Some(Prepared { ruling, document, by: asked.actor.sign(Post::Handler), at: asked.now });
    let (write, answer) = put(standing);
    Ok((vec![write], answer))
}

fn trimmed(ruling: &Ruling) -> Result<Ruling, Refused> {
    let text = |text: &str| bounded("事由", text);
    Ok(match ruling {
        Ruling::Rate { year, grade, text: why } => Ruling::Rate { year: *year, grade: *grade, text: text(why)? },
        Ruling::Veto { reason } => Ruling::Veto { reason: text(reason)? },
        Ruling::Custody { operator, filing } => Ruling::Custody { operator: operator.clone(), filing: text(filing)? },
        Ruling::Notify { to, text: why } => Ruling::Notify { to: to.clone(), text: text(why)? },
        Ruling::Record { .. } | Ruling::Sanction { .. } => ruling.clone(),
    })
}

/// The second post agrees or sends back.
pub(in crate::desk) fn decide(
    state: &State<'_>,
    asked: &Asked<'_>,
    (id, revision): (&OfficeId, u64),
    agree: bool,
    remark: &str,
) -> Result<(Writes, Value), Refused> {
    let (school, office) = (school(state, asked, id)?, own_office(state, asked)?);
    let mut standing = standing_of(state, id, revision)?;
    let remark = bounded("意见", remark)?;
    let entitled = entitled(state, &school, None)?;
    let case =
        RulingCase { standing: &standing, school: &school, office: &office, entitled: &entitled, other_known: true };
    if let Some(why) = why_not_decide(&case, asked.actor, (!agree).then_some(remark.as_str())) {
        return Err(why.into());
    }
    let Some(prepared) = standing.prepared.take() else {
        return Err(Refused::Input(format!("学校 {id} 没有待复核的评级或处理")));
    };
    let by = asked.actor.sign(Post::Reviewer);
    if agree {
        agreed(&mut standing, prepared, by, asked);
    } else {
        standing.sent_back.push((prepared, remark, by, asked.now));
    }
    let (write, answer) = put(standing);
    Ok((vec![write], answer))
}

fn agreed(standing: &mut Standing, prepared: Prepared, by: Signature, asked: &Asked<'_>) {
    let rating = |grade: Grade, basis: Basis| Rating {
        grade,
        on: asked.now.day(),
        basis,
        document: prepared.document.clone(),
        by: (prepared.by.clone(), by.clone()),
    };
    match &prepared.ruling {
        Ruling::Rate { year, grade, text } => {
            let basis = Basis::Yearly { year: *year, text: text.clone() };
            standing.ratings.push(rating(*grade, basis));
        }
        Ruling::Veto { reason } => standing.ratings.push(rating(Grade::D, Basis::Veto { reason: reason.clone() })),
        Ruling::Record { alert } => {
            for one in &mut standing.ratings {
                if matches!(&one.basis, Basis::Found { alert: of, .. } if of == alert) {
                    one.document = prepared.document.clone();
                }
            }
            standing.rulings.push(Ruled { prepared, by, at: asked.now });
        }
        Ruling::Sanction { .. } | Ruling::Custody { .. } | Ruling::Notify { .. } => {
            standing.rulings.push(Ruled { prepared, by, at: asked.now });
        }
    }
}
