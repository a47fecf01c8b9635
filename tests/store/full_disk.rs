//! A disk that is really full: a small tmpfs in a mount namespace of our own, where the system lets us make one.

// A test program of its own: between fork and exec a child holds the locks of all stores that other tests have open.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code)]
#[path = "support.rs"]
mod support;

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use support::*;
use xueji::model::*;
use xueji::store::{Store, StoreError};

const PLACE: &str = "XUEJI_TEST_SMALL_DISK";

/// Runs this test once more, inside.
#[test]
fn a_disk_that_is_really_full_refuses_and_reads_and_recovers() {
    if let Some(place) = std::env::var_os(PLACE) {
        return on_a_small_disk(Path::new(&place));
    }
    let place = tempfile::tempdir().unwrap();
    let script = "mount -t tmpfs -o size=12m none \"$1\" || exit 77; shift; exec \"$@\"";
    let child = Command::new("unshare")
        .args(["-rm", "sh", "-c", script, "sh"])
        .arg(place.path())
        .arg(std::env::current_exe().unwrap())
        .args(["a_disk_that_is_really_full_refuses_and_reads_and_recovers", "--exact", "--nocapture"])
        .env(PLACE, place.path())
        .output();
    match child {
        Ok(output) if output.status.success() => {
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(said.contains("1 passed"), "{said}");
        }
        Ok(output) if output.status.code() == Some(101) => {
            panic!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
        }
        other => eprintln!("SKIPPED: no small disk can be mounted here: {other:?}"),
    }
}

/// Takes all the room that is left.
fn fill_up(path: &PathBuf) {
    let mut file = fs::OpenOptions::new().append(true).create(true).open(path).unwrap();
    for size in [1 << 16, 4096, 1] {
        loop {
            match file.write(&vec![7; size]) {
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::StorageFull => break,
                Err(error) => panic!("{error}"),
            }
        }
    }
}

fn on_a_small_disk(place: &Path) {
    let folder = place.join("data");
    let filler = place.join("filler");
    xueji::store::SledStore::create(&folder).unwrap();
    let (store, _) = open(&folder).unwrap();
    fill(&store);
    let mut next = 2;
    let mut add = |store: &dyn Store| {
        let group: Vec<_> = (next..next + 10).map(|number| change(vec![new(student(number, 1))])).collect();
        store.commit(&group).map(|_| next += 10)
    };
    for _ in 0..3 {
        while fs::metadata(&filler).map_or(0, |found| found.len()) == 0 {
            add(&store).unwrap();
            fill_up(&filler);
        }
        // What is left of the last page still takes something.
        while let Ok(()) = add(&store) {}
        let refused = add(&store).unwrap_err();
        assert!(matches!(&refused, StoreError::Write(error) if error.kind() == ErrorKind::StorageFull), "{refused:?}");
        // sled writes behind, and finds the disk full in its own time; whatever it makes of that, reading goes on.
        let until = std::time::Instant::now() + std::time::Duration::from_millis(700);
        let last = store.next_student().0;
        while std::time::Instant::now() < until {
            for number in 1..last {
                let found = store.get(&RecordKey::Student(StudentId(number))).unwrap();
                assert!(found.is_some(), "student {number}");
            }
            assert!(add(&store).is_err());
        }
        assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
        fs::remove_file(&filler).unwrap();
        for _ in 0..20 {
            add(&store).unwrap();
        }
        assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
    }
    let before = store.dump().unwrap();
    // Not closed properly: the next opening has to find its own way.
    drop(store);
    let (store, report) = open(&folder).unwrap();
    assert_eq!((report.cut, report.rebuilt), (None, None), "sled only lags behind");
    assert!(store.dump().unwrap() == before);
    assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
}
