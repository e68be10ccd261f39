//! Decision tables: typed guards, hit policies, and rows that say why. Knows neither law nor workflow:
//! the catalogue says what a routing table may look at, and `retention.yaml` uses the guards alone.
//!
//! A guard that cannot be evaluated is unknown, never false: whoever asks is told, and decides what not knowing means.

mod answer;
mod cover;
mod definition;
pub mod guard;
mod read;
#[cfg(test)]
mod tests;
pub mod value;

pub use answer::{Answer, Outcome, Undecided};
pub use definition::{Hit, Input, Otherwise, Row, Table};
pub use guard::{Guard, Truth, Wrong, check};
pub use read::{LANGUAGE, parse, parse_routing};
pub use value::{Found, Inputs, Kind, Value};
