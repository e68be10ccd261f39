//! The same house, reached as people reach it: over HTTP, page by page.

mod browser;
mod permit;
mod portal;
mod wrong;
