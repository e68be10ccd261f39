//! habeas: the desk where people use their privacy rights and the organisation answers lawfully.
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

pub mod action;
pub mod bundle;
pub mod chance;
pub mod cli;
pub mod clock;
pub mod config;
pub mod connector;
pub mod crash;
pub mod house;
pub mod keys;
pub mod mail;
mod network;
pub mod openid;
pub mod organisation;
pub mod render;
pub mod serve;
pub mod store;
pub mod upload;
pub mod view;
pub mod web;
pub mod worker;
