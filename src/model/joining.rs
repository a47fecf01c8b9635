//! Who comes to a school otherwise than as an ordinary new student, or is there twice: what the three kinds ask for
//! (重复学籍, Art. 8; 普高/技工转入 and 初中转入, Art. 12).

use super::{Day, MajorCode, OfficeId, Sex, StudyForm};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

fn resident_card() -> String {
    "1".to_owned()
}

/// A student who has no file here yet, as far as his file begins with the application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Joiner {
    /// Name.
    pub name: String,
    /// Sex; not needed where a resident identity number says it.
    #[serde(default)]
    pub sex: Option<Sex>,
    /// Birth date; likewise.
    #[serde(default)]
    pub birth: Option<Day>,
    /// Kind of the identity document by its code (`1` resident identity card).
    #[serde(default = "resident_card")]
    pub id_kind: String,
    /// Number of the identity document.
    pub id_no: String,
    /// 民族, as text.
    pub ethnic: String,
    /// 学籍号 of the national system; empty where it is G and the document number.
    #[serde(default)]
    pub student_no: String,
    /// Campus (校区); empty where the school has one only.
    #[serde(default)]
    pub campus: String,
    /// Class (班级), if the school has placed him already.
    #[serde(default)]
    pub class_name: String,
    /// The major he comes into.
    pub major: MajorCode,
    /// Form of study.
    pub study_form: StudyForm,
    /// 学制 in half years: 6 is three years.
    pub half_years: u8,
    /// Proof of admission (录取依据), where somebody is registered as a new student (R5.8).
    #[serde(default)]
    pub admission: String,
    /// Day of entry: at this school, or for who comes from a general high or technical school at that one (R12.16).
    pub entry: Day,
}

/// What kind of school has the other file (R8.2, R8.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum DuplicateWith {
    /// 中职: another secondary vocational school of the province; Art. 8 speaks of these.
    #[serde(rename = "中职")]
    Secondary,
    /// 技工学校
    #[serde(rename = "技工学校")]
    Technical,
    /// 高校
    #[serde(rename = "高校")]
    University,
    /// 省外: a school of another province.
    #[serde(rename = "省外")]
    Elsewhere,
}

impl DuplicateWith {
    /// The field's own word for it.
    pub fn name(self) -> &'static str {
        match self {
            DuplicateWith::Secondary => "中职",
            DuplicateWith::Technical => "技工学校",
            DuplicateWith::University => "高校",
            DuplicateWith::Elsewhere => "省外",
        }
    }
}

/// 重复学籍 (问题学籍处理): the school where the student actually studies asks for the file to be kept with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DuplicateAsk {
    /// What kind of school has the other file.
    pub with: DuplicateWith,
    /// That school, where it is in the register here.
    #[serde(default)]
    pub other_school: Option<OfficeId>,
    /// Its name, where it is not.
    #[serde(default)]
    pub other_name: String,
    /// Who has no file here yet, because the duplicate stood in the way of registering him.
    #[serde(default)]
    pub person: Option<Box<Joiner>>,
    /// The ground.
    pub ground: String,
}

/// What kind of school somebody comes from (R12.16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum FormerKind {
    /// 普通高中
    #[serde(rename = "普通高中")]
    GeneralHigh,
    /// 技工学校
    #[serde(rename = "技工学校")]
    Technical,
}

impl FormerKind {
    /// The field's own word for it.
    pub fn name(self) -> &'static str {
        match self {
            FormerKind::GeneralHigh => "普通高中",
            FormerKind::Technical => "技工学校",
        }
    }
}

/// 普高/技工转入: started by the school he comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ComingOver {
    /// From what kind of school.
    pub from: FormerKind,
    /// Its name.
    pub former_school: String,
    /// Years by which he is placed lower than he was: graduation comes later by as many (R12.16).
    #[serde(default)]
    pub lower_years: u8,
    /// The student.
    pub person: Box<Joiner>,
    /// The ground.
    pub ground: String,
}

/// 初中转入: a pupil of the fifth or sixth semester of junior high (Art. 12¶2). No office decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JuniorAsk {
    /// The junior school.
    pub junior_school: String,
    /// The semester of junior high he is in, 1 to 6.
    pub semester: u8,
    /// The legal guardian (法定监护人) who applied.
    pub guardian: String,
    /// What the guardian is to him.
    pub relation: String,
    /// The teacher who is there for these pupils, once one is named.
    #[serde(default)]
    pub teacher: String,
    /// Until when compulsory education lasts; the end of that school year where it is not said.
    #[serde(default)]
    pub compulsory_until: Option<Day>,
    /// The pupil.
    pub person: Box<Joiner>,
    /// The ground.
    pub ground: String,
}

/// The other school says that the student studies with it as well: the case becomes a disputed one (R8.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeCommand {
    /// Which.
    pub application: super::ApplicationId,
    /// As seen.
    pub revision: u64,
}

/// The first three years of these students are over (中职段期满, R2.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndStage {
    /// Whom, up to 500.
    pub students: Vec<super::StudentId>,
}
