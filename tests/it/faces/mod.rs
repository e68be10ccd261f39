//! The same house, reached as people reach it: over HTTP, page by page.

mod asking;
mod bad_events;
pub(crate) mod browser;
mod moving;
mod permit;
mod portal;
mod workflow;
mod wrong;
