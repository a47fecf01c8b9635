//! 第八条 and 第九条, as far as a new student is concerned: one person, one file; form of study (学习形式).

use super::{IN_FORCE, Rule, RuleKind, Source};
use crate::model::Severity;

// ── 第八条 ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Art. 8 · the file of compulsory education goes on.
pub static R8_1: Rule = Rule {
    id: "R8.1",
    article: "8",
    kind: RuleKind::Compute,
    source: Source::Text,
    severity: Severity::Hint,
    title: "接续义务教育学籍",
    summary: "义务教育阶段已有学籍的新生，直接接续原来的电子学籍，学籍号不变，不算重复。",
    because: "该生接续原有学籍号。",
    remedy: "无须处理。",
    acts: &["entry.check", "entry.save"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 8 · nothing goes on while a duplicate is open.
pub static R8_5: Rule = Rule {
    id: "R8.5",
    article: "8",
    kind: RuleKind::Block,
    source: Source::Derived,
    severity: Severity::Block,
    title: "重复学籍未处理完毕不注册、不备案",
    summary: "同一证件号已有中等职业教育学籍的，在处理完毕之前不注册、不备案；其他学生不受影响。",
    because: "该证件号已有学籍，重复尚未处理完毕。",
    remedy: "请由学生实际就读学校办理重复学籍；已核准的再注册。",
    acts: &["applications.start", "entry.check", "entry.save", "filing.submit", "import"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

// ── 第九条 ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Art. 9¶1 · full time or part time.
pub static R9_1: Rule = Rule {
    id: "R9.1",
    article: "9",
    kind: RuleKind::Record,
    source: Source::Text,
    severity: Severity::Block,
    title: "全日制与非全日制",
    summary: "能连续在校学习的注册全日制，不能的注册非全日制；注册时必须写明，以后证书照此填写。",
    because: "没有写明学习形式。",
    remedy: "请填写全日制或非全日制。",
    acts: &["entry.check", "entry.save", "import"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 9¶1 · a plan for part-time students.
pub static R9_3: Rule = Rule {
    id: "R9.3",
    article: "9",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Hint,
    title: "非全日制须有培养方案",
    summary: "学校应参照该专业全日制的必修课时，为非全日制学生制定培养方案；注册时提示登记方案，没有方案的不能办理非全日制毕业证书。",
    because: "没有登记非全日制培养方案。",
    remedy: "请登记培养方案的名称或文号。",
    acts: &["entry.check", "entry.save", "applications.preview", "graduation.issue"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};
