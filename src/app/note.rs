//! What the message line says until the next key.

use super::words;
use crate::catalogue::Lang;
use crate::model::Finding;

/// How it is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Said by the way.
    Info,
    /// To be looked at.
    Warn,
    /// Something was not done.
    Refusal,
}

/// A message of one line or a few.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) tone: Tone,
    pub(crate) lines: Vec<String>,
}

impl Note {
    pub(crate) fn new(tone: Tone, line: impl Into<String>) -> Note {
        Note { tone, lines: vec![line.into()] }
    }

    /// Why something is not open: rule, article, facts, way out.
    pub(crate) fn refusal(finding: &Finding, lang: Lang) -> Note {
        Note { tone: Tone::Refusal, lines: words::finding(finding, lang) }
    }
}
