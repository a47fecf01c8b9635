//! A disk that is full: refused with that reason, reading goes on, all is well when there is room again.

use super::ground::{ALL_SEEING, Chance, call, say, verified};
use super::small::{Small, people};
use crate::support::{TempStore, temp_store};
use base64::Engine;
use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A small disk of its own, gone with the test.
struct Disk(PathBuf);

impl Disk {
    /// Mounts one; none where the machine does not let us.
    fn mount(at: &Path, size: &str) -> Option<Disk> {
        fs::create_dir_all(at).unwrap();
        let options = format!("size={size},mode=700");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "none"]).arg(at).output();
        match mounted {
            Ok(output) if output.status.success() => Some(Disk(at.to_owned())),
            _ => {
                say("disk full: skipped, a disk of our own cannot be mounted here");
                None
            }
        }
    }

    fn ballast(&self) -> PathBuf {
        self.0.join("ballast")
    }

    /// Fills it to the last byte.
    fn fill(&self) {
        let mut ballast = File::options().append(true).create(true).open(self.ballast()).unwrap();
        for size in [1 << 16, 1 << 12, 1 << 8, 1] {
            while ballast.write_all(&vec![7; size]).is_ok() {}
        }
    }

    fn empty(&self) {
        fs::remove_file(self.ballast()).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).output();
    }
}

/// A store on a disk of its own.
fn small_disk() -> Option<(TempStore, Disk)> {
    let store = temp_store();
    let disk = Disk::mount(store.data(), "12m")?;
    store.run_ok(&["init", "--office", "410000", "--exercise"]);
    Some((store, disk))
}

/// One more student.
fn put(small: &Small, chance: &mut Chance) -> Value {
    json!({ "do": "students.put", "student": small.templates[0], "command": chance.id().to_string() })
}

/// Puts students until the full disk is felt: what was acknowledged on the way, and the command that was refused.
fn until_refused(store: &TempStore, small: &Small, chance: &mut Chance) -> (Vec<Value>, Value) {
    let mut desk = store.call_as(ALL_SEEING);
    let mut acknowledged = Vec::new();
    for _ in 0..200 {
        let command = put(small, chance);
        let answer = desk.ask(command.clone());
        if answer.get("ok").is_some() {
            acknowledged.push(command);
            continue;
        }
        assert_eq!(answer["error"]["kind"], "read_only", "{answer}");
        let message = answer["error"]["message"].as_str().unwrap();
        assert!(message.contains("日志无法写入") && message.contains("No space left"), "{message}");
        assert!(message.contains("没有生效") && message.contains("清理磁盘"), "{message}");
        return (acknowledged, command);
    }
    panic!("a full disk took 200 commands");
}

fn shown(store: &TempStore, command: &Value) -> Value {
    call(store, ALL_SEEING, &[json!({ "do": "commands.show", "command_id": command["command"] })]).remove(0)
}

/// Reading of every kind, as it goes on while nothing can be written.
fn reading_goes_on(store: &TempStore, small: &Small) {
    let answers = call(
        store,
        ALL_SEEING,
        &[
            json!({ "do": "queue.page", "tab": "mine", "count": 20, "as": "xian1-jb" }),
            json!({ "do": "queue.counts", "as": "x1-lr" }),
            json!({ "do": "students.show", "student": small.student }),
            json!({ "do": "students.find", "text": "演练", "count": 20 }),
            json!({ "do": "applications.list" }),
            json!({ "do": "journal.page", "count": 50 }),
            json!({ "do": "verify" }),
        ],
    );
    assert!(answers.iter().all(|answer| answer.get("ok").is_some()), "{answers:?}");
    assert_eq!(answers.last().unwrap()["ok"]["damage"], json!([]));
}

#[test]
fn a_full_disk_refuses_with_that_reason_and_all_is_well_afterwards() {
    let Some((store, disk)) = small_disk() else { return };
    let mut chance = Chance::new(3);
    let server = store.serve();
    let small = people(&store);
    let mut done = Vec::new();
    for _ in 0..3 {
        disk.fill();
        let (acknowledged, refused) = until_refused(&store, &small, &mut chance);
        done.extend(acknowledged);
        // Again and again, and nothing of it half done.
        for _ in 0..3 {
            let again = call(&store, ALL_SEEING, std::slice::from_ref(&refused)).remove(0);
            assert_eq!(again["error"]["kind"], "read_only", "{again}");
        }
        assert_eq!(shown(&store, &refused)["error"]["kind"], "not_found");
        reading_goes_on(&store, &small);
        disk.empty();
        let answer = call(&store, ALL_SEEING, std::slice::from_ref(&refused)).remove(0);
        assert!(answer.get("ok").is_some(), "there is room again: {answer}");
        assert_eq!(shown(&store, &refused)["ok"]["answer"], answer["ok"]);
        done.push(refused);
        verified(&store);
    }
    server.stop();
    assert!(store.run_ok(&["verify"]).contains("核验无误"));
    let _server = store.serve();
    for command in &done {
        assert!(shown(&store, command).get("ok").is_some(), "{command}");
    }
    let entries = verified(&store)["entries"].as_u64().unwrap();
    assert_eq!(entries, small.last + done.len() as u64, "one entry for each command, none for what was refused");
}

#[test]
fn a_server_killed_on_a_full_disk_loses_nothing() {
    let Some((store, disk)) = small_disk() else { return };
    let mut chance = Chance::new(4);
    let server = store.serve();
    let small = people(&store);
    disk.fill();
    let (mut done, refused) = until_refused(&store, &small, &mut chance);
    server.kill9();
    // Opening may be refused while there is no room, but then with a word, and without harm.
    let output = store.run(&["serve", "--linger", "0"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() || said.contains("No space left"), "{}: {said}", output.status);
    disk.empty();
    let server = store.serve();
    assert_eq!(shown(&store, &refused)["error"]["kind"], "not_found");
    assert!(call(&store, ALL_SEEING, std::slice::from_ref(&refused))[0].get("ok").is_some());
    done.push(refused);
    for command in &done {
        assert!(shown(&store, command).get("ok").is_some(), "{command}");
    }
    assert_eq!(verified(&store)["entries"], small.last + done.len() as u64);
    server.stop();
}

#[test]
fn evidence_on_a_full_disk_is_refused_clearly_and_can_be_brought_again() {
    let Some((store, disk)) = small_disk() else { return };
    let mut chance = Chance::new(5);
    let _server = store.serve();
    let small = people(&store);
    let details = super::life::details("因病休养");
    let start = json!({ "do": "applications.start", "student": small.student, "details": details, "as": "x1-lr" });
    let id = call(&store, ALL_SEEING, &[start])[0]["ok"]["application"].clone();
    let bytes = chance.bytes(300_000);
    let digest = blake3::hash(&bytes).to_hex().to_string();
    let piece = |offset: usize| {
        let data = &bytes[offset..bytes.len().min(offset + 100_000)];
        json!({
            "do": "evidence.attach", "as": "x1-lr", "application": id, "digest": digest, "size": bytes.len(),
            "kind": "诊断证明", "name": "诊断证明.pdf", "original_place": "学籍室", "offset": offset,
            "data": base64::engine::general_purpose::STANDARD.encode(data), "command": "6f1f1a3e-0000-4000-8000-00000000000a",
        })
    };
    // One line all through: what has half arrived falls with its line.
    let mut line = store.call_as(ALL_SEEING);
    let first = line.ask(piece(0));
    assert_eq!(first["ok"]["received"], 100_000, "{first}");
    disk.fill();
    for _ in 0..2 {
        let refused = line.ask(piece(100_000));
        assert_eq!(refused["error"]["kind"], "read_only", "{refused}");
        let message = refused["error"]["message"].as_str().unwrap();
        assert!(message.contains("No space left") && message.contains("检查磁盘"), "{message}");
    }
    let shown = call(&store, ALL_SEEING, &[json!({ "do": "evidence.list", "application": id })]).remove(0);
    assert_eq!(shown["ok"]["items"], json!([]), "half a paper is no evidence");
    disk.empty();
    let second = line.ask(piece(100_000));
    assert_eq!(second["ok"]["received"], 200_000, "{second}");
    let last = line.ask(piece(200_000));
    assert_eq!(last["ok"]["digest"], digest, "{last}");
    assert_eq!(verified(&store)["evidence"], 1);
}
