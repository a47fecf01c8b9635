//! Logins that several persons share (共用登录), and the PIN by which each of them says who he is. An operating-system
//! user is one person as long as nobody says otherwise: the two posts of a step are compared by person.

use super::{AccountId, Day, Stamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Wrong PINs of an account on one day; after these its PIN is closed until the next day, or until it is set anew.
pub const MOST_WRONG: u32 = 5;

/// A PIN on its way. It is never written anywhere: the store keeps its argon2 hash, the journal only that it was set.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The PIN of one account at a login.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    /// Whose.
    pub account: AccountId,
    /// Its argon2id hash in the PHC form, salt and cost included.
    pub hash: String,
    /// The keeper's account that set it.
    pub set_by: AccountId,
    /// When.
    pub set_at: Stamp,
    /// Wrong attempts in a row on `wrong_on`.
    pub wrong: u32,
    /// The day of the last wrong attempt.
    pub wrong_on: Option<Day>,
}

impl Pin {
    /// Attempts left on this day.
    pub fn left(&self, day: Day) -> u32 {
        if self.wrong_on == Some(day) { MOST_WRONG.saturating_sub(self.wrong) } else { MOST_WRONG }
    }
}

/// What is known of an operating-system user beside the accounts that name him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    /// The operating-system user.
    pub user: String,
    /// Counts the changes of this record.
    pub revision: u64,
    /// Whether several persons share it: then a PIN chooses among its accounts.
    pub shared: bool,
    /// PINs, by account. One set before the user is shared waits for that.
    pub pins: Vec<Pin>,
}

impl Login {
    /// A login nobody has said anything about.
    pub fn of(user: &str) -> Login {
        Login { user: user.to_owned(), revision: 0, shared: false, pins: Vec::new() }
    }

    /// The PIN of an account.
    pub fn pin(&self, account: &AccountId) -> Option<&Pin> {
        self.pins.iter().find(|pin| pin.account == *account)
    }
}

/// How the PIN of an account stands, as keepers see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PinState {
    /// None is set.
    None,
    /// Set.
    Set,
    /// Closed for today after too many wrong attempts.
    Closed,
}

/// A keeper sets the PIN of an account, or sets it anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetPin {
    /// Whose.
    pub account: AccountId,
    /// Six to twelve digits.
    pub pin: Secret,
}

/// A keeper says that several persons share a login, or no longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareLogin {
    /// The operating-system user.
    pub os_user: String,
    /// Whether they do.
    pub shared: bool,
}

/// Somebody gave a PIN at a shared login; the program itself writes this down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinTried {
    /// For which account.
    pub account: AccountId,
    /// At which login.
    pub os_user: String,
    /// Whether it was the right one.
    pub right: bool,
}
