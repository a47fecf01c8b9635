//! A small county with two schools, and national lists written on the spot.

use crate::support::call::Call;
use crate::support::store::temp_exercise;
use crate::support::{Server, TempStore};
use serde_json::{Value, json};

pub const ONE: &str = "3641000001";
pub const TWO: &str = "3641000002";
/// Of another county.
pub const OTHER: &str = "3641000003";

/// Account, office, posts.
const PEOPLE: &[(&str, &str, &[&str])] = &[
    ("x1-lr", ONE, &["entry"]),
    ("x1-sh", ONE, &["review"]),
    ("x2-lr", TWO, &["entry"]),
    ("xian1-jb", "410782", &["handler"]),
    ("xian1-fh", "410782", &["reviewer"]),
    ("xian1-db", "410782", &["supervisor"]),
    ("xian1-xt", "410782", &["keeper"]),
    ("xian2-jb", "410721", &["handler"]),
    ("xian2-xt", "410721", &["keeper"]),
    ("shi-jb", "410700", &["handler"]),
];

/// What one run of the program came to.
pub struct Ran {
    pub exit: i32,
    pub out: String,
    pub err: String,
}

pub struct World {
    pub keeper: Call,
    _server: Server,
    pub store: TempStore,
}

/// A student as both sides can write him.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    pub id_no: String,
    pub name: String,
    pub sex: &'static str,
    pub birth: String,
    pub major: String,
    pub form: String,
    pub status: String,
    pub class_name: String,
}

/// The nth student: valid numbers that belong to nobody's record.
pub fn person(nth: u32) -> Person {
    let day = nth % 28 + 1;
    let birth = format!("2009-{:02}-{day:02}", nth % 12 + 1);
    let body = format!("410782{}{:03}", birth.replace('-', ""), nth / 28 % 1000);
    Person {
        id_no: format!("{body}{}", check(&body)),
        name: format!("演练{}", letters(nth)),
        sex: if body.as_bytes()[16] % 2 == 1 { "男" } else { "女" },
        birth,
        major: "610101".to_owned(),
        form: "全日制".to_owned(),
        status: "在读".to_owned(),
        class_name: format!("25农{}班", nth % 3 + 1),
    }
}

/// A name's end without digits.
fn letters(nth: u32) -> String {
    let signs: Vec<char> = "甲乙丙丁戊己庚辛壬癸".chars().collect();
    nth.to_string().chars().map(|digit| signs[digit.to_digit(10).unwrap() as usize]).collect()
}

/// The last character of a resident number (GB 11643).
fn check(body: &str) -> char {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    "10X98765432".chars().nth(sum as usize % 11).unwrap()
}

/// The national list of these, in the national form's columns.
pub fn national(lists: &[(&str, &[Person])]) -> String {
    let mut text = "学校代码,学籍号,姓名,性别,出生日期,身份证件类型,身份证件号,入学年月,专业代码,专业名称,学习形式,学制,学生当前状态,班级名称\n".to_owned();
    for (school, people) in lists {
        for one in *people {
            text += &format!(
                "{school},G{n},{},{},{},居民身份证,{n},202509,{},,{},3,{},{}\n",
                one.name,
                one.sex,
                one.birth.replace('-', ""),
                one.major,
                one.form,
                one.status,
                one.class_name,
                n = one.id_no
            );
        }
    }
    text
}

impl World {
    pub fn new() -> World {
        let store = temp_exercise("410000");
        let server = store.serve();
        let mut keeper = server.call_as("keeper");
        for (id, name, level, parent) in [
            ("410700", "市教育局", "city", "410000"),
            ("410782", "一县教育局", "county", "410700"),
            ("410721", "二县教育局", "county", "410700"),
        ] {
            let office =
                json!({"id": id, "revision": 0, "name": name, "level": level, "parent": parent, "school": null});
            keeper.ok(json!({"do": "offices.put", "office": office}));
        }
        for (id, name, parent) in
            [(ONE, "演练一校", "410782"), (TWO, "演练二校", "410782"), (OTHER, "演练三校", "410721")]
        {
            let school = json!({"region_code": "410782", "sponsor": "县属", "competent_office": parent,
                "credit_system": false, "campuses": ["本部"]});
            let office =
                json!({"id": id, "revision": 0, "name": name, "level": "school", "parent": parent, "school": school});
            keeper.ok(json!({"do": "offices.put", "office": office}));
        }
        for (id, office, posts) in PEOPLE {
            let account = json!({"id": id, "revision": 0, "person": id, "name": format!("名{id}"), "office": office,
                "posts": posts, "os_user": null, "active": true});
            keeper.ok(json!({"do": "accounts.put", "account": account}));
        }
        keeper.ok(json!({"do": "exercise.today", "at": "2025-10-15"}));
        World { keeper, _server: server, store }
    }

    /// A student here; his id.
    pub fn student(&mut self, school: &str, of: &Person) -> String {
        let record = student(school, of);
        self.keeper.ok(json!({"do": "students.put", "student": record}))["student"].as_str().unwrap().to_owned()
    }

    /// Another value in a student's record.
    pub fn set(&mut self, id: &str, field: &str, value: Value) {
        let numbers = self.keeper.ok(json!({"do": "students.reveal", "student": id}));
        let mut record = self.keeper.ok(json!({"do": "students.show", "student": id}))["student"].take();
        for number in ["student_no", "id_no"] {
            record[number] = numbers[number].clone();
        }
        record[field] = value;
        self.keeper.ok(json!({"do": "students.put", "student": record}));
    }

    /// Loads a national list as this account.
    pub fn load(&self, account: &str, text: &str, more: &[&str]) -> Ran {
        let path = self.store.home().join("national.csv");
        std::fs::write(&path, text).unwrap();
        let fixed = ["--as", account, "import", "national", path.to_str().unwrap()];
        self.run(&[&fixed, more].concat())
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        let output = self.store.run(args);
        Ran {
            exit: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Loads it, which must be done.
    pub fn load_ok(&self, text: &str) -> String {
        let ran = self.load("xian1-xt", text, &[]);
        assert_eq!(ran.exit, 0, "{}{}", ran.out, ran.err);
        ran.out
    }

    /// Asks as this account.
    pub fn as_account(&mut self, account: &str, mut request: Value) -> Value {
        request["as"] = account.into();
        self.keeper.ask(request)
    }

    /// The same, which must be done.
    pub fn ok(&mut self, account: &str, request: Value) -> Value {
        let mut answer = self.as_account(account, request.clone());
        answer.get_mut("ok").map(Value::take).unwrap_or_else(|| panic!("{account} → {request}\n← {answer}"))
    }

    /// A school's comparison as the county sees it.
    pub fn diff(&mut self, school: &str) -> Value {
        self.ok("xian1-jb", json!({"do": "national.diff", "school": school, "count": 500}))
    }

    /// The state of FM5 of a school.
    pub fn fm5(&mut self, school: &str) -> String {
        let page = self.ok("xian1-jb", json!({"do": "alerts.list", "school": school}));
        let items = page["items"][0]["items"].as_array().unwrap();
        items.iter().find(|item| item["item"] == "FM5").unwrap()["state"].as_str().unwrap().to_owned()
    }
}

/// A student's record for `students.put`.
pub fn student(school: &str, of: &Person) -> Value {
    json!({
        "id": "S0000000", "revision": 0, "student_no": format!("G{}", of.id_no), "name": of.name,
        "sex": if of.sex == "男" { "M" } else { "F" }, "birth": of.birth, "id_kind": "1", "id_no": of.id_no,
        "ethnic": "汉族", "school": school, "campus": "本部", "class_name": of.class_name, "major": of.major,
        "study_form": of.form, "half_years": 6, "entry": "2025-09-01", "planned_grad": "2028-07-01",
        "status": of.status, "status_since": "2025-09-01", "suspension": null, "compulsory_until": null,
        "history": [{"from": null, "to": of.status, "on": "2025-09-01", "application": null, "article": "7"}],
    })
}
