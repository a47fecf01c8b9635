//! Articles 21–23: the negative list, ratings, and what a finding brings.

use super::{IN_FORCE, Rule, RuleKind, Source};
use crate::model::Severity;

/// Art. 21 · 触犯负面清单的事项不予办理.
pub static R21_1: Rule = Rule {
    id: "R21.1",
    article: "21",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "触犯负面清单的事项不予办理",
    summary: "一件事落在负面清单的某一项，学校不得做，各级主管部门不审批、不备案、不办手续，没有例外。拦的是这件事（学生、专业、校区），不是整所学校；退学、休学、注销、死亡、信息变更等纠正性的业务照办。疑似和查实都拦，排除之后不拦。",
    because: "该事项触及负面清单，不予办理。",
    remedy: "请先纠正，或者请主管部门核查后排除。",
    acts: &[
        "applications.start",
        "applications.submit",
        "applications.propose",
        "applications.decide",
        "applications.preview",
        "alerts.show",
        "case",
        "alerts",
    ],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 21 · 清单之外依规办理.
pub static R21_2: Rule = Rule {
    id: "R21.2",
    article: "21",
    kind: RuleKind::Limit,
    source: Source::Text,
    severity: Severity::Notice,
    title: "清单之外依规办理",
    summary: "负面清单以外的学籍管理活动，学校都可以依规进行；程序除了有编号的规则，不另设任何拦截。",
    because: "清单之外没有其他禁止。",
    remedy: "按规程办理即可。",
    acts: &["applications.start", "case"],
    nothing_to_compute: Some(
        "每一次拒绝都带规则编号（Finding 的 rule 字段），没有编号的拒绝写不出来；预警页只列八项。",
    ),
    in_force: IN_FORCE,
};

/// Art. 21 · 疑似、核查、查实或排除.
pub static R21_3: Rule = Rule {
    id: "R21.3",
    article: "21",
    kind: RuleKind::Record,
    source: Source::Derived,
    severity: Severity::Block,
    title: "疑似、核查、查实或排除",
    summary: "触发条件满足只是疑似；由学籍主管部门或其上级核查，经办岗提出、复核岗同意，才成为查实或排除。只有查实才有第二十三条的后果。谁在何时凭什么认定，都留存。",
    because: "该事项尚未经核查认定。",
    remedy: "请主管部门核查后作出结论。",
    acts: &[
        "alerts.record",
        "alerts.remind",
        "alerts.explain",
        "alerts.confirm",
        "alerts.dismiss",
        "alerts.decide",
        "alerts.show",
        "alerts",
    ],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 22 · 每年评级一次.
pub static R22_1: Rule = Rule {
    id: "R22.1",
    article: "22",
    kind: RuleKind::Record,
    source: Source::Text,
    severity: Severity::Block,
    title: "每年评级一次",
    summary: "省教育厅每年组织一次评级，学校学籍管理机构分为A、B、C、D四级。同一年度不评第二次；因查实或一票否决降为D，是当时的处理，不占年度评级。",
    because: "该年度已经评级，或者不是省教育厅在评。",
    remedy: "请由省教育厅在下一年度评定。",
    acts: &["ratings.put", "ratings.decide", "alerts.show", "alerts"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 22 · 评级看当年和前一年.
pub static R22_2: Rule = Rule {
    id: "R22.2",
    article: "22",
    kind: RuleKind::Compute,
    source: Source::Text,
    severity: Severity::Block,
    title: "评级看当年和前一年",
    summary: "评级看评级当年和前一年的依规办学、招生、异动准确性和错误率。程序列出经核查的清单事项，不替省教育厅算等级：标准另行发文。",
    because: "评级没有写明依据。",
    remedy: "请写明评级当年和前一年的情况。",
    acts: &["ratings.put", "alerts.show", "alerts"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 22 · 一票否决.
pub static R22_3: Rule = Rule {
    id: "R22.3",
    article: "22",
    kind: RuleKind::State,
    source: Source::Text,
    severity: Severity::Block,
    title: "一票否决",
    summary: "学校出现违规办学或者重大失误，省教育厅一票否决，纳入D级，加强监管。",
    because: "一票否决须由省教育厅写明事由。",
    remedy: "请写明违规或失误的情况。",
    acts: &["ratings.put", "ratings.decide", "alerts"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 23 · 查实即降为D.
pub static R23_1: Rule = Rule {
    id: "R23.1",
    article: "23",
    kind: RuleKind::State,
    source: Source::Text,
    severity: Severity::Block,
    title: "查实即降为D",
    summary: "负面清单事项一经查实，评级当天降为D，不等年度评级；由省教育厅备案留痕。",
    because: "查实的事项使评级降为D。",
    remedy: "请省教育厅登记降级文号。",
    acts: &["alerts.decide", "ratings.put", "ratings.decide", "alerts.show", "alerts"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 23 · 下一年减少或停止新生注册.
pub static R23_2: Rule = Rule {
    id: "R23.2",
    article: "23",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "下一年减少或停止新生注册",
    summary: "查实的下一个自然年（春秋两季），省教育厅可以重点监管、减少或停止该校新生学籍注册；初中、普高、技工学生转入而新建学籍的也算在内（此为我们的读法），中职之间转学不算；措施和人数由省教育厅决定，在校学生不受影响。",
    because: "该校本年度新生注册受到处理。",
    remedy: "限额和期限由省教育厅决定；在校学生的业务照常。",
    acts: &[
        "ratings.put",
        "ratings.decide",
        "entry.check",
        "entry.save",
        "filing.submit",
        "junior.admit",
        "applications.start",
        "applications.preview",
        "import",
        "alerts.show",
        "alerts",
    ],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 23 · 通告主管部门追责.
pub static R23_3: Rule = Rule {
    id: "R23.3",
    article: "23",
    kind: RuleKind::Record,
    source: Source::Text,
    severity: Severity::Block,
    title: "通告主管部门追责",
    summary: "省教育厅视情况通告学校的主管部门，追究责任人的责任；通告何人、何时、何事，都留存。",
    because: "通告须发给学校的主管部门并写明事由。",
    remedy: "请核对主管部门，写明事由。",
    acts: &["ratings.put", "ratings.decide", "alerts.show"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 23 · D级学校可以代管.
pub static R23_4: Rule = Rule {
    id: "R23.4",
    article: "23",
    kind: RuleKind::Access,
    source: Source::Text,
    severity: Severity::Block,
    title: "D级学校可以代管",
    summary: "D级学校的上级学籍主管部门报省教育厅备案后，可以代管或者指定另一所学校代管两个系统，直到该校评为C级或以上；没有备案号不能代管，升级之后自动结束。",
    because: "代管须是D级、由上级办理并有省教育厅备案号。",
    remedy: "请先报省教育厅备案。",
    acts: &["custody.put", "ratings.decide", "alerts.show", "alerts"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};
