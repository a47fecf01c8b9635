//! One connection that writes without rest, and keeps notes of what was answered.

use super::ground::Chance;
use super::life::{Case, Step, details};
use crate::support::call::Call;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// What the killer watches.
#[derive(Default)]
pub(crate) struct Gate {
    answered: Mutex<u64>,
    more: Condvar,
    /// Set just before the kill.
    pub(crate) falling: AtomicBool,
}

impl Gate {
    fn answered(&self) {
        *self.answered.lock().unwrap() += 1;
        self.more.notify_all();
    }

    /// Waits until so many commands have been answered.
    pub(crate) fn wait(&self, count: u64) {
        let deadline = Instant::now() + Duration::from_secs(60);
        let mut answered = self.answered.lock().unwrap();
        while *answered < count {
            assert!(Instant::now() < deadline, "only {answered} of {count} commands were answered");
            answered = self.more.wait_timeout(answered, Duration::from_secs(1)).unwrap().0;
        }
    }
}

/// What a command would do.
#[derive(Debug, Clone)]
enum What {
    NewStudent,
    /// This one's class, again and again, from several connections at once.
    Class(String),
    Start(String),
    Step(String, Step),
}

/// A command on its way.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    pub(crate) id: Uuid,
    what: What,
    tag: String,
    line: Value,
}

/// What is noted of a student.
#[derive(Debug, Clone)]
pub(crate) struct Pupil {
    revision: u64,
    class: String,
    suspended: bool,
}

/// One writer with its notes.
pub(crate) struct Writer {
    chance: Chance,
    school: &'static str,
    template: Value,
    /// All but writes this student's record: shared with others.
    hot: Option<String>,
    pupils: BTreeMap<String, Pupil>,
    cases: BTreeMap<String, Case>,
    touched: BTreeSet<String>,
    /// Answered since the last check, with the answer.
    pub(crate) done: Vec<(Sent, Value)>,
    /// Refused since the last check.
    pub(crate) refused: Vec<Uuid>,
    /// Sent and not answered.
    pub(crate) pending: Option<Sent>,
    /// The pending one had been sent before the kill.
    pub(crate) outstanding: bool,
    /// What an earlier check found of the pending one: sent again it must get this answer.
    first: Option<Value>,
}

impl Writer {
    pub(crate) fn new(chance: Chance, school: &'static str, template: &Value, hot: Option<String>) -> Self {
        Writer {
            chance,
            school,
            template: template.clone(),
            hot,
            pupils: BTreeMap::new(),
            cases: BTreeMap::new(),
            touched: BTreeSet::new(),
            done: Vec::new(),
            refused: Vec::new(),
            pending: None,
            outstanding: false,
            first: None,
        }
    }

    /// Connects.
    pub(crate) fn connect(&self, data: &Path) -> Call {
        Call::connect_as(data, &format!("{}-lr", self.school))
    }

    /// Writes until the server is gone.
    pub(crate) fn write(&mut self, mut call: Call, gate: &Gate) {
        // A desk that reconnects asks again under the same id: nothing may happen twice.
        let mut next = self.pending.take();
        self.outstanding = false;
        loop {
            let sent = next.take().unwrap_or_else(|| self.choose());
            if call.try_send(&sent.line.to_string()).is_err() {
                self.pending = Some(sent);
                return;
            }
            let before = !gate.falling.load(Ordering::SeqCst);
            match call.try_read() {
                Ok(answer) => {
                    self.settle(sent, answer);
                    gate.answered();
                }
                Err(why) => {
                    assert!(gate.falling.load(Ordering::SeqCst), "the server hung up by itself: {why}");
                    self.outstanding = before;
                    self.pending = Some(sent);
                    return;
                }
            }
        }
    }

    fn choose(&mut self) -> Sent {
        let id = self.chance.id();
        let tag = format!("记{}", id.simple());
        let (what, mut line) = self.request(&tag);
        if line.get("as").is_none() {
            line["as"] = "xian1-gl".into();
        }
        line["id"] = id.to_string().into();
        line["command"] = id.to_string().into();
        Sent { id, what, tag, line }
    }

    fn request(&mut self, tag: &str) -> (What, Value) {
        if let Some(hot) = &self.hot {
            return (What::Class(hot.clone()), self.student(hot, tag));
        }
        let open = self.cases.iter().find(|(_, case)| case.open());
        if let Some((id, case)) = open {
            let (step, account) = case.next(&mut self.chance, self.school);
            let mut line = case.request(id, &step, tag);
            line["as"] = account.into();
            return (What::Step(id.clone(), step), line);
        }
        match self.pupils.iter().find(|(_, pupil)| !pupil.suspended) {
            Some((student, _)) if !self.chance.one_in(3) => {
                let mut line = json!({ "do": "applications.start", "student": student, "details": details(tag) });
                line["as"] = format!("{}-lr", self.school).into();
                (What::Start(student.clone()), line)
            }
            _ => (What::NewStudent, self.student("S0000000", tag)),
        }
    }

    fn student(&self, id: &str, tag: &str) -> Value {
        let mut student = self.template.clone();
        student["id"] = id.into();
        student["class_name"] = tag.into();
        json!({ "do": "students.put", "student": student })
    }

    fn settle(&mut self, sent: Sent, mut reply: Value) {
        assert_eq!(reply["id"], sent.id.to_string(), "an answer to something else");
        let expected = self.first.take();
        if reply.get("ok").is_none() {
            assert!(expected.is_none(), "done before the kill, and now: {reply}");
            assert!(reply.get("refused").is_some(), "{} → {reply}", sent.line);
            self.refused.push(sent.id);
            return;
        }
        let answer = reply["ok"].take();
        match expected {
            // It had been done already, and is noted.
            Some(first) => assert_eq!(answer, first, "sent again, it must get its first answer"),
            None => self.note(&sent, &answer),
        }
        self.done.push((sent, answer));
    }

    fn note(&mut self, sent: &Sent, answer: &Value) {
        match &sent.what {
            What::NewStudent => {
                let id = answer["student"].as_str().unwrap().to_owned();
                assert_eq!(answer["revision"], 1, "a new student");
                self.touched.insert(id.clone());
                self.pupils.insert(id, Pupil { revision: 1, class: sent.tag.clone(), suspended: false });
            }
            What::Class(id) => {
                let revision = answer["revision"].as_u64().unwrap();
                let class = sent.tag.clone();
                self.pupils.insert(id.clone(), Pupil { revision, class, suspended: false });
            }
            What::Start(student) => {
                let id = answer["application"].as_str().unwrap().to_owned();
                let case = Case::new(student, &sent.tag);
                assert!(self.cases.insert(id, case).is_none(), "a number given out twice: {answer}");
                self.touched.insert(student.clone());
            }
            What::Step(id, step) => {
                let case = self.cases.get_mut(id).unwrap();
                let granted = case.done(step, &sent.tag, answer);
                self.touched.insert(case.student.clone());
                if granted {
                    let pupil = self.pupils.get_mut(&case.student).unwrap();
                    pupil.revision += 1;
                    pupil.suspended = true;
                }
            }
        }
    }

    /// The commands that must be found, and the one that may be.
    pub(crate) fn questions(&self) -> Vec<Value> {
        let done = self.done.iter().map(|(sent, _)| sent.id);
        let all = done.chain(self.refused.iter().copied()).chain(self.pending.iter().map(|sent| sent.id));
        all.map(|id| json!({ "do": "commands.show", "command_id": id.to_string() })).collect()
    }

    /// Compares what was found of the commands with the notes; the commands that have been done.
    pub(crate) fn compare(&mut self, found: &[Value]) -> Vec<(Uuid, u64)> {
        let mut present = Vec::new();
        let (done, rest) = found.split_at(self.done.len());
        let (refused, pending) = rest.split_at(self.refused.len());
        for ((sent, answer), found) in std::mem::take(&mut self.done).into_iter().zip(done) {
            assert_eq!(found["ok"]["answer"], answer, "acknowledged: {}\nfound: {found}", sent.line);
            present.push((sent.id, found["ok"]["seq"].as_u64().unwrap()));
        }
        for (id, found) in std::mem::take(&mut self.refused).into_iter().zip(refused) {
            assert_eq!(found["error"]["kind"], "not_found", "{id} was refused: {found}");
        }
        if let (Some(found), Some(sent)) = (pending.first(), self.pending.clone()) {
            if let Some(answer) = found.get("ok") {
                present.push((sent.id, answer["seq"].as_u64().unwrap()));
                // The same one twice over: it was found by an earlier check and its line fell once more.
                if self.first.is_none() {
                    self.note(&sent, &answer["answer"]);
                }
                self.first = Some(answer["answer"].clone());
            } else {
                assert!(self.first.is_none(), "it was there, and now it is gone: {}", sent.line);
                assert_eq!(found["error"]["kind"], "not_found", "{found}");
            }
        }
        // Some desks go on with something else.
        if self.chance.one_in(2) {
            self.pending = None;
            self.first = None;
        }
        present
    }

    /// Questions for the records that changed, or for all of them.
    pub(crate) fn record_questions(&mut self, all: bool) -> (Vec<String>, Vec<Value>) {
        let touched = std::mem::take(&mut self.touched);
        if self.hot.is_some() {
            return (Vec::new(), Vec::new());
        }
        let students: Vec<String> =
            if all { self.pupils.keys().cloned().collect() } else { touched.into_iter().collect() };
        let ask = |student: &String| {
            [
                json!({ "do": "students.show", "student": student }),
                json!({ "do": "applications.list", "student": student, "count": 500 }),
            ]
        };
        let questions = students.iter().flat_map(ask).collect();
        (students, questions)
    }

    /// Compares the answers to these questions with the notes.
    pub(crate) fn check_records(&self, students: &[String], answers: &[Value]) {
        for (student, found) in students.iter().zip(answers.chunks(2)) {
            self.pupils[student].check(&found[0]["ok"]["student"]);
            let stored = found[1]["ok"]["items"].as_array().unwrap();
            let ids: Vec<&str> = stored.iter().map(|item| item["id"].as_str().unwrap()).collect();
            let noted: Vec<&String> =
                self.cases.iter().filter(|(_, case)| case.student == *student).map(|(id, _)| id).collect();
            assert_eq!(ids, noted, "applications of {student}");
            for item in stored {
                let case = &self.cases[item["id"].as_str().unwrap()];
                if let Some(difference) = case.differs(item) {
                    panic!("{case:?}\n{item}\n{difference}");
                }
            }
        }
    }

    /// The newest noted state of the shared student.
    pub(crate) fn hot(&self) -> Option<(u64, &Pupil)> {
        let pupil = self.pupils.get(self.hot.as_ref()?)?;
        Some((pupil.revision, pupil))
    }

    /// How many applications were begun.
    pub(crate) fn cases(&self) -> usize {
        self.cases.len()
    }
}

impl Pupil {
    /// Compares with the stored record.
    pub(crate) fn check(&self, stored: &Value) {
        assert_eq!(stored["revision"], self.revision, "{self:?}\n{stored}");
        assert_eq!(stored["class_name"], self.class, "{self:?}\n{stored}");
        assert_eq!(stored["status"], if self.suspended { "休学" } else { "在读" }, "{self:?}\n{stored}");
        assert_eq!(stored["suspension"].is_null(), !self.suspended, "{self:?}\n{stored}");
    }
}
