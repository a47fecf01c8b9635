//! Stable identities. On the outside every id is a string; inside, ids that come in
//! great numbers are integers so that the in-memory columns stay small.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A text that is no id of the kind asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not {wanted}")]
pub struct BadId {
    /// What was given.
    pub text: String,
    /// What it should have been, with an example.
    pub wanted: &'static str,
}

/// Serde for ids: strings for people (JSON), integers for the stored bytes. The pattern is the string's, for programs.
macro_rules! number_id_serde {
    ($name:ident, $pattern:literal) => {
        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": $pattern })
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                if s.is_human_readable() { s.collect_str(self) } else { s.serialize_u64(self.0) }
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                if d.is_human_readable() {
                    let text = String::deserialize(d)?;
                    text.parse().map_err(serde::de::Error::custom)
                } else {
                    u64::deserialize(d).map($name)
                }
            }
        }
    };
}

/// One person's electronic file (电子学籍档案); stays the same when the student number is corrected.
/// Written `S` and at least seven digits: `S0000123`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StudentId(pub u64);

impl fmt::Display for StudentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "S{:07}", self.0)
    }
}

impl FromStr for StudentId {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        text.strip_prefix('S')
            .filter(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|digits| digits.parse().ok())
            .map(StudentId)
            .ok_or_else(|| BadId { text: text.to_owned(), wanted: "a student id such as S0000123" })
    }
}
number_id_serde!(StudentId, "^S[0-9]+$");

/// One application (业务 / 申请): the year it was started in and a number within that year, `2026-000123`.
/// Held as `year << 32 | number`, so that ids sort as they were given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ApplicationId(pub u64);

impl ApplicationId {
    /// The `number`th application of `year`.
    pub fn new(year: u16, number: u32) -> Self {
        ApplicationId(u64::from(year) << 32 | u64::from(number))
    }
    /// The year the application was started in.
    pub fn year(self) -> u16 {
        (self.0 >> 32) as u16
    }
    /// The number within the year, from 1.
    pub fn number(self) -> u32 {
        self.0 as u32
    }
}

impl fmt::Display for ApplicationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:06}", self.year(), self.number())
    }
}

impl FromStr for ApplicationId {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        text.split_once('-')
            .filter(|(year, number)| year.len() == 4 && digits(year) && digits(number))
            .and_then(|(year, number)| Some(ApplicationId::new(year.parse().ok()?, number.parse().ok()?)))
            .ok_or_else(|| BadId { text: text.to_owned(), wanted: "an application id such as 2026-000123" })
    }
}
number_id_serde!(ApplicationId, "^[0-9]{4}-[0-9]+$");

/// One batch (批量转学): the year its list was handed in and a number within that year, `B2026-000012`. Held as an
/// application's id is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BatchId(pub u64);

impl BatchId {
    /// The `number`th batch of `year`.
    pub fn new(year: u16, number: u32) -> Self {
        BatchId(ApplicationId::new(year, number).0)
    }
    /// The year of its list.
    pub fn year(self) -> u16 {
        ApplicationId(self.0).year()
    }
    /// The number within the year, from 1.
    pub fn number(self) -> u32 {
        ApplicationId(self.0).number()
    }
}

impl fmt::Display for BatchId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "B{}", ApplicationId(self.0))
    }
}

impl FromStr for BatchId {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        text.strip_prefix('B')
            .and_then(|rest| rest.parse::<ApplicationId>().ok())
            .map(|id| BatchId(id.0))
            .ok_or_else(|| BadId { text: text.to_owned(), wanted: "a batch id such as B2026-000012" })
    }
}
number_id_serde!(BatchId, "^B[0-9]{4}-[0-9]+$");
/// One case of the negative list (负面清单): `W0000012`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AlertId(pub u64);

impl fmt::Display for AlertId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "W{:07}", self.0)
    }
}

impl FromStr for AlertId {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        text.strip_prefix('W')
            .filter(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|digits| digits.parse().ok())
            .map(AlertId)
            .ok_or_else(|| BadId { text: text.to_owned(), wanted: "a case of the negative list such as W0000012" })
    }
}
number_id_serde!(AlertId, "^W[0-9]+$");

/// Ids that are codes given by somebody else, or chosen by the keeper.
macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The code as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                $name(text.to_owned())
            }
        }
    };
}

text_id! {
    /// An office (机构) by its code: six digits for an education office (its region code), ten for a school (`3641` + six).
    OfficeId
}
text_id! {
    /// An account, by the short name the keeper gave it.
    AccountId
}
text_id! {
    /// A human being, whatever accounts he or she has: the two posts of a step are compared by this (Art. 5).
    PersonId
}
text_id! {
    /// A major (专业) by its catalogue code, six digits.
    MajorCode
}
text_id! {
    /// The content of a piece of evidence: BLAKE3 of its bytes, 64 lower-case hexadecimal digits.
    Digest
}

/// The desk's own id of a command: a repeated one gets the first answer.
pub type CommandId = uuid::Uuid;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back_as_written() {
        for text in ["2026-000123", "2025-1234567"] {
            assert_eq!(text.parse::<ApplicationId>().unwrap().to_string(), text);
        }
        assert_eq!("B2026-000012".parse::<BatchId>().unwrap().to_string(), "B2026-000012");
        assert_eq!("S0000042".parse::<StudentId>().unwrap(), StudentId(42));
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in ["", "2026", "2026-", "26-000001", "2026-00x", "２０２６-000001", "2026-99999999999"] {
            assert!(text.parse::<ApplicationId>().is_err(), "{text}");
        }
        for text in ["", "B", "2026-000012", "B2026", "b2026-000012"] {
            assert!(text.parse::<BatchId>().is_err(), "{text}");
        }
        for text in ["", "S", "42", "Sx", "s0000042"] {
            assert!(text.parse::<StudentId>().is_err(), "{text}");
        }
    }

    #[test]
    fn json_has_strings_and_stored_bytes_have_numbers() {
        let id = ApplicationId::new(2026, 7);
        assert_eq!(serde_json::to_string(&id).unwrap(), "\"2026-000007\"");
        assert_eq!(bincode::serialize(&id).unwrap().len(), 8);
    }
}
