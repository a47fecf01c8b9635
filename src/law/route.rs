//! The hands an application passes, in order, each with the time it is given (Art. 5, 12–14). Fixed at the start.

use super::authority::{self, PROVINCE};
use super::kinds::{self, Time};
use super::rules::{R0_1, R12_4, R12_5, R12_20, Rule};
use super::{duplicates, outside};
use crate::model::{Details, Finding, GivenTime, Level, Major, Office, OfficeId, Outside, StepRole};

/// Students from whom on a batch goes to the province, thirty included (R12.5).
pub const BATCH: u32 = 30;

/// One hand of a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hand {
    /// Whose turn.
    pub office: OfficeId,
    /// What it is in the route.
    pub role: StepRole,
    /// The time it is given.
    pub time: Option<GivenTime>,
    /// Set for a hand of another province.
    pub outside: Option<Outside>,
}

/// What a route rests on.
pub struct Ground<'a> {
    /// The starting school.
    pub from: &'a Office,
    /// The receiving school, for a transfer.
    pub to: Option<&'a Office>,
    /// The majors the application touches: the student's own, and the new one of a change.
    pub majors: &'a [&'a Major],
    /// Students who move in the same batch, at its submission; 0 or 1 for one alone.
    pub batch: u32,
    /// The register of offices.
    pub office: &'a dyn Fn(&OfficeId) -> Option<Office>,
}

pub(super) fn given(time: Time) -> GivenTime {
    let (rule, article) = (time.rule.id.into(), time.rule.article.into());
    GivenTime { rule, article, budget: time.budget, reference: false }
}

/// Ten working days for orientation (参考), where the text names a hand but gives it no figure.
pub(super) fn reference(rule: &'static Rule) -> GivenTime {
    GivenTime { reference: true, ..given(Time { rule, budget: 10 }) }
}

/// The route of an application: the school and one authority, or for a transfer every hand of Art. 12.
pub fn route(details: &Details, ground: &Ground<'_>) -> Result<Vec<Hand>, Finding> {
    let row = kinds::row(details.kind());
    let school = Hand {
        office: ground.from.id.clone(),
        role: StepRole::StartingSchool,
        time: row.school_time.map(given),
        outside: None,
    };
    let out = authority::competent(ground.from, ground.majors)?.office;
    let authority = |office: OfficeId, time| Hand { office, role: StepRole::Authority, time, outside: None };
    let named = row.authority_time.map(given);
    if let Some(rest) = outside::hands(details, authority(out.clone(), named.clone()), named.clone()) {
        return Ok([vec![school], rest].concat());
    }
    match details {
        Details::Duplicate(asked) => {
            return Ok([vec![school], duplicates::hands(asked, authority(out, named))].concat());
        }
        // No office decides: the school is the only hand (R12.11).
        Details::Junior(_) => return Ok(vec![school]),
        Details::ComingOver(_) => {
            // The city examines and not the county; where the province is the authority anyway, the province (AMB-32).
            let examines = if out.as_str() == PROVINCE { out } else { city_of(&out, ground)? };
            return Ok(vec![school, authority(examines, Some(reference(&R12_20)))]);
        }
        _ => {}
    }
    let Some(to) = ground.to else { return Ok(vec![school, authority(out, named)]) };

    let into = authority::competent(to, ground.majors)?.office;
    let receiving =
        Hand { office: to.id.clone(), role: StepRole::ReceivingSchool, time: school.time.clone(), outside: None };
    let mut hands = vec![school, receiving];
    let province = OfficeId::from(PROVINCE);
    if out == province || into == province {
        // The province is the authority already: nothing stands between the schools and it (reading AMB-9).
        hands.push(authority(province, named));
    } else if ground.batch >= BATCH {
        // 校 → 校 → 县 → 市 → 省, whatever the distance: up the levels of the school that starts. The levels between
        // are given no figure.
        let city = city_of(&out, ground)?;
        let reference = Some(reference(&R12_5));
        let above = out != city;
        hands.push(authority(out, named));
        if above {
            hands.push(authority(city, reference.clone()));
        }
        hands.push(authority(province, reference));
    } else if out == into {
        hands.push(authority(out, named));
    } else {
        let (from_city, to_city) = (city_of(&out, ground)?, city_of(&into, ground)?);
        if from_city == to_city {
            // Two authorities of one city: each decides, and the city adds no level (Art. 25).
            hands.extend([authority(out, named.clone()), authority(into, named)]);
        } else {
            // Level by level to the province. The text gives the levels between no figure: a reference clock.
            let reference = Some(reference(&R12_4));
            for (office, city) in [(out, from_city), (into, to_city)] {
                let above = office != city;
                hands.push(authority(office, named.clone()));
                if above {
                    hands.push(authority(city, reference.clone()));
                }
            }
            hands.push(authority(province, reference));
        }
    }
    Ok(hands)
}

/// The city-level office over a local authority: itself, or the one above it. 省直管县(市) and 济源 are cities (Art. 4).
pub(super) fn city_of(office: &OfficeId, ground: &Ground<'_>) -> Result<OfficeId, Finding> {
    let unknown = |what: String| R0_1.refuse(what, R0_1.remedy, &[("office", office.to_string())]);
    let found = (ground.office)(office).ok_or_else(|| unknown(format!("机构 {office} 不在机构名录中")))?;
    match found.level {
        Level::City => Ok(found.id),
        Level::County => found.parent.ok_or_else(|| unknown(format!("{}没有登记所属省辖市", found.name))),
        Level::Province | Level::School => Err(unknown(format!("{}不能作为县、市级主管部门", found.name))),
    }
}
