//! One server to a folder, wherever it lies and whatever a dead one has left in it.

use super::ground::{ALL_SEEING, call, verified};
use super::small::people;
use crate::support::store::temp_exercise;
use crate::support::{environment, program, temp_store, until};
use serde_json::json;
use std::fs;
use std::io::Write;
use std::os::unix::net::UnixListener;
use std::process::{Command, Stdio};

#[test]
fn a_second_server_refuses_and_leaves_the_first_unharmed() {
    let store = temp_exercise("410000");
    let first = store.serve();
    let small = people(&store);
    let mut desk = store.call_as(ALL_SEEING);
    let second = store.run(&["serve"]);
    assert_eq!(second.status.code(), Some(6), "{}", String::from_utf8_lossy(&second.stderr));
    assert!(String::from_utf8_lossy(&second.stderr).contains("另一个进程"));
    // The connection that stood goes on, new ones are let in, and the pid file is still the first one's.
    desk.ok(json!({ "do": "students.put", "student": small.templates[0] }));
    verified(&store);
    assert_eq!(fs::read_to_string(store.data().join("server.pid")).unwrap(), first.pid().to_string());
    assert_eq!(first.stop().code(), Some(0));
}

#[test]
fn what_a_dead_server_left_is_no_obstacle() {
    let store = temp_exercise("410000");
    let pid = store.serve();
    let number = pid.pid();
    pid.kill9();
    assert!(store.data().join("desk.sock").exists(), "a killed server leaves its socket");
    assert_eq!(fs::read_to_string(store.data().join("server.pid")).unwrap(), number.to_string());
    assert!(store.run_ok(&["status"]).contains("没有运行"));
    // The number in a stale pid file may be anybody's by now, ours for instance: nobody is stopped by it.
    fs::write(store.data().join("server.pid"), std::process::id().to_string()).unwrap();
    assert!(store.run_ok(&["stop"]).contains("没有运行"));
    let server = store.serve();
    people(&store);
    verified(&store);
    assert_eq!(fs::read_to_string(store.data().join("server.pid")).unwrap(), server.pid().to_string());
    server.stop();
    assert!(!store.data().join("desk.sock").exists() && !store.data().join("server.pid").exists());

    // A socket somebody else's program left, and a plain file in its place.
    drop(UnixListener::bind(store.data().join("desk.sock")).unwrap());
    let server = store.serve();
    verified(&store);
    server.kill9();
    fs::remove_file(store.data().join("desk.sock")).unwrap();
    fs::write(store.data().join("desk.sock"), "no socket").unwrap();
    let server = store.serve();
    verified(&store);
    server.stop();
}

#[test]
fn a_desk_starts_the_server_that_was_killed() {
    let store = temp_exercise("410000");
    let server = store.serve();
    people(&store);
    server.kill9();
    let answers = call(&store, ALL_SEEING, &[json!({ "do": "whoami" })]);
    assert_eq!(answers[0]["ok"]["account"]["id"], ALL_SEEING);
    assert!(store.run_ok(&["status"]).contains("运行中"));
    store.run_ok(&["stop"]);
    until("the socket to be gone", || (!store.data().join("desk.sock").exists()).then_some(()));
}

#[test]
fn a_path_longer_than_a_socket_may_have_works() {
    let store = temp_store();
    for length in [107 - "/desk.sock".len(), 108 - "/desk.sock".len(), 180] {
        let base = store.home().as_os_str().len() + 1;
        let long = store.home().join("y".repeat(length - base));
        assert_eq!(long.as_os_str().len(), length);
        let run = |args: &[&str], input: &str| {
            let mut command = Command::new(program());
            command.env_clear().envs(environment(store.home()));
            command
                .arg("--data")
                .arg(&long)
                .args(args)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped());
            let mut child = command.spawn().unwrap();
            child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8(output.stdout).unwrap()
        };
        run(&["init", "--office", "410000", "--exercise"], "");
        // The desk starts the server, the next one finds it.
        for _ in 0..2 {
            let said = run(&["--as", "keeper", "call"], "{\"id\":1,\"do\":\"whoami\"}\n");
            assert!(said.contains("\"keeper\""), "{said}");
        }
        assert!(run(&["verify"], "").contains("核验无误"));
        assert!(run(&["status"], "").contains("运行中"));
        assert!(run(&["stop"], "").contains("已停止"));
        assert!(run(&["status"], "").contains("没有运行"));
    }
}
