//! The house from outside: stories told through the door and the worker, over HTTP, and the store suite.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test may stop at the first surprise"
)]

mod abuse;
mod catalogue;
mod faces;
mod faults;
mod house;
mod rights;
