//! 第十条: length of study (学制). `law::study_length` brings these rules together in their order.

use super::{IN_FORCE, Rule, RuleKind, Source};
use crate::model::Severity;

// ── 第十条 ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Art. 10 · the basic length.
pub static R10_1: Rule = Rule {
    id: "R10.1",
    article: "10",
    kind: RuleKind::Compute,
    source: Source::Text,
    severity: Severity::Block,
    title: "基本学制三年",
    summary: "没有别的规定适用时，学制为三年。",
    because: "学制应为三年。",
    remedy: "请把学制改为三年；属于其他情形的，请改正招生对象。",
    acts: &["entry.check", "entry.save", "filing.submit", "import"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 10 · those who come straight from junior high.
pub static R10_2: Rule = Rule {
    id: "R10.2",
    article: "10",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "应届初中毕业生三年",
    summary: "招收应届初中毕业生的，学制为三年；非全日制的另可延长到六年。",
    because: "应届初中毕业生的学制应为三年。",
    remedy: "请把学制改为三年；不是应届的，请改正招生对象。",
    acts: &["entry.check", "entry.save", "filing.submit", "import"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 10 · primary-school entrants of the arts.
pub static R10_3: Rule = Rule {
    id: "R10.3",
    article: "10",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "小学起点艺术类五年或六年",
    summary: "经省教育厅批准招收小学毕业生的艺术类专业，学制为五年或六年；未经批准的、不是艺术类的不得招收。",
    because: "小学毕业起点须经省教育厅批准，限艺术类专业，学制五年或六年。",
    remedy: "请填写批准文号，并把学制改为批准的年数。",
    acts: &["entry.check", "entry.save"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 10 · eighteen years completed on 1 September of the year of entry.
pub static R10_4: Rule = Rule {
    id: "R10.4",
    article: "10",
    kind: RuleKind::Compute,
    source: Source::Text,
    severity: Severity::Block,
    title: "九月一日已满十八周岁的一至三年",
    summary: "入学当年9月1日已满十八周岁的，按高中阶段同等学力对待，学制为一年至三年；当天满十八周岁的算已满（此为我们的读法）。",
    because: "九月一日已满十八周岁的，学制应为一年至三年。",
    remedy: "请把学制改在一年至三年之间。",
    acts: &["entry.check", "entry.save", "filing.submit", "import", "windows.list"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 10 · six years at most in part time.
pub static R10_5: Rule = Rule {
    id: "R10.5",
    article: "10",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "非全日制最长六年",
    summary: "非全日制的学制最长六年；最短仍按本人情形，未满十八周岁的三年、已满的一年（此为我们的读法）。",
    because: "非全日制学制最长为六年。",
    remedy: "请把学制改为六年以内。",
    acts: &["entry.check", "entry.save", "filing.submit", "import"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 10 · bridging schemes.
pub static R10_6: Rule = Rule {
    id: "R10.6",
    article: "10",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "中高职衔接按批准的方案",
    summary: "经省教育厅批准的中高职衔接培养，学制按批准的方案执行，不多也不少；须登记方案文号和方案年数。",
    because: "衔接培养须登记批准的方案，学制与方案一致。",
    remedy: "请填写方案文号和方案规定的学制。",
    acts: &["entry.check", "entry.save"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 10 with 12 · which rule comes first.
pub static R10_7: Rule = Rule {
    id: "R10.7",
    article: "10",
    kind: RuleKind::Compute,
    source: Source::Derived,
    severity: Severity::Hint,
    title: "几条都适用时的先后",
    summary: "依次为：衔接方案、小学起点艺术类、初中第五第六学期、普高技工转入、中职转学、已满十八周岁、应届初中、基本学制；非全日制把上限换成六年。",
    because: "学制依据按先后顺序取第一条适用的。",
    remedy: "请查看学制依据的逐条说明。",
    acts: &["entry.check", "entry.save"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 10 with 14 · looked at again when its facts change.
pub static R10_8: Rule = Rule {
    id: "R10.8",
    article: "10",
    kind: RuleKind::Check,
    source: Source::Derived,
    severity: Severity::Notice,
    title: "依据改变时重核学制",
    summary: "出生日期、学习形式、招生对象或入学日期改变后，重新核对学制；不符的提示，不自动改动。",
    because: "改变后的信息与现有学制不符。",
    remedy: "请核对后，由学校办理相应更正。",
    acts: &["entry.amend", "applications.preview", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};
