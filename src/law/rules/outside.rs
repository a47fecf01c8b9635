//! Across provinces (第十二条), joint schooling (第十五条) and bringing changes into the other systems (第十六条).

use super::{IN_FORCE, Rule, RuleKind, Source};
use crate::model::Severity;

/// Art. 12¶1 · a transfer across provinces is filed with both provinces.
pub static R12_6: Rule = Rule {
    id: "R12.6",
    article: "12",
    kind: RuleKind::Record,
    source: Source::Text,
    severity: Severity::Block,
    title: "跨省转学须向两省备案",
    summary: "跨省转学由双方学校和双方主管部门核办，另由转出、转入学校分别向本省教育厅备案。备案是告知，不是审批，不逐级上报；两省备案都登记了日期和文号，业务才能办结。",
    because: "两省备案没有登记齐全。",
    remedy: "请登记备案日期和文号后再办结。",
    acts: &["applications.file", "applications.propose", "applications.decide", "applications.preview", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 15 · joint students are registered where they study.
pub static R15_1: Rule = Rule {
    id: "R15.1",
    article: "15",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "联合办学学生在就读学校注册",
    summary: "联合招生、合作办学的学生，学籍在实际就读的学校注册和管理；联办学校不为其登记学籍，也不代办业务。",
    because: "学籍应在就读学校，不在联办学校。",
    remedy: "请由就读学校登记和办理。",
    acts: &["applications.start", "applications.preview", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 15 · into the partner school only by a transfer.
pub static R15_2: Rule = Rule {
    id: "R15.2",
    article: "15",
    kind: RuleKind::Route,
    source: Source::Text,
    severity: Severity::Block,
    title: "进入联办学校按转学程序办理",
    summary: "联合办学的学生要到联办学校学习的，按转学程序办理：由就读学校发起，各方依次核办；两校不在同一省辖市的逐级报省，批量的另有规定。",
    because: "进入联办学校须按转学程序，由就读学校发起。",
    remedy: "请通知就读学校录入岗发起转学。",
    acts: &["applications.start", "applications.preview", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 16¶1 · what is done in the national system is done in the module at the same time.
pub static R16_2: Rule = Rule {
    id: "R16.2",
    article: "16",
    kind: RuleKind::Record,
    source: Source::Text,
    severity: Severity::Notice,
    title: "全国系统办结后同步更新模块",
    summary: "异动在全国学生系统办结的，学校要同时更新省学籍信息模块，没有宽限期；办结当日起列入待同步，次一工作日起提醒。",
    because: "全国系统已办结，模块还没有更新。",
    remedy: "请更新模块后登记日期。",
    acts: &["applications.sync", "applications.unsync", "queue", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 16¶1 · after a transfer the old school updates the module.
pub static R16_3: Rule = Rule {
    id: "R16.3",
    article: "16",
    kind: RuleKind::Access,
    source: Source::Text,
    severity: Severity::Block,
    title: "转学信息由转出学校更新",
    summary: "转学办结以后，模块里的学籍由转出学校更新，转入学校不能代做，可以在待同步里看到并催办。",
    because: "转学信息由转出学校更新。",
    remedy: "请催转出学校更新。",
    acts: &["applications.sync", "applications.unsync", "queue", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};
