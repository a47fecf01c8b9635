//! 第十二条, what it says of length of study (学制) and of pupils who come from junior high.

use super::{IN_FORCE, Rule, RuleKind, Source};
use crate::model::Severity;

// ── 第十二条 ───────────────────────────────────────────────────────────────────────────────────────────────────────

/// Art. 12¶2 · only in the fifth or sixth semester of junior high.
pub static R12_8: Rule = Rule {
    id: "R12.8",
    article: "12",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "限初中第五、第六学期",
    summary: "学业困难的初中学生，只能在初中第五或第六学期转入中职。",
    because: "不在初中第五或第六学期，不能转入。",
    remedy: "请等到第五学期再办理。",
    acts: &["entry.check", "junior.admit", "applications.start", "applications.preview"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 12¶2 · full time only.
pub static R12_10: Rule = Rule {
    id: "R12.10",
    article: "12",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "未毕业初中学生只能录入全日制",
    summary: "由初中转入、尚未毕业的学生只能注册全日制学籍。",
    because: "未毕业初中学生不能注册非全日制学籍。",
    remedy: "请把学习形式改为全日制。",
    acts: &["entry.check", "junior.admit", "applications.start", "applications.preview", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 12¶3 · four years from the fifth, three and a half from the sixth semester.
pub static R12_15: Rule = Rule {
    id: "R12.15",
    article: "12",
    kind: RuleKind::Compute,
    source: Source::Text,
    severity: Severity::Block,
    title: "初中转入的学制",
    summary: "初中第五学期转入的四年，第六学期转入的三年半，两者同年夏季毕业（哪一学期配哪个年数为我们的读法）。",
    because: "学制应为四年（第五学期）或三年半（第六学期）。",
    remedy: "请按转入的学期改正学制。",
    acts: &["entry.check", "junior.admit", "applications.start", "applications.preview"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 12¶3 · from general high and technical schools.
pub static R12_16: Rule = Rule {
    id: "R12.16",
    article: "12",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "普高、技工转入三年，至少还有一年半",
    summary: "由普通高中、技工学校转入的，学制三年，从原入学之日算起，剩余学习时间不得少于一年半（三个学期）。",
    because: "剩余学习时间不足一年半，或学制不是三年。",
    remedy: "请编入剩余时间足够的年级，学制填三年。",
    acts: &["entry.check", "applications.start", "applications.preview", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};
