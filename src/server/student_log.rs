//! 日志 of one student's record: who did what about it and when, who looked at his numbers and papers.

use super::hall::Hall;
use super::lists::fitting;
use super::refusal::Refusal;
use super::session::Asker;
use super::trail::id_in;
use crate::model::{Application, ApplicationId, JournalEntry, Outcome, Record, RecordKey, StudentId};
use crate::store::codec;
use crate::wire::{StudentLogBy, StudentLogRequest, StudentLogRow};
use serde_json::{Value, json};

/// Most rows of one page.
const MOST: u32 = 200;

/// A page of what touched a student. Who sees the record only through an application reads what was done on that, and
/// nothing of the rest.
pub(super) fn page(hall: &Hall, asker: &Asker, asked: &StudentLogRequest) -> Result<Value, Refusal> {
    let (student, cases) = super::students::visible(hall, asker, asked.student)?;
    let all = {
        let mut trail = hall.trail();
        trail.catch_up(hall.store())?;
        trail.of_student(student.id)
    };
    let whole = asker.scope.sees_student(&student);
    let may_see = |row: &StudentLogRow| {
        whole || !row.reading && row.application.is_some_and(|id| cases.iter().any(|case| case.id == id))
    };
    let count = asked.count.clamp(1, MOST) as usize;
    let mut rows = Vec::new();
    let mut total = if whole { all.len() } else { 0 };
    for seq in all.into_iter().rev() {
        let earlier = asked.before.is_none_or(|before| seq < before);
        // Of a record seen whole the others need not be read to be counted.
        if whole && (!earlier || rows.len() > count) {
            continue;
        }
        for entry in hall.store().journal_after(seq.saturating_sub(1), 1)? {
            let row = row(hall, student.id, &entry)?;
            if may_see(&row) {
                total += usize::from(!whole);
                if earlier && rows.len() <= count {
                    rows.push(row);
                }
            }
        }
    }
    let more = rows.len() > count;
    rows.truncate(count);
    let items = fitting(&rows)?;
    let last = items.len().checked_sub(1).and_then(|at| rows.get(at)).map(|row| row.seq);
    let next = if more || items.len() < rows.len() { last } else { None };
    Ok(json!({ "total": total, "items": items, "next": next }))
}

/// An entry, as far as it is about this student.
fn row(hall: &Hall, student: StudentId, entry: &JournalEntry) -> Result<StudentLogRow, Refusal> {
    let command: Value = serde_json::from_str(&entry.command).unwrap_or(Value::Null);
    let named = id_in::<ApplicationId>(&command, "application");
    let written: Vec<Application> = entry.writes.iter().filter_map(|(key, bytes)| of(student, key, bytes)).collect();
    let about = written.iter().find(|one| Some(one.id) == named).or(written.first());
    let application = about.map(|one| one.id).or(named);
    let kind = match (about, named) {
        (Some(one), _) => Some(one.kind()),
        (None, Some(id)) => hall.store().application(id)?.map(|one| one.kind()),
        (None, None) => None,
    };
    let by = match &entry.actor {
        None => None,
        Some(actor) => {
            let signed = about.and_then(|one| one.signature_at(entry.at, &actor.account));
            let office_name = hall.store().office(&actor.office)?.map(|office| office.name);
            Some(StudentLogBy {
                name: actor.name.clone(),
                office: actor.office.clone(),
                office_name: office_name.unwrap_or_else(|| actor.office.to_string()),
                posts: signed.map_or_else(|| actor.posts.clone(), |signed| vec![signed.post]),
                on_behalf: signed.and_then(|signed| signed.on_behalf.as_ref()).map(|away| away.name.clone()),
            })
        }
    };
    let what = command.get("do").and_then(Value::as_str).unwrap_or_default().to_owned();
    let answer = |key: &[u8]| matches!(RecordKey::from_bytes(key), Some(RecordKey::Answer(_)));
    Ok(StudentLogRow {
        seq: entry.seq,
        at: entry.at,
        by,
        application,
        kind,
        outcome: found::<Outcome>(&command, "outcome"),
        agree: found::<bool>(&command, "agree"),
        reading: entry.writes.iter().all(|(key, _)| answer(key)),
        what,
    })
}

/// The application of this student that these bytes hold.
fn of(student: StudentId, key: &[u8], bytes: &[u8]) -> Option<Application> {
    let key = RecordKey::from_bytes(key).filter(|key| matches!(key, RecordKey::Application(_)))?;
    match codec::decode(key.kind(), bytes).ok()? {
        Record::Application(application) if application.student == student => Some(*application),
        _ => None,
    }
}

/// What a command says under this name, or its act does, or what that holds: `{"act": {"decide": {"agree": true}}}`.
fn found<T: serde::de::DeserializeOwned>(command: &Value, name: &str) -> Option<T> {
    let act = command.get("act");
    let inside = act.and_then(Value::as_object).and_then(|act| act.values().next());
    let place = [Some(command), act, inside].into_iter().flatten().find_map(|place| place.get(name))?;
    serde_json::from_value(place.clone()).ok()
}
