//! `xueji rules [ID|ARTICLE]`: the rules as built.

use super::table;
use crate::law::rules::{self, REGULATION, Rule, Source};
use crate::model::Severity;
use std::io::{self, Write};

/// Cells of a line of running text.
const WIDTH: usize = 76;

/// Cells of a line of running text beside a label.
const BESIDE: usize = 66;

/// Why no rules are shown.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// Neither the id of a rule nor an article with rules.
    #[error("没有规则或条款 {asked:?}；可查的规则：{ids}；可查的条款：{articles}")]
    Unknown {
        /// What was asked for.
        asked: String,
        /// The ids there are.
        ids: String,
        /// The articles there are.
        articles: String,
    },
    /// The output is gone.
    #[error("写不出结果：{0}")]
    Write(#[from] io::Error),
    /// The same, while writing JSON.
    #[error("写不出结果：{0}")]
    Json(#[from] serde_json::Error),
}

/// Writes the rules that `filter` names: an id (`R13.7`), an article (`13`, `第13条`, `通知`, `-`), or all.
pub fn run(out: &mut dyn Write, filter: Option<&str>, json: bool) -> Result<(), RulesError> {
    let chosen = match filter {
        None => rules::ALL.to_vec(),
        Some(asked) => choose(asked)?,
    };
    if json {
        let rows: Vec<Row> = chosen.into_iter().map(Row::from).collect();
        serde_json::to_writer(&mut *out, &rows)?;
        writeln!(out)?;
        return Ok(());
    }
    match (chosen.as_slice(), filter) {
        ([rule], Some(_)) => one(out, rule)?,
        (several, _) => list(out, several)?,
    }
    Ok(())
}

/// One rule in JSON: the fields scripts may rely on, in this order.
#[derive(serde::Serialize)]
struct Row {
    id: &'static str,
    article: &'static str,
    kind: rules::RuleKind,
    source: Source,
    severity: Severity,
    summary: &'static str,
    acts: &'static [&'static str],
    nothing_to_compute: Option<&'static str>,
    title: &'static str,
    remedy: &'static str,
    in_force: &'static str,
    readings: Vec<&'static rules::readings::Reading>,
}

impl From<&'static Rule> for Row {
    fn from(rule: &'static Rule) -> Self {
        Row {
            id: rule.id,
            article: rule.article,
            kind: rule.kind,
            source: rule.source,
            severity: rule.severity,
            summary: rule.summary,
            acts: rule.acts,
            nothing_to_compute: rule.nothing_to_compute,
            title: rule.title,
            remedy: rule.remedy,
            in_force: rule.in_force,
            readings: rules::readings::READINGS.iter().filter(|one| one.rules.contains(&rule.id)).collect(),
        }
    }
}

fn choose(asked: &str) -> Result<Vec<&'static Rule>, RulesError> {
    let word = asked.trim();
    if let Some(rule) = rules::find(word) {
        return Ok(vec![rule]);
    }
    let article = word.strip_prefix('第').and_then(|rest| rest.strip_suffix('条')).unwrap_or(word);
    let of_article: Vec<_> = rules::by_article(article).collect();
    if of_article.is_empty() {
        let mut articles: Vec<&str> = rules::ALL.iter().map(|rule| rule.article).collect();
        articles.dedup();
        return Err(RulesError::Unknown {
            asked: asked.to_owned(),
            ids: rules::ALL.iter().map(|rule| rule.id).collect::<Vec<_>>().join(" "),
            articles: articles.join(" "),
        });
    }
    Ok(of_article)
}

fn list(out: &mut dyn Write, chosen: &[&'static Rule]) -> io::Result<()> {
    let head = ["规则", "条款", "性质", "来源", "轻重", "标题"].map(str::to_owned);
    let rows = chosen.iter().map(|rule| {
        [
            rule.id.to_owned(),
            rule.cited(),
            word(rule.kind).to_owned(),
            source(rule).to_owned(),
            severity(rule).to_owned(),
            rule.title.to_owned(),
        ]
    });
    table::write(out, &std::iter::once(head).chain(rows).collect::<Vec<_>>())?;
    writeln!(out)?;
    writeln!(out, "共 {} 条；{REGULATION}。看一条的全文：xueji rules 规则编号", chosen.len())
}

fn one(out: &mut dyn Write, rule: &Rule) -> io::Result<()> {
    writeln!(out, "{} {}", rule.id, rule.title)?;
    let place = if rule.article == "-" { rule.cited() } else { format!("{REGULATION} {}", rule.cited()) };
    writeln!(out, "{place} · {} · {} · {}", word(rule.kind), source(rule), severity(rule))?;
    writeln!(out)?;
    for line in table::wrap(rule.summary, WIDTH) {
        writeln!(out, "{line}")?;
    }
    writeln!(out)?;
    let mut rows = Vec::new();
    // Names of commands stay whole: they are broken at spaces, running text anywhere.
    let mut label = |label: &str, lines: Vec<String>| {
        for (at, line) in lines.into_iter().enumerate() {
            rows.push([if at == 0 { label.to_owned() } else { String::new() }, line]);
        }
    };
    label("怎么办", table::wrap(rule.remedy, BESIDE));
    label("作用于", table::wrap_words(rule.acts, BESIDE));
    if let Some(why) = rule.nothing_to_compute {
        label("无须计算", table::wrap(why, BESIDE));
    }
    for one in rules::readings::READINGS.iter().filter(|one| one.rules.contains(&rule.id)) {
        let text = format!("{} {}：{}（{} 起）", one.id, one.question, one.reading, one.since);
        label("我们的读法", table::wrap(&text, BESIDE));
    }
    label("施行日期", vec![rule.in_force.to_owned()]);
    table::write(out, &rows)
}

fn word(kind: rules::RuleKind) -> &'static str {
    use rules::RuleKind;
    match kind {
        RuleKind::Block => "禁止",
        RuleKind::Deadline => "时限",
        RuleKind::Window => "窗口",
        RuleKind::Route => "路线",
        RuleKind::Compute => "计算",
        RuleKind::Check => "核查",
        RuleKind::Warn => "警示",
        RuleKind::Detect => "发现",
        RuleKind::Count => "计数",
        RuleKind::State => "状态",
        RuleKind::Record => "留存",
        RuleKind::Display => "显示",
        RuleKind::Access => "权限",
        RuleKind::Limit => "自限",
    }
}

fn source(rule: &Rule) -> &'static str {
    match rule.source {
        Source::Text => "条文",
        Source::Derived => "推导",
    }
}

fn severity(rule: &Rule) -> &'static str {
    match rule.severity {
        Severity::Block => "拒绝",
        Severity::Notice => "注意",
        Severity::Hint => "提示",
    }
}
