//! Random but legal lives of a thousand students, on the real desk and the real store, held to a table of what is
//! allowed that was typed by hand (`tests/law/status.toml`), and not taken from the law of the program.
//!
//! A new kind of application needs a row in that table and an arm in `lives/wishes.rs`; the rest follows.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "lives/allowed.rs"]
mod allowed;
#[allow(dead_code, unreachable_pub, reason = "shared with other tests")]
#[path = "support/cells.rs"]
mod cells;
#[path = "lives/chance.rs"]
mod chance;
#[path = "lives/clerk.rs"]
mod clerk;
#[path = "lives/county.rs"]
mod county;
#[path = "lives/life.rs"]
mod life;
#[path = "lives/wishes.rs"]
mod wishes;

use allowed::Allowed;
use county::County;
use xueji::desk::alerts::Board;
use xueji::model::{Change, Kind, Record, RecordKey, Write};
use xueji::store::codec::{decode, encode};
use xueji::store::{MemoryStore, Store};

/// Students whose lives are lived.
const STUDENTS: u64 = 1_000;
/// Times every student is turned to; thirteen days pass in between.
const ROUNDS: u32 = 40;

#[test]
fn no_life_reaches_a_state_that_is_not_allowed_and_the_journal_tells_all_of_it() {
    let seed = std::env::var("XUEJI_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_251_015);
    // Shown when the test fails: XUEJI_SEED repeats the run.
    println!("XUEJI_SEED={seed}");
    let allowed = Allowed::read();
    let mut county = County::found(STUDENTS);
    let lived = life::live(&mut county, &allowed, seed, ROUNDS);
    println!("{lived}");

    allowed.all_lived(&lived.granted);
    assert!(lived.together > 50 && lived.crowd >= 30, "hardly anybody moved in a batch: {lived}");
    county.every_file_adds_up(&allowed);
    same_in_memory(&county);
}

/// The journal alone, played into the other engine, gives the same keys and bytes; and after every single command the
/// alerts of a school that were judged only when something had changed are those of a full evaluation.
fn same_in_memory(county: &County) {
    let memory = MemoryStore::new();
    let mut board = Board::default();
    let mut many = 0_u64;
    let mut after = 0;
    loop {
        let entries = county.store.journal_after(after, 500).unwrap();
        let Some(last) = entries.last() else { break };
        after = last.seq;
        for entry in entries {
            let writes = entry.writes.iter().map(|(key, value)| {
                let record = decode(RecordKey::from_bytes(key).unwrap().kind(), value).unwrap();
                assert_eq!(&encode(&record).unwrap(), value, "entry {}: bytes that do not read back", entry.seq);
                let stored = memory.get(&record.key()).unwrap();
                Write { based_on: stored.map_or(0, |stored| stored.revision()), record }
            });
            let change = Change {
                writes: writes.collect(),
                actor: entry.actor,
                at: entry.at,
                command_id: entry.command_id,
                command: entry.command,
            };
            let today = change.at.day();
            assert_eq!(memory.commit(&[change]).unwrap(), [entry.seq]);
            // One school after every command, in turn: a reading that was not done again where it should have been stays
            // wrong until its school's turn comes.
            let turn = usize::try_from(many).unwrap() % county.schools.len();
            let one = &county.schools[turn..=turn];
            life::alerts_are_those_of_a_full_evaluation(&memory, one, today, &mut board);
            many += 1;
        }
    }
    assert!(board.judged() < many, "everything was judged every time: {} of {many}", board.judged());
    let (replayed, stored) = (memory.dump().unwrap(), county.store.dump().unwrap());
    assert!(replayed.len() > STUDENTS as usize * 2);
    assert_eq!(replayed.len(), stored.len(), "keys");
    // The first key is the store's own tally. It knows where groups of entries began, which is no matter of records.
    for (one, other) in replayed.iter().zip(&stored).skip(1) {
        assert_eq!(one, other, "{:?}", RecordKey::from_bytes(&one.0));
    }
    for store in [&memory as &dyn Store, &county.store] {
        assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
    }
}

#[test]
fn every_kind_has_its_row() {
    let allowed = Allowed::read();
    // What is not lived here is played elsewhere, and needs no row.
    for kind in Kind::ALL.into_iter().filter(|kind| !clerk::ELSEWHERE.contains(kind)) {
        assert!(allowed.has(kind.name()), "{} has no row in tests/law/status.toml", kind.name());
        assert!(!allowed.is_later(kind.name()), "{}: `later` in its row is for what is not lived", kind.name());
    }
}

#[test]
fn a_change_that_is_not_allowed_is_found() {
    let allowed = Allowed::read();
    let county = County::found(30);
    let student = |status: &str| {
        let all = (1..=30).map(|id| county.student(id));
        all.into_iter().find(|student| student.status.name() == status).unwrap()
    };
    let changed = |before: &xueji::model::Student, to: &[xueji::model::Status]| {
        let mut after = before.clone();
        for to in to {
            county::turn(&mut after, *to, county::day("2025-09-01"));
        }
        after.revision = before.revision + 1;
        after
    };
    use xueji::model::Status::{Cancelled, Enrolled, Suspended, Withdrawn};
    let enrolled = student("在读");
    assert_eq!(allowed.judge("休学", &enrolled, &changed(&enrolled, &[Suspended])), Ok(()));
    for (act, to) in [("休学", &[Withdrawn][..]), ("注销", &[Withdrawn, Cancelled]), ("留级", &[Suspended])] {
        assert!(allowed.judge(act, &enrolled, &changed(&enrolled, to)).is_err(), "{act} {to:?}");
    }
    let withdrawn = student("退学");
    assert!(allowed.judge("休学", &withdrawn, &changed(&withdrawn, &[Suspended])).is_err());
    assert_eq!(allowed.judge("恢复学籍", &withdrawn, &changed(&withdrawn, &[Enrolled])), Ok(()));
    let mut moved = changed(&enrolled, &[Suspended]);
    moved.planned_grad = county::day("2030-07-01");
    assert!(allowed.judge("休学", &enrolled, &moved).unwrap_err().contains("planned_grad"));
    let mut silent = changed(&enrolled, &[Suspended]);
    silent.history.pop();
    assert!(allowed.judge("休学", &enrolled, &silent).is_err(), "a status without a line in the timeline");
    assert!(Record::Student(Box::new(moved)).revision() > enrolled.revision);
}
