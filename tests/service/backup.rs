//! `xueji backup` and `restore`: what comes back is what was there, and a file that is not whole changes nothing.

use super::world::*;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn backup(world: &World, name: &str) -> (PathBuf, Value) {
    let file = world.store.home().join(name);
    let report = world.store.run_ok(&["backup", file.to_str().unwrap(), "--json"]);
    (file, serde_json::from_str(&report).unwrap())
}

fn restore(world: &World, file: &Path, more: &[&str]) -> (i32, String) {
    let output = world.store.run(&[&["restore", file.to_str().unwrap()], more].concat());
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

/// A server on the folder as it is now.
fn begin_again(world: &mut World) {
    world.server = world.store.serve();
    world.keeper = world.server.call_as("keeper");
}

#[test]
fn what_was_backed_up_beside_a_running_server_comes_back_whole() {
    let mut world = World::new();
    let mut case = world.at_county();
    let before = world.dump(&case.student);
    let (file, report) = backup(&world, "one.tar.zst");
    assert_eq!(report["entries"], before["journal"]);
    let state = world.ok("xian1-jb", json!({"do": "system.state"}));
    assert_eq!((&state["backup"]["entries"], &state["backup"]["file"]), (&before["journal"], &json!("one.tar.zst")));
    // A name that is taken is not written over.
    assert_eq!(world.store.run(&["backup", file.to_str().unwrap()]).status.code(), Some(2));

    world.act("xian1-jb", &mut case, approve());
    world.act("xian1-fh", &mut case, agree());
    let after = world.dump(&case.student);
    assert_ne!(before["applications"], after["applications"]);
    // A server that runs is not restored under its feet.
    let (exit, said) = restore(&world, &file, &[]);
    assert!(exit == 6 && said.contains("xueji stop"), "{exit} {said}");
    assert_eq!(world.dump(&case.student), after);

    world.store.run_ok(&["stop"]);
    let (exit, said) = restore(&world, &file, &["--digest", report["digest"].as_str().unwrap()]);
    assert_eq!(exit, 0, "{said}");
    begin_again(&mut world);
    assert_eq!(world.dump(&case.student), before);
    let papers = world.ok("xian1-jb", json!({"do": "evidence.list", "application": case.id}));
    let digest = papers["items"][0]["digest"].clone();
    let piece = world.ok("xian1-jb", json!({"do": "evidence.get", "application": case.id, "digest": digest}));
    assert!(piece["data"].as_str().is_some_and(|data| !data.is_empty()), "{piece}");
    world.store.run_ok(&["verify"]);
    // The later state lies beside it, and can be taken up again.
    let kept = std::fs::read_dir(world.store.home()).unwrap().flatten();
    assert!(kept.into_iter().any(|item| item.file_name().to_string_lossy().starts_with("data.before-")));
}

#[test]
fn a_damaged_or_unfinished_backup_is_refused_and_nothing_changes() {
    let mut world = World::new();
    let case = world.at_county();
    let (file, report) = backup(&world, "one.tar.zst");
    let whole = std::fs::read(&file).unwrap();
    let before = world.dump(&case.student);
    world.store.run_ok(&["stop"]);
    let bad = world.store.home().join("bad.tar.zst");
    let mut damages: Vec<(String, Vec<u8>)> = vec![
        ("cut in the middle".into(), whole[..whole.len() / 2].to_vec()),
        ("its last byte missing".into(), whole[..whole.len() - 1].to_vec()),
        ("empty".into(), Vec::new()),
        ("something else".into(), b"date,kind,name\n".to_vec()),
    ];
    for at in [10, whole.len() / 3, whole.len() / 2, whole.len() - 5] {
        let mut flipped = whole.clone();
        flipped[at] ^= 0x40;
        damages.push((format!("byte {at} flipped"), flipped));
    }
    for (how, bytes) in damages {
        std::fs::write(&bad, bytes).unwrap();
        let (exit, said) = restore(&world, &bad, &[]);
        assert!(exit == 5 && said.contains("没有恢复"), "{how}: {exit} {said}");
    }
    let (exit, said) = restore(&world, &file, &["--digest", &"0".repeat(64)]);
    assert!(exit == 5 && said.contains(report["digest"].as_str().unwrap()), "{exit} {said}");
    assert_eq!(restore(&world, &world.store.home().join("nowhere"), &[]).0, 4);
    let beside: Vec<String> = std::fs::read_dir(world.store.home())
        .unwrap()
        .flatten()
        .map(|item| item.file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("data."))
        .collect();
    assert!(beside.is_empty(), "left behind: {beside:?}");
    begin_again(&mut world);
    assert_eq!(world.dump(&case.student), before);
}
