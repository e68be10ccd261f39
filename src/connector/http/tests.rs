//! The connector against programs on this machine that answer well, badly and with malice.

mod auth;
mod fault;
mod faults;
mod hostile;
mod lists;
mod pages;
mod server;
mod shop;
mod working;
