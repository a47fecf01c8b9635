//! The area: offices, schools and students out of the files, with two clerks at every one of them.

use crate::support::call::Call;
use crate::support::store::temp_exercise;
use crate::support::{Server, TempStore};
use serde_json::{Value, json};
use std::path::Path;

pub(crate) struct Area {
    pub(crate) keeper: Call,
    _server: Server,
    _store: TempStore,
}

impl Area {
    pub(crate) fn found() -> Area {
        let store = temp_exercise("410000");
        let server = store.serve();
        let mut keeper = server.call_as("keeper");
        // The roster is taken in before the first application; where it gives no day, that day is noted.
        keeper.ok(json!({"do": "exercise.today", "at": "2025-02-17"}));
        let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
        let all = [
            ("offices", "offices.csv"),
            ("schools", "schools.csv"),
            ("qualifications", "qualifications_2025.csv"),
            ("students", "roster.csv"),
        ];
        for (kind, file) in all {
            store.run_ok(&["--as", "keeper", "import", kind, files.join(file).to_str().unwrap()]);
        }
        let mut area = Area { keeper, _server: server, _store: store };
        let offices = area.keeper.ok(json!({"do": "offices.list"}));
        for office in offices["items"].as_array().unwrap() {
            let id = office["id"].as_str().unwrap();
            let posts = if office["level"] == "school" { ["entry", "review"] } else { ["handler", "reviewer"] };
            for (post, account) in posts.iter().zip([first(id), second(id)]) {
                let account = json!({"id": account, "revision": 0, "person": account, "name": format!("演练{account}"),
                    "office": id, "posts": [post], "os_user": null, "active": true});
                area.keeper.ok(json!({"do": "accounts.put", "account": account}));
            }
        }
        area
    }

    /// Asks as this account; the whole answer.
    pub(crate) fn ask(&mut self, account: &str, mut request: Value) -> Value {
        request["as"] = account.into();
        self.keeper.ask(request)
    }

    /// Asks as this account; it must be done.
    pub(crate) fn ok(&mut self, account: &str, request: Value) -> Value {
        let mut answer = self.ask(account, request.clone());
        answer.get_mut("ok").map(Value::take).unwrap_or_else(|| panic!("{account} → {request}\n← {answer}"))
    }

    pub(crate) fn today(&mut self, day: &str) {
        self.keeper.ok(json!({"do": "exercise.today", "at": day}));
    }

    /// The student with this number.
    pub(crate) fn student(&mut self, number: &str) -> String {
        let found = self.keeper.ok(json!({"do": "students.find", "text": number}));
        let [one] = &found["items"].as_array().unwrap()[..] else { panic!("{number}: {found}") };
        one["id"].as_str().unwrap().to_owned()
    }

    /// Writes another value into a student's record.
    pub(crate) fn set(&mut self, student: &str, field: &str, value: Value) {
        let numbers = self.keeper.ok(json!({"do": "students.reveal", "student": student}));
        let mut record = self.keeper.ok(json!({"do": "students.show", "student": student}))["student"].take();
        for number in ["student_no", "id_no"] {
            record[number] = numbers[number].clone();
        }
        record[field] = value;
        self.keeper.ok(json!({"do": "students.put", "student": record}));
    }
}

/// The account of an office's first post.
pub(crate) fn first(office: &str) -> String {
    format!("{office}-1")
}

/// The account of its second post.
pub(crate) fn second(office: &str) -> String {
    format!("{office}-2")
}
