//! Drafts: what a desk has typed and not handed in, kept on the server for its own account.

use crate::model::{Day, Stamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A draft to be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftSave {
    /// What it is the draft of: a newer one of the same takes its place.
    pub slot: String,
    /// What it is, in words, for the list.
    pub title: String,
    /// The field the cursor is in, in words.
    #[serde(default)]
    pub field: String,
    /// What was typed, in the desk's own form; at most 160 KiB.
    pub content: String,
}

/// A draft as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DraftRow {
    /// What it is the draft of.
    pub slot: String,
    /// What it is, in words.
    pub title: String,
    /// The field the cursor is in.
    pub field: String,
    /// When it was saved.
    pub saved: Stamp,
    /// The last day on which it is kept.
    pub until: Day,
    /// Whether it has expired: then this line is all that is left of it.
    pub expired: bool,
    /// Bytes of its content.
    pub bytes: u32,
}

/// A draft with its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DraftView {
    /// What the list says of it.
    pub draft: DraftRow,
    /// What was typed.
    pub content: String,
}
