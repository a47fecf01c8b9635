//! Lists other than the queue: applications, accounts, offices, journal.

use super::case::here;
use super::hall::Hall;
use super::login;
use super::reads::{not_found, value};
use super::refusal::Refusal;
use super::session::Asker;
use crate::model::{
    Application, ApplicationId, JournalEntry, Level, Office, OfficeId, PinState, Post, Qualification, RecordKey,
    StudentId,
};
use crate::text::mask_id;
use crate::wire::{AccountRow, ListPage, MAX_LINE, OfficeRow, QualificationFilter, QualificationRow};
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// A page is cut short at so many bytes of content, so that its line stays within what either end accepts.
pub(super) const PAGE_BYTES: usize = MAX_LINE / 2;
/// The longest command shown whole in a page of the journal.
const LONGEST_COMMAND: usize = 32 * 1024;

/// How long this is on a line.
pub(super) fn length(of: &impl Serialize) -> usize {
    serde_json::to_vec(of).map_or(usize::MAX, |bytes| bytes.len())
}

/// The values of a page that fit; at least one.
pub(super) fn fitting(items: &[impl Serialize]) -> Result<Vec<Value>, Refusal> {
    let mut values = Vec::with_capacity(items.len());
    let mut bytes = 0;
    for item in items {
        let item = value(item)?;
        bytes += length(&item);
        if bytes > PAGE_BYTES && !values.is_empty() {
            break;
        }
        values.push(item);
    }
    Ok(values)
}

/// Applications by id, whole, for scripts.
pub(super) fn applications(
    hall: &Hall,
    asker: &Asker,
    after: Option<ApplicationId>,
    count: u32,
    student: Option<StudentId>,
) -> Result<Value, Refusal> {
    let count = count.clamp(1, 500) as usize;
    let mut items: Vec<Application> = Vec::new();
    let mut last = after;
    let mut more = true;
    while items.len() < count && more {
        let ids = match student {
            Some(student) => {
                more = false;
                hall.store().applications_of(student).into_iter().filter(|id| Some(*id) > after).collect()
            }
            None => hall.store().applications_after(last, count),
        };
        more &= ids.len() == count;
        for id in ids {
            if items.len() == count {
                more = true;
                break;
            }
            last = Some(id);
            if let Some(mut application) = hall.store().application(id)?
                && asker.scope.sees_application(&application)
            {
                application.details = super::beyond::masked(&application.details);
                items.push(application);
            }
        }
    }
    let mut next = if more { last } else { None };
    let values = fitting(&items)?;
    if values.len() < items.len() {
        next = values.len().checked_sub(1).and_then(|at| items.get(at)).map(|last| last.id);
    }
    let total = match student {
        // How many there are of one student, or to who sees all, is known without reading them all.
        Some(student) => Some(seen_of(hall, asker, student)?),
        None if asker.scope.covers_all() => Some(hall.store().application_count()),
        None => Some(hall.store().applications_seen(asker.scope.office(), &|school| asker.scope.covers(school))),
    };
    Ok(json!({ "total": total, "items": values, "next": next }))
}

/// How many of a student's applications the asker may see.
fn seen_of(hall: &Hall, asker: &Asker, student: StudentId) -> Result<usize, Refusal> {
    let mut seen = 0;
    for id in hall.store().applications_of(student) {
        let application = hall.store().application(id)?;
        seen += usize::from(application.is_some_and(|one| asker.scope.sees_application(&one)));
    }
    Ok(seen)
}

/// A list that is given whole, in the form of every list.
pub(super) fn list<T: serde::Serialize>(items: Vec<T>) -> Value {
    json!({ "total": items.len(), "items": items, "next": null })
}

/// Accounts: all on an exercise store and for keepers within their scope, else those of the own office.
pub(super) fn accounts(hall: &Hall, asker: &Asker, page: &ListPage) -> Result<Value, Refusal> {
    let exercise = hall.store().facts()?.is_some_and(|facts| facts.exercise.is_some());
    let keeper = asker.actor.holds(Post::Keeper);
    let mut rows = Vec::new();
    for account in hall.store().accounts() {
        let own = account.office == asker.actor.office;
        if !(own || exercise || keeper && asker.scope.covers(&account.office)) {
            continue;
        }
        let office = hall.store().office(&account.office)?;
        let (shared, pin) = if keeper { login::state(hall, &account)? } else { (false, PinState::None) };
        rows.push(AccountRow {
            id: account.id.clone(),
            person: account.person.clone(),
            name: account.name.clone(),
            office: account.office.clone(),
            office_name: office.as_ref().map_or_else(|| account.office.to_string(), |office| office.name.clone()),
            level: office.map_or(Level::School, |office| office.level),
            posts: account.posts.clone(),
            os_user: if keeper { account.os_user.clone() } else { None },
            shared,
            pin: keeper.then_some(pin),
            active: account.active,
            revision: account.revision,
        });
    }
    rows.sort_by(|a, b| (b.level, &a.office, &a.posts, &a.id).cmp(&(a.level, &b.office, &b.posts, &b.id)));
    window(&rows, page, |row| row.id.as_str(), |row| Ok(row.clone()))
}

/// Offices and schools: master data, the same for all.
pub(super) fn offices(hall: &Hall, page: &ListPage) -> Result<Value, Refusal> {
    let row = |office: &Arc<Office>| Ok(OfficeRow { office: Office::clone(office), here: here(hall, &office.id) });
    window(&hall.store().offices(), page, |office| office.id.as_str(), row)
}

/// Most rows of a page of offices or accounts.
const MOST_ROWS: u32 = 500;

/// A page of rows that have codes.
fn window<'a, T, R: Serialize>(
    rows: &'a [T],
    page: &ListPage,
    code: impl Fn(&'a T) -> &'a str,
    row: impl Fn(&'a T) -> Result<R, Refusal>,
) -> Result<Value, Refusal> {
    let from = match &page.after {
        None => 0,
        Some(after) => {
            let at = rows.iter().position(|row| code(row) == after);
            1 + at.ok_or_else(|| not_found(format!("名单中没有 {after}，不能从它往后列；请从头取")))?
        }
    };
    let count = page.count.unwrap_or(MOST_ROWS).clamp(1, MOST_ROWS) as usize;
    let asked = rows.iter().skip(from).take(count).map(row).collect::<Result<Vec<R>, Refusal>>()?;
    let items = fitting(&asked)?;
    let until = from + items.len();
    let next = (until < rows.len() && !items.is_empty()).then(|| rows.get(until - 1).map(code)).flatten();
    Ok(json!({ "total": rows.len(), "items": items, "next": next }))
}

/// What schools may recruit for: master data, the same for all. A page ends where a school does.
pub(super) fn qualifications(hall: &Hall, filter: &QualificationFilter) -> Result<Value, Refusal> {
    let all: Vec<_> = hall
        .store()
        .qualifications()
        .into_iter()
        .filter(|of| filter.school.as_ref().is_none_or(|school| of.school == *school))
        .filter(|of| filter.year.is_none_or(|year| of.year == year))
        .filter(|of| filter.season.is_none_or(|season| of.season == season))
        .collect();
    let from = filter.after.unwrap_or_default() as usize;
    let mut rows = Vec::new();
    for of in all.iter().skip(from).take(filter.count.unwrap_or(50).clamp(1, 500) as usize) {
        let name = hall.store().office(&of.school)?.map(|office| office.name).unwrap_or_default();
        rows.push(QualificationRow { school_name: name, qualification: Qualification::clone(of) });
    }
    let items = fitting(&rows)?;
    let until = from + items.len();
    let next = (until < all.len() && !items.is_empty()).then_some(until);
    Ok(json!({ "total": all.len(), "items": items, "next": next }))
}

/// The journal: what the own office did; for keepers also what the offices below did, and the founding.
pub(super) fn journal(hall: &Hall, asker: &Asker, after: u64, count: u32) -> Result<Value, Refusal> {
    let count = count.clamp(1, 200) as usize;
    let (page, total) = {
        let mut trail = hall.trail();
        trail.catch_up(hall.store())?;
        // One more than wanted says whether there are more.
        trail.of_offices(&|office| reads_of(asker, office), after, count + 1)
    };
    let mut shown = Vec::new();
    for seq in page.iter().take(count) {
        shown.extend(hall.store().journal_after(seq.saturating_sub(1), 1)?.iter().map(entry_view));
    }
    let items = fitting(&shown)?;
    let last = items.len().checked_sub(1).and_then(|at| page.get(at)).copied();
    let next = if items.len() < page.len() { last } else { None };
    Ok(json!({ "total": total, "items": items, "next": next }))
}

/// Whether an entry is of the own office, or of one below for a keeper.
pub(super) fn may_read(asker: &Asker, entry: &JournalEntry) -> bool {
    reads_of(asker, entry.actor.as_ref().map(|actor| &actor.office))
}

/// The same for all entries of an office, or of nobody.
fn reads_of(asker: &Asker, office: Option<&OfficeId>) -> bool {
    let all = asker.actor.holds(Post::Keeper);
    all && office.is_none_or(|office| asker.scope.covers(office)) || office == Some(asker.scope.office())
}

pub(super) fn entry_view(entry: &JournalEntry) -> Value {
    let records: Vec<String> = entry
        .writes
        .iter()
        .take(20)
        .map(|(key, _)| RecordKey::from_bytes(key).map_or_else(|| "?".to_owned(), |key| key.to_string()))
        .collect();
    let mut command: Value = serde_json::from_str(&entry.command).unwrap_or(Value::Null);
    if entry.command.len() > LONGEST_COMMAND {
        // A page must find room for it; the journal itself holds it whole.
        command = json!({ "do": command.get("do"), "bytes": entry.command.len() });
    }
    json!({
        "seq": entry.seq, "at": entry.at, "command_id": entry.command_id,
        "by": entry.actor.as_ref().map(|actor| json!({
            "account": actor.account, "person": actor.person, "name": actor.name, "office": actor.office,
            "on_behalf": stood_in(entry, actor),
        })),
        "command": masked(command), "records": records, "written": entry.writes.len(),
    })
}

/// In whose place an entry was made: of those stood in for, whoever the records it wrote name beside the actor.
fn stood_in(entry: &JournalEntry, actor: &crate::model::Actor) -> Vec<String> {
    let signed = |name: &str| {
        let acts = entry.writes.iter().filter_map(|(key, bytes)| {
            let kind = RecordKey::from_bytes(key)?.kind();
            match crate::store::codec::decode(kind, bytes).ok()? {
                crate::model::Record::Application(application) => Some(application),
                _ => None,
            }
        });
        acts.into_iter().any(|one| one.signed_at(entry.at, &actor.account, name))
    };
    actor.standing_in.iter().filter(|one| signed(&one.name)).map(|one| one.name.clone()).collect()
}

/// Document numbers inside a journalled command are shown masked, like everywhere else.
fn masked(mut command: Value) -> Value {
    for holder in ["/student", "/details/跨省转入/person"] {
        for field in ["id_no", "student_no"] {
            if let Some(Value::String(number)) = command.pointer_mut(&format!("{holder}/{field}")) {
                *number = mask_id(number);
            }
        }
    }
    command
}
