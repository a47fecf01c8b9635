//! What keeps files right between applications: the purpose of the data (Art. 1), the two files and the module (Art. 3),
//! head counts (Art. 9), demands from above and absences (Art. 13), what is not described and the check of a semester
//! (Art. 16).

use super::{IN_FORCE, Rule, RuleKind, Source};
use crate::model::Severity;

/// A rule of these articles, stated by the text.
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

/// Art. 1 · what the data are for.
pub static R1_3: Rule = Rule {
    nothing_to_compute: Some(
        "目的条款，不单独构成拒绝：毕业数据的完整由 R17.3 逐项核对，graduation.list 列出证书各项，certificates.verify 验证。",
    ),
    ..text(
        "R1.3",
        "1",
        RuleKind::Record,
        Severity::Notice,
        [
            "毕业数据完整准确",
            "学籍数据要供毕业证书电子证照和学历认证使用，毕业生的数据须完整、准确、可以导出。",
            "毕业数据不完整。",
            "请按毕业名单所列补齐各项。",
        ],
        &["graduation.list", "certificates.verify"],
    )
};

/// Art. 3 · two files for every student.
pub static R3_1: Rule = text(
    "R3.1",
    "3",
    RuleKind::Record,
    Severity::Notice,
    [
        "电子和纸质两份学籍档案",
        "学校为每名学生建立电子学籍档案和纸质学籍档案；没有登记纸质档案的列出名单提醒，不因此拒绝办理。",
        "没有登记纸质学籍档案。",
        "请学校建立纸质档案，登记档案号和存放处。",
    ],
    &["papers.put", "papers.check", "papers.list"],
);

/// Art. 3 · the remaining items before filing.
pub static R3_2: Rule = text(
    "R3.2",
    "3",
    RuleKind::Record,
    Severity::Block,
    [
        "备案前补齐学籍信息",
        "在全国学生系统注册以后、备案以前，学校要补齐其余学籍信息；规程没有列出项目，我们以证书所需的项目为最低要求（推导的读法）。",
        "学籍信息不全，不能备案。",
        "请更正补齐所列各项后再备案，次数不限。",
    ],
    &["filing.submit"],
);

/// Art. 3 · what the module is for.
pub static R3_3: Rule = Rule {
    nothing_to_compute: Some(
        "三项功能各有入口：备案 filing.submit，证书印制 graduation.print，查询 students.inquire 和 certificates.verify；异动在全国系统办理，这里登记两个里程碑。",
    ),
    ..text(
        "R3.3",
        "3",
        RuleKind::Display,
        Severity::Hint,
        [
            "学籍信息模块的三项功能",
            "省学籍信息模块有三项功能：学籍信息备案、毕业证书打印、学籍信息查询；异动在全国学生系统办理，再同步到模块。",
            "该事项不在模块功能之内。",
            "请在全国学生系统办理，再登记同步。",
        ],
        &["filing.submit", "graduation.print", "students.inquire", "certificates.verify"],
    )
};

/// Art. 3 · the two files agree.
pub static R3_4: Rule = text(
    "R3.4",
    "3",
    RuleKind::Check,
    Severity::Notice,
    [
        "电子档案与纸质档案一致",
        "两份档案的基本信息必须一致；信息变更以后纸质档案待同步更新，由学校核对并登记，核对的间隔规程没有规定。",
        "电子档案与纸质档案的基本信息不一致。",
        "请查明并改正，再登记一次核对。",
    ],
    &["papers.check", "papers.list"],
);

/// Art. 9¶2 · head counts for the subsidy.
pub static R9_5: Rule = text(
    "R9.5",
    "9",
    RuleKind::Compute,
    Severity::Hint,
    [
        "按学习形式统计人数",
        "非全日制学生的经费由教育部门按全日制免学费标准折算；折算比例规程没有给出，本程序只按学校、季次和学习形式给出人数。",
        "只给出人数，不给出比例。",
        "请按财政部门公布的比例折算。",
    ],
    &["headcounts.show"],
);

/// Art. 13¶1 · the superior may ask for paper.
pub static R13_4: Rule = text(
    "R13.4",
    "13",
    RuleKind::Record,
    Severity::Notice,
    [
        "上级可以要求纸质材料或现场审验",
        "上级学籍主管部门认为有必要的，可以要求学校提供纸质材料或现场审验，须写明理由；期限照常计算，不因此停止（AMB-28）。核办的主管部门自己不能加要。",
        "只有上级学籍主管部门可以提出。",
        "确有必要的，请报上级学籍主管部门提出。",
    ],
    &["applications.demand", "applications.meet", "applications.show", "case"],
);

/// Art. 13¶2 · away too long.
pub static R13_5: Rule = text(
    "R13.5",
    "13",
    RuleKind::Compute,
    Severity::Block,
    [
        "离校超过三个月按退学处理",
        "非义务教育阶段学生没有请假、离校超过三个月的，学籍应按退学处理；程序只提醒并拟好退学申请，由学校核实后发起，不自动办理。月份按日历计算，假期在内（AMB-18）。",
        "还没有超过三个月，或者该生尚在义务教育阶段。",
        "请先核实离校、请假和返校的日期。",
    ],
    &["absences.draft", "absences.put", "alerts"],
);

/// Art. 13, derived · what stops the three months.
pub static R13_6: Rule = Rule {
    source: Source::Derived,
    ..text(
        "R13.6",
        "13",
        RuleKind::Block,
        Severity::Block,
        [
            "请假、休学、返校停止计算",
            "请假期间不计入离校三个月，请假期满次日重新起算；休学、返校以后计算停止。事后补办的请假作为材料留存，由人判断。",
            "离校三个月的计算已经停止。",
            "请核对离校、请假和返校的登记。",
        ],
        &["absences.draft", "absences.put"],
    )
};

/// Art. 16¶1 · what is not described.
pub static R16_1: Rule = Rule {
    nothing_to_compute: Some(
        "“其他”一类（Kind::Other）承载规程没有写明的业务，只留痕，不改学籍状态；tests/law/kinds.toml 有例。",
    ),
    ..text(
        "R16.1",
        "16",
        RuleKind::Limit,
        Severity::Hint,
        [
            "未尽事宜按全国系统办理",
            "规程没有写明的业务，按全国学生系统的业务规则网上申请和办理，不套用别的种类。",
            "该业务规程没有写明。",
            "请按“其他”发起，写明业务名称。",
        ],
        &["applications.start", "applications.preview"],
    )
};

/// Art. 16¶2 · problems are listed, owned and cleared.
pub static R16_5: Rule = text(
    "R16.5",
    "16",
    RuleKind::Record,
    Severity::Block,
    [
        "核查问题逐项清理",
        "省教育厅核查学期异动时发现的问题逐项登记，写明由谁清理、怎样清理；清理不是补办的后门，过了备案截止日的仍不备案。",
        "核查问题由省教育厅在核查期间登记，由负责机构清理。",
        "请由负责清理的机构登记处理结果。",
    ],
    &["checks.open", "checks.clear", "checks.list"],
);
