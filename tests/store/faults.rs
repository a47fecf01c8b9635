//! The disk says no: full at every point, failing syncs, nothing to cut back with.

use crate::support::*;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};
use xueji::model::*;
use xueji::store::{DiskFiles, JournalFile, JournalFiles, Options, SledStore, Store, StoreError};

/// What the disk still does. Shared with the test, which changes its mind.
#[derive(Debug, Default)]
struct Mood {
    /// Bytes it still takes; none: no end.
    room: Option<usize>,
    sync_fails: bool,
    cut_fails: bool,
    open_fails: bool,
    folder_fails: bool,
    syncs: usize,
    writes: usize,
}

#[derive(Clone, Default)]
struct Disk(Arc<Mutex<Mood>>);

impl Disk {
    fn is(&self, change: impl FnOnce(&mut Mood)) {
        change(&mut self.0.lock().unwrap());
    }
}

fn full() -> io::Error {
    io::Error::from_raw_os_error(28)
}

struct File(Box<dyn JournalFile>, Disk);

impl JournalFiles for Disk {
    fn open(&mut self, path: &Path, new: bool) -> io::Result<Box<dyn JournalFile>> {
        if self.0.lock().unwrap().open_fails {
            return Err(full());
        }
        Ok(Box::new(File(DiskFiles.open(path, new)?, self.clone())))
    }
    fn sync_folder(&mut self, folder: &Path) -> io::Result<()> {
        if self.0.lock().unwrap().folder_fails {
            return Err(io::Error::from_raw_os_error(5));
        }
        DiskFiles.sync_folder(folder)
    }
}

impl JournalFile for File {
    fn write_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<usize> {
        let mut mood = self.1.0.lock().unwrap();
        mood.writes += 1;
        let take = mood.room.unwrap_or(usize::MAX).min(bytes.len());
        if take == 0 {
            return Err(full());
        }
        mood.room = mood.room.map(|room| room - take);
        self.0.write_at(&bytes[..take], offset)
    }
    fn set_len(&mut self, length: u64) -> io::Result<()> {
        if self.1.0.lock().unwrap().cut_fails {
            return Err(io::Error::from_raw_os_error(5));
        }
        self.0.set_len(length)
    }
    fn sync_data(&mut self) -> io::Result<()> {
        let mut mood = self.1.0.lock().unwrap();
        mood.syncs += 1;
        if mood.sync_fails {
            return Err(io::Error::from_raw_os_error(5));
        }
        self.0.sync_data()
    }
}

fn store_on(segment_bytes: u64) -> (tempfile::TempDir, Disk, SledStore) {
    let folder = tempfile::tempdir().unwrap();
    SledStore::create(folder.path()).unwrap();
    let disk = Disk::default();
    let files = Box::new(disk.clone());
    let (store, _) = open_with(folder.path(), Options { files, segment_bytes, ..Options::default() }).unwrap();
    fill(&store);
    (folder, disk, store)
}

fn group() -> [Change; 2] {
    [change(vec![put(student(1, 2), 1), new(student(2, 1))]), change(vec![new(answer(8))])]
}

/// The store is as `fill` left it, on the disk and in memory, and reads.
fn unchanged(store: &SledStore, before: &[xueji::store::Pair], what: &str) {
    assert!(store.dump().unwrap() == before, "{what}");
    assert_eq!(store.next_student(), StudentId(2), "{what}");
    assert_eq!(store.open_at(&COUNTY.into()).len(), 1, "{what}");
    assert_eq!(store.journal_after(0, 99).unwrap().len(), 3, "{what}");
}

#[test]
fn one_group_is_one_write_and_one_sync() {
    let (_folder, disk, store) = store_on(1 << 20);
    disk.is(|mood| (mood.syncs, mood.writes) = (0, 0));
    store.commit(&group()).unwrap();
    disk.is(|mood| assert_eq!((mood.syncs, mood.writes), (1, 1)));
}

#[test]
fn a_disk_full_at_any_byte_changes_nothing_and_is_over_when_there_is_room() {
    let (folder, disk, store) = store_on(1 << 20);
    let before = store.dump().unwrap();
    let path = segment(folder.path(), 1);
    let good = std::fs::read(&path).unwrap();
    let mut room = 0;
    let length = loop {
        disk.is(|mood| mood.room = Some(room));
        match store.commit(&group()) {
            Err(StoreError::Write(error)) => assert_eq!(error.raw_os_error(), Some(28)),
            Err(other) => panic!("room {room}: {other:?}"),
            Ok(seqs) => {
                assert_eq!(seqs, [4, 5]);
                break room;
            }
        }
        unchanged(&store, &before, "full");
        assert_eq!(std::fs::read(&path).unwrap(), good, "nothing half is left at room {room}");
        room += 1;
    };
    assert_eq!(std::fs::read(&path).unwrap().len(), good.len() + length, "with the last byte it fits");
    assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
    disk.is(|mood| mood.room = None);
    store.commit(&[change(vec![new(student(3, 1))])]).unwrap();
    store.close().unwrap();
    drop(store);
    let (store, report) = open(folder.path()).unwrap();
    assert_eq!((report.entries, report.cut, report.rebuilt), (6, None, None));
    assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
}

fn read_only_from_now_on(store: &SledStore, before: &[xueji::store::Pair], what: &str) {
    unchanged(store, before, what);
    for _ in 0..2 {
        assert!(matches!(store.commit(&group()), Err(StoreError::ReadOnly { .. })), "{what}");
    }
    unchanged(store, before, what);
}

#[test]
fn after_a_failed_sync_the_store_only_reads_until_it_is_opened_again() {
    let (folder, disk, store) = store_on(1 << 20);
    let before = store.dump().unwrap();
    disk.is(|mood| mood.sync_fails = true);
    assert!(matches!(store.commit(&group()), Err(StoreError::Write(_))));
    disk.is(|mood| mood.sync_fails = false);
    read_only_from_now_on(&store, &before, "failed sync");
    drop(store);
    let (store, report) = open(folder.path()).unwrap();
    assert_eq!((report.entries, report.cut), (3, None), "what was never acknowledged is not believed");
    store.commit(&group()).unwrap();
    assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
}

#[test]
fn when_even_cutting_back_fails_the_store_only_reads_and_the_next_opening_cuts() {
    let (folder, disk, store) = store_on(1 << 20);
    let before = store.dump().unwrap();
    disk.is(|mood| (mood.room, mood.cut_fails) = (Some(30), true));
    assert!(matches!(store.commit(&group()), Err(StoreError::Write(_))));
    disk.is(|mood| (mood.room, mood.cut_fails) = (None, false));
    read_only_from_now_on(&store, &before, "not cut back");
    drop(store);
    let (store, report) = open(folder.path()).unwrap();
    assert_eq!((report.entries, report.cut.is_some()), (3, true));
    assert_eq!(store.dump().unwrap(), before);
}

#[test]
fn no_room_for_the_next_file_is_a_full_disk_like_any_other() {
    let (folder, disk, store) = store_on(1);
    let before = store.dump().unwrap();
    disk.is(|mood| mood.open_fails = true);
    assert!(matches!(store.commit(&group()), Err(StoreError::Write(_))));
    unchanged(&store, &before, "no new file");
    disk.is(|mood| (mood.open_fails, mood.room) = (false, Some(0)));
    for _ in 0..3 {
        assert!(matches!(store.commit(&group()), Err(StoreError::Write(_))));
        unchanged(&store, &before, "nothing goes into the new file");
    }
    // A crash now leaves an empty last file.
    let crashed = copy(folder.path());
    let (other, report) = open(crashed.path()).unwrap();
    assert_eq!((report.entries, report.cut), (3, None));
    other.commit(&group()).unwrap();
    assert_eq!(other.verify().unwrap().damage, Vec::<String>::new());
    disk.is(|mood| mood.room = None);
    assert_eq!(store.commit(&group()).unwrap(), [4, 5]);
    assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
}

#[test]
fn a_folder_that_cannot_be_synced_makes_the_store_read_only() {
    let (folder, disk, store) = store_on(1);
    let before = store.dump().unwrap();
    disk.is(|mood| mood.folder_fails = true);
    assert!(matches!(store.commit(&group()), Err(StoreError::Write(_))));
    disk.is(|mood| mood.folder_fails = false);
    read_only_from_now_on(&store, &before, "folder");
    drop(store);
    let (store, report) = open(folder.path()).unwrap();
    assert_eq!(report.entries, 3);
    store.commit(&group()).unwrap();
    assert_eq!(store.verify().unwrap().damage, Vec::<String>::new());
}

#[test]
fn what_cannot_be_stored_is_refused_before_anything_is_written() {
    let (_folder, disk, store) = store_on(1 << 20);
    let before = store.dump().unwrap();
    disk.is(|mood| mood.writes = 0);
    let mut long = student(2, 1);
    if let Record::Student(student) = &mut long {
        student.name = "长".repeat(1 << 20);
    }
    assert!(matches!(store.commit(&[change(vec![new(long)])]), Err(StoreError::Io(_))));
    unchanged(&store, &before, "too long");
    disk.is(|mood| assert_eq!(mood.writes, 0));
}
