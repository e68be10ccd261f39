//! The one place where words of workflows meet words of the law: what definitions may call, and which legal facts that proves.
//!
//! If an author could grant a fact in YAML, proving it would be worth nothing; so facts are granted here only.

mod actions;
mod forms;
mod letters;
mod obligations;
pub mod routing;
pub mod statute;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::workflow::{
    Catalogue,
    catalogue::{Terms, set},
};

/// The person is known to the tier that what was found asks for (Art. 12(6)).
const VERIFIED: &str = "identity.verified";
/// The person is known well enough to search.
const MATCHED: &str = "identity.matched";
/// Why more is asked about identity stands in the record (Art. 12(6)).
const DOUBTED: &str = "doubt.recorded";
/// Rules and holds were applied to what was found (Art. 17(3)).
const HOLDS: &str = "holds.checked";
/// What will be erased is fixed under a hash.
const PLAN: &str = "plan.frozen";
/// Somebody else approved exactly that plan (Art. 5(2)).
const APPROVAL: &str = "approval.given";
/// Every system did its part and was read back.
const CHANGED: &str = "change.verified";
/// What was to be erased is erased.
const ERASED: &str = "erasure.done";
/// What will be corrected, field by field, is fixed.
const CORRECTIONS: &str = "correction.planned";
/// Somebody decided that it is to be corrected (Art. 16).
const DECIDED: &str = "correction.decided";
/// What was to be corrected is corrected.
const CORRECTED: &str = "correction.done";
/// What will be stopped is fixed.
const STOPS: &str = "restriction.planned";
/// The data is stored and nothing else (Art. 18(2)), or no longer used for the purpose objected to (Art. 21).
const STOPPED: &str = "processing.stopped";
/// The person knows that the restriction will end (Art. 18(3)).
const ANNOUNCED: &str = "lift.announced";
/// Everybody who was given the data knows of every change to it, or it is recorded why not (Art. 19). True until something changes.
const TOLD: &str = "recipients.told";
/// Nothing about others leaves unseen (Art. 15(4)).
const REVIEWED: &str = "others.reviewed";
/// The copy is written (Art. 15(3), 20).
const PACKAGED: &str = "package.written";
/// The person knows that the request has arrived.
const RECEIPTED: &str = "receipt.sent";
/// The person has an answer (Art. 12(3), 12(4)).
pub const ANSWERED: &str = "answer.sent";
/// Why not stands in the record, in words (Art. 12(4)).
const REFUSAL_REASONED: &str = "refusal.reasoned";
/// A second person agreed to a refusal and its reasons (Art. 12(5)).
const REFUSAL_APPROVED: &str = "refusal.approved";
/// The person knows why not, and where to complain (Art. 12(4)).
const REFUSAL_EXPLAINED: &str = "refusal.explained";
/// Somebody gave the reason for needing longer (Art. 12(3)).
const REASONED: &str = "extension.reasoned";
/// The period was extended, once and in time.
const EXTENDED: &str = "extension.granted";
/// The legal deadline has not passed.
const IN_TIME: &str = "clock.before-due";

/// Why a further copy costs something stands in the record, in words (Art. 12(5)).
const FEE_REASONED: &str = "fee.reasoned";
/// The person knows what a further copy costs, and why, before it does (Art. 12(5)).
const FEE_TOLD: &str = "fee.announced";

const IDENTITY: [&str; 2] = [MATCHED, VERIFIED];

/// The roles of a house. Who holds them is the organisation's matter.
pub const ROLES: [&str; 5] = ["case-handler", "privacy-lead", "dpo", "system-owner", "authority"];

/// Everything a definition may name.
pub fn catalogue() -> Catalogue {
    Catalogue {
        actions: named(actions::all()),
        decisions: named([("erasure-holds", Terms::new(["decided"]).kills([PLAN, APPROVAL]).grants([HOLDS]))]),
        written: BTreeMap::new(),
        forms: named(forms::all()),
        letters: named(letters::all()),
        roles: set(ROLES),
        lists: set(["case.systems", "case.records", "plan.systems", "plan.recipients"]),
        given: set([IN_TIME, TOLD]),
        lapsing: set([IN_TIME]),
        leads: set(["privacy-lead", "dpo"]),
        restarting: set([
            VERIFIED,
            MATCHED,
            DOUBTED,
            HOLDS,
            PLAN,
            APPROVAL,
            CHANGED,
            ERASED,
            CORRECTIONS,
            DECIDED,
            CORRECTED,
            STOPS,
            ANNOUNCED,
            REVIEWED,
            PACKAGED,
            ANSWERED,
            REFUSAL_REASONED,
            REFUSAL_APPROVED,
            REFUSAL_EXPLAINED,
            REASONED,
            EXTENDED,
            FEE_REASONED,
            FEE_TOLD,
        ]),
        attestable: set([DOUBTED]),
        obligations: obligations::all(),
    }
}

fn named<T>(entries: impl IntoIterator<Item = (&'static str, T)>) -> BTreeMap<String, T> {
    entries.into_iter().map(|(name, entry)| (name.to_owned(), entry)).collect()
}
