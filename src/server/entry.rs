//! New students: the fields, what is wrong with a half-filled one, and the school's list of those not filed yet.

use super::hall::Hall;
use super::reads::value;
use super::refusal::Refusal;
use super::session::Asker;
use crate::desk::{Asked, State, entry};
use crate::law::entry::fields::{Form, Need};
use crate::law::entry::{dates, filing};
use crate::law::study_length;
use crate::model::StudentId;
use crate::wire::{EntryAsked, EntryCheckView, EntryField, EntryStored, EntryTodoAsked, LengthView, TraceRow};
use serde_json::{Value, json};

/// The fields, for forms.
pub(super) fn fields() -> Result<Value, Refusal> {
    let mut items = Vec::new();
    for row in entry::fields() {
        let (form, values) = match row.form {
            Form::Set(set) => ("set", entry::values(set)?),
            Form::Name => ("name", Vec::new()),
            Form::Pinyin => ("pinyin", Vec::new()),
            Form::Text => ("text", Vec::new()),
            Form::Date => ("date", Vec::new()),
            Form::Month => ("month", Vec::new()),
            Form::Document => ("document", Vec::new()),
            Form::Region => ("region", Vec::new()),
            Form::Phone => ("phone", Vec::new()),
            Form::Major => ("major", Vec::new()),
            Form::Years => ("years", Vec::new()),
            Form::Number => ("number", Vec::new()),
            Form::Postcode => ("postcode", Vec::new()),
            Form::Season => ("season", Vec::new()),
        };
        let need = match row.need {
            Need::Always => "always",
            Need::Optional => "optional",
            Need::Joint => "joint",
        };
        items.push(EntryField {
            place: row.place,
            name: row.name.to_owned(),
            id: row.id.to_owned(),
            english: row.english.to_owned(),
            need: need.to_owned(),
            form: form.to_owned(),
            carry: row.carry,
            values,
        });
    }
    Ok(json!({ "total": items.len(), "items": items, "next": null }))
}

/// What is wrong so far.
pub(super) fn check(hall: &Hall, asker: &Asker, of: &EntryAsked) -> Result<Value, Refusal> {
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let asked = Asked { actor: &asker.actor, now: asker.now, command_id: None };
    let checked = entry::check(&state, &asked, of.school.as_ref(), of.student, &of.cells)?;
    let study = &checked.study;
    let trace = study.trace.iter().map(|line| TraceRow {
        rule: line.rule.to_owned(),
        applies: line.applies,
        says: line.says.clone(),
    });
    value(EntryCheckView {
        savable: checked.student.is_some(),
        study: LengthView {
            allowed: study.allowed.clone(),
            words: study_length::words(&study.allowed),
            rule: study.rule.map(str::to_owned),
            missing: study.missing.iter().map(|field| (*field).to_owned()).collect(),
            trace: trace.collect(),
        },
        region: checked.region,
        major: checked.major.map(|major| (major.code.to_string(), major.name)),
        cohort: checked.cohort,
        twenty_working_days: checked.due.and_then(|due| due.twenty_working_days),
        cutoff: checked.due.map(|due| due.cutoff),
        due: checked.due.map(|due| due.due),
        filing_until: checked.cohort.and_then(dates::filing_closes),
        planned_grad: checked.student.map(|student| student.planned_grad),
        problems: checked.problems,
        normalised: checked.normalised.into_iter().map(|(header, text)| (header.into_owned(), text)).collect(),
    })
}

/// A student to be corrected, cell by cell.
pub(super) fn load(hall: &Hall, asker: &Asker, student: StudentId) -> Result<Value, Refusal> {
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let asked = Asked { actor: &asker.actor, now: asker.now, command_id: None };
    let (student, cells) = entry::load(&state, &asked, student)?;
    value(EntryStored {
        student: student.id,
        revision: student.revision,
        name: student.name.clone(),
        cells,
        filing_until: dates::filing_closes(filing::cohort(&student)),
        failures: student.entry_facts.failures,
    })
}

/// Who is registered and not filed.
pub(super) fn todo(hall: &Hall, asker: &Asker, of: &EntryTodoAsked) -> Result<Value, Refusal> {
    let calendar = hall.calendar();
    let state = State::new(hall.store(), &calendar);
    let asked = Asked { actor: &asker.actor, now: asker.now, command_id: None };
    let count = of.count.unwrap_or(50) as usize;
    value(entry::todo(&state, &asked, of.school.as_ref(), of.after, (count, of.stage))?)
}
