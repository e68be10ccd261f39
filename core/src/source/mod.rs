//! Texts with places: a YAML tree that knows where each node stands, typed reading of it, and what to say when something is wrong.
//!
//! Knows the format and no language written in it.

pub mod diagnostic;
pub(crate) mod name;
pub(crate) mod reader;
pub(crate) mod spelling;
pub(crate) mod xml;
pub(crate) mod yaml;

pub use diagnostic::{Diagnostic, Place};
pub use name::Name;
