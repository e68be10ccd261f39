//! What an erasure tells: before it begins, when it is done, and when the rest has gone (Art. 12(4), 17, 19).

use habeas_core::law::{lang::Text, notice::Told};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// To every address on file before an erasure: somebody asked, and it can be stopped.
#[derive(Debug, Serialize, Deserialize)]
pub struct ErasureNotice {
    /// `HB-…`.
    pub reference: String,
    /// Until then it can be stopped.
    pub stop_before: Timestamp,
    /// Whole address where it can be stopped.
    pub url: String,
}

/// What an erasure came to, with all that Art. 12(4), 17(3) and 19 ask for.
#[derive(Debug, Serialize, Deserialize)]
pub struct ErasureDone {
    /// `HB-…`.
    pub reference: String,
    /// What went.
    pub deleted: Vec<DeletedLine>,
    /// What stays; empty: nothing.
    pub kept: Vec<KeptLine>,
    /// What stays so that nobody writes to the person again (Art. 21(3)).
    pub suppressed: Option<SuppressedLine>,
    /// Systems whose result a member of staff signed for, because no machine could read it back.
    pub signed_off: Vec<Text>,
    /// Recipients.
    pub told: Vec<Told>,
    /// The day by which it has left the backups.
    pub backups_gone_by: Date,
    /// Whole address of the answer.
    pub url: String,
}

/// The least that honours a no to direct marketing.
#[derive(Debug, Serialize, Deserialize)]
pub struct SuppressedLine {
    /// Since when the no holds.
    pub since: Timestamp,
    /// Why it outlives the erasure.
    pub because: Text,
    /// Statute and ground.
    pub law: String,
}

/// A kind that went.
#[derive(Debug, Serialize, Deserialize)]
pub struct DeletedLine {
    /// What.
    pub what: Text,
    /// Records.
    pub count: u64,
    /// From where.
    pub system: Text,
    /// When.
    pub on: Date,
}

/// A kind that stays.
#[derive(Debug, Serialize, Deserialize)]
pub struct KeptLine {
    /// What.
    pub what: Text,
    /// Why, in one plain sentence.
    pub because: Text,
    /// Statute and ground.
    pub law: String,
    /// The last day kept; `None`: held, or not known.
    pub until: Option<Date>,
    /// When a hold is looked at again.
    pub review_on: Option<Date>,
}

/// What was kept has now gone as well.
#[derive(Debug, Serialize, Deserialize)]
pub struct RestGone {
    /// `HB-…`.
    pub reference: String,
    /// What went.
    pub what: Vec<Text>,
    /// When.
    pub gone_on: Date,
    /// Kinds that still stay.
    pub remaining: u64,
}
