//! Batches as desks see them: the members with their state, and one of them in full.

use super::case::{self, hand_of, standing};
use super::hall::Hall;
use super::queue::reading;
use super::refusal::Refusal;
use super::session::Asker;
use crate::desk::{Asked, CaseFacts, State, batch};
use crate::law::case::{findings, missing};
use crate::model::{Application, BatchId, BatchList, OfficeId};
use crate::text::mask_id;
use crate::wire::{BatchMember, BatchPreviewView, BatchView, Standing};

/// The whole batch, as far as the asker sees it.
pub(super) fn show(hall: &Hall, asker: &Asker, id: BatchId) -> Result<BatchView, Refusal> {
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let asked = Asked { actor: &asker.actor, now: asker.now, command_id: None };
    let (batch, members) = batch::with_members(&state, &asked, id)?;
    let mut views = Vec::with_capacity(members.len());
    // Those whose turn is mine, most urgent first: where the second post's word is awaited, where the first's.
    let mut mine: [Vec<&Application>; 2] = [Vec::new(), Vec::new()];
    for member in &members {
        let facts = CaseFacts::of(&state, member)?;
        let case = facts.case(Some(member), &calendar);
        let open = member.phase.is_open();
        let standing = standing(member);
        if member.moves_with().is_some() && open && case.acting().id == asker.actor.office {
            mine[usize::from(standing != Standing::Second)].push(member);
        }
        let round = member.round();
        let found = if open { findings(&case, &member.details, asker.now.day()) } else { Vec::new() };
        views.push(BatchMember {
            application: member.id,
            revision: member.revision,
            student: member.student,
            name: facts.student.name.clone(),
            id_no: mask_id(&facts.student.id_no),
            class_name: facts.student.class_name.clone(),
            status: member.phase,
            apart: member.batch.is_none_or(|of| of.apart),
            hand: facts.hand.name.clone(),
            hand_level: facts.hand.level,
            standing,
            proposed: round.and_then(|round| round.proposal.as_ref()).map(|proposal| proposal.outcome),
            clock: round
                .filter(|round| open && round.ending.is_none())
                .and_then(|round| round.clock.as_ref())
                .map(|running| reading(running, &calendar, asker.now.day())),
            finding: found.iter().map(|finding| finding.severity).max(),
            missing: if open { missing(member) } else { Vec::new() },
        });
    }
    let holds = |second: bool| {
        let posts: &[crate::model::Post] = if second {
            &[crate::model::Post::Review, crate::model::Post::Reviewer]
        } else {
            &[crate::model::Post::Entry, crate::model::Post::Handler]
        };
        posts.iter().any(|post| asker.actor.holds(*post))
    };
    let [second, first] = mine;
    let together = match (second.is_empty(), first.is_empty()) {
        (false, _) if holds(true) => second,
        (_, false) if holds(false) => first,
        (true, _) => first,
        _ => second,
    };
    let moving = || members.iter().find(|member| member.moves_with().is_some() && member.phase.is_open());
    let one = together.first().copied().or_else(moving).or_else(|| members.first());
    let Some(one) = one else {
        return Err(super::reads::not_found(format!("没有批量转学 {id}")).into());
    };
    let name = |id: &OfficeId| -> Result<String, Refusal> {
        Ok(hall.store().office(id)?.map_or_else(|| id.to_string(), |office| office.name))
    };
    Ok(BatchView {
        id,
        revision: batch::revision(&batch, &members),
        size: batch.size,
        school: name(&batch.school)?,
        to: name(&batch.to)?,
        handed_in_on: batch.handed_in_on,
        submitted_at: batch.submitted_at,
        together: u32::try_from(together.len()).unwrap_or(u32::MAX),
        case: Box::new(case::show(hall, asker, one)?),
        members: views,
    })
}

/// What a list would meet.
pub(super) fn preview(hall: &Hall, asker: &Asker, list: &BatchList) -> Result<BatchPreviewView, Refusal> {
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let asked = Asked { actor: &asker.actor, now: asker.now, command_id: None };
    let seen = batch::preview(&state, &asked, list)?;
    Ok(BatchPreviewView {
        size: seen.size,
        refused: seen.refused,
        findings: seen.findings,
        route: seen.route.iter().map(|(office, days)| (hand_of(hall, office), *days)).collect(),
        otherwise: seen.otherwise,
        evidence: seen.materials,
    })
}
