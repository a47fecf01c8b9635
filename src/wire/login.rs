//! Saying who one is at a login that several persons share.

use crate::model::{AccountId, Secret};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An account and its PIN.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LoginAsked {
    /// Which account of the operating-system user.
    pub account: AccountId,
    /// Its PIN.
    pub pin: Secret,
}
