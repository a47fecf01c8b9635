//! The covering notice and 第一章 总则: purpose, scope, levels, authorities, posts.

use super::{IN_FORCE, Rule, RuleKind, Source};
use crate::model::Severity;

// ── 发文通知 ────────────────────────────────────────────────────────────────────────────────────────────────────────

/// 通知 · who the notice is addressed to, and thereby which offices there are.
pub static R0_1: Rule = Rule {
    id: "R0.1",
    article: "通知",
    kind: RuleKind::Record,
    source: Source::Text,
    severity: Severity::Block,
    title: "机构登记与层级",
    summary: "省辖市教育局与省直管县（市）、济源示范区的教育局同列市级，省属学校和有关高等学校由省直接通知；机构登记按此设层级和上级。",
    because: "机构登记不完整或层级不对，无法确定由谁主管。",
    remedy: "请系统管理员按省里的机构名册改正该机构的层级和上级机构。",
    acts: &["applications.start", "applications.preview"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

// ── 第一条 ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Art. 1 · every refusal names what it rests on.
pub static R1_1: Rule = Rule {
    id: "R1.1",
    article: "1",
    kind: RuleKind::Display,
    source: Source::Derived,
    severity: Severity::Notice,
    title: "拒绝与提示注明依据",
    summary: "凡拒绝、提示、退回，都写明依据的条款和规则编号，经办人可据此答复学校。推导出的规则另行标明。",
    because: "没有写明依据。",
    remedy: "按 L 键查看依据。",
    acts: &["queue", "case", "basis", "applications.basis"],
    nothing_to_compute: Some("由 Finding 的 rule、article、derived 三个字段承载，待办、详情和依据屏逐条显示。"),
    in_force: IN_FORCE,
};

/// Art. 1 · the ministry's own rules are the basis of the regulation, not part of it.
pub static R1_2: Rule = Rule {
    id: "R1.2",
    article: "1",
    kind: RuleKind::Limit,
    source: Source::Derived,
    severity: Severity::Hint,
    title: "只见于教育部办法的条件不作硬性拒绝",
    summary: "教育部的学籍管理办法是本规程的制定依据，不是其内容。只在那里出现的条件最多作提示，不作拒绝理由。",
    because: "该条件不在本规程之内。",
    remedy: "按本规程办理；如有疑问，请示省教育厅。",
    acts: &["applications.preview", "applications.basis"],
    nothing_to_compute: Some("规则表只收本规程的条款和一般时间法则，没有一条取自教育部办法。"),
    in_force: IN_FORCE,
};

// ── 第二条 ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Art. 2 · no categories of schools or students.
pub static R2_1: Rule = Rule {
    id: "R2.1",
    article: "2",
    kind: RuleKind::Limit,
    source: Source::Text,
    severity: Severity::Block,
    title: "不分学校类别和学生类别",
    summary: "普通中专、职业中专、成人中专、职业高中同为中等职业学校，其学生待遇一律相同；任何拒绝都不得以类别为由。",
    because: "不得以学校类别或学生类别为由区别办理。",
    remedy: "去掉以类别为由的条件后办理。",
    acts: &["applications.start", "applications.propose"],
    nothing_to_compute: Some("Office 和 Student 没有类别字段；举办层级（Sponsor）只用来确定主管部门。"),
    in_force: IN_FORCE,
};

/// Art. 2 · one province-wide way for every change of status.
pub static R2_2: Rule = Rule {
    id: "R2.2",
    article: "2",
    kind: RuleKind::Record,
    source: Source::Text,
    severity: Severity::Block,
    title: "全省统一网上办理",
    summary: "注册备案、异动备案和毕业证书发放全省统一在网上进行；没有相应业务，学籍状态不得改变。",
    because: "学籍状态只能由网上办结的业务改变。",
    remedy: "请由学校发起相应的异动业务。",
    acts: &["applications.start", "applications.amend", "applications.decide"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 2 · the first three years of 3+2 and five-year programmes.
pub static R2_3: Rule = Rule {
    id: "R2.3",
    article: "2",
    kind: RuleKind::Compute,
    source: Source::Text,
    severity: Severity::Block,
    title: "3+2 与五年一贯制只管前三年",
    summary: "分段培养和五年一贯制学生的前三年按本规程管理；中职段期满以后不再适用。",
    because: "该生中职段已期满，本规程不再适用。",
    remedy: "请按高等教育阶段的学籍规定办理。",
    acts: &["applications.start", "applications.preview", "students.end_stage", "entry.todo", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

// ── 第四条 ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Art. 4 · four using levels, each with its own scope.
pub static R4_1: Rule = Rule {
    id: "R4.1",
    article: "4",
    kind: RuleKind::Access,
    source: Source::Text,
    severity: Severity::Block,
    title: "四级使用，各管其辖",
    summary: "学校、县（市、区）、省辖市、省四级使用；省直管县（市）按市级。看到什么、能做什么，以本机构的管辖范围为限。",
    because: "不属本机构管辖，或不在本岗位职责之内。",
    remedy: "请由有管辖权的机构、相应岗位的人员办理。",
    acts: &[
        "applications.start",
        "applications.submit",
        "applications.propose",
        "applications.decide",
        "applications.withdraw",
        "applications.remark",
        "applications.park",
        "applications.hand_over",
        "substitutes.put",
        "applications.cancel",
        "applications.show",
        "queue.page",
        "queue",
        "case",
    ],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 4 · province-wide tables are the province's.
pub static R4_2: Rule = Rule {
    id: "R4.2",
    article: "4",
    kind: RuleKind::Access,
    source: Source::Text,
    severity: Severity::Block,
    title: "全省基础数据由省维护",
    summary: "机构名册、省管专业名单、工作日历等全省共用的数据由省教育厅维护，下级只读；正式库只能照省里发布的文件整批载入，并写明文号。",
    because: "该项数据由省教育厅维护。",
    remedy: "请向省教育厅反映，待其更新发布。",
    acts: &["workdays", "import"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 4 · who has the power has the responsibility: every act is signed and kept.
pub static R4_3: Rule = Rule {
    id: "R4.3",
    article: "4",
    kind: RuleKind::Record,
    source: Source::Text,
    severity: Severity::Block,
    title: "每一步都留名",
    summary: "每个动作都记下机构、岗位、人员和时间，记录只增不改，有权必有责。",
    because: "无法确定由谁负责这一步。",
    remedy: "请用本人的有效账号、以所任岗位办理。",
    acts: &[
        "applications.start",
        "applications.amend",
        "applications.submit",
        "applications.propose",
        "applications.decide",
        "applications.withdraw",
        "applications.cancel",
        "evidence.attach",
        "accounts.put",
        "case",
    ],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};
