//! 代办: who stands in for whom, from which day to which; never checking what he prepared himself.

use super::world::{World, agree, approve, on};
use serde_json::{Value, json};

fn put(who: &str, from: &str, until: &str) -> Value {
    json!({"do": "substitutes.put", "who": who, "from": from, "until": until})
}

#[test]
fn a_substitute_acts_in_the_post_within_the_days_and_signs_for_whom() {
    let mut w = World::new();
    let mut case = w.at_county();
    w.act("xian1-jbb", &mut case, approve());
    // 2025-09-26: 经办 p-jb may not check.
    assert_eq!(w.refused("xian1-jb", on(&case, agree()))["rule"], "R4.1");
    w.ok("xian1-fh", put("xian1-jb", "2025-09-28", "2025-09-29"));
    assert_eq!(w.refused("xian1-jb", on(&case, agree()))["rule"], "R4.1", "not before its first day");
    w.today("2025-09-30");
    assert_eq!(w.refused("xian1-jb", on(&case, agree()))["rule"], "R4.1", "not after its last");
    for day in ["2025-09-28", "2025-09-29"] {
        w.today(day);
        let me = w.ok("xian1-jb", json!({"do": "whoami"}));
        assert_eq!(me["standing_in"][0]["name"], "名p-fh", "{me}");
        assert_eq!(w.ok("xian1-jb", json!({"do": "queue.counts"}))["mine"], 1);
    }
    w.act("xian1-jb", &mut case, agree());
    let shown = w.show("xian1-jb", &case);
    let by = &shown["steps"][1]["decided_by"];
    assert_eq!((&by["name"], &by["post"]), (&json!("名p-jb"), &json!("reviewer")));
    assert_eq!((&by["on_behalf"]["name"], &by["on_behalf"]["person"]), (&json!("名p-fh"), &json!("p-fh")));
    // In his own post he signs for himself.
    let mut other = w.at_county();
    w.act("xian1-jb", &mut other, approve());
    let shown = w.show("xian1-jb", &other);
    assert_eq!(shown["steps"][1]["rounds"][0]["acts"][0]["by"]["on_behalf"], Value::Null);
    // The journal says who acted, and for whom he stood in.
    let page = w.keeper.ok(json!({"do": "journal.page", "after": 0, "count": 200}));
    let entry = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .find(|entry| entry["command"]["do"] == "applications.decide" && entry["by"]["account"] == "xian1-jb")
        .unwrap();
    assert_eq!(
        (&entry["by"]["account"], &entry["by"]["on_behalf"]),
        (&json!("xian1-jb"), &json!(["名p-fh"])),
        "{entry}"
    );
}

#[test]
fn a_substitute_never_checks_what_he_prepared_nor_what_was_prepared_in_his_place() {
    let mut w = World::new();
    let mut case = w.at_county();
    w.ok("xian1-fh", put("xian1-jb", "2025-09-26", "2025-10-31"));
    w.act("xian1-jb", &mut case, approve());
    let refused = w.refused("xian1-jb", on(&case, agree()));
    assert_eq!((&refused["rule"], &refused["article"]), (&json!("R5.12"), &json!("5")));
    assert_eq!(w.ok("xian1-jb", json!({"do": "queue.counts"}))["mine"], 0);
    w.act("xian1-fhb", &mut case, agree());
    // Somebody holds both posts and is away; who proposed in his place is held to be him.
    let mut case = w.at_county();
    w.ok("xian1-both", put("xian1-fhb", "2025-09-26", "2025-10-31"));
    w.act("xian1-fhb", &mut case, approve());
    assert_eq!(w.refused("xian1-both", on(&case, agree()))["rule"], "R5.12");
    assert_eq!(w.refused("xian1-fhb", on(&case, agree()))["rule"], "R5.12");
    w.act("xian1-fh", &mut case, agree());
}

#[test]
fn who_may_arrange_it_and_for_whom() {
    let mut w = World::new();
    for (account, request, rule) in [
        // Another office's, a person for himself, and what is not his own to arrange.
        ("x1-sh", put("x1-sh2", "2025-09-26", "2025-10-01"), None),
        ("x1-sh", put("x1-lr2", "2025-09-26", "2025-10-01"), Some("R5.12")),
        ("sheng-jb", put("xian1-jb", "2025-09-26", "2025-10-01"), Some("R4.1")),
    ] {
        match rule {
            Some(rule) => assert_eq!(w.refused(account, request)["rule"], rule, "{account}"),
            None => drop(w.ok(account, request)),
        }
    }
    let for_him = |who: &str| {
        let mut request = put(who, "2025-09-26", "2025-10-01");
        request["on_behalf"] = "xian1-fh".into();
        request
    };
    assert_eq!(w.refused("xian1-jbb", for_him("xian1-fhb"))["rule"], "R4.1");
    w.ok("xian1-xt", for_him("xian1-fhb"));
    assert_eq!(w.error("xian2-xt", for_him("xian1-fhb"))["kind"], "not_found");
    assert_eq!(
        w.error("xian1-xt", put("xian1-jb", "2025-09-26", "2025-10-01"))["kind"],
        "input",
        "a keeper decides nothing"
    );
    for (from, until) in [("2025-09-27", "2025-09-26"), ("2025-09-20", "2025-09-25"), ("2025-09-26", "2026-09-28")] {
        assert_eq!(w.error("xian1-jb", put("xian1-jbb", from, until))["kind"], "input", "{from} {until}");
    }
    w.ok("xian1-jb", put("xian1-jbb", "2025-09-20", "2025-09-26"));
    w.ok("xian1-jb", put("xian1-jbb", "2025-09-26", "2026-09-27"));
    let listed = w.ok("xian1-jb", json!({"do": "substitutes.list"}));
    let mine: Vec<&Value> =
        listed["items"].as_array().unwrap().iter().filter(|one| one["on_behalf"] == "xian1-jb").collect();
    assert_eq!(mine.len(), 1, "put again it is replaced: {listed}");
    assert_eq!((&mine[0]["until"], &mine[0]["in_force"]), (&json!("2026-09-27"), &json!(true)));
    // It can be ended at once.
    let mut case = w.at_county();
    w.act("xian1-jb", &mut case, json!({"do": "applications.hand_over", "to": "xian1-both"}));
    w.ok("xian1-jb", json!({"do": "substitutes.drop", "who": "xian1-jbb"}));
    assert_eq!(w.error("xian1-jb", json!({"do": "substitutes.drop", "who": "xian1-jbb"}))["kind"], "not_found");
}

#[test]
fn what_was_handed_to_the_one_who_is_away_is_on_the_substitutes_list() {
    let mut w = World::new();
    let mut case = w.at_county();
    w.act("xian1-jb", &mut case, json!({"do": "applications.hand_over", "to": "xian1-jbb"}));
    let mine = |w: &mut World| w.ok("xian1-both", json!({"do": "queue.counts"}))["mine"].clone();
    assert_eq!(mine(&mut w), 0);
    w.ok("xian1-jbb", put("xian1-both", "2025-09-26", "2025-09-30"));
    assert_eq!(mine(&mut w), 1);
    w.ok("keeper", json!({"do": "accounts.disable", "account": "xian1-jbb"}));
    let me = w.ok("xian1-both", json!({"do": "whoami"}));
    assert_eq!(me["standing_in"], json!([]), "nobody stands in for who has left");
}

#[test]
fn limits_are_saved_per_account_and_kept() {
    let mut w = World::new();
    let save = |name: &str, limit: Value| json!({"do": "views.save", "name": name, "limit": limit});
    w.ok("xian1-jb", save("一校急件", json!({"school": super::world::X1, "light": "near"})));
    w.ok("xian1-jb", save("一校急件", json!({"school": super::world::X1, "light": "today"})));
    w.ok("xian1-jb", save("休学", json!({"kind": "休学"})));
    for (name, limit) in [("", json!({"kind": "休学"})), ("有 空格", json!({"kind": "休学"})), ("空", json!({}))]
    {
        assert_eq!(w.error("xian1-jb", save(name, limit))["kind"], "input", "{name}");
    }
    assert_eq!(w.error("xian1-jb", save(&"长".repeat(21), json!({"kind": "休学"})))["kind"], "input");
    w.restart();
    let listed = w.ok("xian1-jb", json!({"do": "views.list"}));
    let expected = json!([
        {"name": "一校急件", "limit": {"school": super::world::X1, "light": "today"}, "school": "一校"},
        {"name": "休学", "limit": {"kind": "休学"}, "school": null},
    ]);
    assert_eq!((&listed["items"], &listed["total"]), (&expected, &json!(2)));
    assert_eq!(w.ok("xian1-jbb", json!({"do": "views.list"}))["total"], 0, "one's own only");
    w.ok("xian1-jb", json!({"do": "views.drop", "name": "休学"}));
    assert_eq!(w.error("xian1-jb", json!({"do": "views.drop", "name": "休学"}))["kind"], "not_found");
    assert_eq!(w.ok("xian1-jb", json!({"do": "views.list"}))["total"], 1);
}
