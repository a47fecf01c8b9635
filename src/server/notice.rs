//! The notice of a return (退回补正) or refusal (不予办理) as plain text: what was decided by whom, each reason with its
//! article, and the way out. The last one that stands; one that was withdrawn is none.

use super::hall::Hall;
use super::reads::{not_found, value};
use super::refusal::Refusal;
use super::session::Asker;
use crate::law::kinds;
use crate::law::rules::REGULATION;
use crate::model::{Application, Ending, Outcome, Post, Reason, Round, Signature, Step, Verb};
use crate::text::{mask_id, width, wrap};
use crate::wire::NoticeText;
use serde_json::Value;

/// Columns of a line.
const COLUMNS: usize = 72;

/// Writes it.
pub(super) fn notice(hall: &Hall, asker: &Asker, application: &Application) -> Result<Value, Refusal> {
    let Some((at, round, ending)) = decided(application) else {
        let message = format!("申请 {} 没有生效的退回补正或不予办理，没有通知可打印", application.id);
        return Err(not_found(message).into());
    };
    let store = hall.store();
    let office = |id: &crate::model::OfficeId| -> Result<String, Refusal> {
        Ok(store.office(id)?.map_or_else(|| id.to_string(), |office| office.name))
    };
    let exercise = store.facts()?.is_some_and(|facts| facts.exercise.is_some());
    let kind = kinds::row(application.kind()).name_zh;
    let word = ending.outcome.name();
    let step = application.steps.get(at);
    let hand = step.map(|step| office(&step.hand)).transpose()?.unwrap_or_default();
    let mut page = Page::default();
    if exercise {
        page.centred("【演练】本通知出自演练库，不具效力");
    }
    page.centred(&format!("{kind}{word}通知书"));
    page.gap();
    page.item("编号", &format!("{}-{}", application.id, number(application, at, round)));
    page.item("送达", &office(&application.school)?);
    if let Some(student) = store.student(application.student)? {
        let numbers = format!("{}  证件号 {}", student.name, mask_id(&student.id_no));
        page.item("学生", &format!("{numbers}  学籍号 {}", mask_id(&student.student_no)));
    }
    page.item(
        "申请",
        &format!("{kind}  {} 提出  事由：{}", application.started_at.day(), application.details.ground()),
    );
    page.item("决定", &format!("{word}  {}  {hand}", ending.at.day()));
    let (proposed, reasons) = reasons(round, ending.outcome);
    if let Some(by) = proposed {
        page.item("经办", &signed(by));
    }
    page.item("复核", &signed(&ending.by));
    if let Some(external) = round.proposal.as_ref().and_then(|proposal| proposal.external.as_ref()) {
        page.item("文书", &format!("{} {}（该机构未在本系统开户，由登记机构代录）", external.document, external.on));
    }
    page.gap();
    page.line("理由：");
    for (n, reason) in reasons.iter().enumerate() {
        page.item(&format!("{:>3}.", n + 1), &said(reason));
    }
    page.gap();
    page.line("怎样办理：");
    page.item("", &way_out(ending.outcome, step, &hand));
    page.gap();
    page.item("依据", &format!("{REGULATION}{}", cited(reasons)));
    page.item("打印", &format!("{}  {}", asker.now.day(), asker.actor.name));
    if exercise {
        page.line("【演练】");
    }
    let mark = if exercise { "演练-" } else { "" };
    value(NoticeText { name: format!("{mark}{}-{word}通知.txt", application.id), text: page.text })
}

/// The step, round and ending of the last return or refusal that stands.
fn decided(application: &Application) -> Option<(usize, &Round, &Ending)> {
    let rounds =
        application.steps.iter().enumerate().flat_map(|(at, step)| {
            step.rounds.iter().filter_map(move |round| Some((at, round, round.ending.as_ref()?)))
        });
    rounds.filter(|(_, _, ending)| ending.outcome != Outcome::Approve).max_by_key(|(at, _, ending)| (ending.at, *at))
}

/// Which of the application's returns and refusals it is: `退1`, `不1`.
fn number(application: &Application, at: usize, round: &Round) -> String {
    let before = application.steps.iter().enumerate().flat_map(|(n, step)| step.rounds.iter().map(move |one| (n, one)));
    let refused = round.ending.as_ref().is_some_and(|ending| ending.outcome == Outcome::Refuse);
    let sign = if refused { "不" } else { "退" };
    let mine = round.ending.as_ref().map(|ending| (ending.at, at));
    let count = before
        .filter_map(|(n, one)| one.ending.as_ref().map(|ending| (n, ending)))
        .filter(|(n, ending)| {
            ending.outcome != Outcome::Approve
                && (ending.outcome == Outcome::Refuse) == refused
                && mine.is_some_and(|mine| (ending.at, *n) <= mine)
        })
        .count();
    format!("{sign}{count}")
}

/// Who proposed it, with which reasons: the last proposal of that outcome.
fn reasons(round: &Round, outcome: Outcome) -> (Option<&Signature>, &[Reason]) {
    let last = round.acts.iter().rev().find_map(|act| match &act.verb {
        Verb::Proposed(proposed, reasons) if *proposed == outcome => Some((&act.by, reasons.as_slice())),
        _ => None,
    });
    last.map_or((None, &[]), |(by, reasons)| (Some(by), reasons))
}

/// A signature with post and in whose place (代办).
fn signed(by: &Signature) -> String {
    let post = match by.post {
        Post::Entry | Post::Review => format!("（{}岗）", by.post.name()),
        _ => String::new(),
    };
    match &by.on_behalf {
        Some(away) => format!("{}{post}（代{}）", by.name, away.name),
        None => format!("{}{post}", by.name),
    }
}

fn said(reason: &Reason) -> String {
    let article = reason.article.as_ref().map(|article| format!("第{article}条 ")).unwrap_or_default();
    let material = reason.material.as_ref().map(|material| format!("材料《{material}》：")).unwrap_or_default();
    format!("{article}{material}{}", reason.text)
}

/// The articles the reasons name, each once.
fn cited(reasons: &[Reason]) -> String {
    let mut articles: Vec<&str> = Vec::new();
    for article in reasons.iter().filter_map(|reason| reason.article.as_deref()) {
        if !articles.contains(&article) {
            articles.push(article);
        }
    }
    articles.iter().map(|article| format!(" 第{article}条")).collect()
}

fn way_out(outcome: Outcome, step: Option<&Step>, hand: &str) -> String {
    match outcome {
        Outcome::Refuse => {
            "本申请到此结束，学籍不变。条件具备后，可由学校另行申请；对理由有疑问的，请与作出决定的机构联系。"
                .to_owned()
        }
        _ => {
            let clock = step.and_then(|step| step.time.as_ref()).map_or_else(
                || "该环节没有法定时限".to_owned(),
                |time| format!("时限{}个工作日重新起算（第{}条）", time.budget, time.article),
            );
            format!(
                "请按上列理由逐条补正，由录入岗重新提交、审核岗审核。重新提交后直接回到{hand}，{clock}；此前各手已同意的保留。不再申请的，由学校撤销。"
            )
        }
    }
}

/// A page being set.
#[derive(Default)]
pub(super) struct Page {
    pub(super) text: String,
}

impl Page {
    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    pub(super) fn centred(&mut self, line: &str) {
        let blanks = COLUMNS.saturating_sub(width(line)) / 2;
        self.line(&format!("{}{line}", " ".repeat(blanks)));
    }

    /// A label with a text beside it, further lines under the text.
    pub(super) fn item(&mut self, label: &str, content: &str) {
        const HEAD: usize = 6;
        for (n, part) in wrap(content, COLUMNS - HEAD).into_iter().enumerate() {
            let label = if n == 0 { label } else { "" };
            let blanks = HEAD.saturating_sub(width(label));
            self.line(&format!("{label}{}{part}", " ".repeat(blanks)));
        }
    }
}
