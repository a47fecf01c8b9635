//! 第三章 在校生电子学籍维护管理: changes of status (异动), their hands, materials and times.

use super::{IN_FORCE, Rule, RuleKind, Source};
use crate::model::Severity;

// ── 第十一条 ────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Art. 11 · the kinds there are.
pub static R11_1: Rule = Rule {
    id: "R11.1",
    article: "11",
    kind: RuleKind::Record,
    source: Source::Text,
    severity: Severity::Block,
    title: "异动按种类办理",
    summary: "异动有休学与复学、退学与恢复学籍、留级与跳级、转学与转专业，以及注销、死亡等，清单不封闭；另有信息变更。一项业务只办一种，已发起的不能改成另一种。",
    because: "所填内容与业务种类不符。",
    remedy: "请按实际种类另行发起业务。",
    acts: &["applications.start", "applications.amend", "applications.preview"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 11 · done in the national system as well.
pub static R11_2: Rule = Rule {
    id: "R11.2",
    article: "11",
    kind: RuleKind::Record,
    source: Source::Text,
    severity: Severity::Hint,
    title: "须在全国学生系统办理",
    summary: "学校和主管部门都要在全国学生系统里办理该业务；在本程序办结，不等于已在全国学生系统办结。",
    because: "本程序的办理结果不会自动写入全国学生系统。",
    remedy: "请同时在全国学生系统办理同一业务。",
    acts: &["applications.preview", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 11 · proof goes into the student's archive.
pub static R11_3: Rule = Rule {
    id: "R11.3",
    article: "11",
    kind: RuleKind::Record,
    source: Source::Text,
    severity: Severity::Notice,
    title: "证明材料归入学籍档案",
    summary: "业务办理中使用的证明材料要归入学生的学籍档案，并写明原件存放处。",
    because: "证明材料没有登记原件存放处。",
    remedy: "请登记原件存放处，并归入学生学籍档案。",
    acts: &["evidence.attach", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

// ── 第十二条 ────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Art. 12¶1, for other kinds by analogy · a refusal gives its reasons and leaves the status as it was.
pub static R12_7: Rule = Rule {
    id: "R12.7",
    article: "12",
    kind: RuleKind::State,
    source: Source::Derived,
    severity: Severity::Block,
    title: "不予办理和退回须逐项说明理由",
    summary: "退回补正、不予办理都要逐项写明理由；不予办理的业务到此结束，学籍状态不变，可以另行发起，时限重新计算。",
    because: "没有写明理由。",
    remedy: "请逐项写明理由，每项注明条款或材料。",
    acts: &["applications.propose", "applications.decide", "applications.cancel"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 12¶2 · pupils who have not completed compulsory education are not put out.
pub static R12_13: Rule = Rule {
    id: "R12.13",
    article: "12",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "未完成义务教育不得开除",
    summary: "由初中转入、尚未完成义务教育的学生不得开除；我们的读法是不得退学或注销，休学、转学、信息变更照常办理。",
    because: "该生尚未完成义务教育。",
    remedy: "如不能继续就读，请与原初中联系返校。",
    acts: &[
        "applications.start",
        "applications.submit",
        "applications.propose",
        "applications.decide",
        "applications.preview",
        "students.complete_compulsory",
        "case",
    ],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

// ── 第十三条 ────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Art. 13¶1 · the school starts with proof, the competent authority decides, in one step.
pub static R13_1: Rule = Rule {
    id: "R13.1",
    article: "13",
    kind: RuleKind::Route,
    source: Source::Text,
    severity: Severity::Block,
    title: "学校发起并上传证明，主管部门核办",
    summary: "留级、转专业、休学、复学、退学等异动由学校发起并上传证明材料，由学籍主管部门一级核办，不重复审批。",
    because: "须由学校发起并上传证明材料。",
    remedy: "请学校上传至少一份能证明事由的材料后提交。",
    acts: &["applications.start", "applications.submit", "applications.preview", "evidence.attach", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 13¶1 · ten working days for the authority.
pub static R13_2: Rule = Rule {
    id: "R13.2",
    article: "13",
    kind: RuleKind::Deadline,
    source: Source::Text,
    severity: Severity::Notice,
    title: "主管部门十个工作日内核办",
    summary: "业务到达主管部门的次日起十个工作日内核办完毕；退回补正后再报的，重新给足十个工作日，先前各轮仍可查看。学校一环没有时限。",
    because: "已超过十个工作日的核办时限。",
    remedy: "请尽快核办；逾期后仍可办理，逾期天数留存。",
    acts: &[
        "applications.submit",
        "applications.propose",
        "applications.decide",
        "applications.withdraw",
        "applications.basis",
        "queue",
        "case",
        "basis",
    ],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 13¶1 · only what is needed to prove the ground.
pub static R13_3: Rule = Rule {
    id: "R13.3",
    article: "13",
    kind: RuleKind::Limit,
    source: Source::Text,
    severity: Severity::Block,
    title: "材料必要但可证明",
    summary: "材料以必要并能证明为限，不得加要别的文件，也不得要求本人到场；未列清单的种类，任何形式的一份证明即可。",
    because: "不得要求规程以外的材料。",
    remedy: "请去掉加要的材料；确有疑问的，写明依据的条款。",
    acts: &["applications.submit", "applications.propose", "applications.preview"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 13 · from which status each kind starts, and one open change at a time.
pub static R13_7: Rule = Rule {
    id: "R13.7",
    article: "13",
    kind: RuleKind::State,
    source: Source::Derived,
    severity: Severity::Block,
    title: "各类业务的前提状态",
    summary: "每类异动只能从相应的学籍状态办起，例如休学须为在读、复学须为休学；同一学生同时只办一项异动。",
    because: "当前学籍状态不能办理该业务。",
    remedy: "请先办结在办的业务，或按当前状态选择业务。",
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

/// Art. 13 with 17 · the planned graduation moves with the time away.
pub static R13_10: Rule = Rule {
    id: "R13.10",
    article: "13",
    kind: RuleKind::Compute,
    source: Source::Derived,
    severity: Severity::Block,
    title: "预计毕业时间随休学顺延",
    summary: "休学按其时长顺延预计毕业时间，学制不变；休学起止日期应当前后相符，并在学籍存续期间之内。",
    because: "休学起止日期不合理，无法计算预计毕业时间。",
    remedy: "请改正休学的起止日期。",
    acts: &["applications.start", "applications.amend", "applications.preview", "applications.decide", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};
