//! 第十二条: transfers and changes of major. Its other rules stand in `chapter3`.

use super::{IN_FORCE, Rule, RuleKind, Source};
use crate::model::Severity;

/// Art. 12¶1 · the old school starts a transfer.
pub static R12_1: Rule = Rule {
    id: "R12.1",
    article: "12",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "转学由转出学校发起",
    summary: "转学要由学生现在就读的学校（转出学校）在系统里发起，转入学校和主管部门都不能代为发起。",
    because: "发起机构不是学生现在就读的学校。",
    remedy: "请通知转出学校录入岗发起转学。",
    acts: &["applications.start", "applications.preview"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 12¶1 · the student writes the application by hand.
pub static R12_2: Rule = Rule {
    id: "R12.2",
    article: "12",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "转学须有学生本人书写的申请",
    summary: "发起转学要上传学生本人亲笔写的转学申请，监护人代写的不能代替；此外不再要求别的材料。",
    because: "没有学生本人书写的转学申请。",
    remedy: "请学生本人书写转学申请，扫描后以“转学申请（本人书写）”上传。",
    acts: &["applications.submit", "applications.propose", "applications.decide", "applications.preview", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 12¶1 · ten working days for each of the four parties.
pub static R12_3: Rule = Rule {
    id: "R12.3",
    article: "12",
    kind: RuleKind::Deadline,
    source: Source::Text,
    severity: Severity::Notice,
    title: "转学各方分别在十个工作日内核办",
    summary: "转出学校、转入学校和双方主管部门各有十个工作日，从申请到达各自之日的次日起算；转出学校从学生交来申请之日起算。双方主管部门是同一机构的，只办一次。",
    because: "这一方的十个工作日已过。",
    remedy: "请尽快办结；逾期仍可办理，但会计入逾期。",
    acts: &["applications.decide", "queue", "case", "basis"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 12¶1 · between cities every level examines, the province decides.
pub static R12_4: Rule = Rule {
    id: "R12.4",
    article: "12",
    kind: RuleKind::Route,
    source: Source::Text,
    severity: Severity::Notice,
    title: "跨省辖市转学逐级报省教育厅",
    summary: "转出、转入学校不在同一省辖市的，双方的县、市逐级审核，最后由省教育厅核办；省直管县（市）和济源按省辖市算。中间各级规程没有给出期限，所列十个工作日只供参考。",
    because: "跨省辖市的转学未经全部层级。",
    remedy: "请按路径逐级办理。",
    acts: &["applications.start", "applications.preview", "queue", "case", "basis"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 12¶1 · thirty or more at once go level by level to the province, whatever the distance.
pub static R12_5: Rule = Rule {
    id: "R12.5",
    article: "12",
    kind: RuleKind::Route,
    source: Source::Text,
    severity: Severity::Notice,
    title: "批量转学三十人以上报省教育厅",
    summary: "同一转出学校一次转往同一转入学校的学生满三十人（含三十人），即使同在一县也要逐级审核，最后由省教育厅核办。人数以提交时为准，此后有人退出，路径不变；三十日内分几批办理、合计满三十人的，提示疑似拆分。",
    because: "批量转学满三十人而未报省教育厅核办。",
    remedy: "请把同一批学生列入一份名单，整批提交。",
    acts: &["batches.start", "batches.act", "batches.preview", "queue", "case", "basis"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 12¶3 · a transfer leaves the study length as it was.
pub static R12_14: Rule = Rule {
    id: "R12.14",
    article: "12",
    kind: RuleKind::Compute,
    source: Source::Text,
    severity: Severity::Notice,
    title: "转学不改学制",
    summary: "中职学校之间转学的学生，学制按原来就读的学校和专业执行，预计毕业时间不变。",
    because: "转学不改变学制和预计毕业时间。",
    remedy: "转入学校请按原学制编班。",
    acts: &["applications.preview", "applications.decide", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 12¶4 · no change of major in the graduating year.
pub static R12_21: Rule = Rule {
    id: "R12.21",
    article: "12",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "毕业年级不得转专业",
    summary: "预计毕业时间所在学年一开始，学生就属于毕业年级，不能再转专业；学制一年的学生始终如此，没有例外；转学时一并转专业的，同样不能。",
    because: "学生已在毕业年级。",
    remedy: "毕业年级不能转专业；请学生按原专业完成学业。",
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
