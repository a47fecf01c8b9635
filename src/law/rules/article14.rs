//! 第十四条: changes of personal information (信息变更).

use super::{IN_FORCE, Rule, RuleKind, Source};
use crate::model::Severity;

/// Art. 14 · the school has ten working days from the day the papers are supplied.
pub static R14_1: Rule = Rule {
    id: "R14.1",
    article: "14",
    kind: RuleKind::Deadline,
    source: Source::Text,
    severity: Severity::Notice,
    title: "学校十个工作日内发起信息变更",
    summary: "学生或监护人交来证明材料后，学校要在十个工作日内在系统里发起信息变更；从交来材料之日的次日起算，不是从录入之日。",
    because: "学校发起信息变更已超过十个工作日。",
    remedy: "仍可办理；请学校说明原因，今后收到材料当日登记。",
    acts: &["applications.start", "applications.submit", "applications.preview", "queue", "case", "basis"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 14 · the authority has ten working days.
pub static R14_2: Rule = Rule {
    id: "R14.2",
    article: "14",
    kind: RuleKind::Deadline,
    source: Source::Text,
    severity: Severity::Notice,
    title: "主管部门十个工作日内核办信息变更",
    summary: "学籍主管部门收到信息变更后，在十个工作日内核办，从收到之日的次日起算。",
    because: "主管部门的十个工作日已过。",
    remedy: "请尽快办结；逾期仍可办理，但会计入逾期。",
    acts: &["applications.decide", "queue", "case", "basis"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 14 · three papers of the household register.
pub static R14_3: Rule = Rule {
    id: "R14.3",
    article: "14",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "信息变更须有三样户籍材料",
    summary: "信息变更要上传派出所开具的户籍单、户口簿户主页和本人页三样；别的材料可以附，不能作为条件。",
    because: "户籍材料不全。",
    remedy: "请补齐派出所户籍单、户口簿户主页、户口簿本人页。",
    acts: &["applications.submit", "applications.propose", "applications.decide", "applications.preview", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 14 · originals stay at the school.
pub static R14_4: Rule = Rule {
    id: "R14.4",
    article: "14",
    kind: RuleKind::Record,
    source: Source::Text,
    severity: Severity::Notice,
    title: "信息变更材料原件存学校",
    summary: "信息变更所用材料的原件留在学校保存。",
    because: "没有登记原件存放处。",
    remedy: "请登记原件存放处。",
    acts: &["evidence.attach", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 14 · a changed number, birth date or name is checked again.
pub static R14_5: Rule = Rule {
    id: "R14.5",
    article: "14",
    kind: RuleKind::Check,
    source: Source::Derived,
    severity: Severity::Notice,
    title: "信息变更后重新核查",
    summary: "改动姓名、出生日期或证件号以后，要重新核对是否与他人学籍重复，旧值留在档案里。",
    because: "新的证件号已有他人学籍。",
    remedy: "请先核实是否重复学籍，再作决定。",
    acts: &["applications.preview", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};
