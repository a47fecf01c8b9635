//! 第四章 学生毕业信息管理, as far as suspension and repeated years move the graduation.

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

/// Art. 17¶2 · repeating puts graduation off by three years at most.
pub static R17_7: Rule = Rule {
    id: "R17.7",
    article: "17",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "留级累计不超过三年",
    summary: "因留级推迟毕业，累计不能超过三年，正好三年可以；休学的时间不算在内。",
    because: "留级累计将超过三年。",
    remedy: "请与学生商定其他办法；休学的时间不计入留级年数。",
    acts: &[
        "applications.start",
        "applications.submit",
        "applications.propose",
        "applications.decide",
        "applications.preview",
        "case",
    ],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};
