//! One story, told to every engine.

use crate::support::*;
use xueji::model::*;
use xueji::store::{MemoryStore, SledStore, Store, StoreError, Waits};

fn both(story: impl Fn(&dyn Store)) {
    story(&MemoryStore::new());
    let folder = tempfile::tempdir().unwrap();
    SledStore::create(folder.path()).unwrap();
    let (store, _) = open(folder.path()).unwrap();
    story(&store);
    store.close().unwrap();
}

fn stored(application: Application) -> Record {
    Record::Application(Box::new(application))
}

#[test]
fn an_office_fills_its_store_and_works_with_it() {
    both(|store| {
        assert_eq!(store.newest(), None);
        assert_eq!(store.facts().unwrap(), None);
        assert_eq!(store.next_student(), StudentId(1));
        assert_eq!(store.next_application(2025), ApplicationId::new(2025, 1));
        assert_eq!(store.commit(&[]).unwrap(), Vec::<u64>::new());
        fill(store);
        let seqs = store
            .commit(&[
                change(vec![new(office(COUNTY, 1)), new(account("zhang", 1)), new(major())]),
                change(vec![put(account("zhang", 2), 1)]),
            ])
            .unwrap();
        assert_eq!(seqs, [4, 5]);

        assert_eq!(store.facts().unwrap().unwrap().office.as_str(), COUNTY);
        assert_eq!(store.account(&"zhang".into()).unwrap().unwrap().revision, 2);
        assert_eq!(store.account(&"wang".into()).unwrap(), None);
        assert_eq!(store.major(&"710205".into()).unwrap().unwrap().name, "大数据技术应用");
        assert_eq!(store.student(StudentId(1)).unwrap().unwrap().student_no, "G410782202400000001");
        let codes: Vec<_> = store.offices().iter().map(|office| office.id.to_string()).collect();
        assert_eq!(codes, [SCHOOL, COUNTY]);
        assert_eq!(store.accounts().len(), 1);
        assert_eq!(store.newest(), Some(at("2025-10-15T09:00")));
        assert_eq!(store.next_student(), StudentId(2));
        assert_eq!(store.next_application(2025), ApplicationId::new(2025, 2));
        assert_eq!(store.next_application(2024), ApplicationId::new(2024, 1));
        assert_eq!(store.next_application(2026), ApplicationId::new(2026, 1));
        assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
    });
}

#[test]
fn an_answer_carries_the_position_of_its_own_entry() {
    both(|store| {
        let seqs = store.commit(&[change(vec![new(answer(1))]), change(vec![new(answer(2))])]).unwrap();
        for (number, seq) in [(1, seqs[0]), (2, seqs[1])] {
            assert_eq!(store.answer(CommandId::from_u128(number)).unwrap().unwrap().seq, seq);
        }
        assert!(matches!(store.commit(&[change(vec![new(answer(1))])]), Err(StoreError::Conflict { .. })));
    });
}

#[test]
fn a_change_based_on_another_revision_takes_its_whole_group_down() {
    both(|store| {
        fill(store);
        let stale = [change(vec![new(student(2, 1))]), change(vec![put(student(1, 3), 2)])];
        match store.commit(&stale) {
            Err(StoreError::Conflict { key, stored, based_on }) => {
                assert_eq!((key, stored, based_on), (RecordKey::Student(StudentId(1)), 1, 2));
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(store.student(StudentId(2)).unwrap(), None);
        assert_eq!(store.journal_after(3, 9).unwrap(), []);
        for (revision, based_on) in [(1, 1), (2, 0), (0, 1)] {
            let same = [change(vec![put(student(1, revision), based_on)])];
            assert!(matches!(store.commit(&same), Err(StoreError::Conflict { .. })), "{revision} on {based_on}");
        }
        let on_each_other = [change(vec![put(student(1, 2), 1)]), change(vec![put(student(1, 3), 2)])];
        assert_eq!(store.commit(&on_each_other).unwrap(), [4, 5]);
        assert_eq!(store.student(StudentId(1)).unwrap().unwrap().revision, 3);
        let twice = [change(vec![put(student(1, 4), 3)]), change(vec![put(student(1, 4), 3)])];
        assert!(matches!(store.commit(&twice), Err(StoreError::Conflict { .. })));
        assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
    });
}

#[test]
fn the_journal_is_read_in_pieces() {
    both(|store| {
        for number in 1..=200 {
            store.commit(&[change(vec![new(student(number, 1))])]).unwrap();
        }
        let seqs = |after, count| {
            let entries = store.journal_after(after, count).unwrap();
            entries.iter().map(|entry| entry.seq).collect::<Vec<_>>()
        };
        assert_eq!(seqs(0, 3), [1, 2, 3]);
        assert_eq!(seqs(127, 4), [128, 129, 130, 131]);
        assert_eq!(seqs(198, 9), [199, 200]);
        assert_eq!(seqs(200, 9), Vec::<u64>::new());
        assert_eq!(seqs(500, 9), Vec::<u64>::new());
        assert_eq!(seqs(0, 0), Vec::<u64>::new());
        let entry = &store.journal_after(6, 1).unwrap()[0];
        assert_eq!(entry.writes[0].0, RecordKey::Student(StudentId(7)).to_bytes());
        assert_eq!(entry.command, "{\"do\":\"test\"}");
    });
}

#[test]
fn open_rows_follow_the_application_from_hand_to_hand() {
    both(|store| {
        fill(store);
        let id = ApplicationId::new(2025, 1);
        let (county, school) = (COUNTY.into(), SCHOOL.into());
        let row = store.open_at(&county).pop().unwrap();
        assert_eq!((row.id, row.waits, row.hand.clone()), (id, Waits::First, OfficeId::from(COUNTY)));
        assert_eq!((row.arrived, row.clock.clone()), (at("2025-10-10T09:00"), Some(clock())));
        assert_eq!((row.proposed.clone(), row.proposers.len(), row.deciders.len()), (None, 0, 0));
        assert_eq!(row.hands, [OfficeId::from(SCHOOL), OfficeId::from(COUNTY)]);
        assert_eq!(store.open_of_school(&school), store.open_at(&county));
        assert_eq!(store.open_of_student(StudentId(1)), [row]);
        assert!(store.open_at(&school).is_empty());

        let mut next = application(id, 1, 2);
        let round = next.round_mut().unwrap();
        round.acts.push(act(Verb::Proposed(Outcome::Approve, vec![]), "h1"));
        let by = signature("h1", Post::Handler);
        round.proposal = Some(Proposal {
            outcome: Outcome::Approve,
            reasons: vec![],
            by,
            at: at("2025-10-14T10:00"),
            external: None,
        });
        store.commit(&[change(vec![put(stored(next.clone()), 1)])]).unwrap();
        let row = store.open_at(&county).pop().unwrap();
        assert_eq!((row.waits, row.proposed), (Waits::Second, Some((Outcome::Approve, "h1".into()))));
        assert_eq!(row.proposers, [PersonId::from("h1")]);

        next.revision = 3;
        let round = next.round_mut().unwrap();
        round.proposal = None;
        round.acts.push(act(Verb::SentBack("再核".into()), "v1"));
        store.commit(&[change(vec![put(stored(next.clone()), 2)])]).unwrap();
        let row = store.open_at(&county).pop().unwrap();
        assert_eq!((row.waits, row.deciders), (Waits::SentBack, vec![PersonId::from("v1")]));

        next.revision = 4;
        next.phase = Phase::Returned;
        next.returning = Some(1);
        store.commit(&[change(vec![put(stored(next.clone()), 3)])]).unwrap();
        assert!(store.open_at(&county).is_empty());
        let row = store.open_at(&school).pop().unwrap();
        assert_eq!((row.hand, row.clock), (school.clone(), None));
        assert_eq!(row.proposers, [PersonId::from("e1")]);
        assert_eq!(row.deciders, [PersonId::from("r1")]);

        next.revision = 5;
        next.phase = Phase::Cancelled;
        store.commit(&[change(vec![put(stored(next), 4)])]).unwrap();
        assert!(store.open_at(&school).is_empty());
        assert!(store.open_of_school(&school).is_empty());
        assert!(store.open_of_student(StudentId(1)).is_empty());
        assert_eq!(store.applications_of(StudentId(1)), [id]);
        assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
    });
}

#[test]
fn applications_are_paged_by_id_and_counted_by_year() {
    both(|store| {
        let ids = [(2024, 9), (2025, 1), (2025, 41), (2026, 2)].map(|(year, n)| ApplicationId::new(year, n));
        let writes = ids.iter().rev().map(|&id| new(stored(application(id, 5, 1)))).collect();
        store.commit(&[change(writes)]).unwrap();
        assert_eq!(store.applications_after(None, 2), ids[..2]);
        assert_eq!(store.applications_after(Some(ids[1]), 9), ids[2..]);
        assert_eq!(store.applications_after(Some(ids[3]), 9), []);
        assert_eq!(store.applications_of(StudentId(5)), ids);
        assert_eq!(store.applications_of(StudentId(4)), []);
        assert_eq!(store.next_application(2025).number(), 42);
        assert_eq!(store.next_application(2026).number(), 3);
    });
}

#[test]
fn students_are_found_by_any_part_of_name_or_number() {
    both(|store| {
        let mut far = student(3, 1);
        if let Record::Student(student) = &mut far {
            student.name = "阿依古丽·买买提".into();
            student.school = "3641990002".into();
            student.id_no = "H12345678".into();
        }
        store.commit(&[change(vec![new(student(2, 1)), new(far), new(student(1, 1))])]).unwrap();
        let all = |_: &OfficeId| true;
        let find = |text: &str| store.find_students(text, 9, &all).iter().map(|id| id.0).collect::<Vec<_>>();
        assert_eq!(find("演练"), [1, 2]);
        assert_eq!(find("·买"), [3]);
        assert_eq!(find(" 买买提 "), [3]);
        assert_eq!(find("0304002x"), [2]);
        assert_eq!(find("h1234"), [3]);
        assert_eq!(find("410782"), [1, 2, 3]);
        assert_eq!(find("41"), Vec::<u64>::new(), "two characters of a number are too few");
        assert_eq!(find("甲G4107"), Vec::<u64>::new(), "a match does not reach from one field into the next");
        assert_eq!(find("0001410"), Vec::<u64>::new(), "nor from number to number");
        assert_eq!(store.find_students("410782", 1, &all), [StudentId(1)]);
        assert_eq!(store.find_students("410782", 9, &|school| school.as_str() != SCHOOL), [StudentId(3)]);
        assert_eq!(store.find_students("410782", 1, &|school| school.as_str() != SCHOOL), [StudentId(3)]);
    });
}

#[test]
fn after_closing_nothing_is_written() {
    let folder = small_store();
    let (store, report) = open(folder.path()).unwrap();
    assert_eq!((report.entries, report.records, report.replayed), (3, 5, 0));
    assert_eq!((report.rebuilt, report.cut), (None, None));
    store.close().unwrap();
    assert!(matches!(store.commit(&[change(vec![new(student(2, 1))])]), Err(StoreError::ReadOnly { .. })));
    assert!(store.get(&RecordKey::Student(StudentId(1))).unwrap().is_some(), "reading goes on");
}

#[test]
fn one_process_at_a_time_and_no_store_made_over_another() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(open(folder.path()), Err(StoreError::Io(_))));
    SledStore::create(folder.path()).unwrap();
    assert!(SledStore::is_store(folder.path()));
    let (store, _) = open(folder.path()).unwrap();
    assert!(matches!(open(folder.path()), Err(StoreError::Locked)));
    assert!(matches!(xueji::store::verify_folder(folder.path()), Err(StoreError::Locked)));
    assert!(matches!(SledStore::create(folder.path()), Err(StoreError::Locked)));
    drop(store);
    assert!(matches!(SledStore::create(folder.path()), Err(StoreError::Io(_))));
    open(folder.path()).unwrap();
    use std::os::unix::fs::PermissionsExt;
    let made = tempfile::tempdir().unwrap();
    let inner = made.path().join("data");
    std::fs::create_dir_all(inner.join("journal.new")).unwrap();
    std::fs::set_permissions(&inner, std::fs::Permissions::from_mode(0o700)).unwrap();
    SledStore::create(&inner).unwrap();
    open(&inner).unwrap();
    assert!(!inner.join("journal.new").exists(), "what an interrupted founding left is cleared away");
    let inner = made.path().join("fresh");
    SledStore::create(&inner).unwrap();
    assert_eq!(std::fs::metadata(&inner).unwrap().permissions().mode() & 0o777, 0o700);
}
