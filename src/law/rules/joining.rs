//! 第十二条第二、四款, 第十五条: pupils of junior high, students of general high and technical schools, joint schooling.

use super::{IN_FORCE, Rule, RuleKind, Source};
use crate::model::Severity;

// ── 第十二条 ───────────────────────────────────────────────────────────────────────────────────────────────────────

/// Art. 12¶2 · the guardian applies, the junior school agrees, its record stays.
pub static R12_9: Rule = Rule {
    id: "R12.9",
    article: "12",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "监护人申请、就读初中同意",
    summary: "初中学生进入中职，要由法定监护人申请、就读的初中同意；原初中学籍保留到完成义务教育为止，与中职学籍并存，不算重复；完成的由学校凭证书编号登记，记录上的日期随之改为完成日。",
    because: "缺法定监护人的申请，或者缺就读初中的同意材料。",
    remedy: "请以“法定监护人申请”“初中学校同意意见”上传两份材料。",
    acts: &[
        "junior.admit",
        "students.complete_compulsory",
        "applications.submit",
        "applications.preview",
        "evidence.attach",
        "entry.todo",
        "case",
    ],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 12¶2 · the junior school's papers are filed with the approving authority.
pub static R12_11: Rule = Rule {
    id: "R12.11",
    article: "12",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "初中有关材料报批准机关备案",
    summary: "原就读初中的有关材料要报批准机关备案，原件由学校保存备查。批准机关规程没有写明，我们读作该校该专业的学籍主管部门；备案是报知，不是审批，未报的一直列在学校待办里。",
    because: "初中有关材料还没有报批准机关备案。",
    remedy: "请把材料报批准机关备案，并登记备案日期和文号。",
    acts: &["junior.admit", "applications.file", "applications.preview", "entry.todo", "queue", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 12¶2 · a class of their own.
pub static R12_12: Rule = Rule {
    id: "R12.12",
    article: "12",
    kind: RuleKind::Check,
    source: Source::Text,
    severity: Severity::Notice,
    title: "未毕业初中学生单独编班",
    summary: "转入的未毕业初中学生要单独编班，配专门教师，帮助他们完成义务教育。",
    because: "班里还有别的学生，不是单独编班。",
    remedy: "请为未毕业初中学生单独编班，配备专门教师。",
    acts: &["junior.admit", "applications.preview", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 12¶4 · once a year, before the autumn semester.
pub static R12_18: Rule = Rule {
    id: "R12.18",
    article: "12",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "普高、技工转入在秋季学期开始前办理",
    summary: "从普通高中、技工学校转入的，每年在秋季学期开始之前办理，当天不算在内。开学日由省里逐年确定，没有确定的按9月1日；以学校提交之日为准（此为我们的读法），核办可以在其后完成。",
    because: "秋季学期已经开始，当年不再办理。",
    remedy: "请在下一个秋季学期开始之前办理。",
    acts: &[
        "applications.start",
        "applications.submit",
        "applications.preview",
        "windows.list",
        "calendar.put",
        "case",
    ],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 12¶4 · the receiving school brings the proof of the former record.
pub static R12_19: Rule = Rule {
    id: "R12.19",
    article: "12",
    kind: RuleKind::Block,
    source: Source::Text,
    severity: Severity::Block,
    title: "转入学校上传原学籍证明",
    summary: "从普通高中、技工学校转入的由转入学校发起，上传原就读学校学籍证明材料的电子版。",
    because: "没有原就读学校的学籍证明。",
    remedy: "请以“原就读学校学籍证明”上传电子版。",
    acts: &["applications.start", "applications.submit", "applications.preview", "evidence.attach", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 12¶4 · the city examines, for majors in provincial care the province.
pub static R12_20: Rule = Rule {
    id: "R12.20",
    article: "12",
    kind: RuleKind::Route,
    source: Source::Text,
    severity: Severity::Notice,
    title: "普高、技工转入由省辖市或省审核",
    summary: "转入非省管专业的由省辖市级学籍主管部门审核，不经县；转入省管专业的由省教育厅审核，省属学校也报省（此为我们的读法）。规程没有给出期限，所列十个工作日比照同条，只供参考。",
    because: "审核机关不是省辖市级主管部门或省教育厅。",
    remedy: "请按路径由省辖市级主管部门或省教育厅审核。",
    acts: &["applications.start", "applications.preview", "queue", "case", "basis"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

/// Art. 12¶4 · originals are kept.
pub static R12_22: Rule = Rule {
    id: "R12.22",
    article: "12",
    kind: RuleKind::Record,
    source: Source::Text,
    severity: Severity::Notice,
    title: "证明材料原件保存备查",
    summary: "本条各项证明材料的原件都要保存备查；上传时登记原件存放处。",
    because: "原件没有登记存放处。",
    remedy: "请登记原件存放处。",
    acts: &["evidence.attach", "case"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};

// ── 第十五条 ───────────────────────────────────────────────────────────────────────────────────────────────────────

/// Art. 15 with FM6 · the arrangement is filed with the province.
pub static R15_3: Rule = Rule {
    id: "R15.3",
    article: "15",
    kind: RuleKind::Check,
    source: Source::Derived,
    severity: Severity::Notice,
    title: "联合招生合作办学须已备案",
    summary: "登记联合招生合作办学的学生时，要写明该项合作在省教育厅备案的编号；没有备案的属于负面清单 FM6 所列情形。",
    because: "联合招生合作办学没有填写省教育厅备案编号。",
    remedy: "请填写联办备案编号；确未备案的，先向省教育厅备案。",
    acts: &["entry.check", "entry.save", "import"],
    nothing_to_compute: None,
    in_force: IN_FORCE,
};
