//! A login that several persons share: PINs, attempts that are limited and journalled, and what each connection may be.

use crate::support::call::{Call, hello};
use crate::support::store::temp_exercise;
use crate::support::{Server, TempStore};
use serde_json::{Value, json};
use std::io::Write;
use std::process::Stdio;

const KEEPERS: &str = "802613";
const CLERKS: &str = "415926535";

/// An office with a keeper and, at the same login, a clerk who is another person.
struct Shared {
    _server: Server,
    store: TempStore,
    user: String,
}

fn account(id: &str, person: &str, posts: &[&str], user: Option<&str>) -> Value {
    json!({"do": "accounts.put", "account": {"id": id, "revision": 0, "person": person, "name": format!("演练{id}"),
        "office": "410782", "posts": posts, "os_user": user, "active": true}})
}

fn pin(account: &str, pin: &str) -> Value {
    json!({"do": "accounts.pin", "account": account, "pin": pin})
}

fn share(user: &str, shared: bool) -> Value {
    json!({"do": "accounts.share", "os_user": user, "shared": shared})
}

fn log_in(account: &str, pin: &str) -> Value {
    json!({"do": "session.login", "account": account, "pin": pin})
}

impl Shared {
    /// The keeper alone, whose login is not shared yet.
    fn before() -> Shared {
        let store = temp_exercise("410782");
        let _server = store.serve();
        let user = store.call_as("keeper").ok(json!({"do": "whoami"}))["os_user"].as_str().unwrap().to_owned();
        Shared { _server, store, user }
    }

    /// Keeper and clerk at one shared login.
    fn new() -> Shared {
        let shared = Shared::before();
        let mut keeper = shared.store.call_as("keeper");
        keeper.ok(pin("keeper", KEEPERS));
        keeper.ok(share(&shared.user, true));
        let mut keeper = shared.enter("keeper", KEEPERS);
        keeper.ok(account("jb", "p-jb", &["handler"], Some(&shared.user)));
        keeper.ok(pin("jb", CLERKS));
        shared
    }

    /// A connection of which nothing is known but its user.
    fn stranger(&self) -> Call {
        let mut call = Call::bare(self.store.data());
        call.send_line(&hello(None).to_string());
        let asked = call.read().unwrap();
        assert_eq!(asked["error"]["kind"], "pin", "{asked}");
        call
    }

    fn enter(&self, account: &str, pin: &str) -> Call {
        let mut call = self.stranger();
        let welcome = call.ok(log_in(account, pin));
        assert_eq!(welcome["me"]["account"]["id"], account);
        call
    }
}

#[test]
fn a_login_is_shared_only_when_everybody_there_has_a_pin() {
    let shared = Shared::before();
    let mut keeper = shared.store.call_as("keeper");
    // One login is one person, until it is said to be shared.
    let other = account("jb", "p-jb", &["handler"], Some(&shared.user));
    assert_eq!(keeper.refused(other.clone())["rule"], "R5.12");
    let error = keeper.error(share(&shared.user, true));
    assert!(error["message"].as_str().unwrap().contains("keeper 还没有 PIN"), "{error}");
    for bad in ["80261", "8026131234567", "80261x", "111111", "123456", "987654", ""] {
        assert_eq!(keeper.error(pin("keeper", bad))["kind"], "input", "{bad}");
    }
    assert_eq!(keeper.error(pin("nobody-here", KEEPERS))["kind"], "not_found");
    keeper.ok(account("fh", "p-fh", &["reviewer"], None));
    let error = keeper.error(pin("fh", CLERKS));
    assert!(error["message"].as_str().unwrap().contains("没有登记操作系统用户"), "{error}");
    assert_eq!(keeper.error(share("somebody", true))["kind"], "not_found");
    keeper.ok(pin("keeper", KEEPERS));
    // A clerk sets no PIN and shares nothing.
    let mut clerk = shared.store.call_as("fh");
    assert_eq!(clerk.refused(pin("keeper", CLERKS))["rule"], "R4.1");
    assert_eq!(clerk.refused(share(&shared.user, true))["rule"], "R4.1");
    keeper.ok(share(&shared.user, true));

    let mut keeper = shared.enter("keeper", KEEPERS);
    assert_eq!(keeper.error(share(&shared.user, true))["kind"], "input", "it is already");
    keeper.ok(other);
    let listed = keeper.ok(json!({"do": "accounts.list"}));
    let row = |id: &str| listed["items"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap().clone();
    assert_eq!((&row("keeper")["pin"], &row("jb")["pin"]), (&json!("set"), &json!("none")));
    assert_eq!(row("jb")["shared"], true);
    // Two persons are there now: it cannot be one person's again.
    assert_eq!(keeper.refused(share(&shared.user, false))["rule"], "R5.12");
    keeper.ok(json!({"do": "accounts.disable", "account": "jb"}));
    keeper.ok(share(&shared.user, false));
    assert_eq!(shared.store.call_as("keeper").welcome["me"]["account"]["id"], "keeper");
}

#[test]
fn a_pin_says_who_it_is_and_no_connection_becomes_another_person_without_one() {
    let shared = Shared::new();
    let mut asked = Call::bare(shared.store.data());
    asked.send_line(&hello(Some("jb")).to_string());
    let said = asked.read().unwrap();
    let details: Vec<&str> =
        said["error"]["details"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    assert!(details.len() == 1 && details[0].starts_with("jb 演练jb"), "{said}");
    // Anything else than the login ends the connection.
    assert_eq!(asked.error(json!({"do": "whoami"}))["kind"], "no_access");
    asked.wait_closed();

    let mut clerk = shared.enter("jb", CLERKS);
    assert_eq!(clerk.ok(json!({"do": "whoami"}))["account"]["person"], "p-jb");
    for request in [json!({"do": "session.as", "account": "keeper"}), json!({"do": "whoami", "as": "keeper"})] {
        let error = clerk.error(request);
        assert!(error["kind"] == "no_access" && error["message"].as_str().unwrap().contains("PIN"), "{error}");
    }
    // A second account of the same person needs none; another person's PIN turns the connection over.
    shared.enter("keeper", KEEPERS).ok(account("jb-fh", "p-jb", &["reviewer"], Some(&shared.user)));
    clerk.ok(json!({"do": "session.as", "account": "jb-fh"}));
    assert_eq!(clerk.error(log_in("keeper", CLERKS))["kind"], "pin");
    assert_eq!(clerk.ok(json!({"do": "whoami"}))["account"]["id"], "jb-fh", "a wrong PIN changes nothing");
    clerk.ok(log_in("keeper", KEEPERS));
    assert_eq!(clerk.ok(json!({"do": "whoami"}))["account"]["id"], "keeper");
    assert_eq!(clerk.error(json!({"do": "session.as", "account": "jb"}))["kind"], "no_access");
}

#[test]
fn five_wrong_attempts_close_a_pin_for_the_day_and_each_is_journalled() {
    let shared = Shared::new();
    let mut call = shared.stranger();
    for left in [4, 3, 2, 1] {
        let error = call.error(log_in("jb", "000111"));
        assert_eq!(error["kind"], "pin");
        assert!(error["message"].as_str().unwrap().contains(&format!("还可以试 {left} 次")), "{error}");
    }
    // The fifth closes it, for the right PIN too, and on every connection.
    let error = call.error(log_in("jb", "000111"));
    assert!(error["kind"] == "no_access" && error["message"].as_str().unwrap().contains("明日零时"), "{error}");
    call.wait_closed();
    assert_eq!(shared.stranger().error(log_in("jb", CLERKS))["kind"], "no_access");
    // Others come in as before; an account that is none of this login does not.
    let mut keeper = shared.enter("keeper", KEEPERS);
    assert_eq!(shared.stranger().error(log_in("fh", CLERKS))["kind"], "pin");
    let tries = keeper.ok(json!({"do": "journal.find", "who": "jb", "kind": "session.login"}));
    let commands: Vec<&Value> = tries["items"].as_array().unwrap().iter().map(|entry| &entry["command"]).collect();
    assert_eq!(commands.len(), 5, "{tries}");
    assert!(commands.iter().all(|command| command["right"] == false && command["os_user"] == *shared.user));
    // What is closed is not looked at: nobody's guess is told apart.
    assert!(!tries.to_string().contains("000111") && !tries.to_string().contains(CLERKS));
    let listed = keeper.ok(json!({"do": "accounts.list"}));
    let row = listed["items"].as_array().unwrap().iter().find(|row| row["id"] == "jb").unwrap().clone();
    assert_eq!(row["pin"], "closed");

    // A keeper opens it at once with another PIN; the old one is no longer one.
    keeper.ok(pin("jb", "271828"));
    assert_eq!(shared.stranger().error(log_in("jb", CLERKS))["kind"], "pin");
    shared.enter("jb", "271828");
    // Closed again: the next day opens it, and a right PIN lets the count begin anew.
    let mut call = shared.stranger();
    for _ in 0..5 {
        call.error(log_in("jb", "000111"));
    }
    assert_eq!(shared.stranger().error(log_in("jb", "271828"))["kind"], "no_access");
    let now = keeper.ok(json!({"do": "whoami"}))["now"].as_str().unwrap()[..10].to_owned();
    let next: xueji::model::Day = now.parse::<xueji::model::Day>().unwrap().succ_opt().unwrap();
    keeper.ok(json!({"do": "exercise.today", "at": format!("{next}T09:00:00+08:00")}));
    let mut call = shared.stranger();
    for _ in 0..4 {
        assert_eq!(call.error(log_in("jb", "000111"))["kind"], "pin");
    }
    shared.enter("jb", "271828");
    let error = shared.stranger().error(log_in("jb", "000111"));
    assert!(error["message"].as_str().unwrap().contains("还可以试 4 次"), "{error}");
}

#[test]
fn no_pin_and_nothing_it_could_be_guessed_from_is_written_where_people_read() {
    let shared = Shared::new();
    shared.enter("jb", CLERKS);
    let mut keeper = shared.enter("keeper", KEEPERS);
    let journal = keeper.ok(json!({"do": "journal.page", "count": 200})).to_string();
    assert!(journal.contains("accounts.pin") && journal.contains("session.login"));
    for secret in [KEEPERS, CLERKS, "argon2"] {
        assert!(!journal.contains(secret), "{secret} stands in the journal as people read it");
    }
    // Nor does any file of the store hold a PIN: records and journal have the hash alone.
    let mut files = vec![shared.store.data().to_owned()];
    let mut hashes = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if let Ok(bytes) = std::fs::read(&path) {
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains(KEEPERS) && !text.contains(CLERKS), "{}", path.display());
            hashes += usize::from(text.contains("$argon2id$"));
        }
    }
    assert!(hashes > 0, "the journal has the hashes");
    assert_eq!(keeper.ok(json!({"do": "verify"}))["damage"], json!([]));
}

#[test]
fn a_script_says_who_it_is_in_its_first_line_and_without_a_terminal_nobody_else_comes_in() {
    let shared = Shared::new();
    let call = |args: &[&str], lines: &str| {
        let mut child = shared
            .store
            .command(&[args, &["call"]].concat())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It may be sent away before it reads.
        let _ = child.stdin.take().unwrap().write_all(lines.as_bytes());
        child.wait_with_output().unwrap()
    };
    let who = "{\"id\":2,\"do\":\"whoami\"}\n";
    let lines = format!("{}\n{who}", json!({"id": 1, "do": "session.login", "account": "jb", "pin": CLERKS}));
    for args in [&[][..], &["--as", "jb"]] {
        let out = call(args, &lines);
        assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
        let said: Vec<Value> =
            String::from_utf8(out.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!((&said[0]["id"], &said[0]["ok"]["me"]["account"]["id"]), (&json!(1), &json!("jb")));
        assert_eq!(said[1]["ok"]["account"]["id"], "jb");
    }
}
