//! From the school's statement to the graduate's hands, and what refuses on the way (Art. 17–20).

use super::world::{Case, World, X1, X2, agree, approve, attach, submit};
use serde_json::{Value, json};

const PHOTO: &str = "00000000000000000000000000000000000000000000000000000000000000aa";

fn stated(student: &str) -> Value {
    json!({"do": "graduation.state", "student": student, "statement":
        {"photo": PHOTO, "hours_done": true, "exam_passed": true, "study_file": "XD-001"}})
}

fn issue(students: &[&str]) -> Value {
    json!({"do": "graduation.issue", "students": students, "leave": "毕业"})
}

fn print(students: &[&str]) -> Value {
    json!({"do": "graduation.print", "students": students})
}

fn deliver(students: &[&str], on: &str) -> Value {
    json!({"do": "graduation.deliver", "students": students, "on": on, "receiver": "演练签收人"})
}

fn award(student: &str, on: &str) -> Value {
    json!({"do": "graduation.award", "student": student, "on": on, "receiver": "本人", "photo_pasted": true, "sealed": true})
}

fn row(w: &mut World, account: &str, student: &str) -> Value {
    let list = w.ok(account, json!({"do": "graduation.list", "school": X1, "year": 2027, "count": 500}));
    let found = list["items"].as_array().unwrap().iter().find(|row| row["student"] == student).cloned();
    found.unwrap_or_else(|| panic!("{student} is not on the list: {list}"))
}

fn held_by(row: &Value) -> Vec<&str> {
    let blocking = row["findings"].as_array().unwrap().iter().filter(|finding| finding["severity"] == "block");
    blocking.map(|finding| finding["rule"].as_str().unwrap()).collect()
}

#[test]
fn a_certificate_from_the_list_to_the_graduate_and_then_the_national_system() {
    let mut w = World::new();
    let student = w.student(X1);
    w.today("2027-06-10");
    // All that is missing is said at once.
    let first = row(&mut w, "x1-lr", &student);
    assert_eq!(held_by(&first), ["R17.3", "R9.2", "R9.2"]);
    assert_eq!(first["findings"][0]["facts"]["missing"], "照片");
    assert_eq!(w.error("x2-lr", stated(&student))["kind"], "not_found");
    assert_eq!(w.refused("xian1-jb", stated(&student))["rule"], "R5.7", "an office states nothing for a school");
    w.ok("x1-lr", stated(&student));
    assert_eq!(row(&mut w, "sheng-jb", &student)["ready"], true);

    // 10 June is too early, 11 June is not; only the province prints.
    assert_eq!(w.refused("sheng-jb", issue(&[&student]))["rule"], "R17.1");
    w.today("2027-06-11");
    assert_eq!(w.refused("xian1-jb", issue(&[&student]))["rule"], "R17.2");
    w.ok("sheng-jb", issue(&[&student]));
    assert_eq!(w.refused("sheng-jb", issue(&[&student]))["rule"], "R19.1", "a second proposal is a second print");
    // Two persons, and the number is drawn by the second one's word.
    assert_eq!(row(&mut w, "sheng-jb", &student)["certificate"]["number"], Value::Null);
    assert_eq!(w.refused("sheng-jb", print(&[&student]))["rule"], "R5.12");
    assert_eq!(w.refused("sheng-jb", deliver(&[&student], "2027-06-11"))["rule"], "R17.5");
    let printed = w.ok("sheng-fh", print(&[&student]));
    let number = printed["items"][0]["number"].as_str().unwrap().to_owned();
    assert!(number.starts_with(&format!("2027410782{X1}")) && number.len() == 26, "{number}");

    // The national system comes after the certificate is with the school.
    let start = json!({"do": "applications.start", "student": student, "details": {"毕业": {"leave": "毕业"}}});
    assert_eq!(w.refused("x1-lr", start.clone())["rule"], "R18.1");
    assert_eq!(w.refused("x1-lr", award(&student, "2027-06-11"))["rule"], "R17.5");
    assert_eq!(w.refused("sheng-jb", deliver(&[&student], "2027-06-10"))["rule"], "R17.5", "before it was printed");
    w.ok("sheng-jb", deliver(&[&student], "2027-06-11"));
    let mut bare = award(&student, "2027-06-11");
    bare["sealed"] = false.into();
    assert_eq!(w.refused("x1-lr", bare)["rule"], "R17.5");
    let other = json!({"do": "applications.start", "student": student, "details": {"毕业": {"leave": "结业"}}});
    assert_eq!(w.refused("x1-lr", other)["rule"], "R17.9");
    let started = w.ok("x1-lr", start);
    let mut case = Case { student: student.clone(), id: started["application"].as_str().unwrap().into(), revision: 1 };
    case.revision = w.ok("x1-lr", attach(&case.id, b"receipt"))["revision"].as_u64().unwrap();
    w.act("x1-lr", &mut case, submit());
    w.act("x1-sh", &mut case, agree());
    w.act("xian1-jb", &mut case, approve());
    w.act("xian1-fh", &mut case, agree());
    assert_eq!(w.record(&student)["student"]["status"], "毕业");
    // No time is given for the audit, so none is shown.
    assert_eq!(w.show("x1-lr", &case)["steps"][1]["clock"], Value::Null);

    // Handed out once; lost is lost.
    w.ok("x1-lr", award(&student, "2027-06-12".replace("12", "11").as_str()));
    assert_eq!(row(&mut w, "x1-lr", &student)["certificate"]["stage"], "已颁发");
    let void = json!({"do": "graduation.void", "student": student, "reason": "遗失"});
    assert_eq!(w.refused("sheng-fh", void)["rule"], "R19.1");
    let again = w.refused("sheng-jb", issue(&[&student]));
    assert!(again["remedy"].as_str().unwrap().contains("河南政务服务网"), "{again}");

    // Outsiders learn yes or no, and nothing else.
    let ask = |name: &str, number: &str, purpose: &str| json!({"do": "certificates.verify", "name": name, "number": number, "purpose": purpose});
    let name = w.record(&student)["student"]["name"].as_str().unwrap().to_owned();
    let yes = w.ok("xian1-jb", ask(&name, &number, "用人单位核验"));
    assert_eq!((&yes["match"], yes.as_object().unwrap().len()), (&json!(true), 3), "{yes}");
    assert_eq!(w.ok("xian1-jb", ask("演练别人", &number, "用人单位核验"))["match"], false);
    assert_eq!(w.ok("xian1-jb", ask(&name, "20274107823641000001999999", "用人单位核验"))["match"], false);
    assert_eq!(w.ok("xian1-jb", ask(&name, "短", "用人单位核验"))["match"], false);
    assert_eq!(w.refused("xian1-jb", ask(&name, &number, ""))["rule"], "R20.3");

    // The stamped list is kept for ever and never changed.
    let keep =
        json!({"do": "graduation.archive", "school": X1, "year": 2027, "on": "2027-06-11", "place": "档案室甲柜"});
    assert_eq!(w.ok("x1-lr", keep.clone())["graduates"], 1);
    assert_eq!(w.refused("x1-lr", keep)["rule"], "R18.5");
}

#[test]
fn a_misprint_is_void_before_it_leaves_and_its_number_never_comes_again() {
    let mut w = World::new();
    let student = w.student(X1);
    w.today("2027-06-11");
    w.ok("x1-lr", stated(&student));
    w.ok("sheng-jb", issue(&[&student]));
    let first = w.ok("sheng-fh", print(&[&student]))["items"][0]["number"].clone();
    let void = json!({"do": "graduation.void", "student": student, "reason": "姓名印错"});
    assert_eq!(w.refused("xian1-fh", void.clone())["rule"], "R17.2");
    assert_eq!(w.ok("sheng-fh", void)["voided"], first);
    assert_eq!(row(&mut w, "x1-lr", &student)["certificate"], Value::Null);
    w.ok("sheng-jb", issue(&[&student]));
    let second = w.ok("sheng-fh", print(&[&student]))["items"][0]["number"].clone();
    assert_ne!(first, second);
    let verify = json!({"do": "certificates.verify", "name": "x", "number": first, "purpose": "核验"});
    assert_eq!(w.ok("sheng-jb", verify)["match"], false, "a void number proves nothing");
}

#[test]
fn one_of_many_is_held_back_and_stops_nobody_else() {
    let mut w = World::new();
    let (good, registered, suspended) =
        (w.student(X1), w.student_as(X1, super::world::ORDINARY, "已注册未备案"), w.student(X1));
    let busy = w.student(X1);
    let part = w.student_with(&json!({"study_form": "非全日制"}));
    w.set(&suspended, "status", "休学");
    w.ok("x1-lr", json!({"do": "applications.start", "student": busy, "details": {"退学": {"ground": "演练"}}}));
    for student in [&good, &registered, &suspended, &busy, &part] {
        w.ok("x1-lr", stated(student));
    }
    w.today("2027-06-11");
    let all = [&*good, &*registered, &*suspended, &*busy, &*part, &*good];
    let done = w.ok("sheng-jb", issue(&all));
    assert_eq!(done["done"], 1, "{done}");
    let why: Vec<_> = done["items"].as_array().unwrap().iter().map(|item| item["refused"]["rule"].clone()).collect();
    assert_eq!(why, [Value::Null, json!("R17.2"), json!("R17.8"), json!("R17.8"), json!("R9.3"), Value::Null]);
    assert_eq!(done["items"][5]["done"], false, "twice is once");
    // 结业 asks for neither hours nor examination, but still for the photograph.
    let bare = w.student(X1);
    let complete = json!({"do": "graduation.issue", "students": [bare], "leave": "结业"});
    assert_eq!(w.refused("sheng-jb", complete.clone())["rule"], "R17.3");
    w.ok("x1-lr", json!({"do": "graduation.state", "student": bare, "statement": {"photo": PHOTO}}));
    assert_eq!(w.ok("sheng-jb", complete)["done"], 1);
    // What changed since the proposal is seen by the second post.
    w.ok("x1-lr", json!({"do": "applications.start", "student": good, "details": {"退学": {"ground": "演练"}}}));
    assert_eq!(w.refused("sheng-fh", print(&[&good]))["rule"], "R17.8");
}

#[test]
fn the_list_is_checked_in_the_first_ten_days_of_june_by_school_or_city() {
    let mut w = World::new();
    w.student(X1);
    let check = json!({"do": "graduation.check", "school": X1, "year": 2027});
    for (day, open) in [("2027-05-31", false), ("2027-06-01", true), ("2027-06-10", true), ("2027-06-11", false)] {
        w.today(day);
        if open {
            w.ok("x1-lr", check.clone());
        } else {
            assert_eq!(w.refused("x1-lr", check.clone())["rule"], "R16.6", "{day}");
        }
    }
    w.today("2027-06-02");
    assert_eq!(w.refused("xian1-jb", check.clone())["rule"], "R16.6", "a county only looks");
    assert_eq!(w.error("x2-lr", check)["kind"], "not_found");
}

#[test]
fn the_counter_shows_a_student_his_own_registration_and_the_journal_says_to_whom() {
    let mut w = World::new();
    let student = w.student(X1);
    let mut ask = json!({"do": "students.inquire", "student": student, "requester": "演练家长", "relation": "母亲",
        "proof": "户口簿", "purpose": "升学"});
    let shown = w.ok("xian1-jb", ask.clone());
    assert_eq!((&shown["status"], shown["id_no"].as_str().unwrap().contains('*')), (&json!("在读"), false));
    let journal = w.ok("keeper", json!({"do": "journal.page", "after": 0, "count": 200}));
    let entry =
        journal["items"].as_array().unwrap().iter().rev().find(|entry| entry["command"]["do"] == "students.inquire");
    let entry = entry.expect("it is journalled");
    assert_eq!(entry["command"]["requester"], "演练家长");
    ask["proof"] = "".into();
    let refused = w.refused("xian1-jb", ask.clone());
    assert_eq!((&refused["rule"], &refused["facts"]["missing"]), (&json!("R20.2"), &json!("身份或监护证明")));
    assert_eq!(w.error("x2-lr", ask)["kind"], "not_found");
}

#[test]
fn a_merger_takes_the_files_along_and_a_closure_names_their_keeper() {
    let mut w = World::new();
    let student = w.student(X1);
    let merge = |decision: &str| json!({"do": "schools.merge", "school": X1, "into": X2, "decision": decision, "on": "2025-09-26"});
    assert_eq!(w.refused("xian1-fh", merge(""))["rule"], "R20.4");
    assert_eq!(w.error("x1-sh", merge("演练〔2025〕1号"))["kind"], "not_found", "a school does not decide on itself");
    assert_eq!(w.refused("xian1-jb", merge("演练〔2025〕1号"))["rule"], "R20.4");
    let case =
        w.ok("x1-lr", json!({"do": "applications.start", "student": student, "details": {"退学": {"ground": "演练"}}}));
    assert_eq!(w.refused("xian1-fh", merge("演练〔2025〕1号"))["rule"], "R20.4", "something is open");
    let cancel =
        json!({"do": "applications.cancel", "application": case["application"], "revision": 1, "reason": "演练"});
    w.ok("x1-lr", cancel);
    assert_eq!(w.ok("xian1-fh", merge("演练〔2025〕1号"))["students"], 1);
    let record = w.record(&student)["student"].clone();
    assert_eq!((&record["school"], &record["status"]), (&json!(X2), &json!("在读")));
    let history = record["history"].as_array().unwrap().len();
    assert_eq!(history, 0, "it is no transfer");
    assert_eq!(w.refused("xian1-fh", merge("演练〔2025〕1号"))["rule"], "R20.4", "once");
    let close = json!({"do": "schools.close", "school": X2, "custodian": "410782", "decision": "演练〔2025〕2号", "on": "2025-09-26"});
    let mut nobody = close.clone();
    nobody["custodian"] = "419999".into();
    assert_eq!(w.refused("xian1-fh", nobody)["rule"], "R20.5");
    assert_eq!(w.ok("xian1-fh", close)["custodian"], "410782");
    assert_eq!(w.record(&student)["student"]["school"], X2, "files stay readable");
}
