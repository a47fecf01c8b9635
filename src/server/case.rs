//! One application as a clerk needs it: path, verdicts, before → after, and the basis of its clock.

use super::aside;
use super::beyond;
use super::hall::Hall;
use super::queue::reading;
use super::refusal::Refusal;
use super::session::Asker;
use super::upkeep;
use crate::desk::{CaseFacts, Preview, State, asked, before_after};
use crate::law::aside::is_parked;
use crate::law::case::{Action, findings, missing, why_not};
use crate::law::{clock, kinds, rules};
use crate::model::{Application, Day, Details, Level, Light, Office, OfficeId, Outside, Phase, Round, Step, Student};
use crate::text::mask_id;
use crate::wire::{
    AskedRow, BasisView, CaseView, ChangeRow, DayRow, Doable, Hand, PreviewView, RoundView, RuleText, Standing,
    StepState, StepView, StudentBrief,
};

/// The whole case.
pub(super) fn show(hall: &Hall, asker: &Asker, application: &Application) -> Result<CaseView, Refusal> {
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let facts = CaseFacts::of(&state, application)?;
    let case = facts.case(Some(application), &calendar);
    let today = asker.now.day();
    let ask = |action: Action<'_>| match why_not(&case, &asker.actor, &action, today) {
        None => Doable::Open,
        Some(why) => Doable::Closed(why),
    };
    let mut steps = Vec::with_capacity(application.steps.len());
    for (at, step) in application.steps.iter().enumerate() {
        steps.push(step_view(hall, asker, application, at, step)?);
    }
    let open = application.phase.is_open();
    // What has ended was judged then; today's facts of the student say nothing about it.
    let mut found = if open { findings(&case, &application.details, today) } else { Vec::new() };
    if open {
        found.extend(upkeep::demanded(&state, application)?);
    }
    Ok(CaseView {
        id: application.id,
        revision: application.revision,
        kind: application.kind(),
        status: application.phase,
        details: beyond::masked(&application.details),
        asked: asked_for(&facts, &application.details),
        students: vec![brief(hall, &facts.student, &facts.school)?],
        batch: application.batch.map(|of| of.batch.to_string()),
        changes: if open { changes(&facts, &application.details) } else { Vec::new() },
        steps,
        current: u32::try_from(application.current).unwrap_or_default(),
        standing: standing(application),
        findings: found,
        evidence: application.evidence.clone(),
        missing: if open { missing(application) } else { Vec::new() },
        claim: hall.hub().claim(application.id).cloned(),
        started_at: application.started_at,
        started_by: application.started_by.clone(),
        cancelled: application.cancelled.clone(),
        submit: ask(Action::Submit),
        propose: ask(Action::Propose(None)),
        decide: ask(Action::Decide(None)),
        withdraw: ask(Action::Withdraw),
        cancel: ask(Action::Cancel(None)),
        beyond: Some(Box::new(beyond::of(&case, asker, application, &calendar))),
        asides: application.asides.clone(),
        parked: aside::parked(application).filter(|parked| {
            let running = application.round().filter(|_| open).and_then(|round| round.clock.as_ref());
            let light = running.map_or(Light::None, |running| clock::read(running, &calendar, today).light);
            is_parked(parked.until, light, today)
        }),
        assigned: application.assigned.as_ref().map(|to| to.name.clone()),
        remark: ask(Action::Remark),
        aside: ask(Action::Aside),
    })
}

/// 依据: the clock of the current step day by day, and the rules that act on it.
pub(super) fn basis(hall: &Hall, asker: &Asker, application: &Application) -> Result<BasisView, Refusal> {
    let calendar = hall.calendar();
    let row = kinds::row(application.kind());
    // While a case lies at the school the clock that matters is the last one that ran.
    let round = application
        .round()
        .filter(|round| round.clock.is_some())
        .or_else(|| application.steps.iter().rev().filter_map(Step::last).find(|round| round.clock.is_some()));
    let ended = round.and_then(|round| round.ending.as_ref()).map(|ending| ending.at);
    let cancelled = application.cancelled.as_ref().map(|cancelled| cancelled.at);
    let on = ended.or(cancelled).unwrap_or(asker.now).day();
    let running = round.and_then(|round| round.clock.as_ref());
    let mut days: Vec<DayRow> = Vec::new();
    if let Some(running) = running {
        let explained = calendar.explain(running.started, running.budget);
        for day in explained.days {
            let note = [day.note.map(str::to_owned), day.makes_up].into_iter().flatten().collect::<Vec<_>>().join(" ");
            days.push(DayRow { date: day.date, n: u32::try_from(day.n).ok(), note });
        }
        for day in explained.skipped {
            days.push(DayRow { date: day.date, n: None, note: day.reason });
        }
        days.sort_by_key(|day| day.date);
    }
    let mut texts: Vec<&rules::Rule> = row.rules.to_vec();
    texts.extend([&rules::R5_12, &rules::X_1, &rules::X_2, &rules::X_6]);
    if days.iter().any(|day| day.note.contains("暂定")) {
        texts.push(&rules::X_3);
    }
    let mut seen = std::collections::HashSet::new();
    texts.retain(|rule| seen.insert(rule.id));
    Ok(BasisView {
        application: application.id,
        clock: running.map(|running| reading(running, &calendar, on)),
        days,
        calendar: calendar.edition().to_owned(),
        rules: texts.into_iter().map(|rule| rule_text(rule, on)).collect(),
    })
}

/// A rule as desks show it.
pub(super) fn rule_text(rule: &rules::Rule, on: Day) -> RuleText {
    let readings = rules::readings::of_rule(rule.id, on).into_iter();
    RuleText {
        readings: readings
            .map(|one| format!("{} {}：{}（{} 起）", one.id, one.question, one.reading, one.since))
            .collect(),
        id: rule.id.to_owned(),
        article: rule.article.to_owned(),
        title: rule.title.to_owned(),
        summary: rule.summary.to_owned(),
        derived: rule.source == rules::Source::Derived,
    }
}

/// A preview as desks see it.
pub(super) fn preview_view(hall: &Hall, preview: Preview) -> PreviewView {
    PreviewView {
        refused: preview.refused,
        findings: preview.findings,
        changes: changes(&preview.facts, &preview.details),
        route: preview.route.iter().map(|(office, budget)| (hand_of(hall, office), *budget)).collect(),
        evidence: preview.materials,
    }
}

/// A student as lists and cases show one.
pub(super) fn brief(hall: &Hall, student: &Student, school: &Office) -> Result<StudentBrief, Refusal> {
    let major = hall.store().major(&student.major)?;
    Ok(StudentBrief {
        id: student.id,
        revision: student.revision,
        name: student.name.clone(),
        student_no: mask_id(&student.student_no),
        id_no: mask_id(&student.id_no),
        school: school.name.clone(),
        major: major.as_ref().map_or_else(|| student.major.to_string(), |major| major.name.clone()),
        provincial: major.is_some_and(|major| major.provincial),
        class_name: student.class_name.clone(),
        status: student.status,
        entry: student.entry,
        planned_grad: student.planned_grad,
        half_years: student.half_years,
    })
}

fn asked_for(facts: &CaseFacts, details: &Details) -> Vec<AskedRow> {
    asked(facts, details).into_iter().map(|(field, value)| AskedRow { field: field.to_owned(), value }).collect()
}

fn changes(facts: &CaseFacts, details: &Details) -> Vec<ChangeRow> {
    before_after(facts, details)
        .into_iter()
        .map(|row| ChangeRow { field: row.field, before: row.before, after: row.after })
        .collect()
}

pub(super) fn hand_of(hall: &Hall, office: &Office) -> Hand {
    Hand { office: office.id.clone(), name: office.name.clone(), level: office.level, here: here(hall, &office.id) }
}

/// An office through which a hand can act is *here*: it has an active account in one of the two posts.
pub(super) fn here(hall: &Hall, office: &OfficeId) -> bool {
    hall.store().accounts().iter().any(|account| account.acts() && account.office == *office)
}

pub(super) fn standing(application: &Application) -> Standing {
    if !application.phase.is_open() {
        return Standing::Ended;
    }
    match application.round() {
        Some(round) if round.proposal.is_some() => Standing::Second,
        Some(round) if round.sent_back().is_some() => Standing::SentBack,
        _ => Standing::First,
    }
}

fn step_view(
    hall: &Hall,
    asker: &Asker,
    application: &Application,
    at: usize,
    step: &Step,
) -> Result<StepView, Refusal> {
    let outside = step.outside.as_ref().map(Outside::office);
    let hand = match outside.map_or_else(|| hall.store().office(&step.hand), |office| Ok(Some(office)))? {
        Some(office) => hand_of(hall, &office),
        None => Hand { office: step.hand.clone(), name: step.hand.to_string(), level: Level::School, here: false },
    };
    let state = match step.last() {
        None => StepState::Ahead,
        Some(_) if at == application.current && application.phase.is_open() => StepState::Current,
        Some(_) if application.phase == Phase::Returned && application.returning == Some(at) => StepState::Ahead,
        Some(_) => StepState::Done,
    };
    let rounds: Vec<RoundView> = step.rounds.iter().map(|round| round_view(hall, asker, application, round)).collect();
    let last = rounds.last();
    Ok(StepView {
        hand,
        state,
        role: step.role,
        arrived: last.map(|round| round.arrived),
        clock: last.and_then(|round| round.clock.clone()),
        proposed_by: last.and_then(|round| round.proposal.as_ref()).map(|proposal| proposal.by.clone()),
        decided_by: last.and_then(|round| round.ending.as_ref()).map(|ending| ending.by.clone()),
        outcome: last.and_then(|round| round.ending.as_ref()).map(|ending| ending.outcome),
        at: last.and_then(|round| round.ending.as_ref()).map(|ending| ending.at),
        rounds,
    })
}

/// A running clock is read today; an ended one as it was frozen, whatever the calendar says now.
fn round_view(hall: &Hall, asker: &Asker, application: &Application, round: &Round) -> RoundView {
    let calendar = hall.calendar();
    let cancelled = application.cancelled.as_ref();
    let clock = round.clock.as_ref().map(|running| {
        let frozen = match (&round.ending, cancelled) {
            (Some(ending), _) => ending.due.map(|due| (due, ending.provisional, ending.at)),
            (None, Some(cancelled)) => {
                cancelled.clock.as_ref().map(|stopped| (stopped.due, stopped.provisional, cancelled.at))
            }
            (None, None) => None,
        };
        let on = frozen.map_or(asker.now, |(.., at)| at).day();
        let mut reading = clock::read(running, &calendar, on);
        if let Some((due, provisional, _)) = frozen {
            reading.due = due;
            reading.provisional = provisional;
        }
        reading
    });
    RoundView {
        arrived: round.arrived,
        clock,
        proposal: round.proposal.clone(),
        acts: round.acts.clone(),
        ending: round.ending.clone(),
    }
}
