//! A city's exercise store with offices and schools in it, and files beside it.

use crate::support::TempStore;
use crate::support::call::Call;
use crate::support::store::temp_exercise;
use serde_json::{Value, json};
use std::path::PathBuf;

pub const OFFICES: &str = include_str!("offices.csv");
pub const SCHOOLS: &str = include_str!("schools.csv");
pub const MAJORS: &str = include_str!("majors.csv");
pub const STUDENTS: &str = include_str!("students.csv");

/// What one run of the program came to.
pub struct Ran {
    pub exit: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Its one line of JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}{}", self.out, self.err))
    }
}

pub struct World {
    pub store: TempStore,
}

impl World {
    /// An exercise store of 新乡市, nothing imported.
    pub fn bare() -> World {
        World { store: temp_exercise("410700") }
    }

    /// The same with offices and schools.
    pub fn new() -> World {
        let world = World::bare();
        for (what, content) in [("offices", OFFICES), ("schools", SCHOOLS)] {
            let ran = world.import(what, content.as_bytes(), &[]);
            assert_eq!(ran.exit, 0, "{}{}", ran.out, ran.err);
        }
        world
    }

    /// Writes a file into the home of the store.
    pub fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.store.home().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Imports this content; with `--json` among the arguments the output is JSON.
    pub fn import(&self, what: &str, content: &[u8], more: &[&str]) -> Ran {
        let path = self.file("in.csv", content);
        let output = self.store.run(&[&["import", what, path.to_str().unwrap()], more].concat());
        Ran {
            exit: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Imports a calendar as somebody does who has read what it moves: tried first, then confirmed by its digest.
    pub fn confirmed(&self, calendar: &str) -> Ran {
        let tried = self.import("calendar", calendar.as_bytes(), &["--dry-run", "--json"]).json();
        let digest = tried["digest"].as_str().unwrap();
        self.import("calendar", calendar.as_bytes(), &["--json", "--digest", digest])
    }

    /// Imports a roster and gives the report; it must end with this status.
    pub fn roster(&self, content: &str, exit: i32) -> Value {
        let ran = self.import("students", content.as_bytes(), &["--json"]);
        assert_eq!(ran.exit, exit, "{}{}", ran.out, ran.err);
        ran.json()
    }

    pub fn keeper(&self) -> Call {
        self.store.call_as("keeper")
    }

    /// An account at a school or office.
    pub fn account(&self, id: &str, office: &str, posts: &[&str]) {
        let account = json!({"id": id, "revision": 0, "person": id, "name": "演练", "office": office,
            "posts": posts, "os_user": null, "active": true});
        self.keeper().ok(json!({"do": "accounts.put", "account": account}));
    }

    /// Names of all students the keeper finds with this text.
    pub fn found(&self, text: &str) -> Vec<String> {
        let found = self.keeper().ok(json!({"do": "students.find", "text": text, "count": 100}));
        found["items"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
    }

    /// Entries of the journal.
    pub fn entries(&self) -> Vec<Value> {
        let page = self.keeper().ok(json!({"do": "journal.page", "count": 200}));
        page["items"].as_array().unwrap().clone()
    }
}

/// The roster with one cell of one row (1 is the header) written otherwise.
pub fn with(row: usize, column: &str, value: &str) -> String {
    let at = STUDENTS.lines().next().unwrap().split(',').position(|name| name == column).unwrap();
    let lines = STUDENTS.lines().enumerate().map(|(line, text)| {
        let mut cells: Vec<&str> = text.split(',').collect();
        if line + 1 == row {
            cells[at] = value;
        }
        cells.join(",")
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// The report's entry on this row.
pub fn row(report: &Value, number: usize) -> &Value {
    let rows = report["rows"].as_array().unwrap();
    rows.iter().find(|row| row["row"] == number).unwrap_or_else(|| panic!("no row {number}: {report}"))
}
