//! 负面清单（2021版）: the conditions of its eight items.

use super::{IN_FORCE, Rule, RuleKind, Source};
use crate::model::Severity;

/// Negative list, FM1 · 登记信息与证件不一致.
pub static FM1_1: Rule = Rule {
    id: "FM1.1",
    article: "FM1",
    kind: RuleKind::Detect,
    source: Source::Text,
    severity: Severity::Block,
    title: "登记信息与证件不一致",
    summary: "把备案的住址、学历等与身份证、户口簿或居住证核对，都对不上又说不清的，属虚假信息注册。有一种证件相符即可：户口簿不符而居住证相符的，不算。由检查人员凭证登记。",
    because: "登记信息与身份证、户口簿、居住证都不一致。",
    remedy: "请学校凭证件办理信息变更，或者说明原因。",
    acts: &["alerts.record", "alerts.show", "alerts"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Negative list, FM2 · 没有招生资质.
pub static FM2_1: Rule = Rule {
    id: "FM2.1",
    article: "FM2",
    kind: RuleKind::Detect,
    source: Source::Text,
    severity: Severity::Block,
    title: "没有招生资质",
    summary: "学校或专业没有在省教育厅取得招生资质而招生、注册，或者让没有资质的机构挂靠招生。",
    because: "招生的学校、专业或机构没有资质。",
    remedy: "请核对省教育厅公布的招生资质。",
    acts: &["alerts.record", "alerts.show", "alerts"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Negative list, FM2 · 招生宣传与公布不一致.
pub static FM2_2: Rule = Rule {
    id: "FM2.2",
    article: "FM2",
    kind: RuleKind::Detect,
    source: Source::Text,
    severity: Severity::Block,
    title: "招生宣传与公布不一致",
    summary: "网站、公众号等宣传的专业须与公布的一致，不得用不规范或含糊的简称；学生以为的专业与注册的专业不一致也算。由检查人员凭截图登记，程序核对名称是否与专业目录逐字相同。",
    because: "宣传的专业名称与公布的不一致。",
    remedy: "请学校更正宣传，向学生确认专业。",
    acts: &["alerts.record", "alerts.show", "alerts"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Negative list, FM3 · 重复学籍、人不在校.
pub static FM3_1: Rule = Rule {
    id: "FM3.1",
    article: "FM3",
    kind: RuleKind::Detect,
    source: Source::Text,
    severity: Severity::Block,
    title: "重复学籍、人不在校",
    summary: "与其他中职、技工或高校学籍重复，学生不在本校学习，学校又说不出合理原因。正在按第八条查重的不算，初中保留的学籍不算重复。",
    because: "学籍重复而学生不在校，没有说明。",
    remedy: "请学校说明原因，或者申报查重、注销。",
    acts: &["alerts.list", "alerts.show", "alerts", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Negative list, FM3 · 第三次提醒仍未处理.
pub static FM3_2: Rule = Rule {
    id: "FM3.2",
    article: "FM3",
    kind: RuleKind::Count,
    source: Source::Text,
    severity: Severity::Block,
    title: "第三次提醒仍未处理",
    summary: "同一重复学籍提醒满三次，学校仍不申报也不删除。一天内的提醒只算一次，学校作出说明之后重新数（此为推定的读法）。",
    because: "提醒已满三次，学校仍未处理。",
    remedy: "请学校立即申报查重或注销。",
    acts: &["alerts.remind", "alerts.list", "alerts.show", "alerts", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Negative list, FM4 · 未请假离校超过三个月.
pub static FM4_1: Rule = Rule {
    id: "FM4.1",
    article: "FM4",
    kind: RuleKind::Count,
    source: Source::Text,
    severity: Severity::Block,
    title: "未请假离校超过三个月",
    summary: "全日制学生未请假、连续离校超过三个日历月，学籍没有作休学、退学或转非全日制处理。正好三个月不算，次日起算；寒暑假不扣除；请假、休学、退学、非全日制不算；义务教育阶段学生不适用。",
    because: "未请假离校超过三个月，学籍未作处理。",
    remedy: "请学校办理休学、退学，或者补正请假、返校登记。",
    acts: &["absences.put", "alerts.list", "alerts.show", "alerts", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Negative list, FM4 · 多次检查不在校.
pub static FM4_2: Rule = Rule {
    id: "FM4.2",
    article: "FM4",
    kind: RuleKind::Count,
    source: Source::Text,
    severity: Severity::Block,
    title: "多次检查不在校",
    summary: "多次检查都未请假不在校。次数规程没有写，取第二次提示、第三次预警（推定的读法）；同一天只算一次，请假期间的不算。",
    because: "三次检查都未请假不在校。",
    remedy: "请学校办理休学、退学，或者说明原因。",
    acts: &["inspections.put", "alerts.list", "alerts.show", "alerts", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Negative list, FM5 · 两系统差异超过2%.
pub static FM5_1: Rule = Rule {
    id: "FM5.1",
    article: "FM5",
    kind: RuleKind::Count,
    source: Source::Text,
    severity: Severity::Block,
    title: "两系统差异超过2%",
    summary: "学籍信息与全国学生系统比对，不一致的学生超过全国系统在籍人数的2%。正好2.00%不算；一名学生不论差几项只算一次，只在一边的也算。",
    because: "两系统不一致的学生超过2%。",
    remedy: "请按对账清单逐条改正。",
    acts: &["national.diff", "alerts.list", "alerts.show", "alerts"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Negative list, FM6 · 未备案的校区或办学点.
pub static FM6_1: Rule = Rule {
    id: "FM6.1",
    article: "FM6",
    kind: RuleKind::Detect,
    source: Source::Text,
    severity: Severity::Block,
    title: "未备案的校区或办学点",
    summary: "在没有向省教育厅备案的校区、校外教学点、校校合作、联合招生、产业学院招生或教学。学生登记在未备案校区的由程序列出，其余由检查人员凭证登记。",
    because: "校区、教学点或合作没有备案。",
    remedy: "请先向省教育厅备案，学生转回已备案的校区。",
    acts: &["alerts.record", "alerts.list", "alerts.show", "alerts"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Negative list, FM7 · 未备案仍在读.
pub static FM7_1: Rule = Rule {
    id: "FM7.1",
    article: "FM7",
    kind: RuleKind::Detect,
    source: Source::Text,
    severity: Severity::Block,
    title: "未备案仍在读",
    summary: "备案截止（12月20日、5月20日）之后仍只有全国系统注册而没有备案，或者注册截止（11月20日、4月20日）之后没有学籍仍在校上课。截止日当天及以前是待办，不是违规。",
    because: "备案或注册已经截止，该生仍没有备案或学籍。",
    remedy: "请办理退学并注销，或者让其离校。",
    acts: &["alerts.record", "alerts.list", "alerts.show", "alerts", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Negative list, FM8 · 新生连续两年不足60人.
pub static FM8_1: Rule = Rule {
    id: "FM8.1",
    article: "FM8",
    kind: RuleKind::Count,
    source: Source::Text,
    severity: Severity::Block,
    title: "新生连续两年不足60人",
    summary: "有招生资质的学校，连续两个自然年备案新生（春季加秋季）都不足60人；60人即够，中间有一年够就不算。当年的数到12月20日备案截止后才定。",
    because: "连续两年备案新生不足60人。",
    remedy: "请学校说明情况，主管部门核查。",
    acts: &["alerts.list", "alerts.show", "alerts"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Negative list, FM8 · 在校生连续两年不足240人.
pub static FM8_2: Rule = Rule {
    id: "FM8.2",
    article: "FM8",
    kind: RuleKind::Count,
    source: Source::Text,
    severity: Severity::Block,
    title: "在校生连续两年不足240人",
    summary: "有招生资质的学校，连续两年12月30日的在校生都不足240人；休学仍有学籍，计入。规程没有写哪一天，取年末检查之日（推定的读法）。",
    because: "连续两年在校生不足240人。",
    remedy: "请学校说明情况，主管部门核查。",
    acts: &["alerts.list", "alerts.show", "alerts"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};
