//! The engine as its callers see it: text in, refusals, commands and states out.

mod classic;
mod draw;
mod engine;
mod fixture;
mod incidents;
mod language;
mod lint;
mod loops;
mod malformed;
mod names;
mod random;
mod schema;
mod shipped;
mod signals;
mod simulation;
mod tree;
mod versions;
mod ways;
