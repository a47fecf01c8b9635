//! A store that is open before its students are read.

use crate::support::*;
use std::path::Path;
use xueji::model::*;
use xueji::store::{Options, Reading, SledStore, Store, StoreError, codec};

/// Opens early whatever its size.
fn early(folder: &Path) -> SledStore {
    open_with(folder, Options { late_from: Some(1), ..Options::default() }).unwrap().0
}

/// A closed store of so many students beside the usual few records.
fn store_of(students: u64) -> tempfile::TempDir {
    let folder = small_store();
    let (store, _) = open(folder.path()).unwrap();
    for number in 2..=students {
        store.commit(&[change(vec![new(student(number, 1))])]).unwrap();
    }
    store.close().unwrap();
    folder
}

fn found(store: &SledStore) -> usize {
    let mut count = 0;
    store.each_student_number(&mut |_, _, _| count += 1);
    count
}

#[test]
fn all_but_students_is_there_at_once_and_they_come_later() {
    let folder = store_of(1500);
    let store = early(folder.path());
    let total = 1500 + 4;
    assert_eq!(store.reading(), Some(Reading { done: 3, total }), "facts, a school, an application");
    assert_eq!((found(&store), store.application_count(), store.offices().len()), (0, 1, 1));
    assert!(!store.open_of_school(&SCHOOL.into()).is_empty(), "the queue is there");
    // By its id a student is found all the time.
    assert!(store.get(&RecordKey::Student(StudentId(1500))).unwrap().is_some());
    let mut seen = Vec::new();
    store.read_late(&mut |reading| seen.push(reading.done)).unwrap();
    assert!(seen.len() > 1 && seen.is_sorted() && seen.last() == Some(&total), "{seen:?}");
    assert_eq!((store.reading(), found(&store)), (None, 1500));
    assert_eq!(store.next_student(), StudentId(1501));
    assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
    store.close().unwrap();
    drop(store);
    let (store, report) = open(folder.path()).unwrap();
    assert_eq!((report.rebuilt, report.replayed, found(&store)), (None, 0, 1500));
}

#[test]
fn what_is_written_meanwhile_is_not_overwritten_by_what_lay_there() {
    let folder = store_of(1200);
    let store = early(folder.path());
    // One of the first and one of the last that will be read, twice; a new one; and an answer.
    for revision in [2, 3] {
        for number in [1, 1200] {
            store.commit(&[change(vec![put(student(number, revision), revision - 1)])]).unwrap();
        }
    }
    store.commit(&[change(vec![new(student(1201, 1)), new(answer(2))])]).unwrap();
    // And while they are read.
    let mut next = 2;
    store
        .read_late(&mut |_| {
            store.commit(&[change(vec![put(student(next, 2), 1)])]).unwrap();
            next += 100;
        })
        .unwrap();
    assert!(next > 2, "nothing was written while students were read");
    assert_eq!(found(&store), 1201);
    assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
    store.close().unwrap();
    drop(store);
    let store = early(folder.path());
    store.read_late(&mut |_| {}).unwrap();
    assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
    drop(store);
    // Without a mark of a clean stop everything is compared first.
    let store = early(folder.path());
    assert_eq!((store.reading(), found(&store)), (None, 1201));
}

fn ended(number: u32, revision: u64) -> Record {
    let of = application(ApplicationId::new(2025, number), 1, revision);
    Record::Application(Box::new(Application { phase: Phase::Granted, ..of }))
}

#[test]
fn applications_that_have_ended_come_later_too_whatever_becomes_of_the_others_meanwhile() {
    let folder = small_store();
    let (store, _) = open(folder.path()).unwrap();
    for number in 2..=5 {
        store.commit(&[change(vec![new(ended(number, 1))])]).unwrap();
    }
    store.close().unwrap();
    drop(store);
    let store = early(folder.path());
    assert_eq!(store.applications_of(StudentId(1)), [ApplicationId::new(2025, 1)]);
    let fifth = RecordKey::Application(ApplicationId::new(2025, 5));
    assert!(store.get(&fifth).unwrap().is_some(), "by its id it is found");
    // The open one ends, an ended one is written on, a new one begins and ends at once.
    store.commit(&[change(vec![put(ended(1, 2), 1), put(ended(3, 2), 1)])]).unwrap();
    store.commit(&[change(vec![new(ended(6, 1))])]).unwrap();
    let begun = application(ApplicationId::new(2025, 7), 1, 1);
    store.commit(&[change(vec![new(Record::Application(Box::new(begun)))])]).unwrap();
    store.read_late(&mut |_| {}).unwrap();
    let all: Vec<_> = (1..=7).map(|number| ApplicationId::new(2025, number)).collect();
    assert_eq!(store.applications_of(StudentId(1)), all);
    assert_eq!((store.application_count(), store.next_application(2025)), (7, ApplicationId::new(2025, 8)));
    assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
    store.close().unwrap();
    drop(store);
    let (store, report) = open(folder.path()).unwrap();
    assert_eq!((report.rebuilt, report.replayed, store.application_count()), (None, 0, 7));
}

#[test]
fn a_view_that_is_not_what_the_journal_says_is_found_out_and_rebuilt_at_the_next_opening() {
    for broken in [false, true] {
        let folder = store_of(700);
        let store = early(folder.path());
        let before = store.dump().unwrap();
        store.read_late(&mut |_| {}).unwrap();
        let bytes = if broken { b"no record".to_vec() } else { codec::encode(&student(650, 2)).unwrap() };
        store.tamper(&RecordKey::Student(StudentId(650)), Some(&bytes)).unwrap();
        store.close().unwrap();
        drop(store);

        let store = early(folder.path());
        assert!(store.reading().is_some(), "the mark of a clean stop is believed first");
        let error = store.read_late(&mut |_| {}).unwrap_err();
        assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
        let refused = store.commit(&[change(vec![new(student(9999, 1))])]).unwrap_err();
        assert!(matches!(refused, StoreError::ReadOnly { .. }), "{refused}");
        store.close().unwrap();
        drop(store);

        let (store, report) = open_with(folder.path(), Options { late_from: Some(1), ..Options::default() }).unwrap();
        assert!(report.rebuilt.is_some(), "{report:?}");
        assert!(store.reading().is_none() && store.dump().unwrap() == before);
    }
}

#[test]
fn a_store_closed_before_all_is_read_opens_as_well_as_ever() {
    let folder = store_of(600);
    let store = early(folder.path());
    store.commit(&[change(vec![put(student(7, 2), 1)])]).unwrap();
    store.close().unwrap();
    // Whoever was to read them finds nothing to do.
    store.read_late(&mut |_| panic!("it goes on reading")).unwrap();
    drop(store);
    let (store, report) = open(folder.path()).unwrap();
    assert_eq!((report.rebuilt, report.replayed, found(&store)), (None, 0, 600));
    assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
}
