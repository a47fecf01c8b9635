//! Every list is a page: total, items and next, whoever asks; following `next` gives every row once.

use super::world::{World, X1, X3, agree, approve, attach, cancel, on, submit};
use serde_json::{Value, json};

/// All rows of a list in pages of `count`, and its total, the same on every page.
fn pages(w: &mut World, account: &str, request: &Value, count: u64) -> (Vec<Value>, u64) {
    let (mut rows, mut total, mut after) = (Vec::new(), None, Value::Null);
    loop {
        let mut asked = request.clone();
        asked["count"] = count.into();
        if !after.is_null() {
            asked["after"] = after.clone();
        }
        let page = w.ok(account, asked);
        let items = page["items"].as_array().unwrap();
        assert_eq!(*total.get_or_insert(page["total"].as_u64().unwrap()), page["total"].as_u64().unwrap(), "{account}");
        after = page["next"].clone();
        assert!(items.len() as u64 == count || after.is_null(), "{account}: a page that is not full and not the last");
        rows.extend(items.iter().cloned());
        if after.is_null() {
            return (rows, total.unwrap());
        }
    }
}

fn column<'a>(rows: &'a [Value], field: &str) -> Vec<&'a str> {
    rows.iter().map(|row| row[field].as_str().unwrap()).collect()
}

#[test]
fn offices_and_accounts_come_in_pages() {
    let mut w = World::new();
    for request in [json!({"do": "offices.list"}), json!({"do": "accounts.list"})] {
        let whole = w.keeper.ok(request.clone());
        let all = whole["items"].as_array().unwrap().clone();
        assert_eq!((whole["total"].as_u64().unwrap(), &whole["next"]), (all.len() as u64, &Value::Null));
        assert!(all.len() >= 12, "{request}");
        for count in [1, 5, all.len() as u64] {
            let (rows, total) = pages(&mut w, "keeper", &request, count);
            assert_eq!((column(&rows, "id"), total), (column(&all, "id"), all.len() as u64), "{request}");
        }
        let mut nowhere = request.clone();
        nowhere["after"] = "nowhere".into();
        assert_eq!(w.keeper.error(nowhere)["kind"], "not_found");
    }
}

#[test]
fn applications_are_counted_for_who_may_see_them() {
    let mut w = World::new();
    w.at_county();
    // Taken back before it was submitted: it has had no hand but its school.
    let mut gone = w.start("x1-lr", X1);
    w.act("x1-lr", &mut gone, cancel());
    w.start("x3-lr", X3);
    // From county 1's school to county 2's: it passes through what lies in neither's scope.
    let student = w.student(X1);
    let details = json!({"转学": {"handed_in_on": "2025-09-26", "to": X3, "ground": "搬家"}});
    let done = w.ok("x1-lr", json!({"do": "applications.start", "student": student, "details": details}));
    let mut moved = super::world::Case { student, id: done["application"].as_str().unwrap().to_owned(), revision: 0 };
    let mut paper = attach(&moved.id, b"letter");
    paper["kind"] = "转学申请（本人书写）".into();
    moved.revision = w.ok("x1-lr", paper)["revision"].as_u64().unwrap();
    w.act("x1-lr", &mut moved, submit());
    let request = json!({"do": "applications.list"});
    let seen = |w: &mut World, account: &str| {
        let (rows, total) = pages(w, account, &request, 2);
        assert_eq!(rows.len() as u64, total, "{account}");
        total
    };
    assert_eq!([seen(&mut w, "x1-lr"), seen(&mut w, "x3-lr"), seen(&mut w, "xian2-jb")], [3, 1, 1]);
    w.act("x1-sh", &mut moved, agree());
    assert_eq!([seen(&mut w, "x3-lr"), seen(&mut w, "xian2-jb")], [2, 1], "school 3 has its turn now");
    w.act("x3-lr", &mut moved, approve());
    w.act("x3-sh", &mut moved, agree());
    w.act("xian1-jb", &mut moved, approve());
    w.ok("xian1-fh", on(&moved, agree()));
    for (account, expected) in
        [("x1-lr", 3), ("x3-lr", 2), ("xian1-jb", 3), ("xian2-jb", 2), ("shi-jb", 4), ("zhi-jb", 0), ("sheng-jb", 4)]
    {
        assert_eq!(seen(&mut w, account), expected, "{account}");
    }
    w.restart();
    assert_eq!([seen(&mut w, "xian2-jb"), seen(&mut w, "x3-lr")], [2, 2]);
}

#[test]
fn the_journal_is_counted_for_who_may_read_it() {
    let mut w = World::new();
    let mut case = w.at_county();
    w.act("xian1-jb", &mut case, approve());
    w.act("xian1-fh", &mut case, agree());
    let request = json!({"do": "journal.page"});
    let (own, total) = pages(&mut w, "xian1-jb", &request, 1);
    let commands: Vec<&str> = own.iter().map(|entry| entry["command"]["do"].as_str().unwrap()).collect();
    assert_eq!((commands, total), (vec!["applications.propose", "applications.decide"], 2));
    // A keeper reads what the offices below did as well.
    let (below, total) = pages(&mut w, "xian1-xt", &request, 3);
    assert_eq!((below.len(), total), (6, 6), "two of the county and four of its school");
    let (nothing, total) = pages(&mut w, "xian2-jb", &request, 3);
    assert_eq!((nothing.len(), total), (0, 0));
    let (all, total) = pages(&mut w, "keeper", &request, 7);
    assert_eq!((all.len() as u64, total), (w.journal_length(), w.journal_length()));
    let seqs: Vec<u64> = all.iter().map(|entry| entry["seq"].as_u64().unwrap()).collect();
    assert_eq!(seqs, (1..=total).collect::<Vec<_>>(), "the founding is nobody's and the keeper's to read");
}
