//! The exercise county: the same every time, whole, and rich enough for every tab of the desk.

// Helpers of tests may fail as tests do; the lint's own exception knows only functions marked as tests.
#![allow(clippy::unwrap_used)]

#[path = "demo/errands.rs"]
mod errands;

use errands::{findings, hands, lawful_hands};
use std::collections::{BTreeMap, BTreeSet};
use xueji::data;
use xueji::demo::{self, DESK, DemoError, MOST_RECORDS, Plan, Workdays};
use xueji::law::calendar::Calendar;
use xueji::law::{case, clock, kinds};
use xueji::model::{
    Account, Application, ApplicationId, Batch, BatchId, Day, Kind, Light, Major, Office, OfficeId, Outcome, Phase,
    Post, Seed, Severity, Sex, Stamp, Status, StepRole, Student, StudentId, Verb,
};

struct Days(Calendar);

impl Workdays for Days {
    fn due(&self, from: Day, budget: u32) -> Day {
        self.0.due(from, budget).date
    }
    fn before(&self, day: Day, n: u32) -> Day {
        let mut day = day;
        for _ in 0..n {
            day = day.pred_opt().unwrap();
            while !self.0.day(day).working {
                day = day.pred_opt().unwrap();
            }
        }
        day
    }
    fn edition(&self) -> String {
        self.0.edition().to_owned()
    }
}

fn days() -> Days {
    Days(Calendar::new("试", data::calendar_days().unwrap()).unwrap())
}

#[derive(Default)]
struct County {
    pieces: usize,
    offices: BTreeMap<OfficeId, Office>,
    majors: BTreeMap<String, Major>,
    accounts: BTreeMap<String, Account>,
    students: BTreeMap<StudentId, Student>,
    applications: BTreeMap<ApplicationId, Application>,
    batches: BTreeMap<BatchId, Batch>,
}

fn made(students: u32, seed: u64, today: &str) -> County {
    let days = days();
    let plan = Plan { students, seed, today: today.parse().unwrap() };
    let mut county = County::default();
    for seed in demo::county(plan, &data::majors().unwrap(), &days).unwrap() {
        county.pieces += 1;
        assert!(records(&seed) <= MOST_RECORDS && records(&seed) > 0, "{} records", records(&seed));
        for office in seed.offices {
            assert!(county.offices.insert(office.id.clone(), office).is_none());
        }
        for major in seed.majors {
            assert!(major.revision >= 1);
            assert!(county.majors.insert(major.code.0.clone(), major).is_none());
        }
        for account in seed.accounts {
            assert!(county.accounts.insert(account.id.0.clone(), account).is_none());
        }
        for student in seed.students {
            assert!(county.students.insert(student.id, student).is_none());
        }
        for application in seed.applications {
            // What a piece refers to has come before it.
            assert!(county.students.contains_key(&application.student));
            assert!(county.applications.insert(application.id, application).is_none());
        }
        for batch in seed.batches {
            assert!(batch.members.iter().all(|member| county.applications.contains_key(member)));
            assert!(county.batches.insert(batch.id, batch).is_none());
        }
    }
    assert_eq!(county.students.len(), students as usize);
    county
}

/// The store's journal takes pieces of this size.
const _: () = assert!(MOST_RECORDS <= 500);

fn records(seed: &Seed) -> usize {
    let listed = seed.alerts.len() + seed.attendance.len() + seed.standings.len() + seed.qualifications.len();
    listed
        + seed.offices.len()
        + seed.majors.len()
        + seed.accounts.len()
        + seed.students.len()
        + seed.applications.len()
        + seed.batches.len()
}

const TODAY: &str = "2025-10-15T09:00";

/// Whose word an open application waits for: the hand and whether the second post's.
fn waits(application: &Application) -> (&OfficeId, bool) {
    let step = application.step().unwrap();
    (&step.hand, step.last().unwrap().proposal.is_some())
}

fn light(application: &Application, days: &Days, today: Day) -> Option<(Light, i32)> {
    let clock = application.round()?.clock.as_ref()?;
    let reading = clock::read(clock, &days.0, today);
    Some((reading.light, reading.left))
}

#[test]
fn the_same_plan_gives_the_same_bytes_and_another_seed_others() {
    let digest = |seed: u64| {
        let days = days();
        let plan = Plan { students: 2_000, seed, today: TODAY.parse().unwrap() };
        let mut hasher = blake3::Hasher::new();
        for piece in demo::county(plan, &data::majors().unwrap(), &days).unwrap() {
            hasher.update(&bincode::serialize(&piece).unwrap());
        }
        hasher.finalize()
    };
    assert_eq!(digest(7), digest(7));
    assert_ne!(digest(7), digest(8));
}

#[test]
fn every_tab_and_every_light_has_enough() {
    let (county, days) = (made(2_000, 1, TODAY), days());
    let today = TODAY.parse::<Stamp>().unwrap().day();
    let open: Vec<&Application> = county.applications.values().filter(|each| each.phase.is_open()).collect();
    assert!(open.len() >= 300, "{} open", open.len());
    let desk = &county.accounts[DESK];
    assert_eq!(desk.posts, [Post::Handler]);

    let at = |office: &OfficeId, second: bool| open.iter().filter(|each| waits(each) == (office, second)).count();
    let first_tab = at(&desk.office, false);
    assert!(first_tab >= 150, "{first_tab} wait for the account that demo opens as");
    assert!(at(&desk.office, true) >= 40);
    let sent_back = |each: &&&Application| each.round().unwrap().sent_back().is_some();
    assert!(open.iter().filter(|each| waits(each).0 == &desk.office).filter(sent_back).count() >= 10);
    let returned = open.iter().filter(|each| each.phase == Phase::Returned).count();
    assert!(returned >= 15, "{returned} returned");
    let at_school = open.iter().filter(|each| each.current == 0 && each.phase != Phase::Returned).count();
    assert!(at_school >= 15, "{at_school} at school");
    let higher = open.iter().filter(|each| ["410000", "410700", "410783"].contains(&waits(each).0.as_str())).count();
    assert!(higher >= 30, "{higher} at city and province");
    let second_rounds = open.iter().filter(|each| each.current == 1 && each.step().unwrap().rounds.len() > 1).count();
    assert!(second_rounds >= 1);

    let mut lights: BTreeMap<Light, usize> = BTreeMap::new();
    let mut late = BTreeSet::new();
    for each in open.iter().filter(|each| waits(each) == (&desk.office, false)) {
        let (light, left) = light(each, &days, today).unwrap();
        *lights.entry(light).or_default() += 1;
        if left < 0 {
            late.insert(-left);
        }
    }
    for light in [Light::Overdue, Light::Today, Light::Near, Light::Green] {
        assert!(lights.get(&light).is_some_and(|count| *count >= 10), "{lights:?}");
    }
    assert_eq!(late, (1..=15).collect(), "days overdue");

    let finished = |phase| county.applications.values().filter(|each| each.phase == phase).count();
    assert!(finished(Phase::Granted) >= 50 && finished(Phase::Refused) >= 15 && finished(Phase::Cancelled) >= 20);
    let kept_late = county.applications.values().flat_map(|each| &each.steps).flat_map(|step| &step.rounds);
    assert!(kept_late.filter(|round| round.ending.as_ref().is_some_and(|ending| ending.late > 0)).count() >= 3);
    let statuses: BTreeSet<Status> = county.students.values().map(|student| student.status).collect();
    for status in [Status::Registered, Status::Enrolled, Status::Suspended, Status::Withdrawn, Status::Graduated] {
        assert!(statuses.contains(&status), "{status:?}");
    }
}

#[test]
fn students_are_whole_and_differ() {
    let county = made(2_000, 1, TODAY);
    let today = TODAY.parse::<Stamp>().unwrap().day();
    let regions: BTreeSet<String> = data::regions().unwrap().into_iter().map(|region| region.code).collect();
    let mut numbers = BTreeSet::new();
    for student in county.students.values() {
        assert!(numbers.insert(&student.id_no), "{} twice", student.id_no);
        assert_eq!(student.student_no, format!("G{}", student.id_no));
        let digits: Vec<u32> = student.id_no.chars().map(|c| c.to_digit(10).unwrap_or(10)).collect();
        // GB 11643: with the check digit counted, the weighted sum leaves 1.
        let sum: u32 = digits.iter().enumerate().map(|(at, digit)| digit * (2u32.pow(17 - at as u32) % 11)).sum();
        assert_eq!((digits.len(), sum % 11), (18, 1), "{}", student.id_no);
        assert_eq!(student.id_no[6..14], student.birth.format("%Y%m%d").to_string());
        assert_eq!(digits[16] % 2 == 1, student.sex == Sex::Male);
        assert!(regions.contains(&student.id_no[..6]));
        // Who comes from another province is given his campus when he is here; who comes over has it in his application.
        let campuses = &county.offices[&student.school].school.as_ref().unwrap().campuses;
        let comes = student.status == Status::Unregistered;
        let over = student.entry_facts.entrant.is_some();
        assert!(if comes && !over { student.campus.is_empty() } else { campuses.contains(&student.campus) });
        assert!(county.majors.contains_key(student.major.as_str()));
        assert!(student.name.chars().all(|c| !c.is_control()) && student.name.chars().count() >= 2, "{}", student.name);
        let mut last = student.entry;
        // The file of who comes over begins with his application, as 未注册.
        let mut before = over.then_some(Status::Unregistered);
        for change in &student.history {
            assert!(change.on >= last && change.on <= today && change.from == before, "{student:?}");
            assert!(change.application.is_none_or(|id| county.applications[&id].student == student.id));
            (last, before) = (change.on, Some(change.to));
        }
        if comes {
            assert!(student.history.is_empty());
        } else {
            assert_eq!((before, last), (Some(student.status), student.status_since), "{student:?}");
        }
        assert_eq!(student.suspension.is_some(), student.status == Status::Suspended);
        assert!(student.revision >= 1);
    }
    let names = || county.students.values().map(|student| &student.name);
    assert!(names().any(|name| name.contains('·')));
    assert!(names().any(|name| name.chars().any(|c| c as u32 > 0xFFFF)), "none beyond the basic plane");
    assert!(names().any(|name| name.starts_with("欧阳")));
    let provincial = county.students.values().filter(|student| county.majors[student.major.as_str()].provincial);
    assert!(provincial.count() >= 50);
}

#[test]
fn applications_look_as_the_desk_leaves_them() {
    let (county, days) = (made(2_000, 1, TODAY), days());
    let now: Stamp = TODAY.parse().unwrap();
    let evidence: BTreeMap<String, u64> = demo::evidence()
        .into_iter()
        .map(|(_, bytes)| (blake3::hash(bytes).to_hex().to_string(), bytes.len() as u64))
        .collect();
    assert!((3..=16).contains(&evidence.len()));
    let mut busy = BTreeSet::new();
    let mut started = BTreeMap::new();
    for each in county.applications.values() {
        let student = &county.students[&each.student];
        assert_eq!(hands(each), lawful_hands(&county, each), "{}", each.id);
        assert_eq!(student.school, each.school);
        let over = each.kind() == Kind::ComingOver;
        let comes = over || each.kind() == Kind::MoveIn;
        let filed = student.history.iter().find(|change| change.to == Status::Enrolled).map(|change| change.on);
        assert!(
            if comes {
                filed.is_none() == (each.phase != Phase::Granted)
            } else {
                filed.unwrap() < each.started_at.day()
            },
            "{} began before {} was filed",
            each.id,
            each.student
        );
        if each.phase.is_open() {
            assert!(kinds::row(each.kind()).from.contains(&student.status), "{} {:?}", each.id, student.status);
            assert!(if comes {
                student.status_since == each.started_at.day()
            } else {
                student.status_since < each.started_at.day()
            });
            assert!(busy.insert(each.student), "{} has two open", each.student);
        }
        if each.phase == Phase::Granted {
            let line = student.history.iter().find(|change| change.application == Some(each.id)).unwrap();
            assert_eq!(
                (line.to, line.on),
                (
                    if over { Status::Enrolled } else { Status::Suspended },
                    each.round().unwrap().ending.as_ref().unwrap().at.day()
                )
            );
        }
        // Numbers follow the order of starting.
        let earlier: Option<(ApplicationId, Stamp)> = started.insert(each.id.year(), (each.id, each.started_at));
        assert!(earlier.is_none_or(|(id, at)| id.number() + 1 == each.id.number() && at <= each.started_at));
        assert_eq!(each.id.year().to_string(), each.started_at.day().format("%Y").to_string());

        let mut changes = 1 + (each.evidence.len() + each.filings.len()) as u64 + u64::from(each.cancelled.is_some());
        let submitted = each.steps[0].acts().next().is_some();
        assert!(!submitted || case::missing(each).is_empty(), "{} lacks {:?}", each.id, case::missing(each));
        if submitted && each.phase.is_open() {
            let found = findings(&county, each, &days, now.day());
            assert!(found.iter().all(|finding| finding.severity != Severity::Block), "{}: {found:?}", each.id);
        }
        for piece in &each.evidence {
            assert_eq!(evidence.get(piece.digest.as_str()), Some(&piece.size));
            assert!(piece.at >= each.started_at && piece.at < now);
        }
        let mut last_at = each.started_at;
        for step in &each.steps {
            let (mut first_persons, mut second_persons) = (BTreeSet::new(), BTreeSet::new());
            for (nth, round) in step.rounds.iter().enumerate() {
                // The school's own time runs from the papers, and once.
                let starts = step.role == StepRole::StartingSchool;
                let running = step.time.is_some() && !(starts && nth > 0);
                assert_eq!(round.clock.is_some(), running, "{}", each.id);
                if let (Some(clock), Some(time)) = (&round.clock, &step.time) {
                    let started = if starts { each.details.handed_in_on().unwrap() } else { round.arrived.day() };
                    assert_eq!(*clock, time.from_day(started));
                    assert!(started <= round.arrived.day());
                }
                let mut at = round.arrived;
                for act in &round.acts {
                    changes += 1;
                    assert!(act.at > at && act.at < now, "{}: {} after {at}", each.id, act.at);
                    at = act.at;
                    assert!(days.0.day(at.day()).working, "{at}");
                    let clock = at.hour_minute();
                    assert!(("08:30".."12:00").contains(&&*clock) || ("14:30".."18:00").contains(&&*clock), "{clock}");
                    let account = &county.accounts[act.by.account.as_str()];
                    // The word of a hand outside is recorded by the last hand of the province before it.
                    let here = each
                        .steps
                        .iter()
                        .take_while(|other| !std::ptr::eq(*other, step))
                        .filter(|one| one.outside.is_none());
                    let recorder = here.last().map_or(&step.hand, |last| &last.hand);
                    let acting = if step.outside.is_some() { recorder } else { &step.hand };
                    assert!(account.office == *acting && account.person == act.by.person);
                    assert!(account.posts.contains(&act.by.post) && account.name == act.by.name);
                    let second = matches!(act.verb, Verb::Agreed(_) | Verb::SentBack(_));
                    if second { &mut second_persons } else { &mut first_persons }.insert(&act.by.person);
                    if let Verb::Proposed(outcome, reasons) = &act.verb {
                        assert_eq!(*outcome == Outcome::Approve, reasons.is_empty());
                    }
                }
                last_at = last_at.max(at);
                if let Some(ending) = &round.ending {
                    assert_eq!((&ending.at, ending.calendar.as_str()), (&at, "试"));
                    let frozen = round.clock.as_ref().map(|clock| clock::freeze(clock, &days.0, at.day()));
                    assert_eq!(ending.due, frozen.as_ref().map(|frozen| frozen.due));
                    let counted = frozen.map_or((0, 0), |frozen| (frozen.used, frozen.late));
                    assert_eq!((ending.used, ending.late), counted, "{} at {}", each.id, step.hand);
                }
            }
            assert!(first_persons.is_disjoint(&second_persons), "{}: one person in both posts", each.id);
        }
        assert!(each.cancelled.as_ref().is_none_or(|cancelled| cancelled.at > last_at && cancelled.at < now));
        assert_eq!(each.revision, changes, "{}", each.id);
        assert!(bincode::serialize(each).unwrap().len() < 4096, "{} is too long for one record", each.id);
        let running = each.round().is_some_and(|round| round.ending.is_none());
        let over = matches!(each.phase, Phase::Granted | Phase::Refused);
        assert_eq!(running, !over, "{} is {:?}", each.id, each.phase);
        // A return is kept in mind until the school's second post agrees to the resubmission.
        let at_school_again = each.current == 0 && each.steps[0].rounds.len() > 1;
        assert_eq!(each.returning.is_some(), at_school_again);
        if let Some(returner) = each.returning {
            assert_eq!(each.steps[returner].last().unwrap().ending.as_ref().unwrap().outcome, Outcome::Return);
        }
        if each.phase.is_open() {
            assert_eq!(each.phase == Phase::Returned, at_school_again, "{}", each.id);
            assert_eq!(each.phase == Phase::Preparing, !submitted);
        }
    }
}

#[test]
fn every_post_is_held_and_both_irregular_offices_are_there() {
    let county = made(2_000, 1, TODAY);
    for office in county.offices.values() {
        let posts: &[Post] = match office.school {
            Some(_) => &[Post::Entry, Post::Review],
            None => &[Post::Handler, Post::Reviewer, Post::Supervisor, Post::Keeper],
        };
        let staff = || county.accounts.values().filter(|account| account.office == office.id);
        assert!(posts.iter().all(|post| staff().any(|account| account.posts.contains(post))), "{}", office.name);
        assert!(office.parent.as_ref().is_none_or(|parent| county.offices.contains_key(parent)));
        assert!(office.name.contains("演练"), "{}", office.name);
    }
    let mut accounts_of: BTreeMap<&str, usize> = BTreeMap::new();
    for account in county.accounts.values() {
        *accounts_of.entry(account.person.0.as_str()).or_default() += 1;
    }
    assert_eq!(accounts_of.values().filter(|count| **count > 1).count(), 1, "one person with two posts (R5.12)");
    let lone = county.offices.values().filter(|office| {
        county.accounts.values().filter(|account| account.office == office.id && account.active).count() == 1
    });
    assert_eq!(lone.count(), 1, "one school with a single active clerk (R5.9)");
    assert!(county.accounts.contains_key(demo::KEEPER));
}

#[test]
fn other_sizes_and_days_hold_too() {
    for (students, today) in [
        (demo::LEAST_STUDENTS, TODAY),
        (1_000, TODAY),
        // A Sunday, the middle of the National Day holiday, the first days of a year, the end of a school year.
        (1_000, "2025-10-19T09:00"),
        (1_000, "2025-10-04T09:00"),
        (1_000, "2026-01-05T08:30"),
        (1_000, "2026-08-31T00:00"),
        (12_500, TODAY),
    ] {
        let county = made(students, 5, today);
        let today: Stamp = today.parse().unwrap();
        let open = county.applications.values().filter(|each| each.phase.is_open());
        assert!(open.clone().count() >= 300, "{students} on {today}");
        let days = days();
        for each in open {
            let status = county.students[&each.student].status;
            assert!(kinds::row(each.kind()).from.contains(&status), "{students} on {today}: {} {status:?}", each.id);
            let found = findings(&county, each, &days, today.day());
            let blocks =
                found.iter().filter(|finding| finding.severity == Severity::Block && !case::missing(each).is_empty());
            assert!(blocks.count() == 0 || each.phase == Phase::Preparing, "{students} on {today}: {}", each.id);
        }
        let last = county.applications.values().flat_map(|each| &each.steps).flat_map(|step| step.acts());
        assert!(last.map(|act| act.at).max().unwrap() <= today);
        let numbers: BTreeSet<&String> = county.students.values().map(|student| &student.id_no).collect();
        assert_eq!(numbers.len(), students as usize);
        assert!(county.students.values().flat_map(|student| &student.history).all(|line| line.on <= today.day()));
    }
}

#[test]
fn what_cannot_be_made_is_refused() {
    let days = days();
    let majors = data::majors().unwrap();
    let plan = |students| Plan { students, seed: 1, today: TODAY.parse().unwrap() };
    let too_few = demo::county(plan(demo::LEAST_STUDENTS - 1), &majors, &days).map(|_| ());
    assert!(matches!(too_few, Err(DemoError::TooFew { students: 599 })));
    assert!(matches!(demo::county(plan(3_000_000), &majors, &days).map(|_| ()), Err(DemoError::TooMany { .. })));
    let ordinary: Vec<Major> = majors.iter().filter(|major| !major.provincial).cloned().collect();
    assert!(matches!(demo::county(plan(2_000), &ordinary, &days).map(|_| ()), Err(DemoError::Majors)));
}

#[test]
fn a_great_county_streams_in_small_pieces_with_its_years_of_work() {
    // The first pieces of a million students come at once; nothing is held but the list of applications.
    let days = days();
    let plan = Plan { students: 100_000, seed: 1, today: TODAY.parse().unwrap() };
    let pieces = demo::county(plan, &data::majors().unwrap(), &days).unwrap();
    let (mut students, mut applications, mut schools) = (0, 0, 0);
    for piece in pieces {
        assert!(records(&piece) <= MOST_RECORDS);
        students += piece.students.len();
        applications += piece.applications.len();
        schools += piece.offices.iter().filter(|office| office.school.is_some()).count();
    }
    assert_eq!(students, 100_000);
    assert!((28_000..33_000).contains(&applications), "{applications}");
    assert!(schools > 20, "{schools}");
}
