//! Region codes (行政区划代码) of Henan that are in force, with the education office each answers to.

use super::DataError;
use serde::Deserialize;

/// The file, as shipped.
const FILE: &str = include_str!("regions_henan.csv");

/// What a region is. It is not the level of its education office: a 省直管县(市) stands beside the cities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RegionLevel {
    /// 省
    Province,
    /// 省辖市
    City,
    /// 省直管县(市) and 济源示范区: city level, directly under the province
    Direct,
    /// 县(市、区)
    County,
    /// 功能区: a development zone, a code of statistics that no identity number carries
    Zone,
}

/// One region.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Region {
    /// Six digits.
    pub code: String,
    /// Name.
    pub name: String,
    /// What it is.
    pub level: RegionLevel,
    /// Region whose education office stands above this one's; none for the province.
    pub edu_parent: Option<String>,
}

impl Region {
    /// Whether identity numbers given out today can begin with this code.
    pub fn in_id_numbers(&self) -> bool {
        matches!(self.level, RegionLevel::County | RegionLevel::Direct)
    }
}

/// All regions in force, by code.
pub fn regions() -> Result<Vec<Region>, DataError> {
    super::read("regions_henan.csv", FILE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_official_counts_hold_and_parents_exist() {
        let all = regions().unwrap();
        let count = |level| all.iter().filter(|region| region.level == level).count();
        assert_eq!(count(RegionLevel::Province), 1);
        assert_eq!(count(RegionLevel::City), 17);
        assert_eq!(count(RegionLevel::County), 146);
        assert_eq!(count(RegionLevel::Direct), 11, "ten 省直管县(市) and 济源");
        assert!(all.windows(2).all(|pair| pair[0].code < pair[1].code));
        for region in &all {
            assert!(region.code.len() == 6 && region.code.starts_with("41"), "{region:?}");
            match &region.edu_parent {
                Some(parent) => assert!(all.iter().any(|other| other.code == *parent), "{region:?}"),
                None => assert_eq!(region.level, RegionLevel::Province),
            }
        }
    }
}
