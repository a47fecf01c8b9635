//! The two engines hold the same bytes after the same changes, whatever the changes.

use crate::support::*;
use proptest::prelude::*;
use xueji::model::*;
use xueji::store::{MemoryStore, SledStore, Store};

#[derive(Debug, Clone)]
enum Step {
    Student(u64),
    Office(u8),
    Account(u8),
    Application(u32, u8),
    Answer,
    /// Based on a revision that is not the stored one.
    Stale(u64),
}

fn steps() -> impl Strategy<Value = Vec<Vec<Step>>> {
    let step = prop_oneof![
        (1..6_u64).prop_map(Step::Student),
        (0..3_u8).prop_map(Step::Office),
        (0..3_u8).prop_map(Step::Account),
        ((1..5_u32), (0..6_u8)).prop_map(|(number, phase)| Step::Application(number, phase)),
        Just(Step::Answer),
        (1..6_u64).prop_map(Step::Stale),
    ];
    prop::collection::vec(prop::collection::vec(step, 1..4), 1..12)
}

const PHASES: [Phase; 6] =
    [Phase::Preparing, Phase::Open, Phase::Returned, Phase::Granted, Phase::Refused, Phase::Cancelled];

/// The write a step stands for, on what the store holds and on the earlier steps of the group.
fn write(store: &dyn Store, group: &[Change], step: &Step, answers: &mut u128) -> Write {
    let revision = |key: RecordKey| {
        let mut earlier = group.iter().flat_map(|change| &change.writes).filter(|write| write.record.key() == key);
        let earlier = earlier.next_back().map(|write| write.record.revision());
        earlier.or_else(|| store.get(&key).unwrap().map(|record| record.revision())).unwrap_or(0)
    };
    match *step {
        Step::Student(id) => {
            let before = revision(RecordKey::Student(StudentId(id)));
            put(student(id, before + 1), before)
        }
        Step::Stale(id) => put(student(id, 100), revision(RecordKey::Student(StudentId(id))) + 1),
        Step::Office(number) => {
            let code = format!("41070{number}");
            let before = revision(RecordKey::Office(code.as_str().into()));
            put(office(&code, before + 1), before)
        }
        Step::Account(number) => {
            let name = format!("a{number}");
            let before = revision(RecordKey::Account(name.as_str().into()));
            put(account(&name, before + 1), before)
        }
        Step::Application(number, phase) => {
            let id = ApplicationId::new(2025, number);
            let before = revision(RecordKey::Application(id));
            let mut next = application(id, u64::from(number % 3) + 1, before + 1);
            next.phase = PHASES[usize::from(phase)];
            put(Record::Application(Box::new(next)), before)
        }
        Step::Answer => {
            *answers += 1;
            new(answer(*answers))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_engines_hold_the_same_bytes(groups in steps(), reopen_at in 0..12_usize) {
        let memory = MemoryStore::new();
        let folder = tempfile::tempdir().unwrap();
        SledStore::create(folder.path()).unwrap();
        let mut sled = open(folder.path()).unwrap().0;
        let mut answers = 0;
        for (at, steps) in groups.iter().enumerate() {
            let mut group = Vec::new();
            for step in steps {
                let write = write(&memory, &group, step, &mut answers);
                group.push(change(vec![write]));
            }
            let stale = steps.iter().any(|step| matches!(step, Step::Stale(_)));
            let before = memory.dump().unwrap();
            let (one, other) = (memory.commit(&group), sled.commit(&group));
            prop_assert_eq!(one.is_err(), stale);
            prop_assert_eq!(one.ok(), other.ok());
            if stale {
                prop_assert_eq!(memory.dump().unwrap(), before);
            }
            if at == reopen_at {
                drop(sled);
                sled = open(folder.path()).unwrap().0;
            }
            prop_assert_eq!(memory.dump().unwrap(), sled.dump().unwrap());
        }
        prop_assert_eq!(memory.journal_after(0, 999).unwrap(), sled.journal_after(0, 999).unwrap());
        let stores: [&dyn Store; 2] = [&memory, &sled];
        for store in stores {
            prop_assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
        }
        for office in [COUNTY, SCHOOL] {
            prop_assert_eq!(memory.open_at(&office.into()), sled.open_at(&office.into()));
            prop_assert_eq!(memory.open_of_school(&office.into()), sled.open_of_school(&office.into()));
        }
        prop_assert_eq!(memory.next_application(2025), sled.next_application(2025));
        prop_assert_eq!(memory.applications_after(None, 99), sled.applications_after(None, 99));
    }
}
