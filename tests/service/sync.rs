//! 待同步: the list of granted changes that the other systems lack, and who has it.

use super::world::{Case, World, agree, approve, attach, on, submit};
use serde_json::{Value, json};

fn tab(w: &mut World, account: &str) -> Vec<Value> {
    let page = w.ok(account, json!({"do": "queue.page", "tab": "unsynced", "count": 500}));
    let counts = w.ok(account, json!({"do": "queue.counts"}));
    assert_eq!(counts["unsynced"], page["total"], "{account}: {counts}");
    page["items"].as_array().unwrap().clone()
}

fn listed(w: &mut World, account: &str, case: &Case) -> bool {
    tab(w, account).iter().any(|row| row["id"] == case.id)
}

/// A suspension of school 1, granted.
fn granted(w: &mut World) -> Case {
    let mut case = w.at_county();
    w.act("xian1-jb", &mut case, approve());
    w.act("xian1-fh", &mut case, agree());
    case
}

fn sync(national: Option<&str>, module: Option<&str>) -> Value {
    json!({"do": "applications.sync", "national_on": national, "module_on": module})
}

#[test]
fn a_change_is_listed_from_its_grant_until_both_systems_have_it() {
    let mut w = World::new();
    let mut case = w.at_county();
    assert!(!listed(&mut w, "x1-lr", &case), "not before it is granted");
    w.act("xian1-jb", &mut case, approve());
    assert!(!listed(&mut w, "x1-lr", &case), "nor proposed");
    w.act("xian1-fh", &mut case, agree());
    for (account, there) in
        [("x1-lr", true), ("x1-sh", true), ("xian1-jb", true), ("shi-jb", true), ("x2-lr", false), ("xian2-jb", false)]
    {
        assert_eq!(listed(&mut w, account, &case), there, "{account}");
    }
    w.act("x1-lr", &mut case, sync(Some("2025-09-26"), None));
    assert!(listed(&mut w, "x1-lr", &case), "the module still lacks it");
    w.act("x1-sh", &mut case, sync(None, Some("2025-09-26")));
    assert!(!listed(&mut w, "x1-lr", &case));
    w.restart();
    assert!(!listed(&mut w, "x1-lr", &case), "read again from the disk");
    let report = w.ok("keeper", json!({"do": "verify"}));
    assert_eq!(report["damage"], json!([]));
}

#[test]
fn what_is_refused_or_cancelled_is_not_listed() {
    let mut w = World::new();
    let mut case = w.at_county();
    w.act("xian1-jb", &mut case, super::world::refuse());
    w.act("xian1-fh", &mut case, agree());
    assert!(!listed(&mut w, "x1-lr", &case));
    let mut case = w.submitted();
    w.act("x1-lr", &mut case, super::world::cancel());
    assert!(!listed(&mut w, "x1-lr", &case));
}

#[test]
fn the_oldest_wait_stands_first_and_a_stale_record_is_refused() {
    let mut w = World::new();
    let mut older = granted(&mut w);
    w.today("2025-09-29");
    let newer = granted(&mut w);
    let order: Vec<Value> = tab(&mut w, "x1-lr").iter().map(|row| row["id"].clone()).collect();
    assert_eq!(order, [json!(older.id), json!(newer.id)]);
    // Done in the national system today, it waits for the module since today: behind the other of this day by arrival.
    let stale = older.clone();
    w.act("x1-lr", &mut older, sync(Some("2025-09-29"), None));
    let error = w.error("x1-sh", on(&stale, sync(None, Some("2025-09-29"))));
    assert_eq!(error["kind"], "stale", "{error}");
    let rows = tab(&mut w, "x1-lr");
    let days: Vec<(&Value, &Value)> =
        rows.iter().map(|row| (&row["waiting"]["milestone"], &row["waiting"]["days"])).collect();
    assert_eq!(days, [(&json!("module"), &json!(0)), (&json!("national"), &json!(0))]);
}

#[test]
fn former_numbers_are_kept_masked_shown_whole_when_revealed_and_found_by_the_search() {
    let mut w = World::new();
    let student = w.student_with(&json!({"id_no": "410782200801018881"}));
    let details = json!({"信息变更": {"handed_in_on": "2025-09-26", "field": "身份证件号", "to": "41078220080101999x",
        "ground": "登记有误"}});
    let done = w.ok("x1-lr", json!({"do": "applications.start", "student": student, "details": details}));
    let id = done["application"].as_str().unwrap().to_owned();
    let mut case = Case { student: student.clone(), id: id.clone(), revision: 1 };
    for kind in ["派出所户籍单", "户口簿户主页", "户口簿本人页"] {
        let mut request = attach(&case.id, kind.as_bytes());
        request["kind"] = kind.into();
        case.revision = w.ok("x1-lr", request)["revision"].as_u64().unwrap();
    }
    w.act("x1-lr", &mut case, submit());
    w.act("x1-sh", &mut case, agree());
    w.act("xian1-jb", &mut case, approve());
    w.today("2025-09-28");
    assert_eq!(w.record(&student)["student"]["former"], json!([]), "not before it is granted");
    w.act("xian1-fh", &mut case, agree());

    let record = w.record(&student)["student"].clone();
    assert_eq!(record["id_no"], "410782********999X");
    let former =
        json!([{"field": "身份证件号", "value": "410782********8881", "until": "2025-09-28", "application": id}]);
    assert_eq!(record["former"], former);
    let whole = w.ok("x1-lr", json!({"do": "students.reveal", "student": student}));
    assert_eq!(whole["former"][0]["value"], "410782200801018881");
    for text in ["410782200801018881", "0101888", "学生1 8881", "41078220080101999X"] {
        let found = w.ok("x1-lr", json!({"do": "students.find", "text": text}));
        assert_eq!(found["items"][0]["id"], *student, "{text}: {found}");
    }
    // The number that was given up belongs to nobody now: it may be given to another.
    let other = w.student_with(&json!({}));
    let look = json!({"do": "applications.preview", "student": other, "details":
        {"信息变更": {"handed_in_on": "2025-09-26", "field": "身份证件号", "to": "410782200801018881", "ground": "登记有误"}}});
    let view = w.ok("x1-lr", look);
    assert!(view["findings"].as_array().unwrap().iter().all(|finding| finding["rule"] != "R14.5"), "{view}");
}
