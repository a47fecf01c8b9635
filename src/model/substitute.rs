//! What belongs to one account and no case: for whom it stands in (代办), and the limits it has saved.

use super::{AccountId, Day, PersonId, Post, Stamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A dated substitution (代办), kept with the account of who stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Substitution {
    /// For whom.
    pub on_behalf: AccountId,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// The account that arranged it: the one who is away, or a keeper (系统管理).
    pub by: AccountId,
    /// When.
    pub at: Stamp,
}

impl Substitution {
    /// Whether it is in force on this day; both ends belong to it.
    pub fn covers(&self, day: Day) -> bool {
        self.from <= day && day <= self.until
    }
}

/// 代办: somebody stands in for somebody from one day to another. Put again for the same two, it is replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Substitute {
    /// Who stands in.
    pub who: AccountId,
    /// For whom; for the asker when absent.
    #[serde(default)]
    pub on_behalf: Option<AccountId>,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
}

/// A substitution ends at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DropSubstitute {
    /// Who stands in.
    pub who: AccountId,
    /// For whom; for the asker when absent.
    #[serde(default)]
    pub on_behalf: Option<AccountId>,
}

/// Somebody an actor stands in for today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StandIn {
    /// Account of who is away.
    pub account: AccountId,
    /// The person.
    pub person: PersonId,
    /// The person's name.
    pub name: String,
    /// The posts taken over: those that act on cases, no others.
    pub posts: Vec<Post>,
    /// Last day.
    pub until: Day,
}

/// In whose place something was done (代办).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OnBehalf {
    /// Account of who was away.
    pub account: AccountId,
    /// The person.
    pub person: PersonId,
    /// The person's name.
    pub name: String,
}

/// A limit saved under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SavedView {
    /// Its name.
    pub name: String,
    /// The limit, as JSON text: what narrows a list may grow without touching what is stored.
    pub limit: String,
}

/// What belongs to one account besides the account itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeskRecord {
    /// Whose.
    pub account: AccountId,
    /// Counts the changes of this record.
    pub revision: u64,
    /// For whom the account stands in, oldest first; what is past stays until it is replaced.
    pub substitutions: Vec<Substitution>,
    /// Saved limits, by name.
    pub views: Vec<SavedView>,
}

impl DeskRecord {
    /// Nothing yet.
    pub fn of(account: AccountId) -> Self {
        DeskRecord { account, revision: 0, substitutions: Vec::new(), views: Vec::new() }
    }
}
