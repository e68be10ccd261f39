//! A house to tell stories in, and what holds for every house whatever right is used.

mod crash;
pub(crate) mod database;
mod evidence;
pub(crate) mod people;
mod readme;
mod sign_in;
mod smtp;
mod store;
pub(crate) mod systems;
pub(crate) mod test_house;
