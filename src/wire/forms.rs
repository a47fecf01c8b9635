//! What a form asks, as data: a new kind of application needs no new screen.

use crate::model::Kind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a field is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "form")]
pub enum FieldForm {
    /// Free text.
    Text,
    /// A day, YYYY-MM-DD.
    Day,
    /// A whole number, both ends included.
    Number {
        /// Least.
        least: u32,
        /// Most.
        most: u32,
    },
    /// One of these, as they stand.
    Choice {
        /// The values.
        values: Vec<String>,
    },
    /// A school, by code; looked up with `choices.find`.
    School,
    /// A major, by code; looked up with `choices.find`.
    Major,
    /// A province, by code; looked up with `choices.find`.
    Province,
}

/// One field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FormField {
    /// Where its value goes in the details: `ground`, `period.from`.
    pub path: String,
    /// Its name.
    pub label: String,
    /// Its name in English.
    pub label_en: String,
    /// How it is filled in.
    pub form: FieldForm,
    /// What stands in it at first: `today`, a value, or nothing.
    pub initial: Option<String>,
    /// May stay empty.
    #[serde(default)]
    pub optional: bool,
    /// Filled in, it makes the details go by this name instead of the kind's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub becomes: Option<String>,
}

/// The form of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct KindForm {
    /// The kind.
    pub kind: Kind,
    /// Its article.
    pub article: String,
    /// Statuses it can start from, as words.
    pub from: Vec<String>,
    /// Fields, in order.
    pub fields: Vec<FormField>,
    /// Materials, by the names they are attached under.
    pub materials: Vec<String>,
}

/// What can be looked up for a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Choices {
    /// Schools of the province.
    School,
    /// Majors of the catalogue.
    Major,
    /// The other provinces.
    Province,
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Choice {
    /// Its code: what the field takes.
    pub code: String,
    /// Its name.
    pub name: String,
}
