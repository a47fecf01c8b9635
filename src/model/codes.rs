//! Code sets: what a coded field may say, by code and by word.

use std::collections::BTreeMap;

/// One value of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeValue {
    /// Its code; empty where the national template takes the word.
    pub code: String,
    /// Its word.
    pub name: String,
    /// Other words people write for it.
    pub others: Vec<String>,
}

/// All sets by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeSets(pub BTreeMap<String, Vec<CodeValue>>);

impl CodeSets {
    /// The values of a set; empty for one that there is not.
    pub fn values(&self, set: &str) -> &[CodeValue] {
        self.0.get(set).map(Vec::as_slice).unwrap_or_default()
    }

    /// The value a text means, by its word, another word for it, or its code.
    pub fn find(&self, set: &str, text: &str) -> Option<&CodeValue> {
        let values = self.values(set);
        values
            .iter()
            .find(|value| value.name == text)
            .or_else(|| values.iter().find(|value| value.others.iter().any(|other| other == text)))
            .or_else(|| values.iter().find(|value| !value.code.is_empty() && value.code.eq_ignore_ascii_case(text)))
    }
}
