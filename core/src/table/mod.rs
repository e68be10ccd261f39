//! The guards of decision tables: typed, total, and honest about what they do not know. Knows neither law nor workflow.
//!
//! The one decision table is `retention.yaml`, and `law::retention` reads it. A guard that cannot be evaluated is unknown, never false:
//! whoever asks is told, and decides what not knowing means.

pub mod guard;
#[cfg(test)]
mod tests;
pub mod value;

pub use guard::{Guard, Truth, Wrong, check};
pub use value::{Found, Inputs, Kind, Value};
