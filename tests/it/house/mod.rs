//! A house to tell stories in, and what holds for every house whatever right is used.

mod api;
pub(crate) mod crash;
mod crash_anywhere;
mod crash_hold;
mod crash_points;
pub(crate) mod database;
mod evidence;
mod group;
mod large;
mod map;
pub(crate) mod package;
pub(crate) mod people;
mod poison;
mod processes;
mod race_hold;
mod readme;
mod refused;
pub(crate) mod routing;
mod sign_in;
mod simulation;
mod smtp;
mod store;
pub(crate) mod systems;
pub(crate) mod test_house;
mod unknown;
mod versions;
mod workflow;
