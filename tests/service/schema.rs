//! `xueji schema`, and every request in it asked through the door. What is asked is built from the schema alone, so a
//! request that somebody adds is walked without a line here.

use super::world::*;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The schema as the program prints it.
struct Schema(Value);

/// The people and things that samples name.
struct Names<'a> {
    case: &'a Case,
    school: &'a str,
}

impl Schema {
    fn of(world: &World) -> Schema {
        Schema(serde_json::from_str(&world.store.run_ok(&["schema"])).unwrap())
    }

    fn requests(&self) -> Vec<Value> {
        self.0["requests"].as_array().unwrap().clone()
    }

    /// The smallest line of this form: what is required, and whatever names a case, a student or a school.
    fn sample(&self, request: &Value, names: &Names<'_>) -> Value {
        let mut line = self.value("", &request["request"], names);
        line.as_object_mut().unwrap().retain(|name, _| !["id", "as", "today", "command"].contains(&name.as_str()));
        line
    }

    fn value(&self, name: &str, schema: &Value, names: &Names<'_>) -> Value {
        if let Some(path) = schema["$ref"].as_str() {
            let named = path.rsplit('/').next().unwrap();
            return match named {
                "ApplicationId" => json!(names.case.id),
                "StudentId" => json!(names.case.student),
                "OfficeId" => json!(names.school),
                "BatchId" => json!("B2025-000001"),
                "AlertId" => json!("W0000001"),
                "Stamp" => json!("2025-09-26T09:00:00+08:00"),
                _ => self.value(name, &self.0["$defs"][named], names),
            };
        }
        for choice in ["oneOf", "anyOf"] {
            if let Some(first) = schema[choice].as_array().and_then(|of| of.iter().find(|one| one["type"] != "null")) {
                return self.value(name, first, names);
            }
        }
        if let Some(only) = schema.get("const") {
            return only.clone();
        }
        if let Some(first) = schema["enum"].as_array().and_then(|all| all.first()) {
            return first.clone();
        }
        match word(&schema["type"]) {
            "object" => self.object(schema, names),
            "array" if schema["prefixItems"].is_array() => {
                let parts = schema["prefixItems"].as_array().unwrap();
                parts.iter().map(|part| self.value(name, part, names)).collect()
            }
            "array" => json!([self.value(name, &schema["items"], names)]),
            "integer" if name == "year" => json!(2025),
            "integer" | "number" => json!(schema["minimum"].as_i64().unwrap_or(0).max(1)),
            "boolean" => json!(false),
            "string" => match schema["format"].as_str() {
                Some("date") => json!("2025-09-26"),
                Some("uuid") => json!("00000000-0000-4000-8000-000000000001"),
                _ if name == "rule" => json!("R13.7"),
                // What is typed to find somebody: the number itself.
                _ if name == "text" => json!("410782200801010001"),
                _ => json!("演练"),
            },
            other => panic!("{name}: no value of type {other:?}: {schema}"),
        }
    }

    fn object(&self, schema: &Value, names: &Names<'_>) -> Value {
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        let mut object = Map::new();
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            let telling = ["application", "student", "school", "office"].contains(&name.as_str());
            if telling || required.iter().any(|needed| needed == name) {
                object.insert(name.clone(), self.value(name, field, names));
            }
        }
        Value::Object(object)
    }

    /// The fields that an object of this form must have.
    fn required(&self, schema: &Value) -> BTreeSet<String> {
        if let Some(path) = schema["$ref"].as_str() {
            return self.required(&self.0["$defs"][path.rsplit('/').next().unwrap()]);
        }
        let listed = schema["required"].as_array().into_iter().flatten();
        listed.map(|name| name.as_str().unwrap().to_owned()).collect()
    }
}

fn word(of: &Value) -> &str {
    match of {
        Value::Array(words) => words.iter().filter_map(Value::as_str).find(|word| *word != "null").unwrap_or(""),
        other => other.as_str().unwrap_or(""),
    }
}

#[test]
fn a_supervisor_is_refused_every_writing_request_but_reminders_and_notes() {
    let mut world = World::new();
    let case = world.at_county();
    let schema = Schema::of(&world);
    let names = Names { case: &case, school: X1 };
    let before = world.journal_length();
    let writing: Vec<Value> = schema.requests().into_iter().filter(|one| one["access"] == "write").collect();
    assert!(writing.len() > 55, "{}", writing.len());
    for request in writing {
        let name = request["do"].as_str().unwrap();
        // Taking a list out is a reading that is journalled: the report is what a supervisor comes for.
        if ["board.remind", "board.note", "lists.export"].contains(&name) {
            continue;
        }
        let refusal = world.refused("xian1-db", schema.sample(&request, &names));
        assert_eq!(refusal["rule"], "R4.1", "{name}: {refusal}");
    }
    assert_eq!(world.journal_length(), before, "something was written");
    for name in ["board.remind", "board.note"] {
        world.ok("xian1-db", json!({"do": name, "application": case.id, "text": "请速办"}));
    }
    assert_eq!(world.journal_length(), before + 2);
}

#[test]
fn no_request_at_all_gives_a_county_the_numbers_of_another() {
    let mut world = World::new();
    let case = world.at_county();
    let schema = Schema::of(&world);
    // The first student's numbers, as the small province makes them.
    let whole = ["410782200801010001", "2024410782000001"];
    let names = Names { case: &case, school: X1 };
    let mut masked = 0;
    for request in schema.requests() {
        let name = request["do"].as_str().unwrap();
        // Another account on the connection is another county's no longer.
        if name == "session.as" {
            continue;
        }
        let line = schema.sample(&request, &names);
        let found = name == "students.find";
        for account in ["xian2-jb", "xian2-fh", "xian2-xt"] {
            let answer = world.ask(account, line.clone());
            assert_ne!(answer["error"]["kind"], "malformed", "{line}\n{answer}");
            for number in whole {
                assert!(!answer.to_string().contains(number), "{account} → {line}\n← {answer}");
            }
            assert!(!found || answer["ok"]["total"] == 0, "{answer}");
        }
        // Who may see the student is not shown the number by reading either, but for what is journalled as a reading.
        if request["access"] == "read" && !found {
            let answer = world.ask("xian1-jb", line.clone()).to_string();
            assert!(whole.iter().all(|number| !answer.contains(number)), "{line}\n{answer}");
            masked += usize::from(answer.contains("0001") && answer.contains("*"));
        }
    }
    assert!(masked >= 2, "{masked}: nothing was asked that shows a number at all");
    let revealed = world.ok("xian1-jb", json!({"do": "students.reveal", "student": case.student}));
    assert_eq!((&revealed["id_no"], &revealed["student_no"]), (&json!(whole[0]), &json!(whole[1])));
}

#[test]
fn replies_have_the_fields_that_the_schema_promises() {
    let mut world = World::new();
    let case = world.at_county();
    let schema = Schema::of(&world);
    let names = Names { case: &case, school: X1 };
    let (mut answered, mut known) = (0, 0);
    for request in schema.requests().into_iter().filter(|one| one["access"] == "read") {
        let answer = world.ask("keeper", schema.sample(&request, &names));
        let Some(ok) = answer.get("ok") else { continue };
        answered += 1;
        let promised = schema.required(&request["reply"]);
        known += usize::from(!promised.is_empty());
        for field in promised {
            assert!(ok.get(&field).is_some(), "{}: no {field:?} in {ok}", request["do"]);
        }
    }
    assert!(answered >= 30 && known >= 25, "{answered} answered, {known} with a named form");
}

#[test]
fn the_schema_needs_no_store_and_names_what_it_refers_to() {
    let store = crate::support::temp_store();
    let text = store.run_ok(&["schema"]);
    assert!(!store.data().exists());
    let schema: Value = serde_json::from_str(&text).unwrap();
    for part in text.split("\"#/$defs/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(schema["$defs"][name].is_object(), "{name} is referred to and not there");
    }
    let access = |name: &str| {
        let all = schema["requests"].as_array().unwrap();
        all.iter().find(|one| one["do"] == name).unwrap_or_else(|| panic!("no {name}"))["access"].clone()
    };
    assert_eq!(access("queue.page"), "read");
    assert_eq!(access("applications.claim"), "session");
    assert_eq!(access("evidence.attach"), "write");
    assert_eq!(access("import.commit"), "write");
    assert_eq!(access("applications.propose"), "write");
}
