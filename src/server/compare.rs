//! Recruitment qualifications on their way in, held line by line against the last publication.

use super::lists::{PAGE_BYTES, length};
use super::reads::value;
use super::refusal::Refusal;
use crate::desk::State;
use crate::model::{Change, MajorCode, Offer, OfficeId, Qualification, Record, StudyForm};
use crate::wire::{CompareOffers, OfferChange, OfferChanged, QualificationChanges};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// Most rows of one page.
const MOST_ROWS: u32 = 500;

/// What makes a line the same line: its planned number may change.
type Key = (MajorCode, String, StudyForm, u8);

fn by_key(offers: &[Offer]) -> BTreeMap<Key, u32> {
    offers
        .iter()
        .map(|offer| ((offer.major.clone(), offer.campus.clone(), offer.form, offer.half_years), offer.plan))
        .collect()
}

/// A line before and after.
struct Line<'a> {
    of: &'a Qualification,
    key: Key,
    before: Option<u32>,
    after: Option<u32>,
}

impl Line<'_> {
    fn change(&self) -> OfferChange {
        match (self.before, self.after) {
            (None, _) => OfferChange::Added,
            (_, None) => OfferChange::Withdrawn,
            _ => OfferChange::Changed,
        }
    }
}

/// A page of the lines that these changes would make differ from the last publication. `unchanged` lines stay.
pub(super) fn page(
    state: &State<'_>,
    changes: &[Change],
    unchanged: u32,
    asked: &CompareOffers,
) -> Result<Value, Refusal> {
    let writes = changes.iter().flat_map(|change| &change.writes);
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut gone = 0;
    for write in writes {
        let Record::Qualification(of) = &write.record else { continue };
        let stored = state.qualification(&of.school, of.year, of.season)?;
        let old = by_key(&stored.map(|stored| stored.offers).unwrap_or_default());
        let new = by_key(&of.offers);
        gone += u32::from(of.offers.is_empty() && !old.is_empty());
        let keys = old.keys().chain(new.keys().filter(|key| !old.contains_key(*key)));
        let differing = keys.map(|key| Line {
            of: of.as_ref(),
            key: key.clone(),
            before: old.get(key).copied(),
            after: new.get(key).copied(),
        });
        lines.extend(differing.filter(|line| line.before != line.after));
    }
    lines.sort_by(|a, b| {
        (&a.of.school, a.of.year, a.of.season, &a.key).cmp(&(&b.of.school, b.of.year, b.of.season, &b.key))
    });
    let many = |change: OfferChange| count(lines.iter().filter(|line| line.change() == change).count());
    let majors: HashMap<MajorCode, String> =
        state.majors().iter().map(|major| (major.code.clone(), major.name.clone())).collect();
    let name = |id: &OfficeId| -> Result<String, Refusal> {
        Ok(state.office(id)?.map_or_else(|| id.to_string(), |office| office.name))
    };
    let (mut items, mut bytes) = (Vec::new(), 0);
    let wanted = asked.count.unwrap_or(100).clamp(1, MOST_ROWS) as usize;
    for line in lines.iter().skip(asked.after as usize).take(wanted) {
        let (major, campus, form, half_years) = line.key.clone();
        let row = OfferChanged {
            change: line.change(),
            school: line.of.school.clone(),
            school_name: name(&line.of.school)?,
            year: line.of.year,
            season: line.of.season,
            major_name: majors.get(&major).cloned().unwrap_or_default(),
            major,
            campus,
            form,
            half_years,
            before: line.before,
            after: line.after,
        };
        bytes += length(&row);
        if bytes > PAGE_BYTES && !items.is_empty() {
            break;
        }
        items.push(row);
    }
    let (total, shown) = (count(lines.len()), asked.after.saturating_add(count(items.len())));
    value(QualificationChanges {
        total,
        added: many(OfferChange::Added),
        withdrawn: many(OfferChange::Withdrawn),
        changed: many(OfferChange::Changed),
        unchanged,
        schools_withdrawn: gone,
        next: (shown < total && !items.is_empty()).then_some(shown),
        items,
    })
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
