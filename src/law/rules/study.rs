//! How and how long one studies: 第九条 full-time and part-time (全日制、非全日制), early graduation (Art. 12), the study
//! length after a change of form (Art. 13).

use super::{IN_FORCE, Rule, RuleKind, Source};
use crate::model::Severity;

/// Art. 9¶1 · what a graduation certificate rests on.
pub static R9_2: Rule = Rule {
    id: "R9.2",
    article: "9",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "完成学时、考核合格方可毕业",
    summary: "学生完成国家规定的学时并经学校考核合格，才能取得相应学习形式的毕业证书；学时数规程没有给出，由学校如实登记。",
    because: "没有登记完成规定学时，或没有登记考核合格。",
    remedy: "请学校核实并登记；确不合格的，可以按结业办理。",
    acts: &["graduation.list", "graduation.issue", "graduation.state"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 9¶1 · the certificate shows the form of study that is registered.
pub static R9_4: Rule = Rule {
    id: "R9.4",
    article: "9",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "证书的学习形式与学籍一致",
    summary: "证书上的学习形式取自学籍，非全日制学籍不能发全日制证书。",
    because: "证书的学习形式须与学籍一致。",
    remedy: "学习形式有变的，请先办理转学习形式。",
    acts: &["graduation.issue"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 12¶3 · early graduation under the credit system.
pub static R12_17: Rule = Rule {
    id: "R12.17",
    article: "12",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "学分制提前毕业",
    summary: "已备案学分制的学校，学生修满全部学分的，主管部门可以批准提前毕业，一般不超过一年，学制相应缩短；缩短后的学制写在证书上（AMB-17）。",
    because: "不具备提前毕业的条件。",
    remedy: "学校未备案学分制、学分未修满的，请按原学制毕业；提前超过一年的，须报省里说明理由。",
    acts: &[
        "applications.start",
        "applications.submit",
        "applications.propose",
        "applications.decide",
        "applications.preview",
    ],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 13 with 5 and 7 · the new major must be one the school may teach.
pub static R13_9: Rule = Rule {
    id: "R13.9",
    article: "13",
    kind: RuleKind::Check,
    source: Source::Derived,
    severity: Severity::Block,
    title: "转入专业须有招生资质",
    summary: "转专业只能转入本校在学生所在校区、同一学习形式有招生资质的专业，资质以学生入学以来省里公布的为准；转学时一并转专业的，看转入学校的资质。新旧专业有一个是省管的，由省教育厅核办；学制与公布的不同，提示核定。",
    because: "转入专业没有公布的招生资质。",
    remedy: "请另选有招生资质的专业；公布有遗漏的，请报省教育厅更正。",
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

/// Art. 13 with 9 and 10 · the study length must fit the new form.
pub static R13_8: Rule = Rule {
    id: "R13.8",
    article: "13",
    kind: RuleKind::Check,
    source: Source::Derived,
    severity: Severity::Notice,
    title: "转学习形式后的学制",
    summary: "转为非全日制要有培养方案；转为全日制，原学制须合乎全日制的规定，不合的提示核定。",
    because: "转学习形式后，学制不符合第十条。",
    remedy: "请学校与主管部门核定学制，或保留原学习形式。",
    acts: &["applications.start", "applications.preview", "applications.propose", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};
