//! 第六条 and 第七条: registration (注册) by the school, filing (备案) without anybody's decision, and their dates.

use super::{IN_FORCE, Rule, RuleKind, Source};
use crate::model::Severity;

// ── 第六条 ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Art. 6¶1 · twenty working days for each new student.
pub static R6_1: Rule = Rule {
    id: "R6.1",
    article: "6",
    kind: RuleKind::Deadline,
    source: Source::Text,
    severity: Severity::Notice,
    title: "二十个工作日内建立电子学籍",
    summary: "新生办完入学手续的次日起二十个工作日内，学校为其建立电子学籍；每名学生各自计时。逾期只作记录，截止日之前仍可注册。",
    because: "已超过二十个工作日的建档期限。",
    remedy: "请尽快完成注册；截止日之前仍可办理，逾期情况留存。",
    acts: &["entry.check", "entry.save", "entry.todo"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 6¶1 · the autumn cutoff.
pub static R6_2: Rule = Rule {
    id: "R6.2",
    article: "6",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "秋季注册截止",
    summary: "秋季新生的注册截至当年11月20日24时；遇周末不顺延（此为我们的读法）。",
    because: "已过当年11月20日的秋季注册截止日期。",
    remedy: "本季不能再注册；符合春季招生条件的，可按下一春季新生办理。",
    acts: &["entry.check", "entry.save", "import", "windows.list"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 6¶1 · the spring cutoff.
pub static R6_3: Rule = Rule {
    id: "R6.3",
    article: "6",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "春季注册截止",
    summary: "春季新生的注册截至当年4月20日24时；遇周末不顺延（此为我们的读法）。",
    because: "已过当年4月20日的春季注册截止日期。",
    remedy: "本季不能再注册；符合秋季招生条件的，可按下一秋季新生办理。",
    acts: &["entry.check", "entry.save", "import", "windows.list"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 6¶1 · two limits, the earlier binds.
pub static R6_4: Rule = Rule {
    id: "R6.4",
    article: "6",
    kind: RuleKind::Compute,
    source: Source::Derived,
    severity: Severity::Hint,
    title: "两个期限取其早",
    summary: "二十个工作日和当季截止日同时计算，两个日期都显示，先到的一个有效。",
    because: "两个期限中较早的一个有效。",
    remedy: "请在较早的日期之前完成注册。",
    acts: &["entry.check", "entry.save", "entry.todo"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 6¶2 · first registered, then filed.
pub static R6_5: Rule = Rule {
    id: "R6.5",
    article: "6",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "先注册后备案",
    summary: "学生先在全国学生系统注册、有了学籍号，再在学籍信息模块备案。",
    because: "该生尚未注册，没有学籍号，不能备案。",
    remedy: "请先完成注册并补填学籍号，再提交备案。",
    acts: &["filing.submit"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 6¶2 · the cutoffs of filing.
pub static R6_6: Rule = Rule {
    id: "R6.6",
    article: "6",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "备案截止",
    summary: "秋季新生的备案截至当年12月20日24时，春季截至当年5月20日24时；遇周末不顺延（此为我们的读法）。",
    because: "已过当季备案截止日期。",
    remedy: "该生应按退学处理并注销学籍，请列入处理名单。",
    acts: &["filing.submit", "entry.amend", "entry.todo", "windows.list"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 6¶2 · nobody files after the cutoff.
pub static R6_7: Rule = Rule {
    id: "R6.7",
    article: "6",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "截止后任何一级都不再补办",
    summary: "备案截止以后，当季新生的备案不再办理，学校、县、市、省都没有例外。",
    because: "备案时间已截止，不再办理。",
    remedy: "没有补办的途径；请办理退学并注销学籍。",
    acts: &["filing.submit", "entry.amend"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 6 with 7 · a correction must be in by the cutoff, too.
pub static R6_8: Rule = Rule {
    id: "R6.8",
    article: "6",
    kind: RuleKind::Block,
    source: Source::Derived,
    severity: Severity::Block,
    title: "退回后的重报也须在截止日之前",
    summary: "备案未通过、改正后再次提交的，也要在截止日之前；头一次提交及时，不能使迟到的重报有效。",
    because: "重新提交时已过备案截止日期。",
    remedy: "请办理退学并注销学籍。",
    acts: &["filing.submit"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 6 · which season an entry belongs to.
pub static R6_9: Rule = Rule {
    id: "R6.9",
    article: "6",
    kind: RuleKind::Compute,
    source: Source::Derived,
    severity: Severity::Block,
    title: "入学日期决定所属季次",
    summary: "11月21日至次年4月20日入学的属于次年春季，4月21日至11月20日入学的属于当年秋季；所填季次须与入学日期相符。",
    because: "所填季次与入学日期不符。",
    remedy: "请改正季次或入学日期；改为另一季的，须有该季的招生资质。",
    acts: &["entry.check", "entry.save", "import"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

// ── 第七条 ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Art. 7 · filing is decided by the program against what was published.
pub static R7_1: Rule = Rule {
    id: "R7.1",
    article: "7",
    kind: RuleKind::Compute,
    source: Source::Text,
    severity: Severity::Notice,
    title: "备案自动比对招生资质",
    summary: "备案由程序依据最新公布的招生资质当即判定，没有人工审批；以后公布的名单不影响已备案的学生。",
    because: "尚未公布该年该季的招生资质，无法判定。",
    remedy: "请系统管理岗载入省教育厅公布的招生资质。",
    acts: &["entry.check", "filing.submit", "import", "qualifications.publish"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 7 · no filing for a school or major that is not in the list.
pub static R7_2: Rule = Rule {
    id: "R7.2",
    article: "7",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "没有招生资质的不能备案",
    summary: "学校或专业不在公布的招生资质之内的，不能备案，学生也拿不到毕业证书；按代码比对，不按名称。",
    because: "学校的该专业不在公布的招生资质之内。",
    remedy: "请改正专业、校区、学习形式或学制；确无资质的，不能招收。",
    acts: &["entry.check", "entry.save", "filing.submit", "import"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 7 · what is wrong is said field by field.
pub static R7_3: Rule = Rule {
    id: "R7.3",
    article: "7",
    kind: RuleKind::Display,
    source: Source::Text,
    severity: Severity::Notice,
    title: "未通过的逐项提示，可反复改报",
    summary: "备案未通过的，逐项指出哪一栏与招生资质不符、应为什么；学校改正后可再次提交，次数不限，以截止日为限。",
    because: "有栏目与招生资质不符。",
    remedy: "请按提示逐项改正后再次提交备案。",
    acts: &["filing.submit", "entry.amend"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 7 · a duplicate is settled first.
pub static R7_4: Rule = Rule {
    id: "R7.4",
    article: "7",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "学籍重复的先查重",
    summary: "信息重复的，先在全国学生系统完成查重，再由学生实际就读的学校备案。",
    because: "学籍重复，尚未完成查重。",
    remedy: "请先由实际就读学校办理重复学籍。",
    acts: &["filing.submit"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 7 · the class of every failure is kept.
pub static R7_5: Rule = Rule {
    id: "R7.5",
    article: "7",
    kind: RuleKind::Record,
    source: Source::Text,
    severity: Severity::Notice,
    title: "记录未通过的类别",
    summary: "每次未通过都记下日期和类别：信息错误、信息重复、不符合备案要求。",
    because: "备案未通过，类别已记录。",
    remedy: "请按类别分别处理。",
    acts: &["filing.submit"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 7 · who cannot be filed is withdrawn and cancelled.
pub static R7_6: Rule = Rule {
    id: "R7.6",
    article: "7",
    kind: RuleKind::State,
    source: Source::Text,
    severity: Severity::Notice,
    title: "不能备案的退学并注销",
    summary: "改正后仍不能备案、或者已过截止日的学生，应办退学，同时在全国学生系统注销学籍；由学校逐人办理，程序只列名单。",
    because: "该生不能再备案，应予退学并注销。",
    remedy: "请为该生发起退学，并在全国学生系统注销学籍。",
    acts: &["entry.todo"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 7 · how many are not filed yet, and how long it is still possible.
pub static R7_7: Rule = Rule {
    id: "R7.7",
    article: "7",
    kind: RuleKind::Display,
    source: Source::Derived,
    severity: Severity::Hint,
    title: "未备案人数和剩余天数",
    summary: "临近备案截止时，列出本校尚未备案的学生和剩余天数。",
    because: "尚有学生没有备案。",
    remedy: "请在截止日之前提交备案。",
    acts: &["entry.todo"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};
