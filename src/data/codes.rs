//! Code sets of student records, as the national template and JY/T 1001 have them.

use super::DataError;
use crate::model::{CodeSets, CodeValue};
use serde::Deserialize;

/// The file, as shipped.
const FILE: &str = include_str!("codes.csv");

#[derive(Deserialize)]
struct Line {
    set: String,
    code: String,
    name: String,
    others: String,
}

/// All sets, each in the order of the file.
pub fn code_sets() -> Result<CodeSets, DataError> {
    let lines: Vec<Line> = super::read("codes.csv", FILE)?;
    let mut sets = CodeSets::default();
    for line in lines {
        let others = line.others.split(';').filter(|other| !other.is_empty()).map(str::to_owned).collect();
        sets.0.entry(line.set).or_default().push(CodeValue { code: line.code, name: line.name, others });
    }
    Ok(sets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_word_other_word_and_code() {
        let sets = code_sets().unwrap();
        let name = |set: &str, text: &str| sets.find(set, text).map(|value| value.name.clone());
        for (set, text, wanted) in [
            ("ethnic", "汉族", "汉族"),
            ("ethnic", "汉", "汉族"),
            ("ethnic", "土家", "土家族"),
            ("ethnic", "毛难族", "毛南族"),
            ("ethnic", "05", "维吾尔族"),
            ("id_doc", "a", "护照"),
            ("hmt_foreign", "否", "非港澳台侨"),
            ("boarding", "住校", "住校"),
        ] {
            assert_eq!(name(set, text).as_deref(), Some(wanted), "{set} {text}");
        }
        for (set, text) in
            [("ethnic", "汗族"), ("boarding", "在家"), ("political", "学生"), ("household", "居民户口"), ("no", "否")]
        {
            assert_eq!(name(set, text), None, "{set} {text}");
        }
        assert_eq!(sets.values("ethnic").len(), 59);
    }
}
