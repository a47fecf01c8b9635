//! The view is only a view: whatever happens to its files, the journal gives everything back.

use super::ground::{ALL_SEEING, Chance, Seed, call, copy, county, dump, same, say, verified};
use crate::support::{TempStore, log_of};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// Some work on the county's students: new revisions over old ones.
fn work(store: &TempStore, round: u32) {
    let show = |n: u32| json!({ "do": "students.show", "student": format!("S{n:07}") });
    let shown = call(store, ALL_SEEING, &(1..=40).map(show).collect::<Vec<_>>());
    let puts: Vec<Value> = shown
        .into_iter()
        .map(|mut answer| {
            let mut student = answer["ok"]["student"].take();
            student["class_name"] = format!("第{round}轮").into();
            json!({ "do": "students.put", "student": student })
        })
        .collect();
    for answer in call(store, ALL_SEEING, &puts) {
        assert!(answer.get("ok").is_some(), "{answer}");
    }
}

/// A county as it lay when its server ended, an older copy of its view, and all that was in it.
struct Prepared {
    store: TempStore,
    pristine: PathBuf,
    older: PathBuf,
    before: Vec<String>,
}

fn prepare(kill: bool) -> Prepared {
    let store = county();
    let (pristine, older) = (store.home().join("pristine"), store.home().join("older"));
    copy(&store.data().join("view"), &older);
    let server = store.serve();
    work(&store, 1);
    let before = dump(&store);
    if kill {
        server.kill9();
    } else {
        server.stop();
    }
    copy(store.data(), &pristine);
    Prepared { store, pristine, older, before }
}

/// Puts the pristine county back, injures its view, and sees everything come back; whether it had to be rebuilt.
fn survives(prepared: &Prepared, what: &str, injure: impl FnOnce(&Path)) -> bool {
    let store = &prepared.store;
    fs::remove_dir_all(store.data()).unwrap();
    copy(&prepared.pristine, store.data());
    let _ = fs::remove_dir_all(store.data().join("log"));
    injure(&store.data().join("view"));
    let server = store.serve();
    same(&prepared.before, &dump(store), what);
    verified(store);
    server.stop();
    log_of(&store.data().join("log")).contains("rebuilt from the journal")
}

/// That the view as it is now can be written to and opened as ever.
fn is_as_good_as_any(prepared: &Prepared, what: &str) {
    let store = &prepared.store;
    let rebuilds = || log_of(&store.data().join("log")).matches("rebuilt from the journal").count();
    let so_far = rebuilds();
    let server = store.serve();
    work(store, 2);
    let written = dump(store);
    assert_ne!(written, prepared.before);
    server.stop();
    let server = store.serve();
    same(&written, &dump(store), what);
    server.stop();
    assert_eq!(rebuilds(), so_far, "{what}: rebuilt once more");
}

/// The files of a view, largest first.
fn files(view: &Path) -> Vec<PathBuf> {
    let mut files: Vec<(u64, PathBuf)> = fs::read_dir(view)
        .unwrap()
        .map(|item| item.unwrap())
        .filter(|item| item.file_type().unwrap().is_file())
        .map(|item| (item.metadata().unwrap().len(), item.path()))
        .collect();
    files.sort();
    files.reverse();
    files.into_iter().map(|(_, path)| path).collect()
}

fn every_injury(kill: bool) {
    let seed = Seed::choose();
    let mut chance = Chance::new(seed.0);
    let prepared = prepare(kill);
    assert!(!survives(&prepared, "untouched", |_| ()), "nothing was wrong, and yet it was rebuilt");
    assert!(survives(&prepared, "deleted", |view| fs::remove_dir_all(view).unwrap()));
    is_as_good_as_any(&prepared, "deleted");
    assert!(survives(&prepared, "emptied", |view| files(view).into_iter().for_each(|f| fs::remove_file(f).unwrap())));
    assert!(!survives(&prepared, "older", |view| {
        fs::remove_dir_all(view).unwrap();
        copy(&prepared.older, view);
    }));
    is_as_good_as_any(&prepared, "older");
    let mut rebuilt = Vec::new();
    let view = prepared.pristine.join("view");
    for file in files(&view) {
        let name = file.file_name().unwrap().to_owned();
        let length = fs::metadata(&file).unwrap().len();
        let mut lengths = vec![0, 1, length / 4, length / 2, length.saturating_sub(1)];
        lengths.dedup();
        for cut in lengths {
            let what = format!("{} cut from {length} to {cut}", name.display());
            let again = survives(&prepared, &what, |view| {
                fs::OpenOptions::new().write(true).open(view.join(&name)).unwrap().set_len(cut).unwrap();
            });
            rebuilt.push((what, again));
        }
        let noise = chance.bytes(length as usize);
        let what = format!("{} filled with noise", name.display());
        let again = survives(&prepared, &what, |view| fs::write(view.join(&name), &noise).unwrap());
        rebuilt.push((what, again));
    }
    say(&format!(
        "injured views after {}, and whether they were rebuilt: {rebuilt:?}",
        if kill { "a kill" } else { "a stop" }
    ));
    let noise = rebuilt.iter().find(|(what, _)| what.contains("db filled"));
    assert!(noise.is_some_and(|(_, rebuilt)| *rebuilt), "noise was believed");
    let empty = rebuilt.iter().find(|(what, _)| what.contains("db cut") && what.ends_with("to 0"));
    assert!(empty.is_some_and(|(_, rebuilt)| *rebuilt), "emptiness was believed");
}

#[test]
fn an_injured_view_gives_everything_back_after_a_clean_stop() {
    every_injury(false);
}

#[test]
fn an_injured_view_gives_everything_back_after_a_kill() {
    every_injury(true);
}
