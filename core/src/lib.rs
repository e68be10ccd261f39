//! The pure floor: what the law asks (`law`), how a case moves (`workflow`), how evidence is sealed (`crypto`).
//!
//! Nothing here is async, reads a clock, opens a file or draws randomness; the three rooms do not know each other.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "a test may stop at the first surprise"
    )
)]

pub mod crypto;
pub mod law;
pub mod workflow;
