//! What people of the exercise county write: grounds, reasons, remarks, and the files they bring.

use super::rng::Rng;
use crate::model::{Digest, Kind, Reason};

/// One file of the exercise.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paper {
    /// What it proves.
    pub(super) kind: &'static str,
    /// File name.
    pub(super) name: &'static str,
    /// Where the original is said to lie.
    pub(super) place: &'static str,
    /// Content.
    pub(super) text: &'static str,
}

impl Paper {
    /// The name its content is kept under.
    pub(super) fn digest(&self) -> Digest {
        Digest(blake3::hash(self.text.as_bytes()).to_hex().to_string())
    }
}

/// The application in writing, brought with every case.
pub(super) const REQUEST: Paper = Paper {
    kind: "休学申请书",
    name: "演练材料-休学申请书.txt",
    place: "学校学籍室",
    text: "演练材料\n\n休学申请书\n\n本文件由演练程序生成，不涉及任何真实个人。\n申请人、监护人签名处从略。\n",
};
const ILLNESS: Paper = Paper {
    kind: "诊断证明",
    name: "演练材料-诊断证明.txt",
    place: "学校学籍室",
    text: "演练材料\n\n诊断证明\n\n本文件由演练程序生成，不涉及任何真实个人。\n建议：离校休养，期满复查。\n",
};
const FAMILY: Paper = Paper {
    kind: "家庭情况说明",
    name: "演练材料-家庭情况说明.txt",
    place: "学校学籍室",
    text: "演练材料\n\n家庭情况说明\n\n本文件由演练程序生成，不涉及任何真实个人。\n情况属实，由学校核对。\n",
};
const SERVICE: Paper = Paper {
    kind: "入伍通知书",
    name: "演练材料-入伍通知书.txt",
    place: "学生本人",
    text: "演练材料\n\n入伍通知书\n\n本文件由演练程序生成，不涉及任何真实个人。\n",
};
const VENTURE: Paper = Paper {
    kind: "创业实习证明",
    name: "演练材料-创业实习证明.txt",
    place: "学校学籍室",
    text: "演练材料\n\n创业实习证明\n\n本文件由演练程序生成，不涉及任何真实个人。\n",
};

const MARKS: Paper = Paper {
    kind: "成绩证明",
    name: "演练材料-成绩证明.txt",
    place: "学校学籍室",
    text: "演练材料\n\n成绩证明\n\n本文件由演练程序生成，不涉及任何真实个人。\n成绩由学校教务科核对。\n",
};
const LEAVING: Paper = Paper {
    kind: "退学申请",
    name: "演练材料-退学申请.txt",
    place: "学校学籍室",
    text: "演练材料\n\n退学申请\n\n本文件由演练程序生成，不涉及任何真实个人。\n申请人、监护人签名处从略。\n",
};
const CHANGING: Paper = Paper {
    kind: "转专业申请",
    name: "演练材料-转专业申请.txt",
    place: "学校学籍室",
    text: "演练材料\n\n转专业申请\n\n本文件由演练程序生成，不涉及任何真实个人。\n申请人、监护人签名处从略。\n",
};
const STATEMENT: Paper = Paper {
    kind: "情况说明",
    name: "演练材料-情况说明.txt",
    place: "学校学籍室",
    text: "演练材料\n\n情况说明\n\n本文件由演练程序生成，不涉及任何真实个人。\n情况属实，由学校核对。\n",
};

const RETURNING: Paper = Paper {
    kind: "复学申请",
    name: "演练材料-复学申请.txt",
    place: "学校学籍室",
    text: "演练材料\n\n复学申请\n\n本文件由演练程序生成，不涉及任何真实个人。\n申请人、监护人签名处从略。\n",
};
const DEATH: Paper = Paper {
    kind: "死亡证明",
    name: "演练材料-死亡证明.txt",
    place: "学校学籍室",
    text: "演练材料\n\n死亡证明\n\n本文件由演练程序生成，不涉及任何真实个人。\n",
};
const MOVING: Paper = Paper {
    kind: "转学申请（本人书写）",
    name: "演练材料-转学申请.txt",
    place: "学校学籍室",
    text: "演练材料\n\n转学申请（本人书写）\n\n本文件由演练程序生成，不涉及任何真实个人。\n签名处从略。\n",
};
const POLICE: Paper = Paper {
    kind: "派出所户籍单",
    name: "演练材料-派出所户籍单.txt",
    place: "学校学籍室",
    text: "演练材料\n\n派出所户籍单\n\n本文件由演练程序生成，不涉及任何真实个人。\n",
};
const HOUSEHOLD: Paper = Paper {
    kind: "户口簿户主页",
    name: "演练材料-户口簿户主页.txt",
    place: "学校学籍室",
    text: "演练材料\n\n户口簿户主页\n\n本文件由演练程序生成，不涉及任何真实个人。\n",
};
const MEMBER: Paper = Paper {
    kind: "户口簿本人页",
    name: "演练材料-户口簿本人页.txt",
    place: "学校学籍室",
    text: "演练材料\n\n户口簿本人页\n\n本文件由演练程序生成，不涉及任何真实个人。\n",
};

const FORMER: Paper = Paper {
    kind: "原就读学校学籍证明",
    name: "演练材料-原就读学校学籍证明.txt",
    place: "学校学籍室",
    text: "演练材料\n\n原就读学校学籍证明\n\n本文件由演练程序生成，不涉及任何真实个人。\n",
};

/// What an application other than 休学 gives as its ground, and the papers brought with it, the request first.
pub(super) fn other(kind: Kind, rng: &mut Rng) -> (&'static str, Vec<Paper>) {
    let (grounds, papers): (&[&'static str], Vec<Paper>) = match kind {
        Kind::Repetition => (&["学业未完成，需重读一年", "多门课程不及格，申请留级"], vec![STATEMENT, MARKS]),
        Kind::FormChange => (&["在企业务工，改为非全日制学习", "家庭困难，需半工半读"], vec![STATEMENT]),
        Kind::GradeSkip => (&["成绩优秀，申请跳级", "提前修完本年级课程"], vec![STATEMENT, MARKS]),
        Kind::Withdrawal => (&["本人申请退学就业", "随父母迁居，申请退学"], vec![LEAVING, STATEMENT]),
        Kind::MajorChange => (&["个人兴趣与职业规划", "身体条件不适合原专业"], vec![CHANGING, MARKS]),
        Kind::Resumption => (&["休学期满，申请返校", "病愈返校，申请复学"], vec![RETURNING, STATEMENT]),
        Kind::Restoration => (&["退学办理有误，申请恢复", "退学后愿意返校续读"], vec![STATEMENT]),
        Kind::Annulment => (&["重复学籍，不在本校就读", "已在外地就读，注销本校学籍"], vec![STATEMENT]),
        Kind::Death => (&["因病去世", "意外去世"], vec![DEATH]),
        Kind::Correction => (&["户籍登记更正", "公安机关更正出生日期"], vec![POLICE, HOUSEHOLD, MEMBER]),
        Kind::Duplicate => (&["全国系统查重提示重复", "备案时提示学籍重复"], vec![STATEMENT]),
        Kind::MoveOut => (&["随父母迁居外省", "随监护人回户籍地就读"], vec![MOVING]),
        Kind::MoveIn => (&["随父母迁居本省", "随监护人务工返乡"], vec![STATEMENT]),
        Kind::ComingOver => (&["普高学习困难，转入中职", "愿学一技之长，转入中职"], vec![FORMER]),
        Kind::Transfer => (&["随父母迁居", "家庭住址变动", "随监护人务工地变动"], vec![MOVING]),
        _ => (&["补登学籍备注", "更正班级归属"], vec![STATEMENT]),
    };
    (rng.pick(grounds).copied().unwrap_or("情况说明"), papers)
}

/// The files that attachments of the exercise county name by their digests.
pub fn evidence() -> Vec<(&'static str, &'static [u8])> {
    let all = [
        REQUEST, ILLNESS, FAMILY, SERVICE, VENTURE, MARKS, LEAVING, CHANGING, STATEMENT, RETURNING, DEATH, MOVING,
        POLICE, HOUSEHOLD, MEMBER, FORMER,
    ];
    all.iter().map(|paper| (paper.name, paper.text.as_bytes())).collect()
}

/// Why a student wants to leave for a while, and what proves it. Only who is of age joins the army.
pub(super) fn ground(rng: &mut Rng, of_age: bool) -> (&'static str, Paper) {
    const ILL: [&str; 6] = [
        "因病需住院治疗，医院建议休养",
        "因病需长期服药，暂不能坚持上课",
        "肺部疾病治疗，需离校休养",
        "腰椎疾病术后康复",
        "因病休养，定期复查",
        "患病需手术，术后恢复",
    ];
    const HURT: [&str; 4] =
        ["因伤骨折，行动不便", "运动受伤，需手术及康复", "交通意外受伤，需卧床休养", "因伤需长期康复训练"];
    const HOME: [&str; 4] =
        ["家庭变故，需照顾家人", "家庭变故，暂时随亲属外地居住", "父母患病，需回家照料", "家庭经济突遇困难，暂停学业"];
    const WORK: [&str; 3] = ["创业实习，暂停在校学习", "参加创业项目，申请保留学籍", "随企业外出实习创业，期满返校"];
    let (grounds, paper): (&[&'static str], Paper) = match rng.below(100) {
        0..45 => (&ILL, ILLNESS),
        45..67 => (&HURT, ILLNESS),
        67..86 => (&HOME, FAMILY),
        86..93 if of_age => (&["应征入伍"], SERVICE),
        _ => (&WORK, VENTURE),
    };
    (rng.pick(grounds).copied().unwrap_or("因病休养"), paper)
}

/// Itemised reasons of a return.
pub(super) fn return_reasons(rng: &mut Rng, kind: Kind, article: &str, papers: &[Paper]) -> Vec<Reason> {
    let about = |material: Option<&Paper>, text: &str| Reason {
        article: Some(article.into()),
        material: material.map(|paper| paper.kind.into()),
        text: text.into(),
    };
    let (request, proof) = (papers.first(), papers.last());
    let mut reasons = vec![match rng.below(4) {
        0 if kind != Kind::Transfer => about(proof, "材料缺少出具单位印章，请补盖后重新上传"),
        1 => about(proof, "扫描件不清晰，姓名与日期无法辨认"),
        3 if kind == Kind::Suspension => about(request, "申请的休学起止日期与证明材料不一致"),
        _ => about(request, "材料缺页，请补齐后重新上传"),
    }];
    if rng.per_mille(300) {
        reasons.push(about(None, "请写明原件存放地点"));
    }
    reasons
}

/// Itemised reasons of a refusal.
pub(super) fn refusal_reasons(rng: &mut Rng, kind: Kind, article: &str) -> Vec<Reason> {
    const TEXTS: [&str; 3] =
        ["证明材料与申请事由不符，经核实事由不成立", "经与学校核实，申请事由不再存在", "所附证明不能说明所填事由"];
    let text = match rng.below(4) {
        0 if kind == Kind::Suspension => "学生已返校正常上课，申请事由不再存在",
        _ => rng.pick(&TEXTS).copied().unwrap_or(TEXTS[0]),
    };
    vec![Reason { article: Some(article.into()), material: None, text: text.into() }]
}

/// With what remark a second post sends a proposal back.
pub(super) fn remark(rng: &mut Rng, kind: Kind) -> String {
    const REMARKS: [&str; 4] = [
        "请电话向学校核实学生目前去向",
        "证明材料印章不清，请再看一遍",
        "申请事由写得过于简单，请核实后再报",
        "请确认原件存放地点",
    ];
    match rng.below(4) {
        0 if kind == Kind::Suspension => "请核对休学起止日期与证明材料是否一致",
        _ => rng.pick(&REMARKS).copied().unwrap_or(REMARKS[0]),
    }
    .to_owned()
}

/// Why a school takes an application back.
pub(super) fn cancel_reason(rng: &mut Rng) -> String {
    const REASONS: [&str; 4] =
        ["学生病情好转，继续在校就读", "家长撤回申请", "填报有误，将重新申请", "学生决定完成本学期学业后再议"];
    rng.pick(&REASONS).copied().unwrap_or(REASONS[0]).to_owned()
}
