//! 第四章 学生毕业信息管理 (Articles 17–20): certificates, the order of graduating, lost certificates, queries, and
//! schools that are no more.

use super::{IN_FORCE, Rule, RuleKind, Source};
use crate::model::Severity;

/// A rule of this chapter, stated by the text.
const fn text(
    id: &'static str,
    article: &'static str,
    kind: RuleKind,
    severity: Severity,
    words: [&'static str; 4],
    acts: &'static [&'static str],
) -> Rule {
    let [title, summary, because, remedy] = words;
    let (source, nothing_to_compute) = (Source::Text, None);
    Rule {
        id,
        article,
        kind,
        source,
        severity,
        title,
        summary,
        because,
        remedy,
        acts,
        nothing_to_compute,
        in_force: IN_FORCE,
    }
}

/// Art. 17¶1 · printed by the province alone, from filed data.
pub static R17_2: Rule = text(
    "R17.2",
    "17",
    RuleKind::Block,
    Severity::Block,
    [
        "省里统一印制，未备案不发证",
        "毕业证书由省教育厅按已备案的学籍信息统一印制；未备案的学生没有毕业证书，学校和市县没有印制权限。",
        "该生学籍未备案，或本机构没有证书印制权限。",
        "未备案的请先按第六、七条办理；证书由省学籍管理与服务中心印制。",
    ],
    &["graduation.list", "graduation.issue", "graduation.print", "graduation.void", "applications.start"],
);

/// Art. 17¶1 · what stands on a certificate.
pub static R17_3: Rule = text(
    "R17.3",
    "17",
    RuleKind::Block,
    Severity::Block,
    [
        "证书项目须齐全",
        "证书上有姓名、性别、出生日期、证件号、学习起止年月、专业、学制、学习形式、照片、毕（结）业、学校名称、日期和编号；缺一项就不能印制，所缺各项一次列出。",
        "证书所需的项目不全。",
        "请学校补齐所列各项。",
    ],
    &["graduation.list", "graduation.issue"],
);

/// Art. 17¶1 · the number is composed and drawn.
pub static R17_4: Rule = text(
    "R17.4",
    "17",
    RuleKind::Compute,
    Severity::Block,
    [
        "证书编号的组成",
        "编号由毕业年份、地区代码、学校代码和随机抽取的序列号组成，抽取不重复；发出后不变，作废的不再使用，任何人不能手工填写（AMB-25）。",
        "证书编号不能手工指定。",
        "编号在复核同意印制时自动生成。",
    ],
    &["graduation.print"],
);

/// Art. 17¶2 · from the province to the school to the graduate.
pub static R17_5: Rule = text(
    "R17.5",
    "17",
    RuleKind::Record,
    Severity::Block,
    [
        "证书的交接与颁发",
        "印好的证书交学校，由学校贴照片、加盖钢印后发给学生；每一步登记日期和签收人。",
        "交接的先后或日期不对。",
        "请按印制、交校、颁发的顺序逐步登记。",
    ],
    &["graduation.deliver", "graduation.award", "graduation.list"],
);

/// Art. 17, derived · what holds a certificate back.
pub static R17_8: Rule = Rule {
    source: Source::Derived,
    ..text(
        "R17.8",
        "17",
        RuleKind::Check,
        Severity::Block,
        [
            "印制前的核查",
            "学生状态不是在读、有在办业务、有未同步的异动或未了结的负面清单事项时，证书暂缓印制，并逐条说明原因。",
            "该生尚有未了事项，证书暂缓印制。",
            "请先办结所列事项，再提请印制。",
        ],
        &["graduation.list", "graduation.issue", "graduation.print"],
    )
};

/// Art. 17 · completing is not graduating.
pub static R17_9: Rule = text(
    "R17.9",
    "17",
    RuleKind::Record,
    Severity::Block,
    [
        "毕业与结业分开",
        "结业由学校认定并如实登记，证书和学籍状态都记为结业，不得按毕业统计。",
        "毕业、结业与证书不一致。",
        "请按证书上的毕（结）业办理。",
    ],
    &["graduation.issue", "applications.start", "applications.preview"],
);

/// Art. 18 · first the certificate, then graduation in the national system.
pub static R18_1: Rule = text(
    "R18.1",
    "18",
    RuleKind::Block,
    Severity::Block,
    [
        "先收到证书，后办毕业",
        "学校收到毕业证书以后，才在全国学生系统为学生办理毕业，顺序不能颠倒。",
        "学校尚未收到该生的毕业证书。",
        "请等证书交到学校并登记收到日期后再发起。",
    ],
    &["applications.start", "applications.submit", "applications.preview"],
);

/// Art. 18 · the study file.
pub static R18_2: Rule = text(
    "R18.2",
    "18",
    RuleKind::Record,
    Severity::Notice,
    [
        "学生学习档案",
        "学生毕业时学校要制作学习档案，并登记档案编号。",
        "该生没有登记学习档案。",
        "请学校制作学习档案并登记编号。",
    ],
    &["graduation.state", "graduation.list"],
);

/// Art. 18 · the competent authority audits; the text gives no time.
pub static R18_3: Rule = text(
    "R18.3",
    "18",
    RuleKind::Route,
    Severity::Block,
    [
        "主管部门毕业审核",
        "毕业由学校发起，主管部门审核（省管专业和省属学校由省里审核）；规程没有给出时限，不显示倒计时。",
        "毕业须经主管部门审核。",
        "请提交主管部门审核。",
    ],
    &["applications.start", "applications.preview", "case"],
);

/// Art. 18 · no certificate number out of the national system.
pub static R18_4: Rule = Rule {
    nothing_to_compute: Some("证书编号只由印制环节生成（Certificate::number），没有登记全国学生系统编号的字段。"),
    ..text(
        "R18.4",
        "18",
        RuleKind::Limit,
        Severity::Block,
        [
            "全国系统不产生证书号",
            "毕业证书号只来自省学籍信息模块，全国学生系统不产生证书号。",
            "不接受其他来源的证书号。",
            "请使用印制时生成的编号。",
        ],
        &["graduation.print"],
    )
};

/// Art. 18 · the stamped list is kept for ever.
pub static R18_5: Rule = text(
    "R18.5",
    "18",
    RuleKind::Record,
    Severity::Block,
    [
        "毕业生名单永久保存",
        "学校核对、打印应届毕业生名单，盖章后永久保存；登记后不能删除或改动。",
        "应届毕业生名单是永久档案，不能改动。",
        "名单有误的，请在归档前核对；归档后的更正另附说明存档。",
    ],
    &["graduation.archive", "graduation.check"],
);

/// Art. 19 · a lost certificate is not issued again.
pub static R19_1: Rule = text(
    "R19.1",
    "19",
    RuleKind::Block,
    Severity::Block,
    [
        "证书遗失不补办",
        "毕业证书遗失、损坏都不补发、不重印，省里也不例外；只有交校以前发现印错的，由省里作废后重印，旧编号不再使用。",
        "该生已有毕业证书，不能再次印制。",
        "请毕业生通过“河南政务服务网”申请学历证明书，与证书有同等效力。",
    ],
    &["graduation.issue", "graduation.void"],
);

/// Art. 19 · where to turn to instead.
pub static R19_2: Rule = Rule {
    nothing_to_compute: Some("学历证明书在“河南政务服务网”办理；graduation.list 与 R19.1 的拒绝都给出指引。"),
    ..text(
        "R19.2",
        "19",
        RuleKind::Display,
        Severity::Hint,
        [
            "学历证明书",
            "遗失证书的毕业生可以通过“河南政务服务网”申请学历证明书，与毕业证书有同等效力。",
            "本程序不办理学历证明书。",
            "请通过“河南政务服务网”申请。",
        ],
        &["graduation.list", "graduation.issue"],
    )
};

/// Art. 20¶1 · the province provides the query service.
pub static R20_1: Rule = Rule {
    nothing_to_compute: Some(
        "查询范围由管辖（Scope）决定，省级可见全省；查询入口是 students.inquire 和 certificates.verify。",
    ),
    ..text(
        "R20.1",
        "20",
        RuleKind::Access,
        Severity::Block,
        [
            "在校信息查询由省里提供",
            "在校生学籍信息的查询由省里通过学籍信息模块提供，每次查询都记入日志。",
            "不在您的查询范围。",
            "请向省学籍管理与服务中心查询。",
        ],
        &["students.inquire", "certificates.verify"],
    )
};

/// Art. 20¶1 · students and guardians see their own record.
pub static R20_2: Rule = text(
    "R20.2",
    "20",
    RuleKind::Access,
    Severity::Block,
    [
        "本人和监护人只查本人信息",
        "学生或法定监护人只能查询本人的学籍注册信息；须登记查询人、与学生的关系、凭何证明和用途。",
        "没有登记查询人、关系、证明或用途。",
        "请核对身份或监护关系，逐项登记后查询。",
    ],
    &["students.inquire"],
);

/// Art. 20¶1 · others only verify a graduation.
pub static R20_3: Rule = text(
    "R20.3",
    "20",
    RuleKind::Access,
    Severity::Block,
    [
        "社会查询仅限验证毕业信息",
        "社会机构和个人凭毕业生提供的姓名、证书编号验证毕业信息，只答相符或不相符，不提供在校信息。",
        "没有提供姓名和证书编号，或没有登记用途。",
        "请凭毕业生提供的姓名和证书编号验证。",
    ],
    &["certificates.verify"],
);

/// Art. 20¶2 · a merger moves the files, and is no transfer.
pub static R20_4: Rule = text(
    "R20.4",
    "20",
    RuleKind::State,
    Severity::Block,
    [
        "学校合并，学籍随之转移",
        "学校合并的，全部电子学籍（含已毕业的）转入合并后的学校；这不是转学，不受转学的环节和人数限制。",
        "合并须由主管部门凭决定文号登记。",
        "请主管部门登记合并决定的文号和日期。",
    ],
    &["schools.merge"],
);

/// Art. 20¶2 · a closed school's files have one keeper.
pub static R20_5: Rule = text(
    "R20.5",
    "20",
    RuleKind::State,
    Severity::Block,
    [
        "学校撤销须指定档案保管机构",
        "学校撤销的，由作出决定的部门或其上级指定一个机构保管电子和纸质学籍档案，并提供查询。",
        "没有指定档案保管机构。",
        "请指定一个保管机构，并登记决定的文号和日期。",
    ],
    &["schools.close"],
);
