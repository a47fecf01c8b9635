//! 催办 and 督办记录: what a supervisor can write, and the one guard that keeps a supervisor from writing anything else.

use super::{Asked, Refused, State, Writes, bounded, fresh, scope};
use crate::law::rules;
use crate::model::{Actor, ApplicationId, Command, Finding, Post, Record, RecordKey, Reminders, Urge, Urging, Write};
use serde_json::{Value, json};

/// Most reminders and notes on one case.
const MOST: usize = 200;

/// Why this actor may not write this; none for what he may. An account whose only post is 督办 reads: it can remind and
/// take notes, and every other writing request is refused, whichever is added later.
pub fn reads_only(actor: &Actor, command: &Command) -> Option<Finding> {
    let reading = matches!(command, Command::Read { .. } | Command::Export(_));
    let open = reading || matches!(command, Command::Remind { .. } | Command::Note { .. });
    (actor.only_supervises() && !open).then(no_writing)
}

/// The same for requests that write without being commands: papers and files on their way in.
pub fn reads_only_files(actor: &Actor, writes: bool) -> Option<Finding> {
    (writes && actor.only_supervises()).then(no_writing)
}

/// The refusal for any other writing request of a supervisor.
fn no_writing() -> Finding {
    rules::R4_1.refuse(
        "督办岗只查看、催办和记录，不办理业务，也不改动数据",
        "请由经办、复核或系统管理岗办理；需要催促的用 board.remind 催办",
        &[("post", Post::Supervisor.name().to_owned())],
    )
}

/// Writes a reminder or note down. The application itself is not touched: what a clerk is deciding stays fresh.
pub(super) fn write(
    state: &State<'_>,
    asked: &Asked<'_>,
    id: ApplicationId,
    what: Urging,
    text: &str,
) -> Result<(Writes, Value), Refused> {
    if !asked.actor.holds(Post::Supervisor) {
        let refusal = rules::R4_1.refuse(
            "催办和督办记录由督办岗作出，您没有这个岗位",
            "请联系本机构或上级机构的督办岗",
            &[("needed", Post::Supervisor.name().to_owned())],
        );
        return Err(refusal.into());
    }
    let application = fresh(state, asked, id, None)?;
    let text = bounded("催办内容", text)?;
    let (step, round) = application.turn();
    if what == Urging::Remind {
        let hand = application.step().filter(|_| application.phase.is_open()).map(|step| step.hand.clone());
        let Some(hand) = hand else {
            return Err(Refused::Input(format!("申请 {id} 已经办结，没有可以催办的环节；可以改为督办记录")));
        };
        let hand = if application.phase == crate::model::Phase::Open { hand } else { application.school.clone() };
        if !scope(asked.actor, state)?.covers(&hand) {
            let name = state.office(&hand)?.map_or_else(|| hand.to_string(), |office| office.name);
            let refusal = rules::R4_1.refuse(
                format!("现在的经手方 {name} 不在您的管辖范围"),
                "请商请其上级机构的督办岗催办",
                &[("hand", hand.to_string())],
            );
            return Err(refusal.into());
        }
    } else if text.is_empty() {
        return Err(Refused::Input("督办记录没有内容；请写明事项".to_owned()));
    }
    let mut all = match state.get(&RecordKey::Reminders(id))? {
        Some(Record::Reminders(all)) => all,
        _ => Reminders { application: id, revision: 0, list: Vec::new() },
    };
    let today = asked.now.day();
    let again = |one: &&Urge| {
        one.what == Urging::Remind
            && one.at.day() == today
            && one.by.person == asked.actor.person
            && (one.step, one.round) == (step, round)
    };
    if what == Urging::Remind
        && let Some(first) = all.list.iter().find(again)
    {
        let at = first.at.hour_minute();
        return Err(Refused::Input(format!("您今天 {at} 已经催办过申请 {id} 的这一环节，明天可以再催")));
    }
    if all.list.len() >= MOST {
        return Err(Refused::Input(format!("申请 {id} 的催办和记录已满 {MOST} 条；请直接约谈经手机构")));
    }
    let by = asked.actor.sign(Post::Supervisor);
    all.list.push(Urge { what, text, by, at: asked.now, step, round });
    let based_on = all.revision;
    all.revision += 1;
    let urged = all.urged((step, round));
    let answer = json!({ "application": id, "urged": urged });
    Ok((vec![Write { record: Record::Reminders(all), based_on }], answer))
}
