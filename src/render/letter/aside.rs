//! Letters that only say that something waits or was done: what it is stays in the house.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Somebody asks for the person, says that she may, and was believed so far. The mail does not say who, nor for what.
#[derive(Debug, Serialize, Deserialize)]
pub struct AskedForYou {
    /// `HB-…`.
    pub reference: String,
    /// When it is too late to say no.
    pub stop_before: Timestamp,
    /// Whole address of the page that stops it.
    pub url: String,
}

/// An answer to the person's message, or that her picture is gone; the mail does not say what either was.
#[derive(Debug, Serialize, Deserialize)]
pub struct MessageWaits {
    /// `HB-…`.
    pub reference: String,
    /// Whole address of the messages.
    pub url: String,
}

/// Her answer was fetched for the first time, in case it was not she.
#[derive(Debug, Serialize, Deserialize)]
pub struct PackageFetched {
    /// `HB-…`.
    pub reference: String,
    /// When.
    pub at: Timestamp,
    /// Whole address of the case.
    pub url: String,
}

/// Her answer goes soon, and nobody has fetched it.
#[derive(Debug, Serialize, Deserialize)]
pub struct PackageReminder {
    /// `HB-…`.
    pub reference: String,
    /// In how many days.
    pub days: i64,
    /// The day on which it goes.
    pub expires_on: Date,
    /// Whole address of the case.
    pub url: String,
}
