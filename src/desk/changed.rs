//! What has happened to an application since a desk saw it, in words: the text of a stale refusal.

use crate::model::{Application, Beside, Stamp, Verb};

/// The newest events of an application, as many as revisions have passed since the one that was seen.
pub(super) fn what_changed(application: &Application, seen: u64) -> Vec<String> {
    // On an exercise store all may have happened in one moment: then papers come first, and rounds in their order.
    let mut events: Vec<((Stamp, usize, usize), String)> = Vec::new();
    for piece in &application.evidence {
        let line = format!("{}（{}）增加材料：{}", piece.by.name, piece.by.post.name(), piece.name);
        events.push(((piece.at, 0, 0), line));
    }
    for aside in &application.asides {
        let what = match &aside.what {
            Beside::Remarked(text) => format!("批注：{text}"),
            Beside::Parked { until, remark } => format!("搁置到 {until}：{remark}"),
            Beside::Resumed => "取消搁置".to_owned(),
            Beside::HandedOver { name, remark, .. } if remark.is_empty() => format!("转交{name}"),
            Beside::HandedOver { name, remark, .. } => format!("转交{name}：{remark}"),
        };
        let line = format!("{}（{}）{what}", aside.by.name, aside.by.post.name());
        events.push(((aside.at, usize::MAX, 0), line));
    }
    let rounds = application.steps.iter().enumerate().flat_map(|(step, of)| {
        of.rounds.iter().enumerate().flat_map(move |(round, of)| of.acts.iter().map(move |act| (round, step, act)))
    });
    for (round, step, act) in rounds {
        let what = match &act.verb {
            Verb::Proposed(outcome, _) if act.by.post == crate::model::Post::Entry => {
                format!("提交（{}）", outcome.name())
            }
            Verb::Proposed(outcome, _) => format!("提出：{}", outcome.name()),
            Verb::Agreed(outcome) => format!("决定：{}", outcome.name()),
            Verb::SentBack(remark) => format!("退回上一岗：{remark}"),
            Verb::ProposalWithdrawn => "撤回所提意见".to_owned(),
            Verb::AgreementWithdrawn => "撤回决定".to_owned(),
            Verb::SentBackWithdrawn => "撤回退回".to_owned(),
            Verb::Amended => "改动申请内容".to_owned(),
        };
        events.push(((act.at, round, step), format!("{}（{}）{what}", act.by.name, act.by.post.name())));
    }
    for filing in &application.filings {
        let line =
            format!("{}（{}）登记备案：{} {}", filing.by.name, filing.by.post.name(), filing.on, filing.document);
        events.push(((filing.at, usize::MAX, 0), line));
    }
    for (milestone, reached) in [("全国系统办结", &application.sync.national), ("模块更新", &application.sync.module)]
    {
        if let Some(reached) = reached {
            let line = format!("{}（{}）登记{milestone}：{}", reached.by.name, reached.by.post.name(), reached.on);
            events.push(((reached.at, usize::MAX, 1), line));
        }
    }
    for taken in &application.sync.taken_back {
        let line = format!("{}撤回{}登记：{}", taken.by.name, taken.milestone.name(), taken.reason);
        events.push(((taken.at, usize::MAX, 1), line));
    }
    if let Some(cancelled) = &application.cancelled {
        let line = format!("{}撤销申请：{}", cancelled.by.name, cancelled.reason);
        events.push(((cancelled.at, usize::MAX, 0), line));
    }
    events.sort_by_key(|(order, _)| *order);
    let passed = usize::try_from(application.revision.saturating_sub(seen)).unwrap_or(usize::MAX);
    let skip = events.len().saturating_sub(passed);
    events
        .into_iter()
        .skip(skip)
        .map(|((at, ..), what)| format!("{} {} {what}", at.day().format("%m-%d"), at.hour_minute()))
        .collect()
}
