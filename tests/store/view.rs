//! The view lost or damaged in every way: it comes back equal from the journal.

use crate::support::*;
use std::fs;
use std::path::{Path, PathBuf};
use xueji::model::*;
use xueji::store::{OpenReport, Pair, SledStore, Store};

/// Noise that is the same in every run.
fn noise(length: usize, seed: u64) -> Vec<u8> {
    let mut out = vec![0; length];
    let mut hasher = seed;
    for byte in &mut out {
        hasher = hasher.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        *byte = (hasher >> 33) as u8;
    }
    out
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for item in fs::read_dir(folder).unwrap() {
        let item = item.unwrap();
        if item.file_type().unwrap().is_dir() {
            found.extend(files(&item.path()));
        } else {
            found.push(item.path());
        }
    }
    found.sort();
    found
}

/// A store with some life behind it, closed and opened a few times, and what it holds.
fn lived() -> (tempfile::TempDir, Vec<Pair>) {
    let folder = small_store();
    for round in 0..3 {
        let (store, _) = open(folder.path()).unwrap();
        for number in 0..30 {
            store.commit(&[change(vec![new(student(100 + round * 100 + number, 1))])]).unwrap();
        }
        store.commit(&[change(vec![put(student(1, 2 + round), 1 + round)])]).unwrap();
        store.close().unwrap();
    }
    let (store, report) = open(folder.path()).unwrap();
    assert_eq!((report.rebuilt, report.replayed), (None, 0));
    let dump = store.dump().unwrap();
    store.close().unwrap();
    (folder, dump)
}

fn comes_back(folder: &Path, before: &[Pair], what: &str) -> OpenReport {
    let (store, report) = open(folder).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert!(store.dump().unwrap() == before, "{what}: the records differ");
    assert_eq!(store.verify().unwrap().damage, Vec::<String>::new(), "{what}");
    store.close().unwrap();
    drop(store);
    let (store, again) = open(folder).unwrap();
    assert_eq!((again.rebuilt, again.replayed), (None, 0), "{what}: the next opening trusts the view");
    assert!(store.dump().unwrap() == before, "{what}: the records differ at the next opening");
    report
}

#[test]
fn a_view_deleted_or_emptied_is_rebuilt() {
    let (folder, before) = lived();
    for marked in [true, false] {
        for what in ["deleted", "emptied"] {
            let broken = copy(folder.path());
            if !marked {
                forget_markers(broken.path());
            }
            fs::remove_dir_all(broken.path().join("view")).unwrap();
            if what == "emptied" {
                fs::create_dir(broken.path().join("view")).unwrap();
            }
            let report = comes_back(broken.path(), &before, what);
            assert_eq!(report.replayed, 96);
            assert_eq!(report.rebuilt.is_some(), marked, "a view that never was is filled, not rebuilt");
        }
    }
}

#[test]
fn any_file_of_the_view_cut_zeroed_or_randomised_changes_nothing() {
    let (folder, before) = lived();
    let view = folder.path().join("view");
    let names: Vec<_> = files(&view).iter().map(|path| path.strip_prefix(&view).unwrap().to_owned()).collect();
    assert!(names.len() >= 3, "{names:?}");
    for name in names {
        let good = fs::read(view.join(&name)).unwrap();
        let length = good.len();
        let mut harms: Vec<(String, Option<Vec<u8>>)> = vec![("gone".into(), None)];
        for cut in [0, 1, length / 4, length / 2, length.saturating_sub(1)] {
            harms.push((format!("cut to {cut}"), Some(good[..cut.min(length)].to_vec())));
        }
        harms.push(("zeroed".into(), Some(vec![0; length])));
        for seed in 1..=3 {
            harms.push((format!("noise {seed}"), Some(noise(length, seed))));
            let mut half = good.clone();
            half[length / 2..].copy_from_slice(&noise(length - length / 2, seed));
            harms.push((format!("half noise {seed}"), Some(half)));
        }
        for (number, (harm, bytes)) in harms.into_iter().enumerate() {
            let what = format!("{} {harm}", name.display());
            let broken = copy(folder.path());
            // Every other time with nothing that says how far the journal had been.
            if number % 2 == 1 {
                forget_markers(broken.path());
            }
            let path = broken.path().join("view").join(&name);
            match bytes {
                None => fs::remove_file(&path).unwrap(),
                Some(bytes) => fs::write(&path, bytes).unwrap(),
            }
            comes_back(broken.path(), &before, &what);
        }
    }
}

#[test]
fn an_older_copy_of_the_view_catches_up() {
    let folder = small_store();
    let old = copy(folder.path());
    let (store, _) = open(folder.path()).unwrap();
    store.commit(&[change(vec![put(student(1, 2), 1)]), change(vec![new(student(2, 1))])]).unwrap();
    let before = store.dump().unwrap();
    store.close().unwrap();
    drop(store);
    fs::remove_dir_all(folder.path().join("view")).unwrap();
    fs::rename(old.path().join("view"), folder.path().join("view")).unwrap();
    let report = comes_back(folder.path(), &before, "an older view");
    assert_eq!((report.replayed, report.rebuilt), (2, None));
}

#[test]
fn an_unfinished_snapshot_does_not_keep_the_store_shut() {
    let (folder, before) = lived();
    let left = folder.path().join("view").join("snap.00000000000000FF.generating");
    fs::write(&left, b"half a snapshot").unwrap();
    let report = comes_back(folder.path(), &before, "an unfinished snapshot");
    assert_eq!(report.rebuilt, None, "the view itself was good");
    assert!(!left.exists());
}

/// Opens sled itself, as nobody should.
fn with_sled(folder: &Path, harm: impl FnOnce(&sled::Tree)) {
    let db = sled::open(folder.join("view")).unwrap();
    harm(&db.open_tree("records").unwrap());
    db.flush().unwrap();
}

#[test]
fn a_record_changed_through_sled_itself_is_named_and_put_right() {
    let folder = small_store();
    let (store, _) = open(folder.path()).unwrap();
    let before = store.dump().unwrap();
    store.close().unwrap();
    drop(store);
    let key = RecordKey::Student(StudentId(1)).to_bytes();
    let other = RecordKey::Student(StudentId(2)).to_bytes();
    let length = before.iter().find(|(found, _)| *found == key).unwrap().1.len();
    for place in (0..length).step_by(11) {
        with_sled(folder.path(), |tree| {
            let mut value = tree.get(&key).unwrap().unwrap().to_vec();
            value[place] ^= 2;
            tree.insert(&key, value).unwrap();
        });
        let report = comes_back(folder.path(), &before, "a flipped byte");
        assert!(report.rebuilt.as_ref().unwrap().contains("student S0000001"), "{report:?}");
        close(folder.path());
    }
    with_sled(folder.path(), |tree| drop(tree.remove(&key).unwrap()));
    let report = comes_back(folder.path(), &before, "a record taken out");
    assert!(report.rebuilt.unwrap().contains("student S0000001 is missing"));
    close(folder.path());
    with_sled(folder.path(), |tree| drop(tree.insert(&other, &b"x"[..]).unwrap()));
    assert!(comes_back(folder.path(), &before, "a record put in").rebuilt.is_some());
    close(folder.path());
    with_sled(folder.path(), |tree| drop(tree.insert([0], &b"x"[..]).unwrap()));
    assert!(comes_back(folder.path(), &before, "the position overwritten").rebuilt.is_some());
    let broken = fs::read_dir(folder.path())
        .unwrap()
        .filter(|item| item.as_ref().unwrap().file_name().to_string_lossy().starts_with("view.broken-"));
    assert_eq!(broken.count(), 1, "one broken view is kept, not a heap of them");
}

fn close(folder: &Path) {
    open(folder).unwrap().0.close().unwrap();
}

#[test]
fn verify_of_a_running_store_names_any_record_that_was_changed() {
    let folder = small_store();
    let (store, _): (SledStore, _) = open(folder.path()).unwrap();
    for (key, good) in store.dump().unwrap().into_iter().skip(1) {
        let key = RecordKey::from_bytes(&key).unwrap();
        for place in 0..good.len() {
            let mut bad = good.clone();
            bad[place] ^= 1;
            store.tamper(&key, Some(&bad)).unwrap();
            let damage = store.verify().unwrap().damage;
            assert!(damage.iter().any(|text| text.contains(&key.to_string())), "{key} byte {place}: {damage:?}");
        }
        store.tamper(&key, None).unwrap();
        let damage = store.verify().unwrap().damage;
        assert!(damage.iter().any(|text| text == &format!("{key} is missing from the view")), "{damage:?}");
        store.tamper(&key, Some(&good)).unwrap();
    }
    let extra = RecordKey::Student(StudentId(9));
    store.tamper(&extra, Some(b"x")).unwrap();
    let damage = store.verify().unwrap().damage;
    assert!(damage.iter().any(|text| text.contains("student S0000009 is in the view")), "{damage:?}");
    store.tamper(&extra, None).unwrap();
    let report = store.verify().unwrap();
    assert_eq!((report.entries, report.records, report.damage), (3, 5, vec![]));
}

#[test]
fn a_view_that_somebody_else_has_open_is_left_alone() {
    let folder = small_store();
    let held = sled::open(folder.path().join("view")).unwrap();
    let before = files(&folder.path().join("view"));
    assert!(matches!(open(folder.path()), Err(xueji::store::StoreError::Locked)));
    assert_eq!(files(&folder.path().join("view")), before);
    drop(held);
    assert_eq!(open(folder.path()).unwrap().1.rebuilt, None);
}

#[test]
fn rebuilding_tells_how_far_it_is() {
    let (folder, _) = lived();
    fs::remove_dir_all(folder.path().join("view")).unwrap();
    let mut seen = Vec::new();
    let (store, _) =
        SledStore::open(folder.path(), xueji::store::Options::default(), &mut |progress| seen.push(progress)).unwrap();
    let last = seen.last().unwrap();
    assert_eq!((last.stage, last.done, last.total), (xueji::store::Stage::Replay, 96, 96));
    drop(store);
}
