//! 日志 of a record: every act on the student and his applications and every look at his numbers and papers, the newest
//! first, in pages; to who sees the record only through an application, what was done on that.

use super::world::{Case, World, X1, X3, agree, approve, on, send_back, submit};
use serde_json::{Value, json};

fn log(w: &mut World, account: &str, student: &str) -> Value {
    w.ok(account, json!({"do": "students.log", "student": student}))
}

fn whats(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|row| row["what"].as_str().unwrap()).collect()
}

#[test]
fn everything_done_to_a_student_is_in_it_readings_included() {
    let mut w = World::new();
    let mut case = w.at_county();
    let other = w.at_county();
    w.act("xian1-jb", &mut case, approve());
    w.act("xian1-fh", &mut case, send_back("请核对起止日期"));
    w.ok("xian1-jb", json!({"do": "students.reveal", "student": case.student}));
    let digest = w.show("xian1-jb", &case)["evidence"][0]["digest"].clone();
    w.ok("xian1-fh", json!({"do": "evidence.get", "application": case.id, "digest": digest}));

    let page = log(&mut w, "x1-lr", &case.student);
    let expected = [
        "evidence.get",
        "students.reveal",
        "applications.decide",
        "applications.propose",
        "applications.decide",
        "applications.submit",
        "evidence.record",
        "applications.start",
        "students.put",
    ];
    assert_eq!(whats(&page), expected, "{page}");
    assert_eq!((&page["total"], &page["next"]), (&json!(9), &Value::Null));
    let items = page["items"].as_array().unwrap();
    let readings: Vec<bool> = items.iter().map(|row| row["reading"].as_bool().unwrap()).collect();
    assert_eq!(readings, [true, true, false, false, false, false, false, false, false]);
    // Who, where, in which post; what came of it; of which application.
    let by = |row: &Value| (row["by"]["name"].clone(), row["by"]["office_name"].clone(), row["by"]["posts"].clone());
    assert_eq!(by(&items[2]), (json!("名p-fh"), json!("一县教育局"), json!(["reviewer"])));
    assert_eq!(by(&items[4]), (json!("名p-sh"), json!("一校"), json!(["review"])));
    assert_eq!((&items[2]["agree"], &items[4]["agree"]), (&json!(false), &json!(true)));
    assert_eq!((&items[3]["outcome"], &items[3]["kind"]), (&json!("approve"), &json!("休学")));
    assert!(items[..8].iter().all(|row| row["application"] == *case.id || row["what"] == "students.reveal"), "{page}");

    // The other student's is his own.
    assert_eq!(log(&mut w, "x1-lr", &other.student)["total"], 6);
    // Out of jurisdiction there is no such student.
    assert_eq!(w.error("xian2-jb", json!({"do": "students.log", "student": case.student}))["kind"], "not_found");

    // In pages of two it is the same list; what is journalled meanwhile stands before the first of them.
    let mut seen = Vec::new();
    let mut before = Value::Null;
    loop {
        let page = w.ok("x1-lr", json!({"do": "students.log", "student": case.student, "before": before, "count": 2}));
        assert_eq!(page["total"], 9 + u64::from(!seen.is_empty()));
        let rows = page["items"].as_array().unwrap();
        assert!(rows.len() <= 2);
        seen.extend(rows.iter().cloned());
        if seen.len() == 2 {
            w.ok("xian1-jb", json!({"do": "students.reveal", "student": case.student}));
        }
        before = page["next"].clone();
        if before.is_null() {
            break;
        }
    }
    assert_eq!(seen, *items);

    // Another process finds it all again.
    let whole = log(&mut w, "x1-lr", &case.student);
    assert_eq!(whole["total"], 10);
    w.restart();
    assert_eq!(log(&mut w, "x1-lr", &case.student), whole);
}

#[test]
fn who_sees_a_record_through_an_application_reads_what_was_done_on_it_alone() {
    let mut w = World::new();
    let student = w.student(X1);
    w.ok("x1-lr", json!({"do": "students.reveal", "student": student}));
    let asked = json!({"do": "applications.start", "student": student, "details":
        {"转学": {"handed_in_on": "2025-09-26", "to": X3, "ground": "搬家"}}});
    let done = w.ok("x1-lr", asked);
    let id = done["application"].as_str().unwrap().to_owned();
    let mut case = Case { student: student.clone(), id, revision: 0 };
    let mut paper = super::world::attach(&case.id, b"letter");
    paper["kind"] = "转学申请（本人书写）".into();
    case.revision = w.ok("x1-lr", paper)["revision"].as_u64().unwrap();
    w.act("x1-lr", &mut case, submit());
    assert_eq!(w.error("x3-lr", json!({"do": "students.log", "student": student}))["kind"], "not_found");
    w.ok("x1-sh", on(&case, agree()));
    let page = log(&mut w, "x3-lr", &student);
    assert_eq!(
        whats(&page),
        ["applications.decide", "applications.submit", "evidence.record", "applications.start"],
        "{page}"
    );
    assert_eq!((&page["total"], &page["next"]), (&json!(4), &Value::Null));
    let first = w.ok("x3-lr", json!({"do": "students.log", "student": student, "count": 3}));
    assert_eq!((&first["total"], first["items"].as_array().unwrap().len()), (&json!(4), 3));
    let rest = json!({"do": "students.log", "student": student, "count": 3, "before": first["next"]});
    assert_eq!(whats(&w.ok("x3-lr", rest)), ["applications.start"]);
    // The end of study is not shown to them either.
    assert_eq!(w.ok("x3-lr", json!({"do": "students.show", "student": student}))["end"], Value::Null);
}

#[test]
fn the_record_says_how_study_ends() {
    let mut w = World::new();
    let student = w.student(X1);
    let end = |w: &mut World| w.ok("x1-lr", json!({"do": "students.show", "student": student}))["end"].clone();
    let before = end(&mut w);
    assert_eq!(
        (&before["year"], &before["statement"], &before["certificates"]),
        (&json!(2027), &Value::Null, &json!([]))
    );
    let rules = |end: &Value| -> Vec<String> {
        end["findings"].as_array().unwrap().iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
    };
    assert!(rules(&before).contains(&"R9.2".to_owned()), "{before}");
    assert!(before["lost"].as_str().unwrap().contains("河南政务服务网"), "{before}");
    let revision = 0;
    w.ok(
        "x1-lr",
        json!({"do": "graduation.state", "student": student, "revision": revision,
            "statement": {"hours_done": true, "exam_passed": true, "plan": "", "study_file": "档案2027-1"}}),
    );
    let after = end(&mut w);
    assert_eq!(
        (&after["statement"]["hours_done"], &after["statement"]["study_file"]),
        (&json!(true), &json!("档案2027-1"))
    );
    assert!(!rules(&after).contains(&"R9.2".to_owned()), "{after}");
    assert_eq!(whats(&log(&mut w, "x1-lr", &student)), ["graduation.state", "students.put"]);
}
