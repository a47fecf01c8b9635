//! `cargo bench --bench board`: the supervisor's board over 300,000 applications of 60 offices, and how long it is until
//! a board shows what was decided elsewhere. Times are printed beside the budget; nothing is asserted.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench that cannot measure has nothing better to do"
)]

#[path = "../support/mod.rs"]
mod support;

use serde_json::{Value, json};
use std::collections::HashSet;
use std::hint::black_box;
use std::io::Write as _;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::{Duration, Instant};
use support::call::Call;
use xueji::data;
use xueji::desk::board::{self, Ground};
use xueji::law::calendar::Calendar;
use xueji::law::clock;
use xueji::model::*;
use xueji::server::{Hall, Limits, Master, Place, found, serve};
use xueji::store::{EvidenceFolder, MemoryStore, Store};

const APPLICATIONS: u32 = 300_000;
const CITIES: u32 = 5;
const COUNTIES: u32 = 54;
const DECISIONS: usize = 100;

fn say(name: &str, figure: &str, budget: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{name:<44}  {figure:<44}  (budget {budget})");
}

fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

/// Median and worst.
fn spread(mut times: Vec<Duration>) -> String {
    times.sort();
    format!("{} median, {} worst", ms(times[times.len() / 2]), ms(times[times.len() - 1]))
}

fn today() -> Day {
    "2025-10-15".parse().unwrap()
}

fn county(n: u32) -> OfficeId {
    OfficeId(format!("41{:02}{:02}", 7 + n % CITIES, 1 + n / CITIES))
}

fn school(n: u32) -> OfficeId {
    OfficeId(format!("36419900{n:02}"))
}

/// A province, its cities and counties, a school in each county, and the three accounts of the first county.
fn master() -> Seed {
    let office = |id: OfficeId, level: Level, parent: Option<OfficeId>| Office {
        name: format!("演练{id}"),
        id,
        revision: 1,
        level,
        parent,
        school: (level == Level::School).then(|| SchoolFacts {
            region_code: "410782".into(),
            sponsor: Sponsor::County,
            competent_office: None,
            credit_system: false,
            campuses: vec!["本部".into()],
        }),
    };
    let city = |n: u32| OfficeId(format!("41{:02}00", 7 + n % CITIES));
    let mut offices = vec![office("410000".into(), Level::Province, None)];
    offices.extend((0..CITIES).map(|n| office(city(n), Level::City, Some("410000".into()))));
    for n in 0..COUNTIES {
        offices.push(office(county(n), Level::County, Some(city(n))));
        offices.push(office(school(n), Level::School, Some(county(n))));
    }
    let account = |id: &str, post: Post| Account {
        id: id.into(),
        revision: 1,
        person: id.into(),
        name: format!("演练{id}"),
        office: if post == Post::Keeper { "410000".into() } else { county(0) },
        posts: vec![post],
        os_user: None,
        active: true,
    };
    let accounts = vec![
        account("keeper", Post::Keeper),
        account("jb", Post::Handler),
        account("fh", Post::Reviewer),
        account("db", Post::Supervisor),
    ];
    Seed { offices, accounts, ..Seed::default() }
}

fn student(n: u32) -> Student {
    Student {
        id: StudentId(u64::from(n) + 1),
        revision: 1,
        student_no: format!("演练{n:04}"),
        name: format!("演练{n}"),
        sex: Sex::Female,
        birth: "2008-03-04".parse().unwrap(),
        id_kind: "1".into(),
        id_no: format!("4107822008030{n:05}"),
        ethnic: "汉族".into(),
        school: school(n),
        campus: String::new(),
        class_name: String::new(),
        major: "710205".into(),
        study_form: StudyForm::FullTime,
        half_years: 6,
        entry: "2024-09-01".parse().unwrap(),
        planned_grad: "2027-07-01".parse().unwrap(),
        status: Status::Enrolled,
        status_since: "2024-11-01".parse().unwrap(),
        suspension: None,
        repeated: 0,
        compulsory_until: None,
        former: Vec::new(),
        joint: None,
        history: vec![],
        entry_facts: EntryFacts::default(),
    }
}

fn signature(office: &OfficeId, n: u32, post: Post) -> Signature {
    let person = format!("p-{office}-{}", n % 4);
    Signature {
        account: person.as_str().into(),
        person: person.as_str().into(),
        name: format!("演练{}", n % 4),
        office: office.clone(),
        post,
        on_behalf: None,
    }
}

/// The `n`th application: two of five lie with the county, begun within the last forty days.
fn application(n: u32, calendar: &Calendar) -> Application {
    let at = n % COUNTIES;
    let (school, county) = (school(at), county(at));
    let started = today() - chrono::Duration::days(i64::from(n / 7 % 40));
    let arrived = Stamp::at(started, 10, 0);
    let ended = |by: Signature, second: Signature, clock: Option<&Clock>, on: Day| {
        let frozen = clock.map(|clock| clock::freeze(clock, calendar, on));
        let proposal =
            Proposal { outcome: Outcome::Approve, reasons: vec![], by, at: Stamp::at(on, 9, 0), external: None };
        let ending = Ending {
            outcome: Outcome::Approve,
            by: second,
            at: Stamp::at(on, 11, 0),
            due: frozen.as_ref().map(|frozen| frozen.due),
            calendar: "演练".into(),
            provisional: false,
            used: frozen.as_ref().map_or(0, |frozen| frozen.used),
            late: frozen.as_ref().map_or(0, |frozen| frozen.late),
        };
        (proposal, ending)
    };
    let mut at_school = Round::begun(arrived, None);
    let (first, second) = (signature(&school, n, Post::Entry), signature(&school, n + 1, Post::Review));
    let (proposal, ending) = ended(first, second, None, started);
    (at_school.proposal, at_school.ending) = (Some(proposal), Some(ending));
    let clock =
        Clock { rule: "R13.2".into(), article: "13".into(), budget: 10, started, reference: n.is_multiple_of(11) };
    let mut at_county = Round::begun(arrived, Some(clock.clone()));
    let open = n % 5 < 2;
    if !open {
        let on = started + chrono::Duration::days(i64::from(n % 17));
        let (first, second) = (signature(&county, n, Post::Handler), signature(&county, n + 1, Post::Reviewer));
        let (proposal, ending) = ended(first, second, Some(&clock), on.min(today()));
        (at_county.proposal, at_county.ending) = (Some(proposal), Some(ending));
    }
    let step = |hand: OfficeId, role, round| Step { hand, role, time: None, rounds: vec![round], outside: None };
    let ground = "因故".to_owned();
    Application {
        id: ApplicationId::new(2025, n + 1),
        revision: 1,
        details: if n.is_multiple_of(3) {
            Details::Withdrawal { ground }
        } else {
            Details::Other { title: "补录".into(), ground }
        },
        phase: if open { Phase::Open } else { Phase::Granted },
        student: StudentId(u64::from(at) + 1),
        school: school.clone(),
        started_at: arrived,
        started_by: signature(&school, n, Post::Entry),
        steps: vec![step(school, StepRole::StartingSchool, at_school), step(county, StepRole::Authority, at_county)],
        current: if open { 1 } else { 2 },
        returning: None,
        evidence: vec![],
        batch: None,
        asides: vec![],
        parked: None,
        assigned: None,
        filings: Vec::new(),
        sync: Default::default(),
        cancelled: None,
    }
}

fn filled(calendar: &Calendar) -> MemoryStore {
    let store = MemoryStore::new();
    let now = Stamp::at(today(), 9, 0);
    let founding = Founding { exercise: Some(now), office: "410000".into(), master: master() };
    found(&store, calendar, now, &Command::Found(Box::new(founding))).unwrap();
    let write = |record: Record| Write { record, based_on: 0 };
    let commit = |writes: Vec<Write>| {
        let command = r#"{"do":"bench"}"#.into();
        store.commit(&[Change { writes, actor: None, at: now, command_id: None, command }]).unwrap();
    };
    commit((0..COUNTIES).map(|n| write(Record::Student(Box::new(student(n))))).collect());
    let begun = Instant::now();
    for from in (0..APPLICATIONS).step_by(1000) {
        let until = APPLICATIONS.min(from + 1000);
        commit((from..until).map(|n| write(Record::Application(Box::new(application(n, calendar))))).collect());
    }
    say(&format!("{APPLICATIONS} applications made"), &ms(begun.elapsed()), "none");
    store
}

fn measured<T>(name: &str, mut count: impl FnMut() -> T) {
    black_box(count());
    let times = (0..15).map(|_| {
        let begun = Instant::now();
        black_box(count());
        begun.elapsed()
    });
    say(name, &spread(times.collect()), "50 ms");
}

/// Each figure by itself, over all turns.
fn figures(store: &MemoryStore, calendar: &Calendar) {
    let offices = store.offices();
    let here: HashSet<OfficeId> = store.accounts().iter().map(|account| account.office.clone()).collect();
    let ground = Ground { calendar, today: today(), offices: &offices, here: &here };
    let root: OfficeId = "410000".into();
    let year = ("2025-01-01".parse().unwrap(), today());
    store.read_turns(&mut |turns| {
        measured("summary of the province", || board::summary(&ground, turns, &root));
        measured("forecast of the province", || board::forecast(&ground, turns, &root));
        measured("rates of the province over the year", || board::rates(&ground, turns, year, &root, None));
        let meant = InHand { light: Some(Light::Overdue), count: 200, ..InHand::default() };
        measured("overdue cases of the province, in order", || board::in_hand(&ground, turns, &meant, &root).len());
    });
}

/// Sends a decision and waits until another desk's board shows it: told by the server, then asked for.
fn elsewhere(store: Arc<MemoryStore>, calendar: Calendar) {
    let folder = tempfile::Builder::new().prefix("xj").tempdir().unwrap();
    let evidence = Arc::new(EvidenceFolder::open(&folder.path().join("evidence")).unwrap());
    let owner = rustix::process::getuid().as_raw();
    let master = Master { calendar: Arc::new(calendar) };
    let limits = Limits::default();
    let hall = Hall::new(store, evidence, master, limits, owner);
    let listener = Place::of(folder.path()).bind(None).unwrap();
    let jobs = sync_channel(limits.commands);
    let stop = jobs.0.clone();
    let server = thread::spawn(move || serve(&hall, listener, jobs, None));

    let mut handler = Call::connect_as(folder.path(), "jb");
    let mut reviewer = Call::connect_as(folder.path(), "fh");
    let mut supervisor = Call::connect_as(folder.path(), "db");
    let summary = json!({"do": "board.summary"});
    let ask = |desk: &mut Call| desk.ok(summary.clone())["offices"][0]["lights"].clone();
    let mut times = Vec::new();
    for _ in 0..15 {
        let begun = Instant::now();
        black_box(ask(&mut supervisor));
        times.push(begun.elapsed());
    }
    say("board.summary of a county, asked and answered", &spread(times), "50 ms");

    supervisor.ok(json!({"do": "notices.subscribe"}));
    let page = handler.ok(json!({"do": "queue.page", "tab": "mine", "count": DECISIONS}));
    let cases: Vec<Value> = page["items"].as_array().unwrap().clone();
    let (mut told, mut shown) = (Vec::new(), Vec::new());
    for case in cases {
        let (id, revision) = (case["id"].clone(), case["revision"].as_u64().unwrap());
        let proposed = handler.ok(json!({"do": "applications.propose", "application": id, "revision": revision,
            "outcome": "return", "reasons": [{"article": "13", "text": "请补正"}]}));
        supervisor.notice_of("changed");
        let before = ask(&mut supervisor);
        let begun = Instant::now();
        reviewer.ok(json!({"do": "applications.decide", "application": id, "revision": proposed["revision"],
            "agree": true}));
        supervisor.notice_of("changed");
        told.push(begun.elapsed());
        assert_ne!(ask(&mut supervisor), before, "the board does not show {id}");
        shown.push(begun.elapsed());
    }
    say(&format!("decision to notice, {} decisions", told.len()), &spread(told), "200 ms");
    say("decision until the board shows it", &spread(shown), "200 ms");
    stop.send(xueji::server::Job::Stop).unwrap();
    drop((handler, reviewer, supervisor));
    server.join().unwrap().unwrap();
}

fn main() {
    let calendar = Calendar::new(data::CALENDAR_EDITION, data::calendar_days().unwrap()).unwrap();
    let store = filled(&calendar);
    figures(&store, &calendar);
    elsewhere(Arc::new(store), calendar);
}
