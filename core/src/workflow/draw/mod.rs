//! Pictures of a definition: Mermaid for a pull request, SVG for a page, BPMN for a modelling tool, and the same in words.
//!
//! Reads [`Compiled`](super::Compiled) only: what is drawn is what `transition()` walks. One definition gives one text, byte for byte.

mod bpmn;
mod graph;
mod layout;
mod mermaid;
mod outline;
mod path;
mod svg;

pub use bpmn::bpmn;
pub use mermaid::mermaid;
pub use outline::{Event, Outline, Part, Place, Step, Way, outline};
pub use path::Path;
pub use svg::{Picture, Words, picture, svg};
