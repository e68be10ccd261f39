//! The pure floor: what the law asks (`law`), how a case moves (`workflow`), how evidence is sealed (`crypto`), and below them what
//! reads texts (`source`) and decides by rows (`table`).
//!
//! Nothing here is async, reads a clock, opens a file or draws randomness; law, workflow and crypto do not know each other.
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

pub mod catalogue;
pub mod crypto;
pub mod law;
pub mod source;
pub mod table;
pub mod workflow;
