//! A real store has the machine's clock: one that stands behind the journal is not believed until the keeper says so.

use crate::support::store::temp_store;
use serde_json::{Value, json};
use xueji::model::{Account, Command, Founding, Office, Post, Seed, Stamp};
use xueji::server::{found, user_name};
use xueji::store::{Options, SledStore, Store};

/// The first keeper of a real store that was founded at this moment.
fn found_at(folder: &std::path::Path, now: Stamp) {
    let user = user_name(rustix::process::geteuid().as_raw());
    let keeper = Account {
        id: "keeper".into(),
        revision: 1,
        person: "k".into(),
        name: "甲".into(),
        office: "410782".into(),
        posts: vec![Post::Keeper],
        os_user: Some(user.clone()),
        active: true,
    };
    let handler = Account { id: "zz-jb".into(), person: "h".into(), posts: vec![Post::Handler], ..keeper.clone() };
    let office: Office = serde_json::from_value(json!({"id": "410782", "revision": 1, "name": "一县教育局",
        "level": "county", "parent": null, "school": null}))
    .unwrap();
    let founding = Founding {
        exercise: None,
        office: "410782".into(),
        master: Seed { offices: vec![office], accounts: vec![keeper, handler], ..Seed::default() },
    };
    SledStore::create(folder).unwrap();
    let (store, _) = SledStore::open(folder, Options::default(), &mut |_| ()).unwrap();
    let calendar = xueji::cli::calendar().unwrap();
    found(&store, &calendar, now, &Command::Found(Box::new(founding))).unwrap();
    store.close().unwrap();
}

fn account(id: &str) -> Value {
    json!({"do": "accounts.put", "account": {"id": id, "revision": 0, "person": id, "name": "乙", "office": "410782",
        "posts": ["handler"], "os_user": null, "active": true}})
}

#[test]
fn a_clock_that_went_back_is_refused_with_both_times_until_the_keeper_confirms() {
    let store = temp_store();
    let ahead = Stamp(Stamp::now().0 / 1000 * 1000 + 3_600_000);
    found_at(store.data(), ahead);
    let server = store.serve();
    let mut keeper = server.call();
    assert_eq!(keeper.welcome["me"]["exercise"], false);
    let before = keeper.ok(json!({"do": "journal.page"}));

    let error = keeper.error(account("neu-1"));
    assert_eq!(error["kind"], "clock");
    let message = error["message"].as_str().unwrap();
    assert!(message.contains(&ahead.to_string()), "the journal's time: {message}");
    let today = Stamp::now().day().to_string();
    assert!(message.matches(&today[..7]).count() >= 2, "the machine's time too: {message}");
    assert_eq!(keeper.ok(json!({"do": "journal.page"})), before);
    assert_eq!(keeper.ok(json!({"do": "accounts.list"}))["total"], 2, "reading goes on");

    // Not anybody's word.
    let mut clerk = server.call_as("zz-jb");
    let finding = clerk.refused(json!({"do": "clock.confirm"}));
    assert_eq!(finding["rule"], "R4.1");
    assert_eq!(keeper.error(account("neu-1"))["kind"], "clock");

    keeper.ok(json!({"do": "clock.confirm"}));
    keeper.ok(account("neu-1"));
    let journal = keeper.ok(json!({"do": "journal.page"}));
    let did: Vec<&Value> = journal["items"].as_array().unwrap().iter().map(|entry| &entry["command"]["do"]).collect();
    assert_eq!(did, [&json!("store.found"), &json!("clock.confirm"), &json!("accounts.put")]);
    assert_eq!(keeper.ok(json!({"do": "verify"}))["damage"], json!([]));
}

#[test]
fn a_clock_that_time_services_put_back_by_a_little_is_believed() {
    let store = temp_store();
    found_at(store.data(), Stamp(Stamp::now().0 + 60_000));
    store.serve().call().ok(account("neu-1"));
}

#[test]
fn a_real_store_knows_no_other_account_and_no_other_day() {
    let store = temp_store();
    store.run_ok(&["init", "--office", "410782"]);
    let server = store.serve();
    let mut keeper = server.call();
    keeper.ok(account("neu-1"));
    let before = keeper.ok(json!({"do": "journal.page"}));
    let counts = |field: &str, value: &str| {
        let mut request = json!({"do": "queue.counts"});
        request[field] = value.into();
        request
    };
    for request in [counts("as", "neu-1"), counts("as", "keeper"), counts("today", "2025-10-15")] {
        let error = keeper.error(request.clone());
        assert_eq!(error["kind"], "no_access", "{request}");
        assert!(error["message"].as_str().unwrap().contains("正式库"), "{error}");
    }
    assert_eq!(keeper.error(json!({"do": "session.as", "account": "neu-1"}))["kind"], "no_access");
    for (request, rule) in [
        (json!({"do": "exercise.today", "at": "2025-10-15"}), "R2.2"),
        (
            json!({"do": "offices.put", "office": {"id": "410702", "revision": 0, "name": "乙", "level": "county",
            "parent": "410700", "school": null}}),
            "R25.2",
        ),
    ] {
        let finding = keeper.refused(request);
        assert_eq!(finding["rule"], rule);
        assert!(!finding["remedy"].as_str().unwrap().is_empty() && finding["facts"] != json!({}), "{finding}");
    }
    assert_eq!(keeper.ok(json!({"do": "journal.page"})), before);

    let other = store.run(&["--as", "neu-1", "call"]);
    assert_eq!(other.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&other.stderr).contains("neu-1"));
}
