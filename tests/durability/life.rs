//! The life of a 休学 as a clerk who keeps his own notes knows it: what may come next, and what must be in the record
//! after each command that was answered.

use super::ground::Chance;
use serde_json::{Value, json};

/// The people who act on a case, by what they do.
pub(crate) const PROPOSERS: [&str; 2] = ["lr", "jb"];

/// A turn of one hand.
#[derive(Debug, Clone)]
struct Turn {
    school: bool,
    /// Since the turn began.
    acts: u32,
    /// What stands proposed.
    proposal: Option<&'static str>,
    /// What was last proposed.
    last: Option<&'static str>,
    sent_back: bool,
}

impl Turn {
    fn new(school: bool) -> Self {
        Turn { school, acts: 0, proposal: None, last: None, sent_back: false }
    }
}

/// One application, as its notes have it.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) student: String,
    pub(crate) revision: u64,
    pub(crate) status: String,
    /// The acts that must be found, in the form the record has them.
    pub(crate) acts: Vec<Value>,
    pub(crate) ground: String,
    pub(crate) papers: Vec<String>,
    pub(crate) cancelled: Option<String>,
    turns: Vec<Turn>,
}

/// A step in the life of a case.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Amend,
    Attach,
    Submit,
    Propose(&'static str),
    Decide(bool),
    Withdraw,
    Cancel,
}

impl Case {
    pub(crate) fn new(student: &str, ground: &str) -> Self {
        Case {
            student: student.to_owned(),
            revision: 1,
            status: "preparing".into(),
            acts: Vec::new(),
            ground: ground.to_owned(),
            papers: Vec::new(),
            cancelled: None,
            turns: vec![Turn::new(true)],
        }
    }

    pub(crate) fn open(&self) -> bool {
        matches!(self.status.as_str(), "preparing" | "open" | "returned")
    }

    fn turn(&mut self) -> &mut Turn {
        self.turns.last_mut().expect("a case begins with a turn")
    }

    /// What somebody might do now, and as whom; now and then something that will be refused.
    pub(crate) fn next(&self, chance: &mut Chance, school: &str) -> (Step, String) {
        let turn = self.turns.last().expect("a case begins with a turn");
        let office = if turn.school { school } else { "xian1" };
        let first = format!("{office}-{}", PROPOSERS[usize::from(!turn.school)]);
        let second = format!("{office}-{}", if turn.school { "sh" } else { "fh" });
        if chance.one_in(20) {
            return (Step::Cancel, format!("{school}-lr"));
        }
        if chance.one_in(25) {
            // Agreeing with what may not have been proposed, by the wrong person at that: refused more often than not.
            return (Step::Decide(true), first);
        }
        match turn.proposal {
            Some(_) if chance.one_in(6) => (Step::Withdraw, first),
            Some(_) => (Step::Decide(!chance.one_in(5)), second),
            None if turn.acts == 0 && self.turns.len() > 1 && chance.one_in(6) => {
                let before = &self.turns[self.turns.len() - 2];
                let agreed = if before.school { format!("{school}-sh") } else { "xian1-fh".into() };
                (Step::Withdraw, agreed)
            }
            None if turn.sent_back && chance.one_in(3) => (Step::Withdraw, second),
            None if turn.school && self.papers.is_empty() => (Step::Attach, first),
            None if turn.school && chance.one_in(8) => (Step::Amend, first),
            None if turn.school => (Step::Submit, first),
            None => {
                let outcome = ["approve", "approve", "return", "refuse"][chance.below(4) as usize];
                (Step::Propose(outcome), first)
            }
        }
    }

    /// The request of a step. `tag` makes its traces unmistakable.
    pub(crate) fn request(&self, id: &str, step: &Step, tag: &str) -> Value {
        let mut request = match step {
            Step::Amend => json!({ "do": "applications.amend", "details": details(tag) }),
            Step::Attach => {
                let digest = blake3::hash(tag.as_bytes()).to_hex().to_string();
                return json!({
                    "do": "evidence.attach", "application": id, "digest": digest, "size": tag.len(), "kind": "诊断证明",
                    "name": "诊断证明.txt", "original_place": "学籍室", "offset": 0, "data": base64(tag),
                });
            }
            Step::Submit => json!({ "do": "applications.submit" }),
            Step::Propose("approve") => json!({ "do": "applications.propose", "outcome": "approve" }),
            Step::Propose(outcome) => {
                json!({ "do": "applications.propose", "outcome": outcome, "reasons": [reason(tag)] })
            }
            Step::Decide(true) => json!({ "do": "applications.decide", "agree": true }),
            Step::Decide(false) => json!({ "do": "applications.decide", "agree": false, "remark": tag }),
            Step::Withdraw => json!({ "do": "applications.withdraw" }),
            Step::Cancel => json!({ "do": "applications.cancel", "reason": tag }),
        };
        request["application"] = id.into();
        request["revision"] = self.revision.into();
        request
    }

    /// Notes a step that was answered. Returns whether the student's own record has changed with it.
    pub(crate) fn done(&mut self, step: &Step, tag: &str, answer: &Value) -> bool {
        assert_eq!(answer["revision"], self.revision + 1, "{answer}");
        self.revision += 1;
        self.status = answer["status"].as_str().expect("answers name the status").to_owned();
        let turn = self.turn();
        if !matches!(step, Step::Attach | Step::Cancel) {
            turn.acts += 1;
        }
        let sent_back = std::mem::take(&mut turn.sent_back);
        match step {
            Step::Amend => {
                self.ground = tag.to_owned();
                self.acts.push("Amended".into());
            }
            Step::Attach => {
                // Nothing was done with the case, only something laid upon it.
                turn.sent_back = sent_back;
                self.papers.push(blake3::hash(tag.as_bytes()).to_hex().to_string());
            }
            Step::Submit => self.proposed("approve", json!([])),
            Step::Propose("approve") => self.proposed("approve", json!([])),
            Step::Propose(outcome) => self.proposed(outcome, json!([reason(tag)])),
            Step::Decide(true) => return self.agreed(),
            Step::Decide(false) => {
                turn.proposal = None;
                turn.sent_back = true;
                self.acts.push(json!({ "SentBack": tag }));
            }
            Step::Withdraw => self.withdrawn(sent_back),
            Step::Cancel => self.cancelled = Some(tag.to_owned()),
        }
        false
    }

    fn proposed(&mut self, outcome: &'static str, reasons: Value) {
        let turn = self.turn();
        turn.proposal = Some(outcome);
        turn.last = Some(outcome);
        self.acts.push(json!({ "Proposed": [outcome, reasons] }));
    }

    fn agreed(&mut self) -> bool {
        let turn = self.turn().clone();
        let outcome = turn.proposal.expect("only what stands proposed can be agreed with");
        self.acts.push(json!({ "Agreed": outcome }));
        match (outcome, turn.school) {
            ("approve", true) => self.turns.push(Turn::new(false)),
            ("return", false) => self.turns.push(Turn::new(true)),
            _ => {}
        }
        self.status == "granted"
    }

    fn withdrawn(&mut self, sent_back: bool) {
        let turn = self.turn();
        let what = if turn.acts == 1 {
            self.turns.pop();
            self.turn().acts += 1;
            "AgreementWithdrawn"
        } else if turn.proposal.take().is_some() {
            "ProposalWithdrawn"
        } else {
            assert!(sent_back, "there was nothing to withdraw");
            turn.proposal = turn.last;
            "SentBackWithdrawn"
        };
        self.acts.push(what.into());
    }

    /// In what a stored application differs from these notes.
    pub(crate) fn differs(&self, stored: &Value) -> Option<String> {
        let texts = |values: &[Value]| {
            let mut texts: Vec<String> = values.iter().map(Value::to_string).collect();
            texts.sort();
            texts
        };
        let mut acts = Vec::new();
        for step in stored["steps"].as_array()? {
            for round in step["rounds"].as_array()? {
                acts.extend(round["acts"].as_array()?.iter().map(|act| act["verb"].clone()));
            }
        }
        let papers: Vec<&str> = stored["evidence"].as_array()?.iter().filter_map(|p| p["digest"].as_str()).collect();
        let found = [
            (json!(self.revision), stored["revision"].clone()),
            (json!(self.status), stored["phase"].clone()),
            (json!(self.student), stored["student"].clone()),
            (json!(texts(&self.acts)), json!(texts(&acts))),
            (details(&self.ground), stored["details"].clone()),
            (json!(self.papers), json!(papers)),
            (json!(self.cancelled), stored["cancelled"]["reason"].clone()),
        ];
        let (noted, stored) = found.into_iter().find(|(noted, stored)| noted != stored)?;
        Some(format!("noted {noted}\nstored {stored}"))
    }
}

/// What is asked for.
pub(crate) fn details(tag: &str) -> Value {
    json!({ "休学": { "period": { "from": "2025-10-20", "until": "2026-07-10" }, "ground": tag } })
}

fn reason(tag: &str) -> Value {
    json!({ "article": "13", "material": null, "text": tag })
}

fn base64(text: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(text)
}
