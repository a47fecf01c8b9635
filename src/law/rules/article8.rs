//! 第八条: a student who is registered twice (学籍重复).

use super::{IN_FORCE, Rule, RuleKind, Source};
use crate::model::Severity;

// ── 第八条 ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Art. 8 · the school where the student actually studies starts, its own authority approves.
pub static R8_2: Rule = Rule {
    id: "R8.2",
    article: "8",
    kind: RuleKind::Route,
    source: Source::Text,
    severity: Severity::Block,
    title: "重复学籍由实际就读学校发起",
    summary: "新生的学籍与其他中职学生重复的，由学生实际就读的学校发起问题学籍处理并上传证明，由该校的学籍主管部门核准；核准通过又没有争议的，才予注册、备案。",
    because: "发起的学校不是学生实际就读的学校，或者没有上传证明。",
    remedy: "请由学生实际就读的学校发起，并上传能证明在校就读的材料。",
    acts: &["applications.start", "applications.submit", "applications.preview", "evidence.attach", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 8 · where both authorities approve, the common superior settles it.
pub static R8_3: Rule = Rule {
    id: "R8.3",
    article: "8",
    kind: RuleKind::Route,
    source: Source::Text,
    severity: Severity::Notice,
    title: "双方都核准的，由共同上级审定",
    summary: "两校都主张该生就读、双方主管部门都核准的，提交双方的共同上级审定：同一省辖市的是该市，跨市或涉及省直管、省属学校的是省教育厅；双方同属一个主管部门的，由它一家择一核定。共同上级恰为一方的，由其他人员办理（此为我们的读法）。",
    because: "双方主管部门都已核准，须由共同上级审定。",
    remedy: "请提交共同上级审定；审定之前该生暂不注册、备案。",
    acts: &["duplicates.dispute", "applications.preview", "applications.propose", "applications.decide", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 8 · ten working days for the approval.
pub static R8_4: Rule = Rule {
    id: "R8.4",
    article: "8",
    kind: RuleKind::Deadline,
    source: Source::Text,
    severity: Severity::Notice,
    title: "重复学籍十个工作日内核准",
    summary: "核准从申请到达主管部门的次日起十个工作日内完成；共同上级的审定规程没有给出期限，所列十个工作日只供参考。从严理解，全案也应在十个工作日内完成，超过的提示。",
    because: "已超过十个工作日的核准时限。",
    remedy: "请尽快核准；逾期仍可办理，但会计入逾期。",
    acts: &["applications.decide", "queue", "case", "basis"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 8 with FM3 · technical schools, universities, other provinces: recorded, nobody's approval invented.
pub static R8_6: Rule = Rule {
    id: "R8.6",
    article: "8",
    kind: RuleKind::Route,
    source: Source::Derived,
    severity: Severity::Block,
    title: "与技工学校、高校、省外重复的只作登记",
    summary: "本条的核准程序只管中职学校之间的重复。与技工学校、高等学校或省外学校重复的，由学校登记核查情况，没有核准环节；直到上传对方注销学籍的证明才算处理完毕。",
    because: "还没有对方学校注销学籍的证明。",
    remedy: "请与对方学校核实，取得其注销学籍的证明后，以“对方学籍注销证明”上传。",
    acts: &["applications.start", "applications.submit", "applications.preview", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};
