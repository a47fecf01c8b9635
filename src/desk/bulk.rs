//! Approvals of several items at once (标记). Every item is judged by itself, on top of those before it, by the very
//! checks of a single decision; what is refused is reported and stays as it was, what is done is written as one
//! change and synced once. There is no bulk edit, and returns and refusals are given one by one: their reasons belong
//! to one case.

use super::{Asked, Refused, State, Writes, batch, verdict};
use crate::model::{ApplicationId, BulkAct, BulkItem, MOST_BULK, Outcome, Record};
use serde_json::{Value, json};
use std::collections::HashSet;

/// Proposes or agrees to approvals.
pub(super) fn bulk(
    state: &State<'_>,
    asked: &Asked<'_>,
    items: &[BulkItem],
    act: BulkAct,
) -> Result<(Writes, Value), Refused> {
    if items.is_empty() || items.len() > MOST_BULK {
        return Err(Refused::Input(format!("一次办理1至{MOST_BULK}件，现在是{}件；请分次办理", items.len())));
    }
    let mut seen = HashSet::new();
    if let Some(twice) = items.iter().find(|item| !seen.insert(item.application)) {
        return Err(Refused::Input(format!("申请 {} 列了两次", twice.application)));
    }
    let mut done = Done::on(state);
    for item in items {
        let (id, revision) = (item.application, item.revision);
        done.item(id, |state| match act {
            BulkAct::Propose => verdict::propose(state, asked, id, revision, Outcome::Approve, &[]),
            BulkAct::Decide => {
                approvals_only(state, id)?;
                verdict::decide(state, asked, id, revision, true, "")
            }
        })?;
    }
    let mut writes = done.writes;
    items.iter().for_each(|item| batch::leave(&mut writes, item.application));
    Ok((writes, json!({ "done": done.count, "refused": items.len() - done.count, "items": done.report })))
}

/// Whoever agrees to many at once agrees to approvals.
fn approvals_only(state: &State<'_>, id: ApplicationId) -> Result<(), Refused> {
    let proposed = state.application(id)?.and_then(|application| {
        let proposal = application.round()?.proposal.as_ref()?;
        Some(proposal.outcome)
    });
    match proposed {
        Some(outcome) if outcome != Outcome::Approve => Err(Refused::Input(format!(
            "经办意见是{}，批量办理只同意“同意”的意见；请打开这一件逐条复核理由",
            outcome.name()
        ))),
        _ => Ok(()),
    }
}

/// What has been done so far, item by item.
pub(super) struct Done<'a> {
    state: State<'a>,
    /// What is to be written.
    pub(super) writes: Writes,
    /// A line for each item.
    pub(super) report: Vec<Value>,
    /// How many were done.
    pub(super) count: usize,
    /// Why the first that was not done was not.
    pub(super) first: Option<Refused>,
}

impl<'a> Done<'a> {
    /// Nothing yet.
    pub(super) fn on(state: &State<'a>) -> Self {
        Done { state: state.fork(), writes: Vec::new(), report: Vec::new(), count: 0, first: None }
    }

    /// The state with what has been done laid over it.
    pub(super) fn state(&self) -> &State<'a> {
        &self.state
    }

    /// Writes that are nobody's item.
    pub(super) fn lay(&mut self, writes: Writes) {
        self.state.lay_writes(&writes);
        self.writes.extend(writes);
    }

    /// Does one item, or reports why not. Only a failing store ends the whole.
    pub(super) fn item(
        &mut self,
        id: ApplicationId,
        act: impl FnOnce(&State<'a>) -> Result<(Writes, Value), Refused>,
    ) -> Result<(), Refused> {
        let student = self.name(id)?;
        match act(&self.state) {
            Ok((writes, answer)) => {
                self.lay(writes);
                self.count += 1;
                self.report.push(json!({
                    "application": id, "student": student, "done": true,
                    "revision": answer.get("revision"), "status": answer.get("status"),
                }));
            }
            Err(Refused::Store(error)) => return Err(Refused::Store(error)),
            Err(refused) => {
                // Of what the asker may not see, not even the name is told.
                let student = student.filter(|_| !matches!(refused, Refused::NotFound(_)));
                let mut line = json!({ "application": id, "student": student, "done": false });
                if let Some(fields) = line.as_object_mut() {
                    let (name, why) = said(&refused);
                    fields.insert(name.to_owned(), why);
                }
                self.report.push(line);
                self.first.get_or_insert(refused);
            }
        }
        Ok(())
    }

    /// The name of the student an application is about; nothing where the asker may not see it.
    fn name(&self, id: ApplicationId) -> Result<Option<String>, Refused> {
        let Some(application) = self.state.application(id)? else { return Ok(None) };
        Ok(self.state.student(application.student)?.map(|student| student.name))
    }
}

/// A refusal as a line of the report has it: the words of a reply.
pub(super) fn said(refused: &Refused) -> (&'static str, Value) {
    let error = |kind: &str, message: String| ("error", json!({ "kind": kind, "message": message }));
    match refused {
        Refused::Rule(finding) => ("refused", json!(finding)),
        Refused::Stale { changes, .. } => {
            ("error", json!({ "kind": "stale", "message": "申请已有变化，请重新查看", "details": changes }))
        }
        Refused::NotFound(message) => error("not_found", message.clone()),
        other => error("input", other.to_string()),
    }
}

/// An application among the writes, as it was written last.
pub(super) fn written(writes: &mut Writes, id: ApplicationId) -> Option<&mut crate::model::Application> {
    writes.iter_mut().rev().find_map(|write| match &mut write.record {
        Record::Application(application) if application.id == id => Some(&mut **application),
        _ => None,
    })
}
