//! 第五条, the longest of 第一章: who is competent for whom, and with how many posts.

use super::{IN_FORCE, Rule, RuleKind, Source};
use crate::model::Severity;

/// Art. 5¶1 · the province looks after all.
pub static R5_1: Rule = Rule {
    id: "R5.1",
    article: "5",
    kind: RuleKind::Access,
    source: Source::Text,
    severity: Severity::Notice,
    title: "省教育厅统筹全省",
    summary: "省教育厅统筹、指导、监督、检查全省，可以查看各地各校的业务。",
    because: "省级可以查看全省业务。",
    remedy: "无须处理。",
    acts: &["queue.page", "applications.show", "queue"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 5¶1 · provincial schools.
pub static R5_2: Rule = Rule {
    id: "R5.2",
    article: "5",
    kind: RuleKind::Route,
    source: Source::Text,
    severity: Severity::Block,
    title: "省属学校由省教育厅主管",
    summary: "省属学校的学籍业务由学校直接报省教育厅核办，不经县、市。",
    because: "省属学校的业务由省教育厅核办。",
    remedy: "请报省教育厅核办。",
    acts: &["applications.start", "applications.preview", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 5¶1 · majors in the care of the province (省管专业).
pub static R5_3: Rule = Rule {
    id: "R5.3",
    article: "5",
    kind: RuleKind::Route,
    source: Source::Text,
    severity: Severity::Block,
    title: "省管专业由省教育厅主管",
    summary: "省管专业（医药卫生类二十三个、教育类一个）的学生，无论在哪一级学校就读，学籍业务都由省教育厅核办。",
    because: "省管专业学生的业务由省教育厅核办。",
    remedy: "请报省教育厅核办。",
    acts: &["applications.start", "applications.preview", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 5¶1 · the provincial centre acts for the province.
pub static R5_4: Rule = Rule {
    id: "R5.4",
    article: "5",
    kind: RuleKind::Access,
    source: Source::Text,
    severity: Severity::Notice,
    title: "省学籍管理与服务中心代省履职",
    summary: "省学籍管理与服务中心代表省教育厅做监督、检查和系统运行等日常工作。",
    because: "省中心以省教育厅的名义办理。",
    remedy: "无须处理。",
    acts: &["accounts.put"],
    nothing_to_compute: Some("中心人员的账号设在省教育厅这一机构（Level::Province）之下，不另设层级。"),
    in_force: IN_FORCE,
};

/// Art. 5¶2 · the city's own schools.
pub static R5_5: Rule = Rule {
    id: "R5.5",
    article: "5",
    kind: RuleKind::Route,
    source: Source::Text,
    severity: Severity::Block,
    title: "市属学校由市级主管",
    summary: "省辖市、省直管县（市）和济源示范区的教育局主管所属学校的学籍业务，并指导监督所辖县（市、区）。",
    because: "市属学校的业务由所属市级教育局核办。",
    remedy: "请报学校所属的市级教育局核办。",
    acts: &["applications.start", "applications.preview", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 5¶2 · the county's schools.
pub static R5_6: Rule = Rule {
    id: "R5.6",
    article: "5",
    kind: RuleKind::Route,
    source: Source::Text,
    severity: Severity::Block,
    title: "县属学校由县级主管",
    summary: "县（市、区）教育局具体负责所属学校非省管专业学生的学籍业务，市级不再重复审批。",
    because: "县属学校的业务由所属县级教育局核办。",
    remedy: "请报学校所属的县级教育局核办。",
    acts: &["applications.start", "applications.preview", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 5¶3 · the school begins.
pub static R5_7: Rule = Rule {
    id: "R5.7",
    article: "5",
    kind: RuleKind::Record,
    source: Source::Text,
    severity: Severity::Block,
    title: "学校是实施主体",
    summary: "学籍的取得、异动和毕（结）业都由学校发起和维护，主管部门不能自行发起。",
    because: "业务须由学生所在学校发起。",
    remedy: "请由学生所在学校的录入岗发起。",
    acts: &["applications.start", "applications.amend", "applications.submit", "applications.cancel"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 5¶3 · only who was admitted.
pub static R5_8: Rule = Rule {
    id: "R5.8",
    article: "5",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "有录取依据才能注册",
    summary: "学校只为按国家规定录取的学生建立学籍；登记录取名册或通知书的编号即可，不要求上传。",
    because: "没有录取依据，不能注册学籍。",
    remedy: "请填写录取名册或录取通知书的编号。",
    acts: &["entry.check", "entry.save"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 5¶4 · an office has the people for two posts.
pub static R5_9: Rule = Rule {
    id: "R5.9",
    article: "5",
    kind: RuleKind::Record,
    source: Source::Text,
    severity: Severity::Notice,
    title: "机构应具备双岗条件",
    summary: "省以下教育行政部门和学校都要有专门的学籍管理机构，人员足够分设两个岗位。",
    because: "该机构在岗人员不足两人，不具备双岗操作条件。",
    remedy: "请系统管理员为该机构配足两名不同的人员。",
    acts: &["accounts.put", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 5¶4 · daily management and archiving.
pub static R5_10: Rule = Rule {
    id: "R5.10",
    article: "5",
    kind: RuleKind::Record,
    source: Source::Text,
    severity: Severity::Notice,
    title: "日常管理和归档由本机构负责",
    summary: "日常的学籍事务和材料归档，由各机构、各学校自己负责。",
    because: "材料尚未归档。",
    remedy: "请登记材料原件的存放处。",
    acts: &["evidence.attach", "case"],
    nothing_to_compute: Some(
        "办结的业务连同材料（Attachment.original_place）、经手人和时限（Ending）原样保存，不能删除。",
    ),
    in_force: IN_FORCE,
};

/// Art. 5¶1 · universities with a secondary stage.
pub static R5_11: Rule = Rule {
    id: "R5.11",
    article: "5",
    kind: RuleKind::Route,
    source: Source::Text,
    severity: Severity::Block,
    title: "高等学校的中职段同样适用",
    summary: "承担分段培养的高等学校与中等职业学校同样办理；名册未指明主管部门的，由省教育厅核办（此为我们的读法）。",
    because: "该高等学校中职段的业务由名册指明的机构核办，未指明的由省教育厅核办。",
    remedy: "请报名册指明的主管部门；未指明的，报省教育厅。",
    acts: &["applications.start", "applications.preview", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 5¶4 · what two posts (双岗) mean here: two persons.
pub static R5_12: Rule = Rule {
    id: "R5.12",
    article: "5",
    kind: RuleKind::Block,
    source: Source::Derived,
    severity: Severity::Block,
    title: "经办与复核须为两人",
    summary: "同一环节由一人提出、另一人复核，按人比较而不按账号；两岗共用一个时限，不是增加的审批层级。",
    because: "经办人与复核人不得为同一人。",
    remedy: "请由本机构另一名人员办理这一岗。",
    acts: &[
        "applications.submit",
        "applications.propose",
        "applications.decide",
        "applications.hand_over",
        "substitutes.put",
        "case",
    ],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};
