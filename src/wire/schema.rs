//! JSON Schema of what `xueji call` takes and gives, drawn from the very types that read and write the lines.

use super::marks::{COMMANDS, Mark, QUERIES};
use super::request::Query;
use super::{Access, Failure, Notice, PROTOCOL};
use crate::model::{Command, Finding};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// Every request in the order of its table: name, mark, the schema of its line, the schema of `ok` in its reply; then
/// what else a line from the server can be, and the types all of them name (`$defs`).
pub fn schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let mut requests = Vec::new();
    for (marks, forms) in [(QUERIES, forms::<Query>(&mut generator)), (COMMANDS, forms::<Command>(&mut generator))] {
        for mark in marks {
            let form = forms.iter().find(|form| name_of(form) == Some(mark.name)).cloned().unwrap_or_default();
            requests.push(request(mark, form, &mut generator));
        }
    }
    let refused = generator.subschema_for::<Finding>();
    let error = generator.subschema_for::<Failure>();
    let notice = generator.subschema_for::<Notice>();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "xueji call",
        "protocol": PROTOCOL,
        "version": env!("CARGO_PKG_VERSION"),
        "requests": requests,
        "refused": refused,
        "error": error,
        "notice": notice,
        "$defs": generator.take_definitions(true),
    })
}

fn request(mark: &Mark, form: Value, generator: &mut SchemaGenerator) -> Value {
    json!({
        "do": mark.name,
        "access": mark.access,
        "about": form.get("description"),
        "request": line(form, mark.access),
        "reply": (mark.reply)(generator),
    })
}

/// The forms of an enum told apart by `do`.
fn forms<T: JsonSchema>(generator: &mut SchemaGenerator) -> Vec<Value> {
    let mut whole = Value::from(T::json_schema(generator));
    match whole.get_mut("oneOf").map(Value::take) {
        Some(Value::Array(forms)) => forms,
        _ => Vec::new(),
    }
}

fn name_of(form: &Value) -> Option<&str> {
    form.pointer("/properties/do/const")?.as_str()
}

/// The form as a line: with what every line may carry around it.
fn line(mut form: Value, access: Access) -> Value {
    let Some(Value::Object(fields)) = form.get_mut("properties") else { return form };
    let around = [
        ("id", json!({ "type": ["number", "string", "null"], "description": "Given back with the answer." })),
        ("as", json!({ "type": "string", "description": "Exercise stores: the account that asks." })),
        ("today", json!({ "type": "string", "description": "Exercise stores: the day or moment it is asked on." })),
    ];
    let around: Map<String, Value> = around.map(|(name, schema)| (name.to_owned(), schema)).into_iter().collect();
    fields.extend(around);
    if access == Access::Write {
        let command = json!({ "type": "string", "format": "uuid",
            "description": "The command's own id: the same again gets the first answer." });
        fields.insert("command".to_owned(), command);
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::command_name;

    fn names<T: JsonSchema>() -> Vec<String> {
        let forms = forms::<T>(&mut SchemaSettings::draft2020_12().into_generator());
        let mut names: Vec<String> = forms.iter().filter_map(name_of).map(str::to_owned).collect();
        names.sort_unstable();
        names
    }

    fn marked(marks: &[Mark]) -> Vec<String> {
        let mut names: Vec<String> = marks.iter().map(|mark| mark.name.to_owned()).collect();
        names.sort_unstable();
        names
    }

    /// Every request that can be written as JSON has the row of its own name. Only the program itself records evidence.
    #[test]
    fn the_rows_are_those_of_the_requests() {
        assert_eq!(marked(QUERIES), names::<Query>());
        let mut commands = names::<Command>();
        commands.retain(|name| name != "evidence.record");
        assert_eq!(marked(COMMANDS), commands);
    }

    /// A row stands under the name that its own form is written with.
    #[test]
    fn no_row_carries_the_name_of_another() {
        let line =
            json!({ "do": "schools.close", "school": "a", "custodian": "b", "decision": "c", "on": "2025-10-15" });
        let command: Command = serde_json::from_value(line).unwrap();
        assert_eq!(command_name(&command), Some("schools.close"));
    }

    #[test]
    fn lines_close_what_they_do_not_name() {
        let schema = schema();
        for request in schema["requests"].as_array().unwrap() {
            let form = &request["request"];
            assert_eq!(form["additionalProperties"], false, "{request}");
            assert!(form["properties"]["id"].is_object() && form["properties"]["do"]["const"] == request["do"]);
            assert_eq!(form["properties"]["command"].is_object(), request["access"] == "write", "{}", request["do"]);
        }
    }
}
