//! What the law asks: rights, clocks, tiers, the data map, retention, holds, decisions, plans. Never heard of workflows.

pub mod ask;
pub mod calendar;
pub mod change;
pub mod clock;
pub mod connected;
pub mod connection;
pub mod decide;
pub mod fideslang;
#[cfg(test)]
mod fixture;
pub mod flow;
pub mod folder;
pub mod guess;
pub mod hold;
pub mod identifier;
pub mod lang;
pub mod ledger;
pub mod map;
pub mod mask;
pub mod order;
pub mod organisation;
pub mod period;
pub mod personal;
pub mod picture;
pub mod plan;
pub mod portable;
pub mod recipient;
pub mod record;
pub mod refusal;
pub mod regime;
pub mod retention;
pub mod right;
pub mod stop;
pub mod taxonomy;
pub mod tier;
pub mod trace;
pub mod written;
