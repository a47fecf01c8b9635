//! An authority above the competent one asks a school for paper materials or a check on the spot. The application, its
//! steps and its clock are not touched.

use super::{needed, not_ahead};
use crate::desk::alerts::entitled;
use crate::desk::{Asked, Refused, State, Writes, fresh};
use crate::law::{rules, upkeep};
use crate::model::{Demand, DemandPapers, Demands, MeetDemand, Office, Post, Record, Write};
use serde_json::{Value, json};

/// Most demands on one application.
const MOST: usize = 20;

fn put(demands: Demands) -> (Writes, Value) {
    let based_on = demands.revision;
    let demands = Demands { revision: based_on + 1, ..demands };
    let open = demands.items.iter().filter(|demand| demand.met.is_none()).count();
    let answer = json!({ "application": demands.application, "demands": demands.items.len(), "open": open });
    (vec![Write { record: Record::Demands(Box::new(demands)), based_on }], answer)
}

fn own_office(state: &State<'_>, asked: &Asked<'_>) -> Result<Office, Refused> {
    let id = &asked.actor.office;
    state.office(id)?.ok_or_else(|| Refused::NotFound(format!("没有机构 {id}")))
}

fn holding(asked: &Asked<'_>, post: Post) -> Result<(), Refused> {
    if asked.actor.holds(post) {
        return Ok(());
    }
    let because = format!("此事由{}岗办理，您没有这个岗位", post.name());
    Err(rules::R4_1.refuse(because, "请由该岗人员办理", &[("needed", post.name().to_owned())]).into())
}

/// Asks.
pub(in crate::desk) fn demand(
    state: &State<'_>,
    asked: &Asked<'_>,
    of: &DemandPapers,
) -> Result<(Writes, Value), Refused> {
    let application = fresh(state, asked, of.application, None)?;
    let office = own_office(state, asked)?;
    let unknown = || Refused::NotFound(format!("没有学校 {}", application.school));
    let school = state.office(&application.school)?.ok_or_else(unknown)?;
    let student = state.student(application.student)?;
    if let Some(why) = upkeep::why_not_demand(&entitled(state, &school, student.as_ref())?, &office) {
        return Err(why.into());
    }
    holding(asked, Post::Handler)?;
    if !application.phase.is_open() {
        return Err(Refused::Input(format!("申请 {} 已经办结，不能再要求材料", of.application)));
    }
    let reason = needed("认为有必要的理由", &of.reason)?;
    let blank = || Demands { application: application.id, revision: 0, items: Vec::new() };
    let mut demands = state.demands(application.id)?.unwrap_or_else(blank);
    if demands.items.len() >= MOST {
        return Err(Refused::Input(format!("申请 {} 的材料要求已达{MOST}项", of.application)));
    }
    let by = asked.actor.sign(Post::Handler);
    demands.items.push(Demand { what: of.what, reason, by, at: asked.now, met: None });
    Ok(put(demands))
}

/// The school that started, or the office that asked, writes down that a demand was met.
pub(in crate::desk) fn meet(state: &State<'_>, asked: &Asked<'_>, of: &MeetDemand) -> Result<(Writes, Value), Refused> {
    let application = fresh(state, asked, of.application, None)?;
    let unknown = || Refused::NotFound(format!("申请 {} 没有第{}项材料要求", of.application, of.number));
    let mut demands = state.demands(application.id)?.ok_or_else(unknown)?;
    let at = usize::try_from(of.number).ok().and_then(|number| number.checked_sub(1)).ok_or_else(unknown)?;
    let demand = demands.items.get_mut(at).ok_or_else(unknown)?;
    let school = asked.actor.office == application.school;
    if !school && asked.actor.office != demand.by.office {
        let facts = [("school", application.school.to_string()), ("asked_by", demand.by.office.to_string())];
        let because = "材料由发起的学校提供，由学校或提出要求的机构登记";
        return Err(rules::R13_4.refuse(because, "请由该校录入岗登记", &facts).into());
    }
    let post = if school { Post::Entry } else { Post::Handler };
    holding(asked, post)?;
    if let Some((on, ..)) = &demand.met {
        return Err(Refused::Input(format!("第{}项材料要求已于 {on} 满足，不必重复登记", of.number)));
    }
    not_ahead(asked, of.on)?;
    if of.on < demand.at.day() {
        return Err(Refused::Input(format!("要求提出于 {}，不能在 {} 满足；请改正日期", demand.at.day(), of.on)));
    }
    demand.met = Some((of.on, needed("提供的材料或审验结果", &of.text)?, asked.actor.sign(post), asked.now));
    Ok(put(demands))
}
