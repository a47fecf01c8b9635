//! Who may come in: the kernel's word on the user, the folder's owner, and what others are told.

use crate::support::call::Call;
use crate::support::store::temp_exercise;
use crate::support::{TempStore, program, until};
use nix::unistd::{Group, User};
use serde_json::{Value, json};
use std::fs::{self, Permissions};
use std::io::{Read, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

/// Somebody else on this machine, whom only root can play.
struct Stranger {
    uid: u32,
    gid: u32,
    group: String,
    program: PathBuf,
}

/// None, with a word about it, when the tests do not run as root.
fn stranger(store: &TempStore) -> Option<Stranger> {
    let user = User::from_name("nobody").ok().flatten();
    let group = user.as_ref().and_then(|user| Group::from_gid(user.gid).ok().flatten());
    let (true, Some(user), Some(group)) = (rustix::process::geteuid().is_root(), user, group) else {
        let _ = writeln!(std::io::stderr(), "skipped: only root can come as another user (nobody)");
        return None;
    };
    // The folder of the repository may be closed to others; the temporary one is opened for them.
    fs::set_permissions(store.home(), Permissions::from_mode(0o755)).unwrap();
    let copy = store.home().join("xueji");
    if fs::hard_link(program(), &copy).is_err() {
        fs::copy(program(), &copy).unwrap();
    }
    Some(Stranger { uid: user.uid.as_raw(), gid: user.gid.as_raw(), group: group.name, program: copy })
}

impl Stranger {
    /// `xueji --data … ARGS` as that user, with these lines as its input.
    fn run(&self, store: &TempStore, args: &[&str], input: &str) -> Output {
        let template = store.command(args);
        let mut command = Command::new(&self.program);
        command.args(template.get_args()).env_clear().current_dir("/");
        command.envs(template.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).uid(self.uid).gid(self.gid);
        let mut child = command.spawn().unwrap();
        // It may be sent away before it reads.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }
}

/// A server with arguments of its own, ended with the test.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn serve(store: &TempStore, args: &[&str]) -> Serving {
    let mut child = store.command(args).stdout(Stdio::piped()).spawn().unwrap();
    let mut ready = [0; 5];
    child.stdout.take().unwrap().read_exact(&mut ready).unwrap();
    assert_eq!(&ready, b"ready");
    Serving(child)
}

fn error_text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn an_unknown_user_is_refused_and_a_known_one_speaks_as_himself_only() {
    let store = temp_exercise("410782");
    let Some(nobody) = stranger(&store) else { return };
    let _server = serve(&store, &["serve", "--group", &nobody.group]);
    let socket = fs::metadata(store.data().join("desk.sock")).unwrap();
    assert_eq!((socket.mode() & 0o777, socket.gid()), (0o660, nobody.gid));
    assert_eq!(fs::metadata(store.data()).unwrap().mode() & 0o777, 0o710);

    let asking = "{\"id\":1,\"do\":\"whoami\"}\n";
    for args in [&["call"][..], &["--as", "keeper", "call"]] {
        let out = nobody.run(&store, args, asking);
        assert_eq!(out.status.code(), Some(3), "{args:?}: {}", error_text(&out));
        assert!(out.stdout.is_empty());
        assert!(error_text(&out).contains("nobody") && error_text(&out).contains("系统管理岗"), "{}", error_text(&out));
    }

    let mut keeper = Call::connect_as(store.data(), "keeper");
    for (id, posts, os_user) in [("jb", "handler", Some("nobody")), ("fh", "reviewer", None)] {
        keeper.ok(json!({"do": "accounts.put", "account": {"id": id, "revision": 0, "person": id, "name": "甲",
            "office": "410782", "posts": [posts], "os_user": os_user, "active": true}}));
    }
    let other = "{\"id\":2,\"do\":\"whoami\",\"as\":\"fh\"}\n{\"id\":3,\"do\":\"session.as\",\"account\":\"keeper\"}\n";
    let out = nobody.run(&store, &["call"], &format!("{asking}{other}"));
    assert_eq!(out.status.code(), Some(0), "every line was answered: {}", error_text(&out));
    let said: Vec<Value> =
        String::from_utf8(out.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&said[0]["ok"]["account"]["id"], &said[0]["ok"]["os_user"]), (&json!("jb"), &json!("nobody")));
    // The exercise store is another's: its owner plays every account, a member of the group his own.
    for answer in &said[1..] {
        assert_eq!(answer["error"]["kind"], "no_access", "{answer}");
    }
    // What the store holds is no business of the group's.
    for file in ["journal", "evidence", "server.pid"] {
        let mut look = Command::new("ls");
        look.arg(store.data().join(file)).uid(nobody.uid).gid(nobody.gid).stdout(Stdio::null()).stderr(Stdio::null());
        if file != "server.pid" {
            assert!(!look.status().unwrap().success(), "{file} can be read by the group");
        }
    }
    let listing = Command::new("ls").arg(store.data()).uid(nobody.uid).gid(nobody.gid).output().unwrap();
    assert!(!listing.status.success(), "the folder can be listed by the group");
}

#[test]
fn who_does_not_own_the_folder_starts_no_server_and_is_told_whom_to_ask() {
    let store = temp_exercise("410782");
    let Some(nobody) = stranger(&store) else { return };
    // Closed to him, and open: never served, served by group once.
    for mode in [0o700, 0o711] {
        fs::set_permissions(store.data(), Permissions::from_mode(mode)).unwrap();
        for args in [&["call"][..], &["--as", "keeper", "call"]] {
            let out = nobody.run(&store, args, "{\"id\":1,\"do\":\"whoami\"}\n");
            let said = error_text(&out);
            assert_eq!(out.status.code(), Some(6), "{mode:o}: {said}");
            assert!(said.contains("root") && said.contains("请联系"), "{mode:o}: {said}");
        }
        assert!(store.server_pid().is_none(), "a server was started");
    }
    let out = nobody.run(&store, &["init", "--office", "410782"], "");
    assert_ne!(out.status.code(), Some(0));
}

#[test]
fn an_unreachable_group_is_told_before_anything_listens() {
    let store = temp_exercise("410782");
    let out = store.run(&["serve", "--group", "no-such-group-here"]);
    assert_eq!(out.status.code(), Some(6));
    assert!(error_text(&out).contains("no-such-group-here"));
}

#[test]
fn the_server_is_the_folders_only_one_and_stops_when_told() {
    let store = temp_exercise("410782");
    let server = store.serve();
    let second = store.run(&["serve"]);
    assert_eq!(second.status.code(), Some(6), "{}", error_text(&second));
    let status: Value = serde_json::from_str(&store.run_ok(&["status", "--json"])).unwrap();
    assert_eq!((&status["server"], &status["store"]), (&json!(server.pid()), &json!(true)));
    let mut desk = server.call();
    desk.ok(json!({"do": "notices.subscribe"}));
    assert!(store.run_ok(&["stop"]).contains("已停止"));
    assert_eq!(desk.notice()["kind"], "closing");
    desk.wait_closed();
    let status: Value = serde_json::from_str(&store.run_ok(&["status", "--json"])).unwrap();
    assert_eq!(status["server"], Value::Null);
    until("the socket to be gone", || (!store.data().join("desk.sock").exists()).then_some(()));
    assert!(store.run_ok(&["stop"]).contains("没有运行"));
}
