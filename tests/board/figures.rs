//! Each figure equals a count over the applications that is written down here a second time, from the definitions and
//! not from the program.

use super::county::{Chance, County, OFFICES, day};
use proptest::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use xueji::desk::board::{self, Ground};
use xueji::law::clock;
use xueji::model::*;
use xueji::store::{Store, Turns};

/// Whether `office` is `root` or lies below it, by walking up.
fn under(office: &str, root: &str) -> bool {
    let mut at = Some(office);
    while let Some(id) = at {
        if id == root {
            return true;
        }
        at = OFFICES.iter().find(|(other, ..)| *other == id).and_then(|(.., parent)| *parent);
    }
    false
}

/// The line of a board an office is counted on: the root itself, or the office directly below it on the way up.
fn line(office: &str, root: &str) -> Option<String> {
    let mut at = office;
    loop {
        if at == root {
            return (office == root).then(|| root.to_owned());
        }
        let parent = OFFICES.iter().find(|(other, ..)| *other == at).and_then(|(.., parent)| *parent)?;
        if parent == root {
            return Some(at.to_owned());
        }
        at = parent;
    }
}

/// What runs: hand, round, step and round number.
fn running(application: &Application) -> Option<(&str, &Round, (u32, u32))> {
    let at = match application.phase {
        Phase::Preparing | Phase::Returned => 0,
        Phase::Open => application.current,
        Phase::Granted | Phase::Refused | Phase::Cancelled => return None,
    };
    let step = &application.steps[at];
    let round = step.rounds.last().filter(|round| round.ending.is_none())?;
    Some((step.hand.as_str(), round, (at as u32, step.rounds.len() as u32 - 1)))
}

fn with<T>(county: &County, today: Day, count: impl Fn(&Ground<'_>, &Turns) -> T) -> T {
    let offices: Vec<Arc<Office>> = county.store.offices();
    let here: HashSet<OfficeId> = HashSet::new();
    let ground = Ground { calendar: &county.calendar, today, offices: &offices, here: &here };
    let mut counted = None;
    county.store.read_turns(&mut |turns| counted = Some(count(&ground, turns)));
    counted.unwrap()
}

fn check(county: &County, today: Day, root: &str) {
    let root_id: OfficeId = root.into();
    let summary = with(county, today, |ground, turns| board::summary(ground, turns, &root_id));
    // In hand, by line and light, by kind and days left, by due day.
    let mut lines: BTreeMap<String, (Lights, u32, u32)> = BTreeMap::new();
    let mut kinds: BTreeMap<Kind, BTreeMap<Left, u32>> = BTreeMap::new();
    let mut due: BTreeMap<(Day, bool), u32> = BTreeMap::new();
    let (mut total, mut reminded, mut past) = (0, 0, 0);
    for application in county.applications.values() {
        let Some((hand, round, place)) = running(application) else { continue };
        let Some(line) = line(hand, root) else { continue };
        let reading = round.clock.as_ref().map(|clock| clock::read(clock, &county.calendar, today));
        let light = reading.as_ref().map_or(Light::None, |reading| reading.light);
        let left = reading.as_ref().map_or(0, |reading| reading.left);
        let reference = reading.as_ref().is_some_and(|reading| reading.reference);
        let entry = lines.entry(line).or_default();
        match (light, reference) {
            (Light::Overdue, true) => entry.0.reference += 1,
            (Light::Overdue, false) => {
                entry.0.overdue += 1;
                entry.1 = entry.1.max(if left == 0 { 1 } else { left.unsigned_abs() });
            }
            (Light::Today, _) => entry.0.today += 1,
            (Light::Near, _) => entry.0.near += 1,
            (Light::Green, _) => entry.0.green += 1,
            (Light::None, _) => entry.0.none += 1,
        }
        let cell = match (light, left) {
            (Light::None, _) => Left::None,
            (Light::Overdue, _) => Left::Overdue,
            (Light::Today, _) => Left::Today,
            (_, 0 | 1) => Left::One,
            (_, 2) => Left::Two,
            (_, 3) => Left::Three,
            (_, 4 | 5) => Left::Five,
            (_, 6..=10) => Left::Ten,
            _ => Left::More,
        };
        *kinds.entry(application.kind()).or_default().entry(cell).or_default() += 1;
        if let Some(reading) = reading {
            if light == Light::Overdue {
                past += 1;
            } else {
                *due.entry((reading.due, reference)).or_default() += 1;
            }
        }
        let urged = county
            .reminders
            .get(&application.id)
            .is_some_and(|all| all.list.iter().any(|one| one.what == Urging::Remind && (one.step, one.round) == place));
        entry.2 += u32::from(urged);
        reminded += u32::from(urged);
        total += 1;
    }
    assert_eq!((summary.total.total(), summary.reminded), (total, reminded), "{root} {today}");
    for office in &summary.offices {
        let (lights, longest, reminded) = lines.get(office.office.as_str()).copied().unwrap_or_default();
        assert_eq!((office.lights, office.longest, office.reminded), (lights, longest, reminded), "{root} {office:?}");
        let unfiled = |one: &&Student| {
            one.status == Status::Registered
                && line(one.school.as_str(), root).as_deref() == Some(office.office.as_str())
        };
        assert_eq!(office.unfiled as usize, county.students.values().filter(unfiled).count(), "{root} {office:?}");
        // Every number leads to as many cases.
        for light in [Light::Overdue, Light::Today, Light::Near, Light::Green, Light::None] {
            let alone = office.office == root_id;
            let meant = InHand { office: Some(office.office.clone()), alone, light: Some(light), ..InHand::default() };
            let held = with(county, today, |ground, turns| board::in_hand(ground, turns, &meant, &root_id).len());
            let lit = match light {
                Light::Overdue => office.lights.overdue,
                Light::Today => office.lights.today,
                Light::Near => office.lights.near,
                Light::Green => office.lights.green,
                Light::None => office.lights.none,
            };
            assert_eq!(held as u32, lit, "{root} {light:?} {office:?}");
        }
    }
    for (name, _) in lines {
        assert!(summary.offices.iter().any(|office| office.office.as_str() == name), "{name} has no line");
    }
    let counted: BTreeMap<Kind, BTreeMap<Left, u32>> = summary
        .kinds
        .iter()
        .map(|row| {
            let cells = Left::ALL.into_iter().zip(row.left).filter(|(_, n)| *n > 0);
            (row.kind, cells.collect())
        })
        .collect();
    assert_eq!(counted, kinds, "{root} {today}");
    for (kind, cells) in &kinds {
        for (left, n) in cells {
            let meant = InHand { kind: Some(*kind), left: Some(*left), ..InHand::default() };
            let held = with(county, today, |ground, turns| board::in_hand(ground, turns, &meant, &root_id).len());
            assert_eq!(held as u32, *n, "{root} {kind:?} {left:?}");
        }
    }
    forecast(county, today, &root_id, &due, total - past - lines_none(&summary));
    rates(county, today, root);
}

fn lines_none(summary: &BoardSummary) -> u32 {
    summary.total.none
}

fn forecast(county: &County, today: Day, root: &OfficeId, due: &BTreeMap<(Day, bool), u32>, running: u32) {
    let forecast = with(county, today, |ground, turns| board::forecast(ground, turns, root));
    assert_eq!(forecast.days.len(), 20);
    let mut shown = 0;
    for (n, ahead) in forecast.days.iter().enumerate() {
        assert!(county.calendar.day(ahead.date).working && ahead.date >= today);
        // The n-th working day from today on, by the count of working days.
        let passed = county.calendar.count(today, ahead.date) + i32::from(county.calendar.day(today).working);
        assert_eq!(passed, n as i32 + 1, "{} is not the {n}th", ahead.date);
        let on = |reference| due.get(&(ahead.date, reference)).copied().unwrap_or_default();
        assert_eq!((ahead.due, ahead.reference), (on(false), on(true)), "{}", ahead.date);
        shown += ahead.due + ahead.reference;
        let after: Vec<Day> = (1..).map(|n| ahead.date + chrono::Duration::days(n)).take(20).collect();
        let off = after.iter().take_while(|day| !county.calendar.day(**day).working).count();
        assert_eq!(ahead.off_after as usize, off, "{}", ahead.date);
    }
    assert_eq!(forecast.later, running - shown);
    let mut unfiled: BTreeMap<Day, u32> = BTreeMap::new();
    for one in county.students.values().filter(|one| one.status == Status::Registered) {
        if under(one.school.as_str(), root.as_str()) {
            let spring = one.entry.format("%m").to_string().as_str() <= "05";
            let cutoff = format!("{}-{}-20", one.entry.format("%Y"), if spring { "05" } else { "12" });
            *unfiled.entry(day(&cutoff)).or_default() += 1;
        }
    }
    let counted: BTreeMap<Day, u32> = forecast.unfiled.iter().map(|one| (one.cutoff, one.students)).collect();
    assert_eq!(counted, unfiled);
}

fn rates(county: &County, today: Day, root: &str) {
    let root_id: OfficeId = root.into();
    let (from, until) = (today - chrono::Duration::days(30), today - chrono::Duration::days(3));
    let rates = with(county, today, |ground, turns| board::rates(ground, turns, (from, until), &root_id, None));
    let mut lines: BTreeMap<String, Rate> = BTreeMap::new();
    let mut clerks: BTreeMap<(String, Post), Rate> = BTreeMap::new();
    for application in county.applications.values() {
        for step in &application.steps {
            for round in &step.rounds {
                let Some(line) = line(step.hand.as_str(), root) else { continue };
                let (Some(ending), Some(proposal)) = (&round.ending, &round.proposal) else { continue };
                let on = proposal.external.as_ref().map_or(ending.at.day(), |external| external.on);
                if on < from || on > until {
                    continue;
                }
                let law = round.clock.as_ref().is_some_and(|clock| !clock.reference) && proposal.external.is_none();
                let mut ours = vec![lines.entry(line).or_default()];
                if law {
                    let [first, second] = [&proposal.by, &ending.by].map(|by| (by.person.0.clone(), by.post));
                    clerks.entry(first.clone()).or_default();
                    clerks.entry(second.clone()).or_default();
                    for (key, rate) in &mut clerks {
                        if *key == first || *key == second {
                            ours.push(rate);
                        }
                    }
                }
                for rate in ours {
                    if law {
                        rate.ended += 1;
                        rate.in_time += u32::from(ending.late == 0);
                        rate.used += ending.used;
                        rate.late_days += ending.late;
                        rate.returned += u32::from(ending.outcome == Outcome::Return);
                    } else {
                        rate.left_out += 1;
                    }
                }
            }
        }
    }
    for office in &rates.offices {
        let expected = lines.get(office.office.as_str()).copied().unwrap_or_default();
        assert_eq!(office.rate, expected, "{root} {}", office.office);
        let alone = office.office == root_id;
        let meant = Ended {
            from,
            until,
            office: Some(office.office.clone()),
            alone,
            person: None,
            post: None,
            late: true,
            after: 0,
            count: 10,
        };
        let late = with(county, today, |ground, turns| board::ended(ground, turns, &meant, &root_id).len());
        assert_eq!(late as u32, expected.late(), "{root} {}", office.office);
    }
    let found: BTreeMap<(String, Post), Rate> =
        rates.clerks.iter().map(|clerk| ((clerk.person.0.clone(), clerk.post), clerk.rate)).collect();
    assert_eq!(found, clerks, "{root}");
    assert_eq!(rates.clerks_total as usize, clerks.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_figure_is_a_count_over_the_applications(seed in any::<u64>(), ahead in 0_i64..120) {
        let mut chance = Chance::new(seed);
        let mut county = County::new();
        let today = day("2025-08-20") + chrono::Duration::days(ahead);
        for _ in 0..120 {
            county.turn(&mut chance, today);
        }
        for (root, ..) in OFFICES {
            check(&county, today, root);
        }
        // Rebuilt from the records, the turns are the same. (Other columns count on lives that these are not.)
        let mut damage = county.store.verify().unwrap().damage;
        damage.retain(|line| line.contains("turns") || line.contains("unfiled"));
        prop_assert_eq!(damage, Vec::<String>::new());
    }
}

#[test]
fn shares_and_means_are_rounded_half_up() {
    let rate = |ended, in_time, used| Rate { ended, in_time, used, ..Rate::default() };
    assert_eq!(rate(0, 0, 0).per_mille(), None);
    assert_eq!(rate(3, 2, 10).per_mille(), Some(667));
    assert_eq!(rate(3, 1, 10).per_mille(), Some(333));
    assert_eq!(rate(8, 7, 10).per_mille(), Some(875));
    assert_eq!(rate(3, 3, 10).mean_tenths(), Some(33));
    assert_eq!(rate(20, 3, 1).mean_tenths(), Some(1), "0.05 is rounded up");
    assert_eq!(rate(21, 3, 1).mean_tenths(), Some(0));
    assert_eq!(rate(3, 1, 0).late(), 2);
}

#[test]
fn the_day_by_which_a_new_student_must_be_filed() {
    for (entry, last) in [
        ("2025-09-01", "2025-12-20"),
        ("2025-06-01", "2025-12-20"),
        ("2025-05-31", "2025-05-20"),
        ("2026-03-01", "2026-05-20"),
        ("2025-12-31", "2025-12-20"),
    ] {
        assert_eq!(board::filing_ends(day(entry)), day(last), "{entry}");
    }
}
