//! What can be asked. Every request is marked as reading or writing; one that is not does not compile.

use super::import::{ImportCommit, ImportRows};
use super::page::{PageRequest, Tab};
use crate::model::{AccountId, ApplicationId, Command, CommandId, Details, Digest, Stamp, StudentId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A piece of a file on its way into the evidence folder. Pieces come in order, each at most 48 KiB.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceChunk {
    /// The application the file is for.
    pub application: ApplicationId,
    /// BLAKE3 of the whole file.
    pub digest: Digest,
    /// Bytes of the whole file.
    pub size: u64,
    /// Name of the material it is.
    pub kind: String,
    /// File name.
    pub name: String,
    /// Where the original is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original_place: Option<String>,
    /// Where this piece begins.
    pub offset: u64,
    /// The piece, base64.
    pub data: String,
}

/// Requests that read, or that touch only the server's memory (claims).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", deny_unknown_fields)]
pub enum Query {
    /// The server's hello again, for scripts that want to see it.
    #[serde(rename = "hello")]
    Hello {},
    /// Who am I here, and what may I do.
    #[serde(rename = "whoami")]
    WhoAmI {},
    /// The accounts: all for the keeper and on an exercise store, else those of my office.
    #[serde(rename = "accounts.list")]
    Accounts {},
    /// Offices and schools.
    #[serde(rename = "offices.list")]
    Offices {},
    /// Students by part of the name, by initials, by part of a number, or by one of the first two with the tail of the
    /// document number; at most `count`.
    #[serde(rename = "students.find")]
    FindStudents {
        /// What is typed.
        text: String,
        /// How many at most, up to 100.
        #[serde(default = "twenty")]
        count: u32,
    },
    /// One student.
    #[serde(rename = "students.show")]
    Student {
        /// Which.
        student: StudentId,
    },
    /// Applications by id order, whatever their phase; for scripts and full dumps.
    #[serde(rename = "applications.list")]
    Applications {
        /// After this one.
        #[serde(default)]
        after: Option<ApplicationId>,
        /// How many at most, up to 500.
        #[serde(default = "twenty")]
        count: u32,
        /// Only of this student.
        #[serde(default)]
        student: Option<StudentId>,
    },
    /// One application with path, verdicts, evidence and what may be done.
    #[serde(rename = "applications.show")]
    Case {
        /// Which.
        application: ApplicationId,
    },
    /// The kinds of application with the forms they need.
    #[serde(rename = "kinds.list")]
    Kinds {},
    /// Schools or majors by part of a code or name.
    #[serde(rename = "choices.find")]
    Choices {
        /// Which.
        what: super::Choices,
        /// What is typed.
        text: String,
        /// How many at most, up to 50.
        #[serde(default = "twenty")]
        count: u32,
    },
    /// What an application would meet: findings, route, clocks, evidence needed. Nothing is written.
    #[serde(rename = "applications.preview")]
    Preview {
        /// Whose file.
        student: StudentId,
        /// What is asked for.
        details: Details,
    },
    /// 依据: the rules behind the current step, and its clock day by day.
    #[serde(rename = "applications.basis")]
    Basis {
        /// Which.
        application: ApplicationId,
    },
    /// Rules in our own words: one by its id (`R13.7`), or those of an article (`13`).
    #[serde(rename = "rules.show")]
    Rules {
        /// Id or article.
        rule: String,
    },
    /// Take an item in hand, visibly for all.
    #[serde(rename = "applications.claim")]
    Claim {
        /// Which.
        application: ApplicationId,
    },
    /// Leave it.
    #[serde(rename = "applications.release")]
    Release {
        /// Which.
        application: ApplicationId,
    },
    /// A window of a tab of the queue.
    #[serde(rename = "queue.page")]
    Page(PageRequest),
    /// What a tab can be narrowed by.
    #[serde(rename = "queue.limits")]
    Limits {
        /// Which list.
        tab: Tab,
    },
    /// How many rows each tab has.
    #[serde(rename = "queue.counts")]
    Counts {},
    /// A piece of a file; the last one attaches it.
    #[serde(rename = "evidence.attach")]
    AttachChunk(EvidenceChunk),
    /// Evidence of an application.
    #[serde(rename = "evidence.list")]
    Evidence {
        /// Of which application.
        application: ApplicationId,
    },
    /// A piece of a file back.
    #[serde(rename = "evidence.get")]
    EvidencePiece {
        /// Of which application.
        application: ApplicationId,
        /// Which file.
        digest: Digest,
        /// From where.
        #[serde(default)]
        offset: u64,
    },
    /// Some rows of a file that is to be imported.
    #[serde(rename = "import.stage")]
    Stage(ImportRows),
    /// Take the staged rows in, or only judge them.
    #[serde(rename = "import.commit")]
    Commit(ImportCommit),
    /// What was said about the rows of the last import of this connection.
    #[serde(rename = "import.report")]
    ImportReport {
        /// After this row.
        #[serde(default)]
        after: u32,
        /// How many at most, up to 5000.
        count: u32,
    },
    /// The journal, newest last.
    #[serde(rename = "journal.page")]
    Journal {
        /// After this entry.
        #[serde(default)]
        after: u64,
        /// How many at most, up to 200.
        #[serde(default = "twenty")]
        count: u32,
    },
    /// Check journal, records and columns against each other.
    #[serde(rename = "verify")]
    Verify {},
    /// Whether an application can be found for a command id: what was it answered?
    #[serde(rename = "commands.show")]
    CommandAnswer {
        /// The id given with the command.
        command_id: CommandId,
    },
    /// Receive notices from now on.
    #[serde(rename = "notices.subscribe")]
    Subscribe {},
    /// Change the account of this connection; exercise stores only, or another account of the same system user.
    #[serde(rename = "session.as")]
    SwitchAccount {
        /// To which.
        account: AccountId,
    },
}

fn twenty() -> u32 {
    20
}

/// Whether a request changes the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// It reads.
    Read,
    /// It writes, and is journalled.
    Write,
    /// It changes the server's memory only (claims, the connection itself).
    Session,
}

impl Query {
    /// How this request is marked.
    pub fn access(&self) -> Access {
        match self {
            Query::Hello {}
            | Query::WhoAmI {}
            | Query::Accounts {}
            | Query::Offices {}
            | Query::FindStudents { .. }
            | Query::Student { .. }
            | Query::Applications { .. }
            | Query::Case { .. }
            | Query::Kinds {}
            | Query::Choices { .. }
            | Query::Preview { .. }
            | Query::Basis { .. }
            | Query::Rules { .. }
            | Query::Page(_)
            | Query::Limits { .. }
            | Query::Counts {}
            | Query::Evidence { .. }
            | Query::EvidencePiece { .. }
            | Query::Journal { .. }
            | Query::Verify {}
            | Query::CommandAnswer { .. } => Access::Read,
            Query::Claim { .. }
            | Query::Release { .. }
            | Query::Subscribe {}
            | Query::SwitchAccount { .. }
            | Query::Stage(_)
            | Query::ImportReport { .. } => Access::Session,
            Query::AttachChunk(_) | Query::Commit(_) => Access::Write,
        }
    }
}

/// Any request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Change something.
    Write(Command),
    /// Read something, or touch the session.
    Query(Query),
}

impl Request {
    /// How it is marked.
    pub fn access(&self) -> Access {
        match self {
            Request::Write(_) => Access::Write,
            Request::Query(query) => query.access(),
        }
    }
}

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
}

impl Envelope {
    /// An ordinary line.
    pub fn new(id: u64, request: Request) -> Self {
        Envelope { id: id.into(), command_id: None, as_account: None, today: None, request, stripped: Vec::new() }
    }

    /// Reads a line that has been bounded already. Fields nobody knows are errors, not noise.
    pub fn parse(line: &[u8]) -> Result<Self, MalformedRequest> {
        let bad = |id: &Value, message: String| {
            // The message may quote what was sent, down to the names of fields.
            MalformedRequest { id: id.clone(), message: crate::text::clean(&message).0, readable: true }
        };
        let mut value: Value = serde_json::from_slice(line).map_err(|e| MalformedRequest {
            id: Value::Null,
            message: format!("not a line of JSON: {e}"),
            readable: false,
        })?;
        let mut stripped = Vec::new();
        clean(&mut value, "", &mut stripped);
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
        let request = request.map_err(|e| {
            let unknown = !writing && e.to_string().starts_with("unknown variant");
            let also = if unknown { format!("; writing: {}", WRITING.join(", ")) } else { String::new() };
            bad(&id, format!("{verb}: {e}{also}"))
        })?;
        Ok(Envelope { id, command_id, as_account, today, request, stripped })
    }

    /// The line, without its line break.
    pub fn to_line(&self) -> Result<String, serde_json::Error> {
        let body = match &self.request {
            Request::Write(command) => serde_json::to_value(command)?,
            Request::Query(query) => serde_json::to_value(query)?,
        };
        let mut fields = Map::new();
        fields.insert("id".into(), self.id.clone());
        if let Value::Object(body) = body {
            fields.extend(body);
        }
        if let Some(id) = &self.command_id {
            fields.insert("command".into(), serde_json::to_value(id)?);
        }
        if let Some(account) = &self.as_account {
            fields.insert("as".into(), serde_json::to_value(account)?);
        }
        if let Some(today) = &self.today {
            fields.insert("today".into(), serde_json::to_value(today)?);
        }
        serde_json::to_string(&Value::Object(fields))
    }
}

/// Takes control characters and escape sequences out of every text of a request, names included in no answer:
/// nothing typed, pasted or scripted can reach another clerk's terminal.
pub(super) fn clean(value: &mut Value, path: &str, stripped: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            let (cleaned, changed) = crate::text::clean(text);
            if changed {
                stripped.push(path.to_owned());
                *text = cleaned;
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter_mut().enumerate() {
                clean(item, &format!("{path}[{at}]"), stripped);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                clean(field, &path, stripped);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Names of the writing commands; any other name is read as a query, whose error lists the queries.
const WRITING: [&str; 18] = [
    "applications.start",
    "applications.amend",
    "applications.submit",
    "applications.propose",
    "applications.decide",
    "applications.step_external",
    "applications.withdraw",
    "applications.cancel",
    "applications.file",
    "applications.sync",
    "applications.unsync",
    "accounts.put",
    "accounts.disable",
    "offices.put",
    "clock.confirm",
    "exercise.today",
    "students.put",
    "students.reveal",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Outcome;

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

    /// Every command that can be written as JSON is known by its name.
    #[test]
    fn the_writing_names_are_those_of_the_commands() {
        let error = serde_json::from_str::<Command>(r#"{"do":"?"}"#).unwrap_err().to_string();
        let listed: Vec<&str> = error.split('`').skip(3).step_by(2).filter(|name| *name != "evidence.record").collect();
        let mut ours = WRITING.to_vec();
        let mut theirs = listed.clone();
        ours.sort_unstable();
        theirs.sort_unstable();
        assert_eq!(ours, theirs);
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
