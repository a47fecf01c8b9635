//! What one connection may not do to the others, nor an account beyond its end: bounds on lines, papers half brought,
//! claims, repeated commands.

use super::world::{Case, World, X1, X2, agree, attach, submit};
use crate::support::call::Call;
use crate::support::{temp_store, until};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;

/// What either end takes as one line, by the wire's description.
const LINE: usize = 256 * 1024;

fn paper(bytes: usize) -> Vec<u8> {
    (0..bytes).map(|at| (at % 251) as u8).collect()
}

fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// One piece of a file.
fn piece(case: &Case, bytes: &[u8], from: usize, to: usize) -> Value {
    let mut request = attach(&case.id, bytes);
    request["offset"] = from.into();
    request["data"] = STANDARD.encode(&bytes[from..to]).into();
    request
}

fn partials(w: &World) -> usize {
    std::fs::read_dir(w.store.data().join("evidence").join("tmp")).unwrap().count()
}

// ---- A: an account that is disabled

#[test]
fn every_line_of_a_disabled_account_ends_listening_or_not() {
    let mut w = World::new();
    let mut silent = w.server.call_as("x1-lrb");
    let mut listening = w.server.call_as("x1-lrb");
    listening.ok(json!({"do": "notices.subscribe"}));
    let mut switched = w.server.call_as("x1-lr");
    switched.ok(json!({"do": "session.as", "account": "x1-lrb"}));
    let mut other = w.server.call_as("x1-lr");
    w.ok("keeper", json!({"do": "accounts.disable", "account": "x1-lrb"}));
    for line in [&mut silent, &mut listening, &mut switched] {
        line.wait_closed();
    }
    other.ok(json!({"do": "queue.counts"}));
    assert_eq!(
        Call::greet(w.store.data(), &crate::support::call::hello(Some("x1-lrb"))).err().unwrap()["error"]["kind"],
        "no_access"
    );
}

/// Lines that were on their way: the first is refused, the others are not heard.
#[test]
fn a_disabled_account_is_told_once_and_never_served_again() {
    let mut w = World::new();
    let mut line = w.server.call_as("xian1-xt");
    line.ok(json!({"do": "queue.counts"}));
    // In one write: the first line takes away the account of the line that sends it.
    let mut lines = json!({"id": 1, "do": "accounts.disable", "account": "xian1-xt"}).to_string() + "\n";
    for id in 2..5 {
        lines += &(json!({"id": id, "do": "accounts.list"}).to_string() + "\n");
    }
    line.send_bytes(lines.as_bytes()).unwrap();
    assert_eq!(line.read().unwrap()["ok"]["account"], "xian1-xt");
    let second = line.read().unwrap();
    assert_eq!((&second["id"], &second["error"]["kind"]), (&json!(2), &json!("no_access")), "{second}");
    assert_eq!(line.read(), None, "said once");
    w.ok("keeper", json!({"do": "queue.counts"}));
}

// ---- B: lines that the other end takes

#[test]
fn pages_end_before_a_line_is_too_long_and_lead_on() {
    let mut w = World::new();
    // Long texts make few rows of many bytes.
    let long = "长".repeat(480);
    let mut ids = BTreeSet::new();
    for _ in 0..14 {
        let mut case = w.start("x1-lr", X1);
        for at in 0..8 {
            let mut request = attach(&case.id, format!("paper {at}").as_bytes());
            for field in ["kind", "name", "original_place"] {
                request[field] = long.as_str().into();
            }
            case.revision = w.ok("x1-lr", request)["revision"].as_u64().unwrap();
        }
        ids.insert(case.id);
    }
    for desk in ["x1-lr", "keeper"] {
        let mut seen = BTreeSet::new();
        let (mut after, mut pages) = (Value::Null, 0);
        loop {
            let answer = w.ask(desk, json!({"do": "applications.list", "after": after, "count": 500}));
            assert!(answer.to_string().len() <= LINE, "{} bytes", answer.to_string().len());
            let items = answer["ok"]["items"].as_array().unwrap_or_else(|| panic!("{answer}"));
            assert!(!items.is_empty(), "a page that leads nowhere");
            for item in items {
                assert!(seen.insert(item["id"].as_str().unwrap().to_owned()), "twice");
            }
            pages += 1;
            after = answer["ok"]["next"].clone();
            if after.is_null() {
                break;
            }
        }
        assert_eq!(seen, ids, "{desk}");
        assert!(pages > 2, "{pages} pages: the rows are too small for this test");
    }
    // The journal of the same acts.
    let (mut after, mut seqs) = (json!(0), Vec::new());
    loop {
        let answer = w.ask("keeper", json!({"do": "journal.page", "after": after, "count": 200}));
        assert!(answer.to_string().len() <= LINE);
        let page = &answer["ok"];
        seqs.extend(page["items"].as_array().unwrap().iter().map(|entry| entry["seq"].as_u64().unwrap()));
        if page["next"].is_null() {
            break;
        }
        after = page["next"].clone();
    }
    let expected: Vec<u64> = (1..=seqs.last().copied().unwrap()).collect();
    assert_eq!(seqs, expected, "no entry is left out, none comes twice");
}

#[test]
fn an_answer_too_long_for_a_line_is_an_error_that_says_so() {
    let mut w = World::new();
    let mut case = w.start("x1-lr", X1);
    let long = "长".repeat(480);
    for at in 0..70 {
        let mut request = attach(&case.id, format!("paper {at}").as_bytes());
        for field in ["kind", "name", "original_place"] {
            request[field] = long.as_str().into();
        }
        case.revision = w.ok("x1-lr", request)["revision"].as_u64().unwrap();
    }
    let mut line = w.server.call_as("keeper");
    let answer = line.ask(json!({"id": "many", "do": "applications.show", "application": case.id}));
    assert_eq!(answer["error"]["kind"], "input", "{}", answer.to_string().len());
    assert!(answer["error"]["message"].as_str().unwrap().contains("count"));
    line.ok(json!({"do": "queue.counts"}));
}

// ---- C: papers

#[test]
fn half_a_paper_stands_in_nobodys_way() {
    let mut w = World::new();
    let (bytes, case) = (paper(100_000), w.start("x1-lr", X1));
    let mut first = w.server.call_as("x1-lr");
    let mut second = w.server.call_as("x1-lrb");
    let mut rubbish = piece(&case, &bytes, 0, 40_000);
    rubbish["data"] = STANDARD.encode([7; 10]).into();
    first.ok(rubbish);
    // Somebody else, with the same paper for the same case.
    assert_eq!(second.ok(piece(&case, &bytes, 0, 48_000))["received"], 48_000);
    let gap = second.error(piece(&case, &bytes, 60_000, 70_000));
    assert_eq!(gap["kind"], "input");
    let message = gap["message"].as_str().unwrap();
    assert!(message.contains("从 48000 接着传") && message.contains("从 0 重新开始"), "{message}");
    // Begun again, and brought to its end.
    assert_eq!(second.ok(piece(&case, &bytes, 0, 10_000))["received"], 10_000);
    assert_eq!(second.ok(piece(&case, &bytes, 10_000, 60_000))["received"], 60_000);
    assert!(second.ok(piece(&case, &bytes, 60_000, 100_000))["revision"].is_u64());
    let shown = w.ok("x1-lr", json!({"do": "evidence.list", "application": case.id}));
    assert_eq!(shown["items"][0]["size"], 100_000);
}

#[test]
fn half_papers_are_few_and_fall_with_the_line() {
    let mut w = World::new();
    let case = w.start("x1-lr", X1);
    let mut line = w.server.call_as("x1-lr");
    let papers: Vec<Vec<u8>> = (0..9).map(|at| vec![at; 1000]).collect();
    for bytes in &papers[..8] {
        line.ok(piece(&case, bytes, 0, 10));
    }
    let ninth = line.error(piece(&case, &papers[8], 0, 10));
    assert!(ninth["message"].as_str().unwrap().contains("先传完"), "{ninth}");
    // A wrong beginning takes no place; one that is brought to its end makes room.
    line.ok(piece(&case, &papers[0], 10, 1000));
    line.error(piece(&case, &papers[8], 5, 10));
    line.ok(piece(&case, &papers[8], 0, 10));
    assert_eq!(partials(&w), 8);
    drop(line);
    until("half papers to be thrown away", || (partials(&w) == 0).then_some(()));
}

/// Who knows a digest has not brought the paper: it is not his to read.
#[test]
fn a_digest_alone_opens_no_paper() {
    let mut w = World::new();
    let secret = paper(60_000);
    let theirs = w.start("x2-lr", X2);
    w.ok("x2-lr", piece(&theirs, &secret, 0, 30_000));
    assert!(w.ok("x2-lr", piece(&theirs, &secret, 30_000, 60_000))["revision"].is_u64());

    let mine = w.start("x1-lr", X1);
    let mut guess = piece(&mine, &secret, 0, 0);
    assert_eq!(w.ok("x1-lr", guess.clone())["received"], 0);
    guess["data"] = STANDARD.encode([0; 60_000]).into();
    assert_eq!(w.error("x1-lr", guess.clone())["kind"], "input");
    guess["size"] = 1.into();
    guess["data"] = STANDARD.encode([0; 1]).into();
    assert_eq!(w.error("x1-lr", guess)["kind"], "input");
    assert_eq!(w.ok("x1-lr", json!({"do": "evidence.list", "application": mine.id}))["total"], 0);
    // Brought whole it is his, too; the other one's is as it was.
    assert_eq!(w.ok("x1-lr", piece(&mine, &secret, 0, 30_000))["received"], 30_000);
    assert!(w.ok("x1-lr", piece(&mine, &secret, 30_000, 60_000))["revision"].is_u64());
    w.ok("x2-lr", json!({"do": "evidence.get", "application": theirs.id, "digest": digest(&secret)}));

    // What the same student's papers hold already, seen by the same clerk, need not be brought twice.
    w.ok("x1-lr", json!({"do": "applications.cancel", "application": mine.id, "revision": 2, "reason": "重新申请"}));
    let again = w.start_for("x1-lr", &mine.student);
    let mut wrong_size = piece(&again, &secret, 0, 10);
    wrong_size["size"] = 59_999.into();
    assert_eq!(w.ok("x1-lr", wrong_size)["received"], 10, "not what lies there");
    assert!(w.ok("x1-lr", piece(&again, &secret, 0, 10))["revision"].is_u64());
    assert_eq!(w.ok("x1-lr", json!({"do": "evidence.list", "application": again.id}))["items"][0]["size"], 60_000);
}

#[test]
fn a_paper_read_from_its_middle_is_read_all_the_same() {
    let mut w = World::new();
    let (bytes, case) = (paper(100_000), w.start("x1-lr", X1));
    w.ok("x1-lr", piece(&case, &bytes, 0, 50_000));
    w.ok("x1-lr", piece(&case, &bytes, 50_000, 100_000));
    let get =
        |offset: u64| json!({"do": "evidence.get", "application": case.id, "digest": digest(&bytes), "offset": offset});
    let length = w.journal_length();
    let mut line = w.server.call_as("x1-sh");
    line.ok(get(1));
    assert_eq!(w.journal_length(), length + 1);
    line.ok(get(50_000));
    assert_eq!(w.journal_length(), length + 1, "the same reading");
    w.server.call_as("x1-sh").ok(get(99_999));
    assert_eq!(w.journal_length(), length + 2, "another line");
    for beyond in [100_000, u64::MAX] {
        assert_eq!(line.error(get(beyond))["kind"], "input", "{beyond}");
    }
}

#[test]
fn an_attachment_repeated_after_submission_gets_its_first_answer() {
    let mut w = World::new();
    let mut case = w.start("x1-lr", X1);
    let mut request = attach(&case.id, b"proof of the ground");
    request["command"] = "00000000-0000-4000-8000-000000000001".into();
    let first = w.ok("x1-lr", request.clone());
    case.revision = first["revision"].as_u64().unwrap();
    w.act("x1-lr", &mut case, submit());
    w.act("x1-sh", &mut case, agree());
    assert_eq!(w.ok("x1-lr", request.clone()), first);
    request["kind"] = "另一材料".into();
    assert_eq!(w.error("x1-lr", request)["kind"], "command_reused");
}

// ---- F: claims

#[test]
fn a_claim_ends_when_the_case_moves_on_or_ends() {
    let mut w = World::new();
    let mut case = w.submitted();
    let mut holder = w.server.call_as("x1-shb");
    holder.ok(json!({"do": "notices.subscribe"}));
    holder.ok(json!({"do": "applications.claim", "application": case.id}));
    assert_eq!(holder.notice_of("claimed")["claim"]["account"], "x1-shb");
    // Somebody else of the same post decides: the county's turn.
    w.act("x1-sh", &mut case, agree());
    let left = holder.notice_of("claimed");
    assert_eq!((&left["application"], &left["claim"]), (&json!(case.id), &Value::Null));
    assert_eq!(w.show("xian1-jb", &case)["claim"], Value::Null);
    assert_eq!(holder.ok(json!({"do": "applications.release", "application": case.id}))["released"], false);

    let mut other = w.start("x1-lr", X1);
    let mut entry = w.server.call_as("x1-lrb");
    entry.ok(json!({"do": "notices.subscribe"}));
    entry.ok(json!({"do": "applications.claim", "application": other.id}));
    entry.notice_of("claimed");
    // A change that leaves the turn where it is leaves the claim.
    w.attach("x1-lr", &mut other);
    assert_eq!(w.show("x1-lr", &other)["claim"]["account"], "x1-lrb");
    w.act("x1-lr", &mut other, super::world::cancel());
    assert_eq!(entry.notice_of("claimed")["claim"], Value::Null);
}

// ---- J: repeated commands

#[test]
fn a_commands_answer_is_its_offices_own() {
    let mut w = World::new();
    let student = w.student(X1);
    let mut start = super::world::start(&student);
    let id = "00000000-0000-4000-8000-000000000002";
    start["command"] = id.into();
    let first = w.ok("x1-lr", start.clone());
    let show = json!({"do": "commands.show", "command_id": id});
    for desk in ["x1-lr", "x1-sh", "keeper", "xian1-xt"] {
        assert_eq!(w.ok(desk, show.clone())["answer"], first, "{desk}");
    }
    for desk in ["x2-lr", "xian1-jb", "xian2-xt", "sheng-jb"] {
        assert_eq!(w.error(desk, show.clone())["kind"], "not_found", "{desk}");
    }
    assert_eq!(w.ok("x1-lr", start.clone()), first);
    for desk in ["x1-lrb", "x2-lr"] {
        assert_eq!(w.error(desk, start.clone())["kind"], "command_reused", "{desk}");
    }
}

// ---- D, I: connections and whom a desk trusts

#[test]
fn the_owner_opens_sixty_desks() {
    let w = World::new();
    let mut desks: Vec<Call> = (0..60).map(|_| w.server.call_as("x1-lr")).collect();
    for desk in &mut desks {
        desk.ok(json!({"do": "queue.counts"}));
    }
}

/// A socket in the way that another user's server listens at. Needs two users, so only root can show it.
#[test]
fn no_hello_is_said_to_a_strangers_server() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    use std::os::unix::process::CommandExt;
    const SOMEBODY: u32 = 48_731;
    let theirs = temp_store();
    theirs.run_ok(&["init", "--office", "410000", "--exercise"]);
    let open = |path: &std::path::Path| std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    open(theirs.home());
    // The program itself may lie where the other user cannot go.
    let program = theirs.home().join("xueji");
    std::fs::copy(crate::support::program(), &program).unwrap();
    open(&program);
    let all = std::process::Command::new("chown").arg("-R").arg(SOMEBODY.to_string()).arg(theirs.home()).status();
    assert!(all.unwrap().success());
    let mut server = std::process::Command::new(&program)
        .env_clear()
        .envs(crate::support::environment(theirs.home()))
        .current_dir(theirs.home())
        .args(["--data", theirs.data_arg(), "serve"])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .uid(SOMEBODY)
        .spawn()
        .unwrap();
    let socket = theirs.data().join("desk.sock");
    until("the other user's server", || std::os::unix::net::UnixStream::connect(&socket).ok());

    let ours = temp_store();
    std::fs::create_dir_all(ours.data().join("journal")).unwrap();
    std::os::unix::fs::symlink(&socket, ours.data().join("desk.sock")).unwrap();
    let output = ours.run(&["call"]);
    // In its own folder the same server is trusted.
    let own = theirs.run(&["call"]);
    server.kill().unwrap();
    server.wait().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(6), "{said}");
    assert!(said.contains("不可信任") && said.contains("48731"), "{said}");
    assert_eq!(own.status.code(), Some(0), "{}", String::from_utf8_lossy(&own.stderr));
}
