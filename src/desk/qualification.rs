//! Publishing recruitment qualifications (招生资质). A publication is whole for each year and season it speaks of: what
//! it leaves out is withdrawn. Students who were filed stay filed (R7.1).

use super::{Asked, Refused, State, Writes};
use crate::model::{ImportKind, Level, Offer, OfferLine, OfficeId, Qualification, Record, Season, Write};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Most lines of one request; a file may have more.
const MOST_LINES: usize = 5000;

/// In what a publication differs from the one before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Difference {
    /// Lines that are new.
    pub(super) added: usize,
    /// Lines that are gone.
    pub(super) withdrawn: usize,
    /// Lines whose planned number changed.
    pub(super) changed: usize,
    /// Lines that stay.
    pub(super) same: usize,
    /// Schools that had something and have nothing any more, with year and season.
    pub(super) schools_gone: Vec<(OfficeId, u16, Season)>,
    /// Schools with other lines than before, to be written.
    pub(super) schools: usize,
}

/// The writes of a publication and its difference to the last one.
pub(super) fn publication(
    state: &State<'_>,
    asked: &Asked<'_>,
    document: &str,
    lines: Vec<OfferLine>,
) -> Result<(Writes, Difference), Refused> {
    let mut by_season: BTreeMap<(u16, Season), BTreeMap<OfficeId, Vec<Offer>>> = BTreeMap::new();
    for line in lines {
        let OfferLine { school, year, season, major, campus, form, half_years, plan } = line;
        let offers = by_season.entry((year, season)).or_default().entry(school).or_default();
        offers.push(Offer { major, campus, form, half_years, plan });
    }
    let (mut writes, mut difference) = (Writes::new(), Difference::default());
    for ((year, season), mut schools) in by_season {
        for stored in state.qualifications(year, season) {
            schools.entry(stored.school.clone()).or_default();
        }
        for (school, mut offers) in schools {
            offers.sort();
            let stored = state.qualification(&school, year, season)?;
            let before = stored.as_ref().map_or(0, |stored| stored.revision);
            let old = stored.map(|stored| stored.offers).unwrap_or_default();
            difference.note(&old, &offers);
            if old == offers && before > 0 {
                continue;
            }
            if offers.is_empty() {
                difference.schools_gone.push((school.clone(), year, season));
            }
            difference.schools += 1;
            let document = document.trim().to_owned();
            let (revision, published) = (before + 1, asked.now.day());
            let of = Qualification { school, year, season, revision, document, published, offers };
            writes.push(Write { record: Record::Qualification(Box::new(of)), based_on: before });
        }
    }
    Ok((writes, difference))
}

impl Difference {
    fn note(&mut self, old: &[Offer], new: &[Offer]) {
        let key = |offer: &Offer| (offer.major.clone(), offer.campus.clone(), offer.form, offer.half_years);
        let before: BTreeMap<_, _> = old.iter().map(|offer| (key(offer), offer.plan)).collect();
        let after: BTreeSet<_> = new.iter().map(key).collect();
        for offer in new {
            match before.get(&key(offer)) {
                None => self.added += 1,
                Some(plan) if *plan != offer.plan => self.changed += 1,
                Some(_) => self.same += 1,
            }
        }
        self.withdrawn += before.keys().filter(|key| !after.contains(key)).count();
    }
}

/// Publishes lines that came as a request.
pub(super) fn publish(
    state: &State<'_>,
    asked: &Asked<'_>,
    document: &str,
    lines: &[OfferLine],
) -> Result<(Writes, Value), Refused> {
    super::import::may_import(state, asked, ImportKind::Qualifications)?;
    super::import::documented(state, ImportKind::Qualifications, Some(document))?;
    if lines.is_empty() || lines.len() > MOST_LINES {
        return Err(Refused::Input(format!("一次发布须有1至{MOST_LINES}行，现在是{}行", lines.len())));
    }
    let mut seen = BTreeSet::new();
    for (at, line) in lines.iter().enumerate() {
        let wrong = |what: String| Err(Refused::Input(format!("第{}行：{what}；没有发布任何一行", at + 1)));
        if state.office(&line.school)?.is_none_or(|office| office.level != Level::School) {
            return wrong(format!("没有学校 {}", line.school));
        }
        if !(2021..=2100).contains(&line.year) {
            return wrong(format!("年份 {} 不合理", line.year));
        }
        if line.campus.trim().is_empty() || !(1..=16).contains(&line.half_years) {
            return wrong("校区不能为空，学制须在半年至八年之间".to_owned());
        }
        if !seen.insert((&line.school, line.year, line.season, &line.major, &line.campus, line.form, line.half_years)) {
            return wrong("与前面一行重复".to_owned());
        }
    }
    let (writes, difference) = publication(state, asked, document, lines.to_vec())?;
    Ok((writes, said(&difference)))
}

/// A difference as an answer.
fn said(difference: &Difference) -> Value {
    let gone: Vec<Value> = difference
        .schools_gone
        .iter()
        .map(|(school, year, season)| json!({ "school": school, "year": year, "season": season }))
        .collect();
    json!({
        "added": difference.added, "withdrawn": difference.withdrawn, "changed": difference.changed,
        "unchanged": difference.same, "schools": difference.schools, "schools_gone": gone,
    })
}
