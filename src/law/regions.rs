//! What a region code (行政区划代码) meant in the year somebody was born or registered. Codes are a help in reading a
//! number, never a ground of their own to refuse one that a list once had: a number keeps the code it was given with.

use crate::model::{Day, RegionSpan};
use chrono::Datelike;
use std::collections::BTreeMap;

/// How the code of a number stands to the day of birth in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// In force today.
    Current,
    /// Abolished since: whoever was registered before keeps it.
    Abolished,
    /// Abolished before the person was born: rare, and worth a look.
    BeforeBirth,
}

/// A code as it is read in a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionRead {
    /// Six digits.
    pub code: String,
    /// Name at that time.
    pub name: String,
    /// What it lay in at that time: province, then prefecture; empty where there is none.
    pub within: String,
    /// How it stands to the birth.
    pub standing: Standing,
    /// The last year it was in force, when it is not and that is known.
    pub until: Option<i32>,
}

/// Every code there was, with its years.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Regions {
    spans: BTreeMap<String, Vec<RegionSpan>>,
}

impl Regions {
    /// From the lists.
    pub fn new(spans: impl IntoIterator<Item = RegionSpan>) -> Self {
        let mut regions = Regions::default();
        for span in spans {
            regions.spans.entry(span.code.clone()).or_default().push(span);
        }
        for of_code in regions.spans.values_mut() {
            of_code.sort_by_key(|span| span.from);
        }
        regions
    }

    /// What the code meant when somebody was born on `birth`, or when that person's number was given out later.
    pub fn read(&self, code: &str, birth: Day) -> Option<RegionRead> {
        let span = self.span(code, birth.year())?;
        let standing = if span.current {
            Standing::Current
        } else if span.until.is_some_and(|until| until < birth.year()) {
            Standing::BeforeBirth
        } else {
            Standing::Abolished
        };
        Some(RegionRead {
            code: code.to_owned(),
            name: span.name.clone(),
            within: self.within(code, birth.year()),
            standing,
            until: span.until,
        })
    }

    /// Whether a code is in force today.
    pub fn in_force(&self, code: &str) -> bool {
        self.spans.get(code).is_some_and(|of_code| of_code.iter().any(|span| span.current))
    }

    /// Name of a code today, or the last one it had.
    pub fn name(&self, code: &str) -> Option<&str> {
        self.spans.get(code).and_then(|of_code| of_code.last()).map(|span| span.name.as_str())
    }

    /// Codes in force of places a person can be of (no province, no mere heading), that begin with `text` or whose name,
    /// with what it lies in, has it; at most `count`, in order. Code and whole name.
    pub fn find(&self, text: &str, count: usize) -> Vec<(String, String)> {
        let now = |code: &str| self.spans.get(code).and_then(|of_code| of_code.iter().rfind(|span| span.current));
        let headings = ["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"];
        self.spans
            .keys()
            .filter(|code| !code.ends_with("0000"))
            .filter_map(|code| Some((code, now(code)?)))
            .filter(|(_, span)| !headings.contains(&span.name.as_str()))
            .map(|(code, span)| (code.clone(), format!("{}{}", self.within(code, i32::MAX), span.name)))
            .filter(|(code, name)| code.starts_with(text) || name.contains(text))
            .take(count)
            .collect()
    }

    /// The run of years a number of somebody born in `year` can have been given in: the one that covers the year, else
    /// the first one after it, else the last one before it.
    fn span(&self, code: &str, year: i32) -> Option<&RegionSpan> {
        let of_code = self.spans.get(code)?;
        let ended = |span: &RegionSpan| !span.current && span.until.is_some_and(|until| until < year);
        of_code.iter().find(|span| !ended(span)).or_else(|| of_code.last())
    }

    fn within(&self, code: &str, year: i32) -> String {
        let above = [code.get(..2).map(|part| format!("{part}0000")), code.get(..4).map(|part| format!("{part}00"))];
        let names = above.into_iter().flatten().filter(|above| above != code).filter_map(|above| {
            // Names that only say of what kind the places below are, are no place.
            self.span(&above, year).map(|span| span.name.as_str()).filter(|name| !["市辖区", "县"].contains(name))
        });
        names.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(code: &str, name: &str, from: Option<i32>, until: Option<i32>, current: bool) -> RegionSpan {
        RegionSpan { code: code.into(), name: name.into(), from, until, current }
    }

    fn regions() -> Regions {
        Regions::new([
            span("410000", "甲省", None, None, true),
            span("419001", "乙市", Some(1997), None, true),
            span("419001", "丙市", Some(1986), Some(1994), false),
            span("412302", "丁市", Some(1996), Some(1996), false),
            span("410100", "戊市", None, None, true),
            span("410199", "己区", None, None, false),
        ])
    }

    fn read(code: &str, year: i32) -> Option<(String, Standing)> {
        let birth = Day::from_ymd_opt(year, 6, 1).unwrap();
        regions().read(code, birth).map(|read| (read.name, read.standing))
    }

    #[test]
    fn a_code_means_what_it_meant_when_the_number_was_given() {
        assert_eq!(read("419001", 1990), Some(("丙市".into(), Standing::Abolished)));
        assert_eq!(read("419001", 1994), Some(("丙市".into(), Standing::Abolished)));
        // Born between two lives of a code: the number was given out later.
        assert_eq!(read("419001", 1995), Some(("乙市".into(), Standing::Current)));
        assert_eq!(read("419001", 1980), Some(("丙市".into(), Standing::Abolished)));
        assert_eq!(read("412302", 1996), Some(("丁市".into(), Standing::Abolished)));
        assert_eq!(read("412302", 1997), Some(("丁市".into(), Standing::BeforeBirth)));
        assert_eq!(read("410199", 2009), Some(("己区".into(), Standing::Abolished)), "nobody knows when it ended");
        assert_eq!(read("419999", 2009), None);
    }

    #[test]
    fn the_places_above_are_named() {
        let birth = Day::from_ymd_opt(2009, 6, 1).unwrap();
        assert_eq!(regions().read("410199", birth).unwrap().within, "甲省戊市");
        assert_eq!(regions().read("410100", birth).unwrap().within, "甲省");
        assert_eq!(regions().read("410000", birth).unwrap().within, "");
        assert_eq!(regions().name("419001"), Some("乙市"));
        assert!(regions().in_force("419001") && !regions().in_force("412302") && !regions().in_force("419999"));
    }
}
