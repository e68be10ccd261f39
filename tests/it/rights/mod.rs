//! What people have a right to, told as stories.

mod access;
mod api;
mod by_hand;
mod consent;
mod deadline;
pub(crate) mod erasure;
mod flagship;
mod gate;
mod held;
mod hold;
mod hold_import;
mod hold_meanwhile;
mod hold_review;
mod ledger;
mod ledger_servers;
mod objection;
mod portability;
pub(crate) mod recipient;
pub(crate) mod rectification;
pub(crate) mod restriction;
mod rule_unread;
mod trace;
mod trouble;
