//! Damage to the journal: every single byte, every torn end, lost files.

use crate::support::*;
use std::fs;
use std::path::Path;
use xueji::model::*;
use xueji::store::{Options, Store, StoreError, verify_folder};

/// Where the frames of a file begin, and its end.
fn frames(bytes: &[u8]) -> Vec<usize> {
    let mut found = vec![0];
    let mut at = 0;
    while at < bytes.len() {
        at += 20 + u32::from_le_bytes(bytes[at + 12..at + 16].try_into().unwrap()) as usize + 32;
        found.push(at);
    }
    found
}

fn damage(folder: &Path) -> Vec<String> {
    verify_folder(folder).unwrap().damage
}

/// `, offset 12,` and `entry 2` are in there.
fn names(text: &str, offset: usize, entry: usize) -> bool {
    text.contains("00000000000000000001.xj")
        && text.contains(&format!("offset {offset},"))
        && text.contains(&format!("entry {entry}"))
}

#[test]
fn any_flipped_byte_is_named_by_verify_and_refused_by_opening() {
    let folder = small_store();
    let path = segment(folder.path(), 1);
    let good = fs::read(&path).unwrap();
    let starts = frames(&good);
    assert_eq!(starts.len(), 4, "three entries");
    assert_eq!(damage(folder.path()), Vec::<String>::new());
    for place in 0..good.len() {
        for mask in [0x01, 0x80] {
            let mut bad = good.clone();
            bad[place] ^= mask;
            let entry = starts.iter().filter(|start| **start <= place).count();
            let offset = starts[entry - 1];

            fs::write(&path, &bad).unwrap();
            let found = damage(folder.path());
            assert!(found.iter().any(|text| names(text, offset, entry)), "byte {place}: {found:?}");
            if mask == 1 {
                match open(folder.path()) {
                    Err(StoreError::Damaged { place: named, .. }) => assert!(names(&named, offset, entry), "{named}"),
                    Err(other) => panic!("byte {place}: {other:?}"),
                    Ok((_, report)) => panic!("byte {place}: opened, {report:?}"),
                }
                assert_eq!(fs::read(&path).unwrap(), bad, "a refused journal is left as it is");
            }
        }
    }
    fs::write(&path, &good).unwrap();
    let (store, report) = open(folder.path()).unwrap();
    assert_eq!((report.rebuilt, report.cut, report.entries), (None, None, 3));
    assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
}

#[test]
fn a_running_store_names_any_flipped_byte_too() {
    let folder = small_store();
    let (store, _) = open(folder.path()).unwrap();
    let path = segment(folder.path(), 1);
    let good = fs::read(&path).unwrap();
    let starts = frames(&good);
    for place in 0..good.len() {
        let mut bad = good.clone();
        bad[place] ^= 0x10;
        fs::write(&path, &bad).unwrap();
        let entry = starts.iter().filter(|start| **start <= place).count();
        let found = store.verify().unwrap().damage;
        assert!(found.iter().any(|text| names(text, starts[entry - 1], entry)), "byte {place}: {found:?}");
    }
    for length in 0..good.len() {
        fs::write(&path, &good[..length]).unwrap();
        assert!(!store.verify().unwrap().damage.is_empty(), "cut to {length}");
    }
    fs::write(&path, [&good[..], &[0]].concat()).unwrap();
    assert!(!store.verify().unwrap().damage.is_empty(), "a byte too many");
    fs::write(&path, &good).unwrap();
    assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
}

#[test]
fn without_any_marker_or_view_a_flip_before_the_last_entry_is_still_refused() {
    let folder = small_store();
    let path = segment(folder.path(), 1);
    let good = fs::read(&path).unwrap();
    let starts = frames(&good);
    for place in (0..starts[2]).step_by(7).chain([0, starts[1], starts[2] - 1]) {
        let crashed = copy(folder.path());
        forget_markers(crashed.path());
        fs::remove_dir_all(crashed.path().join("view")).unwrap();
        let mut bad = good.clone();
        bad[place] ^= 4;
        fs::write(segment(crashed.path(), 1), bad).unwrap();
        assert!(matches!(open(crashed.path()), Err(StoreError::Damaged { .. })), "byte {place}");
    }
}

/// A store whose journal has a fourth entry that nobody has relied on.
fn with_an_unapplied_entry() -> (tempfile::TempDir, Vec<u8>, usize) {
    let folder = small_store();
    let before = fs::read(segment(folder.path(), 1)).unwrap();
    let ahead = copy(folder.path());
    let (store, _) = open(ahead.path()).unwrap();
    store.commit(&[change(vec![new(student(2, 1)), put(student(1, 2), 1)])]).unwrap();
    let longer = fs::read(segment(ahead.path(), 1)).unwrap();
    assert_eq!(longer[..before.len()], before);
    (folder, longer, before.len())
}

#[test]
fn a_torn_last_entry_is_cut_at_every_length_and_the_others_stay() {
    let (folder, longer, whole) = with_an_unapplied_entry();
    let path = segment(folder.path(), 1);
    let (store, _) = open(folder.path()).unwrap();
    let before = store.dump().unwrap();
    drop(store);
    for length in whole + 1..longer.len() {
        fs::write(&path, &longer[..length]).unwrap();
        assert!(damage(folder.path())[0].contains("cut short"), "verify says so first");
        let (store, report) = open(folder.path()).unwrap();
        let cut = report.cut.unwrap();
        assert!(names(&cut, whole, 4), "{cut}");
        assert_eq!((report.entries, report.rebuilt), (3, None));
        assert_eq!(fs::read(&path).unwrap(), longer[..whole]);
        assert_eq!(store.dump().unwrap(), before);
        assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
    }
    let mut zeros = longer.clone();
    zeros[whole..].fill(0);
    fs::write(&path, zeros).unwrap();
    assert!(open(folder.path()).unwrap().1.cut.is_some(), "a file lengthened but not written");
    fs::write(&path, &longer).unwrap();
    let (store, report) = open(folder.path()).unwrap();
    assert_eq!((report.entries, report.replayed, report.cut), (4, 1, None));
    assert_eq!(store.next_student(), StudentId(3));
    assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
}

#[test]
fn of_a_group_that_was_never_synced_the_good_beginning_is_kept() {
    let folder = small_store();
    let ahead = copy(folder.path());
    let (store, _) = open(ahead.path()).unwrap();
    store.commit(&[2, 3, 4].map(|number| change(vec![new(student(number, 1))]))).unwrap();
    drop(store);
    let mut bytes = fs::read(segment(ahead.path(), 1)).unwrap();
    let starts = frames(&bytes);
    // The middle one of the three did not reach the disk, the last one did.
    bytes[starts[4]..starts[5]].fill(0);
    fs::write(segment(folder.path(), 1), &bytes).unwrap();
    let (store, report) = open(folder.path()).unwrap();
    assert_eq!((report.entries, report.replayed, report.cut.is_some()), (4, 1, true));
    assert_eq!(store.next_student(), StudentId(3));
    // The same with a further group behind it is damage.
    drop(store);
    let (store, _) = open(ahead.path()).unwrap();
    store.commit(&[change(vec![new(student(5, 1))])]).unwrap();
    let later = fs::read(segment(ahead.path(), 1)).unwrap();
    bytes.extend_from_slice(&later[bytes.len()..]);
    let folder = small_store();
    fs::write(segment(folder.path(), 1), &bytes).unwrap();
    assert!(matches!(open(folder.path()), Err(StoreError::Damaged { .. })));
}

#[test]
fn a_journal_that_has_become_shorter_is_refused() {
    let folder = small_store();
    let good = fs::read(segment(folder.path(), 1)).unwrap();
    for length in frames(&good)[..3].iter().copied() {
        let whole = copy(folder.path());
        fs::write(segment(whole.path(), 1), &good[..length]).unwrap();
        assert!(matches!(open(whole.path()), Err(StoreError::Damaged { .. })), "{length}: by view and marker");
        assert!(!damage(whole.path()).is_empty());
        let blind = copy(whole.path());
        forget_markers(blind.path());
        assert!(matches!(open(blind.path()), Err(StoreError::Damaged { .. })), "{length}: by the view alone");
        let bare = copy(whole.path());
        fs::remove_dir_all(bare.path().join("view")).unwrap();
        assert!(matches!(open(bare.path()), Err(StoreError::Damaged { .. })), "{length}: by the marker alone");
    }
    let lost = copy(folder.path());
    fs::remove_file(segment(lost.path(), 1)).unwrap();
    assert!(matches!(open(lost.path()), Err(StoreError::Damaged { .. })), "the only file is gone");
    assert!(!damage(lost.path()).is_empty());
    fs::remove_dir_all(lost.path().join("journal")).unwrap();
    assert!(matches!(open(lost.path()), Err(StoreError::Damaged { .. })), "the folder is gone");
}

#[test]
fn another_stores_journal_under_this_view_is_refused() {
    let folder = small_store();
    let other = tempfile::tempdir().unwrap();
    xueji::store::SledStore::create(other.path()).unwrap();
    let (store, _) = open(other.path()).unwrap();
    for number in 1..=9 {
        store.commit(&[change(vec![new(student(number, 1))])]).unwrap();
    }
    drop(store);
    fs::copy(segment(other.path(), 1), segment(folder.path(), 1)).unwrap();
    assert!(matches!(open(folder.path()), Err(StoreError::Damaged { .. })));
    assert!(!damage(folder.path()).is_empty());
}

#[test]
fn an_unreadable_marker_is_not_believed() {
    let folder = small_store();
    let path = folder.path().join("clean");
    let mut bytes = fs::read(&path).unwrap();
    bytes[1] ^= 0x40;
    fs::write(&path, bytes).unwrap();
    let (store, report) = open(folder.path()).unwrap();
    assert_eq!((report.entries, report.rebuilt), (3, None));
    assert!(!path.exists(), "open means: not cleanly stopped");
    store.close().unwrap();
    assert!(path.exists());
}

/// Many small files.
fn rolling() -> Options {
    Options { cache_bytes: 1 << 20, segment_bytes: 600, ..Options::default() }
}

fn many_files() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    xueji::store::SledStore::create(folder.path()).unwrap();
    let (store, _) = open_with(folder.path(), rolling()).unwrap();
    for number in 1..=20 {
        store.commit(&[change(vec![new(student(number, 1))])]).unwrap();
    }
    assert_eq!(store.journal_after(7, 100).unwrap().len(), 13, "read across files");
    assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
    store.close().unwrap();
    folder
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found: Vec<_> = fs::read_dir(folder.join("journal")).unwrap().map(|item| item.unwrap().path()).collect();
    found.sort();
    found
}

#[test]
fn a_journal_of_many_files_goes_on_and_rebuilds() {
    let folder = many_files();
    assert!(files(folder.path()).len() >= 5);
    let (store, report) = open_with(folder.path(), rolling()).unwrap();
    assert_eq!((report.entries, report.records, report.rebuilt), (20, 20, None));
    assert_eq!(store.newest(), Some(at("2025-10-15T09:00")));
    assert_eq!(store.journal_after(2, 100).unwrap().len(), 18, "files that opening had no need to read");
    store.commit(&[change(vec![new(student(21, 1))])]).unwrap();
    let before = store.dump().unwrap();
    store.close().unwrap();
    drop(store);
    fs::remove_dir_all(folder.path().join("view")).unwrap();
    let (store, report) = open_with(folder.path(), rolling()).unwrap();
    assert!(report.rebuilt.is_some());
    assert_eq!(report.replayed, 21);
    assert_eq!(store.dump().unwrap(), before);
    assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
}

#[test]
fn a_missing_or_damaged_file_in_the_middle_is_named() {
    let folder = many_files();
    let count = files(folder.path()).len();
    for gone in 0..count {
        let broken = copy(folder.path());
        forget_markers(broken.path());
        fs::remove_file(&files(broken.path())[gone]).unwrap();
        assert!(matches!(open_with(broken.path(), rolling()), Err(StoreError::Damaged { .. })), "file {gone}");
        if gone + 1 < count {
            assert!(damage(broken.path())[0].contains("missing before it"), "file {gone}");
        }
        for change in ["flip", "cut", "empty"] {
            let broken = copy(folder.path());
            forget_markers(broken.path());
            let path = &files(broken.path())[gone];
            let mut bytes = fs::read(path).unwrap();
            match change {
                "flip" => bytes[30] ^= 1,
                "cut" => bytes.truncate(bytes.len() - 1),
                _ => bytes.clear(),
            }
            fs::write(path, bytes).unwrap();
            assert!(matches!(open_with(broken.path(), rolling()), Err(StoreError::Damaged { .. })), "{change} {gone}");
            // Nothing but the view knows of the last file's last entry when the file is empty.
            if change != "empty" || gone + 1 < count {
                assert!(!damage(broken.path()).is_empty(), "{change} {gone}");
            }
        }
    }
}
