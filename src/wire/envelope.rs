//! The line around a request: its id, who it is asked as, and reading it without trusting it.

use super::cells::Cells;
use super::marks::WRITING;
use super::request::{Query, Request};
use crate::model::{AccountId, CommandId, Stamp};
use memchr::memmem;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use std::fmt;

/// One line to the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// Chosen by the asker, given back with the answer; a number or a text.
    pub id: Value,
    /// The command's own id: the same again gets the first answer.
    pub command_id: Option<CommandId>,
    /// Exercise stores: speak as this account, for this line.
    pub as_account: Option<AccountId>,
    /// Exercise stores: the day this line is asked on, for this line.
    pub today: Option<Stamp>,
    /// What is asked.
    pub request: Request,
    /// Fields from which control characters were taken at the door.
    pub stripped: Vec<String>,
    /// Of these, the fields in which an escape sequence stood: nobody types one.
    pub steering: Vec<String>,
}

/// A line that is no request.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct MalformedRequest {
    /// The id the line gave, null when it gave none.
    pub id: Value,
    /// What is wrong with it.
    pub message: String,
    /// Whether it was JSON at all; what is not ends the connection.
    pub readable: bool,
    /// What it would have set up locally, where it asks for that: a level, a paper, a condition (Art. 25).
    pub local: Option<String>,
}

/// What nobody sets up locally (Art. 25), by the names such a request would have, and the words for it.
const PROVIDED: [(&str, &str); 12] = [
    ("levels", "管理层级"),
    ("routes", "审批路径"),
    ("steps", "审批环节"),
    ("materials", "申请材料"),
    ("documents", "申请材料"),
    ("conditions", "限制性条件"),
    ("thresholds", "负面清单门槛"),
    ("items", "负面清单事项"),
    ("rules", "规则"),
    ("kinds", "业务种类"),
    ("deadlines", "办理期限"),
    ("windows", "办理窗口"),
];

/// The same, of a request nobody knows; an office of another level than there are is one of them.
fn local(verb: &str, why: &str) -> Option<String> {
    let (noun, act) = verb.split_once('.')?;
    if verb == "offices.put" && why.contains("unknown variant") && why.contains("`province`") {
        return Some("管理层级".to_owned());
    }
    let sets = ["put", "define", "publish", "save", "add"].contains(&act);
    PROVIDED.iter().find(|(name, _)| sets && *name == noun).map(|(_, words)| (*words).to_owned())
}

impl Envelope {
    /// An ordinary line.
    pub fn new(id: u64, request: Request) -> Self {
        let (stripped, steering) = (Vec::new(), Vec::new());
        Envelope { id: id.into(), command_id: None, as_account: None, today: None, request, stripped, steering }
    }

    /// Reads a line that has been bounded already. Fields nobody knows are errors, not noise.
    pub fn parse(line: &[u8]) -> Result<Self, MalformedRequest> {
        let bad = |id: &Value, message: String| {
            // The message may quote what was sent, down to the names of fields.
            MalformedRequest { id: id.clone(), message: crate::text::clean(&message).0, readable: true, local: None }
        };
        let unreadable = |e| MalformedRequest {
            id: Value::Null,
            message: format!("not a line of JSON: {e}"),
            readable: false,
            local: None,
        };
        let (mut value, rows) = match Bulk::read(line) {
            Some(Bulk { fields, rows }) => (Value::Object(fields), rows),
            None => (serde_json::from_slice(line).map_err(unreadable)?, Vec::new()),
        };
        let (mut stripped, mut steering) = (Vec::new(), Vec::new());
        let escape = |at| matches!(line.get(at + 5), Some(b'b' | b'B'));
        if line.contains(&0x1B) || memmem::find_iter(line, b"\\u001").any(escape) {
            steered(&value, &Path::Root, &mut steering);
        }
        clean(&mut value, &mut stripped);
        let Value::Object(mut fields) = value else {
            return Err(bad(&Value::Null, "a request is a JSON object".into()));
        };
        let id = fields.remove("id").unwrap_or(Value::Null);
        if !matches!(id, Value::Null | Value::Number(_) | Value::String(_)) {
            return Err(bad(&Value::Null, "\"id\" is a number or a text".into()));
        }
        fn take<T: serde::de::DeserializeOwned>(
            fields: &mut Map<String, Value>,
            name: &str,
        ) -> Result<Option<T>, String> {
            match fields.remove(name) {
                None | Some(Value::Null) => Ok(None),
                Some(value) => serde_json::from_value(value).map(Some).map_err(|e| format!("\"{name}\": {e}")),
            }
        }
        let command_id = take(&mut fields, "command").map_err(|m| bad(&id, m))?;
        let as_account = take(&mut fields, "as").map_err(|m| bad(&id, m))?;
        let today = take(&mut fields, "today").map_err(|m| bad(&id, m))?;
        let Some(Value::String(verb)) = fields.get("do").cloned() else {
            return Err(bad(&id, "\"do\" is missing: name the request".into()));
        };
        let body = Value::Object(fields);
        let writing = WRITING.contains(&verb.as_str());
        let request = if writing {
            serde_json::from_value(body).map(Request::Write)
        } else {
            serde_json::from_value(body).map(Request::Query)
        };
        let mut request = request.map_err(|e| {
            let unknown = !writing && e.to_string().starts_with("unknown variant");
            let also = if unknown { format!("; writing: {}", WRITING.join(", ")) } else { String::new() };
            MalformedRequest { local: local(&verb, &e.to_string()), ..bad(&id, format!("{verb}: {e}{also}")) }
        })?;
        if let Request::Query(Query::Stage(stage)) = &mut request
            && !rows.is_empty()
        {
            stage.rows = rows;
            for (at, cells) in stage.rows.iter_mut().enumerate() {
                for touched in cells.touched() {
                    let path = format!("rows[{at}][{}]", touched.at);
                    steering.extend(touched.steering.then(|| path.clone()));
                    stripped.push(path);
                }
            }
        }
        Ok(Envelope { id, command_id, as_account, today, request, stripped, steering })
    }

    /// The line, without its line break.
    pub fn to_line(&self) -> Result<String, serde_json::Error> {
        /// What stands around the request, which is one object with it.
        #[derive(Serialize)]
        struct Around<'a> {
            id: &'a Value,
            #[serde(skip_serializing_if = "Option::is_none")]
            command: Option<&'a CommandId>,
            #[serde(rename = "as", skip_serializing_if = "Option::is_none")]
            as_account: Option<&'a AccountId>,
            #[serde(skip_serializing_if = "Option::is_none")]
            today: Option<&'a Stamp>,
        }
        let body = match &self.request {
            Request::Write(command) => serde_json::to_string(command)?,
            Request::Query(query) => serde_json::to_string(query)?,
        };
        let around = Around {
            id: &self.id,
            command: self.command_id.as_ref(),
            as_account: self.as_account.as_ref(),
            today: self.today.as_ref(),
        };
        // A request is never empty: it names itself. Rows of a file are long, and are written once only.
        let mut line = serde_json::to_string(&around)?;
        line.pop();
        line.push(',');
        line.push_str(body.strip_prefix('{').unwrap_or(&body));
        Ok(line)
    }
}

/// A line that brings rows of a file. They are most of it, and are read straight into their cells; the rest is read as
/// any other line.
struct Bulk {
    fields: Map<String, Value>,
    rows: Vec<Cells>,
}

/// The request that does.
const BULK: &str = "import.stage";
/// Its field that holds them.
const ROWS: &str = "rows";

impl Bulk {
    /// None of any other line, and of one that is not what it should be: reading it the other way says why.
    fn read(line: &[u8]) -> Option<Bulk> {
        memmem::find(line, BULK.as_bytes())?;
        let bulk = serde_json::from_slice::<Bulk>(line).ok()?;
        Some(bulk).filter(|bulk| bulk.fields.get("do").is_some_and(|verb| verb == BULK))
    }
}

impl<'de> Deserialize<'de> for Bulk {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Bulk;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a request")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Bulk, A::Error> {
                let mut bulk = Bulk { fields: Map::new(), rows: Vec::new() };
                while let Some(name) = map.next_key::<String>()? {
                    let value = if name == ROWS {
                        bulk.rows = map.next_value()?;
                        Value::Array(Vec::new())
                    } else {
                        map.next_value()?
                    };
                    bulk.fields.insert(name, value);
                }
                Ok(bulk)
            }
        }
        from.deserialize_map(Fields)
    }
}

/// The texts in which an escape sequence stands, by their paths.
fn steered(value: &Value, path: &Path<'_>, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.contains('\u{1B}') => found.push(path.to_string()),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| steered(item, &Path::Item(path, at), found));
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| steered(field, &Path::Field(path, name), found));
        }
        _ => {}
    }
}

/// Where in a request a text stands. Written out only for the few that are named in the answer.
#[derive(Clone, Copy)]
enum Path<'a> {
    Root,
    Field(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root => Ok(()),
            Path::Field(Path::Root, name) => f.write_str(name),
            Path::Field(of, name) => write!(f, "{of}.{name}"),
            Path::Item(of, at) => write!(f, "{of}[{at}]"),
        }
    }
}

/// Takes control characters and escape sequences out of every text of a request, names included in no answer:
/// nothing typed, pasted or scripted can reach another clerk's terminal. The paths of what was changed.
pub(super) fn clean(value: &mut Value, stripped: &mut Vec<String>) {
    clean_at(value, &Path::Root, stripped);
}

fn clean_at(value: &mut Value, path: &Path<'_>, stripped: &mut Vec<String>) {
    match value {
        Value::String(text) if crate::text::is_clean(text) => {}
        Value::String(text) => {
            let (cleaned, changed) = crate::text::clean(text);
            if changed {
                stripped.push(path.to_string());
                *text = cleaned;
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter_mut().enumerate() {
                clean_at(item, &Path::Item(path, at), stripped);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                clean_at(field, &Path::Field(path, name), stripped);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ApplicationId, Command, Outcome};

    #[test]
    fn a_line_reads_back_as_written() {
        let request = Request::Write(Command::Propose {
            application: ApplicationId::new(2025, 12),
            revision: 3,
            outcome: Outcome::Approve,
            reasons: vec![],
        });
        let mut envelope = Envelope::new(7, request);
        envelope.command_id = Some(uuid::Uuid::from_u128(9));
        envelope.as_account = Some("xian-jb".into());
        let line = envelope.to_line().unwrap();
        assert_eq!(Envelope::parse(line.as_bytes()).unwrap(), envelope);
    }

    #[test]
    fn rows_of_a_file_are_read_as_any_other_text() {
        let row = r#"["a\u001b[2Jb","甲\u0007","","\u001f"]"#;
        let rows = format!(r#""rows":[["x"],{row}]"#);
        let line = format!(r#"{{"id":4,"do":"import.stage","kind":"majors","columns":["c\u0007"],"from":0,{rows}}}"#);
        let envelope = Envelope::parse(line.as_bytes()).unwrap();
        let Request::Query(Query::Stage(stage)) = &envelope.request else { panic!("{:?}", envelope.request) };
        assert_eq!(stage.columns, ["c"]);
        assert_eq!(stage.rows[1].iter().collect::<Vec<_>>(), ["ab", "甲", "", ""]);
        assert_eq!(envelope.stripped, ["columns[0]", "rows[1][0]", "rows[1][1]", "rows[1][3]"]);
        assert_eq!(envelope.steering, ["rows[1][0]"]);
        // The same where the name of the request is spelled so that nobody finds it at a glance.
        let other = Envelope::parse(line.replace("import.stage", "import\\u002estage").as_bytes()).unwrap();
        assert_eq!(other, envelope);
        for (wrong, said) in [
            (line.replace(r#"["x"]"#, "[7]"), "invalid type"),
            (line.replace(r#"["x"]"#, r#"{"a":1}"#), "invalid type"),
            (line.replace(&rows, r#""rowz":[]"#), "unknown field"),
            (line.replace(&format!(",{rows}"), ""), "missing field `rows`"),
        ] {
            let error = Envelope::parse(wrong.as_bytes()).unwrap_err();
            assert!(error.readable && error.id == 4 && error.message.contains(said), "{error:?}");
        }
    }

    #[test]
    fn unknown_fields_names_and_forms_are_errors_that_keep_the_id() {
        for line in [
            r#"{"id":4,"do":"queue.page","tab":"mine","count":5,"cuont":6}"#,
            r#"{"id":4,"do":"queue.pgae"}"#,
            r#"{"id":4,"do":"evidence.record","application":"2025-000001"}"#,
            r#"{"id":4,"do":"applications.submit","application":17,"revision":1}"#,
            r#"{"id":4}"#,
        ] {
            let error = Envelope::parse(line.as_bytes()).unwrap_err();
            assert_eq!(error.id, Value::from(4), "{line}: {error}");
        }
        assert!(Envelope::parse(b"[1]").is_err());
        assert!(Envelope::parse(b"\xff\xfe").is_err());
    }
}
