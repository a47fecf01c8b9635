//! Region codes (行政区划代码) of the whole country as they were: an identity number carries the code that was in force
//! when it was given out, and codes are abolished, renamed and given anew.

use super::DataError;
use crate::model::RegionSpan;
use serde::Deserialize;

/// The file, as shipped: one row per code, name and unbroken run of years since 1980. Eleven runs that ended before they began
/// in the source have no beginning here.
const FILE: &str = include_str!("regions_cn.csv");

#[derive(Deserialize)]
struct Line {
    code: String,
    name: String,
    from: Option<i32>,
    until: Option<i32>,
    current: u8,
}

/// All runs of years, by code and then by time.
pub fn region_history() -> Result<Vec<RegionSpan>, DataError> {
    let lines: Vec<Line> = super::read("regions_cn.csv", FILE)?;
    Ok(lines
        .into_iter()
        .map(|line| RegionSpan {
            code: line.code,
            name: line.name,
            from: line.from,
            until: line.until,
            current: line.current == 1,
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_six_digits_and_stand_in_order() {
        let all = region_history().unwrap();
        assert!(all.len() > 8000, "{}", all.len());
        for span in &all {
            assert!(span.code.len() == 6 && span.code.bytes().all(|byte| byte.is_ascii_digit()), "{span:?}");
            assert!(!span.name.is_empty() && span.from.unwrap_or(1980) <= span.until.unwrap_or(2026), "{span:?}");
        }
        for pair in all.windows(2) {
            let sorted = pair[0].code < pair[1].code || pair[0].from.unwrap_or(0) <= pair[1].from.unwrap_or(0);
            assert!(sorted, "{pair:?}");
        }
    }
}
