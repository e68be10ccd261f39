//! What letters to the house's own people tell: that they are asked in, and that how they sign in was changed; the latter also to a data
//! subject who has a key of her own.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Somebody is asked in.
#[derive(Debug, Serialize, Deserialize)]
pub struct Invitation {
    /// Whole address of the page behind the link.
    pub url: String,
    /// When it stops being good.
    pub valid_until: Timestamp,
}

/// How somebody signs in was changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct AccountChanged {
    /// What: text `mail-account-{change}`.
    pub change: String,
    /// When.
    pub at: Timestamp,
    /// It is a data subject who is told.
    pub subject: bool,
}

/// To those who answer for it: the data of too many people went within an hour, and nothing is erased any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct ErasuresStopped {
    /// How many people.
    pub cases: u64,
    /// Whole address of its page on the desk.
    pub url: String,
}
