//! 第七章 附则: students with other documents; what local rules may not add.

use super::{IN_FORCE, Rule, RuleKind, Source};
use crate::model::Severity;

// ── 第二十四条 ─────────────────────────────────────────────────────────────────────────────────────────────────────

/// Art. 24 · students from Hong Kong, Macao, Taiwan and abroad.
pub static R24_1: Rule = Rule {
    id: "R24.1",
    article: "24",
    kind: RuleKind::Limit,
    source: Source::Text,
    severity: Severity::Block,
    title: "港澳台和外籍学生参照办理",
    summary: "港澳台、外籍和无国籍学生参照办理；不得因没有十八位身份号码、没有户口簿而拒绝，出生日期单独填写。",
    because: "不得因证件种类拒绝。",
    remedy: "请填写所持证件的种类、号码和出生日期。",
    acts: &["entry.check", "entry.save", "import"],
    nothing_to_compute: Some(
        "证件种类和号码分开保存（Student.id_kind、id_no），出生日期是单独一栏（Student.birth）；只有带校验位的号码才校验。",
    ),
    in_force: IN_FORCE,
};

// ── 第二十五条 ──────────────────────────────────────────────────────────────────────────────────────────────────────

/// Art. 25 · 地方细则先备案后施行.
pub static R25_1: Rule = Rule {
    id: "R25.1",
    article: "25",
    kind: RuleKind::Record,
    source: Source::Text,
    severity: Severity::Notice,
    title: "地方细则先备案后施行",
    summary: "省辖市可以制定实施细则，报省教育厅备案之后才能施行。",
    because: "地方细则未经备案。",
    remedy: "请先报省教育厅备案。",
    acts: &["alerts"],
    nothing_to_compute: Some(
        "程序里没有可以写入地方细则的地方：判断只依据规程；预警的门槛在源码里，没有任何数据能改。",
    ),
    in_force: IN_FORCE,
};

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
    acts: &["applications.start", "applications.propose", "applications.preview", "alerts.record", "alerts.define"],
    nothing_to_compute: Some("路线、时限和材料写在业务种类表（KindRow）里，没有任何本地配置可以增加。"),
    in_force: IN_FORCE,
};

// ── 第二十六条 ──────────────────────────────────────────────────────────────────────────────────────────────────────

/// Art. 26 · 自印发之日施行.
pub static R26_1: Rule = Rule {
    id: "R26.1",
    article: "26",
    kind: RuleKind::Record,
    source: Source::Text,
    severity: Severity::Notice,
    title: "自印发之日施行",
    summary: "本规程自2021年4月12日起施行，原规定同日废止；在此之前的事不按这些规则评判，负面清单的天数和年度从这一天起数。",
    because: "这是施行之前的事，不按本规程评判。",
    remedy: "按当时的规定处理。",
    acts: &["alerts.list", "alerts.show", "case"],
    nothing_to_compute: Some("每条规则的 in_force 写明施行日；负面清单的推算从这一天算起，由边界测试固定。"),
    in_force: IN_FORCE,
};
