//! Servers that start by themselves for the folder's owner, and leave when nobody is there.

use crate::support::store::temp_exercise;
use crate::support::{LONG, TempStore, until};
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Child, Stdio};
use std::time::Instant;

const ASKING: &str = "{\"id\":1,\"do\":\"whoami\"}\n";

fn call(store: &TempStore) -> Child {
    let mut command = store.command(&["call"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(ASKING.as_bytes()).unwrap();
    child
}

/// Whether a process still runs.
fn alive(pid: u32) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/stat"))
        .is_ok_and(|stat| stat.rsplit(')').next().is_some_and(|rest| !rest.trim_start().starts_with('Z')))
}

/// Processes that serve this folder.
fn servers(store: &TempStore) -> Vec<u32> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let Ok(line) = std::fs::read(entry.path().join("cmdline")) else { continue };
        let line = String::from_utf8_lossy(&line).into_owned();
        if line.contains(store.data_arg()) && line.contains("serve") && alive(pid) {
            found.push(pid);
        }
    }
    found
}

#[test]
fn eight_programs_at_once_start_one_server() {
    for _ in 0..3 {
        let store = temp_exercise("410782");
        let calling: Vec<Child> = (0..8).map(|_| call(&store)).collect();
        for child in calling {
            let out = child.wait_with_output().unwrap();
            assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
            let said: Value = serde_json::from_slice(&out.stdout).unwrap();
            assert_eq!(said["ok"]["account"]["id"], "keeper");
        }
        let pid = store.server_pid().expect("the server stays a while").as_raw_nonzero().get() as u32;
        until("the others to have given up", || (servers(&store) == [pid]).then_some(()));
        store.run_ok(&["stop"]);
        until("the server to be gone", || servers(&store).is_empty().then_some(()));
    }
}

#[test]
fn a_server_started_by_itself_outlives_its_starter_and_holds_no_terminal() {
    let store = temp_exercise("410782");
    assert!(call(&store).wait_with_output().unwrap().status.success());
    let pid = store.server_pid().unwrap().as_raw_nonzero().get();
    for fd in 0..3 {
        let target = std::fs::read_link(format!("/proc/{pid}/fd/{fd}")).unwrap();
        assert_eq!(target.to_str(), Some("/dev/null"), "descriptor {fd}");
    }
    assert!(call(&store).wait_with_output().unwrap().status.success());
    assert_eq!(store.server_pid().unwrap().as_raw_nonzero().get(), pid);
    // Killed, and a new one comes with the next call.
    store.kill_server();
    assert!(call(&store).wait_with_output().unwrap().status.success());
    assert_ne!(store.server_pid().unwrap().as_raw_nonzero().get(), pid);
}

#[test]
fn a_lingering_server_leaves_when_nobody_is_there_and_not_before() {
    let store = temp_exercise("410782");
    let mut child = store.command(&["serve", "--linger", "1"]).stdout(Stdio::null()).spawn().unwrap();
    let mut desk = store.call();
    let begun = Instant::now();
    // Somebody who is there and says nothing keeps it, for longer than it would linger.
    let mut asked = 0;
    until("two lingers to pass", || {
        asked += u32::from(desk.ask(json!({"do": "queue.counts"})).get("ok").is_some());
        (begun.elapsed().as_millis() > 2200).then_some(())
    });
    assert!(asked > 1 && child.try_wait().unwrap().is_none());
    drop(desk);
    let left = Instant::now();
    let status = until("the server to leave", || child.try_wait().unwrap());
    assert!(status.success());
    assert!(left.elapsed().as_millis() >= 900 && left.elapsed() < LONG, "after {:?}", left.elapsed());
    assert!(!store.data().join("desk.sock").exists() && !store.data().join("server.pid").exists());
    assert!(store.run_ok(&["verify"]).contains("核验无误"));
}

#[test]
fn a_stale_socket_and_pid_file_are_no_obstacle() {
    let store = temp_exercise("410782");
    store.serve().kill9();
    assert!(store.data().join("desk.sock").exists());
    std::fs::write(store.data().join("server.pid"), "1").unwrap();
    assert!(store.run_ok(&["stop"]).contains("没有运行"), "process 1 is not ours to stop");
    assert!(call(&store).wait_with_output().unwrap().status.success());
}

#[test]
fn an_empty_folder_is_left_empty_and_told_what_to_do() {
    let store = crate::support::temp_store();
    for args in [&["call"][..], &["serve"], &["verify"]] {
        let out = store.run(args);
        assert_eq!(out.status.code(), Some(6), "{args:?}");
        assert!(!store.data().exists(), "{args:?} made something");
    }
    let out = store.run(&["call"]);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(said.contains("xueji demo") && said.contains("xueji init"), "{said}");
}
