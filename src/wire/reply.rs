//! What comes back.

use super::PROTOCOL;
use crate::model::{Account, AccountId, ApplicationId, Finding, Office, Post, Signature, Stamp, StandIn};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The first line to the server. Its form never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hello {
    /// Given back.
    #[serde(default)]
    pub id: Value,
    /// Always `hello`.
    #[serde(rename = "do")]
    pub verb: String,
    /// The asker's protocol.
    pub protocol: u32,
    /// The asker's version, for the message when they do not fit.
    pub version: String,
    /// Speak as this account on the whole connection (exercise stores, or one of several of the same user).
    #[serde(rename = "as", default, skip_serializing_if = "Option::is_none")]
    pub as_account: Option<AccountId>,
}

impl Hello {
    /// This program's hello.
    pub fn new(as_account: Option<AccountId>) -> Self {
        Hello {
            id: 0.into(),
            verb: "hello".into(),
            protocol: PROTOCOL,
            version: env!("CARGO_PKG_VERSION").into(),
            as_account,
        }
    }

    /// Reads a line that has been bounded already; its texts are cleaned, because answers repeat them.
    pub fn parse(line: &[u8]) -> Result<Self, String> {
        let mut value: Value = serde_json::from_slice(line).map_err(|e| e.to_string())?;
        super::envelope::clean(&mut value, &mut Vec::new());
        serde_json::from_value(value).map_err(|e| crate::text::clean(&e.to_string()).0)
    }
}

/// The server's hello.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Welcome {
    /// The server's protocol.
    pub protocol: u32,
    /// The server's version.
    pub version: String,
    /// Who the asker is.
    pub me: WhoAmI,
}

/// Who the asker is, as the server sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WhoAmI {
    /// The account.
    pub account: Account,
    /// Its office.
    pub office: Office,
    /// The operating-system user the kernel named.
    pub os_user: String,
    /// Whether this is an exercise store (演练库).
    pub exercise: bool,
    /// The moment the server works with.
    pub now: Stamp,
    /// Last day of the loaded calendar.
    pub calendar_until: crate::model::Day,
    /// Warnings of the office's state (R5.9: fewer than two active clerks).
    pub warnings: Vec<Finding>,
    /// For whom I stand in today (代办).
    #[serde(default)]
    pub standing_in: Vec<StandIn>,
}

impl WhoAmI {
    /// All posts I act in, those of colleagues I stand in for last.
    pub fn posts(&self) -> Vec<Post> {
        let mut posts = self.account.posts.clone();
        for post in self.standing_in.iter().flat_map(|one| &one.posts) {
            if !posts.contains(post) {
                posts.push(*post);
            }
        }
        posts
    }
}

/// Why a request failed other than by a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// The line is no request.
    Malformed,
    /// Nothing here under that id, or not for the asker to know.
    NotFound,
    /// The input has errors.
    Input,
    /// The record has changed since the desk saw it; `details` says how.
    Stale,
    /// The asker has no account, or not that one.
    NoAccess,
    /// Several persons share the asker's login: `session.login` with a PIN says who it is; `details` names the accounts.
    Pin,
    /// The server cannot write just now: disk full, or a failed sync. Reading goes on.
    ReadOnly,
    /// The store is damaged at that place.
    Damaged,
    /// The command id was used for another request.
    CommandReused,
    /// The clock went back.
    Clock,
    /// Client and server do not fit.
    Version,
    /// The server has too much to do, or is going down; ask again.
    Busy,
}

/// A failure as data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Failure {
    /// What kind.
    pub kind: ErrorKind,
    /// What happened and what to do, in Chinese.
    pub message: String,
    /// More, by kind: for `stale`, what changed, line by line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<String>,
    /// For `pin`, after a wrong one: how many more may be tried today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<u64>,
}

impl Failure {
    /// A failure without details.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Failure { kind, message: message.into(), details: Vec::new(), left: None }
    }
}

/// The answer to one request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reply {
    /// The asker's id.
    pub id: Value,
    /// What came of it.
    #[serde(flatten)]
    pub body: ReplyBody,
    /// Control characters were stripped from these fields of the request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stripped: Vec<String>,
}

/// What came of a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ReplyBody {
    /// Done or found.
    Ok(Value),
    /// A rule refuses.
    Refused(Finding),
    /// Something else is wrong.
    Error(Failure),
}

/// Something happened elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    /// An application changed.
    Changed {
        /// Which.
        application: ApplicationId,
        /// Its revision now.
        revision: u64,
        /// Who did it.
        by: Option<Signature>,
    },
    /// Many applications changed at once (a batch, a bulk act).
    Several {
        /// Which, of those I may see.
        applications: Vec<ApplicationId>,
        /// Who did it.
        by: Option<Signature>,
    },
    /// An item was taken in hand, or left.
    Claimed {
        /// Which.
        application: ApplicationId,
        /// By whom; none when left.
        claim: Option<super::Claim>,
    },
    /// The day changed (midnight, or the exercise clock was moved): lights and days left are new.
    Day {
        /// The moment the server works with now.
        now: Stamp,
    },
    /// Students are still being read after the server's start.
    Reading {
        /// How far; none when all are there.
        reading: Option<super::Reading>,
    },
    /// A school's two sides have changed: its national list, its marks, or a student of a school that has a list.
    Reconciled {
        /// Which.
        school: crate::model::OfficeId,
    },
    /// The server goes down; desks reconnect by themselves.
    Closing {},
    /// A supervisor reminds my office of a case in its hands (催办).
    Reminded {
        /// Of which, by whom, with which words.
        reminded: crate::model::Reminded,
    },
    /// My account was changed by the keeper, or for whom I stand in.
    Account {
        /// The posts held now.
        posts: Vec<Post>,
        /// For whom I stand in today.
        #[serde(default)]
        standing_in: Vec<StandIn>,
    },
}

/// Any line from the server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum FromServer {
    /// Unasked.
    Notice {
        /// What.
        notice: Notice,
    },
    /// An answer.
    Reply(Reply),
}
