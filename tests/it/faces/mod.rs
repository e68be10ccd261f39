//! The same house, reached as people reach it: over HTTP, page by page.

mod asking;
mod bad_events;
pub(crate) mod browser;
mod consent;
pub(crate) mod files;
mod gate;
mod holds;
mod messages;
mod moving;
mod objection;
mod openid;
mod own;
pub(crate) mod passkey;
mod people;
mod permit;
mod portability;
mod portal;
pub(crate) mod proof;
mod recipient;
mod rectification;
mod restriction;
mod rules;
mod step;
mod systems;
mod transmission;
mod workflow;
mod wrong;
