//! Screen 0 (系统): schools and majors page by page, the journal by who, what and when, and how the store is.

use super::case::here;
use super::hall::Hall;
use super::lists::{PAGE_BYTES, entry_view, fitting, length, may_read};
use super::reads::{not_found, value};
use super::refusal::Refusal;
use super::session::Asker;
use crate::model::{ApplicationId, JournalEntry, Level, Major, Office, OfficeId, Record, RecordKey, Ruling, Standing};
use crate::store::StoreError;
use crate::wire::{
    BackupMark, JournalAsked, MajorsAsked, MajorsPage, SchoolRow, SchoolView, SchoolsAsked, SystemState,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// Entries read from the journal at once.
const STEP: u64 = 500;
/// Entries read for one answer: whoever looks for what is rare asks on.
const MOST_READ: u64 = 20_000;
/// Most rows of a page.
const MOST_ROWS: u32 = 500;
/// What a backup leaves in the data folder to say that it was made.
const BACKUP_MARK: &str = "backup.json";

/// Schools by code, and before them the offices if they are asked for, the highest first.
pub(super) fn schools(hall: &Hall, asker: &Asker, asked: &SchoolsAsked) -> Result<Value, Refusal> {
    let text = asked.text.trim();
    let mut all = hall.store().offices();
    all.retain(|office| asked.offices || office.level == Level::School);
    all.retain(|office| office.id.as_str().starts_with(text) || office.name.contains(text));
    all.sort_by(|a, b| (b.level, &a.id).cmp(&(a.level, &b.id)));
    let total = all.len();
    let many = asked.count.unwrap_or(100).clamp(1, MOST_ROWS) as usize;
    let past = asked.after.as_ref().and_then(|after| all.iter().position(|office| office.id == *after));
    let from = past.map_or(0, |at| at + 1);
    let accounts = accounts_by_office(hall);
    let mut rows = Vec::new();
    for office in all.iter().skip(from).take(many) {
        rows.push(row(hall, asker, office, &accounts)?);
    }
    let items = fitting(&rows)?;
    let more = from + items.len() < total && !items.is_empty();
    let next = more.then(|| rows[items.len() - 1].office.id.clone());
    Ok(json!({ "total": total, "items": items, "next": next }))
}

fn accounts_by_office(hall: &Hall) -> BTreeMap<OfficeId, u32> {
    let mut counted = BTreeMap::new();
    for account in hall.store().accounts().iter().filter(|account| account.active) {
        *counted.entry(account.office.clone()).or_default() += 1;
    }
    counted
}

/// A school's standing, for those in whose care it is.
fn standing(hall: &Hall, asker: &Asker, school: &OfficeId) -> Result<Option<Standing>, Refusal> {
    if !asker.scope.covers(school) {
        return Ok(None);
    }
    Ok(match hall.store().get(&RecordKey::Standing(school.clone()))? {
        Some(Record::Standing(standing)) => Some(*standing),
        _ => None,
    })
}

fn row(hall: &Hall, asker: &Asker, office: &Office, accounts: &BTreeMap<OfficeId, u32>) -> Result<SchoolRow, Refusal> {
    let store = hall.store();
    let name = |id: &OfficeId| -> Result<String, StoreError> {
        Ok(store.office(id)?.map_or_else(|| id.to_string(), |office| office.name))
    };
    let standing = standing(hall, asker, &office.id)?;
    let custody = standing.as_ref().and_then(Standing::custody).and_then(|ruled| match &ruled.prepared.ruling {
        Ruling::Custody { operator, .. } => Some(operator.clone()),
        _ => None,
    });
    let competent = office.school.as_ref().and_then(|facts| facts.competent_office.clone());
    Ok(SchoolRow {
        office: office.clone(),
        above: office.parent.as_ref().map(name).transpose()?.unwrap_or_default(),
        competent: competent.as_ref().map(name).transpose()?,
        here: here(hall, &office.id),
        accounts: accounts.get(&office.id).copied().unwrap_or_default(),
        grade: standing.as_ref().and_then(Standing::rating).map(|rating| rating.grade),
        custody: custody.as_ref().map(name).transpose()?,
    })
}

/// One school.
pub(super) fn school(hall: &Hall, asker: &Asker, id: &OfficeId) -> Result<Value, Refusal> {
    let Some(office) = hall.store().office(id)? else {
        return Err(not_found(format!("没有机构 {id}")).into());
    };
    let mut offers = Vec::new();
    for of in hall.store().qualifications().iter().filter(|of| of.school == *id) {
        offers.push((of.year, of.season, u32::try_from(of.offers.len()).unwrap_or(u32::MAX)));
    }
    offers.sort_by_key(|(year, season, _)| std::cmp::Reverse((*year, *season)));
    let school = row(hall, asker, &office, &accounts_by_office(hall))?;
    value(SchoolView { school, standing: standing(hall, asker, id)?, offers })
}

/// Majors by code.
pub(super) fn majors(hall: &Hall, asked: &MajorsAsked) -> Result<Value, Refusal> {
    let text = asked.text.trim();
    let mut all = hall.store().majors();
    all.retain(|major| major.code.as_str().starts_with(text) || major.name.contains(text));
    all.sort_by(|a, b| a.code.cmp(&b.code));
    let total = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let page: Vec<&Arc<Major>> =
        all.iter().filter(|major| asked.after.as_ref().is_none_or(|after| major.code > *after)).collect();
    let many = asked.count.unwrap_or(100).clamp(1, MOST_ROWS) as usize;
    let items: Vec<Major> = page.iter().take(many).map(|major| Major::clone(major)).collect();
    let next = items.last().filter(|_| items.len() < page.len()).map(|last| last.code.clone());
    value(MajorsPage { total, items, next })
}

/// The journal from its end backwards, narrowed.
pub(super) fn journal(hall: &Hall, asker: &Asker, asked: &JournalAsked) -> Result<Value, Refusal> {
    let total = hall.store().journal_length();
    let many = asked.count.unwrap_or(50).clamp(1, 200) as usize;
    // Everything from here on has been looked at, or was not asked for.
    let mut before = asked.before.unwrap_or(u64::MAX).min(total.saturating_add(1));
    let floor = before.saturating_sub(MOST_READ);
    let cases: HashSet<ApplicationId> = match asked.student {
        Some(student) => hall.store().applications_of(student).into_iter().collect(),
        None => HashSet::new(),
    };
    let (mut items, mut bytes) = (Vec::new(), 0);
    'walk: while before > 1 && before > floor && items.len() < many {
        let from = (before - 1).saturating_sub(STEP);
        let count = usize::try_from(before - 1 - from).unwrap_or(usize::MAX);
        let entries = hall.store().journal_after(from, count)?;
        for entry in entries.iter().rev() {
            if may_read(asker, entry) && meant(entry, asked, &cases) {
                let view = entry_view(entry);
                bytes += length(&view);
                if bytes > PAGE_BYTES && !items.is_empty() {
                    break 'walk;
                }
                items.push(view);
            }
            before = entry.seq;
            if items.len() == many {
                break 'walk;
            }
        }
        before = before.min(from + 1);
    }
    let next = (before > 1).then_some(before);
    Ok(json!({ "total": total, "items": items, "next": next }))
}

/// Whether an entry is one of those asked for. Dates are compared entry by entry: an exercise clock goes backwards, too.
fn meant(entry: &JournalEntry, asked: &JournalAsked, cases: &HashSet<ApplicationId>) -> bool {
    let day = entry.at.day();
    if asked.from.is_some_and(|from| day < from) || asked.until.is_some_and(|until| day > until) {
        return false;
    }
    let actor = entry.actor.as_ref();
    if let Some(who) = asked.who.as_deref().map(str::trim)
        && !actor.is_some_and(|actor| actor.account.as_str() == who || actor.name == who)
    {
        return false;
    }
    if asked.post.is_some_and(|post| !actor.is_some_and(|actor| actor.holds(post))) {
        return false;
    }
    if asked.kind.is_none() && asked.student.is_none() && asked.application.is_none() {
        return true;
    }
    let command: Value = serde_json::from_str(&entry.command).unwrap_or(Value::Null);
    if let Some(kind) = asked.kind.as_deref().map(str::trim)
        && !command["do"].as_str().is_some_and(|name| name.starts_with(kind))
    {
        return false;
    }
    let wrote = |wanted: &dyn Fn(&RecordKey) -> bool| {
        entry.writes.iter().filter_map(|(key, _)| RecordKey::from_bytes(key)).any(|key| wanted(&key))
    };
    let named = |field: &str, id: String| command[field].as_str() == Some(id.as_str());
    if let Some(id) = asked.application
        && !named("application", id.to_string())
        && !wrote(&|key| *key == RecordKey::Application(id))
    {
        return false;
    }
    asked.student.is_none_or(|id| {
        named("student", id.to_string())
            || wrote(&|key| match key {
                RecordKey::Student(of) | RecordKey::Leaving(of) | RecordKey::Attendance(of) => *of == id,
                RecordKey::Application(of) => cases.contains(of),
                _ => false,
            })
    })
}

/// How the store is; no secret to whoever has an account.
pub(super) fn state(hall: &Hall, asker: &Asker) -> Result<Value, Refusal> {
    let store = hall.store();
    let count = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    let calendar = hall.calendar();
    let offices = store.offices();
    let of = |level: Level| (level, count(offices.iter().filter(|office| office.level == level).count()));
    value(SystemState {
        now: asker.now,
        entries: store.journal_length(),
        applications: store.application_count() as u64,
        offices: [Level::Province, Level::City, Level::County, Level::School].map(of).to_vec(),
        majors: count(store.majors().len()),
        accounts: count(store.accounts().iter().filter(|account| account.active).count()),
        connected: count(hall.connected()),
        calendar_until: calendar.last_known(),
        calendar: calendar.edition().to_owned(),
        free: free(hall),
        backup: last_backup(hall),
    })
}

/// Bytes free where the evidence lies, which is where the journal lies.
fn free(hall: &Hall) -> Option<u64> {
    let found = rustix::fs::statvfs(hall.evidence().root()).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}

/// What the last backup said of itself; one whose word cannot be read counts as none.
fn last_backup(hall: &Hall) -> Option<BackupMark> {
    let text = std::fs::read_to_string(hall.evidence().root().parent()?.join(BACKUP_MARK)).ok()?;
    serde_json::from_str(&text).ok()
}
