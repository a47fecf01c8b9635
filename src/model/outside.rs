//! What lies outside of the province: hands that are text, filings (备案) with two provinces, and the person who comes
//! from there (跨省转学, Art. 12¶1).

use super::{Day, Joint, Level, MajorCode, Office, OfficeId, Sex, Signature, Stamp, StudyForm};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Code of the province this program serves.
pub const HENAN: &str = "410000";

/// The provinces (省、自治区、直辖市) by their codes (GB/T 2260).
pub const PROVINCES: [(&str, &str); 34] = [
    ("110000", "北京市"),
    ("120000", "天津市"),
    ("130000", "河北省"),
    ("140000", "山西省"),
    ("150000", "内蒙古自治区"),
    ("210000", "辽宁省"),
    ("220000", "吉林省"),
    ("230000", "黑龙江省"),
    ("310000", "上海市"),
    ("320000", "江苏省"),
    ("330000", "浙江省"),
    ("340000", "安徽省"),
    ("350000", "福建省"),
    ("360000", "江西省"),
    ("370000", "山东省"),
    ("410000", "河南省"),
    ("420000", "湖北省"),
    ("430000", "湖南省"),
    ("440000", "广东省"),
    ("450000", "广西壮族自治区"),
    ("460000", "海南省"),
    ("500000", "重庆市"),
    ("510000", "四川省"),
    ("520000", "贵州省"),
    ("530000", "云南省"),
    ("540000", "西藏自治区"),
    ("610000", "陕西省"),
    ("620000", "甘肃省"),
    ("630000", "青海省"),
    ("640000", "宁夏回族自治区"),
    ("650000", "新疆维吾尔自治区"),
    ("710000", "台湾省"),
    ("810000", "香港特别行政区"),
    ("820000", "澳门特别行政区"),
];

/// The name of a province.
pub fn province_name(code: &str) -> Option<&'static str> {
    PROVINCES.iter().find(|(of, _)| *of == code).map(|(_, name)| *name)
}

/// A hand of another province: it is in no register here, so its name is text (外部经手).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Outside {
    /// Its name, as its documents write it.
    pub name: String,
    /// Code of its province.
    pub province: String,
    /// Whether it is the school; otherwise its authority.
    pub school: bool,
}

impl Outside {
    /// The hand as an office, for those who name it: it has no parent and no accounts here.
    pub fn office(&self) -> Office {
        Office {
            id: self.hand(),
            revision: 0,
            name: self.name.clone(),
            level: if self.school { Level::School } else { Level::County },
            parent: None,
            school: None,
        }
    }

    /// What the hand is called in a route: the province's code and what it is.
    pub fn hand(&self) -> OfficeId {
        let what = if self.school { "school" } else { "authority" };
        OfficeId(format!("{}/{what}", self.province))
    }
}

/// A filing (备案) with a province of a transfer across provinces: told, not asked (R12.6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProvinceFiling {
    /// Code of the province it was filed with.
    pub province: String,
    /// The day of filing.
    pub on: Day,
    /// Number of the document.
    pub document: String,
    /// Recorded by whom.
    pub by: Signature,
    /// Recorded when.
    pub at: Stamp,
}

fn resident_card() -> String {
    "1".to_owned()
}

/// A student of another province as the national system has him, before a file exists here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Newcomer {
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
    /// 学籍号 of the national system: it stays the same.
    pub student_no: String,
    /// Class (班级), if the school has placed him already.
    #[serde(default)]
    pub class_name: String,
    /// The major he comes into.
    pub major: MajorCode,
    /// Form of study.
    pub study_form: StudyForm,
    /// 学制 of the former school in half years: it stays (R12.14).
    pub half_years: u8,
    /// Day of entry at the former school.
    pub entry: Day,
    /// Planned graduation.
    pub planned_grad: Day,
    /// Set for joint schooling (联合招生合作办学, Art. 15).
    #[serde(default)]
    pub joint: Option<Joint>,
}
