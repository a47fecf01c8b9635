//! Records of the negative list, and what the columns keep for it: counted by school and year, moved with the student,
//! the same after a rebuild.

use crate::support::*;
use std::sync::Arc;
use xueji::model::*;
use xueji::store::{MemoryStore, Store};

pub(crate) fn alert() -> Record {
    let judgement = Judgement {
        to: Stage::Confirmed,
        text: "走访证实".into(),
        document: "核查1号".into(),
        by: signature("p1", Post::Handler),
        at: at("2025-10-13T09:00"),
    };
    Record::Alert(Box::new(Alert {
        id: AlertId(7),
        revision: 3,
        item: Item::Duplicate,
        school: SCHOOL.into(),
        student: Some(StudentId(12)),
        ground: Ground::Double {
            with: OtherKind::Technical, place: "演练技工学校".into(), at_school: Some(false)
        },
        document: "查重单".into(),
        opened: at("2025-10-09T09:00"),
        by: signature("p1", Post::Handler),
        stage: Stage::Confirmed,
        reminders: vec![Reminder {
            at: at("2025-10-10T09:00"),
            by: signature("p1", Post::Handler),
            channel: "函".into(),
            content: "请申报".into(),
        }],
        explanations: vec![Explanation {
            at: at("2025-10-11T09:00"),
            by: signature("e1", Post::Entry),
            text: "在查".into(),
        }],
        proposal: Some(Judgement { to: Stage::Remedied, ..judgement.clone() }),
        judged: vec![Judged {
            judgement,
            agreed: true,
            remark: String::new(),
            by: signature("p2", Post::Reviewer),
            at: at("2025-10-14T09:00"),
        }],
    }))
}

pub(crate) fn attendance() -> Record {
    Record::Attendance(Box::new(Attendance {
        student: StudentId(12),
        revision: 2,
        absences: vec![Absence {
            school: SCHOOL.into(),
            left: day("2025-06-15"),
            returned: Some(day("2025-09-01")),
            leave: vec![Period { from: day("2025-06-16"), until: day("2025-06-30") }],
            document: "考勤簿".into(),
            by: signature("e1", Post::Entry),
            at: at("2025-09-01T09:00"),
        }],
        checks: vec![Check {
            school: SCHOOL.into(),
            on: day("2025-09-10"),
            found: Presence::Away,
            document: "检1".into(),
            by: signature("p1", Post::Handler),
            at: at("2025-09-10T15:00"),
        }],
    }))
}

pub(crate) fn standing() -> Record {
    let by = || signature("p1", Post::Handler);
    let prepared = |ruling: Ruling| Prepared { ruling, document: "文1".into(), by: by(), at: at("2025-10-13T09:00") };
    let rulings = [
        Ruling::Sanction { year: 2026, measure: Measure::Reduce, quota: Some(100) },
        Ruling::Custody { operator: "3641990002".into(), filing: "省备1号".into() },
    ];
    let ruled =
        rulings.into_iter().map(|ruling| Ruled { prepared: prepared(ruling), by: by(), at: at("2025-10-14T09:00") });
    Record::Standing(Box::new(Standing {
        school: SCHOOL.into(),
        revision: 4,
        ratings: vec![Rating {
            grade: Grade::D,
            on: day("2025-10-14"),
            basis: Basis::Found { alert: AlertId(7), item: Item::Duplicate },
            document: String::new(),
            by: (by(), by()),
        }],
        rulings: ruled.collect(),
        prepared: Some(prepared(Ruling::Rate { year: 2025, grade: Grade::C, text: "整改".into() })),
        sent_back: vec![(
            prepared(Ruling::Veto { reason: "失误".into() }),
            "不足".into(),
            by(),
            at("2025-10-12T09:00"),
        )],
    }))
}

const OTHER: &str = "3641990002";

/// A student of this school filed on that day, with the turns of the file after it.
fn filed(number: u64, school: &str, on: &str, turns: &[(Status, &str)]) -> Student {
    let Record::Student(of) = student(number, 1) else { unreachable!() };
    let mut history = vec![(Status::Registered, "2023-09-10"), (Status::Enrolled, on)];
    history.extend(turns);
    let mut from = None;
    let lines = history.iter().map(|(to, on)| {
        let line = StatusChange { from, to: *to, on: day(on), application: None, article: "7".into() };
        from = Some(*to);
        line
    });
    let lines: Vec<StatusChange> = lines.collect();
    let last = history.last().unwrap();
    Student {
        school: school.into(),
        history: lines,
        status: last.0,
        status_since: day(last.1),
        suspension: None,
        ..*of
    }
}

fn registered_school(code: &str) -> Record {
    let Record::Office(of) = school(code, 1) else { unreachable!() };
    Record::Office(Office { id: code.into(), ..of })
}

fn kept(students: &[Student]) -> Arc<MemoryStore> {
    let store = Arc::new(MemoryStore::new());
    let mut writes = vec![new(registered_school(SCHOOL)), new(registered_school(OTHER))];
    writes.extend(students.iter().map(|student| new(Record::Student(Box::new(student.clone())))));
    store.commit(&[change(writes)]).unwrap();
    store
}

fn watched(store: &dyn Store, school: &str) -> Watched {
    store.watched(&school.into(), day("2026-03-01")).unwrap()
}

#[test]
fn a_school_counts_its_filings_and_those_in_school_on_30_december() {
    let store = kept(&[
        filed(1, SCHOOL, "2023-12-20", &[]),
        filed(2, SCHOOL, "2024-05-20", &[(Status::Suspended, "2024-10-01")]),
        filed(3, SCHOOL, "2024-05-20", &[(Status::Withdrawn, "2024-12-30")]),
        filed(4, SCHOOL, "2024-05-20", &[(Status::Withdrawn, "2024-12-31")]),
        filed(5, SCHOOL, "2024-05-20", &[(Status::Withdrawn, "2024-06-01"), (Status::Enrolled, "2025-03-01")]),
        filed(6, OTHER, "2024-05-20", &[]),
    ]);
    let of = watched(&*store, SCHOOL);
    assert_eq!(of.filed.into_iter().collect::<Vec<_>>(), [(2023, 1), (2024, 4)]);
    // 30 December 2024: 1, 2 (休学 counts), and 4, who left on the day after; not 3, who left that day, nor 5.
    let in_school: Vec<_> = of.in_school.into_iter().collect();
    assert_eq!(in_school, [(2023, 1), (2024, 3), (2025, 3), (2026, 3)]);
    assert_eq!(of.now, 3);
    assert_eq!(watched(&*store, OTHER).now, 1);
    assert!(store.watched(&COUNTY.into(), day("2026-03-01")).is_none(), "an office is no school");
}

#[test]
fn who_moves_is_counted_where_he_was() {
    let mut of = filed(1, SCHOOL, "2023-12-20", &[]);
    let store = kept(&[of.clone()]);
    let mut moved = application(ApplicationId::new(2025, 1), 1, 1);
    moved.details = Details::Transfer { handed_in_on: day("2025-10-01"), to: OTHER.into(), ground: "搬家".into() };
    moved.phase = Phase::Granted;
    let ending = moved.steps[0].rounds[0].ending.clone();
    let last = moved.steps.last_mut().unwrap();
    if last.rounds.is_empty() {
        last.rounds.push(Round::begun(at("2025-10-09T09:00"), None));
    }
    last.rounds.last_mut().unwrap().ending = Some(Ending { at: at("2025-10-14T10:00"), ..ending.unwrap() });
    of.school = OTHER.into();
    of.revision = 2;
    let before = [SCHOOL, OTHER].map(|school| store.watch_version(&school.into()));
    store
        .commit(&[change(vec![new(Record::Application(Box::new(moved))), put(Record::Student(Box::new(of)), 1)])])
        .unwrap();
    for (school, before) in [SCHOOL, OTHER].into_iter().zip(before) {
        assert!(store.watch_version(&school.into()) > before, "{school} is judged anew");
    }
    let (here, there) = (watched(&*store, SCHOOL), watched(&*store, OTHER));
    assert_eq!((here.filed.get(&2023), there.filed.get(&2023)), (Some(&1), None));
    assert_eq!((here.in_school.get(&2024), there.in_school.get(&2024)), (Some(&1), None));
    assert_eq!((here.in_school.get(&2025), there.in_school.get(&2025)), (None, Some(&1)));
    assert_eq!((here.now, there.now), (0, 1));
}

#[test]
fn whoever_shares_a_number_has_both_schools_judged_anew() {
    let one = filed(1, SCHOOL, "2023-12-20", &[]);
    let other = Student { id_no: "41078220080304999X".into(), ..filed(2, OTHER, "2023-12-20", &[]) };
    let store = kept(&[one.clone(), other.clone()]);
    assert!(watched(&*store, SCHOOL).students.iter().all(|of| of.doubles.is_empty()));
    let version = |school: &str| store.watch_version(&school.into());
    let before = version(SCHOOL);
    let same = Student { id_no: one.id_no.to_lowercase(), revision: 2, ..other };
    store.commit(&[change(vec![put(Record::Student(Box::new(same.clone())), 1)])]).unwrap();
    assert!(version(SCHOOL) > before);
    for (school, id, double) in [(SCHOOL, 1, 2), (OTHER, 2, 1)] {
        let of = watched(&*store, school);
        let [seen] = &of.students[..] else { panic!("{of:#?}") };
        assert_eq!((seen.id, &seen.doubles[..]), (StudentId(id), &[StudentId(double)][..]));
    }
    assert_eq!(store.with_document(&one.id_no), [StudentId(1), StudentId(2)]);
    // Who is no longer live is double no more.
    let before = version(SCHOOL);
    let gone = Student { status: Status::Cancelled, revision: 3, ..same };
    store.commit(&[change(vec![put(Record::Student(Box::new(gone)), 2)])]).unwrap();
    assert!(version(SCHOOL) > before);
    assert!(watched(&*store, SCHOOL).students.iter().all(|of| of.doubles.is_empty()));
    assert_eq!(store.verify().unwrap().damage, [] as [String; 0]);
}

#[test]
fn cases_absences_and_standings_are_read_back_and_verified() {
    let store = kept(&[filed(12, SCHOOL, "2023-12-20", &[])]);
    let before = store.watch_version(&SCHOOL.into());
    let records = [alert(), attendance(), standing()];
    let with_revision = |record: &Record| put(record.clone(), 0);
    store.commit(&[change(records.iter().map(with_revision).collect())]).unwrap();
    for record in &records {
        assert_eq!(store.get(&record.key()).unwrap().as_ref(), Some(record));
    }
    assert!(store.watch_version(&SCHOOL.into()) >= before + 3);
    let of = watched(&*store, SCHOOL);
    assert_eq!((of.alerts.len(), of.students.len()), (1, 1));
    assert!(of.students[0].attendance.is_some() && of.standing.is_some());
    assert_eq!(store.next_alert(), AlertId(8));
    assert_eq!(store.alerts_of(StudentId(12)).len(), 1);
    assert_eq!(store.verify().unwrap().damage, [] as [String; 0]);
}
