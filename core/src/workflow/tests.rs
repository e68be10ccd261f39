//! The engine as its callers see it: text in, refusals, commands and states out.

mod engine;
mod fixture;
mod incidents;
mod language;
mod loops;
mod names;
mod random;
mod shipped;
mod signals;
