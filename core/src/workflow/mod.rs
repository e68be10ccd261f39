//! The workflow engine: definitions read from YAML, compiled against a catalogue, run by a pure `transition()`.
//!
//! Never heard of the GDPR: actions, forms, letters and the facts they prove come in as a [`Catalogue`].
//! No I/O, no clock, no randomness: time and names arrive inside events, effects leave as [`Command`]s.

pub mod catalogue;
pub mod command;
pub mod compile;
pub mod compiled;
pub mod definition;
pub mod draw;
pub mod event;
pub mod explanation;
mod grammar;
pub mod lint;
pub mod period;
pub mod pinned;
pub mod refusal;
mod run;
pub mod scenario;
pub mod schema;
pub mod simulation;
pub mod state;
pub mod transition;
pub mod version;
pub mod ways;

pub use crate::source::Diagnostic;
pub use catalogue::Catalogue;
pub use command::Command;
pub use compile::{compile, compile_pinned};
pub use compiled::Compiled;
pub use definition::{Definition, parse};
pub use event::{Event, EventKind};
pub use explanation::Explanation;
pub use lint::{Surroundings, lint, load, load_in};
pub use period::Period;
pub use refusal::Refusal;
pub use schema::schema;
pub use state::State;
pub use transition::{Step, fold, start, transition};
pub use ways::{Ways, ways_out};

#[cfg(test)]
mod tests;
