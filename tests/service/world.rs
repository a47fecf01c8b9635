//! A small exercise province with every kind of office in it, and the acts of a case as one-liners.

use crate::support::call::Call;
use crate::support::store::temp_exercise;
use crate::support::{Server, TempStore};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// The day the small province lives on.
pub const DAY: &str = "2025-09-26";
/// An ordinary major, and one under provincial care (省管).
pub const ORDINARY: &str = "610101";
pub const PROVINCIAL: &str = "720201";

/// Schools: two of county 1, one of county 2, a city's, the province's, a university's, one of a 省直管县(市).
pub const X1: &str = "3641000001";
pub const X2: &str = "3641000002";
pub const X3: &str = "3641000003";
pub const CITY_SCHOOL: &str = "3641000004";
pub const PROVINCE_SCHOOL: &str = "3641000005";
pub const UNIVERSITY: &str = "3641000006";
pub const DIRECT_SCHOOL: &str = "3641000007";

const OFFICES: [(&str, &str, &str, &str); 4] = [
    ("410700", "市教育局", "city", "410000"),
    ("410782", "一县教育局", "county", "410700"),
    ("410721", "二县教育局", "county", "410700"),
    ("410783", "直管市教育局", "city", "410000"),
];

const SCHOOLS: [(&str, &str, &str, &str, Option<&str>); 7] = [
    (X1, "一校", "县属", "410782", Some("410782")),
    (X2, "二校", "县属", "410782", None),
    (X3, "三校", "县属", "410721", Some("410721")),
    (CITY_SCHOOL, "市校", "市属", "410700", Some("410700")),
    (PROVINCE_SCHOOL, "省校", "省属", "410000", None),
    (UNIVERSITY, "大学", "高校", "410000", None),
    (DIRECT_SCHOOL, "直管校", "市属", "410783", Some("410783")),
];

/// Account, person, office, posts. `…2` are second accounts of the person who holds the other post.
const PEOPLE: &[(&str, &str, &str, &[&str])] = &[
    ("x1-lr", "p-lr", X1, &["entry"]),
    ("x1-sh", "p-sh", X1, &["review"]),
    ("x1-lr2", "p-sh", X1, &["entry"]),
    ("x1-sh2", "p-lr", X1, &["review"]),
    ("x1-both", "p-both", X1, &["entry", "review"]),
    ("x1-lrb", "p-lrb", X1, &["entry"]),
    ("x1-shb", "p-shb", X1, &["review"]),
    ("x1-xt", "p-x1-xt", X1, &["keeper"]),
    ("x2-lr", "p-x2-lr", X2, &["entry"]),
    ("x2-sh", "p-x2-sh", X2, &["review"]),
    ("x3-lr", "p-x3-lr", X3, &["entry"]),
    ("x3-sh", "p-x3-sh", X3, &["review"]),
    ("x4-lr", "p-x4-lr", CITY_SCHOOL, &["entry"]),
    ("x4-sh", "p-x4-sh", CITY_SCHOOL, &["review"]),
    ("x5-lr", "p-x5-lr", PROVINCE_SCHOOL, &["entry"]),
    ("x5-sh", "p-x5-sh", PROVINCE_SCHOOL, &["review"]),
    ("x6-lr", "p-x6-lr", UNIVERSITY, &["entry"]),
    ("x6-sh", "p-x6-sh", UNIVERSITY, &["review"]),
    ("x7-lr", "p-x7-lr", DIRECT_SCHOOL, &["entry"]),
    ("x7-sh", "p-x7-sh", DIRECT_SCHOOL, &["review"]),
    ("xian1-jb", "p-jb", "410782", &["handler"]),
    ("xian1-fh", "p-fh", "410782", &["reviewer"]),
    ("xian1-jb2", "p-fh", "410782", &["handler"]),
    ("xian1-fh2", "p-jb", "410782", &["reviewer"]),
    ("xian1-jb3", "p-jb", "410782", &["handler"]),
    ("xian1-both", "p-xian1-both", "410782", &["handler", "reviewer"]),
    ("xian1-jbb", "p-jbb", "410782", &["handler"]),
    ("xian1-fhb", "p-fhb", "410782", &["reviewer"]),
    ("xian1-db", "p-db", "410782", &["supervisor"]),
    ("xian1-xt", "p-xian1-xt", "410782", &["keeper"]),
    ("xian2-jb", "p-xian2-jb", "410721", &["handler"]),
    ("xian2-fh", "p-xian2-fh", "410721", &["reviewer"]),
    ("xian2-xt", "p-xian2-xt", "410721", &["keeper"]),
    ("shi-jb", "p-shi-jb", "410700", &["handler"]),
    ("shi-fh", "p-shi-fh", "410700", &["reviewer"]),
    ("zhi-jb", "p-zhi-jb", "410783", &["handler"]),
    ("zhi-fh", "p-zhi-fh", "410783", &["reviewer"]),
    ("sheng-jb", "p-sheng-jb", "410000", &["handler"]),
    ("sheng-fh", "p-sheng-fh", "410000", &["reviewer"]),
];

/// The store, its server and the keeper's line.
pub struct World {
    pub server: Server,
    pub keeper: Call,
    students: u32,
    pub store: TempStore,
}

/// One case: the student and the application on it, with the revision that a desk would have seen.
#[derive(Debug, Clone)]
pub struct Case {
    pub student: String,
    pub id: String,
    pub revision: u64,
}

impl World {
    pub fn new() -> World {
        let store = temp_exercise("410000");
        let server = store.serve();
        let mut keeper = server.call_as("keeper");
        for (id, name, level, parent) in OFFICES {
            let office =
                json!({"id": id, "revision": 0, "name": name, "level": level, "parent": parent, "school": null});
            keeper.ok(json!({"do": "offices.put", "office": office}));
        }
        for (id, name, sponsor, parent, named) in SCHOOLS {
            let school = json!({"region_code": "410782", "sponsor": sponsor, "competent_office": named,
                "credit_system": false, "campuses": ["本部"]});
            let office =
                json!({"id": id, "revision": 0, "name": name, "level": "school", "parent": parent, "school": school});
            keeper.ok(json!({"do": "offices.put", "office": office}));
        }
        for (id, person, office, posts) in PEOPLE {
            let account = json!({"id": id, "revision": 0, "person": person, "name": format!("名{person}"),
                "office": office, "posts": posts, "os_user": null, "active": true});
            keeper.ok(json!({"do": "accounts.put", "account": account}));
        }
        let mut world = World { server, keeper, students: 0, store };
        world.today(DAY);
        world
    }

    /// Ends the server in good order and starts another on the same folder.
    pub fn restart(&mut self) {
        self.store.run_ok(&["stop"]);
        self.server = self.store.serve();
        self.keeper = self.server.call_as("keeper");
    }

    /// Moves the exercise clock.
    pub fn today(&mut self, at: &str) {
        self.keeper.ok(json!({"do": "exercise.today", "at": at}));
    }

    /// A new student 在读 at this school.
    pub fn student(&mut self, school: &str) -> String {
        self.student_as(school, ORDINARY, "在读")
    }

    /// A new student of any kind.
    pub fn student_as(&mut self, school: &str, major: &str, status: &str) -> String {
        self.students += 1;
        let mut record = student(self.students, school, major);
        record["status"] = status.into();
        self.keeper.ok(json!({"do": "students.put", "student": record}))["student"].as_str().unwrap().to_owned()
    }

    /// A new student of school 1, 在读, but for these fields of the record.
    pub fn student_with(&mut self, fields: &Value) -> String {
        self.students += 1;
        let mut record = student(self.students, X1, ORDINARY);
        for (field, value) in fields.as_object().into_iter().flatten() {
            record[field] = value.clone();
        }
        self.keeper.ok(json!({"do": "students.put", "student": record}))["student"].as_str().unwrap().to_owned()
    }

    /// Writes another value into a student's record.
    pub fn set(&mut self, id: &str, field: &str, value: &str) {
        let number = id.trim_start_matches('S').parse().unwrap();
        let mut record = student(number, X1, ORDINARY);
        record["id"] = id.into();
        record[field] = value.into();
        self.keeper.ok(json!({"do": "students.put", "student": record}));
    }

    /// Files school 1 for the credit system, or takes that back.
    pub fn credit_system(&mut self, filed: bool) {
        let offices = self.keeper.ok(json!({"do": "offices.list"}));
        let school = offices["items"].as_array().unwrap().iter().find(|row| row["id"] == X1);
        let mut office = school.cloned().unwrap_or_else(|| panic!("school 1: {offices}"));
        office.as_object_mut().unwrap().remove("here");
        office["school"]["credit_system"] = filed.into();
        self.keeper.ok(json!({"do": "offices.put", "office": office}));
    }

    /// Asks as this account and hands the whole answer back.
    pub fn ask(&mut self, account: &str, mut request: Value) -> Value {
        request["as"] = account.into();
        self.keeper.ask(request)
    }

    /// Asks as this account; it must be done.
    pub fn ok(&mut self, account: &str, request: Value) -> Value {
        let mut answer = self.ask(account, request.clone());
        match answer.get_mut("ok") {
            Some(ok) => ok.take(),
            None => panic!("{account} → {request}\n← {answer}"),
        }
    }

    /// Asks as this account; a rule must refuse.
    pub fn refused(&mut self, account: &str, request: Value) -> Value {
        let mut answer = self.ask(account, request.clone());
        match answer.get_mut("refused") {
            Some(finding) => finding.take(),
            None => panic!("no refusal: {account} → {request}\n← {answer}"),
        }
    }

    /// Asks as this account; something other than a rule must be wrong. Its kind.
    pub fn error(&mut self, account: &str, request: Value) -> Value {
        let mut answer = self.ask(account, request.clone());
        match answer.get_mut("error") {
            Some(error) => error.take(),
            None => panic!("no error: {account} → {request}\n← {answer}"),
        }
    }

    /// Acts on a case; it must be done. The case then has the new revision.
    pub fn act(&mut self, account: &str, case: &mut Case, request: Value) -> Value {
        let done = self.ok(account, on(case, request));
        case.revision = done["revision"].as_u64().unwrap();
        done
    }

    /// Starts 休学 for a new student of this school.
    pub fn start(&mut self, account: &str, school: &str) -> Case {
        let student = self.student(school);
        self.start_for(account, &student)
    }

    /// Starts 休学 for this student.
    pub fn start_for(&mut self, account: &str, student: &str) -> Case {
        let done = self.ok(account, start(student));
        let id = done["application"].as_str().unwrap().to_owned();
        Case { student: student.to_owned(), id, revision: done["revision"].as_u64().unwrap() }
    }

    /// Attaches a small proof; every case gets the same one.
    pub fn attach(&mut self, account: &str, case: &mut Case) {
        let request = attach(&case.id, b"proof of the ground");
        let done = self.ok(account, request);
        case.revision = done["revision"].as_u64().unwrap();
    }

    /// A case of school 1 that its two posts have passed: the county's turn.
    pub fn at_county(&mut self) -> Case {
        let mut case = self.submitted();
        self.act("x1-sh", &mut case, agree());
        case
    }

    /// A case of school 1 that waits for 审核.
    pub fn submitted(&mut self) -> Case {
        let mut case = self.start("x1-lr", X1);
        self.attach("x1-lr", &mut case);
        self.act("x1-lr", &mut case, submit());
        case
    }

    /// The case as this account sees it.
    pub fn show(&mut self, account: &str, case: &Case) -> Value {
        self.ok(account, json!({"do": "applications.show", "application": case.id}))
    }

    /// The student's record as the school sees it.
    pub fn record(&mut self, student: &str) -> Value {
        self.ok("keeper", json!({"do": "students.show", "student": student}))
    }

    /// Everything in the store that can be asked for: applications whole, this student, and the journal's length.
    pub fn dump(&mut self, student: &str) -> Value {
        let mut applications = Vec::new();
        let mut after = Value::Null;
        loop {
            let page = self.keeper.ok(json!({"do": "applications.list", "after": after, "count": 500}));
            applications.extend(page["items"].as_array().unwrap().iter().cloned());
            after = page["next"].clone();
            if after.is_null() {
                break;
            }
        }
        let record = self.record(student);
        json!({"applications": applications, "student": record, "journal": self.journal_length()})
    }

    /// Entries in the journal.
    pub fn journal_length(&mut self) -> u64 {
        let mut after = 0;
        loop {
            let page = self.keeper.ok(json!({"do": "journal.page", "after": after, "count": 200}));
            after = page["items"].as_array().unwrap().last().map_or(after, |entry| entry["seq"].as_u64().unwrap());
            if page["next"].is_null() {
                return after;
            }
        }
    }
}

/// Names case and revision in a request.
pub fn on(case: &Case, mut request: Value) -> Value {
    request["application"] = case.id.as_str().into();
    request["revision"] = case.revision.into();
    request
}

pub fn suspension(from: &str, until: &str, ground: &str) -> Value {
    json!({"休学": {"period": {"from": from, "until": until}, "ground": ground}})
}

pub fn start(student: &str) -> Value {
    json!({"do": "applications.start", "student": student, "details": suspension("2025-10-20", "2026-08-31", "因病")})
}

pub fn submit() -> Value {
    json!({"do": "applications.submit"})
}

pub fn agree() -> Value {
    json!({"do": "applications.decide", "agree": true})
}

pub fn send_back(remark: &str) -> Value {
    json!({"do": "applications.decide", "agree": false, "remark": remark})
}

pub fn approve() -> Value {
    json!({"do": "applications.propose", "outcome": "approve"})
}

pub fn give_back() -> Value {
    json!({"do": "applications.propose", "outcome": "return", "reasons": [
        {"material": "休学事由证明材料", "text": "看不清，请重新拍照"},
        {"article": "13", "text": "起止日期与证明不一致"},
    ]})
}

pub fn refuse() -> Value {
    json!({"do": "applications.propose", "outcome": "refuse", "reasons": [{"article": "13", "text": "事由不成立"}]})
}

pub fn withdraw() -> Value {
    json!({"do": "applications.withdraw"})
}

pub fn cancel() -> Value {
    json!({"do": "applications.cancel", "reason": "学生不再申请"})
}

pub fn amend() -> Value {
    json!({"do": "applications.amend", "details": suspension("2025-11-01", "2026-01-31", "改为三个月")})
}

/// A whole file in one piece.
pub fn attach(application: &str, bytes: &[u8]) -> Value {
    json!({"do": "evidence.attach", "application": application, "digest": blake3::hash(bytes).to_hex().as_str(),
        "size": bytes.len(), "kind": "休学事由证明材料", "name": "证明.txt", "original_place": "学校档案室",
        "offset": 0, "data": STANDARD.encode(bytes)})
}

/// A student's record; the document number is made of the student's own number.
fn student(number: u32, school: &str, major: &str) -> Value {
    json!({"id": "S0000000", "revision": 0, "student_no": format!("2024410782{number:06}"),
        "name": format!("学生{number}"), "sex": "M", "birth": "2008-01-01", "id_kind": "1",
        "id_no": format!("41078220080101{number:04}"), "ethnic": "汉族", "school": school, "campus": "本部",
        "class_name": "1班", "major": major, "study_form": "全日制", "half_years": 6, "entry": "2024-09-01",
        "planned_grad": "2027-07-01", "status": "在读", "status_since": "2024-11-20", "suspension": null,
        "compulsory_until": null, "history": []})
}
