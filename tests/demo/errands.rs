//! What the county's applications ask for: every kind, every light, every hand of a long way.

use crate::{County, DESK, Days, TODAY, days, light, made, waits};
use std::collections::{BTreeMap, BTreeSet};
use xueji::law::case::{self, Case};
use xueji::law::joining::JoiningFacts;
use xueji::law::kinds;
use xueji::law::route::{Ground, route};
use xueji::model::{
    Application, Day, Details, Finding, GivenTime, Kind, Light, OfficeId, Outcome, Outside, Phase, Stamp, StepRole,
    WatchedStudent,
};

/// Hand, role and time of every step.
pub(crate) fn hands(application: &Application) -> Vec<(OfficeId, StepRole, Option<GivenTime>)> {
    application.steps.iter().map(|step| (step.hand.clone(), step.role, step.time.clone())).collect()
}

/// The same as the law has them.
pub(crate) fn lawful_hands(county: &County, application: &Application) -> Vec<(OfficeId, StepRole, Option<GivenTime>)> {
    let mut majors = vec![&county.majors[county.students[&application.student].major.as_str()]];
    let mut to = None;
    match &application.details {
        Details::Transfer { to: school, .. } => to = Some(&county.offices[school]),
        Details::MajorChange { to, .. } => majors.push(&county.majors[to.as_str()]),
        _ => {}
    }
    let register = |id: &OfficeId| county.offices.get(id).cloned();
    let batch = application.batch.map_or(0, |of| county.batches[&of.batch].size);
    let ground = Ground { from: &county.offices[&application.school], to, majors: &majors, office: &register, batch };
    route(&application.details, &ground).unwrap().into_iter().map(|hand| (hand.office, hand.role, hand.time)).collect()
}

/// What the rules find about an application.
pub(crate) fn findings(county: &County, application: &Application, days: &Days, today: Day) -> Vec<Finding> {
    let student = &county.students[&application.student];
    let watched = WatchedStudent::of(student);
    let step = application.step().unwrap();
    // A hand of another province is in no register.
    let hand = step.outside.as_ref().map_or_else(|| county.offices[&step.hand].clone(), Outside::office);
    let joining = JoiningFacts::default();
    let case = Case {
        joining: &joining,
        application: Some(application),
        student,
        watched: (&watched, &[]),
        school: &county.offices[&application.school],
        hand: &hand,
        recorder: None,
        others: &[],
        same_number: None,
        same_number_lives: None,
        leaving: None,
        taught: None,
        batch: None,
        calendar: &days.0,
    };
    case::findings(&case, &application.details, today)
}

const LIGHTS: [Light; 4] = [Light::Overdue, Light::Today, Light::Near, Light::Green];

#[test]
fn every_kind_stands_under_every_light() {
    let (county, days) = (made(2_000, 1, TODAY), days());
    let today = TODAY.parse::<Stamp>().unwrap().day();
    let desk = &county.accounts[DESK].office;
    let mut seen: BTreeMap<(Kind, Light), usize> = BTreeMap::new();
    let mut reference: BTreeMap<Light, usize> = BTreeMap::new();
    let mut places = BTreeSet::new();
    for each in county.applications.values().filter(|each| each.phase.is_open()) {
        let Some((light, _)) = light(each, &days, today) else { continue };
        if waits(each) == (desk, false) {
            *seen.entry((each.kind(), light)).or_default() += 1;
        }
        let outside = each.step().unwrap().outside.is_some();
        if each.round().unwrap().clock.as_ref().unwrap().reference && !outside {
            *reference.entry(light).or_default() += 1;
            places.insert(waits(each).0.as_str());
        }
    }
    // Who comes from another kind of school is not the county's to decide on: the city's, or the school's own.
    let begun = |kind: &Kind| matches!(kind, Kind::ComingOver | Kind::Junior);
    let made = |kind: &Kind| !begun(kind);
    // The text gives the authority no time for the two that end study: no light.
    let timed = |kind: &Kind| kinds::row(*kind).authority_time.is_some();
    for kind in Kind::ALL.into_iter().filter(made).filter(timed) {
        for light in LIGHTS {
            assert!(seen.contains_key(&(kind, light)), "no {} under {light:?} at the desk: {seen:?}", kind.name());
        }
    }
    assert!(LIGHTS.iter().all(|light| reference.get(light).is_some_and(|count| *count >= 2)), "{reference:?}");
    assert_eq!(places, BTreeSet::from(["410000", "410700"]), "hands whose clock is for reference");
}

#[test]
fn transfers_are_found_at_every_hand_of_a_long_way() {
    let county = made(2_000, 1, TODAY);
    let open = || county.applications.values().filter(|each| each.kind() == Kind::Transfer && each.phase.is_open());
    let long: Vec<&Application> = open().filter(|each| each.steps.len() == 7).collect();
    let offices = ["410782", "410700", "410522", "410500", "410000"];
    let out = long.iter().filter(|each| each.steps[2].hand.as_str() == "410782");
    for each in out {
        let hands: Vec<&str> = each.steps[2..].iter().map(|step| step.hand.as_str()).collect();
        assert_eq!(hands, offices);
        let reference: Vec<bool> = each.steps.iter().map(|step| step.time.as_ref().unwrap().reference).collect();
        assert_eq!(reference, [false, false, false, true, false, true, true]);
    }
    let standing: BTreeSet<usize> = long.iter().map(|each| each.current).collect();
    assert!(standing.is_superset(&BTreeSet::from([0, 2, 3, 4, 5, 6])), "{standing:?}");
    // One came back from the fifth hand, and keeps what four had approved.
    let back = long.iter().find(|each| each.phase == Phase::Returned).unwrap();
    assert_eq!(back.returning, Some(4));
    let approved =
        back.steps[..4].iter().filter(|step| step.rounds[0].ending.as_ref().unwrap().outcome == Outcome::Approve);
    assert_eq!(approved.count(), 4);
    let lengths: BTreeSet<usize> = open().map(|each| each.steps.len()).collect();
    assert_eq!(lengths, BTreeSet::from([3, 4, 5, 6, 7]));
}

#[test]
fn batches_stand_under_every_light_and_one_of_them_goes_to_the_province() {
    let (county, days) = (made(2_000, 1, TODAY), days());
    let today = TODAY.parse::<Stamp>().unwrap().day();
    let mut lights = BTreeSet::new();
    let mut sizes = BTreeSet::new();
    for batch in county.batches.values() {
        let members: Vec<&Application> = batch.members.iter().map(|id| &county.applications[id]).collect();
        assert_eq!(members.len(), batch.size as usize);
        assert!(batch.submitted_at.is_some_and(|at| at > batch.started_at));
        let first = members[0];
        for each in &members {
            assert_eq!(each.batch.map(|of| (of.batch, of.apart)), Some((batch.id, false)));
            assert_eq!((&each.school, each.details.receiving()), (&batch.school, Some(&batch.to)), "{}", each.id);
            assert_eq!((each.steps.len(), each.current), (first.steps.len(), first.current), "one way and one place");
            assert_eq!(each.details.handed_in_on(), Some(batch.handed_in_on));
            assert_eq!(light(each, &days, today), light(first, &days, today));
        }
        // The desk's own tab shows each as one row.
        if waits(first) == (&county.accounts[DESK].office, false) {
            lights.extend(light(first, &days, today).map(|(light, _)| light));
        }
        let hands: Vec<&str> = first.steps[2..].iter().map(|step| step.hand.as_str()).collect();
        if batch.size >= 30 {
            assert_eq!(hands, ["410782", "410700", "410000"], "thirty or more go to the province");
        }
        sizes.insert(batch.size);
    }
    assert_eq!(lights, BTreeSet::from(LIGHTS), "lights of batches at the desk");
    assert!(sizes.iter().any(|size| *size >= 30) && sizes.iter().any(|size| *size < 30), "{sizes:?}");
    let member = |each: &&Application| each.batch.is_some();
    let counted = county.batches.values().map(|batch| batch.members.len()).sum::<usize>();
    assert_eq!(county.applications.values().filter(member).count(), counted, "no member without its batch");
}

#[test]
fn across_provinces_every_hand_is_met_outside_ones_recorded_with_their_document() {
    let county = made(2_000, 1, TODAY);
    for kind in [Kind::MoveOut, Kind::MoveIn] {
        let all: Vec<&Application> = county.applications.values().filter(|each| each.kind() == kind).collect();
        let standing: BTreeSet<usize> = all.iter().map(|each| each.current).collect();
        let hands = if kind == Kind::MoveOut { vec![1, 2, 3] } else { vec![0, 1, 2] };
        assert_eq!(standing, hands.into_iter().collect(), "{}", kind.name());
        for each in &all {
            for step in each.steps.iter().filter(|step| step.outside.is_some()) {
                for round in step.rounds.iter().filter(|round| round.ending.is_some()) {
                    let external = round.proposal.as_ref().and_then(|proposal| proposal.external.as_ref()).unwrap();
                    assert!(external.on >= round.arrived.day() && external.document.contains("演练"));
                }
            }
            let filed: Vec<&str> = each.filings.iter().map(|filing| filing.province.as_str()).collect();
            let last = each.current + 1 == each.steps.len();
            assert!(filed.len() == 2 || !last, "{}: at the last hand both stand: {filed:?}", each.id);
        }
        let lacking = all.iter().filter(|each| each.filings.len() == 1).count();
        assert_eq!(lacking > 0, kind == Kind::MoveOut, "some who leave still wait for the other province's");
    }
}

#[test]
fn who_comes_over_was_submitted_before_the_semester_and_lies_with_the_city_or_was_let_in() {
    let county = made(2_000, 1, TODAY);
    let start: Day = "2025-09-01".parse().unwrap();
    let all: Vec<&Application> = county.applications.values().filter(|each| each.kind() == Kind::ComingOver).collect();
    let (open, granted): (Vec<&Application>, Vec<&Application>) =
        all.into_iter().partition(|each| each.phase.is_open());
    assert_eq!((open.len(), granted.len()), (3, 3));
    for each in open.iter().chain(&granted) {
        assert!(each.submitted_on().unwrap() < start, "{} was submitted too late", each.id);
        let examiner = &county.offices[&each.steps[1].hand];
        assert_ne!(examiner.level, xueji::model::Level::County, "{}", each.id);
        assert_eq!(each.evidence[0].kind, "原就读学校学籍证明");
        let student = &county.students[&each.student];
        let enrolled = each.phase == Phase::Granted;
        let status = if enrolled { xueji::model::Status::Enrolled } else { xueji::model::Status::Unregistered };
        assert_eq!((student.status, student.half_years), (status, 6));
    }
}
