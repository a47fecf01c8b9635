//! 对账 (FM5): what is known of the national system's list of a school beside its lines, what people noted about the
//! differences, and what they ask for.

use super::{Differing, Digest, OfficeId, Signature, Stamp, StudentId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a person said about a file here and a line there with the same name and birth date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NationalPair {
    /// The file here.
    pub student: StudentId,
    /// The document number there.
    pub number: String,
    /// The same student, or not.
    pub same: bool,
    /// Who said so.
    pub by: Signature,
    /// When.
    pub at: Stamp,
}

/// The differences as they stood when a list was loaded: what the next one is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NationalPast {
    /// When that list was loaded.
    pub at: Stamp,
    /// Pages of [`NationalBefore`].
    pub pages: u32,
    /// Students that differed.
    pub students: u32,
}

/// What is known of a school's list beside its lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NationalList {
    /// Whose.
    pub school: OfficeId,
    /// Counts the changes of this record.
    pub revision: u64,
    /// Which load this is, from 1: places of lines hold within one load.
    pub load: u32,
    /// When it was loaded.
    pub at: Stamp,
    /// By whom.
    pub by: Signature,
    /// Of the file it came in.
    pub digest: Digest,
    /// Lines.
    pub lines: u32,
    /// Pages that are stored, the empty ones at the end included.
    pub pages: u32,
    /// Differences when this list was loaded, and when the one before was: each load takes the place `load % 2`.
    pub past: [Option<NationalPast>; 2],
    /// What persons said of pairs, newest last.
    pub pairs: Vec<NationalPair>,
}

impl NationalList {
    /// Which of `past` today's differences are held against: the load before, or this one while it is the first.
    pub fn before(&self) -> u8 {
        let before = usize::from(self.load % 2 == 0);
        u8::from(if self.past[before].is_some() { before == 1 } else { before == 0 })
    }

    /// What was said last of this pair.
    pub fn said_of(&self, student: StudentId, number: &str) -> Option<&NationalPair> {
        self.pairs.iter().rev().find(|pair| pair.student == student && pair.number == number)
    }
}

/// A student who differed when a list was loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DifferedThen {
    /// Document number: here, or there for one who was there only.
    pub number: String,
    /// Name.
    pub name: String,
    /// In what.
    pub differing: Differing,
}

/// Some of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NationalBefore {
    /// Of which school.
    pub school: OfficeId,
    /// In which of the two places.
    pub place: u8,
    /// Which page, from 0.
    pub page: u32,
    /// Counts the changes of this record.
    pub revision: u64,
    /// Who differed.
    pub students: Vec<DifferedThen>,
}

/// A system into which something is keyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum KeySystem {
    /// 全国学生系统
    #[serde(rename = "national")]
    National,
    /// 学籍信息模块: this store.
    #[serde(rename = "module")]
    Module,
}

/// That somebody keyed something over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keyed {
    /// What differed then.
    pub differing: Differing,
    /// Into which system; none takes the mark back.
    pub system: Option<KeySystem>,
    /// Under which load of the list.
    pub load: u32,
    /// Who.
    pub by: Signature,
    /// When.
    pub at: Stamp,
}

/// The marks on one student of a school's list, newest last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NationalMark {
    /// Of which school.
    pub school: OfficeId,
    /// Document number: here, or there for one who is there only.
    pub number: String,
    /// Counts the changes of this record.
    pub revision: u64,
    /// The marks.
    pub keyed: Vec<Keyed>,
}

impl NationalMark {
    /// The mark that stands.
    pub fn standing(&self) -> Option<&Keyed> {
        self.keyed.last().filter(|keyed| keyed.system.is_some())
    }
}

/// A student of a comparison: a file here, a line there, or both; the line's place holds within one load.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NationalWho {
    /// The file here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub student: Option<StudentId>,
    /// Place of the line in the list, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// Mark what was keyed over, or take the mark back. Nothing else changes: the lists say themselves what is cured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkKeyed {
    /// Of which school.
    pub school: OfficeId,
    /// Which load of its list the desk saw.
    pub load: u32,
    /// Whom, up to 200.
    pub students: Vec<NationalWho>,
    /// Into which system; none takes the marks back.
    #[serde(default)]
    pub system: Option<KeySystem>,
}

/// A person says whether a file here and a line there with the same name and birth date are the same student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmPair {
    /// Of which school.
    pub school: OfficeId,
    /// Which load of its list the desk saw.
    pub load: u32,
    /// The file here.
    pub student: StudentId,
    /// Place of the line in the list, from 0.
    pub line: u32,
    /// The same, or not.
    pub same: bool,
}

/// Numbers are shown whole for a file or a printed list: nothing changes, the reading is journalled (Art. 20).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportReconcile {
    /// Of one school; of all in the asker's scope when it is left out.
    #[serde(default)]
    pub school: Option<OfficeId>,
}
