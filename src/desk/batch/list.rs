//! The list a batch begins with: handed in whole or not at all, or looked at ahead.

use super::NAMED;
use crate::desk::bulk::Done;
use crate::desk::facts::of_batch;
use crate::desk::{Asked, CaseFacts, Refused, State, Writes, bounded, scope, start as single};
use crate::law::case::findings;
use crate::law::rules;
use crate::model::{
    Batch, BatchList, Details, FEWEST_MEMBERS, Finding, MOST_MEMBERS, Membership, Office, Post, Record, Severity,
    StudentId, Write,
};
use chrono::Datelike;
use serde_json::{Value, json};
use std::collections::HashSet;

/// What the list asks for each student.
fn details(list: &BatchList) -> Details {
    Details::Transfer { handed_in_on: list.handed_in_on, to: list.to.clone(), ground: list.ground.clone() }
}

fn size_of(list: &BatchList) -> Result<u32, Refused> {
    let many = list.students.len();
    if !(FEWEST_MEMBERS..=MOST_MEMBERS).contains(&many) {
        return Err(Refused::Input(format!(
            "批量转学的名单为{FEWEST_MEMBERS}至{MOST_MEMBERS}人，现在是{many}人；一名学生请按转学办理"
        )));
    }
    let mut seen = HashSet::new();
    if let Some(twice) = list.students.iter().find(|id| !seen.insert(**id)) {
        return Err(Refused::Input(format!("名单中学生 {twice} 列了两次")));
    }
    bounded("事由", &list.ground)?;
    Ok(u32::try_from(many).unwrap_or(u32::MAX))
}

/// Hands the list in: it lies with the school, to be completed and submitted.
pub(in crate::desk) fn start(
    state: &State<'_>,
    asked: &Asked<'_>,
    list: &BatchList,
) -> Result<(Writes, Value), Refused> {
    let size = size_of(list)?;
    let details = details(list);
    let year = u16::try_from(asked.now.day().year()).unwrap_or_default();
    let id = state.next_batch(year);
    let mut done = Done::on(state);
    let (mut members, mut report, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for student in &list.students {
        match single::begin(done.state(), asked, *student, &details, size) {
            Ok((mut application, _)) => {
                application.batch = Some(Membership { batch: id, apart: false });
                members.push(application.id);
                report.push(json!({ "student": student, "application": application.id }));
                done.lay(vec![Write { record: Record::Application(Box::new(application)), based_on: 0 }]);
            }
            Err(Refused::Store(error)) => return Err(Refused::Store(error)),
            Err(why) => refused.push((*student, why)),
        }
    }
    if !refused.is_empty() {
        return Err(not_all(state, asked, refused, list.students.len()));
    }
    let batch = Batch {
        id,
        revision: 1,
        school: asked.actor.office.clone(),
        to: list.to.clone(),
        handed_in_on: list.handed_in_on,
        members,
        size,
        submitted_at: None,
        started_at: asked.now,
        started_by: asked.actor.sign(Post::Entry),
    };
    let mut writes = done.writes;
    writes.push(Write { record: Record::Batch(Box::new(batch)), based_on: 0 });
    let revision = 1 + u64::from(size);
    Ok((writes, json!({ "batch": id, "revision": revision, "size": size, "items": report })))
}

/// Why a list is not taken: who may not move, and why.
fn not_all(state: &State<'_>, asked: &Asked<'_>, refused: Vec<(StudentId, Refused)>, of: usize) -> Refused {
    let many = refused.len();
    let name = |id: StudentId| -> String {
        let student = state.student(id).ok().flatten();
        let seen = student.filter(|student| scope(asked.actor, state).is_ok_and(|scope| scope.sees_student(student)));
        seen.map_or_else(|| id.to_string(), |student| student.name)
    };
    let lines: Vec<String> =
        refused.iter().take(NAMED).map(|(id, why)| format!("{}（{id}）：{}", name(*id), reason(why))).collect();
    let more = if many > NAMED { format!("；另有{}人", many - NAMED) } else { String::new() };
    let because = format!("名单{of}人中{many}人不能办理：{}{more}", lines.join("；"));
    let facts: Vec<(String, String)> = refused.iter().map(|(id, why)| (id.to_string(), reason(why))).collect();
    let rule = refused.into_iter().find_map(|(_, why)| match why {
        Refused::Rule(finding) => Some(*finding),
        _ => None,
    });
    match rule {
        Some(finding) => Refused::Rule(Box::new(Finding {
            because,
            remedy: "请先从名单中去掉这些学生（或者先解决所列问题），其余的再整批办理".to_owned(),
            facts: facts.into_iter().collect(),
            ..finding
        })),
        None => Refused::Input(because),
    }
}

fn reason(why: &Refused) -> String {
    match why {
        Refused::Rule(finding) => format!("{}（{}）", finding.because, finding.rule),
        Refused::NotFound(message) | Refused::Input(message) => message.clone(),
        other => other.to_string(),
    }
}

/// What a list would meet, were it handed in and submitted now.
#[derive(Debug, Clone)]
pub struct BatchPreview {
    /// Students on it.
    pub size: u32,
    /// Who may not move, and why.
    pub refused: Vec<(StudentId, String, String)>,
    /// What the rules find about the batch.
    pub findings: Vec<Finding>,
    /// The hands of the first student, with the working days each has.
    pub route: Vec<(Office, Option<u32>)>,
    /// Students whose hands are others: majors under provincial care go straight to the province.
    pub otherwise: u32,
    /// The materials needed of each student.
    pub materials: Vec<String>,
}

/// Looks ahead; writes nothing.
pub fn preview(state: &State<'_>, asked: &Asked<'_>, list: &BatchList) -> Result<BatchPreview, Refused> {
    let size = size_of(list)?;
    let details = details(list);
    let mut looked =
        BatchPreview { size, refused: vec![], findings: vec![], route: vec![], otherwise: 0, materials: vec![] };
    let school = asked.actor.office.clone();
    let batch = Batch {
        id: state.next_batch(u16::try_from(asked.now.day().year()).unwrap_or_default()),
        revision: 0,
        school,
        to: list.to.clone(),
        handed_in_on: list.handed_in_on,
        members: Vec::new(),
        size,
        submitted_at: Some(asked.now),
        started_at: asked.now,
        started_by: asked.actor.sign(Post::Entry),
    };
    let of_batch = of_batch(state, &batch)?;
    for student in &list.students {
        match single::begin(state, asked, *student, &details, size) {
            Ok((application, _)) => {
                let offices: Vec<_> = application.steps.iter().map(|step| &step.hand).collect();
                if looked.route.is_empty() {
                    for step in &application.steps {
                        let office = state.office(&step.hand)?;
                        let days = step.time.as_ref().map(|time| time.budget);
                        looked.route.extend(office.map(|office| (office, days)));
                    }
                    looked.materials = crate::law::case::missing(&application);
                } else if !offices.iter().copied().eq(looked.route.iter().map(|(office, _)| &office.id)) {
                    looked.otherwise += 1;
                }
                let mut facts = CaseFacts::of(state, &application)?;
                facts.batch = Some(of_batch.clone());
                for found in findings(&facts.case(None, state.calendar()), &details, asked.now.day()) {
                    // What concerns the batch is the same for all; of each student's own the first few tell enough.
                    if !looked.findings.contains(&found) && looked.findings.len() < NAMED {
                        looked.findings.push(found);
                    }
                }
            }
            Err(Refused::Store(error)) => return Err(Refused::Store(error)),
            Err(why) => {
                let name = state.student(*student)?.map_or_else(String::new, |student| student.name);
                let name = if matches!(why, Refused::NotFound(_)) { String::new() } else { name };
                looked.refused.push((*student, name, reason(&why)));
            }
        }
    }
    if looked.otherwise > 0 {
        looked.findings.push(rules::R5_3.finding_as(
            Severity::Hint,
            format!("其中{}人的经手机构与所列不同：专业属省管的，由学校直接报省教育厅", looked.otherwise),
            "提交后各人的路径以本人的申请为准",
            &[("students", looked.otherwise.to_string())],
        ));
    }
    Ok(looked)
}
