//! What is set beside a case without deciding it: a remark (批注), parking (搁置), handing over (转交). The clock runs on
//! through all of it. What was said stays for good; what is in force ends with the next act on the case.

use super::{AccountId, Day, PersonId, Signature, Stamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What was set beside a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Beside {
    /// 批注: something said by the way, for all who see the case.
    Remarked(String),
    /// 搁置: out of the way until a day, and why.
    Parked {
        /// The day on which it comes back.
        until: Day,
        /// Why.
        remark: String,
    },
    /// 取消搁置: taken up again before its day.
    Resumed,
    /// 转交: handed to a colleague of the same office and post.
    HandedOver {
        /// Whose account.
        to: AccountId,
        /// The colleague's name.
        name: String,
        /// Why; may be empty.
        remark: String,
    },
}

/// One such thing, with who and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Aside {
    /// Index of the step whose turn it was.
    pub step: u32,
    /// What.
    pub what: Beside,
    /// By whom.
    pub by: Signature,
    /// When.
    pub at: Stamp,
}

/// A parking in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Parked {
    /// The day on which it comes back at the latest.
    pub until: Day,
    /// Why.
    pub remark: String,
    /// By whom.
    pub by: Signature,
    /// When.
    pub at: Stamp,
}

/// Whom a case was handed to; it blocks nobody of the post, but stands on this one's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Assigned {
    /// Account.
    pub account: AccountId,
    /// The person.
    pub person: PersonId,
    /// The person's name.
    pub name: String,
}
