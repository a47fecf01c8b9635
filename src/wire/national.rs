//! Reconciliation with the national system (screen 7): how schools stand, and who differs.

use super::{Doable, ImportCommit};
use crate::model::{ApplicationId, Digest, ImportKind, KeySystem, NationalWho, OfficeId, Stamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Takes in the national system's list that was staged on this connection: whole or not at all for each school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NationalLoad {
    /// The digest that staging answered with.
    pub digest: Digest,
    /// Only judge.
    #[serde(default)]
    pub dry_run: bool,
    /// The school of all rows, where the file names none.
    #[serde(default)]
    pub school: Option<OfficeId>,
}

impl From<NationalLoad> for ImportCommit {
    fn from(load: NationalLoad) -> Self {
        ImportCommit {
            kind: ImportKind::National,
            digest: load.digest,
            dry_run: load.dry_run,
            count: None,
            school: load.school,
            document: None,
            moves: None,
        }
    }
}

/// What is asked of the comparison: all schools in my scope, one of them, or one student of one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NationalAsked {
    /// Which school; all when it is left out.
    pub school: Option<OfficeId>,
    /// Which student of it, with both sides.
    pub who: Option<NationalWho>,
    /// Only this kind of difference.
    pub kind: Option<NationalKind>,
    /// Numbers whole: only on a connection that has asked for `national.export` of it, which is journalled.
    pub whole: bool,
    /// Rows that have gone before.
    pub from: u32,
    /// How many at most, up to 500; 100 when it is left out.
    pub count: u32,
}

/// A kind of difference, by the names of the exported file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NationalKind {
    /// On both sides, with other fields.
    FieldsDiffer,
    /// In the national system only.
    MissingHere,
    /// Here only.
    MissingThere,
}

/// How a school stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NationalSchool {
    /// Which.
    pub school: OfficeId,
    /// Its name.
    pub name: String,
    /// When its list was loaded; none while there is none, and then all figures are 0.
    pub loaded: Option<Stamp>,
    /// By whom.
    pub loaded_by: String,
    /// Which load it is.
    pub load: u32,
    /// Students here.
    pub students_here: u32,
    /// Students there: what the percentage is of.
    pub students_national: u32,
    /// Students that differ, each counted once.
    pub differing_students: u32,
    /// Per cent with three decimals.
    pub percent: String,
    /// Over the line of FM5, by whole numbers.
    pub fm5: bool,
    /// How many more may differ; below 0 how many must be cured.
    pub left: i64,
    /// Of those that differ: on both sides, with other fields.
    pub fields_differ: u32,
    /// In the national system only.
    pub missing_here: u32,
    /// Here only.
    pub missing_there: u32,
}

impl NationalSchool {
    /// A school without a list.
    pub fn unloaded(school: OfficeId, name: String) -> Self {
        NationalSchool {
            school,
            name,
            loaded: None,
            loaded_by: String::new(),
            load: 0,
            students_here: 0,
            students_national: 0,
            differing_students: 0,
            percent: "0.000".to_owned(),
            fm5: false,
            left: 0,
            fields_differ: 0,
            missing_here: 0,
            missing_there: 0,
        }
    }
}

/// Schools, those over the line first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NationalSchools {
    /// How many there are.
    pub total: u32,
    /// These.
    pub items: Vec<NationalSchool>,
    /// Where the next page begins.
    pub next: Option<u32>,
}

/// A field in which both sides differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TwoSides {
    /// Which, by its name in a roster's header.
    pub field: String,
    /// Here.
    pub here: String,
    /// There.
    pub there: String,
}

/// That somebody keyed it over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct KeyedView {
    /// Into which system.
    pub system: KeySystem,
    /// When.
    pub at: Stamp,
    /// By whom.
    pub by: String,
    /// A list was loaded since, and it still differs.
    pub in_vain: bool,
}

/// A student who differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NationalItem {
    /// How.
    pub kind: NationalKind,
    /// 学籍号, masked unless the numbers were asked for whole.
    pub student_no: String,
    /// Name.
    pub name: String,
    /// In which fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<TwoSides>,
    /// Where else he stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// How requests name him.
    pub who: NationalWho,
    /// Class.
    pub class_name: String,
    /// `number`, `former` or `person`: by what both sides were laid together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Into which system it is to be keyed.
    pub system: KeySystem,
    /// Whether it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keyed: Option<KeyedView>,
    /// It did not differ so when the list before was loaded.
    pub new: bool,
    /// An application that is open, or granted and not in both systems yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<ApplicationId>,
    /// The line there, of perhaps the same student: name and birth date are the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub perhaps: Option<u32>,
}

/// Somebody who differed when a list was loaded and does so no more, or in fewer fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CuredRow {
    /// Name.
    pub name: String,
    /// Document number, masked.
    pub id_no: String,
    /// In what he differed and does no more, by the words of kinds and fields.
    pub what: Vec<String>,
    /// Whether nothing is left.
    pub whole: bool,
    /// Whether it had been marked as keyed over.
    pub keyed: bool,
}

/// One school: how it stands, and who differs, in the order that is quickest to work through: by the system to key
/// into, then by class and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NationalDiff {
    /// How it stands.
    #[serde(flatten)]
    pub school: NationalSchool,
    /// Differences by kind and field, a student once under each.
    pub by_kind: BTreeMap<String, u32>,
    /// How many differ of the kind asked for.
    pub total: u32,
    /// These.
    pub items: Vec<NationalItem>,
    /// Where the next page begins.
    pub next: Option<u32>,
    /// Marked as keyed over, of all that differ.
    pub keyed: u32,
    /// Of these, still differing after a list was loaded since.
    pub in_vain: u32,
    /// The moment against which `new` and `cured` are told: the load before, or the only one.
    pub since: Option<Stamp>,
    /// Whether there was a load before.
    pub again: bool,
    /// How many differ that did not then.
    pub new: u32,
    /// How many did then and do so no more, or in fewer fields.
    pub cured: u32,
    /// These, as many as fit.
    pub cured_items: Vec<CuredRow>,
    /// May I mark and confirm?
    pub mark: Doable,
}

/// A line of both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SideRow {
    /// Which field, by its name in a roster's header.
    pub field: String,
    /// Here; none when he is not here.
    pub here: Option<String>,
    /// There; none when he is not there.
    pub there: Option<String>,
    /// Whether they differ.
    pub differs: bool,
}

/// A student with both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NationalSides {
    /// As in the list.
    pub item: NationalItem,
    /// Field by field.
    pub rows: Vec<SideRow>,
    /// The marks on him, newest last, in words' parts: system, day, name.
    pub marks: Vec<(Option<KeySystem>, Stamp, String)>,
}

/// What `national.diff` answers: schools, one school, or one student of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum NationalAnswer {
    /// All schools in the asker's scope.
    Schools(NationalSchools),
    /// One school.
    School(Box<NationalDiff>),
    /// One student.
    Student(Box<NationalSides>),
}
