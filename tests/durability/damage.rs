//! Damage is named, never passed over: a byte of the journal, a record, a piece of evidence. What a crash cut short is
//! no damage.

use super::ground::{ALL_SEEING, Chance, Seed, call, copy, county, dump, same, verified};
use super::small::people;
use crate::support::store::temp_exercise;
use crate::support::{TempStore, log_of, until};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::process::Output;
use xueji::model::{Founding, Level, Office, RecordKey, Seed as Piece, Stamp, StudentId};
use xueji::store::{Options, SledStore, Store, StoreError, verify_folder};

fn journal(store: &TempStore) -> PathBuf {
    store.data().join("journal").join(format!("{:020}.xj", 1))
}

/// Tries again while the folder seems locked: a process that another test is just starting holds copies of our open
/// files until it becomes the program.
fn unlocked<T>(attempt: impl Fn() -> Result<T, StoreError>) -> Result<T, StoreError> {
    until("the folder not to be locked", || match attempt() {
        Err(StoreError::Locked) => None,
        other => Some(other),
    })
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// That both `verify` and the server refuse this folder, and name all of these.
fn refused(store: &TempStore, names: &[&str]) {
    for args in [&["verify"][..], &["serve"], &["call"]] {
        let output = store.run(args);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(5), "{args:?}: {said}");
        for name in names {
            assert!(said.contains(name), "{args:?} does not name {name}: {said}");
        }
    }
}

#[test]
fn a_flipped_byte_of_the_journal_is_named_and_nothing_is_opened() {
    let seed = Seed::choose();
    let mut chance = Chance::new(seed.0);
    let store = temp_exercise("410000");
    let server = store.serve();
    people(&store);
    server.stop();
    let good = fs::read(journal(&store)).unwrap();
    let mut places: Vec<usize> = (0..30).map(|_| chance.below(good.len() as u64) as usize).collect();
    // The very first and last bytes, and the header and digest of the first entry.
    places.extend([0, 1, 4, 12, 16, 19, good.len() - 1, good.len() - 33]);
    for place in places {
        let mut bad = good.clone();
        bad[place] ^= 1 << chance.below(8);
        fs::write(journal(&store), &bad).unwrap();
        refused(&store, &["journal/00000000000000000001.xj", "offset", "entry"]);
    }
    // As it was, it is as good as before: refusing has changed nothing.
    fs::write(journal(&store), &good).unwrap();
    assert!(store.run_ok(&["verify"]).contains("核验无误"));
    let _server = store.serve();
    verified(&store);
}

#[test]
fn no_byte_of_a_small_journal_can_be_flipped_unseen() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("data");
    SledStore::create(&folder).unwrap();
    let (store, _) = SledStore::open(&folder, Options::default(), &mut |_| ()).unwrap();
    let calendar =
        xueji::law::calendar::Calendar::new(xueji::data::CALENDAR_EDITION, xueji::data::calendar_days().unwrap())
            .unwrap();
    let now = Stamp::now();
    let office = |id: &str| Office {
        id: id.into(),
        revision: 1,
        name: "演练".into(),
        level: Level::County,
        parent: None,
        school: None,
    };
    let piece = |id: &str| Piece { offices: vec![office(id)], ..Piece::default() };
    let founding = Founding { exercise: Some(now), office: "410782".into(), master: piece("410782") };
    xueji::server::found(&store, &calendar, now, &xueji::model::Command::Found(Box::new(founding))).unwrap();
    for id in ["410721", "410783"] {
        xueji::server::found(&store, &calendar, now, &xueji::model::Command::Seed(Box::new(piece(id)))).unwrap();
    }
    store.close().unwrap();
    drop(store);
    let path = folder.join("journal").join(format!("{:020}.xj", 1));
    let good = fs::read(&path).unwrap();
    assert!(good.len() < 4000, "{} bytes are not small", good.len());
    for place in 0..good.len() {
        let mut bad = good.clone();
        bad[place] ^= 0x10;
        fs::write(&path, &bad).unwrap();
        let damage = unlocked(|| verify_folder(&folder)).unwrap().damage;
        assert!(damage.iter().any(|line| line.contains("journal/")), "byte {place}: {damage:?}");
        let opened = unlocked(|| SledStore::open(&folder, Options::default(), &mut |_| ()));
        let opened = opened.map(|(_, report)| report);
        assert!(matches!(opened, Err(StoreError::Damaged { .. })), "byte {place}: {opened:?}");
    }
    for length in 0..good.len() {
        fs::write(&path, &good[..length]).unwrap();
        assert!(!unlocked(|| verify_folder(&folder)).unwrap().damage.is_empty(), "cut to {length}");
    }
    fs::write(&path, &good).unwrap();
    assert_eq!(unlocked(|| verify_folder(&folder)).unwrap().damage, Vec::<String>::new());
}

#[test]
fn a_torn_last_entry_is_cut_and_the_command_can_be_given_again() {
    let store = county();
    let pristine = store.home().join("pristine");
    let server = store.serve();
    let before = dump(&store);
    server.kill9();
    copy(store.data(), &pristine);
    let short = fs::read(journal(&store)).unwrap();

    let mut student = {
        let server = store.serve();
        let mut shown = call(&store, ALL_SEEING, &[json!({ "do": "students.show", "student": "S0000009" })]);
        server.kill9();
        shown[0]["ok"]["student"].take()
    };
    student["class_name"] = "断电班".into();
    let command = json!({
        "do": "students.put", "student": student, "command": "6f1f1a3e-0000-4000-8000-000000000001",
    });
    let server = store.serve();
    let first = call(&store, ALL_SEEING, std::slice::from_ref(&command)).remove(0);
    assert!(first.get("ok").is_some(), "{first}");
    server.stop();
    let long = fs::read(journal(&store)).unwrap();
    assert_eq!(long[..short.len()], short[..]);

    // Whoever has seen the entry whole does not take a cut one for a crash.
    fs::write(journal(&store), &long[..long.len() - 1]).unwrap();
    refused(&store, &["journal/", "entry"]);

    let entry = long.len() - short.len();
    for torn in [1, 19, 20, 21, entry / 2, entry - 33, entry - 1] {
        fs::remove_dir_all(store.data()).unwrap();
        copy(&pristine, store.data());
        fs::write(journal(&store), &long[..short.len() + torn]).unwrap();
        let server = store.serve();
        assert_eq!(fs::metadata(journal(&store)).unwrap().len(), short.len() as u64, "{torn} bytes of it");
        let log = log_of(&store.data().join("log"));
        assert!(log.contains("taken off the journal"), "{torn}: {log}");
        same(&before, &dump(&store), "after a torn entry");
        let show = json!({ "do": "commands.show", "command_id": command["command"] });
        let asked = call(&store, ALL_SEEING, &[show, command.clone()]);
        assert_eq!(asked[0]["error"]["kind"], "not_found");
        assert_eq!(asked[1]["ok"], first["ok"]);
        verified(&store);
        server.kill9();
    }
}

#[test]
fn a_flipped_record_is_named_and_set_right_from_the_journal() {
    let store = county();
    let server = store.serve();
    let before = dump(&store);
    server.stop();
    for (number, removed) in [(5_u64, false), (77, true)] {
        let key = RecordKey::Student(StudentId(number)).to_bytes();
        {
            let db = sled::open(store.data().join("view")).unwrap();
            let tree = db.open_tree("records").unwrap();
            let mut value = tree.get(&key).unwrap().expect("the student is there").to_vec();
            let middle = value.len() / 2;
            value[middle] ^= 1;
            if removed {
                tree.remove(&key).unwrap();
            } else {
                tree.insert(&key, value).unwrap();
            }
            db.flush().unwrap();
        }
        let name = format!("student S{number:07}");
        let output = store.run(&["verify"]);
        assert_eq!(output.status.code(), Some(5), "{}", said(&output));
        assert!(said(&output).contains(&name), "{}", said(&output));
        // Looking at it has not set it right, nor left anything behind.
        assert_eq!(store.run(&["verify"]).status.code(), Some(5));
        let server = store.serve();
        let log = log_of(&store.data().join("log"));
        assert!(log.contains("rebuilt from the journal") && log.contains(&name), "{log}");
        same(&before, &dump(&store), "after a flipped record");
        verified(&store);
        server.stop();
        assert!(store.run_ok(&["verify"]).contains("核验无误"));
    }
}

#[test]
fn altered_and_missing_evidence_is_named() {
    let store = county();
    let mut pieces = Vec::new();
    for folder in fs::read_dir(store.data().join("evidence")).unwrap() {
        let folder = folder.unwrap().path();
        pieces.extend(fs::read_dir(&folder).unwrap().map(|item| item.unwrap().path()));
    }
    pieces.sort();
    assert!(pieces.len() >= 2, "{pieces:?}");
    assert!(store.run_ok(&["verify"]).contains("核验无误"));
    let server = store.serve();
    let (altered, missing) = (pieces[0].clone(), pieces[1].clone());
    let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    let mut bytes = fs::read(&altered).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&altered, bytes).unwrap();
    fs::remove_file(&missing).unwrap();
    let named = |damage: &Value| {
        let lines: Vec<&str> = damage.as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
        let has = |digest: &str| lines.iter().any(|line| line.contains(digest));
        assert!(has(&name(&altered)) && has(&name(&missing)) && lines.len() == 2, "{lines:?}");
    };
    named(&call(&store, ALL_SEEING, &[json!({ "do": "verify" })])[0]["ok"]["damage"]);
    for stopped in [false, true] {
        let output = store.run(&["--json", "verify"]);
        assert_eq!(output.status.code(), Some(5), "stopped {stopped}: {}", said(&output));
        named(&serde_json::from_slice::<Value>(&output.stdout).unwrap()["damage"]);
        if !stopped {
            store.run_ok(&["stop"]);
        }
    }
    drop(server);
}
