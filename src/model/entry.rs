//! How a student entered (新生): from where, when, on what ground, and what the filing said. Kept beside the record so
//! that the length of study can be judged again and the national template written out again.

use super::{Day, Season};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a new student comes from (招生对象), as far as the regulation asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Entrant {
    /// 应届初中毕业生
    #[serde(rename = "应届初中毕业")]
    JuniorGraduate,
    /// 往届初中毕业生
    #[serde(rename = "往届初中毕业")]
    EarlierJunior,
    /// Anybody else who may enter: workers, farmers, soldiers who left, graduates of other schools.
    #[serde(rename = "其他")]
    Other,
    /// 小学毕业起点, for the arts, with the province's approval.
    #[serde(rename = "小学毕业起点")]
    Primary,
    /// A pupil of junior high in this semester, 1 to 6 (Art. 12¶2).
    #[serde(rename = "在读初中")]
    JuniorPupil(u8),
    /// From a general high school (普通高中).
    #[serde(rename = "普高转入")]
    GeneralHigh,
    /// From a technical school (技工学校).
    #[serde(rename = "技工转入")]
    Technical,
    /// From another secondary vocational school (中职转学).
    #[serde(rename = "中职转入")]
    Vocational,
}

impl Entrant {
    /// The field's own words for it.
    pub fn name(self) -> &'static str {
        match self {
            Entrant::JuniorGraduate => "应届初中毕业生",
            Entrant::EarlierJunior => "往届初中毕业生",
            Entrant::Other => "其他招生对象",
            Entrant::Primary => "小学毕业起点",
            Entrant::JuniorPupil(_) => "在读初中学生",
            Entrant::GeneralHigh => "普通高中转入",
            Entrant::Technical => "技工学校转入",
            Entrant::Vocational => "中职学校转入",
        }
    }
}

/// The programme (培养方式) a student is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
pub enum Programme {
    /// 非分段培养
    #[default]
    #[serde(rename = "普通")]
    Ordinary,
    /// 中高职3+2
    #[serde(rename = "3+2")]
    ThreePlusTwo,
    /// 五年一贯制
    #[serde(rename = "五年一贯制")]
    FiveYears,
    /// Another approved scheme that bridges secondary and higher education.
    #[serde(rename = "其他衔接")]
    OtherBridging,
}

/// The classes of failed filings (R7.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum FilingFault {
    /// 信息错误
    #[serde(rename = "信息错误")]
    WrongInformation,
    /// 信息重复
    #[serde(rename = "信息重复")]
    Duplicate,
    /// 不符合备案要求
    #[serde(rename = "不符合备案要求")]
    NotEligible,
}

impl FilingFault {
    /// The field's own words for it.
    pub fn name(self) -> &'static str {
        match self {
            FilingFault::WrongInformation => "信息错误",
            FilingFault::Duplicate => "信息重复",
            FilingFault::NotEligible => "不符合备案要求",
        }
    }
}

/// A filing that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FilingFailure {
    /// The day it was submitted.
    pub on: Day,
    /// Its class.
    pub fault: FilingFault,
    /// What was wrong, one field after the other, as it was said then.
    pub reasons: String,
}

/// The cells of the national template that have no field of their own in the record, by their place in the template
/// (from 1). Packed in one text: there are up to seventy, and of most students only a third is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct TemplateCells(Box<str>);

/// Stands between two cells; no text holds it, control characters are taken out at the door.
const BETWEEN: char = '\u{1F}';
/// Bytes that the cells of most students fit into.
const ROOM: usize = 512;

impl TemplateCells {
    /// From places and texts; empty texts take no room.
    pub fn pack<'a>(cells: impl IntoIterator<Item = (u8, &'a str)>) -> Self {
        let mut packed = String::with_capacity(ROOM);
        for (place, text) in cells {
            if text.is_empty() || text.contains(BETWEEN) {
                continue;
            }
            if !packed.is_empty() {
                packed.push(BETWEEN);
            }
            let digits = [place / 100, place / 10 % 10, place % 10].map(|digit| char::from(b'0' + digit));
            let zeros = usize::from(place < 100) + usize::from(place < 10);
            packed.extend(&digits[zeros..]);
            packed.push('=');
            packed.push_str(text);
        }
        TemplateCells(packed.into())
    }

    /// Places and texts, in the order they were given.
    pub fn iter(&self) -> impl Iterator<Item = (u8, &str)> {
        self.0.split(BETWEEN).filter_map(|cell| {
            let (place, text) = cell.split_once('=')?;
            Some((place.parse().ok()?, text))
        })
    }

    /// The text at a place; empty where there is none.
    pub fn get(&self, place: u8) -> &str {
        self.iter().find(|(at, _)| *at == place).map(|(_, text)| text).unwrap_or_default()
    }
}

/// How a student entered. Of students who were taken over from a roster most of it is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct EntryFacts {
    /// Year and season of recruitment (the cohort).
    pub cohort: Option<(u16, Season)>,
    /// The day 入学手续 was completed: the twenty working days count from it.
    pub enrolled_on: Option<Day>,
    /// The day the file was registered (注册).
    pub registered_on: Option<Day>,
    /// The day it was filed (备案).
    pub filed_on: Option<Day>,
    /// Where the student comes from.
    pub entrant: Option<Entrant>,
    /// Programme.
    pub programme: Programme,
    /// Number of the approved bridging scheme, or of the approval for primary-school entrants; empty for none.
    pub approval: String,
    /// The rule the length of study rests on, by its id; empty when nobody judged it.
    pub length_rule: String,
    /// Why a length was chosen that needs a reason.
    pub length_reason: String,
    /// Proof of admission (录取依据): number of the roster or letter.
    pub admission: String,
    /// The plan for part-time study (培养方案); empty for none.
    pub training_plan: String,
    /// The newest failures of filing, oldest first.
    pub failures: Vec<FilingFailure>,
    /// The other cells of the national template.
    pub cells: TemplateCells,
}

/// A name spelled in letters, as the national template wants it (姓名拼音); a clerk may correct it.
pub fn spelled_name(name: &str) -> String {
    crate::text::spelled(name)
}

/// A cell as it is shown where it need not be read whole: numbers of persons are masked.
pub fn masked_cell(column: &str, text: &str) -> String {
    if column.ends_with("身份证件号") || column == "学籍号" {
        crate::text::mask_id(text)
    } else {
        text.to_owned()
    }
}

impl EntryFacts {
    /// With the numbers of family members masked, for showing.
    pub fn masked(&self) -> EntryFacts {
        // 成员1身份证件号 and 成员2身份证件号.
        const NUMBERS: [u8; 2] = [56, 68];
        let cells: Vec<(u8, String)> = self
            .cells
            .iter()
            .map(|(place, text)| {
                (place, if NUMBERS.contains(&place) { crate::text::mask_id(text) } else { text.to_owned() })
            })
            .collect();
        let cells = TemplateCells::pack(cells.iter().map(|(place, text)| (*place, text.as_str())));
        EntryFacts { cells, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_as_they_were_packed() {
        let cells = TemplateCells::pack([(9, "调整后中职学生"), (16, ""), (45, "A=B"), (47, "x\u{1F}y"), (104, "录")]);
        assert_eq!(cells.iter().collect::<Vec<_>>(), [(9, "调整后中职学生"), (45, "A=B"), (104, "录")]);
        assert_eq!((cells.get(45), cells.get(16)), ("A=B", ""));
        assert_eq!(TemplateCells::default().iter().count(), 0);
    }
}
