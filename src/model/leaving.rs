//! The end of study: what the certificate (毕业证书) rests on, the certificates themselves, and the list of a year's
//! graduates that a school keeps for ever (Art. 17–20).

use super::{Day, Digest, OfficeId, Signature, Stamp, StudentId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How study ends (Art. 17): both are recorded, and one is not the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Leave {
    /// 毕业
    #[serde(rename = "毕业")]
    Graduation,
    /// 结业: study completed without graduation; the school's decision.
    #[serde(rename = "结业")]
    Completion,
}

impl Leave {
    /// The field's own word for it.
    pub fn name(self) -> &'static str {
        match self {
            Leave::Graduation => "毕业",
            Leave::Completion => "结业",
        }
    }
}

/// What the school states about a student who is about to leave.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SchoolStatement {
    /// The photograph, by its content; the certificate needs it.
    #[serde(default)]
    pub photo: Option<Digest>,
    /// The hours the state demands are done (国家规定学时); the text gives no figure, so the school states it.
    #[serde(default)]
    pub hours_done: bool,
    /// The school's examination is passed.
    #[serde(default)]
    pub exam_passed: bool,
    /// Reference of the training plan for part-time study (非全日制培养方案).
    #[serde(default)]
    pub plan: String,
    /// Reference of the study file (学习档案) the school has made (Art. 18).
    #[serde(default)]
    pub study_file: String,
}

/// Something done on a day by somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Done {
    /// The day it happened.
    pub on: Day,
    /// Who recorded it.
    pub by: Signature,
    /// When it was recorded.
    pub at: Stamp,
}

/// One certificate, from the proposal to print it to the graduate's hands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Certificate {
    /// 毕业 or 结业.
    pub leave: Leave,
    /// The year it belongs to.
    pub year: i32,
    /// Proposed for printing by the province's first post.
    pub proposed: Done,
    /// Number (证书编号); drawn when the second post agrees, never changed, never used again.
    pub number: Option<String>,
    /// Agreed to and printed.
    pub printed: Option<Done>,
    /// Handed to the school, and who received it there.
    pub delivered: Option<(Done, String)>,
    /// Photograph pasted, steel seal set, handed to the graduate; who signed for it.
    pub awarded: Option<(Done, String)>,
    /// Made void by the province before it left: a misprint, with the reason.
    pub voided: Option<(Done, String)>,
}

impl Certificate {
    /// Whether it still counts.
    pub fn is_live(&self) -> bool {
        self.voided.is_none()
    }
    /// Where it stands, in the field's words.
    pub fn stage(&self) -> &'static str {
        match self {
            Certificate { voided: Some(_), .. } => "已作废",
            Certificate { awarded: Some(_), .. } => "已颁发",
            Certificate { delivered: Some(_), .. } => "已交校",
            Certificate { printed: Some(_), .. } => "已印制",
            _ => "待复核",
        }
    }
}

/// A student's papers for the end of study; one record beside the student's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Leaving {
    /// Whose.
    pub student: StudentId,
    /// Counts the changes of this record.
    pub revision: u64,
    /// What the school states.
    pub statement: SchoolStatement,
    /// Certificates, oldest first; at most one of them lives.
    pub certificates: Vec<Certificate>,
}

impl Leaving {
    /// The certificate that counts.
    pub fn certificate(&self) -> Option<&Certificate> {
        self.certificates.iter().rev().find(|one| one.is_live())
    }
}

/// A school's list of one year's graduates (应届毕业学生名单): checked in June, stamped, kept for ever (Art. 16, 18).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GraduateList {
    /// Which school.
    pub school: OfficeId,
    /// Which year.
    pub year: i32,
    /// Counts the changes of this record.
    pub revision: u64,
    /// Checked by the school or its city-level authority, each time.
    pub checked: Vec<Done>,
    /// Printed, stamped and put away; where it lies.
    pub kept: Option<(Done, String)>,
    /// Who stood on it when it was put away: name and certificate number.
    pub names: Vec<(StudentId, String, String)>,
}

/// A school that is no more: merged into another, or closed (Art. 20). Its files stay readable for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Succession {
    /// Which school.
    pub school: OfficeId,
    /// Counts the changes of this record.
    pub revision: u64,
    /// Merged into `keeper` (true), or closed with `keeper` as the archive's custodian.
    pub merged: bool,
    /// The school that takes the files over, or the institution named to keep them.
    pub keeper: OfficeId,
    /// Number of the decision.
    pub decision: String,
    /// The day of the decision.
    pub on: Day,
    /// Who recorded it.
    pub by: Signature,
    /// When.
    pub at: Stamp,
}
