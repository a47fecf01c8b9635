//! The queue and the rules, as asked for over the line.

use super::world::{Case, World, X1, X2, agree, give_back, submit};
use serde_json::{Value, json};

fn ids(rules: &Value) -> Vec<&str> {
    rules["items"].as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect()
}

#[test]
fn rules_are_shown_by_id_and_by_article_to_everybody() {
    let mut w = World::new();
    for (asked, holds, lacks) in [
        ("R13.7", "R13.7", "R13.2"),
        ("r13.7", "R13.7", "R13.2"),
        ("13", "R13.2", "R5.12"),
        ("第13条", "R13.7", "R5.12"),
    ] {
        let rules = w.ok("x1-lr", json!({"do": "rules.show", "rule": asked}));
        assert!(ids(&rules).contains(&holds) && !ids(&rules).contains(&lacks), "{asked}: {rules}");
        for rule in rules["items"].as_array().unwrap() {
            assert!(!rule["summary"].as_str().unwrap().is_empty() && rule["derived"].is_boolean(), "{rule}");
        }
    }
    let error = w.error("x1-lr", json!({"do": "rules.show", "rule": "99"}));
    assert_eq!(error["kind"], "not_found");
    assert!(error["message"].as_str().unwrap().contains("13"), "what can be asked for is named: {error}");
}

/// A case of this school that reaches the county on this day.
fn arriving(w: &mut World, day: &str, school: &str, short: &str) -> Case {
    w.today(day);
    let mut case = w.start(&format!("{short}-lr"), school);
    w.attach(&format!("{short}-lr"), &mut case);
    w.act(&format!("{short}-lr"), &mut case, submit());
    w.act(&format!("{short}-sh"), &mut case, agree());
    case
}

/// Six cases at the county, counted on 2025-10-15, a Wednesday: late, due today, near, three with time left, of which one
/// came today, one on this week's Monday, one on the Sunday before; and one that was returned to school 1.
fn six(w: &mut World) -> [Case; 6] {
    let mut returned = arriving(w, "2025-09-22", X1, "x1");
    w.act("xian1-jb", &mut returned, give_back());
    w.act("xian1-fh", &mut returned, agree());
    let late = arriving(w, "2025-09-24", X1, "x1");
    let today = arriving(w, "2025-09-25", X1, "x1");
    let near = arriving(w, "2025-09-26", X2, "x2");
    let sunday = arriving(w, "2025-10-12", X1, "x1");
    let monday = arriving(w, "2025-10-13", X1, "x1");
    let new = arriving(w, "2025-10-15", X2, "x2");
    [late, today, near, sunday, monday, new]
}

fn rows(w: &mut World, account: &str, tab: &str, limit: Value) -> Vec<String> {
    let page = w.ok(account, json!({"do": "queue.page", "tab": tab, "count": 50, "limit": limit}));
    let ids: Vec<_> =
        page["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(page["total"], ids.len(), "{page}");
    ids
}

#[test]
fn a_limit_lets_through_what_has_all_that_it_names() {
    let mut w = World::new();
    let [late, today, near, sunday, monday, new] = six(&mut w);
    let id = |cases: &[&Case]| cases.iter().map(|case| case.id.clone()).collect::<Vec<_>>();
    let whole = id(&[&late, &today, &near, &sunday, &monday, &new]);
    let counts = w.ok("xian1-jb", json!({"do": "queue.counts"}));
    for (limit, left) in [
        (json!({}), whole.clone()),
        (json!({"light": "overdue"}), id(&[&late])),
        (json!({"light": "today"}), id(&[&today])),
        (json!({"light": "near"}), id(&[&near])),
        (json!({"light": "green"}), id(&[&sunday, &monday, &new])),
        (json!({"school": X2}), id(&[&near, &new])),
        (json!({"school": X2, "light": "near"}), id(&[&near])),
        (json!({"school": X2, "light": "overdue"}), vec![]),
        (json!({"kind": "休学"}), whole.clone()),
        (json!({"arrived": "today"}), id(&[&new])),
        (json!({"arrived": "week"}), id(&[&monday, &new])),
        (json!({"finding": "block"}), vec![]),
    ] {
        for tab in ["office", "mine"] {
            assert_eq!(rows(&mut w, "xian1-jb", tab, limit.clone()), left, "{tab} {limit}");
        }
        assert_eq!(w.ok("xian1-jb", json!({"do": "queue.counts"})), counts, "counts know no limit");
    }
    // A window is laid in what is left, around the place where a row that is not let through would be.
    let page = w.ok(
        "xian1-jb",
        json!({"do": "queue.page", "tab": "office", "count": 1, "anchor": monday.id, "limit": {"school": X2}}),
    );
    assert_eq!((&page["anchor"], &page["total"], &page["items"][0]["id"]), (&json!(1), &json!(2), &json!(new.id)));
    for bad in [json!({"light": "purple"}), json!({"lights": "near"}), json!({"arrived": "year"})] {
        let error = w.error("xian1-jb", json!({"do": "queue.page", "tab": "office", "count": 1, "limit": bad}));
        assert_eq!(error["kind"], "malformed", "{error}");
    }
}

#[test]
fn what_a_tab_can_be_narrowed_by_is_told_with_its_rows() {
    let mut w = World::new();
    six(&mut w);
    let limits = w.ok("xian1-jb", json!({"do": "queue.limits", "tab": "office"}));
    assert_eq!(limits["lights"], json!([["overdue", 1], ["today", 1], ["near", 1]]));
    assert_eq!(limits["kinds"], json!([["休学", 6]]));
    assert_eq!(limits["arrived"], json!([["today", 1], ["week", 2]]));
    assert_eq!(limits["findings"], json!([]));
    let schools: Vec<_> =
        limits["schools"].as_array().unwrap().iter().map(|row| (row[0].clone(), row[2].clone())).collect();
    assert_eq!(schools, [(json!(X1), json!(4)), (json!(X2), json!(2))]);
    assert!(limits["schools"][0][1].as_str().is_some_and(|name| !name.is_empty() && name != X1));
    let elsewhere = w.ok("xian2-jb", json!({"do": "queue.limits", "tab": "office"}));
    assert_eq!(elsewhere["schools"], json!([]), "another county's schools are nobody's business");
}

#[test]
fn near_late_and_returned_have_tabs_of_their_own_with_counts() {
    let mut w = World::new();
    let [late, today, near, ..] = six(&mut w);
    let none = || json!({});
    assert_eq!(rows(&mut w, "xian1-jb", "due_soon", none()), [today.id.clone(), near.id.clone()]);
    assert_eq!(rows(&mut w, "xian1-fh", "late", none()), std::slice::from_ref(&late.id));
    let returned = rows(&mut w, "xian1-jb", "returned", none());
    assert_eq!(returned.len(), 1);
    assert_eq!(rows(&mut w, "x1-lr", "returned", none()), returned, "its school sees it");
    for other in ["x2-lr", "xian2-jb"] {
        for tab in ["due_soon", "late", "returned"] {
            assert!(rows(&mut w, other, tab, none()).is_empty(), "{other} {tab}");
        }
    }
    for (account, due_soon, late, returned) in [("xian1-jb", 2, 1, 1), ("x1-lr", 0, 0, 1), ("x2-lr", 0, 0, 0)] {
        let counts = w.ok(account, json!({"do": "queue.counts"}));
        let got = (&counts["due_soon"], &counts["late"], &counts["returned"]);
        assert_eq!(got, (&json!(due_soon), &json!(late), &json!(returned)), "{account}");
    }
    // The day after, what was due is late and what was near is due.
    w.today("2025-10-16");
    assert_eq!(rows(&mut w, "xian1-jb", "late", none()), [late.id, today.id]);
    assert_eq!(rows(&mut w, "xian1-jb", "due_soon", none()), [near.id]);
}
