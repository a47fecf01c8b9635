//! 第四章 学生毕业信息管理, as far as a suspension moves the graduation.

use super::{IN_FORCE, Rule, RuleKind, Source};
use crate::model::Severity;

// ── 第十七条 ────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Art. 17¶2 · graduation is postponed to the time studies are completed.
pub static R17_6: Rule = Rule {
    id: "R17.6",
    article: "17",
    kind: RuleKind::Compute,
    source: Source::Text,
    severity: Severity::Notice,
    title: "留级或休学的顺延毕业",
    summary: "留级或休学的学生，毕业时间顺延到实际完成学业之时；证书上的学制不变。休学的时长，规程没有规定上限。",
    because: "休学将使毕业时间顺延。",
    remedy: "请告知学生和监护人新的预计毕业时间。",
    acts: &["applications.preview", "applications.decide", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};
