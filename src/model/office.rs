//! Offices (机构) and majors (专业): the master data that routes rest on.

use super::{MajorCode, OfficeId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The four using levels of Art. 4. 省直管县(市) and 济源示范区 stand at city level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// 学校
    School,
    /// 县(市、区)
    County,
    /// 省辖市, including 省直管县(市) and 济源
    City,
    /// 省教育厅 with its 学籍管理与服务中心
    Province,
}

/// Who runs a school (举办层级). It decides the competent authority; it is not a school category (Art. 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Sponsor {
    /// 省属: the province is competent (Art. 5).
    #[serde(rename = "省属")]
    Provincial,
    /// 市属, also of a 省直管县(市) and of 济源.
    #[serde(rename = "市属")]
    Municipal,
    /// 县属
    #[serde(rename = "县属")]
    County,
    /// 高等学校 with a secondary stage: the register's office, else the province (reading AMB-6).
    #[serde(rename = "高校")]
    University,
}

/// What only a school has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SchoolFacts {
    /// Six-digit code of the region the school lies in.
    pub region_code: String,
    /// Who runs it.
    pub sponsor: Sponsor,
    /// The office named as competent in the register, if one is named.
    pub competent_office: Option<OfficeId>,
    /// Filed for the credit system (学分制).
    pub credit_system: bool,
    /// Filed campuses (校区).
    pub campuses: Vec<String>,
}

/// An education office or a school. One that has accounts is *here*; the others are master data only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Office {
    /// Its code.
    pub id: OfficeId,
    /// Counts the changes of this record.
    pub revision: u64,
    /// Full name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// The office above it; none for the province.
    pub parent: Option<OfficeId>,
    /// Present exactly when `level` is `School`.
    pub school: Option<SchoolFacts>,
}

/// A major (专业) as the province's catalogue has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Major {
    /// Catalogue code.
    pub code: MajorCode,
    /// Counts the changes of this record.
    pub revision: u64,
    /// Name.
    pub name: String,
    /// 专业大类, as text.
    pub category: String,
    /// 省管专业 (Art. 5): the province is competent for its students whatever school they are at.
    pub provincial: bool,
}
