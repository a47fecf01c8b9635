//! 第七章 附则: what local rules may not add.

use super::{IN_FORCE, Rule, RuleKind, Source};
use crate::model::Severity;

// ── 第二十五条 ──────────────────────────────────────────────────────────────────────────────────────────────────────

/// Art. 25 · no added levels, approval steps or restrictive conditions.
pub static R25_2: Rule = Rule {
    id: "R25.2",
    article: "25",
    kind: RuleKind::Limit,
    source: Source::Text,
    severity: Severity::Block,
    title: "地方不得加码",
    summary: "市级细则不得增加负面清单事项、管理层级、审批环节或限制条件；程序自己的默认设置同样不得增加。",
    because: "不得增加审批环节或限制性条件。",
    remedy: "请按规程规定的环节和材料办理。",
    acts: &["applications.start", "applications.propose", "applications.preview"],
    nothing_to_compute: Some("路线、时限和材料写在业务种类表（KindRow）里，没有任何本地配置可以增加。"),
    in_force: IN_FORCE,
};
